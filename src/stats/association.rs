//! A weighted table with the covariance of its cells in, tests of independence of rows and columns out.
//!
//! Rao & Scott (1981, 1984) in the form of R `survey`'s `svychisq`: Pearson's statistic on the table scaled to the number
//! of respondents, divided by the mean (first order) or referred to an F with Satterthwaite's degrees of freedom (second
//! order) of the generalised design effects. Wald's test is that of the deviations from independence (Koch, Freeman &
//! Freeman 1975).

use super::matrix::Matrix;
use super::{Tally, tail};

/// Which test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestKind {
    /// Rao & Scott, second order: F. The default of R's `svychisq`.
    RaoScott,
    /// Rao & Scott, first order: χ² ÷ the mean design effect. `svychisq(statistic = "Chisq")`.
    RaoScottFirst,
    /// The likelihood ratio with Rao & Scott's second-order correction: F.
    RaoScottLikelihood,
    /// Wald's test: F.
    Wald,
    /// Wald's test adjusted for few degrees of freedom: F. `svychisq(statistic = "adjWald")`.
    WaldAdjusted,
    /// Pearson's χ² on the weighted table as if it were a simple random sample; for comparison with publications.
    Pearson,
    /// The likelihood ratio, likewise.
    Likelihood,
}

/// A test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// Which.
    pub kind: TestKind,
    /// F or χ²; NaN where it cannot be had.
    pub statistic: f64,
    /// Degrees of freedom above; those of χ².
    pub ndf: f64,
    /// Degrees of freedom below; infinite for χ².
    pub ddf: f64,
    /// The p-value; NaN where there is none.
    pub p: f64,
}

impl Test {
    fn fisher(kind: TestKind, statistic: f64, ndf: f64, ddf: f64) -> Self {
        Self {
            kind,
            statistic,
            ndf,
            ddf,
            p: tail::fisher(statistic, ndf, ddf),
        }
    }

    fn chi_squared(kind: TestKind, statistic: f64, df: f64) -> Self {
        Self {
            kind,
            statistic,
            ndf: df,
            ddf: f64::INFINITY,
            p: tail::chi_squared(statistic, df),
        }
    }

    /// Wald's test that several differences are all 0: their covariance, and the degrees of freedom of the design.
    pub fn of_differences(differences: &[f64], covariance: &Matrix, df: f64) -> Self {
        let k = differences.len();
        let column = Matrix::of(k, 1, |row, _| differences[row]);
        let statistic = match covariance.solve(&column) {
            Some(solved) if k > 0 => column.transposed().times(&solved)[(0, 0)] / k as f64,
            _ => f64::NAN,
        };
        Self::fisher(TestKind::Wald, statistic, k as f64, df)
    }
}

/// A table whose rows and columns all have somebody.
struct Crossed {
    /// The cells of the tally, row by row.
    all: Vec<usize>,
    shape: (usize, usize),
    pearson: f64,
    likelihood: f64,
    effects: Option<Matrix>,
    df: f64,
}

impl Crossed {
    fn of(tally: &Tally<'_>, cells: &[Vec<usize>]) -> Option<Self> {
        let occupied = |cells: &[usize]| cells.iter().any(|cell| tally.count(*cell..cell + 1).0 > 0);
        let columns: Vec<usize> = (0..cells.first().map_or(0, Vec::len))
            .filter(|&column| occupied(&cells.iter().map(|row| row[column]).collect::<Vec<_>>()))
            .collect();
        let cells: Vec<Vec<usize>> = cells
            .iter()
            .filter(|row| occupied(row))
            .map(|row| columns.iter().map(|&column| row[column]).collect())
            .collect();
        let (rows, columns) = (cells.len(), columns.len());
        if rows < 2 || columns < 2 {
            return None;
        }
        let all: Vec<usize> = cells.concat();
        let n = all.iter().map(|cell| tally.count(*cell..cell + 1).0).sum::<usize>() as f64;
        let covariance = tally.covariance_of_shares(&all);
        let share: Vec<f64> = all.iter().map(|cell| tally.share(&[*cell], &all).value).collect();
        let at = |row: usize, column: usize| row * columns + column;
        let row_share: Vec<f64> = (0..rows)
            .map(|row| (0..columns).map(|c| share[at(row, c)]).sum())
            .collect();
        let column_share: Vec<f64> = (0..columns)
            .map(|c| (0..rows).map(|row| share[at(row, c)]).sum())
            .collect();
        let (mut pearson, mut likelihood) = (0.0, 0.0);
        for row in 0..rows {
            for column in 0..columns {
                let (found, expected) = (share[at(row, column)], row_share[row] * column_share[column]);
                pearson += n * (found - expected).powi(2) / expected;
                if found > 0.0 {
                    likelihood += 2.0 * n * found * (found / expected).ln();
                }
            }
        }
        Some(Self {
            effects: design_effects(&share, &covariance, n, (rows, columns)),
            df: tally.degrees_of_freedom(&all),
            shape: (rows, columns),
            all,
            pearson,
            likelihood,
        })
    }

