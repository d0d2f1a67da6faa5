//! Totals in, smooth functions of them out, each with what its error needs.
//!
//! A [`Quantity`] carries its gradient with respect to the totals it was made of (for the delta method, Lumley 2010,
//! section 2.4) and its value in every replicate; sums, products, ratios and logarithms keep both.

use std::ops::{Add, Div, Mul, Sub};

/// A smooth function of totals.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its value.
    pub value: f64,
    /// Its derivative with respect to each total.
    pub gradient: Vec<f64>,
    /// Its value with each set of replicate weights; empty where there are none.
    pub replicates: Vec<f64>,
}

impl Quantity {
    /// The natural logarithm.
    pub fn ln(&self) -> Self {
        let factor = 1.0 / self.value;
        self.mapped(self.value.ln(), factor, f64::ln)
    }

    /// `factor` times this.
    pub fn scaled(&self, factor: f64) -> Self {
        self.mapped(factor * self.value, factor, |value| factor * value)
    }

    /// One minus this.
    pub fn complement(&self) -> Self {
        self.mapped(1.0 - self.value, -1.0, |value| 1.0 - value)
    }

    /// The odds, this ÷ (1 − this).
    pub fn odds(&self) -> Self {
        self / &self.complement()
    }

    fn mapped(&self, value: f64, slope: f64, of: impl Fn(f64) -> f64) -> Self {
        Self {
            value,
            gradient: self.gradient.iter().map(|part| slope * part).collect(),
            replicates: self.replicates.iter().map(|value| of(*value)).collect(),
        }
    }

    fn joined(&self, other: &Self, value: f64, slopes: (f64, f64), of: impl Fn(f64, f64) -> f64) -> Self {
        let both = self.gradient.iter().zip(&other.gradient);
        let replicates = self.replicates.iter().zip(&other.replicates);
        Self {
            value,
            gradient: both.map(|(a, b)| slopes.0 * a + slopes.1 * b).collect(),
            replicates: replicates.map(|(a, b)| of(*a, *b)).collect(),
        }
    }
}

impl Add for &Quantity {
    type Output = Quantity;

    fn add(self, other: Self) -> Quantity {
        self.joined(other, self.value + other.value, (1.0, 1.0), |a, b| a + b)
    }
}

impl Sub for &Quantity {
    type Output = Quantity;

    fn sub(self, other: Self) -> Quantity {
        self.joined(other, self.value - other.value, (1.0, -1.0), |a, b| a - b)
    }
}

impl Mul for &Quantity {
    type Output = Quantity;

    fn mul(self, other: Self) -> Quantity {
        self.joined(other, self.value * other.value, (other.value, self.value), |a, b| a * b)
    }
}

impl Div for &Quantity {
    type Output = Quantity;

    fn div(self, other: Self) -> Quantity {
        let value = self.value / other.value;
        self.joined(other, value, (1.0 / other.value, -value / other.value), |a, b| a / b)
    }
}
