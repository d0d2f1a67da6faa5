//! An unknown survey is set up in the window, by the names of its controls; and the rules behind it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role as Control;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use isobar::app::{Command, Confirm, Leave, Message, State};
use isobar::data::write::{Target, WriteOptions, write};
use isobar::data::{self, Dataset, Language, QuestionKind, ReadOptions, Role};
use isobar::project::DataSource;
use isobar::setup::{Choice, Decision, What, guess};
use isobar::ui::{Transient, draw, theme};
use isobar::worker::{Event, Job};

use super::setup::danish;
use super::ui::{Window, answered, click, has, press, wait, window};

/// A survey of 250 variables that no codebook knows, as a file.
fn unknown(folder: &Path) -> PathBuf {
    let path = folder.join("ukendt.sav");
    let data = danish::file().dataset();
    write(
        &data,
        Target::Sav,
        &WriteOptions::default(),
        File::create(&path).unwrap(),
    )
    .unwrap();
    path
}

fn guessed(window: &mut Window) {
    wait(window, "the guesses", |window| {
        window.state().state().setup.guesses.is_some()
    });
}

/// The name of a role's row and of the button that takes it.
fn take(window: &mut Window, what: &str) {
    click(window, Control::Button, &format!("Tag: {what}"));
}

#[test]
fn an_unknown_survey_is_set_up_saved_and_known_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = unknown(folder.path());
    let recent = folder.path().join("settings").join("recent.json");
    let mut window = window(Command::Open(path.clone()), Some(recent.clone()));
    answered(&mut window);
    guessed(&mut window);
    assert_eq!(
        window.state().state().project.design.weight,
        None,
        "nothing is guessed silently"
    );

    click(&mut window, Control::Button, "Opsæt undersøgelsen…");
    take(&mut window, "Vægt: raavgt");
    take(&mut window, "Vægt: vgt");
    take(&mut window, "Sektor: sekt");
    click(&mut window, Control::Button, "Afvis: Region: amt_omr");
    click(&mut window, Control::Button, "Brug alle");
    let setup = &window.state().state().setup;
    let unconfirmed = setup.codebook.unconfirmed.clone();
    assert!(!unconfirmed.roles.is_empty() && !unconfirmed.questions.is_empty());
    assert!(
        unconfirmed
            .roles
            .iter()
            .all(|var| !["vgt", "sekt"].contains(&var.0.as_str()))
    );
    assert_eq!(
        setup.codebook.with_role(Role::Region),
        None,
        "what was refused is not used"
    );

    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.state().state().setup.codebook.unconfirmed.roles.is_empty());
    press(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(window.state().state().setup.codebook.unconfirmed, unconfirmed);

    click(&mut window, Control::Button, "Gem kodebogen");
    wait(&mut window, "the survey with its codebook", |window| {
        let state = window.state().state();
        !state.setup.open && state.opening.is_none() && state.project.design.weight == Some("vgt".into())
    });
    answered(&mut window);
    assert!(folder.path().join("ukendt.codebook.json").exists());
    assert!(
        has(&window, Control::Button, "Opdel efter Sektor"),
        "{:?}",
        window.state().state().messages
    );
    drop(window);

    // The next file with the same variables, without a codebook beside it.
    let elsewhere = folder.path().join("next");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::copy(&path, elsewhere.join("runde2.sav")).unwrap();
    let mut window = self::window(Command::Open(elsewhere.join("runde2.sav")), Some(recent));
    answered(&mut window);
    assert_eq!(window.state().state().project.design.weight, Some("vgt".into()));
}

#[test]
fn a_question_is_renamed_split_and_told_apart_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(Command::Open(unknown(folder.path())), None);
    answered(&mut window);
    guessed(&mut window);
    click(&mut window, Control::Button, "Opsæt undersøgelsen…");
    click(&mut window, Control::Button, "Spørgsmål");
    let setup = &window.state().state().setup;
    let guesses = setup.guesses.clone().unwrap();
    let (id, question) = guesses
        .iter()
        .find_map(|guess| match &guess.what {
            What::Question(question) if question.items.len() > 3 => Some((guess.id.clone(), question.clone())),
            _ => None,
        })
        .unwrap();
    let title = question.title(Language::Da).to_owned();
    window
        .get_all_by_role_and_label(Control::Button, &title)
        .next()
        .unwrap()
        .click();
    window.run_steps(3);

    click(&mut window, Control::TextInput, "Kort navn");
    press(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Control::TextInput, "Kort navn")
        .type_text("Hvem hjalp");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let setup = &window.state().state().setup;
    assert_eq!(
        setup.draft.decision(&id),
        Decision::Accepted,
        "a change takes the guess"
    );
    assert_eq!(
        setup.codebook.question(&question.id).unwrap().title(Language::Da),
        "Hvem hjalp"
    );

    let before = setup.codebook.questions.len();
    let button = window.query_all_by_label_contains("Nyt spørgsmål fra").nth(1).unwrap();
    button.click();
    window.run_steps(3);
    let codebook = window.state().state().setup.codebook.clone();
    assert_eq!(codebook.questions.len(), before + 1);
    assert_eq!(codebook.question(&question.id).unwrap().items.len(), 2);
}

