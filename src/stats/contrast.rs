//! Estimates with their covariance in, differences and ratios with their tests out.

use serde::{Deserialize, Serialize};

use super::matrix::Matrix;
use super::quantity::Quantity;
use super::{Estimate, quantile, tail};

/// A difference with its t test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The first estimate − the second.
    pub difference: f64,
    /// Its design-based standard error, with the covariance of the two.
    pub std_error: f64,
    /// Difference ÷ standard error; NaN where there is none.
    pub t: f64,
    /// Degrees of freedom of the design over both domains together.
    pub df: f64,
    /// The two-sided p-value; NaN where there is none.
    pub p: f64,
}

impl Contrast {
    /// The test of a difference with a standard error.
    pub fn new(difference: f64, std_error: f64, df: f64) -> Self {
        let t = match std_error > 0.0 && df > 0.0 {
            true => difference / std_error,
            false => f64::NAN,
        };
        Self {
            difference,
            std_error,
            t,
            df,
            p: tail::student_t(t, df),
        }
    }

    /// The difference of two of several estimates with this covariance.
    pub fn of(estimates: &[f64], covariance: &Matrix, (a, b): (usize, usize), df: f64) -> Self {
        let variance = covariance[(a, a)] + covariance[(b, b)] - 2.0 * covariance[(a, b)];
        // What is left of a difference of equals is rounding.
        let rounding = 1e-15 * (covariance[(a, a)] + covariance[(b, b)]);
        let variance = if variance.abs() <= rounding { 0.0 } else { variance };
        Self::new(estimates[a] - estimates[b], variance.max(0.0).sqrt(), df)
    }

    /// The change from an estimate to one from another, independent sample. Degrees of freedom after Satterthwaite
    /// (1946).
    pub fn of_independent(now: &Estimate, before: &Estimate) -> Self {
        let (a, b) = (now.std_error.powi(2), before.std_error.powi(2));
        let share = |variance: f64, df: f64| if variance > 0.0 { variance * variance / df } else { 0.0 };
        let df = (a + b).powi(2) / (share(a, now.df) + share(b, before.df));
        Self::new(
            now.value - before.value,
            (a + b).sqrt(),
            if df.is_nan() { 0.0 } else { df },
        )
    }

    /// The interval of the difference at `level`; (NaN, NaN) where there is none.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let half = quantile::student_t((1.0 + level) / 2.0, self.df) * self.std_error;
        match self.t.is_nan() {
            true => (f64::NAN, f64::NAN),
            false => (self.difference - half, self.difference + half),
        }
    }
}

/// A ratio of shares, odds or frequencies with an interval made on the logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioEstimate {
    /// The ratio.
    pub value: f64,
    /// Its standard error by the delta method.
    pub std_error: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl RatioEstimate {
    /// There is none.
    pub const NONE: Self = Self {
        value: f64::NAN,
        std_error: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    };

    /// From the ratio and the variance of its logarithm.
    pub fn new(value: f64, variance_of_log: f64, df: f64, level: f64) -> Self {
        let spread = variance_of_log.sqrt();
        let half = quantile::student_t((1.0 + level) / 2.0, df) * spread;
        let known = value > 0.0 && value.is_finite() && half.is_finite();
        Self {
            value,
            std_error: if known { value * spread } else { f64::NAN },
            low: if known { value * (-half).exp() } else { f64::NAN },
            high: if known { value * half.exp() } else { f64::NAN },
        }
    }
}

/// The risk ratio and the odds ratio of two shares, before their errors: logarithms, whose covariance a
/// [`super::Tally`] knows. `None` where a share is 0 or 1 and there is no finite ratio.
pub fn log_ratios(a: &Quantity, b: &Quantity) -> Option<[Quantity; 2]> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    match inside(a.value) && inside(b.value) {
        true => Some([&a.ln() - &b.ln(), &a.odds().ln() - &b.odds().ln()]),
        false => None,
    }
}

