//! Setting up a survey: guesses about its columns and a person's decisions about them in, a codebook out. A [`Draft`] is
//! small, so undo keeps whole ones. Nothing of it touches the project before the codebook is saved and read.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Data, Message, Opening, State};
use crate::data::{Codebook, Dataset, QuestionId};
use crate::project::DataSource;
use crate::setup::{Choice, Decision, Draft, Guess, GuessId, What};
use crate::worker::Job;

/// As many decisions can be taken back.
const STEPS: usize = 200;

/// The set-up of the survey that is open.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// Whether its page is shown.
    pub open: bool,
    /// What the columns seem to mean; `None` until somebody has looked.
    pub guesses: Option<Arc<Vec<Guess>>>,
    /// What was decided.
    pub draft: Draft,
    /// The codebook that the decisions make.
    pub codebook: Arc<Codebook>,
    /// What it was when it was last saved.
    saved: Draft,
    undo: Vec<Draft>,
    redo: Vec<Draft>,
    /// Of which data, by their address.
    of: usize,
    /// What is being written.
    saving: Option<Draft>,
}

impl Setup {
    /// Whether decisions would be lost.
    pub fn is_changed(&self) -> bool {
        self.draft != self.saved
    }

    /// Whether the codebook is being written.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// The guess with this name.
    pub fn guess(&self, id: &GuessId) -> Option<&Guess> {
        self.guesses.as_ref()?.iter().find(|guess| guess.id == *id)
    }

    /// The guess that a question came from.
    pub fn guess_of_question(&self, id: &QuestionId) -> Option<&Guess> {
        self.guesses.as_ref()?.iter().find(|guess| match &guess.what {
            What::Question(question) => question.id == *id,
            _ => false,
        })
    }

    /// How many guesses nobody has decided on.
    pub fn open_guesses(&self) -> usize {
        let all = self.guesses.iter().flat_map(|guesses| guesses.iter());
        all.filter(|guess| guess.instead_of.is_none() && self.draft.decision(&guess.id) == Decision::Open)
            .count()
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// The decisions since the last saving may go.
    pub(super) fn forget_changes(&mut self) {
        self.draft = self.saved.clone();
    }

    /// Takes the last decision back, or does it again.
    fn turn(&mut self, forward: bool) {
        let (from, to) = match forward {
            true => (&mut self.redo, &mut self.undo),
            false => (&mut self.undo, &mut self.redo),
        };
        if let Some(draft) = from.pop() {
            to.push(std::mem::replace(&mut self.draft, draft));
        }
    }

    fn decide(&mut self, choice: Choice) {
        let question = match &choice {
            Choice::Accept(id) if self.draft.decision(id) == Decision::Accepted => return,
            Choice::Assume(id) if self.draft.decision(id) == Decision::Assumed => return,
            Choice::Reject(id) => {
                // What was made of the guess goes with it.
                let made = match self.guess(id).map(|guess| &guess.what) {
                    Some(What::Question(question)) => self.codebook.question(&question.id),
                    _ => None,
                };
                if let Some(id) = made.map(|question| question.id.clone()) {
                    self.draft.choose(Choice::RemoveQuestion(id));
                }
                None
            }
            Choice::Rename { question, .. }
            | Choice::Retype { question, .. }
            | Choice::Split { question, .. }
            | Choice::Concept { question, .. } => Some(question),
            Choice::Merge { into, from } => {
                if let Some(id) = self.guess_of_question(from).map(|guess| guess.id.clone()) {
                    self.draft.choose(Choice::Reject(id));
                }
                Some(into)
            }
            _ => None,
        };
        if let Choice::Accept(id) | Choice::Assume(id) = &choice
            && let Some(What::Role { role, .. }) = self.guess(id).map(|guess| &guess.what)
        {
            // A role is of one variable: the guess that was taken before is none any more.
            let (id, role) = (id.clone(), *role);
            let others = self.guesses.iter().flat_map(|guesses| guesses.iter());
            let others: Vec<GuessId> = others
                .filter(|guess| {
                    guess.id != id && matches!(&guess.what, What::Role { role: other, .. } if *other == role)
                })
                .filter(|guess| matches!(self.draft.decision(&guess.id), Decision::Accepted | Decision::Assumed))
                .map(|guess| guess.id.clone())
                .collect();
            for other in others {
                self.draft.choose(Choice::Reject(other));
            }
        }
        // A change to a guessed question takes the guess, and says so: it is then not taken a second time.
        if let Some(id) = question
            .and_then(|question| self.guess_of_question(question))
            .map(|guess| guess.id.clone())
            && self.draft.decision(&id) != Decision::Accepted
        {
            self.draft.choose(Choice::Accept(id));
        }
        self.draft.choose(choice);
    }
}

impl State {
    /// Whether the survey that is open can be set up: its codebook is kept beside its file.
    pub fn can_be_set_up(&self) -> bool {
        self.dataset().is_some() && matches!(self.project.data, DataSource::File(_))
    }

