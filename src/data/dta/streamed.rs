//! A large Stata file in, as it comes, its columns out: the head is in memory, then a few blocks of rows, then the tail.

use std::io::{self, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use super::cells::{Cells, Layout};
use super::header::{self, Dictionary, TAGGED};
use super::{BLOCK_BYTES, cores, finish};
use crate::data::bytes::Bytes;
use crate::data::error::DataError;
use crate::data::read::{FileContents, ReadOptions};

/// Bytes of rows that are handed over at a time.
const HANDED_OVER: usize = 1 << 22;
/// A head of more bytes is left to those who have the whole file in memory.
const LARGEST_HEAD: usize = 1 << 26;
const END_OF_DATA: &[u8] = b"</data>";

/// Reads a Stata file that begins with `head`, goes on with `rest` and has `length` bytes. `None` where the file is not
/// as its head says: it is to be read as a whole, then.
pub(crate) fn read(
    path: &Path,
    mut head: Vec<u8>,
    rest: &mut dyn Read,
    length: u64,
    options: &ReadOptions,
) -> Result<Option<FileContents>, DataError> {
    while header::dictionary(&head).is_err() {
        let before = head.len();
        let more = rest.take(before as u64).read_to_end(&mut head);
        if more.is_err() || head.len() == before || before > LARGEST_HEAD {
            return Ok(None);
        }
    }
    let Ok(mut dictionary) = header::dictionary(&head) else {
        return Ok(None);
    };
    // Positions count to 2³².
    let rows = usize::try_from(dictionary.promised)
        .ok()
        .filter(|rows| (1..u32::MAX as usize).contains(rows));
    let bytes = rows.and_then(|rows| rows.checked_mul(dictionary.row_bytes));
    let (Some(rows), Some(bytes)) = (rows, bytes) else {
        return Ok(None);
    };
    let start = dictionary.data_at;
    if (start as u64).saturating_add(bytes as u64) > length {
        return Ok(None);
    }
    dictionary.rows = rows;
    let mut source = (&head[start..]).chain(rest);
    let Ok(collected) = collect(&dictionary, &mut source, bytes) else {
        return Ok(None);
    };
    let mut tail = Vec::new();
    if source.read_to_end(&mut tail).is_err() {
        return Ok(None);
    }
    let after = match head.starts_with(TAGGED) {
        true => tail.strip_prefix(END_OF_DATA),
        false => Some(tail.as_slice()),
    };
    let Some(after) = after else {
        return Ok(None);
    };
    let after = Some(Bytes::new(after, dictionary.big_endian));
    finish(path, Dictionary { after, ..dictionary }, collected, options).map(Some)
}

/// Collects every column from so many bytes of rows: this thread reads, others take the rows apart.
fn collect(dictionary: &Dictionary<'_>, source: &mut dyn Read, bytes: usize) -> io::Result<Vec<Cells>> {
    let layout = Layout::of(dictionary);
    let fields = &dictionary.fields;
    let whole_rows = |bytes: usize| (bytes / dictionary.row_bytes).max(1) * dictionary.row_bytes;
    thread::scope(|scope| {
        let workers: Vec<_> = fields
            .chunks(fields.len().div_ceil(cores(bytes)).max(1))
            .map(|fields| {
                let (sender, blocks) = sync_channel::<Arc<Vec<u8>>>(2);
                let worker = scope.spawn(move || {
                    let mut cells: Vec<Cells> = fields
                        .iter()
                        .map(|field| Cells::new(field.storage, dictionary.rows))
                        .collect();
                    for block in blocks {
                        for rows in block.chunks(whole_rows(BLOCK_BYTES)) {
                            for (field, cells) in fields.iter().zip(&mut cells) {
                                cells.push_block(rows, field, layout);
                            }
                        }
                    }
                    cells
                });
                (sender, worker)
            })
            .collect();
        let mut left = bytes;
        let mut read = Ok(());
        while left > 0 {
            let mut block = vec![0; whole_rows(HANDED_OVER).min(left)];
            read = source.read_exact(&mut block);
            if read.is_err() {
                break;
            }
            left -= block.len();
            let block = Arc::new(block);
            for (sender, _) in &workers {
                // A worker that is gone has panicked, which comes to light below.
                let _ = sender.send(block.clone());
            }
        }
        let mut cells = Vec::with_capacity(fields.len());
        for (sender, worker) in workers {
            drop(sender);
            match worker.join() {
                Ok(more) => cells.extend(more),
                Err(panic) => resume_unwind(panic),
            }
        }
        read.map(|()| cells)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_comes_bit_by_bit_is_read_as_one_that_is_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files/dta");
        let mut streamed = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file = std::fs::read(&path).unwrap();
            if !header::is_dta(&file) {
                continue;
            }
            let options = ReadOptions::default();
            for head in [12, 1000, file.len() - 1] {
                let (head, mut rest) = file.split_at(head.min(file.len()));
                let found = read(&path, head.to_vec(), &mut rest, file.len() as u64, &options).unwrap();
                let (Some(found), Ok(expected)) = (found, super::super::read(&path, &file, &options)) else {
                    continue;
                };
                streamed += 1;
                assert_eq!(found.columns, expected.columns, "{}", path.display());
                assert_eq!(found.codebook, expected.codebook, "{}", path.display());
                assert_eq!(found.warnings, expected.warnings, "{}", path.display());
            }
            // One that breaks off in its data is left to the other reader.
            let Ok(dictionary) = header::dictionary(&file) else {
                continue;
            };
            let cut = dictionary.data_at + dictionary.data.len() / 2;
            let mut rest = &file[12..cut.max(12)];
            let cut = read(&path, file[..12].to_vec(), &mut rest, file.len() as u64, &options);
            assert!(matches!(cut, Ok(None)), "{}", path.display());
        }
        assert!(streamed > 20, "{streamed} files");
    }
}