    /// Rao & Scott's second order correction of a statistic.
    fn second_order(&self, kind: TestKind, statistic: f64) -> Option<Test> {
        let effects = self.effects.as_ref()?;
        let trace = effects.trace();
        let satterthwaite = trace * trace / effects.times(effects).trace();
        Some(Test::fisher(
            kind,
            statistic / trace,
            satterthwaite,
            satterthwaite * self.df,
        ))
    }
}

/// Rao & Scott's test, second order, that the two ways of a table are independent; as [`tests`] has it among others.
pub fn rao_scott(tally: &Tally<'_>, cells: &[Vec<usize>]) -> Option<Test> {
    let crossed = Crossed::of(tally, cells)?;
    crossed.second_order(TestKind::RaoScott, crossed.pearson)
}

/// Tests that the two ways of a table are independent. `cells[row][column]` are cells of `tally`; rows and columns that
/// nobody is in are left out. Empty when fewer than two rows or columns are left.
pub fn tests(tally: &Tally<'_>, cells: &[Vec<usize>]) -> Vec<Test> {
    let Some(crossed) = Crossed::of(tally, cells) else {
        return Vec::new();
    };
    let (rows, columns) = crossed.shape;
    let Crossed {
        all,
        pearson,
        likelihood,
        ..
    } = &crossed;
    let k = ((rows - 1) * (columns - 1)) as f64;
    let mut tests = Vec::new();
    if let Some(effects) = &crossed.effects {
        tests.extend(crossed.second_order(TestKind::RaoScott, *pearson));
        let mean = effects.trace() / k;
        tests.push(Test::chi_squared(TestKind::RaoScottFirst, pearson / mean, k));
        tests.extend(crossed.second_order(TestKind::RaoScottLikelihood, *likelihood));
    }
    let totals: Vec<f64> = all.iter().map(|cell| tally.total(&[*cell]).value).collect();
    let statistic = wald(&totals, &tally.covariance_of_totals(all), (rows, columns));
    tests.push(Test::fisher(TestKind::Wald, statistic / k, k, crossed.df));
    let below = crossed.df - k + 1.0;
    tests.push(Test::fisher(
        TestKind::WaldAdjusted,
        statistic * below / (k * crossed.df),
        k,
        below,
    ));
    tests.push(Test::chi_squared(TestKind::Pearson, *pearson, k));
    tests.push(Test::chi_squared(TestKind::Likelihood, *likelihood, k));
    tests
}

/// The generalised design effects: (C′ D⁻¹ C ÷ n)⁻¹ C′ D⁻¹ V D⁻¹ C, where C spans the interactions.
fn design_effects(share: &[f64], covariance: &Matrix, n: f64, (rows, columns): (usize, usize)) -> Option<Matrix> {
    let k = (rows - 1) * (columns - 1);
    let cells = rows * columns;
    let mark = |is: bool| f64::from(u8::from(is));
    let interactions = Matrix::of(cells, k, |cell, which| {
        let (row, column) = (cell / columns, cell % columns);
        let (i, j) = (which / (columns - 1) + 1, which % (columns - 1) + 1);
        (mark(row == i) - 1.0 / rows as f64) * (mark(column == j) - 1.0 / columns as f64)
    });
    let inverse = |cell: usize| if share[cell] > 0.0 { 1.0 / share[cell] } else { 0.0 };
    let scaled = Matrix::of(cells, k, |cell, which| inverse(cell) * interactions[(cell, which)]);
    let simple = interactions.transposed().times(&scaled);
    let simple = Matrix::of(k, k, |a, b| simple[(a, b)] / n);
    let complex = scaled.transposed().times(covariance).times(&scaled);
    simple.solve(&complex)
}

/// Y′ V⁻¹ Y over the deviations Y = T − T₊T₊ ÷ T₊₊ of the totals of all cells but those of the first row and column.
fn wald(totals: &[f64], covariance: &Matrix, (rows, columns): (usize, usize)) -> f64 {
    let k = (rows - 1) * (columns - 1);
    let place = |which: usize| (which / (columns - 1) + 1, which % (columns - 1) + 1);
    let mark = |is: bool| f64::from(u8::from(is));
    let all: f64 = totals.iter().sum();
    let of_row: Vec<f64> = (0..rows)
        .map(|i| (0..columns).map(|j| totals[i * columns + j]).sum())
        .collect();
    let of_column: Vec<f64> = (0..columns)
        .map(|j| (0..rows).map(|i| totals[i * columns + j]).sum())
        .collect();
    let slopes = Matrix::of(k, rows * columns, |which, cell| {
        let (row, column) = (cell / columns, cell % columns);
        let (i, j) = place(which);
        mark(row == i && column == j) - mark(row == i) * of_column[j] / all - mark(column == j) * of_row[i] / all
            + of_row[i] * of_column[j] / (all * all)
    });
    let deviations = Matrix::of(k, 1, |which, _| {
        let (i, j) = place(which);
        totals[i * columns + j] - of_row[i] * of_column[j] / all
    });
    let variance = slopes.times(covariance).times(&slopes.transposed());
    match variance.solve(&deviations) {
        Some(solved) => deviations.transposed().times(&solved)[(0, 0)],
        None => f64::NAN,
    }
}
