//! A [`Tally`] in, shares and totals of its cells out as [`Quantity`], and the covariance of smooth functions of them.

use super::matrix::Matrix;
use super::quantity::Quantity;
use super::tally::{NOWHERE, Tally};
use super::variance;

impl Tally<'_> {
    /// The sum of the weights (or of weight × value) in `cells`.
    pub fn total(&self, cells: &[usize]) -> Quantity {
        let mut gradient = vec![0.0; self.cells()];
        cells.iter().for_each(|cell| gradient[*cell] = 1.0);
        Quantity {
            value: cells.iter().map(|cell| self.count_of(*cell).1).sum(),
            replicates: self.replicate_sums(cells),
            gradient,
        }
    }

    /// The share that the weights of `chosen` make up of those of `among`, which holds all of `chosen`. Exactly 0 and 1
    /// where nobody or everybody is chosen; NaN among nobody.
    pub fn share(&self, chosen: &[usize], among: &[usize]) -> Quantity {
        let count = |cells: &[usize]| {
            let of_cells = cells.iter().map(|cell| self.count_of(*cell));
            of_cells.fold((0.0, 0.0), |all, of| (all.0 + of.0, all.1 + of.1))
        };
        let ((n, part), (of, total)) = (count(chosen), count(among));
        let value = match n {
            0.0 => 0.0,
            _ if n == of => 1.0,
            _ => part / total,
        };
        let mut gradient = vec![0.0; self.cells()];
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
        if design.by_rows() {
            let influences: Vec<Vec<f64>> = quantities.iter().map(|quantity| self.influence(quantity)).collect();
            return design.covariance(&influences);
        }
        let active: Vec<usize> = (0..self.cells())
            .filter(|cell| quantities.iter().any(|quantity| quantity.gradient[*cell] != 0.0))
            .collect();
        if let Some(stratum_of) = &design.stratum_of {
            let totals = |quantity: &Quantity| -> Vec<f64> {
                let mut totals = vec![0.0; stratum_of.len()];
                for &cell in &active {
                    for (total, sums) in totals.iter_mut().zip(self.of(cell)) {
                        *total += quantity.gradient[cell] * sums.weight(0.0);
                    }
                }
                totals
            };
            let totals: Vec<Vec<f64>> = quantities.iter().map(totals).collect();
            return design.covariance_of_units(stratum_of, &totals, Some(self.touched(&active)));
        }
        let k = quantities.len();
        let mut sums = variance::Sums::new(design, k);
        sums.touched = self.touched(&active);
        let mut deviations = vec![0.0; k];
        for (h, stratum) in design.strata.iter().enumerate() {
            if !sums.touched[h] {
                continue;
            }
            let mut absent = stratum.units;
            for &cell in &active {
                let here = self.at(h, cell);
                absent -= here.n;
                let total = here.weight(self.shift(h, cell));
                for (a, quantity) in quantities.iter().enumerate() {
                    sums.totals[h * k + a] += quantity.gradient[cell] * total;
                }
            }
            for &cell in &active {
                let here = self.at(h, cell);
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

    /// The influence of each respondent on a smooth function of the cells' totals.
    fn influence(&self, quantity: &Quantity) -> Vec<f64> {
        let rows = self.rows.iter().enumerate();
        rows.map(|(row, cell)| match *cell {
            NOWHERE => 0.0,
            cell => {
                let value = self.values.get(row).copied().unwrap_or(1.0);
                self.design.weights[row] * value * quantity.gradient[cell as usize]
            }
        })
        .collect()
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
                sums.totals[h * k + a] = self.at(h, *cell).weight(self.shift(h, *cell));
            }
            let totals = &sums.totals[h * k..][..k];
            for (a, cell) in cells.iter().enumerate().filter(|(a, _)| totals[*a] != 0.0) {
                let here = self.at(h, *cell);
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
        let totals: Vec<f64> = cells.iter().map(|cell| self.count_of(*cell).1).collect();
        let all: f64 = totals.iter().sum();
        let with_all: Vec<f64> = (0..k).map(|a| (0..k).map(|b| covariance[(a, b)]).sum()).collect();
        let of_all: f64 = with_all.iter().sum();
        Matrix::of(k, k, |a, b| {
            let (first, second) = (totals[a] / all, totals[b] / all);
            (covariance[(a, b)] - first * with_all[b] - second * with_all[a] + first * second * of_all) / (all * all)
        })
    }

    /// Which strata have respondents in `cells`.
    fn touched(&self, cells: &[usize]) -> Vec<bool> {
        let mut touched = vec![false; self.design.strata.len()];
        for &cell in cells {
            for (unit, _) in self.of(cell).enumerate().filter(|(_, sums)| sums.n > 0.0) {
                let stratum = self.design.stratum_of.as_ref().map_or(unit, |of| of[unit] as usize);
                touched[stratum] = true;
            }
        }
        touched
    }

    fn replicate_sums(&self, cells: &[usize]) -> Vec<f64> {
        self.replicates
            .chunks_exact(self.cells().max(1))
            .map(|totals| cells.iter().map(|cell| totals[*cell]).sum())
            .collect()
    }
}
