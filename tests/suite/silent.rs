//! Where a wrong number could come without a word: odd cases against R `survey`, and the ways in which a file, a
//! condition or a project could be misunderstood.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{isobar, isobar_json, path};

fn estimate(file: &Path, arguments: &[&str]) -> Value {
    let file = file.display().to_string();
    isobar_json(&[&["estimate", &file, "--format", "json"], arguments].concat())
}

fn file(folder: &Path, name: &str, contents: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, contents).unwrap();
    path
}

fn warnings(answer: &Value) -> Vec<&str> {
    let warnings = answer["warnings"].as_array().unwrap();
    warnings.iter().map(|warning| warning.as_str().unwrap()).collect()
}

#[test]
fn odd_cases_equal_r_survey() {
    let odd = path("tests/reference/r-survey/odd_cases.csv");
    let json = fs::read_to_string(path("tests/reference/r-survey/odd_cases.json")).unwrap();
    let expected: Value = serde_json::from_str(&json).unwrap();
    let mut compared = 0;
    for (name, design) in [
        ("simple", &[][..]),
        ("weights", &["--weight", "w"]),
        ("strata", &["--weight", "w", "--strata", "reg"]),
        (
            "crossed",
            &["--weight", "w", "--strata", "reg,siz", "--population", "N"],
        ),
        ("clusters", &["--weight", "w", "--cluster", "klynge"]),
        (
            "clusters_in_strata",
            &[
                "--weight",
                "w",
                "--strata",
                "reg",
                "--cluster",
                "klynge",
                "--population",
                "NP",
            ],
        ),
        (
            "clusters_in_cells",
            &["--weight", "w", "--strata", "reg,siz", "--cluster", "klynge"],
        ),
        ("zero_weights", &["--weight", "w0", "--strata", "reg"]),
        ("missing_weights", &["--weight", "wna", "--strata", "reg"]),
    ] {
        for (case, asked) in [
            ("kept", &["--share", "q=1"][..]),
            ("dropped", &["--question", "qdrop"]),
            ("by a", &["--share", "q=1", "--by", "g"]),
            ("by b", &["--question", "qkeep", "--by", "g"]),
            ("by æø", &["--share", "q=\"Yes\"", "--by", "g"]),
            (
                "where",
                &["--share", "q=No", "--where", "x >= 50 and not reg in (2, 3)"],
            ),
            (
                "or",
                &["--share", "q=2", "--where", "(x < 40 or x > 60) and g != \"a\""],
            ),
            ("mean", &["--mean", "x"]),
            ("beta", &["--share", "q=1", "--interval", "beta", "--level", "0.9"]),
            ("wald", &["--share", "q=1", "--interval", "wald", "--level", "0.9"]),
        ] {
            let expected = &expected[name][case];
            if expected.is_null() {
                continue;
            }
            let answer = estimate(&odd, &[asked, design].concat());
            let group = case.strip_prefix("by ");
            let row = answer["rows"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| group.is_none_or(|group| row["group"]["g"] == group))
                .unwrap();
            assert_eq!(row["n"], expected["n"], "{name}, {case}");
            for (field, tolerance) in [
                ("estimate", 1e-9),
                ("std_error", 1e-9),
                ("low", 1e-6),
                ("high", 1e-6),
                ("df", 0.0),
                ("n_weighted", 1e-6),
            ] {
                let (found, expected) = (row[field].as_f64().unwrap(), expected[field].as_f64().unwrap());
                assert!(
                    (found - expected).abs() <= tolerance,
                    "{name}, {case}, {field}: {found} instead of {expected}"
                );
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 89);
}

#[test]
fn a_share_follows_the_policy_of_its_question() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,z\n1,1\n2,1\n8,1\n8,1\n");
    file(
        folder.path(),
        "s.codebook.json",
        r#"{ "isobar_codebook": 1,
             "variables": [{ "name": "q", "values": [{ "code": 1 }, { "code": 2 }, { "code": 8, "is": "dont_know" }] }],
             "questions": [{ "id": "mood", "kind": "single", "dont_know": "drop", "items": [{ "var": "q" }] }] }"#,
    );
    for asked in [["--question", "mood"], ["--share", "q=1"]] {
        let row = &estimate(&data, &asked)["rows"][0];
        assert_eq!((row["estimate"].as_f64(), row["n"].as_u64()), (Some(0.5), Some(2)));
    }
}

