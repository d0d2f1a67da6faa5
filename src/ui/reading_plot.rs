//! A table of curves or rounds in, a chart to read values from out: zoomed with the wheel, moved by dragging, the values
//! at the pointer with their intervals above it. What is zoomed and read is the window's own; the figure stays as it is.

use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Frame, Key, Margin, Role, Stroke, Ui, Vec2b, WidgetInfo};
use egui_plot::{FilledArea, GridMark, Line, Plot, PlotPoint, PlotPoints, Points, VLine};

use super::scene::colour;
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text};
use super::{Scope, Transient};
use crate::data::Language;
use crate::figure::{self, Curve, Lines, Look, Theme};
use crate::measure::{Statistic, Table};
use crate::words;

/// Height of the chart.
const TALL: f32 = 380.0;

/// The lines to read from, where the table has any.
fn lines_of(table: &Table, look: &Look) -> Option<Lines> {
    let look = Look {
        theme: Theme::Light,
        ..look.clone()
    };
    figure::lines(table, &look)
}

/// Draws the switch between the figure and the chart, where the table can be read so. Gives whether the chart is wanted.
pub fn switch_ui(ui: &mut Ui, scope: &Scope<'_>, transient: &mut Transient, table: &Table) -> bool {
    if !figure::has_lines(table) {
        return false;
    }
    let (name, hint) = (scope.say("ui-values-read"), scope.say("ui-values-hint"));
    let button = Push::new(&name)
        .tone(Tone::Plain)
        .chosen(transient.read_values)
        .hint(&hint);
    if button.show(ui).clicked() {
        transient.read_values = !transient.read_values;
        transient.read_at = None;
    }
    ui.add_space(theme::S8);
    transient.read_values
}

/// Draws the chart in the figure's place.
pub fn reading_plot_ui(ui: &mut Ui, scope: &Scope<'_>, transient: &mut Transient, table: &Table, look: &Look) {
    let Some(lines) = lines_of(table, look) else {
        return;
    };
    let stroke = Stroke::new(1.0, theme::HAIRLINE);
    let frame = Frame::new()
        .fill(theme::SURFACE)
        .stroke(stroke)
        .corner_radius(egui::CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::same(theme::S16 as i8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::S4;
        let reader = Reader {
            lines: &lines,
            share: table.statistic() == Statistic::Share,
            language: look.language,
        };
        let at = transient
            .read_at
            .unwrap_or(lines.x.high)
            .clamp(lines.x.low, lines.x.high);
        let read = reader.read(at);
        text(ui, &reader.place(at), theme::BODY, Weight::SemiBold, theme::INK);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(theme::S16, theme::S4);
            for (curve, said) in lines.lines.iter().zip(&read) {
                let ink = colour(curve.colour);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = theme::S8;
                    let (swatch, _) = ui.allocate_exact_size(egui::vec2(11.0, 11.0), egui::Sense::hover());
                    ui.painter().rect_filled(swatch, 2, ink);
                    text(ui, said, theme::BODY, Weight::Regular, theme::INK);
                });
            }
        });
        ui.add_space(theme::S8);
        let spoken = format!(
            "{} {}: {}",
            scope.say("ui-values-read"),
            reader.place(at),
            read.join("; ")
        );
        plot_ui(ui, transient, table, &reader, at, &spoken);
        if !lines.x_title.is_empty() {
            ui.vertical_centered(|ui| text(ui, &lines.x_title, theme::BODY, Weight::Regular, theme::SECOND));
        }
        text(
            ui,
            &scope.say("ui-values-hint"),
            theme::SMALL,
            Weight::Regular,
            theme::CAPTION,
        );
    });
}

