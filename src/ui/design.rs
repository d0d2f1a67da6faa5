//! How certain the numbers are: intervals and their level; and the sampling design, closed until it is asked for.

use egui::{Id, Key, Ui, vec2};

use super::fields::field;
use super::icons::Icon;
use super::picker::{PickRow, pick_select, tick_select};
use super::settings::{choose, disclosed_ui, group_ui, row_ui};
use super::theme::{self, Weight};
use super::widgets::{Push, Tone, segmented, text, text_truncated};
use super::{Scope, Transient};
use crate::app::Command;
use crate::data::{Code, Codebook, VarId, Variable, VariableKind};
use crate::measure::{DesignChoice, ReplicateChoice};
use crate::stats::{Interval, Lonely, ReplicateKind};

/// Draws the group of intervals.
pub fn certainty_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    group_ui(ui, scope, "ui-settings-certainty", false);
    let view = scope.state.project.view();
    let shown = view.look.intervals;
    let label = scope.say("ui-interval");
    let options = [
        (true, scope.say("ui-interval-on")),
        (false, scope.say("ui-interval-off")),
    ];
    if let Some(shown) = row_ui(ui, &label, |ui| segmented(ui, &label, &options, &shown)) {
        scope.send(Command::SetIntervals(shown));
    }
    level_ui(ui, scope, transient);
    let view = scope.state.project.view();
    let methods = [
        (Interval::Logit, "Logit".to_owned()),
        (Interval::Beta, scope.say("ui-method-beta")),
        (Interval::Wilson, "Wilson".to_owned()),
        (Interval::Arcsine, scope.say("ui-method-arcsine")),
        (Interval::Wald, "Wald".to_owned()),
    ];
    if let Some(method) = choose(ui, &scope.say("ui-method"), &methods, &view.interval) {
        scope.send(Command::SetInterval(method));
    }
}

const USUAL: [f64; 3] = [0.90, 0.95, 0.99];

/// The usual levels in one click, any other typed.
fn level_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let language = scope.language();
    let level = scope.state.project.view().level.clone();
    let percent = |level: f64| {
        let percent = level * 100.0;
        let decimals = (0..3).find(|decimals| {
            let scale = 10f64.powi(*decimals);
            ((percent * scale).round() / scale - percent).abs() < 1e-9
        });
        crate::words::decimal(language, percent, decimals.unwrap_or(3) as usize)
    };
    let label = scope.say("ui-level");
    row_ui(ui, &label, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = ui.available_width();
        let own = 46.0;
        // In a narrow panel the field stands alone.
        let is_narrow = width < 150.0;
        let picked = match is_narrow {
            true => None,
            false => {
                ui.allocate_ui(vec2(width - own - 24.0, theme::CONTROL), |ui| {
                    ui.set_width(width - own - 24.0);
                    let options = USUAL.map(|level| (Code::Number(level), percent(level)));
                    segmented(ui, &label, &options, &level)
                })
                .inner
            }
        };
        let name = scope.say("ui-level-own");
        let mut words = match &transient.level {
            Some(words) => words.clone(),
            // One of the usual ones is seen beside it.
            None if !is_narrow && USUAL.contains(&level.number().unwrap_or(0.95)) => String::new(),
            None => percent(level.number().unwrap_or(0.95)),
        };
        let before = words.clone();
        let response = ui
            .allocate_ui(vec2(own, theme::CONTROL), |ui| {
                ui.set_width(own);
                field(ui, Id::unique("level"), &mut words, &name, "…")
            })
            .inner;
        text(ui, "%", theme::BODY, Weight::Regular, theme::SECOND);
        if words != before {
            transient.level = Some(words.clone());
        }
        if response.lost_focus() {
            let typed = transient
                .level
                .take()
                .filter(|_| !ui.input(|input| input.key_pressed(Key::Escape)));
            if let Some(level) = typed.as_deref().and_then(level_of) {
                scope.send(Command::SetLevel(Code::Number(level)));
            }
        } else if let Some(level) = picked {
            transient.level = None;
            scope.send(Command::SetLevel(level));
        }
    });
}

/// A level as typed, per cent with a comma or a point: more than none, less than all.
fn level_of(words: &str) -> Option<f64> {
    let percent: f64 = words
        .trim()
        .trim_end_matches('%')
        .trim()
        .replace(',', ".")
        .parse()
        .ok()?;
    (percent > 0.0 && percent < 100.0).then(|| (percent * 1e6).round() / 1e8)
}

