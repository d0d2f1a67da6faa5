//! The batches of rows of an Arrow file in, the buffers of their columns out, unpacked and no larger than they may be.

use std::borrow::Cow;
use std::io::Read;

use polars_arrow_format::ipc::planus::ReadAsRoot;
use polars_arrow_format::ipc::{BlockRef, CompressionType, FieldRef, MessageHeaderRef, MessageRef, RecordBatchRef};
use polars_arrow_format::ipc::{TypeRef, UnionMode};

use super::{Kind, torn};

/// Compressed columns may unpack to so many bytes together …
const ALWAYS_BYTES: u64 = 256 << 20;
/// … and beyond that to so many times the file.
const MOST_TIMES: u64 = 100;
/// Columns of nothing take no bytes, so rows are counted: always so many, and so many for each byte of the file.
const ALWAYS_ROWS: usize = 1 << 20;
const ROWS_PER_BYTE: usize = 64;

/// What may still be taken.
pub(super) struct Left {
    pub bytes: u64,
    rows: usize,
    nodes: usize,
}

/// A part of the file.
pub(super) enum Part<'a> {
    Rows(Batch<'a>),
    Dictionary {
        id: i64,
        /// It goes on where another ended.
        more: bool,
        batch: Batch<'a>,
        /// How many bytes it may unpack to.
        buffers: u64,
    },
}

/// A batch of rows: its columns' buffers, still packed.
pub(super) struct Batch<'a> {
    pub rows: usize,
    /// How many cells each column and each part of a structure has.
    nodes: Vec<usize>,
    buffers: Vec<&'a [u8]>,
    /// How many more buffers each column of views has.
    views: Vec<usize>,
    packed: Option<CompressionType>,
}

/// Where the buffers of a column are.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    node: usize,
    buffer: usize,
    view: usize,
}

impl Left {
    pub fn of(file: &[u8]) -> Self {
        Self {
            bytes: ALWAYS_BYTES + MOST_TIMES * file.len() as u64,
            rows: ALWAYS_ROWS.saturating_add(ROWS_PER_BYTE.saturating_mul(file.len())),
            // A column of a batch takes sixteen bytes to describe; a description that is used twice counts twice.
            nodes: file.len(),
        }
    }

    /// Reads what a block of the file says of itself.
    pub fn block<'a>(&mut self, file: &'a [u8], block: &BlockRef<'_>) -> Result<Part<'a>, String> {
        let beyond = || "one of its parts lies beyond its end".to_owned();
        let start = usize::try_from(block.offset()).map_err(|_| beyond())?;
        let message = usize::try_from(block.meta_data_length()).map_err(|_| beyond())?;
        let body = usize::try_from(block.body_length()).map_err(|_| beyond())?;
        let rest = file.get(start..).ok_or_else(beyond)?;
        let head = rest.get(..message).ok_or_else(beyond)?;
        let body = rest[message..].get(..body).ok_or_else(beyond)?;
        // Since version 0.15 four bytes of a mark stand before the length.
        let head = head.strip_prefix(&[0xFF; 4]).unwrap_or(head);
        let (length, head) = head.split_first_chunk::<4>().ok_or_else(beyond)?;
        let head = head.get(..u32::from_le_bytes(*length) as usize).ok_or_else(beyond)?;
        let message = MessageRef::read_as_root(head).map_err(torn)?;
        match message.header().map_err(torn)? {
            Some(MessageHeaderRef::RecordBatch(batch)) => {
                let batch = self.batch(&batch, body)?;
                let rows = self.rows.checked_sub(batch.rows);
                self.rows = rows.ok_or("it promises more rows than it can hold")?;
                Ok(Part::Rows(batch))
            }
            Some(MessageHeaderRef::DictionaryBatch(dictionary)) => {
                let batch = dictionary.data().map_err(torn)?.ok_or_else(beyond)?;
                Ok(Part::Dictionary {
                    id: dictionary.id().map_err(torn)?,
                    more: dictionary.is_delta().map_err(torn)?,
                    batch: self.batch(&batch, body)?,
                    buffers: self.bytes,
                })
            }
            _ => Err("one of its parts is no part of a table".to_owned()),
        }
    }

