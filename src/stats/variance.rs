//! Influence columns over a [`Design`] in, their covariance out.
//!
//! A linearised estimate is, up to a constant, the sum of its influence over the sample; the influence of a respondent
//! outside the domain is 0. The covariance of two such sums is that of Lumley, *Complex Surveys* (2010), section 2.2
//! and appendix C: over strata, the products of the deviations of the sampling units' totals from their mean, times
//! n ÷ (n − 1), times (N − n) ÷ N. Only the first stage of sampling is looked at.

use rayon::prelude::*;

use super::design::{CENSUS, Design, Lonely, OUTSIDE};
use super::matrix::Matrix;

/// Fewer products of columns than this, over strata, are not worth a second core.
const LEAST: usize = 1024;

impl Design {
    /// The variance of the sum of `influence` over the sample: one element per respondent, 0 outside the domain.
    pub fn variance(&self, influence: &[f64]) -> f64 {
        self.covariance(&[influence])[(0, 0)]
    }

    /// The covariance of the sums of several columns of influence; each has one element per respondent, 0 outside its
    /// domain. After post-stratification or raking it is that of the residuals. With replicate weights it is that of
    /// the linearised sums over the replicates.
    pub fn covariance<C: AsRef<[f64]> + Sync>(&self, influences: &[C]) -> Matrix {
        if let Some(replicates) = &self.replicates {
            let sums: Vec<Vec<f64>> = influences
                .iter()
                .map(|influence| replicates.sums(&self.weights, influence.as_ref()))
                .collect();
            return replicates.covariance(&sums);
        }
        if !self.calibration.is_empty() {
            let residuals: Vec<Vec<f64>> = influences
                .iter()
                .map(|influence| {
                    let mut residuals = influence.as_ref().to_vec();
                    self.calibration
                        .iter()
                        .for_each(|step| step.residualise(&mut residuals));
                    residuals
                })
                .collect();
            return self.covariance_of_columns(&residuals);
        }
        self.covariance_of_columns(influences)
    }

    fn covariance_of_columns<C: AsRef<[f64]> + Sync>(&self, columns: &[C]) -> Matrix {
        match &self.stratum_of {
            None => self.covariance_of_units(&self.units, columns, None),
            Some(stratum_of) => {
                let totals: Vec<Vec<f64>> = columns
                    .iter()
                    .map(|column| {
                        let mut totals = vec![0.0; stratum_of.len()];
                        for (unit, value) in self.units.iter().zip(column.as_ref()) {
                            if *unit != OUTSIDE {
                                totals[*unit as usize] += value;
                            }
                        }
                        totals
                    })
                    .collect();
                self.covariance_of_units(stratum_of, &totals, None)
            }
        }
    }

    /// The covariance of sums over sampling units: `strata` has the stratum of each, or [`OUTSIDE`], and every column
    /// has an element for each. Units that are not given count as 0. `touched`: which strata the estimates are about,
    /// where a total of 0 does not tell.
    pub(super) fn covariance_of_units<C: AsRef<[f64]> + Sync>(
        &self,
        strata: &[u32],
        columns: &[C],
        touched: Option<Vec<bool>>,
    ) -> Matrix {
        let k = columns.len();
        let mut sums = Sums::new(self, k);
        let (sorted, ends) = self.sorted_by_stratum(strata);
        let units_of = |h: usize| &sorted[ends[h]..ends[h + 1]];
        let of_stratum = |(h, (totals, products)): (usize, (&mut [f64], &mut [f64]))| {
            let all = self.strata[h].units;
            for (total, column) in totals.iter_mut().zip(columns) {
                *total = units_of(h).iter().map(|unit| column.as_ref()[*unit as usize]).sum();
            }
            let mut deviations = vec![0.0; k];
            for unit in units_of(h) {
                for ((deviation, column), total) in deviations.iter_mut().zip(columns).zip(&*totals) {
                    *deviation = column.as_ref()[*unit as usize] - total / all;
                }
                for (a, left) in deviations.iter().enumerate() {
                    let row = products[a * k..][..=a].iter_mut();
                    row.zip(&deviations)
                        .for_each(|(product, right)| *product += left * right);
                }
            }
        };
        let strata_sums = sums.totals.par_chunks_exact_mut(k.max(1));
        strata_sums
            .zip(sums.products.par_chunks_exact_mut((k * k).max(1)))
            .enumerate()
            .with_min_len(LEAST.div_ceil((k * k).max(1)))
            .for_each(of_stratum);
        for (h, stratum) in self.strata.iter().enumerate() {
            sums.add_absent(h, stratum.units - units_of(h).len() as f64, stratum.units);
        }
        match touched {
            Some(touched) => sums.touched = touched,
            None => sums.touch_what_is_not_zero(),
        }
        sums.covariance()
    }
}

