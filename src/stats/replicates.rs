//! Replicate weights in, the spread of an estimate over the replicates out.
//!
//! Every estimate is computed again with each set of weights; the variance is Σ cᵣ (θᵣ − θ̄)² times a scale, as in
//! Wolter, *Introduction to Variance Estimation* (2007), with the constants of R `survey`'s `svrepdesign`. Deviations
//! are taken from the mean of the replicates.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::matrix::Matrix;

/// The most domains whose degrees of freedom are remembered.
const MOST_RANKS: usize = 64;

/// A column of weights whose part that is no combination of earlier ones is smaller than this adds no degree of
/// freedom (the tolerance of R's `qr` there, squared).
const DEPENDENT: f64 = 1e-10;

/// How replicate weights were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReplicateKind {
    /// Balanced repeated replication: scale 1 ÷ R.
    Brr,
    /// Fay's variant with weights times ρ and 2 − ρ: scale 1 ÷ (R (1 − ρ)²).
    Fay,
    /// Unstratified jackknife: scale (R − 1) ÷ R.
    Jk1,
    /// Stratified jackknife: each replicate has a constant (n − 1) ÷ n of its stratum.
    Jkn,
    /// Bootstrap: scale 1 ÷ (R − 1).
    Bootstrap,
}

/// Replicate weights as they stand in a file.
#[derive(Clone, Debug)]
pub struct ReplicateSpec {
    /// For every replicate the weights, one element per respondent; the sampling weight is in them.
    pub weights: Vec<Vec<f64>>,
    /// How they were made.
    pub kind: ReplicateKind,
    /// Fay's ρ.
    pub rho: f64,
    /// The factor before the sum; `None`: what `kind` has by itself.
    pub scale: Option<f64>,
    /// The constant of each replicate; `None`: 1, but (n − 1) ÷ n for [`ReplicateKind::Jkn`], where n ÷ (n − 1) is the
    /// largest factor by which the replicate raises a weight.
    pub constants: Option<Vec<f64>>,
}

/// Replicate weights ready for use.
#[derive(Clone, Debug)]
pub(super) struct Replicates {
    /// For every replicate the weights, one element per respondent; 0 outside the design.
    pub weights: Vec<Vec<f64>>,
    scale: f64,
    constants: Vec<f64>,
    /// The degrees of freedom of the domains asked for last, by their rows.
    ranks: Arc<Mutex<Ranks>>,
}

/// Rows of a domain and its degrees of freedom.
type Ranks = Vec<(Vec<u32>, f64)>;

