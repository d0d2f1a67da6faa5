//! Draws `&State` and collects commands. Never changes anything, never touches the disk.

/// Opens the window, on a survey or project if one is given. The sentence says why it could not be opened.
pub fn run(_file: Option<std::path::PathBuf>) -> Result<(), String> {
    Err("the window is being built".to_owned())
}
