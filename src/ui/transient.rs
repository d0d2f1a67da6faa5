//! What only the window knows and forgets: search texts, open pop-ups, laid-out scenes and counts already made.

use std::sync::{Arc, Weak};

use egui::Rect;

use super::choices::{Entry, analyses, questions};
use crate::app::Message;
use crate::data::{Condition, Dataset, Language, VarId};
use crate::filter::{Counts, counts};
use crate::worker::FileQuestion;

/// See the module.
#[derive(Debug, Default)]
pub struct Transient {
    /// The text in the question list's search field.
    pub(crate) search: String,
    /// Whether the search field should get the keyboard.
    pub(crate) focus_search: bool,
    /// Whether the chosen question's row should get the keyboard.
    pub(crate) focus_question: bool,
    /// The open filter pop-up.
    pub(crate) filter: Option<FilterMenu>,
    /// The open field for a path.
    pub(crate) path: Option<PathField>,
    /// Whether the choices of how the file is read are open.
    pub(crate) reading: bool,
    /// Whether values are read from a chart of lines in the figure's place.
    pub(crate) read_values: bool,
    /// Where they are read.
    pub(crate) read_at: Option<f64>,
    /// A measure of the figure being typed: whether it is the height, and the words so far.
    pub(crate) size: Option<(bool, String)>,
    /// The page on which the survey is set up.
    pub(crate) setup: super::setup::Page,
    /// Whether somebody does not want to be asked to set the survey up.
    pub(crate) no_setup: Option<String>,
    /// The data whose columns somebody has looked at on that page.
    pub(crate) seen_setup: Option<String>,
    /// Since when something is being opened, in the seconds of the window.
    pub(crate) opening_since: Option<f64>,
    /// The mark that the keyboard is on.
    pub(crate) mark: Option<usize>,
    /// The view being renamed, with the name so far.
    pub(crate) renaming: Option<(usize, String)>,
    /// The newest message and when it was first seen, in the seconds of the window.
    pub(crate) message_seen: Option<(Message, f64)>,
    /// The headline being typed, and the view it belongs to.
    pub(crate) headline: Option<(usize, String)>,
    /// The confidence level being typed.
    pub(crate) level: Option<String>,
    /// Whether the settings of the sampling design are open.
    pub(crate) design: bool,
    /// Whether it is shown how the numbers were computed.
    pub(crate) explained: bool,
    /// Whether differences that are not significant are listed too.
    pub(crate) all_differences: bool,
    counts: Vec<(CountKey, Arc<Counts>)>,
    questions: Option<(Language, Arc<Vec<Entry>>)>,
    /// What `counts` and `questions` were made of.
    data: Weak<Dataset>,
}

/// The filter pop-up.
#[derive(Clone, Debug)]
pub(crate) struct FilterMenu {
    /// What it hangs from.
    pub anchor: Rect,
    /// The variable being filtered; `None`: not yet chosen.
    pub var: Option<VarId>,
    /// The text in its search field.
    pub search: String,
    /// The texts in the fields of a range, while they are being typed.
    pub range: Option<(String, String)>,
    /// Where a drag over the histogram began.
    pub drag: Option<f64>,
    /// Whether its first field should get the keyboard.
    pub focus: bool,
}

impl FilterMenu {
    /// Opens below `anchor`, at `var` or at the list of variables.
    pub fn new(anchor: Rect, var: Option<VarId>) -> Self {
        Self {
            anchor,
            var,
            search: String::new(),
            range: None,
            drag: None,
            focus: true,
        }
    }
}

/// The field for a path, in place of the system's file dialog.
#[derive(Clone, Debug)]
pub(crate) struct PathField {
    /// What it asks for.
    pub question: FileQuestion,
    /// What was typed.
    pub text: String,
    /// Whether it should get the keyboard.
    pub focus: bool,
}

impl PathField {
    /// Asks `question`, with a name proposed.
    pub fn new(question: FileQuestion) -> Self {
        let text = match &question {
            FileQuestion::Open
            | FileQuestion::Locate
            | FileQuestion::Add
            | FileQuestion::Join
            | FileQuestion::Margins => String::new(),
            FileQuestion::SaveAs(name) | FileQuestion::Export(_, name) => name.clone(),
        };
        Self {
            question,
            text,
            focus: true,
        }
    }
}

/// What counts depend on, beside the data: the other choices, the variable, the weight.
type CountKey = (Condition, VarId, Option<VarId>);

impl Transient {
    /// Forgets what was made of other data. The same file with another codebook is other data.
    pub(crate) fn see(&mut self, data: &Arc<Dataset>) {
        if !std::ptr::eq(self.data.as_ptr(), Arc::as_ptr(data)) {
            self.data = Arc::downgrade(data);
            self.counts.clear();
            self.questions = None;
        }
    }

    /// The rows of the question list.
    pub(crate) fn questions(&mut self, data: &Dataset, language: Language, background: &str) -> Arc<Vec<Entry>> {
        if let Some((known, entries)) = &self.questions
            && *known == language
        {
            return entries.clone();
        }
        let say = |key: &str| crate::words::text(language, key, &[]);
        let mut entries = analyses(data, say);
        entries.extend(questions(data, language, background));
        let entries = Arc::new(entries);
        self.questions = Some((language, entries.clone()));
        entries
    }

    /// How many respondents each value of a variable would leave, given the other choices. Nothing where these cannot
    /// be applied (the views say why).
    pub(crate) fn counts(
        &mut self,
        data: &Dataset,
        var: &VarId,
        others: &Condition,
        weight: Option<&VarId>,
    ) -> Arc<Counts> {
        /// A person looks at one pop-up at a time.
        const MOST: usize = 8;
        let key = (others.clone(), var.clone(), weight.cloned());
        if let Some((_, known)) = self.counts.iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let made = Arc::new(counts(data, var, others, weight).unwrap_or_default());
        self.counts.truncate(MOST - 1);
        self.counts.insert(0, (key, made.clone()));
        made
    }
}
