//! What is chosen on the page, in full, with all that can be changed about it.

use egui::{Align, Id, Key, Layout, Ui, vec2};

use super::super::Scope;
use super::super::fields::field;
use super::super::icons::Icon;
use super::super::menus::{menu_row, select};
use super::super::settings::choose;
use super::super::theme::{self, Weight};
use super::super::widgets::{Push, Tone, text, text_truncated};
use super::rows::{item_label, question_title, reasons};
use super::words::{ANSWERS, answer_key, concept_name, concepts, question_key, role_key, variable_key, variable_words};
use super::{Chosen, Page};
use crate::app::Command;
use crate::data::{Code, Question, QuestionId, QuestionKind, Role, VarId, Variable, VariableKind};
use crate::setup::{Choice, Guess, What};

/// Values of a variable that are listed.
const MOST_VALUES: usize = 40;

/// Draws the details.
pub fn detail_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page) {
    let setup = &scope.state.setup;
    let chosen = page.chosen.clone();
    let guess = match &chosen {
        Some(Chosen::Guess(id)) => setup.guess(id),
        Some(Chosen::Question(id)) => setup.guess_of_question(id),
        _ => None,
    };
    match (&chosen, guess.map(|guess| &guess.what)) {
        (_, Some(What::Role { var, .. })) => variable_ui(ui, scope, page, var),
        (_, Some(What::Question(guessed))) => {
            let question = setup.codebook.question(&guessed.id).unwrap_or(guessed);
            question_ui(ui, scope, page, question);
        }
        (_, Some(What::Answer { vars, .. })) => variables_ui(ui, scope, page, vars),
        (_, Some(What::Concept { question, concept, .. })) => concept_ui(ui, scope, question, concept),
        (Some(Chosen::Question(id)), None) => match setup.codebook.question(id) {
            Some(question) => question_ui(ui, scope, page, question),
            None => nothing_ui(ui, scope),
        },
        (Some(Chosen::Variable(var)), None) => variable_ui(ui, scope, page, var),
        (Some(Chosen::Guess(_)) | None, None) => nothing_ui(ui, scope),
    }
    if let Some(guess) = guess {
        why_ui(ui, scope, guess);
    }
}

fn nothing_ui(ui: &mut Ui, scope: &Scope<'_>) {
    text(
        ui,
        &scope.say("ui-setup-choose"),
        theme::BODY,
        Weight::Regular,
        theme::SECOND,
    );
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(theme::S16);
    text(ui, words, theme::BODY, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S4);
}

fn why_ui(ui: &mut Ui, scope: &Scope<'_>, guess: &Guess) {
    heading(ui, &scope.say("ui-setup-why"));
    for sentence in reasons(guess, scope.language()) {
        text(ui, &sentence, theme::BODY, Weight::Regular, theme::SECOND);
    }
}

/// A name to be typed over; gives the new one when the field is left.
fn name_ui(ui: &mut Ui, page: &mut Page, of: &Chosen, label: &str, now: &str) -> Option<String> {
    text(ui, label, theme::BODY, Weight::Regular, theme::SECOND);
    let mut words = match &page.name {
        Some((typed, words)) if typed == of => words.clone(),
        _ => now.to_owned(),
    };
    let before = words.clone();
    let response = field(ui, Id::unique(("setup-name", format!("{of:?}"))), &mut words, label, "");
    if words != before {
        page.name = Some((of.clone(), words.clone()));
    }
    if !response.lost_focus() {
        return None;
    }
    let (_, typed) = page.name.take_if(|(typed, _)| typed == of)?;
    let typed = typed.trim().to_owned();
    let kept = !ui.input(|input| input.key_pressed(Key::Escape)) && !typed.is_empty() && typed != now;
    kept.then_some(typed)
}

fn variable_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page, var: &VarId) {
    let language = scope.language();
    let Some(variable) = scope.state.setup.codebook.variable(var).cloned() else {
        return nothing_ui(ui, scope);
    };
    text(ui, &variable.name.0, theme::SMALL, Weight::SemiBold, theme::CAPTION);
    text(ui, variable.title(language), 16.0, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S12);
    let label = scope.say("ui-setup-label");
    if let Some(label) = name_ui(
        ui,
        page,
        &Chosen::Variable(var.clone()),
        &label,
        variable.label.get(language),
    ) {
        scope.send(Command::Decide(Choice::Label {
            var: var.clone(),
            language,
            label,
        }));
    }
    ui.add_space(theme::S8);
    let mut roles = vec![(None, scope.say("ui-role-none"))];
    roles.extend(Role::ALL.map(|role| (Some(role), scope.say(role_key(role)))));
    if let Some(role) = choose(ui, &scope.say("ui-setup-role"), &roles, &variable.role) {
        scope.send(Command::Decide(Choice::Role { var: var.clone(), role }));
    }
    let kinds = [
        VariableKind::Nominal,
        VariableKind::Ordinal,
        VariableKind::Numeric,
        VariableKind::Text,
        VariableKind::Date,
    ]
    .map(|kind| (kind, scope.say(variable_key(kind))));
    if let Some(kind) = choose(ui, &scope.say("ui-setup-kind"), &kinds, &variable.kind) {
        scope.send(Command::Decide(Choice::Kind { var: var.clone(), kind }));
    }
    values_ui(ui, scope, &variable);
}

