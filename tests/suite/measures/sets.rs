//! Sets of boxes, groups of items, poles and profiles against a plain count.

use std::collections::{BTreeMap, BTreeSet};

use isobar::data::{Dataset, DontKnow, Item, Labelled, Poles, Question, QuestionKind, Text};
use isobar::measure::{BoxView, Measure, Query, QueryError, RowKind, Table, TableWarning};
use proptest::prelude::*;

use super::made::{BLANK, File, item, question, run};
use super::properties::near;

/// What respondents chose of so many boxes: 1, 0, or blank where they were not asked; and their weights.
#[derive(Clone, Debug)]
struct Chosen {
    boxes: Vec<Vec<f64>>,
    weights: Vec<f64>,
}

fn chosen() -> impl Strategy<Value = Chosen> {
    (1_usize..6, 2_usize..40).prop_flat_map(|(boxes, rows)| {
        let tick = prop_oneof![4 => Just(0.0), 4 => Just(1.0), 1 => Just(98.0)];
        let column = prop::collection::vec(tick, rows);
        let weights = prop::collection::vec(0.1_f64..9.0, rows);
        (prop::collection::vec(column, boxes), weights).prop_map(|(boxes, weights)| Chosen { boxes, weights })
    })
}

impl Chosen {
    fn data(&self) -> Dataset {
        let names: Vec<String> = (0..self.boxes.len()).map(|place| format!("b{place}")).collect();
        let ids: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut file = File::default()
            .numbers("w", &self.weights)
            .with(|variable| variable.role = Some(isobar::data::Role::Weight));
        for (name, column) in ids.iter().zip(&self.boxes) {
            file = file.coded(name, column);
        }
        file.question(question("boxes", QuestionKind::Multiple, &ids)).done()
    }

    /// For everybody who was asked about a box the set chosen, and the weight.
    fn sets(&self) -> Vec<(BTreeSet<usize>, f64)> {
        let row = |row: usize| {
            let ticks: Vec<f64> = self.boxes.iter().map(|column| column[row]).collect();
            let asked = ticks.iter().any(|tick| *tick != 98.0);
            let set = (0..ticks.len()).filter(|place| ticks[*place] == 1.0).collect();
            asked.then_some((set, self.weights[row]))
        };
        (0..self.weights.len()).filter_map(row).collect()
    }

    fn share(&self, holds: impl Fn(&BTreeSet<usize>) -> bool) -> f64 {
        let sets = self.sets();
        let some: f64 = sets
            .iter()
            .filter(|(set, _)| holds(set))
            .map(|(_, weight)| weight)
            .sum();
        some / sets.iter().map(|(_, weight)| weight).sum::<f64>()
    }
}

fn ask(data: &Dataset, view: BoxView, groups: bool) -> Table {
    let measure = Measure::Boxes {
        question: "boxes".into(),
        view,
        groups,
    };
    run(&Query::new(measure, data), data)
}

fn share(table: &Table, row: usize) -> f64 {
    table.cell(row, 0).estimate.value
}

fn set_of(of: &[String]) -> BTreeSet<usize> {
    of.iter().map(|id| id[1..].parse().unwrap()).collect()
}

