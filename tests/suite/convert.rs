//! What is written in another format is read back equal, by this program and by others.

mod made;

use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::write::{Target, WriteOptions, WriteWarning, Written, write};
use isobar::data::{self, AnswerKind, Code, Column, Dataset, Language, QuestionKind, ReadOptions, Role, VariableKind};
use serde_json::Value as Json;

use crate::program::{isobar, isobar_json, path};

const ENDINGS: [(Target, &str); 4] = [
    (Target::Sav, "sav"),
    (Target::Zsav, "zsav"),
    (Target::Csv, "csv"),
    (Target::Parquet, "parquet"),
];

fn open(file: &Path) -> Dataset {
    let opened = data::read(file, &ReadOptions::default()).unwrap();
    assert_eq!(opened.warnings, [], "{}", file.display());
    opened.dataset
}

fn written(data: &Dataset, target: Target, language: Language) -> (Vec<u8>, Written) {
    let mut bytes = Vec::new();
    let options = WriteOptions { language, made: None };
    let written = write(data, target, &options, &mut bytes).unwrap();
    (bytes, written)
}

/// Writes a data set and reads it again with the codebook that was written beside it.
fn again(data: &Dataset, target: Target, ending: &str) -> Dataset {
    let (bytes, written) = written(data, target, Language::Da);
    let name = format!("again.{ending}");
    let opened = data::read_bytes(&name, &bytes, &ReadOptions::default(), Some(&written.codebook)).unwrap();
    assert_eq!(opened.warnings, [], "{ending}");
    opened.dataset
}

fn cells(column: &Column) -> Vec<Option<Code>> {
    (0..column.len()).map(|row| column.code(row)).collect()
}

fn assert_equal(found: &Dataset, expected: &Dataset, what: &str) {
    assert_eq!(found.rows, expected.rows, "{what}");
    let names = |data: &Dataset| -> Vec<String> { data.codebook.variables.iter().map(|v| v.name.0.clone()).collect() };
    assert_eq!(names(found), names(expected), "{what}");
    for (i, variable) in expected.codebook.variables.iter().enumerate() {
        assert_eq!(found.codebook.variables[i], *variable, "{what}");
        assert_eq!(
            cells(&found.columns[i]),
            cells(&expected.columns[i]),
            "{what}: {}",
            variable.name
        );
    }
    assert_eq!(found.codebook, expected.codebook, "{what}");
}

fn hard() -> Dataset {
    open(&path("tests/reference/files/convert/hard.csv"))
}

/// The hard file under names that SPSS allows.
fn hard_for_spss() -> Dataset {
    let mut data = hard();
    for (old, new) in [("spm 1-a", "spm_1_a"), ("q1", "q1_2"), (LONG_NAME, "antal")] {
        let position = data.index_of(&old.into()).unwrap();
        data.codebook.variables[position].name = new.into();
    }
    data.codebook.questions[2].items[0].var = "spm_1_a".into();
    data.codebook.bases[0].when = data::Condition::parse("sektor in (1, 2) and spm_1_a = 1").unwrap();
    data
}

/// 65 bytes, one too many.
const LONG_NAME: &str = "antal_ansatte_i_kommunen_2016_opgjort_efter_den_nye_metode_æøå";

#[test]
fn a_survey_comes_back_equal_from_every_format() {
    let samples = ["innovationsbarometer-2016", "organisationer-2016", "arena-2020"];
    let mut surveys: Vec<Dataset> = samples
        .iter()
        .map(|name| open(&path(&format!("sample-data/{name}.sav"))))
        .collect();
    surveys.push(hard_for_spss());
    for survey in &surveys {
        for (target, ending) in ENDINGS {
            let found = again(survey, target, ending);
            assert_equal(&found, survey, &format!("{} as {ending}", survey.path.display()));
        }
    }
    // And from each format to the next.
    let mut survey = hard_for_spss();
    for (target, ending) in ENDINGS.into_iter().chain(ENDINGS.into_iter().rev()) {
        survey = again(&survey, target, ending);
    }
    assert_equal(&survey, &hard_for_spss(), "through all formats");
}

