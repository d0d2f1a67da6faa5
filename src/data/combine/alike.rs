//! Two codebooks in, what they have in common out: which question of one is which of the other, and which variable.
//!
//! Evidence counts in this order: roles; items of questions with the same concept, name or text (by label, then actor,
//! then name); the same name with the same label; the same label; the same name alone, where the files share most names.

use std::collections::HashMap;

use super::values::{agree, is_quantity};
use crate::data::wording::{name_words, words};
use crate::data::{AnswerKind, Code, Dataset, Item, ItemKind, Question, QuestionKind, Role, Text, VariableKind};

/// A variable of one file that is a variable of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub one: usize,
    pub other: usize,
    /// They have the same name, but labels that differ.
    pub by_name_alone: bool,
}

/// What two files have in common.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Positions of questions.
    pub questions: Vec<(usize, usize)>,
    /// Positions of variables.
    pub variables: Vec<Pair>,
}

/// A file with what is looked up often.
pub(super) struct View<'a> {
    pub data: &'a Dataset,
    place: HashMap<&'a str, usize>,
    /// Whether a question names the variable.
    in_question: Vec<bool>,
}

impl<'a> View<'a> {
    pub fn of(data: &'a Dataset) -> Self {
        let variables = &data.codebook.variables;
        let place: HashMap<&str, usize> = variables
            .iter()
            .enumerate()
            .map(|(at, variable)| (variable.name.0.as_str(), at))
            .collect();
        let mut in_question = vec![false; variables.len()];
        for name in data.codebook.questions.iter().flat_map(Question::variables) {
            if let Some(&at) = place.get(name.0.as_str()) {
                in_question[at] = true;
            }
        }
        Self {
            data,
            place,
            in_question,
        }
    }

    pub fn place(&self, name: &str) -> Option<usize> {
        self.place.get(name).copied()
    }

    fn label(&self, item: &'a Item) -> &'a Text {
        match &item.label {
            Some(label) if !label.is_empty() => label,
            _ => {
                let at = self.place(&item.var.0).unwrap_or_default();
                &self.data.codebook.variables[at].label
            }
        }
    }

    /// The variables of a question, once each.
    fn variables_of(&self, question: &Question) -> Vec<usize> {
        let mut found = Vec::new();
        for at in question.variables().filter_map(|name| self.place(&name.0)) {
            if !found.contains(&at) {
                found.push(at);
            }
        }
        found
    }
}

/// Whether the items of a question are codes of the same variables.
pub(super) fn is_category_set(question: &Question) -> bool {
    question.items.iter().any(|item| !item.more.is_empty())
}

/// Compares two files.
pub(super) fn compare(one: &View<'_>, other: &View<'_>) -> Alike {
    let names = one.place.keys().filter(|name| other.place.contains_key(*name)).count();
    let fewer = one.place.len().min(other.place.len());
    let mut found = Found {
        one,
        other,
        most_names: names * 2 >= fewer,
        alike: Alike::default(),
        used_one: vec![false; one.place.len()],
        used_other: vec![false; other.place.len()],
    };
    for role in Role::ALL {
        let with_role = |view: &View<'_>| {
            let variables = &view.data.codebook.variables;
            variables.iter().position(|variable| variable.role == Some(role))
        };
        if let (Some(a), Some(b)) = (with_role(one), with_role(other)) {
            found.pair(a, b, false);
        }
    }
    found.questions();
    for at in 0..found.alike.questions.len() {
        let (a, b) = found.alike.questions[at];
        found.items(a, b);
    }
    found.names(false);
    found.labels();
    if found.most_names {
        found.names(true);
    }
    found.alike
}

struct Found<'a, 'b> {
    one: &'b View<'a>,
    other: &'b View<'a>,
    /// The files share at least half of their names, so that the same name is likely the same question.
    most_names: bool,
    alike: Alike,
    used_one: Vec<bool>,
    used_other: Vec<bool>,
}

