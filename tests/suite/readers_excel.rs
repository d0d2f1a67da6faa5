//! Workbooks that openpyxl, XlsxWriter, xlwt, odfdo and R's openxlsx wrote, read back as pandas, calamine and readxl
//! report them; labels sheets, and workbooks that are no good.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use isobar::data::{self, AnswerKind, Code, DataError, DataWarning, Dataset, Format, Language, Opened, ReadOptions};
use isobar::data::{Text, VariableKind};
use serde_json::Value as Json;

use crate::mutants::{Dice, mutant, read_mutants, read_quickly};
use crate::zip::{archive, archive_of, parts};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files/excel")
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn open(name: &str) -> Opened {
    data::read(&folder().join(name), &ReadOptions::default()).unwrap()
}

fn sheet(name: &str) -> ReadOptions {
    ReadOptions {
        sheet: Some(name.to_owned()),
        ..ReadOptions::default()
    }
}

fn cells(data: &Dataset, name: &str) -> Vec<Option<Code>> {
    let column = data.column(&name.into()).unwrap();
    (0..column.len()).map(|row| column.code(row)).collect()
}

/// A cell as the other program says it; failed formulas are blank here.
fn code(json: &Json) -> Option<Code> {
    match json {
        Json::Null => None,
        Json::Number(number) => Some(Code::Number(number.as_f64().unwrap())),
        Json::String(text) if text.starts_with('#') => None,
        Json::String(text) => Some(Code::Text(text.clone())),
        other => panic!("{other} is no cell"),
    }
}

fn values(data: &Dataset, name: &str) -> Vec<(Code, String, AnswerKind)> {
    let variable = data.variable(&name.into()).unwrap();
    let value = |value: &data::Value| (value.code.clone(), value.label.get(Language::En).to_owned(), value.is);
    variable.values.iter().map(value).collect()
}

fn label(data: &Dataset, name: &str) -> String {
    data.variable(&name.into()).unwrap().label.get(Language::En).to_owned()
}

#[test]
fn workbooks_of_five_programs_read_as_other_programs_report_them() {
    let told: BTreeMap<String, BTreeMap<String, Vec<Json>>> = serde_json::from_slice(&bytes_of("excel.json")).unwrap();
    assert_eq!(told.len(), 6);
    for (file, columns) in told {
        let opened = open(&file);
        let data = &opened.dataset;
        let format = match file.rsplit('.').next() {
            Some("xls") => Format::Xls,
            Some("ods") => Format::Ods,
            _ => Format::Xlsx,
        };
        assert_eq!(data.format, format, "{file}");
        let names: Vec<&str> = data.codebook.variables.iter().map(|v| v.name.0.as_str()).collect();
        assert_eq!(names.len(), columns.len(), "{file}: {names:?}");
        for (name, cells) in columns {
            let cells: Vec<Option<Code>> = cells.iter().map(code).collect();
            assert_eq!(self::cells(data, &name), cells, "{file}, {name}");
        }
    }
}

#[test]
fn numbers_are_the_very_ones_and_dates_are_dates() {
    let opened = open("openpyxl.xlsx");
    let data = &opened.dataset;
    let kind = |name: &str| data.variable(&name.into()).unwrap().kind;
    assert_eq!(kind("dato"), VariableKind::Date);
    assert_eq!(kind("tid"), VariableKind::Date);
    assert_eq!(kind("vægt"), VariableKind::Numeric);
    assert_eq!(kind("svar"), VariableKind::Nominal);
    let weight = data.column(&"vægt".into()).unwrap();
    assert_eq!(weight.number(0).to_bits(), (1.0f64 / 3.0).to_bits());
    assert_eq!(weight.number(1).to_bits(), 0.8f64.to_bits());
    assert_eq!(data.codebook.title.get(Language::Da), "En undersøgelse");
}

