//! A table of effects or of a model in, what its tests say out. It speaks of associations, never of causes.

use super::compared::ALPHA;
use super::finding::{bare_title, capital, in_sentence, without_brackets};
use super::reading::{Reading, SMALL_N};
use super::wording::lower_first;
use crate::data::{Code, VarId};
use crate::measure::{Against, EffectChoice, ModelChoice, ModelView, TableContrast, TestedTerm};
use crate::stats::Adjust;
use crate::words;

/// What is explained, to stand before a colon: "Skabt værdi, kvalitet"; and in fewer words: "Kvalitet".
fn outcomes(reading: &Reading<'_>) -> Vec<String> {
    let outcome = reading.table.outcome.as_ref().map(|outcome| reading.of(outcome));
    let Some(outcome) = outcome.filter(|outcome| !outcome.is_empty()) else {
        return vec![bare_title(reading)];
    };
    let is_yes = |answer: &str| {
        reading
            .say("finding-yes", &[])
            .split_whitespace()
            .any(|yes| yes == answer)
    };
    match outcome.split_once(": ") {
        // "Innovativ arbejdsplads: Ja"
        Some((question, answer)) if is_yes(answer) => vec![without_brackets(question)],
        Some((question, answer)) => {
            let both = [("title", question), ("item", &in_sentence(reading, answer))];
            vec![reading.say("finding-subject", &both), capital(answer)]
        }
        None => vec![outcome.to_owned()],
    }
}

/// The largest significant difference between those with a box and those without, or that there is none.
pub fn effect(reading: &Reading<'_>, choice: &EffectChoice) -> Vec<String> {
    let table = reading.table;
    let contrasts = &table.comparisons.contrasts;
    let item_of = |contrast: &TableContrast| {
        let is_own = |id: &str| contrast.a.id == Code::Text(id.to_owned());
        table.items.iter().position(|row| is_own(&row.id))
    };
    let family = match table.query.compare.adjust {
        // Who picks the largest of several must pay for the choice.
        Adjust::None => contrasts.len() as f64,
        _ => 1.0,
    };
    let sound: Vec<(usize, &TableContrast)> = contrasts
        .iter()
        .filter_map(|contrast| Some((item_of(contrast)?, contrast)))
        .filter(|(item, contrast)| {
            let estimate = table.cell(*item, 0).estimate;
            // Of none or all in a sample the error is not known.
            let known = estimate.value > 0.0 && estimate.value < 1.0;
            estimate.n >= SMALL_N && known && contrast.p_adjusted.is_finite()
        })
        .collect();
    let claimed = sound
        .iter()
        .filter(|(_, contrast)| contrast.p_adjusted * family < ALPHA)
        .max_by(|a, b| {
            let size = |of: &TableContrast| of.contrast.difference.abs();
            size(a.1).total_cmp(&size(b.1))
        });
    let held: Vec<String> = table
        .controls
        .iter()
        .map(|label| lower_first(reading.of(label)))
        .collect();
    // By their names, by their number where the names are too long, and not at all.
    let controls: Vec<String> = match held.is_empty() {
        true => vec![String::new()],
        false => {
            let named = words::list(reading.language, &held);
            vec![
                reading.say("finding-controls", &[("controls", &named)]),
                reading.say("finding-controls-number", &[("count", &reading.count(held.len()))]),
                String::new(),
            ]
        }
    };
    let Some((item, contrast)) = claimed else {
        let is_claim = |contrast: &TableContrast| contrast.p_adjusted < ALPHA;
        return match sound.is_empty() || sound.len() < contrasts.len() || contrasts.iter().any(is_claim) {
            true => Vec::new(),
            false => vec![reading.say("finding-effect-none", &[("title", &bare_title(reading))])],
        };
    };
    let (value, difference) = (table.cell(*item, 0).estimate.value, contrast.contrast.difference);
    let key = match (choice.against, difference > 0.0) {
        (Against::NoBox, true) => "finding-effect-more",
        (Against::NoBox, false) => "finding-effect-less",
        (Against::WithoutIt, true) => "finding-effect-more-without",
        (Against::WithoutIt, false) => "finding-effect-less-without",
    };
    let mut found = Vec::new();
    for controls in &controls {
        for outcome in outcomes(reading) {
            let said = reading.say(
                key,
                &[
                    ("outcome", &outcome),
                    ("item", &in_sentence(reading, &reading.label(&table.items[*item]))),
                    ("a", &reading.value(value)),
                    ("b", &reading.value(value - difference)),
                ],
            );
            found.push(format!("{said}{controls}"));
        }
    }
    found
}

