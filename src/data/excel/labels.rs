//! A sheet that explains the variables in, their labels out: one row per code (`variable`, `code`, `label`), one per
//! variable (`variable`, `label`), or both kinds of label side by side.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cell::{Cell, Rows, Strings};
use super::table::{heading, words};
use crate::data::Column;
use crate::data::codebook::{AnswerKind, Code, Text, Value, Variable};
use crate::data::levels::kind_with_labels;

/// Headings in Danish, English, German, Norwegian and Swedish, in small letters and without signs between the letters.
const VARIABLE: &[&str] = &[
    "variable",
    "variables",
    "variablename",
    "varname",
    "var",
    "name",
    "column",
    "columnname",
    "field",
    "fieldname",
    "variabel",
    "variabler",
    "variabelnavn",
    "navn",
    "kolonne",
    "kolonnenavn",
    "felt",
    "feltnavn",
    "variabelnamn",
    "namn",
    "kolumn",
    "fält",
    "variablenname",
    "spalte",
    "spaltenname",
    "feld",
    "feldname",
    "merkmal",
];
const CODE: &[&str] = &[
    "code",
    "codes",
    "value",
    "values",
    "kode",
    "koder",
    "værdi",
    "værdier",
    "svarkode",
    "verdi",
    "verdier",
    "kod",
    "värde",
    "värden",
    "wert",
    "werte",
    "ausprägung",
    "schlüssel",
    "numericvalue",
    "answercode",
    "responsecode",
];
const LABEL: &[&str] = &[
    "label",
    "labels",
    "text",
    "description",
    "meaning",
    "tekst",
    "etiket",
    "etikette",
    "beskrivelse",
    "betydning",
    "etikett",
    "beskrivning",
    "betydelse",
    "beschreibung",
    "bezeichnung",
    "bedeutung",
    "beschriftung",
];
const VALUE_LABEL: &[&str] = &[
    "valuelabel",
    "valuelabels",
    "answer",
    "answerlabel",
    "answertext",
    "category",
    "værdilabel",
    "værdietiket",
    "værditekst",
    "svar",
    "svartekst",
    "svarmulighed",
    "kategori",
    "verdietikett",
    "verditekst",
    "svaralternativ",
    "värdeetikett",
    "svarstext",
    "wertelabel",
    "wertlabel",
    "wertbeschriftung",
    "antwort",
    "antworttext",
    "kategorie",
];
const VARIABLE_LABEL: &[&str] = &[
    "variablelabel",
    "variablelabels",
    "question",
    "questiontext",
    "variabellabel",
    "variabeletiket",
    "variabeltekst",
    "spørgsmål",
    "spørgsmålstekst",
    "variabeletikett",
    "spørsmål",
    "spørsmålstekst",
    "variabeletikett",
    "fråga",
    "frågetext",
    "variablenlabel",
    "variablenbeschriftung",
    "frage",
    "fragetext",
];
const MISSING: &[&str] = &["missing", "ismissing", "manglende", "mangler", "saknas", "fehlend"];
/// What says "yes" under the heading "missing".
const YES: &[&str] = &["1", "y", "yes", "x", "true", "ja", "j", "missing"];

/// Where the columns of a labels sheet are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    heading: usize,
    variable: u32,
    code: Option<u32>,
    value_label: Option<u32>,
    variable_label: Option<u32>,
    missing: Option<u32>,
}

/// The layout of a labels sheet, if this is the beginning of one.
pub(super) fn layout(rows: &Rows, strings: &Strings) -> Option<Layout> {
    let place = heading(rows)?;
    let heads: Vec<(u32, String)> = rows[place]
        .1
        .iter()
        .map(|&(column, cell)| {
            let words = words(cell, strings).to_lowercase();
            (
                column,
                words.chars().filter(|letter| letter.is_alphanumeric()).collect(),
            )
        })
        .collect();
    let find = |known: &[&str]| {
        let mut heads = heads.iter();
        heads
            .find(|(_, head)| known.contains(&head.as_str()))
            .map(|(column, _)| *column)
    };
    let variable = find(VARIABLE)?;
    let code = find(CODE);
    let (label, value_label, variable_label) = (find(LABEL), find(VALUE_LABEL), find(VARIABLE_LABEL));
    // "Label" beside codes explains the codes; otherwise it explains the variables. On a row without a code it does so
    // in any case.
    let layout = Layout {
        heading: place,
        variable,
        code,
        value_label: code.and(value_label.or(label)),
        variable_label: variable_label.or(label),
        missing: find(MISSING),
    };
    (layout.variable_label.is_some() || layout.value_label.is_some()).then_some(layout)
}

