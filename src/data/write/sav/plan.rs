//! A fitted data set in, how each of its variables stands in an SPSS file out: width, short names, format, missing codes.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::fit::{Fitted, Stored, spss_stored};
use super::super::{WriteWarning, levels};
use super::missing::{Missing, missing};
use super::{Labels, VALUE_LABEL};
use crate::data::Column;
use crate::data::codebook::{Code, Variable, VariableKind};
use crate::data::sav::dates::{Shows, seconds};
use crate::data::sav::{SEGMENT_BYTES, SEGMENT_COUNTED};

/// Longest text of the format, in bytes.
const MOST_BYTES: usize = 32_767;
/// Numbers that are looked at to find out how many decimals to show.
const LOOKED_AT: usize = 2_000;

/// Print formats by their type numbers.
const A: i32 = 1;
const F: i32 = 5;
const DATE: i32 = 20;
const DATETIME: i32 = 22;

/// A variable as it will be in the file.
pub(super) struct Planned<'a> {
    pub variable: &'a Variable,
    pub column: &'a Column,
    pub stored: Stored,
    /// 0 is a number; else the bytes of a text.
    pub width: usize,
    /// One name of at most eight letters for each segment of the text; one for a number.
    pub short: Vec<String>,
    pub missing: Missing,
    /// Letters and decimals that numbers are shown with.
    digits: (usize, usize),
}

impl<'a> Planned<'a> {
    /// Units of eight bytes in a row.
    pub fn units(&self) -> usize {
        (0..self.short.len())
            .map(|segment| self.segment_width(segment).div_ceil(8).max(1))
            .sum()
    }

    /// The bytes of a segment as its record has them; 0 is a number.
    pub fn segment_width(&self, segment: usize) -> usize {
        if self.short.len() == 1 {
            self.width
        } else if segment + 1 < self.short.len() {
            SEGMENT_BYTES
        } else {
            self.width - SEGMENT_COUNTED * segment
        }
    }

    /// The number that a code is stored as.
    pub fn number(&self, code: &Code) -> Option<f64> {
        match (code, self.stored) {
            (Code::Number(number), _) => Some(*number),
            (Code::Text(text), Stored::Moment(shows)) => seconds(text, shows),
            (Code::Text(_), _) => None,
        }
    }

    /// The bytes of a text code, cut to the width.
    pub fn text<'c>(&self, code: &'c Code) -> &'c [u8] {
        match code {
            Code::Text(text) => &text.as_bytes()[..text.floor_char_boundary(self.width)],
            Code::Number(_) => &[],
        }
    }

    /// Eight bytes of a record that stand for a code.
    pub fn unit(&self, code: &Code) -> Vec<u8> {
        match self.number(code) {
            Some(number) => number.to_le_bytes().to_vec(),
            None => padded(self.text(code), 8).into_owned(),
        }
    }

    /// The codes that carry labels, in the order of the codebook.
    pub fn labelled<'l>(&'l self, labels: &mut Labels) -> Vec<(&'l Code, &'l str)> {
        let values = self.variable.values.iter();
        values
            .map(|value| (&value.code, labels.of(&value.label, VALUE_LABEL)))
            .filter(|(_, label)| !label.is_empty())
            .collect()
    }

    /// The print format: type, width and decimals in one number.
    pub fn format(&self, width: usize) -> i32 {
        let (kind, width, decimals) = match self.stored {
            Stored::Text | Stored::Mixed => (A, width.min(SEGMENT_BYTES), 0),
            Stored::Moment(Shows::Date | Shows::Number) => (DATE, 11, 0),
            Stored::Moment(Shows::DateTime) => (DATETIME, 20, 0),
            Stored::Number => (F, self.digits.0, self.digits.1),
        };
        kind << 16 | (width as i32) << 8 | decimals as i32
    }

    /// Measurement level, width of the column on screen and side on which its cells stand, for each segment.
    pub fn display(&self) -> Vec<i32> {
        let level = match self.variable.kind {
            VariableKind::Nominal | VariableKind::Text => 1,
            VariableKind::Ordinal => 2,
            VariableKind::Numeric | VariableKind::Date => 3,
        };
        let level = if self.width > 0 && level == 3 { 1 } else { level };
        let (width, right) = match self.width {
            0 => (self.digits.0.max(8), 1),
            width => (width.clamp(8, 40), 0),
        };
        [level, width as i32, right].repeat(self.short.len())
    }
}

