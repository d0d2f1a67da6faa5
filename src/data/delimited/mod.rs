//! Text with separators in (`.csv`, `.tsv`), columns out. Separator, decimal mark and encoding are found by looking;
//! [`ReadOptions`] overrules what was found.

mod cells;
mod encoding;
mod numbers;

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::Path;

use super::codebook::{AnswerKind, Code, Codebook, Text, Value, VarId, Variable, VariableKind};
use super::error::{DataError, DataWarning};
use super::levels::{Numbers, kind_of};
use super::progress::Progress;
use super::read::{FileContents, ReadOptions, unique};
use super::{Column, Format, Positions};
use cells::{Cells, Collected, Plan};
use encoding::Decoded;
use numbers::{Mark, Meaning};

/// The separators that are looked for, the likelier first.
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// How much of the file the separator is looked for in.
const SAMPLE_BYTES: usize = 1 << 16;

/// How much of the file is read at a time.
const BUFFER_BYTES: usize = 1 << 16;

/// A file that is gone through more than once, so that it need not be in memory.
pub(crate) struct Source<'a> {
    /// The bytes from front to back, for the first time.
    pub first: &'a mut (dyn Read + 'a),
    /// The same bytes once more.
    pub again: &'a dyn Fn() -> io::Result<Box<dyn Read + 'a>>,
    /// How many bytes.
    pub length: u64,
}

