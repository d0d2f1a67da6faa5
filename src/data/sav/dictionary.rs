//! The header and dictionary records of an SPSS file in, what they say out, in bytes whose encoding is told only at the
//! end. Source: PSPP Developers' Guide, "System File Format".

use super::cases::Compression;
use crate::data::bytes::{Bytes, Ended, trimmed};

/// A variable record with its continuations.
pub(super) struct Column<'a> {
    /// Up to eight letters.
    pub name: &'a [u8],
    /// 0 is a number; else the bytes of a text.
    pub width: usize,
    pub label: Option<&'a [u8]>,
    pub missing: Missing,
    /// The type number of the print format.
    pub format: u8,
    /// Eight-byte units in a row.
    pub units: usize,
}

/// What a variable record declares as missing.
#[derive(Default)]
pub(super) struct Missing {
    pub range: Option<([u8; 8], [u8; 8])>,
    pub codes: Vec<[u8; 8]>,
}

/// Value labels (record 3) and the columns that they are for.
pub(super) struct Labels<'a> {
    pub values: Vec<([u8; 8], &'a [u8])>,
    /// Positions in [`Dictionary::columns`].
    pub columns: Vec<usize>,
}

/// What the file says before its data.
pub(super) struct Dictionary<'a> {
    pub big_endian: bool,
    pub compression: Compression,
    pub bias: f64,
    /// Rows, where the file says.
    pub rows: Option<usize>,
    pub file_label: &'a [u8],
    /// The weight variable's position in `columns`.
    pub weight: Option<usize>,
    pub columns: Vec<Column<'a>>,
    pub labels: Vec<Labels<'a>>,
    /// Records of type 7: subtype and contents.
    pub extensions: Vec<(i32, &'a [u8])>,
    /// The bytes of the data section.
    pub data: Bytes<'a>,
}

impl<'a> Dictionary<'a> {
    /// The contents of the last extension record of this subtype.
    pub fn extension(&self, subtype: i32) -> Option<Bytes<'a>> {
        let (_, contents) = self.extensions.iter().rev().find(|(kind, _)| *kind == subtype)?;
        Some(Bytes::new(contents, self.big_endian))
    }

    /// How many units a row has.
    pub fn row_units(&self) -> usize {
        self.columns.iter().map(|column| column.units).sum()
    }
}

/// Reads everything before the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let layout = file.get(64..68).ok_or_else(ended)?;
    let big_endian = match layout {
        [2 | 3, 0, 0, 0] => false,
        [0, 0, 0, 2 | 3] => true,
        _ => return Err("its header is not one of an SPSS file".to_owned()),
    };
    let mut bytes = Bytes::new(file, big_endian);
    let header = header(&mut bytes).map_err(|Ended| ended())?;
    let mut records = Records {
        columns: Vec::new(),
        places: Vec::new(),
        continuations: 0,
        labels: Vec::new(),
        extensions: Vec::new(),
    };
    loop {
        let start = bytes.at;
        let kind = bytes.i32().map_err(|Ended| ended())?;
        let read = match kind {
            2 => records.variable(&mut bytes),
            3 => records.value_labels(&mut bytes),
            // Documents: lines of 80 letters.
            6 => skip_documents(&mut bytes),
            7 => records.extension(&mut bytes),
            999 => bytes.i32().map(|_| ()),
            _ => return Err(format!("its dictionary has an unknown record at byte {start}")),
        };
        read.map_err(|Ended| format!("its dictionary breaks off in the record at byte {start}"))?;
        if let Some(column) = records.columns.last()
            && kind != 2
            && records.continuations > 0
        {
            return Err(format!(
                "its dictionary does not describe all of the text variable {}",
                String::from_utf8_lossy(trimmed(column.name))
            ));
        }
        if kind == 999 {
            break;
        }
    }
    if records.columns.is_empty() {
        return Err("it has no variables".to_owned());
    }
    let compression = match header.compression {
        _ if file.starts_with(b"$FL3") => Compression::Zlib,
        0 => Compression::None,
        1 => Compression::Bytecode,
        2 => Compression::Zlib,
        other => return Err(format!("its data are compressed in an unknown way ({other})")),
    };
    let place = |index: i32| -> Option<usize> {
        let index = usize::try_from(index).ok()?.checked_sub(1)?;
        records.places.get(index).copied().flatten()
    };
    let mut dictionary = Dictionary {
        big_endian,
        compression,
        bias: header.bias,
        rows: usize::try_from(header.rows).ok(),
        file_label: header.label,
        weight: place(header.weight),
        columns: records.columns,
        labels: records.labels,
        extensions: records.extensions,
        data: bytes,
    };
    // Files of more than two thousand million rows say so here; others repeat the number.
    if let Some(mut long) = dictionary.extension(16)
        && let (Ok(_), Ok(rows)) = (long.i64(), long.i64())
        && let Ok(rows) = usize::try_from(rows)
    {
        dictionary.rows = Some(rows);
    }
    Ok(dictionary)
}

