//! Several breakdowns side by side, and percentages of answers and of everybody.

use isobar::data::{Dataset, Language};
use isobar::measure::{Measure, Pairs, Percent, Query, Table};

use super::against_r::{close, close_estimate, expected};
use super::sample;

fn novelty(data: &Dataset, by: &[&str], percent: Percent) -> Query {
    let mut vars = by.iter().map(|var| (*var).into());
    Query {
        by: vars.next(),
        banner: vars.collect(),
        percent,
        ..Query::new(Measure::Question("nyhed".into()), data)
    }
}

fn lettered(mut query: Query) -> Query {
    query.compare.test = true;
    query.compare.pairs = Some(Pairs::All);
    query
}

#[test]
fn percentages_of_answers_and_of_everybody_are_those_of_r() {
    let data = sample();
    let rows = novelty(&data, &["sektor"], Percent::Answer).run(&data).unwrap();
    let total = novelty(&data, &["sektor"], Percent::Total).run(&data).unwrap();
    for case in expected("percent") {
        let answer = case["answer"].to_string();
        let item = rows.items.iter().position(|item| item.id == answer).unwrap();
        let group = case["sector"].as_u64().unwrap() as usize - 1;
        let cell = rows.cell(item, group);
        close_estimate(&cell.estimate, &case, "row", "row_se");
        close(cell.estimate.df, &case, "row_df");
        assert_eq!(cell.estimate.n as u64, case["row_n"].as_u64().unwrap());
        let cell = total.cell(item, group);
        close_estimate(&cell.estimate, &case, "total", "total_se");
        assert_eq!(cell.estimate.n as u64, case["total_n"].as_u64().unwrap());
    }
}

/// The sum of the shares of some cells.
fn sum(table: &Table, cells: impl Iterator<Item = (usize, usize)>) -> f64 {
    cells.map(|(item, group)| table.cell(item, group).estimate.value).sum()
}

#[test]
fn percentages_add_up_to_what_is_a_hundred() {
    let data = sample();
    let run = |percent| novelty(&data, &["stoerrelse"], percent).run(&data).unwrap();
    let (columns, rows, total) = (run(Percent::Group), run(Percent::Answer), run(Percent::Total));
    let (items, groups) = (columns.items.len(), columns.groups.len());
    for group in 0..groups {
        assert!((sum(&columns, (0..items).map(|item| (item, group))) - 1.0).abs() < 1e-12);
    }
    for item in 0..items {
        assert!((sum(&rows, (0..groups).map(|group| (item, group))) - 1.0).abs() < 1e-12);
    }
    let all = (0..items).flat_map(|item| (0..groups).map(move |group| (item, group)));
    assert!((sum(&total, all.clone()) - 1.0).abs() < 1e-12);
    // However it is seen, as many in the population and in the sample gave the answer.
    for (item, group) in all {
        let seen = [&columns, &rows, &total].map(|table| *table.cell(item, group));
        assert!(
            seen.iter()
                .all(|cell| (cell.population() - seen[0].population()).abs() < 1e-6)
        );
        assert!(seen.iter().all(|cell| cell.n_chosen == seen[0].n_chosen));
    }
}

#[test]
fn breakdowns_stand_side_by_side_after_everybody() {
    let data = sample();
    let banner = lettered(novelty(&data, &["sektor", "region"], Percent::Group))
        .run(&data)
        .unwrap();
    let total = novelty(&data, &[], Percent::Group).run(&data).unwrap();
    let parts = ["sektor", "region"].map(|by| lettered(novelty(&data, &[by], Percent::Group)).run(&data).unwrap());
    assert_eq!(banner.groups.len(), 1 + parts[0].groups.len() + parts[1].groups.len());
    assert_eq!(banner.groups[0].key, None);
    assert_eq!(banner.groups[0].label.get(Language::En), "Total");
    assert_eq!(banner.groups[1].by.get(Language::En), "Sector");
    assert_eq!(banner.groups[4].by.get(Language::En), "Region (geographical)");
    assert_eq!(banner.by.get(Language::En), "Sector and Region (geographical)");
    let mut first = 1;
    for item in 0..total.items.len() {
        assert_eq!(banner.cell(item, 0), total.cell(item, 0));
    }
    for part in &parts {
        for item in 0..part.items.len() {
            for group in 0..part.groups.len() {
                assert_eq!(banner.groups[first + group].key, part.groups[group].key);
                assert_eq!(banner.cell(item, first + group), part.cell(item, group));
                let letters = |table: &Table, group: usize| {
                    table.comparisons.letters[item * table.groups.len() + group]
                        .chars()
                        .collect::<Vec<_>>()
                };
                // As many letters, of the groups further right.
                let (ours, alone) = (letters(&banner, first + group), letters(part, group));
                let moved: Vec<char> = alone.iter().map(|name| (*name as u8 + first as u8) as char).collect();
                assert_eq!(ours, moved);
            }
        }
        first += part.groups.len();
    }
    let by = |var: &str| {
        let contrasts = &banner.comparisons.contrasts;
        contrasts
            .iter()
            .filter(|contrast| contrast.by == Some(var.into()))
            .count()
    };
    assert_eq!(by("sektor"), parts[0].comparisons.contrasts.len());
    assert_eq!(by("region"), parts[1].comparisons.contrasts.len());
}

#[test]
fn percentages_that_cannot_be_had_are_refused_in_words() {
    let data = sample();
    let refused = |query: Query| query.run(&data).unwrap_err().to_string();
    let wants = "percentages of an answer or of everybody are of shares in the groups of a breakdown. Choose a breakdown \
                 and a question with answers, or percentages of groups.";
    assert_eq!(refused(novelty(&data, &[], Percent::Answer)), wants);
    let mean = Query {
        measure: Measure::Mean("ansatte".into()),
        ..novelty(&data, &["sektor"], Percent::Total)
    };
    assert_eq!(refused(mean), wants);
    assert_eq!(
        refused(lettered(novelty(&data, &["sektor"], Percent::Answer))),
        "differences between groups are of percentages of groups. Leave the differences out, or choose percentages of \
         groups."
    );
}
