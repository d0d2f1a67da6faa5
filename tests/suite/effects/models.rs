//! A model as a table.

use isobar::data::{Condition, Language, VarId};
use isobar::measure::{
    MarginQuery, ModelQuery, ModelView, ModelWarning, Outcome, Query, RowKind, Statistic, TableWarning, parse_terms,
};
use isobar::remarks;
use isobar::stats::Estimate;

use super::{code, ids, model, run, sample};

/// An outcome and terms of the sample survey.
const OUTCOME: &str = "vaerdi_kvalitet = 1";
const TERMS: &str = "sektor,udviklingstid";

fn query(data: &isobar::data::Dataset) -> ModelQuery {
    let outcome = Outcome::Share(Condition::parse(OUTCOME).unwrap());
    ModelQuery::new(outcome, parse_terms(TERMS).unwrap(), data)
}

fn sized(estimate: &Estimate) -> (f64, f64, usize) {
    (estimate.value, estimate.std_error, estimate.n)
}

#[test]
fn coefficients_stand_under_their_terms_with_the_reference_first() {
    let data = sample();
    let table = run(model(OUTCOME, TERMS, ModelView::Coefficients), &data);
    assert_eq!(table.statistic(), Statistic::OddsRatio);
    assert_eq!(ids(&table), ["sektor=1", "sektor2", "sektor3", "udviklingstid"]);
    assert_eq!(table.items[0].kind, RowKind::Reference);
    let labels: Vec<&str> = table.items.iter().map(|item| item.label.get(Language::En)).collect();
    assert_eq!(labels[..2], ["Sector: Municipality", "Sector: Region"]);
    assert_eq!(table.items[1].group.get(Language::En), "Sector");
    assert_eq!(table.cell(0, 0).estimate.value, 1.0);
    let sectors: usize = (0..3).map(|row| table.cell(row, 0).estimate.n).sum();
    assert_eq!(sectors, table.base.n);

    let answer = query(&data).run(&data).unwrap();
    assert_eq!(table.base.n, answer.base.n);
    for (row, item) in answer.rows[1..].iter().zip(1..) {
        let cell = table.cell(item, 0);
        assert_eq!(cell.estimate.value, row.odds_ratio.unwrap().value);
        assert_eq!((cell.low, cell.high), {
            let ratio = row.odds_ratio.unwrap();
            (ratio.low, ratio.high)
        });
    }
    let tests: Vec<(&str, f64)> = table
        .comparisons
        .tests
        .iter()
        .map(|t| (t.id.as_str(), t.test.p))
        .collect();
    assert_eq!(
        tests,
        [
            ("sektor", answer.terms[0].test.p),
            ("udviklingstid", answer.terms[1].test.p)
        ]
    );
    let first = &table.comparisons.contrasts[0];
    assert_eq!(
        (first.a.id.to_string(), first.b.id.to_string()),
        ("sektor2".into(), "sektor=1".into())
    );
    assert_eq!(first.contrast.p, answer.rows[1].coefficient.p);
}

#[test]
fn a_model_is_fitted_among_those_who_were_asked_about_its_outcome() {
    let data = sample();
    let table = run(model(OUTCOME, TERMS, ModelView::Coefficients), &data);
    assert_eq!(
        table.base.label.get(Language::En),
        "Innovative workplaces (the latest innovation)"
    );
    assert_eq!(table.base.unit.get(Language::En), "innovations");
    // Sector of everybody: no base, although one of the terms has one.
    let everybody = run(model("sektor = 1", "ansatte", ModelView::Coefficients), &data);
    assert!(everybody.base.label.is_empty());
    assert_eq!(everybody.base.n, data.rows);
}

