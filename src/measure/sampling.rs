//! The choice of design variables in, the sampling design of a data set out.

use std::collections::HashMap;

use super::coding::{Coding, numbers};
use super::query::{DesignChoice, QueryError};
use super::table::TableWarning;
use crate::data::{Code, Column, Dataset, VarId};
use crate::stats::{Design, DesignError, DesignSpec};

/// A sampling design made from the variables of a data set: once for all queries with this choice.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The design.
    pub design: Design,
    /// What should be known about it.
    pub warnings: Vec<TableWarning>,
}

impl DesignChoice {
    /// Makes the design. A respondent without a weight is outside it; one without a stratum is in a stratum of those
    /// without; one without a cluster is a sampling unit alone; a stratum without a population size has no finite
    /// population correction. Each is warned of.
    pub fn prepare(&self, data: &Dataset) -> Result<Prepared, QueryError> {
        let mut warnings = Vec::new();
        let weights = match &self.weight {
            Some(var) => Some(design_numbers(data, var).map_err(|reason| reason.of_weight(var))?),
            None => None,
        };
        let has_weight = |row: usize| weights.as_ref().is_none_or(|weights| !weights[row].is_nan());
        let strata = match self.strata.as_slice() {
            [] => None,
            vars => Some(self.crossed(vars, data, has_weight, &mut warnings)?),
        };
        let clusters = match &self.cluster {
            Some(var) => Some(clusters(var, data, has_weight, &mut warnings)?),
            None => None,
        };
        let population = match &self.population {
            Some(var) => {
                let sizes = design_numbers(data, var).map_err(|reason| reason.of_population(var))?;
                if let Some(row) = sizes.iter().position(|size| *size <= 0.0) {
                    return Err(QueryError::Population {
                        var: var.clone(),
                        reason: format!("row {} has the population size {}", row + 1, sizes[row]),
                    });
                }
                let rows = without_population(&sizes, strata.as_deref(), has_weight);
                if rows > 0 {
                    warnings.push(TableWarning::NoPopulation { var: var.clone(), rows });
                }
                Some(sizes)
            }
            None => None,
        };
        let spec = DesignSpec {
            weights,
            strata,
            population,
            clusters,
            ..DesignSpec::default()
        };
        let design = Design::new(data.rows, spec).map_err(|error| self.explained(&error))?;
        if let Some(var) = &self.weight {
            if design.without_weight() > 0 {
                warnings.insert(
                    0,
                    TableWarning::NoWeight {
                        var: var.clone(),
                        rows: design.without_weight(),
                    },
                );
            }
            if data.rows > 0 && !(0..data.rows).any(|row| design.counts(row)) {
                return Err(QueryError::Weight {
                    var: var.clone(),
                    reason: "nobody has a weight above 0".to_owned(),
                });
            }
        }
        if design.lonely_strata() > 0 {
            warnings.push(TableWarning::LonelyStrata {
                strata: design.lonely_strata(),
            });
        }
        Ok(Prepared { design, warnings })
    }

    /// One number for every combination of strata that occurs.
    fn crossed(
        &self,
        vars: &[VarId],
        data: &Dataset,
        has_weight: impl Fn(usize) -> bool,
        warnings: &mut Vec<TableWarning>,
    ) -> Result<Vec<u32>, QueryError> {
        let mut crossed = vec![0; data.rows];
        for var in vars {
            let places = places(data, var)?;
            let rows = (0..data.rows)
                .filter(|row| places[*row].is_none() && has_weight(*row))
                .count();
            if rows > 0 {
                warnings.push(TableWarning::NoStratum { var: var.clone(), rows });
            }
            let mut numbers: HashMap<(u32, Option<u32>), u32> = HashMap::new();
            for (stratum, place) in crossed.iter_mut().zip(places) {
                let next = numbers.len() as u32;
                *stratum = *numbers.entry((*stratum, place)).or_insert(next);
            }
        }
        Ok(crossed)
    }

