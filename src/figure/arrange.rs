//! A table and a look in, the rows of a chart out: ordered, coloured, with what each mark stands for.

use super::look::{Chart, Look, Sort};
use super::palette;
use super::plot::{Bars, Key, Lane, Plot, Row, Segment};
use super::reading::{Reading, SMALL_N, interval_of};
use super::scale::{self, Axis};
use super::scene::Colour;
use super::{
    diverging, donut, dots, effect, flow, grid, kinds, lines, matrix, network, number, signs, slope, stacked, upset,
};
use crate::measure::{RowKind, Statistic, TableItem};
use crate::words;

/// The chart of a table.
pub fn plot(reading: &Reading<'_>, look: &Look) -> Plot {
    if reading.is_empty() {
        let base = &reading.table.base;
        let key = if base.filter.is_empty() && base.further.is_none() {
            "figure-empty-base"
        } else {
            "figure-empty"
        };
        return Plot::Sentence(reading.say(key, &[]));
    }
    match kinds::drawn_as(reading.table, look.chart) {
        Chart::Dots => Plot::Bars(dots::dots(reading, look)),
        Chart::Number => Plot::Number(number::number(reading, look)),
        Chart::Donut => Plot::Donut(donut::donut(reading, look)),
        Chart::Table => Plot::Grid(grid::grid(reading, look)),
        Chart::Matrix => Plot::Matrix(matrix::of(reading, look)),
        Chart::Flow => Plot::Flow(flow::of(reading, look)),
        Chart::Network => Plot::Network(network::of(reading, look)),
        Chart::Stacked => Plot::Bars(stacked::stacked(reading, look)),
        Chart::UpSet => Plot::UpSet(upset::of(reading, look)),
        Chart::Diverging => Plot::Bars(diverging::diverging(reading, look)),
        Chart::Slope => Plot::Slope(slope::of(reading, look)),
        Chart::Lines => Plot::Lines(lines::of(reading, look)),
        _ => Plot::Bars(bars(reading, look)),
    }
}

/// One row per answer with a bar per group; or, where the groups are many or the answer is one, a row per group.
pub fn bars(reading: &Reading<'_>, look: &Look) -> Bars {
    let reference = effect::reference(reading);
    let items: Vec<usize> = ordered(reading, look)
        .into_iter()
        .filter(|item| Some(*item) != reference)
        .collect();
    let groups = reading.table.groups.len();
    let headings = headings(reading, look);
    let mut signed = false;
    let mut rows = Vec::new();
    let row_per_group = groups > palette::MOST_GROUPS || (groups > 1 && items.len() == 1);
    for (position, &item) in items.iter().enumerate() {
        let (label, strong) = (reading.label(&reading.table.items[item]), is_union(reading, item));
        if row_per_group {
            for group in 0..groups {
                let colour = item_colour(reading, look, item, true);
                rows.push(Row {
                    heading: (group == 0 && items.len() > 1).then(|| label.clone()),
                    label: signs::group(reading, look, group),
                    detail: reading.n(reading.table.groups[group].n),
                    lanes: vec![lane(reading, look, item, group, colour, &mut signed)],
                    ..Row::default()
                });
            }
            continue;
        }
        rows.push(Row {
            heading: headings.then(|| heading_at(reading, &items, position)).flatten(),
            label,
            detail: String::new(),
            strong,
            lanes: (0..groups)
                .map(|group| {
                    let colour = if groups > 1 {
                        group_colour(reading, look, group)
                    } else {
                        item_colour(reading, look, item, false)
                    };
                    lane(reading, look, item, group, colour, &mut signed)
                })
                .collect(),
            ..Row::default()
        });
    }
    let keys = if groups > 1 && !row_per_group {
        (0..groups)
            .map(|group| Key {
                label: signs::group(reading, look, group),
                detail: reading.n(reading.table.groups[group].n),
                colour: group_colour(reading, look, group),
            })
            .collect()
    } else {
        Vec::new()
    };
    let mut bars = Bars {
        axis: axis(reading, &rows),
        keys,
        rows,
        ..Bars::default()
    };
    if !row_per_group {
        effect::bracket(reading, &mut bars.rows, &items);
        effect::against(reading, look, &mut bars, &items);
    }
    bars
}

/// One bar from zero with its interval and value. The first value of a figure carries the sign.
pub fn lane(reading: &Reading<'_>, look: &Look, item: usize, group: usize, colour: Colour, signed: &mut bool) -> Lane {
    let cell = reading.table.cell(item, group);
    let about = Some(reading.about(item, group));
    if cell.estimate.n == 0 || !cell.estimate.value.is_finite() {
        return Lane {
            outside: reading.absent(group),
            faint: true,
            about,
            ..Lane::default()
        };
    }
    let small = cell.estimate.n < SMALL_N;
    let bare = reading.bare(cell.estimate.value);
    let mut outside = if *signed { bare } else { reading.with_sign(&bare) };
    *signed = true;
    if small {
        outside.push('*');
    }
    Lane {
        segments: vec![Segment {
            from: 0.0,
            to: cell.estimate.value,
            colour,
            inside: String::new(),
            about: None,
        }],
        whisker: look.intervals.then(|| interval_of(cell)).flatten(),
        outside,
        sign: signs::of(reading, look, item, group),
        faint: small,
        about,
        ..Lane::default()
    }
}