/// The rows that are sets, with their shares.
fn shares_of_sets(table: &Table) -> Vec<(BTreeSet<usize>, f64)> {
    let rows = table.items.iter().enumerate();
    let sets = rows.filter(|(_, item)| matches!(item.kind, RowKind::Combination | RowKind::None));
    sets.map(|(row, item)| (set_of(&item.of), share(table, row))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sets_of_boxes_are_what_a_plain_count_says(chosen in chosen()) {
        let data = chosen.data();
        let occurring: BTreeSet<BTreeSet<usize>> = chosen.sets().into_iter().map(|(set, _)| set).collect();
        let (exact, at_least) = (ask(&data, BoxView::Combinations, false), ask(&data, BoxView::AtLeast, false));
        let (exactly, least) = (shares_of_sets(&exact), shares_of_sets(&at_least));
        prop_assert_eq!(exactly.iter().map(|(set, _)| set.clone()).collect::<BTreeSet<_>>(), occurring.clone());
        let sum: f64 = exactly.iter().map(|(_, share)| share).sum();
        prop_assert!(near(sum, 1.0) || occurring.is_empty());
        for (set, found) in &exactly {
            prop_assert!(near(*found, chosen.share(|other| other == set)));
        }
        prop_assert_eq!(least.len(), occurring.iter().filter(|set| !set.is_empty()).count());
        let exact_of: BTreeMap<_, _> = exactly.iter().cloned().collect();
        for (set, found) in &least {
            prop_assert!(near(*found, chosen.share(|other| other.is_superset(set))));
            prop_assert!(*found >= exact_of[set] - 1e-12);
        }
        for shares in [&exactly, &least] {
            prop_assert!(shares.windows(2).all(|two| two[0].1 >= two[1].1 - 1e-12), "the most frequent first");
        }
        // The boxes follow with their shares.
        for table in [&exact, &at_least] {
            let boxes = table.items.iter().filter(|item| item.kind == RowKind::Answer);
            prop_assert_eq!(boxes.count(), chosen.boxes.len());
        }
    }

    #[test]
    fn one_box_or_several_is_what_a_plain_count_says(chosen in chosen()) {
        let table = ask(&chosen.data(), BoxView::Composition, false);
        if !chosen.sets().is_empty() {
            let mut whole = 0.0;
            for (row, item) in table.items.iter().enumerate() {
                let expected = match (item.id.as_str(), item.kind) {
                    ("one", _) => chosen.share(|set| set.len() == 1),
                    ("several", _) => chosen.share(|set| set.len() > 1),
                    (_, RowKind::None) => chosen.share(BTreeSet::is_empty),
                    (id, _) => match id.strip_prefix('b') {
                        Some(place) => chosen.share(|set| *set == BTreeSet::from([place.parse().unwrap()])),
                        None => chosen.share(|set| set.len() == id.parse::<usize>().unwrap()),
                    },
                };
                prop_assert!(near(share(&table, row), expected), "{}", item.id);
                if !matches!(item.kind, RowKind::Union { .. }) {
                    whole += expected;
                }
            }
            prop_assert!(near(whole, 1.0), "the parts make up the whole");
        }
    }

    #[test]
    fn groups_of_boxes_are_chosen_when_one_of_them_is(chosen in chosen()) {
        // Even boxes are one group; odd ones stand for themselves.
        let mut data = chosen.data();
        let asked = &mut data.codebook.questions[0];
        asked.groups.push(Labelled { id: "even".to_owned(), label: Text::plain("Even") });
        for item in asked.items.iter_mut().step_by(2) {
            item.group = Some("even".to_owned());
        }
        let table = ask(&data, BoxView::Combinations, true);
        let grouped = |set: &BTreeSet<usize>| -> BTreeSet<String> {
            set.iter().map(|place| if place % 2 == 0 { "even".to_owned() } else { format!("b{place}") }).collect()
        };
        for (row, item) in table.items.iter().enumerate() {
            let wanted: BTreeSet<String> = item.of.iter().cloned().collect();
            if item.kind == RowKind::Combination {
                prop_assert!(near(share(&table, row), chosen.share(|set| grouped(set) == wanted)));
            }
        }
        let even = table.items.iter().position(|item| item.id == "even" && item.kind == RowKind::Answer);
        prop_assert!(even.is_some());
    }

    #[test]
    fn the_net_is_the_positive_less_the_negative_pole(answers in prop::collection::vec(1_u8..10, 2..60)) {
        // 1 and 2 against 4 and 5 with 3 between them; 8 is not relevant, 9 "don't know".
        let codes: Vec<f64> = answers.iter().map(|code| f64::from(*code)).collect();
        let asked = |dont_know| {
            let battery = Question {
                dont_know,
                poles: Some(Poles {
                    negative: vec![1.0.into(), 2.0.into()],
                    positive: vec![5.0.into(), 4.0.into()],
                }),
                ..question("battery", QuestionKind::Battery, &["x"])
            };
            let data = File::default().coded("x", &codes).question(battery).done();
            run(&Query::new(Measure::Poles("battery".into()), &data), &data)
        };
        for policy in [DontKnow::Keep, DontKnow::Drop, DontKnow::Listwise] {
            let table = asked(policy);
            let find = |kind: RowKind| table.items.iter().position(|item| item.kind == kind);
            let of = |kind: RowKind| find(kind).map_or(0.0, |row| share(&table, row));
            let kept = |code: u8| policy == DontKnow::Keep || code < 8;
            let base = answers.iter().filter(|code| kept(**code)).count() as f64;
            let count = |range: std::ops::RangeInclusive<u8>| {
                answers.iter().filter(|code| range.contains(code)).count() as f64 / base
            };
            if base > 0.0 {
                prop_assert!(near(of(RowKind::Negative), count(1..=2)));
                prop_assert!(near(of(RowKind::Positive), count(4..=5)));
                prop_assert!(near(of(RowKind::Net), of(RowKind::Positive) - of(RowKind::Negative)));
                // 6 and 7 are answers at no pole.
                prop_assert!(near(of(RowKind::Neutral), count(3..=3) + count(6..=7)));
                prop_assert_eq!(find(RowKind::DontKnow).is_some(), kept(9) && answers.contains(&9));
                prop_assert_eq!(find(RowKind::NotRelevant).is_some(), kept(8) && answers.contains(&8));
                let net = table.cell(find(RowKind::Net).unwrap(), 0);
                prop_assert!(net.low.is_nan() || (-1.0 <= net.low && net.high <= 1.0));
            }
        }
    }
}

#[test]
fn poles_of_several_answers_show_them_from_the_outermost_negative_to_the_outermost_positive() {
    let battery = Question {
        poles: Some(Poles {
            negative: vec![1.0.into(), 2.0.into()],
            positive: vec![5.0.into(), 4.0.into()],
        }),
        ..question("battery", QuestionKind::Battery, &["x"])
    };
    let data = File::default()
        .coded("x", &[1.0, 2.0, 3.0, 4.0, 5.0, 9.0])
        .question(battery)
        .done();
    let table = run(&Query::new(Measure::Poles("battery".into()), &data), &data);
    let ids: Vec<&str> = table.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "x=1",
            "x=2",
            "x=4",
            "x=5",
            "x:negative",
            "x:neutral",
            "x:positive",
            "x=9",
            "x:net"
        ]
    );
    let labels: Vec<&str> = table
        .items
        .iter()
        .map(|item| item.answer.get(isobar::data::Language::En))
        .collect();
    assert_eq!(labels[4..7], ["x 1 or x 2", "x 3", "x 5 or x 4"]);
}