#[test]
fn the_first_sheet_with_a_table_is_read_and_another_can_be_chosen() {
    let opened = open("openpyxl.xlsx");
    assert_eq!(opened.dataset.sheets.name(), Some("Data"));
    assert_eq!(opened.dataset.sheets.names, ["Data", "Koder", "Mere"]);
    assert!(opened.warnings.contains(&DataWarning::OtherSheets {
        read: "Data".to_owned(),
        others: vec!["Mere".to_owned()],
    }));
    let path = folder().join("openpyxl.xlsx");
    for name in ["Mere", "mere"] {
        let other = data::read(&path, &sheet(name)).unwrap();
        assert_eq!(other.dataset.rows, 1);
        assert_eq!(other.dataset.sheets.name(), Some("Mere"));
        assert_eq!(other.warnings, []);
    }
    // A labels sheet is read as data where somebody asks for it.
    assert_eq!(data::read(&path, &sheet("Koder")).unwrap().dataset.rows, 8);
    let error = data::read(&path, &sheet("Svar")).unwrap_err();
    let said = error.to_string();
    assert!(matches!(error, DataError::NoSuchSheet { .. }));
    assert!(
        said.ends_with(r#"there is no sheet called "Svar". Choose one of "Læs mig", "Data", "Koder", "Mere"."#),
        "{said}"
    );
}

#[test]
fn a_labels_sheet_explains_the_variables_and_their_codes() {
    use AnswerKind::Answer;
    for file in ["openpyxl.xlsx", "xlwt.xls", "odfdo.ods"] {
        let opened = open(file);
        let data = &opened.dataset;
        assert_eq!(label(data, "svar"), "Hvor enig er du?", "{file}");
        assert_eq!(label(data, "vægt"), "Opregningsvægt", "{file}");
        assert_eq!(
            values(data, "svar"),
            [(1.0, "Meget enig"), (2.0, "Enig"), (3.0, "Uenig"), (9.0, "Ved ikke")].map(|(code, label)| (
                code.into(),
                label.to_owned(),
                Answer
            )),
            "{file}"
        );
        // The codes of the labels sheet are texts, those of the data numbers.
        assert_eq!(
            values(data, "ja"),
            [
                (1.0.into(), "Ja".to_owned(), Answer),
                (0.0.into(), "Nej".to_owned(), Answer)
            ],
            "{file}"
        );
    }
    // Two kinds of label side by side, on a hidden sheet.
    let data = open("xlsxwriter.xlsx").dataset;
    assert_eq!(label(&data, "svar"), "Hvor enig er du?");
    assert_eq!(label(&data, "ja"), "Ja eller nej");
    assert_eq!(values(&data, "svar").len(), 2);
    assert_eq!(values(&data, "ja"), [(1.0.into(), "Ja".to_owned(), Answer)]);
}

#[test]
fn failed_formulas_are_blank_and_counted() {
    let opened = open("xlsxwriter.xlsx");
    assert!(opened.warnings.contains(&DataWarning::FailedFormulas {
        variables: vec!["fejl".into()],
        cells: 10,
    }));
    let column = cells(&opened.dataset, "fejl");
    assert_eq!(column.iter().filter(|cell| cell.is_some()).count(), 20);
}

/// A workbook of one sheet with this XML in its data, and perhaps more after them.
fn made(rows: &str, after: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{after}</worksheet>"
    );
    let parts = parts(&bytes_of("tiny.xlsx"));
    let parts: Vec<(String, Vec<u8>)> = parts
        .into_iter()
        .map(|(name, part)| match name.as_str() {
            "xl/worksheets/sheet1.xml" => (name, sheet.clone().into_bytes()),
            _ => (name, part),
        })
        .collect();
    archive(&parts)
}

fn row(cells: &[&str]) -> String {
    let cells = cells.iter().map(|cell| match cell.parse::<f64>() {
        _ if cell.is_empty() => "<c/>".to_owned(),
        Ok(_) => format!("<c><v>{cell}</v></c>"),
        Err(_) => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
    });
    format!("<row>{}</row>", cells.collect::<String>())
}

fn read(bytes: &[u8]) -> Opened {
    data::read_bytes("made.xlsx", bytes, &ReadOptions::default(), None).unwrap()
}

fn names(data: &Dataset) -> Vec<&str> {
    data.codebook.variables.iter().map(|v| v.name.0.as_str()).collect()
}

#[test]
fn merged_and_missing_headings_get_names_and_blank_columns_are_left_out() {
    let rows = row(&["", "Alder", "Partnere", "", "", "Alder"])
        + &row(&["", "30", "1", "0", "", "7", "x"])
        + "<row r=\"9\"/>"
        + &row(&["", "31", "0", "1", "", "8", "y"]);
    let opened = read(&made(&rows, "<mergeCells><mergeCell ref=\"C1:D1\"/></mergeCells>"));
    assert_eq!(
        names(&opened.dataset),
        ["Alder", "Partnere", "Partnere_2", "Alder_3", "column_7"]
    );
    assert_eq!(opened.dataset.rows, 2);
    assert!(
        opened
            .warnings
            .iter()
            .any(|warning| matches!(warning, DataWarning::ColumnsNamed { columns } if columns.len() == 3))
    );
}

