//! Numbers and tagged missings (`.a` to `.z`, `._`) one by one in, a [`Column`] out. A tagged missing stays a code of its
//! own, a text beside the numbers, and the variable knows it as missing.

use std::collections::HashMap;

use super::Column;
use super::codebook::{AnswerKind, Code, Text, Value, Variable, VariableKind};
use super::levels::{Numbers, coded, kind_of, kind_of_numbers};

/// Collects a column of numbers, some of which may be tagged missings.
pub(crate) struct TaggedNumbers {
    numbers: Numbers,
    rows: u32,
    /// The rows with a tag, and its letter.
    tags: Vec<(u32, u8)>,
}

/// The code of a tagged missing: `.a` for the letter A, `._` for the underscore.
pub(crate) fn tag_code(letter: u8) -> Code {
    Code::Text(format!(".{}", char::from(letter.to_ascii_lowercase())))
}

impl TaggedNumbers {
    /// A column that expects `rows` cells.
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            numbers: Numbers::with_capacity(rows),
            rows: 0,
            tags: Vec::new(),
        }
    }

    /// Adds a number. What is not finite is blank.
    #[inline]
    pub fn push(&mut self, number: f64) {
        self.numbers.push(number);
        self.rows += 1;
    }

    /// Adds a tagged missing.
    pub fn push_tag(&mut self, letter: u8) {
        self.tags.push((self.rows, letter.to_ascii_lowercase()));
        self.push(f64::NAN);
    }

    /// The column; `variable` gets a missing value for every tag that occurs.
    pub fn finish(self, variable: &mut Variable) -> Column {
        let column = self.numbers.finish();
        if self.tags.is_empty() {
            return column;
        }
        let (mut codes, mut rows): (Vec<Option<Code>>, Vec<u32>) = match column {
            Column::Coded { levels, rows } => {
                let rows = (0..rows.len()).map(|row| rows.get(row).map_or(u32::MAX, |level| level as u32));
                (levels.into_iter().map(Some).collect(), rows.collect())
            }
            Column::Numbers(numbers) => levels_of(&numbers),
        };
        let mut places: [Option<u32>; 256] = [None; 256];
        for (row, letter) in self.tags {
            let place = *places[usize::from(letter)].get_or_insert_with(|| {
                let code = tag_code(letter);
                match variable.values.iter_mut().find(|value| value.code == code) {
                    Some(value) => value.is = AnswerKind::Missing,
                    None => variable.values.push(Value {
                        code: code.clone(),
                        label: Text::default(),
                        is: AnswerKind::Missing,
                    }),
                }
                codes.push(Some(code));
                codes.len() as u32 - 1
            });
            if let Some(cell) = rows.get_mut(row as usize) {
                *cell = place;
            }
        }
        coded(&codes, &rows)
    }
}

fn levels_of(numbers: &[f64]) -> (Vec<Option<Code>>, Vec<u32>) {
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut codes = Vec::new();
    let rows = numbers.iter().map(|&number| {
        if number.is_nan() {
            return u32::MAX;
        }
        *known.entry(number.to_bits()).or_insert_with(|| {
            codes.push(Some(Code::Number(number)));
            codes.len() as u32 - 1
        })
    });
    let rows = rows.collect();
    (codes, rows)
}

/// How a variable is measured in a format that does not say: numbers as [`kind_of_numbers`] has it, texts with labels
/// are categories, other texts are as they look.
pub(crate) fn kind_by_labels(column: &Column, variable: &Variable, numeric: bool) -> VariableKind {
    if numeric {
        kind_of_numbers(column, variable)
    } else if variable
        .values
        .iter()
        .any(|value| value.is.is_valid() && !value.label.is_empty())
    {
        VariableKind::Nominal
    } else {
        kind_of(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tagged_missings_stand_beside_few_numbers_and_beside_many() {
        for different in [3, 1000] {
            let mut numbers = TaggedNumbers::with_capacity(0);
            for i in 0..3000 {
                match i % 10 {
                    7 => numbers.push_tag(b'B'),
                    8 => numbers.push(f64::NAN),
                    _ => numbers.push(f64::from(i % different) + 0.5),
                }
            }
            let mut variable = Variable::new("x", VariableKind::Nominal);
            let column = numbers.finish(&mut variable);
            assert_eq!(variable.values.len(), 1);
            assert_eq!(variable.values[0].is, AnswerKind::Missing);
            for i in 0..3000 {
                let expected = match i % 10 {
                    7 => Some(Code::Text(".b".to_owned())),
                    8 => None,
                    _ => Some(Code::Number(f64::from(i as i32 % different) + 0.5)),
                };
                assert_eq!(column.code(i), expected);
            }
            assert_eq!(kind_by_labels(&column, &variable, true), VariableKind::Numeric);
        }
    }
}
