//! A grid of numbers in, columns at their positions out: labels at the left, numbers at the right edge of their column.

use super::fonts::Style;
use super::page::Area;
use super::palette::Inks;
use super::pen::{ABSENT, DETAIL, HEADING, KEY, LABEL, LABEL_STRONG, Pen, TICK, VALUE};
use super::plot::{Block, Grid, Line};
use super::scene::{Anchor, Colour};

/// Between columns.
const GAP: f32 = 20.0;
/// A block of columns is made as wide as the longest word above it, up to this.
const WIDEST_WORD: f32 = 140.0;
/// Between blocks of columns, and between blocks of one column.
const BLOCK_GAP: (f32, f32) = (32.0, 18.0);
/// What a gap takes at most of the room that is left: numbers far from their label are read in the wrong row.
const MOST_SPARE: f32 = 56.0;
/// What a gap gives up at most where there is not enough room.
const LEAST_SPARE: f32 = -12.0;
/// Narrower labels of many lines stand above their numbers.
const TOWER: f32 = 130.0;
/// Between grids one below the other.
const BELOW: f32 = 26.0;
/// Labels have at least this width, and a table is as narrow as labels of the other leave it.
const LABELS: (f32, f32) = (80.0, 170.0);

/// Where columns stand.
struct Places {
    /// Left edge of each block.
    lefts: Vec<f32>,
    /// Right edges of its columns.
    edges: Vec<Vec<f32>>,
    /// The width of the labels; 0: they stand above their numbers.
    labels: f32,
    /// The right edge of all.
    right: f32,
}

impl Places {
    fn of(grid: &Grid, area: Area) -> Self {
        let widths: Vec<Vec<f32>> = widths(grid);
        let natural: f32 = widths.iter().map(|own| block_width(own)).sum();
        let gaps = grid.blocks.len() as f32 * gap(grid);
        let longest = longest_label(grid);
        let labels = longest.min(area.width - natural - gaps).max(LABELS.0);
        // Labels that would be towers stand above their numbers.
        let above = labels < TOWER && longest > 3.0 * labels;
        let labels = if above { 0.0 } else { labels };
        let spare = area.width - natural - gaps - labels;
        let inner = widths.iter().map(|own| own.len().saturating_sub(1)).sum::<usize>();
        // Where there is none, columns stand closer together.
        let extra = (spare / (grid.blocks.len() + inner).max(1) as f32).clamp(LEAST_SPARE, MOST_SPARE);
        let used = natural + gaps + labels + extra * (grid.blocks.len() + inner) as f32;
        let right = area.x + used.max(1.0);
        // Block by block from the right.
        let mut x = right;
        let mut edges = vec![Vec::new(); widths.len()];
        let mut lefts = vec![right; widths.len()];
        for (block, own) in widths.iter().enumerate().rev() {
            let mut at = x;
            let mut rights = vec![x; own.len()];
            for (column, width) in own.iter().enumerate().rev() {
                rights[column] = at;
                at -= width + GAP + extra;
            }
            x -= block_width(own) + extra * own.len().saturating_sub(1) as f32;
            edges[block] = rights;
            lefts[block] = x;
            x -= gap(grid) + extra;
        }
        Self {
            lefts,
            edges,
            labels,
            right,
        }
    }

    fn right_of(&self, block: usize) -> f32 {
        self.edges[block].last().copied().unwrap_or(self.right)
    }
}

/// The least width that a grid reads well in.
pub fn needed(grid: &Grid) -> f32 {
    let blocks: f32 = widths(grid).iter().map(|own| block_width(own)).sum();
    blocks + grid.blocks.len() as f32 * gap(grid) + longest_label(grid).min(LABELS.1)
}

