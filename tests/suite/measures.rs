//! Bases, don't-know policies and bookkeeping of queries, on small files made by hand.

mod filters;
mod identities;
mod large_tables;
pub mod made;
mod properties;
mod sets;
mod sets_drawn;
mod ties;

use isobar::data::Language;
use isobar::data::{
    AnswerKind, Code, Condition, Dataset, DontKnow, Item, ItemKind, Labelled, Question, QuestionKind, Role, Text, Union,
};
use isobar::measure::{DesignChoice, Measure, Query, QueryError, RowKind, Table, TableWarning};
use isobar::remarks;
use isobar::stats::Lonely;

use made::{BLANK, File, ask, item, question, run};

/// Each row as `id kind chosen/n`, group by group.
fn rows(table: &Table) -> Vec<String> {
    (0..table.items.len())
        .map(|i| {
            let cells: Vec<String> = (0..table.groups.len())
                .map(|g| {
                    let cell = table.cell(i, g);
                    format!("{}/{}", cell.n_chosen.unwrap(), cell.estimate.n)
                })
                .collect();
            let mark = match table.items[i].kind {
                RowKind::Answer => "",
                RowKind::Union { .. } => " union",
                RowKind::None => " none",
                RowKind::DontKnow => " don't know",
                RowKind::NotRelevant => " not relevant",
                RowKind::Combination => " combination",
                RowKind::Pair => " pair",
                RowKind::Negative => " negative",
                RowKind::Neutral => " neutral",
                RowKind::Positive => " positive",
                RowKind::Net => " net",
                RowKind::Part => " part",
                RowKind::Reference => " reference",
            };
            format!("{}{mark} {}", table.items[i].id, cells.join(" "))
        })
        .collect()
}

fn novelty() -> Dataset {
    File::default()
        .coded("asked", &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
        .coded("novelty", &[1.0, 1.0, 2.0, 9.0, 8.0, 98.0, 1.0, 99.0])
        .coded("sector", &[1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0, 99.0])
        .base("innovative", "asked = 1")
        .question(Question {
            base: Some("innovative".to_owned()),
            ..question("novelty", QuestionKind::Single, &["novelty"])
        })
        .done()
}

#[test]
fn dont_know_stays_in_the_base_or_leaves_it_as_the_policy_says() {
    let data = novelty();
    let mut query = ask(&data, "novelty");
    let table = run(&query, &data);
    assert_eq!(
        rows(&table),
        ["1 2/5", "2 1/5", "8 not relevant 1/5", "9 don't know 1/5"]
    );
    assert_eq!((table.base.n, table.base.n_weighted), (5, 5.0));
    assert_eq!(table.base.label, Text::plain("base innovative"));
    assert_eq!(table.base.unit, Text::plain("innovations"));
    for policy in [DontKnow::Drop, DontKnow::Listwise] {
        query.dont_know = Some(policy);
        let table = run(&query, &data);
        assert_eq!(rows(&table), ["1 2/3", "2 1/3"]);
        assert_eq!(table.base.n, 3);
        assert_eq!(table.subject.dont_know, policy);
    }
}

#[test]
fn a_filter_narrows_the_base_and_never_replaces_it() {
    let data = novelty();
    let query = Query {
        filter: Condition::parse("sector = 1").unwrap(),
        ..ask(&data, "novelty")
    };
    // The workplace that was not innovative answered too, and still does not count.
    assert_eq!(run(&query, &data).base.n, 3);
}

#[test]
fn a_breakdown_has_the_groups_that_somebody_in_the_base_is_in() {
    let data = novelty();
    let query = Query {
        by: Some("sector".into()),
        ..ask(&data, "novelty")
    };
    let table = run(&query, &data);
    assert_eq!(rows(&table)[0], "1 1/3 1/2");
    let groups: Vec<_> = table
        .groups
        .iter()
        .map(|group| (group.label.clone(), group.n))
        .collect();
    assert_eq!(groups, [(Text::plain("sector 1"), 3), (Text::plain("sector 2"), 2)]);
    assert!(table.warnings.contains(&TableWarning::SmallGroups { groups: 2 }));
}

fn partners() -> File {
    let boxes = Question {
        unions: vec![Union {
            id: "any".to_owned(),
            label: Text::plain("Any"),
            items: vec!["p1".into(), "p2".into()],
            none_of: Vec::new(),
            highlight: true,
        }],
        groups: vec![Labelled {
            id: "external".to_owned(),
            label: Text::plain("External"),
        }],
        items: vec![
            Item {
                group: Some("external".to_owned()),
                actor: Some("companies".to_owned()),
                ..item("p1")
            },
            item("p2"),
            Item {
                is: ItemKind::None,
                ..item("none")
            },
            Item {
                is: ItemKind::DontKnow,
                ..item("unsure")
            },
        ],
        ..question("partners", QuestionKind::Multiple, &[])
    };
    // The last two were not asked, or gave no answer at all; the sixth was never shown p2.
    File::default()
        .coded("p1", &[1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 99.0, BLANK])
        .coded("p2", &[1.0, 0.0, 1.0, 0.0, 0.0, 99.0, 99.0, BLANK])
        .coded("none", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 99.0, BLANK])
        .coded("unsure", &[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 99.0, BLANK])
        .question(boxes)
}

