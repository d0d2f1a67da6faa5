//! Rows of bars in data units in, bars at their positions out.

use super::labels::{self, Label};
use super::lane::{self, Ground};
use super::page::Area;
use super::palette::Inks;
use super::pen::{HEADING, LABEL, Pen, TICK};
use super::plot::{Bars, Kind, Row};
use super::scene::Anchor;
use super::sides::Sides;
use super::{bracket, dots, heads};

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
        let lanes = plot
            .rows
            .iter()
            .map(|row| if row.together { 1 } else { row.lanes.len() });
        let lanes = lanes.max().unwrap_or(1);
        if plot.kind == Kind::Dots {
            let many = lanes == 1 && plot.rows.len() > MANY_ROWS;
            return Self {
                bar: 10.0,
                lane: if lanes > 1 { 16.0 } else { 18.0 } * stretch.max(0.85),
                row: if many { 6.0 } else { 12.0 } * stretch,
            };
        }
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

/// The columns beside a chart leave it at least this width.
const LEAST: f32 = 150.0;
/// Rows that are a part are set in by this.
const INDENT: f32 = 12.0;

/// Draws the chart; gives its lower edge.
pub fn bars(pen: &mut Pen, plot: &Bars, inks: &Inks, area: Area) -> f32 {
    let sizes = Measures::of(plot, area.stretch);
    let mut top = area.top;
    if !plot.keys.is_empty() {
        top = labels::keys(pen, &plot.keys, inks, area) + 10.0;
    }

    let rows: Vec<&Row> = plot.rows.iter().collect();
    let indent = |row: &Row| if row.part { INDENT } else { 0.0 };
    let set = |width: f32| -> Vec<Label> { rows.iter().map(|row| Label::of(row, width - indent(row))).collect() };
    let mut labels = set(area.width * LABEL_PART);
    let above = area.width < NARROW && (!plot.sides.is_empty() || labels.iter().any(|label| label.lines.len() > 3));
    if above {
        labels = set(area.width);
    }
    let widths = rows.iter().zip(&labels).map(|(row, label)| label.width + indent(row));
    let label_width = widths.fold(0.0, f32::max).ceil();
    let bracket = if rows.iter().any(|row| row.part) {
        bracket::WIDTH
    } else {
        0.0
    };
    let labels_right = if above { area.x } else { area.x + label_width };
    let left = labels_right + bracket + if above { 0.0 } else { LABEL_GAP };

    let sides = Sides::of(plot, area.right() - left, LEAST);
    let room = area.right() - left - sides.width;
    let range = plot.axis.high - plot.axis.low;
    let room = room * (range / (range + sides.bars)) as f32;
    let (before, width) = plot_width(plot, room);
    let left = left + before;
    let unit = (f64::from(width) / range) as f32;
    let x_of = |value: f64| left + width * plot.axis.part(value) as f32;
    let ground = Ground {
        axis: Some(&plot.axis),
        place: &x_of,
        line: plot.reference.as_ref().map(|reference| x_of(reference.value)),
        band: plot
            .reference
            .as_ref()
            .and_then(|reference| reference.interval)
            .map(|(low, high)| (x_of(low), x_of(high), heads::band_colour(inks))),
    };

    let heads_end = area.right() - sides.width - sides.bars as f32 * unit - 8.0;
    let heads = heads::lines(plot, &ground, (area.x, heads_end));
    let lines = sides.lines(plot) as f32 * TICK.leading_pt;
    let headed = heads.height().max(lines);
    if headed > 0.0 {
        top += headed + 6.0;
        heads.draw(pen, inks, top - 6.0);
        sides.headings(pen, plot, inks, (area.right(), top - 6.0), unit);
    }

    let (bands, bottom) = bands(&rows, &labels, &sizes, area, top, above);
    // Grid lines stop at words that would stand on them.
    let mut sections: Vec<(f32, f32)> = Vec::new();
    for band in &bands {
        match sections.last_mut() {
            Some((_, end)) if band.heading.is_none() && !above => *end = band.bottom(),
            _ => sections.push((band.plot_top + if above { 4.0 } else { 0.0 }, band.bottom())),
        }
    }
    for (from, to) in &sections {
        for (value, _) in &plot.axis.ticks {
            let x = x_of(*value);
            pen.line((x, *from), (x, *to), 1.0, inks.hairline, None);
        }
    }
    if let Some(reference) = &plot.reference {
        heads::band(pen, reference, &ground, &sections);
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
        label.draw(pen, row, inks, area.x + indent(row), label_middle);
        let alone = row.lanes.len() == 1;
        let lane_height = if row.together { 0.0 } else { sizes.lane };
        let first = middle - (row.lanes.len() - 1) as f32 * lane_height / 2.0;
        if row.together {
            dots::span(pen, row, inks, &ground, middle);
        }
        for (position, content) in row.lanes.iter().enumerate() {
            let centre = first + position as f32 * lane_height;
            let hit = if alone {
                (area.x, band.top, area.width, band.height)
            } else if row.together {
                let x = x_of(content.end(plot.axis.origin));
                ((x - 7.0).max(area.x), middle - 7.0, 14.0, 14.0)
            } else {
                (area.x, centre - sizes.lane / 2.0, area.width, sizes.lane)
            };
            let place = lane::Place {
                centre,
                thickness: sizes.bar,
                hit,
                alone: alone || row.together,
            };
            lane::draw_on(pen, content, inks, &ground, &place);
            let cells = (&content.beside[..], content.about.as_ref());
            sides.draw(pen, plot, cells, inks, (area.right(), unit), (centre, sizes.bar));
        }
    }
    for (from, to) in &sections {
        let x = x_of(plot.axis.origin);
        if plot.axis.holds(plot.axis.origin) {
            pen.line((x, *from), (x, *to), 1.0, inks.zero, None);
        }
        if let (Some(x), Some(_)) = (ground.line, &plot.reference) {
            pen.line((x, *from), (x, *to), 1.4, inks.text, None);
        }
    }
    if bracket > 0.0 && !above {
        let parts = rows.iter().zip(&bands).filter(|(row, _)| row.part);
        let edges: Vec<(f32, f32)> = parts.map(|(_, band)| (band.plot_top, band.bottom())).collect();
        bracket::draw(pen, inks, (labels_right + 6.0, bracket::WIDTH), &edges);
    }
    if plot.axis.ticks.is_empty() || plot.unnumbered {
        return bottom;
    }
    let y = bottom + 6.0 + TICK.leading_pt / 2.0 + TICK.to_baseline();
    let each = every(plot, &x_of);
    for (value, words) in plot.axis.ticks.iter().step_by(each) {
        pen.text(words, (x_of(*value), y), Anchor::Middle, &TICK, inks.third, None);
    }
    let bottom = bottom + 6.0 + TICK.leading_pt;
    if plot.axis.title.is_empty() {
        return bottom;
    }
    let lines = TICK.wrap(&plot.axis.title, (area.right() - left).max(80.0));
    pen.block(&lines, left, bottom + 2.0, &TICK, inks.second)
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
        let ends_the_top = position > 0 && !row.strong && !row.part && rows[..position].iter().all(|row| row.strong);
        if ends_the_top && row.heading.is_none() {
            y += 6.0;
        }
        let lanes = if row.together { 1 } else { row.lanes.len() };
        let lanes = lanes as f32 * sizes.lane + sizes.row;
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

/// The room left of the axis for values there, and the widest axis that leaves every value its room on either side.
fn plot_width(plot: &Bars, room: f32) -> (f32, f32) {
    let origin = plot.axis.origin;
    let lanes = || plot.rows.iter().flat_map(|row| &row.lanes).chain(&plot.alike);
    let edge = |position: Option<&(f64, String)>| {
        position.map_or(0.0, |(value, words)| {
            TICK.width(words) / 2.0 * plot.axis.holds(*value) as u8 as f32
        })
    };
    let mut width = room - edge(plot.axis.ticks.last());
    let mut before = 0.0f32;
    // Each round leaves less width, and so more room is needed; it settles at once.
    for _ in 0..4 {
        before = lanes()
            .map(|lane| lane::room_before(lane) - width * plot.axis.part(lane.start(origin)) as f32)
            .fold(0.0, f32::max);
        let line = plot.reference.as_ref().map(|reference| reference.value);
        for lane in lanes() {
            let end = lane.end(origin);
            // Where a line comes after the end, the value may have to stand beyond it.
            let end = line.filter(|line| *line > end).unwrap_or(end);
            let part = plot.axis.part(end) as f32;
            let needed = lane::room_after(lane);
            if part > 0.0 && needed > 0.0 {
                width = width.min((room - before - needed) / part);
            }
        }
        width = width.min(room - before);
    }
    (before.min(room * 0.5), width.max(40.0))
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
