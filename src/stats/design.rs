//! Weights, strata, population sizes, clusters, margins and replicate weights in, a [`Design`] out: what every estimate
//! and its error are computed with.

use std::collections::HashMap;

use super::calibrate::{self, Calibration, CalibrationError, Margin};
use super::replicates::{ReplicateSpec, Replicates};
use serde::{Deserialize, Serialize};

/// Below this a finite population correction counts as a census of the stratum (the limit R `survey` uses).
pub(super) const CENSUS: f64 = 1e-7;

/// The unit of a respondent who is outside the design or weighs nothing.
pub(super) const OUTSIDE: u32 = u32::MAX;

/// What to do with a stratum that has only one sampling unit and is not sampled completely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lonely {
    /// Its total counts in full, as a deviation from 0: conservative, the default. For shares, means and ratios 0 is
    /// the mean of all sampling units, for totals it is not. `lonely.psu = "adjust"` in R `survey`.
    #[default]
    Adjust,
    /// Its total counts as a deviation from the mean of all sampling units: `singleunit(centered)` in Stata. As
    /// [`Lonely::Adjust`] for shares, means and ratios over the whole sample, smaller for totals.
    Centre,
    /// It contributes as much as the other strata do on average: `lonely.psu = "average"` in R, `singleunit(scaled)`
    /// in Stata.
    Average,
    /// It contributes nothing: `lonely.psu = "remove"` or `"certainty"` in R.
    Remove,
    /// It is an error.
    Fail,
}

/// What a design is made of; one element per respondent.
#[derive(Clone, Debug, Default)]
pub struct DesignSpec {
    /// Sampling weights; `None`: every respondent counts 1. NaN: the respondent is outside the design. Zero: the
    /// respondent was sampled but counts for nothing.
    pub weights: Option<Vec<f64>>,
    /// Stratum of each respondent, any numbering; `None`: one stratum.
    pub strata: Option<Vec<u32>>,
    /// How many sampling units the respondent's stratum has in the population (the same for all of a stratum), or, when
    /// no number is above 1, which fraction of them was sampled; `None`: sampling with replacement. NaN: as the others
    /// of the stratum say; a stratum where nobody says has no correction.
    pub population: Option<Vec<f64>>,
    /// Primary sampling unit of each respondent, any numbering, unique within its stratum; `None`: the respondent.
    pub clusters: Option<Vec<u32>>,
    /// Strata with one sampling unit.
    pub lonely: Lonely,
    /// Known population counts that the weights are calibrated to: one margin is post-stratification, several are
    /// raked.
    pub margins: Vec<Margin>,
    /// After calibration, weights are cut to lie from the first to the second number.
    pub trim: Option<(f64, f64)>,
    /// Replicate weights: errors come from them, and strata and clusters are not looked at.
    pub replicates: Option<ReplicateSpec>,
}

/// A stratum of a design.
#[derive(Clone, Debug)]
pub(super) struct Stratum {
    /// How many sampling units were drawn.
    pub units: f64,
    /// The finite population correction, (N − n) ÷ N; 1 when sampling is with replacement.
    pub correction: f64,
    /// The first respondent of it, zero-based.
    pub first_row: usize,
    /// Some weight that occurs in it: sums of weights are taken as deviations from it, so that equal weights have
    /// exactly no spread. 0 in a design with clusters.
    pub shift: f64,
}

