//! Profiles in, what each variable is for out: weight and design, then the variables that surveys are broken down by.

use std::collections::{HashMap, HashSet};

use super::lists::{RoleWords, lists};
use super::profile::Profile;
use super::sets::Set;
use super::{Guess, GuessId, Reason, What, together, weights};
use crate::data::wording::Patterns;
use crate::data::{Code, Column, Role, VariableKind};

/// Below this it is no guess.
const LEAST: f64 = 0.45;
/// A label with more words is a sentence.
const SHORT: usize = 5;

/// Roles known by words on labels of few values, and how many values those can have.
const BY_WORDS: [(Role, usize); 6] = [
    (Role::Sector, 12),
    (Role::Size, 15),
    (Role::RespondentType, 25),
    (Role::Region, 120),
    (Role::Branch, 700),
    (Role::Round, 30),
];

struct Found {
    at: usize,
    role: Role,
    confidence: f64,
    reasons: Vec<Reason>,
}

/// Every role that can be guessed, in the order of [`Role::ALL`]; for each the best variable first.
pub(super) fn guess(profiles: &[Profile<'_>], sets: &[Set]) -> Vec<Guess> {
    let mut in_sets = vec![false; profiles.len()];
    for &member in sets.iter().flat_map(|set| &set.members) {
        in_sets[member] = true;
    }
    let free: Vec<&Profile<'_>> = profiles
        .iter()
        .filter(|profile| profile.free && !in_sets[profile.index])
        .collect();
    let told: HashSet<Role> = profiles.iter().filter_map(|profile| profile.variable.role).collect();
    let mut found = by_words(&free);
    found.extend(design(&free));
    found.extend(identity(&free));
    found.retain(|found| !told.contains(&found.role));
    let population = population(&found, profiles);
    let weights = match told.contains(&Role::Weight) {
        true => Vec::new(),
        false => weights::guess(profiles, &in_sets, population),
    };
    let weight = weights.first().map(|guess| guess.what.clone());
    if let Some(What::Role { var, .. }) = &weight {
        found.retain(|found| profiles[found.at].variable.name != *var);
    }
    let mut guesses = settle(found, profiles);
    guesses.extend(weights);
    let order = |guess: &Guess| match guess.what {
        What::Role { role, .. } => Role::ALL.iter().position(|other| *other == role),
        _ => None,
    };
    guesses.sort_by_key(order);
    guesses
}

/// One role per variable and one variable per role: the surest first, the others as alternatives.
fn settle(mut found: Vec<Found>, profiles: &[Profile<'_>]) -> Vec<Guess> {
    found.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.at.cmp(&b.at))
            .then(a.role.cmp(&b.role))
    });
    let id = |role: Role, at: usize| GuessId(format!("role:{}:{}", role.id(), profiles[at].variable.name));
    let mut best: HashMap<Role, (usize, f64)> = HashMap::new();
    let mut used = HashSet::new();
    let mut guesses = Vec::new();
    for found in found {
        if !used.insert(found.at) {
            continue;
        }
        let better = best.get(&found.role).copied();
        if better.is_none() {
            best.insert(found.role, (found.at, found.confidence));
        }
        guesses.push(Guess {
            id: id(found.role, found.at),
            what: What::Role {
                var: profiles[found.at].variable.name.clone(),
                role: found.role,
            },
            confidence: match better {
                Some((_, best)) => (found.confidence.min(best) * 70.0).round() / 100.0,
                None => found.confidence,
            },
            reasons: found.reasons,
            instead_of: better.map(|(at, _)| id(found.role, at)),
        });
    }
    guesses
}

fn named(patterns: &Patterns, words: &[String]) -> Option<String> {
    patterns.find(words).map(|range| words[range].join(" "))
}

/// What name and label say, unless something rules it out.
fn words_say(profile: &Profile<'_>, words: &RoleWords) -> Option<(Vec<f64>, Vec<Reason>)> {
    if words.not.any(&profile.words) || words.not.any(&profile.name_words) {
        return None;
    }
    let (mut evidence, mut reasons) = (Vec::new(), Vec::new());
    if let Some(word) = named(&words.words, &profile.words) {
        evidence.push(if profile.words.len() <= SHORT { 0.55 } else { 0.25 });
        reasons.push(Reason::LabelWord(word));
    }
    if let Some(word) = named(&words.names, &profile.name_words) {
        // A name alone, over a label that says something else, is an accident more often.
        evidence.push(if profile.words.is_empty() || !reasons.is_empty() {
            0.5
        } else {
            0.3
        });
        reasons.push(Reason::NameWord(word));
    }
    Some((evidence, reasons))
}

