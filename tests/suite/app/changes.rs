//! What a command changes, and that it can be taken back.

use super::*;

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
