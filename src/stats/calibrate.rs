//! Sampling weights and known population counts in, calibrated weights out, and what they take from a variance.
//!
//! Post-stratification and raking as in Lumley, *Complex Surveys* (2010), chapter 7. The variance of a calibrated
//! estimate is that of the residuals of its influence: what the margins explain is known and does not vary.

/// Raking ends when no weight changes by more than this, relative to its size.
const SETTLED: f64 = 1e-13;

/// Raking that has not settled after so many rounds does not.
const MOST_ROUNDS: usize = 2_000;

/// How often the margins are swept out of a column of influence after raking (as R `survey` does).
const SWEEPS: usize = 10;

/// Known counts of the population in the cells of a margin.
#[derive(Clone, Debug)]
pub struct Margin {
    /// The cell of each respondent, a place in `population`; `None` where it is not known.
    pub cells: Vec<Option<u32>>,
    /// How many of the population are in each cell.
    pub population: Vec<f64>,
}

/// Why weights cannot be calibrated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// A respondent is in no cell of a margin.
    #[error("row {row} is in none of the cells of margin {margin}")]
    NoCell {
        /// One-based row.
        row: usize,
        /// One-based margin.
        margin: usize,
    },
    /// A cell has population but no respondents, or respondents but no population.
    #[error("cell {cell} of margin {margin} has {population} in the population but {weighted} in the sample")]
    EmptyCell {
        /// One-based cell.
        cell: usize,
        /// One-based margin.
        margin: usize,
        /// Its population.
        population: f64,
        /// The sum of weights of its respondents.
        weighted: f64,
    },
    /// Raking does not converge: the margins contradict each other.
    #[error("the margins contradict each other: raking did not settle")]
    Unsettled,
}

/// What calibration to one or several margins did, and takes out of influences. Kept by the design.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    margins: Vec<Fitted>,
    /// The weights before, one element per respondent; NaN outside the design.
    before: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Fitted {
    cells: Vec<Option<u32>>,
    population: Vec<f64>,
    /// The weights when this margin had just been fitted.
    weights: Vec<f64>,
}

impl Calibration {
    /// Calibrates `weights` (one element per respondent, NaN outside the design) to margins: one is post-stratification,
    /// several are raked. Gives how many rounds that took, so that replicate weights can be treated alike.
    pub fn new(margins: Vec<Margin>, weights: &mut [f64]) -> Result<(Self, usize), CalibrationError> {
        for (m, margin) in margins.iter().enumerate() {
            let mut sums = vec![0.0; margin.population.len()];
            for (row, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                match margin.cells[row] {
                    Some(cell) => sums[cell as usize] += weight,
                    None => {
                        return Err(CalibrationError::NoCell {
                            row: row + 1,
                            margin: m + 1,
                        });
                    }
                }
            }
            for (cell, (weighted, population)) in sums.iter().zip(&margin.population).enumerate() {
                if (*weighted > 0.0) != (*population > 0.0) {
                    return Err(CalibrationError::EmptyCell {
                        cell: cell + 1,
                        margin: m + 1,
                        population: *population,
                        weighted: *weighted,
                    });
                }
            }
        }
        let before = weights.to_vec();
        let mut margins: Vec<Fitted> = margins
            .into_iter()
            .map(|margin| Fitted {
                weights: Vec::new(),
                cells: margin.cells,
                population: margin.population,
            })
            .collect();
        let several = margins.len() > 1;
        let mut rounds = 0;
        loop {
            let last = weights.to_vec();
            for margin in &mut margins {
                margin.fit(weights);
                margin.weights = weights.to_vec();
            }
            rounds += 1;
            let settled = weights
                .iter()
                .zip(&last)
                .all(|(now, last)| now.is_nan() || (now - last).abs() <= SETTLED * now.abs());
            if settled || !several {
                break;
            }
            if rounds == MOST_ROUNDS {
                return Err(CalibrationError::Unsettled);
            }
        }
        Ok((Self { margins, before }, rounds))
    }

    /// Calibrates replicate weights by the same steps.
    pub fn repeat(&self, weights: &mut [f64], rounds: usize) {
        for _ in 0..rounds {
            self.margins.iter().for_each(|margin| margin.fit(weights));
        }
    }

    /// Takes what the margins explain out of `influence` (one element per respondent, the calibrated weight in it).
    pub fn residualise(&self, influence: &mut [f64]) {
        match self.margins.as_slice() {
            [margin] => margin.take_out(influence, |row| self.before[row]),
            margins => {
                for _ in 0..SWEEPS {
                    // R's means are those of the respondents, unweighted.
                    margins.iter().for_each(|margin| margin.take_out(influence, |_| 1.0));
                }
            }
        }
    }
}

impl Fitted {
    fn fit(&self, weights: &mut [f64]) {
        let mut sums = vec![0.0; self.population.len()];
        let inside = |row: usize, weight: f64| self.cells[row].filter(|_| weight > 0.0).map(|cell| cell as usize);
        for (row, weight) in weights.iter().enumerate() {
            if let Some(cell) = inside(row, *weight) {
                sums[cell] += weight;
            }
        }
        for (row, weight) in weights.iter_mut().enumerate() {
            if let Some(cell) = inside(row, *weight) {
                *weight *= self.population[cell] / sums[cell];
            }
        }
    }

    /// Subtracts from every influence, taken without its weight, the mean of its cell.
    fn take_out(&self, influence: &mut [f64], counts: impl Fn(usize) -> f64) {
        let mut sums = vec![(0.0, 0.0); self.population.len()];
        let inside = |row: usize| {
            self.cells[row]
                .filter(|_| self.weights[row] > 0.0)
                .map(|cell| cell as usize)
        };
        for (row, value) in influence.iter().enumerate() {
            if let Some(cell) = inside(row) {
                sums[cell].0 += counts(row) * value / self.weights[row];
                sums[cell].1 += counts(row);
            }
        }
        for (row, value) in influence.iter_mut().enumerate() {
            if let Some(cell) = inside(row) {
                *value -= self.weights[row] * sums[cell].0 / sums[cell].1;
            }
        }
    }
}

/// Cuts weights (NaN outside the design) to lie from `low` to `high` and spreads what was cut evenly over the others,
/// again and again until all lie within: R `survey`'s `trimWeights(strict = TRUE)`.
pub(super) fn trim(weights: &mut [f64], (low, high): (f64, f64)) {
    for _ in 0..MOST_ROUNDS {
        let outside = |weight: f64| weight > 0.0 && (weight < low || weight > high);
        if !weights.iter().any(|weight| outside(*weight)) {
            return;
        }
        let cut: f64 = weights
            .iter()
            .filter(|weight| outside(**weight))
            .map(|weight| weight - weight.clamp(low, high))
            .sum();
        let others = weights
            .iter()
            .filter(|weight| **weight > 0.0 && !outside(**weight))
            .count();
        for weight in weights.iter_mut().filter(|weight| **weight > 0.0) {
            *weight = match outside(*weight) {
                true => weight.clamp(low, high),
                false => *weight + cut / others as f64,
            };
        }
    }
}