fn by_words(free: &[&Profile<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    for (role, most) in BY_WORDS {
        let Some(words) = lists().roles.get(&role) else {
            continue;
        };
        for profile in free {
            if let Some((confidence, reasons)) = breakdown(profile, role, words, most) {
                found.push(Found {
                    at: profile.index,
                    role,
                    confidence,
                    reasons,
                });
            }
        }
    }
    found
}

fn breakdown(profile: &Profile<'_>, role: Role, words: &RoleWords, most: usize) -> Option<(f64, Vec<Reason>)> {
    let Column::Coded { levels, .. } = profile.column else {
        return None;
    };
    let is_box = matches!(
        profile.class,
        super::scales::Class::Two { .. } | super::scales::Class::Tick(_)
    );
    if profile.open_text
        || profile.variable.kind == VariableKind::Date
        || levels.len() > most
        || (is_box && role != Role::Round)
    {
        return None;
    }
    // A quantity (number of employees) is no class.
    let has_labels = profile.has_answer_labels() || levels.iter().any(|level| matches!(level, Code::Text(_)));
    if !has_labels && (levels.len() > 12 && role != Role::Branch) {
        return None;
    }
    let (mut evidence, mut reasons) = words_say(profile, words)?;
    let labels: Vec<(&str, Vec<String>)> = labels(profile);
    let least = |share: usize| labels.len() >= 2 && share * 2 >= labels.len();
    let fitting: Vec<String> = labels
        .iter()
        .filter(|(_, said)| match role {
            Role::Size => words.values.any(said) && said.iter().any(|word| is_number(word)),
            Role::RespondentType => words.values.begins(said, 3),
            _ => words.values.begins(said, 0),
        })
        .map(|(label, _)| (*label).to_owned())
        .collect();
    let ranges = labels.iter().filter(|(label, _)| is_range(label)).count();
    if least(fitting.len()) {
        evidence.push(match role {
            // Politicians and managers are asked about in many questions.
            Role::RespondentType => 0.3,
            _ => 0.6,
        });
        reasons.push(Reason::ValueWords(fitting.into_iter().take(3).collect()));
    } else if role == Role::Size {
        match least(ranges) {
            true if !reasons.is_empty() => {
                evidence.push(0.4);
                reasons.push(Reason::Ranges(
                    labels.iter().map(|(label, _)| (*label).to_owned()).take(3).collect(),
                ));
            }
            // The size of something that is not counted in numbers.
            false if labels.len() > 4 => return None,
            _ => {}
        }
    }
    if reasons.is_empty() || (has_labels && labels.len() < 2 && role != Role::Round) {
        return None;
    }
    let confidence = together(&evidence);
    (confidence >= LEAST).then_some((confidence, reasons))
}

/// The labels of the substantive answers, with their words.
fn labels<'a>(profile: &'a Profile<'_>) -> Vec<(&'a str, Vec<String>)> {
    if !profile.answers.is_empty() {
        let labelled = profile.answers.iter().filter(|answer| !answer.label.is_empty());
        return labelled
            .map(|answer| (answer.label.as_str(), answer.words.clone()))
            .collect();
    }
    let values = profile
        .variable
        .values
        .iter()
        .map(|value| super::profile::spoken(&value.label).1);
    values
        .filter(|label| !label.is_empty())
        .map(|label| (label, crate::data::wording::words(label)))
        .collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// "50-99", "250 or more", "under 10".
fn is_range(label: &str) -> bool {
    let words = crate::data::wording::words(label);
    let numbers = words.iter().filter(|word| is_number(word)).count();
    numbers >= 1 && words.len() <= 6 && numbers * 3 >= words.len()
}

/// Strata, population sizes and clusters.
fn design(free: &[&Profile<'_>]) -> Vec<Found> {
    let lists = lists();
    let mut found: Vec<Found> = Vec::new();
    for role in [Role::PopulationSize, Role::Stratum, Role::Cluster] {
        let Some(words) = lists.roles.get(&role) else { continue };
        for profile in free {
            if profile.open_text
                || matches!(
                    profile.class,
                    super::scales::Class::Two { .. } | super::scales::Class::Tick(_)
                )
            {
                continue;
            }
            let Some((evidence, reasons)) = words_say(profile, words) else {
                continue;
            };
            let counts = role != Role::PopulationSize || (is_count(profile) && !profile.has_answer_labels());
            if !reasons.is_empty() && counts && distinct(profile.column) > 1 {
                found.push(Found {
                    at: profile.index,
                    role,
                    confidence: together(&evidence),
                    reasons,
                });
            }
        }
    }
    let of = |role: Role, found: &[Found]| -> Vec<usize> {
        found
            .iter()
            .filter(|found| found.role == role)
            .map(|found| found.at)
            .collect()
    };
    let profile_at = |at: usize| free.iter().find(|profile| profile.index == at);
    let sizes = of(Role::PopulationSize, &found);
    let strata = of(Role::Stratum, &found);
    let pairs: Vec<(usize, usize)> = sizes
        .iter()
        .flat_map(|size| strata.iter().map(move |stratum| (*size, *stratum)))
        .filter(|&(size, stratum)| match (profile_at(size), profile_at(stratum)) {
            (Some(size), Some(stratum)) => tells_size(stratum.column, size.column).is_some(),
            _ => false,
        })
        .collect();
    for (size, stratum) in &pairs {
        for (at, other, role) in [(size, stratum, Role::PopulationSize), (stratum, size, Role::Stratum)] {
            let Some(name) = profile_at(*other).map(|profile| profile.variable.name.clone()) else {
                continue;
            };
            if let Some(found) = found.iter_mut().find(|found| found.at == *at && found.role == role) {
                found.confidence = together(&[found.confidence, 0.7]);
                found.reasons.push(match role {
                    Role::Stratum => Reason::Explains(name),
                    _ => Reason::ConstantWithin(name),
                });
            }
        }
    }
    // A population size whose stratum has no name of its own: the variable with the fewest values that explains it.
    if let (Some(&size), true) = (sizes.first(), strata.is_empty())
        && let Some(size) = profile_at(size)
    {
        let explains = free
            .iter()
            .filter(|profile| profile.index != size.index && !profile.open_text)
            .filter(|profile| {
                matches!(profile.column, Column::Coded { .. }) && distinct(profile.column) * 2 < profile.column.len()
            })
            .filter_map(|profile| Some((tells_size(profile.column, size.column)?, profile.index)))
            .min();
        if let Some((_, at)) = explains {
            found.push(Found {
                at,
                role: Role::Stratum,
                confidence: 0.7,
                reasons: vec![Reason::Explains(size.variable.name.clone())],
            });
        }
    }
    // The other way round: the stratum is named, and one variable counts more than the respondents in each.
    if let (true, Some(&stratum)) = (sizes.is_empty(), strata.first())
        && let Some(stratum) = profile_at(stratum)
        && distinct(stratum.column) > 4
    {
        let sizes = free
            .iter()
            .filter(|profile| profile.index != stratum.index && is_count(profile) && !profile.has_answer_labels());
        let mut sizes: Vec<usize> = sizes
            .filter(|profile| distinct(profile.column) * 2 > distinct(stratum.column))
            .filter(|profile| tells_size(stratum.column, profile.column).is_some())
            .map(|profile| profile.index)
            .collect();
        if let (Some(at), true) = (sizes.pop(), sizes.is_empty()) {
            found.push(Found {
                at,
                role: Role::PopulationSize,
                confidence: 0.5,
                reasons: vec![Reason::ConstantWithin(stratum.variable.name.clone())],
            });
        }
    }
    found.retain(|found| found.confidence >= LEAST);
    found
}

/// Whole numbers from 1.
fn is_count(profile: &Profile<'_>) -> bool {
    let numbers = profile.numbers();
    numbers.len() * 10 >= profile.column.len() * 9
        && !numbers.is_empty()
        && numbers.iter().all(|number| *number >= 1.0 && number.fract() == 0.0)
}

fn distinct(column: &Column) -> usize {
    match column {
        Column::Coded { levels, .. } => levels.len(),
        Column::Numbers(numbers) => {
            let bits: HashSet<u64> = numbers
                .iter()
                .filter(|number| !number.is_nan())
                .map(|number| number.to_bits())
                .collect();
            bits.len()
        }
    }
}

/// How many strata, where `size` has one value in each and never less than its respondents, and differs among them.
fn tells_size(stratum: &Column, size: &Column) -> Option<usize> {
    let mut of_stratum: HashMap<u64, (f64, usize)> = HashMap::new();
    for row in 0..stratum.len() {
        let key = match stratum {
            Column::Coded { rows, .. } => rows.get(row).map(|level| level as u64),
            Column::Numbers(numbers) => Some(numbers[row]).filter(|number| !number.is_nan()).map(f64::to_bits),
        };
        let (Some(key), number) = (key, size.number(row)) else {
            continue;
        };
        if number.is_nan() {
            continue;
        }
        let entry = of_stratum.entry(key).or_insert((number, 0));
        if entry.0 != number {
            return None;
        }
        entry.1 += 1;
    }
    let sizes: HashSet<u64> = of_stratum.values().map(|(number, _)| number.to_bits()).collect();
    let enough = of_stratum.values().all(|(number, count)| *number >= *count as f64);
    (enough && sizes.len() > 1).then_some(of_stratum.len())
}

/// The number of units in the population, where strata and their sizes are known well.
fn population(found: &[Found], profiles: &[Profile<'_>]) -> Option<f64> {
    let surest = |role: Role| {
        let of_role = found
            .iter()
            .filter(|found| found.role == role && found.confidence >= 0.6);
        of_role.fold(None, |best: Option<&Found>, found| match best {
            Some(best) if best.confidence >= found.confidence => Some(best),
            _ => Some(found),
        })
    };
    let stratum = profiles.get(surest(Role::Stratum)?.at)?.column;
    let size = profiles.get(surest(Role::PopulationSize)?.at)?.column;
    tells_size(stratum, size)?;
    let mut seen = HashSet::new();
    let mut sum = 0.0;
    for row in 0..stratum.len() {
        if let Some(code) = stratum.code(row)
            && seen.insert(code)
        {
            sum += size.number(row);
        }
    }
    Some(sum).filter(|sum| sum.is_finite() && *sum > 0.0)
}

/// Who answered, and where they belong.
fn identity(free: &[&Profile<'_>]) -> Vec<Found> {
    let lists = lists();
    let mut found = Vec::new();
    for profile in free {
        if profile.variable.kind == VariableKind::Date || profile.has_answer_labels() {
            continue;
        }
        let words_for = |role: Role| lists.roles.get(&role).and_then(|words| words_say(profile, words));
        if let Some((evidence, mut reasons)) = words_for(Role::Organisation)
            && !reasons.is_empty()
            && distinct(profile.column) > 4
        {
            reasons.truncate(2);
            found.push(Found {
                at: profile.index,
                role: Role::Organisation,
                confidence: together(&evidence),
                reasons,
            });
        }
        // What a name can say is asked before what every row must say.
        let Some((mut evidence, mut reasons)) = words_for(Role::Id) else {
            continue;
        };
        let (rows, early) = (profile.column.len(), profile.index < 3);
        if rows < 5 || (reasons.is_empty() && !early) || distinct(profile.column) < rows {
            continue;
        }
        let plain = match profile.column {
            Column::Numbers(numbers) => numbers.iter().all(|number| number.fract() == 0.0),
            Column::Coded { levels, .. } => levels.iter().all(|level| match level {
                Code::Number(number) => number.fract() == 0.0,
                Code::Text(text) => !text.contains(' ') && text.len() <= 64,
            }),
        };
        if !plain {
            continue;
        }
        evidence.push(0.5);
        reasons.push(Reason::Unique);
        if (1..rows).all(|row| profile.column.number(row) == profile.column.number(row - 1) + 1.0) {
            evidence.push(0.4);
            reasons.push(Reason::Consecutive);
        }
        found.push(Found {
            at: profile.index,
            role: Role::Id,
            confidence: together(&evidence),
            reasons,
        });
    }
    found.retain(|found| found.confidence >= LEAST);
    found
}
