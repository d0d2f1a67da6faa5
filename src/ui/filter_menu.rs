//! The filter pop-up: a variable, then its answers with their counts, or its numbers with their distribution.

use std::sync::Arc;

use egui::{Color32, Id, Popup, PopupAnchor, PopupCloseBehavior, Sense, Ui, Vec2b, vec2};
use egui_plot::{Bar, BarChart, Plot, PlotBounds, Polygon};

use super::choices;
use super::fields::{field, search_field};
use super::icons::Icon;
use super::menus::{caption, menu_row, popup_frame, tick_row};
use super::theme::{self, Weight};
use super::transient::FilterMenu;
use super::widgets::{Push, Tone, text, text_truncated};
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::{Code, Dataset, VarId, Variable, VariableKind};
use crate::filter::{CodeCount, Counts, Keep};

const WIDTH: f32 = 380.0;

/// Draws the pop-up, where it is open.
pub fn filter_menu_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(mut menu) = transient.filter.take() else {
        return;
    };
    let Some(data) = scope.dataset().cloned() else { return };
    let mut open = true;
    Popup::new(
        Id::unique("filter-menu"),
        ui.ctx().clone(),
        PopupAnchor::ParentRect(menu.anchor),
        ui.layer_id(),
    )
    .gap(4.0)
    .width(WIDTH)
    .accessible_name(scope.say("ui-filter"))
    .open_bool(&mut open)
    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    .frame(popup_frame(theme::S8 as i8))
    .show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        let variable = menu.var.as_ref().and_then(|var| data.codebook.variable(var));
        match variable {
            None => variables_ui(ui, scope, &mut menu),
            Some(variable) => {
                head_ui(ui, scope, variable, &mut menu);
                if is_range(variable) {
                    range_ui(ui, scope, transient, &data, variable, &mut menu);
                } else {
                    codes_ui(ui, scope, transient, &data, variable);
                }
            }
        }
    });
    if open {
        transient.filter = Some(menu);
    }
}

/// Whether a variable is filtered by a range rather than by answers.
fn is_range(variable: &Variable) -> bool {
    variable.kind == VariableKind::Numeric
}

fn variables_ui(ui: &mut Ui, scope: &Scope<'_>, menu: &mut FilterMenu) {
    let language = scope.language();
    let field = search_field(
        ui,
        Id::unique("filter-search"),
        &mut menu.search,
        &scope.say("ui-filter-search"),
    );
    if std::mem::take(&mut menu.focus) {
        field.request_focus();
    }
    ui.add_space(theme::S4);
    let search = menu.search.to_lowercase();
    let found: Vec<&Variable> = scope
        .state
        .filter_variables()
        .into_iter()
        .filter(|variable| {
            variable.title(language).to_lowercase().contains(&search)
                || variable.name.0.to_lowercase().contains(&search)
        })
        .collect();
    if found.is_empty() {
        ui.add_space(theme::S8);
        let sentence = scope.say_with("ui-search-nothing", &[("search", menu.search.trim())]);
        text(ui, &sentence, theme::BODY, Weight::Regular, theme::SECOND);
        ui.add_space(theme::S8);
    }
    egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        let mut quick = true;
        for variable in &found {
            let first = variable.role.is_some_and(|role| choices::FIRST.contains(&role));
            if quick && !first {
                quick = false;
                if menu.search.is_empty() {
                    caption(ui, &scope.say("ui-filter-more"));
                }
            }
            let filtered = scope.state.project.filter.keep(&variable.name).is_some();
            if menu_row(ui, variable.title(language), "", filtered).clicked() {
                menu.var = Some(variable.name.clone());
                menu.range = None;
            }
        }
    });
}

fn head_ui(ui: &mut Ui, scope: &mut Scope<'_>, variable: &Variable, menu: &mut FilterMenu) {
    let title = variable.title(scope.language()).to_owned();
    ui.horizontal(|ui| {
        let back = scope.say("ui-filter-back");
        if Push::icon(Icon::Back, &back).tone(Tone::Plain).show(ui).clicked() {
            menu.var = None;
            menu.focus = true;
        }
        let kept = scope.state.project.filter.keep(&variable.name).is_some();
        let room = if kept { 110.0 } else { 8.0 };
        ui.allocate_ui(vec2(ui.available_width() - room, theme::CONTROL), |ui| {
            text_truncated(ui, &title, theme::TITLE, Weight::SemiBold, theme::INK);
        });
        if kept {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = scope.say("ui-filter-reset");
                if Push::new(&name).tone(Tone::Plain).show(ui).clicked() {
                    menu.range = None;
                    scope.send(Command::RemoveFilter(variable.name.clone()));
                }
            });
        }
    });
    ui.add_space(theme::S4);
}