/// The codes with what they say.
fn values_ui(ui: &mut Ui, scope: &mut Scope<'_>, variable: &Variable) {
    if variable.values.is_empty() {
        return;
    }
    let language = scope.language();
    heading(ui, &scope.say("ui-setup-values"));
    for value in variable.values.iter().take(MOST_VALUES) {
        ui.horizontal(|ui| {
            let words = format!("{}  {}", value.code, value.label.get(language));
            let control = 132.0;
            let width = ui.available_width() - control - theme::S8;
            ui.allocate_ui_with_layout(
                vec2(width, theme::CONTROL),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_width(width);
                    text_truncated(ui, &words, theme::BODY, Weight::Regular, theme::INK);
                },
            );
            ui.allocate_ui(vec2(control, theme::CONTROL), |ui| {
                ui.set_width(control);
                let name = scope.say_with("ui-setup-value", &[("code", &words)]);
                let now = scope.say(answer_key(value.is));
                let wanted = select(ui, &name, &now, |ui| {
                    let mut wanted = None;
                    for is in ANSWERS {
                        if menu_row(ui, &scope.say(answer_key(is)), "", is == value.is).clicked() {
                            wanted = Some(is);
                        }
                    }
                    wanted
                });
                if let Some(is) = wanted {
                    scope.send(Command::Decide(Choice::Answer {
                        var: variable.name.clone(),
                        code: value.code.clone(),
                        is,
                    }));
                }
            });
        });
    }
}

fn variables_ui(ui: &mut Ui, scope: &Scope<'_>, page: &mut Page, vars: &[VarId]) {
    text(ui, &scope.say("ui-setup-in"), 16.0, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S8);
    for var in vars.iter().take(MOST_VALUES) {
        let words = variable_words(&scope.state.setup.codebook, var, scope.language());
        if menu_row(ui, &words, "", false).clicked() {
            page.chosen = Some(Chosen::Variable(var.clone()));
        }
    }
}

/// A select over the concepts that surveys share.
fn about_ui(ui: &mut Ui, scope: &mut Scope<'_>, question: &QuestionId, now: Option<&str>) {
    let language = scope.language();
    let mut options = vec![(None, scope.say("ui-setup-concept-none"))];
    options.extend(
        concepts()
            .iter()
            .map(|concept| (Some(concept.id.clone()), concept_name(&concept.id, language))),
    );
    let now = now.map(str::to_owned);
    if now.is_some() && !options.iter().any(|(id, _)| *id == now) {
        options.push((now.clone(), now.clone().unwrap_or_default()));
    }
    if let Some(concept) = choose(ui, &scope.say("ui-setup-concept"), &options, &now) {
        scope.send(Command::Decide(Choice::Concept {
            question: question.clone(),
            concept,
        }));
    }
}

fn concept_ui(ui: &mut Ui, scope: &mut Scope<'_>, question: &QuestionId, concept: &str) {
    let setup = &scope.state.setup;
    let title = question_title(setup, question, scope.language());
    text(ui, &title, 16.0, Weight::SemiBold, theme::INK);
    ui.add_space(theme::S12);
    let now = setup
        .codebook
        .question(question)
        .and_then(|question| question.concept.clone());
    let sentence = scope.say_with(
        "ui-setup-about",
        &[("concept", &concept_name(concept, scope.language()))],
    );
    text(ui, &sentence, theme::BODY, Weight::Regular, theme::SECOND);
    ui.add_space(theme::S8);
    about_ui(ui, scope, question, now.as_deref());
}

fn question_ui(ui: &mut Ui, scope: &mut Scope<'_>, page: &mut Page, question: &Question) {
    let language = scope.language();
    text(ui, &question.id.0, theme::SMALL, Weight::SemiBold, theme::CAPTION);
    text(ui, question.title(language), 16.0, Weight::SemiBold, theme::INK);
    if !question.text.is_empty() && question.text.get(language) != question.title(language) {
        text(
            ui,
            question.text.get(language),
            theme::BODY,
            Weight::Regular,
            theme::SECOND,
        );
    }
    ui.add_space(theme::S12);
    let label = scope.say("ui-setup-short");
    let of = Chosen::Question(question.id.clone());
    if let Some(short) = name_ui(ui, page, &of, &label, question.title(language)) {
        scope.send(Command::Decide(Choice::Rename {
            question: question.id.clone(),
            language,
            short,
        }));
    }
    ui.add_space(theme::S8);
    kind_ui(ui, scope, question);
    about_ui(ui, scope, &question.id, question.concept.as_deref());
    merge_ui(ui, scope, question);
    items_ui(ui, scope, question);
}

