//! A data set in, what a person may choose from it out: variables to break down and filter by, questions by topic.

use crate::data::{
    AnswerKind, Codebook, Dataset, Item, ItemKind, Language, Question, QuestionId, QuestionKind, Role, Variable,
    VariableKind,
};
use crate::measure::Measure;
use crate::project::Analysis;
use crate::project::analyses::whole;

/// The roles that people break down and filter by most.
pub const FIRST: [Role; 3] = [Role::Sector, Role::Size, Role::RespondentType];

/// Whether a variable only serves the design.
fn is_technical(variable: &Variable) -> bool {
    variable.role.is_some_and(Role::is_machinery)
}

/// The variables that can be the weight: the codebook's, and numeric ones whose name says so.
pub fn weights(codebook: &Codebook) -> Vec<&Variable> {
    codebook
        .variables
        .iter()
        .filter(|variable| {
            let name = variable.name.0.to_lowercase();
            variable.role == Some(Role::Weight)
                || (variable.kind == VariableKind::Numeric
                    && ["weight", "vægt", "vaegt"].iter().any(|word| name.contains(word)))
        })
        .collect()
}

/// A row of the question list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What is shown when it is chosen.
    pub id: QuestionId,
    /// Of a whole analysis: what is shown in place of the question's answers.
    pub analysis: Option<(Analysis, Measure)>,
    /// A few words.
    pub title: String,
    /// Its kind.
    pub kind: QuestionKind,
    /// Items, or answers of a single-choice question.
    pub parts: usize,
    /// The topic's label; empty: none.
    pub topic: String,
    /// Whether it is the only one of its topic, and has its name.
    pub is_alone_in_topic: bool,
    /// Whether it is a guess that nobody has confirmed.
    pub is_unconfirmed: bool,
    /// Everything that a search looks in, in lower case.
    haystack: String,
}

impl Entry {
    /// Whether every word of a search occurs.
    pub fn matches(&self, search: &str) -> bool {
        has_words(&self.haystack, search)
    }

    /// Whether every word of a search occurs in the title.
    pub fn is_called(&self, search: &str) -> bool {
        has_words(&self.title.to_lowercase(), search)
    }
}

fn has_words(text: &str, search: &str) -> bool {
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The analyses of the survey as a whole, with their names from `say`, under the caption `ui-analyses`.
pub fn analyses(data: &Dataset, say: impl Fn(&str) -> String) -> Vec<Entry> {
    let topic = say("ui-analyses");
    whole(&data.codebook)
        .into_iter()
        .map(|(analysis, measure)| {
            let title = say(match analysis {
                Analysis::Roles => "ui-whole-roles",
                Analysis::Network => "ui-whole-network",
                Analysis::Effect => "ui-whole-effect",
                _ => "ui-whole-model",
            });
            Entry {
                id: QuestionId(String::new()),
                analysis: Some((analysis, measure)),
                kind: QuestionKind::Multiple,
                parts: 0,
                topic: topic.clone(),
                is_alone_in_topic: false,
                is_unconfirmed: false,
                haystack: format!("{title} {topic}").to_lowercase(),
                title,
            }
        })
        .collect()
}

/// The questions by topic, in the order of the codebook's topics, then those without one, then the variables that no
/// question names: under the codebook's topic `background` where it has one, else under `background`.
pub fn questions(data: &Dataset, language: Language, background: &str) -> Vec<Entry> {
    let codebook = &data.codebook;
    let mut entries = Vec::new();
    for topic in &codebook.topics {
        let label = topic.label.get(language);
        entries.extend(
            codebook
                .questions
                .iter()
                .filter(|question| question.topic.as_ref() == Some(&topic.id))
                .map(|question| entry(codebook, question, label, language)),
        );
    }
    let known = |id: &Option<String>| {
        id.as_ref()
            .is_some_and(|id| codebook.topics.iter().any(|topic| topic.id == *id))
    };
    entries.extend(
        codebook
            .questions
            .iter()
            .filter(|question| !known(&question.topic))
            .map(|question| entry(codebook, question, "", language)),
    );
    let topic = codebook.topics.iter().find(|topic| topic.id == "background");
    let background = topic.map_or(background, |topic| topic.label.get(language));
    let named = |variable: &Variable| {
        codebook
            .questions
            .iter()
            .any(|question| question.items.iter().any(|item| item.var == variable.name))
    };
    entries.extend(
        codebook
            .variables
            .iter()
            .filter(|variable| !is_technical(variable) && !named(variable))
            .filter(|variable| !matches!(variable.kind, VariableKind::Text | VariableKind::Date))
            .map(|variable| {
                let title = variable.title(language).to_owned();
                Entry {
                    id: QuestionId(variable.name.0.clone()),
                    analysis: None,
                    kind: if variable.kind == VariableKind::Numeric {
                        QuestionKind::Numeric
                    } else {
                        QuestionKind::Single
                    },
                    parts: variable.values.iter().filter(|value| value.is.is_valid()).count(),
                    topic: background.to_owned(),
                    is_alone_in_topic: false,
                    is_unconfirmed: false,
                    haystack: format!("{title} {}", variable.name).to_lowercase(),
                    title,
                }
            }),
    );
    for position in 0..entries.len() {
        let topic = &entries[position].topic;
        let alone = entries.iter().filter(|entry| entry.topic == *topic).count() == 1;
        entries[position].is_alone_in_topic = alone && entries[position].title.eq_ignore_ascii_case(topic);
    }
    entries
}

fn entry(codebook: &Codebook, question: &Question, topic: &str, language: Language) -> Entry {
    let title = question.title(language).to_owned();
    let label_of = |item: &Item| {
        let own = item.label.as_ref().map(|label| label.get(language).to_owned());
        own.or_else(|| {
            codebook
                .variable(&item.var)
                .map(|variable| variable.title(language).to_owned())
        })
    };
    let items: Vec<String> = question.items.iter().filter_map(label_of).collect();
    let parts = match (question.kind, question.items.first()) {
        (QuestionKind::Single, Some(item)) => codebook.variable(&item.var).map_or(0, |variable| {
            variable
                .values
                .iter()
                .filter(|value| value.is == AnswerKind::Answer)
                .count()
        }),
        (QuestionKind::Numeric, _) => 0,
        _ => question.items.iter().filter(|item| item.is == ItemKind::Answer).count(),
    };
    Entry {
        id: question.id.clone(),
        analysis: None,
        kind: question.kind,
        parts,
        topic: topic.to_owned(),
        is_alone_in_topic: false,
        is_unconfirmed: codebook.unconfirmed.questions.contains(&question.id),
        haystack: format!(
            "{title} {} {} {} {topic}",
            question.id,
            question.text.get(language),
            items.join(" ")
        )
        .to_lowercase(),
        title,
    }
}