fn codes_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient, data: &Arc<Dataset>, variable: &Variable) {
    let project = &scope.state.project;
    let language = scope.language();
    let within = project.filter.without(&variable.name).condition();
    let weight = project.design.weight.clone();
    let counts = transient.counts(data, &variable.name, &within, weight.as_ref());
    let chosen: &[Code] = match project.filter.keep(&variable.name) {
        Some(Keep::Codes(codes)) => codes,
        _ => &[],
    };
    column_heads_ui(ui, scope, weight.is_some());
    egui::ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        // "Not asked" and "missing" are no answers to keep, unless a project says so already.
        let listed = |code: &&CodeCount| code.kind.is_valid() || chosen.contains(&code.code);
        for count in counts.codes.iter().filter(listed) {
            let label = variable.label_of(&count.code, language);
            let n = scope.count(count.n as f64);
            let weighted = scope.count(count.n_weighted);
            let ticked = chosen.contains(&count.code);
            let numbers: &[&str] = if weight.is_some() { &[&n, &weighted] } else { &[&n] };
            if tick_row(ui, &label, &label, numbers, ticked).clicked() {
                let command = scope.state.toggled(&variable.name, &count.code);
                scope.send(command);
            }
        }
    });
}

fn column_heads_ui(ui: &mut Ui, scope: &Scope<'_>, weighted: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let mut heads = vec![scope.say("ui-unweighted")];
    if weighted {
        heads.push(scope.say("ui-weighted"));
    }
    for (column, head) in heads.iter().rev().enumerate() {
        let galley = super::widgets::line(ui, head, theme::SMALL, Weight::Regular, theme::CAPTION, 80.0);
        let x = rect.right() - 8.0 - 64.0 * column as f32 - galley.size().x;
        super::widgets::text_at(ui, galley, x, rect);
    }
}

fn range_ui(
    ui: &mut Ui,
    scope: &mut Scope<'_>,
    transient: &mut Transient,
    data: &Arc<Dataset>,
    variable: &Variable,
    menu: &mut FilterMenu,
) {
    let project = &scope.state.project;
    let within = project.filter.without(&variable.name).condition();
    let counts = transient.counts(data, &variable.name, &within, project.design.weight.as_ref());
    let Some(histogram) = Histogram::of(&counts) else {
        text(
            ui,
            &scope.say("ui-filter-no-numbers"),
            theme::BODY,
            Weight::Regular,
            theme::SECOND,
        );
        return;
    };
    let (low, high) = match project.filter.keep(&variable.name) {
        Some(Keep::Range { low, high }) => (
            low.as_ref().and_then(Code::number),
            high.as_ref().and_then(Code::number),
        ),
        _ => (None, None),
    };
    let dragged = ui.scope(|ui| histogram_ui(ui, &histogram, low, high, menu)).inner;
    if let Some((from, to)) = dragged {
        menu.range = None;
        send_range(scope, &variable.name, Some(from), Some(to));
    }
    ui.add_space(theme::S8);

    // What is typed stays as typed until the fields lose the keyboard.
    let words = |number: Option<f64>| number.map(|number| format!("{number}")).unwrap_or_default();
    let mut typed = menu.range.clone().unwrap_or((words(low), words(high)));
    let before = typed.clone();
    ui.horizontal(|ui| {
        let half = (ui.available_width() - theme::S8) / 2.0;
        let names = [scope.say("ui-filter-from"), scope.say("ui-filter-to")];
        let hints = [words(Some(histogram.low)), words(Some(histogram.high))];
        for (side, words) in [&mut typed.0, &mut typed.1].into_iter().enumerate() {
            ui.allocate_ui(vec2(half, 48.0), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(half);
                    text(ui, &names[side], theme::SMALL, Weight::Medium, theme::CAPTION);
                    ui.add_space(2.0);
                    let id = Id::unique("filter-range").with(side);
                    field(ui, id, words, &names[side], &hints[side]);
                });
            });
        }
    });
    if typed != before {
        let number = |words: &str| words.trim().replace(',', ".").parse::<f64>().ok();
        send_range(scope, &variable.name, number(&typed.0), number(&typed.1));
        menu.range = Some(typed);
    }

    if let Some(running) = scope.state.running {
        ui.add_space(theme::S8);
        let sentence = scope.say_with(
            "ui-filter-keeps",
            &[
                ("n", &scope.count(running.n as f64)),
                ("weighted", &scope.count(running.n_weighted)),
            ],
        );
        text(ui, &sentence, theme::SMALL, Weight::Regular, theme::CAPTION);
    }
}

