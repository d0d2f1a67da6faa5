//! A table in, the kinds of chart that can show it out.

use super::lines;
use super::look::Chart;
use super::{flow, matrix, network};
use crate::data::QuestionKind;
use crate::measure::{BoxView, Measure, ModelView, RowKind, Statistic, Table, TableItem};

/// The kinds of chart that can show `table`, the one that suits it best first; a table of numbers is always among them.
pub fn suiting(table: &Table) -> Vec<Chart> {
    // Groups of several breakdowns hold the same respondents: they are read, not drawn beside each other.
    if !table.query.banner.is_empty() || matches!(table.query.measure, Measure::Response(_)) {
        return vec![Chart::Table];
    }
    if matches!(table.query.measure, Measure::Poles(_)) {
        return vec![Chart::Diverging, Chart::Stacked, Chart::Table];
    }
    if network::suits(table) {
        return match matrix::suits(table) {
            true => vec![Chart::Network, Chart::Matrix, Chart::Table],
            false => vec![Chart::Network, Chart::Table],
        };
    }
    if table.subject.kind == QuestionKind::Battery {
        return vec![Chart::Stacked, Chart::Table];
    }
    if table.groups.len() == 1 && is_sets(table) {
        return vec![Chart::UpSet, Chart::Bars, Chart::Table];
    }
    if lines::rows_are_points(table) {
        return vec![Chart::Lines, Chart::Table];
    }
    let mut suiting = plain(table);
    if lines::suits(table) {
        // Three rounds or more are a trend.
        let place = usize::from(table.groups.len() < 3);
        suiting.insert(place, Chart::Lines);
    }
    if table.groups.len() == 2 {
        suiting.push(Chart::Slope);
    }
    if flow::suits(table) {
        suiting.push(Chart::Flow);
    }
    suiting.push(Chart::Table);
    suiting
}

/// The kinds of chart that show rows of shares or means.
fn plain(table: &Table) -> Vec<Chart> {
    let shown = |item: &&TableItem| !matches!(item.kind, RowKind::DontKnow | RowKind::NotRelevant);
    let rows = table.items.iter().filter(shown).count();
    let union = table
        .items
        .iter()
        .any(|item| item.kind == RowKind::Union { highlight: true });
    let mut charts = match &table.query.measure {
        Measure::Profile { .. } => vec![Chart::Number, Chart::Bars, Chart::Dots],
        Measure::Model(model) => match model.view {
            ModelView::Coefficients | ModelView::Effects => vec![Chart::Dots],
            ModelView::Margins(_) | ModelView::Curve { .. } => vec![Chart::Dots, Chart::Bars],
        },
        Measure::Boxes {
            view: BoxView::Composition,
            ..
        } => match table.groups.len() {
            1 => vec![Chart::Donut, Chart::Stacked, Chart::Bars],
            _ => vec![Chart::Stacked, Chart::Bars],
        },
        _ => vec![Chart::Bars, Chart::Dots],
    };
    let is_one_of = matches!(table.query.measure, Measure::Question(_)) && table.subject.kind == QuestionKind::Single;
    if is_one_of && (2..=8).contains(&rows) {
        charts.push(Chart::Stacked);
    }
    let is_share = table.statistic() == Statistic::Share;
    if is_share && (rows == 1 || union) && !charts.contains(&Chart::Number) {
        charts.push(Chart::Number);
    }
    charts
}

/// Whether rows are sets of boxes, beside the boxes themselves.
fn is_sets(table: &Table) -> bool {
    let view = match &table.query.measure {
        Measure::Boxes { view, .. } => view,
        _ => return false,
    };
    let has = |kind| table.items.iter().any(|item| item.kind == kind);
    matches!(view, BoxView::Combinations | BoxView::AtLeast) && has(RowKind::Combination) && has(RowKind::Answer)
}

/// The kind of chart that is drawn where `wanted` was asked for.
pub fn drawn_as(table: &Table, wanted: Chart) -> Chart {
    let suiting = suiting(table);
    match suiting.contains(&wanted) {
        true => wanted,
        false => suiting.first().copied().unwrap_or(Chart::Table),
    }
}
