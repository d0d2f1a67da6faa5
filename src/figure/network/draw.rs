//! A network in data units in, circles, lines and names at their positions out.

use super::labels::{self, Align, Block, Disc, Placed, Wish};
use super::layout::{self, Boxes, Side};
use super::{KeyGroup, Network, Node, Swatch};
use crate::figure::fonts::Style;
use crate::figure::page::Area;
use crate::figure::palette::{self, Inks};
use crate::figure::pen::{INSIDE, KEY_DETAIL, Pen, VALUE_NARROW};
use crate::figure::scene::{Anchor, Colour, Handle, Weight};

/// The widest line, in parts of the radius of 100 %.
const WIDEST: f32 = 0.26;
/// The thinnest line.
const THINNEST: f32 = 0.8;
/// The thickest dashed line.
const DASHED: f32 = 1.1;
/// Paper around a node, and between its rings.
const CASING: f32 = 1.8;
/// A ring.
const RING: f32 = 1.5;
/// The smallest node.
const LEAST_RADIUS: f32 = 3.2;
/// Values in large circles: large enough for a lower contrast (WCAG 2.2: 14 points bold).
const LARGE: Style = Style::new(14.0, Weight::Bold, 16.0);

/// Draws the network; gives its lower edge.
pub fn draw(pen: &mut Pen, network: &Network, inks: &Inks, area: Area) -> f32 {
    let nodes = &network.nodes;
    let many = nodes.len() > layout::MOST_AROUND;
    let most = match many {
        true => 110.0,
        false => (area.width * 0.235).clamp(70.0, 176.0),
    };
    let places = place(network, area, most);
    let field = (area.x, area.top, area.width, places.height);
    let (at, discs, radii) = discs(network, &places, field);
    let inside: Vec<bool> = (0..nodes.len())
        .map(|node| value_inside(&nodes[node], radii[node]).is_some())
        .collect();

    let mut order: Vec<usize> = (0..nodes.len()).collect();
    if many {
        order.sort_by(|a, b| nodes[*b].share.total_cmp(&nodes[*a].share).then(a.cmp(b)));
    }
    let bounds = (area.x, area.top, area.right(), area.top + places.height);
    let (placed, pointers) = match many {
        true => labels::at_the_sides(nodes, &discs, &order, bounds, layout::margin(area.width)),
        false => (labels::placed(nodes, &discs, &inside, &order, bounds, most), Vec::new()),
    };

    let abouts: Vec<usize> = nodes
        .iter()
        .zip(&discs)
        .map(|(node, disc)| {
            let reach = disc.radius.max(7.0);
            pen.about(&node.about, square(disc.at, reach, field))
        })
        .collect();
    edges(pen, network, inks, &discs, &placed, (places.radius, field));

    for [from, to] in pointers {
        pen.polyline(vec![from, to], 0.7, inks.text, false, None);
    }
    for (position, node) in nodes.iter().enumerate() {
        let (at, radius, about) = (at[position], radii[position], Some(abouts[position]));
        pen.circle(at, discs[position].radius + CASING, inks.surface, None);
        for ring in (0..node.rings).rev() {
            let outer = radius + (ring + 1) as f32 * (RING + CASING);
            pen.circle(at, outer, inks.second, about);
            pen.circle(at, outer - RING, inks.surface, about);
        }
        pen.circle(at, radius, node.colour, about);
        if !node.share.is_finite() {
            pen.circle(at, (radius - 1.3).max(0.5), inks.surface, about);
        }
        if let Some((words, style, ink)) = value_inside(node, radius) {
            let baseline = (at.0, at.1 + style.to_baseline());
            pen.text(&words, baseline, Anchor::Middle, &style, ink, about);
        }
        pen.handles.push(Handle {
            id: node.id.clone(),
            label: node.label.clone(),
            x: at.0,
            y: at.1,
            radius,
            fill: node.colour,
            community: node.community,
            pinned: node.pinned.is_some(),
        });
    }
    pen.field = Some(field);
    for label in &placed {
        write(pen, label, nodes, inks, abouts[label.node]);
    }
    legend(
        pen,
        &network.keys,
        inks,
        area,
        (area.top + places.height + 14.0, places.radius),
    )
}

