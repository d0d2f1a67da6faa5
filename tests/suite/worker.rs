//! The worker as the program meets it: jobs in, events out, whatever happens on its threads.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use isobar::data::{self, Dataset, Language, ReadOptions};
use isobar::figure::{Colour, Scene};
use isobar::measure::{Measure, Query};
use isobar::project::{self, DataSource, Project};
use isobar::worker::{Event, FigureFormat, Job, Worker};

fn worker(folder: &Path) -> Worker {
    Worker::start_with_recent(|| {}, Some(folder.join("settings").join("recent.json"))).unwrap()
}

fn next(worker: &Worker) -> Event {
    worker.wait(Duration::from_secs(60)).expect("an event")
}

fn survey() -> Dataset {
    let csv = "sektor;vaegt\n1;2.5\n2;1.5\n";
    data::read_bytes("survey.csv", csv.as_bytes(), &ReadOptions::default(), None)
        .unwrap()
        .dataset
}

fn scene() -> Arc<Scene> {
    Arc::new(Scene {
        width: 100.0,
        height: 50.0,
        background: Colour(255, 255, 255),
        elements: Vec::new(),
        abouts: Vec::new(),
        hits: Vec::new(),
        handles: Vec::new(),
        field: None,
        title: "Nothing".to_owned(),
        alt: String::new(),
    })
}

fn export(path: &Path, format: FigureFormat, may_replace: bool) -> Job {
    Job::Export {
        scene: scene(),
        table: None,
        format,
        path: path.to_owned(),
        may_replace,
    }
}

#[test]
fn a_survey_is_read_and_the_window_is_woken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("survey.csv");
    fs::write(&path, "sektor;vaegt\n1;2.5\n2;1.5\n").unwrap();
    let woken = Arc::new(AtomicUsize::new(0));
    let count = woken.clone();
    let worker = Worker::start_with_recent(
        move || {
            count.fetch_add(1, Ordering::SeqCst);
        },
        None,
    )
    .unwrap();
    worker.send(Job::OpenData {
        source: DataSource::File(path.clone()),
        options: ReadOptions::default(),
    });
    let Event::DataOpened { source, data, .. } = next(&worker) else {
        panic!("not opened")
    };
    assert_eq!((source, data.rows), (DataSource::File(path), 2));
    drop(worker);
    // The wake-up comes after the event, on the other thread.
    for _ in 0..1000 {
        if woken.load(Ordering::SeqCst) == 1 {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nobody was woken");
}

#[test]
fn the_sample_survey_is_inside_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    worker.send(Job::OpenData {
        source: DataSource::Sample,
        options: ReadOptions::default(),
    });
    match next(&worker) {
        Event::DataOpened { data, .. } => {
            assert_eq!(data.rows, 2363);
            assert!(data.codebook.synthetic);
            let project = Project::new(DataSource::Sample, ReadOptions::default(), &data, Language::Da);
            let Measure::Question(id) = &project.view().measure else {
                panic!()
            };
            assert!(data.question(id).unwrap().unions.iter().any(|union| union.highlight));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_is_not_there_is_a_sentence_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    worker.send(Job::OpenData {
        source: DataSource::File(folder.path().join("gone.sav")),
        options: ReadOptions::default(),
    });
    let Event::DataFailed { message, .. } = next(&worker) else {
        panic!("opened")
    };
    assert!(message.contains("gone.sav"), "{message}");
    worker.send(Job::OpenProject(folder.path().join("gone.isobar")));
    let Event::ProjectFailed { message, .. } = next(&worker) else {
        panic!("opened")
    };
    assert!(message.contains("gone.isobar"), "{message}");
}

#[test]
fn a_panic_in_a_job_is_an_event_and_the_thread_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let whole = survey();
    let query = Query::new(Measure::Mean("vaegt".into()), &whole);
    // No reader makes such data: the codebook describes columns that are not there.
    let broken = Dataset {
        columns: Vec::new(),
        ..whole.clone()
    };
    worker.send(Job::Run {
        query: query.clone(),
        data: Arc::new(broken),
    });
    let Event::Unanswered { message, .. } = next(&worker) else {
        panic!("answered")
    };
    assert!(message.contains("please report"), "{message}");
    worker.send(Job::Run {
        query: query.clone(),
        data: Arc::new(whole),
    });
    let Event::Answered { table, .. } = next(&worker) else {
        panic!("unanswered")
    };
    assert_eq!(table.query, query);
}

#[test]
fn a_question_about_a_variable_that_is_gone_is_answered_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let data = Arc::new(survey());
    let query = Query::new(Measure::Mean("alder".into()), &data);
    worker.send(Job::Run { query, data });
    let Event::Unanswered { message, .. } = next(&worker) else {
        panic!("answered")
    };
    assert!(message.contains("alder"), "{message}");
}

#[test]
fn the_last_of_many_queries_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let data = Arc::new(survey());
    let mut last = None;
    for level in 1..100 {
        let mut query = Query::new(Measure::Mean("vaegt".into()), &data);
        query.level = (f64::from(level) / 100.0).into();
        last = Some(query.clone());
        let data = data.clone();
        worker.send(Job::Run { query, data });
    }
    loop {
        let Event::Answered { table, .. } = next(&worker) else {
            panic!("unanswered")
        };
        if Some(&table.query) == last.as_ref() {
            break;
        }
    }
}

