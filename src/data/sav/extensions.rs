//! Extension records of an SPSS dictionary in, plain lists out: long names, very long texts, labels of long texts,
//! measurement levels, multiple-response sets. A record that makes no sense gives what it had until there.

use crate::data::bytes::{Bytes, Ended, trimmed};

/// Pairs `NAME=text`, separated by tabs (records 7/13 and 7/14). Zero bytes at the end of a text are dropped.
pub(super) fn pairs<'a>(bytes: Bytes<'a>) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
    bytes.rest().split(|byte| *byte == b'\t').filter_map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        Some((trimmed(&pair[..equals]), trimmed(&pair[equals + 1..])))
    })
}

/// Value labels of a long text variable (record 7/21).
pub(super) struct LongLabels<'a> {
    pub name: &'a [u8],
    pub values: Vec<(&'a [u8], &'a [u8])>,
}

pub(super) fn long_labels(mut bytes: Bytes<'_>) -> Vec<LongLabels<'_>> {
    let mut all = Vec::new();
    while bytes.left() > 0 {
        let mut one = || -> Result<LongLabels<'_>, Ended> {
            let name = counted(&mut bytes)?;
            bytes.i32()?;
            let count = bytes.count()?;
            let mut values = Vec::new();
            for _ in 0..count {
                values.push((counted(&mut bytes)?, counted(&mut bytes)?));
            }
            Ok(LongLabels {
                name: trimmed(name),
                values,
            })
        };
        match one() {
            Ok(labels) => all.push(labels),
            Err(Ended) => break,
        }
    }
    all
}

/// Missing codes of long text variables (record 7/22): name and codes.
pub(super) fn long_missing(mut bytes: Bytes<'_>) -> Vec<(&[u8], Vec<&[u8]>)> {
    let mut all = Vec::new();
    while bytes.left() > 0 {
        let mut one = || -> Result<(_, Vec<_>), Ended> {
            let name = counted(&mut bytes)?;
            let count = bytes.u8()?;
            let length = bytes.count()?;
            let mut codes = Vec::new();
            for _ in 0..count {
                codes.push(trimmed(bytes.take(length)?));
            }
            Ok((trimmed(name), codes))
        };
        match one() {
            Ok(missing) => all.push(missing),
            Err(Ended) => break,
        }
    }
    all
}

fn counted<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], Ended> {
    let length = bytes.count()?;
    bytes.take(length)
}

/// The measurement level of every variable record (record 7/11): 1 nominal, 2 ordinal, 3 scale, else unknown. Two or
/// three numbers belong to a variable; the level comes first.
pub(super) fn levels(mut bytes: Bytes<'_>, columns: usize) -> Vec<i32> {
    let numbers = bytes.left() / 4;
    let step = if numbers == 3 * columns { 3 } else { 2 };
    if numbers != step * columns {
        return Vec::new();
    }
    let mut all = Vec::new();
    while let Ok(level) = bytes.i32() {
        all.push(level);
    }
    all.into_iter().step_by(step).collect()
}

/// A multiple-response set (records 7/7 and 7/19), in the file's words.
#[derive(Debug, PartialEq)]
pub(super) struct Set<'a> {
    pub name: &'a [u8],
    /// The value that counts, for sets of dichotomies.
    pub counted: Option<&'a [u8]>,
    /// The boxes are named by the label of the counted value.
    pub labels_of_counted: bool,
    /// The set is called as its first variable.
    pub label_of_variable: bool,
    pub label: &'a [u8],
    pub variables: Vec<&'a [u8]>,
}

/// The sets of a record, and what begins like a set but is none.
pub(super) fn sets<'a>(bytes: Bytes<'a>) -> (Vec<Set<'a>>, Vec<&'a [u8]>) {
    let (mut sets, mut odd) = (Vec::new(), Vec::new());
    let mut rest = trimmed(bytes.rest());
    while !rest.is_empty() {
        if let [b'\n' | b' ' | 0, after @ ..] = rest {
            rest = after;
            continue;
        }
        match set(rest) {
            Some((found, after)) => {
                sets.push(found);
                rest = after;
            }
            None => {
                let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                let name = rest[..end].iter().position(|byte| *byte == b'=').unwrap_or(end.min(64));
                odd.push(&rest[..name]);
                rest = &rest[end..];
            }
        }
    }
    (sets, odd)
}

