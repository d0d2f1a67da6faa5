//! One lane in data units in, its bar, whisker and value at their positions out.

use super::palette::{self, Inks};
use super::pen::{ABSENT, INSIDE, Pen, VALUE, VALUE_NARROW};
use super::plot::Lane;
use super::scene::Anchor;

/// From a bar's or whisker's end to its value.
pub const VALUE_GAP: f32 = 7.0;
/// Half of a whisker's cap.
const CAP: f32 = 3.5;
/// A whisker's line.
const WHISKER: f32 = 1.3;

/// Where a lane lies.
pub struct Place {
    /// The middle of its bar.
    pub centre: f32,
    /// The height of its bar.
    pub thickness: f32,
    /// Where a pointer meets it: x, y, width, height.
    pub hit: (f32, f32, f32, f32),
    /// Whether it is the only lane of its row.
    pub alone: bool,
}

/// Draws a lane: bar, whisker, value.
pub fn draw(pen: &mut Pen, lane: &Lane, inks: &Inks, x_of: &impl Fn(f64) -> f32, place: &Place) {
    let Place {
        centre,
        thickness,
        hit: band,
        alone,
    } = *place;
    let about = lane.about.as_ref().map(|about| pen.about(about, band));
    let bar_top = centre - thickness / 2.0;
    let last = lane.segments.len().saturating_sub(1);
    for (position, segment) in lane.segments.iter().enumerate() {
        let (from, to) = (x_of(segment.from), x_of(segment.to));
        let (x, mut width) = (from.min(to), (to - from).abs());
        let own = segment
            .about
            .as_ref()
            .map(|words| pen.about(words, (x, band.1, width.max(1.0), band.3)));
        // A hair of paper between neighbours.
        if position < last && width > 3.0 {
            width -= 1.0;
        }
        let radius = if position == last { 2.0 } else { 0.0 };
        pen.rect((x, bar_top, width, thickness), radius, segment.colour, own.or(about));
        if !segment.inside.is_empty()
            && INSIDE.width(&segment.inside) + 8.0 <= width
            && let Some(ink) = palette::ink_on(segment.colour)
        {
            let at = (x + width / 2.0, centre + INSIDE.to_baseline());
            pen.text(&segment.inside, at, Anchor::Middle, &INSIDE, ink, own.or(about));
        }
    }
    if let Some((low, high)) = lane.whisker {
        let (low, high) = (x_of(low), x_of(high));
        // A casing of paper first, so that the line also shows on a dark bar.
        for (extra, colour) in [(1.8, inks.surface), (0.0, inks.whisker)] {
            let (thick, cap) = (WHISKER + extra, CAP + extra / 2.0);
            pen.line((low, centre), (high, centre), thick, colour, about);
            // An interval narrower than its two caps has one.
            let caps = if high - low < 3.0 { &[high][..] } else { &[low, high] };
            for &x in caps {
                pen.line((x, centre - cap), (x, centre + cap), thick, colour, about);
            }
        }
    }
    if lane.outside.is_empty() {
        return;
    }
    let x = x_of(end_of(lane)) + VALUE_GAP;
    let (style, ink) = match (lane.segments.is_empty(), alone) {
        (true, _) => (&ABSENT, inks.third),
        (false, true) => (&VALUE, if lane.faint { inks.second } else { inks.text }),
        (false, false) => (&VALUE_NARROW, if lane.faint { inks.second } else { inks.text }),
    };
    // Grid lines stop short of the digits.
    let tall = style.size_pt * 1.1;
    let width = style.width(&lane.outside);
    pen.rect(
        (x - 2.0, centre - tall / 2.0, width + 4.0, tall),
        0.0,
        inks.surface,
        None,
    );
    let at = (x, centre + style.to_baseline());
    pen.text(&lane.outside, at, Anchor::Start, style, ink, about);
}

/// An upright whisker at `x`, from the height of its low end to that of its high end.
pub fn upright(pen: &mut Pen, inks: &Inks, x: f32, (low, high): (f32, f32), about: Option<usize>) {
    for (extra, colour) in [(1.8, inks.surface), (0.0, inks.whisker)] {
        let (thick, cap) = (WHISKER + extra, CAP + extra / 2.0);
        pen.line((x, low), (x, high), thick, colour, about);
        let caps = if low - high < 3.0 { &[high][..] } else { &[low, high] };
        for &y in caps {
            pen.line((x - cap, y), (x + cap, y), thick, colour, about);
        }
    }
}

/// The outermost end of a lane: of its bar or of its whisker.
pub fn end_of(lane: &Lane) -> f64 {
    let ends = lane.segments.iter().map(|segment| segment.to);
    ends.chain(lane.whisker.map(|(_, high)| high)).fold(0.0, f64::max)
}