impl Replicates {
    /// `weights` are the sampling weights, one per respondent, NaN outside the design.
    pub fn new(spec: ReplicateSpec, weights: &[f64]) -> Self {
        let count = spec.weights.len() as f64;
        let own = match spec.kind {
            ReplicateKind::Brr => 1.0 / count,
            ReplicateKind::Fay => 1.0 / (count * (1.0 - spec.rho).powi(2)),
            ReplicateKind::Jk1 => (count - 1.0) / count,
            ReplicateKind::Jkn => 1.0,
            ReplicateKind::Bootstrap => 1.0 / (count - 1.0),
        };
        let raised = |replicate: &Vec<f64>| {
            let factors = replicate.iter().zip(weights).filter(|(_, weight)| **weight > 0.0);
            factors
                .map(|(replicate, weight)| replicate / weight)
                .fold(1.0, f64::max)
        };
        let constants = match (spec.constants, spec.kind) {
            (Some(constants), _) => constants,
            (None, ReplicateKind::Jkn) => spec.weights.iter().map(|replicate| 1.0 / raised(replicate)).collect(),
            (None, _) => vec![1.0; spec.weights.len()],
        };
        let mut replicates = spec.weights;
        for replicate in &mut replicates {
            for (replicate, weight) in replicate.iter_mut().zip(weights) {
                if weight.is_nan() || replicate.is_nan() {
                    *replicate = 0.0;
                }
            }
        }
        Self {
            weights: replicates,
            scale: spec.scale.unwrap_or(own),
            constants,
            ranks: Arc::default(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// For every replicate the sum of `influence` (one element per respondent), which holds the sampling weight.
    pub fn sums(&self, weights: &[f64], influence: &[f64]) -> Vec<f64> {
        let unweighted: Vec<f64> = influence
            .iter()
            .zip(weights)
            .map(|(value, weight)| if *weight > 0.0 { value / weight } else { 0.0 })
            .collect();
        let sum = |replicate: &Vec<f64>| replicate.iter().zip(&unweighted).map(|(w, u)| w * u).sum();
        self.weights.iter().map(sum).collect()
    }

    /// The covariance of several estimates: for each one its value in every replicate. A replicate in which one of
    /// them cannot be had is left out.
    pub fn covariance<C: AsRef<[f64]>>(&self, estimates: &[C]) -> Matrix {
        let k = estimates.len();
        let known: Vec<usize> = (0..self.len())
            .filter(|&r| estimates.iter().all(|values| values.as_ref()[r].is_finite()))
            .collect();
        if known.is_empty() {
            return Matrix::of(k, k, |_, _| f64::NAN);
        }
        let counted: Vec<usize> = known.iter().copied().filter(|&r| self.constants[r] > 0.0).collect();
        let means: Vec<f64> = estimates
            .iter()
            .map(|values| counted.iter().map(|&r| values.as_ref()[r]).sum::<f64>() / counted.len() as f64)
            .collect();
        Matrix::of(k, k, |a, b| {
            let products = known.iter().map(|&r| {
                let left = estimates[a].as_ref()[r] - means[a];
                self.constants[r] * left * (estimates[b].as_ref()[r] - means[b])
            });
            products.sum::<f64>() * self.scale
        })
    }

    /// The rank of the weights over the respondents in a domain, less one: R's `degf(subset(design, domain))`.
    pub fn degrees_of_freedom(&self, inside: impl Fn(usize) -> bool) -> f64 {
        let rows: Vec<u32> = (0..self.weights.first().map_or(0, Vec::len) as u32)
            .filter(|&row| inside(row as usize))
            .collect();
        let found = |ranks: &Ranks| ranks.iter().find(|(known, _)| *known == rows).map(|(_, rank)| *rank);
        // The cells of a table have few domains between them; a poisoned lock still holds whole numbers.
        if let Some(rank) = found(&self.ranks.lock().unwrap_or_else(PoisonError::into_inner)) {
            return rank;
        }
        let rank = (self.rank(&rows) as f64 - 1.0).max(0.0);
        let mut ranks = self.ranks.lock().unwrap_or_else(PoisonError::into_inner);
        if ranks.len() == MOST_RANKS {
            ranks.remove(0);
        }
        ranks.push((rows, rank));
        rank
    }

    /// How many columns of weights over `rows` are no combination of earlier ones: Cholesky's decomposition of their
    /// products, passing over those that are.
    fn rank(&self, rows: &[u32]) -> usize {
        let columns: Vec<Vec<f64>> = self
            .weights
            .par_iter()
            .map(|replicate| rows.iter().map(|&row| replicate[row as usize]).collect())
            .collect();
        let products: Vec<Vec<f64>> = (0..columns.len())
            .into_par_iter()
            .map(|a| (0..=a).map(|b| dot(&columns[a], &columns[b])).collect())
            .collect();
        let mut basis: Vec<Vec<f64>> = Vec::new();
        let mut taken: Vec<usize> = Vec::new();
        for (place, products) in products.iter().enumerate() {
            if taken.len() == rows.len() {
                break;
            }
            let mut row: Vec<f64> = Vec::with_capacity(taken.len() + 1);
            for (earlier, basis) in taken.iter().zip(&basis) {
                let known = dot(&row, &basis[..row.len()]);
                row.push((products[*earlier] - known) / basis[row.len()]);
            }
            let own = products[place];
            let left = own - dot(&row, &row);
            if own > 0.0 && left > DEPENDENT * own {
                row.push(left.sqrt());
                taken.push(place);
                basis.push(row);
            }
        }
        basis.len()
    }
}

/// The sum of products, in eight strands that a processor can add up side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut strands = [0.0; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for (strand, (a, b)) in strands.iter_mut().zip(a.iter().zip(b)) {
            *strand += a * b;
        }
    }
    strands.iter().sum::<f64>() + rest
}