/// What a labels sheet says, by the names of variables in small letters.
#[derive(Default)]
pub(super) struct Labels {
    labels: HashMap<String, String>,
    values: HashMap<String, Vec<(Code, String, bool)>>,
}

impl Labels {
    pub fn add(&mut self, rows: &Rows, layout: Layout, strings: &Strings) {
        let mut variable = String::new();
        for (_, cells) in rows.iter().skip(layout.heading + 1) {
            let cells: BTreeMap<u32, Cell> = cells.iter().copied().collect();
            let said = |column: Option<u32>| -> Option<String> {
                let words = words(*cells.get(&column?)?, strings);
                (!words.is_empty()).then_some(words)
            };
            // The name may stand in the first row of its codes only.
            let starts = said(Some(layout.variable));
            if let Some(name) = &starts {
                variable = name.to_lowercase();
            }
            if variable.is_empty() {
                continue;
            }
            let code = layout
                .code
                .and_then(|column| cells.get(&column))
                .and_then(|cell| match cell {
                    Cell::Number(number) => Some(Code::Number(*number)),
                    Cell::Text(text) => Some(Code::Text(strings.get(*text).to_owned())),
                    Cell::Error => None,
                });
            let of_variable = said(layout.variable_label);
            if let Some(code) = code {
                let missing = said(layout.missing).is_some_and(|word| YES.contains(&word.to_lowercase().as_str()));
                let label = said(layout.value_label).unwrap_or_default();
                if !label.is_empty() || missing {
                    let values = self.values.entry(variable.clone()).or_default();
                    values.push((code, label, missing));
                }
                // One column of labels explains codes here.
                if layout.variable_label == layout.value_label {
                    continue;
                }
            }
            if let (Some(label), Some(_)) = (of_variable, starts) {
                self.labels.entry(variable.clone()).or_insert(label);
            }
        }
    }

    /// Whether it explains one of these variables.
    pub fn explains<'a>(&self, mut names: impl Iterator<Item = &'a str>) -> bool {
        names.any(|name| {
            let name = name.to_lowercase();
            self.labels.contains_key(&name) || self.values.contains_key(&name)
        })
    }

    /// Says what a variable and its codes mean.
    pub fn apply(&mut self, variable: &mut Variable, column: &Column) {
        let name = variable.name.0.to_lowercase();
        if let Some(label) = self.labels.get(&name) {
            variable.label = Text::plain(label.clone());
        }
        let Some(values) = self.values.remove(&name) else {
            return;
        };
        let own: &[Code] = match column {
            Column::Coded { levels, .. } => levels,
            Column::Numbers(_) => &[],
        };
        let texts = !own.is_empty() && own.iter().all(|code| code.number().is_none());
        // A column of labels rather than codes keeps them, in the order of the codes.
        let by_label = texts && {
            let labels: HashSet<&str> = values.iter().map(|(_, label, _)| label.as_str()).collect();
            own.iter()
                .all(|code| matches!(code, Code::Text(text) if labels.contains(text.as_str())))
        };
        let mut known = HashSet::new();
        for (code, label, missing) in values {
            let code = match code {
                _ if by_label => Code::Text(label.clone()),
                Code::Number(number) if texts => Code::Text(number.to_string()),
                Code::Text(text) if !texts => match text.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => Code::Number(number),
                    _ => Code::Text(text),
                },
                code => code,
            };
            if known.insert(code.clone()) {
                variable.values.push(Value {
                    code,
                    label: if label.is_empty() {
                        Text::default()
                    } else {
                        Text::plain(label)
                    },
                    is: if missing {
                        AnswerKind::Missing
                    } else {
                        AnswerKind::Answer
                    },
                });
            }
        }
        variable.kind = kind_with_labels(column, variable);
    }
}
