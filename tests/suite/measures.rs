//! Filters, bases, don't-know policies and bookkeeping of queries, on small files made by hand.

use std::path::PathBuf;

use isobar::data::{
    AnswerKind, Base, Code, Codebook, Column, Condition, Dataset, DontKnow, Format, Item, ItemKind, Labelled,
    Positions, Question, QuestionKind, Role, Text, Union, Value, Variable, VariableKind,
};
use isobar::filter::{self, Truth};
use isobar::measure::{DesignChoice, Measure, Query, QueryError, RowKind, Table, TableWarning};
use isobar::stats::Interval;

pub const BLANK: f64 = f64::NAN;

/// A file made by hand: coded variables with the codes of the survey office, blank where NaN.
#[derive(Default)]
pub struct File {
    codebook: Codebook,
    columns: Vec<Column>,
}

impl File {
    /// A coded variable whose codes above 90 are missing: 98 no answer, 99 not asked; 9 is "don't know", 8 "not
    /// relevant".
    pub fn coded(self, name: &str, rows: &[f64]) -> Self {
        let mut codes: Vec<Code> = rows
            .iter()
            .filter(|row| !row.is_nan())
            .map(|row| Code::from(*row))
            .collect();
        codes.sort();
        codes.dedup();
        let mut variable = Variable::new(name, VariableKind::Nominal);
        for code in &codes {
            let is = match code.number() {
                Some(8.0) => AnswerKind::NotRelevant,
                Some(9.0) => AnswerKind::DontKnow,
                Some(98.0) => AnswerKind::Missing,
                Some(99.0) => AnswerKind::NotAsked,
                _ => AnswerKind::Answer,
            };
            variable.values.push(Value {
                code: code.clone(),
                label: Text::plain(format!("{name} {code}")),
                is,
            });
        }
        let places = rows
            .iter()
            .map(|row| codes.binary_search(&Code::from(*row)).ok().map(|place| place as u32));
        let rows = Positions::pack(codes.len(), places);
        self.column(variable, Column::Coded { levels: codes, rows })
    }

    pub fn numbers(self, name: &str, rows: &[f64]) -> Self {
        let variable = Variable::new(name, VariableKind::Numeric);
        self.column(variable, Column::Numbers(rows.to_vec()))
    }

    pub fn texts(self, name: &str, rows: &[&str]) -> Self {
        let mut levels: Vec<Code> = rows.iter().map(|row| Code::from(*row)).collect();
        levels.sort();
        levels.dedup();
        let places = rows
            .iter()
            .map(|row| levels.binary_search(&Code::from(*row)).ok().map(|place| place as u32));
        let rows = Positions::pack(levels.len(), places);
        self.column(
            Variable::new(name, VariableKind::Nominal),
            Column::Coded { levels, rows },
        )
    }

    fn column(mut self, variable: Variable, column: Column) -> Self {
        self.codebook.variables.push(variable);
        self.columns.push(column);
        self
    }

    /// Changes the variable made last.
    pub fn with(mut self, change: impl FnOnce(&mut Variable)) -> Self {
        change(self.codebook.variables.last_mut().unwrap());
        self
    }

    pub fn base(mut self, id: &str, when: &str) -> Self {
        self.codebook.bases.push(Base {
            id: id.to_owned(),
            label: Text::plain(format!("base {id}")),
            unit: Some(Text::plain("innovations")),
            when: Condition::parse(when).unwrap(),
        });
        self
    }

    pub fn question(mut self, question: Question) -> Self {
        self.codebook.questions.push(question);
        self
    }

    pub fn done(self) -> Dataset {
        Dataset {
            path: PathBuf::from("made.csv"),
            format: Format::Csv,
            encoding: "UTF-8".to_owned(),
            fingerprint: String::new(),
            rows: self.columns.first().map_or(0, Column::len),
            codebook: self.codebook,
            columns: self.columns,
        }
    }
}

fn item(var: &str) -> Item {
    Item {
        var: var.into(),
        more: Vec::new(),
        label: None,
        is: ItemKind::Answer,
        actor: None,
        group: None,
        counted: Vec::new(),
    }
}

