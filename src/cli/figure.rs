//! `isobar figure`: a query, a project's view or a standard figure in; an SVG or PNG file out, of a network GraphML or GEXF too.

use std::path::Path;

use super::{
    Among, DesignArguments, FigureAsked, Paper, Reading, Together, Trouble, complain, measure_of, open, query_of, told,
};
use crate::data::{Condition, DataError, Dataset, Language, Progress};
use crate::figure::{self, Look};
use crate::measure::{Compare, Query};
use crate::project::{self, Project};
use crate::remarks;
use crate::worker::{self, FigureFormat};

pub(super) fn run(
    file: &Path,
    asked: FigureAsked,
    among: &Among,
    design: &DesignArguments,
    (reading, together): (&Reading, &Together),
    paper: &Paper,
) -> Result<(), Trouble> {
    let format = match paper
        .output
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_lowercase)
        .as_deref()
    {
        Some("svg") => FigureFormat::Svg,
        Some("png") => FigureFormat::Png { dpi: paper.dpi },
        Some("graphml") => FigureFormat::GRAPHML,
        Some("gexf") => FigureFormat::GEXF,
        _ => {
            return Err(Trouble::Misused(format!(
                "{}: a figure is written as .svg or .png, a network also as .graphml or .gexf; choose one of these endings",
                paper.output.display()
            )));
        }
    };
    let is_project = file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("isobar"));
    let (table, mut look) = if is_project {
        let project = project::load(file)?;
        if !together.is_alone() {
            return Err(Trouble::Misused(format!(
                "{}: a project names its files itself; --with and --join go with a survey file",
                file.display()
            )));
        }
        let options = reading.over(project.read.clone());
        let opened = project.data.open(&options, &Progress::new()).map_err(|error| {
            let remedy = match error {
                DataError::NotFound { .. } => " The window lets you say where it is now.",
                _ => "",
            };
            Trouble::Failed(format!(
                "{}: its data file cannot be opened. {error}{remedy}",
                file.display()
            ))
        })?;
        told(&opened);
        let changed = project
            .data
            .changed_files(&project.fingerprint, &opened.dataset.fingerprint);
        if opened.dataset.fingerprint != project.fingerprint {
            let which = match changed.as_slice() {
                [one] if project.data.files().len() > 1 => format!("the data file {}", one.display()),
                _ => "the data file".to_owned(),
            };
            complain(
                "warning",
                &format!(
                    "{}: {which} has changed since the project was saved; the figure shows it as it is now. Open the project in the window and save it to accept the change.",
                    file.display()
                ),
                0,
            );
        }
        let (query, look) = match asked.view {
            Some(name) => of_view(&project, &name, file)?,
            None => {
                let measure = measure_of(asked.question, asked.share)?;
                let query = Query {
                    measure,
                    ..project.query(project.view())
                };
                (
                    query,
                    Look {
                        headline: None,
                        ..project.view().look.clone()
                    },
                )
            }
        };
        let query = design.applied_to(narrowed(query, among)?)?;
        (query.run(&opened.dataset)?, look)
    } else {
        let opened = open(file, reading, Some(together))?;
        let data = &opened.dataset;
        match asked.view {
            Some(name) => {
                let (query, look) = standard(&name, data, file)?;
                let query = design.applied_to(narrowed(query, among)?)?;
                (query.run(data)?, look)
            }
            None => {
                let measure = measure_of(asked.question, asked.share)?;
                let query = query_of(measure, among, Compare::default(), design, data)?;
                (query.run(data)?, Look::default())
            }
        }
    };
    for warning in &table.warnings {
        complain("warning", &remarks::of_table(warning, Language::En), 0);
    }
    if let Some(language) = paper.language {
        look.language = language.into();
    }
    if let Some(width) = paper.width_pt {
        look.width_pt = width as f32;
    }
    look.height_pt = paper.height_pt.map(|height| height as f32).or(look.height_pt);
    let scene = figure::layout(&figure::draw(&table, &look));
    for (side, asked, made) in [
        ("wide", paper.width_pt, scene.width),
        ("high", paper.height_pt, scene.height),
    ] {
        if let Some(asked) = asked.filter(|asked| (asked - f64::from(made)).abs() >= 0.5) {
            complain(
                "warning",
                &format!(
                    "the figure is {made} pt {side} and not {asked} pt: its content needs, or allows, no other size"
                ),
                0,
            );
        }
    }
    worker::write_figure(&scene, Some(&table), format, &paper.output).map_err(Trouble::Failed)
}

fn of_view(project: &Project, name: &str, file: &Path) -> Result<(Query, Look), Trouble> {
    match project.views.iter().find(|view| view.name == name) {
        Some(view) => Ok((project.query(view), view.look.clone())),
        None => {
            let names: Vec<String> = project.views.iter().map(|view| format!("“{}”", view.name)).collect();
            Err(Trouble::Failed(format!(
                "{}: there is no view “{name}”. It has {}.",
                file.display(),
                names.join(", ")
            )))
        }
    }
}

/// A standard figure of a survey.
fn standard(name: &str, data: &Dataset, file: &Path) -> Result<(Query, Look), Trouble> {
    let catalogue = project::catalogue(data, Language::Da);
    let Some(standard) = catalogue.iter().find(|standard| standard.id == name) else {
        let names: Vec<&str> = catalogue.iter().map(|standard| standard.id.as_str()).collect();
        return Err(Trouble::Failed(match names.as_slice() {
            [] => format!(
                "{}: there are no standard figures, as the codebook says of no question what it is about (its concept). Use --question or --share.",
                file.display()
            ),
            names => format!(
                "{}: there is no standard figure “{name}”. It has {}.",
                file.display(),
                names.join(", ")
            ),
        }));
    };
    Ok((standard.query(data), standard.view.look.clone()))
}

/// The command line narrows the project's filter and may set another breakdown.
fn narrowed(query: Query, among: &Among) -> Result<Query, Trouble> {
    let filter = Condition::parse(among.filter.as_deref().unwrap_or_default())
        .map_err(|error| Trouble::Misused(error.to_string()))?;
    Ok(Query {
        by: among.by.clone().map(crate::data::VarId).or(query.by),
        filter: query.filter.and(filter),
        ..query
    })
}
