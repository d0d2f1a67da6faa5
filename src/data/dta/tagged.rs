//! The head of a Stata file of release 117, 118 or 119 in, its dictionary out. Sections stand between tags like those of
//! XML, and a map says where each begins. Source: the manual's "File formats .dta".

use super::header::{Dictionary, Head, Storage, Widths, check_count, fields, until_zero};
use crate::data::bytes::Bytes;

/// Reads up to the end of the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let mut head = Head {
        bytes: Bytes::new(file, false),
    };
    head.tag("<stata_dta>")?;
    head.tag("<header>")?;
    head.tag("<release>")?;
    let release = match head.take(3, "the release")? {
        b"117" => 117,
        b"118" => 118,
        b"119" => 119,
        other => {
            return Err(format!(
                "it says release {}, and 117, 118 and 119 are known",
                other.escape_ascii()
            ));
        }
    };
    head.tag("</release>")?;
    head.tag("<byteorder>")?;
    let big_endian = match head.take(3, "the byte order")? {
        b"LSF" => false,
        b"MSF" => true,
        other => return Err(format!("its byte order is {}, not LSF or MSF", other.escape_ascii())),
    };
    head.bytes.big_endian = big_endian;
    head.tag("</byteorder>")?;
    head.tag("<K>")?;
    let count = match release {
        119 => head.read("the number of variables", |bytes| Ok(bytes.u32()? as usize))?,
        _ => head.read("the number of variables", |bytes| Ok(usize::from(bytes.u16()?)))?,
    };
    check_count(count)?;
    head.tag("</K>")?;
    head.tag("<N>")?;
    let promised = match release {
        117 => head.read("the number of rows", |bytes| Ok(u64::from(bytes.u32()?)))?,
        _ => head.read("the number of rows", Bytes::u64)?,
    };
    head.tag("</N>")?;
    head.tag("<label>")?;
    let length = match release {
        117 => head.read("the file's label", |bytes| Ok(usize::from(bytes.u8()?)))?,
        _ => head.read("the file's label", |bytes| Ok(usize::from(bytes.u16()?)))?,
    };
    let title = until_zero(head.take(length, "the file's label")?);
    head.tag("</label>")?;
    head.tag("<timestamp>")?;
    let length = head.read("the time of writing", Bytes::u8)?;
    head.take(usize::from(length), "the time of writing")?;
    head.tag("</timestamp>")?;
    head.tag("</header>")?;
    head.tag("<map>")?;
    let map = (0..14)
        .map(|_| head.read("the map of the file", Bytes::u64))
        .collect::<Result<Vec<u64>, String>>()?;
    head.tag("</map>")?;

    let widths = Widths::of(release);
    head.section("<variable_types>", &map, 2)?;
    let types = head.take(2 * count, "the types of the variables")?;
    let storages = types
        .chunks_exact(2)
        .map(|code| match code {
            [a, b] if big_endian => u16::from_be_bytes([*a, *b]),
            [a, b, ..] => u16::from_le_bytes([*a, *b]),
            _ => 0,
        })
        .map(|code| match code {
            1..=2045 => Ok(Storage::Text(usize::from(code))),
            32_768 => Ok(Storage::LongText),
            65_526 => Ok(Storage::Double),
            65_527 => Ok(Storage::Float),
            65_528 => Ok(Storage::Long),
            65_529 => Ok(Storage::Int),
            65_530 => Ok(Storage::Byte),
            _ => Err(format!("a variable has the unknown type {code}")),
        })
        .collect::<Result<Vec<Storage>, String>>()?;
    head.tag("</variable_types>")?;
    head.section("<varnames>", &map, 3)?;
    let names = head.pieces(count, widths.name, "the names of the variables")?;
    head.tag("</varnames>")?;
    // The sort order, which is not needed.
    head.section("<sortlist>", &map, 4)?;
    let width = if release == 119 { 4 } else { 2 };
    head.take((count + 1) * width, "the sort order")?;
    head.tag("</sortlist>")?;
    head.section("<formats>", &map, 5)?;
    let formats = head.pieces(count, widths.format, "the formats of the variables")?;
    head.tag("</formats>")?;
    head.section("<value_label_names>", &map, 6)?;
    let tables = head.pieces(count, widths.table, "the names of value labels")?;
    head.tag("</value_label_names>")?;
    head.section("<variable_labels>", &map, 7)?;
    let labels = head.pieces(count, widths.label, "the labels of the variables")?;
    head.tag("</variable_labels>")?;
    head.section("<characteristics>", &map, 8)?;
    while head.bytes.rest().starts_with(b"<ch>") {
        head.tag("<ch>")?;
        let length = head.read("a characteristic", Bytes::u32)?;
        head.take(length as usize, "a characteristic")?;
        head.tag("</ch>")?;
    }
    head.tag("</characteristics>")?;
    head.section("<data>", &map, 9)?;

    let (fields, row_bytes) = fields(storages, names, formats, tables, labels);
    let rest = head.bytes.rest();
    // The data end where the rows promised end, or where the map says that the long texts begin.
    let by_count = usize::try_from(promised)
        .ok()
        .and_then(|rows| rows.checked_mul(row_bytes))
        .filter(|end| rest.get(*end..).is_some_and(|after| after.starts_with(b"</data>")));
    let by_map = || {
        let strls = usize::try_from(*map.get(10)?).ok()?;
        let end = strls.checked_sub(b"</data>".len())?.checked_sub(head.bytes.at)?;
        rest.get(end..)?.starts_with(b"</data><strls>").then_some(end)
    };
    let end = by_count.or_else(by_map);
    let rows = (end.unwrap_or(rest.len()) / row_bytes).min(usize::try_from(promised).unwrap_or(usize::MAX));
    Ok(Dictionary {
        release,
        big_endian,
        title,
        fields,
        row_bytes,
        promised,
        rows,
        data_at: head.bytes.at,
        data: &rest[..rows * row_bytes],
        after: end.and_then(|end| head.bytes.moved_to(head.bytes.at + end + b"</data>".len())),
    })
}