/// The axes with their lines. Where the pointer is, or the arrow keys go, is read.
fn plot_ui(ui: &mut Ui, transient: &mut Transient, table: &Table, reader: &Reader<'_>, at: f64, spoken: &str) {
    let lines = reader.lines;
    let mut hasher = DefaultHasher::new();
    table.query.hash(&mut hasher);
    let air = (lines.x.high - lines.x.low) * 0.02;
    let small = theme::font(theme::SMALL, Weight::Regular);
    ui.style_mut().text_styles.insert(egui::TextStyle::Body, small);
    let names = lines.x.ticks.clone();
    let rounds = !lines.bands;
    let (share, language) = (reader.share, reader.language);
    let mut plot = Plot::new(("reading-plot", hasher.finish()))
        .height(TALL)
        .default_x_bounds(lines.x.low - air, lines.x.high + air)
        .default_y_bounds(lines.y.low, lines.y.high)
        .show_grid(Vec2b::TRUE)
        .show_background(false)
        // The wheel alone scrolls the page.
        .allow_scroll(false)
        .show_crosshair(true)
        .cursor_color(theme::THIRD)
        .label_formatter(|_| None)
        .y_axis_formatter(move |mark, _| number(language, mark.value, share, mark.step_size))
        .x_axis_formatter(move |mark, _| match rounds {
            true => name_at(&names, mark.value),
            false => number(language, mark.value, false, mark.step_size),
        });
    if rounds {
        // The rounds themselves are the grid.
        let marks: Vec<f64> = lines.x.ticks.iter().map(|(value, _)| *value).collect();
        let step = (lines.x.high - lines.x.low).max(1.0);
        plot = plot.x_grid_spacer(move |_| {
            let mark = |value: &f64| GridMark {
                value: *value,
                step_size: step,
            };
            marks.iter().map(mark).collect()
        });
    }
    let shown = plot.show(ui, |plot| {
        for curve in &lines.lines {
            let ink = colour(curve.colour);
            let (xs, lows, highs) = band(curve);
            if lines.bands && xs.len() > 1 {
                let fill = ink.gamma_multiply(0.16);
                plot.add(
                    FilledArea::new("", &xs, &lows, &highs)
                        .fill_color(fill)
                        .allow_hover(false),
                );
            } else {
                for ((x, low), high) in xs.iter().zip(&lows).zip(&highs) {
                    let ends = PlotPoints::from(vec![[*x, *low], [*x, *high]]);
                    plot.line(
                        Line::new("", ends)
                            .color(ink.gamma_multiply(0.6))
                            .width(1.3)
                            .allow_hover(false),
                    );
                }
            }
            let points: Vec<[f64; 2]> = known(curve).map(|(x, value)| [x, value]).collect();
            if !lines.bands || points.len() == 1 {
                let dots = Points::new("", PlotPoints::from(points.clone()));
                plot.points(dots.color(ink).radius(4.0).allow_hover(false));
            }
            plot.line(
                Line::new(curve.label.clone(), PlotPoints::from(points))
                    .color(ink)
                    .width(2.2)
                    .allow_hover(false),
            );
            if let Some((value, _)) = value_at(curve, at) {
                let dot = Points::new("", PlotPoints::from(vec![[at, value]]));
                plot.points(dot.color(ink).radius(4.5).allow_hover(false));
            }
        }
        plot.vline(VLine::new("", at).color(theme::THIRD).width(1.0).allow_hover(false));
        plot.pointer_coordinate()
    });
    let response = shown.response;
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, spoken));
    if response.clicked() {
        response.request_focus();
    }
    if let Some(PlotPoint { x, .. }) = shown.inner.filter(|_| response.hovered()) {
        transient.read_at = Some(reader.snap(x));
    }
    if response.has_focus() {
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let step = i32::from(pressed(Key::ArrowRight)) - i32::from(pressed(Key::ArrowLeft));
        if step != 0 {
            transient.read_at = Some(reader.step(at, step));
        }
    }
}

/// What the figure's points say at a place.
struct Reader<'a> {
    lines: &'a Lines,
    /// Whether the numbers are shares.
    share: bool,
    language: Language,
}

impl Reader<'_> {
    /// Where it is read: "Højtuddannede: 42,5", "2018-19".
    fn place(&self, at: f64) -> String {
        if !self.lines.bands {
            return name_at(&self.lines.x.ticks, at);
        }
        let shown = words::decimal(self.language, at, 1);
        match self.lines.x_title.as_str() {
            "" => shown,
            title => format!("{title}: {shown}"),
        }
    }

    /// Per line: name, value and interval there.
    fn read(&self, at: f64) -> Vec<String> {
        let said = |curve: &Curve| {
            let value = match value_at(curve, at) {
                Some((value, interval)) => {
                    let shown = self.number(value);
                    match interval {
                        Some((low, high)) => {
                            format!("{shown} ({}–{})", self.bare(low), self.bare(high))
                        }
                        None => shown,
                    }
                }
                // Nobody was asked there.
                None => match curve.points.iter().find(|point| point.x == at) {
                    Some(point) => point.shown.clone(),
                    None => "–".to_owned(),
                },
            };
            match curve.label.as_str() {
                "" => value,
                label => format!("{label}: {value}"),
            }
        };
        self.lines.lines.iter().map(said).collect()
    }

    fn bare(&self, value: f64) -> String {
        match self.share {
            true => words::decimal(self.language, value * 100.0, 1),
            false => words::decimal(self.language, value, 2),
        }
    }

    fn number(&self, value: f64) -> String {
        match self.share {
            true => words::with_sign(self.language, &self.bare(value)),
            false => self.bare(value),
        }
    }

    /// A place that can be read: between points only where they make a curve.
    fn snap(&self, x: f64) -> f64 {
        let near = self
            .points()
            .into_iter()
            .min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs()));
        match (self.lines.bands, near) {
            (false, Some(near)) => near,
            _ => x.clamp(self.lines.x.low, self.lines.x.high),
        }
    }

    /// The next point in a direction.
    fn step(&self, at: f64, step: i32) -> f64 {
        let points = self.points();
        let next = match step {
            1.. => points.iter().copied().find(|x| *x > at + 1e-9),
            _ => points.iter().rev().copied().find(|x| *x < at - 1e-9),
        };
        next.unwrap_or(at)
    }

    fn points(&self) -> Vec<f64> {
        let points = self
            .lines
            .lines
            .first()
            .map(|curve| curve.points.iter().map(|point| point.x));
        points.into_iter().flatten().collect()
    }
}

