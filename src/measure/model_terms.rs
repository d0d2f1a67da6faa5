//! The variables of a model's terms in, predictors for arithmetic out, with their names and labels.

use std::collections::BTreeMap;

use super::coding::{Coding, numbers};
use super::model::{Entering, ModelError, ModelQuery};
use crate::data::{AnswerKind, Code, Column, Dataset, Format, Language, Text, VarId, Variable, VariableKind};
use crate::filter::{matching_codes, variable_text};
use crate::stats::model::{self, Layout, Part, Predictor};

/// The most categories of a factor.
const MOST_LEVELS: usize = 60;

/// Nobody's place.
const NOWHERE: u16 = u16::MAX;

/// A variable of a model.
#[derive(Clone)]
pub(super) struct Control {
    pub var: VarId,
    entering: Option<Entering>,
    label: Text,
    /// Code and label of the categories, the reference first; empty for a number.
    pub levels: Vec<(Code, Text)>,
    pub predictor: Predictor,
    /// Whether it enters as a number only because nobody has said what its few codes mean.
    pub bare: bool,
}

/// The variables of a model, in the order in which its terms name them.
#[derive(Clone)]
pub(super) struct Controls {
    pub controls: Vec<Control>,
    pub terms: Vec<model::Term>,
}

impl Controls {
    /// Reads the variables. Categories are still all of the codebook's.
    pub fn of(query: &ModelQuery, data: &Dataset) -> Result<Self, ModelError> {
        let mut told: Vec<(&VarId, Entering)> = Vec::new();
        for part in query.terms.iter().flatten() {
            let Some(entering) = part.entering else { continue };
            match told.iter().find(|(var, _)| **var == part.var) {
                Some((var, other)) if *other != entering => {
                    return Err(ModelError::EntersTwice { var: (*var).clone() });
                }
                Some(_) => {}
                None => told.push((&part.var, entering)),
            }
        }
        let mut controls: Vec<Control> = Vec::new();
        let mut terms = Vec::new();
        for term in &query.terms {
            let mut places = Vec::new();
            for part in term {
                let known = controls.iter().position(|control| control.var == part.var);
                places.push(match known {
                    Some(place) => place,
                    None => {
                        let entering = told.iter().find(|(var, _)| **var == part.var);
                        controls.push(Control::of(&part.var, entering.map(|(_, entering)| *entering), data)?);
                        controls.len() - 1
                    }
                });
            }
            terms.push(places);
        }
        Ok(Self { controls, terms })
    }

    /// The place of `var`.
    pub fn find(&self, var: &VarId) -> Option<usize> {
        self.controls.iter().position(|control| control.var == *var)
    }

    /// Leaves the categories that occur in `rows` and puts the references first.
    pub fn settle(&mut self, query: &ModelQuery, rows: &[usize], data: &Dataset) -> Result<(), ModelError> {
        for (var, _) in &query.references {
            match self.find(var) {
                None => return Err(ModelError::NotInModel { var: var.clone() }),
                Some(place) if matches!(self.controls[place].predictor, Predictor::Numeric(_)) => {
                    return Err(ModelError::NoReference { var: var.clone() });
                }
                Some(_) => {}
            }
        }
        for control in &mut self.controls {
            control.settle(query, rows, data)?;
        }
        Ok(())
    }

    /// The name of a column as R gives it, and for people.
    pub fn column(&self, parts: &[Part]) -> (String, Text) {
        let names: Vec<String> = parts
            .iter()
            .map(|part| match *part {
                Part::Number(place) => self.controls[place].name(),
                Part::Level(place, level) => {
                    let control = &self.controls[place];
                    format!("{}{}", control.name(), control.levels[usize::from(level)].0)
                }
            })
            .collect();
        let label = in_each_language(|language| {
            let labels: Vec<String> = parts
                .iter()
                .map(|part| match *part {
                    Part::Number(place) => self.controls[place].label.get(language).to_owned(),
                    Part::Level(place, level) => {
                        let control = &self.controls[place];
                        let level = &control.levels[usize::from(level)].1;
                        format!("{}: {}", control.label.get(language), level.get(language))
                    }
                })
                .collect();
            labels.join(" × ")
        });
        (names.join(":"), label)
    }

    /// The name of a term as R gives it, and for people.
    pub fn term(&self, term: &model::Term) -> (String, Text) {
        let names: Vec<String> = term.iter().map(|place| self.controls[*place].name()).collect();
        let label = in_each_language(|language| {
            let labels: Vec<&str> = term
                .iter()
                .map(|place| self.controls[*place].label.get(language))
                .collect();
            labels.join(" × ")
        });
        (names.join(":"), label)
    }

    /// Whether a control is in a column of the model matrix.
    pub fn is_used(layout: &Layout, place: usize) -> bool {
        layout.terms.iter().any(|term| term.contains(&place))
    }
}

