//! The middle: view tabs, quick breakdowns, and the card with the figure, painted from its scene.

use egui::{
    Align, CornerRadius, CursorIcon, EventFilter, Frame, Id, Key, Layout, Margin, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::choices;
use super::fields::{field, select_all};
use super::icons::Icon;
use super::menus::select;
use super::scene::{Placement, colour, paint};
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, focus_ring, line, text, text_at};
use super::{Scope, Transient, handles, reading_plot, results, states};
use crate::app::{Answer, Command, Data};
use crate::figure::Scene;
use crate::measure::Measure;

/// A figure is not blown up further than this: its type would outgrow the window's.
const MOST_ZOOM: f32 = 1.35;
/// Nor shrunk further: its notes could not be read. It is then scrolled sideways.
const LEAST_ZOOM: f32 = 0.7;

/// Draws the middle.
pub fn canvas_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    match &scope.state.data {
        Data::Ready { .. } => ready_ui(ui, scope, transient),
        Data::Nothing if scope.state.opening.is_some() => states::opening_ui(ui, scope),
        Data::Nothing => states::nothing_ui(ui, scope),
        Data::Failed { message, .. } => states::failed_ui(ui, scope, message),
        Data::Changed { .. } => states::changed_ui(ui, scope),
    }
}

fn ready_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    // One column, in the middle of a wide window: tabs and card keep their common edge.
    let widest = scope.state.project.view().look.width_pt * MOST_ZOOM;
    let side = ((ui.available_width() - widest) / 2.0).max(theme::S24);
    egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        let column = Rect::from_min_max(
            room.min + vec2(side, theme::S12),
            pos2(room.right() - side, room.bottom()),
        );
        ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            states::unknown_ui(ui, scope, transient);
            tabs_ui(ui, scope, transient);
            ui.add_space(theme::S12);
            if is_broken_down(&scope.state.project.view().measure) {
                breakdown_ui(ui, scope);
                ui.add_space(theme::S12);
            }
            card_ui(ui, scope, transient);
            results::results_ui(ui, scope, transient);
            ui.add_space(theme::S24);
        });
    });
}

fn tabs_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let project = &scope.state.project;
    let front = project.front();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme::S4, theme::S4);
        for (position, view) in project.views.iter().enumerate() {
            if let Some((renamed, name)) = &mut transient.renaming
                && *renamed == position
            {
                let id = Id::unique("rename-view");
                let spoken = scope.say("ui-view-name");
                let response = ui
                    .allocate_ui(vec2(180.0, theme::CONTROL), |ui| {
                        ui.set_max_width(180.0);
                        field(ui, id, name, &spoken, "")
                    })
                    .inner;
                if response.lost_focus() {
                    let done = !ui.input(|input| input.key_pressed(Key::Escape));
                    let name = name.trim().to_owned();
                    transient.renaming = None;
                    if done && !name.is_empty() {
                        scope.send(Command::RenameView(position, name));
                        scope.send(Command::EndEdit);
                    }
                } else if !response.has_focus() {
                    response.request_focus();
                    if let Some((_, name)) = &transient.renaming {
                        select_all(ui, id, name);
                    }
                }
                continue;
            }
            let can_close = position == front && project.views.len() > 1;
            let (response, closed) = tab_ui(ui, &view.name, position, position == front, can_close, scope);
            if closed {
                scope.send(Command::RemoveView(position));
            } else if response.double_clicked() {
                transient.renaming = Some((position, view.name.clone()));
            } else if response.clicked() && position != front {
                scope.send(Command::SelectView(position));
            }
            let hint = scope.say("ui-view-rename-hint");
            response.on_hover_text(hint);
        }
        let name = scope.say("ui-add-view");
        if Push::icon(Icon::Plus, &name).tone(Tone::Plain).show(ui).clicked() {
            scope.send(Command::AddView);
        }
    });
}

