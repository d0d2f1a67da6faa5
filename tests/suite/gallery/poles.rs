//! Tables of the poles of batteries, made by hand: two, four and five answers.

use super::tables::{by, cell, item, row, table, words};
use isobar::data::{Code, Poles, QuestionId, QuestionKind, VarId};
use isobar::measure::{Cell, DesignChoice, Measure, RowKind, Table};

/// A scale: labels of the poles, of what lies between, and codes of the poles, their ends first.
struct Scale {
    negative: &'static str,
    neutral: &'static str,
    positive: &'static str,
    codes: (&'static [f64], &'static [f64]),
    answers: &'static [(f64, &'static str)],
}

const FACTOR: Scale = Scale {
    negative: "Hæmmede|Hindered",
    neutral: "",
    positive: "Fremmede|Promoted",
    codes: (&[1.0], &[2.0]),
    answers: &[],
};

const FOUR: Scale = Scale {
    negative: "Helt eller delvist uenig|Strongly or partly disagree",
    neutral: "",
    positive: "Delvist eller helt enig|Partly or strongly agree",
    codes: (&[1.0, 2.0], &[4.0, 3.0]),
    answers: &[
        (1.0, "Helt uenig|Strongly disagree"),
        (2.0, "Delvist uenig|Partly disagree"),
        (3.0, "Delvist enig|Partly agree"),
        (4.0, "Helt enig|Strongly agree"),
    ],
};

const FIVE: Scale = Scale {
    negative: "Uenig|Disagree",
    neutral: "Hverken enig eller uenig|Neither agree nor disagree",
    positive: "Enig|Agree",
    codes: (&[1.0, 2.0], &[5.0, 4.0]),
    answers: &[
        (1.0, "Helt uenig|Strongly disagree"),
        (2.0, "Uenig|Disagree"),
        (4.0, "Enig|Agree"),
        (5.0, "Helt enig|Strongly agree"),
    ],
};

/// The net of two poles of a score of −1, 0 and 1.
fn net(negative: f64, positive: f64, n: usize) -> Cell {
    let value = positive - negative;
    let error = ((positive + negative - value * value).max(0.0) / n as f64).sqrt() * 1.1;
    let mut cell = cell(0.5, n);
    cell.estimate.value = if n == 0 { f64::NAN } else { value };
    cell.estimate.std_error = error;
    (cell.low, cell.high) = match n {
        0 => (f64::NAN, f64::NAN),
        _ => ((value - 1.96 * error).max(-1.0), (value + 1.96 * error).min(1.0)),
    };
    cell.n_chosen = None;
    cell
}

/// Adds a statement; `shares`: per group those of the answers to the codes of the scale in their order (else of both
/// poles), and n.
fn statement(table: &mut Table, scale: &Scale, label: &str, shares: &[(Vec<f64>, usize)]) {
    let position = table.items.len();
    let mut add = |kind, code: Option<f64>, answer: &str, cells: Vec<Cell>| {
        let mut item = item(label, kind);
        item.id = format!("{position}-{kind:?}-{code:?}");
        item.var = Some(VarId(format!("item_{position}")));
        item.code = code.map(Code::Number);
        item.answer = words(answer);
        row(table, item, &cells);
    };
    for (at, (code, answer)) in scale.answers.iter().enumerate() {
        let cells = shares.iter().map(|(shares, n)| cell(shares[at], *n)).collect();
        add(RowKind::Answer, Some(*code), answer, cells);
    }
    let pole = |shares: &[f64], negative: bool| -> f64 {
        let half = shares.len() / 2;
        if negative {
            shares[..half].iter().sum()
        } else {
            shares[half..].iter().sum()
        }
    };
    let rest = |shares: &[f64]| 1.0 - shares.iter().sum::<f64>();
    let cells = |share: &dyn Fn(&[f64]) -> f64| -> Vec<Cell> {
        shares.iter().map(|(shares, n)| cell(share(shares), *n)).collect()
    };
    add(
        RowKind::Negative,
        None,
        scale.negative,
        cells(&|shares| pole(shares, true)),
    );
    if !scale.neutral.is_empty() {
        add(
            RowKind::Neutral,
            None,
            scale.neutral,
            cells(&|shares| rest(shares) * 0.8),
        );
    }
    add(
        RowKind::Positive,
        None,
        scale.positive,
        cells(&|shares| pole(shares, false)),
    );
    let left = if scale.neutral.is_empty() { 1.0 } else { 0.2 };
    add(
        RowKind::DontKnow,
        Some(9.0),
        "Ved ikke|Don't know",
        cells(&|shares| rest(shares) * left),
    );
    let nets = shares
        .iter()
        .map(|(shares, n)| net(pole(shares, true), pole(shares, false), *n))
        .collect();
    add(RowKind::Net, None, "Netto|Net", nets);
}

fn battery(title: &str, text: &str, scale: &Scale, n: usize) -> Table {
    let mut table = table(QuestionKind::Battery, title, text, n);
    table.query.measure = Measure::Poles(QuestionId::from("q"));
    let codes = |codes: &[f64]| codes.iter().map(|code| Code::Number(*code)).collect();
    table.subject.poles = Some(Poles {
        negative: codes(scale.codes.0),
        positive: codes(scale.codes.1),
    });
    table
}

