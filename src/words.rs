//! A key and a language in, the words a person reads out. The sentences are in `assets/words/*.ftl`; numbers are
//! formatted here, as each language writes them.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use crate::data::Language;

const DA: &str = include_str!("../assets/words/da.ftl");
const EN: &str = include_str!("../assets/words/en.ftl");

/// A space that no line breaks at.
const NO_BREAK: char = '\u{a0}';

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static BUNDLES: OnceLock<[FluentBundle<FluentResource>; 2]> = OnceLock::new();
    let [da, en] = BUNDLES.get_or_init(|| {
        let load = |id, source: &str| {
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // The marks around arguments would be drawn as boxes in figures.
            bundle.set_use_isolating(false);
            // What can be read of a faulty file is used; a test says that there are no faults.
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
            bundle
        };
        [
            load(unic_langid::langid!("da"), DA),
            load(unic_langid::langid!("en"), EN),
        ]
    });
    match language {
        Language::Da => da,
        Language::En => en,
    }
}

/// The text of `key` with its arguments (already formatted). A key that is not there is its own text.
pub fn text(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut given = FluentArgs::new();
    for (name, value) in arguments {
        given.set(*name, *value);
    }
    // An argument that is not given leaves its name in braces, which a reader can make sense of.
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned()
}

/// A whole number with the language's thousands sign: 2.362 in Danish, 2,362 in English.
pub fn count(language: Language, number: f64) -> String {
    decimal(language, number, 0)
}

/// A share as whole per cent without the sign, half up: 0.125 is "13". A share that is not known is "–".
pub fn percent(share: f64) -> String {
    if share.is_nan() {
        return "–".to_owned();
    }
    let whole = half_up(share * 100.0);
    match whole < 0.0 {
        true => format!("−{}", -whole),
        false => format!("{}", whole.abs()),
    }
}

/// A share as whole per cent with its sign, as the language writes it: "54 %" (with a space that does not break) in
/// Danish, "54%" in English.
pub fn percent_sign(language: Language, share: f64) -> String {
    with_sign(language, &percent(share))
}

/// A number that is already formatted, with the sign for per cent.
pub fn with_sign(language: Language, number: &str) -> String {
    match language {
        Language::Da => format!("{number}{NO_BREAK}%"),
        Language::En => format!("{number}%"),
    }
}

