//! Rows of bars in data units in, bars at their positions out.

use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{ABSENT, HEADING, INSIDE, KEY, KEY_DETAIL, LABEL, LABEL_STRONG, Pen, TICK, VALUE, VALUE_NARROW};
use super::plot::{Bars, Key, Lane, Row};
use super::scene::Anchor;

/// From the labels to the axis.
const LABEL_GAP: f32 = 16.0;
/// From a bar's or whisker's end to its value.
const VALUE_GAP: f32 = 7.0;
/// At most this part of the width for labels.
const LABEL_PART: f32 = 0.38;
/// Half of a whisker's cap.
const CAP: f32 = 3.5;
/// A whisker's line.
const WHISKER: f32 = 1.3;

/// Sizes of rows, bars and what is between them.
struct Measures {
    /// Height of a bar.
    bar: f32,
    /// From one lane of a row to the next.
    lane: f32,
    /// Height of a row beside its lanes.
    row: f32,
}

impl Measures {
    fn of(plot: &Bars, stretch: f32) -> Self {
        let lanes = plot.rows.iter().map(|row| row.lanes.len()).max().unwrap_or(1);
        // Bars grow less than the distance between them.
        let thick = if stretch > 1.0 { stretch.sqrt() } else { stretch };
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
        top = keys(pen, &plot.keys, inks, area) + 10.0;
    }

    let labels: Vec<Vec<String>> = plot
        .rows
        .iter()
        .map(|row| label_style(row).wrap(&row.label, area.width * LABEL_PART))
        .collect();
    let widest = plot.rows.iter().zip(&labels).flat_map(|(row, lines)| {
        let style = label_style(row);
        lines.iter().map(move |line| style.width(line))
    });
    let label_width = widest.fold(0.0, f32::max).ceil();
    let left = area.x + label_width + LABEL_GAP;
    let width = plot_width(plot, area.right() - left);
    let x_of = |value: f64| left + width * plot.axis.part(value) as f32;

    // Where each row lies: (top, height) of its band, and the top of its heading.
    let mut bands = Vec::new();
    let mut y = top;
    for (position, (row, label)) in plot.rows.iter().zip(&labels).enumerate() {
        let heading = row.heading.as_ref().map(|words| {
            y += if position > 0 { 10.0 } else { 0.0 };
            let at = y;
            let lines = HEADING.wrap(words, area.width);
            y += lines.len() as f32 * HEADING.leading_pt + 2.0;
            (at, lines)
        });
        // Set apart by air as well.
        if position > 0 && plot.rows[position - 1].strong && !row.strong && row.heading.is_none() {
            y += 6.0;
        }
        let height = f32::max(
            row.lanes.len() as f32 * sizes.lane + sizes.row,
            label.len() as f32 * LABEL.leading_pt + 8.0,
        );
        bands.push((y, height, heading));
        y += height;
    }
    let bottom = y;

    for (value, _) in &plot.axis.ticks {
        let x = x_of(*value);
        pen.line((x, top), (x, bottom), 1.0, inks.hairline, None);
    }
    let mut zero_line = true;
    for ((row, label), (band_top, height, heading)) in plot.rows.iter().zip(&labels).zip(&bands) {
        if let Some((at, lines)) = heading {
            // Over the grid lines, which would run through the words.
            let width = lines.iter().map(|line| HEADING.width(line)).fold(0.0, f32::max);
            let tall = lines.len() as f32 * HEADING.leading_pt;
            pen.rect((area.x, *at, width + 8.0, tall), 0.0, inks.surface, None);
            pen.block(lines, area.x, *at, &HEADING, inks.text);
            zero_line = false;
        }
        let middle = band_top + height / 2.0;
        let (style, colour) = (label_style(row), inks.text);
        pen.centred(label, (area.x, middle), Anchor::Start, style, colour, None);
        let first = middle - row.lanes.len() as f32 * sizes.lane / 2.0;
        for (position, lane) in row.lanes.iter().enumerate() {
            let alone = row.lanes.len() == 1;
            let centre = first + (position as f32 + 0.5) * sizes.lane;
            let band = if alone {
                (area.x, *band_top, area.width, *height)
            } else {
                (area.x, centre - sizes.lane / 2.0, area.width, sizes.lane)
            };
            draw_lane(pen, lane, inks, &x_of, centre, sizes.bar, band, alone);
        }
        if !zero_line {
            let x = x_of(0.0);
            pen.line((x, *band_top), (x, band_top + height), 1.0, inks.zero, None);
        }
    }
    if zero_line {
        let x = x_of(0.0);
        pen.line((x, top), (x, bottom), 1.0, inks.zero, None);
    }
    for (value, words) in &plot.axis.ticks {
        let y = bottom + 6.0 + TICK.leading_pt / 2.0 + TICK.to_baseline();
        pen.text(words, (x_of(*value), y), Anchor::Middle, &TICK, inks.third, None);
    }
    bottom + 6.0 + TICK.leading_pt
}

