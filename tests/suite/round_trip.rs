//! A project to its file and back; what is refused on the way leaves the file as it was.

use std::fs;
use std::path::{Path, PathBuf};

use isobar::data::{self, Code, Condition, Dataset, DontKnow, Language, ReadOptions, VarId};
use isobar::figure::{Chart, Edges, Look, NetworkLook, SetsLook, Signs, Sort, Theme};
use isobar::filter::{Chip, Filter, Keep};
use isobar::measure::{
    Against, BoxView, Compare, Controlled, DesignChoice, EffectChoice, Entering, Measure, ModelChoice, ModelView,
    Outcome, Pairs, Percent,
};
use isobar::project::{DataSource, PROJECT_VERSION, Project, ProjectError, View, load, save};
use isobar::stats::{Adjust, Interval};
use proptest::prelude::*;

use crate::mutants::mutants_read_by;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zæøå0-9 \"\\\\{}:]{0,12}",
        any::<String>(),
        Just("»Ved ikke« – 4 ud af 5\n\u{0}".to_owned()),
    ]
}

fn name() -> impl Strategy<Value = VarId> {
    prop_oneof!["[a-z_][a-z0-9_.]{0,8}", "[a-zæøå ]{1,8}", Just("and".to_owned())].prop_map(VarId)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-1000i32..1000).prop_map(f64::from),
        prop::num::f64::NORMAL,
        Just(0.1 + 0.2)
    ]
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof![number().prop_map(Code::Number), text().prop_map(Code::Text)]
}

fn keep() -> impl Strategy<Value = Keep> {
    let limit = || prop::option::of(number().prop_map(Code::Number));
    prop_oneof![
        prop::collection::vec(code(), 1..4).prop_map(Keep::Codes),
        (limit(), limit()).prop_map(|(low, high)| Keep::Range { low, high }),
    ]
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        text().prop_map(|id| Measure::Question(id.as_str().into())),
        name().prop_map(Measure::Mean),
        (name(), code()).prop_map(|(var, value)| Measure::Share(Condition::OneOf {
            var,
            values: vec![value]
        })),
        boxes(),
        (text(), prop::collection::vec(text(), 1..3)).prop_map(|(actor, ids)| Measure::Profile {
            actor,
            questions: ids.iter().map(|id| id.as_str().into()).collect(),
        }),
        text().prop_map(|id| Measure::Poles(id.as_str().into())),
        (
            name(),
            code(),
            text(),
            any::<bool>(),
            prop::collection::vec(name(), 0..3)
        )
            .prop_map(
                |(var, value, boxes, no_box, controls)| Measure::Effect(Box::new(EffectChoice {
                    outcome: Condition::OneOf {
                        var,
                        values: vec![value]
                    },
                    boxes: boxes.as_str().into(),
                    against: if no_box { Against::NoBox } else { Against::WithoutIt },
                    controls,
                }))
            ),
        model().prop_map(|model| Measure::Model(Box::new(model))),
    ]
}

fn boxes() -> impl Strategy<Value = Measure> {
    let view = prop_oneof![
        prop::sample::select(vec![
            BoxView::Composition,
            BoxView::Combinations,
            BoxView::AtLeast,
            BoxView::Counts,
            BoxView::Network,
        ]),
        name().prop_map(BoxView::Constellation),
    ];
    (text(), view, any::<bool>()).prop_map(|(id, view, groups)| Measure::Boxes {
        question: id.as_str().into(),
        view,
        groups,
    })
}

fn model() -> impl Strategy<Value = ModelChoice> {
    let part = (
        name(),
        prop::sample::select(vec![None, Some(Entering::Factor), Some(Entering::Numeric)]),
    );
    let part = part.prop_map(|(var, entering)| Controlled { var, entering });
    let view = prop_oneof![
        Just(ModelView::Coefficients),
        Just(ModelView::Effects),
        name().prop_map(ModelView::Margins),
        (name(), prop::option::of(name())).prop_map(|(over, by)| ModelView::Curve { over, by }),
    ];
    (
        name(),
        prop::collection::vec(prop::collection::vec(part, 1..3), 0..4),
        prop::collection::vec((name(), code()), 0..3),
        view,
    )
        .prop_map(|(outcome, terms, references, view)| ModelChoice {
            outcome: Outcome::Mean(outcome),
            terms,
            references,
            view,
        })
}

