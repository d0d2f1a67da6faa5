//! More data for the project that is open, as a step that can be taken back.

use std::path::Path;
use std::sync::Arc;

use isobar::app::{Command, Data, Message, State};
use isobar::data::{Language, ReadOptions};
use isobar::project::DataSource;
use isobar::worker::{Event, Job};

use super::{combined, rounds};

fn wanted(jobs: &[Job]) -> (DataSource, ReadOptions) {
    match jobs {
        [Job::OpenData { source, options }, ..] => (source.clone(), options.clone()),
        other => panic!("{other:?}"),
    }
}

/// What the worker says when these data are there.
fn there(jobs: &[Job]) -> Event {
    let (source, options) = wanted(jobs);
    let (first, second) = rounds();
    let opened = match &source {
        DataSource::Several { by, parts } => {
            let labels: Vec<&str> = parts.iter().map(|part| part.label.as_str()).collect();
            combined(labels.into_iter().zip([first, second]).collect(), *by)
        }
        _ => first,
    };
    Event::DataOpened {
        source,
        options,
        data: Arc::new(opened.dataset),
        warnings: opened.warnings,
    }
}

fn missing(jobs: &[Job], file: &str) -> Event {
    let (source, options) = wanted(jobs);
    Event::DataFailed {
        source,
        options,
        message: format!("{file}: there is no such file."),
        file: Some(file.into()),
    }
}

fn open() -> State {
    let mut state = State::new(Language::En);
    let jobs = state.update(Command::Open("r-2016.csv".into()));
    state.receive(there(&jobs));
    state
}

fn add(state: &mut State) -> Vec<Job> {
    state.update(Command::AddData {
        path: "r-2018.csv".into(),
        label: String::new(),
    })
}

fn rows(state: &State) -> usize {
    state.dataset().expect("data").rows
}

#[test]
fn adding_a_file_is_one_step_that_is_taken_back_and_done_again_with_its_data() {
    let mut state = open();
    let alone = state.project.clone();
    let jobs = add(&mut state);
    assert_eq!(state.project, alone, "nothing changes before the data are there");
    state.receive(there(&jobs));
    assert_eq!(rows(&state), 100);
    assert!(state.is_changed());
    assert_eq!(state.project.views, alone.views);
    assert!(state.project.design.strata.iter().any(|var| var.0 == "round"));
    let together = state.project.clone();
    let jobs = state.update(Command::Undo);
    assert_eq!(state.project, together, "the old data come first");
    state.receive(there(&jobs));
    assert_eq!((rows(&state), &state.project), (60, &alone));
    assert!(!state.is_changed());
    let jobs = state.update(Command::Redo);
    state.receive(there(&jobs));
    assert_eq!((rows(&state), &state.project), (100, &together));
    assert!(matches!(state.data, Data::Ready { .. }));
}

#[test]
fn a_file_that_cannot_be_added_leaves_the_project_as_it_was() {
    let mut state = open();
    let before = state.project.clone();
    let jobs = add(&mut state);
    state.receive(missing(&jobs, "r-2018.csv"));
    assert_eq!((rows(&state), &state.project), (60, &before));
    assert!(matches!(state.messages.as_slice(), [Message::Problem(why)] if why.contains("r-2018.csv")));
    assert!(state.opening.is_none() && !state.can_undo());
}

#[test]
fn of_several_files_the_missing_one_is_located() {
    let mut state = open();
    let jobs = add(&mut state);
    state.receive(there(&jobs));
    let project = state.project.clone();
    let mut state = State::new(Language::En);
    state.update(Command::Open("p.isobar".into()));
    let jobs = state.receive(Event::ProjectOpened {
        path: "p.isobar".into(),
        project,
    });
    state.receive(missing(&jobs, "r-2018.csv"));
    assert!(matches!(&state.data, Data::Failed { file: Some(file), .. } if file.as_path() == Path::new("r-2018.csv")));
    let jobs = state.update(Command::Locate("elsewhere/new name.csv".into()));
    assert_eq!(wanted(&jobs).0.file_names(), ["r-2016.csv", "new name.csv"]);
    // That one is found, but now the other is missing.
    state.receive(missing(&jobs, "r-2016.csv"));
    let jobs = state.update(Command::Locate("elsewhere/r-2016.csv".into()));
    assert_eq!(
        wanted(&jobs).0.files(),
        [
            Some(Path::new("elsewhere/r-2016.csv")),
            Some(Path::new("elsewhere/new name.csv"))
        ]
    );
    state.receive(there(&jobs));
    assert_eq!(rows(&state), 100);
}

#[test]
fn labels_can_be_changed_and_files_taken_out() {
    let mut state = open();
    let jobs = add(&mut state);
    state.receive(there(&jobs));
    let mut source = state.project.data.clone();
    if let DataSource::Several { parts, .. } = &mut source {
        parts[1].label = "Second".to_owned();
    }
    let jobs = state.update(Command::SetData(source));
    state.receive(there(&jobs));
    assert_eq!(
        state.dataset().unwrap().combined.as_ref().unwrap().parts[1].label,
        "Second"
    );
    let jobs = state.update(Command::SetData(DataSource::File("r-2016.csv".into())));
    state.receive(there(&jobs));
    assert_eq!(rows(&state), 60);
    assert!(state.project.design.strata.iter().all(|var| var.0 == "stratum"));
}
