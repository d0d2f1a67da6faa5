//! A data set in, the same with names and codes that the format has room for out. What was changed is said.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Target, WriteWarning, levels};
use crate::data::codebook::{AnswerKind, Code, Codebook, Text, Value, VarId, Variable, VariableKind};
use crate::data::levels::{coded, positions};
use crate::data::sav::dates::{Shows, seconds};
use crate::data::{Column, Dataset};

/// A data set as it will be in the file.
pub(super) struct Fitted<'a> {
    pub codebook: Codebook,
    /// In the order of `codebook.variables`.
    pub columns: Vec<Cow<'a, Column>>,
    pub rows: usize,
    /// Names or codes are no longer those of the data set.
    pub differs: bool,
    pub warnings: Vec<WriteWarning>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Number,
    /// Seconds that are shown so.
    Moment(Shows),
    Text,
    /// Numbers and texts.
    Mixed,
}

/// What the cells of a column are, and the codes that its variable lists.
pub(super) fn stored(variable: &Variable, column: &Column) -> Stored {
    let listed = variable.values.iter().map(|value| &value.code);
    let (mut numbers, mut texts) = (matches!(column, Column::Numbers(_)), false);
    for code in levels(column).iter().chain(listed) {
        match code {
            Code::Number(_) => numbers = true,
            Code::Text(_) => texts = true,
        }
    }
    match (numbers, texts) {
        (true, true) => Stored::Mixed,
        (true, false) => Stored::Number,
        (false, true) => Stored::Text,
        (false, false) => match variable.kind {
            VariableKind::Text => Stored::Text,
            VariableKind::Date => Stored::Moment(Shows::Date),
            _ => Stored::Number,
        },
    }
}

/// The kind of SPSS date that says the same as these texts, other codes than `passed_over` all being of it.
pub(super) fn moment(variable: &Variable, column: &Column, passed_over: &HashSet<&Code>) -> Option<Shows> {
    if variable.kind != VariableKind::Date {
        return None;
    }
    let listed = variable.values.iter().map(|value| &value.code);
    [Shows::Date, Shows::DateTime].into_iter().find(|shows| {
        let mut codes = levels(column)
            .iter()
            .chain(listed.clone())
            .filter(|code| !passed_over.contains(code));
        codes.all(|code| matches!(code, Code::Text(text) if seconds(text, *shows).is_some()))
    })
}

/// How SPSS stores a column: dates as seconds where its calendar has all of them.
pub(super) fn spss_stored(variable: &Variable, column: &Column) -> Stored {
    match stored(variable, column) {
        Stored::Text => moment(variable, column, &HashSet::new()).map_or(Stored::Text, Stored::Moment),
        stored => stored,
    }
}

pub(super) fn fit(data: &Dataset, target: Target) -> Fitted<'_> {
    let mut fitted = Fitted {
        codebook: data.codebook.clone(),
        columns: data.columns.iter().map(Cow::Borrowed).collect(),
        rows: data.rows,
        differs: false,
        warnings: Vec::new(),
    };
    let names = names(&data.codebook.variables, target);
    let mut recodes: HashMap<VarId, HashMap<Code, Code>> = HashMap::new();
    if target.is_spss() {
        let (mut recoded, mut as_text) = (Vec::new(), Vec::new());
        for (variable, column) in fitted.codebook.variables.iter_mut().zip(&mut fitted.columns) {
            match fit_codes(variable, column) {
                Change::None => {}
                Change::Recoded(codes) => {
                    recoded.push(variable.name.clone());
                    recodes.insert(variable.name.clone(), codes);
                }
                Change::AsText(codes) => {
                    as_text.push(variable.name.clone());
                    recodes.insert(variable.name.clone(), codes);
                }
            }
        }
        if !recoded.is_empty() {
            fitted.warnings.push(WriteWarning::Recoded { variables: recoded });
        }
        if !as_text.is_empty() {
            fitted.warnings.push(WriteWarning::StoredAsText { variables: as_text });
        }
    }
    fitted.differs = !names.is_empty() || recodes.values().any(|codes| !codes.is_empty());
    if fitted.differs {
        each_mention(&mut fitted.codebook, &mut |var, codes| {
            if let Some(recode) = recodes.get(var) {
                for code in codes {
                    if let Some(new) = recode.get(code) {
                        *code = new.clone();
                    }
                }
            }
            if let Some((_, new)) = names.iter().find(|(old, _)| old == var) {
                *var = new.clone();
            }
        });
    }
    if !names.is_empty() {
        fitted.warnings.push(WriteWarning::Renamed { names });
    }
    fitted
}

