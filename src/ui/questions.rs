//! The questions at the left: searchable, by topic; a click or the arrow keys show one.

use egui::{CornerRadius, EventFilter, Frame, Id, Key, Margin, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::choices::Entry;
use super::fields::{search_field, select_all};
use super::icons::Icon;
use super::theme::{self, Weight};
use super::widgets::{focus_ring, line, text, text_at, wrapped};
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::{Dataset, QuestionKind};
use crate::measure::Measure;
use crate::project::Analysis;
use crate::project::analyses::question_of;

/// Draws the list.
pub fn questions_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(data) = scope.dataset().cloned() else { return };
    let entries = transient.questions(&data, scope.language(), &scope.say("ui-background"));
    let measure = scope.state.project.view().measure.clone();
    let place = place_of(&entries, &measure, &data);
    let shown = place.map(|place| &entries[place]);

    let field = Frame::new()
        .inner_margin(Margin {
            left: 12,
            right: 12,
            top: 12,
            bottom: 8,
        })
        .show(ui, |ui| {
            let id = Id::unique("question-search");
            let count = entries.iter().filter(|entry| entry.analysis.is_none()).count();
            let hint = scope.say_with("ui-search", &[("count", &count.to_string())]);
            // Before the field is drawn: what is typed in the same frame must not be lost.
            if std::mem::take(&mut transient.focus_search) {
                ui.memory_mut(|memory| memory.request_focus(id));
                select_all(ui, id, &transient.search);
            }
            search_field(ui, id, &mut transient.search, &hint)
        })
        .inner;
    let found: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.matches(&transient.search))
        .collect();
    let key = |key| ui.input(|input| input.key_pressed(key));
    if field.lost_focus() && key(Key::Enter) && !transient.search.is_empty() {
        // A title says more than the wording of an answer, and a question is asked for more often than an analysis.
        let called = |entry: &&&Entry| entry.is_called(&transient.search);
        let question = found.iter().find(|entry| entry.analysis.is_none() && called(entry));
        let best = question.or(found.iter().find(called));
        if let Some(entry) = best.or(found.first()) {
            scope.send(command_of(entry));
        }
        transient.focus_question = true;
    } else if field.has_focus() && key(Key::ArrowDown) {
        let already = found.iter().any(|entry| Some(*entry) == shown);
        if let Some(first) = found.first().filter(|_| !already) {
            scope.send(command_of(first));
        }
        transient.focus_question = true;
    }
    if field.lost_focus() && key(Key::Escape) {
        transient.search.clear();
    }

    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if found.is_empty() {
            Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
                let sentence = scope.say_with("ui-search-nothing", &[("search", transient.search.trim())]);
                text(ui, &sentence, theme::BODY, Weight::Regular, theme::SECOND);
            });
        }
        let unconfirmed = scope.say("ui-unconfirmed-hint");
        let mut topic: Option<&str> = None;
        for (position, entry) in found.iter().enumerate() {
            if topic != Some(&entry.topic) {
                topic = Some(&entry.topic);
                // A topic of one question with its name would say everything twice.
                if entry.is_alone_in_topic {
                    ui.add_space(if position == 0 { theme::S4 } else { theme::S16 });
                } else if !entry.topic.is_empty() {
                    topic_ui(ui, &entry.topic, position == 0);
                }
            }
            let chosen = shown == Some(*entry);
            if let Some(next) = row_ui(ui, entry, chosen, position, &found, &unconfirmed, transient) {
                scope.send(next);
            }
        }
        ui.add_space(theme::S16);
    });
}

/// What a click on a row sends.
fn command_of(entry: &Entry) -> Command {
    match &entry.analysis {
        Some((_, measure)) => Command::SetMeasure(measure.clone()),
        None => Command::ShowQuestion(entry.id.clone()),
    }
}

/// The row of what is shown: that of the analysis where it is one of the list's, else that of its question.
fn place_of(entries: &[Entry], measure: &Measure, data: &Dataset) -> Option<usize> {
    let analysis = Analysis::of(measure);
    let is_analysis = |entry: &Entry| match &entry.analysis {
        Some((Analysis::Network, of)) => analysis == Some(Analysis::Network) && of.question() == measure.question(),
        Some((known, _)) => analysis == Some(*known),
        None => false,
    };
    entries.iter().position(is_analysis).or_else(|| {
        let question = question_of(measure, data)?.id;
        entries
            .iter()
            .position(|entry| entry.analysis.is_none() && entry.id == question)
    })
}

