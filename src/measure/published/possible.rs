//! Percentages with their n in, those that no number of respondents gives out.

use std::collections::BTreeMap;

use super::{Published, Slip, SlipKind, Weighting, written};

/// A larger n is not looked for: from a hundred respondents on, every whole percentage is some k ÷ n.
const MOST_N: u64 = 1000;

/// Words that say what another place of the publication has.
const SAYS: [&str; 10] = [
    "misprints",
    "misprint",
    "says",
    "states",
    "gives",
    "prints",
    "reads",
    "skriver",
    "angiver",
    "siger",
];

/// Whether some k of `n` respondents is `percent` (in units of its last decimal) when rounded half up.
pub fn is_possible(percent: u64, decimals: u32, n: u64) -> bool {
    let Some(scale) = 10u64.checked_pow(decimals).and_then(|scale| scale.checked_mul(100)) else {
        return true;
    };
    if n == 0 || percent > scale {
        return false;
    }
    // Half up: the whole part of (2 · scale · k + n) ÷ 2n.
    let rounded = |k: u128| (2 * u128::from(scale) * k + u128::from(n)) / (2 * u128::from(n));
    let near = u128::from(percent) * u128::from(n) / u128::from(scale);
    (near.saturating_sub(1)..=(near + 1).min(u128::from(n))).any(|k| rounded(k) == u128::from(percent))
}

/// The smallest number of respondents that gives all of these percentages (each with its decimals); `None` where it is
/// above 1,000.
pub fn least_n(percents: &[(u64, u32)]) -> Option<u64> {
    (1..=MOST_N).find(|n| {
        percents
            .iter()
            .all(|(percent, decimals)| is_possible(*percent, *decimals, *n))
    })
}

/// Percentages that n cannot give, base by base.
pub(super) fn slips(rows: &[Published]) -> Vec<Slip> {
    let mut bases: BTreeMap<(&str, &str, &str, u64), Vec<&Published>> = BTreeMap::new();
    for row in rows {
        let Some(n) = row.n else { continue };
        if row.weighting != Weighting::Weighted && row.n_is_its_own() {
            // One figure in several places is several keys; a base is judged in each of them.
            let figure = row.figure.as_str();
            bases
                .entry((&row.publication, figure, &row.base, n))
                .or_default()
                .push(row);
        }
    }
    let mut slips = Vec::new();
    for ((_, _, base, n), rows) in bases {
        let wrong: Vec<&Published> = rows
            .iter()
            .copied()
            .filter(|row| !is_possible(row.percent, row.decimals, n))
            .collect();
        if wrong.is_empty() {
            continue;
        }
        let all: Vec<(u64, u32)> = rows.iter().map(|row| (row.percent, row.decimals)).collect();
        let kind = SlipKind::Impossible {
            n,
            percents: wrong.iter().map(|row| row.written()).collect(),
            least: least_n(&all),
            certain: wrong.iter().all(|row| row.weighting == Weighting::Unweighted),
        };
        let about = match wrong[..] {
            [only] => &only.category,
            _ => base,
        };
        slips.push(Slip::new(kind, &wrong, about));
    }
    slips
}

/// The same number with different values: in two rows, or in a row and the remark beside it.
pub(super) fn twice(rows: &[Published]) -> Vec<Slip> {
    let mut same: BTreeMap<_, Vec<&Published>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.category.is_empty()) {
        let key = (
            &row.publication,
            &row.question,
            &row.base,
            row.n,
            &row.group,
            &row.category,
        );
        // Without a question, a category of another figure may be about something else.
        let figure = if row.question.is_empty() {
            row.figure.as_str()
        } else {
            ""
        };
        same.entry((key, figure)).or_default().push(row);
    }
    let mut slips = Vec::new();
    for rows in same.into_values() {
        let mut percents: Vec<String> = Vec::new();
        for row in &rows {
            let written = row.written();
            if !percents.contains(&written) {
                percents.push(written);
            }
        }
        if percents.len() > 1 {
            slips.push(told(&rows, percents));
        }
    }
    for row in rows {
        if let Some(other) = said(&row.note).filter(|other| *other != (row.percent, row.decimals)) {
            slips.push(told(&[row], vec![row.written(), written(other.0, other.1)]));
        }
    }
    slips
}

fn told(rows: &[&Published], percents: Vec<String>) -> Slip {
    let first = rows[0];
    let n = first
        .n
        .filter(|_| first.weighting != Weighting::Weighted && first.n_is_its_own());
    let is_wrong = |percent: &&String| match (n, parse(percent)) {
        (Some(n), Some((percent, decimals))) => !is_possible(percent, decimals, n),
        _ => false,
    };
    let impossible = percents.iter().filter(is_wrong).cloned().collect();
    let kind = SlipKind::Twice {
        percents,
        impossible,
        n,
    };
    Slip::new(kind, rows, &first.category)
}

/// The number that a remark says stands elsewhere: "running text misprints 22".
fn said(note: &str) -> Option<(u64, u32)> {
    let words: Vec<&str> = note.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let says = SAYS.contains(&pair[0].to_lowercase().as_str());
        says.then(|| parse(pair[1].trim_end_matches([',', ';', '.', ')'])))
            .flatten()
    })
}

/// A percentage as it is written, in units of its last decimal, and its decimals.
pub(crate) fn parse(text: &str) -> Option<(u64, u32)> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 6 {
        return None;
    }
    Some((format!("{whole}{decimals}").parse().ok()?, decimals.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_possible_where_some_k_of_n_rounds_to_it() {
        for decimals in 0..=1 {
            let scale = 10f64.powi(decimals);
            for n in 1..=130_u64 {
                // Plain arithmetic in decimal digits, k by k.
                let all: Vec<u64> = (0..=n)
                    .map(|k| ((k as f64 / n as f64 * 100.0 * scale) + 0.5 + 1e-9).floor() as u64)
                    .collect();
                for percent in 0..=(100 * scale as u64) {
                    let expected = all.contains(&percent);
                    assert_eq!(is_possible(percent, decimals as u32, n), expected, "{percent} of {n}");
                }
            }
        }
    }

    #[test]
    fn the_politicians_of_the_regions_cannot_be_22_per_cent() {
        // 9 of 44 are 20.5 %, 10 of 44 are 22.7 %.
        assert!(!is_possible(22, 0, 44));
        assert!(is_possible(32, 0, 44));
        assert_eq!(least_n(&[(22, 0)]), Some(9), "2 of 9");
        assert_eq!(least_n(&[(3, 0), (78, 0)]), Some(32), "1 and 25 of 32");
    }

    #[test]
    fn percentages_are_read_as_they_are_written() {
        assert_eq!(parse("22,7 %"), Some((227, 1)));
        assert_eq!(parse("5"), Some((5, 0)));
        assert_eq!(parse("-5"), None);
        assert_eq!(parse("about 5"), None);
        assert_eq!(said("figure label; running text misprints 22"), Some((22, 0)));
        assert_eq!(said("caption value; does NOT sum to 100 with 29+26"), None);
    }
}
