//! A [`Query`] with its data set and design in, the [`Table`] out.

use std::borrow::Cow;

use super::boxes::{self, Boxes};
use super::cells::Making;
use super::coding::Coding;
use super::compare::MOST_TESTED;
use super::lanes::{self, Answers, Lane, OUT};
use super::network;
use super::numeric;
use super::outcome;
use super::poles;
use super::query::{BoxView, Measure, Percent, Query, QueryError, Statistic};
use super::roles;
use super::rounds;
use super::sampling::Prepared;
use super::table::{RowKind, Subject, Table, TableBase, TableGroup, TableWarning};
use super::unticked;
use crate::data::{
    AnswerKind, Base, Code, Column, Condition, DataError, Dataset, DontKnow, Item, ItemKind, Question, QuestionId,
    QuestionKind, Role, Text, VarId, VariableKind,
};
use crate::filter::{self, variable_text};
use crate::stats::Design;

/// The most groups of a breakdown.
const MOST_GROUPS: usize = 60;

/// Groups with fewer respondents are warned of.
const SMALL_GROUP: usize = 30;

pub(super) fn table(query: &Query, data: &Dataset, prepared: &Prepared) -> Result<Table, QueryError> {
    let level = level_of(&query.level)?;
    let design = &prepared.design;
    let question = match query.measure.question() {
        Some(id) => Some(question_of(data, id)?),
        None => None,
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
    let mut warnings = prepared.warnings.clone();
    let lanes = {
        let of = LanesOf {
            query,
            dont_know: subject.dont_know,
            data,
            design,
            scope: &scope,
        };
        of.lanes(question.as_deref(), &mut warnings)?
    };
    if let Some(question) = question.as_deref() {
        warnings.extend(unticked::warning(question, data, &scope)?);
    }
    if query.percent != Percent::Group {
        let are_shares = |lane: &Lane| matches!(lane.answers, Answers::Shares { .. } | Answers::Unions { .. });
        if query.by.is_none() || !lanes.iter().all(are_shares) {
            return Err(QueryError::NoPercent);
        }
        if query.compare.pairs.is_some() {
            return Err(QueryError::PercentCompared);
        }
    }
    let mut answered = vec![false; data.rows];
    for lane in &lanes {
        lane.mark(&mut answered);
    }
    scope
        .iter_mut()
        .zip(&answered)
        .for_each(|(inside, answered)| *inside &= answered);
    let grouping = Grouping::of(query.by.as_ref(), data, &scope)?;
    let marks: Vec<u16> = scope.iter().map(|inside| if *inside { 0 } else { OUT }).collect();
    let ((n, n_weighted), groups) = rayon::join(
        || design.tally_classes(None, 1, &marks, 1).count(0..1),
        || grouping.groups(design, &marks),
    );
    let ungrouped = n - groups.iter().map(|group| group.n).sum::<usize>();
    let making = Making {
        query,
        grouping: &grouping,
        design,
        level,
    };
    let mut made = making.rows(&lanes);
    for (place, cell) in made.cells.iter_mut().enumerate() {
        // The difference of two shares goes no further.
        if made.items[place / making.groups()].kind == RowKind::Net {
            (cell.low, cell.high) = (cell.low.clamp(-1.0, 1.0), cell.high.clamp(-1.0, 1.0));
        }
    }
    let ties = match &query.measure {
        Measure::Boxes {
            view: BoxView::Network, ..
        } => network::ties(&making, &lanes),
        _ => Vec::new(),
    };
    let mut filter = filter::describe(&query.filter, data);
    filter.kept.extend(box_given(query, question.as_deref(), data)?);
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
            Some(by) => match roles::Breakdown::of(by, data) {
                Some(role) => role.name(),
                None => variable_text(data.variable(by)?),
            },
            None => Text::default(),
        },
        by_answers: grouping.answers,
        by_ordered: grouping.ordered,
        items: made.items,
        groups,
        cells: made.cells,
        ties,
        outcome: None,
        controls: Vec::new(),
        model: None,
        comparisons: made.comparisons,
        strata: design.strata(),
        warnings,
    };
    if let Some(var) = query.by.clone().filter(|_| ungrouped > 0) {
        let rows = ungrouped;
        table.warnings.push(TableWarning::NoGroup { var, rows });
    }
    table.warnings.extend(unknown_codes(query, data)?);
    table.warnings.extend(unconfirmed(query, data, &table.subject));
    if made.untested {
        table.warnings.push(TableWarning::NotTested { most: MOST_TESTED });
    }
    table.warn();
    Ok(table)
}

