//! What follows the data in a Stata file: long texts and tables of value labels in, found by reference or name out.

use std::collections::{HashMap, HashSet};

use super::cells::tag;
use super::header::{table_name_bytes, until_zero};
use crate::data::bytes::{Bytes, Ended, trimmed};
use crate::data::codebook::{AnswerKind, Code, Text, Value};
use crate::data::text::Decoder;

/// Labels times variables, and their letters; more is no survey, but a file made to fill the memory. A label takes
/// about 700 bytes beside its letters, so that all take less than 500 MB.
const MOST_LABELS: usize = 500_000;
const MOST_LABEL_BYTES: usize = 1 << 27;

/// Long texts, by the variable and row that the file names them after.
pub(super) struct LongTexts<'a> {
    texts: HashMap<(u32, u64), &'a [u8]>,
    release: u16,
    big_endian: bool,
    /// So many bytes are still given out: a text may be referred to from many columns.
    left: usize,
}

impl<'a> LongTexts<'a> {
    /// Reads the section, and as much as there is of it where it is cut off.
    pub fn read(bytes: &mut Bytes<'a>, release: u16) -> Self {
        let mut texts = HashMap::new();
        // What is left may be given out four times over.
        let left = bytes.left().saturating_mul(4);
        if bytes.skip(b"<strls>") {
            while bytes.skip(b"GSO") {
                match long_text(bytes, release) {
                    Ok((name, text)) => texts.insert(name, text),
                    Err(Ended) => break,
                };
            }
            bytes.skip(b"</strls>");
        }
        Self {
            texts,
            release,
            big_endian: bytes.big_endian,
            left,
        }
    }

    /// The text that a cell refers to: empty where it refers to none, `None` where what it refers to is not there.
    pub fn get(&mut self, reference: [u8; 8]) -> Option<&'a [u8]> {
        if reference == [0; 8] {
            return Some(b"");
        }
        let variable_bytes = match self.release {
            117 => 4,
            118 => 2,
            _ => 3,
        };
        let (variable, row) = reference.split_at(variable_bytes);
        let variable = self.unsigned(variable) as u32;
        let text = self.texts.get(&(variable, self.unsigned(row)))?;
        self.left = self.left.checked_sub(text.len())?;
        Some(text)
    }

    /// A number of up to eight bytes.
    fn unsigned(&self, bytes: &[u8]) -> u64 {
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.big_endian {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        }
    }
}

fn long_text<'a>(bytes: &mut Bytes<'a>, release: u16) -> Result<((u32, u64), &'a [u8]), Ended> {
    let variable = bytes.u32()?;
    let row = match release {
        117 => u64::from(bytes.u32()?),
        _ => bytes.u64()?,
    };
    // 129 is any bytes, 130 a text that ends in a zero byte.
    bytes.u8()?;
    let length = bytes.u32()?;
    Ok(((variable, row), trimmed(bytes.take(length as usize)?)))
}

/// Tables of value labels, by name.
pub(super) struct Tables<'a> {
    raw: HashMap<&'a [u8], Vec<(i32, &'a [u8])>>,
    release: u16,
    /// Tables that a variable has asked for.
    ready: HashMap<&'a [u8], Vec<Value>>,
    labels_left: usize,
    bytes_left: usize,
    /// The section is cut off, makes no sense, or has labels without end.
    pub broken: bool,
}

impl<'a> Tables<'a> {
    pub fn read(bytes: &mut Bytes<'a>, release: u16) -> Self {
        let mut tables = Self {
            raw: HashMap::new(),
            release,
            ready: HashMap::new(),
            labels_left: MOST_LABELS,
            bytes_left: MOST_LABEL_BYTES,
            broken: false,
        };
        let tagged = release >= 117;
        if tagged && !bytes.skip(b"<value_labels>") {
            tables.broken = true;
            return tables;
        }
        while if tagged { bytes.skip(b"<lbl>") } else { bytes.left() > 0 } {
            let table = if release < 108 {
                short_table(bytes)
            } else {
                table(bytes, release)
            };
            match table {
                Ok((name, labels)) => {
                    tables.raw.insert(name, labels);
                    tables.broken |= tagged && !bytes.skip(b"</lbl>");
                }
                Err(Ended) => tables.broken = true,
            }
            if tables.broken {
                return tables;
            }
        }
        tables.broken = tagged && !bytes.skip(b"</value_labels>");
        tables
    }

