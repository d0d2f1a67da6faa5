//! A table's tests in, the sentences of the note that say what was tested, how its marks read, and what it does not say.

use super::breakdown::{self, Two};
use super::compared::{ALPHA, is_design_based};
use super::look::{Look, Signs};
use super::plot::Plot;
use super::reading::Reading;
use super::wording::lower_first;
use crate::measure::{Against, Measure, Pairs, TableTest};
use crate::stats::contrast::letter;
use crate::stats::{Adjust, TestKind};
use crate::words;

/// More tests than this are counted, not listed.
const MOST_LISTED: usize = 1;

/// What was tested and how; nothing where nothing was.
pub fn sentences(reading: &Reading<'_>, look: &Look, plot: &Plot) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(marks(reading, look));
    sentences.extend(differences(reading, look, plot).or_else(|| tests(reading, plot)));
    if is_association(reading) {
        sentences.push(reading.say("figure-note-association", &[]));
    }
    sentences
}

/// "Parvise t-test, justeret efter Holm, 5 %-niveau." Where there are differences, they say more than the test of the
/// breakdown as a whole, which is left out.
fn differences(reading: &Reading<'_>, look: &Look, plot: &Plot) -> Option<String> {
    let table = reading.table;
    // Of a model, the terms are what is tested.
    if table.comparisons.contrasts.is_empty() || table.model.is_some() || is_of_ties(plot) {
        return None;
    }
    let compare = &table.query.compare;
    let controls: Vec<String> = table
        .controls
        .iter()
        .map(|label| lower_first(reading.of(label)))
        .collect();
    let controls = words::list(reading.language, &controls);
    let which = match (&table.query.measure, compare.pairs) {
        (Measure::Effect(_), _) if !controls.is_empty() => "figure-test-controls",
        (Measure::Effect(effect), _) => match effect.against {
            Against::NoBox => "figure-test-none",
            Against::WithoutIt => "figure-test-without",
        },
        (_, Some(Pairs::Rest)) => "figure-test-rest",
        _ if table.groups.len() == 2 && breakdown::vars(reading).len() == 1 => "figure-test-two",
        _ => "figure-test-pairs",
    };
    // One difference is not adjusted for others.
    let several = table.groups.len() > 2 || !reading.has_groups();
    let adjust = match compare.adjust {
        _ if !several => None,
        Adjust::Holm => Some("Holm"),
        Adjust::Bonferroni => Some("Bonferroni"),
        Adjust::Bh => Some("Benjamini–Hochberg"),
        Adjust::None => None,
    };
    let mut parts = vec![reading.say(which, &[("controls", &controls)])];
    match adjust {
        Some(name) => parts.push(reading.say("figure-test-adjusted", &[("method", name)])),
        None if several => parts.push(reading.say("figure-test-unadjusted", &[])),
        None => {}
    }
    // Marks, and the colours of a slope, say their own level.
    let is_said = matches!(plot, Plot::Slope(slope) if slope.compared);
    if look.signs == Signs::None && !is_said {
        parts.push(reading.say("figure-test-level", &[]));
    }
    Some(format!("{}.", parts.join(", ")))
}

/// "A Kommune, B Region: ligger signifikant over gruppen; lille bogstav 5 %, stort 1 %."
fn marks(reading: &Reading<'_>, look: &Look) -> Option<String> {
    let comparisons = &reading.table.comparisons;
    match look.signs {
        Signs::None => None,
        Signs::Letters if comparisons.letters.is_empty() => None,
        Signs::Letters => {
            let groups: Vec<String> = (0..reading.table.groups.len())
                .map(|group| format!("{} {}", letter(group).to_uppercase(), reading.group(group)))
                .collect();
            Some(reading.say("figure-note-letters", &[("groups", &groups.join(", "))]))
        }
        Signs::Arrows if comparisons.contrasts.is_empty() => None,
        Signs::Arrows => Some(reading.say("figure-note-arrows", &[])),
    }
}

/// Networks and matrices say themselves how their ties were tested.
fn is_of_ties(plot: &Plot) -> bool {
    matches!(plot, Plot::Network(_) | Plot::Matrix(_))
}

/// The overall test of the breakdown.
fn tests(reading: &Reading<'_>, plot: &Plot) -> Option<String> {
    if is_of_ties(plot) {
        return None;
    }
    let mut first: Vec<&TableTest> = Vec::new();
    for test in &reading.table.comparisons.tests {
        if is_design_based(test) && test.test.p.is_finite() && !first.iter().any(|known| known.id == test.id) {
            first.push(test);
        }
    }
    let name = match first.first()?.test.kind {
        TestKind::RaoScott => "figure-test-rao-scott",
        _ => "figure-test-wald",
    };
    let name = reading.say(name, &[]);
    let is_model = reading.table.model.is_some();
    if first.len() > MOST_LISTED {
        let significant = first.iter().filter(|test| test.test.p < ALPHA).count();
        let key = match is_model {
            true => "figure-note-model-tests",
            false => "figure-note-tests",
        };
        return Some(reading.say(
            key,
            &[
                ("test", &name),
                ("significant", &reading.count(significant)),
                ("tests", &reading.count(first.len())),
            ],
        ));
    }
    let p = p_value(reading, first[0].test.p);
    let key = match is_model {
        true => "figure-note-model-test",
        false => "figure-note-test",
    };
    Some(reading.say(key, &[("test", &name), ("p", &p)]))
}

/// "= 0,012", "< 0,001"
fn p_value(reading: &Reading<'_>, p: f64) -> String {
    match p < 0.001 {
        true => format!("< {}", words::decimal(reading.language, 0.001, 3)),
        false => format!("= {}", words::decimal(reading.language, p, 3)),
    }
}

/// Whether the figure sets things beside each other that a reader may take for cause and effect: effects, models, what
/// goes with a box or a role. How sectors differ is a description.
fn is_association(reading: &Reading<'_>) -> bool {
    matches!(reading.table.query.measure, Measure::Effect(_) | Measure::Model(_)) || Two::of(reading).is_some()
}
