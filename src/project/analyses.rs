//! A question and its codebook in, what can be shown of it out; and what can be shown of a survey as a whole.

use crate::data::{Codebook, Dataset, Item, Language, Question, QuestionId, QuestionKind, Role, VarId, VariableKind};
use crate::measure::{
    Against, BoxView, Controlled, EffectChoice, Measure, ModelChoice, ModelTerm, ModelView, Outcome, role_questions,
};

use super::outcomes;

/// What a person can choose to see, less its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Analysis {
    /// The answers to the question.
    Answers,
    /// A battery by its poles, with their net.
    Poles,
    /// One box or several, and which.
    Composition,
    /// Sets of boxes, exactly or at least.
    Combinations,
    /// How many boxes.
    Count,
    /// Each box alone, or with others.
    Alone,
    /// What goes with one box.
    Constellation,
    /// Boxes and their pairs.
    Network,
    /// Every actor's role over several questions.
    Roles,
    /// One actor's role and its parts.
    Profile,
    /// How often an outcome holds among those with each box.
    Effect,
    /// A regression.
    Model,
}

impl Analysis {
    /// What a measure shows; `None` for what the window has no settings for.
    pub fn of(measure: &Measure) -> Option<Self> {
        Some(match measure {
            Measure::Question(_) => Self::Answers,
            Measure::Poles(_) => Self::Poles,
            Measure::Boxes { view, .. } => match view {
                BoxView::Composition => Self::Composition,
                BoxView::Combinations | BoxView::AtLeast => Self::Combinations,
                BoxView::Count | BoxView::Counts => Self::Count,
                BoxView::Alone | BoxView::WithOthers => Self::Alone,
                BoxView::Constellation(_) => Self::Constellation,
                BoxView::Network => Self::Network,
                BoxView::Any | BoxView::None | BoxView::Joint | BoxView::Conditional(_) | BoxView::Lift => return None,
            },
            Measure::Roles(_) => Self::Roles,
            Measure::Profile { .. } => Self::Profile,
            Measure::Effect(_) => Self::Effect,
            Measure::Model(_) => Self::Model,
            Measure::Share(_)
            | Measure::Mean(_)
            | Measure::Total(_)
            | Measure::Count(_)
            | Measure::Ratio { .. }
            | Measure::Response(_)
            | Measure::Quantiles { .. } => return None,
        })
    }

    /// The measure that is proposed first for `question`; `None` where it or the codebook lacks what that takes.
    pub fn proposed(self, question: &Question, codebook: &Codebook) -> Option<Measure> {
        let boxes = |view| Measure::Boxes {
            question: question.id.clone(),
            view,
            groups: false,
        };
        let several = |least: usize| has_several(question) && question.boxes().count() >= least;
        match self {
            Self::Answers => Some(Measure::Question(question.id.clone())),
            Self::Poles => (question.kind == QuestionKind::Battery && question.poles.is_some())
                .then(|| Measure::Poles(question.id.clone())),
            Self::Composition => several(2).then(|| boxes(BoxView::Composition)),
            Self::Combinations => several(2).then(|| boxes(BoxView::Combinations)),
            Self::Count => several(2).then(|| boxes(BoxView::Counts)),
            Self::Alone => several(2).then(|| boxes(BoxView::Alone)),
            Self::Constellation => {
                let first = question.boxes().next().filter(|_| several(2))?;
                Some(boxes(BoxView::Constellation(VarId(first.id()))))
            }
            Self::Network => several(3).then(|| boxes(BoxView::Network)),
            Self::Roles => in_roles(question, codebook).then(|| Measure::Roles(ids(&role_questions(codebook)))),
            Self::Profile => {
                let questions = in_roles(question, codebook).then(|| role_questions(codebook))?;
                Some(Measure::Profile {
                    actor: actors(&questions, codebook).into_iter().next()?,
                    questions: ids(&questions),
                })
            }
            Self::Effect => effect(question, codebook),
            Self::Model => model(question, codebook),
        }
    }
}

/// What can be shown of `question`, in the order of a menu; its answers first.
pub fn analyses(question: &Question, codebook: &Codebook) -> Vec<Analysis> {
    use Analysis::*;
    [
        Answers,
        Poles,
        Composition,
        Combinations,
        Count,
        Alone,
        Constellation,
        Network,
        Roles,
        Profile,
        Effect,
        Model,
    ]
    .into_iter()
    .filter(|analysis| analysis.proposed(question, codebook).is_some())
    .collect()
}