fn question(id: &str, kind: QuestionKind, items: &[&str]) -> Question {
    Question {
        id: id.into(),
        topic: None,
        short: Text::plain(id),
        text: Text::default(),
        kind,
        base: None,
        dont_know: DontKnow::Keep,
        max: None,
        items: items.iter().map(|var| item(var)).collect(),
        counted: vec![Code::from(1.0)],
        poles: None,
        groups: Vec::new(),
        unions: Vec::new(),
    }
}

fn ask(data: &Dataset, id: &str) -> Query {
    Query::new(Measure::Question(id.into()), data)
}

fn run(query: &Query, data: &Dataset) -> Table {
    query.run(data).unwrap_or_else(|error| panic!("{error}"))
}

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
            };
            format!("{}{mark} {}", table.items[i].id, cells.join(" "))
        })
        .collect()
}

fn truths(condition: &str, data: &Dataset) -> String {
    filter::evaluate(&Condition::parse(condition).unwrap(), data)
        .unwrap_or_else(|error| panic!("{error}"))
        .into_iter()
        .map(|truth| match truth {
            Truth::Yes => 'y',
            Truth::No => 'n',
            Truth::Unknown => '?',
        })
        .collect()
}

#[test]
fn a_condition_is_yes_no_or_unknown_as_kleene_has_it() {
    let data = File::default()
        .coded("a", &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0, BLANK, 98.0, 99.0])
        .coded("b", &[1.0, 2.0, BLANK, 1.0, 2.0, 99.0, 1.0, 2.0, 99.0])
        .numbers("x", &[1.0, 2.5, 3.0, BLANK, 5.0, 6.0, 7.0, 8.0, 9.0])
        .done();
    for (condition, expected) in [
        ("a = 1", "yyynnn???"),
        ("not a = 1", "nnnyyy???"),
        ("a = 1 and b = 1", "yn?nnn?n?"),
        ("a = 1 or b = 1", "yyyyn?y??"),
        ("a = 1 and not b = 1", "ny?nnnn??"),
        ("a in (98)", "nnnnnn?yn"),
        ("not a = 99", "yyyyyy?yn"),
        ("x >= 2.5", "nyy?yyyyy"),
        ("x < 3 or x > 8", "yyn?nnnny"),
        ("a = \"a 2\"", "nnnyyy???"),
        ("a = \"a 98\"", "nnnnnn?yn"),
        ("a = 7", "nnnnnn???"),
        ("", "yyyyyyyyy"),
    ] {
        assert_eq!(truths(condition, &data), expected, "{condition}");
    }
}

#[test]
fn a_condition_on_an_unknown_value_names_those_there_are() {
    let data = File::default()
        .coded("sector", &[1.0, 2.0, 3.0])
        .texts("stype", &["E", "H", "M"])
        .done();
    let error = |condition: &str| {
        filter::evaluate(&Condition::parse(condition).unwrap(), &data)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("sector = \"Region\""),
        "sector has no value \"Region\". Its values are 1 (sector 1), 2 (sector 2), 3 (sector 3)."
    );
    assert_eq!(error("stype = 1"), "stype has no value \"1\". Its values are E, H, M.");
    assert_eq!(
        error("stype >= 1"),
        "stype is a text and cannot be compared with a number. Use stype = \"…\"."
    );
    assert!(error("sectr = 1").contains("did you mean \"sector\""));
}

#[test]
fn the_filter_menu_counts_what_each_value_would_leave() {
    let data = File::default()
        .coded("sector", &[1.0, 1.0, 2.0, 2.0, 99.0, BLANK])
        .coded("size", &[1.0, 2.0, 1.0, 2.0, 1.0, 1.0])
        .numbers("w", &[1.5, 2.0, 4.0, 8.0, 16.0, BLANK])
        .done();
    let others = Condition::parse("size = 1").unwrap();
    let counts = filter::counts(&data, &"sector".into(), &others, Some(&"w".into())).unwrap();
    let seen: Vec<_> = counts
        .codes
        .iter()
        .map(|count| (count.code.to_string(), count.n, count.n_weighted))
        .collect();
    assert_eq!(
        seen,
        [
            ("1".to_owned(), 1, 1.5),
            ("2".to_owned(), 1, 4.0),
            ("99".to_owned(), 1, 16.0)
        ]
    );
    let counts = filter::counts(&data, &"w".into(), &others, None).unwrap();
    assert_eq!(counts.range, Some((1.5, 16.0)));
    assert_eq!(counts.numbers, [1.5, 4.0, 16.0]);
}

