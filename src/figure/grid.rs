//! A table and a look in, its numbers in columns out.

use super::arrange;
use super::look::Look;
use super::plot::{Block, Grid, Line};
use super::reading::{Reading, SMALL_N, interval_of};
use super::scene::About;
use super::{diverging, signs, stacked};
use crate::data::{Code, QuestionKind};
use crate::measure::{Measure, RowKind, Statistic};
use crate::words;

/// The room that labels and the columns of one group need. Groups that do not fit stand as lines under each answer.
const LABELS_PT: f32 = 220.0;
const BLOCK_PT: f32 = 160.0;

/// Share, interval and n of every row and group; "don't know" last and in a lighter ink.
pub fn grid(reading: &Reading<'_>, look: &Look) -> Grid {
    let table = reading.table;
    let groups = table.groups.len();
    let battery = table.subject.kind == QuestionKind::Battery;
    // (heading, label, position in the table)
    let mut listed: Vec<(Option<String>, String, usize)> = Vec::new();
    if battery {
        let all: Vec<usize> = (0..table.items.len()).collect();
        for statement in stacked::statements(reading, look, &all) {
            let mut answers = statement.answers.clone();
            // Of poles, their sums and the net as well: a table has room for them.
            if matches!(table.query.measure, Measure::Poles(_)) {
                let var = answers.first().map(|item| &table.items[*item].var);
                answers = all
                    .iter()
                    .copied()
                    .filter(|item| Some(&table.items[*item].var) == var)
                    .collect();
            }
            for (position, &item) in answers.iter().enumerate() {
                let heading = (position == 0).then(|| statement.label.clone());
                listed.push((heading, reading.of(&table.items[item].answer).to_owned(), item));
            }
        }
    } else {
        let items = arrange::ordered(reading, look);
        let headings = arrange::headings(reading, look);
        for (position, &item) in items.iter().enumerate() {
            let heading = headings
                .then(|| arrange::heading_at(reading, &items, position))
                .flatten();
            listed.push((heading, reading.label(&table.items[item]), item));
        }
        let aside = (0..table.items.len()).filter(|item| !items.contains(item));
        listed.extend(aside.map(|item| (None, reading.label(&table.items[item]), item)));
    }

    let fits = LABELS_PT + BLOCK_PT * groups as f32 <= look.width_pt;
    let as_lines = groups > 1 && (listed.len() == 1 || !fits);
    let side_by_side = groups > 1 && !as_lines;
    let mut lines = Vec::new();
    for (heading, label, item) in listed {
        let kind = table.items[item].kind;
        let faint = matches!(kind, RowKind::DontKnow | RowKind::NotRelevant);
        if !as_lines {
            lines.push(Line {
                heading,
                label,
                strong: arrange::is_union(reading, item)
                    || matches!(
                        kind,
                        RowKind::Net | RowKind::Negative | RowKind::Neutral | RowKind::Positive
                    ),
                faint,
                cells: (0..groups)
                    .map(|group| cells(reading, look, item, group, side_by_side))
                    .collect(),
            });
            continue;
        }
        let heading = match heading {
            Some(statement) if battery => format!("{statement} – {label}"),
            _ if battery => format!("{} – {label}", reading.label(&table.items[item])),
            _ => label,
        };
        for group in 0..groups {
            lines.push(Line {
                heading: (group == 0).then(|| heading.clone()),
                label: signs::group(reading, look, group),
                strong: false,
                faint,
                cells: vec![cells(reading, look, item, group, false)],
            });
        }
    }
    let block = |group: Option<usize>| Block {
        heading: group
            .map(|group| signs::group(reading, look, group))
            .unwrap_or_default(),
        detail: group
            .filter(|_| reading.has_groups())
            .map(|group| reading.n(table.groups[group].n))
            .unwrap_or_default(),
        columns: columns(reading, side_by_side),
    };
    Grid {
        blocks: if as_lines {
            vec![block(None)]
        } else {
            (0..groups).map(|group| block(Some(group))).collect()
        },
        spans: if as_lines { Vec::new() } else { spans(reading) },
        lines,
    }
}

