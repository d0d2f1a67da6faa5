//! A file in, its bytes in order out, counted and fingerprinted on the way, so that a large one need not be in memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::progress::Progress;

/// The bytes of a file from front to back.
pub(crate) struct Stream<'a> {
    from: Box<dyn Read + 'a>,
    hash: Sha256,
    done: u64,
    /// The file's length; a guess where the system does not know.
    pub length: u64,
    progress: &'a Progress,
    /// How much of the work reading the bytes is.
    share: f64,
    failed: Option<io::Error>,
}

impl<'a> Stream<'a> {
    /// A file.
    pub fn open(path: &Path, progress: &'a Progress) -> io::Result<Self> {
        let file = File::open(path)?;
        let found = file.metadata()?;
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok(Self::new(file, found.len(), progress))
    }

    /// Anything that can be read.
    pub fn new(from: impl Read + 'a, length: u64, progress: &'a Progress) -> Self {
        Self {
            from: Box::new(from),
            hash: Sha256::new(),
            done: 0,
            length,
            progress,
            share: 1.0,
            failed: None,
        }
    }

    /// The next bytes, at most so many.
    pub fn next(&mut self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(most.min(self.length - self.length.min(self.done)) as usize + 1);
        self.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// All bytes: those that were read, and the rest. Making sense of them will be most of the work.
    pub fn all(&mut self, mut read: Vec<u8>) -> io::Result<Vec<u8>> {
        self.leave_the_rest_to_others();
        let left = self.length - self.length.min(self.done);
        // One more, or else the end is only found in a buffer twice as large.
        read.reserve_exact(usize::try_from(left).unwrap_or(0).saturating_add(1));
        self.read_to_end(&mut read)?;
        Ok(read)
    }

    /// Reading the bytes is only the lesser part of the work.
    pub fn leave_the_rest_to_others(&mut self) {
        self.share = 0.2;
    }

    /// What went wrong while others read from here.
    pub fn failed(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    /// SHA-256 of the whole file, once what nobody needed has been read as well.
    pub fn fingerprint(mut self) -> io::Result<impl AsRef<[u8]>> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.hash.finalize())
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        // Small steps, so that a cancelled file is left soon.
        let step = buffer.len().min(1 << 20);
        match self.from.read(&mut buffer[..step]) {
            Ok(read) => {
                self.hash.update(&buffer[..read]);
                self.done += read as u64;
                self.progress
                    .reached(self.share * self.done as f64 / self.length.max(1) as f64);
                Ok(read)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.failed = Some(io::Error::new(error.kind(), error.to_string()));
                }
                Err(error)
            }
        }
    }
}
