//! Tables of sets of boxes, made by hand from made-up respondents.

use super::tables::{cell, item, row, table, words};
use isobar::data::{QuestionId, QuestionKind, VarId};
use isobar::measure::{BoxView, Measure, RowKind, Table};

/// The boxes: label and actor.
const BOXES: [(&str, &str); 8] = [
    (
        "Offentlige arbejdspladser i egen kommune, region eller ministerområde|Public workplaces in own municipality, region or ministry",
        "own_organisation",
    ),
    ("Private virksomheder|Private companies", "companies"),
    (
        "Offentlige arbejdspladser uden for egen organisation|Public workplaces outside own organisation",
        "other_public",
    ),
    ("Borgere|Citizens", "citizens"),
    ("Vidensinstitutioner|Knowledge institutions", "knowledge"),
    ("Frivillige foreninger|Voluntary associations", "associations"),
    ("Fonde|Foundations", "foundations"),
    ("Udlandet|Abroad", "abroad"),
];

/// Which boxes, and how many chose exactly these.
const CHOSEN: [(&[usize], usize); 22] = [
    (&[], 414),
    (&[0], 391),
    (&[0, 3], 172),
    (&[1], 158),
    (&[0, 2], 141),
    (&[0, 1], 118),
    (&[2], 97),
    (&[3], 71),
    (&[0, 1, 2], 63),
    (&[0, 4], 52),
    (&[0, 1, 2, 4], 48),
    (&[4], 41),
    (&[0, 3, 5], 38),
    (&[1, 4], 33),
    (&[5], 27),
    (&[0, 1, 2, 3, 4], 24),
    (&[2, 4, 7], 16),
    (&[0, 6], 13),
    (&[1, 6], 11),
    (&[0, 1, 2, 3, 4, 5, 6], 8),
    (&[6, 7], 4),
    (&[3, 7], 2),
];

/// Sets of `boxes`, exactly or at least, with the boxes.
fn of(boxes: &[(&str, &str)], chosen: &[(&[usize], usize)], exact: bool) -> Table {
    let n: usize = chosen.iter().map(|(_, count)| count).sum();
    let mut table = table(
        QuestionKind::Multiple,
        "Samarbejdspartnere|Collaboration partners",
        "Samarbejdede jeres arbejdsplads med nogle af de følgende?|Did your workplace collaborate with any of the following?",
        n,
    );
    table.query.measure = Measure::Boxes {
        question: QuestionId::from("q"),
        view: if exact { BoxView::Combinations } else { BoxView::AtLeast },
        groups: false,
    };
    let mut sets: Vec<(&[usize], usize)> = chosen.to_vec();
    if !exact {
        for set in &mut sets {
            let with = chosen
                .iter()
                .filter(|(other, _)| set.0.iter().all(|one| other.contains(one)));
            set.1 = with.map(|(_, count)| count).sum();
        }
        sets.retain(|(set, _)| !set.is_empty());
        sets.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    let id = |position: &usize| format!("box_{position}");
    for (set, count) in sets {
        let label = |language: usize| {
            let names = set
                .iter()
                .map(|one| boxes[*one].0.split('|').nth(language).unwrap_or(boxes[*one].0));
            names.collect::<Vec<_>>().join(" + ")
        };
        let mut own = match set {
            [] => item("Ingen af disse|None of these", RowKind::None),
            _ => item("", RowKind::Combination),
        };
        if !set.is_empty() {
            own.label = words(&format!("{}|{}", label(0), label(1)));
        }
        own.of = set.iter().map(id).collect();
        own.id = own.of.join("+");
        row(&mut table, own, &[cell(count as f64 / n as f64, n)]);
    }
    for (position, (label, actor)) in boxes.iter().enumerate() {
        let count: usize = chosen
            .iter()
            .filter(|(set, _)| set.contains(&position))
            .map(|(_, count)| count)
            .sum();
        let mut own = item(label, RowKind::Answer);
        own.id = id(&position);
        own.var = Some(VarId(own.id.clone()));
        own.actor = (!actor.is_empty()).then(|| (*actor).to_owned());
        row(&mut table, own, &[cell(count as f64 / n as f64, n)]);
    }
    table
}

/// Exact sets of partners.
pub fn exact() -> Table {
    of(&BOXES, &CHOSEN, true)
}

/// Sets of partners, each with those who chose more.
pub fn at_least() -> Table {
    of(&BOXES, &CHOSEN, false)
}

/// Four types of innovation.
pub fn types() -> Table {
    let boxes = [
        ("Produkt|Product", ""),
        ("Service|Service", ""),
        ("Proces eller organisation|Process or organisation", ""),
        ("Kommunikation|Communication", ""),
    ];
    let chosen: [(&[usize], usize); 7] = [
        (&[2], 402),
        (&[1, 2], 311),
        (&[0], 190),
        (&[1], 166),
        (&[0, 1, 2], 121),
        (&[2, 3], 98),
        (&[0, 1, 2, 3], 77),
    ];
    of(&boxes, &chosen, true)
}

/// One box that all have chosen.
pub fn one_box() -> Table {
    of(&[("Økonomi|Economy", "")], &[(&[0], 812)], true)
}

/// Three respondents, each with a set of their own.
pub fn three_respondents() -> Table {
    of(&BOXES[..4], &[(&[0], 1), (&[0, 1], 1), (&[], 1)], true)
}

/// Thirty boxes in thirty sets, with long labels among them.
pub fn thirty() -> Table {
    let labels: Vec<String> = (0..30)
        .map(|position| match position {
            4 => "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet".to_owned(),
            _ => format!("Område {0}|Area {0}", position + 1),
        })
        .collect();
    let boxes: Vec<(&str, &str)> = labels.iter().map(|label| (label.as_str(), "")).collect();
    let sets: Vec<Vec<usize>> = (0..30)
        .map(|one| vec![one, (one * 7 + 3) % 30, (one * 11 + 5) % 30])
        .collect();
    let chosen: Vec<(&[usize], usize)> = sets
        .iter()
        .enumerate()
        .map(|(one, set)| (set.as_slice(), 90 - 2 * one))
        .collect();
    of(&boxes, &chosen, true)
}

/// Boxes with labels of 120 letters.
pub fn long_labels() -> Table {
    let boxes = [
        (
            "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet",
            "",
        ),
        (
            "Speciallægepraksisplanlægningsstabiliseringsperiodens koordinationsudvalg og socialtilsynsmyndighedsrepræsentantskabet i regionerne",
            "",
        ),
        (
            "Nye eller ændrede love & <nationale> krav, bekendtgørelser, vejledninger og politiske aftaler mellem staten og kommunerne",
            "",
        ),
    ];
    of(&boxes, &[(&[0, 1, 2], 700), (&[0], 90), (&[1, 2], 60), (&[], 3)], true)
}