fn tab_ui(
    ui: &mut Ui,
    name: &str,
    position: usize,
    front: bool,
    can_close: bool,
    scope: &Scope<'_>,
) -> (Response, bool) {
    let (weight, ink) = if front {
        (Weight::SemiBold, theme::INK)
    } else {
        (Weight::Regular, theme::SECOND)
    };
    let galley = line(ui, name, theme::BODY, weight, ink, 240.0);
    let close = if can_close { 22.0 } else { 0.0 };
    let (rect, _) = ui.allocate_exact_size(
        vec2(galley.size().x + 2.0 * theme::S12 + close, theme::CONTROL + 2.0),
        Sense::hover(),
    );
    let body = Rect::from_min_max(rect.min, pos2(rect.right() - close, rect.bottom()));
    let response = ui.interact(body, ui.scope_id().with(("tab", position)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, front, name));
    let radius = CornerRadius::same(theme::RADIUS);
    if front {
        let outline = Stroke::new(1.0, theme::HAIRLINE);
        ui.painter()
            .rect(rect, radius, theme::SURFACE, outline, StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius, theme::HAIRLINE);
    }
    text_at(ui, galley, rect.left() + theme::S12, rect);
    let mut closed = false;
    if can_close {
        let cross = Rect::from_min_max(
            pos2(body.right() - 6.0, rect.top()),
            pos2(rect.right() - 6.0, rect.bottom()),
        );
        let spoken = scope.say_with("ui-view-close", &[("view", name)]);
        let button = ui.interact(cross, ui.scope_id().with(("tab-close", position)), Sense::click());
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        let ink = if button.hovered() { theme::INK } else { theme::THIRD };
        Icon::Close.paint(ui.painter(), cross, ink);
        focus_ring(ui, &button.clone().with_new_rect(cross.shrink2(vec2(0.0, 4.0))), 4);
        closed = button.clicked();
        button.on_hover_text(spoken);
    }
    focus_ring(ui, &response.clone().with_new_rect(rect), theme::RADIUS);
    (response, closed)
}

/// Whether what is shown can be broken down: a model has its terms instead.
pub(super) fn is_broken_down(measure: &Measure) -> bool {
    !matches!(measure, Measure::Model(_))
}

/// Sector, size and respondent type in one click; any other variable in two.
fn breakdown_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let language = scope.language();
    let by = scope.state.project.view().by.clone();
    let breakdowns = scope.state.breakdowns();
    let quick: Vec<_> = scope
        .state
        .filter_variables()
        .into_iter()
        .filter(|variable| variable.role.is_some_and(|role| choices::FIRST.contains(&role)))
        .collect();
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme::S4, theme::S4);
        text(ui, &scope.say("ui-by"), theme::BODY, Weight::Regular, theme::CAPTION);
        ui.add_space(theme::S4);
        let none = scope.say("ui-by-none");
        if Push::new(&none)
            .tone(Tone::Plain)
            .chosen(by.is_none())
            .show(ui)
            .clicked()
        {
            wanted = Some(None);
        }
        for variable in &quick {
            let chosen = by.as_ref() == Some(&variable.name);
            let title = variable.title(language);
            let words = scope.say_with("ui-by-variable", &[("variable", title)]);
            let unconfirmed = scope.is_unconfirmed(&variable.name);
            let marked = format!("{title} ?");
            let hint = scope.say("ui-unconfirmed-hint");
            let (shown, hint) = if unconfirmed {
                (marked.as_str(), hint.as_str())
            } else {
                (title, "")
            };
            let button = Push::new(shown)
                .tone(Tone::Plain)
                .chosen(chosen)
                .spoken(&words)
                .hint(hint);
            if button.show(ui).clicked() {
                wanted = Some(if chosen { None } else { Some(variable.name.clone()) });
            }
        }
        let other = by
            .as_ref()
            .filter(|by| !quick.iter().any(|variable| variable.name == **by))
            .and_then(|by| breakdowns.iter().find(|(known, _)| known == by));
        let current = match other {
            Some((_, title)) => title.clone(),
            None => scope.say("ui-by-other"),
        };
        ui.allocate_ui(vec2(148.0, theme::CONTROL), |ui| {
            ui.set_width(148.0);
            let name = scope.say("ui-by-other");
            let rows = |ui: &mut Ui| {
                let mut clicked = None;
                for (known, title) in &breakdowns {
                    let chosen = by.as_ref() == Some(known);
                    if super::menus::menu_row(ui, title, "", chosen).clicked() {
                        clicked = Some(known.clone());
                    }
                }
                clicked
            };
            if let Some(var) = select(ui, &name, &current, rows) {
                wanted = Some(Some(var));
            }
        });
    });
    if let Some(by) = wanted {
        scope.send(Command::BreakDown(by));
    }
}

fn card_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let front = scope.state.front();
    match (front.answer, front.scene) {
        (Some(Answer::Failed(message)), _) => states::no_answer_ui(ui, scope, message),
        (Some(Answer::Table(table)), Some(scene)) => {
            if table.base.n == 0 && !front.stale {
                states::nobody_ui(ui, scope);
            } else {
                let (table, scene, stale) = (table.clone(), scene.clone(), front.stale);
                if reading_plot::switch_ui(ui, scope, transient, &table) {
                    let look = &scope.state.project.view().look;
                    reading_plot::reading_plot_ui(ui, scope, transient, &table, look);
                } else {
                    figure_ui(ui, scope, transient, &scene, stale);
                }
            }
        }
        _ => states::skeleton_ui(ui, scope),
    }
}

