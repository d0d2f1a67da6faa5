//! Tables of further analyses, made by hand: effects, models, constellations, profiles, compositions, comparisons.

use super::tables::{self, by, cell, item, row, table, words};
use isobar::data::{Code, Condition, QuestionId, QuestionKind, VarId};
use isobar::measure::{
    Against, BoxView, Cell, Comparisons, EffectChoice, Measure, ModelChoice, ModelView, Outcome, RowKind, Side,
    Statistic, Table, TableContrast, TableGroup, TableTest,
};
use isobar::stats::{Contrast, Test, TestKind};

const ACTORS: [(&str, &str); 8] = [
    (
        "Offentlige arbejdspladser i egen kommune, region eller ministerområde|Public workplaces in own municipality, region or ministry",
        "own_organisation",
    ),
    (
        "Offentlige arbejdspladser uden for egen organisation|Public workplaces outside own organisation",
        "other_public",
    ),
    ("Private virksomheder|Private companies", "companies"),
    ("Borgere|Citizens", "citizens"),
    ("Frivillige foreninger|Voluntary associations", "associations"),
    ("Vidensinstitutioner|Knowledge institutions", "knowledge"),
    ("Fonde|Foundations", "foundations"),
    ("Udlandet|Abroad", "abroad"),
];

fn side(id: &str) -> Side {
    Side {
        id: Code::Text(id.to_owned()),
        label: words(id),
    }
}

fn contrast(a: &str, b: &str, difference: f64, std_error: f64) -> TableContrast {
    let contrast = Contrast::new(difference, std_error, 1800.0);
    TableContrast {
        by: None,
        item: None,
        a: side(a),
        b: side(b),
        p_adjusted: contrast.p,
        contrast,
        risk_ratio: None,
        odds_ratio: None,
    }
}

/// The share with a value among those with each partner, against those with none.
pub fn effect() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Øget kvalitet efter samarbejdspartner|Higher quality by partner",
        "",
        1942,
    );
    table.query.measure = Measure::Effect(Box::new(EffectChoice {
        outcome: Condition::Everyone,
        boxes: QuestionId::from("q"),
        against: Against::NoBox,
        controls: Vec::new(),
    }));
    let mut reference = item("Intet samarbejde|No collaboration", RowKind::Reference);
    reference.id = "none".to_owned();
    row(&mut table, reference, &[cell(0.58, 420)]);
    for ((label, actor), (share, n)) in ACTORS.iter().zip([
        (0.66, 1020),
        (0.63, 520),
        (0.71, 540),
        (0.74, 445),
        (0.77, 183),
        (0.67, 332),
        (0.60, 83),
        (0.48, 24),
    ]) {
        let mut item = item(label, RowKind::Answer);
        item.id = (*actor).to_owned();
        item.actor = Some((*actor).to_owned());
        let own = cell(share, n);
        let error = (own.estimate.std_error.powi(2) + 0.026f64.powi(2)).sqrt();
        table
            .comparisons
            .contrasts
            .push(contrast(actor, "none", share - 0.58, error));
        row(&mut table, item, &[own]);
    }
    table
}

/// All with the outcome, nobody with it, labels of 120 letters.
pub fn effect_hard() -> Table {
    let mut table = effect();
    let long = tables::long_labels();
    for position in 1..5 {
        table.items[position].label = long.items[position - 1].label.clone();
    }
    table.items[0].label = words(
        "Arbejdspladser, der ikke samarbejdede med nogen uden for arbejdspladsen om den seneste innovation overhovedet",
    );
    table.cells[0] = cell(0.97, 12);
    table.cells[1] = cell(1.0, 1020);
    table.cells[2] = cell(0.0, 520);
    table.cells[3] = cell(0.0, 0);
    table
}

fn ratio(value: f64, reach: f64, n: usize) -> Cell {
    let mut cell = cell(0.5, n);
    (cell.estimate.value, cell.low, cell.high) = (value, value / reach, value * reach);
    cell.n_chosen = None;
    cell
}

