//! Networks, sets of boxes, poles and profiles against R's survey package. The numbers were made by `make_ties.R`.

use std::collections::BTreeMap;
use std::path::Path;

use isobar::data::{
    AnswerKind, Code, Dataset, DontKnow, Item, Labelled, Poles, Question, QuestionKind, ReadOptions, Text,
    Value as Answer, read,
};
use isobar::measure::{BoxView, Cell, Measure, Pairs, RowKind, Table};
use serde_json::Value;

use super::against_r_more::{Check, FOLDER, answer, code, query};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn question(id: &str, items: &[Value]) -> Question {
    let item = |var: &Value| Item {
        var: var.as_str().unwrap().into(),
        ..Item::default()
    };
    Question {
        id: id.into(),
        kind: QuestionKind::Multiple,
        items: items.iter().map(item).collect(),
        counted: vec![Code::Number(1.0)],
        ..Question::default()
    }
}

fn boxes(case: &Value, view: BoxView, data: &Dataset) -> isobar::measure::Query {
    let measure = Measure::Boxes {
        question: "boxes".into(),
        view,
        groups: false,
    };
    query(case, measure, data)
}

impl Check<'_> {
    /// A number with its error and interval.
    fn cell(&mut self, what: &str, ours: &Cell, theirs: &Value) {
        assert!(!theirs.is_null(), "{}: no {what} in R", self.name);
        self.estimate(what, ours.estimate.value, &theirs["estimate"]);
        self.estimate(&format!("{what}: error"), ours.estimate.std_error, &theirs["se"]);
        self.estimate(&format!("{what}: df"), ours.estimate.df, &theirs["df"]);
        self.number(&format!("{what}: low"), ours.low, &theirs["low"], 1e-6, 1.0);
        self.number(&format!("{what}: high"), ours.high, &theirs["high"], 1e-6, 1.0);
    }
}

fn group_of(table: &Table, group: &Value) -> usize {
    if group.is_null() || group.is_object() {
        return 0;
    }
    let wanted = code(group);
    let mut keys = table.groups.iter().map(|group| group.key.as_ref().unwrap());
    keys.position(|(_, code)| *code == wanted).unwrap()
}

fn row_of(table: &Table, id: &str, is_set: bool) -> usize {
    let found = table.items.iter().position(|item| {
        let set = matches!(item.kind, RowKind::Combination | RowKind::None);
        item.id == id && set == is_set
    });
    found.unwrap_or_else(|| panic!("no row {id}"))
}

fn check_network(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    data.codebook.questions.push(question("boxes", list(&case["boxes"])));
    let mut query = boxes(case, BoxView::Network, data);
    query.compare.pairs = query.by.is_some().then_some(Pairs::All);
    let table = answer(&query, data, check.name);
    let tie = |theirs: &Value| {
        let group = group_of(&table, &theirs["group"]);
        let mut ties = table.ties.iter();
        let same = |row: usize, name: &Value| table.items[row].id == name.as_str().unwrap();
        ties.find(|tie| same(tie.a, &theirs["a"]) && same(tie.b, &theirs["b"]) && tie.group == group)
            .unwrap()
    };
    for theirs in list(&case["ties"]) {
        let ours = tie(theirs);
        let what = |key: &str| format!("{key} of {} and {} in {}", theirs["a"], theirs["b"], theirs["group"]);
        for (key, cell) in [
            ("joint", &ours.joint),
            ("a_given_b", &ours.a_given_b),
            ("b_given_a", &ours.b_given_a),
            ("lift", &ours.lift),
        ] {
            if !theirs[key].is_null() {
                check.cell(&what(key), cell, &theirs[key]);
            }
        }
        check.test(&what("p"), ours.p, &theirs["p"]);
        check.test(&what("adjusted p"), ours.p_adjusted, &theirs["p_adjusted"]);
    }
    assert_eq!(
        table.ties.iter().filter(|tie| tie.difference.is_some()).count(),
        list(&case["differences"]).len()
    );
    for theirs in list(&case["differences"]) {
        let ours = tie(theirs).difference.unwrap();
        let what = |key: &str| format!("{key} of the difference of {} and {}", theirs["a"], theirs["b"]);
        check.estimate(&what("value"), ours.contrast.difference, &theirs["estimate"]);
        check.estimate(&what("error"), ours.contrast.std_error, &theirs["se"]);
        check.estimate(&what("df"), ours.contrast.df, &theirs["df"]);
        check.test(&what("p"), ours.contrast.p, &theirs["p"]);
        check.test(&what("adjusted p"), ours.p_adjusted, &theirs["p_adjusted"]);
    }
}