/// A confidence level.
pub(super) fn level_of(level: &Code) -> Result<f64, QueryError> {
    match level {
        Code::Number(level) if *level > 0.0 && *level < 1.0 => Ok(*level),
        _ => Err(QueryError::Level { level: level.clone() }),
    }
}

/// What the query uses although it is a guess that nobody has confirmed.
pub(super) fn unconfirmed(query: &Query, data: &Dataset, subject: &Subject) -> Option<TableWarning> {
    let guesses = &data.codebook.unconfirmed;
    let mut what = Vec::new();
    if let Some(question) = &subject.question
        && guesses.questions.contains(question)
    {
        what.push(subject.title.clone());
    }
    let design = &query.design;
    let variables = design.weight.iter().chain(&design.strata);
    let variables = variables
        .chain(&design.population)
        .chain(&design.cluster)
        .chain(&query.by);
    for var in variables.filter(|var| guesses.roles.contains(var)) {
        let text = data.codebook.variable(var).map(variable_text);
        what.extend(text.filter(|text| !what.contains(text)));
    }
    (!what.is_empty()).then_some(TableWarning::Unconfirmed { what })
}

/// The numbers that the query's conditions name though nothing has them. (Texts that nothing has are errors.)
pub(super) fn unknown_codes(query: &Query, data: &Dataset) -> Result<Vec<TableWarning>, QueryError> {
    let mut conditions = vec![query.filter.clone()];
    if let Measure::Share(condition) | Measure::Count(condition) = &query.measure {
        conditions.push(condition.clone());
    }
    let mut named = Vec::new();
    for condition in &mut conditions {
        condition.each_mention(&mut |var, codes| {
            let numbers = codes.iter().filter(|code| code.number().is_some());
            named.extend(numbers.map(|code| (var.clone(), code.clone())));
        });
    }
    let mut warnings = Vec::new();
    for (var, code) in named {
        let known = data.variable(&var)?.value(&code).is_some()
            || match data.column(&var)? {
                Column::Coded { levels, .. } => {
                    levels.contains(&code) || levels.contains(&Code::Text(code.to_string()))
                }
                Column::Numbers(numbers) => numbers.iter().any(|number| Code::Number(*number) == code),
            };
        let warning = TableWarning::NoSuchCode { var, code };
        if !known && !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    Ok(warnings)
}

/// What lanes are made from.
struct LanesOf<'a> {
    query: &'a Query,
    dont_know: DontKnow,
    data: &'a Dataset,
    design: &'a Design,
    scope: &'a [bool],
}

