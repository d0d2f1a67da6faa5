//! A variable in, how many of each of its categories are in the population, were sampled and answered, out.
//!
//! Answers are counted in the data. The sample, and the population where it is told, come from the codebook
//! ([`Codebook::response`](crate::data::Codebook::response)). A population that is not told is the sum of the strata's
//! sizes, where no stratum has respondents of two categories; a stratum that nobody answered in is not in it.

use std::collections::HashMap;

use super::answer;
use super::boxes::{in_each_language, worded};
use super::coding::{Coding, numbers};
use super::query::{Query, QueryError};
use super::sampling::Prepared;
use super::table::{Cell, Comparisons, RowKind, Subject, Table, TableBase, TableGroup, TableItem};
use crate::data::{AnswerKind, Code, Condition, Dataset, Text, VarId, VariableKind};
use crate::filter::variable_text;
use crate::stats::Estimate;
use crate::words::lower_first;

/// What the columns are keys of.
const COLUMNS: &str = "response";

pub(super) fn table(query: &Query, var: &VarId, data: &Dataset, prepared: &Prepared) -> Result<Table, QueryError> {
    if query.by.is_some() || !query.banner.is_empty() || query.filter != Condition::Everyone {
        return Err(QueryError::ResponseNarrowed);
    }
    let variable = data.variable(var)?;
    let coding = Coding::of(data, var)?;
    let answers: Vec<_> = coding
        .entries
        .iter()
        .filter(|entry| entry.kind == AnswerKind::Answer)
        .collect();
    const MOST: usize = 60;
    if answers.len() > MOST {
        return Err(QueryError::TooManyAnswers {
            var: var.clone(),
            answers: answers.len(),
            most: MOST,
        });
    }
    let place_of = |code: &Code| answers.iter().position(|entry| entry.code == *code);
    let places = coding.map(|_, entry| place_of(&entry.code), None);
    let mut answered = vec![0_usize; answers.len()];
    places.iter().flatten().for_each(|place| answered[*place] += 1);
    let told = |code: &Code| {
        data.codebook
            .response
            .iter()
            .find(|told| told.var == *var && told.code == *code)
    };
    let known = |of: fn(&crate::data::ResponseCount) -> Option<f64>| -> Option<Vec<f64>> {
        answers.iter().map(|entry| told(&entry.code).and_then(of)).collect()
    };
    let sample = known(|told| told.sample);
    let population = match known(|told| told.population) {
        Some(population) => Some(population),
        None => of_strata(query, data, &places, answers.len())?,
    };
    let answered: Vec<f64> = answered.into_iter().map(|n| n as f64).collect();
    let with_total = |mut numbers: Vec<f64>| {
        numbers.push(numbers.iter().sum());
        numbers
    };
    let answered = with_total(answered);
    let (sample, population) = (sample.map(with_total), population.map(with_total));
    let rate = sample.as_ref().map(|sample| {
        let rates = answered
            .iter()
            .zip(sample)
            .map(|(answered, sample)| 100.0 * answered / sample);
        rates.collect::<Vec<f64>>()
    });
    let columns = [
        ("population", population),
        ("sample", sample),
        ("answers", Some(answered.clone())),
        ("rate", rate),
    ];
    let columns: Vec<(&str, Vec<f64>)> = columns
        .into_iter()
        .filter_map(|(name, numbers)| Some((name, numbers?)))
        .collect();
    let mut items: Vec<TableItem> = answers
        .iter()
        .map(|entry| TableItem {
            id: entry.code.to_string(),
            label: entry.label.clone(),
            var: Some(var.clone()),
            code: Some(entry.code.clone()),
            ..TableItem::default()
        })
        .collect();
    items.push(TableItem {
        id: "total".to_owned(),
        label: worded("group-total", &[]),
        kind: RowKind::Union { highlight: true },
        ..TableItem::default()
    });
    let n = |row: usize| answered[row] as usize;
    let cell = |row: usize, value: f64| Cell {
        estimate: Estimate {
            value,
            std_error: f64::NAN,
            n: n(row),
            n_weighted: n(row) as f64,
            df: f64::NAN,
            deff: f64::NAN,
        },
        low: f64::NAN,
        high: f64::NAN,
        n_chosen: None,
    };
    let cells = (0..items.len()).flat_map(|row| columns.iter().map(move |(_, numbers)| cell(row, numbers[row])));
    let cells = cells.collect();
    let all = n(items.len() - 1);
    let own = variable_text(variable);
    let title = in_each_language(|language| lower_first(own.get(language)));
    let subject = Subject {
        title: worded("response-of", &[("variable", &title)]),
        ordered: variable.kind == VariableKind::Ordinal,
        ..answer::subject(query, data, None)?
    };
    let groups: Vec<TableGroup> = columns
        .iter()
        .enumerate()
        .map(|(place, (name, _))| TableGroup {
            key: Some((VarId(COLUMNS.to_owned()), Code::Text((*name).to_owned()))),
            label: worded(&format!("response-{name}"), &[]),
            place,
            n: all,
            ..TableGroup::default()
        })
        .collect();
    Ok(Table {
        query: query.clone(),
        subject,
        base: TableBase {
            label: Text::default(),
            unit: data.codebook.unit.clone(),
            filter: Vec::new(),
            further: None,
            n: all,
            n_weighted: all as f64,
        },
        by: Text::default(),
        by_answers: groups.len(),
        by_ordered: false,
        items,
        groups,
        cells,
        ties: Vec::new(),
        comparisons: Comparisons::default(),
        outcome: None,
        controls: Vec::new(),
        model: None,
        strata: prepared.design.strata(),
        warnings: Vec::new(),
    })
}

/// The sum of the strata's sizes by category; `None` without sizes, or where a stratum has two categories.
fn of_strata(
    query: &Query,
    data: &Dataset,
    places: &[Option<usize>],
    categories: usize,
) -> Result<Option<Vec<f64>>, QueryError> {
    let Some(var) = &query.design.population else {
        return Ok(None);
    };
    let sizes = numbers(data, var)?;
    // Fractions are not sizes.
    if query.design.strata.is_empty() || !sizes.iter().any(|size| *size > 1.0) {
        return Ok(None);
    }
    let codings = query.design.strata.iter().map(|var| Coding::of(data, var));
    let strata: Vec<Vec<usize>> = codings
        .map(|coding| Ok(coding?.map(|place, _| place, usize::MAX)))
        .collect::<Result<_, QueryError>>()?;
    let mut known: HashMap<Vec<usize>, (usize, f64)> = HashMap::new();
    for (row, place) in places.iter().enumerate() {
        let Some(place) = place else { return Ok(None) };
        let stratum: Vec<usize> = strata.iter().map(|strata| strata[row]).collect();
        let (category, size) = known.entry(stratum).or_insert((*place, sizes[row]));
        if category != place || *size != sizes[row] {
            return Ok(None);
        }
    }
    let mut sums = vec![0.0; categories];
    known.values().for_each(|(category, size)| sums[*category] += size);
    Ok(Some(sums))
}
