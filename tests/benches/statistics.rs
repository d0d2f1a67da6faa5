//! How long questions take, with their errors: medians of several runs under changing filters.
//!
//! ```text
//! cargo bench --bench statistics            all workloads; beside R survey, pandas and polars where they are installed
//! cargo bench --bench statistics -- alone   without the others
//! cargo bench --bench statistics -- coverage [TIMES]
//!                                           how often 95 % intervals hold the truth, in stratified weighted samples
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use isobar::data::Language;
use isobar::data::{
    AnswerKind, Code, Codebook, Column, Condition, Dataset, Format, Item, ItemKind, Positions, Question, QuestionKind,
    Role, Sheets, Text, Value, Variable, VariableKind,
};
use isobar::explain::explained;
use isobar::figure::{self, Look};
use isobar::measure::{BoxView, Compare, DesignChoice, Measure, Pairs, Query, ReplicateChoice};
use isobar::stats::{Design, DesignSpec, Estimate, Interval, ReplicateKind};

const ITEMS: usize = 12;
const STRATA: u64 = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(place) = arguments.iter().position(|argument| argument == "coverage") {
        let times = arguments.get(place + 1).and_then(|times| times.parse().ok());
        return coverage(times.unwrap_or(4_000));
    }
    let alone = arguments.iter().any(|argument| argument == "alone");
    let mut report = Report;
    for rows in [2_363, 100_000, 1_000_000] {
        let data = survey(rows, 0);
        let design = DesignChoice::of(&data);
        let prepared = design.prepare(&data).unwrap();
        let times = if rows > 500_000 { 9 } else { 21 };
        let view = |filter: usize, compare: Compare| Query {
            by: Some("sector".into()),
            filter: Condition::parse(&format!("size in ({}, {})", filter % 4 + 1, (filter + 1) % 4 + 1)).unwrap(),
            compare,
            ..Query::new(Measure::Question("partners".into()), &data)
        };
        let name = format!("shares of {ITEMS} items by sector, {rows} respondents");
        let ours = report.time(&name, times, |i| {
            black_box(view(i, Compare::default()).run_with(&data, &prepared).unwrap());
        });
        let compare = Compare {
            test: true,
            pairs: Some(Pairs::All),
            ..Compare::default()
        };
        report.time(
            &format!("  with tests and every pair of sectors, {rows}"),
            times.min(9),
            |i| {
                black_box(view(i, compare.clone()).run_with(&data, &prepared).unwrap());
            },
        );
        report.time(&format!("  the design itself, {rows}"), 5, |_| {
            black_box(design.prepare(&data).unwrap());
        });
        if rows == 100_000 {
            // What a changed filter costs before the window can paint: numbers, tests, every pair, words and figure.
            report.time("everything of one view, 100000", 21, |i| {
                let table = view(i, compare.clone()).run_with(&data, &prepared).unwrap();
                black_box(explained(&table, Language::Da));
                black_box(figure::layout(&figure::draw(&table, &Look::default())));
            });
        }
        if !alone {
            let mut beside = Beside::new();
            write(&data, &beside.file);
            // R takes minutes and gigabytes where it is asked for a million.
            if rows < 200_000 {
                beside.run("R survey", "Rscript", R, ours);
            }
            beside.run("pandas, no errors", "python3", PANDAS, ours);
            beside.run("polars, no errors", "python3", POLARS, ours);
        }
    }
    cells(&mut report, alone);
    replicates(&mut report, alone);
}

