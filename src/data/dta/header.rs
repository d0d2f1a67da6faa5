//! The head of a Stata file in, what it says about the data out, in bytes whose encoding the caller knows. Sources: the
//! manual's "File formats .dta" (`help dta`) for 113 to 119; for 104 to 112 what pandas and ReadStat agree on.

use crate::data::bytes::{Bytes, Ended};

/// How tagged files begin (release 117 and later).
pub(super) const TAGGED: &[u8] = b"<stata_dta>";

/// As many variables as the largest Stata (release 119) can hold.
const MOST_VARIABLES: usize = 120_000;

/// How the cells of a column are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Byte,
    Int,
    Long,
    Float,
    Double,
    /// A text of so many bytes, filled up with zeros.
    Text(usize),
    /// A reference to a text in the section of long texts.
    LongText,
}

impl Storage {
    pub fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Int => 2,
            Self::Long | Self::Float => 4,
            Self::Double | Self::LongText => 8,
            Self::Text(bytes) => bytes,
        }
    }

    pub fn is_number(self) -> bool {
        !matches!(self, Self::Text(_) | Self::LongText)
    }
}

/// A column as the file describes it.
pub(super) struct Field<'a> {
    pub name: &'a [u8],
    pub label: &'a [u8],
    /// The name of its table of value labels; empty without one.
    pub table: &'a [u8],
    /// The display format, such as `%9.0g` or `%td`.
    pub format: &'a [u8],
    pub storage: Storage,
    /// Where in a row it stands.
    pub offset: usize,
}

/// What stands before and around the data.
pub(super) struct Dictionary<'a> {
    pub release: u16,
    pub big_endian: bool,
    pub title: &'a [u8],
    pub fields: Vec<Field<'a>>,
    /// Never 0.
    pub row_bytes: usize,
    /// Rows that the file promises.
    pub promised: u64,
    /// Whole rows that are there.
    pub rows: usize,
    /// These rows.
    pub data: &'a [u8],
    /// What follows the data; `None` where the file ends within them.
    pub after: Option<Bytes<'a>>,
}

/// Whether a file begins as a Stata file does.
pub(crate) fn is_dta(file: &[u8]) -> bool {
    // Release, byte order, file type.
    file.starts_with(TAGGED) || matches!(file, [104..=115, 1 | 2, 1, ..])
}

/// Reads up to the end of the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    if file.starts_with(TAGGED) {
        tagged(file)
    } else {
        binary(file)
    }
}

/// The bytes of texts with a fixed place, by release.
struct Widths {
    name: usize,
    format: usize,
    table: usize,
    label: usize,
}

impl Widths {
    fn of(release: u16) -> Self {
        Self {
            name: match release {
                ..=108 => 9,
                109..=117 => 33,
                _ => 129,
            },
            format: match release {
                ..=104 => 7,
                105..=113 => 12,
                114..=117 => 49,
                _ => 57,
            },
            table: table_name_bytes(release),
            label: match release {
                ..=105 => 32,
                106..=117 => 81,
                _ => 321,
            },
        }
    }
}

/// The bytes of the name of a table of value labels.
pub(super) fn table_name_bytes(release: u16) -> usize {
    match release {
        ..=108 => 9,
        109..=117 => 33,
        _ => 129,
    }
}

/// A text up to its first zero byte.
pub(super) fn until_zero(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

/// Reads one after another and says where and in what a file ends.
struct Head<'a> {
    bytes: Bytes<'a>,
}

impl<'a> Head<'a> {
    fn take(&mut self, count: usize, what: &str) -> Result<&'a [u8], String> {
        let at = self.bytes.at;
        self.bytes.take(count).map_err(|_| ended(at, what))
    }

    fn read<T>(&mut self, what: &str, one: impl FnOnce(&mut Bytes<'a>) -> Result<T, Ended>) -> Result<T, String> {
        let at = self.bytes.at;
        one(&mut self.bytes).map_err(|_| ended(at, what))
    }

    /// So many pieces of `width` bytes.
    fn pieces(&mut self, count: usize, width: usize, what: &str) -> Result<Vec<&'a [u8]>, String> {
        let pieces = self.take(count * width, what)?.chunks_exact(width);
        Ok(pieces.map(until_zero).collect())
    }

    fn tag(&mut self, tag: &str) -> Result<(), String> {
        let at = self.bytes.at;
        match self.bytes.take(tag.len()) {
            Ok(found) if found == tag.as_bytes() => Ok(()),
            Ok(_) => Err(format!("there is no {tag} at byte {at}")),
            Err(_) => Err(ended(at, tag)),
        }
    }

    /// Goes to a section: it should begin here, else where the file's map says.
    fn section(&mut self, tag: &str, map: &[u64], entry: usize) -> Result<(), String> {
        if !self.bytes.rest().starts_with(tag.as_bytes())
            && let Some(at) = map.get(entry).and_then(|at| usize::try_from(*at).ok())
            && let Some(there) = self.bytes.moved_to(at)
            && there.rest().starts_with(tag.as_bytes())
        {
            self.bytes = there;
        }
        self.tag(tag)
    }
}

