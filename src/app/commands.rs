//! The registry of commands that have a menu entry or a shortcut: menu, button, tooltip and keyboard all read it, so that
//! they cannot drift apart.

use super::{Command, Data, State};
use crate::data::Language;
use crate::worker::FigureFormat;

/// A key, by what is printed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter or sign, in upper case.
    Char(char),
    /// A function key.
    F(u8),
    /// Page down.
    PageDown,
    /// Page up.
    PageUp,
}

/// A key with the keys held down. `command` is Ctrl, or ⌘ on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or ⌘ on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// The key itself.
    pub key: Key,
}

/// A command with its name, words and shortcut.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in the registry.
    pub id: &'static str,
    /// The key of its words.
    pub words: &'static str,
    /// Its first shortcut is the one shown; the others are for those who expect them.
    pub shortcuts: &'static [Shortcut],
    /// The command, or `None` where it cannot be carried out now (shown, but greyed).
    command: fn(&State) -> Option<Command>,
}

impl Entry {
    /// The command, or `None` where it cannot be carried out now.
    pub fn command(&self, state: &State) -> Option<Command> {
        (self.command)(state)
    }
}

/// The resolution of a PNG where nobody has asked for another: twice a screen's, half of print's.
pub const PNG_DPI: u32 = FigureFormat::DEFAULT_DPI;

/// Every entry, in the order of the menu.
pub const ENTRIES: &[Entry] = &[
    Entry {
        id: "open",
        words: "ui-open",
        shortcuts: &[ctrl('O')],
        command: |_| Some(Command::AskOpen),
    },
    Entry {
        id: "open-sample",
        words: "ui-open-sample",
        shortcuts: &[],
        command: |_| Some(Command::OpenSample),
    },
    Entry {
        id: "save",
        words: "ui-save",
        shortcuts: &[ctrl('S')],
        command: |state| is_open(state).then_some(Command::Save),
    },
    Entry {
        id: "save-as",
        words: "ui-save-as",
        shortcuts: &[ctrl_shift('S')],
        command: |state| is_open(state).then_some(Command::AskSaveAs),
    },
    Entry {
        id: "locate",
        words: "ui-locate",
        shortcuts: &[],
        command: |state| {
            let misses = matches!(state.data, Data::Failed { .. } | Data::Changed { .. });
            misses.then_some(Command::AskLocate)
        },
    },
    Entry {
        id: "export-svg",
        words: "ui-export-svg",
        shortcuts: &[ctrl('E')],
        command: |state| has_figure(state).then_some(Command::AskExport(FigureFormat::Svg)),
    },
    Entry {
        id: "export-png",
        words: "ui-export-png",
        shortcuts: &[ctrl_shift('E')],
        command: |state| has_figure(state).then_some(Command::AskExport(FigureFormat::PNG)),
    },
    Entry {
        id: "undo",
        words: "ui-undo",
        shortcuts: &[ctrl('Z')],
        command: |state| state.can_undo().then_some(Command::Undo),
    },
    Entry {
        id: "redo",
        words: "ui-redo",
        shortcuts: &[ctrl('Y'), ctrl_shift('Z')],
        command: |state| state.can_redo().then_some(Command::Redo),
    },
    Entry {
        id: "clear-filter",
        words: "ui-clear-filter",
        shortcuts: &[ctrl_shift('F')],
        command: |state| (!state.project.filter.chips.is_empty()).then_some(Command::ClearFilter),
    },
    Entry {
        id: "add-view",
        words: "ui-add-view",
        shortcuts: &[ctrl('T')],
        command: |state| state.dataset().map(|_| Command::AddView),
    },
    Entry {
        id: "remove-view",
        words: "ui-remove-view",
        shortcuts: &[ctrl('W')],
        command: |state| {
            (state.project.views.len() > 1 && state.dataset().is_some())
                .then(|| Command::RemoveView(state.project.front()))
        },
    },
    Entry {
        id: "next-view",
        words: "ui-next-view",
        shortcuts: &[Shortcut {
            command: true,
            shift: false,
            key: Key::PageDown,
        }],
        command: |state| beside(state, 1),
    },
    Entry {
        id: "previous-view",
        words: "ui-previous-view",
        shortcuts: &[Shortcut {
            command: true,
            shift: false,
            key: Key::PageUp,
        }],
        command: |state| beside(state, state.project.views.len() - 1),
    },
    Entry {
        id: "danish",
        words: "ui-danish",
        shortcuts: &[],
        command: |_| Some(Command::SetLanguage(Language::Da)),
    },
    Entry {
        id: "english",
        words: "ui-english",
        shortcuts: &[],
        command: |_| Some(Command::SetLanguage(Language::En)),
    },
    Entry {
        id: "quit",
        words: "ui-quit",
        shortcuts: &[ctrl('Q')],
        command: |_| Some(Command::Quit),
    },
];

/// The entry with this id.
pub fn entry(id: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.id == id)
}

const fn ctrl(letter: char) -> Shortcut {
    Shortcut {
        command: true,
        shift: false,
        key: Key::Char(letter),
    }
}

const fn ctrl_shift(letter: char) -> Shortcut {
    Shortcut {
        shift: true,
        ..ctrl(letter)
    }
}

fn is_open(state: &State) -> bool {
    !matches!(state.data, Data::Nothing)
}

fn has_figure(state: &State) -> bool {
    state.front().scene.is_some()
}

/// The view so many places further on, round and round.
fn beside(state: &State, places: usize) -> Option<Command> {
    let views = state.project.views.len();
    (views > 1).then(|| Command::SelectView((state.project.front() + places) % views))
}
