//! The controls of the window: each a name and a state in, a response out. All of one height, one radius, one focus ring.

use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat, TextWrapping};
use egui::text_edit::TextEditState;
use egui::{
    Color32, CornerRadius, Frame, Galley, Id, Margin, Popup, PopupCloseBehavior, Rect, Response, RichText, Role, Sense,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::icons::Icon;
use super::theme::{self, Weight};

/// How much a button calls for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The one thing to do here.
    Primary,
    /// Outlined.
    Quiet,
    /// No frame until the pointer is over it.
    Plain,
}

/// A button: its name in words, and what is painted.
#[derive(Clone, Copy, Debug)]
pub struct Push<'a> {
    name: &'a str,
    icon: Option<Icon>,
    tone: Tone,
    icon_only: bool,
    menu: bool,
    enabled: bool,
    chosen: bool,
    hint: &'a str,
    spoken: Option<&'a str>,
}

impl<'a> Push<'a> {
    /// A quiet button with a text.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            icon: None,
            tone: Tone::Quiet,
            icon_only: false,
            menu: false,
            enabled: true,
            chosen: false,
            hint: "",
            spoken: None,
        }
    }

    /// A button that shows only an icon; the name is its tooltip.
    pub fn icon(icon: Icon, name: &'a str) -> Self {
        Self {
            icon: Some(icon),
            icon_only: true,
            ..Self::new(name)
        }
    }

    /// How much it calls for attention.
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// A small arrow after the text: it opens a menu.
    pub fn menu(self) -> Self {
        Self { menu: true, ..self }
    }

    /// Whether it can be used now.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Whether what it stands for is on.
    pub fn chosen(self, chosen: bool) -> Self {
        Self { chosen, ..self }
    }

    /// What the name does not say: a shortcut, what will happen.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Its name for those who do not see where it stands.
    pub fn spoken(self, spoken: &'a str) -> Self {
        Self {
            spoken: Some(spoken),
            ..self
        }
    }

    /// Draws it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (fill, outline, ink) = match (self.tone, self.chosen) {
            (Tone::Primary, _) if !self.enabled => (theme::HAIRLINE, Color32::TRANSPARENT, theme::CAPTION),
            (Tone::Primary, _) => (theme::ACCENT, Color32::TRANSPARENT, theme::SURFACE),
            (_, true) => (theme::ACCENT_SOFT, Color32::TRANSPARENT, theme::ACCENT_DEEP),
            (Tone::Quiet, _) => (theme::SURFACE, theme::OUTLINE, theme::INK),
            (Tone::Plain, _) => (Color32::TRANSPARENT, Color32::TRANSPARENT, theme::SECOND),
        };
        let ink = if self.enabled {
            ink
        } else {
            theme::THIRD.gamma_multiply(0.7)
        };
        let weight = if self.tone == Tone::Primary || self.chosen {
            Weight::SemiBold
        } else {
            Weight::Medium
        };
        let text = if self.icon_only { "" } else { self.name };
        let galley = line(ui, text, theme::BODY, weight, ink, f32::INFINITY);
        let icon_width = if self.icon.is_some() { 16.0 } else { 0.0 };
        let gap = if self.icon.is_some() && !self.icon_only {
            6.0
        } else {
            0.0
        };
        let arrow = if self.menu { 16.0 } else { 0.0 };
        let padding = if self.icon_only { 6.0 } else { theme::S12 };
        let width = padding * 2.0 + icon_width + gap + galley.size().x + arrow;
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), sense);
        let name = self.spoken.unwrap_or(self.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, self.enabled, name));
        if ui.is_rect_visible(rect) {
            let fill = match (response.hovered() && self.enabled, self.tone, self.chosen) {
                (false, ..) => fill,
                (true, Tone::Primary, _) => theme::ACCENT_DEEP,
                (true, _, true) => theme::ACCENT_SOFT_HOVER,
                (true, ..) => theme::HOVER,
            };
            ui.painter().rect(
                rect,
                CornerRadius::same(theme::RADIUS),
                fill,
                Stroke::new(1.0, outline),
                StrokeKind::Inside,
            );
            let mut x = rect.left() + padding;
            if let Some(icon) = self.icon {
                icon.paint(
                    ui.painter(),
                    Rect::from_center_size(pos2(x + 8.0, rect.center().y), Vec2::splat(16.0)),
                    ink,
                );
                x += icon_width + gap;
            }
            let text_width = galley.size().x;
            text_at(ui, galley, x, rect);
            if self.menu {
                Icon::Down.paint(
                    ui.painter(),
                    Rect::from_center_size(pos2(x + text_width + 11.0, rect.center().y), Vec2::splat(16.0)),
                    ink,
                );
            }
            focus_ring(ui, &response, theme::RADIUS);
        }
        match (self.icon_only, self.hint) {
            (false, "") => response,
            (true, "") => response.on_hover_text(self.name),
            (true, hint) => response.on_hover_text(format!("{}  ·  {hint}", self.name)),
            (false, hint) => response.on_hover_text(hint),
        }
    }
}

