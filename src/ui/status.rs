//! The status line: whether the work is saved, how the numbers are made, what should be known about them.

use egui::{Align, Layout, Popup, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::icons::Icon;
use super::menus::popup_frame;
use super::theme::{self, Weight};
use super::widgets::{focus_ring, line, text, text_at, text_truncated};
use super::{Scope, Transient, reading};
use crate::app::Data;
use crate::data::Format;
use crate::remarks;

/// Draws the line.
pub fn status_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        warnings_ui(ui, scope);
        read_ui(ui, scope, transient);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            saved_ui(ui, scope);
            ui.add_space(theme::S16);
            let words = design_words(scope);
            text_truncated(ui, &words, 12.0, Weight::Regular, theme::SECOND);
        });
    });
}

fn saved_ui(ui: &mut Ui, scope: &Scope<'_>) {
    if scope.dataset().is_none() {
        return;
    }
    let (colour, words) = match (scope.state.is_changed(), &scope.state.path) {
        (true, _) => (theme::WARNING, scope.say("ui-status-unsaved")),
        (false, Some(path)) => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            (theme::DONE, scope.say_with("ui-status-saved", &[("file", &name)]))
        }
        (false, None) => (theme::THIRD, scope.say("ui-status-new")),
    };
    let (dot, _) = ui.allocate_exact_size(Vec2::splat(8.0), Sense::hover());
    ui.painter().circle_filled(dot.center(), 3.5, colour);
    text(ui, &words, 12.0, Weight::Regular, theme::SECOND);
}

/// The sampling design in words: "weighted · strata: stratum · finite population".
fn design_words(scope: &Scope<'_>) -> String {
    let Some(data) = scope.dataset() else {
        return String::new();
    };
    let design = &scope.state.project.design;
    let title = |var: &crate::data::VarId| {
        data.codebook.variable(var).map_or_else(
            || var.to_string(),
            |variable| variable.title(scope.language()).to_owned(),
        )
    };
    let mut parts = vec![match &design.weight {
        Some(weight) if scope.is_unconfirmed(weight) => scope.say("ui-status-weighted-unconfirmed"),
        Some(_) => scope.say("ui-status-weighted"),
        None => scope.say("ui-status-unweighted"),
    }];
    if !design.strata.is_empty() {
        let strata: Vec<String> = design.strata.iter().map(title).collect();
        parts.push(scope.say_with("ui-status-strata", &[("strata", &strata.join(" × "))]));
    }
    if let Some(cluster) = &design.cluster {
        parts.push(scope.say_with("ui-status-cluster", &[("cluster", &title(cluster))]));
    }
    if design.population.is_some() {
        parts.push(scope.say("ui-status-population"));
    }
    parts.join("  ·  ")
}

/// How a text file was read: a guess that can be overruled.
fn read_ui(ui: &mut Ui, scope: &Scope<'_>, transient: &mut Transient) {
    if !reading::is_offered(scope) {
        return;
    }
    let Some(data) = scope.dataset() else { return };
    let words = match (data.format, data.sheets.name()) {
        (Format::Csv, _) => scope.say_with("ui-status-text-file", &[("encoding", &data.encoding)]),
        (_, Some(sheet)) => scope.say_with("ui-status-sheet", &[("sheet", sheet)]),
        _ => return,
    };
    let galley = line(ui, &words, 12.0, Weight::Regular, theme::SECOND, 260.0);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 12.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, theme::HOVER);
    }
    text_at(ui, galley, rect.left() + 6.0, rect);
    focus_ring(ui, &response, 4);
    if response.clicked() {
        transient.reading = true;
    }
    response.on_hover_text(scope.say("ui-reading"));
}

fn warnings_ui(ui: &mut Ui, scope: &Scope<'_>) {
    let language = scope.language();
    let mut sentences: Vec<String> = Vec::new();
    if let Some(table) = scope.table() {
        sentences.extend(
            table
                .warnings
                .iter()
                .map(|warning| remarks::of_table(warning, language)),
        );
    }
    if let Data::Ready { warnings, .. } = &scope.state.data {
        sentences.extend(warnings.iter().map(|warning| remarks::of_data(warning, language)));
    }
    if sentences.is_empty() {
        return;
    }
    let words = scope.say_with("ui-status-remarks", &[("count", &sentences.len().to_string())]);
    let galley = line(ui, &words, 12.0, Weight::Medium, theme::WARNING, 300.0);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 30.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, theme::WARNING_SOFT);
    }
    let icon = egui::Rect::from_center_size(egui::pos2(rect.left() + 12.0, rect.center().y), Vec2::splat(14.0));
    Icon::Warning.paint(ui.painter(), icon, theme::WARNING);
    text_at(ui, galley, rect.left() + 24.0, rect);
    focus_ring(ui, &response, 4);
    Popup::from_toggle_button_response(&response)
        .align(egui::RectAlign::TOP_END)
        .gap(6.0)
        .width(420.0)
        .accessible_name(words)
        .frame(popup_frame(theme::S16 as i8))
        .show(|ui| {
            ui.set_max_width(420.0);
            ui.spacing_mut().item_spacing.y = theme::S12;
            egui::ScrollArea::vertical().max_height(400.0).show(ui, |ui| {
                for sentence in &sentences {
                    text(ui, sentence, theme::BODY, Weight::Regular, theme::INK);
                }
            });
        });
}
