//! Cells one by one in, a compact [`Column`] out: few different values become positions into levels, quantities stay
//! numbers. [`arrange`] then puts the levels in the order of the codebook.

use std::collections::{HashMap, HashSet};

use super::codebook::{Code, Variable, VariableKind};
use super::{Column, Positions};

/// As many levels as one byte can point at (255 itself marks a blank cell).
const FEW: usize = u8::MAX as usize;
/// Twice the levels and a power of two, so that the small table below is never more than half full.
const SLOTS: usize = 512;

/// So many answers without a label make a labelled variable a quantity (an age on which only 99 has a label), rather
/// than categories.
const UNLABELLED: usize = 12;

/// Collects the numbers of one column: one byte each until the 256th different value, eight bytes each from then on.
pub(crate) struct Numbers {
    levels: Vec<f64>,
    slots: Box<[u8; SLOTS]>,
    narrow: Vec<u8>,
    /// In use from the 256th different value.
    wide: Option<Vec<f64>>,
}

impl Numbers {
    /// A column that expects `rows` cells.
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            levels: Vec::new(),
            slots: Box::new([u8::MAX; SLOTS]),
            narrow: Vec::with_capacity(rows),
            wide: None,
        }
    }

    /// Adds a cell. What is not a finite number is blank.
    #[inline]
    pub fn push(&mut self, number: f64) {
        if let Some(wide) = &mut self.wide {
            wide.push(if number.is_finite() { number + 0.0 } else { f64::NAN });
            return;
        }
        if !number.is_finite() {
            self.narrow.push(u8::MAX);
            return;
        }
        // −0 counts as 0.
        let number = number + 0.0;
        let bits = number.to_bits();
        let mut slot = (bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55) as usize;
        loop {
            match self.slots[slot] {
                u8::MAX => break,
                position if self.levels[usize::from(position)].to_bits() == bits => {
                    self.narrow.push(position);
                    return;
                }
                _ => slot = (slot + 1) % SLOTS,
            }
        }
        if self.levels.len() < FEW {
            let position = self.levels.len() as u8;
            self.slots[slot] = position;
            self.levels.push(number);
            self.narrow.push(position);
        } else {
            let mut wide = Vec::with_capacity(self.narrow.capacity());
            wide.extend(
                self.narrow
                    .iter()
                    .map(|&position| self.levels.get(usize::from(position)).copied().unwrap_or(f64::NAN)),
            );
            wide.push(number);
            self.narrow = Vec::new();
            self.wide = Some(wide);
        }
    }

    /// The column, its levels in order of appearance.
    pub fn finish(self) -> Column {
        match self.wide {
            Some(numbers) => Column::Numbers(numbers),
            None => Column::Coded {
                levels: self.levels.into_iter().map(Code::Number).collect(),
                rows: Positions::Narrow(self.narrow),
            },
        }
    }
}

/// Collects the texts of one column, as bytes in whatever encoding they are in: each different text is stored once, and
/// a cell takes one byte until the 256th, two until the 65,536th.
pub(crate) struct Texts {
    levels: HashMap<Box<[u8]>, u32>,
    rows: Positions,
}

/// A blank cell in what [`Texts`] gives.
const BLANK: u32 = u32::MAX;

