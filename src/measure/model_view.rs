//! A query about a model in, the [`Table`] of its coefficients, effects, margins or curves out.

use super::answer;
use super::boxes::in_each_language;
use super::coding::Coding;
use super::model::{MarginQuery, ModelQuery, Outcome};
use super::model_table::{ModelMargin, ModelTable, ModelWarning};
use super::outcome;
use super::query::{ModelChoice, ModelView, Query, QueryError};
use super::sampling::Prepared;
use super::table::{
    Cell, Comparisons, RowKind, Side, Subject, Table, TableContrast, TableGroup, TableItem, TableTest, TableWarning,
};
use crate::data::{AnswerKind, Code, Dataset, Language, QuestionKind, Text, VarId, VariableKind};
use crate::filter::variable_text;
use crate::stats::model::{Coefficient, Family};
use crate::stats::{Contrast, Estimate};
use crate::words;

/// A number that tells curves apart is set to so many values at most; if it has more, to three of its quantiles.
const MOST_CURVES: usize = 6;

pub(super) fn table(
    query: &Query,
    choice: &ModelChoice,
    data: &Dataset,
    prepared: &Prepared,
) -> Result<Table, QueryError> {
    if let Some(var) = query.by.iter().chain(&query.banner).next() {
        return Err(QueryError::ModelBrokenDown { var: var.clone() });
    }
    let policy = match &choice.outcome {
        Outcome::Share(condition) => outcome::policy(condition, data),
        Outcome::Mean(_) => None,
    };
    let asked = ModelQuery {
        outcome: choice.outcome.clone(),
        terms: choice.terms.clone(),
        references: choice.references.clone(),
        filter: query.filter.clone(),
        dont_know: query.dont_know.or(policy).unwrap_or_default(),
        design: query.design.clone(),
        interval: query.interval,
        level: query.level.clone(),
        margins: margins(choice, data)?,
        effects: choice.view == ModelView::Effects,
    };
    let model = asked.run_with(data, prepared)?;
    if let ModelView::Curve { over, .. } = &choice.view
        && model.references.iter().any(|reference| reference.var == *over)
    {
        return Err(QueryError::NoCurve { var: over.clone() });
    }
    let shown = match &choice.view {
        ModelView::Coefficients => coefficients(&model),
        ModelView::Effects => effects(&model),
        ModelView::Margins(var) => predictions(&model, var, data)?,
        ModelView::Curve { over, by } => curves(&model, over, by.as_ref(), data)?,
    };
    let is_share = matches!(choice.view, ModelView::Margins(_) | ModelView::Curve { .. });
    let subject = Subject {
        kind: match is_share && model.family == Family::Logistic {
            true => QuestionKind::Single,
            false => QuestionKind::Numeric,
        },
        title: model.outcome.clone(),
        dont_know: asked.dont_know,
        ordered: shown.ordered,
        ..answer::subject(query, data, None)?
    };
    let mut warnings: Vec<TableWarning> = model.warnings.iter().cloned().map(told).collect();
    warnings.extend(answer::unknown_codes(query, data)?);
    warnings.extend(answer::unconfirmed(query, data, &subject));
    let tests = model.terms.iter().map(|term| TableTest {
        id: term.term.clone(),
        label: term.label.clone(),
        by: None,
        test: term.test,
    });
    Ok(Table {
        query: query.clone(),
        subject,
        base: model.base.clone(),
        by: shown.by,
        by_answers: shown.by_answers.max(1),
        by_ordered: shown.by_ordered,
        items: shown.items,
        groups: match shown.groups.is_empty() {
            true => vec![TableGroup {
                n: model.base.n,
                n_weighted: model.base.n_weighted,
                ..TableGroup::default()
            }],
            false => shown.groups,
        },
        cells: shown.cells,
        ties: Vec::new(),
        comparisons: Comparisons {
            tests: tests.collect(),
            contrasts: shown.contrasts,
            letters: Vec::new(),
        },
        outcome: Some(model.outcome.clone()),
        controls: controls(&model, &choice.view),
        strata: model.strata,
        model: Some(Box::new(model)),
        warnings,
    })
}

fn told(warning: ModelWarning) -> TableWarning {
    match warning {
        ModelWarning::Design(warning) => warning,
        warning => TableWarning::Model(Box::new(warning)),
    }
}

