//! What programs write beside the columns of Parquet and Arrow files in, labels and missing codes out.
//!
//! There is no common way; these are the ones met:
//! - pandas keeps `DataFrame.attrs` as JSON. Labels are found in it under the names that pyreadstat gives them
//!   (`column_names_to_labels`, `variable_value_labels`, `missing_user_values`, `missing_ranges`, `variable_measure`,
//!   `file_label`), or `variable_labels` and `value_labels`.
//! - R's arrow package keeps the attributes of the columns (`label`, `labels`, `na_values`, `na_range` of haven) as an
//!   R serialisation; tagged missings are lost in it.
//! - Converters of Stata, SAS and SPSS files write the label of a column as `label` of its field, and that of the file
//!   as `table_label` or `file_label`.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::r::{self, Attributes};
use crate::data::Column;
use crate::data::codebook::{AnswerKind, Code, Codebook, Text, Value, Variable, VariableKind};
use crate::data::levels::kind_with_labels;

/// What is written beside the columns.
#[derive(Default)]
pub(in crate::data) struct Notes {
    title: Option<String>,
    columns: HashMap<String, Note>,
}

#[derive(Default)]
struct Note {
    label: Option<String>,
    values: Vec<(Code, String)>,
    missing: Vec<Code>,
    missing_ranges: Vec<(f64, f64)>,
    kind: Option<VariableKind>,
}

impl Notes {
    /// A note on the file.
    pub fn file(&mut self, key: &str, value: &str) {
        match key {
            "pandas" => {
                if let Ok(pandas) = serde_json::from_str::<Json>(value) {
                    self.pandas(&pandas["attributes"]);
                }
            }
            "PANDAS_ATTRS" => {
                if let Ok(attributes) = serde_json::from_str::<Json>(value) {
                    self.pandas(&attributes);
                }
            }
            "r" => {
                for (name, attributes) in r::columns(value) {
                    self.haven(name, attributes);
                }
            }
            "table_label" | "file_label" if !value.is_empty() => self.title = Some(value.to_owned()),
            _ => {}
        }
    }

    /// A note on a column.
    pub fn column(&mut self, name: &str, key: &str, value: &str) {
        if matches!(key, "label" | "description" | "comment") && !value.is_empty() {
            let note = self.columns.entry(name.to_owned()).or_default();
            // A label is meant for people more than a description.
            if key == "label" || note.label.is_none() {
                note.label = Some(value.to_owned());
            }
        }
    }

    fn pandas(&mut self, attributes: &Json) {
        let each = |keys: [&str; 2]| {
            let object = keys.into_iter().find_map(|key| attributes[key].as_object());
            object.into_iter().flatten()
        };
        for (name, label) in each(["column_names_to_labels", "variable_labels"]) {
            if let Some(label) = label.as_str() {
                self.columns.entry(name.clone()).or_default().label = Some(label.to_owned());
            }
        }
        for (name, labels) in each(["variable_value_labels", "value_labels"]) {
            let labels = labels.as_object().into_iter().flatten();
            let labels = labels.filter_map(|(code, label)| Some((code_of(code), label.as_str()?.to_owned())));
            self.columns.entry(name.clone()).or_default().values = labels.collect();
        }
        for (name, codes) in each(["missing_user_values", "missing_user_values"]) {
            let codes = codes.as_array().into_iter().flatten().filter_map(|code| match code {
                Json::Number(number) => number.as_f64().map(Code::Number),
                Json::String(text) => Some(Code::Text(text.clone())),
                _ => None,
            });
            self.columns.entry(name.clone()).or_default().missing = codes.collect();
        }
        for (name, ranges) in each(["missing_ranges", "missing_ranges"]) {
            let note = self.columns.entry(name.clone()).or_default();
            for range in ranges.as_array().into_iter().flatten() {
                match (&range["lo"], &range["hi"]) {
                    (Json::String(low), Json::String(high)) if low == high => {
                        note.missing.push(Code::Text(low.clone()));
                    }
                    (low, high) => {
                        if let (Some(low), Some(high)) = (low.as_f64(), high.as_f64())
                            && low <= high
                        {
                            note.missing_ranges.push((low, high));
                        }
                    }
                }
            }
        }
        for (name, measure) in each(["variable_measure", "variable_measure"]) {
            self.columns.entry(name.clone()).or_default().kind = match measure.as_str() {
                Some("nominal") => Some(VariableKind::Nominal),
                Some("ordinal") => Some(VariableKind::Ordinal),
                _ => None,
            };
        }
        if let Some(label) = attributes["file_label"].as_str().filter(|label| !label.is_empty()) {
            self.title = Some(label.to_owned());
        }
    }

    fn haven(&mut self, name: String, attributes: Attributes) {
        self.columns.insert(
            name,
            Note {
                label: attributes.label,
                values: attributes.labels,
                missing: attributes.na_values,
                missing_ranges: attributes.na_range.into_iter().collect(),
                kind: None,
            },
        );
    }

    /// Puts the labels and missing codes into the codebook; `columns` stand beside its variables.
    pub fn apply(&self, codebook: &mut Codebook, columns: &[Column]) {
        if let Some(title) = &self.title {
            codebook.title = Text::plain(title.clone());
        }
        for (variable, column) in codebook.variables.iter_mut().zip(columns) {
            if let Some(note) = self.columns.get(&variable.name.0) {
                note.apply(variable, column);
            }
        }
    }
}

impl Note {
    fn apply(&self, variable: &mut Variable, column: &Column) {
        if let Some(label) = self.label.as_ref().filter(|label| !label.trim().is_empty()) {
            variable.label = Text::plain(label.clone());
        }
        let numeric = match column {
            Column::Coded { levels, .. } => levels.iter().any(|level| level.number().is_some()) || levels.is_empty(),
            Column::Numbers(_) => true,
        };
        let as_stored = |code: &Code| match code {
            Code::Number(number) if !numeric => Code::Text(number.to_string()),
            code => code.clone(),
        };
        let listed = variable.values.iter().enumerate();
        let mut places: HashMap<Code, usize> = listed.map(|(place, value)| (value.code.clone(), place)).collect();
        let labels = self.values.iter().map(|(code, label)| (code, Some(label)));
        for (code, label) in labels.chain(self.missing.iter().map(|code| (code, None))) {
            let code = as_stored(code);
            let values = &mut variable.values;
            let place = *places.entry(code.clone()).or_insert(values.len());
            if place == values.len() {
                values.push(Value {
                    code,
                    label: Text::default(),
                    is: AnswerKind::Answer,
                });
            }
            match label {
                Some(label) => values[place].label = Text::plain(label.clone()),
                None => values[place].is = AnswerKind::Missing,
            }
        }
        variable.missing_ranges.clone_from(&self.missing_ranges);
        if !self.values.is_empty() {
            variable.kind = kind_with_labels(column, variable);
        }
        if let (Some(kind), true) = (self.kind, variable.kind != VariableKind::Date) {
            variable.kind = match (kind, variable.kind) {
                (VariableKind::Nominal, VariableKind::Ordinal) => VariableKind::Ordinal,
                (VariableKind::Nominal, looks @ (VariableKind::Text | VariableKind::Numeric)) => looks,
                (kind, _) => kind,
            };
        }
    }
}

/// The keys of JSON are texts, whatever the codes are.
fn code_of(key: &str) -> Code {
    match key.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Code::Number(number),
        _ => Code::Text(key.to_owned()),
    }
}