impl Texts {
    /// A column that expects `rows` cells.
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            levels: HashMap::new(),
            rows: Positions::Narrow(Vec::with_capacity(rows)),
        }
    }

    /// Adds a cell; an empty one is blank.
    #[inline]
    pub fn push(&mut self, text: &[u8]) {
        let position = if text.is_empty() {
            BLANK
        } else if let Some(&position) = self.levels.get(text) {
            position
        } else {
            // Memory ends before 2³² different texts do.
            let position = self.levels.len() as u32;
            self.levels.insert(text.into(), position);
            position
        };
        loop {
            // The highest position of each width is a blank.
            match &mut self.rows {
                Positions::Narrow(rows) if position < u32::from(u8::MAX) || position == BLANK => {
                    return rows.push(position as u8);
                }
                Positions::Wide(rows) if position < u32::from(u16::MAX) || position == BLANK => {
                    return rows.push(position as u16);
                }
                Positions::Huge(rows) => return rows.push(position),
                Positions::Narrow(rows) => {
                    let mut wide = Vec::with_capacity(rows.capacity());
                    wide.extend(
                        rows.iter()
                            .map(|&row| if row == u8::MAX { u16::MAX } else { row.into() }),
                    );
                    self.rows = Positions::Wide(wide);
                }
                Positions::Wide(rows) => {
                    let mut huge = Vec::with_capacity(rows.capacity());
                    huge.extend(rows.iter().map(|&row| if row == u16::MAX { BLANK } else { row.into() }));
                    self.rows = Positions::Huge(huge);
                }
            }
        }
    }

    /// The different texts in order of appearance, and where each cell's stands among them.
    pub fn parts(self) -> (Vec<Box<[u8]>>, Positions) {
        let mut levels: Vec<(u32, Box<[u8]>)> = self.levels.into_iter().map(|(text, at)| (at, text)).collect();
        levels.sort_unstable_by_key(|(at, _)| *at);
        (levels.into_iter().map(|(_, text)| text).collect(), self.rows)
    }

    /// The different texts in order of appearance, and one position per cell (`u32::MAX` is blank).
    pub fn finish(self) -> (Vec<Box<[u8]>>, Vec<u32>) {
        let (levels, rows) = self.parts();
        (levels, places(&rows))
    }

    /// The column, by what each different text means.
    pub fn column(self, meaning: impl FnMut(Box<[u8]>) -> Option<Code>) -> Column {
        let (levels, rows) = self.parts();
        let codes: Vec<Option<Code>> = levels.into_iter().map(meaning).collect();
        let mut known = HashSet::new();
        let plain = |code: &Option<Code>| matches!(code, Some(code @ Code::Text(_)) if known.insert(code.clone()));
        if codes.iter().all(plain) {
            let levels = codes.into_iter().flatten().collect();
            return Column::Coded { levels, rows };
        }
        coded(&codes, &places(&rows))
    }
}

/// One position per cell, `u32::MAX` where it is blank.
pub(crate) fn places(rows: &Positions) -> Vec<u32> {
    (0..rows.len())
        .map(|row| rows.get(row).map_or(BLANK, |level| level as u32))
        .collect()
}

/// The different numbers in order of appearance, and one position per cell (`u32::MAX` is blank).
pub(crate) fn positions(numbers: &[f64]) -> (Vec<Code>, Vec<u32>) {
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut codes = Vec::new();
    let rows = numbers
        .iter()
        .map(|&number| {
            if number.is_nan() {
                return u32::MAX;
            }
            *known.entry(number.to_bits()).or_insert_with(|| {
                codes.push(Code::Number(number));
                codes.len() as u32 - 1
            })
        })
        .collect();
    (codes, rows)
}

/// A column from one position per cell and what each position means: blank, or a code. Positions beyond `codes` are
/// blank; codes may repeat.
pub(crate) fn coded(codes: &[Option<Code>], rows: &[u32]) -> Column {
    let mut levels: Vec<Code> = Vec::new();
    let mut known: HashMap<&Code, u32> = HashMap::new();
    let meaning: Vec<Option<u32>> = codes
        .iter()
        .map(|code| {
            let code = code.as_ref()?;
            Some(*known.entry(code).or_insert_with(|| {
                levels.push(code.clone());
                levels.len() as u32 - 1
            }))
        })
        .collect();
    let cells = rows.iter().map(|&row| meaning.get(row as usize).copied().flatten());
    if levels.len() > FEW && levels.iter().all(|level| level.number().is_some()) {
        let numbers: Vec<f64> = levels.iter().filter_map(Code::number).collect();
        return Column::Numbers(
            cells
                .map(|cell| cell.map_or(f64::NAN, |level| numbers[level as usize]))
                .collect(),
        );
    }
    let rows = Positions::pack(levels.len(), cells);
    Column::Coded { levels, rows }
}

