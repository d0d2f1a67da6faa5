//! An Arrow IPC file (`.arrow`, `.feather` of version 2) in, columns out.
//!
//! Written here rather than taken from polars, which believes the lengths that a file states and refuses the categories
//! of pandas where an answer is missing. Every length is compared with the bytes there are.

mod batch;
pub(super) mod notes;
mod r;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use polars_arrow_format::ipc::planus::{self, ReadAsRoot};
use polars_arrow_format::ipc::{self, FieldRef, FooterRef, TypeRef};

use super::codebook::{AnswerKind, Code, Codebook, Text, Value, Variable, VariableKind};
use super::dates::{iso_date, moment};
use super::error::{DataError, DataWarning};
use super::levels::{Numbers, Texts, coded, kind_of};
use super::parquet::{moments, numbers};
use super::progress::Progress;
use super::read::{FileContents, unique};
use super::{Column, Format};
use batch::{Left, Part};
use notes::Notes;

/// How an Arrow IPC file begins and ends.
pub(crate) const SIGNATURE: &[u8] = b"ARROW1";

/// Whole numbers up to here are exact as floats; larger ones are kept as texts.
const MOST_EXACT: u128 = 1 << 53;
/// Structures in structures.
const DEEPEST: usize = 8;

/// What an error of the format's own reader means to a person.
fn torn(_: planus::Error) -> String {
    "what it says about its columns makes no sense".to_owned()
}

/// Reads an Arrow IPC file. `path` is for messages.
pub(crate) fn read(path: &Path, file: &[u8], progress: &Progress) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    if file.len() < 24 || !file.ends_with(SIGNATURE) {
        return Err(damaged(
            "its end, where an Arrow file lists its columns, is not there".to_owned(),
        ));
    }
    let contents = table(file, progress).map_err(damaged)?;
    if progress.is_cancelled() {
        return Err(DataError::Cancelled { path: path.to_owned() });
    }
    if contents.columns.is_empty() {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: "it has no column of numbers, texts or dates".to_owned(),
        });
    }
    Ok(contents)
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Nothing,
    Whole {
        width: usize,
        signed: bool,
    },
    Float {
        width: usize,
    },
    Truth,
    /// Texts one after the other, with offsets of so many bytes.
    Texts {
        width: usize,
    },
    /// Texts that are short or stand in one of several buffers.
    Views,
    Days,
    /// Points in time from 1970, in so many parts of a second.
    Ticks {
        per_second: i64,
    },
}

/// A column of the file.
struct Field<'a> {
    name: String,
    kind: Option<Kind>,
    /// Categories: their id, the width of the numbers that stand for them, and whether they have an order.
    dictionary: Option<(i64, Kind, bool)>,
    field: FieldRef<'a>,
}

