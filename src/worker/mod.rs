//! [`Job`]s in, [`Event`]s out, on named threads. What touches the disk or takes time happens here.

pub mod convert;
mod designs;
pub mod gallery;
pub mod margins;
pub mod recent;
mod threads;
mod work;
mod write_codebook;

use std::path::PathBuf;
use std::sync::Arc;

pub use threads::Worker;
pub use work::write_figure;

use crate::data::{Codebook, DataWarning, Dataset, ReadOptions};
use crate::export::graph::GraphFormat;
use crate::figure::Scene;
use crate::measure::{MarginChoice, Query, Table};
use crate::project::{DataSource, Project};
use crate::setup::Guess;

/// The formats of an exported figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureFormat {
    /// Vector, real text.
    Svg,
    /// Pixels.
    Png {
        /// Pixels per inch; 72 is one pixel per point.
        dpi: u32,
    },
    /// A network for programs that draw networks themselves.
    Graph(GraphFormat),
}

impl FigureFormat {
    /// The resolution where nobody has asked for another: that of print.
    pub const DEFAULT_DPI: u32 = 300;

    /// Pixels, at the usual resolution.
    pub const PNG: Self = Self::Png { dpi: Self::DEFAULT_DPI };

    /// A network as GraphML.
    pub const GRAPHML: Self = Self::Graph(GraphFormat::GraphMl);

    /// A network as GEXF.
    pub const GEXF: Self = Self::Graph(GraphFormat::Gexf);

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png { .. } => "png",
            Self::Graph(GraphFormat::GraphMl) => "graphml",
            Self::Graph(GraphFormat::Gexf) => "gexf",
        }
    }
}

/// What a file dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileQuestion {
    /// A survey or project to open.
    Open,
    /// Where the project's data file is now.
    Locate,
    /// A survey whose rows go below those of the project.
    Add,
    /// The answers of the organisations that the project's workplaces belong to.
    Join,
    /// A table of known population counts.
    Margins,
    /// Where to save the project; the name proposed.
    SaveAs(String),
    /// Where to write the figure; its format and the name proposed.
    Export(FigureFormat, String),
}

/// Something to be done away from the window.
#[derive(Clone, Debug)]
pub enum Job {
    /// Read a survey file (or the sample). One that was to be read before and is not there yet is left: nobody waits for
    /// it.
    OpenData {
        /// Which.
        source: DataSource,
        /// How.
        options: ReadOptions,
    },
    /// Leave what is being read, and whatever waits to be read.
    CancelOpening,
    /// Read a project file.
    OpenProject(PathBuf),
    /// Write a project file.
    SaveProject {
        /// What.
        project: Project,
        /// Where.
        path: PathBuf,
        /// Whether a file that is there already may be replaced: the person was asked, or it is this project.
        may_replace: bool,
    },
    /// Answer a query. A query that was superseded before it began is passed over without an event.
    Run {
        /// What is asked.
        query: Query,
        /// Of which data.
        data: Arc<Dataset>,
    },
    /// Look at the columns of a data set: what they seem to mean.
    Guess {
        /// Which.
        data: Arc<Dataset>,
    },
    /// Write a codebook beside its data file, and where the next file with the same variables finds it.
    SaveCodebook {
        /// What.
        codebook: Box<Codebook>,
        /// The data file.
        data: PathBuf,
    },
    /// Write a figure.
    Export {
        /// What.
        scene: Arc<Scene>,
        /// The numbers it shows, which a network is written from.
        table: Option<Arc<Table>>,
        /// As what.
        format: FigureFormat,
        /// Where.
        path: PathBuf,
        /// Whether a file that is there already may be replaced.
        may_replace: bool,
    },
    /// Ask the person for a file, with the system's dialog. The window's shell does this one and sends the command that
    /// follows, or `Cancel`.
    Ask(FileQuestion),
    /// Close the window. The window's shell does this one.
    Quit,
    /// Put a file at the head of the recent ones.
    Remember(PathBuf),
    /// Read the recent files.
    LoadRecent,
    /// Read a table of known population counts.
    ReadMargin(PathBuf),
}

/// What came of a job. Errors are sentences for people.
///
/// Every event repeats what was asked, so that a late one is recognised.
#[derive(Clone, Debug)]
pub enum Event {
    /// A survey was read.
    DataOpened {
        /// Where from.
        source: DataSource,
        /// Read how.
        options: ReadOptions,
        /// The data.
        data: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
    /// A large survey is being read.
    Progress {
        /// Where from.
        source: DataSource,
        /// Read how.
        options: ReadOptions,
        /// How much of it has been read, 0..=1.
        fraction: f32,
    },
    /// A survey could not be read.
    DataFailed {
        /// Where from.
        source: DataSource,
        /// Read how.
        options: ReadOptions,
        /// Why, and what to do.
        message: String,
        /// The file at fault, where it is one.
        file: Option<PathBuf>,
    },
    /// A project was read.
    ProjectOpened {
        /// Where from.
        path: PathBuf,
        /// What it says.
        project: Project,
    },
    /// A project could not be read.
    ProjectFailed {
        /// Where from.
        path: PathBuf,
        /// Why, and what to do.
        message: String,
    },
    /// A project was written.
    Saved {
        /// What was written.
        project: Project,
        /// Where.
        path: PathBuf,
    },
    /// A project could not be written.
    SaveFailed {
        /// Where.
        path: PathBuf,
        /// Why, and what to do.
        message: String,
    },
    /// A query was answered (the table carries the query).
    Answered {
        /// The answer.
        table: Arc<Table>,
        /// Of which data.
        data: Arc<Dataset>,
    },
    /// A query has no answer.
    Unanswered {
        /// The query.
        query: Query,
        /// Of which data.
        data: Arc<Dataset>,
        /// Why, and what to do.
        message: String,
    },
    /// What the columns of a data set seem to mean.
    Guessed {
        /// The guesses.
        guesses: Arc<Vec<Guess>>,
        /// About which data.
        data: Arc<Dataset>,
    },
    /// A codebook was written.
    CodebookSaved {
        /// Where.
        path: PathBuf,
        /// Beside which data file.
        data: PathBuf,
    },
    /// A codebook could not be written.
    CodebookFailed {
        /// Why, and what to do.
        message: String,
    },
    /// A figure was written.
    Exported(PathBuf),
    /// A figure could not be written.
    ExportFailed {
        /// Why, and what to do.
        message: String,
    },
    /// The recent files that are still there, latest first.
    Recent(Vec<PathBuf>),
    /// A table of known population counts was read.
    MarginRead(MarginChoice),
    /// Something else went wrong.
    Trouble(String),
}
