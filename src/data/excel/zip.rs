//! A zip archive in, its parts out as streams. What a part unpacks to is capped, and its checksum is compared.

use std::collections::HashMap;
use std::io::{self, BufReader, Read};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::data::bytes::Bytes;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const PLACE_OF_END_64: &[u8] = b"PK\x06\x07";
const LISTED: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// The comment at the end is at most so long.
const LONGEST_COMMENT: usize = u16::MAX as usize;

/// An archive may always unpack to so much …
const ALWAYS_BYTES: u64 = 64 << 20;
/// … and beyond that to so many times its size. Sheets of one repeated answer stay under a hundred.
const MOST_TIMES: u64 = 100;

/// The parts of an archive.
pub(super) struct Zip<'a> {
    file: &'a [u8],
    parts: HashMap<String, Part>,
}

struct Part {
    method: u16,
    encrypted: bool,
    crc: u32,
    packed: u64,
    header: u64,
}

/// What a part unpacks to.
pub(super) type Unpacked<'a> = BufReader<Checked<'a>>;

impl<'a> Zip<'a> {
    /// Reads the list of parts; the error is a clause.
    pub fn open(file: &'a [u8]) -> Result<Self, String> {
        let torn = || "its list of parts is cut off".to_owned();
        let (count, list) = list(file).ok_or("its end, where a workbook lists its parts, is not there")?;
        let mut list = Bytes::new(list, false);
        let mut parts = HashMap::new();
        let mut promised = 0u64;
        for _ in 0..count {
            if list.left() < 4 {
                break;
            }
            let part = listed(&mut list).ok_or_else(torn)?;
            promised = promised.saturating_add(part.2);
            parts.insert(part.0, part.1);
        }
        if promised > most(file) {
            return Err(format!(
                "it would unpack to {} MB, more than {MOST_TIMES} times its size, and is not unpacked",
                promised >> 20
            ));
        }
        Ok(Self { file, parts })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// A part as a stream; `None` if there is none of this name.
    pub fn part(&self, name: &str) -> Result<Option<Unpacked<'a>>, String> {
        let Some(part) = self.parts.get(&name.to_lowercase()) else {
            return Ok(None);
        };
        if part.encrypted {
            return Err("it is protected by a password: save it without one".to_owned());
        }
        let packed = self.packed(part).ok_or_else(|| format!("its part {name} is cut off"))?;
        let stream = match part.method {
            0 => Stream::Stored(packed),
            8 => Stream::Deflated(Box::new(DeflateDecoder::new(packed))),
            _ => return Err(format!("its part {name} is packed in a way that is not known")),
        };
        Ok(Some(BufReader::with_capacity(
            1 << 16,
            Checked {
                stream,
                crc: Crc::new(),
                told: part.crc,
                left: most(self.file),
            },
        )))
    }

    fn packed(&self, part: &Part) -> Option<&'a [u8]> {
        let mut header = Bytes::new(self.file.get(usize::try_from(part.header).ok()?..)?, false);
        if header.take(4).ok()? != LOCAL {
            return None;
        }
        header.take(22).ok()?;
        let name = u16(&mut header)?;
        let extra = u16(&mut header)?;
        header.take(usize::from(name) + usize::from(extra)).ok()?;
        header.take(usize::try_from(part.packed).ok()?).ok()
    }
}

/// How much an archive may unpack to.
fn most(file: &[u8]) -> u64 {
    ALWAYS_BYTES + MOST_TIMES * file.len() as u64
}

fn u16(bytes: &mut Bytes<'_>) -> Option<u16> {
    let bytes = bytes.take(2).ok()?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32(bytes: &mut Bytes<'_>) -> Option<u32> {
    bytes.i32().ok().map(|number| number as u32)
}

fn u64(bytes: &mut Bytes<'_>) -> Option<u64> {
    bytes.i64().ok().map(|number| number as u64)
}

/// How many parts there are, and the bytes from where they are listed.
fn list(file: &[u8]) -> Option<(usize, &[u8])> {
    let from = file.len().saturating_sub(LONGEST_COMMENT + 22);
    let end = from + file[from..].windows(4).rposition(|four| four == END)?;
    let mut record = Bytes::new(&file[end..], false);
    record.take(10).ok()?;
    let mut count = usize::from(u16(&mut record)?);
    let size = u32(&mut record)?;
    let start = u32(&mut record)?;
    let (mut size, mut start) = (u64::from(size), u64::from(start));
    if let Some(place) = end.checked_sub(20)
        && file[place..].starts_with(PLACE_OF_END_64)
    {
        let mut place = Bytes::new(&file[place + 8..], false);
        let at = usize::try_from(u64(&mut place)?).ok()?;
        let mut record = Bytes::new(file.get(at..)?, false);
        if record.take(4).ok()? != END_64 {
            return None;
        }
        record.take(28).ok()?;
        count = usize::try_from(u64(&mut record)?).ok()?;
        size = u64(&mut record)?;
        start = u64(&mut record)?;
    }
    // Something may stand before the archive; then the list is found from its end.
    let told = usize::try_from(start).ok().and_then(|start| file.get(start..));
    let list = match told {
        Some(list) if list.starts_with(LISTED) => list,
        _ => file.get(end.checked_sub(usize::try_from(size).ok()?)?..)?,
    };
    list.starts_with(LISTED).then_some((count, list))
}

/// The next part of the list: its name in small letters, where it is, and what it promises to unpack to.
fn listed(list: &mut Bytes<'_>) -> Option<(String, Part, u64)> {
    if list.take(4).ok()? != LISTED {
        return None;
    }
    list.take(4).ok()?;
    let flags = u16(list)?;
    let method = u16(list)?;
    list.take(4).ok()?;
    let crc = u32(list)?;
    let mut packed = u64::from(u32(list)?);
    let mut size = u64::from(u32(list)?);
    let name = u16(list)?;
    let extra = u16(list)?;
    let comment = u16(list)?;
    list.take(8).ok()?;
    let mut header = u64::from(u32(list)?);
    let name = String::from_utf8_lossy(list.take(usize::from(name)).ok()?).to_lowercase();
    let mut extra = Bytes::new(list.take(usize::from(extra)).ok()?, false);
    while extra.left() >= 4 {
        let id = u16(&mut extra)?;
        let length = u16(&mut extra)?;
        let Ok(field) = extra.take(usize::from(length)) else {
            break;
        };
        if id == 1 {
            let mut field = Bytes::new(field, false);
            for number in [&mut size, &mut packed, &mut header] {
                if *number == u64::from(u32::MAX) {
                    *number = u64(&mut field)?;
                }
            }
        }
    }
    list.take(usize::from(comment)).ok()?;
    let part = Part {
        method,
        encrypted: flags & 1 != 0,
        crc,
        packed,
        header,
    };
    Some((name.replace('\\', "/"), part, size))
}

enum Stream<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
}

/// A part that is counted and summed while it is read.
pub(super) struct Checked<'a> {
    stream: Stream<'a>,
    crc: Crc,
    told: u32,
    left: u64,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.stream {
            Stream::Stored(bytes) => bytes.read(buffer)?,
            Stream::Deflated(decoder) => decoder.read(buffer)?,
        };
        if count == 0 && !buffer.is_empty() && self.crc.sum() != self.told {
            return Err(io::Error::other("its contents do not match their checksum"));
        }
        self.crc.update(&buffer[..count]);
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other(format!(
                "it unpacks to more than {MOST_TIMES} times its size, and is not unpacked further"
            ))
        })?;
        Ok(count)
    }
}