#[test]
fn effects_margins_and_curves_are_those_of_the_model() {
    let data = sample();
    let mut asked = query(&data);
    asked.effects = true;
    asked.margins = vec![
        MarginQuery {
            vars: vec!["sektor".into()],
            at: Vec::new(),
        },
        MarginQuery {
            vars: vec!["udviklingstid".into()],
            at: Vec::new(),
        },
        MarginQuery {
            vars: vec!["sektor".into(), "udviklingstid".into()],
            at: Vec::new(),
        },
    ];
    let answer = asked.run(&data).unwrap();

    let effects = run(model(OUTCOME, TERMS, ModelView::Effects), &data);
    assert_eq!(effects.statistic(), Statistic::Difference);
    assert_eq!(ids(&effects), ["sektor=1", "sektor=2", "sektor=3", "udviklingstid"]);
    assert_eq!(effects.cell(0, 0).estimate.value, 0.0);
    for (effect, item) in answer.effects.iter().zip(1..) {
        let cell = effects.cell(item, 0);
        assert_eq!(
            (cell.estimate.value, cell.low, cell.high),
            (effect.estimate.value, effect.low, effect.high)
        );
        assert_eq!(effects.comparisons.contrasts[item - 1].contrast.p, effect.p);
    }

    let sectors = run(model(OUTCOME, TERMS, ModelView::Margins("sektor".into())), &data);
    assert_eq!(sectors.statistic(), Statistic::Share);
    assert_eq!(ids(&sectors), ["1", "2", "3"]);
    for (margin, item) in answer.margins[..3].iter().zip(0..) {
        assert_eq!(sized(&sectors.cell(item, 0).estimate), sized(&margin.estimate));
    }
    assert_eq!(sectors.controls.len(), 1);
    assert_eq!(sectors.controls[0].get(Language::En), "Development time in months");

    let over = VarId::from("udviklingstid");
    let one = run(
        model(
            OUTCOME,
            TERMS,
            ModelView::Curve {
                over: over.clone(),
                by: None,
            },
        ),
        &data,
    );
    let points = one.items.len();
    assert!(one.items.windows(2).all(|two| two[0].at.unwrap() < two[1].at.unwrap()));
    for (margin, item) in answer.margins[3..].iter().zip(0..points) {
        assert_eq!(sized(&one.cell(item, 0).estimate), sized(&margin.estimate));
        assert_eq!(one.items[item].at, margin.at[0].1.number());
    }
    let by = Some("sektor".into());
    let several = run(model(OUTCOME, TERMS, ModelView::Curve { over, by }), &data);
    assert_eq!(several.items.len(), points);
    assert_eq!(several.groups.len(), 3);
    assert_eq!(several.by.get(Language::En), "Sector");
    for group in 0..3 {
        assert_eq!(
            several.groups[group].key,
            Some(("sektor".into(), code(group as f64 + 1.0)))
        );
        for item in 0..points {
            let margin = &answer.margins[3 + points + group * points + item];
            assert_eq!(sized(&several.cell(item, group).estimate), sized(&margin.estimate));
        }
    }
    assert!(several.controls.is_empty());
}

#[test]
fn a_curve_by_a_number_is_drawn_at_low_middle_and_high_values() {
    let data = sample();
    let view = ModelView::Curve {
        over: "udviklingstid".into(),
        by: Some("ansatte".into()),
    };
    let table = run(model(OUTCOME, "udviklingstid,ansatte", view), &data);
    assert_eq!(table.groups.len(), 3);
    assert_eq!(table.cells.len(), 3 * table.items.len());
}

#[test]
fn what_is_wrong_with_a_model_is_said_in_words() {
    let data = sample();
    let refused = |query: Query| query.run(&data).unwrap_err().to_string();
    let coefficients = || model(OUTCOME, TERMS, ModelView::Coefficients);
    let by = Query {
        by: Some("region".into()),
        ..Query::new(coefficients(), &data)
    };
    assert_eq!(
        refused(by),
        "a model is not broken down by region. Add region to its terms, or leave the breakdown out."
    );
    let over = ModelView::Curve {
        over: "sektor".into(),
        by: None,
    };
    assert_eq!(
        refused(Query::new(model(OUTCOME, TERMS, over), &data)),
        "sektor enters the model by categories, so there is no curve over it. Ask for its predicted margins, or write \
         numeric(sektor)."
    );
    let margins = ModelView::Margins("region".into());
    assert_eq!(
        refused(Query::new(model(OUTCOME, TERMS, margins), &data)),
        "region is not a term of the model. Add it to the terms, or leave out what is asked of it."
    );
    let constant = Query {
        filter: Condition::parse(OUTCOME).unwrap(),
        ..Query::new(coefficients(), &data)
    };
    assert!(refused(constant).starts_with("all respondents have the same outcome, so there is no model."));
}

#[test]
fn a_coefficient_without_an_end_has_no_number_and_is_warned_of() {
    let rows: String = (0..60)
        .map(|i| format!("{},{}\n", i % 3, u8::from(i % 3 == 2 || i % 2 == 0)))
        .collect();
    let data = isobar::data::read_bytes("made.csv", format!("a,y\n{rows}").as_bytes(), &Default::default(), None)
        .unwrap()
        .dataset;
    let table = run(model("y = 1", "factor(a)", ModelView::Coefficients), &data);
    assert_eq!(ids(&table), ["a=0", "factor(a)1", "factor(a)2"]);
    assert!(table.cell(2, 0).estimate.value.is_nan() && table.cell(1, 0).estimate.value.is_finite());
    let warning = table
        .warnings
        .iter()
        .find(
            |warning| matches!(warning, TableWarning::Model(model) if matches!(**model, ModelWarning::Endless { .. })),
        )
        .unwrap();
    assert!(remarks::of_table(warning, Language::En).starts_with("There is no estimate for a: 2"));
    let effects = run(model("y = 1", "factor(a)", ModelView::Effects), &data);
    assert!(effects.cell(2, 0).estimate.value.is_nan());
}
