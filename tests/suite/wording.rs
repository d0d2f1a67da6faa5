//! The sentences of figures: headlines and notes, read as an editor of the publication reads them.

use std::sync::OnceLock;

use isobar::data::{Code, Condition, Dataset, Language, QuestionId, QuestionKind, ReadOptions, VarId, read};
use isobar::figure::{self, Look, Signs};
use isobar::measure::{
    Against, BoxView, Compare, DesignChoice, EffectChoice, Measure, ModelChoice, ModelView, Outcome, Pairs, Query,
    RowKind, Side, Table, TableContrast, parse_terms,
};
use isobar::stats::{Adjust, Contrast};

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
        ("poles", ask(data, Measure::Poles(QuestionId::from("faktorer")), plain)),
        (
            "graded poles",
            ask(data, Measure::Poles(QuestionId::from("kultur")), plain),
        ),
        ("profile", {
            let actor = "citizens".to_owned();
            let questions = ["igangsaettere", "faktorer", "partnere"].map(QuestionId::from).to_vec();
            ask(data, Measure::Profile { actor, questions }, plain)
        }),
        ("network", ask(data, boxes(BoxView::Network), plain)),
        ("composition", ask(data, boxes(BoxView::Composition), plain)),
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

/// A table of shares in two or three groups, with the p-values of their pairs (already adjusted).
fn compared(groups: &[(&str, usize)], rows: &[(&str, &[f64])], p: &[&[f64]]) -> Table {
    let mut table = tables::table(QuestionKind::Multiple, "Partnere|Partners", "", 0);
    tables::by(&mut table, "Sektor|Sector", groups);
    table.query.compare.pairs = Some(Pairs::All);
    let side = |group: usize| Side {
        id: Code::Number(group as f64),
        label: tables::words(groups[group].0),
    };
    for (item, ((label, shares), p)) in rows.iter().zip(p).enumerate() {
        let cells: Vec<_> = shares
            .iter()
            .zip(groups)
            .map(|(share, (_, n))| tables::cell(*share, if share.is_nan() { 0 } else { *n }))
            .collect();
        tables::row(&mut table, tables::item(label, RowKind::Answer), &cells);
        let there: Vec<usize> = (0..groups.len()).filter(|group| !shares[*group].is_nan()).collect();
        let pairs = there
            .iter()
            .enumerate()
            .flat_map(|(at, a)| there[at + 1..].iter().map(move |b| (*a, *b)));
        for ((a, b), p) in pairs.zip(p.iter()) {
            table.comparisons.contrasts.push(TableContrast {
                item: Some(item),
                by: None,
                a: side(a),
                b: side(b),
                contrast: Contrast {
                    p: *p,
                    ..Contrast::new(shares[a] - shares[b], 0.03, 400.0)
                },
                p_adjusted: *p,
                risk_ratio: None,
                odds_ratio: None,
            });
        }
        // Where letters stand does not matter here, only that there are some.
        table.comparisons.letters.extend(groups.iter().map(|_| String::new()));
    }
    table
}

const SECTORS: [(&str, usize); 3] = [
    ("Kommune|Municipality", 900),
    ("Region|Region", 200),
    ("Stat|State", 300),
];

fn headline(table: &Table, language: Language) -> String {
    let look = Look {
        language,
        ..Look::default()
    };
    figure::draw(table, &look).headline.replace('\u{a0}', " ")
}