/// What the view needs besides coefficients.
fn margins(choice: &ModelChoice, data: &Dataset) -> Result<Vec<MarginQuery>, QueryError> {
    Ok(match &choice.view {
        ModelView::Coefficients | ModelView::Effects => Vec::new(),
        ModelView::Margins(var) => vec![MarginQuery {
            vars: vec![var.clone()],
            at: Vec::new(),
        }],
        ModelView::Curve { over, by } => {
            let values = by.iter().map(|var| Ok((var.clone(), values_of(var, data)?)));
            vec![MarginQuery {
                vars: by.iter().chain([over]).cloned().collect(),
                at: values.collect::<Result<_, QueryError>>()?,
            }]
        }
    })
}

/// The values that curves are drawn for, where the variable that tells them apart enters the model as a number.
fn values_of(var: &VarId, data: &Dataset) -> Result<Vec<Code>, QueryError> {
    // A variable of texts enters by its categories.
    let Ok(mut numbers) = super::coding::numbers(data, var) else {
        return Ok(Vec::new());
    };
    numbers.retain(|number| number.is_finite());
    numbers.sort_by(f64::total_cmp);
    let mut distinct = numbers.clone();
    distinct.dedup();
    if distinct.len() > MOST_CURVES {
        let at = |p: f64| numbers[((numbers.len() - 1) as f64 * p).round() as usize];
        distinct = vec![at(0.1), at(0.5), at(0.9)];
        distinct.dedup();
    }
    Ok(distinct.into_iter().map(Code::Number).collect())
}

/// The variables of the model that the view is not about.
fn controls(model: &ModelTable, view: &ModelView) -> Vec<Text> {
    let shown: Vec<&VarId> = match view {
        ModelView::Coefficients | ModelView::Effects => return Vec::new(),
        ModelView::Margins(var) => vec![var],
        ModelView::Curve { over, by } => by.iter().chain([over]).collect(),
    };
    let held = model.terms.iter().filter(|term| match term.vars.as_slice() {
        [one] => !shown.contains(&one),
        _ => false,
    });
    held.map(|term| term.label.clone()).collect()
}

/// The parts of a table.
#[derive(Default)]
struct Shown {
    items: Vec<TableItem>,
    /// Empty: one, of everybody in the model.
    groups: Vec<TableGroup>,
    cells: Vec<Cell>,
    contrasts: Vec<TableContrast>,
    ordered: bool,
    by: Text,
    by_answers: usize,
    by_ordered: bool,
}

impl Shown {
    /// Adds a number that everything else is set against: 1 for odds, 0 for differences.
    fn reference(&mut self, model: &ModelTable, var: &VarId, group: &Text, value: f64) {
        let Some(reference) = model.references.iter().find(|reference| reference.var == *var) else {
            return;
        };
        self.items.push(TableItem {
            id: format!("{var}={}", reference.code),
            label: reference.full_label.clone(),
            var: Some(var.clone()),
            code: Some(reference.code.clone()),
            kind: RowKind::Reference,
            group: group.clone(),
            ..TableItem::default()
        });
        let (n, n_weighted) = reference.n;
        self.cells.push(Cell {
            estimate: Estimate {
                value,
                std_error: 0.0,
                n,
                n_weighted,
                df: model.df_residual,
                deff: f64::NAN,
            },
            low: f64::NAN,
            high: f64::NAN,
            n_chosen: None,
        });
    }

    /// The test of the last row against the reference of its variable.
    fn tested(&mut self, contrast: Contrast, against: Option<(String, Text)>, cell: &Cell, is_odds: bool) {
        let Some(item) = self.items.last() else { return };
        let (id, label) = against.unwrap_or_else(|| ("0".to_owned(), Text::default()));
        self.contrasts.push(TableContrast {
            item: None,
            by: None,
            a: Side {
                id: Code::Text(item.id.clone()),
                label: item.label.clone(),
            },
            b: Side {
                id: Code::Text(id),
                label,
            },
            contrast,
            p_adjusted: contrast.p,
            risk_ratio: None,
            odds_ratio: is_odds.then_some(crate::stats::RatioEstimate {
                value: cell.estimate.value,
                std_error: cell.estimate.std_error,
                low: cell.low,
                high: cell.high,
            }),
        });
    }
}

/// Id and label of the row that a variable's categories are set against.
fn against(model: &ModelTable, var: Option<&VarId>) -> Option<(String, Text)> {
    let reference = model.references.iter().find(|reference| Some(&reference.var) == var)?;
    Some((format!("{}={}", reference.var, reference.code), reference.label.clone()))
}

