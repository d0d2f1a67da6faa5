//! A [`Design`], disjoint domains and numbers in; means, totals and ratios over each domain out, with their covariance.

use super::matrix::Matrix;
use super::quantity::Quantity;
use super::tally::Tally;
use super::{Design, Estimate};

/// A statistic of numbers over each of several disjoint domains.
#[derive(Clone, Debug)]
pub struct Linear<'a> {
    /// One estimate per domain.
    pub estimates: Vec<Estimate>,
    /// The influence on each, a cell per domain.
    tally: Tally<'a>,
    quantities: Vec<Quantity>,
}

impl Linear<'_> {
    /// The covariance of the estimates.
    pub fn covariance(&self) -> Matrix {
        self.tally.covariance(&self.quantities)
    }

    /// Degrees of freedom of the design over some of the domains together.
    pub fn degrees_of_freedom(&self, domains: &[usize]) -> f64 {
        self.tally.degrees_of_freedom(domains)
    }
}

/// What a domain adds up to.
#[derive(Clone, Copy, Default)]
struct Sum {
    n: usize,
    weights: f64,
    above: f64,
    below: f64,
}

impl Design {
    /// The share of `domain` that `chosen` marks: one element per respondent each. What is chosen outside the domain is
    /// not looked at.
    pub fn share(&self, domain: &[bool], chosen: &[bool]) -> Estimate {
        self.tally(2, |row| domain[row].then(|| usize::from(chosen[row])))
            .domain(0..2)
            .share(1)
    }

    /// The mean of `values` over `domain`. Values outside the domain are not looked at.
    pub fn mean(&self, domain: &[bool], values: &[f64]) -> Estimate {
        let of_domain = |row: usize| domain[row].then_some(0);
        self.means(1, of_domain, |row| values[row]).estimates[0]
    }

    /// The mean over each of `domains` domains; `domain_of(row)` is `None` for respondents in none.
    pub fn means(
        &self,
        domains: usize,
        domain_of: impl Fn(usize) -> Option<usize>,
        value_of: impl Fn(usize) -> f64,
    ) -> Linear<'_> {
        self.ratios(domains, domain_of, value_of, |_| 1.0)
    }

    /// The ratio of the totals of two variables over each of `domains` domains.
    pub fn ratios(
        &self,
        domains: usize,
        domain_of: impl Fn(usize) -> Option<usize>,
        above_of: impl Fn(usize) -> f64,
        below_of: impl Fn(usize) -> f64,
    ) -> Linear<'_> {
        let sums = self.sums(domains, &domain_of, &above_of, &below_of);
        let rough: Vec<f64> = sums.iter().map(|sum| sum.above / sum.below).collect();
        // Once more about the first result: large values with a small spread keep their last digits.
        let rest = self.sums(
            domains,
            &domain_of,
            |row| {
                let domain = domain_of(row).unwrap_or_default();
                above_of(row) - rough[domain] * below_of(row)
            },
            &below_of,
        );
        let values: Vec<f64> = rough
            .iter()
            .zip(&rest)
            .map(|(rough, rest)| rough + rest.above / rest.below)
            .collect();
        let influence_of = |row: usize| {
            let domain = domain_of(row).unwrap_or_default();
            (above_of(row) - values[domain] * below_of(row)) / sums[domain].below
        };
        let tally = self.tally_of(domains, &domain_of, influence_of);
        // In a replicate the ratio is the first one plus the mean of what is left of it.
        let below = match self.replicates() {
            0 => None,
            _ => Some(self.tally_of(domains, &domain_of, &below_of)),
        };
        let quantities: Vec<Quantity> = (0..domains)
            .map(|domain| {
                let influence = tally.total(&[domain]);
                let replicates = match &below {
                    None => Vec::new(),
                    Some(below) => {
                        let below = below.total(&[domain]);
                        let pairs = influence.replicates.iter().zip(&below.replicates);
                        pairs
                            .map(|(left, below)| values[domain] + left * sums[domain].below / below)
                            .collect()
                    }
                };
                Quantity {
                    replicates,
                    ..influence
                }
            })
            .collect();
        Linear {
            estimates: self.estimates(&values, &sums, &tally, &quantities, &domain_of, influence_of),
            tally,
            quantities,
        }
    }

    /// The total of a variable over each of `domains` domains.
    pub fn totals(
        &self,
        domains: usize,
        domain_of: impl Fn(usize) -> Option<usize>,
        value_of: impl Fn(usize) -> f64,
    ) -> Linear<'_> {
        let sums = self.sums(domains, &domain_of, &value_of, |_| 1.0);
        let values: Vec<f64> = sums.iter().map(|sum| sum.above).collect();
        let tally = self.tally_of(domains, &domain_of, &value_of);
        let quantities: Vec<Quantity> = (0..domains).map(|domain| tally.total(&[domain])).collect();
        Linear {
            estimates: self.estimates(&values, &sums, &tally, &quantities, &domain_of, &value_of),
            tally,
            quantities,
        }
    }

    fn sums(
        &self,
        domains: usize,
        domain_of: impl Fn(usize) -> Option<usize>,
        above_of: impl Fn(usize) -> f64,
        below_of: impl Fn(usize) -> f64,
    ) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); domains];
        for row in (0..self.rows()).filter(|row| self.counts(*row)) {
            if let Some(domain) = domain_of(row) {
                let (sum, weight) = (&mut sums[domain], self.weights[row]);
                sum.n += 1;
                sum.weights += weight;
                sum.above += weight * above_of(row);
                sum.below += weight * below_of(row);
            }
        }
        sums
    }

    /// Puts values, errors and bases together. The design effect is against simple random sampling with replacement of
    /// as many respondents: the variance of the influence there is N² s² ÷ (n − 1), as R's `deff = "replace"`.
    fn estimates(
        &self,
        values: &[f64],
        sums: &[Sum],
        tally: &Tally<'_>,
        quantities: &[Quantity],
        domain_of: impl Fn(usize) -> Option<usize>,
        influence_of: impl Fn(usize) -> f64,
    ) -> Vec<Estimate> {
        let mut squares = vec![(0.0, 0.0); values.len()];
        for pass in 0..2 {
            for row in (0..self.rows()).filter(|row| self.counts(*row)) {
                if let Some(domain) = domain_of(row) {
                    let (mean, square) = &mut squares[domain];
                    let value = influence_of(row);
                    match pass {
                        0 => *mean += self.weights[row] * value / sums[domain].weights,
                        _ => *square += self.weights[row] * (value - *mean).powi(2),
                    }
                }
            }
        }
        (0..values.len())
            .map(|domain| {
                let sum = sums[domain];
                if sum.n == 0 {
                    return Estimate::EMPTY;
                }
                let variance = tally.covariance(&quantities[domain..=domain])[(0, 0)];
                let n = sum.n as f64;
                Estimate {
                    value: values[domain],
                    std_error: variance.sqrt(),
                    n: sum.n,
                    n_weighted: sum.weights,
                    df: tally.degrees_of_freedom(&[domain]),
                    deff: variance * (n - 1.0) / (squares[domain].1 * sum.weights),
                }
            })
            .collect()
    }
}
