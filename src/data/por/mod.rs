//! An SPSS portable file in (`.por`), columns and what the file says about them out.
//!
//! Written after the PSPP Developers' Guide, "Portable File Format". Nothing is allocated on a file's word: counts are
//! only counted down while there are bytes. Texts are read as UTF-8 with Windows-1252 where they are certainly that;
//! the format itself knows only ASCII and some signs.

mod dictionary;
mod signs;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::Format;
use super::bytes::trimmed;
use super::codebook::{AnswerKind, Code, Codebook, Role, Text, Value, Variable, VariableKind};
use super::dates::with_dates;
use super::error::{DataError, DataWarning};
use super::levels::{Numbers, Texts, coded};
use super::read::{FileContents, ReadOptions, unique};
use super::sav::dates::{Shows, iso};
use super::tagged::kind_by_labels;
use super::text::Decoder;
use dictionary::{Column, Dictionary, Given, dictionary};
use signs::{Signs, Stop};

pub(crate) use signs::is_portable;

/// Reads an SPSS portable file. `path` is for messages.
pub(crate) fn read(path: &Path, file: &[u8], options: &ReadOptions) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let mut decoder = match &options.encoding {
        Some(label) => Decoder::new(
            Encoding::for_label(label.as_bytes()).ok_or_else(|| DataError::NoSuchEncoding {
                path: path.to_owned(),
                encoding: label.clone(),
            })?,
            true,
        ),
        None => Decoder::new(UTF_8, false),
    };
    let mut signs = Signs::new(file).map_err(|_| damaged("its header is not one of a portable file".to_owned()))?;
    let title = title(file);
    let dictionary = dictionary(&mut signs).map_err(damaged)?;
    let mut warnings = Vec::new();
    if dictionary.too_many_labels {
        warnings.push(DataWarning::PassedOver {
            what: "value labels".to_owned(),
        });
    }

    let mut builders: Vec<Builder> = dictionary
        .columns
        .iter()
        .map(|column| match column.width {
            0 => Builder::Numbers(Numbers::with_capacity(0)),
            _ => Builder::Texts(Texts::with_capacity(0)),
        })
        .collect();
    let (rows, stop) = read_rows(&mut signs, &mut builders);
    if let Some(stop) = stop {
        if rows == 0 {
            return Err(damaged(match stop {
                Stop::Ended => "it ends before its first row of answers".to_owned(),
                Stop::Wrong(at) => format!("its first row of answers cannot be understood at byte {at}"),
            }));
        }
        warnings.push(DataWarning::Truncated {
            promised: None,
            read: rows,
        });
    }

    let mut variables = variables(&dictionary, &mut decoder, &mut warnings);
    let mut columns = Vec::with_capacity(variables.len());
    for ((column, variable), builder) in dictionary.columns.iter().zip(&mut variables).zip(builders) {
        columns.push(match builder {
            Builder::Numbers(numbers) => {
                let cells = numbers.finish();
                match Shows::of_format(column.format) {
                    Shows::Number => {
                        variable.kind = kind_by_labels(&cells, variable, true);
                        cells
                    }
                    shows => {
                        variable.kind = VariableKind::Date;
                        with_dates(cells, variable, |seconds| iso(seconds, shows))
                    }
                }
            }
            Builder::Texts(texts) => {
                let (levels, cells) = texts.finish();
                let codes: Vec<Option<Code>> = levels.iter().map(|level| text_code(level, &mut decoder)).collect();
                let cells = coded(&codes, &cells);
                variable.kind = kind_by_labels(&cells, variable, false);
                cells
            }
        });
    }
    let title = decoder.text(title);
    warnings.extend(decoder.warnings());
    Ok(FileContents {
        format: Format::Por,
        encoding: decoder.encoding().to_owned(),
        rows,
        codebook: Codebook {
            title: label(&title),
            variables,
            ..Codebook::default()
        },
        columns,
        sets: Vec::new(),
        warnings,
    })
}

/// The second of the five titles of a file, where it is in ASCII, ends in a name for the data.
fn title(file: &[u8]) -> &[u8] {
    match file.get(40..80) {
        Some(line) if line.starts_with(b"ASCII SPSS PORT FILE") && !line.contains(&b'\n') => line[20..].trim_ascii(),
        _ => &[],
    }
}

enum Builder {
    Numbers(Numbers),
    Texts(Texts),
}

/// One answer of the row being read.
enum Cell {
    Number(f64),
    Text(Vec<u8>),
}

