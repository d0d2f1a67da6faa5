//! Events in, jobs out: what came of the jobs, taken into the [`State`]. What was superseded meanwhile is recognised by
//! its question and passed over.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Answer, Command, Confirm, Data, Leave, Message, Opening, State};
use crate::data::{DataWarning, Dataset, ReadOptions};
use crate::measure::DesignChoice;
use crate::project::{DataSource, Project};
use crate::worker::{Event, Job};

impl State {
    /// Takes in what came of a job.
    pub fn receive(&mut self, event: Event) -> Vec<Job> {
        let mut jobs = self.take_in(event);
        self.settle(&mut jobs);
        jobs
    }

    fn take_in(&mut self, event: Event) -> Vec<Job> {
        match event {
            Event::DataOpened {
                source,
                options,
                data,
                warnings,
            } => return self.data_opened(source, options, data, warnings),
            Event::Progress {
                source,
                options,
                fraction,
            } => {
                if self.is_opening(&source, &options) {
                    self.progress = Some(fraction);
                }
            }
            Event::DataFailed {
                source,
                options,
                message,
                file,
            } => self.data_failed(source, options, message, file),
            Event::ProjectOpened { path, project } => {
                if self.opening == Some(Opening::Project(path.clone())) {
                    let job = Job::OpenData {
                        source: project.data.clone(),
                        options: project.read.clone(),
                    };
                    let project = Box::new(project);
                    self.opening = Some(Opening::DataOf { path, project });
                    return vec![job];
                }
            }
            Event::ProjectFailed { path, message } => {
                if self.opening == Some(Opening::Project(path)) {
                    self.opening = None;
                    self.say(Message::Problem(message));
                }
            }
            Event::Saved { project, path } => return self.project_saved(project, path),
            Event::SaveFailed { path, message } => {
                if self.saving.as_ref() == Some(&path) {
                    self.saving = None;
                    self.after_save = None;
                }
                self.say(Message::Problem(message));
            }
            Event::Answered { table, data } => {
                if self.is_of_these(&data) {
                    self.answers.put(table.query.clone(), Answer::Table(table));
                }
            }
            Event::Unanswered { query, data, message } => {
                if self.is_of_these(&data) {
                    self.answers.put(query, Answer::Failed(message));
                }
            }
            Event::Guessed { guesses, data } => self.guessed(&data, guesses),
            Event::CodebookSaved { path, data } => return self.codebook_saved(path, &data),
            Event::CodebookFailed { message } => self.codebook_failed(message),
            Event::Exported(path) => self.say(Message::Exported(path)),
            Event::ExportFailed { message } => self.say(Message::Problem(message)),
            Event::Recent(paths) => self.recent = paths,
            Event::MarginRead(margin) => {
                let mut design = self.project.design.clone();
                // A newer table of the same variables takes the older one's place.
                design.margins.retain(|known| known.vars != margin.vars);
                design.margins.push(margin);
                self.change(Command::SetDesign(design));
            }
            Event::Trouble(message) => self.say(Message::Problem(message)),
        }
        Vec::new()
    }

    /// Whether these data, read so, are what is being opened.
    fn is_opening(&self, source: &DataSource, options: &ReadOptions) -> bool {
        match &self.opening {
            Some(Opening::Survey(wanted)) => wanted == source && *options == ReadOptions::default(),
            Some(Opening::DataOf { project, .. }) => project.data == *source && project.read == *options,
            Some(
                Opening::Again {
                    source: wanted,
                    options: how,
                }
                | Opening::Change {
                    source: wanted,
                    options: how,
                }
                | Opening::Step {
                    source: wanted,
                    options: how,
                    ..
                },
            ) => wanted == source && how == options,
            Some(Opening::Project(_)) | None => false,
        }
    }

    /// Whether an answer is about the data that are open now: a query does not say, so the data themselves are compared.
    pub(super) fn is_of_these(&self, data: &Arc<Dataset>) -> bool {
        self.dataset().is_some_and(|present| Arc::ptr_eq(present, data))
    }

