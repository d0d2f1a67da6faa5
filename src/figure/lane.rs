//! One lane in data units in, its bar or dot, whiskers and values at their positions out.

use super::fonts::Style;
use super::palette::{self, Inks};
use super::pen::{ABSENT, INSIDE, Pen, SIGN, VALUE, VALUE_NARROW};
use super::plot::{Dot, Lane};
use super::scale::Axis;
use super::scene::{Anchor, Colour};

/// From a bar's or whisker's end to its value.
pub const VALUE_GAP: f32 = 7.0;
/// From a value to the sign after it.
const SIGN_GAP: f32 = 4.0;
/// Half of a whisker's cap.
const CAP: f32 = 3.5;
/// A whisker's line.
const WHISKER: f32 = 1.3;
/// Radius of a dot, and how much of it a ring is.
const DOT: (f32, f32) = (5.0, 1.8);
/// What keeps clear of a line through all rows.
const CLEAR: f32 = 6.0;

/// Where values lie.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The axis; `None`: one from zero without an end.
    pub axis: Option<&'a Axis>,
    /// Where a value lies.
    pub place: &'a dyn Fn(f64) -> f32,
    /// A line through all rows that words keep clear of.
    pub line: Option<f32>,
    /// A band behind all rows: left, right, colour.
    pub band: Option<(f32, f32, Colour)>,
}

impl Ground<'_> {
    /// Where `value` lies.
    pub fn x_of(&self, value: f64) -> f32 {
        (self.place)(value)
    }

    /// Where bars begin.
    pub fn origin(&self) -> f64 {
        self.axis.map_or(0.0, |axis| axis.origin)
    }

    fn holds(&self, value: f64) -> bool {
        self.axis.is_none_or(|axis| axis.holds(value))
    }
}

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

/// Draws a lane on an axis from zero.
pub fn draw(pen: &mut Pen, lane: &Lane, inks: &Inks, x_of: &impl Fn(f64) -> f32, place: &Place) {
    let ground = Ground {
        axis: None,
        place: x_of,
        line: None,
        band: None,
    };
    draw_on(pen, lane, inks, &ground, place);
}

/// Draws a lane: bar or dot, whiskers, values.
pub fn draw_on(pen: &mut Pen, lane: &Lane, inks: &Inks, ground: &Ground<'_>, place: &Place) {
    let about = lane.about.as_ref().map(|about| pen.about(about, place.hit));
    bar(pen, lane, ground, place, about);
    let line = match lane.dot {
        // The interval has the colour of its dot: with several groups, one sees whose it is.
        Some(dot) => Line {
            colour: dot.colour,
            thick: 2.0,
            caps: false,
        },
        None => Line {
            colour: inks.whisker,
            thick: WHISKER,
            caps: true,
        },
    };
    for whisker in lane.whiskers() {
        draw_whisker(pen, whisker, &line, inks, ground, place.centre, about);
    }
    // What lies beyond the axis has an arrow in place of its dot.
    if let Some(dot) = lane.dot.filter(|dot| ground.holds(dot.at)) {
        draw_dot(pen, dot, inks, ground, place.centre, about);
    }
    values(pen, lane, inks, ground, place, about);
}

fn bar(pen: &mut Pen, lane: &Lane, ground: &Ground<'_>, place: &Place, about: Option<usize>) {
    let (centre, thickness, band) = (place.centre, place.thickness, place.hit);
    let bar_top = centre - thickness / 2.0;
    let last = lane.segments.len().saturating_sub(1);
    for (position, segment) in lane.segments.iter().enumerate() {
        let (from, to) = (ground.x_of(segment.from), ground.x_of(segment.to));
        let (x, mut width) = (from.min(to), (to - from).abs());
        let own = segment
            .about
            .as_ref()
            .map(|words| pen.about(words, (x, band.1, width.max(1.0), band.3)));
        // A hair of paper between neighbours.
        if position < last && width > 3.0 && segment.to != ground.origin() {
            width -= 1.0;
        }
        let ends = position == last && segment.to > ground.origin();
        let radius = if ends { 2.0 } else { 0.0 };
        pen.rect((x, bar_top, width, thickness), radius, segment.colour, own.or(about));
        let half = INSIDE.width(&segment.inside) / 2.0 + 4.0;
        let middle = x + width / 2.0;
        let is_crossed = lane
            .whiskers()
            .any(|(low, high)| ground.x_of(low) < middle + half && ground.x_of(high) > middle - half);
        if !segment.inside.is_empty()
            && 2.0 * half <= width
            && !is_crossed
            && let Some(ink) = palette::ink_on(segment.colour)
        {
            let at = (middle, centre + INSIDE.to_baseline());
            pen.text(&segment.inside, at, Anchor::Middle, &INSIDE, ink, own.or(about));
        }
    }
}

/// How an interval is drawn.
struct Line {
    colour: Colour,
    thick: f32,
    caps: bool,
}

fn draw_whisker(
    pen: &mut Pen,
    (low, high): (f64, f64),
    line: &Line,
    inks: &Inks,
    ground: &Ground<'_>,
    centre: f32,
    about: Option<usize>,
) {
    let (from, to) = (ground.x_of(low), ground.x_of(high));
    let cut = [!ground.holds(low), !ground.holds(high)];
    // A casing of paper first, so that the line also shows on a dark bar.
    for (extra, colour) in [(1.8, inks.surface), (0.0, line.colour)] {
        let (thick, cap) = (line.thick + extra, CAP + extra / 2.0);
        pen.line((from, centre), (to, centre), thick, colour, about);
        if line.caps {
            // An interval narrower than its two caps has one.
            let caps = if to - from < 3.0 { &[to][..] } else { &[from, to] };
            for &x in caps {
                pen.line((x, centre - cap), (x, centre + cap), thick, colour, about);
            }
        }
    }
    // An interval that goes on beyond the axis ends in an arrow.
    for (cut, x, way) in [(cut[0], from, 1.0), (cut[1], to, -1.0)] {
        if cut {
            let points = vec![
                (x + way * 5.0, centre - 4.0),
                (x, centre),
                (x + way * 5.0, centre + 4.0),
            ];
            pen.polyline(points, line.thick, line.colour, false, about);
        }
    }
}

