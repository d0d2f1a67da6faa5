//! Every kind of chart as the text of its SVG, from tables made by hand, and what must hold for all of them.
//!
//! With `ISOBAR_GALLERY_DIR` set to a folder, the pictures are written there to be looked at; with `ISOBAR_GALLERY_ONLY`
//! set as well, those whose name begins so (or so: names with commas between them).

mod analyses;
mod charts;
mod network_rules;
mod networks;
mod poles;
mod set_rules;
mod sets;
pub mod tables;
mod trend_rules;
mod trends;

use isobar::data::Language;
use isobar::export;
use isobar::figure::{self, Anchor, Chart, Look, Scene, Shape, Sort, TextRun, Theme, Weight};
use isobar::measure::Table;

/// A figure of the gallery: its name, its table and how it departs from the usual look.
struct Entry {
    name: &'static str,
    table: Table,
    look: Look,
}

fn entry(name: &'static str, table: Table) -> Entry {
    Entry {
        name,
        table,
        look: Look::default(),
    }
}

fn charted(name: &'static str, table: Table, chart: Chart) -> Entry {
    let mut entry = entry(name, table);
    entry.look.chart = chart;
    entry
}

/// One of each kind of chart.
fn kinds() -> Vec<Entry> {
    let mut all = plain_kinds();
    all.extend(charts::kinds());
    all
}

fn plain_kinds() -> Vec<Entry> {
    let table_look = |name, table| Entry {
        look: Look {
            chart: Chart::Table,
            ..Look::default()
        },
        ..entry(name, table)
    };
    vec![
        entry("bars", tables::partners()),
        entry("bars_ordered", tables::novelty()),
        entry("grouped", tables::partners_by_sector()),
        entry("grouped_ordered", tables::types_by_size()),
        entry("many_groups", tables::innovative_by_branch()),
        entry("means", tables::education_by_size()),
        entry("battery", tables::factors()),
        entry("battery_grouped", tables::culture_by_type()),
        entry("upset", sets::exact()),
        entry("upset_least", sets::at_least()),
        entry("upset_types", sets::types()),
        charted("slope", trends::two_rounds(), Chart::Slope),
        charted("slope_actors", trends::two_types(), Chart::Slope),
        entry("lines_rounds", trends::rounds()),
        entry("lines_one_trend", trends::one_trend()),
        entry("lines_curves", trends::two_curves()),
        entry("lines_crossing", trends::crossing_curves()),
        entry("lines_one_curve", trends::one_curve()),
        table_look("table", tables::partners()),
        table_look("table_grouped", tables::partners_by_sector()),
        table_look("table_battery", tables::culture_by_type()),
    ]
    .into_iter()
    .chain(networks::kinds())
    .collect()
}

/// What usually breaks a chart.
fn hard_cases() -> Vec<Entry> {
    let mut all = plain_hard_cases();
    all.extend(charts::hard_cases());
    all
}

