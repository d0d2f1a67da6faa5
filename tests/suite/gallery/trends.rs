//! Tables of two groups, of rounds and of curves, made by hand.

use super::tables::{by, cell, item, mean, row, table, words};
use isobar::data::{Code, Condition, QuestionKind, VarId};
use isobar::measure::{
    Cell, Controlled, Measure, ModelChoice, ModelView, Outcome, RowKind, Side, Table, TableContrast,
};
use isobar::stats::Contrast;

const VALUES: [(&str, f64, f64); 6] = [
    ("Kvalitet|Quality", 0.71, 0.69),
    ("Effektivitet|Efficiency", 0.52, 0.44),
    ("Medarbejdertilfredshed|Employee satisfaction", 0.45, 0.46),
    ("Borgerinddragelse|Citizen involvement", 0.22, 0.31),
    ("Politiske mål|Political goals", 0.0, 0.27),
    (
        "Andre værdier, herunder bedre arbejdsgange på tværs af sektorer|Other values, among them better work across sectors",
        0.09,
        0.08,
    ),
];

/// The difference of two groups in a row, as the program would have computed it.
fn compared(table: &mut Table) {
    for item in 0..table.items.len() {
        let (a, b) = (table.cell(item, 0).estimate, table.cell(item, 1).estimate);
        if a.n == 0 || b.n == 0 {
            continue;
        }
        let contrast = Contrast::of_independent(&a, &b);
        let side = |group: usize| Side {
            id: table.groups[group].key.clone().unwrap().1,
            label: table.groups[group].label.clone(),
        };
        let (a, b) = (side(0), side(1));
        table.comparisons.contrasts.push(TableContrast {
            item: Some(item),
            by: None,
            a,
            b,
            p_adjusted: contrast.p,
            contrast,
            risk_ratio: None,
            odds_ratio: None,
        });
    }
}

/// Values in two rounds; one of them was not asked in the first.
pub fn two_rounds() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Værdier|Values",
        "Hvilken værdi har innovationen skabt?|What value did it create?",
        0,
    );
    by(
        &mut table,
        "Runde|Round",
        &[("2015-2016|2015-2016", 1942), ("2018-2019|2018-2019", 1771)],
    );
    for (label, first, second) in VALUES {
        let n = if first > 0.0 { 1942 } else { 0 };
        row(
            &mut table,
            item(label, RowKind::Answer),
            &[cell(first, n), cell(second, 1771)],
        );
    }
    for (group, year) in [2015.0, 2018.0].into_iter().enumerate() {
        table.groups[group].at = Some(year);
    }
    compared(&mut table);
    table
}

/// Partners, each with its colour, by two respondent types, without a comparison.
pub fn two_types() -> Table {
    let mut table = table(QuestionKind::Multiple, "Samarbejdspartnere|Partners", "", 0);
    by(
        &mut table,
        "Respondenttype|Respondent type",
        &[
            ("Kommunaldirektører|Chief executives", 73),
            ("Kommunalpolitikere|Municipal politicians", 552),
        ],
    );
    for (label, actor, first, second) in [
        ("Private virksomheder|Companies", "companies", 0.67, 0.41),
        ("Borgere|Citizens", "citizens", 0.62, 0.66),
        ("Vidensinstitutioner|Knowledge institutions", "knowledge", 0.49, 0.23),
        (
            "Frivillige foreninger|Voluntary associations",
            "associations",
            0.44,
            0.47,
        ),
        ("Fonde|Foundations", "foundations", 0.21, 0.08),
    ] {
        let mut own = item(label, RowKind::Answer);
        own.actor = Some(actor.to_owned());
        row(&mut table, own, &[cell(first, 73), cell(second, 552)]);
    }
    table
}