/// An axis from zero that holds every bar and whisker.
fn axis(reading: &Reading<'_>, rows: &[Row]) -> Axis {
    let most = rows
        .iter()
        .flat_map(|row| &row.lanes)
        .flat_map(|lane| {
            let ends = lane.segments.iter().map(|segment| segment.to);
            ends.chain(lane.whisker.map(|(_, high)| high))
        })
        .fold(0.0, f64::max);
    let least = rows
        .iter()
        .flat_map(|row| &row.lanes)
        .flat_map(|lane| {
            let ends = lane.segments.iter().map(|segment| segment.to);
            ends.chain(lane.whisker.map(|(low, _)| low))
        })
        .fold(0.0, f64::min);
    if reading.is_share() {
        return share_axis(reading, most);
    }
    let (high, mut values) = scale::quantity(most.max(-least));
    let step = high / values.len().saturating_sub(1).max(1) as f64;
    // As many steps below zero as the numbers need.
    let below = (-least / step - 1e-9).ceil().clamp(0.0, 10.0) as usize;
    values.splice(0..0, (1..=below).rev().map(|steps| -step * steps as f64));
    let low = values.first().copied().unwrap_or(0.0);
    let decimals =
        usize::from(step < 10.0 && values.iter().any(|value| value.fract().abs() > 1e-9)) + usize::from(step < 0.1);
    Axis {
        low,
        high,
        ticks: values
            .into_iter()
            .map(|value| (value, words::decimal(reading.language, value, decimals)))
            .collect(),
        ..Axis::default()
    }
}

/// An axis of shares, the first number with its sign.
pub fn share_axis(reading: &Reading<'_>, most: f64) -> Axis {
    let (high, values) = scale::shares(most);
    Axis {
        low: 0.0,
        high,
        ticks: values
            .into_iter()
            .enumerate()
            .map(|(position, value)| {
                let bare = words::percent(value);
                let shown = if position == 0 {
                    words::with_sign(reading.language, &bare)
                } else {
                    bare
                };
                (value, shown)
            })
            .collect(),
        ..Axis::default()
    }
}

/// The drawn rows in the order of the look: highlighted unions first, "none of these" last, the rest by size, unless
/// their order has a meaning.
pub fn ordered(reading: &Reading<'_>, look: &Look) -> Vec<usize> {
    let mut items = reading.drawn();
    let is_model = matches!(
        reading.table.statistic(),
        Statistic::OddsRatio | Statistic::Coefficient | Statistic::Difference
    );
    let by_size = !is_model && look.sort != Sort::Questionnaire && !reading.table.subject.ordered && !reading.is_mean();
    let place = |item: usize| match reading.table.items[item].kind {
        _ if effect::is_whole(&reading.table.items[item].id) => 0,
        RowKind::Union { highlight: true } => 0,
        RowKind::None => 2,
        _ => 1,
    };
    // Where groups have headings, the rows of a group stand together; those without one come last.
    let mut groups: Vec<&str> = Vec::new();
    if headings(reading, look) {
        let labels = items.iter().map(|&item| reading.of(&reading.table.items[item].group));
        for label in labels.filter(|label| !label.is_empty()) {
            if !groups.contains(&label) {
                groups.push(label);
            }
        }
    }
    let group = |item: usize| {
        let label = reading.of(&reading.table.items[item].group);
        groups.iter().position(|known| *known == label).unwrap_or(groups.len())
    };
    items.sort_by(|&a, &b| {
        let order = place(a).cmp(&place(b)).then(group(a).cmp(&group(b)));
        order.then_with(|| match by_size {
            true if place(a) == 0 && effect::is_whole(&reading.table.items[a].id) => a.cmp(&b),
            true => reading.overall(b).total_cmp(&reading.overall(a)),
            false => a.cmp(&b),
        })
    });
    items
}

/// Whether the groups of items stand as headings: only where the rows keep the order of the questionnaire.
pub fn headings(reading: &Reading<'_>, look: &Look) -> bool {
    look.sort == Sort::Questionnaire && reading.table.items.iter().any(|item| !item.group.is_empty())
}

/// The heading above the row at `position`, where its group begins; an empty one where a group ends without a next.
pub fn heading_at(reading: &Reading<'_>, items: &[usize], position: usize) -> Option<String> {
    let group = |item: usize| reading.of(&reading.table.items[item].group);
    let own = group(items[position]);
    let before = position.checked_sub(1).map_or("", |before| group(items[before]));
    (before != own).then(|| own.to_owned())
}

/// Whether a row is a union, and so is set apart.
pub fn is_union(reading: &Reading<'_>, item: usize) -> bool {
    matches!(reading.table.items[item].kind, RowKind::Union { .. })
}

/// The colour of a group, by its place among the answers to the breakdown variable: it stays when others are filtered
/// away. Where there are more answers than colours, only those shown can be told apart.
pub fn group_colour(reading: &Reading<'_>, look: &Look, group: usize) -> Colour {
    let table = reading.table;
    let (place, of) = match table.by_answers <= palette::MOST_GROUPS {
        true => (table.groups[group].place, table.by_answers),
        false => (group, table.groups.len()),
    };
    if table.by_ordered {
        palette::ordered_group(place as f64 / of.saturating_sub(1).max(1) as f64, look.theme)
    } else {
        palette::group(place, look.theme)
    }
}

/// The colour of a row's bar. `plain`: never an actor's, because colours would change within a breakdown.
pub fn item_colour(reading: &Reading<'_>, look: &Look, item: usize, plain: bool) -> Colour {
    let inks = palette::inks(look.theme);
    let row: &TableItem = &reading.table.items[item];
    match row.kind {
        RowKind::Union { .. } => inks.union,
        _ if row.id == "with_others" => inks.union,
        RowKind::None => inks.neutral,
        _ if plain || !look.actor_colours => inks.accent,
        _ => match row.actor.as_deref().and_then(|actor| palette::actor(actor, look.theme)) {
            Some(colour) => colour,
            // Beside actors, the accent would look like one of them.
            None if reading.table.items.iter().any(|item| item.actor.is_some()) => inks.neutral,
            None => inks.accent,
        },
    }
}
