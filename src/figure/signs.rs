//! Comparisons in, the signs of significant differences out: column letters behind a value and before the names of
//! groups, or arrows where a group differs from all others together.

use super::compared::ALPHA;
use super::look::{Look, Signs};
use super::reading::Reading;
use crate::data::Code;
use crate::stats::contrast::letter;

/// The sign behind the value of a row in a group; empty: none.
pub fn of(reading: &Reading<'_>, look: &Look, item: usize, group: usize) -> String {
    let table = reading.table;
    match look.signs {
        Signs::None => String::new(),
        Signs::Letters => {
            let letters = table.comparisons.letters.get(item * table.groups.len() + group);
            letters.cloned().unwrap_or_default()
        }
        Signs::Arrows => {
            let Some((_, code)) = &table.groups[group].key else {
                return String::new();
            };
            let rest = Code::Text("rest".to_owned());
            let own = table
                .comparisons
                .contrasts
                .iter()
                .find(|contrast| contrast.item == Some(item) && contrast.a.id == *code && contrast.b.id == rest);
            match own {
                Some(own) if own.p_adjusted < ALPHA && own.contrast.difference > 0.0 => "▲".to_owned(),
                Some(own) if own.p_adjusted < ALPHA && own.contrast.difference < 0.0 => "▼".to_owned(),
                _ => String::new(),
            }
        }
    }
}

/// The name of a group, after its letter where values have letters: "A Kommune".
pub fn group(reading: &Reading<'_>, look: &Look, group: usize) -> String {
    let name = reading.group(group);
    match look.signs {
        Signs::Letters if !reading.table.comparisons.letters.is_empty() => {
            format!("{} {name}", letter(group).to_uppercase())
        }
        _ => name,
    }
}
