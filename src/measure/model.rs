//! What is asked of a regression, as a value that can be compared, stored and answered.

use serde::{Deserialize, Serialize};

use super::choice::DesignChoice;
use super::model_answer;
use super::model_table::ModelTable;
use super::outcome;
use super::query::QueryError;
use super::sampling::Prepared;
use crate::data::{Code, Condition, DataError, Dataset, DontKnow, VarId};
use crate::filter::FilterError;
use crate::stats::Interval;
use crate::stats::model::FitError;

/// What is explained.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Whether a condition holds, among those for whom it is known: a logistic model.
    Share(Condition),
    /// A number: a linear model.
    Mean(VarId),
}

/// How a variable enters a model, where it is not as the codebook says: quantities and numbers without labels as
/// numbers, the rest by categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entering {
    /// By categories: `factor(VAR)`.
    Factor,
    /// As a number: `numeric(VAR)`.
    Numeric,
}

/// A variable in a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Controlled {
    /// The variable.
    pub var: VarId,
    /// How it enters; `None`: as the codebook says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entering: Option<Entering>,
}

/// One variable, or several that interact.
pub type ModelTerm = Vec<Controlled>;

/// A predicted margin that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarginQuery {
    /// The variables that are set; several are crossed, the first varying slowest.
    pub vars: Vec<VarId>,
    /// The values of a numeric variable ([`Code::Number`]); those not named get a grid over their range.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<(VarId, Vec<Code>)>,
}

/// A regression that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelQuery {
    /// What is explained.
    pub outcome: Outcome,
    /// By what. Empty: only the intercept.
    pub terms: Vec<ModelTerm>,
    /// The reference category of factors, where it is not the first in the codebook's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<(VarId, Code)>,
    /// Among whom.
    #[serde(default)]
    pub filter: Condition,
    /// Whether "don't know" to the outcome's variable is a "no" ([`DontKnow::Keep`], as for shares) or leaves the model.
    #[serde(default)]
    pub dont_know: DontKnow,
    /// The sampling design.
    pub design: DesignChoice,
    /// How intervals of predicted shares are made. Those of coefficients are estimate ± t × standard error.
    #[serde(default)]
    pub interval: Interval,
    /// The confidence level: a [`Code::Number`] between 0 and 1.
    pub level: Code,
    /// Predicted margins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub margins: Vec<MarginQuery>,
    /// Whether average marginal effects are wanted.
    #[serde(default)]
    pub effects: bool,
}

impl ModelQuery {
    /// A model of `outcome` by `terms` for everybody, with the design that the codebook describes, the don't-know policy
    /// of the outcome's question and 95 % intervals.
    pub fn new(outcome: Outcome, terms: Vec<ModelTerm>, data: &Dataset) -> Self {
        Self {
            dont_know: match &outcome {
                Outcome::Share(condition) => outcome::policy(condition, data).unwrap_or_default(),
                Outcome::Mean(_) => DontKnow::default(),
            },
            outcome,
            terms,
            references: Vec::new(),
            filter: Condition::Everyone,
            design: DesignChoice::of(data),
            interval: Interval::Logit,
            level: Code::Number(0.95),
            margins: Vec::new(),
            effects: false,
        }
    }

    /// Answers the query.
    pub fn run(&self, data: &Dataset) -> Result<ModelTable, ModelError> {
        self.run_with(data, &self.design.prepare(data)?)
    }

    /// Answers the query with a design prepared for `data` from `self.design`.
    pub fn run_with(&self, data: &Dataset, prepared: &Prepared) -> Result<ModelTable, ModelError> {
        model_answer::answer(self, data, prepared)
    }
}

