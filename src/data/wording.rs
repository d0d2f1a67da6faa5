//! Labels and names as people write them in, words that can be compared out: without case and accents, in whole words.
//!
//! A pattern is one or several words: `vægt` is that word, `vægt*` any word that begins so, `*vægt` any that ends so,
//! `*vægt*` any that has it inside; `ved ikke` is two words in a row. A pattern finds whole words only, so that "alder"
//! is not "ald" and "weight" is not in "weightless".

use std::collections::HashMap;

/// Small letters without accents: æ and ä become ae, ø and ö oe, å aa, ü ue, ß ss.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push_str("oe"),
            'å' => folded.push_str("aa"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'á' | 'à' | 'â' | 'ã' => folded.push('a'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'û' => folded.push('u'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            // Marks written after their letter, soft hyphens and invisible spaces say nothing.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            '’' | '‘' | '´' | '`' => folded.push('\''),
            other => folded.push(other),
        }
    }
    folded
}

/// The words of a label, folded. An apostrophe belongs to its word ("don't" is "dont").
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .replace('\'', "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The parts of a variable name, folded: `wgtFinal_2` is "wgt", "final", "2".
pub fn name_words(name: &str) -> Vec<String> {
    let mut parted = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for letter in name.chars() {
        let turns = (before.is_lowercase() && letter.is_uppercase())
            || (before.is_alphabetic() && letter.is_ascii_digit())
            || (before.is_ascii_digit() && letter.is_alphabetic());
        if turns {
            parted.push(' ');
        }
        parted.push(letter);
        before = letter;
    }
    words(&parted)
}

/// One word of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Begins,
    Ends,
    Inside,
}

impl Part {
    fn fits(self, wanted: &str, word: &str) -> bool {
        match self {
            Self::Whole => wanted == word,
            Self::Begins => word.starts_with(wanted),
            Self::Ends => word.ends_with(wanted),
            Self::Inside => word.contains(wanted),
        }
    }
}

/// Patterns ready to be looked for: those that begin with a whole word are found by it.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    patterns: Vec<Vec<(Part, String)>>,
    by_word: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl Patterns {
    /// Makes ready what people wrote down. Empty patterns are passed over.
    pub fn new<S: AsRef<str>>(written: impl IntoIterator<Item = S>) -> Self {
        let mut all = Self::default();
        for pattern in written {
            let parts: Vec<(Part, String)> = pattern
                .as_ref()
                .split_whitespace()
                .flat_map(|word| {
                    let (before, after) = (word.starts_with('*'), word.ends_with('*'));
                    let found = words(word.trim_matches('*'));
                    let alone = found.len() == 1;
                    found.into_iter().map(move |word| {
                        let part = match (alone && before, alone && after) {
                            (false, false) => Part::Whole,
                            (false, true) => Part::Begins,
                            (true, false) => Part::Ends,
                            (true, true) => Part::Inside,
                        };
                        (part, word)
                    })
                })
                .collect();
            let Some((part, word)) = parts.first() else {
                continue;
            };
            match part {
                Part::Whole => all.by_word.entry(word.clone()).or_default().push(all.patterns.len()),
                _ => all.others.push(all.patterns.len()),
            }
            all.patterns.push(parts);
        }
        all
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The first place that a pattern fits, as the range of words; the longest pattern there.
    pub fn find(&self, words: &[String]) -> Option<std::ops::Range<usize>> {
        (0..words.len()).find_map(|at| self.at(words, at).map(|length| at..at + length))
    }

    /// Whether any pattern fits anywhere.
    pub fn any(&self, words: &[String]) -> bool {
        self.find(words).is_some()
    }

    /// Whether a pattern fits all of the words, or all but `more` at their end.
    pub fn begins(&self, words: &[String], more: usize) -> bool {
        self.at(words, 0).is_some_and(|length| length + more >= words.len())
    }

    /// How many words the longest pattern covers that fits at `at`.
    fn at(&self, words: &[String], at: usize) -> Option<usize> {
        let rest = words.get(at..)?;
        let known = self.by_word.get(rest.first()?).map_or(&[][..], Vec::as_slice);
        known
            .iter()
            .chain(&self.others)
            .map(|&pattern| &self.patterns[pattern])
            .filter(|parts| {
                parts.len() <= rest.len()
                    && parts
                        .iter()
                        .zip(rest)
                        .all(|((part, wanted), word)| part.fits(wanted, word))
            })
            .map(Vec::len)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_camels_do_not_matter() {
        assert_eq!(
            words("Arbejdspladsens STØRRELSE (Größe)"),
            ["arbejdspladsens", "stoerrelse", "groesse"]
        );
        assert_eq!(words("Don’t know"), ["dont", "know"]);
        assert_eq!(name_words("wgtFinal_2b"), ["wgt", "final", "2", "b"]);
    }

    #[test]
    fn patterns_find_whole_words_and_stems_only() {
        let finds = |pattern: &str, text: &str| Patterns::new([pattern]).any(&words(text));
        assert!(finds("vægt", "Vægt (efterstratificeret)"));
        assert!(!finds("ald", "Alder"));
        assert!(!finds("weight", "Weightless"));
        assert!(finds("region*", "Regionens navn"));
        assert!(finds("*gewicht", "Designgewicht"));
        assert!(finds("*hemm*", "das gehemmte Kind"));
        assert!(finds("ved ikke", "Nej, ved ikke"));
        assert!(!finds("ved ikke", "ved du ikke"));
        assert!(Patterns::new(["don't know"]).begins(&words("Don't know / no answer"), 2));
        assert!(!Patterns::new(["don't know"]).begins(&words("Don't know about it at all"), 2));
        assert_eq!(Patterns::new(["a", "a b"]).find(&words("x a b c")), Some(1..3));
        assert!(Patterns::new(["", "*"]).is_empty());
    }
}
