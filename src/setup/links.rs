//! The names and labels of two variables in, what ties them to one question out.

use std::collections::{HashMap, HashSet};

use super::lists::lists;
use super::profile::Profile;
use crate::data::wording::{fold, words};

/// A common end of labels has at least so many words (a unit in parentheses is no question).
const TAIL_WORDS: usize = 3;

/// How a name goes on after its stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Number,
    Letter,
}

/// A name taken apart: `q12_3` is `q12_` with a number, `q5b` is `q5` with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameStem {
    pub stem: String,
    ending: Ending,
    /// The stem is that of the whole questionnaire (`v101`).
    pub generic: bool,
}

/// A beginning or end of a label up to or from a sign like a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Its words, joined.
    pub key: String,
    pub words: usize,
    /// Where the rest of the label begins (of a head) or ends (of a tail), in bytes.
    pub at: usize,
    /// Whether it has a question mark.
    pub asks: bool,
}

/// What can tie a variable to others.
pub(super) struct Ties {
    /// The folded name.
    pub name: String,
    pub stem: Option<NameStem>,
    pub heads: Vec<Cut>,
    pub tails: Vec<Cut>,
}

/// What ties two variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Link {
    /// Words of the longest common beginning up to a sign; its key.
    pub head: Option<(String, usize)>,
    /// The same at the end.
    pub tail: Option<(String, usize)>,
    /// How many words they begin with alike, where no sign ends them.
    pub prefix: usize,
    pub name: NameLink,
}

/// What the names say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum NameLink {
    /// Nothing.
    #[default]
    Silent,
    /// The same stem with a number or letter each.
    Same(String),
    /// The same, but every variable of the questionnaire has that stem.
    Generic,
    /// The same first words (`partner_…`).
    Words(String),
    /// Different stems, each with a number or letter.
    Different,
}

impl Link {
    pub fn by_label(&self) -> bool {
        self.head.is_some() || self.tail.is_some()
    }

    /// How deep the labels are alike, in words.
    pub fn depth(&self) -> usize {
        let of = |cut: &Option<(String, usize)>| cut.as_ref().map_or(0, |(_, words)| *words);
        of(&self.head).max(of(&self.tail))
    }
}

