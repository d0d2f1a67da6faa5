//! The largest number of a chart in, an axis that starts at zero and ends on a round number out.

/// From where to where an axis runs, and where it has numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its left end.
    pub low: f64,
    /// Its right end; greater than `low`.
    pub high: f64,
    /// Values with numbers and grid lines, and what is written there.
    pub ticks: Vec<(f64, String)>,
    /// Where bars begin, and where there is no difference.
    pub origin: f64,
    /// Whether equal distances are equal ratios; then `low` is above zero.
    pub log: bool,
    /// What its numbers are, where a word is needed.
    pub title: String,
}

impl Default for Axis {
    fn default() -> Self {
        Self {
            low: 0.0,
            high: 1.0,
            ticks: Vec::new(),
            origin: 0.0,
            log: false,
            title: String::new(),
        }
    }
}

impl Axis {
    /// Where `value` lies: 0 at the left end, 1 at the right; held inside the axis. What is not a number lies at 0.
    pub fn part(&self, value: f64) -> f64 {
        let part = if self.log {
            (value.max(0.0) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) }
    }

    /// Whether `value` lies on it.
    pub fn holds(&self, value: f64) -> bool {
        let reach = 1e-9 * (self.high - self.low).abs();
        value >= self.low - reach && value <= self.high + reach
    }
}

/// An axis of shares whose largest is `most`: to 10, 25, 50 or 100 %. Gives its end and its ticks.
pub fn shares(most: f64) -> (f64, Vec<f64>) {
    let (end, steps) = [(0.1, 2), (0.25, 5), (0.5, 5)]
        .into_iter()
        .find(|(end, _)| most <= *end + 1e-9)
        .unwrap_or((1.0, 4));
    (
        end,
        (0..=steps)
            .map(|step| end * f64::from(step) / f64::from(steps))
            .collect(),
    )
}

/// An axis of a quantity whose largest value is `most`: four to six steps of 1, 2, 2.5 or 5 times a power of ten.
/// Gives its end and its ticks.
pub fn quantity(most: f64) -> (f64, Vec<f64>) {
    let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
    let power = 10f64.powf((most / 5.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| most / step <= 5.0 + 1e-9)
        .unwrap_or(10.0 * power);
    let steps = (most / step - 1e-9).ceil().max(1.0) as u32;
    (
        step * f64::from(steps),
        (0..=steps).map(|tick| step * f64::from(tick)).collect(),
    )
}

/// Ratios around 1 from `least` to `most`: an axis of doublings, fewer where they would be many. It holds at least the
/// values from a half to two, and at most those from 1/64 to 64: an interval without end is cut.
/// Gives its ends and its ticks.
pub fn ratios(least: f64, most: f64) -> (f64, f64, Vec<f64>) {
    let steps = |value: f64| {
        if value.is_finite() && value > 0.0 {
            value.log2().clamp(-6.0, 6.0)
        } else {
            0.0
        }
    };
    let low = (steps(least) + 1e-9).floor().min(-1.0) as i32;
    let high = (steps(most) - 1e-9).ceil().max(1.0) as i32;
    let each = match high - low {
        0..=6 => 1,
        7..=9 => 2,
        _ => 3,
    };
    let (low, high) = (-((-low + each - 1) / each) * each, ((high + each - 1) / each) * each);
    let ticks = (low..=high)
        .step_by(each as usize)
        .map(|power| 2f64.powi(power))
        .collect();
    (2f64.powi(low), 2f64.powi(high), ticks)
}

/// Round numbers from at or below `low` to at or above `high`: four to seven, evenly apart.
pub fn between(low: f64, high: f64) -> Vec<f64> {
    let (low, high) = if low.is_finite() && high > low {
        (low, high)
    } else {
        (0.0, 1.0)
    };
    let power = 10f64.powf(((high - low) / 5.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| (high - low) / step <= 5.0 + 1e-9)
        .unwrap_or(10.0 * power);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last).map(|tick| tick as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_get_a_short_axis() {
        assert_eq!(shares(0.04).0, 0.1);
        assert_eq!(shares(0.25).0, 0.25);
        assert_eq!(shares(0.26).1, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(shares(0.6).1, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(shares(f64::NAN).0, 1.0);
    }

    #[test]
    fn quantities_end_on_a_round_number() {
        assert_eq!(quantity(47.3), (50.0, vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0]));
        assert_eq!(quantity(1234.0).0, 1250.0);
        assert_eq!(quantity(0.0).0, 1.0);
        assert_eq!(quantity(f64::NAN).0, 1.0);
    }

    #[test]
    fn numbers_between_two_are_round_and_hold_both() {
        assert_eq!(between(31.0, 78.0), [30.0, 40.0, 50.0, 60.0, 70.0, 80.0]);
        assert_eq!(between(-4.0, 4.0), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(between(0.0, 100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(between(3.0, 3.0).len(), 6);
    }

    #[test]
    fn no_value_leaves_the_axis() {
        let axis = Axis {
            high: 0.5,
            ..Axis::default()
        };
        assert_eq!(axis.part(0.25), 0.5);
        assert_eq!(axis.part(2.0), 1.0);
        assert_eq!(axis.part(f64::NAN), 0.0);
    }

    #[test]
    fn ratios_have_a_round_axis_with_one_on_it() {
        assert_eq!(ratios(0.3, 3.1), (0.25, 4.0, vec![0.25, 0.5, 1.0, 2.0, 4.0]));
        assert_eq!(ratios(0.9, 1.1), (0.5, 2.0, vec![0.5, 1.0, 2.0]));
        let (low, high, ticks) = ratios(0.0, f64::INFINITY);
        assert!(low < 1.0 && high > 1.0 && ticks.contains(&1.0));
        let (low, high, ticks) = ratios(1e-9, 1e9);
        assert!(low >= 1.0 / 64.0 && high <= 64.0 && ticks.contains(&1.0), "{ticks:?}");
        let axis = Axis {
            low: 0.25,
            high: 4.0,
            log: true,
            origin: 1.0,
            ..Axis::default()
        };
        assert_eq!((axis.part(1.0), axis.part(2.0), axis.part(0.0)), (0.5, 0.75, 0.0));
    }
}
