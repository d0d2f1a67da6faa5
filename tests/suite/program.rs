//! Runs the built program as a shell does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A path below the repository.
pub fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// Runs `isobar` with these arguments.
pub fn isobar<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Ran {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_isobar"))
        .args(arguments)
        .output()
        .expect("the program starts");
    Ran {
        status: status.code().expect("the program was not killed"),
        stdout: String::from_utf8(stdout).expect("UTF-8"),
        stderr: String::from_utf8(stderr).expect("UTF-8"),
    }
}

/// Runs `isobar`, which must succeed and print one JSON object.
pub fn isobar_json<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Value {
    let ran = isobar(arguments);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}
