//! The bytes of a text file in, its text out, with the encoding it is in.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::data::error::DataError;

pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// How many places had bytes that the encoding does not know.
    pub replaced: usize,
}

/// Decodes a file: as told, else by its byte order mark, else UTF-16 where every other byte is zero, else UTF-8 where
/// it is (almost) valid, else Windows-1252.
pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8], told: Option<&str>) -> Result<Decoded<'a>, DataError> {
    let encoding = match told {
        Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
            path: path.to_owned(),
            encoding: label.to_owned(),
        })?,
        None => guess(bytes),
    };
    // A byte order mark of the same encoding is taken away, of another one it overrules.
    let (text, used, broken) = encoding.decode(bytes);
    let replaced = if broken { text.matches('\u{FFFD}').count() } else { 0 };
    if let Some(reason) = not_a_text(&text) {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason,
        });
    }
    if text.trim().is_empty() {
        return Err(DataError::Empty { path: path.to_owned() });
    }
    Ok(Decoded {
        text,
        encoding: used.name(),
        replaced,
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let half = start.len() / 2;
    if half > 0 && zeros(1) * 10 >= half * 7 && zeros(0) * 10 < half {
        return UTF_16LE;
    }
    if half > 0 && zeros(0) * 10 >= half * 7 && zeros(1) * 10 < half {
        return UTF_16BE;
    }
    // A few broken bytes among many that only UTF-8 explains do not make it another encoding.
    let (mut letters, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if letters >= 10 * broken { UTF_8 } else { WINDOWS_1252 }
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
        let decoded = decode(Path::new("x.csv"), bytes, None).unwrap();
        (decoded.text.into_owned(), decoded.encoding, decoded.replaced)
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
