//! Settings of networks and their heat maps: what lines stand for, which are drawn, communities, nodes put back.

use egui::Ui;

use super::settings::{choose, row_ui};
use super::widgets::{Push, Tone, segmented};
use super::{Scope, charts};
use crate::app::Command;
use crate::figure::{Chart, Edges, NetworkLook};
use crate::words;

/// Draws the rows, where the figure in front is a network or its heat map.
pub fn network_ui(ui: &mut Ui, scope: &mut Scope<'_>) {
    let chart = charts::drawn(scope);
    if !matches!(chart, Some(Chart::Network | Chart::Matrix)) {
        return;
    }
    let look = scope.state.project.view().look.network.clone();
    let send = |scope: &mut Scope<'_>, look: NetworkLook| {
        scope.send(Command::SetNetwork(Box::new(look)));
        scope.send(Command::EndEdit);
    };
    // Differences between two groups have but one meaning.
    let compared = scope.state.project.view().by.is_some();
    if !compared {
        let mut edges = vec![
            (Edges::Joint, scope.say("ui-network-joint")),
            (Edges::Lift, scope.say("ui-network-lift")),
        ];
        if chart == Some(Chart::Matrix) {
            edges.push((Edges::Conditional, scope.say("ui-network-conditional")));
        }
        let label = scope.say("ui-network-edges");
        if let Some(edges) = row_ui(ui, &label, |ui| segmented(ui, &label, &edges, &look.edges)) {
            let look = NetworkLook { edges, ..look.clone() };
            send(scope, look);
        }
    }
    if chart == Some(Chart::Matrix) {
        return;
    }
    let shown = [
        ((false, false), scope.say("ui-network-all")),
        ((true, false), scope.say("ui-network-certain")),
        ((false, true), scope.say("ui-network-significant")),
    ];
    let shown: Vec<((bool, bool), String)> = shown
        .into_iter()
        .filter(|((certain, _), _)| !(compared && *certain))
        .collect();
    let current = (look.certain && !look.significant, look.significant);
    if let Some((certain, significant)) = choose(ui, &scope.say("ui-network-shown"), &shown, &current) {
        let look = NetworkLook {
            certain,
            significant,
            ..look.clone()
        };
        send(scope, look);
    }
    let language = scope.language();
    let mut shares = vec![0.0, 0.01, 0.02, 0.05, 0.1, 0.2];
    if !shares.contains(&look.least) {
        shares.push(look.least);
        shares.sort_by(f64::total_cmp);
    }
    let least: Vec<(f64, String)> = shares
        .into_iter()
        .map(|share| match share > 0.0 {
            true => (share, words::percent_sign(language, share)),
            false => (share, scope.say("ui-network-least-none")),
        })
        .collect();
    if let Some(least) = choose(ui, &scope.say("ui-network-least"), &least, &look.least) {
        let look = NetworkLook { least, ..look.clone() };
        send(scope, look);
    }
    if !compared {
        let marked = [
            (false, scope.say("ui-network-communities-off")),
            (true, scope.say("ui-network-communities-on")),
        ];
        let label = scope.say("ui-network-communities");
        if let Some(communities) = row_ui(ui, &label, |ui| segmented(ui, &label, &marked, &look.communities)) {
            let look = NetworkLook {
                communities,
                ..look.clone()
            };
            send(scope, look);
        }
    }
    if !look.places.is_empty() {
        let label = scope.say("ui-network-put-back");
        if Push::new(&label).tone(Tone::Plain).show(ui).clicked() {
            let look = NetworkLook {
                places: Vec::new(),
                ..look
            };
            send(scope, look);
        }
    }
}
