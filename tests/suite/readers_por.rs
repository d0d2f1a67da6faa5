//! SPSS portable files of PSPP and pyreadstat, read back as these programs report them; and files that are no good.

use isobar::data::{Code, DataError, Format, Role, VariableKind};

use crate::mutants::read_mutants;
use crate::reported::{bytes_of, cells, cut_everywhere, equals_report, read, und};

const FILES: [&str; 3] = ["pspp.por", "pspp_weight.por", "pyreadstat.por"];

#[test]
fn every_portable_file_is_read_as_its_writer_reads_it() {
    for name in FILES {
        let opened = read(name, &bytes_of("por", name)).unwrap();
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(opened.dataset.format, Format::Por, "{name}");
        equals_report(&opened.dataset, "por", name);
    }
}

#[test]
fn the_weight_variable_has_its_role() {
    let weighted = read("x.por", &bytes_of("por", "pspp_weight.por")).unwrap().dataset;
    assert_eq!(weighted.codebook.with_role(Role::Weight).unwrap().name.0, "W");
    let plain = read("x.por", &bytes_of("por", "pspp.por")).unwrap().dataset;
    assert_eq!(plain.codebook.with_role(Role::Weight), None);
}

#[test]
fn kinds_follow_labels_and_looks() {
    let data = read("x.por", &bytes_of("por", "pspp.por")).unwrap().dataset;
    let kind = |name: &str| data.variable(&name.into()).unwrap().kind;
    assert_eq!(kind("SECTOR"), VariableKind::Nominal);
    assert_eq!(kind("SIZE"), VariableKind::Numeric);
    assert_eq!(kind("DAY"), VariableKind::Date);
    assert_eq!(kind("NOTE"), VariableKind::Nominal);
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn a_missing_range_may_be_open_above() {
    // 90 thru 99 becomes 90 thru the highest number.
    let bytes = replaced(&bytes_of("por", "pspp.por"), b"B30/39/", b"A00030/");
    let data = read("x.por", &bytes).unwrap().dataset;
    let sector = data.variable(&"SECTOR".into()).unwrap();
    assert_eq!(sector.missing_ranges, [(90.0, f64::MAX)]);
}

#[test]
fn line_ends_and_lost_blanks_do_not_matter() {
    let bytes = bytes_of("por", "pspp.por");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let stripped: Vec<&str> = lines.iter().map(|line| line.trim_end_matches(' ')).collect();
    for variant in [lines.join("\r\n"), stripped.join("\n"), stripped.join("\r\n")] {
        equals_report(&read("x.por", variant.as_bytes()).unwrap().dataset, "por", "pspp.por");
    }
}

#[test]
fn a_file_in_another_set_of_signs_is_read_by_its_own_table() {
    // As a mainframe would write it, though with another set: every byte is something else, only lines end as here.
    // The label with letters that the set does not have is out of it.
    let text = String::from_utf8(bytes_of("por", "pspp.por")).unwrap();
    let text = text.replace("Vægt: rødgrød på", "Vaegt: roedgroed paa");
    let other: Vec<u8> = text
        .bytes()
        .map(|byte| match byte {
            b'\r' | b'\n' => byte,
            byte => byte.wrapping_add(0x81),
        })
        .collect();
    let (read_here, read_there) = (read("x.por", text.as_bytes()), read("x.por", &other));
    let (here, there) = (read_here.unwrap().dataset, read_there.unwrap().dataset);
    assert_eq!(here.columns, there.columns);
    assert_eq!(here.codebook, there.codebook);
}

#[test]
fn letters_of_windows_1252_are_repaired_and_said() {
    let text = String::from_utf8(bytes_of("por", "pspp.por")).unwrap();
    // As many bytes as the text says it has.
    let bytes: Vec<u8> = text
        .replace("Vægt: rødgrød på", "V\u{1}gt: r\u{2}dgr\u{2}d p\u{3}....")
        .bytes()
        .map(|byte| match byte {
            1 => 0xE6,
            2 => 0xF8,
            3 => 0xE5,
            byte => byte,
        })
        .collect();
    let opened = read("x.por", &bytes).unwrap();
    let weight = opened.dataset.variable(&"W".into()).unwrap();
    assert_eq!(und(&weight.label), "Vægt: rødgrød på....");
    assert_eq!(opened.warnings.len(), 1, "{:?}", opened.warnings);
}

#[test]
fn a_portable_file_cut_off_gives_its_whole_rows_or_an_error() {
    assert!(cut_everywhere("por", "pspp.por", 7) > 20);
    assert!(cut_everywhere("por", "pyreadstat.por", 3) > 20);
}

#[test]
fn nonsense_in_a_portable_file_is_refused_with_its_place() {
    let bytes = bytes_of("por", "pspp.por");
    let error = read("x.por", &replaced(&bytes, b"70/6/SECTOR", b"Q0/6/SECTOR")).unwrap_err();
    assert!(matches!(error, DataError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("cannot be understood at byte"), "{error}");
    let error = read("x.por", &replaced(&bytes, b"SPSSPORT", b"SPSSP0RT")).unwrap_err();
    assert!(error.to_string().contains("table of signs"), "{error}");
}

#[test]
fn a_number_that_is_no_number_ends_the_rows() {
    let bytes = replaced(&bytes_of("por", "pyreadstat.por"), b"F1/", b"F!/");
    assert!(matches!(read("x.por", &bytes), Err(DataError::Damaged { .. })));
}

#[test]
fn rows_stand_in_the_order_of_the_file() {
    let data = read("x.por", &bytes_of("por", "pspp.por")).unwrap().dataset;
    let ids: Vec<Option<Code>> = (1..=6).map(|id| Some(Code::Number(f64::from(id)))).collect();
    assert_eq!(cells(&data, "ID"), ids);
}

#[test]
fn twenty_thousand_damaged_portable_files_do_no_harm() {
    let originals: Vec<(String, Vec<u8>)> = FILES
        .iter()
        .map(|name| ((*name).to_owned(), bytes_of("por", name)))
        .collect();
    assert!(read_mutants(&originals, 20_000, 0x504F_5252) > 1000);
}
