//! A question for a file in, the command that follows out: the system's dialogs where there are some, else none.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

use super::path_field::command_of;
use crate::app::{Command, PROJECT_ENDING};
use crate::data::Language;
use crate::words;
use crate::worker::FileQuestion;

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A file was chosen.
    Chosen(Command),
    /// The dialog was put away.
    PutAway,
    /// There was none after all: ask in the window.
    NotShown(FileQuestion),
}

/// The system's file dialogs.
pub struct Dialogs {
    sender: Sender<Outcome>,
    outcomes: Receiver<Outcome>,
    in_window: bool,
}

/// A dialog that ends this soon was never seen: the service failed, which it says only by giving no file.
const TOO_SOON: Duration = Duration::from_millis(250);

impl Dialogs {
    /// Finds out whether this session has dialogs. `ISOBAR_DIALOGS=window` says that it has none.
    pub fn new() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wanted_here = std::env::var_os("ISOBAR_DIALOGS").is_some_and(|value| value == "window");
        // Where file dialogs are a service of the session, there is none without a session bus.
        let no_bus = cfg!(target_os = "linux")
            && !set("DBUS_SESSION_BUS_ADDRESS")
            && !std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|place| PathBuf::from(place).join("bus").exists());
        let (sender, outcomes) = channel();
        Self {
            sender,
            outcomes,
            in_window: wanted_here || no_bus,
        }
    }

    /// Dialogs that always ask in the window.
    pub fn in_window() -> Self {
        Self {
            in_window: true,
            ..Self::new()
        }
    }

    /// Shows a dialog; what came of it is found by [`Dialogs::drain`] after `wake` was called. To be called on the
    /// thread of the window, which some systems require.
    pub fn ask(&self, question: FileQuestion, language: Language, wake: impl FnOnce() + Send + 'static) {
        let sender = self.sender.clone();
        if self.in_window {
            let _gone_with_the_window = sender.send(Outcome::NotShown(question));
            wake();
            return;
        }
        let answer = pick(&question, language);
        let spawned = std::thread::Builder::new()
            .name("isobar-dialog".to_owned())
            .spawn(move || {
                let began = Instant::now();
                let outcome = match wait(answer) {
                    Some(path) => Outcome::Chosen(command_of(&question, path)),
                    None if began.elapsed() < TOO_SOON => Outcome::NotShown(question),
                    None => Outcome::PutAway,
                };
                let _gone_with_the_window = sender.send(outcome);
                wake();
            });
        if let Err(error) = spawned {
            log::error!("no thread for the file dialog: {error}");
        }
    }

    /// What has come of dialogs since the last call.
    pub fn drain(&self) -> Vec<Outcome> {
        self.outcomes.try_iter().collect()
    }
}

impl Default for Dialogs {
    fn default() -> Self {
        Self::new()
    }
}

type Picked = std::pin::Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

fn pick(question: &FileQuestion, language: Language) -> Picked {
    let say = |key| words::text(language, key, &[]);
    let dialog = AsyncFileDialog::new();
    let surveys = [
        "sav", "zsav", "por", "dta", "sas7bdat", "xpt", "xlsx", "xlsm", "xls", "ods", "csv", "tsv", "parquet", "arrow",
        "feather",
    ];
    match question {
        FileQuestion::Open => {
            let all: Vec<&str> = surveys.into_iter().chain([PROJECT_ENDING]).collect();
            let dialog = dialog
                .set_title(say("ui-path-open"))
                .add_filter(say("ui-files-all"), &all)
                .add_filter(say("ui-files-projects"), &[PROJECT_ENDING]);
            Box::pin(dialog.pick_file())
        }
        FileQuestion::Locate | FileQuestion::Add | FileQuestion::Join => {
            let title = match question {
                FileQuestion::Add => "ui-path-add",
                FileQuestion::Join => "ui-path-join",
                _ => "ui-path-locate",
            };
            let dialog = dialog
                .set_title(say(title))
                .add_filter(say("ui-files-surveys"), &surveys);
            Box::pin(dialog.pick_file())
        }
        FileQuestion::Margins => {
            let dialog = dialog
                .set_title(say("ui-path-margins"))
                .add_filter(say("ui-files-margins"), &["csv", "txt"]);
            Box::pin(dialog.pick_file())
        }
        FileQuestion::SaveAs(name) => {
            let dialog = dialog
                .set_title(say("ui-path-save"))
                .set_file_name(name)
                .add_filter(say("ui-files-projects"), &[PROJECT_ENDING]);
            Box::pin(dialog.save_file())
        }
        FileQuestion::Export(format, name) => {
            let dialog = dialog
                .set_title(say("ui-path-export"))
                .set_file_name(name)
                .add_filter(format.ending().to_uppercase(), &[format.ending()]);
            Box::pin(dialog.save_file())
        }
    }
}

/// Waits for a future on this thread.
fn wait(future: Picked) -> Option<PathBuf> {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(file) => return file.map(|file| file.path().to_owned()),
            Poll::Pending => std::thread::park(),
        }
    }
}
