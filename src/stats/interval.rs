//! An estimate in, a confidence interval out.

use serde::{Deserialize, Serialize};

use super::Estimate;

/// How the interval of a share is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Wald on the logit scale (the default); Korn–Graubard at 0 and 100 %, where the logit has no end.
    #[default]
    Logit,
    /// Korn & Graubard (1998): Clopper–Pearson on the effective sample size. Conservative.
    Beta,
    /// Wilson's score interval on the effective sample size.
    Wilson,
    /// Estimate ± t × standard error. Can leave 0..=1, and is too narrow near the ends.
    Wald,
}

impl Interval {
    /// The interval of a share at `level` (0.95), as (low, high).
    pub fn of_share(self, _estimate: &Estimate, _level: f64) -> (f64, f64) {
        unimplemented!()
    }
}

/// The interval of a mean at `level`: estimate ± t × standard error.
pub fn of_mean(_estimate: &Estimate, _level: f64) -> (f64, f64) {
    unimplemented!()
}
