//! The imperative shell: the only place in the window that owns the [`State`] and the [`Worker`].

use std::path::PathBuf;
use std::time::Instant;

use egui::{Context, Ui, ViewportBuilder, ViewportCommand};

use super::dialogs::{Dialogs, Outcome};
use super::transient::{PathField, Transient};
use super::{draw, theme};
use crate::app::{Command, State};
use crate::data::Language;
use crate::worker::{Job, Worker};

/// The window's program: events in, a frame out, commands carried out.
pub struct Shell {
    state: State,
    worker: Worker,
    dialogs: Dialogs,
    transient: Transient,
    commands: Vec<Command>,
    /// When the program began, until the first frame was painted.
    began: Option<Instant>,
    frames: u32,
    /// Whether the window was made to fit its screen, once.
    fitted: bool,
    title: String,
    may_close: bool,
}

impl Shell {
    /// Begins with `state` and the jobs that follow from `first`.
    pub fn new(state: State, worker: Worker, dialogs: Dialogs, first: Command) -> Self {
        let mut shell = Self {
            state,
            worker,
            dialogs,
            transient: Transient::default(),
            commands: vec![first],
            began: None,
            frames: 0,
            fitted: false,
            title: String::new(),
            may_close: false,
        };
        shell.worker.send(Job::LoadRecent);
        // Before there is a window: reading begins while it is being made.
        for command in std::mem::take(&mut shell.commands) {
            for job in shell.state.update(command) {
                shell.worker.send(job);
            }
        }
        shell
    }

    /// The state, to look at.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Takes in what has come of jobs and dialogs, and carries out what was commanded.
    pub fn think(&mut self, ctx: &Context) {
        for event in self.worker.drain() {
            let jobs = self.state.receive(event);
            self.send(ctx, jobs);
        }
        for outcome in self.dialogs.drain() {
            match outcome {
                Outcome::Chosen(command) => self.commands.push(command),
                Outcome::PutAway => self.commands.push(Command::Cancel),
                Outcome::NotShown(question) => self.transient.path = Some(PathField::new(question)),
            }
        }
        let dropped = ctx.input(|input| {
            let file = input.raw.dropped_files.first();
            file.map(|file| file.path().to_owned())
        });
        self.commands.extend(dropped.map(Command::Open));
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.commands.push(Command::Quit);
        }
        for command in std::mem::take(&mut self.commands) {
            let jobs = self.state.update(command);
            self.send(ctx, jobs);
        }
    }

    /// Draws a frame; what was clicked is carried out at once, and shown in the next.
    pub fn paint(&mut self, ui: &mut Ui) {
        draw(ui, &self.state, &mut self.transient, &mut self.commands);
        if !self.commands.is_empty() {
            self.think(&ui.ctx().clone());
            ui.ctx().request_repaint();
        }
        self.name_window(ui.ctx());
        self.fit_window(ui.ctx());
        self.frames += 1;
        if self.frames == 1 && self.began.is_some() {
            // The time is known once the frame is on the screen, which is when the next one begins.
            ui.ctx().request_repaint();
        } else if let Some(began) = self.began.take() {
            log::info!("first frame painted after {} ms", began.elapsed().as_millis());
        }
    }

    fn send(&mut self, ctx: &Context, jobs: Vec<Job>) {
        for job in jobs {
            match job {
                Job::Ask(question) => {
                    let wake = ctx.clone();
                    self.dialogs
                        .ask(question, self.state.language(), move || wake.request_repaint());
                }
                Job::Quit => {
                    self.may_close = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
                job => self.worker.send(job),
            }
        }
    }

    /// A window as large as its screen hides its lower edge, because its title bar comes on top: it is made smaller once.
    fn fit_window(&mut self, ctx: &Context) {
        /// What title bar and borders take, and what panels of the desktop usually do.
        const FRAME: egui::Vec2 = egui::vec2(8.0, 72.0);
        let (screen, inner) = ctx.input(|input| (input.viewport().monitor_size, input.viewport().inner_rect));
        if let (false, Some(screen), Some(inner)) = (self.fitted, screen, inner) {
            self.fitted = true;
            let most = screen - FRAME;
            if most.min_elem() > 0.0 && (inner.width() > most.x || inner.height() > most.y) {
                ctx.send_viewport_cmd(ViewportCommand::InnerSize(inner.size().min(most)));
            }
        }
    }

    /// The project's name before the program's, with a mark where it is not saved.
    fn name_window(&mut self, ctx: &Context) {
        let name = self.state.path.as_ref().and_then(|path| path.file_stem());
        let mark = if self.state.dataset().is_some() && self.state.is_changed() {
            "• "
        } else {
            ""
        };
        let title = match name {
            Some(name) => format!("{mark}{} – Isobar", name.to_string_lossy()),
            None => "Isobar".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.think(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.paint(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        theme::CANVAS.to_normalized_gamma_f32()
    }
}

/// Opens the window on a survey or a project, or on the sample, and returns when it is closed. The sentence says why
/// it could not be opened. `began`: when the program did, for its log.
pub fn run(file: Option<PathBuf>, began: Instant) -> Result<(), String> {
    super::logging::start();
    let ctx = Context::default();
    theme::install(&ctx);
    let waker = ctx.clone();
    let worker = Worker::start(move || waker.request_repaint()).map_err(|error| {
        format!("Isobar could not start its threads ({error}). Close other programs and try again.")
    })?;
    let first = match file {
        Some(path) => Command::Open(path),
        None => Command::OpenSample,
    };
    let mut shell = Shell::new(State::new(language()), worker, Dialogs::new(), first);
    shell.began = Some(began);
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id("isobar")
            .with_title("Isobar")
            .with_inner_size([1360.0, 820.0])
            .with_min_inner_size([880.0, 560.0])
            .with_drag_and_drop(true),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_native_ext("isobar", options, Some(ctx), Box::new(move |_| Ok(Box::new(shell)))).map_err(|error| {
        format!("Isobar could not open its window: {error}. Is there a display with OpenGL 2.1 or later?")
    })
}

/// The system's language where the program knows it; Danish where the system does not say.
fn language() -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match said {
        Some(locale) if !locale.starts_with("da") && !matches!(locale.as_str(), "C" | "POSIX" | "C.UTF-8") => {
            Language::En
        }
        _ => Language::Da,
    }
}
