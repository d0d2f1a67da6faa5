//! Commands in, jobs out: what a person wants, carried out on the [`State`].

use super::{Command, Confirm, Data, Export, Leave, Message, Opening, State, names};
use crate::data::ReadOptions;
use crate::figure::Signs;
use crate::filter::{Filter, Keep};
use crate::measure::{Measure, Pairs};
use crate::project::file::figure_length;
use crate::project::{Analysis, DataSource, Project, title_of};
use crate::worker::{FileQuestion, Job};

impl State {
    /// Carries out a command.
    pub fn update(&mut self, command: Command) -> Vec<Job> {
        let mut jobs = self.carry_out(command);
        self.settle(&mut jobs);
        jobs
    }

    fn carry_out(&mut self, command: Command) -> Vec<Job> {
        match command {
            Command::AskOpen => vec![Job::Ask(FileQuestion::Open)],
            Command::AskLocate => vec![Job::Ask(FileQuestion::Locate)],
            Command::AskAdd => vec![Job::Ask(FileQuestion::Add)],
            Command::AskJoin => vec![Job::Ask(FileQuestion::Join)],
            Command::AskMargin => vec![Job::Ask(FileQuestion::Margins)],
            Command::AddMargin(path) => vec![Job::ReadMargin(path)],
            Command::AskSaveAs => vec![self.ask_where_to_save()],
            Command::AskExport(format) => {
                let name = names::of_figure(&self.project, format);
                vec![Job::Ask(FileQuestion::Export(format, name))]
            }
            Command::Open(path) => self.leave(Leave::Open(path)),
            Command::OpenSample => self.leave(Leave::OpenSample),
            Command::CancelOpening => match self.opening.take() {
                Some(_) => vec![Job::CancelOpening],
                None => Vec::new(),
            },
            Command::Quit => self.leave(Leave::Quit),
            Command::Locate(path) => {
                let options = self.project.read.clone();
                self.open_again(self.located(path), options)
            }
            Command::AddData { path, label } => {
                let source = self.project.data.with(&self.project.read, path, &label);
                // What was said about one file stays with it.
                let options = match &self.project.data {
                    DataSource::Several { .. } => self.project.read.clone(),
                    _ => ReadOptions::default(),
                };
                self.change_data(source, options)
            }
            Command::JoinData { path, keys } => {
                let source = self.project.data.joined(path, keys);
                self.change_data(source, self.project.read.clone())
            }
            Command::SetData(source) => self.change_data(source, self.project.read.clone()),
            Command::ReadWith(options) => self.open_again(self.project.data.clone(), options),
            Command::AcceptChangedData => {
                self.accept_changed_data();
                Vec::new()
            }
            Command::Save => match self.path.clone() {
                Some(path) => self.save(path, true),
                None => vec![self.ask_where_to_save()],
            },
            Command::SaveAs(path) => {
                let (path, added) = names::with_project_ending(path);
                // With an ending that was added, nobody was asked whether the file there may go.
                let may_replace = !added || self.path.as_ref() == Some(&path);
                self.save(path, may_replace)
            }
            Command::Export { format, path } => {
                let (path, format, added) = names::with_figure_ending(path, format);
                self.export = Some(Export {
                    format,
                    path,
                    may_replace: !added,
                });
                Vec::new()
            }
            Command::SaveFirst => match self.confirm.take() {
                Some(Confirm { then, codebook: true }) => {
                    self.after_codebook = Some(then);
                    self.save_codebook()
                }
                Some(confirm) => {
                    self.after_save = Some(confirm.then);
                    self.carry_out(Command::Save)
                }
                None => Vec::new(),
            },
            Command::DiscardChanges => match self.confirm.take() {
                Some(Confirm { then, codebook: true }) => {
                    self.setup.forget_changes();
                    self.make_codebook();
                    self.leave(then)
                }
                Some(confirm) => self.go(confirm.then),
                None => Vec::new(),
            },
            Command::Cancel => {
                self.confirm = None;
                self.after_save = None;
                self.after_codebook = None;
                Vec::new()
            }
            Command::ShowSetup(open) => {
                self.show_setup(open);
                Vec::new()
            }
            Command::Decide(choice) => {
                self.decide(choice);
                Vec::new()
            }
            Command::UseGuesses(confidence) => {
                self.use_guesses(confidence);
                Vec::new()
            }
            Command::SaveCodebook => self.save_codebook(),
            Command::Undo | Command::Redo if self.setup.open => {
                self.turn_setup(command == Command::Redo);
                Vec::new()
            }
            Command::Undo => self.step(false),
            Command::Redo => self.step(true),
            Command::EndEdit => {
                self.history.end_step();
                Vec::new()
            }
            Command::SelectView(view) => {
                if view < self.project.views.len() {
                    self.project.active = view;
                    self.history.end_step();
                }
                Vec::new()
            }
            Command::Dismiss(message) => {
                if message < self.messages.len() {
                    self.messages.remove(message);
                }
                Vec::new()
            }
            change => {
                self.change(change);
                Vec::new()
            }
        }
    }

