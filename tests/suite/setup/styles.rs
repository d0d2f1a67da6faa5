//! How other programs and institutes name and label their variables.

use isobar::data::QuestionKind::{Battery, Multiple};
use isobar::data::{AnswerKind, Code, Role};
use isobar::setup::{What, guess};

use super::made::{File, Scale, numbered};
use super::{assert_weights, compare, questions, with_role};

const SELECTED: Scale = &[(0, "Not selected"), (1, "Selected")];
const MENTIONED: Scale = &[(0, "Not mentioned"), (1, "Mentioned")];
const YES_NO: Scale = &[
    (1, "Yes"),
    (2, "No"),
    (7, "Refusal"),
    (8, "Don't know"),
    (9, "No answer"),
];
const TRUST: Scale = &[
    (0, "No trust at all"),
    (10, "Complete trust"),
    (77, "Refusal"),
    (88, "Don't know"),
    (99, "No answer"),
];
const AGREE: Scale = &[
    (1, "Agree strongly"),
    (2, "Agree"),
    (3, "Neither agree nor disagree"),
    (4, "Disagree"),
    (5, "Disagree strongly"),
    (8, "Don't know"),
];
const ENIG_NO: Scale = &[
    (1, "Helt uenig"),
    (2, "Litt uenig"),
    (3, "Litt enig"),
    (4, "Helt enig"),
    (9, "Vet ikke"),
];
const GRAD_SV: Scale = &[
    (1, "Inte alls"),
    (2, "I låg grad"),
    (3, "I viss grad"),
    (4, "I hög grad"),
    (9, "Vet ej"),
];
const IMPORTANCE: Scale = &[(0, "Not relevant"), (1, "Low"), (2, "Medium"), (3, "High")];

fn assert_sets(file: &File) {
    let guesses = guess(&file.dataset());
    let (missed, invented) = compare(&guesses, &file.truth);
    assert!(
        missed.is_empty() && invented.is_empty(),
        "not found: {missed:#?}\ninvented: {invented:#?}"
    );
}

/// (name, label) pairs.
fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()))
        .collect()
}

#[test]
fn web_survey_exports_are_understood() {
    let mut f = File::new(21);
    f.set(
        Multiple,
        SELECTED,
        &numbered(
            "Q5_",
            "With whom did you collaborate? - Selected Choice - {}",
            &["Companies", "Citizens", "Foundations", "Other (please specify)"],
        ),
    );
    f.text(
        "Q5_4_TEXT",
        "With whom did you collaborate? - Other (please specify) - Text",
        &["some", "other", "people"],
    );
    f.set(
        Battery,
        AGREE,
        &numbered(
            "Q6_",
            "How far do you agree with the following statements? - {}",
            &["We try new things", "We learn from errors", "We have time"],
        ),
    );
    f.set(
        Battery,
        AGREE,
        &numbered(
            "Q7_",
            "How far do you agree with the following about your manager? - {}",
            &["Sets goals", "Is fair", "Listens"],
        ),
    );
    f.set(
        Multiple,
        YES_NO,
        &pairs(&[
            ("g2q1[SQ001]", "[Product innovation] Which types did you introduce?"),
            ("g2q1[SQ002]", "[Service innovation] Which types did you introduce?"),
            ("g2q1[SQ003]", "[Process innovation] Which types did you introduce?"),
        ]),
    );
    f.set(
        Multiple,
        SELECTED,
        &pairs(&[
            ("s_12_1", "Which tools do you use?: Boards"),
            ("s_12_2", "Which tools do you use?: Screens"),
            ("s_12_3", "Which tools do you use?: Apps"),
            ("s_12_99", "Which tools do you use?: Don't know"),
        ]),
    );
    f.single("Q8", "Do you have an innovation strategy?", YES_NO);
    f.single("Q9", "Do you have an innovation unit?", YES_NO);
    assert_sets(&f);
}

