//! Nodes, ties and looks in, what is said of them out: cards, the legend, the note, the alternative text.

use super::lines::{self, alpha};
use super::{KeyGroup, Line, Network, Swatch, is_difference, is_lift};
use crate::figure::arrange;
use crate::figure::look::{Edges, Look};
use crate::figure::palette;
use crate::figure::reading::{Reading, interval_of};
use crate::figure::scene::About;
use crate::measure::{Cell, Tie};
use crate::words;

/// A card names so many of a node's ties.
const MOST_NAMED: usize = 4;

/// What a node stands for: its share, and the shares of its strongest ties both ways.
pub fn node(reading: &Reading<'_>, row: usize, ties: &[&Tie]) -> About {
    let table = reading.table;
    let mut about = reading.about(row, 0);
    if table.groups.len() > 1 {
        about.title = reading.label(&table.items[row]);
        about.lines = (0..table.groups.len())
            .map(|group| format!("{}: {}", reading.group(group), cell(reading, table.cell(row, group))))
            .collect();
        return about;
    }
    let mut own: Vec<&Tie> = ties
        .iter()
        .copied()
        .filter(|tie| tie.joint.estimate.value > 0.0)
        .collect();
    own.sort_by(|a, b| b.joint.estimate.value.total_cmp(&a.joint.estimate.value));
    if own.is_empty() {
        return about;
    }
    about.lines.push(reading.say("figure-network-among", &[]));
    for tie in own.into_iter().take(MOST_NAMED) {
        let (other, given, back) = match tie.a == row {
            true => (tie.b, &tie.b_given_a, &tie.a_given_b),
            false => (tie.a, &tie.a_given_b, &tie.b_given_a),
        };
        about.lines.push(reading.say(
            "figure-network-given",
            &[
                ("other", &reading.label(&table.items[other])),
                ("given", &cell(reading, given)),
                ("back", &cell(reading, back)),
            ],
        ));
    }
    about
}

/// What a tie stands for: the share with both, how the one goes with the other, lift, test.
pub fn tie(reading: &Reading<'_>, tie: &Tie) -> About {
    let table = reading.table;
    let name = |row: usize| reading.label(&table.items[row]);
    let title = format!("{} + {}", name(tie.a), name(tie.b));
    let p = |p: f64| p_value(reading, p);
    if let Some(difference) = &tie.difference {
        let contrast = &difference.contrast;
        let mut lines: Vec<String> = table
            .ties
            .iter()
            .filter(|other| (other.a, other.b) == (tie.a, tie.b))
            .map(|own| format!("{}: {}", reading.group(own.group), cell(reading, &own.joint)))
            .collect();
        let level = reading.table.query.level.number().unwrap_or(0.95);
        let (low, high) = contrast.interval(level);
        lines.push(reading.say(
            "figure-network-difference",
            &[
                ("points", &signed_points(reading, contrast.difference)),
                ("low", &signed_points(reading, low)),
                ("high", &signed_points(reading, high)),
                ("level", &words::with_sign(reading.language, &reading.level())),
            ],
        ));
        lines.push(reading.say(
            "figure-network-p",
            &[("p", &p(contrast.p)), ("adjusted", &p(difference.p_adjusted))],
        ));
        return About { title, lines };
    }
    let share = |key, cell_of: &Cell| reading.say(key, &[("value", &cell(reading, cell_of))]);
    let given = |one: usize, other: usize, cell_of: &Cell| {
        let value = cell(reading, cell_of);
        let arguments = [("one", name(one)), ("other", name(other)), ("value", value)];
        let arguments = arguments.each_ref().map(|(key, words)| (*key, words.as_str()));
        reading.say("figure-network-one-way", &arguments)
    };
    let mut lines = vec![
        share("figure-network-joint", &tie.joint),
        given(tie.a, tie.b, &tie.b_given_a),
        given(tie.b, tie.a, &tie.a_given_b),
    ];
    let lift = |number: f64| words::decimal(reading.language, number, 2);
    lines.push(match interval_of(&tie.lift) {
        Some((low, high)) => reading.say(
            "figure-network-lift",
            &[
                ("value", &lift(tie.lift.estimate.value)),
                ("interval", &format!("{}–{}", lift(low), lift(high))),
            ],
        ),
        None => reading.say(
            "figure-network-lift-alone",
            &[("value", &lift(tie.lift.estimate.value))],
        ),
    });
    if tie.p.is_finite() {
        lines.push(reading.say(
            "figure-network-p",
            &[("p", &p(tie.p)), ("adjusted", &p(tie.p_adjusted))],
        ));
    }
    About { title, lines }
}

/// "12 % (10–14)"
fn cell(reading: &Reading<'_>, cell: &Cell) -> String {
    if cell.estimate.n == 0 || !cell.estimate.value.is_finite() {
        return "–".to_owned();
    }
    let value = words::percent_sign(reading.language, cell.estimate.value);
    match interval_of(cell) {
        Some((low, high)) => format!("{value} ({}–{})", words::percent(low), words::percent(high)),
        None => value,
    }
}

/// "= 0,012", "< 0,001"
pub fn p_value(reading: &Reading<'_>, p: f64) -> String {
    match p {
        p if !p.is_finite() => "= –".to_owned(),
        p if p < 0.001 => format!("< {}", words::decimal(reading.language, 0.001, 3)),
        p => format!("= {}", words::decimal(reading.language, p, 3)),
    }
}

/// A difference of shares in whole points, without a sign.
pub fn points(_: &Reading<'_>, difference: f64) -> String {
    words::percent(difference)
}

fn signed_points(_: &Reading<'_>, difference: f64) -> String {
    match words::percent(difference) {
        bare if difference > 0.0 && bare != "0" => format!("+{bare}"),
        bare => bare,
    }
}

