//! Workplaces and their organisations in, one data set out: a row for each workplace, with what its organisation answered.
//!
//! The rows, weights and strata are those of the workplaces. A workplace whose organisation is not in the other file was
//! not asked what the organisation was.

use std::collections::{HashMap, HashSet};

use super::codebook::{
    AnswerKind, Base, Code, Item, Question, Role, Text, Union, Value, VarId, Variable, VariableKind,
};
use super::combine::free_name;
use super::combine::values::gathered;
use super::error::{DataError, DataWarning};
use super::read::Opened;
use super::wording::words;
use super::{Column, Condition, Dataset, combine, levels, questions};

/// By which variables rows find their organisation; what is not named is found by its role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Keys {
    /// The variable of the workplaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<VarId>,
    /// The variable of the organisations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<VarId>,
}

/// Adds the answers of organisations to workplaces. Variables and questions whose name is taken begin with `prefix` and
/// `_`.
pub fn join(workplaces: Opened, organisations: Opened, keys: &Keys, prefix: &str) -> Result<Opened, DataError> {
    let (mut data, other) = (workplaces.dataset, organisations.dataset);
    let own_key = key_of(&data, keys.own.as_ref(), &[Role::Organisation])?;
    let other_key = match &keys.other {
        Some(_) => key_of(&other, keys.other.as_ref(), &[])?,
        None => key_of(&other, None, &[Role::Id, Role::Organisation]).or_else(|error| {
            other
                .index_of(&data.codebook.variables[own_key].name)
                .map_err(|_| error)
        })?,
    };
    let from = matches(&data, own_key, &other, other_key)?;
    let matched = from.iter().flatten().count();
    let key = data.codebook.variables[own_key].name.clone();
    let mut warnings = workplaces.warnings;
    let file = other
        .path
        .file_name()
        .unwrap_or(other.path.as_os_str())
        .to_string_lossy()
        .into_owned();
    warnings.extend(organisations.warnings.into_iter().map(|warning| DataWarning::InFile {
        file: file.clone(),
        warning: Box::new(warning),
    }));
    let used: HashSet<u32> = from.iter().flatten().copied().collect();
    warnings.push(DataWarning::Joined {
        key,
        matched,
        of: data.rows,
        unused: other.rows - used.len(),
    });

    let mut taken: HashSet<String> = data
        .codebook
        .variables
        .iter()
        .map(|variable| variable.name.0.clone())
        .collect();
    let mut names: HashMap<VarId, VarId> = HashMap::new();
    let mut roles: HashSet<Role> = data
        .codebook
        .variables
        .iter()
        .filter_map(|variable| variable.role)
        .collect();
    for (at, (variable, column)) in other.codebook.variables.iter().zip(&other.columns).enumerate() {
        if at == other_key {
            names.insert(variable.name.clone(), data.codebook.variables[own_key].name.clone());
            continue;
        }
        let name = VarId(prefixed(&variable.name.0, prefix, &mut taken));
        names.insert(variable.name.clone(), name.clone());
        let mut joined = Variable {
            name,
            // The design is that of the workplaces.
            role: variable.role.filter(|role| !role.is_machinery() && roles.insert(*role)),
            ..variable.clone()
        };
        let absent = absent(&mut joined, column, matched < data.rows);
        data.columns
            .push(levels::arrange(gathered(column, &from, absent.as_ref()), &joined));
        data.codebook.variables.push(joined);
    }
    add_questions(&mut data, &other, &names, prefix);
    data.fingerprint = format!("{}+{}", data.fingerprint, other.fingerprint);
    data.codebook.synthetic |= other.codebook.synthetic;
    data.codebook.source = combine::joined([&data.codebook.source, &other.codebook.source]);
    Ok(Opened {
        dataset: data,
        warnings,
    })
}

/// The position of the variable asked for, else of one with the first of `roles` that there is.
fn key_of(data: &Dataset, named: Option<&VarId>, roles: &[Role]) -> Result<usize, DataError> {
    let variables = &data.codebook.variables;
    let found = match named {
        Some(name) => variables.iter().position(|variable| variable.name == *name),
        None => roles
            .iter()
            .find_map(|role| variables.iter().position(|variable| variable.role == Some(*role))),
    };
    found.ok_or_else(|| match named {
        Some(name) => DataError::NoSuchKey {
            path: data.path.clone(),
            name: name.0.clone(),
            suggestion: questions::closest(&name.0, variables.iter().map(|variable| variable.name.0.as_str())),
        },
        None => DataError::NoKey {
            path: data.path.clone(),
        },
    })
}

