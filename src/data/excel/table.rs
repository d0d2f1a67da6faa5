//! The cells of a sheet in, columns with names out.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::cell::{Cell, MOST_COLUMNS, Merged, Place, Rows, Strings};
use crate::data::Column;
use crate::data::codebook::{Code, Text, VarId, Variable};
use crate::data::levels::{Numbers, coded, kind_of};
use crate::data::read::unique;

/// Texts that mean "no number here" in a column of numbers, as in text files.
const BLANKS: [&str; 5] = ["NA", "NaN", ".", "#NULL!", "#N/A"];

/// So many cells are always taken, blank ones between others counted …
const ALWAYS_CELLS: usize = 10_000_000;
/// … and beyond that so many for each byte of the file.
const CELLS_PER_BYTE: usize = 20;
/// The texts of all columns together: always so many bytes, and so many for each byte of the file.
const ALWAYS_TEXT: usize = 64 << 20;
const TEXT_PER_BYTE: usize = 20;

/// Where the headings of a sheet are: the first row that fills most of the width and has rows below it.
pub(super) fn heading(rows: &Rows) -> Option<usize> {
    let widest = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let place = rows.iter().position(|(_, cells)| cells.len() * 10 >= widest * 6)?;
    (place + 1 < rows.len()).then_some(place)
}

/// What a cell says as a heading or a label.
pub(super) fn words(cell: Cell, strings: &Strings) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => strings.get(text).split_whitespace().collect::<Vec<_>>().join(" "),
        Cell::Error => String::new(),
    }
}

/// Collects the columns of a sheet.
pub(super) struct Table {
    head: Head,
    columns: Vec<Cells>,
    rows: usize,
    row: Option<u32>,
    cells_left: usize,
    text_left: usize,
}

/// The headings of a sheet.
struct Head {
    row: u32,
    names: HashMap<u32, String>,
    /// The row above them, where there is one.
    above: HashMap<u32, String>,
    /// A line above the table that names it.
    title: Option<String>,
}

/// One column so far.
#[derive(Default)]
struct Cells {
    numbers: Option<(Numbers, usize)>,
    texts: Option<TextCells>,
    errors: usize,
    filled: usize,
}

#[derive(Default)]
struct TextCells {
    known: HashMap<u32, u32>,
    all: Vec<u32>,
    rows: Vec<u32>,
}

/// The columns of a sheet and what its headings say about them.
pub(super) struct Sheet {
    pub rows: usize,
    pub columns: Vec<Column>,
    pub variables: Vec<Variable>,
    pub title: Text,
    /// Names that had to be made up.
    pub named: Vec<VarId>,
    /// Columns with failed formulas, and how many.
    pub errors: (Vec<VarId>, usize),
}

impl Table {
    /// `heading` is a place in `beginning`.
    pub fn new(beginning: &Rows, heading: usize, strings: &Strings, file_bytes: usize) -> Self {
        let row = beginning[heading].0;
        let named = |cells: &[(u32, Cell)]| -> HashMap<u32, String> {
            let words = cells.iter().map(|&(column, cell)| (column, words(cell, strings)));
            words.filter(|(_, words)| !words.is_empty()).collect()
        };
        let above = match heading.checked_sub(1).map(|place| &beginning[place]) {
            Some((number, cells)) if number + 1 == row => named(cells),
            _ => HashMap::new(),
        };
        let title = beginning[..heading]
            .iter()
            .find_map(|(_, cells)| match cells.as_slice() {
                [(_, cell @ Cell::Text(_))] => Some(words(*cell, strings)),
                _ => None,
            });
        Self {
            head: Head {
                row,
                names: named(&beginning[heading].1),
                above,
                title,
            },
            columns: Vec::new(),
            rows: 0,
            row: None,
            cells_left: ALWAYS_CELLS.saturating_add(CELLS_PER_BYTE.saturating_mul(file_bytes)),
            text_left: ALWAYS_TEXT.saturating_add(TEXT_PER_BYTE.saturating_mul(file_bytes)),
        }
    }

    /// Adds a cell; stops when there would be too many.
    pub fn push(&mut self, strings: &Strings, (row, column): Place, cell: Cell) -> ControlFlow<()> {
        if row <= self.head.row || column >= MOST_COLUMNS {
            return ControlFlow::Continue(());
        }
        if self.row != Some(row) {
            self.row = Some(row);
            self.rows += 1;
        }
        let column = column as usize;
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Cells::default);
        }
        let (taken, text) = self.columns[column].push(self.rows - 1, cell);
        let text = text.map_or(0, |text| strings.get(text).len());
        match (self.cells_left.checked_sub(taken), self.text_left.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                self.cells_left = cells;
                self.text_left = text;
                ControlFlow::Continue(())
            }
            _ => {
                self.cells_left = 0;
                ControlFlow::Break(())
            }
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the sheet is more than is taken.
    pub fn is_too_large(&self) -> bool {
        let width = self.columns.iter().filter(|column| column.filled > 0).count();
        let blank = self
            .columns
            .iter()
            .map(|column| self.rows - column.filled.min(self.rows));
        self.cells_left == 0 || (width > 0 && blank.sum::<usize>() > self.cells_left)
    }

    /// The columns; `merged` are the merged cells of the sheet.
    pub fn finish(self, merged: &[Merged], strings: &Strings) -> Sheet {
        let mut taken = HashSet::new();
        let mut named = Vec::new();
        let mut sheet = Sheet {
            rows: self.rows,
            columns: Vec::new(),
            variables: Vec::new(),
            title: self.head.title.clone().map(Text::plain).unwrap_or_default(),
            named: Vec::new(),
            errors: (Vec::new(), 0),
        };
        let width = self
            .head
            .names
            .keys()
            .map(|column| *column as usize + 1)
            .max()
            .unwrap_or(0);
        let width = width.max(self.columns.len());
        let owners = owners(merged, self.head.row, width as u32);
        let above = self
            .head
            .row
            .checked_sub(1)
            .map(|row| self::owners(merged, row, width as u32));
        let mut columns = self.columns;
        columns.resize_with(width, Cells::default);
        for (place, cells) in columns.into_iter().enumerate() {
            let place = place as u32;
            let own = self.head.names.get(&place);
            if own.is_none() && cells.filled == 0 {
                continue;
            }
            let owner = || self.head.names.get(owners.get(&place)?);
            let name = match own.or_else(owner) {
                Some(name) => unique(name.clone(), &mut taken, &mut named),
                None => {
                    let name = unique(format!("column_{}", place + 1), &mut taken, &mut Vec::new());
                    named.push(VarId(name.clone()));
                    name
                }
            };
            if cells.errors > 0 {
                sheet.errors.0.push(VarId(name.clone()));
                sheet.errors.1 += cells.errors;
            }
            let column = cells.finish(self.rows, strings);
            let mut variable = Variable::new(name, kind_of(&column));
            // A heading above several columns: the question whose items these are.
            let over = above
                .as_ref()
                .and_then(|owners| self.head.above.get(owners.get(&place)?));
            if let (Some(over), Some(own)) = (over, own) {
                variable.label = Text::plain(format!("{over}: {own}"));
            }
            sheet.columns.push(column);
            sheet.variables.push(variable);
        }
        sheet.named = named;
        sheet
    }
}

