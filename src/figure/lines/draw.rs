//! Lines on two axes in, their positions out.

use super::super::fonts::Style;
use super::super::labels;
use super::super::lane;
use super::super::page::Area;
use super::super::palette::{self, Inks};
use super::super::pen::{ABSENT, DETAIL, KEY, KEY_DETAIL, Pen, TICK, VALUE};
use super::super::plot::Key;
use super::super::scene::Anchor;
use super::super::spread::{Wish, spread};
use super::{Curve, Lines, Point};

/// Height of the axes where labels do not need more.
const TALL: f32 = 250.0;
/// At most this part of the width for labels.
const LABEL_PART: f32 = 0.3;
/// From the end of a line to its label.
const LEADER: f32 = 20.0;
/// Lines whose points are observations stand so far apart that their whiskers do not hide each other.
const APART: f32 = 6.0;
/// Where two bands lie over each other, their colours are mixed; for so many lines.
const MOST_MIXED: usize = 4;
/// Narrower charts have no values at their first points.
const NARROW: f32 = 420.0;
/// More lines than this have no value at their first point.
const MOST_FIRST: usize = 8;

/// Where things stand.
struct Frame<'a> {
    plot: &'a Lines,
    inks: &'a Inks,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// Air before the first and after the last point.
    inset: (f32, f32),
}

impl Frame<'_> {
    fn x_of(&self, value: f64) -> f32 {
        let (from, to) = (self.left + self.inset.0, self.right - self.inset.1);
        from + (to - from) * self.plot.x.part(value) as f32
    }

    fn y_of(&self, value: f64) -> f32 {
        self.bottom - (self.bottom - self.top) * self.plot.y.part(value) as f32
    }

    /// The place of a line's point; lines of observations stand side by side.
    fn at(&self, line: usize, point: &Point) -> Option<(f32, f32)> {
        let lines = self.plot.lines.len();
        let apart = match self.plot.bands || lines > 6 {
            true => 0.0,
            false => (line as f32 - (lines - 1) as f32 / 2.0) * APART,
        };
        point.value.map(|value| (self.x_of(point.x) + apart, self.y_of(value)))
    }
}

/// Left, top, right and bottom of words that are already there.
type Taken = Vec<(f32, f32, f32, f32)>;

/// Draws the chart; gives its lower edge.
pub fn draw(pen: &mut Pen, plot: &Lines, inks: &Inks, area: Area) -> f32 {
    let mut top = area.top;
    let narrow = area.width < NARROW;
    if !plot.y_note.is_empty() {
        top = pen.block(&TICK.wrap(&plot.y_note, area.width), area.x, top, &TICK, inks.second) + 6.0;
    }
    let set = |keyed: bool| -> Vec<Label> {
        let of = |line| Label::of(line, plot, area.width * LABEL_PART, keyed);
        plot.lines.iter().map(of).collect()
    };
    let mut labels = set(false);
    // Where names have no room beside the lines, they stand above, each after its colour.
    let keyed = narrow && labels.iter().any(|label| label.lines.len() > 4);
    if keyed {
        labels = set(true);
        let keys = plot.lines.iter().map(|line| Key {
            label: line.label.clone(),
            detail: line.detail.clone(),
            colour: line.colour,
        });
        top = labels::keys(pen, &keys.collect::<Vec<_>>(), inks, Area { top, ..area }) + 10.0;
    }
    let label_width = labels.iter().map(|label| label.width).fold(0.0, f32::max).ceil();
    let ticks = plot
        .y
        .ticks
        .iter()
        .map(|(_, words)| TICK.width(words))
        .fold(0.0, f32::max);
    let last_tick = plot.x.ticks.last().map_or(0.0, |(_, words)| TICK.width(words) / 2.0);
    let needed: f32 = labels.iter().map(|label| label.wish_height).sum();
    top += TICK.size_pt / 2.0;
    let several = plot.lines.len() > 1 && !plot.bands && plot.lines.len() <= MOST_FIRST && !narrow;
    let first_value = plot
        .lines
        .iter()
        .filter_map(|line| line.points.first())
        .filter(|point| point.value.is_some());
    let first_value = first_value.map(|point| VALUE.width(&point.shown)).fold(0.0, f32::max);
    let frame = Frame {
        plot,
        inks,
        left: area.x + ticks.ceil() + 9.0,
        right: match label_width > 0.0 {
            true => area.right() - label_width - LEADER,
            false => area.right() - last_tick.min(40.0),
        },
        top,
        bottom: top + (TALL * area.stretch).max(needed + 4.0),
        inset: match (plot.bands, several) {
            (true, _) => (0.0, 0.0),
            (false, true) => (first_value + 34.0, 22.0),
            (false, false) if narrow => (16.0, 16.0),
            (false, false) => (30.0, 30.0),
        },
    };
    for (value, words) in &plot.y.ticks {
        let y = frame.y_of(*value);
        let colour = if *value == 0.0 { inks.zero } else { inks.hairline };
        pen.line((frame.left, y), (frame.right, y), 1.0, colour, None);
        let at = (frame.left - 8.0, y + TICK.to_baseline());
        pen.text(words, at, Anchor::End, &TICK, inks.third, None);
    }
    if plot.bands {
        bands(pen, &frame);
    }
    let abouts = hits(pen, &frame);
    let mut taken: Taken = Vec::new();
    for (line, curve) in plot.lines.iter().enumerate() {
        one_line(pen, &frame, line, curve, &abouts[line]);
    }
    ends(pen, &frame, &labels, &abouts);
    if !plot.bands {
        values(pen, &frame, several, &abouts, &mut taken);
    }
    gaps(pen, &frame, &abouts, &mut taken);
    foot(pen, &frame, area)
}

