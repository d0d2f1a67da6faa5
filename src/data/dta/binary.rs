//! The head of a Stata file of release 104 to 115 in, its dictionary out: everything has its fixed place. Sources: the
//! manual's "File formats .dta" for 113 to 115; for older ones what pandas and ReadStat agree on.

use super::header::{Dictionary, Head, Storage, Widths, check_count, fields, until_zero};
use crate::data::bytes::Bytes;

/// Reads up to the end of the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let mut head = Head {
        bytes: Bytes::new(file, false),
    };
    let release = u16::from(head.read("the release", Bytes::u8)?);
    if ![104, 105, 108, 110, 111, 113, 114, 115].contains(&release) {
        return Err(format!("it says release {release}, which no Stata is known to write"));
    }
    let big_endian = head.read("the byte order", Bytes::u8)? == 1;
    head.bytes.big_endian = big_endian;
    head.take(2, "the type of the file")?;
    let count = usize::from(head.read("the number of variables", Bytes::u16)?);
    check_count(count)?;
    let promised = u64::from(head.read("the number of rows", Bytes::u32)?);
    let width = if release > 105 { 81 } else { 32 };
    let title = until_zero(head.take(width, "the file's label")?);
    if release > 104 {
        head.take(18, "the time of writing")?;
    }
    let storages = head
        .take(count, "the types of the variables")?
        .iter()
        .map(|&code| match code {
            1..=244 if release > 110 => Ok(Storage::Text(usize::from(code))),
            251 if release > 110 => Ok(Storage::Byte),
            252 if release > 110 => Ok(Storage::Int),
            253 if release > 110 => Ok(Storage::Long),
            254 if release > 110 => Ok(Storage::Float),
            255 if release > 110 => Ok(Storage::Double),
            b'b' => Ok(Storage::Byte),
            b'i' => Ok(Storage::Int),
            b'l' => Ok(Storage::Long),
            b'f' => Ok(Storage::Float),
            b'd' => Ok(Storage::Double),
            128.. if release <= 110 => Ok(Storage::Text(usize::from(code - 127))),
            _ => Err(format!("a variable has the unknown type {code}")),
        })
        .collect::<Result<Vec<Storage>, String>>()?;
    let widths = Widths::of(release);
    let names = head.pieces(count, widths.name, "the names of the variables")?;
    head.take(2 * (count + 1), "the sort order")?;
    let formats = head.pieces(count, widths.format, "the formats of the variables")?;
    let tables = head.pieces(count, widths.table, "the names of value labels")?;
    let labels = head.pieces(count, widths.label, "the labels of the variables")?;
    if release > 104 {
        skip_characteristics(&mut head, release)?;
    }

    let (fields, row_bytes) = fields(storages, names, formats, tables, labels);
    let rest = head.bytes.rest();
    let rows = (rest.len() / row_bytes).min(usize::try_from(promised).unwrap_or(usize::MAX));
    let data = &rest[..rows * row_bytes];
    Ok(Dictionary {
        release,
        big_endian,
        title,
        fields,
        row_bytes,
        promised,
        rows,
        data_at: head.bytes.at,
        data,
        after: (rows as u64 == promised)
            .then(|| head.bytes.moved_to(head.bytes.at + data.len()))
            .flatten(),
    })
}

/// Reads over the characteristics of an old release, up to one of type 0.
fn skip_characteristics(head: &mut Head<'_>, release: u16) -> Result<(), String> {
    loop {
        let kind = head.read("a characteristic", Bytes::u8)?;
        let length = match release {
            ..=108 => head.read("a characteristic", |bytes| Ok(usize::from(bytes.u16()?)))?,
            _ => head.read("a characteristic", Bytes::count)?,
        };
        if kind == 0 {
            return Ok(());
        }
        head.take(length, "a characteristic")?;
    }
}
