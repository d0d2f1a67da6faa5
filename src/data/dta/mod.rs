//! A Stata file in (`.dta`, releases 104 to 119), columns and what the file says about them out.
//!
//! Nothing is allocated on a file's word: counts are compared with the bytes that are left. Numbers are kept exactly:
//! a `float` is the 32-bit number it is, not the decimal that was typed. Extended missings are the codes `.a` to `.z`.

mod after;
mod binary;
mod cells;
mod dates;
mod header;
pub(crate) mod streamed;
mod tagged;

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::codebook::{AnswerKind, Code, Codebook, Text, Value, VarId, Variable, VariableKind};
use super::dates::with_dates;
use super::error::{DataError, DataWarning};
use super::levels::{coded, kind_of, kind_of_numbers};
use super::read::{FileContents, ReadOptions, unique};
use super::text::Decoder;
use super::{Column, Format};
use after::{LongTexts, Tables};
use cells::{Cells, Layout};
use dates::Unit;
pub(crate) use header::is_dta;
use header::{Dictionary, Field};

/// Rows are read in blocks of about so many bytes, which stay in the cache while one column after another is taken.
const BLOCK_BYTES: usize = 1 << 17;
/// Less data than this is read sooner than a thread is started.
const WORTH_A_THREAD: usize = 1 << 22;

/// Reads a Stata file. `path` is for messages.
pub(crate) fn read(path: &Path, file: &[u8], options: &ReadOptions) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let mut dictionary = header::dictionary(file).map_err(damaged)?;
    // Positions count to 2³².
    dictionary.rows = dictionary.rows.min(u32::MAX as usize - 1);
    let collected = collect(&dictionary);
    finish(path, dictionary, collected, options)
}

/// Columns and what the file says about them, from the cells of every column and what stands round them.
fn finish(
    path: &Path,
    mut dictionary: Dictionary<'_>,
    collected: Vec<Cells>,
    options: &ReadOptions,
) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let release = dictionary.release;
    let mut decoder = decoder(path, release, options)?;
    let mut warnings = Vec::new();
    if (dictionary.rows as u64) < dictionary.promised {
        if dictionary.rows == 0 {
            return Err(damaged("it ends before its first row of answers".to_owned()));
        }
        warnings.push(DataWarning::Truncated {
            promised: usize::try_from(dictionary.promised).ok(),
            read: dictionary.rows,
        });
    }
    let (mut long_texts, mut tables) = match dictionary.after.take() {
        Some(mut after) => {
            let long_texts = (release >= 117).then(|| LongTexts::read(&mut after, release));
            (long_texts, Some(Tables::read(&mut after, release)))
        }
        None => (None, None),
    };
    let mut taken = HashSet::new();
    let mut made_up = Vec::new();
    let mut columns = Vec::with_capacity(collected.len());
    let mut described = Vec::with_capacity(collected.len());
    for (i, (field, cells)) in dictionary.fields.iter().zip(collected).enumerate() {
        let mut variable = variable(i, field, &mut decoder, &mut taken, &mut made_up);
        if field.storage.is_number()
            && !field.table.is_empty()
            && let Some(tables) = &mut tables
        {
            // A name without a table is common, and says nothing.
            variable.values = tables.values(field.table, &mut decoder).unwrap_or_default();
        }
        let column = match cells {
            Cells::Texts(texts) => texts.column(|level| Some(Code::Text(decoder.text(&level)))),
            Cells::References(references) => {
                let mut lost = false;
                let codes: Vec<Option<Code>> = references
                    .different
                    .iter()
                    .map(|reference| {
                        let text = match &mut long_texts {
                            Some(texts) => texts.get(*reference),
                            None => None,
                        };
                        lost |= text.is_none();
                        let text = decoder.text(text?);
                        (!text.is_empty()).then_some(Code::Text(text))
                    })
                    .collect();
                if lost {
                    warnings.push(passed_over(&variable.name.0));
                }
                coded(&codes, &references.rows)
            }
            Cells::Bytes(bytes) => cells::of_bytes(bytes, release),
            Cells::Numbers(tagged) => tagged.finish(),
        };
        let column = if field.storage.is_number() {
            add_tags(&column, &mut variable);
            described_number(column, &mut variable, field)
        } else {
            variable.kind = kind_of(&column);
            column
        };
        columns.push(column);
        described.push(variable);
    }
    if tables.as_ref().is_some_and(|tables| tables.broken) {
        warnings.push(passed_over("value labels"));
    }
    if !made_up.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: made_up });
    }
    let title = decoder.text(dictionary.title);
    warnings.extend(decoder.warnings());
    Ok(FileContents {
        format: Format::Dta,
        encoding: decoder.encoding().to_owned(),
        rows: dictionary.rows,
        codebook: Codebook {
            title: text(title),
            variables: described,
            ..Codebook::default()
        },
        columns,
        sets: Vec::new(),
        warnings,
    })
}

