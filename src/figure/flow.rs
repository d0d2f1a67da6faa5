//! A question about groups by the same groups in, arrows from group to group out: who works with whom, both ways and
//! within the own group.

use super::arrange;
use super::look::Look;
use super::network::{along, curve};
use super::page::Area;
use super::palette::Inks;
use super::pen::{DETAIL, KEY_DETAIL, LABEL_STRONG, Pen, VALUE};
use super::reading::{Reading, SMALL_N};
use super::scene::{About, Anchor, Colour};
use crate::data::QuestionKind;
use crate::measure::{Measure, RowKind, Table};
use crate::words;

/// More groups than this make a ball of wool.
const MOST: usize = 6;
/// The radius of a group.
const RADIUS: f32 = 26.0;
/// The widest arrow.
const WIDEST: f32 = 15.0;
/// The thinnest.
const THINNEST: f32 = 1.0;
/// The radius of the arrow of a group to itself.
const LOOP: f32 = 20.0;

/// A place on the page.
type Point = (f32, f32);
/// A way, and where its value may stand.
type Way = (Vec<Point>, Vec<Point>);

/// Arrows between groups, in data units.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The groups, in the order of the codebook.
    pub nodes: Vec<FlowNode>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
    /// What the arrows mean.
    pub key: String,
}

/// A group.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowNode {
    /// Its name.
    pub label: String,
    /// "n = 1.420"; empty where it was not asked.
    pub detail: String,
    /// Its colour.
    pub colour: Colour,
}

/// An arrow from group to group.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Who was asked.
    pub from: usize,
    /// Whom they work with; the same: their own.
    pub to: usize,
    /// The share, in parts of the widest arrow.
    pub weight: f64,
    /// The share in words.
    pub value: String,
    /// Whether it is uncertain.
    pub faint: bool,
    /// What it stands for.
    pub about: About,
}

/// Whether `table` can be drawn as arrows: every group of the breakdown is also one of the few boxes.
pub fn suits(table: &Table) -> bool {
    matches!(table.query.measure, Measure::Question(_))
        && table.subject.kind == QuestionKind::Multiple
        && (2..=MOST).contains(&table.groups.len())
        && (2..=MOST).contains(&boxes(table).len())
        && (0..table.groups.len()).all(|group| own_box(table, group).is_some())
}

fn boxes(table: &Table) -> Vec<usize> {
    let rows = 0..table.items.len();
    rows.filter(|row| table.items[*row].kind == RowKind::Answer).collect()
}

/// The box that is the group itself: they are called the same in some language.
fn own_box(table: &Table, group: usize) -> Option<usize> {
    let name = &table.groups[group].label;
    boxes(table).into_iter().position(|row| {
        let label = &table.items[row].label;
        let mut names = name.0.iter().filter(|(_, name)| !name.trim().is_empty());
        names.any(|(language, name)| {
            let own = label.0.get(language).map(|own| own.trim().to_lowercase());
            own.is_some_and(|own| own == name.trim().to_lowercase())
        })
    })
}

/// The arrows of a table.
pub fn of(reading: &Reading<'_>, look: &Look) -> Flow {
    let table = reading.table;
    let boxes = boxes(table);
    let group_of = |node: usize| (0..table.groups.len()).find(|group| own_box(table, *group) == Some(node));
    let nodes: Vec<FlowNode> = boxes
        .iter()
        .enumerate()
        .map(|(node, &row)| FlowNode {
            label: reading.label(&table.items[row]),
            detail: group_of(node).map_or_else(String::new, |group| reading.n(table.groups[group].n)),
            colour: match group_of(node) {
                Some(group) => arrange::group_colour(reading, look, group),
                None => super::palette::inks(look.theme).neutral,
            },
        })
        .collect();
    let mut most: f64 = 0.0;
    let mut arrows = Vec::new();
    for group in 0..table.groups.len() {
        let Some(from) = own_box(table, group) else { continue };
        for (to, &row) in boxes.iter().enumerate() {
            let cell = table.cell(row, group);
            let share = cell.estimate.value;
            if cell.estimate.n == 0 || !share.is_finite() {
                continue;
            }
            most = most.max(share);
            let small = cell.estimate.n < SMALL_N;
            let mut about = reading.about(row, group);
            about.title = format!("{} → {}", reading.group(group), nodes[to].label);
            arrows.push(Arrow {
                from,
                to,
                weight: share,
                value: format!(
                    "{}{}",
                    words::percent_sign(reading.language, share),
                    if small { "*" } else { "" }
                ),
                faint: small,
                about,
            });
        }
    }
    for arrow in &mut arrows {
        arrow.weight /= most.max(1e-9);
    }
    Flow {
        nodes,
        arrows,
        key: reading.say("figure-flow-key", &[]),
    }
}

