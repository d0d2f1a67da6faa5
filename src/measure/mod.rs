//! A [`Query`] (what is asked) in, a [`Table`] (the answer: cells, notes, warnings) out. Pure: no disk, no colours.

mod answer;
mod banner;
mod boxes;
mod cells;
pub mod choice;
mod coding;
mod compare;
mod effect;
mod lanes;
pub mod model;
mod model_answer;
pub mod model_table;
mod model_terms;
mod model_view;
mod network;
mod numeric;
mod outcome;
mod poles;
pub mod published;
pub mod query;
mod response;
mod roles;
mod rounds;
mod sampling;
mod sets;
pub mod table;
mod unticked;

pub use choice::{Compare, DesignChoice, MarginChoice, Pairs, ReplicateChoice};
pub use model::{Controlled, Entering, MarginQuery, ModelError, ModelQuery, ModelTerm, Outcome, parse_terms};
pub use model_table::{ModelTable, ModelTerm as TestedTerm, ModelWarning};
pub use query::{
    Against, BoxView, EffectChoice, Measure, ModelChoice, ModelView, Percent, Query, QueryError, Statistic,
};
pub use roles::{role_breakdowns, role_questions};
pub use sampling::Prepared;
pub use table::{
    Cell, Comparisons, RowKind, Side, Subject, Table, TableBase, TableContrast, TableGroup, TableItem, TableTest,
    TableWarning, Tie, TieDifference,
};
