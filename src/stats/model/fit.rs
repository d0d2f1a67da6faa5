//! An outcome, the columns of a model and a design in, the fitted model out: its coefficients with the design's
//! covariance.

use rayon::prelude::*;

use super::super::matrix::Matrix;
use super::super::replicates::Replicates;
use super::super::{Design, Test, TestKind, tail};
use super::Family;
use super::cholesky::Cholesky;
use super::rows::Scaled;
use super::solve::{Solved, Solver};
use super::terms::{Frame, Layout};

/// A column of which earlier ones explain all but this share (of squares) is left out.
const DEPENDENT: f64 = 1e-11;

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// What the outcome is.
    pub family: Family,
    /// One per column of the layout; NaN for a column that was left out.
    pub coefficients: Vec<f64>,
    /// Their covariance; 0 in the rows and columns of columns that were left out.
    pub covariance: Matrix,
    /// Degrees of freedom of the design over the rows − coefficients + 1.
    pub df_residual: f64,
    /// Degrees of freedom of the design over the rows.
    pub df_design: f64,
    /// Respondents.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
    /// Respondents with the outcome (logistic), unweighted.
    pub events: usize,
    /// Columns that earlier columns explain, left out.
    pub dependent: Vec<usize>,
    /// Columns whose coefficients have no end, because they tell the outcome of some respondents with certainty.
    /// Their numbers, and their standard errors, mean nothing.
    pub endless: Vec<usize>,
    /// Replicates that are not in the covariance, because their weights leave the model without an estimate.
    pub lost_replicates: usize,
    /// Newton's steps taken.
    pub steps: usize,
    /// Whether they came to an end.
    pub converged: bool,
}

/// A coefficient with its test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// NaN where the column was left out.
    pub estimate: f64,
    /// Its standard error; NaN where there is none.
    pub std_error: f64,
    /// Estimate ÷ standard error.
    pub t: f64,
    /// P(|T| ≥ |t|) on the residual degrees of freedom.
    pub p: f64,
}

/// Why a model cannot be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Nobody has complete answers.
    #[error("no respondent has an answer to all variables of the model")]
    Empty,
    /// The outcome does not vary.
    #[error("all respondents have the same outcome")]
    Constant,
}

/// Fits a model of `outcome` (one element per respondent; 0 or 1 in a logistic model) over the rows of the frame.
pub fn fit(design: &Design, family: Family, outcome: &[f64], layout: &Layout, frame: &Frame) -> Result<Fit, FitError> {
    let weights: Vec<f64> = frame.rows.iter().map(|row| design.weight(*row)).collect();
    let answers: Vec<f64> = frame.rows.iter().map(|row| outcome[*row]).collect();
    let n_weighted: f64 = weights.iter().sum();
    let first = *answers.first().ok_or(FitError::Empty)?;
    if answers.iter().all(|answer| *answer == first) {
        return Err(FitError::Constant);
    }
    let mut scaled = Scaled::of(layout, frame, &weights);
    let mean = weights.iter().zip(&answers).map(|(w, y)| w * y).sum::<f64>() / n_weighted;
    let mut start = vec![0.0; scaled.width];
    start[0] = match family {
        Family::Linear => mean,
        Family::Logistic => (mean / (1.0 - mean)).ln(),
    };
    let whole = Solver::new(family, &answers, &scaled);
    let kept = Cholesky::of(&whole.information(&weights, &start), DEPENDENT).kept;
    scaled.keep(&kept);
    let start: Vec<f64> = kept.iter().map(|column| start[*column]).collect();
    let solver = Solver::new(family, &answers, &scaled);
    let solved = solver.solve(&weights, &start);
    let unscale = scaled.unscale();
    let (inner, lost_replicates) = match &design.replicates {
        None => (solver.sandwich(design, &weights, &solved, &frame.rows), 0),
        Some(replicates) => refitted(replicates, &solver, &solved, &frame.rows),
    };
    let covariance = unscale.times(&inner).times(&unscale.transposed());
    let as_column = |values: &[f64]| Matrix::of(values.len(), 1, |row, _| values[row]);
    let coefficients = unscale.times(&as_column(&solved.coefficients));
    let width = layout.columns.len();
    let place: Vec<Option<usize>> = (0..width)
        .map(|column| kept.iter().position(|k| *k == column))
        .collect();
    let tally = design.tally(1, {
        let mut inside = vec![false; design.rows()];
        frame.rows.iter().for_each(|row| inside[*row] = true);
        move |row| inside[row].then_some(0)
    });
    let df_design = tally.degrees_of_freedom(&[0]);
    Ok(Fit {
        family,
        coefficients: place
            .iter()
            .map(|place| place.map_or(f64::NAN, |place| coefficients[(place, 0)]))
            .collect(),
        covariance: Matrix::of(width, width, |a, b| match (place[a], place[b]) {
            (Some(a), Some(b)) => covariance[(a, b)],
            _ => 0.0,
        }),
        df_residual: df_design - kept.len() as f64 + 1.0,
        df_design,
        n: frame.rows.len(),
        n_weighted,
        events: answers.iter().filter(|answer| **answer == 1.0).count(),
        dependent: (0..width).filter(|column| place[*column].is_none()).collect(),
        endless: solver.endless(&solved).into_iter().map(|place| kept[place]).collect(),
        lost_replicates,
        steps: solved.steps,
        converged: solved.converged,
    })
}

