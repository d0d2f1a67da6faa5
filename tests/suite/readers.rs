//! Files that other programs wrote, read back equal; and files that are no good, refused in words or read as far as they go.

use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{
    self, AnswerKind, Code, Column, DataError, DataWarning, Dataset, Format, Language, Opened, QuestionId,
    QuestionKind, ReadOptions, Role, Text, VariableKind,
};
use serde_json::Value as Json;

mod damaged;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files")
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn json_of(name: &str) -> Json {
    serde_json::from_slice(&bytes_of(name)).unwrap()
}

fn open(name: &str) -> Opened {
    data::read(&folder().join(name), &ReadOptions::default()).unwrap()
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Opened, DataError> {
    data::read_bytes(name, bytes, &ReadOptions::default(), None)
}

fn read_text(text: &str) -> Dataset {
    read_bytes("x.csv", text.as_bytes()).unwrap().dataset
}

fn column<'a>(data: &'a Dataset, name: &str) -> &'a Column {
    data.column(&name.into()).unwrap()
}

fn cells(data: &Dataset, name: &str) -> Vec<Option<Code>> {
    let column = column(data, name);
    (0..column.len()).map(|row| column.code(row)).collect()
}

fn code(json: &Json) -> Option<Code> {
    match json {
        Json::Null => None,
        Json::Bool(yes) => Some(Code::Number(f64::from(u8::from(*yes)))),
        Json::Number(number) => Some(Code::Number(number.as_f64().unwrap())),
        Json::String(text) => Some(Code::Text(text.clone())),
        other => panic!("{other} is no cell"),
    }
}

fn codes(json: &Json) -> Vec<Option<Code>> {
    json.as_array().unwrap().iter().map(code).collect()
}

/// Whether a code looks like seconds that the other program left as they were, and the text the date of them.
fn same_moment(ours: &Option<Code>, theirs: &Option<Code>) -> bool {
    match (ours, theirs) {
        // PSPP's own calendar: MAR 2016, FEB 2016, DEC 1999.
        (Some(Code::Text(ours)), Some(Code::Number(theirs))) => [
            ("2016-03-01", 13_676_169_600.0),
            ("2016-02-01", 13_673_664_000.0),
            ("1999-12-01", 13_163_385_600.0),
        ]
        .contains(&(ours.as_str(), *theirs)),
        _ => ours == theirs,
    }
}

fn und(text: &Text) -> &str {
    text.0.get(Text::UNDETERMINED).map_or("", String::as_str)
}

fn equals_report(data: &Dataset, report: &Json, name: &str) {
    assert_eq!(data.rows as u64, report["rows"].as_u64().unwrap(), "{name}");
    assert_eq!(und(&data.codebook.title), report["title"].as_str().unwrap(), "{name}");
    let variables = report["variables"].as_array().unwrap();
    assert_eq!(data.codebook.variables.len(), variables.len(), "{name}");
    for (variable, said) in data.codebook.variables.iter().zip(variables) {
        let at = format!("{name}, {}", variable.name);
        assert_eq!(variable.name.0, said["name"].as_str().unwrap(), "{at}");
        assert_eq!(und(&variable.label), said["label"].as_str().unwrap(), "{at}");
        let (ours, theirs) = (cells(data, &variable.name.0), codes(&said["cells"]));
        assert!(
            ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(ours, theirs)| same_moment(ours, theirs)),
            "{at}: {ours:?} is not {theirs:?}"
        );
        let mut labels: Vec<(Code, String)> = variable
            .values
            .iter()
            .filter(|value| !value.label.is_empty())
            .map(|value| (value.code.clone(), und(&value.label).to_owned()))
            .collect();
        labels.sort();
        let mut said_labels: Vec<(Code, String)> = said["labels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (code(&pair[0]).unwrap(), pair[1].as_str().unwrap().to_owned()))
            .collect();
        said_labels.sort();
        assert_eq!(labels, said_labels, "{at}");
        for cell in ours.iter().flatten() {
            let missing = said["missing"].as_array().unwrap().iter().any(|range| {
                let low = code(&range[0]).is_none_or(|low| low <= *cell);
                low && code(&range[1]).is_none_or(|high| *cell <= high)
            });
            let is = if missing {
                AnswerKind::Missing
            } else {
                AnswerKind::Answer
            };
            assert_eq!(variable.answer_kind(cell), is, "{at}: {cell}");
        }
        let dates = ["DATE", "EDATE", "MOYR"]
            .iter()
            .any(|date| said["format"].as_str().unwrap().starts_with(date));
        match (said["measure"].as_str().unwrap(), labels.is_empty()) {
            _ if dates => assert_eq!(variable.kind, VariableKind::Date, "{at}"),
            ("ordinal", _) => assert_eq!(variable.kind, VariableKind::Ordinal, "{at}"),
            ("nominal", false) => assert_eq!(variable.kind, VariableKind::Nominal, "{at}"),
            ("scale", true) => assert_eq!(variable.kind, VariableKind::Numeric, "{at}"),
            _ => {}
        }
    }
}

