//! A [`ModelQuery`] with its data set and design in, the [`ModelTable`] out.

use super::answer;
use super::model::{MarginQuery, ModelError, ModelQuery};
use super::model_table::{
    ModelEffect, ModelMargin, ModelReference, ModelRow, ModelTable, ModelTerm, ModelWarning, Trouble,
};
use super::model_terms::Controls;
use super::outcome::{self, Explained};
use super::sampling::Prepared;
use super::table::TableBase;
use crate::data::{Code, Dataset, Text, VarId};
use crate::filter;
use crate::stats::model::{Family, Fit, Frame, Layout, Part, Predictor, Setting, fit};
use crate::stats::{Design, Estimate, RatioEstimate, interval, quantile, tail};

/// The most coefficients of a model.
pub(super) const MOST_COEFFICIENTS: usize = 300;

/// A curve over a numeric variable has so many points, or as many as there are whole numbers if those are fewer.
const CURVE_POINTS: usize = 21;

/// Fewer respondents with the rarer outcome per coefficient are warned of (Peduzzi and others 1996).
pub(super) const EVENTS_PER_COEFFICIENT: usize = 10;

pub(super) fn answer(query: &ModelQuery, data: &Dataset, prepared: &Prepared) -> Result<ModelTable, ModelError> {
    let level = answer::level_of(&query.level)?;
    let design = &prepared.design;
    let asked_of = outcome::Asked::of(&query.outcome, data)?;
    let mut scope = filter::mark(&asked_of.when.clone().and(query.filter.clone()), data)?.marks;
    for (row, inside) in scope.iter_mut().enumerate() {
        *inside &= design.counts(row);
    }
    let explained = outcome::explained(&query.outcome, query.dont_know, data)?;
    let mut controls = Controls::of(query, data)?;
    let (rows, incomplete) = complete(&explained, &controls, &scope);
    let mut warnings: Vec<ModelWarning> = prepared.warnings.iter().cloned().map(ModelWarning::Design).collect();
    warnings.extend(incomplete);
    controls.settle(query, &rows, data)?;
    let frame = Frame {
        predictors: controls
            .controls
            .iter()
            .map(|control| control.predictor.clone())
            .collect(),
        rows,
    };
    for (place, control) in controls.controls.iter().enumerate() {
        let zero_or_one = |number: &f64| *number == 0.0 || *number == 1.0;
        if control.bare && !frame.numbers(place).iter().all(zero_or_one) {
            warnings.push(ModelWarning::AsNumber {
                var: control.var.clone(),
            });
        }
        if control.levels.len() == 1 {
            warnings.push(ModelWarning::OneLevel {
                var: control.var.clone(),
            });
        }
    }
    // A factor with one category has no columns of its own; in an interaction it would repeat its partner.
    let terms: Vec<Vec<usize>> = controls
        .terms
        .iter()
        .filter(|term| term.iter().all(|place| controls.controls[*place].levels.len() != 1))
        .cloned()
        .collect();
    let layout = Layout::of(&frame, &terms);
    if layout.columns.len() > MOST_COEFFICIENTS {
        return Err(ModelError::TooManyCoefficients {
            coefficients: layout.columns.len(),
            most: MOST_COEFFICIENTS,
        });
    }
    let fitted = fit(design, explained.family, &explained.values, &layout, &frame)
        .map_err(|reason| ModelError::Fit { reason })?;
    let asked = Asked {
        query,
        level,
        design,
        controls: &controls,
        frame: &frame,
        layout: &layout,
        fit: &fitted,
    };
    let rows = asked.rows();
    warnings.extend(asked.warnings(&rows));
    let filter = filter::describe(&query.filter, data);
    Ok(ModelTable {
        query: query.clone(),
        outcome: explained.label,
        family: explained.family,
        base: TableBase {
            label: asked_of.label,
            unit: asked_of.unit.unwrap_or_else(|| data.codebook.unit.clone()),
            filter: filter.kept,
            further: filter.further,
            n: fitted.n,
            n_weighted: fitted.n_weighted,
        },
        events: fitted.events,
        df_design: fitted.df_design,
        df_residual: fitted.df_residual,
        rows,
        terms: asked.terms(),
        references: asked.references(),
        margins: asked.margins()?,
        effects: if query.effects { asked.effects() } else { Vec::new() },
        steps: fitted.steps,
        converged: fitted.converged,
        strata: design.strata(),
        warnings,
    })
}

