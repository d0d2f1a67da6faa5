//! The words of `assets/setup/words.json`, ready to be looked for.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::data::wording::{Patterns, fold};
use crate::data::{AnswerKind, Role};

const WORDS: &str = include_str!("../../assets/setup/words.json");

type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Written {
    roles: BTreeMap<Role, WrittenRole>,
    answers: BTreeMap<AnswerKind, ByLanguage>,
    #[serde(rename = "box")]
    boxes: WrittenBox,
    yes: ByLanguage,
    no: ByLanguage,
    negation: ByLanguage,
    none: WrittenNone,
    poles: WrittenPoles,
    generic_names: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenRole {
    sure: ByLanguage,
    sure_names: ByLanguage,
    words: ByLanguage,
    names: ByLanguage,
    values: ByLanguage,
    not: ByLanguage,
    #[serde(rename = "final")]
    last: ByLanguage,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenBox {
    chosen: ByLanguage,
    not: ByLanguage,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenNone {
    whole: ByLanguage,
    begins: ByLanguage,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WrittenPoles {
    neutral: ByLanguage,
    negative: ByLanguage,
    positive: ByLanguage,
    low: ByLanguage,
    high: ByLanguage,
}

/// The words that tell a role.
#[derive(Default)]
pub(super) struct RoleWords {
    /// Words of a label that can mean nothing else.
    pub sure: Patterns,
    /// The same in a name.
    pub sure_names: Patterns,
    /// Words of a label.
    pub words: Patterns,
    /// Parts of a name.
    pub names: Patterns,
    /// Labels of values.
    pub values: Patterns,
    /// Words that rule it out.
    pub not: Patterns,
    /// Words of the last of several steps: the calibrated weight comes after the design weight.
    pub last: Patterns,
}

/// Every list of words.
#[derive(Default)]
pub(super) struct Lists {
    pub roles: BTreeMap<Role, RoleWords>,
    /// Labels of codes that are no answers, by kind.
    pub answers: Vec<(AnswerKind, Patterns)>,
    /// "Chosen", as only a box says it.
    pub chosen: Patterns,
    /// "Unchecked": not chosen in one word.
    pub unchosen: Patterns,
    pub yes: Patterns,
    pub no: Patterns,
    pub negation: Patterns,
    /// "None of these" as a whole label, and as its beginning.
    pub none: Patterns,
    pub none_begins: Patterns,
    pub neutral: Patterns,
    pub negative: Patterns,
    pub positive: Patterns,
    /// Degrees, which say which end where nothing else does.
    pub low: Patterns,
    pub high: Patterns,
    /// Name stems that every questionnaire uses for all of its variables.
    pub generic_names: HashSet<String>,
}

/// The lists, read once. A faulty file leaves them empty; a test says that it has no faults.
pub(super) fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| read().unwrap_or_default())
}

fn read() -> Result<Lists, serde_json::Error> {
    let written: Written = serde_json::from_str(WORDS)?;
    let all = |lists: &ByLanguage| Patterns::new(lists.values().flatten());
    Ok(Lists {
        roles: written
            .roles
            .iter()
            .map(|(role, words)| {
                let words = RoleWords {
                    sure: all(&words.sure),
                    sure_names: all(&words.sure_names),
                    words: all(&words.words),
                    names: all(&words.names),
                    values: all(&words.values),
                    not: all(&words.not),
                    last: all(&words.last),
                };
                (*role, words)
            })
            .collect(),
        answers: written
            .answers
            .iter()
            .map(|(kind, words)| (*kind, all(words)))
            .collect(),
        chosen: all(&written.boxes.chosen),
        unchosen: all(&written.boxes.not),
        yes: all(&written.yes),
        no: all(&written.no),
        negation: all(&written.negation),
        none: all(&written.none.whole),
        none_begins: all(&written.none.begins),
        neutral: all(&written.poles.neutral),
        negative: all(&written.poles.negative),
        positive: all(&written.poles.positive),
        low: all(&written.poles.low),
        high: all(&written.poles.high),
        generic_names: written.generic_names.iter().map(|name| fold(name)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_can_be_read() {
        let lists = read().unwrap();
        assert_eq!(lists.roles.len(), Role::ALL.len());
        assert_eq!(lists.answers.len(), 5);
        assert!(!lists.generic_names.is_empty());
    }
}
