//! Bases as they are written in, numbers of respondents that do not fit each other out.

use super::{Published, Slip, SlipKind};

/// Words before a number of respondents.
const BEFORE_N: [&str; 5] = ["responses", "answered", "answers", "svar", "observationer"];

/// Words that do not tell one base from another.
const COMMON: [&str; 12] = [
    "weighted",
    "unweighted",
    "vægtet",
    "uvægtet",
    "population",
    "sample",
    "responses",
    "answered",
    "answers",
    "responding",
    "answering",
    "respondents",
];

pub(super) fn slips(rows: &[Published]) -> Vec<Slip> {
    let mut slips = stated(rows);
    slips.extend(nearly_the_same(rows));
    slips
}

/// Whole numbers and words of a text; signs between them are words of their own.
fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let joins = (c.is_alphabetic() && last.is_alphabetic()) || (c.is_ascii_digit() && last.is_ascii_digit());
        match found.last_mut() {
            Some(token) if joins => token.push(c),
            _ if !c.is_whitespace() => found.push(c.to_string()),
            _ => {}
        }
        last = c;
    }
    found
}

fn number(token: &str) -> Option<u64> {
    token.parse().ok()
}

/// The numbers of respondents that a base states: "N=72", "responses 73".
fn sizes(base: &str) -> Vec<u64> {
    let tokens = tokens(base);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let after = |steps: usize| tokens.get(at + steps).and_then(|token| number(token));
        let size = match token.as_str() {
            "n" | "N" if tokens.get(at + 1).is_some_and(|sign| sign == "=") => after(2),
            word if BEFORE_N.contains(&word.to_lowercase().as_str()) => after(1),
            _ => None,
        };
        found.extend(size.filter(|size| !found.contains(size)));
    }
    found
}

/// Groups that a base puts together: "552 municipal + 56 regional politicians".
fn groups(base: &str) -> Option<Vec<u64>> {
    let tokens = tokens(base);
    tokens.iter().enumerate().find_map(|(at, token)| {
        let second = number(tokens.get(at + 1)?)?;
        if !["+", "og", "and", "plus"].contains(&token.as_str()) {
            return None;
        }
        // A few words back there is the first.
        let first = tokens[at.saturating_sub(3)..at]
            .iter()
            .rev()
            .find_map(|token| number(token))?;
        Some(vec![first, second])
    })
}

/// Bases that contradict themselves.
fn stated(rows: &[Published]) -> Vec<Slip> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let mut slips = Vec::new();
    for row in rows {
        if seen.contains(&(&row.publication, &row.base)) {
            continue;
        }
        seen.push((&row.publication, &row.base));
        let same: Vec<&Published> = rows
            .iter()
            .filter(|other| other.publication == row.publication && other.base == row.base)
            .collect();
        let mut n = sizes(&row.base);
        n.extend(row.n.filter(|own| !n.contains(own)));
        if n.len() > 1 {
            slips.push(Slip::new(SlipKind::TwoSizes { n }, &same, &row.base));
        }
        if let (Some(n), Some(parts)) = (row.n, groups(&row.base))
            && parts.iter().sum::<u64>() != n
        {
            slips.push(Slip::new(SlipKind::Groups { parts, n }, &same, &row.base));
        }
    }
    slips
}

/// The words that tell a base from others.
fn name(base: &str) -> Vec<String> {
    tokens(base)
        .into_iter()
        .map(|token| token.to_lowercase())
        .filter(|token| token.chars().count() > 3 && number(token).is_none() && !COMMON.contains(&token.as_str()))
        .collect()
}

/// Bases of one publication that share their words, or most of them, and differ by a respondent or two.
fn nearly_the_same(rows: &[Published]) -> Vec<Slip> {
    struct Base<'a> {
        row: &'a Published,
        name: Vec<String>,
        n: u64,
    }
    let mut bases: Vec<Base<'_>> = Vec::new();
    for row in rows {
        let n = row.n.or_else(|| sizes(&row.base).first().copied());
        let known = |base: &Base<'_>| base.row.publication == row.publication && base.row.base == row.base;
        if let Some(n) = n
            && !row.base.is_empty()
            && !bases.iter().any(|base| known(base) && base.n == n)
        {
            let name = name(&row.base);
            bases.push(Base { row, name, n });
        }
    }
    let mut slips: Vec<(Vec<u64>, Vec<&Published>)> = Vec::new();
    for (at, a) in bases.iter().enumerate() {
        for b in &bases[at + 1..] {
            let shared = a.name.iter().filter(|word| b.name.contains(word)).count();
            let shorter = a.name.len().min(b.name.len());
            let apart = a.n.abs_diff(b.n);
            let near = apart > 0 && apart <= (a.n.max(b.n) / 500).max(1);
            if a.row.publication != b.row.publication || !near || shared == 0 || shared * 2 < shorter {
                continue;
            }
            let n = vec![a.n.min(b.n), a.n.max(b.n)];
            match slips.iter_mut().find(|(known, _)| *known == n) {
                Some((_, rows)) => {
                    for row in [a.row, b.row] {
                        if !rows.contains(&row) {
                            rows.push(row);
                        }
                    }
                }
                None => slips.push((n, vec![a.row, b.row])),
            }
        }
    }
    slips
        .into_iter()
        .map(|(n, rows)| Slip::new(SlipKind::Bases { n }, &rows, &rows[0].base))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_groups_are_found_in_the_words_of_a_base() {
        assert_eq!(sizes("All public workplaces (weighted), N=2362"), [2362]);
        assert_eq!(
            sizes("Public workplaces; population 15102, sample 4766, responses 2363"),
            [2363]
        );
        assert_eq!(
            sizes("caption N=37 (percentages only reproducible with n=32)"),
            [37, 32]
        );
        let politicians = "n=608 (all respondents: 552 municipal + 56 regional politicians)";
        assert_eq!(groups(politicians), Some(vec![552, 56]));
        assert_eq!(groups("Private companies and 3 others"), None);
    }
}
