//! The page on which a survey is set up: guesses about its columns with their reasons, to be taken, refused or changed.
//! Nothing of it reaches a figure before the codebook is saved.

mod detail;
mod parts;
mod rows;
mod words;

use egui::{Align, CentralPanel, CornerRadius, Frame, Layout, Margin, Panel, Stroke, Ui, vec2};

use super::fields::search_field;
use super::menus::{menu_row, select};
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text};
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::{QuestionId, VarId};
use crate::setup::GuessId;
pub use rows::Tab;

/// What only the page knows and forgets.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What is listed.
    pub tab: Tab,
    /// What the details are about.
    pub chosen: Option<Chosen>,
    /// The text in the search field.
    pub search: String,
    /// Guesses at least so sure are used all at once, in per cent.
    pub from: Option<u32>,
    /// A name being typed, and of what.
    pub name: Option<(Chosen, String)>,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A guess.
    Guess(GuessId),
    /// A question that is no guess.
    Question(QuestionId),
    /// A variable.
    Variable(VarId),
}

/// The least confidence of guesses that are used all at once, in per cent.
const FROM: [u32; 4] = [90, 80, 70, 50];

/// Draws the page.
pub fn setup_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    transient.seen_setup = scope.dataset().map(|data| data.fingerprint.clone());
    let page = &mut transient.setup;
    let white = |margin: Margin| Frame::new().fill(theme::SURFACE).inner_margin(margin);
    let head = Panel::top("setup-head")
        .show_separator_line(false)
        .frame(white(Margin::symmetric(24, 16)))
        .show(ui, |ui| head_ui(ui, scope, page));
    let width = if ui.available_width() < 1100.0 { 300.0 } else { 360.0 };
    let right = Panel::right("setup-detail")
        .resizable(false)
        .exact_size(width)
        .show_separator_line(false)
        .frame(white(Margin::ZERO))
        .show(ui, |ui| {
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(20, 16)).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = theme::S4;
                    detail::detail_ui(ui, scope, page);
                });
            });
        });
    CentralPanel::default()
        .frame(Frame::new().fill(theme::CANVAS).inner_margin(Margin::symmetric(24, 16)))
        .show(ui, |ui| list_ui(ui, scope, page));
    let hairline = Stroke::new(1.0, theme::HAIRLINE);
    let (head, right) = (head.response.rect, right.response.rect);
    ui.painter()
        .line_segment([head.left_bottom(), head.right_bottom()], hairline);
    ui.painter()
        .line_segment([right.left_top(), right.left_bottom()], hairline);
}

fn head_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page) {
    let setup = &scope.state.setup;
    ui.spacing_mut().item_spacing.y = theme::S4;
    ui.horizontal(|ui| {
        text(
            ui,
            &scope.say("ui-setup-title"),
            theme::HEADLINE,
            Weight::SemiBold,
            theme::INK,
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = theme::S8;
            let save = scope.say("ui-setup-save");
            let hint = scope.say("ui-setup-save-hint");
            let can_save = setup.is_changed() && !setup.is_saving();
            let button = Push::new(&save).tone(Tone::Primary).enabled(can_save).hint(&hint);
            if button.show(ui).clicked() {
                scope.send(Command::SaveCodebook);
            }
            if Push::new(&scope.say("ui-setup-close")).show(ui).clicked() {
                scope.send(Command::ShowSetup(false));
            }
        });
    });
    let all = setup.guesses.as_ref().map_or(0, |guesses| guesses.len());
    let sentence = match setup.guesses {
        None => scope.say("ui-setup-looking"),
        Some(_) => scope.say_with(
            "ui-setup-count",
            &[
                ("open", &scope.count(setup.open_guesses() as f64)),
                ("all", &scope.count(all as f64)),
            ],
        ),
    };
    text(ui, &sentence, theme::BODY, Weight::Regular, theme::SECOND);
    ui.add_space(theme::S8);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme::S4;
        for tab in Tab::ALL {
            let name = scope.say(tab.key());
            let count = rows::count(scope, tab);
            let words = format!("{name}  {}", scope.count(count as f64));
            let button = Push::new(&words)
                .tone(Tone::Plain)
                .chosen(page.tab == tab)
                .spoken(&name);
            if button.show(ui).clicked() {
                page.tab = tab;
                page.search.clear();
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = theme::S8;
            let from = page.from.unwrap_or(FROM[1]);
            let hint = scope.say("ui-setup-use-hint");
            let button = scope.say("ui-setup-use-all");
            let is_ready = setup.guesses.is_some();
            if Push::new(&button).hint(&hint).enabled(is_ready).show(ui).clicked() {
                scope.send(Command::UseGuesses(f64::from(from) / 100.0));
            }
            ui.allocate_ui(vec2(92.0, theme::CONTROL), |ui| {
                ui.set_width(92.0);
                let name = scope.say("ui-setup-from");
                let shown = format!("{from} %");
                let wanted = select(ui, &name, &shown, |ui| {
                    let mut wanted = None;
                    for share in FROM {
                        if menu_row(ui, &format!("{share} %"), "", share == from).clicked() {
                            wanted = Some(share);
                        }
                    }
                    wanted
                });
                page.from = wanted.or(page.from);
            });
            text(
                ui,
                &scope.say("ui-setup-from"),
                theme::BODY,
                Weight::Regular,
                theme::SECOND,
            );
        });
    });
}

fn list_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page) {
    let rows = rows::rows(scope, page.tab);
    let searched = rows.len() > 12;
    if searched {
        ui.scope(|ui| {
            ui.set_max_width(320.0);
            let hint = scope.say("ui-setup-search");
            search_field(ui, egui::Id::unique("setup-search"), &mut page.search, &hint);
        });
        ui.add_space(theme::S8);
    }
    let wanted = page.search.to_lowercase();
    let found: Vec<rows::Row> = rows
        .into_iter()
        .filter(|row| !searched || row.matches(&wanted))
        .collect();
    Frame::new()
        .fill(theme::SURFACE)
        .stroke(Stroke::new(1.0, theme::HAIRLINE))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::same(4))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            if found.is_empty() {
                Frame::new().inner_margin(Margin::same(24)).show(ui, |ui| {
                    let key = match scope.state.setup.guesses {
                        None => "ui-setup-looking",
                        Some(_) => "ui-setup-nothing",
                    };
                    text(ui, &scope.say(key), theme::BODY, Weight::Regular, theme::SECOND);
                });
                return;
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            egui::ScrollArea::vertical().auto_shrink([false, true]).show_rows(
                ui,
                parts::ROW,
                found.len(),
                |ui, range| {
                    for row in &found[range] {
                        parts::row_ui(ui, scope, page, row);
                    }
                },
            );
        });
}
