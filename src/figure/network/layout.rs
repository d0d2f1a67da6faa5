//! Boxes in the order of the codebook in, a place for each out.
//!
//! Places say nothing about the numbers, on purpose. A layout by forces moves everybody when one share changes, so two
//! figures of the same partners could not be compared, and a filter would make them jump. Here a place depends on which
//! boxes there are, their order in the codebook, the height of their labels and the width of the figure alone: the same
//! partner stays where it was through every filter, group, round and measure. What a layout by forces shows by nearness,
//! widths, dashes and rings show instead.
//!
//! Few boxes stand on an oval in the order of the codebook, clockwise from the top, their labels outside it, so that no
//! tie can run under them; the own organisation, which most ties go to, stands in the middle. Along each side they are as
//! far apart as their labels are high. Many boxes fill the oval along the spiral of a sunflower (Vogel 1979), the first in
//! the middle; the names of the largest stand at its sides.

/// More boxes than this fill the oval.
pub const MOST_AROUND: usize = 44;
/// A narrower oval has nobody in its middle.
const LEAST_FOR_MIDDLE: f32 = 84.0;
/// From label to label.
const GAP: f32 = 16.0;
/// An oval is not much wider than high.
const WIDEST: f32 = 1.45;

/// Where a node stands, and so where its label does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On the right half of the oval.
    Right,
    /// On the left half.
    Left,
    /// Somewhere inside.
    Inside,
}

/// What places depend on.
#[derive(Clone, Debug)]
pub struct Boxes<'a> {
    /// The height of each label, in the order of the codebook.
    pub heights: &'a [f32],
    /// The width of each label.
    pub widths: &'a [f32],
    /// Which stands in the middle, where there is room.
    pub middle: Option<usize>,
    /// The width of the chart.
    pub width: f32,
    /// How far apart nodes may be pushed to fill a page; 1: not at all.
    pub stretch: f32,
}

/// Places in a chart whose upper left corner is at 0, 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// The middle of each node.
    pub at: Vec<(f32, f32)>,
    /// On which side it stands.
    pub side: Vec<Side>,
    /// The height of the chart.
    pub height: f32,
    /// The radius of a node that stands for 100 %, before any two would touch.
    pub radius: f32,
}

/// The radius of 100 % in a chart of this width.
pub fn radius(boxes: usize, width: f32) -> f32 {
    let few = (width / 16.0).clamp(14.0, 46.0);
    match boxes {
        0..=12 => few,
        13..=MOST_AROUND => few * 0.7,
        _ => (0.8 * (width * height_of_many(width) / boxes as f32).sqrt()).clamp(5.0, few),
    }
}

fn height_of_many(width: f32) -> f32 {
    (width * 0.66).clamp(220.0, 1200.0)
}

/// A place for each box.
pub fn places(boxes: &Boxes<'_>) -> Places {
    let n = boxes.heights.len();
    let radius = radius(n, boxes.width);
    if n > MOST_AROUND {
        return spiral(n, boxes, radius);
    }
    let around = |middle: Option<usize>| -> Vec<usize> { (0..n).filter(|node| Some(*node) != middle).collect() };
    // What labels leave of the width for the oval's half, and the labels at its left.
    let across = |around: &[usize]| {
        let widest = |side: &[usize]| side.iter().map(|node| boxes.widths[*node]).fold(0.0, f32::max);
        let (right, left) = around.split_at(around.len().div_ceil(2));
        let left = widest(left);
        ((boxes.width - widest(right) - left) / 2.0 - 0.8 * radius, left)
    };
    let middle = boxes
        .middle
        .filter(|own| n > 3 && across(&around(Some(*own))).0 >= LEAST_FOR_MIDDLE);
    let around = around(middle);
    // Clockwise from the top: down the right side, up the left one.
    let right = &around[..around.len().div_ceil(2)];
    let left: Vec<usize> = around[right.len()..].iter().rev().copied().collect();
    let least = match around.len() {
        0..=8 => 72.0,
        9..=14 => 50.0,
        _ => 30.0,
    };
    let slot = |node: &usize| (boxes.heights[*node] + GAP).max(least).max(radius * 1.1);
    let needed = |side: &[usize]| side.iter().map(slot).sum::<f32>();
    let least_height = match around.len() {
        0 | 1 => 2.0 * radius + 70.0,
        2 => 2.0 * radius + 60.0,
        _ if middle.is_some() => 290.0_f32.min(boxes.width * 0.6),
        _ => 240.0_f32.min(boxes.width * 0.5),
    };
    let height = (needed(right).max(needed(&left)).max(least_height) * boxes.stretch.max(1.0)).ceil();
    let half = height / 2.0;
    let (room, beside) = across(&around);
    let across = match around.len() {
        0 | 1 => 0.0,
        _ => room.max(radius + 8.0).min(half * WIDEST),
    };
    // What the oval leaves of the width stands on both sides of it with its labels.
    let centre = match around.len() {
        0 | 1 => boxes.width / 2.0,
        _ => (beside + 0.8 * radius + across + (room - across).max(0.0)).min(boxes.width - radius - across),
    };
    let centre = (centre, half);

    let mut at = vec![centre; n];
    let mut sides = vec![Side::Inside; n];
    if around.len() > 1 {
        for (nodes, side, sign) in [(right, Side::Right, 1.0), (&left, Side::Left, -1.0)] {
            let spare = (height - needed(nodes)) / nodes.len().max(1) as f32;
            let mut top = 0.0;
            for node in nodes {
                let own = slot(node) + spare;
                let y = top + own / 2.0;
                let off = (y - half) / half;
                at[*node] = (centre.0 + sign * across * (1.0 - off * off).max(0.0).sqrt(), y);
                sides[*node] = side;
                top += own;
            }
        }
    }
    Places {
        at,
        side: sides,
        height,
        radius,
    }
}