fn plain_hard_cases() -> Vec<Entry> {
    let with = |name, table, change: fn(&mut Look)| {
        let mut entry = entry(name, table);
        change(&mut entry.look);
        entry
    };
    vec![
        entry("long_labels", tables::long_labels()),
        entry("thirty_rows", tables::thirty_rows()),
        entry("one_row", tables::one_row()),
        entry("group_of_three", tables::group_of_three()),
        charted("slope_steep", trends::steep(), Chart::Slope),
        charted("slope_thirty", trends::thirty_slopes(), Chart::Slope),
        with("slope_narrow", trends::two_rounds(), |look| {
            look.width_pt = 420.0;
            look.chart = Chart::Slope;
        }),
        with("slope_narrowest", trends::steep(), |look| {
            look.width_pt = 280.0;
            look.chart = Chart::Slope;
        }),
        charted("lines_two_rounds", trends::two_rounds(), Chart::Lines),
        entry("lines_thirty", trends::thirty_lines()),
        entry("lines_broken", trends::broken_lines()),
        entry("lines_means", trends::mean_rounds()),
        entry("lines_short_curve", trends::short_curve()),
        with("lines_narrow", trends::rounds(), |look| look.width_pt = 420.0),
        with("lines_narrowest", trends::broken_lines(), |look| look.width_pt = 280.0),
        with("lines_narrow_curves", trends::two_curves(), |look| {
            look.width_pt = 320.0
        }),
        entry("upset_one_box", sets::one_box()),
        entry("upset_long", sets::long_labels()),
        with("upset_thirty", sets::thirty(), |look| look.sets.most = 30),
        entry("upset_thirty_boxes", sets::thirty()),
        with("upset_narrow", sets::exact(), |look| look.width_pt = 420.0),
        with("upset_narrowest", sets::long_labels(), |look| look.width_pt = 280.0),
        with("upset_three", sets::three_respondents(), |look| look.sets.least_n = 1),
        with("upset_high", sets::types(), |look| look.height_pt = Some(700.0)),
        entry("empty", tables::empty()),
        with("questionnaire_order", tables::partners(), |look| {
            look.sort = Sort::Questionnaire;
            look.actor_colours = false;
        }),
        with("without_intervals", tables::partners(), |look| look.intervals = false),
        with("narrow", tables::partners_by_sector(), |look| look.width_pt = 420.0),
        with("narrow_long", tables::long_labels(), |look| look.width_pt = 280.0),
        with("narrow_table", tables::partners_by_sector(), |look| {
            look.width_pt = 360.0;
            look.chart = Chart::Table;
        }),
        with("low", tables::partners(), |look| look.height_pt = Some(560.0)),
        with("too_low", tables::partners(), |look| look.height_pt = Some(100.0)),
        with("high", tables::novelty(), |look| look.height_pt = Some(600.0)),
        with("own_headline", tables::partners(), |look| {
            look.headline = Some(
                "Tre ud af fire innovationer skabes sammen med andre – oftest inden for egen organisation".to_owned(),
            );
        }),
        with("long_labels_table", tables::long_labels(), |look| {
            look.chart = Chart::Table
        }),
        with("many_groups_table", tables::innovative_by_branch(), |look| {
            look.chart = Chart::Table;
        }),
    ]
    .into_iter()
    .chain(networks::hard_cases())
    .collect()
}

fn scene(entry: &Entry, language: Language, theme: Theme) -> Scene {
    let look = Look {
        language,
        theme,
        ..entry.look.clone()
    };
    figure::layout(&figure::draw(&entry.table, &look))
}

/// Every scene of the gallery with its name.
fn scenes() -> Vec<(String, Scene)> {
    let mut all = Vec::new();
    for entry in kinds() {
        for language in Language::ALL {
            for (theme, tone) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")] {
                let name = format!("{}_{}_{tone}", entry.name, language.code());
                all.push((name, scene(&entry, language, theme)));
            }
        }
    }
    for entry in hard_cases() {
        all.push((entry.name.to_owned(), scene(&entry, Language::Da, Theme::Light)));
    }
    all
}

#[test]
fn every_figure_is_the_one_that_was_looked_at() {
    let folder = std::env::var_os("ISOBAR_GALLERY_DIR");
    let only = std::env::var("ISOBAR_GALLERY_ONLY").unwrap_or_default();
    let is_asked = |name: &str| only.split(',').any(|start| name.starts_with(start));
    for (name, scene) in scenes().into_iter().filter(|(name, _)| is_asked(name)) {
        if let Some(folder) = &folder {
            let path = std::path::Path::new(folder).join(format!("{name}.png"));
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(path, export::png(&scene, 100.0).unwrap()).unwrap();
        }
        insta::assert_snapshot!(format!("gallery_{name}"), export::svg(&scene));
    }
}

/// Left, top, right and bottom of a text, as tall as its capitals and its descenders.
fn extent(run: &TextRun) -> (f32, f32, f32, f32) {
    let left = match run.anchor {
        Anchor::Start => run.x,
        Anchor::Middle => run.x - run.width_pt / 2.0,
        Anchor::End => run.x - run.width_pt,
    };
    (
        left,
        run.y - run.size_pt * figure::fonts::CAP_HEIGHT,
        left + run.width_pt,
        run.y + run.size_pt * 0.2,
    )
}

