//! A share in, the way people say it out: "4 out of 5 innovations", "knap halvdelen af arbejdspladserne". Where no
//! simple fraction is near enough, the per cent.

use crate::words::{self, Language};

/// The fractions that people say: halves, thirds, quarters, fifths, tenths and a few small ones.
const FRACTIONS: [(u32, u32); 17] = [
    (1, 2),
    (1, 3),
    (2, 3),
    (1, 4),
    (3, 4),
    (1, 5),
    (4, 5),
    (1, 6),
    (1, 7),
    (1, 8),
    (3, 10),
    (4, 10),
    (6, 10),
    (7, 10),
    (1, 10),
    (9, 10),
    (1, 20),
];

/// How a share lies to the fraction it is said as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// So near that the fraction is said as it is.
    At,
    /// Below it, and said so: "knap", "just under".
    Under,
    /// Above it, and said so: "godt", "just over".
    Over,
}

/// A simple fraction near a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// How the share lies to it.
    pub nearness: Nearness,
    /// So many …
    pub count: u32,
    /// … out of so many.
    pub of: u32,
}

/// Shares are computed: 0.79 lies 0.010000000000000009 below 4/5.
const ROUNDING: f64 = 1e-9;

impl Frequency {
    /// The simple fraction that `share` may be said as; `None` where none is near enough, and for a share of 0 or 1,
    /// where "none" and "all" would say more than a sample knows.
    ///
    /// A fraction is said as it is up to [`Frequency::exact`] away, and with "just under" or "just over" up to
    /// [`Frequency::reach`] away. The nearest one wins, one that can be said as it is before one that cannot.
    pub fn of(share: f64) -> Option<Self> {
        if !(share > 0.0 && share < 1.0) {
            return None;
        }
        let distance = |frequency: &Self| (share - frequency.value()).abs();
        let with = |nearness| FRACTIONS.map(|(count, of)| Self { nearness, count, of });
        let nearest = |found: Vec<Self>| found.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let at = with(Nearness::At)
            .into_iter()
            .filter(|near| distance(near) <= near.exact());
        nearest(at.collect()).or_else(|| {
            let by_side = |near: Self| Self {
                nearness: if share < near.value() {
                    Nearness::Under
                } else {
                    Nearness::Over
                },
                ..near
            };
            let near = with(Nearness::At)
                .into_iter()
                .filter(|near| distance(near) <= near.reach());
            nearest(near.map(by_side).collect())
        })
    }

    /// The fraction as a number.
    pub fn value(&self) -> f64 {
        f64::from(self.count) / f64::from(self.of)
    }

    /// The smaller one of the fraction and what is left to 1: a tenth must be nearer than a half to be called so.
    fn side(&self) -> f64 {
        self.value().min(1.0 - self.value())
    }

    /// How far a share may be away and still be said as this fraction: 1 percentage point, and no more than a
    /// twentieth of the fraction or of what is left to 1.
    pub fn exact(&self) -> f64 {
        (0.05 * self.side()).min(0.01) + ROUNDING
    }

    /// How far it may be away and be said as just under or just over it: 3½ percentage points, and no more than an
    /// eighth of the fraction or of what is left to 1.
    pub fn reach(&self) -> f64 {
        (0.125 * self.side()).min(0.035) + ROUNDING
    }
}

/// What is counted: "innovations".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Several: "innovationer".
    pub many: String,
    /// One: "innovation"; `None` where the language's word is not known.
    pub one: Option<String>,
    /// All of them: "innovationerne"; likewise.
    pub the: Option<String>,
}

impl Noun {
    /// The forms of `many`, whose first word is a noun that the language's list has, or not.
    pub fn of(language: Language, many: &str) -> Self {
        let many = many.trim();
        let (first, rest) = match many.find([' ', ',']) {
            Some(at) => many.split_at(at),
            None => (many, ""),
        };
        // "innovationer innovation innovationerne; …"
        let list = words::text(language, "frequency-nouns", &[]);
        let forms = list
            .split(';')
            .map(|forms| forms.split_whitespace().collect::<Vec<_>>());
        let known = forms.into_iter().find_map(|forms| match forms[..] {
            [several, one, the] if several == first => Some((format!("{one}{rest}"), format!("{the}{rest}"))),
            _ => None,
        });
        let (one, the) = known.unzip();
        Self {
            many: many.to_owned(),
            one,
            the,
        }
    }
}

