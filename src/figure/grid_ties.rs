//! A table with ties in, a line per tie out: how many have both boxes, how much more often than if the boxes were
//! independent, and what that rests on.

use super::columns;
use super::look::Look;
use super::network;
use super::page::MARGIN;
use super::plot::{Block, Grid, Line};
use super::reading::{Reading, SMALL_N, interval_of};
use super::told::{p_value, points};
use crate::measure::{Cell, Tie};
use crate::words;

/// More ties than this are not listed.
const MOST: usize = 60;

/// The room that two names need beyond that of other labels.
const NAMES: f32 = 90.0;

/// What a reader of the ties should know.
pub fn notes(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let all = table.ties.iter().filter(|tie| tie.group == 0).count();
    let mut notes = Vec::new();
    if all > MOST {
        let (shown, all) = (reading.count(MOST), reading.count(all));
        notes.push(reading.say("figure-grid-note-most", &[("shown", &shown), ("all", &all)]));
    }
    if table.groups.len() == 1 {
        notes.push(reading.say("figure-network-note-lift", &[]));
        notes.push(reading.say("figure-grid-note-ties", &[]));
    } else if network::is_difference(table) {
        notes.push(reading.say("figure-grid-note-difference", &[]));
    }
    notes
}

/// The ties, those that most have first.
pub fn grid(reading: &Reading<'_>, look: &Look) -> Grid {
    let table = reading.table;
    let mut ties: Vec<&Tie> = table.ties.iter().filter(|tie| tie.group == 0).collect();
    let size = |tie: &Tie| {
        let own = table
            .ties
            .iter()
            .filter(|own| (own.a, own.b) == (tie.a, tie.b))
            .map(|own| own.joint.estimate)
            .filter(|estimate| estimate.n > 0 && estimate.value.is_finite());
        let (sum, weight) = own.fold((0.0, 0.0), |(sum, weight), estimate| {
            (sum + estimate.value * estimate.n_weighted, weight + estimate.n_weighted)
        });
        if weight > 0.0 { sum / weight } else { -1.0 }
    };
    let mut sized: Vec<(f64, &Tie)> = ties.drain(..).map(|tie| (size(tie), tie)).collect();
    sized.sort_by(|a, b| b.0.total_cmp(&a.0));
    sized.truncate(MOST);
    let ties: Vec<&Tie> = sized.into_iter().map(|(_, tie)| tie).collect();

    let groups = table.groups.len();
    let level = words::with_sign(reading.language, &reading.level());
    let interval = reading.say("figure-column-interval", &[("level", &level)]);
    let differs = network::is_difference(table);
    let side_by_side = |narrow: bool| {
        let mut blocks = of_groups(reading, &interval, narrow);
        blocks.extend(differs.then(|| of_difference(reading, &interval, narrow)));
        blocks
    };
    let (blocks, narrow) = match groups {
        1 => (vec![alone(reading, &interval)], false),
        _ => {
            let wide = Grid {
                blocks: side_by_side(false),
                spans: Vec::new(),
                below: Vec::new(),
                lines: lines(reading, &ties, false),
            };
            // Two names make long labels.
            if columns::needed(&wide) <= look.width_pt - 2.0 * MARGIN - NAMES {
                return wide;
            }
            (side_by_side(true), true)
        }
    };
    Grid {
        blocks,
        spans: Vec::new(),
        below: Vec::new(),
        lines: lines(reading, &ties, narrow),
    }
}

fn alone(reading: &Reading<'_>, interval: &str) -> Block {
    Block {
        columns: vec![
            reading.say("figure-column-joint", &[]),
            interval.to_owned(),
            reading.say("figure-column-lift", &[]),
            interval.to_owned(),
            reading.say("figure-column-p-adjusted", &[]),
        ],
        ..Block::default()
    }
}

