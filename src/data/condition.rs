//! The language of conditions, `sector in (1, 2) and size >= 50 and not q3 = 9`: text in, [`Condition`] out, and back.
//! What a condition marks in a data set is [`crate::filter`]'s business.
//!
//! Texts and labels stand in double quotes, odd variable names in backticks; the mark doubled inside is the mark.
//! `not` binds more tightly than `and`, `and` more tightly than `or`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::codebook::{Code, VarId};

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// Whether `left` stands in this relation to `right`.
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// What a respondent must fulfil.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Everybody.
    #[default]
    Everyone,
    /// The answer is one of these codes, or has one of these labels.
    OneOf {
        /// The variable.
        var: VarId,
        /// Codes; a text is a text code or a value label.
        values: Vec<Code>,
    },
    /// The number stands in a relation to a limit.
    Compare {
        /// The variable.
        var: VarId,
        /// The relation.
        comparison: Comparison,
        /// The limit: always [`Code::Number`].
        limit: Code,
    },
    /// Not so.
    Not(Box<Condition>),
    /// All of these.
    And(Vec<Condition>),
    /// At least one of these.
    Or(Vec<Condition>),
}

/// A condition that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the condition `{text}` cannot be read: {expected} was expected at `{found}`. An example: sector in (1, 2) and size >= 50 and not q3 = 9"
)]
pub struct ConditionError {
    /// The whole condition.
    pub text: String,
    /// What should have stood there.
    pub expected: String,
    /// What stood there.
    pub found: String,
}

impl Condition {
    /// Reads a condition.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        if text.trim().is_empty() {
            return Ok(Self::Everyone);
        }
        let mut parser = Parser { text, rest: text };
        let condition = parser.or()?;
        match parser.peek()? {
            Token::End => Ok(condition),
            _ => Err(parser.expected("`and`, `or` or the end")),
        }
    }

    /// Reads `VAR=VALUE` (the command line's `--share`), where VALUE is a code or a label, quoted or not.
    pub fn parse_share(text: &str) -> Result<Self, ConditionError> {
        Self::parse(text).or_else(|error| match text.split_once('=') {
            // `sch.wide=Not yet`: an unquoted label of several words.
            Some((var, value)) if !value.is_empty() && !value.contains(['"', '=']) => Ok(Self::OneOf {
                var: VarId(var.trim().trim_matches('`').to_owned()),
                values: vec![Code::Text(value.trim().to_owned())],
            }),
            _ => Err(error),
        })
    }

    /// Both this and `other`.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everyone, condition) | (condition, Self::Everyone) => condition,
            (Self::And(mut all), Self::And(more)) => {
                all.extend(more);
                Self::And(all)
            }
            (Self::And(mut all), one) => {
                all.push(one);
                Self::And(all)
            }
            (one, other) => Self::And(vec![one, other]),
        }
    }

    /// The variables that it speaks of, in order, once each.
    pub fn variables(&self) -> Vec<&VarId> {
        let mut found = Vec::new();
        self.collect_variables(&mut found);
        found
    }

    /// Gives every variable that it speaks of, with the codes that it is compared with, to `change`.
    pub(crate) fn each_mention(&mut self, change: &mut impl FnMut(&mut VarId, &mut [Code])) {
        match self {
            Self::Everyone => {}
            Self::OneOf { var, values } => change(var, values),
            Self::Compare { var, .. } => change(var, &mut []),
            Self::Not(inner) => inner.each_mention(change),
            Self::And(all) | Self::Or(all) => all.iter_mut().for_each(|one| one.each_mention(change)),
        }
    }

    fn collect_variables<'a>(&'a self, found: &mut Vec<&'a VarId>) {
        match self {
            Self::Everyone => {}
            Self::OneOf { var, .. } | Self::Compare { var, .. } => {
                if !found.contains(&var) {
                    found.push(var);
                }
            }
            Self::Not(inner) => inner.collect_variables(found),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect_variables(found)),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => Ok(()),
            Self::OneOf { var, values } => match values.as_slice() {
                [value] => write!(f, "{} = {}", Name(var), Literal(value)),
                values => {
                    write!(f, "{} in (", Name(var))?;
                    for (i, value) in values.iter().enumerate() {
                        write!(f, "{}{}", if i > 0 { ", " } else { "" }, Literal(value))?;
                    }
                    f.write_str(")")
                }
            },
            Self::Compare { var, comparison, limit } => {
                write!(f, "{} {} {}", Name(var), comparison.sign(), Literal(limit))
            }
            Self::Not(inner) => match **inner {
                Self::And(_) | Self::Or(_) => write!(f, "not ({inner})"),
                _ => write!(f, "not {inner}"),
            },
            Self::And(parts) => join(f, parts, " and ", |part| matches!(part, Self::Or(_) | Self::And(_))),
            Self::Or(parts) => join(f, parts, " or ", |part| matches!(part, Self::Or(_))),
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    parts: &[Condition],
    word: &str,
    bracketed: impl Fn(&Condition) -> bool,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(word)?;
        }
        if bracketed(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

struct Name<'a>(&'a VarId);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.0.0;
        let plain = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && name.chars().all(is_name_char)
            && !["and", "or", "not", "in"].contains(&name.to_lowercase().as_str());
        if plain {
            f.write_str(name)
        } else {
            write!(f, "`{}`", name.replace('`', "``"))
        }
    }
}

