//! A regression, built: what is explained, by which terms against which references, and what of it is shown.

use egui::{CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::Scope;
use super::icons::Icon;
use super::menus::{caption, menu, menu_row};
use super::outcome::outcome_ui;
use super::picker::{PickRow, pick};
use super::settings::choose;
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, focus_ring, line, text, text_at};
use crate::app::Command;
use crate::data::{AnswerKind, Code, Dataset, Language, VarId};
use crate::measure::{Entering, Measure, ModelChoice, ModelTerm, ModelView};
use crate::project::analyses::outcome_variables;
use crate::project::model_edits::enters_as_number;

/// Draws the builder.
pub fn model_ui(ui: &mut Ui, scope: &mut Scope<'_>, model: &ModelChoice) {
    let Some(data) = scope.dataset().cloned() else { return };
    let mut wanted = None;
    if let Some(outcome) = outcome_ui(ui, scope, &model.outcome, true, None) {
        wanted = Some(model.with_outcome(outcome));
    }
    ui.add_space(theme::S8);
    text(ui, &scope.say("ui-terms"), theme::BODY, Weight::Regular, theme::SECOND);
    for place in 0..model.terms.len() {
        wanted = term_ui(ui, scope, &data, model, place).or(wanted);
    }
    wanted = add_ui(ui, scope, model).or(wanted);
    ui.add_space(theme::S8);
    wanted = view_ui(ui, scope, &data, model).or(wanted);
    if let Some(wanted) = wanted.filter(|wanted| wanted != model) {
        scope.send(Command::SetMeasure(Measure::Model(Box::new(wanted))));
    }
}

fn title(data: &Dataset, var: &VarId, language: Language) -> String {
    data.codebook
        .variable(var)
        .map_or_else(|| var.to_string(), |variable| variable.title(language).to_owned())
}

fn term_title(data: &Dataset, term: &ModelTerm, language: Language) -> String {
    let parts: Vec<String> = term.iter().map(|part| title(data, &part.var, language)).collect();
    parts.join(" × ")
}

/// The answers that can be references.
fn references(data: &Dataset, var: &VarId, language: Language) -> Vec<(Code, String)> {
    let Some(variable) = data.codebook.variable(var) else {
        return Vec::new();
    };
    variable
        .values
        .iter()
        .filter(|value| value.is == AnswerKind::Answer)
        .map(|value| (value.code.clone(), variable.label_of(&value.code, language)))
        .collect()
}

/// A term as a row: its menu at the left, a cross at the right.
fn term_ui(ui: &mut Ui, scope: &Scope<'_>, data: &Dataset, model: &ModelChoice, place: usize) -> Option<ModelChoice> {
    const CROSS: f32 = 26.0;
    let language = scope.language();
    let term = &model.terms[place];
    let name = term_title(data, term, language);
    // How it enters, in a few words at the right.
    let note = match term.as_slice() {
        [part] if enters_as_number(&part.var, part.entering, data) => scope.say("ui-term-number"),
        [part] => {
            let known = references(data, &part.var, language);
            let own = model.references.iter().find(|(var, _)| *var == part.var);
            let reference = match own {
                Some((_, code)) => known.iter().find(|(known, _)| known == code),
                None => known.first(),
            };
            reference.map_or_else(String::new, |(_, label)| {
                scope.say_with("ui-term-against", &[("reference", label)])
            })
        }
        _ => String::new(),
    };
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::hover());
    drop(response);
    let body = egui::Rect::from_min_max(rect.min, egui::pos2(rect.right() - CROSS, rect.bottom()));
    let anchor = ui.interact(body, ui.scope_id().with(("term", place)), Sense::click());
    let spoken = scope.say_with("ui-term", &[("term", &name)]);
    anchor.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let outline = if anchor.hovered() { theme::THIRD } else { theme::OUTLINE };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        theme::SURFACE,
        Stroke::new(1.0, outline),
        StrokeKind::Inside,
    );
    let galley = line(ui, &name, theme::BODY, Weight::Regular, theme::INK, body.width() - 20.0);
    let taken = galley.size().x;
    text_at(ui, galley, body.left() + 10.0, body);
    let room = body.width() - taken - 30.0;
    if room > 40.0 && !note.is_empty() {
        let note = line(ui, &note, theme::SMALL, Weight::Regular, theme::CAPTION, room);
        let x = body.right() - 4.0 - note.size().x;
        text_at(ui, note, x, body);
    }
    focus_ring(ui, &anchor, theme::RADIUS);
    let cross = egui::Rect::from_min_max(egui::pos2(body.right(), rect.top()), rect.max);
    let remove = ui.interact(cross, ui.scope_id().with(("term-remove", place)), Sense::click());
    let spoken = scope.say_with("ui-term-remove", &[("term", &name)]);
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let ink = if remove.hovered() { theme::INK } else { theme::THIRD };
    Icon::Close.paint(ui.painter(), cross, ink);
    focus_ring(ui, &remove, 4);
    if remove.on_hover_text(&spoken).clicked() {
        return Some(model.without_term(place));
    }
    let hint = match note.is_empty() {
        true => name.clone(),
        false => format!("{name} · {note}"),
    };
    let chosen = menu(&anchor, &name, 300.0, |ui| term_menu_ui(ui, scope, data, model, term)).flatten();
    anchor.on_hover_text(hint);
    chosen
}

