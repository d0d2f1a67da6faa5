//! A table in, sentences out that say how its numbers were computed: estimator and base, design and degrees of freedom,
//! interval, tests.

mod model;

pub use model::explained_model;

use crate::data::{Condition, Language};
use crate::measure::{
    Against, BoxView, DesignChoice, Measure, Pairs, Percent, Statistic, Table, TableBase, TableWarning,
};
use crate::stats::{Adjust, Interval, Lonely, ReplicateKind};
use crate::words::{count, decimal, list, text};

/// How the numbers of `table` were computed, a sentence for each of estimator, weights, errors, interval and tests.
pub fn explained(table: &Table, language: Language) -> Vec<String> {
    if let Some(model) = &table.model {
        return explained_model(model, language);
    }
    if let Measure::Response(_) = &table.query.measure {
        return vec![text(language, "explain-response", &[])];
    }
    let mut sentences = vec![estimator(table, language)];
    sentences.extend(percentages(table.query.percent, language));
    sentences.extend(weights(&table.query.design, language));
    sentences.push(errors(table, language));
    sentences.push(interval(table, language));
    sentences.extend(tests(table, language));
    sentences
}

fn estimator(table: &Table, language: Language) -> String {
    let n = count(language, table.base.n as f64);
    let among = among(&table.base, &table.query.filter, language);
    let weighting = match &table.query.design.weight {
        Some(var) => text(language, "explain-weighted", &[("var", &var.0)]),
        None => text(language, "explain-unweighted", &[]),
    };
    let key = match table.statistic() {
        Statistic::Share if matches!(&table.query.measure, Measure::Effect(_)) && !table.controls.is_empty() => {
            "explain-predicted"
        }
        Statistic::Share => "explain-share",
        Statistic::Mean => "explain-mean",
        Statistic::Total => "explain-total",
        Statistic::Ratio => "explain-ratio",
        Statistic::Quantile => "explain-quantile",
        Statistic::Lift => "explain-lift",
        Statistic::OddsRatio => "explain-odds-ratio",
        Statistic::Coefficient => "explain-coefficient",
        Statistic::Difference => "explain-difference",
    };
    text(
        language,
        key,
        &[("among", &among), ("n", &n), ("weighting", &weighting)],
    )
}

/// The base and the filter.
fn among(base: &TableBase, filter: &Condition, language: Language) -> String {
    let among = match base.label.get(language) {
        "" => text(language, "explain-everybody", &[]),
        label => label.to_owned(),
    };
    match filter.to_string().as_str() {
        "" => among,
        condition => text(
            language,
            "explain-where",
            &[("among", &among), ("condition", condition)],
        ),
    }
}

fn percentages(percent: Percent, language: Language) -> Option<String> {
    match percent {
        Percent::Group => None,
        Percent::Answer => Some(text(language, "explain-percent-answer", &[])),
        Percent::Total => Some(text(language, "explain-percent-total", &[])),
    }
}

fn weights(design: &DesignChoice, language: Language) -> Option<String> {
    let margins: Vec<String> = design
        .margins
        .iter()
        .map(|margin| {
            let vars: Vec<&str> = margin.vars.iter().map(|var| var.0.as_str()).collect();
            vars.join(" × ")
        })
        .collect();
    let calibrated = match margins.len() {
        0 => None,
        1 => Some(text(
            language,
            "explain-post-stratified",
            &[("margins", &list(language, &margins))],
        )),
        _ => Some(text(
            language,
            "explain-raked",
            &[("margins", &list(language, &margins))],
        )),
    };
    let trimmed = design.trim.as_deref().map(|(low, high)| {
        let number = |code: &crate::data::Code| decimal(language, code.number().unwrap_or(f64::NAN), 2);
        text(
            language,
            "explain-trimmed",
            &[("low", &number(low)), ("high", &number(high))],
        )
    });
    match (calibrated, trimmed) {
        (None, None) => None,
        (a, b) => Some([a, b].into_iter().flatten().collect::<Vec<_>>().join(" ")),
    }
}

fn errors(table: &Table, language: Language) -> String {
    let lonely = table.warnings.iter().find_map(lonely);
    let df = degrees_of_freedom(table, language);
    errors_of(&table.query.design, table.strata, lonely, &df, language)
}

fn lonely(warning: &TableWarning) -> Option<Lonely> {
    match warning {
        TableWarning::LonelyStrata { lonely, .. } => Some(*lonely),
        _ => None,
    }
}