    /// Shows or leaves the page.
    pub(super) fn show_setup(&mut self, open: bool) {
        self.setup.open = open && self.can_be_set_up();
    }

    /// Changes the draft, as one step that can be taken back.
    pub(super) fn change_setup(&mut self, change: impl FnOnce(&mut Setup)) {
        let before = self.setup.draft.clone();
        change(&mut self.setup);
        if self.setup.draft == before {
            return;
        }
        self.setup.undo.push(before);
        if self.setup.undo.len() > STEPS {
            self.setup.undo.remove(0);
        }
        self.setup.redo.clear();
        self.make_codebook();
    }

    pub(super) fn decide(&mut self, choice: Choice) {
        self.change_setup(|setup| setup.decide(choice));
    }

    pub(super) fn use_guesses(&mut self, confidence: f64) {
        self.change_setup(|setup| {
            if let Some(guesses) = setup.guesses.clone() {
                setup.draft.assume_all(&guesses, confidence);
            }
        });
    }

    pub(super) fn turn_setup(&mut self, forward: bool) {
        self.setup.turn(forward);
        self.make_codebook();
    }

    pub(super) fn make_codebook(&mut self) {
        let Some(data) = self.dataset().cloned() else { return };
        let guesses = self.setup.guesses.as_ref().map_or(&[][..], |guesses| guesses);
        self.setup.codebook = Arc::new(self.setup.draft.codebook_with(&data, guesses));
    }

    /// Asks once what the columns of the data that are open mean.
    pub(super) fn look_at_columns(&mut self, jobs: &mut Vec<Job>) {
        let Some(data) = self.dataset().filter(|_| self.can_be_set_up()).cloned() else {
            return;
        };
        let address = Arc::as_ptr(&data) as usize;
        if self.setup.of == address {
            return;
        }
        self.setup = Setup {
            of: address,
            codebook: Arc::new(data.codebook.clone()),
            ..Setup::default()
        };
        jobs.push(Job::Guess { data });
    }

    pub(super) fn guessed(&mut self, data: &Arc<Dataset>, guesses: Arc<Vec<Guess>>) {
        if self.is_of_these(data) {
            self.setup.guesses = Some(guesses);
            self.make_codebook();
        }
    }

    /// Writes the codebook beside the data file.
    pub(super) fn save_codebook(&mut self) -> Vec<Job> {
        let (DataSource::File(path), Data::Ready { .. }) = (&self.project.data, &self.data) else {
            return Vec::new();
        };
        let path = path.clone();
        self.setup.saving = Some(self.setup.draft.clone());
        vec![Job::SaveCodebook {
            codebook: Box::new((*self.setup.codebook).clone()),
            data: path,
        }]
    }

    /// The codebook is written: the file is read again with it, unless something else was opened meanwhile.
    pub(super) fn codebook_saved(&mut self, path: PathBuf, of: &PathBuf) -> Vec<Job> {
        self.say(Message::CodebookSaved(path));
        let is_this = matches!(&self.project.data, DataSource::File(path) if path == of);
        let Some(draft) = self.setup.saving.take().filter(|_| is_this) else {
            return Vec::new();
        };
        let went_on = self.setup.draft != draft;
        self.setup.saved = draft;
        match self.after_codebook.take() {
            Some(then) if !went_on => return self.leave(then),
            _ => {}
        }
        if went_on || self.opening.is_some() {
            return Vec::new();
        }
        self.setup.open = false;
        let (source, options) = (self.project.data.clone(), self.project.read.clone());
        self.opening = Some(Opening::Again {
            source: source.clone(),
            options: options.clone(),
        });
        vec![Job::OpenData { source, options }]
    }

    pub(super) fn codebook_failed(&mut self, message: String) {
        self.setup.saving = None;
        self.after_codebook = None;
        self.say(Message::Problem(message));
    }
}
