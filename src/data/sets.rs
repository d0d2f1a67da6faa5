//! The multiple-response sets of an SPSS file in, questions out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Column;
use super::codebook::{
    AnswerKind, Code, Codebook, DontKnow, Item, ItemKind, Question, QuestionId, QuestionKind, Text, VarId, Variable,
};
use super::error::DataWarning;

/// A multiple-response set as an SPSS file declares it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnswerSet {
    /// With its `$`.
    pub name: String,
    pub label: Text,
    pub vars: Vec<VarId>,
    pub kind: SetKind,
}

/// How the variables of a set hold the answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SetKind {
    /// One variable per box; this code means "chosen". The boxes are named by the variables' labels, or by the label
    /// of the counted code.
    Dichotomies { counted: Code, labels_of_counted: bool },
    /// The first, second … answer, each in a variable of its own on the same codes.
    Categories,
}

/// Items times variables of all category sets together; more is no survey.
const MOST_CELLS: usize = 500_000;

/// Adds a question for every set that the codebook's questions leave free: the codebook wins where it speaks.
pub(crate) fn add_questions(
    codebook: &mut Codebook,
    columns: &[Column],
    sets: Vec<AnswerSet>,
    warnings: &mut Vec<DataWarning>,
) {
    let used: HashSet<VarId> = codebook
        .questions
        .iter()
        .flat_map(|question| &question.items)
        .map(|item| item.var.clone())
        .collect();
    let place: HashMap<VarId, usize> = codebook
        .variables
        .iter()
        .enumerate()
        .map(|(i, variable)| (variable.name.clone(), i))
        .collect();
    let mut taken: HashSet<QuestionId> = codebook.questions.iter().map(|question| question.id.clone()).collect();
    let mut cells = 0usize;
    for set in sets {
        let id = QuestionId(set.name.clone());
        let members: Vec<usize> = set.vars.iter().filter_map(|var| place.get(var).copied()).collect();
        if members.is_empty() || set.vars.iter().any(|var| used.contains(var)) || !taken.insert(id.clone()) {
            continue;
        }
        let members: Vec<(&Variable, &Column)> = members
            .into_iter()
            .map(|i| (&codebook.variables[i], &columns[i]))
            .collect();
        if set.kind == SetKind::Categories {
            let labels = members
                .iter()
                .map(|(variable, column)| variable.values.len() + levels(column).len());
            cells = cells.saturating_add(members.len().saturating_mul(labels.sum()));
            if cells > MOST_CELLS {
                warnings.push(DataWarning::PassedOver { what: set.name });
                continue;
            }
        }
        let question = question(id, &set, &members);
        codebook.questions.push(question);
    }
}

fn levels(column: &Column) -> &[Code] {
    match column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    }
}

fn question(id: QuestionId, set: &AnswerSet, members: &[(&Variable, &Column)]) -> Question {
    let (items, counted) = match &set.kind {
        SetKind::Dichotomies {
            counted,
            labels_of_counted,
        } => {
            let items = members
                .iter()
                .map(|(variable, _)| Item {
                    label: (*labels_of_counted)
                        .then(|| variable.value(counted).map(|value| value.label.clone()))
                        .flatten()
                        .filter(|label| !label.is_empty()),
                    ..item(variable.name.clone())
                })
                .collect();
            (items, vec![counted.clone()])
        }
        SetKind::Categories => (category_items(members), Vec::new()),
    };
    Question {
        id,
        concept: None,
        topic: None,
        short: set.label.clone(),
        text: Text::default(),
        kind: QuestionKind::Multiple,
        base: None,
        dont_know: DontKnow::default(),
        max: None,
        items,
        counted,
        poles: None,
        groups: Vec::new(),
        unions: Vec::new(),
    }
}

fn item(var: VarId) -> Item {
    Item {
        var,
        more: Vec::new(),
        label: None,
        is: ItemKind::Answer,
        actor: None,
        group: None,
        counted: Vec::new(),
    }
}

/// One item for every code that is labelled or occurs and is an answer: labelled ones in the order of the labels.
fn category_items(members: &[(&Variable, &Column)]) -> Vec<Item> {
    let mut codes: Vec<(Code, Text, AnswerKind)> = Vec::new();
    let mut known = HashSet::new();
    for (variable, _) in members {
        for value in &variable.values {
            let is = match value.is {
                AnswerKind::Answer => variable.kind_by_range(&value.code),
                is => is,
            };
            if known.insert(value.code.clone()) && is.is_valid() {
                codes.push((value.code.clone(), value.label.clone(), is));
            }
        }
    }
    let mut unlabelled = BTreeMap::new();
    for (variable, column) in members {
        for level in levels(column) {
            if !known.contains(level) && variable.kind_by_range(level).is_valid() {
                unlabelled.insert(level.clone(), Text::plain(level.to_string()));
            }
        }
    }
    codes.extend(
        unlabelled
            .into_iter()
            .map(|(code, label)| (code, label, AnswerKind::Answer)),
    );
    let vars: Vec<VarId> = members.iter().map(|(variable, _)| variable.name.clone()).collect();
    let Some((first, others)) = vars.split_first() else {
        return Vec::new();
    };
    codes
        .into_iter()
        .map(|(code, label, is)| Item {
            more: others.to_vec(),
            is: match is {
                AnswerKind::DontKnow => ItemKind::DontKnow,
                _ => ItemKind::Answer,
            },
            label: Some(label).filter(|label| !label.is_empty()),
            counted: vec![code],
            ..item(first.clone())
        })
        .collect()
}
