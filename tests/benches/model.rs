//! How long a logistic model with 20 coefficients takes at 100,000 respondents, beside R's survey package where it is
//! installed: `cargo bench --bench model`. Medians.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use isobar::stats::model::{Family, Fit, Frame, Layout, Predictor, Setting, fit};
use isobar::stats::{Design, DesignSpec};

const RESPONDENTS: usize = 100_000;
const STRATA: u32 = 360;
const FACTORS: usize = 5;
const LEVELS: u16 = 4;
const NUMBERS: usize = 4;
const TIMES: usize = 9;

/// A seeded sequence of numbers between 0 and 1.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Survey {
    weights: Vec<f64>,
    strata: Vec<u32>,
    outcome: Vec<f64>,
    predictors: Vec<Predictor>,
}

fn survey() -> Survey {
    let mut chance = Chance(7);
    let mut log_odds = vec![-0.4; RESPONDENTS];
    let mut predictors = Vec::new();
    for factor in 0..FACTORS {
        let places: Vec<u16> = (0..RESPONDENTS)
            .map(|_| (chance.next() * f64::from(LEVELS)) as u16)
            .collect();
        for (odds, place) in log_odds.iter_mut().zip(&places) {
            *odds += f64::from(*place) * 0.1 * (factor as f64 - 2.0);
        }
        predictors.push(Predictor::Factor { levels: LEVELS, places });
    }
    for number in 0..NUMBERS {
        let numbers: Vec<f64> = (0..RESPONDENTS)
            .map(|_| (chance.next() * 1000.0).round() / 10.0)
            .collect();
        for (odds, value) in log_odds.iter_mut().zip(&numbers) {
            *odds += value * 0.004 * (number as f64 - 1.0);
        }
        predictors.push(Predictor::Numeric(numbers));
    }
    Survey {
        outcome: log_odds
            .iter()
            .map(|odds| f64::from(u8::from(chance.next() < 1.0 / (1.0 + (-odds).exp()))))
            .collect(),
        strata: (0..RESPONDENTS)
            .map(|_| (chance.next() * f64::from(STRATA)) as u32)
            .collect(),
        weights: (0..RESPONDENTS).map(|_| 0.5 + 3.0 * chance.next()).collect(),
        predictors,
    }
}

fn main() {
    let survey = survey();
    let design = Design::new(
        RESPONDENTS,
        DesignSpec {
            weights: Some(survey.weights.clone()),
            strata: Some(survey.strata.clone()),
            ..DesignSpec::default()
        },
    )
    .unwrap();
    let frame = Frame {
        predictors: survey.predictors.clone(),
        rows: (0..RESPONDENTS).collect(),
    };
    let terms: Vec<Vec<usize>> = (0..FACTORS + NUMBERS).map(|place| vec![place]).collect();
    let layout = Layout::of(&frame, &terms);
    assert_eq!(layout.columns.len(), 20);
    let (seconds, fitted) = timed(TIMES, || {
        fit(&design, Family::Logistic, &survey.outcome, &layout, &frame).unwrap()
    });
    println!(
        "logistic model, {} coefficients, {RESPONDENTS} respondents, {STRATA} strata: {:.0} ms ({} steps)",
        layout.columns.len(),
        seconds * 1e3,
        fitted.steps
    );
    let (margins, _) = timed(TIMES, || {
        (0..LEVELS)
            .map(|level| fitted.margin(&design, &layout, &frame, &[Setting::Level(0, level)]))
            .collect::<Vec<_>>()
    });
    println!("predicted margins at {LEVELS} levels: {:.0} ms", margins * 1e3);
    // Respondents who are alike in all categories share a row.
    let crossed: Vec<Vec<usize>> = (0..FACTORS).map(|place| vec![place]).chain([vec![0, 1]]).collect();
    let layout = Layout::of(&frame, &crossed);
    let (alike, _) = timed(TIMES, || {
        fit(&design, Family::Logistic, &survey.outcome, &layout, &frame).unwrap()
    });
    println!(
        "of categories alone, {} coefficients: {:.0} ms",
        layout.columns.len(),
        alike * 1e3
    );
    match in_r(&survey, &fitted) {
        Some(r) => println!("R survey: {:.0} ms, {:.1} times as long", r * 1e3, r / seconds),
        None => println!("R survey is not installed"),
    }
}

/// The median time of `work`, and its last result.
fn timed<T>(times: usize, work: impl Fn() -> T) -> (f64, T) {
    let mut result = work();
    let mut seconds: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            result = work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    (seconds[times / 2], result)
}

/// The median time of the same model in R; checks that it is the same.
fn in_r(survey: &Survey, fitted: &Fit) -> Option<f64> {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "y,w,s".to_owned();
    (0..FACTORS).for_each(|i| write!(text, ",f{i}").unwrap());
    (0..NUMBERS).for_each(|i| write!(text, ",x{i}").unwrap());
    for row in 0..RESPONDENTS {
        write!(
            text,
            "\n{},{},{}",
            survey.outcome[row], survey.weights[row], survey.strata[row]
        )
        .unwrap();
        for predictor in &survey.predictors {
            match predictor {
                Predictor::Numeric(numbers) => write!(text, ",{}", numbers[row]).unwrap(),
                Predictor::Factor { places, .. } => write!(text, ",l{}", places[row]).unwrap(),
            }
        }
    }
    let file = folder.path().join("survey.csv");
    std::fs::write(&file, text).unwrap();
    let script = r#"
        suppressMessages(library(survey)); d <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = TRUE)
        des <- svydesign(id = ~1, strata = ~s, weights = ~w, data = d)
        f <- y ~ f0 + f1 + f2 + f3 + f4 + x0 + x1 + x2 + x3
        t <- sapply(1:3, function(i) system.time(g <<- svyglm(f, des, family = quasibinomial()))[["elapsed"]])
        cat(median(t), SE(g)[2], "\n")"#;
    let ran = Command::new("Rscript").args(["-e", script]).arg(&file).output().ok()?;
    let said = String::from_utf8_lossy(&ran.stdout);
    let mut numbers = said.split_whitespace().map(|number| number.parse::<f64>().unwrap());
    let (seconds, std_error) = (numbers.next()?, numbers.next()?);
    let ours = fitted.coefficient(1).std_error;
    assert!((std_error / ours - 1.0).abs() < 1e-5, "{ours} here, {std_error} in R");
    Some(seconds)
}
