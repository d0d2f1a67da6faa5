//! Below the figure: tests and differences to be read, and how the numbers were computed.

use egui::{CornerRadius, Frame, Margin, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::theme::{self, Weight};
use super::widgets::{Push, Tone, text, wrapped};
use super::{Scope, Transient};
use crate::data::{Code, Language};
use crate::explain;
use crate::measure::{Measure, Statistic, Table, TableContrast, TableTest};
use crate::stats::association::TestKind;
use crate::words;

/// Below this, a difference is significant.
const ALPHA: f64 = 0.05;
/// More differences than this are not listed: a table of them is for the command line.
const MOST_LISTED: usize = 400;

/// Draws what stands below the figure, `width` wide.
pub fn results_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let Some(table) = scope.table().cloned() else { return };
    if table.base.n == 0 {
        return;
    }
    let comparisons = &table.comparisons;
    if !(listed_tests(&table).is_empty() && comparisons.contrasts.is_empty()) {
        ui.add_space(theme::S12);
        card(ui, |ui| {
            tests_ui(ui, scope, &table);
            contrasts_ui(ui, scope, transient, &table);
        });
    }
    ui.add_space(theme::S8);
    let name = scope.say("ui-explain");
    if Push::new(&name)
        .tone(Tone::Plain)
        .chosen(transient.explained)
        .menu()
        .show(ui)
        .clicked()
    {
        transient.explained = !transient.explained;
    }
    if transient.explained {
        ui.add_space(theme::S8);
        card(ui, |ui| {
            for (place, sentence) in explain::explained(&table, scope.language()).iter().enumerate() {
                if place > 0 {
                    ui.add_space(theme::S8);
                }
                text(ui, sentence, theme::BODY, Weight::Regular, theme::INK);
            }
        });
    }
}

fn card(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(theme::SURFACE)
        .stroke(Stroke::new(1.0, theme::HAIRLINE))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::symmetric(20, 16))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            content(ui);
        });
}

fn heading(ui: &mut Ui, words: &str) {
    text(ui, words, theme::TITLE, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S8);
}

/// The tests that stand for the others: Rao and Scott's of shares, Wald's of means and of a model's terms.
fn listed_tests(table: &Table) -> Vec<&TableTest> {
    let is_model = matches!(table.query.measure, Measure::Model(_));
    let kind = match table.statistic() {
        Statistic::Share if !is_model => TestKind::RaoScott,
        _ => TestKind::Wald,
    };
    let tests = table.comparisons.tests.iter();
    tests.filter(|test| test.test.kind == kind).collect()
}

fn tests_ui(ui: &mut Ui, scope: &Scope<'_>, table: &Table) {
    let language = scope.language();
    let shown = listed_tests(table);
    if shown.is_empty() {
        return;
    }
    let is_model = matches!(table.query.measure, Measure::Model(_));
    let by = table.by.get(language);
    heading(
        ui,
        &match is_model {
            true => scope.say("ui-tests-of-terms"),
            false => scope.say_with("ui-tests-of", &[("by", by)]),
        },
    );
    for test in shown {
        let about = match test.label.get(language) {
            "" => table.subject.title.get(language),
            label => label,
        };
        let key = match test.test.p {
            p if p.is_nan() => "ui-test-none",
            p if p < ALPHA && is_model => "ui-term-matters",
            p if p < ALPHA => "ui-test-differ",
            _ if is_model => "ui-term-matters-not",
            _ => "ui-test-same",
        };
        let statistic = scope.say_with(
            "ui-test-statistic",
            &[
                ("ndf", &words::decimal(language, test.test.ndf, 1)),
                ("ddf", &words::decimal(language, test.test.ddf, 0)),
                ("f", &words::decimal(language, test.test.statistic, 2)),
            ],
        );
        let row = Row {
            about: about.to_owned(),
            finding: scope.say(key),
            number: statistic,
            p: p_words(language, test.test.p),
            is_significant: test.test.p < ALPHA,
        };
        row.show(ui);
    }
    ui.add_space(theme::S16);
}

fn contrasts_ui(ui: &mut Ui, scope: &Scope<'_>, transient: &mut Transient, table: &Table) {
    let all = &table.comparisons.contrasts;
    if all.is_empty() {
        return;
    }
    let language = scope.language();
    let is_model = matches!(table.query.measure, Measure::Model(_));
    heading(
        ui,
        &scope.say(match is_model {
            true => "ui-differences-of-terms",
            false => "ui-differences",
        }),
    );
    let significant = all.iter().filter(|contrast| contrast.p_adjusted < ALPHA).count();
    let counts = [
        ("significant", words::count(language, significant as f64)),
        ("all", words::count(language, all.len() as f64)),
    ];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let key = match significant {
        0 => "ui-differences-none",
        _ => "ui-differences-count",
    };
    ui.horizontal_wrapped(|ui| {
        let summary = scope.say_with(key, &counts);
        text(ui, &summary, theme::BODY, Weight::Regular, theme::SECOND);
        if significant < all.len() {
            let name = scope.say(match transient.all_differences {
                true => "ui-differences-less",
                false => "ui-differences-more",
            });
            if Push::new(&name).tone(Tone::Plain).show(ui).clicked() {
                transient.all_differences = !transient.all_differences;
            }
        }
    });
    ui.add_space(theme::S4);
    let shown = all
        .iter()
        .filter(|contrast| transient.all_differences || contrast.p_adjusted < ALPHA)
        .take(MOST_LISTED);
    let mut item = None;
    for contrast in shown {
        if contrast.item.is_some() && contrast.item != item {
            item = contrast.item;
            let row = contrast.item.and_then(|item| table.items.get(item));
            if let Some(row) = row.filter(|_| table.items.len() > 1) {
                ui.add_space(theme::S8);
                let label = match row.answer.get(language) {
                    "" => row.label.get(language).to_owned(),
                    answer => format!("{}: {answer}", row.label.get(language)),
                };
                text(ui, &label, theme::BODY, Weight::SemiBold, theme::INK);
            }
        }
        row_of(scope, table, contrast).show(ui);
    }
}

