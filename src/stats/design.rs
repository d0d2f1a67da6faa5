//! Weights, strata, population sizes and clusters in, a [`Design`] out that estimates shares and means over domains by
//! Taylor linearisation.

use super::Estimate;

/// What to do with a stratum that has only one sampling unit. The names are those of R `survey`'s `lonely.psu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lonely {
    /// Its deviation is taken from the population mean rather than from its own: conservative, the default.
    #[default]
    Adjust,
    /// It contributes nothing.
    Remove,
    /// It is an error.
    Fail,
}

/// What a design is made of; one element per respondent.
#[derive(Clone, Debug, Default)]
pub struct DesignSpec {
    /// Sampling weights; `None`: every respondent counts 1. NaN: the respondent is outside the design.
    pub weights: Option<Vec<f64>>,
    /// Stratum of each respondent, any numbering; `None`: one stratum.
    pub strata: Option<Vec<u32>>,
    /// How many units the respondent's stratum has in the population (the same for all of a stratum); `None`: sampling
    /// with replacement.
    pub population: Option<Vec<f64>>,
    /// Primary sampling unit of each respondent, any numbering, unique within its stratum; `None`: the respondent.
    pub clusters: Option<Vec<u32>>,
    /// Strata with one sampling unit.
    pub lonely: Lonely,
}

/// A sampling design, made once per data set and choice of design variables.
#[derive(Clone, Debug)]
pub struct Design {}

/// Why a design cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DesignError {
    /// A weight is negative.
    #[error("row {row} has the weight {weight}")]
    NegativeWeight {
        /// One-based row.
        row: usize,
        /// Its weight.
        weight: f64,
    },
    /// A stratum has more respondents than population.
    #[error("row {row} lies in a stratum of {sampled} respondents with a population of {population}")]
    PopulationTooSmall {
        /// One-based row.
        row: usize,
        /// Sampling units in the stratum.
        sampled: usize,
        /// Its population.
        population: f64,
    },
}

impl Design {
    /// Makes a design of `rows` respondents.
    pub fn new(_rows: usize, _spec: DesignSpec) -> Result<Self, DesignError> {
        unimplemented!()
    }

    /// The share of `domain` that `chosen` marks.
    pub fn share(&self, _domain: &[bool], _chosen: &[bool]) -> Estimate {
        unimplemented!()
    }

    /// The mean of `values` over `domain`. Values outside the domain are not looked at.
    pub fn mean(&self, _domain: &[bool], _values: &[f64]) -> Estimate {
        unimplemented!()
    }

    /// How many strata have one sampling unit only.
    pub fn lonely_strata(&self) -> usize {
        unimplemented!()
    }
}
