//! A grid of numbers in, columns at their positions out: labels at the left, numbers at the right edge of their column.

use super::fonts::Style;
use super::page::Area;
use super::palette::Inks;
use super::pen::{ABSENT, HEADING, KEY, LABEL, LABEL_STRONG, Pen, TICK, VALUE};
use super::plot::{Grid, Line};
use super::scene::Anchor;

/// Between columns.
const GAP: f32 = 20.0;
/// A block of columns is made as wide as the longest word above it, up to this.
const WIDEST_WORD: f32 = 140.0;
/// Between blocks of columns.
const BLOCK_GAP: f32 = 32.0;

/// Draws the grid; gives its lower edge.
pub fn columns(pen: &mut Pen, grid: &Grid, inks: &Inks, area: Area) -> f32 {
    // The right edge of every column, block by block from the right.
    let mut edges: Vec<Vec<f32>> = vec![Vec::new(); grid.blocks.len()];
    let mut lefts = vec![area.right(); grid.blocks.len()];
    let mut x = area.right();
    for (block, columns) in grid.blocks.iter().enumerate().rev() {
        let mut right = vec![0.0; columns.columns.len()];
        for column in (0..columns.columns.len()).rev() {
            right[column] = x;
            x -= width_of(grid, block, column) + GAP;
        }
        edges[block] = right;
        // A heading is not broken inside a word for want of a few points.
        let words = columns.heading.split(' ').map(|word| KEY.width(word));
        let widest = words.fold(0.0, f32::max).min(WIDEST_WORD);
        let own_right = edges[block].last().copied().unwrap_or(x);
        x = x.min(own_right - widest.ceil() - 1.0 - GAP);
        lefts[block] = x + GAP;
        x -= BLOCK_GAP - GAP;
    }
    let label_width = (x + GAP - BLOCK_GAP - area.x).max(80.0);

    let mut y = area.top;
    if !grid.spans.is_empty() {
        // A breakdown above its groups, with a rule over them.
        let wrapped = grid.spans.iter().map(|(name, from, to)| {
            let left = lefts.get(*from).copied().unwrap_or(area.x);
            let right = edges
                .get(*to)
                .and_then(|block| block.last())
                .copied()
                .unwrap_or(area.right());
            (KEY.wrap(name, right - left), left, right)
        });
        let wrapped: Vec<(Vec<String>, f32, f32)> = wrapped.collect();
        let most = wrapped.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0) as f32 * KEY.leading_pt;
        for (lines, left, right) in &wrapped {
            let top = y + most - lines.len() as f32 * KEY.leading_pt;
            pen.block(lines, *left, top, &KEY, inks.second);
            pen.line(
                (*left, y + most + 3.0),
                (*right, y + most + 3.0),
                1.0,
                inks.hairline,
                None,
            );
        }
        y += most + 8.0;
    }
    if grid.blocks.iter().any(|block| !block.heading.is_empty()) {
        let wrapped: Vec<Vec<String>> = grid
            .blocks
            .iter()
            .enumerate()
            .map(|(block, heading)| {
                let right = edges[block].last().copied().unwrap_or(lefts[block]);
                KEY.wrap(&heading.heading, right - lefts[block])
            })
            .collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for (block, lines) in wrapped.iter().enumerate() {
            let right = edges[block].last().copied().unwrap_or(lefts[block]);
            for (position, line) in lines.iter().enumerate() {
                // The last lines stand level.
                let at = y + (most - lines.len() + position) as f32 * KEY.leading_pt + 12.0;
                pen.text(line, (right, at), Anchor::End, &KEY, inks.text, None);
            }
            let at = y + most as f32 * KEY.leading_pt + 11.0;
            let detail = &grid.blocks[block].detail;
            pen.text(detail, (right, at), Anchor::End, &TICK, inks.second, None);
        }
        y += most as f32 * KEY.leading_pt + 20.0;
    }
    for (block, columns) in grid.blocks.iter().enumerate() {
        for (column, words) in columns.columns.iter().enumerate() {
            let at = (edges[block][column], y + 11.0);
            pen.text(words, at, Anchor::End, &TICK, inks.second, None);
        }
    }
    y += 18.0;
    pen.line((area.x, y), (area.right(), y), 1.0, inks.zero, None);

    for (position, line) in grid.lines.iter().enumerate() {
        if let Some(heading) = line.heading.as_ref().filter(|heading| !heading.is_empty()) {
            let lines = HEADING.wrap(heading, area.width);
            y = pen.block(
                &lines,
                area.x,
                y + if position > 0 { 12.0 } else { 8.0 },
                &HEADING,
                inks.text,
            ) + 2.0;
        } else if position > 0 {
            pen.line((area.x, y), (area.right(), y), 1.0, inks.hairline, None);
        }
        let style = if line.strong { &LABEL_STRONG } else { &LABEL };
        let words = style.wrap(&line.label, label_width);
        let height = (28.0 * area.stretch).max(words.len() as f32 * style.leading_pt + 8.0);
        let middle = y + height / 2.0;
        let ink = if line.faint { inks.second } else { inks.text };
        pen.centred(&words, (area.x, middle), Anchor::Start, style, ink, None);
        for (block, (numbers, about)) in line.cells.iter().enumerate() {
            let (left, right) = match (block, edges[block].last()) {
                (0, Some(right)) => (area.x, *right),
                (_, Some(right)) => (lefts[block], *right),
                (_, None) => continue,
            };
            let about = Some(pen.about(about, (left, y, right - left, height)));
            let spanning = numbers.len() < edges[block].len();
            for (column, number) in numbers.iter().enumerate() {
                let (at, style, ink) = if spanning {
                    (right, &ABSENT, inks.third)
                } else {
                    (
                        edges[block][column],
                        number_style(column, line),
                        number_ink(column, line, inks),
                    )
                };
                let at = (at, middle + style.to_baseline());
                // A mark hangs outside, so that the digits stay in line.
                let (digits, mark) = parts(number);
                let hang = if spanning { 0.0 } else { marks(grid, block, column) };
                let at = (at.0 - hang, at.1);
                let ink = if mark.contains('*') { inks.second } else { ink };
                pen.text(digits, at, Anchor::End, style, ink, about);
                pen.text(mark, at, Anchor::Start, style, ink, about);
            }
        }
        y += height;
    }
    y
}

