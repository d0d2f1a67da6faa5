//! Every error that bad input leads to: a sentence that names the file or variable and says what to do.

use std::fs;
use std::path::Path;

use crate::program::{isobar, path};

/// What the program says, with the temporary folder's name taken out.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| argument.replace("DIR", &folder.display().to_string()))
        .collect();
    let ran = isobar(&arguments);
    assert!(
        ran.status == 1 || ran.status == 2,
        "{arguments:?} was taken: {}",
        ran.stdout
    );
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    format!(
        "[{}] {}",
        ran.status,
        ran.stderr.replace(&folder.display().to_string(), "DIR")
    )
}

#[test]
fn bad_files_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let sample = fs::read(path("sample-data/innovationsbarometer-2016.sav")).unwrap();
    fs::write(at("empty.sav"), b"").unwrap();
    fs::write(at("empty.csv"), b"").unwrap();
    fs::write(at("truncated.sav"), &sample[..2_000]).unwrap();
    fs::write(at("picture.sav"), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR").unwrap();
    fs::write(at("letter.docx"), b"PK\x03\x04 a letter").unwrap();
    fs::write(at("damaged.parquet"), b"PAR1 nothing that follows PAR1").unwrap();
    fs::write(at("ragged.csv"), "a,b,c\n1,2,3\n4,5\n").unwrap();
    fs::write(at("survey.csv"), "a,w\n1,1\n2,1\n").unwrap();
    fs::write(
        at("survey.codebook.json"),
        "{ \"isobar_codebook\": 1,\n  \"variables\": [ oops ] }",
    )
    .unwrap();
    fs::create_dir(at("folder.csv")).unwrap();
    let messages: Vec<String> = [
        "missing.sav",
        "empty.sav",
        "empty.csv",
        "truncated.sav",
        "picture.sav",
        "letter.docx",
        "damaged.parquet",
        "ragged.csv",
        "survey.csv",
        "folder.csv",
    ]
    .iter()
    .map(|name| said(folder.path(), &["describe", &format!("DIR/{name}")]))
    .collect();
    insta::assert_snapshot!("bad_files", messages.join("\n"));
}

#[test]
fn bad_questions_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("s.csv"),
        "q1,sector,w,bad,text,pop\n1,1,1.5,1,a,10\n2,1,1.5,-2,b,10\n1,2,2,3,c,1\n2,2,2,4,d,1\n",
    )
    .unwrap();
    let file = "DIR/s.csv";
    let messages: Vec<String> = [
        vec!["estimate", file, "--share", "q2=1"],
        vec!["estimate", file, "--share", "sectro=1"],
        vec!["estimate", file, "--share", "sector=\"North\""],
        vec!["estimate", file, "--question", "q9"],
        vec!["estimate", file, "--mean", "text"],
        vec!["estimate", file, "--mean", "q1", "--by", "nothing"],
        vec!["estimate", file, "--mean", "q1", "--weight", "bad"],
        vec!["estimate", file, "--mean", "q1", "--weight", "text"],
        vec!["estimate", file, "--mean", "q1", "--weight", "nothing"],
        vec![
            "estimate",
            file,
            "--mean",
            "q1",
            "--strata",
            "sector",
            "--population",
            "pop",
        ],
        vec!["estimate", file, "--mean", "q1", "--where", "text > 3"],
        vec!["estimate", file, "--mean", "q1", "--where", "q1 ="],
        vec!["estimate", file, "--mean", "q1", "--where", "(q1 = 1"],
        vec!["figure", file, "--question", "q1", "-o", "DIR/nowhere/figure.svg"],
        vec!["figure", file, "--question", "q1", "-o", "DIR/figure.gif"],
        vec![
            "figure",
            file,
            "--question",
            "q1",
            "-o",
            "DIR/figure.png",
            "--dpi",
            "100000",
        ],
        vec!["figure", file, "--view", "Partners", "-o", "DIR/figure.svg"],
    ]
    .iter()
    .map(|arguments| format!("$ isobar {}\n{}", arguments.join(" "), said(folder.path(), arguments)))
    .collect();
    insta::assert_snapshot!("bad_questions", messages.join("\n"));
}

#[test]
fn bad_projects_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("newer.isobar"), r#"{ "isobar_project": 99, "something": "new" }"#).unwrap();
    fs::write(at("half.isobar"), r#"{ "isobar_project": 1, "views": ["#).unwrap();
    fs::write(at("other.isobar"), "a letter").unwrap();
    fs::write(at("empty.isobar"), "").unwrap();
    let messages: Vec<String> = ["newer", "half", "other", "empty", "missing"]
        .iter()
        .map(|name| {
            said(
                folder.path(),
                &[
                    "figure",
                    &format!("DIR/{name}.isobar"),
                    "--view",
                    "A",
                    "-o",
                    "DIR/figure.svg",
                ],
            )
        })
        .collect();
    insta::assert_snapshot!("bad_projects", messages.join("\n"));
    assert_eq!(
        fs::read_to_string(at("newer.isobar")).unwrap(),
        r#"{ "isobar_project": 99, "something": "new" }"#
    );
}