/// Places by labels, order and width.
fn place(network: &Network, area: Area, most: f32) -> layout::Places {
    // As high as with a value behind it, so that nobody moves when a share grows into its circle.
    let blocks: Vec<Block> = network
        .nodes
        .iter()
        // Places of many do not go by their names.
        .map(|node| match network.nodes.len() > layout::MOST_AROUND {
            true => Block::of("", None, most, 1),
            false => Block::of(&node.label, Some("100 %"), most, network.nodes.len()),
        })
        .collect();
    let heights: Vec<f32> = blocks.iter().map(|block| block.height).collect();
    let widths: Vec<f32> = blocks.iter().map(|block| block.width + labels::BESIDE).collect();
    // A long name in the middle would stand in the way of the ties there.
    let short = |node: &usize| blocks[*node].lines.len() <= 2 && !blocks[*node].value_below;
    layout::places(&Boxes {
        heights: &heights,
        widths: &widths,
        middle: network.middle.filter(short),
        width: area.width,
        stretch: area.stretch,
    })
}

/// Where nodes are, what they take up, and their radii: areas go by share, smaller where two would touch.
fn discs(
    network: &Network,
    places: &layout::Places,
    field: (f32, f32, f32, f32),
) -> (Vec<(f32, f32)>, Vec<Disc>, Vec<f32>) {
    let nodes = &network.nodes;
    let at: Vec<(f32, f32)> = nodes
        .iter()
        .zip(&places.at)
        .map(|(node, (x, y))| match node.pinned {
            Some([x, y]) => (field.0 + x * field.2, field.1 + y * field.3),
            None => (field.0 + x, field.1 + y),
        })
        .collect();
    let root = |node: &Node| match node.share.is_finite() {
        true => node.share.clamp(0.0, 1.0).sqrt() as f32,
        false => 0.0,
    };
    let mut full = places.radius;
    for (a, one) in nodes.iter().enumerate() {
        for (b, other) in nodes.iter().enumerate().skip(a + 1) {
            let rings = (one.rings + other.rings) as f32 * (RING + CASING) + 2.0 * CASING + 2.0;
            let apart = (at[a].0 - at[b].0).hypot(at[a].1 - at[b].1) - rings;
            let both = root(one) + root(other);
            if one.pinned.is_none() && other.pinned.is_none() && both > 0.0 {
                full = full.min((apart / both).max(LEAST_RADIUS));
            }
        }
    }
    let radii: Vec<f32> = nodes.iter().map(|node| (full * root(node)).max(LEAST_RADIUS)).collect();
    // Nobody leaves the chart, wherever it was put.
    let held: Vec<(f32, f32)> = at
        .iter()
        .zip(nodes.iter().zip(&radii))
        .map(|((x, y), (node, radius))| {
            let reach = radius + node.rings as f32 * (RING + CASING) + CASING;
            let hold =
                |value: f32, from: f32, size: f32| value.clamp(from + reach, (from + size - reach).max(from + reach));
            (hold(*x, field.0, field.2), hold(*y, field.1, field.3))
        })
        .collect();
    let discs = nodes
        .iter()
        .enumerate()
        .map(|(node, own)| {
            let off = (places.at[node].1 - places.height / 2.0) / (places.height / 2.0);
            Disc {
                at: held[node],
                radius: radii[node] + own.rings as f32 * (RING + CASING),
                wish: match (own.pinned, places.side[node]) {
                    (None, Side::Right) => Wish::Right(off),
                    (None, Side::Left) => Wish::Left(off),
                    _ => Wish::Below,
                },
            }
        })
        .collect();
    (held, discs, radii)
}

/// The value in a node with its style and ink, where it fits and can be read.
fn value_inside(node: &Node, radius: f32) -> Option<(String, Style, Colour)> {
    if !node.share.is_finite() {
        return None;
    }
    let inks = [palette::inks_on_light().text, palette::inks_on_light().surface];
    for (style, contrast) in [(LARGE, 3.0), (INSIDE, 4.5)] {
        let ink = inks
            .into_iter()
            .max_by(|a, b| palette::contrast(*a, node.colour).total_cmp(&palette::contrast(*b, node.colour)))
            .filter(|ink| palette::contrast(*ink, node.colour) >= contrast);
        let Some(ink) = ink else { continue };
        for words in &node.values {
            // The digits' corners lie inside the circle.
            let corner = (style.width(words) / 2.0).hypot(style.size_pt * 0.37);
            if !words.is_empty() && corner + 2.0 <= radius {
                return Some((words.clone(), style, ink));
            }
        }
    }
    None
}

/// A square around a point, held inside the chart.
fn square((x, y): (f32, f32), reach: f32, field: (f32, f32, f32, f32)) -> (f32, f32, f32, f32) {
    let (left, top) = ((x - reach).max(field.0), (y - reach).max(field.1));
    let (right, bottom) = ((x + reach).min(field.0 + field.2), (y + reach).min(field.1 + field.3));
    (left, top, (right - left).max(0.0), (bottom - top).max(0.0))
}

fn thickness(weight: f64, full: f32) -> f32 {
    (weight as f32 * full * WIDEST).max(THINNEST)
}

