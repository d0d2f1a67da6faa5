//! A [`Project`] to and from its file. A crash leaves the old file or the new one, never half of one.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::{PROJECT_VERSION, Project, ProjectError};

/// No project is larger: it holds choices, not data.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Narrowest and widest figure that a project may ask for, in points.
const FIGURE_PT: (f32, f32) = (120.0, 4000.0);

/// Reads a project file. Relative paths in it are taken from the folder that it lies in.
///
/// Keys that this program does not know are passed over; a newer version is refused before the rest is looked at.
pub fn load(path: &Path) -> Result<Project, ProjectError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let bytes = read_bounded(&path)?;
    let broken = |reason: String| ProjectError::NotAProject {
        path: path.clone(),
        reason,
    };
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    let version = value
        .get("isobar_project")
        .and_then(Value::as_u64)
        .ok_or_else(|| broken("it has no number called \"isobar_project\"".to_owned()))?;
    if version > u64::from(PROJECT_VERSION) {
        return Err(ProjectError::Newer {
            path,
            found: u32::try_from(version).unwrap_or(u32::MAX),
            known: PROJECT_VERSION,
        });
    }
    if version == 0 {
        return Err(broken("its format has the number 0".to_owned()));
    }
    // From the bytes once more: only so does an error say the line.
    let mut project: Project = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    check(&mut project).map_err(broken)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    project.each_path(|referred| resolved(folder, referred));
    Ok(project)
}

/// Replaces a project file in one step. Paths are written relative to the folder of `path` where that can be done, with
/// forward slashes, so that a folder with a project and its data can be moved.
pub fn save(project: &Project, path: &Path) -> Result<(), ProjectError> {
    let unwritable = |reason: String| ProjectError::Unwritable {
        path: path.to_owned(),
        reason,
    };
    let mut project = project.clone();
    // What an older program can read, it shall.
    if project.data.is_one_file() {
        project.isobar_project = 1;
    }
    let target = std::path::absolute(path).map_err(|error| unwritable(reason_of(&error)))?;
    let folder = target.parent().unwrap_or(Path::new(""));
    project.each_path(|referred| {
        let referred = std::path::absolute(referred).unwrap_or_else(|_| referred.to_owned());
        relative(folder, &normalised(&referred))
    });
    let mut json = serde_json::to_vec_pretty(&project).map_err(|error| unwritable(error.to_string()))?;
    json.push(b'\n');
    write_whole(&target, &json).map_err(|error| unwritable(reason_of(&error)))
}

/// Replaces a file in one step: whoever reads it, even after a crash, finds the old contents or the new ones.
///
/// A link is followed, permissions are kept, and a file that is marked read-only is not replaced.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_with(path, |file| file.write_all(bytes))
}

/// As [`write_whole`], for what is too large to be in memory at once: `write` writes it, and when it fails nothing has
/// changed.
pub fn write_whole_with<T, E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut fs::File) -> Result<T, E>,
) -> Result<T, E> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let existing = fs::metadata(&path).ok();
    if existing.as_ref().is_some_and(|found| found.is_dir()) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    if existing.as_ref().is_some_and(|found| found.permissions().readonly()) {
        return Err(io::Error::other("the file that is there is marked read-only").into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".isobar-").suffix(".tmp");
    #[cfg(unix)]
    {
        // A temporary file would otherwise be for its owner alone, and so would the project.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    let written = write(temporary.as_file_mut())?;
    if let Some(existing) = existing {
        // Not every file system can; the contents matter more.
        let _ = temporary.as_file().set_permissions(existing.permissions());
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&path).map_err(|error| error.error)?;
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(written)
}

/// Why a file could not be read or written, in words: the system's own name a number, and a temporary file that nobody
/// knows of.
pub fn reason_of(error: &io::Error) -> String {
    use io::ErrorKind;
    let reason = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "its folder is not there",
        ErrorKind::IsADirectory => "there is a folder of that name",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full",
        ErrorKind::InvalidFilename => "the name is too long or has a sign that the system does not allow",
        ErrorKind::PermissionDenied => "you may not use that place",
        _ => {
            let whole = error.to_string();
            return whole.split(" (os error").next().unwrap_or_default().to_owned();
        }
    };
    reason.to_owned()
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, ProjectError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ProjectError::NotFound { path: path.to_owned() },
        _ => ProjectError::Unreadable {
            path: path.to_owned(),
            reason: match error.kind() {
                io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
                _ => reason_of(&error),
            },
        },
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ProjectError::NotAProject {
            path: path.to_owned(),
            reason: "it is larger than 16 MB".to_owned(),
        });
    }
    Ok(bytes)
}