/// Draws the group of the sampling design.
pub fn design_ui(ui: &mut Ui, scope: &mut Scope<'_>, transient: &mut Transient) {
    let name = scope.say("ui-settings-design");
    if !disclosed_ui(ui, &name, &mut transient.design) {
        return;
    }
    let Some(data) = scope.dataset().cloned() else { return };
    let design = scope.state.project.design.clone();
    let mut wanted = design.clone();
    strata_ui(ui, scope, &data.codebook, &mut wanted);
    let hint = scope.say("ui-pick-variable");
    let variable_ui = |ui: &mut Ui, key: &str, now: &Option<VarId>| -> Option<Option<VarId>> {
        let label = scope.say(key);
        let none = scope.say("ui-by-none");
        let rows = with_none(&none, variables(scope, &data.codebook, |_| true), now);
        let shown = rows.iter().find(|row| row.chosen).map_or(none, |row| row.name.clone());
        row_ui(ui, &label, |ui| pick_select(ui, &label, &shown, &hint, &rows))
    };
    if let Some(cluster) = variable_ui(ui, "ui-design-cluster", &design.cluster) {
        wanted.cluster = cluster;
    }
    if let Some(population) = variable_ui(ui, "ui-design-population", &design.population) {
        wanted.population = population;
    }
    let lonely = [
        (Lonely::Adjust, scope.say("ui-lonely-adjust")),
        (Lonely::Centre, scope.say("ui-lonely-centre")),
        (Lonely::Average, scope.say("ui-lonely-average")),
        (Lonely::Remove, scope.say("ui-lonely-remove")),
        (Lonely::Fail, scope.say("ui-lonely-fail")),
    ];
    if let Some(lonely) = choose(ui, &scope.say("ui-lonely"), &lonely, &design.lonely) {
        wanted.lonely = lonely;
    }
    replicates_ui(ui, scope, &data.codebook, &mut wanted);
    margins_ui(ui, scope, &data.codebook, &mut wanted);
    let own = DesignChoice::of(&data);
    if design != own {
        let name = scope.say("ui-design-own");
        ui.add_space(theme::S4);
        if Push::new(&name).tone(Tone::Plain).show(ui).clicked() {
            wanted = own;
        }
    }
    if wanted != design {
        scope.send(Command::SetDesign(wanted));
    }
}

fn variables(scope: &Scope<'_>, codebook: &Codebook, fits: impl Fn(&Variable) -> bool) -> Vec<PickRow<VarId>> {
    let language = scope.language();
    codebook
        .variables
        .iter()
        .filter(|variable| !matches!(variable.kind, VariableKind::Text | VariableKind::Date) && fits(variable))
        .map(|variable| PickRow {
            value: variable.name.clone(),
            name: variable.title(language).to_owned(),
            group: String::new(),
            chosen: false,
        })
        .collect()
}

fn with_none(none: &str, rows: Vec<PickRow<VarId>>, now: &Option<VarId>) -> Vec<PickRow<Option<VarId>>> {
    let first = PickRow {
        value: None,
        name: none.to_owned(),
        group: String::new(),
        chosen: now.is_none(),
    };
    let rest = rows.into_iter().map(|row| PickRow {
        chosen: now.as_ref() == Some(&row.value),
        name: row.name,
        group: row.group,
        value: Some(row.value),
    });
    std::iter::once(first).chain(rest).collect()
}

fn strata_ui(ui: &mut Ui, scope: &Scope<'_>, codebook: &Codebook, wanted: &mut DesignChoice) {
    let mut rows = variables(scope, codebook, |_| true);
    for row in &mut rows {
        row.chosen = wanted.strata.contains(&row.value);
    }
    let names: Vec<&str> = rows
        .iter()
        .filter(|row| row.chosen)
        .map(|row| row.name.as_str())
        .collect();
    let shown = match names.is_empty() {
        true => scope.say("ui-by-none"),
        false => names.join(" × "),
    };
    let label = scope.say("ui-design-strata");
    let hint = scope.say("ui-pick-variable");
    if let Some(var) = row_ui(ui, &label, |ui| tick_select(ui, &label, &shown, &hint, &rows)) {
        match wanted.strata.iter().position(|known| *known == var) {
            Some(place) => {
                wanted.strata.remove(place);
            }
            None => wanted.strata.push(var),
        }
    }
}