    fn batch<'a>(&mut self, batch: &RecordBatchRef<'_>, body: &'a [u8]) -> Result<Batch<'a>, String> {
        let many = || "it promises more rows than it can hold".to_owned();
        let count = |number: i64| usize::try_from(number).ok().filter(|count| *count <= self.rows);
        let rows = count(batch.length().map_err(torn)?).ok_or_else(many)?;
        let nodes = batch.nodes().map_err(torn)?.into_iter().flatten();
        let nodes: Option<Vec<usize>> = nodes.map(|node| count(node.length())).collect();
        let nodes = nodes.ok_or_else(many)?;
        let mut buffers = Vec::new();
        for buffer in batch.buffers().map_err(torn)?.into_iter().flatten() {
            let range = usize::try_from(buffer.offset())
                .ok()
                .zip(usize::try_from(buffer.length()).ok());
            let bytes = range.and_then(|(start, length)| body.get(start..)?.get(..length));
            let bytes = bytes.ok_or("one of its columns lies beyond its end")?;
            // Buffers may overlap, and then count twice.
            let left = self.bytes.checked_sub(bytes.len() as u64);
            self.bytes = left.ok_or("its parts are used more often than once")?;
            buffers.push(bytes);
        }
        let views = batch.variadic_buffer_counts().map_err(torn)?.into_iter().flatten();
        let views = views
            .map(|count| usize::try_from(count).unwrap_or(usize::MAX))
            .collect();
        let packed = match batch.compression().map_err(torn)? {
            Some(packed) => Some(packed.codec().map_err(torn)?),
            None => None,
        };
        self.nodes = self
            .nodes
            .checked_sub(nodes.len() + buffers.len())
            .ok_or("its parts are used more often than once")?;
        Ok(Batch {
            rows,
            nodes,
            buffers,
            views,
            packed,
        })
    }
}

impl<'a> Batch<'a> {
    /// Where the buffers of each column are.
    pub fn places(&self, fields: &[FieldRef<'_>]) -> Result<Vec<Place>, String> {
        if self.nodes.len() < fields.len() {
            return Err("a batch of its rows lacks columns".to_owned());
        }
        let mut next = Place::default();
        let mut places = Vec::with_capacity(fields.len());
        for field in fields {
            places.push(next);
            self.pass(field, &mut next)?;
        }
        Ok(places)
    }

    /// Where the buffers of a batch of one column are.
    pub fn alone(&self, _: Kind) -> Result<Place, String> {
        match self.nodes.first() {
            Some(cells) if *cells == self.rows => Ok(Place::default()),
            _ => Err("its categories are not as many as it says".to_owned()),
        }
    }

    /// Passes over the buffers of a column and of those in it.
    fn pass(&self, field: &FieldRef<'_>, next: &mut Place) -> Result<(), String> {
        next.node = next.node.saturating_add(1);
        // Categories stand as numbers.
        if field.dictionary().map_err(torn)?.is_some() {
            next.buffer = next.buffer.saturating_add(2);
            return Ok(());
        }
        let buffers = match field.type_().map_err(torn)? {
            Some(TypeRef::Null(_) | TypeRef::RunEndEncoded(_)) => 0,
            Some(TypeRef::Struct(_) | TypeRef::FixedSizeList(_)) => 1,
            Some(TypeRef::Utf8(_) | TypeRef::LargeUtf8(_) | TypeRef::Binary(_) | TypeRef::LargeBinary(_)) => 3,
            Some(TypeRef::ListView(_) | TypeRef::LargeListView(_)) => 3,
            Some(TypeRef::Utf8View(_) | TypeRef::BinaryView(_)) => {
                let more = self.views.get(next.view).copied().unwrap_or(0);
                next.view += 1;
                more.saturating_add(2)
            }
            Some(TypeRef::Union(union)) => match union.mode().map_err(torn)? {
                UnionMode::Sparse => 1,
                UnionMode::Dense => 2,
            },
            _ => 2,
        };
        next.buffer = next.buffer.saturating_add(buffers);
        for child in field.children().map_err(torn)?.into_iter().flatten() {
            self.pass(&child.map_err(torn)?, next)?;
        }
        Ok(())
    }

    /// The buffers of a column; takes what they unpack to from `left`.
    pub fn unpacked(&self, place: &Place, kind: Kind, left: &mut u64) -> Result<Buffers<'a>, String> {
        let mut buffers = Buffers {
            there: Cow::Borrowed(&[]),
            data: Vec::new(),
        };
        if self.nodes.get(place.node) != Some(&self.rows) {
            return Err("its columns have different numbers of rows".to_owned());
        }
        let count = match kind {
            Kind::Nothing => return Ok(buffers),
            Kind::Texts { .. } => 3,
            Kind::Views => self.views.get(place.view).copied().unwrap_or(0).saturating_add(2),
            _ => 2,
        };
        let all = self.buffers.get(place.buffer..).and_then(|rest| rest.get(..count));
        let [there, data @ ..] = all.ok_or("a batch of its rows lacks columns")? else {
            return Err("a batch of its rows lacks columns".to_owned());
        };
        buffers.there = self.unpack(there, left)?;
        for data in data {
            buffers.data.push(self.unpack(data, left)?);
        }
        let bits = self.rows.div_ceil(8);
        let short = match kind {
            Kind::Truth => buffers.data[0].len() < bits,
            Kind::Whole { width, .. } | Kind::Float { width } => buffers.data[0].len() / width < self.rows,
            Kind::Days => buffers.data[0].len() / 4 < self.rows,
            Kind::Ticks { .. } => buffers.data[0].len() / 8 < self.rows,
            Kind::Texts { width } => self.rows > 0 && buffers.data[0].len() / width <= self.rows,
            Kind::Views => buffers.data[0].len() / 16 < self.rows,
            Kind::Nothing => false,
        };
        if short || (!buffers.there.is_empty() && buffers.there.len() < bits) {
            return Err("one of its columns is cut off".to_owned());
        }
        Ok(buffers)
    }

