//! Files under each other: no file changes the numbers of another.

use std::fmt::Write as _;

use isobar::data::{self, AnswerKind, By, Condition, DataError, DataWarning, Opened, QuestionId, Role, VarId};
use isobar::measure::{Compare, DesignChoice, Measure, Pairs, Query, TableWarning};
use proptest::prelude::*;

use super::{ask, combined, file, opened, question, rounds, same_numbers};

#[test]
fn every_round_keeps_the_numbers_that_it_has_alone() {
    let (first, second) = rounds();
    let whole = combined(vec![("2016", first.clone()), ("2018", second.clone())], By::Round).dataset;
    let merged = |item: &str, alone: &str| {
        let languages: Vec<&str> = alone.split(':').next().unwrap_or_default().split('/').collect();
        item == alone
            || matches!(
                (item, languages.as_slice()),
                ("Citizens:", ["Users"]) | ("Companies:", ["Private firms"])
            )
    };
    for (measure, other) in [("novelty", "novelty"), ("partners", "samarbejde")] {
        let table = ask(&whole, question(measure), Some("round"), "");
        assert_eq!(table.groups.len(), 2, "{measure}");
        same_numbers(&table, 0, &ask(&first.dataset, question(measure), None, ""), merged);
        same_numbers(&table, 1, &ask(&second.dataset, question(other), None, ""), merged);
        let filtered = ask(&whole, question(measure), None, "round = 2018");
        same_numbers(&filtered, 0, &ask(&second.dataset, question(other), None, ""), merged);
    }
    let mean = ask(&whole, Measure::Mean("new".into()), Some("round"), "");
    same_numbers(
        &mean,
        0,
        &ask(&second.dataset, Measure::Mean("new".into()), None, ""),
        |_, _| true,
    );
    assert_eq!(mean.groups.len(), 1, "nobody in 2016 was asked");
}

#[test]
fn a_question_that_one_round_asked_reads_not_asked_in_the_other() {
    let (first, second) = rounds();
    let whole = combined(vec![("2016", first), ("2018", second)], By::Round).dataset;
    let variable = whole.variable(&"only".into()).unwrap();
    let value = variable
        .values
        .iter()
        .find(|value| value.is == AnswerKind::NotAsked)
        .unwrap();
    assert_eq!(value.label.0["en"], "Not asked");
    let column = whole.column(&"only".into()).unwrap();
    assert!((60..100).all(|row| column.code(row).as_ref() == Some(&value.code)));
    let parts = &whole.combined.as_ref().unwrap().parts;
    assert_eq!(parts[1].not_asked, [VarId::from("only")]);
    assert_eq!(parts[0].not_asked, [VarId::from("new")]);
    let table = ask(&whole, question("only"), Some("round"), "");
    assert_eq!((table.base.n, table.groups.len()), (60, 1));
    // The statement of a battery that one round lacks has a column there, with nobody in it.
    let table = ask(
        &whole,
        Measure::Share(Condition::parse("only = 1").unwrap()),
        None,
        "round = 2018",
    );
    assert_eq!(table.base.n, 0);
    assert!(table.warnings.contains(&TableWarning::Empty));
    assert!(table.cell(0, 0).estimate.value.is_nan(), "never 0 per cent");
}