fn draw_dot(pen: &mut Pen, dot: Dot, inks: &Inks, ground: &Ground<'_>, centre: f32, about: Option<usize>) {
    let at = (ground.x_of(dot.at), centre);
    pen.circle(at, DOT.0 + 1.2, inks.surface, about);
    pen.circle(at, DOT.0, dot.colour, about);
    if dot.hollow {
        pen.circle(at, DOT.0 - DOT.1, inks.surface, about);
    }
}

fn values(pen: &mut Pen, lane: &Lane, inks: &Inks, ground: &Ground<'_>, place: &Place, about: Option<usize>) {
    let (style, ink) = match (lane.is_empty(), place.alone) {
        (true, _) => (&ABSENT, inks.third),
        (false, true) => (&VALUE, if lane.faint { inks.second } else { inks.text }),
        (false, false) => (&VALUE_NARROW, if lane.faint { inks.second } else { inks.text }),
    };
    if !lane.outside.is_empty() {
        let width = style.width(&lane.outside);
        let sign = if lane.sign.is_empty() {
            0.0
        } else {
            SIGN_GAP + SIGN.width(&lane.sign)
        };
        let x = start_of_value(lane, ground, width + sign);
        ground_of(pen, (x, width + sign), style, inks, ground, place.centre);
        let at = (x, place.centre + style.to_baseline());
        pen.text(&lane.outside, at, Anchor::Start, style, ink, about);
        let at = (x + width + SIGN_GAP, place.centre + SIGN.to_baseline());
        pen.text(&lane.sign, at, Anchor::Start, &SIGN, inks.second, about);
    }
    if !lane.before.is_empty() {
        let width = style.width(&lane.before);
        let x = ground.x_of(lane.start(ground.origin())) - lane.reach() - VALUE_GAP;
        ground_of(pen, (x - width, width), style, inks, ground, place.centre);
        let at = (x, place.centre + style.to_baseline());
        pen.text(&lane.before, at, Anchor::End, style, ink, about);
    }
}

/// Grid lines stop short of the digits; a band goes on behind them.
fn ground_of(pen: &mut Pen, (x, width): (f32, f32), style: &Style, inks: &Inks, ground: &Ground<'_>, centre: f32) {
    let tall = style.size_pt * 1.1;
    let (left, right) = (x - 2.0, x + width + 2.0);
    let mut paint = |from: f32, to: f32, colour: Colour| {
        pen.rect((from, centre - tall / 2.0, to - from, tall), 0.0, colour, None);
    };
    paint(left, right, inks.surface);
    if let Some((from, to, colour)) = ground.band {
        paint(left.max(from), right.min(to), colour);
    }
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

/// Where the value of a lane begins: beyond its end, and beyond a line through all rows where it would stand on it.
fn start_of_value(lane: &Lane, ground: &Ground<'_>, width: f32) -> f32 {
    let x = ground.x_of(lane.end(ground.origin())) + lane.reach() + VALUE_GAP;
    match ground.line {
        Some(line) if x - CLEAR < line && line < x + width + CLEAR => line + CLEAR,
        _ => x,
    }
}

/// The room that the value beyond a lane's right end takes, from that end.
pub fn room_after(lane: &Lane) -> f32 {
    if lane.outside.is_empty() {
        return lane.reach();
    }
    let sign = if lane.sign.is_empty() {
        0.0
    } else {
        SIGN_GAP + SIGN.width(&lane.sign)
    };
    lane.reach() + VALUE_GAP + VALUE.width(&lane.outside) + sign + 2.0
}

/// The room that the value beyond a lane's left end takes, from that end.
pub fn room_before(lane: &Lane) -> f32 {
    if lane.before.is_empty() {
        return lane.reach();
    }
    lane.reach() + VALUE_GAP + VALUE.width(&lane.before) + 2.0
}

/// The outermost end of a lane on an axis from zero.
pub fn end_of(lane: &Lane) -> f64 {
    lane.end(0.0)
}

impl Lane {
    fn whiskers(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.whisker_before.into_iter().chain(self.whisker)
    }

    /// Whether there is nothing to draw but words.
    fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.dot.is_none()
    }

    /// How far its mark reaches beyond its value.
    fn reach(&self) -> f32 {
        if self.dot.is_some() && self.whisker.is_none() {
            DOT.0
        } else {
            0.0
        }
    }

    /// Its outermost end to the right: of its bar or dot, or of its whisker.
    pub fn end(&self, origin: f64) -> f64 {
        self.ends().fold(self.first(origin), f64::max)
    }

    /// Its outermost end to the left.
    pub fn start(&self, origin: f64) -> f64 {
        self.ends().fold(self.first(origin), f64::min)
    }

    /// Bars begin at the origin, dots where they are.
    fn first(&self, origin: f64) -> f64 {
        self.dot.map_or(origin, |dot| dot.at)
    }

    fn ends(&self) -> impl Iterator<Item = f64> + '_ {
        let bars = self.segments.iter().flat_map(|segment| [segment.from, segment.to]);
        let whiskers = self.whiskers().flat_map(|(low, high)| [low, high]);
        bars.chain(whiskers).filter(|end| !end.is_nan())
    }
}
