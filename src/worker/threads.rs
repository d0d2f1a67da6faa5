//! The three threads: a reader and a writer that work in order, and one for queries that only ever has the latest to do.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::designs::Designs;
use super::work::done;
use super::{Event, Job, recent};
use crate::data::Progress;
use crate::project::DataSource;

/// Of larger files it is told how far they have been read.
const LARGE_BYTES: u64 = 4 << 20;

/// Does jobs away from the window. Dropping it waits until what is to be written is written.
pub struct Worker {
    reader: Sender<(Job, Arc<Progress>)>,
    /// What is being read or waits for it.
    readings: Mutex<Vec<Arc<Progress>>>,
    writer: Option<Sender<Job>>,
    writing: Option<JoinHandle<()>>,
    query: Arc<Slot>,
    post: Post,
    events: Receiver<Event>,
}

impl Worker {
    /// Starts the threads. `notify` is called after each event, on the thread that made it: it may wake the window, and
    /// must not wait for it.
    pub fn start(notify: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        Self::start_with_recent(notify, recent::place())
    }

    /// As [`Worker::start`], with the recent files remembered in `list` (`None`: nowhere).
    pub fn start_with_recent(notify: impl Fn() + Send + Sync + 'static, list: Option<PathBuf>) -> io::Result<Self> {
        let (sender, events) = mpsc::channel();
        let post = Post {
            sender,
            notify: Arc::new(notify),
            list,
            designs: Arc::default(),
        };
        let (reader, to_read) = mpsc::channel::<(Job, Arc<Progress>)>();
        let (writer, to_write) = mpsc::channel();
        let query = Arc::new(Slot::default());
        let (reader_post, writer_post, query_post) = (post.clone(), post.clone(), post.clone());
        Builder::new().name("isobar-reader".to_owned()).spawn(move || {
            for (job, progress) in to_read {
                reader_post.send(&job, &progress);
            }
        })?;
        let writing = Builder::new().name("isobar-writer".to_owned()).spawn(move || {
            let nobody = Progress::new();
            to_write.iter().for_each(|job| writer_post.send(&job, &nobody));
        })?;
        let slot = query.clone();
        Builder::new().name("isobar-query".to_owned()).spawn(move || {
            let nobody = Progress::new();
            while let Some(job) = slot.take() {
                query_post.send(&job, &nobody);
            }
        })?;
        Ok(Self {
            reader,
            readings: Mutex::default(),
            writer: Some(writer),
            writing: Some(writing),
            query,
            post,
            events,
        })
    }

    /// Hands a job to the thread that does such jobs. Returns at once.
    pub fn send(&self, job: Job) {
        let accepted = match job {
            Job::Run { .. } => {
                self.query.put(job);
                true
            }
            Job::OpenData { .. } | Job::OpenProject(_) => {
                self.leave_readings();
                let progress = Arc::new(self.post.progress(&job));
                self.readings().push(progress.clone());
                self.reader.send((job, progress)).is_ok()
            }
            Job::LoadRecent | Job::Guess { .. } | Job::ReadMargin(_) => self.reader.send((job, Arc::default())).is_ok(),
            Job::CancelOpening => {
                self.leave_readings();
                true
            }
            // Remembering writes; done in order with the rest that does.
            Job::SaveProject { .. }
            | Job::SaveCodebook { .. }
            | Job::Export { .. }
            | Job::Remember(_)
            | Job::Ask(_)
            | Job::Quit => self.writer.as_ref().is_some_and(|writer| writer.send(job).is_ok()),
        };
        if !accepted {
            log::error!("a thread of the worker is gone; the job is lost");
        }
    }

    /// Puts an end to what is being read and to what waits for it.
    fn leave_readings(&self) {
        for progress in self.readings().drain(..) {
            progress.cancel();
        }
    }

    fn readings(&self) -> MutexGuard<'_, Vec<Arc<Progress>>> {
        self.readings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has come of jobs since the last call.
    pub fn drain(&self) -> Vec<Event> {
        self.events.try_iter().collect()
    }

    /// The next event, waiting for it at most so long. For programs and tests without a window.
    pub fn wait(&self, at_most: Duration) -> Option<Event> {
        self.events.recv_timeout(at_most).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.query.close();
        self.leave_readings();
        self.writer = None;
        if let Some(writing) = self.writing.take()
            && writing.join().is_err()
        {
            log::error!("the writing thread ended in a panic");
        }
    }
}

/// Where the threads put their events.
#[derive(Clone)]
struct Post {
    sender: Sender<Event>,
    notify: Arc<dyn Fn() + Send + Sync>,
    list: Option<PathBuf>,
    designs: Arc<Designs>,
}

impl Post {
    fn send(&self, job: &Job, progress: &Progress) {
        if let Some(event) = done(job, self.list.as_deref(), progress, &self.designs) {
            self.tell(event);
        }
    }

    fn tell(&self, event: Event) {
        if self.sender.send(event).is_ok() {
            (self.notify)();
        }
    }

    /// How far a reading is. Only of large files is it told: small ones are there before anybody could look.
    fn progress(&self, job: &Job) -> Progress {
        match job {
            Job::OpenData {
                source: source @ DataSource::File(path),
                options,
            } if fs::metadata(path).is_ok_and(|file| file.len() > LARGE_BYTES) => {
                let (post, source, options) = (self.clone(), source.clone(), options.clone());
                Progress::told_to(move |fraction| {
                    post.tell(Event::Progress {
                        source: source.clone(),
                        options: options.clone(),
                        fraction,
                    });
                })
            }
            _ => Progress::new(),
        }
    }
}

/// Room for one job; a later one takes its place.
#[derive(Default)]
struct Slot {
    held: Mutex<Held>,
    changed: Condvar,
}

#[derive(Default)]
struct Held {
    job: Option<Job>,
    closed: bool,
}

impl Slot {
    fn put(&self, job: Job) {
        self.lock().job = Some(job);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    /// Waits for a job; `None` when there will be no more.
    fn take(&self) -> Option<Job> {
        let mut held = self.lock();
        loop {
            if held.closed {
                return None;
            }
            if let Some(job) = held.job.take() {
                return Some(job);
            }
            held = self.changed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Jobs are done outside the lock, so that nothing can poison it; if it were, what is in it is still whole.
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
