//! Files that are cut off, mutated or hostile: read as far as they go, or refused; never a panic, never for long.

use std::fs;
use std::path::Path;

use isobar::data::{self, DataError, DataWarning, ReadOptions, VarId};
use serde_json::Value as Json;

use super::{SIDECAR, bytes_of, cells, equals_report, json_of, open};
use crate::mutants::{mutants_read_by, read_mutants, read_quickly};

#[test]
fn a_file_cut_off_anywhere_gives_its_whole_rows_or_an_error() {
    for name in ["pspp-bytecode.sav", "pspp-plain.sav", "pspp.zsav"] {
        let whole = bytes_of(name);
        let full = open(name).dataset;
        let mut rows_seen = 0;
        for length in 0..whole.len() {
            match read_quickly(name, &whole[..length]) {
                Ok(opened) => {
                    let data = opened.dataset;
                    assert!(data.rows >= rows_seen, "{name}: fewer rows of more bytes");
                    rows_seen = data.rows;
                    let truncated = DataWarning::Truncated {
                        promised: Some(5),
                        read: data.rows,
                    };
                    assert_eq!(
                        opened.warnings.contains(&truncated),
                        data.rows < 5,
                        "{name}, {length} bytes"
                    );
                    for variable in &full.codebook.variables {
                        let name = &variable.name.0;
                        assert_eq!(cells(&data, name), cells(&full, name)[..data.rows], "{length} bytes");
                    }
                }
                Err(error) => assert_eq!(rows_seen, 0, "{name}, {length} bytes: {error}"),
            }
        }
        if name != "pspp.zsav" {
            assert!(rows_seen >= 4, "{name}");
        }
    }
}

fn originals<const N: usize>(names: [&str; N]) -> Vec<(String, Vec<u8>)> {
    names.map(|name| (name.to_owned(), bytes_of(name))).to_vec()
}

#[test]
fn twenty_thousand_damaged_sav_files_do_no_harm() {
    let originals = originals(["pspp-bytecode.sav", "pspp-plain.sav", "pspp-big-endian.sav"]);
    let read = read_mutants(&originals, 20_000, 0x1507_2016);
    assert!((2_000..19_900).contains(&read), "{read} mutants could be read");
}

#[test]
fn twenty_thousand_damaged_zsav_files_do_no_harm() {
    let read = read_mutants(&originals(["pspp.zsav"]), 20_000, 0x2A5A);
    assert!((200..19_900).contains(&read), "{read} mutants could be read");
}

#[test]
fn twenty_thousand_damaged_text_tables_do_no_harm() {
    let originals = originals([
        "komma.csv",
        "semikolon-decimalkomma.csv",
        "windows-1252.csv",
        "bom.csv",
        "tabulator-utf-16.tsv",
    ]);
    let read = read_mutants(&originals, 20_000, 0xC57);
    assert!((2_000..19_900).contains(&read), "{read} mutants could be read");
}

#[test]
fn twenty_thousand_damaged_parquet_files_do_no_harm() {
    let read = read_mutants(&originals(["pyarrow-small.parquet"]), 20_000, 0x9A51);
    assert!((200..19_900).contains(&read), "{read} mutants could be read");
}

#[test]
fn large_parquet_files_are_refused_wherever_they_are_cut_off() {
    let original = bytes_of("pandas-zstd.parquet");
    for length in (0..original.len()).step_by(97) {
        assert!(read_quickly("cut.parquet", &original[..length]).is_err());
    }
    read_mutants(&originals(["pandas-zstd.parquet", "pandas.parquet"]), 300, 7);
}

/// A codebook that comes with the program, less most of it, and a survey that has its variables.
fn short_codebook() -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/organisationer-2016.codebook.json");
    let mut whole: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (list, most) in [("variables", 5), ("questions", 2), ("bases", 1), ("actors", 2)] {
        if let Some(list) = whole.get_mut(list).and_then(Json::as_array_mut) {
            list.truncate(most);
        }
    }
    let variables = whole["variables"].as_array().unwrap();
    let names: Vec<&str> = variables
        .iter()
        .map(|variable| variable["name"].as_str().unwrap())
        .collect();
    let row = |cell: &str| vec![cell; names.len()].join(";");
    let survey = format!("{}\n{}\n{}\n", names.join(";"), row("1"), row("99"));
    (whole.to_string(), survey)
}

