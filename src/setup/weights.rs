//! Profiles in, which of them is the weight out. A wrong weight makes every number wrong: words alone are not enough,
//! and neither are numbers alone, unless they average exactly 1.

use super::links;
use super::lists::{RoleWords, lists};
use super::profile::Profile;
use super::{Guess, GuessId, Reason, What, together};
use crate::data::{Column, Role, VariableKind};

/// Below this it is no guess.
const LEAST: f64 = 0.5;
/// From here on it is hardly anything else.
const CLEAR: f64 = 0.8;
/// So many weights with one stem are replicate weights.
const REPLICATES: usize = 4;
/// A label with more words is a sentence.
const SHORT: usize = 4;

/// What the numbers of a column look like.
struct Shape {
    mean: f64,
    sum: f64,
    /// Share that is not whole.
    fractions: f64,
    /// Share with more than one decimal.
    fine: f64,
    several: bool,
}

/// The guesses for the weight, the best first; the others are instead of it. `population` is the size of the
/// population where the file tells it.
pub(super) fn guess(profiles: &[Profile<'_>], in_sets: &[bool], population: Option<f64>) -> Vec<Guess> {
    let Some(words) = lists().roles.get(&Role::Weight) else {
        return Vec::new();
    };
    let ties = links::ties(profiles);
    let mut found: Vec<(usize, f64, Vec<Reason>)> = profiles
        .iter()
        .filter(|profile| profile.free && !in_sets[profile.index])
        .filter_map(|profile| {
            let (confidence, reasons) = of(profile, words, population)?;
            Some((profile.index, confidence, reasons))
        })
        .collect();
    let stem = |at: usize| ties[at].stem.as_ref().map(|stem| stem.stem.clone());
    let stems: Vec<Option<String>> = found.iter().map(|(at, ..)| stem(*at)).collect();
    let siblings =
        |stem: &Option<String>| stem.is_some() && stems.iter().filter(|other| *other == stem).count() >= REPLICATES;
    let replicates: Vec<bool> = stems.iter().map(siblings).collect();
    let mut keep = replicates.iter();
    found.retain(|_| keep.next().is_some_and(|replicate| !replicate));
    // Of two that are clearly weights, the one of the last step.
    let is_last = |found: &(usize, f64, Vec<Reason>)| found.1 >= CLEAR && words.last.any(&profiles[found.0].words);
    found.sort_by(|a, b| {
        is_last(b)
            .cmp(&is_last(a))
            .then(b.1.total_cmp(&a.1))
            .then(a.0.cmp(&b.0))
    });
    let id = |at: usize| GuessId(format!("role:weight:{}", profiles[at].variable.name));
    let best = found.first().map(|(at, confidence, _)| (*at, *confidence));
    found
        .into_iter()
        .enumerate()
        .map(|(rank, (at, confidence, reasons))| Guess {
            id: id(at),
            what: What::Role {
                var: profiles[at].variable.name.clone(),
                role: Role::Weight,
            },
            confidence: match best {
                Some((_, best)) if rank > 0 => confidence.min(best * 0.7),
                _ => confidence,
            },
            reasons,
            instead_of: best.filter(|_| rank > 0).map(|(at, _)| id(at)),
        })
        .collect()
}

fn of(profile: &Profile<'_>, words: &RoleWords, population: Option<f64>) -> Option<(f64, Vec<Reason>)> {
    if matches!(profile.variable.kind, VariableKind::Text | VariableKind::Date) || profile.has_answer_labels() {
        return None;
    }
    let named = |patterns: &crate::data::wording::Patterns, words: &[String]| -> Option<String> {
        patterns.find(words).map(|range| words[range].join(" "))
    };
    let sure_label = named(&words.sure, &profile.words);
    let sure_name = named(&words.sure_names, &profile.name_words)
        .filter(|_| profile.label.is_empty() || words.words.any(&profile.words));
    let sure = sure_label.is_some() || sure_name.is_some();
    if !sure && (words.not.any(&profile.words) || words.not.any(&profile.name_words)) {
        return None;
    }
    let label = named(&words.words, &profile.words);
    let name = named(&words.sure_names, &profile.name_words).or_else(|| named(&words.names, &profile.name_words));
    let short = profile.words.len() <= SHORT;
    // A name that says weight over a label that speaks of something else is an abbreviation.
    let name_counts = profile.words.is_empty() || label.is_some() || sure;
    let (mut evidence, mut reasons) = (Vec::new(), Vec::new());
    if let Some(word) = &sure_label {
        evidence.push(0.9);
        reasons.push(Reason::LabelWord(word.clone()));
    } else if let Some(word) = &label {
        evidence.push(if short { 0.5 } else { 0.2 });
        reasons.push(Reason::LabelWord(word.clone()));
    }
    if let Some(word) = name.filter(|_| name_counts) {
        evidence.push(if sure_name.is_some() { 0.6 } else { 0.4 });
        reasons.push(Reason::NameWord(word));
    }
    // Only quantities average exactly 1 by design; looking at every other column would find one by accident.
    let by_words = !reasons.is_empty();
    let unlabelled = matches!(profile.column, Column::Numbers(_)) && profile.words.is_empty();
    if !(by_words || unlabelled) {
        return None;
    }
    let shape = shape(profile)?;
    let mean_is_one = (shape.mean - 1.0).abs() <= 0.02;
    if !by_words {
        let exactly = (shape.mean - 1.0).abs() <= 1e-4 && shape.fine >= 0.8 && profile.column.len() >= 200;
        // Indices and ratios average 1 too: this is only a hint.
        return exactly.then(|| (LEAST, vec![Reason::MeanIsOne, Reason::Fractions]));
    }
    let fractional = shape.fine >= 0.5 || (shape.fractions >= 0.5 && mean_is_one);
    if !shape.several || (!sure && !fractional) {
        return None;
    }
    if mean_is_one && shape.fractions > 0.2 {
        evidence.push(0.6);
        reasons.push(Reason::MeanIsOne);
    }
    if let Some(population) = population
        && (shape.sum / population - 1.0).abs() <= 0.05
    {
        evidence.push(0.7);
        reasons.push(Reason::SumIsPopulation(population));
    }
    if fractional {
        evidence.push(0.4);
        reasons.push(Reason::Fractions);
    }
    let confidence = together(&evidence);
    (confidence >= LEAST).then_some((confidence, reasons))
}

/// `None` where a number is negative, or hardly any is there.
fn shape(profile: &Profile<'_>) -> Option<Shape> {
    let numbers = profile.numbers();
    if numbers.len() < 2 || numbers.len() * 2 < profile.column.len() {
        return None;
    }
    let zeros = numbers.iter().filter(|number| **number == 0.0).count();
    if numbers.iter().any(|number| *number < 0.0) || zeros * 10 > numbers.len() {
        return None;
    }
    let count = numbers.len() as f64;
    let share = |is: &dyn Fn(f64) -> bool| numbers.iter().filter(|number| is(**number)).count() as f64 / count;
    let far_from_whole = |number: f64| (number - number.round()).abs() > 1e-6;
    let sum: f64 = numbers.iter().sum();
    Some(Shape {
        mean: sum / count,
        sum,
        fractions: share(&far_from_whole),
        fine: share(&|number| far_from_whole(number * 10.0)),
        several: numbers.iter().any(|number| *number != numbers[0]),
    })
}