fn check_sets(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    data.codebook.questions.push(question("boxes", list(&case["boxes"])));
    let [exact, at_least, composition] = [BoxView::Combinations, BoxView::AtLeast, BoxView::Composition]
        .map(|view| answer(&boxes(case, view, data), data, check.name));
    let sets = list(&case["sets"]);
    let count = |table: &Table| {
        let kinds = table.items.iter().map(|item| item.kind);
        kinds
            .filter(|kind| matches!(kind, RowKind::Combination | RowKind::None))
            .count()
    };
    assert_eq!(count(&exact), sets.len());
    for set in sets {
        let id = set["id"].as_str().unwrap();
        check.cell(id, exact.cell(row_of(&exact, id, true), 0), &set["exactly"]);
        if id != "none" {
            check.cell(id, at_least.cell(row_of(&at_least, id, true), 0), &set["at_least"]);
        }
    }
    for (id, theirs) in case["composition"].as_object().unwrap() {
        check.cell(id, composition.cell(row_of(&composition, id, false), 0), theirs);
    }
}

fn check_poles(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    let told = &case["poles"];
    let item = told["item"].as_str().unwrap();
    let codes = |key: &str| -> Vec<Code> { list(&told[key]).iter().map(code).collect() };
    let place = data.index_of(&item.into()).unwrap();
    let variable = &mut data.codebook.variables[place];
    for code in codes("drop") {
        variable.values.push(Answer {
            code,
            label: Text::default(),
            is: AnswerKind::DontKnow,
        });
    }
    let battery = Question {
        kind: QuestionKind::Battery,
        dont_know: DontKnow::Drop,
        poles: Some(Poles {
            negative: codes("negative"),
            positive: codes("positive"),
        }),
        ..question("battery", &[Value::from(item)])
    };
    data.codebook.questions.push(battery);
    let table = answer(&query(case, Measure::Poles("battery".into()), data), data, check.name);
    for row in list(&case["rows"]) {
        let group = group_of(&table, &row["group"]);
        let theirs = row.as_object().unwrap().iter().filter(|(key, _)| *key != "group");
        for (key, theirs) in theirs {
            let id = match key.starts_with('=') {
                true => format!("{item}{key}"),
                false => format!("{item}:{key}"),
            };
            // Answers of a pole of one answer have no row of their own.
            if let Some(row) = table.items.iter().position(|item| item.id == id) {
                check.cell(key, table.cell(row, group), theirs);
            } else {
                assert!(key.starts_with('='), "{key}");
            }
        }
    }
}

fn check_profile(case: &Value, data: &mut Dataset, check: &mut Check<'_>) {
    let parts = list(&case["parts"]);
    data.codebook.actors.push(Labelled {
        id: "citizens".to_owned(),
        label: Text::plain("Citizens"),
    });
    let mut ids = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let mut asked = question(&format!("q{i}"), std::slice::from_ref(part));
        asked.items[0].actor = Some("citizens".to_owned());
        ids.push(asked.id.clone());
        data.codebook.questions.push(asked);
    }
    let measure = Measure::Profile {
        actor: "citizens".to_owned(),
        questions: ids.clone(),
    };
    let table = answer(&query(case, measure, data), data, check.name);
    check.cell("role", table.cell(0, 0), &case["role"]);
    for (row, theirs) in (1..).zip(list(&case["shares"])) {
        check.cell("part", table.cell(row, 0), theirs);
    }
    let roles = answer(&query(case, Measure::Roles(ids), data), data, check.name);
    assert_eq!(roles.cell(0, 0), table.cell(0, 0), "the role is that of all roles");
}

#[test]
fn ties_sets_poles_and_profiles_of_many_designs_equal_r() {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("ties.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    let mut files: BTreeMap<&str, Dataset> = BTreeMap::new();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in list(&golden["cases"]) {
        let name = case["file"].as_str().unwrap();
        let read_it = |name: &str| {
            let path = Path::new(FOLDER).join(format!("{name}.csv"));
            read(&path, &ReadOptions::default()).unwrap().dataset
        };
        let mut data = files.entry(name).or_insert_with(|| read_it(name)).clone();
        data.codebook.questions.clear();
        let mut check = Check {
            name: case["name"].as_str().unwrap(),
            wrong: Vec::new(),
            compared: 0,
        };
        match case {
            case if case["ties"].is_array() => check_network(case, &mut data, &mut check),
            case if case["sets"].is_array() => check_sets(case, &mut data, &mut check),
            case if case["poles"].is_object() => check_poles(case, &mut data, &mut check),
            case => check_profile(case, &mut data, &mut check),
        }
        compared += check.compared;
        wrong.extend(check.wrong);
    }
    assert!(compared > 1000, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}
