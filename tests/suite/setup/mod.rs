//! Set-up of files that no codebook knows.

pub mod danish;
mod drafts;
mod german;
mod made;
mod random;
mod styles;

use std::collections::BTreeSet;

use isobar::data::{Dataset, Question, QuestionKind, ReadOptions, Role, read};
use isobar::setup::{Guess, What, guess};

use crate::program::path;
use made::{File, Truth};

pub fn questions(guesses: &[Guess]) -> Vec<&Question> {
    guesses
        .iter()
        .filter_map(|guess| match &guess.what {
            What::Question(question) => Some(question.as_ref()),
            _ => None,
        })
        .collect()
}

/// The variable guessed first for a role.
pub fn with_role(guesses: &[Guess], role: Role) -> Option<&str> {
    guesses.iter().find_map(|guess| match &guess.what {
        What::Role { var, role: found } if *found == role && guess.instead_of.is_none() => Some(var.0.as_str()),
        _ => None,
    })
}

fn members(question: &Question) -> Vec<String> {
    question.items.iter().map(|item| item.var.0.clone()).collect()
}

/// The sets that were not found, and what was found and is none.
fn compare(guesses: &[Guess], truth: &[Truth]) -> (Vec<Truth>, Vec<Truth>) {
    let found: Vec<Truth> = questions(guesses)
        .into_iter()
        .map(|question| Truth {
            kind: question.kind,
            members: members(question),
        })
        .collect();
    let missed = truth.iter().filter(|set| !found.contains(set)).cloned().collect();
    let invented = found.into_iter().filter(|set| !truth.contains(set)).collect();
    (missed, invented)
}

fn assert_found(guesses: &[Guess], truth: &[Truth], name: &str) {
    let (missed, invented) = compare(guesses, truth);
    let all = truth.len();
    println!(
        "{name}: {} of {all} sets, {} invented",
        all - missed.len(),
        invented.len()
    );
    assert!(
        missed.len() * 10 <= all,
        "{name}: not found: {missed:#?}\ninvented: {invented:#?}"
    );
    assert!(
        invented.len() * 10 <= questions(guesses).len(),
        "{name}: invented: {invented:#?}\nnot found: {missed:#?}"
    );
}

fn assert_weights(guesses: &[Guess], right: &[&str]) {
    for guess in guesses {
        if let What::Role {
            var,
            role: Role::Weight,
        } = &guess.what
        {
            assert!(right.contains(&var.0.as_str()), "{var} is no weight: {guess:?}");
        }
    }
    assert_eq!(with_role(guesses, Role::Weight), right.first().copied());
}

fn made(file: &File) -> (Dataset, Vec<Guess>) {
    let data = file.dataset();
    let guesses = guess(&data);
    (data, guesses)
}

#[test]
fn an_unknown_german_file_is_set_up() {
    let file = german::file();
    assert!(file.variables.len() >= 250, "{}", file.variables.len());
    let (_, guesses) = made(&file);
    assert_weights(&guesses, &["hfaktor", "gewicht_alt"]);
    for (role, var) in [
        (Role::Sector, "gebiet"),
        (Role::Size, "besch_kl"),
        (Role::Region, "bland"),
        (Role::Branch, "wzweig"),
        (Role::Id, "lfdnr"),
        (Role::RespondentType, "pos"),
    ] {
        assert_eq!(with_role(&guesses, role), Some(var), "{role:?}");
    }
    assert_found(&guesses, &file.truth, "German");
}

#[test]
fn an_unknown_danish_file_is_set_up() {
    let file = danish::file();
    assert!(file.variables.len() >= 250, "{}", file.variables.len());
    let (_, guesses) = made(&file);
    assert_weights(&guesses, &["vgt", "raavgt"]);
    for (role, var) in [
        (Role::Sector, "sekt"),
        (Role::Size, "antal_kl"),
        (Role::Region, "amt_omr"),
        (Role::Branch, "branche"),
        (Role::Id, "respnr"),
        (Role::RespondentType, "stilling"),
        (Role::Organisation, "kommunenr"),
    ] {
        assert_eq!(with_role(&guesses, role), Some(var), "{role:?}");
    }
    assert_found(&guesses, &file.truth, "Danish");
}

/// A sample survey as if no codebook said what its columns mean: names, labels and codes alone.
fn stripped(name: &str) -> (Dataset, Vec<Truth>) {
    let options = ReadOptions::default();
    let mut data = read(&path(&format!("sample-data/{name}.csv")), &options)
        .unwrap()
        .dataset;
    let truth = data
        .codebook
        .questions
        .iter()
        .filter(|question| matches!(question.kind, QuestionKind::Multiple | QuestionKind::Battery))
        .map(|question| Truth {
            kind: question.kind,
            members: members(question),
        })
        .collect();
    data.codebook.questions.clear();
    for variable in &mut data.codebook.variables {
        variable.role = None;
        for value in &mut variable.values {
            value.is = isobar::data::AnswerKind::Answer;
        }
    }
    (data, truth)
}

