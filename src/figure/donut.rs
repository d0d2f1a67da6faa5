//! A composition in, a ring of two levels out: inside one box or several, outside which box or how many.

use super::labels;
use super::look::{Look, Theme};
use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{LABEL, Pen, VALUE};
use super::plot::{Bars, Key, Kind, Lane, Row, Segment};
use super::reading::Reading;
use super::scene::{About, Anchor, Colour};
use super::{arrange, reading};
use crate::measure::RowKind;

/// Radii of hole, ring inside, ring outside (from, to), where it has its full size.
const RADII: [f32; 4] = [40.0, 92.0, 95.0, 132.0];
/// Narrower pages list the pieces below the ring.
const NARROW: f32 = 520.0;
/// The ring is not made smaller than this for the sake of its labels.
const LEAST: f32 = 0.6;
/// The room of a value before its name.
const NUMBER: f32 = 40.0;
/// From the ring to the labels.
const ARM: (f32, f32) = (12.0, 14.0);

/// A ring of two levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Donut {
    /// Pieces of the ring inside, clockwise from the top.
    pub inner: Vec<Slice>,
    /// Pieces of the ring outside.
    pub outer: Vec<Slice>,
}

/// A piece of a ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Its share of the whole, 0..=1.
    pub share: f64,
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Its colour.
    pub colour: Colour,
    /// What it stands for.
    pub about: About,
}

/// A row and its colour.
pub type Piece = (usize, Colour);

/// The pieces of a composition: rows under their unions, in order, with their colours.
fn pieces(reading: &Reading<'_>, look: &Look) -> (Vec<Piece>, Vec<Piece>) {
    let table = reading.table;
    let mut inner = Vec::new();
    let mut outer = Vec::new();
    let unions = (0..table.items.len()).filter(|item| matches!(table.items[*item].kind, RowKind::Union { .. }));
    for (position, union) in unions.enumerate() {
        let whole = family(position, look.theme);
        inner.push((union, whole));
        let mut members: Vec<usize> = (0..table.items.len())
            .filter(|item| table.items[*item].kind == RowKind::Answer)
            .filter(|item| table.items[*item].group == table.items[union].label)
            .collect();
        // Numbers of boxes keep their order.
        if members
            .iter()
            .all(|item| table.items[*item].code.is_none() || table.items[*item].var.is_some())
        {
            members.sort_by(|a, b| reading.overall(*b).total_cmp(&reading.overall(*a)));
        }
        let paper = palette::inks(look.theme).surface;
        let last = members.len().saturating_sub(1).max(1) as f64;
        for (place, member) in members.into_iter().enumerate() {
            outer.push((member, palette::toward(whole, paper, 0.62 * place as f64 / last)));
        }
    }
    for item in 0..table.items.len() {
        if table.items[item].kind == RowKind::None {
            let colour = palette::toward(
                palette::inks(look.theme).surface,
                palette::inks(look.theme).neutral,
                0.7,
            );
            inner.push((item, colour));
            outer.push((item, colour));
        }
    }
    (inner, outer)
}

/// The colour of the first and the second half.
fn family(position: usize, theme: Theme) -> Colour {
    palette::group(position.min(1), theme)
}

/// The ring of a table without a breakdown.
pub fn donut(reading: &Reading<'_>, look: &Look) -> Donut {
    let (inner, outer) = pieces(reading, look);
    let slice = |(item, colour): (usize, Colour)| {
        let value = reading.table.cell(item, 0).estimate.value;
        Slice {
            share: if value.is_finite() { value.max(0.0) } else { 0.0 },
            label: reading.label(&reading.table.items[item]),
            value: reading.value(value),
            colour,
            about: reading.about(item, 0),
        }
    };
    Donut {
        inner: inner.into_iter().map(slice).collect(),
        outer: outer.into_iter().map(slice).collect(),
    }
}

/// The same pieces laid end to end: one bar of 100 per cent, or one per group.
pub fn stacked(reading: &Reading<'_>, look: &Look) -> Bars {
    let table = reading.table;
    let (_, outer) = pieces(reading, look);
    let keys = outer.iter().map(|(item, colour)| Key {
        label: reading.label(&table.items[*item]),
        detail: String::new(),
        colour: *colour,
    });
    single(reading, look, &outer, keys.collect())
}

