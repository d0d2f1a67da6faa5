//! Paths in, codebooks out: the one that a person chose, the ones beside the data file, those saved before.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::codebook::Codebook;
use super::ddi;
use super::error::DataError;
use super::merge::{self, FileNote};
use super::read::{ReadOptions, file_name};
use super::sets::AnswerSet;

/// A codebook that the person or the file's folder gives.
pub(super) struct Told {
    pub codebook: Codebook,
    /// Its file's name.
    pub source: String,
    /// Multiple-response sets of a DDI-Codebook.
    pub sets: Vec<AnswerSet>,
}

/// The codebook that is chosen, or else the one beside the file, whose JSON is `sidecar`; and its note on the file.
pub(super) fn told(
    path: &Path,
    options: &ReadOptions,
    sidecar: Option<&str>,
) -> Result<(Option<Told>, FileNote), DataError> {
    let (told, note) = match (&options.codebook, sidecar) {
        (Some(chosen), _) => chosen_codebook(chosen)?,
        (None, Some(json)) => parse_codebook(&path.with_extension("codebook.json"), json)?,
        (None, None) => return Ok((None, FileNote::default())),
    };
    Ok((Some(told), note))
}

/// The part of a codebook that only its data file is concerned with.
#[derive(serde::Deserialize)]
struct Noted {
    #[serde(default)]
    file: Option<FileNote>,
}

fn refused(path: &Path, reason: String) -> DataError {
    DataError::Codebook {
        path: path.to_owned(),
        reason,
    }
}

/// A codebook that was asked for: this program's own, or a DDI-Codebook.
fn chosen_codebook(path: &Path) -> Result<(Told, FileNote), DataError> {
    let file = bytes(path)?;
    if ddi::is_codebook(&file) {
        return Ok((ddi_codebook(path, &file)?, FileNote::default()));
    }
    parse_codebook(path, &text(path, file)?)
}

/// The DDI-Codebook that an archive has put beside a data file. Another XML file of that name is none.
pub(super) fn archived(path: &Path) -> Result<Option<Told>, DataError> {
    let beside = path.with_extension("xml");
    let size = fs::metadata(&beside).ok().filter(fs::Metadata::is_file);
    if beside == path || size.is_none_or(|file| file.len() > ddi::MOST_BYTES as u64) {
        return Ok(None);
    }
    let file = bytes(&beside)?;
    if !ddi::is_codebook(&file) {
        return Ok(None);
    }
    ddi_codebook(&beside, &file).map(Some)
}

fn ddi_codebook(path: &Path, file: &[u8]) -> Result<Told, DataError> {
    let read = ddi::read(file).map_err(|reason| refused(path, reason))?;
    Ok(Told {
        codebook: read.codebook,
        source: file_name(path),
        sets: read.sets,
    })
}

/// The JSON of a codebook's file.
pub(super) fn read(path: &Path) -> Result<String, DataError> {
    text(path, bytes(path)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => refused(path, "there is no such file".to_owned()),
        _ => refused(path, error.to_string()),
    })
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, DataError> {
    let text = String::from_utf8(bytes).map_err(|_| refused(path, "it is not UTF-8 text".to_owned()))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// A folder with more codebooks than this is not one of ours.
const MOST_SAVED: usize = 1_000;
/// A codebook longer than this is not read just to see whether it fits.
const LONGEST_SAVED: u64 = 16 << 20;

/// The codebooks in a folder, in the order of their names. What cannot be read or makes no sense is passed over: nobody
/// asked for it.
pub(super) fn saved(folder: Option<&Path>) -> Vec<Codebook> {
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
        .filter_map(|path| Some(parse_codebook(path, &read(path).ok()?).ok()?.0.codebook))
        .collect()
}

fn parse_codebook(path: &Path, json: &str) -> Result<(Told, FileNote), DataError> {
    let codebook: Codebook = serde_json::from_str(json).map_err(|error| refused(path, error.to_string()))?;
    merge::check(&codebook).map_err(|reason| refused(path, reason))?;
    let Noted { file } = serde_json::from_str(json).map_err(|error| refused(path, error.to_string()))?;
    let told = Told {
        codebook,
        source: file_name(path),
        sets: Vec::new(),
    };
    Ok((told, file.unwrap_or_default()))
}
