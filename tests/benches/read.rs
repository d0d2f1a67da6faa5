//! How long reading takes, beside pyreadstat, and how much memory.
//!
//! ```text
//! cargo bench --bench read                     200,000 × 150 as .sav and .dta, timed beside pyreadstat where python3 has it
//! cargo bench --bench read -- memory FILE…     the highest memory of reading a file, beside the columns' own size (Linux)
//! cargo bench --bench read -- make ROWS FILE…  made-up answers of 150 variables; .sav, .zsav, .csv or .parquet
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use isobar::data::write::{Target, WriteOptions, write};
use isobar::data::{
    self, AnswerKind, Code, Codebook, Column, Dataset, Format, Positions, ReadOptions, Role, Text, Value, Variable,
    VariableKind,
};

const VARIABLES: usize = 150;
const TIMES: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let paths = |from: usize| arguments[from..].iter().map(PathBuf::from);
    match arguments.first().map(String::as_str) {
        Some("make") => {
            let survey = survey(arguments[1].parse().expect("rows"));
            paths(2).for_each(|path| make(&survey, &path));
        }
        Some("memory") => paths(1).for_each(|path| match std::env::var_os("ISOBAR_READS") {
            Some(_) => memory(&path),
            // Each file in a process of its own.
            None => {
                let this = std::env::current_exe().unwrap();
                let mut child = Command::new(this);
                assert!(
                    child
                        .arg("memory")
                        .arg(path)
                        .env("ISOBAR_READS", "1")
                        .status()
                        .unwrap()
                        .success()
                );
            }
        }),
        _ => compare(),
    }
}

/// A stream of numbers without pattern, the same every time (Marsaglia's xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }
}

/// 130 questions on scales with labels, a tenth not asked; ten whole quantities, five with decimals, five texts.
fn survey(rows: usize) -> Dataset {
    let mut numbers = Numbers(2016);
    let (mut variables, mut columns) = (Vec::new(), Vec::new());
    for i in 0..VARIABLES {
        let mut variable = Variable::new(format!("spm_{i}"), VariableKind::Nominal);
        variable.label = Text::plain(format!("Spørgsmål {i}: I hvor høj grad …?"));
        let column = if i < 130 {
            variable.values = (1..=5)
                .map(|code| value(f64::from(code), "Svar", AnswerKind::Answer))
                .collect();
            variable.values.push(value(99.0, "Ikke spurgt", AnswerKind::NotAsked));
            let levels = variable.values.iter().map(|value| value.code.clone()).collect();
            coded(levels, rows, || match numbers.next() % 10 {
                0 => 5,
                other => other as u32 % 5,
            })
        } else if i < 140 {
            variable.kind = VariableKind::Numeric;
            Column::Numbers((0..rows).map(|_| (numbers.next() % 5000) as f64).collect())
        } else if i < 145 {
            variable.kind = VariableKind::Numeric;
            variable.role = (i == 140).then_some(Role::Weight);
            Column::Numbers((0..rows).map(|_| numbers.next() as f64 / 9e11).collect())
        } else {
            let levels = (0..100)
                .map(|place| Code::Text(format!("Kommune nr. {place:03}")))
                .collect();
            coded(levels, rows, || numbers.next() as u32 % 100)
        };
        variables.push(variable);
        columns.push(column);
    }
    Dataset {
        path: PathBuf::from("made"),
        format: Format::Sav,
        sheets: data::Sheets::default(),
        encoding: "UTF-8".to_owned(),
        fingerprint: String::new(),
        rows,
        codebook: Codebook {
            variables,
            ..Codebook::default()
        },
        columns,
        combined: None,
    }
}

fn value(code: f64, label: &str, is: AnswerKind) -> Value {
    Value {
        code: code.into(),
        label: Text::plain(label),
        is,
    }
}

fn coded(levels: Vec<Code>, rows: usize, mut level: impl FnMut() -> u32) -> Column {
    let rows = Positions::pack(levels.len(), (0..rows).map(|_| Some(level())));
    Column::Coded { levels, rows }
}

fn make(survey: &Dataset, path: &Path) {
    let target = Target::of_path(path).expect("an ending that is written");
    let mut file = File::create(path).unwrap();
    write(survey, target, &WriteOptions::default(), &mut file).unwrap();
    println!("{}: {} MB", path.display(), fs::metadata(path).unwrap().len() >> 20);
}

/// The bytes that the columns take.
fn own_bytes(survey: &Dataset) -> usize {
    let columns = survey.columns.iter().map(|column| match column {
        Column::Numbers(numbers) => 8 * numbers.len(),
        Column::Coded { levels, rows } => {
            let cells = match rows {
                Positions::Narrow(rows) => rows.len(),
                Positions::Wide(rows) => 2 * rows.len(),
                Positions::Huge(rows) => 4 * rows.len(),
            };
            let texts = levels.iter().map(|level| match level {
                Code::Text(text) => size_of::<Code>() + text.len(),
                Code::Number(_) => size_of::<Code>(),
            });
            cells + texts.sum::<usize>()
        }
    });
    columns.sum()
}

fn memory(path: &Path) {
    let highest = || -> usize {
        let status = fs::read_to_string("/proc/self/status").expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    let before = highest();
    let started = Instant::now();
    let opened = data::read(path, &ReadOptions::default()).unwrap();
    let secs = started.elapsed().as_secs_f64();
    let (peak, own) = ((highest() - before) >> 10, own_bytes(&opened.dataset) >> 20);
    println!(
        "{}: {} × {} in {secs:.2} s; file {} MB, columns {own} MB, highest memory {peak} MB: {:.2} times the columns",
        path.display(),
        opened.dataset.rows,
        opened.dataset.columns.len(),
        fs::metadata(path).unwrap().len() >> 20,
        peak as f64 / own as f64
    );
}

fn compare() {
    let folder = std::env::temp_dir().join(format!("isobar-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let sav = folder.join("survey.sav");
    make(&survey(200_000), &sav);
    let dta = folder.join("survey.dta");
    let converted = python(&format!(
        "import pyreadstat; d, m = pyreadstat.read_sav({sav:?}, user_missing=True); \
         pyreadstat.write_dta(d, {dta:?}, column_labels=m.column_labels, \
         variable_value_labels=m.variable_value_labels); print(0)"
    ));
    let files = [(sav, "read_sav", ", user_missing=True"), (dta, "read_dta", "")];
    for (path, function, more) in files.into_iter().take(1 + usize::from(converted.is_some())) {
        let ours = median((0..TIMES).map(|_| {
            let started = Instant::now();
            assert_eq!(
                data::read(&path, &ReadOptions::default()).unwrap().dataset.rows,
                200_000
            );
            started.elapsed().as_secs_f64()
        }));
        let theirs = python(&format!(
            "import pyreadstat, time\ntimes = []\nfor i in range({TIMES}):\n  t = time.perf_counter()\n  \
             pyreadstat.{function}({path:?}{more})\n  times.append(time.perf_counter() - t)\n\
             print(sorted(times)[{TIMES} // 2])"
        ));
        match theirs {
            Some(theirs) => println!(
                "{}: {ours:.3} s, pyreadstat {theirs:.3} s: {:.1} times faster",
                path.display(),
                theirs / ours
            ),
            None => println!("{}: {ours:.3} s (there is no python3 with pyreadstat)", path.display()),
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn median(times: impl Iterator<Item = f64>) -> f64 {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The number that a few lines of Python print.
fn python(lines: &str) -> Option<f64> {
    let ran = Command::new("python3").arg("-c").arg(lines).output().ok()?;
    String::from_utf8(ran.stdout).ok()?.trim().parse().ok()
}
