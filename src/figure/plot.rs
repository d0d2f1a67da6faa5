//! What a chart is made of, in data units: rows of lanes of segments on one axis, or a grid of numbers. Sorted bars,
//! grouped bars and stacked bars differ only in how many lanes a row and how many segments a lane has.

use super::scale::Axis;
use super::scene::{About, Colour};
use super::upset::UpSet;

/// The chart of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    /// Bars on an axis.
    Bars(Bars),
    /// Numbers in columns.
    Grid(Grid),
    /// Sets of boxes.
    UpSet(UpSet),
    /// Nothing to draw, and why.
    Sentence(String),
}

/// Horizontal bars on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The axis of all rows.
    pub axis: Axis,
    /// Which colour is what; empty where the rows' labels say it all.
    pub keys: Vec<Key>,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// What a colour stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its name.
    pub label: String,
    /// What else should be known: "n = 1.420". May be empty.
    pub detail: String,
    /// The colour.
    pub colour: Colour,
}

/// One row: a label with its lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Stands above this row and those that follow it.
    pub heading: Option<String>,
    /// The label at the left.
    pub label: String,
    /// What else should be known of the row: "n = 1.420". May be empty.
    pub detail: String,
    /// Whether it is set apart.
    pub strong: bool,
    /// From top to bottom; at least one.
    pub lanes: Vec<Lane>,
}

/// One bar, of one or more segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// From the axis outwards. Empty: `outside` stands in the bar's place.
    pub segments: Vec<Segment>,
    /// The interval of the bar's end.
    pub whisker: Option<(f64, f64)>,
    /// The value beyond the bar and its whisker.
    pub outside: String,
    /// Whether the value is uncertain or not there, so that it is written in a lighter ink.
    pub faint: bool,
    /// What it stands for, where it is one number.
    pub about: Option<About>,
}

/// A piece of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its colour.
    pub colour: Colour,
    /// The value inside, drawn where there is room and contrast.
    pub inside: String,
    /// What it stands for, where that is not what the whole lane stands for.
    pub about: Option<About>,
}

/// Numbers in columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Columns in blocks: one per group of the breakdown.
    pub blocks: Vec<Block>,
    /// From top to bottom.
    pub lines: Vec<Line>,
}

/// Columns under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The group; empty without a breakdown.
    pub heading: String,
    /// "n = 1.420"; empty without a breakdown.
    pub detail: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
}

/// A line of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Stands above this line and those that follow it.
    pub heading: Option<String>,
    /// The label at the left.
    pub label: String,
    /// Whether it is set apart.
    pub strong: bool,
    /// Whether it is written in a lighter ink.
    pub faint: bool,
    /// Per block: its numbers (as many as the block has columns, or one that spans them all), and what they stand for.
    pub cells: Vec<(Vec<String>, About)>,
}
