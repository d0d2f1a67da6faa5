//! [`State`] and the one function that changes it: commands and events in, jobs out. No disk, threads or clock.

use std::path::PathBuf;

use crate::data::{Code, DontKnow, Language, QuestionId, VarId};
use crate::figure::{Chart, Sort, Theme};
use crate::filter::Keep;
use crate::stats::Interval;
use crate::worker::FigureFormat;

/// Everything a person can do. Menu, button, shortcut and test all send one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask which file to open, then open it.
    AskOpen,
    /// Ask where the moved data file of the project is.
    AskLocate,
    /// Ask where to save the project.
    AskSaveAs,
    /// Ask where to write the figure.
    AskExport(FigureFormat),
    /// Open a survey or a project.
    Open(PathBuf),
    /// Open the sample survey inside the program.
    OpenSample,
    /// The project's data file is here now.
    Locate(PathBuf),
    /// Go on with a data file that is not the one the project was saved with.
    AcceptChangedData,
    /// Save where it was saved before, else ask.
    Save,
    /// Save here.
    SaveAs(PathBuf),
    /// Write the figure in front.
    Export {
        /// As what.
        format: FigureFormat,
        /// Where.
        path: PathBuf,
    },
    /// Take back the last change of the project.
    Undo,
    /// Do it again.
    Redo,
    /// Show a question in the view in front.
    ShowQuestion(QuestionId),
    /// Break the view in front down by a variable, or not at all.
    BreakDown(Option<VarId>),
    /// Keep only these respondents; replaces the chip of that variable. Empty codes remove the chip.
    SetFilter(VarId, Keep),
    /// Remove the chip of a variable.
    RemoveFilter(VarId),
    /// Remove all chips.
    ClearFilter,
    /// Add a view beside the one in front, with the same settings.
    AddView,
    /// Remove a view; the last one stays.
    RemoveView(usize),
    /// Bring a view to the front.
    SelectView(usize),
    /// Rename a view.
    RenameView(usize, String),
    /// The kind of chart.
    SetChart(Chart),
    /// The order of rows.
    SetSort(Sort),
    /// Whether intervals are drawn.
    SetIntervals(bool),
    /// Whether actors keep their colours.
    SetActorColours(bool),
    /// Light or dark figure.
    SetTheme(Theme),
    /// The headline of the view in front; `None`: the proposed one. Typing merges into one undo step.
    SetHeadline(Option<String>),
    /// The don't-know policy of the view in front; `None`: the question's own.
    SetDontKnow(Option<DontKnow>),
    /// How intervals are made.
    SetInterval(Interval),
    /// The confidence level.
    SetLevel(Code),
    /// The weight; `None`: every respondent counts 1.
    SetWeight(Option<VarId>),
    /// The language of the interface and the figure.
    SetLanguage(Language),
    /// Put a message away.
    Dismiss(usize),
}
