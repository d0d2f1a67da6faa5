//! The different texts of a column in, what they mean out: numbers, or texts after all.

/// What stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
}

/// What the texts of a column mean.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// One number per text; `None` is blank.
    Numbers(Vec<Option<f64>>),
    /// Texts; `ambiguous` where they are numbers whose marks could be read in two ways.
    Texts { ambiguous: bool },
}

/// Texts that mean "no number here" in a column of numbers: R's, SPSS's, SAS's and Excel's.
const BLANKS: [&str; 5] = ["NA", "NaN", ".", "#NULL!", "#N/A"];

impl Mark {
    pub fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    fn sign(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }

    /// The mark of a file: the one that makes more of its columns numbers; the point where both do as well. `columns`
    /// says of each whether it is numbers by the point and by the comma.
    pub fn of_file(columns: impl Iterator<Item = [bool; 2]>) -> Self {
        let (mut points, mut commas) = (0usize, 0usize);
        for [point, comma] in columns {
            points += usize::from(point && !comma);
            commas += usize::from(comma && !point);
        }
        if commas > points { Self::Comma } else { Self::Point }
    }
}

/// Whether all these texts are numbers by a mark.
pub(super) fn are_numbers(texts: &[String], mark: Mark) -> bool {
    numbers(texts, mark).is_some()
}

/// What the different texts of a column, seen one by one in any order and any number of times, leave possible: the same
/// that [`meaning`] finds when it has all of them. One element for each mark.
#[derive(Clone, Debug)]
pub(super) struct Possible {
    /// Every text is a number or a blank.
    numbers: [bool; 2],
    /// One of them has grouped thousands, and one proves that they are.
    grouped: [bool; 2],
    proved: [bool; 2],
    /// One is a number by the other mark only.
    surely_other: [bool; 2],
}

impl Default for Possible {
    fn default() -> Self {
        Self {
            numbers: [true; 2],
            grouped: [false; 2],
            proved: [false; 2],
            surely_other: [false; 2],
        }
    }
}

impl Possible {
    /// Sees a text: the number that it is by each mark (NaN where it is a blank), `None` where it is none.
    pub fn see(&mut self, text: &str) -> [Option<f64>; 2] {
        if is_blank(text) {
            return [Some(f64::NAN); 2];
        }
        let marks = [Mark::Point, Mark::Comma];
        let plain = marks.map(|mark| plain(text, mark));
        let grouped = marks.map(|mark| grouped(text, mark));
        let is_id = looks_like_an_id(text);
        marks.map(|mark| {
            let (this, other) = (mark as usize, mark.other() as usize);
            self.surely_other[this] |= plain[other].is_some() && plain[this].is_none() && grouped[this].is_none();
            let number = match (is_id, plain[this], grouped[this]) {
                (true, ..) => None,
                (false, Some(number), _) => Some(number),
                (false, None, Some((number, proof))) => {
                    self.grouped[this] = true;
                    self.proved[this] |= proof;
                    Some(number)
                }
                (false, None, None) => None,
            };
            self.numbers[this] &= number.is_some();
            number
        })
    }

    /// Sees a number with decimals after `mark` that by the other mark is none.
    pub fn see_decimals(&mut self, mark: Mark) {
        self.numbers[mark.other() as usize] = false;
        self.surely_other[mark.other() as usize] = true;
    }

    /// Whether all texts so far are numbers by a mark, if others prove what these leave open.
    pub fn may_be_numbers(&self, mark: Mark) -> bool {
        self.numbers[mark as usize]
    }

    /// Whether the texts, if that is all of them, are numbers by a mark.
    pub fn are_numbers(&self, mark: Mark) -> bool {
        self.numbers[mark as usize] && (!self.grouped[mark as usize] || self.proved[mark as usize])
    }

    /// The mark by which they are numbers in a file whose decimals stand after `mark`, as in [`meaning`].
    pub fn mark(&self, mark: Mark, told: bool) -> Option<Mark> {
        let by_other = !told && self.surely_other[mark as usize] && self.are_numbers(mark.other());
        if self.are_numbers(mark) {
            Some(mark)
        } else {
            by_other.then_some(mark.other())
        }
    }
}

/// Powers of ten that are exact.
const TENS: [f64; 20] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
];

