//! What all workbooks have in common: sheets of cells, whose different texts are stored once.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::dates::{self, Shows};

/// A cell that is not empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Number(f64),
    /// A text or an ISO date: its place in [`Strings`].
    Text(u32),
    /// A formula that failed.
    Error,
}

/// Where a cell is: row and column, from 0.
pub(super) type Place = (u32, u32);

/// Cells merged into one: the first, the last.
pub(super) type Merged = (Place, Place);

/// Takes the cells of a sheet, row by row; may say that it has enough.
pub(super) type Sink<'s> = dyn FnMut(&Strings, Place, Cell) -> ControlFlow<()> + 's;

/// As many columns and rows as the programs have; what lies beyond is damage.
pub(super) const MOST_COLUMNS: u32 = 1 << 14;
pub(super) const MOST_ROWS: u32 = 1 << 20;

/// A sheet's name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SheetName {
    pub name: String,
    pub hidden: bool,
}

/// The different texts of a workbook.
#[derive(Default)]
pub(super) struct Strings {
    known: HashMap<Rc<str>, u32>,
    all: Vec<Rc<str>>,
}

impl Strings {
    /// The place of a text.
    pub fn intern(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.known.get(text) {
            return place;
        }
        let text: Rc<str> = text.into();
        // A text takes a byte of the file at least, and files of 2³² bytes are not read.
        let place = self.all.len() as u32;
        self.known.insert(Rc::clone(&text), place);
        self.all.push(text);
        place
    }

    pub fn get(&self, place: u32) -> &str {
        self.all.get(place as usize).map_or("", |text| text)
    }

    /// A text cell, unless there is nothing to see in it.
    pub fn cell(&mut self, text: &str) -> Option<Cell> {
        let text = text.trim();
        (!text.is_empty()).then(|| Cell::Text(self.intern(text)))
    }

    /// A number by its format: a date, or the number.
    pub fn number(&mut self, number: f64, shows: Shows, from_1904: bool) -> Option<Cell> {
        if !number.is_finite() {
            return None;
        }
        Some(match dates::iso(number, shows, from_1904) {
            Some(date) => Cell::Text(self.intern(&date)),
            None => Cell::Number(number),
        })
    }
}

/// A whole sheet or the beginning of one: rows that have cells, each with its number.
pub(super) type Rows = Vec<(u32, Vec<(u32, Cell)>)>;

/// How many rows are looked at to find out what a sheet is.
const BEGINNING: usize = 40;

/// Puts cells into rows.
pub(super) fn add(rows: &mut Rows, (row, column): Place, cell: Cell) {
    match rows.last_mut() {
        Some((last, cells)) if *last == row => cells.push((column, cell)),
        _ => rows.push((row, vec![(column, cell)])),
    }
}

/// Puts cells into rows until there are enough to know a sheet by.
pub(super) fn begin(rows: &mut Rows, place: Place, cell: Cell) -> ControlFlow<()> {
    if rows.len() == BEGINNING && rows.last().is_some_and(|(row, _)| *row != place.0) {
        return ControlFlow::Break(());
    }
    add(rows, place, cell);
    ControlFlow::Continue(())
}