#[test]
fn an_item_that_one_round_lacks_has_no_answers_there_and_a_sum_over_it_is_left_out() {
    let book = |items: &str, variables: &str, union: &str| {
        format!(
            r#"{{"isobar_codebook":1,"variables":[{variables}],"questions":[{{"id":"p","kind":"multiple","counted":[1],
            "items":[{items}],"unions":[{{"id":"any","label":{{"en":"Any"}},"items":[{union}]}}]}}]}}"#
        )
    };
    let variable = |name: &str| {
        format!(r#"{{"name":"{name}","label":{{"en":"About {name}"}},"values":[{{"code":0}},{{"code":1}}]}}"#)
    };
    let one = opened(
        "a.csv",
        "a,b\n1,0\n0,1\n1,1\n",
        &book(
            r#"{"var":"a"},{"var":"b"}"#,
            &[variable("a"), variable("b")].join(","),
            r#""a","b""#,
        ),
    );
    let two = opened(
        "b.csv",
        "a,c\n1,0\n0,1\n",
        &book(
            r#"{"var":"a"},{"var":"c"}"#,
            &[variable("a"), variable("c")].join(","),
            r#""a","c""#,
        ),
    );
    let Opened { dataset, warnings } = combined(vec![("one", one), ("two", two)], By::File);
    let table = ask(&dataset, question("p"), Some("file"), "");
    let n: Vec<(String, usize, usize)> = (0..table.items.len())
        .map(|i| {
            (
                table.items[i].id.clone(),
                table.cell(i, 0).estimate.n,
                table.cell(i, 1).estimate.n,
            )
        })
        .collect();
    assert_eq!(
        n,
        [
            ("a".to_owned(), 3, 2),
            ("b".to_owned(), 3, 0),
            ("c".to_owned(), 0, 2),
            ("any".to_owned(), 3, 2)
        ],
        "each file's own sum is whole"
    );
    assert!(
        table
            .warnings
            .iter()
            .any(|warning| matches!(warning, TableWarning::NotAsked { .. }))
    );
    assert!(
        !warnings
            .iter()
            .any(|warning| matches!(warning, DataWarning::UnionLeftOut { .. }))
    );
    // Only the first file says what "any" is; the second asked but one of its two parts.
    let one = opened(
        "a.csv",
        "a,b\n1,0\n0,1\n1,1\n",
        &book(
            r#"{"var":"a"},{"var":"b"}"#,
            &[variable("a"), variable("b")].join(","),
            r#""a","b""#,
        ),
    );
    let two = opened(
        "b.csv",
        "a\n1\n0\n",
        &format!(
            r#"{{"isobar_codebook":1,"variables":[{}],"questions":[{{"id":"p","kind":"multiple","counted":[1],"items":[{{"var":"a"}}]}}]}}"#,
            variable("a")
        ),
    );
    let Opened { dataset, warnings } = combined(vec![("one", one), ("two", two)], By::File);
    assert!(
        warnings
            .iter()
            .any(|warning| matches!(warning, DataWarning::UnionLeftOut { .. }))
    );
    assert!(dataset.codebook.questions[0].unions.is_empty());
}

#[test]
fn boxes_written_as_one_or_nothing_keep_their_meaning_beside_boxes_of_one_and_zero() {
    let book = r#"{"isobar_codebook":1,"variables":[{"name":"a"},{"name":"b"},{"name":"c"}],
        "questions":[{"id":"p","kind":"multiple","counted":[1],"items":[{"var":"a"},{"var":"b"},{"var":"c"}]}]}"#;
    let ticks = opened("t.csv", "a,b,c\n1,,\n,1,1\n,,\n1,1,\n", book);
    let zeros = opened("z.csv", "a,b,c\n1,0,0\n0,1,1\n0,0,0\n1,0,0\n", book);
    for turned in [false, true] {
        let mut parts = vec![("t", ticks.clone()), ("z", zeros.clone())];
        if turned {
            parts.reverse();
        }
        let whole = combined(parts, By::File).dataset;
        for (label, alone) in [("t", &ticks), ("z", &zeros)] {
            let table = ask(&whole, question("p"), None, &format!("file = \"{label}\""));
            same_numbers(&table, 0, &ask(&alone.dataset, question("p"), None, ""), |a, b| a == b);
        }
    }
}