#[test]
fn files_of_other_programs_come_back_equal_from_every_format() {
    let mut folders = vec![path("tests/reference/files")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.is_dir() {
                folders.push(file);
            } else {
                files.push(file);
            }
        }
    }
    let mut count = 0;
    for file in files {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ["json", "py", "R", "sps", "do", "txt", "md"].contains(&ending) {
            continue;
        }
        let Ok(opened) = data::read(&file, &ReadOptions::default()) else {
            continue;
        };
        count += 1;
        for (target, ending) in ENDINGS {
            let what = format!("{} as {ending}", file.display());
            let (_, told) = written(&opened.dataset, target, Language::En);
            let found = again(&opened.dataset, target, ending);
            if told.differs {
                // Names or letters that SPSS lacks: from then on it is equal.
                assert_equal(&again(&found, target, ending), &found, &what);
            } else {
                assert_equal(&found, &opened.dataset, &what);
            }
        }
    }
    assert!(count >= 30, "{count} files");
}

#[test]
fn a_file_without_its_codebook_still_says_all_that_its_format_holds() {
    let survey = hard_for_spss();
    for target in [Target::Sav, Target::Zsav] {
        let (bytes, _) = written(&survey, target, Language::En);
        let alone = data::read_bytes("alone.sav", &bytes, &ReadOptions::default(), None)
            .unwrap()
            .dataset;
        assert_eq!(alone.codebook.with_role(Role::Weight).unwrap().name, "vægt".into());
        assert!(alone.codebook.synthetic);
        for (i, variable) in survey.codebook.variables.iter().enumerate() {
            let found = &alone.codebook.variables[i];
            assert_eq!(cells(&alone.columns[i]), cells(&survey.columns[i]), "{}", variable.name);
            assert_eq!(found.label.get(Language::En), variable.label.get(Language::En));
            for value in &variable.values {
                let kept = found
                    .value(&value.code)
                    .unwrap_or_else(|| panic!("{} {}", variable.name, value.code));
                assert_eq!(kept.label.get(Language::En), value.label.get(Language::En));
                assert_eq!(
                    kept.is.is_valid(),
                    value.is.is_valid(),
                    "{} {}",
                    variable.name,
                    value.code
                );
            }
            assert_eq!(
                found.kind == VariableKind::Date,
                variable.kind == VariableKind::Date,
                "{}",
                variable.name
            );
            assert_eq!(
                found.kind == VariableKind::Ordinal,
                variable.kind == VariableKind::Ordinal
            );
        }
        let kinds: Vec<(&str, QuestionKind, usize)> = alone
            .codebook
            .questions
            .iter()
            .map(|question| (question.id.0.as_str(), question.kind, question.items.len()))
            .collect();
        assert_eq!(
            kinds,
            [
                ("$partnere", QuestionKind::Multiple, 3),
                ("$initiativ", QuestionKind::Multiple, 3)
            ]
        );
        assert_eq!(alone.codebook.questions[0].short.get(Language::En), "Partners");
    }
}

