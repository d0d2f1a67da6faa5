//! A table in, headline, subtitle and alternative text out.

use super::look::{Chart, Look};
use super::plot::Plot;
use super::reading::Reading;
use super::{breakdown, compared, finding, finding_model, finding_ties, kinds};
use crate::measure::{BoxView, Cell, Measure, Percent, Statistic, Tie};
use crate::words;
pub use crate::words::lower_first;

/// A longer finding is no headline; a shorter one is tried.
const LONGEST: usize = 120;

/// The fullest finding that the numbers and their tests bear out and that is short enough, else the question's title.
pub fn headline(reading: &Reading<'_>, look: &Look) -> String {
    let short = |finding: &String| finding.chars().count() <= LONGEST;
    findings(reading, look)
        .into_iter()
        .find(short)
        .unwrap_or_else(|| cut(&title(reading)))
}

fn findings(reading: &Reading<'_>, look: &Look) -> Vec<String> {
    if reading.is_empty() {
        return Vec::new();
    }
    let is_network = matches!(
        &reading.table.query.measure,
        Measure::Boxes {
            view: BoxView::Network,
            ..
        }
    );
    let mut found = match &reading.table.query.measure {
        Measure::Effect(choice) => finding_model::effect(reading, choice),
        Measure::Model(choice) => finding_model::model(reading, choice),
        _ if is_network => finding_ties::findings(reading, &look.network),
        _ if reading.has_groups() => compared::findings(reading),
        _ => finding::findings(reading),
    };
    // Whom it holds for, where a filter leaves only some.
    let among = filtered(reading);
    found.iter_mut().for_each(|finding| finding.push_str(&among));
    if reading.has_groups() {
        found.extend(breakdown::title(reading));
    }
    found
}

/// " – kun Kommune"; empty where nobody is filtered away, or only those who are in none of the groups that are shown.
fn filtered(reading: &Reading<'_>) -> String {
    let base = &reading.table.base;
    let of_box = matches!(
        &reading.table.query.measure,
        Measure::Boxes {
            view: BoxView::Constellation(_) | BoxView::Conditional(Some(_)),
            ..
        }
    );
    // The box that others are counted beside is no filter.
    let filters = base.filter.len().saturating_sub(usize::from(of_box));
    let by = &reading.table.by;
    let mut kept: Vec<String> = base.filter[..filters]
        .iter()
        .filter(|(variable, _)| by.is_empty() || reading.of(variable) != reading.of(by))
        .map(|(_, kept)| {
            let kept: Vec<&str> = kept.iter().map(|text| reading.of(text)).collect();
            words::choice(reading.language, &kept)
        })
        .collect();
    kept.extend(base.further.iter().map(ToString::to_string));
    match kept.is_empty() {
        true => String::new(),
        false => reading.say("finding-only", &[("among", &kept.join("; "))]),
    }
}

