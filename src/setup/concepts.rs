//! Questions in, what they are about in words that all surveys share out: the concepts of the general pack.

use std::collections::BTreeSet;

use super::profile::{Profile, spoken};
use super::sets::Set;
use super::{Guess, GuessId, Reason, What, together};
use crate::data::wording::{Patterns, name_words, words};
use crate::data::{Concept, Dataset, ItemKind, Question, QuestionKind, VarId, general_pack};

/// Below this it is no guess.
const LEAST: f64 = 0.5;

struct Ready<'a> {
    concept: &'a Concept,
    names: Patterns,
    words: Patterns,
    not: Patterns,
    items: Vec<(Patterns, Option<&'a str>)>,
}

/// A question as the concepts see it.
struct Asked {
    question: Question,
    words: Vec<String>,
    name: Vec<String>,
    /// The labels of its items, or of its answers where it has but one item.
    items: Vec<(VarId, Vec<String>)>,
    single: bool,
}

/// The concept of every question, guessed or told, and of every variable of its own that has a known one.
pub(super) fn guess(data: &Dataset, profiles: &[Profile<'_>], sets: &[Set]) -> Vec<Guess> {
    let Some(pack) = general_pack() else {
        return Vec::new();
    };
    let concepts: Vec<Ready<'_>> = pack
        .concepts
        .iter()
        .map(|concept| Ready {
            concept,
            names: Patterns::new(&concept.names),
            words: Patterns::new(&concept.words),
            not: Patterns::new(&concept.not),
            items: concept
                .items
                .iter()
                .map(|item| (Patterns::new(&item.words), item.actor.as_deref()))
                .collect(),
        })
        .collect();
    let mut guesses = Vec::new();
    for asked in all_asked(data, profiles, sets) {
        let best = concepts
            .iter()
            .filter_map(|ready| Some((fit(&asked, ready)?, ready)))
            // The first of the best, so that the order of the pack decides.
            .fold(
                None,
                |best: Option<((f64, Vec<Reason>), &Ready<'_>)>, next| match best {
                    Some(best) if best.0.0 >= next.0.0 => Some(best),
                    _ => Some(next),
                },
            );
        if let Some(((confidence, reasons), ready)) = best {
            guesses.push(Guess {
                id: GuessId(format!("concept:{}:{}", ready.concept.id, asked.question.id)),
                what: What::Concept {
                    question: asked.question.id.clone(),
                    concept: ready.concept.id.clone(),
                    actors: actors(&asked, ready),
                },
                confidence,
                reasons,
                instead_of: None,
            });
        }
    }
    guesses
}

fn all_asked(data: &Dataset, profiles: &[Profile<'_>], sets: &[Set]) -> Vec<Asked> {
    let guessed = sets.iter().filter_map(|set| match &set.guess.what {
        What::Question(question) => Some(question.as_ref().clone()),
        _ => None,
    });
    let told: Vec<Question> = data.codebook.questions.clone();
    let mut used: BTreeSet<VarId> = told.iter().flat_map(|question| question.variables().cloned()).collect();
    used.extend(
        sets.iter()
            .flat_map(|set| set.members.iter().map(|&at| profiles[at].variable.name.clone())),
    );
    let own = profiles
        .iter()
        .filter(|profile| profile.free && !profile.answers.is_empty() && !used.contains(&profile.variable.name))
        .filter_map(|profile| data.question(&profile.variable.name.0.as_str().into()).ok());
    told.into_iter()
        .filter(|question| question.concept.is_none())
        .chain(guessed)
        .chain(own)
        .map(|question| asked(question, data, profiles))
        .collect()
}

fn asked(question: Question, data: &Dataset, profiles: &[Profile<'_>]) -> Asked {
    let at = |var: &VarId| data.index_of(var).ok().and_then(|at| profiles.get(at));
    let single = question.items.len() == 1 && question.kind != QuestionKind::Multiple;
    let mut said = words(spoken(&question.text).1);
    said.extend(words(spoken(&question.short).1));
    let items: Vec<(VarId, Vec<String>)> = match (single, question.items.first()) {
        (true, Some(item)) => match at(&item.var) {
            Some(profile) => {
                if said.is_empty() {
                    said = profile.words.clone();
                }
                profile
                    .answers
                    .iter()
                    .map(|answer| (item.var.clone(), answer.words.clone()))
                    .collect()
            }
            None => Vec::new(),
        },
        _ => question
            .items
            .iter()
            .filter(|item| item.is == ItemKind::Answer)
            .map(|item| {
                let label = item.label.as_ref().map(|label| spoken(label).1);
                let label = label
                    .or_else(|| at(&item.var).map(|profile| profile.label))
                    .unwrap_or_default();
                (item.var.clone(), words(label))
            })
            .collect(),
    };
    Asked {
        name: name_words(&question.id.0),
        question,
        words: said,
        items,
        single,
    }
}

fn fit(asked: &Asked, ready: &Ready<'_>) -> Option<(f64, Vec<Reason>)> {
    let kinds = &ready.concept.kinds;
    if (!kinds.is_empty() && !kinds.contains(&asked.question.kind)) || ready.not.any(&asked.words) {
        return None;
    }
    let (mut evidence, mut reasons) = (Vec::new(), Vec::new());
    if let Some(range) = ready.words.find(&asked.words) {
        evidence.push(0.5);
        reasons.push(Reason::QuestionWord(asked.words[range].join(" ")));
    }
    if let Some(range) = ready.names.find(&asked.name) {
        evidence.push(0.4);
        reasons.push(Reason::NameWord(asked.name[range].join(" ")));
    }
    let known = asked
        .items
        .iter()
        .filter(|(_, words)| ready.items.iter().any(|(patterns, _)| patterns.any(words)))
        .count();
    let share = known as f64 / asked.items.len().max(1) as f64;
    if known >= 2 {
        // A few companies and citizens among the items are in many questions: items alone need nearly all.
        evidence.push(0.55 * share);
        reasons.push(Reason::KnownItems {
            known,
            of: asked.items.len(),
        });
    }
    let by_question = reasons
        .iter()
        .any(|reason| !matches!(reason, Reason::KnownItems { .. }));
    let enough = by_question && (known >= 2 || (asked.items.is_empty() || !asked.single && share > 0.0));
    let confidence = together(&evidence);
    (enough && confidence >= LEAST).then_some((confidence, reasons))
}

/// Which actor each item is about.
fn actors(asked: &Asked, ready: &Ready<'_>) -> Vec<(VarId, String)> {
    if asked.single {
        return Vec::new();
    }
    asked
        .items
        .iter()
        .filter_map(|(var, words)| {
            let mut known = ready.items.iter().filter(|(patterns, _)| patterns.any(words));
            Some((var.clone(), known.find_map(|(_, actor)| *actor)?.to_owned()))
        })
        .collect()
}
