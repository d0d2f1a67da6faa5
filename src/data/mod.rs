//! A survey file in, an immutable [`Dataset`] out: typed columns, codebook, fingerprint.

mod arrow;
mod bytes;
pub mod codebook;
mod combine;
pub mod condition;
mod dates;
mod ddi;
mod delimited;
mod dta;
mod error;
mod excel;
mod join;
mod levels;
mod merge;
mod packs;
mod parquet;
mod por;
mod progress;
mod questions;
mod read;
pub mod sample;
mod sas;
mod sav;
mod sets;
mod stream;
mod tagged;
mod text;
mod told;
pub mod wording;
pub mod write;
mod xpt;

use std::path::PathBuf;

pub use codebook::{
    AnswerKind, Base, Code, Codebook, Concept, ConceptItem, DontKnow, Item, ItemKind, Labelled, Language, Poles,
    Question, QuestionId, QuestionKind, ResponseCount, Role, Text, Unconfirmed, Union, Value, VarId, Variable,
    VariableKind,
};
pub use combine::{By, Combined, CombinedPart, combine};
pub use condition::{Comparison, Condition, ConditionError};
pub use error::{DataError, DataWarning};
pub use excel::Sheets;
pub use join::{Keys, join};
pub use packs::{PackMatch, fits, general_pack, packs, saved_name};
pub use progress::Progress;
pub use questions::question_of;
pub use read::{Opened, ReadOptions, read, read_bytes, read_with};

/// The file formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Arrow IPC file, also called Feather.
    Arrow,
    /// Text with separators.
    Csv,
    /// Stata file, `.dta`.
    Dta,
    /// OpenDocument spreadsheet.
    Ods,
    /// Apache Parquet.
    Parquet,
    /// SPSS system file, `.sav`.
    Sav,
    /// Old Excel workbook.
    Xls,
    /// Excel workbook.
    Xlsx,
    /// Compressed SPSS system file, `.zsav`.
    Zsav,
    /// SPSS portable file, `.por`.
    Por,
    /// SAS data set, `.sas7bdat`.
    Sas7bdat,
    /// SAS transport file, `.xpt`.
    Xpt,
}

impl Format {
    /// The name in `describe` and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrow => "arrow",
            Self::Csv => "csv",
            Self::Dta => "dta",
            Self::Ods => "ods",
            Self::Parquet => "parquet",
            Self::Sav => "sav",
            Self::Xls => "xls",
            Self::Xlsx => "xlsx",
            Self::Zsav => "zsav",
            Self::Por => "por",
            Self::Sas7bdat => "sas7bdat",
            Self::Xpt => "xpt",
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

/// A survey file in memory: columns, what they mean, where they came from. Never changed; shared by reference.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Where it came from.
    pub path: PathBuf,
    /// The format found.
    pub format: Format,
    /// Workbooks: the sheets to choose from.
    pub sheets: Sheets,
    /// The character encoding of its texts, such as `UTF-8` or `windows-1252`.
    pub encoding: String,
    /// SHA-256 of the file's bytes, in hexadecimal; of several files, those of each, joined by `+`.
    pub fingerprint: String,
    /// How many respondents.
    pub rows: usize,
    /// What the columns mean; `codebook.variables[i]` describes `columns[i]`.
    pub codebook: Codebook,
    /// The answers, in the order of `codebook.variables`.
    pub columns: Vec<Column>,
    /// What is known of its files, where the rows are those of several.
    pub combined: Option<Combined>,
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
                suggestion: questions::closest(&name.0, self.codebook.variables.iter().map(|v| v.name.0.as_str())),
            })
    }

    /// The same answers under another codebook: the one given, on top of what this one says. Codes get the order of
    /// the new codebook; what it names and the file lacks is left out, with warnings.
    pub fn with_codebook(&self, codebook: Codebook) -> Opened {
        let mut warnings = Vec::new();
        let mut columns = self.columns.clone();
        // What is told anew is told in full: a role or question taken back must not come back from the old codebook.
        let mut own = self.codebook.clone();
        for variable in &mut own.variables {
            variable.role = None;
        }
        let (mut codebook, _) = merge::merge(own, codebook, &mut columns);
        merge::leave_out_what_lacks(&mut codebook, &mut warnings);
        let columns = columns
            .into_iter()
            .zip(&codebook.variables)
            .map(|(column, variable)| levels::arrange(column, variable))
            .collect();
        Opened {
            dataset: Self {
                path: self.path.clone(),
                format: self.format,
                sheets: self.sheets.clone(),
                encoding: self.encoding.clone(),
                fingerprint: self.fingerprint.clone(),
                rows: self.rows,
                codebook,
                columns,
                combined: self.combined.clone(),
            },
            warnings,
        }
    }

    /// What a variable means.
    pub fn variable(&self, name: &VarId) -> Result<&Variable, DataError> {
        Ok(&self.codebook.variables[self.index_of(name)?])
    }

    /// The answers to a variable.
    pub fn column(&self, name: &VarId) -> Result<&Column, DataError> {
        Ok(&self.columns[self.index_of(name)?])
    }
}
