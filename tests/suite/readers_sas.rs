//! SAS data sets and catalogs, read as pyreadstat and pandas report them; and files that are no good.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use isobar::data::{self, AnswerKind, Code, DataError, DataWarning, Format, Opened, ReadOptions, VariableKind};
use serde_json::Value as Json;

use crate::mutants::{Dice, mutant, read_mutants};
use crate::reported::{bytes_of, cells, code, cut_everywhere, equals_report, labels_of, read};

const FILES: [&str; 9] = [
    "iris.sas7bdat",
    "readstat32.sas7bdat",
    "readstat64.sas7bdat",
    "packed32.sas7bdat",
    "packed64.sas7bdat",
    "patterns32.sas7bdat",
    "patterns64.sas7bdat",
    "big_endian32.sas7bdat",
    "big_endian64.sas7bdat",
];

#[test]
fn every_sas_data_set_is_read_as_pyreadstat_reads_it() {
    for name in FILES {
        let opened = read(name, &bytes_of("sas7bdat", name)).unwrap();
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(opened.dataset.format, Format::Sas7bdat, "{name}");
        equals_report(&opened.dataset, "sas7bdat", name);
    }
}

#[test]
fn a_file_that_sas_wrote_says_its_encoding() {
    let iris = read("iris.sas7bdat", &bytes_of("sas7bdat", "iris.sas7bdat"))
        .unwrap()
        .dataset;
    assert_eq!(iris.rows, 150);
    assert_eq!(iris.encoding, "windows-1252");
    assert_eq!(iris.codebook.variables[4].kind, VariableKind::Nominal);
}

/// The data set in a folder of its own, with a catalog under this name.
fn beside(folder: &Path, data_set: &str, catalog: &str, as_name: &str) -> Opened {
    let path = folder.join("survey.sas7bdat");
    fs::write(&path, bytes_of("sas7bdat", data_set)).unwrap();
    fs::write(folder.join(as_name), bytes_of("sas7bdat", catalog)).unwrap();
    data::read(&path, &ReadOptions::default()).unwrap()
}

#[test]
fn a_catalog_beside_the_data_set_gives_value_labels() {
    for bits in ["32", "64"] {
        for name in ["survey.sas7bcat", "formats.sas7bcat"] {
            let folder = tempfile::tempdir().unwrap();
            let catalog = format!("readstat{bits}.sas7bcat");
            let opened = beside(folder.path(), &format!("readstat{bits}.sas7bdat"), &catalog, name);
            assert_eq!(opened.warnings, [], "{name}");
            let said: BTreeMap<String, Vec<(Json, String)>> =
                serde_json::from_slice(&bytes_of("sas7bdat", &format!("{catalog}.json"))).unwrap();
            let data = opened.dataset;
            for (variable, format) in [("sector", "SECTORF"), ("code", "$CODEF")] {
                let theirs: BTreeMap<Code, String> = said[format]
                    .iter()
                    .map(|(key, label)| (code(key).unwrap(), label.clone()))
                    .collect();
                assert_eq!(labels_of(&data, variable), theirs, "{bits}: {variable}");
            }
            let sector = data.variable(&"sector".into()).unwrap();
            assert_eq!(sector.answer_kind(&Code::Text(".a".into())), AnswerKind::Missing);
            assert_eq!(sector.kind, VariableKind::Nominal);
        }
    }
}

#[test]
fn the_catalog_of_the_same_name_comes_before_the_common_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("formats.sas7bcat"), b"no catalog").unwrap();
    let opened = beside(
        folder.path(),
        "readstat64.sas7bdat",
        "readstat64.sas7bcat",
        "survey.sas7bcat",
    );
    assert_eq!(opened.warnings, []);
}

#[test]
fn a_catalog_that_is_no_catalog_is_said_and_the_data_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let opened = beside(
        folder.path(),
        "readstat64.sas7bdat",
        "readstat64.sas7bdat",
        "formats.sas7bcat",
    );
    let said = DataWarning::PassedOver {
        what: "formats.sas7bcat".to_owned(),
    };
    assert_eq!(opened.warnings, [said]);
    assert_eq!(opened.dataset.rows, 60);
}

