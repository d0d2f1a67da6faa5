//! `isobar estimate`: a query in, its numbers out, for people, as JSON or as CSV.

use serde_json::{Map, Value, json};

use super::{Output, Trouble, complain, print, ties};
use crate::data::{Code, Language, Opened, QuestionKind, Text};
use crate::explain::explained;
use crate::measure::{Cell, DesignChoice, Query, RowKind, Statistic, Table, TableContrast};
use crate::remarks;
use crate::stats::{Contrast, Lonely, RatioEstimate, TestKind, contrast::letter};

/// Answers the query. `before`: the answer to the same query about an earlier, independent sample.
pub(super) fn run(opened: &Opened, query: &Query, before: Option<&Table>, output: Output) -> Result<(), Trouble> {
    let table = query.run(&opened.dataset)?;
    let changes = before.map(|before| changes(&table, before)).unwrap_or_default();
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
        Output::Json => print(&format!("{:#}\n", object(&table, &changes, &warnings))),
        Output::Csv => print(&csv(&table)?),
        Output::Table => print(&for_people(&table, &changes)),
    }
}

/// Numbers that cannot be had (an empty base) are `null`.
fn object(table: &Table, changes: &[Change], warnings: &[String]) -> Value {
    let shares = table.statistic() == Statistic::Share;
    let rows: Vec<Value> = rows(table)
        .map(|(item, group)| {
            let cell = table.cell(item, group);
            let estimate = &cell.estimate;
            let letters = table.comparisons.letters.get(item * table.groups.len() + group);
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
                "n_effective": estimate.effective_n(),
                "population": shares.then(|| cell.population()),
                "letters": letters,
                "of": item.of,
            })
        })
        .collect();
    json!({
        "design": design_object(&table.query.design),
        "level": table.query.level,
        "interval": table.query.interval,
        "base": { "label": table.base.label, "where": table.query.filter, "n": table.base.n, "n_weighted": table.base.n_weighted },
        "rows": rows,
        "ties": ties::objects(table),
        "controls": table.controls,
        "tests": table.comparisons.tests.iter().map(|tested| json!({
            "item": tested.id,
            "by": tested.by,
            "label": tested.label,
            "kind": test_kind(tested.test.kind),
            "statistic": tested.test.statistic,
            "ndf": tested.test.ndf,
            "ddf": tested.test.ddf,
            "p": tested.test.p,
        })).collect::<Vec<_>>(),
        "contrasts": table.comparisons.contrasts.iter().map(|contrast| contrast_object(table, contrast)).collect::<Vec<_>>(),
        "changes": changes.iter().map(|change| {
            let mut object = test_object(&change.contrast);
            object.insert("item".to_owned(), json!(change.item));
            object.insert("group".to_owned(), json!(change.group));
            object
        }).collect::<Vec<_>>(),
        "explanation": explained(table, Language::En),
        "warnings": warnings,
    })
}

/// The design that was used.
pub(super) fn design_object(design: &DesignChoice) -> Value {
    let margins: Vec<Vec<&str>> = design
        .margins
        .iter()
        .map(|margin| margin.vars.iter().map(|var| var.0.as_str()).collect())
        .collect();
    let strata: Vec<&str> = design.strata.iter().map(|var| var.0.as_str()).collect();
    let mut told = json!({
        "weight": design.weight,
        "strata": if strata.is_empty() { Value::Null } else { json!(strata) },
        "population": design.population,
        "cluster": design.cluster,
    });
    // What is not used is not named.
    let more = [
        ("lonely", json!(design.lonely), design.lonely != Lonely::default()),
        ("replicates", json!(design.replicates), design.replicates.is_some()),
        ("margins", json!(margins), !margins.is_empty()),
        ("trim", json!(design.trim), design.trim.is_some()),
    ];
    for (name, value, used) in more {
        if used {
            told[name] = value;
        }
    }
    told
}

