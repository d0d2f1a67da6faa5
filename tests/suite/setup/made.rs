//! Survey files that no codebook knows, with what their columns really mean.

use isobar::data::{
    AnswerKind, Code, Codebook, Column, Dataset, Format, Positions, QuestionKind, Sheets, Text, Value, Variable,
    VariableKind,
};

pub const ROWS: usize = 400;

/// A small generator of its own, so that the same data come out on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    pub fn share(&mut self) -> f64 {
        self.below(1_000_000) as f64 / 1_000_000.0
    }
}

/// A set as the questionnaire has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    pub kind: QuestionKind,
    pub members: Vec<String>,
}

pub struct File {
    pub variables: Vec<Variable>,
    pub columns: Vec<Column>,
    pub truth: Vec<Truth>,
    dice: Dice,
}

pub type Scale = &'static [(i32, &'static str)];

pub fn column(cells: &[Option<Code>]) -> Column {
    let mut levels: Vec<Code> = cells.iter().flatten().cloned().collect();
    levels.sort();
    levels.dedup();
    let numbers = levels.iter().all(|level| level.number().is_some());
    if numbers && levels.len() > 255 {
        let number = |cell: &Option<Code>| cell.as_ref().and_then(Code::number).unwrap_or(f64::NAN);
        return Column::Numbers(cells.iter().map(number).collect());
    }
    let rows = cells.iter().map(|cell| {
        cell.as_ref()
            .and_then(|code| levels.binary_search(code).ok())
            .map(|at| at as u32)
    });
    let rows = Positions::pack(levels.len(), rows);
    Column::Coded { levels, rows }
}

pub fn dataset(variables: Vec<Variable>, columns: Vec<Column>) -> Dataset {
    Dataset {
        path: "made.sav".into(),
        format: Format::Sav,
        sheets: Sheets::default(),
        encoding: "UTF-8".to_owned(),
        fingerprint: String::new(),
        rows: columns.first().map_or(0, Column::len),
        codebook: Codebook {
            variables,
            ..Codebook::default()
        },
        columns,
        combined: None,
    }
}

impl File {
    pub fn new(seed: u64) -> Self {
        Self {
            variables: Vec::new(),
            columns: Vec::new(),
            truth: Vec::new(),
            dice: Dice::new(seed),
        }
    }

    pub fn dataset(&self) -> Dataset {
        dataset(self.variables.clone(), self.columns.clone())
    }

    fn push(&mut self, name: &str, label: &str, kind: VariableKind, values: &[(i32, &str)], column: Column) {
        self.variables.push(Variable {
            label: if label.is_empty() {
                Text::default()
            } else {
                Text::plain(label)
            },
            values: values
                .iter()
                .map(|(code, label)| Value {
                    code: Code::Number(f64::from(*code)),
                    label: Text::plain(*label),
                    is: AnswerKind::Answer,
                })
                .collect(),
            ..Variable::new(name, kind)
        });
        self.columns.push(column);
    }

    /// A quantity.
    pub fn number(&mut self, name: &str, label: &str, of: impl Fn(usize, &mut Dice) -> f64) {
        let cells: Vec<Option<Code>> = (0..ROWS)
            .map(|row| Some(Code::Number(of(row, &mut self.dice))))
            .collect();
        self.push(name, label, VariableKind::Numeric, &[], column(&cells));
    }

    /// What people wrote.
    pub fn text(&mut self, name: &str, label: &str, words: &[&str]) {
        let cells: Vec<Option<Code>> = (0..ROWS)
            .map(|row| {
                let many = self.dice.below(6) + 2;
                let said: Vec<&str> = (0..many).map(|_| words[self.dice.below(words.len())]).collect();
                (self.dice.below(4) == 0).then(|| Code::Text(format!("{} {row}", said.join(" "))))
            })
            .collect();
        self.push(name, label, VariableKind::Text, &[], column(&cells));
    }

    /// A single question with labelled answers.
    pub fn single(&mut self, name: &str, label: &str, scale: &[(i32, &str)]) {
        let cells: Vec<Option<Code>> = (0..ROWS)
            .map(|_| Some(Code::Number(f64::from(scale[self.dice.below(scale.len())].0))))
            .collect();
        self.push(name, label, VariableKind::Nominal, scale, column(&cells));
    }

    /// A question of several variables: (name, label) each.
    pub fn set(&mut self, kind: QuestionKind, scale: Scale, items: &[(String, String)]) {
        for (name, label) in items {
            self.single(name, label, scale);
        }
        self.remember(kind, items);
    }

    /// A battery from 0 to 10 whose ends alone have labels.
    pub fn ends(&mut self, scale: Scale, items: &[(String, String)]) {
        for (name, label) in items {
            let cells: Vec<Option<Code>> = (0..ROWS)
                .map(|_| {
                    let code = match self.dice.below(12) {
                        11 => scale[self.dice.below(scale.len())].0,
                        code => code as i32,
                    };
                    Some(Code::Number(f64::from(code)))
                })
                .collect();
            self.push(name, label, VariableKind::Ordinal, scale, column(&cells));
        }
        self.remember(QuestionKind::Battery, items);
    }

    /// Boxes that hold 1 or nothing; the value's label names the box.
    pub fn ticks(&mut self, items: &[(String, String)], value_label: bool) {
        for (name, label) in items {
            let cells: Vec<Option<Code>> = (0..ROWS)
                .map(|_| (self.dice.below(3) == 0).then_some(Code::Number(1.0)))
                .collect();
            let item = label.rsplit(": ").next().unwrap_or(label).to_owned();
            let values: &[(i32, &str)] = if value_label { &[(1, &item)] } else { &[] };
            self.push(name, label, VariableKind::Nominal, values, column(&cells));
        }
        self.remember(QuestionKind::Multiple, items);
    }

    /// 0 and 1 (or a scale) without labels.
    pub fn bare(&mut self, kind: QuestionKind, codes: &[i32], items: &[(String, String)]) {
        for (name, label) in items {
            let cells: Vec<Option<Code>> = (0..ROWS)
                .map(|_| Some(Code::Number(f64::from(codes[self.dice.below(codes.len())]))))
                .collect();
            self.push(name, label, VariableKind::Nominal, &[], column(&cells));
        }
        self.remember(kind, items);
    }

    fn remember(&mut self, kind: QuestionKind, items: &[(String, String)]) {
        self.truth.push(Truth {
            kind,
            members: items.iter().map(|(name, _)| name.clone()).collect(),
        });
    }

    /// The next of the names v1, v2 … that number a whole questionnaire.
    pub fn next(&self) -> usize {
        self.variables.len() + 1
    }
}

/// Names with a number after a stem, labels made of a pattern with `{}`.
pub fn numbered(stem: &str, pattern: &str, items: &[&str]) -> Vec<(String, String)> {
    let named = items.iter().enumerate();
    named
        .map(|(at, item)| (format!("{stem}{}", at + 1), pattern.replace("{}", item)))
        .collect()
}

/// Names with a number that counts through the questionnaire.
pub fn counted(from: usize, pattern: &str, items: &[&str]) -> Vec<(String, String)> {
    let named = items.iter().enumerate();
    named
        .map(|(at, item)| (format!("v{}", from + at), pattern.replace("{}", item)))
        .collect()
}
