//! The pages of a SAS data set in, one row of bytes after the other out: as they stand, or unpacked.

use super::header::Layout;
use super::pages::{self, Dictionary, Keeping, PageKind, Pointer, Subheader};

/// How rows are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    /// Runs of one byte are shortened (`COMPRESS=CHAR`).
    Runs,
    /// Patterns are repeated (`COMPRESS=BINARY`).
    Patterns,
}

/// How the rows of a data set are packed, by what it says; the name of an unknown way is the error.
pub(super) fn packing(dictionary: &Dictionary<'_>) -> Result<Packing, String> {
    match dictionary.text(dictionary.compression).trim_ascii() {
        b"SASYZCRL" => Ok(Packing::Runs),
        b"SASYZCR2" => Ok(Packing::Patterns),
        _ if dictionary.mentions(b"SASYZCRL") => Ok(Packing::Runs),
        _ if dictionary.mentions(b"SASYZCR2") => Ok(Packing::Patterns),
        b"" => Ok(Packing::None),
        other => Err(String::from_utf8_lossy(other).into_owned()),
    }
}

/// Most rows that the pages can hold, so that nothing is made ready for more.
pub(super) fn most(layout: &Layout<'_>, dictionary: &Dictionary<'_>) -> usize {
    let mut rows = 0usize;
    for number in 0..layout.whole_pages() {
        let Some(page) = layout.page(number) else { break };
        rows = rows.saturating_add(match pages::kind(layout, page).0 {
            PageKind::Data => page.len() / dictionary.row_bytes.max(1),
            PageKind::Mixed => page.len() / dictionary.row_bytes.max(1) + pages::pointer_count(layout, page),
            PageKind::Subheaders => pages::pointer_count(layout, page),
            PageKind::Other => 0,
        });
    }
    rows.min(dictionary.rows)
}

/// Gives every row to `each` and says how many there were; the error is why no more could be read, a clause for a
/// sentence.
pub(super) fn rows(
    layout: &Layout<'_>,
    dictionary: &Dictionary<'_>,
    packing: Packing,
    most_bytes: usize,
    each: &mut dyn FnMut(&[u8]),
) -> (usize, Result<(), String>) {
    let mut reader = Reader {
        layout,
        dictionary,
        packing,
        most_bytes,
        row: Vec::new(),
        rows: 0,
        each,
    };
    let read = reader.pages();
    (reader.rows, read)
}

struct Reader<'a, 'e> {
    layout: &'a Layout<'a>,
    dictionary: &'a Dictionary<'a>,
    packing: Packing,
    /// Bytes that all rows may take.
    most_bytes: usize,
    row: Vec<u8>,
    rows: usize,
    each: &'e mut dyn FnMut(&[u8]),
}

impl Reader<'_, '_> {
    fn done(&self) -> bool {
        self.rows >= self.dictionary.rows
    }

    fn pages(&mut self) -> Result<(), String> {
        for number in 0..self.layout.whole_pages() {
            let Some(page) = self.layout.page(number) else { break };
            if self.done() {
                return Ok(());
            }
            let at = |reason: String| format!("page {}: {reason}", number + 1);
            let (kind, deleted) = pages::kind(self.layout, page);
            match kind {
                PageKind::Data => {
                    let start = pages::header_bytes(self.layout);
                    let count = self.layout.u16(page, start - 6).unwrap_or(0);
                    self.plain(page, start, count, deleted).map_err(at)?;
                }
                PageKind::Mixed | PageKind::Subheaders => {
                    for which in 0..pages::pointer_count(self.layout, page) {
                        let Some(pointer) = pages::pointer(self.layout, page, which) else {
                            break;
                        };
                        self.pointed(page, pointer).map_err(at)?;
                        if self.done() {
                            return Ok(());
                        }
                    }
                    if kind == PageKind::Mixed {
                        let start = self.behind_pointers(page);
                        let count = self.dictionary.mixed_rows.min(self.dictionary.all_rows);
                        self.plain(page, start, count, deleted).map_err(at)?;
                    }
                }
                PageKind::Other => {}
            }
        }
        if self.done() {
            Ok(())
        } else {
            Err("the file ends too early".to_owned())
        }
    }

