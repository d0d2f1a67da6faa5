//! Ties in, the lines that are drawn out: which, how wide, in which colour, dashed or not.

use super::{Line, is_difference, is_lift, words};
use crate::figure::arrange;
use crate::figure::look::Look;
use crate::figure::palette::{self, toward};
use crate::figure::reading::Reading;
use crate::figure::scene::Colour;
use crate::measure::Tie;

/// More lines than this are a ball of wool: the strongest are drawn.
pub const MOST_LINES: usize = 400;
/// More values than this at lines are not written.
const MOST_VALUES: usize = 12;

/// A scale of widths: its end, and what is sampled in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// What the widest line stands for.
    pub end: f64,
    /// Samples, the last is the end.
    pub samples: Vec<f64>,
}

/// A scale of shares, or of differences of shares.
pub fn scale_of_shares(most: f64) -> Scale {
    let (end, samples) = match most {
        0.25.. if most > 0.5 => (1.0, [0.25, 0.5, 1.0]),
        0.25.. if most > 0.25 => (0.5, [0.1, 0.25, 0.5]),
        0.1.. if most > 0.1 => (0.25, [0.05, 0.1, 0.25]),
        0.05.. if most > 0.05 => (0.1, [0.02, 0.05, 0.1]),
        _ => (0.05, [0.01, 0.02, 0.05]),
    };
    Scale {
        end,
        samples: samples.to_vec(),
    }
}

/// A scale of lifts: widths go by the logarithm, so that twice as often and half as often are as wide.
pub fn scale_of_lifts(most: f64) -> Scale {
    let samples: &[f64] = match most {
        most if most <= 1.5 => &[1.2, 1.5],
        most if most <= 2.0 => &[1.5, 2.0],
        most if most <= 3.0 => &[1.5, 2.0, 3.0],
        most if most <= 5.0 => &[2.0, 3.0, 5.0],
        _ => &[2.0, 5.0, 10.0],
    };
    Scale {
        end: samples.last().copied().unwrap_or(2.0),
        samples: samples.to_vec(),
    }
}

/// The scale of a network: over all its ties, whichever of them are drawn.
pub fn scale(reading: &Reading<'_>, look: &Look, ties: &[(usize, usize, &Tie)]) -> Scale {
    let most = |number: &dyn Fn(&Tie) -> f64| {
        let numbers = ties.iter().map(|(.., tie)| number(tie));
        numbers.filter(|number| number.is_finite()).fold(0.0, f64::max)
    };
    if is_difference(reading.table) {
        return scale_of_shares(most(&|tie| difference(tie).abs()));
    }
    match is_lift(look) {
        // The lift of a tie that hardly anybody has is large by chance: it does not set the scale.
        true => scale_of_lifts(most(&|tie| match is_significant(reading, tie) {
            true => lift(tie).max(1.0 / lift(tie)),
            false => 1.0,
        })),
        false => scale_of_shares(most(&joint)),
    }
}

/// Whether two boxes go together significantly more or less often than if they were independent.
pub fn is_significant(reading: &Reading<'_>, tie: &Tie) -> bool {
    tie.p_adjusted < alpha(reading)
}

/// Whether two boxes go together significantly more often in one of two groups.
pub fn is_significantly_different(reading: &Reading<'_>, tie: &Tie) -> bool {
    tie.difference
        .is_some_and(|difference| difference.p_adjusted < alpha(reading))
}

/// The level of tests: 0.05 where intervals are of 95 %.
pub fn alpha(reading: &Reading<'_>) -> f64 {
    let level = reading.table.query.level.number().unwrap_or(0.95);
    // 1 − 0.95 is a little more than 0.05.
    ((1.0 - level) * 1e9).round() / 1e9
}

fn joint(tie: &Tie) -> f64 {
    tie.joint.estimate.value
}

fn lift(tie: &Tie) -> f64 {
    tie.lift.estimate.value
}

fn difference(tie: &Tie) -> f64 {
    tie.difference
        .map_or(f64::NAN, |difference| difference.contrast.difference)
}

