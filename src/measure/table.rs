//! The answer to a query. There is no number in it without its error, its base and its n.

use super::query::Query;
use crate::data::{Code, Condition, DontKnow, Poles, QuestionId, QuestionKind, Text, VarId};
use crate::stats::Estimate;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An answer, box or statement.
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
}

/// A row: an answer, a box, a union, or an answer to one statement of a battery.
#[derive(Clone, Debug, PartialEq)]
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
}

/// A column: a group of the breakdown, or everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGroup {
    /// The breakdown variable and code; `None` without a breakdown.
    pub key: Option<(VarId, Code)>,
    /// For people; empty without a breakdown.
    pub label: Text,
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

/// Something a person should know about the numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum TableWarning {
    /// Strata with a single respondent, and what was done with them.
    LonelyStrata {
        /// How many.
        strata: usize,
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
    /// Nobody is left.
    Empty,
    /// An item that nobody in a group was asked.
    NotAsked {
        /// The item's label.
        item: Text,
        /// The group's label; empty: everybody.
        group: Text,
    },
    /// Groups with fewer respondents than 30.
    SmallGroups {
        /// How many groups.
        groups: usize,
    },
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
    /// Rows.
    pub items: Vec<TableItem>,
    /// Columns; exactly one without a breakdown.
    pub groups: Vec<TableGroup>,
    /// `cells[item * groups.len() + group]`; `n == 0` where nobody was asked.
    pub cells: Vec<Cell>,
    /// Strata in the design; 0: not stratified.
    pub strata: usize,
    /// What should be known about the numbers.
    pub warnings: Vec<TableWarning>,
}

impl Table {
    /// The cell of an item and a group.
    pub fn cell(&self, item: usize, group: usize) -> &Cell {
        &self.cells[item * self.groups.len() + group]
    }
}
