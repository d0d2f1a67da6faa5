//! Sets of boxes with their shares in, an UpSet chart out (Lex et al. 2014): a bar per set of boxes over a matrix of dots
//! that says which boxes it is made of. Sets are columns where boxes have room for their labels at the left, else rows.

mod columns;
mod rows;

use super::arrange;
use super::look::Look;
use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{NOTE, Pen};
use super::plot::Lane;
use super::reading::Reading;
use super::scale::Axis;
use super::scene::Colour;
use crate::measure::{BoxView, Measure, RowKind};

/// Sets of boxes, and the boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct UpSet {
    /// "Præcis disse" or "Mindst disse".
    pub switch: String,
    /// What that means, in a sentence.
    pub meaning: String,
    /// Above the sizes of the boxes.
    pub sizes: String,
    /// Under the set without boxes.
    pub nothing: String,
    /// The axis of the sets.
    pub axis: Axis,
    /// The largest share of a box, or the end of its interval.
    pub largest: f64,
    /// The sets, largest first; the one without boxes last.
    pub sets: Vec<Set>,
    /// The boxes.
    pub boxes: Vec<BoxRow>,
    /// What is not shown, with its share; empty where all is.
    pub rest: String,
}

/// A set of boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// Positions in [`UpSet::boxes`], in their order.
    pub of: Vec<usize>,
    /// Its share.
    pub lane: Lane,
}

/// A box, whoever chose it.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxRow {
    /// What it is called.
    pub label: String,
    /// Its share with the interval, in words.
    pub share: String,
    /// Its colour.
    pub colour: Colour,
    /// Its share.
    pub lane: Lane,
}

/// Orders the sets and leaves out those that the look does.
pub fn of(reading: &Reading<'_>, look: &Look) -> UpSet {
    let table = reading.table;
    let inks = palette::inks(look.theme);
    let exact = !matches!(
        table.query.measure,
        Measure::Boxes {
            view: BoxView::AtLeast,
            ..
        }
    );
    let kind = |item: usize| table.items[item].kind;
    let ordered = arrange::ordered(reading, look);
    let mut signed = false;
    let mut ids = Vec::new();
    let mut boxes = Vec::new();
    for &item in ordered.iter().filter(|&&item| kind(item) == RowKind::Answer) {
        let colour = arrange::item_colour(reading, look, item, false);
        let cell = table.cell(item, 0);
        let share = match (cell.estimate.n, reading.interval(cell)) {
            (0, _) => reading.absent(0),
            (_, Some(interval)) if look.intervals => format!("{} ({interval})", reading.value(cell.estimate.value)),
            _ => reading.value(cell.estimate.value),
        };
        ids.push(table.items[item].id.as_str());
        boxes.push(BoxRow {
            label: reading.label(&table.items[item]),
            share,
            colour,
            lane: arrange::lane(reading, look, item, 0, colour, &mut signed),
        });
    }

    let mut all: Vec<usize> = (0..table.items.len())
        .filter(|&item| matches!(kind(item), RowKind::Combination | RowKind::None))
        .collect();
    all.sort_by(|&a, &b| reading.overall(b).total_cmp(&reading.overall(a)));
    let is_large = |item: usize| {
        let cell = table.cell(item, 0);
        cell.n_chosen.unwrap_or(cell.estimate.n) >= look.sets.least_n
    };
    let (mut shown, mut left): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|&item| is_large(item));
    if shown.len() > look.sets.most.max(1) {
        left.extend(shown.split_off(look.sets.most.max(1)));
    }
    shown.sort_by_key(|&item| kind(item) == RowKind::None);
    let mut signed = false;
    let sets: Vec<Set> = shown
        .iter()
        .map(|&item| {
            let mut of: Vec<usize> = (table.items[item].of.iter())
                .filter_map(|id| ids.iter().position(|known| known == id))
                .collect();
            of.sort_unstable();
            let colour = match of[..] {
                [] => inks.neutral,
                [only] => boxes[only].colour,
                _ => inks.union,
            };
            let lane = arrange::lane(reading, look, item, 0, colour, &mut signed);
            Set { of, lane }
        })
        .collect();
    UpSet {
        switch: reading.say(
            if exact {
                "figure-sets-exact"
            } else {
                "figure-sets-least"
            },
            &[],
        ),
        meaning: reading.say(
            if exact {
                "figure-sets-exact-meaning"
            } else {
                "figure-sets-least-meaning"
            },
            &[],
        ),
        sizes: reading.say("figure-sets-sizes", &[]),
        nothing: reading.say("figure-sets-nothing", &[]),
        axis: axis_of(reading, sets.iter().map(|set| &set.lane)),
        largest: boxes
            .iter()
            .map(|row| super::lane::end_of(&row.lane))
            .fold(0.0, f64::max),
        rest: rest(reading, exact, &shown, &left),
        sets,
        boxes,
    }
}

/// An axis of shares that holds every bar and whisker.
fn axis_of<'a>(reading: &Reading<'_>, lanes: impl Iterator<Item = &'a Lane>) -> Axis {
    arrange::share_axis(reading, lanes.map(super::lane::end_of).fold(0.0, f64::max))
}

/// How many sets are not shown, and their share: exact sets add up to everybody, others do not.
fn rest(reading: &Reading<'_>, exact: bool, shown: &[usize], left: &[usize]) -> String {
    let share_of = |item: &usize| reading.table.cell(*item, 0).estimate.value;
    let share = match exact {
        true => (1.0 - shown.iter().map(share_of).sum::<f64>()).max(0.0),
        false => left
            .iter()
            .map(share_of)
            .filter(|share| share.is_finite())
            .fold(0.0, f64::max),
    };
    let key = match (exact, left.len()) {
        (_, 0) => return String::new(),
        (_, 1) => "figure-sets-rest-one",
        (true, _) => "figure-sets-rest-exact",
        (false, _) => "figure-sets-rest-least",
    };
    let (n, share) = (reading.count(left.len()), reading.value(share));
    reading.say(key, &[("n", &n), ("share", &share)])
}

/// Draws the chart; gives its lower edge.
pub fn draw(pen: &mut Pen, plot: &UpSet, inks: &Inks, area: Area) -> f32 {
    let bottom = match columns::Room::of(plot, area) {
        Some(room) => columns::draw(pen, plot, inks, area, &room),
        None => rows::draw(pen, plot, inks, area),
    };
    if plot.rest.is_empty() {
        return bottom;
    }
    pen.block(
        &NOTE.wrap(&plot.rest, area.width),
        area.x,
        bottom + 8.0,
        &NOTE,
        inks.second,
    )
}

/// The ground of every second row.
fn zebra(inks: &Inks) -> Colour {
    palette::toward(inks.surface, inks.hairline, 0.45)
}

/// A dot of a box that does not belong to a set: seen, but not read.
fn empty_dot(inks: &Inks) -> Colour {
    palette::toward(inks.hairline, inks.zero, 0.18)
}
