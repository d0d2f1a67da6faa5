//! Regressions against R's survey package, and what must hold of them without an oracle.

use std::collections::BTreeMap;
use std::path::Path;

use isobar::data::{Code, Condition, Dataset, Language, ReadOptions, VarId, read};
use isobar::data::{DontKnow, Question, QuestionKind};
use isobar::explain::explained_model;
use isobar::measure::model_table::ModelTable;
use isobar::measure::{
    DesignChoice, MarginChoice, MarginQuery, Measure, ModelQuery, ModelWarning, Outcome, Query, ReplicateChoice,
    parse_terms,
};
use isobar::remarks;
use isobar::stats::ReplicateKind;
use serde_json::Value;

use crate::against_r_more;
use crate::measures::made::{File, question};
use crate::program::{isobar, isobar_json, path};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/r-survey");

fn json(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(Path::new(FOLDER).join(name)).unwrap()).unwrap()
}

fn data(name: &str) -> Dataset {
    read(&Path::new(FOLDER).join(name), &ReadOptions::default())
        .unwrap()
        .dataset
}

/// Data written as text for one test.
fn made(text: &str) -> Dataset {
    isobar::data::read_bytes("made.csv", text.as_bytes(), &ReadOptions::default(), None)
        .unwrap()
        .dataset
}

#[track_caller]
fn close(ours: f64, theirs: &Value, tolerance: f64, what: &str) {
    let theirs = theirs
        .as_f64()
        .unwrap_or_else(|| panic!("{what}: R has no number, {ours} here"));
    assert!(
        (ours - theirs).abs() <= tolerance * theirs.abs().max(1e-4),
        "{what}: {ours} here, {theirs} in R"
    );
}

fn var(case: &Value, key: &str) -> Option<VarId> {
    case[key].as_str().map(VarId::from)
}

fn design(case: &Value) -> DesignChoice {
    if case["design"].is_object() {
        return against_r_more::design(&case["design"]);
    }
    DesignChoice {
        weight: var(case, "weight"),
        strata: var(case, "strata").into_iter().collect(),
        population: var(case, "population"),
        cluster: var(case, "cluster"),
        replicates: case["replicates"].as_str().map(|prefix| {
            Box::new(ReplicateChoice {
                prefix: prefix.to_owned(),
                kind: ReplicateKind::Jk1,
                rho: None,
                scale: None,
                constants: Vec::new(),
            })
        }),
        margins: case["post"]["counts"]
            .as_object()
            .map(|counts| MarginChoice {
                vars: vec![case["post"]["var"].as_str().unwrap().into()],
                cells: counts
                    .iter()
                    .map(|(code, count)| (vec![code.as_str().into()], Code::Number(count.as_f64().unwrap())))
                    .collect(),
            })
            .into_iter()
            .collect(),
        ..DesignChoice::default()
    }
}

/// A code as R writes it.
fn code(text: &str) -> Code {
    text.parse().map_or_else(|_| Code::from(text), Code::Number)
}

fn outcome(text: &str) -> Outcome {
    match text.contains('=') {
        true => Outcome::Share(Condition::parse_share(text).unwrap()),
        false => Outcome::Mean(text.into()),
    }
}

fn query(case: &Value, data: &Dataset) -> ModelQuery {
    let terms = parse_terms(case["terms"].as_str().unwrap()).unwrap();
    let list = |value: &Value| -> Vec<Value> {
        match value {
            Value::Null => Vec::new(),
            Value::Array(all) => all.clone(),
            one => vec![one.clone()],
        }
    };
    ModelQuery {
        filter: Condition::parse(case["where"].as_str().unwrap_or_default()).unwrap(),
        references: case["reference"].as_object().map_or_else(Vec::new, |references| {
            let pair = |(var, value): (&String, &Value)| (var.as_str().into(), code(value.as_str().unwrap()));
            references.iter().map(pair).collect()
        }),
        design: design(case),
        margins: var(case, "margins_of")
            .map(|var| MarginQuery {
                at: match case["margins_at"].is_null() {
                    true => Vec::new(),
                    false => vec![(
                        var.clone(),
                        list(&case["margins_at"])
                            .iter()
                            .map(|at| Code::Number(at.as_f64().unwrap()))
                            .collect(),
                    )],
                },
                vars: vec![var],
            })
            .into_iter()
            .collect(),
        effects: true,
        ..ModelQuery::new(outcome(case["outcome"].as_str().unwrap()), terms, data)
    }
}

