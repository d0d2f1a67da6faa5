//! The set-up in, the rows of its page out: what is guessed, what the file says itself, what was decided.

use super::super::Scope;
use super::super::icons::Icon;
use super::Chosen;
use super::words::{answer_key, concept_name, question_key, role_key, variable_key, variable_words};
use crate::app::Setup;
use crate::data::{Item, Language, Question, QuestionKind, VarId};
use crate::remarks;
use crate::setup::{Choice, Decision, Guess, What};

/// What the page lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What variables are for.
    #[default]
    Roles,
    /// Multiple-response questions and batteries.
    Questions,
    /// Codes that are no answers.
    Codes,
    /// What questions are about.
    Concepts,
    /// Every variable.
    Variables,
}

impl Tab {
    /// All, in the order in which a survey is set up.
    pub const ALL: [Self; 5] = [
        Self::Roles,
        Self::Questions,
        Self::Codes,
        Self::Concepts,
        Self::Variables,
    ];

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Roles => "ui-setup-roles",
            Self::Questions => "ui-setup-questions",
            Self::Codes => "ui-setup-codes",
            Self::Concepts => "ui-setup-concepts",
            Self::Variables => "ui-setup-variables",
        }
    }

    fn has(self, what: &What) -> bool {
        matches!(
            (self, what),
            (Self::Roles, What::Role { .. })
                | (Self::Questions, What::Question(_))
                | (Self::Codes, What::Answer { .. })
                | (Self::Concepts, What::Concept { .. })
        )
    }
}

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A guess that nobody has decided on.
    Open,
    /// It is so.
    Taken,
    /// It is used, but nobody has looked at it.
    Unconfirmed,
    /// It is not so.
    Refused,
    /// The file or its codebook says so, or a person did.
    Told,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub chosen: Chosen,
    /// Before the title.
    pub icon: Option<Icon>,
    /// What is meant.
    pub title: String,
    /// The same for those who do not see what stands below: one of a kind.
    pub name: String,
    /// By which columns, and why.
    pub detail: String,
    /// How sure the guess is.
    pub confidence: Option<f64>,
    /// How it stands.
    pub standing: Standing,
    /// What says that it is so.
    pub take: Option<Choice>,
    /// What says that it is not.
    pub refuse: Option<Choice>,
}

impl Row {
    /// Whether a search in lower case finds it.
    pub fn matches(&self, search: &str) -> bool {
        let words = format!("{} {}", self.title, self.detail).to_lowercase();
        search.split_whitespace().all(|word| words.contains(word))
    }
}

/// How many rows there are, without making them.
pub fn count(scope: &Scope<'_>, tab: Tab) -> usize {
    let setup = &scope.state.setup;
    if tab == Tab::Variables {
        return setup.codebook.variables.len();
    }
    guesses(setup).filter(|guess| tab.has(&guess.what)).count()
        + match tab {
            Tab::Roles => told_roles(setup).count(),
            Tab::Questions => told_questions(setup).count(),
            Tab::Codes | Tab::Concepts | Tab::Variables => 0,
        }
}

