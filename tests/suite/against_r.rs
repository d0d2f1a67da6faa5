//! Estimates against R's survey package. The numbers were made by the scripts beside them.

use std::path::Path;

use isobar::data::{Code, Condition, Dataset, ReadOptions, VarId, read};
use isobar::measure::{Compare, DesignChoice, Measure, Pairs, Query, Table};
use isobar::stats::{Design, DesignSpec, Estimate, Interval, Lonely, TestKind, interval, quantile};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/r-survey");

fn json(name: &str) -> Value {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn data(name: &str) -> Dataset {
    read(&Path::new(FOLDER).join(name), &ReadOptions::default())
        .unwrap()
        .dataset
}

#[track_caller]
fn close(ours: f64, theirs: &Value, tolerance: f64, what: &str) {
    let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{what}: R has no number"));
    assert!(
        (ours - theirs).abs() <= tolerance * theirs.abs().max(1e-6),
        "{what}: {ours} here, {theirs} in R"
    );
}

fn choice(design: &Value) -> DesignChoice {
    let var = |key: &str| design[key].as_str().map(VarId::from);
    DesignChoice {
        weight: var("weight"),
        strata: var("strata").into_iter().collect(),
        population: var("fpc"),
        ..DesignChoice::default()
    }
}

fn check_share(table: &Table, group: usize, expected: &Value, what: &str) {
    let cell = table.cell(0, group);
    close(
        cell.estimate.value,
        &expected["estimate"],
        1e-9,
        &format!("{what} estimate"),
    );
    close(
        cell.estimate.std_error,
        &expected["se"],
        1e-9,
        &format!("{what} standard error"),
    );
    close(cell.low, &expected["ci_low"], 1e-6, &format!("{what} low"));
    close(cell.high, &expected["ci_high"], 1e-6, &format!("{what} high"));
    assert_eq!(cell.estimate.df, expected["df"].as_f64().unwrap(), "{what} df");
    assert_eq!(cell.estimate.n as u64, expected["n"].as_u64().unwrap(), "{what} n");
}

#[test]
fn shares_and_means_of_the_school_sample_equal_r_in_three_designs() {
    let data = data("apistrat.csv");
    let expected = json("expected.json");
    for (name, case) in expected["cases"].as_object().unwrap() {
        let share = &case["share"];
        let condition = Condition::OneOf {
            var: share["variable"].as_str().unwrap().into(),
            values: vec![share["level"].as_str().unwrap().into()],
        };
        let mut query = Query {
            design: choice(&case["design"]),
            ..Query::new(Measure::Share(condition), &data)
        };
        check_share(&query.run(&data).unwrap(), 0, &share["total"], name);

        query.by = Some(share["by"]["variable"].as_str().unwrap().into());
        let table = query.run(&data).unwrap();
        assert_eq!(table.groups.len(), 3);
        for (g, group) in table.groups.iter().enumerate() {
            let (_, code) = group.key.as_ref().unwrap();
            let expected = &share["by"]["groups"][code.to_string()];
            check_share(&table, g, expected, &format!("{name} {code}"));
        }

        query.by = None;
        query.measure = Measure::Mean(case["mean"]["variable"].as_str().unwrap().into());
        let table = query.run(&data).unwrap();
        let mean = table.cell(0, 0).estimate;
        close(mean.value, &case["mean"]["estimate"], 1e-9, name);
        close(mean.std_error, &case["mean"]["se"], 1e-9, name);
        close(mean.deff, &case["deff"]["deff"], 1e-9, name);
    }
}

#[test]
fn tests_and_contrasts_of_the_school_sample_equal_r_in_three_designs() {
    let data = data("apistrat.csv");
    let expected = json("expected.json");
    for (name, case) in expected["cases"].as_object().unwrap() {
        let query = Query {
            design: choice(&case["design"]),
            by: Some("stype".into()),
            compare: Compare {
                test: true,
                pairs: Some(Pairs::All),
                ..Compare::default()
            },
            ..Query::new(Measure::Share(Condition::parse_share("sch.wide=Yes").unwrap()), &data)
        };
        let comparisons = query.run(&data).unwrap().comparisons;
        let test = |kind| {
            let tests = &comparisons.tests;
            tests.iter().find(|found| found.test.kind == kind).unwrap().test
        };
        let (second, first, pearson) = (
            test(TestKind::RaoScott),
            test(TestKind::RaoScottFirst),
            test(TestKind::Pearson),
        );
        let theirs = &case["rao_scott"];
        close(second.statistic, &theirs["F"], 1e-9, name);
        close(second.ndf, &theirs["ndf"], 1e-9, name);
        close(second.ddf, &theirs["ddf"], 1e-9, name);
        close(second.p, &theirs["p"], 1e-6, name);
        close(pearson.statistic, &theirs["pearson"], 1e-9, name);
        close(first.p, &theirs["pearson_p"], 1e-6, name);
        for (pair, ours) in case["contrast"]["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .zip(&comparisons.contrasts)
        {
            assert_eq!(
                (ours.a.id.to_string(), ours.b.id.to_string()),
                (
                    pair["a"].as_str().unwrap().to_owned(),
                    pair["b"].as_str().unwrap().to_owned(),
                )
            );
            close(ours.contrast.difference, &pair["difference"], 1e-9, name);
            close(ours.contrast.std_error, &pair["se"], 1e-9, name);
        }
    }
}

/// The share as a question by itself, so that it takes another way through the program.
#[test]
fn a_question_about_the_schools_equals_r_too() {
    let data = data("apistrat.csv");
    let expected = &json("expected.json")["cases"]["apistrat/strata_fpc"];
    let query = Query {
        design: choice(&expected["design"]),
        by: Some("stype".into()),
        ..Query::new(Measure::Question("sch.wide".into()), &data)
    };
    let mut table = query.run(&data).unwrap();
    let yes = table
        .items
        .iter()
        .position(|item| item.code == Some(Code::from("Yes")))
        .unwrap();
    table.cells.drain(..yes * table.groups.len());
    for (g, code) in ["E", "H", "M"].into_iter().enumerate() {
        check_share(&table, g, &expected["share"]["by"]["groups"][code], code);
    }
}

/// A column as a vector with one element per respondent.
fn column(data: &Dataset, case: &Value, key: &str) -> Option<Vec<f64>> {
    let column = data.column(&case[key].as_str()?.into()).unwrap();
    Some((0..data.rows).map(|row| column.number(row)).collect())
}

fn whole(numbers: Vec<f64>) -> Vec<u32> {
    numbers.into_iter().map(|number| number as u32).collect()
}

/// Compares with R's numbers; where R has next to nothing, so must we.
#[track_caller]
fn close_or_nothing(ours: f64, theirs: &Value, scale: f64, what: &str) {
    let number = theirs.as_f64().unwrap();
    if number.abs() < 1e-11 * scale {
        assert!(ours.abs() < 1e-11 * scale, "{what}: {ours} here, {number} in R");
    } else {
        close(ours, theirs, 1e-9, what);
    }
}

fn check_interval((low, high): (f64, f64), expected: &Value, what: &str) {
    if let Some(ends) = expected.as_array() {
        close(low, &ends[0], 1e-6, &format!("{what} low"));
        close(high, &ends[1], 1e-6, &format!("{what} high"));
    }
}

fn check_hard_case(case: &Value, data: &Dataset) {
    let name = case["name"].as_str().unwrap();
    let design = Design::new(
        data.rows,
        DesignSpec {
            weights: column(data, case, "weight"),
            strata: column(data, case, "strata").map(whole),
            population: column(data, case, "population"),
            clusters: column(data, case, "cluster").map(whole),
            lonely: match case["lonely"].as_str().unwrap() {
                "adjust" => Lonely::Adjust,
                _ => Lonely::Remove,
            },
            ..DesignSpec::default()
        },
    )
    .unwrap();
    let mut domain = vec![false; data.rows];
    let rows = case["domain"].as_array().map_or(vec![], |rows| rows.iter().collect());
    for row in if rows.is_empty() { vec![&case["domain"]] } else { rows } {
        if let Some(row) = row.as_u64() {
            domain[row as usize - 1] = true;
        }
    }
    let values = column(data, case, "y").unwrap();
    let mean = design.mean(&domain, &values);
    let is_share = case["share"].as_bool().unwrap();
    let mut estimates = vec![mean];
    if is_share {
        let chosen: Vec<bool> = values.iter().map(|value| *value == 1.0).collect();
        estimates.push(design.share(&domain, &chosen));
    }
    for estimate in estimates {
        assert_eq!(estimate.n as u64, case["n"].as_u64().unwrap(), "{name} n");
        close_or_nothing(estimate.n_weighted, &case["n_weighted"], 1.0, name);
        if estimate.n == 0 {
            assert!(estimate.value.is_nan() && estimate.std_error.is_nan(), "{name}");
            continue;
        }
        let scale = estimate.value.abs().max(1.0);
        close_or_nothing(estimate.value, &case["estimate"], scale, &format!("{name} estimate"));
        close_or_nothing(
            estimate.std_error,
            &case["se"],
            scale,
            &format!("{name} standard error"),
        );
        assert_eq!(estimate.df, case["df"].as_f64().unwrap(), "{name} df");
        if case["se"].as_f64().unwrap() > 1e-11 * scale {
            close(estimate.deff, &case["deff"], 1e-8, &format!("{name} deff"));
        }
        check_interval(interval::of_mean(&estimate, 0.95), &case["wald"], name);
        if estimate.df <= 0.0 {
            assert!(interval::of_mean(&estimate, 0.95).0.is_nan(), "{name}");
            assert!(Interval::Logit.of_share(&estimate, 0.95).1.is_nan(), "{name}");
        }
    }
    if is_share {
        check_share_intervals(&estimates_last(&design, &domain, &values), case, name);
    }
}

fn estimates_last(design: &Design, domain: &[bool], values: &[f64]) -> Estimate {
    let chosen: Vec<bool> = values.iter().map(|value| *value == 1.0).collect();
    design.share(domain, &chosen)
}

fn check_share_intervals(estimate: &Estimate, case: &Value, name: &str) {
    check_interval(
        Interval::Logit.of_share(estimate, 0.95),
        &case["logit"],
        &format!("{name} logit"),
    );
    check_interval(
        Interval::Beta.of_share(estimate, 0.95),
        &case["beta"],
        &format!("{name} beta"),
    );
    check_interval(
        Interval::Wilson.of_share(estimate, 0.95),
        &case["wilson"],
        &format!("{name} Wilson"),
    );
    check_interval(
        Interval::Wald.of_share(estimate, 0.95),
        &case["wald"],
        &format!("{name} Wald"),
    );
    if estimate.value == 0.0 || estimate.value == 1.0 {
        check_interval(
            Interval::Logit.of_share(estimate, 0.95),
            &case["beta"],
            &format!("{name} logit at its end"),
        );
    }
}

#[test]
fn hard_designs_and_domains_equal_r() {
    let golden = json("hard_cases.json");
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() > 150);
    let files: std::collections::BTreeMap<&str, Dataset> = cases
        .iter()
        .map(|case| case["file"].as_str().unwrap())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|file| (file, data(file)))
        .collect();
    for case in cases {
        check_hard_case(case, &files[case["file"].as_str().unwrap()]);
    }
}

