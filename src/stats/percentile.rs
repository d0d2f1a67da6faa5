//! A [`Design`], a domain and numbers in, quantiles with Woodruff's interval out.
//!
//! The quantile is the smallest number that at least a share p of the weights lies at or below (the inverse of the
//! distribution function, the rule "math" of R `survey` 4.1's `svyquantile`). Its interval is that of Woodruff (1952): the
//! quantiles at the ends of the interval of the share at or below it, p̂ ± t × standard error. The standard error is the
//! interval's width divided by 2 t.

use super::{Design, Estimate, quantile};

/// A quantile with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// The quantile; its standard error follows from the interval.
    pub estimate: Estimate,
    /// Lower end; NaN where the interval of the share leaves 0..=1.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Shares that differ by less are equal: sums of weights are not exact.
const EQUAL: f64 = 1e-12;

impl Design {
    /// The quantile at `p` of `values` over `domain`; one element per respondent.
    pub fn percentile(&self, domain: &[bool], values: &[f64], p: f64, level: f64) -> Percentile {
        let mut sorted: Vec<(f64, f64)> = (0..self.rows())
            .filter(|&row| domain[row] && self.counts(row))
            .map(|row| (values[row], self.weights[row]))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
        let at = |p: f64| {
            let mut below = 0.0;
            for (value, weight) in &sorted {
                below += weight;
                if below / total >= p - EQUAL {
                    return *value;
                }
            }
            sorted.last().map_or(f64::NAN, |(value, _)| *value)
        };
        if sorted.is_empty() {
            return Percentile {
                estimate: Estimate::EMPTY,
                low: f64::NAN,
                high: f64::NAN,
            };
        }
        let value = at(p);
        let below: Vec<bool> = values.iter().map(|other| *other <= value).collect();
        let share = self.share(domain, &below);
        let t = quantile::student_t((1.0 + level) / 2.0, share.df);
        let half = t * share.std_error;
        let (from, to) = (share.value - half, share.value + half);
        let low = if from >= 0.0 { at(from) } else { f64::NAN };
        let high = if to <= 1.0 { at(to) } else { f64::NAN };
        Percentile {
            estimate: Estimate {
                value,
                std_error: (high - low) / (2.0 * t),
                ..share
            },
            low,
            high,
        }
    }
}