fn about(var: &str, actor: &str) -> Item {
    Item {
        actor: Some(actor.to_owned()),
        ..item(var)
    }
}

fn actors() -> Dataset {
    let mut data = File::default()
        .coded("i", &[1.0, 0.0, 0.0, 0.0, 98.0])
        .coded("p", &[0.0, 1.0, 0.0, 0.0, 1.0])
        .coded("other", &[1.0, 1.0, 1.0, 1.0, 1.0])
        .question(Question {
            items: vec![about("i", "citizens")],
            concept: Some("initiators".to_owned()),
            ..question("initiators", QuestionKind::Multiple, &[])
        })
        .question(Question {
            items: vec![about("p", "citizens")],
            ..question("partners", QuestionKind::Multiple, &[])
        })
        .question(Question {
            items: vec![about("other", "companies")],
            ..question("values", QuestionKind::Multiple, &[])
        })
        .done();
    data.codebook.actors = ["citizens", "companies", "idle"]
        .map(|id| Labelled {
            id: id.to_owned(),
            label: Text::plain(id),
        })
        .to_vec();
    data
}

#[test]
fn a_profile_is_the_union_of_its_parts_and_says_what_was_not_asked() {
    let data = actors();
    let measure = Measure::Profile {
        actor: "citizens".to_owned(),
        questions: vec!["initiators".into(), "partners".into(), "values".into()],
    };
    let table = run(&Query::new(measure, &data), &data);
    let kinds: Vec<RowKind> = table.items.iter().map(|item| item.kind).collect();
    assert_eq!(
        kinds,
        [
            RowKind::Union { highlight: true },
            RowKind::Part,
            RowKind::Part,
            RowKind::Part
        ]
    );
    // The fifth did not answer the first question, but the second.
    let shares: Vec<(usize, f64)> = (0..3)
        .map(|row| (table.cell(row, 0).estimate.n, share(&table, row)))
        .collect();
    assert_eq!(shares, [(5, 0.6), (4, 0.25), (5, 0.4)]);
    assert_eq!(table.cell(3, 0).estimate.n, 0);
    assert!(
        table
            .warnings
            .iter()
            .any(|warning| matches!(warning, TableWarning::NotAsked { .. }))
    );
    assert_eq!(table.items[1].label.get(isobar::data::Language::En), "Initiated");
    assert_eq!(table.subject.title, Text::plain("citizens"));
}