#[test]
fn social_surveys_of_many_countries_are_understood() {
    let mut f = File::new(22);
    f.number("idno", "Respondent's identification number", |row, _| {
        100.0 + row as f64
    });
    f.number("dweight", "Design weight", |_, dice| {
        0.4 + (dice.share() * 12_000.0).round() / 10_000.0
    });
    f.number(
        "pspwght",
        "Post-stratification weight including design weight",
        |_, dice| 0.3 + (dice.share() * 14_000.0).round() / 10_000.0,
    );
    f.number(
        "pweight",
        "Population size weight (must be combined with dweight or pspwght)",
        |_, _| 0.37,
    );
    f.ends(
        TRUST,
        &pairs(&[
            ("trstprl", "Trust in country's parliament"),
            ("trstlgl", "Trust in the legal system"),
            ("trstplc", "Trust in the police"),
            ("trstplt", "Trust in politicians"),
        ]),
    );
    f.single("vote", "Voted last national election", YES_NO);
    f.single(
        "contplt",
        "Contacted politician or government official last 12 months",
        YES_NO,
    );
    f.single(
        "wrkprty",
        "Worked in political party or action group last 12 months",
        YES_NO,
    );
    f.number("weight", "Weight of respondent (kg)", |_, dice| {
        45.0 + (dice.share() * 60_000.0).round() / 1_000.0
    });
    f.number("height", "Height of respondent (cm)", |_, dice| {
        150.0 + dice.below(50) as f64
    });
    f.number("parcel", "Weight of the parcel", |_, dice| {
        (dice.share() * 60_000.0).round() / 1_000.0
    });
    f.number("wtprice", "Weight given to price in tenders", |_, dice| {
        (dice.share() * 60_000.0).round() / 1_000.0
    });
    f.set(
        Multiple,
        MENTIONED,
        &pairs(&[
            ("qb5_1", "QB5_1 INFO SOURCES: TELEVISION"),
            ("qb5_2", "QB5_2 INFO SOURCES: NEWSPAPERS"),
            ("qb5_4", "QB5_4 INFO SOURCES: RADIO"),
            ("qb5_5", "QB5_5 INFO SOURCES: DK"),
        ]),
    );
    f.set(
        Multiple,
        MENTIONED,
        &pairs(&[
            ("qb6_1", "QB6_1 TOPICS DISCUSSED: POLITICS"),
            ("qb6_2", "QB6_2 TOPICS DISCUSSED: ECONOMY"),
            ("qb6_3", "QB6_3 TOPICS DISCUSSED: NONE"),
        ]),
    );
    assert_sets(&f);
    let guesses = guess(&f.dataset());
    assert_weights(&guesses, &["pspwght", "dweight"]);
    assert_eq!(with_role(&guesses, Role::Id), Some("idno"));
    let refused: usize = guesses
        .iter()
        .filter_map(|guess| match &guess.what {
            What::Answer {
                vars,
                is: AnswerKind::Refused,
                ..
            } => Some(vars.len()),
            _ => None,
        })
        .sum();
    assert_eq!(refused, 7);
}

