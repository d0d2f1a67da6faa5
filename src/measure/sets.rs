//! Who chose which boxes in, [`Lane`]s of sets of boxes out: exactly these, at least these; one box or several.

use std::collections::HashMap;

use super::boxes::{Boxes, in_each_language, words_only};
use super::lanes::{Answers, CHOSEN, Lane, NOBODY, OUT, wide};
use super::table::{RowKind, TableItem, TableWarning};
use crate::stats::Design;
use crate::words;

/// The most sets that are told of: nobody reads more.
const MOST_SETS: usize = 1000;

/// The sets of boxes that somebody chose.
struct Sets {
    /// Which one each respondent chose, or [`NOBODY`].
    chosen: Vec<u32>,
    /// A bit per box, 64 to a word.
    sets: Vec<Vec<u64>>,
    /// How many chose it, weighted.
    weights: Vec<f64>,
}

impl Sets {
    fn of(boxes: &Boxes, design: &Design) -> Self {
        let mut chosen: Vec<u32> = boxes
            .counts
            .iter()
            .map(|count| if *count == OUT { NOBODY } else { 0 })
            .collect();
        let mut sets: Vec<Vec<u64>> = vec![Vec::new()];
        let mut words = vec![0_u64; boxes.rows];
        for some in boxes.ticks.chunks(64) {
            words.fill(0);
            for (bit, ticks) in some.iter().enumerate() {
                for (word, tick) in words.iter_mut().zip(ticks) {
                    *word |= u64::from(*tick == CHOSEN) << bit;
                }
            }
            let mut places: HashMap<(u32, u64), u32> = HashMap::new();
            let mut longer: Vec<Vec<u64>> = Vec::new();
            for (set, word) in chosen.iter_mut().zip(&words).filter(|(set, _)| **set != NOBODY) {
                let before = *set;
                *set = *places.entry((before, *word)).or_insert_with(|| {
                    longer.push([sets[before as usize].as_slice(), &[*word]].concat());
                    longer.len() as u32 - 1
                });
            }
            sets = longer;
        }
        let mut weights = vec![0.0; sets.len()];
        for (row, set) in chosen.iter().enumerate().filter(|(_, set)| **set != NOBODY) {
            weights[*set as usize] += design.weight(row);
        }
        Self { chosen, sets, weights }
    }

    /// The most frequent of `sets` first; of equals the one with the earlier boxes.
    fn sorted(&self, mut sets: Vec<u32>, weight: impl Fn(u32) -> f64) -> Vec<u32> {
        sets.sort_by(|a, b| {
            let boxes = |set: &u32| &self.sets[*set as usize];
            weight(*b).total_cmp(&weight(*a)).then_with(|| boxes(a).cmp(boxes(b)))
        });
        sets
    }

    fn is_within(&self, set: u32, other: u32) -> bool {
        let words = self.sets[set as usize].iter().zip(&self.sets[other as usize]);
        words.into_iter().all(|(set, other)| set & other == *set)
    }

    fn row(&self, set: u32, boxes: &Boxes) -> TableItem {
        let has = |place: usize| self.sets[set as usize][place / 64] >> (place % 64) & 1 == 1;
        let chosen: Vec<&TableItem> = (0..boxes.items.len())
            .filter(|place| has(*place))
            .map(|place| &boxes.items[place])
            .collect();
        let of: Vec<String> = chosen.iter().map(|item| item.id.clone()).collect();
        match chosen.is_empty() {
            true => none(),
            false => TableItem {
                id: of.join("+"),
                label: in_each_language(|language| {
                    let labels: Vec<&str> = chosen.iter().map(|item| item.label.get(language)).collect();
                    words::list(language, &labels)
                }),
                kind: RowKind::Combination,
                of,
                ..TableItem::default()
            },
        }
    }
}

fn none() -> TableItem {
    TableItem {
        kind: RowKind::None,
        ..words_only("none", "row-none")
    }
}