/// Factors that hindered or promoted.
pub fn factors() -> Table {
    let mut table = battery(
        "Fremmende og hæmmende faktorer|Promoting and hindering factors",
        "I hvilken grad har følgende faktorer fremmet eller hæmmet innovationen?|To what degree have the following factors promoted or hindered the innovation?",
        &FACTOR,
        1942,
    );
    for (label, hindered, promoted) in [
        ("Private virksomheder|Private companies", 0.03, 0.17),
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
        ("Den måde, borgere medvirker på|How citizens contribute", 0.06, 0.57),
        ("Vidensinstitutioner|Knowledge institutions", 0.02, 0.33),
        (
            "Love og nationalt fastsatte politiske krav|Laws and national requirements",
            0.14,
            0.30,
        ),
        ("Frivillige foreninger|Voluntary associations", 0.01, 0.13),
        ("Fonde|Foundations", 0.01, 0.08),
        (
            "Begrænsede økonomiske ressourcer|Limited economic resources",
            0.36,
            0.23,
        ),
    ] {
        statement(&mut table, &FACTOR, label, &[(vec![hindered, promoted], 1942)]);
    }
    table
}

/// Four answers, two to a pole, by respondent type; one statement never shown to one of them.
pub fn culture_by_type() -> Table {
    let mut table = battery(
        "Politisk kultur|Political culture",
        "Hvor enig er du i følgende udsagn?|How much do you agree with the following statements?",
        &FOUR,
        608,
    );
    table.query.design = DesignChoice::default();
    table.strata = 0;
    table.base.unit = words("politikere|politicians");
    by(
        &mut table,
        "Respondenttype|Respondent type",
        &[
            ("Kommunalpolitikere|Municipal politicians", 552),
            ("Regionspolitikere|Regional politicians", 56),
        ],
    );
    for (label, shares, region) in [
        (
            "Vi kan tale åbent om fejl i udvalget|We can speak openly about mistakes in the committee",
            [0.05, 0.17, 0.46, 0.29],
            56,
        ),
        (
            "Projektudvalg har givet bedre løsninger|Project committees have led to better solutions",
            [0.02, 0.11, 0.40, 0.12],
            0,
        ),
    ] {
        let other = shares.iter().map(|share| share * 0.96).collect();
        statement(&mut table, &FOUR, label, &[(shares.to_vec(), 552), (other, region)]);
    }
    table
}

/// Five answers with one in the middle.
pub fn leadership() -> Table {
    let mut table = battery(
        "Ledelse af innovation|Leading innovation",
        "Hvor enig er du i følgende udsagn om jeres ledelse?|How much do you agree with these statements about your leaders?",
        &FIVE,
        1103,
    );
    for (label, shares) in [
        (
            "Ledelsen sætter retning for innovationen|Leaders set a direction",
            [0.04, 0.11, 0.38, 0.21],
        ),
        (
            "Ledelsen giver plads til at fejle|Leaders allow for failure",
            [0.08, 0.19, 0.29, 0.11],
        ),
        (
            "Ledelsen afsætter tid til udvikling|Leaders set time aside",
            [0.22, 0.27, 0.14, 0.05],
        ),
        ("Ledelsen følger op|Leaders follow up", [0.10, 0.21, 0.22, 0.09]),
    ] {
        statement(&mut table, &FIVE, label, &[(shares.to_vec(), 1103)]);
    }
    table
}

/// Labels of 120 letters; all hindered, all promoted, nobody, three respondents.
pub fn hard() -> Table {
    let mut table = battery("Faktorer", "", &FIVE, 1103);
    table.subject.poles.as_mut().unwrap().negative.truncate(1);
    let scale = Scale {
        negative: "Har i høj eller nogen grad stået i vejen for den seneste innovation",
        positive: "Har i høj eller nogen grad fremmet den seneste innovation på arbejdspladsen",
        neutral: "Hverken det ene eller det andet",
        ..FACTOR
    };
    for (label, shares, n) in [
        (
            "Speciallægepraksisplanlægningsstabiliseringsperiodens koordinationsudvalg og socialtilsynsmyndighedsrepræsentantskabet i regionerne",
            [1.0, 0.0],
            1103,
        ),
        ("Økonomi", [0.0, 1.0], 1103),
        (
            "Nye eller ændrede love & <nationale> krav, bekendtgørelser, vejledninger og politiske aftaler mellem staten og kommunerne",
            [0.0, 0.0],
            1103,
        ),
        ("Ikke spurgt om", [0.2, 0.3], 0),
        ("Tre svar", [0.333, 0.333], 3),
    ] {
        statement(&mut table, &scale, label, &[(shares.to_vec(), n)]);
    }
    table
}

/// Thirty statements.
pub fn thirty() -> Table {
    let mut table = battery("Faktorer|Factors", "", &FACTOR, 640);
    for position in 0..30 {
        let label = format!("Faktor {}|Factor {}", position + 1, position + 1);
        let (hindered, promoted) = (0.02 * f64::from(position % 13), 0.6 - 0.018 * f64::from(position));
        statement(&mut table, &FACTOR, &label, &[(vec![hindered, promoted], 640)]);
    }
    table
}
