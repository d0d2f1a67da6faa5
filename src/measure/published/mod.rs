//! Percentages that somebody has published in, what cannot be right about them out: without the answers they were
//! computed from, from the numbers alone.

mod bases;
mod possible;
mod sums;

pub(crate) use possible::parse;
pub use possible::{is_possible, least_n};

use std::fmt;

/// Whether answers were weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighting {
    /// Every respondent counts 1.
    Unweighted,
    /// They count differently, so that n does not tell which shares can be.
    Weighted,
    /// The table does not say.
    #[default]
    Unknown,
}

/// What a percentage is to the others of its question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublishedKind {
    /// One answer of a question of which respondents choose one; all of them are in the table.
    Single,
    /// One item of several that respondents may choose together.
    Part,
    /// At least one of the parts; all of them are in the table.
    Union,
    /// The table does not say.
    #[default]
    Unknown,
}

/// A published percentage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// Its line in the file; the heading is the first.
    pub line: usize,
    /// The book.
    pub publication: String,
    /// The figure; several with a slash: "9 / 26".
    pub figure: String,
    /// The question.
    pub question: String,
    /// Among whom, in words.
    pub base: String,
    /// Respondents, unweighted, where they are stated.
    pub n: Option<u64>,
    /// The variable of the breakdown and its group; empty: everybody.
    pub group: (String, String),
    /// The answer.
    pub category: String,
    /// In units of the last decimal: 227 for "22.7".
    pub percent: u64,
    /// Decimals of the percentage.
    pub decimals: u32,
    /// A remark of whoever copied it.
    pub note: String,
    /// Whether it is weighted.
    pub weighting: Weighting,
    /// What it is to the others.
    pub kind: PublishedKind,
}

impl Published {
    /// "22.7"
    pub fn written(&self) -> String {
        written(self.percent, self.decimals)
    }

    fn value(&self) -> f64 {
        self.percent as f64 / 10f64.powi(self.decimals as i32)
    }

    /// The figures it is in.
    fn figures(&self) -> impl Iterator<Item = &str> {
        self.figure.split('/').map(str::trim)
    }

    /// Whether its n is that of its group, not that of all groups together.
    fn n_is_its_own(&self) -> bool {
        let base = self.base.to_lowercase();
        self.group.0.is_empty() || !["within", "total", "inden for"].iter().any(|word| base.contains(word))
    }
}

fn written(percent: u64, decimals: u32) -> String {
    let scale = 10u64.pow(decimals);
    match decimals {
        0 => percent.to_string(),
        _ => format!(
            "{}.{:0width$}",
            percent / scale,
            percent % scale,
            width = decimals as usize
        ),
    }
}

/// What cannot be right.
#[derive(Clone, Debug, PartialEq)]
pub enum SlipKind {
    /// Percentages that no number of n respondents gives.
    Impossible {
        /// The respondents stated.
        n: u64,
        /// The percentages, as written.
        percents: Vec<String>,
        /// The smallest number of respondents that gives all percentages of this base; `None` where none is small.
        least: Option<u64>,
        /// Whether the table says that they are unweighted.
        certain: bool,
    },
    /// Answers of which everybody gives one that do not make 100.
    Sum {
        /// The percentages, as written.
        percents: Vec<String>,
        /// Their sum.
        sum: f64,
        /// How far rounding can take it from 100.
        rounding: f64,
    },
    /// A union below its largest part.
    UnionTooSmall {
        /// The union.
        union: String,
        /// The part.
        part: String,
    },
    /// A union above the sum of its parts.
    UnionTooLarge {
        /// The union.
        union: String,
        /// The sum of its parts and what rounding may add.
        most: f64,
    },
    /// The same number with different values.
    Twice {
        /// The values, as written.
        percents: Vec<String>,
        /// Those that no number of n respondents gives.
        impossible: Vec<String>,
        /// The respondents stated.
        n: Option<u64>,
    },
    /// Bases that seem the same and differ a little.
    Bases {
        /// The numbers of respondents.
        n: Vec<u64>,
    },
    /// A base that states two numbers of respondents.
    TwoSizes {
        /// The numbers.
        n: Vec<u64>,
    },
    /// Groups of a base that do not make its n.
    Groups {
        /// The groups.
        parts: Vec<u64>,
        /// The respondents stated.
        n: u64,
    },
}