    /// Changes the project, as one step that can be taken back.
    pub(super) fn change(&mut self, command: Command) {
        // A view asks nothing before there are data, and a project without its data is kept as it is.
        if self.dataset().is_none() && !matches!(command, Command::SetLanguage(_)) {
            return;
        }
        let key = command.merge_key();
        let before = self.project.clone();
        self.edit(command);
        if self.project == before {
            return;
        }
        if matches!(self.data, Data::Nothing) {
            // Only the language of an empty window: nothing to save, nothing to take back.
            self.saved = self.project.clone();
            return;
        }
        self.after_save = None;
        self.history.note(before, key);
    }

    fn edit(&mut self, command: Command) {
        let project = &mut self.project;
        match command {
            Command::ShowQuestion(id) => self.show_measure(Measure::Question(id)),
            Command::SetMeasure(measure) => self.show_measure(measure),
            Command::BreakDown(by) => project.view_mut().by = by,
            Command::SetFilter(var, keep) => self.set_filter(var, keep),
            Command::RemoveFilter(var) => project.filter = project.filter.without(&var),
            Command::ClearFilter => project.filter = Filter::default(),
            Command::AddView => add_view(project),
            Command::RemoveView(view) => remove_view(project, view),
            Command::RenameView(view, name) => {
                let name = name.trim();
                if view < project.views.len() && !name.is_empty() {
                    project.views[view].name = project.unique_name(name, Some(view));
                }
            }
            Command::SetChart(chart) => project.view_mut().look.chart = chart,
            Command::SetSigns(signs) => project.view_mut().look.signs = signs,
            Command::SetSets(sets) => project.view_mut().look.sets = sets,
            Command::SetNetwork(network) => project.view_mut().look.network = *network,
            Command::SetBanner(banner) => project.view_mut().banner = banner,
            Command::SetPercent(percent) => project.view_mut().percent = percent,
            Command::SetCompare(compare) => {
                let view = project.view_mut();
                // What is compared is marked in the figure, until somebody says otherwise.
                if compare.pairs != view.compare.pairs {
                    view.look.signs = match compare.pairs {
                        None => Signs::None,
                        Some(Pairs::All) => Signs::Letters,
                        Some(Pairs::Rest) => Signs::Arrows,
                    };
                }
                view.compare = compare;
            }
            Command::SetSort(sort) => project.view_mut().look.sort = sort,
            Command::SetIntervals(shown) => project.view_mut().look.intervals = shown,
            Command::SetPopulation(shown) => project.view_mut().look.population = shown,
            Command::SetActorColours(kept) => project.view_mut().look.actor_colours = kept,
            Command::SetTheme(theme) => project.view_mut().look.theme = theme,
            Command::SetSize { width_pt, height_pt } => {
                let look = &mut project.view_mut().look;
                look.width_pt = figure_length(width_pt);
                look.height_pt = height_pt.map(figure_length);
            }
            Command::SetHeadline(headline) => project.view_mut().look.headline = headline,
            Command::SetDontKnow(policy) => project.view_mut().dont_know = policy,
            Command::SetInterval(interval) => project.view_mut().interval = interval,
            Command::SetLevel(level) if level.number().is_some_and(|level| level > 0.0 && level < 1.0) => {
                project.view_mut().level = level;
            }
            Command::SetWeight(weight) => project.design.weight = weight,
            Command::SetDesign(design) => project.design = design,
            Command::SetLanguage(language) => {
                let before = project.language;
                project.language = language;
                for look in project.views.iter_mut().map(|view| &mut view.look) {
                    if look.language == before {
                        look.language = language;
                    }
                }
            }
            Command::SetFigureLanguage(language) => project.view_mut().look.language = language,
            // The others do not change the project; `carry_out` has dealt with them.
            _ => {}
        }
    }

