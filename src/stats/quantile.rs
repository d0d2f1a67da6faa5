//! A probability in, the quantile of a distribution out, to the last digits that its distribution function has.

use std::cell::RefCell;
use std::collections::HashMap;

use statrs::distribution::{ContinuousCDF, Normal};

use super::{beta as incomplete, tail};

/// Above so many degrees of freedom the expansion of t about the normal is exact.
const NEARLY_NORMAL: f64 = 1e4;

/// How many quantiles of t a thread remembers.
const MOST_KNOWN: usize = 4096;

thread_local! {
    /// Quantiles of t by the bits of p and df.
    static KNOWN: RefCell<HashMap<(u64, u64), f64>> = RefCell::default();
}

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
    if !(df > 0.0 && p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    // Tables ask for the same few again and again.
    let key = (p.to_bits(), df.to_bits());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    let t = solved_t(p, df);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, t);
    });
    t
}

fn solved_t(p: f64, df: f64) -> f64 {
    // The lower tail keeps its digits.
    let rare = p.min(1.0 - p);
    let below = |t: f64| tail::student_t(t, df) / 2.0;
    let mut far = -1.0;
    while below(far) > rare && far > -1e300 {
        far *= 2.0;
    }
    let density = |t: f64| {
        let (x, y) = (df / (df + t * t), t * t / (df + t * t));
        incomplete::ln_kernel(df / 2.0, 0.5, x, y).exp() / t.abs().max(f64::MIN_POSITIVE)
    };
    let t = solved(below, density, rare, (far, 0.0), far / 2.0);
    if p > 0.5 { -t } else { t }
}

/// The quantile of the beta distribution; NaN unless a, b > 0 and 0 < p < 1.
pub fn beta(p: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    let below = |x: f64| incomplete::regularised(a, b, x, 1.0 - x);
    let density = |x: f64| incomplete::ln_kernel(a, b, x, 1.0 - x).exp() / (x * (1.0 - x));
    solved(below, density, p, (0.0, 1.0), a / (a + b))
}

/// The quantile of the normal distribution; NaN unless 0 < p < 1.
pub fn normal(p: f64) -> f64 {
    match Normal::new(0.0, 1.0) {
        Ok(normal) if p > 0.0 && p < 1.0 => normal.inverse_cdf(p),
        _ => f64::NAN,
    }
}

/// Where an increasing function is `p`: Newton's steps from `start`, halving the bracket where they leave it.
fn solved(
    below: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
    p: f64,
    (mut low, mut high): (f64, f64),
    start: f64,
) -> f64 {
    let mut x = start;
    // Halving alone needs some thousand steps to reach the smallest numbers there are.
    for _ in 0..2_000 {
        let miss = below(x) - p;
        if miss > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let step = miss / density(x);
        if miss == 0.0 || step.abs() <= 1e-15 * x.abs() {
            break;
        }
        x -= step;
        if !(x > low && x < high) {
            x = low + (high - low) / 2.0;
            if x == low || x == high {
                break;
            }
        }
    }
    x
}
