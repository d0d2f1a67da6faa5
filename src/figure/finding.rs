//! A table without a breakdown in, what it shows out as findings, the fullest first. They describe; they say that
//! something is the most common only where the figure's own intervals bear it out.

use super::finding_boxes;
use super::frequency::{Noun, spoken};
use super::reading::{Reading, SMALL_N, interval_of};
use super::wording::{lower_first, title};
use crate::data::{Code, QuestionKind};
use crate::measure::{BoxView, Measure, RowKind, Statistic, TableItem};
use crate::words;

/// Labels longer than this are set in quotes inside a sentence.
const LONGEST_BARE: usize = 60;

/// So much of a statement is quoted where all of it is too long.
const LONGEST_STATEMENT: usize = 50;

/// The findings that a table without a breakdown bears out. None of them where too few answered.
pub fn findings(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    if table.base.n < SMALL_N {
        return Vec::new();
    }
    match table.statistic() {
        Statistic::Share => shares(reading),
        Statistic::Mean => match table.query.measure {
            Measure::Boxes { .. } => one_value(reading, "finding-mean-number"),
            _ => one_value(reading, "finding-mean"),
        },
        Statistic::Total => match table.query.measure {
            Measure::Count(_) => one_value(reading, "finding-number"),
            _ => one_value(reading, "finding-total"),
        },
        Statistic::Ratio => one_value(reading, "finding-value"),
        Statistic::Quantile => quantiles(reading),
        Statistic::Lift => finding_boxes::lift(reading),
        // What a model says is said by `finding_model`.
        Statistic::OddsRatio | Statistic::Coefficient | Statistic::Difference => Vec::new(),
    }
}

/// Rows that a finding may be about: with respondents enough.
pub fn candidates(reading: &Reading<'_>) -> Vec<usize> {
    let table = reading.table;
    let enough = |item: &usize| {
        let estimate = table.cell(*item, 0).estimate;
        estimate.n >= SMALL_N && estimate.value.is_finite()
    };
    reading.drawn().into_iter().filter(enough).collect()
}

fn shares(reading: &Reading<'_>) -> Vec<String> {
    match &reading.table.query.measure {
        Measure::Roles(_) => return role(reading),
        Measure::Profile { .. } => return role(reading),
        Measure::Boxes { view, .. } => match view {
            BoxView::Constellation(_) => return finding_boxes::constellation(reading),
            BoxView::Conditional(_) => return finding_boxes::conditional(reading),
            BoxView::Counts => return finding_boxes::counts(reading),
            BoxView::Combinations => return finding_boxes::set(reading, "finding-set-exact"),
            BoxView::AtLeast => return finding_boxes::set(reading, "finding-set"),
            BoxView::Composition => return finding_boxes::composition(reading),
            _ => {}
        },
        _ => {}
    }
    if reading.table.subject.kind == QuestionKind::Battery {
        return battery(reading);
    }
    let table = reading.table;
    let rows = candidates(reading);
    let kind = |item: usize| table.items[item].kind;
    let union = largest(reading, &rows, |item| kind(item) == RowKind::Union { highlight: true });
    let answers = |item: usize| matches!(kind(item), RowKind::Answer | RowKind::Pair | RowKind::Combination);
    match (union, &reading.drawn()[..]) {
        (Some(union), _) => share_of(reading, union),
        (None, [_]) => rows.first().map(|only| share_of(reading, *only)).unwrap_or_default(),
        (None, _) => match largest(reading, &rows, answers) {
            Some(first) => first_of(reading, &rows, first),
            None => Vec::new(),
        },
    }
}

/// The row with the largest value among those that `which` lets pass.
pub fn largest(reading: &Reading<'_>, rows: &[usize], which: impl Fn(usize) -> bool) -> Option<usize> {
    let value = |item: &usize| reading.table.cell(*item, 0).estimate.value;
    let rows = rows.iter().copied().filter(|item| which(*item));
    // The earlier one where two are equal.
    rows.rev().max_by(|a, b| value(a).total_cmp(&value(b)))
}

