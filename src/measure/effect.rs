//! An outcome and the boxes of a question in, the [`Table`] of how often the outcome holds with each box, against those
//! without, out.
//!
//! Without controls: shares of the two groups, and their difference with the covariance that the design gives them. With
//! controls: for each box a logistic regression of the outcome on the box and the controls, among the two groups; the
//! predicted share when all of them have the box, and its average marginal effect (the difference from when none has).

use super::answer;
use super::boxes::{in_each_language, worded};
use super::compare::share_difference;
use super::lanes::{self, CHOSEN, OUT};
use super::model::{Controlled, ModelError, ModelQuery, Outcome};
use super::model_table::ModelWarning;
use super::model_terms::Controls;
use super::outcome::{self, Asked};
use super::query::{Against, EffectChoice, Query, QueryError};
use super::sampling::Prepared;
use super::table::{
    Cell, Comparisons, RowKind, Side, Subject, Table, TableBase, TableContrast, TableGroup, TableItem, TableWarning,
};
use crate::data::{Code, Dataset, ItemKind, Question, QuestionKind, Text, VarId};
use crate::filter;
use crate::stats::model::{FitError, Frame, Layout, Predictor, Setting, fit};
use crate::stats::{Contrast, Design, Estimate, RatioEstimate};
use crate::words::lower_first;

/// The class of those a box is compared with.
const WITHOUT: u16 = 0;
/// The class of those with the box.
const WITH: u16 = 1;

pub(super) fn table(
    query: &Query,
    choice: &EffectChoice,
    data: &Dataset,
    prepared: &Prepared,
) -> Result<Table, QueryError> {
    if let Some(var) = query.by.iter().chain(&query.banner).next() {
        return Err(QueryError::EffectBrokenDown { var: var.clone() });
    }
    let level = answer::level_of(&query.level)?;
    let design = &prepared.design;
    let question = answer::question_of(data, &choice.boxes)?;
    if question.kind != QuestionKind::Multiple {
        return Err(QueryError::NoBoxes {
            question: question.id.clone(),
        });
    }
    let asked = Asked::about(&choice.outcome.variables(), answer::base_of(data, &question)?, data)?;
    let mut scope = filter::mark(&asked.when.clone().and(query.filter.clone()), data)?.marks;
    for (row, inside) in scope.iter_mut().enumerate() {
        *inside &= design.counts(row);
    }
    let subject = answer::subject(query, data, Some(&question))?;
    let policy = query.dont_know.or(outcome::policy(&choice.outcome, data));
    let explained = outcome::explained(
        &Outcome::Share(choice.outcome.clone()),
        policy.unwrap_or_default(),
        data,
    )?;
    for (inside, value) in scope.iter_mut().zip(&explained.values) {
        *inside &= value.is_finite();
    }
    let boxes = Boxes::of(&question, subject.dont_know, data, &mut scope)?;
    let held = held(query, choice, data)?;
    let mut warnings = prepared.warnings.clone();
    warnings.extend(incomplete(&held, &mut scope).map(told));
    let inside = || (0..data.rows).filter(|row| scope[*row]);
    let n_weighted = inside().map(|row| design.weight(row)).sum();
    let making = Making {
        query,
        choice,
        data,
        design,
        level,
        outcome: &explained.values,
        held: &held,
    };
    let mut made = Made::default();
    for (item, ticks) in boxes.items.iter().zip(&boxes.ticks) {
        let side = |row: usize| match (ticks[row], choice.against) {
            _ if !scope[row] => OUT,
            (CHOSEN, _) => WITH,
            (OUT, Against::WithoutIt) => OUT,
            (_, Against::NoBox) if boxes.any[row] => OUT,
            _ => WITHOUT,
        };
        let sides: Vec<u16> = (0..data.rows).map(side).collect();
        match choice.controls.is_empty() {
            true => making.plain(item, &sides, &mut made),
            false => making.controlled(item, &sides, &mut made)?,
        }
    }
    let p: Vec<f64> = made.contrasts.iter().map(|contrast| contrast.contrast.p).collect();
    let adjusted = query.compare.adjust.apply(&p);
    for (contrast, p) in made.contrasts.iter_mut().zip(adjusted) {
        contrast.p_adjusted = p;
    }
    let question = in_each_language(|language| lower_first(subject.title.get(language)));
    let arguments = [("outcome", &explained.label), ("question", &question)];
    let subject = Subject {
        title: worded("row-effect-of", &arguments),
        ..subject
    };
    warnings.extend(answer::unknown_codes(query, data)?);
    warnings.extend(answer::unconfirmed(query, data, &subject));
    warnings.extend(made.warnings());
    let filter = filter::describe(&query.filter, data);
    let n = inside().count();
    let mut table = Table {
        query: query.clone(),
        subject,
        base: TableBase {
            label: asked.label,
            unit: asked.unit.unwrap_or_else(|| data.codebook.unit.clone()),
            filter: filter.kept,
            further: filter.further,
            n,
            n_weighted,
        },
        by: Text::default(),
        by_answers: 1,
        by_ordered: false,
        items: made.items,
        groups: vec![TableGroup {
            n,
            n_weighted,
            ..TableGroup::default()
        }],
        cells: made.cells,
        ties: Vec::new(),
        comparisons: Comparisons {
            contrasts: made.contrasts,
            ..Comparisons::default()
        },
        outcome: Some(explained.label),
        controls: held.controls.iter().map(|control| control.label().clone()).collect(),
        model: None,
        strata: design.strata(),
        warnings,
    };
    table.warn();
    Ok(table)
}

