//! Names of nodes in, room for them out: beside their nodes, never on a node or on each other; and lines cut where they
//! would run under one.

use super::Node;
use crate::figure::fonts::Style;
use crate::figure::pen::{DETAIL, KEY_DETAIL, VALUE_NARROW};
use crate::figure::scene::Weight;

/// From a node to its label.
pub const BESIDE: f32 = 7.0;
/// From a label's last line to the value at its end.
const VALUE_GAP: f32 = 5.0;
/// Air that lines leave around a label.
const AIR: f32 = 3.0;

/// A rectangle: left, top, right, bottom.
pub type Box4 = (f32, f32, f32, f32);

/// Names of nodes are set in this, by how many there are.
pub fn style(nodes: usize) -> Style {
    match nodes {
        0..=14 => Style {
            weight: Weight::Medium,
            leading_pt: 15.0,
            ..KEY_DETAIL
        },
        15..=44 => Style {
            leading_pt: 13.5,
            ..DETAIL
        },
        _ => Style {
            size_pt: 10.0,
            leading_pt: 12.0,
            ..DETAIL
        },
    }
}

/// Values beside names.
pub fn value_style(nodes: usize) -> Style {
    Style {
        size_pt: style(nodes).size_pt,
        ..VALUE_NARROW
    }
}

/// A name broken into lines, with the value after it where the node has no room for it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The lines.
    pub lines: Vec<String>,
    /// The value; `None`: it stands in the node.
    pub value: Option<String>,
    /// Whether the value has a line of its own.
    pub value_below: bool,
    /// Its size.
    pub width: f32,
    /// Its size.
    pub height: f32,
}

impl Block {
    /// Sets `label`, and `value` behind it, in lines of at most `most` points.
    pub fn of(label: &str, value: Option<&str>, most: f32, nodes: usize) -> Self {
        let (style, bold) = (style(nodes), value_style(nodes));
        let lines = style.wrap_evenly(label, most);
        let mut width = lines.iter().map(|line| style.width(line)).fold(0.0, f32::max);
        let mut rows = lines.len();
        let mut value_below = false;
        if let Some(value) = value {
            let own = bold.width(value);
            let beside = lines.last().map_or(0.0, |line| style.width(line)) + VALUE_GAP + own;
            value_below = beside > most;
            if value_below {
                rows += 1;
                width = width.max(own);
            } else {
                width = width.max(beside);
            }
        }
        Self {
            lines,
            value: value.map(str::to_owned),
            value_below,
            width,
            height: rows as f32 * style.leading_pt,
        }
    }

    /// The words of each line from the left: text, its distance from the line's left end, whether it is the value; and the
    /// width of each line.
    pub fn rows(&self, nodes: usize) -> Vec<Row> {
        let (style, bold) = (style(nodes), value_style(nodes));
        let mut rows: Vec<Row> = self
            .lines
            .iter()
            .map(|line| (vec![(line.clone(), 0.0, false)], style.width(line)))
            .collect();
        if let Some(value) = &self.value {
            let own = bold.width(value);
            match rows.last_mut() {
                Some((words, width)) if !self.value_below => {
                    words.push((value.clone(), *width + VALUE_GAP, true));
                    *width += VALUE_GAP + own;
                }
                _ => rows.push((vec![(value.clone(), 0.0, true)], own)),
            }
        }
        rows
    }
}

/// A line of a label: text, its distance from the line's left end, whether it is the value; and the line's width.
type Row = (Vec<(String, f32, bool)>, f32);

/// Which edge of a label its lines are aligned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Left,
    /// Middle.
    Middle,
    /// Right.
    Right,
}

/// A label with its room.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The node.
    pub node: usize,
    /// The words.
    pub block: Block,
    /// Where.
    pub area: Box4,
    /// How its lines are aligned.
    pub align: Align,
}

/// A node as labels see it.
#[derive(Clone, Copy, Debug)]
pub struct Disc {
    /// Its middle.
    pub at: (f32, f32),
    /// Its radius with all rings.
    pub radius: f32,
    /// Where its label should stand: right or left of it (then how far up or down, −1..=1), or below.
    pub wish: Wish,
}

/// Where a label should stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// Right of the node; the number says how far up (−1) or down (1) the node is on its side.
    Right(f32),
    /// Left of it.
    Left(f32),
    /// Below it.
    Below,
}

