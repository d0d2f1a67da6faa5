//! The bytes of a file, read from front to back in the file's byte order. Nothing is read past the end.

/// A place in the file and how its numbers are written.
#[derive(Clone)]
pub(super) struct Bytes<'a> {
    all: &'a [u8],
    pub at: usize,
    pub big_endian: bool,
}

/// The bytes ended too early.
pub(super) struct Ended;

impl<'a> Bytes<'a> {
    pub fn new(all: &'a [u8], big_endian: bool) -> Self {
        Self { all, at: 0, big_endian }
    }

    pub fn left(&self) -> usize {
        self.all.len() - self.at
    }

    /// The same bytes from place `at` on; `None` beyond the end.
    pub fn moved_to(&self, at: usize) -> Option<Self> {
        (at <= self.all.len()).then(|| Self { at, ..self.clone() })
    }

    /// The bytes from here on, which stay to be read.
    pub fn rest(&self) -> &'a [u8] {
        &self.all[self.at..]
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Ended> {
        let taken = self.rest().get(..count).ok_or(Ended)?;
        self.at += count;
        Ok(taken)
    }

    /// Reads over `tag` if it stands here, and says whether it did.
    pub fn skip(&mut self, tag: &[u8]) -> bool {
        let here = self.rest().starts_with(tag);
        self.at += if here { tag.len() } else { 0 };
        here
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Ended> {
        let (taken, _) = self.rest().split_first_chunk::<N>().ok_or(Ended)?;
        self.at += N;
        Ok(*taken)
    }

    pub fn u8(&mut self) -> Result<u8, Ended> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u16(&mut self) -> Result<u16, Ended> {
        let bytes = self.array()?;
        Ok(if self.big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }

    pub fn u32(&mut self) -> Result<u32, Ended> {
        let bytes = self.array()?;
        Ok(if self.big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    pub fn u64(&mut self) -> Result<u64, Ended> {
        let bytes = self.array()?;
        Ok(if self.big_endian {
            u64::from_be_bytes(bytes)
        } else {
            u64::from_le_bytes(bytes)
        })
    }

    pub fn i32(&mut self) -> Result<i32, Ended> {
        let bytes = self.array()?;
        Ok(if self.big_endian {
            i32::from_be_bytes(bytes)
        } else {
            i32::from_le_bytes(bytes)
        })
    }

    pub fn i64(&mut self) -> Result<i64, Ended> {
        let bytes = self.array()?;
        Ok(if self.big_endian {
            i64::from_be_bytes(bytes)
        } else {
            i64::from_le_bytes(bytes)
        })
    }

    pub fn f64(&mut self) -> Result<f64, Ended> {
        Ok(number(self.array()?, self.big_endian))
    }

    /// Eight bytes as they are: a number or the beginning of a text.
    pub fn unit(&mut self) -> Result<[u8; 8], Ended> {
        self.array()
    }

    /// A count that the file states; a negative one counts as too many, since nothing can follow it.
    pub fn count(&mut self) -> Result<usize, Ended> {
        usize::try_from(self.i32()?).map_err(|_| Ended)
    }
}

/// A number from its eight bytes.
#[inline]
pub(super) fn number(bytes: [u8; 8], big_endian: bool) -> f64 {
    if big_endian {
        f64::from_be_bytes(bytes)
    } else {
        f64::from_le_bytes(bytes)
    }
}

/// A text without the blanks it is filled up with.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | 0))
        .map_or(0, |last| last + 1);
    &bytes[..end]
}
