//! A SAS data set in (`.sas7bdat`) and the catalog beside it (`.sas7bcat`), columns and what the files say about them
//! out.
//!
//! The format is not published; sources are named in [`header`]. Every version since 7 is read, with addresses of 32 and
//! 64 bits, both orders of bytes, plain or compressed in either of the two known ways; encrypted files and other ways
//! are refused. Nothing is allocated on a file's word: there are as many rows as the pages hold.

pub(super) mod catalog;
pub(super) mod fields;
mod header;
mod pages;
mod rows;

use std::path::Path;

use encoding_rs::Encoding;

use super::Format;
use super::bytes::trimmed;
use super::codebook::{Codebook, Text};
use super::error::{DataError, DataWarning};
use super::read::{FileContents, ReadOptions};
use super::text::Decoder;
use catalog::Catalog;
use fields::{Builder, Field, described};

pub(crate) use header::{is_catalog, is_data_set};

/// Bytes that compressed rows may unpack to: so many times the file, or so many at least. Their columns take at most four
/// times that, one position of four bytes for a text of one.
const MOST_TIMES: usize = 50;
const MOST_BYTES: usize = 1 << 26;

/// Reads a SAS data set. `path` is for messages; `catalog` has the value labels of the formats it names.
pub(crate) fn read(
    path: &Path,
    file: &[u8],
    options: &ReadOptions,
    catalog: Option<&Catalog>,
) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let layout = header::layout(file).map_err(damaged)?;
    let mut warnings = Vec::new();
    let mut decoder = decoder(path, layout.encoding, options, &mut warnings)?;
    let dictionary = pages::dictionary(&layout).map_err(damaged)?;
    let packing = rows::packing(&dictionary)
        .map_err(|way| damaged(format!("its rows are compressed in a way that is not known ({way})")))?;

    let fields: Vec<Field<'_>> = (0..dictionary.columns())
        .map(|number| {
            let place = dictionary.attributes[number];
            let said = dictionary.described.get(number).copied().unwrap_or_default();
            Field {
                name: dictionary.text(dictionary.names[number]),
                label: dictionary.text(said.label),
                format: dictionary.text(said.format),
                text: place.text,
                width: place.width,
                offset: place.offset,
            }
        })
        .collect();

    let most_bytes = file.len().saturating_mul(MOST_TIMES).max(MOST_BYTES);
    let capacity = rows::most(&layout, &dictionary).min(most_bytes / dictionary.row_bytes.max(1));
    let mut builders: Vec<Builder> = fields.iter().map(|field| Builder::new(field, capacity)).collect();
    let big_endian = layout.big_endian;
    let mut take = |row: &[u8]| {
        for (field, builder) in fields.iter().zip(&mut builders) {
            let cell = &row[field.offset..field.offset + field.width];
            match builder {
                Builder::Texts(texts) => texts.push(trimmed(cell)),
                Builder::Numbers(numbers) => match number(cell, big_endian) {
                    Ok(number) => numbers.push(number),
                    Err(letter) => numbers.push_tag(letter),
                },
            }
        }
    };
    let (rows, read) = rows::rows(&layout, &dictionary, packing, most_bytes, &mut take);
    if let Err(reason) = read {
        if rows == 0 {
            return Err(damaged(reason));
        }
        warnings.push(DataWarning::Truncated {
            promised: Some(dictionary.rows),
            read: rows,
        });
    }
    let (variables, columns) = described(&fields, builders, catalog, &mut decoder, &mut warnings);
    let title = decoder.text(dictionary.text(dictionary.title));
    warnings.extend(decoder.warnings());
    Ok(FileContents {
        format: Format::Sas7bdat,
        encoding: decoder.encoding().to_owned(),
        rows,
        codebook: Codebook {
            title: match title.trim() {
                "" => Text::default(),
                title => Text::plain(title),
            },
            variables,
            ..Codebook::default()
        },
        columns,
        sets: Vec::new(),
        warnings,
    })
}

fn decoder(
    path: &Path,
    encoding: u8,
    options: &ReadOptions,
    warnings: &mut Vec<DataWarning>,
) -> Result<Decoder, DataError> {
    if let Some(label) = &options.encoding {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
            path: path.to_owned(),
            encoding: label.clone(),
        })?;
        return Ok(Decoder::new(encoding, true));
    }
    let label = header::encoding(encoding).unwrap_or_else(|name| {
        warnings.push(DataWarning::PassedOver { what: name });
        "windows-1252"
    });
    Ok(Decoder::new(
        Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252),
        false,
    ))
}

/// A number of which the last bytes may be cut off; NaN is the missing value `.`, an error is the letter of a tagged
/// missing value.
#[inline]
fn number(cell: &[u8], big_endian: bool) -> Result<f64, u8> {
    let mut bytes = [0; 8];
    if big_endian {
        bytes[..cell.len()].copy_from_slice(cell);
    } else {
        for (to, from) in bytes.iter_mut().zip(cell.iter().rev()) {
            *to = *from;
        }
    }
    let number = f64::from_be_bytes(bytes);
    if !number.is_nan() {
        return Ok(number);
    }
    match !bytes[2] {
        0 | b'_' => Err(b'_'),
        letter @ 2..28 => Err(b'A' + letter - 2),
        letter @ b'A'..=b'Z' => Err(letter),
        _ => Ok(f64::NAN),
    }
}
