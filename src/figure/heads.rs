//! What stands above the rows of a chart in, placed words out: the names of its two sides, and the line that all
//! values are set against.

use super::lane::Ground;
use super::palette::{self, Inks};
use super::pen::{Pen, SIDE_HEAD, TICK};
use super::plot::{Bars, Reference};
use super::scene::{Anchor, Colour};

/// Names of sides of more lines than this stand one below the other.
const MOST_LINES: usize = 3;

/// Words above a chart, broken into lines.
pub struct Heads {
    /// Lines, where their anchor stands, and their ink.
    words: Vec<(Vec<String>, f32, Anchor, Option<Colour>)>,
}

/// Breaks what stands above the rows into lines that keep within `room`, from left to right.
pub fn lines(plot: &Bars, ground: &Ground<'_>, room: (f32, f32)) -> Heads {
    let mut words = Vec::new();
    let origin = ground.x_of(plot.axis.origin);
    if let Some([left, right]) = &plot.heads {
        // Nothing stands above the labels: a name may begin there. It never crosses to the other side.
        let most = (origin - room.0 - 8.0).max(40.0);
        let lines = SIDE_HEAD.wrap_evenly(&format!("◀\u{a0}{}", left.label), most.min(240.0));
        words.push((lines, origin - 7.0, Anchor::End, Some(left.colour)));
        let most = (room.1 - origin - 8.0).max(40.0);
        let lines = SIDE_HEAD.wrap_evenly(&format!("{}\u{a0}▶", right.label), most.min(240.0));
        words.push((lines, origin + 7.0, Anchor::Start, Some(right.colour)));
        // Names that would be towers stand one below the other over the whole width.
        if words.iter().any(|(lines, ..)| lines.len() > MOST_LINES) {
            let wrap = |name: String| SIDE_HEAD.wrap(&name, room.1 - room.0);
            let mut one = wrap(format!("◀\u{a0}{}", left.label));
            let mut other = wrap(format!("{}\u{a0}▶", right.label));
            one.extend(other.iter().map(|_| String::new()));
            words = vec![
                (one, room.0, Anchor::Start, Some(left.colour)),
                (std::mem::take(&mut other), room.0, Anchor::Start, Some(right.colour)),
            ];
        }
    }
    if let (Some(reference), Some(x)) = (&plot.reference, ground.line) {
        let left = ground.x_of(plot.axis.low);
        let (low, high) = (left, room.1.max(left + 80.0));
        let lines = SIDE_HEAD.wrap_evenly(&reference.label, (high - low).min(260.0));
        let half = lines.iter().map(|line| SIDE_HEAD.width(line)).fold(0.0, f32::max) / 2.0;
        let x = x.min(high - half).max(low + half);
        words.push((lines, x, Anchor::Middle, None));
    }
    Heads { words }
}

impl Heads {
    /// The height of all lines.
    pub fn height(&self) -> f32 {
        let most = self.words.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
        most as f32 * SIDE_HEAD.leading_pt
    }

    /// Draws them, the last lines level above `bottom`.
    pub fn draw(&self, pen: &mut Pen, inks: &Inks, bottom: f32) {
        for (lines, x, anchor, colour) in &self.words {
            for (position, line) in lines.iter().enumerate() {
                let y = bottom - (lines.len() - 1 - position) as f32 * SIDE_HEAD.leading_pt - 4.0;
                pen.text(line, (*x, y), *anchor, &SIDE_HEAD, colour.unwrap_or(inks.text), None);
            }
        }
    }
}

/// The colour of that band.
pub fn band_colour(inks: &Inks) -> Colour {
    palette::toward(inks.surface, inks.zero, 0.16)
}

/// The interval of the value that all others are set against, as a light band behind the rows.
pub fn band(pen: &mut Pen, reference: &Reference, ground: &Ground<'_>, sections: &[(f32, f32)]) {
    let x = ground.x_of(reference.value);
    let (Some((top, _)), Some((_, bottom))) = (sections.first(), sections.last()) else {
        return;
    };
    let hit = ((x - 4.0).max(0.0), *top, 8.0, bottom - top);
    let about = reference.about.as_ref().map(|about| pen.about(about, hit));
    let Some((low, high, fill)) = ground.band else { return };
    for (from, to) in sections {
        pen.rect((low, *from, high - low, to - from), 0.0, fill, about);
    }
    let _ = TICK;
}
