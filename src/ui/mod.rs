//! Draws `&State` and collects commands. Never changes anything, never touches the disk.
