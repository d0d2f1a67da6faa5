//! Seconds since 14 October 1582, as SPSS counts, in; ISO 8601 dates out.

use crate::data::dates::{iso_date, iso_date_time, parse_iso};

/// Days from 14 October 1582 to 1 January 1970.
const TO_UNIX_DAYS: i64 = 141_428;
const DAY_SECS: f64 = 86_400.0;

/// What a print format shows of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum Shows {
    Number,
    Date,
    DateTime,
}

impl Shows {
    /// By the type number of a print format. Durations (TIME, DTIME, MTIME), weekdays and months stay numbers.
    pub fn of_format(format: u8) -> Self {
        match format {
            // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE
            20 | 23 | 24 | 28 | 29 | 30 | 38 | 39 => Self::Date,
            // DATETIME, YMDHMS
            22 | 41 => Self::DateTime,
            _ => Self::Number,
        }
    }
}

/// `2016-03-01` or `2016-03-01T12:30:00`; `None` outside the years 1582 to 9999.
pub(in crate::data) fn iso(seconds: f64, shows: Shows) -> Option<String> {
    if !(0.0..265_621_680_000.0).contains(&seconds) {
        return None;
    }
    let days = (seconds / DAY_SECS).floor();
    let rest = seconds - days * DAY_SECS;
    let days = days as i64 - TO_UNIX_DAYS;
    if shows == Shows::Date && rest == 0.0 {
        iso_date(days)
    } else {
        iso_date_time(days, rest)
    }
}

/// The seconds that [`iso`] shows as this text, or that are this text where no date can be shown; `None` where a date
/// of this kind would show another text.
pub(in crate::data) fn seconds(text: &str, shows: Shows) -> Option<f64> {
    let seconds = match parse_iso(text) {
        Some((day, secs)) => (day + TO_UNIX_DAYS) as f64 * DAY_SECS + secs.unwrap_or(0.0),
        None => text.parse().ok().filter(|number: &f64| number.is_finite())?,
    };
    let shown = iso(seconds, shows).unwrap_or_else(|| seconds.to_string());
    (shown == text).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_seconds_where_that_says_the_same() {
        assert_eq!(seconds("1970-01-01", Shows::Date), Some(12_219_379_200.0));
        assert_eq!(
            seconds("1970-01-01T01:30:15.5", Shows::DateTime),
            Some(12_219_384_615.5)
        );
        assert_eq!(seconds("-1", Shows::Date), Some(-1.0));
        assert_eq!(seconds("1970-01-01", Shows::DateTime), None);
        assert_eq!(seconds("1582-10-13", Shows::Date), None);
        assert_eq!(seconds("99", Shows::Date), None);
        assert_eq!(seconds(".a", Shows::Date), None);
    }

    #[test]
    fn seconds_become_dates_and_times() {
        // PSPP: DATE.DMY(1, 1, 1970) = 12219379200.
        assert_eq!(iso(12_219_379_200.0, Shows::Date).as_deref(), Some("1970-01-01"));
        assert_eq!(iso(0.0, Shows::Date).as_deref(), Some("1582-10-14"));
        assert_eq!(
            iso(12_219_379_200.0 + 5415.5, Shows::DateTime).as_deref(),
            Some("1970-01-01T01:30:15.5")
        );
        assert_eq!(iso(-1.0, Shows::Date), None);
        assert_eq!(iso(f64::NAN, Shows::Date), None);
        assert_eq!(iso(1e300, Shows::DateTime), None);
        assert!(iso(265_621_679_999.0, Shows::Date).is_some_and(|text| text.starts_with("9999-12-31")));
    }
}
