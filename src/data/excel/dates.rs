//! Number formats and day numbers of spreadsheets in, ISO 8601 dates out.

use crate::data::dates::{iso_date, iso_date_time};

/// What a number format shows of a number. Durations and times of day stay numbers (parts of a day), as the other
/// readers keep theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    Date,
    DateTime,
}

/// By the number of one of the formats that every program knows; `None` for a format that the file describes.
pub(super) fn built_in(format: u16) -> Option<Shows> {
    match format {
        14..=17 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Some(Shows::Date),
        22 => Some(Shows::DateTime),
        0..=49 | 55..=56 => Some(Shows::Number),
        _ => None,
    }
}

/// By the signs of a format such as `[$-406]dd\-mm\-yyyy;@`.
pub(super) fn of_code(code: &str) -> Shows {
    let (mut year_or_day, mut month, mut clock, mut elapsed) = (false, false, false, false);
    let mut signs = code.chars().peekable();
    if code.eq_ignore_ascii_case("general") || code.eq_ignore_ascii_case("standard") {
        return Shows::Number;
    }
    while let Some(sign) = signs.next() {
        match sign.to_ascii_lowercase() {
            // Negative numbers have a format of their own.
            ';' => break,
            '"' => while signs.next().is_some_and(|inner| inner != '"') {},
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let inner: String = signs.by_ref().take_while(|inner| *inner != ']').collect();
                let inner = inner.to_ascii_lowercase();
                elapsed |= !inner.is_empty() && inner.chars().all(|sign| matches!(sign, 'h' | 'm' | 's'));
            }
            // AM/PM, A/P
            'a' if signs.next_if(|next| next.eq_ignore_ascii_case(&'m')).is_some() => {
                signs.by_ref().take(3).for_each(drop);
            }
            'y' | 'd' => year_or_day = true,
            'm' => month = true,
            'h' | 's' => clock = true,
            _ => {}
        }
    }
    match (year_or_day || (month && !clock), clock) {
        _ if elapsed => Shows::Number,
        (true, false) => Shows::Date,
        (true, true) => Shows::DateTime,
        (false, _) => Shows::Number,
    }
}

/// `2016-03-01` or `2016-03-01T12:30:00` for a day number. Day 1 is 1 January 1900 and day 60 the 29 February that
/// year did not have, or day 0 is 1 January 1904. `None` outside the years 1900 to 9999, and for a mere time of day.
pub(super) fn iso(serial: f64, shows: Shows, from_1904: bool) -> Option<String> {
    if shows == Shows::Number || !(0.0..3_000_000.0).contains(&serial) || (serial < 1.0 && !from_1904) {
        return None;
    }
    let mut day = serial.floor();
    // A day is stored as a number near 1e5, which leaves the clock exact to a microsecond; programs round to a
    // thousandth of a second.
    let mut secs = ((serial - day) * 86_400_000.0).round() / 1000.0;
    if secs >= 86_400.0 {
        secs = 0.0;
        day += 1.0;
    }
    let day = day as i64;
    let unix = match day {
        _ if from_1904 => day - 24_107,
        60 => return None,
        0..60 => day - 25_568,
        _ => day - 25_569,
    };
    if shows == Shows::Date && secs == 0.0 {
        iso_date(unix)
    } else {
        iso_date_time(unix, secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_are_known_by_their_signs() {
        for code in [
            "yyyy-mm-dd",
            "[$-406]dd\\-mm\\-yyyy;@",
            "d. mmmm yyyy",
            "mmm",
            "mmm-yy",
            "[$-F800]dddd, mmmm dd, yyyy",
        ] {
            assert_eq!(of_code(code), Shows::Date, "{code}");
        }
        for code in ["yyyy-mm-dd hh:mm:ss", "m/d/yy h:mm AM/PM"] {
            assert_eq!(of_code(code), Shows::DateTime, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00\\ \"kr. den\"",
            "[Red]0;[Blue]-0",
            "h:mm AM/PM",
            "[h]:mm:ss",
            "mm:ss",
            "0.00E+00",
            "_-* #,##0\\ _d_-",
            "",
        ] {
            assert_eq!(of_code(code), Shows::Number, "{code}");
        }
    }

    #[test]
    fn day_numbers_are_dates_in_both_calendars() {
        // As Excel's help has them: 1 January 2008 is 39448; the calendars are 1462 days apart.
        assert_eq!(iso(39_448.0, Shows::Date, false).as_deref(), Some("2008-01-01"));
        assert_eq!(iso(37_986.0, Shows::Date, true).as_deref(), Some("2008-01-01"));
        assert_eq!(iso(1.0, Shows::Date, false).as_deref(), Some("1900-01-01"));
        assert_eq!(iso(59.0, Shows::Date, false).as_deref(), Some("1900-02-28"));
        assert_eq!(iso(60.0, Shows::Date, false), None);
        assert_eq!(iso(61.0, Shows::Date, false).as_deref(), Some("1900-03-01"));
        assert_eq!(
            iso(39_448.520_833_333_333, Shows::DateTime, false).as_deref(),
            Some("2008-01-01T12:30:00")
        );
        assert_eq!(
            iso(39_448.999_999_999_99, Shows::Date, false).as_deref(),
            Some("2008-01-02")
        );
        for odd in [-1.0, 0.5, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(iso(odd, Shows::Date, false), None, "{odd}");
        }
    }
}