fn topic_ui(ui: &mut Ui, topic: &str, first: bool) {
    ui.add_space(if first { theme::S4 } else { theme::S16 });
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        text(ui, topic, theme::SMALL, Weight::SemiBold, theme::CAPTION);
    });
    ui.add_space(theme::S4);
}

/// Draws a row; gives what to do when it is clicked or an arrow key moves on from it.
fn row_ui(
    ui: &mut Ui,
    entry: &Entry,
    chosen: bool,
    position: usize,
    found: &[&Entry],
    hint: &str,
    transient: &mut Transient,
) -> Option<Command> {
    const EDGE: f32 = 8.0;
    let width = ui.available_width();
    let (weight, ink) = if chosen {
        (Weight::SemiBold, theme::ACCENT_DEEP)
    } else {
        (Weight::Regular, theme::INK)
    };
    let mut parts = if entry.parts > 0 {
        entry.parts.to_string()
    } else {
        String::new()
    };
    let mut number_ink = theme::CAPTION;
    if entry.is_unconfirmed {
        parts.push_str(" ?");
        number_ink = theme::WARNING;
    }
    let number = line(ui, &parts, theme::SMALL, Weight::Regular, number_ink, 40.0);
    let galley = wrapped(
        ui,
        &entry.title,
        theme::BODY,
        weight,
        ink,
        width - 2.0 * EDGE - 30.0 - 34.0,
    );
    let height = (galley.size().y + 12.0).max(theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &entry.title));
    let row = Rect::from_min_max(
        pos2(rect.left() + EDGE, rect.top()),
        pos2(rect.right() - EDGE, rect.bottom()),
    );
    if chosen && std::mem::take(&mut transient.focus_question) {
        response.request_focus();
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(rect) {
        let radius = CornerRadius::same(theme::RADIUS);
        if chosen {
            ui.painter().rect_filled(row, radius, theme::ACCENT_SOFT);
        } else if response.hovered() {
            ui.painter().rect_filled(row, radius, theme::HOVER);
        }
        let icon = match (&entry.analysis, entry.kind) {
            (Some((Analysis::Roles, _)), _) => Icon::Roles,
            (Some((Analysis::Network, _)), _) => Icon::Network,
            (Some((Analysis::Effect, _)), _) => Icon::Effect,
            (Some(_), _) => Icon::Curve,
            (None, QuestionKind::Single) => Icon::Dot,
            (None, QuestionKind::Multiple) => Icon::Boxes,
            (None, QuestionKind::Battery) => Icon::Scale,
            (None, QuestionKind::Numeric) => Icon::Number,
        };
        let colour = if chosen { theme::ACCENT } else { theme::THIRD };
        // Beside the first line of a title of two.
        let first = rect.top() + 6.0 + galley.rows.first().map_or(8.0, |line| line.size.y / 2.0);
        let first = if galley.rows.len() > 1 { first } else { rect.center().y };
        icon.paint(
            ui.painter(),
            Rect::from_center_size(pos2(row.left() + 16.0, first), Vec2::splat(16.0)),
            colour,
        );
        let y = if galley.rows.len() > 1 {
            rect.top() + 6.0
        } else {
            rect.center().y - galley.size().y / 2.0
        };
        ui.painter().galley(pos2(row.left() + 32.0, y), galley, ink);
        let x = row.right() - 10.0 - number.size().x;
        let beside = Rect::from_center_size(pos2(row.center().x, first), row.size());
        text_at(ui, number, x, beside);
        focus_ring(ui, &response.clone().with_new_rect(row.shrink(1.0)), theme::RADIUS);
    }
    let response = if entry.is_unconfirmed {
        response.on_hover_text(hint)
    } else {
        response
    };
    if response.clicked() {
        return Some(command_of(entry));
    }
    if response.has_focus() {
        // The arrows belong to the list, not to egui's own moving of the focus.
        let filter = EventFilter {
            vertical_arrows: true,
            ..Default::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let step =
            ui.input(|input| i32::from(input.key_pressed(Key::ArrowDown)) - i32::from(input.key_pressed(Key::ArrowUp)));
        let next = position.checked_add_signed(step as isize)?;
        if step != 0
            && let Some(entry) = found.get(next)
        {
            transient.focus_question = true;
            return Some(command_of(entry));
        }
    }
    None
}