/// Reads rows until the sign Z, the end of the file or something that is not an answer; then says which.
fn read_rows(signs: &mut Signs<'_>, builders: &mut [Builder]) -> (usize, Option<Stop>) {
    let mut rows = 0;
    let mut row: Vec<Cell> = builders
        .iter()
        .map(|builder| match builder {
            Builder::Numbers(_) => Cell::Number(f64::NAN),
            Builder::Texts(_) => Cell::Text(Vec::new()),
        })
        .collect();
    loop {
        match signs.peek() {
            Ok('Z') => return (rows, None),
            Ok(_) => {}
            Err(stop) => return (rows, Some(stop)),
        }
        // A row counts when it is whole.
        for cell in &mut row {
            let read = match cell {
                Cell::Number(number) => signs.number().map(|read| *number = read.unwrap_or(f64::NAN)),
                Cell::Text(text) => signs.text_into(text),
            };
            if let Err(stop) = read {
                return (rows, Some(stop));
            }
        }
        for (cell, builder) in row.iter().zip(builders.iter_mut()) {
            match (cell, builder) {
                (Cell::Number(number), Builder::Numbers(numbers)) => numbers.push(*number),
                (Cell::Text(text), Builder::Texts(texts)) => texts.push(trimmed(text)),
                _ => {}
            }
        }
        rows += 1;
    }
}

fn text_code(bytes: &[u8], decoder: &mut Decoder) -> Option<Code> {
    let text = decoder.text(bytes);
    (!text.is_empty()).then_some(Code::Text(text))
}

fn label(text: &str) -> Text {
    match text.trim() {
        "" => Text::default(),
        text => Text::plain(text),
    }
}

/// Every variable with its labels and missing codes; the kind is settled by the answers.
fn variables(dictionary: &Dictionary, decoder: &mut Decoder, warnings: &mut Vec<DataWarning>) -> Vec<Variable> {
    let (mut taken, mut named) = (HashSet::new(), Vec::new());
    let mut variables: Vec<Variable> = dictionary
        .columns
        .iter()
        .map(|column| {
            let name = decoder.text(&column.name);
            let mut variable = Variable::new(unique(name, &mut taken, &mut named), VariableKind::Nominal);
            variable.label = label(&decoder.text(&column.label));
            if !dictionary.weight.is_empty() && column.name == dictionary.weight {
                variable.role = Some(Role::Weight);
            }
            variable
        })
        .collect();
    if !named.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: named });
    }
    let places: HashMap<&[u8], usize> = dictionary
        .columns
        .iter()
        .enumerate()
        .rev()
        .map(|(i, column)| (column.name.as_slice(), i))
        .collect();
    let mut known: Vec<HashMap<Code, usize>> = vec![HashMap::new(); variables.len()];
    for labels in &dictionary.labels {
        let values: Vec<(Option<Code>, Text)> = labels
            .values
            .iter()
            .map(|(given, text)| (code(given, decoder), label(&decoder.text(text))))
            .collect();
        for &place in labels.names.iter().filter_map(|name| places.get(name.as_slice())) {
            for (code, text) in &values {
                if let Some(code) = code {
                    value_of(&mut variables[place], &mut known[place], code.clone()).label = text.clone();
                }
            }
        }
    }
    for (place, column) in dictionary.columns.iter().enumerate() {
        add_missing(column, &mut variables[place], &mut known[place], decoder);
    }
    variables
}

fn code(given: &Given, decoder: &mut Decoder) -> Option<Code> {
    match given {
        Given::Number(number) => Some(Code::Number(number + 0.0)),
        Given::Text(text) => text_code(text, decoder),
    }
}

/// The value of this code, added if it is new.
fn value_of<'a>(variable: &'a mut Variable, known: &mut HashMap<Code, usize>, code: Code) -> &'a mut Value {
    let next = variable.values.len();
    let place = *known.entry(code.clone()).or_insert(next);
    if place == next {
        variable.values.push(Value {
            code,
            label: Text::default(),
            is: AnswerKind::Answer,
        });
    }
    &mut variable.values[place]
}

fn add_missing(column: &Column, variable: &mut Variable, known: &mut HashMap<Code, usize>, decoder: &mut Decoder) {
    for given in &column.missing {
        if let Some(code) = code(given, decoder) {
            value_of(variable, known, code).is = AnswerKind::Missing;
        }
    }
    if let Some((low, high)) = column.missing_range
        && low <= high
    {
        variable.missing_ranges.push((low, high));
        for value in &mut variable.values {
            if value
                .code
                .number()
                .is_some_and(|number| low <= number && number <= high)
            {
                value.is = AnswerKind::Missing;
            }
        }
    }
}
