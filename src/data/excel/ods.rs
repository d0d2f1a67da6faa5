//! A workbook of LibreOffice or another office (`.ods`) in, the cells of its sheets out. OpenDocument 1.3, part 3,
//! chapter 9.

use std::ops::ControlFlow;

use super::cell::{Cell, MOST_COLUMNS, MOST_ROWS, Merged, Place, Rows, SheetName, Sink, Strings, begin};
use super::xml::{Piece, Tag, Xml};
use super::zip::{Unpacked, Zip};

const CONTENT: &str = "content.xml";

/// A workbook whose sheets can be read.
pub(super) struct Ods<'a> {
    zip: Zip<'a>,
    pub sheets: Vec<SheetName>,
    /// The first rows of each.
    pub beginnings: Vec<Rows>,
}

/// What a cell's tag says.
struct Typed {
    kind: String,
    value: Option<String>,
    repeated: u32,
    columns: u32,
    rows: u32,
}

impl<'a> Ods<'a> {
    /// Also reads the beginning of every sheet, since they all stand in one part.
    pub fn open(zip: Zip<'a>, strings: &mut Strings) -> Result<Self, String> {
        let mut book = Self {
            zip,
            sheets: Vec::new(),
            beginnings: Vec::new(),
        };
        let mut beginnings: Vec<Rows> = Vec::new();
        book.sheets = book.walk(None, strings, &mut |sheet, _, place, cell| {
            beginnings.resize_with(beginnings.len().max(sheet + 1), Vec::new);
            begin(&mut beginnings[sheet], place, cell)
        })?;
        beginnings.resize_with(book.sheets.len(), Vec::new);
        book.beginnings = beginnings;
        Ok(book)
    }

    /// Gives the cells of a sheet to `sink`; then the merged ones.
    pub fn cells(&self, sheet: usize, strings: &mut Strings, sink: &mut Sink<'_>) -> Result<Vec<Merged>, String> {
        let mut merged = Vec::new();
        let sheets = self.walk(Some((sheet, &mut merged)), strings, &mut |_, strings, place, cell| {
            sink(strings, place, cell)
        })?;
        if sheets.len() <= sheet {
            return Err("it ends before the sheet".to_owned());
        }
        Ok(merged)
    }

    /// Gives the cells of one sheet to `sink`, or those of all; the rest of a sheet is passed over once there is
    /// enough of it. Gives the sheets met.
    fn walk(
        &self,
        mut only: Option<(usize, &mut Vec<Merged>)>,
        strings: &mut Strings,
        sink: &mut dyn FnMut(usize, &Strings, Place, Cell) -> ControlFlow<()>,
    ) -> Result<Vec<SheetName>, String> {
        let part = self.zip.part(CONTENT)?.ok_or("its part content.xml is not there")?;
        let mut xml = Xml::new(part);
        let mut sheets: Vec<SheetName> = Vec::new();
        // Tables inside tables are not sheets.
        let mut depth = 0usize;
        let mut wanted = false;
        let (mut row, mut column) = (0u32, 0u32);
        let mut rows_repeated = 1;
        let mut cells: Vec<(u32, u32, Cell)> = Vec::new();
        loop {
            match xml.next()? {
                Piece::Open(tag) if tag.is("table") => {
                    if depth == 0 {
                        wanted = only.as_ref().is_none_or(|(sheet, _)| *sheet == sheets.len());
                        let name = tag.get("name").unwrap_or_default();
                        sheets.push(SheetName { name, hidden: false });
                        row = 0;
                    }
                    depth += 1;
                }
                Piece::Close(name) if name == "table" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && wanted && only.is_some() {
                        return Ok(sheets);
                    }
                }
                Piece::End if depth > 0 => return Err("it ends in the middle of a sheet".to_owned()),
                Piece::End => return Ok(sheets),
                _ if !wanted || depth != 1 => {}
                Piece::Open(tag) if tag.is("table-row") => {
                    rows_repeated = count(&tag, "number-rows-repeated");
                    column = 0;
                    cells.clear();
                }
                Piece::Open(tag) if tag.is("table-cell") || tag.is("covered-table-cell") => {
                    let typed = typed(&tag);
                    let text = text(&mut xml)?;
                    let (first, last) = (column, column.saturating_add(typed.repeated));
                    if let Some((_, merged)) = &mut only
                        && typed.columns > 1
                        && column < MOST_COLUMNS
                    {
                        let end = (
                            row.saturating_add(typed.rows - 1),
                            column.saturating_add(typed.columns - 1),
                        );
                        merged.push(((row, column), end));
                    }
                    if let Some(cell) = cell(&typed, &text, strings) {
                        if last > MOST_COLUMNS {
                            return Err("a cell has a column that sheets do not have".to_owned());
                        }
                        cells.push((first, last, cell));
                    }
                    column = last;
                }
                Piece::Close(name) if name == "table-row" => {
                    if !cells.is_empty() {
                        if row.saturating_add(rows_repeated) > MOST_ROWS {
                            return Err("a row has a number that sheets do not have".to_owned());
                        }
                        let number = sheets.len() - 1;
                        let mut repeated = (row..row + rows_repeated).flat_map(|row| {
                            let columns = move |&(first, last, cell): &(u32, u32, Cell)| {
                                (first..last).map(move |column| ((row, column), cell))
                            };
                            cells.iter().flat_map(columns)
                        });
                        if repeated.any(|(place, cell)| sink(number, strings, place, cell).is_break()) {
                            wanted = false;
                            if only.is_some() {
                                return Ok(sheets);
                            }
                        }
                    }
                    row = row.saturating_add(rows_repeated);
                }
                _ => {}
            }
        }
    }
}

