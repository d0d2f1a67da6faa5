//! Tables made by hand, so that figures can be judged without data.

use isobar::data::{Code, Condition, DontKnow, Poles, QuestionId, QuestionKind, Text, VarId};
use isobar::measure::{
    Cell, Compare, Comparisons, DesignChoice, Measure, Percent, Query, RowKind, Subject, Table, TableBase, TableGroup,
    TableItem, TableWarning,
};
use isobar::stats::{Estimate, Interval};

/// A text in Danish and English, written "da|en"; the same in both without a bar.
pub fn words(both: &str) -> Text {
    let (da, en) = both.split_once('|').unwrap_or((both, both));
    Text([("da".to_owned(), da.to_owned()), ("en".to_owned(), en.to_owned())].into())
}

/// A number to show: a share or mean, and how many answered.
pub fn cell(value: f64, n: usize) -> Cell {
    let std_error = (value * (1.0 - value) / n as f64).max(0.0).sqrt() * 1.1;
    let (low, high) = if value <= 0.0 || value >= 1.0 {
        // The rule of three stands in for an exact interval.
        let reach = (3.0 / n as f64).min(1.0);
        if value <= 0.0 { (0.0, reach) } else { (1.0 - reach, 1.0) }
    } else {
        let (logit, reach) = ((value / (1.0 - value)).ln(), 1.96 * std_error / (value * (1.0 - value)));
        let back = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        (back(logit - reach), back(logit + reach))
    };
    Cell {
        estimate: Estimate {
            value: if n == 0 { f64::NAN } else { value },
            std_error,
            n,
            n_weighted: n as f64 * 6.4,
            df: n as f64 - 1.0,
            deff: 1.21,
        },
        low: if n == 0 { f64::NAN } else { low },
        high: if n == 0 { f64::NAN } else { high },
        n_chosen: Some((value.clamp(0.0, 1.0) * n as f64).round() as usize),
    }
}

/// The mean of a quantity.
pub fn mean(value: f64, std_error: f64, n: usize) -> Cell {
    Cell {
        estimate: Estimate {
            value,
            std_error,
            ..cell(0.5, n).estimate
        },
        low: value - 1.96 * std_error,
        high: value + 1.96 * std_error,
        n_chosen: None,
    }
}

/// A row.
pub fn item(label: &str, kind: RowKind) -> TableItem {
    TableItem {
        id: label.to_owned(),
        label: words(label),
        kind,
        ..TableItem::default()
    }
}

/// A table of one column without rows.
pub fn table(kind: QuestionKind, title: &str, text: &str, n: usize) -> Table {
    Table {
        query: Query {
            measure: Measure::Question(QuestionId::from("q")),
            by: None,
            banner: Vec::new(),
            percent: Percent::Group,
            filter: Condition::Everyone,
            dont_know: None,
            design: DesignChoice {
                weight: Some(VarId::from("vaegt")),
                strata: vec![VarId::from("stratum")],
                population: Some(VarId::from("antal")),
                ..DesignChoice::default()
            },
            compare: Compare::default(),
            interval: Interval::Logit,
            level: Code::Number(0.95),
        },
        subject: Subject {
            question: Some(QuestionId::from("q")),
            kind,
            title: words(title),
            text: words(text),
            max: None,
            dont_know: DontKnow::Keep,
            ordered: false,
            poles: None,
            survey: words("Innovationsbarometeret 2016|Innovation Barometer 2016"),
            source: words("Kilde: Innovationsbarometeret, runde 2|Source: Innovation Barometer, round 2"),
            synthetic: true,
        },
        base: TableBase {
            label: words(
                "Innovative arbejdspladser (den seneste innovation)|Innovative workplaces (the latest innovation)",
            ),
            unit: words("innovationer|innovations"),
            filter: Vec::new(),
            further: None,
            n,
            n_weighted: n as f64 * 6.4,
        },
        by: Text::default(),
        by_answers: 1,
        by_ordered: false,
        items: Vec::new(),
        groups: vec![TableGroup {
            key: None,
            label: Text::default(),
            place: 0,
            n,
            n_weighted: n as f64 * 6.4,
            ..TableGroup::default()
        }],
        cells: Vec::new(),
        ties: Vec::new(),
        comparisons: Comparisons::default(),
        outcome: None,
        controls: Vec::new(),
        model: None,
        strata: 214,
        warnings: Vec::new(),
    }
}