#[test]
fn samples_of_different_rounds_are_independent() {
    // With everybody in the domain and equal weights, the variance of the whole is that of the parts' totals, added up:
    // the spread within each round about its own mean, none between them.
    let csv = |values: &[f64]| values.iter().fold("y\n".to_owned(), |csv, y| format!("{csv}{y}\n"));
    let (a, b) = (vec![1.0, 2.0, 4.0, 9.0], vec![100.0, 103.0, 90.0, 97.0, 110.0, 99.5]);
    let book = r#"{"isobar_codebook":1,"variables":[{"name":"y","kind":"numeric"}]}"#;
    let whole = combined(
        vec![
            ("1", opened("a.csv", &csv(&a), book)),
            ("2", opened("b.csv", &csv(&b), book)),
        ],
        By::Round,
    )
    .dataset;
    let variance_of_total = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        n / (n - 1.0) * values.iter().map(|y| (y - mean).powi(2)).sum::<f64>()
    };
    let n = (a.len() + b.len()) as f64;
    let expected = ((variance_of_total(&a) + variance_of_total(&b)) / (n * n)).sqrt();
    let mut query = Query::new(Measure::Mean("y".into()), &whole);
    for design in [query.design.clone(), DesignChoice::default()] {
        query.design = design;
        let estimate = query.run(&whole).unwrap().cell(0, 0).estimate;
        assert!(
            (estimate.std_error - expected).abs() < 1e-12,
            "{} {expected}",
            estimate.std_error
        );
        assert!((estimate.df - (n - 2.0)).abs() < 1e-12);
    }
}

#[test]
fn the_change_between_two_rounds_has_the_error_of_two_samples() {
    let (first, second) = rounds();
    let whole = combined(vec![("2016", first), ("2018", second)], By::Round).dataset;
    let query = Query {
        by: Some("round".into()),
        compare: Compare {
            pairs: Some(Pairs::All),
            ..Compare::default()
        },
        ..Query::new(question("partners"), &whole)
    };
    let table = query.run(&whole).unwrap();
    assert_eq!(table.comparisons.contrasts.len(), table.items.len());
    for contrast in &table.comparisons.contrasts {
        let item = contrast.item.unwrap();
        let [a, b] = [0, 1].map(|group| table.cell(item, group).estimate);
        let expected = a.std_error.hypot(b.std_error);
        assert!((contrast.contrast.std_error - expected).abs() < 1e-12);
        assert!((contrast.contrast.df - a.df - b.df).abs() < 1e-9);
    }
}

#[test]
fn a_file_without_weight_counts_one_each_and_is_warned_of() {
    let book = r#"{"isobar_codebook":1,"variables":[{"name":"q"},{"name":"w","kind":"numeric","role":"weight"}]}"#;
    let one = opened("a.csv", "q,w\n1,2.5\n2,3.5\n1,\n", book);
    let two = opened(
        "b.csv",
        "q\n1\n1\n2\n",
        r#"{"isobar_codebook":1,"variables":[{"name":"q"}]}"#,
    );
    let Opened { dataset, warnings } = combined(vec![("A", one), ("B", two)], By::Country);
    let weights: Vec<f64> = (0..6)
        .map(|row| dataset.column(&"w".into()).unwrap().number(row))
        .collect();
    assert_eq!(weights[..2], [2.5, 3.5]);
    assert!(
        weights[2].is_nan(),
        "a weight that is missing in its own file stays missing"
    );
    assert_eq!(weights[3..], [1.0, 1.0, 1.0]);
    assert!(warnings.contains(&DataWarning::FileWithoutWeight { file: "B".to_owned() }));
    assert_eq!(dataset.codebook.variables[0].name.0, "country");
}

#[test]
fn the_numbers_of_a_quantity_are_never_taken_for_missing_codes() {
    let one = opened(
        "a.csv",
        "n\n1\n99\n5\n",
        r#"{"isobar_codebook":1,"variables":[{"name":"n","kind":"numeric","values":[{"code":99,"label":{"en":"Don't know"},"is":"dont_know"}]}]}"#,
    );
    let two = opened(
        "b.csv",
        "n\n99\n101\n98\n",
        r#"{"isobar_codebook":1,"variables":[{"name":"n","kind":"numeric","values":[{"code":98,"label":{"en":"Don't know"},"is":"dont_know"}]}]}"#,
    );
    for turned in [false, true] {
        let mut parts = vec![("1", one.clone()), ("2", two.clone())];
        if turned {
            parts.reverse();
        }
        let whole = combined(parts, By::Round).dataset;
        let mean = |round| ask(&whole, Measure::Mean("n".into()), None, round).cell(0, 0).estimate;
        assert_eq!((mean("round = 1").value, mean("round = 1").n), (3.0, 2));
        assert_eq!((mean("round = 2").value, mean("round = 2").n), (100.0, 2));
    }
}

