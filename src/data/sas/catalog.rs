//! A SAS catalog in (`.sas7bcat`), the value labels of its formats out.
//!
//! The format is not published; this follows what ReadStat found out. A range of values has its label at its first
//! value only.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::fields::{Key, format_name};
use super::header::{self, Layout};
use crate::data::bytes::trimmed;
use crate::data::text::Decoder;

/// The page that the index begins on, and the first that may go on with it.
const INDEX_PAGE: usize = 1;
const FURTHER_PAGES: usize = 3;
/// The sign of an entry of the index.
const ENTRY: &[u8] = b"XLSR";
/// Bytes that all formats may take, in times the bytes of the file: blocks do not lie over each other.
const MOST_TIMES: usize = 2;

/// Value labels by the name of their format, in capitals.
pub(crate) struct Catalog {
    pub formats: HashMap<String, Vec<(Key, String)>>,
    /// Whether every format could be read.
    pub whole: bool,
}

/// Reads a catalog, as much of it as can be understood. The error is a clause for a sentence.
pub(crate) fn catalog(file: &[u8]) -> Result<Catalog, String> {
    if !header::is_catalog(file) {
        return Err("it is not a SAS catalog".to_owned());
    }
    let layout = header::layout(file)?;
    let encoding = header::encoding(layout.encoding)
        .ok()
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .unwrap_or(WINDOWS_1252);
    let mut decoder = Decoder::new(encoding, false);
    let mut catalog = Catalog {
        formats: HashMap::new(),
        whole: true,
    };
    let mut left = file.len().saturating_mul(MOST_TIMES);
    for (page, at) in index(&layout) {
        let Some(block) = block(&layout, page, at, &mut left) else {
            catalog.whole = false;
            break;
        };
        match format(&layout, &block, &mut decoder) {
            Some(Some((name, values))) => {
                catalog.formats.entry(name).or_insert(values);
            }
            Some(None) => {}
            None => catalog.whole = false,
        }
    }
    if catalog.formats.is_empty() && !catalog.whole {
        return Err("its formats cannot be understood".to_owned());
    }
    Ok(catalog)
}