/// The covariance of the coefficients over the replicates, and how many of those were lost: the model is fitted again
/// with each set of weights, as R's `svyglm` does. A replicate whose coefficients have no end, in a model that has one,
/// is left out, and the others stand for it.
fn refitted(replicates: &Replicates, solver: &Solver<'_>, solved: &Solved, rows: &[usize]) -> (Matrix, usize) {
    let refits: Vec<Solved> = replicates
        .weights
        .par_iter()
        .map(|all| {
            let weights: Vec<f64> = rows.iter().map(|row| all[*row]).collect();
            solver.solve(&weights, &solved.coefficients)
        })
        .collect();
    let is_lost = |refit: &Solved| solved.has_end() && !refit.has_end();
    let lost = refits.iter().filter(|refit| is_lost(refit)).count();
    let values: Vec<Vec<f64>> = (0..solved.coefficients.len())
        .map(|column| {
            let value = |refit: &Solved| {
                if is_lost(refit) {
                    f64::NAN
                } else {
                    refit.coefficients[column]
                }
            };
            refits.iter().map(value).collect()
        })
        .collect();
    let covariance = replicates.covariance(&values);
    let raised = refits.len() as f64 / (refits.len() - lost) as f64;
    let width = values.len();
    (Matrix::of(width, width, |a, b| covariance[(a, b)] * raised), lost)
}

impl Fit {
    /// A coefficient with its test.
    pub fn coefficient(&self, column: usize) -> Coefficient {
        let estimate = self.coefficients[column];
        let std_error = match estimate.is_nan() || self.endless.contains(&column) {
            true => f64::NAN,
            false => root(self.covariance[(column, column)]),
        };
        let t = estimate / std_error;
        Coefficient {
            estimate,
            std_error,
            t,
            p: tail::student_t(t, self.df_residual),
        }
    }

    /// Wald's test that the coefficients of these columns are all 0, referred to an F with the residual degrees of
    /// freedom: R's `regTermTest`. Columns that were left out do not count; NaN where one has no end.
    pub fn test(&self, columns: &[usize]) -> Test {
        let columns: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| !self.dependent.contains(column))
            .collect();
        let none = Test {
            kind: TestKind::Wald,
            statistic: f64::NAN,
            ndf: columns.len() as f64,
            ddf: self.df_residual,
            p: f64::NAN,
        };
        if columns.is_empty() || columns.iter().any(|column| self.endless.contains(column)) {
            return none;
        }
        let estimates: Vec<f64> = columns.iter().map(|column| self.coefficients[*column]).collect();
        // In units of standard errors, so that predictors on different scales are alike.
        let spreads: Vec<f64> = columns
            .iter()
            .map(|column| root(self.covariance[(*column, *column)]))
            .collect();
        let scaled: Vec<f64> = estimates.iter().zip(&spreads).map(|(e, s)| e / s).collect();
        let covariance = Matrix::of(columns.len(), columns.len(), |a, b| {
            self.covariance[(columns[a], columns[b])] / (spreads[a] * spreads[b])
        });
        Test::of_differences(&scaled, &covariance, self.df_residual)
    }
}

/// The root of a variance, which rounding may have put a hair below 0; NaN where there is none.
pub(super) fn root(variance: f64) -> f64 {
    if variance < 0.0 { 0.0 } else { variance.sqrt() }
}