/// The points of a curve that have a value.
fn known(curve: &Curve) -> impl Iterator<Item = (f64, f64)> {
    curve.points.iter().filter_map(|point| Some((point.x, point.value?)))
}

/// The places of a curve that have an interval, and its ends.
fn band(curve: &Curve) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let ends = curve
        .points
        .iter()
        .filter_map(|point| point.interval.map(|(low, high)| (point.x, low, high)));
    let mut all = (Vec::new(), Vec::new(), Vec::new());
    for (x, low, high) in ends {
        all.0.push(x);
        all.1.push(low);
        all.2.push(high);
    }
    all
}

/// The value and interval of a curve at a place: between two points on the straight line from one to the other.
fn value_at(curve: &Curve, at: f64) -> Option<(f64, Option<(f64, f64)>)> {
    if let Some(point) = curve.points.iter().find(|point| (point.x - at).abs() < 1e-9) {
        return Some((point.value?, point.interval));
    }
    let pair = curve.points.windows(2).find(|pair| pair[0].x < at && at < pair[1].x)?;
    let part = (at - pair[0].x) / (pair[1].x - pair[0].x);
    let mix = |a: f64, b: f64| a + (b - a) * part;
    let interval = match (pair[0].interval, pair[1].interval) {
        (Some(a), Some(b)) => Some((mix(a.0, b.0), mix(a.1, b.1))),
        _ => None,
    };
    Some((mix(pair[0].value?, pair[1].value?), interval))
}

/// The name of the round at a place.
fn name_at(names: &[(f64, String)], at: f64) -> String {
    let name = names.iter().find(|(value, _)| (value - at).abs() < 1e-9);
    name.map(|(_, name)| name.clone()).unwrap_or_default()
}

/// A number of an axis, with as many decimals as its steps need.
fn number(language: Language, value: f64, share: bool, step: f64) -> String {
    let (value, step) = if share {
        (value * 100.0, step * 100.0)
    } else {
        (value, step)
    };
    let decimals = (-(step.log10() + 1e-9).floor()).clamp(0.0, 4.0) as usize;
    let shown = words::decimal(language, value, decimals);
    match share {
        true => words::with_sign(language, &shown),
        false => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{About, Colour, Point};

    fn curve(points: &[(f64, Option<f64>)]) -> Curve {
        let point = |(x, value): &(f64, Option<f64>)| Point {
            x: *x,
            value: *value,
            interval: value.map(|value| (value - 0.1, value + 0.1)),
            shown: String::new(),
            about: About {
                title: String::new(),
                lines: Vec::new(),
            },
        };
        Curve {
            label: String::new(),
            detail: String::new(),
            colour: Colour(0, 0, 0),
            points: points.iter().map(point).collect(),
        }
    }

    #[test]
    fn values_between_points_lie_on_the_line_and_none_lie_beside_a_gap() {
        let curve = curve(&[(0.0, Some(0.2)), (10.0, Some(0.4)), (20.0, None)]);
        let (value, interval) = value_at(&curve, 5.0).unwrap();
        let (low, high) = interval.unwrap();
        assert!((value - 0.3).abs() < 1e-12 && (low - 0.2).abs() < 1e-12 && (high - 0.4).abs() < 1e-12);
        assert_eq!(value_at(&curve, 10.0).unwrap().0, 0.4);
        assert!(value_at(&curve, 15.0).is_none());
        assert!(value_at(&curve, 20.0).is_none());
        assert!(value_at(&curve, 21.0).is_none());
    }

    #[test]
    fn numbers_of_an_axis_have_the_decimals_that_their_steps_need() {
        assert_eq!(number(Language::Da, 0.25, true, 0.05), "25\u{a0}%");
        assert_eq!(number(Language::Da, 0.255, true, 0.001), "25,5\u{a0}%");
        assert_eq!(number(Language::En, 1200.0, false, 100.0), "1,200");
    }
}
