//! SAS transport files of pyreadstat and R haven, read back as these programs report them; and files that are no good.

use isobar::data::{AnswerKind, Code, DataError, DataWarning, Format};

use crate::mutants::read_mutants;
use crate::reported::{bytes_of, cells, cut_everywhere, equals_report, read};

const FILES: [&str; 5] = [
    "pyreadstat5.xpt",
    "pyreadstat8.xpt",
    "haven5.xpt",
    "haven8.xpt",
    "narrow.xpt",
];

#[test]
fn every_transport_file_is_read_as_its_writer_reads_it() {
    for name in FILES {
        let opened = read(name, &bytes_of("xpt", name)).unwrap();
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(opened.dataset.format, Format::Xpt, "{name}");
        equals_report(&opened.dataset, "xpt", name);
    }
}

#[test]
fn tagged_missings_are_kinds_of_missing_and_a_point_is_blank() {
    let data = read("x.xpt", &bytes_of("xpt", "haven5.xpt")).unwrap().dataset;
    let status = data.variable(&"status".into()).unwrap();
    let values: Vec<(String, AnswerKind)> = status.values.iter().map(|v| (v.code.to_string(), v.is)).collect();
    let missing = |tag: &str| (tag.to_owned(), AnswerKind::Missing);
    assert_eq!(values, [missing(".a"), missing(".z")]);
    assert_eq!(
        cells(&data, "status")[2..5],
        [Some(Code::Text(".a".into())), Some(Code::Text(".z".into())), None]
    );
    assert!(data.column(&"status".into()).unwrap().number(2).is_nan());
}

#[test]
fn of_two_data_sets_the_first_is_read_and_the_other_named() {
    let mut bytes = bytes_of("xpt", "pyreadstat5.xpt");
    let other = bytes_of("xpt", "haven5.xpt");
    // Behind the library's three records.
    bytes.extend_from_slice(&other[3 * 80..]);
    let opened = read("x.xpt", &bytes).unwrap();
    equals_report(&opened.dataset, "xpt", "pyreadstat5.xpt");
    let named = DataWarning::PassedOver {
        what: "HAVEN5".to_owned(),
    };
    assert_eq!(opened.warnings, [named]);
}

#[test]
fn numbers_may_be_cut_to_fewer_bytes() {
    // Q1 of eight bytes becomes a number of three: 1, 2, 9, missing, 1 lose only zeros.
    let mut bytes = bytes_of("xpt", "pyreadstat5.xpt");
    let first = 8 * 80;
    assert_eq!(&bytes[first..first + 6], [0, 1, 0, 0, 0, 8]);
    bytes[first + 5] = 3;
    let begin = bytes
        .windows(26)
        .position(|w| w == b"HEADER RECORD*******OBS   ")
        .unwrap()
        + 80;
    let row_bytes = 8 * 4 + 3;
    let mut rows = Vec::new();
    for row in bytes[begin..].chunks_exact(row_bytes).take(5) {
        rows.extend_from_slice(&row[..3]);
        rows.extend_from_slice(&row[8..]);
    }
    rows.resize(rows.len().next_multiple_of(80), b' ');
    bytes.truncate(begin);
    bytes.extend(rows);
    let data = read("x.xpt", &bytes).unwrap().dataset;
    let numbers: Vec<f64> = (0..5).map(|row| data.columns[0].number(row)).collect();
    assert_eq!(numbers[..3], [1.0, 2.0, 9.0]);
    assert!(numbers[3].is_nan());
    assert_eq!(numbers[4], 1.0);
}

#[test]
fn a_transport_file_cut_off_gives_its_whole_rows_or_an_error() {
    // The format does not count its rows, but fills the last record up.
    assert!(cut_everywhere("xpt", "haven8.xpt", 1) > 100);
}

#[test]
fn a_transport_file_without_variables_or_data_is_refused() {
    let bytes = bytes_of("xpt", "pyreadstat5.xpt");
    let error = read("x.xpt", &bytes[..800]).unwrap_err();
    assert!(matches!(error, DataError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("ends before its data begin"), "{error}");
}

#[test]
fn a_file_of_proc_cport_is_named_as_such() {
    let error = read(
        "x.xpt",
        b"**COMPRESSED** **COMPRESSED** **COMPRESSED** **COMPRESSED** **COMPRESSED********",
    )
    .unwrap_err();
    assert!(error.to_string().contains("PROC CPORT"), "{error}");
}

#[test]
fn twenty_thousand_damaged_transport_files_do_no_harm() {
    let originals: Vec<(String, Vec<u8>)> = FILES
        .iter()
        .map(|name| ((*name).to_owned(), bytes_of("xpt", name)))
        .collect();
    assert!(read_mutants(&originals, 20_000, 0x0058_5054) > 1000);
}
