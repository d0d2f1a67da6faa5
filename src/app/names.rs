//! File names: proposed ones out of titles, and endings.

use std::path::{Path, PathBuf};

use crate::data::{Dataset, Language, QuestionId};
use crate::measure::{BoxView, Measure, Outcome};
use crate::project::{Analysis, Project, analyses, outcomes, title_of};
use crate::words;
use crate::worker::FigureFormat;

/// The ending of project files.
pub const PROJECT_ENDING: &str = "isobar";

/// Whether `path` is named as a project.
pub fn is_project(path: &Path) -> bool {
    has_ending(path, PROJECT_ENDING)
}

/// The name proposed for a project that was never saved: the survey's title, else its file's name.
pub(super) fn of_project(data: Option<&Dataset>, language: Language) -> String {
    let name = match slug(&data.map(|data| data.title(language)).unwrap_or_default()) {
        name if name.is_empty() => "isobar".to_owned(),
        name => name,
    };
    format!("{name}.{PROJECT_ENDING}")
}

/// The name proposed for the figure in front: the name of its view.
pub(super) fn of_figure(project: &Project, format: FigureFormat) -> String {
    let name = match slug(&project.view().name) {
        name if name.is_empty() => "figure".to_owned(),
        name => name,
    };
    format!("{name}.{}", format.ending())
}

/// What a view is called as long as nobody has called it anything else: the question, and what is shown of it.
pub(super) fn of_measure(measure: &Measure, data: &Dataset, language: Language) -> String {
    let Some(analysis) = Analysis::of(measure) else {
        return title_of(measure, data, language);
    };
    let name = words::text(language, analysis_key(analysis), &[]);
    let about = match measure {
        Measure::Question(_) | Measure::Poles(_) => return title_of(measure, data, language),
        Measure::Roles(_) => return name,
        Measure::Boxes {
            question,
            view: BoxView::Constellation(var),
            ..
        } => box_title(question, &var.0, data, language),
        Measure::Effect(effect) => outcome_title(&Outcome::Share(effect.outcome.clone()), data, language),
        Measure::Model(model) => outcome_title(&model.outcome, data, language),
        other => title_of(other, data, language),
    };
    format!("{name}: {about}")
}

/// The key of what an analysis is called.
pub fn analysis_key(analysis: Analysis) -> &'static str {
    match analysis {
        Analysis::Answers => "ui-analysis-answers",
        Analysis::Poles => "ui-analysis-poles",
        Analysis::Composition => "ui-analysis-composition",
        Analysis::Combinations => "ui-analysis-combinations",
        Analysis::Count => "ui-analysis-count",
        Analysis::Alone => "ui-analysis-alone",
        Analysis::Constellation => "ui-analysis-constellation",
        Analysis::Network => "ui-analysis-network",
        Analysis::Roles => "ui-analysis-roles",
        Analysis::Profile => "ui-analysis-profile",
        Analysis::Effect => "ui-analysis-effect",
        Analysis::Model => "ui-analysis-model",
    }
}

/// What a box is called.
fn box_title(question: &QuestionId, id: &str, data: &Dataset, language: Language) -> String {
    let question = data.codebook.question(question);
    let item = question.and_then(|question| question.items.iter().find(|item| item.id() == id));
    item.map_or_else(
        || id.to_owned(),
        |item| analyses::item_label(item, &data.codebook, language),
    )
}

/// What an outcome is called: the answers that it is made of, else as it is written.
pub fn outcome_title(outcome: &Outcome, data: &Dataset, language: Language) -> String {
    match outcome {
        Outcome::Mean(var) => title_of(&Measure::Mean(var.clone()), data, language),
        Outcome::Share(condition) => match outcomes::labels(condition, data, language) {
            Some(labels) => words::choice(language, &labels),
            None => condition.to_string(),
        },
    }
}

/// `path` with the ending of projects, and whether it had to be added (so that nobody was asked about a file there).
pub(super) fn with_project_ending(path: PathBuf) -> (PathBuf, bool) {
    if is_project(&path) {
        (path, false)
    } else {
        (added(path, PROJECT_ENDING), true)
    }
}

/// `path` with the ending of a figure, the format that it says, and whether it had to be added.
pub(super) fn with_figure_ending(path: PathBuf, format: FigureFormat) -> (PathBuf, FigureFormat, bool) {
    match format {
        _ if has_ending(&path, format.ending()) => (path, format, false),
        _ if has_ending(&path, FigureFormat::Svg.ending()) => (path, FigureFormat::Svg, false),
        _ if has_ending(&path, FigureFormat::PNG.ending()) => (path, FigureFormat::PNG, false),
        _ if has_ending(&path, FigureFormat::GRAPHML.ending()) => (path, FigureFormat::GRAPHML, false),
        _ if has_ending(&path, FigureFormat::GEXF.ending()) => (path, FigureFormat::GEXF, false),
        _ => (added(path, format.ending()), format, true),
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Adds an ending rather than replacing one: `Figure 4.2` is not of the kind `2`.
fn added(path: PathBuf, ending: &str) -> PathBuf {
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A text as a file name that every system and mail program takes: lower-case letters, digits and hyphens.
fn slug(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        let plain: &str = match c {
            'æ' | 'ä' => "ae",
            'ø' | 'ö' => "oe",
            'å' => "aa",
            'ü' => "u",
            'é' | 'è' | 'ê' => "e",
            'ß' => "ss",
            c if c.is_ascii_alphanumeric() => {
                slug.push(c);
                continue;
            }
            _ => "-",
        };
        if plain != "-" || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push_str(plain);
        }
    }
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        assert_eq!(
            slug("Fremmende og hæmmende faktorer"),
            "fremmende-og-haemmende-faktorer"
        );
        assert_eq!(slug("  Økonomi, år 2016?  "), "oekonomi-aar-2016");
        assert_eq!(slug("???"), "");
        assert_eq!(slug("../..\\CON:"), "con");
    }

    #[test]
    fn a_dot_in_a_name_is_not_an_ending() {
        assert_eq!(
            with_project_ending("Figur 4.2".into()),
            ("Figur 4.2.isobar".into(), true)
        );
        assert_eq!(
            with_figure_ending("a.PNG".into(), FigureFormat::Svg),
            ("a.PNG".into(), FigureFormat::PNG, false)
        );
        assert_eq!(
            with_figure_ending("survey.sav".into(), FigureFormat::Svg),
            ("survey.sav.svg".into(), FigureFormat::Svg, true)
        );
    }
}
