//! The filter's chips along the top, and how many respondents they leave.

use egui::{Align, CornerRadius, Layout, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icons::Icon;
use super::theme::{self, Weight};
use super::transient::FilterMenu;
use super::widgets::{Push, Tone, focus_ring, line, text, text_at};
use super::{Scope, Transient};
use crate::app::{Command, State};
use crate::data::{Dataset, Language, VarId};
use crate::filter::{Chip, describe};

/// Draws the row.
pub fn filters_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(data) = scope.dataset().cloned() else { return };
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL);
        let tally_width = tally_width(ui);
        ui.allocate_ui_with_layout(
            vec2((ui.available_width() - tally_width).max(120.0), theme::CONTROL),
            Layout::left_to_right(Align::Center).with_main_wrap(true),
            |ui| {
                ui.spacing_mut().item_spacing = Vec2::new(theme::S8, theme::S8);
                for chip in &scope.state.project.filter.chips {
                    chip_ui(ui, chip, scope.state, scope.commands, transient);
                }
                add_ui(ui, scope, transient);
                if scope.state.project.filter.chips.len() > 1 {
                    let name = scope.say("ui-filter-clear");
                    if Push::new(&name).tone(Tone::Plain).show(ui).clicked() {
                        scope.send(Command::ClearFilter);
                    }
                }
            },
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let Some(running) = scope.state.running else { return };
            let weighted = scope.state.project.design.weight.is_some();
            let unit = match data.codebook.unit.get(scope.language()) {
                "" => scope.say("ui-respondents"),
                unit => unit.to_owned(),
            };
            // Right to left: the last part first.
            ui.spacing_mut().item_spacing.x = 4.0;
            let bold = |ui: &mut Ui, words: &str| text(ui, words, theme::BODY, Weight::Bold, theme::INK);
            let plain = |ui: &mut Ui, words: &str| text(ui, words, theme::BODY, Weight::Regular, theme::SECOND);
            if weighted {
                let of = scope.say_with(
                    "ui-tally-weighted",
                    &[("all", &scope.count(running.of_n_weighted)), ("unit", &unit)],
                );
                plain(ui, &of);
                bold(ui, &scope.count(running.n_weighted));
                plain(ui, "·");
                plain(
                    ui,
                    &scope.say_with("ui-tally", &[("all", &scope.count(running.of_n as f64))]),
                );
            } else {
                let of = scope.say_with(
                    "ui-tally-unweighted",
                    &[("all", &scope.count(running.of_n as f64)), ("unit", &unit)],
                );
                plain(ui, &of);
            }
            bold(ui, &scope.count(running.n as f64));
        });
    });
}

/// Room for the running n; the chips wrap before they touch it.
fn tally_width(ui: &Ui) -> f32 {
    (ui.available_width() * 0.5).clamp(180.0, 400.0)
}

/// The words of a chip: "Sector: Municipality, State".
fn chip_words(chip: &Chip, data: &Dataset, language: Language) -> String {
    let described = describe(&chip.condition(), data);
    match described.kept.first() {
        Some((title, kept)) => {
            let kept: Vec<&str> = kept.iter().map(|text| text.get(language)).collect();
            format!("{}: {}", title.get(language), kept.join(", "))
        }
        None => chip.var.to_string(),
    }
}

