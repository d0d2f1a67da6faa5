//! A frame and a layout in, the numbers of the model matrix out, row by row and scaled for arithmetic.

use super::super::matrix::Matrix;
use super::terms::{Frame, Layout};

/// A model matrix over the rows of a frame. Columns with other numbers than 0 and 1 are taken as deviations from their
/// mean in units of their spread, so that the products of columns keep their digits; the coefficients of the columns as
/// they were follow from those by [`Scaled::unscale`].
pub(super) struct Scaled {
    /// How many columns.
    pub width: usize,
    /// Row by row.
    values: Vec<f64>,
    centres: Vec<f64>,
    spreads: Vec<f64>,
}

impl Scaled {
    /// `weights` has one element per row of the frame.
    pub fn of(layout: &Layout, frame: &Frame, weights: &[f64]) -> Self {
        let width = layout.columns.len();
        let mut values = vec![0.0; width * frame.rows.len()];
        for (into, row) in values.chunks_exact_mut(width).zip(&frame.rows) {
            layout.row(frame, *row, &[], into);
        }
        let mut scaled = Self {
            width,
            values,
            centres: vec![0.0; width],
            spreads: vec![1.0; width],
        };
        let total: f64 = weights.iter().sum();
        for column in 1..width {
            let numbers = || scaled.values.iter().skip(column).step_by(width);
            if numbers().all(|value| *value == 0.0 || *value == 1.0) {
                continue;
            }
            let centre = numbers().zip(weights).map(|(value, w)| w * value).sum::<f64>() / total;
            let squares: f64 = numbers()
                .zip(weights)
                .map(|(value, w)| w * (value - centre).powi(2))
                .sum();
            let spread = (squares / total).sqrt();
            // A constant column stays as it is, to be found dependent on the intercept.
            if spread > 1e-12 * centre.abs() && spread.is_finite() {
                for value in scaled.values.iter_mut().skip(column).step_by(width) {
                    *value = (*value - centre) / spread;
                }
                scaled.centres[column] = centre;
                scaled.spreads[column] = spread;
            }
        }
        scaled
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.width)
    }

    /// How large a coefficient of the scaled columns must be for one of the columns as they were.
    pub fn spreads(&self) -> &[f64] {
        &self.spreads
    }

    /// Leaves only these columns.
    pub fn keep(&mut self, kept: &[usize]) {
        if kept.len() == self.width {
            return;
        }
        self.values = self
            .rows()
            .flat_map(|row| kept.iter().map(|column| row[*column]))
            .collect();
        self.centres = kept.iter().map(|column| self.centres[*column]).collect();
        self.spreads = kept.iter().map(|column| self.spreads[*column]).collect();
        self.width = kept.len();
    }

    /// The matrix that turns coefficients of scaled columns into those of the columns as they were.
    pub fn unscale(&self) -> Matrix {
        Matrix::of(self.width, self.width, |row, column| match (row, column) {
            (0, 0) => 1.0,
            (0, column) => -self.centres[column] / self.spreads[column],
            (row, column) if row == column => 1.0 / self.spreads[row],
            _ => 0.0,
        })
    }
}
