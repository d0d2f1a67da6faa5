//! A path or bytes in, an [`Opened`] data set out: finds the format by content, the codebook beside the file or among
//! the packs, and puts the two together.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::codebook::{Codebook, Language, VarId};
use super::error::{DataError, DataWarning};
use super::merge::FileNote;
use super::progress::Progress;
use super::sas::catalog::{self, Catalog};
use super::sets::{self, AnswerSet};
use super::stream::Stream;
use super::told::{self, Told};
use super::{
    Column, Dataset, Format, Sheets, arrow, delimited, dta, excel, levels, merge, packs, parquet, por, sas, sav, xpt,
};

/// A data set that could be opened, with what should be said about it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The data.
    pub dataset: Dataset,
    /// What the person should know.
    pub warnings: Vec<DataWarning>,
}

/// Choices that overrule what the reader finds by looking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ReadOptions {
    /// A codebook other than the sidecar beside the file: this program's own or a DDI-Codebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codebook: Option<PathBuf>,
    /// Workbooks: the sheet to read, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Text files: the separator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<char>,
    /// Text files: whether numbers have a decimal comma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal_comma: Option<bool>,
    /// Text files, `.sav` and `.dta`: the encoding, by its WHATWG label (`windows-1252`, `utf-8`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The folder of codebooks that this person saved before, tried before the packs. It belongs to the machine, so no
    /// project stores it.
    #[serde(skip)]
    pub saved: Option<PathBuf>,
}

/// What a format's reader gives: the columns, and what the file itself says about them.
pub(crate) struct FileContents {
    pub format: Format,
    pub encoding: String,
    pub rows: usize,
    /// `codebook.variables[i]` describes `columns[i]`; names are unique.
    pub codebook: Codebook,
    /// Levels in any order.
    pub columns: Vec<Column>,
    /// Multiple-response sets.
    pub sets: Vec<AnswerSet>,
    pub warnings: Vec<DataWarning>,
}

/// A file's contents, and what a whole file has besides.
struct Found {
    contents: FileContents,
    /// Workbooks: the sheets to choose from.
    sheets: Sheets,
    /// SHA-256 in hexadecimal.
    fingerprint: String,
}

/// Reads a survey file with its sidecar codebook (`NAME.codebook.json` beside `NAME.sav`), an archive's DDI-Codebook
/// (`NAME.xml`) or the pack that knows it.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Opened, DataError> {
    read_with(path, options, &Progress::new())
}

/// As [`read`], for files that take their time: `progress` says how far it is, and can put an end to it.
pub fn read_with(path: &Path, options: &ReadOptions, progress: &Progress) -> Result<Opened, DataError> {
    let stream = Stream::open(path, progress).map_err(|error| unreadable(path, &error))?;
    let beside = path.with_extension("codebook.json");
    let sidecar = if options.codebook.is_none() && beside.is_file() {
        Some(told::read(&beside)?)
    } else {
        None
    };
    let told = told::told(path, options, sidecar.as_deref())?;
    let archived = told::archived(path)?;
    let opened = read_stream(path, stream, options, &told.1, progress)
        .and_then(|found| assemble(path, found, told.0, &told.1, archived, options));
    if progress.is_cancelled() {
        return Err(DataError::Cancelled { path: path.to_owned() });
    }
    progress.reached(1.0);
    opened
}

/// Reads a survey that is in memory, such as the sample that comes with the program. `name` stands for its path;
/// `sidecar` is the JSON of its codebook.
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions, sidecar: Option<&str>) -> Result<Opened, DataError> {
    let path = Path::new(name);
    let (told, note) = told::told(path, options, sidecar)?;
    let mut sheets = Sheets::default();
    let contents = contents(path, bytes, options, &note, None, &Progress::new(), &mut sheets)?;
    let found = Found {
        contents,
        sheets,
        fingerprint: hexadecimal(&Sha256::digest(bytes)),
    };
    assemble(path, found, told, &note, None, options)
}