#[test]
fn twenty_thousand_damaged_codebooks_do_no_harm() {
    let (codebook, survey) = short_codebook();
    let written_by_hand = "holdning;alder;p1\n1;64;0\n9;999;1\n".to_owned();
    let surveys = [("short.csv", survey), ("hand.csv", written_by_hand)];
    let survey_of = |name: &str| &surveys.iter().find(|(survey, _)| *survey == name).unwrap().1;
    let read = |name: &str, json: &[u8]| {
        let json = String::from_utf8_lossy(json);
        match data::read_bytes(name, survey_of(name).as_bytes(), &ReadOptions::default(), Some(&json)) {
            Ok(opened) => {
                opened.dataset.questions();
                true
            }
            Err(error @ DataError::Codebook { .. }) => {
                assert!(error.to_string().contains("codebook"), "{error}");
                false
            }
            Err(error) => panic!("{error}\n{json}"),
        }
    };
    let originals = [
        ("short.csv".to_owned(), codebook.into_bytes()),
        ("hand.csv".to_owned(), SIDECAR.into()),
    ];
    for (name, json) in &originals {
        assert!(read(name, json), "{name}");
    }
    let read = mutants_read_by(&originals, 20_000, 0xC0DE, read);
    assert!((2_000..19_900).contains(&read), "{read} mutants could be read");
}

#[test]
fn a_file_that_promises_more_than_it_holds_takes_no_memory_on_its_word() {
    let mut bytes = bytes_of("pspp-bytecode.sav");
    bytes[80..84].copy_from_slice(&i32::MAX.to_le_bytes());
    // The 64-bit number of rows (record 7/16), where there is one, would overrule it.
    let long: Vec<u8> = [7i32, 16, 8, 2]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    if let Some(at) = bytes.windows(long.len()).position(|window| window == long) {
        bytes[at + 24..at + 32].copy_from_slice(&(1i64 << 60).to_le_bytes());
    }
    let opened = read_quickly("x.sav", &bytes).unwrap();
    assert_eq!(opened.dataset.rows, 5);
    assert!(matches!(
        opened.warnings.as_slice(),
        [DataWarning::Truncated { promised: Some(promised), read: 5 }] if *promised >= i32::MAX as usize
    ));
    // Label, name and record counts of two thousand million each.
    for at in (176..bytes.len().min(3000)).step_by(4) {
        let mut hostile = bytes.clone();
        hostile[at..at + 4].copy_from_slice(&i32::MAX.to_le_bytes());
        read_quickly("x.sav", &hostile).ok();
    }
}

#[test]
fn a_file_that_does_not_say_how_many_rows_it_has_is_read_to_its_end() {
    let mut bytes = bytes_of("pspp-bytecode.sav");
    bytes[80..84].copy_from_slice(&(-1i32).to_le_bytes());
    let long: Vec<u8> = [7i32, 16, 8, 2]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    if let Some(at) = bytes.windows(long.len()).position(|window| window == long) {
        bytes[at + 24..at + 32].copy_from_slice(&(-1i64).to_le_bytes());
    }
    let opened = read_quickly("x.sav", &bytes).unwrap();
    equals_report(&opened.dataset, &json_of("pspp.json"), "x.sav");
    assert_eq!(opened.warnings, []);
    let cut = read_quickly("x.sav", &bytes[..bytes.len() - 16]).unwrap();
    assert_eq!(cut.dataset.rows, 4);
    let truncated = DataWarning::Truncated {
        promised: None,
        read: 4,
    };
    assert_eq!(cut.warnings, [truncated]);
}

#[test]
fn a_thousand_columns_of_one_name_take_no_long_time() {
    let line = |cell: &str| vec![cell; 5_000].join(",");
    let text = format!("{}\n{}\n", line("a"), line("1"));
    let opened = read_quickly("x.csv", text.as_bytes()).unwrap();
    assert_eq!(opened.dataset.columns.len(), 5_000);
    assert!(opened.dataset.variable(&VarId("a_4999".to_owned())).is_ok());
}