#[allow(
    clippy::too_many_arguments,
    reason = "one place draws all lanes; a struct would name the same eight things"
)]
fn draw_lane(
    pen: &mut Pen,
    lane: &Lane,
    inks: &Inks,
    x_of: &impl Fn(f64) -> f32,
    centre: f32,
    thickness: f32,
    band: (f32, f32, f32, f32),
    alone: bool,
) {
    let about = lane.about.as_ref().map(|about| pen.about(about, band));
    let bar_top = centre - thickness / 2.0;
    let last = lane.segments.len().saturating_sub(1);
    for (position, segment) in lane.segments.iter().enumerate() {
        let (from, to) = (x_of(segment.from), x_of(segment.to));
        let (x, mut width) = (from.min(to), (to - from).abs());
        let own = segment
            .about
            .as_ref()
            .map(|words| pen.about(words, (x, band.1, width.max(1.0), band.3)));
        // A hair of paper between neighbours.
        if position < last && width > 3.0 {
            width -= 1.0;
        }
        let radius = if position == last { 2.0 } else { 0.0 };
        pen.rect((x, bar_top, width, thickness), radius, segment.colour, own.or(about));
        if !segment.inside.is_empty()
            && INSIDE.width(&segment.inside) + 8.0 <= width
            && let Some(ink) = palette::ink_on(segment.colour)
        {
            let at = (x + width / 2.0, centre + INSIDE.to_baseline());
            pen.text(&segment.inside, at, Anchor::Middle, &INSIDE, ink, own.or(about));
        }
    }
    if let Some((low, high)) = lane.whisker {
        let (low, high) = (x_of(low), x_of(high));
        // A casing of paper first, so that the line also shows on a dark bar.
        for (extra, colour) in [(2.0, inks.surface), (0.0, inks.whisker)] {
            let (thick, cap) = (WHISKER + extra, CAP + extra / 2.0);
            pen.line((low, centre), (high, centre), thick, colour, about);
            for x in [low, high] {
                pen.line((x, centre - cap), (x, centre + cap), thick, colour, about);
            }
        }
    }
    if lane.outside.is_empty() {
        return;
    }
    let x = x_of(end_of(lane)) + VALUE_GAP;
    let (style, ink) = match (lane.segments.is_empty(), alone) {
        (true, _) => (&ABSENT, inks.third),
        (false, true) => (&VALUE, if lane.faint { inks.second } else { inks.text }),
        (false, false) => (&VALUE_NARROW, if lane.faint { inks.second } else { inks.text }),
    };
    // Grid lines stop short of the digits.
    let tall = style.size_pt * 1.1;
    let width = style.width(&lane.outside);
    pen.rect(
        (x - 2.0, centre - tall / 2.0, width + 4.0, tall),
        0.0,
        inks.surface,
        None,
    );
    let at = (x, centre + style.to_baseline());
    pen.text(&lane.outside, at, Anchor::Start, style, ink, about);
}

/// The outermost end of a lane: of its bar or of its whisker.
fn end_of(lane: &Lane) -> f64 {
    let ends = lane.segments.iter().map(|segment| segment.to);
    ends.chain(lane.whisker.map(|(_, high)| high)).fold(0.0, f64::max)
}

/// The widest axis that leaves every value its room at the right.
fn plot_width(plot: &Bars, room: f32) -> f32 {
    let last_tick = plot.axis.ticks.last().map_or(0.0, |(_, words)| TICK.width(words) / 2.0);
    let mut width = room - last_tick;
    for lane in plot.rows.iter().flat_map(|row| &row.lanes) {
        if lane.outside.is_empty() {
            continue;
        }
        let part = plot.axis.part(end_of(lane)) as f32;
        let needed = VALUE_GAP + VALUE.width(&lane.outside) + 2.0;
        if part > 0.0 {
            width = width.min((room - needed) / part);
        }
    }
    width.max(40.0)
}

fn label_style(row: &Row) -> &'static super::fonts::Style {
    if row.strong { &LABEL_STRONG } else { &LABEL }
}

/// Names of the colours in a line, or as many lines as they need. Gives the lower edge.
fn keys(pen: &mut Pen, keys: &[Key], inks: &Inks, area: Area) -> f32 {
    const SWATCH: f32 = 11.0;
    const GAP: f32 = 6.0;
    let (mut x, mut y) = (area.x, area.top);
    for key in keys {
        let detail = if key.detail.is_empty() {
            0.0
        } else {
            GAP + KEY_DETAIL.width(&key.detail)
        };
        let most = area.width - SWATCH - GAP - detail;
        let lines = KEY.wrap(&key.label, most.max(40.0));
        let label = lines.iter().map(|line| KEY.width(line)).fold(0.0, f32::max);
        let width = SWATCH + GAP + label + detail;
        if x > area.x && x + width > area.right() {
            x = area.x;
            y += 20.0;
        }
        let centre = y + KEY.leading_pt / 2.0;
        pen.rect((x, centre - SWATCH / 2.0, SWATCH, SWATCH), 2.0, key.colour, None);
        let text = x + SWATCH + GAP;
        pen.block(&lines, text, y, &KEY, inks.text);
        let baseline = centre + KEY_DETAIL.to_baseline();
        pen.text(
            &key.detail,
            (text + label + GAP, baseline),
            Anchor::Start,
            &KEY_DETAIL,
            inks.second,
            None,
        );
        y += (lines.len() - 1) as f32 * KEY.leading_pt;
        x += width + 20.0;
    }
    y + KEY.leading_pt
}
