//! How a figure looks, as data: what the settings beside the figure change and a project stores.

use serde::{Deserialize, Serialize};

use crate::data::Language;

/// The kinds of chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chart {
    /// The one that suits the table best.
    #[default]
    Auto,
    /// Horizontal bars, one per row; with a breakdown, one bar per group in each row. A battery's are stacked.
    Bars,
    /// A dot with its interval per row and group; coefficients around their line of no difference.
    Dots,
    /// Bars of 100 per cent.
    Stacked,
    /// A battery's poles to either side of zero.
    Diverging,
    /// One number, large, with its parts.
    Number,
    /// One type or several, and which.
    Donut,
    /// Exact or inclusive sets of boxes: bars over a matrix of dots.
    UpSet,
    /// Two groups or rounds, a line per row.
    Slope,
    /// Lines over a number or over rounds, with bands.
    Lines,
    /// Boxes as nodes, their pairs as edges.
    Network,
    /// Boxes by boxes, their pairs as cells.
    Matrix,
    /// From groups to groups: sectors that work with sectors.
    Flow,
    /// The numbers as a table.
    Table,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Largest share first; a highlighted union stays at the top, ordinal scales keep their order. Poles go by their net.
    #[default]
    LargestFirst,
    /// Statements with the largest share at the positive pole first.
    Positive,
    /// Statements with the largest share at the negative pole first.
    Negative,
    /// As in the questionnaire.
    Questionnaire,
}

/// Colours of paper and ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on a dark surface.
    Dark,
    /// Black on white; every colour holds in greyscale.
    Print,
}

/// How significant differences between groups are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// Not at all.
    #[default]
    None,
    /// By the letters of the groups that a value lies above.
    Letters,
    /// By an arrow where a group differs from all others together.
    Arrows,
}

/// Which sets of boxes are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct SetsLook {
    /// So many at most, the largest.
    pub most: usize,
    /// Only sets that so many respondents chose.
    pub least_n: usize,
}

impl Default for SetsLook {
    fn default() -> Self {
        Self { most: 12, least_n: 5 }
    }
}

/// What the edges of a network, or the cells of its matrix, stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edges {
    /// The share with both.
    #[default]
    Joint,
    /// Lift: joint share ÷ product of shares.
    Lift,
    /// Among those with the one (row), the share with the other (column). Not symmetric: only in a matrix.
    Conditional,
}

/// Which ties of a network are drawn, and where its nodes stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkLook {
    /// What edges stand for.
    pub edges: Edges,
    /// Only ties with at least this joint share, 0..=1.
    pub least: f64,
    /// Only ties whose interval lies above independence.
    pub certain: bool,
    /// Only ties that are significant after Benjamini–Hochberg; else the others are dashed.
    pub significant: bool,
    /// Whether communities are marked.
    pub communities: bool,
    /// Where somebody put a node: the id of its box, and its place in the chart, both 0..=1.
    pub places: Vec<(String, [f32; 2])>,
}

/// How a figure looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The kind of chart.
    pub chart: Chart,
    /// The order of rows.
    pub sort: Sort,
    /// Whether whiskers show the interval.
    pub intervals: bool,
    /// Whether actors keep their own colours (without a breakdown); else one accent colour.
    pub actor_colours: bool,
    /// Light or dark.
    pub theme: Theme,
    /// The language of all words.
    pub language: Language,
    /// Width of the whole figure.
    pub width_pt: f32,
    /// Height of the whole figure; `None`: as high as its content.
    pub height_pt: Option<f32>,
    /// The headline the user wrote; `None`: a proposed one.
    pub headline: Option<String>,
    /// How significant differences are marked.
    pub signs: Signs,
    /// Whether a table says the sum of weights beside n.
    pub population: bool,
    /// Which sets of boxes are drawn.
    pub sets: SetsLook,
    /// Which ties of a network are drawn.
    pub network: NetworkLook,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            chart: Chart::Auto,
            sort: Sort::LargestFirst,
            intervals: true,
            actor_colours: true,
            theme: Theme::Light,
            language: Language::Da,
            width_pt: 800.0,
            height_pt: None,
            headline: None,
            signs: Signs::default(),
            population: false,
            sets: SetsLook::default(),
            network: NetworkLook::default(),
        }
    }
}
