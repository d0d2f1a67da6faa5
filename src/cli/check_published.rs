//! `isobar check-published`: a table of published percentages in, what cannot be right about them out.

use std::path::Path;

use serde_json::{Value, json};

use super::{Trouble, print};
use crate::measure::published::{Checked, Published, PublishedKind, Slip, Weighting, check, parse};

pub(super) fn run(file: &Path, as_json: bool, fail: bool) -> Result<(), Trouble> {
    let checked = check(&read(file)?);
    print(&match as_json {
        true => format!("{:#}\n", object(file, &checked)),
        false => for_people(&checked),
    })?;
    match fail && !checked.slips.is_empty() {
        true => Err(Trouble::Failed(format!(
            "{}: {} of the numbers or bases cannot be right",
            file.display(),
            checked.slips.len()
        ))),
        false => Ok(()),
    }
}

/// The columns that the table may have, by their names.
struct Columns(Vec<String>);

impl Columns {
    /// The cell of the first of these columns that is there and not empty.
    fn get<'r>(&self, record: &'r csv::StringRecord, names: &[&str]) -> &'r str {
        let at = |name: &&str| self.0.iter().position(|known| known == name);
        let cells = names.iter().filter_map(at).filter_map(|at| record.get(at));
        cells.map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default()
    }
}

fn read(file: &Path) -> Result<Vec<Published>, Trouble> {
    let (columns, records) = table(file)?;
    if !columns.0.iter().any(|name| name == "percent") {
        return Err(Trouble::Failed(format!(
            "{}: there is no column called percent. A table of published percentages has the columns percent and n, and \
             where they are known figure, question, base, category, weighted (yes or no) and kind (single, part or union).",
            file.display()
        )));
    }
    let mut rows = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let line = record.position().map_or(at + 2, |position| position.line() as usize);
        let get = |names: &[&str]| columns.get(record, names);
        let written = get(&["percent"]);
        if written.is_empty() {
            continue;
        }
        let wrong = |what: &str, cell: &str| {
            Trouble::Failed(format!(
                "{}, line {line}: {cell:?} is not {what}. Correct the table.",
                file.display()
            ))
        };
        let (percent, decimals) = parse(written).ok_or_else(|| wrong("a percentage", written))?;
        let n = match get(&["n"]) {
            "" => None,
            n => Some(
                n.replace(['.', ','], "")
                    .parse()
                    .map_err(|_| wrong("a number of respondents", n))?,
            ),
        };
        let base = get(&["base"]).to_owned();
        let weighting = match get(&["weighted"]).to_lowercase().as_str() {
            "yes" | "ja" | "true" | "1" => Weighting::Weighted,
            "no" | "nej" | "false" | "0" => Weighting::Unweighted,
            "" => weighting_of(&base),
            other => return Err(wrong("yes or no", other)),
        };
        let kind = match get(&["kind"]).to_lowercase().as_str() {
            "" => PublishedKind::Unknown,
            "single" => PublishedKind::Single,
            "part" => PublishedKind::Part,
            "union" => PublishedKind::Union,
            other => return Err(wrong("single, part or union", other)),
        };
        let by = get(&["breakdown_variable"]);
        let group = match by.to_lowercase().as_str() {
            "" | "none" | "all" => Default::default(),
            _ => (by.to_owned(), get(&["breakdown_value", "group"]).to_owned()),
        };
        rows.push(Published {
            line,
            publication: get(&["publication"]).to_owned(),
            figure: get(&["figure"]).to_owned(),
            question: get(&["question", "question_en", "question_da"]).to_owned(),
            base,
            n,
            group,
            category: get(&["category", "category_en", "category_da"]).to_owned(),
            percent,
            decimals,
            note: get(&["note"]).to_owned(),
            weighting,
            kind,
        });
    }
    Ok(rows)
}

fn table(file: &Path) -> Result<(Columns, Vec<csv::StringRecord>), Trouble> {
    let failed = |error: csv::Error| Trouble::Failed(format!("{}: {error}", file.display()));
    let open = |separator| {
        csv::ReaderBuilder::new()
            .delimiter(separator)
            .from_path(file)
            .map_err(failed)
    };
    let mut reader = open(b',')?;
    // A table written where the decimal comma is has semicolons.
    if reader.headers().map_err(failed)?.iter().any(|name| name.contains(';')) {
        reader = open(b';')?;
    }
    let heading = reader.headers().map_err(failed)?;
    let columns = heading
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase())
        .collect();
    let records = reader.records().collect::<Result<_, _>>().map_err(failed)?;
    Ok((Columns(columns), records))
}

/// Whether a base says that it is weighted.
fn weighting_of(base: &str) -> Weighting {
    let base = base.to_lowercase();
    match () {
        () if base.contains("unweighted") || base.contains("uvægtet") => Weighting::Unweighted,
        () if base.contains("weighted") || base.contains("vægtet") => Weighting::Weighted,
        () => Weighting::Unknown,
    }
}

fn for_people(checked: &Checked) -> String {
    let mut out = String::new();
    for slip in &checked.slips {
        out.push_str(&format!("{}: {}\n", place(slip), slip.kind));
        if !slip.about.is_empty() {
            out.push_str(&format!("    {}\n", slip.about));
        }
    }
    let found = match checked.slips.len() {
        0 => "Nothing found".to_owned(),
        1 => "1 thing that cannot be right".to_owned(),
        several => format!("{several} things that cannot be right"),
    };
    out.push_str(&format!(
        "{found} in {} percentages. {} were set against their n; {} are weighted, so that n does not tell which shares \
         can be; {} have no n of their own.\n",
        checked.percentages, checked.judged, checked.weighted, checked.without_n
    ));
    out
}

/// "Nyt sammen bedre (2018), figure 4.2 (line 71)"
fn place(slip: &Slip) -> String {
    let figures: Vec<&str> = slip
        .figures
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    let lines: Vec<String> = slip.lines.iter().take(6).map(ToString::to_string).collect();
    let more = if slip.lines.len() > 6 { ", …" } else { "" };
    let kind = if slip.lines.len() == 1 { "line" } else { "lines" };
    let mut parts = Vec::new();
    if !slip.publication.is_empty() {
        parts.push(slip.publication.clone());
    }
    if !figures.is_empty() {
        parts.push(format!("figure {}", figures.join(", ")));
    }
    parts.push(format!("{kind} {}{more}", lines.join(", ")));
    parts.join(", ")
}

fn object(file: &Path, checked: &Checked) -> Value {
    let slips: Vec<Value> = checked
        .slips
        .iter()
        .map(|slip| {
            json!({
                "kind": slip.kind.id(),
                "publication": slip.publication,
                "figures": slip.figures,
                "lines": slip.lines,
                "about": slip.about,
                "message": slip.kind.to_string(),
            })
        })
        .collect();
    json!({
        "file": file.display().to_string(),
        "percentages": checked.percentages,
        "judged": checked.judged,
        "weighted": checked.weighted,
        "without_n": checked.without_n,
        "slips": slips,
    })
}
