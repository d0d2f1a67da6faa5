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
                let mean = 1.0 / (1.0 + (-eta).exp());
                // The smaller of the two tails keeps its digits.
                let rest = 1.0 / (1.0 + eta.exp());
                (mean, mean * rest, mean * rest * (rest - mean))
            }
        }
    }

    /// What one respondent of weight 1 adds to the deviance.
    fn deviance(self, outcome: f64, eta: f64) -> f64 {
        match self {
            Self::Linear => (outcome - eta).powi(2),
            // −2 log likelihood: softplus of the linear predictor against the outcome.
            Self::Logistic => 2.0 * (outcome * softplus(-eta) + (1.0 - outcome) * softplus(eta)),
        }
    }
}

/// ln(1 + eˣ).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
