//! A [`Query`] (what is asked) in, a [`Table`] (the answer: cells, notes, warnings) out. Pure: no disk, no colours.

pub mod query;
pub mod table;

pub use query::{DesignChoice, Measure, Query, QueryError};
pub use table::{Cell, RowKind, Subject, Table, TableBase, TableGroup, TableItem, TableWarning};