/// The estimate stands out, what judges it steps back.
fn number_style(column: usize, line: &Line) -> &'static Style {
    match column {
        0 if !line.faint => &VALUE,
        _ => &LABEL,
    }
}

fn number_ink(column: usize, line: &Line, inks: &Inks) -> super::scene::Colour {
    match column {
        0 if !line.faint => inks.text,
        _ => inks.second,
    }
}

/// A number and the mark that hangs behind it: a star, letters, an arrow. "< 0,001" and "54 %" are whole numbers.
fn parts(number: &str) -> (&str, &str) {
    let mark = number.find('*').or_else(|| {
        number
            .find('\u{a0}')
            .filter(|at| number[..*at].ends_with(|c: char| c.is_ascii_digit()))
    });
    number.split_at(mark.unwrap_or(number.len()))
}

/// The room behind the numbers of a column for letters and arrows; a lone star hangs into the gap.
fn marks(grid: &Grid, block: usize, column: usize) -> f32 {
    let cells = grid
        .lines
        .iter()
        .filter_map(|line| line.cells.get(block)?.0.get(column));
    cells
        .map(|number| parts(number).1)
        .filter(|mark| mark.len() > 1)
        .map(|mark| VALUE.width(mark))
        .fold(0.0, f32::max)
}

/// The widest of a column's heading and numbers.
fn width_of(grid: &Grid, block: usize, column: usize) -> f32 {
    let heading = TICK.width(&grid.blocks[block].columns[column]);
    let columns = grid.blocks[block].columns.len();
    let marks = marks(grid, block, column);
    grid.lines
        .iter()
        .filter_map(|line| {
            let numbers = &line.cells.get(block)?.0;
            (numbers.len() == columns).then(|| number_style(column, line).width(parts(&numbers[column]).0) + marks)
        })
        .fold(heading, f32::max)
        .ceil()
}