/// How much of a file is read to find out what it is. Most dictionaries of SPSS files fit in.
const HEAD_BYTES: u64 = 1 << 18;

fn read_stream<'a>(
    path: &Path,
    mut stream: Stream<'a>,
    options: &ReadOptions,
    note: &FileNote,
    progress: &'a Progress,
) -> Result<Found, DataError> {
    let unreadable = |error: io::Error| unreadable(path, &error);
    let head = stream.next(HEAD_BYTES).map_err(unreadable)?;
    let mut sheets = Sheets::default();
    let length = stream.length;
    let streamed = if sav::is_spss(&head) {
        Some(sav::read(path, head.into(), &mut stream, length, options))
    } else if dta::is_dta(&head) && length > HEAD_BYTES {
        let contents = dta::streamed::read(path, head, &mut stream, length, options).transpose();
        if contents.is_none() && stream.failed().is_none() && !progress.is_cancelled() {
            stream = Stream::open(path, progress).map_err(unreadable)?;
            Some(whole(
                path,
                Vec::new(),
                &mut stream,
                options,
                note,
                progress,
                &mut sheets,
            ))
        } else {
            contents
        }
    } else if length > HEAD_BYTES && !has_signature(&head) && path.is_file() {
        stream.leave_the_rest_to_others();
        let again = || {
            let file = File::open(path)?;
            if file.metadata()?.len() != length {
                return Err(io::Error::other("it was changed while it was read"));
            }
            Ok(Box::new(file) as Box<dyn Read>)
        };
        let source = delimited::Source {
            first: &mut head.as_slice().chain(&mut stream),
            again: &again,
            length,
        };
        Some(text_table(path, source, options, note, progress))
    } else {
        Some(whole(path, head, &mut stream, options, note, progress, &mut sheets))
    };
    // The end of what could be read is not the end of the file.
    if let Some(error) = stream.failed() {
        return Err(unreadable(error));
    }
    let Some(contents) = streamed else {
        return Err(DataError::Cancelled { path: path.to_owned() });
    };
    let contents = contents?;
    let fingerprint = hexadecimal(stream.fingerprint().map_err(unreadable)?.as_ref());
    Ok(Found {
        contents,
        sheets,
        fingerprint,
    })
}

/// Reads a file that begins with `head` and goes on with `stream`, all of it at once.
fn whole(
    path: &Path,
    head: Vec<u8>,
    stream: &mut Stream<'_>,
    options: &ReadOptions,
    note: &FileNote,
    progress: &Progress,
    sheets: &mut Sheets,
) -> Result<FileContents, DataError> {
    let bytes = stream.all(head).map_err(|error| unreadable(path, &error))?;
    let catalog = catalog_beside(path, &bytes);
    let labels = catalog.as_ref().and_then(|(_, catalog)| catalog.as_ref().ok());
    let mut contents = contents(path, &bytes, options, note, labels, progress, sheets)?;
    if let Some((name, catalog)) = &catalog
        && !catalog.as_ref().is_ok_and(|catalog| catalog.whole)
    {
        contents.warnings.push(DataWarning::PassedOver { what: name.clone() });
    }
    Ok(contents)
}

/// The catalog of value labels beside a SAS file, `STEM.sas7bcat` or else `formats.sas7bcat`, and its name.
fn catalog_beside(path: &Path, bytes: &[u8]) -> Option<(String, Result<Catalog, String>)> {
    if !sas::is_data_set(bytes) && !xpt::is_transport(bytes) {
        return None;
    }
    let beside = [path.with_extension("sas7bcat"), path.with_file_name("formats.sas7bcat")]
        .into_iter()
        .find(|beside| beside.is_file())?;
    let catalog = fs::read(&beside)
        .map_err(|error| error.to_string())
        .and_then(|bytes| catalog::catalog(&bytes));
    Some((file_name(&beside), catalog))
}

