//! The contract of the command line.

use serde_json::{Value, json};

use crate::program::{isobar, isobar_json, path};

fn apistrat() -> String {
    path("tests/reference/r-survey/apistrat.csv").display().to_string()
}

fn barometer() -> String {
    path("sample-data/innovationsbarometer-2016.sav").display().to_string()
}

fn expected() -> Value {
    let text = std::fs::read_to_string(path("tests/reference/r-survey/expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn close(found: &Value, expected: &Value, tolerance: f64, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: {found} instead of {expected}"
    );
}

#[test]
fn estimate_equals_r_survey_under_three_designs() {
    for (case, design) in [
        ("apistrat/weights_only", &["--weight", "pw"][..]),
        ("apistrat/strata", &["--weight", "pw", "--strata", "stype"]),
        (
            "apistrat/strata_fpc",
            &["--weight", "pw", "--strata", "stype", "--population", "fpc"],
        ),
    ] {
        let reference = &expected()["cases"][case]["share"];
        let file = apistrat();
        let mut arguments = vec!["estimate", &file, "--share", "sch.wide=Yes", "--format", "json"];
        arguments.extend(design);
        let total = isobar_json(&arguments);
        arguments.extend(["--by", "stype"]);
        let by = isobar_json(&arguments);
        let mut rows = vec![(&total["rows"][0], &reference["total"])];
        for row in by["rows"].as_array().unwrap() {
            rows.push((row, &reference["by"]["groups"][row["group"]["stype"].as_str().unwrap()]));
        }
        assert_eq!(rows.len(), 4, "total and three types of school");
        for (row, reference) in rows {
            close(&row["estimate"], &reference["estimate"], 1e-9, case);
            close(&row["std_error"], &reference["se"], 1e-9, case);
            close(&row["low"], &reference["ci_low"], 1e-6, case);
            close(&row["high"], &reference["ci_high"], 1e-6, case);
            assert_eq!(row["n"], reference["n"], "{case}");
            close(&row["df"], &reference["df"], 0.0, case);
        }
    }
}

#[test]
fn estimate_says_its_design_and_can_leave_parts_of_it_out() {
    let told = isobar_json(&["estimate", &barometer(), "--question", "partnere", "--format", "json"]);
    assert_eq!(
        told["design"],
        json!({ "weight": "vaegt", "strata": ["stratum"], "population": "stratum_pop", "cluster": null })
    );
    let none = isobar_json(&[
        "estimate",
        &barometer(),
        "--question",
        "partnere",
        "--format",
        "json",
        "--weight",
        "none",
        "--strata",
        "none",
        "--population",
        "none",
    ]);
    assert_eq!(
        none["design"],
        json!({ "weight": null, "strata": null, "population": null, "cluster": null })
    );
    let row = &none["rows"][0];
    assert_eq!(
        row["n"].as_f64(),
        row["n_weighted"].as_f64(),
        "unweighted, every respondent counts 1"
    );
}

#[test]
fn a_filter_narrows_the_base_of_the_question() {
    let all = isobar_json(&["estimate", &barometer(), "--question", "partnere", "--format", "json"]);
    let some = isobar_json(&[
        "estimate",
        &barometer(),
        "--question",
        "partnere",
        "--format",
        "json",
        "--where",
        "sektor = \"Region\" and not stoerrelse = 1",
    ]);
    assert!(some["base"]["n"].as_u64() < all["base"]["n"].as_u64());
    assert!(some["base"]["n"].as_u64() > Some(0));
    assert_eq!(some["base"]["label"], all["base"]["label"]);
}

#[test]
fn every_format_carries_the_same_numbers() {
    let arguments = [
        "estimate",
        &barometer(),
        "--question",
        "nyhed",
        "--by",
        "sektor",
        "--format",
    ];
    let run = |format| isobar(&[&arguments[..], &[format]].concat());
    let json: Value = serde_json::from_str(&run("json").stdout).unwrap();
    let csv = run("csv").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(rows) {
        for name in ["estimate", "std_error", "low", "high"] {
            assert_eq!(record[column(name)].parse::<f64>().ok(), row[name].as_f64(), "{name}");
        }
    }
    let table = run("table");
    assert_eq!(table.status, 0);
    let share = format!("{:.1}", rows[0]["estimate"].as_f64().unwrap() * 100.0);
    assert!(table.stdout.contains(&share), "{} lacks {share}", table.stdout);
}

#[test]
fn describe_says_what_the_file_holds() {
    let told = isobar_json(&["describe", &barometer(), "--json"]);
    assert_eq!(told["format"], "sav");
    assert_eq!(told["rows"], 2363);
    assert_eq!(told["encoding"], "UTF-8");
    assert_eq!(told["roles"]["weight"], "vaegt");
    assert_eq!(told["roles"]["sector"], "sektor");
    let variables = told["variables"].as_array().unwrap();
    let sector = variables.iter().find(|variable| variable["name"] == "sektor").unwrap();
    assert_eq!(sector["label"]["da"], "Sektor");
    assert_eq!(sector["kind"], "nominal");
    assert_eq!(sector["role"], "sector");
    assert_eq!(sector["values"][0]["code"].as_f64(), Some(1.0));
    let questions = told["questions"].as_array().unwrap();
    let partners = questions.iter().find(|question| question["id"] == "partnere").unwrap();
    assert_eq!(partners["kind"], "multiple");
    assert_eq!(partners["base"]["id"], "innovative");
    assert!(partners["items"].as_array().unwrap().len() >= 8);
    let people = isobar(&["describe", &barometer()]);
    assert_eq!(people.status, 0);
    assert!(people.stdout.contains("2363 respondents"), "{}", people.stdout);
}

#[test]
fn made_up_answers_are_marked_even_when_the_file_is_moved_away_from_its_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let moved = folder.path().join("survey.sav");
    std::fs::copy(barometer(), &moved).unwrap();
    let told = isobar_json(&["describe", &moved.display().to_string(), "--json"]);
    assert_eq!(told["synthetic"], true);
    assert_eq!(told["roles"]["weight"], "vaegt", "the pack is recognised");
}

