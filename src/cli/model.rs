//! `isobar model`: a regression in, its numbers out, for people, as JSON or as CSV.

use clap::Args;
use serde_json::{Map, Value, json};

use super::arguments::{DesignArguments, condition};
use super::estimate::design_object;
use super::{Output, Trouble, complain, print};
use crate::data::{Code, Condition, Dataset, Language, Opened, VarId};
use crate::explain::explained_model;
use crate::measure::model_table::{self, ModelMargin, ModelRow, ModelTable};
use crate::measure::{MarginQuery, Measure, ModelQuery, Outcome, Query, parse_terms};
use crate::remarks;
use crate::stats::model::Family;

/// What is explained by what.
#[derive(Args, Debug)]
pub(super) struct ModelArguments {
    /// The outcome: VAR=VALUE (or another condition) for a logistic model, VAR for a linear one.
    #[arg(long, value_name = "VAR=VALUE|VAR")]
    outcome: String,
    /// What explains it: `a,b`, an interaction `a:b`, or `a*b` for both and their interaction. Quantities, and
    /// numbers without labels, enter as numbers, other variables by their categories; factor(a) and numeric(a) say so.
    #[arg(long, value_name = "TERM,…", default_value = "", hide_default_value = true)]
    terms: String,
    /// The reference category of a variable: the first in the codebook's order if left out.
    #[arg(long, value_name = "VAR=VALUE")]
    reference: Vec<String>,
    /// Predicted margins: the mean prediction at each value of a variable, or at each combination of VAR:VAR.
    #[arg(long, value_name = "VAR,…", value_delimiter = ',')]
    margins: Vec<String>,
    /// The values of a numeric variable in --margins; 21 over its range if left out.
    #[arg(long, value_name = "VAR=NUMBER,…")]
    at: Vec<String>,
    /// Average marginal effects of all variables.
    #[arg(long)]
    effects: bool,
    /// Only respondents for whom this condition holds.
    #[arg(long = "where", value_name = "EXPR")]
    filter: Option<String>,
}

impl ModelArguments {
    /// The query that the arguments make.
    pub fn query(&self, design: &DesignArguments, data: &Dataset) -> Result<ModelQuery, Trouble> {
        let misused = |error: String| Trouble::Misused(error);
        let is_condition = self.outcome.contains(['=', '<', '>']) || self.outcome.contains(" in ");
        // A variable may have a name that looks like a condition.
        let is_variable = data.codebook.variable(&VarId(self.outcome.clone())).is_some();
        let outcome = match is_condition && !is_variable {
            true => Outcome::Share(condition(&self.outcome)?),
            false => Outcome::Mean(VarId(self.outcome.trim_matches('`').to_owned())),
        };
        let terms = parse_terms(&self.terms).map_err(|error| misused(error.to_string()))?;
        let at: Vec<(VarId, Vec<Code>)> = self.at.iter().map(|text| values(text)).collect::<Result<_, _>>()?;
        let filter = self.filter.as_deref().unwrap_or_default();
        // The arguments speak of queries: what they say of the design and of intervals is read off one.
        let told = design.applied_to(Query::new(Measure::Mean(VarId(String::new())), data))?;
        Ok(ModelQuery {
            references: self
                .reference
                .iter()
                .map(|text| reference(text))
                .collect::<Result<_, _>>()?,
            filter: Condition::parse(filter).map_err(|error| misused(error.to_string()))?,
            design: told.design,
            interval: told.interval,
            level: told.level,
            margins: self
                .margins
                .iter()
                .map(|vars| MarginQuery {
                    vars: vars.split(':').map(|var| VarId(var.trim().to_owned())).collect(),
                    at: at.clone(),
                })
                .collect(),
            effects: self.effects,
            ..ModelQuery::new(outcome, terms, data)
        })
    }
}

/// `VAR=VALUE`.
fn reference(text: &str) -> Result<(VarId, Code), Trouble> {
    match condition(text)? {
        Condition::OneOf { var, mut values } if values.len() == 1 => Ok((var, values.remove(0))),
        _ => Err(Trouble::Misused(format!(
            "--reference {text}: one value is needed, as in sector=2"
        ))),
    }
}

/// `VAR=NUMBER,NUMBER`.
fn values(text: &str) -> Result<(VarId, Vec<Code>), Trouble> {
    let wrong = || Trouble::Misused(format!("--at {text}: numbers are needed, as in size=10,50,250"));
    let (var, numbers) = text.split_once('=').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let numbers: Option<Vec<Code>> = numbers.split(',').map(|text| number(text).map(Code::Number)).collect();
    Ok((VarId(var.trim().to_owned()), numbers.ok_or_else(wrong)?))
}

