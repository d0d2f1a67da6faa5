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

const PRINT: Inks = Inks {
    surface: hex(0xFFFFFF),
    text: hex(0x000000),
    second: hex(0x333A42),
    third: hex(0x4A525C),
    hairline: hex(0xC4CAD1),
    zero: hex(0x5A636E),
    whisker: hex(0x1A1F26),
    accent: hex(0x083F6C),
    union: hex(0x162135),
    neutral: hex(0xA8B0BA),
};

/// The inks of a theme.
pub fn inks(theme: Theme) -> Inks {
    match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
        Theme::Print => PRINT,
    }
}

/// The inks of dark on light, which values inside marks choose from whatever the paper.
pub fn inks_on_light() -> Inks {
    LIGHT
}

/// The colour of an actor, the same in every figure; `None` for an actor that has none.
pub fn actor(id: &str, theme: Theme) -> Option<Colour> {
    // On paper no two of them are equally light.
    let (light, dark, print) = match id {
        "own_organisation" => (0x0072B2, 0x3B9BD6, 0x001C2B),
        "other_public" => (0x56B4E9, 0x7CC6F0, 0x4086AD),
        "companies" => (0xE69F00, 0xE9A820, 0xE6A004),
        "citizens" => (0xD55E00, 0xE8752A, 0x903F00),
        "associations" => (0xCC79A7, 0xD68FB6, 0xCD7BA9),
        "knowledge" => (0x009E73, 0x1FB58A, 0x004E39),
        "foundations" => (0xA08A00, 0xB9A32A, 0x7A6A00),
        "abroad" => (0x6B7280, 0x939BA8, 0x2E3137),
        _ => return None,
    };
    Some(hex(match theme {
        Theme::Light => light,
        Theme::Dark => dark,
        Theme::Print => print,
    }))
}

/// At most so many groups can be told apart by colour.
pub const MOST_GROUPS: usize = 6;

/// The colour of the group at `position` of a breakdown.
pub fn group(position: usize, theme: Theme) -> Colour {
    // Dark, light, dark: neighbours also differ in greyscale; on paper all of them do.
    const COLOURS: [(u32, u32, u32); MOST_GROUPS] = [
        (0x0072B2, 0x3B8FCB, 0x162135), // blue
        (0xE69F00, 0xF0B840, 0xB95200), // orange
        (0x00845F, 0x14906C, 0x562E5A), // green
        (0xDA93B8, 0xE3A9C7, 0x06A076), // pink
        (0x3D4756, 0x7D8896, 0x22598C), // slate
        (0xD55E00, 0xF09A5E, 0xE59F3A), // vermilion
    ];
    let (light, dark, print) = COLOURS[position % MOST_GROUPS];
    hex(match theme {
        Theme::Light => light,
        Theme::Dark => dark,
        Theme::Print => print,
    })
}

