//! A data set in, guesses about what its columns mean out, each with its reason and confidence; and the codebook that a
//! person's decisions about them make ([`Draft`]). A guess changes nothing until somebody takes it.

mod answers;
mod concepts;
mod draft;
mod links;
mod lists;
mod poles;
mod profile;
mod roles;
mod scales;
mod sets;
mod weights;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use draft::{Choice, Decision, Draft};

use crate::data::{AnswerKind, Code, Dataset, Question, QuestionId, QuestionKind, Role, VarId};
use profile::Profile;

/// Names a guess: the same guess about the same file has the same name every time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GuessId(pub String);

impl fmt::Display for GuessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that a column or several seem to mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// Its name.
    pub id: GuessId,
    /// What is guessed.
    pub what: What,
    /// How sure it is, 0..=1.
    pub confidence: f64,
    /// What speaks for it, the weightiest first. Never empty.
    pub reasons: Vec<Reason>,
    /// Where only one of several guesses can be right: the better one. A draft that takes them all takes that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<GuessId>,
}

/// What can be guessed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// What a variable is for.
    Role {
        /// The variable.
        var: VarId,
        /// Its role.
        role: Role,
    },
    /// Variables that make one multiple-response question or battery, ready for a codebook.
    Question(Box<Question>),
    /// A code that is no answer, by its label.
    Answer {
        /// The variables that have it.
        vars: Vec<VarId>,
        /// The code.
        code: Code,
        /// Its label.
        label: String,
        /// What it says.
        is: AnswerKind,
    },
    /// What a question is about, in words that all surveys share.
    Concept {
        /// The question: guessed, in the codebook, or a variable.
        question: QuestionId,
        /// The concept's id in the general pack.
        concept: String,
        /// Which actor each item is about.
        actors: Vec<(VarId, String)>,
    },
}

/// What speaks for a guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A word in the variable's name.
    NameWord(String),
    /// A word in its label.
    LabelWord(String),
    /// Words in the labels of its values.
    ValueWords(Vec<String>),
    /// The labels of its values are ranges of numbers.
    Ranges(Vec<String>),
    /// Positive numbers, most of them not whole.
    Fractions,
    /// The mean is 1.
    MeanIsOne,
    /// The sum is the size of the population.
    SumIsPopulation(f64),
    /// A different value for each respondent.
    Unique,
    /// Counts up from row to row.
    Consecutive,
    /// One value within each value of another variable.
    ConstantWithin(VarId),
    /// Each value has one value of the population size.
    Explains(VarId),
    /// The labels begin or end alike.
    SharedLabel(String),
    /// The names begin alike and go on with numbers, letters or words.
    NameStem(String),
    /// The same answers.
    SameAnswers(Vec<String>),
    /// Two answers, of which one means "chosen".
    TwoValues {
        /// Label or code of "chosen".
        chosen: String,
        /// Label or code of the other.
        other: String,
    },
    /// Filled in or blank.
    OneValue(String),
    /// First, second … answer on the same codes: filled from the left, never twice the same.
    FilledInOrder,
    /// The label of the code.
    CodeLabel(String),
    /// The code lies apart from the others.
    CodeApart,
    /// Words in the question.
    QuestionWord(String),
    /// Items or answers known of the concept: so many of so many.
    KnownItems {
        /// How many are known.
        known: usize,
        /// How many there are.
        of: usize,
    },
}

/// Guesses what the columns of `data` mean, as far as its codebook does not say: roles first, then answers, questions
/// in the order of the file, and concepts. The same data give the same guesses.
pub fn guess(data: &Dataset) -> Vec<Guess> {
    let profiles = Profile::all(data);
    let sets = sets::guess(&profiles);
    let mut guesses = roles::guess(&profiles, &sets);
    guesses.extend(answers::guess(&profiles));
    let concepts = concepts::guess(data, &profiles, &sets);
    guesses.extend(sets.into_iter().map(|set| set.guess));
    guesses.extend(concepts);
    guesses
}

/// What each piece of evidence (0..=1) together makes, as if they were independent; at most 0.98.
fn together(evidence: &[f64]) -> f64 {
    let doubt: f64 = evidence.iter().map(|share| 1.0 - share).product();
    (100.0 * (1.0 - doubt).min(0.98)).round() / 100.0
}

fn id_of(kind: QuestionKind, first: &VarId) -> GuessId {
    GuessId(match kind {
        QuestionKind::Battery => format!("battery:{first}"),
        _ => format!("multiple:{first}"),
    })
}
