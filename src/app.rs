//! [`State`] and the one function that changes it: commands and events in, jobs out. No disk, threads or clock.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::data::{Code, DataWarning, Dataset, DontKnow, Language, QuestionId, VarId};
use crate::figure::{Chart, Sort, Theme};
use crate::filter::Keep;
use crate::measure::{Query, Table};
use crate::project::{DataSource, Project};
use crate::stats::Interval;
use crate::worker::{Event, FigureFormat, Job};

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

/// The data of the project.
#[derive(Clone, Debug)]
pub enum Data {
    /// Being read.
    Opening(DataSource),
    /// Here.
    Ready {
        /// The data.
        dataset: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
    /// They could not be read, or are not what the project was saved with; the project is kept whole.
    Failed {
        /// Which.
        source: DataSource,
        /// Why, and what to do.
        message: String,
    },
    /// The file is there, but not the one that the project was saved with: go on, or locate another.
    Changed {
        /// The data as they are now.
        dataset: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
    /// Nothing is open.
    Nothing,
}

/// How important a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Done,
    /// Something could not be done.
    Problem,
}

/// A message for the status line, until it is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How important.
    pub severity: Severity,
    /// A sentence.
    pub text: String,
}

/// What was last answered for a query.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The table.
    Table(Arc<Table>),
    /// Why there is none, and what to do.
    Failed(String),
}

/// The whole program but for the window's own transient things (search text, open pop-ups, pointer).
#[derive(Clone, Debug)]
pub struct State {
    /// The user's choices.
    pub project: Project,
    /// Where the project was last saved or opened.
    pub path: Option<PathBuf>,
    /// The project as it was last saved; differs from `project`: unsaved changes.
    pub saved: Project,
    /// The data.
    pub data: Data,
    /// Answers by query: those of the views, and the last few others. The window shows the answer to the query of the
    /// view in front, or dimmed the one last shown until that arrives.
    pub answers: HashMap<Query, Answer>,
    /// The query whose answer was shown last.
    pub shown: Option<Query>,
    /// Messages not yet put away, oldest first.
    pub messages: Vec<Message>,
    /// Recently opened files, latest first.
    pub recent: Vec<PathBuf>,
    undo: Vec<Project>,
    redo: Vec<Project>,
}

impl State {
    /// Carries out a command.
    pub fn update(&mut self, _command: Command) -> Vec<Job> {
        unimplemented!()
    }

    /// Takes in what came of a job.
    pub fn receive(&mut self, _event: Event) -> Vec<Job> {
        unimplemented!()
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Whether the project differs from what was saved.
    pub fn is_changed(&self) -> bool {
        self.project != self.saved
    }
}
