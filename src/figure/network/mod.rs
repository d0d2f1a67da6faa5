//! A table with ties in, a network out: boxes as circles, their pairs as lines. With two groups compared, the lines say
//! which pairs go together more often in which group.
//!
//! `layout` gives places, `community` finds communities, `lines` chooses the ties and how wide they are, `words` says
//! what each mark is, `labels` finds room for names, `draw` puts it all on the page.

mod community;
mod draw;
mod labels;
mod layout;
mod lines;
mod words;

pub use draw::{along, curve, draw};
pub use lines::{is_significant, is_significantly_different};
pub use words::{notes, notes_of_matrix, tie as about_tie};

use super::arrange;
use super::look::{Edges, Look, NetworkLook};
use super::palette;
use super::reading::{Reading, SMALL_N};
use super::scene::{About, Colour};
use crate::measure::{BoxView, Measure, RowKind, Table, Tie};

/// A network in data units.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// In the order of the codebook.
    pub nodes: Vec<Node>,
    /// From back to front.
    pub lines: Vec<Line>,
    /// Which node stands in the middle, where there is room.
    pub middle: Option<usize>,
    /// What circles, widths, dashes and rings mean.
    pub keys: Vec<KeyGroup>,
    /// The modularity of the communities, where they are marked and there are several.
    pub modularity: Option<f64>,
    /// How many ties could be drawn, and how many were left out because there are too many.
    pub ties: (usize, usize),
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its share, which the area stands for; not a number where nobody was asked.
    pub share: f64,
    /// The share in words, with its sign and without.
    pub values: [String; 2],
    /// Whether the value is uncertain or not there.
    pub faint: bool,
    /// Its colour.
    pub colour: Colour,
    /// How many rings say its community.
    pub rings: usize,
    /// Its community, where communities are marked and it is not alone in it.
    pub community: Option<usize>,
    /// Where somebody put it: in parts of the chart.
    pub pinned: Option<[f32; 2]>,
    /// What it stands for.
    pub about: About,
}

/// A tie that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// One node.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Its width: 1 is the widest of the scale.
    pub weight: f64,
    /// Whether it is dashed, because it is not significant.
    pub dashed: bool,
    /// Its colour.
    pub colour: Colour,
    /// Its value, written at it; may be empty.
    pub value: String,
    /// What it stands for.
    pub about: About,
}

/// A line of the legend: words, then samples with theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyGroup {
    /// What is sampled; may be empty.
    pub title: String,
    /// Samples.
    pub samples: Vec<(Swatch, String)>,
}

/// A sample in a legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Swatch {
    /// A circle.
    Circle(Colour),
    /// A line.
    Line {
        /// As [`Line::weight`].
        weight: f64,
        /// Its colour.
        colour: Colour,
        /// Whether it is dashed.
        dashed: bool,
    },
    /// A node with so many rings.
    Rings(usize),
}

/// Communities beyond these are not marked by rings.
const MOST_RINGS: usize = 3;

/// Whether `table` can be drawn as a network: boxes of everybody, or of two groups that were compared.
pub fn suits(table: &Table) -> bool {
    let view = BoxView::Network;
    let asked = matches!(&table.query.measure, Measure::Boxes { view: own, .. } if *own == view);
    asked && !rows(table).is_empty() && (table.groups.len() == 1 || is_difference(table))
}

/// Whether the lines are differences between two groups.
pub fn is_difference(table: &Table) -> bool {
    table.groups.len() == 2 && table.ties.iter().any(|tie| tie.difference.is_some())
}

