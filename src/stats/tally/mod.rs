//! A [`Design`] and a cell for every respondent in, a [`Tally`] out: sums of weights from which every share of the
//! cells, every smooth function of their totals, and the errors, follow without another look at the respondents.
//!
//! The influence of a respondent on a share is (y − p) w ÷ W, so within a cell it is the weight times a constant, and
//! the sums of squares that the variance needs are those of the weights. They are taken about a weight of the stratum
//! (shifted sums, Chan, Golub & LeVeque 1983), which keeps them exact where it matters.

mod domain;

use std::ops::Range;

use super::Design;
use super::design::OUTSIDE;
pub use domain::TallyDomain;

/// The cell of a respondent who is in none.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The class of a respondent who is in none, in [`Design::tally_classes`].
pub const NO_CLASS: u16 = u16::MAX;

/// How many places take what is in no cell.
const SPARE: usize = 8;

/// Sums over the respondents of one cell in one unit (a stratum, or a sampling unit in a design with clusters).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub n: f64,
    /// Σ (weight − shift)
    deviations: f64,
    /// Σ (weight − shift)²
    squares: f64,
}

/// [`Sums`] as they are kept: arrays of numbers come zeroed from the system, which a large table notices.
type Kept = [f64; 3];

/// Sums of weights by cell and unit of the design.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    pub(super) design: &'a Design,
    cells: usize,
    units: usize,
    /// `sums[cell * units + unit]`
    sums: Vec<Kept>,
    /// For a tally of values the shift of each of `sums`; for one of weights empty: the stratum's.
    shifts: Vec<f64>,
    /// The cell of each respondent, or [`NOWHERE`]; empty where the sums are enough (no margins, no replicates).
    pub(super) rows: Vec<u32>,
    /// The value of each respondent; likewise, and empty for a tally of weights.
    pub(super) values: Vec<f64>,
    /// `replicates[replicate * cells + cell]`: totals with replicate weights.
    pub(super) replicates: Vec<f64>,
}