/// What many boxes leave at each side for the names of the largest.
pub fn margin(width: f32) -> f32 {
    (width * 0.19).clamp(44.0, 150.0)
}

/// Vogel's spiral: the k-th of n at the angle k · 137.5° and the distance √(k ÷ n), so that all are equally far apart.
fn spiral(n: usize, boxes: &Boxes<'_>, radius: f32) -> Places {
    let height = (height_of_many(boxes.width) * boxes.stretch.max(1.0)).ceil();
    let (half, tall) = (boxes.width / 2.0, height / 2.0);
    let golden = std::f64::consts::PI * (3.0 - 5f64.sqrt());
    let at = (0..n).map(|node| {
        let (sin, cos) = (node as f64 * golden).sin_cos();
        let far = ((node as f64 + 0.5) / n as f64).sqrt();
        let x = half + (cos * far) as f32 * (half - radius - 4.0 - margin(boxes.width));
        let y = tall + (sin * far) as f32 * (tall - radius - 16.0);
        (x, y)
    });
    Places {
        at: at.collect(),
        side: vec![Side::Inside; n],
        height,
        radius,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(heights: &[f32], width: f32) -> Places {
        places(&Boxes {
            heights,
            widths: &vec![(width * 0.22).min(150.0); heights.len()],
            middle: Some(0),
            width,
            stretch: 1.0,
        })
    }

    #[test]
    fn every_node_has_a_place_of_its_own_inside_the_chart() {
        for n in [1, 2, 3, 4, 8, 12, 30, 44, 45, 300] {
            for width in [232.0, 400.0, 752.0, 2000.0] {
                let places = of(&vec![32.0; n], width);
                for (position, (x, y)) in places.at.iter().enumerate() {
                    assert!(
                        *x >= 0.0 && *x <= width && *y >= 0.0 && *y <= places.height,
                        "{n} {width}"
                    );
                    for other in &places.at[position + 1..] {
                        assert!((x - other.0).hypot(y - other.1) > 5.0, "{n} {width}");
                    }
                }
            }
        }
    }

    #[test]
    fn neighbours_on_a_side_leave_room_for_their_labels() {
        let heights = [48.0, 80.0, 16.0, 64.0, 32.0, 32.0, 120.0, 48.0];
        let places = of(&heights, 752.0);
        for side in [Side::Right, Side::Left] {
            let mut nodes: Vec<usize> = (0..8).filter(|node| places.side[*node] == side).collect();
            nodes.sort_by(|a, b| places.at[*a].1.total_cmp(&places.at[*b].1));
            for pair in nodes.windows(2) {
                let apart = places.at[pair[1]].1 - places.at[pair[0]].1;
                assert!(apart >= f32::midpoint(heights[pair[0]], heights[pair[1]]));
            }
        }
        assert_eq!(places.side[0], Side::Inside);
    }
}