/// Refuses what no program wrote, and mends what a hand may have: the rest of the program relies on it.
fn check(project: &mut Project) -> Result<(), String> {
    project.isobar_project = PROJECT_VERSION;
    if project.views.is_empty() {
        return Err("it has no views".to_owned());
    }
    project.data.check()?;
    for view in &mut project.views {
        if !view.level.number().is_some_and(|level| level > 0.0 && level < 1.0) {
            return Err(format!(
                "the confidence level of the view {:?} is {}, not between 0 and 1",
                view.name, view.level
            ));
        }
        let look = &mut view.look;
        look.width_pt = figure_length(look.width_pt);
        look.height_pt = look.height_pt.map(figure_length);
    }
    for position in 0..project.views.len() {
        let name = project.unique_name(&project.views[position].name, Some(position));
        project.views[position].name = name;
    }
    project.active = project.front();
    Ok(())
}

/// A length that a figure can have.
pub fn figure_length(points: f32) -> f32 {
    if points.is_nan() {
        FIGURE_PT.1
    } else {
        points.clamp(FIGURE_PT.0, FIGURE_PT.1)
    }
}

impl Project {
    /// Replaces every path that the project refers to.
    fn each_path(&mut self, change: impl Fn(&Path) -> PathBuf) {
        self.data.each_path(&change);
        if let Some(codebook) = &mut self.read.codebook {
            *codebook = change(codebook);
        }
    }
}

fn resolved(folder: &Path, referred: &Path) -> PathBuf {
    normalised(&folder.join(referred))
}

/// The path without `.` and `..`. By its letters, not by the disk: that is how [`relative`] made them, and the file
/// need not be there.
fn normalised(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            Component::ParentDir if result.has_root() => {}
            component => result.push(component),
        }
    }
    result
}

/// `path` as seen from `folder`, both absolute; `path` itself if they share nothing but the root.
fn relative(folder: &Path, path: &Path) -> PathBuf {
    let folder = normalised(folder);
    let from: Vec<_> = folder.components().collect();
    let to: Vec<_> = path.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if !from[..shared].iter().any(|part| matches!(part, Component::Normal(_))) {
        return path.to_owned();
    }
    let up = from[shared..].iter().map(|_| "..");
    let down = to[shared..].iter().map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.map(Some).chain(down).collect();
    match parts {
        Some(parts) => PathBuf::from(parts.join("/")),
        // A name that is not Unicode: saving will say so.
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_path_is_told_from_the_folder_of_the_project_and_found_again() {
        for (path, told) in [
            ("/a/b/survey.sav", "survey.sav"),
            ("/a/b/data/survey.sav", "data/survey.sav"),
            ("/a/data/survey.sav", "../data/survey.sav"),
            ("/mnt/survey.sav", "/mnt/survey.sav"),
        ] {
            let folder = Path::new("/a/b");
            let written = relative(folder, Path::new(path));
            assert_eq!(written, Path::new(told));
            assert_eq!(resolved(folder, &written), Path::new(path));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_does_not_climb_above_the_root() {
        assert_eq!(resolved(Path::new("/a"), Path::new("../../x")), Path::new("/x"));
    }
}
