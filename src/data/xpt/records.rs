//! The records of 80 bytes before the data of a transport file in, what they say about each variable out.
//! Sources: SAS TS-140, "The Record Layout of a SAS Transport Data Set", and its sequel for versions 8 and 9.

use crate::data::bytes::{Bytes, Ended, trimmed};

/// Bytes in a record; headers, descriptions and data each fill whole ones.
pub(super) const RECORD: usize = 80;
const LIBRARY: &[u8] = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!";
const LIBRARY_V8: &[u8] = b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!";

/// Whether a file begins like a transport file.
pub(crate) fn is_transport(file: &[u8]) -> bool {
    file.starts_with(LIBRARY) || file.starts_with(LIBRARY_V8)
}

/// One variable as described.
pub(super) struct Column<'a> {
    pub name: &'a [u8],
    pub label: &'a [u8],
    pub format: &'a [u8],
    pub text: bool,
    pub width: usize,
}

/// What the file says before its data.
pub(super) struct Dictionary<'a> {
    pub title: &'a [u8],
    pub columns: Vec<Column<'a>>,
    /// Rows, where the file says.
    pub rows: Option<usize>,
    /// The bytes of the data, up to the next data set or the end of the file.
    pub data: &'a [u8],
    /// Names of the further data sets of the file.
    pub others: Vec<&'a [u8]>,
}

/// Reads everything before the data. The error is a clause for a sentence.
pub(super) fn dictionary(file: &[u8]) -> Result<Dictionary<'_>, String> {
    let mut bytes = Bytes::new(file, true);
    let v8 = file.starts_with(LIBRARY_V8);
    read(&mut bytes, v8).unwrap_or_else(|Ended| Err("it ends before its data begin".to_owned()))
}

/// The inner result is what the records say; the outer whether they are all there.
fn read<'a>(bytes: &mut Bytes<'a>, v8: bool) -> Result<Result<Dictionary<'a>, String>, Ended> {
    // Library, its program and dates, twice.
    bytes.take(3 * RECORD)?;
    let member = bytes.take(RECORD)?;
    if kind(member) != if v8 { &b"MEMBV8"[..] } else { b"MEMBER" } {
        return Ok(Err("it has no data set".to_owned()));
    }
    // A description is 140 bytes, on VAX/VMS 136.
    let size = match digits(&member[74..78]) {
        Some(136) => 136,
        _ => 140,
    };
    bytes.take(RECORD)?;
    bytes.take(RECORD)?;
    let title = &bytes.take(RECORD)?[32..72];
    let descriptions = bytes.take(RECORD)?;
    if kind(descriptions) != if v8 { &b"NAMSTV8"[..] } else { b"NAMESTR" } {
        return Ok(Err("it does not describe its variables".to_owned()));
    }
    let Some(count) = digits(&descriptions[48..58]) else {
        return Ok(Err("it does not say how many variables it has".to_owned()));
    };
    let mut columns = Vec::new();
    let mut described = Bytes::new(bytes.take(count.checked_mul(size).ok_or(Ended)?)?, true);
    for number in 1..=count {
        match column(described.take(size)?, v8)? {
            Ok(column) => columns.push(column),
            Err(reason) => return Ok(Err(format!("its variable {number} {reason}"))),
        }
    }
    if columns.is_empty() {
        return Ok(Err("it has no variables".to_owned()));
    }
    fill_up(bytes)?;
    let mut header = bytes.take(RECORD)?;
    if matches!(kind(header), b"LABELV8" | b"LABELV9") {
        let count = first_digits(&header[48..]);
        let more = kind(header) == b"LABELV9";
        for _ in 0..count {
            longer(bytes, &mut columns, more)?;
        }
        fill_up(bytes)?;
        header = bytes.take(RECORD)?;
    }
    if !matches!(kind(header), b"OBS" | b"OBSV8") {
        return Ok(Err(format!(
            "its data should begin at byte {}, but do not",
            bytes.at - RECORD
        )));
    }
    let rows = if v8 {
        digits(header[48..63].trim_ascii()).filter(|rows| *rows > 0)
    } else {
        None
    };
    let (data, others) = data(bytes.rest());
    Ok(Ok(Dictionary {
        title,
        columns,
        rows,
        data,
        others,
    }))
}

