//! The multiple-response questions of a codebook in, the set records of an SPSS file out.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::super::WriteWarning;
use super::super::fit::spss_name;
use super::plan::Planned;
use super::{Labels, VARIABLE_LABEL};
use crate::data::codebook::{Code, Codebook, Question, QuestionKind, VarId};

/// The two set records: 7/7, and 7/19 for boxes named by the labels of what is counted.
#[derive(Default)]
pub(super) struct Sets {
    pub plain: String,
    pub extended: String,
}

pub(super) fn sets(
    codebook: &Codebook,
    planned: &[Planned<'_>],
    labels: &mut Labels,
    warnings: &mut Vec<WriteWarning>,
) -> Sets {
    let by_name: HashMap<&VarId, &Planned<'_>> = planned
        .iter()
        .map(|planned| (&planned.variable.name, planned))
        .collect();
    let mut sets = Sets::default();
    let mut taken = HashSet::new();
    let mut left_out = Vec::new();
    let questions = codebook
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Multiple);
    for question in questions {
        let Some((kind, variables)) = kind(question, &by_name) else {
            left_out.push(question.id.clone());
            continue;
        };
        let title = if question.short.is_empty() {
            &question.text
        } else {
            &question.short
        };
        let label = labels.of(title, VARIABLE_LABEL).replace('\n', " ");
        let record = if kind.starts_with('E') {
            &mut sets.extended
        } else {
            &mut sets.plain
        };
        // Writing to a String cannot fail.
        let _ = write!(
            record,
            "{}={kind} {} {label}",
            set_name(&question.id.0, &mut taken),
            label.len()
        );
        for variable in variables {
            let _ = write!(record, " {}", variable.short[0].to_ascii_lowercase());
        }
        record.push('\n');
    }
    if !left_out.is_empty() {
        warnings.push(WriteWarning::SetsLeftOut { questions: left_out });
    }
    sets
}

/// `C`, `D1 1` or `E 1 1 1`, and the variables; `None` where no set says the same.
fn kind<'p, 'a>(
    question: &Question,
    by_name: &HashMap<&VarId, &'p Planned<'a>>,
) -> Option<(String, Vec<&'p Planned<'a>>)> {
    let first = question.items.first()?;
    let of = |names: Vec<&VarId>| -> Option<Vec<&'p Planned<'a>>> {
        let planned: Vec<&Planned<'a>> = names
            .into_iter()
            .map(|name| by_name.get(name).copied())
            .collect::<Option<_>>()?;
        // All numbers or all texts.
        let texts = planned.iter().filter(|planned| planned.width > 0).count();
        let alike = texts == 0 || texts == planned.len();
        Some(planned).filter(|_| alike)
    };
    if !first.more.is_empty() {
        let same = question
            .items
            .iter()
            .all(|item| item.var == first.var && item.more == first.more);
        return Some(("C".to_owned(), of(first.variables().collect()).filter(|_| same)?));
    }
    let [counted] = question.counted_of(first) else {
        return None;
    };
    let mut seen = HashSet::new();
    let boxes = question.items.iter().all(|item| {
        item.more.is_empty() && question.counted_of(item) == std::slice::from_ref(counted) && seen.insert(&item.var)
    });
    let variables = of(question.items.iter().map(|item| &item.var).collect()).filter(|_| boxes)?;
    let value = match counted {
        Code::Number(number) => number.to_string(),
        Code::Text(text) => text.clone(),
    };
    let by_value = question.items.iter().zip(&variables).all(|(item, planned)| {
        let named = planned.variable.value(counted).map(|value| &value.label);
        item.label.as_ref().is_some_and(|label| Some(label) == named)
    });
    let letter = if by_value { "E 1 " } else { "D" };
    Some((format!("{letter}{} {value}", value.len()), variables))
}

/// `$` and a name that no other set has.
fn set_name(id: &str, taken: &mut HashSet<String>) -> String {
    let stem = spss_name(id.trim_start_matches('$'));
    let stem = &stem[..stem.floor_char_boundary(56)];
    let free = (1usize..).map(|number| match number {
        1 => format!("${stem}"),
        _ => format!("${stem}_{number}"),
    });
    free.into_iter()
        .find(|name| taken.insert(name.to_uppercase()))
        .unwrap_or_default()
}
