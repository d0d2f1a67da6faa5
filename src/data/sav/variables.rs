//! The dictionary's records in, one [`Variable`] for each column out, with where in a row its answers stand.

use std::collections::{HashMap, HashSet};

use super::dates::Shows;
use super::dictionary::Dictionary;
use super::{SEGMENT_BYTES, SEGMENT_COUNTED, SYSTEM_MISSING, extensions};
use crate::data::bytes::{number, trimmed};
use crate::data::codebook::{AnswerKind, Code, Text, Value, VarId, Variable, VariableKind};
use crate::data::error::DataWarning;
use crate::data::read::unique;
use crate::data::sets::{AnswerSet, SetKind};
use crate::data::text::Decoder;

/// Labels times variables; more is no survey, but a file made to fill the memory.
const MOST_LABELS: usize = 2_000_000;

/// A variable, and where in a row it stands.
pub(super) struct Field {
    pub variable: Variable,
    /// 0 is a number; else the bytes of a text, over all segments.
    pub width: usize,
    /// The first unit in a row.
    pub offset: usize,
    pub units: usize,
    /// The first of its columns in the dictionary.
    pub first: usize,
    pub shows: Shows,
    /// Measurement level as in [`extensions::levels`].
    pub level: i32,
    /// Where in `variable.values` a code stands.
    known: HashMap<Code, usize>,
    /// The names it goes by in the file, in capitals.
    short: Vec<u8>,
    long: Vec<u8>,
}

impl Field {
    /// The value of this code, added if it is new.
    fn value(&mut self, code: Code) -> &mut Value {
        let next = self.variable.values.len();
        let place = *self.known.entry(code.clone()).or_insert(next);
        if place == next {
            self.variable.values.push(Value {
                code,
                label: Text::default(),
                is: AnswerKind::Answer,
            });
        }
        &mut self.variable.values[place]
    }

    /// Eight bytes as a code of this variable.
    fn code(&self, unit: [u8; 8], big_endian: bool, decoder: &mut Decoder) -> Option<Code> {
        if self.width == 0 {
            let number = number(unit, big_endian);
            (number.is_finite() && number != SYSTEM_MISSING).then_some(Code::Number(number + 0.0))
        } else {
            text_code(&unit, decoder)
        }
    }
}

fn text_code(bytes: &[u8], decoder: &mut Decoder) -> Option<Code> {
    let text = decoder.text(bytes);
    (!text.is_empty()).then_some(Code::Text(text))
}

/// A label as the codebook keeps it.
fn label(bytes: &[u8], decoder: &mut Decoder) -> Text {
    let text = decoder.text(bytes);
    match text.trim() {
        "" => Text::default(),
        text => Text::plain(text),
    }
}

/// Every variable of the file, in order, with labels and missing codes.
pub(super) fn fields(
    dictionary: &Dictionary<'_>,
    decoder: &mut Decoder,
    warnings: &mut Vec<DataWarning>,
) -> Vec<Field> {
    let mut fields = bare_fields(dictionary, decoder, warnings);
    add_labels(dictionary, &mut fields, decoder, warnings);
    add_missing(dictionary, &mut fields, decoder);
    fields
}

fn bare_fields(dictionary: &Dictionary<'_>, decoder: &mut Decoder, warnings: &mut Vec<DataWarning>) -> Vec<Field> {
    let long_names: HashMap<Vec<u8>, &[u8]> = dictionary
        .extension(13)
        .map(extensions::pairs)
        .into_iter()
        .flatten()
        .map(|(short, long)| (short.to_ascii_uppercase(), long))
        .collect();
    let long_widths: HashMap<Vec<u8>, usize> = dictionary
        .extension(14)
        .map(extensions::pairs)
        .into_iter()
        .flatten()
        .filter_map(|(short, width)| {
            Some((
                short.to_ascii_uppercase(),
                std::str::from_utf8(width).ok()?.parse().ok()?,
            ))
        })
        .collect();
    let levels = dictionary
        .extension(11)
        .map(|record| extensions::levels(record, dictionary.columns.len()))
        .unwrap_or_default();
    let mut taken = HashSet::new();
    let mut named = Vec::new();
    let mut fields = Vec::new();
    let (mut first, mut offset) = (0, 0);
    while let Some(column) = dictionary.columns.get(first) {
        let short = trimmed(column.name).to_ascii_uppercase();
        let (width, segments) = match long_widths.get(&short) {
            Some(&width) if width > SEGMENT_BYTES => match segments(dictionary, first, width) {
                Some(segments) => (width, segments),
                None => {
                    warnings.push(DataWarning::PassedOver {
                        what: String::from_utf8_lossy(&short).into_owned(),
                    });
                    (column.width, 1)
                }
            },
            _ => (column.width, 1),
        };
        let units = dictionary.columns[first..first + segments]
            .iter()
            .map(|c| c.units)
            .sum();
        let long = long_names.get(&short).copied().unwrap_or(trimmed(column.name));
        let mut variable = Variable::new(
            unique(decoder.text(long), &mut taken, &mut named),
            VariableKind::Nominal,
        );
        if let Some(bytes) = column.label {
            variable.label = label(bytes, decoder);
        }
        fields.push(Field {
            variable,
            width,
            offset,
            units,
            first,
            shows: if width == 0 {
                Shows::of_format(column.format)
            } else {
                Shows::Number
            },
            level: levels.get(first).copied().unwrap_or(0),
            known: HashMap::new(),
            long: long.to_ascii_uppercase(),
            short,
        });
        first += segments;
        offset += units;
    }
    if !named.is_empty() {
        warnings.push(DataWarning::ColumnsNamed { columns: named });
    }
    fields
}

