//! A figure in, its scene out: the words around the chart, and the height of it all.

use super::palette::{self, Inks};
use super::pen::{HEADLINE, LABEL, NOTE, Pen, SUBTITLE};
use super::plot::Plot;
use super::{Figure, Scene, bars, columns, donut, flow, lines, matrix, network, number, slope, upset};

/// Empty paper around everything.
pub const MARGIN: f32 = 24.0;

/// Narrower figures cannot be read, wider ones would be a mistake.
const WIDTHS: std::ops::RangeInclusive<f32> = 280.0..=6000.0;

/// How far rows may be pushed together or apart to keep a height that the look fixes.
const STRETCH: (f32, f32) = (0.72, 3.0);

/// Where a chart is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// How far rows are apart: 1 is the usual distance.
    pub stretch: f32,
}

impl Area {
    /// Right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// Lays the figure out.
pub fn page(figure: &Figure) -> Scene {
    let fixed = figure.look.height_pt.filter(|height| height.is_finite());
    let Some(height) = fixed else {
        return set(figure, 1.0, 0.0);
    };
    // The largest distance of rows that keeps the height; the page grows where even the smallest does not.
    let (mut low, mut high) = STRETCH;
    if set(figure, high, 0.0).height <= height {
        return set(figure, high, height);
    }
    for _ in 0..12 {
        let middle = f32::midpoint(low, high);
        if set(figure, middle, 0.0).height <= height {
            low = middle;
        } else {
            high = middle;
        }
    }
    set(figure, low, height)
}

/// Sets the page with rows at `stretch` times their distance, at least `least` high.
fn set(figure: &Figure, stretch: f32, least: f32) -> Scene {
    let inks = palette::inks(figure.look.theme);
    let width = match figure.look.width_pt {
        width if width.is_finite() => width.clamp(*WIDTHS.start(), *WIDTHS.end()),
        _ => 800.0,
    };
    let inner = width - 2.0 * MARGIN;
    let mut pen = Pen::default();

    let mut y = MARGIN - 4.0;
    y = pen.block(
        &HEADLINE.wrap_evenly(&figure.headline, inner),
        MARGIN,
        y,
        &HEADLINE,
        inks.text,
    );
    y = pen.block(
        &SUBTITLE.wrap(&figure.subtitle, inner),
        MARGIN,
        y + 2.0,
        &SUBTITLE,
        inks.second,
    );

    let area = Area {
        x: MARGIN,
        top: y + 16.0,
        width: inner,
        stretch,
    };
    let bottom = match &figure.plot {
        Plot::Bars(plot) => bars::bars(&mut pen, plot, &inks, area),
        Plot::Grid(grid) => columns::columns(&mut pen, grid, &inks, area),
        Plot::Number(plot) => number::draw(&mut pen, plot, &inks, area),
        Plot::Donut(plot) => donut::draw(&mut pen, plot, &inks, area),
        Plot::UpSet(plot) => upset::draw(&mut pen, plot, &inks, area),
        Plot::Slope(plot) => slope::draw(&mut pen, plot, &inks, area),
        Plot::Lines(plot) => lines::draw(&mut pen, plot, &inks, area),
        Plot::Matrix(plot) => matrix::draw(&mut pen, plot, &inks, area),
        Plot::Flow(plot) => flow::draw(&mut pen, plot, &inks, area),
        Plot::Network(plot) => network::draw(&mut pen, plot, &inks, area),
        Plot::Sentence(sentence) => pen.block(&LABEL.wrap(sentence, inner), MARGIN, area.top, &LABEL, inks.second),
    };
    let height = foot(&mut pen, figure, &inks, bottom + 16.0, inner, least);

    Scene {
        width,
        height,
        background: inks.surface,
        elements: pen.elements,
        abouts: pen.abouts,
        hits: pen.hits,
        handles: pen.handles,
        field: pen.field,
        title: figure.headline.clone(),
        alt: figure.alt.clone(),
    }
}

/// Note and source under a hairline, at the bottom of the page. Gives the height of the page.
fn foot(pen: &mut Pen, figure: &Figure, inks: &Inks, top: f32, width: f32, least: f32) -> f32 {
    let mut lines = Vec::new();
    for paragraph in [&figure.note, &figure.source] {
        if !paragraph.is_empty() {
            lines.extend(NOTE.wrap(paragraph, width));
        }
    }
    if lines.is_empty() {
        return (top - 16.0 + MARGIN).max(least).ceil();
    }
    let needed = 10.0 + lines.len() as f32 * NOTE.leading_pt + MARGIN - 6.0;
    let height = (top + needed).max(least).ceil();
    let rule = height - needed;
    pen.line((MARGIN, rule), (MARGIN + width, rule), 1.0, inks.hairline, None);
    pen.block(&lines, MARGIN, rule + 10.0, &NOTE, inks.second);
    height
}