impl LanesOf<'_> {
    /// What every respondent in scope answered.
    fn lanes(&self, question: Option<&Question>, warnings: &mut Vec<TableWarning>) -> Result<Vec<Lane>, QueryError> {
        let Self {
            query,
            dont_know,
            data,
            design,
            scope,
        } = *self;
        let one = |lane: Result<Lane, QueryError>| lane.map(|lane| vec![lane]);
        match (&query.measure, question) {
            (Measure::Share(condition), _) => one(lanes::of_condition(condition, dont_know, data, scope)),
            (Measure::Count(condition), _) => one(numeric::count(condition, dont_know, data, scope)),
            (Measure::Mean(var), _) => one(numeric::mean(&item_of(var), data, scope)),
            (Measure::Total(var), _) => one(numeric::total(&item_of(var), data, scope)),
            (Measure::Ratio { above, below }, _) => one(numeric::ratio(&item_of(above), &item_of(below), data, scope)),
            (Measure::Quantiles { var, at }, _) => {
                let share = |at: &Code| match at.number() {
                    Some(p) if 0.0 < p && p < 1.0 => Ok(p),
                    _ => Err(QueryError::Quantile { at: at.clone() }),
                };
                let shares = at.iter().map(share).collect::<Result<Vec<f64>, _>>()?;
                one(numeric::quantiles(&item_of(var), &shares, data, scope))
            }
            (Measure::Question(_), Some(question)) => lanes::of_question(question, dont_know, data, scope),
            (Measure::Boxes { view, groups, .. }, Some(question)) => {
                let boxes = Boxes::of(question, *groups, dont_know, data, scope)?;
                boxes::of_view(boxes, question, view, design, warnings)
            }
            (Measure::Poles(_), Some(question)) => poles::of_battery(question, dont_know, data, scope),
            (Measure::Roles(ids), _) => roles::roles(&self.asked(ids)?, query.dont_know, data, scope),
            (Measure::Profile { actor, questions }, _) => {
                roles::profile(actor, &self.asked(questions)?, query.dont_know, data, scope)
            }
            // Made from other tables than this one.
            (Measure::Effect(_) | Measure::Model(_) | Measure::Response(_), _) => Ok(Vec::new()),
            // A measure about a question has one.
            (Measure::Question(_) | Measure::Boxes { .. } | Measure::Poles(_), None) => Ok(Vec::new()),
        }
    }

    /// Questions, each with those who are in its base.
    fn asked(&self, ids: &[QuestionId]) -> Result<Vec<(Question, Vec<bool>)>, QueryError> {
        let of = |id: &QuestionId| {
            let question = question_of(self.data, id)?.into_owned();
            let base = base_of(self.data, &question)?;
            let when = base.map_or(Condition::Everyone, |base| base.when.clone());
            Ok((question, filter::mark(&when, self.data)?.marks))
        };
        ids.iter().map(of).collect()
    }
}

/// The box that all of the base have, in words, where the query asks only of those.
fn box_given(
    query: &Query,
    question: Option<&Question>,
    data: &Dataset,
) -> Result<Option<(Text, Vec<Text>)>, QueryError> {
    let Measure::Boxes {
        view: BoxView::Constellation(given) | BoxView::Conditional(Some(given)),
        groups,
        ..
    } = &query.measure
    else {
        return Ok(None);
    };
    let mut known = question.iter().flat_map(|question| &question.groups);
    if let Some(group) = known.find(|group| *groups && group.id == given.0) {
        return Ok(Some((group.label.clone(), vec![boxes::worded("row-chosen", &[])])));
    }
    let items = question.iter().flat_map(|question| &question.items);
    let Some(item) = items.into_iter().find(|item| lanes::id_of(item) == given.0) else {
        return Ok(None);
    };
    let label = lanes::table_item(item, RowKind::Answer, question, data)?.label;
    Ok(Some((label, vec![boxes::worded("row-chosen", &[])])))
}

/// The question called `id`; a variable that no question names is a question of its own.
pub(super) fn question_of<'a>(data: &'a Dataset, id: &QuestionId) -> Result<Cow<'a, Question>, QueryError> {
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

/// The base that a question's codebook names.
pub(super) fn base_of<'a>(data: &'a Dataset, question: &Question) -> Result<Option<&'a Base>, QueryError> {
    match &question.base {
        None => Ok(None),
        Some(id) => data.codebook.base(id).map(Some).ok_or_else(|| QueryError::NoSuchBase {
            question: question.id.clone(),
            base: id.clone(),
        }),
    }
}

