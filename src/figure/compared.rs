//! A table with a breakdown in, what its own tests say of the groups out. Where nothing was tested, nothing is said;
//! where a group is too small for a headline, neither.

use super::breakdown::{self, Two, by};
use super::finding::{bare_title, in_sentence, name_of};
use super::reading::{Reading, SMALL_N};
use crate::data::{Code, QuestionKind, VarId};
use crate::measure::{Measure, Pairs, RowKind, Side, Statistic, TableContrast, TableTest};
use crate::stats::TestKind;
use crate::words;

/// The significance level of claims.
pub const ALPHA: f64 = 0.05;

/// More groups than this are not named in a headline.
const MOST_NAMED: usize = 3;

/// The findings that tests of the groups bear out, the fullest first; none where nothing was tested.
pub fn findings(reading: &Reading<'_>) -> Vec<String> {
    let rows = focus(reading);
    if rows.is_empty() || reading.table.base.n < SMALL_N {
        return Vec::new();
    }
    match reading.table.comparisons.contrasts.is_empty() {
        false => of_contrasts(reading, &rows),
        true => of_tests(reading, &rows),
    }
}

/// The rows that a headline may be about: highlighted unions, else all that are drawn.
fn focus(reading: &Reading<'_>) -> Vec<usize> {
    let kind = |item: &usize| reading.table.items[*item].kind;
    let drawn = reading.drawn();
    let unions: Vec<usize> = drawn
        .iter()
        .copied()
        .filter(|item| kind(item) == RowKind::Union { highlight: true })
        .collect();
    let named: Vec<usize> = drawn
        .iter()
        .copied()
        .filter(|item| kind(item) != RowKind::None)
        .collect();
    match (unions.is_empty(), named.is_empty()) {
        (false, _) => unions,
        // "None of these" makes no headline beside answers.
        (true, false) => named,
        (true, true) => drawn,
    }
}

/// The group that a side of a difference is; `None` for all others together. Of several breakdowns side by side, the
/// group of the one that was compared: the same code may stand for other groups in the others.
fn group_of(reading: &Reading<'_>, contrast: &TableContrast, side: &Side) -> Option<usize> {
    let is_of = |var: &VarId| contrast.by.as_ref().is_none_or(|by| by == var);
    let groups = &reading.table.groups;
    groups.iter().position(|group| {
        let key = group.key.as_ref();
        key.is_some_and(|(var, code)| is_of(var) && *code == side.id)
    })
}

/// The groups of the breakdown that a difference is of.
fn groups_of(reading: &Reading<'_>, contrast: &TableContrast) -> Vec<usize> {
    let groups = reading.table.groups.iter().enumerate();
    let is_of = |var: &VarId| contrast.by.as_ref().is_none_or(|by| by == var);
    let own = groups.filter(|(_, group)| group.key.as_ref().is_some_and(|(var, _)| is_of(var)));
    own.map(|(position, _)| position).collect()
}

fn is_rest(side: &Side) -> bool {
    side.id == Code::Text("rest".to_owned())
}

/// Whether a difference is between groups with respondents enough for a headline.
fn is_sound(reading: &Reading<'_>, contrast: &TableContrast) -> bool {
    let Some(item) = contrast.item else { return false };
    let is_share = reading.table.statistic() == Statistic::Share && reading.table.items[item].kind != RowKind::Net;
    // Of none or all in a sample the error is not known.
    let is_known = |value: f64| !is_share || (value > 0.0 && value < 1.0);
    let enough = |side: &Side| match group_of(reading, contrast, side) {
        Some(group) => {
            let estimate = reading.table.cell(item, group).estimate;
            estimate.n >= SMALL_N && is_known(estimate.value)
        }
        None => is_rest(side),
    };
    contrast.p_adjusted.is_finite() && enough(&contrast.a) && enough(&contrast.b)
}

