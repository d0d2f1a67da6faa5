//! What a question and its codebook allow to be shown, and how models and outcomes are chosen rather than written.

use isobar::data::{Code, Codebook, Condition, Dataset, Question, QuestionId, Role, VarId, sample};
use isobar::measure::role_questions;
use isobar::measure::{Entering, Measure, ModelChoice, ModelView, Outcome};
use isobar::project::analyses::whole;
use isobar::project::{Analysis, analyses, outcomes};

fn data() -> Dataset {
    sample::read().unwrap().dataset
}

fn question(codebook: &Codebook, id: &str) -> Question {
    codebook.question(&QuestionId(id.to_owned())).unwrap().clone()
}

fn offered(codebook: &Codebook, id: &str) -> Vec<Analysis> {
    analyses(&question(codebook, id), codebook)
}

#[test]
fn a_question_offers_what_its_kind_and_the_codebook_allow() {
    use Analysis::*;
    let data = data();
    let codebook = &data.codebook;
    let boxes = [Composition, Combinations, Count, Alone, Constellation, Network];
    let with = |before: &[Analysis], after: &[Analysis]| [before, &boxes, after].concat();
    assert_eq!(
        offered(codebook, "partnere"),
        with(&[Answers], &[Roles, Profile, Effect, Model])
    );
    assert_eq!(offered(codebook, "vaerdier"), with(&[Answers], &[Effect, Model]));
    assert_eq!(offered(codebook, "faktorer"), [Answers, Poles, Roles, Profile, Model]);
    assert_eq!(offered(codebook, "nyhed"), [Answers, Model]);
    assert_eq!(offered(codebook, "ansatte"), [Answers, Model]);
}

#[test]
fn without_concepts_no_roles_and_no_effects_are_proposed() {
    let mut codebook = data().codebook;
    for question in &mut codebook.questions {
        question.concept = None;
    }
    let offered = offered(&codebook, "partnere");
    for analysis in [Analysis::Roles, Analysis::Profile, Analysis::Effect] {
        assert!(!offered.contains(&analysis), "{analysis:?}");
    }
    assert!(offered.contains(&Analysis::Network));
    assert!(whole(&codebook).is_empty());
}

#[test]
fn a_question_of_one_box_has_no_pairs() {
    let mut codebook = data().codebook;
    let partners = codebook
        .questions
        .iter_mut()
        .find(|known| known.id.0 == "partnere")
        .unwrap();
    partners.max = Some(1);
    let offered = offered(&codebook, "partnere");
    assert!(!offered.contains(&Analysis::Network) && !offered.contains(&Analysis::Combinations));
}

#[test]
fn a_survey_offers_whole_analyses_and_each_is_what_it_says() {
    let data = data();
    let offered = whole(&data.codebook);
    let kinds: Vec<Analysis> = offered.iter().map(|(analysis, _)| *analysis).collect();
    use Analysis::*;
    assert_eq!(kinds, [Roles, Network, Effect, Model]);
    for (analysis, measure) in offered {
        assert_eq!(Analysis::of(&measure), Some(analysis));
    }
    let ids: Vec<&str> = role_questions(&data.codebook)
        .iter()
        .map(|known| known.id.0.as_str())
        .collect();
    assert_eq!(ids, ["igangsaettere", "faktorer", "partnere"]);
}

#[test]
fn ticked_answers_become_a_condition_and_are_found_in_it_again() {
    let data = data();
    let values = question(&data.codebook, "vaerdier");
    let choices = outcomes::choices(&values, &data.codebook);
    assert_eq!(choices.len(), 5);
    let ticks = [false, true, true, false, false];
    let either = outcomes::any_of(&choices, &ticks).unwrap();
    assert_eq!(either.to_string(), "vaerdi_effektivitet = 1 or vaerdi_tilfredshed = 1");
    assert_eq!(outcomes::ticked(&either, &choices), ticks);
    assert_eq!(outcomes::any_of(&choices, &[false; 5]), None);

    let novelty = question(&data.codebook, "nyhed");
    let choices = outcomes::choices(&novelty, &data.codebook);
    let mut ticks = vec![false; choices.len()];
    ticks[1] = true;
    ticks[2] = true;
    let reused = outcomes::any_of(&choices, &ticks).unwrap();
    assert!(
        matches!(&reused, Condition::OneOf { values, .. } if values.len() == 2),
        "{reused}"
    );
    assert_eq!(outcomes::ticked(&reused, &choices), ticks);

    let other = Condition::parse("ansatte > 50").unwrap();
    assert!(outcomes::ticked(&other, &choices).iter().all(|ticked| !ticked));
}

fn model(data: &Dataset) -> ModelChoice {
    match Analysis::Model.proposed(&question(&data.codebook, "vaerdier"), &data.codebook) {
        Some(Measure::Model(model)) => *model,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_model_is_first_made_of_sector_and_size_but_never_of_its_own_outcome() {
    let data = data();
    let vars = |model: &ModelChoice| -> Vec<String> { model.variables().into_iter().map(|(var, _)| var.0).collect() };
    assert_eq!(vars(&model(&data)), ["sektor", "stoerrelse"]);
    let sector = data.question(&QuestionId("sektor".to_owned())).unwrap();
    assert_eq!(data.codebook.with_role(Role::Sector).unwrap().name.0, "sektor");
    let Some(Measure::Model(of_sector)) = Analysis::Model.proposed(&sector, &data.codebook) else {
        panic!("no model of the sector");
    };
    assert_eq!(vars(&of_sector), ["stoerrelse"]);
    let moved = model(&data).with_outcome(of_sector.outcome.clone());
    assert_eq!(vars(&moved), ["stoerrelse"]);
}

#[test]
fn what_speaks_of_a_term_goes_with_it() {
    let data = data();
    let var = |name: &str| VarId(name.to_owned());
    let mut built = model(&data)
        .with_term(&var("ansatte"))
        .with_reference(&var("sektor"), Some(Code::Number(3.0)))
        .toggled_interaction(&var("sektor"), &var("ansatte"));
    built.view = ModelView::Curve {
        over: var("ansatte"),
        by: Some(var("sektor")),
    };
    assert_eq!(built.terms.len(), 4);
    let (numbers, factors) = built.split_variables(&data);
    assert_eq!(numbers, [var("ansatte")]);
    assert_eq!(factors, [var("sektor"), var("stoerrelse")]);
    assert_eq!(built.with_term(&var("ansatte")), built, "a term is there once");

    let without_sector = built.without_term(0);
    assert_eq!(without_sector.terms.len(), 2, "its interaction went too");
    assert!(without_sector.references.is_empty());
    let over = var("ansatte");
    assert_eq!(without_sector.view, ModelView::Curve { over, by: None });

    let by_category = built.with_entering(&var("sektor"), Some(Entering::Numeric));
    assert!(by_category.references.is_empty(), "a number has no reference");
    assert_eq!(
        built.toggled_interaction(&var("ansatte"), &var("sektor")).terms.len(),
        3
    );
    let without_number = built.without_term(2);
    assert_eq!(without_number.view, ModelView::Coefficients);
    assert!(matches!(without_number.outcome, Outcome::Share(_)));
}