#[test]
fn spss_files_of_pspp_are_read_as_pyreadstat_reads_them() {
    let report = json_of("pspp.json");
    for (name, format, encoding) in [
        ("pspp-plain.sav", Format::Sav, "UTF-8"),
        ("pspp-bytecode.sav", Format::Sav, "UTF-8"),
        ("pspp-big-endian.sav", Format::Sav, "UTF-8"),
        ("pspp.zsav", Format::Zsav, "UTF-8"),
        ("pspp-windows-1252.sav", Format::Sav, "windows-1252"),
    ] {
        let opened = open(name);
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(
            (opened.dataset.format, opened.dataset.encoding.as_str()),
            (format, encoding),
            "{name}"
        );
        equals_report(&opened.dataset, &report, name);
        let weight = opened
            .dataset
            .codebook
            .with_role(Role::Weight)
            .map(|variable| variable.name.0.as_str());
        assert_eq!(weight, Some("Vægten"), "{name}");
    }
}

#[test]
fn spss_files_of_pyreadstat_are_read_as_pyreadstat_reads_them() {
    let report = json_of("pyreadstat.json");
    for name in [
        "pyreadstat-plain.sav",
        "pyreadstat-bytecode.sav",
        "pyreadstat-big-endian.sav",
        "pyreadstat.zsav",
    ] {
        let opened = open(name);
        assert_eq!(opened.warnings, [], "{name}");
        equals_report(&opened.dataset, &report, name);
    }
}