fn of_contrasts(reading: &Reading<'_>, rows: &[usize]) -> Vec<String> {
    let table = reading.table;
    let of_rows: Vec<&TableContrast> = table
        .comparisons
        .contrasts
        .iter()
        .filter(|contrast| contrast.item.is_some_and(|item| rows.contains(&item)))
        .collect();
    let sound: Vec<&TableContrast> = of_rows
        .iter()
        .copied()
        .filter(|contrast| is_sound(reading, contrast))
        .collect();
    // The p-values are adjusted within a row of a breakdown; who picks one must pay for the choice (Bonferroni).
    let families = (rows.len() * breakdown::vars(reading).len().max(1)) as f64;
    let is_claimed = |contrast: &TableContrast| contrast.p_adjusted * families < ALPHA;
    let largest = sound
        .iter()
        .filter(|contrast| is_claimed(contrast))
        .max_by(|a, b| size(a).total_cmp(&size(b)));
    if let Some(contrast) = largest {
        return difference(reading, contrast, &sound, &is_claimed);
    }
    let any = of_rows.iter().any(|contrast| contrast.p_adjusted < ALPHA);
    // No pair, but perhaps the breakdown as a whole.
    if !any && table.comparisons.tests.iter().any(is_significant) {
        return of_tests(reading, rows);
    }
    // Small groups differ significantly only when they differ much: that they do not says little.
    match any || of_rows.is_empty() || sound.len() < of_rows.len() {
        true => Vec::new(),
        false => no_difference(reading, rows),
    }
}

fn size(contrast: &TableContrast) -> f64 {
    contrast.contrast.difference.abs()
}

/// "Stat (66 %)"
pub fn group_value(reading: &Reading<'_>, group: usize, value: &str) -> String {
    let group = group_name(reading, group);
    reading.say("finding-group-value", &[("group", &group), ("value", value)])
}

/// "Kvalitet: signifikant oftere med fonde (80 %) end uden (70 %)"
fn with_and_without(reading: &Reading<'_>, item: usize, two: &Two, more: bool) -> Vec<String> {
    let value = |group: usize| reading.table.cell(item, group).estimate.value;
    let (with, without) = (value(two.with), value(two.without));
    let key = match (more, with > without) {
        (true, true) => two.key("significant-more-often-with", "significant-more-often-role"),
        (true, false) => two.key("significant-less-often-with", "significant-less-often-role"),
        (false, true) => two.key("significant-higher-with", "significant-higher-role"),
        (false, false) => two.key("significant-lower-with", "significant-lower-role"),
    };
    let (a, b) = (reading.value(with), reading.value(without));
    let said = subjects(reading, item)
        .into_iter()
        .map(|item| reading.say(key, &[("item", &item), ("box", &two.named), ("a", &a), ("b", &b)]));
    said.collect()
}

