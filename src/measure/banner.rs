//! A query with several breakdowns in, one table with the groups of all of them side by side out.
//!
//! Each breakdown is a table of its own; only groups of the same breakdown are compared, as those of different ones hold
//! the same respondents.

use super::answer;
use super::boxes::{in_each_language, worded};
use super::choice::Compare;
use super::query::{Percent, Query, QueryError};
use super::sampling::Prepared;
use super::table::{Cell, Comparisons, Table, TableContrast, TableTest, TableWarning, Tie};
use crate::data::{Dataset, VarId};
use crate::stats::contrast::letter;
use crate::words;

pub(super) fn table(query: &Query, data: &Dataset, prepared: &Prepared) -> Result<Table, QueryError> {
    let mut vars: Vec<&VarId> = Vec::new();
    for var in query.by.iter().chain(&query.banner) {
        if !vars.contains(&var) {
            vars.push(var);
        }
    }
    let one = |by: Option<&VarId>, compare: Compare| {
        let query = Query {
            by: by.cloned(),
            banner: Vec::new(),
            compare,
            ..query.clone()
        };
        answer::table(&query, data, prepared)
    };
    let mut parts = Vec::new();
    // Everybody, where a group is 100 per cent.
    if query.percent == Percent::Group {
        let mut total = one(None, Compare::default())?;
        for group in &mut total.groups {
            group.label = worded("group-total", &[]);
        }
        parts.push(total);
    }
    for var in &vars {
        parts.push(one(Some(var), query.compare.clone())?);
    }
    Ok(beside(query, parts))
}

/// The groups of all parts, which have the same rows.
fn beside(query: &Query, parts: Vec<Table>) -> Table {
    let all: usize = parts.iter().map(|part| part.groups.len()).sum();
    let labels: Vec<_> = parts
        .iter()
        .filter(|part| !part.by.is_empty())
        .map(|part| part.by.clone())
        .collect();
    let by = in_each_language(|language| {
        let labels: Vec<&str> = labels.iter().map(|label| label.get(language)).collect();
        words::list(language, &labels)
    });
    let by_answers = parts.iter().map(|part| part.by_answers).max().unwrap_or(1);
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    let mut letters: Vec<Vec<String>> = Vec::new();
    let (mut tests, mut contrasts): (Vec<TableTest>, Vec<TableContrast>) = Default::default();
    let (mut groups, mut ties): (Vec<_>, Vec<Tie>) = Default::default();
    let mut warnings: Vec<TableWarning> = Vec::new();
    // A banner has at least one breakdown.
    let first = parts[0].clone();
    for part in parts {
        let before = groups.len();
        let of = part.query.by.clone();
        let count = part.groups.len();
        cells.resize(part.items.len(), Vec::new());
        letters.resize(part.items.len(), Vec::new());
        for (item, row) in part.cells.chunks(count).enumerate() {
            cells[item].extend(row);
            let own = part.comparisons.letters.get(item * count..(item + 1) * count);
            let own = own.map(|own| own.iter().map(|text| moved(text, count, before, all)).collect());
            letters[item].extend(own.unwrap_or_else(|| vec![String::new(); count]));
        }
        let by = part.by.clone();
        groups.extend(part.groups.iter().map(|group| super::TableGroup {
            by: by.clone(),
            ..group.clone()
        }));
        ties.extend(part.ties.iter().map(|tie| Tie {
            group: tie.group + before,
            ..tie.clone()
        }));
        let Comparisons {
            tests: own_tests,
            contrasts: own_contrasts,
            ..
        } = part.comparisons.clone();
        tests.extend(own_tests.into_iter().map(|test| TableTest { by: of.clone(), ..test }));
        contrasts.extend(own_contrasts.into_iter().map(|contrast| TableContrast {
            by: of.clone(),
            ..contrast
        }));
        for warning in &part.warnings {
            let is_small = matches!(warning, TableWarning::SmallGroups { .. });
            if !is_small && !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
    }
    let is_lettered = letters.iter().flatten().any(|letters| !letters.is_empty());
    let mut table = Table {
        query: query.clone(),
        by,
        by_answers,
        by_ordered: false,
        groups,
        cells: cells.concat(),
        ties,
        comparisons: Comparisons {
            tests,
            contrasts,
            letters: if is_lettered { letters.concat() } else { Vec::new() },
        },
        warnings,
        ..first
    };
    table.warn_of_small_groups();
    table
}

/// Letters that name groups from the first one on, as letters of groups that stand `by` places further right. Among
/// more than 26 groups names have two letters and stand apart.
fn moved(letters: &str, groups: usize, by: usize, all: usize) -> String {
    let names: Vec<String> = match groups > 26 {
        true => letters.split_whitespace().map(str::to_owned).collect(),
        false => letters.chars().map(|letter| letter.to_string()).collect(),
    };
    let moved = names.iter().map(|name| {
        let place = name
            .to_lowercase()
            .bytes()
            .fold(0, |place, byte| place * 26 + usize::from(byte - b'a') + 1);
        let moved = letter(place.saturating_sub(1) + by);
        match name.chars().all(char::is_uppercase) {
            true => moved.to_uppercase(),
            false => moved,
        }
    });
    moved.collect::<Vec<_>>().join(if all > 26 { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_move_with_their_groups() {
        assert_eq!(moved("aC", 3, 3, 6), "dF");
        assert_eq!(moved("aC", 3, 24, 30), "y AA");
        assert_eq!(moved("AB c", 30, 1, 40), "AC d");
        assert_eq!(moved("", 3, 3, 6), "");
    }
}
