//! Bytes in, texts out, in the encoding that the file claims. Texts that are certainly in another one are repaired.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::data::error::DataWarning;

/// Decodes the texts of one file and counts what was wrong with them.
pub(super) struct Decoder {
    encoding: &'static Encoding,
    /// The person chose the encoding: then nothing is repaired.
    told: bool,
    repaired: usize,
    replaced: usize,
}

impl Decoder {
    pub fn new(encoding: &'static Encoding, told: bool) -> Self {
        Self {
            encoding,
            told,
            repaired: 0,
            replaced: 0,
        }
    }

    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    pub fn text(&mut self, bytes: &[u8]) -> String {
        let bytes = super::bytes::trimmed(bytes);
        if bytes.is_ascii() && self.encoding.is_ascii_compatible() {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        if !self.told {
            if self.encoding == UTF_8
                && std::str::from_utf8(bytes).is_err()
                && let Some(text) = as_windows_1252(bytes)
            {
                self.repaired += 1;
                return text;
            }
            // Two bytes that make one letter of UTF-8 make nonsense like "Ã¸" in Windows-1252.
            if self.encoding == WINDOWS_1252
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                self.repaired += 1;
                return text.to_owned();
            }
        }
        let (text, broken) = self.encoding.decode_without_bom_handling(bytes);
        self.replaced += usize::from(broken);
        match text {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        }
    }

    pub fn warnings(&self) -> impl Iterator<Item = DataWarning> {
        let repaired = (self.repaired > 0).then(|| DataWarning::EncodingRepaired {
            claimed: self.encoding.name().to_owned(),
            found: if self.encoding == UTF_8 { WINDOWS_1252 } else { UTF_8 }
                .name()
                .to_owned(),
            texts: self.repaired,
        });
        let replaced = (self.replaced > 0).then(|| DataWarning::Encoding {
            encoding: self.encoding.name().to_owned(),
            texts: self.replaced,
        });
        repaired.into_iter().chain(replaced)
    }
}

/// Windows-1252 letters and signs of the Western languages. Left out are the ones that begin most letters of UTF-8
/// (Ã, Â, â): at the end of a text those are rather a letter cut in two.
const CERTAIN: &[u8] =
    b"\x80\x85\x91\x92\x93\x94\x96\x97\xA0\xA7\xAB\xB0\xBB\xC4\xC5\xC6\xC9\xD6\xD8\xDC\xDF\xE0\xE1\xE4\
\xE5\xE6\xE7\xE8\xE9\xEA\xEB\xED\xEE\xF1\xF3\xF4\xF6\xF8\xFA\xFC";

/// The text, if every byte that is no UTF-8 is certainly Windows-1252.
fn as_windows_1252(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().iter().all(|byte| CERTAIN.contains(byte)) {
            return None;
        }
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Some(text)
}

/// The encoding that a file names (record 7/20) or numbers (record 7/3); the two may be missing or wrong.
pub(super) fn encoding_of(name: Option<&[u8]>, code_page: Option<i32>) -> &'static Encoding {
    name.map(super::bytes::trimmed)
        .and_then(Encoding::for_label)
        .or_else(|| {
            let label = match code_page? {
                65001 => "utf-8".to_owned(),
                page @ 1250..=1258 => format!("windows-{page}"),
                page @ 28591..=28606 => format!("iso-8859-{}", page - 28590),
                10000 => "macintosh".to_owned(),
                874 => "windows-874".to_owned(),
                932 => "shift_jis".to_owned(),
                936 => "gbk".to_owned(),
                949 => "euc-kr".to_owned(),
                950 => "big5".to_owned(),
                _ => return None,
            };
            Encoding::for_label(label.as_bytes())
        })
        .unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_of_windows_1252_in_a_file_that_claims_utf_8_are_repaired() {
        let mut decoder = Decoder::new(UTF_8, false);
        assert_eq!(decoder.text(b"R\xF8dgr\xF8d p\xE5   "), "Rødgrød på");
        assert_eq!(
            decoder.text("ø og ".bytes().chain(*b"\xE6\xF8\xE5").collect::<Vec<_>>().as_slice()),
            "ø og æøå"
        );
        assert_eq!(decoder.text("på".as_bytes()), "på");
        assert_eq!((decoder.repaired, decoder.replaced), (2, 0));
    }

    #[test]
    fn a_letter_cut_in_two_is_shown_as_such() {
        let mut decoder = Decoder::new(UTF_8, false);
        assert_eq!(decoder.text(b"k\xC3"), "k\u{FFFD}");
        assert_eq!((decoder.repaired, decoder.replaced), (0, 1));
    }

    #[test]
    fn utf_8_in_a_file_that_claims_windows_1252_is_repaired_unless_the_person_said_so() {
        let mut decoder = Decoder::new(WINDOWS_1252, false);
        assert_eq!(decoder.text("køn".as_bytes()), "køn");
        assert_eq!(decoder.text(b"k\xF8n"), "køn");
        assert_eq!(Decoder::new(WINDOWS_1252, true).text("køn".as_bytes()), "kÃ¸n");
    }
}