fn told(warning: ModelWarning) -> TableWarning {
    TableWarning::Model(Box::new(warning))
}

/// The boxes of a question, and who has which.
struct Boxes {
    items: Vec<TableItem>,
    /// One vector per box, one element per respondent.
    ticks: Vec<Vec<u16>>,
    /// Who has any.
    any: Vec<bool>,
}

impl Boxes {
    /// Leaves in `scope` those who were asked about a box and said more than "don't know".
    fn of(
        question: &Question,
        dont_know: crate::data::DontKnow,
        data: &Dataset,
        scope: &mut [bool],
    ) -> Result<Self, QueryError> {
        let ticks = lanes::boxes(question, dont_know, data, scope)?;
        let mut made = Self {
            items: Vec::new(),
            ticks: Vec::new(),
            any: vec![false; data.rows],
        };
        let mut asked = vec![false; data.rows];
        let mut undecided = vec![false; data.rows];
        for (item, ticks) in question.items.iter().zip(ticks) {
            match item.is {
                ItemKind::Answer => {
                    for (row, tick) in ticks.iter().enumerate() {
                        asked[row] |= *tick != OUT;
                        made.any[row] |= *tick == CHOSEN;
                    }
                    let row = lanes::table_item(item, RowKind::Answer, Some(question), data)?;
                    made.items.push(row);
                    made.ticks.push(ticks);
                }
                ItemKind::DontKnow => {
                    for (undecided, tick) in undecided.iter_mut().zip(&ticks) {
                        *undecided |= *tick == CHOSEN;
                    }
                }
                ItemKind::None => {}
            }
        }
        for (row, inside) in scope.iter_mut().enumerate() {
            *inside &= asked[row] && (made.any[row] || !undecided[row]);
        }
        Ok(made)
    }
}

/// The variables that are held alike.
fn held(query: &Query, choice: &EffectChoice, data: &Dataset) -> Result<Controls, QueryError> {
    let term = |var: &VarId| {
        vec![Controlled {
            var: var.clone(),
            entering: None,
        }]
    };
    let asked = ModelQuery {
        filter: query.filter.clone(),
        design: query.design.clone(),
        ..ModelQuery::new(
            Outcome::Share(choice.outcome.clone()),
            choice.controls.iter().map(term).collect(),
            data,
        )
    };
    Ok(Controls::of(&asked, data)?)
}

/// Takes those who lack an answer to a control out of `scope`, and says so.
fn incomplete(held: &Controls, scope: &mut [bool]) -> Option<ModelWarning> {
    let of = scope.iter().filter(|inside| **inside).count();
    let mut vars: Vec<(VarId, usize)> = Vec::new();
    for control in &held.controls {
        let lacking = (0..scope.len()).filter(|row| scope[*row] && !control.is_known(*row));
        vars.push((control.var.clone(), lacking.count()));
    }
    for (row, inside) in scope.iter_mut().enumerate() {
        *inside &= held.controls.iter().all(|control| control.is_known(row));
    }
    vars.retain(|(_, lacking)| *lacking > 0);
    vars.sort_by_key(|(_, lacking)| std::cmp::Reverse(*lacking));
    let rows = of - scope.iter().filter(|inside| **inside).count();
    (rows > 0).then_some(ModelWarning::Incomplete { rows, of, vars })
}

