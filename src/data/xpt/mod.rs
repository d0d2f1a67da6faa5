//! A SAS transport file in (`.xpt`, versions 5 and 8), columns and what the file says about them out.
//!
//! Nothing is allocated on a file's word: there are as many rows as the bytes of the data hold. The format does not say
//! which encoding its texts are in: they are read as UTF-8, with Windows-1252 where they are certainly that. Of several
//! data sets in a file the first is read, and the others are named.

mod records;

use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::Format;
use super::bytes::trimmed;
use super::codebook::{Codebook, Text};
use super::error::{DataError, DataWarning};
use super::read::{FileContents, ReadOptions};
use super::sas::catalog::Catalog;
use super::sas::fields::{Builder, Field, described};
use super::text::Decoder;
use records::{RECORD, dictionary};

pub(crate) use records::is_transport;

/// Reads a SAS transport file. `path` is for messages; `catalog` has the value labels of the formats it names.
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
    let mut decoder = match &options.encoding {
        Some(label) => Decoder::new(
            Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
                path: path.to_owned(),
                encoding: label.clone(),
            })?,
            true,
        ),
        None => Decoder::new(UTF_8, false),
    };
    let dictionary = dictionary(file).map_err(damaged)?;
    let mut warnings = Vec::new();
    let mut offset = 0;
    let fields: Vec<Field<'_>> = dictionary
        .columns
        .iter()
        .map(|column| {
            let field = Field {
                name: column.name,
                label: column.label,
                format: column.format,
                text: column.text,
                width: column.width,
                offset,
            };
            offset += column.width;
            field
        })
        .collect();
    let row_bytes = offset;

    let (rows, whole) = rows(dictionary.data, row_bytes, dictionary.rows);
    if rows == 0 && !whole {
        return Err(damaged("it ends before its first row of answers".to_owned()));
    }
    if !whole {
        warnings.push(DataWarning::Truncated {
            promised: dictionary.rows,
            read: rows,
        });
    }
    for name in &dictionary.others {
        warnings.push(DataWarning::PassedOver {
            what: decoder.text(name),
        });
    }
    let mut builders: Vec<Builder> = fields.iter().map(|field| Builder::new(field, rows)).collect();
    for row in dictionary.data.chunks_exact(row_bytes).take(rows) {
        for (field, builder) in fields.iter().zip(&mut builders) {
            let cell = &row[field.offset..field.offset + field.width];
            match builder {
                Builder::Texts(texts) => texts.push(trimmed(cell)),
                Builder::Numbers(numbers) => match number(cell) {
                    Ok(number) => numbers.push(number),
                    Err(letter) => numbers.push_tag(letter),
                },
            }
        }
    }
    let (variables, columns) = described(&fields, builders, catalog, &mut decoder, &mut warnings);
    let title = decoder.text(dictionary.title);
    warnings.extend(decoder.warnings());
    Ok(FileContents {
        format: Format::Xpt,
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

/// How many rows there are, and whether that is all of them.
///
/// Version 5 does not count its rows, but fills the last record up with blanks: rows of blanks that can be nothing but
/// filling are none. A file that does not end with a whole record was cut off.
fn rows(data: &[u8], row_bytes: usize, counted: Option<usize>) -> (usize, bool) {
    let mut rows = data.len() / row_bytes;
    if let Some(counted) = counted {
        return (counted.min(rows), counted <= rows);
    }
    let blank = |bytes: &[u8]| bytes.iter().all(|byte| *byte == b' ');
    let whole = data.len().is_multiple_of(RECORD) && blank(&data[rows * row_bytes..]);
    while rows > 0
        && data.len() - (rows - 1) * row_bytes < RECORD
        && blank(&data[(rows - 1) * row_bytes..rows * row_bytes])
    {
        rows -= 1;
    }
    (rows, whole)
}

/// A number as IBM mainframes write it, cut to two to eight bytes; NaN is the missing value `.`, an error is the letter
/// of a tagged missing value.
fn number(cell: &[u8]) -> Result<f64, u8> {
    let mut bytes = [0; 8];
    bytes[..cell.len()].copy_from_slice(cell);
    let [first, rest @ ..] = bytes;
    if rest == [0; 7] {
        match first {
            b'.' => return Ok(f64::NAN),
            b'_' | b'A'..=b'Z' => return Err(first),
            _ => {}
        }
    }
    let mantissa = u64::from_be_bytes(bytes) & 0x00FF_FFFF_FFFF_FFFF;
    // 56 bits behind the point, to the base 16 with an excess of 64: within what a double can hold.
    let exponent = (i32::from(first & 0x7F) - 64) * 4 - 56;
    let size = mantissa as f64 * 2f64.powi(exponent);
    Ok(if first & 0x80 == 0 { size } else { -size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mainframe_numbers() {
        // SAS TS-140 gives 1 = 4110 0000 0000 0000 and the missing values; −118.625 is the usual example of the format.
        assert_eq!(number(&[0x41, 0x10, 0, 0, 0, 0, 0, 0]), Ok(1.0));
        assert_eq!(number(&[0xC2, 0x76, 0xA0, 0, 0, 0, 0, 0]), Ok(-118.625));
        assert_eq!(number(&[0; 8]), Ok(0.0));
        assert_eq!(number(&[0x41, 0x20]), Ok(2.0));
        assert!(number(&[b'.', 0, 0, 0, 0, 0, 0, 0]).is_ok_and(f64::is_nan));
        assert_eq!(number(&[b'B', 0, 0]), Err(b'B'));
        assert_eq!(number(&[0x40, 0x19, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A]), Ok(0.1));
    }

    #[test]
    fn blanks_that_only_fill_the_last_record_up_are_no_rows() {
        let mut data = b"ab      cd      ".to_vec();
        data.resize(80, b' ');
        assert_eq!(rows(&data, 8, None), (2, true));
        assert_eq!(rows(&data, 8, Some(4)), (4, true));
        data.resize(240, b' ');
        assert_eq!(rows(&data, 8, None), (21, true));
        assert_eq!(rows(&data[..77], 8, Some(12)), (9, false));
    }
}