impl SlipKind {
    /// A stable name.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Impossible { .. } => "impossible_percentage",
            Self::Sum { .. } => "sum",
            Self::UnionTooSmall { .. } | Self::UnionTooLarge { .. } => "union_out_of_bounds",
            Self::Twice { .. } => "given_twice",
            Self::Bases { .. } => "bases_differ",
            Self::TwoSizes { .. } => "two_sizes",
            Self::Groups { .. } => "groups_of_base",
        }
    }
}

/// Something that cannot be right, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// What.
    pub kind: SlipKind,
    /// The book.
    pub publication: String,
    /// The figures.
    pub figures: Vec<String>,
    /// Lines of the file.
    pub lines: Vec<usize>,
    /// What the numbers are about: the question, category or base.
    pub about: String,
}

impl Slip {
    fn new(kind: SlipKind, rows: &[&Published], about: &str) -> Self {
        let mut figures: Vec<String> = Vec::new();
        for row in rows {
            if !figures.contains(&row.figure) {
                figures.push(row.figure.clone());
            }
        }
        Self {
            kind,
            publication: rows.first().map(|row| row.publication.clone()).unwrap_or_default(),
            figures,
            lines: rows.iter().map(|row| row.line).collect(),
            about: about.to_owned(),
        }
    }
}

impl fmt::Display for SlipKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = |values: &[String]| values.join("%, ") + "%";
        match self {
            Self::Impossible {
                n,
                percents,
                least,
                certain,
            } => {
                let hedge = if *certain {
                    ""
                } else {
                    " (if they are unweighted, which the table does not say)"
                };
                write!(out, "{} cannot be a share of n = {n}{hedge}", all(percents))?;
                match least {
                    Some(least) => write!(
                        out,
                        "; the smallest n that gives all percentages of this base is {least}"
                    ),
                    None => write!(out, "; no n below 1,000 gives all percentages of this base"),
                }
            }
            Self::Sum {
                percents,
                sum,
                rounding,
            } => write!(
                out,
                "{} make {sum}%; everybody gives one of these answers, and rounding explains at most {rounding} points",
                all(percents)
            ),
            Self::UnionTooSmall { union, part } => {
                write!(out, "{union}% chose at least one, but {part}% chose one of the parts")
            }
            Self::UnionTooLarge { union, most } => {
                write!(
                    out,
                    "{union}% chose at least one, but the parts together allow at most {most}%"
                )
            }
            Self::Twice {
                percents,
                impossible,
                n,
            } => {
                write!(out, "the same number is given as {}", all(percents))?;
                match (n, impossible.is_empty()) {
                    (Some(n), false) => write!(out, "; {} cannot be a share of n = {n}", all(impossible)),
                    _ => Ok(()),
                }
            }
            Self::Bases { n } => write!(out, "what seems one base has {} respondents", among(n)),
            Self::TwoSizes { n } => write!(out, "the base is stated with {} respondents", among(n)),
            Self::Groups { parts, n } => {
                let sum: u64 = parts.iter().sum();
                let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
                write!(out, "{} make {sum}, not n = {n}", parts.join(" + "))
            }
        }
    }
}

fn among(n: &[u64]) -> String {
    let n: Vec<String> = n.iter().map(u64::to_string).collect();
    n.join(" and ")
}

/// What was found, and how much could be judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// What cannot be right, in the order of the file.
    pub slips: Vec<Slip>,
    /// Percentages.
    pub percentages: usize,
    /// Those that could be set against their n.
    pub judged: usize,
    /// Those that are weighted: n does not tell which shares can be.
    pub weighted: usize,
    /// Those without an n of their own.
    pub without_n: usize,
}

/// Checks a table of published percentages.
pub fn check(rows: &[Published]) -> Checked {
    let mut checked = Checked {
        percentages: rows.len(),
        ..Checked::default()
    };
    for row in rows {
        match (row.weighting, row.n.filter(|_| row.n_is_its_own())) {
            (Weighting::Weighted, _) => checked.weighted += 1,
            (_, None) => checked.without_n += 1,
            (_, Some(_)) => checked.judged += 1,
        }
    }
    checked.slips.extend(possible::slips(rows));
    checked.slips.extend(possible::twice(rows));
    checked.slips.extend(sums::slips(rows));
    checked.slips.extend(sums::unions(rows));
    checked.slips.extend(bases::slips(rows));
    checked
        .slips
        .sort_by_key(|slip| slip.lines.iter().min().copied().unwrap_or(0));
    checked
}