fn assemble(
    path: &Path,
    found: Found,
    told: Option<Told>,
    note: &FileNote,
    archived: Option<Told>,
    options: &ReadOptions,
) -> Result<Opened, DataError> {
    let Found {
        mut contents,
        sheets,
        fingerprint,
    } = found;
    if contents.rows == 0 {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: "it has variables but no rows of answers".to_owned(),
        });
    }
    let mut warnings = contents.warnings;
    let mut columns = contents.columns;
    // What an archive says counts as the file's own words; its questions stand where no codebook or pack has better.
    let mut questions = Codebook::default();
    if let Some(archived) = archived.filter(|_| note.fingerprint != fingerprint) {
        let (codebook, missing) = merge::merge(contents.codebook, archived.codebook, &mut columns);
        questions.topics.clone_from(&codebook.topics);
        questions.questions.clone_from(&codebook.questions);
        contents.codebook = codebook;
        contents.sets.extend(archived.sets);
        if !missing.is_empty() {
            warnings.push(DataWarning::CodebookMismatch {
                codebook: archived.source,
                missing,
            });
        }
    }

    let (told, source) = match told {
        Some(told) => {
            contents.sets.extend(told.sets);
            (told.codebook, Some(told.source))
        }
        None => {
            let names: HashSet<&str> = contents.codebook.variables.iter().map(|v| v.name.0.as_str()).collect();
            match packs::recognise(told::saved(options.saved.as_deref()), |name| names.contains(name)) {
                Some(pack) => {
                    warnings.push(DataWarning::PackRecognised {
                        pack: match pack.codebook.id.as_str() {
                            "" => pack.codebook.title.get(Language::En).to_owned(),
                            id => id.to_owned(),
                        },
                        matched: pack.matched,
                        of: pack.codebook.variables.len(),
                    });
                    (pack.codebook, None)
                }
                None => (questions, None),
            }
        }
    };
    let (mut codebook, missing) = if note.fingerprint == fingerprint {
        merge::take_over(contents.codebook, told, note, &mut columns)
    } else {
        merge::merge(contents.codebook, told, &mut columns)
    };
    if let (Some(codebook), false) = (source, missing.is_empty()) {
        warnings.push(DataWarning::CodebookMismatch { codebook, missing });
    }
    merge::leave_out_what_lacks(&mut codebook, &mut warnings);
    let columns: Vec<Column> = columns
        .into_iter()
        .zip(&codebook.variables)
        .map(|(column, variable)| levels::arrange(column, variable))
        .collect();
    sets::add_questions(&mut codebook, &columns, contents.sets, &mut warnings);

    Ok(Opened {
        dataset: Dataset {
            path: path.to_owned(),
            format: contents.format,
            sheets,
            encoding: contents.encoding,
            fingerprint,
            rows: contents.rows,
            codebook,
            columns,
            combined: None,
        },
        warnings,
    })
}