/// A key as it is compared: the same whether it was stored as a number or as a text.
fn comparable(code: &Code) -> String {
    match code {
        Code::Number(number) => number.to_string(),
        Code::Text(text) => {
            let text = text.trim();
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            number.map_or_else(|| text.to_owned(), |number| number.to_string())
        }
    }
}

/// The label of a code, in words.
fn labelled(variable: &Variable, code: &Code) -> Vec<String> {
    let labels = variable
        .value(code)
        .map(|value| value.label.0.values().collect::<Vec<_>>());
    let mut found: Vec<String> = labels
        .unwrap_or_default()
        .iter()
        .map(|label| words(label).join(" "))
        .collect();
    if let Code::Text(text) = code {
        found.push(words(text).join(" "));
    }
    found.retain(|words| !words.is_empty());
    found
}

/// The row of its organisation for every workplace: by code, or where no code is in both files, by label.
fn matches(data: &Dataset, own: usize, other: &Dataset, key: usize) -> Result<Vec<Option<u32>>, DataError> {
    let (own_variable, own_column) = (&data.codebook.variables[own], &data.columns[own]);
    let (variable, column) = (&other.codebook.variables[key], &other.columns[key]);
    let valid = |variable: &Variable, code: &Code| variable.answer_kind(code) == AnswerKind::Answer;
    let mut by_code: HashMap<String, u32> = HashMap::new();
    let mut by_label: HashMap<String, Option<u32>> = HashMap::new();
    for row in 0..other.rows {
        let Some(code) = column.code(row).filter(|code| valid(variable, code)) else {
            continue;
        };
        if let Some(first) = by_code.insert(comparable(&code), row as u32) {
            return Err(DataError::DuplicateKey {
                path: other.path.clone(),
                variable: variable.name.clone(),
                key: code.to_string(),
                rows: (first as usize + 1, row + 1),
            });
        }
        for label in labelled(variable, &code) {
            // A label that two organisations have finds neither.
            by_label
                .entry(label)
                .and_modify(|known| *known = known.filter(|known| *known == row as u32))
                .or_insert(Some(row as u32));
        }
    }
    let find = |row: usize, by_labels: bool| {
        let code = own_column.code(row).filter(|code| valid(own_variable, code))?;
        match by_labels {
            false => by_code.get(&comparable(&code)).copied(),
            true => labelled(own_variable, &code)
                .iter()
                .find_map(|label| *by_label.get(label)?),
        }
    };
    for by_labels in [false, true] {
        let found: Vec<Option<u32>> = (0..data.rows).map(|row| find(row, by_labels)).collect();
        if found.iter().any(Option::is_some) {
            return Ok(found);
        }
    }
    Err(DataError::NoKeyInBoth {
        path: other.path.clone(),
        own: own_variable.name.clone(),
        other: variable.name.clone(),
    })
}

fn prefixed(name: &str, prefix: &str, taken: &mut HashSet<String>) -> String {
    if taken.insert(name.to_owned()) {
        return name.to_owned();
    }
    free_name(&format!("{prefix}_{name}"), "2", taken).0
}

/// What a workplace without its organisation has: the code of "not asked", which is added where it lacks; `None` where a
/// blank says it.
fn absent(variable: &mut Variable, column: &Column, needed: bool) -> Option<Code> {
    if !needed {
        return None;
    }
    if let Some(value) = variable.values.iter().find(|value| value.is == AnswerKind::NotAsked) {
        return Some(value.code.clone());
    }
    let has_blanks = match column {
        Column::Numbers(numbers) => numbers.iter().any(|number| number.is_nan()),
        Column::Coded { rows, .. } => (0..rows.len()).any(|row| rows.get(row).is_none()),
    };
    let uncoded = matches!(
        variable.kind,
        VariableKind::Numeric | VariableKind::Text | VariableKind::Date
    );
    if variable.blank == AnswerKind::NotAsked || (uncoded && !has_blanks) {
        variable.blank = AnswerKind::NotAsked;
        return None;
    }
    let levels: &[Code] = match column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    };
    let used = |code: &Code| levels.contains(code) || variable.value(code).is_some();
    let codes = variable.values.iter().map(|value| &value.code).chain(levels);
    let texts = codes.clone().next().is_some_and(|code| matches!(code, Code::Text(_)));
    let code = match texts {
        true => {
            let mut text = "not_asked".to_owned();
            while used(&Code::Text(text.clone())) {
                text.push('_');
            }
            Code::Text(text)
        }
        false => {
            let least = match column {
                Column::Numbers(numbers) => numbers
                    .iter()
                    .copied()
                    .filter(|number| !number.is_nan())
                    .fold(0.0, f64::min),
                Column::Coded { .. } => codes.filter_map(Code::number).fold(0.0, f64::min),
            };
            let mut number = -7.0;
            while number >= least && least < 0.0 {
                number = number * 10.0 - 7.0;
            }
            Code::Number(number)
        }
    };
    variable.values.push(Value {
        code: code.clone(),
        label: combine::not_asked(),
        is: AnswerKind::NotAsked,
    });
    Some(code)
}

