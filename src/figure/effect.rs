//! The effects of boxes, or the constellation of one, as plain bars in; the line they are set against with differences
//! beside the bars, or the bracket around what belongs together, out.

use super::compared::ALPHA;
use super::diverging::{range, signed};
use super::look::Look;
use super::plot::{Bars, Beside, Reference, Row, Side};
use super::reading::{Reading, interval_of};
use crate::data::Code;
use crate::measure::{BoxView, Measure, RowKind, TableContrast};
use crate::words;

/// The row that the others are set against, where there is one and no breakdown.
pub fn reference(reading: &Reading<'_>) -> Option<usize> {
    let table = reading.table;
    let is_effect = matches!(table.query.measure, Measure::Effect(_)) && table.groups.len() == 1;
    let mut items = 0..table.items.len();
    items
        .find(|item| table.items[*item].kind == RowKind::Reference)
        .filter(|_| is_effect)
}

/// Sets the line and the column of differences. `items`: the row of the table that each row of the chart stands for.
pub fn against(reading: &Reading<'_>, look: &Look, bars: &mut Bars, items: &[usize]) {
    let table = reading.table;
    if let Some(item) = reference(reading) {
        let cell = table.cell(item, 0);
        if cell.estimate.n > 0 && cell.estimate.value.is_finite() {
            let label = [reading.label(&table.items[item]), reading.value(cell.estimate.value)];
            bars.reference = Some(Reference {
                value: cell.estimate.value,
                interval: look.intervals.then(|| interval_of(cell)).flatten(),
                label: label.join(" "),
                about: Some(reading.about(item, 0)),
            });
        }
    }
    if !matches!(table.query.measure, Measure::Effect(_)) || table.groups.len() != 1 {
        return;
    }
    for (row, item) in bars.rows.iter_mut().zip(items) {
        let Some(lane) = row.lanes.first_mut() else { continue };
        let id = Code::Text(table.items[*item].id.clone());
        let own = table.comparisons.contrasts.iter().find(|contrast| contrast.a.id == id);
        if table.cell(*item, 0).estimate.n == 0 {
            continue;
        }
        lane.beside = own.map(|own| difference(reading, own)).unwrap_or_default();
    }
    bars.sides = vec![
        Side {
            heading: reading.say("figure-column-difference", &[]),
            ..Side::default()
        },
        Side {
            heading: reading.say(
                "figure-column-interval",
                &[("level", &words::with_sign(reading.language, &reading.level()))],
            ),
            spare: true,
            close: true,
            ..Side::default()
        },
    ];
}

/// A difference in points with its interval; what is significant stands out and has an arrow.
fn difference(reading: &Reading<'_>, own: &TableContrast) -> Vec<Beside> {
    let level = reading.table.query.level.number().unwrap_or(0.95);
    let (low, high) = own.contrast.interval(level);
    let significant = own.p_adjusted < ALPHA;
    let arrow = match significant {
        true if own.contrast.difference > 0.0 => "\u{a0}▲",
        true => "\u{a0}▼",
        false => "",
    };
    vec![
        Beside {
            text: format!("{}{arrow}", signed(own.contrast.difference)),
            strong: significant,
            ..Beside::default()
        },
        Beside {
            text: match low.is_finite() && high.is_finite() {
                true => range(reading, &signed(low), &signed(high)),
                false => String::new(),
            },
            ..Beside::default()
        },
    ]
}

/// Holds the co-partners of a box together under "with others".
pub fn bracket(reading: &Reading<'_>, rows: &mut [Row], items: &[usize]) {
    let is_constellation = matches!(
        reading.table.query.measure,
        Measure::Boxes {
            view: BoxView::Constellation(_),
            ..
        }
    );
    if !is_constellation || rows.len() != items.len() {
        return;
    }
    for (row, item) in rows.iter_mut().zip(items) {
        let whole = is_whole(&reading.table.items[*item].id);
        row.strong = whole;
        row.part = !whole;
    }
}

/// Whether a row of a constellation is about all who have the box: alone, with others.
pub fn is_whole(id: &str) -> bool {
    id == "alone" || id == "with_others"
}
