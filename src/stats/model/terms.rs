//! Predictors and the terms of a formula in, the columns of a model matrix out.
//!
//! Columns, their order and their coding are those of R's `model.matrix` with an intercept and treatment contrasts:
//! terms by their degree, predictors in a term in the frame's order (which should be that of the formula), the first
//! factor of an interaction varying fastest, and a factor coded in full where the rest of its term is in no earlier
//! term.

use std::borrow::Cow;

/// What the outcome is explained by; one element per respondent.
#[derive(Clone, Debug, PartialEq)]
pub enum Predictor {
    /// Numbers; not looked at outside the frame's rows.
    Numeric(Vec<f64>),
    /// Categories: the place of each respondent's level. Level 0 is the reference.
    Factor {
        /// How many levels.
        levels: u16,
        /// One element per respondent; not looked at outside the frame's rows.
        places: Vec<u16>,
    },
}

/// A term: the predictors that are multiplied, by their place. One: a main effect; several: an interaction.
pub type Term = Vec<usize>;

/// Who and what a model is about.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The predictors.
    pub predictors: Vec<Predictor>,
    /// The respondents that take part: those of the domain with complete answers, in ascending order.
    pub rows: Vec<usize>,
}

/// A predictor in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The number itself.
    Number(usize),
    /// 1 for those at this level of a factor, 0 for others.
    Level(usize, u16),
}

/// A column of the model matrix: the product of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The term it belongs to, a place in the layout's terms; `None`: the intercept.
    pub term: Option<usize>,
    /// Empty: the intercept.
    pub parts: Vec<Part>,
}

/// A predictor set to a value for everybody, the others staying as observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// A numeric predictor.
    Number(usize, f64),
    /// A factor.
    Level(usize, u16),
}

/// The columns of a model matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The terms, in the order of their columns.
    pub terms: Vec<Term>,
    /// The columns; the first is the intercept.
    pub columns: Vec<Column>,
}

impl Layout {
    /// The columns of an intercept and `terms`; a term that says the same as an earlier one is left out.
    pub fn of(frame: &Frame, terms: &[Term]) -> Self {
        let mut kept: Vec<Term> = Vec::new();
        for term in terms {
            let mut term = term.clone();
            term.sort_unstable();
            term.dedup();
            if !term.is_empty() && !kept.contains(&term) {
                kept.push(term);
            }
        }
        kept.sort_by_key(Vec::len);
        let mut columns = vec![Column {
            term: None,
            parts: Vec::new(),
        }];
        for (which, term) in kept.iter().enumerate() {
            let mut products: Vec<Vec<Part>> = vec![Vec::new()];
            for &predictor in term {
                let choices: Vec<Part> = match &frame.predictors[predictor] {
                    Predictor::Numeric(_) => vec![Part::Number(predictor)],
                    Predictor::Factor { levels, .. } => {
                        let rest: Vec<usize> = term.iter().copied().filter(|p| *p != predictor).collect();
                        let covers = |earlier: &Term| rest.iter().all(|p| earlier.contains(p));
                        let by_contrasts = rest.is_empty() || kept[..which].iter().any(covers);
                        (u16::from(by_contrasts)..*levels)
                            .map(|level| Part::Level(predictor, level))
                            .collect()
                    }
                };
                products = choices
                    .iter()
                    .flat_map(|choice| {
                        products.iter().map(|product| {
                            let mut product = product.clone();
                            product.push(*choice);
                            product
                        })
                    })
                    .collect();
            }
            columns.extend(products.into_iter().map(|parts| Column {
                term: Some(which),
                parts,
            }));
        }
        Self { terms: kept, columns }
    }

    /// The columns of a term.
    pub fn columns_of(&self, term: usize) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|column| self.columns[*column].term == Some(term))
            .collect()
    }

    /// The row of the model matrix of a respondent, with some predictors set.
    pub(super) fn row(&self, frame: &Frame, row: usize, settings: &[Setting], into: &mut [f64]) {
        for (value, column) in into.iter_mut().zip(&self.columns) {
            *value = column
                .parts
                .iter()
                .map(|part| frame.part(*part, row, settings))
                .product();
        }
    }

    /// How that row changes with a numeric predictor.
    pub(super) fn slope(&self, frame: &Frame, row: usize, predictor: usize, into: &mut [f64]) {
        for (value, column) in into.iter_mut().zip(&self.columns) {
            *value = match column.parts.contains(&Part::Number(predictor)) {
                false => 0.0,
                true => column
                    .parts
                    .iter()
                    .filter(|part| **part != Part::Number(predictor))
                    .map(|part| frame.part(*part, row, &[]))
                    .product(),
            };
        }
    }
}

impl Frame {
    fn part(&self, part: Part, row: usize, settings: &[Setting]) -> f64 {
        let mark = |at: u16, level: u16| f64::from(u8::from(at == level));
        match part {
            Part::Number(predictor) => {
                let set = settings.iter().find_map(|setting| match setting {
                    Setting::Number(which, number) if *which == predictor => Some(*number),
                    _ => None,
                });
                match (set, &self.predictors[predictor]) {
                    (Some(number), _) => number,
                    (None, Predictor::Numeric(numbers)) => numbers[row],
                    (None, Predictor::Factor { .. }) => f64::NAN,
                }
            }
            Part::Level(predictor, level) => {
                let set = settings.iter().find_map(|setting| match setting {
                    Setting::Level(which, at) if *which == predictor => Some(*at),
                    _ => None,
                });
                match (set, &self.predictors[predictor]) {
                    (Some(at), _) => mark(at, level),
                    (None, Predictor::Factor { places, .. }) => mark(places[row], level),
                    (None, Predictor::Numeric(_)) => f64::NAN,
                }
            }
        }
    }

    /// The numbers of a numeric predictor over the rows; empty for a factor.
    pub fn numbers(&self, predictor: usize) -> Cow<'_, [f64]> {
        match &self.predictors[predictor] {
            Predictor::Numeric(numbers) => Cow::Owned(self.rows.iter().map(|row| numbers[*row]).collect()),
            Predictor::Factor { .. } => Cow::Borrowed(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        let factor = |levels| Predictor::Factor {
            levels,
            places: Vec::new(),
        };
        Frame {
            predictors: vec![factor(3), factor(2), Predictor::Numeric(Vec::new())],
            rows: Vec::new(),
        }
    }

    fn parts(terms: &[Term]) -> Vec<Vec<Part>> {
        Layout::of(&frame(), terms)
            .columns
            .into_iter()
            .map(|column| column.parts)
            .collect()
    }

    #[test]
    fn interactions_come_after_main_effects_and_their_first_factor_varies_fastest() {
        use Part::{Level, Number};
        assert_eq!(
            parts(&[vec![0, 1], vec![2], vec![0], vec![1]]),
            [
                vec![],
                vec![Number(2)],
                vec![Level(0, 1)],
                vec![Level(0, 2)],
                vec![Level(1, 1)],
                vec![Level(0, 1), Level(1, 1)],
                vec![Level(0, 2), Level(1, 1)],
            ]
        );
    }

    #[test]
    fn a_factor_whose_partner_has_no_main_effect_is_coded_in_full() {
        use Part::{Level, Number};
        assert_eq!(
            parts(&[vec![2], vec![0, 2]])[2..],
            [vec![Level(0, 1), Number(2)], vec![Level(0, 2), Number(2)]]
        );
        assert_eq!(
            parts(&[vec![0], vec![0, 2]])[3..],
            [
                vec![Level(0, 0), Number(2)],
                vec![Level(0, 1), Number(2)],
                vec![Level(0, 2), Number(2)]
            ]
        );
    }
}