/// Why a model has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A variable, the design or the filter cannot be used.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// There is nothing to fit.
    #[error("{reason}, so there is no model. Choose another outcome, other terms or a wider filter.")]
    Fit {
        /// Why.
        reason: FitError,
    },
    /// A term has too many categories.
    #[error(
        "{var} has {levels} different answers, too many for a model. Choose a variable with at most {most}, or numeric({var})."
    )]
    TooManyLevels {
        /// The variable.
        var: VarId,
        /// How many.
        levels: usize,
        /// How many are allowed.
        most: usize,
    },
    /// The model is too large.
    #[error("the model has {coefficients} coefficients, more than the {most} allowed. Leave out terms.")]
    TooManyCoefficients {
        /// How many.
        coefficients: usize,
        /// How many are allowed.
        most: usize,
    },
    /// A reference that nobody gave.
    #[error("nobody in the model answered {value} to {var}, so it cannot be the reference. Its answers are {known}.")]
    NoSuchReference {
        /// The variable.
        var: VarId,
        /// What was asked for.
        value: Code,
        /// What there is.
        known: String,
    },
    /// Something is asked of a variable that is not in the model.
    #[error("{var} is not a term of the model. Add it to the terms, or leave out what is asked of it.")]
    NotInModel {
        /// The variable.
        var: VarId,
    },
    /// A variable both as a number and by categories.
    #[error("{var} enters the model both as a number and by categories. Choose factor({var}) or numeric({var}).")]
    EntersTwice {
        /// The variable.
        var: VarId,
    },
    /// A reference for a numeric variable.
    #[error("{var} enters the model as a number and has no reference. Use factor({var}) for its categories.")]
    NoReference {
        /// The variable.
        var: VarId,
    },
}

impl From<DataError> for ModelError {
    fn from(error: DataError) -> Self {
        Self::Query(error.into())
    }
}

impl From<FilterError> for ModelError {
    fn from(error: FilterError) -> Self {
        Self::Query(error.into())
    }
}

/// Why terms cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the terms {text:?} cannot be read: {problem}. Write them as in a,b,a:b or a*b, a category as factor(a).")]
pub struct TermsError {
    text: String,
    problem: String,
}

/// Reads `a,b,a:b,c*d`: main effects, interactions, and interactions with all that they are made of. A variable may
/// stand as `factor(a)` or `numeric(a)`, and odd names in backticks.
pub fn parse_terms(text: &str) -> Result<Vec<ModelTerm>, TermsError> {
    let error = |problem: &str| TermsError {
        text: text.to_owned(),
        problem: problem.to_owned(),
    };
    let mut terms = Vec::new();
    if text.trim().is_empty() {
        return Ok(terms);
    }
    for term in split(text, ',') {
        let crossed: Vec<Vec<Controlled>> = split(term, '*')
            .into_iter()
            .map(|product| split(product, ':').into_iter().map(controlled).collect::<Option<_>>())
            .collect::<Option<_>>()
            .ok_or_else(|| error("a variable is missing"))?;
        if crossed.len() > 6 {
            return Err(error("too many variables interact"));
        }
        // a*b*c: every choice of its parts.
        for chosen in 1..1_u32 << crossed.len() {
            let parts = crossed.iter().enumerate().filter(|(i, _)| chosen & (1 << i) != 0);
            terms.push(parts.flat_map(|(_, part)| part.clone()).collect());
        }
    }
    Ok(terms)
}

/// The pieces between `separator`s that stand outside backticks.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        quoted ^= c == '`';
        c == separator && !quoted
    })
    .collect()
}

fn controlled(text: &str) -> Option<Controlled> {
    let text = text.trim();
    let inside = |name: &str| text.strip_prefix(name)?.strip_suffix(')');
    let (entering, name) = match (inside("factor("), inside("numeric(")) {
        (Some(name), _) => (Some(Entering::Factor), name),
        (_, Some(name)) => (Some(Entering::Numeric), name),
        (None, None) => (None, text),
    };
    let name = name.trim().trim_matches('`');
    (!name.is_empty()).then(|| Controlled {
        var: VarId(name.to_owned()),
        entering,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let name = |part: &Controlled| match part.entering {
            None => part.var.0.clone(),
            Some(entering) => format!("{entering:?} {}", part.var),
        };
        let terms = parse_terms(text).unwrap();
        terms
            .iter()
            .map(|term| term.iter().map(name).collect::<Vec<_>>().join("×"))
            .collect()
    }

    #[test]
    fn terms_are_read_with_interactions_and_odd_names() {
        assert_eq!(names(" a, b.c ,a:b.c"), ["a", "b.c", "a×b.c"]);
        assert_eq!(names("a*b"), ["a", "b", "a×b"]);
        assert_eq!(names("a*b*c"), ["a", "b", "a×b", "c", "a×c", "b×c", "a×b×c"]);
        assert_eq!(names("factor(x):`odd, name*`"), ["Factor x×odd, name*"]);
        assert_eq!(names(""), Vec::<String>::new());
        assert!(parse_terms("a,,b").is_err() && parse_terms("a:").is_err());
    }
}
