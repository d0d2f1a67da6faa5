//! The cells of a table in, tests and differences between its groups or its rows out.

use super::cells::{Made, Making, occupied};
use super::choice::Pairs;
use super::lanes::{Answers, Lane, OUT};
use super::table::{RowKind, Side, TableContrast, TableGroup, TableItem, TableTest};
use crate::data::{Code, Text};
use crate::stats::contrast::{letters, log_ratios};
use crate::stats::{Contrast, Linear, Matrix, Quantity, RatioEstimate, Tally, Test, association};

/// The most cells of a table that is tested: the covariance of its cells has the square of that.
pub(super) const MOST_TESTED: usize = 400;

/// A difference before its p-value is adjusted.
struct Found {
    a: Side,
    b: Side,
    contrast: Contrast,
    ratios: [Option<RatioEstimate>; 2],
}

impl Making<'_> {
    fn group_side(&self, group: usize) -> Side {
        let TableGroup { key, label, .. } = &self.grouping.keys[group];
        Side {
            id: key
                .as_ref()
                .map_or_else(|| Code::Text(String::new()), |(_, code)| code.clone()),
            label: label.clone(),
        }
    }

    /// Adds the differences of one family to `made`.
    fn family(&self, item: Option<usize>, found: Vec<Found>, made: &mut Made) {
        let p: Vec<f64> = found.iter().map(|found| found.contrast.p).collect();
        let adjusted = self.query.compare.adjust.apply(&p);
        let contrasts = found.into_iter().zip(adjusted).map(|(found, p_adjusted)| {
            let [risk_ratio, odds_ratio] = found.ratios;
            TableContrast {
                item,
                by: None,
                a: found.a,
                b: found.b,
                contrast: found.contrast,
                p_adjusted,
                risk_ratio,
                odds_ratio,
            }
        });
        made.comparisons.contrasts.extend(contrasts);
    }

    /// Letters of the groups that each group of a row lies significantly above.
    fn letters(&self, item: usize, made: &mut Made) {
        let groups = self.groups();
        let values: Vec<f64> = made.cells[item * groups..][..groups]
            .iter()
            .map(|cell| cell.estimate.value)
            .collect();
        let mut p = vec![f64::NAN; groups * groups];
        let place = |side: &Side| (0..groups).find(|group| self.group_side(*group).id == side.id);
        for contrast in made.comparisons.contrasts.iter().filter(|c| c.item == Some(item)) {
            if let (Some(a), Some(b)) = (place(&contrast.a), place(&contrast.b)) {
                p[a * groups + b] = contrast.p_adjusted;
            }
        }
        let letters = letters(&values, |a, b| p[a * groups + b]);
        made.comparisons.letters.resize(item * groups, String::new());
        made.comparisons.letters.extend(letters);
    }

    fn rest() -> Side {
        Side {
            id: Code::Text("rest".to_owned()),
            label: Text::default(),
        }
    }
}

/// Every pair of a list, the earlier one first.
fn pairs(of: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    of.iter()
        .enumerate()
        .flat_map(|(i, a)| of[i + 1..].iter().map(move |b| (*a, *b)))
}