/// How the numbers are made.
struct Making<'a> {
    query: &'a Query,
    choice: &'a EffectChoice,
    data: &'a Dataset,
    design: &'a Design,
    level: f64,
    /// 1 or 0; one element per respondent.
    outcome: &'a [f64],
    held: &'a Controls,
}

/// Rows of the table.
#[derive(Default)]
struct Made {
    items: Vec<TableItem>,
    cells: Vec<Cell>,
    contrasts: Vec<TableContrast>,
    /// Of which boxes the models are in trouble.
    troubled: Vec<(Text, ModelWarning)>,
}

impl Made {
    fn row(&mut self, item: TableItem, cell: Cell) {
        self.items.push(item);
        self.cells.push(cell);
    }

    /// One warning for each kind of trouble. Of many respondents per coefficient the worst case is told.
    fn warnings(&mut self) -> Vec<TableWarning> {
        let mut warnings: Vec<(Vec<Text>, ModelWarning)> = Vec::new();
        for (of, warning) in self.troubled.drain(..) {
            let alike = |known: &ModelWarning| std::mem::discriminant(known) == std::mem::discriminant(&warning);
            match warnings.iter_mut().find(|(_, known)| alike(known)) {
                Some((boxes, known)) => {
                    boxes.push(of);
                    if let (ModelWarning::FewEvents { events: worst, .. }, ModelWarning::FewEvents { events, .. }) =
                        (&*known, &warning)
                        && events < worst
                    {
                        *known = warning;
                    }
                }
                None => warnings.push((vec![of], warning)),
            }
        }
        let in_words = |(of, warning)| TableWarning::InComparison {
            of,
            warning: Box::new(warning),
        };
        warnings.into_iter().map(in_words).collect()
    }
}

