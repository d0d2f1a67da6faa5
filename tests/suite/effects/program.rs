//! Effects and crossed tables through the command line.

use serde_json::Value;

use crate::program::{isobar, isobar_json};

const FILE: &str = "sample-data/innovationsbarometer-2016.parquet";

fn answer(arguments: &[&str]) -> Value {
    isobar_json(&[&["estimate", FILE], arguments, &["--format", "json"]].concat())
}

#[test]
fn an_effect_is_asked_for_by_its_outcome_and_boxes() {
    let effect = ["--effect", "vaerdi_kvalitet=1", "--of", "partnere"];
    let plain = answer(&effect);
    assert_eq!(plain["rows"][0]["kind"], "reference");
    assert_eq!(plain["rows"].as_array().unwrap().len(), 9);
    assert_eq!(plain["contrasts"][0]["a"], "partner_intern");
    assert_eq!(plain["contrasts"][0]["b"], "none");
    let more = ["--against", "without", "--controls", "sektor,stoerrelse"];
    let controlled = answer(&[&effect[..], &more].concat());
    assert_eq!(controlled["rows"].as_array().unwrap().len(), 8);
    assert_eq!(controlled["contrasts"][0]["b"], "without");
    assert_eq!(controlled["controls"].as_array().unwrap().len(), 2);
    let refused = isobar(&["estimate", FILE, "--effect", "vaerdi_kvalitet=1"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused
            .stderr
            .contains("say which question's boxes explain it with --of ID"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_banner_and_percentages_are_asked_for() {
    let banner = answer(&["--question", "nyhed", "--banner", "sektor,region"]);
    assert_eq!(banner["rows"].as_array().unwrap().len(), 4 * (1 + 3 + 5));
    assert_eq!(banner["rows"][0]["group_label"]["en"], "Total");
    assert_eq!(banner["rows"][1]["group"]["sektor"], 1.0);
    assert_eq!(banner["rows"][4]["group"]["region"], 1.0);
    let rows = answer(&["--question", "nyhed", "--by", "sektor", "--percent", "answer"]);
    let first: f64 = (0..3).map(|row| rows["rows"][row]["estimate"].as_f64().unwrap()).sum();
    assert!((first - 1.0).abs() < 1e-12);
    let columns = answer(&["--question", "nyhed", "--by", "sektor"]);
    let population = |answer: &Value| answer["rows"][1]["population"].as_f64().unwrap();
    assert!((population(&rows) - population(&columns)).abs() < 1e-6);
    let refused = isobar(&["estimate", FILE, "--question", "nyhed", "--percent", "total"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("Choose a breakdown"), "{}", refused.stderr);
}