/// A difference with its t test.
fn test_object(contrast: &Contrast) -> Map<String, Value> {
    [
        ("difference", contrast.difference),
        ("std_error", contrast.std_error),
        ("t", contrast.t),
        ("df", contrast.df),
        ("p", contrast.p),
    ]
    .into_iter()
    .map(|(name, number)| (name.to_owned(), json!(number)))
    .collect()
}

fn contrast_object(table: &Table, contrast: &TableContrast) -> Map<String, Value> {
    let ratio = |ratio: &Option<RatioEstimate>| {
        ratio.map(|ratio| {
            json!({
                "estimate": ratio.value,
                "std_error": ratio.std_error,
                "low": ratio.low,
                "high": ratio.high,
            })
        })
    };
    let (low, high) = contrast.contrast.interval(table.query.level.number().unwrap_or(0.95));
    let mut object = test_object(&contrast.contrast);
    for (name, value) in [
        ("item", json!(contrast.item.map(|item| &table.items[item].id))),
        ("by", json!(contrast.by)),
        ("a", json!(contrast.a.id)),
        ("b", json!(contrast.b.id)),
        ("low", json!(low)),
        ("high", json!(high)),
        ("p_adjusted", json!(contrast.p_adjusted)),
        ("risk_ratio", json!(ratio(&contrast.risk_ratio))),
        ("odds_ratio", json!(ratio(&contrast.odds_ratio))),
    ] {
        object.insert(name.to_owned(), value);
    }
    object
}

fn test_kind(kind: TestKind) -> &'static str {
    match kind {
        TestKind::RaoScott => "rao_scott",
        TestKind::RaoScottFirst => "rao_scott_first",
        TestKind::RaoScottLikelihood => "rao_scott_likelihood",
        TestKind::Wald => "wald",
        TestKind::WaldAdjusted => "wald_adjusted",
        TestKind::Pearson => "pearson",
        TestKind::Likelihood => "likelihood",
    }
}

/// The change of one number from an earlier round.
struct Change {
    item: String,
    label: Text,
    group: Option<Code>,
    group_label: Text,
    contrast: Contrast,
}

/// The change of every number that both rounds have.
fn changes(now: &Table, before: &Table) -> Vec<Change> {
    let code = |table: &Table, group: usize| table.groups[group].key.as_ref().map(|(_, code)| code.clone());
    rows(now)
        .filter_map(|(item, group)| {
            let (row, key) = (&now.items[item], code(now, group));
            let old_item = before
                .items
                .iter()
                .position(|old| old.id == row.id && old.kind == row.kind)?;
            let old_group = (0..before.groups.len()).find(|old| code(before, *old) == key)?;
            let (new, old) = (now.cell(item, group), before.cell(old_item, old_group));
            (new.estimate.n > 0 && old.estimate.n > 0).then(|| Change {
                item: row.id.clone(),
                label: row.label.clone(),
                group: key,
                group_label: now.groups[group].label.clone(),
                contrast: Contrast::of_independent(&new.estimate, &old.estimate),
            })
        })
        .collect()
}

fn kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Answer => "answer",
        RowKind::Union { .. } => "union",
        RowKind::None => "none",
        RowKind::DontKnow => "dont_know",
        RowKind::NotRelevant => "not_relevant",
        RowKind::Combination => "combination",
        RowKind::Pair => "pair",
        RowKind::Negative => "negative",
        RowKind::Neutral => "neutral",
        RowKind::Positive => "positive",
        RowKind::Net => "net",
        RowKind::Part => "part",
        RowKind::Reference => "reference",
    }
}

fn rows(table: &Table) -> impl Iterator<Item = (usize, usize)> {
    let groups = table.groups.len();
    (0..table.items.len()).flat_map(move |item| (0..groups).map(move |group| (item, group)))
}

const COLUMNS: [&str; 14] = [
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
    "kind",
];

