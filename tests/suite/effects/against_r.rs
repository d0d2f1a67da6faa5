//! Effects, percentages and curves of the sample survey against R's survey package: `effects.R` beside the numbers.

use isobar::data::{Condition, VarId};
use isobar::measure::{Against, EffectChoice, Measure, ModelView, Table};
use isobar::stats::Estimate;
use serde_json::Value;

use super::{model, run, sample};
use crate::program::path;

pub fn expected(part: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path("tests/reference/r-survey/effects.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    all[part].as_array().unwrap().clone()
}

#[track_caller]
pub fn close(ours: f64, case: &Value, key: &str) {
    let theirs = case[key].as_f64().unwrap();
    let near = (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-3);
    assert!(near, "{key} of {case}: {ours} here, {theirs} in R");
}

#[track_caller]
pub fn close_estimate(ours: &Estimate, case: &Value, value: &str, std_error: &str) {
    close(ours.value, case, value);
    close(ours.std_error, case, std_error);
}

pub fn effect(against: Against, controls: &[&str]) -> Measure {
    Measure::Effect(Box::new(EffectChoice {
        outcome: Condition::parse("vaerdi_kvalitet = 1").unwrap(),
        boxes: "partnere".into(),
        against,
        controls: controls.iter().map(|var| VarId::from(*var)).collect(),
    }))
}

fn row(table: &Table, case: &Value) -> usize {
    let id = case["box"].as_str().unwrap();
    table.items.iter().position(|item| item.id == id).unwrap()
}

#[test]
fn effects_are_those_of_r() {
    let data = sample();
    let tables = |against| {
        let controls = &["sektor", "stoerrelse"];
        (run(effect(against, &[]), &data), run(effect(against, controls), &data))
    };
    let (no_box, without_it) = (tables(Against::NoBox), tables(Against::WithoutIt));
    let cases = expected("effects");
    assert_eq!(cases.len(), 16);
    for case in &cases {
        let is_none = case["against"] == "none";
        let (plain, controlled) = if is_none { &no_box } else { &without_it };
        let cell = plain.cell(row(plain, case), 0);
        close_estimate(&cell.estimate, case, "share", "share_se");
        assert_eq!(cell.estimate.n as u64, case["n"].as_u64().unwrap());
        if is_none {
            close_estimate(&plain.cell(0, 0).estimate, case, "reference", "reference_se");
        }
        let contrast = |table: &Table| {
            let is_case = |id: String| id == case["box"].as_str().unwrap();
            let mut contrasts = table.comparisons.contrasts.iter();
            contrasts
                .find(|contrast| is_case(contrast.a.id.to_string()))
                .unwrap()
                .contrast
        };
        let difference = contrast(plain);
        close(difference.difference, case, "difference");
        close(difference.std_error, case, "se");
        close(difference.df, case, "df");
        close(difference.p, case, "p");
        let cell = controlled.cell(row(controlled, case), 0);
        close_estimate(&cell.estimate, case, "margin", "margin_se");
        let difference = contrast(controlled);
        close(difference.difference, case, "effect");
        close(difference.std_error, case, "effect_se");
        close(difference.df, case, "effect_df");
        close(difference.p, case, "effect_p");
    }
}

#[test]
fn the_points_of_curves_are_those_of_r() {
    let view = ModelView::Curve {
        over: "udviklingstid".into(),
        by: Some("sektor".into()),
    };
    let table = run(
        model("vaerdi_kvalitet = 1", "udviklingstid*sektor,stoerrelse", view),
        &sample(),
    );
    let mut found = 0;
    for case in expected("curves") {
        let group = case["sector"].as_u64().unwrap() as usize - 1;
        let point = table.items.iter().position(|item| item.at == case["months"].as_f64());
        let Some(point) = point else { continue };
        found += 1;
        let cell = table.cell(point, group);
        close_estimate(&cell.estimate, &case, "value", "se");
        close(cell.estimate.df, &case, "df");
    }
    assert!(found >= 3);
}
