//! A variable of a data set in, its answers in codebook order out, with the place of every respondent among them.

use std::borrow::Cow;

use super::query::QueryError;
use crate::data::{AnswerKind, Code, Column, Dataset, Positions, Text, VarId};
use crate::filter::{code_text, looked_up};

/// One answer to a variable.
pub(super) struct Entry {
    pub code: Code,
    pub label: Text,
    pub kind: AnswerKind,
}

/// A variable's answers and who gave which.
pub(super) struct Coding<'a> {
    /// The codes of the codebook, in its order, then those that only the file has.
    pub entries: Vec<Entry>,
    /// What a blank cell means.
    pub blank: AnswerKind,
    /// The entry of each level of `positions`.
    entry_of_level: Vec<usize>,
    positions: Cow<'a, Positions>,
}

impl<'a> Coding<'a> {
    /// Reads the codebook's words on `var`.
    pub fn of(data: &'a Dataset, var: &VarId) -> Result<Self, QueryError> {
        let variable = data.variable(var)?;
        let (levels, positions) = match data.column(var)? {
            Column::Coded { levels, rows } => (Cow::Borrowed(levels.as_slice()), Cow::Borrowed(rows)),
            Column::Numbers(numbers) => {
                let (levels, positions) = coded(numbers);
                (Cow::Owned(levels), Cow::Owned(positions))
            }
        };
        let listed = variable.values.iter().map(|value| &value.code);
        let unlisted = levels.iter().filter(|level| variable.value(level).is_none());
        let codes: Vec<&Code> = listed.chain(unlisted).collect();
        let place: std::collections::HashMap<&Code, usize> =
            codes.iter().enumerate().map(|(i, code)| (*code, i)).collect();
        Ok(Self {
            entry_of_level: levels.iter().map(|level| place[level]).collect(),
            entries: codes
                .iter()
                .map(|code| Entry {
                    code: (*code).clone(),
                    label: code_text(variable, code),
                    kind: variable.answer_kind(code),
                })
                .collect(),
            blank: variable.blank,
            positions,
        })
    }

    /// What `of_entry` says of every respondent's answer; `blank` where there is none.
    pub fn map<T: Copy>(&self, of_entry: impl Fn(usize, &Entry) -> T, blank: T) -> Vec<T> {
        let table: Vec<T> = self
            .entry_of_level
            .iter()
            .map(|&entry| of_entry(entry, &self.entries[entry]))
            .collect();
        looked_up(&self.positions, &table, blank)
    }
}

/// Numbers as codes and positions.
fn coded(numbers: &[f64]) -> (Vec<Code>, Positions) {
    let mut levels: Vec<Code> = numbers
        .iter()
        .filter(|number| !number.is_nan())
        .map(|number| Code::Number(*number))
        .collect();
    levels.sort_unstable();
    levels.dedup();
    let rows = numbers.iter().map(|number| {
        levels
            .binary_search(&Code::Number(*number))
            .ok()
            .map(|level| level as u32)
    });
    let positions = Positions::pack(levels.len(), rows);
    (levels, positions)
}

/// The numbers of a variable, one per respondent; NaN where there is none or it is no answer.
pub(super) fn numbers(data: &Dataset, var: &VarId) -> Result<Vec<f64>, QueryError> {
    let variable = data.variable(var)?;
    match data.column(var)? {
        Column::Numbers(numbers) if variable.values.is_empty() && variable.missing_ranges.is_empty() => {
            Ok(numbers.clone())
        }
        Column::Numbers(numbers) => Ok(numbers
            .iter()
            .map(
                |&number| match number.is_nan() || variable.answer_kind(&Code::Number(number)) == AnswerKind::Answer {
                    true => number,
                    false => f64::NAN,
                },
            )
            .collect()),
        Column::Coded { levels, rows } => {
            let table = levels
                .iter()
                .map(|level| match (variable.answer_kind(level), level) {
                    (AnswerKind::Answer, Code::Number(number)) => Ok(*number),
                    (AnswerKind::Answer, Code::Text(_)) => Err(QueryError::NotANumber { var: var.clone() }),
                    _ => Ok(f64::NAN),
                })
                .collect::<Result<Vec<f64>, _>>()?;
            Ok(looked_up(rows, &table, f64::NAN))
        }
    }
}