/// "Samarbejdspartnere: borgere i hver femte innovation"; of a single-choice question what was answered.
fn share_of(reading: &Reading<'_>, item: usize) -> Vec<String> {
    let table = reading.table;
    let row = &table.items[item];
    let share = table.cell(item, 0).estimate.value;
    let single = table.subject.kind == QuestionKind::Single && row.kind == RowKind::Answer && row.code.is_some();
    let mut share_said = count_of(reading, share);
    // A clause that tells which units they are ends before the verb.
    if single && share_said.contains(',') {
        share_said.push(',');
    }
    let title = bare_title(reading);
    let (place, label) = (place(reading), reading.label(row));
    let answer = words::quote(reading.language, &label);
    let arguments = [
        ("title", title.as_str()),
        ("item", &in_sentence(reading, &label)),
        ("answer", &answer),
        ("in", &place.preposition),
        ("share", &share_said),
    ];
    if matches!(table.query.measure, Measure::Share(_)) {
        // Who gives a condition's answers is not known: it need not be said of oneself.
        return vec![capital(&reading.say("finding-condition", &arguments))];
    }
    let keys = match (single, place.things) {
        (true, true) => ["finding-answer-things", "finding-answer-things-alone"],
        (true, false) => ["finding-answer", "finding-answer-alone"],
        (false, _) => ["finding-share", "finding-share-alone"],
    };
    // A share of a condition is called as its item.
    let mut found = Vec::new();
    if !same(&title, &label) {
        found.push(reading.say(keys[0], &arguments));
    }
    found.push(capital(&reading.say(keys[1], &arguments)));
    found
}

/// The first answer, or the first two where the figure shows the same number for both.
fn first_of(reading: &Reading<'_>, rows: &[usize], first: usize) -> Vec<String> {
    let table = reading.table;
    let answers: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&item| !matches!(table.items[item].kind, RowKind::None | RowKind::Union { .. }))
        .collect();
    let share = table.cell(first, 0).estimate.value;
    let shown = reading.bare(share);
    let tied: Vec<usize> = answers
        .iter()
        .copied()
        .filter(|&item| reading.bare(table.cell(item, 0).estimate.value) == shown)
        .collect();
    match tied[..] {
        [_] => {
            let mut found = Vec::new();
            if table.subject.kind != QuestionKind::Single && is_apart(reading, first, &answers) {
                let place = place(reading);
                let label = words::quote(reading.language, &reading.label(&table.items[first]));
                found.push(reading.say(
                    "finding-most",
                    &[
                        ("title", &bare_title(reading)),
                        ("item", &label),
                        ("in", &place.preposition),
                        ("share", &count_of(reading, share)),
                    ],
                ));
            }
            found.extend(share_of(reading, first));
            found
        }
        [a, b] => {
            let place = place(reading);
            let labels = [a, b].map(|item| in_sentence(reading, &reading.label(&table.items[item])));
            let items = words::list(reading.language, &labels);
            vec![reading.say(
                "finding-two",
                &[
                    ("title", &bare_title(reading)),
                    ("items", &items),
                    ("in", &place.preposition),
                    ("share", &count_of(reading, share)),
                ],
            )]
        }
        // More share the first place than a headline can name.
        _ => Vec::new(),
    }
}

/// Whether the interval of `first` lies above those of all other rows. Two 95 % intervals that do not meet differ
/// significantly at 5 %, however the two estimates are correlated: the error of a difference is at most the sum of the
/// two errors.
fn is_apart(reading: &Reading<'_>, first: usize, rows: &[usize]) -> bool {
    let interval = |item: usize| interval_of(reading.table.cell(item, 0));
    let Some((low, _)) = interval(first) else { return false };
    let others = rows.iter().filter(|&&item| item != first);
    reading.table.query.level.number().is_some_and(|level| level >= 0.95)
        && others.clone().count() > 0
        && others
            .clone()
            .all(|&item| interval(item).is_some_and(|(_, high)| high < low))
}

/// The statement most often answered at the positive pole, and the one at the negative.
fn battery(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let Some(poles) = &table.subject.poles else {
        return Vec::new();
    };
    let [Some(positive), Some(negative)] = [
        pole(reading, &poles.positive, RowKind::Positive),
        pole(reading, &poles.negative, RowKind::Negative),
    ] else {
        return Vec::new();
    };
    let place = place(reading);
    let clause = |found: &Pole, title: &str, most: usize| {
        let statement = finding_boxes::cut_at(&found.statement, most);
        let statement = words::quote(reading.language, &statement);
        reading.say(
            match title.is_empty() {
                true => "finding-battery",
                false => "finding-battery-title",
            },
            &[
                ("title", title),
                ("item", &statement),
                ("answer", &found.answer),
                ("in", &place.preposition),
                ("share", &count_of(reading, found.share)),
            ],
        )
    };
    let title = bare_title(reading);
    let mut found = Vec::new();
    if positive.statement != negative.statement {
        let all = usize::MAX;
        found.push(format!(
            "{}; {}",
            clause(&positive, "", all),
            clause(&negative, "", all)
        ));
    }
    // The statement in full with the title and without, then so much of it as fits.
    for most in [usize::MAX, LONGEST_STATEMENT] {
        found.extend([clause(&positive, &title, most), clause(&positive, "", most)]);
    }
    found
}

