//! The marks of a scene that can be dragged: a drag sends where they are put, a double click lets them go back.

use egui::{CursorIcon, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::scene::Placement;
use super::{Scope, theme};
use crate::app::Command;
use crate::figure::Scene;

/// The smallest thing a pointer can take hold of.
const LEAST: f32 = 7.0;

/// Takes in drags and double clicks; says whether something is being dragged.
pub fn handles_ui(ui: &Ui, scope: &mut Scope<'_>, scene: &Scene, place: Placement, id: Id) -> bool {
    let Some((left, top, width, height)) = scene.field else {
        return false;
    };
    let mut dragged = false;
    let card = place.rect((left, top, width, height));
    let pointer_over = ui.rect_contains_pointer(card);
    for handle in &scene.handles {
        let reach = handle.radius.max(LEAST);
        let rect = place.rect((handle.x - reach, handle.y - reach, 2.0 * reach, 2.0 * reach));
        let response = ui.interact(rect, id.with(("handle", &handle.id)), Sense::click_and_drag());
        response.widget_info(|| {
            let spoken = scope.say_with("ui-network-node", &[("node", &handle.label)]);
            WidgetInfo::labeled(Role::Button, true, spoken)
        });
        if handle.pinned && pointer_over {
            let ring = Stroke::new(1.5, theme::ACCENT);
            ui.painter()
                .circle_stroke(rect.center(), rect.width() / 2.0 + 3.0, ring);
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Grab);
        }
        let mut network = scope.state.project.view().look.network.clone();
        if response.double_clicked() {
            network.places.retain(|(id, _)| *id != handle.id);
            scope.send(Command::SetNetwork(Box::new(network)));
            scope.send(Command::EndEdit);
        } else if response.dragged() {
            dragged = true;
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            let moved = response.drag_delta() / place.zoom;
            if moved != vec2(0.0, 0.0) {
                let part = |value: f32, from: f32, size: f32| ((value - from) / size.max(1.0)).clamp(0.0, 1.0);
                let at = [
                    part(handle.x + moved.x, left, width),
                    part(handle.y + moved.y, top, height),
                ];
                network.places.retain(|(id, _)| *id != handle.id);
                network.places.push((handle.id.clone(), at));
                network.places.sort_by(|a, b| a.0.cmp(&b.0));
                scope.send(Command::SetNetwork(Box::new(network)));
            }
        } else if response.drag_stopped() {
            scope.send(Command::EndEdit);
        }
    }
    dragged
}

/// The mark whose line is under the pointer, with a small room around it to hang a card from.
pub fn line_under(ui: &Ui, scene: &Scene, place: Placement) -> Option<(usize, Rect)> {
    let pointer = ui.ctx().pointer_hover_pos()?;
    let card = place.rect((0.0, 0.0, scene.width, scene.height));
    if !ui.rect_contains_pointer(card) {
        return None;
    }
    let at = (pointer - place.origin) / place.zoom;
    let mark = scene.line_at((at.x, at.y), 4.0 / place.zoom)?;
    Some((mark, Rect::from_center_size(pointer, vec2(8.0, 8.0))))
}
