//! How a file is read: separator, decimal mark and encoding were found by looking, and can be overruled here. What came
//! of it stands below, so that a wrong guess is seen.

use egui::{Align, Id, Key, Layout, Modal, Ui, vec2};

use super::menus::popup_frame;
use super::settings::choose;
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text, text_truncated};
use super::{Scope, Transient};
use crate::app::{Command, Message, Opening};
use crate::data::{Dataset, Format, ReadOptions};

/// Columns and rows of the file that are shown.
const PREVIEW: (usize, usize) = (5, 5);

const ENCODINGS: [(&str, &str); 5] = [
    ("utf-8", "UTF-8"),
    ("windows-1252", "Windows-1252"),
    ("iso-8859-15", "ISO-8859-15"),
    ("macintosh", "Mac Roman"),
    ("utf-16le", "UTF-16"),
];

/// Whether there is something to choose about the file that is open.
pub fn is_offered(scope: &Scope<'_>) -> bool {
    matches!(&scope.state.project.data, crate::project::DataSource::File(_))
        && scope.dataset().is_some_and(|data| {
            matches!(data.format, Format::Csv | Format::Sav | Format::Dta) || data.sheets.names.len() > 1
        })
}

/// Draws the choices, where they are open.
pub fn reading_ui(ui: &Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    if !transient.reading {
        return;
    }
    let Some(data) = scope.dataset().cloned() else {
        transient.reading = false;
        return;
    };
    let now = match &scope.state.opening {
        Some(Opening::Again { options, .. }) => options.clone(),
        _ => scope.state.project.read.clone(),
    };
    let mut wanted = now.clone();
    let mut done = false;
    let shown = Modal::new(Id::unique("reading"))
        .backdrop_color(egui::Color32::from_black_alpha(70))
        .frame(popup_frame(theme::S24 as i8))
        .show(ui.ctx(), |ui| {
            ui.set_width(560.0);
            ui.spacing_mut().item_spacing.y = theme::S4;
            text(ui, &scope.say("ui-reading-title"), 16.0, Weight::SemiBold, theme::INK);
            ui.add_space(theme::S8);
            ui.scope(|ui| {
                ui.set_max_width(360.0);
                choices_ui(ui, scope, &data, &mut wanted);
            });
            ui.add_space(theme::S12);
            let found = [
                ("variables", scope.count(data.columns.len() as f64)),
                ("rows", scope.count(data.rows as f64)),
            ];
            let arguments = found.each_ref().map(|(name, count)| (*name, count.as_str()));
            let sentence = scope.say_with("ui-reading-found", &arguments);
            text(ui, &sentence, theme::BODY, Weight::SemiBold, theme::INK);
            if let Some(Message::Problem(why)) = scope.state.messages.last() {
                text(ui, why, theme::BODY, Weight::Regular, theme::WARNING);
            }
            ui.add_space(theme::S4);
            preview_ui(ui, &data);
            ui.add_space(theme::S16);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = scope.say("ui-done");
                done = Push::new(&close).tone(Tone::Primary).show(ui).clicked();
                let guess = ReadOptions {
                    separator: None,
                    decimal_comma: None,
                    encoding: None,
                    sheet: None,
                    ..now.clone()
                };
                let back = scope.say("ui-reading-guess");
                if guess != now && Push::new(&back).tone(Tone::Plain).show(ui).clicked() {
                    wanted = guess;
                }
            });
        });
    if wanted != now {
        scope.send(Command::ReadWith(wanted));
    }
    if done || shown.should_close() || ui.input(|input| input.key_pressed(Key::Escape)) {
        transient.reading = false;
    }
}

fn choices_ui(ui: &mut Ui, scope: &Scope<'_>, data: &Dataset, wanted: &mut ReadOptions) {
    let found = scope.say("ui-reading-auto");
    if data.format == Format::Csv {
        let separators = [
            (None, found.clone()),
            (Some(';'), scope.say("ui-separator-semicolon")),
            (Some(','), scope.say("ui-separator-comma")),
            (Some('\t'), scope.say("ui-separator-tab")),
            (Some('|'), scope.say("ui-separator-bar")),
        ];
        if let Some(separator) = choose(ui, &scope.say("ui-separator"), &separators, &wanted.separator) {
            wanted.separator = separator;
        }
        let marks = [
            (None, found.clone()),
            (Some(true), scope.say("ui-decimal-comma")),
            (Some(false), scope.say("ui-decimal-point")),
        ];
        if let Some(comma) = choose(ui, &scope.say("ui-decimal"), &marks, &wanted.decimal_comma) {
            wanted.decimal_comma = comma;
        }
    }
    if data.sheets.names.len() > 1 {
        let sheets: Vec<(Option<String>, String)> = data
            .sheets
            .names
            .iter()
            .map(|name| (Some(name.clone()), name.clone()))
            .collect();
        let now = data.sheets.name().map(str::to_owned);
        if let Some(sheet) = choose(ui, &scope.say("ui-sheet"), &sheets, &now) {
            wanted.sheet = sheet;
        }
    }
    if matches!(data.format, Format::Xlsx | Format::Xls | Format::Ods) {
        // Workbooks say their encoding themselves.
        return;
    }
    let found = if wanted.encoding.is_none() {
        format!("{found}: {}", data.encoding)
    } else {
        found
    };
    let mut encodings = vec![(None, found)];
    encodings.extend(ENCODINGS.map(|(label, name)| (Some(label.to_owned()), name.to_owned())));
    if let Some(own) = &wanted.encoding
        && !ENCODINGS.iter().any(|(label, _)| label == own)
    {
        encodings.push((Some(own.clone()), own.clone()));
    }
    if let Some(encoding) = choose(ui, &scope.say("ui-encoding"), &encodings, &wanted.encoding) {
        wanted.encoding = encoding;
    }
}

/// The first columns and rows, as read.
fn preview_ui(ui: &mut Ui, data: &Dataset) {
    let columns = data.columns.len().min(PREVIEW.0);
    let width = ui.available_width() / columns.max(1) as f32 - theme::S8;
    let row = |ui: &mut Ui, weight: Weight, of: &dyn Fn(usize) -> String| {
        ui.horizontal(|ui| {
            for column in 0..columns {
                ui.allocate_ui(vec2(width, 20.0), |ui| {
                    ui.set_width(width);
                    text_truncated(ui, &of(column), 12.0, weight, theme::SECOND);
                });
            }
        });
    };
    row(ui, Weight::SemiBold, &|column| {
        data.codebook.variables[column].name.to_string()
    });
    for position in 0..data.rows.min(PREVIEW.1) {
        row(ui, Weight::Regular, &|column| {
            let code = data.columns[column].code(position);
            code.map(|code| code.to_string()).unwrap_or_default()
        });
    }
}
