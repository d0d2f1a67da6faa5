//! A compound file (the container of old Office files) in, one of its streams out. MS-CFB.

use std::collections::HashSet;

/// How compound files begin.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sector numbers from here on mean "end of the chain" and the like.
const FIRST_SPECIAL: u32 = 0xFFFF_FFFA;
/// Streams shorter than this live in the small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// A compound file.
pub(super) struct Cfb<'a> {
    file: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    length: usize,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

impl<'a> Cfb<'a> {
    /// `None` where its tables make no sense.
    pub fn open(file: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(file, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut cfb = Self {
            file,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        // The sectors that hold the table of chains: the first 109 are named in the header.
        let mut tables: Vec<u32> = numbers(file.get(76..512)?).collect();
        let mut more = u32_at(file, 68)?;
        let mut seen = HashSet::new();
        while more < FIRST_SPECIAL && seen.insert(more) {
            let Some(list) = cfb.sector(more) else { break };
            let (names, last) = list.split_at(list.len().saturating_sub(4));
            tables.extend(numbers(names));
            more = numbers(last).next()?;
        }
        let mut seen = HashSet::new();
        for table in tables {
            // A table named twice would make the list of chains longer than the file.
            if table < FIRST_SPECIAL && seen.insert(table) {
                let Some(table) = cfb.sector(table) else { continue };
                cfb.next.extend(numbers(table));
            }
        }
        let folder = cfb.chain(u32_at(file, 48)?, usize::MAX);
        cfb.entries = folder.as_chunks::<128>().0.iter().filter_map(entry_of).collect();
        let root = cfb.entries.iter().find(|entry| entry.kind == 5)?;
        let (start, length) = (root.start, root.length);
        cfb.small = cfb.chain(start, length);
        cfb.next_small = numbers(&cfb.chain(u32_at(file, 60)?, usize::MAX)).collect();
        Some(cfb)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        // The header takes the place of one sector.
        let at = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.file.get(at..)?;
        // The last sector may be cut short.
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The bytes of a chain of sectors, at most `length`. A chain that runs in a circle ends.
    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = start;
        let mut left = self.file.len() / self.sector + 1;
        while number < FIRST_SPECIAL && bytes.len() < length && left > 0 {
            let Some(sector) = self.sector(number) else { break };
            bytes.extend_from_slice(sector);
            let Some(&next) = self.next.get(number as usize) else {
                break;
            };
            number = next;
            left -= 1;
        }
        bytes.truncate(length);
        bytes
    }

    fn small_chain(&self, start: u32, length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut number = start;
        while number < FIRST_SPECIAL && bytes.len() < length {
            let at = number as usize * SMALL_SECTOR;
            let Some(sector) = self.small.get(at..at + SMALL_SECTOR) else {
                break;
            };
            bytes.extend_from_slice(sector);
            let Some(&next) = self.next_small.get(number as usize) else {
                break;
            };
            number = next;
        }
        bytes.truncate(length);
        bytes
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream by its name.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))?;
        Some(if entry.length < SMALL_STREAM {
            self.small_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        })
    }
}

fn entry_of(entry: &[u8; 128]) -> Option<Entry> {
    let name_bytes = usize::from(u16_at(entry, 64)?).min(64);
    let letters: Vec<u16> = entry[..name_bytes]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|two| u16::from_le_bytes(*two))
        .take_while(|letter| *letter != 0)
        .collect();
    Some(Entry {
        name: String::from_utf16_lossy(&letters),
        kind: entry[66],
        start: u32_at(entry, 116)?,
        length: u32_at(entry, 120)? as usize,
    })
}
