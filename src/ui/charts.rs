//! Which kind of chart: every kind that suits the answer as a small picture, and the settings that only some have.

use egui::{Align, CornerRadius, Layout, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::settings::choose;
use super::theme::{self, Weight};
use super::widgets::{focus_ring, text};
use super::{Scope, chart_icons, settings_network};
use crate::app::Command;
use crate::figure::{Chart, SetsLook, Sort};
use crate::measure::Measure;

/// The kind that is drawn now: the chosen one where it suits, else the best.
pub fn drawn(scope: &Scope<'_>) -> Option<Chart> {
    let suiting = scope.state.charts();
    let wanted = scope.state.project.view().look.chart;
    match suiting.contains(&wanted) {
        true => Some(wanted),
        false => suiting.first().copied(),
    }
}

/// Draws the chooser.
pub fn charts_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let suiting = scope.state.charts();
    let Some(drawn) = drawn(scope) else { return };
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL);
        text(ui, &scope.say("ui-chart"), theme::BODY, Weight::Regular, theme::SECOND);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text(
                ui,
                &scope.say(chart_key(drawn)),
                theme::BODY,
                Weight::Medium,
                theme::INK,
            );
        });
    });
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(theme::S4);
        for chart in &suiting {
            if button_ui(ui, *chart, &scope.say(chart_key(*chart)), *chart == drawn) {
                wanted = Some(*chart);
            }
        }
    });
    ui.add_space(theme::S4);
    if let Some(chart) = wanted {
        scope.send(Command::SetChart(chart));
    }
}

fn button_ui(ui: &mut Ui, chart: Chart, name: &str, chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(38.0, 30.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    let (fill, outline, ink, faint) = match (chosen, response.hovered()) {
        (true, _) => (
            theme::ACCENT_SOFT,
            theme::ACCENT,
            theme::ACCENT_DEEP,
            theme::ACCENT.gamma_multiply(0.45),
        ),
        (false, true) => (
            theme::HOVER,
            theme::THIRD,
            theme::SECOND,
            theme::THIRD.gamma_multiply(0.6),
        ),
        (false, false) => (
            theme::SURFACE,
            theme::OUTLINE,
            theme::SECOND,
            theme::THIRD.gamma_multiply(0.6),
        ),
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        fill,
        egui::Stroke::new(1.0, outline),
        egui::StrokeKind::Inside,
    );
    chart_icons::paint(chart, ui.painter(), rect, ink, faint);
    focus_ring(ui, &response, theme::RADIUS);
    response.on_hover_text(name).clicked()
}

/// Draws what only the kind of chart that is drawn can be told.
pub fn options_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let look = &scope.state.project.view().look;
    let population = look.population;
    match drawn(scope) {
        Some(Chart::UpSet) => sets_ui(ui, scope, look.sets),
        Some(Chart::Network | Chart::Matrix) => settings_network::network_ui(ui, scope),
        Some(Chart::Bars | Chart::Dots | Chart::Stacked | Chart::Diverging | Chart::Table | Chart::Slope) => {
            let keys: &[(Sort, &str)] = match scope.state.project.view().measure {
                Measure::Poles(_) => &[
                    (Sort::LargestFirst, "ui-sort-net"),
                    (Sort::Positive, "ui-sort-positive"),
                    (Sort::Negative, "ui-sort-negative"),
                    (Sort::Questionnaire, "ui-sort-questionnaire"),
                ],
                _ => &[
                    (Sort::LargestFirst, "ui-sort-largest"),
                    (Sort::Questionnaire, "ui-sort-questionnaire"),
                ],
            };
            let sorts: Vec<(Sort, String)> = keys.iter().map(|(sort, key)| (*sort, scope.say(key))).collect();
            if let Some(sort) = choose(ui, &scope.say("ui-sort"), &sorts, &look.sort) {
                scope.send(Command::SetSort(sort));
            }
            if drawn(scope) == Some(Chart::Table) {
                let options = [(false, "ui-population-off"), (true, "ui-population-on")];
                let options = options.map(|(shown, key)| (shown, scope.say(key)));
                if let Some(shown) = choose(ui, &scope.say("ui-population"), &options, &population) {
                    scope.send(Command::SetPopulation(shown));
                }
            }
        }
        _ => {}
    }
}

fn sets_ui(ui: &mut Ui, scope: &mut Scope<'_>, sets: SetsLook) {
    let numbers = |known: &[usize], own: usize| -> Vec<(usize, String)> {
        let mut all = known.to_vec();
        if !all.contains(&own) {
            all.push(own);
            all.sort_unstable();
        }
        all.into_iter().map(|number| (number, number.to_string())).collect()
    };
    let most = numbers(&[6, 8, 12, 20, 30], sets.most);
    if let Some(most) = choose(ui, &scope.say("ui-sets-most"), &most, &sets.most) {
        scope.send(Command::SetSets(SetsLook { most, ..sets }));
    }
    let least = numbers(&[1, 5, 10, 30], sets.least_n);
    if let Some(least_n) = choose(ui, &scope.say("ui-sets-least"), &least, &sets.least_n) {
        scope.send(Command::SetSets(SetsLook { least_n, ..sets }));
    }
}

/// What a kind of chart is called.
fn chart_key(chart: Chart) -> &'static str {
    match chart {
        Chart::Auto => "ui-chart-auto",
        Chart::Bars => "ui-chart-bars",
        Chart::Dots => "ui-chart-dots",
        Chart::Stacked => "ui-chart-stacked",
        Chart::Diverging => "ui-chart-diverging",
        Chart::Number => "ui-chart-number",
        Chart::Donut => "ui-chart-donut",
        Chart::UpSet => "ui-chart-upset",
        Chart::Slope => "ui-chart-slope",
        Chart::Lines => "ui-chart-lines",
        Chart::Network => "ui-chart-network",
        Chart::Matrix => "ui-chart-matrix",
        Chart::Flow => "ui-chart-flow",
        Chart::Table => "ui-chart-table",
    }
}
