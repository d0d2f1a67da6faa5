//! A test statistic in, the probability of one at least as extreme out.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

/// P(|T| ≥ |t|) for Student's t; NaN unless df > 0.
pub fn student_t(t: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return match Normal::new(0.0, 1.0) {
            Ok(normal) if !t.is_nan() => 2.0 * normal.cdf(-t.abs()),
            _ => f64::NAN,
        };
    }
    match StudentsT::new(0.0, 1.0, df) {
        // The lower tail keeps its digits.
        Ok(distribution) if !t.is_nan() => 2.0 * distribution.cdf(-t.abs()),
        _ => f64::NAN,
    }
}

/// P(F ≥ f); NaN unless both degrees of freedom are above 0.
pub fn fisher(f: f64, above: f64, below: f64) -> f64 {
    if below == f64::INFINITY {
        return chi_squared(f * above, above);
    }
    match FisherSnedecor::new(above, below) {
        Ok(distribution) if f >= 0.0 => distribution.sf(f),
        _ => f64::NAN,
    }
}

/// P(χ² ≥ x); NaN unless df > 0.
pub fn chi_squared(x: f64, df: f64) -> f64 {
    match ChiSquared::new(df) {
        Ok(distribution) if x >= 0.0 => distribution.sf(x),
        _ => f64::NAN,
    }
}
