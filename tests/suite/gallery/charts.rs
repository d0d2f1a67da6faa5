//! Charts beyond bars of shares: one entry of each, and what usually breaks them.

use super::{Entry, analyses, entry, extent, networks, poles, tables};
use isobar::data::Language;
use isobar::figure::palette::contrast;
use isobar::figure::{Chart, Colour, Look, Shape, Signs, Sort, Theme};
use isobar::measure::Table;

fn with(name: &'static str, table: Table, change: fn(&mut Look)) -> Entry {
    let mut entry = entry(name, table);
    change(&mut entry.look);
    entry
}

/// One of each.
pub fn kinds() -> Vec<Entry> {
    vec![
        entry("diverging", poles::factors()),
        entry("diverging_four", poles::culture_by_type()),
        entry("diverging_five", poles::leadership()),
        entry("odds", analyses::odds()),
        entry("marginal", analyses::effects()),
        with("dots", tables::partners(), |look| look.chart = Chart::Dots),
        with("dots_grouped", tables::types_by_size(), |look| look.chart = Chart::Dots),
        with("dots_together", tables::types_by_size(), |look| {
            look.chart = Chart::Dots;
            look.intervals = false;
        }),
        entry("effect", analyses::effect()),
        entry("constellation", analyses::constellation()),
        entry("profile", analyses::profile()),
        entry("profile_by_sector", analyses::profile_by_sector()),
        with("numbers", analyses::share_by_sector(), |look| {
            look.chart = Chart::Number
        }),
        entry("donut", analyses::composition()),
        with("stacked_composition", analyses::composition(), |look| {
            look.chart = Chart::Stacked
        }),
        with("stacked", analyses::novelty_by_sector(), |look| {
            look.chart = Chart::Stacked
        }),
        with("table_letters", analyses::lettered(), |look| {
            look.signs = Signs::Letters;
            look.chart = Chart::Table;
        }),
        with("table_effect", analyses::effect(), |look| look.chart = Chart::Table),
        with("table_odds", analyses::odds(), |look| look.chart = Chart::Table),
        with("table_poles", poles::leadership(), |look| look.chart = Chart::Table),
        with("table_marginal", analyses::small_effects(), |look| {
            look.chart = Chart::Table
        }),
        with("table_network", networks::partners(), |look| look.chart = Chart::Table),
        with("table_network_difference", networks::partners_compared(), |look| {
            look.chart = Chart::Table
        }),
        with("table_response", analyses::response(), |look| look.chart = Chart::Table),
        with("table_population", tables::partners_by_sector(), |look| {
            look.chart = Chart::Table;
            look.population = true;
        }),
        with("table_banner", analyses::banner(), |look| {
            look.chart = Chart::Table;
            look.width_pt = 1100.0;
        }),
        with("letters", analyses::lettered(), |look| look.signs = Signs::Letters),
        with("arrows", analyses::arrowed(), |look| look.signs = Signs::Arrows),
    ]
}