#[test]
fn politicians_and_workplaces_stand_side_by_side_by_respondent_type() {
    let barometer = file("sample-data/innovationsbarometer-2016.sav");
    let arena = file("sample-data/arena-2020.sav");
    let whole = combined(
        vec![("Arbejdspladser", barometer.clone()), ("Politikere", arena.clone())],
        By::RespondentType,
    )
    .dataset;
    assert_eq!(whole.rows, barometer.dataset.rows + arena.dataset.rows);
    let by = whole.combined.as_ref().unwrap().by.0.clone();
    assert_eq!(
        whole.codebook.with_role(Role::RespondentType).unwrap().name.0,
        "respondenttype"
    );
    for (part, alone) in [("Arbejdspladser", &barometer.dataset), ("Politikere", &arena.dataset)] {
        let only = format!("{by} = \"{part}\"");
        for asked in &alone.codebook.questions {
            let var = &asked.items[0].var;
            // Where the whole calls it otherwise, its first item leads there.
            let Some(found) = whole
                .codebook
                .questions
                .iter()
                .find(|question| question.id == asked.id && question.items.iter().any(|item| item.var == *var))
            else {
                continue;
            };
            let here = ask(&whole, Measure::Question(found.id.clone()), None, &only);
            let there = ask(alone, Measure::Question(asked.id.clone()), None, "");
            assert_eq!(here.base.n, there.base.n, "{}", asked.id);
            for (i, item) in there.items.iter().enumerate() {
                let Some(j) = here
                    .items
                    .iter()
                    .position(|other| other.id == item.id && other.kind == item.kind)
                else {
                    continue;
                };
                let (a, b) = (there.cell(i, 0).estimate, here.cell(j, 0).estimate);
                assert_eq!(a.n, b.n, "{} {}", asked.id, item.id);
                assert!(
                    a.n == 0 || (a.value - b.value).abs() < 1e-12,
                    "{} {}",
                    asked.id,
                    item.id
                );
                assert!(
                    a.n == 0 || (a.std_error - b.std_error).abs() < 1e-12,
                    "{} {}",
                    asked.id,
                    item.id
                );
                assert!(a.n == 0 || (a.df - b.df).abs() < 1e-9, "{} {}", asked.id, item.id);
            }
        }
    }
    // "Any partner" is a sum of other boxes in each file, and is that of its own boxes in the whole.
    let partners = whole.codebook.question(&QuestionId("partnere".to_owned())).unwrap();
    let any = partners.unions.iter().find(|union| union.id == "partner_alle").unwrap();
    let table = ask(&whole, question("partnere"), Some(&by), "");
    let row = table.items.iter().position(|item| item.id == any.id).unwrap();
    for (group, alone, id, union) in [
        (0, &barometer.dataset, "partnere", "partner_alle"),
        (1, &arena.dataset, "samarbejde", "samarb_alle"),
    ] {
        let there = ask(alone, question(id), None, "");
        let own = there.items.iter().position(|item| item.id == union).unwrap();
        let (a, b) = (there.cell(own, 0).estimate, table.cell(row, group).estimate);
        assert_eq!(a.n, b.n);
        assert!((a.value - b.value).abs() < 1e-12 && (a.std_error - b.std_error).abs() < 1e-12);
    }
    // Regions are one variable with the same regions, whatever the files call them.
    let region = ask(
        &whole,
        question(&whole.codebook.with_role(Role::Region).unwrap().name.0),
        Some(&by),
        "",
    );
    assert_eq!(region.groups.len(), 2);
    assert!(
        region
            .items
            .iter()
            .enumerate()
            .any(|(i, _)| (0..2).all(|g| region.cell(i, g).n_chosen > Some(0)))
    );
}

#[test]
fn two_files_cannot_be_called_the_same() {
    let (first, second) = rounds();
    let parts = vec![("2016".to_owned(), first), ("2016".to_owned(), second)];
    assert!(matches!(
        data::combine(parts, By::Round),
        Err(DataError::PartLabel { .. })
    ));
}

