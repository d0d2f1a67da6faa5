//! Values read from a curve in the window, by the names of its controls.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use isobar::app::Command;

use super::ui::{answered, click, figure, has, press, window};

#[test]
fn values_of_a_curve_are_read_with_their_intervals_and_the_figure_stays_as_it_is() {
    let mut window = window(Command::OpenSample, None);
    answered(&mut window);
    assert!(
        !has(&window, Role::Button, "Aflæs værdier"),
        "bars have nothing to read between"
    );
    click(&mut window, Role::Button, "Regressionsmodel");
    answered(&mut window);
    click(&mut window, Role::Button, "Tilføj led");
    click(&mut window, Role::MenuItem, "Antal ansatte");
    answered(&mut window);
    click(&mut window, Role::ComboBox, "Resultat");
    click(&mut window, Role::MenuItem, "Kurve over et tal");
    answered(&mut window);
    let before = (figure(&window), window.state().state().project.clone());

    click(&mut window, Role::Button, "Aflæs værdier");
    let read = figure(&window);
    assert!(read.starts_with("Aflæs værdier Antal ansatte: "), "{read}");
    // A value with one decimal and its interval: "64,2 % (61,0–67,3)".
    assert!(read.contains('%') && read.contains('(') && read.contains('–'), "{read}");
    // Where the pointer is, there it is read.
    let middle = window.get_by_role(Role::Figure).rect().center();
    window.hover_at(middle);
    window.run_steps(3);
    let there = figure(&window);
    assert_ne!(there, read);
    // The arrow keys go from point to point.
    window.get_by_role(Role::Figure).focus();
    window.run_steps(2);
    window.hover_at(egui::pos2(4.0, 4.0));
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_ne!(figure(&window), there);

    click(&mut window, Role::Button, "Aflæs værdier");
    assert_eq!((figure(&window), window.state().state().project.clone()), before);
}
