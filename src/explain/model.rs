//! A model table in, sentences out that say how its numbers were computed.

use super::{among, errors_of, lonely, weights};
use crate::data::Language;
use crate::measure::{ModelTable, ModelWarning};
use crate::stats::model::Family;
use crate::words::{count, list, text};

/// How the numbers of a model were computed: the estimator and its base, weights, errors and tests, references,
/// margins, effects.
pub fn explained_model(table: &ModelTable, language: Language) -> Vec<String> {
    let design = &table.query.design;
    let weighting = match &design.weight {
        Some(var) => text(language, "explain-weighted", &[("var", &var.0)]),
        None => text(language, "explain-unweighted", &[]),
    };
    let arguments = [
        ("outcome", table.outcome.get(language)),
        ("among", &among(&table.base, &table.query.filter, language)),
        ("n", &count(language, table.base.n as f64)),
        ("weighting", &weighting),
    ];
    let mut sentences = vec![match table.family {
        Family::Logistic => text(language, "explain-model-logistic", &arguments),
        Family::Linear => text(language, "explain-model-linear", &arguments),
    }];
    sentences.extend(weights(design, language));
    let lonely = table.warnings.iter().find_map(|warning| match warning {
        ModelWarning::Design(warning) => lonely(warning),
        _ => None,
    });
    let df = count(language, table.df_design);
    sentences.push(errors_of(design, table.strata, lonely, &df, language));
    let df = count(language, table.df_residual);
    sentences.push(text(language, "explain-model-tests", &[("df", &df)]));
    if !table.references.is_empty() {
        let references: Vec<String> = table
            .references
            .iter()
            .map(|reference| format!("{} = {}", reference.var, reference.label.get(language)))
            .collect();
        let references = list(language, &references);
        sentences.push(text(
            language,
            "explain-model-references",
            &[("references", &references)],
        ));
    }
    if !table.margins.is_empty() {
        sentences.push(text(language, "explain-model-margins", &[]));
    }
    if !table.effects.is_empty() {
        sentences.push(text(language, "explain-model-effects", &[]));
    }
    sentences
}
