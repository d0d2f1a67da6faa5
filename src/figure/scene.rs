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
    /// The headline, as the document's title.
    pub title: String,
    /// The figure in words.
    pub alt: String,
}
