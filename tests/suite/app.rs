//! The state as a person meets it: what a command does, what comes of a job, and that nothing is lost on the way.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use isobar::app::{Answer, Command, Confirm, Data, Leave, Message, Opening, State, commands};
use isobar::data::{self, Code, Dataset, DontKnow, Language, ReadOptions, Role};
use isobar::figure::{Chart, Sort, Theme};
use isobar::filter::Keep;
use isobar::measure::{DesignChoice, Measure, Query};
use isobar::project::{DataSource, Project};
use isobar::stats::Interval;
use isobar::worker::{Event, FigureFormat, FileQuestion, Job, Worker};

use crate::program;

const CSV: &str = "sektor;ansatte;partner_firma;partner_borger;tilfreds;vaegt\n\
                   1;12;1;0;3;10\n\
                   1;80;0;0;2;20\n\
                   2;300;1;1;1;30\n\
                   3;7;0;1;9;40\n";

const CODEBOOK: &str = r#"{"isobar_codebook": 1, "title": {"da": "Prøven 2016", "en": "The trial 2016"},
    "variables": [
        {"name": "sektor", "role": "sector", "values": [
            {"code": 3, "label": {"da": "Stat"}}, {"code": 1, "label": {"da": "Kommune"}}, {"code": 2, "label": {"da": "Region"}}]},
        {"name": "ansatte", "kind": "numeric"},
        {"name": "partner_firma"}, {"name": "partner_borger"},
        {"name": "tilfreds", "kind": "ordinal", "values": [{"code": 9, "label": {"da": "Ved ikke"}, "is": "dont_know"}]},
        {"name": "vaegt", "kind": "numeric", "role": "weight"}],
    "questions": [
        {"id": "tilfreds", "short": {"da": "Tilfredshed", "en": "Satisfaction"}, "kind": "single", "items": [{"var": "tilfreds"}]},
        {"id": "partnere", "short": {"da": "Partnere", "en": "Partners"}, "kind": "multiple", "counted": [1],
         "items": [{"var": "partner_firma"}, {"var": "partner_borger"}],
         "unions": [{"id": "any", "label": {"da": "Mindst én"}, "items": ["partner_firma", "partner_borger"], "highlight": true}]}]}"#;

fn survey() -> Arc<Dataset> {
    let read = data::read_bytes("survey.csv", CSV.as_bytes(), &ReadOptions::default(), Some(CODEBOOK));
    Arc::new(read.unwrap().dataset)
}

/// The same survey after somebody has saved it again.
fn another_survey() -> Arc<Dataset> {
    let csv = CSV.replace("300", "301");
    let read = data::read_bytes("survey.csv", csv.as_bytes(), &ReadOptions::default(), Some(CODEBOOK));
    Arc::new(read.unwrap().dataset)
}

fn file(name: &str) -> DataSource {
    DataSource::File(PathBuf::from(name))
}

fn read_as(source: DataSource, data: &Arc<Dataset>) -> Event {
    Event::DataOpened {
        source,
        options: ReadOptions::default(),
        data: data.clone(),
        warnings: Vec::new(),
    }
}

fn not_read(source: DataSource) -> Event {
    Event::DataFailed {
        source,
        options: ReadOptions::default(),
        message: "survey.csv: there is no such file.".to_owned(),
    }
}

/// A state with the survey open, and the data in it.
fn open() -> (State, Arc<Dataset>) {
    let data = survey();
    let mut state = State::new(Language::Da);
    state.update(Command::Open("survey.csv".into()));
    state.receive(read_as(file("survey.csv"), &data));
    assert!(state.dataset().is_some());
    (state, data)
}

fn asked(jobs: &[Job]) -> Vec<Query> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Run { query, .. } => Some(query.clone()),
            _ => None,
        })
        .collect()
}

/// An answer that can be told apart: a failure with a text.
fn answer(query: &Query, data: &Arc<Dataset>, text: &str) -> Event {
    Event::Unanswered {
        query: query.clone(),
        data: data.clone(),
        message: text.to_owned(),
    }
}

fn shown(state: &State) -> Option<(String, bool)> {
    let front = state.front();
    match front.answer? {
        Answer::Failed(text) => Some((text.clone(), front.stale)),
        Answer::Table(_) => panic!("these tests answer in texts"),
    }
}

fn saved(project: &Project, path: &str) -> Event {
    Event::Saved {
        project: project.clone(),
        path: path.into(),
    }
}

