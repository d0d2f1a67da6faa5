//! A table with ties in, a heat map out: boxes by boxes. Joint shares and lifts are the same from either side, so they
//! fill one triangle; conditional shares fill the square, rows among whom, columns who else. With two groups compared:
//! the differences of their joint shares.

use super::arrange;
use super::fonts::Style;
use super::look::{Edges, Look};
use super::network;
use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{DETAIL, KEY_DETAIL, LABEL, Pen};
use super::reading::Reading;
use super::scene::{About, Anchor, Colour, Weight};
use crate::measure::{Cell, Table, Tie};
use crate::words;

/// More boxes than this cannot be told apart in a heat map.
const MOST: usize = 60;
/// From the names to the cells.
const GAP: f32 = 14.0;
/// Names take at most this part of the width.
const NAMES: f32 = 0.42;

/// A heat map in data units. Columns are the rows, in the same order, by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// What the rows are; empty where rows and columns are alike.
    pub row_title: String,
    /// What the columns are, or what the numbers are.
    pub column_title: String,
    /// From top to bottom.
    pub rows: Vec<MatrixRow>,
    /// The legend: words at its left end, colours from low to high, words at its right end.
    pub legend: (String, Vec<Colour>, String),
    /// How significant numbers are known: where numbers are written, and where they have no room.
    pub remarks: [String; 2],
}

/// A row of a heat map.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// Its name.
    pub label: String,
    /// One per column; `None`: nothing stands there.
    pub cells: Vec<Option<MatrixCell>>,
}

/// A number on its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixCell {
    /// The number; empty: not known.
    pub value: String,
    /// Its colour.
    pub fill: Colour,
    /// The colour of the number.
    pub ink: Colour,
    /// Whether it is significant, and so set bold.
    pub strong: bool,
    /// What it stands for.
    pub about: About,
}

/// Whether `table` can be drawn as a heat map.
pub fn suits(table: &Table) -> bool {
    network::suits(table) && (2..=MOST).contains(&network::rows(table).len())
}

/// The heat map of a table.
pub fn of(reading: &Reading<'_>, look: &Look) -> Matrix {
    let table = reading.table;
    let boxes = network::rows(table);
    let order: Vec<usize> = arrange::ordered(reading, look)
        .into_iter()
        .filter(|row| boxes.contains(row))
        .collect();
    let differs = network::is_difference(table);
    let kind = if differs { Edges::Joint } else { look.network.edges };
    let of = |row: usize, column: usize| {
        let mut first = table.ties.iter().filter(|tie| tie.group == 0);
        first.find(|tie| (tie.a, tie.b) == (row.min(column), row.max(column)))
    };
    let ties: Vec<&Tie> = table.ties.iter().filter(|tie| tie.group == 0).collect();
    let shades = Shades::of(reading, look, (differs, kind), &ties);
    let rows = order
        .iter()
        .enumerate()
        .map(|(position, &row)| MatrixRow {
            label: reading.label(&table.items[row]),
            cells: order
                .iter()
                .enumerate()
                .map(|(across, &column)| {
                    let shown = kind == Edges::Conditional || across < position;
                    match position == across {
                        true if kind == Edges::Joint && !differs => Some(own(reading, look, row)),
                        true => None,
                        false if shown => Some(shades.cell(reading, (row, column), of(row, column)?)),
                        false => None,
                    }
                })
                .collect(),
        })
        .collect();
    let (row_title, column_title) = match (differs, kind) {
        (true, _) => (String::new(), "figure-matrix-difference"),
        (false, Edges::Joint) => (String::new(), "figure-matrix-joint"),
        (false, Edges::Lift) => (String::new(), "figure-matrix-lift"),
        (false, Edges::Conditional) => (reading.say("figure-matrix-among", &[]), "figure-matrix-also"),
    };
    Matrix {
        row_title,
        column_title: reading.say(column_title, &[]),
        rows,
        legend: shades.legend(reading),
        remarks: ["figure-matrix-bold", "figure-matrix-small"].map(|key| reading.say(key, &[])),
    }
}

