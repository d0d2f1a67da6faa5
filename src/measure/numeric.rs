//! Numeric variables and a data set in, [`Lane`]s out: means, totals, ratios and quantiles.

use super::boxes::{in_each_language, worded};
use super::coding::numbers;
use super::lanes::{Answers, Lane, OUT, of_condition, table_item};
use super::query::QueryError;
use super::table::{RowKind, TableItem};
use crate::data::{Condition, Dataset, DontKnow, Item, VarId};
use crate::words;

/// The lane of a mean.
pub(super) fn mean(item: &Item, data: &Dataset, scope: &[bool]) -> Result<Lane, QueryError> {
    let values = numbers_inside(&item.var, data, scope)?;
    let item = table_item(item, RowKind::Answer, None, data)?;
    Ok(Lane {
        answers: Answers::Mean { values, item },
    })
}

/// The lane of a total.
pub(super) fn total(item: &Item, data: &Dataset, scope: &[bool]) -> Result<Lane, QueryError> {
    let values = numbers_inside(&item.var, data, scope)?;
    let item = table_item(item, RowKind::Answer, None, data)?;
    Ok(Lane {
        answers: Answers::Total { values, item },
    })
}

/// The lane of the number for whom a condition holds.
pub(super) fn count(
    condition: &Condition,
    dont_know: DontKnow,
    data: &Dataset,
    scope: &[bool],
) -> Result<Lane, QueryError> {
    let Answers::Shares { classes, mut rows, .. } = of_condition(condition, dont_know, data, scope)?.answers else {
        return Ok(Lane {
            answers: Answers::Shares {
                classes: Vec::new(),
                width: 0,
                rows: Vec::new(),
            },
        });
    };
    let (item, counted) = rows.swap_remove(0);
    let values = classes.iter().map(|class| match *class {
        OUT => f64::NAN,
        class => f64::from(u8::from(class == counted)),
    });
    Ok(Lane {
        answers: Answers::Total {
            values: values.collect(),
            item,
        },
    })
}

/// The lane of a ratio of totals, over those who have both numbers.
pub(super) fn ratio(above: &Item, below: &Item, data: &Dataset, scope: &[bool]) -> Result<Lane, QueryError> {
    let (mut tops, bottoms) = (
        numbers_inside(&above.var, data, scope)?,
        numbers_inside(&below.var, data, scope)?,
    );
    for (top, bottom) in tops.iter_mut().zip(&bottoms) {
        if bottom.is_nan() {
            *top = f64::NAN;
        }
    }
    let (top, bottom) = (
        table_item(above, RowKind::Answer, None, data)?,
        table_item(below, RowKind::Answer, None, data)?,
    );
    let item = TableItem {
        id: format!("{}/{}", top.id, bottom.id),
        label: worded("row-ratio", &[("above", &top.label), ("below", &bottom.label)]),
        var: None,
        ..top
    };
    Ok(Lane {
        answers: Answers::Ratio {
            above: tops,
            below: bottoms,
            item,
        },
    })
}

/// The lane of quantiles.
pub(super) fn quantiles(item: &Item, at: &[f64], data: &Dataset, scope: &[bool]) -> Result<Lane, QueryError> {
    let values = numbers_inside(&item.var, data, scope)?;
    let row = table_item(item, RowKind::Answer, None, data)?;
    let rows = at.iter().map(|&p| {
        let label = match p == 0.5 {
            true => worded("row-median", &[]),
            false => {
                let percent = |language| {
                    let decimals = usize::from((p * 100.0).fract().abs() > 1e-9);
                    words::text(
                        language,
                        "row-quantile",
                        &[("percent", &words::decimal(language, p * 100.0, decimals))],
                    )
                };
                in_each_language(percent)
            }
        };
        let row = TableItem {
            id: p.to_string(),
            label,
            ..row.clone()
        };
        (row, p)
    });
    Ok(Lane {
        answers: Answers::Quantiles {
            rows: rows.collect(),
            values,
        },
    })
}

fn numbers_inside(var: &VarId, data: &Dataset, scope: &[bool]) -> Result<Vec<f64>, QueryError> {
    let mut values = numbers(data, var)?;
    for (value, inside) in values.iter_mut().zip(scope) {
        if !inside {
            *value = f64::NAN;
        }
    }
    Ok(values)
}
