//! Arrow files of pandas and polars, and what programs keep beside the columns of Arrow and Parquet files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{self, AnswerKind, Code, DataWarning, Dataset, Format, Language, Opened, ReadOptions, VariableKind};
use serde_json::Value as Json;

use crate::mutants::{read_mutants, read_quickly};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files/arrow")
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn open(name: &str) -> Opened {
    data::read(&folder().join(name), &ReadOptions::default()).unwrap()
}

fn cells(data: &Dataset, name: &str) -> Vec<Option<Code>> {
    let column = data.column(&name.into()).unwrap();
    (0..column.len()).map(|row| column.code(row)).collect()
}

fn code(json: &Json) -> Option<Code> {
    match json {
        Json::Null => None,
        Json::Number(number) => Some(Code::Number(number.as_f64().unwrap())),
        Json::String(text) => Some(Code::Text(text.clone())),
        other => panic!("{other} is no cell"),
    }
}

fn values(data: &Dataset, name: &str) -> Vec<(Code, String, AnswerKind)> {
    let variable = data.variable(&name.into()).unwrap();
    let value = |value: &data::Value| {
        let kind = variable.answer_kind(&value.code);
        (value.code.clone(), value.label.get(Language::En).to_owned(), kind)
    };
    variable.values.iter().map(value).collect()
}

fn label(data: &Dataset, name: &str) -> String {
    data.variable(&name.into()).unwrap().label.get(Language::En).to_owned()
}

#[test]
fn arrow_files_of_pandas_and_polars_read_as_they_were_written() {
    let told: BTreeMap<String, BTreeMap<String, Vec<Json>>> = serde_json::from_slice(&bytes_of("arrow.json")).unwrap();
    for (file, from) in [
        ("pandas-uncompressed.arrow", "pandas"),
        ("pandas-lz4.arrow", "pandas"),
        ("pandas-zstd.arrow", "pandas"),
        ("polars.arrow", "polars"),
    ] {
        let opened = open(file);
        let data = &opened.dataset;
        assert_eq!(data.format, Format::Arrow, "{file}");
        assert_eq!(data.columns.len(), told[from].len(), "{file}");
        for (name, cells) in &told[from] {
            let cells: Vec<Option<Code>> = cells.iter().map(code).collect();
            assert_eq!(self::cells(data, name), cells, "{file}, {name}");
        }
        assert_eq!(data.variable(&"dag".into()).unwrap().kind, VariableKind::Date, "{file}");
    }
    // A column of lists is no answer.
    let passed = DataWarning::PassedOver {
        what: "liste".to_owned(),
    };
    assert!(open("polars.arrow").warnings.contains(&passed));
}

#[test]
fn labels_that_people_keep_in_pandas_are_read() {
    for file in ["attrs.parquet", "attrs.arrow"] {
        let data = open(file).dataset;
        assert_eq!(data.codebook.title.get(Language::En), "En undersøgelse", "{file}");
        assert_eq!(label(&data, "svar"), "Hvor enig?", "{file}");
        assert_eq!(
            values(&data, "svar"),
            [
                (1.0.into(), "Enig".to_owned(), AnswerKind::Answer),
                (2.0.into(), "Uenig".to_owned(), AnswerKind::Answer),
                (9.0.into(), "Ved ikke".to_owned(), AnswerKind::Missing),
            ],
            "{file}"
        );
        assert_eq!(
            data.variable(&"svar".into()).unwrap().kind,
            VariableKind::Ordinal,
            "{file}"
        );
    }
}

#[test]
fn labels_that_haven_hands_to_r_arrow_are_read() {
    for file in ["r.parquet", "r-long.parquet", "r.arrow"] {
        let data = open(file).dataset;
        assert_eq!(label(&data, "svar"), "Hvor enig? æøå \"x\"", "{file}");
        assert_eq!(
            values(&data, "svar"),
            [
                (1.0.into(), "Enig".to_owned(), AnswerKind::Answer),
                (2.0.into(), "Uenig".to_owned(), AnswerKind::Answer),
                (9.0.into(), "Ved ikke".to_owned(), AnswerKind::Missing),
            ],
            "{file}"
        );
        assert_eq!(
            data.variable(&"svar".into()).unwrap().missing_ranges,
            [(90.0, 99.0)],
            "{file}"
        );
        assert_eq!(
            values(&data, "by"),
            [("a".into(), "København".to_owned(), AnswerKind::Answer)],
            "{file}"
        );
        assert_eq!(label(&data, "nr"), "Nummer", "{file}");
        assert_eq!(label(&data, "navn"), "", "{file}");
    }
}

#[test]
fn labels_of_fields_are_read() {
    let data = open("fields.parquet").dataset;
    assert_eq!(label(&data, "svar"), "Hvor enig?");
    assert_eq!(data.codebook.title.get(Language::En), "En undersøgelse");
}

#[test]
fn feather_of_the_first_version_is_refused_in_a_sentence() {
    let error = read_quickly("old.feather", b"FEA1 and so on FEA1").unwrap_err();
    assert!(
        error.to_string().contains("Feather file of the first version"),
        "{error}"
    );
}

#[test]
fn twenty_thousand_damaged_arrow_files_are_refused_or_read_but_never_end_the_program() {
    let seeds = [
        "pandas-uncompressed.arrow",
        "pandas-lz4.arrow",
        "pandas-zstd.arrow",
        "polars.arrow",
        "r.arrow",
    ]
    .map(|name| (name.to_owned(), bytes_of(name)));
    let read = read_mutants(&seeds, 20_000, 21);
    assert!(read > 1_000, "{read}");
}

#[test]
fn damaged_notes_of_r_are_passed_over() {
    // The notes alone, so that nearly every damage meets them.
    let file = bytes_of("r.arrow");
    let start = file.windows(4).position(|four| four == b"A\n3\n").unwrap();
    let mut dice = crate::mutants::Dice(22);
    for _ in 0..4_000 {
        let mut damaged = file.clone();
        let at = start + dice.below(1_200);
        damaged[at] = b"0123456789\nA-"[dice.below(13)];
        let _ = read_quickly("r.arrow", &damaged);
    }
}
