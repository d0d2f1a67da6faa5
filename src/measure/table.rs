//! The answer to a query. There is no number in it without its error, its base and its n.

use super::model_table::{ModelTable, ModelWarning};
use super::query::{Query, Statistic};
use crate::data::{Code, Condition, DontKnow, Poles, QuestionId, QuestionKind, Text, VarId};
use crate::stats::{Contrast, Estimate, Lonely, RatioEstimate, Test};

/// What was asked, in words from the codebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The question, where one was asked.
    pub question: Option<QuestionId>,
    /// Its kind; [`QuestionKind::Single`] for the share of a condition.
    pub kind: QuestionKind,
    /// A few words.
    pub title: Text,
    /// The question as it was put; empty when nobody knows.
    pub text: Text,
    /// At most so many boxes.
    pub max: Option<u32>,
    /// The don't-know policy that was used.
    pub dont_know: DontKnow,
    /// Whether the answers have an order of their own (an ordinal variable), which figures keep.
    pub ordered: bool,
    /// The poles of a battery's scale, as the question has them.
    pub poles: Option<Poles>,
    /// The survey's title.
    pub survey: Text,
    /// The figure's source line.
    pub source: Text,
    /// Whether the answers are made up.
    pub synthetic: bool,
}

/// Among whom: the respondents that the base, the filter and the answers leave.
#[derive(Clone, Debug, PartialEq)]
pub struct TableBase {
    /// The name of the question's base; empty: everybody.
    pub label: Text,
    /// What one respondent stands for, in the plural: "innovations".
    pub unit: Text,
    /// The filter in words: each filtered variable's label with the labels kept, or a range.
    pub filter: Vec<(Text, Vec<Text>)>,
    /// Parts of the filter that have no such words.
    pub further: Option<Condition>,
    /// Respondents in base and filter with a valid answer to at least one item, unweighted.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
}

/// What a row of the table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    /// An answer, box or statement.
    #[default]
    Answer,
    /// At least one of several items; `highlight`: set apart at the top.
    Union {
        /// Whether figures set it apart.
        highlight: bool,
    },
    /// "None of these".
    None,
    /// "Don't know": in the base, not drawn, its share stated.
    DontKnow,
    /// "Not relevant": likewise.
    NotRelevant,
    /// A set of boxes; [`TableItem::of`] names them.
    Combination,
    /// Two boxes; likewise.
    Pair,
    /// The negative pole of a statement: all its answers together.
    Negative,
    /// What lies between the poles.
    Neutral,
    /// The positive pole.
    Positive,
    /// Positive − negative, −1..=1.
    Net,
    /// A part of the union above it: initiated, promoted, collaborated.
    Part,
    /// What the other rows are compared with.
    Reference,
}

/// A row: an answer, a box, a union, or an answer to one statement of a battery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableItem {
    /// Stable: the item's variable (multiple, numeric), the code (single), `VAR=CODE` (battery), the union's id, or
    /// the condition.
    pub id: String,
    /// For people. In a battery: the statement.
    pub label: Text,
    /// In a battery: the answer's label; else empty.
    pub answer: Text,
    /// The variable, where it is one.
    pub var: Option<VarId>,
    /// The code counted, where it is one.
    pub code: Option<Code>,
    /// What it is.
    pub kind: RowKind,
    /// The actor it is about.
    pub actor: Option<String>,
    /// Label of the group of items it belongs to; empty: none.
    pub group: Text,
    /// The ids of the boxes it is about: of a combination all, of a pair both.
    pub of: Vec<String>,
    /// The number that it stands at: of a point of a curve, of a round.
    pub at: Option<f64>,
}

/// A column: a group of the breakdown, or everybody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableGroup {
    /// The breakdown variable and code; `None` without a breakdown.
    pub key: Option<(VarId, Code)>,
    /// For people; empty without a breakdown.
    pub label: Text,
    /// The label of its breakdown, where there are several side by side; empty for everybody among them.
    pub by: Text,
    /// Its place among the answers to the breakdown variable (see [`Table::by_answers`]), whoever the filter leaves: what
    /// goes by it, such as a colour, stays the same when other groups go.
    pub place: usize,
    /// Where it stands among the rounds of a survey: at its year, where that is known. `None` where groups are no rounds.
    pub at: Option<f64>,
    /// Respondents of the base in this group, unweighted.
    pub n: usize,
    /// The sum of their weights.
    pub n_weighted: f64,
}

