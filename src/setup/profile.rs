//! A column and what is said about it in, what the guesses look at out.

use std::collections::HashSet;

use super::lists::lists;
use super::{answers, scales};
use crate::data::wording::{name_words, words};
use crate::data::{AnswerKind, Code, Column, Dataset, Language, QuestionKind, Text, VarId, Variable, VariableKind};

/// More different answers than this make no scale.
const MOST_ANSWERS: usize = 60;
/// Numbers without labels are a scale up to here …
const HIGHEST_BARE: f64 = 10.0;
/// … and so many of them.
const MOST_BARE: usize = 11;

/// One answer of a variable, with or without a label.
pub(super) struct Answer {
    pub code: Code,
    /// The label; for texts without one, the text.
    pub label: String,
    pub words: Vec<String>,
    pub is: AnswerKind,
}

/// What the guesses know of a variable.
pub(super) struct Profile<'a> {
    pub index: usize,
    pub variable: &'a Variable,
    pub column: &'a Column,
    /// The label's language key and text.
    pub key: &'a str,
    pub label: &'a str,
    pub words: Vec<String>,
    pub name_words: Vec<String>,
    /// Substantive answers by code; empty where the variable is no scale.
    pub answers: Vec<Answer>,
    /// Answers such as "don't know", told or guessed.
    pub others: Vec<Answer>,
    /// Whether its values have labels (or are texts).
    pub labelled: bool,
    pub class: scales::Class,
    /// Whether the codebook leaves it without role and question.
    pub free: bool,
    /// Texts that people wrote.
    pub open_text: bool,
}

impl<'a> Profile<'a> {
    /// A profile for every variable.
    pub fn all(data: &'a Dataset) -> Vec<Self> {
        let used: HashSet<&VarId> = data
            .codebook
            .questions
            .iter()
            // A single question about a variable says nothing about what it is for.
            .filter(|question| matches!(question.kind, QuestionKind::Multiple | QuestionKind::Battery))
            .flat_map(|question| question.variables())
            .collect();
        data.codebook
            .variables
            .iter()
            .zip(&data.columns)
            .enumerate()
            .map(|(index, (variable, column))| {
                let mut profile = Self::of(index, variable, column);
                profile.free = variable.role.is_none() && !used.contains(&variable.name);
                profile
            })
            .collect()
    }

    fn of(index: usize, variable: &'a Variable, column: &'a Column) -> Self {
        let (key, label) = spoken(&variable.label);
        let label_words = without_number(words(label), &variable.name);
        let (answers, others, labelled, open_text) = answers_of(variable, column);
        let class = scales::class_of(&answers, labelled, column);
        Self {
            index,
            variable,
            column,
            key,
            label,
            words: label_words,
            name_words: name_words(&variable.name.0),
            answers,
            others,
            labelled,
            class,
            free: true,
            open_text,
        }
    }

    /// The numbers of respondents who answered; texts and what is no answer are left out.
    pub fn numbers(&self) -> Vec<f64> {
        let is_answer = |code: &Code| {
            self.variable.answer_kind(code) == AnswerKind::Answer
                && !self.others.iter().any(|other| other.code == *code)
        };
        match self.column {
            Column::Numbers(numbers) => numbers
                .iter()
                .copied()
                .filter(|number| !number.is_nan() && is_answer(&Code::Number(*number)))
                .collect(),
            Column::Coded { levels, rows } => {
                let levels: Vec<Option<f64>> = levels
                    .iter()
                    .map(|level| level.number().filter(|_| is_answer(level)))
                    .collect();
                (0..rows.len())
                    .filter_map(|row| levels.get(rows.get(row)?).copied().flatten())
                    .collect()
            }
        }
    }

    /// Whether any value has a label that is an answer's.
    pub fn has_answer_labels(&self) -> bool {
        self.variable.values.iter().any(|value| {
            !value.label.is_empty()
                && self.variable.answer_kind(&value.code) == AnswerKind::Answer
                && !self.others.iter().any(|other| other.code == value.code)
        })
    }
}

