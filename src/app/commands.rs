//! The registry of commands that have a menu entry or a shortcut: menu, button, tooltip and keyboard all read it, so that
//! they cannot drift apart.

use super::{Answer, Command, Data, State};
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
    does: Does,
}

/// What an entry does.
#[derive(Clone, Copy, Debug)]
enum Does {
    /// Sends a command; `None` where it cannot be carried out now (shown, but greyed).
    Command(fn(&State) -> Option<Command>),
    /// Something of the window's own, which the window knows by the entry's id.
    Window,
}

impl Entry {
    /// The command, or `None` where it cannot be carried out now, or where the window does it itself.
    pub fn command(&self, state: &State) -> Option<Command> {
        match self.does {
            Does::Command(command) => command(state),
            Does::Window => None,
        }
    }

    /// Whether the window does it itself: putting the pointer in a field sends no command.
    pub fn is_of_the_window(&self) -> bool {
        matches!(self.does, Does::Window)
    }
}

/// Every entry, in the order of the menu.
pub const ENTRIES: &[Entry] = &[
    Entry {
        id: "open",
        words: "ui-open",
        shortcuts: &[ctrl('O')],
        does: Does::Command(|_| Some(Command::AskOpen)),
    },
    Entry {
        id: "open-path",
        words: "ui-open-path",
        shortcuts: &[ctrl_shift('O')],
        does: Does::Window,
    },
    Entry {
        id: "open-sample",
        words: "ui-open-sample",
        shortcuts: &[],
        does: Does::Command(|_| Some(Command::OpenSample)),
    },
    Entry {
        id: "save",
        words: "ui-save",
        shortcuts: &[ctrl('S')],
        does: Does::Command(|state| is_open(state).then_some(Command::Save)),
    },
    Entry {
        id: "save-as",
        words: "ui-save-as",
        shortcuts: &[ctrl_shift('S')],
        does: Does::Command(|state| is_open(state).then_some(Command::AskSaveAs)),
    },
    Entry {
        id: "locate",
        words: "ui-locate",
        shortcuts: &[],
        does: Does::Command(|state| {
            let misses = matches!(state.data, Data::Failed { .. } | Data::Changed { .. });
            misses.then_some(Command::AskLocate)
        }),
    },
    Entry {
        id: "reading",
        words: "ui-reading",
        shortcuts: &[],
        does: Does::Window,
    },
    Entry {
        id: "add-data",
        words: "ui-add-data",
        shortcuts: &[],
        does: Does::Command(|state| state.dataset().map(|_| Command::AskAdd)),
    },
    Entry {
        id: "join-data",
        words: "ui-join-data",
        shortcuts: &[],
        does: Does::Command(|state| state.dataset().map(|_| Command::AskJoin)),
    },
    Entry {
        id: "setup",
        words: "ui-setup",
        shortcuts: &[],
        does: Does::Command(|state| state.can_be_set_up().then_some(Command::ShowSetup(true))),
    },
    Entry {
        id: "export-png",
        words: "ui-export-png",
        shortcuts: &[ctrl('E')],
        does: Does::Command(|state| has_figure(state).then_some(Command::AskExport(FigureFormat::PNG))),
    },
    Entry {
        id: "export-svg",
        words: "ui-export-svg",
        shortcuts: &[ctrl_shift('E')],
        does: Does::Command(|state| has_figure(state).then_some(Command::AskExport(FigureFormat::Svg))),
    },
    Entry {
        id: "export-graphml",
        words: "ui-export-graphml",
        shortcuts: &[],
        does: Does::Command(|state| has_network(state).then_some(Command::AskExport(FigureFormat::GRAPHML))),
    },
    Entry {
        id: "export-gexf",
        words: "ui-export-gexf",
        shortcuts: &[],
        does: Does::Command(|state| has_network(state).then_some(Command::AskExport(FigureFormat::GEXF))),
    },
    Entry {
        id: "undo",
        words: "ui-undo",
        shortcuts: &[ctrl('Z')],
        does: Does::Command(|state| state.can_undo().then_some(Command::Undo)),
    },
    Entry {
        id: "redo",
        words: "ui-redo",
        shortcuts: &[ctrl('Y'), ctrl_shift('Z')],
        does: Does::Command(|state| state.can_redo().then_some(Command::Redo)),
    },
    Entry {
        id: "search",
        words: "ui-search",
        shortcuts: &[ctrl('F')],
        does: Does::Window,
    },
    Entry {
        id: "clear-filter",
        words: "ui-clear-filter",
        shortcuts: &[ctrl_shift('F')],
        does: Does::Command(|state| (!state.project.filter.chips.is_empty()).then_some(Command::ClearFilter)),
    },
    Entry {
        id: "add-view",
        words: "ui-add-view",
        shortcuts: &[ctrl('T')],
        does: Does::Command(|state| state.dataset().map(|_| Command::AddView)),
    },
    Entry {
        id: "remove-view",
        words: "ui-remove-view",
        shortcuts: &[ctrl('W')],
        does: Does::Command(|state| {
            (state.project.views.len() > 1 && state.dataset().is_some())
                .then(|| Command::RemoveView(state.project.front()))
        }),
    },
    Entry {
        id: "next-view",
        words: "ui-next-view",
        shortcuts: &[Shortcut {
            command: true,
            shift: false,
            key: Key::PageDown,
        }],
        does: Does::Command(|state| beside(state, 1)),
    },
    Entry {
        id: "previous-view",
        words: "ui-previous-view",
        shortcuts: &[Shortcut {
            command: true,
            shift: false,
            key: Key::PageUp,
        }],
        does: Does::Command(|state| beside(state, state.project.views.len() - 1)),
    },
    Entry {
        id: "danish",
        words: "ui-danish",
        shortcuts: &[],
        does: Does::Command(|_| Some(Command::SetLanguage(Language::Da))),
    },
    Entry {
        id: "english",
        words: "ui-english",
        shortcuts: &[],
        does: Does::Command(|_| Some(Command::SetLanguage(Language::En))),
    },
    Entry {
        id: "quit",
        words: "ui-quit",
        shortcuts: &[ctrl('Q')],
        does: Does::Command(|_| Some(Command::Quit)),
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

/// Whether the answer in front has pairs of boxes.
pub fn has_network(state: &State) -> bool {
    matches!(state.front().answer, Some(Answer::Table(table)) if !table.ties.is_empty())
}

/// The view so many places further on, round and round.
fn beside(state: &State, places: usize) -> Option<Command> {
    let views = state.project.views.len();
    (views > 1).then(|| Command::SelectView((state.project.front() + places) % views))
}
