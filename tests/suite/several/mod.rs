//! Several files as one data set: rounds, respondent types, workplaces with their organisations.

mod changes;
mod in_use;
mod joined;
mod stacked;

use std::fmt::Write as _;

use isobar::data::{self, By, Condition, Dataset, Keys, Opened, QuestionId, ReadOptions, VarId};
use isobar::measure::{Measure, Query, Table};

use crate::program::path;

fn opened(name: &str, csv: &str, codebook: &str) -> Opened {
    data::read_bytes(name, csv.as_bytes(), &ReadOptions::default(), Some(codebook)).unwrap()
}

fn file(name: &str) -> Opened {
    data::read(&path(name), &ReadOptions::default()).unwrap()
}

fn combined(parts: Vec<(&str, Opened)>, by: By) -> Opened {
    let parts = parts
        .into_iter()
        .map(|(label, part)| (label.to_owned(), part))
        .collect();
    data::combine(parts, by).unwrap()
}

fn question(id: &str) -> Measure {
    Measure::Question(QuestionId(id.to_owned()))
}

fn ask(data: &Dataset, measure: Measure, by: Option<&str>, filter: &str) -> Table {
    Query {
        by: by.map(VarId::from),
        filter: Condition::parse(filter).unwrap(),
        ..Query::new(measure, data)
    }
    .run(data)
    .unwrap()
}

/// Strata of both rounds have the same codes, and the answers to `q` in the second round other codes for the same labels.
fn rounds() -> (Opened, Opened) {
    let mut first = "id,stratum,pop,w,q,a,b,only\n".to_owned();
    let mut second = "id,stratum,pop,w,q,x1,x2,new\n".to_owned();
    for i in 0..60_usize {
        let stratum = i % 3 + 1;
        let _ = writeln!(
            first,
            "{i},{stratum},{},{},{},{},{},{}",
            100 * stratum,
            1.0 + (i % 7) as f64 / 4.0,
            [1, 2, 2, 9, 1][i % 5],
            i * 7 % 3 % 2,
            i * 5 % 4 % 2,
            i % 2 + 1,
        );
    }
    for i in 0..40_usize {
        let stratum = i % 2 + 1;
        let _ = writeln!(
            second,
            "{i},{stratum},{},{},{},{},{},{}",
            55 * stratum,
            3.0 + (i % 5) as f64 / 2.0,
            [2, 1, 3, 2][i % 4],
            i * 3 % 4 % 2,
            i * 11 % 3 % 2,
            i % 4,
        );
    }
    let variables = |q: &str, a: &str, b: &str, more: &str| {
        format!(
            r#"{{"name":"id","kind":"numeric","role":"id"}},
            {{"name":"stratum","role":"stratum"}},
            {{"name":"pop","kind":"numeric","role":"population_size"}},
            {{"name":"w","kind":"numeric","role":"weight"}},
            {{"name":"q","label":{{"en":"Novelty"}},"values":[{q}]}},
            {{"name":"{a}","label":{{"en":"Citizens"}},"values":[{{"code":0}},{{"code":1}}]}},
            {{"name":"{b}","label":{{"en":"Companies"}},"values":[{{"code":0}},{{"code":1}}]}},
            {more}"#
        )
    };
    let book = |variables: String, partners: &str, more: &str| {
        format!(
            r#"{{"isobar_codebook":1,"title":{{"en":"Made"}},"unit":{{"en":"workplaces"}},
            "bases":[{{"id":"innovative","label":{{"en":"Innovative"}},"when":"q in (\"First\", \"Copy\")"}}],
            "variables":[{variables}],
            "questions":[{{"id":"novelty","kind":"single","items":[{{"var":"q"}}]}},{partners}{more}]}}"#
        )
    };
    let one = book(
        variables(
            r#"{"code":1,"label":{"en":"First"}},{"code":2,"label":{"en":"Copy"}},{"code":9,"label":{"en":"Don't know"},"is":"dont_know"}"#,
            "a",
            "b",
            r#"{"name":"only","label":{"en":"Asked once"},"values":[{"code":1,"label":{"en":"Yes"}},{"code":2,"label":{"en":"No"}}]}"#,
        ),
        r#"{"id":"partners","concept":"partners","kind":"multiple","base":"innovative","counted":[1],
            "items":[{"var":"a","actor":"citizens"},{"var":"b","actor":"companies"}],
            "unions":[{"id":"any","label":{"en":"Any"},"items":["a","b"],"highlight":true}]}"#,
        r#",{"id":"only","kind":"single","items":[{"var":"only"}]}"#,
    );
    let two = book(
        variables(
            r#"{"code":1,"label":{"en":"Copy"}},{"code":2,"label":{"en":"First"}},{"code":3,"label":{"en":"Unknown so far"}}"#,
            "x1",
            "x2",
            r#"{"name":"new","kind":"numeric","label":{"en":"New"}}"#,
        ),
        r#"{"id":"samarbejde","concept":"partners","kind":"multiple","base":"innovative","counted":[1],
            "items":[{"var":"x2","actor":"citizens"},{"var":"x1","actor":"companies"}],
            "unions":[{"id":"any","label":{"en":"Any"},"items":["x1","x2"],"highlight":true}]}"#,
        "",
    );
    // In the second round, x2 is about citizens and x1 about companies.
    let two = two
        .replace(
            r#""name":"x1","label":{"en":"Citizens"}"#,
            r#""name":"x1","label":{"en":"Private firms"}"#,
        )
        .replace(
            r#""name":"x2","label":{"en":"Companies"}"#,
            r#""name":"x2","label":{"en":"Users"}"#,
        );
    (opened("r1.csv", &first, &one), opened("r2.csv", &second, &two))
}

