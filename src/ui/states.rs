//! What the window shows when there is no figure: opening, nothing open, not readable, changed, no answer, nobody left;
//! and what floats over it: messages, the question about unsaved changes, a file about to be dropped.

use egui::{
    Align, Align2, Area, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Order, Rect, Sense, Stroke, StrokeKind,
    Ui, Vec2, pos2, vec2,
};

use super::icons::Icon;
use super::menus::popup_frame;
use super::theme::{self, Weight};
use super::top_bar::survey_title;
use super::widgets::{Push, Tone, text, text_truncated};
use super::{Scope, Transient};
use crate::app::{Command, Message, Opening, Severity};
use crate::project::DataSource;

/// Seconds that "saved" and the like stay.
const DONE_SECS: f64 = 4.0;

/// A heading, a sentence and buttons in the middle of the canvas.
fn middle_ui(ui: &mut Ui, heading: &str, sentence: &str, buttons: impl FnOnce(&mut Ui)) {
    let height = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space((height * 0.3).clamp(theme::S32, 280.0));
        ui.set_max_width(600.0);
        text(ui, heading, theme::HEADLINE, Weight::SemiBold, theme::INK);
        ui.add_space(theme::S8);
        text(ui, sentence, theme::BODY, Weight::Regular, theme::SECOND);
        ui.add_space(theme::S24);
        row_centred(ui, "middle-buttons", buttons);
    });
}

/// A row of controls in the middle: its width is that of the frame before.
fn row_centred(ui: &mut Ui, salt: &str, controls: impl FnOnce(&mut Ui)) {
    let id = ui.scope_id().with(salt);
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    ui.horizontal(|ui| {
        ui.add_space(((ui.available_width() - known) / 2.0).max(0.0));
        let width = ui.scope(|ui| ui.horizontal(controls).response.rect.width()).inner;
        if (width - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, width));
            ui.ctx().request_discard("a row of buttons is centred");
        }
    });
}

/// While the first data are read: the shape of what comes.
pub fn opening_ui(ui: &mut Ui, scope: &Scope<'_>) {
    Frame::new().inner_margin(Margin::same(24)).show(ui, |ui| {
        let name = survey_title(scope);
        let sentence = scope.say_with("ui-opening", &[("survey", &name)]);
        text(ui, &sentence, theme::BODY, Weight::Medium, theme::SECOND);
        ui.add_space(theme::S12);
        skeleton_ui(ui, scope);
    });
}

/// The shape of a figure, before the first answer is there.
pub fn skeleton_ui(ui: &mut Ui, scope: &Scope<'_>) {
    let size = vec2(ui.available_width(), 420.0);
    let (card, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = scope.say("ui-waiting");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &spoken));
    card_frame(ui, card);
    let painter = ui.painter();
    let bar = |x: f32, y: f32, width: f32, height: f32| {
        let rect = Rect::from_min_size(card.min + vec2(x, y), vec2(width, height));
        painter.rect_filled(rect, CornerRadius::same(3), theme::CANVAS);
    };
    let width = card.width();
    bar(28.0, 28.0, width * 0.6, 20.0);
    bar(28.0, 60.0, width * 0.4, 12.0);
    for (row, share) in [0.62, 0.44, 0.31, 0.27, 0.2, 0.12, 0.07].into_iter().enumerate() {
        let y = 104.0 + 38.0 * row as f32;
        bar(28.0, y + 3.0, width * 0.2, 12.0);
        bar(28.0 + width * 0.27, y, width * share, 18.0);
    }
    bar(28.0, card.height() - 36.0, width * 0.7, 10.0);
}

fn card_frame(ui: &Ui, card: Rect) {
    ui.painter().rect(
        card,
        CornerRadius::same(theme::CARD_RADIUS),
        theme::SURFACE,
        Stroke::new(1.0, theme::HAIRLINE),
        StrokeKind::Inside,
    );
}

/// A button that sends a command.
fn command_ui(ui: &mut Ui, scope: &mut Scope<'_>, key: &str, tone: Tone, command: Command) {
    let name = scope.say(key);
    if Push::new(&name).tone(tone).show(ui).clicked() {
        scope.send(command);
    }
}