/// The share of a box itself, on the diagonal.
fn own(reading: &Reading<'_>, look: &Look, row: usize) -> MatrixCell {
    let inks = palette::inks(look.theme);
    let cell = reading.table.cell(row, 0);
    MatrixCell {
        value: known(cell, &words::percent(cell.estimate.value)),
        fill: inks.hairline,
        ink: inks.second,
        strong: false,
        about: reading.about(row, 0),
    }
}

fn known(cell: &Cell, words: &str) -> String {
    match cell.estimate.n > 0 && cell.estimate.value.is_finite() {
        true => words.to_owned(),
        false => String::new(),
    }
}

/// Numbers to colours.
struct Shades {
    look: Look,
    differs: bool,
    kind: Edges,
    /// The number with the strongest colour; of lifts the logarithm's.
    end: f64,
    /// The colours of the two ends.
    ends: [Colour; 2],
}

impl Shades {
    fn of(reading: &Reading<'_>, look: &Look, (differs, kind): (bool, Edges), ties: &[&Tie]) -> Self {
        let accent = palette::inks(look.theme).accent;
        let most = |numbers: &dyn Fn(&Tie) -> f64| {
            let numbers = ties.iter().map(|tie| numbers(tie)).filter(|number| number.is_finite());
            numbers.fold(0.0, f64::max)
        };
        let share = |most: f64| {
            [0.05, 0.1, 0.25, 0.5]
                .into_iter()
                .find(|end| most <= *end)
                .unwrap_or(1.0)
        };
        let (end, ends) = match (differs, kind) {
            (true, _) => {
                let most = most(&|tie| tie.difference.map_or(0.0, |own| own.contrast.difference.abs()));
                let colours = [1, 0].map(|group| arrange::group_colour(reading, look, group));
                (share(most), colours)
            }
            (false, Edges::Joint) => (share(most(&|tie| tie.joint.estimate.value)), [accent; 2]),
            (false, Edges::Conditional) => {
                let either = |tie: &Tie| tie.a_given_b.estimate.value.max(tie.b_given_a.estimate.value);
                (share(most(&either)), [accent; 2])
            }
            (false, Edges::Lift) => (
                3f64,
                [palette::negative(1.0, look.theme), palette::positive(1.0, look.theme)],
            ),
        };
        Self {
            look: look.clone(),
            differs,
            kind,
            end,
            ends,
        }
    }

    /// −1..=1: how strong a colour, and toward which end.
    fn part(&self, number: f64) -> f64 {
        let part = match !self.differs && self.kind == Edges::Lift {
            true => number.ln() / self.end.ln(),
            false => number / self.end,
        };
        if part.is_nan() { 0.0 } else { part.clamp(-1.0, 1.0) }
    }

    /// The colour of a part of the scale, as near as text on it can be read; and that text's ink.
    fn colour(&self, part: f64) -> (Colour, Colour) {
        let inks = palette::inks(self.look.theme);
        let end = self.ends[usize::from(part >= 0.0)];
        let shade = |part: f64| palette::toward(inks.surface, end, 0.06 + 0.94 * part);
        let strong = part.abs();
        let near = (0..50).flat_map(|step| {
            let off = f64::from(step) * 0.02;
            [strong - off, strong + off]
        });
        near.filter(|part| (0.0..=1.0).contains(part))
            .find_map(|part| {
                let fill = shade(part);
                let ink = match palette::contrast(inks.text, fill) >= 4.5 {
                    true => Some(inks.text),
                    false => palette::ink_on(fill),
                };
                ink.map(|ink| (fill, ink))
            })
            .unwrap_or((shade(strong), inks.text))
    }

