//! Draws `&State` and collects commands. Never changes the state, never touches the disk: only [`shell`] owns the
//! state and the worker.
//!
//! One frame: the shell hands the worker's events to the state, [`draw`] paints the window from `&State` and pushes
//! [`Command`]s, the shell hands these to the state and the jobs that follow to the worker.

mod analysis;
mod canvas;
mod chart_icons;
mod charts;
mod choices;
mod comparisons;
mod design;
pub mod dialogs;
mod effect;
mod fields;
mod filter_menu;
mod filters;
mod handles;
mod icons;
mod keys;
mod logging;
mod menus;
mod model;
mod outcome;
mod path_field;
mod picker;
mod questions;
mod reading;
mod reading_plot;
mod results;
mod scene;
mod settings;
mod settings_network;
mod setup;
pub mod shell;
mod size;
mod states;
mod status;
pub mod theme;
mod top_bar;
mod transient;
mod widgets;

pub use dialogs::Dialogs;
pub use shell::{Shell, run};
pub use transient::Transient;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, Stroke, Ui};

use crate::app::{Answer, Command, State};
use crate::data::{Dataset, Language, VarId};
use crate::measure::Table;
use crate::words;

/// What drawing functions share: the state to read, the words, and where commands go.
pub(crate) struct Scope<'a> {
    /// The program as it is.
    pub state: &'a State,
    /// What happens next.
    pub commands: &'a mut Vec<Command>,
}

impl Scope<'_> {
    /// The language of the interface.
    pub fn language(&self) -> Language {
        self.state.language()
    }

    /// The interface's words for `key`.
    pub fn say(&self, key: &str) -> String {
        words::text(self.language(), key, &[])
    }

    /// The interface's words for `key`, with arguments.
    pub fn say_with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        words::text(self.language(), key, arguments)
    }

    /// A count as the language writes it.
    pub fn count(&self, number: f64) -> String {
        words::count(self.language(), number)
    }

    /// Sends a command.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// The data, where they are open.
    pub fn dataset(&self) -> Option<&Arc<Dataset>> {
        self.state.dataset()
    }

    /// Whether a variable has its role by a guess that nobody has confirmed.
    pub fn is_unconfirmed(&self, var: &VarId) -> bool {
        let data = self.dataset();
        data.is_some_and(|data| data.codebook.unconfirmed.roles.contains(var))
    }

    /// The table of the view in front, or the one last shown.
    pub fn table(&self) -> Option<&Arc<Table>> {
        match self.state.front().answer {
            Some(Answer::Table(table)) => Some(table),
            Some(Answer::Failed(_)) | None => None,
        }
    }
}

/// Draws the whole window.
pub fn draw(ui: &mut Ui, state: &State, transient: &mut Transient, commands: &mut Vec<Command>) {
    let scope = &mut Scope { state, commands };
    if let Some(data) = scope.dataset() {
        transient.see(data);
    }
    keys::shortcuts(ui.ctx(), scope, transient);
    let area = |margin: Margin| Frame::new().fill(theme::SURFACE).inner_margin(margin);
    let hairline = Stroke::new(1.0, theme::HAIRLINE);

    let top = Panel::top("top")
        .exact_size(48.0)
        .show_separator_line(false)
        .frame(area(Margin::symmetric(16, 10)))
        .show(ui, |ui| top_bar::top_bar_ui(ui, scope, transient));
    let bottom = Panel::bottom("status")
        .exact_size(30.0)
        .show_separator_line(false)
        .frame(area(Margin::symmetric(16, 0)))
        .show(ui, |ui| status::status_ui(ui, scope, transient));
    let mut lines = vec![
        (top.response.rect.left_bottom(), top.response.rect.right_bottom()),
        (bottom.response.rect.left_top(), bottom.response.rect.right_top()),
    ];
    if scope.state.setup.open && scope.dataset().is_some() {
        setup::setup_ui(ui, scope, transient);
    } else if scope.dataset().is_some() {
        let width = ui.available_width();
        let left = Panel::left("questions")
            .resizable(false)
            .exact_size(if width < 1100.0 { 216.0 } else { 272.0 })
            .show_separator_line(false)
            .frame(area(Margin::ZERO))
            .show(ui, |ui| questions::questions_ui(ui, scope, transient));
        let chips = Panel::top("filters")
            .show_separator_line(false)
            .frame(area(Margin::symmetric(16, 10)))
            .show(ui, |ui| filters::filters_ui(ui, scope, transient));
        let right = Panel::right("settings")
            .resizable(false)
            .exact_size(if width < 1100.0 { 248.0 } else { 288.0 })
            .show_separator_line(false)
            .frame(area(Margin::ZERO))
            .show(ui, |ui| settings::settings_ui(ui, scope, transient));
        lines.extend([
            (left.response.rect.right_top(), left.response.rect.right_bottom()),
            (chips.response.rect.left_bottom(), chips.response.rect.right_bottom()),
            (right.response.rect.left_top(), right.response.rect.left_bottom()),
        ]);
    }
    if !scope.state.setup.open || scope.dataset().is_none() {
        CentralPanel::default()
            .frame(Frame::new().fill(theme::CANVAS))
            .show(ui, |ui| canvas::canvas_ui(ui, scope, transient));
    }
    for (from, to) in lines {
        ui.painter().line_segment([from, to], hairline);
    }

    filter_menu::filter_menu_ui(ui, scope, transient);
    reading::reading_ui(ui, scope, transient);
    states::progress_ui(ui, scope, transient);
    states::messages_ui(ui, scope, transient);
    path_field::path_field_ui(ui, scope, transient);
    states::confirm_ui(ui, scope);
    states::drop_ui(ui, scope);
}
