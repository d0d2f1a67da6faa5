//! A measure and a data set in, [`Lane`]s out: for each item with a base of its own, which answer every respondent of
//! that base gave.
//!
//! A respondent outside the scope (the question's base and the filter) is in no lane. "Not asked", refused and missing
//! answers leave the base of their item; they never count as "no".

use rayon::prelude::*;

use super::coding::Coding;
use super::numeric;
use super::query::QueryError;
use super::table::{RowKind, TableItem};
use crate::data::{
    AnswerKind, Code, Condition, Dataset, DontKnow, Item, ItemKind, Question, QuestionKind, Text, VarId,
};
use crate::filter::{self, Truth, variable_text};

/// The class of a respondent who is not in the base.
pub(super) const OUT: u16 = u16::MAX;

/// The same where there may be more classes.
pub(super) const NOBODY: u32 = u32::MAX;

/// A class where there may be more.
pub(super) fn wide(class: u16) -> u32 {
    match class {
        OUT => NOBODY,
        class => u32::from(class),
    }
}

/// The most answers that a table of shares can have.
const MOST_ANSWERS: usize = 500;

/// One item with its own base.
pub(super) struct Lane {
    pub answers: Answers,
}

/// What the respondents of a base answered; one element per respondent.
pub(super) enum Answers {
    /// The class of each, below `width`, or [`OUT`]; each row counts one class.
    Shares {
        classes: Vec<u16>,
        width: usize,
        rows: Vec<(TableItem, u16)>,
    },
    /// Likewise, [`NOBODY`] for those who are not in the base; each row counts several classes.
    Unions {
        classes: Vec<u32>,
        width: usize,
        rows: Vec<(TableItem, Vec<u32>)>,
    },
    /// The number of each, or NaN for those not in the base.
    Mean { values: Vec<f64>, item: TableItem },
    /// Likewise, to be summed over the population.
    Total { values: Vec<f64>, item: TableItem },
    /// Two numbers of each, of which the first is NaN for those not in the base.
    Ratio {
        above: Vec<f64>,
        below: Vec<f64>,
        item: TableItem,
    },
    /// The number of each, and the quantiles wanted.
    Quantiles {
        values: Vec<f64>,
        rows: Vec<(TableItem, f64)>,
    },
    /// Which of two boxes each has: 0 neither, 1 the first, 2 the second, 3 both, or [`OUT`].
    Lift { classes: Vec<u16>, item: TableItem },
}

impl Lane {
    /// Marks those in the base.
    pub fn mark(&self, marks: &mut [bool]) {
        match &self.answers {
            Answers::Shares { classes, .. } | Answers::Lift { classes, .. } => {
                for (mark, class) in marks.iter_mut().zip(classes) {
                    *mark |= *class != OUT;
                }
            }
            _ => marks
                .iter_mut()
                .enumerate()
                .for_each(|(row, mark)| *mark |= self.has(row)),
        }
    }

    /// Whether a respondent is in the base.
    pub fn has(&self, row: usize) -> bool {
        match &self.answers {
            Answers::Shares { classes, .. } | Answers::Lift { classes, .. } => classes[row] != OUT,
            Answers::Unions { classes, .. } => classes[row] != NOBODY,
            Answers::Mean { values, .. } | Answers::Total { values, .. } | Answers::Quantiles { values, .. } => {
                !values[row].is_nan()
            }
            Answers::Ratio { above, .. } => !above[row].is_nan(),
        }
    }
}

/// The lanes of a question. `scope`: who is in its base and the filter.
pub(super) fn of_question(
    question: &Question,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    match question.kind {
        QuestionKind::Single => {
            let scale = Scale::of(&question.items, dont_know, data, scope)?;
            Ok(scale.into_iter().map(Scale::single).collect())
        }
        QuestionKind::Battery => {
            let scales = Scale::of(&question.items, dont_know, data, scope)?;
            Ok(scales.into_iter().map(|scale| scale.statement(question)).collect())
        }
        QuestionKind::Multiple => multiple(question, dont_know, data, scope),
        QuestionKind::Numeric => {
            let lanes = question.items.iter().map(|item| numeric::mean(item, data, scope));
            lanes.collect()
        }
    }
}

