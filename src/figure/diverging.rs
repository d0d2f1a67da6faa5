//! The poles of a battery in, bars to either side of zero out: hindered to the left, promoted to the right, graded
//! answers outwards, the neutral answer and the net in columns of their own (Heiberger & Robbins 2014).

use super::look::{Look, Sort, Theme};
use super::palette;
use super::plot::{Bars, Beside, Head, Key, Kind, Lane, Row, Segment, Side};
use super::reading::{Reading, SMALL_N, interval_of};
use super::scale::Axis;
use super::scene::Colour;
use super::stacked::RowWords;
use super::wording::lower_first;
use crate::data::Code;
use crate::measure::{RowKind, TableItem};
use crate::words;

/// One statement with the positions of its rows in the table.
#[derive(Clone, Debug, Default)]
struct Statement {
    label: String,
    group: String,
    graded: Vec<usize>,
    negative: Option<usize>,
    neutral: Option<usize>,
    positive: Option<usize>,
    net: Option<usize>,
}

/// One row per statement; with a breakdown one row per group under the statement.
pub fn diverging(reading: &Reading<'_>, look: &Look) -> Bars {
    let table = reading.table;
    let statements = statements(reading, look);
    let neutral = statements.iter().any(|statement| statement.neutral.is_some());
    let mut rows = Vec::new();
    let mut row_words = RowWords::default();
    for statement in &statements {
        for group in 0..table.groups.len() {
            rows.push(Row {
                lanes: vec![lane(reading, look, statement, group, neutral)],
                ..row_words.row(reading, look, (&statement.label, &statement.group), group)
            });
        }
    }
    Bars {
        kind: Kind::Diverging,
        axis: axis(&rows),
        keys: keys(reading, look, &statements),
        heads: heads(reading, look, &statements),
        sides: sides(
            reading,
            look,
            &rows,
            neutral.then(|| neutral_label(reading, &statements)),
        ),
        rows,
        ..Bars::default()
    }
}

/// The statements in the order of the look: by net, or by one of the poles.
fn statements(reading: &Reading<'_>, look: &Look) -> Vec<Statement> {
    let table = reading.table;
    let mut all: Vec<Statement> = Vec::new();
    let mut vars = Vec::new();
    for (item, row) in table.items.iter().enumerate() {
        let position = vars.iter().position(|var| *var == &row.var).unwrap_or_else(|| {
            vars.push(&row.var);
            all.push(Statement {
                label: reading.label(row),
                group: reading.of(&row.group).to_owned(),
                ..Statement::default()
            });
            all.len() - 1
        });
        let statement = &mut all[position];
        match row.kind {
            RowKind::Answer => statement.graded.push(item),
            RowKind::Negative => statement.negative = Some(item),
            RowKind::Neutral => statement.neutral = Some(item),
            RowKind::Positive => statement.positive = Some(item),
            RowKind::Net => statement.net = Some(item),
            _ => {}
        }
    }
    let score = |statement: &Statement| {
        let row = match look.sort {
            Sort::Positive => statement.positive,
            Sort::Negative => statement.negative,
            Sort::LargestFirst | Sort::Questionnaire => statement.net,
        };
        row.map_or(f64::NEG_INFINITY, |item| reading.overall(item))
    };
    if look.sort != Sort::Questionnaire {
        all.sort_by(|a, b| score(b).total_cmp(&score(a)));
    }
    all
}

