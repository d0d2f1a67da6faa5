//! Arguments that name further files in, the data of all of them out.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Trouble;
use crate::data::{By, Keys, ReadOptions, VarId};
use crate::project::{DataSource, Part};

/// Several files as one.
#[derive(Args, Debug)]
pub(super) struct Together {
    /// Another file whose rows go below: a round, a country, another respondent type. May be repeated. What it did not
    /// ask reads “not asked”; every file keeps its own base, weight and strata.
    #[arg(long = "with", value_name = "FILE[=LABEL]")]
    with: Vec<String>,
    /// What the first file is called; by its name if left out.
    #[arg(long, value_name = "LABEL", requires = "with")]
    part_label: Option<String>,
    /// What tells the files apart; the variable that says so is called round, respondent_type, country or file.
    #[arg(long, value_enum, value_name = "KIND", requires = "with")]
    parts: Option<PartsBy>,
    /// Organisations whose answers are added to each row.
    #[arg(long, value_name = "FILE")]
    join: Option<PathBuf>,
    /// By which variables organisations are found; by their roles if left out.
    #[arg(long, value_name = "VAR[=VAR]", requires = "join")]
    key: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PartsBy {
    Round,
    RespondentType,
    Country,
    File,
}

impl From<PartsBy> for By {
    fn from(by: PartsBy) -> Self {
        match by {
            PartsBy::Round => Self::Round,
            PartsBy::RespondentType => Self::RespondentType,
            PartsBy::Country => Self::Country,
            PartsBy::File => Self::File,
        }
    }
}

impl Together {
    /// Whether there is only one file after all.
    pub fn is_alone(&self) -> bool {
        self.with.is_empty() && self.join.is_none()
    }

    /// The data of `file`, which is read so, with the others. A codebook that was named is that of `file` alone.
    pub fn source(&self, file: &Path, options: &ReadOptions) -> Result<(DataSource, ReadOptions), Trouble> {
        let mut source = DataSource::File(file.to_owned());
        let mut options = options.clone();
        if !self.with.is_empty() {
            let own = options.clone();
            options.codebook = None;
            for with in &self.with {
                let (path, label) = match with.rsplit_once('=') {
                    Some((path, label)) if !Path::new(with).exists() => (path, label),
                    _ => (with.as_str(), ""),
                };
                source = source.with(&own, path.into(), label);
            }
            if let DataSource::Several { by, parts } = &mut source {
                for part in parts.iter_mut().skip(1) {
                    part.read = options.clone();
                }
                if let (Some(label), Some(first)) = (&self.part_label, parts.first_mut()) {
                    first.label.clone_from(label);
                }
                *by = match self.parts {
                    Some(named) => named.into(),
                    None => By::of_labels(parts.iter().map(|part: &Part| part.label.as_str())),
                };
            }
        }
        if let Some(path) = &self.join {
            let keys = match self.key.as_deref().map(|key| key.split_once('=').unwrap_or((key, key))) {
                Some((own, other)) if !own.is_empty() && !other.is_empty() => Keys {
                    own: Some(VarId(own.to_owned())),
                    other: Some(VarId(other.to_owned())),
                },
                Some(_) => {
                    return Err(Trouble::Misused(
                        "--key needs the name of a variable, or two as in --key kommune=nummer".to_owned(),
                    ));
                }
                None => Keys::default(),
            };
            source = source.joined(path.clone(), keys);
        }
        Ok((source, options))
    }
}
