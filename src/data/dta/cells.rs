//! The cells of one column in, block by block as they stand in the file, a [`Column`] out. Stata has no separate mark for
//! a blank: the highest numbers of each type are `.`, and from release 113 on `.a` to `.z`.

use std::collections::HashMap;

use super::header::{Dictionary, Field, Storage, until_zero};
use crate::data::bytes::trimmed;
use crate::data::codebook::Code;
use crate::data::levels::{Numbers, Texts, positions};
use crate::data::{Column, Positions};

/// How a file writes its cells.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    release: u16,
    big_endian: bool,
    row_bytes: usize,
}

impl Layout {
    pub fn of(dictionary: &Dictionary<'_>) -> Self {
        Self {
            release: dictionary.release,
            big_endian: dictionary.big_endian,
            row_bytes: dictionary.row_bytes,
        }
    }
}

/// Collects one column.
pub(super) enum Cells {
    Bytes(Vec<u8>),
    Numbers(Box<Tagged>),
    Texts(Texts),
    References(References),
}

impl Cells {
    pub fn new(storage: Storage, rows: usize) -> Self {
        match storage {
            Storage::Byte => Self::Bytes(Vec::with_capacity(rows)),
            Storage::Int | Storage::Long | Storage::Float | Storage::Double => Self::Numbers(Box::new(Tagged {
                numbers: Numbers::with_capacity(rows),
                tags: Vec::new(),
                row: 0,
            })),
            Storage::Text(_) => Self::Texts(Texts::with_capacity(rows)),
            Storage::LongText => Self::References(References {
                rows: Vec::with_capacity(rows),
                ..References::default()
            }),
        }
    }

    /// Adds the cells of a block of whole rows.
    pub fn push_block(&mut self, block: &[u8], field: &Field<'_>, layout: Layout) {
        let cells = Block {
            rows: block,
            offset: field.offset,
            layout,
        };
        // Old releases have one missing code for each type, and no letters.
        let letters = layout.release >= 113;
        match (self, field.storage) {
            (Self::Bytes(bytes), _) => cells.each(|[byte]: [u8; 1]| bytes.push(byte)),
            (Self::Numbers(tagged), Storage::Int) => cells.each(|bytes| {
                let number = i16::from_le_bytes(bytes);
                match number {
                    32_741.. if letters => tagged.missing((number - 32_741) as u64),
                    i16::MAX => tagged.missing(0),
                    _ => tagged.number(f64::from(number)),
                }
            }),
            (Self::Numbers(tagged), Storage::Long) => cells.each(|bytes| {
                let number = i32::from_le_bytes(bytes);
                match number {
                    MISSING_LONG.. if letters => tagged.missing((number - MISSING_LONG) as u64),
                    i32::MAX => tagged.missing(0),
                    _ => tagged.number(f64::from(number)),
                }
            }),
            (Self::Numbers(tagged), Storage::Float) => cells.each(|bytes| {
                let bits = u32::from_le_bytes(bytes);
                match bits {
                    MISSING_FLOAT..=0x7FFF_FFFF => tagged.missing(match bits - MISSING_FLOAT {
                        above if letters && above % 0x800 == 0 => u64::from(above / 0x800),
                        _ => 0,
                    }),
                    _ => tagged.number(f64::from(f32::from_bits(bits))),
                }
            }),
            (Self::Numbers(tagged), _) => cells.each(|bytes| {
                let bits = u64::from_le_bytes(bytes);
                match bits {
                    MISSING_DOUBLE..=0x7FFF_FFFF_FFFF_FFFF => tagged.missing(match bits - MISSING_DOUBLE {
                        above if letters && above % (1 << 40) == 0 => above >> 40,
                        _ => 0,
                    }),
                    OLD_MISSING_DOUBLE if layout.release <= 105 => tagged.missing(0),
                    _ => tagged.number(f64::from_bits(bits)),
                }
            }),
            (Self::Texts(texts), storage) => {
                let bytes = storage.bytes();
                for row in block.chunks_exact(layout.row_bytes) {
                    let text = until_zero(&row[field.offset..field.offset + bytes]);
                    texts.push(trimmed(text));
                }
            }
            (Self::References(references), _) => {
                for row in block.chunks_exact(layout.row_bytes) {
                    if let Some(bytes) = row[field.offset..].first_chunk() {
                        references.push(*bytes);
                    }
                }
            }
        }
    }
}

