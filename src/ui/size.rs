//! The size of the figure: what it is for, or numbers, in the unit that word processors and slides show.

use egui::{Id, Key, Ui, vec2};

use super::fields::field;
use super::settings::{choose, row_ui};
use super::theme::{self, Weight};
use super::widgets::text;
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::Language;
use crate::figure::Look;

const PT_PER_CM: f32 = 72.0 / 2.54;

/// A figure's width and height in points; no height: as high as its content.
type Size = (f32, Option<f32>);

/// What figures are made for: the key of its name and its size. A page is the text area of A4.
fn presets() -> [(&'static str, Size); 5] {
    let cm = |width: f32, height: Option<f32>| (width * PT_PER_CM, height.map(|height| height * PT_PER_CM));
    [
        ("ui-size-standard", (Look::default().width_pt, None)),
        ("ui-size-page-width", cm(16.0, None)),
        ("ui-size-half-page", cm(16.0, Some(12.0))),
        ("ui-size-page", cm(16.0, Some(24.0))),
        ("ui-size-slide", (960.0, Some(540.0))),
    ]
}

/// Draws the rows.
pub fn size_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let look = &scope.state.project.view().look;
    let now: Size = (look.width_pt, look.height_pt);
    let mut options: Vec<(Option<Size>, String)> = presets()
        .into_iter()
        .map(|(key, size)| (Some(size), scope.say(key)))
        .collect();
    let current = presets()
        .into_iter()
        .map(|(_, size)| size)
        .find(|size| is_same(*size, now));
    if current.is_none() {
        options.push((None, scope.say("ui-size-own")));
    }
    if let Some(Some((width_pt, height_pt))) = choose(ui, &scope.say("ui-size"), &options, &current) {
        transient.size = None;
        scope.send(Command::SetSize { width_pt, height_pt });
        scope.send(Command::EndEdit);
    }
    let label = scope.say("ui-size-numbers");
    row_ui(ui, &label, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (width_name, height_name) = (scope.say("ui-size-width"), scope.say("ui-size-height"));
        // Both fields, the sign between them and the unit fit a narrow panel too.
        let room = ui.available_width();
        if room < 150.0 {
            ui.spacing_mut().item_spacing.x = 3.0;
        }
        let field = ((room - 42.0) / 2.0).clamp(36.0, 52.0);
        ui.spacing_mut().interact_size.x = field;
        number_ui(ui, scope, transient, false, &width_name, now);
        text(ui, "×", theme::BODY, Weight::Regular, theme::SECOND);
        number_ui(ui, scope, transient, true, &height_name, now);
        text(ui, "cm", theme::BODY, Weight::Regular, theme::SECOND);
    });
}

/// A field for the width or the height; taken when it is left.
fn number_ui(
    ui: &mut Ui,
    scope: &mut Scope<'_>,
    transient: &mut Transient,
    is_height: bool,
    name: &str,
    (width_pt, height_pt): Size,
) {
    let language = scope.language();
    let known = if is_height { height_pt } else { Some(width_pt) };
    let mut words = match &transient.size {
        Some((of, words)) if *of == is_height => words.clone(),
        _ => known.map(|points| shown(language, points)).unwrap_or_default(),
    };
    let before = words.clone();
    let hint = scope.say("ui-size-auto");
    let width = ui.spacing().interact_size.x;
    let response = ui
        .allocate_ui(vec2(width, theme::CONTROL), |ui| {
            ui.set_width(width);
            let id = Id::unique(if is_height { "size-height" } else { "size-width" });
            field(ui, id, &mut words, name, if is_height { &hint } else { "" })
        })
        .inner;
    if words != before {
        transient.size = Some((is_height, words.clone()));
    }
    if !response.lost_focus() {
        return;
    }
    let typed = transient.size.take_if(|(of, _)| *of == is_height);
    if typed.is_none() || ui.input(|input| input.key_pressed(Key::Escape)) {
        return;
    }
    let points = points_of(&words);
    let (width_pt, height_pt) = match (is_height, points) {
        (true, None) if !words.trim().is_empty() => return,
        (true, height) => (width_pt, height),
        (false, Some(width)) => (width, height_pt),
        (false, None) => return,
    };
    scope.send(Command::SetSize { width_pt, height_pt });
    scope.send(Command::EndEdit);
}

/// Points as centimetres with a decimal.
fn shown(language: Language, points: f32) -> String {
    crate::words::decimal(language, f64::from(points / PT_PER_CM), 1)
}

/// Centimetres as typed, with a comma or a point, as points.
fn points_of(words: &str) -> Option<f32> {
    let number: f32 = words
        .trim()
        .trim_end_matches("cm")
        .trim()
        .replace(',', ".")
        .parse()
        .ok()?;
    (number.is_finite() && number > 0.0).then_some(number * PT_PER_CM)
}

/// Whether two sizes differ by less than can be seen.
fn is_same(a: Size, b: Size) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 0.5;
    near(a.0, b.0)
        && match (a.1, b.1) {
            (Some(a), Some(b)) => near(a, b),
            (None, None) => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_typed_with_a_comma_or_a_point_and_with_or_without_its_unit() {
        for words in ["16,5", "16.5", " 16,5 cm "] {
            assert!((points_of(words).unwrap() - 467.717).abs() < 0.01, "{words}");
        }
        for words in ["", "wide", "-3", "0", "inf"] {
            assert_eq!(points_of(words), None, "{words}");
        }
    }
}
