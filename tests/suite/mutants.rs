//! Real files in, damaged ones out, the same on every machine: bits turned over, bytes lost and put in, large numbers
//! where a length may stand, ends cut off. Each is read as a person would open it.

use std::time::{Duration, Instant};

use isobar::data::{self, DataError, Opened, ReadOptions};

/// No file may take longer, in a dev build on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

/// A codebook that says nothing, so that the packs are not compared with every mutant.
const NO_CODEBOOK: &str = r#"{"isobar_codebook": 1, "variables": []}"#;

/// xorshift64*.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }
}

/// Numbers that overflow something, in as many bytes as lengths have.
const LARGE: [u64; 8] = [
    0,
    0x7F,
    0xFF,
    0x7FFF_FFFF,
    0xFFFF_FFFF,
    1 << 60,
    i64::MAX as u64,
    u64::MAX,
];

/// One to four damages.
pub fn mutant(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        if at >= bytes.len() {
            break;
        }
        match dice.below(8) {
            0 | 1 => bytes[at] ^= 1 << dice.below(8),
            2 => bytes[at] = dice.below(256) as u8,
            3 | 4 => {
                let number = LARGE[dice.below(LARGE.len())];
                let number = if dice.below(2) == 0 {
                    number.to_le_bytes()
                } else {
                    number.to_be_bytes()
                };
                let width = [2, 4, 8][dice.below(3)].min(bytes.len() - at);
                bytes[at..at + width].copy_from_slice(&number[..width]);
            }
            5 => {
                let end = (at + 1 + dice.below(16)).min(bytes.len());
                bytes.drain(at..end);
            }
            6 => {
                let filling = dice.below(256) as u8;
                let count = 1 + dice.below(16);
                bytes.splice(at..at, std::iter::repeat_n(filling, count));
            }
            _ if dice.below(4) == 0 => bytes.truncate(at),
            _ => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].reverse();
            }
        }
    }
    bytes
}

/// Reads whatever it is, and everything in it: only a panic or a long time is wrong.
pub fn read_quickly(name: &str, bytes: &[u8]) -> Result<Opened, DataError> {
    let start = Instant::now();
    let read = data::read_bytes(name, bytes, &ReadOptions::default(), Some(NO_CODEBOOK));
    match &read {
        Ok(opened) => {
            let data = &opened.dataset;
            assert_eq!(data.columns.len(), data.codebook.variables.len(), "{name}");
            for (variable, column) in data.codebook.variables.iter().zip(&data.columns) {
                assert_eq!(column.len(), data.rows, "{name}: {}", variable.name);
                for row in 0..column.len().min(100) {
                    column.code(row);
                }
            }
            data.questions();
        }
        Err(error) => assert!(error.to_string().starts_with(name), "{error}"),
    }
    let took = start.elapsed();
    assert!(took < LONGEST, "{name} of {} bytes took {took:?}", bytes.len());
    read
}

/// Reads `count` mutants of the originals in two threads, and gives how many could be read.
pub fn read_mutants(originals: &[(String, Vec<u8>)], count: usize, seed: u64) -> usize {
    mutants_read_by(originals, count, seed, |name, bytes| read_quickly(name, bytes).is_ok())
}

/// As [`read_mutants`], for files that are no surveys: `read` says whether it could make sense of one.
pub fn mutants_read_by(
    originals: &[(String, Vec<u8>)],
    count: usize,
    seed: u64,
    read: impl Fn(&str, &[u8]) -> bool + Sync,
) -> usize {
    let half = |half: u64| {
        let mut dice = Dice(seed ^ half.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (0..count / 2)
            .filter(|round| {
                let (name, original) = &originals[round % originals.len()];
                let bytes = mutant(original, &mut dice);
                let start = Instant::now();
                let made_sense = read(name, &bytes);
                let took = start.elapsed();
                assert!(took < LONGEST, "{name} of {} bytes took {took:?}", bytes.len());
                made_sense
            })
            .count()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        half(2) + other.join().unwrap()
    })
}
