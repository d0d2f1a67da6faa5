//! Seconds since 14 October 1582, as SPSS counts, in; ISO 8601 dates out. Dates are kept as text codes, so that they read
//! and sort the same whichever format a file has.

/// Days from 14 October 1582 to 1 January 1970.
const TO_UNIX_DAYS: i64 = 141_428;
const DAY_SECS: f64 = 86_400.0;

/// What a print format shows of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
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
pub(super) fn iso(seconds: f64, shows: Shows) -> Option<String> {
    if !(0.0..265_621_680_000.0).contains(&seconds) {
        return None;
    }
    let days = (seconds / DAY_SECS).floor();
    let (year, month, day) = civil(days as i64 - TO_UNIX_DAYS);
    let date = format!("{year:04}-{month:02}-{day:02}");
    let rest = seconds - days * DAY_SECS;
    if shows == Shows::Date && rest == 0.0 {
        return Some(date);
    }
    let whole = rest.floor() as u32;
    let mut text = format!("{date}T{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    let micros = ((rest - rest.floor()) * 1e6).floor() as u32;
    if micros > 0 {
        text.push_str(format!(".{micros:06}").trim_end_matches('0'));
    }
    Some(text)
}

/// Year, month and day of a day counted from 1 January 1970. Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`.
fn civil(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u32;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

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