/// A sampling design, made once per data set and choice of design variables.
#[derive(Clone, Debug)]
pub struct Design {
    /// One element per respondent; 0 outside the design.
    pub(super) weights: Vec<f64>,
    /// One element per respondent: the weight − the stratum's shift.
    pub(super) deviations: Vec<f64>,
    /// One element per respondent: the stratum, or in a design with clusters the sampling unit; [`OUTSIDE`] when the
    /// respondent is outside the design or weighs nothing.
    pub(super) units: Vec<u32>,
    /// In a design with clusters, the stratum of each sampling unit.
    pub(super) stratum_of: Option<Vec<u32>>,
    pub(super) strata: Vec<Stratum>,
    pub(super) lonely: Lonely,
    pub(super) calibration: Vec<Calibration>,
    pub(super) replicates: Option<Replicates>,
    stratified: bool,
    without_weight: usize,
}

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
    /// A weight is infinite.
    #[error("row {row} has an infinite weight")]
    InfiniteWeight {
        /// One-based row.
        row: usize,
    },
    /// A stratum has more respondents than population.
    #[error("row {row} lies in a stratum of {sampled} sampled with a population of {population}")]
    PopulationTooSmall {
        /// One-based row.
        row: usize,
        /// Sampling units in the stratum.
        sampled: usize,
        /// Its population.
        population: f64,
    },
    /// Two respondents of a stratum have different population sizes.
    #[error("row {row} says {population}, but another row of the same stratum says {other}")]
    PopulationVaries {
        /// One-based row.
        row: usize,
        /// Its population.
        population: f64,
        /// The population that an earlier row of the stratum has.
        other: f64,
    },
    /// Some population sizes are fractions and others counts.
    #[error("row {row} says {population}, which is a fraction, but other rows have counts")]
    PopulationMixed {
        /// One-based row.
        row: usize,
        /// Its population.
        population: f64,
    },
    /// The weights cannot be calibrated.
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
    /// Replicate weights cannot be used.
    #[error("replicate {replicate} has {found} in row {row}")]
    ReplicateWeight {
        /// One-based replicate.
        replicate: usize,
        /// One-based row.
        row: usize,
        /// What stands there.
        found: f64,
    },
    /// Too few replicates, or constants of another number.
    #[error("{replicates} replicate weights, and constants for {constants}")]
    Replicates {
        /// How many replicates.
        replicates: usize,
        /// How many constants.
        constants: usize,
    },
    /// A stratum has one sampling unit, and [`Lonely::Fail`] was asked for.
    #[error("row {row} is the only one sampled in its stratum")]
    LonelyStratum {
        /// One-based row.
        row: usize,
    },
}

/// A stratum while the rows are read.
struct Drawn {
    first_row: usize,
    units: usize,
    population: f64,
    shift: f64,
}

impl Design {
    /// Makes a design of `rows` respondents. The slices of `spec` have `rows` elements each.
    pub fn new(rows: usize, spec: DesignSpec) -> Result<Self, DesignError> {
        let mut weights = spec.weights.unwrap_or_else(|| vec![1.0; rows]);
        check_weights(&weights)?;
        let mut replicates = match spec.replicates {
            None => None,
            Some(spec) => Some(checked_replicates(spec, &weights)?),
        };
        let mut calibration = Vec::new();
        if !spec.margins.is_empty() {
            let (step, rounds) = Calibration::new(spec.margins, &mut weights)?;
            for replicate in replicates.iter_mut().flat_map(|replicates| &mut replicates.weights) {
                step.repeat(replicate, rounds);
            }
            calibration.push(step);
        }
        if let Some(limits) = spec.trim {
            calibrate::trim(&mut weights, limits);
            for replicate in replicates.iter_mut().flat_map(|replicates| &mut replicates.weights) {
                calibrate::trim(replicate, limits);
            }
        }
        let fractions = spec.population.as_deref().is_some_and(are_fractions);
        let mut stratum_numbers: HashMap<u32, u32> = HashMap::new();
        let mut cluster_numbers: HashMap<(u32, u32), u32> = HashMap::new();
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut stratum_of = Vec::new();
        let mut units = vec![OUTSIDE; rows];
        let mut without_weight = 0;
        for (row, &weight) in weights.iter().enumerate() {
            if weight.is_nan() {
                without_weight += 1;
                continue;
            }
            let stratum = *stratum_numbers
                .entry(spec.strata.as_ref().map_or(0, |strata| strata[row]))
                .or_insert_with(|| {
                    drawn.push(Drawn {
                        first_row: row + 1,
                        units: 0,
                        population: f64::NAN,
                        shift: weight,
                    });
                    drawn.len() as u32 - 1
                });
            let here = &mut drawn[stratum as usize];
            let population = spec.population.as_ref().map_or(f64::NAN, |sizes| sizes[row]);
            if !fractions && population > 0.0 && population < 1.0 {
                return Err(DesignError::PopulationMixed {
                    row: row + 1,
                    population,
                });
            }
            if here.population.is_nan() {
                here.population = population;
            } else if !population.is_nan() && population != here.population {
                return Err(DesignError::PopulationVaries {
                    row: row + 1,
                    population,
                    other: here.population,
                });
            }
            let unit = match &spec.clusters {
                None => {
                    here.units += 1;
                    stratum
                }
                Some(clusters) => *cluster_numbers.entry((stratum, clusters[row])).or_insert_with(|| {
                    here.units += 1;
                    stratum_of.push(stratum);
                    stratum_of.len() as u32 - 1
                }),
            };
            if weight > 0.0 {
                units[row] = unit;
            }
        }
        let clustered = spec.clusters.is_some();
        let strata = drawn
            .iter()
            .map(|stratum| stratum.finish(clustered, fractions, spec.lonely))
            .collect::<Result<Vec<_>, _>>()?;
        let weights: Vec<f64> = weights.iter().map(|w| if w.is_nan() { 0.0 } else { *w }).collect();
        let deviations = if clustered {
            weights.clone()
        } else {
            weights
                .iter()
                .zip(&units)
                .map(|(weight, unit)| strata.get(*unit as usize).map_or(0.0, |stratum| weight - stratum.shift))
                .collect()
        };
        Ok(Self {
            weights,
            deviations,
            units,
            stratum_of: clustered.then_some(stratum_of),
            strata,
            lonely: spec.lonely,
            calibration,
            replicates,
            stratified: spec.strata.is_some(),
            without_weight,
        })
    }