/// Draws samples from a population in twelve strata of very different sizes, the small ones almost wholly, and counts how
/// often the intervals of a share hold the population's.
fn coverage(times: usize) {
    let kinds = [
        ("logit", Interval::Logit),
        ("beta", Interval::Beta),
        ("Wilson", Interval::Wilson),
        ("arcsine", Interval::Arcsine),
        ("Wald", Interval::Wald),
    ];
    println!("{times} samples each; per cent of 95 % intervals that hold the population's share");
    print!("{:>6} {:>7} {:>9} {:>6}", "n", "share", "n·min", "n eff");
    kinds.iter().for_each(|(name, _)| print!(" {name:>8}"));
    println!("   too low  too high (logit)");
    for n in [100_usize, 250, 500, 1_000, 2_000] {
        for share in [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9] {
            let population = Population::new(share);
            let mut held = [0_usize; 5];
            let (mut under, mut over, mut effective) = (0, 0, 0.0);
            for sample in 0..times {
                let estimate = population.estimate(n, sample as u64);
                effective += if estimate.deff > 0.0 {
                    estimate.effective_n()
                } else {
                    n as f64
                };
                for ((_, kind), held) in kinds.iter().zip(&mut held) {
                    let (low, high) = kind.of_share(&estimate, 0.95);
                    *held += usize::from(low <= population.share && population.share <= high);
                }
                let (low, high) = Interval::Logit.of_share(&estimate, 0.95);
                under += usize::from(high < population.share);
                over += usize::from(low > population.share);
            }
            let percent = |count: usize| count as f64 / times as f64 * 100.0;
            let least = n as f64 * population.share.min(1.0 - population.share);
            print!(
                "{n:6} {:7.4} {least:9.1} {:6.0}",
                population.share,
                effective / times as f64
            );
            held.iter().for_each(|held| print!(" {:8.1}", percent(*held)));
            println!("  {:8.1} {:9.1}", percent(under), percent(over));
        }
    }
}

/// The sizes of the strata of a made-up population.
const SIZES: [usize; 12] = [9_000, 6_000, 4_000, 3_000, 2_000, 1_500, 1_000, 600, 400, 250, 150, 100];

struct Population {
    /// How many in each stratum have it.
    have: [usize; 12],
    /// The share of all that do.
    share: f64,
}

impl Population {
    /// One where strata have between half and twice the odds of `share`.
    fn new(share: f64) -> Self {
        let mut have = [0; 12];
        for (h, have) in have.iter_mut().enumerate() {
            let odds = share / (1.0 - share) * 2f64.powf(((h * 5) % 12) as f64 / 5.5 - 1.0);
            *have = (SIZES[h] as f64 * odds / (1.0 + odds)).round() as usize;
        }
        let all: usize = SIZES.iter().sum();
        Self {
            share: have.iter().sum::<usize>() as f64 / all as f64,
            have,
        }
    }

    /// The share estimated from a sample of about `n`: allocated by the root of the stratum's size, at least two each,
    /// drawn without replacement and weighted back.
    fn estimate(&self, n: usize, seed: u64) -> Estimate {
        let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..20).for_each(|_| {
            numbers.next();
        });
        let roots: f64 = SIZES.iter().map(|size| (*size as f64).sqrt()).sum();
        let (mut weights, mut strata, mut population, mut chosen) = (vec![], vec![], vec![], vec![]);
        for (h, size) in SIZES.iter().enumerate() {
            let drawn = (n as f64 * (*size as f64).sqrt() / roots).round() as usize;
            let drawn = drawn.clamp(2, *size);
            let (mut left, mut have) = (*size, self.have[h]);
            for _ in 0..drawn {
                let has = (numbers.below(left as u64) as usize) < have;
                left -= 1;
                have -= usize::from(has);
                weights.push(*size as f64 / drawn as f64);
                strata.push(h as u32);
                population.push(*size as f64);
                chosen.push(has);
            }
        }
        let rows = chosen.len();
        let design = Design::new(
            rows,
            DesignSpec {
                weights: Some(weights),
                strata: Some(strata),
                population: Some(population),
                ..DesignSpec::default()
            },
        );
        design.unwrap().share(&vec![true; rows], &chosen)
    }
}

