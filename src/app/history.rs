//! Changes of the project in, earlier and later projects out. A project is small, so whole ones are kept.

use super::command::MergeKey;
use crate::project::Project;

/// As many steps can be taken back.
const STEPS: usize = 200;

/// The projects before and after the present one.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    undo: Vec<Project>,
    redo: Vec<Project>,
    /// The key of the last step, as long as a change with the same key may still join it.
    open: Option<MergeKey>,
}

impl History {
    /// Notes that the project was `before` until a change with this key.
    pub(super) fn note(&mut self, before: Project, key: Option<MergeKey>) {
        let joins = key.is_some() && key == self.open && !self.undo.is_empty();
        if !joins {
            self.undo.push(before);
            if self.undo.len() > STEPS {
                self.undo.remove(0);
            }
        }
        self.redo.clear();
        self.open = key;
    }

    /// The next change is a step of its own.
    pub(super) fn end_step(&mut self) {
        self.open = None;
    }

    /// The project before the last change, in exchange for the present one.
    pub(super) fn undo(&mut self, present: &Project) -> Option<Project> {
        self.open = None;
        let before = self.undo.pop()?;
        self.redo.push(present.clone());
        Some(before)
    }

    /// The project that was last taken back, in exchange for the present one.
    pub(super) fn redo(&mut self, present: &Project) -> Option<Project> {
        self.open = None;
        let after = self.redo.pop()?;
        self.undo.push(present.clone());
        Some(after)
    }

    /// The project that [`History::undo`], or with `again` [`History::redo`], would give.
    pub(super) fn next(&self, again: bool) -> Option<&Project> {
        match again {
            false => self.undo.last(),
            true => self.redo.last(),
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Applies to every project kept: for what is not a choice to be taken back, such as where the data file is now.
    pub(super) fn each(&mut self, change: impl Fn(&mut Project)) {
        self.undo.iter_mut().chain(&mut self.redo).for_each(change);
    }
}
