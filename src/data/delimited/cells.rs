//! The cells of one column one by one in, what the column may be out: its different texts, or numbers alone.
//!
//! A column begins as texts. Its 256th different one decides: where all are numbers so far, only the numbers are kept
//! from then on, and the file is gone through once more should that turn out wrong.

use super::numbers::{self, Mark, Possible};
use crate::data::Positions;
use crate::data::levels::{Numbers, Texts};

/// As many different texts as one byte can point at; the highest byte is a blank cell.
const FEW: usize = u8::MAX as usize;
/// Twice as many and a power of two, so that the table is never more than half full.
const SLOTS: usize = 512;

/// How to collect a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Plan {
    /// Nothing is known about it.
    Open,
    /// It is known to be numbers by this mark.
    Numbers(Mark),
    /// All its texts are wanted.
    Texts,
    /// It is not wanted.
    Done,
}

/// One column while the file is read.
pub(super) struct Cells {
    /// Texts with the blanks around them, never numbers.
    whole: bool,
    likely: Mark,
    state: State,
}

enum State {
    Few(Few),
    Many(Texts),
    Quantity(Quantity),
    Passed { lost: bool },
}

/// One column when the file has been read.
pub(super) enum Collected {
    /// The different texts, and for each row which of them.
    Texts(Vec<String>, Positions),
    /// Numbers, as long as they are ones.
    Quantity(Quantity),
    /// More than a few different texts, not all numbers: they were not kept.
    Lost,
    /// Nobody asked.
    Done,
}

impl Cells {
    /// A column of texts only where it is `whole`; `likely` is the mark to try first where both will do.
    pub fn new(plan: Plan, whole: bool, likely: Mark) -> Self {
        let state = match plan {
            Plan::Open => State::Few(Few::new()),
            Plan::Numbers(mark) => State::Quantity(Quantity {
                possible: Possible::default(),
                mark,
                same: false,
                numbers: Some(Numbers::with_capacity(0)),
            }),
            Plan::Texts => State::Many(Texts::with_capacity(0)),
            Plan::Done => State::Passed { lost: false },
        };
        Self { whole, likely, state }
    }

    /// Adds a cell; an empty one is blank.
    #[inline]
    pub fn push(&mut self, cell: &[u8]) {
        let cell = if self.whole { cell } else { cell.trim_ascii() };
        match &mut self.state {
            State::Few(few) => {
                if !few.push(cell) {
                    self.state = few.spill(self.whole, self.likely);
                    self.push(cell);
                }
            }
            State::Many(texts) => texts.push(cell),
            State::Quantity(quantity) => {
                if !quantity.push(cell) {
                    self.state = State::Passed { lost: true };
                }
            }
            State::Passed { .. } => {}
        }
    }

    /// What has been collected.
    pub fn finish(self) -> Collected {
        match self.state {
            State::Few(few) => {
                Collected::Texts(few.texts.into_iter().map(string).collect(), Positions::Narrow(few.rows))
            }
            State::Many(texts) => {
                let (texts, rows) = texts.parts();
                Collected::Texts(texts.into_iter().map(string).collect(), rows)
            }
            State::Quantity(quantity) => Collected::Quantity(quantity),
            State::Passed { lost: true } => Collected::Lost,
            State::Passed { lost: false } => Collected::Done,
        }
    }
}

impl Collected {
    /// Whether the column is numbers by this mark.
    pub fn is_numbers(&self, mark: Mark) -> bool {
        match self {
            Self::Texts(texts, _) => numbers::are_numbers(texts, mark),
            Self::Quantity(quantity) => quantity.possible.are_numbers(mark),
            Self::Lost | Self::Done => false,
        }
    }
}

/// Cells are cut out of a valid text, so nothing is lost here.
fn string(bytes: Box<[u8]>) -> String {
    String::from_utf8(bytes.into()).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A column of at most 255 different texts.
struct Few {
    texts: Vec<Box<[u8]>>,
    /// See [`key`].
    keys: Vec<u64>,
    slots: Box<[u8; SLOTS]>,
    rows: Vec<u8>,
}

/// Odd, and as good as random.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The text itself where it has at most seven bytes, and otherwise something that few others have. 255 texts made up
/// to have the same one take no long time.
#[inline]
fn key(text: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |word, &byte| word << 8 | u64::from(byte));
    if text.len() < 8 {
        word(text) | (text.len() as u64) << 56
    } else {
        let mixed = text.chunks(8).fold(0u64, |mixed, bytes| {
            (mixed.rotate_left(23) ^ word(bytes)).wrapping_mul(SPREAD)
        });
        mixed | 0xFF << 56
    }
}

