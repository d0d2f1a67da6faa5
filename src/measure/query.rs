//! What is asked of a data set, as a value that can be compared, stored and answered.

use serde::{Deserialize, Serialize};

use super::answer;
use super::banner;
use super::choice::{Compare, DesignChoice, is_default};
use super::effect;
use super::model::{ModelError, ModelTerm, Outcome};
use super::model_view;
use super::response;
use super::sampling::Prepared;
use super::table::Table;
use crate::data::{Code, Condition, DataError, Dataset, DontKnow, QuestionId, QuestionKind, VarId};
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
    /// The total of a numeric variable over the population.
    Total(VarId),
    /// The number in the population for whom a condition holds, among those for whom it is known.
    Count(Condition),
    /// The total of one variable ÷ that of another, over those who have both.
    Ratio {
        /// Above the line.
        above: VarId,
        /// Below it.
        below: VarId,
    },
    /// Quantiles of a numeric variable.
    Quantiles {
        /// The variable.
        var: VarId,
        /// Their shares, between 0 and 1: [`Code::Number`]s.
        at: Vec<Code>,
    },
    /// Something said of the boxes of a multiple-response question.
    Boxes {
        /// The question.
        question: QuestionId,
        /// What is said of them.
        view: BoxView,
        /// Whether the groups of its items take the place of its items: a group is chosen when one of its items is.
        #[serde(default, skip_serializing_if = "is_default")]
        groups: bool,
    },
    /// For every actor of the codebook, the share with at least one item about it in these questions: boxes chosen, or
    /// statements with an answer at the positive pole. The base is that of the first question.
    Roles(Vec<QuestionId>),
    /// The role of one actor: the union of [`Measure::Roles`], and its parts, one per question. A part that was not
    /// asked has no respondents.
    Profile {
        /// The actor.
        actor: String,
        /// The questions that make up a role.
        questions: Vec<QuestionId>,
    },
    /// A battery by its poles: for every statement the shares at the negative and at the positive pole and between
    /// them, and the net of the two poles.
    Poles(QuestionId),
    /// How often an outcome holds among those with each box of a question, against those without.
    Effect(Box<EffectChoice>),
    /// A regression.
    Model(Box<ModelChoice>),
    /// How many of each category of a variable are in the population, were sampled and answered.
    Response(VarId),
}

impl Measure {
    /// The question it is about, if it is about one.
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Question(id) | Self::Boxes { question: id, .. } | Self::Poles(id) => Some(id),
            Self::Roles(questions) | Self::Profile { questions, .. } => questions.first(),
            Self::Effect(effect) => Some(&effect.boxes),
            Self::Share(_)
            | Self::Mean(_)
            | Self::Total(_)
            | Self::Count(_)
            | Self::Ratio { .. }
            | Self::Quantiles { .. }
            | Self::Response(_)
            | Self::Model(_) => None,
        }
    }

    /// What its numbers are.
    pub fn statistic(&self, kind: QuestionKind) -> Statistic {
        match self {
            Self::Question(_) if kind == QuestionKind::Numeric => Statistic::Mean,
            Self::Mean(_) => Statistic::Mean,
            Self::Boxes {
                view: BoxView::Count, ..
            } => Statistic::Mean,
            Self::Boxes {
                view: BoxView::Lift, ..
            } => Statistic::Lift,
            Self::Question(_)
            | Self::Share(_)
            | Self::Boxes { .. }
            | Self::Roles(_)
            | Self::Profile { .. }
            | Self::Poles(_)
            | Self::Effect(_) => Statistic::Share,
            Self::Model(model) => model.statistic(),
            Self::Total(_) | Self::Count(_) | Self::Response(_) => Statistic::Total,
            Self::Ratio { .. } => Statistic::Ratio,
            Self::Quantiles { .. } => Statistic::Quantile,
        }
    }
}

/// What the numbers of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Shares, 0..=1.
    Share,
    /// Means.
    Mean,
    /// Totals over the population.
    Total,
    /// Ratios of totals.
    Ratio,
    /// Quantiles.
    Quantile,
    /// Joint shares ÷ products of shares.
    Lift,
    /// Odds ratios of a logistic model: 1 is no difference.
    OddsRatio,
    /// Coefficients of a linear model: 0 is no difference.
    Coefficient,
    /// Differences of shares: 0 is no difference.
    Difference,
}