/// The elements of a list; R writes an empty one as an empty object.
fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// `race2` for `factor(race)2`: R's data frame has factors.
fn plain(term: &str) -> String {
    term.replace("factor(race)", "race")
        .replace("factor(RIAGENDR)", "RIAGENDR")
}

fn check(case: &Value, table: &ModelTable) {
    let name = case["name"].as_str().unwrap();
    assert_eq!(table.base.n as u64, case["n"].as_u64().unwrap(), "{name} n");
    assert!(table.converged, "{name}");
    assert_eq!(table.df_residual, case["df_residual"].as_f64().unwrap(), "{name} df");
    let estimated: Vec<_> = table.rows.iter().filter(|row| row.trouble.is_none()).collect();
    let expected = case["coefficients"].as_array().unwrap();
    let ours: Vec<String> = estimated.iter().map(|row| plain(&row.term)).collect();
    let theirs: Vec<String> = expected
        .iter()
        .map(|row| plain(row["term"].as_str().unwrap()))
        .collect();
    assert_eq!(ours, theirs, "{name}");
    for (row, expected) in estimated.iter().zip(expected) {
        let what = format!("{name}, {}", row.term);
        let c = row.coefficient;
        close(c.estimate, &expected["estimate"], 1e-8, &format!("{what} estimate"));
        close(c.std_error, &expected["se"], 1e-8, &format!("{what} standard error"));
        close(c.t, &expected["t"], 1e-7, &format!("{what} t"));
        if table.df_residual > 0.0 {
            close(c.p, &expected["p"], 1e-6, &format!("{what} p"));
        }
    }
    for test in items(&case["tests"]) {
        let term = test["term"].as_str().unwrap();
        let ours = &table
            .terms
            .iter()
            .find(|ours| plain(&ours.term) == plain(term))
            .unwrap()
            .test;
        let what = format!("{name}, {term}");
        close(ours.statistic, &test["F"], 1e-6, &format!("{what} F"));
        close(ours.ndf, &test["ndf"], 0.0, &format!("{what} df above"));
        close(ours.ddf, &test["ddf"], 0.0, &format!("{what} df below"));
        close(ours.p, &test["p"], 1e-5, &format!("{what} p of F"));
    }
    let margins = items(&case["margins"]);
    assert_eq!(table.margins.len(), margins.len(), "{name} margins");
    for expected in margins {
        let at = code(expected["at"].as_str().unwrap());
        let ours = table.margins.iter().find(|ours| ours.at[0].1 == at).unwrap();
        let what = format!("{name}, margin at {at}");
        close(ours.estimate.value, &expected["estimate"], 1e-8, &what);
        close(ours.estimate.std_error, &expected["se"], 1e-7, &what);
        if !expected["se_sampled"].is_null() {
            close(ours.std_error_sampled, &expected["se_sampled"], 1e-7, &what);
        }
        assert!(
            ours.low <= ours.estimate.value && ours.estimate.value <= ours.high,
            "{what}"
        );
    }
    for expected in items(&case["effects"]) {
        let var = expected["var"].as_str().unwrap();
        let ours = table.effects.iter().filter(|ours| ours.var.0 == var);
        let estimates = expected["estimate"].as_array().unwrap();
        let errors = expected["se"].as_array().unwrap();
        assert_eq!(ours.clone().count(), estimates.len(), "{name}, effects of {var}");
        for (i, ours) in ours.enumerate() {
            let what = format!("{name}, effect of {var} {:?}", ours.code);
            if let Some(level) = expected["levels"].get(i) {
                assert_eq!(ours.code, Some(code(level.as_str().unwrap())), "{what}");
            }
            // R's are differences over small steps.
            close(ours.estimate.value, &estimates[i], 1e-6, &what);
            close(ours.estimate.std_error, &errors[i], 1e-5, &what);
        }
    }
}

/// Fits all models of a file of golden cases.
fn check_all(name: &str, at_least: usize) {
    let golden = json(name);
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    let mut files: BTreeMap<&str, Dataset> = BTreeMap::new();
    for case in cases {
        let file = case["file"].as_str().unwrap();
        let data = files.entry(file).or_insert_with(|| data(file));
        let table = query(case, data)
            .run(data)
            .unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        check(case, &table);
    }
}