const MISSING_LONG: i32 = 2_147_483_621;
const MISSING_FLOAT: u32 = 0x7F00_0000;
const MISSING_DOUBLE: u64 = 0x7FE0_0000_0000_0000;
/// 2³³³, up to release 105.
const OLD_MISSING_DOUBLE: u64 = 0x54C0_0000_0000_0000;

/// Some rows, and where one column's cells stand in them.
struct Block<'a> {
    rows: &'a [u8],
    offset: usize,
    layout: Layout,
}

impl Block<'_> {
    /// Gives the cells one by one, the lowest byte first.
    #[inline]
    fn each<const N: usize>(&self, mut take: impl FnMut([u8; N])) {
        for row in self.rows.chunks_exact(self.layout.row_bytes) {
            if let Some(bytes) = row[self.offset..].first_chunk::<N>() {
                let mut bytes = *bytes;
                if self.layout.big_endian {
                    bytes.reverse();
                }
                take(bytes);
            }
        }
    }
}

/// `.a` for 1 to `.z` for 26.
pub(super) fn tag(letter: u8) -> Code {
    Code::Text(format!(".{}", char::from(b'a' + letter.clamp(1, 26) - 1)))
}

/// Numbers among which some are `.a` to `.z`.
pub(super) struct Tagged {
    /// Tagged cells are blank here …
    numbers: Numbers,
    /// … and noted here: the row, and 1 for `.a` to 26 for `.z`.
    tags: Vec<(u32, u8)>,
    row: u32,
}

impl Tagged {
    #[inline]
    fn number(&mut self, number: f64) {
        self.numbers.push(number);
        self.row += 1;
    }

    /// 0 is `.`, and so is what no letter stands for.
    #[inline]
    fn missing(&mut self, letter: u64) {
        self.numbers.push(f64::NAN);
        if (1..=26).contains(&letter) {
            self.tags.push((self.row, letter as u8));
        }
        self.row += 1;
    }

    pub fn finish(self) -> Column {
        let column = self.numbers.finish();
        if self.tags.is_empty() {
            return column;
        }
        let (mut levels, mut rows) = match column {
            Column::Coded { levels, rows } => (levels, (0..rows.len()).map(|row| at(&rows, row)).collect()),
            Column::Numbers(numbers) => positions(&numbers),
        };
        let mut places = [u32::MAX; 27];
        for (row, letter) in self.tags {
            let place = &mut places[usize::from(letter)];
            if *place == u32::MAX {
                *place = levels.len() as u32;
                levels.push(tag(letter));
            }
            rows[row as usize] = *place;
        }
        let cells = rows.into_iter().map(|level| (level != u32::MAX).then_some(level));
        let rows = Positions::pack(levels.len(), cells);
        Column::Coded { levels, rows }
    }
}

fn at(rows: &Positions, row: usize) -> u32 {
    rows.get(row).map_or(u32::MAX, |level| level as u32)
}

/// The column of cells of one byte, which has few enough values for a table of all.
pub(super) fn of_bytes(mut bytes: Vec<u8>, release: u16) -> Column {
    let mut seen = [false; 256];
    bytes.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let mut levels = Vec::new();
    let mut places = [u8::MAX; 256];
    for number in i8::MIN..=i8::MAX {
        let byte = number as u8;
        let code = match number {
            101 if release >= 113 => continue,
            102.. if release >= 113 => tag(number as u8 - 101),
            i8::MAX => continue,
            _ => Code::Number(f64::from(number)),
        };
        if seen[usize::from(byte)] {
            // At most 255 codes: one is always the blank.
            places[usize::from(byte)] = levels.len() as u8;
            levels.push(code);
        }
    }
    bytes.iter_mut().for_each(|byte| *byte = places[usize::from(*byte)]);
    Column::Coded {
        levels,
        rows: Positions::Narrow(bytes),
    }
}

/// Collects references to long texts, as they stand in the file.
#[derive(Default)]
pub(super) struct References {
    known: HashMap<[u8; 8], u32>,
    /// The different ones in order of appearance.
    pub different: Vec<[u8; 8]>,
    /// One position per cell.
    pub rows: Vec<u32>,
}

impl References {
    fn push(&mut self, reference: [u8; 8]) {
        let position = *self.known.entry(reference).or_insert_with(|| {
            self.different.push(reference);
            self.different.len() as u32 - 1
        });
        self.rows.push(position);
    }
}
