//! A fitted data set in, text separated by commas out: UTF-8, a decimal point, texts in quotes, blank cells empty.

use std::borrow::Cow;
use std::io::Write;

use super::WriteError;
use super::fit::Fitted;
use crate::data::Column;
use crate::data::codebook::Code;

pub(super) fn write(fitted: &Fitted<'_>, out: &mut impl Write) -> Result<(), WriteError> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::NonNumeric)
        .from_writer(out);
    let unfit = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => WriteError::Io(error),
        other => WriteError::Unfit(format!("{other:?}")),
    };
    let names = fitted
        .codebook
        .variables
        .iter()
        .map(|variable| variable.name.0.as_str());
    writer.write_record(names).map_err(unfit)?;
    let columns: Vec<(&Column, Vec<String>)> = fitted
        .columns
        .iter()
        .map(|column| (&**column, super::levels(column).iter().map(text_of).collect()))
        .collect();
    for row in 0..fitted.rows {
        for (column, levels) in &columns {
            let cell = match column {
                Column::Coded { rows, .. } => Cow::Borrowed(rows.get(row).map_or("", |level| levels[level].as_str())),
                Column::Numbers(numbers) if numbers[row].is_nan() => Cow::Borrowed(""),
                Column::Numbers(numbers) => Cow::Owned(digits(numbers[row])),
            };
            writer.write_field(cell.as_bytes()).map_err(unfit)?;
        }
        writer.write_record(None::<&[u8]>).map_err(unfit)?;
    }
    writer.flush()?;
    Ok(())
}

fn text_of(code: &Code) -> String {
    match code {
        Code::Number(number) => digits(*number),
        Code::Text(text) => text.clone(),
    }
}

/// The shortest digits that are this number; very large and very small ones with an exponent, since a row of more than
/// fifteen digits reads as a name made of digits.
fn digits(number: f64) -> String {
    let size = number.abs();
    if number != 0.0 && !(1e-5..1e15).contains(&size) {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}
