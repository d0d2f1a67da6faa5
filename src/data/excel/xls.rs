//! An old Excel workbook (`.xls`, Excel 5 to 2003) in, the cells of its sheets out. MS-XLS; Excel 5 and 95 differ in
//! their texts only.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use encoding_rs::Encoding;

use super::cell::{Cell, Merged, Place, SheetName, Sink, Strings};
use super::cfb::Cfb;
use super::dates::{Shows, built_in, of_code};
use crate::data::bytes::Bytes;
use crate::data::text::encoding_of;

const CONTINUES: u16 = 0x3C;
const BEGINS: u16 = 0x809;
const ENDS: u16 = 0x0A;

/// A workbook whose sheets can be read.
pub(super) struct Xls {
    stream: Vec<u8>,
    pub sheets: Vec<SheetName>,
    /// Where each sheet's records begin.
    starts: Vec<usize>,
    formats: Vec<Shows>,
    shared: Vec<u32>,
    from_1904: bool,
    reads: Texts,
}

/// How texts are written.
#[derive(Clone, Copy)]
struct Texts {
    /// Excel 97 and later: one or two bytes a letter, as each text says.
    unicode: bool,
    /// Before that: a code page.
    encoding: &'static Encoding,
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    /// The data of the records that continue it.
    more: Vec<&'a [u8]>,
}

struct Records<'a>(Bytes<'a>);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = one(&mut self.0)?;
        let mut more = Vec::new();
        while self.0.rest().starts_with(&CONTINUES.to_le_bytes()) {
            let Some((_, part)) = one(&mut self.0) else { break };
            more.push(part);
        }
        Some(Record { kind, data, more })
    }
}

fn one<'a>(bytes: &mut Bytes<'a>) -> Option<(u16, &'a [u8])> {
    let kind = u16(bytes)?;
    let length = u16(bytes)?;
    Some((kind, bytes.take(usize::from(length)).ok()?))
}

