//! A table in, the note and the source line of its figure out.

use super::grid_ties;
use super::look::Look;
use super::network;
use super::plot::{Lane, Plot};

use super::reading::{Reading, SMALL_N};
use super::tested;
use super::wording::{ended, lower_first, measured};
use crate::data::{DontKnow, QuestionKind};
use crate::measure::{Measure, ModelWarning, RowKind, TableWarning};
use crate::stats::model::Family;
use crate::{remarks, words};

/// More groups than this are not listed with their n in the note: each row says its own.
const MOST_LISTED: usize = super::palette::MOST_GROUPS;

/// What the percentages are, the question in quotes, answers not shown, weighting, number of observations.
pub fn note(reading: &Reading<'_>, plot: &Plot, look: &Look) -> String {
    let table = reading.table;
    let mut sentences = Vec::new();
    match &table.query.measure {
        // Several questions are put together: one of them would say the wrong thing.
        Measure::Roles(questions) | Measure::Profile { questions, .. } => {
            let count = reading.count(questions.len());
            sentences.push(reading.say("figure-note-role", &[("count", &count)]));
        }
        Measure::Model(_) => sentences.extend(modelled(reading)),
        _ => sentences.extend(asked(reading)),
    }
    if !matches!(plot, Plot::Sentence(_)) {
        // Counts of respondents are no estimates.
        if !is_response(reading) {
            sentences.push(base(reading));
            sentences.extend(interval(reading, plot, look.intervals));
        }
        if matches!(plot, Plot::Slope(slope) if slope.compared) {
            sentences.push(reading.say("figure-note-slope", &[]));
        }
        sentences.extend(not_shown(reading, plot));
        sentences.extend(tested::sentences(reading, look, plot));
        if let Plot::Network(plot) = plot {
            sentences.extend(network::notes(reading, plot, look));
        }
        if matches!(plot, Plot::Grid(_)) && !table.ties.is_empty() {
            sentences.extend(grid_ties::notes(reading));
        }
        if let Plot::Matrix(_) = plot {
            sentences.extend(network::notes_of_matrix(reading, look));
        }
    }
    sentences.extend(remarks(reading, plot));
    sentences.push(observations(reading));
    sentences.join(" ")
}

/// The question in quotes, and how many answers it allows.
fn asked(reading: &Reading<'_>) -> Vec<String> {
    let subject = &reading.table.subject;
    let mut sentences = Vec::new();
    let question = reading.of(&subject.text);
    if !question.is_empty() {
        let quoted = words::quote(reading.language, question);
        // A question's own mark ends the sentence.
        sentences.push(if ended(question) == question {
            quoted
        } else {
            ended(&quoted)
        });
    }
    if subject.kind == QuestionKind::Multiple {
        sentences.push(match subject.max {
            Some(1) => reading.say("figure-note-one", &[]),
            Some(max) => reading.say("figure-note-several-max", &[("max", &max.to_string())]),
            None => reading.say("figure-note-several", &[]),
        });
    }
    sentences
}

/// "Logistisk regression af »Mindst én innovation« på sektor og størrelse."
fn modelled(reading: &Reading<'_>) -> Option<String> {
    let model = reading.table.model.as_ref()?;
    let key = match model.family {
        Family::Logistic => "figure-note-logistic",
        Family::Linear => "figure-note-linear",
    };
    let terms: Vec<String> = model
        .terms
        .iter()
        .map(|term| lower_first(reading.of(&term.label)))
        .collect();
    let outcome = words::quote(reading.language, reading.of(&model.outcome));
    let terms = words::list(reading.language, &terms);
    Some(reading.say(key, &[("outcome", &outcome), ("terms", &terms)]))
}

/// Where the data come from; made-up data are said to be made up.
pub fn source(reading: &Reading<'_>) -> String {
    let subject = &reading.table.subject;
    let mut parts = Vec::new();
    if subject.synthetic {
        parts.push(reading.say("figure-synthetic", &[]));
    }
    match (reading.of(&subject.source), reading.of(&subject.survey)) {
        ("", "") => {}
        ("", survey) => parts.push(reading.say("figure-source", &[("survey", survey)])),
        (source, _) => parts.push(ended(source)),
    }
    // A source line that says so itself is not made to stammer.
    let stem = reading.say("figure-synthetic-stem", &[]);
    let said = parts.iter().any(|part: &String| part.to_lowercase().contains(&stem));
    if subject.synthetic && !said {
        parts.push(reading.say("figure-synthetic", &[]));
    }
    parts.join(" ")
}

