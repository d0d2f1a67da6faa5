//! A workbook in (`.xlsx`, `.xls`, `.ods`), the columns of one of its sheets out, with the labels of another.
//!
//! Written here rather than taken from a library, so that memory is bounded by the size of the file: cells go straight
//! into columns, what a part unpacks to is capped, and no number that a file states is believed before it is compared
//! with the bytes there are.

mod cell;
mod cfb;
mod dates;
mod labels;
mod ods;
mod table;
mod xls;
mod xlsx;
mod xml;
mod zip;

use std::ops::ControlFlow;
use std::path::Path;

use super::Format;
use super::codebook::Codebook;
use super::error::{DataError, DataWarning};
use super::progress::Progress;
use super::read::{FileContents, ReadOptions};
use cell::{Merged, Rows, SheetName, Sink, Strings, add, begin};
use cfb::Cfb;
use labels::{Labels, Layout};
use ods::Ods;
use table::Table;
use xls::Xls;
use xlsx::Xlsx;
use zip::Zip;

/// How files begin that this module reads.
pub(crate) const SIGNATURES: [&[u8]; 2] = [b"PK\x03\x04", cfb::SIGNATURE];

/// Only so many sheets are looked into when nobody has said which to read.
const MOST_SHEETS: usize = 64;
/// A labels sheet has at most so many cells.
const MOST_LABELS: usize = 1_000_000;

/// The sheets of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheets {
    /// The names of those that hold a table, in the order of the workbook. Empty for files that are no workbooks.
    pub names: Vec<String>,
    /// The one that was read: a place in `names`.
    pub read: usize,
}

impl Sheets {
    /// The name of the sheet that was read.
    pub fn name(&self) -> Option<&str> {
        self.names.get(self.read).map(String::as_str)
    }
}

