//! A condition in, the labels that say it to a person out.

use crate::data::{Code, Comparison, Condition, Dataset, Language, Text, VarId, Variable};

/// A condition in words, as far as it is made of plain choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// Each variable's label with the labels kept, or with ranges ("≥ 50", "10–20").
    pub kept: Vec<(Text, Vec<Text>)>,
    /// What has no such words.
    pub further: Option<Condition>,
}

/// Says `condition` with the labels of the codebook.
pub fn describe(condition: &Condition, data: &Dataset) -> Described {
    let parts = match condition {
        Condition::Everyone => &[],
        Condition::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut kept: Vec<(&VarId, Kept)> = Vec::new();
    let mut further = Condition::Everyone;
    for part in parts {
        match part {
            Condition::OneOf { var, values } if data.codebook.variable(var).is_some() => {
                kept.push((var, Kept::Values(values.iter().collect())));
            }
            Condition::Or(choices) => match choices_of_one(choices) {
                Some((var, values)) if data.codebook.variable(var).is_some() => kept.push((var, Kept::Values(values))),
                _ => further = further.and(part.clone()),
            },
            Condition::Compare {
                var,
                comparison,
                limit: Code::Number(limit),
            } if data.codebook.variable(var).is_some() => {
                // The two ends of a range are two comparisons in a row.
                match (kept.last_mut(), comparison) {
                    (Some((before, Kept::From(low))), Comparison::AtMost) if *before == var => {
                        let low = *low;
                        kept.pop();
                        kept.push((var, Kept::Range(low, *limit)));
                    }
                    (_, Comparison::AtLeast) => kept.push((var, Kept::From(*limit))),
                    _ => kept.push((var, Kept::Limit(*comparison, *limit))),
                }
            }
            other => further = further.and(other.clone()),
        }
    }
    let kept = kept
        .into_iter()
        .filter_map(|(var, kept)| {
            let variable = data.codebook.variable(var)?;
            Some((variable_text(variable), kept.texts(variable)))
        })
        .collect();
    Described {
        kept,
        further: (further != Condition::Everyone).then_some(further),
    }
}

/// `q = 1 or q = 2` is a choice of two values.
fn choices_of_one(choices: &[Condition]) -> Option<(&VarId, Vec<&Code>)> {
    let mut found: Option<(&VarId, Vec<&Code>)> = None;
    for choice in choices {
        let Condition::OneOf { var, values } = choice else {
            return None;
        };
        match &mut found {
            None => found = Some((var, values.iter().collect())),
            Some((first, all)) if *first == var => all.extend(values),
            Some(_) => return None,
        }
    }
    found
}

enum Kept<'a> {
    Values(Vec<&'a Code>),
    From(f64),
    Range(f64, f64),
    Limit(Comparison, f64),
}

impl Kept<'_> {
    fn texts(&self, variable: &Variable) -> Vec<Text> {
        match self {
            Self::Values(values) => values.iter().map(|code| code_text(variable, code)).collect(),
            Self::From(low) => vec![number_text("≥ ", *low, None)],
            Self::Range(low, high) => vec![number_text("", *low, Some(*high))],
            Self::Limit(comparison, limit) => {
                let sign = match comparison {
                    Comparison::Less => "< ",
                    Comparison::AtMost => "≤ ",
                    Comparison::Greater => "> ",
                    Comparison::AtLeast => "≥ ",
                };
                vec![number_text(sign, *limit, None)]
            }
        }
    }
}

/// What to call a variable: its label, else its name.
pub(crate) fn variable_text(variable: &Variable) -> Text {
    match variable.label.is_empty() {
        true => Text::plain(variable.name.0.clone()),
        false => variable.label.clone(),
    }
}

/// What to call a value: its label, else the code. A value that is itself a label is shown in all its languages.
pub(crate) fn code_text(variable: &Variable, code: &Code) -> Text {
    let value = variable.value(code).or_else(|| match code {
        Code::Text(text) => variable
            .values
            .iter()
            .find(|value| value.label.0.values().any(|label| label == text)),
        Code::Number(_) => None,
    });
    match value.map(|value| &value.label) {
        Some(label) if !label.is_empty() => label.clone(),
        _ => Text::plain(code.to_string()),
    }
}

/// One number after a sign, or a range of two, with each language's decimal sign.
fn number_text(sign: &str, low: f64, high: Option<f64>) -> Text {
    let english = match high {
        Some(high) => format!("{sign}{low}–{high}"),
        None => format!("{sign}{low}"),
    };
    if !english.contains('.') {
        return Text::plain(english);
    }
    Text(
        [
            (Language::Da.code().to_owned(), english.replace('.', ",")),
            (Language::En.code().to_owned(), english),
        ]
        .into(),
    )
}
