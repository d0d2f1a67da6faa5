//! Where a project's data are: one file, several under each other, organisations beside workplaces; opened as one data
//! set.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::data::{self, By, DataError, Keys, Opened, Progress, ReadOptions};

/// Where a project's data are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataSource {
    /// The sample survey inside the program.
    Sample,
    /// A file; in memory absolute, in the project file relative to it where it can be.
    File(PathBuf),
    /// Several, their rows under each other.
    Several {
        /// What tells them apart.
        by: By,
        /// In the order of the rows.
        parts: Vec<Part>,
    },
    /// Workplaces with what their organisations answered.
    Joined {
        /// The rows.
        workplaces: Box<DataSource>,
        /// Their organisations; the label begins names that both have.
        organisations: Box<Part>,
        /// By which variables they are found.
        #[serde(default)]
        keys: Keys,
    },
}

/// One of several sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub data: DataSource,
    /// How it is read, where that is not how the project reads all of them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub read: ReadOptions,
}

fn is_default(options: &ReadOptions) -> bool {
    *options == ReadOptions::default()
}

impl Part {
    /// A file that is read as it looks.
    pub fn file(label: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self {
            label: label.into(),
            data: DataSource::File(path.into()),
            read: ReadOptions::default(),
        }
    }

    /// How it is read where the others are read as `options` say.
    fn read_as(&self, options: &ReadOptions) -> ReadOptions {
        let own = if is_default(&self.read) { options } else { &self.read };
        ReadOptions {
            saved: options.saved.clone(),
            ..own.clone()
        }
    }
}

/// The prefix of names that organisations share with workplaces.
pub const ORGANISATIONS: &str = "org";

impl DataSource {
    /// Reads the data. `options`: how files are read that do not say it themselves.
    pub fn open(&self, options: &ReadOptions, progress: &Progress) -> Result<Opened, DataError> {
        let mut files = (0, self.files().len());
        self.open_next(options, progress, &mut files)
    }

    /// As [`DataSource::open`]; `files`: how many have been read, and of how many.
    fn open_next(
        &self,
        options: &ReadOptions,
        progress: &Progress,
        files: &mut (usize, usize),
    ) -> Result<Opened, DataError> {
        match self {
            Self::Sample => {
                files.0 += 1;
                data::sample::read()
            }
            Self::File(path) => {
                progress.begin(files.0, files.1);
                files.0 += 1;
                data::read_with(path, options, progress)
            }
            Self::Several { by, parts } => {
                let opened = parts
                    .iter()
                    .map(|part| {
                        let opened = part.data.open_next(&part.read_as(options), progress, files)?;
                        Ok((part.label.clone(), opened))
                    })
                    .collect::<Result<_, DataError>>()?;
                data::combine(opened, *by)
            }
            Self::Joined {
                workplaces,
                organisations,
                keys,
            } => {
                let rows = workplaces.open_next(options, progress, files)?;
                let prefix = match organisations.label.as_str() {
                    "" => ORGANISATIONS,
                    label => label,
                };
                let own = ReadOptions {
                    saved: options.saved.clone(),
                    ..organisations.read.clone()
                };
                let added = organisations.data.open_next(&own, progress, files)?;
                data::join(rows, added, keys, prefix)
            }
        }
    }

    /// The files, in the order in which the fingerprint of the data names them; `None` is the sample.
    pub fn files(&self) -> Vec<Option<&Path>> {
        match self {
            Self::Sample => vec![None],
            Self::File(path) => vec![Some(path)],
            Self::Several { parts, .. } => parts.iter().flat_map(|part| part.data.files()).collect(),
            Self::Joined {
                workplaces,
                organisations,
                ..
            } => {
                let mut files = workplaces.files();
                files.extend(organisations.data.files());
                files
            }
        }
    }

    /// The files whose fingerprint differs between `saved` and `now`.
    pub fn changed_files(&self, saved: &str, now: &str) -> Vec<&Path> {
        let (saved, now): (Vec<&str>, Vec<&str>) = (saved.split('+').collect(), now.split('+').collect());
        (0..)
            .zip(self.files())
            .filter(|(at, _)| saved.get(*at) != now.get(*at))
            .filter_map(|(_, path)| path)
            .collect()
    }

