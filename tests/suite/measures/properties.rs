//! Identities that hold for any survey, whatever its numbers.

use isobar::data::{Code, Condition, Dataset, Question, QuestionKind, Role, Text, Union};
use isobar::measure::{Compare, Measure, Pairs, Query};
use isobar::stats::Interval;
use proptest::prelude::*;

use super::made::{File, ask, question, run};

#[derive(Clone, Debug)]
pub struct Survey {
    pub weights: Vec<f64>,
    pub strata: Vec<f64>,
    pub clusters: Vec<f64>,
    pub group: Vec<f64>,
    pub boxes: [Vec<f64>; 3],
    pub clustered: bool,
}

impl Survey {
    pub fn data(&self, factor: f64) -> Dataset {
        let weights: Vec<f64> = self.weights.iter().map(|weight| weight * factor).collect();
        let boxes = Question {
            unions: vec![Union {
                id: "any".to_owned(),
                label: Text::plain("Any"),
                items: vec!["a".into(), "b".into(), "c".into()],
                none_of: Vec::new(),
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

pub fn survey() -> impl Strategy<Value = Survey> {
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

pub fn near(a: f64, b: f64) -> bool {
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
        let compared = |factor| {
            let data = survey.data(factor);
            let compare = Compare { test: true, pairs: Some(Pairs::All), ..Compare::default() };
            run(&Query { by: Some("g".into()), compare, ..ask(&data, "boxes") }, &data).comparisons
        };
        let (once, tenfold) = (compared(1.0), compared(10.0));
        for (a, b) in once.tests.iter().zip(&tenfold.tests) {
            prop_assert!(near(a.test.p, b.test.p) || (a.test.p - b.test.p).abs() < 1e-6, "{a:?} {b:?}");
        }
        for (a, b) in once.contrasts.iter().zip(&tenfold.contrasts) {
            prop_assert!(near(a.contrast.difference, b.contrast.difference));
            prop_assert!((a.contrast.std_error - b.contrast.std_error).abs() < 1e-9 || a.contrast.std_error.is_nan());
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
        for interval in [Interval::Logit, Interval::Beta, Interval::Wilson, Interval::Arcsine, Interval::Wald] {
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
