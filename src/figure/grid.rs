//! A table and a look in, its numbers in columns out.

use super::look::Look;
use super::page::MARGIN;
use super::plot::{Block, Grid, Line};
use super::reading::{Reading, SMALL_N};
use super::scene::About;
use super::told::{p_value, told};
use super::{arrange, columns, diverging, grid_model, grid_ties, signs, stacked};
use crate::data::{Code, QuestionKind};
use crate::measure::{Measure, ModelView, RowKind, Statistic};
use crate::words;

/// How the groups of a breakdown stand: beside each other with all their numbers; beside each other with the interval
/// below the estimate; or, where they do not fit, as lines under each answer.
#[derive(Clone, Copy, PartialEq)]
enum Setting {
    Alone,
    Wide,
    Narrow,
    Lines,
}

/// A row of the table, with the heading above it.
type Listed = (Option<String>, String, usize);

/// The grid that suits what was measured. Where the page is narrow, intervals stand below their numbers.
pub fn grid(reading: &Reading<'_>, look: &Look) -> Grid {
    let grid = usual(reading, look);
    match columns::needed(&grid) <= room(look) {
        true => grid,
        false => columns::narrowed(grid, &interval_heading(reading)),
    }
}

fn interval_heading(reading: &Reading<'_>) -> String {
    let level = words::with_sign(reading.language, &reading.level());
    reading.say("figure-column-interval", &[("level", &level)])
}

fn usual(reading: &Reading<'_>, look: &Look) -> Grid {
    let table = reading.table;
    match &table.query.measure {
        Measure::Response(_) => return grid_model::response(reading),
        Measure::Model(model) if matches!(model.view, ModelView::Coefficients | ModelView::Effects) => {
            return grid_model::model(reading);
        }
        _ if !table.ties.is_empty() => return grid_ties::grid(reading, look),
        _ => {}
    }
    let listed = listed(reading, look);
    let all: Vec<usize> = (0..table.groups.len()).collect();
    if table.groups.len() == 1 {
        return set(reading, look, &listed, &all, Setting::Alone);
    }
    let lines = || set(reading, look, &listed, &all, Setting::Lines);
    if listed.len() == 1 {
        return lines();
    }
    let fitting = |parts: &[Vec<usize>]| fitting(reading, look, &listed, parts);
    if let Some(mut grids) = fitting(std::slice::from_ref(&all)) {
        return grids.remove(0);
    }
    // Breakdowns that have no room beside each other stand one below the other.
    match fitting(&parts(reading)) {
        Some(mut grids) if grids.len() > 1 => {
            let mut first = grids.remove(0);
            first.below = grids;
            first
        }
        _ => lines(),
    }
}

/// Each of `parts` side by side, all set alike, where they fit on the page.
fn fitting(reading: &Reading<'_>, look: &Look, listed: &[Listed], parts: &[Vec<usize>]) -> Option<Vec<Grid>> {
    [Setting::Wide, Setting::Narrow].into_iter().find_map(|setting| {
        let grids = parts
            .iter()
            .map(|groups| set(reading, look, listed, groups, setting))
            .collect::<Vec<Grid>>();
        let fits = grids.iter().all(|grid| columns::needed(grid) <= room(look));
        fits.then_some(grids)
    })
}

fn room(look: &Look) -> f32 {
    look.width_pt - 2.0 * MARGIN
}

/// The groups of each breakdown; everybody goes with the first.
fn parts(reading: &Reading<'_>) -> Vec<Vec<usize>> {
    let table = reading.table;
    let by = |group: usize| reading.of(&table.groups[group].by);
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for group in 0..table.groups.len() {
        match parts.last_mut() {
            Some(last)
                if last
                    .iter()
                    .all(|other| by(*other).is_empty() || by(*other) == by(group)) =>
            {
                last.push(group)
            }
            _ => parts.push(vec![group]),
        }
    }
    parts
}

