//! Codebooks that come with the program or that somebody saved, and which of them know a file: by the names of its
//! variables, by their labels, by concepts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::codebook::{Codebook, Concept, Text, VarId};
use super::wording::{Patterns, name_words, words};

/// The packs in `assets/codebooks/`, by file name.
const PACKS: [(&str, &str); 8] = [
    ("arena-2020", include_str!("../../assets/codebooks/arena-2020.json")),
    (
        "community-innovation-survey",
        include_str!("../../assets/codebooks/community-innovation-survey.json"),
    ),
    (GENERAL, include_str!("../../assets/codebooks/general.json")),
    (
        "innovation-barometer-2014",
        include_str!("../../assets/codebooks/innovation-barometer-2014.json"),
    ),
    (
        "innovation-barometer-2016",
        include_str!("../../assets/codebooks/innovation-barometer-2016.json"),
    ),
    (
        "innovation-barometer-2019",
        include_str!("../../assets/codebooks/innovation-barometer-2019.json"),
    ),
    (
        "innovation-barometer-2022",
        include_str!("../../assets/codebooks/innovation-barometer-2022.json"),
    ),
    (
        "organisations-2016",
        include_str!("../../assets/codebooks/organisations-2016.json"),
    ),
];

/// The pack whose concepts every survey shares.
const GENERAL: &str = "general";

/// A codebook fits a file that has at least so many of its variables (or all of them) …
const AT_LEAST: usize = 10;
/// … and at least this share of them, in per cent.
const AT_LEAST_PERCENT: usize = 60;
/// Fewer variables than this are no sign, even if they are all.
const FEWEST: usize = 3;

/// Every pack that comes with the program, read once. One that cannot be read is passed over: a test holds that all can.
pub fn packs() -> &'static [Codebook] {
    static READ: OnceLock<Vec<Codebook>> = OnceLock::new();
    READ.get_or_init(|| {
        PACKS
            .iter()
            .filter_map(|(_, json)| serde_json::from_str(json).ok())
            .collect()
    })
}

/// The pack of concepts that surveys share.
pub fn general_pack() -> Option<&'static Codebook> {
    packs().iter().find(|pack| pack.id == GENERAL)
}

/// A concept that only gives its id is that of the general pack.
fn in_full(concept: &Concept) -> &Concept {
    let general = general_pack().filter(|_| concept.words.is_empty() && concept.names.is_empty());
    let known = general.and_then(|pack| pack.concepts.iter().find(|known| known.id == concept.id));
    known.unwrap_or(concept)
}

/// How well a pack or saved codebook knows a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PackMatch {
    /// Its [`Codebook::id`].
    pub pack: String,
    /// What it is called.
    pub title: Text,
    /// How many of its variables the file has by name.
    pub by_name: usize,
    /// How many more the file has by label, under another name.
    pub by_label: usize,
    /// How many variables it names.
    pub of: usize,
    /// The ids of its concepts that the file asks about.
    pub concepts: Vec<String>,
    /// How many concepts it has.
    pub of_concepts: usize,
    /// The variables found by label: the pack's name, the file's name.
    pub renamed: Vec<(VarId, VarId)>,
}

impl PackMatch {
    /// The share of its variables (or of its concepts, where it names no variables) that the file has, 0..=1.
    pub fn share(&self) -> f64 {
        match self.of {
            0 => self.concepts.len() as f64 / self.of_concepts.max(1) as f64,
            of => (self.by_name + self.by_label) as f64 / of as f64,
        }
    }
}

/// How well each codebook knows the file, the best first; those that know nothing of it are left out. Nothing is
/// changed by it: a person chooses.
pub fn fits<'a>(file: &Codebook, codebooks: impl IntoIterator<Item = &'a Codebook>) -> Vec<PackMatch> {
    let spoken = Spoken::of(file);
    let mut matches: Vec<PackMatch> = codebooks
        .into_iter()
        .map(|pack| spoken.fit(pack))
        .filter(|found| found.by_name + found.by_label + found.concepts.len() > 0)
        .collect();
    matches.sort_by(|a, b| {
        let whole = |found: &PackMatch| (found.of > 0) as u8;
        b.share()
            .total_cmp(&a.share())
            .then(whole(b).cmp(&whole(a)))
            .then(b.concepts.len().cmp(&a.concepts.len()))
    });
    matches
}

