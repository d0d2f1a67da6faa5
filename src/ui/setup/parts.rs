//! A row of the page in, painted with its two buttons.

use egui::{Color32, CornerRadius, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::super::Scope;
use super::super::icons::Icon;
use super::super::theme::{self, Weight};
use super::super::widgets::{Push, focus_ring, line};
use super::Page;
use super::rows::{Row, Standing};
use crate::app::Command;

/// The height of a row.
pub const ROW: f32 = 54.0;
/// Room at the right for confidence and buttons.
const RIGHT: f32 = 236.0;

/// Draws a row; a click shows its details.
pub fn row_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page, row: &Row) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let chosen = page.chosen.as_ref() == Some(&row.chosen);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &row.name));
    let painter = ui.painter();
    let inner = rect.shrink2(vec2(2.0, 1.0));
    if chosen {
        painter.rect_filled(inner, CornerRadius::same(theme::RADIUS), theme::ACCENT_SOFT);
    } else if response.hovered() {
        painter.rect_filled(inner, CornerRadius::same(theme::RADIUS), theme::HOVER);
    }
    let refused = row.standing == Standing::Refused;
    let (ink, second) = match refused {
        true => (theme::THIRD, theme::THIRD),
        false => (theme::INK, theme::SECOND),
    };
    let mut x = rect.left() + 14.0;
    if let Some(icon) = row.icon {
        let place = Rect::from_center_size(pos2(x + 6.0, rect.top() + 17.0), Vec2::splat(16.0));
        icon.paint(painter, place, theme::THIRD);
        x += 24.0;
    }
    let room = rect.right() - RIGHT - x;
    let title = line(ui, &row.title, theme::BODY, Weight::SemiBold, ink, room);
    let mut cut = title.elided;
    let title_width = title.size().x;
    painter.galley(pos2(x, rect.top() + 9.0), title, ink);
    if refused {
        let y = rect.top() + 18.0;
        painter.hline(x..=x + title_width, y, Stroke::new(1.0, theme::THIRD));
    }
    let detail = line(ui, &row.detail, 12.0, Weight::Regular, second, room);
    cut |= detail.elided;
    painter.galley(pos2(x, rect.top() + 29.0), detail, second);
    focus_ring(ui, &response.clone().with_new_rect(inner), theme::RADIUS);
    if response.clicked() {
        page.chosen = Some(row.chosen.clone());
    }
    standing_ui(ui, scope, row, rect);
    buttons_ui(ui, scope, row, rect);
    if cut {
        response.on_hover_text(format!("{}\n{}", row.title, row.detail));
    }
}

/// How sure it is, and whether somebody has looked at it.
fn standing_ui(ui: &Ui, scope: &Scope<'_>, row: &Row, rect: Rect) {
    let painter = ui.painter();
    let left = rect.right() - RIGHT + 16.0;
    let (key, ink) = match row.standing {
        Standing::Open | Standing::Refused => ("", theme::CAPTION),
        Standing::Taken => ("ui-setup-taken", theme::DONE),
        Standing::Unconfirmed => ("ui-setup-unconfirmed", theme::WARNING),
        Standing::Told if row.refuse.is_some() => ("ui-setup-told", theme::CAPTION),
        Standing::Told => ("", theme::CAPTION),
    };
    if !key.is_empty() {
        let words = line(ui, &scope.say(key), 12.0, Weight::Medium, ink, 130.0);
        let y = match row.confidence {
            Some(_) => rect.top() + 29.0,
            None => rect.center().y - words.size().y / 2.0,
        };
        painter.galley(pos2(left, y), words, ink);
    }
    let Some(confidence) = row.confidence else { return };
    let y = rect.top() + if key.is_empty() { 27.0 } else { 17.0 };
    let bar = Rect::from_min_size(pos2(left, y - 3.0), vec2(72.0, 6.0));
    let colour: Color32 = match row.standing {
        Standing::Refused => theme::THIRD,
        _ => theme::ACCENT,
    };
    painter.rect_filled(bar, CornerRadius::same(3), theme::HAIRLINE);
    let full = Rect::from_min_size(bar.min, vec2(72.0 * confidence as f32, 6.0));
    painter.rect_filled(full, CornerRadius::same(3), colour);
    let share = format!("{:.0} %", 100.0 * confidence);
    let words = line(ui, &share, 12.0, Weight::Medium, theme::SECOND, 60.0);
    let height = words.size().y;
    painter.galley(pos2(bar.right() + 8.0, y - height / 2.0), words, theme::SECOND);
}

fn buttons_ui(ui: &mut Ui, scope: &mut Scope<'_>, row: &Row, rect: Rect) {
    let place = Rect::from_min_max(pos2(rect.right() - 78.0, rect.top()), rect.max - vec2(8.0, 0.0));
    // A child of its own: it must not move the rows below.
    let ui = &mut ui.new_child(
        UiBuilder::new()
            .id_salt(&row.name)
            .max_rect(place)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    ui.spacing_mut().item_spacing.x = theme::S4;
    let marks = [
        (Icon::Tick, "ui-setup-take", &row.take, Standing::Taken),
        (Icon::Close, "ui-setup-refuse", &row.refuse, Standing::Refused),
    ];
    for (icon, key, choice, when) in marks {
        let is_so = row.standing == when;
        if choice.is_none() && !is_so {
            ui.add_space(32.0);
            continue;
        }
        let name = scope.say_with(key, &[("what", &row.name)]);
        let button = Push::icon(icon, &name).chosen(is_so);
        if button.show(ui).clicked()
            && let Some(choice) = choice
        {
            scope.send(Command::Decide(choice.clone()));
        }
    }
}
