//! Answers by the query that they answer: the last few, those least recently asked for forgotten first.

use std::sync::Arc;

use crate::measure::{Query, Table};

/// As many are kept.
const MOST: usize = 64;

/// What a query led to.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The table.
    Table(Arc<Table>),
    /// Why there is none, and what to do.
    Failed(String),
}

/// The last answers, latest last.
#[derive(Clone, Debug, Default)]
pub struct Answers(Vec<(Query, Answer)>);

impl Answers {
    /// The answer to `query`, if it is still known.
    pub fn get(&self, query: &Query) -> Option<&Answer> {
        self.0
            .iter()
            .rev()
            .find(|(asked, _)| asked == query)
            .map(|(_, answer)| answer)
    }

    /// Keeps an answer.
    pub(super) fn put(&mut self, query: Query, answer: Answer) {
        self.0.retain(|(asked, _)| *asked != query);
        self.0.push((query, answer));
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