struct Literal<'a>(&'a Code);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Code::Number(number) => write!(f, "{number}"),
            Code::Text(text) => write!(f, "\"{}\"", text.replace('"', "\"\"")),
        }
    }
}

impl Serialize for Condition {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '#' | '@')
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Ticked(String),
    Number(f64),
    /// `0101`: a text code where there is such a one, a number where it is compared by size.
    Digits(f64, String),
    Sign(&'static str),
    End,
}

/// A municipality's `0101` is another code than 101.
fn is_name_of_digits(spelled: &str) -> bool {
    spelled.len() > 1 && spelled.starts_with('0') && spelled.bytes().all(|byte| byte.is_ascii_digit())
}

/// Recursive descent over `rest`, which is always a tail of `text`.
struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn expected(&self, what: &str) -> ConditionError {
        let found = match self.rest.trim() {
            "" => "the end".to_owned(),
            rest => rest.chars().take(20).collect(),
        };
        ConditionError {
            text: self.text.to_owned(),
            expected: what.to_owned(),
            found,
        }
    }

    fn peek(&self) -> Result<Token, ConditionError> {
        self.scan().map(|(token, _)| token)
    }

    fn next(&mut self) -> Result<Token, ConditionError> {
        let (token, rest) = self.scan()?;
        self.rest = rest;
        Ok(token)
    }

    fn scan(&self) -> Result<(Token, &'a str), ConditionError> {
        let rest = self.rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return Ok((Token::End, ""));
        };
        if first == '"' {
            let (text, after) = self.quoted(&rest[1..], '"', "a closing quote")?;
            return Ok((Token::Quoted(text), after));
        }
        if first == '`' {
            let (name, after) = self.quoted(&rest[1..], '`', "a closing backtick")?;
            return Ok((Token::Ticked(name), after));
        }
        for sign in ["<=", ">=", "!=", "<>", "==", "<", ">", "=", "(", ")", ","] {
            if let Some(after) = rest.strip_prefix(sign) {
                return Ok((Token::Sign(sign), after));
            }
        }
        let minus = usize::from(first == '-');
        if rest[minus..].starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            let end = rest[minus..]
                .find(|c: char| !is_name_char(c))
                .map_or(rest.len(), |length| length + minus);
            let spelled = &rest[..end];
            if let Ok(number) = spelled.parse::<f64>() {
                let token = match is_name_of_digits(spelled) {
                    true => Token::Digits(number, spelled.to_owned()),
                    false => Token::Number(number),
                };
                return Ok((token, &rest[end..]));
            }
        }
        let end = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.expected("a variable, a value or a sign"));
        }
        Ok((Token::Word(rest[..end].to_owned()), &rest[end..]))
    }

    /// What stands before the closing `mark`; a doubled mark inside is one.
    fn quoted(&self, mut rest: &'a str, mark: char, closing: &str) -> Result<(String, &'a str), ConditionError> {
        let mut text = String::new();
        loop {
            let Some((part, after)) = rest.split_once(mark) else {
                return Err(self.expected(closing));
            };
            text.push_str(part);
            match after.strip_prefix(mark) {
                Some(more) => {
                    text.push(mark);
                    rest = more;
                }
                None => return Ok((text, after)),
            }
        }
    }

    fn takes_word(&mut self, word: &str) -> Result<bool, ConditionError> {
        let found = matches!(self.peek()?, Token::Word(found) if found.eq_ignore_ascii_case(word));
        if found {
            self.next()?;
        }
        Ok(found)
    }

    fn or(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.and()?];
        while self.takes_word("or")? {
            parts.push(self.and()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::Or(parts)
        })
    }

    fn and(&mut self) -> Result<Condition, ConditionError> {
        let mut parts = vec![self.not()?];
        while self.takes_word("and")? {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::And(parts)
        })
    }

    fn not(&mut self) -> Result<Condition, ConditionError> {
        let mut negated = false;
        // A loop, not a recursion: a thousand `not`s must not exhaust the stack.
        while self.takes_word("not")? {
            negated = !negated;
        }
        let condition = self.atom()?;
        Ok(if negated {
            Condition::Not(Box::new(condition))
        } else {
            condition
        })
    }

    fn atom(&mut self) -> Result<Condition, ConditionError> {
        if self.peek()? == Token::Sign("(") {
            if self.text[..self.text.len() - self.rest.len()].matches('(').count() > 100 {
                return Err(self.expected("fewer than a hundred brackets"));
            }
            self.next()?;
            let inner = self.or()?;
            return match self.peek()? {
                Token::Sign(")") => self.next().map(|_| inner),
                _ => Err(self.expected("a closing bracket")),
            };
        }
        let before = self.rest;
        let var = match self.next()? {
            Token::Word(name) | Token::Ticked(name) => VarId(name),
            _ => {
                self.rest = before;
                return Err(self.expected("a variable"));
            }
        };
        if self.takes_word("in")? {
            return Ok(Condition::OneOf {
                var,
                values: self.list()?,
            });
        }
        let before = self.rest;
        let comparison = match self.next()? {
            Token::Sign("=" | "==") => {
                return Ok(Condition::OneOf {
                    var,
                    values: vec![self.value()?],
                });
            }
            Token::Sign("!=" | "<>") => {
                return Ok(Condition::Not(Box::new(Condition::OneOf {
                    var,
                    values: vec![self.value()?],
                })));
            }
            Token::Sign("<") => Comparison::Less,
            Token::Sign("<=") => Comparison::AtMost,
            Token::Sign(">") => Comparison::Greater,
            Token::Sign(">=") => Comparison::AtLeast,
            _ => {
                self.rest = before;
                return Err(self.expected("`=`, `!=`, `<`, `<=`, `>`, `>=` or `in`"));
            }
        };
        let before = self.rest;
        match self.next()? {
            Token::Number(limit) | Token::Digits(limit, _) => Ok(Condition::Compare {
                var,
                comparison,
                limit: Code::Number(limit),
            }),
            _ => {
                self.rest = before;
                Err(self.expected("a number"))
            }
        }
    }

    fn list(&mut self) -> Result<Vec<Code>, ConditionError> {
        if self.peek()? != Token::Sign("(") {
            return Err(self.expected("a list in brackets"));
        }
        self.next()?;
        let mut values = vec![self.value()?];
        loop {
            match self.peek()? {
                Token::Sign(",") => {
                    self.next()?;
                    values.push(self.value()?);
                }
                Token::Sign(")") => {
                    self.next()?;
                    return Ok(values);
                }
                _ => return Err(self.expected("a comma or a closing bracket")),
            }
        }
    }

    fn value(&mut self) -> Result<Code, ConditionError> {
        let before = self.rest;
        match self.next()? {
            Token::Number(number) => Ok(Code::Number(number)),
            Token::Quoted(text) | Token::Word(text) | Token::Digits(_, text) => Ok(Code::Text(text)),
            _ => {
                self.rest = before;
                Err(self.expected("a number or a text in quotes"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trips(text: &str) {
        let condition = Condition::parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(condition.to_string(), text);
    }

    #[test]
    fn a_condition_is_printed_as_it_was_written() {
        for text in [
            "sector in (1, 2) and size >= 50 and not q3 = 9",
            "a = 1 and (b = 2 or c = 3)",
            "not (a = 1 or b = -2.5)",
            "`odd name` = \"a \"\"quoted\"\" label\"",
            "`a tick `` inside` = 1",
            "sch.wide = \"Yes\"",
            "x < 3 or y <= 4 or z > 5",
        ] {
            round_trips(text);
        }
    }

    #[test]
    fn an_unquoted_word_is_a_text_and_not_equal_is_not() {
        assert_eq!(
            Condition::parse("stype != E"),
            Ok(Condition::Not(Box::new(Condition::OneOf {
                var: "stype".into(),
                values: vec!["E".into()]
            })))
        );
    }

    #[test]
    fn a_share_may_name_a_label_of_several_words() {
        assert_eq!(
            Condition::parse_share("q1=Not at all"),
            Ok(Condition::OneOf {
                var: "q1".into(),
                values: vec!["Not at all".into()]
            })
        );
    }

    #[test]
    fn an_error_says_what_was_expected_and_where() {
        for (text, expected, found) in [
            ("sector in 1", "a list in brackets", "1"),
            ("sector = ", "a number or a text in quotes", "the end"),
            ("size >= \"big\"", "a number", "\"big\""),
            ("a = 1 b = 2", "`and`, `or` or the end", "b = 2"),
        ] {
            let error = Condition::parse(text).expect_err("not a condition");
            assert_eq!(
                (error.expected.as_str(), error.found.as_str()),
                (expected, found),
                "{text}"
            );
        }
    }

    #[test]
    fn many_brackets_are_refused_before_the_stack_runs_out() {
        assert!(Condition::parse(&"(".repeat(100_000)).is_err());
        assert!(Condition::parse(&format!("{}a = 1", "not ".repeat(100_001))).is_ok());
    }
}
