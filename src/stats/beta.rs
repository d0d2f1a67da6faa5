//! The regularised incomplete beta function, which Student's t, F and the beta distribution are made of.
//!
//! The continued fraction of Press et al., *Numerical Recipes*, section 6.4, carried on until it settles: with a million
//! respondents that takes thousands of steps, where libraries stop after some hundred.

use statrs::function::beta::ln_beta;

/// The fraction settles within some multiple of the root of the larger parameter.
const MOST_STEPS: usize = 100_000;

/// I(a, b) at x, for `y` = 1 − x, which the caller knows to its last digits; NaN unless a, b > 0 and x, y ≥ 0.
pub(super) fn regularised(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let usable = a > 0.0 && b > 0.0 && x >= 0.0 && y >= 0.0 && a.is_finite() && b.is_finite();
    match (usable, x, y) {
        (false, ..) => f64::NAN,
        (_, 0.0, _) => 0.0,
        (_, _, 0.0) => 1.0,
        _ if x > (a + 1.0) / (a + b + 2.0) => 1.0 - lower(b, a, y, x),
        _ => lower(a, b, x, y),
    }
}

/// 1 − I(a, b) at x, without the rounding of that subtraction.
pub(super) fn complement(a: f64, b: f64, x: f64, y: f64) -> f64 {
    regularised(b, a, y, x)
}

/// The natural logarithm of a number that is given as `x` and as 1 − `y`.
fn ln(x: f64, y: f64) -> f64 {
    if y < 0.5 { (-y).ln_1p() } else { x.ln() }
}

/// The logarithm of xᵃ yᵇ ÷ B(a, b).
pub(super) fn ln_kernel(a: f64, b: f64, x: f64, y: f64) -> f64 {
    a * ln(x, y) + b * ln(y, x) - ln_beta(a, b)
}

fn lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let tiny = 1e-300;
    let away = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..MOST_STEPS {
        let m = step as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            fraction *= c * d;
        }
        if (fraction - before).abs() <= 1e-16 * fraction.abs() {
            break;
        }
    }
    ln_kernel(a, b, x, y).exp() * fraction / a
}