    /// The labelled values of a variable; `None` where the file has no such table, or labels without end.
    pub fn values(&mut self, name: &'a [u8], decoder: &mut Decoder) -> Option<Vec<Value>> {
        let labels = self.raw.get(name)?;
        let bytes = labels.iter().map(|(_, label)| label.len()).sum();
        match (
            self.labels_left.checked_sub(labels.len()),
            self.bytes_left.checked_sub(bytes),
        ) {
            (Some(labels), Some(bytes)) => (self.labels_left, self.bytes_left) = (labels, bytes),
            _ => {
                self.broken = true;
                return None;
            }
        }
        let release = self.release;
        let ready = self.ready.entry(name);
        Some(ready.or_insert_with(|| decoded(labels, release, decoder)).clone())
    }
}

/// The labels of a table as values; each code once.
fn decoded(labels: &[(i32, &[u8])], release: u16, decoder: &mut Decoder) -> Vec<Value> {
    let mut known = HashSet::new();
    labels
        .iter()
        .filter(|(code, _)| known.insert(*code))
        .filter_map(|&(code, label)| {
            let (code, is) = match code {
                // A blank has no label.
                2_147_483_621 if release >= 113 => return None,
                2_147_483_622.. if release >= 113 => (tag((code - 2_147_483_621) as u8), AnswerKind::Missing),
                i32::MAX => return None,
                _ => (Code::Number(f64::from(code)), AnswerKind::Answer),
            };
            let label = Text::plain(decoder.text(label));
            Some(Value { code, label, is })
        })
        .collect()
}

type Table<'a> = (&'a [u8], Vec<(i32, &'a [u8])>);

/// A table as it is since release 108: where in the text each label begins, then the codes, then the text.
fn table<'a>(bytes: &mut Bytes<'a>, release: u16) -> Result<Table<'a>, Ended> {
    bytes.u32()?;
    let name = until_zero(bytes.take(table_name_bytes(release))?);
    bytes.take(3)?;
    let count = bytes.count()?;
    let length = bytes.count()?;
    if count > bytes.left() / 8 {
        return Err(Ended);
    }
    let starts = (0..count)
        .map(|_| bytes.count())
        .collect::<Result<Vec<usize>, Ended>>()?;
    let codes = (0..count).map(|_| bytes.i32()).collect::<Result<Vec<i32>, Ended>>()?;
    let text = bytes.take(length)?;
    // Labels may share letters, but not so many that a small table becomes a large one.
    let mut left = text.len().saturating_mul(2);
    let mut labels = Vec::with_capacity(count);
    for (start, code) in starts.into_iter().zip(codes) {
        let label = until_zero(text.get(start..).ok_or(Ended)?);
        left = left.checked_sub(label.len()).ok_or(Ended)?;
        labels.push((code, label));
    }
    Ok((name, labels))
}

/// A table as it was up to release 107: codes of two bytes, labels of eight letters.
fn short_table<'a>(bytes: &mut Bytes<'a>) -> Result<Table<'a>, Ended> {
    let count = usize::from(bytes.u16()?);
    let name = until_zero(bytes.take(9)?);
    bytes.take(1)?;
    if count > bytes.left() / 10 {
        return Err(Ended);
    }
    let codes = (0..count)
        .map(|_| Ok(i32::from(bytes.u16()? as i16)))
        .collect::<Result<Vec<i32>, Ended>>()?;
    let labels = codes
        .into_iter()
        .map(|code| Ok((code, until_zero(bytes.take(8)?))))
        .collect::<Result<Vec<(i32, &[u8])>, Ended>>()?;
    Ok((name, labels))
}