/// Numbers of the lower axis and its title; gives the lower edge.
fn foot(pen: &mut Pen, frame: &Frame<'_>, area: Area) -> f32 {
    let (plot, inks) = (frame.plot, frame.inks);
    let top = frame.bottom + 7.0;
    let at: Vec<f32> = plot.x.ticks.iter().map(|(value, _)| frame.x_of(*value)).collect();
    let gap = at.windows(2).map(|pair| pair[1] - pair[0]).fold(area.width, f32::min);
    // Rounds by name may take several lines; numbers that have no room are left out.
    let widest = plot
        .x
        .ticks
        .iter()
        .map(|(_, words)| TICK.width(words))
        .fold(0.0, f32::max);
    // A name is not broken inside a word for want of a few points.
    let words = plot.x.ticks.iter().flat_map(|(_, words)| words.split(' '));
    let word = words.map(|word| TICK.width(word) + 8.0).fold(30.0, f32::max);
    let least = if plot.bands { widest + 10.0 } else { word.min(90.0) };
    let steps = plot.x.ticks.len().saturating_sub(1).max(1);
    let mut each = (1..=steps).filter(|each| steps.is_multiple_of(*each));
    let each = each.find(|each| gap * *each as f32 >= least).unwrap_or(steps);
    let mut bottom = top;
    for (x, (_, words)) in at.iter().zip(&plot.x.ticks).step_by(each) {
        let most = (gap * each as f32 - 8.0)
            .min((x - area.x + 20.0) * 2.0)
            .min((area.right() + 20.0 - x) * 2.0);
        let lines = TICK.wrap(words, most.max(24.0));
        for (position, line) in lines.iter().enumerate() {
            let baseline = top + (position as f32 + 0.5) * TICK.leading_pt + TICK.to_baseline();
            pen.text(line, (*x, baseline), Anchor::Middle, &TICK, inks.third, None);
        }
        bottom = bottom.max(top + lines.len() as f32 * TICK.leading_pt);
    }
    if plot.x_title.is_empty() {
        return bottom;
    }
    let lines = KEY_DETAIL.wrap(&plot.x_title, frame.right - frame.left);
    let middle = bottom + 4.0 + lines.len() as f32 * KEY_DETAIL.leading_pt / 2.0;
    let at = (f32::midpoint(frame.left, frame.right), middle);
    pen.centred(&lines, at, Anchor::Middle, &KEY_DETAIL, inks.second, None);
    bottom + 4.0 + lines.len() as f32 * KEY_DETAIL.leading_pt
}

/// What every point stands for, and where a pointer meets it.
fn hits(pen: &mut Pen, frame: &Frame<'_>) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    for (line, curve) in frame.plot.lines.iter().enumerate() {
        let x: Vec<f32> = curve.points.iter().map(|point| frame.x_of(point.x)).collect();
        let own = curve.points.iter().enumerate().map(|(position, point)| {
            let from = position
                .checked_sub(1)
                .map_or(x[position] - 14.0, |before| f32::midpoint(x[before], x[position]));
            let to = x
                .get(position + 1)
                .map_or(x[position] + 14.0, |after| f32::midpoint(x[position], *after));
            let from = from.max(x[position] - 30.0).max(0.0);
            let to = to.min(x[position] + 30.0);
            let y = frame.at(line, point).map_or(frame.bottom - 12.0, |(_, y)| y);
            pen.about(&point.about, (from, y - 11.0, to - from, 22.0))
        });
        all.push(own.collect());
    }
    all
}

