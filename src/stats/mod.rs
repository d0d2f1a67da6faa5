//! Slices in, estimates with their errors out. Knows nothing of files, questions or languages.
//!
//! Every slice has one element per respondent, in or out of the domain: a domain is a mark on rows, because standard
//! errors need the whole design (Lumley 2010, section 2.2).

pub mod association;
mod beta;
pub mod calibrate;
pub mod contrast;
pub mod design;
pub mod interval;
pub mod joint;
pub mod linear;
pub mod matrix;
pub mod model;
pub mod percentile;
pub mod quantile;
pub mod quantity;
pub mod replicates;
pub mod tail;
pub mod tally;
mod variance;

pub use association::{Test, TestKind};
pub use calibrate::{CalibrationError, Margin};
pub use contrast::{Adjust, Contrast, RatioEstimate};
pub use design::{Design, DesignError, DesignSpec, Lonely};
pub use interval::Interval;
pub use linear::Linear;
pub use matrix::Matrix;
pub use percentile::Percentile;
pub use quantity::Quantity;
pub use replicates::{ReplicateKind, ReplicateSpec};
pub use tally::Tally;

use serde::{Deserialize, Serialize};

/// An estimate with what is needed to judge it. Shares are 0..=1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate; NaN over an empty domain.
    pub value: f64,
    /// Its design-based standard error; NaN where it cannot be had. 0 over a single respondent, as linearisation has
    /// it: `df` tells that it means nothing there.
    pub std_error: f64,
    /// Respondents in the domain, unweighted; those with a zero weight do not count.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
    /// Degrees of freedom of the design over the domain: its PSUs − its strata.
    pub df: f64,
    /// Design effect against simple random sampling with replacement of as many respondents; NaN where those do not
    /// differ.
    pub deff: f64,
}

impl Estimate {
    /// The estimate over nobody.
    pub const EMPTY: Self = Self {
        value: f64::NAN,
        std_error: f64::NAN,
        n: 0,
        n_weighted: 0.0,
        df: 0.0,
        deff: f64::NAN,
    };

    /// The size of a simple random sample with replacement that would be as precise: n ÷ design effect. NaN where there
    /// is no design effect.
    pub fn effective_n(&self) -> f64 {
        match self.deff > 0.0 {
            true => self.n as f64 / self.deff,
            false => f64::NAN,
        }
    }
}