fn coefficients(model: &ModelTable) -> Shown {
    let mut shown = Shown::default();
    let is_odds = model.family == Family::Logistic;
    let mut before = None;
    for row in &model.rows {
        let Some(term) = row.of_term else { continue };
        let label = &model.terms[term].label;
        let var = row.value.as_ref().map(|(var, _)| var);
        if before != Some(term)
            && let Some(var) = var
        {
            shown.reference(model, var, label, if is_odds { 1.0 } else { 0.0 });
        }
        before = Some(term);
        shown.items.push(TableItem {
            id: row.term.clone(),
            label: row.label.clone(),
            var: var.cloned(),
            code: row.value.as_ref().map(|(_, code)| code.clone()),
            group: label.clone(),
            ..TableItem::default()
        });
        let Coefficient {
            estimate, std_error, p, ..
        } = row.coefficient;
        let (value, std_error, low, high) = match &row.odds_ratio {
            Some(ratio) => (ratio.value, ratio.std_error, ratio.low, ratio.high),
            None => (estimate, std_error, row.low, row.high),
        };
        // A coefficient without an end has no size.
        let known = |number: f64| if row.trouble.is_none() { number } else { f64::NAN };
        let cell = Cell {
            estimate: Estimate {
                value: known(value),
                std_error: known(std_error),
                n: row.n.0,
                n_weighted: row.n.1,
                df: model.df_residual,
                deff: f64::NAN,
            },
            low: known(low),
            high: known(high),
            n_chosen: None,
        };
        shown.cells.push(cell);
        let contrast = Contrast {
            difference: known(row.coefficient.estimate),
            std_error: known(row.coefficient.std_error),
            t: known(row.coefficient.t),
            df: model.df_residual,
            p: known(p),
        };
        shown.tested(contrast, against(model, var), &cell, is_odds);
    }
    shown
}

fn effects(model: &ModelTable) -> Shown {
    let mut shown = Shown::default();
    let mut before = None;
    for effect in &model.effects {
        let var = &effect.var;
        let group = variable_label(model, var).unwrap_or_else(|| effect.label.clone());
        if before != Some(var) {
            shown.reference(model, var, &group, 0.0);
        }
        before = Some(var);
        let is_row = |value: &Option<(VarId, Code)>| match (value, &effect.code) {
            (Some((known, code)), Some(wanted)) => known == var && code == wanted,
            _ => false,
        };
        let row = model.rows.iter().find(|row| is_row(&row.value));
        let (n, n_weighted) = row.map_or((model.base.n, model.base.n_weighted), |row| row.n);
        shown.items.push(TableItem {
            id: match &effect.code {
                Some(code) => format!("{var}={code}"),
                None => var.0.clone(),
            },
            label: effect.label.clone(),
            var: Some(var.clone()),
            code: effect.code.clone(),
            group,
            ..TableItem::default()
        });
        // Without its column, or with one that has no end, an effect has no size.
        let known = row.is_none_or(|row| row.trouble.is_none());
        let sized = |number: f64| if known { number } else { f64::NAN };
        let cell = Cell {
            estimate: Estimate {
                value: sized(effect.estimate.value),
                std_error: sized(effect.estimate.std_error),
                n,
                n_weighted,
                ..effect.estimate
            },
            low: sized(effect.low),
            high: sized(effect.high),
            n_chosen: None,
        };
        shown.cells.push(cell);
        let contrast = Contrast {
            difference: cell.estimate.value,
            std_error: cell.estimate.std_error,
            t: sized(effect.t),
            df: effect.estimate.df,
            p: sized(effect.p),
        };
        let reference = effect.code.as_ref().and_then(|_| against(model, Some(var)));
        shown.tested(contrast, reference, &cell, false);
    }
    shown
}

/// What a variable of the model is called.
fn variable_label(model: &ModelTable, var: &VarId) -> Option<Text> {
    let mut terms = model.terms.iter();
    let own = terms.find(|term| matches!(term.vars.as_slice(), [one] if one == var));
    own.map(|term| term.label.clone())
}

fn cell_of(margin: &ModelMargin) -> Cell {
    Cell {
        estimate: margin.estimate,
        low: margin.low,
        high: margin.high,
        n_chosen: None,
    }
}

/// The row of a value that everybody is set to.
fn row_at((var, code, label): &(VarId, Code, Text), is_number: bool) -> TableItem {
    TableItem {
        id: code.to_string(),
        label: match code.number().filter(|_| is_number) {
            Some(at) => in_each_language(|language| number(language, at)),
            None => label.clone(),
        },
        var: Some(var.clone()),
        code: Some(code.clone()),
        at: code.number().filter(|_| is_number),
        ..TableItem::default()
    }
}