fn look() -> impl Strategy<Value = Look> {
    (
        prop::sample::select(vec![Chart::Auto, Chart::Bars, Chart::UpSet, Chart::Table]),
        prop::sample::select(vec![
            Sort::LargestFirst,
            Sort::Positive,
            Sort::Negative,
            Sort::Questionnaire,
        ]),
        any::<[bool; 3]>(),
        prop::sample::select(vec![Theme::Light, Theme::Dark, Theme::Print]),
        prop::sample::select(Language::ALL.to_vec()),
        (200.0f32..2000.0, prop::option::of(200.0f32..2000.0)),
        prop::option::of(text()),
        chart_settings(),
    )
        .prop_map(
            |(
                chart,
                sort,
                [intervals, actor_colours, population],
                theme,
                language,
                (width_pt, height_pt),
                headline,
                (signs, sets, network),
            )| Look {
                chart,
                sort,
                intervals,
                actor_colours,
                population,
                theme,
                language,
                width_pt,
                height_pt,
                headline,
                signs,
                sets,
                network,
            },
        )
}

/// What only some kinds of chart have.
fn chart_settings() -> impl Strategy<Value = (Signs, SetsLook, NetworkLook)> {
    let places = prop::collection::vec((text(), [0.0f32..1.0, 0.0f32..1.0]), 0..3);
    (
        prop::sample::select(vec![Signs::None, Signs::Letters, Signs::Arrows]),
        (1usize..40, 0usize..20),
        prop::sample::select(vec![Edges::Joint, Edges::Lift, Edges::Conditional]),
        0.0f64..1.0,
        any::<[bool; 3]>(),
        places,
    )
        .prop_map(
            |(signs, (most, least_n), edges, least, [certain, significant, communities], places)| {
                let network = NetworkLook {
                    edges,
                    least,
                    certain,
                    significant,
                    communities,
                    places,
                };
                (signs, SetsLook { most, least_n }, network)
            },
        )
}

fn compare() -> impl Strategy<Value = Compare> {
    let pairs = prop::sample::select(vec![None, Some(Pairs::All), Some(Pairs::Rest)]);
    let adjust = prop::sample::select(vec![Adjust::Holm, Adjust::Bonferroni, Adjust::Bh, Adjust::None]);
    (any::<bool>(), pairs, adjust).prop_map(|(test, pairs, adjust)| Compare { test, pairs, adjust })
}

fn view() -> impl Strategy<Value = View> {
    (
        text(),
        measure(),
        prop::option::of(name()),
        prop::option::of(prop::sample::select(vec![
            DontKnow::Keep,
            DontKnow::Drop,
            DontKnow::Listwise,
        ])),
        prop::sample::select(vec![
            Interval::Logit,
            Interval::Beta,
            Interval::Wilson,
            Interval::Arcsine,
            Interval::Wald,
        ]),
        0.5f64..0.9999,
        look(),
        (
            prop::collection::vec(name(), 0..3),
            prop::sample::select(vec![Percent::Group, Percent::Answer, Percent::Total]),
            compare(),
        ),
    )
        .prop_map(
            |(name, measure, by, dont_know, interval, level, look, (banner, percent, compare))| View {
                name,
                measure,
                by,
                banner,
                percent,
                compare,
                dont_know,
                interval,
                level: Code::Number(level),
                look,
            },
        )
}

