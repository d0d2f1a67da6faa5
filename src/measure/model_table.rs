//! The answer to a [`ModelQuery`]: coefficients, tests, margins and effects, each with its error.

use super::model::ModelQuery;
use super::table::{TableBase, TableWarning};
use crate::data::{Code, Text, VarId};
use crate::stats::model::{Coefficient, Family};
use crate::stats::{Estimate, RatioEstimate, Test};

/// A coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelRow {
    /// Its name as R gives it: `(Intercept)`, `size`, `sector2`, `sector2:size`.
    pub term: String,
    /// For people: `Sector: Region`.
    pub label: Text,
    /// The place of its term in [`ModelTable::terms`]; `None`: the intercept.
    pub of_term: Option<usize>,
    /// The variable and category, where it is one of a factor's.
    pub value: Option<(VarId, Code)>,
    /// The respondents in its categories (all for a number), and the sum of their weights.
    pub n: (usize, f64),
    /// The coefficient, on the scale of log odds in a logistic model, with its test.
    pub coefficient: Coefficient,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The odds ratio with its interval; `None` in a linear model.
    pub odds_ratio: Option<RatioEstimate>,
    /// What keeps it from being one, if anything does.
    pub trouble: Option<Trouble>,
}

/// Why a coefficient means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Earlier terms say the same; it was left out.
    Dependent,
    /// It has no end: it tells the outcome of some respondents with certainty.
    Endless,
}

/// A term with the test that it does not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelTerm {
    /// Its name as R gives it: `sector`, `sector:size`.
    pub term: String,
    /// Its variables.
    pub vars: Vec<VarId>,
    /// For people.
    pub label: Text,
    /// Wald's F test that all its coefficients are 0.
    pub test: Test,
}

/// A factor of the model, and what its categories are set against.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelReference {
    /// The variable.
    pub var: VarId,
    /// The reference.
    pub code: Code,
    /// For people.
    pub label: Text,
    /// The same with its variable: `Sektor: Kommune`.
    pub full_label: Text,
    /// The respondents in it, and the sum of their weights.
    pub n: (usize, f64),
}

/// A predicted margin.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelMargin {
    /// What everybody is set to: variable, code and label.
    pub at: Vec<(VarId, Code, Text)>,
    /// The mean prediction: a share in a logistic model.
    pub estimate: Estimate,
    /// Its standard error when the controls vary as they were sampled; that of `estimate` takes them as fixed.
    pub std_error_sampled: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// An average marginal effect.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelEffect {
    /// The variable.
    pub var: VarId,
    /// For people: the variable, or the variable and its category.
    pub label: Text,
    /// The category, against the reference; `None`: one more unit of a number.
    pub code: Option<Code>,
    /// The mean change of the prediction.
    pub estimate: Estimate,
    /// Estimate ÷ standard error.
    pub t: f64,
    /// Its p-value.
    pub p: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Something a person should know about a model.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelWarning {
    /// About the design.
    Design(TableWarning),
    /// Respondents left out because an answer is missing.
    Incomplete {
        /// How many.
        rows: usize,
        /// Of how many in base and filter.
        of: usize,
        /// The variables that lack answers, those with most first; the outcome by its name.
        vars: Vec<(VarId, usize)>,
    },
    /// A variable with a few whole numbers without labels, which entered as a number.
    AsNumber {
        /// The variable.
        var: VarId,
    },
    /// A factor with one category left, which explains nothing.
    OneLevel {
        /// The variable.
        var: VarId,
    },
    /// Coefficients left out because earlier terms say the same.
    Dependent {
        /// For people.
        terms: Vec<Text>,
    },
    /// Coefficients without an end.
    Endless {
        /// For people.
        terms: Vec<Text>,
    },
    /// Replicates in which the model has no estimate, because their weights tell the outcome with certainty: errors rest
    /// on the others.
    Replicates {
        /// How many.
        lost: usize,
        /// Of how many.
        of: usize,
    },
    /// The estimation did not come to an end.
    NotConverged {
        /// The steps taken.
        steps: usize,
    },
    /// Fewer sampling units than coefficients need: no tests.
    NoDegrees,
    /// Few respondents with (or without) the outcome for the number of coefficients.
    FewEvents {
        /// How many have the rarer outcome.
        events: usize,
        /// How many coefficients.
        coefficients: usize,
    },
}

/// The answer to a [`ModelQuery`].
#[derive(Clone, Debug, PartialEq)]
pub struct ModelTable {
    /// What was asked.
    pub query: ModelQuery,
    /// What is explained, for people.
    pub outcome: Text,
    /// Logistic or linear.
    pub family: Family,
    /// Among whom: those with complete answers.
    pub base: TableBase,
    /// Respondents with the outcome (logistic), unweighted.
    pub events: usize,
    /// Degrees of freedom of the design over them.
    pub df_design: f64,
    /// Degrees of freedom of tests and intervals: those of the design − coefficients + 1.
    pub df_residual: f64,
    /// Coefficients.
    pub rows: Vec<ModelRow>,
    /// Terms with their tests.
    pub terms: Vec<ModelTerm>,
    /// References of the factors.
    pub references: Vec<ModelReference>,
    /// Predicted margins.
    pub margins: Vec<ModelMargin>,
    /// Average marginal effects.
    pub effects: Vec<ModelEffect>,
    /// Steps of the estimation.
    pub steps: usize,
    /// Whether it came to an end.
    pub converged: bool,
    /// Strata in the design; 0: not stratified.
    pub strata: usize,
    /// What should be known.
    pub warnings: Vec<ModelWarning>,
}
