//! What can be asked of a data set: the codebook's questions, and one for every variable that no question uses.

use std::collections::HashSet;

use super::codebook::{
    Code, DontKnow, Item, ItemKind, Language, Question, QuestionId, QuestionKind, Role, Text, VarId, Variable,
    VariableKind,
};
use super::condition::Condition;
use super::error::DataError;
use super::{Column, Dataset};

impl Dataset {
    /// Every question that can be asked, in the order of the questionnaire: the codebook's, then one for each variable
    /// that none of them uses. Free texts, many dates, and what serves the design only (weights, population sizes,
    /// identifiers) make no questions of their own; [`Dataset::question`] finds those too.
    pub fn questions(&self) -> Vec<Question> {
        let used: HashSet<&VarId> = self.codebook.questions.iter().flat_map(Question::variables).collect();
        let ids: HashSet<&str> = self
            .codebook
            .questions
            .iter()
            .map(|question| question.id.0.as_str())
            .collect();
        let mut questions = self.codebook.questions.clone();
        questions.extend(
            self.codebook
                .variables
                .iter()
                .zip(&self.columns)
                .filter(|(variable, column)| {
                    !used.contains(&variable.name)
                        && !ids.contains(variable.name.0.as_str())
                        && worth_asking(variable, column)
                })
                .map(|(variable, _)| question_of(variable)),
        );
        questions
    }

    /// The question with this id, or the question that a variable of this name makes.
    pub fn question(&self, id: &QuestionId) -> Result<Question, DataError> {
        if let Some(question) = self.codebook.question(id) {
            return Ok(question.clone());
        }
        if let Ok(variable) = self.variable(&VarId(id.0.clone())) {
            return Ok(question_of(variable));
        }
        let questions = self.codebook.questions.iter().map(|question| question.id.0.as_str());
        let variables = self.codebook.variables.iter().map(|variable| variable.name.0.as_str());
        Err(DataError::NoSuchQuestion {
            name: id.0.clone(),
            suggestion: closest(&id.0, questions.chain(variables)),
        })
    }

    /// What the survey is called: by the codebook, else by the name of its file.
    pub fn title(&self, language: Language) -> String {
        match self.codebook.title.get(language) {
            "" => self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            title => title.to_owned(),
        }
    }
}

impl Question {
    /// Every variable that its items read, in order; the variables of a category set come once per item.
    pub fn variables(&self) -> impl Iterator<Item = &VarId> {
        self.items.iter().flat_map(Item::variables)
    }

    /// Its boxes or statements: its items but "none of these" and "don't know".
    pub fn boxes(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is == ItemKind::Answer)
    }

    /// That an item of a multiple-response question was chosen.
    pub fn chosen(&self, item: &Item) -> Condition {
        let counted: &[Code] = self.counted_of(item);
        let mut chosen: Vec<Condition> = item
            .variables()
            .map(|var| Condition::OneOf {
                var: var.clone(),
                values: counted.to_vec(),
            })
            .collect();
        match chosen.len() {
            1 => chosen.remove(0),
            _ => Condition::Or(chosen),
        }
    }
}

impl Item {
    /// Its stable name: its variable; in a category set, whose items share their variables, `VAR=CODE`.
    pub fn id(&self) -> String {
        match (self.more.as_slice(), self.counted.as_slice()) {
            ([_, ..], [code, ..]) => format!("{}={code}", self.var),
            _ => self.var.0.clone(),
        }
    }
}

fn worth_asking(variable: &Variable, column: &Column) -> bool {
    if matches!(variable.role, Some(Role::Weight | Role::PopulationSize | Role::Id)) {
        return false;
    }
    match variable.kind {
        VariableKind::Text => false,
        VariableKind::Date => matches!(column, Column::Coded { levels, .. } if levels.len() <= 60),
        VariableKind::Nominal | VariableKind::Ordinal | VariableKind::Numeric => true,
    }
}

/// The question that a variable makes by itself.
pub fn question_of(variable: &Variable) -> Question {
    Question {
        id: QuestionId(variable.name.0.clone()),
        concept: None,
        topic: None,
        short: Text::default(),
        text: variable.label.clone(),
        kind: match variable.kind {
            VariableKind::Numeric => QuestionKind::Numeric,
            _ => QuestionKind::Single,
        },
        base: None,
        dont_know: DontKnow::default(),
        max: None,
        items: vec![Item {
            var: variable.name.clone(),
            more: Vec::new(),
            label: None,
            is: ItemKind::Answer,
            actor: None,
            group: None,
            counted: Vec::new(),
        }],
        counted: Vec::new(),
        poles: None,
        groups: Vec::new(),
        unions: Vec::new(),
    }
}

/// The name that differs from `wanted` by the fewest letters, when that is close enough to be a slip.
pub(crate) fn closest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let lower = wanted.to_lowercase();
    let limit = 1 + lower.chars().count() / 4;
    names
        // Longer names are no slips, and need not be compared letter by letter.
        .filter(|name| name.len() <= 4 * (lower.len() + limit))
        .map(|name| (edit_distance(&lower, &name.to_lowercase()), name))
        .min()
        .filter(|(distance, _)| *distance <= limit)
        .map(|(_, name)| name.to_owned())
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
