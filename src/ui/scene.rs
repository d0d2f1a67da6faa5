//! A [`Scene`] in, painted shapes out: positions are the scene's own, times the zoom. Nothing is laid out again.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, CornerRadius, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::theme;
use crate::figure::scene::{DASH, HALO};
use crate::figure::{Anchor, Colour, Scene, Shape as Mark, TextRun};

/// Where a scene lies in the window.
#[derive(Clone, Copy, Debug)]
pub struct Placement {
    /// The scene's upper left corner.
    pub origin: Pos2,
    /// Window points per scene point.
    pub zoom: f32,
}

impl Placement {
    /// A rectangle of the scene (x, y, width, height) in the window.
    pub fn rect(&self, (x, y, width, height): (f32, f32, f32, f32)) -> Rect {
        Rect::from_min_size(self.point(x, y), vec2(width, height) * self.zoom)
    }

    fn point(&self, x: f32, y: f32) -> Pos2 {
        pos2(self.origin.x + x * self.zoom, self.origin.y + y * self.zoom)
    }
}

/// An egui colour.
pub fn colour(Colour(red, green, blue): Colour) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// Paints the scene's elements, back to front. The paper is the caller's.
pub fn paint(painter: &Painter, scene: &Scene, place: Placement) {
    let clip = painter.clip_rect();
    for element in &scene.elements {
        match &element.shape {
            Mark::Rect {
                x,
                y,
                width,
                height,
                radius,
                fill,
            } => {
                let rect = place.rect((*x, *y, *width, *height));
                if clip.intersects(rect) {
                    let radius = (radius * place.zoom).round() as u8;
                    let corners = CornerRadius {
                        nw: 0,
                        sw: 0,
                        ne: radius,
                        se: radius,
                    };
                    painter.rect_filled(rect, corners, colour(*fill));
                }
            }
            Mark::Line {
                from,
                to,
                width,
                colour: ink,
            } => {
                let points = [place.point(from.0, from.1), place.point(to.0, to.1)];
                painter.line_segment(points, Stroke::new(width * place.zoom, colour(*ink)));
            }
            Mark::Circle { x, y, radius, fill } => {
                painter.circle_filled(place.point(*x, *y), radius * place.zoom, colour(*fill));
            }
            Mark::Polyline {
                points,
                width,
                colour: ink,
                dashed,
            } => {
                let points: Vec<Pos2> = points.iter().map(|(x, y)| place.point(*x, *y)).collect();
                let stroke = Stroke::new(width * place.zoom, colour(*ink));
                match dashed {
                    true => {
                        let (dash, gap) = (DASH.0 * place.zoom, DASH.1 * place.zoom);
                        painter.extend(Shape::dashed_line(&points, stroke, dash, gap));
                    }
                    false => {
                        painter.add(Shape::line(points, stroke));
                    }
                }
            }
            Mark::Strip { one, other, fill } => paint_strip(painter, one, other, *fill, place),
            Mark::Text(run) => paint_text(painter, run, place),
        }
    }
}

/// Fills what lies between two lines, triangle by triangle; a thin line along them smooths the edge.
fn paint_strip(painter: &Painter, one: &[(f32, f32)], other: &[(f32, f32)], fill: Colour, place: Placement) {
    let fill = colour(fill);
    let mut mesh = Mesh::default();
    for ((x, y), (other_x, other_y)) in one.iter().zip(other) {
        let next = mesh.vertices.len() as u32;
        mesh.colored_vertex(place.point(*x, *y), fill);
        mesh.colored_vertex(place.point(*other_x, *other_y), fill);
        if next > 0 {
            mesh.add_triangle(next - 2, next - 1, next);
            mesh.add_triangle(next - 1, next, next + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
    let outline = one.iter().chain(other.iter().rev());
    let outline: Vec<Pos2> = outline.map(|(x, y)| place.point(*x, *y)).collect();
    painter.add(Shape::closed_line(outline, Stroke::new(0.75, fill)));
}

/// Sets one line of text with its baseline, anchor and measured width where the scene says.
fn paint_text(painter: &Painter, run: &TextRun, place: Placement) {
    if run.text.is_empty() {
        return;
    }
    let size = run.size_pt * place.zoom;
    let format = |spacing: f32| TextFormat {
        font_id: theme::font(size, run.weight),
        color: colour(run.colour),
        extra_letter_spacing: spacing,
        ..Default::default()
    };
    let job = |spacing| LayoutJob::single_section(run.text.clone(), format(spacing));
    let tracking = run.tracking_pt * place.zoom;
    let mut galley = painter.layout_job(job(tracking));
    // egui rounds advances to its pixels; the difference to the scene's own measure is spread over the letters, so
    // that a line ends where it ends in the export.
    let letters = run.text.chars().count() as f32;
    let off = run.width_pt * place.zoom - galley.size().x;
    if run.width_pt > 0.0 && off.abs() > 0.5 && off.abs() < galley.size().x * 0.1 {
        galley = painter.layout_job(job(tracking + off / letters));
    }
    let point = place.point(run.x, run.y);
    let x = match run.anchor {
        Anchor::Start => point.x,
        Anchor::Middle => point.x - galley.size().x / 2.0,
        Anchor::End => point.x - galley.size().x,
    };
    let ascent = galley
        .rows
        .first()
        .and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y))
        .unwrap_or(size);
    let at = pos2(x, point.y - ascent);
    if let Some(halo) = run.halo {
        // The same letters in the halo's colour all around.
        let far = HALO / 2.0 * place.zoom;
        for step in 0..12 {
            let turn = std::f32::consts::TAU * step as f32 / 12.0;
            let shifted = at + vec2(turn.cos(), turn.sin()) * far;
            painter.add(Shape::galley_with_override_text_color(
                shifted,
                galley.clone(),
                colour(halo),
            ));
        }
    }
    painter.add(Shape::galley(at, galley, colour(run.colour)));
}