/// The lane of a share: those for whom `condition` is known.
pub(super) fn of_condition(
    condition: &Condition,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Lane, QueryError> {
    let truths = match dont_know {
        DontKnow::Keep => filter::evaluate(condition, data)?,
        DontKnow::Drop | DontKnow::Listwise => filter::evaluate_answers(condition, data)?,
    };
    let classes = truths
        .iter()
        .zip(scope)
        .map(|(truth, inside)| match truth {
            Truth::Yes if *inside => 1,
            Truth::No if *inside => 0,
            _ => OUT,
        })
        .collect();
    let (label, var, code) = match condition {
        Condition::OneOf { var, values } if values.len() == 1 => {
            let variable = data.variable(var)?;
            let value = &values[0];
            (
                filter::code_text(variable, value),
                Some(var.clone()),
                Some(value.clone()),
            )
        }
        other => (Text::plain(other.to_string()), None, None),
    };
    let item = TableItem {
        id: condition.to_string(),
        label,
        answer: Text::default(),
        var,
        code,
        ..TableItem::default()
    };
    Ok(Lane {
        answers: Answers::Shares {
            classes,
            width: 2,
            rows: vec![(item, 1)],
        },
    })
}

/// The row of an item.
pub(super) fn table_item(
    item: &Item,
    kind: RowKind,
    question: Option<&Question>,
    data: &Dataset,
) -> Result<TableItem, QueryError> {
    let label = match &item.label {
        Some(label) if !label.is_empty() => label.clone(),
        _ => variable_text(data.variable(&item.var)?),
    };
    let group = question.map(|question| group_label(item, question)).unwrap_or_default();
    Ok(TableItem {
        id: id_of(item),
        label,
        var: Some(item.var.clone()),
        kind,
        actor: item.actor.clone(),
        group,
        ..TableItem::default()
    })
}

/// The label of the group of the question's items that `item` belongs to; empty: none.
pub(super) fn group_label(item: &Item, question: &Question) -> Text {
    let mut groups = question.groups.iter();
    let found = groups.find(|group| Some(&group.id) == item.group.as_ref());
    found.map(|group| group.label.clone()).unwrap_or_default()
}

/// One variable with the answers that are counted.
pub(super) struct Scale {
    pub item: Item,
    pub row: TableItem,
    /// The answers shown, in codebook order; their classes are their places.
    pub answers: Vec<(Code, Text, RowKind)>,
    pub classes: Vec<u16>,
}

impl Scale {
    /// The scales of `items`, after the don't-know policy.
    pub fn of(items: &[Item], dont_know: DontKnow, data: &Dataset, scope: &[bool]) -> Result<Vec<Self>, QueryError> {
        let mut scales = Vec::new();
        let mut inside = scope.to_vec();
        for item in items {
            let coding = Coding::of(data, &item.var)?;
            let mut answers = Vec::new();
            let mut class_of = vec![OUT; coding.entries.len()];
            for (entry, class) in coding.entries.iter().zip(&mut class_of) {
                let kind = match (entry.kind, dont_know) {
                    (AnswerKind::Answer, _) => RowKind::Answer,
                    (AnswerKind::DontKnow, DontKnow::Keep) => RowKind::DontKnow,
                    (AnswerKind::NotRelevant, DontKnow::Keep) => RowKind::NotRelevant,
                    _ => continue,
                };
                *class = answers.len().min(MOST_ANSWERS) as u16;
                answers.push((entry.code.clone(), entry.label.clone(), kind));
            }
            if answers.len() > MOST_ANSWERS {
                return Err(QueryError::TooManyAnswers {
                    var: item.var.clone(),
                    answers: answers.len(),
                    most: MOST_ANSWERS,
                });
            }
            if dont_know == DontKnow::Listwise {
                let leaves = |kind| matches!(kind, AnswerKind::DontKnow | AnswerKind::NotRelevant);
                let leaving = coding.map(|_, entry| leaves(entry.kind), leaves(coding.blank));
                inside
                    .iter_mut()
                    .zip(leaving)
                    .for_each(|(inside, leaves)| *inside &= !leaves);
            }
            scales.push(Self {
                item: item.clone(),
                row: table_item(item, RowKind::Answer, None, data)?,
                answers,
                classes: coding.map(|place, _| class_of[place], OUT),
            });
        }
        for scale in &mut scales {
            leave(&mut scale.classes, &inside);
        }
        Ok(scales)
    }

    /// Rows of a single-choice question: an answer each.
    fn single(self) -> Lane {
        let var = self.item.var.clone();
        self.lane(|code, label, kind| TableItem {
            id: code.to_string(),
            label,
            var: Some(var.clone()),
            code: Some(code),
            kind,
            ..TableItem::default()
        })
    }

    /// Rows of one statement of a battery.
    fn statement(self, question: &Question) -> Lane {
        let statement = TableItem {
            group: group_label(&self.item, question),
            ..self.row.clone()
        };
        self.lane(|code, answer, kind| TableItem {
            id: format!("{}={code}", statement.id),
            answer,
            code: Some(code),
            kind,
            ..statement.clone()
        })
    }

    fn lane(self, row: impl Fn(Code, Text, RowKind) -> TableItem) -> Lane {
        Lane {
            answers: Answers::Shares {
                classes: self.classes,
                width: self.answers.len(),
                rows: (0..)
                    .zip(self.answers)
                    .map(|(class, (code, label, kind))| (row(code, label, kind), class))
                    .collect(),
            },
        }
    }
}

/// Takes those who are not `inside` out of the base.
fn leave(classes: &mut [u16], inside: &[bool]) {
    for (class, inside) in classes.iter_mut().zip(inside) {
        if !inside {
            *class = OUT;
        }
    }
}

/// How many respondents are looked at in one go.
const STRETCH: usize = 1 << 14;

/// A box that was not chosen.
pub(super) const NOT_CHOSEN: u16 = 0;
/// A box that was chosen.
pub(super) const CHOSEN: u16 = 1;
/// The box's variable says "don't know" or "not relevant".
const UNDECIDED: u16 = 2;
/// An empty cell of a variable that knows no other answer than "chosen".
pub(super) const UNTICKED: u16 = OUT - 1;

/// A multiple-response question: a lane per box, then its unions.
///
/// Many files write a box as 1 or nothing. Where a variable knows only counted codes and a blank is not said to mean
/// "not asked", a blank of somebody who ticked another box is "not chosen".
fn multiple(question: &Question, dont_know: DontKnow, data: &Dataset, scope: &[bool]) -> Result<Vec<Lane>, QueryError> {
    let boxes = boxes(question, dont_know, data, scope)?;
    let unions: Vec<Lane> = question
        .unions
        .iter()
        .map(|union| {
            let highlight = union.highlight;
            let item = TableItem {
                id: union.id.clone(),
                label: union.label.clone(),
                kind: RowKind::Union { highlight },
                ..TableItem::default()
            };
            let mut any = any_of(&union.items, question, &boxes, data.rows);
            if !union.none_of.is_empty() {
                let others = any_of(&union.none_of, question, &boxes, data.rows);
                without(&mut any, &others);
            }
            chosen_lane(item, any)
        })
        .collect();
    let mut lanes = Vec::new();
    let mut last = Vec::new();
    for (item, ticks) in question.items.iter().zip(boxes) {
        let (kind, lanes) = match (item.is, dont_know) {
            (ItemKind::Answer, _) => (RowKind::Answer, &mut lanes),
            (ItemKind::None, _) => (RowKind::None, &mut last),
            (ItemKind::DontKnow, DontKnow::Keep) => (RowKind::DontKnow, &mut last),
            (ItemKind::DontKnow, _) => continue,
        };
        lanes.push(chosen_lane(table_item(item, kind, Some(question), data)?, ticks));
    }
    lanes.extend(unions);
    lanes.extend(last);
    Ok(lanes)
}

/// Who chose each box of a multiple-response question: [`CHOSEN`], [`NOT_CHOSEN`] or [`OUT`].
pub(super) fn boxes(
    question: &Question,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Vec<Vec<u16>>, QueryError> {
    let ticks_of = |item: &Item| {
        let counted = question.counted_of(item);
        let mut all = ticks(counted, &Coding::of(data, &item.var)?);
        for var in &item.more {
            at_least_one(&mut all, &ticks(counted, &Coding::of(data, var)?));
        }
        Ok(all)
    };
    let mut boxes: Vec<Vec<u16>> = question
        .items
        .par_iter()
        .map(ticks_of)
        .collect::<Result<_, QueryError>>()?;
    let leaves = |item: &Item, tick: u16| match dont_know {
        DontKnow::Keep => false,
        DontKnow::Drop => item.is == ItemKind::DontKnow && tick == CHOSEN,
        DontKnow::Listwise => (item.is == ItemKind::DontKnow && tick == CHOSEN) || tick == UNDECIDED,
    };
    let undecided = if dont_know == DontKnow::Keep { NOT_CHOSEN } else { OUT };
    // In stretches that stay near the processor.
    let mut inside = scope.to_vec();
    inside
        .par_chunks_mut(STRETCH)
        .enumerate()
        .for_each(|(stretch, inside)| {
            let rows = stretch * STRETCH..stretch * STRETCH + inside.len();
            let mut answered = vec![false; inside.len()];
            for (ticks, item) in boxes.iter().zip(&question.items) {
                let ticks = &ticks[rows.clone()];
                for (answered, tick) in answered.iter_mut().zip(ticks) {
                    *answered |= *tick < UNTICKED;
                }
                if dont_know != DontKnow::Keep {
                    for (inside, tick) in inside.iter_mut().zip(ticks) {
                        *inside &= !leaves(item, *tick);
                    }
                }
            }
            inside
                .iter_mut()
                .zip(&answered)
                .for_each(|(inside, answered)| *inside &= answered);
        });
    boxes.par_iter_mut().for_each(|ticks| {
        for (class, inside) in ticks.iter_mut().zip(&inside) {
            let decided = if *class == UNTICKED { NOT_CHOSEN } else { *class };
            let decided = if decided == UNDECIDED { undecided } else { decided };
            *class = if *inside { decided } else { OUT };
        }
    });
    Ok(boxes)
}

pub(super) fn chosen_lane(item: TableItem, classes: Vec<u16>) -> Lane {
    Lane {
        answers: Answers::Shares {
            classes,
            width: 2,
            rows: vec![(item, CHOSEN)],
        },
    }
}

/// Who ticked a box.
pub(super) fn ticks(counted: &[Code], coding: &Coding<'_>) -> Vec<u16> {
    let only_ticks = coding.blank == AnswerKind::Missing
        && coding
            .entries
            .iter()
            .all(|entry| !entry.kind.is_valid() || counted.contains(&entry.code));
    let class_of = |kind| match kind {
        AnswerKind::Answer => NOT_CHOSEN,
        AnswerKind::DontKnow | AnswerKind::NotRelevant => UNDECIDED,
        AnswerKind::Refused | AnswerKind::NotAsked | AnswerKind::Missing => OUT,
    };
    coding.map(
        |_, entry| match counted.contains(&entry.code) {
            true => CHOSEN,
            false => class_of(entry.kind),
        },
        if only_ticks { UNTICKED } else { class_of(coding.blank) },
    )
}

/// At least one of these boxes, among those who were asked about at least one.
fn any_of(items: &[VarId], question: &Question, boxes: &[Vec<u16>], rows: usize) -> Vec<u16> {
    let mut any = vec![OUT; rows];
    for (item, ticks) in question.items.iter().zip(boxes) {
        if items.iter().any(|name| name.0 == id_of(item)) {
            at_least_one(&mut any, ticks);
        }
    }
    any
}

/// Takes those with any of the others out of "at least one of these"; who was not asked about the others is unknown.
fn without(any: &mut [u16], others: &[u16]) {
    for (any, other) in any.iter_mut().zip(others) {
        *any = match (*any, *other) {
            (CHOSEN, CHOSEN) => NOT_CHOSEN,
            (CHOSEN, OUT) => OUT,
            (any, _) => any,
        };
    }
}

/// Adds a box to "at least one of these": chosen wins, then not chosen, and [`OUT`] is the greatest.
pub(super) fn at_least_one(any: &mut [u16], ticks: &[u16]) {
    for (any, tick) in any.iter_mut().zip(ticks) {
        *any = match (*any, *tick) {
            (CHOSEN, _) | (_, CHOSEN) => CHOSEN,
            (a, b) => a.min(b),
        };
    }
}

/// The stable name of an item.
pub(super) fn id_of(item: &Item) -> String {
    item.id()
}
