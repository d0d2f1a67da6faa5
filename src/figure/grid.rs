//! A table and a look in, its numbers in columns out.

use super::arrange;
use super::look::Look;
use super::plot::{Block, Grid, Line};
use super::reading::{Reading, SMALL_N};
use super::scene::About;
use super::stacked;
use crate::data::QuestionKind;
use crate::measure::RowKind;
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
            for (position, &item) in statement.answers.iter().enumerate() {
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
                strong: arrange::is_union(reading, item),
                faint,
                cells: (0..groups)
                    .map(|group| cells(reading, item, group, side_by_side))
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
                label: reading.group(group),
                strong: false,
                faint,
                cells: vec![cells(reading, item, group, false)],
            });
        }
    }
    let block = |group: Option<usize>| Block {
        heading: group.map(|group| reading.group(group)).unwrap_or_default(),
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
        lines,
    }
}

/// Headings of the columns of a group; side by side there is room for the estimate and its interval only, and the
/// group's heading says its n.
fn columns(reading: &Reading<'_>, side_by_side: bool) -> Vec<String> {
    let level = words::with_sign(reading.language, &reading.level());
    let interval = reading.say("figure-column-interval", &[("level", &level)]);
    let n = reading.say("figure-column-n", &[]);
    let mut columns = match reading.is_mean() {
        true => vec![reading.say("figure-column-mean", &[]), interval],
        false => vec![reading.say("figure-column-share", &[]), interval],
    };
    if !side_by_side {
        if !reading.is_mean() {
            columns.push(reading.say("figure-column-chosen", &[]));
        }
        columns.push(n);
    }
    columns
}

fn cells(reading: &Reading<'_>, item: usize, group: usize, side_by_side: bool) -> (Vec<String>, About) {
    let cell = reading.table.cell(item, group);
    let about = reading.about(item, group);
    if cell.estimate.n == 0 {
        return (vec![reading.absent(group)], about);
    }
    let mut value = reading.bare(cell.estimate.value);
    if cell.estimate.n < SMALL_N {
        value.push('*');
    }
    let mut numbers = vec![value, reading.interval(cell).unwrap_or_else(|| "–".to_owned())];
    if side_by_side {
        return (numbers, about);
    }
    if !reading.is_mean() {
        numbers.push(
            cell.n_chosen
                .map_or_else(|| "–".to_owned(), |chosen| reading.count(chosen)),
        );
    }
    numbers.push(reading.count(cell.estimate.n));
    (numbers, about)
}