    /// How many strata have one sampling unit only, not counting those that were sampled completely.
    pub fn lonely_strata(&self) -> usize {
        self.lonely_rows().len()
    }

    /// A respondent, as a zero-based row, of each of these strata.
    pub fn lonely_rows(&self) -> Vec<usize> {
        self.strata
            .iter()
            .filter(|stratum| stratum.units == 1.0 && stratum.correction >= CENSUS)
            .map(|stratum| stratum.first_row)
            .collect()
    }

    /// How many strata it has; 0 when it is not stratified.
    pub fn strata(&self) -> usize {
        if self.stratified { self.strata.len() } else { 0 }
    }

    /// How many respondents are outside the design because they have no weight.
    pub fn without_weight(&self) -> usize {
        self.without_weight
    }

    /// Whether a respondent of that row counts: inside the design, with a weight above 0.
    pub fn counts(&self, row: usize) -> bool {
        self.units[row] != OUTSIDE
    }

    /// The weight of a row; 0 outside the design.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights[row]
    }

    /// The weights: one element per respondent, 0 outside the design.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// How many sets of replicate weights it has; 0: errors come from linearisation.
    pub fn replicates(&self) -> usize {
        self.replicates.as_ref().map_or(0, Replicates::len)
    }

    /// Whether the weights were calibrated to known margins.
    pub fn is_calibrated(&self) -> bool {
        !self.calibration.is_empty()
    }

    /// How many rows it describes.
    pub fn rows(&self) -> usize {
        self.units.len()
    }
}

impl Drawn {
    fn finish(&self, clustered: bool, fractions: bool, lonely: Lonely) -> Result<Stratum, DesignError> {
        let units = self.units as f64;
        let population = if fractions {
            units / self.population
        } else {
            self.population
        };
        // A hair of tolerance: population sizes are often sums of decimals.
        if population < units * (1.0 - 1e-9) {
            return Err(DesignError::PopulationTooSmall {
                row: self.first_row,
                sampled: self.units,
                population,
            });
        }
        let correction = match population.is_finite() {
            true => ((population - units) / population).max(0.0),
            false => 1.0,
        };
        if lonely == Lonely::Fail && self.units == 1 && correction >= CENSUS {
            return Err(DesignError::LonelyStratum { row: self.first_row });
        }
        Ok(Stratum {
            first_row: self.first_row - 1,
            units,
            correction,
            shift: if clustered { 0.0 } else { self.shift },
        })
    }
}

fn check_weights(weights: &[f64]) -> Result<(), DesignError> {
    for (row, &weight) in weights.iter().enumerate() {
        if weight < 0.0 {
            return Err(DesignError::NegativeWeight { row: row + 1, weight });
        }
        if weight.is_infinite() {
            return Err(DesignError::InfiniteWeight { row: row + 1 });
        }
    }
    Ok(())
}

/// Sampling fractions rather than counts: no number is above 1.
fn are_fractions(sizes: &[f64]) -> bool {
    sizes.iter().all(|size| size.is_nan() || *size <= 1.0)
}

fn checked_replicates(spec: ReplicateSpec, weights: &[f64]) -> Result<Replicates, DesignError> {
    let constants = spec.constants.as_ref().map_or(spec.weights.len(), Vec::len);
    if spec.weights.len() < 2 || constants != spec.weights.len() {
        return Err(DesignError::Replicates {
            replicates: spec.weights.len(),
            constants,
        });
    }
    for (r, replicate) in spec.weights.iter().enumerate() {
        for (row, &found) in replicate.iter().enumerate() {
            // Where there is no weight, the replicate is not looked at.
            let usable = found.is_finite() && found >= 0.0;
            if !usable && !weights[row].is_nan() {
                return Err(DesignError::ReplicateWeight {
                    replicate: r + 1,
                    row: row + 1,
                    found,
                });
            }
        }
    }
    Ok(Replicates::new(spec, weights))
}