/// Adds a row with its cells, one per group.
pub fn row(table: &mut Table, item: TableItem, cells: &[Cell]) {
    assert_eq!(cells.len(), table.groups.len());
    table.items.push(item);
    table.cells.extend_from_slice(cells);
}

/// Breaks an empty table down.
pub fn by(table: &mut Table, label: &str, groups: &[(&str, usize)]) {
    table.by = words(label);
    table.query.by = Some(VarId::from("by"));
    table.groups = groups
        .iter()
        .enumerate()
        .map(|(position, (label, n))| TableGroup {
            key: Some((VarId::from("by"), Code::Number(position as f64))),
            label: words(label),
            place: position,
            n: *n,
            n_weighted: *n as f64 * 6.4,
            ..TableGroup::default()
        })
        .collect();
    table.by_answers = groups.len();
    table.by_ordered = label.starts_with("Størrelse");
    table.base.n = groups.iter().map(|(_, n)| n).sum();
    let small = groups.iter().filter(|(_, n)| *n < 30).count();
    if small > 0 {
        table.warnings.push(TableWarning::SmallGroups { groups: small });
    }
}

const PARTNERS: [(&str, &str, f64); 8] = [
    (
        "Offentlige arbejdspladser i egen kommune, region eller ministerområde|Public workplaces in own municipality, region or ministry",
        "own_organisation",
        0.524,
    ),
    ("Private virksomheder|Private companies", "companies", 0.278),
    (
        "Offentlige arbejdspladser uden for egen organisation|Public workplaces outside own organisation",
        "other_public",
        0.262,
    ),
    ("Borgere|Citizens", "citizens", 0.229),
    ("Vidensinstitutioner|Knowledge institutions", "knowledge", 0.171),
    ("Frivillige foreninger|Voluntary associations", "associations", 0.094),
    ("Fonde|Foundations", "foundations", 0.043),
    ("Udlandet|Abroad", "abroad", 0.012),
];

const ASKED: &str = "Samarbejdede jeres arbejdsplads med nogle af de følgende under udviklingen af den seneste innovation?|Did your workplace collaborate with any of the following while developing the latest innovation?";

/// Partners: a multiple-response question with a highlighted union and "don't know".
pub fn partners() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Samarbejdspartnere|Collaboration partners",
        ASKED,
        1942,
    );
    for (position, (label, actor, share)) in PARTNERS.iter().enumerate() {
        let mut item = item(label, RowKind::Answer);
        item.actor = Some((*actor).to_owned());
        item.group = words(match position {
            0 | 2 => "Offentlige|Public",
            _ => "Andre|Others",
        });
        row(&mut table, item, &[cell(*share, 1942)]);
    }
    row(
        &mut table,
        item("Ingen af disse|None of these", RowKind::None),
        &[cell(0.213, 1942)],
    );
    row(
        &mut table,
        item("Ved ikke|Don't know", RowKind::DontKnow),
        &[cell(0.031, 1942)],
    );
    row(
        &mut table,
        item(
            "Mindst én partner uden for arbejdspladsen|At least one partner outside the workplace",
            RowKind::Union { highlight: true },
        ),
        &[cell(0.758, 1942)],
    );
    table
}

/// Partners by sector, one of them not asked about one item, another with few respondents.
pub fn partners_by_sector() -> Table {
    let mut table = partners();
    let items = std::mem::take(&mut table.items);
    let shares: Vec<f64> = table.cells.drain(..).map(|cell| cell.estimate.value).collect();
    by(
        &mut table,
        "Sektor|Sector",
        &[
            ("Kommune|Municipality", 1420),
            ("Region|Region", 497),
            ("Stat|State", 25),
        ],
    );
    for (position, (item, share)) in items.into_iter().zip(shares).enumerate() {
        let region = if position == 7 { 0 } else { 497 };
        let cells = [
            cell(share, 1420),
            cell((share * 1.25).min(0.97), region),
            cell(share * 0.7, 25),
        ];
        row(&mut table, item, &cells);
    }
    table.warnings.push(TableWarning::NotAsked {
        item: words("Udlandet|Abroad"),
        group: words("Region|Region"),
    });
    table
}

