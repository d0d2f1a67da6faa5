//! Choices in, a [`Domain`] out: one mark per respondent. A filter marks rows; it never drops them.

mod evaluate;
mod menu;
mod words;

use serde::{Deserialize, Serialize};

pub(crate) use evaluate::matching_codes;
pub use evaluate::{evaluate, evaluate_answers};
pub use menu::{CodeCount, Counts, counts};
pub use words::{Described, describe};
pub(crate) use words::{code_text, variable_text};

use crate::data::{Code, Comparison, Condition, DataError, Dataset, Positions, VarId};

/// What is known of a respondent and a condition. A comparison with a missing, not-asked or blank answer is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It holds.
    Yes,
    /// Nobody can say.
    Unknown,
}

/// One mark per respondent, in or out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// One element per respondent.
    pub marks: Vec<bool>,
}

/// What a filter chip keeps of its variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// Any of these codes.
    Codes(Vec<Code>),
    /// Numbers from `low` to `high`, both included; `None` is open.
    Range {
        /// The lower limit: a [`Code::Number`].
        low: Option<Code>,
        /// The upper limit: a [`Code::Number`].
        high: Option<Code>,
    },
}

/// One chip: what is kept of one variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Chip {
    /// The variable.
    pub var: VarId,
    /// What is kept of it.
    pub keep: Keep,
}

/// The user's filter: choices of one variable joined by *or*, variables by *and*. At most one chip per variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter {
    /// In the order they were chosen.
    pub chips: Vec<Chip>,
}

impl Filter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        self.chips
            .iter()
            .fold(Condition::Everyone, |all, chip| all.and(chip.condition()))
    }

    /// What is kept of `var`, if it is filtered.
    pub fn keep(&self, var: &VarId) -> Option<&Keep> {
        self.chips.iter().find(|chip| chip.var == *var).map(|chip| &chip.keep)
    }

    /// The filter without the chip of `var`.
    pub fn without(&self, var: &VarId) -> Self {
        Self {
            chips: self.chips.iter().filter(|chip| chip.var != *var).cloned().collect(),
        }
    }

    /// The filter with `keep` for `var`, in the chip's old place if it had one.
    pub fn with(&self, var: &VarId, keep: Keep) -> Self {
        let mut chips = self.chips.clone();
        match chips.iter_mut().find(|chip| chip.var == *var) {
            Some(chip) => chip.keep = keep,
            None => chips.push(Chip { var: var.clone(), keep }),
        }
        Self { chips }
    }
}

impl Chip {
    /// The chip as a condition.
    pub fn condition(&self) -> Condition {
        match &self.keep {
            Keep::Codes(values) => Condition::OneOf {
                var: self.var.clone(),
                values: values.clone(),
            },
            Keep::Range { low, high } => {
                let limit = |comparison, limit: &Option<Code>| match limit {
                    Some(limit) => Condition::Compare {
                        var: self.var.clone(),
                        comparison,
                        limit: limit.clone(),
                    },
                    None => Condition::Everyone,
                };
                limit(Comparison::AtLeast, low).and(limit(Comparison::AtMost, high))
            }
        }
    }
}

/// The respondents for whom `condition` holds.
pub fn mark(condition: &Condition, data: &Dataset) -> Result<Domain, FilterError> {
    let truths = evaluate(condition, data)?;
    Ok(Domain {
        marks: truths.into_iter().map(|truth| truth == Truth::Yes).collect(),
    })
}

/// What a table over the levels of a column says of every respondent; `blank` where the cell is blank.
pub(crate) fn looked_up<T: Copy>(positions: &Positions, table: &[T], blank: T) -> Vec<T> {
    // The position of a blank cell lies beyond the last level, whatever the width.
    let of = |position: usize| table.get(position).copied().unwrap_or(blank);
    match positions {
        Positions::Narrow(rows) => rows.iter().map(|row| of(usize::from(*row))).collect(),
        Positions::Wide(rows) => rows.iter().map(|row| of(usize::from(*row))).collect(),
        Positions::Huge(rows) => rows.iter().map(|row| of(*row as usize)).collect(),
    }
}

/// Why a condition cannot be applied to a data set.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// It names a variable that is not there.
    #[error(transparent)]
    Data(#[from] DataError),
    /// It names a label that the variable does not have.
    #[error("{var} has no value {value:?}. Its values are {known}.")]
    NoSuchValue {
        /// The variable.
        var: VarId,
        /// What was asked for.
        value: String,
        /// The first few that there are.
        known: String,
    },
    /// It compares a text by size.
    #[error("{var} is a text and cannot be compared with a number. Use {var} = \"…\".")]
    NotANumber {
        /// The variable.
        var: VarId,
    },
}
