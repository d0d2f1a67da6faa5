//! A [`Design`] and a cell for every respondent in, a [`Tally`] out: sums of weights from which every share of the
//! cells, every smooth function of their totals, and the errors, follow without another look at the respondents.
//!
//! The influence of a respondent on a share is (y − p) w ÷ W, so within a cell it is the weight times a constant, and
//! the sums of squares that the variance needs are those of the weights. They are taken about a weight of the stratum
//! (shifted sums, Chan, Golub & LeVeque 1983), which keeps them exact where it matters.

use std::ops::Range;

use super::design::OUTSIDE;
use super::matrix::Matrix;
use super::quantity::Quantity;
use super::variance;
use super::{Design, Estimate};

/// The cell of a respondent who is in none.
const NOWHERE: u32 = u32::MAX;

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
    /// For a tally of values the shift of each of `sums`; for one of weights empty: the stratum's.
    shifts: Vec<f64>,
    /// The cell of each respondent, or [`NOWHERE`]; empty where the sums are enough (no margins, no replicates).
    rows: Vec<u32>,
    /// The value of each respondent; likewise, and empty for a tally of weights.
    values: Vec<f64>,
    /// `replicates[replicate * cells + cell]`: totals with replicate weights.
    replicates: Vec<f64>,
}

/// A domain made of cells of a [`Tally`].
#[derive(Clone, Debug)]
pub struct TallyDomain<'a> {
    tally: &'a Tally<'a>,
    cells: Range<usize>,
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
        let rows = self.rows_by_cell(&cell_of);
        Tally {
            design: self,
            cells,
            sums,
            shifts: Vec::new(),
            replicates: self.replicate_totals(cells, &rows, |_| 1.0),
            rows,
            values: Vec::new(),
        }
    }

    /// As [`Design::tally`], for sums of weight × `value_of(row)`.
    pub fn tally_of(
        &self,
        cells: usize,
        cell_of: impl Fn(usize) -> Option<usize>,
        value_of: impl Fn(usize) -> f64,
    ) -> Tally<'_> {
        let mut sums = vec![Sums::default(); self.units() * cells];
        let mut shifts = vec![0.0; sums.len()];
        let shifted = self.stratum_of.is_none();
        for (row, &unit) in self.units.iter().enumerate() {
            if unit != OUTSIDE
                && let Some(cell) = cell_of(row)
            {
                let value = self.weights[row] * value_of(row);
                let place = unit as usize * cells + cell;
                if shifted && sums[place].n == 0.0 {
                    shifts[place] = value;
                }
                let deviation = value - shifts[place];
                sums[place].n += 1.0;
                sums[place].deviations += deviation;
                sums[place].squares += deviation * deviation;
            }
        }
        let rows = self.rows_by_cell(&cell_of);
        let inside = |row: usize| rows[row] != NOWHERE;
        Tally {
            design: self,
            cells,
            sums,
            shifts,
            replicates: self.replicate_totals(cells, &rows, &value_of),
            values: (0..rows.len())
                .map(|row| if inside(row) { value_of(row) } else { 0.0 })
                .collect(),
            rows,
        }
    }

    /// Whether sums by stratum do not do: margins and replicates are about single respondents.
    pub(super) fn by_rows(&self) -> bool {
        !self.calibration.is_empty() || self.replicates.is_some()
    }

    /// The cell of each respondent, where sums by stratum do not do.
    fn rows_by_cell(&self, cell_of: impl Fn(usize) -> Option<usize>) -> Vec<u32> {
        if !self.by_rows() {
            return Vec::new();
        }
        let cell = |(row, unit): (usize, &u32)| match *unit {
            OUTSIDE => NOWHERE,
            _ => cell_of(row).map_or(NOWHERE, |cell| cell as u32),
        };
        self.units.iter().enumerate().map(cell).collect()
    }

    fn replicate_totals(&self, cells: usize, rows: &[u32], value_of: impl Fn(usize) -> f64) -> Vec<f64> {
        let Some(replicates) = &self.replicates else {
            return Vec::new();
        };
        let mut totals = vec![0.0; replicates.len() * cells];
        for (weights, totals) in replicates.weights.iter().zip(totals.chunks_exact_mut(cells.max(1))) {
            for (row, (weight, cell)) in weights.iter().zip(rows).enumerate() {
                if *cell != NOWHERE {
                    totals[*cell as usize] += weight * value_of(row);
                }
            }
        }
        totals
    }

    /// How many units a [`Tally`] keeps sums of: its size is this times its cells.
    pub fn units(&self) -> usize {
        self.stratum_of.as_ref().map_or(self.strata.len(), Vec::len)
    }
}