fn difference(value: f64, reach: f64, n: usize) -> Cell {
    let mut cell = cell(0.5, n);
    (cell.estimate.value, cell.low, cell.high) = (value, value - reach, value + reach);
    cell.n_chosen = None;
    cell
}

fn model(view: ModelView) -> Table {
    let mut table = table(
        QuestionKind::Single,
        "Mindst én innovation|At least one innovation",
        "",
        1942,
    );
    table.query.measure = Measure::Model(Box::new(ModelChoice {
        outcome: Outcome::Share(Condition::Everyone),
        terms: Vec::new(),
        references: Vec::new(),
        view,
    }));
    table
}

const TERMS: [(&str, &str, f64, f64); 9] = [
    ("Sektor|Sector", "Sektor: Kommune|Sector: Municipality", 1.0, 1.0),
    ("Sektor|Sector", "Sektor: Region|Sector: Region", 1.42, 1.29),
    ("Sektor|Sector", "Sektor: Stat|Sector: State", 0.81, 1.22),
    (
        "Størrelse|Size",
        "Størrelse: 3-49 ansatte|Size: 3-49 employees",
        1.0,
        1.0,
    ),
    (
        "Størrelse|Size",
        "Størrelse: 50-99 ansatte|Size: 50-99 employees",
        1.31,
        1.2,
    ),
    (
        "Størrelse|Size",
        "Størrelse: 100-249 ansatte|Size: 100-249 employees",
        2.14,
        1.36,
    ),
    (
        "Størrelse|Size",
        "Størrelse: 250 eller flere|Size: 250 or more",
        3.05,
        1.8,
    ),
    (
        "Andel højtuddannede (10 procentpoint)|Share with higher education (10 points)",
        "Andel højtuddannede (10 procentpoint)|Share with higher education (10 points)",
        1.09,
        1.05,
    ),
    (
        "Har innovationsstrategi|Has a strategy",
        "Har innovationsstrategi|Has a strategy",
        1.78,
        1.25,
    ),
];

fn terms(table: &mut Table, number: fn(f64, f64) -> Cell) {
    for (term, label, value, reach) in TERMS {
        let kind = if reach == 1.0 {
            RowKind::Reference
        } else {
            RowKind::Answer
        };
        let mut item = item(label, kind);
        item.group = words(term);
        row(table, item, &[number(value, reach)]);
    }
}

/// A test of every term and of every coefficient.
fn tested(table: &mut Table) {
    for (position, term) in ["Sektor|Sector", "Størrelse|Size"].into_iter().enumerate() {
        table.comparisons.tests.push(TableTest {
            id: term.to_owned(),
            label: words(term),
            by: None,
            test: Test {
                kind: TestKind::Wald,
                statistic: [3.71, 9.24][position],
                ndf: [2.0, 3.0][position],
                ddf: 1869.0,
                p: [0.0247, 0.00002][position],
            },
        });
    }
    for item in 0..table.items.len() {
        let cell = table.cell(item, 0);
        if table.items[item].kind == RowKind::Reference {
            continue;
        }
        let id = table.items[item].id.clone();
        let (value, error) = match table.statistic() {
            Statistic::OddsRatio => (cell.estimate.value.ln(), (cell.high / cell.low).ln() / 3.92),
            _ => (cell.estimate.value, (cell.high - cell.low) / 3.92),
        };
        table.comparisons.contrasts.push(contrast(&id, "0", value, error));
    }
}

/// Odds ratios.
pub fn odds() -> Table {
    let mut table = model(ModelView::Coefficients);
    terms(&mut table, |value, reach| ratio(value, reach, 1942));
    tested(&mut table);
    table
}

/// Average marginal effects.
pub fn effects() -> Table {
    let mut table = model(ModelView::Effects);
    terms(&mut table, |value, reach| {
        difference(value.ln() / 6.0, reach.ln() / 6.0, 1942)
    });
    tested(&mut table);
    table
}