/// Bars of 100 per cent of these rows in these colours, one per group.
pub fn single(reading: &Reading<'_>, look: &Look, pieces: &[Piece], keys: Vec<Key>) -> Bars {
    let table = reading.table;
    let mut rows = Vec::new();
    for group in 0..table.groups.len() {
        let asked = pieces.iter().any(|(item, _)| table.cell(*item, group).estimate.n > 0);
        let small = pieces
            .iter()
            .any(|(item, _)| table.cell(*item, group).estimate.n < reading::SMALL_N);
        let mut end = 0.0;
        let mut segments = Vec::new();
        for (item, colour) in pieces.iter().filter(|_| asked) {
            let value = table.cell(*item, group).estimate.value;
            let from = end;
            end = f64::min(end + if value.is_finite() { value } else { 0.0 }, 1.0);
            let sign = super::signs::of(reading, look, *item, group);
            segments.push(Segment {
                from,
                to: end,
                colour: *colour,
                inside: match sign.is_empty() {
                    true => reading.bare(value),
                    false => format!("{}\u{a0}{sign}", reading.bare(value)),
                },
                about: Some(reading.about(*item, group)),
            });
        }
        rows.push(Row {
            label: super::signs::group(reading, look, group),
            detail: match reading.has_groups() {
                true => reading.n(table.groups[group].n),
                false => String::new(),
            },
            lanes: vec![Lane {
                outside: match (asked, small) {
                    (false, _) => reading.absent(group),
                    (true, true) => "*".to_owned(),
                    (true, false) => String::new(),
                },
                faint: true,
                about: match (asked, pieces.first()) {
                    (false, Some((item, _))) => Some(reading.about(*item, group)),
                    _ => None,
                },
                segments,
                ..Lane::default()
            }],
            ..Row::default()
        });
    }
    Bars {
        kind: Kind::Stacked,
        axis: arrange::share_axis(reading, 1.0),
        keys,
        rows,
        ..Bars::default()
    }
}

/// Draws the ring with its labels; gives its lower edge.
pub fn draw(pen: &mut Pen, plot: &Donut, inks: &Inks, area: Area) -> f32 {
    let key = |slice: &Slice| Key {
        label: slice.label.clone(),
        detail: slice.value.clone(),
        colour: slice.colour,
    };
    let narrow = area.width < NARROW;
    let mut keys: Vec<Key> = plot.inner.iter().map(key).collect();
    if narrow {
        keys.extend(
            plot.outer
                .iter()
                .filter(|slice| !plot.inner.iter().any(|inner| inner.label == slice.label))
                .map(key),
        );
    }
    let top = labels::keys(pen, &keys, inks, area) + 18.0;
    let usual = match narrow {
        true => ((area.width / 2.0 - 4.0) / RADII[3]).min(1.0),
        false => area
            .stretch
            .clamp(0.8, 1.6)
            .min((area.width - 320.0) / 2.0 / RADII[3])
            .max(0.6),
    };
    let column_at = |size: f32| area.width / 2.0 - RADII[3] * size - ARM.0 - ARM.1 - 6.0;
    // The ring gives way to long words, as far as it can be read.
    let words = plot.outer.iter().filter(|slice| slice.share > 0.0);
    let words = words.flat_map(|slice| slice.label.split([' ', '-']));
    let longest = words.map(|word| LABEL.width(word)).fold(0.0, f32::max) + NUMBER + 8.0;
    let lacks = if narrow {
        0.0
    } else {
        (longest - column_at(usual)).max(0.0)
    };
    let size = (usual - lacks / RADII[3]).max(usual.min(LEAST));
    let radii = RADII.map(|radius| radius * size);
    let centre_x = area.x + area.width / 2.0;
    let column = column_at(size);
    let labels = if narrow {
        Vec::new()
    } else {
        placed(plot, radii[3], column)
    };
    let reach = labels
        .iter()
        .map(|label| label.y.abs() + label.height() / 2.0)
        .fold(radii[3], f32::max);
    let centre = (centre_x, top + reach);

    ring(pen, &plot.inner, inks, centre, (radii[0], radii[1]));
    ring(pen, &plot.outer, inks, centre, (radii[2], radii[3]));
    let mut from = 0.0;
    for slice in &plot.inner {
        let angle = turn(from + slice.share / 2.0);
        from += slice.share;
        let middle = f32::midpoint(radii[0], radii[1]);
        // Where the number has room on the ring, and an ink that reads well.
        if slice.share * f64::from(middle) * std::f64::consts::TAU > 44.0
            && let Some(ink) = palette::ink_on(slice.colour)
        {
            let at = on(centre, middle, angle);
            pen.text(
                &slice.value,
                (at.0, at.1 + VALUE.to_baseline()),
                Anchor::Middle,
                &VALUE,
                ink,
                None,
            );
        }
    }
    for label in &labels {
        label.draw(pen, inks, centre, radii[3]);
    }
    centre.1 + reach
}

/// A share of the whole as an angle, clockwise from the top.
fn turn(share: f64) -> f32 {
    (share * std::f64::consts::TAU) as f32
}

fn on(centre: (f32, f32), radius: f32, angle: f32) -> (f32, f32) {
    (centre.0 + radius * angle.sin(), centre.1 - radius * angle.cos())
}