/// Every number of `alone` is in `whole` for the group `code`, and what `whole` has besides was not asked or chosen.
fn same_numbers(whole: &Table, group: usize, alone: &Table, same: impl Fn(&str, &str) -> bool) {
    for (i, item) in alone.items.iter().enumerate() {
        let name = |item: &isobar::measure::TableItem| {
            let texts = [&item.label, &item.answer].map(|text| text.0.values().cloned().collect::<Vec<_>>().join("/"));
            texts.join(":")
        };
        let found: Vec<usize> = (0..whole.items.len())
            .filter(|&j| whole.items[j].kind == item.kind && same(&name(&whole.items[j]), &name(item)))
            .collect();
        assert_eq!(found.len(), 1, "{} is there once", name(item));
        let (a, b) = (alone.cell(i, 0).estimate, whole.cell(found[0], group).estimate);
        assert_eq!(a.n, b.n, "{}", name(item));
        for (a, b) in [
            (a.value, b.value),
            (a.std_error, b.std_error),
            (a.df, b.df),
            (a.n_weighted, b.n_weighted),
        ] {
            assert!(
                (a - b).abs() < 1e-12 || (a.is_nan() && b.is_nan()),
                "{}: {a} {b}",
                name(item)
            );
        }
    }
}

/// An organisation file for the barometer's municipalities: region stands in as what both files know.
fn organisations(keys: &[&str]) -> Opened {
    let mut csv = "number,region,strategy,pool\n".to_owned();
    for (i, key) in keys.iter().enumerate() {
        let _ = writeln!(csv, "{key},{},{},{}", i + 10, i % 2 + 1, 100 * (i + 1));
    }
    opened(
        "organisations.csv",
        &csv,
        r#"{"isobar_codebook":1,"unit":{"en":"organisations"},
        "bases":[{"id":"with","label":{"en":"With a strategy"},"unit":{"en":"organisations"},"when":"strategy = 1"}],
        "variables":[{"name":"number","role":"id"},{"name":"region","label":{"en":"Their region"}},
        {"name":"strategy","label":{"en":"Strategy"},"values":[{"code":1,"label":{"en":"Yes"}},{"code":2,"label":{"en":"No"}}]},
        {"name":"pool","kind":"numeric","label":{"en":"Pool"}}],
        "questions":[{"id":"pool","kind":"numeric","base":"with","items":[{"var":"pool"}]}]}"#,
    )
}

fn by_region() -> Keys {
    Keys {
        own: Some("region".into()),
        other: Some("number".into()),
    }
}
