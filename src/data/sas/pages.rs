//! The pages of a SAS data set in, what their subheaders say about the columns out, and where the rows lie.

use super::header::Layout;

/// A text in one of the blocks of texts.
#[derive(Clone, Copy, Default)]
pub(super) struct TextAt {
    block: usize,
    offset: usize,
    length: usize,
}

/// A column's place in a row and its type.
#[derive(Clone, Copy)]
pub(super) struct Attributes {
    pub offset: usize,
    pub width: usize,
    pub text: bool,
}

/// A column's format and label.
#[derive(Clone, Copy, Default)]
pub(super) struct Described {
    pub format: TextAt,
    pub label: TextAt,
}

/// What the subheaders say.
#[derive(Default)]
pub(super) struct Dictionary<'a> {
    pub row_bytes: usize,
    /// Rows, without deleted ones.
    pub rows: usize,
    /// Rows on a page that has subheaders too.
    pub mixed_rows: usize,
    /// Rows with deleted ones.
    pub all_rows: usize,
    pub title: TextAt,
    pub compression: TextAt,
    pub column_count: Option<usize>,
    pub names: Vec<TextAt>,
    pub attributes: Vec<Attributes>,
    pub described: Vec<Described>,
    texts: Vec<&'a [u8]>,
}

impl<'a> Dictionary<'a> {
    /// A text, empty where it is not there.
    pub fn text(&self, at: TextAt) -> &'a [u8] {
        self.texts
            .get(at.block)
            .and_then(|block| block.get(at.offset..at.offset + at.length))
            .unwrap_or_default()
    }

    /// Whether the texts name a way of compression, where the row sizes do not.
    pub fn mentions(&self, name: &[u8]) -> bool {
        self.texts.first().is_some_and(|block| {
            block[..block.len().min(64)]
                .windows(name.len())
                .any(|window| window == name)
        })
    }
}

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    Data,
    /// Subheaders, and rows behind them.
    Mixed,
    Subheaders,
    /// Nothing that is needed.
    Other,
}

/// The kind of a page by its number, and whether some of its rows are deleted.
pub(super) fn kind(layout: &Layout<'_>, page: &[u8]) -> (PageKind, bool) {
    let number = layout.u16(page, header_bytes(layout) - 8).unwrap_or(0x9000);
    let kind = match number & 0x0F00 {
        0x0100 => PageKind::Data,
        _ if number & 0x9000 != 0 => PageKind::Other,
        0x0200 => PageKind::Mixed,
        _ => PageKind::Subheaders,
    };
    (kind, number & 0x0080 != 0)
}

pub(super) fn header_bytes(layout: &Layout<'_>) -> usize {
    layout.either(24, 40)
}

/// How a row or subheader is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    Plain,
    Compressed,
    PlainMoved,
    CompressedMoved,
    /// The pointer names the page and number of another pointer, both counted from one.
    Reference,
    /// Nothing to read.
    Nothing,
    Unknown(u8),
}

/// A pointer to a subheader or a row.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    pub offset: usize,
    pub length: usize,
    pub keeping: Keeping,
    /// Whether it may point to a row.
    pub row: bool,
}

/// How many pointers a page has.
pub(super) fn pointer_count(layout: &Layout<'_>, page: &[u8]) -> usize {
    layout.u16(page, header_bytes(layout) - 4).unwrap_or(0)
}

/// Where the pointers of a page end.
pub(super) fn pointers_end(layout: &Layout<'_>, page: &[u8]) -> usize {
    header_bytes(layout) + pointer_count(layout, page) * layout.either(12, 24)
}

/// A pointer of a page; `None` beyond its end.
pub(super) fn pointer(layout: &Layout<'_>, page: &[u8], number: usize) -> Option<Pointer> {
    if number >= pointer_count(layout, page) {
        return None;
    }
    let at = header_bytes(layout) + number * layout.either(12, 24);
    let word = layout.either(4, 8);
    let offset = layout.size(page, at)?;
    let length = layout.size(page, at + word)?;
    let keeping = match *page.get(at + 2 * word)? {
        _ if length == 0 => Keeping::Nothing,
        0 => Keeping::Plain,
        2 => Keeping::PlainMoved,
        3 => Keeping::Reference,
        4 => Keeping::Compressed,
        6 => Keeping::CompressedMoved,
        // Cut off; a deleted row; moved rows that nothing refers to.
        1 | 5 | 9 | 13 => Keeping::Nothing,
        other => Keeping::Unknown(other),
    };
    let row = *page.get(at + 2 * word + 1)? != 0;
    Some(Pointer {
        offset,
        length,
        keeping,
        row,
    })
}

/// What a subheader is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subheader {
    RowSize,
    ColumnCount,
    Texts,
    Names,
    Attributes,
    Described,
    Unneeded,
    /// No subheader, but a row.
    Row,
}

/// What stands at `bytes`, by its signature.
pub(super) fn subheader(layout: &Layout<'_>, bytes: &[u8]) -> Subheader {
    let (Some(first), second) = (layout.u32(bytes, 0), layout.u32(bytes, 4)) else {
        return Subheader::Row;
    };
    let signature = match (layout.wide, layout.big_endian, second) {
        (false, ..) => first,
        // The second half of these is not always filled.
        (true, true, _) if matches!(first, 0xF7F7_F7F7 | 0xF6F6_F6F6) => first,
        (true, true, Some(second)) if first == 0xFFFF_FFFF => second,
        (true, false, Some(0)) if matches!(first, 0xF7F7_F7F7 | 0xF6F6_F6F6) => first,
        (true, false, Some(0xFFFF_FFFF)) => first,
        _ => return Subheader::Row,
    };
    match signature {
        0xF7F7_F7F7 => Subheader::RowSize,
        0xF6F6_F6F6 => Subheader::ColumnCount,
        0xFFFF_FC00 => Subheader::Unneeded,
        0xFFFF_FBFE => Subheader::Described,
        0xFFFF_FFFC => Subheader::Attributes,
        0xFFFF_FFFD => Subheader::Texts,
        0xFFFF_FFFF => Subheader::Names,
        0xFFFF_FFF8..=0xFFFF_FFFE => Subheader::Unneeded,
        _ => Subheader::Row,
    }
}