/// The names of several breakdowns above their groups; one alone is named in the headline.
fn spans(reading: &Reading<'_>) -> Vec<(String, usize, usize)> {
    let mut spans: Vec<(String, usize, usize)> = Vec::new();
    for (position, group) in reading.table.groups.iter().enumerate() {
        let name = reading.of(&group.by);
        match spans.last_mut() {
            Some((last, _, to)) if last == name => *to = position,
            _ => spans.push((name.to_owned(), position, position)),
        }
    }
    spans.retain(|(name, ..)| !name.is_empty());
    spans
}

/// Headings of the columns of a group; side by side there is room for the estimate and its interval only, and the
/// group's heading says its n.
fn columns(reading: &Reading<'_>, side_by_side: bool) -> Vec<String> {
    let level = words::with_sign(reading.language, &reading.level());
    let interval = reading.say("figure-column-interval", &[("level", &level)]);
    let value = match reading.table.statistic() {
        Statistic::Share => "figure-column-share",
        Statistic::OddsRatio => "figure-column-odds",
        Statistic::Coefficient => "figure-column-coefficient",
        Statistic::Difference => "figure-column-difference",
        Statistic::Mean => "figure-column-mean",
        Statistic::Total | Statistic::Ratio | Statistic::Quantile | Statistic::Lift => "figure-column-value",
    };
    let mut columns = vec![reading.say(value, &[]), interval];
    if side_by_side {
        return columns;
    }
    if has_counts(reading) {
        columns.push(reading.say("figure-column-chosen", &[]));
    }
    columns.push(reading.say("figure-column-n", &[]));
    if has_differences(reading) {
        columns.push(reading.say("figure-column-difference", &[]));
        columns.push(reading.say("figure-column-p", &[]));
    }
    columns
}

/// Whether rows say how many respondents are in them.
fn has_counts(reading: &Reading<'_>) -> bool {
    reading.table.statistic() == Statistic::Share && reading.table.cells.iter().any(|cell| cell.n_chosen.is_some())
}

/// Whether rows are set against one of them, so that each has a difference.
fn has_differences(reading: &Reading<'_>) -> bool {
    matches!(reading.table.query.measure, Measure::Effect(_)) && reading.table.groups.len() == 1
}

fn cells(reading: &Reading<'_>, look: &Look, item: usize, group: usize, side_by_side: bool) -> (Vec<String>, About) {
    let table = reading.table;
    let cell = table.cell(item, group);
    let about = reading.about(item, group);
    if cell.estimate.n == 0 {
        return (vec![reading.absent(group)], about);
    }
    let kind = table.items[item].kind;
    let signed = kind == RowKind::Net || table.statistic() == Statistic::Difference;
    let say = |value: f64| {
        if signed {
            diverging::signed(value)
        } else {
            reading.bare(value)
        }
    };
    let mut value = say(cell.estimate.value);
    if cell.estimate.n < SMALL_N {
        value.push('*');
    }
    let sign = signs::of(reading, look, item, group);
    if !sign.is_empty() {
        value.push_str(&format!("\u{a0}{sign}"));
    }
    let interval = match (kind, interval_of(cell)) {
        (RowKind::Reference, _) if table.statistic() != Statistic::Share => reading.say("figure-reference", &[]),
        (_, Some((low, high))) if signed => diverging::range(reading, &say(low), &say(high)),
        (_, Some((low, high))) => format!("{}–{}", say(low), say(high)),
        (_, None) => "–".to_owned(),
    };
    let mut numbers = vec![value, interval];
    if side_by_side {
        return (numbers, about);
    }
    if has_counts(reading) {
        let chosen = cell.n_chosen.map(|chosen| reading.count(chosen));
        numbers.push(chosen.unwrap_or_else(|| "–".to_owned()));
    }
    numbers.push(reading.count(cell.estimate.n));
    if has_differences(reading) {
        let id = Code::Text(table.items[item].id.clone());
        let own = table.comparisons.contrasts.iter().find(|contrast| contrast.a.id == id);
        numbers.extend(match own {
            Some(own) => [
                diverging::signed(own.contrast.difference),
                p_of(reading, own.p_adjusted),
            ],
            None => [String::new(), String::new()],
        });
    }
    (numbers, about)
}

/// A p-value: "0,013", "< 0,001".
fn p_of(reading: &Reading<'_>, p: f64) -> String {
    match p < 0.001 {
        true => format!("<\u{a0}{}", words::decimal(reading.language, 0.001, 3)),
        false => words::decimal(reading.language, p, 3),
    }
}