/// A line for every row and group, then for a network four for every tie, with its p-values beside the lift.
fn csv(table: &Table) -> Result<String, Trouble> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let is_network = !table.ties.is_empty();
    let more: &[&str] = if is_network { &["p", "p_adjusted"] } else { &[] };
    writer.write_record(COLUMNS.iter().chain(more))?;
    let number = |number: f64| {
        if number.is_nan() {
            String::new()
        } else {
            number.to_string()
        }
    };
    let record = |[id, label, answer]: [String; 3], group: usize, cell: &Cell, kind: &str| {
        let (group, estimate) = (&table.groups[group], &cell.estimate);
        vec![
            id,
            label,
            answer,
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
            kind.to_owned(),
        ]
    };
    for (row, group) in rows(table) {
        let item = &table.items[row];
        let label = item.label.get(Language::En).to_owned();
        let answer = item.answer.get(Language::En).to_owned();
        let names = [item.id.clone(), label, answer];
        let mut line = record(names, group, table.cell(row, group), kind(item.kind));
        line.resize(COLUMNS.len() + more.len(), String::new());
        writer.write_record(line)?;
    }
    for (id, label, kind, tie, cell) in ties::records(table) {
        let mut line = record([id, label, String::new()], tie.group, cell, kind);
        let (p, adjusted) = match kind {
            "lift" => (tie.p, tie.p_adjusted),
            _ => (f64::NAN, f64::NAN),
        };
        line.extend([number(p), number(adjusted)]);
        writer.write_record(line)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Trouble::Failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(Trouble::from)
}

fn for_people(table: &Table, changes: &[Change]) -> String {
    let language = Language::En;
    let shares = table.subject.kind != QuestionKind::Numeric;
    let number = |number: f64| match (number.is_nan(), shares) {
        (true, _) => "–".to_owned(),
        (false, false) => format!("{number:.2}"),
        (false, true) => format!("{:.1}", number * 100.0),
    };
    let mut lines = Vec::new();
    for text in [&table.subject.title, &table.subject.text, &table.base.label] {
        if !text.is_empty() && !lines.iter().any(|line| line == text.get(language)) {
            lines.push(text.get(language).to_owned());
        }
    }
    let sets = table.items.iter().any(|item| item.kind == RowKind::Combination);
    let lettered = !table.comparisons.letters.is_empty();
    let header = [
        "",
        "",
        if shares { "%" } else { "estimate" },
        "s.e.",
        "low",
        "high",
        "n",
        "weighted",
        if lettered { "above" } else { "" },
    ];
    let mut cells = vec![header.map(str::to_owned)];
    for (item, group) in rows(table) {
        let cell = table.cell(item, group);
        let letters = table.comparisons.letters.get(item * table.groups.len() + group);
        let name = match (table.groups[group].label.get(language), &table.groups[group].key) {
            ("", Some((_, code))) => code.to_string(),
            (label, _) => label.to_owned(),
        };
        let name = match table.groups[group].by.get(language) {
            "" => name,
            by => format!("{by}: {name}"),
        };
        let starts_boxes = item > 0 && group == 0 && table.items[item - 1].kind != RowKind::Answer;
        let item = &table.items[item];
        // Sets are followed by their boxes, which may have the same names.
        if starts_boxes && item.kind == RowKind::Answer && sets {
            cells.push(Default::default());
        }
        let label = match item.answer.get(language) {
            "" => item.label.get(language).to_owned(),
            answer => format!("{}: {answer}", item.label.get(language)),
        };
        cells.push([
            if label.is_empty() { item.id.clone() } else { label },
            if lettered {
                format!("{} {name}", letter(group).to_uppercase())
            } else {
                name
            },
            number(cell.estimate.value),
            number(cell.estimate.std_error),
            number(cell.low),
            number(cell.high),
            cell.estimate.n.to_string(),
            format!("{:.0}", cell.estimate.n_weighted),
            letters.cloned().unwrap_or_default(),
        ]);
    }
    lines.push(String::new());
    lines.extend(columns(&cells, 2));
    lines.extend(ties::for_people(table));
    lines.extend(tests_for_people(table));
    let differences: Vec<[String; 9]> = table
        .comparisons
        .contrasts
        .iter()
        .map(|contrast| {
            let item = contrast.item.map(|item| &table.items[item].label);
            let name = |label: &Text, id: &Code| match label.get(language) {
                "" => id.to_string(),
                label => label.to_owned(),
            };
            let sides = format!(
                "{} – {}",
                name(&contrast.a.label, &contrast.a.id),
                name(&contrast.b.label, &contrast.b.id)
            );
            let label = item.map(|label| label.get(language).to_owned()).unwrap_or_default();
            difference_line(label, sides, &contrast.contrast, Some(contrast.p_adjusted), number)
        })
        .collect();
    let changes: Vec<[String; 9]> = changes
        .iter()
        .map(|change| {
            let label = change.label.get(language).to_owned();
            let group = change.group_label.get(language).to_owned();
            difference_line(label, group, &change.contrast, None, number)
        })
        .collect();
    for (title, rows) in [("Difference", differences), ("Change", changes)] {
        if !rows.is_empty() {
            let header = ["", "", title, "s.e.", "t", "df", "p", "adjusted", ""].map(str::to_owned);
            lines.push(String::new());
            lines.extend(columns(&[vec![header], rows].concat(), 2));
        }
    }
    lines.push(String::new());
    lines.extend(explained(table, language));
    lines.push(String::new());
    lines.join("\n")
}