/// "Eksternt samarbejde: signifikant oftere i Stat (66 %) end i Kommune (57 %)"
fn difference(
    reading: &Reading<'_>,
    contrast: &TableContrast,
    sound: &[&TableContrast],
    is_claimed: &dyn Fn(&TableContrast) -> bool,
) -> Vec<String> {
    let Some(item) = contrast.item else { return Vec::new() };
    let table = reading.table;
    // A net of two poles is higher, not more often.
    let is_net = table.items[item].kind == RowKind::Net;
    let more = table.statistic() == Statistic::Share && !is_net;
    let valued = |group: usize| {
        let value = table.cell(item, group).estimate.value;
        let value = match is_net {
            true => reading.say("figure-points", &[("number", &reading.bare(value))]),
            false => reading.value(value),
        };
        group_value(reading, group, &value)
    };
    // With the numbers, and where that is too long without.
    let tell = |key: &str, a: usize, b: Option<usize>| {
        let subjects = subjects(reading, item);
        let mut found = Vec::new();
        for name in [&valued as &dyn Fn(usize) -> String, &|group| group_name(reading, group)] {
            let (a, b) = (name(a), b.map(name).unwrap_or_default());
            found.extend(
                subjects
                    .iter()
                    .map(|subject| reading.say(key, &[("item", subject), ("a", &a), ("b", &b)])),
            );
        }
        found
    };
    let above = contrast.contrast.difference > 0.0;
    let sides = |of: &TableContrast| (group_of(reading, of, &of.a), group_of(reading, of, &of.b));
    let (a, b) = sides(contrast);
    let (Some(high), Some(low)) = (if above { (a, b) } else { (b, a) }) else {
        // One group against the rest.
        let Some(group) = a.or(b) else { return Vec::new() };
        let is_higher = above == a.is_some();
        let key = match (more, is_higher) {
            (true, true) => "significant-more-often-rest",
            (true, false) => "significant-less-often-rest",
            (false, true) => "significant-higher-rest",
            (false, false) => "significant-lower-rest",
        };
        return tell(key, group, None);
    };
    if let Some(two) = Two::of(reading).filter(|_| !is_net) {
        return with_and_without(reading, item, &two, more);
    }
    // One that lies above, or below, every other group says it in fewer words.
    let own = groups_of(reading, contrast);
    let others = own.iter().filter(|group| table.cell(item, **group).estimate.n > 0);
    let others = others.count().saturating_sub(1);
    let beaten = |group: usize, is_above: bool| {
        sound
            .iter()
            .filter(|other| other.item == Some(item) && other.by == contrast.by && is_claimed(other))
            .filter(|contrast| {
                let (a, b) = sides(contrast);
                let on_top = if contrast.contrast.difference > 0.0 { a } else { b };
                let below = if contrast.contrast.difference > 0.0 { b } else { a };
                (if is_above { on_top } else { below }) == Some(group)
            })
            .count()
    };
    let everybody = breakdown::vars(reading).len() == 1
        && others + 1 == own.len()
        && others > 1
        && table.query.compare.pairs == Some(Pairs::All);
    if everybody && beaten(high, true) == others {
        let key = match more {
            true => "significant-more-often-all",
            false => "significant-higher-all",
        };
        return tell(key, high, None);
    }
    if everybody && beaten(low, false) == others {
        let key = match more {
            true => "significant-less-often-all",
            false => "significant-lower-all",
        };
        return tell(key, low, None);
    }
    let key = match more {
        true => "significant-more-often",
        false => "significant-higher",
    };
    tell(key, high, Some(low))
}

/// What was compared, in many words and in few.
fn subjects(reading: &Reading<'_>, item: usize) -> Vec<String> {
    let table = reading.table;
    let (row, title) = (&table.items[item], bare_title(reading));
    let is_whole = matches!(row.kind, RowKind::Union { .. } | RowKind::Answer);
    match &table.query.measure {
        Measure::Roles(_) if is_whole => {
            return vec![reading.say("finding-role-alone", &[("actor", &reading.label(row))])];
        }
        Measure::Profile { .. } if is_whole => return vec![reading.say("finding-role-alone", &[("actor", &title)])],
        _ => {}
    }
    let name = name_of(reading, row);
    if (table.statistic() == Statistic::Mean && reading.drawn().len() == 1) || same_words(&title, &name) {
        return vec![title];
    }
    let quoted = table.subject.kind == QuestionKind::Single && row.kind == RowKind::Answer;
    let inside = if quoted {
        name.clone()
    } else {
        in_sentence(reading, &name)
    };
    let both = reading.say("finding-subject", &[("title", &title), ("item", &inside)]);
    match (row.answer.is_empty(), quoted) {
        // A statement says what it is about; an answer alone does not.
        (false, _) => vec![name],
        (true, true) => vec![both],
        (true, false) => vec![both, name],
    }
}

