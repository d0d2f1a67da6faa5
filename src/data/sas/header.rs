//! The header that `.sas7bdat` and `.sas7bcat` files share in, the layout of their pages out.
//! Sources: M. Shotwell, "SAS7BDAT Database Binary Format"; FredHutch, "sas7bdat-specification"; ReadStat.

use crate::data::bytes::Bytes;

/// How every SAS file begins; the four bytes between tell data sets and catalogs apart.
const BEGIN: [u8; 12] = [0; 12];
const DATA_SET: [u8; 4] = [0xC2, 0xEA, 0x81, 0x60];
const CATALOG: [u8; 4] = [0xC2, 0xEA, 0x81, 0x63];
const END: [u8; 16] = [
    0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31, 0x8C, 0x18, 0x1F, 0x10, 0x11,
];

/// Largest header and page that are read.
const MOST: usize = 1 << 24;

/// Whether a file begins like a SAS data set.
pub(crate) fn is_data_set(file: &[u8]) -> bool {
    is(file, DATA_SET)
        // Written by other programs.
        || (file.starts_with(&[0; 28]) && file.get(28..32) == Some(&END[12..]))
}

/// Whether a file begins like a SAS catalog.
pub(crate) fn is_catalog(file: &[u8]) -> bool {
    is(file, CATALOG)
}

fn is(file: &[u8], kind: [u8; 4]) -> bool {
    file.starts_with(&BEGIN) && file.get(12..16) == Some(&kind) && file.get(16..32) == Some(&END)
}

/// How the pages of a SAS file lie.
pub(super) struct Layout<'a> {
    file: &'a [u8],
    pub big_endian: bool,
    /// Whether sizes and places have eight bytes.
    pub wide: bool,
    /// Bytes by which some parts are moved.
    pub pad: usize,
    header: usize,
    pub page_bytes: usize,
    /// Pages promised.
    pub pages: usize,
    /// The number of the encoding.
    pub encoding: u8,
    /// Whether the file says that Stat/Transfer wrote it.
    pub stat_transfer: bool,
}

/// Reads the header. The error is a clause for a sentence.
pub(super) fn layout(file: &[u8]) -> Result<Layout<'_>, String> {
    let byte = |at: usize| file.get(at).copied().unwrap_or(0);
    let wide = byte(32) == 0x33;
    let pad = if byte(35) == 0x33 { 4 } else { 0 };
    let big_endian = match byte(37) {
        0 => true,
        1 => false,
        other => return Err(format!("its header names an unknown order of bytes ({other})")),
    };
    let ended = || "it ends in its header".to_owned();
    let mut bytes = Bytes::new(file, big_endian).moved_to(196 + pad).ok_or_else(ended)?;
    let header = bytes.u32().map_err(|_| ended())? as usize;
    let page_bytes = bytes.u32().map_err(|_| ended())? as usize;
    let pages = if wide {
        bytes.u64().map_err(|_| ended())?
    } else {
        u64::from(bytes.u32().map_err(|_| ended())?)
    };
    if !(512..=MOST).contains(&header) || !(512..=MOST).contains(&page_bytes) || header > file.len() {
        return Err("its header gives sizes that cannot be".to_owned());
    }
    // Like 9.0000M0: a release without any update.
    let release = 216 + pad + if wide { 4 } else { 0 };
    let release = file.get(release..release + 8).unwrap_or_default();
    Ok(Layout {
        file,
        big_endian,
        wide,
        pad,
        header,
        page_bytes,
        pages: usize::try_from(pages).unwrap_or(usize::MAX),
        encoding: byte(70),
        stat_transfer: release.ends_with(b".0000M0"),
    })
}

impl<'a> Layout<'a> {
    /// A page, while it is whole.
    pub fn page(&self, number: usize) -> Option<&'a [u8]> {
        let at = number.checked_mul(self.page_bytes)?.checked_add(self.header)?;
        self.file.get(at..at.checked_add(self.page_bytes)?)
    }

    /// How many pages are there, whatever is promised.
    pub fn whole_pages(&self) -> usize {
        self.pages.min((self.file.len() - self.header) / self.page_bytes)
    }

    pub fn u16(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let taken = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(usize::from(if self.big_endian {
            u16::from_be_bytes(taken)
        } else {
            u16::from_le_bytes(taken)
        }))
    }

    pub fn u32(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let taken = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big_endian {
            u32::from_be_bytes(taken)
        } else {
            u32::from_le_bytes(taken)
        } as usize)
    }

    /// Four or eight bytes, as the file has its sizes.
    pub fn size(&self, bytes: &[u8], at: usize) -> Option<usize> {
        if !self.wide {
            return self.u32(bytes, at);
        }
        let taken = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
        usize::try_from(if self.big_endian {
            u64::from_be_bytes(taken)
        } else {
            u64::from_le_bytes(taken)
        })
        .ok()
    }

    /// One of two places: in files with sizes of four bytes, and of eight.
    pub fn either(&self, narrow: usize, wide: usize) -> usize {
        if self.wide { wide } else { narrow }
    }
}

/// The WHATWG label of an encoding by its number in SAS; the name of one that cannot be read is the error.
pub(super) fn encoding(number: u8) -> Result<&'static str, String> {
    Ok(match number {
        0 | 62 | 204 => "windows-1252",
        20 | 28 => "utf-8",
        // What they share with ISO 8859-1 is the same, and the rest is no text there.
        29 => "windows-1252",
        30 => "iso-8859-2",
        31 => "iso-8859-3",
        32 => "iso-8859-4",
        33 => "iso-8859-5",
        34 => "iso-8859-6",
        35 => "iso-8859-7",
        36 => "iso-8859-8",
        37 => "windows-1254",
        38 => "iso-8859-10",
        39 | 51 => "windows-874",
        40 => "iso-8859-15",
        49 => "ibm866",
        60 => "windows-1250",
        61 => "windows-1251",
        63 => "windows-1253",
        64 => "windows-1254",
        65 => "windows-1255",
        66 => "windows-1256",
        67 => "windows-1257",
        68 => "windows-1258",
        69 => "macintosh",
        118 | 119 | 123 => "big5",
        125 | 126 | 205 => "gb18030",
        134 => "euc-jp",
        136..=138 | 248 => "shift_jis",
        140..=142 => "euc-kr",
        167 => "iso-2022-jp",
        227 => "iso-8859-14",
        242 => "iso-8859-13",
        246 => "x-mac-cyrillic",
        41 => return Err("CP437".to_owned()),
        42 => return Err("CP850".to_owned()),
        43 => return Err("CP852".to_owned()),
        45 => return Err("CP858".to_owned()),
        48 => return Err("CP865".to_owned()),
        other => return Err(format!("SAS {other}")),
    })
}