#[test]
fn a_heading_above_several_columns_is_the_question_whose_items_they_are() {
    let rows = row(&["Undersøgelsen"])
        + &row(&["", "Hvem samarbejder I med?", "", "Sidst"])
        + &row(&["id", "Borgere", "Kommuner", "andet"])
        + &row(&["1", "1", "0", "5"])
        + &row(&["2", "0", "1", "6"]);
    let merged = "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B2:C2\"/></mergeCells>";
    let data = read(&made(&rows, merged)).dataset;
    assert_eq!(names(&data), ["id", "Borgere", "Kommuner", "andet"]);
    assert_eq!(label(&data, "Borgere"), "Hvem samarbejder I med?: Borgere");
    assert_eq!(label(&data, "Kommuner"), "Hvem samarbejder I med?: Kommuner");
    assert_eq!(label(&data, "andet"), "");
    assert_eq!(data.codebook.title, Text::plain("Undersøgelsen"));
}

#[test]
fn numbers_among_texts_stay_numbers_and_marks_of_nothing_are_blank() {
    let rows = row(&["a", "b", "c"])
        + &row(&["1", "NA", "007"])
        + &row(&["ved ikke", "2.5", "12"])
        + &row(&["3", "#N/A", "x"]);
    let rows = rows.replace("<c><v>007</v></c>", "<c t=\"str\"><v>007</v></c>");
    let data = read(&made(&rows, "")).dataset;
    let number = |number: f64| Some(Code::Number(number));
    assert_eq!(cells(&data, "a"), [number(1.0), Some("ved ikke".into()), number(3.0)]);
    assert_eq!(cells(&data, "b"), [None, number(2.5), None]);
    assert_eq!(cells(&data, "c"), [Some("007".into()), number(12.0), Some("x".into())]);
}

#[test]
fn few_cells_spread_over_a_huge_sheet_are_refused_before_memory_is_taken() {
    // A heading over every column, and answers in the last row of each.
    let heads: Vec<String> = (0..16_384).map(|column| format!("q{column}")).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut rows = row(&heads);
    for place in 2..20_000 {
        rows.push_str(&format!("<row r=\"{place}\"><c r=\"A{place}\"><v>1</v></c></row>"));
    }
    rows.push_str("<row>");
    rows.push_str(&"<c><v>1</v></c>".repeat(16_384));
    rows.push_str("</row>");
    let error = read_quickly("spread.xlsx", &made(&rows, "")).unwrap_err();
    assert!(error.to_string().contains("spreads few answers"), "{error}");
    // One cell at the end of the sheet is a row like another: blank rows are no respondents.
    let rows = row(&["a", "b"]) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(read(&made(&rows, "")).dataset.rows, 1);
}

#[test]
fn the_command_reads_the_sheet_that_is_asked_for() {
    let file = folder().join("openpyxl.xlsx").display().to_string();
    let ran = crate::program::isobar(&["describe", &file, "--json", "--sheet", "Mere"].map(str::to_owned));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let said: Json = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(said["format"], "xlsx");
    assert_eq!(said["rows"], 1);
    assert_eq!(said["sheet"], "Mere");
    assert_eq!(said["sheets"], serde_json::json!(["Data", "Koder", "Mere"]));
}

#[test]
fn bombs_are_refused_in_a_sentence() {
    let blanks = vec![b' '; 300 << 20];
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&blanks).unwrap();
    let packed = encoder.finish().unwrap();
    let workbook = parts(&bytes_of("tiny.xlsx"));
    // The second lies about what it unpacks to.
    for promised in [blanks.len(), 1000] {
        let mut parts: Vec<(&str, &[u8], usize, u16)> = workbook
            .iter()
            .map(|(name, part)| (name.as_str(), part.as_slice(), part.len(), 0))
            .collect();
        for part in &mut parts {
            if part.0 == "xl/worksheets/sheet1.xml" {
                *part = (part.0, &packed, promised, 8);
            }
        }
        let asked = ReadOptions {
            sheet: Some("Sheet".to_owned()),
            ..ReadOptions::default()
        };
        let error = data::read_bytes("bomb.xlsx", &archive_of(&parts), &asked, None).unwrap_err();
        let said = error.to_string();
        assert!(said.contains("times its size"), "{said}");
    }
}

