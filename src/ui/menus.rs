//! What floats and its rows: menus, selects, rows to tick. A name and a state in, what was clicked out.

use egui::{
    CornerRadius, Frame, Margin, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::icons::Icon;
use super::theme::{self, Weight};
use super::widgets::{focus_ring, line, text_at, wrapped};

/// A select's menu is at least this wide: variables have long names.
const SELECT_MENU: f32 = 320.0;

/// A select: shows what is chosen, opens a menu that `rows` fills. Gives what a row gave.
pub fn select<T>(ui: &mut Ui, name: &str, current: &str, rows: impl FnOnce(&mut Ui) -> Option<T>) -> Option<T> {
    let width = ui.available_width();
    let response = select_button(ui, name, current);
    menu(&response, name, width.max(SELECT_MENU), rows).flatten()
}

/// What a select shows while it is closed.
pub fn select_button(ui: &mut Ui, name: &str, current: &str) -> Response {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(current.to_owned());
        info
    });
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let outline = if open || response.hovered() {
        theme::THIRD
    } else {
        theme::OUTLINE
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        theme::SURFACE,
        Stroke::new(1.0, outline),
        StrokeKind::Inside,
    );
    let galley = line(ui, current, theme::BODY, Weight::Regular, theme::INK, width - 34.0);
    let cut = galley.elided;
    text_at(ui, galley, rect.left() + 10.0, rect);
    let arrow = Rect::from_center_size(pos2(rect.right() - 14.0, rect.center().y), Vec2::splat(16.0));
    Icon::Down.paint(ui.painter(), arrow, theme::THIRD);
    focus_ring(ui, &response, theme::RADIUS);
    if cut && !open {
        response.on_hover_text(current)
    } else {
        response
    }
}

/// A menu below `anchor`, opened and closed by clicking it.
pub fn menu<R>(anchor: &Response, name: &str, width: f32, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    Popup::menu(anchor)
        .gap(4.0)
        .width(width)
        .accessible_name(name)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .frame(popup_frame(theme::S4 as i8))
        .show(|ui| {
            ui.set_width(width - 10.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            egui::ScrollArea::vertical().max_height(420.0).show(ui, content).inner
        })
        .map(|shown| shown.inner)
}

/// The frame of everything that floats.
pub fn popup_frame(margin: i8) -> Frame {
    Frame::new()
        .fill(theme::SURFACE)
        .stroke(Stroke::new(1.0, theme::HAIRLINE))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .shadow(theme::SHADOW)
        .inner_margin(Margin::same(margin))
}

/// A row of a menu; `right` is a shortcut or a count.
pub fn menu_row(ui: &mut Ui, name: &str, right: &str, chosen: bool) -> Response {
    let width = ui.available_width();
    let right_galley = line(ui, right, theme::SMALL, Weight::Regular, theme::CAPTION, 160.0);
    let right_width = if right.is_empty() {
        0.0
    } else {
        right_galley.size().x + theme::S16
    };
    let room = width - 28.0 - theme::S12 - right_width;
    let galley = line(ui, name, theme::BODY, Weight::Regular, theme::INK, room);
    let cut = galley.elided;
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, name));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(theme::RADIUS - 2), theme::HOVER);
    }
    if chosen {
        let tick = Rect::from_center_size(pos2(rect.left() + 14.0, rect.center().y), Vec2::splat(16.0));
        Icon::Tick.paint(ui.painter(), tick, theme::ACCENT);
    }
    text_at(ui, galley, rect.left() + 28.0, rect);
    if !right.is_empty() {
        let x = rect.right() - theme::S12 - right_galley.size().x;
        text_at(ui, right_galley, x, rect);
    }
    if cut { response.on_hover_text(name) } else { response }
}

/// A caption over a part of a menu or panel.
pub fn caption(ui: &mut Ui, words: &str) {
    ui.add_space(theme::S8);
    // Of one height from the first frame on, which decides how high a menu is.
    let galley = line(ui, words, theme::SMALL, Weight::SemiBold, theme::CAPTION, f32::INFINITY);
    let size = vec2(galley.size().x + theme::S8, 22.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    text_at(ui, galley, rect.left() + theme::S8, rect);
}

/// A row with a box to tick, a label, and a column of numbers at the right.
pub fn tick_row(ui: &mut Ui, name: &str, spoken: &str, numbers: &[&str], ticked: bool) -> Response {
    const COLUMN: f32 = 64.0;
    let width = ui.available_width();
    let label_width = width - 34.0 - COLUMN * numbers.len() as f32;
    let galley = wrapped(ui, name, theme::BODY, Weight::Regular, theme::INK, label_width);
    let height = (galley.size().y + 12.0).max(theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, spoken));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(theme::RADIUS - 2), theme::HOVER);
    }
    let square = Rect::from_center_size(pos2(rect.left() + 14.0, rect.center().y), Vec2::splat(15.0));
    let (fill, outline) = if ticked {
        (theme::ACCENT, theme::ACCENT)
    } else {
        (theme::SURFACE, theme::THIRD)
    };
    ui.painter().rect(
        square,
        CornerRadius::same(3),
        fill,
        Stroke::new(1.2, outline),
        StrokeKind::Inside,
    );
    if ticked {
        Icon::Tick.paint(ui.painter(), square, theme::SURFACE);
    }
    text_at(ui, galley, rect.left() + 30.0, rect);
    for (column, number) in numbers.iter().rev().enumerate() {
        let galley = line(ui, number, theme::BODY, Weight::Regular, theme::SECOND, COLUMN);
        let x = rect.right() - 8.0 - COLUMN * column as f32 - galley.size().x;
        text_at(ui, galley, x, rect);
    }
    focus_ring(ui, &response, theme::RADIUS - 2);
    response
}
