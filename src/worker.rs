//! [`Job`]s in, [`Event`]s out, on named threads. What touches the disk or takes time happens here.

use std::path::PathBuf;
use std::sync::Arc;

use crate::data::{DataWarning, Dataset, ReadOptions};
use crate::figure::Scene;
use crate::measure::{Query, Table};
use crate::project::{DataSource, Project};

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
}

/// What a file dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileQuestion {
    /// A survey or project to open.
    Open,
    /// Where the project's data file is now.
    Locate,
    /// Where to save the project; the name proposed.
    SaveAs(String),
    /// Where to write the figure; its format and the name proposed.
    Export(FigureFormat, String),
}

/// Something to be done away from the window.
#[derive(Clone, Debug)]
pub enum Job {
    /// Read a survey file (or the sample).
    OpenData {
        /// Which.
        source: DataSource,
        /// How.
        options: ReadOptions,
    },
    /// Read a project file.
    OpenProject(PathBuf),
    /// Write a project file.
    SaveProject {
        /// What.
        project: Project,
        /// Where.
        path: PathBuf,
    },
    /// Answer a query.
    Run {
        /// What is asked.
        query: Query,
        /// Of which data.
        data: Arc<Dataset>,
    },
    /// Write a figure.
    Export {
        /// What.
        scene: Arc<Scene>,
        /// As what.
        format: FigureFormat,
        /// Where.
        path: PathBuf,
    },
    /// Ask the person for a file, with the system's dialog; the window's shell does this one and sends the command
    /// that follows.
    Ask(FileQuestion),
    /// Remember the recent files.
    SaveRecent(Vec<PathBuf>),
    /// Read the recent files.
    LoadRecent,
}

/// What came of a job. Errors are sentences for people.
#[derive(Clone, Debug)]
pub enum Event {
    /// A survey was read.
    DataOpened {
        /// Where from.
        source: DataSource,
        /// The data.
        data: Arc<Dataset>,
        /// What should be known about them.
        warnings: Vec<DataWarning>,
    },
    /// A survey could not be read.
    DataFailed {
        /// Where from.
        source: DataSource,
        /// Why, and what to do.
        message: String,
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
    /// Something could not be written.
    SaveFailed {
        /// Why, and what to do.
        message: String,
    },
    /// A query was answered (the table carries the query).
    Answered(Arc<Table>),
    /// A query has no answer.
    Unanswered {
        /// The query.
        query: Query,
        /// Why, and what to do.
        message: String,
    },
    /// A figure was written.
    Exported(PathBuf),
    /// The recent files.
    Recent(Vec<PathBuf>),
}