fn chip_ui(ui: &mut Ui, chip: &Chip, state: &State, commands: &mut Vec<Command>, transient: &mut Transient) {
    let language = state.project.language;
    let mut scope = Scope { state, commands };
    let Some(data) = scope.dataset() else { return };
    let whole = chip_words(chip, data, language);
    let title = data
        .codebook
        .variable(&chip.var)
        .map_or(chip.var.0.as_str(), |variable| variable.title(language));
    let remove = scope.say_with("ui-filter-remove", &[("variable", title)]);
    let ink = theme::ACCENT_DEEP;
    let galley = line(ui, &whole, theme::BODY, Weight::Medium, ink, 300.0);
    let cut = galley.elided;
    let close = 26.0;
    let size = vec2(galley.size().x + theme::S12 + 4.0 + close, theme::CONTROL);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let body = Rect::from_min_max(rect.min, pos2(rect.right() - close, rect.bottom()));
    let cross = Rect::from_min_max(pos2(rect.right() - close, rect.top()), rect.max);
    let edit = ui.interact(body, ui.scope_id().with(("chip", &chip.var)), Sense::click());
    edit.widget_info(|| WidgetInfo::labeled(Role::Button, true, &whole));
    let removed = ui.interact(cross, ui.scope_id().with(("chip-remove", &chip.var)), Sense::click());
    removed.widget_info(|| WidgetInfo::labeled(Role::Button, true, &remove));
    let fill = if edit.hovered() {
        theme::ACCENT_SOFT_HOVER
    } else {
        theme::ACCENT_SOFT
    };
    let round = CornerRadius::same(14);
    ui.painter().rect_filled(rect, round, fill);
    if removed.hovered() {
        ui.painter()
            .circle_filled(cross.center() - vec2(2.0, 0.0), 10.0, theme::ACCENT_SOFT_HOVER);
    }
    text_at(ui, galley, rect.left() + theme::S12, rect);
    Icon::Close.paint(ui.painter(), cross.translate(vec2(-2.0, 0.0)), ink);
    focus_ring(ui, &edit.clone().with_new_rect(rect), 14);
    focus_ring(ui, &removed.clone().with_new_rect(cross.shrink(3.0)), 11);
    if edit.clicked() {
        toggle(transient, rect, Some(chip.var.clone()));
    }
    if removed.clicked() {
        scope.send(Command::RemoveFilter(chip.var.clone()));
        transient.filter = None;
    }
    if cut {
        edit.on_hover_text(whole);
    }
    removed.on_hover_text(remove);
}

fn add_ui(ui: &mut Ui, scope: &Scope<'_>, transient: &mut Transient) {
    let name = scope.say("ui-filter-add");
    let galley = line(ui, &name, theme::BODY, Weight::Medium, theme::SECOND, 200.0);
    let size = vec2(galley.size().x + 2.0 * theme::S12 + 14.0, theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let open = transient.filter.as_ref().is_some_and(|filter| filter.anchor == rect);
    if response.hovered() || open {
        ui.painter().rect_filled(rect, CornerRadius::same(14), theme::HOVER);
    }
    dashed_pill(ui, rect);
    let plus = Rect::from_center_size(pos2(rect.left() + theme::S12 + 4.0, rect.center().y), Vec2::splat(16.0));
    Icon::Plus.paint(ui.painter(), plus.shrink(1.0), theme::SECOND);
    text_at(ui, galley, rect.left() + theme::S12 + 14.0, rect);
    focus_ring(ui, &response, 14);
    if response.clicked() {
        toggle(transient, rect, None);
    }
}

fn toggle(transient: &mut Transient, anchor: Rect, var: Option<VarId>) {
    transient.filter = match &transient.filter {
        Some(open) if open.anchor == anchor => None,
        _ => Some(FilterMenu::new(anchor, var)),
    };
}

/// A pill outlined in dashes: room for one more.
fn dashed_pill(ui: &Ui, rect: Rect) {
    let rect = rect.shrink(0.5);
    let radius = rect.height() / 2.0;
    let mut points = Vec::new();
    for (centre, from) in [
        (pos2(rect.right() - radius, rect.center().y), -0.25),
        (pos2(rect.left() + radius, rect.center().y), 0.25),
    ] {
        for step in 0..=16 {
            let angle = std::f32::consts::TAU * (from + 0.5 * step as f32 / 16.0);
            points.push(centre + radius * vec2(angle.cos(), angle.sin()));
        }
    }
    points.push(points[0]);
    let stroke = Stroke::new(1.0, theme::THIRD);
    ui.painter().extend(egui::Shape::dashed_line(&points, stroke, 3.0, 2.5));
}
