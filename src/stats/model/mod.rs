//! Outcome, predictors and a design in, a regression with design-based errors out: weighted logistic and linear models.
//!
//! Coefficients are those of the census regression, estimated by weighted (pseudo) likelihood; their covariance is the
//! sandwich of Binder (1983) with the design's covariance of the scores in the middle (Lumley 2010, chapter 5), as R's
//! `svyglm`. Tests are referred to degrees of freedom of the design − coefficients + 1.
//!
//! Slices have one element per respondent; who takes part is a list of rows (complete answers within the domain), and
//! the design is always the whole one.

mod cholesky;
mod fit;
mod margins;
mod rows;
mod solve;
mod terms;

pub use fit::{Coefficient, Fit, FitError, fit};
pub use margins::{Effect, MarginEstimate};
pub use terms::{Column, Frame, Layout, Part, Predictor, Setting, Term};

/// What the outcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Yes (1) or no (0), by its log odds: R's `quasibinomial()`.
    Logistic,
    /// A number: R's `gaussian()`.
    Linear,
}

impl Family {
    /// The expected outcome at a linear predictor, with its first and second derivative.
    fn mean(self, eta: f64) -> (f64, f64, f64) {
        match self {
            Self::Linear => (eta, 1.0, 0.0),
            Self::Logistic => {
                let (mean, rest, _) = logistic(eta);
                (mean, mean * rest, mean * rest * (rest - mean))
            }
        }
    }

    /// The expected outcome at a linear predictor, its derivative, and what one respondent of weight 1 with this
    /// outcome adds to the deviance.
    fn look(self, outcome: f64, eta: f64) -> (f64, f64, f64) {
        match self {
            Self::Linear => (eta, 1.0, (outcome - eta).powi(2)),
            Self::Logistic => {
                let (mean, rest, log) = logistic(eta);
                // −2 log likelihood: ln(1 + eˣ) − y x.
                (mean, mean * rest, 2.0 * (eta.max(0.0) + log - outcome * eta))
            }
        }
    }
}

/// 1 ÷ (1 + e⁻ˣ), what is left to 1, and ln(1 + e^−|x|). The smaller of the first two keeps its digits.
fn logistic(x: f64) -> (f64, f64, f64) {
    let small = (-x.abs()).exp();
    let (near, far) = (1.0 / (1.0 + small), small / (1.0 + small));
    let log = small.ln_1p();
    if x >= 0.0 { (near, far, log) } else { (far, near, log) }
}