#[test]
fn the_sample_surveys_are_set_up_from_their_labels_alone() {
    for name in ["innovationsbarometer-2016", "arena-2020", "organisationer-2016"] {
        let known = read(&path(&format!("sample-data/{name}.csv")), &ReadOptions::default())
            .unwrap()
            .dataset;
        let (data, truth) = stripped(name);
        let guesses = guess(&data);
        assert_found(&guesses, &truth, name);
        let mut wrong = Vec::new();
        for role in Role::ALL {
            let right = known.codebook.with_role(role).map(|variable| variable.name.0.as_str());
            if with_role(&guesses, role) != right {
                wrong.push((role, right, with_role(&guesses, role)));
            }
        }
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        // Poles and "don't know" are those of the codebook.
        for question in questions(&guesses) {
            let told = known
                .codebook
                .questions
                .iter()
                .find(|told| members(told) == members(question))
                .unwrap();
            assert_eq!(question.counted, told.counted, "{}", told.id);
            if told.id.0 != "ansvar" {
                assert_eq!(question.poles, told.poles, "{}", told.id);
            }
            for (item, told) in question.items.iter().zip(&told.items) {
                assert_eq!(item.is, told.is, "{}", told.var);
            }
        }
        for guess in &guesses {
            if let What::Answer { vars, code, is, .. } = &guess.what {
                for var in vars {
                    assert_eq!(known.variable(var).unwrap().answer_kind(code), *is, "{var} {code}");
                }
            }
        }
    }
}

#[test]
fn the_concepts_of_the_sample_surveys_are_known_by_their_words() {
    for name in ["innovationsbarometer-2016", "arena-2020"] {
        let known = read(&path(&format!("sample-data/{name}.csv")), &ReadOptions::default())
            .unwrap()
            .dataset;
        let mut data = known.clone();
        for question in &mut data.codebook.questions {
            question.concept = None;
            for item in &mut question.items {
                item.actor = None;
            }
        }
        let guesses = guess(&data);
        let (mut right, mut of, mut actors, mut of_actors) = (0, 0, 0, 0);
        for told in known.codebook.questions.iter() {
            let found = guesses.iter().find_map(|guess| match &guess.what {
                What::Concept {
                    question,
                    concept,
                    actors,
                } if *question == told.id => Some((concept, actors)),
                _ => None,
            });
            match (&told.concept, found) {
                (Some(concept), found) => {
                    of += 1;
                    right += usize::from(found.is_some_and(|(found, _)| found == concept));
                    if found.is_none_or(|(found, _)| found != concept) {
                        println!(
                            "{name}: {} is {concept}, guessed {:?}",
                            told.id,
                            found.map(|(found, _)| found)
                        );
                    }
                    for item in told.items.iter().filter(|item| item.actor.is_some()) {
                        of_actors += 1;
                        let guessed = found.and_then(|(_, actors)| actors.iter().find(|(var, _)| *var == item.var));
                        let hit = guessed.is_some_and(|(_, actor)| Some(actor) == item.actor.as_ref());
                        if !hit {
                            println!("{name}: {} is {:?}, guessed {guessed:?}", item.var, item.actor);
                        }
                        actors += usize::from(hit);
                    }
                }
                (None, Some((concept, _))) => println!("{name}: {} guessed as {concept}", told.id),
                (None, None) => {}
            }
        }
        println!("{name}: {right} of {of} concepts, {actors} of {of_actors} actors");
        assert!(right * 10 >= of * 9, "{name}: {right} of {of}");
        assert!(actors * 10 >= of_actors * 8, "{name}: {actors} of {of_actors}");
    }
}

#[test]
fn the_design_of_a_school_survey_is_found_by_its_numbers() {
    let data = read(&path("tests/reference/r-survey/apistrat.csv"), &ReadOptions::default())
        .unwrap()
        .dataset;
    let guesses = guess(&data);
    assert_weights(&guesses, &["pw"]);
    assert_eq!(with_role(&guesses, Role::PopulationSize), Some("fpc"));
    assert_eq!(with_role(&guesses, Role::Stratum), Some("stype"));
    assert_eq!(with_role(&guesses, Role::Id), Some("cds"));
    assert_eq!(questions(&guesses), Vec::<&Question>::new());
}

#[test]
fn every_guess_has_a_name_of_its_own_a_reason_and_words_in_both_languages() {
    use isobar::data::Language;
    for file in [german::file(), danish::file()] {
        let (_, guesses) = made(&file);
        let ids: BTreeSet<_> = guesses.iter().map(|guess| &guess.id).collect();
        assert_eq!(ids.len(), guesses.len());
        for guess in &guesses {
            assert!(guess.confidence > 0.0 && guess.confidence <= 1.0, "{guess:?}");
            assert!(!guess.reasons.is_empty(), "{guess:?}");
            for reason in &guess.reasons {
                for language in Language::ALL {
                    let sentence = isobar::remarks::of_guess(reason, language);
                    assert!(sentence.ends_with('.') && !sentence.contains("remark-"), "{sentence}");
                    assert!(!sentence.contains('{'), "{sentence}");
                }
            }
        }
    }
}
