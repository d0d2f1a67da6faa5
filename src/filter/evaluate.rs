//! A condition and a data set in, what is known of every respondent out: a truth table over the levels of each
//! variable, then one pass over its compact positions.

use super::{FilterError, Truth, looked_up};
use crate::data::{AnswerKind, Code, Column, Comparison, Condition, Dataset, VarId, Variable};

/// How many of a variable's values an error names.
const VALUES_NAMED: usize = 8;

/// What is known of every respondent: one element per respondent. *And*, *or* and *not* are Kleene's: no and unknown
/// is no, yes or unknown is yes, else unknown stays unknown.
///
/// A condition that names a missing code itself (`q3 = 99`) takes missing codes of that variable as values; a text
/// is matched with text codes first, then with value labels in any language, and a text that is neither is an error.
pub fn evaluate(condition: &Condition, data: &Dataset) -> Result<Vec<Truth>, FilterError> {
    truths(condition, data, AnswerKind::is_valid)
}

/// As [`evaluate`], but "don't know" and "not relevant" are unknown too, unless the condition names them.
pub fn evaluate_answers(condition: &Condition, data: &Dataset) -> Result<Vec<Truth>, FilterError> {
    truths(condition, data, |kind| kind == AnswerKind::Answer)
}

/// `known`: which answers say something.
fn truths(condition: &Condition, data: &Dataset, known: fn(AnswerKind) -> bool) -> Result<Vec<Truth>, FilterError> {
    Ok(match condition {
        Condition::Everyone => vec![Truth::Yes; data.rows],
        Condition::OneOf { var, values } => one_of(var, values, data, known)?,
        Condition::Compare { var, comparison, limit } => compare(var, *comparison, limit, data, known)?,
        Condition::Not(inner) => {
            let mut truths = truths(inner, data, known)?;
            truths.iter_mut().for_each(|truth| *truth = truth.not());
            truths
        }
        Condition::And(parts) => combined(parts, Truth::Yes, Truth::and, data, known)?,
        Condition::Or(parts) => combined(parts, Truth::No, Truth::or, data, known)?,
    })
}

fn combined(
    parts: &[Condition],
    start: Truth,
    combine: fn(Truth, Truth) -> Truth,
    data: &Dataset,
    known: fn(AnswerKind) -> bool,
) -> Result<Vec<Truth>, FilterError> {
    let mut all = vec![start; data.rows];
    for part in parts {
        for (truth, more) in all.iter_mut().zip(truths(part, data, known)?) {
            *truth = combine(*truth, more);
        }
    }
    Ok(all)
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            Self::Unknown => Self::Unknown,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

fn one_of(
    var: &VarId,
    values: &[Code],
    data: &Dataset,
    known: fn(AnswerKind) -> bool,
) -> Result<Vec<Truth>, FilterError> {
    let variable = data.variable(var)?;
    let column = data.column(var)?;
    let mut codes = Vec::new();
    for value in values {
        codes.extend(matching_codes(value, variable, column)?);
    }
    // Whoever names a missing code asks about missing codes: then those are answers like others.
    let names_missing = codes.iter().any(|code| !known(variable.answer_kind(code)));
    let truth_of = |code: &Code| match names_missing || known(variable.answer_kind(code)) {
        true => Truth::of(codes.contains(code)),
        false => Truth::Unknown,
    };
    Ok(by_code(column, truth_of))
}

fn compare(
    var: &VarId,
    comparison: Comparison,
    limit: &Code,
    data: &Dataset,
    known: fn(AnswerKind) -> bool,
) -> Result<Vec<Truth>, FilterError> {
    let variable = data.variable(var)?;
    let column = data.column(var)?;
    let not_a_number = || FilterError::NotANumber { var: var.clone() };
    let limit = limit.number().ok_or_else(not_a_number)?;
    if let Column::Coded { levels, .. } = column
        && levels
            .iter()
            .any(|level| level.number().is_none() && known(variable.answer_kind(level)))
    {
        return Err(not_a_number());
    }
    Ok(by_code(column, |code| match code.number() {
        Some(number) if known(variable.answer_kind(code)) => Truth::of(comparison.holds(number, limit)),
        _ => Truth::Unknown,
    }))
}

/// `truth_of` every respondent's code; unknown where the cell is blank.
fn by_code(column: &Column, truth_of: impl Fn(&Code) -> Truth) -> Vec<Truth> {
    match column {
        Column::Coded { levels, rows } => {
            let table: Vec<Truth> = levels.iter().map(truth_of).collect();
            looked_up(rows, &table, Truth::Unknown)
        }
        Column::Numbers(numbers) => numbers
            .iter()
            .map(|number| match number.is_nan() {
                true => Truth::Unknown,
                false => truth_of(&Code::Number(*number)),
            })
            .collect(),
    }
}

/// The codes that `value` stands for: itself, or those with this label.
pub(crate) fn matching_codes(value: &Code, variable: &Variable, column: &Column) -> Result<Vec<Code>, FilterError> {
    let levels: &[Code] = match column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    };
    let occurs = |code: &Code| levels.contains(code) || variable.value(code).is_some();
    match value {
        Code::Number(_) => {
            // Among the texts "1" and "x", 1 is the text. Where there is no such text either, to say so is better than
            // to find nobody.
            let texts_only = !levels.is_empty() && levels.iter().all(|level| level.number().is_none());
            let spelled = Code::Text(value.to_string());
            match (texts_only && !occurs(value), occurs(&spelled)) {
                (true, true) => Ok(vec![spelled]),
                (true, false) => Err(no_such_value(value, variable, levels)),
                (false, _) => Ok(vec![value.clone()]),
            }
        }
        Code::Text(_) if occurs(value) => Ok(vec![value.clone()]),
        Code::Text(text) => {
            let labelled: Vec<Code> = variable
                .values
                .iter()
                .filter(|value| value.label.0.values().any(|label| label == text))
                .map(|value| value.code.clone())
                .collect();
            if !labelled.is_empty() {
                return Ok(labelled);
            }
            match text.trim().parse().map(Code::Number) {
                Ok(number) if occurs(&number) || matches!(column, Column::Numbers(_)) => Ok(vec![number]),
                _ => Err(no_such_value(value, variable, levels)),
            }
        }
    }
}

fn no_such_value(value: &Code, variable: &Variable, levels: &[Code]) -> FilterError {
    let unlisted = levels.iter().filter(|level| variable.value(level).is_none());
    let mut known = variable
        .values
        .iter()
        .map(|value| &value.code)
        .chain(unlisted)
        .map(
            |code| match variable.value(code).and_then(|value| value.label.0.values().next()) {
                Some(label) if !label.is_empty() => format!("{code} ({label})"),
                _ => code.to_string(),
            },
        );
    let mut named: Vec<String> = known.by_ref().take(VALUES_NAMED).collect();
    if known.next().is_some() {
        named.push("…".to_owned());
    }
    FilterError::NoSuchValue {
        var: variable.name.clone(),
        value: value.to_string(),
        known: named.join(", "),
    }
}