/// Draws the ties: straight, or round a node that is none of theirs; cut at labels.
fn edges(
    pen: &mut Pen,
    network: &Network,
    inks: &Inks,
    discs: &[Disc],
    placed: &[Placed],
    (full, field): (f32, (f32, f32, f32, f32)),
) {
    let few = discs.len() <= layout::MOST_AROUND;
    let ways: Vec<Vec<(f32, f32)>> = network
        .lines
        .iter()
        .map(|line| way(discs, placed, (line.a, line.b), (thickness(line.weight, full), few)))
        .collect();
    let mut rooms = placed.to_vec();
    let mut values: Vec<(usize, (f32, f32))> = Vec::new();
    for (position, line) in network
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.value.is_empty())
    {
        let (wide, tall) = (VALUE_NARROW.width(&line.value) / 2.0, 6.0);
        let found = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72].into_iter().find_map(|part| {
            let (x, y) = along(&ways[position], part);
            let room = (x - wide, y - tall, x + wide, y + tall);
            let around = labels::grown(room, 2.0);
            let free = rooms.iter().all(|other| {
                let other = other.area;
                around.2 <= other.0 || other.2 <= around.0 || around.3 <= other.1 || other.3 <= around.1
            }) && discs.iter().all(|disc| {
                let (x, y) = (
                    disc.at.0.clamp(around.0, around.2) - disc.at.0,
                    disc.at.1.clamp(around.1, around.3) - disc.at.1,
                );
                x.hypot(y) > disc.radius
            });
            free.then_some(((x, y), room))
        });
        if let Some((at, room)) = found {
            values.push((position, at));
            rooms.push(Placed {
                node: 0,
                block: Block::of("", None, 1.0, 1),
                area: room,
                align: Align::Middle,
            });
        }
    }
    for (position, (line, way)) in network.lines.iter().zip(ways).enumerate() {
        let middle = along(&way, 0.5);
        let about = pen.about(&line.about, square(middle, 6.0, field));
        let thick = thickness(line.weight, full);
        for piece in labels::cut(way, &rooms) {
            if !line.dashed {
                pen.polyline(piece, thick, line.colour, false, Some(about));
                continue;
            }
            // Thick dashes would be bars: the width shows as a pale band under a thin dashed line.
            if thick > 2.0 * DASHED {
                pen.polyline(piece.clone(), thick, inks.hairline, false, Some(about));
            }
            pen.polyline(piece, thick.min(DASHED), line.colour, true, Some(about));
        }
        if let Some((_, (x, y))) = values.iter().find(|(own, _)| *own == position) {
            let at = (*x, y + VALUE_NARROW.to_baseline());
            pen.text(&line.value, at, Anchor::Middle, &VALUE_NARROW, inks.text, Some(about));
        }
    }
}