/// Release 118 and later are UTF-8. Earlier ones do not say; most were written under Windows.
fn decoder(path: &Path, release: u16, options: &ReadOptions) -> Result<Decoder, DataError> {
    match &options.encoding {
        Some(label) => Encoding::for_label(label.as_bytes())
            .map(|encoding| Decoder::new(encoding, true))
            .ok_or_else(|| DataError::NoSuchEncoding {
                path: path.to_owned(),
                encoding: label.clone(),
            }),
        None => Ok(Decoder::new(if release >= 118 { UTF_8 } else { WINDOWS_1252 }, false)),
    }
}

fn passed_over(what: &str) -> DataWarning {
    DataWarning::PassedOver { what: what.to_owned() }
}

fn text(text: String) -> Text {
    if text.is_empty() {
        Text::default()
    } else {
        Text::plain(text)
    }
}

/// What the dictionary says of the variable in place `i`.
fn variable(
    i: usize,
    field: &Field<'_>,
    decoder: &mut Decoder,
    taken: &mut HashSet<String>,
    made_up: &mut Vec<VarId>,
) -> Variable {
    let name = decoder.text(field.name);
    let name = if name.is_empty() {
        let name = unique(format!("V{}", i + 1), taken, &mut Vec::new());
        made_up.push(VarId(name.clone()));
        name
    } else {
        unique(name, taken, made_up)
    };
    let mut variable = Variable::new(name, VariableKind::default());
    variable.label = text(decoder.text(field.label));
    variable
}

/// Every `.a` to `.z` that occurs is a missing code, labelled or not.
fn add_tags(column: &Column, variable: &mut Variable) {
    let Column::Coded { levels, .. } = column else {
        return;
    };
    let tags = levels.iter().filter(|level| level.number().is_none());
    for code in tags {
        if variable.value(code).is_none() {
            variable.values.push(Value {
                code: code.clone(),
                label: Text::default(),
                is: AnswerKind::Missing,
            });
        }
    }
}

/// Settles the kind of a numeric variable, and makes dates of numbers that are shown as such.
fn described_number(column: Column, variable: &mut Variable, field: &Field<'_>) -> Column {
    if let Some(unit) = Unit::of_format(field.format) {
        variable.kind = VariableKind::Date;
        return with_dates(column, variable, |number| unit.iso(number));
    }
    variable.kind = kind_of_numbers(&column, variable);
    column
}

/// How many threads take so many bytes of rows apart.
fn cores(bytes: usize) -> usize {
    if bytes < WORTH_A_THREAD {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from).min(8)
    }
}

/// Collects every column, on several cores where there is much to do.
fn collect(dictionary: &Dictionary<'_>) -> Vec<Cells> {
    let cores = cores(dictionary.data.len());
    let each = dictionary.row_bytes.div_ceil(cores);
    let mut shares = dictionary
        .fields
        .chunk_by(|one, next| one.offset / each == next.offset / each);
    let Some(first) = shares.next() else {
        return Vec::new();
    };
    thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|fields| scope.spawn(|| collect_fields(dictionary, fields)))
            .collect();
        let mut cells = collect_fields(dictionary, first);
        for other in others {
            match other.join() {
                Ok(more) => cells.extend(more),
                Err(panic) => resume_unwind(panic),
            }
        }
        cells
    })
}

fn collect_fields(dictionary: &Dictionary<'_>, fields: &[Field<'_>]) -> Vec<Cells> {
    let layout = Layout::of(dictionary);
    let mut cells: Vec<Cells> = fields
        .iter()
        .map(|field| Cells::new(field.storage, dictionary.rows))
        .collect();
    let rows = (BLOCK_BYTES / dictionary.row_bytes).max(1);
    for block in dictionary.data.chunks(rows * dictionary.row_bytes) {
        for (field, cells) in fields.iter().zip(&mut cells) {
            cells.push_block(block, field, layout);
        }
    }
    cells
}
