//! Planned variables in, the rows of an SPSS file out, as bytecode or as bytecode in zlib blocks.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::BIAS;
use super::plan::{Planned, padded};
use crate::data::codebook::Code;
use crate::data::sav::SEGMENT_BYTES;
use crate::data::{Column, Positions};

const SPELLED_OUT: u8 = 253;
const SPACES: u8 = 254;
const NO_ANSWER: u8 = 255;
/// Bytes of bytecode in a zlib block, as SPSS has it.
const BLOCK_BYTES: usize = 0x3f_f000;

/// The units of one cell: a bytecode each, with the eight bytes where it says "spelled out".
#[derive(Clone, Default)]
struct Cell(Vec<(u8, [u8; 8])>);

impl Cell {
    fn number(number: f64) -> Self {
        Self(vec![number_unit(number)])
    }

    /// The units of every segment.
    fn text(planned: &Planned<'_>, bytes: &[u8]) -> Self {
        let mut units = Vec::new();
        for segment in 0..planned.short.len() {
            // A segment carries 255 bytes, though the next one's width is counted as if it were 252.
            let start = (segment * SEGMENT_BYTES).min(bytes.len());
            let end = (start + SEGMENT_BYTES).min(bytes.len());
            let width = planned.segment_width(segment).next_multiple_of(8);
            let filled = padded(&bytes[start..end], width);
            for unit in filled.chunks_exact(8) {
                let mut eight = [0; 8];
                eight.copy_from_slice(unit);
                units.push((if eight == [b' '; 8] { SPACES } else { SPELLED_OUT }, eight));
            }
        }
        Self(units)
    }
}

fn number_unit(number: f64) -> (u8, [u8; 8]) {
    let code = number + BIAS;
    if number.is_nan() {
        (NO_ANSWER, [0; 8])
    } else if number.fract() == 0.0 && (1.0..=251.0).contains(&code) {
        (code as u8, [0; 8])
    } else {
        (SPELLED_OUT, number.to_le_bytes())
    }
}

/// A column ready to be written: the cells of its levels and, at the end, of a blank.
enum Ready<'a> {
    Levels(&'a Positions, Vec<Cell>),
    Numbers(&'a [f64]),
}

fn ready<'a>(planned: &'a Planned<'_>) -> Ready<'a> {
    match planned.column {
        Column::Numbers(numbers) => Ready::Numbers(numbers),
        Column::Coded { levels, rows } => {
            let cell = |code: &Code| match planned.width {
                0 => Cell::number(planned.number(code).unwrap_or(f64::NAN)),
                _ => Cell::text(planned, planned.text(code)),
            };
            let mut cells: Vec<Cell> = levels.iter().map(cell).collect();
            cells.push(match planned.width {
                0 => Cell::number(f64::NAN),
                _ => Cell::text(planned, &[]),
            });
            Ready::Levels(rows, cells)
        }
    }
}

/// Collects eight bytecodes, then writes them with what they spell out.
struct Bytecode<'w, W: Write> {
    out: &'w mut W,
    codes: [u8; 8],
    used: usize,
    spelled: Vec<u8>,
}

impl<W: Write> Bytecode<'_, W> {
    fn unit(&mut self, (code, bytes): (u8, [u8; 8])) -> io::Result<()> {
        self.codes[self.used] = code;
        self.used += 1;
        if code == SPELLED_OUT {
            self.spelled.extend(bytes);
        }
        if self.used == 8 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.used > 0 {
            self.out.write_all(&self.codes)?;
            self.out.write_all(&self.spelled)?;
            self.codes = [0; 8];
            self.used = 0;
            self.spelled.clear();
        }
        Ok(())
    }
}

/// Writes all rows as bytecode.
pub(super) fn write(planned: &[Planned<'_>], rows: usize, out: &mut impl Write) -> io::Result<()> {
    let columns: Vec<Ready<'_>> = planned.iter().map(ready).collect();
    let mut bytecode = Bytecode {
        out,
        codes: [0; 8],
        used: 0,
        spelled: Vec::with_capacity(64),
    };
    for row in 0..rows {
        for column in &columns {
            match column {
                Ready::Numbers(numbers) => bytecode.unit(number_unit(numbers[row]))?,
                Ready::Levels(positions, cells) => {
                    let cell = positions.get(row).unwrap_or(cells.len() - 1);
                    for unit in &cells[cell].0 {
                        bytecode.unit(*unit)?;
                    }
                }
            }
        }
    }
    bytecode.flush()
}

/// Writes all rows as bytecode in zlib blocks; `at` is where in the file that begins. The compressed blocks stay in
/// memory until the end, because what stands before them says where they end.
pub(super) fn write_zlib(planned: &[Planned<'_>], rows: usize, at: usize, out: &mut impl Write) -> io::Result<()> {
    let mut blocks = Blocks::default();
    write(planned, rows, &mut blocks)?;
    blocks.close()?;
    let long = |out: &mut dyn Write, number: usize| out.write_all(&(number as i64).to_le_bytes());
    let header = 24;
    long(out, at)?;
    long(out, at + header + blocks.packed.len())?;
    long(out, 24 + 24 * blocks.sizes.len())?;
    out.write_all(&blocks.packed)?;
    out.write_all(&(-(BIAS as i64)).to_le_bytes())?;
    long(out, 0)?;
    out.write_all(&(BLOCK_BYTES as i32).to_le_bytes())?;
    out.write_all(&(blocks.sizes.len() as i32).to_le_bytes())?;
    let (mut plain_at, mut packed_at) = (at, at + header);
    for (plain, packed) in &blocks.sizes {
        long(out, plain_at)?;
        long(out, packed_at)?;
        out.write_all(&(*plain as i32).to_le_bytes())?;
        out.write_all(&(*packed as i32).to_le_bytes())?;
        plain_at += plain;
        packed_at += packed;
    }
    Ok(())
}

/// Compresses what is written to it, block by block.
#[derive(Default)]
struct Blocks {
    plain: Vec<u8>,
    packed: Vec<u8>,
    /// Bytes before and after, for each block.
    sizes: Vec<(usize, usize)>,
}

impl Blocks {
    fn close(&mut self) -> io::Result<()> {
        if self.plain.is_empty() {
            return Ok(());
        }
        let before = self.packed.len();
        let mut encoder = ZlibEncoder::new(&mut self.packed, Compression::default());
        encoder.write_all(&self.plain)?;
        encoder.finish()?;
        self.sizes.push((self.plain.len(), self.packed.len() - before));
        self.plain.clear();
        Ok(())
    }
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = BLOCK_BYTES - self.plain.len();
        let taken = bytes.len().min(room);
        self.plain.extend(&bytes[..taken]);
        if self.plain.len() == BLOCK_BYTES {
            self.close()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
