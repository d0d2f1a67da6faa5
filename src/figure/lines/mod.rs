//! Curves over a number, or rows over the rounds of a survey, in; lines with bands or whiskers and labels at their right
//! ends out.

mod draw;

use super::arrange;
use super::look::Look;
use super::palette;
use super::reading::{Reading, SMALL_N, interval_of};
use super::scale::{self, Axis};
use super::scene::{About, Colour};
use crate::measure::{Measure, ModelView, RowKind, Table};
use crate::words;

pub use draw::draw;

/// Whiskers of more lines than this would hide each other.
const MOST_WHISKERS: usize = 8;

/// Lines on two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// From left to right.
    pub x: Axis,
    /// What it is; empty where its numbers say so.
    pub x_title: String,
    /// From below to above.
    pub y: Axis,
    /// Says that it does not begin at zero, where it does not.
    pub y_note: String,
    /// The lines.
    pub lines: Vec<Curve>,
    /// Whether intervals are bands; else whiskers.
    pub bands: bool,
}

impl Lines {
    /// Whether intervals are drawn.
    pub fn has_intervals(&self) -> bool {
        let mut points = self.lines.iter().flat_map(|line| &line.points);
        points.any(|point| point.interval.is_some())
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name; empty where there is only one.
    pub label: String,
    /// What else should be known of it: "n = 1.420". May be empty.
    pub detail: String,
    /// Its colour.
    pub colour: Colour,
    /// From left to right.
    pub points: Vec<Point>,
}

/// One number of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Where it stands.
    pub x: f64,
    /// The number; `None` where nobody was asked.
    pub value: Option<f64>,
    /// Its interval, where it is drawn.
    pub interval: Option<(f64, f64)>,
    /// The number in words, or why there is none.
    pub shown: String,
    /// What it stands for.
    pub about: About,
}

/// Whether the rows are points of curves (else the groups are points and the rows are lines).
pub fn rows_are_points(table: &Table) -> bool {
    table.items.iter().filter(|item| item.at.is_some()).count() > 1
}

/// Whether a table can be drawn as lines: rows that stand at numbers, or groups that are rounds.
pub fn suits(table: &Table) -> bool {
    rows_are_points(table) || (table.groups.len() > 1 && table.groups.iter().all(|group| group.at.is_some()))
}

/// Makes the chart.
pub fn of(reading: &Reading<'_>, look: &Look) -> Lines {
    made(reading, look, if look.intervals { MOST_WHISKERS } else { 0 })
}

/// Makes the chart with all intervals, to read values from.
pub fn all(reading: &Reading<'_>, look: &Look) -> Lines {
    made(reading, look, usize::MAX)
}

/// Intervals of rounds are there for so many lines at most; of curves always, unless for none.
fn made(reading: &Reading<'_>, look: &Look, most: usize) -> Lines {
    let table = reading.table;
    let curves = rows_are_points(table);
    let many = if curves {
        table.groups.len()
    } else {
        arrange::ordered(reading, look).len()
    };
    let with_intervals = many <= most || (curves && most > 0);
    let point = |item: usize, group: usize, x: f64| {
        let cell = table.cell(item, group);
        let asked = cell.estimate.n > 0 && cell.estimate.value.is_finite();
        let mut shown = match asked {
            true => reading.value(cell.estimate.value),
            false => reading.absent(group),
        };
        if asked && cell.estimate.n < SMALL_N {
            shown.push('*');
        }
        Point {
            x,
            value: asked.then_some(cell.estimate.value),
            interval: with_intervals.then(|| interval_of(cell)).flatten(),
            shown,
            about: reading.about(item, group),
        }
    };
    let lines: Vec<Curve> = if curves {
        let mut points: Vec<(usize, f64)> = (table.items.iter().enumerate())
            .filter_map(|(item, row)| Some((item, row.at?)))
            .collect();
        points.sort_by(|a, b| a.1.total_cmp(&b.1));
        (0..table.groups.len())
            .map(|group| Curve {
                label: reading.group(group),
                detail: if many > 1 {
                    reading.n(table.groups[group].n)
                } else {
                    String::new()
                },
                colour: match many {
                    1 => palette::inks(look.theme).accent,
                    _ => arrange::group_colour(reading, look, group),
                },
                points: points.iter().map(|(item, x)| point(*item, group, *x)).collect(),
            })
            .collect()
    } else {
        let items = arrange::ordered(reading, look);
        let actors = items.iter().all(|&item| table.items[item].actor.is_some());
        (items.iter().enumerate())
            .map(|(position, &item)| Curve {
                label: if many > 1 {
                    reading.label(&table.items[item])
                } else {
                    String::new()
                },
                detail: String::new(),
                colour: match (many, actors && look.actor_colours) {
                    (1, _) | (_, true) => arrange::item_colour(reading, look, item, false),
                    // "None of these" is nobody's colour.
                    _ if reading.table.items[item].kind == RowKind::None => palette::inks(look.theme).second,
                    _ => palette::group(position, look.theme),
                },
                points: (0..table.groups.len())
                    .map(|group| point(item, group, table.groups[group].at.unwrap_or(group as f64)))
                    .collect(),
            })
            .collect()
    };
    let (y, y_note) = upright(reading, &lines);
    Lines {
        x: if curves {
            across(reading, &lines)
        } else {
            rounds(reading)
        },
        x_title: if curves { over(reading) } else { String::new() },
        y,
        y_note,
        bands: curves,
        lines,
    }
}