#[test]
fn a_union_without_other_items_counts_those_alone() {
    let mut data = partners().done();
    let mut unions = data.codebook.questions[0].unions.clone();
    unions[0].items = vec!["p1".into()];
    unions[0].none_of = vec!["p2".into()];
    data.codebook.questions[0].unions = unions;
    let table = run(&ask(&data, "partners"), &data);
    // Of the three with p1 one has p2 too, and of one it is not known.
    assert_eq!(rows(&table)[2], "any union 1/5");
}

#[test]
fn a_box_that_was_not_shown_is_not_a_no() {
    let data = partners().done();
    let mut query = ask(&data, "partners");
    let table = run(&query, &data);
    assert_eq!(
        rows(&table),
        [
            "p1 3/6",
            "p2 2/5",
            "any union 4/6",
            "none none 1/6",
            "unsure don't know 1/6"
        ]
    );
    assert_eq!(table.base.n, 6);
    assert_eq!(table.items[0].group, Text::plain("External"));
    assert_eq!(table.items[0].actor.as_deref(), Some("companies"));
    query.dont_know = Some(DontKnow::Drop);
    let table = run(&query, &data);
    assert_eq!(rows(&table), ["p1 3/5", "p2 2/4", "any union 4/5", "none none 1/5"]);
    assert_eq!(table.base.n, 5);
}

#[test]
fn an_item_that_a_group_was_never_shown_has_no_share_and_is_warned_of() {
    let data = partners()
        .coded("type", &[1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0])
        .done();
    let query = Query {
        by: Some("type".into()),
        ..ask(&data, "partners")
    };
    let table = run(&query, &data);
    assert_eq!(rows(&table)[1], "p2 2/5 0/0");
    assert!(table.cell(1, 1).estimate.value.is_nan() && table.cell(1, 1).low.is_nan());
    assert!(table.warnings.contains(&TableWarning::NotAsked {
        item: Text::plain("p2"),
        group: Text::plain("type 2"),
    }));
}