    fn unpack(&self, bytes: &'a [u8], left: &mut u64) -> Result<Cow<'a, [u8]>, String> {
        let Some(codec) = self.packed else {
            return Ok(Cow::Borrowed(bytes));
        };
        if bytes.is_empty() {
            return Ok(Cow::Borrowed(bytes));
        }
        let (told, packed) = bytes.split_first_chunk::<8>().ok_or("one of its columns is cut off")?;
        let told = match i64::from_le_bytes(*told) {
            // Not packed after all.
            -1 => return Ok(Cow::Borrowed(packed)),
            told => u64::try_from(told).unwrap_or(u64::MAX),
        };
        *left = left.checked_sub(told).ok_or_else(|| {
            format!("its columns would unpack to more than {MOST_TIMES} times its size, and are not unpacked")
        })?;
        let mut unpacked = Vec::new();
        let read = match codec {
            CompressionType::Lz4Frame => {
                lz4::Decoder::new(packed).and_then(|decoder| decoder.take(told).read_to_end(&mut unpacked))
            }
            CompressionType::Zstd => zstd::stream::read::Decoder::new(packed)
                .and_then(|decoder| decoder.take(told).read_to_end(&mut unpacked)),
        };
        match read {
            Ok(length) if length as u64 == told => Ok(Cow::Owned(unpacked)),
            _ => Err("one of its columns cannot be unpacked".to_owned()),
        }
    }
}

/// The buffers of a column in a batch, as long as its rows need them.
pub(super) struct Buffers<'a> {
    /// A bit for each cell that is there; empty if all are.
    there: Cow<'a, [u8]>,
    data: Vec<Cow<'a, [u8]>>,
}

fn bit(bytes: &[u8], row: usize) -> bool {
    bytes.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 != 0)
}

impl Buffers<'_> {
    pub fn is_there(&self, row: usize) -> bool {
        self.there.is_empty() || bit(&self.there, row)
    }

    pub fn bit(&self, row: usize) -> Option<bool> {
        Some(bit(self.data.first()?, row))
    }

    fn bytes(&self, row: usize, width: usize) -> Option<&[u8]> {
        self.data.first()?.get(row * width..(row + 1) * width)
    }

    /// A whole number of 1, 2, 4 or 8 bytes.
    pub fn whole(&self, row: usize, width: usize, signed: bool) -> Option<i128> {
        let mut number = [0; 8];
        number[..width].copy_from_slice(self.bytes(row, width)?);
        let number = u64::from_le_bytes(number);
        let unused = 64 - 8 * width as u32;
        Some(if signed {
            i128::from((number << unused) as i64 >> unused)
        } else {
            i128::from(number)
        })
    }

    pub fn float(&self, row: usize, width: usize) -> Option<f64> {
        let bytes = self.bytes(row, width)?;
        match width {
            4 => Some(f64::from(f32::from_le_bytes(bytes.try_into().ok()?))),
            _ => Some(f64::from_le_bytes(bytes.try_into().ok()?)),
        }
    }

    /// The text between two offsets of `width` bytes.
    pub fn text(&self, row: usize, width: usize) -> Result<&[u8], String> {
        let offset = |row: usize| usize::try_from(self.whole(row, width, true)?).ok();
        let text = offset(row)
            .zip(offset(row + 1))
            .and_then(|(start, end)| self.data.get(1)?.get(start..end));
        text.ok_or_else(|| "the texts of one of its columns are cut off".to_owned())
    }

    /// A text of up to twelve bytes in its place, or a longer one in another buffer.
    pub fn view(&self, row: usize) -> Result<&[u8], String> {
        let view = || {
            let view = self.bytes(row, 16)?;
            let number = |at: usize| Some(u32::from_le_bytes(*view[at..].first_chunk::<4>()?) as usize);
            let length = number(0)?;
            if length <= 12 {
                return view.get(4..4 + length);
            }
            self.data.get(1..)?.get(number(8)?)?.get(number(12)?..)?.get(..length)
        };
        view().ok_or_else(|| "the texts of one of its columns are cut off".to_owned())
    }
}