/// The text of a label with its language: the undetermined first, then Danish, English, any.
pub(super) fn spoken(text: &Text) -> (&str, &str) {
    [Text::UNDETERMINED, Language::Da.code(), Language::En.code()]
        .iter()
        .find_map(|key| text.0.get_key_value(*key))
        .or_else(|| text.0.iter().next())
        .map_or((Text::UNDETERMINED, ""), |(key, text)| (key.as_str(), text.as_str()))
}

/// Labels often begin with the variable's own name.
fn without_number(mut words: Vec<String>, name: &VarId) -> Vec<String> {
    let own: Vec<String> = crate::data::wording::words(&name.0);
    if words.len() > own.len() && words.starts_with(&own) {
        words.drain(..own.len());
    }
    words
}

/// Substantive answers, others, whether they have labels, whether they are free text.
fn answers_of(variable: &Variable, column: &Column) -> (Vec<Answer>, Vec<Answer>, bool, bool) {
    if variable.kind == VariableKind::Date {
        return (Vec::new(), Vec::new(), false, false);
    }
    let levels: &[Code] = match column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    };
    let texts = levels.iter().any(|level| matches!(level, Code::Text(_)));
    let mut listed = HashSet::new();
    let mut all: Vec<Answer> = variable
        .values
        .iter()
        .filter(|value| listed.insert(&value.code))
        .map(|value| answer(variable, &value.code, spoken(&value.label).1))
        .collect();
    let any_label = all.iter().any(|answer| !answer.label.is_empty());
    if levels.len() <= MOST_ANSWERS + all.len() {
        all.extend(
            levels
                .iter()
                .filter(|level| !listed.contains(level))
                .map(|level| match level {
                    Code::Text(text) => answer(variable, level, text),
                    Code::Number(_) => answer(variable, level, ""),
                }),
        );
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    answers::mark(&mut all);
    let (answers, others): (Vec<Answer>, Vec<Answer>) =
        all.into_iter().partition(|answer| answer.is == AnswerKind::Answer);
    let rows = column.len();
    let wordy = texts && !any_label && {
        let words: usize = answers.iter().map(|answer| answer.words.len()).sum();
        levels.len() > MOST_ANSWERS.min(4 + rows / 8) || words > 8 * answers.len()
    };
    let open_text = wordy || (variable.kind == VariableKind::Text && !any_label && levels.len() > 12);
    let labelled = answers.iter().any(|answer| !answer.label.is_empty());
    let bare = answers.iter().filter(|answer| answer.label.is_empty());
    let is_scale = !open_text
        && !answers.is_empty()
        && answers.len() <= MOST_ANSWERS
        && !matches!(column, Column::Numbers(_))
        && match labelled {
            // Codes between labelled ends are few whole numbers too.
            true => {
                let many = bare.clone().count() > MOST_BARE;
                !many && bare.into_iter().all(|answer| is_small(&answer.code, 100.0))
            }
            false => answers.len() <= MOST_BARE && bare.into_iter().all(|answer| is_small(&answer.code, HIGHEST_BARE)),
        };
    if is_scale {
        (answers, others, labelled, false)
    } else {
        (Vec::new(), others, labelled, open_text)
    }
}

fn is_small(code: &Code, highest: f64) -> bool {
    code.number()
        .is_none_or(|number| number.fract() == 0.0 && (-highest..=highest).contains(&number))
}

fn answer(variable: &Variable, code: &Code, label: &str) -> Answer {
    Answer {
        code: code.clone(),
        label: label.trim().to_owned(),
        words: words(label),
        is: variable.answer_kind(code),
    }
}

/// Whether the label of a box says "none of these"; the last box may say it in a sentence ("needed no money").
pub(super) fn says_none(words: &[String], last: bool) -> bool {
    let near = |range: std::ops::Range<usize>| range.start <= 2;
    lists().none.begins(words, 0) || (last && lists().none_begins.find(words).is_some_and(near))
}