#[test]
fn norwegian_and_swedish_files_are_understood() {
    let mut f = File::new(23);
    f.single("q1", "Sektor", &[(1, "Kommune"), (2, "Fylkeskommune"), (3, "Stat")]);
    f.single(
        "q2",
        "Virksomhetens størrelse",
        &[(1, "1-9 ansatte"), (2, "10-49 ansatte"), (3, "50 eller flere ansatte")],
    );
    f.single(
        "q3",
        "Hvilket fylke ligger virksomheten i?",
        &[(1, "Oslo"), (2, "Viken"), (3, "Vestland"), (4, "Trøndelag")],
    );
    f.set(
        Multiple,
        &[(0, "Ikke avkrysset"), (1, "Avkrysset")],
        &numbered(
            "q4_",
            "Hvem samarbeidet dere med? {}",
            &[
                "Andre kommuner",
                "Private bedrifter",
                "Innbyggere",
                "Frivillige organisasjoner",
                "Ingen av disse",
            ],
        ),
    );
    f.set(
        Battery,
        ENIG_NO,
        &numbered(
            "q5_",
            "{}",
            &[
                "Vi prøver nye løsninger",
                "Vi lærer av feil",
                "Ledelsen støtter nye ideer",
            ],
        ),
    );
    f.set(
        Battery,
        GRAD_SV,
        &numbered(
            "fr7_",
            "I vilken grad har följande hindrat innovation: {}",
            &["Lagar", "Ekonomi", "Teknik"],
        ),
    );
    f.set(
        Multiple,
        &[(0, "Ej vald"), (1, "Vald")],
        &numbered(
            "fr8_",
            "Vilka värden har skapats? - {}",
            &["Kvalitet", "Effektivitet", "Delaktighet", "Vet ej"],
        ),
    );
    f.number("vikt", "Kalibrerad vikt", |_, dice| {
        1.0 + (dice.share() * 90_000.0).round() / 10_000.0
    });
    f.number("barnvikt", "Barnets vikt", |_, dice| {
        3.0 + (dice.share() * 90_000.0).round() / 10_000.0
    });
    assert_sets(&f);
    let guesses = guess(&f.dataset());
    assert_weights(&guesses, &["vikt"]);
    assert_eq!(with_role(&guesses, Role::Sector), Some("q1"));
    assert_eq!(with_role(&guesses, Role::Size), Some("q2"));
    assert_eq!(with_role(&guesses, Role::Region), Some("q3"));
    let concepts: Vec<&str> = guesses
        .iter()
        .filter_map(|guess| match &guess.what {
            What::Concept { concept, .. } => Some(concept.as_str()),
            _ => None,
        })
        .collect();
    assert!(
        concepts.contains(&"partners") && concepts.contains(&"values") && concepts.contains(&"factors"),
        "{concepts:?}"
    );
}

#[test]
fn innovation_surveys_of_enterprises_are_understood() {
    let mut f = File::new(24);
    f.set(
        Multiple,
        YES_NO,
        &pairs(&[
            (
                "INPSPD",
                "Introduced onto the market: new or improved methods for producing goods",
            ),
            (
                "INPSLG",
                "Introduced onto the market: new or improved logistics methods",
            ),
            (
                "INPSSU",
                "Introduced onto the market: new or improved supporting activities",
            ),
        ]),
    );
    f.set(
        Battery,
        IMPORTANCE,
        &pairs(&[
            ("HFIN", "Importance of hampering factors: lack of internal finance"),
            ("HCRED", "Importance of hampering factors: lack of credit"),
            ("HCOST", "Importance of hampering factors: costs too high"),
            ("HSKIL", "Importance of hampering factors: lack of skilled employees"),
        ]),
    );
    f.single("ENTGRP", "Is the enterprise part of a group?", YES_NO);
    f.number("TURN", "Total turnover", |_, dice| dice.below(900_000) as f64);
    f.number("EMP", "Number of employees", |_, dice| dice.below(900) as f64);
    f.number("WEIGHTNR", "Non-response weight", |_, dice| {
        1.0 + (dice.share() * 90_000.0).round() / 10_000.0
    });
    assert_sets(&f);
    assert_weights(&guess(&f.dataset()), &["WEIGHTNR"]);
    let poles = questions(&guess(&f.dataset()))
        .into_iter()
        .find_map(|question| question.poles.clone());
    let poles = poles.expect("low and high are poles");
    assert_eq!(
        (poles.negative, poles.positive),
        (vec![Code::Number(1.0)], vec![Code::Number(3.0)])
    );
}

#[test]
fn two_questions_on_one_scale_are_told_apart_by_their_labels_alone() {
    let mut f = File::new(25);
    let items = ["Quality", "Price", "Speed", "Service"];
    for (at, question) in ["Reasons for starting", "Reasons for stopping", "Results achieved"]
        .iter()
        .enumerate()
    {
        let named: Vec<(String, String)> = items
            .iter()
            .enumerate()
            .map(|(i, item)| (format!("x{}", 10 + at * 4 + i), format!("{question}: {item}")))
            .collect();
        f.set(Multiple, MENTIONED, &named);
    }
    assert_sets(&f);
}
