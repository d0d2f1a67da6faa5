//! What is asked of a data set, as a value that can be compared, stored and answered.

use serde::{Deserialize, Serialize};

use super::answer;
use super::sampling::Prepared;
use super::table::Table;
use crate::data::{Code, Condition, DataError, Dataset, DontKnow, QuestionId, Role, VarId};
use crate::filter::FilterError;
use crate::stats::Interval;

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The shares of a question's answers or items (the mean of a numeric question). A variable that no question
    /// names is a question of its own, called as the variable.
    Question(QuestionId),
    /// The share of respondents for whom a condition holds, among those for whom it is known.
    Share(Condition),
    /// The mean of a numeric variable.
    Mean(VarId),
}

/// Which variables make the sampling design.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DesignChoice {
    /// The sampling weight; `None`: every respondent counts 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<VarId>,
    /// Strata; several are crossed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<VarId>,
    /// Population size of the stratum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<VarId>,
    /// Primary sampling unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<VarId>,
}

impl DesignChoice {
    /// The design that the codebook's roles describe.
    pub fn of(data: &Dataset) -> Self {
        let with_role = |role| data.codebook.with_role(role).map(|variable| variable.name.clone());
        Self {
            weight: with_role(Role::Weight),
            strata: with_role(Role::Stratum).into_iter().collect(),
            population: with_role(Role::PopulationSize),
            cluster: with_role(Role::Cluster),
        }
    }
}

/// What is asked. The question's base applies by itself; `filter` narrows it, never replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Query {
    /// What is measured.
    pub measure: Measure,
    /// Broken down by the answers to this variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<VarId>,
    /// Among whom.
    #[serde(default)]
    pub filter: Condition,
    /// The don't-know policy where it is not the question's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dont_know: Option<DontKnow>,
    /// The sampling design.
    pub design: DesignChoice,
    /// How intervals are made.
    #[serde(default)]
    pub interval: Interval,
    /// The confidence level: a [`Code::Number`] between 0 and 1, so that queries can be compared and hashed.
    pub level: Code,
}

impl Query {
    /// A query about `measure` for everybody, with the design that the codebook describes and 95 % intervals.
    pub fn new(measure: Measure, data: &Dataset) -> Self {
        Self {
            measure,
            by: None,
            filter: Condition::Everyone,
            dont_know: None,
            design: DesignChoice::of(data),
            interval: Interval::Logit,
            level: Code::Number(0.95),
        }
    }

    /// Answers the query. Who asks often of the same data set prepares the design once and calls [`Query::run_with`].
    pub fn run(&self, data: &Dataset) -> Result<Table, QueryError> {
        self.run_with(data, &self.design.prepare(data)?)
    }

    /// Answers the query with a design prepared for `data` from `self.design`.
    pub fn run_with(&self, data: &Dataset, prepared: &Prepared) -> Result<Table, QueryError> {
        answer::table(self, data, prepared)
    }
}

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A variable is not there.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The filter or base cannot be applied.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// There is no such question.
    #[error("there is no question called {id:?}{}. See `isobar describe` for the questions.", hint(.suggestion))]
    NoSuchQuestion {
        /// What was asked for.
        id: String,
        /// The closest id.
        suggestion: Option<String>,
    },
    /// The weight cannot be used.
    #[error("the weight {var} cannot be used: {reason}. Choose another weight, or none.")]
    Weight {
        /// The variable.
        var: VarId,
        /// What is wrong with it.
        reason: String,
    },
    /// The population size cannot be used.
    #[error("the population size {var} cannot be used: {reason}. Choose another variable, or none.")]
    Population {
        /// The variable.
        var: VarId,
        /// What is wrong with it.
        reason: String,
    },
    /// A stratum has one sampling unit, and that was to be an error.
    #[error("the strata cannot be used: {reason}. Choose coarser strata, or none.")]
    Lonely {
        /// What is wrong with them.
        reason: String,
    },
    /// A mean of texts.
    #[error("{var} is not a number, so it has no mean. Ask for its shares instead.")]
    NotANumber {
        /// The variable.
        var: VarId,
    },
    /// A question about a variable with very many answers.
    #[error(
        "{var} has {answers} different answers, too many for a table of shares. Choose a variable with at most {most}."
    )]
    TooManyAnswers {
        /// The variable.
        var: VarId,
        /// How many.
        answers: usize,
        /// How many are allowed.
        most: usize,
    },
    /// A question names a base that the codebook does not have.
    #[error(
        "the question {question} has the base {base:?}, which the codebook does not describe. Correct the codebook."
    )]
    NoSuchBase {
        /// The question.
        question: QuestionId,
        /// The base.
        base: String,
    },
    /// The confidence level is not one.
    #[error("{level} is not a confidence level. Choose one between 0 and 1, such as 0.95.")]
    Level {
        /// What was asked for.
        level: Code,
    },
    /// A breakdown by a variable with very many answers.
    #[error("{var} has {groups} different answers, too many to break down by. Choose a variable with at most {most}.")]
    TooManyGroups {
        /// The variable.
        var: VarId,
        /// How many.
        groups: usize,
        /// How many are allowed.
        most: usize,
    },
}

fn hint(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map(|id| format!(" (did you mean {id:?}?)"))
        .unwrap_or_default()
}
