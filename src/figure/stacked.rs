//! A battery in, one bar of 100 per cent for each statement out: the same rows and segments as plain bars, laid end to
//! end.

use super::look::{Look, Sort};
use super::palette;
use super::plot::{Bars, Key, Kind, Lane, Row, Segment};
use super::reading::Reading;
use super::scene::Colour;
use super::{arrange, donut};
use crate::data::{Code, QuestionKind};
use crate::measure::{BoxView, Measure, RowKind, Statistic, TableItem};

/// One statement with the positions of its answers in the table.
pub struct Statement {
    /// What is stated.
    pub label: String,
    /// The group of items it belongs to; empty: none.
    pub group: String,
    /// Positions of its answers.
    pub answers: Vec<usize>,
}

/// The statements of a battery, in the order of the look: those that the positive pole (else the first answer) fits
/// best first.
pub fn statements(reading: &Reading<'_>, look: &Look, items: &[usize]) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    let mut vars = Vec::new();
    // Of poles: their graded answers where there are any, else the poles themselves, never the net.
    let graded = |row: &TableItem| {
        let same = reading.table.items.iter().filter(|other| other.var == row.var);
        row.var.is_some() && same.clone().any(|other| other.kind == RowKind::Answer)
    };
    for &item in items {
        let row = &reading.table.items[item];
        let is_pole = matches!(row.kind, RowKind::Negative | RowKind::Positive);
        if row.kind == RowKind::Net || is_pole && graded(row) {
            continue;
        }
        match vars.iter().position(|var| *var == &row.var) {
            Some(position) => all[position].answers.push(item),
            None => {
                vars.push(&row.var);
                all.push(Statement {
                    label: reading.label(row),
                    group: reading.of(&row.group).to_owned(),
                    answers: vec![item],
                });
            }
        }
    }
    if look.sort != Sort::Questionnaire {
        let score =
            |statement: &Statement| -> f64 {
                let counted = statement.answers.iter().enumerate().filter(|(position, item)| {
                    match &reading.table.subject.poles {
                        Some(poles) => {
                            let row = &reading.table.items[**item];
                            has_code(&poles.positive, row) || row.kind == RowKind::Positive
                        }
                        None => *position == 0,
                    }
                });
                counted.map(|(_, &item)| reading.overall(item)).sum()
            };
        all.sort_by(|a, b| score(b).total_cmp(&score(a)));
    }
    all
}

fn has_code(codes: &[Code], row: &TableItem) -> bool {
    row.code.as_ref().is_some_and(|code| codes.contains(code))
}

/// Heading, label and n of the rows of statements, one row after the other.
#[derive(Default)]
pub struct RowWords {
    last_group: String,
}

impl RowWords {
    /// The words of the row of a statement and a group. `of_items`: the label of the group of items that the statement
    /// belongs to. With a breakdown, the statement stands above its groups.
    pub fn row(&mut self, reading: &Reading<'_>, look: &Look, (label, of_items): (&str, &str), group: usize) -> Row {
        let table = reading.table;
        if reading.has_groups() && table.groups.len() > 1 {
            return Row {
                heading: (group == 0).then(|| label.to_owned()),
                label: reading.group(group),
                detail: reading.n(table.groups[group].n),
                ..Row::default()
            };
        }
        let begins = look.sort == Sort::Questionnaire && of_items != self.last_group;
        of_items.clone_into(&mut self.last_group);
        Row {
            heading: (begins && !of_items.is_empty()).then(|| of_items.to_owned()),
            label: label.to_owned(),
            ..Row::default()
        }
    }
}

