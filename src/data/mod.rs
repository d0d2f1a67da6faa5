//! A survey file in, an immutable [`Dataset`] out: typed columns, codebook, fingerprint.

pub mod codebook;
pub mod condition;

use std::path::{Path, PathBuf};

pub use codebook::{
    AnswerKind, Base, Code, Codebook, DontKnow, Item, ItemKind, Labelled, Language, Poles, Question, QuestionId,
    QuestionKind, Role, Text, Union, Value, VarId, Variable, VariableKind,
};
pub use condition::{Comparison, Condition, ConditionError};

/// The file formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// SPSS system file, `.sav`.
    Sav,
    /// Compressed SPSS system file, `.zsav`.
    Zsav,
}

impl Format {
    /// The name in `describe` and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Sav => "sav",
            Self::Zsav => "zsav",
        }
    }
}

/// Positions into a column's levels, one per respondent, as narrow as fits. The highest value of the type is a
/// blank cell ([`Positions::get`] gives `None`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Positions {
    /// Up to 255 levels.
    Narrow(Vec<u8>),
    /// Up to 65,535 levels.
    Wide(Vec<u16>),
    /// More.
    Huge(Vec<u32>),
}

impl Positions {
    /// Packs positions (`None` is blank) as narrowly as `levels` allows.
    pub fn pack(levels: usize, rows: impl ExactSizeIterator<Item = Option<u32>>) -> Self {
        if levels <= usize::from(u8::MAX) {
            Self::Narrow(rows.map(|row| row.map_or(u8::MAX, |position| position as u8)).collect())
        } else if levels <= usize::from(u16::MAX) {
            Self::Wide(
                rows.map(|row| row.map_or(u16::MAX, |position| position as u16))
                    .collect(),
            )
        } else {
            Self::Huge(rows.map(|row| row.unwrap_or(u32::MAX)).collect())
        }
    }

    /// The level of respondent `row`; `None` when the cell is blank.
    pub fn get(&self, row: usize) -> Option<usize> {
        match self {
            Self::Narrow(rows) => (rows[row] != u8::MAX).then(|| usize::from(rows[row])),
            Self::Wide(rows) => (rows[row] != u16::MAX).then(|| usize::from(rows[row])),
            Self::Huge(rows) => (rows[row] != u32::MAX).then(|| rows[row] as usize),
        }
    }

    /// How many respondents.
    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(rows) => rows.len(),
            Self::Wide(rows) => rows.len(),
            Self::Huge(rows) => rows.len(),
        }
    }

    /// Whether there is no respondent.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The answers to one variable, one element per respondent.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Coded answers: `levels` are the distinct codes that occur, in the codebook's order first and then by size;
    /// `rows` points into them.
    Coded {
        /// The distinct codes.
        levels: Vec<Code>,
        /// One position per respondent.
        rows: Positions,
    },
    /// A quantity with many different values (weights, counts). NaN is a blank cell.
    Numbers(Vec<f64>),
}

