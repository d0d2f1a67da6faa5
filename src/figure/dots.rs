//! A table in, dots with their intervals out: one per group, side by side on a line or one below the other.

use super::lane::Ground;
use super::palette::Inks;
use super::pen::Pen;
use super::plot::Row;

/// The thin line that holds the dots of a row together.
pub fn span(pen: &mut Pen, row: &Row, inks: &Inks, ground: &Ground<'_>, middle: f32) {
    let dots = || {
        row.lanes
            .iter()
            .filter_map(|lane| lane.dot)
            .map(|dot| ground.x_of(dot.at))
    };
    let (from, to) = (dots().fold(f32::MAX, f32::min), dots().fold(f32::MIN, f32::max));
    if from < to {
        pen.line((from, middle), (to, middle), 2.0, inks.zero, None);
    }
}
