//! What a file says about its columns, and what a codebook says on top: one codebook out, as long as the file has columns.
//! The codebook wins where it speaks.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Column;
use super::codebook::{
    AnswerKind, CODEBOOK_VERSION, Code, Codebook, Question, QuestionKind, Role, Text, Value, VarId, Variable,
    VariableKind,
};
use super::error::DataWarning;
use super::levels::{coded, places};

/// Whether a codebook makes sense in itself; the error is a clause for a sentence.
pub(crate) fn check(codebook: &Codebook) -> Result<(), String> {
    if codebook.isobar_codebook > CODEBOOK_VERSION {
        return Err(format!(
            "it has version {} and was written by a newer Isobar; this one reads up to version {CODEBOOK_VERSION}",
            codebook.isobar_codebook
        ));
    }
    let mut names = HashSet::new();
    let mut roles: HashMap<Role, &VarId> = HashMap::new();
    for variable in &codebook.variables {
        if !names.insert(&variable.name) {
            return Err(format!("it describes the variable {} twice", variable.name));
        }
        if let Some(role) = variable.role
            && let Some(other) = roles.insert(role, &variable.name)
        {
            return Err(format!(
                "{other} and {} both have the role {}",
                variable.name,
                role.id()
            ));
        }
    }
    let mut ids = HashSet::new();
    for question in &codebook.questions {
        if !ids.insert(&question.id) {
            return Err(format!("it has two questions with the id {}", question.id));
        }
        let one = matches!(question.kind, QuestionKind::Single | QuestionKind::Numeric);
        if question.items.is_empty() || (one && question.items.len() > 1) {
            return Err(format!(
                "the question {} has {} items where it needs {}",
                question.id,
                question.items.len(),
                if one { "exactly one" } else { "at least one" }
            ));
        }
        if question.kind == QuestionKind::Multiple
            && question.items.iter().any(|item| question.counted_of(item).is_empty())
        {
            return Err(format!(
                "the question {} does not say which codes are counted",
                question.id
            ));
        }
    }
    Ok(())
}

/// What a codebook says about the data file that it was written with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct FileNote {
    /// SHA-256 of the file. As long as it is the same, the codebook says everything about the file.
    #[serde(default)]
    pub fingerprint: String,
    /// Variables whose cells are texts even where they look like numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<VarId>,
    /// Variables that have numbers and texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mixed: Vec<VarId>,
}

/// As [`merge`], where the codebook was written with this very file: it describes all of it.
pub(crate) fn take_over(
    file: Codebook,
    told: Codebook,
    note: &FileNote,
    columns: &mut [Column],
) -> (Codebook, Vec<VarId>) {
    let mut by_name: HashMap<VarId, Variable> = told
        .variables
        .into_iter()
        .map(|variable| (variable.name.clone(), variable))
        .collect();
    let mixed: HashSet<&VarId> = note.mixed.iter().collect();
    let mut variables = file.variables;
    for (variable, column) in variables.iter_mut().zip(columns) {
        if let Some(told) = by_name.remove(&variable.name) {
            *variable = told;
        }
        if let Column::Coded { levels, rows } = &*column
            && mixed.contains(&variable.name)
        {
            let codes: Vec<Option<Code>> = levels.iter().map(|level| Some(number_or_text(level))).collect();
            *column = coded(&codes, &places(rows));
        }
    }
    let missing = by_name.into_keys().collect();
    (Codebook { variables, ..told }, missing)
}

fn number_or_text(code: &Code) -> Code {
    match code {
        Code::Text(text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Code::Number(number),
            _ => code.clone(),
        },
        Code::Number(_) => code.clone(),
    }
}

/// Puts `told` on top of what the file says. Columns whose codes are written otherwise than the codebook has them
/// (`"1"` for 1, labels for codes) are changed to the codebook's. Also gives the codebook's variables that the file
/// does not have.
pub(crate) fn merge(file: Codebook, told: Codebook, columns: &mut [Column]) -> (Codebook, Vec<VarId>) {
    let weight_told = told.with_role(Role::Weight).is_some();
    let order: Vec<VarId> = told.variables.iter().map(|variable| variable.name.clone()).collect();
    let mut told_variables: HashMap<VarId, Variable> = told
        .variables
        .into_iter()
        .map(|variable| (variable.name.clone(), variable))
        .collect();
    let variables = file
        .variables
        .into_iter()
        .zip(columns)
        .map(|(mut variable, column)| {
            if weight_told && variable.role == Some(Role::Weight) {
                variable.role = None;
            }
            match told_variables.remove(&variable.name) {
                Some(told) => merge_variable(variable, told, column),
                None => variable,
            }
        })
        .collect();
    let missing = order
        .into_iter()
        .filter(|name| told_variables.contains_key(name))
        .collect();
    let merged = Codebook {
        isobar_codebook: CODEBOOK_VERSION,
        title: text(told.title, file.title),
        // Made-up answers are not from the source that a pack for the real survey names.
        source: if file.synthetic && !told.synthetic {
            file.source
        } else {
            text(told.source, file.source)
        },
        synthetic: told.synthetic || file.synthetic,
        unit: text(told.unit, file.unit),
        variables,
        ..told
    };
    (merged, missing)
}