fn ended() -> String {
    "it ends before its data begin".to_owned()
}

struct Header<'a> {
    compression: i32,
    weight: i32,
    rows: i32,
    bias: f64,
    label: &'a [u8],
}

fn header<'a>(bytes: &mut Bytes<'a>) -> Result<Header<'a>, Ended> {
    // Signature, program, layout code, case size.
    bytes.take(4 + 60 + 4 + 4)?;
    let header = Header {
        compression: bytes.i32()?,
        weight: bytes.i32()?,
        rows: bytes.i32()?,
        bias: bytes.f64()?,
        label: {
            // Date and time of writing.
            bytes.take(9 + 8)?;
            bytes.take(64)?
        },
    };
    bytes.take(3)?;
    Ok(header)
}

fn skip_documents(bytes: &mut Bytes<'_>) -> Result<(), Ended> {
    let lines = bytes.count()?;
    bytes.take(lines.checked_mul(80).ok_or(Ended)?)?;
    Ok(())
}

struct Records<'a> {
    columns: Vec<Column<'a>>,
    /// For every variable record, continuations included: the column that begins there.
    places: Vec<Option<usize>>,
    /// Continuation records that must follow.
    continuations: usize,
    labels: Vec<Labels<'a>>,
    extensions: Vec<(i32, &'a [u8])>,
}

impl<'a> Records<'a> {
    fn variable(&mut self, bytes: &mut Bytes<'a>) -> Result<(), Ended> {
        let width = bytes.i32()?;
        let has_label = bytes.i32()?;
        let missing_count = bytes.i32()?;
        let print = bytes.i32()?;
        let _write = bytes.i32()?;
        let name = bytes.take(8)?;
        let label = if has_label == 1 {
            let length = bytes.count()?;
            let label = bytes.take(length)?;
            // Filled up to whole words, except in files of some programs that end in the label.
            bytes.take((4 - length % 4) % 4)?;
            Some(label)
        } else {
            None
        };
        let mut missing = Missing::default();
        if missing_count < 0 {
            missing.range = Some((bytes.unit()?, bytes.unit()?));
        }
        let codes = match missing_count {
            -3 => 1,
            count @ 0..=3 => count,
            -2 => 0,
            _ => return Err(Ended),
        };
        for _ in 0..codes {
            missing.codes.push(bytes.unit()?);
        }
        if width == -1 {
            self.continuations = self.continuations.checked_sub(1).ok_or(Ended)?;
            self.places.push(None);
            return Ok(());
        }
        if self.continuations > 0 {
            return Err(Ended);
        }
        let width = usize::try_from(width).ok().filter(|width| *width <= 255).ok_or(Ended)?;
        let units = width.div_ceil(8).max(1);
        self.continuations = units - 1;
        self.places.push(Some(self.columns.len()));
        self.columns.push(Column {
            name,
            width,
            label,
            missing,
            format: (print >> 16) as u8,
            units,
        });
        Ok(())
    }

    fn value_labels(&mut self, bytes: &mut Bytes<'a>) -> Result<(), Ended> {
        let count = bytes.count()?;
        let mut values = Vec::new();
        for _ in 0..count {
            let value = bytes.unit()?;
            let length = usize::from(bytes.u8()?);
            let label = bytes.take(length)?;
            // Length and label together fill whole units.
            bytes.take((8 - (length + 1) % 8) % 8)?;
            values.push((value, label));
        }
        if bytes.i32()? != 4 {
            return Err(Ended);
        }
        let count = bytes.count()?;
        let mut columns = Vec::new();
        for _ in 0..count {
            let index = bytes.i32()?;
            if let Some(column) = usize::try_from(index)
                .ok()
                .and_then(|index| self.places.get(index.checked_sub(1)?).copied().flatten())
            {
                columns.push(column);
            }
        }
        self.labels.push(Labels { values, columns });
        Ok(())
    }

    fn extension(&mut self, bytes: &mut Bytes<'a>) -> Result<(), Ended> {
        let subtype = bytes.i32()?;
        let size = bytes.count()?;
        let count = bytes.count()?;
        let contents = bytes.take(size.checked_mul(count).ok_or(Ended)?)?;
        self.extensions.push((subtype, contents));
        Ok(())
    }
}