/// What usually breaks them.
pub fn hard_cases() -> Vec<Entry> {
    vec![
        with("diverging_plain", poles::factors(), |look| look.intervals = false),
        with("diverging_negative", poles::factors(), |look| {
            look.sort = Sort::Negative
        }),
        entry("diverging_hard", poles::hard()),
        entry("diverging_thirty", poles::thirty()),
        with("diverging_narrow", poles::leadership(), |look| look.width_pt = 420.0),
        with("diverging_narrowest", poles::hard(), |look| look.width_pt = 280.0),
        entry("odds_hard", analyses::odds_hard()),
        with("odds_narrow", analyses::odds(), |look| look.width_pt = 420.0),
        with("odds_narrowest", analyses::odds_hard(), |look| look.width_pt = 280.0),
        with("dots_thirty", tables::thirty_rows(), |look| look.chart = Chart::Dots),
        with("dots_three", tables::group_of_three(), |look| look.chart = Chart::Dots),
        with("dots_long", tables::long_labels(), |look| {
            look.chart = Chart::Dots;
            look.intervals = false;
        }),
        entry("effect_hard", analyses::effect_hard()),
        entry("marginal_small", analyses::small_effects()),
        entry("odds_small", analyses::small_odds()),
        with("table_odds_hard", analyses::odds_hard(), |look| {
            look.chart = Chart::Table
        }),
        with("table_odds_narrow", analyses::odds_hard(), |look| {
            look.chart = Chart::Table;
            look.width_pt = 420.0;
        }),
        with("table_network_long", networks::long_labels(), |look| {
            look.chart = Chart::Table
        }),
        with("table_network_narrow", networks::partners_compared(), |look| {
            look.chart = Chart::Table;
            look.width_pt = 420.0;
        }),
        with("table_network_one", networks::boxes(1, 60), |look| {
            look.chart = Chart::Table
        }),
        with("table_network_thirty", networks::boxes(30, 400), |look| {
            look.chart = Chart::Table
        }),
        with("table_network_three", networks::boxes(4, 3), |look| {
            look.chart = Chart::Table
        }),
        with("table_response_narrow", analyses::response(), |look| {
            look.chart = Chart::Table;
            look.width_pt = 420.0;
        }),
        with("table_banner_hard", analyses::banner_hard(), |look| {
            look.chart = Chart::Table;
            look.signs = Signs::Letters;
        }),
        with("table_banner_narrow", analyses::banner_hard(), |look| {
            look.chart = Chart::Table;
            look.width_pt = 420.0;
        }),
        with("table_population_alone", tables::thirty_rows(), |look| {
            look.chart = Chart::Table;
            look.population = true;
        }),
        with("table_one_row", tables::one_row(), |look| look.chart = Chart::Table),
        with("table_of_three", tables::group_of_three(), |look| {
            look.chart = Chart::Table
        }),
        with("donut_long_words", analyses::composition_of_long_words(), |_| {}),
        with("effect_narrow", analyses::effect(), |look| look.width_pt = 420.0),
        with("effect_dots", analyses::effect(), |look| look.chart = Chart::Dots),
        with("constellation_narrow", analyses::constellation(), |look| {
            look.width_pt = 420.0
        }),
        with("profile_narrow", analyses::profile(), |look| look.width_pt = 320.0),
        with("number_alone", tables::one_row(), |look| look.chart = Chart::Number),
        entry("donut_hard", analyses::composition_hard()),
        with("donut_narrow", analyses::composition(), |look| look.width_pt = 380.0),
        with("stacked_alone", tables::novelty(), |look| look.chart = Chart::Stacked),
        with("diverging_high", poles::factors(), |look| look.height_pt = Some(760.0)),
    ]
}

/// Every value keeps clear of the bars and whiskers of its mark, on whichever side it stands.
#[test]
fn values_stand_beside_their_marks() {
    for entry in kinds().into_iter().chain(hard_cases()) {
        let is_on_an_axis = [
            "diverging",
            "odds",
            "marginal",
            "dots",
            "effect",
            "letters",
            "arrows",
            "constellation",
        ];
        if !is_on_an_axis.iter().any(|kind| entry.name.starts_with(kind)) {
            continue;
        }
        for theme in [Theme::Light, Theme::Print] {
            let scene = super::scene(&entry, Language::Da, theme);
            for about in 0..scene.abouts.len() {
                let own = || scene.elements.iter().filter(|element| element.about == Some(about));
                let whiskers: Vec<(f32, f32, f32)> = own()
                    .filter_map(|element| match &element.shape {
                        Shape::Line { from, to, .. } if from.1 == to.1 => {
                            Some((from.0.min(to.0), from.0.max(to.0), from.1))
                        }
                        _ => None,
                    })
                    .collect();
                for run in own().filter_map(|element| match &element.shape {
                    Shape::Text(run) => Some(run),
                    _ => None,
                }) {
                    let (left, top, right, bottom) = extent(run);
                    for (from, to, y) in &whiskers {
                        let apart = right < *from || left > *to || bottom < *y || top > *y;
                        assert!(apart, "{}: {:?} stands on a whisker", entry.name, run.text);
                    }
                }
            }
        }
    }
}

#[test]
fn no_value_is_white_on_a_light_colour() {
    for entry in kinds() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let scene = super::scene(&entry, Language::Da, theme);
            let mut grounds: Vec<(f32, f32, f32, f32, Colour)> = Vec::new();
            for element in &scene.elements {
                match &element.shape {
                    Shape::Rect {
                        x,
                        y,
                        width,
                        height,
                        fill,
                        ..
                    } => grounds.push((*x, *y, x + width, y + height, *fill)),
                    Shape::Text(run) => {
                        let (left, top, right, bottom) = extent(run);
                        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
                        let under = grounds.iter().rev().find(|(x, y, to, end, _)| {
                            *x <= middle.0 && middle.0 <= *to && *y <= middle.1 && middle.1 <= *end
                        });
                        let ground = under.map_or(scene.background, |ground| ground.4);
                        // Rings have no rectangles: their ink is chosen by the same rule.
                        if entry.name.starts_with("donut") {
                            continue;
                        }
                        let least = if run.size_pt >= 24.0 { 3.0 } else { 4.5 };
                        let found = contrast(run.colour, ground);
                        assert!(
                            found >= least - 0.01,
                            "{} {theme:?}: {:?} has {found}",
                            entry.name,
                            run.text
                        );
                    }
                    _ => {}
                }
            }
        }
    }
}
