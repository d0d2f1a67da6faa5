//! Roles, kinds and concepts in, what a person reads out.

use crate::data::{AnswerKind, Codebook, Concept, Language, QuestionKind, Role, VariableKind, general_pack};

/// The key of a role's name.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Weight => "ui-role-weight",
        Role::Stratum => "ui-role-stratum",
        Role::PopulationSize => "ui-role-population-size",
        Role::Cluster => "ui-role-cluster",
        Role::Sector => "ui-role-sector",
        Role::Size => "ui-role-size",
        Role::RespondentType => "ui-role-respondent-type",
        Role::Region => "ui-role-region",
        Role::Branch => "ui-role-branch",
        Role::Round => "ui-role-round",
        Role::Id => "ui-role-id",
        Role::Organisation => "ui-role-organisation",
    }
}

/// The key of the name of a kind of question.
pub fn question_key(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => "ui-question-single",
        QuestionKind::Multiple => "ui-question-multiple",
        QuestionKind::Battery => "ui-question-battery",
        QuestionKind::Numeric => "ui-question-numeric",
    }
}

/// The key of the name of a kind of variable.
pub fn variable_key(kind: VariableKind) -> &'static str {
    match kind {
        VariableKind::Nominal => "ui-variable-nominal",
        VariableKind::Ordinal => "ui-variable-ordinal",
        VariableKind::Numeric => "ui-variable-numeric",
        VariableKind::Text => "ui-variable-text",
        VariableKind::Date => "ui-variable-date",
    }
}

/// The key of what a code says.
pub fn answer_key(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Answer => "ui-answer-answer",
        AnswerKind::DontKnow => "ui-answer-dont-know",
        AnswerKind::NotRelevant => "ui-answer-not-relevant",
        AnswerKind::Refused => "ui-answer-refused",
        AnswerKind::NotAsked => "ui-answer-not-asked",
        AnswerKind::Missing => "ui-answer-missing",
    }
}

/// Everything that a code can say.
pub const ANSWERS: [AnswerKind; 6] = [
    AnswerKind::Answer,
    AnswerKind::DontKnow,
    AnswerKind::NotRelevant,
    AnswerKind::Refused,
    AnswerKind::NotAsked,
    AnswerKind::Missing,
];

/// The concepts that surveys share.
pub fn concepts() -> &'static [Concept] {
    general_pack().map_or(&[], |pack| &pack.concepts)
}

/// What a concept is called.
pub fn concept_name(id: &str, language: Language) -> String {
    let known = concepts().iter().find(|concept| concept.id == id);
    match known.map(|concept| concept.short.get(language)) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => id.to_owned(),
    }
}

/// What a variable is called: "q12 · Sector".
pub fn variable_words(codebook: &Codebook, var: &crate::data::VarId, language: Language) -> String {
    match codebook.variable(var).map(|variable| variable.label.get(language)) {
        Some(label) if !label.is_empty() => format!("{var} · {label}"),
        _ => var.to_string(),
    }
}
