//! State and worker together, from the survey file to the picture and back.

use std::time::Duration;

use super::*;
use crate::program;

/// State and worker as the window couples them, with a person who answers file dialogs.
struct Program {
    state: State,
    worker: Worker,
    /// The answer to the next file dialog.
    chosen: Option<PathBuf>,
    quit: bool,
}

impl Program {
    fn new() -> Self {
        Self {
            state: State::new(Language::Da),
            worker: Worker::start_with_recent(|| {}, None).unwrap(),
            chosen: None,
            quit: false,
        }
    }

    /// Sends a command and waits until nothing is left to do.
    fn tell(&mut self, command: Command) {
        let mut jobs = self.state.update(command);
        let mut waiting = 0;
        loop {
            for job in std::mem::take(&mut jobs) {
                match job {
                    Job::Ask(question) => {
                        let path = self.chosen.take();
                        let command = match (path, question) {
                            (None, _) => Command::Cancel,
                            (Some(path), FileQuestion::Open) => Command::Open(path),
                            (Some(path), FileQuestion::Locate) => Command::Locate(path),
                            (Some(path), FileQuestion::SaveAs(_)) => Command::SaveAs(path),
                            (Some(path), FileQuestion::Export(format, _)) => Command::Export { format, path },
                            (Some(_), FileQuestion::Add | FileQuestion::Join | FileQuestion::Margins) => {
                                panic!("nobody asked for that")
                            }
                        };
                        jobs.extend(self.state.update(command));
                    }
                    Job::Quit => self.quit = true,
                    // Without a list of recent files nothing comes of it.
                    Job::Remember(_) => {}
                    job => {
                        waiting += 1;
                        self.worker.send(job);
                    }
                }
            }
            if jobs.is_empty() {
                if waiting == 0 {
                    return;
                }
                let event = self.worker.wait(Duration::from_secs(120)).expect("an event");
                waiting -= 1;
                jobs = self.state.receive(event);
            }
        }
    }
}

#[test]
fn from_the_survey_file_to_the_picture_and_back_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in [
        "innovationsbarometer-2016.csv",
        "innovationsbarometer-2016.codebook.json",
    ] {
        std::fs::copy(program::path("sample-data").join(name), at(name)).unwrap();
    }
    let mut program = Program::new();
    program.tell(Command::Open(at("innovationsbarometer-2016.csv")));
    assert!(program.state.front().scene.is_some(), "{:?}", problems(&program.state));

    let by_role = |state: &State, role| state.dataset().unwrap().codebook.with_role(role).unwrap().name.clone();
    let sector = by_role(&program.state, Role::Sector);
    let size = by_role(&program.state, Role::Size);
    for var in [&sector, &size] {
        let first = program.state.counts(var).unwrap().codes[0].clone();
        program.tell(Command::SetFilter(var.clone(), Keep::Codes(vec![first.code])));
        if *var == sector {
            assert_eq!(program.state.running.unwrap().n, first.n, "as the menu said");
        }
    }
    program.tell(Command::BreakDown(Some(by_role(&program.state, Role::Region))));
    program.tell(Command::SetHeadline(Some("De fleste gør det sammen".to_owned())));
    let front = program.state.front();
    assert!(!front.stale);
    let Some(Answer::Table(table)) = front.answer else {
        panic!("{:?}", front.answer)
    };
    assert_eq!(table.groups.len(), 5);
    let scene = front.scene.unwrap().clone();
    assert_eq!(scene.title, "De fleste gør det sammen");

    for (format, name) in [(FigureFormat::Svg, "a.svg"), (FigureFormat::PNG, "a.png")] {
        program.chosen = Some(at(name));
        program.tell(Command::AskExport(format));
        assert_eq!(program.state.messages, [Message::Exported(at(name))]);
    }
    program.chosen = Some(at("a.isobar"));
    program.tell(Command::Save);
    let project = program.state.project.clone();
    program.tell(Command::Quit);
    assert!(program.quit);

    // The whole folder is sent to somebody else.
    let moved = folder.path().with_extension("moved");
    std::fs::rename(folder.path(), &moved).unwrap();
    let mut other = Program::new();
    other.tell(Command::Open(moved.join("a.isobar")));
    assert_eq!(other.state.project.views, project.views);
    assert_eq!(other.state.project.filter, project.filter);
    assert_eq!(other.state.front().scene, Some(&scene));
    assert!(!other.state.is_changed());

    // The data are left behind, then found.
    let data = moved.join("innovationsbarometer-2016.csv");
    let elsewhere = moved.join("elsewhere.csv");
    std::fs::rename(&data, &elsewhere).unwrap();
    let mut third = Program::new();
    third.tell(Command::Open(moved.join("a.isobar")));
    assert!(matches!(third.state.data, Data::Failed { .. }));
    third.chosen = Some(elsewhere);
    third.tell(Command::AskLocate);
    assert_eq!(third.state.project.views, project.views);
    std::fs::remove_dir_all(&moved).unwrap();
}