#[test]
fn na_among_texts_is_no_answer_unless_the_codebook_lists_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(
        folder.path(),
        "s.csv",
        "\"q\",\"x\"\n\"Yes\",1\n\"No\",NA\nNA,3\n\"Yes\",4\n",
    );
    let answer = estimate(&data, &["--share", "q=Yes"]);
    let row = &answer["rows"][0];
    assert!((row["estimate"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(row["n"], 3);
    assert_eq!(
        warnings(&answer)[0],
        "In q NA stands for no answer. If it is one, list it in the codebook."
    );
    file(
        folder.path(),
        "s.codebook.json",
        r#"{ "isobar_codebook": 1, "variables": [{ "name": "q", "values": [{ "code": "NA", "label": { "en": "Namibia" } }] }] }"#,
    );
    let answer = estimate(&data, &["--share", "q=Namibia"]);
    assert_eq!(answer["rows"][0]["estimate"], 0.25);
}

#[test]
fn a_code_of_digits_needs_no_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(
        folder.path(),
        "s.csv",
        "place,mixed,size\n0101,1,1.5\n0101,x,2\n0851,1,3\n0102,1,4\n",
    );
    for (share, expected) in [
        ("place=0101", 0.5),
        ("place=\"0101\"", 0.5),
        ("place in (0101, 0851)", 0.75),
        ("mixed=1", 0.75),
        ("size=02", 0.25),
        ("size >= 02", 0.75),
    ] {
        let answer = estimate(&data, &["--share", share]);
        assert_eq!(answer["rows"][0]["estimate"], expected, "{share}");
    }
}

#[test]
fn a_code_that_nothing_has_and_respondents_in_no_group_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,g,none\n1,1,\n2,1,\n1,,\n2,,\n");
    let answer = estimate(&data, &["--share", "q=7", "--by", "g"]);
    assert_eq!(answer["rows"][0]["n"], 2);
    let told = warnings(&answer);
    assert!(told.contains(&"Respondents without an answer in g, which makes the groups: 2. They are in no group."));
    assert!(told.contains(&"Nobody has the answer 7 in q, and the codebook does not know it either."));
    let answer = estimate(&data, &["--share", "q=1", "--by", "none"]);
    assert_eq!(answer["rows"], serde_json::json!([]));
    assert!(warnings(&answer)[0].contains("which makes the groups: 4"));
}

#[test]
fn the_explanation_names_the_filter() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,g\n1,1\n2,1\n1,2\n");
    let answer = estimate(&data, &["--share", "q=1", "--where", "g = 1"]);
    assert_eq!(answer["base"]["where"], "g = 1");
    let explanation = answer["explanation"][0].as_str().unwrap();
    assert!(
        explanation.contains("(all with an answer, where g = 1; n = 2; unweighted)"),
        "{explanation}"
    );
}

#[test]
fn one_respondent_has_no_interval_and_no_stratum_to_speak_of() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,g\n1,2\n");
    let answer = estimate(&data, &["--share", "q=1"]);
    let row = &answer["rows"][0];
    assert_eq!((&row["estimate"], &row["n"]), (&1.0.into(), &1.into()));
    assert!(row["low"].is_null() && row["high"].is_null());
    assert!(warnings(&answer).iter().all(|warning| !warning.contains("Strata")));
}

#[test]
fn the_command_line_overrules_the_design_of_a_project() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "s.csv", "q,w\n1,1\n2,3\n1,1\n2,3\n");
    file(
        folder.path(),
        "p.isobar",
        r#"{ "isobar_project": 1, "data": { "file": "s.csv" }, "fingerprint": "", "design": { "weight": "w" },
             "views": [{ "name": "A", "measure": { "share": "q = 1" }, "level": 0.95, "look": { "language": "en" } }] }"#,
    );
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (project, figure) = (at("p.isobar"), at("f.svg"));
    let note = |more: &[&str]| {
        let ran = isobar(&[&["figure", &project, "--view", "A", "-o", &figure], more].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        fs::read_to_string(&figure).unwrap()
    };
    let as_saved = note(&[]);
    assert!(as_saved.contains("weighted to the population") && as_saved.contains("95% confidence"));
    let overruled = note(&["--weight", "none", "--level", "0.9"]);
    assert!(overruled.contains("unweighted") && overruled.contains("90% confidence"));
}

#[test]
fn a_figure_of_another_size_than_asked_for_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,g\n1,1\n2,1\n").display().to_string();
    let figure = folder.path().join("f.svg").display().to_string();
    let draw = |size: &[&str]| isobar(&[&["figure", &data, "--question", "q", "-o", &figure], size].concat()).stderr;
    assert!(!draw(&["--width-pt", "400", "--height-pt", "600"]).contains("pt high"));
    assert!(fs::read_to_string(&figure).unwrap().contains("viewBox=\"0 0 400 600\""));
    assert!(draw(&["--height-pt", "20"]).contains("pt high and not 20 pt"));
}

#[test]
fn a_project_says_that_its_data_file_has_changed_or_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = file(folder.path(), "s.csv", "q,w\n1,1\n2,3\n");
    file(
        folder.path(),
        "p.isobar",
        r#"{ "isobar_project": 1, "data": { "file": "s.csv" }, "fingerprint": "other", "design": {},
             "views": [{ "name": "A", "measure": { "share": "q = 1" }, "level": 0.95, "look": {} }] }"#,
    );
    let at = |name: &str| folder.path().join(name).display().to_string();
    let draw = || isobar(&["figure", &at("p.isobar"), "--view", "A", "-o", &at("f.svg")]);
    let changed = draw();
    assert_eq!(changed.status, 0, "{}", changed.stderr);
    assert!(changed.stderr.contains("p.isobar: the data file has changed"));
    fs::remove_file(data).unwrap();
    let gone = draw();
    assert_eq!(gone.status, 1);
    assert!(gone.stderr.contains("p.isobar: its data file cannot be opened"));
    assert!(gone.stderr.contains("s.csv: there is no such file"));
}
