//! A table's breakdown in, how a sentence speaks of it out: by sector, with and without a box, where an actor plays a
//! role.

use super::finding::{bare_title, in_sentence, without_brackets};
use super::reading::Reading;
use super::wording::lower_first;
use crate::data::{Code, VarId};
use crate::measure::Measure;
use crate::words;

/// The breakdown variables, in the order of their groups.
pub fn vars<'a>(reading: &Reading<'a>) -> Vec<&'a VarId> {
    let mut vars: Vec<&VarId> = Vec::new();
    for (var, _) in reading.table.groups.iter().filter_map(|group| group.key.as_ref()) {
        if !vars.contains(&var) {
            vars.push(var);
        }
    }
    vars
}

/// The breakdown in a sentence; several side by side as a list.
pub fn by(reading: &Reading<'_>) -> String {
    let table = reading.table;
    let mut labels: Vec<String> = Vec::new();
    for group in table.groups.iter().filter(|group| group.key.is_some()) {
        let label = lower_first(&without_brackets(reading.of(&group.by)));
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    match labels.is_empty() {
        true => lower_first(&without_brackets(reading.of(&table.by))),
        false => words::list(reading.language, &labels),
    }
}

/// "Skabt værdi efter sektor", "Skabt værdi med og uden private virksomheder"
pub fn title(reading: &Reading<'_>) -> Option<String> {
    let mut title = bare_title(reading);
    if matches!(reading.table.query.measure, Measure::Profile { .. }) {
        title = reading.say("finding-role-title", &[("actor", &title)]);
    }
    if let Some(two) = Two::of(reading) {
        let key = two.key("figure-headline-with", "figure-headline-role");
        return Some(reading.say(key, &[("title", &title), ("box", &two.named)]));
    }
    let by = by(reading);
    (!by.is_empty()).then(|| reading.say("figure-headline-by", &[("title", &title), ("by", &by)]))
}

/// A breakdown by whether a box was chosen, or whether an actor plays a role.
pub struct Two {
    /// The box or actor, as it stands in a sentence.
    pub named: String,
    /// Whether it is an actor's role.
    pub role: bool,
    /// The group of those with it.
    pub with: usize,
    /// The group of those without it.
    pub without: usize,
}

impl Two {
    /// The breakdown of a table, where it is such a one: two groups, coded 1 and 0, of a box of a question.
    pub fn of(reading: &Reading<'_>) -> Option<Self> {
        let table = reading.table;
        let [var] = vars(reading)[..] else { return None };
        let place = |code: f64| {
            let is_code = |key: &(VarId, Code)| key.1.number() == Some(code);
            table
                .groups
                .iter()
                .position(|group| group.key.as_ref().is_some_and(is_code))
        };
        let (with, without) = (place(1.0)?, place(0.0)?);
        let (_, named) = reading.of(&table.by).split_once(": ")?;
        (table.groups.len() == 2).then(|| Self {
            named: in_sentence(reading, named),
            role: var.0.starts_with("role:"),
            with,
            without,
        })
    }

    /// The words for a box, or those for a role.
    pub fn key<'k>(&self, with: &'k str, role: &'k str) -> &'k str {
        if self.role { role } else { with }
    }
}
