//! What a model explains in, a number for every respondent out, with its name and the base it was asked in.

use super::answer;
use super::boxes::in_each_language;
use super::coding::numbers;
use super::model::Outcome;
use super::query::QueryError;
use crate::data::{Base, Condition, Dataset, DontKnow, Item, Question, QuestionKind, Text, VarId};
use crate::filter::{self, Truth, code_text, variable_text};
use crate::stats::model::Family;
use crate::words;

/// Outcome of every respondent (NaN: unknown), its name for people and the variable that it is about.
pub(super) struct Explained {
    pub family: Family,
    pub values: Vec<f64>,
    pub label: Text,
    pub var: VarId,
}

/// The numbers of an outcome.
pub(super) fn explained(outcome: &Outcome, dont_know: DontKnow, data: &Dataset) -> Result<Explained, QueryError> {
    match outcome {
        Outcome::Mean(var) => Ok(Explained {
            family: Family::Linear,
            values: numbers(data, var)?,
            label: variable_text(data.variable(var)?),
            var: var.clone(),
        }),
        Outcome::Share(condition) => {
            let truths = match dont_know {
                DontKnow::Keep => filter::evaluate(condition, data)?,
                DontKnow::Drop | DontKnow::Listwise => filter::evaluate_answers(condition, data)?,
            };
            let value = |truth: &Truth| match truth {
                Truth::Yes => 1.0,
                Truth::No => 0.0,
                Truth::Unknown => f64::NAN,
            };
            let var = condition.variables().first().map(|var| (*var).clone());
            Ok(Explained {
                family: Family::Logistic,
                values: truths.iter().map(value).collect(),
                label: label_of(condition, data)?,
                var: var.unwrap_or_else(|| VarId(condition.to_string())),
            })
        }
    }
}

/// At least one box of a union, by the question and the union's name; `None`: the condition says something else.
fn union_label(condition: &Condition, data: &Dataset) -> Option<Text> {
    let Condition::Or(parts) = condition else {
        return None;
    };
    let var = |part: &Condition| match part {
        Condition::OneOf { var, .. } => Some(var.clone()),
        _ => None,
    };
    let vars: Vec<VarId> = parts.iter().map(var).collect::<Option<_>>()?;
    let mut unions = data.codebook.questions.iter().flat_map(|question| {
        let unions = question.unions.iter();
        unions.map(move |union| (question, union))
    });
    let same = |items: &[VarId]| items.len() == vars.len() && vars.iter().all(|var| items.contains(var));
    let (question, union) = unions.find(|(_, union)| union.none_of.is_empty() && same(&union.items))?;
    Some(in_each_language(|language| {
        let (name, label) = (question.short.get(language), union.label.get(language));
        format!("{name}: {label}")
    }))
}

/// A condition for people: "Value: quality" where it is about one answer, box or union, else as it is written.
fn label_of(condition: &Condition, data: &Dataset) -> Result<Text, QueryError> {
    if let Some(label) = union_label(condition, data) {
        return Ok(label);
    }
    let Condition::OneOf { var, values } = condition else {
        return Ok(Text::plain(condition.to_string()));
    };
    let [value] = values.as_slice() else {
        return Ok(Text::plain(condition.to_string()));
    };
    // A box that is chosen, by its question and its own name.
    let chosen = questions_with(var, data).find_map(|question| {
        let item = question
            .items
            .iter()
            .find(|item| item.var == *var && item.more.is_empty())?;
        let is_box = question.kind == QuestionKind::Multiple && question.counted_of(item) == [value.clone()];
        is_box.then_some((question, item))
    });
    let variable = data.variable(var)?;
    if let Some((question, item)) = chosen {
        let label = item.label.clone().filter(|label| !label.is_empty());
        let (name, answer) = (&question.short, label.unwrap_or_else(|| variable_text(variable)));
        return Ok(in_each_language(|language| match name.get(language) {
            "" => answer.get(language).to_owned(),
            name => format!("{name}: {}", answer.get(language)),
        }));
    }
    let (name, answer) = (variable_text(variable), code_text(variable, value));
    Ok(in_each_language(|language| {
        format!("{}: {}", name.get(language), answer.get(language))
    }))
}

/// Who was asked about an outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub when: Condition,
    /// The names of the bases; empty: everybody.
    pub label: Text,
    /// What a respondent of the base stands for, where it is not the survey's unit.
    pub unit: Option<Text>,
}

impl Asked {
    /// The bases of the questions that these variables belong to, with `base`. A variable that another question asks of
    /// everybody has no base.
    pub fn about(vars: &[&VarId], base: Option<&Base>, data: &Dataset) -> Result<Self, QueryError> {
        let mut bases: Vec<&Base> = base.into_iter().collect();
        for var in vars {
            let mut asked = questions_with(var, data).map(|question| answer::base_of(data, question));
            let Some(first) = asked.next().transpose()?.flatten() else {
                continue;
            };
            let others = asked.collect::<Result<Vec<_>, _>>()?;
            let alike = others.iter().all(|base| base.is_some_and(|base| base.id == first.id));
            if alike && !bases.iter().any(|base| base.id == first.id) {
                bases.push(first);
            }
        }
        let label = in_each_language(|language| {
            let labels: Vec<&str> = bases.iter().map(|base| base.label.get(language)).collect();
            words::list(language, &labels)
        });
        Ok(Self {
            when: bases
                .iter()
                .fold(Condition::Everyone, |all, base| all.and(base.when.clone())),
            label: if bases.is_empty() { Text::default() } else { label },
            unit: bases.iter().find_map(|base| base.unit.clone()),
        })
    }

    /// Who was asked about the outcome of a model.
    pub fn of(outcome: &Outcome, data: &Dataset) -> Result<Self, QueryError> {
        match outcome {
            Outcome::Share(condition) => Self::about(&condition.variables(), None, data),
            Outcome::Mean(var) => Self::about(&[var], None, data),
        }
    }
}

/// The questions that a variable is an item of.
fn questions_with<'a>(var: &'a VarId, data: &'a Dataset) -> impl Iterator<Item = &'a Question> {
    let holds = move |item: &Item| item.variables().any(|name| name == var);
    let questions = data.codebook.questions.iter();
    questions.filter(move |question| question.items.iter().any(holds))
}

/// The don't-know policy of the questions that a condition's one variable belongs to, if they agree.
pub(super) fn policy(condition: &Condition, data: &Dataset) -> Option<DontKnow> {
    let [var] = condition.variables()[..] else {
        return None;
    };
    let mut policies = questions_with(var, data).map(|question| question.dont_know);
    let first = policies.next()?;
    policies.all(|policy| policy == first).then_some(first)
}
