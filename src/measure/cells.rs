//! [`Lane`]s, the groups of a breakdown and a design in, the cells of a table with their comparisons out.

use std::ops::Range;

use rayon::prelude::*;

use super::answer::Grouping;
use super::compare;
use super::lanes::{Answers, CHOSEN, Lane, NOT_CHOSEN, OUT};
use super::query::{Percent, Query};
use super::table::{Cell, Comparisons, TableContrast, TableItem};
use crate::stats::{Design, Estimate, Interval, Linear, RatioEstimate, Tally, interval};

/// Groups are compared in one tally as long as it has no more sums than this, so that memory stays in bounds.
const MOST_SUMS: usize = 4_000_000;

/// How cells are made.
pub(super) struct Making<'a> {
    pub query: &'a Query,
    pub grouping: &'a Grouping,
    pub design: &'a Design,
    pub level: f64,
}

/// Rows of a table.
#[derive(Default)]
pub(super) struct Made {
    pub items: Vec<TableItem>,
    /// `cells[item * groups + group]`
    pub cells: Vec<Cell>,
    pub comparisons: Comparisons,
    /// Whether a table was too large for a test.
    pub untested: bool,
}

impl Made {
    /// Adds further rows.
    fn append(&mut self, more: Self) {
        let (before, cells) = (self.items.len(), self.cells.len());
        self.items.extend(more.items);
        self.cells.extend(more.cells);
        self.untested |= more.untested;
        self.comparisons.tests.extend(more.comparisons.tests);
        let moved = more.comparisons.contrasts.into_iter().map(|contrast| TableContrast {
            item: contrast.item.map(|item| item + before),
            ..contrast
        });
        self.comparisons.contrasts.extend(moved);
        if !more.comparisons.letters.is_empty() {
            // Rows before that were not compared have none.
            self.comparisons.letters.resize(cells, String::new());
            self.comparisons.letters.extend(more.comparisons.letters);
        }
    }
}

impl Making<'_> {
    pub fn groups(&self) -> usize {
        self.grouping.keys.len()
    }

    fn interval(&self) -> Interval {
        self.query.interval
    }

    /// The rows of all lanes.
    pub fn rows(&self, lanes: &[Lane]) -> Made {
        let of_lane = |lane: &Lane| {
            let mut made = Made::default();
            self.lane(lane, &mut made);
            made
        };
        let parts: Vec<Made> = match lanes.len() > 1 {
            true => lanes.par_iter().map(of_lane).collect(),
            false => lanes.iter().map(of_lane).collect(),
        };
        let mut made = Made::default();
        parts.into_iter().for_each(|part| made.append(part));
        if self.query.compare.pairs.is_some() && self.query.by.is_none() {
            compare::items(self, lanes, &mut made);
        }
        made
    }

    fn lane(&self, lane: &Lane, made: &mut Made) {
        match &lane.answers {
            Answers::Shares { classes, width, rows } => self.shares(classes, *width, rows, made),
            Answers::Unions { classes, width, rows } => {
                // One row at a time: its classes and all others.
                let row = |(item, counted): &(TableItem, Vec<u32>)| {
                    let mut is_counted = vec![NOT_CHOSEN; *width];
                    counted.iter().for_each(|class| is_counted[*class as usize] = CHOSEN);
                    let chosen: Vec<u16> = classes
                        .iter()
                        .map(|class| is_counted.get(*class as usize).copied().unwrap_or(OUT))
                        .collect();
                    let mut part = Made::default();
                    self.shares(&chosen, 2, &[(item.clone(), CHOSEN)], &mut part);
                    part
                };
                let parts: Vec<Made> = rows.par_iter().map(row).collect();
                parts.into_iter().for_each(|part| made.append(part));
            }
            Answers::Mean { item, .. } | Answers::Total { item, .. } | Answers::Ratio { item, .. } => {
                let domain_of = |row: usize| self.grouping.of_row(row).filter(|_| lane.has(row));
                let linear = self.linear(lane, self.groups(), &domain_of);
                for estimate in &linear.estimates {
                    let (low, high) = interval::of_mean(estimate, self.level);
                    made.cells.push(Cell {
                        estimate: *estimate,
                        low,
                        high,
                        n_chosen: None,
                    });
                }
                made.items.push(item.clone());
                compare::linear(self, lane, &linear, item, made);
            }
            Answers::Quantiles { values, rows } => {
                let domains: Vec<Vec<bool>> = (0..self.groups())
                    .map(|group| {
                        let inside = |row: usize| lane.has(row) && self.grouping.of_row(row) == Some(group);
                        (0..values.len()).map(inside).collect()
                    })
                    .collect();
                for (item, p) in rows {
                    for domain in &domains {
                        let found = self.design.percentile(domain, values, *p, self.level);
                        made.cells.push(Cell {
                            estimate: found.estimate,
                            low: found.low,
                            high: found.high,
                            n_chosen: None,
                        });
                    }
                    made.items.push(item.clone());
                }
            }
            Answers::Lift { classes, item } => {
                let tally = self.design.tally(self.groups() * 4, |row| {
                    (classes[row] != OUT)
                        .then(|| Some(self.grouping.of_row(row)? * 4 + usize::from(classes[row])))
                        .flatten()
                });
                for group in 0..self.groups() {
                    let at = group * 4;
                    let cells = [vec![at + 1, at + 3], vec![at + 2, at + 3], vec![at + 3]];
                    made.cells.push(lift(&tally, at..at + 4, &cells, self.level));
                }
                made.items.push(item.clone());
            }
        }
    }

    /// The means, totals or ratios of a lane over disjoint domains.
    pub fn linear(&self, lane: &Lane, domains: usize, domain_of: &dyn Fn(usize) -> Option<usize>) -> Linear<'_> {
        match &lane.answers {
            Answers::Total { values, .. } => self.design.totals(domains, domain_of, |row| values[row]),
            Answers::Ratio { above, below, .. } => {
                self.design
                    .ratios(domains, domain_of, |row| above[row], |row| below[row])
            }
            Answers::Mean { values, .. } => self.design.means(domains, domain_of, |row| values[row]),
            // The caller has looked.
            _ => self.design.means(domains, |_| None, |_| 0.0),
        }
    }

    pub fn share_cell(&self, (estimate, n_chosen): (Estimate, usize)) -> Cell {
        let (low, high) = self.interval().of_share(&estimate, self.level);
        Cell {
            estimate,
            low,
            high,
            n_chosen: Some(n_chosen),
        }
    }

    fn shares(&self, classes: &[u16], width: usize, rows: &[(TableItem, u16)], made: &mut Made) {
        let groups = 0..self.groups();
        let width = width.max(1);
        let first = made.items.len();
        let all_groups = self.grouping.classes();
        let compared = self.query.compare.is_asked();
        let tally = (compared && self.design.units() * groups.len() * width <= MOST_SUMS)
            .then(|| self.design.tally_classes(all_groups, groups.len(), classes, width));
        let shares = match &tally {
            Some(tally) => tally.shares(width),
            None => self.design.shares(all_groups, groups.len(), classes, width),
        };
        let other_percent = self.query.percent != Percent::Group;
        for (item, counted) in rows {
            if other_percent {
                made.cells.extend(self.percentages(classes, *counted));
                made.items.push(item.clone());
                continue;
            }
            for group in groups.clone() {
                let share = shares[group * width + usize::from(*counted)];
                made.cells.push(self.share_cell(share));
            }
            made.items.push(item.clone());
        }
        match tally {
            Some(tally) => compare::shares(self, &tally, width, rows, first, made),
            None if compared => {
                // One row at a time: this answer and all others.
                for (place, (item, counted)) in rows.iter().enumerate() {
                    let tally = self.design.tally(groups.len() * 2, |row| {
                        let class = Some(classes[row]).filter(|class| *class != OUT)?;
                        Some(self.grouping.of_row(row)? * 2 + usize::from(class == *counted))
                    });
                    compare::shares(self, &tally, 2, &[(item.clone(), 1)], first + place, made);
                }
            }
            None => {}
        }
    }
}

