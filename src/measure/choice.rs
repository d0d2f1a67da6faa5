//! What a person chooses about the sampling design and about comparisons, as values that can be stored.

use serde::{Deserialize, Serialize};

use crate::data::{Code, Dataset, Role, VarId};
use crate::stats::{Adjust, Lonely, ReplicateKind};

/// Which variables make the sampling design, and what is done with its weights.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DesignChoice {
    /// The sampling weight; `None`: every respondent counts 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<VarId>,
    /// Strata; several are crossed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<VarId>,
    /// Population size of the stratum, or (when no number is above 1) the fraction sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<VarId>,
    /// Primary sampling unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<VarId>,
    /// What is done with a stratum that has one sampling unit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lonely: Lonely,
    /// Replicate weights, from which errors are computed instead of from strata and clusters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replicates: Option<Box<ReplicateChoice>>,
    /// Known population counts that weights are calibrated to: one margin is post-stratification, several are raked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub margins: Vec<MarginChoice>,
    /// Weights are cut to lie within these limits ([`Code::Number`]), after calibration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trim: Option<Box<(Code, Code)>>,
}

/// Replicate weights of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReplicateChoice {
    /// Their variables are called this and a number.
    pub prefix: String,
    /// How they were made.
    pub kind: ReplicateKind,
    /// Fay's ρ: a [`Code::Number`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rho: Option<Code>,
    /// The factor of the variance where it is not the kind's own: a [`Code::Number`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Code>,
    /// The constant of each replicate where they are not the kind's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Code>,
}

/// A table of population counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarginChoice {
    /// The variables that make its cells.
    pub vars: Vec<VarId>,
    /// For each cell a code or label of every variable, and the count: a [`Code::Number`].
    pub cells: Vec<(Vec<Code>, Code)>,
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Compare {
    /// Tests that the groups of the breakdown do not differ.
    #[serde(default)]
    pub test: bool,
    /// Differences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Pairs>,
    /// How their p-values are adjusted; a family is the pairs of one row, or without a breakdown all pairs of rows.
    #[serde(default)]
    pub adjust: Adjust,
}

/// Which differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairs {
    /// Every pair of groups; without a breakdown every pair of items, which the same respondents answered.
    All,
    /// Each group against all others together.
    Rest,
}

impl Compare {
    /// Whether anything is.
    pub fn is_asked(&self) -> bool {
        self.test || self.pairs.is_some()
    }
}

impl DesignChoice {
    /// The design that the codebook's roles describe; several files are strata of their own.
    pub fn of(data: &Dataset) -> Self {
        let with_role = |role| data.codebook.with_role(role).map(|variable| variable.name.clone());
        Self {
            weight: with_role(Role::Weight),
            strata: data
                .combined
                .iter()
                .map(|combined| combined.by.clone())
                .chain(with_role(Role::Stratum))
                .collect(),
            population: with_role(Role::PopulationSize),
            cluster: with_role(Role::Cluster),
            ..Self::default()
        }
    }
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