/// The respondents with complete answers, and a word on the others.
fn complete(explained: &Explained, controls: &Controls, scope: &[bool]) -> (Vec<usize>, Option<ModelWarning>) {
    let of = scope.iter().filter(|inside| **inside).count();
    let inside = || (0..scope.len()).filter(|row| scope[*row]);
    let rows: Vec<usize> = inside()
        .filter(|row| {
            explained.values[*row].is_finite() && controls.controls.iter().all(|control| control.is_known(*row))
        })
        .collect();
    if rows.len() == of {
        return (rows, None);
    }
    let unknown = inside().filter(|row| !explained.values[*row].is_finite()).count();
    let mut vars = vec![(explained.var.clone(), unknown)];
    for control in &controls.controls {
        let unknown = inside().filter(|row| !control.is_known(*row)).count();
        if !vars.iter().any(|(var, _)| *var == control.var) {
            vars.push((control.var.clone(), unknown));
        }
    }
    vars.retain(|(_, unknown)| *unknown > 0);
    vars.sort_by_key(|(_, unknown)| std::cmp::Reverse(*unknown));
    let warning = ModelWarning::Incomplete {
        rows: of - rows.len(),
        of,
        vars,
    };
    (rows, Some(warning))
}

/// What a variable is set to, for arithmetic and for people.
type Choice = (Setting, (VarId, Code, Text));

/// A fitted model and what is asked of it.
struct Asked<'a> {
    query: &'a ModelQuery,
    level: f64,
    design: &'a Design,
    controls: &'a Controls,
    frame: &'a Frame,
    layout: &'a Layout,
    fit: &'a Fit,
}