/// What was asked, in words.
pub(super) fn subject(query: &Query, data: &Dataset, question: Option<&Question>) -> Result<Subject, QueryError> {
    let (kind, title) = match (&query.measure, question) {
        (Measure::Profile { actor, .. }, _) => (QuestionKind::Multiple, roles::actor_of(actor, data)?.label.clone()),
        (_, Some(question)) => (
            question.kind,
            first_text([&question.short, &question.text], &question.id.0),
        ),
        (Measure::Mean(var) | Measure::Total(var) | Measure::Quantiles { var, .. } | Measure::Response(var), _) => {
            (QuestionKind::Numeric, variable_text(data.variable(var)?))
        }
        (Measure::Ratio { above, below }, _) => {
            let texts = (
                variable_text(data.variable(above)?),
                variable_text(data.variable(below)?),
            );
            let title = boxes::worded("row-ratio", &[("above", &texts.0), ("below", &texts.1)]);
            (QuestionKind::Numeric, title)
        }
        (Measure::Share(condition) | Measure::Count(condition), _) => match condition.variables().as_slice() {
            [var] => (QuestionKind::Single, variable_text(data.variable(var)?)),
            _ => (QuestionKind::Single, Text::plain(condition.to_string())),
        },
        (measure, None) => {
            let id = measure.question().map(|id| id.0.clone()).unwrap_or_default();
            (QuestionKind::Single, Text::plain(id))
        }
    };
    // What is no share is drawn as a number.
    let kind = match query.measure.statistic(kind) {
        Statistic::Share => match &query.measure {
            Measure::Roles(_) => QuestionKind::Multiple,
            _ => kind,
        },
        _ => QuestionKind::Numeric,
    };
    let asked = query
        .dont_know
        .or(question.map(|question| question.dont_know))
        .or_else(|| policy_of_share(query, data))
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
        // A role is asked about in several questions.
        text: match (&query.measure, question) {
            (Measure::Profile { .. }, _) | (_, None) => Text::default(),
            (_, Some(question)) => question.text.clone(),
        },
        max: question.and_then(|question| question.max),
        ordered,
        poles: question.and_then(|question| question.poles.clone()),
        // A mean has no place for "don't know".
        dont_know: if matches!(query.measure, Measure::Mean(_))
            || question.is_some_and(|q| q.kind == QuestionKind::Numeric)
        {
            DontKnow::Drop
        } else {
            asked
        },
        survey: data.codebook.title.clone(),
        source: data.codebook.source.clone(),
        synthetic: data.codebook.synthetic,
    })
}

/// The policy of the questions that a share's one variable belongs to: a share of an answer is then the one that its
/// question shows.
fn policy_of_share(query: &Query, data: &Dataset) -> Option<DontKnow> {
    match &query.measure {
        Measure::Share(condition) | Measure::Count(condition) => outcome::policy(condition, data),
        _ => None,
    }
}

pub(super) fn first_text<const N: usize>(texts: [&Text; N], name: &str) -> Text {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_else(|| Text::plain(name))
}

/// The groups of a breakdown, and who is in which.
pub(super) struct Grouping {
    /// Each group without its count; one without a code when there is no breakdown.
    pub keys: Vec<TableGroup>,
    /// How many answers the variable has, given or not.
    answers: usize,
    /// Whether these have an order.
    ordered: bool,
    /// One element per respondent: the group, or [`OUT`]. Empty without a breakdown.
    classes: Vec<u16>,
}

impl Grouping {
    /// The answers to `by` that somebody in `scope` gave, in codebook order.
    fn of(by: Option<&VarId>, data: &Dataset, scope: &[bool]) -> Result<Self, QueryError> {
        let Some(by) = by else {
            return Ok(Self {
                keys: vec![TableGroup::default()],
                answers: 1,
                ordered: false,
                classes: Vec::new(),
            });
        };
        if let Some(role) = roles::Breakdown::of(by, data) {
            return Self::of_role(&role, by, data, scope);
        }
        let coding = Coding::of(data, by)?;
        const NO_PLACE: u32 = u32::MAX;
        let place_of = |place: usize, kind| {
            if kind == AnswerKind::Answer {
                place as u32
            } else {
                NO_PLACE
            }
        };
        let places = coding.map(|place, entry| place_of(place, entry.kind), NO_PLACE);
        // One place more, for those who are in no group.
        let mut occurs = vec![false; coding.entries.len() + 1];
        for (place, inside) in places.iter().zip(scope) {
            let place = if *inside {
                (*place as usize).min(coding.entries.len())
            } else {
                coding.entries.len()
            };
            occurs[place] = true;
        }
        occurs.pop();
        let count = occurs.iter().filter(|occurs| **occurs).count();
        if count > MOST_GROUPS {
            return Err(QueryError::TooManyGroups {
                var: by.clone(),
                groups: count,
                most: MOST_GROUPS,
            });
        }
        let mut keys = Vec::new();
        let mut class_of = vec![OUT; coding.entries.len() + 1];
        let answers = coding.entries.iter().enumerate();
        let answers: Vec<_> = answers.filter(|(_, entry)| entry.kind == AnswerKind::Answer).collect();
        for (place, (entry_place, entry)) in answers.iter().enumerate().filter(|(_, (place, _))| occurs[*place]) {
            class_of[*entry_place] = keys.len() as u16;
            keys.push(TableGroup {
                key: Some((by.clone(), entry.code.clone())),
                label: entry.label.clone(),
                place,
                ..TableGroup::default()
            });
        }
        if data.variable(by)?.role == Some(Role::Round) {
            let rounds = keys.iter().filter_map(|key| Some((&key.label, &key.key.as_ref()?.1)));
            let places = rounds::places(&rounds.collect::<Vec<_>>());
            for (key, at) in keys.iter_mut().zip(places) {
                key.at = Some(at);
            }
        }
        Ok(Self {
            keys,
            answers: answers.len(),
            ordered: data.variable(by)?.kind == VariableKind::Ordinal,
            classes: places
                .iter()
                .map(|place| class_of[(*place as usize).min(coding.entries.len())])
                .collect(),
        })
    }