enum Change {
    None,
    Recoded(HashMap<Code, Code>),
    /// Old codes and new ones; empty where only the storage is another.
    AsText(HashMap<Code, Code>),
}

/// Numbers or texts, not both: letters that are missing codes become numbers, else numbers become texts.
fn fit_codes(variable: &mut Variable, column: &mut Cow<'_, Column>) -> Change {
    let stored = stored(variable, column);
    let is_date = variable.kind == VariableKind::Date && stored == Stored::Text;
    if stored != Stored::Mixed && (!is_date || moment(variable, column, &HashSet::new()).is_some()) {
        return Change::None;
    }
    let listed = variable.values.iter().map(|value| &value.code);
    let letters: HashSet<&Code> = levels(column)
        .iter()
        .chain(listed)
        .filter(|code| {
            let is_date = matches!(code, Code::Text(text) if is_date && seconds(text, Shows::Date)
                .or_else(|| seconds(text, Shows::DateTime)).is_some());
            code.number().is_none() && !is_date && !variable.answer_kind(code).is_valid()
        })
        .collect();
    let others_are_numbers = match stored {
        Stored::Mixed => {
            let listed = variable.values.iter().map(|value| &value.code);
            let mut all = levels(column).iter().chain(listed);
            all.all(|code| code.number().is_some() || letters.contains(code))
        }
        _ => moment(variable, column, &letters).is_some(),
    };
    if others_are_numbers {
        let mut letters: Vec<Code> = letters.into_iter().cloned().collect();
        letters.sort();
        let below = lowest(variable, column).min(0.0).floor();
        let codes: HashMap<Code, Code> = letters
            .into_iter()
            .enumerate()
            .map(|(i, letter)| {
                let number = below - 1.0 - i as f64;
                let code = if is_date {
                    Code::Text(number.to_string())
                } else {
                    Code::Number(number)
                };
                (letter, code)
            })
            .collect();
        for value in &mut variable.values {
            if codes.contains_key(&value.code) && value.label.is_empty() {
                value.label = Text::plain(value.code.to_string());
            }
        }
        recode(variable, column, &codes);
        return Change::Recoded(codes);
    }
    if is_date {
        return Change::AsText(HashMap::new());
    }
    // What a range makes missing is listed one by one: a range has numbers for its ends.
    for code in levels(column) {
        if variable.value(code).is_none() && !variable.kind_by_range(code).is_valid() {
            variable.values.push(Value {
                code: code.clone(),
                label: Text::default(),
                is: AnswerKind::Missing,
            });
        }
    }
    variable.missing_ranges.clear();
    let listed = variable.values.iter().map(|value| &value.code);
    let codes: HashMap<Code, Code> = levels(column)
        .iter()
        .chain(listed)
        .filter(|code| code.number().is_some())
        .map(|code| (code.clone(), Code::Text(code.to_string())))
        .collect();
    if let Column::Numbers(numbers) = column.as_ref() {
        // Rare: quantities of a variable that lists texts. Each number becomes its digits.
        let (numbers, rows) = positions(numbers);
        let all: Vec<Option<Code>> = numbers.iter().map(|code| Some(Code::Text(code.to_string()))).collect();
        *column = Cow::Owned(coded(&all, &rows));
    }
    recode(variable, column, &codes);
    Change::AsText(codes)
}

/// The lowest number that a column or its variable speaks of.
fn lowest(variable: &Variable, column: &Column) -> f64 {
    let listed = variable.values.iter().filter_map(|value| value.code.number());
    let ranges = variable.missing_ranges.iter().map(|(low, _)| *low);
    let cells: &[f64] = match column {
        Column::Numbers(numbers) => numbers,
        Column::Coded { .. } => &[],
    };
    let all = levels(column).iter().filter_map(Code::number);
    // Beyond 2⁵² there are no halves, and soon no neighbours either; LO is no code.
    all.chain(listed)
        .chain(ranges)
        .chain(cells.iter().copied())
        .filter(|number| number.abs() < 4.5e15)
        .fold(0.0, f64::min)
}

