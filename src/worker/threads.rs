//! The three threads: a reader and a writer that work in order, and one for queries that only ever has the latest to do.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::work::done;
use super::{Event, Job, recent};

/// Does jobs away from the window. Dropping it waits until what is to be written is written.
pub struct Worker {
    reader: Sender<Job>,
    writer: Option<Sender<Job>>,
    writing: Option<JoinHandle<()>>,
    query: Arc<Slot>,
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
        };
        let (reader, to_read) = mpsc::channel();
        let (writer, to_write) = mpsc::channel();
        let query = Arc::new(Slot::default());
        let (reader_post, writer_post) = (post.clone(), post.clone());
        Builder::new()
            .name("isobar-reader".to_owned())
            .spawn(move || to_read.iter().for_each(|job| reader_post.send(&job)))?;
        let writing = Builder::new()
            .name("isobar-writer".to_owned())
            .spawn(move || to_write.iter().for_each(|job| writer_post.send(&job)))?;
        let slot = query.clone();
        Builder::new().name("isobar-query".to_owned()).spawn(move || {
            while let Some(job) = slot.take() {
                post.send(&job);
            }
        })?;
        Ok(Self {
            reader,
            writer: Some(writer),
            writing: Some(writing),
            query,
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
            Job::OpenData { .. } | Job::OpenProject(_) | Job::LoadRecent => self.reader.send(job).is_ok(),
            // Remembering writes; done in order with the rest that does.
            Job::SaveProject { .. } | Job::Export { .. } | Job::Remember(_) | Job::Ask(_) | Job::Quit => {
                self.writer.as_ref().is_some_and(|writer| writer.send(job).is_ok())
            }
        };
        if !accepted {
            log::error!("a thread of the worker is gone; the job is lost");
        }
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
}

impl Post {
    fn send(&self, job: &Job) {
        if let Some(event) = done(job, self.list.as_deref())
            && self.sender.send(event).is_ok()
        {
            (self.notify)();
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