fn problems(state: &State) -> Vec<&str> {
    state
        .messages
        .iter()
        .filter_map(|message| match message {
            Message::Problem(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// One command of every kind that changes a project, each different from what a new project has.
fn changes() -> Vec<Command> {
    vec![
        Command::ShowQuestion("tilfreds".into()),
        Command::BreakDown(Some("sektor".into())),
        Command::SetFilter("sektor".into(), Keep::Codes(vec![1.0.into()])),
        Command::SetFilter(
            "ansatte".into(),
            Keep::Range {
                low: Some(50.0.into()),
                high: None,
            },
        ),
        Command::RemoveFilter("sektor".into()),
        Command::ClearFilter,
        Command::AddView,
        Command::RenameView(0, "Den første".to_owned()),
        Command::RemoveView(0),
        Command::SetChart(Chart::Table),
        Command::SetSort(Sort::Questionnaire),
        Command::SetIntervals(false),
        Command::SetActorColours(false),
        Command::SetTheme(Theme::Dark),
        Command::SetSize {
            width_pt: 500.0,
            height_pt: Some(300.0),
        },
        Command::SetHeadline(Some("Fire ud af fem".to_owned())),
        Command::SetHeadline(None),
        Command::SetDontKnow(Some(DontKnow::Drop)),
        Command::SetInterval(Interval::Wilson),
        Command::SetLevel(Code::Number(0.99)),
        Command::SetWeight(None),
        Command::SetDesign(DesignChoice::default()),
        Command::SetFigureLanguage(Language::En),
        Command::SetLanguage(Language::En),
    ]
}

#[test]
fn every_change_can_be_taken_back_and_done_again() {
    let (mut state, _) = open();
    let mut projects = vec![state.project.clone()];
    for change in changes() {
        state.update(change.clone());
        if state.project != projects[projects.len() - 1] {
            projects.push(state.project.clone());
        }
    }
    // `SetDesign` and `ClearFilter` may find nothing left to do; the others must each have made a step.
    assert!(
        projects.len() >= changes().len() - 1,
        "{} of {}",
        projects.len(),
        changes().len()
    );
    for before in projects.iter().rev().skip(1) {
        assert!(state.can_undo());
        state.update(Command::Undo);
        assert_eq!(state.project, *before);
    }
    assert!(!state.can_undo() && !state.is_changed());
    for after in &projects[1..] {
        state.update(Command::Redo);
        assert_eq!(state.project, *after);
    }
    assert!(!state.can_redo() && state.is_changed());
}

#[test]
fn undo_and_redo_at_the_ends_do_nothing() {
    let (mut state, _) = open();
    let before = state.project.clone();
    assert!(
        state
            .update(Command::Undo)
            .iter()
            .all(|job| matches!(job, Job::Run { .. }))
    );
    state.update(Command::Redo);
    assert_eq!(state.project, before);
}

#[test]
fn a_change_after_an_undo_forgets_what_was_undone() {
    let (mut state, _) = open();
    state.update(Command::SetTheme(Theme::Dark));
    state.update(Command::Undo);
    state.update(Command::SetSort(Sort::Questionnaire));
    assert!(!state.can_redo());
}

#[test]
fn typing_a_headline_is_one_step_until_the_field_is_left() {
    let (mut state, _) = open();
    for text in ["F", "Fi", "Fire"] {
        state.update(Command::SetHeadline(Some(text.to_owned())));
    }
    state.update(Command::EndEdit);
    state.update(Command::SetHeadline(Some("Fire ud af fem".to_owned())));
    state.update(Command::Undo);
    assert_eq!(state.project.view().look.headline.as_deref(), Some("Fire"));
    state.update(Command::Undo);
    assert_eq!(state.project.view().look.headline, None);
    assert!(!state.can_undo());
}

#[test]
fn dragging_a_range_is_one_step_and_another_range_is_another() {
    let (mut state, _) = open();
    let range = |low: f64| Keep::Range {
        low: Some(low.into()),
        high: None,
    };
    for low in [10.0, 20.0, 30.0] {
        state.update(Command::SetFilter("ansatte".into(), range(low)));
    }
    state.update(Command::SetFilter("vaegt".into(), range(5.0)));
    state.update(Command::Undo);
    assert_eq!(state.project.filter.keep(&"ansatte".into()), Some(&range(30.0)));
    state.update(Command::Undo);
    assert!(state.project.filter.chips.is_empty());
}

#[test]
fn what_changes_nothing_is_no_step() {
    let (mut state, _) = open();
    state.update(Command::SetTheme(Theme::Light));
    state.update(Command::RemoveFilter("sektor".into()));
    state.update(Command::SetLevel(Code::Number(95.0)));
    state.update(Command::RemoveView(0));
    state.update(Command::RenameView(0, "  ".to_owned()));
    assert!(!state.can_undo() && !state.is_changed());
}

#[test]
fn looking_at_another_view_is_neither_a_step_nor_a_change() {
    let (mut state, _) = open();
    state.update(Command::AddView);
    state.update(Command::Save);
    state.update(Command::SaveAs("a.isobar".into()));
    state.receive(saved(&state.project.clone(), "a.isobar"));
    assert!(!state.is_changed());
    state.update(Command::SelectView(0));
    assert_eq!(state.project.active, 0);
    assert!(!state.is_changed());
    state.update(Command::Undo);
    assert_eq!(state.project.views.len(), 1, "the step before was the new view");
}

#[test]
fn a_new_project_shows_the_multiple_response_question_with_a_union() {
    let (state, _) = open();
    assert_eq!(state.project.view().measure, Measure::Question("partnere".into()));
    assert_eq!(state.project.view().name, "Partnere");
    assert_eq!(state.project.design.weight, Some("vaegt".into()));
    assert!(!state.is_changed());
}

#[test]
fn a_view_is_called_as_its_question_until_somebody_calls_it_otherwise() {
    let (mut state, _) = open();
    state.update(Command::AddView);
    assert_eq!(state.project.view().name, "Partnere 2");
    state.update(Command::ShowQuestion("tilfreds".into()));
    assert_eq!(state.project.view().name, "Tilfredshed");
    state.update(Command::RenameView(1, "Til mødet".to_owned()));
    state.update(Command::ShowQuestion("partnere".into()));
    assert_eq!(state.project.view().name, "Til mødet");
    state.update(Command::RenameView(1, "Partnere".to_owned()));
    assert_eq!(state.project.view().name, "Partnere 2", "names are unique");
}

#[test]
fn another_question_drops_what_was_said_of_the_old_one() {
    let (mut state, _) = open();
    state.update(Command::SetHeadline(Some("Fire ud af fem".to_owned())));
    state.update(Command::SetDontKnow(Some(DontKnow::Drop)));
    state.update(Command::BreakDown(Some("tilfreds".into())));
    state.update(Command::ShowQuestion("tilfreds".into()));
    let view = state.project.view();
    assert_eq!((&view.look.headline, view.dont_know, &view.by), (&None, None, &None));
}

#[test]
fn a_filter_chosen_in_any_order_is_the_same_and_an_empty_one_goes() {
    let (mut state, _) = open();
    let sector = || "sektor".into();
    state.update(Command::SetFilter(
        sector(),
        Keep::Codes(vec![2.0.into(), 3.0.into(), 2.0.into()]),
    ));
    // In the order of the codebook: Stat (3), Kommune (1), Region (2).
    assert_eq!(
        state.project.filter.keep(&sector()),
        Some(&Keep::Codes(vec![3.0.into(), 2.0.into()]))
    );
    let toggled = state.toggled(&sector(), &3.0.into());
    state.update(toggled);
    let toggled = state.toggled(&sector(), &2.0.into());
    state.update(toggled);
    assert!(state.project.filter.chips.is_empty());
}

#[test]
fn the_running_count_is_of_respondents_and_of_their_weights() {
    let (mut state, _) = open();
    state.update(Command::SetFilter(
        "sektor".into(),
        Keep::Codes(vec![1.0.into(), 2.0.into()]),
    ));
    let running = state.running.unwrap();
    assert_eq!((running.n, running.of_n), (3, 4));
    assert_eq!((running.n_weighted, running.of_n_weighted), (60.0, 100.0));
    state.update(Command::SetWeight(None));
    assert_eq!(state.running.unwrap().n_weighted, 3.0);
}

#[test]
fn a_choice_shows_its_count_given_the_other_choices_before_it_is_made() {
    let (mut state, _) = open();
    state.update(Command::SetFilter(
        "partner_firma".into(),
        Keep::Codes(vec![1.0.into()]),
    ));
    state.update(Command::SetFilter("sektor".into(), Keep::Codes(vec![1.0.into()])));
    let counts = state.counts(&"sektor".into()).unwrap();
    let counted: Vec<_> = counts
        .codes
        .iter()
        .map(|count| (count.code.clone(), count.n, count.n_weighted))
        .collect();
    // Those with a company as partner, in the order of the codebook; what is kept of the sector itself does not count.
    assert_eq!(
        counted,
        [(3.0.into(), 0, 0.0), (1.0.into(), 1, 10.0), (2.0.into(), 1, 30.0)]
    );
}

#[test]
fn filters_are_offered_as_people_ask_for_them() {
    let (state, _) = open();
    let names = |variables: Vec<&data::Variable>| variables.iter().map(|v| v.name.0.clone()).collect::<Vec<_>>();
    assert_eq!(
        names(state.filter_variables()),
        ["sektor", "ansatte", "partner_firma", "partner_borger", "tilfreds"]
    );
    assert_eq!(
        names(state.breakdown_variables()),
        ["sektor", "partner_firma", "partner_borger", "tilfreds"]
    );
}

#[test]
fn a_view_that_comes_to_the_front_asks_and_an_answer_is_asked_for_once() {
    let data = survey();
    let mut state = State::new(Language::Da);
    state.update(Command::Open("survey.csv".into()));
    let jobs = state.receive(read_as(file("survey.csv"), &data));
    let first = state.query();
    assert_eq!(asked(&jobs), [first.clone()]);
    assert!(
        asked(&state.update(Command::SetTheme(Theme::Dark))).is_empty(),
        "already asked"
    );
    state.receive(answer(&first, &data, "first"));
    assert_eq!(shown(&state), Some(("first".to_owned(), false)));

    let jobs = state.update(Command::BreakDown(Some("sektor".into())));
    assert_eq!(asked(&jobs), [state.query()]);
    assert_eq!(
        shown(&state),
        Some(("first".to_owned(), true)),
        "the old one stays, dimmed"
    );
    let jobs = state.update(Command::Undo);
    assert!(asked(&jobs).is_empty(), "still known");
    assert_eq!(shown(&state), Some(("first".to_owned(), false)));
}

#[test]
fn a_late_answer_does_not_take_the_place_of_a_newer_one() {
    let (mut state, data) = open();
    let first = state.query();
    state.update(Command::BreakDown(Some("sektor".into())));
    let second = state.query();
    state.receive(answer(&second, &data, "second"));
    state.receive(answer(&first, &data, "first, late"));
    assert_eq!(shown(&state), Some(("second".to_owned(), false)));
}

#[test]
fn a_query_that_was_superseded_is_asked_again_when_its_view_comes_back() {
    let (mut state, _) = open();
    let first = state.query();
    state.update(Command::BreakDown(Some("sektor".into())));
    // The worker may have skipped the first one: nobody has heard of it.
    let jobs = state.update(Command::Undo);
    assert_eq!(asked(&jobs), [first]);
}

#[test]
fn an_answer_about_other_data_is_not_shown() {
    let (mut state, old) = open();
    let query = state.query();
    let new = another_survey();
    state.update(Command::Open("survey.csv".into()));
    state.receive(read_as(file("survey.csv"), &new));
    assert_eq!(state.query(), query, "the question is the same");
    state.receive(answer(&query, &old, "about the old data"));
    assert_eq!(shown(&state), None);
    state.receive(answer(&query, &new, "about the new data"));
    assert_eq!(shown(&state), Some(("about the new data".to_owned(), false)));
}

#[test]
fn only_so_many_answers_are_kept() {
    let (mut state, data) = open();
    for level in 1..=100 {
        state.update(Command::SetLevel(Code::Number(f64::from(level) / 1000.0)));
        state.receive(answer(&state.query(), &data, "an answer"));
    }
    assert_eq!(state.answers.len(), 64);
}

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
        assert_eq!(state.confirm, Some(Confirm { then }));
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
    assert_eq!(state.confirm, Some(Confirm { then }));
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
    assert!(matches!(&jobs[..], [Job::SaveProject { path, .. }] if *path == PathBuf::from("survey.csv.isobar")));
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

#[test]
fn a_figure_that_has_no_answer_is_not_exported_and_says_why() {
    let (mut state, data) = open();
    let jobs = state.update(Command::Export {
        format: FigureFormat::Svg,
        path: "a.svg".into(),
    });
    assert!(jobs.is_empty(), "it waits for its answer");
    state.receive(answer(&state.query(), &data, "the weight cannot be used"));
    assert_eq!(problems(&state), ["the weight cannot be used"]);
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
    assert!(matches!(&jobs[..], [Job::Remember(path), Job::Run { .. }] if *path == PathBuf::from("a.isobar")));
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

#[test]
fn a_language_switches_the_interface_and_the_figures_that_followed_it() {
    let (mut state, _) = open();
    state.update(Command::AddView);
    state.update(Command::SetFigureLanguage(Language::En));
    state.update(Command::SelectView(0));
    state.update(Command::SetLanguage(Language::En));
    state.update(Command::SetLanguage(Language::Da));
    let of_figures: Vec<_> = state.project.views.iter().map(|view| view.look.language).collect();
    assert_eq!(of_figures, [Language::Da, Language::Da]);

    let mut empty = State::new(Language::Da);
    empty.update(Command::SetLanguage(Language::En));
    assert_eq!(empty.language(), Language::En);
    assert!(!empty.is_changed() && !empty.can_undo());
}

#[test]
fn a_message_of_success_replaces_the_last_and_a_problem_stays() {
    let (mut state, _) = open();
    state.receive(Event::ExportFailed {
        message: "a.svg: the figure could not be written.".to_owned(),
    });
    state.receive(Event::Exported("b.svg".into()));
    state.receive(Event::Exported("c.svg".into()));
    assert_eq!(state.messages.len(), 2);
    state.update(Command::Dismiss(7));
    state.update(Command::Dismiss(0));
    assert_eq!(state.messages, [Message::Exported("c.svg".into())]);
}

#[test]
fn no_two_commands_have_the_same_name_or_shortcut() {
    let entries = commands::ENTRIES;
    for (i, entry) in entries.iter().enumerate() {
        assert!(entry.words.starts_with("ui-"), "{}", entry.id);
        assert_eq!(commands::entry(entry.id).map(|found| found.id), Some(entry.id));
        for other in &entries[i + 1..] {
            assert_ne!(entry.id, other.id);
            for shortcut in entry.shortcuts {
                assert!(!other.shortcuts.contains(shortcut), "{} and {}", entry.id, other.id);
            }
        }
    }
}

#[test]
fn a_command_that_cannot_be_carried_out_is_greyed() {
    let empty = State::new(Language::Da);
    let command = |id: &str, state: &State| commands::entry(id).unwrap().command(state);
    for id in [
        "save",
        "save-as",
        "undo",
        "redo",
        "export-svg",
        "clear-filter",
        "add-view",
        "remove-view",
        "locate",
    ] {
        assert_eq!(command(id, &empty), None, "{id}");
    }
    let (mut state, _) = open();
    state.update(Command::AddView);
    assert_eq!(command("next-view", &state), Some(Command::SelectView(0)));
    assert_eq!(command("remove-view", &state), Some(Command::RemoveView(1)));
    assert_eq!(command("undo", &state), Some(Command::Undo));
}

#[test]
fn the_view_in_front_stays_in_front_when_another_is_removed() {
    let (mut state, _) = open();
    state.update(Command::AddView);
    state.update(Command::AddView);
    let front = state.project.view().name.clone();
    state.update(Command::RemoveView(0));
    assert_eq!(state.project.view().name, front);
    state.update(Command::RemoveView(state.project.active));
    assert_eq!(state.project.active, 0);
}

#[test]
fn commands_at_random_never_leave_a_project_without_a_view_in_front() {
    let (mut state, data) = open();
    let mut all = changes();
    all.extend([
        Command::Undo,
        Command::Redo,
        Command::SelectView(1),
        Command::SelectView(0),
        Command::RemoveView(1),
        Command::EndEdit,
    ]);
    // A small generator of our own: the same walk every time.
    let mut place = 1u32;
    for _ in 0..2000 {
        place = place.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.update(all[(place >> 16) as usize % all.len()].clone());
        assert!(state.project.active < state.project.views.len());
        state.receive(answer(&state.query(), &data, "an answer"));
        assert!(!state.front().stale);
    }
}

/// State and worker as the window couples them, with a person who answers file dialogs.
struct Program {
    state: State,
    worker: Worker,
    /// The answer to the next file dialog.
    chosen: Option<PathBuf>,
    quit: bool,
}

impl Program {
    fn new() -> Self {
        Self {
            state: State::new(Language::Da),
            worker: Worker::start_with_recent(|| {}, None).unwrap(),
            chosen: None,
            quit: false,
        }
    }

    /// Sends a command and waits until nothing is left to do.
    fn tell(&mut self, command: Command) {
        let mut jobs = self.state.update(command);
        let mut waiting = 0;
        loop {
            for job in std::mem::take(&mut jobs) {
                match job {
                    Job::Ask(question) => {
                        let path = self.chosen.take();
                        let command = match (path, question) {
                            (None, _) => Command::Cancel,
                            (Some(path), FileQuestion::Open) => Command::Open(path),
                            (Some(path), FileQuestion::Locate) => Command::Locate(path),
                            (Some(path), FileQuestion::SaveAs(_)) => Command::SaveAs(path),
                            (Some(path), FileQuestion::Export(format, _)) => Command::Export { format, path },
                        };
                        jobs.extend(self.state.update(command));
                    }
                    Job::Quit => self.quit = true,
                    // Without a list of recent files nothing comes of it.
                    Job::Remember(_) => {}
                    job => {
                        waiting += 1;
                        self.worker.send(job);
                    }
                }
            }
            if jobs.is_empty() {
                if waiting == 0 {
                    return;
                }
                let event = self.worker.wait(Duration::from_secs(120)).expect("an event");
                waiting -= 1;
                jobs = self.state.receive(event);
            }
        }
    }
}

#[test]
fn from_the_survey_file_to_the_picture_and_back_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in [
        "innovationsbarometer-2016.csv",
        "innovationsbarometer-2016.codebook.json",
    ] {
        std::fs::copy(program::path("sample-data").join(name), at(name)).unwrap();
    }
    let mut program = Program::new();
    program.tell(Command::Open(at("innovationsbarometer-2016.csv")));
    assert!(program.state.front().scene.is_some(), "{:?}", problems(&program.state));

    let by_role = |state: &State, role| state.dataset().unwrap().codebook.with_role(role).unwrap().name.clone();
    let sector = by_role(&program.state, Role::Sector);
    let size = by_role(&program.state, Role::Size);
    for var in [&sector, &size] {
        let first = program.state.counts(var).unwrap().codes[0].clone();
        program.tell(Command::SetFilter(var.clone(), Keep::Codes(vec![first.code])));
        if *var == sector {
            assert_eq!(program.state.running.unwrap().n, first.n, "as the menu said");
        }
    }
    program.tell(Command::BreakDown(Some(by_role(&program.state, Role::Region))));
    program.tell(Command::SetHeadline(Some("De fleste gør det sammen".to_owned())));
    let front = program.state.front();
    assert!(!front.stale);
    let Some(Answer::Table(table)) = front.answer else {
        panic!("{:?}", front.answer)
    };
    assert_eq!(table.groups.len(), 5);
    let scene = front.scene.unwrap().clone();
    assert_eq!(scene.title, "De fleste gør det sammen");

    for (format, name) in [(FigureFormat::Svg, "a.svg"), (FigureFormat::PNG, "a.png")] {
        program.chosen = Some(at(name));
        program.tell(Command::AskExport(format));
        assert_eq!(program.state.messages, [Message::Exported(at(name))]);
    }
    program.chosen = Some(at("a.isobar"));
    program.tell(Command::Save);
    let project = program.state.project.clone();
    program.tell(Command::Quit);
    assert!(program.quit);

    // The whole folder is sent to somebody else.
    let moved = folder.path().with_extension("moved");
    std::fs::rename(folder.path(), &moved).unwrap();
    let mut other = Program::new();
    other.tell(Command::Open(moved.join("a.isobar")));
    assert_eq!(other.state.project.views, project.views);
    assert_eq!(other.state.project.filter, project.filter);
    assert_eq!(other.state.front().scene, Some(&scene));
    assert!(!other.state.is_changed());

    // The data are left behind, then found.
    let data = moved.join("innovationsbarometer-2016.csv");
    let elsewhere = moved.join("elsewhere.csv");
    std::fs::rename(&data, &elsewhere).unwrap();
    let mut third = Program::new();
    third.tell(Command::Open(moved.join("a.isobar")));
    assert!(matches!(third.state.data, Data::Failed { .. }));
    third.chosen = Some(elsewhere);
    third.tell(Command::AskLocate);
    assert_eq!(third.state.project.views, project.views);
    std::fs::remove_dir_all(&moved).unwrap();
}