/// Compares the groups in rows of shares. `first` is the place of the first of `rows` in the table; the class `c` of group
/// `g` is the cell `g * width + c` of `tally`.
pub(super) fn shares(
    making: &Making<'_>,
    tally: &Tally<'_>,
    width: usize,
    rows: &[(TableItem, u16)],
    first: usize,
    made: &mut Made,
) {
    let compare = &making.query.compare;
    let groups = making.groups();
    if making.query.by.is_none() || groups < 2 {
        return;
    }
    let class = |group: usize, class: usize| group * width + class;
    let all_of = |group: usize| -> Vec<usize> { (0..width).map(|c| class(group, c)).collect() };
    if compare.test {
        if groups * width > MOST_TESTED {
            made.untested = true;
        } else {
            let cells: Vec<Vec<usize>> = (0..width)
                .map(|c| (0..groups).map(|group| class(group, c)).collect())
                .collect();
            let (id, label) = tested(rows);
            let tests = association::tests(tally, &cells).into_iter().map(|test| TableTest {
                id: id.clone(),
                label: label.clone(),
                by: None,
                test,
            });
            made.comparisons.tests.extend(tests);
        }
    }
    let Some(which) = compare.pairs else { return };
    for (place, (_, counted)) in rows.iter().enumerate() {
        let item = first + place;
        let counted = usize::from(*counted);
        let there = occupied(&made.cells[item * groups..][..groups]);
        let found: Vec<Found> = match which {
            Pairs::All => {
                let shares: Vec<Quantity> = (0..groups)
                    .map(|group| tally.share(&[class(group, counted)], &all_of(group)))
                    .collect();
                pairs(&there)
                    .map(|(a, b)| {
                        let df = tally.degrees_of_freedom(&[all_of(a), all_of(b)].concat());
                        difference(making, tally, (&shares[a], &shares[b]), df)
                            .between(making.group_side(a), making.group_side(b))
                    })
                    .collect()
            }
            Pairs::Rest if there.len() < 2 => Vec::new(),
            Pairs::Rest => {
                let everybody: Vec<usize> = (0..groups * width).collect();
                let df = tally.degrees_of_freedom(&everybody);
                there
                    .iter()
                    .map(|&a| {
                        let others = || (0..groups).filter(|group| *group != a);
                        let chosen: Vec<usize> = others().map(|group| class(group, counted)).collect();
                        let among: Vec<usize> = others().flat_map(all_of).collect();
                        let own = tally.share(&[class(a, counted)], &all_of(a));
                        let rest = tally.share(&chosen, &among);
                        difference(making, tally, (&own, &rest), df).between(making.group_side(a), Making::rest())
                    })
                    .collect()
            }
        };
        making.family(Some(item), found, made);
        if which == Pairs::All {
            making.letters(item, made);
        }
    }
}

/// What a test of these rows is about: the item, or the variable that all of them are answers to.
fn tested(rows: &[(TableItem, u16)]) -> (String, Text) {
    match rows {
        [(item, _)] => (item.id.clone(), item.label.clone()),
        [(item, _), ..] => match &item.var {
            // A statement of a battery has its label beside its answers; a single-choice question has none.
            Some(var) if !item.answer.is_empty() => (var.0.clone(), item.label.clone()),
            Some(var) => (var.0.clone(), Text::default()),
            None => (String::new(), Text::default()),
        },
        [] => (String::new(), Text::default()),
    }
}

/// A difference of two shares with its ratios.
struct Difference {
    contrast: Contrast,
    ratios: [Option<RatioEstimate>; 2],
}

impl Difference {
    fn between(self, a: Side, b: Side) -> Found {
        Found {
            a,
            b,
            contrast: self.contrast,
            ratios: self.ratios,
        }
    }
}

fn difference(making: &Making<'_>, tally: &Tally<'_>, shares: (&Quantity, &Quantity), df: f64) -> Difference {
    let (contrast, ratios) = share_difference(tally, shares, df, making.level);
    Difference { contrast, ratios }
}

/// The difference of two shares of a tally with its test, the risk ratio and the odds ratio.
pub(super) fn share_difference(
    tally: &Tally<'_>,
    (a, b): (&Quantity, &Quantity),
    df: f64,
    level: f64,
) -> (Contrast, [Option<RatioEstimate>; 2]) {
    let covariance = tally.covariance(&[a.clone(), b.clone()]);
    let contrast = Contrast::of(&[a.value, b.value], &covariance, (0, 1), df);
    let ratios = match log_ratios(a, b) {
        None => [None, None],
        Some(logs) => {
            let covariance = tally.covariance(&logs);
            [0, 1].map(|i| {
                let value = logs[i].value.exp();
                Some(RatioEstimate::new(value, covariance[(i, i)], df, level))
            })
        }
    };
    (contrast, ratios)
}