/// The reader is chosen by how the file begins; its name only helps to say what is wrong.
fn contents(
    path: &Path,
    bytes: &[u8],
    options: &ReadOptions,
    note: &FileNote,
    labels: Option<&Catalog>,
    progress: &Progress,
    sheets: &mut Sheets,
) -> Result<FileContents, DataError> {
    let refused = |reason: &str| DataError::NotASurvey {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    if bytes.is_empty() {
        return Err(DataError::Empty { path: path.to_owned() });
    }
    if sav::is_spss(bytes) {
        return sav::read(path, bytes.into(), &mut io::empty(), bytes.len() as u64, options);
    }
    if bytes.starts_with(parquet::SIGNATURE) {
        return parquet::read(path, bytes, progress);
    }
    if bytes.starts_with(arrow::SIGNATURE) {
        return arrow::read(path, bytes, progress);
    }
    if excel::SIGNATURES.iter().any(|sign| bytes.starts_with(sign)) {
        let (contents, found) = excel::read(path, bytes, options, progress)?;
        *sheets = found;
        return Ok(contents);
    }
    if dta::is_dta(bytes) {
        return dta::read(path, bytes, options);
    }
    if por::is_portable(bytes) {
        return por::read(path, bytes, options);
    }
    if xpt::is_transport(bytes) {
        return xpt::read(path, bytes, options, labels);
    }
    if sas::is_data_set(bytes) {
        return sas::read(path, bytes, options, labels);
    }
    if sas::is_catalog(bytes) {
        return Err(refused(
            "it is a SAS catalog, which has only labels: put it beside its .sas7bdat and open that",
        ));
    }
    for (sign, reason) in KNOWN_OTHERS {
        if bytes.starts_with(sign) {
            return Err(refused(reason));
        }
    }
    let source = delimited::Source {
        first: &mut &*bytes,
        again: &|| Ok(Box::new(bytes)),
        length: bytes.len() as u64,
    };
    text_table(path, source, options, note, progress)
}

/// Whether a file begins like anything that is not a table in a text.
fn has_signature(head: &[u8]) -> bool {
    sav::is_spss(head)
        || head.starts_with(parquet::SIGNATURE)
        || head.starts_with(arrow::SIGNATURE)
        || excel::SIGNATURES.iter().any(|sign| head.starts_with(sign))
        || dta::is_dta(head)
        || por::is_portable(head)
        || xpt::is_transport(head)
        || sas::is_data_set(head)
        || sas::is_catalog(head)
        || KNOWN_OTHERS.iter().any(|(sign, _)| head.starts_with(sign))
}

fn text_table(
    path: &Path,
    source: delimited::Source<'_>,
    options: &ReadOptions,
    note: &FileNote,
    progress: &Progress,
) -> Result<FileContents, DataError> {
    delimited::read(path, source, options, &note.text, progress).map_err(|error| match (error, named(path)) {
        (DataError::NotASurvey { .. }, Some(extension)) => DataError::NotASurvey {
            path: path.to_owned(),
            reason: format!("its name ends in .{extension}, but it does not begin like such a file"),
        },
        (error, _) => error,
    })
}

/// How files begin that people try to open here, and what to say about them.
const KNOWN_OTHERS: [(&[u8], &str); 7] = [
    (b"\x1F\x8B", "it is compressed: unpack it first"),
    (
        b"FEA1",
        "it is a Feather file of the first version: write it again as Arrow or Parquet",
    ),
    (b"%PDF", "it is a PDF"),
    (b"RDX", "it is an R workspace: export the data frame as .sav or .csv"),
    (
        b"**COMPRESSED** **COMPRESSED**",
        "it is a SAS file of PROC CPORT, which only SAS reads: write it with the XPORT engine instead",
    ),
    (
        b"ASCII SPSS PORT FILE",
        "it begins like an SPSS portable file, but its table of signs is broken",
    ),
    (b"\x89PNG", "it is a picture"),
];

/// The extension of a path that promises one of the formats with a signature.
fn named(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    [
        "sav", "zsav", "por", "dta", "sas7bdat", "xpt", "parquet", "arrow", "feather", "xlsx", "xls", "ods",
    ]
    .contains(&extension.as_str())
    .then_some(extension)
}

fn unreadable(path: &Path, error: &io::Error) -> DataError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => DataError::NotFound { path },
        io::ErrorKind::IsADirectory => DataError::Unreadable {
            path,
            reason: "it is a folder".to_owned(),
        },
        _ => DataError::Unreadable {
            path,
            reason: error.to_string(),
        },
    }
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Two digits for each byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// `name`, or where another variable has it already, a name that none has, noted in `made_up`.
pub(crate) fn unique(name: String, taken: &mut HashSet<String>, made_up: &mut Vec<VarId>) -> String {
    if taken.insert(name.clone()) {
        return name;
    }
    // Counts from as many names as there are, so that a thousand columns of one name need no thousand tries each.
    let mut number = taken.len();
    loop {
        let candidate = format!("{name}_{number}");
        if taken.insert(candidate.clone()) {
            made_up.push(VarId(candidate.clone()));
            return candidate;
        }
        number += 1;
    }
}