/// "Procent af innovationer …; vægtet til populationen."
fn base(reading: &Reading<'_>) -> String {
    let table = reading.table;
    let among = match (reading.unit().as_str(), reading.among()) {
        ("", label) => lower_first(&label),
        (unit, label) if label.to_lowercase().contains(&unit.to_lowercase()) => lower_first(&label),
        (unit, label) => format!("{unit} ({})", lower_first(&without_brackets(&label))),
    };
    let weighting = reading.say(
        match table.query.design.weight {
            Some(_) => "figure-note-weighted",
            None => "figure-note-unweighted",
        },
        &[],
    );
    let (alone, of) = measured(reading);
    let numbers = match among.is_empty() {
        true => reading.say(alone, &[]),
        false => reading.say(of, &[("among", &among)]),
    };
    reading.say(
        "figure-note-numbers",
        &[("numbers", &numbers), ("weighting", &weighting)],
    )
}

/// Brackets inside brackets read badly: they become a dash.
fn without_brackets(label: &str) -> String {
    label.replace(" (", " – ").replace(['(', ')'], "")
}

/// What the whiskers are, where there are any, and of which design.
fn interval(reading: &Reading<'_>, plot: &Plot, intervals: bool) -> Option<String> {
    let what = match plot {
        Plot::Bars(bars) if intervals && bars.rows.iter().flat_map(|row| &row.lanes).any(has_whisker) => {
            "figure-note-lines"
        }
        Plot::UpSet(sets) if sets.sets.iter().map(|set| &set.lane).any(has_whisker) => "figure-note-lines",
        Plot::Slope(slope)
            if slope
                .rows
                .iter()
                .flat_map(|row| &row.ends)
                .any(|end| end.interval.is_some()) =>
        {
            "figure-note-lines"
        }
        Plot::Lines(lines) if lines.has_intervals() => match lines.bands {
            true => "figure-note-bands",
            false => "figure-note-lines",
        },
        Plot::Number(plot) if intervals => match plot.cards.iter().any(|card| !card.parts.rows.is_empty()) {
            true => "figure-note-lines",
            false => "figure-note-interval",
        },
        Plot::Grid(_) => "figure-note-interval",
        _ => return None,
    };
    let choice = &reading.table.query.design;
    let design = match (
        &choice.cluster,
        reading.table.strata > 0,
        &choice.population,
        &choice.weight,
    ) {
        (Some(_), true, ..) => "figure-design-strata-clusters",
        (Some(_), false, ..) => "figure-design-clusters",
        (None, true, Some(_), _) => "figure-design-strata-population",
        (None, true, None, _) => "figure-design-strata",
        (None, false, Some(_), _) => "figure-design-population",
        (None, false, None, Some(_)) => "figure-design-weights",
        (None, false, None, None) => "figure-design-simple",
    };
    let level = words::with_sign(reading.language, &reading.level());
    let design = reading.say(design, &[]);
    Some(reading.say(what, &[("level", &level), ("design", &design)]))
}

fn has_whisker(lane: &Lane) -> bool {
    lane.whisker.is_some()
}