#[test]
fn other_archives_and_office_files_are_refused_in_a_sentence() {
    let refused = |parts: &[&str]| {
        let parts: Vec<(String, Vec<u8>)> = parts.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect();
        read_quickly("it.zip", &archive(&parts)).unwrap_err().to_string()
    };
    assert!(refused(&["[Content_Types].xml", "word/document.xml"]).contains("it is a Word document"));
    assert!(refused(&["[Content_Types].xml", "ppt/presentation.xml"]).contains("it is a PowerPoint"));
    assert!(refused(&["[Content_Types].xml", "xl/workbook.bin"]).contains(".xlsb"));
    assert!(refused(&["answers.csv"]).contains("it is a zip archive"));
    let error = read_quickly("old.doc", &bytes_of("tiny.xls")[..600]).unwrap_err();
    assert!(error.to_string().contains("damaged"), "{error}");
}

#[test]
fn a_workbook_cut_short_gives_the_rows_it_has() {
    let whole = row(&["a", "b"]) + &row(&["1", "2"]).repeat(50);
    let parts: Vec<(String, Vec<u8>)> = parts(&made(&whole, ""))
        .into_iter()
        .map(|(name, mut part)| {
            if name == "xl/worksheets/sheet1.xml" {
                part.truncate(part.len() / 2);
            }
            (name, part)
        })
        .collect();
    let opened = read(&archive(&parts));
    assert!((20..30).contains(&opened.dataset.rows), "{}", opened.dataset.rows);
    assert!(
        opened
            .warnings
            .iter()
            .any(|warning| matches!(warning, DataWarning::Truncated { promised: None, .. }))
    );
}

/// Damages one part of a workbook, and packs it again with checksums that are right.
fn inner_mutants(name: &str, wanted: &[&str], count: usize, seed: u64) {
    let whole = parts(&bytes_of(name));
    let places: Vec<usize> = (0..whole.len())
        .filter(|place| wanted.contains(&whole[*place].0.as_str()))
        .collect();
    assert_eq!(places.len(), wanted.len(), "{name}");
    let kept: Vec<(String, Vec<u8>)> = whole
        .iter()
        .filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels") || name == "mimetype")
        .filter(|(name, _)| !name.contains("theme") && *name != "styles.xml" && *name != "settings.xml")
        .cloned()
        .collect();
    let mut dice = Dice(seed);
    for round in 0..count {
        let wanted = wanted[round % wanted.len()];
        let mut parts = kept.clone();
        for (name, part) in &mut parts {
            if name == wanted {
                *part = mutant(part, &mut dice);
            }
        }
        let _ = read_quickly(name, &archive(&parts));
    }
}

#[test]
fn twenty_thousand_damaged_xlsx_are_refused_or_read_but_never_end_the_program() {
    let seeds = ["tiny.xlsx", "openxlsx.xlsx"].map(|name| (name.to_owned(), bytes_of(name)));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let sheet = "xl/worksheets/sheet1.xml";
            inner_mutants("tiny.xlsx", &[sheet, "xl/workbook.xml", "xl/styles.xml"], 6_000, 11);
            inner_mutants("openxlsx.xlsx", &[sheet, "xl/sharedStrings.xml"], 6_000, 12);
        });
        read_mutants(&seeds, 8_000, 13);
    });
}

#[test]
fn twenty_thousand_damaged_ods_are_refused_or_read_but_never_end_the_program() {
    let seeds = [("tiny.ods".to_owned(), bytes_of("tiny.ods"))];
    std::thread::scope(|scope| {
        scope.spawn(|| inner_mutants("tiny.ods", &["content.xml"], 12_000, 14));
        read_mutants(&seeds, 8_000, 15);
    });
}

#[test]
fn twenty_thousand_damaged_xls_are_refused_or_read_but_never_end_the_program() {
    let seeds = [("tiny.xls".to_owned(), bytes_of("tiny.xls"))];
    let read = read_mutants(&seeds, 20_000, 16);
    // Most damages of so small a file meet its padding.
    assert!(read > 5_000, "{read}");
}