/// Bands in a light tone of their line, mixed where two lie over each other, with a fine edge.
fn bands(pen: &mut Pen, frame: &Frame<'_>) {
    let (plot, inks) = (frame.plot, frame.inks);
    let edges: Vec<Vec<(f32, f32, f32)>> = plot
        .lines
        .iter()
        .map(|line| {
            let points = line.points.iter().filter_map(|point| {
                let (low, high) = point.interval?;
                Some((frame.x_of(point.x), frame.y_of(high), frame.y_of(low)))
            });
            points.collect()
        })
        .collect();
    let upper = |band: &[(f32, f32, f32)]| band.iter().map(|(x, y, _)| (*x, *y)).collect::<Vec<_>>();
    let lower = |band: &[(f32, f32, f32)]| band.iter().map(|(x, _, y)| (*x, *y)).collect::<Vec<_>>();
    for (line, band) in plot.lines.iter().zip(&edges) {
        let tone = palette::toward(inks.surface, line.colour, 0.2);
        pen.strip(upper(band), lower(band), tone, None);
    }
    if plot.lines.len() <= MOST_MIXED {
        for (one, first) in edges.iter().enumerate() {
            for (other, second) in edges.iter().enumerate().skip(one + 1) {
                let mixed = palette::toward(plot.lines[one].colour, plot.lines[other].colour, 0.5);
                for shared in shared(first, second) {
                    pen.strip(
                        upper(&shared),
                        lower(&shared),
                        palette::toward(inks.surface, mixed, 0.34),
                        None,
                    );
                }
            }
        }
    }
    for (line, band) in plot.lines.iter().zip(&edges) {
        let tone = palette::toward(inks.surface, line.colour, 0.5);
        pen.polyline(upper(band), 0.75, tone, false, None);
        pen.polyline(lower(band), 0.75, tone, false, None);
    }
}

/// The pieces where two bands over the same points lie over each other: x, upper and lower edge.
fn shared(first: &[(f32, f32, f32)], second: &[(f32, f32, f32)]) -> Vec<Vec<(f32, f32, f32)>> {
    if first.len() != second.len() {
        return Vec::new();
    }
    let both = first.iter().zip(second).map(|(a, b)| (a.0, a.1.max(b.1), a.2.min(b.2)));
    let mut pieces: Vec<Vec<(f32, f32, f32)>> = Vec::new();
    let mut before: Option<(f32, f32, f32)> = None;
    for point in both {
        let inside = point.2 > point.1;
        if let Some(last) = before {
            let was_inside = last.2 > last.1;
            if inside != was_inside {
                // Where the edges cross, between the two points.
                let (from, to) = (last.2 - last.1, point.2 - point.1);
                let part = from / (from - to);
                let mix = |a: f32, b: f32| a + (b - a) * part;
                let y = mix(last.1, point.1);
                let crossing = (mix(last.0, point.0), y, y);
                match (was_inside, pieces.last_mut()) {
                    (true, Some(piece)) => piece.push(crossing),
                    _ => pieces.push(vec![crossing]),
                }
            }
        } else if inside {
            pieces.push(Vec::new());
        }
        if inside && let Some(piece) = pieces.last_mut() {
            piece.push(point);
        }
        before = Some(point);
    }
    pieces
}

/// A line with its whiskers and dots; dashed where nobody was asked in between.
fn one_line(pen: &mut Pen, frame: &Frame<'_>, line: usize, curve: &Curve, abouts: &[usize]) {
    let at: Vec<Option<(f32, f32)>> = curve.points.iter().map(|point| frame.at(line, point)).collect();
    let mut run: Vec<(f32, f32)> = Vec::new();
    let mut last = None;
    for (position, point) in at.iter().enumerate() {
        let Some(point) = *point else {
            pen.polyline(
                std::mem::take(&mut run),
                2.2,
                curve.colour,
                false,
                abouts.first().copied(),
            );
            continue;
        };
        if let Some((before, from)) = last
            && position > before + 1
        {
            let tone = palette::toward(frame.inks.surface, curve.colour, 0.6);
            pen.polyline(vec![from, point], 1.4, tone, true, None);
        }
        last = Some((position, point));
        run.push(point);
    }
    pen.polyline(run, 2.2, curve.colour, false, abouts.first().copied());
    if frame.plot.bands {
        // A curve of one point has no line.
        if let ([Some(point)], [about]) = (&at[..], abouts) {
            pen.circle(*point, 4.5, curve.colour, Some(*about));
        }
        return;
    }
    for ((point, place), about) in curve.points.iter().zip(&at).zip(abouts) {
        let Some((x, y)) = *place else { continue };
        if let Some((low, high)) = point.interval {
            lane::upright(pen, frame.inks, x, (frame.y_of(low), frame.y_of(high)), Some(*about));
        }
        pen.circle((x, y), 5.5, frame.inks.surface, None);
        pen.circle((x, y), 4.5, curve.colour, Some(*about));
    }
}