/// How often something is repeated or spanned, once if nothing is said.
fn count(tag: &Tag<'_>, name: &str) -> u32 {
    tag.get(name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn typed(tag: &Tag<'_>) -> Typed {
    let kind = tag.get("value-type").unwrap_or_default();
    let value = match kind.as_str() {
        "date" => tag.get("date-value"),
        "time" => tag.get("time-value"),
        "boolean" => tag.get("boolean-value"),
        "string" => tag.get("string-value"),
        "" => None,
        _ => tag.get("value"),
    };
    // LibreOffice marks a formula that failed with a namespace of its own: `calcext:value-type="error"`.
    let formula = tag.get("formula").is_some();
    Typed {
        kind: if formula && kind.is_empty() {
            "error".to_owned()
        } else {
            kind
        },
        value,
        repeated: count(tag, "number-columns-repeated"),
        columns: count(tag, "number-columns-spanned"),
        rows: count(tag, "number-rows-spanned"),
    }
}

/// The paragraphs of a cell whose tag has just opened; not its comments.
fn text(xml: &mut Xml<Unpacked<'_>>) -> Result<String, String> {
    let mut text = String::new();
    let mut depth = 0usize;
    // How many levels deep the paragraph or comment that is being read began.
    let (mut paragraph, mut aside) = (None, None);
    let mut paragraphs = 0;
    loop {
        match xml.next()? {
            Piece::Open(tag) => {
                depth += 1;
                if aside.is_some() {
                } else if tag.is("annotation") || tag.is("shapes") {
                    aside = Some(depth);
                } else if tag.is("p") && paragraph.is_none() {
                    paragraph = Some(depth);
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                } else if tag.is("s") {
                    let blanks = count(&tag, "c").min(255);
                    text.extend(std::iter::repeat_n(' ', blanks as usize));
                } else if tag.is("tab") {
                    text.push('\t');
                } else if tag.is("line-break") {
                    text.push('\n');
                }
            }
            Piece::Close(_) => {
                if depth == 0 {
                    return Ok(text);
                }
                if paragraph == Some(depth) {
                    paragraph = None;
                }
                if aside == Some(depth) {
                    aside = None;
                }
                depth -= 1;
            }
            Piece::Text(part) if paragraph.is_some() && aside.is_none() => text.push_str(&part),
            Piece::End => return Ok(text),
            _ => {}
        }
    }
}

fn cell(typed: &Typed, text: &str, strings: &mut Strings) -> Option<Cell> {
    let value = typed.value.as_deref();
    match typed.kind.as_str() {
        "float" | "percentage" | "currency" => {
            // LibreOffice writes a failed formula as the number 0 with the error for its text.
            if is_error(text) {
                return Some(Cell::Error);
            }
            let number: f64 = value?.trim().parse().ok()?;
            number.is_finite().then_some(Cell::Number(number))
        }
        "boolean" => Some(Cell::Number(if value? == "true" { 1.0 } else { 0.0 })),
        "date" => strings.cell(date(value?.trim())),
        "time" => Some(Cell::Number(part_of_day(value?)?)),
        "error" => Some(Cell::Error),
        _ if is_error(text) => Some(Cell::Error),
        _ => strings.cell(value.unwrap_or(text)),
    }
}

/// A date without parts of a second that say nothing.
fn date(date: &str) -> &str {
    match date.split_once('.') {
        Some(_) => date.trim_end_matches('0').trim_end_matches('.'),
        None => date,
    }
}

fn is_error(text: &str) -> bool {
    let numbered = |start: &str| {
        text.strip_prefix(start)
            .is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(
        text,
        "#N/A" | "#NAME?" | "#VALUE!" | "#DIV/0!" | "#REF!" | "#NUM!" | "#NULL!"
    ) || numbered("Err:")
        || numbered("Fejl:")
}

/// `PT12H30M00S` as a part of a day.
fn part_of_day(duration: &str) -> Option<f64> {
    let mut rest = duration.strip_prefix("PT")?;
    let mut secs = 0.0;
    while let Some(end) = rest.find(|sign: char| sign.is_ascii_alphabetic()) {
        let number: f64 = rest[..end].replace(',', ".").parse().ok()?;
        secs += number
            * match &rest[end..=end] {
                "H" => 3600.0,
                "M" => 60.0,
                "S" => 1.0,
                _ => return None,
            };
        rest = &rest[end + 1..];
    }
    Some(secs / 86_400.0).filter(|part| part.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_parts_of_a_day() {
        assert_eq!(part_of_day("PT12H30M00S"), Some(45_000.0 / 86_400.0));
        assert_eq!(part_of_day("PT06H00M00.000000000S"), Some(0.25));
        assert_eq!(part_of_day("12:30"), None);
        assert_eq!(part_of_day("PT1X"), None);
    }
}
