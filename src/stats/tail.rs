//! A test statistic in, the probability of one at least as extreme out.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

use super::beta as incomplete;

/// P(|T| ≥ |t|) for Student's t; NaN unless df > 0.
pub fn student_t(t: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return match Normal::new(0.0, 1.0) {
            Ok(normal) if !t.is_nan() => 2.0 * normal.cdf(-t.abs()),
            _ => f64::NAN,
        };
    }
    let square = t * t;
    match square.is_infinite() {
        true => 0.0,
        false => incomplete::regularised(df / 2.0, 0.5, df / (df + square), square / (df + square)),
    }
}

/// P(F ≥ f); NaN unless both degrees of freedom are above 0.
pub fn fisher(f: f64, above: f64, below: f64) -> f64 {
    if below == f64::INFINITY {
        return chi_squared(f * above, above);
    }
    let (left, right) = (above * f, below);
    incomplete::complement(above / 2.0, below / 2.0, left / (left + right), right / (left + right))
}

/// P(χ² ≥ x); NaN unless df > 0.
pub fn chi_squared(x: f64, df: f64) -> f64 {
    match ChiSquared::new(df) {
        Ok(distribution) if x >= 0.0 => distribution.sf(x),
        _ => f64::NAN,
    }
}
