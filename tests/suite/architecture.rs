//! The borders of `src/lib.rs` hold: who may use whom, and who may touch what.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Module → modules it may use, crates (or paths) that only some may touch.
const MAY_USE: &[(&str, &[&str], &[&str])] = &[
    ("data", &[], &["polars", "std::fs", "std::thread"]),
    ("setup", &["data"], &[]),
    ("stats", &[], &["statrs"]),
    ("filter", &["data"], &[]),
    ("measure", &["data", "filter", "stats", "words"], &[]),
    ("words", &["data"], &[]),
    ("explain", &["data", "measure", "stats", "words"], &[]),
    ("remarks", &["data", "measure", "setup", "stats", "words"], &[]),
    (
        "figure",
        &["data", "measure", "stats", "words", "explain", "remarks"],
        &["ttf_parser"],
    ),
    ("export", &["figure", "measure"], &["resvg"]),
    (
        "project",
        &["data", "filter", "measure", "stats", "figure"],
        &["std::fs", "tempfile"],
    ),
    (
        "worker",
        &[
            "data", "setup", "filter", "measure", "stats", "figure", "export", "project", "words", "explain", "remarks",
        ],
        &["std::fs", "std::thread", "tempfile"],
    ),
    (
        "app",
        &[
            "data", "setup", "filter", "measure", "stats", "figure", "export", "project", "words", "explain",
            "remarks", "worker",
        ],
        &[],
    ),
    (
        "ui",
        &[
            "data", "setup", "filter", "measure", "stats", "figure", "project", "words", "explain", "remarks",
            "worker", "app",
        ],
        &["egui", "eframe", "egui_plot", "rfd", "std::thread"],
    ),
    (
        "cli",
        &[
            "data", "setup", "filter", "measure", "stats", "figure", "export", "project", "words", "explain",
            "remarks", "worker",
        ],
        &["clap", "csv"],
    ),
];

/// What only the modules that name it above may touch.
const GUARDED: &[&str] = &[
    "polars",
    "egui",
    "eframe",
    "egui_plot",
    "rfd",
    "std::fs",
    "std::thread",
    "std::net",
    "statrs",
    "resvg",
    "ttf_parser",
    "clap",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of every module, comments and its own unit tests left out, by module and file.
fn code_by_module() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let source = root().join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let inner = file.strip_prefix(&source).unwrap();
        let module = inner
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        modules
            .entry(module)
            .or_default()
            .push((inner.to_owned(), code.join("\n")));
    }
    modules
}

/// Whether `code` names the path `wanted` (`crate::ui`, `polars`) as a whole path.
fn names(code: &str, wanted: &str) -> bool {
    code.match_indices(wanted).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + wanted.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '"' || c == '.')
            && (after.starts_with("::") || (wanted.contains("::") && after.starts_with([';', ',', '}', ' '])))
    })
}

/// The modules named in `use crate::{a::…, b}` and `crate::a::…`.
fn modules_used(code: &str, all: &[&str]) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let after = &code[at + "crate::".len()..];
        let heads: Vec<&str> = match after.strip_prefix('{') {
            None => vec![after],
            Some(list) => {
                let mut depth = 0;
                let mut heads = vec![list];
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => heads.push(&list[i + 1..]),
                        _ => {}
                    }
                }
                heads
            }
        };
        for head in heads {
            let name: String = head
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if all.contains(&name.as_str()) {
                used.push(name);
            }
        }
    }
    used
}

#[test]
fn every_module_uses_only_what_its_border_allows() {
    let all: Vec<&str> = MAY_USE.iter().map(|(module, ..)| *module).collect();
    let mut crossings = Vec::new();
    for (module, files) in code_by_module() {
        let Some((_, allowed, crates)) = MAY_USE.iter().find(|(name, ..)| *name == module) else {
            panic!("the module `{module}` has no border: add it to the table here and in src/lib.rs");
        };
        for (file, code) in files {
            for used in modules_used(&code, &all) {
                if used != module && !allowed.contains(&used.as_str()) {
                    crossings.push(format!("{} uses `{used}`", file.display()));
                }
            }
            for guarded in GUARDED {
                if names(&code, guarded) && !crates.contains(guarded) {
                    crossings.push(format!("{} uses `{guarded}`", file.display()));
                }
            }
        }
    }
    assert!(crossings.is_empty(), "borders crossed:\n{}", crossings.join("\n"));
}

#[test]
fn a_crossing_would_be_seen() {
    assert!(names("use polars::prelude::*;", "polars"));
    assert!(names("let x = std::fs::read(p);", "std::fs"));
    assert!(names("use std::fs;", "std::fs"));
    assert!(!names("use egui_plot::Plot;", "egui"));
    assert!(!names("\"egui::thing\"", "egui"));
    let all = ["ui", "data", "app"];
    assert_eq!(
        modules_used("use crate::{data::{A, ui}, app::B};", &all),
        ["data", "app"]
    );
    assert_eq!(modules_used("crate::ui::run()", &all), ["ui"]);
}

#[test]
fn the_map_in_lib_rs_names_every_module() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for (module, ..) in MAY_USE {
        assert!(
            map.contains(&format!("//! | [`{module}`]")),
            "src/lib.rs does not describe `{module}`"
        );
        assert!(
            map.contains(&format!("pub mod {module};")),
            "src/lib.rs does not declare `{module}`"
        );
    }
}

#[test]
fn nothing_but_the_given_folders_is_visible_at_the_top() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "src",
        "assets",
        "sample-data",
        "tests",
        "target",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "{name} lies at the top"
        );
    }
}

#[test]
fn no_file_has_grown_past_eight_hundred_lines() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    rust_files(&root().join("tests"), &mut files);
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(
            lines <= 800,
            "{} has {lines} lines: where is the second idea?",
            file.display()
        );
    }
}