fn errors_of(design: &DesignChoice, strata: usize, lonely: Option<Lonely>, df: &str, language: Language) -> String {
    if let Some(replicates) = &design.replicates {
        let kind = match replicates.kind {
            ReplicateKind::Brr => "BRR",
            ReplicateKind::Fay => "Fay",
            ReplicateKind::Jk1 => "JK1",
            ReplicateKind::Jkn => "JKn",
            ReplicateKind::Bootstrap => "bootstrap",
        };
        return text(
            language,
            "explain-replicates",
            &[("kind", kind), ("prefix", &replicates.prefix), ("df", df)],
        );
    }
    let mut parts = Vec::new();
    if strata > 0 {
        let strata = count(language, strata as f64);
        parts.push(text(language, "explain-design-strata", &[("strata", &strata)]));
    }
    if let Some(cluster) = &design.cluster {
        parts.push(text(language, "explain-design-clusters", &[("var", &cluster.0)]));
    }
    if design.population.is_some() {
        parts.push(text(language, "explain-design-population", &[]));
    }
    if parts.is_empty() {
        let key = match design.weight {
            Some(_) => "explain-design-weights",
            None => "explain-design-simple",
        };
        parts.push(text(language, key, &[]));
    }
    let sentence = text(
        language,
        "explain-linearised",
        &[("design", &list(language, &parts)), ("df", df)],
    );
    match lonely {
        None | Some(Lonely::Fail) => sentence,
        Some(lonely) => {
            let key = match lonely {
                Lonely::Centre => "explain-lonely-centre",
                Lonely::Average => "explain-lonely-average",
                Lonely::Remove => "explain-lonely-remove",
                Lonely::Adjust | Lonely::Fail => "explain-lonely-adjust",
            };
            format!("{sentence} {}", text(language, key, &[]))
        }
    }
}

/// "197", or "48–197" where groups differ.
fn degrees_of_freedom(table: &Table, language: Language) -> String {
    let known = table
        .cells
        .iter()
        .filter(|cell| cell.estimate.n > 0)
        .map(|cell| cell.estimate.df);
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), df| {
        (low.min(df), high.max(df))
    });
    match (low == high, low < high) {
        (true, _) => count(language, low),
        (_, false) => "–".to_owned(),
        _ => format!("{}–{}", count(language, low), count(language, high)),
    }
}

fn interval(table: &Table, language: Language) -> String {
    let level = table.query.level.number().unwrap_or(0.95) * 100.0;
    let level = decimal(language, level, usize::from((level - level.round()).abs() > 1e-6));
    let key = match (table.statistic(), table.query.interval) {
        (Statistic::Share, Interval::Logit) => "explain-interval-logit",
        (Statistic::Share, Interval::Beta) => "explain-interval-beta",
        (Statistic::Share, Interval::Wilson) => "explain-interval-wilson",
        (Statistic::Share, Interval::Arcsine) => "explain-interval-arcsine",
        (Statistic::Quantile, _) => "explain-interval-woodruff",
        (Statistic::Lift, _) => "explain-interval-log",
        _ => "explain-interval-t",
    };
    text(language, key, &[("level", &level)])
}

fn tests(table: &Table, language: Language) -> Vec<String> {
    let mut sentences = Vec::new();
    if !table.comparisons.tests.is_empty() {
        let key = match table.statistic() {
            Statistic::Share => "explain-test-shares",
            _ => "explain-test-means",
        };
        sentences.push(text(language, key, &[]));
    }
    sentences.extend(differences(table, language));
    sentences.extend(boxes(table, language));
    sentences
}

/// What is said beside the shares of boxes and poles: ties, sets, nets.
fn boxes(table: &Table, language: Language) -> Vec<String> {
    let mut keys = Vec::new();
    match &table.query.measure {
        Measure::Boxes {
            view: BoxView::Network, ..
        } => keys.push("explain-ties"),
        Measure::Boxes {
            view: BoxView::Combinations,
            ..
        } => keys.push("explain-sets-exactly"),
        Measure::Boxes {
            view: BoxView::AtLeast, ..
        } => keys.push("explain-sets-at-least"),
        Measure::Poles(_) => keys.push("explain-net"),
        _ => {}
    }
    if table.ties.iter().any(|tie| tie.difference.is_some()) {
        keys.push("explain-tie-differences");
    }
    if matches!(&table.query.measure, Measure::Boxes { groups: true, .. }) {
        keys.push("explain-groups-of-boxes");
    }
    keys.into_iter().map(|key| text(language, key, &[])).collect()
}

/// Which differences were tested, and how their p-values are adjusted; `None` where none were.
pub fn differences(table: &Table, language: Language) -> Option<String> {
    // Of a model, the sentence on its coefficients says it.
    if table.comparisons.contrasts.is_empty() || table.model.is_some() {
        return None;
    }
    let compare = &table.query.compare;
    let against = match &table.query.measure {
        Measure::Effect(effect) => Some(effect.against),
        _ => None,
    };
    let which = match (
        compare.pairs,
        table.query.by.is_some() || !table.query.banner.is_empty(),
    ) {
        _ if against == Some(Against::NoBox) => "explain-effect-none",
        _ if against == Some(Against::WithoutIt) => "explain-effect-without",
        (Some(Pairs::Rest), _) => "explain-pairs-rest",
        (_, true) => "explain-pairs-groups",
        (_, false) => "explain-pairs-items",
    };
    let adjust = match compare.adjust {
        Adjust::Holm => "explain-adjust-holm",
        Adjust::Bonferroni => "explain-adjust-bonferroni",
        Adjust::Bh => "explain-adjust-bh",
        Adjust::None => "explain-adjust-none",
    };
    let controls: Vec<&str> = table.controls.iter().map(|label| label.get(language)).collect();
    let which = match against.is_none() || controls.is_empty() {
        true => text(language, which, &[]),
        false => {
            let controls = list(language, &controls);
            text(language, "explain-effect-controls", &[("controls", &controls)])
        }
    };
    Some(format!("{which} {}", text(language, adjust, &[])))
}
