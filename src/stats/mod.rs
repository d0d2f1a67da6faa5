//! Slices in, estimates with their errors out. Knows nothing of files, questions or languages.
//!
//! Every slice has one element per respondent, in or out of the domain: a domain is a mark on rows, because standard
//! errors need the whole design (Lumley 2010, section 2.2).

pub mod design;
pub mod interval;
pub mod quantile;
pub mod tally;

pub use design::{Design, DesignError, DesignSpec, Lonely};
pub use interval::Interval;
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
}