/// Reads the subheaders of every page. The error is a clause for a sentence.
pub(super) fn dictionary<'a>(layout: &Layout<'a>) -> Result<Dictionary<'a>, String> {
    let mut dictionary = Dictionary::default();
    for number in 0..layout.whole_pages() {
        let Some(page) = layout.page(number) else { break };
        if !matches!(kind(layout, page).0, PageKind::Mixed | PageKind::Subheaders) {
            continue;
        }
        if pointers_end(layout, page) > page.len() {
            return Err(format!("page {} names more parts than fit", number + 1));
        }
        // Parts that lie over each other would let a small file fill the memory.
        let mut left = page.len();
        for which in 0..pointer_count(layout, page) {
            let Some(pointer) = pointer(layout, page, which) else {
                break;
            };
            if !matches!(pointer.keeping, Keeping::Nothing | Keeping::Reference) {
                left = left
                    .checked_sub(pointer.length)
                    .ok_or_else(|| format!("the parts of page {} do not fit", number + 1))?;
            }
            if pointer.keeping != Keeping::Plain {
                continue;
            }
            let end = pointer.offset.checked_add(pointer.length);
            let read = end
                .and_then(|end| page.get(pointer.offset..end))
                .and_then(|bytes| dictionary.read(layout, bytes));
            if read.is_none() {
                return Err(format!(
                    "part {} of page {} cannot be understood",
                    which + 1,
                    number + 1
                ));
            }
        }
    }
    dictionary.check()?;
    Ok(dictionary)
}

impl<'a> Dictionary<'a> {
    fn read(&mut self, layout: &Layout<'_>, bytes: &'a [u8]) -> Option<()> {
        let word = layout.either(4, 8);
        match subheader(layout, bytes) {
            Subheader::RowSize => {
                if bytes.len() < layout.either(190, 250) {
                    return None;
                }
                self.row_bytes = layout.size(bytes, 5 * word)?;
                self.all_rows = layout.size(bytes, 6 * word)?;
                self.rows = self.all_rows.checked_sub(layout.size(bytes, 7 * word)?)?;
                self.mixed_rows = layout.size(bytes, 15 * word)?;
                self.title = text_at(layout, bytes, bytes.len() - 130)?;
                self.compression = text_at(layout, bytes, bytes.len() - 118)?;
            }
            Subheader::ColumnCount => self.column_count = Some(layout.size(bytes, word)?),
            Subheader::Texts => self.texts.push(bytes.get(word..)?),
            Subheader::Names => {
                for at in entries(bytes, word + 8, 2 * word + 12, 8) {
                    self.names.push(text_at(layout, bytes, at)?);
                }
            }
            Subheader::Attributes => {
                for at in entries(bytes, word + 8, 2 * word + 12, word + 8) {
                    self.attributes.push(Attributes {
                        offset: layout.size(bytes, at)?,
                        width: layout.u32(bytes, at + word)?,
                        text: match bytes.get(at + word + 6)? {
                            1 => false,
                            2 => true,
                            _ => return None,
                        },
                    });
                }
            }
            Subheader::Described => {
                let format = layout.either(34, 46);
                self.described.push(Described {
                    format: text_at(layout, bytes, format)?,
                    label: text_at(layout, bytes, format + 6)?,
                });
            }
            Subheader::Unneeded | Subheader::Row => {}
        }
        Some(())
    }

    /// Whether everything that rows need is there and fits. The error is a clause for a sentence.
    fn check(&self) -> Result<(), String> {
        let count = self.column_count.unwrap_or(self.attributes.len());
        if count == 0 {
            return Err("it has no variables".to_owned());
        }
        if self.attributes.len() < count || self.names.len() < count {
            return Err(format!(
                "it describes {} of its {count} variables",
                self.attributes.len().min(self.names.len())
            ));
        }
        let mut bytes = 0usize;
        for (number, column) in self.attributes[..count].iter().enumerate() {
            let end = column.offset.checked_add(column.width);
            let fits = end.is_some_and(|end| end <= self.row_bytes);
            if !fits || column.width == 0 || (!column.text && !(3..=8).contains(&column.width)) {
                return Err(format!("its variable {} has a length that cannot be", number + 1));
            }
            bytes += column.width;
        }
        // Columns that lie over each other would let a small file fill the memory.
        if bytes > self.row_bytes {
            return Err("its variables do not fit in its rows".to_owned());
        }
        Ok(())
    }

    /// How many columns there are, after [`dictionary`] has looked.
    pub fn columns(&self) -> usize {
        self.column_count.unwrap_or(self.attributes.len())
    }
}

fn text_at(layout: &Layout<'_>, bytes: &[u8], at: usize) -> Option<TextAt> {
    Some(TextAt {
        block: layout.u16(bytes, at)?,
        offset: layout.u16(bytes, at + 2)?,
        length: layout.u16(bytes, at + 4)?,
    })
}

/// Where the entries of a list stand, in a subheader that is `besides` bytes longer than they.
fn entries(bytes: &[u8], first: usize, besides: usize, size: usize) -> impl Iterator<Item = usize> + use<> {
    let count = bytes.len().saturating_sub(besides) / size;
    (0..count).map(move |entry| first + entry * size)
}
