//! Data sets made at random, with whatever a reader can give; and one with letters among its numbers.

use std::path::PathBuf;

use isobar::data::write::{Target, WriteWarning};
use isobar::data::{
    AnswerKind, Code, Codebook, Column, Dataset, Format, Item, Language, Positions, Question, QuestionKind, Role,
    Sheets, Text, Value, Variable, VariableKind,
};
use proptest::prelude::*;

use super::{again, assert_equal, cells, written};

fn dataset(described: Vec<(Variable, Column)>, questions: Vec<Question>) -> Dataset {
    let rows = described.first().map_or(0, |(_, column)| column.len());
    let (variables, columns) = described.into_iter().unzip();
    Dataset {
        path: PathBuf::from("made"),
        format: Format::Csv,
        sheets: Sheets::default(),
        encoding: "UTF-8".to_owned(),
        fingerprint: String::new(),
        rows,
        codebook: Codebook {
            variables,
            questions,
            ..Codebook::default()
        },
        columns,
        combined: None,
    }
}

fn value(code: impl Into<Code>, label: &str, is: AnswerKind) -> Value {
    Value {
        code: code.into(),
        label: if label.is_empty() {
            Text::default()
        } else {
            Text::plain(label)
        },
        is,
    }
}

fn column(levels: Vec<Code>, rows: &[Option<u32>]) -> Column {
    let rows = Positions::pack(levels.len(), rows.iter().copied());
    Column::Coded { levels, rows }
}

/// As Stata has it: an income with reasons for its absence.
pub fn with_letters() -> Dataset {
    let mut income = Variable::new("income", VariableKind::Numeric);
    income.values = vec![
        value(".a", "Refused", AnswerKind::Refused),
        value(".b", "", AnswerKind::Missing),
    ];
    let levels: Vec<Code> = vec![".a".into(), ".b".into(), (-4.5).into(), 1.5.into(), 20.0.into()];
    let rows = [Some(3), Some(0), None, Some(1), Some(2), Some(4)];
    let mut date = Variable::new("date", VariableKind::Date);
    date.values = vec![value(".a", "Unknown", AnswerKind::Missing)];
    let dates = column(
        vec![".a".into(), "2016-03-01".into()],
        &[Some(1), Some(0), None, Some(1), Some(1), Some(0)],
    );
    dataset(vec![(income, column(levels, &rows)), (date, dates)], Vec::new())
}

/// A text that no format changes: SPSS drops blanks at the end, and empty means blank.
fn text(most: usize) -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        'a', 'Z', '7', 'ø', 'Æ', '€', '"', ',', ';', '\'', '=', '\t', ' ', '😀', '.',
    ]);
    prop::collection::vec(letters, 1..most).prop_map(|letters| {
        let text: String = letters.into_iter().collect();
        format!("{}x", text.trim_start())
    })
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-120i32..260).prop_map(f64::from),
        2 => any::<i32>().prop_map(f64::from),
        2 => -1e9..1e9f64,
        1 => prop::sample::select(vec![0.1, 1e300, -1e300, 5e-324, 1e15, 1e16, -1e-7, 9_007_199_254_740_993.0]),
    ]
}

fn kind() -> impl Strategy<Value = AnswerKind> {
    prop::sample::select(vec![
        AnswerKind::Answer,
        AnswerKind::Answer,
        AnswerKind::Answer,
        AnswerKind::DontKnow,
        AnswerKind::Refused,
        AnswerKind::NotAsked,
        AnswerKind::Missing,
    ])
}

fn label() -> impl Strategy<Value = Text> {
    prop_oneof![
        1 => Just(Text::default()),
        3 => text(30).prop_map(Text::plain),
        2 => (text(30), text(30)).prop_map(|(da, en)| Text([("da".to_owned(), da), ("en".to_owned(), en)].into())),
    ]
}

const ROWS: usize = 12;