#[test]
fn regressions_over_ten_designs_equal_r() {
    check_all("models.json", 40);
}

#[test]
fn regressions_with_replicate_weights_known_counts_and_lonely_strata_equal_r() {
    check_all("models_more.json", 60);
}

#[test]
fn the_command_line_gives_the_coefficients_of_r_in_three_designs() {
    let expected = json("expected.json");
    let file = path("tests/reference/r-survey/apistrat.csv").display().to_string();
    for (name, case) in expected["cases"].as_object().unwrap() {
        let logistic = &case["logistic"];
        let mut arguments = vec![
            "model",
            &file,
            "--outcome",
            "sch.wide=Yes",
            "--terms",
            "ell,meals,stype",
        ];
        for (option, key) in [("--weight", "weight"), ("--strata", "strata"), ("--population", "fpc")] {
            if let Some(var) = case["design"][key].as_str() {
                arguments.extend([option, var]);
            }
        }
        arguments.extend(["--margins", "stype", "--format", "json"]);
        let answer = isobar_json(&arguments);
        close(
            answer["df_residual"].as_f64().unwrap(),
            &logistic["df_residual"],
            0.0,
            name,
        );
        let rows = answer["coefficients"].as_array().unwrap();
        assert_eq!(rows.len(), logistic["coefficients"].as_object().unwrap().len());
        for row in rows {
            let expected = &logistic["coefficients"][row["term"].as_str().unwrap()];
            for (ours, theirs) in [("estimate", "estimate"), ("std_error", "se"), ("t", "t"), ("p", "p")] {
                let what = format!("{name} {} {ours}", row["term"]);
                close(row[ours].as_f64().unwrap(), &expected[theirs], 1e-6, &what);
            }
        }
        assert_eq!(answer["margins"].as_array().unwrap().len(), 3);
        assert_eq!(answer["margins"][0]["at"]["stype"], "E");
        assert_eq!(answer["term_tests"].as_array().unwrap().len(), 3);
        assert_eq!(answer["references"]["stype"], "E");
        assert_eq!(answer["converged"], true);
    }
}

