//! Decisions about guesses become a codebook; what nobody took does not.

use isobar::data::{
    AnswerKind, Code, Language, QuestionKind, ReadOptions, Role, VarId, VariableKind, read, saved_name,
};
use isobar::setup::{Choice, Decision, Draft, GuessId, What, guess};

use super::{danish, german, members};

#[test]
fn guesses_that_nobody_took_are_not_in_the_codebook() {
    let data = german::file().dataset();
    assert_eq!(Draft::default().codebook(&data), data.codebook);
}

#[test]
fn what_was_accepted_is_in_the_codebook_and_nothing_else() {
    let data = german::file().dataset();
    let guesses = guess(&data);
    let mut draft = Draft::default();
    let weight = GuessId("role:weight:hfaktor".into());
    draft.choose(Choice::Accept(weight.clone()));
    draft.choose(Choice::Accept(GuessId("multiple:F4_1".into())));
    draft.choose(Choice::Accept(GuessId("battery:F8_1".into())));
    assert_eq!(draft.decision(&weight), Decision::Accepted);
    let codebook = draft.codebook_with(&data, &guesses);
    let roles: Vec<_> = codebook
        .variables
        .iter()
        .filter_map(|v| Some((v.role?, v.name.0.as_str())))
        .collect();
    assert_eq!(roles, [(Role::Weight, "hfaktor")]);
    let asked: Vec<_> = codebook
        .questions
        .iter()
        .map(|question| (question.id.0.as_str(), question.kind))
        .collect();
    assert_eq!(asked, [("f4", QuestionKind::Multiple), ("f8", QuestionKind::Battery)]);
    assert_eq!(codebook.unconfirmed, Default::default());
    assert_eq!(codebook.variable(&"F8_1".into()).unwrap().kind, VariableKind::Ordinal);
    let partners = &codebook.questions[0];
    assert_eq!(
        partners.text.get(Language::En),
        "Mit wem haben Sie bei der letzten Innovation zusammengearbeitet?"
    );
    assert_eq!(
        partners.items[2].label.as_ref().unwrap().get(Language::En),
        "Private Unternehmen"
    );
    // Taken back, it is gone.
    draft.choose(Choice::Reject(weight.clone()));
    assert_eq!(draft.decision(&weight), Decision::Rejected);
    assert!(draft.codebook_with(&data, &guesses).with_role(Role::Weight).is_none());
}

#[test]
fn guesses_taken_all_at_once_stay_marked_until_somebody_looks() {
    let data = danish::file().dataset();
    let guesses = guess(&data);
    let mut draft = Draft::default();
    draft.assume_all(&guesses, 0.5);
    let codebook = draft.codebook_with(&data, &guesses);
    assert_eq!(codebook.with_role(Role::Weight).unwrap().name.0, "vgt");
    assert!(codebook.unconfirmed.roles.contains(&"vgt".into()));
    assert_eq!(codebook.unconfirmed.questions.len(), codebook.questions.len());
    draft.choose(Choice::Accept(GuessId("role:weight:vgt".into())));
    let codebook = draft.codebook_with(&data, &guesses);
    assert!(!codebook.unconfirmed.roles.contains(&"vgt".into()));
    assert!(codebook.unconfirmed.roles.contains(&"sekt".into()));
}

#[test]
fn questions_are_merged_split_renamed_and_retyped() {
    let data = german::file().dataset();
    let guesses = guess(&data);
    let mut draft = Draft::default();
    draft.choose(Choice::Merge {
        into: "f8".into(),
        from: "f9".into(),
    });
    draft.choose(Choice::Split {
        question: "f4".into(),
        from: "F4_4".into(),
        id: "rest".into(),
    });
    draft.choose(Choice::Rename {
        question: "rest".into(),
        language: Language::En,
        short: "Others".into(),
    });
    draft.choose(Choice::Retype {
        question: "f17".into(),
        kind: QuestionKind::Battery,
        counted: Vec::new(),
    });
    draft.choose(Choice::Concept {
        question: "rest".into(),
        concept: Some("partners".into()),
    });
    let codebook = draft.codebook_with(&data, &guesses);
    let of = |id: &str| codebook.question(&id.into()).unwrap();
    assert_eq!(of("f8").items.len(), 8);
    assert!(codebook.question(&"f9".into()).is_none());
    assert_eq!(members(of("f4")), ["F4_1", "F4_2", "F4_3"]);
    assert_eq!(members(of("rest")).len(), 6);
    assert_eq!(of("rest").title(Language::En), "Others");
    assert_eq!(of("rest").counted, [Code::Number(1.0)]);
    assert_eq!(of("rest").concept.as_deref(), Some("partners"));
    assert_eq!(of("f17").kind, QuestionKind::Battery);
    // Nothing is asked twice under two names.
    let opened = data.with_codebook(codebook);
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
}

