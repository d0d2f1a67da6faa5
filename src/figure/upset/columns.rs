//! An UpSet chart with a column per set: bars above, boxes with their labels and sizes at the left of the matrix.

use super::super::labels::Label;
use super::super::lane::{self, VALUE_GAP};
use super::super::page::Area;
use super::super::palette::Inks;
use super::super::pen::{KEY, KEY_DETAIL, LABEL, Pen, TICK, VALUE, VALUE_NARROW};
use super::super::plot::Row;
use super::super::scene::Anchor;
use super::{Set, UpSet, empty_dot, zebra};

/// From one set to the next.
const PITCH: std::ops::RangeInclusive<f32> = 28.0..=46.0;
/// At most this part of the width for labels.
const LABEL_PART: f32 = 0.34;
/// Below this width of labels the boxes have no room.
const LEAST_LABEL: f32 = 120.0;
/// Sizes of boxes need at least so much.
const LEAST_SIZES: f32 = 76.0;
/// Between labels, sizes and matrix.
const GAP: f32 = 16.0;
/// Height of the bars.
const TALL: f32 = 170.0;

/// What stands where across the width.
pub struct Room {
    labels: Vec<Label>,
    label_width: f32,
    /// Width of the longest bar of a box.
    sizes: f32,
    /// Left edge of the matrix.
    matrix: f32,
    pitch: f32,
}

impl Room {
    /// `None` where the width does not suffice for columns.
    pub fn of(plot: &UpSet, area: Area) -> Option<Self> {
        let ticks = plot.axis.ticks.iter().map(|(_, words)| TICK.width(words));
        let ticks = ticks.fold(0.0, f32::max) + 8.0;
        let value = plot.boxes.iter().map(|row| VALUE.width(&row.lane.outside));
        let value = value.fold(0.0, f32::max) + VALUE_GAP + 2.0;
        let sets = plot.sets.len().max(1) as f32;
        let fixed = GAP + value + GAP + ticks;
        let most = (area.width * LABEL_PART).min(area.width - fixed - LEAST_SIZES - sets * PITCH.start());
        if most < LEAST_LABEL {
            return None;
        }
        let labels: Vec<Label> = plot
            .boxes
            .iter()
            .map(|row| Label::of(&labelled(&row.label), most))
            .collect();
        let label_width = labels.iter().map(|label| label.width).fold(0.0, f32::max).ceil();
        let room = area.width - fixed - label_width;
        let pitch = ((room - LEAST_SIZES * 1.6) / sets).clamp(*PITCH.start(), *PITCH.end());
        Some(Self {
            labels,
            label_width,
            sizes: room - pitch * sets,
            matrix: area.right() - pitch * sets,
            pitch,
        })
    }
}

/// A row that is only a label.
fn labelled(label: &str) -> Row {
    Row {
        label: label.to_owned(),
        detail: String::new(),
        ..Row::default()
    }
}