#[test]
fn replicates_that_separate_are_left_out_and_that_is_said() {
    let golden = json("models_more.json");
    let cases = golden["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["file"] == "nhanes_brr.csv").unwrap();
    let data = data("nhanes_brr.csv");
    let ask = |terms: &str, filter: &str| {
        let query = ModelQuery {
            design: design(case),
            filter: Condition::parse(filter).unwrap(),
            ..ModelQuery::new(outcome("chol=1"), parse_terms(terms).unwrap(), &data)
        };
        query.run(&data).unwrap()
    };
    // In some half-samples nobody of race 3 has high cholesterol.
    let table = ask("factor(race)", "");
    let lost = table.warnings.iter().find_map(|warning| match warning {
        ModelWarning::Replicates { lost, of } => Some((*lost, *of)),
        _ => None,
    });
    let (lost, of) = lost.expect("a warning");
    assert!(lost > 0 && lost < of && of == 16, "{lost} of {of}");
    assert!(
        table
            .rows
            .iter()
            .all(|row| row.coefficient.std_error > 0.0 && row.coefficient.std_error < 5.0)
    );
    let said = remarks::of_model(&ModelWarning::Replicates { lost, of }, Language::Da);
    assert!(said.contains("replikatvægte er der intet skøn (separation)"), "{said}");
    let whole = ask("factor(race)", "race <= 2");
    assert!(
        !whole
            .warnings
            .iter()
            .any(|warning| matches!(warning, ModelWarning::Replicates { .. }))
    );
}

#[test]
fn a_model_takes_dont_know_as_the_question_does() {
    let fit = |policy| {
        let data = File::default()
            .coded("novelty", &[1.0, 2.0, 1.0, 2.0, 9.0, 9.0, 1.0])
            .question(Question {
                dont_know: policy,
                ..question("novelty", QuestionKind::Single, &["novelty"])
            })
            .done();
        let model = ModelQuery::new(outcome("novelty=1"), Vec::new(), &data)
            .run(&data)
            .unwrap();
        let share = Query::new(Measure::Question("novelty".into()), &data)
            .run(&data)
            .unwrap();
        let estimate = share.cell(0, 0).estimate;
        let odds = estimate.value / (1.0 - estimate.value);
        assert!(
            (model.rows[0].coefficient.estimate - odds.ln()).abs() < 1e-9,
            "{policy:?}"
        );
        assert_eq!(model.base.n, estimate.n, "{policy:?}");
        model.base.n
    };
    assert_eq!(fit(DontKnow::Keep), 7);
    assert_eq!(fit(DontKnow::Drop), 5);
}

#[test]
fn a_model_of_a_questions_answer_is_about_those_who_were_asked() {
    // The last two were not asked, though the file says "no" of them.
    let data = File::default()
        .coded("innovative", &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
        .coded("partner", &[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0])
        .coded("sector", &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 2.0])
        .numbers("spent", &[3.0, 5.0, 4.0, 1.0, 2.0, 2.5, 0.0, 0.0])
        .base("innovators", "innovative = 1")
        .question(Question {
            base: Some("innovators".to_owned()),
            ..question("partners", QuestionKind::Multiple, &["partner"])
        })
        .done();
    let ask = |outcome| {
        let terms = parse_terms("factor(sector)").unwrap();
        ModelQuery::new(outcome, terms, &data).run(&data).unwrap()
    };
    let table = ask(outcome("partner=1"));
    assert_eq!(table.base.n, 6);
    assert_eq!(table.base.label.get(Language::En), "base innovators");
    let shares = Query {
        by: Some("sector".into()),
        ..Query::new(Measure::Question("partners".into()), &data)
    };
    let shares = shares.run(&data).unwrap();
    let [first, second] = [0, 1].map(|group| shares.cell(0, group).estimate.value);
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let coefficient = table.rows[1].coefficient.estimate;
    assert!((coefficient - (odds(second) - odds(first))).abs() < 1e-9);
    for (language, words) in [
        (Language::Da, "base innovators; n = 6"),
        (Language::En, "base innovators; n = 6"),
    ] {
        let sentence = &explained_model(&table, language)[0];
        assert!(sentence.contains(words), "{sentence}");
    }
    // A variable of no question has no base of its own.
    assert_eq!(ask(outcome("spent")).base.n, 8);
}

fn schools(outcome_text: &str, terms: &str) -> (Dataset, ModelQuery) {
    let data = data("apistrat.csv");
    let query = ModelQuery {
        design: DesignChoice {
            weight: Some("pw".into()),
            strata: vec!["stype".into()],
            population: Some("fpc".into()),
            ..DesignChoice::default()
        },
        ..ModelQuery::new(outcome(outcome_text), parse_terms(terms).unwrap(), &data)
    };
    (data, query)
}

#[test]
fn an_intercept_alone_gives_the_share_of_the_design_and_its_error_by_the_delta_method() {
    let (data, query) = schools("awards=Yes", "");
    let model = query.run(&data).unwrap();
    let share = Query {
        design: query.design.clone(),
        ..Query::new(Measure::Share(Condition::parse_share("awards=Yes").unwrap()), &data)
    };
    let share = share.run(&data).unwrap().cell(0, 0).estimate;
    let c = model.rows[0].coefficient;
    let p = share.value;
    assert!((c.estimate - (p / (1.0 - p)).ln()).abs() < 1e-12);
    assert!((c.std_error - share.std_error / (p * (1.0 - p))).abs() < 1e-12);
    assert_eq!(model.df_residual, share.df);
}

#[test]
fn a_saturated_model_gives_the_shares_of_the_groups() {
    for (text, family_has_shares) in [("awards=Yes", true), ("api00", false)] {
        let (data, mut query) = schools(text, "stype");
        query.margins = vec![MarginQuery {
            vars: vec!["stype".into()],
            at: Vec::new(),
        }];
        let model = query.run(&data).unwrap();
        let measure = match &query.outcome {
            Outcome::Share(condition) => Measure::Share(condition.clone()),
            Outcome::Mean(var) => Measure::Mean(var.clone()),
        };
        let shares = Query {
            by: Some("stype".into()),
            design: query.design.clone(),
            ..Query::new(measure, &data)
        };
        let shares = shares.run(&data).unwrap();
        assert_eq!(model.margins.len(), 3);
        for (group, margin) in model.margins.iter().enumerate() {
            let cell = shares.cell(0, group).estimate;
            let scale = if family_has_shares { 1.0 } else { 1000.0 };
            assert!((margin.estimate.value - cell.value).abs() < 1e-12 * scale);
            assert!((margin.estimate.std_error - cell.std_error).abs() < 1e-12 * scale);
            assert!((margin.std_error_sampled - cell.std_error).abs() < 1e-12 * scale);
        }
    }
}

#[test]
fn weights_times_ten_change_no_coefficient() {
    let rows = |factor: f64| {
        let mut text = "y,x,g,w\n".to_owned();
        for i in 0..200_u32 {
            let x = f64::from(i * 7 % 40) + 0.5;
            let y = u32::from((i * 13 + i / 7) % 5 < 2 + i % 2);
            text += &format!(
                "{y},{x},{},{}\n",
                ["a", "b", "c"][i as usize % 3],
                f64::from(1 + i % 9) * factor
            );
        }
        let data = made(&text);
        let query = ModelQuery {
            design: DesignChoice {
                weight: Some("w".into()),
                ..DesignChoice::default()
            },
            effects: true,
            ..ModelQuery::new(outcome("y=1"), parse_terms("x*g").unwrap(), &data)
        };
        query.run(&data).unwrap()
    };
    let (once, ten) = (rows(1.0), rows(10.0));
    for (a, b) in once.rows.iter().zip(&ten.rows) {
        assert!((a.coefficient.estimate - b.coefficient.estimate).abs() < 1e-10);
        assert!((a.coefficient.std_error - b.coefficient.std_error).abs() < 1e-10);
    }
    for (a, b) in once.effects.iter().zip(&ten.effects) {
        assert!((a.estimate.value - b.estimate.value).abs() < 1e-12);
        assert!((a.estimate.std_error - b.estimate.std_error).abs() < 1e-12);
    }
}

#[test]
fn the_unit_of_a_predictor_does_not_matter() {
    let (data, query) = schools("awards=Yes", "stype,ell,meals");
    let once = query.run(&data).unwrap();
    // Another unit and another zero: the year 2000 plus billionths of the share.
    let text = std::fs::read_to_string(Path::new(FOLDER).join("apistrat.csv")).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap().replace('"', "");
    let ell = header.split(',').position(|name| name == "ell").unwrap();
    let weight = header.split(',').position(|name| name == "pw").unwrap();
    assert!(ell < weight);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let number: f64 = record[ell].parse().unwrap();
        let changed = (2e6 + number * 1e-3).to_string();
        let fields = record
            .iter()
            .enumerate()
            .map(|(i, field)| if i == ell { &changed } else { field });
        writer.write_record(fields).unwrap();
    }
    let changed = made(&String::from_utf8(writer.into_inner().unwrap()).unwrap());
    let other = query.run(&changed).unwrap();
    for (a, b) in once.rows.iter().zip(&other.rows).skip(1) {
        let factor = if a.term == "ell" { 1e3 } else { 1.0 };
        let (a, b) = (a.coefficient, b.coefficient);
        assert!((a.estimate * factor - b.estimate).abs() < 1e-5 * b.estimate.abs().max(1e-3));
        assert!((a.t - b.t).abs() < 1e-5 * b.t.abs());
    }
}

