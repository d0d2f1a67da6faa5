//! Small icons drawn with the painter: line art of one weight on a 16 × 16 grid.

use egui::{Color32, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, pos2};

use super::theme;

/// The icons of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Search.
    Search,
    /// Close, remove.
    Close,
    /// Add.
    Plus,
    /// A select's arrow.
    Down,
    /// What is open can be closed.
    Up,
    /// To where one came from.
    Back,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// Multiple-response question.
    Boxes,
    /// Single-choice question.
    Dot,
    /// Battery of statements.
    Scale,
    /// Numeric question.
    Number,
    /// Warning.
    Warning,
    /// Chosen, done.
    Tick,
    /// Two out of one.
    Split,
    /// The roles of actors.
    Roles,
    /// A network.
    Network,
    /// An effect against nothing.
    Effect,
    /// A model.
    Curve,
}

impl Icon {
    /// Paints the icon centred in `rect`.
    pub fn paint(self, painter: &Painter, rect: Rect, colour: Color32) {
        let centre = rect.center();
        let stroke = Stroke::new(1.5, colour);
        let at = |x: f32, y: f32| pos2(centre.x + x, centre.y + y);
        let line = |points: &[(f32, f32)]| {
            painter.line(points.iter().map(|&(x, y)| at(x, y)).collect::<Vec<Pos2>>(), stroke);
        };
        match self {
            Self::Search => {
                painter.circle_stroke(at(-1.0, -1.0), 4.0, stroke);
                line(&[(2.0, 2.0), (5.5, 5.5)]);
            }
            Self::Close => {
                line(&[(-3.0, -3.0), (3.0, 3.0)]);
                line(&[(3.0, -3.0), (-3.0, 3.0)]);
            }
            Self::Plus => {
                line(&[(-4.0, 0.0), (4.0, 0.0)]);
                line(&[(0.0, -4.0), (0.0, 4.0)]);
            }
            Self::Down => line(&[(-3.5, -1.5), (0.0, 2.0), (3.5, -1.5)]),
            Self::Up => line(&[(-3.5, 2.0), (0.0, -1.5), (3.5, 2.0)]),
            Self::Back => line(&[(1.5, -4.0), (-2.5, 0.0), (1.5, 4.0)]),
            Self::Undo => turn(painter, centre, stroke, 1.0),
            Self::Redo => turn(painter, centre, stroke, -1.0),
            Self::Boxes => {
                painter.rect_stroke(
                    Rect::from_center_size(centre, Vec2::splat(11.0)),
                    2.0,
                    Stroke::new(1.3, colour),
                    StrokeKind::Inside,
                );
                line(&[(-2.5, 0.0), (-0.5, 2.0), (3.0, -2.0)]);
            }
            Self::Dot => {
                painter.circle_stroke(centre, 5.0, Stroke::new(1.3, colour));
                painter.circle_filled(centre, 2.4, colour);
            }
            Self::Scale => {
                line(&[(-5.5, -2.5), (5.5, -2.5)]);
                line(&[(-5.5, 2.5), (5.5, 2.5)]);
                painter.circle_filled(at(2.0, -2.5), 2.2, colour);
                painter.circle_filled(at(-2.0, 2.5), 2.2, colour);
            }
            Self::Number => {
                for x in [-1.8, 2.2] {
                    line(&[(x + 0.6, -4.5), (x - 0.6, 4.5)]);
                }
                for y in [-1.7, 1.7] {
                    line(&[(-4.5, y), (4.5, y)]);
                }
            }
            Self::Warning => {
                painter.add(egui::Shape::convex_polygon(
                    vec![at(0.0, -5.0), at(5.5, 4.5), at(-5.5, 4.5)],
                    colour,
                    Stroke::NONE,
                ));
                let inner = Stroke::new(1.4, theme::SURFACE);
                painter.line_segment([at(0.0, -1.8), at(0.0, 1.4)], inner);
                painter.line_segment([at(0.0, 2.4), at(0.0, 3.6)], inner);
            }
            Self::Split => {
                for side in [-1.0, 1.0] {
                    line(&[(-2.5, side * 3.0), (0.0, side * 5.5), (2.5, side * 3.0)]);
                }
                painter.extend(egui::Shape::dashed_line(
                    &[at(-5.5, 0.0), at(5.5, 0.0)],
                    stroke,
                    2.0,
                    2.0,
                ));
            }
            Self::Roles => {
                painter.circle_stroke(at(0.0, -2.5), 2.6, Stroke::new(1.3, colour));
                line(&[(-5.0, 5.5), (-3.6, 3.0), (0.0, 2.0), (3.6, 3.0), (5.0, 5.5)]);
            }
            Self::Network => {
                line(&[(-4.0, 3.5), (0.0, -4.0), (4.5, 2.5), (-4.0, 3.5)]);
                for (x, y) in [(-4.0, 3.5), (0.0, -4.0), (4.5, 2.5)] {
                    painter.circle_filled(at(x, y), 2.2, colour);
                }
            }
            Self::Effect => {
                line(&[(-3.5, -5.5), (-3.5, 5.5)]);
                line(&[(-3.5, -2.5), (4.5, -2.5)]);
                line(&[(-3.5, 2.5), (1.0, 2.5)]);
                painter.circle_filled(at(4.5, -2.5), 1.8, colour);
                painter.circle_filled(at(1.0, 2.5), 1.8, colour);
            }
            Self::Curve => line(&[(-5.5, 4.5), (-2.5, 4.0), (0.0, 0.5), (2.5, -3.5), (5.5, -4.5)]),
            Self::Tick => line(&[(-4.0, 0.0), (-1.2, 3.0), (4.0, -3.2)]),
        }
    }
}

/// An arrow that turns back; `side` 1: to the left, −1: to the right.
fn turn(painter: &Painter, centre: Pos2, stroke: Stroke, side: f32) {
    let at = |x: f32, y: f32| pos2(centre.x + side * x, centre.y + y);
    let mut points = vec![at(-5.0, -2.0), at(1.0, -2.0)];
    for step in 1..=8 {
        let angle = std::f32::consts::PI * step as f32 / 8.0;
        points.push(at(1.0 + 3.0 * angle.sin(), 1.0 - 3.0 * angle.cos()));
    }
    points.push(at(-1.5, 4.0));
    painter.line(points, stroke);
    painter.line(vec![at(-2.0, -5.0), at(-5.0, -2.0), at(-2.0, 1.0)], stroke);
}
