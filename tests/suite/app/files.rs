//! Opening, saving, leaving: nothing is lost on the way.

use super::*;

#[test]
fn unsaved_changes_are_asked_about_before_they_would_be_lost() {
    for (command, then) in [
        (Command::Quit, Leave::Quit),
        (Command::Open("b.csv".into()), Leave::Open("b.csv".into())),
        (Command::OpenSample, Leave::OpenSample),
    ] {
        let (mut state, _) = open();
        state.update(Command::SetTheme(Theme::Dark));
        let before = state.project.clone();
        let jobs = state.update(command);
        assert!(jobs.iter().all(|job| matches!(job, Job::Run { .. })), "{jobs:?}");
        assert_eq!(state.confirm, Some(Confirm { then, codebook: false }));
        state.update(Command::Cancel);
        assert_eq!((&state.confirm, &state.project), (&None, &before));
        assert!(state.is_changed() && state.opening.is_none());
    }
}

#[test]
fn a_project_without_changes_is_left_without_a_question() {
    let (mut state, _) = open();
    assert!(matches!(state.update(Command::Quit)[..], [Job::Quit]));
    let mut empty = State::new(Language::En);
    assert!(matches!(empty.update(Command::Quit)[..], [Job::Quit]));
}

#[test]
fn discarded_changes_are_gone_only_when_the_other_file_is_there() {
    let (mut state, data) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Open("b.csv".into()));
    let jobs = state.update(Command::DiscardChanges);
    assert!(matches!(&jobs[..], [Job::OpenData { source, .. }] if *source == file("b.csv")));
    let mut other = state.clone();
    other.receive(not_read(file("b.csv")));
    assert_eq!(
        other.project.view().look.theme,
        Theme::Dark,
        "what could not be opened takes nothing away"
    );
    assert_eq!(problems(&other).len(), 1);

    state.receive(read_as(file("b.csv"), &data));
    assert_eq!(state.project.data, file("b.csv"));
    assert!(!state.is_changed() && !state.can_undo());
}

#[test]
fn save_first_saves_and_then_does_what_was_wanted() {
    let (mut state, _) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Quit);
    let jobs = state.update(Command::SaveFirst);
    assert!(
        matches!(&jobs[..], [Job::Ask(FileQuestion::SaveAs(name))] if name == "proeven-2016.isobar"),
        "{jobs:?}"
    );
    let jobs = state.update(Command::SaveAs("a.isobar".into()));
    assert!(matches!(&jobs[..], [Job::SaveProject { .. }]));
    let jobs = state.receive(saved(&state.project.clone(), "a.isobar"));
    assert!(matches!(&jobs[..], [Job::Remember(_), Job::Quit]), "{jobs:?}");
}

#[test]
fn a_save_that_fails_or_a_dialog_put_away_keeps_the_program_open() {
    let (mut state, _) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Quit);
    state.update(Command::SaveFirst);
    state.update(Command::Cancel);
    state.update(Command::SaveAs("a.isobar".into()));
    let jobs = state.receive(saved(&state.project.clone(), "a.isobar"));
    assert!(matches!(&jobs[..], [Job::Remember(_)]), "{jobs:?}");

    state.update(Command::SetTheme(Theme::Light));
    state.update(Command::Quit);
    state.update(Command::SaveFirst);
    let jobs = state.receive(Event::SaveFailed {
        path: "a.isobar".into(),
        message: "a.isobar: the project could not be saved.".to_owned(),
    });
    assert!(jobs.is_empty() && state.is_changed());
    assert_eq!(problems(&state), ["a.isobar: the project could not be saved."]);
}

#[test]
fn a_change_made_while_saving_is_still_unsaved() {
    let (mut state, _) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Quit);
    state.update(Command::SaveFirst);
    state.update(Command::SaveAs("a.isobar".into()));
    let written = state.project.clone();
    state.update(Command::SetSort(Sort::Questionnaire));
    let jobs = state.receive(saved(&written, "a.isobar"));
    assert!(!jobs.iter().any(|job| matches!(job, Job::Quit)));
    assert!(state.is_changed());
}