/// Effects of one more of what there are many of: small, and not nothing.
pub fn small_effects() -> Table {
    let mut table = effects();
    table.cells[7] = difference(0.0004, 0.0011, 1942);
    table.cells[8] = difference(0.021, 0.0202, 1942);
    table.comparisons = Comparisons::default();
    tested(&mut table);
    table
}

/// The same as odds ratios.
pub fn small_odds() -> Table {
    let mut table = odds();
    table.cells[7] = ratio(1.004, 1.003, 1942);
    table.cells[8] = ratio(0.002, 1.4, 1942);
    table
}

/// How many answered, of how many.
pub fn response() -> Table {
    let mut table = table(QuestionKind::Single, "Svar efter Branche|Answers by branch", "", 2363);
    table.query.measure = Measure::Response(VarId::from("branche"));
    let columns = [
        "Population|Population",
        "Stikprøve|Sample",
        "Svar|Answers",
        "Svarprocent|Response rate",
    ];
    table.groups = columns
        .iter()
        .map(|label| TableGroup {
            key: Some((VarId::from("response"), Code::Text((*label).to_owned()))),
            label: words(label),
            n: 2363,
            ..TableGroup::default()
        })
        .collect();
    let long = tables::long_labels().items[0].label.clone();
    for (label, numbers) in [
        ("Brandvæsen|Fire services", [55.0, 16.0, 7.0, 44.0]),
        ("Folkeskoler m.fl.|Schools", [1813.0, 1082.0, 521.0, 48.0]),
        ("", [352.0, 233.0, 0.0, 0.0]),
        ("I alt|Total", [15102.0, 4766.0, 2363.0, 49.6]),
    ] {
        let kind = match label.starts_with("I alt") {
            true => RowKind::Union { highlight: true },
            false => RowKind::Answer,
        };
        let mut item = item(label, kind);
        if label.is_empty() {
            item.label = long.clone();
        }
        let cells = numbers.map(|value| {
            let mut own = cell(0.5, 60);
            (own.estimate.value, own.low, own.high) = (value, f64::NAN, f64::NAN);
            own.n_chosen = None;
            own
        });
        row(&mut table, item, &cells);
    }
    table
}

/// An odds ratio without an end, labels of 120 letters.
pub fn odds_hard() -> Table {
    let mut table = odds();
    table.cells[2] = ratio(14.0, 4000.0, 9);
    table.cells[8] = ratio(1e7, 1e9, 9);
    table.items[4].label = tables::long_labels().items[1].label.clone();
    table.items[7].label = tables::long_labels().items[0].label.clone();
    table.items[7].group = table.items[7].label.clone();
    table
}

/// The partners beside citizens.
pub fn constellation() -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Samarbejde med borgere|Collaboration with citizens",
        "",
        391,
    );
    table.query.measure = Measure::Boxes {
        question: QuestionId::from("q"),
        view: BoxView::Constellation(VarId::from("citizens")),
        groups: false,
    };
    for (id, label, share) in [
        ("alone", "Borgere alene|Citizens alone", 0.13),
        ("with_others", "Med en eller flere andre|With one or more others", 0.87),
    ] {
        let mut item = item(label, RowKind::Answer);
        item.id = id.to_owned();
        item.actor = (id == "alone").then(|| "citizens".to_owned());
        row(&mut table, item, &[cell(share, 391)]);
    }
    for ((label, actor), share) in ACTORS.iter().zip([0.78, 0.24, 0.22, 0.0, 0.26, 0.20, 0.06, 0.03]) {
        if *actor == "citizens" {
            continue;
        }
        let mut item = item(label, RowKind::Answer);
        item.actor = Some((*actor).to_owned());
        row(&mut table, item, &[cell(share, 391)]);
    }
    table
}

