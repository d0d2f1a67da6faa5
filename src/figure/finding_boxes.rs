//! A table of what is said of the boxes of a question in, what it shows out as findings.

use super::finding::{bare_title, candidates, count_of, in_sentence, largest, named_value, place};
use super::reading::{Reading, SMALL_N, interval_of};
use crate::measure::{RowKind, Tie};
use crate::words;

/// "Private virksomheder: alene i 3 ud af 10 innovationer, sammen med andre i 7 ud af 10"
pub fn constellation(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let rows = candidates(reading);
    let find = |id: &str| rows.iter().copied().find(|&item| table.items[item].id == id);
    let (Some(alone), Some(with)) = (find("alone"), find("with_others")) else {
        return Vec::new();
    };
    let value = |item: usize| reading.value(table.cell(item, 0).estimate.value);
    // The box stands last in the filter.
    let title = match table.base.filter.last().map(|(given, _)| reading.of(given)) {
        Some(given) if !given.is_empty() => given.to_owned(),
        _ => bare_title(reading),
    };
    vec![reading.say(
        "finding-constellation",
        &[("title", &title), ("alone", &value(alone)), ("others", &value(with))],
    )]
}

/// Among those with one box: the one that most of them also chose. Its own base is in its label.
pub fn conditional(reading: &Reading<'_>) -> Vec<String> {
    let rows = candidates(reading);
    let Some(first) = largest(reading, &rows, |_| true) else {
        return Vec::new();
    };
    named_value(reading, first, "finding-value")
}

/// "Innovationstyper: netop proces og service i hver sjette innovation": the largest set of several boxes, else of one.
pub fn set(reading: &Reading<'_>, key: &str) -> Vec<String> {
    let table = reading.table;
    let rows = candidates(reading);
    let size = |item: usize| table.items[item].of.len();
    let is_set = |item: usize| table.items[item].kind == RowKind::Combination;
    let Some(first) = largest(reading, &rows, |item| is_set(item) && size(item) > 1)
        .or_else(|| largest(reading, &rows, |item| is_set(item) && size(item) > 0))
    else {
        return Vec::new();
    };
    // Each box by its own name, where its row is there.
    let row_of = |id: &String| table.items.iter().find(|row| row.id == *id && row.of.is_empty());
    let boxes: Option<Vec<String>> = table.items[first]
        .of
        .iter()
        .map(|id| row_of(id).map(|row| bare_or_quoted(reading, &reading.label(row))))
        .collect();
    let items = match boxes {
        Some(boxes) => words::list(reading.language, &boxes),
        None => words::quote(reading.language, &reading.label(&table.items[first])),
    };
    let place = place(reading);
    let share = table.cell(first, 0).estimate.value;
    vec![reading.say(
        key,
        &[
            ("title", &bare_title(reading)),
            ("items", &items),
            ("in", &place.preposition),
            ("share", &count_of(reading, share)),
        ],
    )]
}

/// "Samarbejdspartnere: borgere og »Private virksomheder« sammen i hver tiende innovation": the largest joint share.
pub fn tie(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let joint = |tie: &&Tie| tie.joint.estimate.value;
    let enough = |tie: &&Tie| tie.group == 0 && tie.joint.estimate.n >= SMALL_N && joint(tie) > 0.0;
    let ties = table.ties.iter().filter(enough);
    let Some(first) = ties.max_by(|a, b| joint(a).total_cmp(&joint(b))) else {
        return Vec::new();
    };
    let names = [first.a, first.b].map(|item| bare_or_quoted(reading, &reading.label(&table.items[item])));
    vec![reading.say(
        "finding-tie",
        &[
            ("title", &bare_title(reading)),
            ("items", &words::list(reading.language, &names)),
            ("in", &place(reading).preposition),
            ("share", &count_of(reading, joint(&first))),
        ],
    )]
}

/// A label in a list: in quotes where it is several words, which could be read as several things.
fn bare_or_quoted(reading: &Reading<'_>, label: &str) -> String {
    match label.contains(' ') {
        true => words::quote(reading.language, label),
        false => in_sentence(reading, label),
    }
}

/// "Samarbejdspartnere: 2 valgt i hver fjerde innovation"
pub fn counts(reading: &Reading<'_>) -> Vec<String> {
    let rows = candidates(reading);
    let Some(first) = largest(reading, &rows, |_| true) else {
        return Vec::new();
    };
    let place = place(reading);
    let share = reading.table.cell(first, 0).estimate.value;
    vec![reading.say(
        "finding-count",
        &[
            ("title", &bare_title(reading)),
            ("count", &reading.label(&reading.table.items[first])),
            ("in", &place.preposition),
            ("share", &count_of(reading, share)),
        ],
    )]
}

/// The pair with the strongest tie, where it is so far from independence that the number of pairs does not explain it.
pub fn lift(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let strength = |item: usize| {
        let cell = table.cell(item, 0);
        let (value, (low, high)) = (cell.estimate.value, interval_of(cell)?);
        // On the scale of logarithms, where the interval was made: 1.96 standard errors to either side.
        let error = (high.ln() - low.ln()) / (2.0 * 1.96);
        let t = value.ln() / error;
        // Normal, two-sided p < 0.0005: 5 % shared by 100 pairs.
        (table.query.level.number() == Some(0.95) && error > 0.0 && t > 3.5).then_some(value)
    };
    let found = candidates(reading)
        .into_iter()
        .filter_map(|item| Some((item, strength(item)?)));
    match found.max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((item, _)) => named_value(reading, item, "finding-lift"),
        None => Vec::new(),
    }
}
