//! What the window needs to offer filters and breakdowns: which variables, and how many respondents each choice keeps.

use super::{Command, State};
use crate::data::{Code, Codebook, Column, Dataset, Role, VarId, Variable, VariableKind};
use crate::filter::{self, Counts, Filter, FilterError, Keep};
use crate::measure::role_breakdowns;

/// How many respondents a filter leaves, of how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Running {
    /// Respondents left, unweighted.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
    /// All respondents, unweighted.
    pub of_n: usize,
    /// The sum of all weights.
    pub of_n_weighted: f64,
}

/// What a running count depends on: the data (by their address, for they never change), the filter, the weight.
pub(super) type CountedFor = (usize, Filter, Option<VarId>);

/// A breakdown with more groups than this is no longer read.
const MOST_GROUPS: usize = 30;

impl State {
    /// The variables that respondents can be filtered by: sector, size, respondent type, region, branch, round, then the
    /// others in the order of the codebook. Free texts, dates and what only serves the design are not among them.
    pub fn filter_variables(&self) -> Vec<&Variable> {
        let Some(data) = self.dataset() else { return Vec::new() };
        people_order(&data.codebook)
    }

    /// The variables that a view can be broken down by, in the same order: those with a few answers.
    pub fn breakdown_variables(&self) -> Vec<&Variable> {
        let Some(data) = self.dataset() else { return Vec::new() };
        people_order(&data.codebook)
            .into_iter()
            .filter(|variable| variable.kind != VariableKind::Numeric)
            .filter(|variable| match data.column(&variable.name) {
                Ok(Column::Coded { levels, .. }) => (2..=MOST_GROUPS).contains(&levels.len()),
                _ => false,
            })
            .collect()
    }

    /// What a view can be broken down by, with its name: variables of few answers, then the roles of actors.
    pub fn breakdowns(&self) -> Vec<(VarId, String)> {
        let language = self.language();
        let variables = self.breakdown_variables().into_iter();
        let variables = variables.map(|variable| (variable.name.clone(), variable.title(language).to_owned()));
        let roles = self.dataset().map(|data| role_breakdowns(data)).unwrap_or_default();
        let roles = roles.into_iter().map(|(by, name)| (by, name.get(language).to_owned()));
        variables.chain(roles).collect()
    }

    /// How many respondents each value of a variable would leave, given the chips of the other variables.
    pub fn counts(&self, var: &VarId) -> Result<Counts, FilterError> {
        let Some(data) = self.dataset() else {
            return Ok(Counts::default());
        };
        let others = self.project.filter.without(var).condition();
        filter::counts(data, var, &others, self.project.design.weight.as_ref())
    }

    /// The command that adds a code to the chip of a variable, or takes it away.
    pub fn toggled(&self, var: &VarId, code: &Code) -> Command {
        let mut codes = match self.project.filter.keep(var) {
            Some(Keep::Codes(codes)) => codes.clone(),
            Some(Keep::Range { .. }) | None => Vec::new(),
        };
        match codes.iter().position(|kept| kept == code) {
            Some(place) => {
                codes.remove(place);
            }
            None => codes.push(code.clone()),
        }
        Command::SetFilter(var.clone(), Keep::Codes(codes))
    }

    pub(super) fn count_running(&mut self) {
        let Some(data) = self.dataset().cloned() else {
            self.running = None;
            self.counted = None;
            return;
        };
        let wanted = (
            std::sync::Arc::as_ptr(&data) as usize,
            self.project.filter.clone(),
            self.project.design.weight.clone(),
        );
        if self.counted.as_ref() == Some(&wanted) {
            return;
        }
        self.running = running(&data, &self.project.filter, self.project.design.weight.as_ref());
        self.counted = Some(wanted);
    }
}

fn running(data: &Dataset, filter: &Filter, weight: Option<&VarId>) -> Option<Running> {
    let domain = filter::mark(&filter.condition(), data).ok()?;
    let weights = weight.map(|weight| data.column(weight)).transpose().ok()?;
    let mut running = Running {
        n: 0,
        n_weighted: 0.0,
        of_n: data.rows,
        of_n_weighted: 0.0,
    };
    for (row, &is_in) in domain.marks.iter().enumerate() {
        let weight = match weights.map(|weights| weights.number(row)) {
            Some(weight) if weight > 0.0 && weight.is_finite() => weight,
            Some(_) => 0.0,
            None => 1.0,
        };
        running.of_n_weighted += weight;
        if is_in {
            running.n += 1;
            running.n_weighted += weight;
        }
    }
    Some(running)
}

/// The variables of interest, those that people ask for first at the front.
fn people_order(codebook: &Codebook) -> Vec<&Variable> {
    const FIRST: [Role; 6] = [
        Role::Sector,
        Role::Size,
        Role::RespondentType,
        Role::Region,
        Role::Branch,
        Role::Round,
    ];
    let place = |variable: &Variable| {
        FIRST
            .iter()
            .position(|role| variable.role == Some(*role))
            .unwrap_or(FIRST.len())
    };
    let mut variables: Vec<_> = codebook
        .variables
        .iter()
        .filter(|variable| !matches!(variable.kind, VariableKind::Text | VariableKind::Date))
        .filter(|variable| !variable.role.is_some_and(Role::is_machinery))
        .collect();
    variables.sort_by_key(|variable| place(variable));
    variables
}