#[test]
fn a_box_written_as_one_or_nothing_reads_nothing_as_not_chosen_of_those_who_ticked_another() {
    let file = |blank| {
        File::default()
            .coded("a", &[1.0, BLANK, 1.0, BLANK])
            .with(|variable| variable.blank = blank)
            .coded("b", &[BLANK, 1.0, 1.0, BLANK])
            .with(|variable| variable.blank = blank)
            .question(question("q", QuestionKind::Multiple, &["a", "b"]))
            .done()
    };
    let data = file(AnswerKind::Missing);
    let table = run(&ask(&data, "q"), &data);
    assert_eq!(rows(&table), ["a 2/3", "b 2/3"]);
    // The one without a tick is out of the base, and that is said.
    let said = |language| -> Vec<String> {
        table
            .warnings
            .iter()
            .map(|warning| remarks::of_table(warning, language))
            .collect()
    };
    assert!(
        said(Language::En)[0].starts_with("1 of 4 respondents have no box ticked in “q”"),
        "{:?}",
        said(Language::En)
    );
    assert!(
        said(Language::Da)[0].starts_with("1 af 4 respondenter har intet felt sat i »q«"),
        "{:?}",
        said(Language::Da)
    );
    let data = file(AnswerKind::NotAsked);
    let table = run(&ask(&data, "q"), &data);
    assert_eq!(rows(&table), ["a 2/2", "b 2/2"]);
    let is_unticked = |warning: &TableWarning| matches!(warning, TableWarning::Unticked { .. });
    assert!(!table.warnings.iter().any(is_unticked));
    // Somebody's "not chosen" tells what an empty cell is not.
    let data = File::default()
        .coded("a", &[1.0, 0.0, 1.0, BLANK])
        .coded("b", &[BLANK, 1.0, 1.0, BLANK])
        .question(question("q", QuestionKind::Multiple, &["a"]))
        .done();
    assert!(!run(&ask(&data, "q"), &data).warnings.iter().any(is_unticked));
}

#[test]
fn a_category_set_counts_a_code_in_any_of_its_variables() {
    let of_code = |code: f64| Item {
        more: vec!["second".into()],
        counted: vec![Code::from(code)],
        label: Some(Text::plain(format!("reason {code}"))),
        ..item("first")
    };
    let data = File::default()
        .coded("first", &[1.0, 2.0, 3.0, 3.0, BLANK])
        .coded("second", &[2.0, BLANK, 1.0, BLANK, BLANK])
        .question(Question {
            items: vec![of_code(1.0), of_code(2.0), of_code(3.0)],
            ..question("q", QuestionKind::Multiple, &[])
        })
        .done();
    assert_eq!(
        rows(&run(&ask(&data, "q"), &data)),
        ["first=1 2/4", "first=2 2/4", "first=3 2/4"]
    );
}

#[test]
fn a_battery_has_a_row_for_each_answer_to_each_statement() {
    let data = File::default()
        .coded("f1", &[1.0, 2.0, 9.0, 1.0])
        .coded("f2", &[2.0, 2.0, 1.0, 99.0])
        .question(question("factors", QuestionKind::Battery, &["f1", "f2"]))
        .done();
    let mut query = ask(&data, "factors");
    assert_eq!(
        rows(&run(&query, &data)),
        ["f1=1 2/4", "f1=2 1/4", "f1=9 don't know 1/4", "f2=1 1/3", "f2=2 2/3"]
    );
    query.dont_know = Some(DontKnow::Drop);
    assert_eq!(
        rows(&run(&query, &data)),
        ["f1=1 2/3", "f1=2 1/3", "f2=1 1/3", "f2=2 2/3"]
    );
    query.dont_know = Some(DontKnow::Listwise);
    let table = run(&query, &data);
    assert_eq!(rows(&table), ["f1=1 2/3", "f1=2 1/3", "f2=1 0/2", "f2=2 2/2"]);
    assert_eq!(table.base.n, 3);
}

#[test]
fn a_numeric_question_has_a_mean_of_its_answers() {
    let data = File::default()
        .numbers("pool", &[10.0, 20.0, BLANK, 999.0])
        .with(|variable| variable.missing_ranges.push((990.0, 999.0)))
        .done();
    let table = run(&ask(&data, "pool"), &data);
    let cell = table.cell(0, 0);
    assert_eq!((cell.estimate.value, cell.estimate.n, cell.n_chosen), (15.0, 2, None));
    // Two of four respondents, each 2.5 from the mean of the domain's total: 4 ÷ 3 × (2.5² + 2.5²).
    assert!((cell.estimate.std_error - (4.0_f64 / 3.0 * 12.5).sqrt()).abs() < 1e-12);
}

