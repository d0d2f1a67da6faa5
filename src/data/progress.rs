//! How far a file has been read, and whether anybody still wants it: shared by the thread that reads and those that wait.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// How far a file has been read. Cheap to ask and to tell, from any thread.
#[derive(Default)]
pub struct Progress {
    /// The bits of a fraction of 1, which sort as the numbers do.
    fraction: AtomicU32,
    cancelled: AtomicBool,
    /// Of several files, how many have been read, and of how many.
    files: Mutex<Option<(usize, usize)>>,
    listener: Option<Box<dyn Fn(f32) + Send + Sync>>,
}

impl Progress {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing read yet; `listener` is told the fraction whenever another hundredth has been read, on the thread that
    /// reads.
    pub fn told_to(listener: impl Fn(f32) + Send + Sync + 'static) -> Self {
        Self {
            listener: Some(Box::new(listener)),
            ..Self::default()
        }
    }

    /// Nobody wants the file any more: reading ends with [`super::DataError::Cancelled`] as soon as it can.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants the file any more.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The part that has been read, 0..=1; never goes back.
    pub fn fraction(&self) -> f32 {
        f32::from_bits(self.fraction.load(Ordering::Relaxed))
    }

    /// Of several files, `done` have been read; what is reached from now on is the next one's.
    pub fn begin(&self, done: usize, of: usize) {
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) = Some((done, of));
    }

    /// So much has been read.
    pub(crate) fn reached(&self, fraction: f64) {
        let files = *self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = match files {
            Some((done, of)) if of > 0 => (done as f64 + fraction.clamp(0.0, 1.0)) / of as f64,
            _ => fraction,
        };
        let now = (whole as f32).clamp(0.0, 1.0);
        let before = f32::from_bits(self.fraction.fetch_max(now.to_bits(), Ordering::Relaxed));
        let hundredth = |fraction: f32| (fraction * 100.0).floor();
        if let Some(listener) = &self.listener
            && hundredth(now) > hundredth(before)
        {
            listener(now);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("fraction", &self.fraction())
            .field("cancelled", &self.is_cancelled())
            .finish_non_exhaustive()
    }
}