/// The block of differences.
fn of_difference(reading: &Reading<'_>, interval: &str, narrow: bool) -> Block {
    let p = reading.say("figure-column-p-adjusted", &[]);
    let mut columns = vec![interval.to_owned(), p];
    if !narrow {
        columns.insert(0, String::new());
    }
    Block {
        heading: reading.say("figure-column-difference", &[]),
        columns,
        ..Block::default()
    }
}

/// Blocks of shares side by side.
fn of_groups(reading: &Reading<'_>, interval: &str, narrow: bool) -> Vec<Block> {
    let joint = reading.say("figure-column-joint", &[]);
    (0..reading.table.groups.len())
        .map(|group| Block {
            heading: reading.group(group),
            detail: reading.n(reading.table.groups[group].n),
            columns: match narrow {
                true => vec![joint.clone()],
                false => vec![joint.clone(), interval.to_owned()],
            },
            ..Block::default()
        })
        .collect()
}

fn lines(reading: &Reading<'_>, ties: &[&Tie], narrow: bool) -> Vec<Line> {
    let table = reading.table;
    let differs = network::is_difference(table);
    let together = |numbers: Vec<String>| match narrow {
        true => vec![numbers.join("\n")],
        false => numbers,
    };
    ties.iter()
        .map(|tie| {
            let names = [tie.a, tie.b].map(|row| reading.label(&table.items[row]));
            let mut cells = Vec::new();
            for group in 0..table.groups.len() {
                let same = |own: &&Tie| (own.a, own.b, own.group) == (tie.a, tie.b, group);
                let Some(own) = table.ties.iter().find(same) else {
                    cells.push((vec![reading.absent(group)], network::about_tie(reading, tie)));
                    continue;
                };
                let about = network::about_tie(reading, own);
                if own.joint.estimate.n == 0 {
                    cells.push((vec![reading.absent(group)], about));
                    continue;
                }
                let mut numbers = share(&own.joint);
                if table.groups.len() == 1 {
                    numbers.extend(lift(reading, own));
                    cells.push((numbers, about));
                } else {
                    cells.push((together(numbers), about));
                }
            }
            if differs {
                cells.push((difference(reading, tie, narrow), network::about_tie(reading, tie)));
            }
            Line {
                label: names.join(" + "),
                cells,
                ..Line::default()
            }
        })
        .collect()
}

/// "12", "10–14"
fn share(cell: &Cell) -> Vec<String> {
    let mut value = words::percent(cell.estimate.value);
    if cell.estimate.n < SMALL_N {
        value.push('*');
    }
    let interval = interval_of(cell).map(|(low, high)| format!("{}–{}", words::percent(low), words::percent(high)));
    vec![value, interval.unwrap_or_else(|| "–".to_owned())]
}

/// "1,42", "1,20–1,68", "0,003"
fn lift(reading: &Reading<'_>, tie: &Tie) -> Vec<String> {
    let number = |number: f64| words::decimal(reading.language, number, 2);
    let value = tie.lift.estimate.value;
    let interval = interval_of(&tie.lift).map(|(low, high)| format!("{}–{}", number(low), number(high)));
    let p = p_value(reading.language, tie.p_adjusted);
    let known = |words: String| if words.is_empty() { "–".to_owned() } else { words };
    vec![number(value), known(interval.unwrap_or_default()), known(p)]
}

/// "+8", "+2 til +14", "0,003"
fn difference(reading: &Reading<'_>, tie: &Tie, narrow: bool) -> Vec<String> {
    let Some(own) = tie.difference.filter(|own| own.contrast.difference.is_finite()) else {
        return vec!["–".to_owned()];
    };
    let level = reading.table.query.level.number().unwrap_or(0.95);
    let (low, high) = own.contrast.interval(level);
    let say = |number: f64| points(reading.language, number, 0);
    let interval = match low.is_finite() && high.is_finite() {
        true => super::diverging::range(reading, &say(low), &say(high)),
        false => "–".to_owned(),
    };
    let p = p_value(reading.language, own.p_adjusted);
    match narrow {
        true => vec![format!("{}\n{interval}", say(own.contrast.difference)), p],
        false => vec![say(own.contrast.difference), interval, p],
    }
}
