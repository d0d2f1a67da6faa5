//! The choice of design variables in, the sampling design of a data set out.

use std::collections::HashMap;

use super::boxes::in_each_language;
use super::choice::{DesignChoice, MarginChoice, ReplicateChoice};
use super::coding::{Coding, numbers};
use super::query::QueryError;
use super::table::TableWarning;
use crate::data::{Code, Column, Dataset, Text, VarId};
use crate::filter::code_text;
use crate::stats::{CalibrationError, Design, DesignError, DesignSpec, Margin, ReplicateSpec};

/// How many lonely strata are named.
const STRATA_NAMED: usize = 5;

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
        // Several files are several samples, whatever their strata are called.
        let mut strata: Vec<VarId> = data.combined.iter().map(|combined| combined.by.clone()).collect();
        strata.extend(
            self.strata
                .iter()
                .filter(|var| !strata.contains(var))
                .cloned()
                .collect::<Vec<_>>(),
        );
        let strata = match strata.as_slice() {
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
            lonely: self.lonely,
            margins: self
                .margins
                .iter()
                .map(|margin| margin.of(data))
                .collect::<Result<_, _>>()?,
            trim: self.trim.as_deref().map(limits).transpose()?,
            replicates: self.replicates.as_ref().map(|choice| choice.of(data)).transpose()?,
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
        // One respondent in all is no stratum: the missing interval says it.
        if design.lonely_strata() > 0 && design.replicates() == 0 && !self.strata.is_empty() {
            let rows = design.lonely_rows();
            let names = rows.iter().take(STRATA_NAMED).map(|row| self.stratum_name(data, *row));
            warnings.push(TableWarning::LonelyStrata {
                strata: rows.len(),
                lonely: self.lonely,
                names: names.collect::<Result<_, _>>()?,
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
            let rows = without(&places, var, data, &has_weight);
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

    /// The stratum of a row, by the labels of the strata variables.
    fn stratum_name(&self, data: &Dataset, row: usize) -> Result<Text, QueryError> {
        let mut labels = Vec::new();
        for var in &self.strata {
            let variable = data.variable(var)?;
            labels.push(match data.column(var)?.code(row) {
                Some(code) => match code_text(variable, &code) {
                    label if label.is_empty() => Text::plain(code.to_string()),
                    label => label,
                },
                None => Text::plain("–"),
            });
        }
        Ok(in_each_language(|language| {
            let labels: Vec<&str> = labels.iter().map(|label| label.get(language)).collect();
            labels.join(" × ")
        }))
    }

    /// Why weights cannot be calibrated, with the names of the cell's variables and codes.
    fn in_words(&self, error: &CalibrationError) -> String {
        let names = |margin: usize| {
            let vars: Vec<&str> = self.margins[margin - 1].vars.iter().map(|var| var.0.as_str()).collect();
            vars.join(" × ")
        };
        match error {
            CalibrationError::NoCell { row, margin } => {
                format!("row {row} is in none of the cells of {}", names(*margin))
            }
            CalibrationError::EmptyCell {
                cell,
                margin,
                population,
                weighted,
            } => {
                let codes: Vec<String> = self.margins[margin - 1].cells[cell - 1]
                    .0
                    .iter()
                    .map(Code::to_string)
                    .collect();
                format!(
                    "{} {} has {population} in the population and {weighted} in the sample",
                    names(*margin),
                    codes.join(" × ")
                )
            }
            CalibrationError::Unsettled => error.to_string(),
        }
    }

    /// The error of a design, said about the variable at fault.
    fn explained(&self, error: &DesignError) -> QueryError {
        let var = |var: &Option<VarId>| var.clone().unwrap_or_else(|| VarId(String::new()));
        match error {
            DesignError::NegativeWeight { .. } | DesignError::InfiniteWeight { .. } => QueryError::Weight {
                var: var(&self.weight),
                reason: error.to_string(),
            },
            DesignError::PopulationTooSmall { .. }
            | DesignError::PopulationVaries { .. }
            | DesignError::PopulationMixed { .. } => QueryError::Population {
                var: var(&self.population),
                reason: error.to_string(),
            },
            DesignError::Calibration(reason) => QueryError::Margins {
                reason: self.in_words(reason),
            },
            DesignError::ReplicateWeight { .. } | DesignError::Replicates { .. } => QueryError::Replicates {
                prefix: self
                    .replicates
                    .as_ref()
                    .map(|choice| choice.prefix.clone())
                    .unwrap_or_default(),
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

/// How many respondents should be in a stratum or cluster and are in none. Files without strata are whole, not without.
fn without(places: &[Option<u32>], var: &VarId, data: &Dataset, has_weight: impl Fn(usize) -> bool) -> usize {
    let mut lacks: Vec<bool> = places.iter().map(Option::is_none).collect();
    if let Some(combined) = &data.combined {
        for part in combined.parts.iter().filter(|part| part.not_asked.contains(var)) {
            lacks[part.rows.clone()].fill(false);
        }
    }
    (0..data.rows).filter(|row| lacks[*row] && has_weight(*row)).count()
}

fn clusters(
    var: &VarId,
    data: &Dataset,
    has_weight: impl Fn(usize) -> bool,
    warnings: &mut Vec<TableWarning>,
) -> Result<Vec<u32>, QueryError> {
    let places = places(data, var)?;
    let rows = without(&places, var, data, &has_weight);
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

/// The limits of weights.
fn limits((low, high): &(Code, Code)) -> Result<(f64, f64), QueryError> {
    match (low.number(), high.number()) {
        (Some(low), Some(high)) if 0.0 <= low && low < high => Ok((low, high)),
        _ => Err(QueryError::Trim {
            low: low.clone(),
            high: high.clone(),
        }),
    }
}

impl MarginChoice {
    /// The cell of each respondent and the counts of the population.
    fn of(&self, data: &Dataset) -> Result<Margin, QueryError> {
        let failed = |reason: String| QueryError::Margins { reason };
        let names: Vec<&str> = self.vars.iter().map(|var| var.0.as_str()).collect();
        let mut numbers: HashMap<Vec<usize>, u32> = HashMap::new();
        let codings = self
            .vars
            .iter()
            .map(|var| Coding::of(data, var))
            .collect::<Result<Vec<_>, _>>()?;
        let mut population = Vec::new();
        for (codes, count) in &self.cells {
            let Some(count) = count.number().filter(|count| *count >= 0.0) else {
                return Err(failed(format!("{count} is not a count of the population")));
            };
            let mut places = Vec::new();
            for (coding, code) in codings.iter().zip(codes) {
                let labelled =
                    |text: &Text| matches!(code, Code::Text(name) if text.0.values().any(|label| label == name));
                let found = coding.entries.iter().position(|entry| entry.code == *code);
                let place = found.or_else(|| coding.entries.iter().position(|entry| labelled(&entry.label)));
                match place {
                    Some(place) => places.push(place),
                    None => return Err(failed(format!("{} has no value {code}", names.join(" × ")))),
                }
            }
            if places.len() != self.vars.len() || numbers.insert(places, population.len() as u32).is_some() {
                return Err(failed(format!(
                    "{} has a cell twice, or one that is not whole",
                    names.join(" × ")
                )));
            }
            population.push(count);
        }
        let places: Vec<Vec<Option<usize>>> = codings
            .iter()
            .map(|coding| coding.map(|place, _| Some(place), None))
            .collect();
        let cell = |row: usize| {
            let places: Option<Vec<usize>> = places.iter().map(|places| places[row]).collect();
            numbers.get(&places?).copied()
        };
        Ok(Margin {
            cells: (0..data.rows).map(cell).collect(),
            population,
        })
    }
}

impl ReplicateChoice {
    /// The weights in the variables called the prefix and a number, in the order of that number.
    fn of(&self, data: &Dataset) -> Result<ReplicateSpec, QueryError> {
        let failed = |reason: String| QueryError::Replicates {
            prefix: self.prefix.clone(),
            reason,
        };
        let number_of = |name: &str| name.strip_prefix(&self.prefix)?.parse::<u64>().ok();
        let mut named: Vec<(u64, &VarId)> = data
            .codebook
            .variables
            .iter()
            .filter_map(|variable| Some((number_of(&variable.name.0)?, &variable.name)))
            .collect();
        named.sort();
        if named.len() < 2 {
            return Err(failed(format!(
                "the file has {} variables of that name and a number",
                named.len()
            )));
        }
        let number = |code: &Code, what: &str| {
            let number = code.number().filter(|number| number.is_finite() && *number >= 0.0);
            number.ok_or_else(|| failed(format!("{code} is no {what}")))
        };
        let rho = match &self.rho {
            None => 0.0,
            Some(rho) => number(rho, "ρ of Fay's method").and_then(|rho| match rho < 1.0 {
                true => Ok(rho),
                false => Err(failed(format!("ρ of Fay's method is {rho}, but must be below 1"))),
            })?,
        };
        let constants = self
            .constants
            .iter()
            .map(|constant| number(constant, "constant of a replicate"))
            .collect::<Result<Vec<f64>, _>>()?;
        Ok(ReplicateSpec {
            weights: named
                .iter()
                .map(|(_, var)| numbers(data, var))
                .collect::<Result<_, _>>()?,
            kind: self.kind,
            rho,
            scale: self.scale.as_ref().map(|scale| number(scale, "scale")).transpose()?,
            constants: (!constants.is_empty()).then_some(constants),
        })
    }
}
