//! A [`Tally`] in, the shares of its domains out, each with its error.

use std::ops::Range;

use rayon::prelude::*;

use super::super::{Design, Estimate, variance};
use super::{Kept, NO_CLASS, NOWHERE, Sums, Tally, add};

/// Fewer sums than this are not worth a second thread.
const WORTH_SHARING: usize = 200_000;

/// A domain made of cells of a [`Tally`].
#[derive(Clone, Debug)]
pub struct TallyDomain<'a> {
    tally: &'a Tally<'a>,
    cells: Range<usize>,
    /// One element per unit of the design.
    sums: Vec<Sums>,
    /// The strata it has respondents in; none in a design with clusters.
    strata: Vec<Whole>,
    /// Respondents, unweighted.
    n: usize,
    n_weighted: f64,
    df: f64,
}

/// What the weights of a domain add up to in a stratum.
#[derive(Clone, Copy, Debug)]
struct Whole {
    h: usize,
    total: f64,
    /// Σ of squared deviations from the mean of the stratum's units, those outside the domain with the weight 0.
    squares: f64,
}

impl Design {
    /// The share of each of `width` classes in each of `count` groups, and how many respondents have it: an element per
    /// `group * width + class`. Groups and classes as in [`Design::tally_classes`]; a large table is made group by group,
    /// so that its sums stay near the processor.
    pub fn shares(
        &self,
        groups: Option<&[u16]>,
        count: usize,
        classes: &[u16],
        width: usize,
    ) -> Vec<(Estimate, usize)> {
        let (Some(groups), true) = (groups, self.units() * count * width > WORTH_SHARING) else {
            return self.tally_classes(groups, count, classes, width).shares(width);
        };
        let inside = |row: &usize| groups[*row] != NO_CLASS && classes[*row] != NO_CLASS && self.counts(*row);
        let mut rows_of: Vec<Vec<u32>> = vec![Vec::new(); count];
        for row in (0..groups.len()).filter(inside) {
            rows_of[usize::from(groups[row])].push(row as u32);
        }
        let of_group = |rows: &Vec<u32>| self.tally_rows(rows, classes, width).shares(width);
        rows_of.par_iter().flat_map_iter(of_group).collect()
    }

    /// A tally of `rows`, all of which are in the design and in a class.
    fn tally_rows(&self, rows: &[u32], classes: &[u16], width: usize) -> Tally<'_> {
        let units = self.units();
        let mut sums: Vec<Kept> = vec![[0.0; 3]; units * width];
        let mut cells = vec![NOWHERE; if self.by_rows() { self.rows() } else { 0 }];
        for row in rows.iter().map(|row| *row as usize) {
            let class = classes[row];
            let place = usize::from(class) * units + self.units[row] as usize;
            add(&mut sums[place], self.deviations[row]);
            if let Some(cell) = cells.get_mut(row) {
                *cell = u32::from(class);
            }
        }
        Tally {
            design: self,
            cells: width,
            units,
            sums,
            shifts: Vec::new(),
            replicates: self.replicate_totals(width, &cells, |_| 1.0),
            rows: cells,
            values: Vec::new(),
        }
    }
}

