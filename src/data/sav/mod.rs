//! An SPSS system file in (`.sav`, `.zsav`), columns and what the file says about them out.
//!
//! Written after the PSPP Developers' Guide, "System File Format". Nothing is allocated on a file's word: counts are
//! compared with the bytes that are left, and rows are counted by reading them.

mod cases;
pub(super) mod dates;
mod dictionary;
mod extensions;
mod variables;

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;

use super::bytes::{number, trimmed};
use super::codebook::{Code, Codebook, Role, Text, Variable, VariableKind};
use super::dates::with_dates;
use super::error::{DataError, DataWarning};
use super::levels::{Numbers, Texts, kind_of};
use super::read::{FileContents, ReadOptions};
use super::text::{self, Decoder};
use super::{Column, Format};
use cases::{Bytecode, Cases, Compression, Feed, Unpacked};
use dates::{Shows, iso};
use dictionary::Dictionary;
use variables::Field;

/// Whether a file begins like those that this module reads.
pub(crate) fn is_spss(head: &[u8]) -> bool {
    head.starts_with(b"$FL2") || head.starts_with(b"$FL3")
}

/// The number that stands for "no answer".
pub(super) const SYSTEM_MISSING: f64 = f64::MIN;

/// A text variable of more than 255 bytes is cut into segments; each carries so many bytes …
pub(super) const SEGMENT_BYTES: usize = 255;
/// … though their number is counted as if it were so many.
pub(super) const SEGMENT_COUNTED: usize = 252;

/// A dictionary of more bytes is no survey.
const LARGEST_DICTIONARY: usize = 1 << 28;

/// Reads an SPSS file that begins with `head`, goes on with `rest` and has `length` bytes, as far as that is known.
/// `path` is for messages.
pub(crate) fn read(
    path: &Path,
    mut head: Cow<'_, [u8]>,
    rest: &mut dyn Read,
    length: u64,
    options: &ReadOptions,
) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    // Most dictionaries are whole in the head; else twice as much is read, and once more.
    while let Err(reason) = dictionary::dictionary(&head) {
        let before = head.len();
        if before < LARGEST_DICTIONARY {
            // What cannot be read is known to whoever handed it over.
            let _ = rest.take(before as u64).read_to_end(head.to_mut());
        }
        if head.len() == before {
            return Err(damaged(reason));
        }
    }
    let dictionary = dictionary::dictionary(&head).map_err(damaged)?;
    let mut decoder = decoder(path, &dictionary, options)?;
    let mut warnings = Vec::new();
    let mut fields = variables::fields(&dictionary, &mut decoder, &mut warnings);
    let sets = variables::sets(&dictionary, &mut fields, &mut decoder, &mut warnings);

    let read = read_rows(&dictionary, &fields, rest, length);
    match dictionary.rows {
        Some(promised) if read.rows < promised => {
            if read.rows == 0 {
                return Err(damaged("it ends before its first row of answers".to_owned()));
            }
            warnings.push(DataWarning::Truncated {
                promised: Some(promised),
                read: read.rows,
            });
        }
        None if !read.ended_cleanly => warnings.push(DataWarning::Truncated {
            promised: None,
            read: read.rows,
        }),
        _ => {}
    }

    let mut columns = Vec::with_capacity(fields.len());
    let mut described = Vec::with_capacity(fields.len());
    for (field, builder) in fields.into_iter().zip(read.builders) {
        let mut variable = field.variable;
        let column = match builder {
            Builder::Numbers(numbers) => numbers.finish(),
            Builder::Texts(texts) => texts.column(|level| Some(Code::Text(decoder.text(&level)))),
        };
        let column = if field.shows == Shows::Number {
            variable.kind = kind(&column, &variable, field.width == 0, field.level);
            column
        } else {
            variable.kind = VariableKind::Date;
            with_dates(column, &mut variable, |seconds| iso(seconds, field.shows))
        };
        if dictionary.weight == Some(field.first) {
            variable.role = Some(Role::Weight);
        }
        columns.push(column);
        described.push(variable);
    }
    let title = decoder.text(dictionary.file_label);
    warnings.extend(decoder.warnings());
    Ok(FileContents {
        format: match dictionary.compression {
            Compression::Zlib => Format::Zsav,
            _ => Format::Sav,
        },
        encoding: decoder.encoding().to_owned(),
        rows: read.rows,
        codebook: Codebook {
            synthetic: says_synthetic(&title),
            title: if title.is_empty() {
                Text::default()
            } else {
                Text::plain(title)
            },
            variables: described,
            ..Codebook::default()
        },
        columns,
        sets,
        warnings,
    })
}

