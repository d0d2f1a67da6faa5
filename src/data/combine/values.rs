//! The codes of one variable in several files in, one set of values out, with what each file's codes become.
//!
//! A code stays itself where files agree on what it means; a code that means something else in a later file becomes that
//! of its label, or a new one. The numbers of a quantity are never changed: there only missing codes give way.

use std::collections::{HashMap, HashSet};

use crate::data::wording::words;
use crate::data::{AnswerKind, Code, Column, Positions, Text, Value, Variable, VariableKind, levels};

/// One file's variable.
pub(super) struct Member<'a> {
    pub variable: &'a Variable,
    pub column: &'a Column,
    /// The codes that mean "chosen", where the variable is the box of a multiple-response question.
    pub counted: Option<Vec<Code>>,
}

/// A variable that several files have.
#[derive(Debug)]
pub(super) struct Aligned {
    pub values: Vec<Value>,
    pub missing_ranges: Vec<(f64, f64)>,
    pub blank: AnswerKind,
    /// For every member, what its codes become; a code that is not here stays.
    pub recode: Vec<HashMap<Code, Code>>,
    /// Whether a code means different things in different files.
    pub kept_apart: bool,
    /// What stands in the cells of those who were not asked; `None`: nothing, as a blank means "not asked".
    pub not_asked: Option<Code>,
}

/// A value while files are aligned.
struct Entry {
    code: Code,
    label: Text,
    /// The label without the words that all answers have: "Region" of "Region Nordjylland".
    core: Text,
    is: AnswerKind,
    counted: Option<bool>,
    listed: bool,
}

/// Whether two texts say the same in a language that both have; `None` where nobody can tell.
pub(super) fn agree(one: &Text, other: &Text) -> Option<bool> {
    let mut shared = one
        .0
        .iter()
        .filter_map(|(language, text)| Some((text, other.0.get(language)?)))
        .filter(|(one, other)| !one.trim().is_empty() && !other.trim().is_empty())
        .peekable();
    shared.peek()?;
    Some(shared.any(|(one, other)| words(one) == words(other)))
}

/// `into` with the languages of `more` that it lacks.
pub(super) fn add_languages(into: &mut Text, more: &Text) {
    for (language, text) in &more.0 {
        into.0.entry(language.clone()).or_insert_with(|| text.clone());
    }
}

/// Whether a variable is a quantity, whose numbers mean what they are.
pub(super) fn is_quantity(variable: &Variable, column: &Column) -> bool {
    let labelled = variable
        .values
        .iter()
        .filter(|value| value.is == AnswerKind::Answer && !value.label.is_empty())
        .count();
    let few = matches!(column, Column::Coded { levels, .. } if levels.len() <= labelled);
    variable.kind == VariableKind::Numeric || (matches!(column, Column::Numbers(_)) && !few)
}

