//! Files that are cut off, mutated or hostile: read as far as they go, or refused; never a panic, never for long.

use std::time::{Duration, Instant};

use isobar::data::{DataError, DataWarning, Opened, VarId};

use super::{bytes_of, cells, equals_report, json_of, open, read_bytes};

/// xorshift64*: the same mutants on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// Reads whatever it is, and everything in it: only a panic or a long time is wrong.
fn read_quickly(name: &str, bytes: &[u8]) -> Result<Opened, DataError> {
    let start = Instant::now();
    let read = read_bytes(name, bytes);
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
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{name} took {:?}",
        start.elapsed()
    );
    read
}

#[test]
fn a_file_cut_off_anywhere_gives_its_whole_rows_or_an_error() {
    for name in ["pspp-bytecode.sav", "pspp-plain.sav", "pspp.zsav"] {
        let whole = bytes_of(name);
        let full = open(name).dataset;
        let mut rows_seen = 0;
        for length in 0..whole.len() {
            match read_quickly(name, &whole[..length]) {
                Ok(opened) => {
                    let data = opened.dataset;
                    assert!(data.rows >= rows_seen, "{name}: fewer rows of more bytes");
                    rows_seen = data.rows;
                    let truncated = DataWarning::Truncated {
                        promised: Some(5),
                        read: data.rows,
                    };
                    assert_eq!(
                        opened.warnings.contains(&truncated),
                        data.rows < 5,
                        "{name}, {length} bytes"
                    );
                    for variable in &full.codebook.variables {
                        let name = &variable.name.0;
                        assert_eq!(cells(&data, name), cells(&full, name)[..data.rows], "{length} bytes");
                    }
                }
                Err(error) => assert_eq!(rows_seen, 0, "{name}, {length} bytes: {error}"),
            }
        }
        if name != "pspp.zsav" {
            assert!(rows_seen >= 4, "{name}");
        }
    }
}

#[test]
fn twenty_thousand_damaged_files_are_read_or_refused_without_a_panic() {
    let originals: Vec<(&str, Vec<u8>)> = [
        "pspp-bytecode.sav",
        "pspp-plain.sav",
        "pspp.zsav",
        "pspp-big-endian.sav",
        "komma.csv",
        "tabulator-utf-16.tsv",
    ]
    .map(|name| (name, bytes_of(name)))
    .to_vec();
    let mutants = |half: usize| {
        let mut dice = Dice(0x1507_2016 + half as u64);
        let mut read = 0;
        for round in 0..10_000 {
            let (name, original) = &originals[round % originals.len()];
            let mut bytes = original.clone();
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                match dice.below(4) {
                    0 => bytes[at] = dice.below(256) as u8,
                    1 => bytes[at] = [0, 0x7F, 0x80, 0xFF][dice.below(4)],
                    2 => {
                        let end = (at + 4).min(bytes.len());
                        bytes[at..end].fill(0xFF);
                    }
                    _ => bytes[at] ^= 1 << dice.below(8),
                }
            }
            read += usize::from(read_quickly(name, &bytes).is_ok());
        }
        read
    };
    let read = std::thread::scope(|scope| {
        let other = scope.spawn(|| mutants(1));
        mutants(0) + other.join().unwrap()
    });
    assert!((2_000..19_000).contains(&read), "{read} mutants could be read");
}

#[test]
fn damaged_parquet_files_are_read_or_refused_without_a_panic() {
    let original = bytes_of("pandas-zstd.parquet");
    let mut dice = Dice(7);
    for _ in 0..300 {
        let mut bytes = original.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
        read_quickly("mutant.parquet", &bytes).ok();
    }
    for length in (0..original.len()).step_by(97) {
        assert!(read_quickly("cut.parquet", &original[..length]).is_err());
    }
}

#[test]
fn a_file_that_promises_more_than_it_holds_takes_no_memory_on_its_word() {
    let mut bytes = bytes_of("pspp-bytecode.sav");
    bytes[80..84].copy_from_slice(&i32::MAX.to_le_bytes());
    // The 64-bit number of rows (record 7/16), where there is one, would overrule it.
    let long: Vec<u8> = [7i32, 16, 8, 2]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    if let Some(at) = bytes.windows(long.len()).position(|window| window == long) {
        bytes[at + 24..at + 32].copy_from_slice(&(1i64 << 60).to_le_bytes());
    }
    let opened = read_quickly("x.sav", &bytes).unwrap();
    assert_eq!(opened.dataset.rows, 5);
    assert!(matches!(
        opened.warnings.as_slice(),
        [DataWarning::Truncated { promised: Some(promised), read: 5 }] if *promised >= i32::MAX as usize
    ));
    // Label, name and record counts of two thousand million each.
    for at in (176..bytes.len().min(3000)).step_by(4) {
        let mut hostile = bytes.clone();
        hostile[at..at + 4].copy_from_slice(&i32::MAX.to_le_bytes());
        read_quickly("x.sav", &hostile).ok();
    }
}

#[test]
fn a_file_that_does_not_say_how_many_rows_it_has_is_read_to_its_end() {
    let mut bytes = bytes_of("pspp-bytecode.sav");
    bytes[80..84].copy_from_slice(&(-1i32).to_le_bytes());
    let long: Vec<u8> = [7i32, 16, 8, 2]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    if let Some(at) = bytes.windows(long.len()).position(|window| window == long) {
        bytes[at + 24..at + 32].copy_from_slice(&(-1i64).to_le_bytes());
    }
    let opened = read_quickly("x.sav", &bytes).unwrap();
    equals_report(&opened.dataset, &json_of("pspp.json"), "x.sav");
    assert_eq!(opened.warnings, []);
    let cut = read_quickly("x.sav", &bytes[..bytes.len() - 16]).unwrap();
    assert_eq!(cut.dataset.rows, 4);
    let truncated = DataWarning::Truncated {
        promised: None,
        read: 4,
    };
    assert_eq!(cut.warnings, [truncated]);
}

#[test]
fn a_thousand_columns_of_one_name_take_no_long_time() {
    let line = |cell: &str| vec![cell; 5_000].join(",");
    let text = format!("{}\n{}\n", line("a"), line("1"));
    let opened = read_quickly("x.csv", text.as_bytes()).unwrap();
    assert_eq!(opened.dataset.columns.len(), 5_000);
    assert!(opened.dataset.variable(&VarId("a_4999".to_owned())).is_ok());
}
