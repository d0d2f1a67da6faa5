//! Small dense matrices in, solutions and traces out. Row by row; meant for tens of rows, not thousands.

use std::ops::{Index, IndexMut};

/// A dense matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// All zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// The number `value(row, column)` everywhere.
    pub fn of(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> Self {
        let mut made = Self::zeros(rows, columns);
        for row in 0..rows {
            for column in 0..columns {
                made[(row, column)] = value(row, column);
            }
        }
        made
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The product with `right`, which has as many rows as this one has columns.
    pub fn times(&self, right: &Self) -> Self {
        let mut product = Self::zeros(self.rows, right.columns);
        for row in 0..self.rows {
            for inner in 0..self.columns {
                let factor = self[(row, inner)];
                if factor != 0.0 {
                    for column in 0..right.columns {
                        product[(row, column)] += factor * right[(inner, column)];
                    }
                }
            }
        }
        product
    }

    /// Rows as columns.
    pub fn transposed(&self) -> Self {
        Self::of(self.columns, self.rows, |row, column| self[(column, row)])
    }

    /// The sum of the diagonal.
    pub fn trace(&self) -> f64 {
        (0..self.rows.min(self.columns)).map(|i| self[(i, i)]).sum()
    }

    /// Σ aᵢ bⱼ of a square matrix.
    pub fn between(&self, a: &[f64], b: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (row, a) in a.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            for (column, b) in b.iter().enumerate() {
                sum += a * b * self[(row, column)];
            }
        }
        sum
    }

    /// X in `self · X = right`, by elimination with partial pivoting; `None` when the matrix is singular to the
    /// precision of its numbers.
    pub fn solve(&self, right: &Self) -> Option<Self> {
        let n = self.rows;
        let (mut left, mut right) = (self.clone(), right.clone());
        // What a pivot is small against: the largest number of its row to begin with.
        let sizes: Vec<f64> = (0..n)
            .map(|row| (0..n).map(|column| self[(row, column)].abs()).fold(0.0, f64::max))
            .collect();
        let mut order: Vec<usize> = (0..n).collect();
        for step in 0..n {
            let best = (step..n).max_by(|a, b| {
                let size = |row: &usize| left[(order[*row], step)].abs() / sizes[order[*row]].max(f64::MIN_POSITIVE);
                size(a).total_cmp(&size(b))
            })?;
            order.swap(step, best);
            let pivot_row = order[step];
            let pivot = left[(pivot_row, step)];
            if !pivot.is_finite() || pivot.abs() <= 1e-13 * sizes[pivot_row] {
                return None;
            }
            for &row in &order[step + 1..] {
                let factor = left[(row, step)] / pivot;
                if factor != 0.0 {
                    for column in step..n {
                        let take = factor * left[(pivot_row, column)];
                        left[(row, column)] -= take;
                    }
                    for column in 0..right.columns {
                        let take = factor * right[(pivot_row, column)];
                        right[(row, column)] -= take;
                    }
                }
            }
        }
        let mut solution = Self::zeros(n, right.columns);
        for step in (0..n).rev() {
            let row = order[step];
            for column in 0..right.columns {
                let known: f64 = (step + 1..n)
                    .map(|inner| left[(row, inner)] * solution[(inner, column)])
                    .sum();
                solution[(step, column)] = (right[(row, column)] - known) / left[(row, step)];
            }
        }
        Some(solution)
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.values[row * self.columns + column]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.values[row * self.columns + column]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_put_back_gives_the_right_hand_side() {
        let left = Matrix::of(4, 4, |i, j| {
            ((i * 7 + j * 3) % 5) as f64 + if i == j { 0.5 } else { 0.0 }
        });
        let right = Matrix::of(4, 2, |i, j| i as f64 - 2.0 * j as f64);
        let back = left.times(&left.solve(&right).unwrap());
        for i in 0..4 {
            for j in 0..2 {
                assert!((back[(i, j)] - right[(i, j)]).abs() < 1e-12);
            }
        }
        assert_eq!(Matrix::of(3, 3, |i, j| (i * j) as f64).solve(&right), None);
    }
}
