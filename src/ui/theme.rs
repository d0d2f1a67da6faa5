//! Tokens in, egui's fonts, visuals and spacing out: the only place where a colour, a size or a radius is written.

use std::sync::Arc;

use egui::style::{ScrollStyle, Selection, WidgetVisuals};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, FontTweak, Margin, Shadow, Stroke, Vec2,
};

pub use crate::figure::Weight;

/// Text.
pub const INK: Color32 = Color32::from_rgb(0x17, 0x20, 0x2B);
/// Text of second rank.
pub const SECOND: Color32 = Color32::from_rgb(0x55, 0x60, 0x6E);
/// Text of third rank: captions. Darker than the token for marks, which fails contrast as text.
pub const CAPTION: Color32 = Color32::from_rgb(0x6B, 0x76, 0x83);
/// Marks of third rank: icons, chevrons, placeholders of shapes.
pub const THIRD: Color32 = Color32::from_rgb(0x8A, 0x94, 0xA1);
/// Lines between areas and around cards.
pub const HAIRLINE: Color32 = Color32::from_rgb(0xE2, 0xE6, 0xEB);
/// Lines around controls.
pub const OUTLINE: Color32 = Color32::from_rgb(0xD3, 0xD9, 0xE0);
/// Panels, cards, controls.
pub const SURFACE: Color32 = Color32::WHITE;
/// Behind the card.
pub const CANVAS: Color32 = Color32::from_rgb(0xF5, 0xF6, 0xF8);
/// A control under the pointer.
pub const HOVER: Color32 = Color32::from_rgb(0xF1, 0xF3, 0xF6);
/// What is chosen or primary.
pub const ACCENT: Color32 = Color32::from_rgb(0x1F, 0x5F, 0xBF);
/// A primary control under the pointer; text on the soft accent.
pub const ACCENT_DEEP: Color32 = Color32::from_rgb(0x17, 0x4C, 0x9C);
/// Behind what is chosen.
pub const ACCENT_SOFT: Color32 = Color32::from_rgb(0xE8, 0xF0, 0xFC);
/// Behind what is chosen, under the pointer.
pub const ACCENT_SOFT_HOVER: Color32 = Color32::from_rgb(0xDA, 0xE7, 0xFA);
/// Warnings.
pub const WARNING: Color32 = Color32::from_rgb(0xB4, 0x53, 0x09);
/// Behind warnings.
pub const WARNING_SOFT: Color32 = Color32::from_rgb(0xFD, 0xF3, 0xE7);
/// Saved, done.
pub const DONE: Color32 = Color32::from_rgb(0x2A, 0x9D, 0x8F);
/// Dark tooltip cards.
pub const TOOLTIP: Color32 = Color32::from_rgb(0x17, 0x20, 0x2B);
/// Second-rank text on dark tooltip cards.
pub const TOOLTIP_SECOND: Color32 = Color32::from_rgb(0xD5, 0xDA, 0xE0);

/// The spacing scale: hair's breadth between parts of one thing.
pub const S4: f32 = 4.0;
/// Between things that belong together.
pub const S8: f32 = 8.0;
/// Inside controls, between rows.
pub const S12: f32 = 12.0;
/// Margins of panels.
pub const S16: f32 = 16.0;
/// Between groups.
pub const S24: f32 = 24.0;
/// Around what stands alone.
pub const S32: f32 = 32.0;

/// Height of controls and list rows.
pub const CONTROL: f32 = 28.0;
/// Height of setting rows.
pub const ROW: f32 = 32.0;
/// Corner radius of controls.
pub const RADIUS: u8 = 6;
/// Corner radius of cards.
pub const CARD_RADIUS: u8 = 8;

/// Interface text.
pub const BODY: f32 = 13.0;
/// Captions and notes.
pub const SMALL: f32 = 11.0;
/// Titles of cards and pop-ups.
pub const TITLE: f32 = 14.0;
/// Sentences that stand alone in the middle.
pub const HEADLINE: f32 = 19.0;

/// The egui family of a weight.
pub fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name("Inter Medium".into()),
        Weight::SemiBold => FontFamily::Name("Inter Semi Bold".into()),
        Weight::Bold => FontFamily::Name("Inter Bold".into()),
    }
}