/// What a file says about its columns, ready to be compared.
struct Spoken<'a> {
    names: HashSet<&'a str>,
    /// Folded label → the variable that alone has it.
    labels: HashMap<String, Option<&'a VarId>>,
    /// Words of name and label of every variable.
    words: Vec<(Vec<String>, Vec<String>)>,
}

impl<'a> Spoken<'a> {
    fn of(file: &'a Codebook) -> Self {
        let mut labels: HashMap<String, Option<&VarId>> = HashMap::new();
        for variable in &file.variables {
            for label in variable.label.0.values() {
                let folded = words(label).join(" ");
                if !folded.is_empty() {
                    labels
                        .entry(folded)
                        .and_modify(|known| {
                            if *known != Some(&variable.name) {
                                *known = None;
                            }
                        })
                        .or_insert(Some(&variable.name));
                }
            }
        }
        Self {
            names: file.variables.iter().map(|variable| variable.name.0.as_str()).collect(),
            labels,
            words: file
                .variables
                .iter()
                .map(|variable| {
                    let said = variable.label.0.values().flat_map(|label| words(label)).collect();
                    (name_words(&variable.name.0), said)
                })
                .collect(),
        }
    }

    fn fit(&self, pack: &Codebook) -> PackMatch {
        let mut renamed = Vec::new();
        let mut by_name = 0;
        for variable in &pack.variables {
            if self.names.contains(variable.name.0.as_str()) {
                by_name += 1;
                continue;
            }
            let found = variable
                .label
                .0
                .values()
                .find_map(|label| *self.labels.get(&words(label).join(" "))?);
            if let Some(file) = found {
                renamed.push((variable.name.clone(), file.clone()));
            }
        }
        let concepts: Vec<String> = pack
            .concepts
            .iter()
            .filter(|concept| self.asks(concept))
            .map(|concept| concept.id.clone())
            .collect();
        PackMatch {
            pack: pack.id.clone(),
            title: pack.title.clone(),
            by_name,
            by_label: renamed.len(),
            of: pack.variables.len(),
            concepts,
            of_concepts: pack.concepts.len(),
            renamed,
        }
    }

    fn asks(&self, concept: &Concept) -> bool {
        let concept = in_full(concept);
        let (names, said, not) = (
            Patterns::new(&concept.names),
            Patterns::new(&concept.words),
            Patterns::new(&concept.not),
        );
        self.words
            .iter()
            .any(|(name, label)| !not.any(label) && (said.any(label) || (label.is_empty() && names.any(name))))
    }
}

/// A codebook that fits a file by its names.
pub(crate) struct Recognised {
    pub codebook: Codebook,
    /// How many of its variables the file has.
    pub matched: usize,
}

/// The codebook that knows most of a file's variables by name, if one knows enough of them: one of `saved`, else a pack.
pub(crate) fn recognise(saved: Vec<Codebook>, has: impl Fn(&str) -> bool) -> Option<Recognised> {
    let count = |codebook: &Codebook| {
        codebook
            .variables
            .iter()
            .filter(|variable| has(&variable.name.0))
            .count()
    };
    let best = |found: Option<(usize, Codebook)>| found.map(|(matched, codebook)| Recognised { codebook, matched });
    let own = saved
        .into_iter()
        .map(|codebook| (count(&codebook), codebook))
        .filter(|(matched, codebook)| is_enough(*matched, codebook.variables.len()))
        // The share tells the same survey from one with more variables.
        .max_by_key(|(matched, codebook)| (matched * 1_000_000 / codebook.variables.len().max(1), *matched));
    best(own).or_else(|| {
        let pack = packs()
            .iter()
            .map(|pack| (count(pack), pack))
            .filter(|(matched, pack)| is_enough(*matched, pack.variables.len()))
            .max_by_key(|(matched, _)| *matched);
        best(pack.map(|(matched, pack)| (matched, pack.clone())))
    })
}

fn is_enough(matched: usize, of: usize) -> bool {
    (matched >= AT_LEAST && matched * 100 >= of * AT_LEAST_PERCENT) || (of >= FEWEST && matched == of)
}