/// A number with what is needed to judge it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The estimate over this item's base in this group.
    pub estimate: Estimate,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Respondents who gave the answer, unweighted; `None` for a mean.
    pub n_chosen: Option<usize>,
}

impl Cell {
    /// Of a share: how many in the population it stands for, as far as the weights tell.
    pub fn population(&self) -> f64 {
        self.estimate.value * self.estimate.n_weighted
    }
}

/// Something a person should know about the numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum TableWarning {
    /// Strata with a single respondent, and what was done with them.
    LonelyStrata {
        /// How many.
        strata: usize,
        /// What was done.
        lonely: Lonely,
        /// The first few, by the labels of their strata variables.
        names: Vec<Text>,
    },
    /// Respondents without a usable weight, left out.
    NoWeight {
        /// The weight variable.
        var: VarId,
        /// How many respondents.
        rows: usize,
    },
    /// Respondents whose stratum is missing: they make a stratum of their own.
    NoStratum {
        /// The stratum variable.
        var: VarId,
        /// How many respondents.
        rows: usize,
    },
    /// Respondents whose sampling unit is missing: each is one of its own.
    NoCluster {
        /// The cluster variable.
        var: VarId,
        /// How many respondents.
        rows: usize,
    },
    /// Respondents in strata whose population size is missing: no finite population correction there.
    NoPopulation {
        /// The population size variable.
        var: VarId,
        /// How many respondents.
        rows: usize,
    },
    /// Guesses about the columns that were used though nobody has confirmed them.
    Unconfirmed {
        /// The question, weight, strata or groups that rest on them.
        what: Vec<Text>,
    },
    /// Respondents without any box of a question whose boxes are ticked or empty: nothing tells "none of these" from
    /// no answer, so they are not in the base.
    Unticked {
        /// The question.
        question: Text,
        /// How many respondents.
        rows: usize,
        /// Of how many that could have answered.
        of: usize,
    },
    /// Nobody is left.
    Empty,
    /// Respondents of the base who are in no group of the breakdown: they did not answer it, or said "don't know".
    NoGroup {
        /// The breakdown variable.
        var: VarId,
        /// How many respondents.
        rows: usize,
    },
    /// A condition or share names a code that neither the codebook nor anybody's answer has: a slip of the finger,
    /// perhaps.
    NoSuchCode {
        /// The variable.
        var: VarId,
        /// The code.
        code: Code,
    },
    /// An item that nobody in a group was asked.
    NotAsked {
        /// The item's label.
        item: Text,
        /// The group's label; empty: everybody.
        group: Text,
    },
    /// More sets of boxes than are told of.
    MoreSets {
        /// How many somebody chose.
        sets: usize,
        /// How many are told of: the most frequent.
        most: usize,
    },
    /// Tables too large to test.
    NotTested {
        /// How many cells they may have.
        most: usize,
    },
    /// About a model.
    Model(Box<ModelWarning>),
    /// About the models that some rows come from.
    InComparison {
        /// The labels of the rows.
        of: Vec<Text>,
        /// What should be known about their models.
        warning: Box<ModelWarning>,
    },
    /// Groups with fewer respondents than 30.
    SmallGroups {
        /// How many groups.
        groups: usize,
    },
}

/// A test that the groups do not differ.
#[derive(Clone, Debug, PartialEq)]
pub struct TableTest {
    /// What was tested: the id of an item, or of the question when its answers are tested together.
    pub id: String,
    /// For people.
    pub label: Text,
    /// The breakdown, where there are several.
    pub by: Option<VarId>,
    /// The test.
    pub test: Test,
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The group's code, or the item's id as a text; `rest` for all other groups.
    pub id: Code,
    /// For people; empty for `rest`.
    pub label: Text,
}

