//! What is said of the boxes of a multiple-response question in, [`Lane`]s out: any, none, how many, alone, with others,
//! constellations, pairs, exact sets; and the roles of actors over several questions.

use std::collections::BTreeMap;

use super::coding::Coding;
use super::lanes::{self, Answers, CHOSEN, Lane, NOT_CHOSEN, OUT};
use super::query::{BoxView, QueryError};
use super::table::{RowKind, TableItem};
use crate::data::{Dataset, DontKnow, ItemKind, Language, Question, QuestionKind, Text, VarId};
use crate::words;

/// The most boxes that exact sets are told of.
const MOST_BOXES: usize = 60;

/// The boxes of a question, and who chose which.
struct Boxes {
    items: Vec<TableItem>,
    /// One vector per box, one element per respondent.
    ticks: Vec<Vec<u16>>,
    rows: usize,
}

/// The lanes of a view of a question's boxes. `scope`: who is in its base and the filter.
pub(super) fn of_view(
    question: &Question,
    view: &BoxView,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    let boxes = Boxes::of(question, dont_know, data, scope)?;
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
        BoxView::Combinations => vec![boxes.combinations()],
        BoxView::Network => {
            let boxes = boxes.items.into_iter().zip(boxes.ticks);
            boxes.map(|(item, ticks)| lanes::chosen_lane(item, ticks)).collect()
        }
        BoxView::AtLeast | BoxView::Composition => return Err(QueryError::NotYet),
    })
}

impl Boxes {
    fn of(question: &Question, dont_know: DontKnow, data: &Dataset, scope: &[bool]) -> Result<Self, QueryError> {
        if question.kind != QuestionKind::Multiple {
            return Err(QueryError::NoBoxes {
                question: question.id.clone(),
            });
        }
        let mut made = Self {
            items: Vec::new(),
            ticks: Vec::new(),
            rows: data.rows,
        };
        let ticks = lanes::boxes(question, dont_know, data, scope)?;
        for (item, ticks) in question.items.iter().zip(ticks) {
            if item.is == ItemKind::Answer {
                made.items
                    .push(lanes::table_item(item, RowKind::Answer, Some(question), data)?);
                made.ticks.push(ticks);
            }
        }
        Ok(made)
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
        let asked = self.ticks.iter().any(|ticks| ticks[row] != OUT);
        asked.then(|| self.ticks.iter().filter(|ticks| ticks[row] == CHOSEN).count())
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
        let classes: Vec<u16> = (0..self.rows)
            .map(|row| self.count(row).map_or(OUT, |n| n as u16))
            .collect();
        let most = classes
            .iter()
            .filter(|class| **class != OUT)
            .max()
            .copied()
            .unwrap_or(0);
        let row = |count: u16| TableItem {
            id: count.to_string(),
            label: Text::plain(count.to_string()),
            code: Some(f64::from(count).into()),
            ..words_only("", "row-count")
        };
        Lane {
            answers: Answers::Shares {
                classes,
                width: usize::from(most) + 1,
                rows: (0..=most).map(|count| (row(count), count)).collect(),
            },
        }
    }

    /// The exact sets of boxes, the most frequent among respondents first.
    fn combinations(&self) -> Lane {
        let boxes = self.items.len().min(MOST_BOXES);
        let set_of = |row: usize| {
            self.count(row).map(|_| {
                (0..boxes)
                    .filter(|a| self.ticks[*a][row] == CHOSEN)
                    .fold(0_u64, |set, a| set | 1 << a)
            })
        };
        let sets: Vec<Option<u64>> = (0..self.rows).map(set_of).collect();
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for set in sets.iter().flatten() {
            *counts.entry(*set).or_default() += 1;
        }
        let mut ordered: Vec<(u64, usize)> = counts.into_iter().collect();
        ordered.sort_by_key(|(set, count)| (std::cmp::Reverse(*count), *set));
        let places: BTreeMap<u64, u16> = ordered
            .iter()
            .enumerate()
            .map(|(place, (set, _))| (*set, place as u16))
            .collect();
        let row = |set: u64| {
            let chosen: Vec<&TableItem> = (0..boxes)
                .filter(|a| set >> a & 1 == 1)
                .map(|a| &self.items[a])
                .collect();
            let ids: Vec<&str> = chosen.iter().map(|item| item.id.as_str()).collect();
            match chosen.is_empty() {
                true => words_only("none", "row-none"),
                false => TableItem {
                    id: ids.join("+"),
                    label: in_each_language(|language| {
                        let labels: Vec<&str> = chosen.iter().map(|item| item.label.get(language)).collect();
                        words::list(language, &labels)
                    }),
                    ..words_only("", "row-none")
                },
            }
        };
        Lane {
            answers: Answers::Shares {
                classes: sets.iter().map(|set| set.map_or(OUT, |set| places[&set])).collect(),
                width: ordered.len(),
                rows: (0..)
                    .zip(&ordered)
                    .map(|(place, (set, _))| (row(*set), place))
                    .collect(),
            },
        }
    }
}

/// The lanes of roles: for every actor, who has an item about it in one of `questions`; each with its scope.
pub(super) fn roles(
    questions: &[(Question, Vec<bool>)],
    dont_know: Option<DontKnow>,
    data: &Dataset,
    base: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    let mut of_actor: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let mut add = |actor: &str, ticks: &[u16]| {
        let all = of_actor.entry(actor.to_owned()).or_insert_with(|| vec![OUT; data.rows]);
        lanes::at_least_one(all, ticks);
    };
    for (question, scope) in questions {
        match question.kind {
            QuestionKind::Multiple => {
                let policy = dont_know.unwrap_or(question.dont_know);
                for (item, ticks) in question.items.iter().zip(lanes::boxes(question, policy, data, scope)?) {
                    if let Some(actor) = &item.actor {
                        add(actor, &ticks);
                    }
                }
            }
            _ => {
                let positive = question.poles.as_ref().map(|poles| poles.positive.as_slice());
                for item in question.items.iter() {
                    let counted = match item.counted.as_slice() {
                        [] => positive.unwrap_or(&question.counted),
                        own => own,
                    };
                    let Some(actor) = item.actor.as_ref().filter(|_| !counted.is_empty()) else {
                        continue;
                    };
                    let coding = Coding::of(data, &item.var)?;
                    let mut ticks = lanes::ticks(counted, &coding);
                    for (tick, inside) in ticks.iter_mut().zip(scope) {
                        *tick = match (*inside, *tick) {
                            (true, CHOSEN) => CHOSEN,
                            (false, _) | (_, OUT) => OUT,
                            // "Don't know" and "not relevant" are no role.
                            _ => NOT_CHOSEN,
                        };
                    }
                    add(actor, &ticks);
                }
            }
        }
    }
    let known = data
        .codebook
        .actors
        .iter()
        .map(|actor| (&actor.id, actor.label.clone()));
    let lanes: Vec<Lane> = known
        .filter_map(|(id, label)| {
            let mut ticks = of_actor.remove(id)?;
            for (tick, inside) in ticks.iter_mut().zip(base) {
                if !inside {
                    *tick = OUT;
                }
            }
            let item = TableItem {
                id: id.clone(),
                label,
                actor: Some(id.clone()),
                ..words_only("", "row-any")
            };
            Some(lanes::chosen_lane(item, ticks))
        })
        .collect();
    match lanes.is_empty() {
        true => Err(QueryError::NoActors {
            questions: questions
                .iter()
                .map(|(question, _)| question.id.0.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }),
        false => Ok(lanes),
    }
}

/// A row that is not about one variable.
fn words_only(id: &str, key: &str) -> TableItem {
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
