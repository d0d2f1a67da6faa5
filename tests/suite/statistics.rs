//! Tests, differences, replicates, margins and boxes through the command line, and how results are explained.

use isobar::data::{Condition, Dataset, Language, sample};
use isobar::explain::explained;
use isobar::measure::{
    BoxView, Compare, DesignChoice, MarginChoice, Measure, Pairs, Query, ReplicateChoice, TableWarning,
};
use isobar::stats::{Adjust, Interval, ReplicateKind};
use serde_json::Value;

use crate::program::{isobar, isobar_json, path};

fn reference(name: &str) -> String {
    path("tests/reference/r-survey").join(name).display().to_string()
}

fn barometer() -> String {
    path("sample-data/innovationsbarometer-2016.sav").display().to_string()
}

fn close(found: &Value, expected: &Value, tolerance: f64, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1e-300),
        "{what}: {found} instead of {expected}"
    );
}

#[test]
fn tests_and_contrasts_of_the_command_line_equal_r_under_three_designs() {
    let text = std::fs::read_to_string(reference("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let file = reference("apistrat.csv");
    for (case, design) in [
        ("apistrat/weights_only", &["--weight", "pw"][..]),
        ("apistrat/strata", &["--weight", "pw", "--strata", "stype"]),
        (
            "apistrat/strata_fpc",
            &["--weight", "pw", "--strata", "stype", "--population", "fpc"],
        ),
    ] {
        let asked = ["estimate", &file, "--share", "sch.wide=Yes", "--by", "stype"];
        let more = ["--test", "--pairs", "--adjust", "bonferroni", "--format", "json"];
        let told = isobar_json(&[&asked[..], design, &more].concat());
        let theirs = &expected["cases"][case];
        let tests = told["tests"].as_array().unwrap();
        let test = |kind: &str| tests.iter().find(|test| test["kind"] == kind).unwrap();
        let rao_scott = test("rao_scott");
        close(&rao_scott["statistic"], &theirs["rao_scott"]["F"], 1e-6, case);
        close(&rao_scott["ndf"], &theirs["rao_scott"]["ndf"], 1e-6, case);
        close(&rao_scott["ddf"], &theirs["rao_scott"]["ddf"], 1e-6, case);
        close(&rao_scott["p"], &theirs["rao_scott"]["p"], 1e-6, case);
        close(
            &test("pearson")["statistic"],
            &theirs["rao_scott"]["pearson"],
            1e-6,
            case,
        );
        close(
            &test("rao_scott_first")["p"],
            &theirs["rao_scott"]["pearson_p"],
            1e-6,
            case,
        );
        assert!(test("pearson")["ddf"].is_null(), "a χ² has no degrees of freedom below");
        let contrasts = told["contrasts"].as_array().unwrap();
        assert_eq!(contrasts.len(), 3);
        for (ours, theirs) in contrasts.iter().zip(theirs["contrast"]["pairs"].as_array().unwrap()) {
            assert_eq!((&ours["a"], &ours["b"]), (&theirs["a"], &theirs["b"]));
            close(&ours["difference"], &theirs["difference"], 1e-9, case);
            close(&ours["std_error"], &theirs["se"], 1e-9, case);
            let t = ours["difference"].as_f64().unwrap() / ours["std_error"].as_f64().unwrap();
            assert!((ours["t"].as_f64().unwrap() - t).abs() < 1e-12);
            let adjusted = (3.0 * ours["p"].as_f64().unwrap()).min(1.0);
            assert!((ours["p_adjusted"].as_f64().unwrap() - adjusted).abs() < 1e-15);
        }
    }
}

/// The package's own example of balanced repeated replication.
#[test]
fn replicate_weights_of_a_file_give_their_errors() {
    let text = std::fs::read_to_string(reference("more_cases.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    let cases = golden["cases"].as_array().unwrap();
    let mut compared = 0;
    for case in cases.iter().filter(|case| case["file"] == "scd.csv") {
        let var = case["var"].as_str().unwrap();
        let asked = match case["kind"].as_str().unwrap() {
            "ratio" => [
                "--ratio".to_owned(),
                format!("{var}/{}", case["below"].as_str().unwrap()),
            ],
            kind => [format!("--{kind}"), var.to_owned()],
        };
        let file = reference("scd.csv");
        let told = isobar_json(&[
            "estimate",
            &file,
            &asked[0],
            &asked[1],
            "--weight",
            "w",
            "--replicates",
            "r.",
            "--replicate-type",
            "BRR",
            "--format",
            "json",
        ]);
        let (ours, theirs) = (&told["rows"][0], &case["rows"][0]);
        for (name, key) in [
            ("estimate", "estimate"),
            ("std_error", "se"),
            ("low", "low"),
            ("df", "df"),
        ] {
            close(&ours[name], &theirs[key], 1e-9, name);
        }
        assert_eq!(told["design"]["replicates"]["kind"], "brr");
        compared += 1;
    }
    assert_eq!(compared, 3);
}

#[test]
fn tables_of_population_counts_calibrate_the_weights() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let types = write("types.csv", "stype,count\nE,4421\nH,755\nM,1018\n");
    let wide = write("wide.csv", "sch.wide,count\nNo,1072\nYes,5122\n");
    let file = reference("apistrat.csv");
    let asked = ["estimate", &file, "--weight", "pw", "--format", "json"];
    let total = |more: &[&str]| isobar_json(&[&asked[..], more].concat());
    let plain = total(&["--total", "sch.wide=Yes"]);
    let post = total(&["--total", "sch.wide=Yes", "--calibrate", &wide]);
    let raked = ["--calibrate", &types, "--calibrate", &wide];
    for told in [&post, &total(&[&["--total", "sch.wide=Yes"], &raked[..]].concat())] {
        let row = &told["rows"][0];
        close(&row["estimate"], &5122.0.into(), 1e-9, "the margin");
        assert!(
            row["std_error"].as_f64().unwrap() < 1e-5,
            "a known count has no error: {row}"
        );
        assert!(plain["rows"][0]["std_error"].as_f64().unwrap() > 10.0);
    }
    let told = total(&[&["--total", "stype=H"], &raked[..]].concat());
    close(&told["rows"][0]["estimate"], &755.0.into(), 1e-9, "the other margin");
    let trimmed = total(&[&["--mean", "api00", "--trim", "20,40"], &raked[..]].concat());
    assert_eq!(trimmed["design"]["trim"][1], 40.0);
}

#[test]
fn boxes_roles_quantiles_and_changes_are_reached_from_the_command_line() {
    let file = barometer();
    let rows = |more: &[&str]| {
        let asked = ["estimate", &file, "--format", "json"];
        isobar_json(&[&asked[..], more].concat())["rows"]
            .as_array()
            .unwrap()
            .clone()
    };
    for (view, count) in [
        ("any", 1),
        ("none", 1),
        ("count", 1),
        ("alone", 8),
        ("with-others", 8),
        ("joint", 28),
        ("conditional", 56),
        ("lift", 28),
    ] {
        assert_eq!(
            rows(&["--question", "partnere", "--boxes", view]).len(),
            count,
            "{view}"
        );
    }
    let among = rows(&[
        "--question",
        "partnere",
        "--boxes",
        "constellation",
        "--item",
        "partner_borgere",
    ]);
    assert_eq!(among.len(), 9);
    let sum = among[0]["estimate"].as_f64().unwrap() + among[1]["estimate"].as_f64().unwrap();
    assert!((sum - 1.0).abs() < 1e-12, "alone and with others");
    let roles = rows(&["--role", "igangsaettere,faktorer,partnere"]);
    assert_eq!(roles.len(), 8, "an actor each");
    let partners = rows(&["--question", "partnere"]);
    let share = |rows: &[Value], item: &str| {
        let row = rows.iter().find(|row| row["item"] == item).unwrap();
        row["estimate"].as_f64().unwrap()
    };
    assert!(share(&roles, "companies") >= share(&partners, "partner_virksomheder"));
    assert_eq!(
        rows(&["--quantile", "ansatte=0.25,0.5,0.75", "--by", "sektor"]).len(),
        9
    );
    let population = rows(&["--total", "sektor=1"])[0]["estimate"].as_f64().unwrap();
    assert!((population - 13_140.0).abs() < 1e-6);

    let told = isobar_json(&[
        "estimate",
        &file,
        "--question",
        "nyhed",
        "--since",
        &file,
        "--format",
        "json",
    ]);
    for (change, row) in told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .zip(told["rows"].as_array().unwrap())
    {
        assert_eq!(change["difference"], 0.0);
        let twice = row["std_error"].as_f64().unwrap() * 2f64.sqrt();
        assert!(
            (change["std_error"].as_f64().unwrap() - twice).abs() < 1e-12,
            "two samples"
        );
    }
}

#[test]
fn every_kind_of_output_has_the_tests_and_differences() {
    let file = barometer();
    let ran = isobar(&[
        "estimate",
        &file,
        "--question",
        "partnere",
        "--by",
        "sektor",
        "--test",
        "--pairs=rest",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for words in [
        "rao scott",
        "Municipality – rest",
        "adjusted after Holm",
        "Taylor linearisation",
    ] {
        assert!(ran.stdout.contains(words), "{} lacks {words}", ran.stdout);
    }
    let ran = isobar(&["estimate", &file, "--question", "partnere", "--by", "sektor", "--pairs"]);
    assert!(
        ran.stdout.contains("A Municipality"),
        "groups have letters: {}",
        ran.stdout
    );
}

#[test]
fn what_statistics_cannot_do_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "s.csv",
        "q1,x,h,w,r1,r2,f\n1,5,1,1.5,0,3,0.5\n2,4,1,1.5,3,0,0.5\n1,8,2,2,4,-1,7\n2,1,3,2,0,4,7\n",
    );
    write("known.csv", "h,count\n1,10\n2,20\n3,30\n");
    write("lacks.csv", "h,count\n1,10\n2,20\n");
    write("more.csv", "h,count\n1,10\n2,20\n3,30\n4,5\n");
    write("empty.csv", "q1,count\n1,10\n2,0\n");
    write("words.csv", "h,count\n1,many\n");
    let file = "DIR/s.csv";
    let messages: Vec<String> = [
        vec!["--mean", "x", "--strata", "h", "--lonely", "fail"],
        vec!["--mean", "x", "--population", "f"],
        vec!["--mean", "x", "--replicates", "r", "--replicate-type", "brr"],
        vec!["--mean", "x", "--replicates", "z", "--replicate-type", "brr"],
        vec!["--mean", "x", "--replicates", "r"],
        vec!["--mean", "x", "--replicates", "r", "--replicate-type", "fay"],
        vec!["--mean", "x", "--calibrate", "DIR/lacks.csv"],
        vec!["--mean", "x", "--calibrate", "DIR/more.csv"],
        vec!["--mean", "x", "--calibrate", "DIR/empty.csv"],
        vec!["--mean", "x", "--calibrate", "DIR/words.csv"],
        vec!["--mean", "x", "--calibrate", "DIR/none.csv"],
        vec!["--mean", "x", "--calibrate", "DIR/known.csv", "--trim", "5,2"],
        vec!["--mean", "x", "--trim", "5"],
        vec!["--question", "q1", "--boxes", "joint"],
        vec!["--question", "q1", "--boxes", "constellation"],
        vec!["--share", "q1=1", "--boxes", "joint"],
        vec!["--ratio", "x"],
        vec!["--ratio", "x/nothing"],
        vec!["--quantile", "x=50"],
        vec!["--role", "q1"],
        vec!["--mean", "x", "--pairs=some"],
    ]
    .iter()
    .map(|arguments| {
        let full: Vec<String> = ["estimate", file]
            .iter()
            .chain(arguments)
            .map(|argument| argument.replace("DIR", &folder.path().display().to_string()))
            .collect();
        let ran = isobar(&full);
        assert!(
            ran.status == 1 || ran.status == 2,
            "{arguments:?} was taken: {}",
            ran.stdout
        );
        let said = ran.stderr.replace(&folder.path().display().to_string(), "DIR");
        // What the system says of a missing file differs between systems.
        let said = said.split(" (").next().unwrap_or_default().trim_end();
        format!("$ {}\n[{}] {said}", arguments.join(" "), ran.status)
    })
    .collect();
    insta::assert_snapshot!("bad_statistics", messages.join("\n"));
}

fn query(measure: Measure, data: &Dataset) -> Query {
    Query::new(measure, data)
}

#[test]
fn every_result_says_how_it_was_computed_in_both_languages() {
    let data = sample::read().unwrap().dataset;
    let partners = || Measure::Question("partnere".into());
    let boxes = |view| Measure::Boxes {
        question: "partnere".into(),
        view,
        groups: false,
    };
    let compare = |pairs| Compare {
        test: true,
        pairs: Some(pairs),
        adjust: Adjust::Bh,
    };
    let mut texts = Vec::new();
    for query in [
        query(partners(), &data),
        Query {
            by: Some("sektor".into()),
            compare: compare(Pairs::All),
            interval: Interval::Wilson,
            ..query(partners(), &data)
        },
        Query {
            by: Some("sektor".into()),
            compare: compare(Pairs::Rest),
            design: DesignChoice {
                weight: Some("vaegt".into()),
                ..DesignChoice::default()
            },
            ..query(Measure::Mean("ansatte".into()), &data)
        },
        Query {
            compare: compare(Pairs::All),
            interval: Interval::Arcsine,
            design: DesignChoice::default(),
            ..query(partners(), &data)
        },
        query(boxes(BoxView::Lift), &data),
        query(Measure::Total("ansatte".into()), &data),
        query(
            Measure::Quantiles {
                var: "ansatte".into(),
                at: vec![0.5.into()],
            },
            &data,
        ),
        Query {
            design: DesignChoice {
                margins: vec![MarginChoice {
                    vars: vec!["sektor".into()],
                    cells: [(1.0, 13_000.0), (2.0, 600.0), (3.0, 1_500.0)]
                        .map(|(code, count)| (vec![code.into()], count.into()))
                        .into(),
                }],
                trim: Some(Box::new((0.5.into(), 40.0.into()))),
                ..DesignChoice::of(&data)
            },
            ..query(
                Measure::Ratio {
                    above: "ansatte".into(),
                    below: "vaegt".into(),
                },
                &data,
            )
        },
    ] {
        let table = query.run(&data).unwrap_or_else(|error| panic!("{error}"));
        for language in Language::ALL {
            texts.push(explained(&table, language).join("\n"));
        }
        texts.push("—".to_owned());
    }
    insta::assert_snapshot!("explained", texts.join("\n"));
}

#[test]
fn lonely_strata_are_named_and_treated_as_asked() {
    let file = barometer();
    let error = |lonely: &str| {
        let asked = [
            "estimate", &file, "--total", "ansatte", "--format", "json", "--lonely", lonely,
        ];
        let told = isobar_json(&asked);
        let warning = told["warnings"].to_string();
        assert!(warning.contains("1518"), "{lonely}: the strata are named in {warning}");
        told["rows"][0]["std_error"].as_f64().unwrap()
    };
    let [adjust, centre, average, remove] = ["adjust", "centre", "average", "remove"].map(error);
    assert!(remove < average && remove < centre, "{remove} {average} {centre}");
    assert!(
        centre < adjust,
        "about the mean of all units a total varies less than about 0"
    );
}

#[test]
fn replicates_leave_no_warning_of_lonely_strata() {
    let data = sample::read().unwrap().dataset;
    let design = DesignChoice {
        replicates: Some(Box::new(ReplicateChoice {
            prefix: "kultur".to_owned(),
            kind: ReplicateKind::Jkn,
            rho: None,
            scale: None,
            constants: Vec::new(),
        })),
        ..DesignChoice::of(&data)
    };
    let error = Query {
        design,
        ..query(Measure::Share(Condition::parse("nyhed = 1").unwrap()), &data)
    }
    .run(&data);
    assert!(error.is_err(), "no variable is called so with a number");
    let table = query(Measure::Mean("ansatte".into()), &data).run(&data).unwrap();
    let lonely = |warning: &TableWarning| matches!(warning, TableWarning::LonelyStrata { .. });
    assert!(table.warnings.iter().any(lonely));
}