/// What stands at the end of a line.
struct Label {
    value: String,
    lines: Vec<String>,
    /// Lines of the name that the detail does not share.
    detail: String,
    width: f32,
    wish_height: f32,
}

impl Label {
    /// Set in lines of at most `most` points. A line that is alone needs no name; nor do lines with a key.
    fn of(line: &Curve, plot: &Lines, most: f32, keyed: bool) -> Self {
        let value = match (plot.bands || plot.lines.len() < 2, line.points.last()) {
            (false, Some(point)) if point.value.is_some() => point.shown.clone(),
            _ => String::new(),
        };
        let indent = if value.is_empty() {
            0.0
        } else {
            VALUE.width(&value) + 7.0
        };
        let lines = match keyed || line.label.is_empty() {
            true => Vec::new(),
            false => KEY.wrap(&line.label, (most - indent).max(60.0)),
        };
        let detail = if lines.is_empty() {
            String::new()
        } else {
            line.detail.clone()
        };
        let names = lines
            .iter()
            .map(|line| KEY.width(line))
            .fold(DETAIL.width(&detail), f32::max);
        let rows = (lines.len() + usize::from(!detail.is_empty())).max(usize::from(!value.is_empty()));
        Self {
            width: indent + names,
            wish_height: rows as f32 * KEY.leading_pt + 2.0,
            value,
            lines,
            detail,
        }
    }
}

/// Names and last values at the right, spread so that they do not meet, each led to from the end of its line.
fn ends(pen: &mut Pen, frame: &Frame<'_>, labels: &[Label], abouts: &[Vec<usize>]) {
    let lines = &frame.plot.lines;
    let last = |line: usize| lines[line].points.iter().rev().find_map(|point| frame.at(line, point));
    let wishes: Vec<Wish> = (labels.iter().enumerate())
        .map(|(line, label)| Wish {
            middle: last(line).map_or(frame.bottom, |(_, y)| y),
            height: label.wish_height,
        })
        .collect();
    let middles = spread(&wishes, frame.top - 6.0, frame.bottom + 6.0);
    for (line, label) in labels.iter().enumerate().filter(|(_, label)| label.width > 0.0) {
        let about = abouts[line].last().copied();
        let (middle, x) = (middles[line], frame.right + LEADER);
        let ink = palette::readable(lines[line].colour, frame.inks);
        let rows = label.lines.len() + usize::from(!label.detail.is_empty());
        let first = middle - (rows.max(1) as f32 - 1.0) * KEY.leading_pt / 2.0;
        // To the row that is nearest; none where the line points at one.
        if let Some((from, y)) = last(line) {
            let to = y.clamp(first, (first + (rows.max(1) - 1) as f32 * KEY.leading_pt).max(first));
            if (to - y).abs() > 1.5 {
                let tone = palette::toward(frame.inks.surface, lines[line].colour, 0.6);
                let start = match frame.plot.bands {
                    true => from + 2.0,
                    false => (from + 8.0).max(frame.right - 14.0),
                };
                pen.line((start, y), (x - 4.0, to), 1.0, tone, None);
            }
        }
        let indent = match label.value.is_empty() {
            true => 0.0,
            false => {
                pen.text(
                    &label.value,
                    (x, first + VALUE.to_baseline()),
                    Anchor::Start,
                    &VALUE,
                    ink,
                    about,
                );
                VALUE.width(&label.value) + 7.0
            }
        };
        let rest = label.lines.iter().map(|line| (line, &KEY, ink));
        let detail =
            std::iter::once((&label.detail, &DETAIL, frame.inks.second)).filter(|(words, ..)| !words.is_empty());
        for (position, (words, style, ink)) in rest.chain(detail).enumerate() {
            let y = first + position as f32 * KEY.leading_pt + style.to_baseline();
            pen.text(words, (x + indent, y), Anchor::Start, style, ink, about);
        }
    }
}

