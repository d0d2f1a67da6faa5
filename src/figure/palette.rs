//! A theme or an actor in, colours out. Groups after Okabe & Ito (2008), in an order whose neighbours also differ in
//! greyscale.

use super::look::Theme;
use super::scene::Colour;

const fn hex(rgb: u32) -> Colour {
    Colour((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// Paper and inks of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Paper.
    pub surface: Colour,
    /// Headlines, labels, values.
    pub text: Colour,
    /// Subtitles, notes, uncertain values.
    pub second: Colour,
    /// Axis numbers, "not asked". Still 4.5:1 on the paper: it is small text.
    pub third: Colour,
    /// Grid lines and rules.
    pub hairline: Colour,
    /// The line at zero.
    pub zero: Colour,
    /// Whiskers.
    pub whisker: Colour,
    /// Bars without a colour of their own.
    pub accent: Colour,
    /// Bars of unions: set apart by tone, not by hue.
    pub union: Colour,
    /// Bars of "none of these", and neutral answers.
    pub neutral: Colour,
}

const LIGHT: Inks = Inks {
    surface: hex(0xFFFFFF),
    text: hex(0x17202B),
    second: hex(0x55606E),
    third: hex(0x6B7583),
    hairline: hex(0xE2E6EB),
    zero: hex(0x8A94A1),
    whisker: hex(0x4A535E),
    accent: hex(0x1F5FBF),
    union: hex(0x3D4756),
    neutral: hex(0xB4BCC6),
};

const DARK: Inks = Inks {
    surface: hex(0x17202B),
    text: hex(0xF2F4F7),
    second: hex(0xB3BDC9),
    third: hex(0x8F9BA9),
    hairline: hex(0x303B48),
    zero: hex(0x6B7785),
    whisker: hex(0xD9DEE5),
    accent: hex(0x6EA4EE),
    union: hex(0xC3CBD5),
    neutral: hex(0x76818F),
};

/// The inks of a theme.
pub fn inks(theme: Theme) -> Inks {
    match theme {
        Theme::Light | Theme::Print => LIGHT,
        Theme::Dark => DARK,
    }
}

/// The colour of an actor, the same in every figure; `None` for an actor that has none.
pub fn actor(id: &str, theme: Theme) -> Option<Colour> {
    let (light, dark) = match id {
        "own_organisation" => (0x0072B2, 0x3B9BD6),
        "other_public" => (0x56B4E9, 0x7CC6F0),
        "companies" => (0xE69F00, 0xE9A820),
        "citizens" => (0xD55E00, 0xE8752A),
        "associations" => (0xCC79A7, 0xD68FB6),
        "knowledge" => (0x009E73, 0x1FB58A),
        "foundations" => (0xA08A00, 0xB9A32A),
        "abroad" => (0x6B7280, 0x939BA8),
        _ => return None,
    };
    Some(hex(match theme {
        Theme::Light | Theme::Print => light,
        Theme::Dark => dark,
    }))
}

/// At most so many groups can be told apart by colour.
pub const MOST_GROUPS: usize = 6;

/// The colour of the group at `position` of a breakdown.
pub fn group(position: usize, theme: Theme) -> Colour {
    const COLOURS: [(u32, u32); MOST_GROUPS] = [
        (0x0072B2, 0x3B9BD6), // blue
        (0xE69F00, 0xE9A820), // orange
        (0x009E73, 0x1FB58A), // green
        (0xCC79A7, 0xD68FB6), // pink
        (0x3D4756, 0xC3CBD5), // slate
        (0xD55E00, 0xE8752A), // vermilion
    ];
    let (light, dark) = COLOURS[position % MOST_GROUPS];
    hex(match theme {
        Theme::Light | Theme::Print => light,
        Theme::Dark => dark,
    })
}

/// The colour of an ordered group (a size class): `part` 0 is the first class, 1 the last. Lighter to stronger on either
/// paper, so that the order shows in greyscale as well; hue turns from green to blue for eyes that see it.
pub fn ordered_group(part: f64, theme: Theme) -> Colour {
    let [first, middle, last] = match theme {
        Theme::Light | Theme::Print => [hex(0x79BDB9), hex(0x2F81B7), hex(0x14295F)],
        Theme::Dark => [hex(0x40648F), hex(0x4FA3C4), hex(0xD3EFDD)],
    };
    if part < 0.5 {
        toward(first, middle, 2.0 * part)
    } else {
        toward(middle, last, 2.0 * part - 1.0)
    }
}

/// The negative pole of a scale (hindered, disagree); `strength` 1 at the end of the scale.
pub fn negative(strength: f64, theme: Theme) -> Colour {
    toward(inks(theme).surface, hex(0xD9743F), 0.35 + 0.65 * strength)
}

/// The positive pole of a scale (promoted, agree).
pub fn positive(strength: f64, theme: Theme) -> Colour {
    toward(inks(theme).surface, hex(0x2A9D8F), 0.35 + 0.65 * strength)
}

/// A step on a scale without poles: `part` 0 is its first answer, 1 its last.
pub fn step(part: f64, theme: Theme) -> Colour {
    match theme {
        Theme::Light | Theme::Print => toward(hex(0xC9DCF3), hex(0x0B3A75), part),
        Theme::Dark => toward(hex(0x274668), hex(0xC9DCF3), part),
    }
}

/// `from` mixed with `to`: 0 is `from`, 1 is `to`.
pub fn toward(from: Colour, to: Colour, part: f64) -> Colour {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part.clamp(0.0, 1.0)).round() as u8;
    Colour(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance = |colour: Colour| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// The ink for small text on `ground`, where one reads well (4.5:1).
pub fn ink_on(ground: Colour) -> Option<Colour> {
    [LIGHT.text, LIGHT.surface]
        .into_iter()
        .max_by(|a, b| contrast(*a, ground).total_cmp(&contrast(*b, ground)))
        .filter(|ink| contrast(*ink, ground) >= 4.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

    #[test]
    fn black_on_white_is_as_strong_as_can_be() {
        assert!((contrast(hex(0), hex(0xFFFFFF)) - 21.0).abs() < 1e-9);
        // The example of WCAG's own tools: #767676 is the lightest grey that passes on white.
        assert!(contrast(hex(0x767676), hex(0xFFFFFF)) >= 4.5);
        assert!(contrast(hex(0x777777), hex(0xFFFFFF)) < 4.5);
    }

    #[test]
    fn every_ink_for_text_reads_well_on_its_paper() {
        for theme in THEMES {
            let inks = inks(theme);
            for ink in [inks.text, inks.second, inks.third] {
                assert!(contrast(ink, inks.surface) >= 4.5, "{theme:?} {ink:?}");
            }
        }
    }

    #[test]
    fn bars_stand_out_from_the_paper_and_whiskers_from_their_casing() {
        for theme in THEMES {
            let inks = inks(theme);
            let ordered = (0..MOST_GROUPS).map(|step| ordered_group(step as f64 / 5.0, theme));
            for colour in (0..MOST_GROUPS).map(|position| group(position, theme)).chain(ordered) {
                assert!(contrast(colour, inks.surface) >= 2.0, "{theme:?} {colour:?}");
            }
            assert!(contrast(inks.whisker, inks.surface) >= 4.5);
        }
    }

    #[test]
    fn ordered_groups_stand_out_more_and_more_step_by_step() {
        for theme in THEMES {
            let paper = inks(theme).surface;
            let strengths: Vec<f64> = (0..MOST_GROUPS)
                .map(|step| contrast(ordered_group(step as f64 / 5.0, theme), paper))
                .collect();
            assert!(
                strengths.windows(2).all(|pair| pair[1] > 1.2 * pair[0]),
                "{theme:?} {strengths:?}"
            );
        }
    }
}