/// Puts the levels in the order of the codebook, then by size; codes that carry labels become levels even where there
/// are many of them.
pub(crate) fn arrange(column: Column, variable: &Variable) -> Column {
    let labelled = !variable.values.is_empty() && variable.kind != VariableKind::Numeric;
    let (levels, rows) = match column {
        Column::Numbers(numbers) if labelled => match levels_of(&numbers) {
            Some(coded) => coded,
            None => return Column::Numbers(numbers),
        },
        Column::Numbers(_) => return column,
        Column::Coded { levels, rows } => (levels, rows),
    };
    let place: HashMap<&Code, usize> = variable
        .values
        .iter()
        .enumerate()
        .rev()
        .map(|(i, value)| (&value.code, i))
        .collect();
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by_cached_key(|&i| (place.get(&levels[i]).copied().unwrap_or(usize::MAX), levels[i].clone()));
    let mut new_place = vec![0u32; levels.len()];
    for (to, &from) in order.iter().enumerate() {
        new_place[from] = to as u32;
    }
    let mut levels: Vec<Option<Code>> = levels.into_iter().map(Some).collect();
    let levels: Vec<Code> = order.iter().filter_map(|&from| levels[from].take()).collect();
    let rows = moved(rows, &new_place);
    Column::Coded { levels, rows }
}

/// Positions after every level has moved to a new place.
fn moved(rows: Positions, new_place: &[u32]) -> Positions {
    match rows {
        Positions::Narrow(mut rows) => {
            let mut table = [u8::MAX; 256];
            for (from, &to) in table.iter_mut().zip(new_place) {
                *from = to as u8;
            }
            rows.iter_mut().for_each(|row| *row = table[usize::from(*row)]);
            Positions::Narrow(rows)
        }
        Positions::Wide(mut rows) => {
            for row in &mut rows {
                *row = new_place.get(usize::from(*row)).map_or(u16::MAX, |&to| to as u16);
            }
            Positions::Wide(rows)
        }
        Positions::Huge(mut rows) => {
            for row in &mut rows {
                *row = new_place.get(*row as usize).copied().unwrap_or(u32::MAX);
            }
            Positions::Huge(rows)
        }
    }
}

/// Whole numbers of at most 65,535 different values, as levels.
fn levels_of(numbers: &[f64]) -> Option<(Vec<Code>, Positions)> {
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut levels = Vec::new();
    let mut rows = Vec::with_capacity(numbers.len());
    for &number in numbers {
        if number.is_nan() {
            rows.push(None);
            continue;
        }
        if number.fract() != 0.0 {
            return None;
        }
        let position = *known.entry((number + 0.0).to_bits()).or_insert_with(|| {
            levels.push(Code::Number(number));
            levels.len() as u32 - 1
        });
        if levels.len() > usize::from(u16::MAX) {
            return None;
        }
        rows.push(Some(position));
    }
    let rows = Positions::pack(levels.len(), rows.into_iter());
    Some((levels, rows))
}

/// How a variable is measured, where nobody has said: a few whole numbers are categories, other numbers a quantity; a
/// few different texts are categories, many or long ones free text; texts that are all ISO dates are dates.
pub(crate) fn kind_of(column: &Column) -> VariableKind {
    let Column::Coded { levels, rows } = column else {
        return VariableKind::Numeric;
    };
    if levels.iter().all(|level| level.number().is_some()) {
        let whole = levels
            .iter()
            .filter_map(Code::number)
            .all(|number| number.fract() == 0.0);
        return if whole && levels.len() <= 12 {
            VariableKind::Nominal
        } else {
            VariableKind::Numeric
        };
    }
    let texts = || {
        levels.iter().filter_map(|level| match level {
            Code::Text(text) => Some(text.as_str()),
            Code::Number(_) => None,
        })
    };
    if texts().count() == levels.len() && texts().all(is_date) {
        return VariableKind::Date;
    }
    let few = levels.len() <= 12 || (levels.len() <= FEW && levels.len() * 4 <= rows.len());
    if few && texts().all(|text| text.chars().count() <= 200) {
        VariableKind::Nominal
    } else {
        VariableKind::Text
    }
}