enum Book<'a> {
    Xlsx(Xlsx<'a>),
    Ods(Ods<'a>),
    Xls(Xls),
}

impl<'a> Book<'a> {
    fn open(path: &Path, file: &'a [u8], strings: &mut Strings) -> Result<Self, DataError> {
        let damaged = |reason: String| DataError::Damaged {
            path: path.to_owned(),
            reason,
        };
        let refused = |reason: &str| DataError::NotASurvey {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        if file.starts_with(cfb::SIGNATURE) {
            let cfb = Cfb::open(file).ok_or_else(|| damaged("its table of contents makes no sense".to_owned()))?;
            return if cfb.has("Workbook") || cfb.has("Book") {
                Xls::open(&cfb, strings).map(Self::Xls).map_err(damaged)
            } else if cfb.has("EncryptedPackage") {
                Err(refused(
                    "it is a workbook that is protected by a password: save it without one",
                ))
            } else {
                Err(refused("it is an old Office file, but no workbook"))
            };
        }
        let zip = Zip::open(file).map_err(damaged)?;
        if zip.has("content.xml") && !zip.has("xl/workbook.xml") {
            Ods::open(zip, strings).map(Self::Ods).map_err(damaged)
        } else if zip.has("xl/workbook.bin") {
            Err(refused("it is a binary workbook (.xlsb): save it as .xlsx"))
        } else if zip.has("xl/workbook.xml") || zip.has("[Content_Types].xml") {
            if zip.has("word/document.xml") {
                return Err(refused("it is a Word document"));
            }
            if zip.has("ppt/presentation.xml") {
                return Err(refused("it is a PowerPoint presentation"));
            }
            Xlsx::open(zip, strings).map(Self::Xlsx).map_err(damaged)
        } else {
            Err(refused("it is a zip archive: unpack it first"))
        }
    }

    fn format(&self) -> Format {
        match self {
            Self::Xlsx(_) => Format::Xlsx,
            Self::Ods(_) => Format::Ods,
            Self::Xls(_) => Format::Xls,
        }
    }

    fn sheets(&self) -> &[SheetName] {
        match self {
            Self::Xlsx(book) => &book.sheets,
            Self::Ods(book) => &book.sheets,
            Self::Xls(book) => &book.sheets,
        }
    }

    fn cells(&self, sheet: usize, strings: &mut Strings, sink: &mut Sink<'_>) -> Result<Vec<Merged>, String> {
        match self {
            Self::Xlsx(book) => book.cells(sheet, strings, sink),
            Self::Ods(book) => book.cells(sheet, strings, sink),
            Self::Xls(book) => book.cells(sheet, strings, sink),
        }
    }

    /// The first rows of a sheet, or of a damaged one those that can be read.
    fn beginning(&self, sheet: usize, strings: &mut Strings, trouble: &mut Option<String>) -> Rows {
        if let Self::Ods(book) = self {
            return book.beginnings.get(sheet).cloned().unwrap_or_default();
        }
        let mut rows = Rows::new();
        let read = self.cells(sheet, strings, &mut |_, place, cell| begin(&mut rows, place, cell));
        *trouble = trouble.take().or(read.err());
        rows
    }
}

/// A sheet that holds a table.
struct Candidate {
    number: usize,
    beginning: Rows,
    heading: usize,
    labels: Option<Layout>,
}

/// Reads a workbook: the sheet asked for, else the first that holds a table and is not the explanation of another.
/// `path` is for messages.
pub(crate) fn read(
    path: &Path,
    file: &[u8],
    options: &ReadOptions,
    progress: &Progress,
) -> Result<(FileContents, Sheets), DataError> {
    let mut strings = Strings::default();
    let book = Book::open(path, file, &mut strings)?;
    let names = book.sheets();
    let wanted = match &options.sheet {
        Some(name) => Some(sheet_called(path, names, name)?),
        None => None,
    };
    let mut trouble = None;
    let candidates = candidates(&book, wanted, &mut strings, &mut trouble);
    let chosen = match wanted {
        Some(number) => candidates.iter().position(|candidate| candidate.number == number),
        None => first(&candidates, names, &strings),
    };
    let Some(chosen) = chosen else {
        if let Some(reason) = trouble {
            return Err(DataError::Damaged {
                path: path.to_owned(),
                reason,
            });
        }
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: match &options.sheet {
                Some(name) => format!("its sheet {name:?} holds no table"),
                None => "none of its sheets holds a table with headings and rows".to_owned(),
            },
        });
    };
    let sheets = Sheets {
        names: candidates
            .iter()
            .map(|candidate| names[candidate.number].name.clone())
            .collect(),
        read: chosen,
    };
    let mut contents = contents(path, file, &book, &candidates[chosen], &mut strings, progress)?;
    explain(&mut contents, &book, &candidates, chosen, &mut strings);
    if options.sheet.is_none() {
        let others: Vec<String> = candidates
            .iter()
            .enumerate()
            .filter(|(place, candidate)| *place != chosen && candidate.labels.is_none())
            .map(|(place, _)| sheets.names[place].clone())
            .collect();
        if !others.is_empty() {
            contents.warnings.push(DataWarning::OtherSheets {
                read: sheets.names[chosen].clone(),
                others,
            });
        }
    }
    Ok((contents, sheets))
}

/// The sheets that hold a table; lines of one column are a note to the reader, unless there is nothing else.
fn candidates(
    book: &Book<'_>,
    wanted: Option<usize>,
    strings: &mut Strings,
    trouble: &mut Option<String>,
) -> Vec<Candidate> {
    let count = book.sheets().len();
    let looked_into = (0..count.min(MOST_SHEETS)).chain(wanted.filter(|number| *number >= MOST_SHEETS));
    looked_into
        .filter_map(|number| {
            let beginning = book.beginning(number, strings, trouble);
            let heading = table::heading(&beginning)?;
            let is_table = beginning[heading].1.len() > 1 || wanted == Some(number) || count == 1;
            is_table.then(|| Candidate {
                number,
                heading,
                labels: labels::layout(&beginning, strings),
                beginning,
            })
        })
        .collect()
}

/// A sheet by its name, in the same or in other letters.
fn sheet_called(path: &Path, sheets: &[SheetName], name: &str) -> Result<usize, DataError> {
    let lower = name.to_lowercase();
    sheets
        .iter()
        .position(|sheet| sheet.name == name)
        .or_else(|| sheets.iter().position(|sheet| sheet.name.to_lowercase() == lower))
        .ok_or_else(|| DataError::NoSuchSheet {
            path: path.to_owned(),
            sheet: name.to_owned(),
            sheets: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        })
}