#[test]
fn multiple_response_sets_become_questions() {
    let data = open("pspp-bytecode.sav").dataset;
    let sets = &json_of("pspp.json")["sets"];
    for name in ["partnere", "initiativ", "talt"] {
        let question = data.question(&QuestionId(format!("${name}"))).unwrap();
        let said = &sets[name];
        assert_eq!(question.kind, QuestionKind::Multiple);
        assert_eq!(und(&question.short), said["label"].as_str().unwrap());
        assert_eq!(
            question.counted,
            code(&said["counted_value"]).into_iter().collect::<Vec<_>>()
        );
        let variables: Vec<&str> = said["variable_list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_str().unwrap())
            .collect();
        if name == "initiativ" {
            // One item for each labelled code that is not missing; 99 is.
            let items: Vec<_> = question
                .items
                .iter()
                .map(|item| {
                    let label = item.label.as_ref().map(und).unwrap();
                    (
                        label,
                        item.counted.clone(),
                        item.variables().map(|v| v.0.as_str()).collect::<Vec<_>>(),
                    )
                })
                .collect();
            let expected = [("Medarbejdere", 1.0), ("Ledere", 2.0), ("Borgere", 3.0)]
                .map(|(label, code)| (label, vec![Code::Number(code)], variables.clone()));
            assert_eq!(items, expected);
        } else {
            let items: Vec<&str> = question.items.iter().map(|item| item.var.0.as_str()).collect();
            assert_eq!(items, variables);
        }
    }
    let counted = data.question(&"$talt".into()).unwrap();
    let labels: Vec<&str> = counted
        .items
        .iter()
        .filter_map(|item| item.label.as_ref())
        .map(und)
        .collect();
    assert_eq!(labels, ["Ja, virksomheder", "Ja"]);
    // Variables of a set make no questions of their own, but can be asked for.
    let ids: Vec<String> = data.questions().iter().map(|question| question.id.0.clone()).collect();
    assert_eq!(
        ids,
        [
            "$partnere",
            "$initiativ",
            "$talt",
            "alder",
            "holdning",
            "bynavn",
            "svarord",
            "dato",
            "maaned",
            "uge",
            "varighed"
        ]
    );
    assert_eq!(data.question(&"p1".into()).unwrap().kind, QuestionKind::Single);
    assert_eq!(
        data.question(&"holdnig".into()).unwrap_err().to_string(),
        "there is no question called \"holdnig\" (did you mean \"holdning\"?). See `isobar describe` for the questions."
    );
}

#[test]
fn windows_1252_texts_in_a_file_that_claims_utf_8_are_repaired_and_said() {
    let opened = open("claims-utf-8.sav");
    equals_report(&opened.dataset, &json_of("pspp.json"), "claims-utf-8.sav");
    assert!(
        matches!(
            opened.warnings.as_slice(),
            [DataWarning::EncodingRepaired { claimed, found, .. }] if claimed == "UTF-8" && found == "windows-1252"
        ),
        "{:?}",
        opened.warnings
    );
    // Who says that it is UTF-8 gets UTF-8, with replacement signs.
    let told = ReadOptions {
        encoding: Some("utf-8".to_owned()),
        ..ReadOptions::default()
    };
    let opened = data::read(&folder().join("claims-utf-8.sav"), &told).unwrap();
    assert!(matches!(opened.warnings.as_slice(), [DataWarning::Encoding { .. }]));
    assert_eq!(und(&opened.dataset.codebook.title), "Pr\u{FFFD}ve fra PSPP");
}

#[test]
fn parquet_files_of_pandas_are_read_as_they_were_written() {
    let said = json_of("pandas.parquet.json");
    for name in ["pandas.parquet", "pandas-zstd.parquet"] {
        let opened = open(name);
        let data = &opened.dataset;
        assert_eq!((data.format, data.rows), (Format::Parquet, 40));
        for variable in &data.codebook.variables {
            let mut theirs = codes(&said[&variable.name.0]);
            if variable.name.0 == "for_stor" {
                // Too large to be exact as numbers: kept as texts.
                theirs = said["for_stor"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|n| Some(Code::Text(n.to_string())))
                    .collect();
            }
            assert_eq!(cells(data, &variable.name.0), theirs, "{name}, {}", variable.name);
        }
        let left_out = DataWarning::PassedOver {
            what: "liste".to_owned(),
        };
        let expected = if name == "pandas.parquet" {
            vec![left_out]
        } else {
            Vec::new()
        };
        assert_eq!(opened.warnings, expected);
    }
    let data = open("pandas.parquet").dataset;
    assert_eq!(data.codebook.variables.len(), 11);
    let kind = |name: &str| data.variable(&name.into()).unwrap().kind;
    assert_eq!(
        (kind("dato"), kind("tid"), kind("ja")),
        (VariableKind::Date, VariableKind::Date, VariableKind::Nominal)
    );
    assert_eq!(
        (kind("vægt"), kind("region")),
        (VariableKind::Numeric, VariableKind::Nominal)
    );
}

#[test]
fn text_tables_of_pandas_are_read_as_they_were_written_whatever_their_marks() {
    let said = json_of("csv.json");
    for (name, encoding) in [
        ("komma.csv", "UTF-8"),
        ("semikolon-decimalkomma.csv", "UTF-8"),
        ("tabulator-utf-16.tsv", "UTF-16LE"),
        ("windows-1252.csv", "windows-1252"),
        ("bom.csv", "UTF-8"),
    ] {
        let opened = open(name);
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(opened.dataset.encoding, encoding, "{name}");
        for column in ["nr", "alder", "vægt", "by"] {
            assert_eq!(cells(&opened.dataset, column), codes(&said[column]), "{name}, {column}");
        }
        assert_eq!(opened.dataset.columns.len(), 4, "{name}");
    }
}

#[test]
fn a_wrong_guess_about_a_text_table_can_be_overruled() {
    let text = "a;b\n1.234;x,y\n5.678;z,w\n";
    assert_eq!(cells(&read_text(text), "a"), [Some(1.234.into()), Some(5.678.into())]);
    let read = |options: ReadOptions| data::read_bytes("x.csv", text.as_bytes(), &options, None);
    let commas = ReadOptions {
        separator: Some(','),
        ..ReadOptions::default()
    };
    assert!(matches!(read(commas), Err(DataError::Damaged { .. })));
    let decimal_comma = ReadOptions {
        decimal_comma: Some(true),
        ..ReadOptions::default()
    };
    let opened = read(decimal_comma).unwrap();
    assert_eq!(cells(&opened.dataset, "a")[0], Some("1.234".into()));
    assert_eq!(
        opened.warnings,
        [DataWarning::AmbiguousNumbers {
            variables: vec!["a".into()]
        }]
    );
    let nonsense = ReadOptions {
        encoding: Some("klingon".to_owned()),
        ..ReadOptions::default()
    };
    assert_eq!(
        read(nonsense).unwrap_err().to_string(),
        "x.csv: there is no text encoding called \"klingon\". Use utf-8, windows-1252 or utf-16le."
    );
    let letter = ReadOptions {
        separator: Some('a'),
        ..ReadOptions::default()
    };
    assert!(matches!(read(letter), Err(DataError::BadSeparator { .. })));
}

#[test]
fn oddities_of_text_tables_are_taken_as_they_are_meant() {
    // R's write.csv with row names and dotted, quoted headings.
    let r = read_text("\"\",\"sch.wide\",\"api00\"\n\"1\",\"Yes\",840\n\"2\",\"No\",NA\n");
    assert_eq!(r.codebook.variables[0].name.0, "column_1");
    assert_eq!(cells(&r, "sch.wide"), [Some("Yes".into()), Some("No".into())]);
    assert_eq!(cells(&r, "api00"), [Some(840.0.into()), None]);
    // R's write.table: row names without a heading.
    let r = read_text("a\tb\nr1\t1\t2\nr2\t3\t4\n");
    assert_eq!(cells(&r, "b"), [Some(2.0.into()), Some(4.0.into())]);
    // Excel: a line that tells the separator, and separators at the end of lines.
    let excel = read_text("sep=;\r\na;b\r\n1;2;;\r\n3;;\r\n");
    assert_eq!(cells(&excel, "b"), [Some(2.0.into()), None]);
    // Two columns of one name.
    let twice = read_bytes("x.csv", b"a,a\n1,2\n").unwrap();
    assert_eq!(
        twice.warnings,
        [DataWarning::ColumnsNamed {
            columns: vec!["a_1".into()]
        }]
    );
    assert_eq!(cells(&twice.dataset, "a_1"), [Some(2.0.into())]);
    // One column only.
    assert_eq!(
        cells(&read_text("x\n1,5\n2\n"), "x"),
        [Some(1.5.into()), Some(2.0.into())]
    );
    // Codes that only look like numbers.
    assert_eq!(cells(&read_text("id;n\n007;1\n008;2\n"), "id")[0], Some("007".into()));
}

#[test]
fn a_ragged_row_is_refused_by_its_line() {
    let error = read_bytes("svar.csv", b"a;b;c\n1;\"to\nlinjer\";3\n4;5\n6;7;8\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "svar.csv: the file is damaged: the row in line 4 has 2 cells where the heading has 3. Copy or export it again \
         from where it came from."
    );
}

#[test]
fn files_that_are_no_surveys_are_refused_in_words() {
    let said = |name: &str, bytes: &[u8]| read_bytes(name, bytes).unwrap_err().to_string();
    assert_eq!(
        said("a.xlsx", b"PK\x03\x04\x14\0"),
        "a.xlsx: the file is damaged: its end, where a workbook lists its parts, is not there. Copy or export it again \
         from where it came from."
    );
    assert!(said("a.sav", b"\x00\x01\x02 nothing of the kind").contains("its name ends in .sav"));
    assert!(said("a.csv", b"").contains("the file is empty"));
    assert!(said("a.csv", b" \n\n").contains("the file is empty"));
    assert!(said("a.csv", b"a;b\n").contains("no rows of answers"));
    assert!(said("a.txt", b"Dear reader\nthis is a letter\n").contains("a text without columns"));
    assert!(said("a.json", b"{\"a\": 1, \"b\": 2}").contains("it looks like JSON"));
    assert!(said("a.parquet", b"PAR1 and no more").contains("damaged"));
    assert!(said("a.sav", b"$FL2 and no more").contains("it ends before its data begin"));
    let missing = data::read(Path::new("nowhere/x.sav"), &ReadOptions::default()).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "nowhere/x.sav: there is no such file. Check the name, or choose the file again."
    );
    let directory = data::read(&folder(), &ReadOptions::default()).unwrap_err();
    assert!(matches!(directory, DataError::Unreadable { .. }), "{directory}");
}

