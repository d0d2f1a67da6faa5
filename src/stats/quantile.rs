//! A probability in, the quantile of a distribution out, to the last digits that its distribution function has.

use statrs::distribution::{Beta, Continuous, ContinuousCDF, Normal, StudentsT};

/// Above so many degrees of freedom the t distribution function loses digits, while its expansion about the normal has
/// them all.
const NEARLY_NORMAL: f64 = 1e4;

/// The quantile of Student's t with `df` degrees of freedom (need not be whole); NaN unless df > 0 and 0 < p < 1.
pub fn student_t(p: f64, df: f64) -> f64 {
    if df > NEARLY_NORMAL {
        let z = normal(p);
        let z2 = z * z;
        // Abramowitz & Stegun 26.7.5.
        return z
            * (1.0
                + (z2 + 1.0) / (4.0 * df)
                + ((5.0 * z2 + 16.0) * z2 + 3.0) / (96.0 * df * df)
                + (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / (384.0 * df * df * df));
    }
    match StudentsT::new(0.0, 1.0, df) {
        // The lower tail is the accurate one.
        Ok(t) if p > 0.5 && p < 1.0 => -polished(&t, 1.0 - p, (f64::NEG_INFINITY, f64::INFINITY)),
        Ok(t) if p > 0.0 && p < 1.0 => polished(&t, p, (f64::NEG_INFINITY, f64::INFINITY)),
        _ => f64::NAN,
    }
}

/// The quantile of the beta distribution; NaN unless a, b > 0 and 0 < p < 1.
pub fn beta(p: f64, a: f64, b: f64) -> f64 {
    match Beta::new(a, b) {
        Ok(beta) if p > 0.0 && p < 1.0 => polished(&beta, p, (0.0, 1.0)),
        _ => f64::NAN,
    }
}

/// The quantile of the normal distribution; NaN unless 0 < p < 1.
pub fn normal(p: f64) -> f64 {
    match Normal::new(0.0, 1.0) {
        Ok(normal) if p > 0.0 && p < 1.0 => normal.inverse_cdf(p),
        _ => f64::NAN,
    }
}

/// The library's quantile is good to some six digits; Newton's steps on its distribution function do the rest.
fn polished(
    distribution: &(impl ContinuousCDF<f64, f64> + Continuous<f64, f64>),
    p: f64,
    (low, high): (f64, f64),
) -> f64 {
    let mut x = distribution.inverse_cdf(p);
    for _ in 0..8 {
        let step = (distribution.cdf(x) - p) / distribution.pdf(x);
        let next = x - step;
        if !(step.is_finite() && next > low && next < high) {
            break;
        }
        x = next;
        if step.abs() <= 1e-15 * x.abs() {
            break;
        }
    }
    x
}
