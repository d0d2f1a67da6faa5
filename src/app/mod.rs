//! [`State`] and the one function that changes it: commands and events in, jobs out. No disk, threads or clock.
//!
//! [`State::update`] carries out what a person wants, [`State::receive`] takes in what came of a job; both end by asking
//! for whatever the view in front lacks. The window draws `&State` and changes nothing.

mod answers;
mod command;
pub mod commands;
mod filters;
mod history;
mod names;
mod receive;
mod setup;
mod update;

use std::path::PathBuf;
use std::sync::Arc;

pub use answers::{Answer, Answers};
pub use command::Command;
pub use filters::Running;
use history::History;
pub use names::{PROJECT_ENDING, analysis_key, is_project, outcome_title};
pub use setup::Setup;

use crate::data::{Code, DataWarning, Dataset, Language, ReadOptions, VarId};
use crate::figure::{Chart, Look, Scene};
use crate::measure::Query;
use crate::project::{DataSource, Project};
use crate::worker::{FigureFormat, Job};

/// The data of the project.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nothing is open.
    Nothing,
    /// Here.
    Ready {
        /// The data.
        dataset: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
    /// They could not be read; the project is kept whole. Locate them, or open something else.
    Failed {
        /// Which.
        source: DataSource,
        /// Why, and what to do.
        message: String,
        /// The file at fault, where it is one.
        file: Option<PathBuf>,
    },
    /// The file is there, but it is not the one that the project was saved with: accept it, or locate another.
    Changed {
        /// The data as they are now.
        dataset: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
}

/// What is being opened. What was open before stays on screen until it is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Opening {
    /// A survey, to begin a new project with.
    Survey(DataSource),
    /// A project file.
    Project(PathBuf),
    /// The data of a project file that has been read.
    DataOf {
        /// The project file.
        path: PathBuf,
        /// What it says.
        project: Box<Project>,
    },
    /// The data of the project that is open in another place, or read in another way.
    Again {
        /// Which.
        source: DataSource,
        /// How.
        options: ReadOptions,
    },
    /// More or other data for the project that is open: a change that can be taken back.
    Change {
        /// Which.
        source: DataSource,
        /// How.
        options: ReadOptions,
    },
    /// The data of an earlier or later step of the project: it is taken when they are there.
    Step {
        /// Which.
        source: DataSource,
        /// How.
        options: ReadOptions,
        /// Whether the step was to be done again, rather than taken back.
        again: bool,
    },
}

/// What a person wanted to do that would lose unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Leave the program.
    Quit,
    /// Open a survey or a project.
    Open(PathBuf),
    /// Open the sample survey.
    OpenSample,
}

/// The question whether unsaved changes are to be saved. Answered by [`Command::SaveFirst`],
/// [`Command::DiscardChanges`] or [`Command::Cancel`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What happens afterwards.
    pub then: Leave,
    /// Whether it is about decisions on the codebook; else about the project.
    pub codebook: bool,
}

/// How important a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Done,
    /// Something could not be done.
    Problem,
}

/// What happened, for the status line. What is done is put into words by the window; problems are sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The project was saved here.
    Saved(PathBuf),
    /// The figure was written here.
    Exported(PathBuf),
    /// The codebook was written here.
    CodebookSaved(PathBuf),
    /// Something could not be done: why, and what to do.
    Problem(String),
}

impl Message {
    /// How important it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Saved(_) | Self::Exported(_) | Self::CodebookSaved(_) => Severity::Done,
            Self::Problem(_) => Severity::Problem,
        }
    }
}

/// What the window shows of the view in front.
#[derive(Clone, Copy, Debug)]
pub struct Front<'a> {
    /// The answer, or the one last shown while the new one is being made; `None` until there was one.
    pub answer: Option<&'a Answer>,
    /// The figure of that answer; `None` when there is none or it failed.
    pub scene: Option<&'a Arc<Scene>>,
    /// Whether the answer is that of another query, so that it should be dimmed.
    pub stale: bool,
}

