//! The data section of an SPSS file in, rows of eight-byte units out: as they stand, from bytecode, or from bytecode in
//! zlib blocks.

use flate2::{Decompress, FlushDecompress, Status};

use crate::data::bytes::Bytes;

/// How the data section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Bytecode,
    Zlib,
}

/// Gives one row after the other.
pub(super) enum Cases<'a> {
    Plain(&'a [u8]),
    Bytecode(Bytecode<'a>),
}

impl Cases<'_> {
    /// Fills `row`; false when there is no whole row left.
    pub fn next(&mut self, row: &mut [[u8; 8]]) -> bool {
        match self {
            Self::Plain(rest) => {
                let Some((head, tail)) = rest.split_at_checked(row.len() * 8) else {
                    return false;
                };
                for (unit, bytes) in row.iter_mut().zip(head.chunks_exact(8)) {
                    unit.copy_from_slice(bytes);
                }
                *rest = tail;
                true
            }
            Self::Bytecode(bytecode) => row.iter_mut().all(|unit| match bytecode.next() {
                Some(next) => {
                    *unit = next;
                    true
                }
                None => false,
            }),
        }
    }

    /// Whether nothing but the padding of the last block is left, when `next` has said no.
    pub fn ended_cleanly(&self) -> bool {
        match self {
            Self::Plain(rest) => rest.is_empty(),
            Self::Bytecode(bytecode) => bytecode.between_rows,
        }
    }
}

/// Eight commands in a block, then the units that they announce as spelled out.
pub(super) struct Bytecode<'a> {
    rest: &'a [u8],
    commands: [u8; 8],
    /// The next command; 8 when the block is used up.
    at: usize,
    /// The unit of every command that stands for one.
    units: Box<[[u8; 8]; 256]>,
    in_row: usize,
    row_units: usize,
    between_rows: bool,
}

const PADDING: u8 = 0;
const END: u8 = 252;
const SPELLED_OUT: u8 = 253;
const SPACES: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

impl<'a> Bytecode<'a> {
    pub fn new(rest: &'a [u8], bias: f64, row_units: usize, big_endian: bool) -> Self {
        let written = |number: f64| {
            if big_endian {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let mut units = Box::new([[0; 8]; 256]);
        for (command, unit) in units.iter_mut().enumerate() {
            *unit = written(command as f64 - bias);
        }
        units[usize::from(SPACES)] = *b"        ";
        units[usize::from(SYSTEM_MISSING)] = written(super::SYSTEM_MISSING);
        Self {
            rest,
            commands: [0; 8],
            at: 8,
            units,
            in_row: 0,
            row_units,
            between_rows: true,
        }
    }

    #[inline]
    fn next(&mut self) -> Option<[u8; 8]> {
        self.between_rows = self.in_row == 0;
        loop {
            if self.at == 8 {
                let (commands, rest) = self.rest.split_first_chunk::<8>()?;
                self.commands = *commands;
                self.rest = rest;
                self.at = 0;
            }
            let command = self.commands[self.at];
            self.at += 1;
            let unit = match command {
                PADDING => continue,
                END => {
                    self.rest = &[];
                    self.at = 8;
                    return None;
                }
                SPELLED_OUT => {
                    let (unit, rest) = self.rest.split_first_chunk::<8>()?;
                    self.rest = rest;
                    *unit
                }
                command => self.units[usize::from(command)],
            };
            self.in_row += 1;
            if self.in_row == self.row_units {
                self.in_row = 0;
            }
            return Some(unit);
        }
    }
}

/// Unpacks the zlib blocks of a `.zsav`, one after the other; their table at the end of the file is not needed and may
/// be lost. What comes out is bounded, however little goes in.
pub(super) fn unpack(mut bytes: Bytes<'_>) -> Vec<u8> {
    let most = (1usize << 28).max(bytes.left().saturating_mul(200));
    let start = bytes.at as i64;
    let (Ok(_), Ok(trailer), Ok(_)) = (bytes.i64(), bytes.i64(), bytes.i64()) else {
        return Vec::new();
    };
    let mut packed = bytes.rest();
    if let Some(length) = trailer
        .checked_sub(start + 24)
        .and_then(|length| usize::try_from(length).ok())
        && length < packed.len()
    {
        packed = &packed[..length];
    }
    let mut out = Vec::new();
    let mut inflate = Decompress::new(true);
    while !packed.is_empty() {
        inflate.reset(true);
        loop {
            if out.len() >= most {
                return out;
            }
            out.reserve(1 << 16);
            let (read, written) = (inflate.total_in(), out.len());
            let status = inflate.decompress_vec(&packed[read as usize..], &mut out, FlushDecompress::None);
            match status {
                Ok(Status::StreamEnd) => break,
                Ok(_) if inflate.total_in() > read || out.len() > written => {}
                // Cut off or broken: the rows up to here are whole.
                _ => return out,
            }
        }
        let used = inflate.total_in() as usize;
        if used == 0 {
            return out;
        }
        packed = &packed[used.min(packed.len())..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytecode_stands_for_numbers_blanks_and_spelled_out_units() {
        let mut bytes = vec![101, 253, 254, 255, 0, 99, 252, 0];
        bytes.extend(2.5f64.to_le_bytes());
        let mut cases = Cases::Bytecode(Bytecode::new(&bytes, 100.0, 5, false));
        let mut row = [[0; 8]; 5];
        assert!(cases.next(&mut row));
        let number = |number: f64| number.to_le_bytes();
        assert_eq!(
            row,
            [
                number(1.0),
                number(2.5),
                *b"        ",
                number(super::super::SYSTEM_MISSING),
                number(-1.0)
            ]
        );
        assert!(!cases.next(&mut row));
        assert!(cases.ended_cleanly());
    }
}
