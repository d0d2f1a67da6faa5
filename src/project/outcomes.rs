//! A question in, the outcomes that its answers can be out: what a person ticks in place of writing a condition.

use crate::data::{
    AnswerKind, Code, Codebook, Condition, Dataset, Language, Question, QuestionId, QuestionKind, Text, VarId,
};
use crate::measure::Outcome;

use super::analyses::item_label;

/// Something that can hold for a respondent.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// For people.
    pub label: Text,
    /// When it holds.
    pub when: Condition,
}

/// What can be explained of `question`: its boxes, answers, or statements agreed with. None of a number.
pub fn choices(question: &Question, codebook: &Codebook) -> Vec<Choice> {
    let label = |item| {
        Text(
            Language::ALL
                .into_iter()
                .map(|language| (language.code().to_owned(), item_label(item, codebook, language)))
                .collect(),
        )
    };
    match question.kind {
        QuestionKind::Numeric => Vec::new(),
        QuestionKind::Multiple => question
            .boxes()
            .map(|item| Choice {
                label: label(item),
                when: question.chosen(item),
            })
            .collect(),
        QuestionKind::Battery => {
            let Some(poles) = &question.poles else {
                return Vec::new();
            };
            question
                .boxes()
                .map(|item| Choice {
                    label: label(item),
                    when: one_of(&item.var, poles.positive.clone()),
                })
                .collect()
        }
        QuestionKind::Single => {
            let Some(item) = question.items.first() else {
                return Vec::new();
            };
            let values = codebook.variable(&item.var).map(|variable| variable.values.as_slice());
            values
                .unwrap_or_default()
                .iter()
                .filter(|value| value.is == AnswerKind::Answer)
                .map(|value| Choice {
                    label: match value.label.is_empty() {
                        true => Text::plain(value.code.to_string()),
                        false => value.label.clone(),
                    },
                    when: one_of(&item.var, vec![value.code.clone()]),
                })
                .collect()
        }
    }
}

/// Which of `choices` a condition is made of, one element each; all false where it is made of something else.
pub fn ticked(condition: &Condition, choices: &[Choice]) -> Vec<bool> {
    let Some(wanted) = pairs(condition) else {
        return vec![false; choices.len()];
    };
    let is_in = |choice: &Choice| {
        let own = pairs(&choice.when).unwrap_or_default();
        !own.is_empty() && own.iter().all(|pair| wanted.contains(pair))
    };
    choices.iter().map(is_in).collect()
}

/// At least one of those of `choices` that are ticked; `None` when none is.
pub fn any_of(choices: &[Choice], ticked: &[bool]) -> Option<Condition> {
    let mut by_var: Vec<(VarId, Vec<Code>)> = Vec::new();
    let chosen = choices.iter().zip(ticked).filter(|(_, ticked)| **ticked);
    for (var, code) in chosen.filter_map(|(choice, _)| pairs(&choice.when)).flatten() {
        match by_var.iter_mut().find(|(known, _)| *known == var) {
            Some((_, codes)) if !codes.contains(&code) => codes.push(code),
            Some(_) => {}
            None => by_var.push((var, vec![code])),
        }
    }
    let mut parts: Vec<Condition> = by_var.into_iter().map(|(var, codes)| one_of(&var, codes)).collect();
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Condition::Or(parts)),
    }
}

/// The question that an outcome's variables belong to; a variable that no question names is one of its own.
pub fn question_of(outcome: &Outcome, data: &Dataset) -> Option<Question> {
    let vars: Vec<&VarId> = match outcome {
        Outcome::Share(condition) => condition.variables(),
        Outcome::Mean(var) => vec![var],
    };
    let has = |question: &&Question| vars.iter().all(|var| question.variables().any(|own| own == *var));
    match (data.codebook.questions.iter().find(has), vars.as_slice()) {
        (_, []) => None,
        (Some(question), _) => Some(question.clone()),
        (None, [var]) => data.question(&QuestionId(var.0.clone())).ok(),
        (None, _) => None,
    }
}

/// The labels of the choices that a condition is made of; `None` where it is made of something else.
pub fn labels(condition: &Condition, data: &Dataset, language: Language) -> Option<Vec<String>> {
    let question = question_of(&Outcome::Share(condition.clone()), data)?;
    let choices = choices(&question, &data.codebook);
    let ticked = ticked(condition, &choices);
    // As a set: the order in which its parts are written does not matter.
    let mut own = pairs(condition)?;
    let mut made = pairs(&any_of(&choices, &ticked)?)?;
    own.sort();
    made.sort();
    let labels = choices.iter().zip(&ticked).filter(|(_, ticked)| **ticked);
    (own == made).then(|| {
        labels
            .map(|(choice, _)| choice.label.get(language).to_owned())
            .collect()
    })
}

fn one_of(var: &VarId, values: Vec<Code>) -> Condition {
    Condition::OneOf {
        var: var.clone(),
        values,
    }
}

/// A condition as variables and codes of which one suffices; `None` where it is no such thing.
fn pairs(condition: &Condition) -> Option<Vec<(VarId, Code)>> {
    match condition {
        Condition::OneOf { var, values } => Some(values.iter().map(|code| (var.clone(), code.clone())).collect()),
        Condition::Or(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(pairs).collect();
            Some(parts?.into_iter().flatten().collect())
        }
        _ => None,
    }
}
