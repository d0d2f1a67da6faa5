//! Several files in a project and on the command line.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{self, Opened, Progress, ReadOptions};
use isobar::project::{DataSource, Part, Project, load, save};

use super::{organisations, rounds};
use crate::program::{isobar, isobar_json, path};

fn written(folder: &Path, name: &str, opened: &Opened) -> PathBuf {
    let csv = folder.join(format!("{name}.csv"));
    let mut text = String::new();
    let names: Vec<&str> = opened
        .dataset
        .codebook
        .variables
        .iter()
        .map(|v| v.name.0.as_str())
        .collect();
    let _ = writeln!(text, "{}", names.join(","));
    for row in 0..opened.dataset.rows {
        let cells: Vec<String> = opened
            .dataset
            .columns
            .iter()
            .map(|column| column.code(row).map(|code| code.to_string()).unwrap_or_default())
            .collect();
        let _ = writeln!(text, "{}", cells.join(","));
    }
    fs::write(&csv, text).unwrap();
    let json = serde_json::to_string(&opened.dataset.codebook).unwrap();
    fs::write(folder.join(format!("{name}.codebook.json")), json).unwrap();
    csv
}

#[test]
fn a_project_of_several_files_is_saved_and_opened_and_says_which_file_changed() {
    let folder = tempfile::tempdir().unwrap();
    let data_folder = folder.path().join("data");
    fs::create_dir(&data_folder).unwrap();
    let (first, second) = rounds();
    let (one, two) = (
        written(&data_folder, "r-2016", &first),
        written(&data_folder, "r-2018", &second),
    );
    let source = DataSource::File(one.clone()).with(&ReadOptions::default(), two.clone(), "");
    let opened = source.open(&ReadOptions::default(), &Progress::new()).unwrap();
    let whole = &opened.dataset;
    assert_eq!(whole.fingerprint.split('+').count(), 2);
    let project = Project::new(source, ReadOptions::default(), whole, data::Language::En);
    let file = folder.path().join("p.isobar");
    save(&project, &file).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("\"data/r-2018.csv\"") && text.contains("\"isobar_project\": 2"),
        "{text}"
    );
    assert_eq!(load(&file).unwrap(), project);
    // Moved as a whole, it still finds its files.
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("m");
    fs::rename(folder.path(), &moved).unwrap();
    let loaded = load(&moved.join("p.isobar")).unwrap();
    let again = loaded.data.open(&loaded.read, &Progress::new()).unwrap().dataset;
    assert_eq!(again.fingerprint, whole.fingerprint);
    assert_eq!(again.columns, whole.columns);
    // One file changes, then is gone.
    let changed = moved.join("data/r-2018.csv");
    let text = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, text.replace("\n0,", "\n1000,")).unwrap();
    let now = loaded
        .data
        .open(&loaded.read, &Progress::new())
        .unwrap()
        .dataset
        .fingerprint;
    assert_eq!(
        loaded.data.changed_files(&loaded.fingerprint, &now),
        [changed.as_path()]
    );
    fs::remove_file(&changed).unwrap();
    let error = loaded.data.open(&loaded.read, &Progress::new()).unwrap_err();
    assert_eq!(error.file(), Some(changed.as_path()));
    // A project of one file can be read by an Isobar that knows no others.
    let one = Project::new(
        DataSource::File(one),
        ReadOptions::default(),
        &first.dataset,
        data::Language::En,
    );
    save(&one, &file.with_file_name("x.isobar")).unwrap_err();
    save(&one, &moved.join("x.isobar")).unwrap();
    assert!(
        fs::read_to_string(moved.join("x.isobar"))
            .unwrap()
            .contains("\"isobar_project\": 1")
    );
}

#[test]
fn the_command_line_takes_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = rounds();
    let one = written(folder.path(), "r1", &first).display().to_string();
    let two = written(folder.path(), "r2", &second).display().to_string();
    let with = format!("{two}=2018");
    let files = [one.as_str(), "--with", &with, "--part-label", "2016"];
    let told = isobar_json(&[&["describe"][..], &files, &["--json"]].concat());
    assert_eq!(told["rows"], 100);
    assert_eq!(told["parts"]["by"], "round");
    assert_eq!(told["parts"]["files"][1]["not_asked"][0], "only");
    assert_eq!(told["roles"]["round"], "round");
    let people = isobar(&[&["describe"][..], &files].concat()).stdout;
    assert!(people.contains("not asked: only"), "{people}");
    let estimate = [
        "estimate",
        "--question",
        "partners",
        "--by",
        "round",
        "--format",
        "json",
    ];
    let rows = isobar_json(&[&estimate[..], &files].concat());
    let alone = isobar_json(&["estimate", &two, "--question", "samarbejde", "--format", "json"]);
    let of = |rows: &serde_json::Value, union: &str, round: Option<u32>| {
        let rows = rows["rows"].as_array().unwrap().clone();
        let found = rows.into_iter().find(|row| {
            row["item"] == union && round.is_none_or(|round| row["group"]["round"].as_f64() == Some(f64::from(round)))
        });
        found.unwrap()
    };
    let (here, there) = (of(&rows, "any", Some(2018)), of(&alone, "any", None));
    for number in ["n", "df"] {
        assert_eq!(here[number], there[number], "{number}");
    }
    let close = |name: &str| (here[name].as_f64().unwrap() - there[name].as_f64().unwrap()).abs() < 1e-12;
    assert!(close("estimate") && close("std_error") && close("low") && close("high"));
    let barometer = path("sample-data/innovationsbarometer-2016.sav").display().to_string();
    let org = written(folder.path(), "org", &organisations(&["1", "2"]))
        .display()
        .to_string();
    let joined = [
        "estimate",
        &barometer,
        "--join",
        &org,
        "--key",
        "region=number",
        "--question",
        "strategy",
    ];
    let ran = isobar(&joined);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Organisations were found by region"),
        "{}",
        ran.stderr
    );
    let figure = folder.path().join("f.svg").display().to_string();
    let ran = isobar(
        &[
            &["figure", "--question", "partners", "--by", "round", "-o", &figure][..],
            &files,
        ]
        .concat(),
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(isobar(&["describe", &one, "--key", "a"]).status, 2);
    assert_eq!(isobar(&["describe", &one, "--with", "nowhere.csv=x"]).status, 1);
}

#[test]
fn a_part_of_a_project_knows_how_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "q;n\n1;1,5\n2;2,5\n").unwrap();
    fs::write(folder.path().join("b.csv"), "q,n\n1,1.5\n").unwrap();
    let read = ReadOptions {
        decimal_comma: Some(true),
        ..ReadOptions::default()
    };
    let source = DataSource::File(folder.path().join("a.csv")).with(&read, folder.path().join("b.csv"), "B");
    let DataSource::Several { parts, .. } = &source else {
        panic!()
    };
    assert_eq!(parts[0].read, read);
    assert_eq!(parts[1], Part::file("B", folder.path().join("b.csv")));
    let whole = source.open(&ReadOptions::default(), &Progress::new()).unwrap().dataset;
    let numbers: Vec<f64> = (0..3)
        .map(|row| whole.column(&"n".into()).unwrap().number(row))
        .collect();
    assert_eq!(numbers, [1.5, 2.5, 1.5]);
}