/// The same with every column that is called `interval` below the numbers of the one before it.
pub fn narrowed(mut grid: Grid, interval: &str) -> Grid {
    for block in 0..grid.blocks.len() {
        let headings = grid.blocks[block].columns.clone();
        let joins = |column: usize| column > 0 && headings[column] == interval;
        for line in &mut grid.lines {
            let Some((numbers, _)) = line.cells.get_mut(block) else {
                continue;
            };
            if numbers.len() != headings.len() {
                continue;
            }
            let mut joined: Vec<String> = Vec::new();
            for (column, number) in std::mem::take(numbers).into_iter().enumerate() {
                match joined.last_mut() {
                    Some(last) if joins(column) => *last = format!("{last}\n{number}"),
                    _ => joined.push(number),
                }
            }
            *numbers = joined;
        }
        let kept = headings.iter().enumerate().filter(|(column, _)| !joins(*column));
        grid.blocks[block].columns = kept.map(|(_, heading)| heading.clone()).collect();
    }
    grid
}

fn longest_label(grid: &Grid) -> f32 {
    let labels = grid
        .lines
        .iter()
        .map(|line| label_style(line).width(&line.label).ceil() + 1.0);
    labels.fold(0.0, f32::max)
}

fn label_style(line: &Line) -> &'static Style {
    if line.strong { &LABEL_STRONG } else { &LABEL }
}

fn gap(grid: &Grid) -> f32 {
    match grid.blocks.iter().all(|block| block.columns.len() < 2) {
        true => BLOCK_GAP.1,
        false => BLOCK_GAP.0,
    }
}

/// The widths of the columns of each block. The first takes what the heading above all of them needs.
fn widths(grid: &Grid) -> Vec<Vec<f32>> {
    let of = |(block, own): (usize, &Block)| {
        let mut widths: Vec<f32> = (0..own.columns.len())
            .map(|column| width_of(grid, block, column))
            .collect();
        // A heading is not broken inside a word for want of a few points.
        let spanning = grid
            .lines
            .iter()
            .filter_map(|line| line.cells.get(block))
            .filter(|(numbers, _)| numbers.len() < own.columns.len() || is_words(numbers));
        let words = own
            .heading
            .split(' ')
            .map(|word| KEY.width(word))
            .chain(own.detail.lines().map(|line| TICK.width(line)))
            .chain(spanning.flat_map(|(numbers, _)| {
                let words = numbers.iter().flat_map(|number| number.split(' '));
                words.map(|word| ABSENT.width(word)).collect::<Vec<f32>>()
            }));
        let widest = words.fold(0.0, f32::max).min(WIDEST_WORD).ceil() + 1.0;
        let lacks = widest - block_width(&widths);
        if let Some(first) = widths.first_mut().filter(|_| lacks > 0.0) {
            *first += lacks;
        }
        widths
    };
    grid.blocks.iter().enumerate().map(of).collect()
}

fn block_width(columns: &[f32]) -> f32 {
    columns.iter().sum::<f32>() + GAP * columns.len().saturating_sub(1) as f32
}

/// Whether a cell says in words why there is no number.
fn is_words(numbers: &[String]) -> bool {
    numbers.len() == 1 && !numbers[0].contains(|digit: char| digit.is_ascii_digit()) && numbers[0].len() > 3
}

/// Draws the grid and those below it; gives the lower edge.
pub fn columns(pen: &mut Pen, grid: &Grid, inks: &Inks, area: Area) -> f32 {
    let mut y = one(pen, grid, inks, area);
    for below in &grid.below {
        let top = y + BELOW * area.stretch;
        y = one(pen, below, inks, Area { top, ..area });
    }
    y
}

