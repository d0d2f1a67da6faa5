//! The sentences of figures: headlines and notes, read as an editor of the publication reads them.

use std::sync::OnceLock;

use isobar::data::{Code, Condition, Dataset, Language, QuestionId, ReadOptions, VarId, read};
use isobar::figure::{self, Look};
use isobar::measure::{BoxView, Compare, DesignChoice, Measure, Pairs, Query, Table};
use isobar::stats::Adjust;

use crate::gallery::tables;
use crate::program::path;

fn sample(name: &str) -> &'static Dataset {
    static READ: OnceLock<[Dataset; 3]> = OnceLock::new();
    let names = ["innovationsbarometer-2016", "arena-2020", "organisationer-2016"];
    let all = READ.get_or_init(|| {
        names.map(|name| {
            let file = path(&format!("sample-data/{name}.parquet"));
            read(&file, &ReadOptions::default()).unwrap().dataset
        })
    });
    &all[names.iter().position(|known| *known == name).unwrap()]
}

fn barometer() -> &'static Dataset {
    sample("innovationsbarometer-2016")
}

fn question(id: &str) -> Measure {
    Measure::Question(QuestionId::from(id))
}

fn boxes(view: BoxView) -> Measure {
    Measure::Boxes {
        question: QuestionId::from("partnere"),
        view,
        groups: false,
    }
}

fn ask(data: &Dataset, measure: Measure, change: impl FnOnce(&mut Query)) -> Table {
    let mut query = Query::new(measure, data);
    change(&mut query);
    query.run(data).unwrap()
}

fn by(var: &'static str) -> impl FnOnce(&mut Query) {
    move |query| query.by = Some(VarId::from(var))
}

fn pairs(var: &'static str, which: Pairs) -> impl FnOnce(&mut Query) {
    move |query| {
        query.by = Some(VarId::from(var));
        query.compare = Compare {
            test: true,
            pairs: Some(which),
            adjust: Adjust::Holm,
        };
    }
}

fn among(condition: &'static str) -> impl FnOnce(&mut Query) {
    move |query| query.filter = Condition::parse(condition).unwrap()
}

/// What the figure of each table says, in both languages.
fn said(cases: &[(&str, Table)]) -> String {
    let mut out = String::new();
    for (name, table) in cases {
        out.push_str(&format!("## {name}\n"));
        for language in Language::ALL {
            let look = Look {
                language,
                ..Look::default()
            };
            let figure = figure::draw(table, &look);
            assert!(figure.headline.chars().count() <= 120, "{}", figure.headline);
            for slip in [
                "..", "?.", "!.", ".:", "?:", "::", "  ", " ,", "»»", "««", "()", "{", "}",
            ] {
                let clean = figure.note.replace("...", "…");
                assert!(!figure.headline.contains(slip), "{slip} in {}", figure.headline);
                assert!(!clean.contains(slip), "{slip} in {clean}");
            }
            out.push_str(&format!("{}\n{}\n\n", figure.headline, figure.note));
        }
    }
    out
}

#[test]
fn shares_are_said_as_findings() {
    let data = barometer();
    let plain = |_: &mut Query| {};
    let mut cases = Vec::new();
    for id in [
        "indfoert",
        "partnere",
        "nyhed",
        "vaerdier",
        "igangsaettere",
        "evaluering",
        "kultur",
        "faktorer",
    ] {
        cases.push((id, ask(data, question(id), plain)));
    }
    let condition = Condition::parse("partner_borgere = 1").unwrap();
    cases.push(("share", ask(data, Measure::Share(condition), plain)));
    cases.push(("among some", ask(data, question("partnere"), among("sektor = 2"))));
    cases.push(("restricted base", ask(data, question("paabegyndt"), plain)));
    cases.push(("spread", ask(data, question("spredning"), plain)));
    let arena = sample("arena-2020");
    for id in ["involveret", "sammenhaeng", "koen"] {
        cases.push((id, ask(arena, question(id), plain)));
    }
    insta::assert_snapshot!(said(&cases));
}