/// "Ikke vist: »Ved ikke« 3 %." With several groups or statements: from the smallest share to the largest.
fn not_shown(reading: &Reading<'_>, plot: &Plot) -> Option<String> {
    let table = reading.table;
    let policy = match table.subject.dont_know {
        DontKnow::Keep => None,
        DontKnow::Drop => Some("figure-note-dropped"),
        DontKnow::Listwise => Some("figure-note-listwise"),
    };
    if let Some(key) = policy {
        return match reading.is_mean() {
            true => None,
            false => Some(reading.say(key, &[])),
        };
    }
    if matches!(plot, Plot::Grid(_)) {
        return None;
    }
    // In the order of the table; in a battery the same answer comes once per statement.
    let mut shares: Vec<(String, f64, f64)> = Vec::new();
    for (position, item) in table.items.iter().enumerate() {
        if !matches!(item.kind, RowKind::DontKnow | RowKind::NotRelevant) {
            continue;
        }
        let label = match reading.of(&item.answer) {
            "" => reading.label(item),
            answer => answer.to_owned(),
        };
        for group in 0..table.groups.len() {
            let estimate = table.cell(position, group).estimate;
            if estimate.n == 0 || !estimate.value.is_finite() {
                continue;
            }
            match shares.iter_mut().find(|(known, ..)| *known == label) {
                Some((_, low, high)) => {
                    *low = low.min(estimate.value);
                    *high = high.max(estimate.value);
                }
                None => shares.push((label.clone(), estimate.value, estimate.value)),
            }
        }
    }
    let parts: Vec<String> = shares
        .iter()
        .filter(|(.., high)| *high > 0.0)
        .map(|(label, low, high)| {
            let (low, high) = (reading.bare(*low), reading.bare(*high));
            let share = if low == high { low } else { format!("{low}–{high}") };
            format!(
                "{} {}",
                words::quote(reading.language, label),
                reading.with_sign(&share)
            )
        })
        .collect();
    let answers = words::list(reading.language, &parts);
    (!parts.is_empty()).then(|| reading.say("figure-note-not-shown", &[("answers", &answers)]))
}

/// What should be known about the numbers. What the figure itself shows is said once.
fn remarks(reading: &Reading<'_>, plot: &Plot) -> Vec<String> {
    let table = reading.table;
    let mut sentences: Vec<String> = table
        .warnings
        .iter()
        .filter(|warning| match warning {
            TableWarning::Empty => false,
            TableWarning::SmallGroups { .. } => false,
            // A figure shows fewer sets anyhow, and says so.
            TableWarning::MoreSets { .. } => false,
            // The words stand in the bar's place.
            TableWarning::NotAsked { .. } => false,
            // For whoever computes; the window and the command line say it.
            TableWarning::LonelyStrata { .. } | TableWarning::NoSuchCode { .. } => false,
            TableWarning::Unconfirmed { .. }
            | TableWarning::NoWeight { .. }
            | TableWarning::Unticked { .. }
            | TableWarning::NoGroup { .. }
            | TableWarning::NoStratum { .. }
            | TableWarning::NoCluster { .. }
            | TableWarning::NoPopulation { .. }
            | TableWarning::Model(_)
            | TableWarning::InComparison { .. }
            | TableWarning::NotTested { .. } => !matches!(plot, Plot::Sentence(_)),
        })
        .map(|warning| match warning {
            // Which answers they lack is for whoever computes.
            TableWarning::Model(about) => match about.as_ref() {
                ModelWarning::Incomplete { rows, of, .. } => {
                    let (rows, of) = (reading.count(*rows), reading.count(*of));
                    reading.say("figure-note-incomplete", &[("rows", &rows), ("of", &of)])
                }
                _ => remarks::of_table(warning, reading.language),
            },
            _ => remarks::of_table(warning, reading.language),
        })
        .collect();
    let small = table
        .cells
        .iter()
        .any(|cell| cell.estimate.n > 0 && cell.estimate.n < SMALL_N);
    if small && !matches!(plot, Plot::Sentence(_)) && !is_response(reading) {
        sentences.push(reading.say("figure-note-small", &[("most", &SMALL_N.to_string())]));
    }
    sentences
}

fn is_response(reading: &Reading<'_>) -> bool {
    matches!(reading.table.query.measure, Measure::Response(_))
}

/// The unweighted number of observations, with a breakdown also of each group.
fn observations(reading: &Reading<'_>) -> String {
    let table = reading.table;
    let n = reading.count(table.base.n);
    if reading.has_groups() && table.groups.len() <= MOST_LISTED && !is_response(reading) {
        let groups: Vec<String> = (0..table.groups.len())
            .map(|group| format!("{} {}", reading.group(group), reading.count(table.groups[group].n)))
            .collect();
        return reading.say(
            "figure-note-observations-groups",
            &[("n", &n), ("groups", &groups.join(", "))],
        );
    }
    reading.say("figure-note-observations", &[("n", &n)])
}
