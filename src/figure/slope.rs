//! Two groups or rounds in, a slope chart out: a line per row from the one to the other, its label and value at both
//! ends. Where the groups were compared, significant differences stand out and the others are grey.

use super::arrange;
use super::compared::ALPHA;
use super::look::Look;
use super::page::Area;
use super::palette::{self, Inks};
use super::pen::{ABSENT, KEY, KEY_DETAIL, LABEL, LABEL_STRONG, Pen, VALUE};
use super::reading::{Reading, SMALL_N, interval_of};
use super::scene::{About, Anchor, Colour};
use super::spread::{Wish, spread};
use crate::measure::TableContrast;
use crate::words;

/// Narrower figures have labels at the left only.
const BOTH_SIDES: f32 = 600.0;
/// From a dot to its value, with room for a leader.
const LEADER: f32 = 22.0;
/// The same in narrow figures.
const SHORT_LEADER: f32 = 12.0;
/// Between a value and its label.
const GAP: f32 = 8.0;
/// Height of the chart where labels do not need more.
const TALL: f32 = 250.0;
/// Intervals of more rows than this would hide each other.
const MOST_INTERVALS: usize = 6;

/// Two ends and the lines between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// The groups: label and n.
    pub ends: [(String, String); 2],
    /// The lowest and the highest number.
    pub range: (f64, f64),
    /// A line each.
    pub rows: Vec<SlopeRow>,
    /// Whether some rows stand out from others because their difference is significant.
    pub compared: bool,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeRow {
    /// What it is about.
    pub label: String,
    /// Whether it stands out.
    pub strong: bool,
    /// Its colour.
    pub colour: Colour,
    /// Its ends.
    pub ends: [End; 2],
}

/// One end of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The number; `None` where nobody was asked.
    pub value: Option<f64>,
    /// Its interval, where it is drawn.
    pub interval: Option<(f64, f64)>,
    /// The number in words, or why there is none.
    pub shown: String,
    /// What it stands for.
    pub about: About,
}

/// Makes the chart of a table with two groups.
pub fn of(reading: &Reading<'_>, look: &Look) -> Slope {
    let table = reading.table;
    let inks = palette::inks(look.theme);
    let items = arrange::ordered(reading, look);
    let contrast_of = |item: usize| -> Option<&TableContrast> {
        let contrasts = &table.comparisons.contrasts;
        contrasts.iter().find(|contrast| contrast.item == Some(item))
    };
    let compared = items.iter().any(|&item| contrast_of(item).is_some());
    let is_strong = |item: usize| !compared || contrast_of(item).is_some_and(|contrast| contrast.p_adjusted < ALPHA);
    let with_intervals = look.intervals && items.iter().filter(|&&item| is_strong(item)).count() <= MOST_INTERVALS;
    // The highest value of each side carries the sign.
    let highest = [0, 1].map(|group: usize| {
        let value = |item: &usize| table.cell(*item, group).estimate.value;
        let asked = items
            .iter()
            .filter(|item| table.cell(**item, group).estimate.n > 0 && value(item).is_finite());
        asked.copied().rev().max_by(|a, b| value(a).total_cmp(&value(b)))
    });
    let rows: Vec<SlopeRow> = items
        .iter()
        .map(|&item| {
            let strong = is_strong(item);
            let end = |group: usize| {
                let cell = table.cell(item, group);
                let mut about = reading.about(item, group);
                if let Some(contrast) = contrast_of(item) {
                    about.lines.push(difference(reading, contrast));
                }
                let asked = cell.estimate.n > 0 && cell.estimate.value.is_finite();
                let mut shown = match asked {
                    true if highest[group] == Some(item) => reading.value(cell.estimate.value),
                    true => reading.bare(cell.estimate.value),
                    false => reading.absent(group),
                };
                if asked && cell.estimate.n < SMALL_N {
                    shown.push('*');
                }
                End {
                    value: asked.then_some(cell.estimate.value),
                    interval: (strong && with_intervals).then(|| interval_of(cell)).flatten(),
                    shown,
                    about,
                }
            };
            SlopeRow {
                label: reading.label(&table.items[item]),
                strong,
                colour: match strong {
                    true => arrange::item_colour(reading, look, item, false),
                    false => inks.neutral,
                },
                ends: [end(0), end(1)],
            }
        })
        .collect();
    let numbers = rows.iter().flat_map(|row| &row.ends);
    let numbers = numbers.flat_map(|end| {
        end.value
            .into_iter()
            .chain(end.interval.into_iter().flat_map(|(a, b)| [a, b]))
    });
    let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
        (low.min(one), high.max(one))
    });
    Slope {
        ends: [0, 1].map(|group| (reading.group(group), reading.n(table.groups[group].n))),
        range: if low < high {
            (low, high)
        } else {
            (low - 0.5, low + 0.5)
        },
        rows,
        compared,
    }
}