    /// Rows begin at a multiple of eight bytes, except in files of Stat/Transfer that leave no gap.
    fn behind_pointers(&self, page: &[u8]) -> usize {
        let end = pages::pointers_end(self.layout, page);
        let gap = page.get(end..end + 4).unwrap_or_default();
        if end % 8 == 4 && (!self.layout.stat_transfer || gap == [0; 4] || gap == *b"    ") {
            end + 4
        } else {
            end
        }
    }

    /// Rows that stand one behind the other.
    fn plain(&mut self, page: &[u8], start: usize, count: usize, deleted: bool) -> Result<(), String> {
        let size = self.dictionary.row_bytes;
        let marks = if deleted {
            // Behind the rows and the unused bytes: one bit for each row.
            let unused = self.layout.size(page, self.layout.either(12, 24));
            let rows = count.min(self.dictionary.all_rows);
            let marks = unused
                .and_then(|unused| rows.checked_mul(size)?.checked_add(unused)?.checked_add(start))
                .and_then(|at| page.get(at..at.checked_add(rows.div_ceil(8))?));
            Some(marks.ok_or("the marks of deleted rows are not there")?)
        } else {
            None
        };
        for number in 0..count {
            if self.done() {
                break;
            }
            if let Some(marks) = marks {
                let byte = marks.get(number / 8).ok_or("the marks of deleted rows are too few")?;
                if byte & (0x80 >> (number % 8)) != 0 {
                    continue;
                }
            }
            let at = start + number * size;
            let row = page.get(at..at + size).ok_or("its rows do not fit")?;
            self.give(row);
        }
        Ok(())
    }

    fn pointed(&mut self, page: &[u8], pointer: Pointer) -> Result<(), String> {
        match pointer.keeping {
            Keeping::Plain => {
                let bytes = bytes(page, pointer)?;
                if pointer.row && pages::subheader(self.layout, bytes) == Subheader::Row {
                    self.whole(bytes)?;
                }
                Ok(())
            }
            Keeping::Compressed => self.unpack(bytes(page, pointer)?),
            Keeping::Reference => {
                let missing = || "it refers to a row that is not there".to_owned();
                let number = pointer
                    .offset
                    .checked_sub(1)
                    .filter(|number| *number < self.layout.pages);
                let page = number.and_then(|number| self.layout.page(number)).ok_or_else(missing)?;
                if !matches!(pages::kind(self.layout, page).0, PageKind::Mixed | PageKind::Subheaders) {
                    return Err(missing());
                }
                let moved = pages::pointer(self.layout, page, pointer.length - 1).ok_or_else(missing)?;
                match moved.keeping {
                    Keeping::PlainMoved => self.whole(bytes(page, moved)?),
                    Keeping::CompressedMoved => self.unpack(bytes(page, moved)?),
                    _ => Err(missing()),
                }
            }
            // Read where they are referred to.
            Keeping::PlainMoved | Keeping::CompressedMoved | Keeping::Nothing => Ok(()),
            Keeping::Unknown(number) => Err(format!("a row is compressed in a way that is not known ({number})")),
        }
    }

    fn whole(&mut self, bytes: &[u8]) -> Result<(), String> {
        if bytes.len() != self.dictionary.row_bytes {
            return Err("a row is not as long as it must be".to_owned());
        }
        self.room()?;
        self.give(bytes);
        Ok(())
    }

    fn unpack(&mut self, packed: &[u8]) -> Result<(), String> {
        let size = self.dictionary.row_bytes;
        self.room()?;
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        let unpacked = match self.packing {
            Packing::Patterns => patterns(packed, size, &mut row),
            Packing::Runs => runs(packed, size, &mut row),
            Packing::None => return Err("its rows are compressed, but it does not say how".to_owned()),
        };
        let whole = unpacked.is_some() && row.len() == size;
        if whole {
            self.give(&row);
        }
        self.row = row;
        if whole {
            Ok(())
        } else {
            Err("a compressed row cannot be unpacked".to_owned())
        }
    }

    /// Whether another row may be unpacked.
    fn room(&self) -> Result<(), String> {
        if (self.rows + 1).saturating_mul(self.dictionary.row_bytes) > self.most_bytes {
            return Err(format!("its rows unpack to more than {} MB", self.most_bytes >> 20));
        }
        Ok(())
    }

    fn give(&mut self, row: &[u8]) {
        (self.each)(row);
        self.rows += 1;
    }
}

fn bytes(page: &[u8], pointer: Pointer) -> Result<&[u8], String> {
    pointer
        .offset
        .checked_add(pointer.length)
        .and_then(|end| page.get(pointer.offset..end))
        .ok_or_else(|| "it names a part that does not fit".to_owned())
}