#[test]
fn a_wrongly_named_file_is_read_by_what_it_holds() {
    let sav = read_bytes("x.csv", &bytes_of("pspp-bytecode.sav")).unwrap();
    assert_eq!(sav.dataset.format, Format::Sav);
    let csv = read_bytes("x.sav", &bytes_of("komma.csv")).unwrap();
    assert_eq!(csv.dataset.format, Format::Csv);
    let parquet = read_bytes("x.zsav", &bytes_of("pandas.parquet")).unwrap();
    assert_eq!(parquet.dataset.format, Format::Parquet);
}

const SIDECAR: &str = r#"{
  "isobar_codebook": 1,
  "title": {"da": "Prøve", "en": "Trial"},
  "bases": [{"id": "old", "label": {"en": "the old"}, "when": "alder >= 65"},
            {"id": "lost", "label": {"en": "the lost"}, "when": "tabt = 1"}],
  "variables": [
    {"name": "holdning", "label": {"da": "Holdning"}, "kind": "nominal", "role": "sector",
     "values": [{"code": 9, "label": {"da": "Ubesvaret"}, "is": "refused"},
                {"code": 8, "is": "dont_know"},
                {"code": 1}]},
    {"name": "alder", "kind": "numeric", "role": "weight",
     "values": [{"code": 999, "label": {"da": "meget gammel"}}], "blank": "not_asked"},
    {"name": "tabt", "kind": "nominal"}
  ],
  "questions": [
    {"id": "one", "kind": "single", "items": [{"var": "holdning"}], "base": "old"},
    {"id": "two", "kind": "single", "items": [{"var": "tabt"}]},
    {"id": "three", "kind": "single", "items": [{"var": "p1"}], "base": "lost"}
  ]
}"#;