    /// Shows something else in the view in front. What was said about the old question goes with it.
    fn show_measure(&mut self, measure: Measure) {
        let Some(data) = self.dataset().cloned() else { return };
        if self.project.view().measure == measure {
            return;
        }
        let language = self.project.language;
        let old = self.project.view().measure.clone();
        let name = &self.project.view().name;
        let is_unnamed = crate::data::Language::ALL.iter().any(|&language| {
            is_numbered(name, &names::of_measure(&old, &data, language))
                || is_numbered(name, &title_of(&old, &data, language))
        });
        let title = names::of_measure(&measure, &data, language);
        let name = is_unnamed.then(|| self.project.unique_name(&title, Some(self.project.front())));
        let is_other_question = measure.question() != old.question();
        let is_other_analysis = Analysis::of(&measure) != Analysis::of(&old);
        let own_variables = match &measure {
            Measure::Question(id) | Measure::Poles(id) => data.question(id).map_or_else(
                |_| Vec::new(),
                |question| question.items.into_iter().map(|item| item.var).collect(),
            ),
            Measure::Mean(var) | Measure::Total(var) | Measure::Quantiles { var, .. } => vec![var.clone()],
            Measure::Ratio { above, below } => vec![above.clone(), below.clone()],
            Measure::Share(_)
            | Measure::Count(_)
            | Measure::Boxes { .. }
            | Measure::Roles(_)
            | Measure::Profile { .. }
            | Measure::Effect(_)
            | Measure::Model(_) => Vec::new(),
            Measure::Response(var) => vec![var.clone()],
        };
        let view = self.project.view_mut();
        view.measure = measure;
        view.look.headline = None;
        if is_other_question {
            view.dont_know = None;
        }
        // A chart that was chosen for bars says nothing about a network.
        if is_other_analysis {
            view.look.chart = crate::figure::Chart::Auto;
        }
        if let Some(name) = name {
            view.name = name;
        }
        // Sector by sector says nothing.
        if view.by.as_ref().is_some_and(|by| own_variables.contains(by)) {
            view.by = None;
        }
    }

    fn set_filter(&mut self, var: crate::data::VarId, keep: Keep) {
        let keep = match keep {
            Keep::Codes(codes) => Keep::Codes(self.in_order(&var, codes)),
            range => range,
        };
        let keeps_all = match &keep {
            Keep::Codes(codes) => codes.is_empty(),
            Keep::Range { low, high } => low.is_none() && high.is_none(),
        };
        self.project.filter = if keeps_all {
            self.project.filter.without(&var)
        } else {
            self.project.filter.with(&var, keep)
        };
    }

    /// Does what would lose unsaved changes, or asks first.
    pub(super) fn leave(&mut self, then: Leave) -> Vec<Job> {
        let codebook = self.setup.is_changed();
        if codebook || self.is_changed() {
            self.confirm = Some(Confirm { then, codebook });
            return Vec::new();
        }
        self.go(then)
    }

    /// Does what would lose unsaved changes.
    pub(super) fn go(&mut self, then: Leave) -> Vec<Job> {
        self.after_save = None;
        self.left = Some(self.project.clone());
        match then {
            Leave::Quit => vec![Job::Quit],
            Leave::Open(path) if names::is_project(&path) => {
                self.progress = None;
                self.opening = Some(Opening::Project(path.clone()));
                vec![Job::OpenProject(path)]
            }
            Leave::Open(path) => self.open_survey(DataSource::File(path)),
            Leave::OpenSample => self.open_survey(DataSource::Sample),
        }
    }

    fn open_survey(&mut self, source: DataSource) -> Vec<Job> {
        self.progress = None;
        self.opening = Some(Opening::Survey(source.clone()));
        vec![Job::OpenData {
            source,
            options: ReadOptions::default(),
        }]
    }

    /// Reads data for the project that is open.
    fn open_again(&mut self, source: DataSource, options: ReadOptions) -> Vec<Job> {
        if matches!(self.data, Data::Nothing) {
            return Vec::new();
        }
        self.progress = None;
        self.opening = Some(Opening::Again {
            source: source.clone(),
            options: options.clone(),
        });
        vec![Job::OpenData { source, options }]
    }