fn ended(at: usize, what: &str) -> String {
    format!("it ends at byte {at}, where {what} should follow")
}

fn check_count(variables: usize) -> Result<(), String> {
    match variables {
        0 => Err("it says that it has no variables".to_owned()),
        1..=MOST_VARIABLES => Ok(()),
        _ => Err(format!(
            "it promises {variables} variables, and Stata knows at most {MOST_VARIABLES}"
        )),
    }
}

fn tagged(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let mut head = Head {
        bytes: Bytes::new(file, false),
    };
    head.tag("<stata_dta>")?;
    head.tag("<header>")?;
    head.tag("<release>")?;
    let release = match head.take(3, "the release")? {
        b"117" => 117,
        b"118" => 118,
        b"119" => 119,
        other => {
            return Err(format!(
                "it says release {}, and 117, 118 and 119 are known",
                other.escape_ascii()
            ));
        }
    };
    head.tag("</release>")?;
    head.tag("<byteorder>")?;
    let big_endian = match head.take(3, "the byte order")? {
        b"LSF" => false,
        b"MSF" => true,
        other => return Err(format!("its byte order is {}, not LSF or MSF", other.escape_ascii())),
    };
    head.bytes.big_endian = big_endian;
    head.tag("</byteorder>")?;
    head.tag("<K>")?;
    let count = match release {
        119 => head.read("the number of variables", |bytes| Ok(bytes.u32()? as usize))?,
        _ => head.read("the number of variables", |bytes| Ok(usize::from(bytes.u16()?)))?,
    };
    check_count(count)?;
    head.tag("</K>")?;
    head.tag("<N>")?;
    let promised = match release {
        117 => head.read("the number of rows", |bytes| Ok(u64::from(bytes.u32()?)))?,
        _ => head.read("the number of rows", Bytes::u64)?,
    };
    head.tag("</N>")?;
    head.tag("<label>")?;
    let length = match release {
        117 => head.read("the file's label", |bytes| Ok(usize::from(bytes.u8()?)))?,
        _ => head.read("the file's label", |bytes| Ok(usize::from(bytes.u16()?)))?,
    };
    let title = until_zero(head.take(length, "the file's label")?);
    head.tag("</label>")?;
    head.tag("<timestamp>")?;
    let length = head.read("the time of writing", Bytes::u8)?;
    head.take(usize::from(length), "the time of writing")?;
    head.tag("</timestamp>")?;
    head.tag("</header>")?;
    head.tag("<map>")?;
    let map = (0..14)
        .map(|_| head.read("the map of the file", Bytes::u64))
        .collect::<Result<Vec<u64>, String>>()?;
    head.tag("</map>")?;

    let widths = Widths::of(release);
    head.section("<variable_types>", &map, 2)?;
    let types = head.take(2 * count, "the types of the variables")?;
    let storages = types
        .chunks_exact(2)
        .map(|code| match code {
            [a, b] if big_endian => u16::from_be_bytes([*a, *b]),
            [a, b, ..] => u16::from_le_bytes([*a, *b]),
            _ => 0,
        })
        .map(|code| match code {
            1..=2045 => Ok(Storage::Text(usize::from(code))),
            32_768 => Ok(Storage::LongText),
            65_526 => Ok(Storage::Double),
            65_527 => Ok(Storage::Float),
            65_528 => Ok(Storage::Long),
            65_529 => Ok(Storage::Int),
            65_530 => Ok(Storage::Byte),
            _ => Err(format!("a variable has the unknown type {code}")),
        })
        .collect::<Result<Vec<Storage>, String>>()?;
    head.tag("</variable_types>")?;
    head.section("<varnames>", &map, 3)?;
    let names = head.pieces(count, widths.name, "the names of the variables")?;
    head.tag("</varnames>")?;
    // The sort order, which is not needed.
    head.section("<sortlist>", &map, 4)?;
    let width = if release == 119 { 4 } else { 2 };
    head.take((count + 1) * width, "the sort order")?;
    head.tag("</sortlist>")?;
    head.section("<formats>", &map, 5)?;
    let formats = head.pieces(count, widths.format, "the formats of the variables")?;
    head.tag("</formats>")?;
    head.section("<value_label_names>", &map, 6)?;
    let tables = head.pieces(count, widths.table, "the names of value labels")?;
    head.tag("</value_label_names>")?;
    head.section("<variable_labels>", &map, 7)?;
    let labels = head.pieces(count, widths.label, "the labels of the variables")?;
    head.tag("</variable_labels>")?;
    head.section("<characteristics>", &map, 8)?;
    while head.bytes.rest().starts_with(b"<ch>") {
        head.tag("<ch>")?;
        let length = head.read("a characteristic", Bytes::u32)?;
        head.take(length as usize, "a characteristic")?;
        head.tag("</ch>")?;
    }
    head.tag("</characteristics>")?;
    head.section("<data>", &map, 9)?;

    let (fields, row_bytes) = fields(storages, names, formats, tables, labels);
    let rest = head.bytes.rest();
    // The data end where the rows promised end, or where the map says that the long texts begin.
    let by_count = usize::try_from(promised)
        .ok()
        .and_then(|rows| rows.checked_mul(row_bytes))
        .filter(|end| rest.get(*end..).is_some_and(|after| after.starts_with(b"</data>")));
    let by_map = || {
        let strls = usize::try_from(*map.get(10)?).ok()?;
        let end = strls.checked_sub(b"</data>".len())?.checked_sub(head.bytes.at)?;
        rest.get(end..)?.starts_with(b"</data><strls>").then_some(end)
    };
    let end = by_count.or_else(by_map);
    let rows = (end.unwrap_or(rest.len()) / row_bytes).min(usize::try_from(promised).unwrap_or(usize::MAX));
    Ok(Dictionary {
        release,
        big_endian,
        title,
        fields,
        row_bytes,
        promised,
        rows,
        data: &rest[..rows * row_bytes],
        after: end.and_then(|end| head.bytes.moved_to(head.bytes.at + end + b"</data>".len())),
    })
}