impl Asked<'_> {
    fn rows(&self) -> Vec<ModelRow> {
        let t = quantile::student_t((1.0 + self.level) / 2.0, self.fit.df_residual);
        let columns = self.layout.columns.iter().enumerate();
        columns
            .map(|(place, column)| {
                let (term, label) = match column.term {
                    None => ("(Intercept)".to_owned(), Text::plain("(Intercept)")),
                    Some(_) => self.controls.column(&column.parts),
                };
                let coefficient = self.fit.coefficient(place);
                let trouble = match (self.fit.dependent.contains(&place), self.fit.endless.contains(&place)) {
                    (true, _) => Some(Trouble::Dependent),
                    (_, true) => Some(Trouble::Endless),
                    _ => None,
                };
                ModelRow {
                    term,
                    label,
                    of_term: column.term,
                    value: match column.parts.as_slice() {
                        [Part::Level(place, level)] => {
                            let control = &self.controls.controls[*place];
                            Some((control.var.clone(), control.levels[usize::from(*level)].0.clone()))
                        }
                        _ => None,
                    },
                    n: self.count(&column.parts),
                    coefficient,
                    low: coefficient.estimate - t * coefficient.std_error,
                    high: coefficient.estimate + t * coefficient.std_error,
                    odds_ratio: (self.fit.family == Family::Logistic).then(|| {
                        RatioEstimate::new(
                            coefficient.estimate.exp(),
                            coefficient.std_error.powi(2),
                            self.fit.df_residual,
                            self.level,
                        )
                    }),
                    trouble,
                }
            })
            .collect()
    }

    fn terms(&self) -> Vec<ModelTerm> {
        let terms = self.layout.terms.iter().enumerate();
        terms
            .map(|(place, term)| {
                let (name, label) = self.controls.term(term);
                ModelTerm {
                    term: name,
                    vars: term
                        .iter()
                        .map(|place| self.controls.controls[*place].var.clone())
                        .collect(),
                    label,
                    test: self.fit.test(&self.layout.columns_of(place)),
                }
            })
            .collect()
    }

    /// The respondents at all levels of a column, and the sum of their weights.
    fn count(&self, parts: &[Part]) -> (usize, f64) {
        let is_at = |row: usize| {
            parts.iter().all(|part| match *part {
                Part::Number(_) => true,
                Part::Level(place, level) => match &self.frame.predictors[place] {
                    Predictor::Factor { places, .. } => places[row] == level,
                    Predictor::Numeric(_) => false,
                },
            })
        };
        let rows = self.frame.rows.iter().filter(|row| is_at(**row));
        rows.fold((0, 0.0), |(n, sum), row| (n + 1, sum + self.design.weight(*row)))
    }

    fn references(&self) -> Vec<ModelReference> {
        let controls = self.controls.controls.iter().enumerate();
        controls
            .filter_map(|(place, control)| {
                let (code, label) = control.levels.first()?;
                Some(ModelReference {
                    var: control.var.clone(),
                    code: code.clone(),
                    label: label.clone(),
                    full_label: control.level_label(0),
                    n: self.count(&[Part::Level(place, 0)]),
                })
            })
            .collect()
    }

    fn margins(&self) -> Result<Vec<ModelMargin>, ModelError> {
        let mut margins = Vec::new();
        for asked in &self.query.margins {
            let mut places: Vec<Vec<Choice>> = vec![Vec::new()];
            for var in &asked.vars {
                let choices = self.choices(var, asked)?;
                places = places
                    .iter()
                    .flat_map(|place| {
                        choices.iter().map(|choice| {
                            let mut place = place.clone();
                            place.push(choice.clone());
                            place
                        })
                    })
                    .collect();
            }
            margins.extend(places.into_iter().map(|place| self.margin(place)));
        }
        Ok(margins)
    }

    /// What a variable of a margin is set to.
    fn choices(&self, var: &VarId, asked: &MarginQuery) -> Result<Vec<Choice>, ModelError> {
        let place = self
            .controls
            .find(var)
            .filter(|place| Controls::is_used(self.layout, *place))
            .ok_or_else(|| ModelError::NotInModel { var: var.clone() })?;
        let control = &self.controls.controls[place];
        Ok(match &self.frame.predictors[place] {
            Predictor::Factor { levels, .. } => (0..*levels)
                .map(|level| {
                    let (code, label) = control.levels[usize::from(level)].clone();
                    (Setting::Level(place, level), (var.clone(), code, label))
                })
                .collect(),
            Predictor::Numeric(_) => {
                let told = asked.at.iter().find(|(at, _)| at == var);
                let numbers = match told {
                    Some((_, codes)) => codes.iter().filter_map(Code::number).collect(),
                    None => curve(&self.frame.numbers(place)),
                };
                numbers
                    .into_iter()
                    .map(|number| {
                        let code = Code::Number(number);
                        let label = Text::plain(code.to_string());
                        (Setting::Number(place, number), (var.clone(), code, label))
                    })
                    .collect()
            }
        })
    }

    fn margin(&self, place: Vec<Choice>) -> ModelMargin {
        let (settings, at): (Vec<Setting>, Vec<_>) = place.into_iter().unzip();
        let margin = self.fit.margin(self.design, self.layout, self.frame, &settings);
        let (low, high) = match self.fit.family {
            Family::Logistic => self.query.interval.of_share(&margin.estimate, self.level),
            Family::Linear => interval::of_mean(&margin.estimate, self.level),
        };
        ModelMargin {
            at,
            estimate: margin.estimate,
            std_error_sampled: margin.std_error_sampled,
            low,
            high,
        }
    }

    fn effects(&self) -> Vec<ModelEffect> {
        let used = (0..self.controls.controls.len()).filter(|place| Controls::is_used(self.layout, *place));
        used.flat_map(|place| self.fit.effects(self.design, self.layout, self.frame, place))
            .map(|effect| {
                let control = &self.controls.controls[effect.predictor];
                let Estimate {
                    value, std_error, df, ..
                } = effect.estimate;
                let (low, high) = interval::of_mean(&effect.estimate, self.level);
                ModelEffect {
                    var: control.var.clone(),
                    label: match effect.level {
                        None => control.label().clone(),
                        Some(level) => control.level_label(level),
                    },
                    code: effect.level.map(|level| control.levels[usize::from(level)].0.clone()),
                    estimate: effect.estimate,
                    t: value / std_error,
                    p: tail::student_t(value / std_error, df),
                    low,
                    high,
                }
            })
            .collect()
    }

    fn warnings(&self, rows: &[ModelRow]) -> Vec<ModelWarning> {
        let mut warnings = Vec::new();
        let labels = |trouble| -> Vec<Text> {
            let troubled = rows.iter().filter(|row| row.trouble == Some(trouble));
            troubled.map(|row| row.label.clone()).collect()
        };
        let (dependent, endless) = (labels(Trouble::Dependent), labels(Trouble::Endless));
        if !dependent.is_empty() {
            warnings.push(ModelWarning::Dependent { terms: dependent });
        }
        if !endless.is_empty() {
            warnings.push(ModelWarning::Endless { terms: endless });
        }
        if self.fit.lost_replicates > 0 {
            warnings.push(ModelWarning::Replicates {
                lost: self.fit.lost_replicates,
                of: self.design.replicates(),
            });
        }
        if !self.fit.converged {
            warnings.push(ModelWarning::NotConverged { steps: self.fit.steps });
        }
        if self.fit.df_residual <= 0.0 {
            warnings.push(ModelWarning::NoDegrees);
        }
        let coefficients = rows.len() - self.fit.dependent.len();
        let events = self.fit.events.min(self.fit.n - self.fit.events);
        if self.fit.family == Family::Logistic && events < EVENTS_PER_COEFFICIENT * coefficients {
            warnings.push(ModelWarning::FewEvents { events, coefficients });
        }
        warnings
    }
}

/// The numbers of a curve: every whole number if they are few, else points at equal distances over the range.
fn curve(numbers: &[f64]) -> Vec<f64> {
    let (low, high) = numbers
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            (low.min(*number), high.max(*number))
        });
    let mut distinct: Vec<f64> = Vec::new();
    for number in numbers {
        if distinct.len() > CURVE_POINTS {
            break;
        }
        if !distinct.contains(number) {
            distinct.push(*number);
        }
    }
    if distinct.len() <= CURVE_POINTS {
        distinct.sort_by(f64::total_cmp);
        return distinct;
    }
    let steps = CURVE_POINTS - 1;
    (0..=steps)
        .map(|step| low + (high - low) * step as f64 / steps as f64)
        .collect()
}