/// Where groups stand: two beside each other, three in a triangle, more around.
fn places(nodes: usize, area: Area) -> (Vec<(f32, f32)>, f32) {
    let reach = RADIUS + 2.0 * LOOP + 34.0;
    let half = area.width / 2.0;
    let across = (half - reach * 0.87 - 12.0).clamp(60.0, 230.0) / 0.87;
    let (down, height) = match nodes {
        0..=2 => (0.0, 2.0 * reach),
        3 => {
            let down = across.clamp(125.0, 150.0);
            (down, 2.0 * reach + 1.5 * down)
        }
        _ => (across.min(190.0), 2.0 * reach + 2.0 * across.min(190.0)),
    };
    let stretched = height * area.stretch.clamp(1.0, 1.3);
    let centre = match nodes {
        3 => (area.x + half, area.top + reach + down + (stretched - height) / 2.0),
        _ => (area.x + half, area.top + stretched / 2.0),
    };
    let at = (0..nodes).map(|node| {
        let turn = match nodes {
            2 => std::f32::consts::PI * (1.0 + node as f32),
            _ => std::f32::consts::TAU * node as f32 / nodes as f32 - std::f32::consts::FRAC_PI_2,
        };
        (centre.0 + across * turn.cos(), centre.1 + down * turn.sin())
    });
    (at.collect(), stretched)
}

/// Draws the arrows; gives the lower edge.
pub fn draw(pen: &mut Pen, flow: &Flow, inks: &Inks, area: Area) -> f32 {
    let (at, height) = places(flow.nodes.len(), area);
    let count = at.len().max(1) as f32;
    let centre = (
        at.iter().map(|at| at.0).sum::<f32>() / count,
        at.iter().map(|at| at.1).sum::<f32>() / count,
    );
    // Away from the others.
    let outward = |node: usize| {
        let (dx, dy) = (at[node].0 - centre.0, at[node].1 - centre.1);
        let far = dx.hypot(dy).max(0.01);
        (dx / far, dy / far)
    };
    let mut values: Vec<(&Arrow, (f32, f32), usize)> = Vec::new();
    // What is taken: left, top, right, bottom.
    let mut taken: Vec<(f32, f32, f32, f32)> = at
        .iter()
        .map(|(x, y)| (x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))
        .collect();
    for (node, own) in flow.nodes.iter().enumerate() {
        taken.push(Name::of(own, (at[node], outward(node)), area).room());
    }
    for arrow in &flow.arrows {
        let thick = (arrow.weight as f32 * WIDEST).max(THINNEST);
        let colour = flow.nodes[arrow.from].colour;
        let head = (thick * 1.5).max(8.0);
        let own = arrow.from == arrow.to;
        let (way, labels) = match own {
            true => loop_of(at[arrow.from], outward(arrow.from)),
            false => between(at[arrow.from], at[arrow.to], thick),
        };
        let (wide, tall) = (VALUE.width(&arrow.value) / 2.0 + 2.0, 7.0);
        let label = labels.into_iter().find(|(x, y)| {
            let room = (x - wide, y - tall, x + wide, y + tall);
            room.0 >= area.x - 12.0
                && room.2 <= area.right() + 12.0
                && taken
                    .iter()
                    .all(|other| room.2 <= other.0 || other.2 <= room.0 || room.3 <= other.1 || other.3 <= room.1)
        });
        // A value without room is told by the card alone, which hangs from the middle of its arrow.
        let (x, y) = label.unwrap_or_else(|| along(&way, 0.5));
        let about = pen.about(&arrow.about, (x - 10.0, y - 8.0, 20.0, 16.0));
        let (tip, back) = tip(&way, head);
        pen.polyline(back, thick, colour, false, Some(about));
        let one = vec![tip[0], tip[1]];
        let other = vec![tip[0], tip[2]];
        pen.strip(one, other, colour, Some(about));
        if let Some((x, y)) = label {
            taken.push((x - wide, y - tall, x + wide, y + tall));
            values.push((arrow, (x, y), about));
        }
    }
    for (node, own) in flow.nodes.iter().enumerate() {
        pen.circle(at[node], RADIUS + 2.0, inks.surface, None);
        pen.circle(at[node], RADIUS, own.colour, None);
    }
    for (arrow, (x, y), about) in values {
        let ink = if arrow.faint { inks.second } else { inks.text };
        let at = (x, y + VALUE.to_baseline());
        pen.text_on_lines(
            &arrow.value,
            at,
            Anchor::Middle,
            &VALUE,
            (ink, inks.surface),
            Some(about),
        );
    }
    for (node, own) in flow.nodes.iter().enumerate() {
        Name::of(own, (at[node], outward(node)), area).draw(pen, own, inks);
    }
    let top = area.top + height + 4.0;
    let lines = KEY_DETAIL.wrap(&flow.key, area.width);
    pen.block(&lines, area.x, top, &KEY_DETAIL, inks.second)
}

