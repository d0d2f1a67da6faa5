//! Tables that are no shares of groups in, their grids out: the coefficients of a model under their terms, and how many
//! answered of how many.

use super::plot::{Block, Grid, Line};
use super::reading::Reading;
use super::told::{p_value, told};
use crate::data::Code;
use crate::measure::{RowKind, Statistic};
use crate::words;

/// Coefficients or marginal effects: a heading per term with its test, then its rows with their references.
pub fn model(reading: &Reading<'_>) -> Grid {
    let table = reading.table;
    let level = words::with_sign(reading.language, &reading.level());
    let value = match table.statistic() {
        Statistic::OddsRatio => "figure-column-odds",
        Statistic::Coefficient => "figure-column-coefficient",
        _ => "figure-column-difference",
    };
    let columns = vec![
        reading.say(value, &[]),
        reading.say("figure-column-interval", &[("level", &level)]),
        reading.say("figure-column-p", &[]),
        reading.say("figure-column-n", &[]),
    ];
    let term_of = |item: usize| reading.of(&table.items[item].group);
    let mut lines: Vec<Line> = Vec::new();
    let mut was_alone = false;
    for item in 0..table.items.len() {
        let term = term_of(item);
        let begins = item == 0 || term_of(item - 1) != term;
        let is_alone = (0..table.items.len()).filter(|other| term_of(*other) == term).count() == 1;
        let label = reading.label(&table.items[item]);
        let short = label.strip_prefix(&format!("{term}: ")).map(str::to_owned);
        let heading = match (begins, is_alone) {
            (false, _) => None,
            // A term of one row says its own name; several of them stand together.
            (true, true) => (!was_alone).then(String::new),
            (true, false) => Some(term.to_owned()),
        };
        was_alone = is_alone;
        lines.push(Line {
            detail: match (begins, is_alone) {
                (true, false) => test(reading, term),
                _ => String::new(),
            },
            heading,
            label: short.unwrap_or(label),
            faint: table.items[item].kind == RowKind::Reference,
            cells: vec![(row(reading, item), reading.about(item, 0))],
            ..Line::default()
        });
    }
    Grid {
        blocks: vec![Block {
            columns,
            ..Block::default()
        }],
        spans: Vec::new(),
        below: Vec::new(),
        lines,
    }
}

/// "F(2; 1.204) = 5,31; p = 0,004"
fn test(reading: &Reading<'_>, term: &str) -> String {
    let tests = &reading.table.comparisons.tests;
    let Some(own) = tests.iter().find(|own| reading.of(&own.label) == term) else {
        return String::new();
    };
    let test = &own.test;
    if !test.statistic.is_finite() || !test.p.is_finite() {
        return String::new();
    }
    let p = p_value(reading.language, test.p);
    let p = if p.starts_with('<') { p } else { format!("= {p}") };
    reading.say(
        "figure-grid-f",
        &[
            ("ndf", &words::count(reading.language, test.ndf)),
            ("ddf", &words::count(reading.language, test.ddf)),
            ("f", &words::decimal(reading.language, test.statistic, 2)),
            ("p", &p),
        ],
    )
}

/// Number, interval, p, n.
fn row(reading: &Reading<'_>, item: usize) -> Vec<String> {
    let table = reading.table;
    let cell = table.cell(item, 0);
    let kind = table.items[item].kind;
    let n = reading.count(cell.estimate.n);
    let told = told(reading, cell, kind);
    if kind == RowKind::Reference {
        return vec![told.value, reading.say("figure-reference", &[]), String::new(), n];
    }
    if !cell.estimate.value.is_finite() {
        return vec!["–".to_owned(), "–".to_owned(), "–".to_owned(), n];
    }
    let id = Code::Text(table.items[item].id.clone());
    let own = table.comparisons.contrasts.iter().find(|contrast| contrast.a.id == id);
    let p = own.map_or_else(String::new, |own| p_value(reading.language, own.contrast.p));
    vec![told.value, told.interval.unwrap_or_else(|| "–".to_owned()), p, n]
}

/// Population, sample, answers and their rate, a line per category in its own order, everybody last.
pub fn response(reading: &Reading<'_>) -> Grid {
    let table = reading.table;
    let block = |group: usize| Block {
        columns: vec![reading.group(group)],
        level: true,
        ..Block::default()
    };
    let line = |item: usize| Line {
        label: reading.label(&table.items[item]),
        strong: matches!(table.items[item].kind, RowKind::Union { .. }),
        cells: (0..table.groups.len())
            .map(|group| {
                let value = reading.bare(table.cell(item, group).estimate.value);
                (vec![value], reading.about(item, group))
            })
            .collect(),
        ..Line::default()
    };
    Grid {
        blocks: (0..table.groups.len()).map(block).collect(),
        spans: Vec::new(),
        below: Vec::new(),
        lines: (0..table.items.len()).map(line).collect(),
    }
}
