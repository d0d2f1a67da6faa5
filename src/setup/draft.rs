//! A person's decisions about guesses in, the codebook they make out. What nobody took is not in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Guess, GuessId, What, guess};
use crate::data::{
    AnswerKind, Code, Codebook, Dataset, Language, Question, QuestionId, QuestionKind, Role, Text, Value, VarId,
    VariableKind,
};

/// One decision. Later ones win; a change to a guessed question takes the guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The guess is right.
    Accept(GuessId),
    /// Use the guess although nobody has looked at it; it stays marked.
    Assume(GuessId),
    /// The guess is wrong, or its acceptance is taken back.
    Reject(GuessId),
    /// A variable's role is this, or it has none.
    Role {
        /// The variable.
        var: VarId,
        /// Its role; whatever else had it loses it.
        role: Option<Role>,
    },
    /// A variable is measured so.
    Kind {
        /// The variable.
        var: VarId,
        /// How.
        kind: VariableKind,
    },
    /// A variable is called so.
    Label {
        /// The variable.
        var: VarId,
        /// In which language.
        language: Language,
        /// What it is called.
        label: String,
    },
    /// A code says this.
    Answer {
        /// The variable.
        var: VarId,
        /// The code.
        code: Code,
        /// What it says.
        is: AnswerKind,
    },
    /// What a blank cell means.
    Blank {
        /// The variable.
        var: VarId,
        /// Missing or not asked.
        is: AnswerKind,
    },
    /// Another question, or this instead of the one with its id.
    Question(Box<Question>),
    /// A question is none.
    RemoveQuestion(QuestionId),
    /// The items of one question go to the end of another.
    Merge {
        /// The question that stays.
        into: QuestionId,
        /// The question that goes.
        from: QuestionId,
    },
    /// The items from one on become a question of their own.
    Split {
        /// The question.
        question: QuestionId,
        /// The first item of the new one.
        from: VarId,
        /// The new question's id.
        id: QuestionId,
    },
    /// A question is called so in lists.
    Rename {
        /// The question.
        question: QuestionId,
        /// In which language.
        language: Language,
        /// Its short name.
        short: String,
    },
    /// A question is of another kind.
    Retype {
        /// The question.
        question: QuestionId,
        /// The kind.
        kind: QuestionKind,
        /// Multiple response: the codes that mean "chosen".
        counted: Vec<Code>,
    },
    /// A question is about this.
    Concept {
        /// The question.
        question: QuestionId,
        /// The concept's id, or none.
        concept: Option<String>,
    },
}

/// Whether a guess was decided on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decision {
    /// Not yet.
    #[default]
    Open,
    /// It is right.
    Accepted,
    /// It is used, but nobody has looked at it.
    Assumed,
    /// It is wrong.
    Rejected,
}

/// A person's decisions about one file, in their order: plain values, so that undo keeps whole drafts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What was decided.
    pub choices: Vec<Choice>,
}

impl Draft {
    /// Adds a decision; one that only repeats or overrules the last one about the same guess replaces it.
    pub fn choose(&mut self, choice: Choice) {
        if let Some(id) = about(&choice) {
            self.choices.retain(|earlier| about(earlier) != Some(id));
        }
        self.choices.push(choice);
    }

    /// What was decided about a guess.
    pub fn decision(&self, id: &GuessId) -> Decision {
        let last = self.choices.iter().rev().find(|choice| about(choice) == Some(id));
        match last {
            Some(Choice::Accept(_)) => Decision::Accepted,
            Some(Choice::Assume(_)) => Decision::Assumed,
            Some(Choice::Reject(_)) => Decision::Rejected,
            _ => Decision::Open,
        }
    }

    /// Uses every guess from `confidence` on that is still open, without a better one in its place. They stay marked.
    pub fn assume_all(&mut self, guesses: &[Guess], confidence: f64) {
        let open: Vec<GuessId> = guesses
            .iter()
            .filter(|guess| guess.confidence >= confidence && guess.instead_of.is_none())
            .filter(|guess| self.decision(&guess.id) == Decision::Open)
            .map(|guess| guess.id.clone())
            .collect();
        self.choices.extend(open.into_iter().map(Choice::Assume));
    }

    /// What the file and its codebook say with these decisions on top; guesses that nobody took are not in it.
    pub fn codebook(&self, data: &Dataset) -> Codebook {
        self.codebook_with(data, &guess(data))
    }

