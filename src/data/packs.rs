//! The codebooks that come with the program, and which of them knows a file.

use std::sync::LazyLock;

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

/// The packs, read when the first file without a codebook of its own is opened. One that cannot be read is passed over:
/// a test holds that all of them can.
static READ: LazyLock<Vec<Codebook>> = LazyLock::new(|| {
    PACKS
        .iter()
        .filter_map(|(_, json)| serde_json::from_str(json).ok())
        .collect()
});

/// The pack that knows most of a file's variables, if one knows enough of them.
pub(crate) fn recognise(has: impl Fn(&str) -> bool) -> Option<Recognised> {
    best(&READ, has)
}

fn best(packs: &[Codebook], has: impl Fn(&str) -> bool) -> Option<Recognised> {
    packs
        .iter()
        .map(|pack| {
            (
                pack.variables.iter().filter(|variable| has(&variable.name.0)).count(),
                pack,
            )
        })
        .filter(|(matched, pack)| *matched >= AT_LEAST && matched * 100 >= pack.variables.len() * AT_LEAST_PERCENT)
        .max_by_key(|(matched, _)| *matched)
        .map(|(matched, pack)| Recognised {
            codebook: pack.clone(),
            matched,
        })
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
            best(&packs, |name| name[1..].parse::<usize>().unwrap() < present).map(|pack| pack.matched)
        };
        assert_eq!(matched(vec![pack(20)], 12), Some(12));
        assert_eq!(matched(vec![pack(20)], 11), None);
        assert_eq!(matched(vec![pack(9)], 9), None);
        assert_eq!(matched(vec![pack(10), pack(14)], 14), Some(14));
    }
}