    /// Names for people: of the files, without their folders.
    pub fn file_names(&self) -> Vec<String> {
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned()
        };
        self.files().into_iter().flatten().map(name).collect()
    }

    /// This source with another file below its own; how it is read goes along. Labels are made from the names of the
    /// files where `label` is empty, and never twice the same.
    pub fn with(&self, read: &ReadOptions, path: PathBuf, label: &str) -> Self {
        let (mut by, mut parts) = match self {
            Self::Several { by, parts } => (Some(*by), parts.clone()),
            other => {
                let label = match other.files().first() {
                    Some(Some(path)) => stem(path),
                    _ => stem(Path::new(data::sample::NAME)),
                };
                let read = read.clone();
                let data = other.clone();
                (None, vec![Part { label, data, read }])
            }
        };
        let mut added = Part::file(label.trim(), path);
        if added.label.is_empty() {
            let own = added
                .data
                .files()
                .first()
                .copied()
                .flatten()
                .map(stem)
                .unwrap_or_default();
            let other = parts.first().map(|part| part.label.clone()).unwrap_or_default();
            added.label = match (parts.len(), years(&other, &own)) {
                (1, Some((first, own))) => {
                    parts[0].label = first;
                    own
                }
                _ => own,
            };
        }
        let wanted = added.label.clone();
        let mut number = 2;
        while parts.iter().any(|part| part.label == added.label) {
            added.label = format!("{wanted} ({number})");
            number += 1;
        }
        parts.push(added);
        let by = *by.get_or_insert_with(|| By::of_labels(parts.iter().map(|part| part.label.as_str())));
        Self::Several { by, parts }
    }

    /// This source with organisations beside its rows.
    pub fn joined(&self, path: PathBuf, keys: Keys) -> Self {
        Self::Joined {
            workplaces: Box::new(self.clone()),
            organisations: Box::new(Part::file(ORGANISATIONS, path)),
            keys,
        }
    }

    /// This source with one file in another place.
    pub fn moved(&self, from: &Path, to: &Path) -> Self {
        let mut moved = self.clone();
        moved.each_path(&|path| if path == from { to.to_owned() } else { path.to_owned() });
        moved
    }

    /// Replaces every path.
    pub(super) fn each_path(&mut self, change: &dyn Fn(&Path) -> PathBuf) {
        match self {
            Self::Sample => {}
            Self::File(path) => *path = change(path),
            Self::Several { parts, .. } => parts.iter_mut().for_each(|part| part.each_path(change)),
            Self::Joined {
                workplaces,
                organisations,
                ..
            } => {
                workplaces.each_path(change);
                organisations.each_path(change);
            }
        }
    }

    /// Whether an Isobar that knows one file per project can read it.
    pub(super) fn is_one_file(&self) -> bool {
        matches!(self, Self::Sample | Self::File(_))
    }

    /// Refuses what cannot be opened whatever the files hold.
    pub(super) fn check(&self) -> Result<(), String> {
        match self {
            Self::Sample | Self::File(_) => Ok(()),
            Self::Several { parts, .. } if parts.is_empty() => Err("it has no data files".to_owned()),
            Self::Several { parts, .. } => parts.iter().try_for_each(|part| part.data.check()),
            Self::Joined {
                workplaces,
                organisations,
                ..
            } => workplaces.check().and_then(|()| organisations.data.check()),
        }
    }
}

impl Part {
    fn each_path(&mut self, change: &dyn Fn(&Path) -> PathBuf) {
        self.data.each_path(change);
        if let Some(codebook) = &mut self.read.codebook {
            *codebook = change(codebook);
        }
    }
}

/// A file's name without folder and ending.
fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The years of two file names that differ in nothing else.
fn years(one: &str, other: &str) -> Option<(String, String)> {
    let year = |name: &str| {
        let at = (0..name.len().saturating_sub(3)).find(|&at| {
            let digits = name.as_bytes()[at..at + 4].iter().all(u8::is_ascii_digit);
            let next = name.as_bytes().get(at + 4).is_some_and(u8::is_ascii_digit);
            let before = at > 0 && name.as_bytes()[at - 1].is_ascii_digit();
            digits && !next && !before
        })?;
        let rest = format!("{}{}", &name[..at], &name[at + 4..]);
        Some((name[at..at + 4].to_owned(), rest))
    };
    let ((one, rest), (other, other_rest)) = (year(one)?, year(other)?);
    (rest == other_rest && one != other).then_some((one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(source: &DataSource) -> (By, Vec<&str>) {
        match source {
            DataSource::Several { by, parts } => (*by, parts.iter().map(|part| part.label.as_str()).collect()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn files_that_differ_in_the_year_are_rounds_called_by_it() {
        let read = ReadOptions::default();
        let one = DataSource::File("data/barometer-2016.sav".into());
        let two = one.with(&read, "data/barometer-2018.sav".into(), "");
        assert_eq!(labels(&two), (By::Round, vec!["2016", "2018"]));
        let three = two.with(&read, "more/2018.sav".into(), "2018");
        assert_eq!(labels(&three), (By::Round, vec!["2016", "2018", "2018 (2)"]));
        let other = one.with(&read, "data/arena-2020.sav".into(), "");
        assert_eq!(labels(&other), (By::File, vec!["barometer-2016", "arena-2020"]));
        let sample = DataSource::Sample.with(&read, "ærø.sav".into(), "Ærø");
        assert_eq!(labels(&sample), (By::File, vec!["innovationsbarometer-2016", "Ærø"]));
    }

    #[test]
    fn the_file_that_changed_is_named() {
        let source = DataSource::Sample
            .with(&ReadOptions::default(), "a.sav".into(), "")
            .joined("b.sav".into(), Keys::default());
        assert_eq!(source.changed_files("1+2+3", "1+2+4"), [Path::new("b.sav")]);
        assert_eq!(
            source.changed_files("1", "1+2+3"),
            [Path::new("a.sav"), Path::new("b.sav")]
        );
        assert_eq!(
            source.moved(Path::new("b.sav"), Path::new("c.sav")).file_names(),
            ["a.sav", "c.sav"]
        );
    }
}
