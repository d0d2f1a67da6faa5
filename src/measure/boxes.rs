//! What is said of the boxes of a multiple-response question in, [`Lane`]s out: any, none, how many, alone, with others,
//! constellations, pairs. Sets of boxes are in `sets`.

use super::lanes::{self, Answers, CHOSEN, Lane, NOT_CHOSEN, OUT};
use super::query::{BoxView, QueryError};
use super::sets;
use super::table::{RowKind, TableItem, TableWarning};
use crate::data::{Dataset, DontKnow, ItemKind, Language, Question, QuestionKind, Text, VarId};
use crate::stats::Design;
use crate::words;

/// The boxes of a question, and who chose which.
pub(super) struct Boxes {
    pub items: Vec<TableItem>,
    /// One vector per box, one element per respondent.
    pub ticks: Vec<Vec<u16>>,
    /// How many each respondent chose; [`OUT`] for one who was asked about none.
    pub counts: Vec<u16>,
    pub rows: usize,
}

/// The lanes of a view of boxes, for a design that says which sets of them are the most frequent.
pub(super) fn of_view(
    boxes: Boxes,
    question: &Question,
    view: &BoxView,
    design: &Design,
    warnings: &mut Vec<TableWarning>,
) -> Result<Vec<Lane>, QueryError> {
    let all = 0..boxes.items.len();
    let pairs = || all.clone().flat_map(|a| (a + 1..all.end).map(move |b| (a, b)));
    Ok(match view {
        BoxView::Any => vec![boxes.share(words_only("any", "row-any"), |row| boxes.count(row).map(|n| n > 0))],
        BoxView::None => vec![boxes.share(words_only("none", "row-none"), |row| boxes.count(row).map(|n| n == 0))],
        BoxView::Count => {
            let count = |row| boxes.count(row).map_or(f64::NAN, |n| n as f64);
            vec![Lane {
                answers: Answers::Mean {
                    values: (0..boxes.rows).map(count).collect(),
                    item: words_only("count", "row-count"),
                },
            }]
        }
        BoxView::Counts => vec![boxes.counts()],
        BoxView::Alone => all
            .map(|a| boxes.share(boxes.named(a, "row-alone"), |row| boxes.alone(a, row)))
            .collect(),
        BoxView::WithOthers => all
            .map(|a| boxes.share(boxes.named(a, "row-with-others"), |row| boxes.with_others(a, row)))
            .collect(),
        BoxView::Constellation(item) => boxes.constellation(boxes.place(item, question)?),
        BoxView::Joint => pairs()
            .map(|(a, b)| boxes.share(boxes.pair(a, b, "+", "row-both"), |row| boxes.both(a, b, row)))
            .collect(),
        BoxView::Conditional(given) => {
            let firsts = match given {
                Some(item) => {
                    let place = boxes.place(item, question)?;
                    place..place + 1
                }
                None => all.clone(),
            };
            let ordered = firsts.flat_map(|a| all.clone().filter(move |b| *b != a).map(move |b| (a, b)));
            ordered
                .map(|(a, b)| boxes.share(boxes.pair(b, a, "|", "row-given"), |row| boxes.given(b, a, row)))
                .collect()
        }
        BoxView::Lift => pairs().map(|(a, b)| boxes.lift(a, b)).collect(),
        BoxView::Combinations => {
            let sets = sets::combinations(&boxes, design, warnings);
            std::iter::once(sets).chain(boxes.each()).collect()
        }
        BoxView::AtLeast => {
            let sets = sets::at_least(&boxes, design, warnings);
            std::iter::once(sets).chain(boxes.each()).collect()
        }
        BoxView::Composition => vec![sets::composition(&boxes)],
        BoxView::Network => boxes.each().collect(),
    })
}

impl Boxes {
    /// The boxes of a question, or the groups of them. An item of no group stands for itself. `scope`: who is in its base
    /// and the filter.
    pub fn of(
        question: &Question,
        groups: bool,
        dont_know: DontKnow,
        data: &Dataset,
        scope: &[bool],
    ) -> Result<Self, QueryError> {
        if question.kind != QuestionKind::Multiple {
            return Err(QueryError::NoBoxes {
                question: question.id.clone(),
            });
        }
        let mut made = Self {
            items: Vec::new(),
            ticks: Vec::new(),
            counts: vec![OUT; data.rows],
            rows: data.rows,
        };
        if groups {
            let grouped = question.groups.iter().filter(|group| {
                let mut items = question.items.iter();
                items.any(|item| item.is == ItemKind::Answer && item.group.as_ref() == Some(&group.id))
            });
            made.items = grouped
                .map(|group| TableItem {
                    id: group.id.clone(),
                    label: group.label.clone(),
                    ..TableItem::default()
                })
                .collect();
            if made.items.is_empty() {
                return Err(QueryError::NoGroups {
                    question: question.id.clone(),
                });
            }
            made.ticks = vec![vec![OUT; data.rows]; made.items.len()];
        }
        let ticks = lanes::boxes(question, dont_know, data, scope)?;
        for (item, ticks) in question.items.iter().zip(ticks) {
            if item.is != ItemKind::Answer {
                continue;
            }
            let group = item.group.as_ref().filter(|_| groups);
            match group.and_then(|group| made.items.iter().position(|made| made.id == *group)) {
                Some(place) => lanes::at_least_one(&mut made.ticks[place], &ticks),
                None => {
                    let row = lanes::table_item(item, RowKind::Answer, Some(question), data)?;
                    made.items.push(row);
                    made.ticks.push(ticks);
                }
            }
        }
        for ticks in &made.ticks {
            for (count, tick) in made.counts.iter_mut().zip(ticks) {
                *count = match (*count, *tick) {
                    (count, OUT) => count,
                    (OUT, tick) => tick,
                    (count, tick) => count + tick,
                };
            }
        }
        Ok(made)
    }