fn texts(scene: &Scene) -> Vec<&TextRun> {
    let texts = scene.elements.iter().filter_map(|element| match &element.shape {
        Shape::Text(run) => Some(run),
        _ => None,
    });
    texts.collect()
}

#[test]
fn no_two_texts_overlap() {
    for (name, scene) in scenes() {
        assert_texts_apart(&name, &scene);
    }
}

pub fn assert_texts_apart(name: &str, scene: &Scene) {
    let overlaps = overlaps(scene);
    assert!(overlaps.is_empty(), "{name}: {overlaps:?}");
}

/// The pairs of texts that overlap.
pub fn overlaps(scene: &Scene) -> Vec<(&str, &str)> {
    let texts = texts(scene);
    let mut found = Vec::new();
    for (position, first) in texts.iter().enumerate() {
        for second in &texts[position + 1..] {
            let (a, b) = (extent(first), extent(second));
            if !(a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1) {
                found.push((first.text.as_str(), second.text.as_str()));
            }
        }
    }
    found
}

#[test]
fn everything_lies_within_the_page() {
    for (name, scene) in scenes() {
        assert_inside_the_page(&name, &scene);
    }
}

pub fn assert_inside_the_page(name: &str, scene: &Scene) {
    let inside = |left: f32, top: f32, right: f32, bottom: f32, what: &str| {
        assert!(
            left >= -0.01 && top >= -0.01 && right <= scene.width + 0.01 && bottom <= scene.height + 0.01,
            "{name}: {what} leaves the page: {left} {top} {right} {bottom}"
        );
    };
    for element in &scene.elements {
        match &element.shape {
            Shape::Rect {
                x, y, width, height, ..
            } => {
                assert!(*width >= 0.0 && *height >= 0.0, "{name}");
                inside(*x, *y, x + width, y + height, "a rectangle");
            }
            Shape::Line { from, to, .. } => {
                inside(
                    from.0.min(to.0),
                    from.1.min(to.1),
                    from.0.max(to.0),
                    from.1.max(to.1),
                    "a line",
                );
            }
            Shape::Circle { x, y, radius, .. } => {
                inside(x - radius, y - radius, x + radius, y + radius, "a circle");
            }
            Shape::Polyline { points, .. } => {
                points.iter().for_each(|(x, y)| inside(*x, *y, *x, *y, "a line"));
            }
            Shape::Strip { one, other, .. } => {
                let points = one.iter().chain(other);
                points.for_each(|(x, y)| inside(*x, *y, *x, *y, "a strip"));
            }
            Shape::Text(run) => {
                let (left, top, right, bottom) = extent(run);
                inside(left, top, right, bottom, &run.text);
            }
        }
    }
    for (x, y, width, height) in &scene.hits {
        inside(*x, *y, x + width, y + height, "a hit");
    }
    assert_eq!(scene.abouts.len(), scene.hits.len(), "{name}");
}

/// What is drawn for one number: left and right of bars, right ends of whiskers, values.
type Mark<'a> = (Vec<(f32, f32)>, Vec<f32>, Vec<&'a TextRun>);

/// The elements of each mark, by what they stand for.
fn marks(scene: &Scene) -> Vec<Mark<'_>> {
    (0..scene.abouts.len())
        .map(|about| {
            let mut mark = (Vec::new(), Vec::new(), Vec::new());
            for element in scene.elements.iter().filter(|element| element.about == Some(about)) {
                match &element.shape {
                    Shape::Rect { x, width, .. } => mark.0.push((*x, x + width)),
                    Shape::Line { from, to, .. } => mark.1.push(from.0.max(to.0)),
                    Shape::Text(run) => mark.2.push(run),
                    Shape::Circle { .. } | Shape::Polyline { .. } | Shape::Strip { .. } => {}
                }
            }
            mark
        })
        .collect()
}