/// A difference of two numbers of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableContrast {
    /// The row that groups are compared in; `None` when rows are compared.
    pub item: Option<usize>,
    /// The breakdown, where there are several.
    pub by: Option<VarId>,
    /// What is compared.
    pub a: Side,
    /// With what.
    pub b: Side,
    /// a − b with its test.
    pub contrast: Contrast,
    /// The p-value after adjusting for the number of comparisons.
    pub p_adjusted: f64,
    /// a ÷ b, for shares that are neither 0 nor 1.
    pub risk_ratio: Option<RatioEstimate>,
    /// The ratio of their odds, likewise.
    pub odds_ratio: Option<RatioEstimate>,
}

/// Tests and differences, as far as the query asks for them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparisons {
    /// Tests of the breakdown.
    pub tests: Vec<TableTest>,
    /// Differences.
    pub contrasts: Vec<TableContrast>,
    /// One element per cell: the letters (A is the first group) of the groups that this one lies significantly above,
    /// small at 5 %, large at 1 %. Empty unless every pair of groups was compared.
    pub letters: Vec<String>,
}

/// How two boxes go together in a group. The second is the later one in the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The row of the first box.
    pub a: usize,
    /// The row of the second.
    pub b: usize,
    /// The group.
    pub group: usize,
    /// The share with both.
    pub joint: Cell,
    /// Among those with the second, the share with the first.
    pub a_given_b: Cell,
    /// Among those with the first, the share with the second.
    pub b_given_a: Cell,
    /// `joint` ÷ the product of the two shares: 1 where they are independent.
    pub lift: Cell,
    /// The p-value that they are independent (Rao & Scott's test of their two-by-two table, second order).
    pub p: f64,
    /// The same after adjusting for the number of pairs (Benjamini–Hochberg).
    pub p_adjusted: f64,
    /// Of the ties of the first group, where the query compares exactly two: `joint` here − `joint` in the second.
    pub difference: Option<TieDifference>,
}

/// How much more often two boxes go together in one group than in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieDifference {
    /// The difference of the joint shares with its test.
    pub contrast: Contrast,
    /// The p-value after adjusting for the number of pairs (Benjamini–Hochberg).
    pub p_adjusted: f64,
}

/// The answer to a [`Query`]. Can be stored and redrawn without its data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What was asked: a late answer is recognised by its question.
    pub query: Query,
    /// What was asked, in words.
    pub subject: Subject,
    /// Among whom.
    pub base: TableBase,
    /// The label of the breakdown variable; empty: no breakdown.
    pub by: Text,
    /// How many answers the breakdown variable has, in codebook order; 1 without a breakdown.
    pub by_answers: usize,
    /// Whether these answers have an order of their own (size classes).
    pub by_ordered: bool,
    /// Rows.
    pub items: Vec<TableItem>,
    /// Columns; exactly one without a breakdown.
    pub groups: Vec<TableGroup>,
    /// `cells[item * groups.len() + group]`; `n == 0` where nobody was asked.
    pub cells: Vec<Cell>,
    /// Pairs of boxes, where the query asks for a network.
    pub ties: Vec<Tie>,
    /// Tests and differences.
    pub comparisons: Comparisons,
    /// What is explained, of a model or an effect, for people.
    pub outcome: Option<Text>,
    /// The variables held alike in the numbers, for people.
    pub controls: Vec<Text>,
    /// The model that the numbers come from, where there is one.
    pub model: Option<Box<ModelTable>>,
    /// Strata in the design; 0: not stratified.
    pub strata: usize,
    /// What should be known about the numbers.
    pub warnings: Vec<TableWarning>,
}

impl Table {
    /// What its numbers are.
    pub fn statistic(&self) -> Statistic {
        self.query.measure.statistic(self.subject.kind)
    }

    /// The cell of an item and a group.
    pub fn cell(&self, item: usize, group: usize) -> &Cell {
        &self.cells[item * self.groups.len() + group]
    }
}
