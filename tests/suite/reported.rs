//! What another program reports of a file (`NAME.json` beside it, from `por/report.py`), compared with what is read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{self, AnswerKind, Code, Dataset, Opened, ReadOptions, Text, VariableKind};
use serde_json::Value as Json;

pub fn folder(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference/files")
        .join(format)
}

pub fn bytes_of(format: &str, name: &str) -> Vec<u8> {
    fs::read(folder(format).join(name)).unwrap()
}

/// Reads bytes under a name, without anything beside them.
pub fn read(name: &str, bytes: &[u8]) -> Result<Opened, data::DataError> {
    data::read_bytes(name, bytes, &ReadOptions::default(), None)
}

pub fn und(text: &Text) -> &str {
    text.0.get(Text::UNDETERMINED).map_or("", String::as_str)
}

pub fn cells(data: &Dataset, name: &str) -> Vec<Option<Code>> {
    let column = data.column(&name.into()).unwrap();
    (0..column.len()).map(|row| column.code(row)).collect()
}

pub fn code(json: &Json) -> Option<Code> {
    match json {
        Json::Null => None,
        Json::Number(number) => Some(Code::Number(number.as_f64().unwrap())),
        Json::String(text) => Some(Code::Text(text.clone())),
        other => panic!("{other} is no cell"),
    }
}

pub fn labels_of(data: &Dataset, name: &str) -> BTreeMap<Code, String> {
    let variable = data.variable(&name.into()).unwrap();
    let labelled = variable.values.iter().filter(|value| !value.label.is_empty());
    labelled
        .map(|value| (value.code.clone(), und(&value.label).to_owned()))
        .collect()
}

fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json[key].as_array().unwrap()
}

/// Every name, label, cell and kind of missing as reported.
pub fn equals_report(data: &Dataset, format: &str, name: &str) {
    let said: Json = serde_json::from_slice(&bytes_of(format, &format!("{name}.json"))).unwrap();
    assert_eq!(data.rows as u64, said["rows"].as_u64().unwrap(), "{name}");
    assert_eq!(und(&data.codebook.title), said["title"].as_str().unwrap(), "{name}");
    assert_eq!(data.codebook.variables.len(), list(&said, "columns").len(), "{name}");
    for (variable, said) in data.codebook.variables.iter().zip(list(&said, "columns")) {
        let at = format!("{name}, {}", variable.name);
        assert_eq!(variable.name.0, said["name"].as_str().unwrap(), "{at}");
        assert_eq!(und(&variable.label), said["label"].as_str().unwrap(), "{at}");
        let theirs: Vec<Option<Code>> = list(said, "cells").iter().map(code).collect();
        assert_eq!(cells(data, &variable.name.0), theirs, "{at}");
        let labels: BTreeMap<Code, String> = list(said, "labels")
            .iter()
            .map(|pair| (code(&pair[0]).unwrap(), pair[1].as_str().unwrap().to_owned()))
            .collect();
        assert_eq!(labels_of(data, &variable.name.0), labels, "{at}");
        let mut missing: Vec<Code> = list(said, "missing")
            .iter()
            .chain(list(said, "tags"))
            .filter_map(code)
            .collect();
        let ranges: Vec<(f64, f64)> = list(said, "missing_ranges")
            .iter()
            .map(|ends| {
                (
                    ends[0].as_f64().unwrap_or(f64::MIN),
                    ends[1].as_f64().unwrap_or(f64::MAX),
                )
            })
            .collect();
        assert_eq!(variable.missing_ranges, ranges, "{at}");
        let in_range = |code: &Code| {
            code.number()
                .is_some_and(|n| ranges.iter().any(|&(low, high)| low <= n && n <= high))
        };
        for code in theirs.iter().flatten().chain(labels.keys()) {
            let is_missing = missing.contains(code) || in_range(code);
            assert_eq!(
                variable.answer_kind(code) == AnswerKind::Missing,
                is_missing,
                "{at}: {code}"
            );
        }
        missing.retain(|code| variable.answer_kind(code) != AnswerKind::Missing);
        assert_eq!(missing, [], "{at}");
        let is_date = said["format"].as_str().is_some_and(|format| format.contains("DATE"));
        assert_eq!(variable.kind == VariableKind::Date, is_date, "{at}");
    }
}

/// Cuts the file at many places: every outcome is fewer whole rows with a warning, all rows, or an error that names the
/// file. Gives how many were read in part.
pub fn cut_everywhere(format: &str, name: &str, step: usize) -> usize {
    let bytes = bytes_of(format, name);
    let whole = read(name, &bytes).unwrap().dataset;
    let mut parts = 0;
    for end in (1..bytes.len()).step_by(step) {
        let Ok(opened) = read(name, &bytes[..end]) else {
            continue;
        };
        let data = opened.dataset;
        let said = opened
            .warnings
            .iter()
            .any(|warning| matches!(warning, data::DataWarning::Truncated { .. }));
        assert!(
            said || data.rows == whole.rows,
            "{name} cut at {end}: {:?}",
            opened.warnings
        );
        assert!(data.rows <= whole.rows, "{name} cut at {end}");
        for variable in &data.codebook.variables {
            let (ours, theirs) = (cells(&data, &variable.name.0), cells(&whole, &variable.name.0));
            assert_eq!(ours, theirs[..data.rows], "{name} cut at {end}: {}", variable.name);
        }
        parts += usize::from(said);
    }
    parts
}