/// Shares from none to all, in groups of three and of many, with long labels.
pub fn steep() -> Table {
    let mut table = table(QuestionKind::Multiple, "Igangsættere|Initiators", "", 0);
    by(
        &mut table,
        "Sektor|Sector",
        &[
            (
                "Kommunale og regionale arbejdspladser med mere end 250 ansatte i hovedstadsområdet",
                3,
            ),
            ("Stat", 497),
        ],
    );
    for (label, first, second) in [
        (
            "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet",
            1.0,
            0.5,
        ),
        (
            "Speciallægepraksisplanlægningsstabiliseringsperiodens koordinationsudvalg og socialtilsynsmyndighedsrepræsentantskabet i regionerne",
            1.0,
            0.49,
        ),
        ("Økonomi", 0.0, 0.48),
    ] {
        row(
            &mut table,
            item(label, RowKind::Answer),
            &[cell(first, 3), cell(second, 497)],
        );
    }
    table
}

/// Thirty rows in two groups.
pub fn thirty_slopes() -> Table {
    let mut table = table(QuestionKind::Multiple, "Fokusområder|Focus areas", "", 0);
    by(
        &mut table,
        "Sektor|Sector",
        &[("Kommune|Municipality", 1420), ("Stat|State", 497)],
    );
    for position in 0..30 {
        let share = 0.05 + 0.02 * f64::from(position);
        let other = (share + (f64::from(position) * 1.3).sin() * 0.12).clamp(0.0, 1.0);
        let label = format!("Område {0}|Area {0}", position + 1);
        row(
            &mut table,
            item(&label, RowKind::Answer),
            &[cell(share, 1420), cell(other, 497)],
        );
    }
    compared(&mut table);
    table
}

/// Shares over rounds that are not evenly apart.
fn over_rounds(title: &str, rows: &[(&str, &[f64])], rounds: &[(&str, f64, usize)]) -> Table {
    let mut table = table(QuestionKind::Multiple, title, "", 0);
    let groups: Vec<(&str, usize)> = rounds.iter().map(|(label, _, n)| (*label, *n)).collect();
    by(&mut table, "Runde|Round", &groups);
    for (group, (_, at, _)) in table.groups.iter_mut().zip(rounds) {
        group.at = Some(*at);
    }
    for (label, shares) in rows {
        let cells: Vec<Cell> = shares
            .iter()
            .zip(rounds)
            .map(|(share, (_, _, n))| cell(share.max(0.0), if *share < 0.0 { 0 } else { *n }))
            .collect();
        row(&mut table, item(label, RowKind::Answer), &cells);
    }
    table
}

const ROUNDS: [(&str, f64, usize); 4] = [
    ("2013-14|2013-14", 2013.0, 1255),
    ("2015-16|2015-16", 2015.0, 2363),
    ("2018-19|2018-19", 2018.0, 2271),
    ("2021-23|2021-23", 2021.0, 1611),
];

/// Types of innovation over four rounds; one not asked in the second.
pub fn rounds() -> Table {
    over_rounds(
        "Innovationstyper|Types of innovation",
        &[
            (
                "Proces eller organisation|Process or organisation",
                &[0.71, 0.68, 0.63, 0.66],
            ),
            ("Service|Service", &[0.44, 0.47, 0.45, 0.52]),
            ("Produkt|Product", &[0.31, 0.30, 0.36, 0.41]),
            ("Kommunikation|Communication", &[0.33, -1.0, 0.34, 0.39]),
        ],
        &ROUNDS,
    )
}

/// One share over four rounds.
pub fn one_trend() -> Table {
    let mut table = over_rounds(
        "Innovative arbejdspladser|Innovative workplaces",
        &[(
            "Mindst én innovation|At least one innovation",
            &[0.86, 0.80, 0.79, 0.73],
        )],
        &ROUNDS,
    );
    table.base.label = words("Alle arbejdspladser|All workplaces");
    table.base.unit = words("arbejdspladser|workplaces");
    table
}

/// Thirty lines.
pub fn thirty_lines() -> Table {
    let shares: Vec<[f64; 4]> = (0..30)
        .map(|line| {
            [0, 1, 2, 3].map(|round| (0.03 * line as f64 + 0.02 * ((line * round) as f64).sin()).clamp(0.0, 1.0))
        })
        .collect();
    let labels: Vec<String> = (0..30).map(|line| format!("Område {0}|Area {0}", line + 1)).collect();
    let rows: Vec<(&str, &[f64])> = labels
        .iter()
        .zip(&shares)
        .map(|(label, shares)| (label.as_str(), &shares[..]))
        .collect();
    over_rounds("Fokusområder|Focus areas", &rows, &ROUNDS)
}