/// Draws it; gives the lower edge.
pub fn draw(pen: &mut Pen, plot: &UpSet, inks: &Inks, area: Area, room: &Room) -> f32 {
    let corner = room.matrix - area.x - GAP * 2.0;
    let switch = KEY.wrap(&plot.switch, corner);
    let meaning = KEY_DETAIL.wrap(&plot.meaning, corner.min(260.0));
    let words = (switch.len() + meaning.len() + 2) as f32 * KEY.leading_pt;
    let top = area.top;
    // Room for a value above the highest bar.
    let zero = top + (TALL * area.stretch).max(words) + VALUE.leading_pt;
    let y = pen.block(&switch, area.x, top, &KEY, inks.text);
    pen.block(&meaning, area.x, y, &KEY_DETAIL, inks.second);
    let sizes_left = area.x + room.label_width + GAP;
    let matrix_top = zero + 12.0;

    let (tall, right) = (zero - top - VALUE.leading_pt, area.right());
    let y_of = |value: f64| zero - tall * plot.axis.part(value) as f32;
    for (value, words) in &plot.axis.ticks {
        let y = y_of(*value);
        let colour = if *value > 0.0 { inks.hairline } else { inks.zero };
        pen.line((room.matrix, y), (right, y), 1.0, colour, None);
        let at = (room.matrix - 7.0, y + TICK.to_baseline());
        pen.text(words, at, Anchor::End, &TICK, inks.third, None);
    }
    pen.text(
        &plot.sizes,
        (sizes_left, matrix_top - 6.0),
        Anchor::Start,
        &TICK,
        inks.third,
        None,
    );

    // The rows of the matrix with labels and sizes.
    let least = if plot.boxes.len() > 14 { 22.0 } else { 28.0 } * area.stretch.max(0.8);
    let mut y = matrix_top;
    let mut middles = Vec::new();
    for (position, (row, label)) in plot.boxes.iter().zip(&room.labels).enumerate() {
        let height = least.max(label.lines.len() as f32 * LABEL.leading_pt + 8.0);
        let middle = y + height / 2.0;
        if position % 2 == 0 {
            pen.rect((area.x - 6.0, y, area.width + 12.0, height), 0.0, zebra(inks), None);
        }
        label.draw(pen, &labelled(&row.label), inks, area.x, middle);
        let place = lane::Place {
            centre: middle,
            thickness: 14.0,
            hit: (area.x, y, room.matrix - area.x, height),
            alone: true,
        };
        let ground = if position % 2 == 0 { zebra(inks) } else { inks.surface };
        let own = Inks {
            surface: ground,
            ..*inks
        };
        let part = |value: f64| (value / plot.largest.max(1e-9)).clamp(0.0, 1.0) as f32;
        let x_of = |value: f64| sizes_left + room.sizes * part(value);
        lane::draw(pen, &row.lane, &own, &x_of, &place);
        middles.push(middle);
        y += height;
    }
    pen.line((sizes_left, matrix_top), (sizes_left, y), 1.0, inks.zero, None);
    for (position, set) in plot.sets.iter().enumerate() {
        let x = room.matrix + (position as f32 + 0.5) * room.pitch;
        let hit = (x - room.pitch / 2.0, top, room.pitch, y - top);
        column(pen, plot, inks, set, (x, room.pitch), &y_of, &middles, hit);
    }
    let nothing = plot.sets.iter().position(|set| set.of.is_empty());
    if let Some(position) = nothing {
        let x = room.matrix + (position as f32 + 0.5) * room.pitch;
        let half = TICK.width(&plot.nothing) / 2.0;
        let at = (x.min(right - half), y + 14.0);
        pen.text(&plot.nothing, at, Anchor::Middle, &TICK, inks.second, None);
        y += 18.0;
    }
    y
}

/// Bar, whisker, value and dots of a set.
#[allow(clippy::too_many_arguments)]
fn column(
    pen: &mut Pen,
    plot: &UpSet,
    inks: &Inks,
    set: &Set,
    (x, pitch): (f32, f32),
    y_of: &impl Fn(f64) -> f32,
    middles: &[f32],
    hit: (f32, f32, f32, f32),
) {
    let about = set.lane.about.as_ref().map(|about| pen.about(about, hit));
    let wide = (pitch * 0.56).min(20.0);
    let zero = y_of(0.0);
    for segment in &set.lane.segments {
        let top = y_of(segment.to);
        pen.rect((x - wide / 2.0, top, wide, zero - top), 0.0, segment.colour, about);
    }
    if let Some((low, high)) = set.lane.whisker {
        lane::upright(pen, inks, x, (y_of(low), y_of(high)), about);
    }
    let style = if pitch < 32.0 { &VALUE_NARROW } else { &VALUE };
    let (baseline, ink) = (
        y_of(lane::end_of(&set.lane)) - 5.0,
        if set.lane.faint { inks.second } else { inks.text },
    );
    let width = style.width(&set.lane.outside);
    let back = (
        x - width / 2.0 - 2.0,
        baseline - style.size_pt * 0.8,
        width + 4.0,
        style.size_pt,
    );
    pen.rect(back, 0.0, inks.surface, None);
    pen.text(&set.lane.outside, (x, baseline), Anchor::Middle, style, ink, about);

    let radius = (pitch / 2.0 - 5.0).min(6.0);
    let belongs = |position: usize| set.of.contains(&position);
    for (_, &middle) in middles.iter().enumerate().filter(|(position, _)| !belongs(*position)) {
        pen.circle((x, middle), radius * 0.55, empty_dot(inks), about);
    }
    if let (Some(&first), Some(&last)) = (set.of.first(), set.of.last())
        && first != last
    {
        pen.line((x, middles[first]), (x, middles[last]), 2.5, inks.union, about);
    }
    for &position in &set.of {
        pen.circle((x, middles[position]), radius, plot.boxes[position].colour, about);
    }
}