/// A data set in which everybody in group c says yes.
fn separated() -> Dataset {
    let mut text = "y,x,g\n".to_owned();
    for i in 0..90_u32 {
        let group = ["a", "b", "c"][i as usize % 3];
        let y = u32::from(group == "c" || (i / 3) % 3 == 0 || (i / 3) % 7 == 2);
        text += &format!("{y},{},{group}\n", f64::from(i * 17 % 31) + 0.25);
    }
    made(&text)
}

#[test]
fn a_category_that_tells_the_outcome_is_said_to_have_no_estimate() {
    let data = separated();
    let query = ModelQuery::new(outcome("y=1"), parse_terms("x,g").unwrap(), &data);
    let table = query.run(&data).unwrap();
    let endless: Vec<&str> = table
        .rows
        .iter()
        .filter(|row| row.trouble.is_some())
        .map(|row| row.term.as_str())
        .collect();
    assert_eq!(endless, ["gc"]);
    let row = table.rows.iter().find(|row| row.term == "gc").unwrap();
    assert!(row.coefficient.std_error.is_nan() && row.coefficient.p.is_nan() && row.low.is_nan());
    // The others are those of a model without the group.
    let rest = ModelQuery {
        filter: Condition::parse("not g = \"c\"").unwrap(),
        ..query.clone()
    };
    let rest = rest.run(&data).unwrap();
    for (a, b) in table.rows.iter().zip(&rest.rows) {
        assert_eq!(a.term, b.term);
        assert!(
            (a.coefficient.estimate - b.coefficient.estimate).abs() < 1e-5,
            "{}",
            a.term
        );
    }
    let warning = table
        .warnings
        .iter()
        .find(|warning| matches!(warning, ModelWarning::Endless { .. }));
    let warning = warning.unwrap();
    assert_eq!(
        remarks::of_model(warning, Language::En),
        "There is no estimate for g: c: some respondents' outcome follows from it with certainty (separation), and the \
         coefficient grows without end. Merge categories, or leave the term out."
    );
    assert!(remarks::of_model(warning, Language::Da).contains("separation"));
}