/// None and all, not asked first or last, three respondents, long names of rounds and rows.
pub fn broken_lines() -> Table {
    over_rounds(
        "Værdier|Values",
        &[
            (
                "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet",
                &[1.0, 1.0, 1.0],
            ),
            ("Økonomi", &[0.0, 0.0, -1.0]),
            ("Kvalitet", &[-1.0, 0.02, 0.04]),
        ],
        &[
            ("Den første runde i foråret 2014", 2014.0, 3),
            ("Prøverunde 2015", 2015.0, 812),
            (
                "Innovationsbarometeret for offentlige arbejdspladser 2019",
                2019.0,
                1771,
            ),
        ],
    )
}

/// Means over rounds, all far from zero.
pub fn mean_rounds() -> Table {
    let mut table = over_rounds("Antal ansatte|Employees", &[], &ROUNDS);
    table.subject.kind = QuestionKind::Numeric;
    let cells = [
        mean(47.2, 0.6, 1255),
        mean(48.9, 0.5, 2363),
        mean(51.6, 0.5, 2271),
        mean(50.3, 0.7, 1611),
    ];
    row(&mut table, item("Antal ansatte|Employees", RowKind::Answer), &cells);
    table
}

/// Predictions over a number, a curve per group.
fn curves(groups: &[(&str, f64, f64)], over: &str, at: &[f64]) -> Table {
    let mut table = table(
        QuestionKind::Single,
        "Innovation og uddannelse|Innovation and education",
        "",
        1942,
    );
    table.query.measure = Measure::Model(Box::new(ModelChoice {
        outcome: Outcome::Share(Condition::Everyone),
        terms: vec![vec![Controlled {
            var: VarId::from(over),
            entering: None,
        }]],
        references: Vec::new(),
        view: ModelView::Curve {
            over: VarId::from(over),
            by: (groups.len() > 1).then(|| VarId::from("by")),
        },
    }));
    if groups.len() > 1 {
        let named: Vec<(&str, usize)> = groups.iter().map(|(label, ..)| (*label, 1942 / groups.len())).collect();
        by(&mut table, "Sektor|Sector", &named);
    }
    for x in at {
        let mut point = item(&x.to_string(), RowKind::Answer);
        point.at = Some(*x);
        point.code = Some(Code::Number(*x));
        let cells: Vec<Cell> = groups
            .iter()
            .map(|(_, level, slope)| {
                let away = (x - 50.0) / 50.0;
                let share = 1.0 / (1.0 + (-(level + slope * away)).exp());
                let mut cell = cell(share, 1942);
                let reach = (0.02 + 0.03 * away * away).min(share).min(1.0 - share);
                (cell.low, cell.high) = (share - reach, share + reach);
                cell.n_chosen = None;
                cell
            })
            .collect();
        row(&mut table, point, &cells);
    }
    table
}

fn grid() -> Vec<f64> {
    (0..=20).map(|step| f64::from(step) * 5.0).collect()
}

/// Two curves apart.
pub fn two_curves() -> Table {
    curves(
        &[
            ("Mindst én innovation|At least one innovation", 1.4, 0.3),
            ("Serviceinnovation|Service innovation", -0.2, 0.4),
        ],
        "hoejtuddannede",
        &grid(),
    )
}

/// Three curves whose bands lie over each other.
pub fn crossing_curves() -> Table {
    curves(
        &[
            ("Kommune|Municipality", 0.1, 0.6),
            ("Region|Region", 0.15, 0.1),
            ("Stat|State", 0.2, -0.4),
        ],
        "hoejtuddannede",
        &grid(),
    )
}

/// One curve over a number with odd limits.
pub fn one_curve() -> Table {
    let at: Vec<f64> = (0..=12).map(|step| 3.0 + f64::from(step) * 14.75).collect();
    curves(&[("", 0.4, 0.5)], "antal_ansatte", &at)
}

/// Rows that stand at two numbers only, at none and all.
pub fn short_curve() -> Table {
    let mut table = curves(&[("", 0.0, 30.0)], "kvinder", &[0.0, 100.0]);
    table.groups[0].n = 3;
    table.base.n = 3;
    table
}