/// Nothing is open.
pub fn nothing_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let (heading, sentence) = (scope.say("ui-nothing"), scope.say("ui-nothing-hint"));
    middle_ui(ui, &heading, &sentence, |ui| {
        command_ui(ui, scope, "ui-open", Tone::Primary, Command::AskOpen);
        command_ui(ui, scope, "ui-open-sample", Tone::Quiet, Command::OpenSample);
    });
}

/// The data could not be read.
pub fn failed_ui(ui: &mut Ui, scope: &mut Scope<'_>, message: &str) {
    let heading = scope.say("ui-failed");
    middle_ui(ui, &heading, message, |ui| {
        command_ui(ui, scope, "ui-locate", Tone::Primary, Command::AskLocate);
        command_ui(ui, scope, "ui-open-another", Tone::Quiet, Command::AskOpen);
        command_ui(ui, scope, "ui-open-sample", Tone::Quiet, Command::OpenSample);
    });
}

/// The data are not those that the project was saved with.
pub fn changed_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let (heading, sentence) = (scope.say("ui-changed"), scope.say("ui-changed-hint"));
    middle_ui(ui, &heading, &sentence, |ui| {
        command_ui(
            ui,
            scope,
            "ui-changed-accept",
            Tone::Primary,
            Command::AcceptChangedData,
        );
        command_ui(ui, scope, "ui-locate", Tone::Quiet, Command::AskLocate);
    });
}

/// A card with a sentence in place of a figure.
fn sentence_card_ui(ui: &mut Ui, heading: &str, sentence: &str, buttons: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(theme::SURFACE)
        .stroke(Stroke::new(1.0, theme::HAIRLINE))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::symmetric(32, 48))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.vertical_centered(|ui| {
                text(ui, heading, 16.0, Weight::SemiBold, theme::INK);
                ui.add_space(theme::S8);
                ui.scope(|ui| {
                    ui.set_max_width(560.0);
                    text(ui, sentence, theme::BODY, Weight::Regular, theme::SECOND);
                });
                ui.add_space(theme::S16);
                row_centred(ui, "card-buttons", buttons);
            });
        });
}

/// The query has no answer.
pub fn no_answer_ui(ui: &mut Ui, scope: &mut Scope<'_>, message: &str) {
    let heading = scope.say("ui-no-answer");
    sentence_card_ui(ui, &heading, message, |ui| {
        if scope.state.can_undo() {
            command_ui(ui, scope, "ui-undo", Tone::Quiet, Command::Undo);
        }
    });
}

/// The filter and the base leave nobody.
pub fn nobody_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let filtered = !scope.state.project.filter.chips.is_empty();
    let heading = scope.say("ui-nobody");
    let sentence = scope.say(if filtered { "ui-nobody-filter" } else { "ui-nobody-base" });
    sentence_card_ui(ui, &heading, &sentence, |ui| {
        if filtered {
            command_ui(ui, scope, "ui-clear-filter", Tone::Primary, Command::ClearFilter);
        }
    });
}