/// The same with the first group filtered away.
pub fn partners_by_two_sectors() -> Table {
    let mut table = partners_by_sector();
    table.groups.remove(0);
    table.cells = table.cells.chunks(3).flat_map(|cells| &cells[1..]).copied().collect();
    table
}

/// Types of innovation by size class.
pub fn types_by_size() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Innovationstyper|Types of innovation",
        "Hvilken slags innovation var det?|What kind of innovation was it?",
        0,
    );
    by(
        &mut table,
        "Størrelse|Size",
        &[
            ("3-49 ansatte|3-49 employees", 900),
            ("50-99 ansatte|50-99 employees", 540),
            ("100-249 ansatte|100-249 employees", 320),
            ("250 eller flere|250 or more", 182),
        ],
    );
    for (label, share) in [
        ("Processer|Processes", 0.68),
        ("Tjenester|Services", 0.44),
        ("Produkter|Products", 0.33),
    ] {
        let sizes = [900, 540, 320, 182];
        let cells: Vec<Cell> = (0..4)
            .map(|size| cell(share + 0.05 * f64::from(size), sizes[size as usize]))
            .collect();
        row(&mut table, item(label, RowKind::Answer), &cells);
    }
    table
}

/// Novelty: a single-choice question on an ordinal scale, among some.
pub fn novelty() -> Table {
    let mut table = table(
        QuestionKind::Single,
        "Nyhedsgrad|Novelty",
        "Hvor ny var innovationen?|How new was the innovation?",
        812,
    );
    table.subject.ordered = true;
    table.base.filter = vec![
        (
            words("Sektor|Sector"),
            vec![words("Kommune|Municipality"), words("Stat|State")],
        ),
        (
            words("Størrelse|Size"),
            vec![
                words("50-99 ansatte|50-99 employees"),
                words("100 eller flere|100 or more"),
            ],
        ),
    ];
    table.base.unit = words("innovationer|innovations");
    for (label, kind, share) in [
        ("Den første af sin slags|The first of its kind", RowKind::Answer, 0.134),
        (
            "Inspireret af andre, men tilpasset|Inspired by others, but adapted",
            RowKind::Answer,
            0.616,
        ),
        ("I høj grad en kopi|Largely a copy", RowKind::Answer, 0.113),
        ("Ved ikke|Don't know", RowKind::DontKnow, 0.137),
    ] {
        row(&mut table, item(label, kind), &[cell(share, 812)]);
    }
    table
}

/// Statements on the scale hindered … promoted.
pub fn factors() -> Table {
    let mut table = table(
        QuestionKind::Battery,
        "Fremmende og hæmmende faktorer|Promoting and hindering factors",
        "I hvilken grad har følgende faktorer fremmet eller hæmmet innovationen?|To what degree have the following factors promoted or hindered the innovation?",
        1942,
    );
    table.subject.poles = Some(Poles {
        negative: vec![Code::Number(1.0)],
        positive: vec![Code::Number(2.0)],
    });
    for (position, (label, hindered, promoted)) in [
        (
            "Den måde, medarbejderne medvirker på|How employees contribute",
            0.04,
            0.89,
        ),
        (
            "Den måde, vi samarbejder på tværs af arbejdspladsen på|How we collaborate across the workplace",
            0.05,
            0.85,
        ),
        ("Ny teknologi|New technology", 0.05, 0.35),
        (
            "Love og nationalt fastsatte politiske krav|Laws and national requirements",
            0.14,
            0.30,
        ),
        (
            "Begrænsede økonomiske ressourcer|Limited economic resources",
            0.36,
            0.23,
        ),
        ("Fonde|Foundations", 0.01, 0.08),
    ]
    .into_iter()
    .enumerate()
    {
        let rest = 1.0 - hindered - promoted;
        for (code, answer, kind, share) in [
            (1.0, "Hæmmede|Hindered", RowKind::Answer, hindered),
            (2.0, "Fremmede|Promoted", RowKind::Answer, promoted),
            (3.0, "Ikke relevant|Not relevant", RowKind::NotRelevant, rest * 0.7),
            (9.0, "Ved ikke|Don't know", RowKind::DontKnow, rest * 0.3),
        ] {
            let mut item = item(label, kind);
            item.var = Some(VarId(format!("faktor_{position}")));
            item.code = Some(Code::Number(code));
            item.answer = words(answer);
            row(&mut table, item, &[cell(share, 1942)]);
        }
    }
    table
}

