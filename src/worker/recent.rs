//! The recent files: a small JSON in the folder of settings. Nothing hangs on it, so trouble is a line in the log.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::project::write_whole;

/// As many are remembered.
const MOST: usize = 10;

#[derive(Default, Serialize, Deserialize)]
struct File {
    recent: Vec<PathBuf>,
}

/// Where the list is kept; `None` where the system has no place for settings.
pub fn place() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "isobar").map(|folders| folders.config_dir().join("recent.json"))
}

/// The remembered files that are still there, latest first.
pub fn load(list: &Path) -> Vec<PathBuf> {
    all(list).into_iter().filter(|path| path.exists()).collect()
}

/// Puts `path` at the head of the list. Files that are not there just now (on a stick, in the office) stay in it.
pub fn remember(list: &Path, path: &Path) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut recent = all(list);
    recent.retain(|known| *known != path);
    recent.insert(0, path);
    recent.truncate(MOST);
    if let Err(error) = write(list, &File { recent }) {
        log::warn!("{}: the recent files cannot be remembered ({error})", list.display());
    }
}

fn all(list: &Path) -> Vec<PathBuf> {
    let bytes = match fs::read(list) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            log::warn!("{}: the recent files cannot be read ({error})", list.display());
            return Vec::new();
        }
    };
    match serde_json::from_slice::<File>(&bytes) {
        Ok(file) => file.recent,
        Err(error) => {
            log::warn!("{}: the list of recent files is damaged ({error})", list.display());
            Vec::new()
        }
    }
}

fn write(list: &Path, file: &File) -> io::Result<()> {
    if let Some(folder) = list.parent() {
        fs::create_dir_all(folder)?;
    }
    write_whole(list, &serde_json::to_vec_pretty(file)?)
}
