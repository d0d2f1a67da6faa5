//! What must hold for slope and line charts.

use super::{charted, entry, extent, scene, texts, trends};
use isobar::data::Language;
use isobar::figure::{Chart, Scene, Shape, Theme};

/// The ends of the lines of a width, in the order they are drawn.
fn lines(scene: &Scene, wide: f32) -> Vec<Vec<(f32, f32)>> {
    let lines = scene.elements.iter().filter_map(|element| match &element.shape {
        Shape::Polyline { points, width, .. } if (*width - wide).abs() < 0.01 => Some(points.clone()),
        _ => None,
    });
    lines.collect()
}

fn said(scene: &Scene) -> Vec<String> {
    texts(scene).iter().map(|run| run.text.clone()).collect()
}

#[test]
fn a_slope_falls_and_rises_as_its_shares_do() {
    let scene = scene(
        &charted("slope", trends::two_types(), Chart::Slope),
        Language::Da,
        Theme::Light,
    );
    let falls: Vec<f32> = lines(&scene, 2.2).iter().map(|line| line[1].1 - line[0].1).collect();
    // As the differences of the shares, largest row first.
    let differences = [-0.04, 0.26, -0.03, 0.26, 0.13];
    assert_eq!(falls.len(), differences.len());
    let unit = falls.iter().copied().fold(0.0, f32::max) / 0.26;
    let mut found: Vec<i32> = falls.iter().map(|fall| (fall / unit * 100.0).round() as i32).collect();
    let mut expected: Vec<i32> = differences.iter().map(|by| (by * 100.0f32).round() as i32).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn only_significant_differences_stand_out_and_the_note_says_so() {
    let scene = scene(
        &charted("slope", trends::two_rounds(), Chart::Slope),
        Language::En,
        Theme::Light,
    );
    // Efficiency 52 → 44 and citizen involvement 22 → 31 of 1,942 and 1,771; the others differ by at most 2 points.
    assert_eq!(lines(&scene, 2.2).len(), 2);
    assert_eq!(lines(&scene, 1.4).len(), 3);
    assert!(
        said(&scene).join(" ").contains("In colour: significant difference"),
        "{:?}",
        said(&scene)
    );
}

#[test]
fn what_one_side_was_not_asked_has_no_line_and_says_so() {
    let scene = scene(
        &charted("slope", trends::two_rounds(), Chart::Slope),
        Language::En,
        Theme::Light,
    );
    assert_eq!(said(&scene).iter().filter(|text| *text == "not asked").count(), 1);
    let rounds = super::scene(&entry("lines", trends::rounds()), Language::En, Theme::Light);
    assert_eq!(said(&rounds).iter().filter(|text| *text == "not asked").count(), 1);
    let dashed = rounds
        .elements
        .iter()
        .filter(|element| matches!(element.shape, Shape::Polyline { dashed: true, .. }));
    assert_eq!(dashed.count(), 1, "the gap is bridged by a dashed line");
}

#[test]
fn rounds_stand_as_far_apart_as_their_years() {
    let scene = scene(&entry("lines", trends::one_trend()), Language::Da, Theme::Light);
    let x: Vec<f32> = lines(&scene, 2.2)[0].iter().map(|point| point.0).collect();
    // 2013, 2015, 2018, 2021.
    assert!(((x[2] - x[1]) / (x[1] - x[0]) - 1.5).abs() < 0.01, "{x:?}");
    assert!(((x[3] - x[2]) / (x[2] - x[1]) - 1.0).abs() < 0.01, "{x:?}");
}

#[test]
fn heights_of_a_line_are_its_shares_from_zero_and_values_stand_over_whiskers() {
    let scene = scene(&entry("lines", trends::one_trend()), Language::Da, Theme::Light);
    let line = &lines(&scene, 2.2)[0];
    let tick = |words: &str| {
        let run = texts(&scene).into_iter().find(|run| run.text == words).unwrap().clone();
        let (_, top, _, bottom) = extent(&run);
        // The middle of the digits, without the room for descenders.
        (top + bottom - run.size_pt * 0.2) / 2.0
    };
    let (zero, whole) = (tick("0\u{a0}%"), tick("100"));
    for (point, share) in line.iter().zip([0.86, 0.80, 0.79, 0.73]) {
        assert!(((zero - point.1) / (zero - whole) - share).abs() < 0.005, "{share}");
    }
    for about in 0..scene.abouts.len() {
        let own = scene.elements.iter().filter(|element| element.about == Some(about));
        let (mut top, mut value) = (f32::INFINITY, None);
        for element in own {
            match &element.shape {
                Shape::Line { from, to, .. } => top = top.min(from.1).min(to.1),
                Shape::Text(run) => value = Some(extent(run).3),
                _ => {}
            }
        }
        assert!(value.unwrap() <= top + 3.0, "{:?} {top}", value);
    }
}

#[test]
fn a_curve_has_its_band_and_bands_over_each_other_are_mixed() {
    let strips = |table| {
        let scene = scene(&entry("lines", table), Language::Da, Theme::Light);
        scene
            .elements
            .iter()
            .filter(|element| matches!(element.shape, Shape::Strip { .. }))
            .count()
    };
    assert_eq!(strips(trends::one_curve()), 1);
    assert_eq!(strips(trends::two_curves()), 2);
    // Three bands and the three pairs that cross.
    assert_eq!(strips(trends::crossing_curves()), 6);
}