impl<'a> Found<'a, '_> {
    fn pair(&mut self, one: usize, other: usize, by_name_alone: bool) {
        if self.used_one[one] || self.used_other[other] || !self.compatible(one, other) {
            return;
        }
        self.used_one[one] = true;
        self.used_other[other] = true;
        self.alike.variables.push(Pair {
            one,
            other,
            by_name_alone,
        });
    }

    /// Whether the answers can stand in one column: a quantity is no category, free text no code.
    fn compatible(&self, one: usize, other: usize) -> bool {
        let shape = |view: &View<'_>, at: usize| {
            let (variable, column) = (&view.data.codebook.variables[at], &view.data.columns[at]);
            let labelled = variable
                .values
                .iter()
                .filter(|value| value.is == AnswerKind::Answer && !value.label.is_empty())
                .count();
            let texts = matches!(column, crate::data::Column::Coded { levels, .. }
                if levels.iter().any(|level| matches!(level, Code::Text(_)) && variable.answer_kind(level) == AnswerKind::Answer));
            (is_quantity(variable, column), labelled >= 2, texts, variable.kind)
        };
        let (quantity, labelled, texts, kind) = shape(self.one, one);
        let (other_quantity, other_labelled, other_texts, other_kind) = shape(self.other, other);
        let clash =
            |quantity: bool, other_labelled: bool, other_texts: bool| quantity && (other_labelled || other_texts);
        let free = |kind| kind == VariableKind::Text;
        let clashes = [
            clash(quantity, other_labelled, other_texts),
            clash(other_quantity, labelled, texts),
            free(kind) && other_labelled,
            free(other_kind) && labelled,
        ];
        !clashes.contains(&true)
    }

    fn question(&self, one: usize, other: usize) -> (&'a Question, &'a Question) {
        (
            &self.one.data.codebook.questions[one],
            &self.other.data.codebook.questions[other],
        )
    }

    fn questions(&mut self) {
        let ones: &[Question] = &self.one.data.codebook.questions;
        let others: &[Question] = &self.other.data.codebook.questions;
        let text = |question: &'a Question| match question.text.is_empty() {
            true => &question.short,
            false => &question.text,
        };
        let same_concept = |a: &Question, b: &Question| a.concept.is_some() && a.concept == b.concept;
        let conflict =
            |a: &Question, b: &Question| a.concept.is_some() && b.concept.is_some() && a.concept != b.concept;
        let same_text = |a: &'a Question, b: &'a Question| agree(text(a), text(b)) == Some(true);
        let (one, most_names) = (self.one, self.most_names);
        let shares_names = |a: &Question, b: &Question| {
            let names: Vec<usize> = one.variables_of(a);
            let variables = &one.data.codebook.variables;
            let shared = names.iter().filter(|&&at| {
                let name = &variables[at].name;
                b.variables().any(|other| other == name)
            });
            shared.count() * 2 >= names.len()
        };
        let same_id = |a: &'a Question, b: &'a Question| {
            a.id == b.id
                && !conflict(a, b)
                && (agree(text(a), text(b)) != Some(false) || (most_names && shares_names(a, b)))
        };
        let passes: [&dyn Fn(&'a Question, &'a Question) -> bool; 4] = [
            &|a, b| same_concept(a, b) && (a.id == b.id || same_text(a, b)),
            &same_concept,
            &same_id,
            &|a, b| same_text(a, b) && !conflict(a, b),
        ];
        let mut used_one = vec![false; ones.len()];
        let mut used_other = vec![false; others.len()];
        for fits in passes {
            let fits = |a: usize, b: usize| {
                let (a, b) = (&ones[a], &others[b]);
                a.kind == b.kind && is_category_set(a) == is_category_set(b) && fits(a, b)
            };
            for (a, b) in only_pairs(ones.len(), others.len(), &used_one, &used_other, fits) {
                used_one[a] = true;
                used_other[b] = true;
                self.alike.questions.push((a, b));
            }
        }
    }

    fn items(&mut self, a: usize, b: usize) {
        let (a, b) = self.question(a, b);
        if matches!(a.kind, QuestionKind::Single | QuestionKind::Numeric) || is_category_set(a) {
            let (ones, others) = (self.one.variables_of(a), self.other.variables_of(b));
            for (one, other) in ones.into_iter().zip(others) {
                self.pair(one, other, false);
            }
            return;
        }
        let (one, other) = (self.one, self.other);
        let label = |a: &'a Item, b: &'a Item| agree(one.label(a), other.label(b));
        let passes: [&dyn Fn(&'a Item, &'a Item) -> bool; 4] = [
            &|a, b| label(a, b) == Some(true),
            &|a, b| a.actor.is_some() && a.actor == b.actor,
            &|a, _| a.is != ItemKind::Answer,
            &|a, b| {
                a.var == b.var
                    && (!is_numbered(&a.var.0)
                        || label(a, b).is_none()
                        || overlap(one.label(a), other.label(b)) * 2.0 >= 1.0)
            },
        ];
        let mut used_one = vec![false; a.items.len()];
        let mut used_other = vec![false; b.items.len()];
        for (pass, fits) in passes.into_iter().enumerate() {
            let fits = |i: usize, j: usize| a.items[i].is == b.items[j].is && fits(&a.items[i], &b.items[j]);
            for (i, j) in only_pairs(a.items.len(), b.items.len(), &used_one, &used_other, fits) {
                used_one[i] = true;
                used_other[j] = true;
                let (i, j) = (&a.items[i], &b.items[j]);
                if let (Some(x), Some(y)) = (one.place(&i.var.0), other.place(&j.var.0)) {
                    self.pair(x, y, pass == 3 && label(i, j) == Some(false));
                }
            }
        }
    }

    /// Variables that are an item on both sides have had their chance as such.
    fn may_match(&self, one: usize, other: usize) -> bool {
        let both_items = self.one.in_question[one] && self.other.in_question[other];
        !(self.used_one[one] || self.used_other[other] || both_items)
    }

    /// The same name; with `differing`, even where labels differ.
    fn names(&mut self, differing: bool) {
        for one in 0..self.used_one.len() {
            let variable = &self.one.data.codebook.variables[one];
            let Some(other) = self.other.place(&variable.name.0) else {
                continue;
            };
            let label = agree(&variable.label, &self.other.data.codebook.variables[other].label);
            if self.may_match(one, other) && (differing || label != Some(false)) {
                self.pair(one, other, label == Some(false));
            }
        }
    }

    /// The same label, where only one variable of each file has it.
    fn labels(&mut self) {
        let ones = &self.one.data.codebook.variables;
        let others = &self.other.data.codebook.variables;
        // By folded label and language, so that a thousand variables need no million comparisons.
        type Label<'a> = (&'a str, Vec<String>);
        let mut by_label: HashMap<Label<'_>, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, variable) in ones.iter().enumerate() {
            for (language, text) in &variable.label.0 {
                by_label.entry((language, words(text))).or_default().0.push(at);
            }
        }
        for (at, variable) in others.iter().enumerate() {
            for (language, text) in &variable.label.0 {
                by_label.entry((language, words(text))).or_default().1.push(at);
            }
        }
        let mut found: Vec<(usize, usize)> = by_label
            .into_iter()
            .filter_map(
                |((_, words), (ones, others))| match (ones.as_slice(), others.as_slice()) {
                    ([one], [other]) if !words.is_empty() => Some((*one, *other)),
                    _ => None,
                },
            )
            .collect();
        found.sort_unstable();
        for (one, other) in found {
            if self.may_match(one, other) {
                self.pair(one, other, false);
            }
        }
    }
}