#[test]
fn roles_and_codes_are_set_by_hand() {
    let data = german::file().dataset();
    let mut draft = Draft::default();
    draft.choose(Choice::Accept(GuessId("role:weight:hfaktor".into())));
    draft.choose(Choice::Role {
        var: "gewicht_alt".into(),
        role: Some(Role::Weight),
    });
    draft.choose(Choice::Answer {
        var: "F1".into(),
        code: Code::Number(8.0),
        is: AnswerKind::DontKnow,
    });
    draft.choose(Choice::Label {
        var: "F1".into(),
        language: Language::Da,
        label: "Indført noget nyt".into(),
    });
    draft.choose(Choice::Kind {
        var: "alter".into(),
        kind: VariableKind::Ordinal,
    });
    let told = data.with_codebook(draft.codebook(&data)).dataset;
    assert_eq!(told.codebook.with_role(Role::Weight).unwrap().name.0, "gewicht_alt");
    let asked = told.variable(&"F1".into()).unwrap();
    assert_eq!(asked.answer_kind(&Code::Number(8.0)), AnswerKind::DontKnow);
    assert_eq!(asked.title(Language::Da), "Indført noget nyt");
    assert_eq!(told.variable(&"alter".into()).unwrap().kind, VariableKind::Ordinal);
    // Taking a role away holds, although the codebook before had it.
    let mut draft = Draft::default();
    draft.choose(Choice::Role {
        var: "gewicht_alt".into(),
        role: None,
    });
    assert!(
        told.with_codebook(draft.codebook(&told))
            .dataset
            .codebook
            .with_role(Role::Weight)
            .is_none()
    );
}

#[test]
fn the_next_file_with_the_same_variables_picks_up_the_saved_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let survey = |name: &str| {
        let path = folder.path().join(name);
        let mut text = String::from("nr,q1_1,q1_2,q1_3,w\n");
        for row in 0..30 {
            text.push_str(&format!("{row},{},{},{},1.{row}5\n", row % 2, row % 3 % 2, row % 5 % 2));
        }
        std::fs::write(&path, text).unwrap();
        path
    };
    let saved = folder.path().join("codebooks");
    std::fs::create_dir(&saved).unwrap();
    std::fs::write(saved.join("broken.json"), "{").unwrap();
    let options = ReadOptions {
        saved: Some(saved.clone()),
        ..ReadOptions::default()
    };
    let first = read(&survey("first.csv"), &options).unwrap().dataset;
    assert!(first.codebook.questions.is_empty());
    let mut draft = Draft::default();
    draft.assume_all(&guess(&first), 0.5);
    let codebook = draft.codebook(&first);
    assert_eq!(codebook.questions.len(), 1, "{:?}", codebook.questions);
    let json = serde_json::to_string(&codebook).unwrap();
    std::fs::write(saved.join(saved_name(&codebook)), json).unwrap();
    let second = read(&survey("second.csv"), &options).unwrap();
    assert_eq!(second.dataset.codebook.questions, codebook.questions);
    assert_eq!(second.dataset.codebook.unconfirmed, codebook.unconfirmed);
    assert_eq!(second.warnings.len(), 1, "{:?}", second.warnings);
}

#[test]
fn a_draft_is_saved_and_read_again() {
    let data = german::file().dataset();
    let mut draft = Draft::default();
    draft.assume_all(&guess(&data), 0.7);
    draft.choose(Choice::Blank {
        var: VarId::from("F1"),
        is: AnswerKind::NotAsked,
    });
    let json = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
    for guess in guess(&data) {
        let json = serde_json::to_string(&guess).unwrap();
        assert_eq!(serde_json::from_str::<isobar::setup::Guess>(&json).unwrap(), guess);
        assert!(!matches!(&guess.what, What::Question(question) if question.items.len() < 2));
    }
}
