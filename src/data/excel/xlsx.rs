//! An Excel workbook (`.xlsx`, `.xlsm`) in, the cells of its sheets out. ECMA-376, part 1, chapter 18.

use std::collections::HashMap;

use super::cell::{Cell, MOST_COLUMNS, MOST_ROWS, Merged, Place, SheetName, Sink, Strings};
use super::dates::{Shows, built_in, of_code};
use super::xml::{Piece, Tag, Xml};
use super::zip::{Unpacked, Zip};

/// A workbook whose sheets can be read.
pub(super) struct Xlsx<'a> {
    zip: Zip<'a>,
    pub sheets: Vec<SheetName>,
    /// The part of each sheet.
    parts: Vec<String>,
    /// What each cell format shows.
    formats: Vec<Shows>,
    /// The place in [`Strings`] of each shared text.
    shared: Vec<u32>,
    from_1904: bool,
}

impl<'a> Xlsx<'a> {
    pub fn open(zip: Zip<'a>, strings: &mut Strings) -> Result<Self, String> {
        let root = relations(&zip, "_rels/.rels", "")?;
        let workbook = root
            .iter()
            .find(|relation| relation.kind == "officeDocument")
            .map_or("xl/workbook.xml", |relation| relation.target.as_str())
            .to_owned();
        let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let related = relations(&zip, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let mut from_1904 = false;
        let mut sheets = Vec::new();
        let mut parts = Vec::new();
        let by_id: HashMap<&str, &Relation> = related
            .iter()
            .map(|relation| (relation.id.as_str(), relation))
            .collect();
        each_tag(&zip, &workbook, |tag| {
            if tag.is("workbookPr") {
                from_1904 = tag.get("date1904").is_some_and(|yes| yes == "1" || yes == "true");
            } else if tag.is("sheet") {
                let relation = tag.get("id").and_then(|id| by_id.get(id.as_str()).copied());
                if let (Some(name), Some(relation)) = (tag.get("name"), relation)
                    && relation.kind == "worksheet"
                {
                    let hidden = tag.get("state").is_some_and(|state| state != "visible");
                    sheets.push(SheetName { name, hidden });
                    parts.push(relation.target.clone());
                }
            }
        })?;
        let part_of = |kind: &str, usual: &str| {
            related
                .iter()
                .find(|relation| relation.kind == kind)
                .map_or_else(|| format!("{folder}/{usual}"), |relation| relation.target.clone())
        };
        let formats = formats(&zip, &part_of("styles", "styles.xml"))?;
        let shared = shared(&zip, &part_of("sharedStrings", "sharedStrings.xml"), strings)?;
        Ok(Self {
            zip,
            sheets,
            parts,
            formats,
            shared,
            from_1904,
        })
    }

    /// Gives the cells of a sheet to `sink`; then the merged ones, if it was read to its end.
    pub fn cells(&self, sheet: usize, strings: &mut Strings, sink: &mut Sink<'_>) -> Result<Vec<Merged>, String> {
        let part = self.parts.get(sheet).ok_or("it has no such sheet")?;
        let mut xml = Xml::new(stream(&self.zip, part)?);
        let mut merged = Vec::new();
        let mut at: Place = (0, 0);
        let mut next_row = 0;
        let mut row_open = false;
        loop {
            match xml.next()? {
                Piece::Open(tag) if tag.is("row") => {
                    let told: Option<u32> = tag.get("r").and_then(|number| number.parse().ok());
                    at = (told.map_or(next_row, |number| number.wrapping_sub(1)), 0);
                    next_row = at.0.saturating_add(1);
                    row_open = true;
                    if at.0 >= MOST_ROWS {
                        return Err("a row has a number that sheets do not have".to_owned());
                    }
                }
                Piece::Open(tag) if tag.is("c") && row_open => {
                    if let Some(place) = tag.get("r").as_deref().and_then(place) {
                        at.1 = place.1;
                    }
                    if at.1 >= MOST_COLUMNS {
                        return Err("a cell has a column that sheets do not have".to_owned());
                    }
                    let format = tag
                        .get("s")
                        .and_then(|format| format.parse::<usize>().ok())
                        .unwrap_or(0);
                    let kind = tag.get("t").unwrap_or_default();
                    let text = content(&mut xml)?;
                    if let Some(cell) = self.cell(&kind, format, &text, strings)
                        && sink(strings, at, cell).is_break()
                    {
                        return Ok(merged);
                    }
                    at.1 += 1;
                }
                Piece::Open(tag) if tag.is("mergeCell") => {
                    if let Some(range) = tag.get("ref").as_deref().and_then(range) {
                        merged.push(range);
                    }
                }
                Piece::End => return Ok(merged),
                _ => {}
            }
        }
    }

    fn cell(&self, kind: &str, format: usize, text: &str, strings: &mut Strings) -> Option<Cell> {
        let number = || text.trim().parse::<f64>().ok();
        match kind {
            "s" => {
                let place = *self.shared.get(text.trim().parse::<usize>().ok()?)?;
                (!strings.get(place).is_empty()).then_some(Cell::Text(place))
            }
            "str" | "inlineStr" => strings.cell(&unescaped(text)),
            "d" => strings.cell(text),
            "b" => match text.trim() {
                "1" | "true" => Some(Cell::Number(1.0)),
                "0" | "false" => Some(Cell::Number(0.0)),
                _ => None,
            },
            "e" => Some(Cell::Error),
            _ => {
                let shows = self.formats.get(format).copied().unwrap_or(Shows::Number);
                strings.number(number()?, shows, self.from_1904)
            }
        }
    }
}

/// The value of a cell whose tag has just opened: its `v`, or the text of its `is`; not its formula.
fn content(xml: &mut Xml<Unpacked<'_>>) -> Result<String, String> {
    let mut text = String::new();
    let (mut wanted, mut phonetic) = (false, false);
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.is("rPh") => phonetic = true,
            Piece::Open(tag) => wanted = !phonetic && (tag.is("v") || tag.is("t")),
            Piece::Close(name) => match name.as_ref() {
                "c" => return Ok(text),
                "rPh" => phonetic = false,
                _ => wanted = false,
            },
            Piece::Text(part) if wanted => text.push_str(&part),
            Piece::End => return Ok(text),
            _ => {}
        }
    }
}

