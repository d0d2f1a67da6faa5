//! Keys in, commands out: the shortcuts of the registry. What belongs to one control is handled there.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::transient::PathField;
use super::{Scope, Transient, reading};
use crate::app::commands::{self, ENTRIES, Entry, Shortcut};
use crate::worker::FileQuestion;

/// Turns the window's shortcuts into commands.
pub fn shortcuts(ctx: &Context, scope: &mut Scope<'_>, transient: &mut Transient) {
    // A question in front of the window is answered first.
    if transient.path.is_some() || transient.reading || scope.state.confirm.is_some() {
        return;
    }
    let pressed = |shortcut: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(shortcut));
    // Those with Shift first: the shorter ones would match them too.
    let mut wanted: Vec<(&Entry, &Shortcut)> = ENTRIES
        .iter()
        .flat_map(|entry| entry.shortcuts.iter().map(move |shortcut| (entry, shortcut)))
        .collect();
    wanted.sort_by_key(|(_, shortcut)| !shortcut.shift);
    for (entry, shortcut) in wanted {
        // A text field has its own undo.
        if matches!(entry.id, "undo" | "redo") && ctx.text_edit_focused() {
            continue;
        }
        if of_egui(shortcut).is_some_and(|shortcut| pressed(&shortcut)) {
            carry_out(entry, scope, transient);
        }
    }
}

/// Does what an entry of the registry says.
pub fn carry_out(entry: &Entry, scope: &mut Scope<'_>, transient: &mut Transient) {
    match (entry.command(scope.state), entry.id) {
        (Some(command), _) => scope.send(command),
        (None, "open-path") => transient.path = Some(PathField::new(FileQuestion::Open)),
        (None, "reading") => transient.reading = reading::is_offered(scope),
        (None, "search") => transient.focus_search = true,
        // It cannot be done now.
        (None, _) => {}
    }
}

/// An entry's first shortcut, as this system writes it; empty: none.
pub fn words_of(ctx: &Context, entry: &Entry) -> String {
    entry
        .shortcuts
        .first()
        .and_then(of_egui)
        .map(|shortcut| ctx.format_shortcut(&shortcut))
        .unwrap_or_default()
}

fn of_egui(shortcut: &Shortcut) -> Option<KeyboardShortcut> {
    let key = match shortcut.key {
        commands::Key::Char(letter) => Key::from_name(letter.encode_utf8(&mut [0; 4]))?,
        commands::Key::F(number) => Key::from_name(&format!("F{number}"))?,
        commands::Key::PageDown => Key::PageDown,
        commands::Key::PageUp => Key::PageUp,
    };
    let mut modifiers = Modifiers::NONE;
    if shortcut.command {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if shortcut.shift {
        modifiers = modifiers.plus(Modifiers::SHIFT);
    }
    Some(KeyboardShortcut::new(modifiers, key))
}