#[test]
fn profiles_poles_and_groups_that_cannot_be_had_are_refused_in_a_sentence() {
    let data = actors();
    let refused = |measure| Query::new(measure, &data).run(&data).unwrap_err();
    let profile = |actor: &str| Measure::Profile {
        actor: actor.to_owned(),
        questions: vec!["initiators".into()],
    };
    assert!(matches!(refused(profile("nobody")), QueryError::NoSuchActor { .. }));
    assert!(matches!(refused(profile("idle")), QueryError::NoRole { .. }));
    assert!(matches!(
        refused(Measure::Poles("partners".into())),
        QueryError::NoPoles { .. }
    ));
    let grouped = Measure::Boxes {
        question: "partners".into(),
        view: BoxView::Network,
        groups: true,
    };
    assert!(matches!(refused(grouped), QueryError::NoGroups { .. }));
}

#[test]
fn more_than_sixty_boxes_make_sets_of_them_all() {
    let names: Vec<String> = (0..130).map(|place| format!("b{place}")).collect();
    let ids: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut file = File::default();
    for (place, id) in ids.iter().enumerate() {
        // The first chose the last box, the second the first and the last, the third none, the fourth was not asked.
        let ticks = [
            f64::from(u8::from(place == 129)),
            f64::from(u8::from(place == 0 || place == 129)),
            0.0,
            BLANK,
        ];
        file = file.coded(id, &ticks);
    }
    let data = file.question(question("boxes", QuestionKind::Multiple, &ids)).done();
    let table = ask(&data, BoxView::Combinations, false);
    let sets: Vec<&str> = table.items[..3].iter().map(|item| item.id.as_str()).collect();
    assert_eq!(BTreeSet::from_iter(sets), BTreeSet::from(["b129", "b0+b129", "none"]));
    assert_eq!(table.items.len(), 133);
    let at_least = ask(&data, BoxView::AtLeast, false);
    assert_eq!(
        (at_least.items[0].id.as_str(), at_least.cell(0, 0).n_chosen),
        ("b129", Some(2))
    );
}

#[test]
fn very_many_sets_are_cut_and_that_is_said() {
    // 11 boxes in all ways: 2,048 sets.
    let names: Vec<String> = (0..11).map(|place| format!("b{place}")).collect();
    let ids: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut file = File::default();
    for place in 0..11 {
        let ticks: Vec<f64> = (0..2048).map(|row| f64::from(row >> place & 1)).collect();
        file = file.coded(ids[place as usize], &ticks);
    }
    let data = file.question(question("boxes", QuestionKind::Multiple, &ids)).done();
    for view in [BoxView::Combinations, BoxView::AtLeast] {
        let table = ask(&data, view, false);
        assert_eq!(table.items.len(), 1000 + 11);
        let said = |warning: &TableWarning| matches!(warning, TableWarning::MoreSets { most: 1000, .. });
        assert!(table.warnings.iter().any(said));
    }
}