fn project() -> impl Strategy<Value = Project> {
    let read = (
        prop::option::of(prop::sample::select(vec![',', ';', '\t', '|'])),
        prop::option::of(any::<bool>()),
        prop::option::of(Just("windows-1252".to_owned())),
        any::<bool>(),
    );
    let design = (
        prop::option::of(name()),
        prop::collection::vec(name(), 0..3),
        prop::option::of(name()),
        prop::option::of(name()),
    );
    (
        prop::option::of("[a-zæøå][a-z æøå]{0,6}"),
        "[0-9a-f]{64}",
        read,
        design,
        prop::collection::vec((name(), keep()).prop_map(|(var, keep)| Chip { var, keep }), 0..4),
        prop::collection::vec(view(), 1..4),
        0usize..4,
        prop::sample::select(Language::ALL.to_vec()),
    )
        .prop_map(
            |(
                file,
                fingerprint,
                (separator, decimal_comma, encoding, codebook),
                design,
                chips,
                views,
                active,
                language,
            )| {
                let folder = std::env::temp_dir();
                let mut project = Project {
                    isobar_project: PROJECT_VERSION,
                    data: file.map_or(DataSource::Sample, |file| {
                        DataSource::File(folder.join("data").join(file))
                    }),
                    fingerprint,
                    read: ReadOptions {
                        codebook: codebook.then(|| folder.join("books").join("min kodebog.json")),
                        sheet: None,
                        separator,
                        decimal_comma,
                        encoding,
                        ..ReadOptions::default()
                    },
                    design: DesignChoice {
                        weight: design.0,
                        strata: design.1,
                        population: design.2,
                        cluster: design.3,
                        ..DesignChoice::default()
                    },
                    filter: Filter { chips },
                    views,
                    active,
                    language,
                };
                project.active = project.front();
                for i in 0..project.views.len() {
                    project.views[i].name = project.unique_name(&project.views[i].name, Some(i));
                }
                project
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_project_that_was_saved_is_opened_as_it_was(project in project()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.isobar");
        save(&project, &path).unwrap();
        prop_assert_eq!(load(&path).unwrap(), project);
    }

    #[test]
    fn a_damaged_project_is_an_error_and_never_a_panic(project in project(), cut in 0.0f64..1.0, byte in any::<u8>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.isobar");
        save(&project, &path).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let place = (bytes.len() as f64 * cut) as usize;
        bytes[place] = byte;
        fs::write(&path, &bytes).unwrap();
        // A changed letter in a name may well be a project still; it must only not be a panic, or touch the file.
        let _ = load(&path);
        prop_assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

fn example(folder: &Path) -> Project {
    Project {
        data: DataSource::File(folder.join("data").join("survey.sav")),
        ..Project::blank(Language::En)
    }
}

#[test]
fn a_folder_with_a_project_and_its_data_can_be_moved() {
    let folder = tempfile::tempdir().unwrap();
    let before = folder.path().join("before");
    fs::create_dir(&before).unwrap();
    save(&example(&before), &before.join("a.isobar")).unwrap();
    let json = fs::read_to_string(before.join("a.isobar")).unwrap();
    assert!(json.contains(r#""file": "data/survey.sav""#), "{json}");

    let after = folder.path().join("after");
    fs::rename(&before, &after).unwrap();
    let opened = load(&after.join("a.isobar")).unwrap();
    assert_eq!(opened.data, DataSource::File(after.join("data").join("survey.sav")));
}

#[test]
fn data_in_a_folder_beside_the_projects_are_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let projects = folder.path().join("projects");
    fs::create_dir(&projects).unwrap();
    let path = projects.join("a.isobar");
    let project = example(folder.path());
    save(&project, &path).unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains(r#""../data/survey.sav""#));
    assert_eq!(load(&path).unwrap(), project);
}

/// Writes `json`, expects it to be refused, and that the file is as it was.
fn refused(json: &str) -> ProjectError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    fs::write(&path, json).unwrap();
    let error = load(&path).unwrap_err();
    assert_eq!(fs::read_to_string(&path).unwrap(), json);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left lying about"
    );
    error
}

fn as_json(project: &Project) -> serde_json::Value {
    serde_json::to_value(project).unwrap()
}

#[test]
fn a_project_of_a_newer_version_is_refused_before_the_rest_is_looked_at() {
    let error = refused(r#"{"isobar_project": 7, "data": {"a cloud": 42}}"#);
    assert!(matches!(error, ProjectError::Newer { found: 7, .. }), "{error}");
    assert!(error.to_string().contains("Update Isobar"), "{error}");
    assert!(matches!(
        refused(r#"{"isobar_project": 99999999999}"#),
        ProjectError::Newer { found: u32::MAX, .. }
    ));
}

#[test]
fn what_is_not_a_project_is_refused() {
    let whole = serde_json::to_string_pretty(&Project::blank(Language::Da)).unwrap();
    for json in [
        "",
        "{}",
        "[]",
        "null",
        "q1;q2\n1;2\n",
        r#"{"isobar_project": "1"}"#,
        r#"{"isobar_project": 0}"#,
        r#"{"isobar_project": -1}"#,
        r#"{"isobar_codebook": 1, "variables": []}"#,
        &whole[..whole.len() / 2],
        &"[".repeat(100_000),
    ] {
        let error = refused(json);
        assert!(matches!(error, ProjectError::NotAProject { .. }), "{error}");
    }
}

#[test]
fn a_project_without_views_is_refused() {
    let mut json = as_json(&Project::blank(Language::Da));
    json["views"] = serde_json::json!([]);
    assert!(refused(&json.to_string()).to_string().contains("it has no views"));
}

#[test]
fn an_impossible_level_is_refused_by_the_name_of_its_view() {
    let mut project = Project::blank(Language::Da);
    project.views[0].name = "Partnere".to_owned();
    let mut json = as_json(&project);
    for level in [serde_json::json!(95), serde_json::json!("high"), serde_json::json!(0)] {
        json["views"][0]["level"] = level;
        assert!(refused(&json.to_string()).to_string().contains("\"Partnere\""));
    }
}

#[test]
fn a_condition_that_cannot_be_read_is_refused_with_its_line() {
    let mut project = Project::blank(Language::Da);
    project.views[0].measure = Measure::Share(Condition::parse("q1 = 1").unwrap());
    let json = serde_json::to_string_pretty(&project).unwrap();
    let error = refused(&json.replace("q1 = 1", "q1 = = 1")).to_string();
    assert!(error.contains("q1 = = 1") && error.contains("line"), "{error}");
    refused(&json.replace("q1 = 1", &"(".repeat(1_000_000)));
}

#[test]
fn a_file_larger_than_any_project_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    fs::File::create(&path).unwrap().set_len(17 << 20).unwrap();
    let error = load(&path).unwrap_err();
    assert!(error.to_string().contains("larger than 16 MB"), "{error}");
}

#[test]
fn keys_that_this_program_does_not_know_are_passed_over() {
    let project = Project::blank(Language::En);
    let mut json = as_json(&project);
    json["comment"] = serde_json::json!("by hand");
    json["views"][0]["look"]["shadow"] = serde_json::json!(true);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    fs::write(&path, json.to_string()).unwrap();
    assert_eq!(load(&path).unwrap(), project);
}

#[test]
fn what_a_hand_made_impossible_is_mended() {
    let mut json = as_json(&Project::blank(Language::En));
    let mut view = json["views"][0].clone();
    view["look"]["width_pt"] = serde_json::json!(1e9);
    json["views"] = serde_json::json!([view.clone(), view]);
    json["active"] = serde_json::json!(17);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    fs::write(&path, json.to_string()).unwrap();
    let project = load(&path).unwrap();
    assert_eq!(project.active, 1);
    assert_ne!(project.views[0].name, project.views[1].name);
    assert!(project.views[0].look.width_pt <= 4000.0);
}

#[test]
fn a_project_that_is_not_there_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        load(&folder.path().join("a.isobar")),
        Err(ProjectError::NotFound { .. })
    ));
    assert!(matches!(load(folder.path()), Err(ProjectError::Unreadable { .. })));
}

#[test]
fn an_unwritable_target_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    save(&Project::blank(Language::Da), &path).unwrap();
    let before = fs::read(&path).unwrap();
    let writable = fs::metadata(&path).unwrap().permissions();
    let mut read_only = writable.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&path, read_only).unwrap();

    let error = save(&Project::blank(Language::En), &path).unwrap_err();
    assert!(matches!(error, ProjectError::Unwritable { .. }), "{error}");
    assert!(error.to_string().contains("a.isobar") && error.to_string().contains("Choose another place"));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::set_permissions(&path, writable).unwrap();

    for target in [
        folder.path().to_owned(),
        folder.path().join("no").join("such").join("a.isobar"),
        path.join("a.isobar"),
    ] {
        assert!(matches!(
            save(&Project::blank(Language::En), &target),
            Err(ProjectError::Unwritable { .. })
        ));
    }
}

