//! A cell in, its number and its interval in words out: the same in charts, in tables and at the pointer.

use super::diverging::{range, signed};
use super::reading::{Reading, interval_of};
use crate::data::Language;
use crate::measure::{Cell, RowKind, Statistic};
use crate::words;

/// So many decimals at most.
const MOST_DECIMALS: usize = 3;

/// A number and its interval, without a sign for per cent.
pub struct Told {
    /// "54", "+8", "1,42".
    pub value: String,
    /// "51–57", "+2 til +14"; `None` where it cannot be had.
    pub interval: Option<String>,
}

/// The words of a cell.
pub fn told(reading: &Reading<'_>, cell: &Cell, kind: RowKind) -> Told {
    let ends = interval_of(cell);
    let numbers: Vec<f64> = [cell.estimate.value]
        .into_iter()
        .chain(ends.into_iter().flat_map(|(low, high)| [low, high]))
        .collect();
    let language = reading.language;
    let statistic = reading.table.statistic();
    let (say, is_signed): (Box<dyn Fn(f64) -> String>, bool) = match (kind, statistic) {
        (RowKind::Net, _) => (Box::new(signed), true),
        (_, Statistic::Difference) => {
            let in_points: Vec<f64> = numbers.iter().map(|number| number * 100.0).collect();
            let decimals = decimals(&in_points, 0);
            (Box::new(move |number| points(language, number, decimals)), true)
        }
        (_, Statistic::Coefficient) => {
            let decimals = decimals(&numbers, 2);
            (Box::new(move |number| plus(language, number, decimals)), true)
        }
        (_, Statistic::OddsRatio) => {
            let from_one = numbers.iter().flat_map(|number| [*number, number - 1.0]);
            let decimals = decimals(&from_one.collect::<Vec<f64>>(), 2);
            (Box::new(move |number| odds(language, number, decimals)), false)
        }
        _ => (Box::new(|number| reading.bare(number)), false),
    };
    let is_open = |high: f64| statistic == Statistic::OddsRatio && high >= 1000.0;
    Told {
        value: say(cell.estimate.value),
        interval: ends.map(|(low, high)| match is_signed || is_open(high) {
            true => range(reading, &say(low), &say(high)),
            false => format!("{}–{}", say(low), say(high)),
        }),
    }
}

/// As many decimals as `usual`; where one of the numbers would read as 0 although it is not, as many as it needs, and
/// two digits for the largest.
fn decimals(numbers: &[f64], usual: usize) -> usize {
    let hides = |decimals: usize| {
        let unit = 0.5 / 10f64.powi(decimals as i32);
        let mut numbers = numbers.iter().filter(|number| **number != 0.0);
        numbers.any(|number| number.abs() < unit)
    };
    if !hides(usual) {
        return usual;
    }
    let sizes = numbers
        .iter()
        .map(|number| number.abs())
        .filter(|size| size.is_finite());
    let largest = sizes.fold(0.0, f64::max).max(1e-9);
    let two = (1.0 - largest.log10().floor()).clamp(0.0, MOST_DECIMALS as f64) as usize;
    let mut enough = usual.max(two)..=MOST_DECIMALS;
    enough.find(|decimals| !hides(*decimals)).unwrap_or(MOST_DECIMALS)
}

/// A difference in points with its sign and so many decimals: "+8", "−0,07".
pub fn points(language: Language, difference: f64, decimals: usize) -> String {
    match decimals {
        0 => signed(difference),
        _ => plus(language, difference * 100.0, decimals),
    }
}

/// A number with its sign.
fn plus(language: Language, number: f64, decimals: usize) -> String {
    let words = words::decimal(language, number, decimals);
    match number > 0.0 && words.contains(|digit: char| ('1'..='9').contains(&digit)) {
        true => format!("+{words}"),
        false => words,
    }
}

/// An odds ratio, however large.
fn odds(language: Language, ratio: f64, decimals: usize) -> String {
    match ratio {
        1000.0.. => ">\u{a0}999".to_owned(),
        100.0.. => words::decimal(language, ratio, 0),
        10.0.. => words::decimal(language, ratio, 1),
        _ => words::decimal(language, ratio, decimals),
    }
}

/// The decimals that tell steps of an axis apart.
pub fn of_step(step: f64) -> usize {
    let whole = |decimals: &usize| {
        let scaled = step * 10f64.powi(*decimals as i32);
        (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
    };
    (0..=6).find(whole).unwrap_or(6)
}

/// A p-value: "0,013", "< 0,001"; empty where there is none.
pub fn p_value(language: Language, p: f64) -> String {
    match p {
        p if !p.is_finite() => String::new(),
        p if p < 0.001 => format!("<\u{a0}{}", words::decimal(language, 0.001, 3)),
        p => words::decimal(language, p, 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reads_as_zero_that_is_not() {
        assert_eq!(decimals(&[0.04, -0.07, 0.15], 0), 2);
        assert_eq!(decimals(&[8.0, 2.0, 14.0], 0), 0);
        assert_eq!(decimals(&[0.0, -3.0, 3.0], 0), 0);
        assert_eq!(decimals(&[0.2, -5.0, 5.4], 0), 1);
        assert_eq!(decimals(&[0.00004, 0.00001, 0.0001], 0), 3);
        // Odds ratios with their distance from 1.
        assert_eq!(decimals(&[1.004, 0.004, 1.002, 0.002], 2), 3);
        assert_eq!(decimals(&[1.4, 0.4, 1.1, 0.1], 2), 2);
        assert_eq!(points(Language::Da, 0.0004, 2), "+0,04");
        assert_eq!(points(Language::Da, -0.0007, 2), "−0,07");
        assert_eq!(plus(Language::En, 0.001, 2), "0.00");
        assert_eq!(of_step(0.25), 2);
        assert_eq!(of_step(20.0), 0);
    }
}