impl Design {
    /// Sorts the respondents into `cells` cells; `cell_of(row)` is `None` for those in none.
    pub fn tally(&self, cells: usize, cell_of: impl Fn(usize) -> Option<usize>) -> Tally<'_> {
        let units = self.units();
        let mut sums: Vec<Kept> = vec![[0.0; 3]; units * cells];
        for (row, (&unit, &deviation)) in self.units.iter().zip(&self.deviations).enumerate() {
            if unit != OUTSIDE
                && let Some(cell) = cell_of(row)
            {
                add(&mut sums[cell * units + unit as usize], deviation);
            }
        }
        self.counted(cells, sums, cell_of)
    }

    /// As [`Design::tally`], for respondents in groups and classes: the cell is `group * width + class`. Both have one
    /// element per respondent, [`NO_CLASS`] for those in none; no groups: all are in the first.
    pub fn tally_classes(&self, groups: Option<&[u16]>, count: usize, classes: &[u16], width: usize) -> Tally<'_> {
        let units = self.units();
        let cells = count * width;
        // Some places more, for those who are in no cell: to add there is quicker than to branch, and to several in turn
        // quicker than to one, which would have to wait for itself.
        let nowhere = units * cells;
        let mut sums: Vec<Kept> = vec![[0.0; 3]; nowhere + SPARE];
        let step = width * units;
        let mut place = |row: usize, unit: u32, deviation: f64, class: u16, group: u16| {
            let inside = unit != OUTSIDE && class != NO_CLASS && group != NO_CLASS;
            let place = usize::from(group) * step + usize::from(class) * units + unit as usize;
            add(&mut sums[if inside { place } else { nowhere + row % SPARE }], deviation);
        };
        let rows = self.units.iter().zip(&self.deviations).zip(classes).enumerate();
        match groups {
            None => rows.for_each(|(row, ((unit, deviation), class))| place(row, *unit, *deviation, *class, 0)),
            Some(groups) => rows
                .zip(groups)
                .for_each(|((row, ((unit, deviation), class)), group)| place(row, *unit, *deviation, *class, *group)),
        }
        sums.truncate(nowhere);
        let cell_of = |row: usize| match (classes[row], groups.map_or(0, |groups| groups[row])) {
            (NO_CLASS, _) | (_, NO_CLASS) => None,
            (class, group) => Some(usize::from(group) * width + usize::from(class)),
        };
        self.counted(cells, sums, cell_of)
    }

    /// A tally of weights alone.
    fn counted(&self, cells: usize, sums: Vec<Kept>, cell_of: impl Fn(usize) -> Option<usize>) -> Tally<'_> {
        let rows = self.rows_by_cell(cell_of);
        Tally {
            design: self,
            cells,
            units: self.units(),
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
        let units = self.units();
        let mut sums: Vec<Kept> = vec![[0.0; 3]; units * cells];
        let mut shifts = vec![0.0; sums.len()];
        let shifted = self.stratum_of.is_none();
        for (row, &unit) in self.units.iter().enumerate() {
            if unit != OUTSIDE
                && let Some(cell) = cell_of(row)
            {
                let value = self.weights[row] * value_of(row);
                let place = cell * units + unit as usize;
                if shifted && sums[place][0] == 0.0 {
                    shifts[place] = value;
                }
                add(&mut sums[place], value - shifts[place]);
            }
        }
        let rows = self.rows_by_cell(&cell_of);
        let inside = |row: usize| rows[row] != NOWHERE;
        Tally {
            design: self,
            cells,
            units,
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
        // Only those in a cell are looked at, once for each replicate.
        let inside: Vec<(u32, u32, f64)> = rows
            .iter()
            .enumerate()
            .filter(|(_, cell)| **cell != NOWHERE)
            .map(|(row, cell)| (row as u32, *cell, value_of(row)))
            .collect();
        let mut totals = vec![0.0; replicates.len() * cells];
        for (weights, totals) in replicates.weights.iter().zip(totals.chunks_exact_mut(cells.max(1))) {
            for (row, cell, value) in &inside {
                totals[*cell as usize] += weights[*row as usize] * value;
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

    /// The sums of a cell, one element per unit.
    pub(super) fn of(&self, cell: usize) -> impl ExactSizeIterator<Item = Sums> + Clone {
        self.sums[cell * self.units..][..self.units].iter().map(Sums::of)
    }

    /// The sums of a cell in a unit.
    pub(super) fn at(&self, unit: usize, cell: usize) -> Sums {
        Sums::of(&self.sums[cell * self.units + unit])
    }

    /// What the values (or weights) of a unit's cell are deviations from.
    pub(super) fn shift(&self, unit: usize, cell: usize) -> f64 {
        match (self.shifts.is_empty(), &self.design.stratum_of) {
            (false, _) => self.shifts[cell * self.units + unit],
            (true, None) => self.design.strata[unit].shift,
            (true, Some(_)) => 0.0,
        }
    }

    /// The respondents in a cell, and their weights (or weight × value).
    pub(super) fn count_of(&self, cell: usize) -> (f64, f64) {
        let sums = self.of(cell).enumerate();
        sums.fold((0.0, 0.0), |(n, total), (unit, sums)| {
            (n + sums.n, total + sums.weight(self.shift(unit, cell)))
        })
    }

    /// The respondents in `cells`, unweighted and weighted.
    pub fn count(&self, cells: Range<usize>) -> (usize, f64) {
        let (n, total) = cells
            .map(|cell| self.count_of(cell))
            .fold((0.0, 0.0), |all, of| (all.0 + of.0, all.1 + of.1));
        (n as usize, total)
    }

    /// Sampling units with weight in `cells` − strata with any; with replicate weights, their rank there − 1.
    pub fn degrees_of_freedom(&self, cells: &[usize]) -> f64 {
        if let Some(replicates) = &self.design.replicates {
            return replicates.degrees_of_freedom(|row| cells.contains(&(self.rows[row] as usize)));
        }
        let touched = |unit: usize| cells.iter().map(|cell| self.at(unit, *cell).n).sum::<f64>();
        self.degrees_of_freedom_of((0..self.units).map(touched))
    }

    /// From the respondents in each unit.
    fn degrees_of_freedom_of(&self, units: impl Iterator<Item = f64>) -> f64 {
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

fn add(sums: &mut Kept, deviation: f64) {
    sums[0] += 1.0;
    sums[1] += deviation;
    sums[2] += deviation * deviation;
}

impl Sums {
    fn of(&[n, deviations, squares]: &Kept) -> Self {
        Self { n, deviations, squares }
    }

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
    pub fn within(&self) -> f64 {
        match self.n > 0.0 {
            true => (self.squares - self.deviations * self.deviations / self.n).max(0.0),
            false => 0.0,
        }
    }

    /// The sum of weights.
    pub fn weight(&self, shift: f64) -> f64 {
        self.n * shift + self.deviations
    }
}