#[test]
fn a_headline_claims_what_the_p_values_allow_and_no_more() {
    let citizens = "Borgere|Citizens";
    let case = |shares: &[f64], p: &[f64]| compared(&SECTORS, &[(citizens, shares)], &[p]);
    let small = [("Kommune|Municipality", 900), ("Region|Region", 20)];
    let absent = f64::NAN;
    let cases = [
        (
            case(&[0.20, 0.30, 0.40], &[0.2, 0.001, 0.3]),
            "Partnere, borgere: signifikant oftere i Stat (40 %) end i Kommune (20 %)",
            "Partners, citizens: significantly more often in State (40%) than in Municipality (20%)",
        ),
        (
            case(&[0.20, 0.30, 0.40], &[0.2, 0.001, 0.02]),
            "Partnere, borgere: signifikant oftere i Stat (40 %) end i alle andre grupper",
            "Partners, citizens: significantly more often in State (40%) than in all other groups",
        ),
        (
            case(&[0.20, 0.40, 0.41], &[0.001, 0.001, 0.9]),
            "Partnere, borgere: signifikant sjældnere i Kommune (20 %) end i alle andre grupper",
            "Partners, citizens: significantly less often in Municipality (20%) than in all other groups",
        ),
        (
            case(&[0.20, 0.21, 0.22], &[0.9, 0.8, 0.7]),
            "Partnere, borgere: ingen statistisk signifikant forskel mellem Kommune, Region og Stat",
            "Partners, citizens: no statistically significant difference between Municipality, Region and State",
        ),
        // Nobody knows of a p-value that there is none of.
        (
            case(&[0.20, 0.30, 0.40], &[f64::NAN, f64::NAN, f64::NAN]),
            "Partnere efter sektor",
            "Partners by sector",
        ),
        // One group was not asked: "all others" would be one too many.
        (
            case(&[0.20, absent, 0.40], &[0.001]),
            "Partnere, borgere: signifikant oftere i Stat (40 %) end i Kommune (20 %)",
            "Partners, citizens: significantly more often in State (40%) than in Municipality (20%)",
        ),
        // Twenty respondents carry no headline, in either direction.
        (
            compared(&small, &[(citizens, &[0.1, 0.9])], &[&[0.0001]]),
            "Partnere efter sektor",
            "Partners by sector",
        ),
        (
            compared(&small, &[(citizens, &[0.1, 0.1])], &[&[0.9]]),
            "Partnere efter sektor",
            "Partners by sector",
        ),
        // Of three rows one is picked: 0.02 is not enough for that, and too little for "no difference".
        (
            compared(
                &SECTORS[..2],
                &[
                    (citizens, &[0.2, 0.3]),
                    ("Fonde|Foundations", &[0.1, 0.1]),
                    ("Udland|Abroad", &[0.1, 0.1]),
                ],
                &[&[0.02], &[0.9], &[0.9]],
            ),
            "Partnere efter sektor",
            "Partners by sector",
        ),
        (
            compared(
                &SECTORS[..2],
                &[(citizens, &[0.2, 0.3]), ("Fonde|Foundations", &[0.1, 0.1])],
                &[&[0.4], &[0.9]],
            ),
            "Partnere: ingen statistisk signifikant forskel mellem Kommune og Region",
            "Partners: no statistically significant difference between Municipality and Region",
        ),
    ];
    for (table, da, en) in cases {
        assert_eq!(headline(&table, Language::Da), da);
        assert_eq!(headline(&table, Language::En), en);
    }
}

#[test]
fn marks_are_explained_where_they_are_drawn() {
    let table = compared(
        &SECTORS,
        &[("Borgere|Citizens", &[0.2, 0.3, 0.4])],
        &[&[0.2, 0.001, 0.3]],
    );
    let note = |signs, language| {
        let look = Look {
            signs,
            language,
            ..Look::default()
        };
        figure::draw(&table, &look).note.replace('\u{a0}', " ")
    };
    let letters = note(Signs::Letters, Language::Da);
    let said = "Bogstaver: signifikant over gruppen (A Kommune, B Region, C Stat); lille bogstav 5 %, stort 1 %.";
    assert!(letters.contains(said), "{letters}");
    assert!(!letters.contains("5 %-niveau"), "{letters}");
    let plain = note(Signs::None, Language::En);
    assert!(
        plain.contains("Pairwise t tests within each row, adjusted after Holm, 5% level."),
        "{plain}"
    );
    assert!(!plain.contains("Letters:"), "{plain}");
}

#[test]
fn only_answers_whose_intervals_lie_apart_are_called_the_most_common() {
    let table = |first: f64, second: f64, n: usize| {
        let mut table = tables::table(QuestionKind::Multiple, "Partnere|Partners", "", n);
        for (label, share) in [("Borgere|Citizens", first), ("Fonde|Foundations", second)] {
            tables::row(
                &mut table,
                tables::item(label, RowKind::Answer),
                &[tables::cell(share, n)],
            );
        }
        table
    };
    for (first, second, n, expected) in [
        (
            0.40,
            0.20,
            900,
            "Partners: “Citizens” is the most common, in 4 out of 10 innovations",
        ),
        (0.40, 0.38, 900, "Partners: citizens in 4 out of 10 innovations"),
        (
            0.40,
            0.402,
            900,
            "Partners: citizens and foundations, each in 4 out of 10 innovations",
        ),
        (0.40, 0.20, 29, "Partners"),
        (
            1.0,
            0.2,
            900,
            "Partners: “Citizens” is the most common, in 100% of innovations",
        ),
        (
            0.0,
            0.0,
            900,
            "Partners: citizens and foundations, each in 0% of innovations",
        ),
    ] {
        assert_eq!(headline(&table(first, second, n), Language::En), expected);
    }
}

