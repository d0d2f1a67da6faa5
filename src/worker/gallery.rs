//! Data sets and a folder in, every standard figure of theirs in the folder out: in each language, light, dark and for
//! print, with a page that shows them all.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::FigureFormat;
use super::work::write_figure;
use crate::data::{Dataset, Language};
use crate::export;
use crate::figure::{self, Look, Scene, Theme};
use crate::project::{Standard, catalogue, reason_of, write_whole};

/// The themes of a gallery, with the endings of their files' names.
const THEMES: [(Theme, &str); 3] = [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")];

/// What a gallery shows.
#[derive(Clone, Debug)]
pub struct Gallery<'a> {
    /// The surveys, each with the word that its figures' names begin with; empty: none.
    pub surveys: Vec<(&'a str, &'a Dataset)>,
    /// Of data sets made of several files, only what sets the files beside each other.
    pub only_parts: bool,
    /// Only figures whose name has this in it.
    pub only: Option<String>,
    /// The format of the figures; the page shows them in either.
    pub format: FigureFormat,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// How many figures were written.
    pub figures: usize,
    /// Figures that could not be drawn: name and sentence.
    pub failed: Vec<(String, String)>,
}

/// The scene of a standard figure in one language and theme, and what the program has to say of it.
pub fn scenes(standard: &Standard, data: &Dataset) -> Result<Vec<(String, Scene)>, String> {
    let table = standard.query(data).run(data).map_err(|error| error.to_string())?;
    let mut scenes = Vec::new();
    for language in Language::ALL {
        for (theme, tone) in THEMES {
            let look = Look {
                language,
                theme,
                ..standard.view.look.clone()
            };
            let scene = figure::layout(&figure::draw(&table, &look));
            scenes.push((format!("{}-{}-{tone}", standard.id, language.code()), scene));
        }
    }
    Ok(scenes)
}

/// Writes the gallery into `folder`, which is made where it is not there. The sentence says why it could not be written.
pub fn write(gallery: &Gallery<'_>, folder: &Path) -> Result<Made, String> {
    let unwritable = |error: &std::io::Error| {
        format!(
            "{}: the gallery could not be written ({}). Choose a folder that you may write to.",
            folder.display(),
            reason_of(error)
        )
    };
    let mut made = Made::default();
    let mut sections = String::new();
    for (survey, data) in &gallery.surveys {
        for mut standard in catalogue(data, Language::Da) {
            let by_part = |by: &crate::data::Combined| standard.view.by.as_ref() == Some(&by.by);
            if gallery.only_parts && !data.combined.as_ref().is_none_or(by_part) {
                continue;
            }
            if !survey.is_empty() {
                standard.id = format!("{survey}-{}", standard.id);
            }
            if gallery
                .only
                .as_ref()
                .is_some_and(|only| !standard.id.contains(only.as_str()))
            {
                continue;
            }
            let scenes = match scenes(&standard, data) {
                Ok(scenes) => scenes,
                Err(sentence) => {
                    made.failed.push((standard.id, sentence));
                    continue;
                }
            };
            fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
            let mut section = String::new();
            for (name, scene) in &scenes {
                let file = format!("{name}.{}", gallery.format.ending());
                write_figure(scene, None, gallery.format, &folder.join(&file))?;
                made.figures += 1;
                // Writing to a String cannot fail.
                let _ = writeln!(
                    section,
                    r#"<a href="{file}"><img src="{file}" alt="{}" width="{}" loading="lazy"></a>"#,
                    export::escaped(&scene.alt),
                    scene.width.round()
                );
            }
            let id = export::escaped(&standard.id);
            let _ = writeln!(
                sections,
                "<section id=\"{id}\"><h2>{id}</h2>\n<div>{section}</div></section>"
            );
        }
    }
    if made.figures == 0 {
        return Ok(made);
    }
    let page = page(&gallery.surveys, &sections);
    write_whole(&folder.join("index.html"), page.as_bytes()).map_err(|error| unwritable(&error))?;
    Ok(made)
}

/// The page: one section per figure, its variants side by side.
fn page(surveys: &[(&str, &Dataset)], sections: &str) -> String {
    let titles: Vec<&str> = surveys
        .iter()
        .map(|(_, data)| data.codebook.title.get(Language::En))
        .collect();
    let title = export::escaped(&titles.join(" · "));
    format!(
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ margin: 24px; background: #F5F6F8; color: #17202B; font: 15px/1.4 Inter, 'Helvetica Neue', Arial, sans-serif; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 15px; margin: 32px 0 8px; }}
section > div {{ display: flex; gap: 16px; overflow-x: auto; align-items: flex-start; }}
img {{ display: block; height: auto; border: 1px solid #E2E6EB; border-radius: 8px; }}
</style></head><body>
<h1>{title}</h1>
{sections}</body></html>
"#
    )
}
