//! The controls of the window: each a name and a state in, a response out. All of one height, one radius, one focus ring.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, CornerRadius, Galley, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
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
        let galley = line(ui, name, theme::BODY, weight, ink, share - 3.0);
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
