//! Whatever is in a file, the guesses come, come soon, and come out the same again.

use std::time::Instant;

use isobar::data::{Code, Column, Dataset, Text, Value, Variable, VariableKind};
use isobar::setup::{Choice, Draft, guess};
use proptest::prelude::*;

use super::made::{Dice, column, dataset};

const WORDS: [&str; 24] = [
    "Vægt",
    "weight",
    "Gewicht",
    "sektor",
    "Ja",
    "Nej",
    "ved ikke",
    ":",
    "-",
    "?",
    "[",
    "]",
    "1",
    "🦆",
    "é",
    "q",
    "_",
    " ",
    "Größe",
    "region",
    "nicht genannt",
    "genannt",
    "\u{0}",
    "İ",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&WORDS[..]), 0..6).prop_map(|words| words.join(" ")),
        2 => prop::collection::vec(prop::sample::select(&WORDS[..]), 0..4).prop_map(|words| words.concat()),
        1 => any::<String>(),
    ]
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof![
        4 => (-2i32..12).prop_map(|number| Code::Number(f64::from(number))),
        1 => prop_oneof![Just(1e300), Just(-1e300), Just(0.5), Just(99.0), Just(f64::MIN_POSITIVE)].prop_map(Code::Number),
        1 => text().prop_map(Code::Text),
    ]
}

fn kind() -> impl Strategy<Value = VariableKind> {
    prop::sample::select(
        &[
            VariableKind::Nominal,
            VariableKind::Ordinal,
            VariableKind::Numeric,
            VariableKind::Text,
            VariableKind::Date,
        ][..],
    )
}

fn variable(rows: usize) -> impl Strategy<Value = (Variable, Column)> {
    let cells = prop_oneof![
        3 => prop::collection::vec(prop::option::of(code()), rows).prop_map(|cells| column(&cells)),
        1 => prop::collection::vec(prop_oneof![any::<f64>().prop_filter("finite", |n| n.is_finite()), Just(f64::NAN), Just(1.0)], rows).prop_map(Column::Numbers),
    ];
    (
        text(),
        text(),
        kind(),
        prop::collection::vec((code(), text()), 0..5),
        cells,
    )
        .prop_map(|(name, label, kind, values, column)| {
            let mut variable = Variable::new(name, kind);
            variable.label = Text::plain(label);
            variable.values = values
                .into_iter()
                .map(|(code, label)| Value {
                    code,
                    label: Text::plain(label),
                    is: Default::default(),
                })
                .collect();
            (variable, column)
        })
}

fn any_dataset() -> impl Strategy<Value = Dataset> {
    (0usize..12)
        .prop_flat_map(|rows| prop::collection::vec(variable(rows), 0..14))
        .prop_map(|all| {
            let (mut variables, columns): (Vec<_>, Vec<_>) = all.into_iter().unzip();
            for (at, variable) in variables.iter_mut().enumerate() {
                variable.name.0.push_str(&format!("_{at}"));
            }
            dataset(variables, columns)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn guessing_never_fails_and_always_says_the_same(data in any_dataset()) {
        let guesses = guess(&data);
        prop_assert_eq!(&guesses, &guess(&data));
        let mut draft = Draft::default();
        for guess in &guesses {
            draft.choose(Choice::Accept(guess.id.clone()));
        }
        let told = draft.codebook_with(&data, &guesses);
        let opened = data.with_codebook(told);
        prop_assert_eq!(opened.dataset.columns.len(), data.columns.len());
    }
}

#[test]
fn two_thousand_variables_are_looked_at_in_seconds() {
    let mut dice = Dice::new(3);
    let (mut variables, mut columns) = (Vec::new(), Vec::new());
    for at in 0..2_000 {
        let mut variable = Variable::new(format!("q{}_{}", at / 12, at % 12), VariableKind::Nominal);
        variable.label = Text::plain(format!(
            "Frage {} mit einem längeren Text dazu: Antwort {}",
            at / 12,
            at % 12
        ));
        let codes = if at / 12 % 3 == 0 { 2 } else { 5 };
        variable.values = (0..codes)
            .map(|code| Value {
                code: Code::Number(f64::from(code)),
                label: Text::plain(["nicht genannt", "genannt", "teils", "oft", "immer"][code as usize]),
                is: Default::default(),
            })
            .collect();
        let cells: Vec<Option<Code>> = (0..2_000)
            .map(|_| Some(Code::Number(dice.below(codes as usize) as f64)))
            .collect();
        variables.push(variable);
        columns.push(column(&cells));
    }
    let data = dataset(variables, columns);
    let start = Instant::now();
    let guesses = guess(&data);
    let took = start.elapsed().as_secs_f64();
    println!("{} guesses in {took:.2} s", guesses.len());
    assert!(took < 10.0, "{took} s");
    assert!(guesses.len() > 100);
}