/// How a term enters, its reference, what it interacts with.
fn term_menu_ui(
    ui: &mut Ui,
    scope: &Scope<'_>,
    data: &Dataset,
    model: &ModelChoice,
    term: &ModelTerm,
) -> Option<ModelChoice> {
    let language = scope.language();
    let [part] = term.as_slice() else {
        caption(ui, &scope.say("ui-term-interaction"));
        return None;
    };
    let mut wanted = None;
    let is_number = enters_as_number(&part.var, part.entering, data);
    let known = references(data, &part.var, language);
    let can_be_number = known.iter().all(|(code, _)| code.number().is_some());
    if can_be_number {
        caption(ui, &scope.say("ui-term-enters"));
        for (entering, key, chosen) in [
            (Entering::Factor, "ui-term-as-factor", !is_number),
            (Entering::Numeric, "ui-term-as-number", is_number),
        ] {
            if menu_row(ui, &scope.say(key), "", chosen).clicked() && !chosen {
                wanted = Some(model.with_entering(&part.var, Some(entering)));
            }
        }
    }
    if !is_number && known.len() > 1 {
        caption(ui, &scope.say("ui-term-reference"));
        let own = model.references.iter().find(|(var, _)| *var == part.var);
        for (place, (code, label)) in known.iter().enumerate() {
            let chosen = own.map_or(place == 0, |(_, reference)| reference == code);
            if menu_row(ui, label, "", chosen).clicked() {
                let code = (place > 0).then(|| code.clone());
                wanted = Some(model.with_reference(&part.var, code));
            }
        }
    }
    let others: Vec<VarId> = model
        .variables()
        .into_iter()
        .map(|(var, _)| var)
        .filter(|var| *var != part.var)
        .collect();
    if !others.is_empty() {
        caption(ui, &scope.say("ui-term-interacts"));
        for other in &others {
            let chosen = model.interaction(&part.var, other).is_some();
            if menu_row(ui, &title(data, other, language), "", chosen).clicked() {
                wanted = Some(model.toggled_interaction(&part.var, other));
            }
        }
    }
    wanted
}

fn add_ui(ui: &mut Ui, scope: &Scope<'_>, model: &ModelChoice) -> Option<ModelChoice> {
    let language = scope.language();
    let explained = outcome_variables(&model.outcome);
    let own: Vec<VarId> = model.variables().into_iter().map(|(var, _)| var).collect();
    let rows: Vec<PickRow<VarId>> = scope
        .state
        .filter_variables()
        .into_iter()
        .filter(|variable| !own.contains(&variable.name) && !explained.contains(&variable.name))
        .map(|variable| PickRow {
            value: variable.name.clone(),
            name: variable.title(language).to_owned(),
            group: String::new(),
            chosen: false,
        })
        .collect();
    let name = scope.say("ui-term-add");
    let anchor = Push::new(&name).tone(Tone::Plain).menu().show(ui);
    let var = pick(&anchor, &name, &scope.say("ui-pick-variable"), &rows)?;
    Some(model.with_term(&var))
}

/// What of the model is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Coefficients,
    Effects,
    Margins,
    Curve,
}

fn view_ui(ui: &mut Ui, scope: &Scope<'_>, data: &Dataset, model: &ModelChoice) -> Option<ModelChoice> {
    let language = scope.language();
    let with = |view| Some(ModelChoice { view, ..model.clone() });
    let (numbers, factors) = model.split_variables(data);
    let kind = match &model.view {
        ModelView::Coefficients => Kind::Coefficients,
        ModelView::Effects => Kind::Effects,
        ModelView::Margins(_) => Kind::Margins,
        ModelView::Curve { .. } => Kind::Curve,
    };
    let mut kinds = vec![
        (Kind::Coefficients, scope.say("ui-model-coefficients")),
        (Kind::Effects, scope.say("ui-model-effects")),
    ];
    let first = factors.first().or(numbers.first());
    if first.is_some() {
        kinds.push((Kind::Margins, scope.say("ui-model-margins")));
    }
    if !numbers.is_empty() {
        kinds.push((Kind::Curve, scope.say("ui-model-curve")));
    }
    let chosen = choose(ui, &scope.say("ui-model-view"), &kinds, &kind).filter(|chosen| *chosen != kind);
    match (chosen, first, numbers.first()) {
        (Some(Kind::Coefficients), ..) => return with(ModelView::Coefficients),
        (Some(Kind::Effects), ..) => return with(ModelView::Effects),
        (Some(Kind::Margins), Some(var), _) => return with(ModelView::Margins(var.clone())),
        (Some(Kind::Curve), _, Some(over)) => {
            return with(ModelView::Curve {
                over: over.clone(),
                by: factors.first().cloned(),
            });
        }
        _ => {}
    }
    let named = |vars: &[VarId]| -> Vec<(VarId, String)> {
        vars.iter()
            .map(|var| (var.clone(), title(data, var, language)))
            .collect()
    };
    match &model.view {
        ModelView::Margins(var) => {
            let options = named(&[factors, numbers].concat());
            let var = choose(ui, &scope.say("ui-model-margins-of"), &options, var)?;
            with(ModelView::Margins(var))
        }
        ModelView::Curve { over, by } => {
            let overs = named(&numbers);
            if let Some(over) = choose(ui, &scope.say("ui-model-over"), &overs, over) {
                return with(ModelView::Curve { over, by: by.clone() });
            }
            let mut groups = vec![(None, scope.say("ui-by-none"))];
            groups.extend(named(&factors).into_iter().map(|(var, name)| (Some(var), name)));
            let by = choose(ui, &scope.say("ui-model-by"), &groups, by)?;
            with(ModelView::Curve { over: over.clone(), by })
        }
        ModelView::Coefficients | ModelView::Effects => {
            if numbers.is_empty() {
                ui.add_space(theme::S4);
                let hint = scope.say("ui-model-no-number");
                text(ui, &hint, theme::SMALL, Weight::Regular, theme::CAPTION);
            }
            None
        }
    }
}