#[test]
fn a_number_that_parts_yes_from_no_is_said_to_have_no_estimate() {
    let mut text = "y,x,z\n".to_owned();
    for i in 0..60_u32 {
        text += &format!(
            "{},{},{}\n",
            u32::from(i >= 25),
            f64::from(i) + 0.5,
            f64::from(i * 7 % 20) + 0.1
        );
    }
    let data = made(&text);
    let table = ModelQuery::new(outcome("y=1"), parse_terms("x,z").unwrap(), &data)
        .run(&data)
        .unwrap();
    let x = table.rows.iter().find(|row| row.term == "x").unwrap();
    assert!(x.trouble.is_some(), "{:?}", table.rows);
    assert!(
        table
            .warnings
            .iter()
            .any(|warning| matches!(warning, ModelWarning::Endless { .. }))
    );
}

#[test]
fn a_strong_effect_is_no_separation() {
    let mut text = "y,x\n".to_owned();
    for i in 0..400_u32 {
        let y = if i == 30 || i == 370 { i < 200 } else { i >= 200 };
        text += &format!("{},{}\n", u32::from(y), f64::from(i) / 10.0 + 0.05);
    }
    let data = made(&text);
    let table = ModelQuery::new(outcome("y=1"), parse_terms("x").unwrap(), &data)
        .run(&data)
        .unwrap();
    assert!(table.converged && table.rows.iter().all(|row| row.trouble.is_none()));
}

#[test]
fn terms_that_say_the_same_are_left_out_by_name() {
    let (data, query) = schools("api00", "api99,growth,stype");
    let table = query.run(&data).unwrap();
    // growth = api00 − api99 is the outcome less a predictor: no collinearity among predictors.
    assert!(table.rows.iter().all(|row| row.trouble.is_none()));
    let mut text = "y,a,b,c\n".to_owned();
    for i in 0..50_u32 {
        let (a, b) = (f64::from(i * 3 % 17) + 0.1, f64::from(i * 5 % 23) + 0.2);
        text += &format!("{},{a},{b},{}\n", i * 7 % 13 + i % 3 * 20, 2.0 * a - b + 1000.0);
    }
    let data = made(&text);
    let table = ModelQuery::new(outcome("y"), parse_terms("a,b,c").unwrap(), &data)
        .run(&data)
        .unwrap();
    let without = ModelQuery::new(outcome("y"), parse_terms("a,b").unwrap(), &data)
        .run(&data)
        .unwrap();
    assert!(table.rows[3].trouble.is_some() && table.rows[3].coefficient.estimate.is_nan());
    assert_eq!(table.df_residual, without.df_residual);
    for (a, b) in table.rows.iter().zip(&without.rows) {
        assert!((a.coefficient.estimate - b.coefficient.estimate).abs() < 1e-10);
    }
    let sentences: Vec<String> = table
        .warnings
        .iter()
        .map(|w| remarks::of_model(w, Language::En))
        .collect();
    assert_eq!(
        sentences,
        ["Left out, because other terms of the model already say the same: c."]
    );
}

#[test]
fn whole_numbers_without_labels_enter_as_a_number_and_that_is_said() {
    let (data, query) = schools("growth", "acs.k3");
    let table = query.run(&data).unwrap();
    assert_eq!(table.rows.len(), 2);
    let said = |table: &ModelTable| {
        table
            .warnings
            .iter()
            .any(|w| matches!(w, ModelWarning::AsNumber { .. }))
    };
    assert!(said(&table));
    let (_, query) = schools("growth", "factor(acs.k3)");
    let table = query.run(&data).unwrap();
    assert_eq!(table.rows[1].term, "factor(acs.k3)17");
    assert!(!said(&table));
}