    /// A lane for each box.
    fn each(self) -> impl Iterator<Item = Lane> {
        let boxes = self.items.into_iter().zip(self.ticks);
        boxes.map(|(item, ticks)| lanes::chosen_lane(item, ticks))
    }

    fn place(&self, item: &VarId, question: &Question) -> Result<usize, QueryError> {
        let found = self.items.iter().position(|known| known.id == item.0);
        found.ok_or_else(|| QueryError::NoSuchBox {
            question: question.id.clone(),
            item: item.clone(),
            known: self
                .items
                .iter()
                .map(|item| item.id.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        })
    }

    /// How many boxes a respondent chose; `None` for one who was asked about none.
    fn count(&self, row: usize) -> Option<usize> {
        Some(self.counts[row]).filter(|count| *count != OUT).map(usize::from)
    }

    fn chose(&self, a: usize, row: usize) -> Option<bool> {
        match self.ticks[a][row] {
            OUT => None,
            tick => Some(tick == CHOSEN),
        }
    }

    fn alone(&self, a: usize, row: usize) -> Option<bool> {
        Some(self.chose(a, row)? && self.count(row)? == 1)
    }

    fn with_others(&self, a: usize, row: usize) -> Option<bool> {
        Some(self.chose(a, row)? && self.count(row)? > 1)
    }

    fn both(&self, a: usize, b: usize, row: usize) -> Option<bool> {
        Some(self.chose(a, row)? & self.chose(b, row)?)
    }

    /// Whether a respondent who chose `given` also chose `a`.
    fn given(&self, a: usize, given: usize, row: usize) -> Option<bool> {
        self.chose(given, row)?.then(|| self.chose(a, row)).flatten()
    }

    fn share(&self, item: TableItem, holds: impl Fn(usize) -> Option<bool>) -> Lane {
        let class = |row| match holds(row) {
            None => OUT,
            Some(true) => CHOSEN,
            Some(false) => NOT_CHOSEN,
        };
        lanes::chosen_lane(item, (0..self.rows).map(class).collect())
    }

    /// A row about one box.
    fn named(&self, a: usize, key: &str) -> TableItem {
        let item = &self.items[a];
        TableItem {
            label: worded(key, &[("item", &item.label)]),
            ..item.clone()
        }
    }

    /// A row about two boxes.
    fn pair(&self, a: usize, b: usize, sign: &str, key: &str) -> TableItem {
        let (first, second) = (&self.items[a], &self.items[b]);
        TableItem {
            id: format!("{}{sign}{}", first.id, second.id),
            label: worded(key, &[("item", &first.label), ("other", &second.label)]),
            var: None,
            actor: None,
            ..first.clone()
        }
    }

    fn constellation(&self, a: usize) -> Vec<Lane> {
        let among = |row: usize, holds: Option<bool>| self.chose(a, row)?.then_some(holds).flatten();
        let alone = TableItem {
            id: "alone".to_owned(),
            actor: self.items[a].actor.clone(),
            ..words_only("alone", "row-only-this")
        };
        let mut lanes = vec![
            self.share(alone, |row| among(row, self.alone(a, row))),
            self.share(words_only("with_others", "row-and-others"), |row| {
                among(row, self.with_others(a, row))
            }),
        ];
        let others = (0..self.items.len()).filter(|b| *b != a);
        lanes.extend(others.map(|b| self.share(self.items[b].clone(), |row| self.given(b, a, row))));
        lanes
    }

    fn lift(&self, a: usize, b: usize) -> Lane {
        let class = |row| match (self.chose(a, row), self.chose(b, row)) {
            (Some(a), Some(b)) => u16::from(a) + 2 * u16::from(b),
            _ => OUT,
        };
        Lane {
            answers: Answers::Lift {
                classes: (0..self.rows).map(class).collect(),
                item: self.pair(a, b, "+", "row-both"),
            },
        }
    }

    fn counts(&self) -> Lane {
        let inside = self.counts.iter().filter(|count| **count != OUT);
        let most = inside.max().copied().unwrap_or(0);
        let row = |count: u16| TableItem {
            id: count.to_string(),
            label: Text::plain(count.to_string()),
            code: Some(f64::from(count).into()),
            ..words_only("", "row-count")
        };
        Lane {
            answers: Answers::Shares {
                classes: self.counts.clone(),
                width: usize::from(most) + 1,
                rows: (0..=most).map(|count| (row(count), count)).collect(),
            },
        }
    }
}

/// A row that is not about one variable.
pub(super) fn words_only(id: &str, key: &str) -> TableItem {
    TableItem {
        id: id.to_owned(),
        label: worded(key, &[]),
        ..TableItem::default()
    }
}

/// The words of `key` in every language.
pub(super) fn worded(key: &str, arguments: &[(&str, &Text)]) -> Text {
    in_each_language(|language| {
        let arguments: Vec<(&str, &str)> = arguments
            .iter()
            .map(|(name, text)| (*name, text.get(language)))
            .collect();
        words::text(language, key, &arguments)
    })
}

pub(super) fn in_each_language(of: impl Fn(Language) -> String) -> Text {
    Text(
        Language::ALL
            .iter()
            .map(|language| (language.code().to_owned(), of(*language)))
            .collect(),
    )
}
