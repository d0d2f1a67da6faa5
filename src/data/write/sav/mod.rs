//! A fitted data set in, an SPSS system file out: bytecode, or bytecode in zlib blocks; texts in UTF-8.
//!
//! Written after the PSPP Developers' Guide, "System File Format"; read back by PSPP and pyreadstat
//! (`tests/reference/files/convert/`).

mod cells;
mod missing;
mod plan;
mod sets;

use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use super::fit::Fitted;
use super::{WriteOptions, WriteWarning};
use crate::data::codebook::{Code, Language, Role, Text};
use crate::data::dates::iso_date;
use crate::data::sav::SYSTEM_MISSING;
use plan::{Planned, padded};

/// What a bytecode stands for is so much less than its number.
const BIAS: f64 = 100.0;
/// Longest variable label, value label and file label, in bytes. More of a value label than this SPSS does not read.
const VARIABLE_LABEL: usize = 255;
const VALUE_LABEL: usize = 120;
const FILE_LABEL: usize = 64;

/// Cuts labels to size and counts how many were, and how many have words in several languages.
pub(super) struct Labels {
    language: Language,
    cut: usize,
    other_languages: usize,
}

impl Labels {
    fn of<'t>(&mut self, text: &'t Text, most: usize) -> &'t str {
        let mut different: Vec<&str> = text
            .0
            .values()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        different.dedup();
        self.other_languages += usize::from(different.len() > 1);
        let label = text.get(self.language).trim();
        let end = label.floor_char_boundary(most);
        self.cut += usize::from(end < label.len());
        &label[..end]
    }
}

pub(super) fn write(
    fitted: &mut Fitted<'_>,
    zlib: bool,
    options: &WriteOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut labels = Labels {
        language: options.language,
        cut: 0,
        other_languages: 0,
    };
    let mut warnings = Vec::new();
    let planned = plan::plan(fitted, &mut warnings);
    let mut head = Vec::new();
    header(&mut head, fitted, &planned, zlib, options, &mut labels);
    for variable in &planned {
        variable_records(&mut head, variable, &mut labels);
    }
    for (variable, index) in planned.iter().zip(indices(&planned)) {
        short_labels(&mut head, variable, index, &mut labels);
    }
    extensions(&mut head, fitted, &planned, &mut labels, &mut warnings);
    int(&mut head, 999);
    int(&mut head, 0);
    out.write_all(&head)?;
    if zlib {
        cells::write_zlib(&planned, fitted.rows, head.len(), out)?;
    } else {
        cells::write(&planned, fitted.rows, out)?;
    }
    drop(planned);
    if labels.other_languages > 0 {
        warnings.push(WriteWarning::OneLanguage {
            language: options.language,
            texts: labels.other_languages,
        });
    }
    if labels.cut > 0 {
        warnings.push(WriteWarning::LabelsCut { labels: labels.cut });
    }
    let codebook = &fitted.codebook;
    let roles = codebook.variables.iter().filter_map(|variable| variable.role);
    if !codebook.questions.is_empty()
        || !codebook.bases.is_empty()
        || !codebook.source.is_empty()
        || roles.into_iter().any(|role| role != Role::Weight)
    {
        warnings.push(WriteWarning::OnlyInCodebook);
    }
    fitted.warnings.append(&mut warnings);
    Ok(())
}

fn int(out: &mut Vec<u8>, number: i32) {
    out.extend(number.to_le_bytes());
}

/// A count as the format has it. What is counted here is far below the limit: names, labels and records in memory.
fn count(out: &mut Vec<u8>, number: usize) {
    int(out, i32::try_from(number).unwrap_or(i32::MAX));
}

fn float(out: &mut Vec<u8>, number: f64) {
    out.extend(number.to_le_bytes());
}

/// A text with its length before it.
fn counted(out: &mut Vec<u8>, text: &[u8]) {
    count(out, text.len());
    out.extend(text);
}