    /// The project's data with one file where it is now.
    fn located(&self, path: std::path::PathBuf) -> DataSource {
        let source = &self.project.data;
        let files: Vec<&std::path::Path> = source.files().into_iter().flatten().collect();
        let named: Vec<_> = files
            .iter()
            .filter(|file| file.file_name() == path.file_name())
            .collect();
        let missing = match &self.data {
            Data::Failed { file, .. } => file.as_deref().filter(|file| files.contains(file)),
            _ => self.changed_files().first().copied(),
        };
        let meant = match named.as_slice() {
            [one] => Some(**one),
            _ => missing.or(files.first().copied()),
        };
        match (source, meant) {
            (DataSource::Sample | DataSource::File(_), _) | (_, None) => DataSource::File(path),
            (source, Some(meant)) => source.moved(meant, &path),
        }
    }

    /// Reads other data for the project that is open, as a change that can be taken back.
    fn change_data(&mut self, source: DataSource, options: ReadOptions) -> Vec<Job> {
        if self.dataset().is_none() {
            return Vec::new();
        }
        self.opening = Some(Opening::Change {
            source: source.clone(),
            options: options.clone(),
        });
        vec![Job::OpenData { source, options }]
    }

    /// Takes the last change back, or with `again` does it again. A step to other data is taken when they are there.
    fn step(&mut self, again: bool) -> Vec<Job> {
        let Some(next) = self.history.next(again) else {
            return Vec::new();
        };
        if next.data != self.project.data || next.read != self.project.read {
            let (source, options) = (next.data.clone(), next.read.clone());
            self.opening = Some(Opening::Step {
                source: source.clone(),
                options: options.clone(),
                again,
            });
            return vec![Job::OpenData { source, options }];
        }
        self.take_step(again);
        Vec::new()
    }

    pub(super) fn take_step(&mut self, again: bool) {
        let next = match again {
            false => self.history.undo(&self.project),
            true => self.history.redo(&self.project),
        };
        if let Some(next) = next {
            self.project = next;
            self.after_save = None;
        }
    }

    /// Notes a change of the project that was made from outside [`State::change`].
    pub(super) fn note(&mut self, before: Project) {
        self.after_save = None;
        self.history.note(before, None);
    }

    fn accept_changed_data(&mut self) {
        let data = std::mem::replace(&mut self.data, Data::Nothing);
        self.data = match data {
            Data::Changed { dataset, warnings } => {
                let fingerprint = dataset.fingerprint.clone();
                let source = self.project.data.clone();
                self.each_project(|project| {
                    if project.data == source {
                        project.fingerprint.clone_from(&fingerprint);
                    }
                });
                Data::Ready { dataset, warnings }
            }
            other => other,
        };
    }

    /// Changes the project and every step of its history alike: where a file lies is not a choice to be taken back.
    pub(super) fn each_project(&mut self, change: impl Fn(&mut Project)) {
        change(&mut self.project);
        self.history.each(change);
    }

    fn ask_where_to_save(&self) -> Job {
        let name = match self.path.as_ref().and_then(|path| path.file_name()) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => names::of_project(self.dataset().map(|data| &**data), self.project.language),
        };
        Job::Ask(FileQuestion::SaveAs(name))
    }

    fn save(&mut self, path: std::path::PathBuf, may_replace: bool) -> Vec<Job> {
        if matches!(self.data, Data::Nothing) {
            self.say(Message::Problem(
                "There is nothing to save yet. Open a survey first.".to_owned(),
            ));
            return Vec::new();
        }
        self.history.end_step();
        self.saving = Some(path.clone());
        vec![Job::SaveProject {
            project: self.project.clone(),
            path,
            may_replace,
        }]
    }
}

/// Whether `name` is `title`, or `title` with a number behind it.
fn is_numbered(name: &str, title: &str) -> bool {
    name.strip_prefix(title)
        .is_some_and(|rest| rest.is_empty() || rest.strip_prefix(' ').is_some_and(|n| n.parse::<u32>().is_ok()))
}

fn add_view(project: &mut Project) {
    let mut view = project.view().clone();
    view.name = project.unique_name(&view.name, None);
    let place = project.front() + 1;
    project.views.insert(place, view);
    project.active = place;
}

fn remove_view(project: &mut Project, view: usize) {
    if view >= project.views.len() || project.views.len() == 1 {
        return;
    }
    project.views.remove(view);
    if view < project.active || project.active >= project.views.len() {
        project.active = project.active.saturating_sub(1);
    }
}
