//! The sample surveys against the published figures: every row that can be asked goes through the program's own query
//! path, on the `.sav` files. Run with `--nocapture` to see what was checked and what was left out.

use std::collections::BTreeMap;
use std::path::Path;

use isobar::data::{Condition, Dataset, Language, ReadOptions, Role, read};
use isobar::measure::{DesignChoice, Measure, Prepared, Query};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> (Dataset, Prepared) {
    let path = root().join("sample-data").join(format!("{name}.sav"));
    let data = read(&path, &ReadOptions::default())
        .unwrap_or_else(|error| panic!("{error}"))
        .dataset;
    let design = DesignChoice::of(&data).prepare(&data).unwrap();
    (data, design)
}

/// The rows of a CSV file in `tests/reference`, as maps from heading to text.
fn reference(name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(root().join("tests/reference").join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The share that a row of the mapping asks for.
fn answer(row: &Value, data: &Dataset, design: &Prepared) -> Result<f64, String> {
    let parse = |text: &str| Condition::parse(text).map_err(|error| error.to_string());
    let measure = match (row["question"].as_str(), row["share"].as_str()) {
        (Some(question), None) => Measure::Question(question.into()),
        (None, Some(share)) => Measure::Share(parse(share)?),
        _ => return Err("neither a question nor a share".to_owned()),
    };
    let query = Query {
        filter: parse(row["where"].as_str().unwrap_or(""))?,
        ..Query::new(measure, data)
    };
    let table = query.run_with(data, design).map_err(|error| error.to_string())?;
    let item = match (row["item"].as_str(), &row["value"]) {
        (None, _) => table.items.first(),
        (Some(item), Value::Null) => table.items.iter().find(|found| found.id == item),
        (Some(item), value) => {
            let code = value.as_f64().map(|number| number.to_string()).unwrap_or_default();
            let battery = format!("{item}={code}");
            table
                .items
                .iter()
                .find(|found| found.id == battery || (found.id == code && found.var == Some(item.into())))
        }
    };
    let item = item.ok_or_else(|| {
        let known: Vec<&str> = table.items.iter().map(|item| item.id.as_str()).collect();
        format!("no such item among {known:?}")
    })?;
    let place = table.items.iter().position(|found| found == item).unwrap();
    let cell = table.cell(place, 0);
    assert!(
        cell.low <= cell.estimate.value && cell.estimate.value <= cell.high,
        "{row}: {cell:?}"
    );
    Ok(cell.estimate.value)
}

#[test]
fn the_sample_surveys_reproduce_the_published_figures() {
    let published = reference("published_figures.csv");
    let text = std::fs::read_to_string(root().join("tests/reference/published_queries.json")).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(rows.len(), published.len(), "every published row is asked or left out");

    let mut samples: BTreeMap<&str, (Dataset, Prepared)> = BTreeMap::new();
    let mut checked: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut left_out: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let number = row["row"].as_u64().unwrap();
        if let Some(reason) = row["left_out"].as_str() {
            left_out.entry(reason).or_default().push(number);
            continue;
        }
        let name = row["dataset"].as_str().unwrap();
        let (data, design) = samples.entry(name).or_insert_with(|| sample(name));
        let printed: f64 = published[number as usize - 1]["percent"].parse().unwrap();
        let percent = match answer(row, data, design) {
            Ok(share) => 100.0 * share,
            Err(error) => {
                wrong.push(format!("row {number} of {name}: {error}"));
                continue;
            }
        };
        let (met, tolerance) = match row["tolerance"].as_f64() {
            Some(points) => ((percent - printed).abs() <= points, format!("within {points} points")),
            None => {
                assert_eq!(row["tolerance"], "rounds", "row {number}");
                // Half up; the sum of weights may be a hair below the half.
                (
                    (percent + 0.5 + 1e-9).floor() == printed,
                    "rounds to the printed".to_owned(),
                )
            }
        };
        if met {
            *checked.entry((name, tolerance)).or_default() += 1;
        } else {
            wrong.push(format!(
                "row {number} of {name}: {percent:.3} here, {printed} published, {row}"
            ));
        }
    }
    let total: usize = checked.values().sum();
    println!("{total} published figures checked:");
    for ((name, tolerance), count) in &checked {
        println!("  {count:4} {name}, {tolerance}");
    }
    println!("{} left out:", left_out.values().map(Vec::len).sum::<usize>());
    for (reason, numbers) in &left_out {
        println!("  {:4} {reason}: rows {numbers:?}", numbers.len());
    }
    assert!(wrong.is_empty(), "{} rows are off:\n{}", wrong.len(), wrong.join("\n"));
    assert!(total > 200, "only {total} rows were checked");
}

/// The population and the number of answers by sector and branch.
#[test]
fn the_sample_adds_up_to_the_published_margins() {
    let (data, design) = sample("innovationsbarometer-2016");
    let table_6: Vec<_> = reference("sampling_tables.csv");
    for (breakdown, role) in [("sector", Role::Sector), ("branche", Role::Branch)] {
        let var = data.codebook.with_role(role).unwrap().name.clone();
        let query = Query {
            by: Some(var.clone()),
            ..Query::new(Measure::Question(var.0.as_str().into()), &data)
        };
        let table = query.run_with(&data, &design).unwrap();
        let mut found = 0;
        for row in table_6
            .iter()
            .filter(|row| row["breakdown"] == breakdown && row["value"] != "Total" && !row["responses"].is_empty())
        {
            let group = table
                .groups
                .iter()
                .find(|group| group.label.get(Language::Da) == row["value"])
                .unwrap_or_else(|| panic!("no group {:?}", row["value"]));
            let population: f64 = row["population"].parse().unwrap();
            assert_eq!(group.n, row["responses"].parse::<usize>().unwrap(), "{}", row["value"]);
            assert!(
                (group.n_weighted - population).abs() < 0.5,
                "{}: {} weighted, {population} published",
                row["value"],
                group.n_weighted
            );
            found += 1;
        }
        assert_eq!(found, table.groups.len(), "{breakdown}");
        assert_eq!(table.base.n, 2363);
        assert!((table.base.n_weighted - 15102.0).abs() < 0.5);
    }
}
