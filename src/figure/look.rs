//! How a figure looks, as data: what the settings beside the figure change and a project stores.

use serde::{Deserialize, Serialize};

use crate::data::Language;

/// The kinds of chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chart {
    /// Horizontal bars, one per row; with a breakdown, one bar per group in each row.
    #[default]
    Bars,
    /// The numbers as a table.
    Table,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Largest share first; a highlighted union stays at the top, ordinal scales keep their order.
    #[default]
    LargestFirst,
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
}

impl Default for Look {
    fn default() -> Self {
        Self {
            chart: Chart::Bars,
            sort: Sort::LargestFirst,
            intervals: true,
            actor_colours: true,
            theme: Theme::Light,
            language: Language::Da,
            width_pt: 800.0,
            height_pt: None,
            headline: None,
        }
    }
}
