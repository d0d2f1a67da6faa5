//! What menus, filters and the status line offer.

use super::*;

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