fn u16(bytes: &mut Bytes<'_>) -> Option<u16> {
    let two = bytes.take(2).ok()?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

impl Xls {
    pub fn open(cfb: &Cfb<'_>, strings: &mut Strings) -> Result<Self, String> {
        let stream = cfb
            .stream("Workbook")
            .or_else(|| cfb.stream("Book"))
            .ok_or("it holds no workbook")?;
        let mut book = Self {
            stream: Vec::new(),
            sheets: Vec::new(),
            starts: Vec::new(),
            formats: Vec::new(),
            shared: Vec::new(),
            from_1904: false,
            reads: Texts {
                unicode: true,
                encoding: encoding_rs::WINDOWS_1252,
            },
        };
        book.globals(&stream, strings)?;
        book.stream = stream;
        Ok(book)
    }

    fn globals(&mut self, stream: &[u8], strings: &mut Strings) -> Result<(), String> {
        let mut described: HashMap<u16, Shows> = HashMap::new();
        let mut numbers = Vec::new();
        let mut starts = HashSet::new();
        for record in Records(Bytes::new(stream, false)) {
            let mut data = Bytes::new(record.data, false);
            match record.kind {
                0x2F if record.data.iter().any(|byte| *byte != 0) => {
                    return Err("it is protected by a password: save it without one".to_owned());
                }
                BEGINS => match u16(&mut data) {
                    Some(0x0600) => {}
                    Some(0x0500) => self.reads.unicode = false,
                    _ => return Err("it was written by a version of Excel before 5".to_owned()),
                },
                0x42 => {
                    if let Some(page) = u16(&mut data) {
                        self.reads.encoding = encoding_of(None, Some(i32::from(page)));
                    }
                }
                0x22 => self.from_1904 = u16(&mut data) == Some(1),
                0x41E => {
                    if let Some(id) = u16(&mut data)
                        && let Some(code) = self.reads.text(&mut Parts::of(data.rest(), &[]), self.reads.unicode)
                    {
                        described.insert(id, of_code(&code));
                    }
                }
                0xE0 => {
                    let _ = u16(&mut data);
                    numbers.push(u16(&mut data).unwrap_or(0));
                }
                0x85 => {
                    let Ok(start) = data.count() else { continue };
                    let (Ok(hidden), Ok(kind)) = (data.u8(), data.u8()) else {
                        continue;
                    };
                    let name = self.reads.text(&mut Parts::of(data.rest(), &[]), false);
                    if let Some(name) = name
                        && kind == 0
                        && starts.insert(start)
                    {
                        let hidden = hidden & 3 != 0;
                        self.sheets.push(SheetName { name, hidden });
                        self.starts.push(start);
                    }
                }
                0xFC => self.shared = shared(self.reads, &record, strings),
                ENDS => break,
                _ => {}
            }
        }
        self.formats = numbers
            .into_iter()
            .map(|id| {
                described
                    .get(&id)
                    .copied()
                    .or_else(|| built_in(id))
                    .unwrap_or(Shows::Number)
            })
            .collect();
        Ok(())
    }

    /// Gives the cells of a sheet to `sink`; then the merged ones, if it was read to its end.
    pub fn cells(&self, sheet: usize, strings: &mut Strings, sink: &mut Sink<'_>) -> Result<Vec<Merged>, String> {
        let start = *self.starts.get(sheet).ok_or("it has no such sheet")?;
        let records = self
            .stream
            .get(start..)
            .ok_or("one of its sheets begins after its end")?;
        let mut merged = Vec::new();
        let mut depth = 0;
        // The formula whose text follows.
        let mut formula: Place = (0, 0);
        for record in Records(Bytes::new(records, false)) {
            match record.kind {
                BEGINS => depth += 1,
                ENDS => {
                    depth -= 1;
                    if depth <= 0 {
                        return Ok(merged);
                    }
                }
                // A chart inside the sheet has numbers of its own.
                _ if depth > 1 => {}
                0xE5 => {
                    let mut data = Bytes::new(record.data, false);
                    let _ = u16(&mut data);
                    while let Ok(range) = data.take(8) {
                        let [top, bottom, left, right] =
                            [0, 2, 4, 6].map(|at| u32::from(u16::from_le_bytes([range[at], range[at + 1]])));
                        merged.push(((top, left), (bottom, right)));
                    }
                }
                _ => {
                    let mut flow = std::ops::ControlFlow::Continue(());
                    let mut give = |strings: &Strings, place, cell: Option<Cell>| {
                        if let Some(cell) = cell
                            && flow.is_continue()
                        {
                            flow = sink(strings, place, cell);
                        }
                    };
                    if self.cells_of(&record, &mut formula, strings, &mut give).is_none() {
                        return Err("one of its cells is cut off".to_owned());
                    }
                    if flow.is_break() {
                        return Ok(merged);
                    }
                }
            }
        }
        Err("it ends in the middle of a sheet".to_owned())
    }

    /// `None` where the record is too short.
    fn cells_of(
        &self,
        record: &Record<'_>,
        formula: &mut Place,
        strings: &mut Strings,
        give: &mut dyn FnMut(&Strings, Place, Option<Cell>),
    ) -> Option<()> {
        if record.kind == 0x207 {
            let text = self.reads.text(&mut Parts::of(record.data, &record.more), true)?;
            let cell = strings.cell(&text);
            give(strings, *formula, cell);
            return Some(());
        }
        if ![0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205, 0x06].contains(&record.kind) {
            return Some(());
        }
        let mut data = Bytes::new(record.data, false);
        let place = (u32::from(u16(&mut data)?), u32::from(u16(&mut data)?));
        if record.kind == 0xBD {
            let mut column = place.1;
            while data.left() >= 8 {
                let format = u16(&mut data)?;
                let number = packed(data.i32().ok()?);
                let cell = self.number(number, format, strings);
                give(strings, (place.0, column), cell);
                column += 1;
            }
            return Some(());
        }
        let format = u16(&mut data)?;
        let cell = match record.kind {
            0x203 => self.number(data.f64().ok()?, format, strings),
            0x27E => self.number(packed(data.i32().ok()?), format, strings),
            0xFD => {
                let text = self.shared.get(data.count().ok()?).copied();
                text.filter(|text| !strings.get(*text).is_empty()).map(Cell::Text)
            }
            0x205 => truth_or_error(data.u8().ok()?, data.u8().ok()?),
            0x06 => {
                *formula = place;
                let result = data.unit().ok()?;
                match result {
                    [1, _, truth, _, _, _, 0xFF, 0xFF] => truth_or_error(truth, 0),
                    [2, _, _, _, _, _, 0xFF, 0xFF] => Some(Cell::Error),
                    [_, _, _, _, _, _, 0xFF, 0xFF] => None,
                    number => self.number(f64::from_le_bytes(number), format, strings),
                }
            }
            _ => {
                let text = self.reads.text(&mut Parts::of(data.rest(), &record.more), true)?;
                strings.cell(&text)
            }
        };
        give(strings, place, cell);
        Some(())
    }

    fn number(&self, number: f64, format: u16, strings: &mut Strings) -> Option<Cell> {
        let shows = self.formats.get(usize::from(format)).copied().unwrap_or(Shows::Number);
        strings.number(number, shows, self.from_1904)
    }
}

fn truth_or_error(value: u8, is_error: u8) -> Option<Cell> {
    Some(match is_error {
        0 => Cell::Number(f64::from(value.min(1))),
        _ => Cell::Error,
    })
}

/// A number in four bytes: a whole one or the upper half of a float, perhaps of a hundred times the number.
fn packed(rk: i32) -> f64 {
    let number = if rk & 2 != 0 {
        f64::from(rk >> 2)
    } else {
        f64::from_bits(u64::from(rk as u32 & !3) << 32)
    };
    if rk & 1 != 0 { number / 100.0 } else { number }
}

/// The data of a record and of those that continue it.
struct Parts<'a> {
    now: Bytes<'a>,
    next: std::slice::Iter<'a, &'a [u8]>,
}

