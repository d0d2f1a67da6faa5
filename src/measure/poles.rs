//! A battery with poles in, [`Lane`]s out: for every statement the shares at its poles and between them, and the net of
//! the two.

use super::boxes::{in_each_language, worded};
use super::lanes::{Answers, Lane, OUT, Scale};
use super::query::QueryError;
use super::table::{RowKind, TableItem};
use crate::data::{Code, Dataset, DontKnow, Poles, Question, QuestionKind, Text};
use crate::words;

/// Rows for each statement: where a pole has several answers those of both poles, from the outermost negative one to
/// the outermost positive one; the negative pole, the neutral answers if there are any, the positive pole; "don't know"
/// and "not relevant" if the policy keeps them; the net, as the mean of a score of −1, 0 and 1.
pub(super) fn of_battery(
    question: &Question,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Vec<Lane>, QueryError> {
    let poles = match (&question.poles, question.kind) {
        (Some(poles), QuestionKind::Battery | QuestionKind::Single) => poles,
        _ => {
            return Err(QueryError::NoPoles {
                question: question.id.clone(),
            });
        }
    };
    let scales = Scale::of(&question.items, dont_know, data, scope)?;
    let lanes = scales.into_iter().flat_map(|scale| statement(scale, question, poles));
    Ok(lanes.collect())
}

fn statement(scale: Scale, question: &Question, poles: &Poles) -> [Lane; 2] {
    let item = TableItem {
        group: super::lanes::group_label(&scale.item, question),
        ..scale.row.clone()
    };
    let row = |name: &str, answer: Text, kind: RowKind| TableItem {
        id: format!("{}:{name}", item.id),
        answer,
        kind,
        ..item.clone()
    };
    let graded = |code: &Code, answer: &Text, kind: RowKind| TableItem {
        id: format!("{}={code}", item.id),
        answer: answer.clone(),
        code: Some(code.clone()),
        kind,
        ..item.clone()
    };
    let place = |code: &Code| scale.answers.iter().position(|(known, _, _)| known == code);
    let places = |codes: &[Code]| codes.iter().filter_map(place).map(|place| place as u32).collect();
    let negative: Vec<u32> = places(&poles.negative);
    let positive: Vec<u32> = places(&poles.positive);
    let of_kind = |wanted: RowKind| -> Vec<u32> {
        let answers = (0..).zip(&scale.answers);
        let of_kind = answers.filter(|(_, (_, _, kind))| *kind == wanted);
        of_kind.map(|(place, _)| place).collect()
    };
    let mut neutral = of_kind(RowKind::Answer);
    neutral.retain(|place| !negative.contains(place) && !positive.contains(place));
    let answer = |place: &u32| &scale.answers[*place as usize];
    let joined = |places: &[u32]| {
        in_each_language(|language| {
            let labels: Vec<&str> = places.iter().map(|place| answer(place).1.get(language)).collect();
            words::choice(language, &labels)
        })
    };
    let mut rows = Vec::new();
    if negative.len() > 1 || positive.len() > 1 {
        for place in negative.iter().chain(positive.iter().rev()) {
            let (code, label, kind) = answer(place);
            rows.push((graded(code, label, *kind), vec![*place]));
        }
    }
    rows.push((row("negative", joined(&negative), RowKind::Negative), negative.clone()));
    if !neutral.is_empty() {
        rows.push((row("neutral", joined(&neutral), RowKind::Neutral), neutral));
    }
    rows.push((row("positive", joined(&positive), RowKind::Positive), positive.clone()));
    for place in [RowKind::DontKnow, RowKind::NotRelevant].into_iter().flat_map(of_kind) {
        let (code, label, kind) = answer(&place);
        rows.push((graded(code, label, *kind), vec![place]));
    }
    let score = |class: &u16| match *class {
        OUT => f64::NAN,
        class if positive.contains(&u32::from(class)) => 1.0,
        class if negative.contains(&u32::from(class)) => -1.0,
        _ => 0.0,
    };
    let net = Answers::Mean {
        values: scale.classes.iter().map(score).collect(),
        item: row("net", worded("row-net", &[]), RowKind::Net),
    };
    let shares = Answers::Unions {
        classes: scale.classes.iter().map(|class| super::lanes::wide(*class)).collect(),
        width: scale.answers.len(),
        rows,
    };
    [Lane { answers: shares }, Lane { answers: net }]
}