#[test]
fn groups_of_different_breakdowns_are_never_compared() {
    let data = barometer();
    let banner = ["sektor", "stoerrelse"];
    let table = ask(data, question("vaerdier"), |query| {
        query.banner = banner.map(VarId::from).to_vec();
        query.compare = Compare {
            test: true,
            pairs: Some(Pairs::All),
            adjust: Adjust::Holm,
        };
    });
    let said = headline(&table, Language::Da);
    let names = |by: &str| {
        let of = |group: &&isobar::measure::TableGroup| group.key.as_ref().is_some_and(|(var, _)| var.0 == by);
        let groups = table.groups.iter().filter(of);
        groups
            .filter(|group| said.contains(group.label.get(Language::Da)))
            .count()
    };
    assert!(said.contains("signifikant"), "{said}");
    assert!(names("sektor") == 0 || names("stoerrelse") == 0, "{said}");

    // The largest difference, but between a sector and a size: nobody compared them.
    let mut table = compared(&SECTORS[..2], &[("Borgere|Citizens", &[0.2, 0.3])], &[&[0.9]]);
    table.groups[1].key = Some((VarId::from("size"), Code::Number(1.0)));
    for (group, by) in table.groups.iter_mut().zip(["Sektor|Sector", "Størrelse|Size"]) {
        group.by = tables::words(by);
    }
    table.comparisons.contrasts.clear();
    assert_eq!(headline(&table, Language::Da), "Partnere efter sektor og størrelse");
    assert_eq!(headline(&table, Language::En), "Partners by sector and size");
}

#[test]
fn effects_models_and_networks_say_what_their_tests_bear_out() {
    let data = barometer();
    let plain = |_: &mut Query| {};
    let effect = |outcome: &str, against, controls: &[&'static str]| {
        let choice = EffectChoice {
            outcome: Condition::parse(outcome).unwrap(),
            boxes: QuestionId::from("partnere"),
            against,
            controls: controls.iter().map(|var| VarId::from(*var)).collect(),
        };
        ask(data, Measure::Effect(Box::new(choice)), plain)
    };
    let quality = "vaerdi_kvalitet = 1";
    let model = |terms: &str, view| {
        let choice = ModelChoice {
            outcome: Outcome::Share(Condition::parse("innovativ = 1").unwrap()),
            terms: parse_terms(terms).unwrap(),
            references: Vec::new(),
            view,
        };
        ask(data, Measure::Model(Box::new(choice)), plain)
    };
    let curve = |by: Option<&'static str>| ModelView::Curve {
        over: VarId::from("ansatte"),
        by: by.map(VarId::from),
    };
    let two = |query: &mut Query| {
        pairs("sektor", Pairs::All)(query);
        query.compare.adjust = Adjust::Bh;
        query.filter = Condition::parse("sektor = 1 or sektor = 3").unwrap();
    };
    let cases = [
        ("effect", effect(quality, Against::NoBox, &[])),
        ("effect against those without", effect(quality, Against::WithoutIt, &[])),
        ("effect with a control", effect(quality, Against::NoBox, &["sektor"])),
        ("no effect", effect("region = 1", Against::WithoutIt, &[])),
        ("model", model("ansatte, sektor", ModelView::Coefficients)),
        ("effects of a model", model("sektor", ModelView::Effects)),
        ("curve", model("ansatte", curve(None))),
        ("curves", model("ansatte, sektor", curve(Some("sektor")))),
        ("network", ask(data, boxes(BoxView::Network), plain)),
        ("difference network", ask(data, boxes(BoxView::Network), two)),
    ];
    insta::assert_snapshot!(said(&cases));
}