#[test]
fn bars_start_at_zero_and_values_stand_outside_their_whiskers() {
    for entry in kinds().into_iter().chain(hard_cases()) {
        let own_rules = [
            "battery",
            "diverging",
            "lines",
            "slope",
            "upset",
            "network",
            "matrix",
            "flow",
            "odds",
            "marginal",
            "dots",
            "profile",
            "number",
            "donut",
            "stacked",
            "effect",
            "letters",
            "arrows",
        ];
        if entry.look.chart == Chart::Table || own_rules.iter().any(|kind| entry.name.starts_with(kind)) {
            continue;
        }
        let scene = scene(&entry, Language::Da, Theme::Light);
        let marks = marks(&scene);
        let starts: Vec<f32> = marks.iter().flat_map(|mark| &mark.0).map(|bar| bar.0).collect();
        assert!(
            starts.iter().all(|start| (start - starts[0]).abs() < 0.01),
            "{}: {starts:?}",
            entry.name
        );
        for (bars, whiskers, values) in &marks {
            let ends = bars.iter().map(|bar| bar.1).chain(whiskers.iter().copied());
            let end = ends.fold(0.0, f32::max);
            assert_eq!(values.len(), 1, "{}: every bar has one value", entry.name);
            assert!(extent(values[0]).0 >= end + 3.0, "{}: {:?}", entry.name, values[0].text);
        }
    }
}

#[test]
fn the_length_of_a_bar_is_its_share() {
    let scene = scene(&entry("bars", tables::partners()), Language::Da, Theme::Light);
    let lengths: Vec<f32> = marks(&scene)
        .iter()
        .flat_map(|mark| &mark.0)
        .map(|(from, to)| to - from)
        .collect();
    // In the order of the figure: the union, then by size, then none of these.
    let shares = [0.758, 0.524, 0.278, 0.262, 0.229, 0.171, 0.094, 0.043, 0.012, 0.213];
    assert_eq!(lengths.len(), shares.len());
    for (length, share) in lengths.iter().zip(shares) {
        assert!((length / lengths[0] - share / 0.758).abs() < 1e-3, "{share}");
    }
}

#[test]
fn only_the_first_value_carries_the_sign() {
    for language in Language::ALL {
        let scene = scene(&entry("bars", tables::partners()), language, Theme::Light);
        let values: Vec<String> = marks(&scene)
            .iter()
            .flat_map(|mark| &mark.2)
            .map(|run| run.text.clone())
            .collect();
        let first = if language == Language::Da { "76\u{a0}%" } else { "76%" };
        assert_eq!(values, [first, "52", "28", "26", "23", "17", "9", "4", "1", "21"]);
    }
}

#[test]
fn what_was_not_asked_is_said_in_words_and_never_as_zero() {
    let scene = scene(
        &entry("grouped", tables::partners_by_sector()),
        Language::En,
        Theme::Light,
    );
    let about = scene
        .abouts
        .iter()
        .position(|about| about.title == "Abroad · Region")
        .unwrap();
    let mark = &marks(&scene)[about];
    assert!(mark.0.is_empty() && mark.1.is_empty(), "no bar, no whisker");
    assert_eq!(mark.2[0].text, "not asked");
    assert_eq!(scene.abouts[about].lines[0], "not asked");
}

#[test]
fn every_mark_says_its_share_interval_n_weight_and_base() {
    let scene = scene(&entry("bars", tables::partners()), Language::Da, Theme::Light);
    let citizens = scene.abouts.iter().find(|about| about.title == "Borgere").unwrap();
    assert_eq!(
        citizens.lines,
        [
            "23\u{a0}% (95\u{a0}% interval 21–25\u{a0}%)",
            "445 af 1.942 svar",
            "Vægtet grundlag 12.429",
            "Grundlag: Innovative arbejdspladser (den seneste innovation)",
        ]
    );
}

#[test]
fn a_fixed_height_is_kept_unless_the_words_need_more() {
    let height = |name: &str| {
        let entry = hard_cases().into_iter().find(|entry| entry.name == name).unwrap();
        scene(&entry, Language::Da, Theme::Light).height
    };
    assert_eq!(height("low"), 560.0);
    assert_eq!(height("high"), 600.0);
    assert!(height("too_low") > 100.0);
}

