//! What is asked for the view in front, and which answer is shown.

use super::*;

#[test]
fn a_view_that_comes_to_the_front_asks_and_an_answer_is_asked_for_once() {
    let data = survey();
    let mut state = State::new(Language::Da);
    state.update(Command::Open("survey.csv".into()));
    let jobs = state.receive(read_as(file("survey.csv"), &data));
    let first = state.query();
    assert_eq!(asked(&jobs), std::slice::from_ref(&first));
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
