//! The bytes of a text file in, its text out, with the encoding it is in: a chunk at a time, so that a large file need not
//! be in memory.

use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::data::error::DataError;

/// So many bytes of the file's beginning are looked at before its rows are read.
const START_BYTES: usize = 1 << 18;
const CHUNK_BYTES: usize = 1 << 16;

/// What is known of a text file that has been gone through once.
pub(super) struct Found {
    pub encoding: &'static Encoding,
    /// The beginning of its text, or all of a small one.
    pub start: String,
}

/// Finds the encoding: as told, else by its byte order mark, else UTF-16 where every other byte is zero, else UTF-8
/// where the file is (almost) valid, else Windows-1252. A byte order mark overrules what was told.
pub(super) fn find(path: &Path, file: &mut dyn Read, told: Option<&str>) -> Result<Found, DataError> {
    let told = match told {
        Some(label) => Some(
            Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
                path: path.to_owned(),
                encoding: label.to_owned(),
            })?,
        ),
        None => None,
    };
    let mut start = Vec::new();
    let mut tally = Tally::default();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = read_some(file, &mut chunk).map_err(|error| unreadable(path, &error))?;
        if read == 0 {
            break;
        }
        start.extend_from_slice(&chunk[..read.min(START_BYTES - start.len())]);
        tally.add(&chunk[..read]);
    }
    let encoding = match Encoding::for_bom(&start) {
        Some((encoding, _)) => encoding,
        None => told.unwrap_or_else(|| guess(&start, tally)),
    };
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let whole = start.len() < START_BYTES;
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(start.len()).unwrap_or(0));
    let _ = decoder.decode_to_string(&start, &mut text, whole);
    if let Some(reason) = not_a_text(&text) {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason,
        });
    }
    if text.trim().is_empty() {
        return Err(DataError::Empty { path: path.to_owned() });
    }
    Ok(Found { encoding, start: text })
}

fn read_some(file: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// The error of a file that stopped giving its bytes.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> DataError {
    DataError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// The text of a file, as UTF-8 bytes a chunk at a time.
pub(super) struct Decoded<'a> {
    file: Box<dyn Read + 'a>,
    decoder: Decoder,
    chunk: Vec<u8>,
    text: Vec<u8>,
    /// The part of `text` that nobody has taken yet.
    left: std::ops::Range<usize>,
    ended: bool,
    broken: bool,
    marks: usize,
    /// How many bytes of the file have been read.
    pub done: u64,
}

impl<'a> Decoded<'a> {
    pub fn new(file: Box<dyn Read + 'a>, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let longest = decoder.max_utf8_buffer_length(CHUNK_BYTES).unwrap_or(4 * CHUNK_BYTES);
        Self {
            file,
            decoder,
            chunk: vec![0; CHUNK_BYTES],
            text: vec![0; longest],
            left: 0..0,
            ended: false,
            broken: false,
            marks: 0,
            done: 0,
        }
    }

    /// How many places had bytes that the encoding does not know.
    pub fn replaced(&self) -> usize {
        if self.broken { self.marks } else { 0 }
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() && !self.ended {
            let read = read_some(&mut self.file, &mut self.chunk)?;
            self.done += read as u64;
            self.ended = read == 0;
            let (_, _, written, broken) = self
                .decoder
                .decode_to_utf8(&self.chunk[..read], &mut self.text, self.ended);
            self.broken |= broken;
            let text = &self.text[..written];
            // U+FFFD begins with this byte, as few signs do.
            if text.contains(&0xEF) {
                self.marks += text.windows(3).filter(|sign| *sign == [0xEF, 0xBF, 0xBD]).count();
            }
            self.left = 0..written;
        }
        let count = buffer.len().min(self.left.len());
        buffer[..count].copy_from_slice(&self.text[self.left.start..self.left.start + count]);
        self.left.start += count;
        Ok(count)
    }
}