/// The way of a tie from node to node: the least bent one that touches no third node, and no label if there is such.
fn way(discs: &[Disc], placed: &[Placed], ends: (usize, usize), (thick, bends): (f32, bool)) -> Vec<(f32, f32)> {
    let (from, to) = (discs[ends.0].at, discs[ends.1].at);
    let straight = vec![from, to];
    if !bends || clear(discs, ends, &straight, thick) {
        return straight;
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let mut second = None;
    for bend in [0.08, -0.08, 0.14, -0.14, 0.2, -0.2, 0.28, -0.28, 0.36, -0.36_f32] {
        let over = (
            f32::midpoint(from.0, to.0) - dy * bend * 2.0,
            f32::midpoint(from.1, to.1) + dx * bend * 2.0,
        );
        let curve = curve(from, over, to);
        if clear(discs, ends, &curve, thick) {
            if labels::is_clear(&curve, placed) {
                return curve;
            }
            second = second.or(Some(curve));
        }
    }
    second.unwrap_or(straight)
}

/// A curve drawn toward `over` (a quadratic Bézier curve).
pub fn curve(from: (f32, f32), over: (f32, f32), to: (f32, f32)) -> Vec<(f32, f32)> {
    const STEPS: u32 = 20;
    let points = (0..=STEPS).map(|step| {
        let t = step as f32 / STEPS as f32;
        let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
        (mix(from.0, over.0, to.0), mix(from.1, over.1, to.1))
    });
    points.collect()
}

fn clear(discs: &[Disc], (a, b): (usize, usize), way: &[(f32, f32)], thickness: f32) -> bool {
    discs.iter().enumerate().all(|(node, disc)| {
        node == a
            || node == b
            || way.windows(2).all(|pair| {
                crate::figure::scene::distance(disc.at, pair[0], pair[1]) >= disc.radius + thickness / 2.0 + 3.0
            })
    })
}

/// The point at a part of a line's length.
pub fn along(way: &[(f32, f32)], part: f32) -> (f32, f32) {
    let long = |pair: &[(f32, f32)]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let mut rest = way.windows(2).map(long).sum::<f32>() * part;
    for pair in way.windows(2) {
        let own = long(pair);
        if rest <= own && own > 0.0 {
            let t = rest / own;
            return (
                pair[0].0 + (pair[1].0 - pair[0].0) * t,
                pair[0].1 + (pair[1].1 - pair[0].1) * t,
            );
        }
        rest -= own;
    }
    way.last().copied().unwrap_or_default()
}

/// Writes a label, edged with paper.
fn write(pen: &mut Pen, label: &Placed, nodes: &[Node], inks: &Inks, about: usize) {
    let (style, bold) = (labels::style(nodes.len()), labels::value_style(nodes.len()));
    let node = &nodes[label.node];
    for (row, (words, width)) in label.block.rows(nodes.len()).into_iter().enumerate() {
        let left = match label.align {
            Align::Left => label.area.0,
            Align::Middle => f32::midpoint(label.area.0, label.area.2) - width / 2.0,
            Align::Right => label.area.2 - width,
        };
        let middle = label.area.1 + (row as f32 + 0.5) * style.leading_pt;
        for (text, from, is_value) in words {
            let (style, ink) = match (is_value, node.faint) {
                (true, true) => (&bold, inks.second),
                (true, false) => (&bold, inks.text),
                (false, _) => (&style, inks.text),
            };
            let at = (left + from, middle + style.to_baseline());
            pen.text_on_lines(&text, at, Anchor::Start, style, (ink, inks.surface), Some(about));
        }
    }
}

/// Draws the legend, as many lines as it needs. Gives its lower edge.
pub fn legend(pen: &mut Pen, keys: &[KeyGroup], inks: &Inks, area: Area, (top, full): (f32, f32)) -> f32 {
    const LINE: f32 = 20.0;
    const SAMPLE: f32 = 26.0;
    let style = KEY_DETAIL;
    let (mut x, mut y) = (area.x, top);
    let mut any = false;
    for group in keys {
        let title = match group.title.is_empty() {
            true => 0.0,
            false => style.width(&group.title) + 10.0,
        };
        let width_of = |swatch: &Swatch| match swatch {
            Swatch::Line { .. } => SAMPLE,
            Swatch::Circle(_) | Swatch::Rings(_) => 14.0,
        };
        let sample = |(swatch, words): &(Swatch, String)| width_of(swatch) + 6.0 + style.width(words);
        let whole = title + group.samples.iter().map(|own| sample(own) + 14.0).sum::<f32>() - 14.0;
        if x > area.x && x + whole > area.right() {
            x = area.x;
            y += LINE;
        }
        if title > 0.0 {
            let lines = style.wrap(&group.title, area.width);
            for (position, words) in lines.iter().enumerate() {
                if position > 0 {
                    y += LINE;
                }
                let at = (x, y + LINE / 2.0 + style.to_baseline());
                pen.text(words, at, Anchor::Start, &style, inks.second, None);
            }
            x += lines.last().map_or(0.0, |line| style.width(line)) + 10.0;
        }
        for own in &group.samples {
            let (swatch, words) = own;
            if x > area.x && x + sample(own) > area.right() {
                x = area.x;
                y += LINE;
            }
            let middle = y + LINE / 2.0;
            let wide = width_of(swatch);
            match swatch {
                Swatch::Circle(colour) => pen.circle((x + 7.0, middle), 6.0, *colour, None),
                Swatch::Rings(rings) => {
                    for ring in (0..*rings).rev() {
                        let outer = 4.0 + (ring + 1) as f32 * (RING + CASING);
                        pen.circle((x + 7.0, middle), outer, inks.second, None);
                        pen.circle((x + 7.0, middle), outer - RING, inks.surface, None);
                    }
                    pen.circle((x + 7.0, middle), 3.6, inks.neutral, None);
                }
                Swatch::Line { weight, colour, dashed } => {
                    let ends = vec![(x, middle), (x + wide, middle)];
                    pen.polyline(ends, thickness(*weight, full), *colour, *dashed, None);
                }
            }
            let lines = style.wrap(words, (area.width - wide - 6.0).max(40.0));
            let longest = lines.iter().map(|line| style.width(line)).fold(0.0, f32::max);
            for (position, words) in lines.iter().enumerate() {
                let at = (x + wide + 6.0, y + LINE / 2.0 + style.to_baseline());
                pen.text(words, at, Anchor::Start, &style, inks.second, None);
                if position + 1 < lines.len() {
                    y += style.leading_pt;
                }
            }
            x += wide + 6.0 + longest + 14.0;
        }
        x += 14.0;
        any = true;
    }
    if any { y + LINE } else { top }
}