/// 26 answers in 26 × 10 groups, each with its error.
fn cells(report: &mut Report, alone: bool) {
    let rows = 50_000;
    let mut numbers = Numbers(26);
    let answers: Vec<u16> = (0..rows).map(|_| numbers.below(26) as u16).collect();
    let groups: Vec<u16> = (0..rows).map(|_| numbers.below(260) as u16).collect();
    let weights: Vec<f64> = (0..rows).map(|_| numbers.weight()).collect();
    let strata: Vec<u32> = (0..rows).map(|_| numbers.below(STRATA) as u32).collect();
    let mut text = "answer,group,w,stratum\n".to_owned();
    for row in 0..rows {
        text += &format!("{},{},{},{}\n", answers[row], groups[row], weights[row], strata[row]);
    }
    let spec = DesignSpec {
        weights: Some(weights),
        strata: Some(strata),
        ..DesignSpec::default()
    };
    let design = Design::new(rows, spec).unwrap();
    let ours = report.time("6,760 cells (26 × 26 × 10), 50000 respondents", 9, |i| {
        let kept: Vec<u16> = (0..rows)
            .map(|row| if row % 7 != i % 7 { groups[row] } else { u16::MAX })
            .collect();
        black_box(design.shares(Some(&kept), 260, &answers, 26));
    });
    if !alone {
        let mut beside = Beside::new();
        std::fs::write(&beside.file, text).unwrap();
        beside.run("R survey, a tenth of the groups", "Rscript", R_CELLS, ours);
        beside.run("pandas, no errors", "python3", PANDAS_CELLS, ours);
        beside.run("polars, no errors", "python3", POLARS_CELLS, ours);
    }
}

/// 1,000 bootstrap replicates of the joint shares of all pairs of partners.
fn replicates(report: &mut Report, alone: bool) {
    let data = survey(2_363, 1_000);
    let design = DesignChoice {
        weight: Some("w".into()),
        replicates: Some(Box::new(ReplicateChoice {
            prefix: "r".to_owned(),
            kind: ReplicateKind::Bootstrap,
            rho: None,
            scale: None,
            constants: Vec::new(),
        })),
        ..DesignChoice::default()
    };
    let prepared = design.prepare(&data).unwrap();
    let query = |view| Query {
        design: design.clone(),
        ..Query::new(
            Measure::Boxes {
                question: "partners".into(),
                view,
                groups: false,
            },
            &data,
        )
    };
    let ours = report.time("1,000 replicates of 66 pairs of partners, 2363 respondents", 5, |_| {
        black_box(query(BoxView::Joint).run_with(&data, &prepared).unwrap());
    });
    report.time("  of 132 ordered pairs and 12 items", 5, |_| {
        black_box(query(BoxView::Conditional(None)).run_with(&data, &prepared).unwrap());
        let shares = Query {
            design: design.clone(),
            ..Query::new(Measure::Question("partners".into()), &data)
        };
        black_box(shares.run_with(&data, &prepared).unwrap());
    });
    if !alone {
        let mut beside = Beside::new();
        write(&data, &beside.file);
        beside.run("R survey, 66 pairs", "Rscript", R_REPLICATES, ours);
        beside.run("pandas and numpy by hand", "python3", PANDAS_REPLICATES, ours);
    }
}

/// The same work in other programs, over the same file.
struct Beside {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Beside {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("survey.csv");
        Self { folder, file }
    }

    /// Prints how long `script` says it took, beside `ours`.
    fn run(&mut self, name: &str, program: &str, script: &str, ours: f64) {
        let path = self.folder.path().join("script");
        std::fs::write(&path, script).unwrap();
        let ran = Command::new(program).arg(&path).arg(&self.file).output().ok();
        let said = ran.and_then(|ran| {
            let text = String::from_utf8_lossy(&ran.stdout).into_owned();
            text.lines().last()?.trim().parse::<f64>().ok()
        });
        match said {
            Some(seconds) => println!(
                "  {name:32} {:10.1} ms, {:.1} times ours",
                seconds * 1e3,
                seconds / ours
            ),
            None => println!("  {name:32} is not installed"),
        }
    }
}

const R: &str = r#"
suppressMessages(library(survey)); options(survey.lonely.psu="adjust")
d <- read.csv(commandArgs(TRUE)[1]); d$sector <- factor(d$sector)
des <- svydesign(id=~1, strata=~stratum, weights=~w, fpc=~population, data=d)
f <- as.formula(paste("~", paste0("p", 0:11, collapse="+")))
times <- sapply(1:3, function(i) { k <- c(i %% 4 + 1, (i+1) %% 4 + 1)
  system.time({ s <- subset(des, size %in% k); r <- svyby(f, ~sector, s, svymean); confint(r) })["elapsed"] })
cat(median(times), "\n")
"#;

