//! The answers of variables in, which scales they are and whether two are the same out.

use std::collections::BTreeMap;

use super::lists::lists;
use super::poles;
use super::profile::{Answer, Profile};
use crate::data::{Code, Column};

/// How the "chosen" of two answers was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// "Chosen", "quoted", "X and not X": what only boxes say.
    Box,
    /// Yes and no.
    YesNo,
    /// 1 and 0 (or 2) without labels.
    Bare,
}

/// What kind of scale a variable has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Class {
    /// Nothing that makes a set.
    None,
    /// One code, or nothing.
    Tick(Code),
    /// Two answers, one of which means "chosen".
    Two { chosen: Code, marker: Marker },
    /// Several answers.
    Many,
}

/// The class of a variable by its substantive answers, sorted by code.
pub(super) fn class_of(answers: &[Answer], labelled: bool, column: &Column) -> Class {
    let one = Code::Number(1.0);
    match answers {
        [] => Class::None,
        [only] => {
            let blank = column.len() > 1 && (0..column.len()).any(|row| column.code(row).is_none());
            match blank {
                true => Class::Tick(only.code.clone()),
                // Everybody, or nobody, ticked a box that others tick or leave.
                false if only.code == one || only.code == Code::Number(0.0) => Class::Two {
                    chosen: one,
                    marker: Marker::Bare,
                },
                false => Class::None,
            }
        }
        [a, b] if labelled => {
            // Only 1 has a label, and that names the box.
            if a.label.is_empty() && a.code == Code::Number(0.0) && b.code == one {
                return Class::Tick(one);
            }
            match two_labels(a, b) {
                Some((chosen, marker)) => Class::Two { chosen, marker },
                None if poles::of(answers).is_some() => Class::Many,
                None => Class::None,
            }
        }
        [a, b] => {
            let (low, high) = (a.code.number(), b.code.number());
            let bare = matches!((low, high), (Some(0.0), Some(1.0)) | (Some(1.0), Some(2.0)));
            match bare {
                true => Class::Two {
                    chosen: one,
                    marker: Marker::Bare,
                },
                false => Class::Many,
            }
        }
        _ => Class::Many,
    }
}

/// Which of two labels means "chosen".
fn two_labels(a: &Answer, b: &Answer) -> Option<(Code, Marker)> {
    let lists = lists();
    let negates = |no: &Answer, yes: &Answer| -> bool {
        no.words.len() == yes.words.len() + 1
            && lists.negation.begins(&no.words[..1], 0)
            && no.words[1..] == yes.words[..]
    };
    for (yes, no) in [(a, b), (b, a)] {
        let chosen = lists.chosen.begins(&yes.words, 2);
        let unchosen = lists.unchosen.any(&no.words)
            || (lists.negation.any(&no.words) && lists.chosen.any(&no.words))
            || lists.no.begins(&no.words, 0);
        if negates(no, yes) || (chosen && unchosen) || (chosen && no.words.is_empty()) {
            let marker = match lists.yes.begins(&yes.words, 0) {
                true => Marker::YesNo,
                false => Marker::Box,
            };
            return Some((yes.code.clone(), marker));
        }
        if lists.yes.begins(&yes.words, 6) && lists.no.begins(&no.words, 6) && !lists.no.begins(&yes.words, 0) {
            return Some((yes.code.clone(), Marker::YesNo));
        }
    }
    None
}

/// Whether two variables can stand under one question: the same scale, as far as their labels and codes tell.
pub(super) fn same(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    match (&a.class, &b.class) {
        (Class::Tick(x), Class::Tick(y)) => x == y,
        (Class::Two { chosen: x, marker: m }, Class::Two { chosen: y, marker: n }) => {
            x == y
                && (m == n || nobody(a) || nobody(b))
                && (*m == Marker::Bare || *n == Marker::Bare || same_codes(a, b))
        }
        // Nobody left it, or nobody ticked it.
        (
            Class::Tick(x),
            Class::Two {
                chosen,
                marker: Marker::Bare,
            },
        )
        | (
            Class::Two {
                chosen,
                marker: Marker::Bare,
            },
            Class::Tick(x),
        ) => x == chosen,
        (Class::Many, Class::Many) => same_answers(a, b),
        _ => false,
    }
}

fn nobody(profile: &Profile<'_>) -> bool {
    profile.answers.len() == 1
}

fn same_codes(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let texts = a.answers.iter().any(|answer| matches!(answer.code, Code::Text(_)));
    texts || (a.answers.len() == b.answers.len() && a.answers.iter().zip(&b.answers).all(|(x, y)| x.code == y.code))
}

fn same_answers(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    if a.labelled != b.labelled {
        return false;
    }
    if !a.labelled {
        let common = a
            .answers
            .iter()
            .filter(|x| b.answers.iter().any(|y| x.code == y.code))
            .count();
        let all = a.answers.len() + b.answers.len() - common;
        return common * 10 >= all * 6;
    }
    let of = |profile: &'_ Profile<'_>| -> BTreeMap<Code, Vec<String>> {
        let labelled = profile.answers.iter().filter(|answer| !answer.words.is_empty());
        labelled
            .map(|answer| (answer.code.clone(), answer.words.clone()))
            .collect()
    };
    let (x, y) = (of(a), of(b));
    let common = x.iter().filter(|(code, words)| y.get(*code) == Some(*words)).count();
    let differ = x
        .iter()
        .any(|(code, words)| y.get(code).is_some_and(|other| other != words));
    let texts = a.answers.iter().any(|answer| matches!(answer.code, Code::Text(_)));
    if differ {
        return false;
    }
    match texts {
        // Texts are known by those that somebody gave.
        true => common * 10 >= x.len().min(y.len()) * 6,
        false => common == x.len().min(y.len()) && common * 2 > x.len().max(y.len()),
    }
}
