//! DDI-Codebooks beside data files, and codebooks that are no good.

use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{
    self, AnswerKind, Code, DataError, DataWarning, Dataset, ItemKind, Language, Opened, QuestionKind, ReadOptions,
    Role, VariableKind,
};

use crate::mutants::{Dice, mutant};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/files/ddi")
}

fn open(name: &str) -> Opened {
    data::read(&folder().join(name), &ReadOptions::default()).unwrap()
}

fn kinds(data: &Dataset, name: &str) -> Vec<(Code, String, AnswerKind)> {
    let variable = data.variable(&name.into()).unwrap();
    let value = |value: &data::Value| (value.code.clone(), value.label.get(Language::En).to_owned(), value.is);
    variable.values.iter().map(value).collect()
}

#[test]
fn the_codebook_of_an_archive_explains_the_file_beside_it() {
    let opened = open("dataverse.csv");
    let data = &opened.dataset;
    assert_eq!(data.codebook.title.get(Language::Da), "Innovation & trivsel 2020");
    let answer = data.variable(&"svar".into()).unwrap();
    assert_eq!(answer.label.get(Language::Da), "Hvor enig er du?");
    assert_eq!(
        kinds(data, "svar"),
        [
            (1.0.into(), "Enig".to_owned(), AnswerKind::Answer),
            (2.0.into(), "Uenig".to_owned(), AnswerKind::Answer),
            (9.0.into(), "Ved ikke".to_owned(), AnswerKind::Missing),
            (8.0.into(), String::new(), AnswerKind::Missing),
        ]
    );
    assert_eq!(answer.missing_ranges, [(90.0, 99.0)]);
    assert_eq!(data.codebook.with_role(Role::Weight).unwrap().name, "vægt".into());
    assert_eq!(
        kinds(data, "by"),
        [("K".into(), "København".to_owned(), AnswerKind::Answer)]
    );
    assert_eq!(data.variable(&"alder".into()).unwrap().kind, VariableKind::Numeric);
    let question = data.codebook.question(&"svar".into()).unwrap();
    assert_eq!(
        question.text.get(Language::Da),
        "Hvor enig er du i, at arbejdspladsen er innovativ?"
    );
    let topic = question.topic.as_ref().unwrap();
    let topic = data.codebook.topics.iter().find(|known| known.id == *topic).unwrap();
    assert_eq!(topic.label.get(Language::Da), "Innovation");
    assert!(opened.warnings.contains(&DataWarning::CodebookMismatch {
        codebook: "dataverse.xml".to_owned(),
        missing: vec!["fraværende".into()],
    }));
}

#[test]
fn groups_of_variables_are_questions_and_languages_are_kept_apart() {
    for opened in [
        open("nesstar.csv"),
        // The same, asked for by name.
        data::read(
            &folder().join("nesstar.csv"),
            &ReadOptions {
                codebook: Some(folder().join("nesstar.xml")),
                ..ReadOptions::default()
            },
        )
        .unwrap(),
    ] {
        let data = &opened.dataset;
        assert_eq!(data.codebook.title.get(Language::En), "The survey");
        let sex = data.variable(&"koen".into()).unwrap();
        assert_eq!(
            (sex.label.get(Language::Da), sex.label.get(Language::En)),
            ("Køn", "Sex")
        );
        assert_eq!(sex.label_of(&2.0.into(), Language::Da), "Kvinde");
        let partners = data.codebook.question(&"partnere".into()).unwrap();
        assert_eq!(partners.kind, QuestionKind::Multiple);
        assert_eq!(partners.short.get(Language::Da), "Hvem samarbejdede I med?");
        assert_eq!(partners.counted, [Code::Number(1.0)]);
        assert_eq!(partners.items.len(), 3);
        assert!(partners.items.iter().all(|item| item.is == ItemKind::Answer));
        let barriers = data.codebook.question(&"barrierer".into()).unwrap();
        assert_eq!(barriers.kind, QuestionKind::Battery);
        assert_eq!(barriers.text.get(Language::Da), "Hvad hæmmede?");
        assert_eq!(barriers.items.len(), 2);
        assert_eq!(opened.warnings, []);
    }
}

#[test]
fn another_xml_file_of_the_same_name_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.csv"), "a,b\n1,2\n").unwrap();
    for other in [
        "<?xml version=\"1.0\"?><html/>",
        "",
        "<!-- <codeBook> --><x/>",
        "no xml",
    ] {
        fs::write(folder.path().join("s.xml"), other).unwrap();
        assert_eq!(
            data::read(&folder.path().join("s.csv"), &ReadOptions::default())
                .unwrap()
                .warnings,
            []
        );
    }
}

#[test]
fn codebooks_that_are_no_good_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("s.csv");
    fs::write(&data, "a,b\n1,2\n").unwrap();
    let entities = "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">";
    let deep = "<var><qstn>".repeat(200_000);
    for (codebook, reason) in [
        ("<codeBook><dataDscr>", "the codebook cannot be used"),
        (&format!("<codeBook><dataDscr>{deep}"), "the codebook cannot be used"),
        (
            &format!("<?xml version=\"1.0\"?><!DOCTYPE codeBook [{entities}]><codeBook>&b;</codeBook>"),
            "it defines entities of its own",
        ),
    ] {
        fs::write(folder.path().join("s.xml"), codebook).unwrap();
        let error = data::read(&data, &ReadOptions::default()).unwrap_err();
        assert!(matches!(error, DataError::Codebook { .. }));
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn deep_and_wide_codebooks_are_read_without_harm() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("s.csv");
    fs::write(&data, "a,b\n1,2\n").unwrap();
    let deep = format!(
        "<codeBook><dataDscr>{}<var name=\"a\"/>{}</dataDscr></codeBook>",
        "<varGrp>".repeat(2_000),
        "</varGrp>".repeat(2_000)
    );
    let wide = format!(
        "<codeBook><dataDscr>{}</dataDscr></codeBook>",
        "<var name=\"a\"><labl>x</labl></var>".repeat(50_000)
    );
    for codebook in [deep, wide] {
        fs::write(folder.path().join("s.xml"), codebook).unwrap();
        let start = std::time::Instant::now();
        let _ = data::read(&data, &ReadOptions::default());
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}

#[test]
fn twenty_thousand_damaged_ddi_are_refused_or_read_but_never_end_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let half = |name: &str, seed: u64| {
        let whole = fs::read(self::folder().join(format!("{name}.xml"))).unwrap();
        let csv = fs::read(self::folder().join(format!("{name}.csv"))).unwrap();
        let codebook = folder.path().join(format!("{name}.xml"));
        let options = ReadOptions {
            codebook: Some(codebook.clone()),
            ..ReadOptions::default()
        };
        let mut dice = Dice(seed);
        let read = |_: &usize| {
            fs::write(&codebook, mutant(&whole, &mut dice)).unwrap();
            data::read_bytes("s.csv", &csv, &options, None).is_ok_and(|opened| !opened.dataset.questions().is_empty())
        };
        (0..10_000).filter(read).count()
    };
    let read = std::thread::scope(|scope| {
        let other = scope.spawn(|| half("dataverse", 31));
        half("nesstar", 32) + other.join().unwrap()
    });
    assert!(read > 1_000, "{read}");
}
