//! What must hold for networks: nobody moves, no name lies on a circle or a line, and a file for other programs has the
//! same numbers.

use isobar::data::Language;
use isobar::export::graph::{GraphFormat, graph};
use isobar::figure::{self, Edges, Look, Scene, Shape, Theme};

use super::{Entry, extent, networks, scene};

fn all() -> Vec<Entry> {
    networks::kinds().into_iter().chain(networks::hard_cases()).collect()
}

fn of_networks() -> Vec<(&'static str, Scene)> {
    let networks = all().into_iter().filter(|entry| entry.name.starts_with("network"));
    networks
        .map(|entry| (entry.name, scene(&entry, Language::Da, Theme::Light)))
        .collect()
}

fn places(table: &isobar::measure::Table, change: impl Fn(&mut Look)) -> Vec<(String, f32, f32)> {
    let mut look = Look::default();
    change(&mut look);
    let scene = figure::layout(&figure::draw(table, &look));
    let top = scene.field.unwrap().1;
    scene
        .handles
        .iter()
        .map(|handle| (handle.id.clone(), handle.x, handle.y - top))
        .collect()
}

#[test]
fn the_same_partner_stays_where_it_was() {
    let before = places(&networks::partners(), |_| {});
    assert_eq!(before.len(), 8);
    assert_eq!(before, places(&networks::partners(), |_| {}), "the same layout twice");
    assert_eq!(before, places(&networks::partners_filtered(), |_| {}), "among others");
    assert_eq!(before, places(&networks::partners_compared(), |_| {}), "in two groups");
    let wanted = |look: &mut Look| {
        look.network.least = 0.05;
        look.network.significant = true;
        look.network.edges = Edges::Lift;
        look.theme = Theme::Dark;
    };
    assert_eq!(before, places(&networks::partners(), wanted), "with fewer ties");
}

#[test]
fn a_node_that_was_put_somewhere_stays_there_and_moves_no_other() {
    let before = places(&networks::partners(), |_| {});
    let after = places(&networks::partners(), |look| {
        look.network.places = vec![("box_3".to_owned(), [0.5, 0.5])];
    });
    for (old, new) in before.iter().zip(&after) {
        match new.0 == "box_3" {
            true => assert!((new.1 - 400.0).abs() < 0.5, "in the middle of a figure of 800 points"),
            false => assert_eq!(old, new),
        }
    }
}

