//! Models and effects as tables: their rows, what they say of their base, and their numbers against R's survey package.

pub mod against_r;
mod boxes;
mod crossed;
mod models;
mod program;
mod response;

use isobar::data::{Code, Condition, Dataset, ReadOptions, VarId, read};
use isobar::measure::{Measure, ModelChoice, ModelView, Outcome, Query, Table, parse_terms};

use crate::program::path;

/// The sample survey.
fn sample() -> Dataset {
    let file = path("sample-data/innovationsbarometer-2016.parquet");
    read(&file, &ReadOptions::default()).unwrap().dataset
}

fn model(outcome: &str, terms: &str, view: ModelView) -> Measure {
    Measure::Model(Box::new(ModelChoice {
        outcome: match outcome.contains('=') {
            true => Outcome::Share(Condition::parse(outcome).unwrap()),
            false => Outcome::Mean(VarId::from(outcome)),
        },
        terms: parse_terms(terms).unwrap(),
        references: Vec::new(),
        view,
    }))
}

fn run(measure: Measure, data: &Dataset) -> Table {
    Query::new(measure, data).run(data).unwrap()
}

/// Ids of the rows.
fn ids(table: &Table) -> Vec<&str> {
    table.items.iter().map(|item| item.id.as_str()).collect()
}

fn code(number: f64) -> Code {
    Code::Number(number)
}