/// The rows in the order of the look; "don't know" last.
fn listed(reading: &Reading<'_>, look: &Look) -> Vec<Listed> {
    let table = reading.table;
    let battery = table.subject.kind == QuestionKind::Battery;
    let mut listed: Vec<Listed> = Vec::new();
    if battery {
        let all: Vec<usize> = (0..table.items.len()).collect();
        for statement in stacked::statements(reading, look, &all) {
            let mut answers = statement.answers.clone();
            // Of poles, their sums and the net as well: a table has room for them.
            if matches!(table.query.measure, Measure::Poles(_)) {
                let var = answers.first().map(|item| &table.items[*item].var);
                answers = all
                    .iter()
                    .copied()
                    .filter(|item| Some(&table.items[*item].var) == var)
                    .collect();
            }
            for (position, &item) in answers.iter().enumerate() {
                let heading = (position == 0).then(|| statement.label.clone());
                listed.push((heading, reading.of(&table.items[item].answer).to_owned(), item));
            }
        }
    } else {
        let items = arrange::ordered(reading, look);
        let headings = arrange::headings(reading, look);
        for (position, &item) in items.iter().enumerate() {
            let heading = headings
                .then(|| arrange::heading_at(reading, &items, position))
                .flatten();
            listed.push((heading, reading.label(&table.items[item]), item));
        }
        let aside = (0..table.items.len()).filter(|item| !items.contains(item));
        listed.extend(aside.map(|item| (None, reading.label(&table.items[item]), item)));
    }

    listed
}

/// Share, interval and n of every row and group; "don't know" in a lighter ink.
fn set(reading: &Reading<'_>, look: &Look, listed: &[Listed], groups: &[usize], setting: Setting) -> Grid {
    let table = reading.table;
    let battery = table.subject.kind == QuestionKind::Battery;
    let by = |group: usize| reading.of(&table.groups[group].by);
    let mut lines = Vec::new();
    for (heading, label, item) in listed {
        let (item, heading, label) = (*item, heading.clone(), label.clone());
        let kind = table.items[item].kind;
        let faint = matches!(kind, RowKind::DontKnow | RowKind::NotRelevant);
        if setting != Setting::Lines {
            lines.push(Line {
                heading,
                label,
                strong: arrange::is_union(reading, item)
                    || matches!(
                        kind,
                        RowKind::Net | RowKind::Negative | RowKind::Neutral | RowKind::Positive
                    ),
                faint,
                cells: groups
                    .iter()
                    .map(|group| cells(reading, look, item, *group, setting))
                    .collect(),
                ..Line::default()
            });
            continue;
        }
        let heading = match heading {
            Some(statement) if battery => format!("{statement} – {label}"),
            _ if battery => format!("{} – {label}", reading.label(&table.items[item])),
            _ => label,
        };
        for &group in groups {
            let begins = group == 0 || by(group - 1) != by(group);
            lines.push(Line {
                // One row is what the figure is about: its groups stand under their breakdowns.
                heading: match (listed.len() == 1 && begins && !by(group).is_empty(), group) {
                    (true, _) => Some(by(group).to_owned()),
                    (false, 0) => Some(heading.clone()),
                    (false, _) => None,
                },
                label: signs::group(reading, look, group),
                faint,
                cells: vec![cells(reading, look, item, group, setting)],
                ..Line::default()
            });
        }
    }
    let block = |group: Option<usize>| Block {
        // A letter stays with the first word of its group.
        heading: group
            .map(|group| match signs::group(reading, look, group) {
                heading if heading != reading.group(group) => heading.replacen(' ', "\u{a0}", 1),
                heading => heading,
            })
            .unwrap_or_default(),
        detail: group
            .filter(|_| reading.has_groups())
            .map(|group| detail(reading, look, group))
            .unwrap_or_default(),
        columns: headings(reading, look, setting),
        ..Block::default()
    };
    let side_by_side = setting != Setting::Lines;
    Grid {
        blocks: match side_by_side {
            true => groups.iter().map(|group| block(Some(*group))).collect(),
            false => vec![block(None)],
        },
        spans: if side_by_side {
            spans(reading, groups)
        } else {
            Vec::new()
        },
        lines,
        below: Vec::new(),
    }
}

/// "n = 1.420", and the sum of weights where it is wanted.
fn detail(reading: &Reading<'_>, look: &Look, group: usize) -> String {
    let group = &reading.table.groups[group];
    let mut detail = reading.n(group.n);
    if look.population {
        let n = words::count(reading.language, group.n_weighted);
        detail.push_str(&format!("\n{}", reading.say("figure-n-weighted", &[("n", &n)])));
    }
    detail
}