/// The analyses of a survey as a whole that its codebook has what they need for: roles, the network of partners, the
/// effect of collaboration, a model.
pub fn whole(codebook: &Codebook) -> Vec<(Analysis, Measure)> {
    let partners = with_concept(codebook, "partners");
    let values = with_concept(codebook, "values");
    let of =
        |analysis: Analysis, question: Option<&Question>| Some((analysis, analysis.proposed(question?, codebook)?));
    let roles = role_questions(codebook);
    [
        of(Analysis::Roles, roles.first().copied()),
        of(Analysis::Network, partners),
        of(Analysis::Effect, partners),
        of(
            Analysis::Model,
            values.or(partners).or(with_concept(codebook, "innovation_types")),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The question that a measure is about; of a model the one that its outcome belongs to.
pub fn question_of(measure: &Measure, data: &Dataset) -> Option<Question> {
    match measure {
        Measure::Model(model) => outcomes::question_of(&model.outcome, data),
        measure => data.question(measure.question()?).ok(),
    }
}

/// The actors that the items of some questions are about, in the codebook's order.
pub fn actors(questions: &[&Question], codebook: &Codebook) -> Vec<String> {
    let items: Vec<&Item> = questions.iter().flat_map(|question| &question.items).collect();
    let named = |id: &str| items.iter().any(|item| item.actor.as_deref() == Some(id));
    codebook
        .actors
        .iter()
        .map(|actor| actor.id.clone())
        .filter(|id| named(id))
        .collect()
}

/// The multiple-response questions whose boxes can explain something.
pub fn explaining(codebook: &Codebook) -> Vec<&Question> {
    codebook
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Multiple && question.boxes().count() >= 2)
        .collect()
}

/// The variables that a comparison can hold alike and a model is first made of: sector and size.
pub fn background(codebook: &Codebook) -> Vec<VarId> {
    [Role::Sector, Role::Size]
        .into_iter()
        .filter_map(|role| codebook.with_role(role))
        .map(|variable| variable.name.clone())
        .collect()
}

fn with_concept<'a>(codebook: &'a Codebook, concept: &str) -> Option<&'a Question> {
    codebook
        .questions
        .iter()
        .find(|question| question.concept.as_deref() == Some(concept))
}

fn ids(questions: &[&Question]) -> Vec<QuestionId> {
    questions.iter().map(|question| question.id.clone()).collect()
}

fn in_roles(question: &Question, codebook: &Codebook) -> bool {
    role_questions(codebook).iter().any(|known| known.id == question.id)
}

/// Whether a respondent can have several of its boxes.
fn has_several(question: &Question) -> bool {
    question.kind == QuestionKind::Multiple && question.max != Some(1)
}

/// The effect of partners on a value: proposed from either question, and from any other multiple-response question in
/// place of the partners.
fn effect(question: &Question, codebook: &Codebook) -> Option<Measure> {
    if question.kind != QuestionKind::Multiple {
        return None;
    }
    let partners = with_concept(codebook, "partners");
    let values = with_concept(codebook, "values").or(with_concept(codebook, "innovation_types"));
    let is = |known: Option<&Question>| known.is_some_and(|known| known.id == question.id);
    let (boxes, explained) = match is(values) {
        true => (partners?, question),
        false => (question, values?),
    };
    if boxes.boxes().count() < 2 || boxes.id == explained.id {
        return None;
    }
    Some(Measure::Effect(Box::new(EffectChoice {
        outcome: explained.chosen(explained.boxes().next()?),
        boxes: boxes.id.clone(),
        against: Against::default(),
        controls: Vec::new(),
    })))
}

fn model(question: &Question, codebook: &Codebook) -> Option<Measure> {
    let outcome = match question.kind {
        QuestionKind::Numeric => Outcome::Mean(question.items.first()?.var.clone()),
        _ => Outcome::Share(outcomes::choices(question, codebook).into_iter().next()?.when),
    };
    let own = outcome_variables(&outcome);
    let mut vars = background(codebook);
    vars.retain(|var| !own.contains(var));
    if vars.is_empty() {
        // Of a survey without sector and size, the first thing with categories that is no part of the question.
        let variable = codebook.variables.iter().find(|variable| {
            let is_category = matches!(variable.kind, VariableKind::Nominal | VariableKind::Ordinal);
            is_category
                && (2..=12).contains(&variable.values.len())
                && !variable.role.is_some_and(Role::is_machinery)
                && !question.variables().any(|var| *var == variable.name)
        });
        vars.extend(variable.map(|variable| variable.name.clone()));
    }
    if vars.is_empty() {
        return None;
    }
    Some(Measure::Model(Box::new(ModelChoice {
        outcome,
        terms: vars.into_iter().map(term).collect(),
        references: Vec::new(),
        view: ModelView::default(),
    })))
}

/// A term of one variable, entering as the codebook says.
pub fn term(var: VarId) -> ModelTerm {
    vec![Controlled { var, entering: None }]
}

/// The variables that an outcome reads.
pub fn outcome_variables(outcome: &Outcome) -> Vec<VarId> {
    match outcome {
        Outcome::Share(condition) => condition.variables().into_iter().cloned().collect(),
        Outcome::Mean(var) => vec![var.clone()],
    }
}

/// What an item is called: by its own label, else its variable's.
pub fn item_label(item: &Item, codebook: &Codebook, language: Language) -> String {
    let own = item.label.as_ref().map(|label| label.get(language).to_owned());
    let of_variable = || {
        codebook
            .variable(&item.var)
            .map_or_else(|| item.var.0.clone(), |variable| variable.title(language).to_owned())
    };
    own.filter(|label| !label.is_empty()).unwrap_or_else(of_variable)
}
