//! Networks made by hand: a made-up population whose boxes go together as given, counted as a survey would.

use isobar::data::{Code, QuestionId, QuestionKind, VarId};
use isobar::figure::{Chart, Edges, Look, NetworkLook};
use isobar::measure::{BoxView, Cell, Measure, RowKind, Table, Tie, TieDifference};
use isobar::stats::{Adjust, Contrast, Estimate};

use super::tables::{by, cell, item, row, table};
use super::{Entry, entry};

/// A box: its label, its actor, its share.
pub type Box3<'a> = (&'a str, &'a str, f64);

const PARTNERS: [Box3<'static>; 8] = [
    (
        "Andre offentlige arbejdspladser inden for samme kommune, region eller ministerområde|Other public workplaces within the same municipality, region or ministry",
        "own_organisation",
        0.54,
    ),
    (
        "Offentlige arbejdspladser uden for egen kommune, region eller ministerområde|Public workplaces outside own municipality, region or ministry",
        "other_public",
        0.21,
    ),
    ("Private virksomheder|Private companies", "companies", 0.24),
    ("Borgere|Citizens", "citizens", 0.21),
    ("Frivillige foreninger|Voluntary associations", "associations", 0.10),
    ("Vidensinstitutioner|Knowledge institutions", "knowledge", 0.13),
    ("Fonde|Foundations", "foundations", 0.03),
    ("Udlandet|Abroad", "abroad", 0.03),
];