/// One row per statement; with a breakdown one row per group under the statement.
pub fn stacked(reading: &Reading<'_>, look: &Look) -> Bars {
    let table = reading.table;
    if table.statistic() == Statistic::Share && is_composition(reading) {
        return donut::stacked(reading, look);
    }
    if table.subject.kind != QuestionKind::Battery {
        return answers_of_one(reading, look);
    }
    let statements = statements(reading, look, &reading.drawn());
    // The answers of all statements, by label: one colour each.
    let mut answers: Vec<&TableItem> = Vec::new();
    for &item in statements.iter().flat_map(|statement| &statement.answers) {
        let row = &table.items[item];
        if !answers
            .iter()
            .any(|known| (&known.code, known.kind) == (&row.code, row.kind))
        {
            answers.push(row);
        }
    }
    let scale: Vec<Option<Code>> = answers.iter().map(|row| row.code.clone()).collect();
    let colour_of = |row: &TableItem| answer_colour(reading, look, &scale, row);
    let keys = answers
        .iter()
        .map(|row| Key {
            label: reading.of(&row.answer).to_owned(),
            detail: String::new(),
            colour: colour_of(row),
        })
        .collect();

    let mut rows = Vec::new();
    let mut row_words = RowWords::default();
    for statement in &statements {
        for group in 0..table.groups.len() {
            let asked = statement
                .answers
                .iter()
                .any(|&item| table.cell(item, group).estimate.n > 0);
            let mut end = 0.0;
            let segments = statement.answers.iter().filter(|_| asked).map(|&item| {
                let value = table.cell(item, group).estimate.value;
                let from = end;
                // Held together at 1, so that rounding errors do not leave the axis.
                end = f64::min(end + if value.is_finite() { value } else { 0.0 }, 1.0);
                Segment {
                    from,
                    to: end,
                    colour: colour_of(&table.items[item]),
                    inside: reading.bare(value),
                    about: Some(reading.about(item, group)),
                }
            });
            let segments: Vec<Segment> = segments.collect();
            let small = asked
                && statement
                    .answers
                    .iter()
                    .any(|&item| table.cell(item, group).estimate.n < super::reading::SMALL_N);
            rows.push(Row {
                lanes: vec![Lane {
                    outside: match (asked, small) {
                        (false, _) => reading.absent(group),
                        (true, true) => "*".to_owned(),
                        (true, false) => String::new(),
                    },
                    faint: true,
                    about: (!asked).then(|| reading.about(statement.answers[0], group)),
                    segments,
                    ..Lane::default()
                }],
                ..row_words.row(reading, look, (&statement.label, &statement.group), group)
            });
        }
    }
    Bars {
        kind: Kind::Stacked,
        axis: arrange::share_axis(reading, 1.0),
        keys,
        rows,
        ..Bars::default()
    }
}

fn is_composition(reading: &Reading<'_>) -> bool {
    matches!(
        reading.table.query.measure,
        Measure::Boxes {
            view: BoxView::Composition,
            ..
        }
    )
}

/// The answers to one question, one bar per group. An ordered scale goes from light to strong; without an order, up to
/// as many answers as there are colours have one each.
fn answers_of_one(reading: &Reading<'_>, look: &Look) -> Bars {
    let table = reading.table;
    let items: Vec<usize> = reading
        .drawn()
        .into_iter()
        .filter(|item| !matches!(table.items[*item].kind, RowKind::Union { .. }))
        .collect();
    let last = items.len().saturating_sub(1).max(1) as f64;
    let by_hue = !table.subject.ordered && items.len() <= palette::MOST_GROUPS;
    let pieces: Vec<(usize, Colour)> = items
        .iter()
        .enumerate()
        .map(|(position, &item)| {
            let colour = match by_hue {
                true => palette::group(position, look.theme),
                false => palette::step(position as f64 / last, look.theme),
            };
            (item, colour)
        })
        .collect();
    let keys = pieces.iter().map(|(item, colour)| Key {
        label: reading.label(&table.items[*item]),
        detail: String::new(),
        colour: *colour,
    });
    donut::single(reading, look, &pieces, keys.collect())
}

/// The colour of an answer: by its pole and how far out it is, neutral between the poles, else its step on the scale.
fn answer_colour(reading: &Reading<'_>, look: &Look, scale: &[Option<Code>], row: &TableItem) -> Colour {
    let Some(poles) = &reading.table.subject.poles else {
        let position = scale.iter().position(|code| *code == row.code).unwrap_or(0);
        let last = scale.len().saturating_sub(1).max(1);
        return palette::step(position as f64 / last as f64, look.theme);
    };
    let strength = |codes: &[Code]| {
        let position = codes.iter().position(|code| Some(code) == row.code.as_ref())?;
        Some(1.0 - position as f64 / codes.len() as f64)
    };
    match row.kind {
        RowKind::Negative => return palette::negative(1.0, look.theme),
        RowKind::Positive => return palette::positive(1.0, look.theme),
        _ => {}
    }
    match (strength(&poles.negative), strength(&poles.positive)) {
        (Some(strength), _) => palette::negative(strength, look.theme),
        (_, Some(strength)) => palette::positive(strength, look.theme),
        _ => palette::toward(
            palette::inks(look.theme).surface,
            palette::inks(look.theme).neutral,
            0.75,
        ),
    }
}
