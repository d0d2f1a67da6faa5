//! A [`Query`] with its data set and design in, the [`Table`] out.

use std::borrow::Cow;

use super::coding::Coding;
use super::lanes::{self, Answers, Lane, OUT};
use super::query::{Measure, Query, QueryError};
use super::sampling::Prepared;
use super::table::{Cell, Subject, Table, TableBase, TableGroup, TableItem, TableWarning};
use crate::data::{
    AnswerKind, Base, Code, Column, Condition, DataError, Dataset, DontKnow, Item, ItemKind, Question, QuestionId,
    QuestionKind, Text, VarId, VariableKind,
};
use crate::filter::{self, variable_text};
use crate::stats::{Design, Estimate, Interval, interval};

/// The most groups of a breakdown.
const MOST_GROUPS: usize = 60;

/// Groups with fewer respondents are warned of.
const SMALL_GROUP: usize = 30;

/// A tally with more sums than this is made in parts, so that memory stays in bounds.
const MOST_SUMS: usize = 4_000_000;

pub(super) fn table(query: &Query, data: &Dataset, prepared: &Prepared) -> Result<Table, QueryError> {
    let level = match query.level {
        Code::Number(level) if level > 0.0 && level < 1.0 => level,
        _ => {
            return Err(QueryError::Level {
                level: query.level.clone(),
            });
        }
    };
    let design = &prepared.design;
    let question = match &query.measure {
        Measure::Question(id) => Some(question_of(data, id)?),
        Measure::Share(_) | Measure::Mean(_) => None,
    };
    let base = match question.as_deref() {
        Some(question) => base_of(data, question)?,
        None => None,
    };
    let subject = subject(query, data, question.as_deref())?;
    let when = base.map_or(Condition::Everyone, |base| base.when.clone());
    let mut scope = filter::mark(&when.and(query.filter.clone()), data)?.marks;
    for (row, inside) in scope.iter_mut().enumerate() {
        *inside &= design.counts(row);
    }
    let lanes = match (&query.measure, question.as_deref()) {
        (Measure::Share(condition), _) => vec![lanes::of_condition(condition, subject.dont_know, data, &scope)?],
        (Measure::Mean(var), _) => vec![lanes::mean(&item_of(var), data, &scope)?],
        (Measure::Question(_), Some(question)) => lanes::of_question(question, subject.dont_know, data, &scope)?,
        (Measure::Question(_), None) => Vec::new(),
    };
    for (row, inside) in scope.iter_mut().enumerate() {
        *inside = *inside && lanes.iter().any(|lane| lane.has(row));
    }
    let (n, n_weighted) = design.tally(1, |row| scope[row].then_some(0)).count(0..1);
    let grouping = Grouping::of(query.by.as_ref(), data, &scope)?;
    let groups = grouping.groups(design, &scope);

    let mut items = Vec::new();
    let mut cells = Vec::new();
    for lane in &lanes {
        for (item, row) in lane_rows(lane, &grouping, design, query.interval, level) {
            items.push(item.clone());
            cells.extend(row);
        }
    }
    let filter = filter::describe(&query.filter, data);
    let mut table = Table {
        query: query.clone(),
        subject,
        base: TableBase {
            label: base.map(|base| base.label.clone()).unwrap_or_default(),
            unit: base
                .and_then(|base| base.unit.clone())
                .unwrap_or_else(|| data.codebook.unit.clone()),
            filter: filter.kept,
            further: filter.further,
            n,
            n_weighted,
        },
        by: match &query.by {
            Some(by) => variable_text(data.variable(by)?),
            None => Text::default(),
        },
        items,
        groups,
        cells,
        strata: design.strata(),
        warnings: prepared.warnings.clone(),
    };
    table.warn();
    Ok(table)
}

/// The question called `id`; a variable that no question names is a question of its own.
fn question_of<'a>(data: &'a Dataset, id: &QuestionId) -> Result<Cow<'a, Question>, QueryError> {
    if let Some(question) = data.codebook.question(id) {
        return Ok(Cow::Borrowed(question));
    }
    let var = VarId(id.0.clone());
    let index = data.index_of(&var).map_err(|error| QueryError::NoSuchQuestion {
        id: id.0.clone(),
        suggestion: data
            .codebook
            .questions
            .iter()
            .map(|question| &question.id.0)
            .find(|known| known.eq_ignore_ascii_case(&id.0))
            .cloned()
            .or(match error {
                DataError::NoSuchVariable { suggestion, .. } => suggestion,
                _ => None,
            }),
    })?;
    let variable = &data.codebook.variables[index];
    let is_quantity = variable.kind == VariableKind::Numeric || matches!(data.columns[index], Column::Numbers(_));
    Ok(Cow::Owned(Question {
        id: id.clone(),
        concept: None,
        topic: None,
        short: variable_text(variable),
        text: Text::default(),
        kind: if is_quantity {
            QuestionKind::Numeric
        } else {
            QuestionKind::Single
        },
        base: None,
        dont_know: DontKnow::Keep,
        max: None,
        items: vec![item_of(&var)],
        counted: Vec::new(),
        poles: None,
        groups: Vec::new(),
        unions: Vec::new(),
    }))
}