/// Values over the points of a line that is alone, or at the first points of several.
fn values(pen: &mut Pen, frame: &Frame<'_>, several: bool, abouts: &[Vec<usize>], taken: &mut Taken) {
    let lines = &frame.plot.lines;
    if let ([line], [abouts]) = (&lines[..], abouts) {
        for (point, about) in line.points.iter().zip(abouts) {
            let Some((x, y)) = frame.at(0, point) else { continue };
            let top = point.interval.map_or(y - 5.0, |(_, high)| frame.y_of(high));
            let at = (x, top - 6.0);
            let box_of = extent(&VALUE, &point.shown, at);
            if taken.iter().all(|other| apart(*other, box_of)) {
                let colours = (frame.inks.text, frame.inks.surface);
                pen.text_on_lines(&point.shown, at, Anchor::Middle, &VALUE, colours, Some(*about));
                taken.push(box_of);
            }
        }
        return;
    }
    if !several {
        return;
    }
    let firsts: Vec<(usize, &Point, (f32, f32))> = (lines.iter().enumerate())
        .filter_map(|(line, curve)| {
            let point = curve.points.first()?;
            Some((line, point, frame.at(line, point)?))
        })
        .collect();
    let wishes: Vec<Wish> = firsts
        .iter()
        .map(|(.., (_, y))| Wish {
            middle: *y,
            height: 15.0,
        })
        .collect();
    let left = firsts.iter().map(|(.., (x, _))| *x).fold(f32::INFINITY, f32::min);
    for ((line, point, _), middle) in firsts.iter().zip(spread(&wishes, frame.top - 6.0, frame.bottom + 6.0)) {
        let x = left - 12.0;
        let ink = palette::readable(lines[*line].colour, frame.inks);
        let at = (x, middle + VALUE.to_baseline());
        let about = abouts[*line].first().copied();
        pen.text_on_lines(&point.shown, at, Anchor::End, &VALUE, (ink, frame.inks.surface), about);
        taken.push(extent(
            &VALUE,
            &point.shown,
            (x - VALUE.width(&point.shown) / 2.0, at.1),
        ));
    }
}

/// "Not asked" where a line has no number: between its neighbours, or level with the nearest.
fn gaps(pen: &mut Pen, frame: &Frame<'_>, abouts: &[Vec<usize>], taken: &mut Taken) {
    for (line, curve) in frame.plot.lines.iter().enumerate() {
        let at: Vec<Option<(f32, f32)>> = curve.points.iter().map(|point| frame.at(line, point)).collect();
        for (position, point) in curve
            .points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.value.is_none())
        {
            let x = frame.x_of(point.x);
            let before = at[..position].iter().rev().find_map(|place| *place);
            let after = at[position..].iter().find_map(|place| *place);
            let level = match (before, after) {
                (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
                (Some((_, y)), None) | (None, Some((_, y))) => y,
                (None, None) => frame.bottom - 10.0,
            };
            let about = abouts[line].get(position).copied();
            let ink = palette::readable(curve.colour, frame.inks);
            // Level with the line, else in the nearest free place above or below.
            let free = (0..40).find_map(|step| {
                let away = (step as f32 / 2.0).ceil() * if step % 2 == 0 { 15.0 } else { -15.0 };
                let place = (x, level + away + ABSENT.to_baseline());
                let box_of = extent(&ABSENT, &point.shown, place);
                let inside = box_of.1 >= frame.top - 8.0 && box_of.3 <= frame.bottom;
                (inside && taken.iter().all(|other| apart(*other, box_of))).then_some((place, box_of))
            });
            if let Some((place, box_of)) = free {
                let colours = (ink, frame.inks.surface);
                pen.text_on_lines(&point.shown, place, Anchor::Middle, &ABSENT, colours, about);
                taken.push(box_of);
            }
        }
    }
}

/// Left, top, right and bottom of words that are centred on `at`, air included.
fn extent(style: &Style, words: &str, (x, baseline): (f32, f32)) -> (f32, f32, f32, f32) {
    let half = style.width(words) / 2.0 + 2.0;
    (
        x - half,
        baseline - style.size_pt * 0.8,
        x + half,
        baseline + style.size_pt * 0.25,
    )
}

fn apart(a: (f32, f32, f32, f32), b: (f32, f32, f32, f32)) -> bool {
    a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1
}