/// The first sheet that can be seen and does not explain the columns of another.
fn first(candidates: &[Candidate], sheets: &[SheetName], strings: &Strings) -> Option<usize> {
    let explains = |place: usize, layout: Layout| {
        let mut labels = Labels::default();
        labels.add(&candidates[place].beginning, layout, strings);
        candidates.iter().enumerate().any(|(other, candidate)| {
            let heads: Vec<String> = candidate.beginning[candidate.heading]
                .1
                .iter()
                .map(|(_, cell)| table::words(*cell, strings))
                .collect();
            other != place && labels.explains(heads.iter().map(String::as_str))
        })
    };
    let is_data = |place: &usize| match candidates[*place].labels {
        Some(layout) => !explains(*place, layout),
        None => true,
    };
    let data: Vec<usize> = (0..candidates.len()).filter(is_data).collect();
    data.iter()
        .copied()
        .find(|place| !sheets[candidates[*place].number].hidden)
        .or_else(|| data.first().copied())
        .or_else(|| (!candidates.is_empty()).then_some(0))
}

fn contents(
    path: &Path,
    file: &[u8],
    book: &Book<'_>,
    chosen: &Candidate,
    strings: &mut Strings,
    progress: &Progress,
) -> Result<FileContents, DataError> {
    let damaged = |reason: String| DataError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let mut table = Table::new(&chosen.beginning, chosen.heading, strings, file.len());
    let read = book.cells(chosen.number, strings, &mut |strings, place, cell| {
        if place.1 == 0 && progress.is_cancelled() {
            return ControlFlow::Break(());
        }
        table.push(strings, place, cell)
    });
    if progress.is_cancelled() {
        return Err(DataError::Cancelled { path: path.to_owned() });
    }
    if table.is_too_large() {
        return Err(damaged(format!(
            "its sheet {:?} spreads few answers over very many rows and columns",
            book.sheets()[chosen.number].name
        )));
    }
    let mut warnings = Vec::new();
    let merged = match read {
        Ok(merged) => merged,
        // The last row may lack cells.
        Err(_) if table.rows() > 1 => {
            warnings.push(DataWarning::Truncated {
                promised: None,
                read: table.rows(),
            });
            Vec::new()
        }
        Err(reason) => return Err(damaged(reason)),
    };
    let sheet = table.finish(&merged, strings);
    if !sheet.named.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: sheet.named });
    }
    let (variables, cells) = sheet.errors;
    if cells > 0 {
        warnings.push(DataWarning::FailedFormulas { variables, cells });
    }
    Ok(FileContents {
        format: book.format(),
        encoding: match book {
            Book::Xls(_) => "UTF-16".to_owned(),
            _ => "UTF-8".to_owned(),
        },
        rows: sheet.rows,
        codebook: Codebook {
            title: sheet.title,
            variables: sheet.variables,
            ..Codebook::default()
        },
        columns: sheet.columns,
        sets: Vec::new(),
        warnings,
    })
}

/// Takes the labels of the sheets that have them.
fn explain(
    contents: &mut FileContents,
    book: &Book<'_>,
    candidates: &[Candidate],
    chosen: usize,
    strings: &mut Strings,
) {
    let mut labels = Labels::default();
    for (place, candidate) in candidates.iter().enumerate() {
        let Some(layout) = candidate.labels.filter(|_| place != chosen) else {
            continue;
        };
        let mut rows = Rows::new();
        let mut left = MOST_LABELS;
        // A damaged labels sheet explains what can be read of it.
        let _ = book.cells(candidate.number, strings, &mut |_, place, cell| {
            add(&mut rows, place, cell);
            left -= 1;
            if left == 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        labels.add(&rows, layout, strings);
    }
    for (variable, column) in contents.codebook.variables.iter_mut().zip(&contents.columns) {
        labels.apply(variable, column);
    }
}