fn send_range(scope: &mut Scope<'_>, var: &VarId, low: Option<f64>, high: Option<f64>) {
    let command = if low.is_none() && high.is_none() {
        Command::RemoveFilter(var.clone())
    } else {
        let keep = Keep::Range {
            low: low.map(Code::Number),
            high: high.map(Code::Number),
        };
        Command::SetFilter(var.clone(), keep)
    };
    scope.send(command);
}

/// Respondents per bin of a numeric variable; bins are of equal width from `low` to `high`.
struct Histogram {
    low: f64,
    high: f64,
    bins: Vec<usize>,
}

impl Histogram {
    /// `None` when there is no number.
    fn of(counts: &Counts) -> Option<Self> {
        const BINS: usize = 36;
        let (low, high) = counts.range?;
        let mut bins = vec![0; BINS];
        let width = ((high - low) / BINS as f64).max(f64::MIN_POSITIVE);
        for number in &counts.numbers {
            bins[(((number - low) / width) as usize).min(BINS - 1)] += 1;
        }
        Some(Self { low, high, bins })
    }
}

/// The distribution, with the kept range shaded; a drag across it gives a new range.
fn histogram_ui(
    ui: &mut Ui,
    histogram: &Histogram,
    low: Option<f64>,
    high: Option<f64>,
    menu: &mut FilterMenu,
) -> Option<(f64, f64)> {
    let width = ((histogram.high - histogram.low) / histogram.bins.len() as f64).max(f64::MIN_POSITIVE);
    let inside =
        |x: f64| low.is_none_or(|low| x >= low - width / 2.0) && high.is_none_or(|high| x <= high + width / 2.0);
    let bars: Vec<Bar> = histogram
        .bins
        .iter()
        .enumerate()
        .map(|(bin, &n)| {
            let x = histogram.low + (bin as f64 + 0.5) * width;
            let fill = if inside(x) { theme::ACCENT } else { theme::HAIRLINE };
            Bar::new(x, n as f64).width(width * 0.92).fill(fill)
        })
        .collect();
    let tallest = histogram.bins.iter().copied().max().unwrap_or(1) as f64;
    let dragged = menu.drag;
    // A range with no width would leave the axis without a scale.
    let (x_low, x_high) = (histogram.low - width / 2.0, histogram.high + width / 2.0);
    let small = theme::font(theme::SMALL, Weight::Regular);
    ui.style_mut().text_styles.insert(egui::TextStyle::Body, small);
    let response = Plot::new("filter-histogram")
        .height(120.0)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_axes(Vec2b::new(true, false))
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .label_formatter(|_| None)
        .sense(Sense::click_and_drag())
        .show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([x_low, 0.0], [x_high, tallest * 1.05]));
            plot.bar_chart(BarChart::new("", bars).allow_hover(false));
            let pointer = plot.pointer_coordinate().map(|point| point.x);
            if let (Some(from), Some(to)) = (dragged, pointer) {
                let top = tallest * 1.05;
                plot.polygon(
                    Polygon::new("", vec![[from, 0.0], [to, 0.0], [to, top], [from, top]])
                        .fill_color(Color32::from_rgba_unmultiplied(0x1F, 0x5F, 0xBF, 28))
                        .stroke(egui::Stroke::new(1.0, theme::ACCENT))
                        .allow_hover(false),
                );
            }
            pointer
        });
    let pointer = response.inner?;
    if response.response.drag_started() {
        menu.drag = Some(pointer);
    }
    if response.response.drag_stopped() {
        let from = menu.drag.take()?;
        let round = |x: f64| {
            if histogram.high - histogram.low > 20.0 {
                x.round()
            } else {
                (x * 100.0).round() / 100.0
            }
        };
        let clamp = |x: f64| round(x.clamp(histogram.low, histogram.high));
        return Some((clamp(from.min(pointer)), clamp(from.max(pointer))));
    }
    None
}