fn item_of(var: &VarId) -> Item {
    Item {
        var: var.clone(),
        more: Vec::new(),
        label: None,
        is: ItemKind::Answer,
        actor: None,
        group: None,
        counted: Vec::new(),
    }
}

fn base_of<'a>(data: &'a Dataset, question: &Question) -> Result<Option<&'a Base>, QueryError> {
    match &question.base {
        None => Ok(None),
        Some(id) => data.codebook.base(id).map(Some).ok_or_else(|| QueryError::NoSuchBase {
            question: question.id.clone(),
            base: id.clone(),
        }),
    }
}

/// What was asked, in words.
fn subject(query: &Query, data: &Dataset, question: Option<&Question>) -> Result<Subject, QueryError> {
    let (kind, title) = match (&query.measure, question) {
        (_, Some(question)) => (
            question.kind,
            first_text([&question.short, &question.text], &question.id.0),
        ),
        (Measure::Mean(var), _) => (QuestionKind::Numeric, variable_text(data.variable(var)?)),
        (Measure::Share(condition), _) => match condition.variables().as_slice() {
            [var] => (QuestionKind::Single, variable_text(data.variable(var)?)),
            _ => (QuestionKind::Single, Text::plain(condition.to_string())),
        },
        (Measure::Question(id), None) => (QuestionKind::Single, Text::plain(id.0.clone())),
    };
    let asked = query
        .dont_know
        .or(question.map(|question| question.dont_know))
        .unwrap_or_default();
    // The scale of a battery or single-choice question is that of its first variable.
    let ordered = match question
        .and_then(|question| question.items.first())
        .map(|item| &item.var)
    {
        Some(var) if matches!(kind, QuestionKind::Single | QuestionKind::Battery) => {
            data.variable(var)?.kind == VariableKind::Ordinal
        }
        _ => false,
    };
    Ok(Subject {
        question: question.map(|question| question.id.clone()),
        kind,
        title,
        text: question.map(|question| question.text.clone()).unwrap_or_default(),
        max: question.and_then(|question| question.max),
        ordered,
        poles: question.and_then(|question| question.poles.clone()),
        // A mean has no place for "don't know".
        dont_know: if kind == QuestionKind::Numeric {
            DontKnow::Drop
        } else {
            asked
        },
        survey: data.codebook.title.clone(),
        source: data.codebook.source.clone(),
        synthetic: data.codebook.synthetic,
    })
}

fn first_text<const N: usize>(texts: [&Text; N], name: &str) -> Text {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_else(|| Text::plain(name))
}

/// The groups of a breakdown, and who is in which.
struct Grouping {
    /// Code and label of each group; one without a code when there is no breakdown.
    keys: Vec<(Option<(VarId, Code)>, Text)>,
    /// One element per respondent: the group, or [`OUT`]. Empty without a breakdown.
    classes: Vec<u16>,
}

impl Grouping {
    /// The answers to `by` that somebody in `scope` gave, in codebook order.
    fn of(by: Option<&VarId>, data: &Dataset, scope: &[bool]) -> Result<Self, QueryError> {
        let Some(by) = by else {
            return Ok(Self {
                keys: vec![(None, Text::default())],
                classes: Vec::new(),
            });
        };
        let coding = Coding::of(data, by)?;
        let places = coding.map(|place, entry| (entry.kind == AnswerKind::Answer).then_some(place), None);
        let mut occurs = vec![false; coding.entries.len()];
        for (place, inside) in places.iter().zip(scope) {
            if let (Some(place), true) = (place, inside) {
                occurs[*place] = true;
            }
        }
        let count = occurs.iter().filter(|occurs| **occurs).count();
        if count > MOST_GROUPS {
            return Err(QueryError::TooManyGroups {
                var: by.clone(),
                groups: count,
                most: MOST_GROUPS,
            });
        }
        let mut keys = Vec::new();
        let mut class_of = vec![OUT; coding.entries.len()];
        for (place, entry) in coding.entries.iter().enumerate().filter(|(place, _)| occurs[*place]) {
            class_of[place] = keys.len() as u16;
            keys.push((Some((by.clone(), entry.code.clone())), entry.label.clone()));
        }
        Ok(Self {
            keys,
            classes: places
                .iter()
                .map(|place| place.map_or(OUT, |place| class_of[place]))
                .collect(),
        })
    }