/// A difference in words.
fn row_of(scope: &Scope<'_>, table: &Table, contrast: &TableContrast) -> Row {
    let language = scope.language();
    let side = |side: &crate::measure::Side| match (side.label.get(language), &side.id) {
        ("", Code::Text(id)) if id == "rest" => scope.say("ui-side-rest"),
        ("", id) => id.to_string(),
        (label, _) => label.to_owned(),
    };
    let statistic = table.statistic();
    let is_share = matches!(statistic, Statistic::Share | Statistic::Difference);
    let is_significant = contrast.p_adjusted < ALPHA;
    let key = match (is_significant, is_share, contrast.contrast.difference > 0.0) {
        (false, ..) => "ui-finding-none",
        (true, true, true) => "ui-finding-more-often",
        (true, true, false) => "ui-finding-less-often",
        (true, _, true) if statistic == Statistic::OddsRatio => "ui-finding-higher-odds",
        (true, _, false) if statistic == Statistic::OddsRatio => "ui-finding-lower-odds",
        (true, false, true) => "ui-finding-higher",
        (true, false, false) => "ui-finding-lower",
    };
    let level = table.query.level.number().unwrap_or(0.95);
    let (low, high) = contrast.contrast.interval(level);
    let number = |value: f64| match is_share {
        true => words::decimal(language, value * 100.0, 1),
        false => words::decimal(language, value, 2),
    };
    let difference = match contrast.contrast.difference > 0.0 {
        true => format!("+{}", number(contrast.contrast.difference)),
        false => number(contrast.contrast.difference),
    };
    let (key_of_number, difference, low, high) = match (&contrast.odds_ratio, statistic) {
        (Some(odds), Statistic::OddsRatio) => {
            let number = |value: f64| words::decimal(language, value, 2);
            (
                "ui-difference-odds",
                number(odds.value),
                number(odds.low),
                number(odds.high),
            )
        }
        _ => {
            let key = match is_share {
                true => "ui-difference-points",
                false => "ui-difference-number",
            };
            (key, difference, number(low), number(high))
        }
    };
    let (a, b) = (side(&contrast.a), side(&contrast.b));
    Row {
        // A number of a model is set against nothing.
        about: match contrast.b.label.is_empty() && contrast.b.id == Code::from("0") {
            true => a,
            false => scope.say_with("ui-difference", &[("a", &a), ("b", &b)]),
        },
        finding: scope.say(key),
        number: scope.say_with(
            key_of_number,
            &[("difference", &difference), ("low", &low), ("high", &high)],
        ),
        p: p_words(language, contrast.p_adjusted),
        is_significant,
    }
}

/// "p = 0,012", "p < 0,001".
fn p_words(language: Language, p: f64) -> String {
    match p {
        p if p.is_nan() => "–".to_owned(),
        p if p < 0.001 => format!("p < {}", words::decimal(language, 0.001, 3)),
        p => format!("p = {}", words::decimal(language, p, 3)),
    }
}

/// A line of a list: what is compared, what was found, by how much, how surely.
struct Row {
    about: String,
    finding: String,
    number: String,
    p: String,
    is_significant: bool,
}

impl Row {
    fn show(&self, ui: &mut Ui) {
        const GAP: f32 = theme::S12;
        let width = ui.available_width();
        // The number and p need their room; the words share the rest.
        let (number_width, p_width) = (188.0_f32.min(width * 0.36), 72.0);
        let rest = width - number_width - p_width - 3.0 * GAP;
        let (about_width, finding_width) = (rest * 0.56, rest * 0.44);
        let (ink, weight) = match self.is_significant {
            true => (theme::INK, Weight::Medium),
            false => (theme::SECOND, Weight::Regular),
        };
        let about = wrapped(ui, &self.about, theme::BODY, Weight::Regular, ink, about_width);
        let finding = wrapped(ui, &self.finding, theme::BODY, weight, ink, finding_width);
        let number = wrapped(
            ui,
            &self.number,
            theme::BODY,
            Weight::Regular,
            theme::SECOND,
            number_width,
        );
        let p = wrapped(ui, &self.p, theme::BODY, Weight::Regular, theme::SECOND, p_width);
        let height = [&about, &finding, &number, &p]
            .iter()
            .map(|galley| galley.size().y)
            .fold(0.0, f32::max);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height + 10.0), Sense::hover());
        let spoken = format!("{}: {}, {}, {}", self.about, self.finding, self.number, self.p);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        if !ui.is_rect_visible(rect) {
            return;
        }
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 1.0), rect.max);
        ui.painter().rect_filled(line, CornerRadius::ZERO, theme::HAIRLINE);
        let y = rect.top() + 4.0;
        let mut x = rect.left();
        for (galley, width) in [
            (about, about_width),
            (finding, finding_width),
            (number, number_width),
            (p, p_width),
        ] {
            ui.painter().galley(pos2(x, y), galley, ink);
            x += width + GAP;
        }
    }
}
