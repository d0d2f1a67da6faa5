//! Every standard figure of the sample surveys: it can be drawn, nothing in it is cut or overlaps, and it shows the
//! numbers that the publications print in a figure of its kind.

use std::collections::BTreeMap;
use std::path::Path;

use isobar::data::{Code, Dataset, Language, sample};
use isobar::measure::{BoxView, Measure, Table};
use isobar::project::{Standard, catalogue};
use isobar::worker::gallery::scenes;
use serde_json::Value;

use super::gallery::{assert_inside_the_page, overlaps};

fn surveys() -> Vec<(&'static str, Dataset)> {
    vec![
        ("innovationsbarometer-2016", sample::read().unwrap().dataset),
        ("arena-2020", sample::read_arena().unwrap().dataset),
        ("rounds", sample::read_rounds().unwrap().dataset),
        ("countries", sample::read_countries().unwrap().dataset),
    ]
}

/// The standard figures of a survey; of combined files those that set them beside each other.
fn figures(data: &Dataset) -> Vec<Standard> {
    let mut figures = catalogue(data, Language::Da);
    if let Some(combined) = &data.combined {
        figures.retain(|figure| figure.view.by.as_ref() == Some(&combined.by));
    }
    figures
}

#[test]
fn every_standard_figure_is_drawn_whole_in_each_language() {
    let mut failed = Vec::new();
    for (survey, data) in surveys() {
        for figure in figures(&data) {
            match scenes(&figure, &data) {
                Err(sentence) => failed.push(format!("{survey} {}: {sentence}", figure.id)),
                Ok(scenes) => {
                    assert_eq!(scenes.len(), 6, "two languages in three themes");
                    // A theme changes colours alone.
                    for (name, scene) in scenes.iter().filter(|(name, _)| name.ends_with("light")) {
                        for (one, other) in overlaps(scene) {
                            failed.push(format!("{survey} {name}: {one:?} and {other:?} overlap"));
                        }
                        assert_inside_the_page(name, scene);
                        assert!(!scene.alt.is_empty() && !scene.title.is_empty(), "{name}");
                    }
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_catalogue_has_every_kind_of_figure_of_the_publications() {
    let (_, data) = surveys().remove(0);
    let ids: Vec<String> = figures(&data).into_iter().map(|figure| figure.id).collect();
    // In the words of the field's description: charts the publications use.
    for id in [
        "innovation",
        "innovation-by-sector",
        "initiators",
        "factors",
        "types-composition",
        "values-by-partner",
        "values-by-partner-slope",
        "role-citizens",
        "partner-constellation",
        "effect",
        "sectors-with-sectors",
        "model-curve",
        "comparison-letters",
        "table-banner",
        "partners-network",
        "partners-network-difference",
        "types-sets",
    ] {
        assert!(ids.iter().any(|known| known == id), "{id} is not among {ids:?}");
    }
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "every figure has a name of its own");
}

fn published(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// Whether a condition says that an actor plays a role: initiated, promoted or collaborated.
fn is_role(condition: &str, actor: &str, data: &Dataset) -> bool {
    let about = |(var, _): (&str, &str)| {
        let mut items = data.codebook.questions.iter().flat_map(|question| &question.items);
        items.any(|item| item.var.0 == var && item.actor.as_deref() == Some(actor))
    };
    let condition = condition.trim_matches(['(', ')']);
    let all = condition.contains("init_") && condition.contains("partner_") && !condition.contains(" and ");
    let mut parts = condition.split(" or ").map(|part| part.split_once(" = "));
    all && parts.all(|part| part.is_some_and(about))
}

/// What a published row asks for.
struct Asked<'a> {
    row: &'a Value,
    /// The sector that it is about; `None`: everybody.
    sector: Option<&'a str>,
    /// What else narrows it.
    further: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(row: &'a Value) -> Self {
        let only = row["where"].as_str().unwrap_or("");
        let only = only.trim_start_matches("innovativ = 1").trim_start_matches(" and ");
        let sector = only.strip_prefix("sektor = ");
        Self {
            row,
            sector,
            further: (sector.is_none() && !only.is_empty()).then_some(only),
        }
    }

    /// The row of a figure that shows it; `None`: the figure is about something else.
    fn item(&self, figure: &Standard, table: &Table, data: &Dataset) -> Option<String> {
        let question = self.row["question"].as_str();
        let item = || self.row["item"].as_str().map(str::to_owned);
        match &figure.view.measure {
            Measure::Question(id) | Measure::Poles(id) if question == Some(&id.0) => {
                // Some rows ask fewer than the question did.
                let narrowed = self.row["where"]
                    .as_str()
                    .is_some_and(|text| text.starts_with("innovativ"));
                let base = data.codebook.question(id)?.base.as_deref();
                let is_all =
                    self.further.is_none() || figure.view.by.as_ref().is_some_and(|by| by.0.starts_with("role:"));
                (is_all && (!narrowed || base == Some("innovative"))).then(item)?
            }
            Measure::Boxes {
                question: id,
                view: BoxView::Constellation(given),
                ..
            } if question == Some(&id.0) => (self.further? == format!("{given} = 1")).then(item)?,
            // A whole role: any of its parts.
            Measure::Profile { actor, .. } if self.further.is_none() => {
                is_role(self.row["share"].as_str()?, actor, data).then(|| table.items[0].id.clone())
            }
            _ => None,
        }
    }

    /// The value that a figure shows of it, in per cent.
    fn shown(&self, figure: &Standard, table: &Table, data: &Dataset) -> Option<f64> {
        let by = figure.view.by.as_ref().map(|by| by.0.as_str());
        let actor = by.and_then(|by| by.strip_prefix("role:"));
        // Whether the row is about those for whom an actor plays a role, or about the others.
        let plays = match actor {
            Some(actor) => {
                let further = self.further?;
                let plays = !further.starts_with("not ");
                is_role(further.trim_start_matches("not "), actor, data).then_some(Some(plays))?
            }
            None if by != self.sector.map(|_| "sektor") => return None,
            None => None,
        };
        let item = self.item(figure, table, data)?;
        let code = self.row["value"].as_f64().map(Code::Number);
        let place = table.items.iter().position(|found| match &code {
            None => found.id == item,
            Some(code) => found.var.as_ref().is_some_and(|var| var.0 == item) && found.code.as_ref() == Some(code),
        })?;
        let code_of = |plays: bool| if plays { "1" } else { "0" };
        let group = match self.sector {
            None => match plays {
                None => 0,
                Some(plays) => table.groups.iter().position(|found| {
                    let key = found.key.as_ref();
                    key.is_some_and(|(_, key)| key.to_string() == code_of(plays))
                })?,
            },
            Some(code) => table.groups.iter().position(|found| {
                let key = found.key.as_ref();
                key.is_some_and(|(var, key)| var.0 == "sektor" && key.to_string() == code)
            })?,
        };
        Some(100.0 * table.cell(place, group).estimate.value)
    }
}

#[test]
fn standard_figures_show_the_published_numbers() {
    let mut reader = csv::Reader::from_reader(published("published_figures.csv").leak().as_bytes());
    let printed: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.unwrap()).collect();
    let rows: Vec<Value> = serde_json::from_str(&published("published_queries.json")).unwrap();
    let mut checked: BTreeMap<String, usize> = BTreeMap::new();
    for (survey, data) in surveys().into_iter().take(2) {
        let tables: Vec<(Standard, Table)> = figures(&data)
            .into_iter()
            .filter(|figure| figure.filter.chips.is_empty())
            .filter_map(|figure| {
                let table = figure.query(&data).run(&data).ok()?;
                Some((figure, table))
            })
            .collect();
        for row in rows.iter().filter(|row| row["dataset"] == survey) {
            let asked = Asked::of(row);
            let number = row["row"].as_u64().unwrap() as usize;
            let goal: f64 = printed[number - 1]["percent"].parse().unwrap();
            for (figure, table) in &tables {
                let Some(value) = asked.shown(figure, table, &data) else {
                    continue;
                };
                let met = match row["tolerance"].as_f64() {
                    Some(points) => (value - goal).abs() <= points,
                    None => (value + 0.5 + 1e-9).floor() == goal,
                };
                assert!(met, "row {number}, {}: {value} here, {goal} published", figure.id);
                *checked.entry(format!("{survey} {}", figure.id)).or_default() += 1;
            }
        }
    }
    println!("{checked:#?}");
    assert!(checked.values().sum::<usize>() > 130, "{checked:?}");
}