/// "4 ud af 5 innovationer", "knap hver sjette arbejdsplads", "54 % af innovationerne".
pub fn spoken(language: Language, share: f64, noun: &Noun) -> String {
    let say = |key: &str, arguments: &[(&str, &str)]| words::text(language, key, arguments);
    let the = noun.the.as_deref().unwrap_or(&noun.many);
    let Some(frequency) = Frequency::of(share) else {
        // What is not nothing is not called so, and what is not all neither.
        let (percent, units) = (words::percent(share), noun.many.as_str());
        if share > 0.0 && percent == "0" {
            let one = words::percent_sign(language, 0.01);
            return say("frequency-below", &[("percent", &one), ("units", the)]);
        }
        if share < 1.0 && percent == "100" {
            return say("frequency-nearly-all", &[("units", units)]);
        }
        let percent = words::with_sign(language, &percent);
        return say("frequency-percent", &[("percent", &percent), ("units", the)]);
    };
    let ordinals = say("frequency-ordinals", &[]);
    let ordinal = || ordinals.split_whitespace().nth(frequency.of as usize - 2);
    let phrase = match (frequency.count, frequency.of, &noun.one) {
        (1, 2, Some(_)) => say("frequency-half", &[("units", the)]),
        (1, 3..=10, Some(one)) => match ordinal() {
            Some(ordinal) => say("frequency-every", &[("ordinal", ordinal), ("unit", one)]),
            None => out_of(language, frequency, noun),
        },
        _ => out_of(language, frequency, noun),
    };
    match frequency.nearness {
        Nearness::At => phrase,
        Nearness::Under => say("frequency-under", &[("share", &phrase)]),
        Nearness::Over => say("frequency-over", &[("share", &phrase)]),
    }
}

fn out_of(language: Language, frequency: Frequency, noun: &Noun) -> String {
    let (count, of) = (frequency.count.to_string(), frequency.of.to_string());
    let arguments = [("count", count.as_str()), ("of", of.as_str()), ("units", &noun.many)];
    words::text(language, "frequency-out-of", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: Language, share: f64) -> String {
        let noun = match language {
            Language::Da => Noun::of(language, "innovationer"),
            Language::En => Noun::of(language, "innovations"),
        };
        spoken(language, share, &noun).replace('\u{a0}', " ")
    }

    #[test]
    fn a_share_is_said_as_people_say_it() {
        for (share, da, en) in [
            (0.79, "4 ud af 5 innovationer", "4 out of 5 innovations"),
            (0.168, "hver sjette innovation", "1 out of 6 innovations"),
            (
                0.484,
                "knap halvdelen af innovationerne",
                "just under half of innovations",
            ),
            (0.502, "halvdelen af innovationerne", "half of innovations"),
            (0.35, "godt hver tredje innovation", "just over 1 out of 3 innovations"),
            (0.598, "6 ud af 10 innovationer", "6 out of 10 innovations"),
            (
                0.58,
                "knap 6 ud af 10 innovationer",
                "just under 6 out of 10 innovations",
            ),
            (0.66, "2 ud af 3 innovationer", "2 out of 3 innovations"),
            (
                0.63,
                "godt 6 ud af 10 innovationer",
                "just over 6 out of 10 innovations",
            ),
            (0.54, "54 % af innovationerne", "54% of innovations"),
            (0.03, "3 % af innovationerne", "3% of innovations"),
            (0.05, "1 ud af 20 innovationer", "1 out of 20 innovations"),
            (0.0, "0 % af innovationerne", "0% of innovations"),
            (0.002, "under 1 % af innovationerne", "under 1% of innovations"),
            (0.997, "næsten alle innovationer", "nearly all innovations"),
            (1.0, "100 % af innovationerne", "100% of innovations"),
        ] {
            assert_eq!(said(Language::Da, share), da, "{share}");
            assert_eq!(said(Language::En, share), en, "{share}");
        }
    }

    #[test]
    fn a_noun_that_nobody_knows_is_not_bent() {
        let noun = Noun::of(Language::Da, "innovationsaktive politikere");
        assert_eq!(noun.one, None);
        for (share, expected) in [
            (0.5, "1 ud af 2 innovationsaktive politikere"),
            (0.2, "1 ud af 5 innovationsaktive politikere"),
            (0.54, "54 % af innovationsaktive politikere"),
        ] {
            assert_eq!(spoken(Language::Da, share, &noun).replace('\u{a0}', " "), expected);
        }
        let noun = Noun::of(Language::Da, "arbejdspladser uden en indført innovation");
        assert_eq!(noun.one.as_deref(), Some("arbejdsplads uden en indført innovation"));
        let noun = Noun::of(Language::Da, "politikere, hvis råd arbejder med innovation");
        assert_eq!(
            noun.the.as_deref(),
            Some("politikerne, hvis råd arbejder med innovation")
        );
    }

    #[test]
    fn the_fraction_said_is_as_near_as_it_promises_for_every_k_of_n() {
        for n in 1..=1200_u32 {
            for k in 0..=n {
                let share = f64::from(k) / f64::from(n);
                let Some(said) = Frequency::of(share) else { continue };
                let off = share - said.value();
                let fits = match said.nearness {
                    Nearness::At => off.abs() <= said.exact(),
                    Nearness::Under => off < 0.0 && -off > said.exact() && -off <= said.reach(),
                    Nearness::Over => off > 0.0 && off > said.exact() && off <= said.reach(),
                };
                assert!(fits, "{k} of {n}: {said:?}");
                // No fraction that could be said as it is lies nearer.
                let nearest = FRACTIONS.iter().map(|(a, b)| f64::from(*a) / f64::from(*b) - share);
                let nearest = nearest.map(f64::abs).fold(f64::INFINITY, f64::min);
                assert!(
                    said.nearness == Nearness::At || nearest >= off.abs() - 1e-12,
                    "{k} of {n}: {said:?}"
                );
            }
        }
    }
}