/// The organisations' questions, bases and lists, in the names of the whole.
fn add_questions(data: &mut Dataset, other: &Dataset, names: &HashMap<VarId, VarId>, prefix: &str) {
    let name = |var: &VarId| names.get(var).unwrap_or(var).clone();
    let codebook = &mut data.codebook;
    let mut taken: HashSet<String> = codebook.bases.iter().map(|base| base.id.clone()).collect();
    let mut bases: HashMap<&str, String> = HashMap::new();
    for base in &other.codebook.bases {
        let id = prefixed(&base.id, prefix, &mut taken);
        bases.insert(&base.id, id.clone());
        codebook.bases.push(Base {
            id,
            label: base.label.clone(),
            // A row is still a workplace.
            unit: base
                .unit
                .as_ref()
                .map(|_| codebook.unit.clone())
                .filter(|unit: &Text| !unit.is_empty()),
            when: renamed(&base.when, &name),
        });
    }
    let own_unions = codebook.questions.iter().flat_map(|question| &question.unions);
    let mut unions: HashSet<String> = own_unions.map(|union| union.id.clone()).collect();
    let mut taken: HashSet<String> = codebook
        .questions
        .iter()
        .map(|question| question.id.0.clone())
        .collect();
    for question in &other.codebook.questions {
        let is_key = question.variables().any(|var| names.get(var).is_none());
        if is_key {
            continue;
        }
        codebook.questions.push(Question {
            id: prefixed(&question.id.0, prefix, &mut taken).as_str().into(),
            base: question.base.as_deref().and_then(|base| bases.get(base).cloned()),
            items: question
                .items
                .iter()
                .map(|item| Item {
                    var: name(&item.var),
                    more: item.more.iter().map(&name).collect(),
                    ..item.clone()
                })
                .collect(),
            unions: question
                .unions
                .iter()
                .map(|union| Union {
                    id: prefixed(&union.id, prefix, &mut unions),
                    items: union.items.iter().map(|id| renamed_item(id, &name)).collect(),
                    none_of: union.none_of.iter().map(|id| renamed_item(id, &name)).collect(),
                    ..union.clone()
                })
                .collect(),
            ..question.clone()
        });
    }
    for (into, more) in [
        (&mut codebook.topics, &other.codebook.topics),
        (&mut codebook.actors, &other.codebook.actors),
    ] {
        for entry in more {
            if !into.iter().any(|known| known.id == entry.id) {
                into.push(entry.clone());
            }
        }
    }
    codebook
        .unconfirmed
        .roles
        .extend(other.codebook.unconfirmed.roles.iter().map(&name));
}

/// The name of an item in unions: a variable, or in a category set `VAR=CODE`.
fn renamed_item(id: &VarId, name: &impl Fn(&VarId) -> VarId) -> VarId {
    match id.0.rsplit_once('=') {
        Some((var, code)) => VarId(format!("{}={code}", name(&VarId(var.to_owned())))),
        None => name(id),
    }
}

/// A condition with other names.
fn renamed(condition: &Condition, name: &impl Fn(&VarId) -> VarId) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| renamed(part, name)).collect();
    match condition {
        Condition::Everyone => Condition::Everyone,
        Condition::OneOf { var, values } => Condition::OneOf {
            var: name(var),
            values: values.clone(),
        },
        Condition::Compare { var, comparison, limit } => Condition::Compare {
            var: name(var),
            comparison: *comparison,
            limit: limit.clone(),
        },
        Condition::Not(inner) => Condition::Not(Box::new(renamed(inner, name))),
        Condition::And(parts) => Condition::And(all(parts)),
        Condition::Or(parts) => Condition::Or(all(parts)),
    }
}
