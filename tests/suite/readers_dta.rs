//! Stata files that pandas, pyreadstat, R haven, R foreign and R readstata13 wrote, read back as these programs report
//! them; and files that are no good.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{
    self, AnswerKind, Code, DataError, DataWarning, Dataset, Format, Opened, ReadOptions, Text, VariableKind,
};
use serde_json::Value as Json;

use crate::mutants::{read_mutants, read_quickly};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files/dta")
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn reports(name: &str) -> BTreeMap<String, Json> {
    serde_json::from_slice(&bytes_of(name)).unwrap()
}

fn open(name: &str) -> Opened {
    data::read(&folder().join(name), &ReadOptions::default()).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Result<Opened, DataError> {
    data::read_bytes(name, bytes, &ReadOptions::default(), None)
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

fn und(text: &Text) -> &str {
    text.0.get(Text::UNDETERMINED).map_or("", String::as_str)
}

fn equals_report(data: &Dataset, said: &Json, file: &str) {
    assert_eq!(data.format, Format::Dta, "{file}");
    assert_eq!(data.rows as u64, said["rows"].as_u64().unwrap(), "{file}");
    assert_eq!(und(&data.codebook.title), said["title"].as_str().unwrap(), "{file}");
    let variables = said["variables"].as_array().unwrap();
    assert_eq!(data.codebook.variables.len(), variables.len(), "{file}");
    for (variable, said) in data.codebook.variables.iter().zip(variables) {
        let at = format!("{file}, {}", variable.name);
        assert_eq!(variable.name.0, said["name"].as_str().unwrap(), "{at}");
        assert_eq!(und(&variable.label), said["label"].as_str().unwrap(), "{at}");
        let theirs: Vec<Option<Code>> = said["cells"].as_array().unwrap().iter().map(code).collect();
        assert_eq!(cells(data, &variable.name.0), theirs, "{at}");
        let labels: BTreeMap<Code, &str> = variable
            .values
            .iter()
            .filter(|value| !value.label.is_empty())
            .map(|value| (value.code.clone(), und(&value.label)))
            .collect();
        let said_labels: BTreeMap<Code, &str> = said["labels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (code(&pair[0]).unwrap(), pair[1].as_str().unwrap()))
            .collect();
        assert_eq!(labels, said_labels, "{at}");
        let format = said["format"].as_str().unwrap().trim_start_matches(['%', '-']);
        let is_text = format.ends_with('s');
        for code in theirs.iter().flatten().chain(said_labels.keys()) {
            let is_tag = !is_text && matches!(code, Code::Text(text) if text.starts_with('.'));
            assert_eq!(
                variable.answer_kind(code) == AnswerKind::Missing,
                is_tag,
                "{at}: {code}"
            );
        }
        let is_date = ["td", "tc", "tw", "tm", "tq", "th", "d"]
            .iter()
            .any(|date| format.starts_with(date));
        assert_eq!(variable.kind == VariableKind::Date, is_date, "{at}: {format}");
    }
}

/// Writers that put UTF-8 into a release that says nothing of its encoding: read, and said.
fn is_repair(warning: &DataWarning) -> bool {
    matches!(
        warning,
        DataWarning::EncodingRepaired { claimed, found, .. } if claimed == "windows-1252" && found == "UTF-8"
    )
}

#[test]
fn every_stata_file_is_read_as_pandas_reads_it() {
    let reports = reports("reports.json");
    let mut releases = Vec::new();
    for (file, said) in &reports {
        let bytes = bytes_of(file);
        releases.push(match bytes[0] {
            b'<' => String::from_utf8(bytes[28..31].to_vec()).unwrap(),
            release => release.to_string(),
        });
        let opened = open(file);
        assert!(opened.warnings.iter().all(is_repair), "{file}: {:?}", opened.warnings);
        let is_utf8 = releases.last().unwrap().as_str() >= "118";
        assert_eq!(
            opened.dataset.encoding,
            if is_utf8 { "UTF-8" } else { "windows-1252" },
            "{file}"
        );
        equals_report(&opened.dataset, said, file);
    }
    releases.sort();
    releases.dedup();
    assert_eq!(
        releases,
        [
            "104", "105", "108", "110", "111", "113", "114", "115", "117", "118", "119"
        ]
    );
}

#[test]
fn tagged_missings_and_their_labels_are_read_as_haven_reads_them() {
    for (file, said) in &reports("haven.json") {
        equals_report(&open(file).dataset, said, file);
    }
}

#[test]
fn a_tagged_missing_is_a_kind_of_missing_and_a_blank_stays_blank() {
    let data = open("haven-15.dta").dataset;
    let gender = data.variable(&"koen".into()).unwrap();
    let values: Vec<(String, &str, AnswerKind)> = gender
        .values
        .iter()
        .map(|value| (value.code.to_string(), und(&value.label), value.is))
        .collect();
    let expected = [
        ("1", "Mand", AnswerKind::Answer),
        ("2", "Kvinde", AnswerKind::Answer),
        (".a", "Ved ikke", AnswerKind::Missing),
        (".b", "Ubesvaret", AnswerKind::Missing),
        (".m", "Aldrig spurgt", AnswerKind::Missing),
        // Occurs, but has no label.
        (".z", "", AnswerKind::Missing),
    ]
    .map(|(code, label, is)| (code.to_owned(), label, is));
    assert_eq!(values, expected);
    assert_eq!(gender.kind, VariableKind::Nominal);
    let weight = data.variable(&"vaegt".into()).unwrap();
    assert_eq!(weight.kind, VariableKind::Numeric);
    assert!(data.column(&"vaegt".into()).unwrap().number(6).is_nan());
}

#[test]
fn the_person_can_say_which_encoding_an_old_release_has() {
    let told = ReadOptions {
        encoding: Some("windows-1252".to_owned()),
        ..ReadOptions::default()
    };
    let opened = data::read(&folder().join("haven-10.dta"), &told).unwrap();
    assert_eq!(opened.warnings, []);
    assert_eq!(und(&opened.dataset.codebook.title), "PrÃ¸ve fra haven");
    let nonsense = ReadOptions {
        encoding: Some("klingon".to_owned()),
        ..ReadOptions::default()
    };
    let error = data::read(&folder().join("haven-10.dta"), &nonsense).unwrap_err();
    assert!(matches!(error, DataError::NoSuchEncoding { .. }), "{error}");
}

#[test]
fn a_stata_file_is_known_by_what_it_holds() {
    for file in ["haven-8.dta", "haven-13.dta", "foreign-6-be.dta"] {
        let opened = read("x.sav", &bytes_of(file)).unwrap();
        assert_eq!(opened.dataset.format, Format::Dta, "{file}");
    }
    let error = read("x.dta", b"a;b\0\x01\x02").unwrap_err().to_string();
    assert!(error.contains("its name ends in .dta"), "{error}");
}

#[test]
fn a_stata_file_cut_off_anywhere_gives_its_whole_rows_or_an_error() {
    for file in [
        "haven-8.dta",
        "haven-14.dta",
        "labels-105-be.dta",
        "pandas-strl-117-big.dta",
    ] {
        let whole = bytes_of(file);
        let full = open(file).dataset;
        let mut rows_seen = 0;
        for length in (1..whole.len()).filter(|length| length % 3 == 0 || *length + 400 > whole.len()) {
            match read_quickly(file, &whole[..length]) {
                Ok(opened) => {
                    let data = opened.dataset;
                    assert!(data.rows >= rows_seen, "{file}: fewer rows of more bytes");
                    rows_seen = data.rows;
                    let truncated = DataWarning::Truncated {
                        promised: Some(full.rows),
                        read: data.rows,
                    };
                    assert_eq!(
                        opened.warnings.contains(&truncated),
                        data.rows < full.rows,
                        "{file}, {length} bytes"
                    );
                    for (ours, theirs) in data.codebook.variables.iter().zip(&full.codebook.variables) {
                        // Long texts stand behind the rows, and are lost with the end.
                        if file.starts_with("haven") || ours.name.0 == "nr" {
                            let name = &theirs.name.0;
                            assert_eq!(
                                cells(&data, name),
                                cells(&full, name)[..data.rows],
                                "{file}, {length} bytes"
                            );
                        }
                    }
                }
                Err(error) => assert_eq!(rows_seen, 0, "{file}, {length} bytes: {error}"),
            }
        }
        assert_eq!(rows_seen, full.rows, "{file}");
    }
}

#[test]
fn a_damaged_head_says_where_and_what() {
    let said = |file: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes_of(file);
        change(&mut bytes);
        let error = read("x.dta", &bytes).unwrap_err();
        assert!(matches!(error, DataError::Damaged { .. }), "{error}");
        error.to_string()
    };
    assert_eq!(
        said("haven-8.dta", &|bytes| bytes.truncate(100)),
        "x.dta: the file is damaged: it ends at byte 91, where the time of writing should follow. Copy or export it \
         again from where it came from."
    );
    assert!(
        said("haven-8.dta", &|bytes| bytes[0] = 107).contains("it says release 107, which no Stata is known to write")
    );
    assert!(said("haven-14.dta", &|bytes| bytes[30] = b'7').contains("there is no"));
    assert!(said("haven-14.dta", &|bytes| bytes[29] = b'3').contains("it says release 138"));
    assert!(said("haven-14.dta", &|bytes| bytes[52] = b'X').contains("its byte order is XSF"));
    assert!(said("haven-8.dta", &|bytes| bytes[4..6].fill(0)).contains("no variables"));
    let most = said("haven-15.dta", &|bytes| {
        let at = bytes.windows(3).position(|tag| tag == b"<K>").unwrap();
        bytes[at + 3..at + 7].fill(0xFF);
    });
    assert!(
        most.contains("it promises 4294967295 variables, and Stata knows at most 120000"),
        "{most}"
    );
}

#[test]
fn a_stata_file_that_promises_more_rows_than_it_holds_gives_what_it_holds() {
    // With its map, a tagged file still tells where its rows end.
    let mut bytes = bytes_of("haven-14.dta");
    let at = bytes.windows(3).position(|tag| tag == b"<N>").unwrap();
    bytes[at + 3..at + 11].copy_from_slice(&(1u64 << 60).to_le_bytes());
    let opened = read_quickly("x.dta", &bytes).unwrap();
    let truncated = DataWarning::Truncated {
        promised: Some(1 << 60),
        read: 8,
    };
    assert_eq!(opened.warnings, [truncated]);
    equals_report(&opened.dataset, &reports("haven.json")["haven-14.dta"], "haven-14.dta");
    // An old one reads on to its end.
    let mut bytes = bytes_of("haven-8.dta");
    bytes[6..10].fill(0xFF);
    let opened = read_quickly("x.dta", &bytes).unwrap();
    assert!((8..40).contains(&opened.dataset.rows));
}

/// Many labels that share one text without an end.
#[test]
fn labels_that_all_are_one_long_text_are_passed_over() {
    let mut bytes = bytes_of("haven-8.dta");
    let at = bytes.windows(5).position(|name| name == b"Mand\0").unwrap();
    // Where each of the five labels begins, then their codes.
    let starts = at - 5 * 8;
    bytes[starts..starts + 5 * 4].fill(0);
    let text_length = i32::from_le_bytes(bytes[starts - 4..starts].try_into().unwrap()) as usize;
    bytes[at..at + text_length].fill(b'x');
    let opened = read_quickly("x.dta", &bytes).unwrap();
    assert!(opened.warnings.contains(&labels_passed_over()), "{:?}", opened.warnings);
    assert_eq!(opened.dataset.rows, 8);
}

fn labels_passed_over() -> DataWarning {
    DataWarning::PassedOver {
        what: "value labels".to_owned(),
    }
}

/// Two thousand variables that share one table of a thousand labels: two million labels from a file of 0.5 MB.
#[test]
fn labels_times_variables_without_end_are_passed_over() {
    const VARIABLES: usize = 2000;
    const LABELS: usize = 1000;
    let padded =
        |text: &str, width: usize| -> Vec<u8> { text.bytes().chain(std::iter::repeat(0)).take(width).collect() };
    let each = |piece: &dyn Fn(usize) -> Vec<u8>| (0..VARIABLES).flat_map(piece).collect::<Vec<u8>>();
    let mut file = vec![114, 2, 1, 0];
    file.extend((VARIABLES as u16).to_le_bytes());
    file.extend(1u32.to_le_bytes());
    file.extend([0; 81 + 18]);
    file.extend([251; VARIABLES]);
    file.extend(each(&|i| padded(&format!("v{i}"), 33)));
    file.extend([0; 2 * (VARIABLES + 1)]);
    file.extend(each(&|_| padded("%8.0g", 49)));
    file.extend(each(&|_| padded("shared", 33)));
    file.extend(each(&|_| padded("", 81)));
    file.extend([0; 5]);
    file.extend([1; VARIABLES]);
    file.extend(0u32.to_le_bytes());
    file.extend(padded("shared", 33 + 3));
    file.extend(
        [LABELS as u32, 2 * LABELS as u32]
            .iter()
            .flat_map(|number| number.to_le_bytes()),
    );
    file.extend((0..LABELS as u32).flat_map(|i| (2 * i).to_le_bytes()));
    file.extend((0..LABELS as u32).flat_map(u32::to_le_bytes));
    file.extend(b"x\0".repeat(LABELS));
    let opened = read_quickly("x.dta", &file).unwrap();
    assert_eq!(opened.warnings, [labels_passed_over()]);
    let labels: usize = opened
        .dataset
        .codebook
        .variables
        .iter()
        .map(|variable| variable.values.len())
        .sum();
    assert_eq!(labels, 500_000);
}

#[test]
fn twenty_thousand_damaged_stata_files_are_read_or_refused_without_a_panic() {
    let originals: Vec<(String, Vec<u8>)> = [
        "readstata13-104.dta",
        "labels-105.dta",
        "foreign-6-be.dta",
        "readstata13-111.dta",
        "haven-8.dta",
        "pandas-114-big.dta",
        "haven-13.dta",
        "readstata13-118.dta",
        "pandas-names-118.dta",
        "haven-strl-14.dta",
        "pandas-strl-119-big.dta",
    ]
    .map(|name| (name.to_owned(), bytes_of(name)))
    .to_vec();
    let read = read_mutants(&originals, 20_000, 0xD7A);
    assert!((5_000..19_500).contains(&read), "{read} mutants could be read");
}
