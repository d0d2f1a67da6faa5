//! What is compared: a test of the breakdown, differences and how they are adjusted and marked, further breakdowns, what
//! is 100 per cent.

use egui::Ui;

use super::Scope;
use super::picker::{PickRow, tick_select};
use super::settings::{choose, group_ui, row_ui};
use super::theme::{self, Weight};
use super::widgets::{segmented, text};
use crate::app::Command;
use crate::data::{QuestionKind, VarId};
use crate::figure::Signs;
use crate::measure::{BoxView, Compare, Measure, Pairs, Percent};
use crate::stats::Adjust;

/// Whether the groups, or the rows, of what is shown can be compared.
pub fn is_offered(measure: &Measure) -> bool {
    match measure {
        Measure::Model(_) | Measure::Effect(_) | Measure::Response(_) | Measure::Quantiles { .. } => false,
        Measure::Boxes { view, .. } => !matches!(view, BoxView::Network),
        _ => true,
    }
}

/// Draws the group.
pub fn comparisons_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let view = scope.state.project.view().clone();
    if !is_offered(&view.measure) {
        return;
    }
    group_ui(ui, scope, "ui-settings-compare", false);
    let compare = &view.compare;
    let has_groups = view.by.is_some();
    let mut wanted = compare.clone();
    let pairs = match has_groups {
        true => vec![
            (None, scope.say("ui-pairs-none")),
            (Some(Pairs::All), scope.say("ui-pairs-all")),
            (Some(Pairs::Rest), scope.say("ui-pairs-rest")),
        ],
        false => vec![
            (None, scope.say("ui-pairs-none")),
            (Some(Pairs::All), scope.say("ui-pairs-rows")),
        ],
    };
    // Without groups there is no rest.
    let current = compare.pairs.map(|pairs| if has_groups { pairs } else { Pairs::All });
    if let Some(pairs) = choose(ui, &scope.say("ui-pairs"), &pairs, &current) {
        wanted.pairs = pairs;
    }
    if compare.pairs.is_some() {
        let adjusts = [
            (Adjust::Holm, "Holm".to_owned()),
            (Adjust::Bonferroni, "Bonferroni".to_owned()),
            (Adjust::Bh, "Benjamini–Hochberg".to_owned()),
            (Adjust::None, scope.say("ui-adjust-none")),
        ];
        if let Some(adjust) = choose(ui, &scope.say("ui-adjust"), &adjusts, &compare.adjust) {
            wanted.adjust = adjust;
        }
    }
    if has_groups {
        let label = scope.say("ui-test");
        let options = [(false, scope.say("ui-interval-off")), (true, scope.say("ui-test-on"))];
        if let Some(test) = row_ui(ui, &label, |ui| segmented(ui, &label, &options, &compare.test)) {
            wanted.test = test;
        }
        signs_ui(ui, scope, compare, view.look.signs);
        banner_ui(ui, scope, view.by.as_ref(), &view.banner);
        percent_ui(ui, scope, &view.measure, view.percent);
    } else {
        ui.add_space(theme::S4);
        let hint = scope.say("ui-compare-hint");
        text(ui, &hint, theme::SMALL, Weight::Regular, theme::CAPTION);
    }
    if wanted != *compare {
        scope.send(Command::SetCompare(wanted));
    }
}

fn signs_ui(ui: &mut Ui, scope: &mut Scope<'_>, compare: &Compare, signs: Signs) {
    let (own, key) = match compare.pairs {
        None => return,
        Some(Pairs::All) => (Signs::Letters, "ui-signs-letters"),
        Some(Pairs::Rest) => (Signs::Arrows, "ui-signs-arrows"),
    };
    let label = scope.say("ui-signs");
    let options = [(Signs::None, scope.say("ui-signs-none")), (own, scope.say(key))];
    if let Some(signs) = row_ui(ui, &label, |ui| segmented(ui, &label, &options, &signs)) {
        scope.send(Command::SetSigns(signs));
    }
}

/// Further breakdowns beside the first.
fn banner_ui(ui: &mut Ui, scope: &mut Scope<'_>, by: Option<&VarId>, banner: &[VarId]) {
    let breakdowns = scope.state.breakdowns();
    let rows: Vec<PickRow<VarId>> = breakdowns
        .iter()
        .filter(|(known, _)| Some(known) != by)
        .map(|(known, title)| PickRow {
            value: known.clone(),
            name: title.clone(),
            group: String::new(),
            chosen: banner.contains(known),
        })
        .collect();
    let names: Vec<&str> = banner
        .iter()
        .filter_map(|var| breakdowns.iter().find(|(known, _)| known == var))
        .map(|(_, title)| title.as_str())
        .collect();
    let shown = match names.is_empty() {
        true => scope.say("ui-by-none"),
        false => names.join(", "),
    };
    let label = scope.say("ui-banner");
    let hint = scope.say("ui-pick-variable");
    let Some(var) = row_ui(ui, &label, |ui| tick_select(ui, &label, &shown, &hint, &rows)) else {
        return;
    };
    let mut banner = banner.to_vec();
    match banner.iter().position(|known| *known == var) {
        Some(place) => {
            banner.remove(place);
        }
        None => banner.push(var),
    }
    scope.send(Command::SetBanner(banner));
}

fn percent_ui(ui: &mut Ui, scope: &mut Scope<'_>, measure: &Measure, percent: Percent) {
    let Some(data) = scope.dataset() else { return };
    let is_of_answers = match measure {
        Measure::Question(id) => data
            .question(id)
            .is_ok_and(|question| question.kind != QuestionKind::Numeric),
        _ => false,
    };
    if !is_of_answers {
        return;
    }
    let options = [
        (Percent::Group, scope.say("ui-percent-group")),
        (Percent::Answer, scope.say("ui-percent-answer")),
        (Percent::Total, scope.say("ui-percent-total")),
    ];
    if let Some(percent) = choose(ui, &scope.say("ui-percent"), &options, &percent) {
        scope.send(Command::SetPercent(percent));
    }
}
