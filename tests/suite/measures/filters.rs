//! Conditions, the counts in the filter menu, and filters in words.

use isobar::data::{Condition, Dataset, Text};
use isobar::filter::{self, Truth};

use super::made::{BLANK, File};

fn truths(condition: &str, data: &Dataset) -> String {
    filter::evaluate(&Condition::parse(condition).unwrap(), data)
        .unwrap_or_else(|error| panic!("{error}"))
        .into_iter()
        .map(|truth| match truth {
            Truth::Yes => 'y',
            Truth::No => 'n',
            Truth::Unknown => '?',
        })
        .collect()
}

#[test]
fn a_condition_is_yes_no_or_unknown_as_kleene_has_it() {
    let data = File::default()
        .coded("a", &[1.0, 1.0, 1.0, 2.0, 2.0, 2.0, BLANK, 98.0, 99.0])
        .coded("b", &[1.0, 2.0, BLANK, 1.0, 2.0, 99.0, 1.0, 2.0, 99.0])
        .numbers("x", &[1.0, 2.5, 3.0, BLANK, 5.0, 6.0, 7.0, 8.0, 9.0])
        .done();
    for (condition, expected) in [
        ("a = 1", "yyynnn???"),
        ("not a = 1", "nnnyyy???"),
        ("a = 1 and b = 1", "yn?nnn?n?"),
        ("a = 1 or b = 1", "yyyyn?y??"),
        ("a = 1 and not b = 1", "ny?nnnn??"),
        ("a in (98)", "nnnnnn?yn"),
        ("not a = 99", "yyyyyy?yn"),
        ("x >= 2.5", "nyy?yyyyy"),
        ("x < 3 or x > 8", "yyn?nnnny"),
        ("a = \"a 2\"", "nnnyyy???"),
        ("a = \"a 98\"", "nnnnnn?yn"),
        ("a = 7", "nnnnnn???"),
        ("", "yyyyyyyyy"),
    ] {
        assert_eq!(truths(condition, &data), expected, "{condition}");
    }
}

#[test]
fn a_condition_on_an_unknown_value_names_those_there_are() {
    let data = File::default()
        .coded("sector", &[1.0, 2.0, 3.0])
        .texts("stype", &["E", "H", "M"])
        .done();
    let error = |condition: &str| {
        filter::evaluate(&Condition::parse(condition).unwrap(), &data)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("sector = \"Region\""),
        "sector has no value \"Region\". Its values are 1 (sector 1), 2 (sector 2), 3 (sector 3)."
    );
    assert_eq!(error("stype = 1"), "stype has no value \"1\". Its values are E, H, M.");
    assert_eq!(
        error("stype = 01"),
        "stype has no value \"01\". Its values are E, H, M."
    );
    assert_eq!(
        error("stype >= 1"),
        "stype is a text and cannot be compared with a number. Use stype = \"…\"."
    );
    assert!(error("sectr = 1").contains("did you mean \"sector\""));
}

#[test]
fn the_filter_menu_counts_what_each_value_would_leave() {
    let data = File::default()
        .coded("sector", &[1.0, 1.0, 2.0, 2.0, 99.0, BLANK])
        .coded("size", &[1.0, 2.0, 1.0, 2.0, 1.0, 1.0])
        .numbers("w", &[1.5, 2.0, 4.0, 8.0, 16.0, BLANK])
        .done();
    let others = Condition::parse("size = 1").unwrap();
    let counts = filter::counts(&data, &"sector".into(), &others, Some(&"w".into())).unwrap();
    let seen: Vec<_> = counts
        .codes
        .iter()
        .map(|count| (count.code.to_string(), count.n, count.n_weighted))
        .collect();
    assert_eq!(
        seen,
        [
            ("1".to_owned(), 1, 1.5),
            ("2".to_owned(), 1, 4.0),
            ("99".to_owned(), 1, 16.0)
        ]
    );
    let counts = filter::counts(&data, &"w".into(), &others, None).unwrap();
    assert_eq!(counts.range, Some((1.5, 16.0)));
    assert_eq!(counts.numbers, [1.5, 4.0, 16.0]);
}

#[test]
fn a_filter_is_put_into_the_words_of_the_codebook() {
    let data = File::default()
        .coded("sector", &[1.0, 2.0])
        .with(|variable| variable.label = Text::plain("Sector"))
        .numbers("age", &[1.0, 2.0])
        .done();
    let condition =
        Condition::parse("sector in (1, 2) and age >= 10 and age <= 20.5 and not sector = 2 and age < 3").unwrap();
    let described = filter::describe(&condition, &data);
    let words: Vec<String> = described
        .kept
        .iter()
        .map(|(var, kept)| {
            let kept: Vec<&str> = kept.iter().map(|text| text.get(isobar::data::Language::Da)).collect();
            format!("{}: {}", var.get(isobar::data::Language::Da), kept.join(", "))
        })
        .collect();
    assert_eq!(words, ["Sector: sector 1, sector 2", "age: 10–20,5", "age: < 3"]);
    assert_eq!(described.further.unwrap().to_string(), "not sector = 2");
}
