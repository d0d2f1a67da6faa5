//! The ties of a network in, JSON, CSV and lines for people out.

use serde_json::{Value, json};

use super::estimate::{columns, probability};
use crate::data::Language;
use crate::measure::{Cell, Table, Tie};

/// Every tie with its numbers; those that cannot be had are `null`.
pub(super) fn objects(table: &Table) -> Vec<Value> {
    let level = table.query.level.number().unwrap_or(0.95);
    let object = |tie: &Tie| {
        let group = &table.groups[tie.group];
        let difference = tie.difference.map(|difference| {
            let (low, high) = difference.contrast.interval(level);
            json!({
                "difference": difference.contrast.difference,
                "std_error": difference.contrast.std_error,
                "low": low,
                "high": high,
                "t": difference.contrast.t,
                "df": difference.contrast.df,
                "p": difference.contrast.p,
                "p_adjusted": difference.p_adjusted,
            })
        });
        json!({
            "a": table.items[tie.a].id,
            "b": table.items[tie.b].id,
            "group": group.key.as_ref().map(|(_, code)| code),
            "group_label": group.label,
            "joint": number(&tie.joint),
            "a_given_b": number(&tie.a_given_b),
            "b_given_a": number(&tie.b_given_a),
            "lift": number(&tie.lift),
            "p": tie.p,
            "p_adjusted": tie.p_adjusted,
            "difference": difference,
        })
    };
    table.ties.iter().map(object).collect()
}

fn number(cell: &Cell) -> Value {
    json!({
        "n": cell.estimate.n,
        "n_chosen": cell.n_chosen,
        "n_weighted": cell.estimate.n_weighted,
        "estimate": cell.estimate.value,
        "std_error": cell.estimate.std_error,
        "low": cell.low,
        "high": cell.high,
        "df": cell.estimate.df,
        "deff": cell.estimate.deff,
    })
}

/// A row of CSV for each number of a tie: its id, label, kind and cell.
pub(super) fn records(table: &Table) -> impl Iterator<Item = (String, String, &'static str, &Tie, &Cell)> {
    table.ties.iter().flat_map(|tie| {
        let (a, b) = (&table.items[tie.a], &table.items[tie.b]);
        let label = |first: &str, sign: &str, second: &str| format!("{first} {sign} {second}");
        let (one, other) = (a.label.get(Language::En), b.label.get(Language::En));
        let both = (format!("{}+{}", a.id, b.id), label(one, "and", other));
        [
            (both.0.clone(), both.1.clone(), "joint", tie, &tie.joint),
            (
                format!("{}|{}", a.id, b.id),
                label(one, "among", other),
                "given",
                tie,
                &tie.a_given_b,
            ),
            (
                format!("{}|{}", b.id, a.id),
                label(other, "among", one),
                "given",
                tie,
                &tie.b_given_a,
            ),
            (both.0, both.1, "lift", tie, &tie.lift),
        ]
    })
}

/// A line for each tie.
pub(super) fn for_people(table: &Table) -> Vec<String> {
    if table.ties.is_empty() {
        return Vec::new();
    }
    let language = Language::En;
    let of = |value: f64, decimals: usize, factor: f64| match value.is_nan() {
        true => "–".to_owned(),
        false => format!("{:.decimals$}", value * factor),
    };
    let percent = |value: f64| of(value, 1, 100.0);
    let name = |row: usize| match table.items[row].label.get(language) {
        "" => table.items[row].id.as_str(),
        label => label,
    };
    let header = [
        "Pair", "", "both %", "low", "high", "2nd|1st", "1st|2nd", "lift", "low", "high", "p", "adjusted",
    ];
    let mut cells = vec![header.map(str::to_owned)];
    let mut differences = vec![["Pair", "Difference", "s.e.", "t", "df", "p", "adjusted"].map(str::to_owned)];
    for tie in &table.ties {
        let pair = format!("{} – {}", name(tie.a), name(tie.b));
        let group = match (
            table.groups[tie.group].label.get(language),
            &table.groups[tie.group].key,
        ) {
            ("", Some((_, code))) => code.to_string(),
            (label, _) => label.to_owned(),
        };
        cells.push([
            pair.clone(),
            group,
            percent(tie.joint.estimate.value),
            percent(tie.joint.low),
            percent(tie.joint.high),
            percent(tie.b_given_a.estimate.value),
            percent(tie.a_given_b.estimate.value),
            of(tie.lift.estimate.value, 2, 1.0),
            of(tie.lift.low, 2, 1.0),
            of(tie.lift.high, 2, 1.0),
            probability(tie.p),
            probability(tie.p_adjusted),
        ]);
        if let Some(difference) = &tie.difference {
            differences.push([
                pair,
                percent(difference.contrast.difference),
                percent(difference.contrast.std_error),
                of(difference.contrast.t, 2, 1.0),
                of(difference.contrast.df, 0, 1.0),
                probability(difference.contrast.p),
                probability(difference.p_adjusted),
            ]);
        }
    }
    let mut lines = vec![String::new()];
    lines.extend(columns(&cells, 2));
    if differences.len() > 1 {
        let side = |group: usize| table.groups[group].label.get(language);
        lines.push(String::new());
        lines.push(format!("Both %: {} – {}", side(0), side(1)));
        lines.extend(columns(&differences, 1));
    }
    lines
}