#[test]
fn a_filter_is_put_into_the_words_of_the_codebook() {
    let data = File::default()
        .coded("sector", &[1.0, 2.0])
        .with(|variable| variable.label = Text::plain("Sector"))
        .numbers("age", &[1.0, 2.0])
        .done();
    let condition =
        Condition::parse("sector in (1, 2) and age >= 10 and age <= 20.5 and not sector = 2 and age < 3").unwrap();
    let described = filter::describe(&condition, &data);
    let words: Vec<String> = described
        .kept
        .iter()
        .map(|(var, kept)| {
            let kept: Vec<&str> = kept.iter().map(|text| text.get(isobar::data::Language::Da)).collect();
            format!("{}: {}", var.get(isobar::data::Language::Da), kept.join(", "))
        })
        .collect();
    assert_eq!(words, ["Sector: sector 1, sector 2", "age: 10–20,5", "age: < 3"]);
    assert_eq!(described.further.unwrap().to_string(), "not sector = 2");
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
    assert_eq!(rows(&run(&ask(&data, "q"), &data)), ["a 2/3", "b 2/3"]);
    let data = file(AnswerKind::NotAsked);
    assert_eq!(rows(&run(&ask(&data, "q"), &data)), ["a 2/2", "b 2/2"]);
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
        TableWarning::LonelyStrata { strata: 1 },
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

mod properties {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    struct Survey {
        weights: Vec<f64>,
        strata: Vec<f64>,
        clusters: Vec<f64>,
        group: Vec<f64>,
        boxes: [Vec<f64>; 3],
        clustered: bool,
    }

    impl Survey {
        fn data(&self, factor: f64) -> Dataset {
            let weights: Vec<f64> = self.weights.iter().map(|weight| weight * factor).collect();
            let boxes = Question {
                unions: vec![Union {
                    id: "any".to_owned(),
                    label: Text::plain("Any"),
                    items: vec!["a".into(), "b".into(), "c".into()],
                    highlight: true,
                }],
                ..question("boxes", QuestionKind::Multiple, &["a", "b", "c"])
            };
            File::default()
                .coded("h", &self.strata)
                .with(|variable| variable.role = Some(Role::Stratum))
                .coded("k", &self.clusters)
                .with(|variable| variable.role = self.clustered.then_some(Role::Cluster))
                .coded("g", &self.group)
                .coded("a", &self.boxes[0])
                .coded("b", &self.boxes[1])
                .coded("c", &self.boxes[2])
                .numbers("w", &weights)
                .with(|variable| variable.role = Some(Role::Weight))
                .question(boxes)
                .done()
        }
    }

    fn survey() -> impl Strategy<Value = Survey> {
        (3_usize..60, any::<bool>()).prop_flat_map(|(n, clustered)| {
            let codes = |most: u8| prop::collection::vec((0..=most).prop_map(f64::from), n);
            let ticks = || codes(1);
            (
                prop::collection::vec(0.01_f64..50.0, n),
                codes(4),
                codes(9),
                codes(2),
                [ticks(), ticks(), ticks()],
            )
                .prop_map(move |(weights, strata, clusters, group, boxes)| Survey {
                    weights,
                    strata,
                    // A cluster lies in one stratum.
                    clusters: clusters.iter().map(|cluster| cluster % 7.0).collect(),
                    group,
                    boxes,
                    clustered,
                })
        })
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0) || (a.is_nan() && b.is_nan())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ten_times_the_weights_change_no_share_and_no_error(survey in survey()) {
            let (once, tenfold) = (survey.data(1.0), survey.data(10.0));
            let (once, tenfold) = (run(&ask(&once, "boxes"), &once), run(&ask(&tenfold, "boxes"), &tenfold));
            for (a, b) in once.cells.iter().zip(&tenfold.cells) {
                prop_assert!(near(a.estimate.value, b.estimate.value));
                prop_assert!(near(a.estimate.std_error, b.estimate.std_error));
                prop_assert!(near(a.low, b.low) && near(a.high, b.high));
                prop_assert!(near(10.0 * a.estimate.n_weighted, b.estimate.n_weighted));
            }
        }

        #[test]
        fn a_share_and_that_of_its_opposite_are_one(survey in survey()) {
            let data = survey.data(1.0);
            let share = |text: &str| {
                let query = Query::new(Measure::Share(Condition::parse(text).unwrap()), &data);
                *run(&query, &data).cell(0, 0)
            };
            let (yes, no) = (share("a = 1"), share("not a = 1"));
            prop_assert!(near(yes.estimate.value + no.estimate.value, 1.0));
            prop_assert!(near(yes.estimate.std_error, no.estimate.std_error));
            prop_assert!((yes.low - (1.0 - no.high)).abs() < 1e-6 || yes.low.is_nan());
        }

        #[test]
        fn the_shares_of_groups_reproduce_the_total(survey in survey()) {
            let data = survey.data(1.0);
            let total = run(&ask(&data, "boxes"), &data);
            let by = run(&Query { by: Some("g".into()), ..ask(&data, "boxes") }, &data);
            for item in 0..total.items.len() {
                let sum: f64 = (0..by.groups.len())
                    .map(|g| by.cell(item, g).estimate.value * by.groups[g].n_weighted)
                    .sum();
                prop_assert!(near(sum / total.base.n_weighted, total.cell(item, 0).estimate.value));
            }
        }

        #[test]
        fn a_union_lies_between_its_greatest_part_and_the_sum(survey in survey()) {
            let data = survey.data(1.0);
            let table = run(&ask(&data, "boxes"), &data);
            let share = |id: &str| {
                let item = table.items.iter().position(|item| item.id == id).unwrap();
                table.cell(item, 0).estimate.value
            };
            let parts = [share("a"), share("b"), share("c")];
            prop_assert!(parts.iter().all(|part| *part <= share("any") + 1e-12));
            prop_assert!(share("any") <= parts.iter().sum::<f64>() + 1e-12);
        }

        #[test]
        fn an_interval_contains_its_estimate(survey in survey(), level in 0.5_f64..0.999) {
            let data = survey.data(1.0);
            for interval in [Interval::Logit, Interval::Beta, Interval::Wilson, Interval::Wald] {
                let query = Query { interval, level: Code::from(level), ..ask(&data, "boxes") };
                for cell in run(&query, &data).cells {
                    let value = cell.estimate.value;
                    prop_assert!(
                        cell.low.is_nan() && cell.high.is_nan()
                            || cell.low <= value + 1e-12 && value <= cell.high + 1e-12,
                        "{interval:?} {cell:?}"
                    );
                    prop_assert!(cell.low.is_nan() == (cell.estimate.df <= 0.0), "{cell:?}");
                }
            }
        }

        /// One group of a breakdown, the same filter, and the mean of 0 and 1: three ways to one number.
        #[test]
        fn a_group_is_a_filter_is_a_mean(survey in survey()) {
            let data = survey.data(1.0);
            let by = run(&Query { by: Some("g".into()), ..ask(&data, "boxes") }, &data);
            for (g, group) in by.groups.iter().enumerate() {
                let (_, code) = group.key.as_ref().unwrap();
                let filter = Condition::parse(&format!("g = {code}")).unwrap();
                let filtered = run(&Query { filter: filter.clone(), ..ask(&data, "boxes") }, &data);
                let mean = Query { filter, ..Query::new(Measure::Mean("a".into()), &data) };
                let mean = run(&mean, &data).cell(0, 0).estimate;
                for item in 0..by.items.len() {
                    let (a, b) = (by.cell(item, g), filtered.cell(item, 0));
                    prop_assert!(near(a.estimate.std_error, b.estimate.std_error) && near(a.low, b.low));
                    prop_assert_eq!((a.estimate.n, a.n_chosen), (b.estimate.n, b.n_chosen));
                }
                let share = by.cell(0, g).estimate;
                prop_assert!(near(share.value, mean.value) && near(share.std_error, mean.std_error));
                prop_assert_eq!(share.df, mean.df);
                prop_assert!(near(share.deff, mean.deff) || share.std_error < 1e-9, "{share:?} {mean:?}");
            }
        }
    }
}
