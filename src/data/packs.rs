//! The codebooks that come with the program, and which of them knows a file.

use super::codebook::Codebook;

/// The packs in `assets/codebooks/`, by file name.
const PACKS: [(&str, &str); 3] = [
    ("arena-2020", include_str!("../../assets/codebooks/arena-2020.json")),
    (
        "innovation-barometer-2016",
        include_str!("../../assets/codebooks/innovation-barometer-2016.json"),
    ),
    (
        "organisations-2016",
        include_str!("../../assets/codebooks/organisations-2016.json"),
    ),
];

/// A pack fits a file that has at least so many of its variables …
const AT_LEAST: usize = 10;
/// … and at least this share of them, in per cent.
const AT_LEAST_PERCENT: usize = 60;

/// A pack that fits a file.
pub(crate) struct Recognised {
    pub codebook: Codebook,
    /// How many of its variables the file has.
    pub matched: usize,
}

/// The pack that knows most of a file's variables, if one knows enough of them. A pack that cannot be read is passed
/// over: a test holds that all of them can.
pub(crate) fn recognise(has: impl Fn(&str) -> bool) -> Option<Recognised> {
    best(
        PACKS.iter().filter_map(|(_, json)| serde_json::from_str(json).ok()),
        has,
    )
}

fn best(packs: impl Iterator<Item = Codebook>, has: impl Fn(&str) -> bool) -> Option<Recognised> {
    packs
        .map(|codebook| Recognised {
            matched: codebook
                .variables
                .iter()
                .filter(|variable| has(&variable.name.0))
                .count(),
            codebook,
        })
        .filter(|pack| {
            pack.matched >= AT_LEAST && pack.matched * 100 >= pack.codebook.variables.len() * AT_LEAST_PERCENT
        })
        .max_by_key(|pack| pack.matched)
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
    fn a_pack_fits_when_most_of_its_variables_are_there() {
        let pack = |count: usize| Codebook {
            variables: (0..count)
                .map(|i| Variable::new(format!("v{i}"), VariableKind::Nominal))
                .collect(),
            ..Codebook::default()
        };
        let matched = |packs: Vec<Codebook>, present: usize| {
            best(packs.into_iter(), |name| name[1..].parse::<usize>().unwrap() < present).map(|pack| pack.matched)
        };
        assert_eq!(matched(vec![pack(20)], 12), Some(12));
        assert_eq!(matched(vec![pack(20)], 11), None);
        assert_eq!(matched(vec![pack(9)], 9), None);
        assert_eq!(matched(vec![pack(10), pack(14)], 14), Some(14));
    }
}