const PANDAS: &str = r#"
import sys, time, statistics, pandas as pd
d = pd.read_csv(sys.argv[1]); items = [f"p{i}" for i in range(12)]; times = []
for i in range(7):
    k = [i % 4 + 1, (i + 1) % 4 + 1]; start = time.perf_counter()
    s = d[d["size"].isin(k)]; w = s["w"]
    r = s[items].mul(w, axis=0).groupby(s["sector"]).sum().div(w.groupby(s["sector"]).sum(), axis=0)
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"#;

const POLARS: &str = r#"
import sys, time, statistics, polars as pl
d = pl.read_csv(sys.argv[1]); items = [f"p{i}" for i in range(12)]; times = []
for i in range(7):
    k = [i % 4 + 1, (i + 1) % 4 + 1]; start = time.perf_counter()
    r = d.lazy().filter(pl.col("size").is_in(k)).group_by("sector").agg([(pl.col(p) * pl.col("w")).sum() / pl.col("w").sum() for p in items]).collect()
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"#;

const R_CELLS: &str = r#"
suppressMessages(library(survey)); options(survey.lonely.psu="adjust")
d <- read.csv(commandArgs(TRUE)[1]); d$answer <- factor(d$answer)
des <- svydesign(id=~1, strata=~stratum, weights=~w, data=d)
cat(system.time({ s <- subset(des, group < 26); r <- svyby(~answer, ~group, s, svymean); SE(r) })["elapsed"], "\n")
"#;

const PANDAS_CELLS: &str = r#"
import sys, time, statistics, pandas as pd
d = pd.read_csv(sys.argv[1]); times = []
for i in range(7):
    start = time.perf_counter()
    s = d[d.index % 7 != i]
    t = s.groupby(["group", "answer"])["w"].sum(); r = t / t.groupby("group").transform("sum")
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"#;

const POLARS_CELLS: &str = r#"
import sys, time, statistics, polars as pl
d = pl.read_csv(sys.argv[1]).with_row_index(); times = []
for i in range(7):
    start = time.perf_counter()
    r = d.lazy().filter(pl.col("index") % 7 != i).group_by("group", "answer").agg(pl.col("w").sum()).with_columns(share=pl.col("w") / pl.col("w").sum().over("group")).collect()
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"#;

const R_REPLICATES: &str = r#"
suppressMessages(library(survey))
d <- read.csv(commandArgs(TRUE)[1])
des <- svrepdesign(data=d, weights=~w, repweights="^r[0-9]+$", type="bootstrap", combined.weights=TRUE, mse=FALSE)
pairs <- combn(0:11, 2); for (k in seq_len(ncol(pairs))) des$variables[[paste0("b", k)]] <- d[[paste0("p", pairs[1, k])]] * d[[paste0("p", pairs[2, k])]]
f <- as.formula(paste("~", paste0("b", seq_len(ncol(pairs)), collapse="+")))
cat(median(sapply(1:3, function(i) system.time({ m <- svymean(f, des); SE(m) })["elapsed"])), "\n")
"#;

const PANDAS_REPLICATES: &str = r#"
import sys, time, statistics, itertools, numpy as np, pandas as pd
d = pd.read_csv(sys.argv[1]); times = []
W = d[[f"r{i}" for i in range(1000)]].to_numpy(); P = d[[f"p{i}" for i in range(12)]].to_numpy()
for i in range(5):
    start = time.perf_counter()
    B = np.stack([P[:, a] * P[:, b] for a, b in itertools.combinations(range(12), 2)], axis=1)
    t = (W.T @ B) / W.sum(axis=0)[:, None]; se = np.sqrt(((t - t.mean(axis=0)) ** 2).sum(axis=0) / 999)
    times.append(time.perf_counter() - start)
print(statistics.median(times))
"#;

/// Prints the median of each workload.
struct Report;

