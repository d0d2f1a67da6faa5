//! Nothing in, the sample survey out: synthetic answers in the shape of the Danish Innovation Barometer 2016, inside the
//! program, so that an installed one has it anywhere.

use super::error::DataError;
use super::read::{Opened, ReadOptions, read_bytes};

/// The name of its file in `sample-data`.
pub const NAME: &str = "innovationsbarometer-2016.sav";

const FILE: &[u8] = include_bytes!("../../sample-data/innovationsbarometer-2016.sav");
const CODEBOOK: &str = include_str!("../../sample-data/innovationsbarometer-2016.codebook.json");

/// Reads the sample survey.
pub fn read() -> Result<Opened, DataError> {
    read_bytes(NAME, FILE, &ReadOptions::default(), Some(CODEBOOK))
}