/// How p-values of many comparisons are adjusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Adjust {
    /// Holm (1979): as safe as Bonferroni, never weaker.
    #[default]
    Holm,
    /// Times the number of comparisons.
    Bonferroni,
    /// Benjamini & Hochberg (1995): the share of false findings among the findings.
    Bh,
    /// As they are.
    None,
}

impl Adjust {
    /// Adjusts the p-values of one family of comparisons, as R's `p.adjust`. NaN stays NaN and is no comparison.
    pub fn apply(self, p: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..p.len()).filter(|i| !p[*i].is_nan()).collect();
        order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
        let count = order.len() as f64;
        let mut adjusted = p.to_vec();
        match self {
            Self::None => {}
            Self::Bonferroni => order.iter().for_each(|i| adjusted[*i] = (count * p[*i]).min(1.0)),
            Self::Holm => {
                let mut largest: f64 = 0.0;
                for (rank, i) in order.iter().enumerate() {
                    largest = largest.max((count - rank as f64) * p[*i]).min(1.0);
                    adjusted[*i] = largest;
                }
            }
            Self::Bh => {
                let mut smallest: f64 = 1.0;
                for (rank, i) in order.iter().enumerate().rev() {
                    smallest = smallest.min(count / (rank as f64 + 1.0) * p[*i]);
                    adjusted[*i] = smallest;
                }
            }
        }
        adjusted
    }
}

/// For each of several groups, the letters (A, B, …) of those that it lies significantly above: small at 5 %, large at
/// 1 %. `p(a, b)` is the adjusted p-value of two groups.
pub fn letters(values: &[f64], p: impl Fn(usize, usize) -> f64) -> Vec<String> {
    let beats = |a: usize, b: usize| {
        let p = p(a.min(b), a.max(b));
        match values[a] > values[b] {
            true if p < 0.01 => Some(letter(b).to_uppercase()),
            true if p < 0.05 => Some(letter(b)),
            _ => None,
        }
    };
    (0..values.len())
        .map(|a| {
            let marks: Vec<String> = (0..values.len())
                .filter(|b| *b != a)
                .filter_map(|b| beats(a, b))
                .collect();
            // Two-letter names would run together.
            marks.join(if values.len() > 26 { " " } else { "" })
        })
        .collect()
}

/// The letter of a column: a, b, …, z, aa, ab, …
pub fn letter(mut place: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, b'a' + (place % 26) as u8);
        match place / 26 {
            0 => break,
            rest => place = rest - 1,
        }
    }
    String::from_utf8_lossy(&name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: p.adjust(c(.01, .02, .03, .04, .05), …).
    #[test]
    fn p_values_are_adjusted_as_r_does() {
        let p = [0.05, 0.01, f64::NAN, 0.04, 0.02, 0.03];
        for (method, expected) in [
            (Adjust::Holm, [0.09, 0.05, f64::NAN, 0.09, 0.08, 0.09]),
            (Adjust::Bonferroni, [0.25, 0.05, f64::NAN, 0.2, 0.1, 0.15]),
            (Adjust::Bh, [0.05, 0.05, f64::NAN, 0.05, 0.05, 0.05]),
            (Adjust::None, p),
        ] {
            for (ours, theirs) in method.apply(&p).iter().zip(expected) {
                assert!(
                    (ours - theirs).abs() < 1e-15 || theirs.is_nan() && ours.is_nan(),
                    "{method:?}"
                );
            }
        }
    }

    #[test]
    fn letters_name_the_groups_that_a_group_lies_above_at_two_levels() {
        let p = |a: usize, b: usize| [[0.0, 0.03, 0.001], [0.0, 0.0, 0.2], [0.0; 3]][a][b];
        assert_eq!(letters(&[0.5, 0.3, 0.1], p), ["bC", "", ""]);
        assert_eq!(
            (letter(0), letter(25), letter(26), letter(52)),
            ("a".into(), "z".into(), "aa".into(), "ba".into())
        );
    }
}