/// The whole program but for the window's own transient things (search text, open pop-ups, pointer).
#[derive(Clone, Debug)]
pub struct State {
    /// The user's choices.
    pub project: Project,
    /// Where the project was last saved or opened.
    pub path: Option<PathBuf>,
    /// The data.
    pub data: Data,
    /// What is being opened.
    pub opening: Option<Opening>,
    /// How much of a large survey that is being opened has been read, 0..=1; `None` where nobody knows yet.
    /// [`Command::CancelOpening`] stops it.
    pub progress: Option<f32>,
    /// A question that must be answered before anything is lost.
    pub confirm: Option<Confirm>,
    /// Messages not yet put away, oldest first.
    pub messages: Vec<Message>,
    /// Recently opened files that are still there, latest first.
    pub recent: Vec<PathBuf>,
    /// Answers by query.
    pub answers: Answers,
    /// How many respondents the filter leaves; `None` without data or when the filter cannot be applied.
    pub running: Option<Running>,
    /// What the columns of the survey mean, while somebody sets it up.
    pub setup: Setup,
    /// The project as it was last saved or opened.
    saved: Project,
    history: History,
    /// The query last asked and not yet answered. Earlier ones may never be: the worker skips what was superseded.
    asked: Option<Query>,
    /// The query whose answer was shown last, and the answer.
    shown: Option<(Query, Answer)>,
    /// The figure last laid out, and of what.
    drawn: Option<(Query, Look, Arc<Scene>)>,
    /// What `running` was counted for.
    counted: Option<filters::CountedFor>,
    /// The project as it was when something else began to be opened: changes made since then must not be lost.
    left: Option<Project>,
    /// Where the project is being saved to.
    saving: Option<PathBuf>,
    /// What happens when it is saved.
    after_save: Option<Leave>,
    /// What happens when the codebook is saved.
    after_codebook: Option<Leave>,
    /// A figure to be written as soon as its answer is there.
    export: Option<Export>,
}

/// A figure that is wanted in a file.
#[derive(Clone, Debug, PartialEq)]
struct Export {
    format: FigureFormat,
    path: PathBuf,
    may_replace: bool,
}

impl State {
    /// Nothing is open; the interface speaks `language`.
    pub fn new(language: Language) -> Self {
        let project = Project::blank(language);
        Self {
            saved: project.clone(),
            project,
            path: None,
            data: Data::Nothing,
            opening: None,
            progress: None,
            confirm: None,
            messages: Vec::new(),
            recent: Vec::new(),
            answers: Answers::default(),
            running: None,
            history: History::default(),
            asked: None,
            shown: None,
            drawn: None,
            counted: None,
            left: None,
            saving: None,
            after_save: None,
            after_codebook: None,
            setup: Setup::default(),
            export: None,
        }
    }

