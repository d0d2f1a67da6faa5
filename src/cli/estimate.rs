//! `isobar estimate`: a query in, its numbers out, for people, as JSON or as CSV.

use serde_json::{Map, Value, json};

use super::{Output, Trouble, complain, print};
use crate::data::{Language, Opened, QuestionKind};
use crate::measure::{Query, RowKind, Table};
use crate::remarks;

pub(super) fn run(opened: &Opened, query: &Query, output: Output) -> Result<(), Trouble> {
    let table = query.run(&opened.dataset)?;
    let warnings: Vec<String> = opened
        .warnings
        .iter()
        .map(|warning| remarks::of_data(warning, Language::En))
        .chain(
            table
                .warnings
                .iter()
                .map(|warning| remarks::of_table(warning, Language::En)),
        )
        .collect();
    for warning in &warnings[opened.warnings.len()..] {
        complain("warning", warning, 0);
    }
    match output {
        Output::Json => print(&format!("{:#}\n", object(&table, &warnings))),
        Output::Csv => print(&csv(&table)?),
        Output::Table => print(&for_people(&table)),
    }
}

/// Numbers that cannot be had (an empty base) are `null`.
fn object(table: &Table, warnings: &[String]) -> Value {
    let design = &table.query.design;
    let rows: Vec<Value> = rows(table)
        .map(|(item, group)| {
            let cell = table.cell(item, group);
            let estimate = &cell.estimate;
            let (item, group) = (&table.items[item], &table.groups[group]);
            let key: Map<String, Value> = group
                .key
                .iter()
                .map(|(var, code)| (var.0.clone(), json!(code)))
                .collect();
            json!({
                "item": item.id,
                "label": item.label,
                "answer": item.answer,
                "kind": kind(item.kind),
                "group": key,
                "group_label": group.label,
                "n": estimate.n,
                "n_chosen": cell.n_chosen,
                "n_weighted": estimate.n_weighted,
                "estimate": estimate.value,
                "std_error": estimate.std_error,
                "low": cell.low,
                "high": cell.high,
                "df": estimate.df,
                "deff": estimate.deff,
            })
        })
        .collect();
    let strata: Vec<&str> = design.strata.iter().map(|var| var.0.as_str()).collect();
    json!({
        "design": {
            "weight": design.weight,
            "strata": if strata.is_empty() { Value::Null } else { json!(strata) },
            "population": design.population,
            "cluster": design.cluster,
        },
        "level": table.query.level,
        "interval": table.query.interval,
        "base": { "label": table.base.label, "n": table.base.n, "n_weighted": table.base.n_weighted },
        "rows": rows,
        "warnings": warnings,
    })
}

fn kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Answer => "answer",
        RowKind::Union { .. } => "union",
        RowKind::None => "none",
        RowKind::DontKnow => "dont_know",
        RowKind::NotRelevant => "not_relevant",
    }
}

fn rows(table: &Table) -> impl Iterator<Item = (usize, usize)> {
    let groups = table.groups.len();
    (0..table.items.len()).flat_map(move |item| (0..groups).map(move |group| (item, group)))
}

const COLUMNS: [&str; 13] = [
    "item",
    "label",
    "answer",
    "group",
    "group_label",
    "n",
    "n_weighted",
    "estimate",
    "std_error",
    "low",
    "high",
    "df",
    "deff",
];

fn csv(table: &Table) -> Result<String, Trouble> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for (item, group) in rows(table) {
        let cell = table.cell(item, group);
        let estimate = &cell.estimate;
        let (item, group) = (&table.items[item], &table.groups[group]);
        let number = |number: f64| {
            if number.is_nan() {
                String::new()
            } else {
                number.to_string()
            }
        };
        writer.write_record([
            item.id.clone(),
            item.label.get(Language::En).to_owned(),
            item.answer.get(Language::En).to_owned(),
            group.key.as_ref().map(|(_, code)| code.to_string()).unwrap_or_default(),
            group.label.get(Language::En).to_owned(),
            estimate.n.to_string(),
            number(estimate.n_weighted),
            number(estimate.value),
            number(estimate.std_error),
            number(cell.low),
            number(cell.high),
            number(estimate.df),
            number(estimate.deff),
        ])?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Trouble::Failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(Trouble::from)
}

fn for_people(table: &Table) -> String {
    let language = Language::En;
    let mean = table.subject.kind == QuestionKind::Numeric;
    let number = |number: f64| match (number.is_nan(), mean) {
        (true, _) => "–".to_owned(),
        (false, true) => format!("{number:.2}"),
        (false, false) => format!("{:.1}", number * 100.0),
    };
    let mut lines = Vec::new();
    for text in [&table.subject.title, &table.subject.text, &table.base.label] {
        if !text.is_empty() && !lines.iter().any(|line| line == text.get(language)) {
            lines.push(text.get(language).to_owned());
        }
    }
    let header = [
        "",
        "",
        if mean { "mean" } else { "%" },
        "s.e.",
        "low",
        "high",
        "n",
        "weighted",
    ];
    let mut cells: Vec<[String; 8]> = vec![header.map(str::to_owned)];
    for (item, group) in rows(table) {
        let cell = table.cell(item, group);
        let (item, group) = (&table.items[item], &table.groups[group]);
        let label = match item.answer.get(language) {
            "" => item.label.get(language).to_owned(),
            answer => format!("{}: {answer}", item.label.get(language)),
        };
        cells.push([
            if label.is_empty() { item.id.clone() } else { label },
            group.label.get(language).to_owned(),
            number(cell.estimate.value),
            number(cell.estimate.std_error),
            number(cell.low),
            number(cell.high),
            cell.estimate.n.to_string(),
            format!("{:.0}", cell.estimate.n_weighted),
        ]);
    }
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..8).map(width).collect();
    lines.push(String::new());
    for row in &cells {
        let line: Vec<String> = row
            .iter()
            .enumerate()
            .filter(|(column, _)| widths[*column] > 0)
            .map(|(column, text)| match column {
                0 | 1 => format!("{text:width$}", width = widths[column]),
                _ => format!("{text:>width$}", width = widths[column]),
            })
            .collect();
        lines.push(line.join("  ").trim_end().to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}