#[test]
fn a_share_is_among_those_for_whom_it_is_known() {
    let data = novelty();
    let share = |dont_know| Query {
        dont_know,
        ..Query::new(Measure::Share(Condition::parse("novelty = 1").unwrap()), &data)
    };
    assert_eq!(rows(&run(&share(None), &data)), ["novelty = 1 3/6"]);
    assert_eq!(rows(&run(&share(Some(DontKnow::Drop)), &data)), ["novelty = 1 3/4"]);
}

#[test]
fn weights_that_cannot_be_used_are_said_with_their_row() {
    let file = |weights: &[f64]| {
        File::default()
            .coded("q", &[1.0, 2.0, 1.0])
            .numbers("w", weights)
            .with(|variable| variable.role = Some(Role::Weight))
            .texts("t", &["1.0", "2.0", "x"])
            .done()
    };
    let error = |data: &Dataset, var: &str| {
        let query = Query {
            design: DesignChoice {
                weight: Some(var.into()),
                ..DesignChoice::default()
            },
            ..ask(data, "q")
        };
        query.run(data).unwrap_err().to_string()
    };
    let data = file(&[1.0, -2.0, 3.0]);
    assert_eq!(
        error(&data, "w"),
        "the weight w cannot be used: row 2 has the weight -2. Choose another weight, or none."
    );
    assert_eq!(
        error(&data, "t"),
        "the weight t cannot be used: row 1 has the text \"1.0\". Choose another weight, or none."
    );
    assert_eq!(
        error(&file(&[0.0, 0.0, BLANK]), "w"),
        "the weight w cannot be used: nobody has a weight above 0. Choose another weight, or none."
    );

    let data = file(&[2.0, BLANK, 0.0]);
    let table = run(&ask(&data, "q"), &data);
    assert_eq!(
        rows(&table),
        ["1 1/1", "2 0/1"],
        "no weight and a zero weight do not count"
    );
    assert!(table.warnings.contains(&TableWarning::NoWeight {
        var: "w".into(),
        rows: 1
    }));
}

#[test]
fn strata_that_do_not_fit_their_population_are_an_error_and_gaps_a_warning() {
    let data = File::default()
        .coded("q", &[1.0, 2.0, 1.0, 2.0, 1.0])
        .coded("h", &[1.0, 1.0, 2.0, 2.0, BLANK])
        .coded("g", &[1.0, 1.0, 1.0, 2.0, 2.0])
        .numbers("small", &[1.0, 1.0, 9.0, 9.0, 9.0])
        .numbers("mixed", &[5.0, 6.0, 9.0, 9.0, 9.0])
        .numbers("gaps", &[5.0, BLANK, BLANK, BLANK, 9.0])
        .numbers("none", &[5.0, 5.0, 0.0, 9.0, 9.0])
        .done();
    let query = |strata: &[&str], population: Option<&str>| Query {
        design: DesignChoice {
            strata: strata.iter().map(|var| (*var).into()).collect(),
            population: population.map(Into::into),
            ..DesignChoice::default()
        },
        ..ask(&data, "q")
    };
    let error = |population| query(&["h"], Some(population)).run(&data).unwrap_err().to_string();
    assert_eq!(
        error("small"),
        "the population size small cannot be used: row 1 lies in a stratum of 2 sampled with a population of 1. Choose another variable, or none."
    );
    assert_eq!(
        error("mixed"),
        "the population size mixed cannot be used: row 2 says 6, but another row of the same stratum says 5. Choose another variable, or none."
    );
    assert_eq!(
        error("none"),
        "the population size none cannot be used: row 3 has the population size 0. Choose another variable, or none."
    );
    let table = run(&query(&["h"], Some("gaps")), &data);
    assert_eq!(table.strata, 3);
    for warning in [
        TableWarning::NoStratum {
            var: "h".into(),
            rows: 1,
        },
        TableWarning::NoPopulation {
            var: "gaps".into(),
            rows: 2,
        },
        TableWarning::LonelyStrata {
            strata: 1,
            lonely: Lonely::Adjust,
            names: vec![Text(
                ["da", "en"]
                    .map(|language| (language.to_owned(), "–".to_owned()))
                    .into(),
            )],
        },
    ] {
        assert!(table.warnings.contains(&warning), "{:?}", table.warnings);
    }
    assert_eq!(
        run(&query(&["h", "g"], None), &data).strata,
        4,
        "1×1, 2×1, 2×2, missing×2"
    );
}