/// Answers the query.
pub(super) fn run(opened: &Opened, query: &ModelQuery, output: Output) -> Result<(), Trouble> {
    let table = query.run(&opened.dataset)?;
    let of_file = opened
        .warnings
        .iter()
        .map(|warning| remarks::of_data(warning, Language::En));
    let of_model: Vec<String> = table
        .warnings
        .iter()
        .map(|warning| remarks::of_model(warning, Language::En))
        .collect();
    for warning in &of_model {
        complain("warning", warning, 0);
    }
    match output {
        Output::Json => {
            let warnings: Vec<String> = of_file.chain(of_model).collect();
            print(&format!("{:#}\n", object(&table, &warnings)))
        }
        Output::Csv => print(&csv(&table)?),
        Output::Table => print(&for_people(&table)),
    }
}

/// Numbers that cannot be had are `null`.
fn object(table: &ModelTable, warnings: &[String]) -> Value {
    let references: Map<String, Value> = table
        .references
        .iter()
        .map(|reference| (reference.var.0.clone(), json!(reference.code)))
        .collect();
    let troubled = |trouble| -> Vec<&str> {
        let rows = table.rows.iter().filter(|row| row.trouble == Some(trouble));
        rows.map(|row| row.term.as_str()).collect()
    };
    json!({
        "design": design_object(&table.query.design),
        "level": table.query.level,
        "family": family(table.family),
        "outcome": table.outcome,
        "where": table.query.filter,
        "references": references,
        "base": { "label": table.base.label, "where": table.query.filter, "n": table.base.n, "n_weighted": table.base.n_weighted },
        "n": table.base.n,
        "n_weighted": table.base.n_weighted,
        "events": match table.family {
            Family::Logistic => json!(table.events),
            Family::Linear => Value::Null,
        },
        "df_design": table.df_design,
        "df_residual": table.df_residual,
        "converged": table.converged,
        "separated": troubled(model_table::Trouble::Endless),
        "left_out": troubled(model_table::Trouble::Dependent),
        "coefficients": table.rows.iter().map(coefficient).collect::<Vec<_>>(),
        "term_tests": table.terms.iter().map(|term| json!({
            "term": term.term,
            "label": term.label,
            "kind": "wald",
            "statistic": term.test.statistic,
            "ndf": term.test.ndf,
            "ddf": term.test.ddf,
            "p": term.test.p,
        })).collect::<Vec<_>>(),
        "margins": table.margins.iter().map(margin).collect::<Vec<_>>(),
        "effects": table.effects.iter().map(|effect| json!({
            "variable": effect.var,
            "value": effect.code,
            "label": effect.label,
            "estimate": effect.estimate.value,
            "std_error": effect.estimate.std_error,
            "t": effect.t,
            "p": effect.p,
            "low": effect.low,
            "high": effect.high,
        })).collect::<Vec<_>>(),
        "explanation": explained_model(table, Language::En),
        "warnings": warnings,
    })
}

fn family(family: Family) -> &'static str {
    match family {
        Family::Logistic => "logistic",
        Family::Linear => "linear",
    }
}

fn coefficient(row: &ModelRow) -> Value {
    json!({
        "term": row.term,
        "label": row.label,
        "estimate": row.coefficient.estimate,
        "std_error": row.coefficient.std_error,
        "t": row.coefficient.t,
        "p": row.coefficient.p,
        "low": row.low,
        "high": row.high,
        "odds_ratio": row.odds_ratio.map(|ratio| json!({
            "estimate": ratio.value,
            "std_error": ratio.std_error,
            "low": ratio.low,
            "high": ratio.high,
        })),
    })
}

fn margin(margin: &ModelMargin) -> Value {
    let at: Map<String, Value> = margin
        .at
        .iter()
        .map(|(var, code, _)| (var.0.clone(), json!(code)))
        .collect();
    let labels: Vec<_> = margin.at.iter().map(|(_, _, label)| label).collect();
    json!({
        "variable": margin.at.first().map(|(var, ..)| var),
        "value": margin.at.first().map(|(_, code, _)| code),
        "at": at,
        "labels": labels,
        "n": margin.estimate.n,
        "estimate": margin.estimate.value,
        "std_error": margin.estimate.std_error,
        "std_error_sampled": margin.std_error_sampled,
        "low": margin.low,
        "high": margin.high,
        "df": margin.estimate.df,
    })
}

/// What a line of the CSV or of the text says.
struct Line {
    kind: &'static str,
    term: String,
    label: String,
    /// Estimate, standard error, statistic, degrees of freedom above and below, p, low, high.
    numbers: [f64; 8],
}

const COLUMNS: [&str; 11] = [
    "kind",
    "term",
    "label",
    "estimate",
    "std_error",
    "statistic",
    "ndf",
    "ddf",
    "p",
    "low",
    "high",
];

