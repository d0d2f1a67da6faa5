//! Rows of a model matrix, an outcome and weights in, the coefficients at which the weighted scores are 0 out: Newton's
//! method, with an eye on coefficients that have no end.

use rayon::prelude::*;

use super::super::Design;
use super::super::matrix::Matrix;
use super::Family;
use super::cholesky::Cholesky;
use super::rows::Scaled;

/// Newton's steps end when the expected gain is this small, relative to the deviance.
const SETTLED: f64 = 1e-20;

/// The gain at which R's `glm` ends; here a model whose coefficients still move then is looked at for separation.
const NEARLY_SETTLED: f64 = 1e-8;

/// The most steps. A model with an end needs some ten.
const MOST_STEPS: usize = 60;

/// How many rows one core looks at in one go. The sums of each stretch are added in order, so that a result does not
/// depend on how many cores there are.
pub(super) const STRETCH: usize = 4096;

/// A model matrix and the outcome, to be solved with one or another set of weights.
pub(super) struct Solver<'a> {
    family: Family,
    answers: &'a [f64],
    scaled: &'a Scaled,
}

/// What is seen at some coefficients.
struct Look {
    deviance: f64,
    /// Σ w (y − μ) x.
    score: Vec<f64>,
    /// Σ w μ′ x x′: the lower triangle, row by row in a square.
    information: Vec<f64>,
}

/// The end of Newton's steps.
pub(super) struct Solved {
    pub coefficients: Vec<f64>,
    information: Cholesky,
    /// The direction in which some coefficients go on for ever, if there is one.
    direction: Option<Vec<f64>>,
    pub steps: usize,
    pub converged: bool,
}

impl Solved {
    /// Whether the steps came to an end where no coefficient goes on.
    pub fn has_end(&self) -> bool {
        self.converged && self.direction.is_none()
    }
}

/// Weights and mean outcomes of the rows of a model matrix.
struct Weighted {
    totals: Vec<f64>,
    answers: Vec<f64>,
}

impl<'a> Solver<'a> {
    /// `answers`: one element per respondent of the frame.
    pub fn new(family: Family, answers: &'a [f64], scaled: &'a Scaled) -> Self {
        Self {
            family,
            answers,
            scaled,
        }
    }

    /// Σ w μ′ x x′ at some coefficients. `weights`: one element per respondent of the frame.
    pub fn information(&self, weights: &[f64], coefficients: &[f64]) -> Matrix {
        self.square(&self.look(&self.weighted(weights), coefficients).information)
    }

    fn square(&self, triangle: &[f64]) -> Matrix {
        let width = self.scaled.width;
        Matrix::of(width, width, |a, b| triangle[a * width + b])
    }

    /// Respondents with equal rows count as one, with the sum of their weights and their mean outcome: deviance, score
    /// and information are the same, up to what no coefficient changes.
    fn weighted(&self, weights: &[f64]) -> Weighted {
        let mut totals = vec![0.0; self.scaled.len()];
        let mut answers = totals.clone();
        for (place, (weight, answer)) in weights.iter().zip(self.answers).enumerate() {
            let row = self.scaled.row_of(place);
            totals[row] += weight;
            answers[row] += weight * answer;
        }
        answers
            .iter_mut()
            .zip(&totals)
            .for_each(|(answer, total)| *answer /= total);
        Weighted { totals, answers }
    }

    fn look(&self, weighted: &Weighted, coefficients: &[f64]) -> Look {
        let rows = 0..self.scaled.len();
        let stretches: Vec<_> = rows
            .clone()
            .step_by(STRETCH)
            .map(|start| start..rows.end.min(start + STRETCH))
            .collect();
        let mut looks = stretches
            .into_par_iter()
            .map(|rows| self.look_at(rows, weighted, coefficients))
            .collect::<Vec<_>>()
            .into_iter();
        let mut all = looks
            .next()
            .unwrap_or_else(|| self.look_at(0..0, weighted, coefficients));
        for look in looks {
            all.deviance += look.deviance;
            let sums = all.score.iter_mut().chain(&mut all.information);
            sums.zip(look.score.iter().chain(&look.information))
                .for_each(|(sum, more)| *sum += more);
        }
        all
    }

