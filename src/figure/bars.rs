//! Rows of bars in data units in, bars at their positions out.

use super::labels::{self, Label};
use super::lane::{self, VALUE_GAP};
use super::page::Area;
use super::palette::Inks;
use super::pen::{HEADING, LABEL, Pen, TICK, VALUE};
use super::plot::{Bars, Row};
use super::scene::Anchor;

/// From the labels to the axis.
const LABEL_GAP: f32 = 16.0;
/// At most this part of the width for labels beside the bars.
const LABEL_PART: f32 = 0.38;
/// In a narrower chart, labels that take many lines beside the bars stand above them.
const NARROW: f32 = 420.0;
/// Air over labels that stand above their bars.
const ABOVE_GAP: f32 = 10.0;
/// More rows than this stand closer together.
const MANY_ROWS: usize = 14;

/// Sizes of rows, bars and what is between them.
struct Measures {
    /// Height of a bar.
    bar: f32,
    /// From one lane of a row to the next.
    lane: f32,
    /// Height of a row beyond its lanes.
    row: f32,
}

impl Measures {
    fn of(plot: &Bars, stretch: f32) -> Self {
        let lanes = plot.rows.iter().map(|row| row.lanes.len()).max().unwrap_or(1);
        // Bars grow less than the distance between them.
        let thick = if stretch > 1.0 { stretch.sqrt() } else { stretch };
        if lanes == 1 && plot.rows.len() > MANY_ROWS {
            return Self {
                bar: 15.0 * thick,
                lane: 18.0 * stretch.max(0.85),
                row: 8.0 * stretch,
            };
        }
        if lanes > 1 {
            Self {
                bar: 14.0 * thick,
                lane: 18.0 * stretch.max(0.85),
                row: 14.0 * stretch,
            }
        } else {
            Self {
                bar: 18.0 * thick,
                lane: 20.0 * stretch.max(0.8),
                row: 14.0 * stretch,
            }
        }
    }
}

/// Draws the chart; gives its lower edge.
pub fn bars(pen: &mut Pen, plot: &Bars, inks: &Inks, area: Area) -> f32 {
    let sizes = Measures::of(plot, area.stretch);
    let mut top = area.top;
    if !plot.keys.is_empty() {
        top = labels::keys(pen, &plot.keys, inks, area) + 10.0;
    }

    let rows: Vec<&Row> = plot.rows.iter().collect();
    let set = |width: f32| -> Vec<Label> { rows.iter().map(|row| Label::of(row, width)).collect() };
    let mut labels = set(area.width * LABEL_PART);
    let above = area.width < NARROW && labels.iter().any(|label| label.lines.len() > 3);
    if above {
        labels = set(area.width);
    }
    let label_width = labels.iter().map(|label| label.width).fold(0.0, f32::max).ceil();
    let left = if above {
        area.x
    } else {
        area.x + label_width + LABEL_GAP
    };
    let width = plot_width(plot, area.right() - left);
    let x_of = |value: f64| left + width * plot.axis.part(value) as f32;

    let (bands, bottom) = bands(&rows, &labels, &sizes, area, top, above);
    // Grid lines stop at words that would stand on them.
    let mut sections: Vec<(f32, f32)> = Vec::new();
    for band in &bands {
        match sections.last_mut() {
            Some((_, end)) if band.heading.is_none() && !above => *end = band.bottom(),
            _ => sections.push((band.plot_top, band.bottom())),
        }
    }
    for (from, to) in &sections {
        for (value, _) in &plot.axis.ticks {
            let x = x_of(*value);
            pen.line((x, *from), (x, *to), 1.0, inks.hairline, None);
        }
    }
    for ((row, label), band) in rows.iter().zip(&labels).zip(&bands) {
        if let Some((at, lines)) = &band.heading {
            pen.block(lines, area.x, *at, &HEADING, inks.text);
        }
        let middle = f32::midpoint(band.plot_top, band.bottom());
        let label_middle = if above {
            band.top + ABOVE_GAP + label.lines.len() as f32 * LABEL.leading_pt / 2.0
        } else {
            middle
        };
        label.draw(pen, row, inks, area.x, label_middle);
        let alone = row.lanes.len() == 1;
        let first = middle - row.lanes.len() as f32 * sizes.lane / 2.0;
        for (position, content) in row.lanes.iter().enumerate() {
            let centre = first + (position as f32 + 0.5) * sizes.lane;
            let place = lane::Place {
                centre,
                thickness: sizes.bar,
                hit: if alone {
                    (area.x, band.top, area.width, band.height)
                } else {
                    (area.x, centre - sizes.lane / 2.0, area.width, sizes.lane)
                },
                alone,
            };
            lane::draw(pen, content, inks, &x_of, &place);
        }
    }
    for (from, to) in &sections {
        let x = x_of(0.0);
        pen.line((x, *from), (x, *to), 1.0, inks.zero, None);
    }
    let y = bottom + 6.0 + TICK.leading_pt / 2.0 + TICK.to_baseline();
    let each = every(plot, &x_of);
    for (value, words) in plot.axis.ticks.iter().step_by(each) {
        pen.text(words, (x_of(*value), y), Anchor::Middle, &TICK, inks.third, None);
    }
    bottom + 6.0 + TICK.leading_pt
}

