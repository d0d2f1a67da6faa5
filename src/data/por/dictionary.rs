//! The records before the data of a portable file in, what they say about each variable out.
//! Source: PSPP Developers' Guide, "Portable File Format".

use std::collections::HashMap;

use super::signs::{Signs, Stop};

/// Labels times variables; more is no survey, but a file made to fill the memory.
const MOST_LABELS: usize = 2_000_000;

/// One variable and what stands about it in the file, in the file's bytes.
pub(super) struct Column {
    pub name: Vec<u8>,
    /// 0 is a number; else the letters of a text.
    pub width: usize,
    /// The type number of the print format, as in a system file.
    pub format: u8,
    pub label: Vec<u8>,
    pub missing: Vec<Given>,
    /// Both ends included.
    pub missing_range: Option<(f64, f64)>,
}

/// A code as the file gives it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    Number(f64),
    Text(Vec<u8>),
}

/// Value labels and the names of the variables that they are for.
pub(super) struct Labels {
    pub names: Vec<Vec<u8>>,
    pub values: Vec<(Given, Vec<u8>)>,
}

/// What the file says before its data.
pub(super) struct Dictionary {
    pub columns: Vec<Column>,
    pub labels: Vec<Labels>,
    /// The name of the weight variable.
    pub weight: Vec<u8>,
    /// Not all value labels were kept.
    pub too_many_labels: bool,
    /// Whether the variable of a name is a number.
    numeric: HashMap<Vec<u8>, bool>,
}

/// Reads everything between the word SPSSPORT and the data. The error is a clause for a sentence.
pub(super) fn dictionary(signs: &mut Signs<'_>) -> Result<Dictionary, String> {
    let mut dictionary = Dictionary {
        columns: Vec::new(),
        labels: Vec::new(),
        weight: Vec::new(),
        too_many_labels: false,
        numeric: HashMap::new(),
    };
    let mut promised = None;
    let mut labels = 0usize;
    // Version, date and time of writing.
    let begun = signs
        .sign()
        .and_then(|_| signs.text())
        .and_then(|_| signs.text())
        .map_err(said);
    begun?;
    loop {
        let start = signs.at();
        match record(signs, &mut dictionary, &mut promised, &mut labels) {
            Ok(true) => {}
            Ok(false) => break,
            Err(Stop::Ended) => return Err("it ends before its data begin".to_owned()),
            Err(Stop::Wrong(at)) => {
                return Err(format!(
                    "its dictionary cannot be understood at byte {at}, in the record that begins at byte {start}"
                ));
            }
        }
    }
    if dictionary.columns.is_empty() {
        return Err("it has no variables".to_owned());
    }
    match promised {
        Some(promised) if promised != dictionary.columns.len() => Err(format!(
            "it describes {} of its {promised} variables",
            dictionary.columns.len()
        )),
        _ => Ok(dictionary),
    }
}

fn said(stop: Stop) -> String {
    match stop {
        Stop::Ended => "it ends before its data begin".to_owned(),
        Stop::Wrong(at) => format!("its header cannot be understood at byte {at}"),
    }
}

/// Reads one record; false is the one that the data follow.
fn record(
    signs: &mut Signs<'_>,
    dictionary: &mut Dictionary,
    promised: &mut Option<usize>,
    labels: &mut usize,
) -> Result<bool, Stop> {
    let start = signs.at();
    let tag = signs.sign()?;
    match tag {
        // Program, author, further program.
        '1'..='3' => {
            signs.text()?;
        }
        '4' => *promised = Some(signs.count()?),
        // Precision.
        '5' => {
            signs.count()?;
        }
        '6' => dictionary.weight = signs.text()?,
        '7' => {
            let column = variable(signs)?;
            dictionary.numeric.insert(column.name.clone(), column.width == 0);
            dictionary.columns.push(column);
        }
        'D' => {
            let read = value_labels(signs, dictionary)?;
            *labels = labels.saturating_add(read.values.len().saturating_mul(read.names.len()));
            if *labels <= MOST_LABELS {
                dictionary.labels.push(read);
            } else {
                dictionary.too_many_labels = true;
            }
        }
        // Lines of notes.
        'E' => {
            for _ in 0..signs.count()? {
                signs.text()?;
            }
        }
        'F' => return Ok(false),
        '8' | '9' | 'A' | 'B' | 'C' => {
            let column = dictionary.columns.last_mut().ok_or(Stop::Wrong(start))?;
            about_last(signs, tag, column)?;
        }
        _ => return Err(Stop::Wrong(start)),
    }
    Ok(true)
}

fn variable(signs: &mut Signs<'_>) -> Result<Column, Stop> {
    let width = signs.count()?;
    let name = signs.text()?;
    let mut formats = [0; 6];
    for part in &mut formats {
        *part = signs.count()?;
    }
    // Some programs count the types of dates from 82 on.
    let format = formats[0]
        .checked_sub(82)
        .filter(|rest| *rest > 0)
        .unwrap_or(formats[0]);
    Ok(Column {
        name,
        width,
        format: u8::try_from(format).unwrap_or(0),
        label: Vec::new(),
        missing: Vec::new(),
        missing_range: None,
    })
}

/// A record about the variable before it: missing codes or its label.
fn about_last(signs: &mut Signs<'_>, tag: char, column: &mut Column) -> Result<(), Stop> {
    if tag == 'C' {
        column.label = signs.text()?;
        return Ok(());
    }
    let numeric = column.width == 0;
    let first = given(signs, numeric)?;
    match (tag, first) {
        ('8', first) => column.missing.extend(first),
        ('9', Some(Given::Number(high))) => column.missing_range = Some((f64::MIN, high)),
        ('A', Some(Given::Number(low))) => column.missing_range = Some((low, f64::MAX)),
        ('B', first) => {
            let last = given(signs, numeric)?;
            if let (Some(Given::Number(low)), Some(Given::Number(high))) = (first, last) {
                column.missing_range = Some((low, high));
            }
        }
        _ => {}
    }
    Ok(())
}

fn given(signs: &mut Signs<'_>, numeric: bool) -> Result<Option<Given>, Stop> {
    Ok(if numeric {
        signs.number()?.filter(|number| number.is_finite()).map(Given::Number)
    } else {
        Some(Given::Text(signs.text()?))
    })
}

fn value_labels(signs: &mut Signs<'_>, dictionary: &Dictionary) -> Result<Labels, Stop> {
    let mut names = Vec::new();
    for _ in 0..signs.count()? {
        names.push(signs.text()?);
    }
    // All variables of a record are of one type.
    let numeric = names
        .iter()
        .find_map(|name| dictionary.numeric.get(name))
        .is_none_or(|numeric| *numeric);
    let mut values = Vec::new();
    for _ in 0..signs.count()? {
        let code = given(signs, numeric)?;
        let label = signs.text()?;
        if let Some(code) = code {
            values.push((code, label));
        }
    }
    Ok(Labels { names, values })
}