/// The legend: widths, colours, dashes, rings.
pub fn keys(
    reading: &Reading<'_>,
    look: &Look,
    drawn: &[Line],
    communities: &[Option<usize>],
    actors: bool,
    ties: &[(usize, usize, &Tie)],
) -> Vec<KeyGroup> {
    let inks = palette::inks(look.theme);
    let differs = is_difference(reading.table);
    let mut keys = Vec::new();
    let ink = lines::plain(look);
    let circle = reading.say("figure-network-key-circle", &[]);
    keys.push(KeyGroup {
        title: String::new(),
        samples: vec![(Swatch::Circle(inks.neutral), circle)],
    });
    if drawn.iter().any(|line| !line.dashed) {
        let scale = lines::scale(reading, look, ties);
        let (title, lift) = match (differs, is_lift(look)) {
            (true, _) => ("figure-network-key-points", false),
            (false, true) => ("figure-network-key-lift", true),
            (false, false) => ("figure-network-key-joint", false),
        };
        let samples = scale.samples.iter().map(|value| {
            let (weight, words) = match (lift, differs) {
                (true, _) => {
                    let decimals = usize::from(value.fract() > 0.0);
                    let times = words::decimal(reading.language, *value, decimals);
                    (value.ln() / scale.end.ln(), format!("{times} ×"))
                }
                (false, true) => (value / scale.end, words::percent(*value)),
                (false, false) => (value / scale.end, words::percent_sign(reading.language, *value)),
            };
            let swatch = Swatch::Line {
                weight,
                colour: if lift { palette::positive(1.0, look.theme) } else { ink },
                dashed: false,
            };
            (swatch, words)
        });
        keys.push(KeyGroup {
            title: reading.say(title, &[]),
            samples: samples.collect(),
        });
    }
    let mut samples = Vec::new();
    let line = |colour, dashed| Swatch::Line {
        weight: if dashed { 0.0 } else { 0.45 },
        colour,
        dashed,
    };
    if differs {
        for group in 0..2 {
            let colour = arrange::group_colour(reading, look, group);
            if drawn.iter().any(|own| !own.dashed && own.colour == colour) {
                let name = reading.group(group);
                let words = reading.say("figure-network-key-more", &[("group", &name)]);
                samples.push((line(colour, false), words));
            }
        }
    }
    let rare = palette::negative(1.0, look.theme);
    if !differs && is_lift(look) && drawn.iter().any(|own| own.colour == rare) {
        samples.push((line(rare, false), reading.say("figure-network-key-rarer", &[])));
    }
    if drawn.iter().any(|own| own.dashed) {
        samples.push((line(inks.zero, true), reading.say("figure-network-key-dashed", &[])));
    }
    if actors && communities.iter().any(Option::is_some) {
        samples.push((Swatch::Rings(1), reading.say("figure-network-key-rings", &[])));
    }
    if !samples.is_empty() {
        keys.push(KeyGroup {
            title: String::new(),
            samples,
        });
    }
    keys
}

/// What the note says beyond the legend: the test, what was left out, how communities were found.
pub fn notes(reading: &Reading<'_>, network: &Network, look: &Look) -> Vec<String> {
    let mut notes = Vec::new();
    let level = words::with_sign(
        reading.language,
        &words::decimal(reading.language, alpha(reading) * 100.0, 0),
    );
    let differs = is_difference(reading.table);
    let dashed = network.lines.iter().any(|line| line.dashed);
    if dashed || look.network.significant {
        let key = match (differs, look.network.significant) {
            (true, false) => "figure-network-note-difference",
            (true, true) => "figure-network-note-difference-only",
            (false, false) => "figure-network-note-test",
            (false, true) => "figure-network-note-test-only",
        };
        notes.push(reading.say(key, &[("level", &level)]));
    }
    if !differs && look.network.edges == Edges::Lift {
        notes.push(reading.say("figure-network-note-lift", &[]));
    }
    if look.network.least > 0.0 {
        let least = words::percent_sign(reading.language, look.network.least);
        let key = match differs {
            true => "figure-network-note-least-points",
            false => "figure-network-note-least",
        };
        notes.push(reading.say(
            key,
            &[("least", &least), ("points", &words::percent(look.network.least))],
        ));
    }
    if look.network.certain && !differs {
        let level = words::with_sign(reading.language, &reading.level());
        notes.push(reading.say("figure-network-note-certain", &[("level", &level)]));
    }
    let (all, left_out) = network.ties;
    if left_out > 0 {
        let (drawn, all) = (reading.count(all - left_out), reading.count(all));
        notes.push(reading.say("figure-network-note-most", &[("drawn", &drawn), ("all", &all)]));
    }
    if let Some(modularity) = network.modularity {
        let modularity = words::decimal(reading.language, modularity, 2);
        notes.push(reading.say("figure-network-note-communities", &[("modularity", &modularity)]));
    } else if look.network.communities && !differs {
        notes.push(reading.say("figure-network-note-no-communities", &[]));
    }
    notes
}

/// What the note of a heat map says of its numbers: the test, and what lift is.
pub fn notes_of_matrix(reading: &Reading<'_>, look: &Look) -> Vec<String> {
    let level = words::with_sign(
        reading.language,
        &words::decimal(reading.language, alpha(reading) * 100.0, 0),
    );
    let differs = is_difference(reading.table);
    let key = match differs {
        true => "figure-matrix-note-difference",
        false => "figure-matrix-note-test",
    };
    let mut notes = vec![reading.say(key, &[("level", &level)])];
    if is_lift(look) && !differs {
        notes.push(reading.say("figure-network-note-lift", &[]));
    }
    notes
}
