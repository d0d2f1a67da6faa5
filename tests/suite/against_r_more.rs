//! Totals, ratios, quantiles, tests, contrasts, replicate weights, calibration and multiple responses against R's survey
//! package, through the program's own queries. The numbers were made by `make_more_cases.R`.

use std::collections::BTreeMap;
use std::path::Path;

use isobar::data::{
    Code, Column, Condition, Dataset, Item, ItemKind, Positions, Question, QuestionKind, ReadOptions, VarId,
    VariableKind, read,
};
use isobar::measure::{
    BoxView, Compare, DesignChoice, MarginChoice, Measure, Pairs, Query, ReplicateChoice, Table, TableContrast,
};
use isobar::stats::{Adjust, Interval, Lonely, ReplicateKind, TestKind};
use serde_json::Value;

pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/r-survey");

/// What is compared of one case: every difference found, with its name.
pub struct Check<'a> {
    pub name: &'a str,
    pub wrong: Vec<String>,
    pub compared: usize,
}

impl Check<'_> {
    /// Compares with R's number, if there is one; next to nothing there must be next to nothing here.
    pub fn number(&mut self, what: &str, ours: f64, theirs: &Value, tolerance: f64, scale: f64) {
        let Some(theirs) = theirs.as_f64() else { return };
        self.compared += 1;
        let near = match theirs.abs() < 1e-11 * scale {
            true => ours.abs() < 1e-11 * scale,
            false => (ours - theirs).abs() <= tolerance * theirs.abs(),
        };
        if !near {
            self.wrong
                .push(format!("{}: {what} is {ours} here, {theirs} in R", self.name));
        }
    }

    pub fn estimate(&mut self, what: &str, ours: f64, theirs: &Value) {
        self.number(what, ours, theirs, 1e-9, 1.0);
    }

    pub fn test(&mut self, what: &str, ours: f64, theirs: &Value) {
        self.number(what, ours, theirs, 1e-6, 1e-280);
    }
}

/// A code as it stands in R: a number if it can be one.
pub fn code(text: &Value) -> Code {
    match (text.as_f64(), text.as_str()) {
        (Some(number), _) => Code::Number(number),
        (None, Some(text)) => text.parse().map_or_else(|_| Code::Text(text.to_owned()), Code::Number),
        (None, None) => panic!("{text} is no code"),
    }
}

/// A design as the golden cases tell it.
pub fn design(told: &Value) -> DesignChoice {
    let var = |key: &str| told[key].as_str().map(VarId::from);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    DesignChoice {
        weight: var("weight"),
        strata: list(&told["strata"])
            .iter()
            .map(|var| var.as_str().unwrap().into())
            .collect(),
        population: var("population"),
        cluster: var("cluster"),
        lonely: match told["lonely"].as_str().unwrap() {
            "remove" => Lonely::Remove,
            "average" => Lonely::Average,
            _ => Lonely::Adjust,
        },
        replicates: told["replicates"].as_object().map(|replicates| {
            Box::new(ReplicateChoice {
                prefix: replicates["prefix"].as_str().unwrap().to_owned(),
                kind: match replicates["kind"].as_str().unwrap() {
                    "brr" => ReplicateKind::Brr,
                    "fay" => ReplicateKind::Fay,
                    "jk1" => ReplicateKind::Jk1,
                    "jkn" => ReplicateKind::Jkn,
                    _ => ReplicateKind::Bootstrap,
                },
                rho: replicates.get("rho").and_then(Value::as_f64).map(Code::Number),
                scale: replicates.get("scale").and_then(Value::as_f64).map(Code::Number),
                constants: replicates
                    .get("constants")
                    .map(list)
                    .unwrap_or_default()
                    .iter()
                    .map(code)
                    .collect(),
            })
        }),
        margins: list(&told["margins"])
            .iter()
            .map(|margin| MarginChoice {
                vars: list(&margin["vars"])
                    .iter()
                    .map(|var| var.as_str().unwrap().into())
                    .collect(),
                cells: list(&margin["cells"])
                    .iter()
                    .map(|cell| (list(&cell[0]).iter().map(code).collect(), code(&cell[1])))
                    .collect(),
            })
            .collect(),
        trim: told["trim"]
            .as_array()
            .map(|limits| Box::new((code(&limits[0]), code(&limits[1])))),
    }
}

