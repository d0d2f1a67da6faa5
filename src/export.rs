//! A [`Scene`] in, bytes out: SVG first, PNG from that SVG.

use crate::figure::Scene;

/// The scene as an SVG document with real text in the embedded font's family.
pub fn svg(_scene: &Scene) -> String {
    unimplemented!()
}

/// The scene as a PNG at `dpi` (72 is one pixel per point), made from its SVG.
pub fn png(_scene: &Scene, _dpi: f32) -> Result<Vec<u8>, ExportError> {
    unimplemented!()
}

/// Why a figure could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would be larger than can be made.
    #[error(
        "a picture of {width} × {height} pixels is too large. Choose a lower dpi or a smaller size (at most {most} pixels a side)."
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The longest side allowed.
        most: u32,
    },
    /// The renderer refused the document.
    #[error("the figure could not be turned into a picture: {0}. This is an error in Isobar; please report it.")]
    Renderer(String),
}