/// The name of a header record.
fn kind(record: &[u8]) -> &[u8] {
    match record.strip_prefix(b"HEADER RECORD*******") {
        Some(rest) => rest[..8].trim_ascii(),
        None => &[],
    }
}

fn digits(bytes: &[u8]) -> Option<usize> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// The number of five digits at most that a record goes on with; SAS writes it without zeros before it.
fn first_digits(bytes: &[u8]) -> usize {
    let bytes = bytes.trim_ascii_start();
    let end = bytes.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    digits(&bytes[..end]).unwrap_or(0)
}

/// Skips the blanks that fill a record up.
fn fill_up(bytes: &mut Bytes<'_>) -> Result<(), Ended> {
    bytes.take((RECORD - bytes.at % RECORD) % RECORD).map(|_| ())
}

fn column(description: &[u8], v8: bool) -> Result<Result<Column<'_>, &'static str>, Ended> {
    let mut bytes = Bytes::new(description, true);
    let text = match bytes.u16()? {
        1 => false,
        2 => true,
        _ => return Ok(Err("is neither a number nor a text")),
    };
    let _hash = bytes.u16()?;
    let width = usize::from(bytes.u16()?);
    let _number = bytes.u16()?;
    let mut name = bytes.take(8)?;
    let label = bytes.take(40)?;
    let format = bytes.take(8)?;
    // Width and places of the format, justification, fill, the same for reading, place in the row.
    bytes.take(2 + 2 + 2 + 2 + 8 + 2 + 2 + 4)?;
    if v8 {
        let long = bytes.take(32)?;
        if !trimmed(long).is_empty() {
            name = long;
        }
    }
    if width == 0 || (!text && !(2..=8).contains(&width)) {
        return Ok(Err("has a length that cannot be"));
    }
    Ok(Ok(Column {
        name,
        label,
        format,
        text,
        width,
    }))
}

/// A record of a name, label or format too long for the description.
fn longer<'a>(bytes: &mut Bytes<'a>, columns: &mut [Column<'a>], formats: bool) -> Result<(), Ended> {
    let number = usize::from(bytes.u16()?);
    let name = usize::from(bytes.u16()?);
    let label = usize::from(bytes.u16()?);
    let (format, informat) = if formats {
        (usize::from(bytes.u16()?), usize::from(bytes.u16()?))
    } else {
        (0, 0)
    };
    let (name, label) = (bytes.take(name)?, bytes.take(label)?);
    let format = bytes.take(format)?;
    bytes.take(informat)?;
    let column = number
        .checked_sub(1)
        .and_then(|place| columns.get_mut(place))
        .ok_or(Ended)?;
    if !trimmed(name).is_empty() {
        column.name = name;
    }
    column.label = label;
    if !trimmed(format).is_empty() {
        column.format = format;
    }
    Ok(())
}

/// Cuts the data where the next data set begins, and names the further ones.
fn data(rest: &[u8]) -> (&[u8], Vec<&[u8]>) {
    let mut end = rest.len();
    let mut others = Vec::new();
    let records: Vec<usize> = (0..rest.len() / RECORD)
        .map(|record| record * RECORD)
        .filter(|&at| matches!(kind(&rest[at..at + RECORD]), b"MEMBER" | b"MEMBV8"))
        .collect();
    for at in records {
        end = end.min(at);
        if let Some(name) = rest.get(at + 2 * RECORD + 8..at + 2 * RECORD + 40) {
            others.push(name.split(|&byte| byte == b' ' || byte == 0).next().unwrap_or_default());
        }
    }
    (&rest[..end], others)
}
