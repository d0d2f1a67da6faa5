//! A laid-out figure: shapes at fixed positions in points, origin top left, y downwards. A printer needs nothing else.

/// A dash and the gap after it.
pub const DASH: (f32, f32) = (3.0, 3.0);
/// The width of a halo's stroke; half of it lies outside the letters.
pub const HALO: f32 = 3.0;

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Font weights that the embedded family has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400
    Regular,
    /// 500
    Medium,
    /// 600
    SemiBold,
    /// 700
    Bold,
}

/// Which end of a text its position names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One line of text. Never wrapped further.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Where its anchor stands.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// Which end `x` names.
    pub anchor: Anchor,
    /// Font size.
    pub size_pt: f32,
    /// Font weight.
    pub weight: Weight,
    /// Ink.
    pub colour: Colour,
    /// Extra space between letters, in points.
    pub tracking_pt: f32,
    /// Its width as measured by the layout.
    pub width_pt: f32,
    /// A thin edge around the letters, so that they can be read on lines.
    pub halo: Option<Colour>,
}

/// Something that can be printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Radius of the corners on the right side (the end of a bar).
        radius: f32,
        /// Its colour.
        fill: Colour,
    },
    /// A straight line with butt ends.
    Line {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// Thickness.
        width: f32,
        /// Its colour.
        colour: Colour,
    },
    /// A filled circle.
    Circle {
        /// Its middle.
        x: f32,
        /// Its middle.
        y: f32,
        /// Its radius.
        radius: f32,
        /// Its colour.
        fill: Colour,
    },
    /// A line from point to point with round joins.
    Polyline {
        /// At least two.
        points: Vec<(f32, f32)>,
        /// Thickness.
        width: f32,
        /// Its colour.
        colour: Colour,
        /// Whether it is dashed.
        dashed: bool,
    },
    /// What lies between two lines with as many points each: a band around a curve, a piece of a ring.
    Strip {
        /// One edge.
        one: Vec<(f32, f32)>,
        /// The other.
        other: Vec<(f32, f32)>,
        /// Its colour.
        fill: Colour,
    },
    /// One line of text.
    Text(TextRun),
}

/// What a mark stands for: shown on hover, read by a screen reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What it is: "Citizens · Municipality".
    pub title: String,
    /// Share with interval; n of the base; base.
    pub lines: Vec<String>,
}

/// A shape with what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What is printed.
    pub shape: Shape,
    /// Index into [`Scene::abouts`], where it stands for a number.
    pub about: Option<usize>,
}

/// A mark that can be dragged: a node of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The id of its box.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its middle.
    pub x: f32,
    /// Its middle.
    pub y: f32,
    /// Its radius.
    pub radius: f32,
    /// Its colour.
    pub fill: Colour,
    /// Its community, where communities are marked and it is not alone in it.
    pub community: Option<usize>,
    /// Whether somebody put it where it is.
    pub pinned: bool,
}

/// Everything a printer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Paper.
    pub background: Colour,
    /// Shapes from back to front.
    pub elements: Vec<Element>,
    /// What the marks stand for.
    pub abouts: Vec<About>,
    /// Where each of `abouts` is hit by a pointer: x, y, width, height.
    pub hits: Vec<(f32, f32, f32, f32)>,
    /// The marks that can be dragged.
    pub handles: Vec<Handle>,
    /// Where they may be dragged: x, y, width, height; places are parts of it.
    pub field: Option<(f32, f32, f32, f32)>,
    /// The headline, as the document's title.
    pub title: String,
    /// The figure in words.
    pub alt: String,
}

impl Scene {
    /// The mark whose line passes closest to a point, at most `reach` away: lines are met along their whole way, not only
    /// where `hits` has them.
    pub fn line_at(&self, point: (f32, f32), reach: f32) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for element in &self.elements {
            let (Some(about), Shape::Polyline { points, width, .. }) = (element.about, &element.shape) else {
                continue;
            };
            for pair in points.windows(2) {
                let off = (distance(point, pair[0], pair[1]) - width / 2.0).max(0.0);
                // Of lines that cross, the one in front.
                if off <= reach && best.is_none_or(|(least, _)| off <= least) {
                    best = Some((off, about));
                }
            }
        }
        best.map(|(_, about)| about)
    }

    /// The mark that can be dragged from a point; the one in front.
    pub fn handle_at(&self, (x, y): (f32, f32)) -> Option<usize> {
        self.handles
            .iter()
            .rposition(|handle| (handle.x - x).hypot(handle.y - y) <= handle.radius.max(7.0))
    }
}

/// From a point to a straight line between two others.
pub fn distance(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = dx * dx + dy * dy;
    let part = match long > 0.0 {
        true => (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / long).clamp(0.0, 1.0),
        false => 0.0,
    };
    (point.0 - from.0 - part * dx).hypot(point.1 - from.1 - part * dy)
}
