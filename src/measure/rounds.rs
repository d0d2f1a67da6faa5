//! Labels and codes of the rounds of a survey in, the number that each stands at out.

use crate::data::{Code, Text};

/// Years that a survey can have.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// Where each round stands: at its year where every label (or code) has one, else at its code where all are different
/// numbers, else one after the other. A label with two years stands at the first: "2015-2016" at 2015.
pub(super) fn places(rounds: &[(&Text, &Code)]) -> Vec<f64> {
    let years: Option<Vec<f64>> = rounds
        .iter()
        .map(|(label, code)| {
            let label = label.0.values().find_map(|label| year(label));
            label.or_else(|| year(&code.to_string()))
        })
        .collect();
    let numbers: Option<Vec<f64>> = rounds.iter().map(|(_, code)| code.number()).collect();
    let in_order = |places: &Vec<f64>| places.windows(2).all(|pair| pair[0] < pair[1]);
    let places = years.filter(in_order).or(numbers.filter(in_order));
    places.unwrap_or_else(|| (0..rounds.len()).map(|place| place as f64).collect())
}

/// The first year that a text names.
fn year(text: &str) -> Option<f64> {
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let year = numbers
        .filter(|number| number.len() == 4)
        .find_map(|number| number.parse::<u32>().ok());
    year.filter(|year| YEARS.contains(year)).map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(rounds: &[(&str, f64)]) -> Vec<f64> {
        let rounds: Vec<(Text, Code)> = rounds
            .iter()
            .map(|(label, code)| (Text::plain(*label), Code::Number(*code)))
            .collect();
        places(&rounds.iter().map(|(label, code)| (label, code)).collect::<Vec<_>>())
    }

    #[test]
    fn rounds_stand_at_their_years_else_at_their_numbers() {
        assert_eq!(
            placed(&[("2013-14", 1.0), ("Runde 2 (2015-2016)", 2.0), ("2018", 3.0)]),
            [2013.0, 2015.0, 2018.0]
        );
        assert_eq!(placed(&[("", 2016.0), ("", 2020.0)]), [2016.0, 2020.0]);
        assert_eq!(
            placed(&[("Runde 1", 1.0), ("Runde 2", 2.0), ("Runde 4", 4.0)]),
            [1.0, 2.0, 4.0]
        );
        assert_eq!(placed(&[("2018", 1.0), ("Runde 2", 2.0)]), [1.0, 2.0]);
    }

    #[test]
    fn rounds_out_of_order_stand_one_after_the_other() {
        assert_eq!(placed(&[("2018", 9.0), ("2016", 3.0)]), [0.0, 1.0]);
    }
}
