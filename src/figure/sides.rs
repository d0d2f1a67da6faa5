//! Columns of numbers beside a chart in, their places and the numbers themselves out.

use super::palette::Inks;
use super::pen::{LABEL, Pen, TICK, VALUE};
use super::plot::{Bars, Beside, Side};
use super::scene::{About, Anchor};

/// Between columns, and between columns that belong together.
const GAP: (f32, f32) = (18.0, 8.0);
/// A heading is broken into lines of this width, or of its longest word.
const HEADING: f32 = 72.0;
/// From a column's bar to its number.
const BAR_GAP: f32 = 5.0;

/// What hangs behind a number.
const MARKS: [char; 4] = ['*', '▲', '▼', '\u{a0}'];

/// Where the columns beside a chart stand.
pub struct Sides {
    /// The width of each without its bars; 0: there was no room for it.
    widths: Vec<f32>,
    /// The width of all of them without bars.
    pub width: f32,
    /// The largest bars of all of them, in units of the axis.
    pub bars: f64,
}

impl Sides {
    /// The columns of `plot`, those it can do without only where they leave `least` of `room` to it.
    pub fn of(plot: &Bars, room: f32, least: f32) -> Self {
        let numbers: Vec<f32> = (0..plot.sides.len())
            .map(|column| {
                let own = cells(plot, column).map(|cell| width_of(digits(cell), cell.strong));
                own.fold(0.0, f32::max) + hang(plot, column)
            })
            .collect();
        let widths: Vec<f32> = plot
            .sides
            .iter()
            .zip(&numbers)
            .map(|(side, numbers)| {
                let heading = heading(side).iter().map(|line| TICK.width(line)).fold(0.0, f32::max);
                let gap = if side.close { GAP.1 } else { GAP.0 };
                // The heading of a column with bars begins at the bars.
                let heading = if side.bars > 0.0 { 0.0 } else { heading };
                let bars = if side.bars > 0.0 { BAR_GAP } else { 0.0 };
                (gap + numbers.max(heading) + bars).ceil()
            })
            .collect();
        let mut sides = Self {
            width: widths.iter().sum(),
            bars: plot.sides.iter().map(|side| side.bars).sum(),
            widths,
        };
        for column in (0..plot.sides.len()).rev() {
            if room - sides.width < least && plot.sides[column].spare {
                sides.width -= sides.widths[column];
                sides.bars -= plot.sides[column].bars;
                sides.widths[column] = 0.0;
            }
        }
        sides
    }

    /// Left and right edge of each column that is drawn, from the right edge of the page; a unit of the axis is `unit`
    /// points.
    fn edges(&self, plot: &Bars, right: f32, unit: f32) -> Vec<Option<(f32, f32)>> {
        let mut edges = vec![None; plot.sides.len()];
        let mut x = right;
        for column in (0..plot.sides.len()).rev() {
            if self.widths[column] == 0.0 {
                continue;
            }
            let gap = if plot.sides[column].close { GAP.1 } else { GAP.0 };
            let width = self.widths[column] + plot.sides[column].bars as f32 * unit;
            edges[column] = Some((x - width + gap, x));
            x -= width;
        }
        edges
    }

    /// How many lines the headings take.
    pub fn lines(&self, plot: &Bars) -> usize {
        let shown = plot.sides.iter().zip(&self.widths).filter(|(_, width)| **width > 0.0);
        shown
            .filter(|(side, _)| !side.heading.is_empty())
            .map(|(side, _)| heading(side).len())
            .max()
            .unwrap_or(0)
    }

    /// Draws the headings, the last lines level at `bottom`.
    pub fn headings(&self, pen: &mut Pen, plot: &Bars, inks: &Inks, (right, bottom): (f32, f32), unit: f32) {
        for (side, edges) in plot.sides.iter().zip(self.edges(plot, right, unit)) {
            let Some((left, right)) = edges else { continue };
            let lines = heading(side);
            for (position, line) in lines.iter().enumerate() {
                let y = bottom - (lines.len() - 1 - position) as f32 * TICK.leading_pt - 4.0;
                let (x, anchor) = if side.bars > 0.0 {
                    (left, Anchor::Start)
                } else {
                    (right, Anchor::End)
                };
                pen.text(line, (x, y), anchor, &TICK, inks.second, None);
            }
        }
    }

    /// Draws what stands beside one lane, centred on the height `centre`, with bars `thickness` high.
    pub fn draw(
        &self,
        pen: &mut Pen,
        plot: &Bars,
        (cells, about): (&[Beside], Option<&About>),
        inks: &Inks,
        (right, unit): (f32, f32),
        (centre, thickness): (f32, f32),
    ) {
        let edges = self.edges(plot, right, unit);
        for (column, cell) in cells.iter().enumerate() {
            let Some(Some((left, right))) = edges.get(column).copied() else {
                continue;
            };
            if cell.text.is_empty() && cell.bar.is_none() {
                continue;
            }
            let hit = (left, centre - 10.0, right - left, 20.0);
            let about = cell.about.as_ref().or(about).map(|words| pen.about(words, hit));
            if let Some((value, colour)) = cell.bar {
                let thin = (thickness * 0.6).max(6.0);
                let width = value as f32 * unit;
                pen.rect((left, centre - thin / 2.0, width, thin), 2.0, colour, about);
                let at = (left + width + BAR_GAP, centre + LABEL.to_baseline());
                pen.text(&cell.text, at, Anchor::Start, &LABEL, inks.second, about);
                continue;
            }
            let style = if cell.strong { &VALUE } else { &LABEL };
            let ink = cell.ink.unwrap_or(if cell.strong { inks.text } else { inks.second });
            // A mark hangs outside, so that the digits stay in line.
            let digits = digits(cell);
            let mark = &cell.text[digits.len()..];
            let hang = hang(plot, column);
            let y = centre + style.to_baseline();
            pen.text(digits, (right - hang, y), Anchor::End, style, ink, about);
            pen.text(mark, (right - hang, y), Anchor::Start, style, ink, about);
        }
    }
}

/// The widest mark of a column.
fn hang(plot: &Bars, column: usize) -> f32 {
    cells(plot, column)
        .map(|cell| width_of(&cell.text[digits(cell).len()..], cell.strong))
        .fold(0.0, f32::max)
}

/// A number without its mark.
fn digits(cell: &Beside) -> &str {
    cell.text.trim_end_matches(MARKS)
}

fn cells(plot: &Bars, column: usize) -> impl Iterator<Item = &Beside> {
    let lanes = plot.rows.iter().flat_map(|row| &row.lanes);
    lanes.filter_map(move |lane| lane.beside.get(column))
}

fn heading(side: &Side) -> Vec<String> {
    let longest = side
        .heading
        .split(' ')
        .map(|word| TICK.width(word))
        .fold(HEADING, f32::max);
    TICK.wrap(&side.heading, longest)
}

fn width_of(text: &str, strong: bool) -> f32 {
    if strong { VALUE.width(text) } else { LABEL.width(text) }
}
