//! The bytes of a column's pages in, whether what they promise fits together out. polars takes memory on the word of a
//! page, and where there is none the whole program ends; so nobody asks it before this.
//!
//! Only the heads of pages are read: structures in Thrift's compact protocol (Apache Parquet, `parquet.thrift`,
//! `PageHeader`).

/// No column has more values: no survey does, and polars takes memory for each.
pub(super) const MOST_VALUES: u64 = 100_000_000;
/// No page is larger unpacked.
const MOST_PAGE_BYTES: u64 = 1 << 30;
/// Structures within structures; a page's head has three.
const DEEPEST: usize = 8;

/// Whether the pages hold as many values as the file's end says, and no length is beyond the file or the caps.
pub(super) fn fit(mut pages: &[u8], values: i64) -> bool {
    let Ok(values) = u64::try_from(values) else {
        return false;
    };
    if values > MOST_VALUES {
        return false;
    }
    let mut found = 0;
    while found < values {
        let mut head = Head::default();
        let mut bytes = Compact(pages);
        if bytes.page(&mut head).is_none() {
            return false;
        }
        let (Some(packed), Some(unpacked)) = (head.packed, head.unpacked) else {
            return false;
        };
        let Some(rest) = usize::try_from(packed).ok().and_then(|packed| bytes.0.get(packed..)) else {
            return false;
        };
        // A dictionary has each value once; a blank one of no bytes still has a length.
        let dictionary_fits = head
            .in_dictionary
            .is_none_or(|count| count <= unpacked.saturating_mul(8));
        if unpacked > MOST_PAGE_BYTES || !dictionary_fits {
            return false;
        }
        found += head.values.unwrap_or(0);
        pages = rest;
    }
    found == values
}

/// What the head of a page says.
#[derive(Default)]
struct Head {
    unpacked: Option<u64>,
    packed: Option<u64>,
    values: Option<u64>,
    in_dictionary: Option<u64>,
}

/// What is left of the bytes.
struct Compact<'a>(&'a [u8]);

impl<'a> Compact<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number that is not below zero and fits into 31 bits.
    fn count(&mut self) -> Option<u64> {
        let zigzag = self.unsigned()?;
        (zigzag & 1 == 0 && zigzag >> 1 <= i32::MAX as u64).then_some(zigzag >> 1)
    }

    /// The next field of a structure after the field `last`: its number and type; type 0 is the end.
    fn field(&mut self, last: i64) -> Option<(i64, u8)> {
        let byte = self.byte()?;
        let (step, kind) = (byte >> 4, byte & 0x0F);
        match (kind, step) {
            (0, _) => Some((0, 0)),
            (_, 0) => {
                let zigzag = self.unsigned()?;
                Some(((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64), kind))
            }
            _ => Some((last.checked_add(i64::from(step))?, kind)),
        }
    }

    fn page(&mut self, head: &mut Head) -> Option<()> {
        let mut last = 0;
        loop {
            let (field, kind) = self.field(last)?;
            match (field, kind) {
                (_, 0) => return Some(()),
                (2, 5) => head.unpacked = Some(self.count()?),
                (3, 5) => head.packed = Some(self.count()?),
                // A data page of the first or the second kind; a dictionary.
                (5 | 8, 12) => head.values = Some(self.values()?),
                (7, 12) => head.in_dictionary = Some(self.values()?),
                _ => self.skip(kind, 0)?,
            }
            last = field;
        }
    }

    /// A structure whose first field is a number of values; the others must not be below zero either.
    fn values(&mut self) -> Option<u64> {
        let (mut last, mut values) = (0, None);
        loop {
            let (field, kind) = self.field(last)?;
            match (field, kind) {
                (_, 0) => return values,
                (1, 5) => values = Some(self.count()?),
                (_, 5) => {
                    self.count()?;
                }
                _ => self.skip(kind, 0)?,
            }
            last = field;
        }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            // Truth values are in the type.
            1 | 2 => {}
            3 => {
                self.byte()?;
            }
            4..=6 => {
                self.unsigned()?;
            }
            7 => {
                self.take(8)?;
            }
            8 => {
                let length = self.unsigned()?;
                self.take(length)?;
            }
            12 => {
                let mut last = 0;
                loop {
                    let (field, kind) = self.field(last)?;
                    if kind == 0 {
                        break;
                    }
                    self.skip(kind, depth + 1)?;
                    last = field;
                }
            }
            // The head of a page has no lists and no maps.
            _ => return None,
        }
        Some(())
    }
}