struct Relation {
    id: String,
    /// The last word of its type.
    kind: String,
    /// The part's whole name.
    target: String,
}

fn relations(zip: &Zip<'_>, part: &str, folder: &str) -> Result<Vec<Relation>, String> {
    let mut relations = Vec::new();
    if !zip.has(part) {
        return Ok(relations);
    }
    each_tag(zip, part, |tag| {
        if tag.is("Relationship")
            && let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None if folder.is_empty() => target,
                None => format!("{folder}/{target}"),
            };
            relations.push(Relation { id, kind, target });
        }
    })?;
    Ok(relations)
}

/// What each cell format shows.
fn formats(zip: &Zip<'_>, part: &str) -> Result<Vec<Shows>, String> {
    let mut described: HashMap<u16, Shows> = HashMap::new();
    let mut formats = Vec::new();
    if !zip.has(part) {
        return Ok(formats);
    }
    let mut xml = Xml::new(stream(zip, part)?);
    let mut inside = false;
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.is("cellXfs") => inside = true,
            Piece::Open(tag) if tag.is("xf") && inside => {
                let id: u16 = tag.get("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                let shows = described.get(&id).copied().or_else(|| built_in(id));
                formats.push(shows.unwrap_or(Shows::Number));
            }
            Piece::Open(tag) if tag.is("numFmt") => {
                if let (Some(Ok(id)), Some(code)) = (tag.get("numFmtId").map(|id| id.parse()), tag.get("formatCode")) {
                    described.insert(id, of_code(&code));
                }
            }
            Piece::Close(name) if name == "cellXfs" => inside = false,
            Piece::End => return Ok(formats),
            _ => {}
        }
    }
}

fn shared(zip: &Zip<'_>, part: &str, strings: &mut Strings) -> Result<Vec<u32>, String> {
    let mut shared = Vec::new();
    if !zip.has(part) {
        return Ok(shared);
    }
    let mut xml = Xml::new(stream(zip, part)?);
    let mut text = String::new();
    let (mut wanted, mut phonetic) = (false, false);
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.is("rPh") => phonetic = true,
            Piece::Open(tag) => {
                wanted = !phonetic && tag.is("t");
                if tag.is("si") {
                    text.clear();
                }
            }
            Piece::Close(name) => {
                wanted = false;
                if name == "rPh" {
                    phonetic = false;
                } else if name == "si" {
                    shared.push(strings.intern(unescaped(&text).trim()));
                }
            }
            Piece::Text(part) if wanted => text.push_str(&part),
            Piece::End => return Ok(shared),
            _ => {}
        }
    }
}

fn stream<'a>(zip: &Zip<'a>, part: &str) -> Result<Unpacked<'a>, String> {
    zip.part(part)?.ok_or_else(|| format!("its part {part} is not there"))
}

fn each_tag(zip: &Zip<'_>, part: &str, mut with: impl FnMut(&Tag<'_>)) -> Result<(), String> {
    let mut xml = Xml::new(stream(zip, part)?);
    loop {
        match xml.next()? {
            Piece::Open(tag) => with(&tag),
            Piece::End => return Ok(()),
            _ => {}
        }
    }
}

/// `B5` as row and column.
fn place(reference: &str) -> Option<Place> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = reference[..letters].bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = reference[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

fn range(reference: &str) -> Option<Merged> {
    let (first, last) = reference.split_once(':')?;
    Some((place(first)?, place(last)?))
}

/// A text without Excel's escapes (`_x000D_` is a carriage return).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        match code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32)
        {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_escapes_are_read() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("xfd1048576"), Some((1_048_575, 16_383)));
        for odd in ["", "A", "1", "A0", "AAAA1", "Ø1", "A1B"] {
            assert_eq!(place(odd), None, "{odd}");
        }
        assert_eq!(unescaped("a_x000D_b_x005F_x000D_"), "a\rb_x000D_");
        assert_eq!(unescaped("_x12_xø000_ x_x"), "_x12_xø000_ x_x");
    }
}
