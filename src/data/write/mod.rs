//! A [`Dataset`] in, a file of another program and the codebook beside it out.
//!
//! What the format cannot hold is in the codebook, and said as a [`WriteWarning`]. [`fit`] first brings names and codes
//! into a shape that the format has room for; the writers then only write.

mod delimited;
mod fit;
mod parquet;
mod sav;
mod sidecar;

use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::codebook::{Language, QuestionId, VarId};
use super::read::hexadecimal;
use super::{Column, Dataset};

/// The formats that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// SPSS system file.
    Sav,
    /// Compressed SPSS system file.
    Zsav,
    /// Text, separated by commas, in UTF-8.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Target {
    /// By the ending of a file's name.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "sav" => Some(Self::Sav),
            "zsav" => Some(Self::Zsav),
            "csv" => Some(Self::Csv),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    fn is_spss(self) -> bool {
        matches!(self, Self::Sav | Self::Zsav)
    }
}

/// Choices where the format leaves some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// The language of labels in formats that hold one.
    pub language: Language,
    /// When the file was made, for formats that say so; `None` writes the same bytes at any time.
    pub made: Option<SystemTime>,
}

/// What came of writing.
#[derive(Clone, Debug)]
pub struct Written {
    /// The codebook to be put beside the file (`NAME.codebook.json`), as JSON.
    pub codebook: String,
    /// Whether names or codes are no longer those of the data set, so that this codebook does not fit its own file.
    pub differs: bool,
    /// What the person should know.
    pub warnings: Vec<WriteWarning>,
}

/// What the format has no room for. All of it is in the codebook, but for what is cut.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WriteWarning {
    /// Texts in several languages; the file holds one of them.
    OneLanguage {
        /// The one.
        language: Language,
        /// How many texts have others.
        texts: usize,
    },
    /// Questions, bases, unions, roles and kinds of missing are in the codebook alone.
    OnlyInCodebook,
    /// Variables whose names the format does not allow were given others.
    Renamed {
        /// The old name and the new one.
        names: Vec<(VarId, VarId)>,
    },
    /// Labels that are longer than the format allows were cut; they are whole in the codebook.
    LabelsCut {
        /// How many.
        labels: usize,
    },
    /// Answers that are longer than the format allows, or end in blanks, were cut.
    TextsCut {
        /// The variables.
        variables: Vec<VarId>,
    },
    /// Missing codes that are letters among numbers (.a to .z) became numbers.
    Recoded {
        /// The variables.
        variables: Vec<VarId>,
    },
    /// Numbers among texts, or dates that the format's calendar lacks: all of the variable is stored as text.
    StoredAsText {
        /// The variables.
        variables: Vec<VarId>,
    },
    /// More missing codes than the format can declare; some look like answers to whoever reads without the codebook.
    MissingUndeclared {
        /// The variables.
        variables: Vec<VarId>,
    },
    /// Multiple-response questions that the format cannot hold as a set.
    SetsLeftOut {
        /// The questions.
        questions: Vec<QuestionId>,
    },
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk, or whatever is written to.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The data do not fit into the format.
    #[error("{0}")]
    Unfit(String),
}

/// Writes a data set.
pub fn write(data: &Dataset, target: Target, options: &WriteOptions, out: impl Write) -> Result<Written, WriteError> {
    let mut fitted = fit::fit(data, target);
    let mut out = Hashing {
        out: io::BufWriter::with_capacity(1 << 16, out),
        hash: Sha256::new(),
    };
    match target {
        Target::Sav | Target::Zsav => sav::write(&mut fitted, target == Target::Zsav, options, &mut out)?,
        Target::Csv => delimited::write(&fitted, &mut out)?,
        Target::Parquet => parquet::write(&fitted, &mut out)?,
    }
    out.flush()?;
    let fingerprint = hexadecimal(&out.hash.finalize());
    let codebook = sidecar::json(&fitted, fingerprint).map_err(|error| WriteError::Unfit(error.to_string()))?;
    Ok(Written {
        codebook,
        differs: fitted.differs,
        warnings: fitted.warnings,
    })
}

/// Passes on what is written, and keeps its fingerprint.
struct Hashing<W: Write> {
    out: io::BufWriter<W>,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The codes that occur in a column as levels.
fn levels(column: &Column) -> &[super::Code] {
    match column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    }
}