/// Filled up with blanks.
pub(super) fn padded(bytes: &[u8], width: usize) -> Cow<'_, [u8]> {
    if bytes.len() >= width {
        return Cow::Borrowed(&bytes[..width]);
    }
    let mut filled = bytes.to_vec();
    filled.resize(width, b' ');
    Cow::Owned(filled)
}

pub(super) fn plan<'a>(fitted: &'a Fitted<'_>, warnings: &mut Vec<WriteWarning>) -> Vec<Planned<'a>> {
    let mut taken = HashSet::new();
    let (mut cut, mut undeclared) = (Vec::new(), Vec::new());
    let all = fitted.codebook.variables.iter().zip(&fitted.columns);
    let planned = all
        .map(|(variable, column)| {
            let column: &Column = column;
            let stored = spss_stored(variable, column);
            let is_text = matches!(stored, Stored::Text | Stored::Mixed);
            let width = if is_text { text_width(variable, column) } else { 0 };
            if is_text && levels(column).iter().any(|level| is_cut(level, width)) {
                cut.push(variable.name.clone());
            }
            let segments = if width > SEGMENT_BYTES {
                width.div_ceil(SEGMENT_COUNTED)
            } else {
                1
            };
            let short = (0..segments)
                .map(|_| short_name(&variable.name.0, &mut taken))
                .collect();
            let mut planned = Planned {
                variable,
                column,
                stored,
                width,
                short,
                missing: Missing::default(),
                digits: digits(column),
            };
            let (missing, whole) = missing(variable, column, |code| planned.number(code), is_text);
            planned.missing = missing;
            if !whole {
                undeclared.push(variable.name.clone());
            }
            planned
        })
        .collect();
    if !cut.is_empty() {
        warnings.push(WriteWarning::TextsCut { variables: cut });
    }
    if !undeclared.is_empty() {
        warnings.push(WriteWarning::MissingUndeclared { variables: undeclared });
    }
    planned
}

/// As many bytes as the longest text takes.
fn text_width(variable: &Variable, column: &Column) -> usize {
    let listed = variable.values.iter().map(|value| &value.code);
    let lengths = levels(column).iter().chain(listed).map(|code| match code {
        Code::Text(text) => text.len(),
        Code::Number(_) => 0,
    });
    lengths.max().unwrap_or(0).clamp(1, MOST_BYTES)
}

/// Whether a text does not come back as it was: longer than fits, or with blanks at its end.
fn is_cut(code: &Code, width: usize) -> bool {
    matches!(code, Code::Text(text) if text.len() > width || text.ends_with([' ', '\0']))
}

/// A name of at most eight capital letters and digits that no other variable has. Programs that know long names never
/// show it.
fn short_name(name: &str, taken: &mut HashSet<String>) -> String {
    let mut stem: String = name
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_')
        .map(|sign| sign.to_ascii_uppercase())
        .take(8)
        .collect();
    if !stem.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        stem.insert(0, 'V');
        stem.truncate(8);
    }
    if stem.len() > 1 && !super::super::fit::is_reserved(&stem) && taken.insert(stem.clone()) {
        return stem;
    }
    let mut number = taken.len();
    loop {
        let end = number.to_string();
        let name = format!("{}{end}", &stem[..stem.len().min(8usize.saturating_sub(end.len()))]);
        if taken.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}

/// The letters and decimals that show the numbers of a column.
fn digits(column: &Column) -> (usize, usize) {
    let (mut before, mut after) = (1, 0);
    let mut look = |number: f64| {
        let text = number.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        before = before.max(whole.len());
        after = after.max(decimals.len());
    };
    match column {
        Column::Coded { levels, .. } => levels
            .iter()
            .filter_map(Code::number)
            .take(LOOKED_AT)
            .for_each(&mut look),
        Column::Numbers(numbers) => {
            let known = numbers.iter().copied().filter(|number| !number.is_nan());
            known.clone().take(LOOKED_AT).for_each(&mut look);
            look(known.fold(0.0, |most: f64, number| most.max(number.abs())).floor());
        }
    }
    let after = after.min(10);
    let width = before + if after > 0 { after + 1 } else { 0 };
    (width.clamp(8, 40), after.min(16))
}