/// Lumley's 8-row example: rows dropped instead of marked would give 0.7881783.
#[test]
fn a_domain_keeps_the_whole_design() {
    let data = data("fpc.csv");
    let query = Query {
        filter: Condition::parse("x > 4").unwrap(),
        design: DesignChoice {
            weight: Some("weight".into()),
            strata: vec!["stratid".into()],
            ..DesignChoice::default()
        },
        ..Query::new(Measure::Mean("x".into()), &data)
    };
    let table = query.run(&data).unwrap();
    let estimate = table.cell(0, 0).estimate;
    assert!((estimate.value - 6.195).abs() < 1e-6);
    assert!(
        (estimate.std_error - 0.755_512_9).abs() < 5e-8,
        "{}",
        estimate.std_error
    );
}

#[test]
fn quantiles_equal_r_to_the_last_digits() {
    let quantiles = &json("hard_cases.json")["quantiles"];
    for case in quantiles["t"].as_array().unwrap() {
        let df = case["df"].as_f64().unwrap();
        for (p, key) in [(0.975, "p975"), (0.95, "p95"), (0.9995, "p9995")] {
            close(quantile::student_t(p, df), &case[key], 1e-10, &format!("t({p}, {df})"));
            close(
                -quantile::student_t(1.0 - p, df),
                &case[key],
                1e-10,
                &format!("t({}, {df})", 1.0 - p),
            );
        }
    }
    for case in quantiles["beta"].as_array().unwrap() {
        let (a, b) = (case["a"].as_f64().unwrap(), case["b"].as_f64().unwrap());
        close(
            quantile::beta(0.025, a, b),
            &case["low"],
            1e-10,
            &format!("beta(0.025, {a}, {b})"),
        );
        close(
            quantile::beta(0.975, a, b),
            &case["high"],
            1e-10,
            &format!("beta(0.975, {a}, {b})"),
        );
    }
    for (p, key) in [(0.975, "p975"), (0.95, "p95"), (0.9995, "p9995")] {
        close(
            quantile::normal(p),
            &quantiles["normal"][key],
            1e-11,
            &format!("normal({p})"),
        );
    }
}