#[test]
fn the_three_forms_of_the_sample_give_the_same_numbers() {
    for (sav, csv) in [("innovationsbarometer-2016", "nyhed")] {
        let run = |ending: &str| {
            let file = path(&format!("sample-data/{sav}.{ending}")).display().to_string();
            isobar_json(&[
                "estimate",
                &file,
                "--question",
                csv,
                "--by",
                "sektor",
                "--format",
                "json",
            ])["rows"]
                .clone()
        };
        let (a, b, c) = (run("sav"), run("csv"), run("parquet"));
        for (row, others) in a
            .as_array()
            .unwrap()
            .iter()
            .zip(b.as_array().unwrap().iter().zip(c.as_array().unwrap()))
        {
            for other in [others.0, others.1] {
                assert_eq!(row["item"], other["item"]);
                assert_eq!(row["n"], other["n"]);
                close(&row["estimate"], &other["estimate"], 1e-12, "estimate");
                close(&row["std_error"], &other["std_error"], 1e-12, "std_error");
            }
        }
    }
}

#[test]
fn figure_writes_svg_and_png() {
    let folder = tempfile::tempdir().unwrap();
    let svg = folder.path().join("partners.svg");
    let png = folder.path().join("partners.png");
    for (file, more) in [
        (&svg, vec!["--language", "en"]),
        (&png, vec!["--dpi", "72", "--width-pt", "640"]),
    ] {
        let (barometer, target) = (barometer(), file.display().to_string());
        let mut arguments = vec!["figure", &barometer, "--question", "partnere", "-o", &target];
        arguments.extend(more);
        let ran = isobar(&arguments);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    let text = std::fs::read_to_string(svg).unwrap();
    assert!(text.contains("<text") && text.contains("Private companies") && text.contains("ynthetic"));
    let bytes = std::fs::read(png).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        u32::from_be_bytes(bytes[16..20].try_into().unwrap()),
        640,
        "a pixel per point at 72 dpi"
    );
}

#[test]
fn the_exit_status_tells_done_failed_and_misused_apart() {
    let file = barometer();
    for (status, arguments) in [
        (0, vec!["--help"]),
        (0, vec!["--version"]),
        (0, vec!["describe", &file]),
        (1, vec!["describe", "no-such-file.sav"]),
        (1, vec!["estimate", &file, "--question", "no_such_question"]),
        (1, vec!["estimate", &file, "--mean", "no_such_variable"]),
        (2, vec!["estimate", &file]),
        (
            2,
            vec!["estimate", &file, "--question", "nyhed", "--where", "sektor in 1"],
        ),
        (2, vec!["estimate", &file, "--question", "nyhed", "--level", "95"]),
        (2, vec!["estimate", &file, "--question", "nyhed", "--mean", "ansatte"]),
        (2, vec!["figure", &file, "--question", "nyhed", "-o", "figure.docx"]),
        (2, vec!["draw", &file, "--nonsense"]),
    ] {
        let ran = isobar(&arguments);
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        if status > 0 {
            assert!(
                ran.stdout.is_empty() && !ran.stderr.is_empty(),
                "errors go to standard error"
            );
        }
    }
}
