//! What a chart is made of, in data units: rows of lanes of segments on one axis, or a grid of numbers. Sorted bars,
//! grouped bars and stacked bars differ only in how many lanes a row and how many segments a lane has.

use super::donut::Donut;
use super::flow::Flow;
use super::lines::Lines;
use super::matrix::Matrix;
use super::network::Network;
use super::number::Number;
use super::scale::Axis;
use super::scene::{About, Colour};
use super::slope::Slope;
use super::upset::UpSet;

/// The chart of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    /// Bars on an axis.
    Bars(Bars),
    /// Numbers in columns.
    Grid(Grid),
    /// Large numbers.
    Number(Number),
    /// A ring of two levels.
    Donut(Donut),
    /// Sets of boxes.
    UpSet(UpSet),
    /// From one group to another.
    Slope(Slope),
    /// Curves, or rows over rounds.
    Lines(Lines),
    /// Boxes and their pairs.
    Network(Network),
    /// Boxes by boxes.
    Matrix(Matrix),
    /// Groups and what goes between them.
    Flow(Flow),
    /// Nothing to draw, and why.
    Sentence(String),
}

/// Horizontal bars, or dots with their intervals, on an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// What kind of chart they make.
    pub kind: Kind,
    /// The axis of all rows.
    pub axis: Axis,
    /// Which colour is what; empty where the rows' labels say it all.
    pub keys: Vec<Key>,
    /// What lies to the left and to the right of the axis' origin.
    pub heads: Option<[Head; 2]>,
    /// A value that all others are set against.
    pub reference: Option<Reference>,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Columns at the right of the chart, from left to right.
    pub sides: Vec<Side>,
    /// Lanes of other charts that have the same axis, so that all of them leave the same room for values.
    pub alike: Vec<Lane>,
    /// Whether the numbers of the axis stand below another chart on the same axis.
    pub unnumbered: bool,
}

/// What kind of chart bars make, for those who hear it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Bars from the axis' origin.
    #[default]
    Bars,
    /// Bars of 100 per cent.
    Stacked,
    /// Bars to either side.
    Diverging,
    /// Dots with their intervals.
    Dots,
}

/// The name of one side of a diverging chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its name, without an arrow.
    pub label: String,
    /// Its ink.
    pub colour: Colour,
}

/// A value that all others are set against: a line through all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The value.
    pub value: f64,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// What it is, with its value.
    pub label: String,
    /// What it stands for.
    pub about: Option<About>,
}

/// A column at the right of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// Its heading.
    pub heading: String,
    /// The largest of its bars, in units of the axis; 0: it has none.
    pub bars: f64,
    /// Whether a narrow chart can do without it.
    pub spare: bool,
    /// Whether it belongs to the column before, and so stands close to it.
    pub close: bool,
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Stands above this row and those that follow it.
    pub heading: Option<String>,
    /// The label at the left.
    pub label: String,
    /// What else should be known of the row: "n = 1.420". May be empty.
    pub detail: String,
    /// Whether it is set apart.
    pub strong: bool,
    /// Whether it is a part of the strong row above: set in, and held together by a bracket.
    pub part: bool,
    /// From top to bottom; at least one.
    pub lanes: Vec<Lane>,
    /// Whether its lanes lie on one line, held together by a thin one.
    pub together: bool,
}

/// One bar, of one or more segments, or one dot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// From the axis outwards. Empty and no dot: `outside` stands in the bar's place.
    pub segments: Vec<Segment>,
    /// A dot in the bar's place.
    pub dot: Option<Dot>,
    /// The interval of the bar's end.
    pub whisker: Option<(f64, f64)>,
    /// The interval of its left end, where it has two.
    pub whisker_before: Option<(f64, f64)>,
    /// The value beyond the left end.
    pub before: String,
    /// The value beyond the bar and its whisker.
    pub outside: String,
    /// How it differs from other groups, after the value: letters or an arrow.
    pub sign: String,
    /// One per column at the right; fewer: the others are empty.
    pub beside: Vec<Beside>,
    /// Whether the value is uncertain or not there, so that it is written in a lighter ink.
    pub faint: bool,
    /// What it stands for, where it is one number.
    pub about: Option<About>,
}

/// A dot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where.
    pub at: f64,
    /// Its colour.
    pub colour: Colour,
    /// Whether it is a ring: a value by definition, without an error.
    pub hollow: bool,
}

/// What stands in a column at the right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// A number, or nothing.
    pub text: String,
    /// Whether it stands out.
    pub strong: bool,
    /// Its ink, where it has one of its own.
    pub ink: Option<Colour>,
    /// A bar before it, in units of the axis.
    pub bar: Option<(f64, Colour)>,
    /// What it stands for, where that is not what the lane stands for.
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
    /// What stands above several blocks: a breakdown, the first and the last of its blocks.
    pub spans: Vec<(String, usize, usize)>,
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// Further grids of the same rows, where their columns have no room beside these.
    pub below: Vec<Grid>,
}

/// Columns under one heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The group; empty without a breakdown.
    pub heading: String,
    /// "n = 1.420"; empty without a breakdown. May have several lines.
    pub detail: String,
    /// Headings of the columns. May have several lines.
    pub columns: Vec<String>,
    /// Whether its first column stands out no more than others: there are several numbers of one standing.
    pub level: bool,
}

/// A line of a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Stands above this line and those that follow it.
    pub heading: Option<String>,
    /// Below the heading, in a lighter ink. May be empty.
    pub detail: String,
    /// The label at the left.
    pub label: String,
    /// Whether it is set apart.
    pub strong: bool,
    /// Whether it is written in a lighter ink.
    pub faint: bool,
    /// Per block: its numbers (as many as the block has columns, or one that spans them all; a second line judges the
    /// first), and what they stand for.
    pub cells: Vec<(Vec<String>, About)>,
}