/// A number as a language writes it, with at most two decimals.
fn number(language: Language, value: f64) -> String {
    let decimals = (0..2).find(|decimals| {
        let shifted = value * 10_f64.powi(*decimals);
        (shifted - shifted.round()).abs() < 1e-9
    });
    words::decimal(language, value, decimals.unwrap_or(2) as usize)
}

/// The answers to a variable that enters the model by its categories, in the codebook's order; empty for a number.
fn answers_of(model: &ModelTable, var: &VarId, data: &Dataset) -> Result<Vec<Code>, QueryError> {
    if !model.references.iter().any(|reference| reference.var == *var) {
        return Ok(Vec::new());
    }
    let entries = Coding::of(data, var)?.entries.into_iter();
    let answers = entries.filter(|entry| entry.kind == AnswerKind::Answer);
    Ok(answers.map(|entry| entry.code).collect())
}

fn predictions(model: &ModelTable, var: &VarId, data: &Dataset) -> Result<Shown, QueryError> {
    let answers = answers_of(model, var, data)?;
    let points = model
        .margins
        .iter()
        .filter_map(|margin| Some((margin, margin.at.first()?)));
    let mut points: Vec<_> = points.collect();
    // A reference comes first in the model; here the answers stand in their order.
    points.sort_by_key(|(_, (_, code, _))| answers.iter().position(|answer| answer == code));
    let is_number = answers.is_empty();
    Ok(Shown {
        items: points.iter().map(|(_, at)| row_at(at, is_number)).collect(),
        cells: points.iter().map(|(margin, _)| cell_of(margin)).collect(),
        ordered: is_number || data.variable(var)?.kind == VariableKind::Ordinal,
        ..Shown::default()
    })
}

fn curves(model: &ModelTable, over: &VarId, by: Option<&VarId>, data: &Dataset) -> Result<Shown, QueryError> {
    let mut shown = Shown {
        ordered: true,
        ..Shown::default()
    };
    let Some(by) = by else {
        return predictions(model, over, data);
    };
    let variable = data.variable(by)?;
    shown.by = variable_text(variable);
    shown.by_ordered = variable.kind == VariableKind::Ordinal || variable.kind == VariableKind::Numeric;
    let answers = answers_of(model, by, data)?;
    let mut keys: Vec<(Code, Text)> = Vec::new();
    let mut points: Vec<(VarId, Code, Text)> = Vec::new();
    for margin in &model.margins {
        if let [(_, code, label), point] = margin.at.as_slice() {
            if !keys.iter().any(|(known, _)| known == code) {
                keys.push((code.clone(), label.clone()));
            }
            if !points.contains(point) {
                points.push(point.clone());
            }
        }
    }
    // The model's margins vary the first variable slowest: a curve after the other.
    let mut order: Vec<usize> = (0..keys.len()).collect();
    let place = |code: &Code| answers.iter().position(|answer| answer == code);
    order.sort_by_key(|key| place(&keys[*key].0).unwrap_or(*key));
    shown.by_answers = answers.len().max(keys.len());
    for (rank, key) in order.iter().enumerate() {
        let (code, label) = &keys[*key];
        let (n, n_weighted) = count_of(model, by, code);
        shown.groups.push(TableGroup {
            key: Some((by.clone(), code.clone())),
            label: label.clone(),
            place: place(code).unwrap_or(rank),
            n,
            n_weighted,
            ..TableGroup::default()
        });
    }
    for (row, point) in points.iter().enumerate() {
        shown.items.push(row_at(point, true));
        for key in &order {
            let margin = model.margins.get(key * points.len() + row);
            shown.cells.extend(margin.map(cell_of));
        }
    }
    Ok(shown)
}

/// The respondents of the model with an answer.
fn count_of(model: &ModelTable, var: &VarId, code: &Code) -> (usize, f64) {
    let reference = model.references.iter().find(|r| r.var == *var && r.code == *code);
    let row = || {
        let is_row = |value: &(VarId, Code)| value.0 == *var && value.1 == *code;
        model.rows.iter().find(|row| row.value.as_ref().is_some_and(is_row))
    };
    reference
        .map(|reference| reference.n)
        .or_else(|| row().map(|row| row.n))
        .unwrap_or((model.base.n, model.base.n_weighted))
}