impl<'a> Parts<'a> {
    fn of(data: &'a [u8], more: &'a [&'a [u8]]) -> Self {
        Self {
            now: Bytes::new(data, false),
            next: more.iter(),
        }
    }

    fn u8(&mut self) -> Option<u8> {
        while self.now.left() == 0 {
            self.now = Bytes::new(self.next.next()?, false);
        }
        self.now.u8().ok()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        loop {
            let here = count.min(self.now.left());
            let _ = self.now.take(here);
            count -= here;
            if count == 0 {
                return Some(());
            }
            self.now = Bytes::new(self.next.next()?, false);
        }
    }

    /// `letters` of one or two bytes each; where a text goes on in the next record, that says anew how wide they are.
    fn letters(&mut self, mut letters: usize, mut wide: bool) -> Option<String> {
        let mut text = String::new();
        loop {
            let width = if wide { 2 } else { 1 };
            let here = letters.min(self.now.left() / width);
            let bytes = self.now.take(here * width).ok()?;
            if wide {
                let units = bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two));
                text.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
            } else {
                // The upper halves of the letters are nought: Latin-1.
                text.extend(bytes.iter().map(|byte| char::from(*byte)));
            }
            letters -= here;
            if letters == 0 {
                return Some(text);
            }
            self.now = Bytes::new(self.next.next()?, false);
            wide = self.u8()? & 1 != 0;
        }
    }
}

impl Texts {
    /// A text whose length stands before it, in two bytes or (`long` not set) in one.
    fn text(self, parts: &mut Parts<'_>, long: bool) -> Option<String> {
        let letters = usize::from(if long { parts.u16()? } else { u16::from(parts.u8()?) });
        if !self.unicode {
            let bytes = parts.now.take(letters.min(parts.now.left())).ok()?;
            let text: Cow<'_, str> = self.encoding.decode_without_bom_handling(bytes).0;
            return Some(text.into_owned());
        }
        let wide = parts.u8()? & 1 != 0;
        parts.letters(letters, wide)
    }
}

/// The shared texts, as far as they can be read.
fn shared(reads: Texts, record: &Record<'_>, strings: &mut Strings) -> Vec<u32> {
    let mut parts = Parts::of(record.data, &record.more);
    let mut shared = Vec::new();
    if !reads.unicode || parts.skip(8).is_none() {
        return shared;
    }
    let mut next = || -> Option<String> {
        let letters = usize::from(parts.u16()?);
        let flags = parts.u8()?;
        let runs = if flags & 8 != 0 { usize::from(parts.u16()?) } else { 0 };
        let extra = if flags & 4 != 0 { parts.u32()? as usize } else { 0 };
        let text = parts.letters(letters, flags & 1 != 0)?;
        // The last text may lack its decoration.
        let _ = parts.skip(runs * 4 + extra);
        Some(text)
    };
    while let Some(text) = next() {
        shared.push(strings.intern(text.trim()));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_whole_or_halves_of_floats() {
        assert_eq!(packed((7 << 2) | 2), 7.0);
        assert_eq!(packed((-7 << 2) | 2), -7.0);
        assert_eq!(packed((1234 << 2) | 3), 12.34);
        assert_eq!(packed(0x3FF0_0000), 1.0);
        assert_eq!(packed(0x4059_0001), 1.0);
    }

    #[test]
    fn a_text_that_goes_on_in_the_next_record_says_anew_how_wide_it_is() {
        let more: [&[u8]; 1] = [b"\x01d\0\xE6\0"];
        let mut parts = Parts::of(b"\x05\0\0abc", &more);
        let reads = Texts {
            unicode: true,
            encoding: encoding_rs::WINDOWS_1252,
        };
        assert_eq!(reads.text(&mut parts, true).as_deref(), Some("abcdæ"));
    }
}