pub fn query(case: &Value, measure: Measure, data: &Dataset) -> Query {
    Query {
        by: case["by"].as_str().map(Into::into),
        filter: Condition::parse(case["where"].as_str().unwrap_or_default()).unwrap(),
        design: design(&case["design"]),
        level: Code::Number(case["level"].as_f64().unwrap_or(0.95)),
        ..Query::new(measure, data)
    }
}

pub fn answer(query: &Query, data: &Dataset, name: &str) -> Table {
    query.run(data).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Single numbers by group.
fn check_rows(case: &Value, data: &Dataset, check: &mut Check<'_>) {
    let var = VarId::from(case["var"].as_str().unwrap());
    let one = || Condition::OneOf {
        var: var.clone(),
        values: vec![Code::Number(1.0)],
    };
    let kind = case["kind"].as_str().unwrap();
    let measure = match kind {
        "mean" => Measure::Mean(var.clone()),
        "share" => Measure::Share(one()),
        "total" => Measure::Total(var.clone()),
        "count" => Measure::Count(one()),
        "ratio" => Measure::Ratio {
            above: var.clone(),
            below: case["below"].as_str().unwrap().into(),
        },
        _ => Measure::Quantiles {
            var: var.clone(),
            at: case["at"].as_array().unwrap().iter().map(code).collect(),
        },
    };
    let query = query(case, measure, data);
    let table = answer(&query, data, check.name);
    let level = query.level.number().unwrap();
    for row in case["rows"].as_array().unwrap() {
        let group = match row["group"].as_str() {
            None => 0,
            Some(_) => {
                let wanted = code(&row["group"]);
                let found = table
                    .groups
                    .iter()
                    .position(|group| group.key.as_ref().unwrap().1 == wanted);
                found.unwrap_or_else(|| panic!("{}: no group {wanted}", check.name))
            }
        };
        let item = match row["at"].as_f64() {
            None => 0,
            Some(at) => table.items.iter().position(|item| item.id == at.to_string()).unwrap(),
        };
        let cell = table.cell(item, group);
        let estimate = cell.estimate;
        let what = |what: &str| format!("{what} {}{}", row["group"], row["at"]);
        assert_eq!(estimate.n as u64, row["n"].as_u64().unwrap(), "{} n", check.name);
        check.estimate(&what("weighted n"), estimate.n_weighted, &row["n_weighted"]);
        check.estimate(&what("df"), estimate.df, &row["df"]);
        check.estimate(&what("estimate"), estimate.value, &row["estimate"]);
        let scale = estimate.value.abs().max(1.0);
        check.number(&what("standard error"), estimate.std_error, &row["se"], 1e-9, scale);
        if row["se"].as_f64().is_some_and(|se| se > 1e-9 * scale) {
            check.number(&what("deff"), estimate.deff, &row["deff"], 1e-7, 1.0);
        }
        check.number(&what("low"), cell.low, &row["low"], 1e-6, scale);
        check.number(&what("high"), cell.high, &row["high"], 1e-6, scale);
        for (name, interval) in [
            ("logit", Interval::Logit),
            ("beta", Interval::Beta),
            ("arcsine", Interval::Arcsine),
            ("wald", Interval::Wald),
        ] {
            if row[name].is_null() {
                continue;
            }
            let (low, high) = interval.of_share(&estimate, level);
            check.number(&what(name), low, &row[name][0], 1e-6, 1.0);
            check.number(&what(name), high, &row[name][1], 1e-6, 1.0);
        }
    }
}

/// Makes a variable's numbers codes, so that it can be asked for its shares.
fn as_codes(data: &mut Dataset, var: &VarId) {
    let place = data.index_of(var).unwrap();
    data.codebook.variables[place].kind = VariableKind::Nominal;
    if let Column::Numbers(numbers) = &data.columns[place] {
        let mut levels: Vec<Code> = numbers
            .iter()
            .filter(|x| !x.is_nan())
            .map(|x| Code::Number(*x))
            .collect();
        levels.sort();
        levels.dedup();
        let places = numbers.iter().map(|x| {
            levels
                .binary_search(&Code::Number(*x))
                .ok()
                .filter(|_| !x.is_nan())
                .map(|i| i as u32)
        });
        let rows = Positions::pack(levels.len(), places);
        data.columns[place] = Column::Coded { levels, rows };
    }
}

fn pair<'a>(contrasts: &'a [TableContrast], item: Option<usize>, a: &Code, b: &Code) -> Option<&'a TableContrast> {
    contrasts
        .iter()
        .find(|found| found.item == item && found.a.id == *a && found.b.id == *b)
}

