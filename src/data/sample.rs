//! Nothing in, the sample survey out: synthetic answers in the shape of the Danish Innovation Barometer 2016, inside the
//! program, so that an installed one has it anywhere.

use super::combine::{By, combine};
use super::error::DataError;
use super::read::{Opened, ReadOptions, read_bytes};

/// The name of its file in `sample-data`.
pub const NAME: &str = "innovationsbarometer-2016.sav";

const ARENA: &[u8] = include_bytes!("../../sample-data/arena-2020.sav");
const ARENA_CODEBOOK: &str = include_str!("../../sample-data/arena-2020.codebook.json");

const LATER: &[u8] = include_bytes!("../../sample-data/innovationsbarometer-2019.sav");
const LATER_CODEBOOK: &str = include_str!("../../sample-data/innovationsbarometer-2019.codebook.json");

const NORWAY: &[u8] = include_bytes!("../../sample-data/norge-2017.sav");
const NORWAY_CODEBOOK: &str = include_str!("../../sample-data/norge-2017.codebook.json");

const FILE: &[u8] = include_bytes!("../../sample-data/innovationsbarometer-2016.sav");
const CODEBOOK: &str = include_str!("../../sample-data/innovationsbarometer-2016.codebook.json");

/// Reads the sample survey.
pub fn read() -> Result<Opened, DataError> {
    read_bytes(NAME, FILE, &ReadOptions::default(), Some(CODEBOOK))
}

/// Reads the sample survey of politicians, whose scales have four and five points.
pub fn read_arena() -> Result<Opened, DataError> {
    read_bytes("arena-2020.sav", ARENA, &ReadOptions::default(), Some(ARENA_CODEBOOK))
}

/// Reads two rounds of the sample survey as one data set.
pub fn read_rounds() -> Result<Opened, DataError> {
    let later = read_bytes(
        "innovationsbarometer-2019.sav",
        LATER,
        &ReadOptions::default(),
        Some(LATER_CODEBOOK),
    )?;
    combine(
        vec![("2016".to_owned(), read()?), ("2019".to_owned(), later)],
        By::Round,
    )
}

/// Reads the sample survey and the Norwegian one as one data set. Norway's workplaces are all municipal.
pub fn read_countries() -> Result<Opened, DataError> {
    let norway = read_bytes("norge-2017.sav", NORWAY, &ReadOptions::default(), Some(NORWAY_CODEBOOK))?;
    combine(
        vec![("Danmark".to_owned(), read()?), ("Norge".to_owned(), norway)],
        By::Country,
    )
}