/// One line of text, cut with "…" where it is wider than `max_width`.
pub fn line(ui: &Ui, text: &str, size: f32, weight: Weight, colour: Color32, max_width: f32) -> Arc<Galley> {
    let format = TextFormat {
        font_id: theme::font(size, weight),
        color: colour,
        ..Default::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(max_width.max(1.0));
    ui.painter().layout_job(job)
}

/// Text wrapped by words at `width`.
pub fn wrapped(ui: &Ui, text: &str, size: f32, weight: Weight, colour: Color32, width: f32) -> Arc<Galley> {
    ui.painter()
        .layout(text.to_owned(), theme::font(size, weight), colour, width.max(1.0))
}

/// Paints a line of text from `x`, in the middle of the height of `rect`.
pub fn text_at(ui: &Ui, galley: Arc<Galley>, x: f32, rect: Rect) {
    let y = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(x, y), galley, theme::INK);
}

/// A label in our type.
pub fn text(ui: &mut Ui, text: &str, size: f32, weight: Weight, colour: Color32) -> Response {
    ui.add(egui::Label::new(
        RichText::new(text).font(theme::font(size, weight)).color(colour),
    ))
}

/// A label in our type on one line, cut where there is no room; the tooltip then says it all.
pub fn text_truncated(ui: &mut Ui, text: &str, size: f32, weight: Weight, colour: Color32) -> Response {
    ui.add(egui::Label::new(RichText::new(text).font(theme::font(size, weight)).color(colour)).truncate())
}

/// A ring around what has the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(radius + 1),
            Stroke::new(2.0, theme::ACCENT),
            StrokeKind::Middle,
        );
    }
}

/// A few choices side by side, one of them chosen. Gives the one clicked. `group` tells choices of the same name apart.
pub fn segmented<T: PartialEq + Clone>(ui: &mut Ui, group: &str, options: &[(T, String)], current: &T) -> Option<T> {
    let mut clicked = None;
    let width = ui.available_width();
    let share = width / options.len().max(1) as f32;
    let (all, _) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::hover());
    ui.painter().rect(
        all,
        CornerRadius::same(theme::RADIUS),
        theme::SURFACE,
        Stroke::new(1.0, theme::OUTLINE),
        StrokeKind::Inside,
    );
    for (position, (value, name)) in options.iter().enumerate() {
        let rect = Rect::from_min_size(
            pos2(all.left() + share * position as f32, all.top()),
            vec2(share, theme::CONTROL),
        );
        let chosen = value == current;
        let response = ui.interact(rect, ui.scope_id().with((group, position)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
        let inner = rect.shrink(1.0);
        if chosen || response.hovered() {
            let fill = if chosen { theme::ACCENT_SOFT } else { theme::HOVER };
            ui.painter()
                .rect_filled(inner, CornerRadius::same(theme::RADIUS - 1), fill);
        }
        if position > 0 {
            ui.painter()
                .vline(rect.left(), all.y_range().shrink(1.0), Stroke::new(1.0, theme::OUTLINE));
        }
        let (weight, ink) = if chosen {
            (Weight::SemiBold, theme::ACCENT_DEEP)
        } else {
            (Weight::Regular, theme::SECOND)
        };
        let galley = line(ui, name, theme::BODY, weight, ink, share - 8.0);
        let x = rect.center().x - galley.size().x / 2.0;
        let cut = galley.elided;
        text_at(ui, galley, x, rect);
        focus_ring(ui, &response, theme::RADIUS);
        if response.clicked() {
            clicked = Some(value.clone());
        }
        if cut {
            response.on_hover_text(name);
        }
    }
    clicked
}

/// A select's menu is at least this wide: variables have long names.
const SELECT_MENU: f32 = 320.0;

/// A select: shows what is chosen, opens a menu that `rows` fills. Gives what a row gave.
pub fn select<T>(ui: &mut Ui, name: &str, current: &str, rows: impl FnOnce(&mut Ui) -> Option<T>) -> Option<T> {
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
    let response = if cut && !open {
        response.on_hover_text(current)
    } else {
        response
    };
    menu(&response, name, width.max(SELECT_MENU), rows).flatten()
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
    ui.horizontal(|ui| {
        ui.add_space(theme::S8);
        text(ui, words, theme::SMALL, Weight::SemiBold, theme::CAPTION);
    });
    ui.add_space(2.0);
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