/// Tests of a table, and differences of groups.
fn check_comparisons(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    let var = VarId::from(case["var"].as_str().unwrap());
    let means = case["kind"] == "compare_means";
    let measure = match means {
        true => Measure::Mean(var),
        false => {
            as_codes(data, &var);
            Measure::Question(var.0.as_str().into())
        }
    };
    let mut query = query(case, measure, data);
    query.compare = Compare {
        test: true,
        pairs: Some(Pairs::All),
        adjust: Adjust::None,
    };
    let table = answer(&query, data, check.name);
    let of_kind = |kind: TestKind| {
        let tests = table.comparisons.tests.iter();
        let mut found = tests.filter(|found| found.test.kind == kind);
        found.next().map(|found| found.test)
    };
    for (name, kind) in [
        ("F", TestKind::RaoScott),
        ("Wald", TestKind::Wald),
        ("adjWald", TestKind::WaldAdjusted),
        ("Pearson", TestKind::Pearson),
        ("Likelihood", TestKind::Likelihood),
    ] {
        let theirs = &case["tests"][name];
        if theirs.is_object() {
            let ours = of_kind(kind).unwrap_or_else(|| panic!("{}: no {name}", check.name));
            check.test(&format!("{name} statistic"), ours.statistic, &theirs["statistic"]);
            check.test(&format!("{name} ndf"), ours.ndf, &theirs["ndf"]);
            check.test(&format!("{name} ddf"), ours.ddf, &theirs["ddf"]);
            check.test(&format!("{name} p"), ours.p, &theirs["p"]);
        }
    }
    if let Some(theirs) = case["tests"].get("Chisq") {
        let (pearson, first) = (
            of_kind(TestKind::Pearson).unwrap(),
            of_kind(TestKind::RaoScottFirst).unwrap(),
        );
        check.test("Chisq statistic", pearson.statistic, &theirs["statistic"]);
        check.test("Chisq p", first.p, &theirs["p"]);
    }
    let item = match means {
        true => Some(0),
        false => table.items.iter().position(|item| item.code == Some(Code::Number(1.0))),
    };
    let Some(item) = item else { return };
    let pairs = case["pairs"].as_array().unwrap();
    for theirs in pairs {
        let (a, b) = (code(&theirs["a"]), code(&theirs["b"]));
        let ours = pair(&table.comparisons.contrasts, Some(item), &a, &b);
        let ours = ours.unwrap_or_else(|| panic!("{}: {a} and {b} are not compared", check.name));
        let what = |what: &str| format!("{what} of {a} and {b}");
        let (contrast, scale) = (ours.contrast, ours.contrast.difference.abs().max(1.0));
        check.number(
            &what("difference"),
            contrast.difference,
            &theirs["difference"],
            1e-9,
            scale,
        );
        check.number(&what("standard error"), contrast.std_error, &theirs["se"], 1e-9, scale);
        check.estimate(&what("df"), contrast.df, &theirs["df"]);
        if theirs["se"].as_f64().unwrap() > 1e-9 * scale {
            check.test(&what("t"), contrast.t, &theirs["t"]);
            check.test(&what("p"), contrast.p, &theirs["p"]);
        }
        for (name, ratio) in [("risk_ratio", ours.risk_ratio), ("odds_ratio", ours.odds_ratio)] {
            if let (Some(theirs), Some(ratio)) = (theirs.get(name), ratio) {
                check.number(&what(name), ratio.value, &theirs["estimate"], 1e-9, 1.0);
                check.number(&what(name), ratio.low, &theirs["low"], 1e-6, 1.0);
                check.number(&what(name), ratio.high, &theirs["high"], 1e-6, 1.0);
            }
        }
    }
    let usable = pairs.iter().all(|pair| pair["p"].as_f64().is_some());
    for (adjust, adjusted) in [Adjust::Holm, Adjust::Bonferroni, Adjust::Bh, Adjust::None]
        .into_iter()
        .zip(case["adjusted"].as_array().unwrap())
        .filter(|_| usable)
    {
        query.compare.adjust = adjust;
        let table = answer(&query, data, check.name);
        for (theirs, p) in pairs.iter().zip(adjusted.as_array().unwrap()) {
            let (a, b) = (code(&theirs["a"]), code(&theirs["b"]));
            let ours = pair(&table.comparisons.contrasts, Some(item), &a, &b).unwrap();
            check.test(&format!("{adjust:?} of {a} and {b}"), ours.p_adjusted, p);
        }
    }
    query.compare.pairs = Some(Pairs::Rest);
    let table = answer(&query, data, check.name);
    for theirs in case["rest"].as_array().unwrap() {
        let a = code(&theirs["a"]);
        let ours = pair(&table.comparisons.contrasts, Some(item), &a, &Code::from("rest"));
        let ours = ours
            .unwrap_or_else(|| panic!("{}: {a} is not compared with the rest", check.name))
            .contrast;
        let scale = ours.difference.abs().max(1.0);
        check.number(
            &format!("{a} and the rest"),
            ours.difference,
            &theirs["difference"],
            1e-9,
            scale,
        );
        check.number(
            &format!("error of {a} and the rest"),
            ours.std_error,
            &theirs["se"],
            1e-9,
            scale,
        );
        check.estimate(&format!("df of {a} and the rest"), ours.df, &theirs["df"]);
    }
}