/// Where the blocks of the formats begin: page, counted from one, and place on it.
fn index(layout: &Layout<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for number in 0..layout.whole_pages() {
        let Some(page) = layout.page(number) else { break };
        let start = match number {
            INDEX_PAGE => 856 + 2 * layout.pad + layout.either(0, 144),
            FURTHER_PAGES.. => layout.either(16, 32),
            _ => continue,
        };
        let Some(entries) = page.get(start..) else { continue };
        if number == INDEX_PAGE || entries.starts_with(ENTRY) {
            add_entries(layout, entries, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn add_entries(layout: &Layout<'_>, mut entries: &[u8], found: &mut Vec<(usize, usize)>) {
    let size = 212 + layout.pad + layout.either(0, 72);
    let sign = 50 + layout.pad + layout.either(0, 24);
    while entries.len() >= size {
        // Some entries follow eight bytes of nothing.
        if !entries.starts_with(ENTRY) {
            entries = &entries[8..];
        }
        if !entries.starts_with(ENTRY) || entries.len() < size {
            return;
        }
        if entries[sign] == b'O'
            && let Some(page) = layout.size(entries, layout.either(4, 8))
            && let Some(at) = layout.u16(entries, layout.either(8, 16))
        {
            found.push((page, at));
        }
        entries = &entries[size..];
    }
}

/// The bytes of a block, which goes on from page to page; at most `left` in all.
fn block(layout: &Layout<'_>, mut page: usize, mut at: usize, left: &mut usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut links = 0;
    while page > 0 && at > 0 && page <= layout.pages && links < layout.whole_pages() {
        links += 1;
        let part = layout.page(page - 1)?.get(at..)?;
        let length = layout.u16(part, layout.either(6, 10))?;
        let start = layout.either(16, 32);
        bytes.extend_from_slice(part.get(start..start + length)?);
        *left = left.checked_sub(length + start)?;
        page = layout.u32(part, 0)?;
        at = layout.u16(part, layout.either(4, 8))?;
    }
    Some(bytes)
}

type Format = (String, Vec<(Key, String)>);

/// One format; the inner `None` is a block without labels.
fn format(layout: &Layout<'_>, block: &[u8], decoder: &mut Decoder) -> Option<Option<Format>> {
    let mut start = layout.either(106, 138);
    if block.len() < start {
        return Some(None);
    }
    let flags = layout.u16(block, 2)?;
    let mut pad = if flags & 0x08 != 0 { 4 } else { 0 };
    let capacity = layout.size(block, layout.either(38, 42) + pad)?;
    let used = layout.size(block, layout.either(42, 50) + pad)?;
    // The label of all other values, counted from one.
    let other = layout.size(block, layout.either(66, 74) + pad)?;
    let text_offset = if layout.wide {
        layout.u32(block, 124 + pad)?
    } else {
        layout.u16(block, 104 + pad)?
    };
    if pad > 0 {
        pad += 16;
    }
    let long = flags & if layout.wide { 0x20 } else { 0x80 } != 0;
    let name = if long {
        let name = block.get(start + pad..start + pad + 32)?;
        pad += 32;
        name
    } else {
        &block[8..16]
    };
    start += pad;
    let name = format_name(&decoder.text(name));
    // Informats say how to read, not what is meant.
    if used == 0 || name.starts_with('@') {
        return Some(None);
    }
    let payload = block.get(start..)?;
    let values = values(
        layout,
        payload,
        capacity,
        used,
        other,
        text_offset,
        name.starts_with('$'),
        decoder,
    )?;
    Some(Some((name, values)))
}

#[expect(clippy::too_many_arguments, reason = "the numbers of one header")]
fn values(
    layout: &Layout<'_>,
    payload: &[u8],
    capacity: usize,
    used: usize,
    other: usize,
    text_offset: usize,
    text: bool,
    decoder: &mut Decoder,
) -> Option<Vec<(Key, String)>> {
    // Every entry of a value takes 6 bytes at least, every label 11.
    if capacity > payload.len() / 6 || used > capacity {
        return None;
    }
    let mut entries = vec![None; used];
    let mut at = 0;
    for number in 0..capacity {
        let length = 6 + layout.u16(payload, at + 2)?;
        if number < used {
            let entry = payload.get(at..at + length)?;
            *entries.get_mut(layout.u32(entry, 10 + layout.pad)?)? = Some(entry);
        }
        at += length;
    }
    let mut values = Vec::with_capacity(used);
    for (number, entry) in entries.into_iter().enumerate() {
        let length = layout.u16(payload, at + 8)?;
        // Some labels are said to be longer than their block.
        let label = payload.get(at + 10..)?;
        let label = &label[..length.min(label.len())];
        at += 10 + length + 1;
        if number + 1 == other {
            continue;
        }
        let entry: &[u8] = entry?;
        let key = if text {
            let code = decoder.text(trimmed(entry.get(22 + text_offset..)?));
            if code.is_empty() {
                continue;
            }
            Key::Text(code)
        } else {
            number_of(entry.get(22..30)?.try_into().ok()?)
        };
        let label = decoder.text(label);
        // What is neither a number nor a tag is the value `.`, which stays blank.
        if let Some(key) = key_of(key) {
            values.push((key, label));
        }
    }
    Some(values)
}

fn key_of(key: Key) -> Option<Key> {
    match key {
        Key::Number(number) if !number.is_finite() => None,
        key => Some(key),
    }
}

/// A number as catalogs have it, so that bytes sort as numbers do: always big-endian, positive ones with the sign bit
/// set, negative ones with all bits turned.
fn number_of(bytes: [u8; 8]) -> Key {
    let bits = u64::from_be_bytes(bytes);
    if bits | 0xFF00_0000_0000 == 0xFFFF_FFFF_FFFF {
        return match (bits >> 40) as u8 {
            0 | b'_' => Key::Tag(b'_'),
            letter @ 2..28 => Key::Tag(b'A' + letter - 2),
            letter @ b'A'..=b'Z' => Key::Tag(letter),
            _ => Key::Number(f64::NAN),
        };
    }
    let number = f64::from_bits(bits);
    Key::Number(if number > 0.0 { f64::from_bits(!bits) } else { -number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_catalogs() {
        assert_eq!(number_of((-1.0f64).to_be_bytes()), Key::Number(1.0));
        assert_eq!(number_of((!(-1.0f64).to_bits()).to_be_bytes()), Key::Number(-1.0));
        assert_eq!(number_of((-0.0f64).to_be_bytes()), Key::Number(0.0));
        assert_eq!(number_of(0x0000_41FF_FFFF_FFFFu64.to_be_bytes()), Key::Tag(b'A'));
        assert_eq!(number_of(0x0000_03FF_FFFF_FFFFu64.to_be_bytes()), Key::Tag(b'B'));
    }
}
