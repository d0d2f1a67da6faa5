//! One share and its parts in, a large number with small bars beside it out; with a breakdown, one below the other.

use super::arrange;
use super::bars;
use super::fonts::Style;
use super::look::Look;
use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{DETAIL, HEADING, KEY, LABEL, Pen};
use super::plot::{Bars, Lane, Row};
use super::reading::{Reading, SMALL_N};
use super::scale::Axis;
use super::scene::{About, Anchor, Colour, Weight};
use super::signs;
use crate::measure::RowKind;

/// The number of one card, and of one of several.
const NUMBER: [Style; 2] = [
    Style {
        size_pt: 54.0,
        weight: Weight::Bold,
        tracking_pt: -1.0,
        leading_pt: 58.0,
    },
    Style {
        size_pt: 36.0,
        weight: Weight::Bold,
        tracking_pt: -0.6,
        leading_pt: 40.0,
    },
];
/// From a number to its bars.
const GAP: f32 = 36.0;
/// Numbers without parts stand in columns at least this wide.
const COLUMN: f32 = 170.0;
/// The height of an axis' numbers.
const AXIS: f32 = 20.0;
/// Narrower pages have the bars under the number.
const NARROW: f32 = 460.0;

/// Large numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// One, or one per group.
    pub cards: Vec<Card>,
}

/// A large number.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The group; empty without a breakdown.
    pub heading: String,
    /// The number, or why there is none.
    pub value: String,
    /// Whether there is one.
    pub known: bool,
    /// Behind the number: letters or an arrow.
    pub sign: String,
    /// Its interval and n.
    pub detail: String,
    /// What it is.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// What it stands for.
    pub about: About,
    /// Its parts; no rows where it has none.
    pub parts: Bars,
}

/// The share that a table is about: a union, else its only row.
pub fn subject(reading: &Reading<'_>) -> Option<usize> {
    let drawn = reading.drawn();
    let union = drawn
        .iter()
        .find(|item| reading.table.items[**item].kind == RowKind::Union { highlight: true });
    union.copied().or(match drawn[..] {
        [only] => Some(only),
        _ => None,
    })
}

/// The cards of a table.
pub fn number(reading: &Reading<'_>, look: &Look) -> Number {
    let table = reading.table;
    let Some(item) = subject(reading).or_else(|| reading.drawn().first().copied()) else {
        return Number { cards: Vec::new() };
    };
    let inks = palette::inks(look.theme);
    let actor = table.items[item].actor.as_deref().filter(|_| look.actor_colours);
    let colour = actor
        .and_then(|actor| palette::actor(actor, look.theme))
        .unwrap_or(inks.accent);
    let parts: Vec<usize> = (0..table.items.len())
        .filter(|item| table.items[*item].kind == RowKind::Part)
        .collect();
    let most = parts
        .iter()
        .flat_map(|part| (0..table.groups.len()).map(move |group| table.cell(*part, group)))
        .filter(|cell| cell.estimate.n > 0)
        .map(|cell| if look.intervals { cell.high } else { cell.estimate.value })
        .fold(0.0, f64::max);
    let card = |group: usize| {
        let cell = table.cell(item, group);
        let known = cell.estimate.n > 0 && cell.estimate.value.is_finite();
        let value = match known {
            true => reading.value(cell.estimate.value),
            false => reading.absent(group),
        };
        let mut sign = signs::of(reading, look, item, group);
        if known && cell.estimate.n < SMALL_N {
            sign.insert(0, '*');
        }
        let interval = reading.interval(cell).filter(|_| look.intervals && known);
        let mut detail: Vec<String> = interval.map(|interval| format!("({interval})")).into_iter().collect();
        if known {
            detail.push(reading.n(cell.estimate.n));
        }
        let mut signed = false;
        Card {
            heading: match reading.has_groups() {
                true => signs::group(reading, look, group),
                false => String::new(),
            },
            value,
            known,
            sign,
            detail: detail.join("  "),
            label: reading.label(&table.items[item]),
            colour,
            about: reading.about(item, group),
            parts: Bars {
                // One axis below all: its lines are the same in every card.
                unnumbered: group + 1 < table.groups.len(),
                axis: match parts.is_empty() {
                    true => Axis::default(),
                    false => arrange::share_axis(reading, most),
                },
                rows: parts
                    .iter()
                    .map(|part| Row {
                        label: reading.label(&table.items[*part]),
                        lanes: vec![arrange::lane(reading, look, *part, group, colour, &mut signed)],
                        ..Row::default()
                    })
                    .collect(),
                ..Bars::default()
            },
        }
    };
    let mut cards: Vec<Card> = (0..table.groups.len()).map(card).collect();
    let rows = || cards.iter().flat_map(|card| &card.parts.rows);
    let lanes: Vec<Lane> = rows().flat_map(|row| row.lanes.clone()).collect();
    for card in &mut cards {
        card.parts.alike.clone_from(&lanes);
    }
    Number { cards }
}

