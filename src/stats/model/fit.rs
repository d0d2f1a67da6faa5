//! Weighted scores solved by Newton's method, and the design's covariance of the solution.

use super::super::matrix::Matrix;
use super::super::{Design, Test, TestKind, tail};
use super::Family;
use super::cholesky::Cholesky;
use super::rows::Scaled;
use super::terms::{Frame, Layout};

/// A column of which earlier ones explain all but this share (of squares) is left out.
const DEPENDENT: f64 = 1e-11;

/// Newton's steps end when the expected gain is this small, relative to the deviance.
const SETTLED: f64 = 1e-20;

/// The gain at which R's `glm` ends; here a model whose coefficients still move then is looked at for separation.
const NEARLY_SETTLED: f64 = 1e-8;

/// The most steps. A model with an end needs some ten.
const MOST_STEPS: usize = 60;

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
    let whole = Solver {
        family,
        answers: &answers,
        scaled: &scaled,
    };
    let kept = Cholesky::of(&whole.look(&weights, &start).information, DEPENDENT).kept;
    scaled.keep(&kept);
    let start: Vec<f64> = kept.iter().map(|column| start[*column]).collect();
    let solver = Solver {
        family,
        answers: &answers,
        scaled: &scaled,
    };
    let solved = solver.solve(&weights, &start);
    let unscale = scaled.unscale();
    let inner = match &design.replicates {
        None => solver.sandwich(design, &weights, &solved, &frame.rows),
        Some(replicates) => {
            // The model is fitted again with each set of weights, as R's `svyglm` does.
            let refits: Vec<Vec<f64>> = replicates
                .weights
                .iter()
                .map(|all| {
                    let weights: Vec<f64> = frame.rows.iter().map(|row| all[*row]).collect();
                    solver.solve(&weights, &solved.coefficients).coefficients
                })
                .collect();
            let values: Vec<Vec<f64>> = (0..kept.len())
                .map(|column| refits.iter().map(|refit| refit[column]).collect())
                .collect();
            replicates.covariance(&values)
        }
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
        steps: solved.steps,
        converged: solved.converged,
    })
}

/// A model matrix and the outcome, to be solved with one or another set of weights.
struct Solver<'a> {
    family: Family,
    /// One element per row.
    answers: &'a [f64],
    scaled: &'a Scaled,
}

/// What is seen at some coefficients.
struct Look {
    deviance: f64,
    /// Σ w (y − μ) x.
    score: Vec<f64>,
    /// Σ w μ′ x x′: the lower triangle.
    information: Matrix,
}

struct Solved {
    coefficients: Vec<f64>,
    information: Cholesky,
    /// The direction in which some coefficients go on for ever, if there is one.
    direction: Option<Vec<f64>>,
    steps: usize,
    converged: bool,
}