/// Inter at a size in points.
pub fn font(size: f32, weight: Weight) -> FontId {
    FontId::new(size, family(weight))
}

/// Gives the context our fonts, visuals and spacing. Once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.set_theme(egui::Theme::Light);
    ctx.all_styles_mut(|style| {
        for font_id in style.text_styles.values_mut() {
            *font_id = font(BODY, Weight::Regular);
        }
        style
            .text_styles
            .insert(egui::TextStyle::Small, font(SMALL, Weight::Regular));
        style
            .text_styles
            .insert(egui::TextStyle::Heading, font(HEADLINE, Weight::SemiBold));
        style.visuals = visuals();
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.35;
        let spacing = &mut style.spacing;
        spacing.item_spacing = Vec2::new(S8, S4);
        spacing.button_padding = Vec2::new(S12, 6.0);
        spacing.interact_size = Vec2::new(CONTROL, CONTROL);
        spacing.menu_margin = Margin::same(S4 as i8);
        spacing.window_margin = Margin::same(S16 as i8);
        spacing.text_edit_width = 200.0;
        spacing.tooltip_width = 320.0;
        spacing.icon_width = 16.0;
        spacing.scroll = ScrollStyle {
            bar_width: 8.0,
            floating_width: 4.0,
            foreground_color: false,
            dormant_handle_opacity: 0.0,
            active_handle_opacity: 0.5,
            ..ScrollStyle::floating()
        };
    });
}

fn fonts() -> FontDefinitions {
    let faces: [(Weight, &'static [u8]); 4] = [
        (Weight::Regular, include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
        (Weight::Medium, include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
        (
            Weight::SemiBold,
            include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        ),
        (Weight::Bold, include_bytes!("../../assets/fonts/Inter-Bold.ttf")),
    ];
    // Hinting pulls the dot of an i down to its stem in the heavier weights.
    let tweak = FontTweak {
        hinting: Some(false),
        ..FontTweak::default()
    };
    let mut fonts = FontDefinitions::empty();
    for (weight, bytes) in faces {
        let name = format!("Inter {weight:?}");
        fonts.font_data.insert(
            name.clone(),
            Arc::new(FontData::from_static(bytes).tweak(tweak.clone())),
        );
        fonts.families.insert(family(weight), vec![name.clone()]);
        if weight == Weight::Regular {
            fonts.families.insert(FontFamily::Monospace, vec![name]);
        }
    }
    fonts
}

fn visuals() -> egui::Visuals {
    let mut visuals = egui::Visuals::light();
    let radius = CornerRadius::same(RADIUS);
    let widget = |fill: Color32, outline: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, outline),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(SURFACE, HAIRLINE, INK);
    visuals.widgets.inactive = widget(SURFACE, OUTLINE, INK);
    visuals.widgets.hovered = widget(HOVER, THIRD, INK);
    visuals.widgets.active = widget(ACCENT_SOFT, ACCENT, ACCENT_DEEP);
    visuals.widgets.open = widget(HOVER, THIRD, INK);
    visuals.selection = Selection {
        bg_fill: Color32::from_rgb(0xC9, 0xDD, 0xF8),
        stroke: Stroke::new(1.5, ACCENT),
    };
    visuals.weak_text_color = Some(CAPTION);
    visuals.hyperlink_color = ACCENT;
    visuals.faint_bg_color = CANVAS;
    visuals.extreme_bg_color = SURFACE;
    visuals.warn_fg_color = WARNING;
    visuals.error_fg_color = WARNING;
    visuals.panel_fill = SURFACE;
    visuals.window_fill = SURFACE;
    visuals.window_stroke = Stroke::new(1.0, HAIRLINE);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.popup_shadow = SHADOW;
    visuals.window_shadow = SHADOW;
    visuals
}

/// The one shadow: under what floats above the window.
pub const SHADOW: Shadow = Shadow {
    offset: [0, 4],
    blur: 16,
    spread: 0,
    color: Color32::from_rgba_premultiplied(0, 0, 0, 26),
};
