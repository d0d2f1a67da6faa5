//! An estimate in, a confidence interval out.
//!
//! Without degrees of freedom (a single respondent, or one in each stratum) there is no interval: both ends are NaN.

use serde::{Deserialize, Serialize};

use super::{Estimate, quantile};

/// How the interval of a share is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Wald on the logit scale (the default); Korn–Graubard at 0 and 100 %, where the logit has no end.
    #[default]
    Logit,
    /// Korn & Graubard (1998): Clopper–Pearson on the effective sample size. Conservative.
    Beta,
    /// Wilson's score interval on the effective sample size, as Dean & Pagano (2015) adapt it.
    Wilson,
    /// Wald on the scale of the arcsine of the root, which evens out the variance; ends do not pass 0 and 1.
    Arcsine,
    /// Estimate ± t × standard error. Can leave 0..=1, and is too narrow near the ends.
    Wald,
}

impl Interval {
    /// The interval of a share at `level` (0.95), as (low, high); (NaN, NaN) where there is none.
    ///
    /// At 0 and 100 % the standard error is 0 and tells nothing: the effective sample size is then n (Korn & Graubard
    /// 1998), for every method but [`Interval::Wald`], which has no width there. A share known without error from a
    /// census has no width either.
    pub fn of_share(self, estimate: &Estimate, level: f64) -> (f64, f64) {
        let share = estimate.value;
        let t = quantile::student_t((1.0 + level) / 2.0, estimate.df);
        if !t.is_finite() || estimate.n <= 1 || share.is_nan() {
            return (f64::NAN, f64::NAN);
        }
        let at_an_end = share <= 0.0 || share >= 1.0;
        if !at_an_end && estimate.std_error == 0.0 {
            return (share, share);
        }
        match self {
            Self::Wald => of_mean(estimate, level),
            Self::Logit if !at_an_end => {
                let centre = (share / (1.0 - share)).ln();
                let half = t * estimate.std_error / (share * (1.0 - share));
                (expit(centre - half), expit(centre + half))
            }
            Self::Arcsine if !at_an_end => {
                let centre = share.sqrt().asin();
                let half = t * estimate.std_error / (2.0 * (share * (1.0 - share)).sqrt());
                let back = |angle: f64| angle.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2);
                (back(centre - half), back(centre + half))
            }
            Self::Logit | Self::Arcsine | Self::Beta => korn_graubard(share, effective_n(estimate, level, t), level),
            Self::Wilson => wilson(share, effective_n(estimate, level, t), level),
        }
    }
}

/// The interval of a mean at `level`: estimate ± t × standard error; (NaN, NaN) where there is none.
pub fn of_mean(estimate: &Estimate, level: f64) -> (f64, f64) {
    let t = quantile::student_t((1.0 + level) / 2.0, estimate.df);
    if !t.is_finite() || estimate.n <= 1 {
        return (f64::NAN, f64::NAN);
    }
    let half = t * estimate.std_error;
    (estimate.value - half, estimate.value + half)
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The size of a simple random sample that would be as precise, made smaller for the degrees of freedom that the
/// design has less than such a sample: Korn & Graubard (1998), formula 5, as R's `svyciprop(method = "beta")`.
fn effective_n(estimate: &Estimate, level: f64, t: f64) -> f64 {
    let n = estimate.n as f64;
    let variance = estimate.std_error * estimate.std_error;
    let effective = match variance > 0.0 {
        true => estimate.value * (1.0 - estimate.value) / variance,
        false => n,
    };
    effective * (quantile::student_t((1.0 + level) / 2.0, n - 1.0) / t).powi(2)
}

/// Clopper & Pearson's interval for `share` of `n`, which need not be whole.
fn korn_graubard(share: f64, n: f64, level: f64) -> (f64, f64) {
    let (chosen, rest) = (n * share, n * (1.0 - share));
    let tail = (1.0 - level) / 2.0;
    let low = match chosen > 0.0 {
        true => quantile::beta(tail, chosen, rest + 1.0),
        false => 0.0,
    };
    let high = match rest > 0.0 {
        // The upper quantile as one minus a lower one: that tail is the accurate one.
        true => 1.0 - quantile::beta(tail, rest, chosen + 1.0),
        false => 1.0,
    };
    (low, high)
}

/// Wilson's score interval for `share` of `n`, which need not be whole.
fn wilson(share: f64, n: f64, level: f64) -> (f64, f64) {
    let z = quantile::normal((1.0 + level) / 2.0);
    let z2 = z * z / n;
    let centre = (share + z2 / 2.0) / (1.0 + z2);
    let half = z / (1.0 + z2) * (share * (1.0 - share) / n + z2 / (4.0 * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