#[test]
fn names_lie_on_no_circle_and_no_line_runs_under_them() {
    for (name, scene) in of_networks() {
        for element in &scene.elements {
            let Shape::Text(run) = &element.shape else { continue };
            if run.halo.is_none() {
                continue;
            }
            let (left, top, right, bottom) = extent(run);
            for handle in &scene.handles {
                let x = handle.x.clamp(left, right) - handle.x;
                let y = handle.y.clamp(top, bottom) - handle.y;
                assert!(
                    x.hypot(y) >= handle.radius,
                    "{name}: {} lies on {}",
                    run.text,
                    handle.label
                );
            }
            for line in &scene.elements {
                let Shape::Polyline { points, .. } = &line.shape else {
                    continue;
                };
                for pair in points.windows(2) {
                    // A point on every other point of the way is enough for letters of that size.
                    for step in 0..=20 {
                        let part = step as f32 / 20.0;
                        let (x, y) = (
                            pair[0].0 + (pair[1].0 - pair[0].0) * part,
                            pair[0].1 + (pair[1].1 - pair[0].1) * part,
                        );
                        assert!(
                            !(x > left && x < right && y > top && y < bottom),
                            "{name}: a line runs under {}",
                            run.text
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn few_nodes_have_their_names_and_many_have_those_with_room() {
    for (name, scene) in of_networks() {
        let named = |label: &str| {
            let first = label.split(' ').next().unwrap();
            scene
                .abouts
                .iter()
                .position(|about| about.title == label)
                .is_some_and(|about| {
                    scene.elements.iter().any(|element| {
                        let Shape::Text(run) = &element.shape else { return false };
                        let start: String = first.chars().take(4).collect();
                        element.about == Some(about) && run.text.starts_with(&start)
                    })
                })
        };
        let count = scene.handles.iter().filter(|handle| named(&handle.label)).count();
        match scene.handles.len() {
            few @ 0..=44 => assert_eq!(count, few, "{name}"),
            _ => assert!(count > 5, "{name}: {count}"),
        }
    }
}

#[test]
fn a_circle_is_as_large_as_its_share() {
    let scene = scene(&networks::kinds().remove(5), Language::En, Theme::Light);
    let table = networks::partners();
    let (first, last) = (&scene.handles[0], &scene.handles[4]);
    let share = |row: usize| table.cell(row, 0).estimate.value;
    let areas = (first.radius / last.radius).powi(2);
    assert!((f64::from(areas) - share(0) / share(4)).abs() < 0.02);
}

#[test]
fn a_line_is_met_along_its_whole_way() {
    let scene = scene(&networks::kinds().remove(5), Language::En, Theme::Light);
    let (points, about) = scene
        .elements
        .iter()
        .find_map(|element| match (&element.shape, element.about) {
            (Shape::Polyline { points, .. }, Some(about)) => Some((points.clone(), about)),
            _ => None,
        })
        .unwrap();
    let near = ((points[0].0 + points[1].0) / 2.0, (points[0].1 + points[1].1) / 2.0);
    assert!(scene.line_at(near, 4.0).is_some());
    assert!(scene.abouts[about].title.contains(" + "));
    assert_eq!(scene.line_at((1.0, 1.0), 4.0), None);
    let node = &scene.handles[2];
    assert_eq!(scene.handle_at((node.x, node.y)), Some(2));
}

#[test]
fn words_of_networks_are_said_in_both_languages() {
    let mut said = String::new();
    for entry in all() {
        for language in Language::ALL {
            let look = Look {
                language,
                ..entry.look.clone()
            };
            let figure = figure::draw(&entry.table, &look);
            said.push_str(&format!("## {} {}\n{}\n\n", entry.name, language.code(), figure.note));
        }
    }
    let scene = scene(&networks::kinds().remove(5), Language::En, Theme::Light);
    for about in scene.abouts.iter().take(3).chain(scene.abouts.last()) {
        said.push_str(&format!("{about:#?}\n"));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn other_programs_get_the_same_numbers() {
    let table = networks::partners();
    let scene = figure::layout(&figure::draw(&table, &Look::default()));
    let with_both = table.ties.iter().filter(|tie| tie.joint.estimate.value > 0.0).count();
    for format in [GraphFormat::GraphMl, GraphFormat::Gexf] {
        let written = graph(&table, &scene, format).unwrap();
        let document = roxmltree::Document::parse(&written).unwrap();
        let all = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
        let named = |name: &'static str| {
            let wanted = document
                .descendants()
                .filter(move |node| node.tag_name().name() == name);
            wanted.collect::<Vec<_>>()
        };
        assert_eq!(all("none").count(), 0);
        assert_eq!(named("node").len(), 8);
        assert_eq!(named("edge").len(), with_both);
        let first = named("edge")[0];
        assert_eq!(first.attribute("source"), Some("box_0"));
        let weight = match format {
            GraphFormat::Gexf => first.attribute("weight").unwrap().to_owned(),
            GraphFormat::GraphMl => {
                let weight = first
                    .children()
                    .find(|data| data.attribute("key") == Some("edge_weight"));
                weight.unwrap().text().unwrap().to_owned()
            }
        };
        assert_eq!(weight.parse::<f64>().unwrap(), table.ties[0].joint.estimate.value);
        assert!(written.contains("Frivillige foreninger") && written.contains("Voluntary associations"));
    }
}
