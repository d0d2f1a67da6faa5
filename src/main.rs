//! The `isobar` program: a thin shell around the library.

use std::process::ExitCode;
use std::time::Instant;

use isobar::cli::{self, Outcome};
use isobar::ui;

fn main() -> ExitCode {
    let began = Instant::now();
    match cli::run(std::env::args_os()) {
        Outcome::Done(code) => code,
        Outcome::Window(file) => match ui::run(file, began) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => cli::fail(&message),
        },
    }
}
