//! The window as a person meets it, by the names of its controls.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use isobar::app::{Command, State};
use isobar::data::Language;
use isobar::ui::{Dialogs, Shell, theme};
use isobar::worker::Worker;

pub type Window = Harness<'static, Shell>;

pub fn window(first: Command, recent: Option<PathBuf>) -> Window {
    let worker = Worker::start_with_recent(|| {}, recent).unwrap();
    let shell = Shell::new(State::new(Language::Da), worker, Dialogs::in_window(), first);
    Harness::builder()
        .with_size([1440.0, 900.0])
        .with_theme(egui::Theme::Light)
        .with_context_setup(theme::install)
        .build_ui_state(
            |ui, shell: &mut Shell| {
                shell.think(&ui.ctx().clone());
                shell.paint(ui);
            },
            shell,
        )
}

pub fn wait(window: &mut Window, what: &str, reached: impl Fn(&Window) -> bool) {
    let began = Instant::now();
    loop {
        window.step();
        if reached(window) {
            // Pop-ups are laid out in one frame and shown in the next.
            window.run_steps(3);
            window.check_accessibility();
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub fn has(window: &Window, role: Role, name: &str) -> bool {
    window.query_all_by_role_and_label(role, name).next().is_some()
}

pub fn click(window: &mut Window, role: Role, name: &str) {
    wait(window, name, |window| has(window, role, name));
    // As a person would: what lies below the edge is scrolled to first.
    let node = window.get_by_role_and_label(role, name);
    if !window.ctx.content_rect().contains_rect(node.rect()) {
        node.scroll_to_me();
        window.run_steps(30);
    }
    window.get_by_role_and_label(role, name).click();
    window.run_steps(3);
}

pub fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

pub fn answered(window: &mut Window) {
    wait(window, "the figure", |window| {
        !window.state().state().front().stale && window.query_all_by_role(Role::Figure).next().is_some()
    });
}

fn sample() -> Window {
    let mut window = window(Command::OpenSample, None);
    answered(&mut window);
    window
}

/// What the figure says, as a screen reader reads it.
pub fn figure(window: &Window) -> String {
    let figure = window.get_by_role(Role::Figure);
    figure.accesskit_node().label().unwrap_or_default()
}

fn filter_by(window: &mut Window, variable: &str, answers: &[&str]) {
    click(window, Role::Button, "Filter");
    click(window, Role::MenuItem, variable);
    for answer in answers {
        click(window, Role::CheckBox, answer);
    }
    press(window, Modifiers::NONE, Key::Escape);
    answered(window);
}

pub fn type_path(window: &mut Window, path: &Path) {
    wait(window, "the field for a path", |window| {
        has(window, Role::TextInput, "Sti")
    });
    press(window, Modifiers::COMMAND, Key::A);
    let field = window.get_by_role_and_label(Role::TextInput, "Sti");
    field.type_text(&path.display().to_string());
    window.run_steps(2);
    press(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn the_sample_is_filtered_broken_down_saved_reopened_and_shows_the_same_view() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("samarbejde.isobar");
    let mut window = sample();
    let everybody = window.state().state().running.unwrap();

    click(&mut window, Role::Button, "Samarbejdspartnere");
    answered(&mut window);
    filter_by(&mut window, "Sektor", &["Kommune", "Stat"]);
    filter_by(
        &mut window,
        "Arbejdspladsens størrelse",
        &["50-99 ansatte", "100-249 ansatte"],
    );
    filter_by(
        &mut window,
        "Respondentens stilling",
        &["Øverste leder på arbejdspladsen"],
    );
    for chip in [
        "Sektor: Kommune, Stat",
        "Arbejdspladsens størrelse: 50-99 ansatte, 100-249 ansatte",
        "Respondentens stilling: Øverste leder på arbejdspladsen",
    ] {
        assert!(has(&window, Role::Button, chip), "no chip {chip}");
    }
    let left = window.state().state().running.unwrap();
    assert!(0 < left.n && left.n < everybody.n && left.n_weighted < everybody.n_weighted);

    click(&mut window, Role::Button, "Opdel efter Sektor");
    answered(&mut window);
    let shown = figure(&window);
    let choices = window.state().state().project.clone();
    assert_eq!(choices.view().by, Some("sektor".into()));

    press(&mut window, Modifiers::COMMAND, Key::S);
    type_path(&mut window, &project);
    wait(&mut window, "the project to be saved", |window| {
        let state = window.state().state();
        state.path.is_some() && !state.is_changed()
    });
    drop(window);

    let mut window = self::window(Command::Open(project), None);
    answered(&mut window);
    assert_eq!(figure(&window), shown);
    assert_eq!(window.state().state().project.filter, choices.filter);
    assert_eq!(window.state().state().project.views, choices.views);
    assert!(has(&window, Role::Button, "Sektor: Kommune, Stat"));
}

#[test]
fn every_mark_of_a_figure_says_its_share_interval_and_base() {
    let mut window = sample();
    click(&mut window, Role::Button, "Samarbejdspartnere");
    answered(&mut window);
    let marks: Vec<String> = window
        .query_all_by_role(Role::GraphicsSymbol)
        .filter_map(|mark| mark.accesskit_node().label())
        .collect();
    assert!(marks.len() > 5, "{marks:?}");
    assert!(
        marks.iter().all(|mark| mark.contains('%') && mark.contains('–')),
        "{marks:?}"
    );
}

#[test]
fn the_arrow_keys_move_from_mark_to_mark_of_the_figure() {
    let mut window = sample();
    let first = window.query_all_by_role(Role::GraphicsSymbol).next().unwrap();
    let spoken = first.accesskit_node().label().unwrap();
    let line = spoken
        .split_once(": ")
        .unwrap()
        .1
        .split(", ")
        .next()
        .unwrap()
        .to_owned();
    assert!(window.query_all_by_label(&line).next().is_none());
    window.get_by_role(Role::Figure).focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    // The card with what the mark stands for.
    assert!(window.query_all_by_label(&line).next().is_some());
}

#[test]
fn a_filter_that_leaves_nobody_says_so_and_can_be_cleared() {
    let mut window = sample();
    click(&mut window, Role::Button, "Filter");
    click(&mut window, Role::MenuItem, "Antal ansatte");
    wait(&mut window, "the range", |window| has(window, Role::TextInput, "Fra"));
    let field = window.get_by_role_and_label(Role::TextInput, "Fra");
    field.focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Fra").type_text("999999");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Escape);
    wait(&mut window, "the sentence", |window| {
        window.query_all_by_label("Ingen er tilbage").next().is_some()
    });
    click(&mut window, Role::Button, "Ryd filteret");
    answered(&mut window);
    assert!(window.state().state().project.filter.chips.is_empty());
}

#[test]
fn questions_are_found_and_walked_through_by_keyboard() {
    let mut window = sample();
    press(&mut window, Modifiers::COMMAND, Key::F);
    let field = window.get_by_label_contains("Søg i");
    assert!(field.is_focused());
    field.type_text("samarbejdspart");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    answered(&mut window);
    let title = |window: &Window| window.state().state().project.view().name.clone();
    let found = title(&window);
    let measure = window.state().state().project.view().measure.clone();
    assert!(format!("{measure:?}").contains("partnere"), "{found}: {measure:?}");

    press(&mut window, Modifiers::COMMAND, Key::Z);
    answered(&mut window);
    assert_ne!(window.state().state().project.view().measure, measure);
    press(&mut window, Modifiers::COMMAND, Key::Y);
    answered(&mut window);
    assert_eq!(window.state().state().project.view().measure, measure);
}

#[test]
fn the_arrow_keys_move_along_the_question_list() {
    let mut window = sample();
    click(&mut window, Role::Button, "Igangsættere");
    answered(&mut window);
    let first = window.state().state().project.view().measure.clone();
    window.get_by_role_and_label(Role::Button, "Igangsættere").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    answered(&mut window);
    let second = window.state().state().project.view().measure.clone();
    assert_ne!(first, second);
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    answered(&mut window);
    assert_eq!(window.state().state().project.view().measure, first);
}

#[test]
fn escape_closes_the_filter_menu_and_keeps_what_was_ticked() {
    let mut window = sample();
    click(&mut window, Role::Button, "Filter");
    click(&mut window, Role::MenuItem, "Sektor");
    click(&mut window, Role::CheckBox, "Region");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!has(&window, Role::CheckBox, "Region"));
    click(&mut window, Role::Button, "Fjern filteret Sektor");
    assert!(window.state().state().project.filter.chips.is_empty());
}

#[test]
fn the_window_speaks_english_when_asked() {
    let mut window = sample();
    click(&mut window, Role::Button, "da");
    click(&mut window, Role::MenuItem, "English");
    answered(&mut window);
    assert!(has(&window, Role::Button, "Export"));
    assert!(has(&window, Role::Button, "Break down by Sector"));
}

#[test]
fn a_file_that_is_not_there_is_said_with_a_way_on() {
    let mut window = window(Command::Open("/no/such/survey.sav".into()), None);
    wait(&mut window, "the message", |window| {
        window
            .query_all_by_label_contains("/no/such/survey.sav")
            .next()
            .is_some()
    });
    assert!(has(&window, Role::Button, "Åbn eksemplet"));
    click(&mut window, Role::Button, "Åbn eksemplet");
    answered(&mut window);
}

#[test]
fn a_figure_is_exported_from_the_menu() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("figur.svg");
    let mut window = sample();
    click(&mut window, Role::Button, "Eksportér");
    click(&mut window, Role::MenuItem, "Vektorbillede (SVG)…");
    type_path(&mut window, &picture);
    wait(&mut window, "the picture", |_| picture.exists());
    wait(&mut window, "the message", |window| {
        window.query_all_by_label_contains("Figuren er gemt").next().is_some()
    });
}

#[test]
fn what_is_typed_with_the_search_shortcut_in_one_frame_is_not_lost() {
    let mut window = sample();
    for text in ["samarbejds", "partnere"] {
        // As quick as they can come: the shortcut and the letters reach the window together.
        window.event(egui::Event::Key {
            key: Key::F,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        });
        window.event(egui::Event::Text(text.to_owned()));
        window.key_press(Key::Enter);
        window.run_steps(4);
        answered(&mut window);
        assert!(
            figure(&window).contains("Samarbejdspartnere"),
            "{text}: {}",
            figure(&window)
        );
    }
}

#[test]
fn the_separator_of_a_text_file_can_be_overruled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("svar.csv");
    std::fs::write(&path, "navn,by;svar,grund\nBo,Vejle;1,2\nIb,Ribe;2,1\n").unwrap();
    let mut window = window(Command::Open(path), None);
    answered(&mut window);
    click(&mut window, Role::Button, "Tekstfil, UTF-8");
    click(&mut window, Role::ComboBox, "Skilletegn");
    click(&mut window, Role::MenuItem, "Semikolon ;");
    wait(&mut window, "the file to be read again", |window| {
        window
            .state()
            .state()
            .dataset()
            .is_some_and(|data| data.columns.len() == 2)
    });
    click(&mut window, Role::ComboBox, "Skilletegn");
    click(&mut window, Role::MenuItem, "Komma ,");
    wait(&mut window, "the file to be read again", |window| {
        window
            .state()
            .state()
            .dataset()
            .is_some_and(|data| data.columns.len() == 3)
    });
    click(&mut window, Role::Button, "Færdig");
    answered(&mut window);
    assert!(
        !window.state().state().is_changed(),
        "what the wrong reading proposed is gone"
    );
}

#[test]
fn the_size_of_the_figure_is_chosen_or_typed() {
    let mut window = sample();
    let size = |window: &Window| {
        let look = window.state().state().project.view().look.clone();
        (look.width_pt, look.height_pt)
    };
    click(&mut window, Role::ComboBox, "Størrelse");
    click(&mut window, Role::MenuItem, "Slide 16:9");
    answered(&mut window);
    assert_eq!(size(&window), (960.0, Some(540.0)));
    let field = window.get_by_role_and_label(Role::TextInput, "Bredde i cm");
    field.focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "Bredde i cm")
        .type_text("25,4");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    answered(&mut window);
    assert_eq!(size(&window), (720.0, Some(540.0)));
}

#[test]
fn every_word_of_the_window_is_there_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = vec![root.join("src/app/commands.rs")];
    for folder in ["src/ui", "src/ui/setup"] {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        sources.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    let mut seen = 0;
    for path in sources {
        let source = std::fs::read_to_string(&path).unwrap();
        for key in source.split('"').filter(|part| part.starts_with("ui-")) {
            for language in Language::ALL {
                assert_ne!(
                    isobar::words::text(language, key, &[]),
                    key,
                    "{language:?} lacks {key} of {}",
                    path.display()
                );
            }
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} words found");
}