/// The name of a group: right or left of those at the top, below the others.
struct Name {
    lines: Vec<String>,
    x: f32,
    top: f32,
    anchor: Anchor,
    width: f32,
}

impl Name {
    fn of(node: &FlowNode, ((x, y), (out_x, out_y)): ((f32, f32), (f32, f32)), area: Area) -> Self {
        let far = RADIUS + 10.0;
        let (left, room, anchor) = match (out_y < -0.3, out_x < -0.3) {
            (false, _) => (x, 2.0 * (x - area.x).min(area.right() - x), Anchor::Middle),
            (true, true) => (x - far, x - far - area.x, Anchor::End),
            (true, false) => (x + far, area.right() - x - far, Anchor::Start),
        };
        let lines = LABEL_STRONG.wrap(&node.label, room.clamp(50.0, 170.0));
        let tall = lines.len() as f32 * LABEL_STRONG.leading_pt + 14.0;
        let own = lines.iter().map(|line| LABEL_STRONG.width(line)).fold(0.0, f32::max);
        Self {
            top: match anchor {
                Anchor::Middle => y + RADIUS + 8.0,
                // Above the arrows that leave at the side.
                _ => y - tall + 2.0,
            },
            x: left,
            width: own.max(DETAIL.width(&node.detail)),
            lines,
            anchor,
        }
    }

    fn room(&self) -> (f32, f32, f32, f32) {
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - self.width / 2.0,
            Anchor::End => self.x - self.width,
        };
        let tall = self.lines.len() as f32 * LABEL_STRONG.leading_pt + 14.0;
        (left, self.top, left + self.width, self.top + tall)
    }

    fn draw(&self, pen: &mut Pen, node: &FlowNode, inks: &Inks) {
        let inks_of = |ink| (ink, inks.surface);
        for (row, line) in self.lines.iter().enumerate() {
            let middle = self.top + (row as f32 + 0.5) * LABEL_STRONG.leading_pt;
            let at = (self.x, middle + LABEL_STRONG.to_baseline());
            pen.text_on_lines(line, at, self.anchor, &LABEL_STRONG, inks_of(inks.text), None);
        }
        let middle = self.top + self.lines.len() as f32 * LABEL_STRONG.leading_pt + 7.0;
        let at = (self.x, middle + DETAIL.to_baseline());
        pen.text_on_lines(&node.detail, at, self.anchor, &DETAIL, inks_of(inks.second), None);
    }
}