fn kind_ui(ui: &mut Ui, scope: &mut Scope<'_>, question: &Question) {
    let language = scope.language();
    let first = question
        .items
        .first()
        .and_then(|item| scope.state.setup.codebook.variable(&item.var));
    let codes: Vec<(Vec<Code>, String)> = first
        .iter()
        .flat_map(|variable| &variable.values)
        .map(|value| {
            let words = format!("{}  {}", value.code, value.label.get(language));
            (vec![value.code.clone()], words)
        })
        .collect();
    let retype = |kind: QuestionKind, counted: Vec<Code>| {
        Command::Decide(Choice::Retype {
            question: question.id.clone(),
            kind,
            counted,
        })
    };
    let kinds = [
        QuestionKind::Multiple,
        QuestionKind::Battery,
        QuestionKind::Single,
        QuestionKind::Numeric,
    ]
    .into_iter()
    // One answer or one number is of one variable.
    .filter(|kind| matches!(kind, QuestionKind::Multiple | QuestionKind::Battery) || question.items.len() == 1)
    .map(|kind| (kind, scope.say(question_key(kind))))
    .collect::<Vec<_>>();
    if let Some(kind) = choose(ui, &scope.say("ui-setup-kind"), &kinds, &question.kind) {
        let counted = match (kind, question.counted.is_empty()) {
            (QuestionKind::Multiple, false) => question.counted.clone(),
            // Mostly the code of "yes".
            (QuestionKind::Multiple, true) => vec![Code::Number(1.0)],
            _ => Vec::new(),
        };
        scope.send(retype(kind, counted));
    }
    if question.kind == QuestionKind::Multiple && !codes.is_empty() {
        let label = scope.say("ui-setup-counted");
        if let Some(counted) = choose(ui, &label, &codes, &question.counted) {
            scope.send(retype(QuestionKind::Multiple, counted));
        }
    }
}

/// A select over the other questions, to be put together with this one.
fn merge_ui(ui: &mut Ui, scope: &mut Scope<'_>, question: &Question) {
    let setup = &scope.state.setup;
    let guessed = setup.guesses.iter().flat_map(|guesses| guesses.iter());
    let guessed = guessed.filter_map(|guess| match &guess.what {
        What::Question(question) => Some(question.id.clone()),
        _ => None,
    });
    let mut others: Vec<QuestionId> = setup.codebook.questions.iter().map(|other| other.id.clone()).collect();
    others.extend(guessed);
    let language = scope.language();
    let mut options: Vec<(Option<QuestionId>, String)> = vec![(None, scope.say("ui-setup-merge-none"))];
    for other in others {
        if other != question.id && !options.iter().any(|(id, _)| id.as_ref() == Some(&other)) {
            let title = question_title(setup, &other, language);
            options.push((Some(other), title));
        }
    }
    if options.len() == 1 {
        return;
    }
    if let Some(Some(from)) = choose(ui, &scope.say("ui-setup-merge"), &options, &None) {
        scope.send(Command::Decide(Choice::Merge {
            into: question.id.clone(),
            from,
        }));
    }
}

/// The boxes or statements, each with the way to begin a question of its own.
fn items_ui(ui: &mut Ui, scope: &mut Scope<'_>, question: &Question) {
    let language = scope.language();
    heading(ui, &scope.say("ui-setup-items"));
    for (position, item) in question.items.iter().enumerate() {
        let label = item_label(item, &scope.state.setup.codebook, language);
        ui.horizontal(|ui| {
            let width = ui.available_width() - 40.0;
            ui.allocate_ui_with_layout(
                vec2(width, theme::CONTROL),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_width(width);
                    text_truncated(ui, &label, theme::BODY, Weight::Regular, theme::INK);
                },
            );
            if position == 0 {
                return;
            }
            let name = scope.say_with("ui-setup-split", &[("item", &label)]);
            if Push::icon(Icon::Split, &name).tone(Tone::Plain).show(ui).clicked() {
                let id = new_id(scope, &item.var);
                scope.send(Command::Decide(Choice::Split {
                    question: question.id.clone(),
                    from: item.var.clone(),
                    id,
                }));
            }
        });
    }
    ui.add_space(theme::S8);
    if question.items.len() > 1 {
        let name = scope.say("ui-setup-dissolve");
        if Push::new(&name).tone(Tone::Plain).show(ui).clicked() {
            let guess = scope.state.setup.guess_of_question(&question.id);
            scope.send(Command::Decide(match guess {
                Some(guess) => Choice::Reject(guess.id.clone()),
                None => Choice::RemoveQuestion(question.id.clone()),
            }));
        }
    }
}

/// An id that no question has, after the first variable of the new one.
fn new_id(scope: &Scope<'_>, var: &VarId) -> QuestionId {
    let setup = &scope.state.setup;
    let taken = |id: &QuestionId| setup.codebook.question(id).is_some() || setup.guess_of_question(id).is_some();
    let plain = QuestionId(var.0.clone());
    if !taken(&plain) {
        return plain;
    }
    let numbered = (2..).map(|number| QuestionId(format!("{var}_{number}")));
    numbered.into_iter().find(|id| !taken(id)).unwrap_or(plain)
}
