//! What is explained, chosen rather than written: a question, and which of its answers count.

use egui::Ui;

use super::Scope;
use super::picker::{PickRow, pick_select, tick_select};
use super::settings::row_ui;
use crate::app::outcome_title;
use crate::data::{Dataset, Language, Question, QuestionId, QuestionKind};
use crate::measure::Outcome;
use crate::project::outcomes;

/// Draws the two rows; gives the outcome that was chosen. `numbers`: whether a number can be explained; `not`: a
/// question that cannot.
pub fn outcome_ui(
    ui: &mut Ui,
    scope: &Scope<'_>,
    outcome: &Outcome,
    numbers: bool,
    not: Option<&QuestionId>,
) -> Option<Outcome> {
    let data = scope.dataset()?;
    let language = scope.language();
    let own = outcomes::question_of(outcome, data);
    let rows = questions(data, language, own.as_ref(), numbers, not);
    let title = own.as_ref().map_or_else(
        || outcome_title(outcome, data, language),
        |question| question.title(language).to_owned(),
    );
    let label = scope.say("ui-outcome");
    let hint = scope.say("ui-pick-question");
    let picked = row_ui(ui, &label, |ui| pick_select(ui, &label, &title, &hint, &rows));
    if let Some(question) = picked.and_then(|id| data.question(&id).ok())
        && own.as_ref().is_none_or(|own| own.id != question.id)
    {
        return first_of(&question, data);
    }
    let (Some(own), Outcome::Share(condition)) = (&own, outcome) else {
        return None;
    };
    let choices = outcomes::choices(own, &data.codebook);
    let mut ticked = outcomes::ticked(condition, &choices);
    let rows: Vec<PickRow<usize>> = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| PickRow {
            value: place,
            name: choice.label.get(language).to_owned(),
            group: String::new(),
            chosen: ticked[place],
        })
        .collect();
    let label = scope.say("ui-outcome-answer");
    let shown = outcome_title(outcome, data, language);
    let hint = scope.say("ui-pick-answer");
    let place = row_ui(ui, &label, |ui| tick_select(ui, &label, &shown, &hint, &rows))?;
    ticked[place] = !ticked[place];
    // The last answer stays: an outcome of nothing explains nothing.
    outcomes::any_of(&choices, &ticked).map(Outcome::Share)
}

fn first_of(question: &Question, data: &Dataset) -> Option<Outcome> {
    match question.kind {
        QuestionKind::Numeric => Some(Outcome::Mean(question.items.first()?.var.clone())),
        _ => Some(Outcome::Share(
            outcomes::choices(question, &data.codebook).into_iter().next()?.when,
        )),
    }
}

fn questions(
    data: &Dataset,
    language: Language,
    own: Option<&Question>,
    numbers: bool,
    not: Option<&QuestionId>,
) -> Vec<PickRow<QuestionId>> {
    let topic = |question: &Question| {
        let topics = &data.codebook.topics;
        let known = topics.iter().find(|topic| question.topic.as_ref() == Some(&topic.id));
        known.map_or_else(String::new, |topic| topic.label.get(language).to_owned())
    };
    let can = |question: &Question| match question.kind {
        QuestionKind::Numeric => numbers,
        _ => !outcomes::choices(question, &data.codebook).is_empty(),
    };
    data.questions()
        .into_iter()
        .filter(|question| not != Some(&question.id) && can(question))
        .map(|question| PickRow {
            name: question.title(language).to_owned(),
            group: topic(&question),
            chosen: own.is_some_and(|own| own.id == question.id),
            value: question.id,
        })
        .collect()
}