/// How numbers are measured in a format that does not say: numbers that (nearly) all have labels are categories, else it is as
/// they look.
pub(crate) fn kind_of_numbers(column: &Column, variable: &Variable) -> VariableKind {
    let labelled: HashSet<&Code> = variable
        .values
        .iter()
        .filter(|value| value.code.number().is_some())
        .map(|value| &value.code)
        .collect();
    let is_free = |code: &&Code| code.number().is_some() && !labelled.contains(code);
    match column {
        Column::Coded { levels, .. } => {
            let free: Vec<&Code> = levels.iter().filter(is_free).collect();
            let whole = free
                .iter()
                .all(|code| code.number().is_some_and(|number| number.fract() == 0.0));
            if free.len() <= UNLABELLED && (whole || !labelled.is_empty()) {
                VariableKind::Nominal
            } else {
                VariableKind::Numeric
            }
        }
        Column::Numbers(numbers) => {
            let mut free = HashSet::new();
            let few = !labelled.is_empty()
                && numbers.iter().filter(|number| !number.is_nan()).all(|&number| {
                    let code = Code::Number(number);
                    labelled.contains(&code) || {
                        free.insert(number.to_bits());
                        free.len() <= UNLABELLED
                    }
                });
            if few {
                VariableKind::Nominal
            } else {
                VariableKind::Numeric
            }
        }
    }
}

/// Whether a text is a date as ISO 8601 writes it, with or without a time.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
    bytes.len() >= 10
        && digits(0..4)
        && bytes[4] == b'-'
        && digits(5..7)
        && bytes[7] == b'-'
        && digits(8..10)
        && matches!(bytes.get(10), None | Some(b'T' | b' '))
}

/// How a variable whose codes have labels is measured, in a format that does not say.
pub(crate) fn kind_with_labels(column: &Column, variable: &Variable) -> VariableKind {
    let numeric = match column {
        Column::Coded { levels, .. } => levels.iter().all(|level| level.number().is_some()),
        Column::Numbers(_) => true,
    };
    let answers = variable.values.iter().any(|value| value.is.is_valid());
    match kind_of(column) {
        VariableKind::Date => VariableKind::Date,
        looks if !answers => looks,
        _ if numeric => kind_of_numbers(column, variable),
        _ => VariableKind::Nominal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::codebook::{AnswerKind, Text, Value};

    fn codes(column: &Column) -> Vec<Option<Code>> {
        (0..column.len()).map(|row| column.code(row)).collect()
    }

    #[test]
    fn the_256th_different_number_turns_a_column_into_numbers_and_changes_none() {
        for different in [1, 255, 256, 1000] {
            let mut numbers = Numbers::with_capacity(0);
            let cell = |i: usize| {
                if i % 7 == 3 {
                    f64::NAN
                } else {
                    (i % different) as f64 * 0.1
                }
            };
            (0..5000).for_each(|i| numbers.push(cell(i)));
            let column = numbers.finish();
            assert_eq!(matches!(column, Column::Numbers(_)), different > 255, "{different}");
            for i in 0..5000 {
                assert_eq!(column.number(i).to_bits(), cell(i).to_bits(), "{different}: row {i}");
            }
        }
    }

    #[test]
    fn levels_stand_in_the_order_of_the_codebook_and_then_by_size() {
        let mut numbers = Numbers::with_capacity(0);
        [3.0, 9.0, 1.0, f64::NAN, 2.0, 7.0]
            .into_iter()
            .for_each(|n| numbers.push(n));
        let mut variable = Variable::new("q", VariableKind::Nominal);
        variable.values = [9.0, 4.0, 2.0]
            .map(|code| Value {
                code: code.into(),
                label: Text::default(),
                is: AnswerKind::Answer,
            })
            .to_vec();
        let before = numbers.finish();
        let after = arrange(before.clone(), &variable);
        assert_eq!(codes(&before), codes(&after));
        let Column::Coded { levels, .. } = after else {
            panic!("not coded")
        };
        assert_eq!(levels, [9.0, 2.0, 1.0, 3.0, 7.0].map(Code::from));
    }

    #[test]
    fn many_labelled_whole_numbers_are_levels() {
        let column = Column::Numbers((0..900).map(f64::from).collect());
        let mut variable = Variable::new("municipality", VariableKind::Nominal);
        variable.values.push(Value {
            code: 5.0.into(),
            label: Text::plain("x"),
            is: AnswerKind::Answer,
        });
        let arranged = arrange(column.clone(), &variable);
        assert!(matches!(
            arranged,
            Column::Coded {
                rows: Positions::Wide(_),
                ..
            }
        ));
        assert_eq!(codes(&arranged), codes(&column));
    }
}