/// Draws the cards; gives their lower edge.
pub fn draw(pen: &mut Pen, plot: &Number, inks: &Inks, area: Area) -> f32 {
    let style = &NUMBER[usize::from(plot.cards.len() > 1)];
    let has_parts = plot.cards.iter().any(|card| !card.parts.rows.is_empty());
    if !has_parts && plot.cards.len() > 1 {
        return columns(pen, plot, inks, area, style);
    }
    let widths = plot.cards.iter().map(|card| width_of(card, style));
    let width = widths.fold(110.0, f32::max).min(area.width);
    let below = area.width < NARROW;
    let mut y = area.top + 4.0;
    for (position, card) in plot.cards.iter().enumerate() {
        if position > 0 {
            y += 14.0;
            pen.line((area.x, y), (area.right(), y), 1.0, inks.hairline, None);
            y += 14.0;
        }
        let top = y;
        if !has_parts || below {
            y = face(pen, card, inks, (area.x, y), (style, area.width));
            let lines = LABEL.wrap(&card.label, area.width);
            y = pen.block(&lines, area.x, y + 6.0, &LABEL, inks.text);
        }
        if !has_parts {
            continue;
        }
        let (x, start) = if below {
            (area.x, y + 14.0)
        } else {
            (area.x + width + GAP, y)
        };
        let beside = Area {
            x,
            top: start,
            width: area.right() - x,
            stretch: area.stretch,
        };
        let bottom = bars::bars(pen, &card.parts, inks, beside);
        y = bottom;
        if !below {
            // The axis' numbers do not count.
            let height = height_of(card, style, width);
            let axis = if card.parts.unnumbered { 0.0 } else { AXIS };
            let at = top + ((bottom - axis - top - height) / 2.0).max(0.0);
            let end = face(pen, card, inks, (area.x, at), (style, width));
            y = y.max(end);
        }
    }
    y
}

/// Numbers without parts beside each other, in as many rows as they need.
fn columns(pen: &mut Pen, plot: &Number, inks: &Inks, area: Area, style: &Style) -> f32 {
    let fit = (area.width / COLUMN).floor().max(1.0) as usize;
    let rows = plot.cards.len().div_ceil(fit);
    let each = plot.cards.len().div_ceil(rows);
    let width = area.width / each as f32;
    let mut y = area.top + 4.0;
    for (position, row) in plot.cards.chunks(each).enumerate() {
        if position > 0 {
            y += 22.0 * area.stretch;
        }
        let lines = row
            .iter()
            .map(|card| KEY.wrap(&card.heading, width - 16.0).len())
            .max()
            .unwrap_or(1);
        let mut bottom = y;
        for (column, card) in row.iter().enumerate() {
            let own = KEY.wrap(&card.heading, width - 16.0).len();
            let at = (
                area.x + column as f32 * width,
                y + (lines - own) as f32 * KEY.leading_pt,
            );
            bottom = bottom.max(face(pen, card, inks, at, (style, width - 16.0)));
        }
        y = bottom;
    }
    y
}

/// The number with its group above and its interval below. Gives the lower edge.
fn face(pen: &mut Pen, card: &Card, inks: &Inks, (x, top): (f32, f32), (style, width): (&Style, f32)) -> f32 {
    let mut y = top;
    if !card.heading.is_empty() {
        y = pen.block(&KEY.wrap(&card.heading, width), x, y, &KEY, inks.text) + 2.0;
    }
    let about = pen.about(
        &card.about,
        (x, y, width.min(width_of(card, style).max(40.0)), style.leading_pt),
    );
    let baseline = y + style.leading_pt / 2.0 + style.to_baseline();
    if card.known {
        // Large letters need 3:1.
        let ink = palette::legible(card.colour, inks.surface, inks.text, 3.0);
        pen.text(&card.value, (x, baseline), Anchor::Start, style, ink, Some(about));
        // High, as a footnote's.
        let high = baseline - (style.size_pt - HEADING.size_pt) * super::fonts::CAP_HEIGHT;
        let at = (x + style.width(&card.value) + 4.0, high);
        pen.text(&card.sign, at, Anchor::Start, &HEADING, inks.second, Some(about));
    } else {
        pen.text(
            &card.value,
            (x, baseline),
            Anchor::Start,
            &HEADING,
            inks.third,
            Some(about),
        );
    }
    y += style.leading_pt;
    let lines = DETAIL.wrap(&card.detail, width);
    pen.block(&lines, x, y + 2.0, &DETAIL, inks.second)
}

fn width_of(card: &Card, style: &Style) -> f32 {
    let value = if card.known { style } else { &HEADING };
    let sign = if card.sign.is_empty() {
        0.0
    } else {
        6.0 + HEADING.width(&card.sign)
    };
    let heading = KEY.width(&card.heading).min(180.0);
    (value.width(&card.value) + sign)
        .max(DETAIL.width(&card.detail))
        .max(heading)
        .ceil()
        + 1.0
}

fn height_of(card: &Card, style: &Style, width: f32) -> f32 {
    let heading = match card.heading.is_empty() {
        true => 0.0,
        false => KEY.wrap(&card.heading, width).len() as f32 * KEY.leading_pt + 2.0,
    };
    heading + style.leading_pt + 2.0 + DETAIL.wrap(&card.detail, width).len() as f32 * DETAIL.leading_pt
}
