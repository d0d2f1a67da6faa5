//! Text with separators in (`.csv`, `.tsv`), columns out. Separator, decimal mark and encoding are found by looking;
//! [`ReadOptions`] overrules what was found.

mod encoding;
mod numbers;

use std::collections::HashSet;
use std::path::Path;

use super::codebook::{AnswerKind, Code, Codebook, Text, Value, VarId, Variable, VariableKind};
use super::error::{DataError, DataWarning};
use super::levels::{Texts, coded, kind_of, places};
use super::progress::Progress;
use super::read::{FileContents, ReadOptions, unique};
use super::{Column, Format, Positions};
use numbers::{Mark, Meaning};

/// The separators that are looked for, the likelier first.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// How much of the file the separator is looked for in.
const SAMPLE_BYTES: usize = 1 << 16;

/// Reads a text file. `path` is for messages; the columns named in `verbatim` are texts even where they look like
/// numbers, and keep the blanks around them.
pub(crate) fn read(
    path: &Path,
    bytes: &[u8],
    options: &ReadOptions,
    verbatim: &[VarId],
    progress: &Progress,
) -> Result<FileContents, DataError> {
    let decoded = encoding::decode(path, bytes, options.encoding.as_deref())?;
    let mut warnings = Vec::new();
    if decoded.replaced > 0 {
        warnings.push(DataWarning::Encoding {
            encoding: decoded.encoding.to_owned(),
            texts: decoded.replaced,
        });
    }
    let (told, text) = told_separator(&decoded.text);
    let separator = match options.separator {
        Some(separator) => separator_byte(path, separator)?,
        None => told.unwrap_or_else(|| separator_of(text)),
    };
    let verbatim: HashSet<&str> = verbatim.iter().map(|name| name.0.as_str()).collect();
    let table = table(path, text, separator, &verbatim, progress)?;
    let (names, renamed) = names(&table.head);
    if !renamed.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: renamed });
    }
    if names.len() == 1 && !called_a_text_table(path) {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: "it is a text without columns".to_owned(),
        });
    }
    let rows = table.columns.first().map_or(0, |(_, rows)| rows.len());
    let mark = match options.decimal_comma {
        Some(true) => Mark::Comma,
        Some(false) => Mark::Point,
        None => {
            let others = names.iter().zip(&table.columns);
            let others = others.filter(|(name, _)| !verbatim.contains(name.as_str()));
            Mark::of_file(others.map(|(_, (texts, _))| texts.as_slice()))
        }
    };
    let mut columns = Vec::with_capacity(names.len());
    let mut variables = Vec::with_capacity(names.len());
    let (mut ambiguous, mut not_available) = (Vec::new(), Vec::new());
    for (name, (texts, cells)) in names.into_iter().zip(table.columns) {
        let meaning = if verbatim.contains(name.as_str()) {
            Meaning::Texts { ambiguous: false }
        } else {
            numbers::meaning(&texts, mark, options.decimal_comma.is_some())
        };
        let column = match meaning {
            Meaning::Numbers(numbers) => numbers_column(numbers, &cells),
            Meaning::Texts { ambiguous: is } => {
                if is {
                    ambiguous.push(VarId(name.clone()));
                }
                let codes: Vec<Option<Code>> = texts.into_iter().map(|text| Some(Code::Text(text))).collect();
                coded(&codes, &places(&cells))
            }
        };
        let mut variable = Variable::new(name, kind_of(&column));
        let na = Code::Text("NA".to_owned());
        let read_as_written = verbatim.contains(variable.name.0.as_str());
        if matches!(&column, Column::Coded { levels, .. } if !read_as_written && levels.contains(&na)) {
            // R and pandas write it so, and read it so: as an answer it would swell every base. It stays visible, and a
            // codebook that lists it makes it an answer.
            variable.values.push(Value {
                code: na,
                label: Text::default(),
                is: AnswerKind::Missing,
            });
            not_available.push(variable.name.clone());
        }
        columns.push(column);
        variables.push(variable);
    }
    if !not_available.is_empty() {
        warnings.push(DataWarning::NotAvailable {
            variables: not_available,
        });
    }
    if !ambiguous.is_empty() {
        // Categories by the look of them, but somebody meant numbers.
        for variable in &mut variables {
            if ambiguous.contains(&variable.name) {
                variable.kind = VariableKind::Text;
            }
        }
        warnings.push(DataWarning::AmbiguousNumbers { variables: ambiguous });
    }
    Ok(FileContents {
        format: Format::Csv,
        encoding: decoded.encoding.to_owned(),
        rows,
        codebook: Codebook {
            variables,
            ..Codebook::default()
        },
        columns,
        sets: Vec::new(),
        warnings,
    })
}

/// A column of numbers from what each different text means.
fn numbers_column(numbers: Vec<Option<f64>>, cells: &Positions) -> Column {
    let mut column = super::levels::Numbers::with_capacity(cells.len());
    for row in 0..cells.len() {
        let number = cells.get(row).and_then(|cell| numbers[cell]);
        column.push(number.unwrap_or(f64::NAN));
    }
    column.finish()
}

