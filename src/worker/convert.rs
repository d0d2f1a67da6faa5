//! A data set in, a file in another format and the codebook beside it out. Both are replaced whole, and never the file
//! that was read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::data::Dataset;
use crate::data::write::{Target, WriteError, WriteOptions, WriteWarning, write};
use crate::project::{reason_of, write_whole, write_whole_with};

/// What was written.
#[derive(Clone, Debug)]
pub struct Converted {
    /// Where the codebook is.
    pub codebook: PathBuf,
    /// What the person should know.
    pub warnings: Vec<WriteWarning>,
}

/// Writes a data set to `output` and its codebook beside it. `read_from` are the files that the data set was read from,
/// its own first. The sentence says why it could not be done and what to do.
pub fn convert(
    data: &Dataset,
    target: Target,
    options: &WriteOptions,
    output: &Path,
    read_from: &[PathBuf],
) -> Result<Converted, String> {
    let beside = output.with_extension("codebook.json");
    for read in read_from {
        if is_same(output, read) || is_same(&beside, read) {
            return Err(in_the_way(read));
        }
    }
    // A codebook beside the file that was read would be taken for its own from now on.
    let own = data.path.with_extension("codebook.json");
    let shared = place(&beside).is_some_and(|place_of| Some(place_of) == place(&own));
    let written = write_whole_with(output, |out| {
        let written = write(data, target, options, out)?;
        if shared && written.differs {
            return Err(Failure::InTheWay);
        }
        // Last of all that can fail, but for the file's own taking its place.
        write_whole(&beside, written.codebook.as_bytes())?;
        Ok(written)
    });
    match written {
        Ok(written) => Ok(Converted {
            codebook: beside,
            warnings: written.warnings,
        }),
        Err(Failure::InTheWay) => Err(in_the_way(&data.path)),
        Err(Failure::Write(error)) => {
            let (reason, advice) = match error {
                WriteError::Io(error) => (
                    reason_of(&error),
                    "Choose a folder that exists and that you may write to",
                ),
                WriteError::Unfit(reason) => (reason, "Choose another format"),
            };
            Err(format!(
                "{}: the survey could not be written ({reason}). {advice}.",
                output.display()
            ))
        }
    }
}

enum Failure {
    Write(WriteError),
    InTheWay,
}

impl<E: Into<WriteError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Write(error.into())
    }
}

fn in_the_way(read: &Path) -> String {
    format!(
        "{}: the survey is read with this file, which would be replaced or read otherwise from now on. Choose another \
         name or folder for what is written.",
        read.display()
    )
}

/// Where a file is or would be, links to its folder followed.
fn place(path: &Path) -> Option<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

/// Whether two paths lead to one file that is there.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