/// The pairs that fit each other and nothing else of what is left.
fn only_pairs(
    ones: usize,
    others: usize,
    used_one: &[bool],
    used_other: &[bool],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut of_one: Vec<Vec<usize>> = vec![Vec::new(); ones];
    let mut of_other = vec![0; others];
    for one in (0..ones).filter(|&one| !used_one[one]) {
        for other in (0..others).filter(|&other| !used_other[other]) {
            if fits(one, other) {
                of_one[one].push(other);
                of_other[other] += 1;
            }
        }
    }
    of_one
        .iter()
        .enumerate()
        .filter_map(|(one, fitting)| match fitting.as_slice() {
            [other] if of_other[*other] == 1 => Some((one, *other)),
            _ => None,
        })
        .collect()
}

/// Whether a name ends in a number or a single letter, so that it says a place in a list rather than what is asked.
fn is_numbered(name: &str) -> bool {
    name_words(name)
        .last()
        .is_some_and(|last| last.chars().all(|c| c.is_ascii_digit()) || last.chars().count() == 1)
}

/// The share of words that two labels have in common, in the language in which it is greatest.
fn overlap(one: &Text, other: &Text) -> f64 {
    one.0
        .iter()
        .filter_map(|(language, text)| Some((words(text), words(other.0.get(language)?))))
        .map(|(a, b)| {
            let shared = a.iter().filter(|word| b.contains(word)).count();
            let all = a.len() + b.len() - shared;
            if all == 0 { 0.0 } else { shared as f64 / all as f64 }
        })
        .fold(0.0, f64::max)
}
