//! Organisations beside workplaces.

use isobar::data::{self, AnswerKind, Code, DataError, DataWarning, Keys};

use super::{ask, by_region, file, organisations, question};

#[test]
fn workplaces_get_what_their_organisation_answered() {
    let barometer = file("sample-data/innovationsbarometer-2016.sav");
    let regions = barometer.dataset.column(&"region".into()).unwrap().clone();
    let before = ask(&barometer.dataset, question("partnere"), Some("sektor"), "");
    // Regions 4 and 5 have no organisation; 77 has no workplace.
    let joined = data::join(barometer, organisations(&["1", "2", "3", "77"]), &by_region(), "org").unwrap();
    let data = &joined.dataset;
    let known = (0..data.rows).filter(|&row| regions.number(row) <= 3.0).count();
    assert!(joined.warnings.contains(&DataWarning::Joined {
        key: "region".into(),
        matched: known,
        of: data.rows,
        unused: 1
    }));
    let strategy = data.column(&"strategy".into()).unwrap();
    let variable = data.variable(&"strategy".into()).unwrap();
    for row in 0..data.rows {
        let code = strategy.code(row).unwrap();
        match regions.number(row) as u32 {
            1 | 3 => assert_eq!(code, Code::Number(1.0)),
            2 => assert_eq!(code, Code::Number(2.0)),
            _ => assert_eq!(variable.answer_kind(&code), AnswerKind::NotAsked),
        }
    }
    assert!(
        data.codebook.variable(&"org_region".into()).is_some(),
        "a name that both have gets a prefix"
    );
    let table = ask(data, question("strategy"), None, "");
    assert_eq!(table.base.n, known);
    let pool = ask(data, question("pool"), None, "");
    assert_eq!(
        pool.base.n,
        (0..data.rows)
            .filter(|&row| matches!(regions.number(row) as u32, 1 | 3))
            .count()
    );
    assert_eq!(
        ask(data, question("partnere"), Some("sektor"), "").cells,
        before.cells,
        "the design is the workplaces'"
    );
}

#[test]
fn a_key_that_two_organisations_have_is_an_error_that_names_it() {
    let barometer = || file("sample-data/innovationsbarometer-2016.sav");
    let error = data::join(barometer(), organisations(&["1", "2", "2"]), &by_region(), "org").unwrap_err();
    assert!(
        matches!(&error, DataError::DuplicateKey { key, rows: (2, 3), .. } if key == "2"),
        "{error}"
    );
    assert!(error.to_string().contains("organisations.csv"), "{error}");
    let error = data::join(barometer(), organisations(&["81", "82"]), &by_region(), "org").unwrap_err();
    assert!(matches!(error, DataError::NoKeyInBoth { .. }), "{error}");
    let error = data::join(barometer(), organisations(&["1"]), &Keys::default(), "org").unwrap_err();
    assert!(matches!(error, DataError::NoKey { .. }), "{error}");
    // Without a code in both files, labels find each other.
    let named = data::join(
        barometer(),
        organisations(&["Nordjylland", "SJÆLLAND"]),
        &by_region(),
        "org",
    )
    .unwrap();
    assert!(ask(&named.dataset, question("strategy"), None, "").base.n > 0);
}