    /// The error of a design, said about the variable at fault.
    fn explained(&self, error: &DesignError) -> QueryError {
        let var = |var: &Option<VarId>| var.clone().unwrap_or_else(|| VarId(String::new()));
        match error {
            DesignError::NegativeWeight { .. } | DesignError::InfiniteWeight { .. } => QueryError::Weight {
                var: var(&self.weight),
                reason: error.to_string(),
            },
            DesignError::PopulationTooSmall { .. } | DesignError::PopulationVaries { .. } => QueryError::Population {
                var: var(&self.population),
                reason: error.to_string(),
            },
            DesignError::LonelyStratum { .. } => QueryError::Lonely {
                reason: error.to_string(),
            },
        }
    }
}

/// Why a variable cannot give the numbers of a design.
enum Reason {
    Query(QueryError),
    Text(String),
}

impl Reason {
    fn of_weight(self, var: &VarId) -> QueryError {
        match self {
            Self::Query(error) => error,
            Self::Text(reason) => QueryError::Weight {
                var: var.clone(),
                reason,
            },
        }
    }

    fn of_population(self, var: &VarId) -> QueryError {
        match self {
            Self::Query(error) => error,
            Self::Text(reason) => QueryError::Population {
                var: var.clone(),
                reason,
            },
        }
    }
}

/// The numbers of a weight or population size; names the first row that has a text instead.
fn design_numbers(data: &Dataset, var: &VarId) -> Result<Vec<f64>, Reason> {
    numbers(data, var).map_err(|error| {
        if !matches!(error, QueryError::NotANumber { .. }) {
            return Reason::Query(error);
        }
        let text = data.column(var).ok().and_then(first_text);
        Reason::Text(match text {
            Some((row, text)) => format!("row {row} has the text {text:?}"),
            None => "it is a text".to_owned(),
        })
    })
}

/// The first text of a column, with its one-based row.
fn first_text(column: &Column) -> Option<(usize, String)> {
    (0..column.len()).find_map(|row| match column.code(row) {
        Some(Code::Text(text)) => Some((row + 1, text)),
        _ => None,
    })
}

/// Which answer each respondent gave to a design variable; `None` where it is missing.
fn places(data: &Dataset, var: &VarId) -> Result<Vec<Option<u32>>, QueryError> {
    let coding = Coding::of(data, var)?;
    Ok(coding.map(|place, entry| entry.kind.is_valid().then_some(place as u32), None))
}

fn clusters(
    var: &VarId,
    data: &Dataset,
    has_weight: impl Fn(usize) -> bool,
    warnings: &mut Vec<TableWarning>,
) -> Result<Vec<u32>, QueryError> {
    let places = places(data, var)?;
    let rows = (0..data.rows)
        .filter(|row| places[*row].is_none() && has_weight(*row))
        .count();
    if rows > 0 {
        warnings.push(TableWarning::NoCluster { var: var.clone(), rows });
    }
    // Numbers from the top down belong to nobody else: there are fewer answers than rows.
    Ok(places
        .iter()
        .enumerate()
        .map(|(row, place)| place.unwrap_or(u32::MAX - row as u32))
        .collect())
}

/// How many respondents are in strata where nobody has a population size.
fn without_population(sizes: &[f64], strata: Option<&[u32]>, has_weight: impl Fn(usize) -> bool) -> usize {
    let mut of_stratum: HashMap<u32, (usize, bool)> = HashMap::new();
    for (row, size) in sizes.iter().enumerate().filter(|(row, _)| has_weight(*row)) {
        let (rows, known) = of_stratum.entry(strata.map_or(0, |strata| strata[row])).or_default();
        *rows += 1;
        *known |= !size.is_nan();
    }
    of_stratum
        .values()
        .filter(|(_, known)| !known)
        .map(|(rows, _)| rows)
        .sum()
}