impl Solver<'_> {
    fn look(&self, weights: &[f64], coefficients: &[f64]) -> Look {
        let width = self.scaled.width;
        let mut triangle = vec![0.0; width * width];
        let mut look = Look {
            deviance: 0.0,
            score: vec![0.0; width],
            information: Matrix::default(),
        };
        for ((x, weight), answer) in self.scaled.rows().zip(weights).zip(self.answers) {
            if *weight == 0.0 {
                continue;
            }
            let eta = dot(x, coefficients);
            let (mean, slope, deviance) = self.family.look(*answer, eta);
            look.deviance += weight * deviance;
            let (residual, curve) = (weight * (answer - mean), weight * slope);
            for (a, value) in x.iter().enumerate() {
                // Most columns are marks of categories, and most marks are not set.
                if *value != 0.0 {
                    look.score[a] += residual * value;
                    let factor = curve * value;
                    for (sum, other) in triangle[a * width..][..=a].iter_mut().zip(x) {
                        *sum += factor * other;
                    }
                }
            }
        }
        look.information = Matrix::of(width, width, |a, b| triangle[a * width + b]);
        look
    }

    fn solve(&self, weights: &[f64], start: &[f64]) -> Solved {
        let total: f64 = weights.iter().sum();
        let mut solved = Solved {
            coefficients: start.to_vec(),
            information: Cholesky::of(&Matrix::default(), 0.0),
            direction: None,
            steps: 0,
            converged: false,
        };
        let mut look = self.look(weights, start);
        loop {
            solved.information = Cholesky::of(&look.information, 0.0);
            if solved.information.kept.len() < self.scaled.width || solved.steps == MOST_STEPS {
                return solved;
            }
            let step = solved.information.solve(&look.score);
            let size = look.deviance + 0.1 * total;
            let gain = dot(&step, &look.score);
            if solved.steps >= 4 && gain <= NEARLY_SETTLED * size && self.is_endless(weights, &step) {
                solved.direction = Some(step);
                solved.converged = true;
                return solved;
            }
            solved.steps += 1;
            // Half a step, a quarter … where a whole one leads away.
            let mut share = 1.0;
            loop {
                let next: Vec<f64> = solved
                    .coefficients
                    .iter()
                    .zip(&step)
                    .map(|(c, s)| c + share * s)
                    .collect();
                let seen = self.look(weights, &next);
                if seen.deviance <= look.deviance + 1e-12 * size || share < 1e-3 {
                    solved.coefficients = next;
                    look = seen;
                    break;
                }
                share /= 2.0;
            }
            if gain <= SETTLED * size || (self.family == Family::Linear && solved.steps == 2) {
                solved.information = Cholesky::of(&look.information, 0.0);
                solved.converged = true;
                return solved;
            }
        }
    }

    /// Whether along `direction` nobody's outcome becomes less likely while somebody's still becomes more so by much:
    /// then there is no best model (Albert & Anderson 1984), and Newton's steps go on along it.
    fn is_endless(&self, weights: &[f64], direction: &[f64]) -> bool {
        if self.family == Family::Linear {
            return false;
        }
        let (mut best, mut worst) = (0.0_f64, 0.0_f64);
        for ((x, weight), answer) in self.scaled.rows().zip(weights).zip(self.answers) {
            if *weight > 0.0 {
                let towards = dot(x, direction) * (2.0 * answer - 1.0);
                best = best.max(towards);
                worst = worst.min(towards);
            }
        }
        best > 0.1 && -worst < 1e-3 * best
    }

    /// The columns that a direction without end moves along, once their scales are taken off.
    fn endless(&self, solved: &Solved) -> Vec<usize> {
        let Some(direction) = &solved.direction else {
            return Vec::new();
        };
        let unscale = self.scaled.unscale();
        let moved = unscale.times(&Matrix::of(direction.len(), 1, |row, _| direction[row]));
        (0..direction.len())
            .filter(|&column| (moved[(column, 0)] * self.scaled.spreads()[column]).abs() > 0.01)
            .collect()
    }

    /// A⁻¹ B A⁻¹: the information A, and the design's covariance B of the scores.
    fn sandwich(&self, design: &Design, weights: &[f64], solved: &Solved, rows: &[usize]) -> Matrix {
        let width = self.scaled.width;
        if solved.information.kept.len() < width {
            return Matrix::of(width, width, |_, _| f64::NAN);
        }
        let mut scores = vec![vec![0.0; design.rows()]; width];
        for (((x, weight), answer), row) in self.scaled.rows().zip(weights).zip(self.answers).zip(rows) {
            let (mean, ..) = self.family.mean(dot(x, &solved.coefficients));
            let residual = weight * (answer - mean);
            for (column, value) in scores.iter_mut().zip(x) {
                column[*row] = residual * value;
            }
        }
        let spread = design.covariance(&scores);
        drop(scores);
        let column_of = |matrix: &Matrix, column: usize| -> Vec<f64> {
            solved
                .information
                .solve(&(0..width).map(|row| matrix[(row, column)]).collect::<Vec<_>>())
        };
        let half: Vec<Vec<f64>> = (0..width).map(|column| column_of(&spread, column)).collect();
        // half[column][row] is A⁻¹ B; its transpose solved once more.
        let half = Matrix::of(width, width, |row, column| half[row][column]);
        let whole: Vec<Vec<f64>> = (0..width).map(|column| column_of(&half, column)).collect();
        Matrix::of(width, width, |row, column| {
            (whole[column][row] + whole[row][column]) / 2.0
        })
    }
}

impl Fit {
    /// A coefficient with its test.
    pub fn coefficient(&self, column: usize) -> Coefficient {
        let estimate = self.coefficients[column];
        let std_error = match estimate.is_nan() || self.endless.contains(&column) {
            true => f64::NAN,
            false => self.covariance[(column, column)].sqrt(),
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
            .map(|column| self.covariance[(*column, *column)].sqrt())
            .collect();
        let scaled: Vec<f64> = estimates.iter().zip(&spreads).map(|(e, s)| e / s).collect();
        let covariance = Matrix::of(columns.len(), columns.len(), |a, b| {
            self.covariance[(columns[a], columns[b])] / (spreads[a] * spreads[b])
        });
        Test::of_differences(&scaled, &covariance, self.df_residual)
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