fn lines(table: &ModelTable) -> Vec<Line> {
    let (none, df) = (f64::NAN, table.df_residual);
    let english = Language::En;
    let mut lines = Vec::new();
    for row in &table.rows {
        let c = row.coefficient;
        lines.push(Line {
            kind: "coefficient",
            term: row.term.clone(),
            label: row.label.get(english).to_owned(),
            numbers: [c.estimate, c.std_error, c.t, none, df, c.p, row.low, row.high],
        });
    }
    for row in &table.rows {
        if let Some(ratio) = row.odds_ratio.filter(|_| row.of_term.is_some()) {
            lines.push(Line {
                kind: "odds_ratio",
                term: row.term.clone(),
                label: row.label.get(english).to_owned(),
                numbers: [
                    ratio.value,
                    ratio.std_error,
                    none,
                    none,
                    df,
                    none,
                    ratio.low,
                    ratio.high,
                ],
            });
        }
    }
    for term in &table.terms {
        let test = &term.test;
        lines.push(Line {
            kind: "term_test",
            term: term.term.clone(),
            label: term.label.get(english).to_owned(),
            numbers: [none, none, test.statistic, test.ndf, test.ddf, test.p, none, none],
        });
    }
    for margin in &table.margins {
        let at: Vec<String> = margin.at.iter().map(|(var, code, _)| format!("{var}={code}")).collect();
        let labels: Vec<&str> = margin.at.iter().map(|(.., label)| label.get(english)).collect();
        let e = &margin.estimate;
        lines.push(Line {
            kind: "margin",
            term: at.join(":"),
            label: labels.join(", "),
            numbers: [e.value, e.std_error, none, none, e.df, none, margin.low, margin.high],
        });
    }
    for effect in &table.effects {
        let e = &effect.estimate;
        lines.push(Line {
            kind: "effect",
            term: match &effect.code {
                Some(code) => format!("{}={code}", effect.var),
                None => effect.var.0.clone(),
            },
            label: effect.label.get(english).to_owned(),
            numbers: [
                e.value,
                e.std_error,
                effect.t,
                none,
                e.df,
                effect.p,
                effect.low,
                effect.high,
            ],
        });
    }
    lines
}

fn csv(table: &ModelTable) -> Result<String, Trouble> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for line in lines(table) {
        let numbers = line.numbers.map(|number| match number.is_nan() {
            true => String::new(),
            false => number.to_string(),
        });
        let texts = [line.kind.to_owned(), line.term, line.label];
        writer.write_record(texts.into_iter().chain(numbers))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Trouble::Failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(Trouble::from)
}

fn for_people(table: &ModelTable) -> String {
    let number = |number: f64| match (number.is_nan(), number.abs()) {
        (true, _) => String::new(),
        (false, 0.001..1000.0) => format!("{number:.4}"),
        (false, 0.0) => "0".to_owned(),
        (false, 1000.0..1e7) => format!("{number:.2}"),
        (false, _) => format!("{number:.3e}"),
    };
    let mut text = explained_model(table, Language::En);
    let mut kind = "";
    let mut blocks: Vec<Vec<[String; 9]>> = Vec::new();
    for line in lines(table) {
        if line.kind != kind {
            kind = line.kind;
            let name = kind.replace('_', " ");
            let statistic = if kind == "term_test" { "F" } else { "t" };
            blocks.push(vec![
                [&name, "estimate", "s.e.", statistic, "df", "df", "p", "low", "high"].map(str::to_owned),
            ]);
        }
        let [estimate, std_error, statistic, ndf, ddf, p, low, high] = line.numbers;
        let whole = |df: f64| if df.is_nan() { String::new() } else { df.to_string() };
        let (estimate, std_error) = (number(estimate), number(std_error));
        let (statistic, p) = (number(statistic), number(p));
        let (low, high) = (number(low), number(high));
        if let Some(block) = blocks.last_mut() {
            let label = if line.label.is_empty() { line.term } else { line.label };
            block.push([
                label,
                estimate,
                std_error,
                statistic,
                whole(ndf),
                whole(ddf),
                p,
                low,
                high,
            ]);
        }
    }
    for block in &blocks {
        text.push(String::new());
        text.extend(aligned(block));
    }
    text.push(String::new());
    text.join("\n")
}

/// The lines of a table; columns with nothing under their head are left out.
fn aligned(cells: &[[String; 9]]) -> Vec<String> {
    let width = |column: usize| match cells.iter().skip(1).all(|row| row[column].is_empty()) {
        true => 0,
        false => cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0),
    };
    let widths: Vec<usize> = (0..9).map(width).collect();
    let line = |row: &[String; 9]| {
        let parts: Vec<String> = (0..9)
            .filter(|column| widths[*column] > 0)
            .map(|column| match column {
                0 => format!("{:width$}", row[0], width = widths[0]),
                _ => format!("{:>width$}", row[column], width = widths[column]),
            })
            .collect();
        parts.join("  ").trim_end().to_owned()
    };
    cells.iter().map(line).collect()
}