/// Unpacks a row of shortened runs (SASYZCRL), at most `size` bytes.
fn runs(packed: &[u8], size: usize, row: &mut Vec<u8>) -> Option<()> {
    let mut rest = packed.iter();
    while let Some(&control) = rest.next() {
        let low = usize::from(control & 0x0F);
        let mut next = || rest.next().copied();
        let (copied, repeated) = match control >> 4 {
            0 => (low * 256 + usize::from(next()?) + 64, None),
            1 => (low * 256 + usize::from(next()?) + 64 + 4096, None),
            2 => (low + 96, None),
            4 => {
                let count = low * 256 + usize::from(next()?) + 18;
                (count, Some(next()?))
            }
            5 => (low * 256 + usize::from(next()?) + 17, Some(b'@')),
            6 => (low * 256 + usize::from(next()?) + 17, Some(b' ')),
            7 => (low * 256 + usize::from(next()?) + 17, Some(0)),
            8 => (low + 1, None),
            9 => (low + 17, None),
            10 => (low + 33, None),
            11 => (low + 49, None),
            12 => (low + 3, Some(next()?)),
            13 => (low + 2, Some(b'@')),
            14 => (low + 2, Some(b' ')),
            15 => (low + 2, Some(0)),
            _ => return None,
        };
        if row.len() + copied > size {
            return None;
        }
        match repeated {
            Some(byte) => row.resize(row.len() + copied, byte),
            None => {
                let (taken, left) = rest.as_slice().split_at_checked(copied)?;
                row.extend_from_slice(taken);
                rest = left.iter();
            }
        }
    }
    Some(())
}

/// Unpacks a row of repeated patterns (SASYZCR2, Ross data compression), at most `size` bytes.
fn patterns(packed: &[u8], size: usize, row: &mut Vec<u8>) -> Option<()> {
    let mut rest = packed.iter().copied();
    while let (Some(high), Some(low)) = (rest.next(), rest.next()) {
        let controls = u16::from_be_bytes([high, low]);
        for bit in (0..16).rev() {
            if controls & (1 << bit) == 0 {
                // The last controls of a row need not stand for anything.
                let Some(byte) = rest.next() else { break };
                if row.len() == size {
                    return None;
                }
                row.push(byte);
                continue;
            }
            let (command, second) = (rest.next()?, usize::from(rest.next()?));
            let low = usize::from(command & 0x0F);
            let back = 3 + low + second * 16;
            let (count, repeated) = match command >> 4 {
                0 => (3 + low, Some(second as u8)),
                1 => (19 + low + second * 16, Some(rest.next()?)),
                2 => (16 + usize::from(rest.next()?), None),
                count => (usize::from(count), None),
            };
            if row.len() + count > size {
                return None;
            }
            match repeated {
                Some(byte) => row.resize(row.len() + count, byte),
                None => {
                    let from = row.len().checked_sub(back).filter(|_| count <= back)?;
                    row.extend_from_within(from..from + count);
                }
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_repeated() {
        let mut row = Vec::new();
        // ReadStat's commands: copy 3, four blanks, five zeros, six times x, twenty times y.
        let packed = [0x82, b'a', b'b', b'c', 0xE2, 0xF3, 0xC3, b'x', 0x40, 2, b'y'];
        assert!(runs(&packed, 38, &mut row).is_some());
        assert_eq!(row, b"abc    \0\0\0\0\0xxxxxxyyyyyyyyyyyyyyyyyyyy");
        row.clear();
        assert!(runs(&packed, 37, &mut row).is_none());
        assert!(runs(&[0x8F, 1], 100, &mut Vec::new()).is_none());
        assert!(runs(&[0x30], 100, &mut Vec::new()).is_none());
    }

    #[test]
    fn patterns_are_repeated() {
        let mut row = Vec::new();
        // Four letters, then the last four again, then five times z.
        let packed = [0x0C, 0x00, b'a', b'b', b'c', b'd', 0x41, 0x00, 0x02, b'z'];
        assert!(patterns(&packed, 13, &mut row).is_some());
        assert_eq!(row, b"abcdabcdzzzzz");
        assert!(patterns(&packed, 12, &mut Vec::new()).is_none());
        assert!(patterns(&[0x80, 0x00, 0x41, 0xFF], 100, &mut Vec::new()).is_none());
    }
}