fn profile_rows(table: &mut Table, shares: &[(f64, usize)], second: bool) {
    table.query.measure = Measure::Profile {
        actor: "citizens".to_owned(),
        questions: vec![QuestionId::from("q")],
    };
    for (label, kind, share, asked) in [
        (
            "Borgere spiller en rolle|Citizens play a role",
            RowKind::Union { highlight: true },
            0.63,
            true,
        ),
        ("Igangsætter|Initiated", RowKind::Part, 0.15, true),
        ("Fremmer undervejs|Promoted", RowKind::Part, 0.57, second),
        ("Samarbejder|Collaborated", RowKind::Part, 0.21, true),
    ] {
        let mut item = item(label, kind);
        item.actor = Some("citizens".to_owned());
        let cells: Vec<Cell> = shares
            .iter()
            .map(|(times, n)| cell((share * times).min(1.0), if asked { *n } else { 0 }))
            .collect();
        row(table, item, &cells);
    }
}

/// The role of citizens and its three parts.
pub fn profile() -> Table {
    let mut table = table(QuestionKind::Multiple, "Borgere|Citizens", "", 1942);
    profile_rows(&mut table, &[(1.0, 1942)], true);
    table
}

/// The same by sector, one part not asked.
pub fn profile_by_sector() -> Table {
    let mut table = table(QuestionKind::Multiple, "Borgere|Citizens", "", 0);
    by(
        &mut table,
        "Sektor|Sector",
        &[
            ("Kommune|Municipality", 1420),
            ("Region|Region", 497),
            ("Stat|State", 12),
        ],
    );
    profile_rows(&mut table, &[(1.0, 1420), (0.8, 497), (0.5, 12)], false);
    table
}

/// One share by sector: several numbers.
pub fn share_by_sector() -> Table {
    let mut table = table(
        QuestionKind::Single,
        "Mindst én innovation|At least one innovation",
        "",
        0,
    );
    by(
        &mut table,
        "Sektor|Sector",
        &[
            ("Kommune|Municipality", 1420),
            ("Region|Region", 497),
            ("Stat|State", 12),
            (
                "Selvejende institutioner med driftsoverenskomst|Independent institutions",
                0,
            ),
            ("Andet|Other", 3),
        ],
    );
    let cells = [
        cell(0.82, 1420),
        cell(0.88, 497),
        cell(0.75, 12),
        cell(0.0, 0),
        cell(1.0, 3),
    ];
    row(&mut table, item("Ja|Yes", RowKind::Answer), &cells);
    table
}

/// One type of innovation, and which; several, and how many.
pub fn composition() -> Table {
    composed(&[0.14, 0.11, 0.06, 0.03], &[0.38, 0.19, 0.07], 0.02)
}

/// Nearly all of one kind.
pub fn composition_hard() -> Table {
    let mut table = composed(
        &[0.001, 0.002, 0.001, 0.0],
        &[0.95, 0.01, 0.005, 0.005, 0.005, 0.005, 0.005, 0.004],
        0.002,
    );
    for (position, long) in [1, 3].into_iter().zip(tables::long_labels().items) {
        table.items[position].label = long.label;
    }
    table
}

/// Types of long words.
pub fn composition_of_long_words() -> Table {
    let mut table = composition();
    for (position, label) in [
        (1, "Kommunikationsinnovation"),
        (2, "Organisationsudviklingsinnovation"),
    ] {
        table.items[position].label = words(label);
    }
    table
}

