//! A table in, headline, subtitle and alternative text out.

use super::plot::Plot;
use super::reading::{Reading, SMALL_N};
use crate::data::QuestionKind;
use crate::measure::{RowKind, Table};
use crate::words;

/// A longer finding is no headline.
const LONGEST: usize = 120;

/// A finding that the numbers bear out, else the question's title.
pub fn headline(reading: &Reading<'_>) -> String {
    let finding = finding(reading);
    if finding.chars().count() <= LONGEST {
        finding
    } else {
        title(reading)
    }
}

fn finding(reading: &Reading<'_>) -> String {
    let title = title(reading);
    let table = reading.table;
    if reading.is_empty() {
        return title;
    }
    // A question's own mark does not stand before a colon.
    let title = title.trim_end_matches(['?', ':', '.']).to_owned();
    if reading.has_groups() {
        let by = lower_first(reading.of(&table.by));
        return match by.as_str() {
            "" => title,
            by => reading.say("figure-headline-by", &[("title", &title), ("by", by)]),
        };
    }
    let drawn = reading.drawn();
    let value = |item: usize| reading.value(table.cell(item, 0).estimate.value);
    if table.base.n < SMALL_N {
        return title;
    }
    if reading.is_mean() {
        return match drawn.first() {
            Some(&item) if table.cell(item, 0).estimate.n > 0 => {
                reading.say("figure-headline-mean", &[("title", &title), ("value", &value(item))])
            }
            _ => title,
        };
    }
    if table.subject.kind == QuestionKind::Battery {
        return title;
    }
    if let [only] = drawn[..] {
        return match table.cell(only, 0).estimate.n {
            0 => title,
            _ => reading.say("figure-headline-share", &[("title", &title), ("value", &value(only))]),
        };
    }
    let union = drawn
        .iter()
        .filter(|&&item| table.items[item].kind == RowKind::Union { highlight: true })
        .max_by(|&&a, &&b| reading.overall(a).total_cmp(&reading.overall(b)));
    if let Some(&union) = union
        && table.cell(union, 0).estimate.n > 0
    {
        let label = lower_first(&reading.label(&table.items[union]));
        return reading.say(
            "figure-headline-union",
            &[("title", &title), ("item", &label), ("value", &value(union))],
        );
    }
    most_common(reading, &title).unwrap_or(title)
}

/// Which answer is the most common, or which two; `None` where more share the first place or nobody was asked.
fn most_common(reading: &Reading<'_>, title: &str) -> Option<String> {
    let table = reading.table;
    let mut answers: Vec<usize> = reading
        .drawn()
        .into_iter()
        .filter(|&item| table.items[item].kind == RowKind::Answer && table.cell(item, 0).estimate.n > 0)
        .collect();
    answers.sort_by(|a, b| reading.overall(*b).total_cmp(&reading.overall(*a)));
    let first = *answers.first()?;
    let shown = reading.bare(reading.overall(first));
    // Answers that show the same number share the place: a headline may not see more than the figure does.
    let tied: Vec<String> = answers
        .iter()
        .take_while(|&&item| reading.bare(reading.overall(item)) == shown)
        .map(|&item| words::quote(reading.language, &reading.label(&table.items[item])))
        .collect();
    let key = match tied.len() {
        1 => "figure-headline-most",
        2 => "figure-headline-most-two",
        _ => return None,
    };
    let items = words::list(reading.language, &tied);
    let value = reading.with_sign(&shown);
    Some(reading.say(key, &[("title", title), ("item", &items), ("value", &value)]))
}

/// The question in a few words.
fn title(reading: &Reading<'_>) -> String {
    let subject = &reading.table.subject;
    match (reading.of(&subject.title), reading.of(&subject.text)) {
        ("", "") => reading.say("figure-untitled", &[]),
        ("", text) => text.to_owned(),
        (title, _) => title.to_owned(),
    }
}

/// Share of what, among whom, n.
pub fn subtitle(reading: &Reading<'_>) -> String {
    let table = reading.table;
    let (unit, label) = (lower_first(reading.of(&table.base.unit)), reading.of(&table.base.label));
    let of = |among: &str| match (reading.is_mean(), among) {
        (true, "") => reading.say("figure-mean", &[]),
        (true, among) => reading.say("figure-mean-of", &[("among", among)]),
        (false, "") => reading.say("figure-percent", &[]),
        (false, among) => reading.say("figure-percent-of", &[("among", among)]),
    };
    let mut parts = Vec::new();
    let names_unit = !unit.is_empty() && label.to_lowercase().contains(&unit.to_lowercase());
    if names_unit || unit.is_empty() {
        parts.push(of(&lower_first(label)));
    } else {
        parts.push(of(&unit));
        if !label.is_empty() {
            parts.push(label.to_owned());
        }
    }
    parts.extend(reading.filter());
    parts.push(reading.n(table.base.n));
    parts.join(" · ")
}

/// The figure in words, with every number, for those who cannot see it.
pub fn alt(reading: &Reading<'_>, plot: &Plot, headline: &str, subtitle: &str) -> String {
    let table = reading.table;
    let kind = match plot {
        Plot::Bars(_) => "figure-alt-bars",
        Plot::Grid(_) => "figure-alt-table",
        Plot::UpSet(_) => "figure-alt-upset",
        Plot::Sentence(sentence) => return format!("{} {subtitle}. {sentence}", ended(headline)),
    };
    let mut out = format!("{} {} {subtitle}.", reading.say(kind, &[]), ended(headline));
    let items: Vec<usize> = match plot {
        Plot::Grid(_) => (0..table.items.len()).collect(),
        _ => reading.drawn(),
    };
    for item in items {
        let cells: Vec<String> = (0..table.groups.len())
            .map(|group| cell(reading, table, item, group))
            .collect();
        let row = &table.items[item];
        let mut label = reading.label(row);
        let answer = reading.of(&row.answer);
        if !answer.is_empty() {
            label = format!("{label}, {answer}");
        }
        out.push_str(&format!(" {label}: {}.", cells.join("; ")));
    }
    out
}

fn cell(reading: &Reading<'_>, table: &Table, item: usize, group: usize) -> String {
    let cell = table.cell(item, group);
    let name = reading.group(group);
    let mut out = if name.is_empty() { name } else { format!("{name} ") };
    if cell.estimate.n == 0 {
        out.push_str(&reading.absent(group));
        return out;
    }
    out.push_str(&reading.value(cell.estimate.value));
    if let Some(interval) = reading.interval(cell) {
        out.push_str(&format!(" ({interval})"));
    }
    if !reading.has_groups() && cell.estimate.n == table.base.n {
        return out;
    }
    out.push_str(&format!(", {}", reading.n(cell.estimate.n)));
    out
}

/// With a full stop, unless it ends a sentence already.
pub fn ended(sentence: &str) -> String {
    match sentence.ends_with(['.', '?', '!', '…']) {
        true => sentence.to_owned(),
        false => format!("{sentence}."),
    }
}

/// Begins with a small letter, unless it begins with an abbreviation.
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_keep_their_capitals() {
        assert_eq!(lower_first("Ældre arbejdspladser"), "ældre arbejdspladser");
        assert_eq!(lower_first("KL-medlemmer"), "KL-medlemmer");
        assert_eq!(lower_first(""), "");
    }

    #[test]
    fn a_question_keeps_its_mark() {
        assert_eq!(ended("Hvem?"), "Hvem?");
        assert_eq!(ended("Partnere"), "Partnere.");
    }
}
