//! The [`Lane`]s of the boxes of a question in, a [`Tie`] for every pair of them and every group out.
//!
//! A pair is one pass over the respondents into four cells: neither, the first alone, both, the second alone. Everything
//! said of the pair follows from them: the cells of a domain stand next to each other.

use rayon::prelude::*;

use super::cells::{Making, lift};
use super::lanes::{Answers, Lane, OUT};
use super::table::{Tie, TieDifference};
use crate::stats::{Adjust, Contrast, Estimate, Tally, association};

/// How many cells a pair has in a group.
const CELLS: usize = 4;
/// The first box and not the second.
const FIRST: usize = 1;
/// Both.
const BOTH: usize = 2;
/// The second box and not the first.
const SECOND: usize = 3;

/// The ties of the boxes that `lanes` are about, one row each: pairs in the order of the rows, for each one its groups.
/// With exactly two groups and differences asked for, the first of each two has the difference of their joint shares.
pub(super) fn ties(making: &Making<'_>, lanes: &[Lane]) -> Vec<Tie> {
    let boxes: Vec<&[u16]> = lanes.iter().filter_map(ticks).collect();
    let pairs: Vec<(usize, usize)> = (0..boxes.len())
        .flat_map(|a| (a + 1..boxes.len()).map(move |b| (a, b)))
        .collect();
    let rows = boxes.first().map_or(0, |ticks| ticks.len());
    let groups = making.groups();
    let compared = groups == 2 && making.query.by.is_some() && making.query.compare.pairs.is_some();
    let mut ties: Vec<Tie> = pairs
        .par_iter()
        .map_init(
            || vec![OUT; rows],
            |classes, &(a, b)| {
                for ((class, first), second) in classes.iter_mut().zip(boxes[a]).zip(boxes[b]) {
                    *class = cell_of(*first, *second);
                }
                let tally = making
                    .design
                    .tally_classes(making.grouping.classes(), groups, classes, CELLS);
                of_pair(making, &tally, (a, b), compared)
            },
        )
        .flatten_iter()
        .collect();
    adjust(&mut ties, groups);
    ties
}

fn ticks(lane: &Lane) -> Option<&[u16]> {
    match &lane.answers {
        Answers::Shares { classes, .. } => Some(classes),
        _ => None,
    }
}

/// Of two ticks, 0 or 1 each; [`OUT`] for those who were not asked about both.
fn cell_of(first: u16, second: u16) -> u16 {
    match first == OUT || second == OUT {
        true => OUT,
        // 0 neither, 1 the first, 2 both, 3 the second
        false => first + second * (SECOND as u16 - 2 * first),
    }
}

fn of_pair(making: &Making<'_>, tally: &Tally<'_>, (a, b): (usize, usize), compared: bool) -> Vec<Tie> {
    let mut ties: Vec<Tie> = (0..making.groups())
        .map(|group| {
            let at = group * CELLS;
            let both = tally.count(at + BOTH..at + BOTH + 1).0;
            let share = |estimate: Estimate| making.share_cell((estimate, both));
            let square = [vec![at, at + SECOND], vec![at + FIRST, at + BOTH]];
            let cells: [Vec<usize>; 3] = [
                vec![at + FIRST, at + BOTH],
                vec![at + BOTH, at + SECOND],
                vec![at + BOTH],
            ];
            Tie {
                a,
                b,
                group,
                joint: share(tally.domain(at..at + CELLS).share(at + BOTH)),
                a_given_b: share(tally.domain(at + BOTH..at + CELLS).share(at + BOTH)),
                b_given_a: share(tally.domain(at + FIRST..at + SECOND).share(at + BOTH)),
                lift: lift(tally, at..at + CELLS, &cells, making.level),
                p: association::rao_scott(tally, &square).map_or(f64::NAN, |test| test.p),
                p_adjusted: f64::NAN,
                difference: None,
            }
        })
        .collect();
    if compared && ties.iter().all(|tie: &Tie| tie.joint.estimate.n > 0) {
        ties[0].difference = Some(difference(tally));
    }
    ties
}

/// The joint share in the first group − that in the second.
fn difference(tally: &Tally<'_>) -> TieDifference {
    let all: Vec<usize> = (0..2 * CELLS).collect();
    let [here, there] = [0, CELLS].map(|at| tally.share(&[at + BOTH], &all[at..at + CELLS]));
    let values = [here.value, there.value];
    let covariance = tally.covariance(&[here, there]);
    TieDifference {
        contrast: Contrast::of(&values, &covariance, (0, 1), tally.degrees_of_freedom(&all)),
        p_adjusted: f64::NAN,
    }
}

/// Adjusts the p-values of the pairs of each group, and of all differences.
fn adjust(ties: &mut [Tie], groups: usize) {
    for group in 0..groups {
        let of_group = || (group..ties.len()).step_by(groups);
        let p: Vec<f64> = of_group().map(|tie| ties[tie].p).collect();
        for (tie, adjusted) in of_group().zip(Adjust::Bh.apply(&p)).collect::<Vec<_>>() {
            ties[tie].p_adjusted = adjusted;
        }
    }
    let p: Vec<f64> = ties
        .iter()
        .filter_map(|tie| Some(tie.difference.as_ref()?.contrast.p))
        .collect();
    let differences = ties.iter_mut().filter_map(|tie| tie.difference.as_mut());
    for (difference, adjusted) in differences.zip(Adjust::Bh.apply(&p)) {
        difference.p_adjusted = adjusted;
    }
}