/// The names of several breakdowns above their groups; one alone is named in the headline.
fn spans(reading: &Reading<'_>, groups: &[usize]) -> Vec<(String, usize, usize)> {
    let mut spans: Vec<(String, usize, usize)> = Vec::new();
    for (position, group) in groups.iter().enumerate() {
        let name = reading.of(&reading.table.groups[*group].by);
        match spans.last_mut() {
            Some((last, _, to)) if last == name => *to = position,
            _ => spans.push((name.to_owned(), position, position)),
        }
    }
    spans.retain(|(name, ..)| !name.is_empty());
    spans
}

/// Headings of the columns of a group; side by side there is room for the estimate and its interval only, and the
/// group's heading says its n.
fn headings(reading: &Reading<'_>, look: &Look, setting: Setting) -> Vec<String> {
    let interval = interval_heading(reading);
    let value = match reading.table.statistic() {
        Statistic::Share => "figure-column-share",
        Statistic::OddsRatio => "figure-column-odds",
        Statistic::Coefficient => "figure-column-coefficient",
        Statistic::Difference => "figure-column-difference",
        Statistic::Mean => "figure-column-mean",
        Statistic::Total | Statistic::Ratio | Statistic::Quantile | Statistic::Lift => "figure-column-value",
    };
    let value = reading.say(value, &[]);
    match setting {
        Setting::Wide => return vec![value, interval],
        Setting::Narrow => return vec![value],
        Setting::Alone | Setting::Lines => {}
    }
    let mut columns = vec![value, interval];
    if has_counts(reading) {
        columns.push(reading.say("figure-column-chosen", &[]));
    }
    columns.push(reading.say("figure-column-n", &[]));
    if look.population {
        columns.push(reading.say("figure-column-weighted", &[]));
    }
    if has_differences(reading) {
        columns.push(reading.say("figure-column-difference", &[]));
        columns.push(reading.say("figure-column-p", &[]));
    }
    columns
}

/// Whether rows say how many respondents are in them.
fn has_counts(reading: &Reading<'_>) -> bool {
    reading.table.statistic() == Statistic::Share && reading.table.cells.iter().any(|cell| cell.n_chosen.is_some())
}

/// Whether rows are set against one of them, so that each has a difference.
fn has_differences(reading: &Reading<'_>) -> bool {
    matches!(reading.table.query.measure, Measure::Effect(_)) && reading.table.groups.len() == 1
}

fn cells(reading: &Reading<'_>, look: &Look, item: usize, group: usize, setting: Setting) -> (Vec<String>, About) {
    let table = reading.table;
    let cell = table.cell(item, group);
    let about = reading.about(item, group);
    if cell.estimate.n == 0 {
        return (vec![reading.absent(group)], about);
    }
    let kind = table.items[item].kind;
    let told = told(reading, cell, kind);
    let mut value = told.value;
    if cell.estimate.n < SMALL_N {
        value.push('*');
    }
    let sign = signs::of(reading, look, item, group);
    if !sign.is_empty() {
        value.push_str(&format!("\u{a0}{sign}"));
    }
    let interval = told.interval.unwrap_or_else(|| "–".to_owned());
    match setting {
        Setting::Wide => return (vec![value, interval], about),
        Setting::Narrow => return (vec![format!("{value}\n{interval}")], about),
        Setting::Alone | Setting::Lines => {}
    }
    let mut numbers = vec![value, interval];
    if has_counts(reading) {
        let chosen = cell.n_chosen.map(|chosen| reading.count(chosen));
        numbers.push(chosen.unwrap_or_else(|| "–".to_owned()));
    }
    numbers.push(reading.count(cell.estimate.n));
    if look.population {
        numbers.push(words::count(reading.language, cell.estimate.n_weighted));
    }
    if has_differences(reading) {
        let id = Code::Text(table.items[item].id.clone());
        let own = table.comparisons.contrasts.iter().find(|contrast| contrast.a.id == id);
        numbers.extend(match own {
            Some(own) => [
                diverging::signed(own.contrast.difference),
                p_value(reading.language, own.p_adjusted),
            ],
            None => [String::new(), String::new()],
        });
    }
    (numbers, about)
}