#[test]
fn the_codebook_wins_where_it_speaks_and_the_file_is_kept_where_it_does_not() {
    let file = bytes_of("pspp-bytecode.sav");
    let opened = data::read_bytes("x.sav", &file, &ReadOptions::default(), Some(SIDECAR)).unwrap();
    let data = &opened.dataset;
    assert_eq!(
        (data.title(Language::Da), data.title(Language::En)),
        ("Prøve".into(), "Trial".into())
    );
    let holdning = data.variable(&"holdning".into()).unwrap();
    assert_eq!(holdning.label.0.len(), 1);
    assert_eq!(holdning.label.get(Language::Da), "Holdning");
    let labels: Vec<(String, &str, AnswerKind)> = holdning
        .values
        .iter()
        .map(|value| (value.code.to_string(), value.label.get(Language::Da), value.is))
        .collect();
    assert_eq!(
        labels,
        [
            ("9".to_owned(), "Ubesvaret", AnswerKind::Refused),
            ("8".to_owned(), "Ved ikke", AnswerKind::DontKnow),
            ("1".to_owned(), "Enig", AnswerKind::Answer),
            ("2".to_owned(), "Uenig", AnswerKind::Answer),
        ]
    );
    // Levels stand in the codebook's order.
    let Column::Coded { levels, .. } = column(data, "holdning") else {
        panic!("not coded")
    };
    assert_eq!(
        levels.iter().filter_map(Code::number).collect::<Vec<_>>(),
        [9.0, 8.0, 1.0, 2.0, -3.0]
    );
    // The codebook calls 999 an answer though the file calls it missing; LO THRU -1 stays missing.
    let alder = data.variable(&"alder".into()).unwrap();
    assert_eq!(alder.answer_kind(&999.0.into()), AnswerKind::Answer);
    assert_eq!(alder.answer_kind(&(-1.0).into()), AnswerKind::Missing);
    assert_eq!(alder.blank, AnswerKind::NotAsked);
    assert_eq!(alder.label.get(Language::Da), "Alder i år");
    // One weight: the codebook's.
    assert_eq!(data.variable(&"Vægten".into()).unwrap().role, None);
    // What needs something that is not there is left out and said.
    let left_out = |question: &str, lacks: &str| DataWarning::QuestionLeftOut {
        question: question.into(),
        lacks: lacks.to_owned(),
    };
    assert_eq!(
        opened.warnings,
        [
            DataWarning::CodebookMismatch {
                codebook: "x.codebook.json".to_owned(),
                missing: vec!["tabt".into()]
            },
            left_out("two", "tabt"),
            left_out("three", "lost"),
        ]
    );
    let ids: Vec<&str> = data
        .codebook
        .questions
        .iter()
        .map(|question| question.id.0.as_str())
        .collect();
    assert_eq!(ids, ["one", "$partnere", "$initiativ", "$talt"]);
}

