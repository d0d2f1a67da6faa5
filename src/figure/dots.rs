//! A table in, dots with their intervals out: one per group, side by side on a line or one below the other;
//! coefficients around the line of no difference.

use super::arrange;
use super::lane::Ground;
use super::look::Look;
use super::palette::{self, Inks};
use super::pen::Pen;
use super::plot::{Bars, Beside, Dot, Kind, Lane, Row, Side};
use super::reading::{Reading, interval_of};
use super::scale::{self, Axis};
use super::told::{self, told};
use crate::measure::{RowKind, Statistic};
use crate::words;

/// Shares and means as dots where bars would stand; coefficients of models around no difference.
pub fn dots(reading: &Reading<'_>, look: &Look) -> Bars {
    match reading.table.statistic() {
        Statistic::OddsRatio | Statistic::Coefficient | Statistic::Difference => coefficients(reading, look),
        _ => plain(reading, look),
    }
}

/// Bars without their bodies. Without intervals, the groups of a row share one line.
fn plain(reading: &Reading<'_>, look: &Look) -> Bars {
    let mut bars = arrange::bars(reading, look);
    bars.kind = Kind::Dots;
    for row in &mut bars.rows {
        for lane in &mut row.lanes {
            if let Some(last) = lane.segments.pop() {
                lane.dot = Some(Dot {
                    at: last.to,
                    colour: last.colour,
                    hollow: false,
                });
                lane.segments.clear();
            }
        }
        let shown = row.lanes.iter().filter(|lane| lane.dot.is_some()).count();
        if !look.intervals && shown > 1 && shown == row.lanes.len() {
            together(row);
        }
    }
    bars
}

/// On one line only the outermost dots have room for their values; the others say theirs to a pointer.
fn together(row: &mut Row) {
    let at = |lane: &Lane| lane.dot.map_or(0.0, |dot| dot.at);
    let order = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
    let places = || row.lanes.iter().map(at).enumerate();
    let (Some((first, _)), Some((last, _))) = (places().min_by(order), places().max_by(order)) else {
        return;
    };
    for (position, lane) in row.lanes.iter_mut().enumerate() {
        let value = std::mem::take(&mut lane.outside);
        let sign = std::mem::take(&mut lane.sign);
        if position == last {
            (lane.outside, lane.sign) = (value, sign);
        } else if position == first {
            lane.before = value;
        }
    }
    row.together = true;
}

/// One row per coefficient under the heading of its term, with its number and interval at the right.
fn coefficients(reading: &Reading<'_>, look: &Look) -> Bars {
    let table = reading.table;
    let statistic = table.statistic();
    let inks = palette::inks(look.theme);
    let items = reading.drawn();
    let grouped = table.groups.len() > 1;
    let mut rows = Vec::new();
    let mut last = String::new();
    for (position, &item) in items.iter().enumerate() {
        let row = &table.items[item];
        let term = reading.of(&row.group).to_owned();
        let label = reading.label(row);
        let alone = items
            .iter()
            .filter(|other| table.items[**other].group == row.group)
            .count()
            == 1;
        let heading = match term != last || position == 0 {
            // A term of one row says its own name.
            true if alone => (position > 0).then(String::new),
            true => Some(term.clone()),
            false => None,
        };
        last.clone_from(&term);
        let short = label.strip_prefix(&format!("{term}: ")).map(str::to_owned);
        rows.push(Row {
            heading,
            label: short.unwrap_or(label),
            lanes: (0..table.groups.len())
                .map(|group| {
                    let colour = match grouped {
                        true => arrange::group_colour(reading, look, group),
                        false => inks.accent,
                    };
                    lane(reading, item, group, colour)
                })
                .collect(),
            ..Row::default()
        });
    }
    Bars {
        kind: Kind::Dots,
        axis: axis(reading, &rows, statistic),
        rows,
        sides: vec![
            Side {
                heading: reading.say(
                    match statistic {
                        Statistic::OddsRatio => "figure-column-odds",
                        Statistic::Coefficient => "figure-column-coefficient",
                        _ => "figure-column-difference",
                    },
                    &[],
                ),
                ..Side::default()
            },
            Side {
                heading: reading.say(
                    "figure-column-interval",
                    &[("level", &words::with_sign(reading.language, &reading.level()))],
                ),
                spare: true,
                close: true,
                ..Side::default()
            },
        ],
        ..Bars::default()
    }
}