#[test]
fn words_of_figures_are_said_in_both_languages() {
    let mut said = String::new();
    // Those of networks are said in `network_rules`.
    let own = |entry: &Entry| {
        ["network", "matrix", "flow"]
            .iter()
            .any(|kind| entry.name.starts_with(kind))
    };
    for entry in kinds().into_iter().chain(hard_cases()).filter(|entry| !own(entry)) {
        for language in Language::ALL {
            let look = Look {
                language,
                ..entry.look.clone()
            };
            let figure = figure::draw(&entry.table, &look);
            said.push_str(&format!(
                "## {} {}\n{}\n{}\n{}\n{}\n\n",
                entry.name,
                language.code(),
                figure.headline,
                figure.subtitle,
                figure.note,
                figure.source
            ));
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn the_alternative_text_has_every_number() {
    let look = Look {
        language: Language::En,
        ..Look::default()
    };
    insta::assert_snapshot!(figure::draw(&tables::group_of_three(), &look).alt);
}

#[test]
fn texts_are_as_wide_in_the_picture_as_the_layout_measured() {
    fn widths(group: &resvg::usvg::Group, found: &mut Vec<(String, f32)>) {
        for node in group.children() {
            match node {
                resvg::usvg::Node::Group(group) => widths(group, found),
                resvg::usvg::Node::Text(text) => {
                    let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    found.push((words, text.bounding_box().width()));
                }
                _ => {}
            }
        }
    }
    // The renderer is slow in a dev build, and a theme does not change a width.
    for (name, scene) in scenes().into_iter().filter(|(name, _)| !name.ends_with("_dark")) {
        let tree = export::tree(&export::svg(&scene)).unwrap();
        let mut found = Vec::new();
        widths(tree.root(), &mut found);
        let texts = texts(&scene);
        assert_eq!(found.len(), texts.len(), "{name}: a text is missing in the picture");
        for ((words, width), run) in found.iter().zip(texts) {
            assert_eq!(words, &run.text, "{name}");
            let off = (width - run.width_pt).abs();
            assert!(
                off <= 0.5 + run.width_pt * 0.01,
                "{name}: {words:?} is {width}, measured {}",
                run.width_pt
            );
        }
    }
}

#[test]
fn a_picture_has_the_size_and_resolution_asked_for() {
    let scene = scene(&entry("bars", tables::novelty()), Language::Da, Theme::Light);
    let png = export::png(&scene, 144.0).unwrap();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(number(16), 1600);
    assert_eq!(number(20), (scene.height * 2.0) as u32);
    assert_eq!(&png[37..41], b"pHYs");
    assert_eq!(number(41), 5669); // 144 / 0.0254
    // The reader checks every chunk's checksum.
    assert!(resvg::tiny_skia::Pixmap::decode_png(&png).is_ok());
}

#[test]
fn a_picture_that_is_too_large_is_refused_before_memory_is_taken() {
    let scene = scene(&entry("bars", tables::novelty()), Language::Da, Theme::Light);
    insta::assert_snapshot!(export::png(&scene, 100_000.0).unwrap_err());
}

#[test]
fn weights_of_text_are_all_in_the_picture() {
    let scene = scene(
        &entry("grouped", tables::partners_by_sector()),
        Language::Da,
        Theme::Light,
    );
    let svg = export::svg(&scene);
    for (weight, number) in [(Weight::Regular, 400), (Weight::SemiBold, 600), (Weight::Bold, 700)] {
        assert!(texts(&scene).iter().any(|run| run.weight == weight));
        assert!(svg.contains(&format!(r#"font-weight="{number}""#)));
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}

/// The colour of the legend's square before each group.
fn key_colours(table: Table) -> Vec<String> {
    let scene = scene(&entry("keys", table), Language::En, Theme::Light);
    let squares = scene.elements.iter().filter_map(|element| match &element.shape {
        Shape::Rect {
            width, height, fill, ..
        } if width == height => Some(format!("{fill:?}")),
        _ => None,
    });
    squares.collect()
}

#[test]
fn a_group_keeps_its_colour_when_another_is_filtered_away() {
    let all = key_colours(tables::partners_by_sector());
    assert_eq!(all.len(), 3);
    assert_eq!(key_colours(tables::partners_by_two_sectors()), all[1..]);
}