impl Control {
    fn of(var: &VarId, entering: Option<Entering>, data: &Dataset) -> Result<Self, ModelError> {
        let variable = data.variable(var)?;
        let is_quantity = variable.kind == VariableKind::Numeric || matches!(data.column(var)?, Column::Numbers(_));
        let bare = !is_quantity && is_bare(variable, data.column(var)?, data.format);
        let as_number = match entering {
            Some(entering) => entering == Entering::Numeric,
            None => is_quantity || bare,
        };
        let (levels, predictor) = match as_number {
            true => (Vec::new(), Predictor::Numeric(numbers(data, var)?)),
            false => {
                let coding = Coding::of(data, var)?;
                let mut levels = Vec::new();
                let mut level_of = vec![NOWHERE; coding.entries.len()];
                for (entry, level_of) in coding.entries.iter().zip(&mut level_of) {
                    if entry.kind == AnswerKind::Answer && levels.len() < usize::from(NOWHERE) {
                        *level_of = levels.len() as u16;
                        levels.push((entry.code.clone(), entry.label.clone()));
                    }
                }
                let places = coding.map(|entry, _| level_of[entry], NOWHERE);
                let predictor = Predictor::Factor {
                    levels: levels.len() as u16,
                    places,
                };
                (levels, predictor)
            }
        };
        Ok(Self {
            var: var.clone(),
            entering,
            label: variable_text(variable),
            levels,
            predictor,
            bare: bare && entering.is_none(),
        })
    }

    /// Whether the respondent answered.
    pub fn is_known(&self, row: usize) -> bool {
        match &self.predictor {
            Predictor::Numeric(numbers) => numbers[row].is_finite(),
            Predictor::Factor { places, .. } => places[row] != NOWHERE,
        }
    }

    fn settle(&mut self, query: &ModelQuery, rows: &[usize], data: &Dataset) -> Result<(), ModelError> {
        let Predictor::Factor { levels, places } = &mut self.predictor else {
            return Ok(());
        };
        let mut occurs = vec![false; self.levels.len()];
        for row in rows {
            if let Some(occurs) = occurs.get_mut(usize::from(places[*row])) {
                *occurs = true;
            }
        }
        let mut order: Vec<usize> = (0..self.levels.len()).filter(|level| occurs[*level]).collect();
        if order.len() > MOST_LEVELS {
            return Err(ModelError::TooManyLevels {
                var: self.var.clone(),
                levels: order.len(),
                most: MOST_LEVELS,
            });
        }
        if let Some((var, value)) = query.references.iter().find(|(var, _)| *var == self.var) {
            let codes = matching_codes(value, data.variable(var)?, data.column(var)?)?;
            match order.iter().position(|level| codes.contains(&self.levels[*level].0)) {
                Some(place) => {
                    let reference = order.remove(place);
                    order.insert(0, reference);
                }
                None => {
                    let known: Vec<String> = order.iter().map(|level| self.levels[*level].0.to_string()).collect();
                    return Err(ModelError::NoSuchReference {
                        var: var.clone(),
                        value: value.clone(),
                        known: known.join(", "),
                    });
                }
            }
        }
        let mut new_place = vec![NOWHERE; self.levels.len()];
        for (place, level) in order.iter().enumerate() {
            new_place[*level] = place as u16;
        }
        for place in places.iter_mut() {
            *place = new_place.get(usize::from(*place)).copied().unwrap_or(NOWHERE);
        }
        *levels = order.len() as u16;
        self.levels = order.iter().map(|level| self.levels[*level].clone()).collect();
        Ok(())
    }

    fn name(&self) -> String {
        match self.entering {
            Some(Entering::Factor) => format!("factor({})", self.var),
            Some(Entering::Numeric) | None => self.var.0.clone(),
        }
    }

    /// For people: the variable and one of its categories.
    pub fn level_label(&self, level: u16) -> Text {
        in_each_language(|language| {
            let level = self.levels[usize::from(level)].1.get(language);
            format!("{}: {level}", self.label.get(language))
        })
    }

    /// For people.
    pub fn label(&self) -> &Text {
        &self.label
    }
}

/// Whether a few whole numbers stand without labels in a file that does not say how they are measured. They enter as
/// numbers, as they would in R; 0 and 1 come to the same either way.
fn is_bare(variable: &Variable, column: &Column, format: Format) -> bool {
    let says_measure = matches!(format, Format::Sav | Format::Zsav);
    let labelled = variable
        .values
        .iter()
        .any(|value| value.is == AnswerKind::Answer && !value.label.is_empty());
    let numbers = match column {
        Column::Coded { levels, .. } => levels
            .iter()
            .filter(|level| variable.answer_kind(level) == AnswerKind::Answer)
            .all(|level| level.number().is_some()),
        Column::Numbers(_) => true,
    };
    let has_role = variable.role.is_some_and(|role| !role.is_machinery());
    numbers && !labelled && !says_measure && !has_role
}

pub(super) fn in_each_language(of: impl Fn(Language) -> String) -> Text {
    let texts: BTreeMap<String, String> = Language::ALL
        .iter()
        .map(|language| (language.code().to_owned(), of(*language)))
        .collect();
    Text(texts)
}
