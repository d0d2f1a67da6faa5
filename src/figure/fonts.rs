//! A text in, its width and line breaks out, from the metrics of the embedded fonts. The fonts have neither kerning nor
//! ligatures (see `assets/fonts/README.md`), so a text is as wide as the sum of its advances, on screen and on paper.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::scene::Weight;

/// The family that every text is set in.
pub const FAMILY: &str = "Inter";

/// The font file of a weight.
pub fn bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
        Weight::Medium => include_bytes!("../../assets/fonts/Inter-Medium.ttf"),
        Weight::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        Weight::Bold => include_bytes!("../../assets/fonts/Inter-Bold.ttf"),
    }
}

/// Height of a capital letter (and of a digit), in parts of the font size.
pub const CAP_HEIGHT: f32 = 0.727;

/// How far letters reach above the baseline, in parts of the font size.
pub const ASCENT: f32 = 0.969;

/// How far letters reach below the baseline, in parts of the font size.
pub const DESCENT: f32 = 0.242;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Font size.
    pub size_pt: f32,
    /// Font weight.
    pub weight: Weight,
    /// Extra space after each letter.
    pub tracking_pt: f32,
    /// From one baseline to the next.
    pub leading_pt: f32,
}

impl Style {
    /// A text of `size_pt` points with `leading_pt` from line to line.
    pub const fn new(size_pt: f32, weight: Weight, leading_pt: f32) -> Self {
        Self {
            size_pt,
            weight,
            tracking_pt: 0.0,
            leading_pt,
        }
    }

    /// The width of `text` on one line, in points.
    pub fn width(&self, text: &str) -> f32 {
        let advances = advances(self.weight);
        text.chars()
            .map(|letter| advances.get(&letter).copied().unwrap_or(MISSING) * self.size_pt + self.tracking_pt)
            .sum()
    }

