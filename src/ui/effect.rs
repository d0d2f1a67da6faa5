//! The effect of a box on an outcome: on what, of which question's boxes, against whom, what is held alike.

use egui::Ui;

use super::Scope;
use super::outcome::outcome_ui;
use super::picker::{PickRow, tick_select};
use super::settings::{choose, row_ui};
use super::theme::{self, Weight};
use super::widgets::text;
use crate::app::Command;
use crate::data::{QuestionId, VarId};
use crate::measure::{Against, EffectChoice, Measure, Outcome};
use crate::project::{analyses, outcomes};

/// Draws the settings of an effect.
pub fn effect_ui(ui: &mut Ui, scope: &mut Scope<'_>, effect: &EffectChoice) {
    let Some(data) = scope.dataset().cloned() else { return };
    let language = scope.language();
    let mut wanted = effect.clone();
    let outcome = Outcome::Share(effect.outcome.clone());
    if let Some(Outcome::Share(condition)) = outcome_ui(ui, scope, &outcome, false, Some(&effect.boxes)) {
        wanted.outcome = condition;
    }
    let explained = outcomes::question_of(&outcome, &data).map(|question| question.id);
    let questions: Vec<(QuestionId, String)> = analyses::explaining(&data.codebook)
        .into_iter()
        .filter(|question| Some(&question.id) != explained.as_ref())
        .map(|question| (question.id.clone(), question.title(language).to_owned()))
        .collect();
    if let Some(boxes) = choose(ui, &scope.say("ui-effect-of"), &questions, &effect.boxes) {
        wanted.boxes = boxes;
    }
    let against = [
        (Against::NoBox, scope.say("ui-against-none")),
        (Against::WithoutIt, scope.say("ui-against-without")),
    ];
    if let Some(against) = choose(ui, &scope.say("ui-against"), &against, &effect.against) {
        wanted.against = against;
    }
    if let Some(var) = controls_ui(ui, scope, &effect.controls) {
        match wanted.controls.iter().position(|known| *known == var) {
            Some(place) => {
                wanted.controls.remove(place);
            }
            None => wanted.controls.push(var),
        }
    }
    ui.add_space(theme::S4);
    let caution = scope.say("ui-effect-caution");
    text(ui, &caution, theme::SMALL, Weight::Regular, theme::CAPTION);
    if wanted != *effect {
        scope.send(Command::SetMeasure(Measure::Effect(Box::new(wanted))));
    }
}

/// The variables held alike; gives the one that was ticked or unticked.
fn controls_ui(ui: &mut Ui, scope: &Scope<'_>, controls: &[VarId]) -> Option<VarId> {
    let language = scope.language();
    let variables = scope.state.filter_variables();
    let shown: Vec<String> = variables
        .iter()
        .filter(|variable| controls.contains(&variable.name))
        .map(|variable| variable.title(language).to_owned())
        .collect();
    let shown = match shown.is_empty() {
        true => scope.say("ui-controls-none"),
        false => shown.join(", "),
    };
    let rows: Vec<PickRow<VarId>> = variables
        .iter()
        .map(|variable| PickRow {
            value: variable.name.clone(),
            name: variable.title(language).to_owned(),
            group: String::new(),
            chosen: controls.contains(&variable.name),
        })
        .collect();
    let label = scope.say("ui-controls");
    let hint = scope.say("ui-pick-variable");
    row_ui(ui, &label, |ui| tick_select(ui, &label, &shown, &hint, &rows))
}
