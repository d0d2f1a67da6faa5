//! A path or bytes in, an [`Opened`] data set out: finds the format by content, the codebook beside the file or among
//! the packs, and puts the two together.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::codebook::{Codebook, Language, VarId};
use super::error::{DataError, DataWarning};
use super::merge::FileNote;
use super::sas::catalog::{self, Catalog};
use super::sets::{self, AnswerSet};
use super::{Column, Dataset, Format, delimited, dta, levels, merge, packs, parquet, por, sas, sav, xpt};

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
    /// A codebook other than the sidecar beside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codebook: Option<PathBuf>,
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

/// Reads a survey file with its sidecar codebook (`NAME.codebook.json` beside `NAME.sav`) or the pack that knows it.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Opened, DataError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let beside = path.with_extension("codebook.json");
    let sidecar = if options.codebook.is_none() && beside.is_file() {
        Some(read_codebook(&beside)?)
    } else {
        None
    };
    let beside = catalog_beside(path, &bytes);
    assemble(path, &bytes, options, sidecar.as_deref(), beside)
}

/// Reads a survey that is in memory, such as the sample that comes with the program. `name` stands for its path;
/// `sidecar` is the JSON of its codebook.
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions, sidecar: Option<&str>) -> Result<Opened, DataError> {
    assemble(Path::new(name), bytes, options, sidecar, None)
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

/// A codebook that the person or the file's folder gives.
struct Told {
    codebook: Codebook,
    /// Its file's name.
    source: String,
    note: Option<FileNote>,
}

fn assemble(
    path: &Path,
    bytes: &[u8],
    options: &ReadOptions,
    sidecar: Option<&str>,
    catalog: Option<(String, Result<Catalog, String>)>,
) -> Result<Opened, DataError> {
    let told = match (&options.codebook, sidecar) {
        (Some(chosen), _) => Some(parse_codebook(chosen, &read_codebook(chosen)?)?),
        (None, Some(json)) => Some(parse_codebook(&path.with_extension("codebook.json"), json)?),
        (None, None) => None,
    };
    let note = told.as_ref().and_then(|told| told.note.clone()).unwrap_or_default();
    let labels = catalog.as_ref().and_then(|(_, catalog)| catalog.as_ref().ok());
    let contents = contents(path, bytes, options, &note, labels)?;
    if contents.rows == 0 {
        return Err(DataError::NotASurvey {
            path: path.to_owned(),
            reason: "it has variables but no rows of answers".to_owned(),
        });
    }
    let mut warnings = contents.warnings;
    if let Some((name, catalog)) = &catalog
        && !catalog.as_ref().is_ok_and(|catalog| catalog.whole)
    {
        warnings.push(DataWarning::PassedOver { what: name.clone() });
    }
    let mut columns = contents.columns;
    let fingerprint = fingerprint(bytes);

    let (told, source) = match told {
        Some(told) => (told.codebook, Some(told.source)),
        None => {
            let names: HashSet<&str> = contents.codebook.variables.iter().map(|v| v.name.0.as_str()).collect();
            match packs::recognise(saved_codebooks(options.saved.as_deref()), |name| names.contains(name)) {
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
                None => (Codebook::default(), None),
            }
        }
    };
    let (mut codebook, missing) = if note.fingerprint == fingerprint {
        merge::take_over(contents.codebook, told, &note, &mut columns)
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
            encoding: contents.encoding,
            fingerprint,
            rows: contents.rows,
            codebook,
            columns,
        },
        warnings,
    })
}

/// The part of a codebook that only its data file is concerned with.
#[derive(serde::Deserialize)]
struct Noted {
    #[serde(default)]
    file: Option<FileNote>,
}

/// The reader is chosen by how the file begins; its name only helps to say what is wrong.
fn contents(
    path: &Path,
    bytes: &[u8],
    options: &ReadOptions,
    note: &FileNote,
    labels: Option<&Catalog>,
) -> Result<FileContents, DataError> {
    let refused = |reason: &str| DataError::NotASurvey {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    if bytes.is_empty() {
        return Err(DataError::Empty { path: path.to_owned() });
    }
    if sav::SIGNATURES.iter().any(|sign| bytes.starts_with(sign)) {
        return sav::read(path, bytes, options);
    }
    if bytes.starts_with(parquet::SIGNATURE) {
        return parquet::read(path, bytes);
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
    delimited::read(path, bytes, options, &note.text).map_err(|error| match (error, named(path)) {
        (DataError::NotASurvey { .. }, Some(extension)) => refused(&format!(
            "its name ends in .{extension}, but it does not begin like such a file"
        )),
        (error, _) => error,
    })
}

/// How files begin that people try to open here, and what to say about them.
const KNOWN_OTHERS: [(&[u8], &str); 8] = [
    (
        b"PK\x03\x04",
        "it is an Excel workbook or another zip archive: save the sheet as CSV",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "it is an old Excel workbook or Word document: save the sheet as CSV",
    ),
    (b"\x1F\x8B", "it is compressed: unpack it first"),
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
    ["sav", "zsav", "por", "dta", "sas7bdat", "xpt", "parquet"]
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

fn read_codebook(path: &Path) -> Result<String, DataError> {
    let refused = |reason: String| DataError::Codebook {
        path: path.to_owned(),
        reason,
    };
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => refused("there is no such file".to_owned()),
        _ => refused(error.to_string()),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".to_owned()))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// A folder with more codebooks than this is not one of ours.
const MOST_SAVED: usize = 1_000;
/// A codebook longer than this is not read just to see whether it fits.
const LONGEST_SAVED: u64 = 16 << 20;

/// The codebooks in a folder, in the order of their names. What cannot be read or makes no sense is passed over: nobody
/// asked for it.
fn saved_codebooks(folder: Option<&Path>) -> Vec<Codebook> {
    let Some(entries) = folder.and_then(|folder| fs::read_dir(folder).ok()) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter(|path| fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST_SAVED))
        .take(MOST_SAVED)
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| Some(parse_codebook(path, &read_codebook(path).ok()?).ok()?.codebook))
        .collect()
}

fn parse_codebook(path: &Path, json: &str) -> Result<Told, DataError> {
    let refused = |reason: String| DataError::Codebook {
        path: path.to_owned(),
        reason,
    };
    let codebook: Codebook = serde_json::from_str(json).map_err(|error| refused(error.to_string()))?;
    merge::check(&codebook).map_err(&refused)?;
    let Noted { file } = serde_json::from_str(json).map_err(|error| refused(error.to_string()))?;
    Ok(Told {
        codebook,
        source: file_name(path),
        note: file,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// SHA-256 in hexadecimal.
fn fingerprint(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
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