impl Tally<'_> {
    /// How many cells it has.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// The sum of the weights (or of weight × value) in `cells`.
    pub fn total(&self, cells: &[usize]) -> Quantity {
        let mut gradient = vec![0.0; self.cells];
        cells.iter().for_each(|cell| gradient[*cell] = 1.0);
        Quantity {
            value: cells.iter().map(|cell| self.total_of(*cell)).sum(),
            replicates: self.replicate_sums(cells),
            gradient,
        }
    }

    /// The share that the weights of `chosen` make up of those of `among`, which holds all of `chosen`. Exactly 0 and 1
    /// where nobody or everybody is chosen.
    pub fn share(&self, chosen: &[usize], among: &[usize]) -> Quantity {
        let respondents = |cells: &[usize]| -> f64 {
            let of_unit = |sums: &[Sums]| cells.iter().map(|cell| sums[*cell].n).sum::<f64>();
            self.sums.chunks_exact(self.cells).map(of_unit).sum()
        };
        let total: f64 = among.iter().map(|cell| self.total_of(*cell)).sum();
        let value = match respondents(chosen) {
            0.0 => 0.0,
            n if n == respondents(among) => 1.0,
            _ => chosen.iter().map(|cell| self.total_of(*cell)).sum::<f64>() / total,
        };
        let mut gradient = vec![0.0; self.cells];
        among.iter().for_each(|cell| gradient[*cell] = -value / total);
        chosen.iter().for_each(|cell| gradient[*cell] = (1.0 - value) / total);
        let (above, below) = (self.replicate_sums(chosen), self.replicate_sums(among));
        Quantity {
            value: if total > 0.0 { value } else { f64::NAN },
            gradient,
            replicates: above.iter().zip(&below).map(|(above, below)| above / below).collect(),
        }
    }

    /// The covariance of several smooth functions of the cells' totals.
    pub fn covariance(&self, quantities: &[Quantity]) -> Matrix {
        let design = self.design;
        if let Some(replicates) = &design.replicates {
            let values: Vec<&[f64]> = quantities
                .iter()
                .map(|quantity| quantity.replicates.as_slice())
                .collect();
            return replicates.covariance(&values);
        }
        if !design.calibration.is_empty() {
            let influence = |quantity: &Quantity| -> Vec<f64> {
                let rows = self.rows.iter().enumerate();
                rows.map(|(row, cell)| match *cell {
                    NOWHERE => 0.0,
                    cell => {
                        let value = self.values.get(row).copied().unwrap_or(1.0);
                        design.weights[row] * value * quantity.gradient[cell as usize]
                    }
                })
                .collect()
            };
            let influences: Vec<Vec<f64>> = quantities.iter().map(influence).collect();
            return design.covariance(&influences);
        }
        let active: Vec<usize> = (0..self.cells)
            .filter(|cell| quantities.iter().any(|quantity| quantity.gradient[*cell] != 0.0))
            .collect();
        if let Some(stratum_of) = &design.stratum_of {
            let totals = |quantity: &Quantity| -> Vec<f64> {
                let of_unit = |sums: &[Sums]| {
                    let parts = active
                        .iter()
                        .map(|cell| quantity.gradient[*cell] * sums[*cell].weight(0.0));
                    parts.sum::<f64>()
                };
                self.sums.chunks_exact(self.cells).map(of_unit).collect()
            };
            let totals: Vec<Vec<f64>> = quantities.iter().map(totals).collect();
            return design.covariance_of_units(stratum_of, &totals, Some(self.touched(&active)));
        }
        let k = quantities.len();
        let mut sums = variance::Sums::new(design, k);
        sums.touched = self.touched(&active);
        let mut deviations = vec![0.0; k];
        for (h, stratum) in design.strata.iter().enumerate() {
            let mut absent = stratum.units;
            for &cell in &active {
                let here = &self.sums[h * self.cells + cell];
                absent -= here.n;
                let total = here.weight(self.shift(h, cell));
                for (a, quantity) in quantities.iter().enumerate() {
                    sums.totals[h * k + a] += quantity.gradient[cell] * total;
                }
            }
            for &cell in &active {
                let here = &self.sums[h * self.cells + cell];
                if here.n == 0.0 {
                    continue;
                }
                let mean = here.weight(self.shift(h, cell)) / here.n;
                for (a, quantity) in quantities.iter().enumerate() {
                    deviations[a] = quantity.gradient[cell] * mean - sums.totals[h * k + a] / stratum.units;
                }
                let within = here.within();
                for a in 0..k {
                    let gradient = quantities[a].gradient[cell] * within;
                    for b in 0..=a {
                        sums.products[(h * k + a) * k + b] +=
                            gradient * quantities[b].gradient[cell] + here.n * deviations[a] * deviations[b];
                    }
                }
            }
            sums.add_absent(h, absent, stratum.units);
        }
        sums.covariance()
    }

    /// The covariance of the totals of `cells`.
    pub fn covariance_of_totals(&self, cells: &[usize]) -> Matrix {
        let design = self.design;
        if design.by_rows() || design.stratum_of.is_some() {
            let totals: Vec<Quantity> = cells.iter().map(|cell| self.total(&[*cell])).collect();
            return self.covariance(&totals);
        }
        // Totals of disjoint cells have simple products: T² ÷ n and T T′ ÷ n.
        let k = cells.len();
        let mut sums = variance::Sums::new(design, k);
        sums.touched = self.touched(cells);
        for (h, stratum) in design.strata.iter().enumerate() {
            for (a, cell) in cells.iter().enumerate() {
                sums.totals[h * k + a] = self.sums[h * self.cells + cell].weight(self.shift(h, *cell));
            }
            let totals = &sums.totals[h * k..][..k];
            for (a, cell) in cells.iter().enumerate().filter(|(a, _)| totals[*a] != 0.0) {
                let here = &self.sums[h * self.cells + cell];
                let products = &mut sums.products[(h * k + a) * k..][..=a];
                for (product, total) in products.iter_mut().zip(totals) {
                    *product = -totals[a] * total / stratum.units;
                }
                products[a] = here.within() + totals[a] * totals[a] * (1.0 / here.n - 1.0 / stratum.units);
            }
        }
        sums.covariance()
    }

    /// The covariance of the shares that each of `cells` makes up of all of them.
    pub fn covariance_of_shares(&self, cells: &[usize]) -> Matrix {
        if self.design.replicates.is_some() {
            let shares: Vec<Quantity> = cells.iter().map(|cell| self.share(&[*cell], cells)).collect();
            return self.covariance(&shares);
        }
        let k = cells.len();
        let covariance = self.covariance_of_totals(cells);
        let all: f64 = cells.iter().map(|cell| self.total_of(*cell)).sum();
        let shares: Vec<f64> = cells.iter().map(|cell| self.total_of(*cell) / all).collect();
        let with_all: Vec<f64> = (0..k).map(|a| (0..k).map(|b| covariance[(a, b)]).sum()).collect();
        let of_all: f64 = with_all.iter().sum();
        Matrix::of(k, k, |a, b| {
            (covariance[(a, b)] - shares[a] * with_all[b] - shares[b] * with_all[a] + shares[a] * shares[b] * of_all)
                / (all * all)
        })
    }

    /// Which strata have respondents in `cells`.
    fn touched(&self, cells: &[usize]) -> Vec<bool> {
        let occupied = |sums: &[Sums]| cells.iter().any(|cell| sums[*cell].n > 0.0);
        let units = self.sums.chunks_exact(self.cells).map(occupied);
        match &self.design.stratum_of {
            None => units.collect(),
            Some(stratum_of) => {
                let mut touched = vec![false; self.design.strata.len()];
                for (occupied, stratum) in units.zip(stratum_of) {
                    touched[*stratum as usize] |= occupied;
                }
                touched
            }
        }
    }

    /// What the values (or weights) of a unit's cell are deviations from.
    fn shift(&self, unit: usize, cell: usize) -> f64 {
        match (self.shifts.is_empty(), &self.design.stratum_of) {
            (false, _) => self.shifts[unit * self.cells + cell],
            (true, None) => self.design.strata[unit].shift,
            (true, Some(_)) => 0.0,
        }
    }

    fn total_of(&self, cell: usize) -> f64 {
        let units = self.sums.chunks_exact(self.cells).enumerate();
        units
            .map(|(unit, sums)| sums[cell].weight(self.shift(unit, cell)))
            .sum()
    }

    fn replicate_sums(&self, cells: &[usize]) -> Vec<f64> {
        self.replicates
            .chunks_exact(self.cells.max(1))
            .map(|totals| cells.iter().map(|cell| totals[*cell]).sum())
            .collect()
    }

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
            cells: cells.clone(),
            df: self.degrees_of_freedom(&cells.clone().collect::<Vec<_>>()),
            sums: self
                .sums
                .chunks_exact(self.cells)
                .map(|sums| sums[cells.clone()].iter().fold(Sums::default(), Sums::plus))
                .collect(),
            n,
            n_weighted,
        }
    }

    /// Sampling units with weight in `cells` − strata with any; with replicate weights, their rank there − 1.
    pub fn degrees_of_freedom(&self, cells: &[usize]) -> f64 {
        if let Some(replicates) = &self.design.replicates {
            return replicates.degrees_of_freedom(|row| cells.contains(&(self.rows[row] as usize)));
        }
        let touched = |sums: &[Sums]| cells.iter().map(|cell| sums[*cell].n).sum::<f64>();
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
        let variance = match self.tally.rows.is_empty() {
            true => self.variance(cell, (1.0 - value) / self.n_weighted, -value / self.n_weighted),
            false => {
                let among: Vec<usize> = self.cells.clone().collect();
                self.tally.covariance(&[self.tally.share(&[cell], &among)])[(0, 0)]
            }
        };
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
            let totals: Vec<f64> = totals.collect();
            return design.covariance_of_units(stratum_of, &[totals], None)[(0, 0)];
        }
        let mut sums_over_strata = variance::Sums::new(design, 1);
        for (h, ((sums, shift), domain)) in units().enumerate() {
            let parts = [(sums[cell], chosen), (domain.minus(&sums[cell]), rest)];
            let total: f64 = parts.iter().map(|(sums, factor)| factor * sums.weight(shift)).sum();
            let drawn = design.strata[h].units;
            let mean = total / drawn;
            let mut squares = (drawn - domain.n) * mean * mean;
            for (sums, factor) in parts.iter().filter(|(sums, _)| sums.n > 0.0) {
                let between = factor * sums.weight(shift) / sums.n - mean;
                squares += factor * factor * sums.within() + sums.n * between * between;
            }
            sums_over_strata.touched[h] = domain.n > 0.0;
            sums_over_strata.totals[h] = total;
            sums_over_strata.products[h] = squares;
        }
        sums_over_strata.covariance()[(0, 0)]
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

    /// The sum of squared deviations from the mean.
    fn within(&self) -> f64 {
        match self.n > 0.0 {
            true => (self.squares - self.deviations * self.deviations / self.n).max(0.0),
            false => 0.0,
        }
    }

    /// The sum of weights.
    fn weight(&self, shift: f64) -> f64 {
        self.n * shift + self.deviations
    }
}
