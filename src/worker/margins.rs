//! A file of known population counts in, the margin that weights are calibrated to out.

use std::path::Path;

use crate::data::{Code, VarId};
use crate::measure::MarginChoice;

/// Reads a table of population counts: a column for each variable, the last one the count, separated by commas or (as
/// where numbers have decimal commas) semicolons. The sentence says why it cannot be used.
pub fn read(file: &Path) -> Result<MarginChoice, String> {
    let failed = |reason: String| format!("{}: {reason}", file.display());
    let bytes = std::fs::read(file)
        .map_err(|error| failed(format!("the table of population counts cannot be read ({error})")))?;
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count_of = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    let semicolons = count_of(b';') > count_of(b',');
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(bytes);
    let headers = reader
        .headers()
        .map_err(|error| failed(format!("the table of population counts cannot be read ({error})")))?;
    let mut vars: Vec<VarId> = headers.iter().map(|name| VarId(name.trim().to_owned())).collect();
    if vars.len() < 2 {
        return Err(failed(
            "a table of population counts has a column for each variable and one for the count".to_owned(),
        ));
    }
    vars.pop();
    let number = |text: &str| {
        let text = match semicolons {
            true => text.replace(',', "."),
            false => text.to_owned(),
        };
        text.parse::<f64>().ok().filter(|number| number.is_finite())
    };
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| failed(format!("the table of population counts is damaged ({error})")))?;
        let mut codes: Vec<Code> = record
            .iter()
            .map(|text| match number(text.trim()) {
                Some(number) => Code::Number(number),
                None => Code::Text(text.trim().to_owned()),
            })
            .collect();
        let count = codes.pop().unwrap_or_else(|| Code::from(""));
        if count.number().is_none() {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(failed(format!(
                "line {line} ends in {:?}, which is not a number",
                count.to_string()
            )));
        }
        cells.push((codes, count));
    }
    Ok(MarginChoice { vars, cells })
}
