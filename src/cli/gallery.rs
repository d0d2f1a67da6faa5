//! `isobar gallery`: a survey in (the sample surveys where none is named), every standard figure of it out.

use std::path::{Path, PathBuf};

use super::{Reading, Together, Trouble, complain, open};
use crate::data::sample;
use crate::worker::FigureFormat;
use crate::worker::gallery::{Gallery, write};

/// What of a gallery is wanted.
#[derive(clap::Args, Debug)]
pub(super) struct GalleryArguments {
    /// The folder to write into; it is made if it is not there.
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Only figures whose name has this in it, such as `network`.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// As pictures of so many pixels per inch; as SVG if left out.
    #[arg(long, value_name = "DPI", value_parser = clap::value_parser!(u32).range(1..))]
    png: Option<u32>,
}

pub(super) fn run(
    file: Option<&Path>,
    asked: GalleryArguments,
    reading: &Reading,
    together: &Together,
) -> Result<(), Trouble> {
    let opened = match file {
        Some(file) => vec![("", open(file, reading, Some(together))?)],
        None => vec![
            ("", sample::read()?),
            ("arena", sample::read_arena()?),
            ("rounds", sample::read_rounds()?),
            ("countries", sample::read_countries()?),
        ],
    };
    let gallery = Gallery {
        surveys: opened.iter().map(|(name, opened)| (*name, &opened.dataset)).collect(),
        only_parts: file.is_none(),
        only: asked.only,
        format: match asked.png {
            Some(dpi) => FigureFormat::Png { dpi },
            None => FigureFormat::Svg,
        },
    };
    let made = write(&gallery, &asked.out).map_err(Trouble::Failed)?;
    for (name, sentence) in &made.failed {
        complain("warning", &format!("{name}: {sentence}"), 0);
    }
    match (made.figures, made.failed.len()) {
        (0, 0) => Err(Trouble::Failed(
            "no figure has that name, or the codebook says of no question what it is about. `isobar describe` shows the concepts.".to_owned(),
        )),
        (_, 0) => Ok(()),
        (_, failed) => Err(Trouble::Failed(format!("{failed} figures could not be drawn; the others are in {}", asked.out.display()))),
    }
}
