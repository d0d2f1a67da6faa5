//! `isobar convert`: a survey file in, the same survey in another format and its codebook out.

use std::path::Path;
use std::time::SystemTime;

use super::{Reading, Trouble, complain, open, print};
use crate::data::Language;
use crate::data::write::{Target, WriteOptions};
use crate::remarks;
use crate::worker::convert::convert;

pub(super) fn run(file: &Path, output: &Path, language: Language, reading: &Reading) -> Result<(), Trouble> {
    let Some(target) = Target::of_path(output) else {
        return Err(Trouble::Misused(format!(
            "{}: a survey is written as .sav, .zsav, .csv or .parquet; choose one of these endings",
            output.display()
        )));
    };
    let opened = open(file, reading, None)?;
    let options = WriteOptions {
        language,
        made: Some(SystemTime::now()),
    };
    let mut read_from = vec![file.to_owned(), file.with_extension("codebook.json")];
    read_from.extend(reading.codebook.clone());
    let converted = convert(&opened.dataset, target, &options, output, &read_from).map_err(Trouble::Failed)?;
    for warning in &converted.warnings {
        complain("warning", &remarks::of_writing(warning, Language::En), 0);
    }
    print(&format!(
        "{}: {} respondents, {} variables\n{}: the codebook\n",
        output.display(),
        opened.dataset.rows,
        opened.dataset.columns.len(),
        converted.codebook.display()
    ))
}