/// How far a file is being read, and the way to leave it: a card that floats, because what was open stays meanwhile.
pub fn progress_ui(ui: &Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    /// What is there sooner is not announced.
    const SOON_SECS: f64 = 0.4;
    if scope.state.opening.is_none() {
        transient.opening_since = None;
        return;
    }
    let now = ui.input(|input| input.time);
    let since = *transient.opening_since.get_or_insert(now);
    if now - since < SOON_SECS {
        ui.ctx()
            .request_repaint_after_secs((SOON_SECS - (now - since)) as f32 + 0.02);
        return;
    }
    let name = opening_name(scope);
    let sentence = scope.say_with("ui-opening", &[("survey", &name)]);
    let fraction = scope.state.progress;
    let cancel = scope.say("ui-cancel");
    Area::new(Id::unique("progress"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(ui.ctx(), |ui| {
            popup_frame(20).show(ui, |ui| {
                ui.set_width(380.0);
                text_truncated(ui, &sentence, theme::BODY, Weight::SemiBold, theme::INK);
                ui.add_space(theme::S8);
                ui.horizontal(|ui| {
                    let percent = match fraction {
                        Some(fraction) => format!("{:.0} %", 100.0 * fraction),
                        None => String::new(),
                    };
                    let (rect, response) = ui.allocate_exact_size(vec2(240.0, 8.0), Sense::hover());
                    response.widget_info(|| {
                        let mut info = egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &sentence);
                        info.current_text_value = Some(percent.clone());
                        info
                    });
                    bar_ui(ui, rect, fraction, now);
                    ui.allocate_ui(vec2(44.0, theme::CONTROL), |ui| {
                        ui.set_width(44.0);
                        text(ui, &percent, theme::BODY, Weight::Medium, theme::SECOND);
                    });
                    if Push::new(&cancel).show(ui).clicked() {
                        scope.send(Command::CancelOpening);
                    }
                });
            });
        });
}

/// A bar filled as far as known; a part that wanders where it is not.
fn bar_ui(ui: &Ui, rect: Rect, fraction: Option<f32>, now: f64) {
    let round = CornerRadius::same(4);
    ui.painter().rect_filled(rect, round, theme::HAIRLINE);
    let (from, to) = match fraction {
        Some(fraction) => (0.0, fraction.clamp(0.0, 1.0)),
        None => {
            ui.ctx().request_repaint();
            let at = (now * 0.8).fract() as f32 * 1.3 - 0.3;
            (at.max(0.0), (at + 0.3).min(1.0))
        }
    };
    let full = Rect::from_min_max(
        pos2(rect.left() + rect.width() * from, rect.top()),
        pos2(rect.left() + rect.width() * to, rect.bottom()),
    );
    ui.painter().rect_filled(full, round, theme::ACCENT);
}

/// What is being opened.
fn opening_name(scope: &Scope<'_>) -> String {
    let of_path = |path: &std::path::Path| {
        path.file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned()
    };
    let of_source = |source: &DataSource| match source {
        DataSource::Sample => scope.say("ui-sample"),
        files => files.file_names().join(" + "),
    };
    match &scope.state.opening {
        Some(
            Opening::Survey(source)
            | Opening::Again { source, .. }
            | Opening::Change { source, .. }
            | Opening::Step { source, .. },
        ) => of_source(source),
        Some(Opening::Project(path) | Opening::DataOf { path, .. }) => of_path(path),
        None => String::new(),
    }
}

/// Over the figure of a file that no codebook knows: the way to say what its columns mean.
pub fn unknown_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let setup = &scope.state.setup;
    let Some(data) = scope.dataset().filter(|_| scope.state.can_be_set_up()) else {
        return;
    };
    let guesses = setup.open_guesses();
    let unconfirmed = &data.codebook.unconfirmed;
    let marked = unconfirmed.roles.len() + unconfirmed.questions.len();
    // A few guesses beside all that a codebook says are no reason to stop anybody.
    let many = guesses >= 3 && transient.seen_setup.as_ref() != Some(&data.fingerprint);
    let put_away = transient.no_setup.as_ref() == Some(&data.fingerprint);
    if put_away || !(many || marked > 0 || setup.is_changed()) {
        return;
    }
    let fingerprint = data.fingerprint.clone();
    let sentence = match (marked, setup.is_changed()) {
        (_, true) => scope.say("ui-setup-unsaved"),
        (_, false) if many => scope.say_with("ui-setup-unknown", &[("count", &scope.count(guesses as f64))]),
        (marked, false) => scope.say_with("ui-setup-marked", &[("count", &scope.count(marked as f64))]),
    };
    Frame::new()
        .fill(theme::ACCENT_SOFT)
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::symmetric(16, 8))
        .show(ui, |ui| {
            let row = vec2(ui.available_width(), theme::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                let later = scope.say("ui-setup-later");
                if Push::icon(Icon::Close, &later).tone(Tone::Plain).show(ui).clicked() {
                    transient.no_setup = Some(fingerprint);
                }
                if Push::new(&scope.say("ui-setup")).show(ui).clicked() {
                    scope.send(Command::ShowSetup(true));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    text_truncated(ui, &sentence, theme::BODY, Weight::Regular, theme::ACCENT_DEEP);
                });
            });
        });
    ui.add_space(theme::S12);
}