/// One set: `$a=C 10 ten letters v1 v2`, `$b=D1 1 5 label v1 v2`, `$c=E 1 1 1 5 label v1 v2`, until the end of the line.
fn set(text: &[u8]) -> Option<(Set<'_>, &[u8])> {
    let equals = text.iter().position(|byte| matches!(byte, b'=' | b'\n'))?;
    let name = &text[..equals];
    let rest = text[equals..].strip_prefix(b"=")?;
    let (kind, mut rest) = rest.split_first()?;
    let mut labels_of_counted = false;
    let mut label_of_variable = false;
    let mut counted = None;
    match kind {
        b'C' => rest = rest.strip_prefix(b" ")?,
        b'D' | b'E' => {
            if *kind == b'E' {
                labels_of_counted = true;
                rest = rest.strip_prefix(b" ")?;
                let end = rest.iter().position(|byte| *byte == b' ')?;
                label_of_variable = &rest[..end] == b"11";
                rest = &rest[end + 1..];
            }
            let (value, after) = counted_text(rest)?;
            counted = Some(value);
            rest = after.strip_prefix(b" ")?;
        }
        _ => return None,
    }
    let (label, after) = counted_text(rest)?;
    let end = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
    let variables = after[..end]
        .split(|byte| *byte == b' ')
        .map(trimmed)
        .filter(|name| !name.is_empty())
        .collect();
    let set = Set {
        name,
        counted,
        labels_of_counted,
        label_of_variable,
        label,
        variables,
    };
    Some((set, &after[end..]))
}

/// `5 hello`: a text that says its length, and what follows.
fn counted_text(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = text.iter().take(10).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&text[..space]).ok()?.parse().ok()?;
    text[space + 1..].split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_set_are_read_as_the_format_is_documented() {
        // The example of the PSPP Developers' Guide.
        let record = b"$a=C 10 my mcgroup a b c\n$b=D2 55 0  g e f d\n$c=D3 Yes 10 mdgroup #2 h i j\n\
            $d=E 1 2 34 13 third mdgroup k l m\n$e=E 11 6 choice 0  n o p\n";
        let (sets, odd) = sets(Bytes::new(record, false));
        assert!(odd.is_empty());
        let said: Vec<_> = sets
            .iter()
            .map(|set| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                (
                    text(set.name),
                    set.counted.map(text),
                    text(set.label),
                    set.variables.iter().map(|name| text(name)).collect::<String>(),
                    (set.labels_of_counted, set.label_of_variable),
                )
            })
            .collect();
        let set = |name: &str, counted: Option<&str>, label: &str, variables: &str, flags| {
            (
                name.to_owned(),
                counted.map(str::to_owned),
                label.to_owned(),
                variables.to_owned(),
                flags,
            )
        };
        assert_eq!(
            said,
            [
                set("$a", None, "my mcgroup", "abc", (false, false)),
                set("$b", Some("55"), "", "gefd", (false, false)),
                set("$c", Some("Yes"), "mdgroup #2", "hij", (false, false)),
                set("$d", Some("34"), "third mdgroup", "klm", (true, false)),
                set("$e", Some("choice"), "", "nop", (true, true)),
            ]
        );
    }

    #[test]
    fn a_set_that_makes_no_sense_is_named_and_the_next_one_read() {
        let (sets, odd) = sets(Bytes::new(b"$a=X 1 b\n$b=C 999999 x y\n$c=C 1 l v\n", false));
        assert_eq!(sets.len(), 1);
        assert_eq!(odd, [b"$a".as_slice(), b"$b"]);
    }
}
