//! The labels of a scale in, its two poles out.

use super::lists::lists;
use super::profile::Answer;
use crate::data::wording::Patterns;
use crate::data::{Code, Poles};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Negative,
    Neutral,
    Positive,
    Unknown,
}

fn side_of(words: &[String]) -> Side {
    let lists = lists();
    if words.is_empty() {
        return Side::Unknown;
    }
    if lists.neutral.any(words) {
        return Side::Neutral;
    }
    // "Hindered to a high degree": what it is comes before how much of it.
    match by(words, &lists.negative, &lists.positive) {
        Side::Unknown => by(words, &lists.low, &lists.high),
        side => side,
    }
}

fn by(words: &[String], negative: &Patterns, positive: &Patterns) -> Side {
    match (negative.find(words), positive.find(words)) {
        // "Stimme nicht zu" has the words of both: what says no is the longer phrase.
        (Some(no), Some(yes)) if yes.len() > no.len() => Side::Positive,
        (Some(_), _) => Side::Negative,
        (None, Some(yes)) => {
            let denied = yes.start > 0 && lists().negation.begins(&words[yes.start - 1..yes.start], 0);
            match denied {
                true => Side::Negative,
                false => Side::Positive,
            }
        }
        (None, None) => Side::Unknown,
    }
}

/// The poles of a scale whose answers are sorted by code: negative labels at one end and positive ones at the other.
/// Codes without a label go with the end they are nearer to.
pub(super) fn of(answers: &[Answer]) -> Option<Poles> {
    let mut sides: Vec<Side> = answers.iter().map(|answer| side_of(&answer.words)).collect();
    let (first, last) = (*sides.first()?, *sides.last()?);
    let upwards = match (first, last) {
        (Side::Negative, Side::Positive) => true,
        (Side::Positive, Side::Negative) => false,
        _ => return None,
    };
    let length = sides.len();
    for at in 0..length {
        if sides[at] == Side::Unknown && answers[at].words.is_empty() {
            sides[at] = match (2 * at + 1).cmp(&length) {
                std::cmp::Ordering::Less => first,
                std::cmp::Ordering::Equal => Side::Neutral,
                std::cmp::Ordering::Greater => last,
            };
        }
    }
    // Each side is one run from its end.
    let low = sides.iter().take_while(|side| **side == first).count();
    let high = sides.iter().rev().take_while(|side| **side == last).count();
    let stray = sides[low..length - high]
        .iter()
        .any(|side| *side == first || *side == last);
    if stray {
        return None;
    }
    let codes = |range: &[Answer]| -> Vec<Code> { range.iter().map(|answer| answer.code.clone()).collect() };
    let from_low = codes(&answers[..low]);
    let mut from_high = codes(&answers[length - high..]);
    from_high.reverse();
    Some(match upwards {
        true => Poles {
            negative: from_low,
            positive: from_high,
        },
        false => Poles {
            negative: from_high,
            positive: from_low,
        },
    })
}