/// How many columns a very long text takes, if they are there.
fn segments(dictionary: &Dictionary<'_>, first: usize, width: usize) -> Option<usize> {
    let segments = width.div_ceil(SEGMENT_COUNTED);
    let columns = dictionary.columns.get(first..first.checked_add(segments)?)?;
    let (_, full) = columns.split_last()?;
    let whole = full.iter().all(|column| column.width == SEGMENT_BYTES);
    (whole && columns.iter().all(|column| column.width > 0)).then_some(segments)
}

/// Where the variable of a name is, short or long, in whatever case.
fn by_name(fields: &[Field]) -> HashMap<Vec<u8>, usize> {
    let shorts = fields.iter().enumerate().map(|(i, field)| (field.short.clone(), i));
    let longs = fields.iter().enumerate().map(|(i, field)| (field.long.clone(), i));
    shorts.chain(longs).collect()
}

fn add_labels(
    dictionary: &Dictionary<'_>,
    fields: &mut [Field],
    decoder: &mut Decoder,
    warnings: &mut Vec<DataWarning>,
) {
    let of_column: HashMap<usize, usize> = fields.iter().enumerate().map(|(i, field)| (field.first, i)).collect();
    let mut count = 0usize;
    for labels in &dictionary.labels {
        count = count.saturating_add(labels.values.len().saturating_mul(labels.columns.len()));
        if count > MOST_LABELS {
            warnings.push(DataWarning::PassedOver {
                what: format!("value labels after the first {MOST_LABELS}"),
            });
            return;
        }
        let texts: Vec<Text> = labels.values.iter().map(|(_, text)| label(text, decoder)).collect();
        for field in labels.columns.iter().filter_map(|column| of_column.get(column)) {
            let field = &mut fields[*field];
            for ((unit, _), text) in labels.values.iter().zip(&texts) {
                if let Some(code) = field.code(*unit, dictionary.big_endian, decoder) {
                    field.value(code).label = text.clone();
                }
            }
        }
    }
    let names = by_name(fields);
    for labels in dictionary
        .extension(21)
        .map(extensions::long_labels)
        .into_iter()
        .flatten()
    {
        let Some(&field) = names.get(&labels.name.to_ascii_uppercase()) else {
            continue;
        };
        for (code, text) in labels.values {
            if let Some(code) = text_code(code, decoder) {
                fields[field].value(code).label = label(text, decoder);
            }
        }
    }
}

fn add_missing(dictionary: &Dictionary<'_>, fields: &mut [Field], decoder: &mut Decoder) {
    for field in fields.iter_mut() {
        let missing = &dictionary.columns[field.first].missing;
        for unit in &missing.codes {
            if let Some(code) = field.code(*unit, dictionary.big_endian, decoder) {
                field.value(code).is = AnswerKind::Missing;
            }
        }
        if let (Some((low, high)), 0) = (missing.range, field.width) {
            // LO is the lowest number but one, or the one that also stands for "no answer".
            let low = match number(low, dictionary.big_endian) {
                low if low <= f64::MIN.next_up() => f64::MIN,
                low => low,
            };
            let high = number(high, dictionary.big_endian).min(f64::MAX);
            if low <= high {
                field.variable.missing_ranges.push((low, high));
                for value in &mut field.variable.values {
                    if value
                        .code
                        .number()
                        .is_some_and(|number| low <= number && number <= high)
                    {
                        value.is = AnswerKind::Missing;
                    }
                }
            }
        }
    }
    let names = by_name(fields);
    for (name, codes) in dictionary
        .extension(22)
        .map(extensions::long_missing)
        .into_iter()
        .flatten()
    {
        let Some(&field) = names.get(&name.to_ascii_uppercase()) else {
            continue;
        };
        for code in codes {
            if let Some(code) = text_code(code, decoder) {
                fields[field].value(code).is = AnswerKind::Missing;
            }
        }
    }
}

/// The file's multiple-response sets, the newer record after the older.
pub(super) fn sets(
    dictionary: &Dictionary<'_>,
    fields: &mut [Field],
    decoder: &mut Decoder,
    warnings: &mut Vec<DataWarning>,
) -> Vec<AnswerSet> {
    let names = by_name(fields);
    let mut sets = Vec::new();
    for record in [7, 19].into_iter().filter_map(|subtype| dictionary.extension(subtype)) {
        let (found, odd) = extensions::sets(record);
        for name in odd {
            let what = decoder.text(name);
            warnings.push(DataWarning::PassedOver { what });
        }
        for set in found {
            let members: Vec<&Field> = set
                .variables
                .iter()
                .filter_map(|name| names.get(&name.to_ascii_uppercase()))
                .map(|&field| &fields[field])
                .collect();
            let name = decoder.text(set.name);
            let counted = set.counted.map(|counted| decoder.text(counted).trim().to_owned());
            let kind = match (members.first(), counted) {
                (Some(_), None) => Some(SetKind::Categories),
                (Some(first), Some(counted)) => {
                    let code = if first.width > 0 {
                        Some(Code::Text(counted))
                    } else {
                        counted
                            .parse()
                            .ok()
                            .filter(|number: &f64| number.is_finite())
                            .map(Code::Number)
                    };
                    code.map(|counted| SetKind::Dichotomies {
                        counted,
                        labels_of_counted: set.labels_of_counted,
                    })
                }
                (None, _) => None,
            };
            let Some(kind) = kind else {
                warnings.push(DataWarning::PassedOver { what: name });
                continue;
            };
            let label = match members.first() {
                Some(first) if set.label_of_variable => first.variable.label.clone(),
                _ => label(set.label, decoder),
            };
            sets.push(AnswerSet {
                name,
                label,
                vars: members
                    .iter()
                    .map(|field| field.variable.name.clone())
                    .collect::<Vec<VarId>>(),
                kind,
            });
        }
    }
    sets
}