fn composed(one: &[f64], several: &[f64], none: f64) -> Table {
    let mut table = table(
        QuestionKind::Multiple,
        "Én eller flere typer innovation|One or several types of innovation",
        "",
        1942,
    );
    table.query.measure = Measure::Boxes {
        question: QuestionId::from("q"),
        view: BoxView::Composition,
        groups: false,
    };
    let types = [
        "Processer eller måder at organisere arbejdet på|Processes or ways of organising work",
        "Serviceydelser|Services",
        "Produkter|Products",
        "Måder at kommunikere på|Ways of communicating",
    ];
    let mut half = |id: &str, label: &str, rows: Vec<(String, f64)>| {
        let mut union = item(label, RowKind::Union { highlight: false });
        union.id = id.to_owned();
        let share = rows.iter().map(|(_, share)| share).sum();
        row(&mut table, union, &[cell(share, 1942)]);
        for (name, share) in rows {
            let mut item = item(&name, RowKind::Answer);
            item.group = words(label);
            row(&mut table, item, &[cell(share, 1942)]);
        }
    };
    let which = types
        .iter()
        .zip(one)
        .map(|(label, share)| ((*label).to_owned(), *share));
    half("one", "Én type|One type", which.collect());
    let many = (2..)
        .zip(several)
        .map(|(number, share)| (format!("{number} typer|{number} types"), *share));
    half("several", "Flere typer|Several types", many.collect());
    row(&mut table, item("Ingen|None", RowKind::None), &[cell(none, 1942)]);
    table
}

/// Partners by sector with column letters.
pub fn lettered() -> Table {
    let mut table = tables::partners_by_sector();
    for item in 0..table.items.len() {
        let letters: [&str; 3] = match item % 4 {
            0 => ["", "A", ""],
            1 => ["C", "aC", ""],
            2 => ["", "", ""],
            _ => ["c", "", ""],
        };
        table.comparisons.letters.extend(letters.map(str::to_owned));
    }
    table
}

/// Partners by sector, each against the rest.
pub fn arrowed() -> Table {
    let mut table = tables::partners_by_sector();
    for item in 0..table.items.len() {
        for (group, error) in [(0, 0.05), (1, 0.02), (2, 0.03)] {
            let difference = [-0.04, 0.06, -0.07][group];
            let mut own = contrast("", "rest", difference, error);
            own.item = Some(item);
            own.a.id = Code::Number(group as f64);
            table.comparisons.contrasts.push(own);
        }
    }
    table
}

/// Novelty by sector: bars of 100 per cent.
pub fn novelty_by_sector() -> Table {
    let mut table = tables::novelty();
    let items = std::mem::take(&mut table.items);
    let shares: Vec<f64> = table.cells.drain(..).map(|cell| cell.estimate.value).collect();
    by(
        &mut table,
        "Sektor|Sector",
        &[
            ("Kommune|Municipality", 520),
            ("Region|Region", 270),
            ("Stat|State", 22),
        ],
    );
    for (item, share) in items.into_iter().zip(shares) {
        row(
            &mut table,
            item,
            &[cell(share, 520), cell(share * 0.9, 270), cell(share, 22)],
        );
    }
    table
}

/// The same with groups of long names, and one of three respondents.
pub fn banner_hard() -> Table {
    let mut table = banner();
    let long = tables::long_labels();
    table.groups[1].label = long.items[1].label.clone();
    table.items[0].label = long.items[0].label.clone();
    table.groups[3].n = 3;
    for item in 0..table.items.len() {
        let share = [0.0, 1.0, 0.33][item % 3];
        let place = item * table.groups.len() + 3;
        table.cells[place] = cell(share, if item == 1 { 0 } else { 3 });
    }
    table
}

/// Types by size and by sector, side by side.
pub fn banner() -> Table {
    let mut table = tables::types_by_size();
    let items = std::mem::take(&mut table.items);
    let cells = std::mem::take(&mut table.cells);
    table.groups.truncate(2);
    let size = VarId::from("size");
    table.query.banner = vec![VarId::from("sector")];
    for group in &mut table.groups {
        group.by = words("Størrelse|Size");
        group.key = group.key.take().map(|(_, code)| (size.clone(), code));
    }
    for (position, label) in ["Kommune|Municipality", "Stat|State"].into_iter().enumerate() {
        let mut group = table.groups[position].clone();
        group.by = words("Sektor|Sector");
        group.label = words(label);
        group.key = Some((VarId::from("sector"), Code::Number(position as f64)));
        table.groups.push(group);
    }
    for (item, cells) in items.into_iter().zip(cells.chunks(4)) {
        row(&mut table, item, &[cells[0], cells[1], cells[1], cells[0]]);
    }
    table
}