fn lane(reading: &Reading<'_>, item: usize, group: usize, colour: super::scene::Colour) -> Lane {
    let cell = reading.table.cell(item, group);
    let about = Some(reading.about(item, group));
    if cell.estimate.n == 0 || !cell.estimate.value.is_finite() {
        return Lane {
            outside: reading.absent(group),
            faint: true,
            about,
            ..Lane::default()
        };
    }
    let hollow = reading.table.items[item].kind == RowKind::Reference;
    let interval = interval_of(cell).filter(|_| !hollow);
    let told = told(reading, cell, reading.table.items[item].kind);
    Lane {
        dot: Some(Dot {
            at: cell.estimate.value,
            colour,
            hollow,
        }),
        whisker: interval,
        beside: match hollow {
            true => vec![
                Beside {
                    text: told.value,
                    ..Beside::default()
                },
                Beside {
                    text: reading.say("figure-reference", &[]),
                    ..Beside::default()
                },
            ],
            false => vec![
                Beside {
                    text: told.value,
                    strong: true,
                    ..Beside::default()
                },
                Beside {
                    text: told.interval.unwrap_or_default(),
                    ..Beside::default()
                },
            ],
        },
        about,
        ..Lane::default()
    }
}

/// Odds ratios by doublings around 1; differences around 0, as far to either side as they need.
fn axis(reading: &Reading<'_>, rows: &[Row], statistic: Statistic) -> Axis {
    let lanes = || rows.iter().flat_map(|row| &row.lanes);
    let origin = if statistic == Statistic::OddsRatio { 1.0 } else { 0.0 };
    let ends = || {
        lanes()
            .filter(|lane| lane.dot.is_some())
            .map(|lane| (lane.start(origin), lane.end(origin)))
    };
    let least = ends().map(|(low, _)| low).fold(origin, f64::min);
    let most = ends().map(|(_, high)| high).fold(origin, f64::max);
    if statistic == Statistic::OddsRatio {
        let (low, high, ticks) = scale::ratios(least, most);
        let decimals = |value: f64| match value {
            1.0.. => 0,
            0.5.. => 1,
            0.25.. => 2,
            _ => 3,
        };
        return Axis {
            low,
            high,
            ticks: ticks
                .into_iter()
                .map(|value| (value, words::decimal(reading.language, value, decimals(value))))
                .collect(),
            origin,
            log: true,
            title: reading.say("figure-axis-odds", &[]),
        };
    }
    let (least, most) = (least.max(-1e12), most.min(1e12));
    let (_, steps) = scale::quantity((most - least).max(1e-6));
    let step = steps.get(1).copied().unwrap_or(1.0);
    let (below, above) = (
        (-least / step - 1e-9).ceil().max(1.0),
        (most / step - 1e-9).ceil().max(1.0),
    );
    let decimals = match statistic {
        Statistic::Difference => told::of_step(step * 100.0),
        _ => told::of_step(step),
    };
    let ticks = (-(below as i32)..=above as i32).map(|tick| f64::from(tick) * step);
    Axis {
        low: -below * step,
        high: above * step,
        ticks: ticks
            .map(|value| {
                let shown = match statistic {
                    Statistic::Difference => told::points(reading.language, value, decimals),
                    _ => words::decimal(reading.language, value, decimals),
                };
                (value, shown)
            })
            .collect(),
        title: match statistic {
            Statistic::Difference => reading.say("figure-axis-points", &[]),
            _ => String::new(),
        },
        ..Axis::default()
    }
}

/// The thin line that holds the dots of a row together.
pub fn span(pen: &mut Pen, row: &Row, inks: &Inks, ground: &Ground<'_>, middle: f32) {
    let dots = || {
        row.lanes
            .iter()
            .filter_map(|lane| lane.dot)
            .map(|dot| ground.x_of(dot.at))
    };
    let (from, to) = (dots().fold(f32::MAX, f32::min), dots().fold(f32::MIN, f32::max));
    if from < to {
        pen.line((from, middle), (to, middle), 2.0, inks.zero, None);
    }
}
