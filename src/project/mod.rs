//! The user's choices as versioned JSON, `*.isobar`: which data, which filter, which views. Never microdata.

pub mod analyses;
pub mod catalogue;
pub mod file;
pub mod model_edits;
pub mod outcomes;
mod source;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use analyses::{Analysis, analyses};
pub use catalogue::{Standard, catalogue};
pub use file::{load, reason_of, save, write_whole, write_whole_with};
pub use source::{DataSource, ORGANISATIONS, Part};

use crate::data::{
    Code, Condition, Dataset, DontKnow, Language, Question, QuestionId, QuestionKind, ReadOptions, VarId,
};
use crate::figure::Look;
use crate::filter::Filter;
use crate::measure::{Compare, DesignChoice, Measure, Outcome, Percent, Query};
use crate::stats::Interval;

/// The newest version of the project format: 2 may have several data files. A project of one file is written as 1.
pub const PROJECT_VERSION: u32 = 2;

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
    /// Further breakdowns beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banner: Vec<VarId>,
    /// What is 100 per cent.
    #[serde(default)]
    pub percent: Percent,
    /// What is compared.
    #[serde(default)]
    pub compare: Compare,
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
    /// SHA-256 of the data file when the project was last saved with it; of several files, those of each, joined by `+`.
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

impl View {
    /// A view of `measure` with the settings of a new project.
    pub fn new(name: impl Into<String>, measure: Measure, language: Language) -> Self {
        Self {
            name: name.into(),
            measure,
            by: None,
            banner: Vec::new(),
            percent: Percent::default(),
            compare: Compare::default(),
            dont_know: None,
            interval: Interval::default(),
            level: Code::Number(0.95),
            look: Look {
                language,
                ..Look::default()
            },
        }
    }
}

impl View {
    /// What the view asks among those for whom `filter` holds.
    pub fn query(&self, design: &DesignChoice, filter: Condition) -> Query {
        Query {
            measure: self.measure.clone(),
            by: self.by.clone(),
            banner: self.banner.clone(),
            percent: self.percent,
            filter,
            dont_know: self.dont_know,
            design: design.clone(),
            compare: self.compare.clone(),
            interval: self.interval,
            level: self.level.clone(),
        }
    }
}

impl Project {
    /// The project that a person gets who opens a data file: the design that its codebook describes, nobody filtered
    /// out, and one view, of the first multiple-response question that has a highlighted union, else of the first
    /// question, else of the first variable.
    pub fn new(source: DataSource, read: ReadOptions, data: &Dataset, language: Language) -> Self {
        let questions = data.questions();
        let first = questions
            .iter()
            .find(|question| {
                question.kind == QuestionKind::Multiple && question.unions.iter().any(|union| union.highlight)
            })
            .or_else(|| {
                // Of a file without questions, something that was answered rather than a number of the respondent.
                let is_known = !data.codebook.questions.is_empty();
                let answered = |question: &&Question| {
                    let variable = question
                        .items
                        .first()
                        .and_then(|item| data.codebook.variable(&item.var));
                    question.kind == QuestionKind::Single
                        && variable.is_some_and(|variable| variable.role.is_none() && !variable.values.is_empty())
                };
                questions.iter().find(|question| is_known || answered(question))
            })
            .or(questions.first())
            .map(|question| question.id.clone())
            .or_else(|| Some(QuestionId(data.codebook.variables.first()?.name.0.clone())))
            .unwrap_or_else(|| QuestionId(String::new()));
        let measure = Measure::Question(first);
        let name = title_of(&measure, data, language);
        Self {
            isobar_project: PROJECT_VERSION,
            data: source,
            fingerprint: data.fingerprint.clone(),
            read,
            design: DesignChoice::of(data),
            filter: Filter::default(),
            views: vec![View::new(name, measure, language)],
            active: 0,
            language,
        }
    }