    /// The group of a respondent.
    fn of_row(&self, row: usize) -> Option<usize> {
        match self.classes.get(row) {
            None => Some(0),
            Some(&OUT) => None,
            Some(&group) => Some(usize::from(group)),
        }
    }

    fn groups(&self, design: &Design, scope: &[bool]) -> Vec<TableGroup> {
        let tally = design.tally(self.keys.len(), |row| self.of_row(row).filter(|_| scope[row]));
        (0..)
            .zip(&self.keys)
            .map(|(group, (key, label))| {
                let (n, n_weighted) = tally.count(group..group + 1);
                TableGroup {
                    key: key.clone(),
                    label: label.clone(),
                    n,
                    n_weighted,
                }
            })
            .collect()
    }
}

/// The rows of a lane with their cells, one per group.
fn lane_rows<'a>(
    lane: &'a Lane,
    grouping: &Grouping,
    design: &Design,
    interval: Interval,
    level: f64,
) -> Vec<(&'a TableItem, Vec<Cell>)> {
    let groups = 0..grouping.keys.len();
    match &lane.answers {
        Answers::Mean { values, item } => {
            let cell = |group| {
                let domain: Vec<bool> = (0..values.len())
                    .map(|row| !values[row].is_nan() && grouping.of_row(row) == Some(group))
                    .collect();
                let estimate = design.mean(&domain, values);
                let (low, high) = interval::of_mean(&estimate, level);
                Cell {
                    estimate,
                    low,
                    high,
                    n_chosen: None,
                }
            };
            vec![(item, groups.map(cell).collect())]
        }
        Answers::Shares { classes, width, rows } => {
            let width = (*width).max(1);
            let cell = |(estimate, n_chosen): (Estimate, usize)| {
                let (low, high) = interval.of_share(&estimate, level);
                Cell {
                    estimate,
                    low,
                    high,
                    n_chosen: Some(n_chosen),
                }
            };
            let class_of = |row: usize| (classes[row] != OUT).then_some(usize::from(classes[row]));
            if design.units() * groups.len() * width <= MOST_SUMS {
                let tally = design.tally(groups.len() * width, |row| {
                    class_of(row).and_then(|class| Some(grouping.of_row(row)? * width + class))
                });
                let domains: Vec<_> = groups
                    .clone()
                    .map(|group| tally.domain(group * width..(group + 1) * width))
                    .collect();
                let share = |group: usize, counted: u16| {
                    let counted = group * width + usize::from(counted);
                    (domains[group].share(counted), tally.count(counted..counted + 1).0)
                };
                rows.iter()
                    .map(|(item, counted)| (item, groups.clone().map(|group| cell(share(group, *counted))).collect()))
                    .collect()
            } else {
                rows.iter()
                    .map(|(item, counted)| {
                        let share = |group| {
                            let tally = design.tally(2, |row| {
                                let class = class_of(row).filter(|_| grouping.of_row(row) == Some(group))?;
                                Some(usize::from(class == usize::from(*counted)))
                            });
                            (tally.domain(0..2).share(1), tally.count(1..2).0)
                        };
                        (item, groups.clone().map(|group| cell(share(group))).collect())
                    })
                    .collect()
            }
        }
    }
}

impl Table {
    /// Adds what should be known about bases.
    fn warn(&mut self) {
        if self.base.n == 0 {
            self.warnings.push(TableWarning::Empty);
            return;
        }
        let mut not_asked = Vec::new();
        for (i, item) in self.items.iter().enumerate() {
            for (g, group) in self.groups.iter().enumerate() {
                let warning = TableWarning::NotAsked {
                    item: item.label.clone(),
                    group: group.label.clone(),
                };
                // A statement of a battery has a row for each answer.
                if self.cell(i, g).estimate.n == 0 && !not_asked.contains(&warning) {
                    not_asked.push(warning);
                }
            }
        }
        self.warnings.extend(not_asked);
        let groups = self.groups.iter().filter(|group| group.n < SMALL_GROUP).count();
        if groups > 0 {
            self.warnings.push(TableWarning::SmallGroups { groups });
        }
    }
}