/// Whether a file label says that the answers are made up ("SYNTETISK", "synthetic data"): a `.sav` has no better place.
fn says_synthetic(file_label: &str) -> bool {
    let label = file_label.to_lowercase();
    ["syntetisk", "synthetic"].iter().any(|word| label.contains(word))
}

fn decoder(path: &Path, dictionary: &Dictionary<'_>, options: &ReadOptions) -> Result<Decoder, DataError> {
    if let Some(label) = &options.encoding {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
            path: path.to_owned(),
            encoding: label.clone(),
        })?;
        return Ok(Decoder::new(encoding, true));
    }
    let name = dictionary.extension(20).map(|record| record.rest());
    let code_page = dictionary.extension(3).and_then(|mut record| {
        record.take(7 * 4).ok()?;
        record.i32().ok()
    });
    Ok(Decoder::new(text::encoding_of(name, code_page), false))
}

enum Builder {
    Numbers(Numbers),
    Texts(Texts),
}

struct Rows {
    rows: usize,
    builders: Vec<Builder>,
    ended_cleanly: bool,
}

fn read_rows(dictionary: &Dictionary<'_>, fields: &[Field], rest: &mut dyn Read, length: u64) -> Rows {
    let big_endian = dictionary.big_endian;
    let units = dictionary.row_units();
    let mut data = dictionary.data.rest().chain(rest);
    let start = dictionary.data.at as u64;
    let left = length.saturating_sub(start);
    let mut unpacked;
    let bytecode = Bytecode::new(dictionary.bias, big_endian);
    let (mut cases, most) = match dictionary.compression {
        Compression::None => (Cases::Plain(Feed::new(&mut data)), left / 8),
        // Every unit takes at least the byte of its command.
        Compression::Bytecode => (Cases::Bytecode(Feed::new(&mut data), bytecode), left),
        Compression::Zlib => {
            unpacked = Unpacked::new(data, start, left);
            (
                Cases::Bytecode(Feed::new(&mut unpacked), bytecode),
                left.saturating_mul(20),
            )
        }
    };
    // Room for so many rows is made beforehand.
    let most = usize::try_from(most).unwrap_or(usize::MAX) / units;
    let promised = dictionary.rows.unwrap_or(usize::MAX);
    let capacity = most.min(promised);
    let mut builders: Vec<Builder> = fields
        .iter()
        .map(|field| match field.width {
            0 => Builder::Numbers(Numbers::with_capacity(capacity)),
            _ => Builder::Texts(Texts::with_capacity(capacity)),
        })
        .collect();
    let mut row = vec![[0; 8]; units];
    let mut long = Vec::new();
    let mut rows = 0;
    while rows < promised && cases.next(&mut row) {
        for (field, builder) in fields.iter().zip(&mut builders) {
            match builder {
                Builder::Numbers(numbers) => {
                    let number = number(row[field.offset], big_endian);
                    numbers.push(if number == SYSTEM_MISSING { f64::NAN } else { number });
                }
                Builder::Texts(texts) => {
                    let bytes = row[field.offset..field.offset + field.units].as_flattened();
                    if field.width <= SEGMENT_BYTES {
                        texts.push(trimmed(&bytes[..field.width]));
                    } else {
                        long.clear();
                        for segment in bytes.chunks(SEGMENT_BYTES.next_multiple_of(8)) {
                            long.extend_from_slice(&segment[..segment.len().min(SEGMENT_BYTES)]);
                        }
                        long.truncate(field.width);
                        texts.push(trimmed(&long));
                    }
                }
            }
        }
        rows += 1;
    }
    Rows {
        rows,
        builders,
        ended_cleanly: cases.ended_cleanly(),
    }
}

/// How a variable is measured: as the file says, with two exceptions. A "scale" whose every answer has a label is a set
/// of categories (SPSS calls new numbers so), and a "nominal" variable of many unlabelled numbers is a quantity.
fn kind(column: &Column, variable: &Variable, numeric: bool, level: i32) -> VariableKind {
    let looks = kind_of(column);
    let labelled = variable.values.iter().any(|value| value.is.is_valid());
    let all_labelled = || match column {
        Column::Coded { levels, .. } => {
            let known: HashSet<&Code> = variable.values.iter().map(|value| &value.code).collect();
            let mut answers = levels.iter().filter(|level| variable.answer_kind(level).is_valid());
            labelled && answers.all(|level| known.contains(level))
        }
        Column::Numbers(_) => false,
    };
    match level {
        2 if labelled || looks != VariableKind::Text => VariableKind::Ordinal,
        3 if numeric && !all_labelled() => VariableKind::Numeric,
        _ if labelled => VariableKind::Nominal,
        1 if numeric && matches!(column, Column::Coded { .. }) => VariableKind::Nominal,
        _ => looks,
    }
}
