//! Groups of variables in, multiple-response questions and batteries out.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::{Asked, children, text};
use crate::data::codebook::{AnswerKind, Code, Item, Question, QuestionId, QuestionKind, Text, VarId, Variable};
use crate::data::sets::{AnswerSet, SetKind};

/// Words of the code that means "chosen", where a group of boxes has more codes than one.
const CHOSEN: &[&str] = &[
    "yes",
    "ja",
    "selected",
    "chosen",
    "checked",
    "mentioned",
    "quoted",
    "marked",
    "valgt",
    "nævnt",
    "afkrydset",
    "markeret",
    "vald",
    "markerad",
    "krysset",
    "gewählt",
    "genannt",
    "angekreuzt",
    "ticked",
];

/// What the groups say.
pub(super) struct Grouped {
    pub sets: Vec<AnswerSet>,
    pub batteries: Vec<Question>,
    /// The variables in them: places in the codebook.
    pub used: Vec<usize>,
}

/// `ids` are the variables' XML ids; `asked` stands beside `variables`.
pub(super) fn read(
    groups: &[Node<'_, '_>],
    ids: &HashMap<&str, usize>,
    variables: &[Variable],
    asked: &[Asked],
) -> Grouped {
    let mut grouped = Grouped {
        sets: Vec::new(),
        batteries: Vec::new(),
        used: Vec::new(),
    };
    let mut used: HashSet<usize> = HashSet::new();
    let mut names: HashSet<String> = variables.iter().map(|variable| variable.name.0.clone()).collect();
    for group in groups {
        let kind = group.attribute("type").unwrap_or_default();
        if !matches!(kind, "multipleResp" | "grid") {
            continue;
        }
        let mut members = Vec::new();
        for id in group.attribute("var").unwrap_or_default().split_whitespace() {
            if let Some(&place) = ids.get(id).filter(|place| **place < variables.len())
                && used.insert(place)
            {
                members.push(place);
            }
        }
        if members.len() < 2 {
            members.iter().for_each(|place| {
                used.remove(place);
            });
            continue;
        }
        let label = text(children(*group, "labl"));
        let said = text(children(*group, "txt"));
        // The question of a group is often said with each of its variables.
        let common = members
            .iter()
            .map(|place| &asked[*place].text)
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default();
        let question = if said.is_empty() { common } else { said };
        let name = group
            .attribute("name")
            .or_else(|| group.attribute("ID"))
            .unwrap_or("group");
        let vars: Vec<VarId> = members.iter().map(|place| variables[*place].name.clone()).collect();
        let mut id = name.to_owned();
        while !names.insert(id.clone()) {
            id.push('_');
        }
        if kind == "grid" {
            grouped.batteries.push(battery(id, label, question, vars));
        } else {
            grouped.sets.push(AnswerSet {
                name: id,
                label: if label.is_empty() { question } else { label },
                vars,
                kind: set_kind(members.iter().map(|place| &variables[*place])),
            });
        }
        grouped.used.extend(members);
    }
    grouped
}

fn battery(id: String, short: Text, text: Text, vars: Vec<VarId>) -> Question {
    Question {
        id: QuestionId(id),
        short,
        text,
        kind: QuestionKind::Battery,
        items: vars.into_iter().map(|var| Item { var, ..Item::default() }).collect(),
        ..Question::default()
    }
}

/// DDI does not say which code means "chosen": one called yes, else the only one, else 1 beside 0. Variables with more
/// codes than that hold the first, second … answer.
fn set_kind<'a>(members: impl Iterator<Item = &'a Variable> + Clone) -> SetKind {
    let dichotomy = |counted: Code| SetKind::Dichotomies {
        counted,
        labels_of_counted: false,
    };
    let mut codes: Vec<(&Code, &Text)> = Vec::new();
    for variable in members {
        for value in &variable.values {
            if value.is == AnswerKind::Answer && codes.len() < 4 && !codes.iter().any(|(code, _)| **code == value.code)
            {
                codes.push((&value.code, &value.label));
            }
        }
    }
    let chosen = |label: &Text| {
        label.0.values().any(|label| {
            let first = label.split_whitespace().next().unwrap_or_default();
            let first = first.trim_matches(|sign: char| !sign.is_alphanumeric());
            CHOSEN.contains(&first.to_lowercase().as_str())
        })
    };
    match codes.as_slice() {
        [] => dichotomy(Code::Number(1.0)),
        [(code, _)] => dichotomy((*code).clone()),
        _ if codes.len() > 3 => SetKind::Categories,
        _ => match codes.iter().find(|(_, label)| chosen(label)) {
            Some((code, _)) => dichotomy((*code).clone()),
            None if codes.iter().any(|(code, _)| **code == Code::Number(0.0)) => dichotomy(Code::Number(1.0)),
            None if codes.len() == 2 => dichotomy(codes[0].0.clone()),
            None => SetKind::Categories,
        },
    }
}