impl Few {
    fn new() -> Self {
        Self {
            texts: Vec::new(),
            keys: Vec::new(),
            slots: Box::new([u8::MAX; SLOTS]),
            rows: Vec::new(),
        }
    }

    /// Adds a cell, unless it is the 256th different one.
    #[inline]
    fn push(&mut self, cell: &[u8]) -> bool {
        if cell.is_empty() {
            self.rows.push(u8::MAX);
            return true;
        }
        let key = key(cell);
        let mut slot = (key.wrapping_mul(SPREAD) >> 55) as usize;
        loop {
            match self.slots[slot] {
                u8::MAX => break,
                position
                    if self.keys[usize::from(position)] == key
                        && (cell.len() < 8 || *self.texts[usize::from(position)] == *cell) =>
                {
                    self.rows.push(position);
                    return true;
                }
                _ => slot = (slot + 1) % SLOTS,
            }
        }
        if self.texts.len() == FEW {
            return false;
        }
        let position = self.texts.len() as u8;
        self.slots[slot] = position;
        self.keys.push(key);
        self.texts.push(cell.into());
        self.rows.push(position);
        true
    }

    /// The same cells, ready for more different ones.
    fn spill(&mut self, whole: bool, likely: Mark) -> State {
        let mut possible = Possible::default();
        let values: Vec<[Option<f64>; 2]> = self
            .texts
            .iter()
            .map(|text| possible.see(&String::from_utf8_lossy(text)))
            .collect();
        let mark = [likely, likely.other()]
            .into_iter()
            .find(|mark| !whole && possible.may_be_numbers(*mark));
        let rows = std::mem::take(&mut self.rows);
        let Some(mark) = mark else {
            let mut texts = Texts::with_capacity(rows.len());
            for &row in &rows {
                texts.push(self.texts.get(usize::from(row)).map_or(&[], |text| text));
            }
            return State::Many(texts);
        };
        let mut numbers = Numbers::with_capacity(rows.len());
        for &row in &rows {
            let value = values.get(usize::from(row)).and_then(|value| value[mark as usize]);
            numbers.push(value.unwrap_or(f64::NAN));
        }
        State::Quantity(Quantity {
            possible,
            mark,
            same: values.iter().all(same),
            numbers: Some(numbers),
        })
    }
}

/// Whether a text means the same by both marks.
fn same([point, comma]: &[Option<f64>; 2]) -> bool {
    point.map(f64::to_bits) == comma.map(f64::to_bits)
}

/// A column of more than a few numbers.
pub(super) struct Quantity {
    /// What all its texts leave possible.
    pub possible: Possible,
    /// The mark that the numbers were read by.
    mark: Mark,
    /// Whether the other mark makes the same numbers of them.
    same: bool,
    /// `None` from the text on that is no number by this mark.
    numbers: Option<Numbers>,
}

impl Quantity {
    /// Adds a cell; `false` where the column cannot be numbers any more.
    #[inline]
    fn push(&mut self, cell: &[u8]) -> bool {
        if cell.is_empty() {
            self.keep(f64::NAN);
        } else if let Some((number, decimals)) = numbers::quick(cell, self.mark) {
            if decimals {
                self.possible.see_decimals(self.mark);
                self.same = false;
            }
            self.keep(number);
        } else {
            return self.push_slowly(cell);
        }
        true
    }

    fn push_slowly(&mut self, cell: &[u8]) -> bool {
        let values = self.possible.see(&String::from_utf8_lossy(cell));
        let other = self.mark.other();
        if let Some(number) = values[self.mark as usize] {
            self.same &= same(&values);
            self.keep(number);
        } else if let (true, Some(number)) = (self.same && self.possible.may_be_numbers(other), values[other as usize])
        {
            self.mark = other;
            self.same = false;
            self.keep(number);
        } else {
            self.numbers = None;
        }
        self.possible.may_be_numbers(Mark::Point) || self.possible.may_be_numbers(Mark::Comma)
    }

    #[inline]
    fn keep(&mut self, number: f64) {
        if let Some(numbers) = &mut self.numbers {
            numbers.push(number);
        }
    }

    /// The numbers by this mark, if these were collected.
    pub fn by(self, mark: Mark) -> Option<Numbers> {
        self.numbers.filter(|_| self.same || self.mark == mark)
    }
}
