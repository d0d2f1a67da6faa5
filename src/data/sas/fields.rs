//! What SAS files, `.sas7bdat` and `.xpt`, say about their columns in, variables and columns out.

use std::collections::HashSet;

use super::catalog::Catalog;
use crate::data::Column;
use crate::data::bytes::trimmed;
use crate::data::codebook::{AnswerKind, Code, Text, Value, Variable, VariableKind};
use crate::data::dates::{iso_date, iso_date_time, with_dates};
use crate::data::error::DataWarning;
use crate::data::levels::{Texts, coded};
use crate::data::read::unique;
use crate::data::tagged::{TaggedNumbers, kind_by_labels, tag_code};
use crate::data::text::Decoder;

/// Labels times variables; more is no survey, but a file made to fill the memory.
const MOST_LABELS: usize = 2_000_000;
/// Days from 1 January 1960, where SAS begins to count, to 1 January 1970.
const TO_UNIX_DAYS: i64 = 3653;
const DAY_SECS: f64 = 86_400.0;

/// A column as the file describes it, texts in the file's bytes.
pub(crate) struct Field<'a> {
    pub name: &'a [u8],
    pub label: &'a [u8],
    /// The name of its format, without width.
    pub format: &'a [u8],
    pub text: bool,
    /// Bytes in a row.
    pub width: usize,
    /// The first of them.
    pub offset: usize,
}

/// Collects the answers of one column.
pub(crate) enum Builder {
    Numbers(TaggedNumbers),
    Texts(Texts),
}

impl Builder {
    /// For `field`, expecting `rows` answers.
    pub fn new(field: &Field<'_>, rows: usize) -> Self {
        if field.text {
            Self::Texts(Texts::with_capacity(rows))
        } else {
            Self::Numbers(TaggedNumbers::with_capacity(rows))
        }
    }
}

/// What a format shows of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Number,
    /// Days since 1960.
    Date,
    /// Seconds since 1960.
    DateTime,
}

/// Formats of days, by name without width. Those that end in `*` come with a letter for the separator.
const DATES: &[&str] = &[
    "B8601DA", "DATE", "DAY", "DDMMYY*", "DOWNAME", "E8601DA", "EURDFDD", "EURDFDE", "EURDFDN", "EURDFDT", "EURDFDWN",
    "EURDFMN", "EURDFMY", "EURDFWDX", "EURDFWKX", "HDATE", "HEBDATE", "IS8601DA", "JULDAY", "JULIAN", "MINGUO",
    "MMDDYY*", "MMYY*", "MONNAME", "MONTH", "MONYY", "NENGO", "NLDATE*", "NLDATEL", "NLDATEM", "NLDATEMD", "NLDATEMN",
    "NLDATES", "NLDATEW", "NLDATEWN", "NLDATEYM", "NLDATEYQ", "PDJULG", "PDJULI", "QTR", "QTRR", "WEEKDATE",
    "WEEKDATX", "WEEKDAY", "WEEKU", "WEEKV", "WEEKW", "WORDDATE", "WORDDATX", "YEAR", "YYMM*", "YYMMDD*", "YYMON",
    "YYQ*", "YYQR*", "YYWEEKU", "YYWEEKV", "YYWEEKW",
];

/// Formats of moments, by name without width.
const MOMENTS: &[&str] = &[
    "B8601DN", "B8601DT", "B8601DX", "B8601DZ", "B8601LX", "DATEAMPM", "DATETIME", "DTDATE", "DTMONYY", "DTWKDATX",
    "DTYEAR", "DTYYQC", "E8601DN", "E8601DT", "E8601DX", "E8601DZ", "E8601LX", "EURDFDT", "IS8601DT", "MDYAMPM",
    "NLDATM*", "NLDATMAP", "NLDATML", "NLDATMM", "NLDATMS", "NLDATMW",
];

/// The letters for separators: blank, colon, dash, none, full stop, slash.
const SEPARATORS: &[u8] = b"BCDNPS";

impl Shows {
    /// By the name of a format in capitals. Times of day and durations stay numbers.
    fn of_format(name: &str) -> Self {
        let among = |formats: &[&str]| {
            formats.iter().any(|format| match format.strip_suffix('*') {
                Some(stem) => name.strip_prefix(stem).is_some_and(|rest| {
                    rest.is_empty() || (rest.len() == 1 && SEPARATORS.contains(&rest.as_bytes()[0]))
                }),
                None => name == *format,
            })
        };
        if among(MOMENTS) {
            Self::DateTime
        } else if among(DATES) {
            Self::Date
        } else {
            Self::Number
        }
    }
}

/// `2016-03-01` or `2016-03-01T12:30:00`; `None` outside the years 1582, where SAS begins, to 9999.
fn iso(number: f64, shows: Shows) -> Option<String> {
    let (days, secs) = match shows {
        Shows::DateTime => {
            let days = (number / DAY_SECS).floor();
            (days, number - days * DAY_SECS)
        }
        _ => (number.floor(), 0.0),
    };
    if !(-138_061.0..=2_936_547.0).contains(&days) {
        return None;
    }
    let days = days as i64 - TO_UNIX_DAYS;
    match shows {
        Shows::DateTime => iso_date_time(days, secs),
        _ => iso_date(days),
    }
}