    fn data_opened(
        &mut self,
        source: DataSource,
        options: ReadOptions,
        dataset: Arc<Dataset>,
        warnings: Vec<DataWarning>,
    ) -> Vec<Job> {
        if self.asks_instead(&source, &options) {
            return Vec::new();
        }
        match self.opening.take() {
            Some(Opening::Survey(wanted)) if wanted == source && options == ReadOptions::default() => {
                let remember = match &source {
                    DataSource::File(path) => vec![Job::Remember(path.clone())],
                    _ => Vec::new(),
                };
                let project = Project::new(source, options, &dataset, self.project.language);
                self.install(project, None, Data::Ready { dataset, warnings });
                remember
            }
            Some(Opening::DataOf { path, project }) if project.data == source && project.read == options => {
                let data = compared(&project, dataset, warnings);
                self.install(*project, Some(path.clone()), data);
                vec![Job::Remember(path)]
            }
            Some(Opening::Again {
                source: wanted,
                options: how,
            }) if wanted == source && how == options => {
                // It can be read now, whatever was said about it.
                if let DataSource::File(path) = &source {
                    let of_it = path.display().to_string();
                    self.messages
                        .retain(|said| !matches!(said, Message::Problem(why) if why.starts_with(&of_it)));
                }
                if self.path.is_none() && !self.is_changed() {
                    // Nothing was chosen yet: what the wrong reading proposed goes with it.
                    let project = Project::new(source, options, &dataset, self.project.language);
                    let messages = std::mem::take(&mut self.messages);
                    self.install(project, None, Data::Ready { dataset, warnings });
                    self.messages = messages;
                    return Vec::new();
                }
                // A design that nobody chose follows what is now known of the columns.
                let proposed = self.dataset().map(|data| DesignChoice::of(data));
                let design = (proposed.as_ref() == Some(&self.project.design)).then(|| DesignChoice::of(&dataset));
                let data = compared(&self.project, dataset, warnings);
                let before = self.project.data.clone();
                let read = self.project.read.clone();
                self.each_project(|project| {
                    if project.data == before {
                        project.data.clone_from(&source);
                    } else {
                        // A step with other files: those that were moved lie elsewhere there too.
                        for (from, to) in before.files().into_iter().zip(source.files()) {
                            if let (Some(from), Some(to)) = (from, to) {
                                project.data = project.data.moved(from, to);
                            }
                        }
                    }
                    if project.read == read {
                        project.read.clone_from(&options);
                    }
                    if let Some(design) = &design {
                        project.design.clone_from(design);
                    }
                });
                self.forget_answers();
                self.data = data;
                Vec::new()
            }
            Some(Opening::Change {
                source: wanted,
                options: how,
            }) if wanted == source && how == options => {
                let before = self.project.clone();
                let untouched = self
                    .dataset()
                    .is_some_and(|data| DesignChoice::of(data) == before.design);
                if untouched {
                    self.project.design = DesignChoice::of(&dataset);
                }
                self.project.data = source;
                self.project.read = options;
                self.project.fingerprint.clone_from(&dataset.fingerprint);
                self.note(before);
                self.forget_answers();
                self.data = Data::Ready { dataset, warnings };
                Vec::new()
            }
            Some(Opening::Step {
                source: wanted,
                options: how,
                again,
            }) if wanted == source && how == options => {
                let next = self.history.next(again);
                if next.is_some_and(|next| next.data == source && next.read == options) {
                    self.take_step(again);
                    self.forget_answers();
                    self.data = compared(&self.project, dataset, warnings);
                }
                Vec::new()
            }
            superseded => {
                self.opening = superseded;
                Vec::new()
            }
        }
    }

    /// What was wanted, if these data belong to something that takes the place of the project that is open.
    fn replaced_by(&self, source: &DataSource, options: &ReadOptions) -> Option<Leave> {
        match (&self.opening, source) {
            (Some(Opening::Survey(wanted)), DataSource::File(path)) if wanted == source => {
                Some(Leave::Open(path.clone()))
            }
            (Some(Opening::Survey(wanted)), DataSource::Sample) if wanted == source => Some(Leave::OpenSample),
            (Some(Opening::DataOf { path, project }), _) if project.data == *source && project.read == *options => {
                Some(Leave::Open(path.clone()))
            }
            _ => None,
        }
    }

    /// Asks before these data take the place of a project that was changed while they were being read.
    fn asks_instead(&mut self, source: &DataSource, options: &ReadOptions) -> bool {
        let since = self
            .left
            .as_ref()
            .is_none_or(|left| !self.project.has_same_choices(left));
        match self.replaced_by(source, options) {
            Some(then) if since && self.is_changed() => {
                self.opening = None;
                self.confirm = Some(Confirm { then, codebook: false });
                true
            }
            _ => false,
        }
    }

    fn data_failed(&mut self, source: DataSource, options: ReadOptions, message: String, file: Option<PathBuf>) {
        if self.asks_instead(&source, &options) {
            return;
        }
        match self.opening.take() {
            Some(Opening::Survey(wanted)) if wanted == source => self.say(Message::Problem(message)),
            Some(Opening::DataOf { path, project }) if project.data == source && project.read == options => {
                let message = format!(
                    "{message} The project {} is kept as it is: show where its data are now, or open something else.",
                    path.display()
                );
                self.install(*project, Some(path), Data::Failed { source, message, file });
            }
            Some(Opening::Again {
                source: wanted,
                options: how,
            }) if wanted == source && how == options => match &mut self.data {
                Data::Failed {
                    source: missing,
                    message: shown,
                    file: at_fault,
                } => {
                    // Of several files that are missing, the one just found must not be asked for again.
                    if source.files().len() > 1 {
                        self.project.data = source.clone();
                        *missing = source;
                    }
                    *shown = message;
                    *at_fault = file;
                }
                _ => self.say(Message::Problem(message)),
            },
            Some(
                Opening::Change {
                    source: wanted,
                    options: how,
                }
                | Opening::Step {
                    source: wanted,
                    options: how,
                    ..
                },
            ) if wanted == source && how == options => self.say(Message::Problem(message)),
            superseded => self.opening = superseded,
        }
    }

    /// Puts a project in the place of the one that was open.
    fn install(&mut self, project: Project, path: Option<PathBuf>, data: Data) {
        let mut next = Self::new(project.language);
        next.saved = project.clone();
        next.project = project;
        next.path = path;
        next.data = data;
        next.recent = std::mem::take(&mut self.recent);
        *self = next;
    }

    fn forget_answers(&mut self) {
        self.answers.clear();
        self.asked = None;
        self.shown = None;
        self.drawn = None;
        self.export = None;
    }

    fn project_saved(&mut self, project: Project, path: PathBuf) -> Vec<Job> {
        let mut jobs = vec![Job::Remember(path.clone())];
        self.say(Message::Saved(path.clone()));
        // Another project may have been opened while this one was being written.
        if self.saving.as_ref() == Some(&path) {
            self.saving = None;
            self.saved = project;
            self.path = Some(path);
            if let Some(then) = self.after_save.take()
                && !self.is_changed()
            {
                jobs.extend(self.go(then));
            }
        }
        jobs
    }
}

/// The data of a project, compared with what it was saved with.
fn compared(project: &Project, dataset: Arc<Dataset>, warnings: Vec<DataWarning>) -> Data {
    if project.fingerprint == dataset.fingerprint {
        Data::Ready { dataset, warnings }
    } else {
        Data::Changed { dataset, warnings }
    }
}
