//! Large files: how far they are is told, they can be left, and nobody waits for them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use isobar::app::{Command, Opening, State};
use isobar::data::write::{Target, WriteOptions, write};
use isobar::data::{
    self, Codebook, Column, DataError, Dataset, Format, Language, Progress, ReadOptions, Variable, VariableKind,
};
use isobar::project::DataSource;
use isobar::worker::{Event, Job, Worker};

/// About nine megabytes of numbers.
fn numbers() -> Dataset {
    let (rows, variables) = (60_000, 18);
    let number = |row: usize, variable: usize| ((row * 31 + variable) as f64).sin();
    Dataset {
        path: PathBuf::from("made"),
        format: Format::Sav,
        sheets: data::Sheets::default(),
        encoding: "UTF-8".to_owned(),
        fingerprint: String::new(),
        rows,
        codebook: Codebook {
            variables: (0..variables)
                .map(|i| Variable::new(format!("v{i}"), VariableKind::Numeric))
                .collect(),
            ..Codebook::default()
        },
        columns: (0..variables)
            .map(|variable| Column::Numbers((0..rows).map(|row| number(row, variable)).collect()))
            .collect(),
        combined: None,
    }
}

fn write_to(data: &Dataset, folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let mut file = File::create(&path).unwrap();
    let target = Target::of_path(&path).unwrap();
    write(data, target, &WriteOptions::default(), &mut file).unwrap();
    path
}

#[test]
fn how_far_a_file_is_read_only_grows_and_reading_can_be_ended() {
    let folder = tempfile::tempdir().unwrap();
    let data = numbers();
    for name in ["large.sav", "large.zsav", "large.csv", "large.parquet"] {
        let path = write_to(&data, folder.path(), name);
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = told.clone();
        let progress = Progress::told_to(move |fraction| listener.lock().unwrap().push(fraction));
        let opened = data::read_with(&path, &ReadOptions::default(), &progress).unwrap();
        assert_eq!(opened.dataset.rows, data.rows);
        assert_eq!(opened.dataset.columns[17], data.columns[17], "{name}");
        let told = told.lock().unwrap().clone();
        assert!(told.len() >= 5 && told.len() <= 101, "{name}: {told:?}");
        assert!(told.is_sorted(), "{name}: {told:?}");
        assert!(told.iter().all(|fraction| (0.0..=1.0).contains(fraction)));

        // Ended by whoever listens, as soon as a fifth is read.
        let progress = Arc::new_cyclic(|this: &std::sync::Weak<Progress>| {
            let this = this.clone();
            Progress::told_to(move |fraction| {
                if fraction > 0.15
                    && let Some(progress) = this.upgrade()
                {
                    progress.cancel();
                }
            })
        });
        match data::read_with(&path, &ReadOptions::default(), &progress) {
            Err(DataError::Cancelled { path: left }) => assert_eq!(left, path),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_large_survey_tells_how_far_it_is_and_is_left_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let path = write_to(&numbers(), folder.path(), "large.csv");
    let small = folder.path().join("small.csv");
    std::fs::write(&small, "a;b\n1;2\n").unwrap();
    let worker = Worker::start_with_recent(|| {}, None).unwrap();
    let open = |path: &Path| Job::OpenData {
        source: DataSource::File(path.to_owned()),
        options: ReadOptions::default(),
    };
    let wait = || worker.wait(Duration::from_secs(60)).expect("an event");
    worker.send(open(&path));
    let Event::Progress { source, fraction, .. } = wait() else {
        panic!("nothing is told")
    };
    assert_eq!(source, DataSource::File(path.clone()));
    assert!((0.0..=1.0).contains(&fraction));
    worker.send(Job::CancelOpening);
    // Superseded before it is there: only the small one comes.
    worker.send(open(&path));
    worker.send(open(&small));
    let opened = loop {
        match wait() {
            Event::Progress { .. } => {}
            other => break other,
        }
    };
    assert!(matches!(opened, Event::DataOpened { source, .. } if source == DataSource::File(small)));
}

#[test]
fn the_state_knows_how_far_it_is_until_the_survey_is_there_or_left() {
    let mut state = State::new(Language::En);
    let (one, other) = (PathBuf::from("one.sav"), PathBuf::from("other.sav"));
    let told = |path: &Path, fraction| Event::Progress {
        source: DataSource::File(path.to_owned()),
        options: ReadOptions::default(),
        fraction,
    };
    state.update(Command::Open(one.clone()));
    assert_eq!(state.progress, None);
    state.receive(told(&one, 0.25));
    assert_eq!(state.progress, Some(0.25));
    // Another file: what is told of the first no longer counts.
    state.update(Command::Open(other.clone()));
    assert_eq!(state.progress, None);
    state.receive(told(&one, 0.5));
    assert_eq!(state.progress, None);
    state.receive(told(&other, 0.75));
    assert_eq!(state.progress, Some(0.75));
    assert!(state.is_busy());
    let jobs = state.update(Command::CancelOpening);
    assert!(matches!(jobs[..], [Job::CancelOpening]));
    assert_eq!((state.progress, state.opening.clone()), (None, None));
    assert!(!state.is_busy());
    // What is told too late changes nothing, and there is nothing left to stop.
    state.receive(told(&other, 0.9));
    assert_eq!(state.progress, None);
    assert!(state.update(Command::CancelOpening).is_empty());
    state.update(Command::Open(one.clone()));
    assert_eq!(state.opening, Some(Opening::Survey(DataSource::File(one))));
}

#[test]
fn a_listener_hears_of_every_hundredth_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = write_to(&numbers(), folder.path(), "large.sav");
    let count = Arc::new(AtomicU32::new(0));
    let heard = count.clone();
    let progress = Progress::told_to(move |_| {
        heard.fetch_add(1, Ordering::SeqCst);
    });
    data::read_with(&path, &ReadOptions::default(), &progress).unwrap();
    assert!(count.load(Ordering::SeqCst) <= 101);
    assert_eq!(progress.fraction(), 1.0);
}
