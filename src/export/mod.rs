//! A [`Scene`] in, bytes out: SVG first, PNG from that SVG; a network also as [`graph`].

pub mod graph;

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use crate::figure::scene::{DASH, HALO};
use crate::figure::{Anchor, Colour, Scene, Shape, TextRun, Weight, fonts};

/// The longest side of a PNG in pixels.
const MOST_PIXELS: u32 = 16_384;
/// The largest number of pixels of a PNG: 256 MB of memory while it is made.
const MOST_AREA: u64 = 1 << 26;

/// The scene as an SVG document with real text in the embedded font's family.
pub fn svg(scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc" font-family="{}, 'Helvetica Neue', Arial, sans-serif" font-kerning="none" style="font-kerning:none;font-variant-ligatures:none;font-variant-numeric:tabular-nums">"#,
        fonts::FAMILY,
    );
    let _ = writeln!(out, r#"<title id="title">{}</title>"#, escaped(&scene.title));
    let _ = writeln!(out, r#"<desc id="desc">{}</desc>"#, escaped(&scene.alt));
    let _ = writeln!(
        out,
        r#"<rect width="{width}" height="{height}" fill="{}"/>"#,
        colour(scene.background)
    );
    for element in &scene.elements {
        match &element.shape {
            Shape::Rect {
                x,
                y,
                width,
                height,
                radius,
                fill,
            } => rect(&mut out, (*x, *y, *width, *height), *radius, *fill),
            Shape::Line {
                from,
                to,
                width,
                colour: ink,
            } => {
                let _ = writeln!(
                    out,
                    r#"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>"#,
                    number(from.0),
                    number(from.1),
                    number(to.0),
                    number(to.1),
                    colour(*ink),
                    number(*width),
                );
            }
            Shape::Circle { x, y, radius, fill } => {
                let _ = writeln!(
                    out,
                    r#"<circle cx="{}" cy="{}" r="{}" fill="{}"/>"#,
                    number(*x),
                    number(*y),
                    number(*radius),
                    colour(*fill)
                );
            }
            Shape::Polyline {
                points,
                width,
                colour: ink,
                dashed,
            } => {
                let dashes = match dashed {
                    true => format!(r#" stroke-dasharray="{} {}""#, number(DASH.0), number(DASH.1)),
                    false => String::new(),
                };
                let _ = writeln!(
                    out,
                    r#"<path d="M{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"{dashes}/>"#,
                    path(points.iter()),
                    colour(*ink),
                    number(*width),
                );
            }
            Shape::Strip { one, other, fill } => {
                let _ = writeln!(
                    out,
                    r#"<path d="M{}z" fill="{}"/>"#,
                    path(one.iter().chain(other.iter().rev())),
                    colour(*fill)
                );
            }
            Shape::Text(run) => text(&mut out, run),
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The points of a path, with straight lines between them.
fn path<'a>(points: impl Iterator<Item = &'a (f32, f32)>) -> String {
    let points: Vec<String> = points.map(|(x, y)| format!("{} {}", number(*x), number(*y))).collect();
    points.join("L")
}

fn rect(out: &mut String, (x, y, width, height): (f32, f32, f32, f32), radius: f32, fill: Colour) {
    let fill = colour(fill);
    if radius <= 0.0 {
        let _ = writeln!(
            out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{fill}"/>"#,
            number(x),
            number(y),
            number(width),
            number(height),
        );
        return;
    }
    // Only the corners of the bar's end are round.
    let _ = writeln!(
        out,
        r#"<path d="M{x} {y}h{flat}a{r} {r} 0 0 1 {r} {r}v{upright}a{r} {r} 0 0 1 -{r} {r}h-{flat}z" fill="{fill}"/>"#,
        x = number(x),
        y = number(y),
        flat = number(width - radius),
        upright = number(height - 2.0 * radius),
        r = number(radius),
    );
}

fn text(out: &mut String, run: &TextRun) {
    let anchor = match run.anchor {
        Anchor::Start => "",
        Anchor::Middle => r#" text-anchor="middle""#,
        Anchor::End => r#" text-anchor="end""#,
    };
    let tracking = if run.tracking_pt == 0.0 {
        String::new()
    } else {
        format!(r#" letter-spacing="{}""#, number(run.tracking_pt))
    };
    let weight = match run.weight {
        Weight::Regular => 400,
        Weight::Medium => 500,
        Weight::SemiBold => 600,
        Weight::Bold => 700,
    };
    let halo = match run.halo {
        Some(halo) => format!(
            r#" stroke="{}" stroke-width="{}" stroke-linejoin="round" paint-order="stroke""#,
            colour(halo),
            number(HALO)
        ),
        None => String::new(),
    };
    let _ = writeln!(
        out,
        r#"<text x="{}" y="{}" font-size="{}" font-weight="{weight}"{tracking}{anchor}{halo} fill="{}">{}</text>"#,
        number(run.x),
        number(run.y),
        number(run.size_pt),
        colour(run.colour),
        escaped(&run.text),
    );
}

/// At most two decimals, without trailing zeros; what is not a number is 0.
fn number(value: f32) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let written = format!("{value:.2}");
    let written = written.trim_end_matches('0').trim_end_matches('.');
    match written {
        "-0" | "" => "0".to_owned(),
        _ => written.to_owned(),
    }
}

fn colour(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The text as XML: signs with a meaning are named, and characters that XML does not allow are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// Exactly the embedded fonts: what a system has installed may not change a picture.
fn font_database() -> Arc<usvg::fontdb::Database> {
    static DATABASE: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let database = DATABASE.get_or_init(|| {
        let mut database = usvg::fontdb::Database::new();
        for weight in [Weight::Regular, Weight::Medium, Weight::SemiBold, Weight::Bold] {
            database.load_font_data(fonts::bytes(weight).to_vec());
        }
        database.set_sans_serif_family(fonts::FAMILY);
        Arc::new(database)
    });
    Arc::clone(database)
}

/// The document as the renderer understands it: one unit is one point.
pub fn tree(svg: &str) -> Result<usvg::Tree, ExportError> {
    let options = usvg::Options {
        dpi: 72.0,
        font_family: fonts::FAMILY.to_owned(),
        fontdb: font_database(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|error| ExportError::Renderer(error.to_string()))
}

/// The scene as a PNG at `dpi` (72 is one pixel per point), made from its SVG.
pub fn png(scene: &Scene, dpi: f32) -> Result<Vec<u8>, ExportError> {
    // A dpi that is not a number or absurdly low still gives a picture.
    let scale = if dpi.is_finite() { dpi.max(1.0) / 72.0 } else { 1.0 };
    let pixels = |length: f32| (f64::from(length) * f64::from(scale)).round().max(1.0) as u64;
    let (width, height) = (pixels(scene.width), pixels(scene.height));
    let most = u64::from(MOST_PIXELS);
    if width > most || height > most || width.saturating_mul(height) > MOST_AREA {
        return Err(ExportError::TooLarge {
            width,
            height,
            most: MOST_PIXELS,
        });
    }
    let tree = tree(&svg(scene))?;
    let mut paper = tiny_skia::Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| ExportError::Renderer("no room for the picture".to_owned()))?;
    let transform =
        tiny_skia::Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut paper.as_mut());
    let bytes = paper
        .encode_png()
        .map_err(|error| ExportError::Renderer(error.to_string()))?;
    Ok(with_resolution(bytes, f64::from(scale) * 72.0))
}

/// The PNG with its resolution (chunk `pHYs`, PNG specification 11.3.4.3), so that it is placed in its true size.
fn with_resolution(png: Vec<u8>, dpi: f64) -> Vec<u8> {
    // Signature (8 bytes) and header chunk (4 length, 4 name, 13 content, 4 checksum) come first in every PNG.
    const AFTER_HEADER: usize = 33;
    let Some((head, rest)) = png.split_at_checked(AFTER_HEADER) else {
        return png;
    };
    let per_metre = (dpi / 0.0254).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(per_metre.to_be_bytes());
    chunk.extend(per_metre.to_be_bytes());
    chunk.push(1);
    let mut checksum = flate2::Crc::new();
    checksum.update(&chunk);
    let length = (chunk.len() - 4) as u32;
    [head, &length.to_be_bytes(), &chunk, &checksum.sum().to_be_bytes(), rest].concat()
}

/// Why a figure could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would be larger than can be made.
    #[error(
        "a picture of {width} × {height} pixels is too large. Choose a lower dpi or a smaller size (at most {most} pixels a side and 67 million in all)."
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The longest side allowed.
        most: u32,
    },
    /// There is no network to write.
    #[error(
        "this figure has no pairs of boxes to write as a network. Ask for the network of a multiple-response question, or choose .svg or .png."
    )]
    NoNetwork,
    /// The renderer refused the document.
    #[error("the figure could not be turned into a picture: {0}. This is an error in Isobar; please report it.")]
    Renderer(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_not_a_number() {
        for (value, expected) in [
            (1.0, "1"),
            (0.126, "0.13"),
            (-0.001, "0"),
            (10.0, "10"),
            (f32::NAN, "0"),
            (f32::INFINITY, "0"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn signs_with_a_meaning_in_xml_are_named() {
        assert_eq!(escaped("a<b & \"c\"\u{1}\n"), "a&lt;b &amp; &quot;c&quot; ");
    }
}