#[test]
fn a_codebook_translates_codes_that_a_text_table_writes_otherwise() {
    let sidecar = r#"{"isobar_codebook": 1, "variables": [
        {"name": "a", "kind": "nominal", "values": [{"code": 2, "label": {"da": "Nej", "en": "No"}}, {"code": 1, "label": {"da": "Ja", "en": "Yes"}}]},
        {"name": "b", "kind": "nominal", "values": [{"code": "1", "label": {"en": "one"}}]},
        {"name": "c", "kind": "nominal", "values": [{"code": 1, "label": {"en": "one"}}]}]}"#;
    let text = "a;b;c\nJa;1;01\nNo;1;02\n1;;03\n";
    let data = data::read_bytes("x.csv", text.as_bytes(), &ReadOptions::default(), Some(sidecar))
        .unwrap()
        .dataset;
    assert_eq!(cells(&data, "a"), [1.0, 2.0, 1.0].map(|code| Some(code.into())));
    assert_eq!(cells(&data, "b"), [Some("1".into()), Some("1".into()), None]);
    assert_eq!(cells(&data, "c"), [1.0, 2.0, 3.0].map(|code| Some(code.into())));
}

#[test]
fn a_codebook_that_is_no_good_is_refused_by_its_name_and_line() {
    let said = |json: &str| {
        data::read_bytes("x.csv", b"a;b\n1;2\n", &ReadOptions::default(), Some(json))
            .unwrap_err()
            .to_string()
    };
    let broken = said("{\n  \"isobar_codebook\": 1,\n  \"variables\": [,]\n}");
    assert!(
        broken.starts_with("x.codebook.json: the codebook cannot be used: expected value at line 3"),
        "{broken}"
    );
    let condition = said(
        "{\"isobar_codebook\": 1, \"variables\": [],\n\"bases\": [{\"id\": \"x\", \"label\": {}, \"when\": \"a =\"}]}",
    );
    assert!(
        condition.contains("the condition `a =` cannot be read") && condition.contains("line 2"),
        "{condition}"
    );
    assert!(said("{\"isobar_codebook\": 2, \"variables\": []}").contains("written by a newer Isobar"));
    let twice =
        r#"{"isobar_codebook": 1, "variables": [{"name": "a", "role": "weight"}, {"name": "b", "role": "weight"}]}"#;
    assert!(said(twice).contains("a and b both have the role weight"));
    let nowhere = ReadOptions {
        codebook: Some("nowhere.json".into()),
        ..ReadOptions::default()
    };
    let error = data::read_bytes("x.csv", b"a;b\n1;2\n", &nowhere, None)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("nowhere.json: the codebook cannot be used: there is no such file"),
        "{error}"
    );
}