/// Compares the groups in a row of means, totals or ratios, which is the last one of `made`.
pub(super) fn linear(making: &Making<'_>, lane: &Lane, linear: &Linear<'_>, item: &TableItem, made: &mut Made) {
    let compare = &making.query.compare;
    let groups = making.groups();
    if !compare.is_asked() || making.query.by.is_none() || groups < 2 {
        return;
    }
    let place = made.items.len() - 1;
    let there = occupied(&made.cells[place * groups..][..groups]);
    if there.len() < 2 {
        return;
    }
    let values: Vec<f64> = linear.estimates.iter().map(|estimate| estimate.value).collect();
    let covariance = linear.covariance();
    if compare.test {
        // All differences from the first group.
        let k = there.len() - 1;
        let differences: Vec<f64> = there[1..].iter().map(|g| values[*g] - values[there[0]]).collect();
        let of = |a: usize, b: usize| covariance[(there[a], there[b])];
        let between = Matrix::of(k, k, |a, b| of(a + 1, b + 1) - of(a + 1, 0) - of(0, b + 1) + of(0, 0));
        made.comparisons.tests.push(TableTest {
            id: item.id.clone(),
            label: item.label.clone(),
            by: None,
            test: Test::of_differences(&differences, &between, linear.degrees_of_freedom(&there)),
        });
    }
    match compare.pairs {
        None => {}
        Some(Pairs::All) => {
            let found = pairs(&there).map(|(a, b)| Found {
                a: making.group_side(a),
                b: making.group_side(b),
                contrast: Contrast::of(&values, &covariance, (a, b), linear.degrees_of_freedom(&[a, b])),
                ratios: [None, None],
            });
            making.family(Some(place), found.collect(), made);
            making.letters(place, made);
        }
        Some(Pairs::Rest) => {
            let found = there.iter().map(|&group| {
                let domain_of = |row: usize| {
                    let own = making.grouping.of_row(row).filter(|_| lane.has(row))?;
                    Some(usize::from(own != group))
                };
                let both = making.linear(lane, 2, &domain_of);
                let values = [both.estimates[0].value, both.estimates[1].value];
                let df = both.degrees_of_freedom(&[0, 1]);
                Found {
                    a: making.group_side(group),
                    b: Making::rest(),
                    contrast: Contrast::of(&values, &both.covariance(), (0, 1), df),
                    ratios: [None, None],
                }
            });
            making.family(Some(place), found.collect(), made);
        }
    }
}

/// Compares the rows of a table without a breakdown: what the same respondents said, with its covariance. Answers to
/// statements of a battery are compared with the same answer to other statements.
pub(super) fn items(making: &Making<'_>, lanes: &[Lane], made: &mut Made) {
    struct Row<'a> {
        item: &'a TableItem,
        classes: &'a [u16],
        counted: u16,
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for lane in lanes {
        if let Answers::Shares { classes, rows: of, .. } = &lane.answers {
            rows.extend(
                of.iter()
                    .filter(|(item, _)| item.kind == RowKind::Answer)
                    .map(|(item, counted)| Row {
                        item,
                        classes,
                        counted: *counted,
                    }),
            );
        }
    }
    let side = |row: &Row<'_>| Side {
        id: Code::Text(row.item.id.clone()),
        label: match row.item.answer.is_empty() {
            true => row.item.label.clone(),
            false => super::boxes::in_each_language(|language| {
                format!("{}: {}", row.item.label.get(language), row.item.answer.get(language))
            }),
        },
    };
    let mut found = Vec::new();
    for (i, a) in rows.iter().enumerate() {
        for b in &rows[i + 1..] {
            // Not in the base, not chosen, chosen: for each of the two.
            let state = |row: &Row<'_>, of: usize| match row.classes[of] {
                OUT => 0,
                class => 1 + usize::from(class == row.counted),
            };
            let battery = !a.item.answer.is_empty();
            if battery && a.item.code != b.item.code {
                continue;
            }
            let tally = making.design.tally(9, |row| {
                making.grouping.of_row(row)?;
                Some(state(a, row) * 3 + state(b, row))
            });
            let first = tally.share(&[6, 7, 8], &[3, 4, 5, 6, 7, 8]);
            let second = tally.share(&[2, 5, 8], &[1, 2, 4, 5, 7, 8]);
            let df = tally.degrees_of_freedom(&[1, 2, 3, 4, 5, 6, 7, 8]);
            if first.value.is_nan() || second.value.is_nan() {
                continue;
            }
            found.push(difference(making, &tally, (&first, &second), df).between(side(a), side(b)));
        }
    }
    making.family(None, found, made);
}