/// The ties of every variable.
pub(super) fn ties(profiles: &[Profile<'_>]) -> Vec<Ties> {
    let mut ties: Vec<Ties> = profiles
        .iter()
        .map(|profile| Ties {
            name: fold(&profile.variable.name.0),
            stem: name_stem(&profile.variable.name.0),
            heads: heads(profile.label),
            tails: tails(profile.label),
        })
        .collect();
    mark_generic(&mut ties, profiles);
    ties
}

fn name_stem(name: &str) -> Option<NameStem> {
    let folded = fold(name);
    let without_digits = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    if without_digits.len() < folded.len() {
        return (!without_digits.is_empty()).then(|| NameStem {
            generic: lists()
                .generic_names
                .contains(without_digits.trim_end_matches(['_', '.', '-'])),
            stem: without_digits.to_owned(),
            ending: Ending::Number,
        });
    }
    let mut letters = folded.char_indices().rev();
    let (at, last) = letters.next()?;
    let before = letters.next()?.1;
    let after_sign = matches!(before, '_' | '.') && folded[..at].chars().any(|c| c.is_ascii_digit());
    (last.is_ascii_lowercase() && (before.is_ascii_digit() || after_sign)).then(|| NameStem {
        stem: folded[..at].to_owned(),
        ending: Ending::Letter,
        generic: false,
    })
}

/// A stem without a number of its own under which many different scales stand is the questionnaire's.
fn mark_generic(ties: &mut [Ties], profiles: &[Profile<'_>]) {
    let mut by_stem: HashMap<String, (usize, HashSet<String>)> = HashMap::new();
    for (tie, profile) in ties.iter().zip(profiles) {
        if let Some(stem) = &tie.stem
            && !stem.stem.chars().any(|c| c.is_ascii_digit())
        {
            let entry = by_stem.entry(stem.stem.clone()).or_default();
            entry.0 += 1;
            let scale: Vec<String> = profile
                .answers
                .iter()
                .map(|answer| format!("{}={}", answer.code, answer.words.join(" ")))
                .collect();
            entry.1.insert(scale.join("|"));
        }
    }
    for stem in ties.iter_mut().filter_map(|tie| tie.stem.as_mut()) {
        if by_stem
            .get(&stem.stem)
            .is_some_and(|(count, scales)| *count >= 8 && scales.len() >= 4)
        {
            stem.generic = true;
        }
    }
}

/// Signs that stand between a question and an item.
const SIGNS: [&str; 12] = [
    ": ", " - ", " – ", " — ", "? ", "… ", "... ", " | ", " [", " (", ". ", "; ",
];

fn heads(label: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for sign in SIGNS {
        for (at, _) in label.match_indices(sign) {
            let rest = at + sign.len();
            let head = &label[..rest];
            if label[rest..].trim_matches([')', ']', ' ']).is_empty() {
                continue;
            }
            let found = words(head);
            if !found.is_empty() {
                cuts.push(Cut {
                    key: found.join(" "),
                    words: found.len(),
                    at: rest,
                    asks: head.contains('?'),
                });
            }
        }
    }
    cuts.sort_by_key(|cut| std::cmp::Reverse(cut.at));
    cuts
}

fn tails(label: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for sign in [": ", " - ", " – ", " — ", "] ", ") ", " | ", "... ", "… "] {
        for (at, _) in label.match_indices(sign) {
            let tail = &label[at + sign.len()..];
            let found = words(tail);
            let asks = tail.contains('?');
            if (found.len() >= TAIL_WORDS || (asks && found.len() >= 2)) && !words(&label[..at]).is_empty() {
                cuts.push(Cut {
                    key: found.join(" "),
                    words: found.len(),
                    at,
                    asks,
                });
            }
        }
    }
    cuts.sort_by_key(|cut| cut.at);
    cuts
}

fn common(a: &[Cut], b: &[Cut]) -> Option<(String, usize)> {
    a.iter()
        .find(|cut| b.iter().any(|other| other.key == cut.key))
        .map(|cut| (cut.key.clone(), cut.words))
}

/// What ties variable `a` to the later variable `b`.
pub(super) fn link(a: (&Ties, &Profile<'_>), b: (&Ties, &Profile<'_>)) -> Link {
    let ((a, of_a), (b, of_b)) = (a, b);
    let differ = of_a.words != of_b.words;
    let prefix = of_a.words.iter().zip(&of_b.words).take_while(|(x, y)| x == y).count();
    let whole = prefix == of_a.words.len() || prefix == of_b.words.len();
    Link {
        head: common(&a.heads, &b.heads).filter(|_| differ),
        tail: common(&a.tails, &b.tails).filter(|_| differ),
        prefix: if whole { 0 } else { prefix },
        name: name_link(a, b),
    }
}

fn name_link(a: &Ties, b: &Ties) -> NameLink {
    if let (Some(x), Some(y)) = (&a.stem, &b.stem)
        && x.ending == y.ending
    {
        return match (x.stem == y.stem, x.generic || y.generic) {
            (true, false) => NameLink::Same(x.stem.clone()),
            (true, true) => NameLink::Generic,
            (false, false) => NameLink::Different,
            (false, true) => NameLink::Silent,
        };
    }
    let same: usize = a.name.bytes().zip(b.name.bytes()).take_while(|(x, y)| x == y).count();
    let stem = a
        .name
        .get(..same)
        .and_then(|begin| begin.rfind(['_', '.', '-']).and_then(|at| begin.get(..=at)));
    match stem {
        Some(stem) if stem.chars().filter(|c| c.is_alphanumeric()).count() >= 2 => NameLink::Words(stem.to_owned()),
        _ => NameLink::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_at_their_number_or_letter() {
        let stem = |name: &str| name_stem(name).map(|stem| (stem.stem, stem.generic));
        assert_eq!(stem("Q12_3"), Some(("q12_".into(), false)));
        assert_eq!(stem("q5b"), Some(("q5".into(), false)));
        assert_eq!(stem("V101"), Some(("v".into(), true)));
        assert_eq!(stem("partner3"), Some(("partner".into(), false)));
        assert_eq!(stem("partner_fonde"), None);
        assert_eq!(stem("2016"), None);
        assert_eq!(stem("æ"), None);
    }

    #[test]
    fn labels_are_cut_at_signs() {
        let keys = |cuts: Vec<Cut>| -> Vec<String> { cuts.into_iter().map(|cut| cut.key).collect() };
        assert_eq!(
            keys(heads("Partner: Unternehmen - Inland")),
            ["partner unternehmen", "partner"]
        );
        assert_eq!(
            keys(tails("[Unternehmen] Mit wem kooperieren Sie?")),
            ["mit wem kooperieren sie"]
        );
        assert!(tails("Anteil Akademiker: (in Prozent)").is_empty());
    }
}
