//! A cell of a table in, the words for it out: value, interval, n, what a mark stands for.

use super::scene::About;
use super::told::told;
use crate::data::{Language, Text};
use crate::measure::{Cell, RowKind, Statistic, Table, TableItem};
use crate::words;

/// Fewer respondents than this make a value uncertain: it is marked.
pub const SMALL_N: usize = 30;

/// A table read in one language.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The table.
    pub table: &'a Table,
    /// The language.
    pub language: Language,
    /// Decimals of means.
    decimals: usize,
}

impl<'a> Reading<'a> {
    /// Reads `table` in `language`.
    pub fn new(table: &'a Table, language: Language) -> Self {
        let largest = table
            .cells
            .iter()
            .map(|cell| cell.estimate.value.abs())
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max);
        let is_whole = |cell: &Cell| !cell.estimate.value.is_finite() || cell.estimate.value.fract() == 0.0;
        let decimals = match (table.statistic(), largest) {
            // Quantiles are answers that somebody gave.
            (Statistic::Quantile, _) if table.cells.iter().all(is_whole) => 0,
            (Statistic::Total, _) | (_, 100.0..) => 0,
            (_, 10.0..) => 1,
            _ => 2,
        };
        Self {
            table,
            language,
            decimals,
        }
    }

    /// The words of `key`.
    pub fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        words::text(self.language, key, arguments)
    }

    /// A text of the codebook.
    pub fn of<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.language).trim()
    }

    /// A whole number.
    pub fn count(&self, number: usize) -> String {
        words::count(self.language, number as f64)
    }

    /// "n = 1.942"
    pub fn n(&self, n: usize) -> String {
        self.say("figure-n", &[("n", &self.count(n))])
    }

    /// Whether the numbers are means, not shares.
    pub fn is_mean(&self) -> bool {
        self.table.statistic() == Statistic::Mean
    }

    /// Whether the numbers are shares or differences of shares, which are shown in per cent.
    pub fn is_share(&self) -> bool {
        matches!(self.table.statistic(), Statistic::Share | Statistic::Difference)
    }

    /// Whether there is a breakdown.
    pub fn has_groups(&self) -> bool {
        self.table.groups.iter().any(|group| group.key.is_some())
    }

    /// What a row is called: its label, else its id.
    pub fn label(&self, item: &TableItem) -> String {
        match self.of(&item.label) {
            "" => item.id.clone(),
            label => label.to_owned(),
        }
    }

    /// What a group is called; empty without a breakdown.
    pub fn group(&self, group: usize) -> String {
        let group = &self.table.groups[group];
        match (self.of(&group.label), &group.key) {
            ("", Some((_, code))) => code.to_string(),
            (label, _) => label.to_owned(),
        }
    }

    /// The value without a sign: "54", "11,5".
    pub fn bare(&self, value: f64) -> String {
        match self.is_share() {
            true => words::percent(value),
            false => words::decimal(self.language, value, self.decimals),
        }
    }

    /// The value with its sign: "54 %", "11,5".
    pub fn value(&self, value: f64) -> String {
        self.with_sign(&self.bare(value))
    }

    /// A number or a range with its sign, where the numbers have one.
    pub fn with_sign(&self, number: &str) -> String {
        match self.table.statistic() {
            Statistic::Share => words::with_sign(self.language, number),
            Statistic::Difference => self.say("figure-points", &[("number", number)]),
            _ => number.to_owned(),
        }
    }

    /// The interval without a sign, "51–57"; `None` where it cannot be had.
    pub fn interval(&self, cell: &Cell) -> Option<String> {
        interval_of(cell).map(|(low, high)| format!("{}–{}", self.bare(low), self.bare(high)))
    }

    /// "95"
    pub fn level(&self) -> String {
        let level = self.table.query.level.number().unwrap_or(0.95) * 100.0;
        let decimals = usize::from((level - level.round()).abs() > 1e-6);
        words::decimal(self.language, level, decimals)
    }

    /// Why a cell has no value: nobody was asked, or nobody is there.
    pub fn absent(&self, group: usize) -> String {
        let key = if self.table.groups[group].n == 0 {
            "figure-nobody"
        } else {
            "figure-not-asked"
        };
        self.say(key, &[])
    }

    /// What a mark stands for.
    pub fn about(&self, item: usize, group: usize) -> About {
        let (row, cell) = (&self.table.items[item], self.table.cell(item, group));
        let title = [self.label(row), self.of(&row.answer).to_owned(), self.group(group)];
        let mut lines = Vec::new();
        if cell.estimate.n == 0 {
            lines.push(self.absent(group));
        } else {
            let told = told(self, cell, row.kind);
            let (value, interval) = match row.kind {
                RowKind::Net => (told.value, told.interval),
                _ => (
                    self.with_sign(&told.value),
                    told.interval.map(|interval| self.with_sign(&interval)),
                ),
            };
            lines.push(match interval {
                Some(interval) => self.say(
                    "figure-about-value",
                    &[
                        ("value", &value),
                        ("interval", &interval),
                        ("level", &words::with_sign(self.language, &self.level())),
                    ],
                ),
                None => self.say("figure-about-value-alone", &[("value", &value)]),
            });
            let n = self.count(cell.estimate.n);
            lines.push(match cell.n_chosen {
                Some(chosen) => self.say("figure-about-chosen", &[("chosen", &self.count(chosen)), ("n", &n)]),
                None => self.say("figure-about-n", &[("n", &n)]),
            });
            if self.table.query.design.weight.is_some() {
                let weighted = words::count(self.language, cell.estimate.n_weighted);
                lines.push(self.say("figure-about-weighted", &[("n", &weighted)]));
            }
            if cell.estimate.n < SMALL_N {
                lines.push(self.say("figure-about-small", &[("most", &SMALL_N.to_string())]));
            }
        }
        let base = self.among();
        if !base.is_empty() {
            lines.push(self.say("figure-about-base", &[("base", &base)]));
        }
        About {
            title: title
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            lines,
        }
    }

    /// The base by its name, else the unit; empty where neither is known.
    pub fn among(&self) -> String {
        match self.of(&self.table.base.label) {
            "" => self.unit(),
            label => label.to_owned(),
        }
    }

    /// What one respondent stands for, in the plural. Where no question tells who was asked: those with an answer.
    pub fn unit(&self) -> String {
        let unit = self.of(&self.table.base.unit);
        let is_asked_of_all = self.table.query.measure.question().is_some();
        match unit.is_empty() || is_asked_of_all || !self.of(&self.table.base.label).is_empty() {
            true => unit.to_owned(),
            false => self.say("figure-unit-answered", &[("units", unit)]),
        }
    }

    /// The filter in words: "Sektor: Kommune eller Stat" and so on.
    pub fn filter(&self) -> Vec<String> {
        let base = &self.table.base;
        let mut parts: Vec<String> = base
            .filter
            .iter()
            .map(|(variable, kept)| {
                let kept: Vec<&str> = kept.iter().map(|text| self.of(text)).collect();
                let kept = words::choice(self.language, &kept);
                format!("{}: {kept}", self.of(variable))
            })
            .collect();
        parts.extend(base.further.iter().map(ToString::to_string));
        parts
    }

    /// Positions of the rows of a kind that figures draw: not "don't know", not "not relevant".
    pub fn drawn(&self) -> Vec<usize> {
        (0..self.table.items.len())
            .filter(|&item| !matches!(self.table.items[item].kind, RowKind::DontKnow | RowKind::NotRelevant))
            .collect()
    }

    /// A row's value over all groups, for sorting: weighted by the groups' weights. Nobody asked sorts last.
    pub fn overall(&self, item: usize) -> f64 {
        let (sum, weight) = (0..self.table.groups.len())
            .map(|group| self.table.cell(item, group).estimate)
            .filter(|estimate| estimate.n > 0 && estimate.value.is_finite())
            .fold((0.0, 0.0), |(sum, weight), estimate| {
                (sum + estimate.value * estimate.n_weighted, weight + estimate.n_weighted)
            });
        if weight > 0.0 { sum / weight } else { f64::NEG_INFINITY }
    }

    /// Whether nobody is left, so that there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.table.base.n == 0 || self.drawn().is_empty() || self.table.groups.is_empty()
    }
}

/// The interval of a cell as numbers; `None` where it cannot be had.
pub fn interval_of(cell: &Cell) -> Option<(f64, f64)> {
    (cell.estimate.n > 0 && cell.low.is_finite() && cell.high.is_finite()).then_some((cell.low, cell.high))
}