/// One statement in one group: bars to both sides, their values at the ends, neutral and net beside them.
fn lane(reading: &Reading<'_>, look: &Look, statement: &Statement, group: usize, neutral: bool) -> Lane {
    let table = reading.table;
    let cell = |item: Option<usize>| item.map(|item| (item, table.cell(item, group)));
    let known =
        |item: Option<usize>| cell(item).filter(|(_, cell)| cell.estimate.n > 0 && cell.estimate.value.is_finite());
    let (negative, positive) = (known(statement.negative), known(statement.positive));
    let any = [statement.net, statement.positive, statement.negative]
        .into_iter()
        .flatten()
        .next();
    if negative.is_none() && positive.is_none() {
        return Lane {
            outside: reading.absent(group),
            faint: true,
            about: any.map(|item| reading.about(item, group)),
            ..Lane::default()
        };
    }
    let mut segments = side(reading, look, statement, group, Pole::Negative);
    segments.extend(side(reading, look, statement, group, Pole::Positive));
    let small = negative.or(positive).is_some_and(|(_, cell)| cell.estimate.n < SMALL_N);
    let shown = |pole: Option<(usize, &crate::measure::Cell)>| {
        pole.map_or_else(String::new, |(_, cell)| reading.bare(cell.estimate.value))
    };
    let whisker = |pole: Option<(usize, &crate::measure::Cell)>, way: f64| {
        let (low, high) = look
            .intervals
            .then(|| pole.and_then(|(_, cell)| interval_of(cell)))
            .flatten()?;
        Some(if way < 0.0 { (-high, -low) } else { (low, high) })
    };
    let mut outside = shown(positive);
    if small {
        outside.push('*');
    }
    let mut beside = Vec::new();
    if neutral {
        beside.push(match known(statement.neutral) {
            Some((item, cell)) => Beside {
                text: reading.bare(cell.estimate.value),
                bar: Some((cell.estimate.value.max(0.0), neutral_colour(look.theme))),
                about: Some(reading.about(item, group)),
                ..Beside::default()
            },
            None => Beside::default(),
        });
    }
    beside.extend(net(reading, look, known(statement.net), group));
    Lane {
        segments,
        whisker: whisker(positive, 1.0),
        whisker_before: whisker(negative, -1.0),
        before: shown(negative),
        outside,
        faint: small,
        beside,
        about: any.map(|item| reading.about(item, group)),
        ..Lane::default()
    }
}

/// The net from unrounded values, and its interval.
fn net(reading: &Reading<'_>, look: &Look, net: Option<(usize, &crate::measure::Cell)>, group: usize) -> Vec<Beside> {
    let Some((item, cell)) = net else {
        return Vec::new();
    };
    let [negative, positive] = palette::pole_inks(look.theme);
    let value = cell.estimate.value;
    let about = Some(reading.about(item, group));
    let mut beside = vec![Beside {
        text: signed(value),
        strong: true,
        ink: match words::percent(value).as_str() {
            "0" => None,
            _ if value < 0.0 => Some(negative),
            _ => Some(positive),
        },
        bar: None,
        about: about.clone(),
    }];
    if look.intervals {
        let interval = interval_of(cell).map(|(low, high)| range(reading, &signed(low), &signed(high)));
        beside.push(Beside {
            text: interval.unwrap_or_default(),
            about,
            ..Beside::default()
        });
    }
    beside
}

/// From one number to another where they may have signs: "−17 til −9".
pub fn range(reading: &Reading<'_>, low: &str, high: &str) -> String {
    reading.say("figure-range", &[("low", low), ("high", high)])
}

/// A difference in points with its sign: "+85", "−13", "0".
pub fn signed(value: f64) -> String {
    match words::percent(value) {
        number if value > 0.0 && number != "0" => format!("+{number}"),
        number => number,
    }
}

/// Names of the graded answers' colours; a pole of one answer has its name above it.
fn keys(reading: &Reading<'_>, look: &Look, statements: &[Statement]) -> Vec<Key> {
    let table = reading.table;
    let Some(first) = statements.first() else {
        return Vec::new();
    };
    let segments = [Pole::Negative, Pole::Positive]
        .into_iter()
        .map(|pole| pieces(reading, first, pole));
    let mut keys = Vec::new();
    for (pole, pieces) in [Pole::Negative, Pole::Positive].into_iter().zip(segments) {
        let mut named: Vec<Key> = pieces
            .iter()
            .filter(|_| pieces.len() > 1)
            .map(|&(strength, item)| Key {
                label: reading.of(&table.items[item].answer).to_owned(),
                detail: String::new(),
                colour: pole.colour(strength, look.theme),
            })
            .collect();
        if pole == Pole::Negative {
            named.reverse();
        }
        keys.extend(named);
    }
    keys
}

#[derive(Clone, Copy, PartialEq)]
enum Pole {
    Negative,
    Positive,
}

impl Pole {
    fn colour(self, strength: f64, theme: Theme) -> Colour {
        match self {
            Self::Negative => palette::negative(strength, theme),
            Self::Positive => palette::positive(strength, theme),
        }
    }
}

