//! The settings at the right: what the view in front asks and how its figure looks.

use egui::{Align, Frame, Id, Layout, Margin, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::choices;
use super::fields::text_area;
use super::icons::Icon;
use super::menus::{menu_row, select};
use super::theme::{self, Weight};
use super::top_bar::language_key;
use super::widgets::{Push, Tone, focus_ring, line, segmented, text, text_at, text_truncated};
use super::{Scope, Transient, analysis, canvas, charts, comparisons, design, size};
use crate::app::Command;
use crate::data::{DontKnow, Language, QuestionKind};
use crate::figure::Theme;

/// Draws the panel.
pub fn settings_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::S4;
            analysis::analysis_ui(ui, scope);
            figure_ui(ui, scope, transient);
            comparisons::comparisons_ui(ui, scope);
            base_ui(ui, scope);
            design::certainty_ui(ui, scope, transient);
            design::design_ui(ui, scope, transient);
            appearance_ui(ui, scope, transient);
        });
    });
}

/// The heading of a group of settings.
pub(super) fn group_ui(ui: &mut Ui, scope: &Scope<'_>, key: &str, first: bool) {
    if !first {
        ui.add_space(theme::S16);
    }
    text(ui, &scope.say(key), theme::BODY, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S4);
}

/// The heading of a group that is closed until it is clicked; gives whether it is open.
pub(super) fn disclosed_ui(ui: &mut Ui, name: &str, open: &mut bool) -> bool {
    ui.add_space(theme::S16);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, *open, name));
    let galley = line(ui, name, theme::BODY, Weight::SemiBold, theme::INK, rect.width() - 24.0);
    text_at(ui, galley, rect.left(), rect);
    let ink = if response.hovered() { theme::INK } else { theme::THIRD };
    let arrow = Rect::from_center_size(pos2(rect.right() - 14.0, rect.center().y), Vec2::splat(16.0));
    let icon = if *open { Icon::Up } else { Icon::Down };
    icon.paint(ui.painter(), arrow, ink);
    focus_ring(ui, &response, theme::RADIUS);
    if response.clicked() {
        *open = !*open;
    }
    ui.add_space(theme::S4);
    *open
}

/// A label at the left, a control in the rest of the width.
pub(super) fn row_ui<R>(ui: &mut Ui, label: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::ROW - theme::S4);
        let width = ui.available_width();
        let left = (width * 0.36).min(100.0);
        ui.allocate_ui_with_layout(vec2(left, theme::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(left);
            text_truncated(ui, label, theme::BODY, Weight::Regular, theme::SECOND);
        });
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), theme::CONTROL),
            Layout::left_to_right(Align::Center),
            control,
        )
        .inner
    })
    .inner
}

/// A select over a few values with their names.
pub(super) fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    label: &str,
    options: &[(T, String)],
    current: &T,
) -> Option<T> {
    let shown = options
        .iter()
        .find(|(value, _)| value == current)
        .map(|(_, name)| name.clone())
        .unwrap_or_default();
    row_ui(ui, label, |ui| {
        select(ui, label, &shown, |ui| {
            let mut clicked = None;
            for (value, name) in options {
                if menu_row(ui, name, "", value == current).clicked() {
                    clicked = Some(value.clone());
                }
            }
            clicked
        })
    })
}

fn figure_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    group_ui(ui, scope, "ui-settings-figure", false);
    let view = scope.state.project.view();
    let is_broken_down = canvas::is_broken_down(&view.measure);
    let mut variables = vec![(None, scope.say("ui-by-none"))];
    let breakdowns = scope.state.breakdowns().into_iter();
    variables.extend(breakdowns.map(|(by, title)| (Some(by), title)));
    if is_broken_down && let Some(by) = choose(ui, &scope.say("ui-by"), &variables, &view.by) {
        scope.send(Command::BreakDown(by));
    }
    charts::charts_ui(ui, scope);
    charts::options_ui(ui, scope);
    headline_ui(ui, scope, transient);
}

