//! Rows that belong to the row above them in, the bracket that holds them together out.

use super::palette::Inks;
use super::pen::Pen;

/// The room a bracket takes.
pub const WIDTH: f32 = 12.0;
/// Its rounded corner.
const CORNER: f32 = 5.0;

/// Draws one around each run of rows that touch, given by their upper and lower edges.
pub fn draw(pen: &mut Pen, inks: &Inks, (x, width): (f32, f32), edges: &[(f32, f32)]) {
    let mut runs: Vec<(f32, f32)> = Vec::new();
    for (top, bottom) in edges {
        match runs.last_mut() {
            Some((_, end)) if (*end - top).abs() < 0.5 => *end = *bottom,
            _ => runs.push((*top, *bottom)),
        }
    }
    for (top, bottom) in runs {
        let (top, bottom) = (top + 3.0, bottom - 3.0);
        let corner = CORNER.min((bottom - top) / 2.0);
        let arc = |from: f32, centre: f32| {
            (0..=6).map(move |step| {
                let angle = (from + step as f32 * 15.0).to_radians();
                (x + corner - corner * angle.cos(), centre - corner * angle.sin())
            })
        };
        let mut points = vec![(x + width * 0.7, top)];
        points.extend(arc(0.0, top + corner).collect::<Vec<_>>().into_iter().rev());
        points.extend(arc(-90.0, bottom - corner).collect::<Vec<_>>().into_iter().rev());
        points.push((x + width * 0.7, bottom));
        pen.polyline(points, 1.2, inks.zero, false, None);
    }
}