/// Which terms are significantly associated with the outcome; of a single curve, where it begins and ends.
pub fn model(reading: &Reading<'_>, choice: &ModelChoice) -> Vec<String> {
    let Some(model) = &reading.table.model else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if reading.table.base.n >= SMALL_N {
        let shown: Vec<&VarId> = match &choice.view {
            ModelView::Coefficients | ModelView::Effects => Vec::new(),
            ModelView::Margins(var) => vec![var],
            ModelView::Curve { over, by } => by.iter().chain([over]).collect(),
        };
        let is_shown = |term: &&TestedTerm| shown.is_empty() || term.vars.iter().all(|var| shown.contains(&var));
        let terms: Vec<&TestedTerm> = model.terms.iter().filter(is_shown).collect();
        if let ([only], false) = (terms.as_slice(), reading.has_groups())
            && only.test.p < ALPHA
        {
            found.extend(curve(reading, only));
        }
        found.extend(associations(reading, &terms));
    }
    if matches!(choice.view, ModelView::Coefficients | ModelView::Effects) {
        let key = match model.family {
            crate::stats::model::Family::Logistic => "finding-model-logistic",
            crate::stats::model::Family::Linear => "finding-model-linear",
        };
        let titles = outcomes(reading);
        found.extend(titles.iter().map(|title| reading.say(key, &[("title", title)])));
    }
    found
}

/// "Mindst én innovation: forudsagt andel fra 79 % ved 0 til 84 % ved 100 (andel højtuddannede)"
fn curve(reading: &Reading<'_>, term: &TestedTerm) -> Vec<String> {
    let table = reading.table;
    let mut points: Vec<(f64, usize)> = table
        .items
        .iter()
        .enumerate()
        .filter_map(|(item, row)| Some((row.at?, item)))
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((_, first)), Some((_, last))) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let value = |item: usize| reading.value(table.cell(item, 0).estimate.value);
    if first == last || value(*first) == value(*last) {
        return Vec::new();
    }
    let said = |title: &String| {
        let over = without_brackets(reading.of(&term.label));
        reading.say(
            "finding-curve",
            &[
                ("title", title),
                ("low", &value(*first)),
                ("high", &value(*last)),
                ("from", &reading.label(&table.items[*first])),
                ("to", &reading.label(&table.items[*last])),
                ("over", &lower_first(&over)),
            ],
        )
    };
    outcomes(reading).iter().map(said).collect()
}

/// "Mindst én innovation hænger signifikant sammen med størrelse; ingen signifikant sammenhæng med sektor"
fn associations(reading: &Reading<'_>, terms: &[&TestedTerm]) -> Vec<String> {
    let named = |is_wanted: &dyn Fn(f64) -> bool| {
        let names: Vec<String> = terms
            .iter()
            .filter(|term| is_wanted(term.test.p))
            .map(|term| lower_first(&without_brackets(reading.of(&term.label))))
            .collect();
        (!names.is_empty()).then(|| words::list(reading.language, &names))
    };
    let (with, without) = (named(&|p| p < ALPHA), named(&|p| p >= ALPHA));
    let titles = outcomes(reading);
    let mut found = Vec::new();
    let mut say = |key: &str, with: &str, without: &str| {
        let said = titles.iter().map(|title| {
            let arguments = [("title", title.as_str()), ("with", with), ("without", without)];
            reading.say(key, &arguments)
        });
        found.extend(said);
    };
    match (with, without) {
        (Some(with), Some(without)) => {
            say("finding-model-some", &with, &without);
            say("finding-model-all", &with, "");
        }
        (Some(with), None) => say("finding-model-all", &with, ""),
        (None, Some(without)) => say("finding-model-none", "", &without),
        (None, None) => {}
    }
    found
}