/// The codebook's text; the file's own only where the codebook has none.
fn text(told: Text, file: Text) -> Text {
    if told.is_empty() { file } else { told }
}

fn merge_variable(mut file: Variable, told: Variable, column: &mut Column) -> Variable {
    if let Some(rewritten) = rewrite(column, &mut file.values, &told) {
        *column = rewritten;
    }
    let mut file_values: HashMap<Code, Value> = HashMap::new();
    let mut file_order = Vec::new();
    for value in file.values {
        file_order.push(value.code.clone());
        file_values.insert(value.code.clone(), value);
    }
    let mut values = told.values;
    let mut missing_ranges = told.missing_ranges;
    for range in file.missing_ranges {
        missing_ranges.extend(without(range, &values));
    }
    for value in &mut values {
        if let Some(own) = file_values.remove(&value.code) {
            value.label = text(std::mem::take(&mut value.label), own.label);
        }
    }
    values.extend(file_order.into_iter().filter_map(|code| file_values.remove(&code)));
    // A codebook that does not give a kind says "nominal"; a quantity is not made one by silence.
    let kind = match (told.kind, file.kind) {
        (VariableKind::Nominal, own @ (VariableKind::Numeric | VariableKind::Date | VariableKind::Text))
            if values.iter().all(|value| !value.is.is_valid()) =>
        {
            own
        }
        (told, _) => told,
    };
    Variable {
        name: file.name,
        label: text(told.label, file.label),
        kind,
        role: told.role.or(file.role),
        values,
        missing_ranges,
        blank: told.blank,
    }
}

/// A missing range of the file without the codes that the codebook calls answers.
fn without(range: (f64, f64), values: &[Value]) -> Vec<(f64, f64)> {
    let mut kept: Vec<f64> = values
        .iter()
        .filter(|value| value.is == AnswerKind::Answer)
        .filter_map(|value| value.code.number())
        .filter(|number| (range.0..=range.1).contains(number))
        .collect();
    kept.sort_by(f64::total_cmp);
    let mut parts = Vec::new();
    let mut low = range.0;
    for number in kept {
        parts.push((low, number.next_down()));
        low = number.next_up();
    }
    parts.push((low, range.1));
    parts.retain(|(low, high)| low <= high);
    parts
}

/// The column in the codes of the codebook, where the file writes them otherwise: numbers as texts, texts as numbers,
/// or labels instead of codes. `None` where the codes are the same or cannot be understood.
fn rewrite(column: &Column, own_values: &mut [Value], told: &Variable) -> Option<Column> {
    let Column::Coded { levels, rows } = column else {
        return None;
    };
    let numeric = told.values.first()?.code.number().is_some();
    if told.values.iter().any(|value| value.code.number().is_some() != numeric)
        || levels.is_empty()
        || levels.iter().all(|level| level.number().is_some() == numeric)
    {
        return None;
    }
    let known: HashSet<&Code> = told.values.iter().map(|value| &value.code).collect();
    let labels: HashMap<&str, &Code> = told
        .values
        .iter()
        .rev()
        .flat_map(|value| value.label.0.values().map(move |label| (label.as_str(), &value.code)))
        .collect();
    let translate = |code: &Code| -> Option<Code> {
        match code {
            Code::Text(text) => match labels.get(text.as_str()) {
                Some(code) => Some((*code).clone()),
                None => text
                    .trim()
                    .parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite())
                    .map(Code::Number),
            },
            Code::Number(_) => Some(Code::Text(code.to_string())).filter(|text| known.contains(text)),
        }
    };
    let codes: Vec<Option<Code>> = levels.iter().map(translate).collect();
    if codes.iter().any(Option::is_none) {
        return None;
    }
    for value in own_values {
        if let Some(code) = translate(&value.code) {
            value.code = code;
        }
    }
    Some(coded(&codes, &places(rows)))
}

/// Takes out bases and questions that need a variable or base that is not there, each with a warning.
pub(crate) fn leave_out_what_lacks(codebook: &mut Codebook, warnings: &mut Vec<DataWarning>) {
    let names: HashSet<&VarId> = codebook.variables.iter().map(|variable| &variable.name).collect();
    codebook
        .bases
        .retain(|base| base.when.variables().iter().all(|name| names.contains(name)));
    let bases: HashSet<&str> = codebook.bases.iter().map(|base| base.id.as_str()).collect();
    let lack = |question: &Question| -> Option<String> {
        let unions = question
            .unions
            .iter()
            .flat_map(|union| union.items.iter().chain(&union.none_of));
        let variable = question.variables().chain(unions).find(|name| !names.contains(*name));
        variable.map(|name| name.0.clone()).or_else(|| {
            let base = question.base.as_deref()?;
            (!bases.contains(base)).then(|| base.to_owned())
        })
    };
    codebook.questions.retain(|question| match lack(question) {
        None => true,
        Some(lacks) => {
            warnings.push(DataWarning::QuestionLeftOut {
                question: question.id.clone(),
                lacks,
            });
            false
        }
    });
}
