//! Small survey files made by hand, and what is asked of them.

use std::path::PathBuf;

use isobar::data::{
    AnswerKind, Base, Code, Codebook, Column, Condition, Dataset, DontKnow, Format, Item, ItemKind, Positions,
    Question, QuestionKind, Sheets, Text, Value, Variable, VariableKind,
};
use isobar::measure::{Measure, Query, Table};

pub const BLANK: f64 = f64::NAN;

/// A file made by hand: coded variables with the codes of the survey office, blank where NaN.
#[derive(Default)]
pub struct File {
    codebook: Codebook,
    columns: Vec<Column>,
}

impl File {
    /// A coded variable whose codes above 90 are missing: 98 no answer, 99 not asked; 9 is "don't know", 8 "not
    /// relevant".
    pub fn coded(self, name: &str, rows: &[f64]) -> Self {
        let mut codes: Vec<Code> = rows
            .iter()
            .filter(|row| !row.is_nan())
            .map(|row| Code::from(*row))
            .collect();
        codes.sort();
        codes.dedup();
        let mut variable = Variable::new(name, VariableKind::Nominal);
        for code in &codes {
            let is = match code.number() {
                Some(8.0) => AnswerKind::NotRelevant,
                Some(9.0) => AnswerKind::DontKnow,
                Some(98.0) => AnswerKind::Missing,
                Some(99.0) => AnswerKind::NotAsked,
                _ => AnswerKind::Answer,
            };
            variable.values.push(Value {
                code: code.clone(),
                label: Text::plain(format!("{name} {code}")),
                is,
            });
        }
        let places = rows
            .iter()
            .map(|row| codes.binary_search(&Code::from(*row)).ok().map(|place| place as u32));
        let rows = Positions::pack(codes.len(), places);
        self.column(variable, Column::Coded { levels: codes, rows })
    }

    pub fn numbers(self, name: &str, rows: &[f64]) -> Self {
        let variable = Variable::new(name, VariableKind::Numeric);
        self.column(variable, Column::Numbers(rows.to_vec()))
    }

    pub fn texts(self, name: &str, rows: &[&str]) -> Self {
        let mut levels: Vec<Code> = rows.iter().map(|row| Code::from(*row)).collect();
        levels.sort();
        levels.dedup();
        let places = rows
            .iter()
            .map(|row| levels.binary_search(&Code::from(*row)).ok().map(|place| place as u32));
        let rows = Positions::pack(levels.len(), places);
        self.column(
            Variable::new(name, VariableKind::Nominal),
            Column::Coded { levels, rows },
        )
    }

    fn column(mut self, variable: Variable, column: Column) -> Self {
        self.codebook.variables.push(variable);
        self.columns.push(column);
        self
    }

    /// Changes the variable made last.
    pub fn with(mut self, change: impl FnOnce(&mut Variable)) -> Self {
        change(self.codebook.variables.last_mut().unwrap());
        self
    }

    pub fn base(mut self, id: &str, when: &str) -> Self {
        self.codebook.bases.push(Base {
            id: id.to_owned(),
            label: Text::plain(format!("base {id}")),
            unit: Some(Text::plain("innovations")),
            when: Condition::parse(when).unwrap(),
        });
        self
    }

    pub fn question(mut self, question: Question) -> Self {
        self.codebook.questions.push(question);
        self
    }

    pub fn done(self) -> Dataset {
        Dataset {
            path: PathBuf::from("made.csv"),
            format: Format::Csv,
            sheets: Sheets::default(),
            encoding: "UTF-8".to_owned(),
            fingerprint: String::new(),
            rows: self.columns.first().map_or(0, Column::len),
            codebook: self.codebook,
            columns: self.columns,
            combined: None,
        }
    }
}

pub fn item(var: &str) -> Item {
    Item {
        var: var.into(),
        more: Vec::new(),
        label: None,
        is: ItemKind::Answer,
        actor: None,
        group: None,
        counted: Vec::new(),
    }
}

pub fn question(id: &str, kind: QuestionKind, items: &[&str]) -> Question {
    Question {
        id: id.into(),
        concept: None,
        topic: None,
        short: Text::plain(id),
        text: Text::default(),
        kind,
        base: None,
        dont_know: DontKnow::Keep,
        max: None,
        items: items.iter().map(|var| item(var)).collect(),
        counted: vec![Code::from(1.0)],
        poles: None,
        groups: Vec::new(),
        unions: Vec::new(),
    }
}

pub fn ask(data: &Dataset, id: &str) -> Query {
    Query::new(Measure::Question(id.into()), data)
}

pub fn run(query: &Query, data: &Dataset) -> Table {
    query.run(data).unwrap_or_else(|error| panic!("{error}"))
}
