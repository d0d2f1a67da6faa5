//! A fitted data set in, an Apache Parquet file out. With the reader, the only module that knows polars.

use std::io::Write;

use polars::prelude::{
    Column as Series, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter, PolarsError,
    PolarsResult, Schema, TimeUnit,
};

use super::WriteError;
use super::fit::Fitted;
use crate::data::codebook::{Code, Variable, VariableKind};
use crate::data::dates::{iso_date, iso_date_time, parse_iso};
use crate::data::{Column, Positions};

/// Rows that are turned over to polars at a time.
const ROWS: usize = 1 << 17;
/// Whole numbers up to here are exact.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A column ready to be written.
enum Ready<'a> {
    Whole(&'a [f64]),
    Numbers(&'a [f64]),
    WholeLevels(&'a Positions, Vec<i64>),
    NumberLevels(&'a Positions, Vec<f64>),
    Days(&'a Positions, Vec<i32>),
    Micros(&'a Positions, Vec<i64>),
    Texts(&'a Positions, Vec<String>),
}

pub(super) fn write(fitted: &Fitted<'_>, out: &mut impl Write) -> Result<(), WriteError> {
    let columns: Vec<(&str, Ready<'_>, DataType)> = fitted
        .codebook
        .variables
        .iter()
        .zip(&fitted.columns)
        .map(|(variable, column)| {
            let ready = ready(variable, column);
            let stored = stored(&ready);
            (variable.name.0.as_str(), ready, stored)
        })
        .collect();
    let whole = || -> PolarsResult<()> {
        let schema: Schema = columns
            .iter()
            .map(|(name, _, stored)| ((*name).into(), stored.clone()))
            .collect();
        let mut writer = ParquetWriter::new(out)
            .with_compression(ParquetCompression::Snappy)
            .batched(&schema)?;
        for start in (0..fitted.rows).step_by(ROWS) {
            let end = (start + ROWS).min(fitted.rows);
            let part = columns
                .iter()
                .map(|(name, ready, stored)| series(name, ready, start..end).cast(stored))
                .collect::<PolarsResult<Vec<Series>>>()?;
            writer.write_batch(&DataFrame::new(end - start, part)?)?;
        }
        writer.finish()?;
        Ok(())
    };
    whole().map_err(|error| match error {
        PolarsError::IO { error, .. } => WriteError::Io(std::io::Error::new(error.kind(), error.to_string())),
        other => WriteError::Unfit(other.to_string()),
    })
}

fn ready<'a>(variable: &Variable, column: &'a Column) -> Ready<'a> {
    let is_whole = |number: f64| number.fract() == 0.0 && number.abs() <= MOST_EXACT;
    let (levels, rows) = match column {
        Column::Numbers(numbers) => {
            return if numbers.iter().all(|number| number.is_nan() || is_whole(*number)) {
                Ready::Whole(numbers)
            } else {
                Ready::Numbers(numbers)
            };
        }
        Column::Coded { levels, rows } => (levels, rows),
    };
    let all_numbers: Option<Vec<f64>> = levels.iter().map(Code::number).collect();
    if let Some(numbers) = all_numbers
        && !(numbers.is_empty() && matches!(variable.kind, VariableKind::Text | VariableKind::Date))
    {
        return if numbers.iter().copied().all(is_whole) {
            Ready::WholeLevels(rows, numbers.into_iter().map(|number| number as i64).collect())
        } else {
            Ready::NumberLevels(rows, numbers)
        };
    }
    if variable.kind == VariableKind::Date {
        if let Some(days) = levels.iter().map(day).collect() {
            return Ready::Days(rows, days);
        }
        if let Some(micros) = levels.iter().map(micros).collect() {
            return Ready::Micros(rows, micros);
        }
    }
    Ready::Texts(rows, levels.iter().map(Code::to_string).collect())
}

fn day(code: &Code) -> Option<i32> {
    let Code::Text(text) = code else { return None };
    match parse_iso(text)? {
        (day, None) if iso_date(day).as_ref() == Some(text) => i32::try_from(day).ok(),
        _ => None,
    }
}

fn micros(code: &Code) -> Option<i64> {
    let Code::Text(text) = code else { return None };
    let (day, secs) = parse_iso(text)?;
    let micros = (secs? * 1e6).round() as i64;
    // What the reader makes of it must be the same text.
    let read = iso_date_time(day, (micros / 1_000_000) as f64 + (micros % 1_000_000) as f64 / 1e6)?;
    (read == *text).then_some(day * 86_400_000_000 + micros)
}

/// The narrowest type that holds a column.
fn stored(ready: &Ready<'_>) -> DataType {
    let whole = |low: f64, high: f64| {
        let fits = |least: f64, most: f64| least <= low && high <= most;
        if fits(-128.0, 127.0) {
            DataType::Int8
        } else if fits(-32_768.0, 32_767.0) {
            DataType::Int16
        } else if fits(f64::from(i32::MIN), f64::from(i32::MAX)) {
            DataType::Int32
        } else {
            DataType::Int64
        }
    };
    let limits = |numbers: &mut dyn Iterator<Item = f64>| {
        numbers.fold((0.0, 0.0), |(low, high): (f64, f64), number| {
            (low.min(number), high.max(number))
        })
    };
    match ready {
        Ready::Whole(numbers) => {
            let (low, high) = limits(&mut numbers.iter().copied().filter(|number| !number.is_nan()));
            whole(low, high)
        }
        Ready::WholeLevels(_, levels) => {
            let (low, high) = limits(&mut levels.iter().map(|level| *level as f64));
            whole(low, high)
        }
        Ready::Numbers(_) | Ready::NumberLevels(..) => DataType::Float64,
        Ready::Days(..) => DataType::Date,
        Ready::Micros(..) => DataType::Datetime(TimeUnit::Microseconds, None),
        Ready::Texts(..) => DataType::String,
    }
}

fn series(name: &str, ready: &Ready<'_>, rows: std::ops::Range<usize>) -> Series {
    fn cells<'l, T, R>(
        positions: &Positions,
        levels: &'l [T],
        rows: std::ops::Range<usize>,
        cell: impl Fn(&'l T) -> R,
    ) -> Vec<Option<R>> {
        rows.map(|row| positions.get(row).map(|level| cell(&levels[level])))
            .collect()
    }
    let known = |number: &f64| (!number.is_nan()).then_some(*number);
    let name = name.into();
    let series = match ready {
        Ready::Whole(numbers) => {
            let cells: Vec<Option<i64>> = numbers[rows].iter().map(|n| known(n).map(|n| n as i64)).collect();
            polars::prelude::Series::new(name, cells)
        }
        Ready::Numbers(numbers) => {
            let cells: Vec<Option<f64>> = numbers[rows].iter().map(known).collect();
            polars::prelude::Series::new(name, cells)
        }
        Ready::WholeLevels(positions, levels) | Ready::Micros(positions, levels) => {
            polars::prelude::Series::new(name, cells(positions, levels, rows, |level| *level))
        }
        Ready::NumberLevels(positions, levels) => {
            polars::prelude::Series::new(name, cells(positions, levels, rows, |level| *level))
        }
        Ready::Days(positions, levels) => {
            polars::prelude::Series::new(name, cells(positions, levels, rows, |level| *level))
        }
        Ready::Texts(positions, levels) => {
            polars::prelude::Series::new(name, cells(positions, levels, rows, String::as_str))
        }
    };
    series.into_column()
}