/// Cut after a word where it is too long for a headline.
fn cut(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut out = String::new();
    for word in words.split_whitespace() {
        if out.chars().count() + word.chars().count() + 2 > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    format!("{}…", out.trim_end_matches([',', ';', ':', '.']))
}

/// The question in a few words.
pub fn title(reading: &Reading<'_>) -> String {
    let subject = &reading.table.subject;
    match (reading.of(&subject.title), reading.of(&subject.text)) {
        ("", "") => reading.say("figure-untitled", &[]),
        ("", text) => text.to_owned(),
        (title, _) => title.to_owned(),
    }
}

/// The words for what the numbers are: alone, and of whom.
pub fn measured(reading: &Reading<'_>) -> (&'static str, &'static str) {
    match reading.table.statistic() {
        Statistic::Share => ("figure-percent", "figure-percent-of"),
        Statistic::Mean => ("figure-mean", "figure-mean-of"),
        Statistic::Total => ("figure-total", "figure-total-of"),
        Statistic::Ratio => ("figure-ratio", "figure-ratio-of"),
        Statistic::Quantile => ("figure-quantile", "figure-quantile-of"),
        Statistic::Lift => ("figure-lift", "figure-lift-of"),
        Statistic::OddsRatio => ("figure-odds", "figure-odds-of"),
        Statistic::Coefficient => ("figure-coefficient", "figure-coefficient-of"),
        Statistic::Difference => ("figure-difference", "figure-difference-of"),
    }
}

/// Share of what, among whom, n.
pub fn subtitle(reading: &Reading<'_>) -> String {
    let table = reading.table;
    // Who was asked and who answered are counted, not estimated.
    if matches!(table.query.measure, Measure::Response(_)) {
        let unit = finding::capital(reading.of(&table.base.unit));
        let parts = [unit, reading.n(table.base.n)];
        return parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
    }
    let (unit, label) = (lower_first(&reading.unit()), reading.of(&table.base.label));
    let of = |among: &str| match (measured(reading), among) {
        ((key, _), "") => reading.say(key, &[]),
        ((_, key), among) => reading.say(key, &[("among", among)]),
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
    // What is 100 per cent, where it is not the group.
    match table.query.percent {
        Percent::Group => {}
        Percent::Answer => parts.push(reading.say("figure-percent-answer", &[])),
        Percent::Total => parts.push(reading.say("figure-percent-total", &[])),
    }
    parts.extend(reading.filter());
    parts.push(reading.n(table.base.n));
    parts.join(" · ")
}

/// More rows than this are counted, not told.
const MOST_TOLD: usize = 80;

/// The figure in words, with every number, for those who cannot see it. It reads the table, not the chart, so that it
/// holds for every kind.
pub fn alt(reading: &Reading<'_>, plot: &Plot, chart: Chart, headline: &str, subtitle: &str) -> String {
    let table = reading.table;
    if let Plot::Sentence(sentence) = plot {
        return format!("{} {subtitle}. {sentence}", ended(headline));
    }
    let chart = kinds::drawn_as(table, chart);
    let mut out = format!(
        "{} {} {subtitle}.",
        reading.say(chart_words(chart), &[]),
        ended(headline)
    );
    let items: Vec<usize> = match chart {
        Chart::Table => (0..table.items.len()).collect(),
        _ => reading.drawn(),
    };
    for &item in items.iter().take(MOST_TOLD) {
        let cells: Vec<String> = (0..table.groups.len())
            .map(|group| cell(reading, table.cell(item, group), group))
            .collect();
        let row = &table.items[item];
        let mut label = reading.label(row);
        let answer = reading.of(&row.answer);
        if !answer.is_empty() {
            label = format!("{label}, {answer}");
        }
        out.push_str(&format!(" {label}: {}.", cells.join("; ")));
    }
    let mut ties: Vec<&Tie> = table.ties.iter().filter(|tie| tie.joint.estimate.n > 0).collect();
    ties.sort_by(|a, b| b.joint.estimate.value.total_cmp(&a.joint.estimate.value));
    for tie in ties.iter().take(MOST_TOLD) {
        let names = [tie.a, tie.b].map(|item| reading.label(&table.items[item]));
        let names = words::list(reading.language, &names);
        out.push_str(&format!(" {names}: {}.", cell(reading, &tie.joint, tie.group)));
    }
    let left = items.len().saturating_sub(MOST_TOLD) + ties.len().saturating_sub(MOST_TOLD);
    if left > 0 {
        out.push_str(&format!(
            " {}",
            reading.say("figure-alt-more", &[("rows", &reading.count(left))])
        ));
    }
    out
}

fn chart_words(chart: Chart) -> &'static str {
    match chart {
        Chart::Auto | Chart::Bars => "figure-alt-bars",
        Chart::Stacked => "figure-alt-stacked",
        Chart::Diverging => "figure-alt-diverging",
        Chart::Dots => "figure-alt-dots",
        Chart::Number => "figure-alt-number",
        Chart::Donut => "figure-alt-donut",
        Chart::UpSet => "figure-alt-upset",
        Chart::Slope => "figure-alt-slope",
        Chart::Lines => "figure-alt-lines",
        Chart::Network => "figure-alt-network",
        Chart::Matrix => "figure-alt-matrix",
        Chart::Flow => "figure-alt-flow",
        Chart::Table => "figure-alt-table",
    }
}

fn cell(reading: &Reading<'_>, cell: &Cell, group: usize) -> String {
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
    if !reading.has_groups() && cell.estimate.n == reading.table.base.n {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_keeps_its_mark() {
        assert_eq!(ended("Hvem?"), "Hvem?");
        assert_eq!(ended("Partnere"), "Partnere.");
    }
}
