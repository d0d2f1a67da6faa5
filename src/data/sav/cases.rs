//! The data section of an SPSS file in, rows of eight-byte units out: as they stand, from bytecode, or from bytecode in
//! zlib blocks. Only what is being read is in memory.

use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};

/// How the data section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Bytecode,
    Zlib,
}

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 18;

/// The bytes of the data section, as many as are needed.
pub(super) struct Feed<'a> {
    from: &'a mut dyn Read,
    buffer: Vec<u8>,
    at: usize,
}

impl<'a> Feed<'a> {
    pub fn new(from: &'a mut dyn Read) -> Self {
        Self {
            from,
            buffer: Vec::new(),
            at: 0,
        }
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Has at least one byte more at hand than now; false at the end. What cannot be read is the end as well: whoever
    /// reads the file knows why.
    fn more(&mut self) -> bool {
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK, 0);
        loop {
            match self.from.read(&mut self.buffer[before..]) {
                Ok(read) => {
                    self.buffer.truncate(before + read);
                    return read > 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.buffer.truncate(before);
                    return false;
                }
            }
        }
    }
}

/// Gives one row after the other.
pub(super) enum Cases<'a> {
    Plain(Feed<'a>),
    Bytecode(Feed<'a>, Bytecode),
}

impl Cases<'_> {
    /// Fills `row`; false when there is no whole row left.
    pub fn next(&mut self, row: &mut [[u8; 8]]) -> bool {
        match self {
            Self::Plain(feed) => {
                let row = row.as_flattened_mut();
                while feed.rest().len() < row.len() {
                    if !feed.more() {
                        return false;
                    }
                }
                row.copy_from_slice(&feed.rest()[..row.len()]);
                feed.at += row.len();
                true
            }
            Self::Bytecode(feed, bytecode) => {
                bytecode.filled = 0;
                loop {
                    let (used, step) = bytecode.row(feed.rest(), row);
                    feed.at += used;
                    match step {
                        Step::Row => return true,
                        Step::End => return false,
                        Step::More if feed.more() => {}
                        Step::More => return false,
                    }
                }
            }
        }
    }

    /// Whether nothing but the padding of the last block is left, when `next` has said no.
    pub fn ended_cleanly(&self) -> bool {
        match self {
            Self::Plain(feed) => feed.rest().is_empty(),
            Self::Bytecode(_, bytecode) => bytecode.filled == 0,
        }
    }
}

/// Eight commands in a block, then the units that they announce as spelled out.
pub(super) struct Bytecode {
    commands: [u8; 8],
    /// The next command; 8 when the block is used up.
    at: usize,
    /// The unit of every command that stands for one.
    units: Box<[[u8; 8]; 256]>,
    /// Units of the row that is being read.
    filled: usize,
    ended: bool,
}

/// How far a row has come.
enum Step {
    Row,
    /// More bytes are needed.
    More,
    /// The file says that it ends here.
    End,
}

const PADDING: u8 = 0;
const END: u8 = 252;
const SPELLED_OUT: u8 = 253;
const SPACES: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

impl Bytecode {
    pub fn new(bias: f64, big_endian: bool) -> Self {
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
            commands: [0; 8],
            at: 8,
            units,
            filled: 0,
            ended: false,
        }
    }

    /// Goes on filling `row` and says how many bytes that took.
    #[inline]
    fn row(&mut self, bytes: &[u8], row: &mut [[u8; 8]]) -> (usize, Step) {
        let mut rest = bytes;
        let used = |rest: &[u8]| bytes.len() - rest.len();
        if self.ended {
            return (0, Step::End);
        }
        while self.filled < row.len() {
            if self.at == 8 {
                let Some((commands, after)) = rest.split_first_chunk::<8>() else {
                    return (used(rest), Step::More);
                };
                self.commands = *commands;
                self.at = 0;
                rest = after;
            }
            let command = self.commands[self.at];
            let unit = match command {
                PADDING => {
                    self.at += 1;
                    continue;
                }
                END => {
                    self.ended = true;
                    return (used(rest), Step::End);
                }
                SPELLED_OUT => {
                    let Some((unit, after)) = rest.split_first_chunk::<8>() else {
                        return (used(rest), Step::More);
                    };
                    rest = after;
                    *unit
                }
                command => self.units[usize::from(command)],
            };
            self.at += 1;
            row[self.filled] = unit;
            self.filled += 1;
        }
        (used(rest), Step::Row)
    }
}

/// Unpacks the zlib blocks of a `.zsav`, one after the other; their table at the end of the file is not needed and may
/// be lost. What comes out is bounded, however little goes in.
pub(super) struct Unpacked<R> {
    packed: R,
    /// Packed bytes that are not yet read.
    left: u64,
    inflate: Decompress,
    input: Vec<u8>,
    at: usize,
    /// Unpacked bytes that may still come.
    most: u64,
    ended: bool,
}

impl<R: Read> Unpacked<R> {
    /// `start` is where in the file the section begins, `length` how many bytes the file has from there on.
    pub fn new(mut packed: R, start: u64, length: u64) -> Self {
        let mut head = [0; 24];
        let ended = packed.read_exact(&mut head).is_err();
        let (_, rest) = head.split_at(8);
        let mut trailer = [0; 8];
        trailer.copy_from_slice(&rest[..8]);
        // A place before the section, or beyond the file, is no place.
        let told = u64::from_le_bytes(trailer).checked_sub(start + 24);
        let all = length.saturating_sub(24);
        Self {
            packed,
            left: told.filter(|told| *told < all).unwrap_or(all),
            inflate: Decompress::new(true),
            input: Vec::new(),
            at: 0,
            most: (1u64 << 28).max(length.saturating_mul(200)),
            ended,
        }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended && self.most > 0 && !out.is_empty() {
            if self.at == self.input.len() && self.left > 0 {
                self.input
                    .resize(CHUNK.min(usize::try_from(self.left).unwrap_or(CHUNK)), 0);
                let read = self.packed.read(&mut self.input)?;
                self.input.truncate(read);
                self.at = 0;
                self.left = if read == 0 { 0 } else { self.left - read as u64 };
            }
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let room = out.len().min(usize::try_from(self.most).unwrap_or(usize::MAX));
            let status = self
                .inflate
                .decompress(&self.input[self.at..], &mut out[..room], FlushDecompress::None);
            let read = (self.inflate.total_in() - before_in) as usize;
            let written = (self.inflate.total_out() - before_out) as usize;
            self.at += read;
            self.most -= written as u64;
            match status {
                Ok(Status::StreamEnd) => self.inflate.reset(true),
                Ok(_) if read > 0 || written > 0 => {}
                Ok(_) if self.left > 0 && self.at == self.input.len() => {}
                // Cut off or broken: the rows up to here are whole.
                _ => self.ended = true,
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let one = out.len().min(1);
            self.0.read(&mut out[..one])
        }
    }

    #[test]
    fn bytecode_stands_for_numbers_blanks_and_spelled_out_units() {
        let mut bytes = vec![101, 253, 254, 255, 0, 99, 252, 0];
        bytes.extend(2.5f64.to_le_bytes());
        let mut slow = Slow(&bytes);
        let mut cases = Cases::Bytecode(Feed::new(&mut slow), Bytecode::new(100.0, false));
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