/// The colour of an ordered group (a size class): `part` 0 is the first class, 1 the last. Lighter to stronger on either
/// paper, so that the order shows in greyscale as well; hue turns from green to blue for eyes that see it.
pub fn ordered_group(part: f64, theme: Theme) -> Colour {
    let [first, middle, last] = match theme {
        Theme::Light => [hex(0x79BDB9), hex(0x2F81B7), hex(0x14295F)],
        Theme::Print => [hex(0x79BDB9), hex(0x35749E), hex(0x0A1433)],
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
    let end = hex(if theme == Theme::Print { 0x9A3F12 } else { 0xD9743F });
    toward(inks(theme).surface, end, 0.35 + 0.65 * strength)
}

/// The positive pole of a scale (promoted, agree).
pub fn positive(strength: f64, theme: Theme) -> Colour {
    let end = hex(if theme == Theme::Print { 0x3FA99A } else { 0x2A9D8F });
    toward(inks(theme).surface, end, 0.35 + 0.65 * strength)
}

/// The inks of words about the negative and the positive pole.
pub fn pole_inks(theme: Theme) -> [Colour; 2] {
    match theme {
        Theme::Light => [hex(0xB4430B), hex(0x00695C)],
        Theme::Dark => [hex(0xF0976A), hex(0x4CC9B9)],
        Theme::Print => [hex(0x000000), hex(0x000000)],
    }
}

/// A step on a scale without poles: `part` 0 is its first answer, 1 its last.
pub fn step(part: f64, theme: Theme) -> Colour {
    match theme {
        Theme::Light | Theme::Print => toward(hex(0xC9DCF3), hex(0x0B3A75), part),
        Theme::Dark => toward(hex(0x274668), hex(0xC9DCF3), part),
    }
}

/// A colour's own hue, darkened (on dark paper lightened) until small text in it reads well (4.5:1).
pub fn readable(colour: Colour, inks: &Inks) -> Colour {
    let steps = (0..=20).map(|step| toward(colour, inks.text, f64::from(step) / 20.0));
    steps
        .into_iter()
        .find(|ink| contrast(*ink, inks.surface) >= 4.5)
        .unwrap_or(inks.text)
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

/// `colour` as an ink on `ground`: taken towards `text` until it has this contrast.
pub fn legible(colour: Colour, ground: Colour, text: Colour, least: f64) -> Colour {
    let mut steps = (0..=10).map(|step| toward(colour, text, f64::from(step) / 10.0));
    steps.find(|ink| contrast(*ink, ground) >= least).unwrap_or(text)
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

    const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];

    const ACTORS: [&str; 8] = [
        "own_organisation",
        "other_public",
        "companies",
        "citizens",
        "associations",
        "knowledge",
        "foundations",
        "abroad",
    ];

    /// The smallest contrast of neighbours.
    fn least(colours: &[Colour]) -> f64 {
        let pairs = colours.windows(2).map(|pair| contrast(pair[0], pair[1]));
        pairs.fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn neighbouring_groups_differ_in_greyscale() {
        // Two greys that touch are told apart from about 1.2 on; bars with paper between them need more.
        for theme in THEMES {
            let groups: Vec<Colour> = (0..MOST_GROUPS).map(|position| group(position, theme)).collect();
            assert!(least(&groups) >= 1.5, "{theme:?} {}", least(&groups));
            let steps: Vec<Colour> = (0..5).map(|at| step(f64::from(at) / 4.0, theme)).collect();
            assert!(least(&steps) >= 1.2, "{theme:?} {}", least(&steps));
        }
    }

    #[test]
    fn on_paper_every_colour_of_a_set_has_a_grey_of_its_own() {
        let groups: Vec<Colour> = (0..MOST_GROUPS).map(|position| group(position, Theme::Print)).collect();
        let actors: Vec<Colour> = ACTORS.iter().filter_map(|id| actor(id, Theme::Print)).collect();
        assert_eq!(actors.len(), ACTORS.len());
        for (set, apart) in [(groups, 1.4), (actors, 1.3)] {
            for (position, one) in set.iter().enumerate() {
                for other in &set[position + 1..] {
                    assert!(contrast(*one, *other) >= apart, "{one:?} {other:?}");
                }
                assert!(contrast(*one, inks(Theme::Print).surface) >= 2.0, "{one:?}");
            }
        }
        // Answers that touch in a bar of 100 per cent, with and without one in the middle.
        let neutral = toward(inks(Theme::Print).surface, inks(Theme::Print).neutral, 0.75);
        let (weak, strong) = (0.5, 1.0);
        let scales = [
            vec![negative(strong, Theme::Print), positive(strong, Theme::Print)],
            vec![
                negative(strong, Theme::Print),
                negative(weak, Theme::Print),
                positive(weak, Theme::Print),
                positive(strong, Theme::Print),
            ],
            vec![negative(weak, Theme::Print), neutral, positive(strong, Theme::Print)],
        ];
        for scale in scales {
            assert!(least(&scale) >= 1.2, "{scale:?} {}", least(&scale));
        }
        assert!(contrast(inks(Theme::Print).hairline, inks(Theme::Print).surface) >= 1.5);
    }

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
