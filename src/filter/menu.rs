//! A variable and the other choices in, the counts beside its values in the filter menu out.

use super::{FilterError, mark};
use crate::data::{AnswerKind, Code, Column, Condition, Dataset, VarId};

/// How many respondents a value would leave.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeCount {
    /// The value.
    pub code: Code,
    /// What kind of answer it is.
    pub kind: AnswerKind,
    /// Respondents, unweighted.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
}

/// What the menu of a variable shows, given the other choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Every code of the codebook and of the file, in that order. Empty for quantities with many different values.
    pub codes: Vec<CodeCount>,
    /// For numbers: the least and the greatest in the whole file, whatever the other choices, so that a slider does
    /// not jump.
    pub range: Option<(f64, f64)>,
    /// For numbers: those of the respondents that the other choices leave, for a histogram. In the order of the file.
    pub numbers: Vec<f64>,
}

/// How many respondents each value of `var` would leave, given the `others`. `weight`: the weight, or `None` to count
/// every respondent 1; a respondent without a usable weight weighs 0.
pub fn counts(data: &Dataset, var: &VarId, others: &Condition, weight: Option<&VarId>) -> Result<Counts, FilterError> {
    let variable = data.variable(var)?;
    let column = data.column(var)?;
    let marks = mark(others, data)?.marks;
    let weights = match weight {
        Some(weight) => Some(data.column(weight)?),
        None => None,
    };
    let weight_of = |row| match weights.map(|weights| weights.number(row)) {
        Some(weight) if weight > 0.0 && weight.is_finite() => weight,
        Some(_) => 0.0,
        None => 1.0,
    };
    let left = || (0..data.rows).filter(|row| marks[*row]);
    let is_answer = |code: &Code| variable.answer_kind(code) == AnswerKind::Answer;

    let mut counts = Counts::default();
    match column {
        Column::Coded { levels, rows } => {
            let mut of_level = vec![(0, 0.0); levels.len()];
            for row in left() {
                if let Some(level) = rows.get(row) {
                    of_level[level].0 += 1;
                    of_level[level].1 += weight_of(row);
                }
            }
            let listed = variable.values.iter().map(|value| &value.code);
            let unlisted = levels.iter().filter(|level| variable.value(level).is_none());
            counts.codes = listed
                .chain(unlisted)
                .map(|code| {
                    let level = levels.iter().position(|level| level == code);
                    let (n, n_weighted) = level.map_or((0, 0.0), |level| of_level[level]);
                    CodeCount {
                        code: code.clone(),
                        kind: variable.answer_kind(code),
                        n,
                        n_weighted,
                    }
                })
                .collect();
            let numbers: Vec<f64> = levels
                .iter()
                .map(|code| code.number().filter(|_| is_answer(code)).unwrap_or(f64::NAN))
                .collect();
            counts.range = range(numbers.iter().copied());
            if counts.range.is_some() {
                counts.numbers = left()
                    .filter_map(|row| rows.get(row).map(|level| numbers[level]))
                    .filter(|number| !number.is_nan())
                    .collect();
            }
        }
        Column::Numbers(numbers) => {
            let usable = |number: &f64| !number.is_nan() && is_answer(&Code::Number(*number));
            counts.range = range(numbers.iter().copied().filter(usable));
            counts.numbers = left().map(|row| numbers[row]).filter(usable).collect();
        }
    }
    Ok(counts)
}

/// The least and the greatest number that is not NaN.
fn range(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.filter(|number| !number.is_nan()).fold(None, |range, number| {
        let (low, high) = range.unwrap_or((number, number));
        Some((number.min(low), number.max(high)))
    })
}
