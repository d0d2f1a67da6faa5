//! A [`Query`] (what is asked) in, a [`Table`] (the answer: cells, notes, warnings) out. Pure: no disk, no colours.

mod answer;
mod coding;
mod lanes;
pub mod query;
mod sampling;
pub mod table;

pub use query::{DesignChoice, Measure, Query, QueryError};
pub use sampling::Prepared;
pub use table::{Cell, RowKind, Subject, Table, TableBase, TableGroup, TableItem, TableWarning};
