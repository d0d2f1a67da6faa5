//! What must hold for UpSet charts.

use super::{entry, extent, scene, sets, texts};
use isobar::data::Language;
use isobar::figure::{Scene, Shape, Theme};

/// Per mark: its upright bars (middle, top, bottom), the tops of its whiskers and the extents of its values.
type Column = (Vec<(f32, f32, f32)>, Vec<f32>, Vec<(f32, f32, f32, f32)>);

fn columns(scene: &Scene) -> Vec<Column> {
    let mut all = Vec::new();
    for about in 0..scene.abouts.len() {
        let mut column: Column = Default::default();
        for element in scene.elements.iter().filter(|element| element.about == Some(about)) {
            match &element.shape {
                Shape::Rect {
                    x, y, width, height, ..
                } => {
                    column.0.push((x + width / 2.0, *y, y + height));
                }
                Shape::Line { from, to, .. } => column.1.push(from.1.min(to.1)),
                Shape::Text(run) => column.2.push(extent(run)),
                _ => {}
            }
        }
        // A set's mark reaches from its bar down through the matrix.
        if scene.hits[about].3 > 200.0 {
            all.push(column);
        }
    }
    all
}

#[test]
fn the_height_of_a_set_is_its_share_and_its_value_stands_above_its_whisker() {
    let scene = scene(&entry("upset", sets::exact()), Language::Da, Theme::Light);
    let columns = columns(&scene);
    // The twelve largest that were counted, the one without boxes last.
    let counts = [
        391.0, 172.0, 158.0, 141.0, 118.0, 97.0, 71.0, 63.0, 52.0, 48.0, 41.0, 414.0,
    ];
    assert_eq!(columns.len(), counts.len());
    let tall = |column: &Column| column.0[0].2 - column.0[0].1;
    for (column, count) in columns.iter().zip(counts) {
        assert!(
            (tall(column) / tall(&columns[0]) - count / counts[0]).abs() < 1e-3,
            "{count}"
        );
        let (middle, top, bottom) = column.0[0];
        assert_eq!(bottom, columns[0].0[0].2, "bars stand on one line");
        let value = column.2[0];
        assert!(((value.0 + value.2) / 2.0 - middle).abs() < 0.01);
        let highest = column.1.iter().copied().filter(|y| *y < bottom).fold(top, f32::min);
        assert!(value.3 <= highest, "the value stands above bar and whisker");
    }
}

#[test]
fn the_switch_and_the_rest_are_said_in_words() {
    let said = |table, language| -> Vec<String> {
        let scene = scene(&entry("upset", table), language, Theme::Light);
        texts(&scene).iter().map(|run| run.text.clone()).collect()
    };
    let has = |texts: &[String], words: &str| texts.iter().any(|text| text.contains(words));
    let exact = said(sets::exact(), Language::Da);
    assert!(has(&exact, "Præcis disse"));
    // 176 of 1,942 in the ten sets that are not drawn.
    assert!(
        has(&exact, "Ikke vist: 10 sjældnere kombinationer, tilsammen 9\u{a0}%."),
        "{exact:?}"
    );
    let least = said(sets::at_least(), Language::En);
    assert!(has(&least, "At least these"));
    assert!(has(&least, "rarer combinations, each at most"), "{least:?}");
}