    /// Breaks `text` into lines no wider than `width_pt`: between words, after a hyphen or slash inside a word, and as
    /// a last resort anywhere. Always at least one line.
    pub fn wrap(&self, text: &str, width_pt: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&longer) <= width_pt {
                line = longer;
                continue;
            }
            if !line.is_empty() && self.width(word) <= width_pt {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
                continue;
            }
            // The word alone is too wide: fill what is left of this line with a part of it.
            let mut rest = word;
            while self.width(&joined(&line, rest)) > width_pt {
                match self.break_in(&line, rest, width_pt) {
                    Some((head, tail, hyphen)) => {
                        lines.push(format!("{}{}", joined(&line, head), if hyphen { "-" } else { "" }));
                        line.clear();
                        rest = tail;
                    }
                    None if line.is_empty() => {
                        // Not even one letter fits: the letter stands out rather than vanishes.
                        let first = rest.chars().next().map_or(rest.len(), char::len_utf8);
                        if first == rest.len() {
                            break;
                        }
                        lines.push(rest[..first].to_owned());
                        rest = &rest[first..];
                    }
                    None => lines.push(std::mem::take(&mut line)),
                }
            }
            line = joined(&line, rest);
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// As [`Self::wrap`], in as few lines, but of about equal length: no word stands alone on the last.
    pub fn wrap_evenly(&self, text: &str, width_pt: f32) -> Vec<String> {
        let lines = self.wrap(text, width_pt);
        let longest_word = text.split(' ').map(|word| self.width(word)).fold(0.0, f32::max);
        if lines.len() < 2 || longest_word >= width_pt {
            return lines;
        }
        let (mut low, mut high) = (longest_word, width_pt);
        for _ in 0..10 {
            let middle = f32::midpoint(low, high);
            if self.wrap(text, middle).len() > lines.len() {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.wrap(text, high)
    }

    /// Where a word that is too wide is broken: what still fits on the line, the rest, and whether a hyphen is added.
    fn break_in<'a>(&self, line: &str, word: &'a str, width_pt: f32) -> Option<(&'a str, &'a str, bool)> {
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
        let natural = cuts
            .iter()
            .rev()
            .find(|&&at| word[..at].ends_with(['-', '/', '–']) && self.width(&joined(line, &word[..at])) <= width_pt);
        if let Some(&at) = natural {
            return Some((&word[..at], &word[at..], false));
        }
        if !line.is_empty() {
            return None;
        }
        // Three letters on either side, as a typesetter would, unless the line is too narrow for that.
        let fits = |at: usize| self.width(&format!("{}-", &word[..at])) <= width_pt;
        let last = *cuts.iter().rev().find(|&&at| fits(at))?;
        let kind = cuts
            .iter()
            .rev()
            .find(|&&at| at <= last && word[..at].chars().count() >= 3 && word[at..].chars().count() >= 3);
        let at = kind.copied().unwrap_or(last);
        Some((&word[..at], &word[at..], true))
    }

    /// From the middle of a line's capitals down to its baseline.
    pub fn to_baseline(&self) -> f32 {
        self.size_pt * CAP_HEIGHT / 2.0
    }
}

fn joined(line: &str, word: &str) -> String {
    match (line.is_empty(), word.is_empty()) {
        (true, _) => word.to_owned(),
        (_, true) => line.to_owned(),
        _ => format!("{line} {word}"),
    }
}

/// The width of a letter that the fonts lack: about that of the box drawn in its place.
const MISSING: f32 = 0.6;

/// Advances of every letter of a font, in parts of the font size.
fn advances(weight: Weight) -> &'static HashMap<char, f32> {
    static TABLES: [OnceLock<HashMap<char, f32>>; 4] =
        [OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let position = match weight {
        Weight::Regular => 0,
        Weight::Medium => 1,
        Weight::SemiBold => 2,
        Weight::Bold => 3,
    };
    TABLES[position].get_or_init(|| {
        let mut table = HashMap::new();
        // The fonts are part of the program, and a test reads all four.
        let Ok(face) = ttf_parser::Face::parse(bytes(weight), 0) else {
            return table;
        };
        let em = f32::from(face.units_per_em());
        let subtables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for subtable in subtables.filter(|subtable| subtable.is_unicode()) {
            subtable.codepoints(|point| {
                if let Some(letter) = char::from_u32(point)
                    && let Some(advance) = face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph))
                {
                    table.insert(letter, f32::from(advance) / em);
                }
            });
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Style = Style::new(12.0, Weight::Regular, 16.0);

    #[test]
    fn all_four_fonts_know_every_letter_that_danish_and_english_need() {
        for weight in [Weight::Regular, Weight::Medium, Weight::SemiBold, Weight::Bold] {
            for letter in "aæøåÆØÅéüÄß0123456789.,:;!?»«“”’–—−…≥≤%‰§×·→▲◀▶\u{a0}".chars()
            {
                assert!(advances(weight).contains_key(&letter), "{weight:?} lacks {letter:?}");
            }
        }
    }

    #[test]
    fn digits_are_all_equally_wide() {
        for weight in [Weight::Regular, Weight::Medium, Weight::SemiBold, Weight::Bold] {
            let widths: Vec<f32> = ('0'..='9').map(|digit| advances(weight)[&digit]).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        }
    }

    #[test]
    fn lines_break_between_words_and_keep_them_all() {
        let text = "Offentlige arbejdspladser i egen kommune, region eller ministerområde";
        let lines = BODY.wrap(text, 140.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| BODY.width(line) <= 140.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_with_a_hyphen() {
        let lines = BODY.wrap("Speciallægepraksisplanlægningsstabiliseringsperiode", 100.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| BODY.width(line) <= 100.0), "{lines:?}");
        assert!(lines[0].ends_with('-'));
        assert_eq!(
            lines.concat().replace('-', ""),
            "Speciallægepraksisplanlægningsstabiliseringsperiode"
        );
    }

    #[test]
    fn a_word_with_a_hyphen_of_its_own_is_broken_there() {
        let lines = BODY.wrap("arbejdsmarkeds-organisationer", 110.0);
        assert_eq!(lines[0], "arbejdsmarkeds-");
    }

    #[test]
    fn even_lines_are_as_few_but_leave_no_word_alone() {
        let text = "Veje til spredning: »Møder og netværk med andre arbejdspladser« er hyppigst, 73\u{a0}%";
        let (lines, even) = (BODY.wrap(text, 440.0), BODY.wrap_evenly(text, 440.0));
        assert_eq!((lines.len(), even.len()), (2, 2));
        assert!(BODY.width(&even[1]) > BODY.width(&even[0]) * 0.7, "{even:?}");
        assert_eq!(even.join(" "), text);
    }

    #[test]
    fn no_width_at_all_still_ends() {
        assert_eq!(BODY.wrap("abc", 0.0), ["a", "b", "c"]);
        assert_eq!(BODY.wrap("", 10.0), [""]);
    }
}
