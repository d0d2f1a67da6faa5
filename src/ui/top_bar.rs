//! The top bar: the program's name and the survey's, files, undo, language, export.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Ui};

use super::icons::Icon;
use super::keys;
use super::menus::{caption, menu, menu_row, popup_frame};
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text, text_truncated};
use super::{Scope, Transient, reading};
use crate::app::commands::{entry, has_network};
use crate::app::{Command, Data, Opening};
use crate::data::Language;
use crate::project::DataSource;
use crate::worker::FigureFormat;

/// Dots per inch offered for pictures: screen, slide, print, poster.
const DPI: [u32; 4] = [96, 150, FigureFormat::DEFAULT_DPI, 600];

/// Draws the bar.
pub fn top_bar_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::S8;
        export_ui(ui, scope);
        language_ui(ui, scope);
        for (id, icon) in [("redo", Icon::Redo), ("undo", Icon::Undo)] {
            let Some(entry) = entry(id) else { continue };
            let command = entry.command(scope.state);
            let (name, hint) = (scope.say(entry.words), keys::words_of(ui.ctx(), entry));
            let button = Push::icon(icon, &name).enabled(command.is_some()).hint(&hint);
            if button.show(ui).clicked() {
                scope.commands.extend(command);
            }
        }
        file_ui(ui, scope, transient);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| title_ui(ui, scope));
    });
}

fn title_ui(ui: &mut Ui, scope: &Scope<'_>) {
    text(ui, "Isobar", 15.0, Weight::Bold, theme::INK);
    ui.add_space(theme::S8);
    ui.spacing_mut().item_spacing.x = 6.0;
    let title = survey_title(scope);
    text_truncated(ui, &title, theme::BODY, Weight::SemiBold, theme::INK);
    // Unless the title says so itself.
    let said = ["syntet", "synthet"]
        .iter()
        .any(|word| title.to_lowercase().contains(word));
    if scope.dataset().is_some_and(|data| data.codebook.synthetic) && !said {
        let mark = format!("·  {}", scope.say("ui-synthetic"));
        text_truncated(ui, &mark, theme::BODY, Weight::Regular, theme::SECOND);
    }
}

/// The survey's title, else its file's name.
pub fn survey_title(scope: &Scope<'_>) -> String {
    let of_source = |source: &DataSource| match source {
        DataSource::Sample => scope.say("ui-sample"),
        files => files.file_names().join(" + "),
    };
    match &scope.state.data {
        Data::Nothing => match &scope.state.opening {
            Some(
                Opening::Survey(source)
                | Opening::Again { source, .. }
                | Opening::Change { source, .. }
                | Opening::Step { source, .. },
            ) => of_source(source),
            Some(Opening::Project(path) | Opening::DataOf { path, .. }) => of_source(&DataSource::File(path.clone())),
            None => String::new(),
        },
        Data::Failed { source, .. } => of_source(source),
        Data::Ready { dataset, .. } | Data::Changed { dataset, .. } => {
            match dataset.codebook.title.get(scope.language()) {
                "" => of_source(&scope.state.project.data),
                title => title.to_owned(),
            }
        }
    }
}

fn file_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let name = scope.say("ui-file");
    let button = Push::new(&name).menu().show(ui);
    menu(&button, &name, 300.0, |ui| {
        for id in [
            "open",
            "open-path",
            "open-sample",
            "save",
            "save-as",
            "add-data",
            "join-data",
            "setup",
            "reading",
        ] {
            let Some(entry) = entry(id) else { continue };
            if id == "reading" && !reading::is_offered(scope) {
                continue;
            }
            if entry.command(scope.state).is_some() || entry.is_of_the_window() {
                let shortcut = keys::words_of(ui.ctx(), entry);
                if menu_row(ui, &scope.say(entry.words), &shortcut, false).clicked() {
                    keys::carry_out(entry, scope, transient);
                }
            }
        }
        if !scope.state.recent.is_empty() {
            caption(ui, &scope.say("ui-recent"));
            for path in &scope.state.recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let row = menu_row(ui, &name, "", false).on_hover_text(path.display().to_string());
                if row.clicked() {
                    scope.commands.push(Command::Open(path.clone()));
                }
            }
        }
    });
}

fn language_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let current = scope.language();
    let name = scope.say("ui-language");
    let button = Push::new(current.code()).menu().hint(&name).show(ui);
    menu(&button, &name, 140.0, |ui| {
        for language in Language::ALL {
            let row = menu_row(ui, &scope.say(language_key(language)), "", language == current);
            if row.clicked() {
                scope.send(Command::SetLanguage(language));
            }
        }
    });
}

/// The key of a language's own name.
pub fn language_key(language: Language) -> &'static str {
    match language {
        Language::Da => "ui-danish",
        Language::En => "ui-english",
    }
}

fn export_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let name = scope.say("ui-export");
    let button = Push::new(&name)
        .tone(Tone::Primary)
        .enabled(scope.state.front().scene.is_some())
        .show(ui);
    let shortcut_of = |id| {
        entry(id)
            .map(|entry| keys::words_of(ui.ctx(), entry))
            .unwrap_or_default()
    };
    let (svg, png) = (shortcut_of("export-svg"), shortcut_of("export-png"));
    Popup::menu(&button)
        .gap(4.0)
        .width(280.0)
        .align(egui::RectAlign::BOTTOM_END)
        .accessible_name(name)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .frame(popup_frame(theme::S4 as i8))
        .show(|ui| {
            ui.set_width(270.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            if menu_row(ui, &scope.say("ui-export-svg"), &svg, false).clicked() {
                scope.send(Command::AskExport(FigureFormat::Svg));
            }
            for dpi in DPI {
                let format = FigureFormat::Png { dpi };
                let right = if format == FigureFormat::PNG { png.as_str() } else { "" };
                let row = scope.say_with("ui-export-png-dpi", &[("dpi", &dpi.to_string())]);
                if menu_row(ui, &row, right, false).clicked() {
                    scope.send(Command::AskExport(format));
                }
            }
            if has_network(scope.state) {
                for (words, format) in [
                    ("ui-export-graphml", FigureFormat::GRAPHML),
                    ("ui-export-gexf", FigureFormat::GEXF),
                ] {
                    if menu_row(ui, &scope.say(words), "", false).clicked() {
                        scope.send(Command::AskExport(format));
                    }
                }
            }
        });
}
