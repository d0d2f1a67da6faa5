//! A field for a path, for when the system has no file dialog and for those who would rather type.

use std::path::PathBuf;

use egui::{Align, Id, Key, Layout, Modal, Ui};

use super::fields::{field, select_all};
use super::menus::popup_frame;
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text};
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::Keys;
use crate::worker::FileQuestion;

/// The command that a chosen path leads to.
pub fn command_of(question: &FileQuestion, path: PathBuf) -> Command {
    match question {
        FileQuestion::Open => Command::Open(path),
        FileQuestion::Locate => Command::Locate(path),
        FileQuestion::Add => Command::AddData {
            path,
            label: String::new(),
        },
        FileQuestion::Join => Command::JoinData {
            path,
            keys: Keys::default(),
        },
        FileQuestion::Margins => Command::AddMargin(path),
        FileQuestion::SaveAs(_) => Command::SaveAs(path),
        FileQuestion::Export(format, _) => Command::Export { format: *format, path },
    }
}

/// Draws the field, where it is open.
pub fn path_field_ui(ui: &Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(mut asked) = transient.path.take() else { return };
    let (heading, button) = match asked.question {
        FileQuestion::Open => ("ui-path-open", "ui-path-open-button"),
        FileQuestion::Locate => ("ui-path-locate", "ui-path-open-button"),
        FileQuestion::Add => ("ui-path-add", "ui-path-open-button"),
        FileQuestion::Join => ("ui-path-join", "ui-path-open-button"),
        FileQuestion::Margins => ("ui-path-margins", "ui-path-open-button"),
        FileQuestion::SaveAs(_) => ("ui-path-save", "ui-path-save-button"),
        FileQuestion::Export(..) => ("ui-path-export", "ui-path-save-button"),
    };
    let mut done = None;
    let mut cancelled = false;
    let shown = Modal::new(Id::unique("path-field"))
        .backdrop_color(egui::Color32::from_black_alpha(70))
        .frame(popup_frame(theme::S24 as i8))
        .show(ui.ctx(), |ui| {
            ui.set_width(480.0);
            text(ui, &scope.say(heading), 16.0, Weight::SemiBold, theme::INK);
            ui.add_space(theme::S12);
            let name = scope.say("ui-path");
            let id = Id::unique("path-text");
            let response = field(ui, id, &mut asked.text, &name, &scope.say("ui-path-hint"));
            if std::mem::take(&mut asked.focus) {
                response.request_focus();
                // What is proposed goes with the first letter typed.
                select_all(ui, id, &asked.text);
            }
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.add_space(theme::S16);
            let typed = asked.text.trim().trim_matches('"').to_owned();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let ready = !typed.is_empty();
                let go = Push::new(&scope.say(button))
                    .tone(Tone::Primary)
                    .enabled(ready)
                    .show(ui);
                if ready && (go.clicked() || entered) {
                    done = Some(command_of(&asked.question, PathBuf::from(&typed)));
                }
                cancelled = Push::new(&scope.say("ui-cancel")).tone(Tone::Plain).show(ui).clicked();
            });
        });
    if let Some(command) = done {
        scope.send(command);
    } else if cancelled || shown.should_close() || ui.input(|input| input.key_pressed(Key::Escape)) {
        scope.send(Command::Cancel);
    } else {
        transient.path = Some(asked);
    }
}