/// Finds room for the labels of `order`, one after the other. Labels without room are left out.
pub fn placed(
    nodes: &[Node],
    discs: &[Disc],
    inside: &[bool],
    order: &[usize],
    bounds: Box4,
    most: f32,
) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for &node in order {
        let disc = discs[node];
        let value = (!inside[node]).then_some(nodes[node].values[0].as_str());
        let fitting = candidates(&disc).into_iter().filter_map(|(place, shift)| {
            let room = match place {
                Align::Left => bounds.2 - (disc.at.0 + disc.radius + BESIDE),
                Align::Right => disc.at.0 - disc.radius - BESIDE - bounds.0,
                Align::Middle => 2.0 * (disc.at.0 - bounds.0).min(bounds.2 - disc.at.0),
            };
            // A name in shreds is no name.
            if room < most.min(60.0) {
                return None;
            }
            let block = Block::of(&nodes[node].label, value, most.min(room), nodes.len());
            let area = area(&disc, &block, place, shift);
            let fits = area.0 >= bounds.0 - 0.5
                && area.1 >= bounds.1
                && area.2 <= bounds.2 + 0.5
                && area.3 <= bounds.3
                && !placed.iter().any(|other| meet(grown(other.area, 1.0), area))
                && !discs
                    .iter()
                    .enumerate()
                    .any(|(other, disc)| other != node && touches(area, disc));
            fits.then_some(Placed {
                node,
                block,
                area,
                align: place,
            })
        });
        // Where the fewest ties could pass, whichever of them are drawn; the first where nodes are too many to ask.
        let mut best: Option<(usize, Placed)> = None;
        for found in fitting {
            let crossed = match nodes.len() <= super::layout::MOST_AROUND {
                true => crossed(found.area, discs),
                false => 0,
            };
            if best.as_ref().is_none_or(|(least, _)| crossed < *least) {
                best = Some((crossed, found));
            }
            if crossed == 0 {
                break;
            }
        }
        placed.extend(best.map(|(_, found)| found));
    }
    placed
}

/// Names of the largest of many nodes at both sides of the chart, each as near to the height of its node as there is
/// room; with the line from each name to its node.
pub fn at_the_sides(
    nodes: &[Node],
    discs: &[Disc],
    order: &[usize],
    bounds: Box4,
    margin: f32,
) -> (Vec<Placed>, Vec<[(f32, f32); 2]>) {
    let middle = f32::midpoint(bounds.0, bounds.2);
    let (mut placed, mut lines) = (Vec::new(), Vec::new());
    for is_right in [false, true] {
        let mut chosen: Vec<(usize, Block)> = Vec::new();
        let mut room = bounds.3 - bounds.1;
        for &node in order.iter().filter(|node| (discs[**node].at.0 > middle) == is_right) {
            let value = nodes[node].values[0].as_str();
            let block = Block::of(&nodes[node].label, Some(value), margin - BESIDE, nodes.len());
            let needed = block.height + 9.0;
            if needed > room {
                break;
            }
            room -= needed;
            chosen.push((node, block));
            // Half as many as there is room for: air between them, and lines that can be followed.
            if room < (bounds.3 - bounds.1) * 0.35 {
                break;
            }
        }
        chosen.sort_by(|a, b| discs[a.0].at.1.total_cmp(&discs[b.0].at.1));
        // From above, then from below where that went too far.
        let mut tops: Vec<f32> = Vec::new();
        let mut free = bounds.1;
        for (node, block) in &chosen {
            let top = (discs[*node].at.1 - block.height / 2.0).max(free);
            free = top + block.height + 9.0;
            tops.push(top);
        }
        let mut end = bounds.3;
        for (top, (_, block)) in tops.iter_mut().zip(&chosen).rev() {
            *top = top.min(end - block.height);
            end = *top - 9.0;
        }
        for ((node, block), top) in chosen.into_iter().zip(tops) {
            let (width, height) = (block.width, block.height);
            let left = match is_right {
                true => bounds.2 - margin + BESIDE,
                false => bounds.0 + margin - BESIDE - width,
            };
            let area = (left, top, left + width, top + height);
            let from = match is_right {
                true => (left - 4.0, top + height / 2.0),
                false => (left + width + 4.0, top + height / 2.0),
            };
            lines.push([from, discs[node].at]);
            placed.push(Placed {
                node,
                block,
                area,
                align: if is_right { Align::Left } else { Align::Right },
            });
        }
    }
    (placed, lines)
}