/// The rows of a tab.
pub fn rows(scope: &Scope<'_>, tab: Tab) -> Vec<Row> {
    let setup = &scope.state.setup;
    let language = scope.language();
    if tab == Tab::Variables {
        return variables(scope);
    }
    let mut rows: Vec<Row> = guesses(setup)
        .filter(|guess| tab.has(&guess.what))
        .map(|guess| of_guess(scope, guess))
        .collect();
    match tab {
        Tab::Roles => rows.extend(told_roles(setup).map(|var| {
            let role = setup.codebook.variable(var).and_then(|variable| variable.role);
            let unconfirmed = setup.codebook.unconfirmed.roles.contains(var);
            Row {
                chosen: Chosen::Variable(var.clone()),
                icon: None,
                title: role.map(|role| scope.say(role_key(role))).unwrap_or_default(),
                name: format!(
                    "{}: {var}",
                    role.map(|role| scope.say(role_key(role))).unwrap_or_default()
                ),
                detail: variable_words(&setup.codebook, var, language),
                confidence: None,
                standing: told(unconfirmed),
                take: unconfirmed.then(|| Choice::Role { var: var.clone(), role }),
                refuse: Some(Choice::Role {
                    var: var.clone(),
                    role: None,
                }),
            }
        })),
        Tab::Questions => rows.extend(told_questions(setup).map(|question| {
            let unconfirmed = setup.codebook.unconfirmed.questions.contains(&question.id);
            Row {
                chosen: Chosen::Question(question.id.clone()),
                icon: Some(icon_of(question.kind)),
                title: question.title(language).to_owned(),
                name: question.title(language).to_owned(),
                detail: question_detail(scope, question),
                confidence: None,
                standing: told(unconfirmed),
                take: unconfirmed.then(|| Choice::Question(Box::new(question.clone()))),
                refuse: Some(Choice::RemoveQuestion(question.id.clone())),
            }
        })),
        Tab::Codes | Tab::Concepts | Tab::Variables => {}
    }
    rows
}

fn told(unconfirmed: bool) -> Standing {
    if unconfirmed {
        Standing::Unconfirmed
    } else {
        Standing::Told
    }
}

fn guesses(setup: &Setup) -> impl Iterator<Item = &Guess> {
    setup.guesses.iter().flat_map(|guesses| guesses.iter())
}

/// Variables with a role that is no guess.
fn told_roles(setup: &Setup) -> impl Iterator<Item = &VarId> {
    setup
        .codebook
        .variables
        .iter()
        .filter(|variable| {
            variable.role.is_some()
                && !guesses(setup).any(|guess| match &guess.what {
                    What::Role { var, role } => *var == variable.name && Some(*role) == variable.role,
                    _ => false,
                })
        })
        .map(|variable| &variable.name)
}

/// Questions that are no guess.
fn told_questions(setup: &Setup) -> impl Iterator<Item = &Question> {
    let all = setup.codebook.questions.iter();
    all.filter(|question| setup.guess_of_question(&question.id).is_none())
}

fn of_guess(scope: &Scope<'_>, guess: &Guess) -> Row {
    let setup = &scope.state.setup;
    let language = scope.language();
    let codebook = &setup.codebook;
    let mut icon = None;
    let (title, detail) = match &guess.what {
        What::Role { var, role } => (scope.say(role_key(*role)), variable_words(codebook, var, language)),
        What::Question(guessed) => {
            let question = codebook.question(&guessed.id).unwrap_or(guessed);
            icon = Some(icon_of(question.kind));
            (question.title(language).to_owned(), question_detail(scope, question))
        }
        What::Answer { vars, code, label, is } => {
            let code = match label.as_str() {
                "" => code.to_string(),
                label => format!("{code} {label}"),
            };
            let title = scope.say_with(
                "ui-setup-code",
                &[("code", &code), ("meaning", &scope.say(answer_key(*is)))],
            );
            (title, listed(scope, vars))
        }
        What::Concept { question, concept, .. } => {
            let title = question_title(setup, question, language);
            (format!("{title} → {}", concept_name(concept, language)), String::new())
        }
    };
    let why = reasons(guess, language).join(" ");
    // Only one of them can be right.
    let instead = guess
        .instead_of
        .as_ref()
        .and_then(|other| match &setup.guess(other)?.what {
            What::Role { var, .. } => Some(scope.say_with("ui-setup-instead", &[("other", &var.0)])),
            What::Question(other) => {
                let title = question_title(setup, &other.id, language);
                Some(scope.say_with("ui-setup-instead", &[("other", &title)]))
            }
            What::Answer { .. } | What::Concept { .. } => None,
        });
    let detail = [instead.unwrap_or_default(), detail, why]
        .into_iter()
        .filter(|part| !part.is_empty());
    let standing = match setup.draft.decision(&guess.id) {
        Decision::Open => Standing::Open,
        Decision::Accepted => Standing::Taken,
        Decision::Assumed => Standing::Unconfirmed,
        Decision::Rejected => Standing::Refused,
    };
    Row {
        chosen: Chosen::Guess(guess.id.clone()),
        icon,
        name: match &guess.what {
            What::Role { var, .. } => format!("{title}: {var}"),
            _ => title.clone(),
        },
        title,
        detail: detail.collect::<Vec<String>>().join("  —  "),
        confidence: Some(guess.confidence),
        standing,
        take: (standing != Standing::Taken).then(|| Choice::Accept(guess.id.clone())),
        refuse: (standing != Standing::Refused).then(|| Choice::Reject(guess.id.clone())),
    }
}