    /// [`Draft::codebook`] with the guesses at hand.
    pub fn codebook_with(&self, data: &Dataset, guesses: &[Guess]) -> Codebook {
        let mut making = Making {
            codebook: data.codebook.clone(),
            place: data
                .codebook
                .variables
                .iter()
                .enumerate()
                .map(|(at, variable)| (variable.name.clone(), at))
                .collect(),
            guesses,
        };
        // Concepts need their questions, which may have been taken later.
        let late = |choice: &&Choice| matches!(about(choice), Some(id) if id.0.starts_with("concept:"));
        for choice in self.choices.iter().filter(|choice| !late(choice)) {
            making.apply(choice);
        }
        for choice in self.choices.iter().filter(late) {
            making.apply(choice);
        }
        making.finish()
    }
}

/// The guess that a choice is about.
fn about(choice: &Choice) -> Option<&GuessId> {
    match choice {
        Choice::Accept(id) | Choice::Assume(id) | Choice::Reject(id) => Some(id),
        _ => None,
    }
}

struct Making<'a> {
    codebook: Codebook,
    place: BTreeMap<VarId, usize>,
    guesses: &'a [Guess],
}

impl Making<'_> {
    fn apply(&mut self, choice: &Choice) {
        match choice {
            Choice::Accept(id) => self.take(id, true),
            Choice::Assume(id) => self.take(id, false),
            Choice::Reject(_) => {}
            Choice::Role { var, role } => self.set_role(var, *role, true),
            Choice::Kind { var, kind } => {
                if let Some(at) = self.place.get(var) {
                    self.codebook.variables[*at].kind = *kind;
                }
            }
            Choice::Label { var, language, label } => {
                if let Some(at) = self.place.get(var) {
                    set_text(&mut self.codebook.variables[*at].label, *language, label);
                }
            }
            Choice::Answer { var, code, is } => self.set_answer(var, code, "", *is),
            Choice::Blank { var, is } => {
                if let Some(at) = self.place.get(var) {
                    self.codebook.variables[*at].blank = *is;
                }
            }
            Choice::Question(question) => self.add(question.as_ref().clone(), true),
            Choice::RemoveQuestion(id) => self.remove(id),
            Choice::Merge { into, from } => self.merge(into, from),
            Choice::Split { question, from, id } => self.split(question, from, id),
            Choice::Rename {
                question,
                language,
                short,
            } => self.change(question, |question| set_text(&mut question.short, *language, short)),
            Choice::Retype {
                question,
                kind,
                counted,
            } => self.change(question, |question| {
                question.kind = *kind;
                question.counted.clone_from(counted);
                if *kind != QuestionKind::Battery {
                    question.poles = None;
                }
            }),
            Choice::Concept { question, concept } => {
                self.change(question, |question| question.concept.clone_from(concept))
            }
        }
    }

    fn take(&mut self, id: &GuessId, confirmed: bool) {
        let Some(guess) = self.guesses.iter().find(|guess| guess.id == *id) else {
            return;
        };
        match &guess.what {
            What::Role { var, role } => self.set_role(var, Some(*role), confirmed),
            What::Question(question) => self.add(question.as_ref().clone(), confirmed),
            What::Answer { vars, code, label, is } => {
                for var in vars {
                    self.set_answer(var, code, label, *is);
                }
            }
            What::Concept {
                question,
                concept,
                actors,
            } => {
                // A concept alone does not make variables a question: only one that is there, or a variable's own.
                let there = self.codebook.question(question).is_some();
                let guessed = self.guessed(question).is_some();
                if !there && guessed {
                    return;
                }
                let confirmed_before = !self.codebook.unconfirmed.questions.contains(question);
                self.change(question, |question| {
                    question.concept = Some(concept.clone());
                    for item in &mut question.items {
                        if let Some((_, actor)) = actors.iter().find(|(var, _)| *var == item.var) {
                            item.actor = Some(actor.clone());
                        }
                    }
                });
                if (there && !confirmed_before) || (!there && !confirmed) {
                    self.mark(question);
                }
            }
        }
    }

    fn set_role(&mut self, var: &VarId, role: Option<Role>, confirmed: bool) {
        let Some(&at) = self.place.get(var) else { return };
        if role.is_some() {
            for other in &mut self.codebook.variables {
                if other.role == role {
                    other.role = None;
                    self.codebook.unconfirmed.roles.retain(|name| *name != other.name);
                }
            }
        }
        self.codebook.variables[at].role = role;
        self.codebook.unconfirmed.roles.retain(|name| name != var);
        if !confirmed && role.is_some() {
            self.codebook.unconfirmed.roles.push(var.clone());
        }
    }

    fn set_answer(&mut self, var: &VarId, code: &Code, label: &str, is: AnswerKind) {
        let Some(&at) = self.place.get(var) else { return };
        let values = &mut self.codebook.variables[at].values;
        match values.iter_mut().find(|value| value.code == *code) {
            Some(value) => value.is = is,
            None => values.push(Value {
                code: code.clone(),
                label: match label {
                    "" => Text::default(),
                    label => Text::plain(label),
                },
                is,
            }),
        }
    }

    /// Puts a question in, in the place of the one with its id.
    fn add(&mut self, question: Question, confirmed: bool) {
        // Statements have an order, boxes have none; what the file calls a quantity with labels is neither.
        let kind = match question.kind {
            QuestionKind::Battery => Some(VariableKind::Ordinal),
            QuestionKind::Multiple => Some(VariableKind::Nominal),
            QuestionKind::Single | QuestionKind::Numeric => None,
        };
        if let Some(kind) = kind {
            for var in question.variables() {
                if let Some(at) = self.place.get(var) {
                    self.codebook.variables[*at].kind = kind;
                }
            }
        }
        let id = question.id.clone();
        match self.codebook.questions.iter_mut().find(|other| other.id == id) {
            Some(other) => *other = question,
            None => self.codebook.questions.push(question),
        }
        self.codebook.unconfirmed.questions.retain(|other| *other != id);
        if !confirmed {
            self.mark(&id);
        }
    }

    fn mark(&mut self, id: &QuestionId) {
        let marked = &mut self.codebook.unconfirmed.questions;
        if !marked.contains(id) {
            marked.push(id.clone());
        }
    }

    fn remove(&mut self, id: &QuestionId) {
        self.codebook.questions.retain(|question| question.id != *id);
        self.codebook.unconfirmed.questions.retain(|other| other != id);
    }

    fn guessed(&self, id: &QuestionId) -> Option<Question> {
        self.guesses.iter().find_map(|guess| match &guess.what {
            What::Question(question) if question.id == *id => Some(question.as_ref().clone()),
            _ => None,
        })
    }

    /// The question with this id: in the codebook, guessed, or a variable's own.
    fn find(&self, id: &QuestionId) -> Option<Question> {
        let there = self.codebook.question(id).cloned();
        there.or_else(|| self.guessed(id)).or_else(|| {
            let at = *self.place.get(&VarId(id.0.clone()))?;
            Some(crate::data::question_of(&self.codebook.variables[at]))
        })
    }

    fn change(&mut self, id: &QuestionId, change: impl FnOnce(&mut Question)) {
        if let Some(mut question) = self.find(id) {
            change(&mut question);
            self.add(question, true);
        }
    }

    fn merge(&mut self, into: &QuestionId, from: &QuestionId) {
        let (Some(mut one), Some(other)) = (self.find(into), self.find(from)) else {
            return;
        };
        if into == from {
            return;
        }
        let there: Vec<VarId> = one.items.iter().map(|item| item.var.clone()).collect();
        for mut item in other.items {
            // What the two questions count need not be the same code.
            if item.counted.is_empty() && other.counted != one.counted {
                item.counted.clone_from(&other.counted);
            }
            if !there.contains(&item.var) || !item.counted.is_empty() {
                one.items.push(item);
            }
        }
        one.unions.extend(other.unions);
        if one.items.len() > 1 && one.kind == QuestionKind::Single {
            one.kind = QuestionKind::Battery;
        }
        self.remove(from);
        self.add(one, true);
    }

    fn split(&mut self, id: &QuestionId, from: &VarId, new: &QuestionId) {
        let Some(mut question) = self.find(id) else { return };
        let at = question.items.iter().position(|item| item.var == *from);
        let Some(at) = at.filter(|at| *at > 0 && new != id && self.codebook.question(new).is_none()) else {
            return;
        };
        let items = question.items.split_off(at);
        let (unions, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut question.unions)
            .into_iter()
            .partition(|union| union.items.iter().all(|var| items.iter().any(|item| item.var == *var)));
        let rest = Question {
            id: new.clone(),
            short: Text::default(),
            items,
            unions,
            ..question.clone()
        };
        // A union over both halves is of neither.
        question.unions = kept
            .into_iter()
            .filter(|union| {
                union
                    .items
                    .iter()
                    .all(|var| question.items.iter().any(|item| item.var == *var))
            })
            .collect();
        self.add(question, true);
        self.add(rest, true);
    }

    /// Questions in the order of the file, as far as they were not there before.
    fn finish(mut self) -> Codebook {
        let place = |question: &Question| {
            let first = question.items.first().and_then(|item| self.place.get(&item.var));
            first.copied().unwrap_or(usize::MAX)
        };
        self.codebook.questions.sort_by_key(place);
        self.codebook
    }
}

fn set_text(text: &mut Text, language: Language, words: &str) {
    text.0.insert(language.code().to_owned(), words.to_owned());
}
