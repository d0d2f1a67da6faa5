//! Population, sample, answers and rates by category: the published sampling tables are the oracle.

use isobar::data::{Condition, Language};
use isobar::measure::{Measure, Query, Table};

use super::{run, sample};
use crate::program::path;

fn response(var: &str) -> Measure {
    Measure::Response(var.into())
}

/// The published rows: label, population, sample, answers.
fn published(table: &str) -> Vec<(String, [f64; 3])> {
    let mut reader = csv::Reader::from_path(path("tests/reference/sampling_tables.csv")).unwrap();
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[0] == table);
    rows.map(|row| (row[2].to_owned(), [3, 4, 5].map(|column| row[column].parse().unwrap())))
        .collect()
}

fn column(table: &Table, name: &str) -> Option<usize> {
    let is_named = |group: &isobar::measure::TableGroup| group.key.as_ref().unwrap().1.to_string() == name;
    table.groups.iter().position(is_named)
}

#[test]
fn response_tables_are_the_published_ones() {
    let data = sample();
    for (var, name) in [("sektor", "Table 6.1"), ("branche", "Table 6.2")] {
        let table = run(response(var), &data);
        let rows = published(name);
        assert_eq!(table.items.len(), rows.len());
        for (item, (label, numbers)) in rows.iter().enumerate() {
            if label != "Total" {
                assert_eq!(table.items[item].label.get(Language::Da), label);
            }
            for (name, number) in ["population", "sample", "answers"].iter().zip(numbers) {
                let cell = table.cell(item, column(&table, name).unwrap());
                assert_eq!(cell.estimate.value, *number, "{label}: {name}");
            }
            let rate = table.cell(item, column(&table, "rate").unwrap()).estimate.value;
            assert!((rate - 100.0 * numbers[2] / numbers[1]).abs() < 1e-12);
        }
    }
}

#[test]
fn a_population_that_is_not_told_is_the_sum_of_the_strata() {
    let mut data = sample();
    data.codebook.response.clear();
    // Strata are within branches, and across sectors.
    let table = run(response("branche"), &data);
    for (item, (label, numbers)) in published("Table 6.2").iter().enumerate() {
        assert_eq!(table.cell(item, 0).estimate.value, numbers[0], "{label}");
    }
    assert_eq!((column(&table, "sample"), column(&table, "rate")), (None, None));
    let sectors = run(response("sektor"), &data);
    assert_eq!(
        (column(&sectors, "population"), column(&sectors, "answers")),
        (None, Some(0))
    );
}

#[test]
fn a_part_of_a_response_table_is_refused() {
    let data = sample();
    let query = Query {
        filter: Condition::parse("sektor = 1").unwrap(),
        ..Query::new(response("branche"), &data)
    };
    assert_eq!(
        query.run(&data).unwrap_err().to_string(),
        "a response table is of all respondents. Leave out the filter and the breakdown."
    );
}
