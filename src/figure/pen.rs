//! Positions in, the elements of a [`Scene`](super::Scene) out. All charts draw with it.

use super::fonts::Style;
use super::scene::{About, Anchor, Colour, Element, Handle, Shape, TextRun, Weight};

/// Headline.
pub const HEADLINE: Style = Style {
    size_pt: 20.0,
    weight: Weight::Bold,
    tracking_pt: -0.3,
    leading_pt: 26.0,
};
/// Subtitle.
pub const SUBTITLE: Style = Style::new(13.0, Weight::Regular, 18.0);
/// Labels of rows.
pub const LABEL: Style = Style::new(13.0, Weight::Regular, 16.0);
/// Labels of rows that are set apart.
pub const LABEL_STRONG: Style = Style::new(13.0, Weight::SemiBold, 16.0);
/// Values at the end of bars.
pub const VALUE: Style = Style::new(13.0, Weight::Bold, 16.0);
/// Values of narrow bars.
pub const VALUE_NARROW: Style = Style::new(12.0, Weight::Bold, 14.0);
/// Values inside bars.
pub const INSIDE: Style = Style::new(12.0, Weight::SemiBold, 14.0);
/// Letters and arrows after a value.
pub const SIGN: Style = Style::new(11.0, Weight::SemiBold, 14.0);
/// Names of the sides of a diverging chart.
pub const SIDE_HEAD: Style = Style::new(12.0, Weight::SemiBold, 15.0);
/// What stands in a bar's place.
pub const ABSENT: Style = Style::new(12.0, Weight::Regular, 16.0);
/// What else should be known of a row.
pub const DETAIL: Style = Style::new(11.0, Weight::Regular, 16.0);
/// Numbers of the axis, headings of columns.
pub const TICK: Style = Style::new(11.0, Weight::Regular, 14.0);
/// Names of colours.
pub const KEY: Style = Style::new(12.0, Weight::SemiBold, 16.0);
/// What else should be known of a colour.
pub const KEY_DETAIL: Style = Style::new(12.0, Weight::Regular, 16.0);
/// Headings above rows.
pub const HEADING: Style = Style::new(13.0, Weight::SemiBold, 17.0);
/// Notes and sources.
pub const NOTE: Style = Style::new(11.0, Weight::Regular, 16.0);

/// Collects what is drawn.
#[derive(Debug, Default)]
pub struct Pen {
    /// From back to front.
    pub elements: Vec<Element>,
    /// What marks stand for.
    pub abouts: Vec<About>,
    /// Where each of them is hit: x, y, width, height.
    pub hits: Vec<(f32, f32, f32, f32)>,
    /// What can be dragged.
    pub handles: Vec<Handle>,
    /// Where it may be dragged.
    pub field: Option<(f32, f32, f32, f32)>,
}

impl Pen {
    /// Registers what a mark stands for and where a pointer meets it.
    pub fn about(&mut self, about: &About, hit: (f32, f32, f32, f32)) -> usize {
        self.abouts.push(about.clone());
        self.hits.push(hit);
        self.abouts.len() - 1
    }

    /// A rectangle, its right corners rounded; nothing where it has no area.
    pub fn rect(&mut self, at: (f32, f32, f32, f32), radius: f32, fill: Colour, about: Option<usize>) {
        let (x, y, width, height) = at;
        if width > 0.0 && height > 0.0 {
            let radius = radius.min(width).min(height / 2.0);
            let shape = Shape::Rect {
                x,
                y,
                width,
                height,
                radius,
                fill,
            };
            self.elements.push(Element { shape, about });
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour, about: Option<usize>) {
        let shape = Shape::Line {
            from,
            to,
            width,
            colour,
        };
        self.elements.push(Element { shape, about });
    }

    /// One line of text with its anchor at `x` and its baseline at `y`.
    pub fn text(
        &mut self,
        words: &str,
        at: (f32, f32),
        anchor: Anchor,
        style: &Style,
        colour: Colour,
        about: Option<usize>,
    ) {
        if words.trim().is_empty() {
            return;
        }
        let run = TextRun {
            text: words.to_owned(),
            x: at.0,
            y: at.1,
            anchor,
            size_pt: style.size_pt,
            weight: style.weight,
            colour,
            tracking_pt: style.tracking_pt,
            width_pt: style.width(words),
            halo: None,
        };
        self.elements.push(Element {
            shape: Shape::Text(run),
            about,
        });
    }

    /// A filled circle; nothing where it has no area.
    pub fn circle(&mut self, (x, y): (f32, f32), radius: f32, fill: Colour, about: Option<usize>) {
        if radius > 0.0 {
            let shape = Shape::Circle { x, y, radius, fill };
            self.elements.push(Element { shape, about });
        }
    }

    /// A line through `points`, which are at least two.
    pub fn polyline(
        &mut self,
        points: Vec<(f32, f32)>,
        width: f32,
        colour: Colour,
        dashed: bool,
        about: Option<usize>,
    ) {
        if points.len() > 1 {
            let shape = Shape::Polyline {
                points,
                width,
                colour,
                dashed,
            };
            self.elements.push(Element { shape, about });
        }
    }

    /// What lies between two lines of as many points.
    pub fn strip(&mut self, one: Vec<(f32, f32)>, other: Vec<(f32, f32)>, fill: Colour, about: Option<usize>) {
        if one.len() > 1 && one.len() == other.len() {
            let shape = Shape::Strip { one, other, fill };
            self.elements.push(Element { shape, about });
        }
    }

    /// Text as [`Pen::text`] sets it, its letters edged with `halo` so that they can be read on lines.
    pub fn text_on_lines(
        &mut self,
        words: &str,
        at: (f32, f32),
        anchor: Anchor,
        style: &Style,
        (colour, halo): (Colour, Colour),
        about: Option<usize>,
    ) {
        let before = self.elements.len();
        self.text(words, at, anchor, style, colour, about);
        if let Some(Element {
            shape: Shape::Text(run),
            ..
        }) = self.elements.get_mut(before)
        {
            run.halo = Some(halo);
        }
    }

    /// Lines one below the other from `top` down. Gives the bottom of the last.
    pub fn block(&mut self, lines: &[String], x: f32, top: f32, style: &Style, colour: Colour) -> f32 {
        let mut y = top;
        for line in lines {
            let baseline = y + style.leading_pt / 2.0 + style.to_baseline();
            self.text(line, (x, baseline), Anchor::Start, style, colour, None);
            y += style.leading_pt;
        }
        y
    }

    /// Lines one below the other, centred on the height `middle`.
    pub fn centred(
        &mut self,
        lines: &[String],
        at: (f32, f32),
        anchor: Anchor,
        style: &Style,
        colour: Colour,
        about: Option<usize>,
    ) {
        let (x, middle) = at;
        let first = middle - (lines.len().saturating_sub(1)) as f32 * style.leading_pt / 2.0 + style.to_baseline();
        for (position, line) in lines.iter().enumerate() {
            let y = first + position as f32 * style.leading_pt;
            self.text(line, (x, y), anchor, style, colour, about);
        }
    }
}