#[test]
fn a_change_made_while_another_file_is_read_is_asked_about() {
    let (mut state, data) = open();
    state.update(Command::Open("b.csv".into()));
    state.update(Command::SetTheme(Theme::Dark));
    state.receive(read_as(file("b.csv"), &data));
    assert_eq!(state.project.view().look.theme, Theme::Dark);
    let then = Leave::Open("b.csv".into());
    assert_eq!(state.confirm, Some(Confirm { then, codebook: false }));
}

#[test]
fn the_last_file_asked_for_is_the_one_that_opens() {
    let (mut state, data) = open();
    state.update(Command::Open("b.csv".into()));
    state.update(Command::Open("c.csv".into()));
    state.receive(read_as(file("b.csv"), &data));
    assert_eq!(state.project.data, file("survey.csv"));
    state.receive(read_as(file("c.csv"), &data));
    assert_eq!(state.project.data, file("c.csv"));
}

#[test]
fn saving_goes_to_where_it_was_saved_and_asks_the_first_time() {
    let (mut state, _) = open();
    assert!(matches!(
        state.update(Command::Save)[..],
        [Job::Ask(FileQuestion::SaveAs(_))]
    ));
    let jobs = state.update(Command::SaveAs("Til mødet 4.2".into()));
    // The ending was added after the person was asked, so a file of that name must not be replaced.
    let [
        Job::SaveProject {
            path,
            may_replace: false,
            ..
        },
    ] = &jobs[..]
    else {
        panic!("{jobs:?}")
    };
    assert_eq!(*path, PathBuf::from("Til mødet 4.2.isobar"));
    state.receive(saved(&state.project.clone(), "Til mødet 4.2.isobar"));
    assert_eq!(state.messages, [Message::Saved("Til mødet 4.2.isobar".into())]);
    assert!(matches!(
        &state.update(Command::Save)[..],
        [Job::SaveProject { may_replace: true, .. }]
    ));
}

#[test]
fn a_survey_file_is_never_proposed_to_be_replaced_by_a_project_or_a_figure() {
    let (mut state, _) = open();
    let jobs = state.update(Command::SaveAs("survey.csv".into()));
    assert!(matches!(&jobs[..], [Job::SaveProject { path, .. }] if path == Path::new("survey.csv.isobar")));
}

#[test]
fn a_figure_is_proposed_under_the_name_of_its_view() {
    let (mut state, _) = open();
    state.update(Command::ShowQuestion("tilfreds".into()));
    let jobs = state.update(Command::AskExport(FigureFormat::Svg));
    assert!(
        matches!(&jobs[..], [Job::Ask(FileQuestion::Export(FigureFormat::Svg, name))] if name == "tilfredshed.svg")
    );
}

/// A project file as it was read, of the survey with this fingerprint.
fn project_of(data: &Dataset) -> Project {
    let mut project = Project::new(file("survey.csv"), ReadOptions::default(), data, Language::Da);
    project.view_mut().look.theme = Theme::Dark;
    project
}

fn open_project(project: &Project) -> State {
    let mut state = State::new(Language::En);
    let jobs = state.update(Command::Open("a.isobar".into()));
    assert!(matches!(&jobs[..], [Job::OpenProject(_)]));
    let jobs = state.receive(Event::ProjectOpened {
        path: "a.isobar".into(),
        project: project.clone(),
    });
    assert!(matches!(&jobs[..], [Job::OpenData { source, .. }] if *source == project.data));
    assert!(matches!(state.opening, Some(Opening::DataOf { .. })));
    state
}

#[test]
fn a_project_opens_with_its_data_and_is_remembered() {
    let data = survey();
    let project = project_of(&data);
    let mut state = open_project(&project);
    let jobs = state.receive(read_as(file("survey.csv"), &data));
    assert!(
        matches!(&jobs[..], [Job::Remember(path), Job::Run { .. }, Job::Guess { .. }] if path == Path::new("a.isobar"))
    );
    assert_eq!((&state.project, &state.path), (&project, &Some("a.isobar".into())));
    assert!(!state.is_changed());
}