/// Where a row lies.
struct Band {
    /// Upper edge of label and bars.
    top: f32,
    /// Height of label and bars.
    height: f32,
    /// Upper edge of the bars.
    plot_top: f32,
    /// Upper edge and lines of the heading above.
    heading: Option<(f32, Vec<String>)>,
}

impl Band {
    fn bottom(&self) -> f32 {
        self.top + self.height
    }
}

/// Places the rows one below the other; gives them and the lower edge of the last.
fn bands(rows: &[&Row], labels: &[Label], sizes: &Measures, area: Area, top: f32, above: bool) -> (Vec<Band>, f32) {
    let mut bands: Vec<Band> = Vec::new();
    let mut y = top;
    for (position, (row, label)) in rows.iter().zip(labels).enumerate() {
        let heading = row.heading.as_ref().map(|words| {
            y += if position > 0 { 16.0 } else { 0.0 };
            let at = y;
            // An empty heading ends a group by air alone.
            let lines = if words.is_empty() {
                Vec::new()
            } else {
                y += 2.0;
                HEADING.wrap(words, area.width)
            };
            y += lines.len() as f32 * HEADING.leading_pt;
            (at, lines)
        });
        // What is set apart at the top is so by air as well.
        let ends_the_top = position > 0 && !row.strong && rows[..position].iter().all(|row| row.strong);
        if ends_the_top && row.heading.is_none() {
            y += 6.0;
        }
        let lanes = row.lanes.len() as f32 * sizes.lane + sizes.row;
        let words = label.lines.len() as f32 * LABEL.leading_pt;
        let (height, plot_top) = if above {
            // Nearer to its own bars than to those of the row before.
            let words = ABOVE_GAP + words - 2.0;
            (words + lanes, y + words)
        } else {
            (lanes.max(words + 8.0), y)
        };
        bands.push(Band {
            top: y,
            height,
            plot_top,
            heading,
        });
        y += height;
    }
    (bands, y)
}

/// The widest axis that leaves every value its room at the right.
fn plot_width(plot: &Bars, room: f32) -> f32 {
    let last_tick = plot.axis.ticks.last().map_or(0.0, |(_, words)| TICK.width(words) / 2.0);
    let mut width = room - last_tick;
    for content in plot.rows.iter().flat_map(|row| &row.lanes) {
        if content.outside.is_empty() {
            continue;
        }
        let part = plot.axis.part(lane::end_of(content)) as f32;
        let needed = VALUE_GAP + VALUE.width(&content.outside) + 2.0;
        if part > 0.0 {
            width = width.min((room - needed) / part);
        }
    }
    width.max(40.0)
}

/// Every how manieth number of the axis has room; the last always has its number.
fn every(plot: &Bars, x_of: &impl Fn(f64) -> f32) -> usize {
    let ticks = &plot.axis.ticks;
    let steps = ticks.len().saturating_sub(1).max(1);
    let fits = |each: usize| {
        let shown: Vec<(f32, f32)> = ticks
            .iter()
            .step_by(each)
            .map(|(value, words)| (x_of(*value), TICK.width(words) / 2.0))
            .collect();
        shown
            .windows(2)
            .all(|pair| pair[0].0 + pair[0].1 + 8.0 <= pair[1].0 - pair[1].1)
    };
    (1..=steps)
        .filter(|each| steps.is_multiple_of(*each))
        .find(|each| fits(*each))
        .unwrap_or(steps)
}
