//! Analyses, comparisons, effects and models as a person meets them in the window, by the names of its controls.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use isobar::app::Command;
use isobar::figure::{Chart, Signs};
use isobar::measure::{Against, BoxView, Measure, ModelView, Outcome, Pairs};
use isobar::project::View;

use super::ui::{Window, answered, click, figure, has, press, type_path, wait, window};

fn sample() -> Window {
    let mut window = window(Command::OpenSample, None);
    answered(&mut window);
    window
}

fn view(window: &Window) -> View {
    window.state().state().project.view().clone()
}

fn choose(window: &mut Window, select: &str, row: &str) {
    click(window, Role::ComboBox, select);
    click(window, Role::MenuItem, row);
}

fn tick(window: &mut Window, select: &str, row: &str) {
    click(window, Role::ComboBox, select);
    click(window, Role::CheckBox, row);
    press(window, Modifiers::NONE, Key::Escape);
}

/// Whether the view in front has an answer, and no excuse.
fn shown(window: &mut Window) {
    answered(window);
    assert!(!has(window, Role::Label, "Der er intet svar på det her"));
}

#[test]
fn values_are_broken_down_by_the_role_of_an_actor() {
    let mut window = sample();
    click(&mut window, Role::Button, "Skabt værdi");
    answered(&mut window);
    choose(&mut window, "Opdel efter", "Rolle: Borgere");
    shown(&mut window);
    assert_eq!(view(&window).by.unwrap().0, "role:citizens");
    let scene = figure(&window);
    assert!(scene.contains("Spiller ingen rolle"), "{scene}");
}

#[test]
fn a_network_is_two_clicks_from_the_partners() {
    let mut window = sample();
    click(&mut window, Role::Button, "Samarbejdspartnere");
    answered(&mut window);
    choose(&mut window, "Vis", "Netværk");
    shown(&mut window);
    let view = view(&window);
    assert!(matches!(
        &view.measure,
        Measure::Boxes {
            view: BoxView::Network,
            ..
        }
    ));
    assert_eq!(view.name, "Netværk: Samarbejdspartnere");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    shown(&mut window);
    assert_eq!(self::view(&window).name, "Samarbejdspartnere");
}

#[test]
fn the_whole_analyses_are_listed_and_found_by_searching() {
    let mut window = sample();
    click(&mut window, Role::Button, "Samarbejdsnetværk");
    shown(&mut window);
    assert!(matches!(
        view(&window).measure,
        Measure::Boxes {
            view: BoxView::Network,
            ..
        }
    ));
    press(&mut window, Modifiers::COMMAND, Key::F);
    let field = window.get_by_label_contains("Søg i");
    field.type_text("aktørernes");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    shown(&mut window);
    assert!(matches!(view(&window).measure, Measure::Roles(_)));
    assert_eq!(view(&window).name, "Aktørernes roller");
}

#[test]
fn sectors_are_compared_in_pairs_and_the_differences_are_read_in_words() {
    let mut window = sample();
    click(&mut window, Role::Button, "Samarbejdspartnere");
    answered(&mut window);
    click(&mut window, Role::Button, "Opdel efter Sektor");
    answered(&mut window);
    choose(&mut window, "Forskelle", "Hvert par af grupper");
    shown(&mut window);
    let look = view(&window).look;
    assert_eq!(look.signs, Signs::Letters, "what is compared is marked");
    let found = |window: &Window, words: &str| window.query_all_by_label_contains(words).count();
    assert!(found(&window, "signifikant hyppigere") > 0);
    assert!(found(&window, "procentpoint") > 0);
    // Those that are not significant are one click away.
    let few = found(&window, "procentpoint");
    click(&mut window, Role::Button, "Vis alle");
    assert!(found(&window, "procentpoint") > few);
    assert!(found(&window, "ingen statistisk signifikant forskel") > 0);

    click(&mut window, Role::RadioButton, "Til");
    shown(&mut window);
    assert!(found(&window, "Er der forskel efter Sektor?") > 0);
    click(&mut window, Role::Button, "Hvordan er det beregnet?");
    assert!(found(&window, "Holm") > 0 && found(&window, "Rao og Scotts") > 0);

    choose(&mut window, "Forskelle", "Hver gruppe mod resten");
    shown(&mut window);
    assert_eq!(view(&window).look.signs, Signs::Arrows);
    assert!(found(&window, "alle andre") > 0);
    // One step back: pairs and their letters together.
    press(&mut window, Modifiers::COMMAND, Key::Z);
    shown(&mut window);
    let view = view(&window);
    assert_eq!(
        (view.compare.pairs, view.look.signs),
        (Some(Pairs::All), Signs::Letters)
    );
}