/// What is said of the boxes of a multiple-response question. "None of these" and "don't know" are no boxes; a box that
/// a respondent was not asked about counts as not chosen, as long as another one was asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoxView {
    /// The share with at least one box.
    Any,
    /// The share with no box.
    None,
    /// The mean number of boxes.
    Count,
    /// The shares with so many boxes.
    Counts,
    /// For every box the share with it and no other.
    Alone,
    /// For every box the share with it and at least one other.
    WithOthers,
    /// Among those with this box: the shares with it alone, with others, and with each other box.
    Constellation(VarId),
    /// For every pair of boxes the share with both.
    Joint,
    /// Among those with the first box of a pair, the share with the second; for one first box, or for all.
    Conditional(Option<VarId>),
    /// For every pair the share with both ÷ the product of their shares; 1 when they are independent.
    Lift,
    /// The shares with exactly these boxes and no others, for every set that somebody chose.
    Combinations,
    /// The shares with at least these boxes, for the same sets.
    AtLeast,
    /// One box, and which; several, and how many.
    Composition,
    /// For every box its share, and for every pair a [`super::Tie`].
    Network,
}

/// What is set against what, where the effect of a box is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EffectChoice {
    /// What is explained: the share for whom this holds.
    pub outcome: Condition,
    /// The multiple-response question whose boxes explain it.
    pub boxes: QuestionId,
    /// With whom those with a box are compared.
    #[serde(default)]
    pub against: Against,
    /// Variables held alike in the comparison (predicted margins of a logistic model); empty: plain shares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<VarId>,
}

/// With whom those with a box are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// Those with no box at all.
    #[default]
    NoBox,
    /// Those without this box.
    WithoutIt,
}

/// A regression, less what every query has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelChoice {
    /// What is explained.
    pub outcome: Outcome,
    /// By what.
    pub terms: Vec<ModelTerm>,
    /// The reference category of factors, where it is not the first in the codebook's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<(VarId, Code)>,
    /// What of it is shown.
    #[serde(default)]
    pub view: ModelView,
}

/// What of a model is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelView {
    /// Coefficients; of a logistic model as odds ratios.
    #[default]
    Coefficients,
    /// Average marginal effects.
    Effects,
    /// Predictions over the values of a variable, everything else as observed.
    Margins(VarId),
    /// Predictions over a number, one curve per answer to another variable.
    Curve {
        /// The number.
        over: VarId,
        /// One curve each; `None`: one curve.
        by: Option<VarId>,
    },
}

impl ModelChoice {
    /// What the numbers are.
    fn statistic(&self) -> Statistic {
        match (&self.view, &self.outcome) {
            (ModelView::Coefficients, Outcome::Share(_)) => Statistic::OddsRatio,
            (ModelView::Coefficients, Outcome::Mean(_)) | (ModelView::Effects, Outcome::Mean(_)) => {
                Statistic::Coefficient
            }
            (ModelView::Effects, Outcome::Share(_)) => Statistic::Difference,
            (ModelView::Margins(_) | ModelView::Curve { .. }, Outcome::Share(_)) => Statistic::Share,
            (ModelView::Margins(_) | ModelView::Curve { .. }, Outcome::Mean(_)) => Statistic::Mean,
        }
    }
}

/// What is 100 per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Percent {
    /// A group of the breakdown.
    #[default]
    Group,
    /// An answer: how those who gave it spread over the groups.
    Answer,
    /// Everybody in the base.
    Total,
}