#[test]
fn what_cannot_be_answered_is_said() {
    let many: Vec<f64> = (0..700).map(f64::from).collect();
    let data = File::default()
        .coded("id", &many)
        .coded("q", &[1.0; 700])
        .texts("t", &["a"; 700])
        .done();
    let error = |query: Query| query.run(&data).unwrap_err().to_string();
    assert_eq!(
        error(Query {
            by: Some("id".into()),
            ..ask(&data, "q")
        }),
        "id has 696 different answers, too many to break down by. Choose a variable with at most 60."
    );
    assert_eq!(
        error(ask(&data, "id")),
        "id has 698 different answers, too many for a table of shares. Choose a variable with at most 500."
    );
    assert_eq!(
        error(Query::new(Measure::Mean("t".into()), &data)),
        "t is not a number, so it has no mean. Ask for its shares instead."
    );
    assert!(matches!(
        ask(&data, "qq").run(&data),
        Err(QueryError::NoSuchQuestion { suggestion: Some(name), .. }) if name == "q"
    ));
    assert!(
        error(Query {
            level: Code::from(1.0),
            ..ask(&data, "q")
        })
        .starts_with("1 is not a confidence level")
    );
}

#[test]
fn nobody_left_is_a_table_with_a_warning_and_no_number() {
    let data = novelty();
    let query = Query {
        filter: Condition::parse("sector = 1 and sector = 2").unwrap(),
        ..ask(&data, "novelty")
    };
    let table = run(&query, &data);
    assert!(table.warnings.contains(&TableWarning::Empty));
    assert_eq!(table.base.n, 0);
    assert!(table.cells.iter().all(|cell| cell.estimate.value.is_nan()));
}

#[test]
fn a_group_knows_its_place_among_the_answers_whoever_the_filter_leaves() {
    let data = File::default()
        .coded("innovative", &[1.0, 1.0, 0.0, 1.0, 0.0])
        .coded("sector", &[1.0, 2.0, 3.0, 9.0, 2.0])
        .done();
    let mut query = ask(&data, "innovative");
    query.by = Some("sector".into());
    let places = |query: &Query| {
        let table = run(query, &data);
        assert_eq!((table.by_answers, table.by_ordered), (3, false));
        table.groups.iter().map(|group| group.place).collect::<Vec<usize>>()
    };
    assert_eq!(places(&query), [0, 1, 2]);
    query.filter = Condition::parse("sector in (2, 3)").unwrap();
    assert_eq!(places(&query), [1, 2]);
}

#[test]
fn what_rests_on_guesses_that_nobody_confirmed_says_so() {
    let mut data = File::default()
        .coded("innovative", &[1.0, 1.0, 0.0, 1.0])
        .coded("sector", &[1.0, 2.0, 2.0, 1.0])
        .numbers("weight", &[1.5, 2.5, 1.0, 3.25])
        .done();
    let mut query = ask(&data, "innovative");
    query.by = Some("sector".into());
    query.design.weight = Some("weight".into());
    let warned = |query: &Query, data: &Dataset| {
        let all = run(query, data).warnings;
        all.into_iter()
            .find(|warning| matches!(warning, TableWarning::Unconfirmed { .. }))
    };
    assert_eq!(warned(&query, &data), None);
    data.codebook.unconfirmed.roles = vec!["weight".into(), "id".into()];
    let what = vec![Text::plain("weight")];
    assert_eq!(warned(&query, &data), Some(TableWarning::Unconfirmed { what }));
    query.design.weight = None;
    assert_eq!(warned(&query, &data), None);
}