fn figure_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient, scene: &Scene, stale: bool) {
    let room = ui.available_width();
    let zoom = (room / scene.width).clamp(LEAST_ZOOM, MOST_ZOOM);
    let size = vec2(scene.width, scene.height) * zoom;
    let (line, _) = ui.allocate_exact_size(vec2(room.max(size.x), size.y), Sense::hover());
    let card = Rect::from_min_size(pos2(line.center().x - size.x / 2.0, line.top()), size);
    let place = Placement { origin: card.min, zoom };

    // One stop for the Tab key; the arrows then go from mark to mark.
    let id = ui.scope_id().with("figure");
    let response = ui.interact(card, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &scene.alt));
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    let outline = Stroke::new(1.0, theme::HAIRLINE);
    let mut painter = ui.painter_at(card.expand(2.0).intersect(ui.clip_rect()));
    painter.rect(card, radius, colour(scene.background), outline, StrokeKind::Inside);
    if stale {
        painter.set_opacity(0.45);
    }
    paint(&painter, scene, place);
    focus_ring(ui, &response, theme::CARD_RADIUS);

    let marks = scene.abouts.len().min(scene.hits.len());
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let step = ui.input(|input| {
            let pressed = |key| i32::from(input.key_pressed(key));
            pressed(Key::ArrowDown) + pressed(Key::ArrowRight) - pressed(Key::ArrowUp) - pressed(Key::ArrowLeft)
        });
        if step != 0 && marks > 0 {
            let now = transient.mark.map_or(if step > 0 { -1 } else { 0 }, |mark| mark as i32);
            transient.mark = Some((now + step).rem_euclid(marks as i32) as usize);
        }
    } else {
        transient.mark = None;
    }

    let mut shown = None;
    for (mark, (about, hit)) in scene.abouts.iter().zip(&scene.hits).enumerate() {
        let rect = place.rect(*hit);
        let over = ui.interact(rect, id.with(mark), Sense::hover());
        let spoken = || format!("{}: {}", about.title, about.lines.join(", "));
        over.widget_info(|| WidgetInfo::labeled(Role::GraphicsSymbol, true, spoken()));
        if over.hovered() {
            shown = Some((mark, rect, true));
        } else if shown.is_none() && transient.mark == Some(mark) {
            shown = Some((mark, rect, false));
        }
    }
    let by_pointer = matches!(shown, Some((.., true)));
    if !by_pointer && let Some((mark, rect)) = handles::line_under(ui, scene, place) {
        shown = Some((mark, rect, true));
    }
    let dragged = !stale && handles::handles_ui(ui, scope, scene, place, id);
    if let Some((mark, rect, by_pointer)) = shown
        && !stale
        && !dragged
    {
        if by_pointer {
            if scene.handles.is_empty() {
                ui.ctx().set_cursor_icon(CursorIcon::Default);
            }
        } else {
            let ring = Stroke::new(1.5, theme::ACCENT);
            ui.painter()
                .rect_stroke(rect, CornerRadius::same(3), ring, StrokeKind::Outside);
            ui.scroll_to_rect(rect, None);
        }
        about_ui(ui, &scene.abouts[mark], rect, by_pointer);
    }
}

/// The dark card with what a mark stands for.
fn about_ui(ui: &Ui, about: &crate::figure::About, mark: Rect, by_pointer: bool) {
    let pointer = ui.ctx().pointer_hover_pos().filter(|_| by_pointer);
    let anchor = match pointer {
        Some(at) => pos2(at.x + 16.0, at.y + 16.0),
        None => pos2(mark.right().min(mark.left() + 200.0), mark.bottom() + theme::S8),
    };
    egui::Area::new(Id::unique("about"))
        .order(egui::Order::Tooltip)
        .interactable(false)
        .constrain(true)
        .fixed_pos(anchor)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(theme::TOOLTIP)
                .corner_radius(CornerRadius::same(theme::RADIUS))
                .shadow(theme::SHADOW)
                .inner_margin(Margin::symmetric(12, 10))
                .show(ui, |ui| {
                    ui.set_max_width(320.0);
                    ui.spacing_mut().item_spacing.y = theme::S4;
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        text(ui, &about.title, theme::BODY, Weight::SemiBold, theme::SURFACE);
                        for words in &about.lines {
                            text(ui, words, 12.0, Weight::Regular, theme::TOOLTIP_SECOND);
                        }
                    });
                });
        });
}
