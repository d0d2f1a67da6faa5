//! A [`Design`] and a cell for every respondent in, a [`Tally`] out: sums of weights from which every share of the
//! cells, and its standard error, follow without another look at the respondents.
//!
//! The influence of a respondent on a share is (y − p) w ÷ W, so within a cell it is the weight times a constant, and
//! the sums of squares that the variance needs are those of the weights. They are taken about a weight of the stratum
//! (shifted sums, Chan, Golub & LeVeque 1983), which keeps them exact where it matters.

use std::ops::Range;

use super::design::OUTSIDE;
use super::{Design, Estimate};

/// Sums over the respondents of one cell in one unit (a stratum, or a sampling unit in a design with clusters).
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: f64,
    /// Σ (weight − shift)
    deviations: f64,
    /// Σ (weight − shift)²
    squares: f64,
}

/// Sums of weights by unit of the design and cell.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    design: &'a Design,
    cells: usize,
    /// `sums[unit * cells + cell]`
    sums: Vec<Sums>,
}

/// A domain made of cells of a [`Tally`].
#[derive(Clone, Debug)]
pub struct TallyDomain<'a> {
    tally: &'a Tally<'a>,
    /// One element per unit of the design.
    sums: Vec<Sums>,
    /// Respondents, unweighted.
    n: usize,
    n_weighted: f64,
    df: f64,
}

impl Design {
    /// Sorts the respondents into `cells` cells; `cell_of(row)` is `None` for those in none.
    pub fn tally(&self, cells: usize, cell_of: impl Fn(usize) -> Option<usize>) -> Tally<'_> {
        let mut sums = vec![Sums::default(); self.units() * cells];
        for (row, (&unit, &deviation)) in self.units.iter().zip(&self.deviations).enumerate() {
            if unit != OUTSIDE
                && let Some(cell) = cell_of(row)
            {
                let sums = &mut sums[unit as usize * cells + cell];
                sums.n += 1.0;
                sums.deviations += deviation;
                sums.squares += deviation * deviation;
            }
        }
        Tally {
            design: self,
            cells,
            sums,
        }
    }

    /// How many units a [`Tally`] keeps sums of: its size is this times its cells.
    pub fn units(&self) -> usize {
        self.stratum_of.as_ref().map_or(self.strata.len(), Vec::len)
    }
}

impl Tally<'_> {
    /// The cells of a unit, with its shift.
    fn units(&self) -> impl Iterator<Item = (&[Sums], f64)> {
        self.sums.chunks_exact(self.cells).enumerate().map(|(unit, sums)| {
            let shift = match self.design.stratum_of {
                None => self.design.strata[unit].shift,
                Some(_) => 0.0,
            };
            (sums, shift)
        })
    }

    /// The respondents in `cells`, unweighted and weighted.
    pub fn count(&self, cells: Range<usize>) -> (usize, f64) {
        let (mut n, mut n_weighted) = (0.0, 0.0);
        for (sums, shift) in self.units() {
            for sums in &sums[cells.clone()] {
                n += sums.n;
                n_weighted += sums.weight(shift);
            }
        }
        (n as usize, n_weighted)
    }

    /// The domain of the respondents in `cells`: sums once for all shares of it.
    pub fn domain(&self, cells: Range<usize>) -> TallyDomain<'_> {
        let (n, n_weighted) = self.count(cells.clone());
        TallyDomain {
            tally: self,
            df: self.degrees_of_freedom(cells.clone()),
            sums: self
                .sums
                .chunks_exact(self.cells)
                .map(|sums| sums[cells.clone()].iter().fold(Sums::default(), Sums::plus))
                .collect(),
            n,
            n_weighted,
        }
    }

    /// Sampling units with weight in `cells` − strata with any.
    pub fn degrees_of_freedom(&self, cells: Range<usize>) -> f64 {
        let touched = |sums: &[Sums]| sums[cells.clone()].iter().map(|sums| sums.n).sum::<f64>();
        let units = self.sums.chunks_exact(self.cells).map(touched);
        match &self.design.stratum_of {
            None => units.map(|n| n - f64::from(u8::from(n > 0.0))).sum(),
            Some(stratum_of) => {
                let mut strata = vec![false; self.design.strata.len()];
                let mut count = 0.0;
                for (n, stratum) in units.zip(stratum_of) {
                    if n > 0.0 {
                        count += 1.0;
                        strata[*stratum as usize] = true;
                    }
                }
                count - strata.iter().filter(|touched| **touched).count() as f64
            }
        }
    }
}

impl TallyDomain<'_> {
    /// The share of the domain that `cell` (one of its cells) makes up.
    pub fn share(&self, cell: usize) -> Estimate {
        if self.n == 0 {
            return Estimate::EMPTY;
        }
        let mut chosen = (0.0, 0.0);
        for (sums, shift) in self.tally.units() {
            chosen.0 += sums[cell].n;
            chosen.1 += sums[cell].weight(shift);
        }
        // Exact at the ends, whatever the rounding of sums: a share of everybody has no error.
        let value = match chosen.0 {
            0.0 => 0.0,
            n if n as usize == self.n => 1.0,
            _ => chosen.1 / self.n_weighted,
        };
        let variance = self.variance(cell, (1.0 - value) / self.n_weighted, -value / self.n_weighted);
        Estimate {
            value,
            std_error: variance.sqrt(),
            n: self.n,
            n_weighted: self.n_weighted,
            df: self.df,
            deff: variance * (self.n as f64 - 1.0) / (value * (1.0 - value)),
        }
    }

    /// The variance of the sum of weight × `chosen` over `cell` and weight × `rest` over the rest of the domain.
    fn variance(&self, cell: usize, chosen: f64, rest: f64) -> f64 {
        let design = self.tally.design;
        let units = || self.tally.units().zip(&self.sums);
        if let Some(stratum_of) = &design.stratum_of {
            let totals = units().map(|((sums, shift), domain)| {
                let inside = sums[cell].weight(shift);
                chosen * inside + rest * domain.minus(&sums[cell]).weight(shift)
            });
            let totals: Vec<(u32, f64)> = stratum_of.iter().copied().zip(totals).collect();
            return design.variance_of_totals(totals.into_iter());
        }
        let mut variance = 0.0;
        for (h, ((sums, shift), domain)) in units().enumerate() {
            let parts = [(sums[cell], chosen), (domain.minus(&sums[cell]), rest)];
            let total: f64 = parts.iter().map(|(sums, factor)| factor * sums.weight(shift)).sum();
            let drawn = design.strata[h].units;
            let mean = total / drawn;
            let mut squares = (drawn - domain.n) * mean * mean;
            for (sums, factor) in parts.iter().filter(|(sums, _)| sums.n > 0.0) {
                let within = (sums.squares - sums.deviations * sums.deviations / sums.n).max(0.0);
                let between = factor * sums.weight(shift) / sums.n - mean;
                squares += factor * factor * within + sums.n * between * between;
            }
            variance += design.stratum_variance(h, total, squares);
        }
        variance
    }
}

impl Sums {
    fn plus(self, other: &Self) -> Self {
        Self {
            n: self.n + other.n,
            deviations: self.deviations + other.deviations,
            squares: self.squares + other.squares,
        }
    }

    fn minus(self, other: &Self) -> Self {
        match self.n == other.n {
            true => Self::default(),
            false => Self {
                n: self.n - other.n,
                deviations: self.deviations - other.deviations,
                squares: self.squares - other.squares,
            },
        }
    }

    /// The sum of weights.
    fn weight(&self, shift: f64) -> f64 {
        self.n * shift + self.deviations
    }
}