#[test]
fn names_and_letters_that_spss_lacks_are_changed_everywhere_and_said() {
    let (_, told) = written(&hard(), Target::Sav, Language::Da);
    assert!(told.differs);
    let renamed = told.warnings.iter().find_map(|warning| match warning {
        WriteWarning::Renamed { names } => Some(names.clone()),
        _ => None,
    });
    let renamed: Vec<(String, String)> = renamed.unwrap().into_iter().map(|(old, new)| (old.0, new.0)).collect();
    let cut = &LONG_NAME[..LONG_NAME.floor_char_boundary(64)];
    assert_eq!(
        renamed,
        [("spm 1-a", "spm_1_a"), ("q1", "q1_2"), (LONG_NAME, cut)].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let found = again(&hard(), Target::Sav, "sav");
    assert_eq!(found.codebook.questions[2].items[0].var, "spm_1_a".into());
    assert_eq!(found.codebook.bases[0].when, hard_for_spss().codebook.bases[0].when);
    assert!(
        told.warnings.contains(&WriteWarning::LabelsCut { labels: 3 }),
        "{:?}",
        told.warnings
    );
    assert!(told.warnings.contains(&WriteWarning::OnlyInCodebook));
    assert!(told.warnings.iter().any(|warning| matches!(
        warning,
        WriteWarning::OneLanguage { language: Language::Da, texts } if *texts > 30
    )));

    let letters = made::with_letters();
    let found = again(&letters, Target::Sav, "sav");
    let column = found.column(&"income".into()).unwrap();
    assert_eq!(
        cells(column)[..4],
        [Some(1.5.into()), Some((-6.0).into()), None, Some((-7.0).into())]
    );
    let income = found.variable(&"income".into()).unwrap();
    assert_eq!(income.value(&(-6.0).into()).unwrap().is, AnswerKind::Refused);
    assert_eq!(income.value(&(-7.0).into()).unwrap().label.get(Language::En), ".b");
    for (target, ending) in [(Target::Csv, "csv"), (Target::Parquet, "parquet")] {
        assert_equal(&again(&letters, target, ending), &letters, ending);
    }
}

fn report(name: &str) -> Json {
    let file = path(&format!("tests/reference/files/convert/{name}.json"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn code(json: &Json) -> Option<Code> {
    match json {
        Json::Null => None,
        Json::Number(number) => Some(Code::Number(number.as_f64().unwrap())),
        Json::String(text) => Some(Code::Text(text.clone())),
        other => panic!("{other} is no cell"),
    }
}

#[test]
fn other_programs_read_what_was_written() {
    use sha2::Digest;
    let survey = hard_for_spss();
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let hashes = [(Target::Sav, "sav"), (Target::Zsav, "zsav")].map(|(target, ending)| {
        let (bytes, _) = written(&survey, target, Language::Da);
        fs::write(kept.join(format!("hard.{ending}")), &bytes).unwrap();
        let hash = sha2::Sha256::digest(&bytes);
        (
            ending,
            hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        )
    });
    for (ending, hash) in hashes {
        for program in ["pyreadstat", "pspp"] {
            let said = report(&format!("hard-{ending}-{program}"));
            assert_eq!(
                said["sha256"],
                hash,
                "the writer writes other bytes than were read; read hard.{ending} in {} with \
                 tests/reference/files/convert/report.py",
                kept.display()
            );
            equals_report(&survey, &said, &format!("{program}, {ending}"));
        }
    }
}

fn equals_report(survey: &Dataset, said: &Json, what: &str) {
    assert_eq!(said["title"], "SYNTETISK: Prøven med det svære", "{what}");
    assert_eq!(said["encoding"], "UTF-8", "{what}");
    assert_eq!(said["rows"].as_u64(), Some(survey.rows as u64), "{what}");
    if let Some(weight) = said.get("weight") {
        assert_eq!(weight, "vægt", "{what}");
    }
    for (variable, column) in survey.codebook.variables.iter().zip(&survey.columns) {
        let name = variable.name.0.as_str();
        let told: Vec<Option<Code>> = said["cells"][name].as_array().unwrap().iter().map(code).collect();
        let ours: Vec<Option<Code>> = cells(column)
            .into_iter()
            .map(|cell| match (&cell, variable.kind) {
                (Some(Code::Text(text)), VariableKind::Date) => {
                    Some(text.parse().map_or_else(|_| cell.clone().unwrap(), Code::Number))
                }
                _ => cell,
            })
            .collect();
        assert_eq!(told, ours, "{what}: {name}");
        let label = variable.label.get(Language::Da).trim();
        let label = &label[..label.floor_char_boundary(255)];
        assert_eq!(
            said["labels"][name].as_str().unwrap_or_default(),
            label,
            "{what}: {name}"
        );
        let measure = match variable.kind {
            VariableKind::Nominal | VariableKind::Text => "nominal",
            VariableKind::Ordinal => "ordinal",
            VariableKind::Numeric | VariableKind::Date => "scale",
        };
        assert_eq!(said["measure"][name], measure, "{what}: {name}");
        let mut labels: Vec<(Code, String)> = variable
            .values
            .iter()
            .map(|value| {
                let label = value.label.get(Language::Da).trim();
                let code = match (&value.code, variable.kind) {
                    (Code::Text(text), VariableKind::Date) => Code::Number(text.parse().unwrap()),
                    (code, _) => code.clone(),
                };
                (code, label[..label.floor_char_boundary(120)].to_owned())
            })
            .collect();
        labels.sort();
        let empty = Vec::new();
        let mut told: Vec<(Code, String)> = said["values"][name]
            .as_array()
            .unwrap_or(&empty)
            .iter()
            .map(|pair| (code(&pair[0]).unwrap(), pair[1].as_str().unwrap().to_owned()))
            .collect();
        told.sort();
        assert_eq!(told, labels, "{what}: {name}");
    }
    let missing = |name: &str| -> Vec<(Code, Code)> {
        let mut told: Vec<(Code, Code)> = said["missing"][name]
            .as_array()
            .unwrap()
            .iter()
            .map(|range| (code(&range["lo"]).unwrap(), code(&range["hi"]).unwrap()))
            .collect();
        told.sort();
        told
    };
    let number = |low: f64, high: f64| (Code::Number(low), Code::Number(high));
    assert_eq!(missing("sektor"), [number(9.0, 9.0), number(99.0, 99.0)], "{what}");
    assert_eq!(missing("tilfreds"), [number(96.0, 99.0)], "{what}");
    assert_eq!(missing("omsætning"), [number(-9.0, -1.0)], "{what}");
    assert_eq!(missing("dato"), [number(-1.0, -1.0)], "{what}");
    assert_eq!(missing("landekode"), [("XX".into(), "XX".into())], "{what}");
    assert_eq!(missing("enhed"), [("Ved ikke".into(), "Ved ikke".into())], "{what}");
    let sets = &said["sets"];
    assert_eq!(sets["partnere"]["type"], "D", "{what}");
    assert_eq!(sets["partnere"]["counted_value"], 1, "{what}");
    assert_eq!(sets["partnere"]["label"], "Partnere", "{what}");
    assert_eq!(
        sets["partnere"]["variable_list"],
        serde_json::json!(["p1", "p2", "p3"]),
        "{what}"
    );
    assert_eq!(sets["initiativ"]["type"], "C", "{what}");
    assert_eq!(
        sets["initiativ"]["variable_list"],
        serde_json::json!(["k1", "k2"]),
        "{what}"
    );
}

#[test]
fn the_command_converts_and_leaves_what_it_reads_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    for ending in ["csv", "codebook.json"] {
        fs::copy(
            path(&format!("tests/reference/files/convert/hard.{ending}")),
            at(&format!("in.{ending}")),
        )
        .unwrap();
    }
    let input = at("in.csv").display().to_string();
    let convert = |out: &str, more: &[&str]| {
        let out = at(out).display().to_string();
        isobar(&[&["convert", &input, &out], more].concat())
    };
    for out in ["out.sav", "out.zsav", "out2.csv", "out3.parquet"] {
        let ran = convert(out, &["--language", "en"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let out = at(out).display().to_string();
        let told = isobar_json(&["describe", &out, "--json"]);
        assert_eq!(told["warnings"], serde_json::json!([]));
        assert_eq!(told["roles"]["weight"], "vægt");
        assert_eq!(told["questions"][0]["unions"][0]["id"], "any");
        fs::remove_file(Path::new(&out).with_extension("codebook.json")).unwrap();
    }
    let told = isobar_json(&["describe", &at("out.sav").display().to_string(), "--json"]);
    assert_eq!(told["variables"][1]["label"]["und"], "Sector");

    let before = (
        fs::read(at("in.csv")).unwrap(),
        fs::read(at("in.codebook.json")).unwrap(),
    );
    fs::create_dir(at("folder.sav")).unwrap();
    let messages: Vec<String> = ["in.csv", "in.sav", "gone/out.sav", "folder.sav", "out.xlsx", "out"]
        .iter()
        .map(|out| {
            let ran = convert(out, &[]);
            assert_ne!(ran.status, 0, "{out}");
            let errors = ran.stderr.lines().filter(|line| line.contains("error"));
            let errors: Vec<String> = errors
                .map(|line| line.replace(&folder.path().display().to_string(), "DIR"))
                .collect();
            format!(
                "$ isobar convert DIR/in.csv DIR/{out}\n[{}] {}\n",
                ran.status,
                errors.join("\n")
            )
        })
        .collect();
    insta::assert_snapshot!("convert_refusals", messages.join("\n"));
    assert_eq!(
        before,
        (
            fs::read(at("in.csv")).unwrap(),
            fs::read(at("in.codebook.json")).unwrap()
        )
    );
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_a_format_has_no_room_for_is_said_in_words() {
    let names = || vec!["a".into(), "b".into()];
    let warnings = [
        WriteWarning::OneLanguage {
            language: Language::Da,
            texts: 1234,
        },
        WriteWarning::OneLanguage {
            language: Language::En,
            texts: 2,
        },
        WriteWarning::OnlyInCodebook,
        WriteWarning::Renamed {
            names: vec![("a b".into(), "a_b".into())],
        },
        WriteWarning::LabelsCut { labels: 3 },
        WriteWarning::TextsCut { variables: names() },
        WriteWarning::Recoded { variables: names() },
        WriteWarning::StoredAsText { variables: names() },
        WriteWarning::MissingUndeclared { variables: names() },
        WriteWarning::SetsLeftOut {
            questions: vec!["q".into()],
        },
    ];
    let said: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            warnings
                .iter()
                .map(move |warning| isobar::remarks::of_writing(warning, language))
        })
        .collect();
    insta::assert_snapshot!("write_warnings", said.join("\n"));
}
