//! An UpSet chart with a row per set: the boxes' labels stand over the matrix as stairs, bars at its right. For narrow
//! figures and many sets.

use super::super::labels::Label;
use super::super::lane::{self, VALUE_GAP};
use super::super::page::Area;
use super::super::palette::Inks;
use super::super::pen::{KEY, KEY_DETAIL, LABEL, Pen, TICK, VALUE};
use super::super::plot::Row;
use super::super::scene::Anchor;
use super::{UpSet, empty_dot, zebra};

/// From one box to the next, at most.
const PITCH: f32 = 22.0;
/// At most this part of the width for the matrix.
const MATRIX_PART: f32 = 0.46;
/// Height of a row.
const ROW: f32 = 26.0;

/// Draws it; gives the lower edge.
pub fn draw(pen: &mut Pen, plot: &UpSet, inks: &Inks, area: Area) -> f32 {
    let count = plot.boxes.len().max(1) as f32;
    let pitch = (area.width * MATRIX_PART / count).min(PITCH);
    let x_at = |position: usize| area.x + (position as f32 + 0.5) * pitch;

    let mut y = pen.block(&KEY.wrap(&plot.switch, area.width), area.x, area.top, &KEY, inks.text);
    let meaning = KEY_DETAIL.wrap(&plot.meaning, area.width);
    y = pen.block(&meaning, area.x, y, &KEY_DETAIL, inks.second) + 10.0;

    // Stairs: a label begins right of its own column and above the columns that follow.
    let mut leaders = Vec::new();
    for (position, row) in plot.boxes.iter().enumerate() {
        let x = x_at(position);
        let words = Row {
            label: row.label.clone(),
            detail: row.share.clone(),
            ..Row::default()
        };
        let left = x + 11.0;
        let label = Label::of(&words, area.right() - left);
        let height = label.lines.len() as f32 * LABEL.leading_pt + 2.0;
        leaders.push((x, y + LABEL.leading_pt / 2.0));
        label.draw(pen, &words, inks, left, y + (height - 2.0) / 2.0);
        if let Some(about) = &row.lane.about {
            let about = pen.about(about, (left, y, area.right() - left, height));
            pen.circle((x, y + LABEL.leading_pt / 2.0), 3.5, row.colour, Some(about));
        }
        y += height;
    }
    let top = y + 6.0;
    let height = ROW * area.stretch.max(0.75);
    let bottom = top + height * plot.sets.len() as f32;
    for (x, from) in leaders {
        pen.line((x, from + 3.5), (x, top), 1.0, inks.zero, None);
    }

    let bars = area.x + count * pitch + 14.0;
    let mut width = area.right() - bars - TICK.width(plot.axis.ticks.last().map_or("", |(_, words)| words)) / 2.0;
    for set in &plot.sets {
        let part = plot.axis.part(lane::end_of(&set.lane)) as f32;
        let needed = VALUE_GAP + VALUE.width(&set.lane.outside) + 2.0;
        if part > 0.0 {
            width = width.min((area.right() - bars - needed) / part);
        }
    }
    let width = width.max(30.0);
    let x_of = |value: f64| bars + width * plot.axis.part(value) as f32;
    for (position, _) in plot.sets.iter().enumerate().step_by(2) {
        let at = (area.x - 6.0, top + position as f32 * height, area.width + 12.0, height);
        pen.rect(at, 0.0, zebra(inks), None);
    }
    for (value, _) in &plot.axis.ticks {
        let (x, colour) = (x_of(*value), if *value > 0.0 { inks.hairline } else { inks.zero });
        pen.line((x, top), (x, bottom), 1.0, colour, None);
    }
    let radius = (pitch / 2.0 - 1.0).min(5.5);
    for (position, set) in plot.sets.iter().enumerate() {
        let row_top = top + position as f32 * height;
        let middle = row_top + height / 2.0;
        let ground = if position % 2 == 0 { zebra(inks) } else { inks.surface };
        let place = lane::Place {
            centre: middle,
            thickness: 14.0,
            hit: (area.x, row_top, area.width, height),
            alone: true,
        };
        lane::draw(
            pen,
            &set.lane,
            &Inks {
                surface: ground,
                ..*inks
            },
            &x_of,
            &place,
        );
        if set.of.is_empty() && TICK.width(&plot.nothing) <= count * pitch {
            let at = (area.x + pitch / 2.0 - radius, middle + TICK.to_baseline());
            pen.text(&plot.nothing, at, Anchor::Start, &TICK, inks.second, None);
            continue;
        }
        for other in (0..plot.boxes.len()).filter(|other| !set.of.contains(other)) {
            pen.circle((x_at(other), middle), radius * 0.5, empty_dot(inks), None);
        }
        if let (Some(&first), Some(&last)) = (set.of.first(), set.of.last())
            && first != last
        {
            pen.line((x_at(first), middle), (x_at(last), middle), 2.0, inks.union, None);
        }
        for &one in &set.of {
            pen.circle((x_at(one), middle), radius, plot.boxes[one].colour, None);
        }
    }
    let y = bottom + 6.0 + TICK.leading_pt / 2.0 + TICK.to_baseline();
    for (value, words) in ticks_with_room(plot, &x_of) {
        pen.text(words, (x_of(value), y), Anchor::Middle, &TICK, inks.third, None);
    }
    bottom + 6.0 + TICK.leading_pt
}

/// The numbers of the axis that have room: all, or the first and the last.
fn ticks_with_room<'a>(plot: &'a UpSet, x_of: &impl Fn(f64) -> f32) -> Vec<(f64, &'a str)> {
    let ticks: Vec<(f64, &str)> = plot
        .axis
        .ticks
        .iter()
        .map(|(value, words)| (*value, words.as_str()))
        .collect();
    let fit = ticks.windows(2).all(|pair| {
        let half = |words: &str| TICK.width(words) / 2.0;
        x_of(pair[0].0) + half(pair[0].1) + 8.0 <= x_of(pair[1].0) - half(pair[1].1)
    });
    match (fit, ticks.first(), ticks.last()) {
        (false, Some(first), Some(last)) => vec![*first, *last],
        _ => ticks,
    }
}