/// How many letters only UTF-8 explains, and how many places it does not.
#[derive(Default)]
struct Tally {
    letters: usize,
    broken: usize,
    /// The beginning of a letter whose end is yet to come.
    rest: Vec<u8>,
}

impl Tally {
    fn add(&mut self, bytes: &[u8]) {
        if self.rest.is_empty() && bytes.is_ascii() {
            return;
        }
        let mut joined = std::mem::take(&mut self.rest);
        joined.extend_from_slice(bytes);
        let mut left = joined.as_slice();
        loop {
            let error = std::str::from_utf8(left).err();
            let valid = error.map_or(left.len(), |error| error.valid_up_to());
            self.letters += left[..valid].iter().filter(|&&byte| byte >= 0xC0).count();
            left = &left[valid..];
            match error.and_then(|error| error.error_len()) {
                Some(length) => {
                    self.broken += 1;
                    left = &left[length..];
                }
                None => break,
            }
        }
        self.rest = left.to_vec();
    }
}

fn guess(start: &[u8], tally: Tally) -> &'static Encoding {
    let start = &start[..start.len().min(4096)];
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let half = start.len() / 2;
    if half > 0 && zeros(1) * 10 >= half * 7 && zeros(0) * 10 < half {
        return UTF_16LE;
    }
    if half > 0 && zeros(0) * 10 >= half * 7 && zeros(1) * 10 < half {
        return UTF_16BE;
    }
    // A few broken bytes among many that only UTF-8 explains do not make it another encoding.
    let broken = tally.broken + usize::from(!tally.rest.is_empty());
    if tally.letters >= 10 * broken {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Why this cannot be a table of answers.
fn not_a_text(text: &str) -> Option<String> {
    let start = &text[..text.floor_char_boundary(4096)];
    let odd = start
        .chars()
        .filter(|sign| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r' | '\u{1a}' | '\u{80}'..='\u{9f}'))
        .count();
    if odd * 200 > start.len() || start.contains('\0') {
        return Some("it does not hold text".to_owned());
    }
    let begins = start.trim_start();
    ["{", "[", "<"]
        .iter()
        .find(|sign| begins.starts_with(**sign))
        .map(|sign| {
            let kind = if *sign == "<" { "a web page or XML" } else { "JSON" };
            format!("it looks like {kind}")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> (String, &'static str, usize) {
        let found = find(Path::new("x.csv"), &mut &*bytes, None).unwrap();
        // In small pieces, which cut letters in two.
        let pieces = bytes
            .chunks(3)
            .fold(Box::new(io::empty()) as Box<dyn Read>, |before, piece| {
                Box::new(before.chain(piece))
            });
        let mut decoded = Decoded::new(pieces, found.encoding);
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        assert_eq!(text, found.start);
        (text, found.encoding.name(), decoded.replaced())
    }

    #[test]
    fn encodings_are_found_by_looking() {
        let text = "navn;køn\nÅse;æøå\n";
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let with_bom = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (with_bom(b"\xEF\xBB\xBF", text.as_bytes()), "UTF-8"),
            (latin, "windows-1252"),
            (utf16(false), "UTF-16LE"),
            (utf16(true), "UTF-16BE"),
            (with_bom(b"\xFF\xFE", &utf16(false)), "UTF-16LE"),
            (with_bom(b"\xFE\xFF", &utf16(true)), "UTF-16BE"),
        ] {
            assert_eq!(found(&bytes), (text.to_owned(), encoding, 0), "{encoding}");
        }
    }

    #[test]
    fn one_broken_byte_among_many_danish_letters_leaves_the_file_utf_8() {
        let mut bytes = "æøå".repeat(20).into_bytes();
        bytes.push(0xE6);
        let (text, encoding, replaced) = found(&bytes);
        assert_eq!((encoding, replaced), ("UTF-8", 1));
        assert!(text.starts_with("æøå"));
    }
}