/// The first record of each variable, counted from 1 in units of eight bytes.
fn indices(planned: &[Planned<'_>]) -> Vec<usize> {
    let mut next = 1;
    planned
        .iter()
        .map(|variable| {
            let index = next;
            next += variable.units();
            index
        })
        .collect()
}

fn header(
    out: &mut Vec<u8>,
    fitted: &Fitted<'_>,
    planned: &[Planned<'_>],
    zlib: bool,
    options: &WriteOptions,
    labels: &mut Labels,
) {
    out.extend(if zlib { b"$FL3" } else { b"$FL2" });
    let program = format!("@(#) SPSS DATA FILE Isobar {}", env!("CARGO_PKG_VERSION"));
    out.extend_from_slice(&padded(program.as_bytes(), 60));
    int(out, 2);
    count(out, planned.iter().map(Planned::units).sum());
    int(out, if zlib { 2 } else { 1 });
    let weight = planned
        .iter()
        .zip(indices(planned))
        .find(|(planned, _)| planned.variable.role == Some(Role::Weight) && planned.width == 0);
    count(out, weight.map_or(0, |(_, index)| index));
    int(out, i32::try_from(fitted.rows).unwrap_or(-1));
    float(out, BIAS);
    out.extend(moment_of_writing(options.made).as_bytes());
    let title = labels.of(&fitted.codebook.title, FILE_LABEL);
    out.extend_from_slice(&padded(
        file_label(title, fitted.codebook.synthetic, options.language).as_bytes(),
        64,
    ));
    out.extend([0; 3]);
}

/// The title; made-up answers say so in it, since the format has no better place.
fn file_label(title: &str, synthetic: bool, language: Language) -> String {
    let lower = title.to_lowercase();
    if !synthetic || lower.contains("syntetisk") || lower.contains("synthetic") {
        return title.to_owned();
    }
    let label = match language {
        Language::Da => format!("SYNTETISK: {title}"),
        Language::En => format!("SYNTHETIC: {title}"),
    };
    label[..label.floor_char_boundary(FILE_LABEL)].to_owned()
}

/// `20 Nov 2616:30:59`: nine letters of date and eight of time, in UTC.
fn moment_of_writing(made: Option<SystemTime>) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let secs = made
        .and_then(|made| made.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_secs());
    let date = iso_date((secs / 86_400) as i64).unwrap_or_default();
    let part = |range: std::ops::Range<usize>| date.get(range).unwrap_or("01");
    let month = part(5..7)
        .parse::<usize>()
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let secs = secs % 86_400;
    format!(
        "{} {} {}{:02}:{:02}:{:02}",
        part(8..10),
        month.unwrap_or(&"Jan"),
        part(2..4),
        secs / 3600,
        secs / 60 % 60,
        secs % 60
    )
}

fn variable_records(out: &mut Vec<u8>, planned: &Planned<'_>, labels: &mut Labels) {
    for (segment, short) in planned.short.iter().enumerate() {
        let width = planned.segment_width(segment);
        let label = match segment {
            0 => labels.of(&planned.variable.label, VARIABLE_LABEL),
            _ => "",
        };
        let missing = (segment == 0 && planned.width <= 8).then_some(&planned.missing);
        let mut values = Vec::new();
        let mut kind = 0;
        if let Some(missing) = missing {
            if let Some((low, high)) = missing.range {
                // LO is the lowest number but one: the lowest stands for "no answer".
                float(&mut values, if low == f64::MIN { f64::MIN.next_up() } else { low });
                float(&mut values, high);
            }
            for code in &missing.codes {
                values.extend(planned.unit(code));
            }
            kind = (missing.codes.len() + 2 * usize::from(missing.range.is_some())) as i32;
            if missing.range.is_some() {
                kind = -kind;
            }
        }
        int(out, 2);
        count(out, width);
        int(out, i32::from(!label.is_empty()));
        int(out, kind);
        let format = planned.format(width);
        int(out, format);
        int(out, format);
        out.extend_from_slice(&padded(short.as_bytes(), 8));
        if !label.is_empty() {
            counted(out, label.as_bytes());
            out.resize(out.len().next_multiple_of(4), 0);
        }
        out.extend(values);
        for _ in 1..width.div_ceil(8) {
            for number in [2, -1, 0, 0, 0, 0] {
                int(out, number);
            }
            out.extend([b' '; 8]);
        }
    }
}

/// Labels of numbers and of texts of at most eight bytes.
fn short_labels(out: &mut Vec<u8>, planned: &Planned<'_>, index: usize, labels: &mut Labels) {
    if planned.width > 8 {
        return;
    }
    let labelled: Vec<(&Code, &str)> = planned.labelled(labels);
    if labelled.is_empty() {
        return;
    }
    int(out, 3);
    count(out, labelled.len());
    for (code, label) in labelled {
        out.extend(planned.unit(code));
        // At most 120 bytes.
        out.push(label.len() as u8);
        out.extend_from_slice(&padded(label.as_bytes(), (label.len() + 1).next_multiple_of(8) - 1));
    }
    int(out, 4);
    int(out, 1);
    count(out, index);
}

fn extension(out: &mut Vec<u8>, subtype: i32, size: usize, contents: &[u8]) {
    if contents.is_empty() {
        return;
    }
    int(out, 7);
    int(out, subtype);
    count(out, size);
    count(out, contents.len() / size);
    out.extend(contents);
}

fn extensions(
    out: &mut Vec<u8>,
    fitted: &Fitted<'_>,
    planned: &[Planned<'_>],
    labels: &mut Labels,
    warnings: &mut Vec<WriteWarning>,
) {
    let ints = |numbers: &[i32]| -> Vec<u8> { numbers.iter().flat_map(|number| number.to_le_bytes()).collect() };
    // Version, machine, IEEE 754, compression, little-endian, UTF-8.
    extension(out, 3, 4, &ints(&[26, 0, 0, -1, 1, 1, 2, 65001]));
    let mut special = Vec::new();
    [SYSTEM_MISSING, f64::MAX, f64::MIN.next_up()]
        .into_iter()
        .for_each(|number| float(&mut special, number));
    extension(out, 4, 8, &special);
    let sets = sets::sets(&fitted.codebook, planned, labels, warnings);
    extension(out, 7, 1, sets.plain.as_bytes());
    extension(out, 19, 1, sets.extended.as_bytes());
    let display: Vec<i32> = planned.iter().flat_map(Planned::display).collect();
    extension(out, 11, 4, &ints(&display));
    let names: Vec<String> = planned
        .iter()
        .map(|planned| format!("{}={}", planned.short[0], planned.variable.name))
        .collect();
    extension(out, 13, 1, names.join("\t").as_bytes());
    let mut widths = Vec::new();
    for planned in planned.iter().filter(|planned| planned.short.len() > 1) {
        widths.extend(format!("{}={:05}", planned.short[0], planned.width).bytes());
        widths.extend([0, b'\t']);
    }
    extension(out, 14, 1, &widths);
    extension(out, 21, 1, &long_labels(planned, labels));
    extension(out, 22, 1, &long_missing(planned));
    let mut rows = Vec::new();
    rows.extend(1i64.to_le_bytes());
    rows.extend((fitted.rows as i64).to_le_bytes());
    extension(out, 16, 8, &rows);
    extension(out, 20, 1, b"UTF-8");
}

/// Labels of texts of more than eight bytes.
fn long_labels(planned: &[Planned<'_>], labels: &mut Labels) -> Vec<u8> {
    let mut out = Vec::new();
    for planned in planned.iter().filter(|planned| planned.width > 8) {
        let labelled = planned.labelled(labels);
        if labelled.is_empty() {
            continue;
        }
        counted(&mut out, planned.variable.name.0.as_bytes());
        count(&mut out, planned.width);
        count(&mut out, labelled.len());
        for (code, label) in labelled {
            counted(&mut out, &padded(planned.text(code), planned.width));
            counted(&mut out, label.as_bytes());
        }
    }
    out
}

/// Missing codes of texts of more than eight bytes; the codes themselves have at most eight.
fn long_missing(planned: &[Planned<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for planned in planned.iter().filter(|planned| planned.width > 8) {
        let codes = &planned.missing.codes;
        if codes.is_empty() {
            continue;
        }
        counted(&mut out, planned.variable.name.0.as_bytes());
        // At most three.
        out.push(codes.len() as u8);
        int(&mut out, 8);
        for code in codes {
            out.extend_from_slice(&padded(planned.text(code), 8));
        }
    }
    out
}
