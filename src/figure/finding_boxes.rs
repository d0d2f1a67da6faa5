//! A table of what is said of the boxes of a question in, what it shows out as findings.

use super::finding::{
    bare_title, candidates, capital, count_of, in_sentence, largest, named_value, place, without_brackets,
};
use super::frequency::{Frequency, Noun, spoken};
use super::reading::{Reading, interval_of};
use crate::measure::RowKind;
use crate::words;

/// In a headline that names several labels, longer ones are cut.
const LONGEST_NAME: usize = 36;

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
        .map(|id| row_of(id).map(|row| reading.label(row)))
        .collect();
    let boxes = boxes.unwrap_or_else(|| vec![reading.label(&table.items[first])]);
    let short: Vec<String> = boxes.iter().map(|label| shortened(label)).collect();
    let place = place(reading);
    let share = count_of(reading, table.cell(first, 0).estimate.value);
    let said = variants(boxes, short).map(|boxes| {
        let items = listed(reading, &boxes);
        titled(
            reading,
            key,
            &[("items", &items), ("in", &place.preposition), ("share", &share)],
        )
    });
    said.collect::<Vec<_>>().concat()
}

/// Labels in full, and short where they can still be told apart.
pub fn variants(full: Vec<String>, short: Vec<String>) -> impl Iterator<Item = Vec<String>> {
    let is_clear = short
        .iter()
        .enumerate()
        .all(|(place, label)| !short[..place].contains(label));
    [Some(full), is_clear.then_some(short)].into_iter().flatten()
}

/// A finding with the question's title before it, and where that is too long without.
pub fn titled(reading: &Reading<'_>, key: &str, arguments: &[(&str, &str)]) -> Vec<String> {
    let said = reading.say(key, arguments);
    let title = bare_title(reading);
    let with = reading.say("finding-titled", &[("title", &title), ("finding", &said)]);
    vec![with, capital(&said)]
}

/// "Innovationstyper: flere i 6 ud af 10 innovationer, kun én i 4 ud af 10"
pub fn composition(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let share = |id: &str| {
        let row = candidates(reading).into_iter().find(|item| table.items[*item].id == id);
        row.map(|item| table.cell(item, 0).estimate.value)
    };
    let (Some(one), Some(several)) = (share("one"), share("several")) else {
        return Vec::new();
    };
    let (key, first, second) = match several >= one {
        true => ("finding-composition-several", several, one),
        false => ("finding-composition-one", one, several),
    };
    // What is counted is named once.
    let unnamed = Noun {
        many: String::new(),
        one: None,
        the: None,
    };
    let rest = match Frequency::of(first).and(Frequency::of(second)) {
        Some(_) => spoken(reading.language, second, &unnamed).trim().to_owned(),
        None => reading.value(second),
    };
    vec![reading.say(
        key,
        &[
            ("title", &bare_title(reading)),
            ("in", &place(reading).preposition),
            ("share", &count_of(reading, first)),
            ("rest", &rest),
        ],
    )]
}

/// Labels in a list: all in quotes where one is several words, which could be read as several things.
pub fn listed<S: AsRef<str>>(reading: &Reading<'_>, labels: &[S]) -> String {
    let labels: Vec<&str> = labels.iter().map(AsRef::as_ref).collect();
    let any = labels.iter().any(|label| label.contains(' '));
    let named: Vec<String> = labels
        .iter()
        .map(|label| match any {
            true => words::quote(reading.language, label),
            false => in_sentence(reading, label),
        })
        .collect();
    words::list(reading.language, &named)
}

/// So much of a long label that several of them fit into a headline: without what stands in brackets, and cut after a
/// word.
pub fn shortened(label: &str) -> String {
    cut_at(label, LONGEST_NAME)
}

/// A label without what stands in brackets, cut after a word where it is longer than `most` characters.
pub fn cut_at(label: &str, most: usize) -> String {
    let bare = without_brackets(label);
    if bare.chars().count() <= most {
        return bare;
    }
    let mut out = String::new();
    for word in bare.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() >= most {
            break;
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    format!("{}…", out.trim_end_matches([',', ';']))
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
