//! The signs of a portable file in, one by one: numbers to the base 30 and texts out. Lines are joined again and filled
//! up, and bytes mean what the file's own table says.

/// Signs in a line; a shorter one lost the blanks at its end.
const LINE: usize = 80;
/// Signs in the longest number that is read.
const NUMBER: usize = 200;
/// Bytes in the longest text that is read.
const TEXT: usize = 32_767;
/// Where the table begins that says which byte stands for which sign …
const TABLE: usize = 200;
/// … and where the word SPSSPORT must stand.
const TAG: usize = TABLE + 256;

/// The portable signs from position 64 of the table on. Source: PSPP Developers' Guide, "Portable File Characters".
const PORTABLE: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/¦,%_>?`:£@'=\"\
≤□±■°†~–└┌≥⁰¹²³⁴⁵⁶⁷⁸⁹┘┐≠—⁽⁾⸸{}\\¢•";

/// Why no further sign can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The file is over.
    Ended,
    /// What stands at this byte is not what must stand there.
    Wrong(usize),
}

/// A place in a portable file.
pub(super) struct Signs<'a> {
    bytes: &'a [u8],
    at: usize,
    column: usize,
    /// Blanks to be given before the next line.
    blanks: usize,
    /// The byte of a blank.
    blank: u8,
    /// What a byte stands for, where the table says.
    meaning: Box<[Option<char>; 256]>,
    /// Whether the table gives every ASCII letter its own byte.
    ascii: bool,
}

/// Whether the table of a file leads to the word that portable files begin with.
pub(crate) fn is_portable(file: &[u8]) -> bool {
    file.len() > TAG && Signs::new(file).is_ok()
}

impl<'a> Signs<'a> {
    /// Reads the table; the place is behind the word SPSSPORT.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Stop> {
        let mut signs = Self {
            bytes,
            at: 0,
            column: 0,
            blanks: 0,
            blank: b' ',
            meaning: Box::new([None; 256]),
            ascii: true,
        };
        for _ in 0..TABLE {
            signs.byte()?;
        }
        let mut table = [0; 256];
        for place in &mut table {
            *place = signs.byte()?;
        }
        // A byte that stands at several positions keeps its first meaning, as in PSPP.
        for (&byte, sign) in table[64..].iter().zip(PORTABLE.chars()) {
            let meaning = &mut signs.meaning[usize::from(byte)];
            if meaning.is_none() {
                // On the ASCII side the two stand for these.
                *meaning = Some(match (sign, byte) {
                    ('¦', b'|') => '|',
                    ('£', b'#') => '#',
                    _ => sign,
                });
            }
        }
        signs.blank = table[126];
        signs.ascii = (b' '..=b'~').all(|byte| match signs.meaning[usize::from(byte)] {
            Some(sign) => sign == char::from(byte),
            None => true,
        });
        let tag: Option<String> = (0..8)
            .map(|_| signs.byte().ok().and_then(|byte| signs.meaning[usize::from(byte)]))
            .collect();
        if tag.as_deref() == Some("SPSSPORT") {
            Ok(signs)
        } else {
            Err(Stop::Wrong(TAG))
        }
    }

    /// The byte in the file where the place is.
    pub fn at(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        loop {
            if self.blanks > 0 {
                self.blanks -= 1;
                return Ok(self.blank);
            }
            let byte = *self.bytes.get(self.at).ok_or(Stop::Ended)?;
            self.at += 1;
            match byte {
                b'\r' => {}
                b'\n' => {
                    self.blanks = LINE.saturating_sub(self.column);
                    self.column = 0;
                }
                byte => {
                    self.column += 1;
                    return Ok(byte);
                }
            }
        }
    }

    /// The next sign; one without a meaning is the replacement sign.
    pub fn sign(&mut self) -> Result<char, Stop> {
        let byte = self.byte()?;
        Ok(self.meaning[usize::from(byte)].unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The next sign, which stays to be read.
    pub fn peek(&mut self) -> Result<char, Stop> {
        let (at, column, blanks) = (self.at, self.column, self.blanks);
        let sign = self.sign();
        (self.at, self.column, self.blanks) = (at, column, blanks);
        sign
    }

    /// A number; `None` is "no answer".
    pub fn number(&mut self) -> Result<Option<f64>, Stop> {
        let start = self.at;
        let mut sign = self.sign()?;
        while sign == ' ' {
            sign = self.sign()?;
        }
        if sign == '*' {
            self.sign()?;
            return Ok(None);
        }
        let mut trigits = Trigits::default();
        for _ in 0..NUMBER {
            match sign {
                '/' => return trigits.value().map(Some).ok_or(Stop::Wrong(start)),
                sign => trigits.push(sign).ok_or(Stop::Wrong(start))?,
            }
            sign = self.sign()?;
        }
        Err(Stop::Wrong(start))
    }

    /// A whole number that counts something.
    pub fn count(&mut self) -> Result<usize, Stop> {
        let start = self.at;
        match self.number()? {
            Some(number) if number.fract() == 0.0 && (0.0..=1e9).contains(&number) => Ok(number as usize),
            _ => Err(Stop::Wrong(start)),
        }
    }

    /// A text: its length and its bytes, put into `text`. ASCII and whatever bytes the table does not know.
    pub fn text_into(&mut self, text: &mut Vec<u8>) -> Result<(), Stop> {
        let start = self.at;
        text.clear();
        let length = self.count()?;
        if length > TEXT {
            return Err(Stop::Wrong(start));
        }
        for _ in 0..length {
            let byte = self.byte()?;
            text.push(byte);
        }
        // Newer programs write UTF-8, whose bytes may stand in the table as other signs.
        if self.ascii && (text.is_ascii() || std::str::from_utf8(text).is_ok()) {
            return Ok(());
        }
        let mut translated = Vec::with_capacity(text.len());
        for &byte in text.iter() {
            match self.meaning[usize::from(byte)] {
                Some(sign) => translated.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes()),
                None => translated.push(byte),
            }
        }
        *text = translated;
        Ok(())
    }

    /// A text of its own.
    pub fn text(&mut self) -> Result<Vec<u8>, Stop> {
        let mut text = Vec::new();
        self.text_into(&mut text)?;
        Ok(text)
    }
}

/// A number to the base 30, as its signs come.
#[derive(Default)]
struct Trigits {
    negative: bool,
    mantissa: u128,
    /// Powers of 30 that the mantissa is to be multiplied by.
    scale: i32,
    any: bool,
    after_point: bool,
    /// After a sign behind the digits: whether it is negative, and the exponent.
    exponent: Option<(bool, i32)>,
}

impl Trigits {
    fn push(&mut self, sign: char) -> Option<()> {
        let digit = match sign {
            '0'..='9' => sign as u32 - '0' as u32,
            'A'..='T' => sign as u32 - 'A' as u32 + 10,
            '-' if !self.any && !self.negative && !self.after_point => {
                self.negative = true;
                return Some(());
            }
            '+' | '-' if self.any && self.exponent.is_none() => {
                self.exponent = Some((sign == '-', 0));
                return Some(());
            }
            '.' if !self.after_point && self.exponent.is_none() => {
                self.after_point = true;
                return Some(());
            }
            _ => return None,
        };
        if let Some((_, exponent)) = &mut self.exponent {
            *exponent = (*exponent * 30 + digit as i32).min(10_000);
            return Some(());
        }
        self.any = true;
        // 26 digits fit; further ones are far beyond what a number can hold.
        if self.mantissa < 30u128.pow(25) {
            self.mantissa = self.mantissa * 30 + u128::from(digit);
            self.scale -= i32::from(self.after_point);
        } else {
            self.scale += i32::from(!self.after_point);
        }
        Some(())
    }

    fn value(mut self) -> Option<f64> {
        if !self.any {
            return None;
        }
        match self.exponent {
            Some((true, exponent)) => self.scale -= exponent,
            Some((false, exponent)) => self.scale += exponent,
            None => {}
        }
        while self.scale < 0 && self.mantissa != 0 && self.mantissa.is_multiple_of(30) {
            self.mantissa /= 30;
            self.scale += 1;
        }
        let size = scaled(self.mantissa, self.scale);
        Some(if self.negative { -size } else { size })
    }
}

/// `mantissa` × 30^`scale`, rightly rounded for up to 31 places after the point and where the whole fits 128 bits; else
/// to about 15 digits.
fn scaled(mantissa: u128, scale: i32) -> f64 {
    match scale {
        _ if mantissa == 0 => 0.0,
        0.. => {
            let whole = u32::try_from(scale)
                .ok()
                .and_then(|scale| 30u128.checked_pow(scale))
                .and_then(|power| mantissa.checked_mul(power));
            match whole {
                Some(whole) => whole as f64,
                None => mantissa as f64 * 30f64.powi(scale),
            }
        }
        -31.. => {
            let places = scale.unsigned_abs();
            // 30 = 2 × 15: the division by the power of 2 is exact.
            let divisor = 15u128.pow(places);
            let (mut quotient, mut rest) = (mantissa / divisor, mantissa % divisor);
            let mut shift = places as i32;
            // 64 bits and the mark whether anything follows are enough to round to 53.
            while quotient < 1 << 64 && rest != 0 {
                rest <<= 1;
                quotient = (quotient << 1) | u128::from(rest >= divisor);
                if rest >= divisor {
                    rest -= divisor;
                }
                shift += 1;
            }
            if rest != 0 {
                quotient |= 1;
            }
            quotient as f64 * 0.5f64.powi(shift)
        }
        _ => mantissa as f64 * 30f64.powi(scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<f64> {
        let mut trigits = Trigits::default();
        text.chars().try_for_each(|sign| trigits.push(sign))?;
        trigits.value()
    }

    #[test]
    fn numbers_to_the_base_30() {
        // PSPP Developers' Guide, "Portable File Structure"; the fractions are sums of powers of 30.
        assert_eq!(number("0"), Some(0.0));
        assert_eq!(number("1A"), Some(40.0));
        assert_eq!(number("-T"), Some(-29.0));
        assert_eq!(number("1.F"), Some(1.5));
        assert_eq!(number(".6"), Some(0.2));
        assert_eq!(number("-.3"), Some(-0.1));
        assert_eq!(number("1+2"), Some(900.0));
        assert_eq!(number("9-1"), Some(0.3));
        assert_eq!(number(""), None);
        assert_eq!(number("-"), None);
        assert_eq!(number("1-"), Some(1.0));
        assert_eq!(number("U"), None);
        assert_eq!(number("1+TTTTTTTTT"), Some(f64::INFINITY));
        assert_eq!(number("1-TTTTTTTTT"), Some(0.0));
    }

    #[test]
    fn many_places_are_rounded_to_the_nearest_number() {
        // 1/3 is exactly A/30; π to 20 places to the base 30 rounds to π.
        assert_eq!(number(".A"), Some(1.0 / 3.0));
        let mut rest = std::f64::consts::PI - 3.0;
        let mut text = "3.".to_owned();
        for _ in 0..24 {
            rest *= 30.0;
            let digit = rest.floor();
            rest -= digit;
            text.push(char::from_digit(digit as u32, 36).unwrap().to_ascii_uppercase());
        }
        assert!((number(&text).unwrap() - std::f64::consts::PI).abs() < 1e-14);
    }
}