struct Pole {
    statement: String,
    answer: String,
    share: f64,
}

/// The statement with the largest share at a pole; `None` where two share the place or the pole has no words.
fn pole(reading: &Reading<'_>, codes: &[Code], kind: RowKind) -> Option<Pole> {
    let table = reading.table;
    let rows = candidates(reading);
    let is_told = rows.iter().any(|item| table.items[*item].kind == kind);
    let has_code = |row: &TableItem, code: &Code| row.code.as_ref() == Some(code);
    // Statement → its share at the pole: in a row of its own, else its answers there together.
    let mut statements: Vec<(String, f64)> = Vec::new();
    for item in rows {
        let row = &table.items[item];
        let at_pole = match is_told {
            true => row.kind == kind,
            false => codes.iter().any(|code| has_code(row, code)),
        };
        if !at_pole {
            continue;
        }
        let (label, share) = (reading.label(row), table.cell(item, 0).estimate.value);
        match statements.iter_mut().find(|(known, _)| *known == label) {
            Some((_, sum)) => *sum += share,
            None => statements.push((label, share)),
        }
    }
    let (statement, share) = statements.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.clone();
    let shown = reading.bare(share);
    let tied = statements.iter().filter(|(_, sum)| reading.bare(*sum) == shown).count() > 1;
    // The outermost answer first: "completely agree or partly agree".
    let of_statement = || table.items.iter().filter(|row| reading.label(row) == statement);
    let mut answers: Vec<&TableItem> = codes
        .iter()
        .filter_map(|code| of_statement().find(|row| has_code(row, code)))
        .collect();
    if answers.is_empty() {
        answers.extend(of_statement().find(|row| row.kind == kind));
    }
    let answers: Vec<String> = answers.iter().map(|row| lower_first(reading.of(&row.answer))).collect();
    let answer = either(reading, &answers);
    (!tied && !answer.trim().is_empty() && share > 0.0).then_some(Pole {
        statement,
        answer,
        share,
    })
}

/// "helt eller delvist enig": what answers end with is said once.
fn either(reading: &Reading<'_>, answers: &[String]) -> String {
    let split: Vec<Vec<&str>> = answers.iter().map(|answer| answer.split(' ').collect()).collect();
    let shortest = split.iter().map(Vec::len).min().unwrap_or_default();
    let word = |answer: &[&str], back: usize| answer[answer.len() - back].to_owned();
    let is_shared = |back: &usize| split.iter().all(|answer| word(answer, *back) == word(&split[0], *back));
    let shared = (1..shortest).take_while(is_shared).count();
    if split.len() < 2 || shared == 0 {
        return words::choice(reading.language, answers);
    }
    let own: Vec<String> = split
        .iter()
        .map(|answer| answer[..answer.len() - shared].join(" "))
        .collect();
    let end = split[0][split[0].len() - shared..].join(" ");
    format!("{} {end}", words::choice(reading.language, &own))
}

/// "Borgere spiller en rolle i 6 ud af 10 innovationer"
fn role(reading: &Reading<'_>) -> Vec<String> {
    let rows = candidates(reading);
    let table = reading.table;
    let union = |item: usize| matches!(table.items[item].kind, RowKind::Union { .. });
    let answer = |item: usize| matches!(table.items[item].kind, RowKind::Answer | RowKind::Union { .. });
    let Some(first) = largest(reading, &rows, union).or_else(|| largest(reading, &rows, answer)) else {
        return Vec::new();
    };
    let place = place(reading);
    let share = table.cell(first, 0).estimate.value;
    let actor = table.subject.title.get(reading.language).trim().to_owned();
    let label = match (&table.query.measure, actor.is_empty()) {
        (Measure::Profile { .. }, false) => actor,
        _ => reading.label(&table.items[first]),
    };
    vec![capital(&reading.say(
        "finding-role",
        &[
            ("actor", &label),
            ("in", &place.preposition),
            ("share", &count_of(reading, share)),
        ],
    ))]
}

/// The one number of a table; nothing where there are several.
fn one_value(reading: &Reading<'_>, key: &str) -> Vec<String> {
    match candidates(reading)[..] {
        [only] if reading.drawn().len() == 1 => named_value(reading, only, key),
        _ => Vec::new(),
    }
}

