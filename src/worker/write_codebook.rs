//! A codebook in, a JSON beside its data file out, and a copy where the next file with the same variables finds it.

use std::path::{Path, PathBuf};

use crate::data::{Codebook, saved_name};
use crate::project::{reason_of, write_whole};

/// Where codebooks are kept for other files: beside the list of recent files.
pub(super) fn folder(list: Option<&Path>) -> Option<PathBuf> {
    list.map(|list| list.with_file_name("codebooks"))
}

/// Writes `codebook` beside `data` and gives its path. The sentence says why it could not be written.
pub(super) fn write(codebook: &Codebook, data: &Path, list: Option<&Path>) -> Result<PathBuf, String> {
    let path = data.with_extension("codebook.json");
    let refused = |reason: String| {
        format!(
            "{}: the codebook could not be written ({reason}). It belongs beside the data file: put a copy of that \
             into a folder that you may write to, and open it there. Your decisions are kept.",
            path.display()
        )
    };
    let mut json = serde_json::to_value(codebook).map_err(|error| refused(error.to_string()))?;
    // What an earlier codebook notes about the file itself, such as which columns are texts, stays true.
    let note = std::fs::read_to_string(&path)
        .ok()
        .and_then(|before| serde_json::from_str::<serde_json::Value>(&before).ok())
        .and_then(|mut before| before.as_object_mut()?.remove("file"));
    if let (Some(note), Some(object)) = (note, json.as_object_mut()) {
        object.insert("file".to_owned(), note);
    }
    write_whole(&path, text_of(&json).as_bytes()).map_err(|error| refused(reason_of(&error)))?;

    if let Some(object) = json.as_object_mut() {
        object.remove("file");
    }
    if let Some(folder) = folder(list) {
        let kept = folder.join(saved_name(codebook));
        let written = std::fs::create_dir_all(&folder).and_then(|()| write_whole(&kept, text_of(&json).as_bytes()));
        if let Err(error) = written {
            // The codebook itself is safe; only other files will not find it.
            log::warn!("{}: no copy of the codebook could be kept ({error})", kept.display());
        }
    }
    Ok(path)
}

fn text_of(json: &serde_json::Value) -> String {
    format!("{json:#}\n")
}