/// The lines that are drawn, from back to front, and how many were left out because there are too many.
pub fn lines(
    reading: &Reading<'_>,
    look: &Look,
    ties: &[(usize, usize, &Tie)],
    communities: &[Option<usize>],
) -> (Vec<Line>, usize) {
    let differs = is_difference(reading.table);
    let scale = scale(reading, look, ties);
    // Strength in units of the scale: what goes first where there are too many.
    let strength = |tie: &Tie| match (differs, is_lift(look)) {
        (true, _) => difference(tie).abs() / scale.end,
        (false, true) => lift(tie).ln().abs() / scale.end.ln(),
        (false, false) => joint(tie) / scale.end,
    };
    let significant = |tie: &Tie| match differs {
        true => is_significantly_different(reading, tie),
        false => is_significant(reading, tie),
    };
    let mut chosen: Vec<(f64, bool, usize)> = Vec::new();
    for (position, (.., tie)) in ties.iter().enumerate() {
        let (strength, significant) = (strength(tie), significant(tie));
        if strength.is_finite() && strength > 0.0 && is_wanted(look, tie, differs, significant) {
            chosen.push((strength, significant, position));
        }
    }
    chosen.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.total_cmp(&a.0)).then(a.2.cmp(&b.2)));
    let left_out = chosen.len().saturating_sub(MOST_LINES);
    chosen.truncate(MOST_LINES);
    let with_values = differs && chosen.iter().filter(|(_, significant, _)| *significant).count() <= MOST_VALUES;
    // Dashed ones at the back, then the widest, so that no line hides another.
    chosen.sort_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)).then(a.2.cmp(&b.2)));
    let drawn = chosen.into_iter().map(|(strength, significant, position)| {
        let (a, b, tie) = ties[position];
        let together = communities[a].is_some() && communities[a] == communities[b];
        Line {
            a,
            b,
            weight: strength.min(1.0),
            dashed: !significant,
            colour: colour(reading, look, tie, (differs, significant, together)),
            value: match with_values && significant {
                true => words::points(reading, difference(tie).abs()),
                false => String::new(),
            },
            about: words::tie(reading, tie),
        }
    });
    (drawn.collect(), left_out)
}

/// Whether the look wants a tie.
fn is_wanted(look: &Look, tie: &Tie, differs: bool, significant: bool) -> bool {
    let look = &look.network;
    if look.significant && !significant {
        return false;
    }
    if differs {
        return difference(tie).abs() >= look.least;
    }
    joint(tie) > 0.0 && joint(tie) >= look.least && (!look.certain || tie.lift.low > 1.0)
}

fn colour(
    reading: &Reading<'_>,
    look: &Look,
    tie: &Tie,
    (differs, significant, together): (bool, bool, bool),
) -> Colour {
    let inks = palette::inks(look.theme);
    match (differs, significant) {
        (_, false) => inks.zero,
        (true, true) => arrange::group_colour(reading, look, usize::from(difference(tie) < 0.0)),
        (false, true) if is_lift(look) && lift(tie) < 1.0 => palette::negative(1.0, look.theme),
        (false, true) if is_lift(look) => palette::positive(1.0, look.theme),
        (false, true) if together => toward(inks.surface, inks.second, 0.85),
        (false, true) => plain(look),
    }
}

/// The colour of a line that says no more than its width.
pub fn plain(look: &Look) -> Colour {
    let inks = palette::inks(look.theme);
    toward(
        inks.surface,
        inks.second,
        if look.network.communities { 0.38 } else { 0.52 },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_its_largest_number_and_no_much_larger_one() {
        for (most, end) in [
            (0.0, 0.05),
            (0.05, 0.05),
            (0.051, 0.1),
            (0.2, 0.25),
            (0.26, 0.5),
            (1.0, 1.0),
        ] {
            assert_eq!(scale_of_shares(most).end, end, "{most}");
        }
        for (most, end) in [(1.0, 1.5), (1.51, 2.0), (4.0, 5.0), (40.0, 10.0)] {
            assert_eq!(scale_of_lifts(most).end, end, "{most}");
        }
    }
}