impl Report {
    fn time(&mut self, name: &str, times: usize, mut run: impl FnMut(usize)) -> f64 {
        run(0);
        let mut seconds: Vec<f64> = (1..=times)
            .map(|i| {
                let start = Instant::now();
                run(i);
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let median = seconds[times / 2];
        println!("{name:66} {:10.2} ms", median * 1e3);
        median
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

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn weight(&mut self) -> f64 {
        1.0 + self.below(1_000) as f64 / 100.0
    }
}

/// A survey of `rows` respondents in 300 strata with a question of twelve boxes, and as many bootstrap weights.
fn survey(rows: usize, replicates: usize) -> Dataset {
    let mut numbers = Numbers(2016);
    let mut made = Made::default();
    let strata: Vec<u64> = (0..rows).map(|_| numbers.below(STRATA)).collect();
    let mut drawn = vec![0.0; STRATA as usize];
    strata.iter().for_each(|stratum| drawn[*stratum as usize] += 1.0);
    made.coded("sector", 3, strata.iter().map(|stratum| stratum % 3 + 1), None);
    made.coded("size", 4, (0..rows).map(|_| numbers.below(4) + 1), None);
    made.coded(
        "stratum",
        STRATA,
        strata.iter().map(|stratum| stratum + 1),
        Some(Role::Stratum),
    );
    for item in 0..ITEMS {
        let often = 5 + 5 * item as u64;
        made.coded(
            &format!("p{item}"),
            2,
            (0..rows).map(|_| u64::from(numbers.below(100) < often)),
            None,
        );
    }
    let population = strata.iter().map(|stratum| drawn[*stratum as usize] * 4.0).collect();
    made.numbers("population", population, Some(Role::PopulationSize));
    let weights: Vec<f64> = (0..rows).map(|_| numbers.weight()).collect();
    for replicate in 0..replicates {
        let times = |numbers: &mut Numbers| [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0][numbers.below(8) as usize];
        let values = weights.iter().map(|weight| weight * times(&mut numbers)).collect();
        made.numbers(&format!("r{replicate}"), values, None);
    }
    made.numbers("w", weights, Some(Role::Weight));
    made.codebook.questions.push(Question {
        id: "partners".into(),
        kind: QuestionKind::Multiple,
        items: (0..ITEMS)
            .map(|item| Item {
                var: format!("p{item}").as_str().into(),
                more: Vec::new(),
                label: None,
                is: ItemKind::Answer,
                actor: None,
                group: None,
                counted: Vec::new(),
            })
            .collect(),
        counted: vec![Code::Number(1.0)],
        ..Question::default()
    });
    Dataset {
        path: PathBuf::from("made"),
        format: Format::Sav,
        sheets: Sheets::default(),
        encoding: "UTF-8".to_owned(),
        fingerprint: String::new(),
        rows,
        codebook: made.codebook,
        columns: made.columns,
        combined: None,
    }
}

#[derive(Default)]
struct Made {
    codebook: Codebook,
    columns: Vec<Column>,
}

impl Made {
    /// A variable with the codes 0 to `most`.
    fn coded(&mut self, name: &str, most: u64, rows: impl ExactSizeIterator<Item = u64>, role: Option<Role>) {
        let levels: Vec<Code> = (0..=most).map(|code| Code::Number(code as f64)).collect();
        let mut variable = Variable::new(name, VariableKind::Nominal);
        variable.role = role;
        variable.values = levels
            .iter()
            .map(|code| Value {
                code: code.clone(),
                label: Text::plain(code.to_string()),
                is: AnswerKind::Answer,
            })
            .collect();
        let rows = Positions::pack(levels.len(), rows.map(|code| Some(code as u32)));
        self.codebook.variables.push(variable);
        self.columns.push(Column::Coded { levels, rows });
    }

    fn numbers(&mut self, name: &str, rows: Vec<f64>, role: Option<Role>) {
        let mut variable = Variable::new(name, VariableKind::Numeric);
        variable.role = role;
        self.codebook.variables.push(variable);
        self.columns.push(Column::Numbers(rows));
    }
}

fn write(data: &Dataset, file: &Path) {
    let mut writer = csv::Writer::from_path(file).unwrap();
    writer
        .write_record(data.codebook.variables.iter().map(|variable| &variable.name.0))
        .unwrap();
    for row in 0..data.rows {
        let cells = data.columns.iter().map(|column| column.number(row).to_string());
        writer.write_record(cells).unwrap();
    }
    writer.flush().unwrap();
}