    /// The project of a program in which nothing is open yet; its one view asks nothing.
    pub fn blank(language: Language) -> Self {
        Self {
            isobar_project: PROJECT_VERSION,
            data: DataSource::Sample,
            fingerprint: String::new(),
            read: ReadOptions::default(),
            design: DesignChoice::default(),
            filter: Filter::default(),
            views: vec![View::new("", Measure::Question(QuestionId(String::new())), language)],
            active: 0,
            language,
        }
    }

    /// Whether `other` has the same choices. Which view is in front does not count: looking is not changing.
    pub fn has_same_choices(&self, other: &Self) -> bool {
        // Taken apart, so that a new field cannot be forgotten here.
        let Self {
            isobar_project: _,
            data,
            fingerprint,
            read,
            design,
            filter,
            views,
            active: _,
            language,
        } = self;
        *data == other.data
            && *fingerprint == other.fingerprint
            && *read == other.read
            && *design == other.design
            && *filter == other.filter
            && *views == other.views
            && *language == other.language
    }

    /// The position of the view in front.
    pub fn front(&self) -> usize {
        self.active.min(self.views.len().saturating_sub(1))
    }

    /// The view in front.
    pub fn view(&self) -> &View {
        &self.views[self.front()]
    }

    /// The view in front, to be changed.
    pub fn view_mut(&mut self) -> &mut View {
        let front = self.front();
        &mut self.views[front]
    }

    /// `wanted`, with a number behind it if another view than `except` already has that name.
    pub fn unique_name(&self, wanted: &str, except: Option<usize>) -> String {
        let taken = |name: &str| {
            self.views
                .iter()
                .enumerate()
                .any(|(i, view)| Some(i) != except && view.name == name)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        // One of any `views.len() + 1` different names is free.
        (2..=self.views.len() + 2)
            .map(|number| format!("{wanted} {number}"))
            .find(|name| !taken(name))
            .unwrap_or_else(|| wanted.to_owned())
    }

    /// What a view asks.
    pub fn query(&self, view: &View) -> Query {
        view.query(&self.design, self.filter.condition())
    }
}

/// What a view of `measure` is called as long as nobody has called it anything else.
pub fn title_of(measure: &Measure, data: &Dataset, language: Language) -> String {
    match measure {
        Measure::Question(id) | Measure::Poles(id) => data
            .question(id)
            .map_or_else(|_| id.0.clone(), |question| question.title(language).to_owned()),
        Measure::Boxes { question: id, .. } => title_of(&Measure::Question(id.clone()), data, language),
        Measure::Roles(questions) => {
            let titles: Vec<String> = questions
                .iter()
                .map(|id| title_of(&Measure::Question(id.clone()), data, language))
                .collect();
            titles.join(" + ")
        }
        Measure::Profile { actor, .. } => data
            .codebook
            .actors
            .iter()
            .find(|known| known.id == *actor)
            .map_or_else(|| actor.clone(), |known| known.label.get(language).to_owned()),
        Measure::Effect(effect) => {
            let boxes = title_of(&Measure::Question(effect.boxes.clone()), data, language);
            format!("{boxes} → {}", effect.outcome)
        }
        Measure::Model(model) => match &model.outcome {
            Outcome::Share(condition) => title_of(&Measure::Share(condition.clone()), data, language),
            Outcome::Mean(var) => title_of(&Measure::Mean(var.clone()), data, language),
        },
        Measure::Share(condition) | Measure::Count(condition) => condition.to_string(),
        Measure::Ratio { above, below } => format!("{above} / {below}"),
        Measure::Mean(var) | Measure::Total(var) | Measure::Quantiles { var, .. } | Measure::Response(var) => data
            .variable(var)
            .map_or_else(|_| var.0.clone(), |variable| variable.title(language).to_owned()),
    }
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
    #[error("{}: the project cannot be read ({reason}). Check that it is a project file that you may open.", path.display())]
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