    fn cell(&self, reading: &Reading<'_>, (row, column): (usize, usize), tie: &Tie) -> MatrixCell {
        let (cell, number) = match (self.differs, self.kind) {
            (true, _) => (
                &tie.joint,
                tie.difference.map_or(f64::NAN, |own| own.contrast.difference),
            ),
            (false, Edges::Joint) => (&tie.joint, tie.joint.estimate.value),
            (false, Edges::Lift) => (&tie.lift, tie.lift.estimate.value),
            // Among those with the row, the share with the column.
            (false, Edges::Conditional) => {
                let cell = if row == tie.a { &tie.b_given_a } else { &tie.a_given_b };
                debug_assert!(column == tie.a || column == tie.b);
                (cell, cell.estimate.value)
            }
        };
        let (fill, ink) = self.colour(self.part(number));
        let inks = palette::inks(self.look.theme);
        let value = match (self.differs, self.kind) {
            (true, _) => signed(number),
            (false, Edges::Lift) => words::decimal(reading.language, number, 1),
            _ => words::percent(number),
        };
        let value = known(cell, &value);
        let strong = match self.differs {
            true => network::is_significantly_different(reading, tie),
            false => network::is_significant(reading, tie),
        };
        MatrixCell {
            fill: if value.is_empty() { inks.surface } else { fill },
            ink,
            strong,
            value,
            about: network::about_tie(reading, tie),
        }
    }

    fn legend(&self, reading: &Reading<'_>) -> (String, Vec<Colour>, String) {
        let both = self.differs || self.kind == Edges::Lift;
        let steps = (0..=8).map(|step| f64::from(step) / 8.0);
        let colours = steps.map(|step| self.colour(if both { 2.0 * step - 1.0 } else { step }).0);
        let (low, high) = match (self.differs, self.kind) {
            (true, _) => {
                let more = |group| reading.say("figure-network-key-more", &[("group", &reading.group(group))]);
                let end = words::percent(self.end);
                (format!("{} {end}", more(1)), format!("{end} {}", more(0)))
            }
            (false, Edges::Lift) => {
                let decimals = |number, places| words::decimal(reading.language, number, places);
                (
                    format!("≤ {}", decimals(1.0 / self.end, 2)),
                    format!("≥ {}", decimals(self.end, 0)),
                )
            }
            (false, _) => {
                let sign = |share| words::percent_sign(reading.language, share);
                (sign(0.0), sign(self.end))
            }
        };
        (low, colours.collect(), high)
    }
}

fn signed(difference: f64) -> String {
    match words::percent(difference) {
        bare if difference > 0.0 && bare != "0" => format!("+{bare}"),
        bare => bare,
    }
}