/// The file name under which a codebook is kept for the next file with the same variables: the same variables, the same
/// name, so that a newer one replaces the older.
pub fn saved_name(codebook: &Codebook) -> String {
    let names: BTreeMap<&str, ()> = codebook
        .variables
        .iter()
        .map(|variable| (variable.name.0.as_str(), ()))
        .collect();
    let mut hash = Sha256::new();
    for name in names.keys() {
        hash.update(name.as_bytes());
        hash.update([0]);
    }
    let hash: String = hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{hash}.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::codebook::{Variable, VariableKind};

    #[test]
    fn every_pack_can_be_read() {
        for (name, json) in PACKS {
            let pack: Result<Codebook, _> = serde_json::from_str(json);
            let checked = pack.map_err(|error| error.to_string()).and_then(|pack| {
                crate::data::merge::check(&pack)?;
                if pack.id == name {
                    Ok(())
                } else {
                    Err(format!("its id is {}", pack.id))
                }
            });
            assert_eq!(checked, Ok(()), "{name}");
        }
    }

    #[test]
    fn concepts_and_actors_of_packs_are_those_of_the_general_pack() {
        let general = general_pack().unwrap();
        let concepts: HashSet<&str> = general.concepts.iter().map(|concept| concept.id.as_str()).collect();
        let actors: HashSet<&str> = general.actors.iter().map(|actor| actor.id.as_str()).collect();
        for pack in packs() {
            for concept in pack.questions.iter().filter_map(|question| question.concept.as_deref()) {
                let own = pack.concepts.iter().any(|known| known.id == concept);
                assert!(concepts.contains(concept) || own, "{}: {concept}", pack.id);
            }
            for concept in pack.concepts.iter().map(in_full) {
                assert!(
                    !concept.short.is_empty() && !concept.words.is_empty(),
                    "{}: {}",
                    pack.id,
                    concept.id
                );
                for actor in concept.items.iter().filter_map(|item| item.actor.as_deref()) {
                    assert!(actors.contains(actor), "{}: {actor}", pack.id);
                }
            }
        }
    }

    fn named(prefix: &str, count: usize) -> Codebook {
        Codebook {
            variables: (0..count)
                .map(|i| Variable::new(format!("{prefix}{i}"), VariableKind::Nominal))
                .collect(),
            ..Codebook::default()
        }
    }

    #[test]
    fn a_codebook_fits_when_most_of_its_variables_are_there() {
        let matched = |saved: Vec<Codebook>, present: usize| {
            recognise(saved, |name| name[1..].parse::<usize>().unwrap_or(usize::MAX) < present).map(|pack| pack.matched)
        };
        assert_eq!(matched(vec![named("v", 20)], 12), Some(12));
        assert_eq!(matched(vec![named("v", 20)], 11), None);
        assert_eq!(matched(vec![named("v", 9)], 8), None);
        assert_eq!(matched(vec![named("v", 9)], 9), Some(9), "all of a small file");
        assert_eq!(matched(vec![named("v", 2)], 2), None);
        assert_eq!(matched(vec![named("v", 10), named("v", 14)], 14), Some(14));
        assert_eq!(
            matched(vec![named("v", 14), named("v", 40)], 30),
            Some(14),
            "all of one before most of another"
        );
    }

    #[test]
    fn the_same_variables_are_kept_under_the_same_name() {
        let mut turned = named("v", 5);
        turned.variables.reverse();
        turned.title = Text::plain("Another title");
        assert_eq!(saved_name(&named("v", 5)), saved_name(&turned));
        assert_ne!(saved_name(&named("v", 5)), saved_name(&named("v", 6)));
    }

    #[test]
    fn variables_under_other_names_are_found_by_their_labels() {
        let pack = packs()
            .iter()
            .find(|pack| pack.id == "innovation-barometer-2016")
            .unwrap();
        let file = Codebook {
            variables: pack
                .variables
                .iter()
                .enumerate()
                .map(|(at, variable)| Variable {
                    label: variable.label.clone(),
                    ..Variable::new(format!("q{at}"), variable.kind)
                })
                .collect(),
            ..Codebook::default()
        };
        let best = fits(&file, packs()).remove(0);
        assert_eq!((best.pack.as_str(), best.by_name), ("innovation-barometer-2016", 0));
        assert!(best.by_label * 10 >= best.of * 9, "{} of {}", best.by_label, best.of);
    }
}
