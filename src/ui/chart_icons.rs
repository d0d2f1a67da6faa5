//! Small pictures of the kinds of chart, drawn with the painter on a 20 × 16 grid.

use egui::{Color32, CornerRadius, Painter, Rect, Stroke, pos2, vec2};

use crate::figure::Chart;

/// Paints the picture of `chart` centred in `rect`: what matters in `ink`, the rest in `faint`.
pub fn paint(chart: Chart, painter: &Painter, rect: Rect, ink: Color32, faint: Color32) {
    let centre = rect.center();
    let at = |x: f32, y: f32| pos2(centre.x + x, centre.y + y);
    let bar = |x: f32, y: f32, width: f32, height: f32, colour: Color32| {
        let rect = Rect::from_min_size(at(x, y), vec2(width, height));
        painter.rect_filled(rect, CornerRadius::same(1), colour);
    };
    let line = |points: &[(f32, f32)], colour: Color32| {
        let points = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.line(points, Stroke::new(1.4, colour));
    };
    let dot = |x: f32, y: f32, radius: f32, colour: Color32| {
        painter.circle_filled(at(x, y), radius, colour);
    };
    match chart {
        Chart::Auto | Chart::Bars => {
            for (row, width) in [15.0, 10.0, 6.0].into_iter().enumerate() {
                bar(-8.0, -6.5 + 5.0 * row as f32, width, 3.2, ink);
            }
        }
        Chart::Dots => {
            for (y, x) in [(-5.0, 3.0), (0.0, -1.0), (5.0, -4.0)] {
                line(&[(x - 4.0, y), (x + 4.0, y)], faint);
                dot(x, y, 2.0, ink);
            }
        }
        Chart::Stacked => {
            for (y, share) in [(-6.5, 9.0), (-1.5, 6.0), (3.5, 12.0)] {
                bar(-8.0, y, share, 3.2, ink);
                bar(-8.0 + share + 0.8, y, 15.2 - share, 3.2, faint);
            }
        }
        Chart::Diverging => {
            for (y, left, right) in [(-6.5, 3.0, 7.0), (-1.5, 5.0, 5.0), (3.5, 7.0, 2.5)] {
                bar(-0.5 - left, y, left, 3.2, faint);
                bar(0.5, y, right, 3.2, ink);
            }
        }
        Chart::Number => {
            line(&[(-6.0, -3.5), (-3.5, -6.0), (-3.5, 3.0)], ink);
            painter.circle_stroke(at(3.5, -1.5), 4.2, Stroke::new(1.4, ink));
            line(&[(-7.0, 6.0), (7.5, 6.0)], faint);
        }
        Chart::Donut => {
            painter.circle_stroke(centre, 5.5, Stroke::new(3.2, faint));
            let arc: Vec<(f32, f32)> = (0..=12)
                .map(|step| {
                    let angle = std::f32::consts::PI * (1.3 * step as f32 / 12.0 - 0.5);
                    (5.5 * angle.cos(), 5.5 * angle.sin())
                })
                .collect();
            let points = arc.iter().map(|&(x, y)| at(x, y)).collect();
            painter.line(points, Stroke::new(3.2, ink));
        }
        Chart::UpSet => {
            for (x, height) in [(-6.0, 7.0), (-1.0, 4.5), (4.0, 3.0)] {
                bar(x - 1.4, -height, 2.8, height, ink);
            }
            for (x, first) in [(-6.0, true), (-1.0, false), (4.0, true)] {
                dot(x, 3.0, 1.4, if first { ink } else { faint });
                dot(x, 6.5, 1.4, if first && x < 0.0 { faint } else { ink });
            }
        }
        Chart::Slope => {
            line(&[(-6.0, 4.0), (6.0, -4.5)], ink);
            line(&[(-6.0, -2.0), (6.0, 3.0)], faint);
            for (x, y) in [(-6.0, 4.0), (6.0, -4.5)] {
                dot(x, y, 1.9, ink);
            }
        }
        Chart::Lines => {
            line(&[(-8.0, 4.0), (-3.0, 1.0), (2.0, -2.5), (8.0, -5.0)], ink);
            line(&[(-8.0, 6.0), (-3.0, 5.0), (2.0, 2.0), (8.0, 1.0)], faint);
        }
        Chart::Network => {
            line(&[(-6.0, 4.0), (0.0, -5.0), (6.5, 2.5), (-6.0, 4.0)], faint);
            dot(-6.0, 4.0, 2.4, ink);
            dot(0.0, -5.0, 2.8, ink);
            dot(6.5, 2.5, 2.0, ink);
        }
        Chart::Matrix => {
            for (row, y) in [-6.5, -2.0, 2.5].into_iter().enumerate() {
                for (column, x) in [-6.5, -2.0, 2.5].into_iter().enumerate() {
                    bar(x, y, 3.8, 3.8, if (row + column) % 2 == 0 { ink } else { faint });
                }
            }
        }
        Chart::Flow => {
            bar(-8.0, -6.5, 2.4, 6.0, ink);
            bar(-8.0, 1.5, 2.4, 5.0, ink);
            bar(5.6, -6.5, 2.4, 4.0, ink);
            bar(5.6, -0.5, 2.4, 7.0, ink);
            line(&[(-5.6, -3.5), (-2.0, -3.0), (2.0, 2.0), (5.6, 3.0)], faint);
            line(&[(-5.6, 4.0), (-2.0, 3.5), (2.0, -4.0), (5.6, -4.5)], faint);
        }
        Chart::Table => {
            line(&[(-8.0, -5.5), (8.0, -5.5)], ink);
            for y in [-1.5, 2.5, 6.5] {
                line(&[(-8.0, y), (8.0, y)], faint);
            }
            line(&[(-1.0, -5.5), (-1.0, 6.5)], faint);
        }
    }
}