fn same_words(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A group inside a sentence: with its own capitals; names of one word and years as they are, others in quotes.
pub fn group_name(reading: &Reading<'_>, group: usize) -> String {
    let name = reading.group(group);
    match name.contains(' ') {
        true => words::quote(reading.language, &name),
        false => name,
    }
}

/// "Eksternt samarbejde: ingen statistisk signifikant forskel mellem Kommune, Region og Stat"
fn no_difference(reading: &Reading<'_>, rows: &[usize]) -> Vec<String> {
    let table = reading.table;
    // The title stands for every row.
    let comparisons = &table.comparisons;
    let elsewhere = comparisons.contrasts.iter().any(|contrast| contrast.p_adjusted < ALPHA)
        || comparisons.tests.iter().any(is_significant);
    if rows.len() > 1 && elsewhere {
        return Vec::new();
    }
    let groups: Vec<String> = (0..table.groups.len())
        .map(|group| group_name(reading, group))
        .collect();
    let (groups, by) = (words::list(reading.language, &groups), by(reading));
    let about = about(reading, rows);
    let mut found = Vec::new();
    if let Some(two) = Two::of(reading) {
        let key = two.key("significant-none-with", "significant-none-role");
        let said = about
            .iter()
            .map(|item| reading.say(key, &[("item", item), ("box", &two.named)]));
        return said.collect();
    }
    if table.groups.len() <= MOST_NAMED && breakdown::vars(reading).len() == 1 {
        found.extend(
            about
                .iter()
                .map(|item| reading.say("significant-none", &[("item", item), ("groups", &groups)])),
        );
    }
    found.extend(
        about
            .iter()
            .map(|item| reading.say("significant-none-by", &[("item", item), ("by", &by)])),
    );
    if rows.len() == reading.drawn().len() {
        found.push(reading.say("significant-none-alone", &[("by", &by)]));
    }
    found
}

/// What all of `rows` are about.
fn about(reading: &Reading<'_>, rows: &[usize]) -> Vec<String> {
    match rows {
        [only] => subjects(reading, *only),
        _ => vec![bare_title(reading)],
    }
}

/// Whether a test goes by the design: the others stand beside it for comparison with publications.
pub fn is_design_based(test: &TableTest) -> bool {
    matches!(
        test.test.kind,
        TestKind::RaoScott | TestKind::Wald | TestKind::WaldAdjusted
    )
}

fn is_significant(test: &TableTest) -> bool {
    is_design_based(test) && test.test.p < ALPHA
}

/// Tests of the breakdown as a whole say that groups differ, not which.
fn of_tests(reading: &Reading<'_>, rows: &[usize]) -> Vec<String> {
    let table = reading.table;
    let is_about = |id: &str, item: usize| {
        let row = &table.items[item];
        let is_var = row.var.as_ref().is_some_and(|var| var.0 == id);
        row.id == id || (is_var && table.subject.kind != QuestionKind::Multiple)
    };
    // One p per test of these rows: of several designs of the same test the first.
    let mut tests: Vec<(&str, Option<&VarId>, f64)> = Vec::new();
    let of_rows = table
        .comparisons
        .tests
        .iter()
        .filter(|test| rows.iter().any(|row| is_about(&test.id, *row)));
    for test in of_rows {
        let (id, by) = (test.id.as_str(), test.by.as_ref());
        let is_known = tests.iter().any(|(known, of, _)| *known == id && *of == by);
        if is_design_based(test) && test.test.p.is_finite() && !is_known {
            tests.push((id, by, test.test.p));
        }
    }
    if tests.is_empty() || table.groups.iter().any(|group| group.n > 0 && group.n < SMALL_N) {
        return Vec::new();
    }
    let several = tests.len() as f64;
    if tests.iter().any(|(.., p)| p * several < ALPHA) {
        // Of several breakdowns it is not said which one matters.
        if breakdown::vars(reading).len() > 1 {
            return Vec::new();
        }
        let by = by(reading);
        let about = about(reading, rows);
        let said = about
            .iter()
            .map(|item| reading.say("significant-some-by", &[("item", item), ("by", &by)]));
        return said.collect();
    }
    match tests.iter().all(|(.., p)| *p >= ALPHA) {
        true => no_difference(reading, rows),
        false => Vec::new(),
    }
}
