//! The missing codes and ranges of a codebook in, what an SPSS file can declare out: three codes, or a range and a code.

use std::collections::HashSet;

use super::super::levels;
use crate::data::Column;
use crate::data::codebook::{Code, Variable};

/// What a file declares as missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Missing {
    pub range: Option<(f64, f64)>,
    pub codes: Vec<Code>,
}

/// As many codes; with a range, one.
const MOST_CODES: usize = 3;
/// Longest missing code of a text, in bytes.
const MOST_BYTES: usize = 8;

/// What is declared, and whether it is all that is missing. `number` gives the number that a code is stored as; `None`
/// where the variable is a text.
pub(super) fn missing(
    variable: &Variable,
    column: &Column,
    number: impl Fn(&Code) -> Option<f64>,
    is_text: bool,
) -> (Missing, bool) {
    let mut known: HashSet<&Code> = variable.values.iter().map(|value| &value.code).collect();
    let listed = variable.values.iter().map(|value| &value.code);
    let occurring = levels(column).iter().filter(|code| known.insert(code));
    let all: Vec<&Code> = listed.chain(occurring).collect();
    let lost: Vec<&Code> = all
        .iter()
        .copied()
        .filter(|code| !variable.answer_kind(code).is_valid())
        .collect();
    if is_text {
        let fit = |code: &&&Code| matches!(code, Code::Text(text) if text.len() <= MOST_BYTES);
        let codes: Vec<Code> = lost
            .iter()
            .filter(fit)
            .take(MOST_CODES)
            .map(|code| (*code).clone())
            .collect();
        let whole = codes.len() == lost.len();
        return (Missing { range: None, codes }, whole);
    }
    let valid: Vec<f64> = all
        .iter()
        .filter(|code| variable.answer_kind(code).is_valid())
        .filter_map(|code| number(code))
        .collect();
    let no_answers_in = |low: f64, high: f64| {
        let inside = |number: &f64| low <= *number && *number <= high;
        let cells: &[f64] = match column {
            Column::Numbers(numbers) => numbers,
            Column::Coded { .. } => &[],
        };
        let is_answer = |number: &f64| inside(number) && variable.answer_kind(&Code::Number(*number)).is_valid();
        !valid.iter().any(inside) && !cells.iter().any(is_answer)
    };
    let ranges = &variable.missing_ranges;
    let in_range = |number: f64| ranges.iter().any(|&(low, high)| low <= number && number <= high);
    let mut points: Vec<f64> = lost.iter().filter_map(|code| number(code)).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let outside: Vec<f64> = points.iter().copied().filter(|point| !in_range(*point)).collect();
    let codes = |numbers: &[f64]| -> Vec<Code> { numbers.iter().copied().map(Code::Number).collect() };

    if ranges.is_empty() && outside.len() <= MOST_CODES {
        return (
            Missing {
                range: None,
                codes: codes(&outside),
            },
            true,
        );
    }
    // One range round everything, or round everything but one code; the narrowest that has no answer inside.
    let mut intervals: Vec<(f64, f64)> = ranges.clone();
    intervals.extend(outside.iter().map(|point| (*point, *point)));
    let round = |left_out: Option<f64>| {
        let kept = intervals
            .iter()
            .filter(|(low, high)| low < high || Some(*low) != left_out);
        kept.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), next| {
            (low.min(next.0), high.max(next.1))
        })
    };
    let best = std::iter::once(None)
        .chain(outside.iter().copied().map(Some))
        .map(|left_out| (round(left_out), left_out))
        .filter(|((low, high), _)| low <= high && no_answers_in(*low, *high))
        // A code apart counts as one more: 96 to 99 rather than 97 to 99 and 96.
        .map(|((low, high), left_out)| {
            (
                high - low + f64::from(u8::from(left_out.is_some())),
                ((low, high), left_out),
            )
        })
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, best)| best);
    if let Some((range, left_out)) = best {
        let codes = codes(left_out.as_slice());
        return (
            Missing {
                range: Some(range),
                codes,
            },
            true,
        );
    }
    // The codes that occur or are listed, if they are few; else as many as there is room for.
    if points.len() <= MOST_CODES && !matches!(column, Column::Numbers(_)) {
        return (
            Missing {
                range: None,
                codes: codes(&points),
            },
            true,
        );
    }
    let room = points.len().min(MOST_CODES);
    (
        Missing {
            range: None,
            codes: codes(&points[..room]),
        },
        false,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Positions;
    use crate::data::codebook::{AnswerKind, Text, Value, VariableKind};

    fn declared(lost: &[f64], answers: &[f64], ranges: &[(f64, f64)]) -> (Missing, bool) {
        let mut variable = Variable::new("q", VariableKind::Nominal);
        variable.values = lost
            .iter()
            .map(|code| Value {
                code: (*code).into(),
                label: Text::default(),
                is: AnswerKind::Refused,
            })
            .collect();
        variable.missing_ranges = ranges.to_vec();
        let column = Column::Coded {
            levels: answers.iter().map(|code| (*code).into()).collect(),
            rows: Positions::Narrow((0..answers.len() as u8).collect()),
        };
        missing(&variable, &column, Code::number, false)
    }

    #[test]
    fn codes_and_ranges_are_declared_as_far_as_the_format_goes() {
        let missing = |range, codes: &[f64]| Missing {
            range,
            codes: codes.iter().map(|code| (*code).into()).collect(),
        };
        let answers = [1.0, 2.0, 50.0];
        assert_eq!(
            declared(&[9.0, 7.0, 8.0], &answers, &[]),
            (missing(None, &[7.0, 8.0, 9.0]), true)
        );
        assert_eq!(
            declared(&[96.0, 97.0, 98.0, 99.0], &answers, &[]),
            (missing(Some((96.0, 99.0)), &[]), true)
        );
        assert_eq!(
            declared(&[-1.0, 97.0, 98.0, 99.0], &answers, &[]),
            (missing(Some((97.0, 99.0)), &[-1.0]), true)
        );
        assert_eq!(
            declared(&[-1.0], &answers, &[(90.0, 99.0)]),
            (missing(Some((90.0, 99.0)), &[-1.0]), true)
        );
        assert_eq!(
            declared(&[], &answers, &[(90.0, 99.0), (-9.0, -1.0)]),
            (missing(None, &[]), true)
        );
        let (some, whole) = declared(&[0.0, 1.5, 3.0, 60.0], &answers, &[]);
        assert!(!whole && some.codes.len() == 3);
    }
}