#[test]
fn every_kind_of_number_has_its_sentence() {
    let data = barometer();
    let plain = |_: &mut Query| {};
    let employees = || VarId::from("ansatte");
    let roles = ["igangsaettere", "faktorer", "partnere"].map(QuestionId::from).to_vec();
    let box_of = || VarId::from("partner_virksomheder");
    let at = |shares: &[f64]| shares.iter().map(|share| Code::Number(*share)).collect();
    let quantiles = |shares: &[f64]| Measure::Quantiles {
        var: employees(),
        at: at(shares),
    };
    let cases = [
        ("numeric question", ask(data, question("ansatte"), plain)),
        ("mean", ask(data, Measure::Mean(employees()), plain)),
        ("total", ask(data, Measure::Total(employees()), plain)),
        (
            "count",
            ask(data, Measure::Count(Condition::parse("innovativ = 1").unwrap()), plain),
        ),
        ("median", ask(data, quantiles(&[0.5]), plain)),
        ("quartiles", ask(data, quantiles(&[0.25, 0.5, 0.75]), plain)),
        ("roles", ask(data, Measure::Roles(roles), plain)),
        ("any", ask(data, boxes(BoxView::Any), plain)),
        ("none", ask(data, boxes(BoxView::None), plain)),
        ("mean number", ask(data, boxes(BoxView::Count), plain)),
        ("numbers", ask(data, boxes(BoxView::Counts), plain)),
        ("alone", ask(data, boxes(BoxView::Alone), plain)),
        ("with others", ask(data, boxes(BoxView::WithOthers), plain)),
        (
            "constellation",
            ask(data, boxes(BoxView::Constellation(box_of())), plain),
        ),
        ("joint", ask(data, boxes(BoxView::Joint), plain)),
        (
            "conditional",
            ask(data, boxes(BoxView::Conditional(Some(box_of()))), plain),
        ),
        ("lift", ask(data, boxes(BoxView::Lift), plain)),
        ("combinations", ask(data, boxes(BoxView::Combinations), plain)),
    ];
    insta::assert_snapshot!(said(&cases));
}

#[test]
fn groups_differ_only_as_far_as_they_were_tested() {
    let data = barometer();
    let cases = [
        ("not tested", ask(data, question("partnere"), by("sektor"))),
        ("pairs", ask(data, question("partnere"), pairs("sektor", Pairs::All))),
        ("rest", ask(data, question("partnere"), pairs("sektor", Pairs::Rest))),
        (
            "pairs of sizes",
            ask(data, question("indfoert"), pairs("stoerrelse", Pairs::All)),
        ),
        ("one share", {
            let condition = Condition::parse("innovativ = 1").unwrap();
            ask(data, Measure::Share(condition), pairs("region", Pairs::All))
        }),
        ("tested as a whole", {
            ask(data, question("nyhed"), |query| {
                query.by = Some(VarId::from("sektor"));
                query.compare.test = true;
            })
        }),
        (
            "means",
            ask(data, question("hoejtuddannede"), pairs("sektor", Pairs::All)),
        ),
        ("a battery", ask(data, question("kultur"), pairs("sektor", Pairs::All))),
        ("politicians", {
            ask(sample("arena-2020"), question("involveret"), pairs("koen", Pairs::All))
        }),
    ];
    insta::assert_snapshot!(said(&cases));
}

#[test]
fn small_bases_unasked_items_and_unweighted_answers_are_said_with_care() {
    let data = barometer();
    let few = "sektor = 2 and branche = 1";
    let unweighted = |query: &mut Query| query.design = DesignChoice::default();
    let cases = [
        ("few respondents", ask(data, question("partnere"), among(few))),
        ("a group of three", tables::group_of_three()),
        ("an item that a group was not asked", tables::partners_by_sector()),
        ("unweighted", ask(data, question("partnere"), unweighted)),
        (
            "unweighted census",
            ask(sample("organisationer-2016"), question("innovationsstrategi"), |_| {}),
        ),
        ("nobody", tables::empty()),
    ];
    insta::assert_snapshot!(said(&cases));
}