impl Design {
    /// The units inside the design stratum by stratum, and where each stratum begins and ends.
    fn sorted_by_stratum(&self, strata: &[u32]) -> (Vec<u32>, Vec<usize>) {
        let inside = || (0..strata.len()).filter(|&unit| strata[unit] != OUTSIDE);
        let mut ends = vec![0; self.strata.len() + 1];
        inside().for_each(|unit| ends[strata[unit] as usize + 1] += 1);
        for h in 0..self.strata.len() {
            ends[h + 1] += ends[h];
        }
        let mut next = ends.clone();
        let mut sorted = vec![0; ends[self.strata.len()]];
        for unit in inside() {
            let place = &mut next[strata[unit] as usize];
            sorted[*place] = unit as u32;
            *place += 1;
        }
        (sorted, ends)
    }
}

/// Sums over strata from which covariances follow.
pub(super) struct Sums<'a> {
    design: &'a Design,
    k: usize,
    /// `totals[stratum * k + column]`
    pub totals: Vec<f64>,
    /// `products[(stratum * k + a) * k + b]` for b ≤ a: products of deviations from the mean of the units.
    pub products: Vec<f64>,
    /// Which strata the estimates are about.
    pub touched: Vec<bool>,
}

impl<'a> Sums<'a> {
    pub fn new(design: &'a Design, columns: usize) -> Self {
        Self {
            design,
            k: columns,
            totals: vec![0.0; design.strata.len() * columns],
            products: vec![0.0; design.strata.len() * columns * columns],
            touched: vec![false; design.strata.len()],
        }
    }

    fn touch_what_is_not_zero(&mut self) {
        let k = self.k;
        for (h, touched) in self.touched.iter_mut().enumerate() {
            let totals = &self.totals[h * k..][..k];
            let products = &self.products[h * k * k..][..k * k];
            *touched = totals.iter().chain(products).any(|value| *value != 0.0);
        }
    }

    /// Adds `absent` sampling units with the total 0 to a stratum of `units`.
    pub fn add_absent(&mut self, h: usize, absent: f64, units: f64) {
        if absent <= 0.0 {
            return;
        }
        for a in 0..self.k {
            for b in 0..=a {
                let means = self.totals[h * self.k + a] * self.totals[h * self.k + b] / (units * units);
                self.products[(h * self.k + a) * self.k + b] += absent * means;
            }
        }
    }

    /// What the strata add up to.
    pub fn covariance(&self) -> Matrix {
        let (design, k) = (self.design, self.k);
        let all_units: f64 = design.strata.iter().map(|stratum| stratum.units).sum();
        let grand: Vec<f64> = (0..k)
            .map(|column| self.totals.iter().skip(column).step_by(k).sum::<f64>() / all_units)
            .collect();
        let mut covariance = Matrix::zeros(k, k);
        let (mut touched, mut lonely) = (0.0, 0.0);
        for (h, stratum) in design.strata.iter().enumerate() {
            let totals = &self.totals[h * k..][..k];
            let products = &self.products[h * k * k..][..k * k];
            if !self.touched[h] {
                continue;
            }
            touched += 1.0;
            if stratum.correction < CENSUS {
                continue;
            }
            if stratum.units <= 1.0 {
                lonely += 1.0;
            }
            for a in 0..k {
                for b in 0..=a {
                    covariance[(a, b)] += stratum.correction
                        * match (stratum.units > 1.0, design.lonely) {
                            (true, _) => stratum.units / (stratum.units - 1.0) * products[a * k + b],
                            // The totals of most linearised estimates sum to zero over the domain, so this is their
                            // deviation from the mean of all.
                            (false, Lonely::Adjust) => totals[a] * totals[b],
                            (false, Lonely::Centre) => (totals[a] - grand[a]) * (totals[b] - grand[b]),
                            (false, Lonely::Average | Lonely::Remove | Lonely::Fail) => 0.0,
                        };
                }
            }
        }
        let scale = match design.lonely {
            Lonely::Average => touched / (touched - lonely),
            _ => 1.0,
        };
        for a in 0..k {
            for b in 0..=a {
                let value = match touched > 0.0 {
                    true => covariance[(a, b)] * scale,
                    false => 0.0,
                };
                covariance[(a, b)] = value;
                covariance[(b, a)] = value;
            }
        }
        covariance
    }
}