/// The error is a clause.
fn table(file: &[u8], progress: &Progress) -> Result<FileContents, String> {
    let nonsense = || "its list of parts makes no sense".to_owned();
    let end = file.len() - 10;
    let length = file[end..]
        .first_chunk::<4>()
        .map_or(0, |four| u32::from_le_bytes(*four));
    let footer = end.checked_sub(length as usize).and_then(|start| file.get(start..end));
    let footer = FooterRef::read_as_root(footer.ok_or_else(nonsense)?).map_err(torn)?;
    let schema = footer.schema().map_err(torn)?.ok_or_else(nonsense)?;
    if schema.endianness().map_err(torn)? != ipc::Endianness::Little {
        return Err("its numbers are written from the large end, which is not read".to_owned());
    }
    let mut notes = Notes::default();
    for pair in schema.custom_metadata().map_err(torn)?.into_iter().flatten() {
        let pair = pair.map_err(torn)?;
        if let (Some(key), Some(value)) = (pair.key().map_err(torn)?, pair.value().map_err(torn)?) {
            notes.file(key, value);
        }
    }
    let mut fields = Vec::new();
    for field in schema.fields().map_err(torn)?.ok_or_else(nonsense)? {
        fields.push(described(field.map_err(torn)?, &mut notes)?);
    }
    let refs: Vec<FieldRef<'_>> = fields.iter().map(|field| field.field).collect();

    let mut left = Left::of(file);
    let mut dictionaries = Dictionaries::default();
    for block in footer.dictionaries().map_err(torn)?.into_iter().flatten() {
        dictionaries.add(left.block(file, &block)?, &fields)?;
    }
    let mut batches = Vec::new();
    let mut places = Vec::new();
    for block in footer.record_batches().map_err(torn)?.into_iter().flatten() {
        if let Part::Rows(batch) = left.block(file, &block)? {
            places.push(batch.places(&refs)?);
            batches.push(batch);
        }
    }
    let rows = batches.iter().map(|batch| batch.rows).sum();

    let mut contents = FileContents {
        format: Format::Arrow,
        encoding: "UTF-8".to_owned(),
        rows,
        codebook: Codebook::default(),
        columns: Vec::new(),
        sets: Vec::new(),
        warnings: Vec::new(),
    };
    let mut taken = HashSet::new();
    let mut named = Vec::new();
    let count = fields.len() as f64;
    for (number, field) in fields.into_iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        progress.reached(0.2 + 0.8 * number as f64 / count);
        let Some(kind) = field.kind else {
            contents.warnings.push(DataWarning::PassedOver { what: field.name });
            continue;
        };
        let stored = field.dictionary.map_or(kind, |(_, index, _)| index);
        let mut cells = Cells::default();
        for (batch, places) in batches.iter().zip(&places) {
            let buffers = batch.unpacked(&places[number], stored, &mut left.bytes)?;
            cells.batches.push((batch.rows, buffers));
        }
        let mut variable = Variable::new(unique(field.name, &mut taken, &mut named), VariableKind::Nominal);
        let column = match field.dictionary {
            None => column(kind, &cells, &mut left.bytes)?,
            Some((id, _, ordered)) => {
                let codes = dictionaries.codes(id);
                if ordered {
                    variable.values = ordered_values(codes);
                }
                categories(codes, cells.positions(stored)?, &mut left.bytes)?
            }
        };
        variable.kind = match kind {
            Kind::Days | Kind::Ticks { .. } => VariableKind::Date,
            _ if !variable.values.is_empty() => VariableKind::Ordinal,
            _ => kind_of(&column),
        };
        if matches!(kind, Kind::Whole { .. }) && variable.kind == VariableKind::Nominal && is_text(&column) {
            variable.kind = VariableKind::Text;
        }
        contents.columns.push(column);
        contents.codebook.variables.push(variable);
    }
    if !named.is_empty() {
        contents.warnings.push(DataWarning::ColumnsNamed { columns: named });
    }
    notes.apply(&mut contents.codebook, &contents.columns);
    Ok(contents)
}

fn is_text(column: &Column) -> bool {
    matches!(column, Column::Coded { levels, .. } if levels.iter().any(|level| level.number().is_none()))
}

/// A column of categories: those that occur.
fn categories(all: &[Option<Code>], mut rows: Vec<u32>, left: &mut u64) -> Result<Column, String> {
    let mut places = vec![u32::MAX; all.len()];
    let mut codes = Vec::new();
    for row in &mut rows {
        let Some(place) = places.get_mut(*row as usize) else {
            *row = u32::MAX;
            continue;
        };
        if *place == u32::MAX {
            *place = codes.len() as u32;
            let code = all[*row as usize].clone();
            if let Some(Code::Text(text)) = &code {
                *left = left
                    .checked_sub(text.len() as u64)
                    .ok_or("its texts are far longer than it is")?;
            }
            codes.push(code);
        }
        *row = *place;
    }
    Ok(coded(&codes, &rows))
}

/// Categories with an order of their own.
fn ordered_values(codes: &[Option<Code>]) -> Vec<Value> {
    let mut known = HashSet::new();
    let codes = codes.iter().flatten().filter(|code| known.insert(*code));
    codes
        .map(|code| Value {
            code: code.clone(),
            label: Text::default(),
            is: AnswerKind::Answer,
        })
        .collect()
}