/// Draws the heat map; gives its lower edge.
pub fn draw(pen: &mut Pen, matrix: &Matrix, inks: &Inks, area: Area) -> f32 {
    let columns = matrix.rows.len().max(1);
    let number = DETAIL.width(&columns.to_string()) + 8.0;
    let most = area.width * NAMES - number;
    let names: Vec<Vec<String>> = matrix.rows.iter().map(|row| LABEL.wrap(&row.label, most)).collect();
    let widest = names.iter().flatten().map(|line| LABEL.width(line)).fold(0.0, f32::max);
    let left = area.x + number + widest + GAP;
    let wide = ((area.right() - left) / columns as f32).min(64.0);
    let (style, least) = match wide {
        34.0.. => (Style::new(13.0, Weight::Regular, 16.0), 30.0),
        26.0.. => (Style::new(12.0, Weight::Regular, 16.0), 26.0),
        18.0.. => (Style::new(10.0, Weight::Regular, 14.0), 20.0),
        _ => (Style::new(8.0, Weight::Regular, 10.0), 18.0),
    };
    let bold = Style {
        weight: Weight::Bold,
        ..style
    };
    let widest_value = matrix.rows.iter().flat_map(|row| &row.cells).flatten();
    let widest_value = widest_value.map(|cell| bold.width(&cell.value)).fold(0.0, f32::max);
    let with_values = widest_value + 2.0 <= wide;
    let tall = (wide * 0.6).clamp(least, 36.0) * area.stretch.max(0.8);

    let mut y = area.top;
    let titles = [
        (&matrix.row_title, area.x, left - area.x - GAP),
        (&matrix.column_title, left, area.right() - left),
    ];
    let set: Vec<Vec<String>> = titles
        .iter()
        .map(|(words, _, room)| match words.is_empty() {
            true => Vec::new(),
            false => KEY_DETAIL.wrap(words, room.max(60.0)),
        })
        .collect();
    let lines = set.iter().map(Vec::len).max().unwrap_or(0) as f32;
    for ((_, x, _), words) in titles.iter().zip(&set) {
        let top = y + (lines - words.len() as f32) * KEY_DETAIL.leading_pt;
        pen.block(words, *x, top, &KEY_DETAIL, inks.second);
    }
    y += lines * KEY_DETAIL.leading_pt + 2.0;
    let heads = wide >= DETAIL.width(&columns.to_string()) + 2.0;
    for column in 0..columns {
        if heads || column % 5 == 4 {
            let at = (
                left + (column as f32 + 0.5) * wide,
                y + DETAIL.leading_pt / 2.0 + DETAIL.to_baseline(),
            );
            pen.text(&(column + 1).to_string(), at, Anchor::Middle, &DETAIL, inks.third, None);
        }
    }
    y += DETAIL.leading_pt + 2.0;
    for (position, (row, name)) in matrix.rows.iter().zip(&names).enumerate() {
        let high = tall.max(name.len() as f32 * LABEL.leading_pt + 6.0);
        let middle = y + high / 2.0;
        let first = middle - (name.len() - 1) as f32 * LABEL.leading_pt / 2.0;
        let at = (area.x + number - 8.0, first + LABEL.to_baseline());
        pen.text(&(position + 1).to_string(), at, Anchor::End, &DETAIL, inks.third, None);
        pen.centred(name, (area.x + number, middle), Anchor::Start, &LABEL, inks.text, None);
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let x = left + column as f32 * wide;
            let about = pen.about(&cell.about, (x, y, wide, high));
            // Without a number to set bold, size says what is significant.
            let inset = if with_values || cell.strong {
                0.0
            } else {
                wide.min(high) * 0.22
            };
            let room = (x + inset, y + inset, wide - 1.0 - 2.0 * inset, high - 1.0 - 2.0 * inset);
            pen.rect(room, 0.0, cell.fill, Some(about));
            if with_values {
                let own = if cell.strong { &bold } else { &style };
                let at = (x + (wide - 1.0) / 2.0, y + (high - 1.0) / 2.0 + own.to_baseline());
                pen.text(&cell.value, at, Anchor::Middle, own, cell.ink, Some(about));
            }
        }
        y += high;
    }
    let remark = &matrix.remarks[usize::from(!with_values)];
    legend(pen, matrix, remark, inks, area, y + 12.0)
}

/// Draws the legend, as many lines as it needs. Gives its lower edge.
fn legend(pen: &mut Pen, matrix: &Matrix, remark: &str, inks: &Inks, area: Area, top: f32) -> f32 {
    const LINE: f32 = 20.0;
    const STEP: f32 = 16.0;
    let (low, colours, high) = &matrix.legend;
    let (mut x, mut y) = (area.x, top);
    let put = |pen: &mut Pen, words: &str, (x, y): (&mut f32, &mut f32)| {
        if *x > area.x && *x + KEY_DETAIL.width(words) > area.right() {
            (*x, *y) = (area.x, *y + LINE);
        }
        let lines = KEY_DETAIL.wrap(words, area.width);
        for (position, line) in lines.iter().enumerate() {
            if position > 0 {
                (*x, *y) = (area.x, *y + LINE);
            }
            let at = (*x, *y + LINE / 2.0 + KEY_DETAIL.to_baseline());
            pen.text(line, at, Anchor::Start, &KEY_DETAIL, inks.second, None);
        }
        *x += lines.last().map_or(0.0, |line| KEY_DETAIL.width(line));
    };
    put(pen, low, (&mut x, &mut y));
    x += 8.0;
    if x + STEP * colours.len() as f32 > area.right() {
        (x, y) = (area.x, y + LINE);
    }
    for colour in colours {
        pen.rect((x, y + 4.0, STEP, LINE - 8.0), 0.0, *colour, None);
        x += STEP;
    }
    x += 8.0;
    put(pen, high, (&mut x, &mut y));
    x += 24.0;
    put(pen, remark, (&mut x, &mut y));
    y + LINE
}