fn coded(levels: impl Strategy<Value = Vec<Code>>, numeric: bool) -> impl Strategy<Value = (Variable, Column)> {
    let kinds = if numeric {
        vec![VariableKind::Nominal, VariableKind::Ordinal, VariableKind::Numeric]
    } else {
        vec![VariableKind::Nominal, VariableKind::Ordinal, VariableKind::Text]
    };
    let ranges = prop_oneof![
        3 => Just(Vec::new()),
        1 => Just(vec![(-99.0, -90.0)]),
        1 => Just(vec![(f64::MIN, -50.0), (200.0, f64::MAX)]),
    ];
    let listed = prop::collection::vec((any::<prop::sample::Index>(), label(), kind()), 0..6);
    let rows = prop::collection::vec(prop::option::of(any::<prop::sample::Index>()), ROWS);
    let blank = prop::sample::select(vec![AnswerKind::Missing, AnswerKind::NotAsked]);
    (
        levels,
        label(),
        prop::sample::select(kinds),
        listed,
        ranges,
        rows,
        blank,
    )
        .prop_map(move |(mut levels, label, kind, listed, ranges, rows, blank)| {
            levels.sort();
            levels.dedup();
            let mut variable = Variable::new("", kind);
            variable.label = label;
            variable.blank = blank;
            if numeric {
                variable.missing_ranges = ranges;
            }
            for (index, label, is) in listed {
                let code = index.get(&levels).clone();
                if variable.value(&code).is_none() {
                    variable.values.push(Value { code, label, is });
                }
            }
            let rows: Vec<Option<u32>> = rows
                .iter()
                .map(|row| row.map(|index| index.index(levels.len()) as u32))
                .collect();
            (variable, column(levels, &rows))
        })
}

fn variable() -> impl Strategy<Value = (Variable, Column)> {
    prop_oneof![
        4 => coded(prop::collection::vec(number().prop_map(Code::Number), 1..8), true),
        3 => coded(prop::collection::vec(text(20).prop_map(Code::Text), 1..6), false),
        1 => coded(prop::collection::vec(text(900).prop_map(Code::Text), 1..4), false),
        1 => prop::collection::vec(prop_oneof![number(), Just(f64::NAN)], ROWS)
            .prop_map(|numbers| (Variable::new("", VariableKind::Numeric), Column::Numbers(numbers))),
    ]
}

fn survey() -> impl Strategy<Value = Dataset> {
    (prop::collection::vec(variable(), 1..9), text(12)).prop_map(|(mut described, title)| {
        for (i, (variable, _)) in described.iter_mut().enumerate() {
            // Of all lengths, and alike in their first eight letters.
            variable.name = format!("spørgsmål_{}{i}", "å".repeat(i)).as_str().into();
        }
        let is_number = |column: &Column| match column {
            Column::Numbers(_) => true,
            Column::Coded { levels, .. } => levels.iter().all(|level| level.number().is_some()),
        };
        if let Some((variable, _)) = described.iter_mut().find(|(_, column)| is_number(column)) {
            variable.role = Some(Role::Weight);
        }
        let boxes: Vec<Item> = described
            .iter()
            .filter(|(_, column)| is_number(column))
            .map(|(variable, _)| Item {
                var: variable.name.clone(),
                ..Item::default()
            })
            .collect();
        let question = Question {
            id: "many".into(),
            short: Text::plain(title),
            kind: QuestionKind::Multiple,
            items: boxes,
            counted: vec![1.0.into()],
            ..Question::default()
        };
        let questions = if question.items.is_empty() {
            Vec::new()
        } else {
            vec![question]
        };
        dataset(described, questions)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_survey_comes_back_equal(survey in survey()) {
        for (target, ending) in super::ENDINGS {
            let (_, told) = written(&survey, target, Language::Da);
            prop_assert!(!told.differs);
            assert_equal(&again(&survey, target, ending), &survey, ending);
        }
    }

    #[test]
    fn any_sav_keeps_answers_and_declared_missing_codes_without_its_codebook(survey in survey()) {
        let (bytes, told) = written(&survey, Target::Sav, Language::Da);
        let undeclared = told.warnings.iter().find_map(|warning| match warning {
            WriteWarning::MissingUndeclared { variables } => Some(variables.clone()),
            _ => None,
        });
        let undeclared = undeclared.unwrap_or_default();
        let options = isobar::data::ReadOptions::default();
        let found = isobar::data::read_bytes("x.sav", &bytes, &options, None).unwrap().dataset;
        for (i, variable) in survey.codebook.variables.iter().enumerate() {
            let column = cells(&survey.columns[i]);
            prop_assert_eq!(&cells(&found.columns[i]), &column);
            if undeclared.contains(&variable.name) {
                continue;
            }
            let other = &found.codebook.variables[i];
            for code in column.iter().flatten() {
                prop_assert_eq!(
                    other.answer_kind(code).is_valid(),
                    variable.answer_kind(code).is_valid(),
                    "{} of {}", code, &variable.name
                );
            }
        }
    }
}