#[test]
fn the_sidecar_beside_a_file_is_found_and_another_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("svar.2016.csv");
    fs::write(&file, "a;b\n1;2\n").unwrap();
    let sidecar =
        |title: &str| format!("{{\"isobar_codebook\": 1, \"title\": {{\"en\": \"{title}\"}}, \"variables\": []}}");
    let title = |options: &ReadOptions| data::read(&file, options).unwrap().dataset.title(Language::En);
    assert_eq!(title(&ReadOptions::default()), "svar.2016");
    fs::write(folder.path().join("svar.2016.codebook.json"), sidecar("beside")).unwrap();
    assert_eq!(title(&ReadOptions::default()), "beside");
    let other = folder.path().join("other.json");
    fs::write(&other, sidecar("other")).unwrap();
    assert_eq!(
        title(&ReadOptions {
            codebook: Some(other),
            ..ReadOptions::default()
        }),
        "other"
    );
}

/// The published sample in its three formats, without its sidecar: the pack is recognised, and the answers are the same.
#[test]
fn the_three_formats_of_a_sample_hold_the_same_answers() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for (stem, pack) in [
        ("innovationsbarometer-2016", "innovation-barometer-2016"),
        ("arena-2020", "arena-2020"),
        ("organisationer-2016", "organisations-2016"),
    ] {
        let read = |extension: &str| {
            let bytes = fs::read(samples.join(format!("{stem}.{extension}"))).unwrap();
            read_bytes(&format!("{stem}.{extension}"), &bytes).unwrap()
        };
        let first = read("sav");
        let recognised = |warning: &DataWarning| matches!(warning, DataWarning::PackRecognised { pack: id, matched, of } if id == pack && matched == of);
        for extension in ["sav", "csv", "parquet"] {
            let opened = read(extension);
            assert!(
                opened.warnings.len() == 1 && opened.warnings.iter().all(recognised),
                "{stem}.{extension}: {:?}",
                opened.warnings
            );
            assert_eq!(opened.dataset.rows, first.dataset.rows);
            for variable in &first.dataset.codebook.variables {
                let name = &variable.name.0;
                assert!(
                    cells(&opened.dataset, name) == cells(&first.dataset, name),
                    "{stem}.{extension}: {name} differs"
                );
            }
            let beside = data::read(&samples.join(format!("{stem}.{extension}")), &ReadOptions::default()).unwrap();
            assert_eq!(beside.warnings, [], "{stem}.{extension}");
            assert!(beside.dataset.codebook.synthetic);
        }
    }
}