#[cfg(unix)]
#[test]
fn saving_follows_a_link_and_keeps_who_may_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.isobar"), folder.path().join("link.isobar"));
    save(&Project::blank(Language::Da), &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    save(&Project::blank(Language::En), &link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(load(&real).unwrap().language, Language::En);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

/// A survey whose every cell is a word that can be recognised.
fn recognisable() -> Dataset {
    let csv = "id;sektor;kommentar;vaegt\n\
               hemmelig1;kommunal;kvababbelse;7771.5\n\
               hemmelig2;regional;rabalder;7772.5\n\
               hemmelig3;statslig;pudseløjerlig;7773.5\n";
    let codebook = r#"{"isobar_codebook": 1, "variables": [
        {"name": "id", "kind": "text", "role": "id"},
        {"name": "sektor", "role": "sector"},
        {"name": "kommentar", "kind": "text"},
        {"name": "vaegt", "kind": "numeric", "role": "weight"}]}"#;
    data::read_bytes("survey.csv", csv.as_bytes(), &ReadOptions::default(), Some(codebook))
        .unwrap()
        .dataset
}

#[test]
fn a_project_holds_no_answers_beyond_the_codes_chosen() {
    let data = recognisable();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    let source = DataSource::File(PathBuf::from("/data/survey.csv"));
    let mut project = Project::new(source, ReadOptions::default(), &data, Language::Da);
    project.filter = project
        .filter
        .with(&"sektor".into(), Keep::Codes(vec!["regional".into()]));
    project.view_mut().by = Some("sektor".into());
    save(&project, &path).unwrap();

    let json = fs::read_to_string(&path).unwrap();
    assert!(json.contains("regional"));
    let cells = data
        .columns
        .iter()
        .flat_map(|column| (0..data.rows).filter_map(|row| column.code(row)));
    for cell in cells.map(|cell| cell.to_string()).filter(|cell| cell != "regional") {
        assert!(!json.contains(&cell), "{cell} is an answer of a respondent:\n{json}");
    }
}