fn one(pen: &mut Pen, grid: &Grid, inks: &Inks, area: Area) -> f32 {
    let places = Places::of(grid, area);
    let mut y = heads(pen, grid, inks, &places, area);
    pen.line((area.x, y), (places.right, y), 1.0, inks.zero, None);
    for (position, line) in grid.lines.iter().enumerate() {
        if let Some(heading) = line.heading.as_ref() {
            let lines = HEADING.wrap(heading, area.width);
            let top = y + if position > 0 { 12.0 } else { 8.0 };
            y = match heading.is_empty() {
                true => y + if position > 0 { 12.0 } else { 0.0 },
                false => pen.block(&lines, area.x, top, &HEADING, inks.text) + 2.0,
            };
            if !line.detail.is_empty() {
                let lines = DETAIL.wrap(&line.detail, area.width);
                y = pen.block(&lines, area.x, y - 1.0, &DETAIL, inks.second) + 2.0;
            }
        } else if position > 0 {
            pen.line((area.x, y), (places.right, y), 1.0, inks.hairline, None);
        }
        let style = label_style(line);
        let above = places.labels == 0.0;
        let words = style.wrap(&line.label, if above { area.width } else { places.labels });
        let cells: Vec<Vec<Vec<String>>> = line
            .cells
            .iter()
            .enumerate()
            .map(|(block, (numbers, _))| set(numbers, &grid.blocks[block], &places, block))
            .collect();
        let tallest = cells.iter().flatten().map(Vec::len).max().unwrap_or(1) as f32;
        let ink = if line.faint { inks.second } else { inks.text };
        let set_in = words.len() as f32 * style.leading_pt + 8.0;
        let own = (28.0 * area.stretch).max(tallest * TICK.leading_pt + 10.0);
        let (middle, height) = match above {
            true => (y + set_in + own / 2.0 - 4.0, set_in + own - 4.0),
            false => (y + own.max(set_in) / 2.0, own.max(set_in)),
        };
        let at = if above { y + set_in / 2.0 } else { middle };
        pen.centred(&words, (area.x, at), Anchor::Start, style, ink, None);
        for (block, (numbers, about)) in line.cells.iter().enumerate() {
            let right = places.right_of(block);
            let left = if block == 0 { area.x } else { places.lefts[block] };
            let about = Some(pen.about(about, (left, y, right - left, height)));
            let own = &grid.blocks[block];
            if numbers.len() < own.columns.len() || is_words(numbers) {
                let lines = cells[block].first().cloned().unwrap_or_default();
                pen.centred(&lines, (right, middle), Anchor::End, &ABSENT, inks.third, about);
                continue;
            }
            for (column, lines) in cells[block].iter().enumerate() {
                let style = number_style(own, column, line);
                let ink = number_ink(own, column, line, inks);
                // A mark hangs outside, so that the digits stay in line.
                let x = places.edges[block][column] - marks(grid, block, column);
                let top = middle - (lines.len() as f32 - 1.0) * TICK.leading_pt / 2.0;
                for (place, number) in lines.iter().enumerate() {
                    let (style, ink) = if place == 0 { (style, ink) } else { (&TICK, inks.second) };
                    let at = (x, top + place as f32 * TICK.leading_pt + style.to_baseline());
                    let (digits, mark) = parts(number);
                    let ink = if mark.contains('*') { inks.second } else { ink };
                    pen.text(digits, at, Anchor::End, style, ink, about);
                    pen.text(mark, at, Anchor::Start, style, ink, about);
                }
            }
        }
        y += height;
    }
    y
}

/// The lines of each cell of a block; words that stand in the place of numbers are one.
fn set(numbers: &[String], block: &Block, places: &Places, at: usize) -> Vec<Vec<String>> {
    if numbers.len() < block.columns.len() || is_words(numbers) {
        let room = places.right_of(at) - places.lefts[at];
        return vec![ABSENT.wrap(&numbers.join(" "), room.max(30.0))];
    }
    let lines = |number: &String| number.lines().map(str::to_owned).collect();
    numbers.iter().map(lines).collect()
}

