//! Questions whose items are about actors in, [`Lane`]s out: the role of every actor over several questions, and the
//! profile of one.

use std::collections::BTreeMap;

use super::boxes::{worded, words_only};
use super::coding::Coding;
use super::lanes::{self, CHOSEN, Lane, NOT_CHOSEN, OUT};
use super::query::QueryError;
use super::table::{RowKind, TableItem};
use crate::data::{Codebook, Dataset, DontKnow, Labelled, Question, QuestionKind, Text, VarId};

/// A question with those who are in its own base and the filter.
type Asked = (Question, Vec<bool>);

/// The concepts of the questions that make up a role, in the order of its parts.
const CONCEPTS: [&str; 3] = ["initiators", "factors", "partners"];

/// The questions that make up a role: initiators, factors with poles, partners, as far as they name actors.
pub fn role_questions(codebook: &Codebook) -> Vec<&Question> {
    let with_concept = |concept: &&str| {
        let mut questions = codebook.questions.iter();
        questions.find(|question| question.concept.as_deref() == Some(*concept))
    };
    let fits = |question: &&Question| {
        let kind = match question.kind {
            QuestionKind::Multiple => true,
            QuestionKind::Battery => question.poles.is_some(),
            QuestionKind::Single | QuestionKind::Numeric => false,
        };
        kind && question.items.iter().any(|item| item.actor.is_some())
    };
    CONCEPTS.iter().filter_map(with_concept).filter(fits).collect()
}

/// The breakdowns by whether an actor plays a role that a survey has: what they are asked for by, and their names.
pub fn role_breakdowns(data: &Dataset) -> Vec<(VarId, Text)> {
    let actors = data.codebook.actors.iter();
    let breakdowns = actors.filter_map(|actor| {
        let by = VarId(format!("{ROLE}{}", actor.id));
        let name = Breakdown::of(&by, data)?.name();
        Some((by, name))
    });
    breakdowns.collect()
}

/// What a breakdown by a role begins with.
const ROLE: &str = "role:";

/// A breakdown by whether an actor plays a role, asked for as `role:citizens` where other breakdowns name a variable.
pub(super) struct Breakdown<'a> {
    pub actor: &'a Labelled,
    pub questions: Vec<&'a Question>,
}

impl<'a> Breakdown<'a> {
    /// The breakdown that `by` asks for; `None`: it names a variable, or nothing.
    pub fn of(by: &VarId, data: &'a Dataset) -> Option<Self> {
        let id = by.0.strip_prefix(ROLE)?;
        let actor = data.codebook.actors.iter().find(|actor| actor.id == id)?;
        let questions = role_questions(&data.codebook);
        let about = |question: &&Question| question.items.iter().any(|item| item.actor.as_ref() == Some(&actor.id));
        (questions.iter().any(about) && data.variable(by).is_err()).then_some(Self { actor, questions })
    }

    /// For people.
    pub fn name(&self) -> Text {
        worded("by-role", &[("actor", &self.actor.label)])
    }
}

/// Whether an actor plays a role for each respondent in `base`: [`CHOSEN`], [`NOT_CHOSEN`], or [`OUT`].
pub(super) fn ticks(
    actor: &Labelled,
    questions: &[Asked],
    data: &Dataset,
    base: &[bool],
) -> Result<Vec<u16>, QueryError> {
    let mut role = vec![OUT; data.rows];
    for asked in questions {
        for (_, ticks) in about(asked, None, data, base, |id| id == actor.id)? {
            lanes::at_least_one(&mut role, &ticks);
        }
    }
    Ok(role)
}

/// The lanes of roles: for every actor, who has an item about it in one of `questions`. `base`: who counts at all.
pub(super) fn roles(
    questions: &[Asked],
    dont_know: Option<DontKnow>,
    data: &Dataset,
    base: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    let mut of_actor: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for asked in questions {
        for (actor, ticks) in about(asked, dont_know, data, base, |_| true)? {
            let all = of_actor.entry(actor).or_insert_with(|| vec![OUT; data.rows]);
            lanes::at_least_one(all, &ticks);
        }
    }
    let lanes: Vec<Lane> = data
        .codebook
        .actors
        .iter()
        .filter_map(|actor| {
            let ticks = of_actor.remove(&actor.id)?;
            Some(lanes::chosen_lane(row(actor, RowKind::Answer), ticks))
        })
        .collect();
    match lanes.is_empty() {
        true => Err(nobody(questions)),
        false => Ok(lanes),
    }
}

