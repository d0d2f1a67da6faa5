//! Nothing in, the sample survey out: synthetic answers in the shape of the Danish Innovation Barometer 2016, inside the
//! program, so that an installed one has it anywhere.

use super::error::DataError;
use super::read::{Opened, ReadOptions, read_bytes};

/// The name of its file in `sample-data`.
pub const NAME: &str = "innovationsbarometer-2016.sav";

const ARENA: &[u8] = include_bytes!("../../sample-data/arena-2020.sav");
const ARENA_CODEBOOK: &str = include_str!("../../sample-data/arena-2020.codebook.json");

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
