//! What the heads of all releases of Stata files have in common: a file in, its [`Dictionary`] out, in bytes whose encoding
//! the caller knows.

use super::{binary, tagged};
use crate::data::bytes::{Bytes, Ended};

/// How tagged files begin (release 117 and later).
pub(super) const TAGGED: &[u8] = b"<stata_dta>";

/// As many variables as the largest Stata (release 119) can hold.
const MOST_VARIABLES: usize = 120_000;

/// How the cells of a column are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Byte,
    Int,
    Long,
    Float,
    Double,
    /// A text of so many bytes, filled up with zeros.
    Text(usize),
    /// A reference to a text in the section of long texts.
    LongText,
}

impl Storage {
    pub fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Int => 2,
            Self::Long | Self::Float => 4,
            Self::Double | Self::LongText => 8,
            Self::Text(bytes) => bytes,
        }
    }

    pub fn is_number(self) -> bool {
        !matches!(self, Self::Text(_) | Self::LongText)
    }
}

/// A column as the file describes it.
pub(super) struct Field<'a> {
    pub name: &'a [u8],
    pub label: &'a [u8],
    /// The name of its table of value labels; empty without one.
    pub table: &'a [u8],
    /// The display format, such as `%9.0g` or `%td`.
    pub format: &'a [u8],
    pub storage: Storage,
    /// Where in a row it stands.
    pub offset: usize,
}

/// What stands before and around the data.
pub(super) struct Dictionary<'a> {
    pub release: u16,
    pub big_endian: bool,
    pub title: &'a [u8],
    pub fields: Vec<Field<'a>>,
    /// Never 0.
    pub row_bytes: usize,
    /// Rows that the file promises.
    pub promised: u64,
    /// Whole rows that are there.
    pub rows: usize,
    /// Where in the file the data begin.
    pub data_at: usize,
    /// These rows.
    pub data: &'a [u8],
    /// What follows the data; `None` where the file ends within them.
    pub after: Option<Bytes<'a>>,
}

/// Whether a file begins as a Stata file does.
pub(crate) fn is_dta(file: &[u8]) -> bool {
    // Release, byte order, file type.
    file.starts_with(TAGGED) || matches!(file, [104..=115, 1 | 2, 1, ..])
}

/// Reads up to the end of the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    if file.starts_with(TAGGED) {
        tagged::dictionary(file)
    } else {
        binary::dictionary(file)
    }
}

/// The bytes of texts with a fixed place, by release.
pub(super) struct Widths {
    pub name: usize,
    pub format: usize,
    pub table: usize,
    pub label: usize,
}

impl Widths {
    pub fn of(release: u16) -> Self {
        Self {
            name: match release {
                ..=108 => 9,
                109..=117 => 33,
                _ => 129,
            },
            format: match release {
                ..=104 => 7,
                105..=113 => 12,
                114..=117 => 49,
                _ => 57,
            },
            table: table_name_bytes(release),
            label: match release {
                ..=105 => 32,
                106..=117 => 81,
                _ => 321,
            },
        }
    }
}

/// The bytes of the name of a table of value labels.
pub(super) fn table_name_bytes(release: u16) -> usize {
    match release {
        ..=108 => 9,
        109..=117 => 33,
        _ => 129,
    }
}

/// A text up to its first zero byte.
pub(super) fn until_zero(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

/// Reads one after another and says where and in what a file ends.
pub(super) struct Head<'a> {
    pub bytes: Bytes<'a>,
}

impl<'a> Head<'a> {
    pub fn take(&mut self, count: usize, what: &str) -> Result<&'a [u8], String> {
        let at = self.bytes.at;
        self.bytes.take(count).map_err(|_| ended(at, what))
    }

    pub fn read<T>(&mut self, what: &str, one: impl FnOnce(&mut Bytes<'a>) -> Result<T, Ended>) -> Result<T, String> {
        let at = self.bytes.at;
        one(&mut self.bytes).map_err(|_| ended(at, what))
    }

    /// So many pieces of `width` bytes.
    pub fn pieces(&mut self, count: usize, width: usize, what: &str) -> Result<Vec<&'a [u8]>, String> {
        let pieces = self.take(count * width, what)?.chunks_exact(width);
        Ok(pieces.map(until_zero).collect())
    }

    pub fn tag(&mut self, tag: &str) -> Result<(), String> {
        let at = self.bytes.at;
        match self.bytes.take(tag.len()) {
            Ok(found) if found == tag.as_bytes() => Ok(()),
            Ok(_) => Err(format!("there is no {tag} at byte {at}")),
            Err(_) => Err(ended(at, tag)),
        }
    }

    /// Goes to a section: it should begin here, else where the file's map says.
    pub fn section(&mut self, tag: &str, map: &[u64], entry: usize) -> Result<(), String> {
        if !self.bytes.rest().starts_with(tag.as_bytes())
            && let Some(at) = map.get(entry).and_then(|at| usize::try_from(*at).ok())
            && let Some(there) = self.bytes.moved_to(at)
            && there.rest().starts_with(tag.as_bytes())
        {
            self.bytes = there;
        }
        self.tag(tag)
    }
}

fn ended(at: usize, what: &str) -> String {
    format!("it ends at byte {at}, where {what} should follow")
}

pub(super) fn check_count(variables: usize) -> Result<(), String> {
    match variables {
        0 => Err("it says that it has no variables".to_owned()),
        1..=MOST_VARIABLES => Ok(()),
        _ => Err(format!(
            "it promises {variables} variables, and Stata knows at most {MOST_VARIABLES}"
        )),
    }
}

/// Puts the lists of a dictionary together; also gives the bytes of a row.
pub(super) fn fields<'a>(
    storages: Vec<Storage>,
    names: Vec<&'a [u8]>,
    formats: Vec<&'a [u8]>,
    tables: Vec<&'a [u8]>,
    labels: Vec<&'a [u8]>,
) -> (Vec<Field<'a>>, usize) {
    let mut offset = 0;
    let fields = storages
        .into_iter()
        .zip(names)
        .zip(formats.into_iter().zip(tables).zip(labels))
        .map(|((storage, name), ((format, table), label))| {
            let field = Field {
                name,
                label,
                table,
                format,
                storage,
                offset,
            };
            offset += storage.bytes();
            field
        })
        .collect();
    (fields, offset)
}
