//! One [`Job`] in, its [`Event`] out, here and now.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use super::designs::Designs;
use super::{Event, FigureFormat, Job, margins, recent, write_codebook};
use crate::data::{DataError, Opened, Progress, ReadOptions};
use crate::export;
use crate::figure::Scene;
use crate::measure::Table;
use crate::project::{self, reason_of, write_whole};
use crate::setup;

/// Does a job. A panic is our bug; the program goes on, and the person is told.
pub(super) fn done(job: &Job, list: Option<&Path>, progress: &Progress, designs: &Designs) -> Option<Event> {
    catch_unwind(AssertUnwindSafe(|| do_it(job, list, progress, designs))).unwrap_or_else(|_| {
        let why = "Something went wrong inside Isobar. Nothing that was saved is lost; please report it".to_owned();
        failed(job, why)
    })
}

fn do_it(job: &Job, list: Option<&Path>, progress: &Progress, designs: &Designs) -> Option<Event> {
    Some(match job {
        Job::OpenData { source, options } => match source.open(
            &ReadOptions {
                saved: write_codebook::folder(list),
                ..options.clone()
            },
            progress,
        ) {
            Ok(Opened { dataset, warnings }) => Event::DataOpened {
                source: source.clone(),
                options: options.clone(),
                data: Arc::new(dataset),
                warnings,
            },
            // Nobody waits for it.
            Err(DataError::Cancelled { .. }) => return None,
            Err(error) => Event::DataFailed {
                source: source.clone(),
                options: options.clone(),
                message: error.to_string(),
                file: error.file().map(Path::to_owned),
            },
        },
        Job::OpenProject(path) => match project::load(path) {
            Ok(project) => Event::ProjectOpened {
                path: path.clone(),
                project,
            },
            Err(error) => return failed(job, error.to_string()),
        },
        Job::SaveProject {
            project,
            path,
            may_replace,
        } => {
            if let Err(message) = asked_for(path, *may_replace) {
                return failed(job, message);
            }
            match project::save(project, path) {
                Ok(()) => Event::Saved {
                    project: project.clone(),
                    path: path.clone(),
                },
                Err(error) => return failed(job, error.to_string()),
            }
        }
        Job::Run { query, data } => match designs.answer(query, data) {
            Ok(table) => Event::Answered {
                table: Arc::new(table),
                data: data.clone(),
            },
            Err(error) => return failed(job, error.to_string()),
        },
        Job::Guess { data } => Event::Guessed {
            guesses: Arc::new(setup::guess(data)),
            data: data.clone(),
        },
        Job::SaveCodebook { codebook, data } => match write_codebook::write(codebook, data, list) {
            Ok(path) => Event::CodebookSaved {
                path,
                data: data.clone(),
            },
            Err(message) => return failed(job, message),
        },
        Job::Export {
            scene,
            table,
            format,
            path,
            may_replace,
        } => match asked_for(path, *may_replace).and_then(|()| write_figure(scene, table.as_deref(), *format, path)) {
            Ok(()) => Event::Exported(path.clone()),
            Err(message) => return failed(job, message),
        },
        Job::Remember(path) => {
            let list = list?;
            recent::remember(list, path);
            Event::Recent(recent::load(list))
        }
        Job::ReadMargin(path) => match margins::read(path) {
            Ok(margin) => Event::MarginRead(margin),
            Err(message) => return failed(job, message),
        },
        Job::LoadRecent => Event::Recent(list.map(recent::load).unwrap_or_default()),
        Job::Ask(_) | Job::Quit | Job::CancelOpening => {
            log::error!("{job:?} is not for this thread");
            return None;
        }
    })
}

/// What a job comes to when it fails.
fn failed(job: &Job, message: String) -> Option<Event> {
    Some(match job {
        Job::OpenData { source, options } => Event::DataFailed {
            source: source.clone(),
            options: options.clone(),
            message,
            file: None,
        },
        Job::OpenProject(path) => Event::ProjectFailed {
            path: path.clone(),
            message,
        },
        Job::SaveProject { path, .. } => Event::SaveFailed {
            path: path.clone(),
            message,
        },
        Job::Run { query, data } => Event::Unanswered {
            query: query.clone(),
            data: data.clone(),
            message,
        },
        Job::Export { .. } => Event::ExportFailed { message },
        Job::SaveCodebook { .. } => Event::CodebookFailed { message },
        Job::Ask(_)
        | Job::Quit
        | Job::CancelOpening
        | Job::Guess { .. }
        | Job::Remember(_)
        | Job::LoadRecent
        | Job::ReadMargin(_) => Event::Trouble(message),
    })
}

/// Refuses to replace a file that the person was not asked about, because its name was completed afterwards.
fn asked_for(path: &Path, may_replace: bool) -> Result<(), String> {
    if may_replace || !path.exists() {
        return Ok(());
    }
    Err(format!(
        "{}: there is a file of that name already. Choose it by its full name to replace it, or take another.",
        path.display()
    ))
}

/// Writes a figure to a file, which is replaced in one step. The sentence says why it could not be written.
/// A network is written from its numbers, in `table`.
pub fn write_figure(scene: &Scene, table: Option<&Table>, format: FigureFormat, path: &Path) -> Result<(), String> {
    let reason = |error: export::ExportError| format!("{}: {error}", path.display());
    let bytes = match format {
        FigureFormat::Svg => export::svg(scene).into_bytes(),
        FigureFormat::Png { dpi } => export::png(scene, dpi as f32).map_err(reason)?,
        FigureFormat::Graph(format) => table
            .ok_or(export::ExportError::NoNetwork)
            .and_then(|table| export::graph::graph(table, scene, format))
            .map_err(reason)?
            .into_bytes(),
    };
    write_whole(path, &bytes).map_err(|error| {
        format!(
            "{}: the figure could not be written ({}). Choose a folder that exists and that you may write to.",
            path.display(),
            reason_of(&error)
        )
    })
}