prop_compose! {
    /// A file with a random share of five boxes, random codes for yes and no, and random answers.
    fn boxes()(
        has in proptest::collection::vec(any::<bool>(), 5),
        yes in 1..4_u32,
        rows in proptest::collection::vec((proptest::collection::vec(0..3_u32, 5), 1..9_u32, 1..4_u32), 2..25),
    ) -> Opened {
        let no = yes % 3 + 5;
        let mut csv = "w,s".to_owned();
        let kept: Vec<usize> = (0..5).filter(|&i| has[i] || i == 0).collect();
        let (mut variables, mut items) = (Vec::new(), Vec::new());
        for i in &kept {
            let _ = write!(csv, ",b{i}");
            variables.push(format!(
                r#"{{"name":"b{i}","label":{{"en":"Box {i}"}},"values":[{{"code":{yes},"label":{{"en":"Yes"}}}},{{"code":{no},"label":{{"en":"No"}}}},{{"code":9,"label":{{"en":"None"}},"is":"missing"}}]}}"#
            ));
            items.push(format!(r#"{{"var":"b{i}"}}"#));
        }
        csv.push('\n');
        for (answers, weight, stratum) in &rows {
            let _ = write!(csv, "{},{stratum}", f64::from(*weight) / 2.0);
            for &i in &kept {
                let _ = write!(csv, ",{}", [yes, no, 9][answers[i] as usize]);
            }
            csv.push('\n');
        }
        let book = format!(
            r#"{{"isobar_codebook":1,"variables":[{{"name":"w","kind":"numeric","role":"weight"}},{{"name":"s","role":"stratum"}},{}],
            "questions":[{{"id":"p","concept":"partners","kind":"multiple","counted":[{yes}],"items":[{}]}}]}}"#,
            variables.join(","), items.join(",")
        );
        opened("p.csv", &csv, &book)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_file_changes_the_numbers_of_another_in_whatever_order_they_come(
        a in boxes(), b in boxes(), c in boxes(), order in Just(vec![0_usize, 1, 2]).prop_shuffle()
    ) {
        let parts = [("2014", a), ("2016", b), ("2018", c)];
        let shuffled = order.iter().map(|&i| parts[i].clone()).collect();
        let whole = combined(shuffled, By::Round).dataset;
        prop_assert_eq!(whole.rows, parts.iter().map(|(_, part)| part.dataset.rows).sum::<usize>());
        let table = ask(&whole, question("p"), Some("round"), "");
        let ordered = ask(&combined(parts.to_vec(), By::Round).dataset, question("p"), None, "");
        let total = ask(&whole, question("p"), None, "");
        for (i, item) in ordered.items.iter().enumerate() {
            let j = total.items.iter().position(|other| other.id == item.id).unwrap();
            let (x, y) = (ordered.cell(i, 0).estimate, total.cell(j, 0).estimate);
            prop_assert_eq!((x.n, x.df), (y.n, y.df));
            prop_assert!((x.value - y.value).abs() < 1e-9 || (x.value.is_nan() && y.value.is_nan()));
            prop_assert!((x.std_error - y.std_error).abs() < 1e-9 || (x.std_error.is_nan() && y.std_error.is_nan()));
        }
        for (label, part) in &parts {
            let alone = ask(&part.dataset, question("p"), None, "");
            let Some(group) = table.groups.iter().position(|group| group.label.0.values().any(|text| text == label)) else {
                prop_assert_eq!(alone.base.n, 0);
                continue;
            };
            for (j, item) in table.items.iter().enumerate() {
                let here = table.cell(j, group).estimate;
                match alone.items.iter().position(|other| other.id == item.id) {
                    None => prop_assert_eq!(here.n, 0, "what was not asked has no answers"),
                    Some(i) => {
                        let there = alone.cell(i, 0).estimate;
                        prop_assert_eq!((here.n, here.df), (there.n, there.df));
                        prop_assert!((here.value - there.value).abs() < 1e-9 || (here.value.is_nan() && there.value.is_nan()));
                        prop_assert!((here.std_error - there.std_error).abs() < 1e-9 || (here.std_error.is_nan() && there.std_error.is_nan()));
                    }
                }
            }
        }
    }
}