fn described<'a>(field: FieldRef<'a>, notes: &mut Notes) -> Result<Field<'a>, String> {
    let name = field.name().map_err(torn)?.unwrap_or_default().to_owned();
    let mut ordered = false;
    for pair in field.custom_metadata().map_err(torn)?.into_iter().flatten() {
        let pair = pair.map_err(torn)?;
        if let (Some(key), Some(value)) = (pair.key().map_err(torn)?, pair.value().map_err(torn)?) {
            ordered |= key.starts_with("_PL_ENUM_VALUES");
            notes.column(&name, key, value);
        }
    }
    depth(&field, DEEPEST)?;
    let dictionary = match field.dictionary().map_err(torn)? {
        None => None,
        Some(dictionary) => {
            let index = match dictionary.index_type().map_err(torn)? {
                Some(index) => whole(&index)?,
                None => Some(Kind::Whole { width: 4, signed: true }),
            };
            let index = index.ok_or("its categories are numbered in a way that is not known")?;
            let ordered = ordered || dictionary.is_ordered().map_err(torn)?;
            Some((dictionary.id().map_err(torn)?, index, ordered))
        }
    };
    Ok(Field {
        name,
        kind: kind(&field)?,
        dictionary,
        field,
    })
}

fn depth(field: &FieldRef<'_>, left: usize) -> Result<(), String> {
    let left = left
        .checked_sub(1)
        .ok_or("its columns are structures inside structures")?;
    for child in field.children().map_err(torn)?.into_iter().flatten() {
        depth(&child.map_err(torn)?, left)?;
    }
    Ok(())
}

fn whole(int: &ipc::IntRef<'_>) -> Result<Option<Kind>, String> {
    let signed = int.is_signed().map_err(torn)?;
    let width = match int.bit_width().map_err(torn)? {
        8 => 1,
        16 => 2,
        32 => 4,
        64 => 8,
        _ => return Ok(None),
    };
    Ok(Some(Kind::Whole { width, signed }))
}

/// `None` for lists, structures and the like.
fn kind(field: &FieldRef<'_>) -> Result<Option<Kind>, String> {
    let per_second = |unit: ipc::TimeUnit| match unit {
        ipc::TimeUnit::Second => 1,
        ipc::TimeUnit::Millisecond => 1_000,
        ipc::TimeUnit::Microsecond => 1_000_000,
        ipc::TimeUnit::Nanosecond => 1_000_000_000,
    };
    Ok(match field.type_().map_err(torn)? {
        Some(TypeRef::Null(_)) => Some(Kind::Nothing),
        Some(TypeRef::Int(int)) => whole(&int)?,
        Some(TypeRef::FloatingPoint(float)) => match float.precision().map_err(torn)? {
            ipc::Precision::Half => None,
            ipc::Precision::Single => Some(Kind::Float { width: 4 }),
            ipc::Precision::Double => Some(Kind::Float { width: 8 }),
        },
        Some(TypeRef::Bool(_)) => Some(Kind::Truth),
        Some(TypeRef::Utf8(_)) => Some(Kind::Texts { width: 4 }),
        Some(TypeRef::LargeUtf8(_)) => Some(Kind::Texts { width: 8 }),
        Some(TypeRef::Utf8View(_)) => Some(Kind::Views),
        Some(TypeRef::Date(date)) => Some(match date.unit().map_err(torn)? {
            ipc::DateUnit::Day => Kind::Days,
            ipc::DateUnit::Millisecond => Kind::Ticks { per_second: 1_000 },
        }),
        Some(TypeRef::Timestamp(moment)) => Some(Kind::Ticks {
            per_second: per_second(moment.unit().map_err(torn)?),
        }),
        _ => None,
    })
}

/// The categories of the file.
#[derive(Default)]
struct Dictionaries {
    codes: HashMap<i64, Vec<Option<Code>>>,
}