    /// What the window shows of the view in front.
    pub fn front(&self) -> Front<'_> {
        let query = self.query();
        Front {
            answer: self.shown.as_ref().map(|(_, answer)| answer),
            scene: match &self.shown {
                Some((_, Answer::Failed(_))) | None => None,
                Some(_) => self.drawn.as_ref().map(|(_, _, scene)| scene),
            },
            stale: self.shown.as_ref().is_none_or(|(shown, _)| *shown != query),
        }
    }

    /// The kinds of chart that can show the answer in front, the best first; empty until there is one.
    pub fn charts(&self) -> Vec<Chart> {
        match self.front().answer {
            Some(Answer::Table(table)) => crate::figure::suiting(table),
            Some(Answer::Failed(_)) | None => Vec::new(),
        }
    }

    /// What the view in front asks.
    pub fn query(&self) -> Query {
        self.project.query(self.project.view())
    }

    /// The data, when they are those of the project.
    pub fn dataset(&self) -> Option<&Arc<Dataset>> {
        match &self.data {
            Data::Ready { dataset, .. } => Some(dataset),
            Data::Nothing | Data::Failed { .. } | Data::Changed { .. } => None,
        }
    }

    /// The project's files that are not the ones it was saved with, while that is to be decided.
    pub fn changed_files(&self) -> Vec<&std::path::Path> {
        match &self.data {
            Data::Changed { dataset, .. } => {
                let project = &self.project;
                project.data.changed_files(&project.fingerprint, &dataset.fingerprint)
            }
            Data::Nothing | Data::Ready { .. } | Data::Failed { .. } => Vec::new(),
        }
    }

    /// The language of the interface.
    pub fn language(&self) -> Language {
        self.project.language
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        match self.setup.open {
            true => self.setup.can_undo(),
            false => self.history.can_undo(),
        }
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        match self.setup.open {
            true => self.setup.can_redo(),
            false => self.history.can_redo(),
        }
    }

    /// Whether the project differs from what was saved. Which view is in front does not count: looking is not changing.
    pub fn is_changed(&self) -> bool {
        !self.project.has_same_choices(&self.saved)
    }

    /// Whether the view in front waits for its answer.
    pub fn is_busy(&self) -> bool {
        self.asked.is_some() || self.opening.is_some() || self.saving.is_some()
    }

    /// The codes in the order of the codebook, once each, so that equal choices are equal filters.
    fn in_order(&self, var: &VarId, mut codes: Vec<Code>) -> Vec<Code> {
        let variable = match &self.data {
            Data::Ready { dataset, .. } | Data::Changed { dataset, .. } => dataset.codebook.variable(var),
            Data::Nothing | Data::Failed { .. } => None,
        };
        codes.sort_by_cached_key(|code| {
            let place = variable
                .and_then(|variable| variable.values.iter().position(|value| value.code == *code))
                .unwrap_or(usize::MAX);
            (place, code.clone())
        });
        codes.dedup();
        codes
    }

    fn say(&mut self, message: Message) {
        const MOST: usize = 8;
        // "Saved" replaces an earlier "saved"; problems stay until they are put away.
        if message.severity() == Severity::Done {
            self.messages.retain(|said| said.severity() == Severity::Problem);
        }
        self.messages.retain(|said| *said != message);
        self.messages.push(message);
        if self.messages.len() > MOST {
            self.messages.remove(0);
        }
    }

    /// What must follow every change: the answer of the view in front is shown or asked for, its figure laid out, the
    /// running count made, a waiting export sent off.
    fn settle(&mut self, jobs: &mut Vec<Job>) {
        if self.opening.is_none() {
            self.progress = None;
        }
        self.count_running();
        self.settle_view(jobs);
        self.look_at_columns(jobs);
    }

    fn settle_view(&mut self, jobs: &mut Vec<Job>) {
        let Some(dataset) = self.dataset().cloned() else {
            return;
        };
        let query = self.query();
        let Some(answer) = self.answers.get(&query).cloned() else {
            if self.asked.as_ref() != Some(&query) {
                self.asked = Some(query.clone());
                jobs.push(Job::Run { query, data: dataset });
            }
            return;
        };
        self.asked = None;
        if let Answer::Table(table) = &answer {
            let look = &self.project.view().look;
            let is_drawn = self
                .drawn
                .as_ref()
                .is_some_and(|(of, with, _)| *of == query && with == look);
            if !is_drawn {
                let scene = crate::figure::layout(&crate::figure::draw(table, look));
                self.drawn = Some((query.clone(), look.clone(), Arc::new(scene)));
            }
        }
        if let Some(export) = self.export.take() {
            match (&answer, &self.drawn) {
                (Answer::Table(table), Some((_, _, scene))) => jobs.push(Job::Export {
                    scene: scene.clone(),
                    table: Some(table.clone()),
                    format: export.format,
                    path: export.path,
                    may_replace: export.may_replace,
                }),
                (Answer::Failed(why), _) => self.say(Message::Problem(why.clone())),
                (Answer::Table(_), None) => {}
            }
        }
        self.shown = Some((query, answer));
    }
}