#[test]
fn a_project_that_cannot_be_read_leaves_what_is_open() {
    let (mut state, _) = open();
    let before = state.project.clone();
    state.update(Command::Open("a.isobar".into()));
    state.receive(Event::ProjectFailed {
        path: "a.isobar".into(),
        message: "a.isobar: this is not an Isobar project.".to_owned(),
    });
    assert_eq!((&state.project, problems(&state).len()), (&before, 1));
    assert!(state.dataset().is_some() && state.opening.is_none());
}

#[test]
fn a_project_whose_data_are_gone_is_kept_whole_until_they_are_located() {
    let data = survey();
    let project = project_of(&data);
    let mut state = open_project(&project);
    state.receive(not_read(file("survey.csv")));
    let Data::Failed { message, .. } = &state.data else {
        panic!("{:?}", state.data)
    };
    assert!(
        message.contains("a.isobar") && message.contains("show where its data are now"),
        "{message}"
    );
    assert_eq!(state.project, project);
    state.update(Command::SetTheme(Theme::Light));
    assert_eq!(state.project, project, "nothing can be changed that cannot be seen");

    state.update(Command::Locate("moved/survey.csv".into()));
    state.receive(not_read(file("moved/survey.csv")));
    assert!(matches!(state.data, Data::Failed { .. }));
    state.update(Command::Locate("found/survey.csv".into()));
    let jobs = state.receive(read_as(file("found/survey.csv"), &data));
    assert_eq!(asked(&jobs).len(), 1);
    assert_eq!(state.project.data, file("found/survey.csv"));
    assert_eq!(state.project.view().look.theme, Theme::Dark);
    assert!(state.is_changed(), "where the data are is worth saving");
}

#[test]
fn a_changed_data_file_is_shown_only_when_it_is_accepted() {
    let project = project_of(&survey());
    let mut state = open_project(&project);
    let now = another_survey();
    let jobs = state.receive(read_as(file("survey.csv"), &now));
    assert!(asked(&jobs).is_empty());
    assert!(matches!(state.data, Data::Changed { .. }) && state.dataset().is_none());
    assert!(!state.is_changed());
    let jobs = state.update(Command::AcceptChangedData);
    assert_eq!(asked(&jobs).len(), 1);
    assert_eq!(state.project.fingerprint, now.fingerprint);
    assert!(state.is_changed());
}

#[test]
fn undo_does_not_send_the_data_back_to_where_they_were() {
    let (mut state, data) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Locate("moved/survey.csv".into()));
    state.receive(read_as(file("moved/survey.csv"), &data));
    state.update(Command::Undo);
    assert_eq!(state.project.data, file("moved/survey.csv"));
    assert_eq!(state.project.view().look.theme, Theme::Light);
}

#[test]
fn a_wrong_guess_of_the_reader_can_be_overruled() {
    let (mut state, data) = open();
    state.update(Command::SetTheme(Theme::Dark));
    let options = ReadOptions {
        separator: Some(';'),
        ..ReadOptions::default()
    };
    let jobs = state.update(Command::ReadWith(options.clone()));
    assert!(matches!(&jobs[..], [Job::OpenData { options: how, .. }] if *how == options));
    state.receive(Event::DataOpened {
        source: file("survey.csv"),
        options: options.clone(),
        data,
        warnings: Vec::new(),
    });
    assert_eq!(state.project.read, options);
    assert_eq!(state.project.view().look.theme, Theme::Dark);
}

#[test]
fn a_saved_project_that_was_left_meanwhile_does_not_rename_the_new_one() {
    let (mut state, data) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::SaveAs("a.isobar".into()));
    let written = state.project.clone();
    state.update(Command::Open("b.csv".into()));
    state.update(Command::DiscardChanges);
    state.receive(read_as(file("b.csv"), &data));
    state.receive(saved(&written, "a.isobar"));
    assert_eq!(state.path, None);
    assert!(!state.is_changed());
}