impl Dictionaries {
    fn add(&mut self, part: Part<'_>, fields: &[Field<'_>]) -> Result<(), String> {
        let Part::Dictionary {
            id,
            more,
            batch,
            buffers,
        } = part
        else {
            return Err("one of its categories is no category".to_owned());
        };
        let field = fields
            .iter()
            .find(|field| field.dictionary.is_some_and(|(own, ..)| own == id));
        // Categories of a column that is passed over.
        let Some(kind) = field.and_then(|field| field.kind) else {
            return Ok(());
        };
        let mut bytes = buffers;
        let place = batch.alone(kind)?;
        let cells = Cells {
            batches: vec![(batch.rows, batch.unpacked(&place, kind, &mut bytes)?)],
        };
        let column = column(kind, &cells, &mut bytes)?;
        let codes = (0..column.len()).map(|row| column.code(row));
        let known = self.codes.entry(id).or_default();
        if !more {
            known.clear();
        }
        known.extend(codes);
        Ok(())
    }

    fn codes(&self, id: i64) -> &[Option<Code>] {
        self.codes.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// The unpacked buffers of a column: for each batch its rows, which cells are there, and the data.
#[derive(Default)]
struct Cells<'a> {
    batches: Vec<(usize, batch::Buffers<'a>)>,
}

impl Cells<'_> {
    /// One element for each cell; `read` gives that of a row that is there.
    fn each<T>(
        &self,
        read: impl Fn(&batch::Buffers<'_>, usize) -> Option<T> + Copy,
    ) -> impl Iterator<Item = Option<T>> {
        self.batches.iter().flat_map(move |(rows, buffers)| {
            (0..*rows).map(move |row| {
                if buffers.is_there(row) {
                    read(buffers, row)
                } else {
                    None
                }
            })
        })
    }

    fn wholes(&self, width: usize, signed: bool) -> impl Iterator<Item = Option<i128>> {
        self.each(move |buffers, row| buffers.whole(row, width, signed))
    }

    /// The places of categories; none is `u32::MAX`.
    fn positions(&self, index: Kind) -> Result<Vec<u32>, String> {
        let Kind::Whole { width, signed } = index else {
            return Err("its categories are numbered in a way that is not known".to_owned());
        };
        let place = |cell: Option<i128>| cell.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX);
        Ok(self.wholes(width, signed).map(place).collect())
    }
}

/// Texts are taken from `left`: many cells may point at the same long one.
fn column(kind: Kind, cells: &Cells<'_>, left: &mut u64) -> Result<Column, String> {
    Ok(match kind {
        Kind::Nothing => numbers(cells.each(|_, _| None)),
        Kind::Truth => numbers(cells.each(|buffers, row| buffers.bit(row).map(|yes| f64::from(u8::from(yes))))),
        Kind::Float { width } => numbers(cells.each(move |buffers, row| buffers.float(row, width))),
        Kind::Whole { width, signed } => {
            let exact = cells
                .wholes(width, signed)
                .flatten()
                .all(|whole| whole.unsigned_abs() <= MOST_EXACT);
            if exact {
                let mut column = Numbers::with_capacity(0);
                cells
                    .wholes(width, signed)
                    .for_each(|cell| column.push(cell.map_or(f64::NAN, |whole| whole as f64)));
                column.finish()
            } else {
                let digits = cells
                    .wholes(width, signed)
                    .map(|cell| cell.map(|whole| whole.to_string()));
                texts(digits.map(|text| text.map(String::into_bytes)))
            }
        }
        Kind::Days => {
            let days = cells.each(|buffers, row| buffers.whole(row, 4, true));
            moments(days.map(|day| day.map(|day| day as i64)), iso_date)
        }
        Kind::Ticks { per_second } => {
            let ticks = cells.each(|buffers, row| buffers.whole(row, 8, true));
            moments(ticks.map(|tick| tick.map(|tick| tick as i64)), |tick| {
                moment(tick, per_second)
            })
        }
        Kind::Texts { width } => all_texts(cells, left, |buffers, row| buffers.text(row, width))?,
        Kind::Views => all_texts(cells, left, |buffers, row| buffers.view(row))?,
    })
}

fn all_texts(
    cells: &Cells<'_>,
    left: &mut u64,
    text: impl for<'b> Fn(&'b batch::Buffers<'_>, usize) -> Result<&'b [u8], String>,
) -> Result<Column, String> {
    let mut column = Texts::with_capacity(0);
    for (rows, buffers) in &cells.batches {
        for row in 0..*rows {
            let text: &[u8] = if buffers.is_there(row) {
                text(buffers, row)?
            } else {
                b""
            };
            *left = left
                .checked_sub(text.len() as u64)
                .ok_or("its texts are far longer than it is")?;
            column.push(text);
        }
    }
    Ok(finished(column))
}

fn texts(cells: impl Iterator<Item = Option<Vec<u8>>>) -> Column {
    let mut column = Texts::with_capacity(0);
    cells.for_each(|cell| column.push(cell.as_deref().unwrap_or_default()));
    finished(column)
}

fn finished(column: Texts) -> Column {
    let (levels, rows) = column.finish();
    let codes: Vec<Option<Code>> = levels
        .iter()
        .map(|level| Some(Code::Text(String::from_utf8_lossy(level).into_owned())))
        .collect();
    coded(&codes, &rows)
}