/// For the columns of a row that are merged with others: the column that has the text. A cell across the whole table is
/// a title and owns nothing.
fn owners(merged: &[Merged], row: u32, width: u32) -> HashMap<u32, u32> {
    let mut owners = HashMap::new();
    for ((top, left), (_, right)) in merged.iter().copied() {
        let right = right.min(width.saturating_sub(1));
        if top == row && left < right && right - left + 1 < width {
            for column in left..=right {
                owners.insert(column, left);
            }
        }
        if owners.len() > width as usize {
            break;
        }
    }
    owners
}

/// Programs that know points in time only write a date as its midnight: where every one is, the days are meant.
fn without_midnight(codes: &mut [Option<Code>]) {
    const MIDNIGHT: &str = "T00:00:00";
    let is_day = |code: &Option<Code>| match code {
        Some(Code::Text(text)) => {
            let day = text.strip_suffix(MIDNIGHT).unwrap_or(text).as_bytes();
            day.len() == 10
                && day[4] == b'-'
                && day[7] == b'-'
                && day.iter().filter(|sign| sign.is_ascii_digit()).count() == 8
        }
        _ => true,
    };
    if codes.iter().all(is_day) {
        for code in codes {
            if let Some(Code::Text(text)) = code
                && text.ends_with(MIDNIGHT)
            {
                text.truncate(text.len() - MIDNIGHT.len());
            }
        }
    }
}

impl Cells {
    /// Puts a cell into row `row`; gives how many cells were filled up, and the text if it is a new one.
    fn push(&mut self, row: usize, cell: Cell) -> (usize, Option<u32>) {
        match cell {
            Cell::Error => {
                self.errors += 1;
                (0, None)
            }
            Cell::Number(number) => {
                let (numbers, length) = self.numbers.get_or_insert_with(|| (Numbers::with_capacity(0), 0));
                // A row that comes twice keeps its first cell.
                let before = *length;
                if row < before {
                    return (0, None);
                }
                (before..row).for_each(|_| numbers.push(f64::NAN));
                numbers.push(number);
                *length = row + 1;
                self.filled += 1;
                (*length - before, None)
            }
            Cell::Text(text) => {
                let texts = self.texts.get_or_insert_default();
                let before = texts.rows.len();
                if row < before {
                    return (0, None);
                }
                texts.rows.resize(row, u32::MAX);
                let levels = texts.all.len() as u32;
                let level = *texts.known.entry(text).or_insert(levels);
                if level == levels {
                    texts.all.push(text);
                }
                texts.rows.push(level);
                self.filled += 1;
                (row + 1 - before, (level == levels).then_some(text))
            }
        }
    }

    fn finish(self, rows: usize, strings: &Strings) -> Column {
        let numbers = self.numbers.map(|(mut numbers, length)| {
            (length..rows).for_each(|_| numbers.push(f64::NAN));
            numbers.finish()
        });
        let Some(mut texts) = self.texts else {
            return numbers.unwrap_or_else(|| {
                let mut blank = Numbers::with_capacity(rows);
                (0..rows).for_each(|_| blank.push(f64::NAN));
                blank.finish()
            });
        };
        texts.rows.resize(rows, u32::MAX);
        let mut codes: Vec<Option<Code>> = texts
            .all
            .iter()
            .map(|text| Some(Code::Text(strings.get(*text).to_owned())))
            .collect();
        without_midnight(&mut codes);
        let Some(numbers) = numbers else {
            return coded(&codes, &texts.rows);
        };
        let is_blank = |code: &Option<Code>| matches!(code, Some(Code::Text(text)) if BLANKS.contains(&text.as_str()));
        if codes.iter().all(is_blank) {
            return numbers;
        }
        // Numbers and texts in one column: the numbers become levels beside the texts.
        let mut known: HashMap<u64, u32> = HashMap::new();
        for (row, place) in texts.rows.iter_mut().enumerate() {
            let number = numbers.number(row);
            if *place == u32::MAX && !number.is_nan() {
                *place = *known.entry(number.to_bits()).or_insert_with(|| {
                    codes.push(Some(Code::Number(number)));
                    codes.len() as u32 - 1
                });
            }
        }
        coded(&codes, &texts.rows)
    }
}
