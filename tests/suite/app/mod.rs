//! The state as a person meets it: what a command does, what comes of a job, and that nothing is lost on the way.

mod answers;
mod changes;
mod files;
mod menus;
mod whole;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use isobar::app::{Answer, Command, Confirm, Data, Leave, Message, Opening, State, commands};
use isobar::data::{self, Code, Dataset, DontKnow, Language, ReadOptions, Role};
use isobar::figure::{Chart, Sort, Theme};
use isobar::filter::Keep;
use isobar::measure::{DesignChoice, Measure, Query};
use isobar::project::{DataSource, Project};
use isobar::stats::Interval;
use isobar::worker::{Event, FigureFormat, FileQuestion, Job, Worker};

const CSV: &str = "sektor;ansatte;partner_firma;partner_borger;tilfreds;vaegt\n\
                   1;12;1;0;3;10\n\
                   1;80;0;0;2;20\n\
                   2;300;1;1;1;30\n\
                   3;7;0;1;9;40\n";

const CODEBOOK: &str = r#"{"isobar_codebook": 1, "title": {"da": "Prøven 2016", "en": "The trial 2016"},
    "variables": [
        {"name": "sektor", "role": "sector", "values": [
            {"code": 3, "label": {"da": "Stat"}}, {"code": 1, "label": {"da": "Kommune"}}, {"code": 2, "label": {"da": "Region"}}]},
        {"name": "ansatte", "kind": "numeric"},
        {"name": "partner_firma"}, {"name": "partner_borger"},
        {"name": "tilfreds", "kind": "ordinal", "values": [{"code": 9, "label": {"da": "Ved ikke"}, "is": "dont_know"}]},
        {"name": "vaegt", "kind": "numeric", "role": "weight"}],
    "questions": [
        {"id": "tilfreds", "short": {"da": "Tilfredshed", "en": "Satisfaction"}, "kind": "single", "items": [{"var": "tilfreds"}]},
        {"id": "partnere", "short": {"da": "Partnere", "en": "Partners"}, "kind": "multiple", "counted": [1],
         "items": [{"var": "partner_firma"}, {"var": "partner_borger"}],
         "unions": [{"id": "any", "label": {"da": "Mindst én"}, "items": ["partner_firma", "partner_borger"], "highlight": true}]}]}"#;

fn survey() -> Arc<Dataset> {
    let read = data::read_bytes("survey.csv", CSV.as_bytes(), &ReadOptions::default(), Some(CODEBOOK));
    Arc::new(read.unwrap().dataset)
}

/// The same survey after somebody has saved it again.
fn another_survey() -> Arc<Dataset> {
    let csv = CSV.replace("300", "301");
    let read = data::read_bytes("survey.csv", csv.as_bytes(), &ReadOptions::default(), Some(CODEBOOK));
    Arc::new(read.unwrap().dataset)
}

fn file(name: &str) -> DataSource {
    DataSource::File(PathBuf::from(name))
}

fn read_as(source: DataSource, data: &Arc<Dataset>) -> Event {
    Event::DataOpened {
        source,
        options: ReadOptions::default(),
        data: data.clone(),
        warnings: Vec::new(),
    }
}

fn not_read(source: DataSource) -> Event {
    Event::DataFailed {
        source,
        options: ReadOptions::default(),
        message: "survey.csv: there is no such file.".to_owned(),
        file: Some(PathBuf::from("survey.csv")),
    }
}

/// A state with the survey open, and the data in it.
fn open() -> (State, Arc<Dataset>) {
    let data = survey();
    let mut state = State::new(Language::Da);
    state.update(Command::Open("survey.csv".into()));
    state.receive(read_as(file("survey.csv"), &data));
    assert!(state.dataset().is_some());
    (state, data)
}

fn asked(jobs: &[Job]) -> Vec<Query> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Run { query, .. } => Some(query.clone()),
            _ => None,
        })
        .collect()
}

/// An answer that can be told apart: a failure with a text.
fn answer(query: &Query, data: &Arc<Dataset>, text: &str) -> Event {
    Event::Unanswered {
        query: query.clone(),
        data: data.clone(),
        message: text.to_owned(),
    }
}

fn shown(state: &State) -> Option<(String, bool)> {
    let front = state.front();
    match front.answer? {
        Answer::Failed(text) => Some((text.clone(), front.stale)),
        Answer::Table(_) => panic!("these tests answer in texts"),
    }
}

fn saved(project: &Project, path: &str) -> Event {
    Event::Saved {
        project: project.clone(),
        path: path.into(),
    }
}

fn problems(state: &State) -> Vec<&str> {
    state
        .messages
        .iter()
        .filter_map(|message| match message {
            Message::Problem(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// One command of every kind that changes a project, each different from what a new project has.
fn changes() -> Vec<Command> {
    vec![
        Command::ShowQuestion("tilfreds".into()),
        Command::BreakDown(Some("sektor".into())),
        Command::SetFilter("sektor".into(), Keep::Codes(vec![1.0.into()])),
        Command::SetFilter(
            "ansatte".into(),
            Keep::Range {
                low: Some(50.0.into()),
                high: None,
            },
        ),
        Command::RemoveFilter("sektor".into()),
        Command::ClearFilter,
        Command::AddView,
        Command::RenameView(0, "Den første".to_owned()),
        Command::RemoveView(0),
        Command::SetChart(Chart::Table),
        Command::SetSort(Sort::Questionnaire),
        Command::SetIntervals(false),
        Command::SetActorColours(false),
        Command::SetTheme(Theme::Dark),
        Command::SetSize {
            width_pt: 500.0,
            height_pt: Some(300.0),
        },
        Command::SetHeadline(Some("Fire ud af fem".to_owned())),
        Command::SetHeadline(None),
        Command::SetDontKnow(Some(DontKnow::Drop)),
        Command::SetInterval(Interval::Wilson),
        Command::SetLevel(Code::Number(0.99)),
        Command::SetWeight(None),
        Command::SetDesign(DesignChoice::default()),
        Command::SetFigureLanguage(Language::En),
        Command::SetLanguage(Language::En),
    ]
}