/// Reads a text file. `path` is for messages; the columns named in `verbatim` are texts even where they look like
/// numbers, and keep the blanks around them.
pub(crate) fn read(
    path: &Path,
    source: Source<'_>,
    options: &ReadOptions,
    verbatim: &[VarId],
    progress: &Progress,
) -> Result<FileContents, DataError> {
    let found = encoding::find(path, source.first, options.encoding.as_deref())?;
    let (told, text) = told_separator(&found.start);
    let separator = match options.separator {
        Some(separator) => separator_byte(path, separator)?,
        None => told.unwrap_or_else(|| separator_of(text)),
    };
    let verbatim: HashSet<&str> = verbatim.iter().map(|name| name.0.as_str()).collect();
    let told_mark = options
        .decimal_comma
        .map(|comma| if comma { Mark::Comma } else { Mark::Point });
    let file = TextFile {
        path,
        again: source.again,
        length: source.length,
        encoding: found.encoding,
        skip: found.start.len() - text.len(),
        separator,
        verbatim: &verbatim,
        likely: told_mark.unwrap_or(Mark::Point),
        progress,
    };
    drop(found.start);
    let table = file.table(&[])?;
    let mut warnings = Vec::new();
    if table.replaced > 0 {
        warnings.push(DataWarning::Encoding {
            encoding: file.encoding.name().to_owned(),
            texts: table.replaced,
        });
    }
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
    let rows = table.rows;
    let is_verbatim = |name: &String| verbatim.contains(name.as_str());
    let mark = told_mark.unwrap_or_else(|| {
        let others = names.iter().zip(&table.columns).filter(|(name, _)| !is_verbatim(name));
        Mark::of_file(others.map(|(_, cells)| [Mark::Point, Mark::Comma].map(|mark| cells.is_numbers(mark))))
    });
    let make = |(name, cells)| make(cells, mark, told_mark.is_some(), is_verbatim(name));
    let mut made: Vec<Made> = names.iter().zip(table.columns).map(make).collect();
    let plans: Vec<Plan> = made.iter().map(Made::plan).collect();
    if plans.iter().any(|plan| *plan != Plan::Done) {
        let table = file.table(&plans)?;
        if table.rows != rows {
            return Err(encoding::unreadable(
                path,
                &io::Error::other("it was changed while it was read"),
            ));
        }
        for ((made, name), cells) in made.iter_mut().zip(&names).zip(table.columns) {
            if !matches!(cells, Collected::Done) {
                *made = make((name, cells));
            }
        }
    }
    let mut columns = Vec::with_capacity(names.len());
    let mut variables = Vec::with_capacity(names.len());
    let (mut ambiguous, mut not_available) = (Vec::new(), Vec::new());
    for (name, made) in names.into_iter().zip(made) {
        let Made::Column { column, ambiguous: is } = made else {
            // Read as planned, and yet not what it was.
            return Err(encoding::unreadable(
                path,
                &io::Error::other("it was changed while it was read"),
            ));
        };
        if is {
            ambiguous.push(VarId(name.clone()));
        }
        let read_as_written = verbatim.contains(name.as_str());
        let mut variable = Variable::new(name, kind_of(&column));
        let na = Code::Text("NA".to_owned());
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
        encoding: file.encoding.name().to_owned(),
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

/// What has come of a column.
enum Made {
    Column {
        column: Column,
        ambiguous: bool,
    },
    /// The file has to be gone through once more, because what it needs was not kept.
    Again(Plan),
}

impl Made {
    fn plan(&self) -> Plan {
        match self {
            Self::Column { .. } => Plan::Done,
            Self::Again(plan) => *plan,
        }
    }
}

/// A column in a file whose decimals stand after `mark`; `told` if somebody said so.
fn make(cells: Collected, mark: Mark, told: bool, verbatim: bool) -> Made {
    let (texts, rows) = match cells {
        Collected::Texts(texts, rows) => (texts, rows),
        Collected::Quantity(quantity) => {
            let Some(mark) = quantity.possible.mark(mark, told).filter(|_| !verbatim) else {
                return Made::Again(Plan::Texts);
            };
            return match quantity.by(mark) {
                Some(numbers) => Made::Column {
                    column: numbers.finish(),
                    ambiguous: false,
                },
                None => Made::Again(Plan::Numbers(mark)),
            };
        }
        Collected::Lost | Collected::Done => return Made::Again(Plan::Texts),
    };
    let meaning = if verbatim {
        Meaning::Texts { ambiguous: false }
    } else {
        numbers::meaning(&texts, mark, told)
    };
    match meaning {
        Meaning::Numbers(numbers) => Made::Column {
            column: numbers_column(&numbers, &rows),
            ambiguous: false,
        },
        Meaning::Texts { ambiguous } => Made::Column {
            column: Column::Coded {
                levels: texts.into_iter().map(Code::Text).collect(),
                rows,
            },
            ambiguous,
        },
    }
}

/// A column of numbers from what each different text means.
fn numbers_column(numbers: &[Option<f64>], cells: &Positions) -> Column {
    let mut column = Numbers::with_capacity(cells.len());
    for row in 0..cells.len() {
        let number = cells.get(row).and_then(|cell| numbers[cell]);
        column.push(number.unwrap_or(f64::NAN));
    }
    column.finish()
}

/// The rows of the file, column by column.
struct Table {
    head: Vec<String>,
    columns: Vec<Collected>,
    rows: usize,
    /// How many places had bytes that the encoding does not know.
    replaced: usize,
}

/// A text file, and all that must be known to cut it into cells.
struct TextFile<'a, 's> {
    path: &'a Path,
    again: &'a dyn Fn() -> io::Result<Box<dyn Read + 's>>,
    length: u64,
    encoding: &'static encoding_rs::Encoding,
    /// Bytes of text before the heading.
    skip: usize,
    separator: u8,
    verbatim: &'a HashSet<&'a str>,
    likely: Mark,
    progress: &'a Progress,
}

impl TextFile<'_, '_> {
    /// Goes through the file. A column without a plan is open.
    fn table(&self, plans: &[Plan]) -> Result<Table, DataError> {
        let path = self.path;
        let damaged = |reason: String| DataError::Damaged {
            path: path.to_owned(),
            reason,
        };
        let unreadable = |error: io::Error| encoding::unreadable(path, &error);
        let file = (self.again)().map_err(unreadable)?;
        let mut text = Decoded::new(file, self.encoding);
        io::copy(&mut (&mut text).take(self.skip as u64), &mut io::sink()).map_err(unreadable)?;
        let mut reader = csv_reader(text, self.separator);
        let mut record = csv::ByteRecord::new();
        let next = |reader: &mut csv::Reader<Decoded<'_>>, record: &mut csv::ByteRecord| {
            reader.read_byte_record(record).map_err(|error| {
                let said = error.to_string();
                match error.into_kind() {
                    csv::ErrorKind::Io(error) => unreadable(error),
                    _ => damaged(said),
                }
            })
        };
        if !next(&mut reader, &mut record)? {
            return Err(DataError::Empty { path: path.to_owned() });
        }
        let mut head: Vec<String> = record.iter().map(|cell| string(cell.trim_ascii())).collect();
        let mut columns: Vec<Cells> = Vec::new();
        let mut rows = 0usize;
        while next(&mut reader, &mut record)? {
            rows += 1;
            if rows.is_multiple_of(4096) {
                if self.progress.is_cancelled() {
                    return Err(DataError::Cancelled { path: path.to_owned() });
                }
                let done = reader.get_ref().done as f64 / self.length.max(1) as f64;
                self.progress.reached(0.2 + 0.7 * done);
            }
            if rows == 1 {
                // R's write.table gives the row names no heading.
                if head.len() > 1
                    && record.len() == head.len() + 1
                    && record.iter().next_back().is_some_and(|cell| !cell.is_empty())
                {
                    head.insert(0, String::new());
                }
                let plan = |at: usize| plans.get(at).copied().unwrap_or(Plan::Open);
                columns = (head.iter().enumerate())
                    .map(|(at, name)| Cells::new(plan(at), self.verbatim.contains(name.as_str()), self.likely))
                    .collect();
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
            for (column, cell) in columns.iter_mut().zip(record.iter()) {
                column.push(cell);
            }
        }
        Ok(Table {
            head,
            columns: columns.into_iter().map(Cells::finish).collect(),
            rows,
            replaced: reader.get_ref().replaced(),
        })
    }
}

fn csv_reader<R: Read>(text: R, separator: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .buffer_capacity(BUFFER_BYTES)
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text)
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
        let mut lengths: Vec<usize> = csv_reader(sample.as_bytes(), separator)
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