fn binary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let mut head = Head {
        bytes: Bytes::new(file, false),
    };
    let release = u16::from(head.read("the release", Bytes::u8)?);
    if ![104, 105, 108, 110, 111, 113, 114, 115].contains(&release) {
        return Err(format!("it says release {release}, which no Stata is known to write"));
    }
    let big_endian = head.read("the byte order", Bytes::u8)? == 1;
    head.bytes.big_endian = big_endian;
    head.take(2, "the type of the file")?;
    let count = usize::from(head.read("the number of variables", Bytes::u16)?);
    check_count(count)?;
    let promised = u64::from(head.read("the number of rows", Bytes::u32)?);
    let width = if release > 105 { 81 } else { 32 };
    let title = until_zero(head.take(width, "the file's label")?);
    if release > 104 {
        head.take(18, "the time of writing")?;
    }
    let storages = head
        .take(count, "the types of the variables")?
        .iter()
        .map(|&code| match code {
            1..=244 if release > 110 => Ok(Storage::Text(usize::from(code))),
            251 if release > 110 => Ok(Storage::Byte),
            252 if release > 110 => Ok(Storage::Int),
            253 if release > 110 => Ok(Storage::Long),
            254 if release > 110 => Ok(Storage::Float),
            255 if release > 110 => Ok(Storage::Double),
            b'b' => Ok(Storage::Byte),
            b'i' => Ok(Storage::Int),
            b'l' => Ok(Storage::Long),
            b'f' => Ok(Storage::Float),
            b'd' => Ok(Storage::Double),
            128.. if release <= 110 => Ok(Storage::Text(usize::from(code - 127))),
            _ => Err(format!("a variable has the unknown type {code}")),
        })
        .collect::<Result<Vec<Storage>, String>>()?;
    let widths = Widths::of(release);
    let names = head.pieces(count, widths.name, "the names of the variables")?;
    head.take(2 * (count + 1), "the sort order")?;
    let formats = head.pieces(count, widths.format, "the formats of the variables")?;
    let tables = head.pieces(count, widths.table, "the names of value labels")?;
    let labels = head.pieces(count, widths.label, "the labels of the variables")?;
    if release > 104 {
        skip_characteristics(&mut head, release)?;
    }

    let (fields, row_bytes) = fields(storages, names, formats, tables, labels);
    let rest = head.bytes.rest();
    let rows = (rest.len() / row_bytes).min(usize::try_from(promised).unwrap_or(usize::MAX));
    let data = &rest[..rows * row_bytes];
    Ok(Dictionary {
        release,
        big_endian,
        title,
        fields,
        row_bytes,
        promised,
        rows,
        data,
        after: (rows as u64 == promised)
            .then(|| head.bytes.moved_to(head.bytes.at + data.len()))
            .flatten(),
    })
}

/// Reads over the characteristics of an old release, up to one of type 0.
fn skip_characteristics(head: &mut Head<'_>, release: u16) -> Result<(), String> {
    loop {
        let kind = head.read("a characteristic", Bytes::u8)?;
        let length = match release {
            ..=108 => head.read("a characteristic", |bytes| Ok(usize::from(bytes.u16()?)))?,
            _ => head.read("a characteristic", Bytes::count)?,
        };
        if kind == 0 {
            return Ok(());
        }
        head.take(length, "a characteristic")?;
    }
}

fn fields<'a>(
    storages: Vec<Storage>,
    names: Vec<&'a [u8]>,
    formats: Vec<&'a [u8]>,
    tables: Vec<&'a [u8]>,
    labels: Vec<&'a [u8]>,
) -> (Vec<Field<'a>>, usize) {
    let mut offset = 0;
    let fields = storages
        .into_iter()
        .zip(names)
        .zip(formats.into_iter().zip(tables).zip(labels))
        .map(|((storage, name), ((format, table), label))| {
            let field = Field {
                name,
                label,
                table,
                format,
                storage,
                offset,
            };
            offset += storage.bytes();
            field
        })
        .collect();
    (fields, offset)
}
