//! A model as it is built: a choice in, the choice with a term more, a term less, another reference out. What its view
//! speaks of is always one of its terms.

use crate::data::{Code, Column, Dataset, VarId, VariableKind};
use crate::measure::{Entering, ModelChoice, ModelView, Outcome};

use super::analyses::{outcome_variables, term};

impl ModelChoice {
    /// With another outcome; terms that it is made of go.
    pub fn with_outcome(&self, outcome: Outcome) -> Self {
        let own = outcome_variables(&outcome);
        let mut changed = Self {
            outcome,
            ..self.clone()
        };
        changed
            .terms
            .retain(|term| !term.iter().any(|part| own.contains(&part.var)));
        changed.settled()
    }

    /// With a term of one variable more.
    pub fn with_term(&self, var: &VarId) -> Self {
        let mut changed = self.clone();
        if !changed.has_term(var) {
            changed.terms.push(term(var.clone()));
        }
        changed.settled()
    }

    /// Without a term; what interacts with it goes too, where it was the variable itself.
    pub fn without_term(&self, place: usize) -> Self {
        let mut changed = self.clone();
        if place >= changed.terms.len() {
            return changed;
        }
        let gone = changed.terms.remove(place);
        if let [part] = gone.as_slice() {
            changed
                .terms
                .retain(|term| term.iter().all(|other| other.var != part.var));
        }
        changed.settled()
    }

    /// With the interaction of two of its variables, or without it where it has it.
    pub fn toggled_interaction(&self, a: &VarId, b: &VarId) -> Self {
        let mut changed = self.clone();
        match changed.interaction(a, b) {
            Some(place) => {
                changed.terms.remove(place);
            }
            None => {
                let part = |var: &VarId| {
                    let main = self.terms.iter().find(|term| term.len() == 1 && term[0].var == *var);
                    main.cloned().unwrap_or_else(|| term(var.clone()))
                };
                changed.terms.push([part(a), part(b)].concat());
            }
        }
        changed.settled()
    }

    /// With a variable entering as a number or by categories wherever it stands; `None`: as the codebook says.
    pub fn with_entering(&self, var: &VarId, entering: Option<Entering>) -> Self {
        let mut changed = self.clone();
        let parts = changed.terms.iter_mut().flatten();
        for part in parts.filter(|part| part.var == *var) {
            part.entering = entering;
        }
        if entering == Some(Entering::Numeric) {
            changed.references.retain(|(known, _)| known != var);
        }
        changed.settled()
    }

    /// With another reference category; `None`: the first.
    pub fn with_reference(&self, var: &VarId, code: Option<Code>) -> Self {
        let mut changed = self.clone();
        changed.references.retain(|(known, _)| known != var);
        changed.references.extend(code.map(|code| (var.clone(), code)));
        changed
    }

    /// Where the interaction of two variables stands among the terms.
    pub fn interaction(&self, a: &VarId, b: &VarId) -> Option<usize> {
        let is = |term: &crate::measure::ModelTerm| {
            term.len() == 2 && [a, b].iter().all(|var| term.iter().any(|part| part.var == **var))
        };
        self.terms.iter().position(is)
    }

    /// The variables of its terms, in order, once each, with how they enter.
    pub fn variables(&self) -> Vec<(VarId, Option<Entering>)> {
        let mut found: Vec<(VarId, Option<Entering>)> = Vec::new();
        for part in self.terms.iter().flatten() {
            if !found.iter().any(|(var, _)| *var == part.var) {
                found.push((part.var.clone(), part.entering));
            }
        }
        found
    }

    /// The variables that enter as numbers, and those that enter by categories.
    pub fn split_variables(&self, data: &Dataset) -> (Vec<VarId>, Vec<VarId>) {
        let (numbers, factors): (Vec<_>, Vec<_>) = self
            .variables()
            .into_iter()
            .partition(|(var, entering)| enters_as_number(var, *entering, data));
        let vars = |list: Vec<(VarId, Option<Entering>)>| list.into_iter().map(|(var, _)| var).collect();
        (vars(numbers), vars(factors))
    }

    fn has_term(&self, var: &VarId) -> bool {
        self.terms.iter().any(|term| term.len() == 1 && term[0].var == *var)
    }

    /// What speaks of variables that are gone, goes.
    fn settled(mut self) -> Self {
        let vars: Vec<VarId> = self.variables().into_iter().map(|(var, _)| var).collect();
        self.references.retain(|(var, _)| vars.contains(var));
        self.view = match self.view {
            ModelView::Margins(var) if !vars.contains(&var) => ModelView::default(),
            ModelView::Curve { over, .. } if !vars.contains(&over) => ModelView::default(),
            ModelView::Curve { over, by: Some(by) } if !vars.contains(&by) => ModelView::Curve { over, by: None },
            view => view,
        };
        self
    }
}

/// Whether a variable enters a model as a number.
pub fn enters_as_number(var: &VarId, entering: Option<Entering>, data: &Dataset) -> bool {
    match entering {
        Some(entering) => entering == Entering::Numeric,
        None => {
            let is_quantity = data
                .codebook
                .variable(var)
                .is_some_and(|variable| variable.kind == VariableKind::Numeric);
            is_quantity || matches!(data.column(var), Ok(Column::Numbers(_)))
        }
    }
}
