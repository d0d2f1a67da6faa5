//! A fitted model in, predicted margins and average marginal effects out.
//!
//! A predicted margin sets one or more predictors to the same value for everybody, leaves the others as observed, and
//! takes the weighted mean of the predictions (Graubard & Korn 1999; R's `svypredmeans`). Errors are by the delta
//! method from the covariance of the coefficients, the observed controls being taken as they are.

use rayon::prelude::*;

use super::super::{Design, Estimate};
use super::fit::{Fit, root};
use super::solve::{STRETCH, dot};
use super::terms::{Frame, Layout, Predictor, Setting};

/// A predicted margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginEstimate {
    /// The mean prediction (a share in a logistic model) with its standard error by the delta method: that of the
    /// coefficients, the controls of the sample taken as fixed. `df` are those of the model.
    pub estimate: Estimate,
    /// The standard error when the controls of the sample stand for those of the population and vary with it: the
    /// variance of the mean prediction is added, as in `svypredmeans`.
    pub std_error_sampled: f64,
}

/// An average marginal effect: of one more unit of a number, or of a level of a factor instead of the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The predictor.
    pub predictor: usize,
    /// The level set against the reference; `None`: a slope.
    pub level: Option<u16>,
    /// The mean change of the prediction, in shares in a logistic model, with its error by the delta method.
    pub estimate: Estimate,
}

impl Fit {
    /// The mean prediction when everybody is as `settings` say and else as observed.
    pub fn margin(&self, design: &Design, layout: &Layout, frame: &Frame, settings: &[Setting]) -> MarginEstimate {
        let (value, gradient, predictions) = self.average(design, layout, frame, |row, x, gradient| {
            layout.row(frame, row, settings, x);
            let (mean, slope, _) = self.family.mean(self.linear(x));
            gradient.iter_mut().zip(&*x).for_each(|(g, x)| *g = slope * x);
            mean
        });
        let fixed = self.covariance.between(&gradient, &gradient);
        let mut influence = vec![0.0; design.rows()];
        for (row, prediction) in frame.rows.iter().zip(&predictions) {
            influence[*row] = design.weight(*row) * (prediction - value) / self.n_weighted;
        }
        MarginEstimate {
            estimate: self.estimate(value, fixed),
            std_error_sampled: root(fixed + design.variance(&influence)),
        }
    }

    /// The average marginal effects of a predictor: its slope, or one for each level of a factor but the reference.
    pub fn effects(&self, design: &Design, layout: &Layout, frame: &Frame, predictor: usize) -> Vec<Effect> {
        let of = |level, (value, gradient, _): (f64, Vec<f64>, Vec<f64>)| Effect {
            predictor,
            level,
            estimate: self.estimate(value, self.covariance.between(&gradient, &gradient)),
        };
        match frame.predictors[predictor] {
            Predictor::Numeric(_) => {
                let average = self.average(design, layout, frame, |row, x, gradient| {
                    let mut slopes = vec![0.0; x.len()];
                    layout.row(frame, row, &[], x);
                    layout.slope(frame, row, predictor, &mut slopes);
                    let (_, first, second) = self.family.mean(self.linear(x));
                    let steep = self.linear(&slopes);
                    for ((g, x), slope) in gradient.iter_mut().zip(&*x).zip(&slopes) {
                        *g = second * steep * x + first * slope;
                    }
                    first * steep
                });
                vec![of(None, average)]
            }
            Predictor::Factor { levels, .. } => (1..levels)
                .map(|level| {
                    let average = self.average(design, layout, frame, |row, x, gradient| {
                        let mut reference = vec![0.0; x.len()];
                        layout.row(frame, row, &[Setting::Level(predictor, 0)], &mut reference);
                        layout.row(frame, row, &[Setting::Level(predictor, level)], x);
                        let (low, low_slope, _) = self.family.mean(self.linear(&reference));
                        let (high, high_slope, _) = self.family.mean(self.linear(x));
                        for ((g, x), reference) in gradient.iter_mut().zip(&*x).zip(&reference) {
                            *g = high_slope * x - low_slope * reference;
                        }
                        high - low
                    });
                    of(Some(level), average)
                })
                .collect(),
        }
    }

    /// The linear predictor of a row of the model matrix. Columns that were left out count 0.
    fn linear(&self, x: &[f64]) -> f64 {
        match self.dependent.is_empty() {
            true => dot(x, &self.coefficients),
            false => {
                let known = x.iter().zip(&self.coefficients).filter(|(_, c)| !c.is_nan());
                known.map(|(x, c)| x * c).sum()
            }
        }
    }

    /// The weighted mean over the rows of what `of_row` gives, of its gradient, and what it gave for each row. `of_row`
    /// takes the respondent, a row to use and the gradient to fill.
    fn average(
        &self,
        design: &Design,
        layout: &Layout,
        frame: &Frame,
        of_row: impl Fn(usize, &mut [f64], &mut [f64]) -> f64 + Sync,
    ) -> (f64, Vec<f64>, Vec<f64>) {
        let width = layout.columns.len();
        let stretch = |rows: &[usize]| {
            let (mut x, mut gradient) = (vec![0.0; width], vec![0.0; width]);
            let (mut value, mut mean, mut values) = (0.0, vec![0.0; width], Vec::with_capacity(rows.len()));
            for row in rows {
                let share = design.weight(*row) / self.n_weighted;
                let found = of_row(*row, &mut x, &mut gradient);
                value += share * found;
                mean.iter_mut().zip(&gradient).for_each(|(mean, g)| *mean += share * g);
                values.push(found);
            }
            (value, mean, values)
        };
        let stretches: Vec<_> = frame.rows.par_chunks(STRETCH).map(stretch).collect();
        let mut all = (0.0, vec![0.0; width], Vec::with_capacity(frame.rows.len()));
        for (value, mean, values) in stretches {
            all.0 += value;
            all.1.iter_mut().zip(&mean).for_each(|(sum, more)| *sum += more);
            all.2.extend(values);
        }
        all
    }

    fn estimate(&self, value: f64, variance: f64) -> Estimate {
        Estimate {
            value,
            std_error: root(variance),
            n: self.n,
            n_weighted: self.n_weighted,
            df: self.df_residual,
            deff: f64::NAN,
        }
    }
}