/// The name of a format as catalogs have it: in capitals, without width and full stop.
pub(crate) fn format_name(format: &str) -> String {
    format
        .trim()
        .trim_end_matches(|sign: char| sign == '.' || sign.is_ascii_digit())
        .to_uppercase()
}

/// The variables and their columns, with the value labels of `catalog` where a format of it is named.
pub(crate) fn described(
    fields: &[Field<'_>],
    builders: Vec<Builder>,
    catalog: Option<&Catalog>,
    decoder: &mut Decoder,
    warnings: &mut Vec<DataWarning>,
) -> (Vec<Variable>, Vec<Column>) {
    let (mut taken, mut named) = (HashSet::new(), Vec::new());
    let mut labels = 0usize;
    let mut variables = Vec::with_capacity(fields.len());
    let mut columns = Vec::with_capacity(fields.len());
    for (field, builder) in fields.iter().zip(builders) {
        let name = decoder.text(trimmed(field.name));
        let mut variable = Variable::new(unique(name, &mut taken, &mut named), VariableKind::Nominal);
        let label = decoder.text(field.label);
        if !label.trim().is_empty() {
            variable.label = Text::plain(label.trim());
        }
        let format = format_name(&decoder.text(field.format));
        if let Some(values) = catalog.and_then(|catalog| catalog.formats.get(&format)) {
            labels = labels.saturating_add(values.len());
            if labels <= MOST_LABELS {
                variable.values = values
                    .iter()
                    .filter_map(|(key, label)| value(key, label, field.text))
                    .collect();
            } else {
                warnings.push(DataWarning::PassedOver { what: format.clone() });
            }
        }
        let column = match builder {
            Builder::Numbers(numbers) => {
                let column = numbers.finish(&mut variable);
                match Shows::of_format(&format) {
                    Shows::Number => {
                        variable.kind = kind_by_labels(&column, &variable, true);
                        column
                    }
                    shows => {
                        variable.kind = VariableKind::Date;
                        with_dates(column, &mut variable, |number| iso(number, shows))
                    }
                }
            }
            Builder::Texts(texts) => {
                let (levels, rows) = texts.finish();
                let codes: Vec<Option<Code>> = levels
                    .iter()
                    .map(|level| {
                        Some(decoder.text(level))
                            .filter(|text| !text.is_empty())
                            .map(Code::Text)
                    })
                    .collect();
                let column = coded(&codes, &rows);
                variable.kind = kind_by_labels(&column, &variable, false);
                column
            }
        };
        variables.push(variable);
        columns.push(column);
    }
    if !named.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: named });
    }
    (variables, columns)
}

/// What a catalog gives a label to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    Number(f64),
    /// A tagged missing, by its letter.
    Tag(u8),
    Text(String),
}

fn value(key: &Key, label: &str, text: bool) -> Option<Value> {
    let (code, is) = match key {
        Key::Number(number) if !text => (Code::Number(number + 0.0), AnswerKind::Answer),
        Key::Tag(letter) if !text => (tag_code(*letter), AnswerKind::Missing),
        Key::Text(code) if text => (Code::Text(code.clone()), AnswerKind::Answer),
        _ => return None,
    };
    Some(Value {
        code,
        label: Text::plain(label.trim()),
        is,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_numbers_dates_or_moments() {
        for (format, shows) in [
            ("DATE9.", Shows::Date),
            ("yymmdds10.", Shows::Date),
            ("DDMMYY", Shows::Date),
            ("DDMMYYX", Shows::Number),
            ("DATETIME20.", Shows::DateTime),
            ("E8601DT19.", Shows::DateTime),
            ("E8601DA", Shows::Date),
            ("TIME8.", Shows::Number),
            ("BEST12.", Shows::Number),
            ("", Shows::Number),
        ] {
            assert_eq!(Shows::of_format(&format_name(format)), shows, "{format}");
        }
    }

    #[test]
    fn days_and_seconds_since_1960_become_dates() {
        // SAS: '01JAN1970'd = 3653, '29FEB2016:13:05:00'dt = 1772370300.
        assert_eq!(iso(0.0, Shows::Date).as_deref(), Some("1960-01-01"));
        assert_eq!(iso(-1.0, Shows::Date).as_deref(), Some("1959-12-31"));
        assert_eq!(iso(3653.0, Shows::Date).as_deref(), Some("1970-01-01"));
        assert_eq!(
            iso(1_772_370_300.0, Shows::DateTime).as_deref(),
            Some("2016-02-29T13:05:00")
        );
        assert_eq!(iso(-0.5, Shows::DateTime).as_deref(), Some("1959-12-31T23:59:59.5"));
        assert_eq!(iso(1e300, Shows::Date), None);
        assert_eq!(iso(f64::NAN, Shows::DateTime), None);
    }
}