fn ready() -> (State, Arc<Dataset>) {
    let file = danish::file().dataset();
    let mut bytes = Vec::new();
    write(&file, Target::Sav, &WriteOptions::default(), &mut bytes).unwrap();
    let read = data::read_bytes("ukendt.sav", &bytes, &ReadOptions::default(), None).unwrap();
    let data = Arc::new(read.dataset);
    let mut state = State::new(Language::Da);
    state.update(Command::Open("ukendt.sav".into()));
    let jobs = state.receive(opened(&data));
    assert!(jobs.iter().any(|job| matches!(job, Job::Guess { .. })), "{jobs:?}");
    state.receive(Event::Guessed {
        guesses: Arc::new(guess(&data)),
        data: data.clone(),
    });
    state.update(Command::ShowSetup(true));
    (state, data)
}

fn opened(data: &Arc<Dataset>) -> Event {
    Event::DataOpened {
        source: DataSource::File("ukendt.sav".into()),
        options: ReadOptions::default(),
        data: data.clone(),
        warnings: Vec::new(),
    }
}

#[test]
fn guesses_about_other_data_are_passed_over_and_columns_are_looked_at_once() {
    let (mut state, data) = ready();
    let before = state.setup.guesses.clone().unwrap();
    let other = Arc::new(danish::file().dataset());
    state.receive(Event::Guessed {
        guesses: Arc::default(),
        data: other,
    });
    assert_eq!(state.setup.guesses, Some(before));
    let jobs = state.update(Command::BreakDown(Some("sekt".into())));
    assert!(!jobs.iter().any(|job| matches!(job, Job::Guess { .. })));
    assert!(state.is_changed() && !state.setup.is_changed());
    drop(data);
}

#[test]
fn two_questions_are_merged_and_the_second_guess_is_not_taken_again() {
    let (mut state, _) = ready();
    let guesses = state.setup.guesses.clone().unwrap();
    let mut sets = guesses.iter().filter_map(|guess| match &guess.what {
        What::Question(question) if question.kind == QuestionKind::Multiple => Some((guess.id.clone(), question)),
        _ => None,
    });
    let (one, other) = (sets.next().unwrap(), sets.next().unwrap());
    state.update(Command::Decide(Choice::Merge {
        into: one.1.id.clone(),
        from: other.1.id.clone(),
    }));
    state.update(Command::UseGuesses(0.0));
    let merged = state.setup.codebook.question(&one.1.id).unwrap();
    assert_eq!(merged.items.len(), one.1.items.len() + other.1.items.len());
    assert_eq!(state.setup.codebook.question(&other.1.id), None);
    assert_eq!(state.setup.draft.decision(&other.0), Decision::Rejected);

    state.update(Command::Decide(Choice::Reject(one.0)));
    assert_eq!(
        state.setup.codebook.question(&one.1.id),
        None,
        "what was made of it goes with it"
    );
}

#[test]
fn decisions_that_are_not_saved_are_asked_about_before_they_are_lost() {
    let (mut state, _) = ready();
    state.update(Command::UseGuesses(0.9));
    assert!(state.setup.is_changed());
    let jobs = state.update(Command::Quit);
    assert!(jobs.is_empty());
    let then = Leave::Quit;
    assert_eq!(state.confirm, Some(Confirm { then, codebook: true }));
    let jobs = state.update(Command::SaveFirst);
    let Some(Job::SaveCodebook { codebook, data }) = jobs.first() else {
        panic!("{jobs:?}");
    };
    assert!(!codebook.unconfirmed.roles.is_empty());
    let jobs = state.receive(Event::CodebookSaved {
        path: "ukendt.codebook.json".into(),
        data: data.clone(),
    });
    assert!(matches!(&jobs[..], [Job::Quit]), "{jobs:?}");
}

#[test]
fn a_codebook_that_cannot_be_written_loses_no_decision() {
    let (mut state, _) = ready();
    state.update(Command::UseGuesses(0.9));
    let draft = state.setup.draft.clone();
    state.update(Command::SaveCodebook);
    assert!(state.setup.is_saving());
    state.receive(Event::CodebookFailed {
        message: "ukendt.codebook.json: no".to_owned(),
    });
    assert_eq!((&state.setup.draft, state.setup.is_saving()), (&draft, false));
    assert_eq!(
        state.messages,
        [Message::Problem("ukendt.codebook.json: no".to_owned())]
    );
    assert!(state.setup.is_changed());
}

#[test]
fn opening_a_large_file_shows_how_far_it_is_and_can_be_left() {
    let mut state = State::new(Language::Da);
    state.update(Command::Open("stor.csv".into()));
    state.receive(Event::Progress {
        source: DataSource::File("stor.csv".into()),
        options: ReadOptions::default(),
        fraction: 0.42,
    });
    let mut window = Harness::builder()
        .with_size([1360.0, 820.0])
        .with_context_setup(theme::install)
        .build_ui_state(
            |ui, (state, transient): &mut (State, Transient)| {
                let mut commands = Vec::new();
                draw(ui, state, transient, &mut commands);
                for command in commands {
                    state.update(command);
                }
            },
            (state, Transient::default()),
        );
    window.run_steps(6);
    assert!(window.query_all_by_label_contains("42 %").next().is_some());
    window.get_by_role_and_label(Control::Button, "Annuller").click();
    window.run_steps(3);
    assert_eq!(window.state().0.opening, None);
    assert!(window.query_all_by_label_contains("42 %").next().is_none());
}