pub fn named_value(reading: &Reading<'_>, item: usize, key: &str) -> Vec<String> {
    let table = reading.table;
    let value = reading.value(table.cell(item, 0).estimate.value);
    let label = in_sentence(reading, &reading.label(&table.items[item]));
    let title = bare_title(reading);
    let unit = lower_first(reading.of(&table.base.unit));
    let arguments = [
        ("title", &*title),
        ("item", &*label),
        ("value", &*value),
        ("units", &*unit),
    ];
    vec![capital(&reading.say(key, &arguments))]
}

fn quantiles(reading: &Reading<'_>) -> Vec<String> {
    let table = reading.table;
    let parts: Vec<String> = candidates(reading)
        .into_iter()
        .map(|item| {
            let value = reading.value(table.cell(item, 0).estimate.value);
            format!("{} {value}", lower_first(&reading.label(&table.items[item])))
        })
        .collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let parts = words::list(reading.language, &parts);
    vec![reading.say("finding-list", &[("title", &bare_title(reading)), ("items", &parts)])]
}

/// How what is counted stands in a sentence.
pub struct Place {
    /// "i", "hos"
    pub preposition: String,
    /// Whether respondents answer for things, such as innovations, and not for themselves.
    pub things: bool,
}

pub fn place(reading: &Reading<'_>) -> Place {
    let unit = lower_first(reading.of(&reading.table.base.unit));
    let is_in = |key: &str| reading.say(key, &[]).split_whitespace().any(|thing| unit == thing);
    let things = is_in("finding-things");
    let key = match (things, is_in("finding-places")) {
        (true, _) => "finding-in-things",
        (false, true) => "finding-in-places",
        (false, false) => "finding-in",
    };
    Place {
        preposition: reading.say(key, &[]),
        things,
    }
}

/// What is counted: the unit, or the base's name where it tells which of the units.
fn noun(reading: &Reading<'_>) -> Noun {
    let base = &reading.table.base;
    let unit = lower_first(&reading.unit());
    let label = without_brackets(reading.of(&base.label));
    let many = match (unit.is_empty(), label.to_lowercase().contains(&unit.to_lowercase())) {
        (_, true) if !label.is_empty() => lower_first(&label),
        (true, _) => reading.say("finding-respondents", &[]),
        (false, _) => unit,
    };
    Noun::of(reading.language, &many)
}

/// A label without the brackets it ends with: "Innovative arbejdspladser (den seneste innovation)".
pub fn without_brackets(label: &str) -> String {
    match (label.find(" ("), label.ends_with(')')) {
        (Some(at), true) => label[..at].to_owned(),
        _ => label.to_owned(),
    }
}

/// "4 ud af 5 innovationer"
pub fn count_of(reading: &Reading<'_>, share: f64) -> String {
    spoken(reading.language, share, &noun(reading))
}

/// The title, to stand before a colon.
pub fn bare_title(reading: &Reading<'_>) -> String {
    let title = title(reading);
    let parts = title.split(": ").enumerate().map(|(place, part)| match place {
        0 => part.to_owned(),
        _ => lower_first(part),
    });
    let title = parts.collect::<Vec<_>>().join(" – ");
    title.trim_end_matches(['?', ':', '.', ' ', '…']).to_owned()
}

/// A label inside a sentence: with a small letter, in quotes where it is long or a sentence of its own.
pub fn in_sentence(reading: &Reading<'_>, label: &str) -> String {
    // Two labels with "and" between them.
    let pair = matches!(
        &reading.table.query.measure,
        Measure::Boxes {
            view: BoxView::Joint | BoxView::Lift,
            ..
        }
    );
    let long = label.chars().count() > LONGEST_BARE;
    let own = label.contains([',', ':', ';', '?', '!', '(']) || label.ends_with('.');
    let number = label.chars().next().is_some_and(|first| first.is_numeric());
    match long || own || number || (pair && label.contains(' ')) {
        true => words::quote(reading.language, label.trim_end_matches('.')),
        false => lower_first(label),
    }
}

/// The name of a row in a sentence: its label, in a battery also the answer.
pub fn name_of(reading: &Reading<'_>, row: &TableItem) -> String {
    let label = reading.label(row);
    let single = reading.table.subject.kind == QuestionKind::Single && row.kind == RowKind::Answer;
    match reading.of(&row.answer) {
        "" if single => words::quote(reading.language, &label),
        "" => label,
        answer => format!("{} – {}", words::quote(reading.language, &label), lower_first(answer)),
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// With a capital first letter, also behind quotation marks that open the sentence.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
