//! Labels of rows and names of colours in, lines of text at their positions out.

use super::fonts::Style;
use super::page::Area;
use super::palette::Inks;
use super::pen::{DETAIL, KEY, KEY_DETAIL, LABEL, LABEL_STRONG, Pen};
use super::plot::{Key, Row};
use super::scene::Anchor;

/// A label broken into lines, with its detail at the end of the last or on a line of its own.
pub struct Label {
    /// Its lines; the last may be empty, for the detail.
    pub lines: Vec<String>,
    /// Where the detail begins, right of the label's left edge.
    detail: f32,
    /// The widest line.
    pub width: f32,
}

impl Label {
    /// Sets the label of `row` in lines of at most `most` points.
    pub fn of(row: &Row, most: f32) -> Self {
        let style = label_style(row);
        let mut lines = style.wrap(&row.label, most);
        let mut width = lines.iter().map(|line| style.width(line)).fold(0.0, f32::max);
        let mut detail = 0.0;
        if !row.detail.is_empty() {
            let own = DETAIL.width(&row.detail);
            let beside = lines.last().map_or(0.0, |line| style.width(line) + 8.0);
            if beside + own <= most {
                detail = beside;
            } else {
                lines.push(String::new());
            }
            width = width.max(detail + own);
        }
        Self { lines, detail, width }
    }

    /// Draws it at `x`, centred on the height `middle`.
    pub fn draw(&self, pen: &mut Pen, row: &Row, inks: &Inks, x: f32, middle: f32) {
        let style = label_style(row);
        pen.centred(&self.lines, (x, middle), Anchor::Start, style, inks.text, None);
        let last = middle + self.lines.len().saturating_sub(1) as f32 * style.leading_pt / 2.0 + style.to_baseline();
        let at = (x + self.detail, last);
        pen.text(&row.detail, at, Anchor::Start, &DETAIL, inks.second, None);
    }
}

fn label_style(row: &Row) -> &'static Style {
    if row.strong { &LABEL_STRONG } else { &LABEL }
}

/// Names of the colours in a line, or as many lines as they need. Gives the lower edge.
pub fn keys(pen: &mut Pen, keys: &[Key], inks: &Inks, area: Area) -> f32 {
    const SWATCH: f32 = 11.0;
    const GAP: f32 = 6.0;
    let (mut x, mut y) = (area.x, area.top);
    for key in keys {
        let detail = if key.detail.is_empty() {
            0.0
        } else {
            GAP + KEY_DETAIL.width(&key.detail)
        };
        let most = area.width - SWATCH - GAP - detail;
        let lines = KEY.wrap(&key.label, most.max(40.0));
        let label = lines.iter().map(|line| KEY.width(line)).fold(0.0, f32::max);
        let width = SWATCH + GAP + label + detail;
        if x > area.x && x + width > area.right() {
            x = area.x;
            y += 20.0;
        }
        let centre = y + KEY.leading_pt / 2.0;
        pen.rect((x, centre - SWATCH / 2.0, SWATCH, SWATCH), 0.0, key.colour, None);
        let text = x + SWATCH + GAP;
        pen.block(&lines, text, y, &KEY, inks.text);
        let baseline = centre + KEY_DETAIL.to_baseline();
        pen.text(
            &key.detail,
            (text + label + GAP, baseline),
            Anchor::Start,
            &KEY_DETAIL,
            inks.second,
            None,
        );
        y += (lines.len() - 1) as f32 * KEY.leading_pt;
        x += width + 20.0;
    }
    y + KEY.leading_pt
}