fn ring(pen: &mut Pen, slices: &[Slice], inks: &Inks, centre: (f32, f32), (inside, outside): (f32, f32)) {
    let mut from = 0.0;
    let mut edges = Vec::new();
    for slice in slices {
        let to = f64::min(from + slice.share, 1.0);
        let (start, end) = (turn(from), turn(to));
        let steps = (((end - start) / 0.05).ceil() as usize).max(1);
        let arc = |radius: f32| -> Vec<(f32, f32)> {
            (0..=steps)
                .map(|step| on(centre, radius, start + (end - start) * step as f32 / steps as f32))
                .collect()
        };
        let (one, other) = (arc(inside), arc(outside));
        let all = || one.iter().chain(&other);
        let low = all().fold((f32::MAX, f32::MAX), |low, at| (low.0.min(at.0), low.1.min(at.1)));
        let high = all().fold((f32::MIN, f32::MIN), |high, at| (high.0.max(at.0), high.1.max(at.1)));
        if slice.share > 0.0 {
            let about = pen.about(&slice.about, (low.0, low.1, high.0 - low.0, high.1 - low.1));
            pen.strip(one, other, slice.colour, Some(about));
            edges.push(start);
        }
        from = to;
    }
    if edges.len() > 1 || from < 0.999 {
        edges.push(turn(from));
        for angle in edges {
            pen.line(
                on(centre, inside, angle),
                on(centre, outside, angle),
                1.2,
                inks.surface,
                None,
            );
        }
    }
}

/// A label outside the ring, in heights from its centre.
struct Label<'a> {
    slice: &'a Slice,
    lines: Vec<String>,
    angle: f32,
    right: bool,
    y: f32,
}

impl Label<'_> {
    fn height(&self) -> f32 {
        self.lines.len() as f32 * LABEL.leading_pt + 3.0
    }

    fn draw(&self, pen: &mut Pen, inks: &Inks, centre: (f32, f32), radius: f32) {
        let way = if self.right { 1.0 } else { -1.0 };
        let x = centre.0 + way * (radius + ARM.0 + ARM.1);
        let y = centre.1 + self.y;
        // Around the ring to the height of the label, then straight out: never across the ring.
        let around = radius + 5.0;
        let height = (-self.y / around).clamp(-1.0, 1.0).acos();
        let own = if self.right {
            self.angle
        } else {
            std::f32::consts::TAU - self.angle
        };
        let steps = ((height - own).abs() / 0.05).ceil().max(1.0) as usize;
        let mut points = vec![on(centre, radius + 1.0, self.angle)];
        points.extend((0..=steps).map(|step| {
            let angle = own + (height - own) * step as f32 / steps as f32;
            on(centre, around, way * angle)
        }));
        points.push((centre.0 + way * (radius + ARM.0), y));
        points.push((x, y));
        pen.polyline(points, 1.0, inks.zero, false, None);
        let anchor = if self.right { Anchor::Start } else { Anchor::End };
        let at = (x + way * 5.0, y + VALUE.to_baseline());
        pen.text(&self.slice.value, at, anchor, &VALUE, inks.text, None);
        let at = (x + way * (5.0 + NUMBER), y);
        pen.centred(&self.lines, at, anchor, &LABEL, inks.text, None);
    }
}

/// Labels at the heights of their pieces, pushed apart where they would touch.
fn placed<'a>(plot: &'a Donut, radius: f32, column: f32) -> Vec<Label<'a>> {
    let mut labels = Vec::new();
    let mut from = 0.0;
    for slice in &plot.outer {
        let angle = turn(from + slice.share / 2.0);
        from += slice.share;
        if slice.share <= 0.0 {
            continue;
        }
        labels.push(Label {
            slice,
            lines: LABEL.wrap(&slice.label, (column - 48.0).max(60.0)),
            angle,
            right: angle.sin() >= 0.0,
            y: -(radius + 8.0) * angle.cos(),
        });
    }
    for right in [true, false] {
        let mut side: Vec<&mut Label<'_>> = labels.iter_mut().filter(|label| label.right == right).collect();
        side.sort_by(|a, b| a.y.total_cmp(&b.y));
        let total: f32 = side.iter().map(|label| label.height()).sum();
        // Down where they touch, then up again where the last would hang too low.
        let mut least = f32::MIN;
        for label in &mut side {
            label.y = label.y.max(least + label.height() / 2.0);
            least = label.y + label.height() / 2.0;
        }
        let mut most = (radius + 10.0).max(total / 2.0);
        for label in side.iter_mut().rev() {
            label.y = label.y.min(most - label.height() / 2.0);
            most = label.y - label.height() / 2.0;
        }
    }
    labels
}
