//! What of the question in front is shown: its answers, its network, a role, an effect, a model; and what only that has.

use egui::Ui;

use super::settings::{choose, group_ui, row_ui};
use super::theme::{self, Weight};
use super::widgets::{segmented, text};
use super::{Scope, effect, model};
use crate::app::{Command, analysis_key};
use crate::data::{Language, Question, QuestionId, VarId};
use crate::measure::{BoxView, Measure};
use crate::project::{Analysis, analyses};

/// Draws the choice, and the settings of what is chosen.
pub fn analysis_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let Some(data) = scope.dataset().cloned() else { return };
    let measure = scope.state.project.view().measure.clone();
    let Some(question) = analyses::question_of(&measure, &data) else {
        return;
    };
    group_ui(ui, scope, "ui-settings-analysis", true);
    let offered = analyses(&question, &data.codebook);
    let current = Analysis::of(&measure);
    let mut options: Vec<(Option<Analysis>, String)> = offered
        .iter()
        .map(|analysis| (Some(*analysis), scope.say(analysis_key(*analysis))))
        .collect();
    if !options.iter().any(|(analysis, _)| *analysis == current) {
        let name = current.map_or_else(
            || scope.say("ui-analysis-other"),
            |known| scope.say(analysis_key(known)),
        );
        options.push((current, name));
    }
    if let Some(Some(wanted)) = choose(ui, &scope.say("ui-analysis"), &options, &current)
        && Some(wanted) != current
        && let Some(measure) = wanted.proposed(&question, &data.codebook)
    {
        scope.send(Command::SetMeasure(measure));
    }
    match &measure {
        Measure::Boxes {
            question: id,
            view,
            groups,
        } => boxes_ui(ui, scope, &question, (id, view, *groups)),
        Measure::Roles(questions) | Measure::Profile { questions, .. } => {
            if let Measure::Profile { actor, .. } = &measure {
                actor_ui(ui, scope, actor, questions);
            }
            parts_ui(ui, scope, questions);
        }
        Measure::Effect(effect) => effect::effect_ui(ui, scope, effect),
        Measure::Model(model) => model::model_ui(ui, scope, model),
        _ => {}
    }
}

fn boxes_ui(
    ui: &mut Ui,
    scope: &mut Scope<'_>,
    question: &Question,
    (id, view, groups): (&QuestionId, &BoxView, bool),
) {
    let language = scope.language();
    let mut wanted = None;
    let views: &[(BoxView, &str)] = match view {
        BoxView::Combinations | BoxView::AtLeast => &[
            (BoxView::Combinations, "ui-sets-exact"),
            (BoxView::AtLeast, "ui-sets-at-least"),
        ],
        BoxView::Count | BoxView::Counts => &[(BoxView::Counts, "ui-count-shares"), (BoxView::Count, "ui-count-mean")],
        BoxView::Alone | BoxView::WithOthers => {
            &[(BoxView::Alone, "ui-alone"), (BoxView::WithOthers, "ui-with-others")]
        }
        _ => &[],
    };
    if !views.is_empty() {
        let label = scope.say("ui-boxes-view");
        let options: Vec<(BoxView, String)> = views.iter().map(|(view, key)| (view.clone(), scope.say(key))).collect();
        wanted = row_ui(ui, &label, |ui| segmented(ui, &label, &options, view)).map(|view| (view, groups));
    }
    if let BoxView::Constellation(of) = view {
        let options: Vec<(VarId, String)> = named_boxes(scope, question, language);
        let label = scope.say("ui-constellation-of");
        if let Some(var) = choose(ui, &label, &options, of) {
            wanted = Some((BoxView::Constellation(var), groups));
        }
    } else if !question.groups.is_empty() {
        let label = scope.say("ui-boxes-of");
        let options = [
            (false, scope.say("ui-boxes-of-answers")),
            (true, scope.say("ui-boxes-of-groups")),
        ];
        if let Some(groups) = row_ui(ui, &label, |ui| segmented(ui, &label, &options, &groups)) {
            wanted = Some((view.clone(), groups));
        }
    }
    if let Some((view, groups)) = wanted {
        scope.send(Command::SetMeasure(Measure::Boxes {
            question: id.clone(),
            view,
            groups,
        }));
    }
}

fn named_boxes(scope: &Scope<'_>, question: &Question, language: Language) -> Vec<(VarId, String)> {
    let Some(data) = scope.dataset() else { return Vec::new() };
    question
        .boxes()
        .map(|item| {
            let label = analyses::item_label(item, &data.codebook, language);
            (VarId(item.id()), label)
        })
        .collect()
}

fn actor_ui(ui: &mut Ui, scope: &mut Scope<'_>, actor: &str, questions: &[QuestionId]) {
    let Some(data) = scope.dataset() else { return };
    let language = scope.language();
    let asked: Vec<&Question> = questions.iter().filter_map(|id| data.codebook.question(id)).collect();
    let known = analyses::actors(&asked, &data.codebook);
    let options: Vec<(String, String)> = data
        .codebook
        .actors
        .iter()
        .filter(|labelled| known.contains(&labelled.id))
        .map(|labelled| (labelled.id.clone(), labelled.label.get(language).to_owned()))
        .collect();
    if let Some(actor) = choose(ui, &scope.say("ui-actor"), &options, &actor.to_owned()) {
        scope.send(Command::SetMeasure(Measure::Profile {
            actor,
            questions: questions.to_vec(),
        }));
    }
}

/// The questions that make up a role, in words: they are not seen in the list at the left.
fn parts_ui(ui: &mut Ui, scope: &Scope<'_>, questions: &[QuestionId]) {
    let Some(data) = scope.dataset() else { return };
    let language = scope.language();
    let titles: Vec<String> = questions
        .iter()
        .filter_map(|id| data.codebook.question(id))
        .map(|question| question.title(language).to_owned())
        .collect();
    let titles = crate::words::list(language, &titles);
    let sentence = scope.say_with("ui-roles-of", &[("questions", &titles)]);
    ui.add_space(theme::S4);
    text(ui, &sentence, theme::SMALL, Weight::Regular, theme::CAPTION);
}
