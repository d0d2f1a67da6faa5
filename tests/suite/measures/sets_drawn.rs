//! What an UpSet chart prints, against a plain count of made-up respondents who count one each.

use std::collections::BTreeMap;

use isobar::figure::{self, Look, Plot};
use isobar::measure::{BoxView, DesignChoice, Measure, Query};
use proptest::prelude::*;

use super::made::{File, question, run};
use isobar::data::{Dataset, QuestionKind};

const BOXES: [&str; 4] = ["a", "b", "c", "d"];

fn data(rows: &[u8]) -> Dataset {
    let ticks = |place: usize| -> Vec<f64> { rows.iter().map(|row| f64::from(row >> place & 1)).collect() };
    let mut file = File::default();
    for (place, name) in BOXES.iter().enumerate() {
        file = file.coded(name, &ticks(place));
    }
    file.question(question("boxes", QuestionKind::Multiple, &BOXES)).done()
}

/// The sets that are printed, as bits, with their whole per cent; and the sentence on the rest.
fn printed(data: &Dataset, view: BoxView, most: usize, least_n: usize) -> (BTreeMap<u8, usize>, String) {
    let measure = Measure::Boxes {
        question: "boxes".into(),
        view,
        groups: false,
    };
    let query = Query {
        design: DesignChoice::default(),
        ..Query::new(measure, data)
    };
    let mut look = Look::default();
    (look.sets.most, look.sets.least_n) = (most, least_n);
    let Plot::UpSet(plot) = figure::draw(&run(&query, data), &look).plot else {
        panic!("sets are drawn as sets");
    };
    let bit = |place: &usize| {
        let name = plot.boxes[*place].label.chars().next().unwrap();
        1 << BOXES.iter().position(|known| known.starts_with(name)).unwrap()
    };
    let sets = plot
        .sets
        .iter()
        .map(|set| (set.of.iter().map(bit).sum(), number(&set.lane.outside)));
    (sets.collect(), plot.rest.clone())
}

/// The last whole number in a text.
fn number(words: &str) -> usize {
    let mut digits = words
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    digits.next_back().unwrap().parse().unwrap()
}

/// Whole per cent, halves up.
fn percent(count: usize, n: usize) -> usize {
    (200 * count + n) / (2 * n)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_sets_and_the_rest_are_those_of_a_plain_count(
        rows in prop::collection::vec(0_u8..16, 1..90), most in 1_usize..14, least_n in 0_usize..8,
    ) {
        // Where nobody chose anything there are no sets to draw.
        prop_assume!(rows.iter().any(|row| *row > 0));
        let n = rows.len();
        let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *counts.entry(*row).or_default() += 1);
        let (shown, rest) = printed(&data(&rows), BoxView::Combinations, most, least_n);
        for (set, share) in &shown {
            prop_assert_eq!(*share, percent(counts.get(set).copied().unwrap_or(0), n));
            prop_assert!(counts.get(set).copied().unwrap_or(0) >= least_n);
        }
        prop_assert!(shown.len() <= most);
        let left: Vec<usize> = counts.iter().filter(|(set, _)| !shown.contains_key(set)).map(|(_, count)| *count).collect();
        match left.iter().sum::<usize>() {
            0 => prop_assert_eq!(rest, ""),
            together => prop_assert_eq!(number(&rest), percent(together, n), "{}", rest),
        }
    }

    #[test]
    fn inclusive_sets_and_the_largest_of_the_rest_are_those_of_a_plain_count(
        rows in prop::collection::vec(0_u8..16, 1..90), most in 1_usize..14, least_n in 0_usize..8,
    ) {
        let n = rows.len();
        prop_assume!(rows.iter().any(|row| *row > 0));
        let count = |set: u8| rows.iter().filter(|row| **row & set == set).count();
        let mut sets: Vec<u8> = rows.iter().copied().filter(|row| *row > 0).collect();
        sets.sort_unstable();
        sets.dedup();
        let (shown, rest) = printed(&data(&rows), BoxView::AtLeast, most, least_n);
        for (set, share) in shown.iter().filter(|(set, _)| **set > 0) {
            prop_assert_eq!(*share, percent(count(*set), n), "{}", set);
        }
        let left = sets.iter().filter(|set| !shown.contains_key(set)).map(|set| count(*set)).max();
        // Somebody with no box makes a row of its own, which is no set.
        if let Some(largest) = left && !rest.is_empty() && !rows.contains(&0) {
            prop_assert_eq!(number(&rest), percent(largest, n), "{}", rest);
        }
    }
}
