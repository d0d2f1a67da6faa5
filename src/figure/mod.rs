//! A [`Table`] and a [`Look`] in, a [`Figure`] out (data units), laid out to a [`Scene`] (points). Every position,
//! line break and colour is settled here; the window and the exports only print it.

pub mod look;
pub mod scene;

pub use look::{Chart, Look, Sort, Theme};
pub use scene::{About, Anchor, Colour, Element, Scene, Shape, TextRun, Weight};

use crate::measure::Table;

/// A figure before it is laid out: words and data, no positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The finding, or the question's short title where nobody has written one.
    pub headline: String,
    /// Share of what, among whom, n.
    pub subtitle: String,
    /// The answer that is drawn.
    pub table: Table,
    /// How it looks.
    pub look: Look,
    /// Question in quotes, base, weighting, answers not shown, number of observations.
    pub note: String,
    /// Where the data come from.
    pub source: String,
    /// The figure in words, for those who cannot see it.
    pub alt: String,
}

/// Makes the words and orders the rows.
pub fn draw(_table: &Table, _look: &Look) -> Figure {
    unimplemented!()
}

/// Lays a figure out. Height follows the content unless the look fixes it.
pub fn layout(_figure: &Figure) -> Scene {
    unimplemented!()
}
