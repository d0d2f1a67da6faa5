//! A number and its display format in, the day or time it stands for out. Stata counts from 1 January 1960.

use crate::data::dates::{iso_date, iso_date_time, unix_day};

/// Days from 1 January 1960 to 1 January 1970.
const TO_UNIX_DAYS: i64 = 3653;
const DAY_MILLIS: f64 = 86_400_000.0;

/// What one unit of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Millisecond,
    /// Milliseconds among which leap seconds are counted.
    MillisecondUtc,
    Day,
    /// Seven days, but the last of a year has eight or nine: the first day of each year begins its first week.
    Week,
    Month,
    Quarter,
    HalfYear,
}

impl Unit {
    /// By a display format. Years (`%ty`) and business days (`%tb`) stay numbers.
    pub fn of_format(format: &[u8]) -> Option<Self> {
        let format = format.strip_prefix(b"%")?;
        let format = format.strip_prefix(b"-").unwrap_or(format);
        match format {
            [b't', b'c', ..] => Some(Self::Millisecond),
            [b't', b'C', ..] => Some(Self::MillisecondUtc),
            // %d is what %td was called.
            [b't', b'd', ..] | [b'd', ..] => Some(Self::Day),
            [b't', b'w', ..] => Some(Self::Week),
            [b't', b'm', ..] => Some(Self::Month),
            [b't', b'q', ..] => Some(Self::Quarter),
            [b't', b'h', ..] => Some(Self::HalfYear),
            _ => None,
        }
    }

    /// `2016-03-01`, or with the time where there is one; weeks, months, quarters and half-years as their first day.
    /// `None` outside the years 1 to 9999.
    pub fn iso(self, number: f64) -> Option<String> {
        // Beyond every date in whichever unit.
        if number.is_nan() || number.abs() > 1e15 {
            return None;
        }
        let whole = number.floor();
        let first_month = |months_each: i64| {
            let months = 1960 * 12 + whole as i64 * months_each;
            iso_date(unix_day(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1)?)
        };
        match self {
            Self::Millisecond => {
                let days = (number / DAY_MILLIS).floor();
                iso_date_time(days as i64 - TO_UNIX_DAYS, (number - days * DAY_MILLIS) / 1000.0)
            }
            Self::MillisecondUtc => Self::Millisecond.iso(number - 1000.0 * f64::from(leap_seconds(number))),
            Self::Day if number == whole => iso_date(whole as i64 - TO_UNIX_DAYS),
            Self::Day => iso_date_time(whole as i64 - TO_UNIX_DAYS, (number - whole) * 86_400.0),
            Self::Week => {
                let year = 1960 + (whole as i64).div_euclid(52);
                iso_date(unix_day(year, 1, 1)? + 7 * (whole as i64).rem_euclid(52))
            }
            Self::Month => first_month(1),
            Self::Quarter => first_month(3),
            Self::HalfYear => first_month(6),
        }
    }
}

/// The days (from 1 January 1970) before which a leap second was put in, as IERS Bulletin C lists them.
const LEAPS: [i64; 27] = [
    912, 1096, 1461, 1826, 2191, 2557, 2922, 3287, 3652, 4199, 4564, 4929, 5660, 6574, 7305, 7670, 8217, 8582, 8947,
    9496, 10_043, 10_592, 13_149, 14_245, 15_522, 16_617, 17_167,
];

/// How many leap seconds have passed at a time that counts them.
fn leap_seconds(millis: f64) -> u8 {
    LEAPS
        .iter()
        .zip(1u8..)
        .take_while(|(day, passed)| millis >= (**day + TO_UNIX_DAYS) as f64 * DAY_MILLIS + f64::from(*passed) * 1000.0)
        .count() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_formats_tell_dates_from_numbers() {
        for (format, unit) in [
            ("%td", Some(Unit::Day)),
            ("%-tdDD/NN/CCYY", Some(Unit::Day)),
            ("%d", Some(Unit::Day)),
            ("%dD_m_Y", Some(Unit::Day)),
            ("%tcDDmonCCYY_HH:MM:SS", Some(Unit::Millisecond)),
            ("%tC", Some(Unit::MillisecondUtc)),
            ("%tm", Some(Unit::Month)),
            ("%ty", None),
            ("%tbcalendar", None),
            ("%9.0g", None),
            ("%-9s", None),
            ("", None),
        ] {
            assert_eq!(Unit::of_format(format.as_bytes()), unit, "{format}");
        }
    }

    #[test]
    fn numbers_become_the_dates_of_the_manual() {
        // Stata manual, [D] Datetime: td(05jul1972), tc(20feb2011 17:30:05.5), tw(2010w2), tm(2010m2), tq(2010q1),
        // th(2010h2); and %tC of the same time, 24 leap seconds later.
        for (unit, number, date) in [
            (Unit::Day, 0.0, Some("1960-01-01")),
            (Unit::Day, 4569.0, Some("1972-07-05")),
            (Unit::Day, -1.0, Some("1959-12-31")),
            (Unit::Millisecond, 1_613_842_205_500.0, Some("2011-02-20T17:30:05.5")),
            (Unit::MillisecondUtc, 1_613_842_229_500.0, Some("2011-02-20T17:30:05.5")),
            (Unit::Week, 2601.0, Some("2010-01-08")),
            (Unit::Month, 601.0, Some("2010-02-01")),
            (Unit::Month, -1.0, Some("1959-12-01")),
            (Unit::Quarter, 200.0, Some("2010-01-01")),
            (Unit::HalfYear, 101.0, Some("2010-07-01")),
            (Unit::Day, 1e9, None),
            (Unit::Month, -1e14, None),
            (Unit::Millisecond, f64::INFINITY, None),
        ] {
            assert_eq!(unit.iso(number).as_deref(), date, "{unit:?} {number}");
        }
    }
}
