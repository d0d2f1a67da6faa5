//! The effect of a box: what must hold of it without an oracle.

use isobar::data::{Condition, Language, QuestionKind};
use isobar::explain::explained;
use isobar::measure::{Against, BoxView, EffectChoice, Measure, Query, RowKind, Table, TableWarning};
use isobar::remarks;
use isobar::stats::Adjust;

use super::against_r::effect;
use super::{ids, run, sample};
use crate::measures::made::{File, question};

fn number(table: &Table, row: usize) -> f64 {
    table.cell(row, 0).estimate.value
}

#[test]
fn rows_are_those_without_any_box_and_then_the_boxes() {
    let data = sample();
    let table = run(effect(Against::NoBox, &[]), &data);
    assert_eq!(ids(&table)[..3], ["none", "partner_intern", "partner_offentlig"]);
    assert_eq!(table.items[0].kind, RowKind::Reference);
    assert_eq!(table.items.len(), 9);
    assert_eq!(table.comparisons.contrasts.len(), 8);
    assert_eq!(
        table.subject.title.get(Language::En),
        "Value created: Quality by collaboration partners"
    );
    assert_eq!(
        table.base.label.get(Language::En),
        "Innovative workplaces (the latest innovation)"
    );
    for (contrast, row) in table.comparisons.contrasts.iter().zip(1..) {
        assert_eq!(contrast.a.id.to_string(), table.items[row].id);
        assert_eq!(contrast.b.id.to_string(), "none");
        assert!((contrast.contrast.difference - (number(&table, row) - number(&table, 0))).abs() < 1e-12);
        assert!(contrast.p_adjusted >= contrast.contrast.p);
    }
    // As many as chose none, and as many as chose each.
    let none = run(
        Measure::Boxes {
            question: "partnere".into(),
            view: BoxView::None,
            groups: false,
        },
        &data,
    );
    assert_eq!(Some(table.cell(0, 0).estimate.n), none.cell(0, 0).n_chosen);
    let shares = run(Measure::Question("partnere".into()), &data);
    assert_eq!(Some(table.cell(1, 0).estimate.n), shares.cell(0, 0).n_chosen);
}

#[test]
fn a_share_among_those_with_a_box_is_that_of_a_filter() {
    let data = sample();
    let table = run(effect(Against::WithoutIt, &[]), &data);
    assert_eq!(table.items.len(), 8);
    let filtered = Query {
        filter: Condition::parse("partner_viden = 1").unwrap(),
        ..Query::new(Measure::Question("vaerdier".into()), &data)
    };
    let filtered = filtered.run(&data).unwrap();
    let row = table.items.iter().position(|item| item.id == "partner_viden").unwrap();
    let (ours, theirs) = (table.cell(row, 0), filtered.cell(0, 0));
    assert_eq!(ours.estimate.n, theirs.estimate.n);
    assert!((ours.estimate.value - theirs.estimate.value).abs() < 1e-12);
    assert!((ours.estimate.std_error - theirs.estimate.std_error).abs() < 1e-12);
    assert!((ours.low - theirs.low).abs() < 1e-12 && (ours.high - theirs.high).abs() < 1e-12);
}

#[test]
fn with_controls_each_row_is_a_predicted_share_and_its_controls_are_told() {
    let data = sample();
    let mut query = Query::new(effect(Against::NoBox, &["sektor", "udviklingstid"]), &data);
    query.compare.adjust = Adjust::None;
    let table = query.run(&data).unwrap();
    assert_eq!(ids(&table)[0], "partner_intern");
    let controls: Vec<&str> = table.controls.iter().map(|label| label.get(Language::En)).collect();
    assert_eq!(controls, ["Sector", "Development time in months"]);
    assert!(table.comparisons.contrasts.iter().all(|c| c.p_adjusted == c.contrast.p));
    // Some do not know how long it took.
    let plain = run(effect(Against::NoBox, &[]), &data);
    assert!(table.base.n < plain.base.n);
    let told = table
        .warnings
        .iter()
        .find(|warning| matches!(warning, TableWarning::Model(_)))
        .unwrap();
    assert!(remarks::of_table(told, Language::En).starts_with("Respondents left out of the model"));
    let sentences = explained(&table, Language::En).join("\n");
    assert!(sentences.contains("a logistic regression of the outcome on the box and Sector and Development time"));
    assert!(
        explained(&table, Language::Da)
            .join("\n")
            .contains("gennemsnitlige marginaleffekt")
    );
}

#[test]
fn a_box_that_tells_the_outcome_has_no_effect_to_show() {
    let rows = 0..120;
    let column =
        |of: &dyn Fn(usize) -> bool| -> Vec<f64> { rows.clone().map(|i| f64::from(u8::from(of(i)))).collect() };
    let (a, b) = (|i: usize| i.is_multiple_of(3), |i: usize| i.is_multiple_of(4));
    let file = File::default()
        .coded("a", &column(&a))
        .coded("b", &column(&b))
        .coded("y", &column(&|i| a(i) || i % 5 < 2))
        .coded("c", &column(&|i| i % 2 == 1))
        .question(question("q", QuestionKind::Multiple, &["a", "b"]))
        .done();
    let choice = |controls: &[&str]| {
        Measure::Effect(Box::new(EffectChoice {
            outcome: Condition::parse("y = 1").unwrap(),
            boxes: "q".into(),
            against: Against::NoBox,
            controls: controls.iter().map(|var| (*var).into()).collect(),
        }))
    };
    let plain = run(choice(&[]), &file);
    assert_eq!(number(&plain, 1), 1.0);
    let controlled = run(choice(&["c"]), &file);
    assert!(number(&controlled, 0).is_nan() && number(&controlled, 1).is_finite());
    assert_eq!(controlled.comparisons.contrasts.len(), 1);
    let warnings: Vec<String> = controlled
        .warnings
        .iter()
        .map(|warning| remarks::of_table(warning, Language::En))
        .collect();
    assert!(
        warnings
            .iter()
            .any(|warning| warning.starts_with("“a”: There is no estimate for a")),
        "{warnings:?}"
    );
}

#[test]
fn what_is_wrong_with_an_effect_is_said_in_words() {
    let data = sample();
    let by = Query {
        by: Some("sektor".into()),
        ..Query::new(effect(Against::NoBox, &[]), &data)
    };
    assert_eq!(
        by.run(&data).unwrap_err().to_string(),
        "an effect is not broken down by sektor. Narrow the filter to one group at a time, or leave the breakdown out."
    );
    let single = Measure::Effect(Box::new(EffectChoice {
        outcome: Condition::parse("vaerdi_kvalitet = 1").unwrap(),
        boxes: "nyhed".into(),
        against: Against::NoBox,
        controls: Vec::new(),
    }));
    assert_eq!(
        Query::new(single, &data).run(&data).unwrap_err().to_string(),
        "nyhed is not a multiple-response question, so it has no boxes. Ask for its shares instead."
    );
}