impl Making<'_> {
    fn against(&self) -> Side {
        let (id, key) = match self.choice.against {
            Against::NoBox => ("none", "row-none"),
            Against::WithoutIt => ("without", "row-without"),
        };
        Side {
            id: Code::Text(id.to_owned()),
            label: worded(key, &[]),
        }
    }

    fn contrast(&self, item: &TableItem, contrast: Contrast, ratios: [Option<RatioEstimate>; 2]) -> TableContrast {
        let [risk_ratio, odds_ratio] = ratios;
        TableContrast {
            item: None,
            by: None,
            a: Side {
                id: Code::Text(item.id.clone()),
                label: item.label.clone(),
            },
            b: self.against(),
            contrast,
            p_adjusted: contrast.p,
            risk_ratio,
            odds_ratio,
        }
    }

    /// Shares of those with and without a box. The first box also brings the row of those without any.
    fn plain(&self, item: &TableItem, sides: &[u16], made: &mut Made) {
        let has = |row: usize| usize::from(self.outcome[row] == 1.0);
        let tally = self.design.tally(4, |row| {
            (sides[row] != OUT).then(|| usize::from(sides[row]) * 2 + has(row))
        });
        let cell = |side: u16| {
            let first = usize::from(side) * 2;
            let estimate = tally.domain(first..first + 2).share(first + 1);
            let (low, high) = self.query.interval.of_share(&estimate, self.level);
            Cell {
                estimate,
                low,
                high,
                n_chosen: Some(tally.count(first + 1..first + 2).0),
            }
        };
        if made.items.is_empty() && self.choice.against == Against::NoBox {
            let Side { id, label } = self.against();
            let reference = TableItem {
                id: id.to_string(),
                label,
                kind: RowKind::Reference,
                ..TableItem::default()
            };
            made.row(reference, cell(WITHOUT));
        }
        made.row(item.clone(), cell(WITH));
        let (with, without) = (tally.share(&[3], &[2, 3]), tally.share(&[1], &[0, 1]));
        if with.value.is_nan() || without.value.is_nan() {
            return;
        }
        let df = tally.degrees_of_freedom(&[0, 1, 2, 3]);
        let (contrast, ratios) = share_difference(&tally, (&with, &without), df, self.level);
        made.contrasts.push(self.contrast(item, contrast, ratios));
    }

    /// The predicted share with a box, and its average marginal effect.
    fn controlled(&self, item: &TableItem, sides: &[u16], made: &mut Made) -> Result<(), QueryError> {
        let rows: Vec<usize> = (0..sides.len()).filter(|row| sides[*row] != OUT).collect();
        let with = || rows.iter().copied().filter(|row| sides[*row] == WITH);
        let own = Estimate {
            n: with().count(),
            n_weighted: with().map(|row| self.design.weight(row)).sum(),
            ..Estimate::EMPTY
        };
        let n_chosen = Some(with().filter(|row| self.outcome[*row] == 1.0).count());
        let unknown = Cell {
            estimate: own,
            low: f64::NAN,
            high: f64::NAN,
            n_chosen,
        };
        let mut held = self.held.clone();
        let settled = ModelQuery::new(Outcome::Share(self.choice.outcome.clone()), Vec::new(), self.data);
        held.settle(&settled, &rows, self.data)?;
        let place = held.controls.len();
        let mut predictors: Vec<Predictor> = held.controls.iter().map(|control| control.predictor.clone()).collect();
        predictors.push(Predictor::Factor {
            levels: 2,
            places: sides.to_vec(),
        });
        let mut terms: Vec<Vec<usize>> = vec![vec![place]];
        terms.extend(
            (0..place)
                .filter(|control| held.controls[*control].levels.len() != 1)
                .map(|c| vec![c]),
        );
        let frame = Frame { predictors, rows };
        let layout = Layout::of(&frame, &terms);
        let family = crate::stats::model::Family::Logistic;
        let fitted = match fit(self.design, family, self.outcome, &layout, &frame) {
            Ok(fitted) => fitted,
            // Nobody to compare, or all alike: the row says so by having no number.
            Err(FitError::Empty | FitError::Constant) => {
                made.row(item.clone(), unknown);
                return Ok(());
            }
        };
        if layout.columns.len() > super::model_answer::MOST_COEFFICIENTS {
            return Err(QueryError::from(ModelError::TooManyCoefficients {
                coefficients: layout.columns.len(),
                most: super::model_answer::MOST_COEFFICIENTS,
            }));
        }
        let mut trouble = |warning| made.troubled.push((item.label.clone(), warning));
        // The first column is the intercept, the second the box.
        let (dependent, endless) = (fitted.dependent.contains(&1), fitted.endless.contains(&1));
        let name = || vec![item.label.clone()];
        if dependent {
            trouble(ModelWarning::Dependent { terms: name() });
        }
        if !fitted.endless.is_empty() {
            let columns = fitted.endless.iter().filter_map(|column| layout.columns.get(*column));
            let named = columns.map(|column| match column.parts.as_slice() {
                [crate::stats::model::Part::Level(at, _)] if *at == place => item.label.clone(),
                parts => held.column(parts).1,
            });
            trouble(ModelWarning::Endless { terms: named.collect() });
        }
        if !fitted.converged {
            trouble(ModelWarning::NotConverged { steps: fitted.steps });
        }
        if fitted.df_residual <= 0.0 {
            trouble(ModelWarning::NoDegrees);
        }
        let coefficients = layout.columns.len() - fitted.dependent.len();
        let events = fitted.events.min(fitted.n - fitted.events);
        if events < super::model_answer::EVENTS_PER_COEFFICIENT * coefficients {
            trouble(ModelWarning::FewEvents { events, coefficients });
        }
        if dependent || endless {
            made.row(item.clone(), unknown);
            return Ok(());
        }
        let margin = fitted.margin(self.design, &layout, &frame, &[Setting::Level(place, WITH)]);
        let (low, high) = self.query.interval.of_share(&margin.estimate, self.level);
        let cell = Cell {
            estimate: Estimate {
                n: own.n,
                n_weighted: own.n_weighted,
                ..margin.estimate
            },
            low,
            high,
            n_chosen,
        };
        made.row(item.clone(), cell);
        if let [effect] = fitted.effects(self.design, &layout, &frame, place).as_slice() {
            let Estimate {
                value, std_error, df, ..
            } = effect.estimate;
            let contrast = Contrast::new(value, std_error, df);
            made.contrasts.push(self.contrast(item, contrast, [None, None]));
        }
        Ok(())
    }
}