#[test]
fn sets_of_boxes_are_exact_or_at_least_and_fewer_or_more() {
    let mut window = sample();
    click(&mut window, Role::Button, "Den seneste innovations typer");
    answered(&mut window);
    choose(&mut window, "Vis", "Kombinationer");
    shown(&mut window);
    assert!(window.state().state().charts().contains(&Chart::UpSet));
    click(&mut window, Role::RadioButton, "Mindst");
    shown(&mut window);
    assert!(matches!(
        view(&window).measure,
        Measure::Boxes {
            view: BoxView::AtLeast,
            ..
        }
    ));
    choose(&mut window, "Mindst n", "30");
    shown(&mut window);
    assert_eq!(view(&window).look.sets.least_n, 30);
    click(&mut window, Role::RadioButton, "Tabel");
    shown(&mut window);
    assert!(!has(&window, Role::ComboBox, "Mindst n"), "a table has no such setting");
    click(&mut window, Role::RadioButton, "Præcis");
    shown(&mut window);
    let view = view(&window);
    assert!(matches!(
        view.measure,
        Measure::Boxes {
            view: BoxView::Combinations,
            ..
        }
    ));
    assert_eq!(view.look.chart, Chart::Table, "the same analysis keeps its chart");
}

#[test]
fn the_level_of_confidence_is_free_and_so_is_the_design() {
    let mut window = sample();
    let field = window.get_by_role_and_label(Role::TextInput, "Niveau i procent");
    field.focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "Niveau i procent")
        .type_text("97,5");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    answered(&mut window);
    assert_eq!(view(&window).level.number(), Some(0.975));
    choose(&mut window, "Metode", "Arcsinus");
    shown(&mut window);
    assert!(
        !has(&window, Role::ComboBox, "Enlige strata"),
        "the design is out of the way"
    );
    click(&mut window, Role::DisclosureTriangle, "Stikprøvens design");
    choose(&mut window, "Enlige strata", "Udelad deres varians");
    shown(&mut window);
    assert_eq!(
        window.state().state().project.design.lonely,
        isobar::stats::Lonely::Remove
    );
    click(&mut window, Role::Button, "Brug kodebogens design");
    shown(&mut window);
    assert_eq!(
        window.state().state().project.design.lonely,
        isobar::stats::Lonely::Adjust
    );
}

#[test]
fn an_effect_has_values_controls_and_somebody_to_be_compared_with() {
    let mut window = sample();
    click(&mut window, Role::Button, "Effekt af samarbejde");
    shown(&mut window);
    assert_eq!(view(&window).name, "Effekt: Kvalitet");
    tick(&mut window, "Svaret er", "Effektivitet");
    tick(&mut window, "Hold fast", "Sektor");
    choose(&mut window, "Mod", "Dem uden netop det svar");
    shown(&mut window);
    let view = view(&window);
    let Measure::Effect(effect) = &view.measure else {
        panic!("{:?}", view.measure);
    };
    assert_eq!(effect.outcome.variables().len(), 2);
    assert_eq!(effect.controls, ["sektor".into()]);
    assert_eq!(effect.against, Against::WithoutIt);
    assert_eq!(view.name, "Effekt: Kvalitet eller Effektivitet");
}

