//! What can be wrong with a survey file: errors, each a sentence for the person, and warnings, each a value that the
//! interface puts into words.

use std::path::{Path, PathBuf};

use super::codebook::{QuestionId, VarId};

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
    /// Some texts were not in the encoding that the file claims, but certainly in another, and were read in that.
    EncodingRepaired {
        /// The encoding claimed.
        claimed: String,
        /// The encoding that these texts are in.
        found: String,
        /// How many texts.
        texts: usize,
    },
    /// A codebook that comes with the program fits the file, and says what its columns mean.
    PackRecognised {
        /// The pack: its [`super::Codebook::id`].
        pack: String,
        /// How many of its variables the file has.
        matched: usize,
        /// How many variables it names.
        of: usize,
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
        /// What it lacks: the name of a variable or the id of a base.
        lacks: String,
    },
    /// Columns without a name of their own, or with one that another column already has, were given one.
    ColumnsNamed {
        /// The names given.
        columns: Vec<VarId>,
    },
    /// Columns of texts where `NA` is taken for no answer, as R and pandas write it; listing it in the codebook makes it
    /// an answer.
    NotAvailable {
        /// The columns.
        variables: Vec<VarId>,
    },
    /// Columns that hold `1.234` and the like, where nobody can tell a decimal mark from a thousands mark. They are kept
    /// as texts; [`super::ReadOptions::decimal_comma`] settles it.
    AmbiguousNumbers {
        /// The columns.
        variables: Vec<VarId>,
    },
    /// Cells whose formula failed; they are blank.
    FailedFormulas {
        /// The columns.
        variables: Vec<VarId>,
        /// How many cells.
        cells: usize,
    },
    /// A workbook has more sheets with tables than the one that was read; [`super::ReadOptions::sheet`] chooses.
    OtherSheets {
        /// The sheet that was read.
        read: String,
        /// The others.
        others: Vec<String>,
    },
    /// The file ended early; what could be read is shown.
    Truncated {
        /// Rows promised by the file; `None` where it does not say.
        promised: Option<usize>,
        /// Rows read.
        read: usize,
    },
    /// The file describes something that could not be understood and was passed over (a multiple-response set, say).
    PassedOver {
        /// What: a set's or variable's name.
        what: String,
    },
    /// Something about one of several files.
    InFile {
        /// What it is called.
        file: String,
        /// What about it.
        warning: Box<DataWarning>,
    },
    /// One of several files has no weight while others have: its respondents count 1 each.
    FileWithoutWeight {
        /// What it is called.
        file: String,
    },
    /// One of several files has no variable that another has.
    NothingShared {
        /// What it is called.
        file: String,
    },
    /// Variables of several files that were taken for the same by their name, although their labels differ.
    LabelsDiffer {
        /// The variables, as the later file calls them.
        variables: Vec<VarId>,
    },
    /// Codes that mean one thing in one file and another in another: the later file's got codes of their own.
    ValuesKeptApart {
        /// The variables.
        variables: Vec<VarId>,
    },
    /// Variables with a name that an earlier file has for something else: they got another.
    Renamed {
        /// What their file is called.
        file: String,
        /// The names given.
        variables: Vec<VarId>,
    },
    /// Files treat "don't know" or the number of answers allowed differently: the first file's way is used.
    SettingsDiffer {
        /// The question.
        question: QuestionId,
    },
    /// "At least one of these" that not all files with the question can tell, left out.
    UnionLeftOut {
        /// The question.
        question: QuestionId,
        /// The union.
        union: String,
    },
    /// Answers of organisations were added to workplaces.
    Joined {
        /// The key, as the workplaces call it.
        key: VarId,
        /// Workplaces whose organisation was found.
        matched: usize,
        /// All workplaces.
        of: usize,
        /// Organisations that no workplace belongs to.
        unused: usize,
    },
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
    /// Somebody put an end to reading.
    #[error("{}: reading was cancelled. Open the file again to read it whole.", path.display())]
    Cancelled {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file has no contents.
    #[error("{}: the file is empty. Export it again from the program it came from.", path.display())]
    Empty {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file is not a survey file that this program knows.
    #[error("{}: this is not a survey file that Isobar reads ({reason}). It reads .sav, .zsav, .por, .dta, .sas7bdat, .xpt, .xlsx, .xls, .ods, .csv, .tsv, .parquet and .arrow.", path.display())]
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
    /// A text encoding was asked for that does not exist.
    #[error("{}: there is no text encoding called {encoding:?}. Use utf-8, windows-1252 or utf-16le.", path.display())]
    NoSuchEncoding {
        /// The path asked for.
        path: PathBuf,
        /// What was asked for.
        encoding: String,
    },
    /// A separator was asked for that cannot be one.
    #[error("{}: {separator:?} cannot separate columns. Use a comma, a semicolon, a tab or another plain sign.", path.display())]
    BadSeparator {
        /// The path asked for.
        path: PathBuf,
        /// What was asked for.
        separator: char,
    },
    /// A sheet was asked for that the workbook does not have.
    #[error("{}: there is no sheet called {sheet:?}. Choose one of {}.", path.display(), listed(.sheets))]
    NoSuchSheet {
        /// The path asked for.
        path: PathBuf,
        /// What was asked for.
        sheet: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// The codebook cannot be used.
    #[error("{}: the codebook cannot be used: {reason}. Correct it, or move it away to read the file without it.", path.display())]
    Codebook {
        /// The codebook's path.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Two of several files are called the same, or one is called nothing.
    #[error("{}: the file cannot be called {label:?}, because another is called so or it says nothing. Give each file a label of its own.", path.display())]
    PartLabel {
        /// The path asked for.
        path: PathBuf,
        /// The label.
        label: String,
    },
    /// A file has no key to join it by.
    #[error("{}: no variable is known to identify organisations. Name the key, or give a variable the role organisation (id among organisations) in the codebook.", path.display())]
    NoKey {
        /// The path asked for.
        path: PathBuf,
    },
    /// A key was named that the file does not have.
    #[error("{}: there is no variable called {name:?} to join by{}. See `isobar describe` for the names.", path.display(), near(.suggestion))]
    NoSuchKey {
        /// The path asked for.
        path: PathBuf,
        /// What was asked for.
        name: String,
        /// The closest name.
        suggestion: Option<String>,
    },
    /// Two organisations have the same key.
    #[error("{}: the key {key} of {variable} stands in row {} and row {}, so that nobody can tell which organisation is meant. Keep one row for each organisation, or choose another key.", path.display(), rows.0, rows.1)]
    DuplicateKey {
        /// The path asked for.
        path: PathBuf,
        /// The key variable.
        variable: VarId,
        /// The key.
        key: String,
        /// The rows, counted from 1.
        rows: (usize, usize),
    },
    /// No key of one file is in the other.
    #[error("{}: no key in {other} is in {own} of the workplaces, so that nothing can be joined. Check that the two variables identify the same organisations.", path.display())]
    NoKeyInBoth {
        /// The path of the organisations.
        path: PathBuf,
        /// The key of the workplaces.
        own: VarId,
        /// The key of the organisations.
        other: VarId,
    },
    /// No such variable.
    #[error("there is no variable called {name:?}{}. See `isobar describe` for the names.", near(.suggestion))]
    NoSuchVariable {
        /// What was asked for.
        name: String,
        /// The closest name.
        suggestion: Option<String>,
    },
    /// No such question.
    #[error("there is no question called {name:?}{}. See `isobar describe` for the questions.", near(.suggestion))]
    NoSuchQuestion {
        /// What was asked for.
        name: String,
        /// The closest id.
        suggestion: Option<String>,
    },
}

/// The first few of the sheets there are.
fn listed(sheets: &[String]) -> String {
    let mut few: Vec<String> = sheets.iter().take(8).map(|sheet| format!("{sheet:?}")).collect();
    if sheets.len() > few.len() {
        few.push("…".to_owned());
    }
    few.join(", ")
}

fn near(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map(|name| format!(" (did you mean {name:?}?)"))
        .unwrap_or_default()
}

impl DataError {
    /// The file at fault, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::NotFound { path }
            | Self::Unreadable { path, .. }
            | Self::Empty { path }
            | Self::NotASurvey { path, .. }
            | Self::Damaged { path, .. }
            | Self::NoSuchEncoding { path, .. }
            | Self::BadSeparator { path, .. }
            | Self::PartLabel { path, .. }
            | Self::NoKey { path }
            | Self::NoSuchKey { path, .. }
            | Self::DuplicateKey { path, .. }
            | Self::NoKeyInBoth { path, .. } => Some(path),
            _ => None,
        }
    }
}