/// The rows of a pole from zero outwards, each with its strength: the graded answers, else the pole itself.
fn pieces(reading: &Reading<'_>, statement: &Statement, pole: Pole) -> Vec<(f64, usize)> {
    let table = reading.table;
    let codes: &[Code] = table.subject.poles.as_ref().map_or(&[], |poles| match pole {
        Pole::Negative => &poles.negative,
        Pole::Positive => &poles.positive,
    });
    // The first code of a pole is the end of the scale.
    let strength = |row: &TableItem| {
        let position = codes.iter().position(|code| Some(code) == row.code.as_ref())?;
        Some(1.0 - position as f64 / codes.len() as f64)
    };
    let graded = statement.graded.iter().copied();
    let mut pieces: Vec<(f64, usize)> = graded
        .filter_map(|item| Some((strength(&table.items[item])?, item)))
        .collect();
    let whole = match pole {
        Pole::Negative => statement.negative,
        Pole::Positive => statement.positive,
    };
    if pieces.len() < 2 {
        pieces = whole.map(|item| (1.0, item)).into_iter().collect();
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces
}

/// The bar of one pole: its graded answers, the furthest from the middle at its end, or one piece; left to right.
fn side(reading: &Reading<'_>, look: &Look, statement: &Statement, group: usize, pole: Pole) -> Vec<Segment> {
    let table = reading.table;
    let pieces = pieces(reading, statement, pole);
    let many = pieces.len() > 1;
    let mut end = 0.0;
    let mut segments: Vec<Segment> = pieces
        .into_iter()
        .filter_map(|(strength, item)| {
            let estimate = table.cell(item, group).estimate;
            let value = estimate.value;
            if estimate.n == 0 || !value.is_finite() {
                return None;
            }
            let from = end;
            end += value.max(0.0);
            let (from, to) = match pole {
                Pole::Negative => (-end, -from),
                Pole::Positive => (from, end),
            };
            Some(Segment {
                from,
                to,
                colour: pole.colour(strength, look.theme),
                inside: if many { reading.bare(value) } else { String::new() },
                about: Some(reading.about(item, group)),
            })
        })
        .collect();
    if pole == Pole::Negative {
        segments.reverse();
    }
    segments
}

fn neutral_colour(theme: Theme) -> Colour {
    palette::inks(theme).neutral
}

/// The longest reach to either side, no further: values stand at the ends, so there are no numbers below.
fn axis(rows: &[Row]) -> Axis {
    let lanes = || rows.iter().flat_map(|row| &row.lanes);
    let low = lanes().map(|lane| lane.start(0.0)).fold(0.0, f64::min);
    let high = lanes().map(|lane| lane.end(0.0)).fold(0.0, f64::max);
    Axis {
        low: low.min(-0.02),
        high: high.max(0.02),
        ..Axis::default()
    }
}

/// The names of the poles, from their first statement.
fn heads(reading: &Reading<'_>, look: &Look, statements: &[Statement]) -> Option<[Head; 2]> {
    let [negative, positive] = palette::pole_inks(look.theme);
    let name = |pole: fn(&Statement) -> Option<usize>| {
        let item = statements.iter().find_map(pole)?;
        Some(lower_first(reading.of(&reading.table.items[item].answer)))
    };
    Some([
        Head {
            label: name(|statement| statement.negative)?,
            colour: negative,
        },
        Head {
            label: name(|statement| statement.positive)?,
            colour: positive,
        },
    ])
}

fn neutral_label(reading: &Reading<'_>, statements: &[Statement]) -> String {
    let item = statements.iter().find_map(|statement| statement.neutral);
    let label = item.map(|item| lower_first(reading.of(&reading.table.items[item].answer)));
    label.unwrap_or_default()
}

/// The columns beside the bars: the neutral answer, the net and its interval.
fn sides(reading: &Reading<'_>, look: &Look, rows: &[Row], neutral: Option<String>) -> Vec<Side> {
    let cells = || rows.iter().flat_map(|row| &row.lanes).flat_map(|lane| &lane.beside);
    let mut sides = Vec::new();
    if let Some(heading) = neutral {
        let largest = cells()
            .filter_map(|cell| cell.bar)
            .map(|(value, _)| value)
            .fold(0.0, f64::max);
        sides.push(Side {
            heading,
            bars: largest.max(0.01),
            ..Side::default()
        });
    }
    let columns = rows
        .iter()
        .flat_map(|row| &row.lanes)
        .map(|lane| lane.beside.len())
        .max()
        .unwrap_or(0);
    if columns > sides.len() {
        sides.push(Side {
            heading: reading.say("figure-net", &[]),
            ..Side::default()
        });
        if look.intervals {
            sides.push(Side {
                heading: reading.say(
                    "figure-column-interval",
                    &[("level", &words::with_sign(reading.language, &reading.level()))],
                ),
                spare: true,
                close: true,
                ..Side::default()
            });
        }
    }
    sides
}