/// The way from one group to another, bent to the left so that the way back has its own; and where its value may stand, the best first.
fn between(from: (f32, f32), to: (f32, f32), thick: f32) -> Way {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let bend = 0.11;
    let over = (
        f32::midpoint(from.0, to.0) + dy * bend * 2.0,
        f32::midpoint(from.1, to.1) - dx * bend * 2.0,
    );
    let way = curve(from, over, to);
    let start = part_outside(&way, from);
    let end = part_outside(&way.iter().rev().copied().collect::<Vec<_>>(), to);
    let way: Vec<(f32, f32)> = (0..=24)
        .map(|step| along(&way, start + (1.0 - start - end) * step as f32 / 24.0))
        .collect();
    // Beside the arrow, on the side that it is bent to.
    let far = dx.hypot(dy).max(0.01);
    let off = thick / 2.0 + 13.0;
    let labels = [0.45, 0.35, 0.55, 0.25, 0.65, 0.75].map(|part| {
        let (x, y) = along(&way, part);
        (x + dy / far * off * 1.25, y - dx / far * off)
    });
    (way, labels.to_vec())
}

/// The part of a line's length that lies inside the group it begins in.
fn part_outside(way: &[(f32, f32)], centre: (f32, f32)) -> f32 {
    (0..=100)
        .map(|step| step as f32 / 100.0)
        .find(|part| {
            let (x, y) = along(way, *part);
            (x - centre.0).hypot(y - centre.1) >= RADIUS + 3.0
        })
        .unwrap_or(0.0)
}

/// The way of a group to itself: round a circle on its outer side; and where its value may stand, the best first.
fn loop_of(at: (f32, f32), (out_x, out_y): (f32, f32)) -> Way {
    let centre = (
        at.0 + out_x * (RADIUS + LOOP * 0.7),
        at.1 + out_y * (RADIUS + LOOP * 0.7),
    );
    let turn = out_y.atan2(out_x);
    let reach = 2.25;
    let way: Vec<(f32, f32)> = (0..=32)
        .map(|step| {
            let angle = turn - reach + 2.0 * reach * step as f32 / 32.0;
            (centre.0 + LOOP * angle.cos(), centre.1 + LOOP * angle.sin())
        })
        .filter(|(x, y)| (x - at.0).hypot(y - at.1) >= RADIUS + 2.0)
        .collect();
    // Beyond the loop, wider sideways: digits stand side by side.
    let far = LOOP + WIDEST / 2.0;
    let beyond = (centre.0 + out_x * (far + 22.0), centre.1 + out_y * (far + 12.0));
    let below = (centre.0, centre.1 + far + 10.0);
    let above = (centre.0, centre.1 - far - 10.0);
    (way, vec![beyond, below, above])
}

/// The corners of the head at the end of a way, its tip first; and the way as far as the head.
fn tip(way: &[(f32, f32)], head: f32) -> ([Point; 3], Vec<Point>) {
    let long: f32 = way
        .windows(2)
        .map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1))
        .sum();
    let cut = (1.0 - head / long.max(head)).clamp(0.0, 1.0);
    let (end, base) = (along(way, 1.0), along(way, cut));
    let (dx, dy) = (end.0 - base.0, end.1 - base.1);
    let far = dx.hypot(dy).max(0.01);
    let side = (-dy / far * head * 0.62, dx / far * head * 0.62);
    // A little under the head, so that no gap shows.
    let last = (cut + 1.0 / long.max(1.0)).min(1.0);
    let back = (0..=24).map(|step| along(way, last * step as f32 / 24.0)).collect();
    (
        [
            end,
            (base.0 + side.0, base.1 + side.1),
            (base.0 - side.0, base.1 - side.1),
        ],
        back,
    )
}