/// "Forskel: +7 procentpoint, p = 0,012": the later group less the earlier one.
fn difference(reading: &Reading<'_>, contrast: &TableContrast) -> String {
    let difference = -contrast.contrast.difference;
    let sign = if difference > 0.0 { "+" } else { "" };
    let p = match contrast.p_adjusted {
        p if p < 0.001 => format!("p < {}", words::decimal(reading.language, 0.001, 3)),
        p => format!("p = {}", words::decimal(reading.language, p, 3)),
    };
    let key = match reading.is_mean() {
        true => "figure-slope-difference-mean",
        false => "figure-slope-difference",
    };
    let shown = format!("{sign}{}", reading.bare(difference));
    reading.say(key, &[("difference", &shown), ("p", &p)])
}

/// The digits of a value, without sign and mark.
fn bare(shown: &str) -> &str {
    shown.trim_end_matches(['%', '*', '\u{a0}', ' '])
}

/// A label at one end, set in lines.
struct Label {
    lines: Vec<String>,
    wish: Wish,
}

/// Draws the chart; gives its lower edge.
pub fn draw(pen: &mut Pen, plot: &Slope, inks: &Inks, area: Area) -> f32 {
    let both = area.width >= BOTH_SIDES;
    let most = area.width * if both { 0.27 } else { 0.36 };
    let leader = if both { LEADER } else { SHORT_LEADER };
    let style = |row: &SlopeRow| {
        if row.strong && plot.compared {
            &LABEL_STRONG
        } else {
            &LABEL
        }
    };
    let lines: Vec<Vec<String>> = plot.rows.iter().map(|row| style(row).wrap(&row.label, most)).collect();
    // The widest digits of each side, and the widest value, whose sign stands right of them.
    let ends = |side: usize| plot.rows.iter().map(move |row| &row.ends[side]);
    let digits = [0, 1].map(|side: usize| {
        let asked = ends(side).filter(|end| end.value.is_some());
        asked.map(|end| VALUE.width(bare(&end.shown))).fold(0.0, f32::max)
    });
    let signs = [0, 1].map(|side: usize| {
        let asked = ends(side).filter(|end| end.value.is_some());
        let sign = |end: &End| VALUE.width(&end.shown) - VALUE.width(bare(&end.shown));
        asked.map(sign).fold(0.0, f32::max)
    });
    let widest = |side: usize| {
        let absent = ends(side).filter(|end| end.value.is_none());
        let absent = absent.map(|end| ABSENT.width(&end.shown));
        absent.fold(digits[side] + signs[side], f32::max).ceil()
    };
    let label_width = plot
        .rows
        .iter()
        .zip(&lines)
        .flat_map(|(row, lines)| lines.iter().map(|line| style(row).width(line)));
    let label_width = label_width.fold(0.0, f32::max).ceil();
    let left = area.x + label_width + GAP + widest(0) + leader;
    let right = area.right() - leader - widest(1) - if both { label_width + GAP } else { 0.0 };
    let x = [left, right];

    // Headings: the groups, each towards its own side.
    let half = (area.width - 16.0) / 2.0;
    let room = match both {
        true => [left - area.x + 40.0, area.right() - right + 40.0].map(|room| room.min(half)),
        false => [half.min((left + right) / 2.0 - area.x), half],
    };
    let headings = [0, 1].map(|side| KEY.wrap(&plot.ends[side].0, room[side]));
    let most_lines = headings.iter().map(Vec::len).max().unwrap_or(1);
    for (side, lines) in headings.iter().enumerate() {
        // Around its end, but within the page.
        let widest = lines
            .iter()
            .map(|line| KEY.width(line))
            .fold(KEY_DETAIL.width(&plot.ends[side].1), f32::max);
        let (anchor, at) = match (both, side) {
            (true, 0) => (Anchor::End, (left + 6.0).max(area.x + widest)),
            (true, _) => (Anchor::Start, (right - 6.0).min(area.right() - widest)),
            (false, 0) => (Anchor::Start, (left - widest).max(area.x)),
            (false, _) => (Anchor::End, area.right()),
        };
        let first = area.top + (most_lines - lines.len()) as f32 * KEY.leading_pt;
        for (position, line) in lines.iter().enumerate() {
            let baseline = first + (position as f32 + 0.5) * KEY.leading_pt + KEY.to_baseline();
            pen.text(line, (at, baseline), anchor, &KEY, inks.text, None);
        }
        let baseline = area.top + (most_lines as f32 + 0.5) * KEY.leading_pt + KEY.to_baseline();
        pen.text(
            &plot.ends[side].1,
            (at, baseline),
            anchor,
            &KEY_DETAIL,
            inks.second,
            None,
        );
    }
    let top = area.top + (most_lines + 1) as f32 * KEY.leading_pt + 12.0;

    let needed = lines.iter().map(|lines| lines.len() as f32 * LABEL.leading_pt + 4.0);
    let tall = (TALL * area.stretch).min(60.0 * area.stretch * plot.rows.len() as f32 + 40.0);
    let tall = tall.max(needed.sum::<f32>() + 8.0);
    let bottom = top + tall;
    let (low, high) = plot.range;
    let pad = 12.0;
    let y_of = |value: f64| bottom - pad - (tall - 2.0 * pad) * ((value - low) / (high - low)) as f32;

    let labels = [0, 1].map(|side: usize| -> Vec<Label> {
        let row = |(row, lines): (&SlopeRow, &Vec<String>)| {
            let other = row.ends[1 - side].value;
            let middle = y_of(row.ends[side].value.or(other).unwrap_or(low));
            let lines = if side == 0 || both {
                lines.clone()
            } else {
                vec![String::new()]
            };
            let height = lines.len() as f32 * LABEL.leading_pt + 2.0;
            Label {
                lines,
                wish: Wish { middle, height },
            }
        };
        plot.rows.iter().zip(&lines).map(row).collect()
    });
    let middles = [0, 1].map(|side: usize| {
        let wishes: Vec<Wish> = labels[side].iter().map(|label| label.wish).collect();
        spread(&wishes, top, bottom)
    });

    for x in x {
        pen.line((x, top), (x, bottom), 1.0, inks.hairline, None);
    }
    // What stands out lies above what does not.
    let mut order: Vec<usize> = (0..plot.rows.len()).collect();
    order.sort_by_key(|&row| plot.rows[row].strong);
    for position in order {
        let row = &plot.rows[position];
        let abouts = [0, 1].map(|side: usize| {
            let height = labels[side][position].wish.height;
            let y = middles[side][position] - height / 2.0;
            let hit = match side {
                0 => (area.x, y, left - area.x + 8.0, height),
                _ => (right - 8.0, y, area.right() - right + 8.0, height),
            };
            pen.about(&row.ends[side].about, hit)
        });
        let points = [0, 1].map(|side: usize| row.ends[side].value.map(|value| (x[side], y_of(value))));
        if let [Some(from), Some(to)] = points {
            let width = if row.strong { 2.2 } else { 1.4 };
            pen.polyline(vec![from, to], width, row.colour, false, Some(abouts[0]));
        }
        for side in [0, 1] {
            let end = &row.ends[side];
            if let Some((low, high)) = end.interval {
                let colour = palette::toward(row.colour, inks.surface, 0.2);
                let about = Some(abouts[side]);
                pen.line((x[side], y_of(low)), (x[side], y_of(high)), 1.3, colour, about);
            }
            if let Some(point) = points[side] {
                pen.circle(point, 5.5, inks.surface, None);
                pen.circle(
                    point,
                    if row.strong { 4.5 } else { 3.5 },
                    row.colour,
                    Some(abouts[side]),
                );
            }
            let middle = middles[side][position];
            let out = if side == 0 { -1.0 } else { 1.0 };
            if let Some((x, y)) = points[side]
                && (middle - y).abs() > 1.0
            {
                let (from, to) = ((x + out * 7.0, y), (x + out * (leader - 4.0), middle));
                pen.line(from, to, 1.0, inks.neutral, None);
            }
            let ink = if row.strong { inks.text } else { inks.second };
            let anchor = if side == 0 { Anchor::End } else { Anchor::Start };
            let at = x[side] + out * leader;
            match end.value {
                // Digits stand in line; signs and marks hang outside.
                Some(_) => {
                    let right = if side == 0 { at - signs[0] } else { at + digits[1] };
                    let x = right - VALUE.width(bare(&end.shown));
                    let at = (x, middle + VALUE.to_baseline());
                    pen.text(&end.shown, at, Anchor::Start, &VALUE, ink, Some(abouts[side]));
                }
                None => {
                    let at = (at, middle + ABSENT.to_baseline());
                    pen.text(&end.shown, at, anchor, &ABSENT, inks.third, Some(abouts[side]));
                }
            }
            let at = (at + out * (widest(side) + GAP), middle);
            pen.centred(
                &labels[side][position].lines,
                at,
                anchor,
                style(row),
                ink,
                Some(abouts[side]),
            );
        }
    }
    bottom
}