#[test]
fn a_new_project_takes_its_design_from_the_roles_and_shows_the_first_question() {
    let data = recognisable();
    let project = Project::new(DataSource::Sample, ReadOptions::default(), &data, Language::Da);
    assert_eq!(project.design.weight, Some("vaegt".into()));
    assert_eq!(project.fingerprint, data.fingerprint);
    assert_eq!(project.view().measure, Measure::Question("sektor".into()));
    assert_eq!(project.view().name, "sektor");
}

#[test]
fn twenty_thousand_damaged_projects_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let data = recognisable();
    let source = DataSource::File(folder.path().join("svar.csv"));
    let mut project = Project::new(source, ReadOptions::default(), &data, Language::Da);
    project.filter.chips.push(Chip {
        var: "sektor".into(),
        keep: Keep::Range {
            low: Some(Code::Number(1.0)),
            high: None,
        },
    });
    let whole = folder.path().join("hel.isobar");
    save(&project, &whole).unwrap();
    let original = [("hel.isobar".to_owned(), fs::read(&whole).unwrap())];
    let read = mutants_read_by(&original, 20_000, 0x150, |_, bytes| {
        // One file for each thread.
        let path = folder.path().join(format!("{:?}.isobar", std::thread::current().id()));
        fs::write(&path, bytes).unwrap();
        match load(&path) {
            Ok(project) => {
                assert!(project.active < project.views.len());
                true
            }
            Err(error) => {
                assert!(error.to_string().contains(".isobar"), "{error}");
                false
            }
        }
    });
    assert!((300..19_900).contains(&read), "{read} mutants could be loaded");
}