/// Replicate weights, where the file has variables that look like some.
fn replicates_ui(ui: &mut Ui, scope: &Scope<'_>, codebook: &Codebook, wanted: &mut DesignChoice) {
    let now = wanted.replicates.as_deref().map(|replicates| replicates.prefix.clone());
    let mut options = vec![(None, scope.say("ui-by-none"))];
    let found = replicate_prefixes(codebook);
    options.extend(found.iter().map(|(prefix, count)| {
        let number = count.to_string();
        let arguments = [("prefix", prefix.as_str()), ("count", number.as_str())];
        (Some(prefix.clone()), scope.say_with("ui-replicates-of", &arguments))
    }));
    if let Some(prefix) = &now
        && !found.iter().any(|(known, _)| known == prefix)
    {
        options.push((now.clone(), format!("{prefix}…")));
    }
    if options.len() == 1 {
        return;
    }
    if let Some(prefix) = choose(ui, &scope.say("ui-replicates"), &options, &now) {
        wanted.replicates = prefix.map(|prefix| {
            Box::new(ReplicateChoice {
                prefix,
                kind: ReplicateKind::Brr,
                rho: None,
                scale: None,
                constants: Vec::new(),
            })
        });
    }
    let Some(replicates) = &mut wanted.replicates else {
        return;
    };
    let kinds = [
        (ReplicateKind::Brr, "BRR".to_owned()),
        (ReplicateKind::Fay, "Fay".to_owned()),
        (ReplicateKind::Jk1, "JK1".to_owned()),
        (ReplicateKind::Jkn, "JKn".to_owned()),
        (ReplicateKind::Bootstrap, "Bootstrap".to_owned()),
    ];
    if let Some(kind) = choose(ui, &scope.say("ui-replicates-kind"), &kinds, &replicates.kind) {
        replicates.kind = kind;
        // Fay's weights are made with some ρ; half is the usual one.
        replicates.rho = (kind == ReplicateKind::Fay).then_some(Code::Number(0.5));
    }
    if replicates.kind == ReplicateKind::Fay {
        let language = scope.language();
        let rhos = [0.3, 0.5, 0.7].map(|rho| (Some(Code::Number(rho)), crate::words::decimal(language, rho, 1)));
        let label = scope.say("ui-replicates-rho");
        if let Some(rho) = row_ui(ui, &label, |ui| segmented(ui, &label, &rhos, &replicates.rho)) {
            replicates.rho = rho;
        }
    }
}

/// The tables of known counts that weights are calibrated to.
fn margins_ui(ui: &mut Ui, scope: &mut Scope<'_>, codebook: &Codebook, wanted: &mut DesignChoice) {
    let language = scope.language();
    ui.add_space(theme::S8);
    text(
        ui,
        &scope.say("ui-margins"),
        theme::BODY,
        Weight::Regular,
        theme::SECOND,
    );
    let mut gone = None;
    for (place, margin) in wanted.margins.iter().enumerate() {
        let names: Vec<&str> = margin
            .vars
            .iter()
            .map(|var| {
                codebook
                    .variable(var)
                    .map_or(var.0.as_str(), |variable| variable.title(language))
            })
            .collect();
        let names = names.join(" × ");
        ui.horizontal(|ui| {
            let remove = scope.say_with("ui-margins-remove", &[("margin", &names)]);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if Push::icon(Icon::Close, &remove).tone(Tone::Plain).show(ui).clicked() {
                    gone = Some(place);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    text_truncated(ui, &names, theme::BODY, Weight::Regular, theme::INK);
                });
            });
        });
    }
    if let Some(place) = gone {
        wanted.margins.remove(place);
    }
    let name = scope.say("ui-margins-add");
    let hint = scope.say("ui-margins-hint");
    if Push::new(&name).tone(Tone::Plain).hint(&hint).show(ui).clicked() {
        scope.send(Command::AskMargin);
    }
}

/// What the names of many numbers begin with, where a number follows: candidates for replicate weights.
fn replicate_prefixes(codebook: &Codebook) -> Vec<(String, usize)> {
    const FEWEST: usize = 8;
    let mut found: Vec<(String, usize)> = Vec::new();
    let numbers = codebook
        .variables
        .iter()
        .filter(|variable| variable.kind == VariableKind::Numeric && variable.values.is_empty());
    for variable in numbers {
        let prefix = variable.name.0.trim_end_matches(|c: char| c.is_ascii_digit());
        if prefix.len() == variable.name.0.len() || prefix.is_empty() {
            continue;
        }
        match found.iter_mut().find(|(known, _)| known == prefix) {
            Some((_, count)) => *count += 1,
            None => found.push((prefix.to_owned(), 1)),
        }
    }
    found.retain(|(_, count)| *count >= FEWEST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_typed_in_per_cent() {
        assert_eq!(level_of("97,5"), Some(0.975));
        assert_eq!(level_of(" 99.9 %"), Some(0.999));
        for words in ["", "0", "100", "high", "-3"] {
            assert_eq!(level_of(words), None, "{words}");
        }
    }

    #[test]
    fn replicate_weights_are_known_by_their_numbered_names() {
        let numbers = (1..=20).map(|i| Variable::new(format!("repwt{i}"), VariableKind::Numeric));
        let few = (1..=3).map(|i| Variable::new(format!("q{i}"), VariableKind::Numeric));
        let codebook = Codebook {
            variables: numbers.chain(few).collect(),
            ..Codebook::default()
        };
        assert_eq!(replicate_prefixes(&codebook), [("repwt".to_owned(), 20)]);
    }
}
