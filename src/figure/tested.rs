//! A table's tests in, the sentences of the note that say what was tested, how its marks read, and what it does not say.

use super::compared::{ALPHA, is_design_based};
use super::look::{Look, Signs};
use super::reading::Reading;
use crate::explain;
use crate::measure::{BoxView, Measure, Statistic, TableTest};
use crate::stats::TestKind;
use crate::stats::contrast::letter;
use crate::words;

/// More tests than this are counted, not listed.
const MOST_LISTED: usize = 1;

/// What was tested and how; nothing where nothing was.
pub fn sentences(reading: &Reading<'_>, look: &Look) -> Vec<String> {
    let table = reading.table;
    let mut sentences = Vec::new();
    sentences.extend(marks(reading, look));
    if let Some(differences) = explain::differences(table, reading.language) {
        sentences.push(differences);
        // Marks say their own level.
        if look.signs == Signs::None {
            sentences.push(reading.say("figure-note-level", &[]));
        }
    }
    sentences.extend(tests(reading));
    sentences.extend(controls(reading));
    if is_association(reading) {
        sentences.push(reading.say("figure-note-association", &[]));
    }
    sentences
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

/// The overall test of the breakdown.
fn tests(reading: &Reading<'_>) -> Option<String> {
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
    if first.len() > MOST_LISTED {
        let significant = first.iter().filter(|test| test.test.p < ALPHA).count();
        return Some(reading.say(
            "figure-note-tests",
            &[
                ("test", &name),
                ("significant", &reading.count(significant)),
                ("tests", &reading.count(first.len())),
            ],
        ));
    }
    let p = p_value(reading, first[0].test.p);
    Some(reading.say("figure-note-test", &[("test", &name), ("p", &p)]))
}

/// "= 0,012", "< 0,001"
fn p_value(reading: &Reading<'_>, p: f64) -> String {
    match p < 0.001 {
        true => format!("< {}", words::decimal(reading.language, 0.001, 3)),
        false => format!("= {}", words::decimal(reading.language, p, 3)),
    }
}

/// What was held alike.
fn controls(reading: &Reading<'_>) -> Option<String> {
    let Measure::Effect(effect) = &reading.table.query.measure else {
        return None;
    };
    let controls: Vec<&str> = effect.controls.iter().map(|var| var.0.as_str()).collect();
    let controls = words::list(reading.language, &controls);
    (!controls.is_empty()).then(|| reading.say("figure-note-controls", &[("controls", &controls)]))
}

/// Whether the figure sets things beside each other that a reader may take for cause and effect.
fn is_association(reading: &Reading<'_>) -> bool {
    let table = reading.table;
    let comparisons = &table.comparisons;
    let compared = reading.has_groups() && (!comparisons.contrasts.is_empty() || !comparisons.tests.is_empty());
    let view = matches!(
        &table.query.measure,
        Measure::Effect(_)
            | Measure::Model(_)
            | Measure::Boxes {
                view: BoxView::Conditional(_) | BoxView::Network,
                ..
            }
    );
    compared || view || table.statistic() == Statistic::Lift
}
