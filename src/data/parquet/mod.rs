//! An Apache Parquet file in, columns out. With the writer, the only module that knows polars.

mod pages;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;
use std::thread;

use polars::prelude::{
    DataFrame, DataType, FileMetadata, ParquetReader, PolarsError, PolarsResult, SerReader, Series, TimeUnit,
};

use super::arrow::notes::Notes;
use super::codebook::{AnswerKind, Code, Codebook, Text, Value, Variable, VariableKind};
use super::error::{DataError, DataWarning};
use super::levels::{Numbers, Texts, coded, kind_of};
use super::progress::Progress;
use super::read::{FileContents, unique};
use super::{Column, Format, dates};

/// How a Parquet file begins.
pub(crate) const SIGNATURE: &[u8] = b"PAR1";

/// Whole numbers up to here are exact as floats; larger ones are kept as texts.
const MOST_EXACT: i64 = 1 << 53;

/// About so many bytes of columns are in polars' hands at a time.
const POLARS_BYTES: usize = 1 << 25;

/// What polars is asked for.
enum Part {
    Unsound,
    Names(Vec<String>, usize, Notes),
    Columns(DataFrame),
}

/// Reads a Parquet file. `path` is for messages.
pub(crate) fn read(path: &Path, file: &[u8], progress: &Progress) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    if file.len() < 12 || !file.ends_with(SIGNATURE) {
        return Err(damaged(
            "its end, where a Parquet file lists its columns, is not there".to_owned(),
        ));
    }
    // polars trusts what a file says of itself, and a damaged one may take it by surprise.
    let wary = |read: &dyn Fn() -> PolarsResult<Part>| {
        quietly(read)
            .ok_or_else(|| damaged("its columns cannot be made out".to_owned()))?
            .map_err(|error| damaged(unreadable(&error)))
    };
    let reader = || ParquetReader::new(Cursor::new(file));
    let whole = wary(&|| {
        let mut reader = reader();
        if !is_sound(file, reader.get_metadata()?) {
            return Ok(Part::Unsound);
        }
        let names = reader.schema()?.iter_names().map(ToString::to_string).collect();
        let notes = notes(&mut reader);
        Ok(Part::Names(names, reader.num_rows()?, notes))
    })?;
    let Part::Names(names, rows, notes) = whole else {
        return Err(damaged("its pages do not hold what its end says".to_owned()));
    };
    // A few columns at a time: polars has eight bytes for a number where one may do.
    let at_a_time = (POLARS_BYTES / rows.saturating_mul(8).max(1)).max(1);

    let mut warnings = Vec::new();
    let mut taken = HashSet::new();
    let mut named = Vec::new();
    let mut columns = Vec::new();
    let mut variables = Vec::new();
    for (part, some) in names.chunks(at_a_time).enumerate() {
        if progress.is_cancelled() {
            return Err(DataError::Cancelled { path: path.to_owned() });
        }
        let Part::Columns(frame) = wary(&|| {
            let columns = Some(some.to_vec());
            Ok(Part::Columns(reader().with_columns(columns).finish()?))
        })?
        else {
            continue;
        };
        if frame.height() != rows {
            return Err(damaged("its columns are not equally long".to_owned()));
        }
        for column in frame.columns() {
            let series = column.as_materialized_series();
            let made = quietly(|| column_of(series)).unwrap_or(Ok(None));
            let Some((column, kind)) = made.map_err(|error| damaged(error.to_string()))? else {
                warnings.push(DataWarning::PassedOver {
                    what: series.name().to_string(),
                });
                continue;
            };
            let mut variable = Variable::new(unique(series.name().to_string(), &mut taken, &mut named), kind);
            if let DataType::Enum(categories, _) = series.dtype() {
                // Categories with an order of their own.
                variable.kind = VariableKind::Ordinal;
                variable.values = categories
                    .categories()
                    .values_iter()
                    .map(|code| Value {
                        code: code.into(),
                        label: Text::default(),
                        is: AnswerKind::Answer,
                    })
                    .collect();
            }
            columns.push(column);
            variables.push(variable);
        }
        let done = (part * at_a_time + some.len()) as f64 / names.len() as f64;
        progress.reached(0.2 + 0.8 * done);
    }
    if !named.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: named });
    }
    if columns.is_empty() {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: "it has no column of numbers, texts or dates".to_owned(),
        });
    }
    let mut codebook = Codebook {
        variables,
        ..Codebook::default()
    };
    notes.apply(&mut codebook, &columns);
    Ok(FileContents {
        format: Format::Parquet,
        encoding: "UTF-8".to_owned(),
        rows,
        codebook,
        columns,
        sets: Vec::new(),
        warnings,
    })
}

/// What programs have written beside the columns.
fn notes(reader: &mut ParquetReader<Cursor<&[u8]>>) -> Notes {
    let mut notes = Notes::default();
    if let Ok(metadata) = reader.get_metadata()
        && let Some(pairs) = metadata.key_value_metadata()
    {
        for pair in pairs {
            notes.file(&pair.key, pair.value.as_deref().unwrap_or_default());
        }
    }
    if let Ok(schema) = reader.schema() {
        for (name, field) in schema.iter() {
            for (key, value) in field.metadata.iter().flat_map(|pairs| pairs.iter()) {
                notes.column(name, key, value);
            }
        }
    }
    notes
}

