//! Weights, strata, population sizes and clusters in, a [`Design`] out that estimates shares and means over domains by
//! Taylor linearisation.
//!
//! The variance of a linearised total is the one of Lumley, *Complex Surveys* (2010), section 2.2: over strata, the
//! spread of the totals of the primary sampling units (PSUs) about their mean, times n ÷ (n − 1), times the finite
//! population correction (N − n) ÷ N. Only the first stage of sampling is looked at.

use std::collections::HashMap;

use super::Estimate;

/// Below this a finite population correction counts as a census of the stratum (the limit R `survey` uses).
const CENSUS: f64 = 1e-7;

/// The unit of a respondent who is outside the design or weighs nothing.
pub(super) const OUTSIDE: u32 = u32::MAX;

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
    /// Sampling weights; `None`: every respondent counts 1. NaN: the respondent is outside the design. Zero: the
    /// respondent was sampled but counts for nothing.
    pub weights: Option<Vec<f64>>,
    /// Stratum of each respondent, any numbering; `None`: one stratum.
    pub strata: Option<Vec<u32>>,
    /// How many sampling units the respondent's stratum has in the population (the same for all of a stratum); `None`:
    /// sampling with replacement. NaN: as the others of the stratum say; a stratum where nobody says has no
    /// correction.
    pub population: Option<Vec<f64>>,
    /// Primary sampling unit of each respondent, any numbering, unique within its stratum; `None`: the respondent.
    pub clusters: Option<Vec<u32>>,
    /// Strata with one sampling unit.
    pub lonely: Lonely,
}