/// The network of a table.
pub fn of(reading: &Reading<'_>, look: &Look) -> Network {
    let table = reading.table;
    let rows = rows(table);
    let mut places = vec![None; table.items.len()];
    for (position, row) in rows.iter().enumerate() {
        places[*row] = Some(position);
    }
    let place = |row: usize| places.get(row).copied().flatten();
    let ties: Vec<(usize, usize, &Tie)> = table
        .ties
        .iter()
        .filter(|tie| tie.group == 0)
        .filter_map(|tie| Some((place(tie.a)?, place(tie.b)?, tie)))
        .collect();
    let difference = is_difference(table);
    let (communities, modularity) = match look.network.communities && !difference {
        true => marked(rows.len(), &ties),
        false => (vec![None; rows.len()], None),
    };
    // The ties of each node, so that no node looks at all.
    let mut own: Vec<Vec<&Tie>> = vec![Vec::new(); rows.len()];
    for (a, b, tie) in &ties {
        own[*a].push(tie);
        own[*b].push(tie);
    }
    let actors = rows.iter().any(|row| table.items[*row].actor.is_some());
    let nodes = rows
        .iter()
        .enumerate()
        .map(|(position, &row)| {
            let community = communities[position];
            let colour = match (difference, community) {
                (true, _) => palette::inks(look.theme).neutral,
                (false, Some(own)) if !actors => palette::group(own, look.theme),
                _ => arrange::item_colour(reading, look, row, false),
            };
            let rings = match community {
                Some(own) if actors && own < MOST_RINGS => own + 1,
                _ => 0,
            };
            node(reading, &look.network, row, (colour, rings, community), &own[position])
        })
        .collect();
    let (lines, left_out) = lines::lines(reading, look, &ties, &communities);
    let keys = words::keys(reading, look, &lines, &communities, actors, &ties);
    Network {
        nodes,
        middle: rows
            .iter()
            .position(|row| table.items[*row].actor.as_deref() == Some("own_organisation")),
        keys,
        modularity,
        ties: (lines.len() + left_out, left_out),
        lines,
    }
}

/// The rows that are boxes, in the order of the codebook.
pub fn rows(table: &Table) -> Vec<usize> {
    let boxes = (0..table.items.len()).filter(|row| table.items[*row].kind == RowKind::Answer);
    boxes.collect()
}

fn node(
    reading: &Reading<'_>,
    look: &NetworkLook,
    row: usize,
    (colour, rings, community): (Colour, usize, Option<usize>),
    ties: &[&Tie],
) -> Node {
    let table = reading.table;
    let item = &table.items[row];
    let cells = (0..table.groups.len()).map(|group| table.cell(row, group).estimate);
    let (asked, small) = cells.fold((false, false), |(asked, small), estimate| {
        (
            asked || estimate.n > 0,
            small || (estimate.n > 0 && estimate.n < SMALL_N),
        )
    });
    let share = match asked {
        true => reading.overall(row),
        false => f64::NAN,
    };
    let bare = reading.bare(share);
    let star = if small { "*" } else { "" };
    let values = match asked {
        true => [format!("{}{star}", reading.with_sign(&bare)), format!("{bare}{star}")],
        false => [reading.absent(0), String::new()],
    };
    Node {
        id: item.id.clone(),
        label: reading.label(item),
        share,
        values,
        faint: small || !asked,
        colour,
        rings,
        community,
        pinned: look
            .places
            .iter()
            .find(|(id, _)| *id == item.id)
            .map(|(_, place)| place.map(|part| if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.5 })),
        about: words::node(reading, row, ties),
    }
}

/// The community of each node that has company, and how well communities part the network; none where all are one.
fn marked(nodes: usize, ties: &[(usize, usize, &Tie)]) -> (Vec<Option<usize>>, Option<f64>) {
    let weighted: Vec<(usize, usize, f64)> = ties
        .iter()
        .map(|(a, b, tie)| (*a, *b, tie.joint.estimate.value))
        .filter(|(.., joint)| *joint > 0.0)
        .collect();
    let of = community::communities(nodes, &weighted);
    let sizes = |own: usize| of.iter().filter(|other| **other == own).count();
    let mut companies: Vec<usize> = Vec::new();
    for &own in &of {
        if sizes(own) > 1 && !companies.contains(&own) {
            companies.push(own);
        }
    }
    if companies.len() < 2 {
        return (vec![None; nodes], None);
    }
    let marked = of.iter().map(|own| companies.iter().position(|company| company == own));
    (marked.collect(), Some(community::modularity(&of, &weighted)))
}

/// Whether lines stand for lift.
fn is_lift(look: &Look) -> bool {
    look.network.edges == Edges::Lift
}