fn tests_for_people(table: &Table) -> Vec<String> {
    let row = |tested: &crate::measure::TableTest| {
        let test = &tested.test;
        let below = match test.ddf.is_finite() {
            true => format!("{:.2}", test.ddf),
            false => String::new(),
        };
        let label = match tested.label.get(Language::En) {
            "" => tested.id.clone(),
            label => label.to_owned(),
        };
        [
            label,
            test_kind(test.kind).replace('_', " "),
            format!("{:.3}", test.statistic),
            format!("{:.2}", test.ndf),
            below,
            probability(test.p),
            String::new(),
            String::new(),
            String::new(),
        ]
    };
    let tests = &table.comparisons.tests;
    if tests.is_empty() {
        return Vec::new();
    }
    let header = ["", "Test", "statistic", "df", "df below", "p", "", "", ""].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(header).chain(tests.iter().map(row)).collect();
    [vec![String::new()], columns(&rows, 2)].concat()
}

fn difference_line(
    label: String,
    sides: String,
    contrast: &Contrast,
    adjusted: Option<f64>,
    number: impl Fn(f64) -> String,
) -> [String; 9] {
    [
        label,
        sides,
        number(contrast.difference),
        number(contrast.std_error),
        format!("{:.2}", contrast.t),
        format!("{:.0}", contrast.df),
        probability(contrast.p),
        adjusted.map(probability).unwrap_or_default(),
        String::new(),
    ]
}

pub(super) fn probability(p: f64) -> String {
    match p {
        _ if p.is_nan() => "–".to_owned(),
        _ if p < 0.0001 => "<0.0001".to_owned(),
        _ => format!("{p:.4}"),
    }
}

/// Lines with the first columns to the left and the others to the right; empty columns are left out.
pub(super) fn columns<const N: usize>(cells: &[[String; N]], left: usize) -> Vec<String> {
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let parts: Vec<String> = row
            .iter()
            .enumerate()
            .filter(|(column, _)| widths[*column] > 0)
            .map(|(column, text)| match column < left {
                true => format!("{text:width$}", width = widths[column]),
                false => format!("{text:>width$}", width = widths[column]),
            })
            .collect();
        parts.join("  ").trim_end().to_owned()
    };
    cells.iter().map(line).collect()
}