impl Tally<'_> {
    /// The domain of the respondents in `cells`: sums once for all shares of it.
    pub fn domain(&self, cells: Range<usize>) -> TallyDomain<'_> {
        let mut sums = vec![Sums::default(); self.units];
        for cell in cells.clone() {
            for (sum, more) in sums.iter_mut().zip(self.of(cell)) {
                *sum = sum.plus(&more);
            }
        }
        let (n, n_weighted) = match self.shifts.is_empty() {
            // The shift is that of the stratum, whatever the cell.
            true => sums.iter().enumerate().fold((0, 0.0), |(n, total), (unit, sums)| {
                (n + sums.n as usize, total + sums.weight(self.shift(unit, 0)))
            }),
            false => self.count(cells.clone()),
        };
        let df = match self.design.replicates {
            None => self.degrees_of_freedom_of(sums.iter().map(|sums| sums.n)),
            Some(_) => self.degrees_of_freedom(&cells.clone().collect::<Vec<_>>()),
        };
        let whole = |(h, sums): (usize, &Sums)| {
            let stratum = &self.design.strata[h];
            let total = sums.weight(stratum.shift);
            let (own, mean) = (total / sums.n, total / stratum.units);
            let between = sums.n * (own - mean).powi(2) + (stratum.units - sums.n) * mean * mean;
            Whole {
                h,
                total,
                squares: sums.within() + between,
            }
        };
        let strata = match self.design.stratum_of {
            None => sums
                .iter()
                .enumerate()
                .filter(|(_, sums)| sums.n > 0.0)
                .map(whole)
                .collect(),
            Some(_) => Vec::new(),
        };
        TallyDomain {
            tally: self,
            cells,
            sums,
            strata,
            n,
            n_weighted,
            df,
        }
    }

    /// All shares of domains of `width` cells that follow each other, and how many respondents are in the cell: an
    /// element per cell.
    pub fn shares(&self, width: usize) -> Vec<(Estimate, usize)> {
        let of_domain = |group: usize| -> Vec<(Estimate, usize)> {
            let domain = self.domain(group * width..(group + 1) * width);
            domain
                .cells
                .clone()
                .map(|cell| {
                    let chosen = self.count_of(cell);
                    (domain.share_of(cell, chosen), chosen.0 as usize)
                })
                .collect()
        };
        let groups = 0..self.cells / width.max(1);
        match self.sums.len() > WORTH_SHARING {
            true => groups.into_par_iter().flat_map_iter(of_domain).collect(),
            false => groups.flat_map(of_domain).collect(),
        }
    }
}

impl TallyDomain<'_> {
    /// The share of the domain that `cell` (one of its cells) makes up.
    pub fn share(&self, cell: usize) -> Estimate {
        self.share_of(cell, self.tally.count_of(cell))
    }

    /// As [`TallyDomain::share`], with how many are in the cell, unweighted and weighted.
    fn share_of(&self, cell: usize, chosen: (f64, f64)) -> Estimate {
        if self.n == 0 {
            return Estimate::EMPTY;
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
        if let Some(stratum_of) = &design.stratum_of {
            let units = self.tally.of(cell).zip(&self.sums);
            let totals: Vec<f64> = units
                .map(|(sums, domain)| chosen * sums.weight(0.0) + rest * domain.minus(&sums).weight(0.0))
                .collect();
            return design.covariance_of_units(stratum_of, &[totals], None)[(0, 0)];
        }
        let mut strata = variance::Sums::new(design, 1);
        let mut add = |h: usize, total: f64, squares: f64| {
            strata.touched[h] = true;
            strata.totals[h] = total;
            strata.products[h] = squares;
        };
        for whole in &self.strata {
            let stratum = &design.strata[whole.h];
            let sums = self.tally.at(whole.h, cell);
            if sums.n == 0.0 {
                add(whole.h, rest * whole.total, rest * rest * whole.squares);
                continue;
            }
            let domain = &self.sums[whole.h];
            let parts = [(sums, chosen), (domain.minus(&sums), rest)];
            let total: f64 = parts
                .iter()
                .map(|(sums, factor)| factor * sums.weight(stratum.shift))
                .sum();
            let mean = total / stratum.units;
            let mut squares = (stratum.units - domain.n) * mean * mean;
            for (sums, factor) in parts.iter().filter(|(sums, _)| sums.n > 0.0) {
                let between = factor * sums.weight(stratum.shift) / sums.n - mean;
                squares += factor * factor * sums.within() + sums.n * between * between;
            }
            add(whole.h, total, squares);
        }
        strata.covariance()[(0, 0)]
    }
}