impl Column {
    /// How many respondents.
    pub fn len(&self) -> usize {
        match self {
            Self::Coded { rows, .. } => rows.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    /// Whether there is no respondent.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code of respondent `row`; `None` when the cell is blank.
    pub fn code(&self, row: usize) -> Option<Code> {
        match self {
            Self::Coded { levels, rows } => rows.get(row).map(|level| levels[level].clone()),
            Self::Numbers(numbers) => (!numbers[row].is_nan()).then(|| Code::Number(numbers[row])),
        }
    }

    /// The number of respondent `row`, NaN when the cell is blank or a text.
    pub fn number(&self, row: usize) -> f64 {
        match self {
            Self::Coded { levels, rows } => rows
                .get(row)
                .and_then(|level| levels[level].number())
                .unwrap_or(f64::NAN),
            Self::Numbers(numbers) => numbers[row],
        }
    }
}

/// Something a person should know about a file that could nevertheless be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DataWarning {
    /// Labels or texts had bytes that the encoding does not know; they are shown with a replacement sign.
    Encoding {
        /// The encoding used.
        encoding: String,
        /// How many texts.
        texts: usize,
    },
    /// The codebook names variables that the file does not have; what depends on them is left out.
    CodebookMismatch {
        /// Where the codebook came from.
        codebook: String,
        /// The variables.
        missing: Vec<VarId>,
    },
    /// Questions left out, because a variable or base they need is not there.
    QuestionLeftOut {
        /// The question.
        question: QuestionId,
        /// What it lacks.
        lacks: String,
    },
    /// The file ended early; what could be read is shown.
    Truncated {
        /// Rows promised by the file.
        promised: usize,
        /// Rows read.
        read: usize,
    },
    /// Anything else the reader noticed.
    Remark(String),
}

/// Why a survey file could not be read. Every variant names the file, says what happened and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// There is no such file.
    #[error("{}: there is no such file. Check the name, or choose the file again.", path.display())]
    NotFound {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file cannot be read for a reason of the operating system.
    #[error("{}: the file cannot be read ({reason}). Check that you may open it and that it is not locked by another program.", path.display())]
    Unreadable {
        /// The path asked for.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The file has no contents.
    #[error("{}: the file is empty. Export it again from the program it came from.", path.display())]
    Empty {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file is not a survey file that this program knows.
    #[error("{}: this is not a survey file that Isobar reads ({reason}). It reads .sav, .zsav, .csv, .tsv and .parquet.", path.display())]
    NotASurvey {
        /// The path asked for.
        path: PathBuf,
        /// What was found instead.
        reason: String,
    },
    /// The file is damaged.
    #[error("{}: the file is damaged: {reason}. Copy or export it again from where it came from.", path.display())]
    Damaged {
        /// The path asked for.
        path: PathBuf,
        /// Where and how.
        reason: String,
    },
    /// The codebook cannot be used.
    #[error("{}: the codebook cannot be used: {reason}.", path.display())]
    Codebook {
        /// The codebook's path.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// No such variable.
    #[error("there is no variable called {name:?}{}. See `isobar describe` for the names.", near(.suggestion))]
    NoSuchVariable {
        /// What was asked for.
        name: String,
        /// The closest name.
        suggestion: Option<String>,
    },
}

fn near(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map(|name| format!(" (did you mean {name:?}?)"))
        .unwrap_or_default()
}

/// A survey file in memory: columns, what they mean, where they came from. Never changed; shared by reference.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Where it came from.
    pub path: PathBuf,
    /// The format found.
    pub format: Format,
    /// The character encoding of its texts, such as `UTF-8` or `windows-1252`.
    pub encoding: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub fingerprint: String,
    /// How many respondents.
    pub rows: usize,
    /// What the columns mean; `codebook.variables[i]` describes `columns[i]`.
    pub codebook: Codebook,
    /// The answers, in the order of `codebook.variables`.
    pub columns: Vec<Column>,
}

impl Dataset {
    /// The position of a variable in `columns` and `codebook.variables`.
    pub fn index_of(&self, name: &VarId) -> Result<usize, DataError> {
        self.codebook
            .variables
            .iter()
            .position(|variable| variable.name == *name)
            .ok_or_else(|| DataError::NoSuchVariable {
                name: name.0.clone(),
                suggestion: self.closest(&name.0),
            })
    }

    /// What a variable means.
    pub fn variable(&self, name: &VarId) -> Result<&Variable, DataError> {
        Ok(&self.codebook.variables[self.index_of(name)?])
    }

    /// The answers to a variable.
    pub fn column(&self, name: &VarId) -> Result<&Column, DataError> {
        Ok(&self.columns[self.index_of(name)?])
    }

    /// The variable whose name differs from `name` by the fewest letters, when that is close enough to be a slip.
    fn closest(&self, name: &str) -> Option<String> {
        let wanted = name.to_lowercase();
        self.codebook
            .variables
            .iter()
            .map(|variable| {
                (
                    edit_distance(&wanted, &variable.name.0.to_lowercase()),
                    &variable.name.0,
                )
            })
            .min()
            .filter(|(distance, _)| *distance <= 1 + wanted.chars().count() / 4)
            .map(|(_, name)| name.clone())
    }
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// A data set that could be opened, with what should be said about it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The data.
    pub dataset: Dataset,
    /// What the person should know.
    pub warnings: Vec<DataWarning>,
}

/// Choices that overrule what the reader finds by looking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ReadOptions {
    /// A codebook other than the sidecar beside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codebook: Option<PathBuf>,
    /// Text files: the separator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<char>,
    /// Text files: whether numbers have a decimal comma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal_comma: Option<bool>,
    /// Text files and `.sav`: the encoding, by its WHATWG label (`windows-1252`, `utf-8`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// Reads a survey file with its sidecar codebook or the pack that knows it.
pub fn read(_path: &Path, _options: &ReadOptions) -> Result<Opened, DataError> {
    unimplemented!()
}
