//! The labels of codes in, which of them are no answers out: "don't know", "not relevant", refused, not asked, missing.

use std::collections::BTreeMap;

use super::lists::lists;
use super::profile::{Answer, Profile};
use super::{Guess, GuessId, Reason, What, together};
use crate::data::{AnswerKind, Code, VarId};

/// So many words may follow ("don't know / no opinion").
const MORE_WORDS: usize = 3;

/// What a label says, where it says that there is no answer.
pub(super) fn kind_of(words: &[String]) -> Option<AnswerKind> {
    let lists = lists();
    lists
        .answers
        .iter()
        .find(|(_, patterns)| patterns.begins(words, 0))
        .or_else(|| {
            lists
                .answers
                .iter()
                .find(|(_, patterns)| patterns.begins(words, MORE_WORDS) && words.len() > 1)
        })
        .map(|(kind, _)| *kind)
}

/// Marks the answers of one variable, sorted by code, that are none by their label. What is marked already stays.
pub(super) fn mark(answers: &mut [Answer]) {
    let kinds: Vec<Option<AnswerKind>> = answers
        .iter()
        .map(|answer| {
            let own_words = answer.is == AnswerKind::Answer && !answer.words.is_empty();
            own_words.then(|| kind_of(&answer.words)).flatten()
        })
        .collect();
    for at in 0..answers.len() {
        let Some(kind) = kinds[at] else { continue };
        // "Not relevant … very relevant", "does not apply … applies": there it is an end of the scale.
        let is_an_end = kind == AnswerKind::NotRelevant
            && !lies_apart(answers, &kinds, at)
            && answers[at].words.last().is_some_and(|last| {
                let stem: String = last.chars().take(5).collect();
                answers
                    .iter()
                    .zip(&kinds)
                    .any(|(other, kind)| kind.is_none() && other.words.iter().any(|word| word.starts_with(&stem)))
            });
        if !is_an_end {
            answers[at].is = kind;
        }
    }
    // Where nothing would be left, the labels speak of something else.
    if answers.iter().all(|answer| answer.is != AnswerKind::Answer) {
        for (answer, kind) in answers.iter_mut().zip(kinds) {
            if kind.is_some() {
                answer.is = AnswerKind::Answer;
            }
        }
    }
}

/// Whether a code is negative, or leaves a gap to the substantive codes.
fn lies_apart(answers: &[Answer], kinds: &[Option<AnswerKind>], at: usize) -> bool {
    let Some(number) = answers[at].code.number() else {
        return false;
    };
    let highest = answers
        .iter()
        .zip(kinds)
        .filter(|(answer, kind)| kind.is_none() && answer.is == AnswerKind::Answer)
        .filter_map(|(answer, _)| answer.code.number())
        .fold(f64::NEG_INFINITY, f64::max);
    number < 0.0 || number > highest + 1.5
}

/// The variables that have a code with one label.
struct Having {
    vars: Vec<VarId>,
    label: String,
    /// Whether it lies apart in all of them.
    apart: bool,
}

/// One guess for each code and label, with all the variables that have it.
pub(super) fn guess(profiles: &[Profile<'_>]) -> Vec<Guess> {
    let mut found: BTreeMap<(AnswerKind, Code, String), Having> = BTreeMap::new();
    for profile in profiles {
        let highest = profile.answers.last().and_then(|answer| answer.code.number());
        for other in &profile.others {
            let told = profile.variable.value(&other.code).map(|value| value.is);
            let Some(kind) = kind_of(&other.words) else { continue };
            if told.is_some_and(|told| told != AnswerKind::Answer) || told.is_none() && other.label.is_empty() {
                continue;
            }
            // A range of missing codes says no more than that.
            if kind == AnswerKind::Missing && profile.variable.kind_by_range(&other.code) == kind {
                continue;
            }
            let apart = match (other.code.number(), highest) {
                (Some(number), Some(highest)) => number < 0.0 || number > highest + 1.5,
                _ => false,
            };
            let entry = found
                .entry((kind, other.code.clone(), other.words.join(" ")))
                .or_insert_with(|| Having {
                    vars: Vec::new(),
                    label: other.label.clone(),
                    apart: true,
                });
            entry.vars.push(profile.variable.name.clone());
            entry.apart &= apart;
        }
    }
    found
        .into_iter()
        .map(|((is, code, words), Having { vars, label, apart })| {
            let mut reasons = vec![Reason::CodeLabel(label.clone())];
            let mut evidence = vec![0.85];
            if apart {
                reasons.push(Reason::CodeApart);
                evidence.push(0.6);
            }
            Guess {
                id: GuessId(format!("answer:{}:{code}:{words}", kind_name(is))),
                what: What::Answer { vars, code, label, is },
                confidence: together(&evidence),
                reasons,
                instead_of: None,
            }
        })
        .collect()
}

fn kind_name(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Answer => "answer",
        AnswerKind::DontKnow => "dont_know",
        AnswerKind::NotRelevant => "not_relevant",
        AnswerKind::Refused => "refused",
        AnswerKind::NotAsked => "not_asked",
        AnswerKind::Missing => "missing",
    }
}