#[test]
fn a_project_is_written_before_the_worker_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.isobar");
    let worker = worker(folder.path());
    let project = Project::blank(Language::En);
    worker.send(Job::SaveProject {
        project: project.clone(),
        path: path.clone(),
        may_replace: true,
    });
    drop(worker);
    assert_eq!(project::load(&path).unwrap(), project);
}

#[test]
fn a_file_that_nobody_was_asked_about_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let (project, figure) = (folder.path().join("a.isobar"), folder.path().join("a.svg"));
    fs::write(&project, "old").unwrap();
    fs::write(&figure, "old").unwrap();
    worker.send(Job::SaveProject {
        project: Project::blank(Language::En),
        path: project.clone(),
        may_replace: false,
    });
    let Event::SaveFailed { message, .. } = next(&worker) else {
        panic!("saved")
    };
    assert!(message.contains("a.isobar"), "{message}");
    worker.send(export(&figure, FigureFormat::Svg, false));
    let Event::ExportFailed { message } = next(&worker) else {
        panic!("written")
    };
    assert!(message.contains("a.svg"), "{message}");
    assert_eq!(
        (fs::read(&project).unwrap(), fs::read(&figure).unwrap()),
        (b"old".to_vec(), b"old".to_vec())
    );
}

#[test]
fn a_figure_is_written_in_both_formats_and_an_unwritable_place_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let (svg, png) = (folder.path().join("a.svg"), folder.path().join("a.png"));
    worker.send(export(&svg, FigureFormat::Svg, true));
    worker.send(export(&png, FigureFormat::Png { dpi: 144 }, true));
    assert!(matches!(next(&worker), Event::Exported(path) if path == svg));
    assert!(matches!(next(&worker), Event::Exported(path) if path == png));
    assert!(fs::read_to_string(&svg).unwrap().contains("<svg"));
    let bytes = fs::read(&png).unwrap();
    // The header of a PNG: signature, then width and height of 100 × 50 points at 144 dpi.
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        (&bytes[16..20], &bytes[20..24]),
        (&200u32.to_be_bytes()[..], &100u32.to_be_bytes()[..])
    );

    worker.send(export(&folder.path().join("no").join("a.svg"), FigureFormat::Svg, true));
    let Event::ExportFailed { message } = next(&worker) else {
        panic!("written")
    };
    assert!(
        message.contains("a.svg") && message.contains("Choose a folder"),
        "{message}"
    );
}

#[test]
fn recent_files_are_remembered_latest_first_and_missing_ones_are_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..12).map(|i| folder.path().join(format!("{i}.sav"))).collect();
    paths.iter().for_each(|path| fs::write(path, "").unwrap());
    let first = worker(folder.path());
    for path in paths.iter().chain([&paths[11], &paths[5]]) {
        first.send(Job::Remember(path.clone()));
    }
    drop(first);
    fs::remove_file(&paths[10]).unwrap();

    let second = worker(folder.path());
    second.send(Job::LoadRecent);
    let Event::Recent(recent) = next(&second) else {
        panic!("nothing")
    };
    let expected: Vec<PathBuf> = [5, 11, 9, 8, 7, 6, 4, 3, 2]
        .iter()
        .map(|&i: &usize| paths[i].clone())
        .collect();
    assert_eq!(recent, expected);
}

#[test]
fn a_damaged_list_of_recent_files_is_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("settings")).unwrap();
    fs::write(folder.path().join("settings").join("recent.json"), "{\"recent\": [").unwrap();
    let worker = worker(folder.path());
    worker.send(Job::LoadRecent);
    assert!(matches!(next(&worker), Event::Recent(recent) if recent.is_empty()));
    let file = folder.path().join("a.sav");
    fs::write(&file, "").unwrap();
    worker.send(Job::Remember(file.clone()));
    assert!(matches!(next(&worker), Event::Recent(recent) if recent == [file]));
}

/// What is said when each of these jobs fails, with the folder left out.
fn said(worker: &Worker, folder: &Path, jobs: Vec<Job>) -> String {
    let sentences = jobs.into_iter().map(|job| {
        worker.send(job);
        match next(worker) {
            Event::SaveFailed { message, .. }
            | Event::ExportFailed { message }
            | Event::ProjectFailed { message, .. }
            | Event::DataFailed { message, .. }
            | Event::Unanswered { message, .. } => message,
            done => panic!("{done:?}"),
        }
    });
    let sentences: Vec<String> = sentences.collect();
    sentences.join("\n").replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn what_cannot_be_written_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(folder.path());
    let at = |name: &str| folder.path().join(name);
    fs::write(at("there.isobar"), "old").unwrap();
    fs::write(at("there.svg"), "old").unwrap();
    fs::create_dir(at("folder.isobar")).unwrap();
    fs::write(at("locked.isobar"), "old").unwrap();
    let mut permissions = fs::metadata(at("locked.isobar")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at("locked.isobar"), permissions).unwrap();
    let save = |name: &str, may_replace| Job::SaveProject {
        project: Project::blank(Language::En),
        path: at(name),
        may_replace,
    };
    let jobs = vec![
        save("there.isobar", false),
        save("folder.isobar", true),
        save("locked.isobar", true),
        save("gone/a.isobar", true),
        export(&at("there.svg"), FigureFormat::Svg, false),
        export(&at("gone/a.svg"), FigureFormat::Svg, true),
        export(&at("a.png"), FigureFormat::Png { dpi: 4_000_000 }, true),
        Job::OpenProject(folder.path().to_owned()),
    ];
    insta::assert_snapshot!("unwritable", said(&worker, folder.path(), jobs));
}
