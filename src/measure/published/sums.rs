//! Percentages of one question in, sums and unions that cannot be out.

use std::collections::BTreeMap;

use super::{Published, PublishedKind, Slip, SlipKind};

/// Answers that exclude each other: with a "don't know" beside them, they are all there is.
const OPPOSITES: [(&str, &str); 6] = [
    ("agree", "disagree"),
    ("promoted", "hindered"),
    ("enig", "uenig"),
    ("fremmede", "hæmmede"),
    ("first of its kind", "copy"),
    ("første af sin slags", "kopi"),
];

/// Answers that are all there is without anything beside them.
const COMPLEMENTS: [(&str, &str); 4] = [
    ("(alone)", "one or more further"),
    ("one innovation type only", "several innovation types"),
    ("one value type only", "several value types"),
    ("woman", "man"),
];

const DONT_KNOW: [&str; 4] = ["don't know", "not relevant", "ved ikke", "ikke relevant"];

/// Rows of one question in one figure and group.
fn together<'a>(rows: &'a [Published], with_question: bool) -> Vec<Vec<&'a Published>> {
    let mut found: BTreeMap<_, Vec<&'a Published>> = BTreeMap::new();
    for row in rows {
        for figure in row.figures() {
            let question = if with_question { row.question.as_str() } else { "" };
            let key = (
                row.publication.as_str(),
                figure,
                question,
                &row.group,
                row.n,
                row.base.as_str(),
            );
            found.entry(key).or_default().push(row);
        }
    }
    found.into_values().collect()
}

fn is_called(row: &Published, name: &str) -> bool {
    let category = row.category.to_lowercase();
    match name {
        // "Disagree" is not "agree", nor "uenig" "enig", nor "woman" "man".
        "agree" | "enig" | "man" => category.starts_with(name),
        _ => category.contains(name),
    }
}

/// The answers among `rows` of which everybody gives exactly one; `None` where that cannot be told.
fn exclusive<'a>(rows: &[&'a Published]) -> Option<Vec<&'a Published>> {
    let single: Vec<&Published> = rows
        .iter()
        .copied()
        .filter(|row| row.kind == PublishedKind::Single)
        .collect();
    if single.len() > 1 {
        return Some(single);
    }
    let has = |name: &str| rows.iter().any(|row| is_called(row, name));
    let is_dont_know = |row: &Published| DONT_KNOW.iter().any(|word| row.category.to_lowercase().contains(word));
    if rows.iter().any(|row| is_dont_know(row)) && OPPOSITES.iter().any(|(a, b)| has(a) && has(b)) {
        return Some(rows.to_vec());
    }
    let pair = COMPLEMENTS.iter().find(|(a, b)| has(a) && has(b))?;
    let of_pair = rows
        .iter()
        .copied()
        .filter(|row| is_called(row, pair.0) || is_called(row, pair.1));
    Some(of_pair.collect())
}

/// Answers of which everybody gives one that do not make 100.
pub(super) fn slips(rows: &[Published]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for rows in together(rows, true) {
        let Some(answers) = exclusive(&rows) else { continue };
        let sum: f64 = answers.iter().map(|row| row.value()).sum();
        // Each is off by half a unit of its last decimal at most.
        let rounding: f64 = answers.iter().map(|row| 0.5 / 10f64.powi(row.decimals as i32)).sum();
        if (sum - 100.0).abs() <= rounding + 1e-9 {
            continue;
        }
        let kind = SlipKind::Sum {
            percents: answers.iter().map(|row| row.written()).collect(),
            sum: tidy(sum),
            rounding,
        };
        let slip = Slip::new(kind, &answers, &answers[0].question);
        if !slips.iter().any(|known| known.lines == slip.lines) {
            slips.push(slip);
        }
    }
    slips
}

/// Without what binary fractions leave of a sum of decimal ones.
fn tidy(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

fn is_role(row: &Published) -> bool {
    let category = row.category.to_lowercase();
    ["play a role", "plays a role", "spiller en rolle"]
        .iter()
        .any(|words| category.contains(words))
}

/// Initiated, promoted, collaborated: what makes a role. Two of them together do not.
fn is_part_of_role(row: &Published) -> bool {
    let category = row.category.to_lowercase();
    let several = ["both", "two or", "både"].iter().any(|word| category.contains(word));
    !several
        && !is_role(row)
        && ["initiate", "promote", "collaborate", "inspiration"]
            .iter()
            .any(|word| category.contains(word))
}

/// Unions below their largest part or above the sum of their parts.
pub(super) fn unions(rows: &[Published]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let mut add = |slip: Slip| {
        if !slips.iter().any(|known| known.lines == slip.lines) {
            slips.push(slip);
        }
    };
    // The parts of a role are answers to three questions.
    for rows in together(rows, false) {
        let parts: Vec<&Published> = rows.iter().copied().filter(|row| is_part_of_role(row)).collect();
        for union in rows.iter().filter(|row| is_role(row)) {
            bounds(union, &parts, parts.len() > 1).into_iter().for_each(&mut add);
        }
    }
    for rows in together(rows, true) {
        let told: Vec<&Published> = rows
            .iter()
            .copied()
            .filter(|row| row.kind == PublishedKind::Part)
            .collect();
        for union in rows.iter().filter(|row| row.kind == PublishedKind::Union) {
            bounds(union, &told, !told.is_empty()).into_iter().for_each(&mut add);
        }
        let is_any = |row: &Published| {
            let category = row.category.to_lowercase();
            row.kind == PublishedKind::Unknown
                && ["at least one", "any ", "mindst én", "mindst et"]
                    .iter()
                    .any(|words| category.starts_with(words))
        };
        // Which parts there are is not said, so the sum is no bound.
        let others: Vec<&Published> = rows
            .iter()
            .copied()
            .filter(|row| {
                let category = row.category.to_lowercase();
                row.kind == PublishedKind::Unknown
                    && !is_any(row)
                    && !["under way", "undervejs", "no ", "none", "ingen"]
                        .iter()
                        .any(|words| category.contains(words))
            })
            .collect();
        for union in rows.iter().filter(|row| is_any(row)) {
            bounds(union, &others, false).into_iter().for_each(&mut add);
        }
    }
    slips
}

fn bounds(union: &Published, parts: &[&Published], all: bool) -> Option<Slip> {
    let largest = parts.iter().copied().max_by(|a, b| a.value().total_cmp(&b.value()))?;
    // Rounding keeps the order, so that a union cannot be rounded below its part.
    if largest.value() > union.value() && largest.decimals == union.decimals {
        let kind = SlipKind::UnionTooSmall {
            union: union.written(),
            part: largest.written(),
        };
        return Some(Slip::new(kind, &[union, largest], &union.category));
    }
    let half = |row: &Published| 0.5 / 10f64.powi(row.decimals as i32);
    let sum: f64 = parts.iter().map(|row| row.value() + half(row)).sum();
    let most = sum + half(union);
    (all && union.value() > most + 1e-9).then(|| {
        let kind = SlipKind::UnionTooLarge {
            union: union.written(),
            most: tidy(most),
        };
        let rows: Vec<&Published> = std::iter::once(union).chain(parts.iter().copied()).collect();
        Slip::new(kind, &rows, &union.category)
    })
}