/// The number that nearly every cell is: digits, and decimals after `mark`, with which it is none by the other mark.
/// Says whether there are decimals. `None` where it takes more thought.
#[inline]
pub(super) fn quick(cell: &[u8], mark: Mark) -> Option<(f64, bool)> {
    let (negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // Nineteen digits fit into 64 bits.
    if digits.len() > 19 {
        return None;
    }
    let mut number = 0u64;
    let mut whole = None;
    for (at, &byte) in digits.iter().enumerate() {
        if byte.is_ascii_digit() {
            number = number * 10 + u64::from(byte - b'0');
        } else if byte == mark.sign() && whole.is_none() {
            whole = Some(at);
        } else {
            return None;
        }
    }
    let size = whole.unwrap_or(digits.len());
    let zero = digits.first() == Some(&b'0');
    if size == 0 || (size > 1 && zero) {
        return None;
    }
    let value = match whole {
        None if size > 15 => return None,
        None => number as f64,
        Some(_) => {
            let decimals = digits.len() - size - 1;
            // Perhaps the thousands of the other mark.
            if decimals == 0 || (decimals == 3 && size <= 3 && !zero) {
                return None;
            }
            if number < 1 << 53 {
                // Both are exact, so that the quotient is rounded once: it is the number that the text says.
                number as f64 / TENS[decimals]
            } else if mark == Mark::Point {
                std::str::from_utf8(digits).ok()?.parse().ok()?
            } else {
                return None;
            }
        }
    };
    Some((if negative { -value } else { value }, whole.is_some()))
}

/// What the texts of a column mean in a file whose decimals stand after `mark`; `told` if somebody said so.
pub(super) fn meaning(texts: &[String], mark: Mark, told: bool) -> Meaning {
    if let Some(numbers) = numbers(texts, mark) {
        return Meaning::Numbers(numbers);
    }
    let (mut numeric, mut surely_other) = (true, false);
    for text in texts.iter().filter(|text| !is_blank(text)) {
        let by_other = plain(text, mark.other()).is_some();
        numeric &= by_other || plain(text, mark).is_some() || grouped(text, mark).is_some();
        numeric &= !looks_like_an_id(text);
        surely_other |= by_other && plain(text, mark).is_none() && grouped(text, mark).is_none();
    }
    // 0.25 in a file with decimal commas can be nothing else than a quarter.
    if !told
        && surely_other
        && let Some(numbers) = numbers(texts, mark.other())
    {
        return Meaning::Numbers(numbers);
    }
    Meaning::Texts { ambiguous: numeric }
}

/// The numbers that all texts of a column are, by one mark; `None` if one is not. Thousands are grouped only where one
/// of the texts proves it (`1.234,5`, `1.234.567`).
fn numbers(texts: &[String], mark: Mark) -> Option<Vec<Option<f64>>> {
    let mut groups = false;
    let mut sure = false;
    let mut numbers = Vec::with_capacity(texts.len());
    for text in texts {
        if is_blank(text) {
            numbers.push(None);
        } else if looks_like_an_id(text) {
            return None;
        } else if let Some(number) = plain(text, mark) {
            numbers.push(Some(number));
        } else {
            let (number, proof) = grouped(text, mark)?;
            groups = true;
            sure |= proof;
            numbers.push(Some(number));
        }
    }
    (!groups || sure).then_some(numbers)
}

fn is_blank(text: &str) -> bool {
    BLANKS.contains(&text)
}

/// `007`, or more digits than a number can hold exactly: a name made of digits.
fn looks_like_an_id(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
    leading_zero || (digits.len() > 15 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `-12,5e3` by one mark: sign, digits, decimals, exponent.
fn plain(text: &str, mark: Mark) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => (unsigned, "0"),
    };
    let sign = char::from(mark.sign());
    let (whole, decimals) = number.split_once(sign).unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + decimals.len() == 0 || exponent.is_empty() || ![whole, decimals, exponent].into_iter().all(digits)
    {
        return None;
    }
    let number: f64 = match mark {
        Mark::Point => text.parse().ok()?,
        Mark::Comma => text.replace(',', ".").parse().ok()?,
    };
    number.is_finite().then_some(number)
}

/// `1.234` or `12.345.678,9`: the number, and whether nothing but grouped thousands explains the text.
fn grouped(text: &str, mark: Mark) -> Option<(f64, bool)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = match unsigned.split_once(char::from(mark.sign())) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    let between = char::from(mark.other().sign());
    let mut groups = whole.split(between);
    let first = groups.next()?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if first.is_empty() || first.len() > 3 || first.starts_with('0') || !digits(first) {
        return None;
    }
    let mut count = 0;
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        count += 1;
    }
    if count == 0 || !decimals.is_none_or(digits) {
        return None;
    }
    let number = plain(&text.replace(between, ""), mark)?;
    Some((number, count > 1 || decimals.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str], mark: Mark) -> Meaning {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        meaning(&texts, mark, false)
    }

    fn numbers_of(numbers: &[f64]) -> Meaning {
        Meaning::Numbers(numbers.iter().map(|number| Some(*number)).collect())
    }

    #[test]
    fn marks_are_read_only_where_they_can_mean_one_thing() {
        let text = Meaning::Texts { ambiguous: false };
        let unsure = Meaning::Texts { ambiguous: true };
        assert_eq!(
            read(&["1", "-2.5", "3e2", ".5"], Mark::Point),
            numbers_of(&[1.0, -2.5, 300.0, 0.5])
        );
        assert_eq!(
            read(&["1", "-2,5", "3E-2"], Mark::Comma),
            numbers_of(&[1.0, -2.5, 0.03])
        );
        assert_eq!(
            read(&["1.234,5", "1.234", "7"], Mark::Comma),
            numbers_of(&[1234.5, 1234.0, 7.0])
        );
        assert_eq!(read(&["1,234,567"], Mark::Point), numbers_of(&[1_234_567.0]));
        assert_eq!(read(&["1.234", "12.500"], Mark::Comma), unsure);
        assert_eq!(read(&["0.25", "1.234"], Mark::Comma), numbers_of(&[0.25, 1.234]));
        for odd in [
            "007",
            "1 234",
            "1.2.3",
            "inf",
            "nan",
            "1e",
            "0x1",
            "",
            "-",
            ",",
            "12345678901234567",
            "Yes",
        ] {
            assert_eq!(read(&["1", odd], Mark::Point), text, "{odd}");
        }
    }

    /// Seen one by one, texts mean what they mean together, and what is quick is no different.
    #[test]
    fn texts_one_by_one_mean_what_they_mean_together() {
        let parts = [
            "1",
            "-2.5",
            "3e2",
            ".5",
            "-2,5",
            "1.234,5",
            "1.234",
            "12.500",
            "1,234,567",
            "0.25",
            "0.125",
            "NA",
            "007",
            "Yes",
            "12345678901234567",
            "9007199254740993.5",
            "44.2099990844727",
            "-0",
            "+7",
            "5.",
            "1,5",
            "1,234",
        ];
        for a in parts {
            for b in parts {
                for c in parts {
                    let texts = [a, b, c].map(str::to_owned);
                    let mut possible = Possible::default();
                    let values = texts.each_ref().map(|text| possible.see(text));
                    for (mark, told) in [Mark::Point, Mark::Comma]
                        .into_iter()
                        .flat_map(|m| [(m, false), (m, true)])
                    {
                        assert_eq!(possible.are_numbers(mark), are_numbers(&texts, mark), "{texts:?}");
                        match meaning(&texts, mark, told) {
                            Meaning::Numbers(numbers) => {
                                let by = possible.mark(mark, told).unwrap();
                                let seen = values.map(|value| value[by as usize].filter(|number| !number.is_nan()));
                                assert_eq!(numbers, seen, "{texts:?}");
                            }
                            Meaning::Texts { .. } => assert_eq!(possible.mark(mark, told), None, "{texts:?}"),
                        }
                    }
                }
            }
            for mark in [Mark::Point, Mark::Comma] {
                if let Some((number, decimals)) = quick(a.as_bytes(), mark) {
                    let (mut quickly, mut slowly) = (Possible::default(), Possible::default());
                    if decimals {
                        quickly.see_decimals(mark);
                    }
                    let value = slowly.see(a)[mark as usize];
                    assert_eq!(value.map(f64::to_bits), Some(number.to_bits()), "{a}");
                    assert_eq!(format!("{quickly:?}"), format!("{slowly:?}"), "{a}");
                }
            }
        }
    }

    #[test]
    fn na_is_blank_among_numbers_and_a_text_among_texts() {
        assert_eq!(read(&["NA", "1"], Mark::Point), Meaning::Numbers(vec![None, Some(1.0)]));
        assert_eq!(read(&["NA", "Yes"], Mark::Point), Meaning::Texts { ambiguous: false });
    }

    #[test]
    fn every_number_is_the_one_that_the_text_says() {
        for text in [
            "44.2099990844727",
            "0.1",
            "2.2250738585072014e-308",
            "9007199254740993.5",
            "1e23",
        ] {
            assert_eq!(read(&[text], Mark::Point), numbers_of(&[text.parse().unwrap()]));
        }
    }
}