/// Whether the file's end and its pages agree on how much there is. Columns of lists have more values than rows.
fn is_sound(file: &[u8], end: &FileMetadata) -> bool {
    let mut rows = 0usize;
    end.row_groups.iter().all(|group| {
        rows = rows.saturating_add(group.num_rows());
        group.parquet_columns().iter().all(|chunk| {
            let place = chunk.byte_range();
            let pages = usize::try_from(place.start)
                .ok()
                .zip(usize::try_from(place.end).ok())
                .and_then(|(start, end)| file.get(start..end));
            let flat = chunk.descriptor().descriptor.max_rep_level == 0;
            (!flat || usize::try_from(chunk.num_values()).is_ok_and(|values| values == group.num_rows()))
                && pages.is_some_and(|pages| pages::fit(pages, chunk.num_values()))
        })
    }) && rows == end.num_rows
        && rows as u64 <= pages::MOST_VALUES
}

thread_local! {
    /// Whether this thread is with polars, whose panics become errors.
    static WITH_POLARS: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives, `None` where it panics. Nothing is printed about that: the person gets an error to read. Panics of
/// other threads are told as ever.
fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // polars' own threads work for this module only.
            let its_own = thread::current().name().is_some_and(|name| name.starts_with("polars-"));
            if !its_own && !WITH_POLARS.get() {
                before(info);
            }
        }));
    });
    WITH_POLARS.set(true);
    let made = catch_unwind(AssertUnwindSafe(read));
    WITH_POLARS.set(false);
    made.ok()
}

/// What polars says, unless it only says in its own words that the file is broken.
fn unreadable(error: &PolarsError) -> String {
    let said = error.to_string();
    if said.contains("out of specification") {
        "its columns cannot be made out".to_owned()
    } else {
        format!("its columns cannot be made out ({said})")
    }
}

/// A column and its kind; `None` for lists, structures and the like.
fn column_of(series: &Series) -> PolarsResult<Option<(Column, VariableKind)>> {
    let column = match series.dtype() {
        DataType::Boolean => numbers(
            series
                .bool()?
                .iter()
                .map(|cell| cell.map(|yes| f64::from(u8::from(yes)))),
        ),
        DataType::Float32 | DataType::Float64 => numbers(series.cast(&DataType::Float64)?.f64()?.iter()),
        dtype if dtype.is_integer() => return whole_numbers(series).map(Some),
        DataType::String => texts(series)?,
        DataType::Categorical(..) | DataType::Enum(..) => texts(&series.cast(&DataType::String)?)?,
        DataType::Null => numbers((0..series.len()).map(|_| None)),
        DataType::Date => {
            let days = series.cast(&DataType::Int32)?;
            moments(days.i32()?.iter().map(|cell| cell.map(i64::from)), dates::iso_date)
        }
        DataType::Datetime(unit, _) => {
            let per_second = match unit {
                TimeUnit::Milliseconds => 1_000,
                TimeUnit::Microseconds => 1_000_000,
                TimeUnit::Nanoseconds => 1_000_000_000,
            };
            let ticks = series.cast(&DataType::Int64)?;
            moments(ticks.i64()?.iter(), |tick| dates::moment(tick, per_second))
        }
        _ => return Ok(None),
    };
    let kind = match series.dtype() {
        DataType::Date | DataType::Datetime(..) => VariableKind::Date,
        _ => kind_of(&column),
    };
    Ok(Some((column, kind)))
}

fn whole_numbers(series: &Series) -> PolarsResult<(Column, VariableKind)> {
    // What does not fit (unsigned 64-bit numbers beyond the signed ones) becomes a text as well.
    let exact = series
        .cast(&DataType::Int64)
        .ok()
        .filter(|whole| whole.null_count() == series.null_count());
    if let Some(whole) = exact {
        let whole = whole.i64()?;
        if whole
            .iter()
            .flatten()
            .all(|number| number.unsigned_abs() <= MOST_EXACT as u64)
        {
            let column = numbers(whole.iter().map(|cell| cell.map(|number| number as f64)));
            let kind = kind_of(&column);
            return Ok((column, kind));
        }
    }
    Ok((texts(&series.cast(&DataType::String)?)?, VariableKind::Text))
}

/// A column of numbers.
pub(super) fn numbers(cells: impl Iterator<Item = Option<f64>>) -> Column {
    let mut column = Numbers::with_capacity(cells.size_hint().0);
    cells.for_each(|cell| column.push(cell.unwrap_or(f64::NAN)));
    column.finish()
}

fn texts(series: &Series) -> PolarsResult<Column> {
    let mut column = Texts::with_capacity(series.len());
    for cell in series.str()?.iter() {
        column.push(cell.unwrap_or("").as_bytes());
    }
    Ok(column.column(|level| Some(Code::Text(String::from_utf8_lossy(&level).into_owned()))))
}

/// Dates and times: each different one is put into words once; outside the calendar it stays a number in digits.
pub(super) fn moments(cells: impl Iterator<Item = Option<i64>>, words: impl Fn(i64) -> Option<String>) -> Column {
    let mut known: HashMap<i64, u32> = HashMap::new();
    let mut codes = Vec::new();
    let rows: Vec<u32> = cells
        .map(|cell| {
            let Some(moment) = cell else { return u32::MAX };
            *known.entry(moment).or_insert_with(|| {
                codes.push(Some(Code::Text(words(moment).unwrap_or_else(|| moment.to_string()))));
                codes.len() as u32 - 1
            })
        })
        .collect();
    coded(&codes, &rows)
}
