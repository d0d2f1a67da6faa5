//! A symmetric positive matrix in, its Cholesky factor out; columns that depend on earlier ones are named, not used.

use super::super::matrix::Matrix;

/// The lower triangle of a factor, row by row, of the columns that were kept.
pub(super) struct Cholesky {
    /// The columns kept, in order.
    pub kept: Vec<usize>,
    factor: Matrix,
}

impl Cholesky {
    /// Factors `matrix` (only the lower triangle is read). A column whose part that no earlier column explains is
    /// smaller than `tolerance` times itself is left out.
    pub fn of(matrix: &Matrix, tolerance: f64) -> Self {
        let n = matrix.rows();
        let mut kept: Vec<usize> = Vec::with_capacity(n);
        let mut factor = Matrix::zeros(n, n);
        for column in 0..n {
            let place = kept.len();
            for earlier in 0..place {
                let known: f64 = (0..earlier).map(|i| factor[(place, i)] * factor[(earlier, i)]).sum();
                factor[(place, earlier)] = (matrix[(column, kept[earlier])] - known) / factor[(earlier, earlier)];
            }
            let own = matrix[(column, column)];
            let left = own - (0..place).map(|i| factor[(place, i)].powi(2)).sum::<f64>();
            if own > 0.0 && left > tolerance * own {
                factor[(place, place)] = left.sqrt();
                kept.push(column);
            }
        }
        Self { kept, factor }
    }

    /// x in M · x = `right`, both over the kept columns.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = self.kept.len();
        let mut x = right.to_vec();
        for row in 0..n {
            let known: f64 = (0..row).map(|i| self.factor[(row, i)] * x[i]).sum();
            x[row] = (x[row] - known) / self.factor[(row, row)];
        }
        for row in (0..n).rev() {
            let known: f64 = (row + 1..n).map(|i| self.factor[(i, row)] * x[i]).sum();
            x[row] = (x[row] - known) / self.factor[(row, row)];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_the_sum_of_two_others_is_left_out() {
        let x = Matrix::of(6, 3, |row, column| match column {
            0 => 1.0,
            1 => row as f64,
            _ => row as f64 + 1.0,
        });
        let gram = x.transposed().times(&x);
        let factor = Cholesky::of(&gram, 1e-11);
        assert_eq!(factor.kept, [0, 1]);
        let solved = factor.solve(&[gram[(0, 1)], gram[(1, 1)]]);
        assert!(solved[0].abs() < 1e-12 && (solved[1] - 1.0).abs() < 1e-12);
    }
}