/// Statements on a scale of four answers, by respondent type; one statement never shown to one of them.
pub fn culture_by_type() -> Table {
    let mut table = table(
        QuestionKind::Battery,
        "Politisk kultur|Political culture",
        "Hvor enig er du i følgende udsagn?|How much do you agree with the following statements?",
        608,
    );
    table.subject.poles = Some(Poles {
        negative: vec![Code::Number(1.0), Code::Number(2.0)],
        positive: vec![Code::Number(4.0), Code::Number(3.0)],
    });
    table.query.design = DesignChoice::default();
    table.strata = 0;
    table.base.label = Text::default();
    table.base.unit = words("politikere|politicians");
    by(
        &mut table,
        "Respondenttype|Respondent type",
        &[
            ("Kommunalpolitikere|Municipal politicians", 552),
            ("Regionspolitikere|Regional politicians", 56),
        ],
    );
    for (position, (label, shares)) in [
        (
            "Vi kan tale åbent om fejl i udvalget|We can speak openly about mistakes in the committee",
            [0.05, 0.17, 0.46, 0.29],
        ),
        (
            "Projektudvalg har givet bedre løsninger|Project committees have led to better solutions",
            [0.02, 0.11, 0.40, 0.12],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        for (code, answer) in [
            "Helt uenig|Strongly disagree",
            "Delvist uenig|Partly disagree",
            "Delvist enig|Partly agree",
            "Helt enig|Strongly agree",
        ]
        .into_iter()
        .enumerate()
        {
            let mut item = item(label, RowKind::Answer);
            item.var = Some(VarId(format!("kultur_{position}")));
            item.code = Some(Code::Number(code as f64 + 1.0));
            item.answer = words(answer);
            let region = if position == 1 { 0 } else { 56 };
            row(
                &mut table,
                item,
                &[cell(shares[code], 552), cell(shares[code] * 0.96, region)],
            );
        }
    }
    table
}

/// A quantity by size.
pub fn education_by_size() -> Table {
    let mut table = table(
        QuestionKind::Numeric,
        "Antal medarbejdere i innovationsarbejde|Employees working with innovation",
        "Hvor mange medarbejdere deltog i arbejdet?|How many employees took part in the work?",
        1942,
    );
    by(
        &mut table,
        "Størrelse|Size",
        &[
            ("3-49 ansatte|3-49 employees", 900),
            ("50-99 ansatte|50-99 employees", 540),
            ("100-249 ansatte|100-249 employees", 320),
            ("250 eller flere|250 or more", 182),
        ],
    );
    let cells = [
        mean(4.31, 0.2, 900),
        mean(9.87, 0.5, 540),
        mean(16.2, 1.4, 320),
        mean(38.4, 4.9, 182),
    ];
    row(
        &mut table,
        item(
            "Antal medarbejdere i innovationsarbejde|Employees working with innovation",
            RowKind::Answer,
        ),
        &cells,
    );
    table
}

/// Two answers by eighteen branches: too many groups for colours.
pub fn innovative_by_branch() -> Table {
    let mut table = table(QuestionKind::Multiple, "Innovationstyper|Innovation types", "", 2363);
    table.base.label = words("Alle arbejdspladser|All workplaces");
    table.base.unit = words("arbejdspladser|workplaces");
    let branches = [
        "Daginstitutioner",
        "Folkeskoler",
        "Gymnasier",
        "Universiteter",
        "Sygehuse",
        "Ældrepleje",
        "Handicap og psykiatri",
        "Politi og retsvæsen",
        "Forsvar",
        "Kultur og fritid",
        "Teknik og miljø",
        "Forvaltning",
        "Jobcentre",
        "Sundhedspleje og tandpleje",
        "Kollektiv trafik",
        "Uddannelse, øvrige",
        "Forskning",
        "Andre arbejdspladser, som ikke hører til nogen af de øvrige delsektorer",
    ];
    let groups: Vec<(&str, usize)> = branches
        .iter()
        .enumerate()
        .map(|(position, label)| (*label, [210, 96, 41, 12, 160, 73][position % 6]))
        .collect();
    by(&mut table, "Delsektor|Branch", &groups);
    for (label, share) in [
        ("Produkt|Product", 0.34),
        ("Proces eller organisation|Process or organisation", 0.71),
    ] {
        let cells: Vec<Cell> = groups
            .iter()
            .enumerate()
            .map(|(position, (_, n))| cell(share + (position as f64 * 1.7).sin() * 0.15, *n))
            .collect();
        row(&mut table, item(label, RowKind::Answer), &cells);
    }
    table
}

/// A question whose answers have labels of about 120 letters, and shares at both ends.
pub fn long_labels() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Igangsættere, som spillede en afgørende rolle i den allerførste fase af arbejdspladsens seneste innovation",
        "",
        1103,
    );
    table.subject.max = Some(3);
    for (label, share) in [
        (
            "Medarbejdere og ledere i fællesskab, herunder medarbejderrepræsentanter, tillidsvalgte og arbejdsmiljørepræsentanter ude på stedet",
            1.0,
        ),
        (
            "Speciallægepraksisplanlægningsstabiliseringsperiodens koordinationsudvalg og socialtilsynsmyndighedsrepræsentantskabet i regionerne",
            0.5,
        ),
        ("Økonomi", 0.004),
        (
            "Nye eller ændrede love & <nationale> krav, bekendtgørelser, vejledninger og politiske aftaler mellem staten og kommunerne",
            0.0,
        ),
    ] {
        row(&mut table, item(label, RowKind::Answer), &[cell(share, 1103)]);
    }
    table
}

