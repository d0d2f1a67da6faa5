//! Menus of many rows, with a search field; rows to choose one of, or to tick. Names in, what was clicked out.

use egui::{Id, Margin, Popup, PopupCloseBehavior, Response, Ui};

use super::fields::search_field;
use super::menus::{caption, menu_row, popup_frame, select_button, tick_row};
use super::theme;

/// A row to choose.
#[derive(Clone, Debug)]
pub struct PickRow<T> {
    /// What it stands for.
    pub value: T,
    /// Its name.
    pub name: String,
    /// The caption that it stands under; empty: none.
    pub group: String,
    /// Whether it is chosen or ticked.
    pub chosen: bool,
}

/// Menus of more rows than this can be searched.
const SEARCHED: usize = 12;
/// As wide as variables' names need.
const WIDTH: f32 = 340.0;

/// A menu below `anchor` of which one row is chosen, which closes it.
pub fn pick<T: Clone>(anchor: &Response, name: &str, hint: &str, rows: &[PickRow<T>]) -> Option<T> {
    shown(anchor, name, hint, rows, false)
}

/// A select whose menu stays open for ticking several rows; gives the row that was clicked.
pub fn tick_select<T: Clone>(ui: &mut Ui, name: &str, current: &str, hint: &str, rows: &[PickRow<T>]) -> Option<T> {
    let anchor = select_button(ui, name, current);
    shown(&anchor, name, hint, rows, true)
}

/// A select whose menu can be searched.
pub fn pick_select<T: Clone>(ui: &mut Ui, name: &str, current: &str, hint: &str, rows: &[PickRow<T>]) -> Option<T> {
    let anchor = select_button(ui, name, current);
    shown(&anchor, name, hint, rows, false)
}

fn shown<T: Clone>(anchor: &Response, name: &str, hint: &str, rows: &[PickRow<T>], ticks: bool) -> Option<T> {
    let id = Popup::default_response_id(anchor).with("search");
    let words = |ctx: &egui::Context| ctx.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    if !Popup::is_id_open(&anchor.ctx, Popup::default_response_id(anchor)) && !words(&anchor.ctx).is_empty() {
        anchor.ctx.data_mut(|data| data.remove::<String>(id));
    }
    Popup::menu(anchor)
        .gap(4.0)
        .width(WIDTH)
        .accessible_name(name)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .frame(popup_frame(theme::S4 as i8))
        .show(|ui| {
            ui.set_width(WIDTH - 10.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut search = words(ui.ctx());
            if rows.len() > SEARCHED {
                egui::Frame::new().inner_margin(Margin::same(4)).show(ui, |ui| {
                    search_ui(ui, id, &mut search, hint);
                });
                ui.ctx().data_mut(|data| data.insert_temp(id, search.clone()));
            }
            let clicked = egui::ScrollArea::vertical()
                .max_height(380.0)
                .show(ui, |ui| rows_ui(ui, rows, &search, ticks))
                .inner;
            if clicked.is_some() && !ticks {
                ui.close();
            }
            clicked
        })
        .and_then(|shown| shown.inner)
}

fn search_ui(ui: &mut Ui, id: Id, search: &mut String, hint: &str) {
    let field = id.with("field");
    let was_drawn = ui.ctx().read_response(field).is_some();
    let response = search_field(ui, field, search, hint);
    if !was_drawn {
        response.request_focus();
    }
}

fn rows_ui<T: Clone>(ui: &mut Ui, rows: &[PickRow<T>], search: &str, ticks: bool) -> Option<T> {
    let search = search.to_lowercase();
    let found = |row: &&PickRow<T>| {
        let name = format!("{} {}", row.name, row.group).to_lowercase();
        search.split_whitespace().all(|word| name.contains(word))
    };
    let mut clicked = None;
    let mut group = "";
    for row in rows.iter().filter(found) {
        if row.group != group {
            group = &row.group;
            if !group.is_empty() {
                caption(ui, group);
            }
        }
        let response = match ticks {
            true => tick_row(ui, &row.name, &row.name, &[], row.chosen),
            false => menu_row(ui, &row.name, "", row.chosen),
        };
        if response.clicked() {
            clicked = Some(row.value.clone());
        }
    }
    clicked
}
