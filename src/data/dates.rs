//! Days and seconds in, ISO 8601 dates out. Dates are kept as text codes, so that they read and sort the same whichever
//! format a file has.

use std::collections::HashSet;

use super::Column;
use super::codebook::{AnswerKind, Code, Text, Value, Variable};
use super::levels::{coded, positions};

/// `2016-03-01` for a day counted from 1 January 1970; `None` outside the years 1 to 9999.
pub(super) fn iso_date(days: i64) -> Option<String> {
    let (year, month, day) = (-719_162..=2_932_896).contains(&days).then(|| civil(days))?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// `2016-03-01T12:30:00` for a day counted from 1 January 1970 and seconds of that day; `None` outside the years 1 to
/// 9999. Parts of a second are given as far as they go, at most six digits.
pub(super) fn iso_date_time(days: i64, secs: f64) -> Option<String> {
    let mut text = iso_date(days)?;
    let whole = secs.floor() as u32;
    text.push_str(&format!(
        "T{:02}:{:02}:{:02}",
        whole / 3600,
        whole / 60 % 60,
        whole % 60
    ));
    // Rounded, since 86399.123456 less 86399 is a hair too small; never up to the next second.
    let micros = ((secs - secs.floor()) * 1e6).round().min(999_999.0) as u32;
    if micros > 0 {
        text.push_str(format!(".{micros:06}").trim_end_matches('0'));
    }
    Some(text)
}

/// A date and time for a number of parts of a second since the beginning of 1970.
pub(super) fn moment(ticks: i64, per_second: i64) -> Option<String> {
    let seconds = ticks.div_euclid(per_second);
    let part = ticks.rem_euclid(per_second) as f64 / per_second as f64;
    let second = seconds.rem_euclid(86_400) as f64;
    iso_date_time(seconds.div_euclid(86_400), second + part)
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

/// The day, counted from 1 January 1970, of a date in the years 1 to 9999. `days_from_civil` of the same source.
pub(super) fn unix_day(year: i64, month: u32, day: u32) -> Option<i64> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let shifted = (i64::from(month) + 9) % 12;
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// A day counted from 1 January 1970 and, where the text has a time, the seconds of that day: what [`iso_date`] and
/// [`iso_date_time`] write, and nothing else.
pub(super) fn parse_iso(text: &str) -> Option<(i64, Option<f64>)> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let day = unix_day(i64::from(year), month, day)?;
    // Back again: there is no 31st of February, and years have four digits.
    if iso_date(day)? != date {
        return None;
    }
    let Some(time) = time else { return Some((day, None)) };
    let (clock, part) = match time.split_once('.') {
        Some((clock, part)) => (clock, format!("0.{}", digits(part).map(|_| part)?).parse().ok()?),
        None => (time, 0.0),
    };
    let mut parts = clock.split(':').map(digits);
    let (hours, minutes, secs) = (parts.next()??, parts.next()??, parts.next()??);
    let whole = f64::from(
        hours
            .checked_mul(3600)?
            .checked_add(minutes.checked_mul(60)?)?
            .checked_add(secs)?,
    );
    Some((day, Some(whole + part)))
}

fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A column of numbers as dates, with its labelled and missing codes. Numbers that `iso` does not take stay as digits,
/// texts (tagged missings) as they are.
pub(super) fn with_dates(column: Column, variable: &mut Variable, iso: impl Fn(f64) -> Option<String>) -> Column {
    let date = |code: &Code| match code {
        Code::Number(number) => Code::Text(iso(*number).unwrap_or_else(|| number.to_string())),
        Code::Text(_) => code.clone(),
    };
    let (codes, rows) = match column {
        Column::Coded { levels, rows } => {
            let rows: Vec<u32> = (0..rows.len())
                .map(|row| rows.get(row).map_or(u32::MAX, |level| level as u32))
                .collect();
            (levels, rows)
        }
        Column::Numbers(numbers) => positions(&numbers),
    };
    // Dates in a missing range become missing codes one by one: a range has numbers for its ends.
    let listed: HashSet<Code> = variable.values.iter().map(|value| value.code.clone()).collect();
    for code in &codes {
        if !listed.contains(code) && !variable.kind_by_range(code).is_valid() {
            variable.values.push(Value {
                code: code.clone(),
                label: Text::default(),
                is: AnswerKind::Missing,
            });
        }
    }
    variable.missing_ranges.clear();
    for value in &mut variable.values {
        value.code = date(&value.code);
    }
    let codes: Vec<Option<Code>> = codes.iter().map(|code| Some(date(code))).collect();
    coded(&codes, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for day in (-719_162..=2_932_896).step_by(89) {
            let (year, month, of_month) = civil(day);
            assert_eq!(unix_day(year, month, of_month), Some(day));
        }
        assert_eq!(unix_day(0, 12, 31), None);
    }

    #[test]
    fn dates_are_read_as_they_are_written_and_no_others() {
        for day in (-719_162..=2_932_896).step_by(97) {
            assert_eq!(iso_date(day).and_then(|text| parse_iso(&text)), Some((day, None)));
        }
        assert_eq!(parse_iso("1970-01-02T01:30:15.5"), Some((1, Some(5415.5))));
        for text in [
            "2016-02-30",
            "2016-13-01",
            "16-01-01",
            "2016-1-1",
            "2016",
            "",
            "2016-01-01T",
            "+016-01-01",
        ] {
            assert_eq!(parse_iso(text), None, "{text}");
        }
    }
}