/// The lanes of one actor: its role, then its part in each question. A question without an item about it was not asked.
pub(super) fn profile(
    actor: &str,
    questions: &[Asked],
    dont_know: Option<DontKnow>,
    data: &Dataset,
    base: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    let actor = actor_of(actor, data)?;
    let mut role = vec![OUT; data.rows];
    let mut parts = Vec::new();
    let mut has_item = false;
    for asked in questions {
        let mut part = vec![OUT; data.rows];
        for (_, ticks) in about(asked, dont_know, data, base, |id| id == actor.id)? {
            has_item = true;
            lanes::at_least_one(&mut part, &ticks);
        }
        lanes::at_least_one(&mut role, &part);
        let item = TableItem {
            id: asked.0.id.0.clone(),
            label: part_label(&asked.0),
            actor: Some(actor.id.clone()),
            kind: RowKind::Part,
            ..TableItem::default()
        };
        parts.push(lanes::chosen_lane(item, part));
    }
    if !has_item {
        return Err(QueryError::NoRole {
            actor: actor.id.clone(),
            questions: names(questions),
        });
    }
    let union = row(actor, RowKind::Union { highlight: true });
    Ok(std::iter::once(lanes::chosen_lane(union, role)).chain(parts).collect())
}

/// The actor called `id`.
pub(super) fn actor_of<'a>(id: &str, data: &'a Dataset) -> Result<&'a Labelled, QueryError> {
    let actors = &data.codebook.actors;
    let found = actors.iter().find(|actor| actor.id == id);
    found.ok_or_else(|| QueryError::NoSuchActor {
        actor: id.to_owned(),
        known: match actors.is_empty() {
            true => "The codebook describes none.".to_owned(),
            false => {
                let ids: Vec<&str> = actors.iter().map(|actor| actor.id.as_str()).collect();
                format!("Those of the codebook are {}.", ids.join(", "))
            }
        },
    })
}

/// What is said of wanted actors in a question: boxes chosen, statements answered at the positive pole.
fn about(
    (question, scope): &Asked,
    dont_know: Option<DontKnow>,
    data: &Dataset,
    base: &[bool],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u16>)>, QueryError> {
    let items = question.items.iter().enumerate();
    let items: Vec<_> = items
        .filter_map(|(place, item)| Some((place, item, item.actor.clone().filter(|actor| wanted(actor))?)))
        .collect();
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    match question.kind {
        QuestionKind::Multiple => {
            let policy = dont_know.unwrap_or(question.dont_know);
            let mut boxes = lanes::boxes(question, policy, data, scope)?;
            for (place, _, actor) in items {
                found.push((actor, std::mem::take(&mut boxes[place])));
            }
        }
        _ => {
            let positive = question.poles.as_ref().map(|poles| poles.positive.as_slice());
            for (_, item, actor) in items {
                let counted = match item.counted.as_slice() {
                    [] => positive.unwrap_or(&question.counted),
                    own => own,
                };
                if counted.is_empty() {
                    continue;
                }
                let mut ticks = lanes::ticks(counted, &Coding::of(data, &item.var)?);
                for (tick, inside) in ticks.iter_mut().zip(scope) {
                    *tick = match (*inside, *tick) {
                        (true, CHOSEN) => CHOSEN,
                        (false, _) | (_, OUT) => OUT,
                        // "Don't know" and "not relevant" are no role.
                        _ => NOT_CHOSEN,
                    };
                }
                found.push((actor, ticks));
            }
        }
    }
    for (_, ticks) in &mut found {
        for (tick, inside) in ticks.iter_mut().zip(base) {
            if !inside {
                *tick = OUT;
            }
        }
    }
    Ok(found)
}

fn row(actor: &Labelled, kind: RowKind) -> TableItem {
    TableItem {
        id: actor.id.clone(),
        label: actor.label.clone(),
        actor: Some(actor.id.clone()),
        kind,
        ..words_only("", "row-any")
    }
}

/// What an actor does that a question asks about: "Initiated"; else the question's own name.
fn part_label(question: &Question) -> Text {
    let key = match question.concept.as_deref() {
        Some("initiators") => "row-part-initiators",
        Some("factors") => "row-part-factors",
        Some("partners") => "row-part-partners",
        _ => return super::answer::first_text([&question.short, &question.text], &question.id.0),
    };
    worded(key, &[])
}

fn nobody(questions: &[Asked]) -> QueryError {
    QueryError::NoActors {
        questions: names(questions),
    }
}

fn names(questions: &[Asked]) -> String {
    let names: Vec<&str> = questions.iter().map(|(question, _)| question.id.0.as_str()).collect();
    names.join(", ")
}