impl Making<'_> {
    /// The cells of a row whose percentages are of those who gave its answer, or of everybody.
    fn percentages(&self, classes: &[u16], counted: u16) -> Vec<Cell> {
        let groups = self.groups();
        let of_answer = self.query.percent == Percent::Answer;
        let mut asked = vec![false; groups];
        let place = |row: usize| match (classes[row], self.grouping.of_row(row)) {
            (OUT, _) | (_, None) => (OUT, None),
            (class, Some(group)) if class == counted => (group as u16, Some(group)),
            (_, Some(group)) if of_answer => (OUT, Some(group)),
            (_, Some(group)) => (groups as u16, Some(group)),
        };
        let places: Vec<u16> = (0..classes.len())
            .map(|row| {
                let (place, group) = place(row);
                if let Some(group) = group {
                    asked[group] = true;
                }
                place
            })
            .collect();
        let shares = self.design.shares(None, 1, &places, groups + 1);
        let cells = shares.into_iter().zip(asked);
        cells
            .map(|(share, asked)| match asked {
                true => self.share_cell(share),
                false => self.share_cell((Estimate::EMPTY, 0)),
            })
            .collect()
    }
}

/// The joint share of two boxes ÷ the product of their shares. `among`: everybody; `cells`: those with the first box, with
/// the second, and with both.
pub(super) fn lift(tally: &Tally<'_>, among: Range<usize>, cells: &[Vec<usize>; 3], level: f64) -> Cell {
    let all: Vec<usize> = among.clone().collect();
    let (n, n_weighted) = tally.count(among);
    let df = tally.degrees_of_freedom(&all);
    let [first, second, both] = cells.each_ref().map(|cells| tally.share(cells, &all));
    let value = both.value / (first.value * second.value);
    let ratio = match both.value > 0.0 {
        true => {
            let log = &(&both.ln() - &first.ln()) - &second.ln();
            RatioEstimate::new(value, tally.covariance(&[log])[(0, 0)], df, level)
        }
        false => RatioEstimate {
            value,
            ..RatioEstimate::NONE
        },
    };
    let chosen = cells[2].iter().map(|cell| tally.count(*cell..cell + 1).0).sum();
    Cell {
        estimate: Estimate {
            value: if n == 0 { f64::NAN } else { ratio.value },
            std_error: ratio.std_error,
            n,
            n_weighted,
            df,
            deff: f64::NAN,
        },
        low: ratio.low,
        high: ratio.high,
        n_chosen: Some(chosen),
    }
}

/// Which groups have anybody.
pub(super) fn occupied(cells: &[Cell]) -> Vec<usize> {
    (0..cells.len()).filter(|group| cells[*group].estimate.n > 0).collect()
}
