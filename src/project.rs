//! The user's choices as versioned JSON, `*.isobar`: which data, which filter, which views. Never microdata.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::data::{Code, DontKnow, Language, ReadOptions, VarId};
use crate::figure::Look;
use crate::filter::Filter;
use crate::measure::{DesignChoice, Measure, Query};
use crate::stats::Interval;

/// The version of the project format that this program writes.
pub const PROJECT_VERSION: u32 = 1;

/// Where a project's data are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataSource {
    /// The sample survey inside the program.
    Sample,
    /// A file; in memory absolute, in the project file relative to it where it can be.
    File(PathBuf),
}

/// A question as it is looked at: the query less what the whole project shares, and the look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its name, unique within the project; the command line's `--view`.
    pub name: String,
    /// What is measured.
    pub measure: Measure,
    /// Broken down by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<VarId>,
    /// The don't-know policy where it is not the question's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dont_know: Option<DontKnow>,
    /// How intervals are made.
    #[serde(default)]
    pub interval: Interval,
    /// The confidence level, a number between 0 and 1.
    pub level: Code,
    /// How the figure looks.
    pub look: Look,
}

/// Everything the user has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Format version; see [`PROJECT_VERSION`].
    pub isobar_project: u32,
    /// The data.
    pub data: DataSource,
    /// SHA-256 of the data file when the project was last saved with it.
    pub fingerprint: String,
    /// How the data file is read, where the reader's guess was overruled.
    #[serde(default)]
    pub read: ReadOptions,
    /// The sampling design.
    pub design: DesignChoice,
    /// Among whom, in every view.
    #[serde(default)]
    pub filter: Filter,
    /// The views, in tab order; never empty.
    pub views: Vec<View>,
    /// The view in front.
    #[serde(default)]
    pub active: usize,
    /// The language of the interface and of new figures.
    #[serde(default)]
    pub language: Language,
}

impl Project {
    /// The view in front.
    pub fn view(&self) -> &View {
        &self.views[self.active.min(self.views.len() - 1)]
    }

    /// What a view asks.
    pub fn query(&self, view: &View) -> Query {
        Query {
            measure: view.measure.clone(),
            by: view.by.clone(),
            filter: self.filter.condition(),
            dont_know: view.dont_know,
            design: self.design.clone(),
            interval: view.interval,
            level: view.level.clone(),
        }
    }
}

/// Reads a project file.
pub fn load(_path: &Path) -> Result<Project, ProjectError> {
    unimplemented!()
}

/// Replaces a project file in one step: a crash leaves the old one or the new one.
pub fn save(_project: &Project, _path: &Path) -> Result<(), ProjectError> {
    unimplemented!()
}

/// Why a project could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no such file.
    #[error("{}: there is no such project. Check the name, or open it from where it is now.", path.display())]
    NotFound {
        /// The path asked for.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error("{}: the project cannot be read ({reason}).", path.display())]
    Unreadable {
        /// The path asked for.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// It is not a project.
    #[error("{}: this is not an Isobar project, or it is damaged ({reason}). The file was left as it is.", path.display())]
    NotAProject {
        /// The path asked for.
        path: PathBuf,
        /// Where and how.
        reason: String,
    },
    /// It was written by a newer program.
    #[error("{}: this project was saved by a newer Isobar (format {found}; this program knows {known}). Update Isobar to open it. The file was left as it is.", path.display())]
    Newer {
        /// The path asked for.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// It cannot be written.
    #[error("{}: the project could not be saved ({reason}). Choose another place; nothing was lost.", path.display())]
    Unwritable {
        /// The path asked for.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
}