/// What is asked. The question's base applies by itself; `filter` narrows it, never replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Query {
    /// What is measured.
    pub measure: Measure,
    /// Broken down by the answers to this variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<VarId>,
    /// Further breakdowns, their groups beside those of `by`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banner: Vec<VarId>,
    /// What is 100 per cent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub percent: Percent,
    /// Among whom.
    #[serde(default)]
    pub filter: Condition,
    /// The don't-know policy where it is not the question's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dont_know: Option<DontKnow>,
    /// The sampling design.
    pub design: DesignChoice,
    /// What is compared.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compare: Compare,
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
            banner: Vec::new(),
            percent: Percent::default(),
            filter: Condition::Everyone,
            dont_know: None,
            design: DesignChoice::of(data),
            compare: Compare::default(),
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
        match &self.measure {
            Measure::Effect(choice) => effect::table(self, choice, data, prepared),
            Measure::Response(var) => response::table(self, var, data, prepared),
            Measure::Model(choice) => model_view::table(self, choice, data, prepared),
            _ if !self.banner.is_empty() => banner::table(self, data, prepared),
            _ => answer::table(self, data, prepared),
        }
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
    /// Replicate weights cannot be used.
    #[error("the replicate weights {prefix}… cannot be used: {reason}. Correct them, or leave them out.")]
    Replicates {
        /// What their names begin with.
        prefix: String,
        /// What is wrong with them.
        reason: String,
    },
    /// Weights cannot be calibrated.
    #[error("the weights cannot be calibrated: {reason}. Correct the table of population counts, or leave it out.")]
    Margins {
        /// What is wrong.
        reason: String,
    },
    /// Limits of weights that are none.
    #[error("weights cannot be cut to lie from {low} to {high}. Give two numbers, the lower one first.")]
    Trim {
        /// The lower limit.
        low: Code,
        /// The upper limit.
        high: Code,
    },
    /// Boxes of a question that has none.
    #[error("{question} is not a multiple-response question, so it has no boxes. Ask for its shares instead.")]
    NoBoxes {
        /// The question.
        question: QuestionId,
    },
    /// A box that a question does not have.
    #[error("the question {question} has no box {item}. Its boxes are {known}.")]
    NoSuchBox {
        /// The question.
        question: QuestionId,
        /// What was asked for.
        item: VarId,
        /// Those there are.
        known: String,
    },
    /// Roles of actors in questions that name none.
    #[error("the codebook names no actors for the items of {questions}, so there are no roles to count.")]
    NoActors {
        /// The questions.
        questions: String,
    },
    /// The share of a quantile is not one.
    #[error("{at} is not the share of a quantile. Choose one between 0 and 1, such as 0.5 for the median.")]
    Quantile {
        /// What was asked for.
        at: Code,
    },
    /// A model cannot be made.
    #[error(transparent)]
    Model(Box<ModelError>),
    /// A model by groups.
    #[error("a model is not broken down by {var}. Add {var} to its terms, or leave the breakdown out.")]
    ModelBrokenDown {
        /// The breakdown variable.
        var: VarId,
    },
    /// An effect by groups.
    #[error(
        "an effect is not broken down by {var}. Narrow the filter to one group at a time, or leave the breakdown out."
    )]
    EffectBrokenDown {
        /// The breakdown variable.
        var: VarId,
    },
    /// Percentages of answers of what has none.
    #[error(
        "percentages of an answer or of everybody are of shares in the groups of a breakdown. Choose a breakdown and a question with answers, or percentages of groups."
    )]
    NoPercent,
    /// Differences of other percentages than those of groups.
    #[error(
        "differences between groups are of percentages of groups. Leave the differences out, or choose percentages of groups."
    )]
    PercentCompared,
    /// A part of a response table.
    #[error("a response table is of all respondents. Leave out the filter and the breakdown.")]
    ResponseNarrowed,
    /// A curve over categories.
    #[error(
        "{var} enters the model by categories, so there is no curve over it. Ask for its predicted margins, or write numeric({var})."
    )]
    NoCurve {
        /// The variable.
        var: VarId,
    },
    /// An actor that the codebook does not have.
    #[error("there is no actor called {actor:?}. {known}")]
    NoSuchActor {
        /// What was asked for.
        actor: String,
        /// A sentence on those there are.
        known: String,
    },
    /// The role of an actor in questions that do not ask about it.
    #[error(
        "no item of {questions} is about the actor {actor}, so it has no role there. Name a question that asks about it."
    )]
    NoRole {
        /// The actor.
        actor: String,
        /// The questions.
        questions: String,
    },
    /// Groups of items of a question that has none.
    #[error("the codebook puts the boxes of {question} into no groups. Ask for the boxes themselves.")]
    NoGroups {
        /// The question.
        question: QuestionId,
    },
    /// Poles of a question that has none.
    #[error(
        "the codebook names no poles for {question}. Say under \"poles\" which answers are negative and which are positive, or ask for its shares."
    )]
    NoPoles {
        /// The question.
        question: QuestionId,
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

impl From<ModelError> for QueryError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::Query(error) => error,
            error => Self::Model(Box::new(error)),
        }
    }
}

fn hint(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map(|id| format!(" (did you mean {id:?}?)"))
        .unwrap_or_default()
}
