//! Charts beyond bars of shares: one entry of each, and what usually breaks them.

use super::{Entry, entry, poles};
use isobar::figure::{Look, Sort};
use isobar::measure::Table;

fn with(name: &'static str, table: Table, change: fn(&mut Look)) -> Entry {
    let mut entry = entry(name, table);
    change(&mut entry.look);
    entry
}

/// One of each.
pub fn kinds() -> Vec<Entry> {
    vec![
        entry("diverging", poles::factors()),
        entry("diverging_four", poles::culture_by_type()),
        entry("diverging_five", poles::leadership()),
    ]
}

/// What usually breaks them.
pub fn hard_cases() -> Vec<Entry> {
    vec![
        with("diverging_plain", poles::factors(), |look| look.intervals = false),
        with("diverging_negative", poles::factors(), |look| {
            look.sort = Sort::Negative
        }),
        entry("diverging_hard", poles::hard()),
        entry("diverging_thirty", poles::thirty()),
        with("diverging_narrow", poles::leadership(), |look| look.width_pt = 420.0),
        with("diverging_narrowest", poles::hard(), |look| look.width_pt = 280.0),
        with("diverging_high", poles::factors(), |look| look.height_pt = Some(760.0)),
    ]
}