/// The shares with exactly each of the sets that somebody chose, the most frequent first.
pub(super) fn combinations(boxes: &Boxes, design: &Design, warnings: &mut Vec<TableWarning>) -> Lane {
    let sets = Sets::of(boxes, design);
    let all = (0..sets.sets.len() as u32).collect();
    let mut shown = sets.sorted(all, |set| sets.weights[set as usize]);
    cut(&mut shown, warnings);
    // The others are one class, which no row counts.
    let mut place_of = vec![shown.len() as u16; sets.sets.len()];
    for (place, set) in (0..).zip(&shown) {
        place_of[*set as usize] = place;
    }
    let class = |set: &u32| match *set {
        NOBODY => OUT,
        set => place_of[set as usize],
    };
    Lane {
        answers: Answers::Shares {
            classes: sets.chosen.iter().map(class).collect(),
            width: shown.len() + usize::from(shown.len() < sets.sets.len()),
            rows: shown.iter().map(|set| sets.row(*set, boxes)).zip(0..).collect(),
        },
    }
}

/// The shares with at least the boxes of each of these sets, less that of no box.
pub(super) fn at_least(boxes: &Boxes, design: &Design, warnings: &mut Vec<TableWarning>) -> Lane {
    let sets = Sets::of(boxes, design);
    let all = 0..sets.sets.len() as u32;
    let some = all
        .clone()
        .filter(|set| sets.sets[*set as usize].iter().any(|word| *word != 0));
    let mut shown = sets.sorted(some.collect(), |set| sets.weights[set as usize]);
    cut(&mut shown, warnings);
    let holders: HashMap<u32, Vec<u32>> = shown
        .iter()
        .map(|set| (*set, all.clone().filter(|other| sets.is_within(*set, *other)).collect()))
        .collect();
    let weight = |set: u32| holders[&set].iter().map(|holder| sets.weights[*holder as usize]).sum();
    let rows = sets.sorted(shown, weight).into_iter();
    let rows = rows.map(|set| (sets.row(set, boxes), holders[&set].clone()));
    Lane {
        answers: Answers::Unions {
            rows: rows.collect(),
            width: sets.sets.len(),
            classes: sets.chosen,
        },
    }
}

fn cut(shown: &mut Vec<u32>, warnings: &mut Vec<TableWarning>) {
    if shown.len() > MOST_SETS {
        warnings.push(TableWarning::MoreSets {
            sets: shown.len(),
            most: MOST_SETS,
        });
        shown.truncate(MOST_SETS);
    }
}

/// One box, and which; several, and how many; none.
pub(super) fn composition(boxes: &Boxes) -> Lane {
    let count = boxes.items.len();
    let most = boxes.counts.iter().filter(|count| **count != OUT).max();
    let most = most.map_or(0, |most| usize::from(*most));
    // 0 none, then a class for each box alone, then one for each number of boxes from 2.
    let several = |number: usize| (count + number - 1) as u32;
    let mut classes: Vec<u32> = boxes
        .counts
        .iter()
        .map(|number| match *number {
            OUT => wide(OUT),
            0 | 1 => 0,
            number => several(usize::from(number)),
        })
        .collect();
    for (class, ticks) in (1..).zip(&boxes.ticks) {
        let alone = classes.iter_mut().zip(&boxes.counts).zip(ticks);
        for ((own, number), tick) in alone {
            if *number == 1 && *tick == CHOSEN {
                *own = class;
            }
        }
    }
    let union = |id: &str, key: &str| TableItem {
        kind: RowKind::Union { highlight: false },
        ..words_only(id, key)
    };
    let (one, more) = (union("one", "row-one"), union("several", "row-several"));
    let alone = |(class, item): (u32, &TableItem)| {
        let item = TableItem {
            group: one.label.clone(),
            ..item.clone()
        };
        (item, vec![class])
    };
    let so_many = |number: usize| {
        let item = TableItem {
            id: number.to_string(),
            label: in_each_language(|language| {
                let number = words::count(language, number as f64);
                words::text(language, "row-so-many", &[("number", &number)])
            }),
            code: Some((number as f64).into()),
            group: more.label.clone(),
            ..TableItem::default()
        };
        (item, vec![several(number)])
    };
    let mut rows = vec![(one.clone(), (1..=count as u32).collect::<Vec<u32>>())];
    rows.extend((1..).zip(&boxes.items).map(alone));
    rows.push((more.clone(), (2..=most).map(several).collect()));
    rows.extend((2..=most).map(so_many));
    if classes.contains(&0) {
        rows.push((none(), vec![0]));
    }
    Lane {
        answers: Answers::Unions {
            width: count + most.max(1),
            classes,
            rows,
        },
    }
}
