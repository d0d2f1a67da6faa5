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
    fn other(self) -> Self {
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

    /// The mark of a file: the one that makes more of its columns numbers; the point where both do as well.
    pub fn of_file<'a>(columns: impl Iterator<Item = &'a [String]>) -> Self {
        let (mut points, mut commas) = (0usize, 0usize);
        for texts in columns {
            let point = numbers(texts, Self::Point).is_some();
            let comma = numbers(texts, Self::Comma).is_some();
            points += usize::from(point && !comma);
            commas += usize::from(comma && !point);
        }
        if commas > points { Self::Comma } else { Self::Point }
    }
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
