//! What the program notes about itself, on standard error: warnings, and more with `ISOBAR_LOG=info` (or `debug`).

use std::io::Write;

use log::{LevelFilter, Log, Metadata, Record};

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Libraries tell more than anybody asked for.
        let most = if metadata.target().starts_with("isobar") {
            log::max_level()
        } else {
            log::max_level().min(LevelFilter::Warn)
        };
        metadata.level() <= most
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // There is nobody left to tell that standard error is closed.
            let _closed = writeln!(std::io::stderr(), "{}: {}", record.level(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Starts it. Once; a second call changes nothing.
pub fn start() {
    let level = std::env::var("ISOBAR_LOG")
        .ok()
        .and_then(|level| level.parse().ok())
        .unwrap_or(LevelFilter::Warn);
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(level);
    }
}