fn recode(variable: &mut Variable, column: &mut Cow<'_, Column>, codes: &HashMap<Code, Code>) {
    for value in &mut variable.values {
        if let Some(new) = codes.get(&value.code) {
            value.code = new.clone();
        }
    }
    if let Column::Coded { levels, .. } = column.as_ref()
        && levels.iter().any(|level| codes.contains_key(level))
        && let Column::Coded { levels, .. } = column.to_mut()
    {
        for level in levels {
            if let Some(new) = codes.get(level) {
                *level = new.clone();
            }
        }
    }
}

/// Every place of a codebook where a variable is named, with the codes of it that stand there.
fn each_mention(codebook: &mut Codebook, change: &mut impl FnMut(&mut VarId, &mut [Code])) {
    for base in &mut codebook.bases {
        base.when.each_mention(change);
    }
    for question in &mut codebook.questions {
        let first = question.items.first().map(|item| item.var.clone());
        if let Some(var) = &first {
            // These codes are of all the items alike.
            change(&mut var.clone(), &mut question.counted);
            if let Some(poles) = &mut question.poles {
                change(&mut var.clone(), &mut poles.negative);
                change(&mut var.clone(), &mut poles.positive);
            }
        }
        for item in &mut question.items {
            change(&mut item.var, &mut item.counted);
            item.more.iter_mut().for_each(|var| change(var, &mut []));
        }
        for union in &mut question.unions {
            let items = union.items.iter_mut().chain(&mut union.none_of);
            items.for_each(|var| change(var, &mut []));
        }
    }
    for var in &mut codebook.unconfirmed.roles {
        change(var, &mut []);
    }
    for variable in &mut codebook.variables {
        change(&mut variable.name, &mut []);
    }
}

/// Words that SPSS keeps for itself.
const RESERVED: [&str; 13] = [
    "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH",
];

pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.to_uppercase().as_str())
}

/// The variables that need another name, with the one they get.
fn names(variables: &[Variable], target: Target) -> Vec<(VarId, VarId)> {
    let key = |name: &str| {
        if target.is_spss() {
            name.to_uppercase()
        } else {
            name.to_owned()
        }
    };
    let allowed = |name: &str| {
        if target.is_spss() {
            spss_name(name)
        } else {
            name.trim().to_owned()
        }
    };
    // Names that may stay are taken first, so that none of them must make way for one that was made up.
    let mut taken = HashSet::new();
    let stays: Vec<bool> = variables
        .iter()
        .map(|variable| {
            let name = &variable.name.0;
            !name.is_empty() && allowed(name) == *name && taken.insert(key(name))
        })
        .collect();
    let mut renamed = Vec::new();
    for (position, (variable, stays)) in variables.iter().zip(stays).enumerate() {
        if stays {
            continue;
        }
        let stem = match allowed(&variable.name.0) {
            name if name.is_empty() => format!("column_{}", position + 1),
            name => name,
        };
        let free = (1..).map(|number| match number {
            1 => stem.clone(),
            _ => {
                let end = format!("_{number}");
                format!("{}{end}", &stem[..stem.floor_char_boundary(64 - end.len().min(64))])
            }
        });
        let mut free = free.filter(|name| taken.insert(key(name)));
        if let Some(name) = free.next() {
            renamed.push((variable.name.clone(), VarId(name)));
        }
    }
    renamed
}

/// A name as SPSS allows it: a letter, then letters, digits and `_ . $ # @`; 64 bytes; no full stop at the end.
pub(super) fn spss_name(name: &str) -> String {
    let mut allowed = String::with_capacity(name.len());
    for sign in name.trim().chars() {
        let fits = sign.is_alphanumeric() || matches!(sign, '_' | '.' | '$' | '#' | '@');
        allowed.push(if fits { sign } else { '_' });
    }
    if !allowed.starts_with(|sign: char| sign.is_alphabetic() || sign == '@') || is_reserved(&allowed) {
        allowed.insert(0, 'V');
    }
    allowed.truncate(allowed.floor_char_boundary(64));
    while allowed.ends_with('.') {
        allowed.pop();
    }
    allowed
}
