//! A network in the window: nodes are dragged, stay, and are let go.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use isobar::app::Command;
use isobar::figure::Chart;

use super::ui::{Window, answered, click, press, wait, window};

const CITIZENS: &str = "Borgere: træk for at flytte, dobbeltklik for at sætte tilbage";

fn places(window: &Window) -> Vec<(String, [f32; 2])> {
    window.state().state().project.view().look.network.places.clone()
}

fn network() -> Window {
    let mut window = window(Command::OpenSample, None);
    answered(&mut window);
    click(&mut window, Role::Button, "Samarbejdsnetværk");
    answered(&mut window);
    wait(&mut window, "the network", |window| {
        window.state().state().charts().first() == Some(&Chart::Network)
            && window.query_by_role_and_label(Role::Button, CITIZENS).is_some()
    });
    window
}

#[test]
fn a_node_is_dragged_in_one_step_stays_and_is_let_go() {
    let mut window = network();
    let at = window.get_by_role_and_label(Role::Button, CITIZENS).rect().center();
    window.drag_at(at);
    window.run_steps(2);
    for step in 1..=5 {
        window.hover_at(at + vec2(-30.0, -12.0) * step as f32);
        window.run_steps(2);
    }
    window.drop_at(at + vec2(-150.0, -60.0));
    window.run_steps(3);
    answered(&mut window);
    let pinned = places(&window);
    assert_eq!(pinned.len(), 1, "{pinned:?}");
    let there = window.get_by_role_and_label(Role::Button, CITIZENS).rect().center();
    assert!(
        (there - at - vec2(-150.0, -60.0)).length() < 14.0,
        "from {at} to {there}"
    );

    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(places(&window).is_empty(), "the whole drag is one step");
    press(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(places(&window), pinned);

    click(&mut window, Role::Button, "Sæt alle på plads");
    assert!(places(&window).is_empty(), "all are put back");
}