/// A number with so many decimals and the language's decimal sign. What is not known is "–".
pub fn decimal(language: Language, number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let scale = 10f64.powi(decimals as i32);
    let rounded = half_up(number.abs() * scale) / scale;
    let digits = format!("{rounded:.decimals$}");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let (thousands, point) = match language {
        Language::Da => ('.', ','),
        Language::En => (',', '.'),
    };
    let mut out = String::new();
    if number < 0.0 && rounded > 0.0 {
        out.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// To the nearest whole number, halves up. The nudge lets 0.285 × 100, which is 28.499999999999996, be the half it
/// was written as.
fn half_up(number: f64) -> f64 {
    (number + 0.5 + 1e-9).floor()
}

/// Several things in a row: "a, b og c".
pub fn list<S: AsRef<str>>(language: Language, things: &[S]) -> String {
    join(language, "list-and", things)
}

/// Several things of which one will do: "a, b eller c".
pub fn choice<S: AsRef<str>>(language: Language, things: &[S]) -> String {
    join(language, "list-or", things)
}

fn join<S: AsRef<str>>(language: Language, key: &str, things: &[S]) -> String {
    let Some((last, rest)) = things.split_last() else {
        return String::new();
    };
    if rest.is_empty() {
        return last.as_ref().to_owned();
    }
    let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
    text(language, key, &[("first", &rest.join(", ")), ("last", last.as_ref())])
}

/// In the language's quotation marks: »…« or “…”.
pub fn quote(language: Language, words: &str) -> String {
    match language {
        Language::Da => format!("»{words}«"),
        Language::En => format!("“{words}”"),
    }
}

/// Begins with a small letter, unless it begins with an abbreviation or a name ("KL-medlemmer", "Danmark").
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let is_name = || {
        let word = words.split([' ', ',', '-', ':', '’', '\'']).next().unwrap_or_default();
        Language::ALL.iter().any(|language| {
            let names = text(*language, "proper-names", &[]);
            // "Danmarks", "Norges"
            names
                .split_whitespace()
                .any(|name| word == name || word.strip_suffix('s') == Some(name))
        })
    };
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() && !is_name() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    #[test]
    fn abbreviations_and_names_keep_their_capitals() {
        for (words, expected) in [
            ("Ældre arbejdspladser", "ældre arbejdspladser"),
            ("KL-medlemmer", "KL-medlemmer"),
            ("Danmarks regioner", "Danmarks regioner"),
            ("Norge", "Norge"),
            ("Normer", "normer"),
            ("", ""),
        ] {
            assert_eq!(lower_first(words), expected);
        }
    }

    /// Key → the arguments that its text names.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let resource = FluentResource::try_new(source.to_owned()).expect("no faults in the words");
        let _ = resource;
        let mut found = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with([' ', '#', '-'])
            {
                assert!(
                    found.insert(key.to_owned(), BTreeSet::new()).is_none(),
                    "{key} stands twice"
                );
                current = key.to_owned();
            }
            let arguments = line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '-')
                    .collect::<String>()
            });
            if let Some(known) = found.get_mut(&current) {
                known.extend(arguments);
            }
        }
        found
    }

    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }

    #[test]
    fn danish_and_english_have_the_same_keys_and_arguments() {
        assert_eq!(keys(DA), keys(EN));
    }

    #[test]
    fn every_key_used_in_the_code_has_words() {
        let known = keys(EN);
        let prefixes: BTreeSet<&str> = known.keys().filter_map(|key| key.split('-').next()).collect();
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let mut unknown = Vec::new();
        for (file, source) in files.iter().filter(|(file, _)| !file.ends_with("words.rs")) {
            for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for literal in line.split('"').skip(1).step_by(2) {
                    let looks_like_a_key = literal
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                        && literal
                            .split_once('-')
                            .is_some_and(|(prefix, rest)| prefixes.contains(prefix) && !rest.is_empty());
                    if looks_like_a_key && !known.contains_key(literal) {
                        unknown.push(format!("{file}: {literal}"));
                    }
                }
            }
        }
        assert!(unknown.is_empty(), "no words for {unknown:#?}");
    }

    #[test]
    fn a_missing_key_is_its_own_text() {
        assert_eq!(text(Language::Da, "figure-there-is-none", &[]), "figure-there-is-none");
    }

    #[test]
    fn shares_round_half_up_from_unrounded_values() {
        for (share, expected) in [
            (0.125, "13"),
            (0.285, "29"),
            (0.0, "0"),
            (0.004, "0"),
            (0.005, "1"),
            (1.0, "100"),
            (0.994_999, "99"),
            (-0.13, "−13"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(percent(share), expected, "{share}");
        }
        assert_eq!(percent_sign(Language::Da, 0.54), "54\u{a0}%");
        assert_eq!(percent_sign(Language::En, 0.54), "54%");
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!(count(Language::Da, 2362.0), "2.362");
        assert_eq!(count(Language::En, 1_234_567.4), "1,234,567");
        assert_eq!(decimal(Language::Da, -1234.56, 1), "−1.234,6");
        assert_eq!(decimal(Language::En, 11.5, 1), "11.5");
        assert_eq!(decimal(Language::Da, -0.01, 1), "0,0");
        assert_eq!(decimal(Language::Da, f64::INFINITY, 1), "–");
    }

    #[test]
    fn things_are_joined_and_quoted_as_each_language_does() {
        assert_eq!(list(Language::Da, &["a", "b", "c"]), "a, b og c");
        assert_eq!(choice(Language::En, &["a", "b"]), "a or b");
        assert_eq!(list::<&str>(Language::En, &[]), "");
        assert_eq!(quote(Language::Da, "a"), "»a«");
        assert_eq!(quote(Language::En, "a"), "“a”");
    }
}