/// Thirty answers to a single-choice question.
pub fn thirty_rows() -> Table {
    let mut table = table(QuestionKind::Single, "Fokusområde|Focus area", "", 640);
    for position in 0..30 {
        let label = format!("Område {}|Area {}", position + 1, position + 1);
        let share = 0.09 / (1.0 + position as f64 * 0.4);
        row(&mut table, item(&label, RowKind::Answer), &[cell(share, 640)]);
    }
    table
}

/// One share of few respondents.
pub fn one_row() -> Table {
    let mut table = table(
        QuestionKind::Single,
        "Har en innovationspulje|Has an innovation pool",
        "",
        12,
    );
    table.base.label = words("Organisationer med en strategi|Organisations with a strategy");
    table.base.unit = words("organisationer|organisations");
    table.subject.synthetic = false;
    row(&mut table, item("Ja|Yes", RowKind::Answer), &[cell(0.667, 12)]);
    table
}

/// A group of three respondents beside large ones.
pub fn group_of_three() -> Table {
    let mut table = table(QuestionKind::Multiple, "Værdier|Values", "", 0);
    by(
        &mut table,
        "Region|Region",
        &[
            ("Hovedstaden|Capital", 730),
            ("Færøerne|Faroe Islands", 3),
            ("Bornholm|Bornholm", 0),
        ],
    );
    for (label, share, few) in [
        ("Kvalitet|Quality", 0.71, 1.0),
        ("Effektivitet|Efficiency", 0.48, 0.333),
        ("Borgerinddragelse|Citizen involvement", 0.22, 0.0),
    ] {
        row(
            &mut table,
            item(label, RowKind::Answer),
            &[cell(share, 730), cell(few, 3), cell(0.0, 0)],
        );
    }
    table
}

/// Nobody is left by the filter.
pub fn empty() -> Table {
    let mut table = partners();
    table.base.n = 0;
    table.base.filter = vec![(words("Sektor|Sector"), vec![words("Region|Region")])];
    table.groups[0].n = 0;
    table.cells = table.cells.iter().map(|_| cell(0.0, 0)).collect();
    table.warnings = vec![TableWarning::Empty];
    table
}