/// A stratum of a design.
#[derive(Clone, Debug)]
pub(super) struct Stratum {
    /// How many sampling units were drawn.
    pub units: f64,
    /// The finite population correction, (N − n) ÷ N; 1 when sampling is with replacement.
    pub correction: f64,
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
    lonely: Lonely,
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
        let weights = spec.weights.unwrap_or_else(|| vec![1.0; rows]);
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
            if weight < 0.0 {
                return Err(DesignError::NegativeWeight { row: row + 1, weight });
            }
            if weight.is_infinite() {
                return Err(DesignError::InfiniteWeight { row: row + 1 });
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
            .map(|stratum| stratum.finish(clustered, spec.lonely))
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
            stratified: spec.strata.is_some(),
            without_weight,
        })
    }

    /// The share of `domain` that `chosen` marks. What is chosen outside the domain is not looked at.
    pub fn share(&self, domain: &[bool], chosen: &[bool]) -> Estimate {
        self.tally(2, |row| domain[row].then(|| usize::from(chosen[row])))
            .domain(0..2)
            .share(1)
    }

    /// The mean of `values` over `domain`. Values outside the domain are not looked at.
    pub fn mean(&self, domain: &[bool], values: &[f64]) -> Estimate {
        let inside = || (0..self.units.len()).filter(|&row| domain[row] && self.units[row] != OUTSIDE);
        let n = inside().count();
        if n == 0 {
            return Estimate::EMPTY;
        }
        let n_weighted: f64 = inside().map(|row| self.weights[row]).sum();
        let rough = inside().map(|row| self.weights[row] * values[row]).sum::<f64>() / n_weighted;
        // Once more about the first result: large values with a small spread keep their last digits.
        let value = rough
            + inside()
                .map(|row| self.weights[row] * (values[row] - rough))
                .sum::<f64>()
                / n_weighted;
        let spread = inside()
            .map(|row| self.weights[row] * (values[row] - value).powi(2))
            .sum::<f64>()
            / n_weighted;
        let influence: Vec<f64> = (0..self.units.len())
            .map(|row| match domain[row] {
                true => self.weights[row] * (values[row] - value) / n_weighted,
                false => 0.0,
            })
            .collect();
        let variance = self.variance(&influence);
        Estimate {
            value,
            std_error: variance.sqrt(),
            n,
            n_weighted,
            df: self.degrees_of_freedom(domain),
            deff: variance * (n as f64 - 1.0) / spread,
        }
    }

    /// The variance of the sum of `influence` over the sample: one element per respondent, 0 outside the domain. Every
    /// linearised estimate gets its variance here, or by the same formula from sums in [`super::Tally`].
    pub fn variance(&self, influence: &[f64]) -> f64 {
        let rows = self.units.iter().zip(influence).filter(|(unit, _)| **unit != OUTSIDE);
        match &self.stratum_of {
            None => self.variance_of_totals(rows.map(|(stratum, value)| (*stratum, *value))),
            Some(stratum_of) => {
                let mut totals = vec![0.0; stratum_of.len()];
                for (unit, value) in rows {
                    totals[*unit as usize] += value;
                }
                self.variance_of_totals(stratum_of.iter().copied().zip(totals))
            }
        }
    }

    /// The variance of the sum of sampling-unit totals, given with their strata. Units not given have the total 0.
    pub(super) fn variance_of_totals(&self, totals: impl Iterator<Item = (u32, f64)> + Clone) -> f64 {
        let mut sums = vec![0.0; self.strata.len()];
        for (stratum, total) in totals.clone() {
            sums[stratum as usize] += total;
        }
        let mut given = vec![0.0; self.strata.len()];
        let mut squares = vec![0.0; self.strata.len()];
        for (stratum, total) in totals {
            let stratum = stratum as usize;
            given[stratum] += 1.0;
            squares[stratum] += (total - sums[stratum] / self.strata[stratum].units).powi(2);
        }
        (0..self.strata.len())
            .map(|h| {
                let absent = self.strata[h].units - given[h];
                let mean = sums[h] / self.strata[h].units;
                self.stratum_variance(h, sums[h], squares[h] + absent * mean * mean)
            })
            .sum()
    }

    /// What stratum `h` adds to the variance of a total: `sum` over its sampling units, and the sum of their squared
    /// deviations from their mean.
    pub(super) fn stratum_variance(&self, h: usize, sum: f64, squared_deviations: f64) -> f64 {
        let stratum = &self.strata[h];
        if stratum.correction < CENSUS {
            0.0
        } else if stratum.units > 1.0 {
            stratum.correction * stratum.units / (stratum.units - 1.0) * squared_deviations
        } else {
            match self.lonely {
                // The totals of linearised estimates sum to zero over the domain: this is the deviation from the
                // mean of all.
                Lonely::Adjust => stratum.correction * sum * sum,
                Lonely::Remove | Lonely::Fail => 0.0,
            }
        }
    }

    /// PSUs with weight in the domain − strata with any: R's `degf(subset(design, domain))`.
    fn degrees_of_freedom(&self, domain: &[bool]) -> f64 {
        let tally = self.tally(1, |row| domain[row].then_some(0));
        tally.degrees_of_freedom(0..1)
    }

    /// How many strata have one sampling unit only, not counting those that were sampled completely.
    pub fn lonely_strata(&self) -> usize {
        self.strata
            .iter()
            .filter(|stratum| stratum.units == 1.0 && stratum.correction >= CENSUS)
            .count()
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

    /// How many rows it describes.
    pub fn rows(&self) -> usize {
        self.units.len()
    }
}

impl Drawn {
    fn finish(&self, clustered: bool, lonely: Lonely) -> Result<Stratum, DesignError> {
        let units = self.units as f64;
        // A hair of tolerance: population sizes are often sums of decimals.
        if self.population < units * (1.0 - 1e-9) {
            return Err(DesignError::PopulationTooSmall {
                row: self.first_row,
                sampled: self.units,
                population: self.population,
            });
        }
        let correction = match self.population.is_finite() {
            true => ((self.population - units) / self.population).max(0.0),
            false => 1.0,
        };
        if lonely == Lonely::Fail && self.units == 1 && correction >= CENSUS {
            return Err(DesignError::LonelyStratum { row: self.first_row });
        }
        Ok(Stratum {
            units,
            correction,
            shift: if clustered { 0.0 } else { self.shift },
        })
    }
}