/// Brings the codes of several files together. `lacking`: whether some file does not have the variable at all.
pub(super) fn align(members: &[Member<'_>], lacking: bool) -> Aligned {
    let quantity = members.iter().any(|member| is_quantity(member.variable, member.column));
    let ranges = &members[0].variable.missing_ranges;
    let same_ranges = members.iter().all(|member| member.variable.missing_ranges == *ranges);
    let mut all = Together {
        entries: Vec::new(),
        taken: taken(members),
        ranges: if same_ranges { ranges.clone() } else { Vec::new() },
        kept_apart: false,
    };
    let recode: Vec<HashMap<Code, Code>> = members
        .iter()
        .map(|member| {
            let own = entries(member, quantity);
            if quantity {
                all.add_specials(own, members, member)
            } else {
                all.add(own)
            }
        })
        .collect();
    let mut values = all.values(same_ranges);
    let (blank, wants_code) = blanks(members, lacking, quantity);
    let not_asked = wants_code.then(|| {
        let known = values.iter().find(|value| value.is == AnswerKind::NotAsked);
        known.map(|value| value.code.clone()).unwrap_or_else(|| {
            let value = Value {
                code: all.fresh_special(members[0].variable, members[0].column),
                label: super::not_asked(),
                is: AnswerKind::NotAsked,
            };
            values.push(value.clone());
            value.code
        })
    });
    Aligned {
        values,
        missing_ranges: all.ranges,
        blank,
        recode,
        kept_apart: all.kept_apart,
        not_asked,
    }
}

/// Every code that some file lists or holds.
fn taken(members: &[Member<'_>]) -> HashSet<Code> {
    let mut taken = HashSet::new();
    for member in members {
        taken.extend(member.variable.values.iter().map(|value| value.code.clone()));
        if let Column::Coded { levels, .. } = member.column {
            taken.extend(levels.iter().cloned());
        }
    }
    taken
}

/// A file's values, and the codes that it holds without saying what they are.
fn entries(member: &Member<'_>, quantity: bool) -> Vec<Entry> {
    let variable = member.variable;
    let entry = |code: &Code, label: &Text, listed| Entry {
        code: code.clone(),
        label: label.clone(),
        core: label.clone(),
        is: variable.answer_kind(code),
        counted: member.counted.as_ref().map(|counted| counted.contains(code)),
        listed,
    };
    let mut found: Vec<Entry> = variable
        .values
        .iter()
        .map(|value| entry(&value.code, &value.label, true))
        .collect();
    if let Column::Coded { levels, .. } = member.column {
        let unlisted = levels.iter().filter(|level| variable.value(level).is_none());
        found.extend(
            unlisted
                .map(|level| entry(level, &Text::default(), false))
                .filter(|entry| !quantity || entry.is != AnswerKind::Answer),
        );
    }
    strip(&mut found);
    found
}

/// Takes the words that all answers share out of their cores, in each language; of three answers or more, where each
/// keeps a word.
fn strip(entries: &mut [Entry]) {
    let languages: HashSet<String> = entries.iter().flat_map(|entry| entry.label.0.keys().cloned()).collect();
    for language in languages {
        let answers = entries.iter().filter(|entry| entry.is == AnswerKind::Answer);
        let labels: Vec<Vec<String>> = answers
            .filter_map(|entry| Some(words(entry.label.0.get(&language)?)))
            .collect();
        let mut shared = labels.first().cloned().unwrap_or_default();
        shared.retain(|word| labels.iter().all(|label| label.contains(word)));
        let each_keeps_one = labels
            .iter()
            .all(|label| label.iter().any(|word| !shared.contains(word)));
        if labels.len() < 3 || shared.is_empty() || !each_keeps_one {
            continue;
        }
        for entry in entries.iter_mut().filter(|entry| entry.is == AnswerKind::Answer) {
            if let Some(label) = entry.core.0.get_mut(&language) {
                let kept: Vec<String> = words(label).into_iter().filter(|word| !shared.contains(word)).collect();
                *label = kept.join(" ");
            }
        }
    }
}

struct Together {
    entries: Vec<Entry>,
    taken: HashSet<Code>,
    ranges: Vec<(f64, f64)>,
    kept_apart: bool,
}

impl Together {
    /// Takes in the values of a file; gives what its codes become.
    fn add(&mut self, own: Vec<Entry>) -> HashMap<Code, Code> {
        let before = self.entries.len();
        let mut target: Vec<Option<usize>> = vec![None; own.len()];
        let mut used = vec![false; before];
        type Fits = fn(&Entry, &Entry) -> bool;
        let passes: [Fits; 4] = [
            |known, entry| known.code == entry.code && agree(&known.label, &entry.label) != Some(false),
            |known, entry| agree(&known.label, &entry.label) == Some(true),
            |known, entry| agree(&known.core, &entry.core) == Some(true),
            // Two boxes are ticked or not, whatever that is called.
            |known, entry| known.counted.is_some() && known.counted == entry.counted,
        ];
        for (pass, fits) in passes.into_iter().enumerate() {
            for (entry, target) in own.iter().zip(&mut target).filter(|(_, target)| target.is_none()) {
                let mut fitting = (0..before).filter(|&at| {
                    let known = &self.entries[at];
                    let counted = known.counted.is_none() || entry.counted.is_none() || known.counted == entry.counted;
                    !used[at] && known.is == entry.is && counted && fits(known, entry)
                });
                let first = fitting.next();
                let alone = pass < 3 || (fitting.next().is_none() && entry.is == AnswerKind::Answer);
                if let Some(at) = first.filter(|_| alone) {
                    used[at] = true;
                    *target = Some(at);
                }
            }
        }
        let mut recode = HashMap::new();
        for (entry, target) in own.into_iter().zip(target) {
            let code = match target {
                Some(at) => {
                    let known = &mut self.entries[at];
                    add_languages(&mut known.label, &entry.label);
                    add_languages(&mut known.core, &entry.core);
                    known.listed |= entry.listed;
                    known.counted = known.counted.or(entry.counted);
                    known.code.clone()
                }
                None => self.push(&entry),
            };
            if code != entry.code {
                recode.insert(entry.code, code);
            }
        }
        recode
    }

    /// A value that no earlier file has: under its own code where that is free.
    fn push(&mut self, entry: &Entry) -> Code {
        let free = self.entries.iter().all(|known| known.code != entry.code);
        let code = if free {
            entry.code.clone()
        } else {
            self.kept_apart = true;
            self.fresh(entry)
        };
        self.entries.push(Entry {
            code: code.clone(),
            label: entry.label.clone(),
            core: entry.core.clone(),
            ..*entry
        });
        code
    }

    /// Takes in the missing codes and labels of a quantity; numbers that are answers stay what they are.
    fn add_specials(&mut self, own: Vec<Entry>, members: &[Member<'_>], from: &Member<'_>) -> HashMap<Code, Code> {
        let mut recode = HashMap::new();
        for entry in own {
            if entry.is == AnswerKind::Answer {
                match self.entries.iter_mut().find(|known| known.code == entry.code) {
                    Some(known) => add_languages(&mut known.label, &entry.label),
                    None => self.entries.push(entry),
                }
                continue;
            }
            let fits = |known: &&mut Entry| {
                let same = agree(&known.label, &entry.label);
                known.is == entry.is && (same == Some(true) || (known.code == entry.code && same.is_none()))
            };
            let code = match self.entries.iter_mut().find(fits) {
                Some(known) => {
                    add_languages(&mut known.label, &entry.label);
                    known.code.clone()
                }
                None => {
                    let is_number_elsewhere = members
                        .iter()
                        .any(|member| !std::ptr::eq(member, from) && answers_with(member, &entry.code));
                    let free = self.entries.iter().all(|known| known.code != entry.code);
                    let code = match free && !is_number_elsewhere {
                        true => entry.code.clone(),
                        false => self.fresh_special(from.variable, from.column),
                    };
                    self.entries.push(Entry {
                        code: code.clone(),
                        label: entry.label.clone(),
                        listed: true,
                        ..entry
                    });
                    code
                }
            };
            if code != entry.code {
                recode.insert(entry.code, code);
            }
        }
        recode
    }

    /// A code that no file uses, for a value whose own code is another file's.
    fn fresh(&mut self, entry: &Entry) -> Code {
        let free = |code: &Code| !self.taken.contains(code) && !in_ranges(&self.ranges, code);
        let code = match &entry.code {
            Code::Text(text) => (2..)
                .map(|number| Code::Text(format!("{text}_{number}")))
                .find(free)
                .unwrap_or_else(|| entry.code.clone()),
            Code::Number(_) if entry.is == AnswerKind::Answer => {
                // Above the answers, but not above a missing code such as 99 where there is room below it.
                let answers = self.entries.iter().filter(|known| known.is == AnswerKind::Answer);
                let most = answers.filter_map(|known| known.code.number()).fold(0.0, f64::max);
                (1..)
                    .map(|more| Code::Number(most.floor() + f64::from(more)))
                    .find(free)
                    .unwrap_or_else(|| entry.code.clone())
            }
            Code::Number(_) => return self.fresh_number(),
        };
        self.taken.insert(code.clone());
        code
    }

    /// −7, −77, −777 …: what no file uses.
    fn fresh_number(&mut self) -> Code {
        let mut number = -7.0;
        while self.taken.contains(&Code::Number(number)) || in_ranges(&self.ranges, &Code::Number(number)) {
            number = number * 10.0 - 7.0;
        }
        self.taken.insert(Code::Number(number));
        Code::Number(number)
    }

    /// A code for "not asked" and the like, a number among numbers and a text among texts.
    fn fresh_special(&mut self, variable: &Variable, column: &Column) -> Code {
        let first = variable.values.first().map(|value| &value.code);
        let first = first.or(match column {
            Column::Coded { levels, .. } => levels.first(),
            Column::Numbers(_) => None,
        });
        match first {
            Some(Code::Text(_)) => {
                let mut text = "not_asked".to_owned();
                while self.taken.contains(&Code::Text(text.clone())) {
                    text.push('_');
                }
                self.taken.insert(Code::Text(text.clone()));
                Code::Text(text)
            }
            _ => {
                // A number of a quantity may be held without being listed; nobody holds one so far below.
                if matches!(column, Column::Numbers(numbers) if numbers.iter().any(|&number| number <= -7.0)) {
                    let least = match column {
                        Column::Numbers(numbers) => numbers.iter().copied().fold(0.0, f64::min),
                        Column::Coded { .. } => 0.0,
                    };
                    let mut number = -7.0;
                    while number >= least {
                        number = number * 10.0 - 7.0;
                    }
                    self.taken.insert(Code::Number(number));
                    return Code::Number(number);
                }
                self.fresh_number()
            }
        }
    }

    /// The values in the order of the first file, those that only others have behind them.
    fn values(&mut self, same_ranges: bool) -> Vec<Value> {
        let ascending = |codes: &[f64]| codes.windows(2).all(|pair| pair[0] < pair[1]);
        let mut entries: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.listed || (!same_ranges && entry.is != AnswerKind::Answer))
            .collect();
        let numbers = |entries: &[&Entry]| -> Option<Vec<f64>> {
            let answers = entries.iter().filter(|entry| entry.is == AnswerKind::Answer);
            answers.map(|entry| entry.code.number()).collect()
        };
        entries.sort_by_key(|entry| !entry.is.is_valid());
        // A scale that one file has whole and the other in part stays a scale.
        if !self.kept_apart
            && let Some(codes) = numbers(&entries)
            && let [.., second, last] = codes.as_slice()
            && last < second
            && ascending(&codes[..codes.len() - 1])
        {
            let is_answer = |entry: &&Entry| entry.is == AnswerKind::Answer;
            let (mut answers, others): (Vec<&Entry>, Vec<&Entry>) = entries.into_iter().partition(is_answer);
            answers.sort_by(|one, other| one.code.cmp(&other.code));
            entries = answers.into_iter().chain(others).collect();
        }
        entries
            .into_iter()
            .map(|entry| Value {
                code: entry.code.clone(),
                label: entry.label.clone(),
                is: entry.is,
            })
            .collect()
    }
}

fn in_ranges(ranges: &[(f64, f64)], code: &Code) -> bool {
    let number = code.number();
    number.is_some_and(|number| ranges.iter().any(|(low, high)| (*low..=*high).contains(&number)))
}

/// Whether somebody in this file gave the number as an answer.
fn answers_with(member: &Member<'_>, code: &Code) -> bool {
    let occurs = match (member.column, code) {
        (Column::Numbers(numbers), Code::Number(wanted)) => numbers.iter().any(|number| number == wanted),
        (Column::Numbers(_), Code::Text(_)) => false,
        (Column::Coded { levels, .. }, code) => levels.contains(code),
    };
    occurs && member.variable.answer_kind(code) == AnswerKind::Answer
}

/// What a blank means in the variable that all have, and whether "not asked" needs a code.
fn blanks(members: &[Member<'_>], lacking: bool, quantity: bool) -> (AnswerKind, bool) {
    let with_blanks: Vec<&Member<'_>> = members.iter().filter(|member| has_blanks(member.column)).collect();
    let not_asked = |member: &&Member<'_>| member.variable.blank == AnswerKind::NotAsked;
    let uncoded =
        |member: &Member<'_>| matches!(member.variable.kind, VariableKind::Text | VariableKind::Date) || quantity;
    // Quantities and texts have no list of codes: there a blank does, as long as it means nothing else.
    if members.iter().all(uncoded) && with_blanks.iter().all(not_asked) {
        return (AnswerKind::NotAsked, false);
    }
    let all_alike = members
        .windows(2)
        .all(|pair| pair[0].variable.blank == pair[1].variable.blank);
    let blank = match all_alike {
        true => members[0].variable.blank,
        false => AnswerKind::Missing,
    };
    let lost = blank != AnswerKind::NotAsked && with_blanks.iter().any(not_asked);
    (blank, lacking || lost)
}

fn has_blanks(column: &Column) -> bool {
    match column {
        Column::Numbers(numbers) => numbers.iter().any(|number| number.is_nan()),
        Column::Coded { rows, .. } => (0..rows.len()).any(|row| rows.get(row).is_none()),
    }
}

/// One file's piece of a column.
pub(super) struct Piece<'a> {
    pub column: Column,
    pub recode: &'a HashMap<Code, Code>,
    /// What stands in for a blank cell.
    pub blank: Option<Code>,
    /// Numbers in these ranges are missing in this file alone: they become blank.
    pub ranges: Vec<(f64, f64)>,
    /// Blank cells of these rows (one element per respondent) hold this code.
    pub fill: Option<(Vec<bool>, Code)>,
}

/// The pieces under each other; a file without the variable has `absent` in its `rows` rows.
pub(super) fn stack(pieces: Vec<(usize, Option<Piece<'_>>)>, absent: Option<&Code>) -> Column {
    let total = pieces.iter().map(|(rows, _)| rows).sum();
    let numbers = pieces
        .iter()
        .any(|(_, piece)| matches!(piece, Some(piece) if matches!(piece.column, Column::Numbers(_))));
    if numbers {
        let number = |code: Option<&Code>| code.and_then(Code::number).unwrap_or(f64::NAN);
        let mut all = Vec::with_capacity(total);
        for (rows, piece) in pieces {
            match piece {
                None => all.extend(std::iter::repeat_n(number(absent), rows)),
                Some(piece) => {
                    let blank = number(piece.blank.as_ref());
                    let changed = |value: f64| {
                        let code = Code::Number(value);
                        match piece.recode.get(&code) {
                            Some(code) => number(Some(code)),
                            None if in_ranges(&piece.ranges, &code) => blank,
                            None => value,
                        }
                    };
                    match &piece.column {
                        Column::Numbers(numbers) => all.extend(numbers.iter().map(|&value| match value.is_nan() {
                            true => blank,
                            false if piece.recode.is_empty() && piece.ranges.is_empty() => value,
                            false => changed(value),
                        })),
                        Column::Coded { levels, rows } => {
                            let table: Vec<f64> = levels.iter().map(|level| changed(number(Some(level)))).collect();
                            all.extend((0..rows.len()).map(|row| rows.get(row).map_or(blank, |level| table[level])));
                        }
                    }
                }
            }
        }
        return Column::Numbers(all);
    }
    let mut codes: Vec<Option<Code>> = Vec::new();
    let mut all: Vec<u32> = Vec::with_capacity(total);
    const BLANK: u32 = u32::MAX;
    let place = |code: Option<Code>, codes: &mut Vec<Option<Code>>| match code {
        Some(code) => {
            codes.push(Some(code));
            codes.len() as u32 - 1
        }
        None => BLANK,
    };
    for (rows, piece) in pieces {
        match piece {
            None => {
                let here = place(absent.cloned(), &mut codes);
                all.extend(std::iter::repeat_n(here, rows));
            }
            Some(piece) => {
                let Column::Coded { levels, rows } = piece.column else {
                    continue;
                };
                let blank = place(piece.blank, &mut codes);
                let (filled, fill) = match piece.fill {
                    Some((rows, code)) => (rows, place(Some(code), &mut codes)),
                    None => (Vec::new(), BLANK),
                };
                let first = codes.len() as u32;
                codes.extend(
                    levels
                        .into_iter()
                        .map(|level| Some(piece.recode.get(&level).cloned().unwrap_or(level))),
                );
                all.extend((0..rows.len()).map(|row| match rows.get(row) {
                    Some(level) => first + level as u32,
                    None if filled.get(row).is_some_and(|filled| *filled) => fill,
                    None => blank,
                }));
            }
        }
    }
    levels::coded(&codes, &all)
}

/// The rows of a column in another order or number; `None` is a row that has `absent`.
pub(in crate::data) fn gathered(column: &Column, from: &[Option<u32>], absent: Option<&Code>) -> Column {
    match column {
        Column::Numbers(numbers) => {
            let absent = absent.and_then(Code::number).unwrap_or(f64::NAN);
            Column::Numbers(
                from.iter()
                    .map(|row| row.map_or(absent, |row| numbers[row as usize]))
                    .collect(),
            )
        }
        Column::Coded { levels, rows } => {
            let mut levels = levels.clone();
            let absent = absent.map(|code| {
                levels.iter().position(|level| level == code).unwrap_or_else(|| {
                    levels.push(code.clone());
                    levels.len() - 1
                }) as u32
            });
            let cells = from.iter().map(|row| match row {
                Some(row) => rows.get(*row as usize).map(|level| level as u32),
                None => absent,
            });
            let rows = Positions::pack(levels.len(), cells);
            Column::Coded { levels, rows }
        }
    }
}