/// The rows of the file, column by column: the different texts, and for each row which of them.
struct Table {
    head: Vec<String>,
    columns: Vec<(Vec<String>, Positions)>,
}

fn table(
    path: &Path,
    text: &str,
    separator: u8,
    verbatim: &HashSet<&str>,
    progress: &Progress,
) -> Result<Table, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let mut reader = csv_reader(text, separator);
    let mut record = csv::ByteRecord::new();
    let mut next = |record: &mut csv::ByteRecord| {
        reader
            .read_byte_record(record)
            .map_err(|error| damaged(error.to_string()))
    };
    if !next(&mut record)? {
        return Err(DataError::Empty { path: path.to_owned() });
    }
    let mut head: Vec<String> = record.iter().map(|cell| string(cell.trim_ascii())).collect();
    let mut columns: Vec<Texts> = Vec::new();
    let mut rows = 0u32;
    while next(&mut record)? {
        rows = rows.wrapping_add(1);
        if rows.is_multiple_of(4096) {
            if progress.is_cancelled() {
                return Err(DataError::Cancelled { path: path.to_owned() });
            }
            let at = record.position().map_or(0, csv::Position::byte);
            progress.reached(0.2 + 0.7 * at as f64 / text.len() as f64);
        }
        if columns.is_empty() {
            // R's write.table gives the row names no heading.
            if head.len() > 1
                && record.len() == head.len() + 1
                && record.iter().next_back().is_some_and(|cell| !cell.is_empty())
            {
                head.insert(0, String::new());
            }
            columns = head.iter().map(|_| Texts::with_capacity(0)).collect();
        }
        // Separators at the end of a line are harmless; other differences would put answers under the wrong question.
        let too_many = record.iter().skip(head.len()).any(|cell| !cell.trim_ascii().is_empty());
        if record.len() < head.len() || too_many {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(damaged(format!(
                "the row in line {line} has {} cells where the heading has {}",
                record.len(),
                head.len()
            )));
        }
        for ((column, name), cell) in columns.iter_mut().zip(&head).zip(record.iter()) {
            let whole = !verbatim.is_empty() && verbatim.contains(name.as_str());
            column.push(if whole { cell } else { cell.trim_ascii() });
        }
    }
    let columns = columns
        .into_iter()
        .map(|column| {
            let (texts, rows) = column.parts();
            (texts.iter().map(|text| string(text)).collect(), rows)
        })
        .collect();
    Ok(Table { head, columns })
}

fn csv_reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Cells are cut out of a valid text, so nothing is lost here.
fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Column names, each of them once, and the ones that had to be made up.
fn names(head: &[String]) -> (Vec<String>, Vec<VarId>) {
    let mut taken = HashSet::new();
    let mut made_up = Vec::new();
    let mut names = Vec::with_capacity(head.len());
    for (i, name) in head.iter().enumerate() {
        names.push(if name.is_empty() {
            let name = unique(format!("column_{}", i + 1), &mut taken, &mut Vec::new());
            made_up.push(VarId(name.clone()));
            name
        } else {
            unique(name.clone(), &mut taken, &mut made_up)
        });
    }
    (names, made_up)
}

fn called_a_text_table(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["csv", "tsv", "tab"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Excel's first line `sep=;`, and the text after it.
fn told_separator(text: &str) -> (Option<u8>, &str) {
    let told = text.strip_prefix("sep=").and_then(|rest| {
        let (separator, rest) = rest.split_at_checked(1)?;
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        Some((separator.bytes().next()?, rest))
    });
    match told {
        Some((separator, rest)) => (Some(separator), rest),
        None => (None, text),
    }
}

fn separator_byte(path: &Path, separator: char) -> Result<u8, DataError> {
    match u8::try_from(separator) {
        Ok(byte) if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(&byte) => Ok(byte),
        _ => Err(DataError::BadSeparator {
            path: path.to_owned(),
            separator,
        }),
    }
}

/// The separator that cuts most of the first rows into as many cells as the heading, and then the one that cuts finest.
fn separator_of(text: &str) -> u8 {
    let cut = text.len() > SAMPLE_BYTES;
    let sample = if cut {
        &text[..text.floor_char_boundary(SAMPLE_BYTES)]
    } else {
        text
    };
    let score = |separator: u8| {
        let mut lengths: Vec<usize> = csv_reader(sample, separator)
            .into_byte_records()
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        if cut && lengths.len() > 1 {
            lengths.pop();
        }
        let head = lengths.first().copied().unwrap_or(0);
        let alike = lengths.iter().filter(|&&length| length == head).count();
        (head > 1).then(|| (alike * 1000 / lengths.len(), head))
    };
    SEPARATORS
        .into_iter()
        .rev()
        .filter_map(|separator| Some((score(separator)?, separator)))
        .max_by_key(|(score, _)| *score)
        // One column: a semicolon leaves decimal commas alone.
        .map_or(b';', |(_, separator)| separator)
}