#[test]
fn a_model_is_built_by_clicking_and_shows_a_curve() {
    let mut window = sample();
    click(&mut window, Role::Button, "Regressionsmodel");
    shown(&mut window);
    click(&mut window, Role::Button, "Tilføj led");
    click(&mut window, Role::MenuItem, "Antal ansatte");
    shown(&mut window);
    click(&mut window, Role::Button, "Fjern leddet Arbejdspladsens størrelse");
    shown(&mut window);
    click(&mut window, Role::Button, "Led: Sektor");
    click(&mut window, Role::MenuItem, "Stat");
    shown(&mut window);
    choose(&mut window, "Resultat", "Kurve over et tal");
    shown(&mut window);
    let view = view(&window);
    let Measure::Model(model) = &view.measure else {
        panic!("{:?}", view.measure);
    };
    assert!(matches!(model.outcome, Outcome::Share(_)));
    assert_eq!(model.references.len(), 1);
    assert_eq!(
        model.view,
        ModelView::Curve {
            over: "ansatte".into(),
            by: Some("sektor".into())
        }
    );
    // A number is explained by a linear model.
    click(&mut window, Role::ComboBox, "Udfald");
    window.get_by_label("Søg efter et spørgsmål").type_text("udviklingstid");
    window.run_steps(2);
    click(&mut window, Role::MenuItem, "Udviklingstid i måneder");
    shown(&mut window);
    let view = self::view(&window);
    let Measure::Model(model) = &view.measure else {
        panic!("{:?}", view.measure);
    };
    assert_eq!(model.outcome, Outcome::Mean("udviklingstid".into()));
}

#[test]
fn all_of_it_is_saved_and_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("analyser.isobar");
    let mut window = sample();
    click(&mut window, Role::Button, "Samarbejdsnetværk");
    shown(&mut window);
    for (row, analysis) in [("Effekt af samarbejde", "Effekt"), ("Regressionsmodel", "Model")] {
        click(&mut window, Role::Button, "Tilføj visning");
        click(&mut window, Role::Button, row);
        shown(&mut window);
        assert!(!analysis.is_empty());
    }
    click(&mut window, Role::Button, "Tilføj visning");
    click(&mut window, Role::Button, "Samarbejdspartnere");
    click(&mut window, Role::Button, "Opdel efter Sektor");
    choose(&mut window, "Forskelle", "Hvert par af grupper");
    tick(&mut window, "Også efter", "Arbejdspladsens størrelse");
    shown(&mut window);
    let last = figure(&window);
    let choices = window.state().state().project.clone();
    assert_eq!(choices.views.len(), 4);
    press(&mut window, Modifiers::COMMAND, Key::S);
    type_path(&mut window, Path::new(&project));
    wait(&mut window, "the project to be saved", |window| {
        let state = window.state().state();
        state.path.is_some() && !state.is_changed()
    });
    drop(window);
    let mut window = super::ui::window(Command::Open(project), None);
    shown(&mut window);
    assert_eq!(window.state().state().project.views, choices.views);
    assert_eq!(figure(&window), last);
}

#[test]
fn weights_are_calibrated_to_a_table_of_counts_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("sektor.csv");
    // As a Danish spreadsheet writes it.
    std::fs::write(&table, "\u{feff}sektor;antal\r\n1;12082\r\n2;755\r\n3;2265\r\n").unwrap();
    let mut window = sample();
    click(&mut window, Role::DisclosureTriangle, "Stikprøvens design");
    click(&mut window, Role::Button, "Tilføj en tabel…");
    type_path(&mut window, &table);
    let margins = |window: &Window| window.state().state().project.design.margins.len();
    wait(&mut window, "the table", |window| margins(window) == 1);
    shown(&mut window);
    click(&mut window, Role::Button, "Hvordan er det beregnet?");
    assert!(window.query_all_by_label_contains("efterstratificeret").count() > 0);
    click(&mut window, Role::Button, "Fjern tabellen Sektor");
    shown(&mut window);
    assert_eq!(margins(&window), 0);
    std::fs::write(&table, "sektor,antal\n1,mange\n").unwrap();
    click(&mut window, Role::Button, "Tilføj en tabel…");
    type_path(&mut window, &table);
    wait(&mut window, "the sentence", |window| {
        window.query_all_by_label_contains("which is not a number").count() > 0
    });
}