    fn look_at(&self, rows: std::ops::Range<usize>, weighted: &Weighted, coefficients: &[f64]) -> Look {
        let width = self.scaled.width;
        let mut look = Look {
            deviance: 0.0,
            score: vec![0.0; width],
            information: vec![0.0; width * width],
        };
        for row in rows {
            let (weight, answer, x) = (weighted.totals[row], weighted.answers[row], self.scaled.row(row));
            if weight == 0.0 {
                continue;
            }
            let eta = dot(x, coefficients);
            let (mean, slope, deviance) = self.family.look(answer, eta);
            look.deviance += weight * deviance;
            let (residual, curve) = (weight * (answer - mean), weight * slope);
            for (a, value) in x.iter().enumerate() {
                // Most columns are marks of categories, and most marks are not set.
                if *value != 0.0 {
                    look.score[a] += residual * value;
                    let factor = curve * value;
                    for (sum, other) in look.information[a * width..][..=a].iter_mut().zip(x) {
                        *sum += factor * other;
                    }
                }
            }
        }
        look
    }

    /// The coefficients that fit best with these weights, one per respondent of the frame.
    pub fn solve(&self, weights: &[f64], start: &[f64]) -> Solved {
        let weighted = self.weighted(weights);
        let total: f64 = weights.iter().sum();
        let mut solved = Solved {
            coefficients: start.to_vec(),
            information: Cholesky::of(&Matrix::default(), 0.0),
            direction: None,
            steps: 0,
            converged: false,
        };
        let mut look = self.look(&weighted, start);
        loop {
            solved.information = Cholesky::of(&self.square(&look.information), 0.0);
            if solved.information.kept.len() < self.scaled.width || solved.steps == MOST_STEPS {
                return solved;
            }
            let step = solved.information.solve(&look.score);
            let size = look.deviance + 0.1 * total;
            let gain = dot(&step, &look.score);
            if solved.steps >= 4 && gain <= NEARLY_SETTLED * size && self.is_endless(&weighted, &step) {
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
                let seen = self.look(&weighted, &next);
                if seen.deviance <= look.deviance + 1e-12 * size || share < 1e-3 {
                    solved.coefficients = next;
                    look = seen;
                    break;
                }
                share /= 2.0;
            }
            if gain <= SETTLED * size || (self.family == Family::Linear && solved.steps == 2) {
                solved.information = Cholesky::of(&self.square(&look.information), 0.0);
                solved.converged = true;
                return solved;
            }
        }
    }

    /// Whether along `direction` nobody's outcome becomes less likely while somebody's still becomes more so by much:
    /// then there is no best model (Albert & Anderson 1984), and Newton's steps go on along it.
    fn is_endless(&self, weighted: &Weighted, direction: &[f64]) -> bool {
        if self.family == Family::Linear {
            return false;
        }
        let (mut best, mut worst) = (0.0_f64, 0.0_f64);
        for (row, (weight, answer)) in weighted.totals.iter().zip(&weighted.answers).enumerate() {
            if *weight > 0.0 {
                let along = dot(self.scaled.row(row), direction);
                // Equal rows with both outcomes are drawn either way.
                let (yes, no) = (*answer > 0.0, *answer < 1.0);
                for towards in [yes.then_some(along), no.then_some(-along)].into_iter().flatten() {
                    best = best.max(towards);
                    worst = worst.min(towards);
                }
            }
        }
        best > 0.1 && -worst < 1e-3 * best
    }

    /// The columns that a direction without end moves along, once their scales are taken off.
    pub fn endless(&self, solved: &Solved) -> Vec<usize> {
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
    pub fn sandwich(&self, design: &Design, weights: &[f64], solved: &Solved, rows: &[usize]) -> Matrix {
        let width = self.scaled.width;
        if solved.information.kept.len() < width {
            return Matrix::of(width, width, |_, _| f64::NAN);
        }
        let scaled = self.scaled;
        let means: Vec<f64> = scaled
            .par_rows()
            .map(|x| self.family.mean(dot(x, &solved.coefficients)).0)
            .collect();
        let residuals: Vec<f64> = (0..rows.len())
            .map(|place| weights[place] * (self.answers[place] - means[scaled.row_of(place)]))
            .collect();
        let score = |column: usize| {
            let mut score = vec![0.0; design.rows()];
            for (place, (row, residual)) in rows.iter().zip(&residuals).enumerate() {
                score[*row] = residual * scaled.value(place, column);
            }
            score
        };
        let scores: Vec<Vec<f64>> = (0..width).into_par_iter().map(score).collect();
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

/// Σ aᵢ bᵢ.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