/// What the curves run over, by its label.
fn over(reading: &Reading<'_>) -> String {
    let table = reading.table;
    let Measure::Model(model) = &table.query.measure else {
        return String::new();
    };
    let ModelView::Curve { over, .. } = &model.view else {
        return String::new();
    };
    // A number by itself is its own term; one that only interacts has no label of its own.
    let terms = table.model.iter().flat_map(|model| &model.terms);
    let label = terms
        .into_iter()
        .find(|term| term.vars == [over.clone()])
        .map(|term| reading.of(&term.label));
    label.filter(|label| !label.is_empty()).unwrap_or(&over.0).to_owned()
}

/// The numbers that a chart has to hold.
fn numbers(lines: &[Curve]) -> impl Iterator<Item = f64> {
    let points = lines.iter().flat_map(|line| &line.points);
    points.flat_map(|point| {
        point
            .value
            .into_iter()
            .chain(point.interval.into_iter().flat_map(|(low, high)| [low, high]))
    })
}

/// Shares begin at zero. Other numbers do as well, unless they all lie far from it: then the axis says so.
fn upright(reading: &Reading<'_>, lines: &[Curve]) -> (Axis, String) {
    let (low, high) = numbers(lines).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
        (low.min(one), high.max(one))
    });
    if !reading.is_mean() {
        return (arrange::share_axis(reading, high), String::new());
    }
    let from_zero = low <= 0.0 || (high - low) > 0.35 * high || !low.is_finite();
    let ticks = match from_zero {
        true if low < 0.0 => scale::between(low, high),
        true => scale::quantity(high).1,
        false => scale::between(low, high),
    };
    let axis = numbered(reading, &ticks);
    let note = match axis.ticks.first() {
        Some((_, first)) if !from_zero => reading.say("figure-lines-broken", &[("from", first)]),
        _ => String::new(),
    };
    (axis, note)
}

/// An axis over the numbers that the points stand at, from the first to the last.
fn across(reading: &Reading<'_>, lines: &[Curve]) -> Axis {
    let at = lines.iter().flat_map(|line| &line.points).map(|point| point.x);
    let (low, high) = at.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
        (low.min(one), high.max(one))
    });
    let mut axis = numbered(reading, &scale::between(low, high));
    (axis.low, axis.high) = (low, high);
    axis.ticks
        .retain(|(value, _)| (low - 1e-9..=high + 1e-9).contains(value));
    axis
}

/// An axis with these numbers, which are evenly apart.
fn numbered(reading: &Reading<'_>, ticks: &[f64]) -> Axis {
    let step = match ticks {
        [first, second, ..] => second - first,
        _ => 1.0,
    };
    let decimals = (0..4).find(|decimals| {
        let scaled = step * 10f64.powi(*decimals);
        (scaled - scaled.round()).abs() < 1e-6
    });
    let decimals = decimals.unwrap_or(4) as usize;
    let (low, high) = (
        ticks.first().copied().unwrap_or(0.0),
        ticks.last().copied().unwrap_or(1.0),
    );
    Axis {
        low,
        high: if high > low { high } else { low + 1.0 },
        ticks: ticks
            .iter()
            .map(|tick| (*tick, words::decimal(reading.language, *tick, decimals)))
            .collect(),
        ..Axis::default()
    }
}

/// The rounds by name, as far apart as they are in time.
fn rounds(reading: &Reading<'_>) -> Axis {
    let groups = &reading.table.groups;
    let at = |group: usize| groups[group].at.unwrap_or(group as f64);
    let ticks: Vec<(f64, String)> = (0..groups.len())
        .map(|group| (at(group), reading.group(group)))
        .collect();
    let (low, high) = (at(0), at(groups.len().saturating_sub(1)));
    let (low, high) = if high > low {
        (low, high)
    } else {
        (low - 0.5, low + 0.5)
    };
    Axis {
        low,
        high,
        ticks,
        ..Axis::default()
    }
}
