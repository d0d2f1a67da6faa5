//! A table of ties in, the strongest of those that its tests bear out, out: in the measure that the chart draws.

use super::compared::{group_name, group_value};
use super::finding::{count_of, in_sentence, place};
use super::finding_boxes::{listed, shortened, titled, variants};
use super::look::{Edges, NetworkLook};
use super::network::{is_difference, is_significant, is_significantly_different};
use super::reading::{Reading, SMALL_N};
use crate::measure::{Tie, TieDifference};
use crate::words;

/// The findings of a network or its matrix.
pub fn findings(reading: &Reading<'_>, look: &NetworkLook) -> Vec<String> {
    if is_difference(reading.table) {
        return difference(reading);
    }
    let value = |tie: &Tie| tie.joint.estimate.value;
    let above = |tie: &&Tie| {
        tie.group == 0
            && tie.joint.estimate.n >= SMALL_N
            && tie.lift.estimate.value > 1.0
            && is_significant(reading, tie)
    };
    let ties: Vec<&Tie> = reading.table.ties.iter().filter(above).collect();
    if ties.is_empty() {
        return independent(reading);
    }
    let largest = |of: &dyn Fn(&Tie) -> f64| ties.iter().copied().max_by(|a, b| of(a).total_cmp(&of(b)));
    match look.edges {
        Edges::Joint => largest(&value).map(|tie| {
            let share = count_of(reading, value(tie));
            let arguments = [("share", share.as_str()), ("in", &place(reading).preposition)];
            named(reading, "finding-tie", tie, &arguments)
        }),
        Edges::Lift => largest(&|tie| tie.lift.estimate.value).map(|tie| {
            let lift = words::decimal(reading.language, tie.lift.estimate.value, 1);
            named(reading, "finding-tie-lift", tie, &[("value", &lift)])
        }),
        Edges::Conditional => largest(&|tie| given(tie).1).map(|tie| {
            let ((given, item), share) = given(tie);
            let share = words::percent_sign(reading.language, share);
            let label = |row: usize| reading.label(&reading.table.items[row]);
            let said = [
                [label(given), label(item)],
                [label(given), label(item)].map(|label| shortened(&label)),
            ];
            let said = said.map(|[given, item]| {
                let (given, item) = (in_sentence(reading, &given), in_sentence(reading, &item));
                let arguments = [("items", item.as_str()), ("given", &given), ("value", &share)];
                titled(reading, "finding-tie-given", &arguments)
            });
            said.concat()
        }),
    }
    .unwrap_or_default()
}

/// "Samarbejdspartnere: ingen par går signifikant oftere sammen, end hvis de var uafhængige"
fn independent(reading: &Reading<'_>) -> Vec<String> {
    let ties = &reading.table.ties;
    let known = |tie: &Tie| tie.joint.estimate.n >= SMALL_N && tie.p_adjusted.is_finite();
    match !ties.is_empty() && ties.iter().all(|tie| known(tie) && !is_significant(reading, tie)) {
        true => titled(reading, "finding-ties-independent", &[]),
        false => Vec::new(),
    }
}

/// The larger of the two conditional shares: among those with the first row, the share with the second.
fn given(tie: &Tie) -> ((usize, usize), f64) {
    let (a, b) = (tie.a_given_b.estimate.value, tie.b_given_a.estimate.value);
    match a > b {
        true => ((tie.b, tie.a), a),
        false => ((tie.a, tie.b), b),
    }
}

/// A finding about a tie, with the names of its boxes, and where that is too long with so much of them as fits.
fn named(reading: &Reading<'_>, key: &str, tie: &Tie, arguments: &[(&str, &str)]) -> Vec<String> {
    let labels = vec![tie.a, tie.b].into_iter();
    let labels: Vec<String> = labels.map(|item| reading.label(&reading.table.items[item])).collect();
    let short = labels.iter().map(|label| shortened(label)).collect();
    let said = variants(labels, short).map(|labels| {
        let items = listed(reading, &labels);
        let mut all = vec![("items", items.as_str())];
        all.extend_from_slice(arguments);
        titled(reading, key, &all)
    });
    said.collect::<Vec<_>>().concat()
}

/// The tie whose joint shares differ most between the two groups.
fn difference(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let ties: Vec<(&Tie, TieDifference)> = table
        .ties
        .iter()
        .filter_map(|tie| Some((tie, tie.difference?)))
        .collect();
    let enough = table.groups.iter().all(|group| group.n >= SMALL_N);
    let size = |of: &TieDifference| of.contrast.difference.abs();
    let significant = ties.iter().filter(|(tie, _)| is_significantly_different(reading, tie));
    let Some((tie, found)) = significant.max_by(|a, b| size(&a.1).total_cmp(&size(&b.1))) else {
        return match enough && !ties.is_empty() && ties.iter().all(|(_, found)| found.p_adjusted.is_finite()) {
            true => titled(reading, "finding-ties-alike", &[]),
            false => Vec::new(),
        };
    };
    if !enough {
        return Vec::new();
    }
    let first = tie.joint.estimate.value;
    let shares = [first, first - found.contrast.difference];
    // The other group of the two.
    let groups = [tie.group, 1 - tie.group.min(1)];
    let (high, low) = match shares[0] > shares[1] {
        true => (0, 1),
        false => (1, 0),
    };
    let valued = |at: usize| {
        let share = words::percent_sign(reading.language, shares[at]);
        group_value(reading, groups[at], &share)
    };
    // With the shares, and where that is too long without.
    let bare = |at: usize| group_name(reading, groups[at]);
    let mut told = Vec::new();
    for (a, b) in [(valued(high), valued(low)), (bare(high), bare(low))] {
        told.extend(named(reading, "finding-tie-more-often", tie, &[("a", &a), ("b", &b)]));
    }
    told
}