/// Where a label may stand, the best first: side, and how far it is moved up or down in halves of its height.
fn candidates(disc: &Disc) -> Vec<(Align, f32)> {
    let beside = |side: Align, off: f32| {
        // The nearer to the top or bottom of the oval, the further up or down: out of the way of its neighbours' ties.
        let lean = off.abs().powi(2) * off.signum();
        [(side, lean), (side, 0.0), (side, off.signum()), (side, -off.signum())]
    };
    let around = [(Align::Middle, 1.0), (Align::Middle, -1.0)];
    let (right, left) = (Align::Left, Align::Right);
    let mut all = Vec::new();
    match disc.wish {
        Wish::Right(off) => {
            all.extend(beside(right, off));
            all.extend(around);
            all.extend(beside(left, 0.0));
        }
        Wish::Left(off) => {
            all.extend(beside(left, off));
            all.extend(around);
            all.extend(beside(right, 0.0));
        }
        Wish::Below => {
            all.extend(around);
            all.extend(beside(right, 0.0));
            all.extend(beside(left, 0.0));
        }
    }
    all
}

fn area(disc: &Disc, block: &Block, place: Align, shift: f32) -> Box4 {
    let ((x, y), (width, height)) = (disc.at, (block.width, block.height));
    let far = disc.radius + BESIDE;
    if place == Align::Middle {
        let top = match shift < 0.0 {
            true => y - disc.radius - 4.0 - height,
            false => y + disc.radius + 4.0,
        };
        return (x - width / 2.0, top, x + width / 2.0, top + height);
    }
    let top = y - height / 2.0 + shift * height / 2.0;
    match place {
        Align::Left => (x + far, top, x + far + width, top + height),
        _ => (x - far - width, top, x - far, top + height),
    }
}

fn meet(a: Box4, b: Box4) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// The rectangle with so much around it.
pub fn grown(a: Box4, by: f32) -> Box4 {
    (a.0 - by, a.1 - by, a.2 + by, a.3 + by)
}

fn touches(area: Box4, disc: &Disc) -> bool {
    let x = disc.at.0.clamp(area.0, area.2) - disc.at.0;
    let y = disc.at.1.clamp(area.1, area.3) - disc.at.1;
    x.hypot(y) < disc.radius + 2.0
}

/// How many straight lines between nodes pass under a label.
fn crossed(area: Box4, discs: &[Disc]) -> usize {
    let area = grown(area, AIR);
    let from = discs.iter().enumerate();
    from.map(|(a, one)| {
        let others = discs[a + 1..].iter();
        others.filter(|other| within(one.at, other.at, area).is_some()).count()
    })
    .sum()
}

/// Whether a line passes under no label.
pub fn is_clear(way: &[(f32, f32)], labels: &[Placed]) -> bool {
    !labels.iter().any(|label| passes(way, grown(label.area, AIR)))
}

/// What is left of a line outside the labels.
pub fn cut(points: Vec<(f32, f32)>, labels: &[Placed]) -> Vec<Vec<(f32, f32)>> {
    let mut pieces = vec![points];
    for label in labels {
        let area = grown(label.area, AIR);
        if !pieces.iter().any(|piece| passes(piece, area)) {
            continue;
        }
        pieces = pieces.into_iter().flat_map(|piece| without(&piece, area)).collect();
    }
    pieces
}

fn passes(points: &[(f32, f32)], area: Box4) -> bool {
    points.windows(2).any(|pair| within(pair[0], pair[1], area).is_some())
}

/// Which part of a straight line lies inside a rectangle (Liang & Barsky 1984).
fn within(from: (f32, f32), to: (f32, f32), area: Box4) -> Option<(f32, f32)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    let sides = [
        (-dx, from.0 - area.0),
        (dx, area.2 - from.0),
        (-dy, from.1 - area.1),
        (dy, area.3 - from.1),
    ];
    for (step, room) in sides {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            first = first.max(room / step);
        } else {
            last = last.min(room / step);
        }
    }
    (first < last).then_some((first, last))
}

fn without(points: &[(f32, f32)], area: Box4) -> Vec<Vec<(f32, f32)>> {
    let mut pieces: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut piece: Vec<(f32, f32)> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let at = |part: f32| {
            (
                pair[0].0 + (pair[1].0 - pair[0].0) * part,
                pair[0].1 + (pair[1].1 - pair[0].1) * part,
            )
        };
        match within(pair[0], pair[1], area) {
            None => piece.push(pair[1]),
            Some((first, last)) => {
                if first > 0.0 {
                    piece.push(at(first));
                }
                pieces.push(std::mem::take(&mut piece));
                if last < 1.0 {
                    piece = vec![at(last), pair[1]];
                }
            }
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| {
        let long: f32 = piece
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1))
            .sum();
        piece.len() > 1 && long > 1.0
    });
    pieces
}
