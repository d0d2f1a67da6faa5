//! Networks of boxes: what is said of every pair is what the measures of pairs say.

use isobar::data::Dataset;
use isobar::measure::{BoxView, Cell, Compare, Measure, Pairs, Query, Table};
use isobar::stats::Adjust;
use proptest::prelude::*;

use super::made::run;
use super::properties::{near, survey};

/// A view of the boxes by group.
fn by_group(data: &Dataset, view: BoxView, pairs: bool) -> Table {
    let measure = Measure::Boxes {
        question: "boxes".into(),
        view,
        groups: false,
    };
    let compare = Compare {
        pairs: pairs.then_some(Pairs::All),
        ..Compare::default()
    };
    let query = Query {
        by: Some("g".into()),
        compare,
        ..Query::new(measure, data)
    };
    run(&query, data)
}

fn same(a: &Cell, b: &Cell) -> bool {
    let close = |a: f64, b: f64| near(a, b) || a.is_nan() && b.is_nan();
    let numbers = |cell: &Cell| {
        let estimate = cell.estimate;
        [
            estimate.value,
            estimate.std_error,
            estimate.n_weighted,
            cell.low,
            cell.high,
            estimate.df,
        ]
    };
    let all = numbers(a).into_iter().zip(numbers(b)).all(|(a, b)| close(a, b));
    all && a.estimate.n == b.estimate.n && a.n_chosen == b.n_chosen
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tie_is_what_the_measures_of_pairs_say(survey in survey()) {
        let data = survey.data(1.0);
        let [network, joint, given, lift] = [BoxView::Network, BoxView::Joint, BoxView::Conditional(None), BoxView::Lift]
            .map(|view| by_group(&data, view, false));
        let groups = network.groups.len();
        prop_assert_eq!(network.ties.len(), 3 * groups);
        for tie in &network.ties {
            let [a, b] = [tie.a, tie.b].map(|row| network.items[row].id.as_str());
            let cell = |table: &Table, id: String| {
                let row = table.items.iter().position(|item| item.id == id).unwrap();
                // A group in which nobody has a box is none among those with one.
                let key = &network.groups[tie.group].key;
                let group = table.groups.iter().position(|group| group.key == *key);
                group.map(|group| *table.cell(row, group))
            };
            for (ours, theirs) in [
                (&tie.joint, cell(&joint, format!("{a}+{b}"))),
                (&tie.a_given_b, cell(&given, format!("{a}|{b}"))),
                (&tie.b_given_a, cell(&given, format!("{b}|{a}"))),
                (&tie.lift, cell(&lift, format!("{a}+{b}"))),
            ] {
                let same = theirs.map_or(ours.estimate.n == 0, |theirs| same(ours, &theirs));
                prop_assert!(same, "{a} {b}: {ours:?}, {theirs:?}");
            }
        }
        for group in 0..groups {
            let ties: Vec<_> = network.ties.iter().filter(|tie| tie.group == group).collect();
            let p: Vec<f64> = ties.iter().map(|tie| tie.p).collect();
            for (tie, adjusted) in ties.iter().zip(Adjust::Bh.apply(&p)) {
                prop_assert!(near(tie.p_adjusted, adjusted) || tie.p.is_nan());
            }
        }
    }

    #[test]
    fn a_tie_differs_between_two_groups_as_its_joint_share_does(survey in survey()) {
        let data = survey.data(1.0);
        let (network, joint) = (by_group(&data, BoxView::Network, true), by_group(&data, BoxView::Joint, true));
        let first = network.ties.iter().filter(|tie| tie.group == 0);
        for (row, tie) in first.enumerate() {
            let contrast = joint.comparisons.contrasts.iter().find(|contrast| contrast.item == Some(row));
            prop_assert_eq!(tie.difference.is_some(), network.groups.len() == 2);
            if let Some(difference) = tie.difference {
                let expected = contrast.unwrap().contrast;
                prop_assert!(near(difference.contrast.difference, expected.difference));
                prop_assert!((difference.contrast.std_error - expected.std_error).abs() < 1e-9);
                prop_assert_eq!(difference.contrast.df, expected.df);
            }
        }
    }
}
