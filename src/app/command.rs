//! Everything a person can do, as values: menu, button, shortcut and test all send one of these.

use std::path::PathBuf;

use crate::data::{Code, DontKnow, Keys, Language, QuestionId, ReadOptions, VarId};
use crate::figure::{Chart, NetworkLook, SetsLook, Signs, Sort, Theme};
use crate::filter::Keep;
use crate::measure::{Compare, DesignChoice, Measure, Percent};
use crate::project::DataSource;
use crate::setup::Choice;
use crate::stats::Interval;
use crate::worker::FigureFormat;

/// Everything a person can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask which file to open, then open it.
    AskOpen,
    /// Ask where the moved data file of the project is.
    AskLocate,
    /// Ask which file's rows go below those of the project.
    AskAdd,
    /// Ask where the answers of the workplaces' organisations are.
    AskJoin,
    /// Ask where a table of known population counts is.
    AskMargin,
    /// Calibrate the weights to the table of population counts in this file too.
    AddMargin(PathBuf),
    /// Ask where to save the project.
    AskSaveAs,
    /// Ask where to write the figure.
    AskExport(FigureFormat),
    /// Open a survey or a project, told apart by the project's ending. Asks first if changes would be lost.
    Open(PathBuf),
    /// Open the sample survey inside the program. Asks first if changes would be lost.
    OpenSample,
    /// Stop opening what is being opened; what was there before stays.
    CancelOpening,
    /// The project's data file is here now. Of several files, the one of that name, else the one that is missing.
    Locate(PathBuf),
    /// Put the rows of another file below those of the project: a round, a country, another respondent type.
    AddData {
        /// The file.
        path: PathBuf,
        /// What it is called; empty: by its name.
        label: String,
    },
    /// Add what organisations answered to the project's workplaces.
    JoinData {
        /// The file of the organisations.
        path: PathBuf,
        /// By which variables they are found.
        keys: Keys,
    },
    /// Use other data: files with other labels or in another order, fewer of them.
    SetData(DataSource),
    /// Read the project's data file in another way than the reader guessed.
    ReadWith(ReadOptions),
    /// Go on with a data file that is not the one the project was saved with.
    AcceptChangedData,
    /// Save where it was saved before, else ask.
    Save,
    /// Save here.
    SaveAs(PathBuf),
    /// Write the figure in front, as soon as its answer is there.
    Export {
        /// As what; an ending `.svg` or `.png` of `path` overrules it.
        format: FigureFormat,
        /// Where.
        path: PathBuf,
    },
    /// Leave the program. Asks first if changes would be lost.
    Quit,
    /// Answer to [`super::Confirm`]: save, then do it.
    SaveFirst,
    /// Answer to [`super::Confirm`]: do it, the changes may go.
    DiscardChanges,
    /// Answer to [`super::Confirm`]: do not do it. Also sent by the shell when a file dialog was put away.
    Cancel,
    /// Take back the last change of the project.
    Undo,
    /// Do it again.
    Redo,
    /// A field was left or a drag ended: the next change is an undo step of its own.
    EndEdit,
    /// Show a question in the view in front.
    ShowQuestion(QuestionId),
    /// Break the view in front down by a variable, or not at all.
    BreakDown(Option<VarId>),
    /// Keep only these respondents; replaces the chip of that variable. No codes, or a range open at both ends, remove
    /// it. Dragging a range merges into one undo step.
    SetFilter(VarId, Keep),
    /// Remove the chip of a variable.
    RemoveFilter(VarId),
    /// Remove all chips.
    ClearFilter,
    /// Add a view beside the one in front, with the same settings.
    AddView,
    /// Remove a view; the last one stays.
    RemoveView(usize),
    /// Bring a view to the front. Not a change of the project: it is neither undone nor asked to be saved.
    SelectView(usize),
    /// Rename a view. Typing merges into one undo step.
    RenameView(usize, String),
    /// Show something else in the view in front: a network, a role, a model …
    SetMeasure(Measure),
    /// Further breakdowns of the view in front, beside the first.
    SetBanner(Vec<VarId>),
    /// What is 100 per cent.
    SetPercent(Percent),
    /// What is tested and compared.
    SetCompare(Compare),
    /// The kind of chart.
    SetChart(Chart),
    /// How significant differences are marked.
    SetSigns(Signs),
    /// Which sets of boxes are drawn.
    SetSets(SetsLook),
    /// Which ties of a network are drawn, and where its nodes stand. Dragging a node merges into one undo step.
    SetNetwork(Box<NetworkLook>),
    /// The order of rows.
    SetSort(Sort),
    /// Whether intervals are drawn.
    SetIntervals(bool),
    /// Whether a table says the sum of weights beside n.
    SetPopulation(bool),
    /// Whether actors keep their colours.
    SetActorColours(bool),
    /// Light or dark figure.
    SetTheme(Theme),
    /// The size of the figure in points; no height: as high as its content. Dragging merges into one undo step.
    SetSize {
        /// Width.
        width_pt: f32,
        /// Height.
        height_pt: Option<f32>,
    },
    /// The headline of the view in front; `None`: the proposed one. Typing merges into one undo step.
    SetHeadline(Option<String>),
    /// The don't-know policy of the view in front; `None`: the question's own.
    SetDontKnow(Option<DontKnow>),
    /// How intervals are made.
    SetInterval(Interval),
    /// The confidence level, a number between 0 and 1.
    SetLevel(Code),
    /// The weight; `None`: every respondent counts 1.
    SetWeight(Option<VarId>),
    /// The whole sampling design.
    SetDesign(DesignChoice),
    /// The language of the interface, and of the figures that had the interface's language before.
    SetLanguage(Language),
    /// The language of the figure in front alone.
    SetFigureLanguage(Language),
    /// Show or leave the page on which the survey is set up.
    ShowSetup(bool),
    /// Decide about a guess, or change what the columns mean.
    Decide(Choice),
    /// Use every guess that is at least so sure (0..=1) and not yet decided on. They stay marked as unconfirmed.
    UseGuesses(f64),
    /// Write the codebook that the decisions make, and read the survey with it.
    SaveCodebook,
    /// Put a message away.
    Dismiss(usize),
}

/// Changes with the same key, one right after the other, are one undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MergeKey {
    Headline,
    Size,
    Name(usize),
    Range(VarId),
    Network,
}

impl Command {
    /// The key of a change that comes in many small steps.
    pub(super) fn merge_key(&self) -> Option<MergeKey> {
        match self {
            Self::SetHeadline(Some(_)) => Some(MergeKey::Headline),
            Self::SetSize { .. } => Some(MergeKey::Size),
            Self::SetNetwork(_) => Some(MergeKey::Network),
            Self::RenameView(view, _) => Some(MergeKey::Name(*view)),
            Self::SetFilter(var, Keep::Range { .. }) => Some(MergeKey::Range(var.clone())),
            _ => None,
        }
    }
}