/// What stands above the numbers. Gives its lower edge.
fn heads(pen: &mut Pen, grid: &Grid, inks: &Inks, places: &Places, area: Area) -> f32 {
    let mut y = area.top;
    if !grid.spans.is_empty() {
        // A breakdown above its groups, with a rule over them.
        let wrapped = grid.spans.iter().map(|(name, from, to)| {
            let left = places.lefts.get(*from).copied().unwrap_or(area.x);
            let right = places.right_of((*to).min(grid.blocks.len().saturating_sub(1)));
            (KEY.wrap(name, right - left), left, right)
        });
        let wrapped: Vec<(Vec<String>, f32, f32)> = wrapped.collect();
        let most = wrapped.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0) as f32 * KEY.leading_pt;
        for (lines, left, right) in &wrapped {
            let top = y + most - lines.len() as f32 * KEY.leading_pt;
            pen.block(lines, *left, top, &KEY, inks.second);
            let rule = y + most + 3.0;
            pen.line((*left, rule), (*right, rule), 1.0, inks.hairline, None);
        }
        y += most + 8.0;
    }
    if grid.blocks.iter().any(|block| !block.heading.is_empty()) {
        let wrapped: Vec<Vec<String>> = grid
            .blocks
            .iter()
            .enumerate()
            .map(|(block, own)| KEY.wrap(&own.heading, places.right_of(block) - places.lefts[block] + 0.5))
            .collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let details = grid.blocks.iter().map(|block| block.detail.lines().count());
        let details = details.max().unwrap_or(0);
        for (block, lines) in wrapped.iter().enumerate() {
            let right = places.right_of(block);
            for (position, line) in lines.iter().enumerate() {
                // The last lines stand level.
                let at = y + (most - lines.len() + position) as f32 * KEY.leading_pt + 12.0;
                pen.text(line, (right, at), Anchor::End, &KEY, inks.text, None);
            }
            for (position, detail) in grid.blocks[block].detail.lines().enumerate() {
                let at = y + most as f32 * KEY.leading_pt + 11.0 + position as f32 * TICK.leading_pt;
                pen.text(detail, (right, at), Anchor::End, &TICK, inks.second, None);
            }
        }
        y += most as f32 * KEY.leading_pt + details as f32 * TICK.leading_pt + 6.0;
    }
    let all = || grid.blocks.iter().flat_map(|block| &block.columns);
    let most = all().map(|words| words.lines().count()).max().unwrap_or(1).max(1);
    for (block, own) in grid.blocks.iter().enumerate() {
        for (column, words) in own.columns.iter().enumerate() {
            let lines = words.lines().count();
            for (position, line) in words.lines().enumerate() {
                let at = y + 11.0 + (most - lines + position) as f32 * TICK.leading_pt;
                let at = (places.edges[block][column], at);
                pen.text(line, at, Anchor::End, &TICK, inks.second, None);
            }
        }
    }
    y + 4.0 + most as f32 * TICK.leading_pt
}

/// The estimate stands out, what judges it steps back.
fn number_style(block: &Block, column: usize, line: &Line) -> &'static Style {
    match is_strong(block, column, line) {
        true => &VALUE,
        false => &LABEL,
    }
}

fn number_ink(block: &Block, column: usize, line: &Line, inks: &Inks) -> Colour {
    match is_strong(block, column, line) || block.level && !line.faint {
        true => inks.text,
        false => inks.second,
    }
}

fn is_strong(block: &Block, column: usize, line: &Line) -> bool {
    !line.faint && column == 0 && (!block.level || line.strong)
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
        .flat_map(|number| number.lines())
        .map(|number| parts(number).1)
        .filter(|mark| mark.len() > 1)
        .map(|mark| VALUE.width(mark))
        .fold(0.0, f32::max)
}

/// The widest of a column's heading and numbers.
fn width_of(grid: &Grid, block: usize, column: usize) -> f32 {
    let own = &grid.blocks[block];
    let heading = own.columns[column].lines().map(|line| TICK.width(line));
    let heading = heading.fold(0.0, f32::max);
    let marks = marks(grid, block, column);
    grid.lines
        .iter()
        .filter_map(|line| {
            let numbers = &line.cells.get(block)?.0;
            let is_number = numbers.len() == own.columns.len() && !is_words(numbers);
            is_number.then(|| {
                let lines = numbers[column].lines().enumerate().map(|(place, number)| {
                    let style = if place == 0 {
                        number_style(own, column, line)
                    } else {
                        &TICK
                    };
                    style.width(parts(number).0)
                });
                lines.fold(0.0, f32::max) + marks
            })
        })
        .fold(heading, f32::max)
        .ceil()
}