#[test]
fn a_catalog_alone_is_no_survey() {
    let error = read("formats.sas7bcat", &bytes_of("sas7bdat", "readstat32.sas7bcat")).unwrap_err();
    assert!(matches!(error, DataError::NotASurvey { .. }), "{error}");
    assert!(error.to_string().contains("beside its .sas7bdat"), "{error}");
}

#[test]
fn rows_compressed_in_an_unknown_way_are_refused() {
    let mut bytes = bytes_of("sas7bdat", "packed64.sas7bdat");
    let at = bytes.windows(8).position(|window| window == b"SASYZCRL").unwrap();
    bytes[at + 7] = b'9';
    let error = read("x.sas7bdat", &bytes).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("compressed in a way that is not known (SASYZCR9)"),
        "{error}"
    );
}

#[test]
fn an_encoding_that_cannot_be_read_is_said() {
    let mut bytes = bytes_of("sas7bdat", "readstat32.sas7bdat");
    // CP850, as DOS had it in Western Europe.
    bytes[70] = 42;
    let opened = read("x.sas7bdat", &bytes).unwrap();
    let said = DataWarning::PassedOver {
        what: "CP850".to_owned(),
    };
    assert!(opened.warnings.contains(&said), "{:?}", opened.warnings);
}

#[test]
fn deleted_rows_are_left_out() {
    // The second row of the first page of nothing but rows is marked as deleted, as SAS does it: the page says so, the
    // marks stand behind the unused bytes, and the row sizes count it.
    let mut bytes = bytes_of("sas7bdat", "readstat32.sas7bdat");
    let whole = read("x.sas7bdat", &bytes).unwrap().dataset;
    let (header, page_bytes) = (1024, 4096);
    let page = (header..bytes.len())
        .step_by(page_bytes)
        .find(|page| bytes[page + 17] == 1)
        .unwrap();
    let count = usize::from(u16::from_le_bytes([bytes[page + 18], bytes[page + 19]]));
    let size = bytes.windows(4).position(|window| window == [0xF7; 4]).unwrap();
    let row_bytes = u32::from_le_bytes(bytes[size + 20..size + 24].try_into().unwrap()) as usize;
    bytes[page + 16] |= 0x80;
    bytes[size + 28] = 1;
    bytes[page + 12..page + 16].copy_from_slice(&[0; 4]);
    let marks = page + 24 + count * row_bytes;
    let room = count.div_ceil(8);
    bytes[marks..marks + room].fill(0);
    bytes[marks] = 0x40;
    let opened = read("x.sas7bdat", &bytes).unwrap();
    assert_eq!(opened.warnings, []);
    assert_eq!(opened.dataset.rows, whole.rows - 1);
    let (ours, theirs) = (cells(&opened.dataset, "id"), cells(&whole, "id"));
    let gone: Vec<&Option<Code>> = theirs.iter().filter(|id| !ours.contains(id)).collect();
    assert_eq!(gone.len(), 1);
}

#[test]
fn a_sas_data_set_cut_off_gives_its_whole_rows_or_an_error() {
    for name in ["readstat32.sas7bdat", "packed64.sas7bdat"] {
        assert!(cut_everywhere("sas7bdat", name, 500) > 3, "{name}");
    }
}

#[test]
fn twenty_thousand_damaged_sas_data_sets_do_no_harm() {
    let originals: Vec<(String, Vec<u8>)> = FILES[1..]
        .iter()
        .map(|name| ((*name).to_owned(), bytes_of("sas7bdat", name)))
        .collect();
    assert!(read_mutants(&originals, 20_000, 0x5341_5337) > 1000);
}

#[test]
fn damaged_catalogs_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.sas7bdat");
    fs::write(&path, bytes_of("sas7bdat", "patterns32.sas7bdat")).unwrap();
    let beside = folder.path().join("x.sas7bcat");
    let originals = ["readstat32.sas7bcat", "readstat64.sas7bcat"].map(|name| bytes_of("sas7bdat", name));
    let mut dice = Dice(0x5341_5343);
    for round in 0..20_000 {
        fs::write(&beside, mutant(&originals[round % 2], &mut dice)).unwrap();
        let start = Instant::now();
        data::read(&path, &ReadOptions::default()).unwrap();
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