/// The newest message, over the lower edge of the canvas.
pub fn messages_ui(ui: &Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(message) = scope.state.messages.last() else {
        transient.message_seen = None;
        return;
    };
    let newest = scope.state.messages.len() - 1;
    let now = ui.input(|input| input.time);
    let seen = match &transient.message_seen {
        Some((known, since)) if known == message => *since,
        _ => {
            transient.message_seen = Some((message.clone(), now));
            now
        }
    };
    let is_problem = message.severity() == Severity::Problem;
    if !is_problem {
        let left = DONE_SECS - (now - seen);
        if left <= 0.0 {
            scope.send(Command::Dismiss(newest));
            return;
        }
        ui.ctx().request_repaint_after_secs(left as f32 + 0.05);
    }
    let name_of = |path: &std::path::Path| path.display().to_string();
    let words = match message {
        Message::Saved(path) => scope.say_with("ui-message-saved", &[("file", &name_of(path))]),
        Message::CodebookSaved(path) => scope.say_with("ui-message-codebook", &[("file", &name_of(path))]),
        Message::Exported(path) => scope.say_with("ui-message-exported", &[("file", &name_of(path))]),
        Message::Problem(sentence) => sentence.clone(),
    };
    let close = scope.say("ui-message-close");
    Area::new(Id::unique("message"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -46.0))
        .show(ui.ctx(), |ui| {
            popup_frame(0)
                .inner_margin(Margin {
                    left: 16,
                    right: 8,
                    top: 8,
                    bottom: 8,
                })
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let (icon, colour) = if is_problem {
                            (Icon::Warning, theme::WARNING)
                        } else {
                            (Icon::Tick, theme::DONE)
                        };
                        let (rect, _) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::hover());
                        icon.paint(ui.painter(), rect, colour);
                        ui.scope(|ui| {
                            ui.set_max_width(520.0);
                            text(ui, &words, theme::BODY, Weight::Regular, theme::INK);
                        });
                        if Push::icon(Icon::Close, &close).tone(Tone::Plain).show(ui).clicked() {
                            scope.send(Command::Dismiss(newest));
                        }
                    });
                });
        });
}

/// The question whether unsaved changes are to be saved.
pub fn confirm_ui(ui: &Ui, scope: &mut Scope<'_>) {
    if scope.state.confirm.is_none() {
        return;
    }
    let shown = Modal::new(Id::unique("confirm"))
        .backdrop_color(egui::Color32::from_black_alpha(70))
        .frame(popup_frame(theme::S24 as i8))
        .show(ui.ctx(), |ui| {
            ui.set_width(400.0);
            let codebook = scope.state.confirm.as_ref().is_some_and(|confirm| confirm.codebook);
            let key = if codebook { "ui-confirm-codebook" } else { "ui-confirm" };
            text(ui, &scope.say(key), 16.0, Weight::SemiBold, theme::INK);
            ui.add_space(theme::S8);
            text(
                ui,
                &scope.say(if codebook {
                    "ui-confirm-codebook-hint"
                } else {
                    "ui-confirm-hint"
                }),
                theme::BODY,
                Weight::Regular,
                theme::SECOND,
            );
            ui.add_space(theme::S24);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                command_ui(ui, scope, "ui-confirm-save", Tone::Primary, Command::SaveFirst);
                command_ui(ui, scope, "ui-confirm-discard", Tone::Quiet, Command::DiscardChanges);
                command_ui(ui, scope, "ui-cancel", Tone::Plain, Command::Cancel);
            });
        });
    if shown.should_close() || ui.input(|input| input.key_pressed(Key::Escape)) {
        scope.send(Command::Cancel);
    }
}

/// What happens when the file over the window is let go.
pub fn drop_ui(ui: &Ui, scope: &Scope<'_>) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ui
        .ctx()
        .layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("drop")));
    let rect = ui.ctx().content_rect();
    painter.rect_filled(rect, 0.0, theme::ACCENT_SOFT.gamma_multiply(0.92));
    painter.rect_stroke(
        rect.shrink(theme::S16),
        CornerRadius::same(theme::CARD_RADIUS),
        Stroke::new(2.0, theme::ACCENT),
        StrokeKind::Inside,
    );
    let words = scope.say("ui-drop");
    let font = theme::font(theme::HEADLINE, Weight::SemiBold);
    painter.text(
        pos2(rect.center().x, rect.center().y),
        Align2::CENTER_CENTER,
        words,
        font,
        theme::ACCENT_DEEP,
    );
}