/// Numbers between 0 and 1 that look drawn by lot and are the same every time (Knuth's MMIX generator).
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Who chose which boxes: respondents of two kinds, the second of whom choose the later boxes more often.
fn answers(boxes: &[Box3<'_>], n: usize, seed: u64) -> Vec<Vec<bool>> {
    let mut lot = Lot(seed);
    (0..n)
        .map(|_| {
            let kind = lot.next();
            let open = 0.5 + lot.next();
            boxes
                .iter()
                .enumerate()
                .map(|(position, (.., share))| {
                    let late = position * 2 >= boxes.len();
                    let lean = if (kind > 0.55) == late { 1.45 } else { 0.5 };
                    let likely = match share {
                        share if *share <= 0.0 || *share >= 1.0 => *share,
                        share => (share * open * lean).min(0.98),
                    };
                    lot.next() < likely
                })
                .collect()
        })
        .collect()
}

/// Abramowitz & Stegun (1964) 7.1.26: the two-sided p-value of a normal deviate.
fn two_sided(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let poly =
        t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    (poly * (-x * x).exp()).min(1.0)
}

fn ratio(value: f64, std_error: f64, n: usize) -> Cell {
    let reach = 1.96 * std_error / value.max(1e-9);
    Cell {
        estimate: Estimate {
            value,
            std_error,
            ..cell(0.5, n).estimate
        },
        low: if value > 0.0 { value * (-reach).exp() } else { f64::NAN },
        high: if value > 0.0 { value * reach.exp() } else { f64::NAN },
        n_chosen: None,
    }
}

/// The ties of a group.
fn ties(answers: &[Vec<bool>], group: usize) -> Vec<Tie> {
    let n = answers.len();
    let boxes = answers.first().map_or(0, Vec::len);
    let count = |of: &dyn Fn(&Vec<bool>) -> bool| answers.iter().filter(|row| of(row)).count();
    let mut ties = Vec::new();
    for a in 0..boxes {
        for b in a + 1..boxes {
            let (one, other) = (count(&|row| row[a]), count(&|row| row[b]));
            let both = count(&|row| row[a] && row[b]);
            let share = |part: usize, of: usize| cell(if of == 0 { 0.0 } else { part as f64 / of as f64 }, of);
            let (p, q, pq) = (one as f64 / n as f64, other as f64 / n as f64, both as f64 / n as f64);
            let lift = pq / (p * q);
            let spread = (p * (1.0 - p) * q * (1.0 - q)).sqrt();
            let z = if spread > 0.0 {
                (pq - p * q) / spread * (n as f64 / 1.2).sqrt()
            } else {
                f64::NAN
            };
            ties.push(Tie {
                a,
                b,
                group,
                joint: share(both, n),
                a_given_b: share(both, other),
                b_given_a: share(both, one),
                lift: ratio(lift, lift * (1.2 / both.max(1) as f64).sqrt(), n),
                p: two_sided(z),
                p_adjusted: f64::NAN,
                difference: None,
            });
        }
    }
    let p: Vec<f64> = ties.iter().map(|tie| tie.p).collect();
    for (tie, adjusted) in ties.iter_mut().zip(Adjust::Bh.apply(&p)) {
        tie.p_adjusted = adjusted;
    }
    ties
}

/// The network of made-up answers in one group or in several.
fn network(title: &str, boxes: &[Box3<'_>], groups: &[(&str, usize)], seed: u64) -> Table {
    let n = groups.iter().map(|(_, n)| n).sum();
    let mut made = table(
        QuestionKind::Multiple,
        title,
        "Samarbejdede jeres arbejdsplads med nogle af de følgende under udviklingen af den seneste innovation?|Did your workplace collaborate with any of the following while developing the latest innovation?",
        n,
    );
    made.query.measure = Measure::Boxes {
        question: QuestionId::from("q"),
        view: BoxView::Network,
        groups: false,
    };
    if groups.len() > 1 {
        by(&mut made, "Sektor|Sector", groups);
    }
    let answers: Vec<Vec<Vec<bool>>> = groups
        .iter()
        .enumerate()
        .map(|(group, (_, n))| {
            let tilted: Vec<Box3<'_>> = boxes
                .iter()
                .enumerate()
                .map(|(position, (label, actor, share))| {
                    let tilt = if group > 0 && position % 3 == 0 { 0.55 } else { 1.0 };
                    (*label, *actor, share * tilt)
                })
                .collect();
            answers(&tilted, *n, seed + group as u64)
        })
        .collect();
    for (position, (label, actor, _)) in boxes.iter().enumerate() {
        let cells: Vec<Cell> = answers
            .iter()
            .map(|group| {
                let chosen = group.iter().filter(|row| row[position]).count();
                cell(chosen as f64 / group.len().max(1) as f64, group.len())
            })
            .collect();
        let mut own = item(label, RowKind::Answer);
        own.id = format!("box_{position}");
        own.var = Some(VarId(own.id.clone()));
        own.actor = (!actor.is_empty()).then(|| (*actor).to_owned());
        row(&mut made, own, &cells);
    }
    made.ties = answers
        .iter()
        .enumerate()
        .flat_map(|(group, own)| ties(own, group))
        .collect();
    made.query.level = Code::Number(0.95);
    made
}

/// Eight partners.
pub fn partners() -> Table {
    network("Samarbejdspartnere|Collaboration partners", &PARTNERS, &[("", 1942)], 7)
}

/// The same partners with some answers filtered away.
pub fn partners_filtered() -> Table {
    network("Samarbejdspartnere|Collaboration partners", &PARTNERS, &[("", 310)], 8)
}

/// Eight partners in two groups, compared.
pub fn partners_compared() -> Table {
    let mut made = network(
        "Samarbejdspartnere|Collaboration partners",
        &PARTNERS,
        &[("Kommune|Municipality", 1180), ("Stat|State", 540)],
        11,
    );
    let pairs = made.ties.len() / 2;
    let mut p = Vec::new();
    for pair in 0..pairs {
        let (here, there) = (&made.ties[pair], &made.ties[pairs + pair]);
        let contrast = Contrast::of_independent(&here.joint.estimate, &there.joint.estimate);
        p.push(contrast.p);
        made.ties[pair].difference = Some(TieDifference {
            contrast,
            p_adjusted: f64::NAN,
        });
    }
    for (pair, adjusted) in Adjust::Bh.apply(&p).into_iter().enumerate() {
        if let Some(difference) = &mut made.ties[pair].difference {
            difference.p_adjusted = adjusted;
        }
    }
    made
}

/// So many boxes without actors, the first the most common.
pub fn boxes(many: usize, n: usize) -> Table {
    let names: Vec<String> = (0..many)
        .map(|position| match position % 3 {
            0 => format!("Område {}|Area {}", position + 1, position + 1),
            1 => format!("Partner nummer {}|Partner number {}", position + 1, position + 1),
            _ => format!("Kommunalt samarbejde {}|Municipal {}", position + 1, position + 1),
        })
        .collect();
    let made: Vec<Box3<'_>> = names
        .iter()
        .enumerate()
        .map(|(position, name)| (name.as_str(), "", 0.55 / (1.0 + position as f64 * 0.12)))
        .collect();
    network("Partnere|Partners", &made, &[("", n)], 3)
}

/// Twelve partners, of whom eight have colours of their own.
pub fn twelve() -> Table {
    let more = [
        ("Andre kommuner i regionen|Other municipalities in the region", "", 0.18),
        ("Regioner|Regions", "", 0.12),
        (
            "Interesseorganisationer og brancheforeninger|Interest organisations",
            "",
            0.09,
        ),
        ("Konsulenter|Consultants", "", 0.16),
    ];
    let all: Vec<Box3<'_>> = PARTNERS.into_iter().chain(more).collect();
    network("Samarbejdspartnere|Collaboration partners", &all, &[("", 1942)], 5)
}

/// Labels of 120 letters, shares of 0 and 100 %.
pub fn long_labels() -> Table {
    network(
        "Igangsættere|Initiators",
        &[
            (
                "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet",
                "own_organisation",
                1.0,
            ),
            (
                "Speciallægepraksisplanlægningsstabiliseringsperiodens koordinationsudvalg og socialtilsynsmyndighedsrepræsentantskabet i regionerne",
                "other_public",
                0.5,
            ),
            ("Økonomi", "foundations", 0.004),
            (
                "Nye eller ændrede love & <nationale> krav, bekendtgørelser, vejledninger og politiske aftaler mellem staten og kommunerne",
                "knowledge",
                0.0,
            ),
            ("Borgere", "citizens", 1.0),
            ("Virksomheder", "companies", 0.9),
        ],
        &[("", 640)],
        2,
    )
}

/// Boxes that nobody chose together.
pub fn no_ties() -> Table {
    let mut made = network(
        "Samarbejdspartnere|Collaboration partners",
        &PARTNERS[..4],
        &[("", 200)],
        2,
    );
    for tie in &mut made.ties {
        tie.joint = cell(0.0, 200);
        tie.lift = ratio(0.0, 0.0, 200);
    }
    made
}

fn looked(name: &'static str, table: Table, change: impl Fn(&mut NetworkLook)) -> Entry {
    let mut entry = entry(name, table);
    entry.look.chart = Chart::Network;
    change(&mut entry.look.network);
    entry
}

/// The sectors of public partners by the sector of those who answer.
pub fn sectors() -> Table {
    let mut made = table(
        QuestionKind::Multiple,
        "Offentlige partneres sektor|Sector of public partners",
        "I hvilken sektor var de offentlige arbejdspladser uden for jeres egen kommune, region eller ministerområde?|In which sector were the public workplaces outside your own municipality, region or ministry?",
        0,
    );
    by(
        &mut made,
        "Sektor|Sector",
        &[("Kommune|Municipality", 410), ("Region|Region", 96), ("Stat|State", 21)],
    );
    for (label, shares) in [
        ("Kommune|Municipality", [0.73, 0.58, 0.49]),
        ("Region|Region", [0.31, 0.66, 0.24]),
        ("Stat|State", [0.22, 0.19, 0.71]),
    ] {
        let cells = [cell(shares[0], 410), cell(shares[1], 96), cell(shares[2], 21)];
        row(&mut made, item(label, RowKind::Answer), &cells);
    }
    made
}

fn as_matrix(name: &'static str, table: Table, edges: Edges) -> Entry {
    let mut entry = looked(name, table, |look| look.edges = edges);
    entry.look.chart = Chart::Matrix;
    entry
}

/// One of each kind.
pub fn kinds() -> Vec<Entry> {
    let mut flow = entry("flow", sectors());
    flow.look.chart = Chart::Flow;
    vec![
        flow,
        as_matrix("matrix", partners(), Edges::Joint),
        as_matrix("matrix_lift", partners(), Edges::Lift),
        as_matrix("matrix_conditional", partners(), Edges::Conditional),
        as_matrix("matrix_difference", partners_compared(), Edges::Joint),
        looked("network", partners(), |_| {}),
        looked("network_lift", partners(), |look| {
            look.edges = Edges::Lift;
            look.significant = true;
        }),
        looked("network_difference", partners_compared(), |_| {}),
    ]
}

/// What usually breaks a network.
pub fn hard_cases() -> Vec<Entry> {
    let sized = |name, table, width| {
        let mut entry = looked(name, table, |_| {});
        entry.look = Look {
            width_pt: width,
            ..entry.look
        };
        entry
    };
    vec![
        looked("network_communities", twelve(), |look| {
            look.communities = true;
            look.least = 0.02;
        }),
        looked("network_filtered", partners_filtered(), |look| {
            look.communities = true;
        }),
        looked("network_long_labels", long_labels(), |_| {}),
        looked("network_one", boxes(1, 50), |_| {}),
        looked("network_two", boxes(2, 50), |_| {}),
        looked("network_three", boxes(3, 50), |_| {}),
        looked("network_thirty", boxes(30, 1200), |look| look.significant = true),
        looked("network_three_hundred", boxes(300, 900), |look| look.communities = true),
        looked("network_no_ties", no_ties(), |_| {}),
        looked(
            "network_of_three_people",
            network("Partnere|Partners", &PARTNERS[..5], &[("", 3)], 9),
            |_| {},
        ),
        looked("network_moved", partners(), |look| {
            look.places = vec![("box_3".to_owned(), [0.02, 0.98]), ("box_0".to_owned(), [0.5, 0.2])];
        }),
        as_matrix("matrix_thirty", boxes(30, 1200), Edges::Lift),
        as_matrix("matrix_long_labels", long_labels(), Edges::Conditional),
        Entry {
            look: Look {
                width_pt: 320.0,
                ..as_matrix("matrix_narrow", partners(), Edges::Lift).look
            },
            ..as_matrix("matrix_narrow", partners(), Edges::Lift)
        },
        Entry {
            look: Look {
                width_pt: 300.0,
                chart: Chart::Flow,
                ..Look::default()
            },
            ..entry("flow_narrow", sectors())
        },
        sized("network_narrow", partners(), 280.0),
        sized("network_half", partners(), 460.0),
        sized("network_wide", partners(), 1600.0),
    ]
}