#[test]
fn incomplete_answers_leave_the_model_and_are_counted() {
    let (data, query) = schools("awards=Yes", "acs.k3,stype");
    let table = query.run(&data).unwrap();
    let expected = (0..data.rows)
        .filter(|row| !data.column(&"acs.k3".into()).unwrap().number(*row).is_nan())
        .count();
    assert_eq!(table.base.n, expected);
    assert!(matches!(
        &table.warnings[..],
        [ModelWarning::Incomplete { rows, of: 200, vars }, ..] if *rows == 200 - expected && vars[0].0.0 == "acs.k3"
    ));
    assert!(explained_model(&table, Language::Da)[0].contains("Logistisk regression"));
}

#[test]
fn a_curve_over_a_number_rises_with_its_coefficient_and_crosses_groups() {
    let (data, mut query) = schools("both=Yes", "ell,meals,stype");
    let curve = |vars: &[&str]| MarginQuery {
        vars: vars.iter().map(|var| VarId::from(*var)).collect(),
        at: Vec::new(),
    };
    query.margins = vec![curve(&["meals"]), curve(&["stype", "meals"])];
    let table = query.run(&data).unwrap();
    assert_eq!(table.margins.len(), 21 + 3 * 21);
    let meals = table
        .rows
        .iter()
        .find(|row| row.term == "meals")
        .unwrap()
        .coefficient
        .estimate;
    for pair in table.margins[..21].windows(2) {
        assert_eq!(pair[1].estimate.value > pair[0].estimate.value, meals > 0.0);
        assert!(0.0 <= pair[0].low && pair[0].high <= 1.0);
    }
    assert_eq!(table.margins[21].at.len(), 2);
}

#[test]
fn what_cannot_be_modelled_is_said() {
    let (data, query) = schools("awards=Yes", "stype");
    let fails = |query: ModelQuery| query.run(&data).unwrap_err().to_string();
    let mut no_such = query.clone();
    no_such.references = vec![("stype".into(), "X".into())];
    assert!(fails(no_such).contains("stype"));
    let mut nobody = query.clone();
    nobody.filter = Condition::parse("api00 > 5000").unwrap();
    assert_eq!(
        fails(nobody),
        "no respondent has an answer to all variables of the model, so there is no model. Choose another outcome, other \
         terms or a wider filter."
    );
    let mut constant = query.clone();
    constant.filter = Condition::parse("awards = \"Yes\"").unwrap();
    assert!(fails(constant).starts_with("all respondents have the same outcome"));
    let mut elsewhere = query.clone();
    elsewhere.margins = vec![MarginQuery {
        vars: vec!["ell".into()],
        at: Vec::new(),
    }];
    assert!(fails(elsewhere).starts_with("ell is not a term of the model."));
    let mut twice = query;
    twice.terms = parse_terms("factor(yr.rnd),numeric(yr.rnd)").unwrap();
    assert!(fails(twice).contains("both as a number and by categories"));
}

#[test]
fn the_command_line_says_what_it_did_and_refuses_what_it_cannot_read() {
    let file = path("tests/reference/r-survey/apistrat.csv").display().to_string();
    let base = ["model", &file, "--outcome", "awards=Yes", "--weight", "pw"];
    let with = |more: &[&str]| isobar(&[&base[..], more].concat());
    let ran = with(&[
        "--terms",
        "stype*ell",
        "--margins",
        "ell,stype",
        "--at",
        "ell=0,50",
        "--effects",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for line in [
        "Logistic regression of “awards: Yes”",
        "stype: H × ell",
        "odds ratio",
        "term test",
        "margin",
        "effect",
    ] {
        assert!(ran.stdout.contains(line), "{line} is not in\n{}", ran.stdout);
    }
    let ran = with(&["--terms", "stype", "--reference", "stype=M", "--format", "csv"]);
    assert!(
        ran.stdout
            .starts_with("kind,term,label,estimate,std_error,statistic,ndf,ddf,p,low,high\n")
    );
    assert!(ran.stdout.contains("\ncoefficient,stypeE,stype: E,"));
    assert_eq!(with(&["--terms", "stype,,ell"]).status, 2);
    assert_eq!(with(&["--terms", "stype", "--at", "ell=many"]).status, 2);
    assert_eq!(with(&["--terms", "nothing"]).status, 1);
}
