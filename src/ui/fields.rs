//! The fields of the window: a name and the words so far in, a response out.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    CornerRadius, Frame, Id, Margin, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::icons::Icon;
use super::theme;

/// A field to search in.
pub fn search_field(ui: &mut Ui, id: Id, words: &mut String, hint: &str) -> Response {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW_FIELD), Sense::hover());
    let focused = ui.memory(|memory| memory.has_focus(id));
    field_frame(ui, rect, focused);
    let icon = Rect::from_center_size(pos2(rect.left() + 16.0, rect.center().y), Vec2::splat(16.0));
    Icon::Search.paint(ui.painter(), icon, theme::THIRD);
    let inner = Rect::from_min_max(pos2(rect.left() + 30.0, rect.top()), rect.max - vec2(8.0, 0.0));
    ui.put(inner, bare_field(words, hint).id(id)).accessible_name(hint)
}

/// A field for text or numbers with the same frame as the other controls.
pub fn field(ui: &mut Ui, id: Id, words: &mut String, name: &str, hint: &str) -> Response {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::hover());
    field_frame(ui, rect, ui.memory(|memory| memory.has_focus(id)));
    let inner = Rect::from_min_max(rect.min + vec2(10.0, 0.0), rect.max - vec2(8.0, 0.0));
    ui.put(inner, bare_field(words, hint).id(id)).accessible_name(name)
}

/// Selects everything in a field, so that the first letter typed replaces it.
pub fn select_all(ui: &Ui, field: Id, words: &str) {
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(words.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}

/// A field for several lines.
pub fn text_area(ui: &mut Ui, id: Id, words: &mut String, name: &str, hint: &str) -> Response {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let outline = if focused { theme::ACCENT } else { theme::OUTLINE };
    Frame::new()
        .fill(theme::SURFACE)
        .stroke(Stroke::new(1.0, outline))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.add(
                egui::TextEdit::multiline(words)
                    .id(id)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .desired_rows(2)
                    .desired_width(ui.available_width())
                    .hint_text(RichText::new(hint).color(theme::CAPTION)),
            )
            .accessible_name(name)
        })
        .inner
}

const ROW_FIELD: f32 = 32.0;

fn bare_field<'t>(words: &'t mut String, hint: &str) -> egui::TextEdit<'t> {
    egui::TextEdit::singleline(words)
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .desired_width(f32::INFINITY)
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(RichText::new(hint).color(theme::CAPTION))
}

fn field_frame(ui: &Ui, rect: Rect, focused: bool) {
    let stroke = if focused {
        Stroke::new(1.5, theme::ACCENT)
    } else {
        Stroke::new(1.0, theme::OUTLINE)
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        theme::SURFACE,
        stroke,
        StrokeKind::Inside,
    );
}