    /// Those for whom an actor plays a role, and the others.
    fn of_role(role: &roles::Breakdown<'_>, by: &VarId, data: &Dataset, scope: &[bool]) -> Result<Self, QueryError> {
        let mut asked = Vec::new();
        for question in &role.questions {
            let when = base_of(data, question)?.map_or(Condition::Everyone, |base| base.when.clone());
            asked.push(((*question).clone(), filter::mark(&when, data)?.marks));
        }
        let ticks = roles::ticks(role.actor, &asked, data, scope)?;
        let groups = [
            (1.0, lanes::CHOSEN, "group-role"),
            (0.0, lanes::NOT_CHOSEN, "group-no-role"),
        ];
        let mut keys = Vec::new();
        let mut class_of = [OUT; 2];
        for (place, (code, tick, words)) in groups.into_iter().enumerate() {
            if ticks.contains(&tick) {
                class_of[place] = keys.len() as u16;
                keys.push(TableGroup {
                    key: Some((by.clone(), Code::Number(code))),
                    label: boxes::worded(words, &[]),
                    place,
                    ..TableGroup::default()
                });
            }
        }
        let class = |tick: &u16| match *tick {
            lanes::CHOSEN => class_of[0],
            lanes::NOT_CHOSEN => class_of[1],
            _ => OUT,
        };
        Ok(Self {
            keys,
            answers: 2,
            ordered: false,
            classes: ticks.iter().map(class).collect(),
        })
    }

    /// The group of each respondent, or [`OUT`]; `None` without a breakdown.
    pub fn classes(&self) -> Option<&[u16]> {
        (!self.classes.is_empty()).then_some(self.classes.as_slice())
    }

    /// The group of a respondent.
    pub fn of_row(&self, row: usize) -> Option<usize> {
        match self.classes.get(row) {
            None => Some(0),
            Some(&OUT) => None,
            Some(&group) => Some(usize::from(group)),
        }
    }

    /// `scope`: 0 for those in the base, else [`OUT`].
    fn groups(&self, design: &Design, scope: &[u16]) -> Vec<TableGroup> {
        let tally = design.tally_classes(self.classes(), self.keys.len(), scope, 1);
        (0..)
            .zip(&self.keys)
            .map(|(group, key)| {
                let (n, n_weighted) = tally.count(group..group + 1);
                TableGroup {
                    n,
                    n_weighted,
                    ..key.clone()
                }
            })
            .collect()
    }
}

impl Table {
    /// Adds what should be known about bases.
    pub(super) fn warn(&mut self) {
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
        self.warn_of_small_groups();
    }

    /// Says how many groups have few respondents.
    pub(super) fn warn_of_small_groups(&mut self) {
        let groups = self.groups.iter().filter(|group| group.n < SMALL_GROUP).count();
        if groups > 0 {
            self.warnings.push(TableWarning::SmallGroups { groups });
        }
    }
}
