//! A [`Table`] and a [`Look`] in, a [`Figure`] out (data units), laid out to a [`Scene`] (points). Every position,
//! line break and colour is settled here; the window and the exports only print it.
//!
//! `draw`: [`reading`] puts numbers into words, `arrange`, `stacked` and `grid` make the [`plot`], `wording` and
//! `note` the sentences. `layout`: `page` sets the words around the chart, `bars` (with
//! `labels` and `lane`) and `columns` the chart itself, all with one `pen`.
//! `upset` (sets of boxes), `slope` (two groups) and `lines` (rounds, curves) each make and draw a chart of their own;
//! `spread` keeps their labels apart.

pub mod fonts;
pub mod frequency;
pub mod look;
pub mod palette;
pub mod plot;
pub mod scale;
pub mod scene;

mod arrange;
mod bars;
mod bracket;
mod breakdown;
mod columns;
mod compared;
mod diverging;
mod donut;
mod dots;
mod effect;
mod finding;
mod finding_boxes;
mod finding_model;
mod finding_ties;
mod flow;
mod grid;
mod grid_model;
mod grid_ties;
mod heads;
mod kinds;
mod labels;
mod lane;
mod lines;
mod matrix;
mod network;
mod note;
mod number;
mod page;
mod pen;
mod reading;
mod sides;
mod signs;
mod slope;
mod spread;
mod stacked;
mod tested;
mod told;
mod upset;
mod wording;

pub use kinds::suiting;
pub use lines::{Curve, Lines, Point};
pub use look::{Chart, Edges, Look, NetworkLook, SetsLook, Signs, Sort, Theme};
pub use plot::Plot;
pub use scene::{About, Anchor, Colour, Element, Handle, Scene, Shape, TextRun, Weight};

use crate::measure::Table;
use reading::Reading;

/// A figure before it is laid out: words and data, no positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The finding, or the question's short title where nobody has written one.
    pub headline: String,
    /// Share of what, among whom, n.
    pub subtitle: String,
    /// The chart, in data units.
    pub plot: Plot,
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
pub fn draw(table: &Table, look: &Look) -> Figure {
    let reading = Reading::new(table, look.language);
    let plot = arrange::plot(&reading, look);
    let headline = match look.headline.as_deref().map(str::trim) {
        Some(own) if !own.is_empty() => own.to_owned(),
        _ => wording::headline(&reading, look),
    };
    let subtitle = wording::subtitle(&reading);
    Figure {
        note: note::note(&reading, &plot, look),
        source: note::source(&reading),
        alt: wording::alt(&reading, &plot, look.chart, &headline, &subtitle),
        headline,
        subtitle,
        plot,
        look: look.clone(),
    }
}

/// Whether a table is about curves over a number or a survey's rounds, so that values can be read from lines.
pub fn has_lines(table: &Table) -> bool {
    lines::suits(table) && suiting(table).contains(&Chart::Lines)
}

/// The lines of such a table in data units, every one with its intervals.
pub fn lines(table: &Table, look: &Look) -> Option<Lines> {
    has_lines(table).then(|| lines::all(&Reading::new(table, look.language), look))
}

/// Lays a figure out. Height follows the content; a height that the look fixes is kept where the content fits into it.
pub fn layout(figure: &Figure) -> Scene {
    page::page(figure)
}
