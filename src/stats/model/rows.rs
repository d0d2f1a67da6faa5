//! A frame and a layout in, the numbers of the model matrix out, row by row and scaled for arithmetic.

use rayon::prelude::*;

use super::super::matrix::Matrix;
use super::terms::{Frame, Layout, Part, Predictor};

/// Fewer rows than this are not worth a second core.
const LEAST: usize = 1024;

/// A model matrix over the rows of a frame. Columns with other numbers than 0 and 1 are taken as deviations from their
/// mean in units of their spread, so that the products of columns keep their digits; the coefficients of the columns as
/// they were follow from those by [`Scaled::unscale`]. Respondents who are alike share a row where that pays.
pub(super) struct Scaled {
    /// How many columns.
    pub width: usize,
    /// Row by row.
    values: Vec<f64>,
    /// The row of each respondent of the frame; empty: each has one of its own.
    row_of: Vec<u32>,
    centres: Vec<f64>,
    spreads: Vec<f64>,
}

impl Scaled {
    /// `weights` has one element per row of the frame.
    pub fn of(layout: &Layout, frame: &Frame, weights: &[f64]) -> Self {
        let width = layout.columns.len();
        let (row_of, firsts) = alike(layout, frame).unzip();
        let rows = firsts.as_ref().unwrap_or(&frame.rows);
        let mut values = vec![0.0; width * rows.len()];
        values
            .par_chunks_exact_mut(width)
            .zip(rows)
            .with_min_len(LEAST)
            .for_each(|(into, row)| layout.row(frame, *row, &[], into));
        let total: f64 = weights.iter().sum();
        let scale = |column: usize| {
            let numbers = || values.iter().skip(column).step_by(width);
            // Rows are shared only where all columns are marks.
            if row_of.is_some() || numbers().all(|value| *value == 0.0 || *value == 1.0) {
                return (0.0, 1.0);
            }
            let centre = numbers().zip(weights).map(|(value, w)| w * value).sum::<f64>() / total;
            let squares: f64 = numbers()
                .zip(weights)
                .map(|(value, w)| w * (value - centre).powi(2))
                .sum();
            let spread = (squares / total).sqrt();
            // A constant column stays as it is, to be found dependent on the intercept.
            match spread > 1e-12 * centre.abs() && spread.is_finite() {
                true => (centre, spread),
                false => (0.0, 1.0),
            }
        };
        let (mut centres, mut spreads): (Vec<f64>, Vec<f64>) = (1..width).into_par_iter().map(scale).unzip();
        centres.insert(0, 0.0);
        spreads.insert(0, 1.0);
        let scaled: Vec<usize> = (0..width)
            .filter(|column| (centres[*column], spreads[*column]) != (0.0, 1.0))
            .collect();
        if !scaled.is_empty() {
            values.par_chunks_exact_mut(width).with_min_len(LEAST).for_each(|row| {
                for &column in &scaled {
                    row[column] = (row[column] - centres[column]) / spreads[column];
                }
            });
        }
        Self {
            width,
            values,
            row_of: row_of.unwrap_or_default(),
            centres,
            spreads,
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.width
    }

    /// A row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..][..self.width]
    }

    /// The row of the respondent at `place` of the frame.
    pub fn row_of(&self, place: usize) -> usize {
        self.row_of.get(place).map_or(place, |row| *row as usize)
    }

    /// The number of the respondent at `place` of the frame in a column.
    pub fn value(&self, place: usize, column: usize) -> f64 {
        self.values[self.row_of(place) * self.width + column]
    }

    /// The rows, for both cores.
    pub fn par_rows(&self) -> impl IndexedParallelIterator<Item = &[f64]> {
        self.values.par_chunks_exact(self.width).with_min_len(LEAST)
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
            .values
            .chunks_exact(self.width)
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

/// Which respondents of the frame are in the same categories of all predictors of the layout: the pattern of each, and
/// the first respondent of each pattern. `None` where there are numbers, or more possible patterns than respondents.
fn alike(layout: &Layout, frame: &Frame) -> Option<(Vec<u32>, Vec<usize>)> {
    let mut used: Vec<usize> = Vec::new();
    for part in layout.columns.iter().flat_map(|column| &column.parts) {
        match part {
            Part::Number(_) => return None,
            Part::Level(predictor, _) if !used.contains(predictor) => used.push(*predictor),
            Part::Level(..) => {}
        }
    }
    let mut factors: Vec<(usize, &[u16])> = Vec::new();
    let mut possible = 1_usize;
    for predictor in used {
        let Predictor::Factor { levels, places } = &frame.predictors[predictor] else {
            return None;
        };
        factors.push((possible, places));
        possible = possible
            .checked_mul(usize::from(*levels))
            .filter(|all| *all <= frame.rows.len())?;
    }
    const NEW: u32 = u32::MAX;
    let mut pattern_of = vec![NEW; possible];
    let mut firsts = Vec::new();
    let patterns = frame.rows.iter().map(|&row| {
        let place: usize = factors
            .iter()
            .map(|(step, places)| step * usize::from(places[row]))
            .sum();
        let pattern = &mut pattern_of[place];
        if *pattern == NEW {
            *pattern = firsts.len() as u32;
            firsts.push(row);
        }
        *pattern
    });
    let patterns = patterns.collect();
    Some((patterns, firsts))
}