/// Why a guess was made, in sentences.
pub fn reasons(guess: &Guess, language: Language) -> Vec<String> {
    guess
        .reasons
        .iter()
        .map(|reason| remarks::of_guess(reason, language))
        .collect()
}

/// What a question is called: in the codebook that is made, as guessed, or by its variable.
pub fn question_title(setup: &Setup, id: &crate::data::QuestionId, language: Language) -> String {
    if let Some(question) = setup.codebook.question(id) {
        return question.title(language).to_owned();
    }
    match setup.guess_of_question(id).map(|guess| &guess.what) {
        Some(What::Question(question)) => question.title(language).to_owned(),
        _ => setup
            .codebook
            .variable(&VarId(id.0.clone()))
            .map_or_else(|| id.to_string(), |variable| variable.title(language).to_owned()),
    }
}

fn question_detail(scope: &Scope<'_>, question: &Question) -> String {
    let codebook = &scope.state.setup.codebook;
    let language = scope.language();
    let items: Vec<String> = question
        .items
        .iter()
        .map(|item| item_label(item, codebook, language))
        .collect();
    format!(
        "{}, {}: {}",
        scope.say(question_key(question.kind)),
        scope.count(items.len() as f64),
        items.join(", ")
    )
}

/// What an item is called.
pub fn item_label(item: &Item, codebook: &crate::data::Codebook, language: Language) -> String {
    let own = item.label.as_ref().map(|label| label.get(language)).unwrap_or_default();
    if own.is_empty() {
        codebook
            .variable(&item.var)
            .map_or_else(|| item.var.to_string(), |variable| variable.title(language).to_owned())
    } else {
        own.to_owned()
    }
}

fn listed(scope: &Scope<'_>, vars: &[VarId]) -> String {
    let names: Vec<&str> = vars.iter().take(12).map(|var| var.0.as_str()).collect();
    let more = if vars.len() > names.len() { ", …" } else { "" };
    format!("{}: {}{more}", scope.count(vars.len() as f64), names.join(", "))
}

fn variables(scope: &Scope<'_>) -> Vec<Row> {
    let codebook = &scope.state.setup.codebook;
    let language = scope.language();
    let of_variable = |variable: &crate::data::Variable| {
        let role = variable.role.map(|role| scope.say(role_key(role)));
        let parts = [
            Some(variable.name.to_string()),
            Some(scope.say(variable_key(variable.kind))),
            role,
        ];
        let unconfirmed = codebook.unconfirmed.roles.contains(&variable.name);
        Row {
            chosen: Chosen::Variable(variable.name.clone()),
            icon: None,
            title: variable.title(language).to_owned(),
            name: format!("{}: {}", variable.title(language), variable.name),
            detail: parts.into_iter().flatten().collect::<Vec<String>>().join(" · "),
            confidence: None,
            standing: told(unconfirmed),
            take: None,
            refuse: None,
        }
    };
    codebook.variables.iter().map(of_variable).collect()
}

/// The icon of a kind of question.
pub fn icon_of(kind: QuestionKind) -> Icon {
    match kind {
        QuestionKind::Single => Icon::Dot,
        QuestionKind::Multiple => Icon::Boxes,
        QuestionKind::Battery => Icon::Scale,
        QuestionKind::Numeric => Icon::Number,
    }
}
