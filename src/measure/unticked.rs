//! A multiple-response question in, a warning out where its boxes cannot tell "none of these" from no answer.

use super::coding::Coding;
use super::lanes::{UNTICKED, ticks};
use super::query::QueryError;
use super::table::TableWarning;
use crate::data::{AnswerKind, Code, Column, Dataset, Question, QuestionKind, VarId};

/// A warning of those in `scope` who ticked no box of a multiple-response question, if some box can only be ticked or
/// empty.
pub(super) fn warning(question: &Question, data: &Dataset, scope: &[bool]) -> Result<Option<TableWarning>, QueryError> {
    if question.kind != QuestionKind::Multiple {
        return Ok(None);
    }
    let mut bare = false;
    for item in question.items.iter().filter(|item| item.more.is_empty()) {
        bare |= knows_only_ticks(question.counted_of(item), &item.var, data)?;
    }
    if !bare {
        return Ok(None);
    }
    let (mut empty, mut answered) = (vec![false; data.rows], vec![false; data.rows]);
    for item in &question.items {
        let ticks = ticks(question.counted_of(item), &Coding::of(data, &item.var)?);
        for (row, tick) in ticks.into_iter().enumerate() {
            empty[row] |= tick == UNTICKED;
            answered[row] |= tick < UNTICKED;
        }
    }
    let inside = || (0..data.rows).filter(|row| scope[*row] && (empty[*row] || answered[*row]));
    let rows = inside().filter(|row| !answered[*row]).count();
    Ok((rows > 0).then(|| TableWarning::Unticked {
        question: match question.short.is_empty() {
            true => question.text.clone(),
            false => question.short.clone(),
        },
        rows,
        of: inside().count(),
    }))
}

/// Whether neither the codebook nor anybody's answer knows anything but `counted`, and an empty cell may mean anything.
fn knows_only_ticks(counted: &[Code], var: &VarId, data: &Dataset) -> Result<bool, QueryError> {
    let variable = data.variable(var)?;
    let is_tick = |code: &Code| !variable.answer_kind(code).is_valid() || counted.contains(code);
    let listed = variable.blank == AnswerKind::Missing && variable.values.iter().all(|value| is_tick(&value.code));
    Ok(listed
        && match data.column(var)? {
            Column::Coded { levels, .. } => levels.iter().all(is_tick),
            Column::Numbers(numbers) => {
                let mut known = numbers.iter().filter(|number| !number.is_nan());
                known.all(|number| is_tick(&Code::Number(*number)))
            }
        })
}