/// What two boxes have to do with each other.
fn check_boxes(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    let expected = &case["boxes"];
    let names = ["a", "b"].map(|side| expected[side].as_str().unwrap());
    data.codebook.questions.push(Question {
        id: "boxes".into(),
        kind: QuestionKind::Multiple,
        items: names
            .iter()
            .map(|name| Item {
                var: (*name).into(),
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
    let view = |view| Measure::Boxes {
        question: "boxes".into(),
        view,
        groups: false,
    };
    let first = VarId::from(names[0]);
    for (key, view) in [
        ("joint", view(BoxView::Joint)),
        ("given", view(BoxView::Conditional(Some(first)))),
        ("lift", view(BoxView::Lift)),
        ("alone", view(BoxView::Alone)),
        ("any", view(BoxView::Any)),
        ("count", view(BoxView::Count)),
    ] {
        let cell = *answer(&query(case, view, data), data, check.name).cell(0, 0);
        let theirs = &expected[key];
        check.estimate(key, cell.estimate.value, &theirs["estimate"]);
        check.estimate(&format!("{key} error"), cell.estimate.std_error, &theirs["se"]);
        check.estimate(&format!("{key} df"), cell.estimate.df, &theirs["df"]);
        check.number(key, cell.low, &theirs["low"], 1e-6, 1.0);
        check.number(key, cell.high, &theirs["high"], 1e-6, 1.0);
    }
    let mut query = query(case, Measure::Question("boxes".into()), data);
    query.compare.pairs = Some(Pairs::All);
    let table = answer(&query, data, check.name);
    let ours = table.comparisons.contrasts[0].contrast;
    check.estimate("difference", ours.difference, &expected["difference"]["estimate"]);
    check.estimate("its error", ours.std_error, &expected["difference"]["se"]);
    check.estimate("its df", ours.df, &expected["df"]);
}

#[test]
fn estimates_tests_and_contrasts_of_many_designs_equal_r() {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("more_cases.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= 200);
    let mut files: BTreeMap<&str, Dataset> = BTreeMap::new();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in cases {
        let data = files.entry(case["file"].as_str().unwrap()).or_insert_with_key(|name| {
            read(&Path::new(FOLDER).join(name), &ReadOptions::default())
                .unwrap()
                .dataset
        });
        if std::env::var_os("CASES").is_some() {
            println!("{}", case["name"]);
        }
        let mut check = Check {
            name: case["name"].as_str().unwrap(),
            wrong: Vec::new(),
            compared: 0,
        };
        match case["kind"].as_str().unwrap() {
            "boxes" => check_boxes(case, &mut data.clone(), &mut check),
            "compare" | "compare_means" => check_comparisons(case, &mut data.clone(), &mut check),
            _ => check_rows(case, data, &mut check),
        }
        assert!(check.compared > 0, "{} compares nothing", check.name);
        compared += check.compared;
        wrong.append(&mut check.wrong);
    }
    println!("{} cases, {compared} numbers", cases.len());
    assert!(
        wrong.is_empty(),
        "{} of {compared} numbers differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