fn headline_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let front = scope.state.project.front();
    let view = scope.state.project.view();
    let own = view.look.headline.clone();
    let name = scope.say("ui-headline");
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL);
        text(ui, &name, theme::BODY, Weight::Regular, theme::SECOND);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let reset = scope.say("ui-headline-reset");
            if own.is_some() && Push::new(&reset).tone(Tone::Plain).show(ui).clicked() {
                transient.headline = None;
                scope.send(Command::SetHeadline(None));
            }
        });
    });
    // The words being typed stay as typed; the project's are shown once the field has lost the keyboard.
    let proposed = scope
        .state
        .front()
        .scene
        .map(|scene| scene.title.clone())
        .unwrap_or_default();
    let mut words = match &transient.headline {
        Some((of, words)) if *of == front => words.clone(),
        _ => own.clone().unwrap_or_default(),
    };
    let before = words.clone();
    let response = text_area(ui, Id::unique("headline"), &mut words, &name, &proposed);
    if words != before {
        let written = words.replace('\n', " ");
        transient.headline = Some((front, words));
        let headline = (!written.trim().is_empty()).then_some(written);
        scope.send(Command::SetHeadline(headline));
    }
    if response.lost_focus() {
        transient.headline = None;
        scope.send(Command::EndEdit);
    }
}

fn base_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    group_ui(ui, scope, "ui-settings-base", false);
    let Some(data) = scope.dataset().cloned() else { return };
    let language = scope.language();
    let view = scope.state.project.view();
    let question = view.measure.question().and_then(|id| data.codebook.question(id));
    let base = question
        .and_then(|question| question.base.as_ref())
        .and_then(|base| data.codebook.base(base));
    let among = match base {
        Some(base) => base.label.get(language).to_owned(),
        None => scope.say("ui-base-everybody"),
    };
    row_ui(ui, &scope.say("ui-base"), |ui| {
        ui.vertical(|ui| {
            ui.add_space(6.0);
            text(ui, &among, theme::BODY, Weight::Regular, theme::INK);
            ui.add_space(2.0);
        });
    });
    let name_of = |policy: DontKnow| match policy {
        DontKnow::Keep => scope.say("ui-dont-know-keep"),
        DontKnow::Drop => scope.say("ui-dont-know-drop"),
        DontKnow::Listwise => scope.say("ui-dont-know-listwise"),
    };
    let own = name_of(question.map(|question| question.dont_know).unwrap_or_default());
    let mut policies = vec![
        (None, scope.say_with("ui-dont-know-own", &[("policy", &own)])),
        (Some(DontKnow::Keep), name_of(DontKnow::Keep)),
        (Some(DontKnow::Drop), name_of(DontKnow::Drop)),
    ];
    if question.is_some_and(|question| question.kind == QuestionKind::Battery) {
        policies.push((Some(DontKnow::Listwise), name_of(DontKnow::Listwise)));
    }
    if let Some(policy) = choose(ui, &scope.say("ui-dont-know"), &policies, &view.dont_know) {
        scope.send(Command::SetDontKnow(policy));
    }
    let weight = &scope.state.project.design.weight;
    let mut weights = vec![(None, scope.say("ui-weight-none"))];
    weights.extend(
        choices::weights(&data.codebook)
            .into_iter()
            .map(|variable| (Some(variable.name.clone()), variable.title(language).to_owned())),
    );
    if let Some(weight) = weight
        && !weights.iter().any(|(var, _)| var.as_ref() == Some(weight))
    {
        weights.push((Some(weight.clone()), weight.to_string()));
    }
    if let Some(weight) = choose(ui, &scope.say("ui-weight"), &weights, weight) {
        scope.send(Command::SetWeight(weight));
    }
}

fn appearance_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    group_ui(ui, scope, "ui-settings-appearance", false);
    let look = &scope.state.project.view().look;
    let themes = [
        (Theme::Light, scope.say("ui-theme-light")),
        (Theme::Dark, scope.say("ui-theme-dark")),
        (Theme::Print, scope.say("ui-theme-print")),
    ];
    let label = scope.say("ui-theme");
    if let Some(theme) = row_ui(ui, &label, |ui| segmented(ui, &label, &themes, &look.theme)) {
        scope.send(Command::SetTheme(theme));
    }
    let colours = [
        (true, scope.say("ui-colours-actors")),
        (false, scope.say("ui-colours-one")),
    ];
    let label = scope.say("ui-colours");
    if let Some(actors) = row_ui(ui, &label, |ui| segmented(ui, &label, &colours, &look.actor_colours)) {
        scope.send(Command::SetActorColours(actors));
    }
    let languages = Language::ALL.map(|language| (language, scope.say(language_key(language))));
    let label = scope.say("ui-figure-language");
    if let Some(language) = row_ui(ui, &label, |ui| segmented(ui, &label, &languages, &look.language)) {
        scope.send(Command::SetFigureLanguage(language));
    }
    size::size_ui(ui, scope, transient);
}
