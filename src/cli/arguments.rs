//! Arguments in, a query out.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Trouble;
use crate::data::{Code, Condition, Dataset, QuestionId, VarId};
use crate::measure::{BoxView, Compare, DesignChoice, MarginChoice, Measure, Pairs, Query, ReplicateChoice};
use crate::stats::{Adjust, Interval, Lonely, ReplicateKind};

/// What is measured.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct Asked {
    /// The shares of a question (or of a variable that no question names).
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// The share with this answer: a code or a quoted label.
    #[arg(long, value_name = "VAR=VALUE")]
    share: Option<String>,
    /// The mean of a numeric variable.
    #[arg(long, value_name = "VAR")]
    mean: Option<String>,
    /// The total of a numeric variable over the population, or the number with an answer.
    #[arg(long, value_name = "VAR|VAR=VALUE")]
    total: Option<String>,
    /// The total of one variable ÷ that of another.
    #[arg(long, value_name = "VAR/VAR")]
    ratio: Option<String>,
    /// Quantiles of a numeric variable; the median if no shares are given.
    #[arg(long, value_name = "VAR[=SHARE,…]")]
    quantile: Option<String>,
    /// For every actor, the share with an item about it in any of these questions (initiated, promoted, collaborated).
    #[arg(long, value_name = "ID[,ID…]")]
    role: Option<String>,
    /// A battery by its poles (hindered and promoted, disagree and agree), with their net.
    #[arg(long, value_name = "ID")]
    poles: Option<String>,
    /// How often this holds among those with each box of a question (--of), against those with none or without it.
    #[arg(long, value_name = "VAR=VALUE")]
    pub effect: Option<String>,
    /// How many of each category of a variable are in the population, were sampled and answered.
    #[arg(long, value_name = "VAR")]
    response: Option<String>,
}

/// What is said of the boxes of a multiple-response question.
#[derive(Args, Debug)]
pub(super) struct BoxArguments {
    /// With --question: what is said of the boxes of a multiple-response question, instead of the share with each.
    #[arg(long, value_enum, value_name = "VIEW", requires = "question")]
    boxes: Option<BoxesName>,
    /// The box that `constellation` and `conditional` are about.
    #[arg(long, value_name = "VAR", requires = "boxes")]
    item: Option<String>,
    /// The groups that the codebook puts the boxes into instead of the boxes: one is chosen when a box of it is.
    #[arg(long, requires = "boxes")]
    groups: bool,
    /// With --role: only this actor, with its part in each of the questions.
    #[arg(long, value_name = "ACTOR", requires = "role")]
    profile: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BoxesName {
    /// The share with at least one box.
    Any,
    /// The share with no box.
    None,
    /// The mean number of boxes.
    Count,
    /// The shares with no box, one, two, …
    Counts,
    /// For each box the share with it and no other.
    Alone,
    /// For each box the share with it and at least one other.
    WithOthers,
    /// Among those with the box --item: alone, with others, with each other box.
    Constellation,
    /// For each pair the share with both.
    Joint,
    /// Among those with one box, the share with another; --item sets the first.
    Conditional,
    /// For each pair, the share with both ÷ the product of their shares.
    Lift,
    /// The shares with exactly these boxes and no others.
    Combinations,
    /// The shares with at least these boxes, for the same sets.
    AtLeast,
    /// One box, and which; several, and how many.
    Composition,
    /// For each pair the share with both, among those with one the share with the other, lift and test.
    Network,
}

/// Among whom, broken down by what.
#[derive(Args, Debug)]
pub(super) struct Among {
    /// Break down by this variable; `role:ACTOR` by whether an actor plays a role.
    #[arg(long, value_name = "VAR")]
    pub by: Option<String>,
    /// Only respondents for whom this condition holds.
    #[arg(long = "where", value_name = "EXPR")]
    pub filter: Option<String>,
}

/// What is compared.
#[derive(Args, Debug)]
pub(super) struct CompareArguments {
    /// Test that the groups of the breakdown do not differ: Rao–Scott, Wald, and for comparison with publications
    /// Pearson and likelihood.
    #[arg(long)]
    test: bool,
    /// Differences: of every pair of groups (without --by: of items, answered by the same respondents), or of each
    /// group from the rest.
    #[arg(long, value_enum, value_name = "all|rest", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    pairs: Option<PairsName>,
    /// How the p-values of differences are adjusted for their number.
    #[arg(long, value_enum, default_value_t = AdjustName::Holm)]
    adjust: AdjustName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PairsName {
    All,
    Rest,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AdjustName {
    Holm,
    Bonferroni,
    Bh,
    None,
}

/// The design, where it is not what the codebook says; `none` leaves a part out.
#[derive(Args, Debug)]
pub(super) struct DesignArguments {
    /// Sampling weight.
    #[arg(long, value_name = "VAR|none")]
    weight: Option<String>,
    /// Strata; several are crossed.
    #[arg(long, value_name = "VAR[,VAR…]|none")]
    strata: Option<String>,
    /// Population size of the stratum, or the fraction of it that was sampled.
    #[arg(long, value_name = "VAR|none")]
    population: Option<String>,
    /// Primary sampling unit.
    #[arg(long, value_name = "VAR|none")]
    cluster: Option<String>,
    /// What is done with strata that have one sampling unit [default: adjust].
    #[arg(long, value_enum)]
    lonely: Option<LonelyName>,
    /// Replicate weights: variables called PREFIX and a number. Errors come from them.
    #[arg(long, value_name = "PREFIX", requires = "replicate_type")]
    replicates: Option<String>,
    /// How the replicate weights were made.
    #[arg(long, value_enum, ignore_case = true, value_name = "TYPE", requires = "replicates")]
    replicate_type: Option<ReplicateName>,
    /// Fay's ρ.
    #[arg(
        long,
        value_name = "NUMBER",
        requires = "replicates",
        required_if_eq("replicate_type", "fay")
    )]
    rho: Option<f64>,
    /// The factor of the replicates' variance, where it is not that of their type.
    #[arg(long, value_name = "NUMBER", requires = "replicates")]
    replicate_scale: Option<f64>,
    /// A constant for each replicate, where they are not those of their type.
    #[arg(long, value_name = "NUMBER,…", value_delimiter = ',', requires = "replicates")]
    replicate_constants: Vec<f64>,
    /// A table (.csv) of population counts that the weights are calibrated to: columns named as variables with their
    /// codes or labels, the last column the count. One table post-stratifies, several are raked.
    #[arg(id = "calibrate", long = "calibrate", value_name = "FILE")]
    margins: Vec<PathBuf>,
    /// Cut the weights, after calibration, to lie within these limits.
    #[arg(long, value_name = "LOW,HIGH", num_args = 1, value_delimiter = ',')]
    trim: Vec<f64>,
    /// Confidence level [default: 0.95].
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    level: Option<f64>,
    /// How intervals of shares are made [default: logit].
    #[arg(long, value_enum)]
    interval: Option<IntervalName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LonelyName {
    /// The total counts as a deviation from 0, as R's "adjust".
    Adjust,
    /// As a deviation from the mean of all sampling units.
    #[value(alias = "center")]
    Centre,
    /// As much as the other strata on average, as R's "average".
    Average,
    /// Not at all.
    Remove,
    /// It is an error.
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReplicateName {
    Brr,
    Fay,
    Jk1,
    Jkn,
    Bootstrap,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum IntervalName {
    Logit,
    Beta,
    Wilson,
    Arcsine,
    Wald,
}

fn level(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(level) if 0.0 < level && level < 1.0 => Ok(level),
        _ => Err("a level between 0 and 1 is needed, such as 0.95".to_owned()),
    }
}

impl Asked {
    /// What is measured.
    pub fn measure(&self, boxes: &BoxArguments) -> Result<Measure, Trouble> {
        let misused = |message: String| Err(Trouble::Misused(message));
        if let Some(id) = &self.question {
            return of_question(id, boxes);
        }
        if boxes.boxes.is_some() {
            return misused("--boxes is about a multiple-response question: name it with --question ID".to_owned());
        }
        if let Some(share) = &self.share {
            return condition(share).map(Measure::Share);
        }
        if let Some(var) = &self.response {
            return Ok(Measure::Response(VarId(var.clone())));
        }
        if let Some(var) = &self.mean {
            return Ok(Measure::Mean(VarId(var.clone())));
        }
        if let Some(total) = &self.total {
            return match total.contains('=') {
                true => condition(total).map(Measure::Count),
                false => Ok(Measure::Total(VarId(total.clone()))),
            };
        }
        if let Some(ratio) = &self.ratio {
            return match ratio.split_once('/') {
                Some((above, below)) if !above.trim().is_empty() && !below.trim().is_empty() => Ok(Measure::Ratio {
                    above: VarId(above.trim().to_owned()),
                    below: VarId(below.trim().to_owned()),
                }),
                _ => misused(format!(
                    "--ratio {ratio}: two variables are needed, as in employees/workplaces"
                )),
            };
        }
        if let Some(quantile) = &self.quantile {
            let (var, shares) = quantile.split_once('=').unwrap_or((quantile, "0.5"));
            let shares: Option<Vec<Code>> = shares
                .split(',')
                .map(|share| {
                    share
                        .trim()
                        .parse()
                        .ok()
                        .filter(|p| 0.0 < *p && *p < 1.0)
                        .map(Code::Number)
                })
                .collect();
            return match shares {
                Some(at) => Ok(Measure::Quantiles {
                    var: VarId(var.trim().to_owned()),
                    at,
                }),
                None => misused(format!(
                    "--quantile {quantile}: shares between 0 and 1 are needed, as in income=0.25,0.5,0.75"
                )),
            };
        }
        if let Some(id) = &self.poles {
            return Ok(Measure::Poles(QuestionId(id.clone())));
        }
        match &self.role {
            Some(ids) => {
                let questions = ids.split(',').map(|id| QuestionId(id.trim().to_owned())).collect();
                Ok(match &boxes.profile {
                    Some(actor) => Measure::Profile {
                        actor: actor.clone(),
                        questions,
                    },
                    None => Measure::Roles(questions),
                })
            }
            // clap asks for exactly one of them.
            None => misused("say what to estimate, as in --question ID".to_owned()),
        }
    }
}

/// The share of `VAR=VALUE`.
pub(super) fn condition(text: &str) -> Result<Condition, Trouble> {
    Condition::parse_share(text).map_err(|error| Trouble::Misused(error.to_string()))
}

fn of_question(id: &str, boxes: &BoxArguments) -> Result<Measure, Trouble> {
    let question = QuestionId(id.to_owned());
    let item = boxes.item.clone().map(VarId);
    let view = match (boxes.boxes, item) {
        (None, _) => return Ok(Measure::Question(question)),
        (Some(BoxesName::Constellation), Some(item)) => BoxView::Constellation(item),
        (Some(BoxesName::Constellation), None) => {
            return Err(Trouble::Misused(
                "--boxes constellation: say which box with --item VAR".to_owned(),
            ));
        }
        (Some(BoxesName::Conditional), item) => BoxView::Conditional(item),
        (Some(BoxesName::Any), _) => BoxView::Any,
        (Some(BoxesName::None), _) => BoxView::None,
        (Some(BoxesName::Count), _) => BoxView::Count,
        (Some(BoxesName::Counts), _) => BoxView::Counts,
        (Some(BoxesName::Alone), _) => BoxView::Alone,
        (Some(BoxesName::WithOthers), _) => BoxView::WithOthers,
        (Some(BoxesName::Joint), _) => BoxView::Joint,
        (Some(BoxesName::Lift), _) => BoxView::Lift,
        (Some(BoxesName::Combinations), _) => BoxView::Combinations,
        (Some(BoxesName::AtLeast), _) => BoxView::AtLeast,
        (Some(BoxesName::Composition), _) => BoxView::Composition,
        (Some(BoxesName::Network), _) => BoxView::Network,
    };
    Ok(Measure::Boxes {
        question,
        view,
        groups: boxes.groups,
    })
}

impl CompareArguments {
    /// What is compared.
    pub fn compare(&self) -> Compare {
        Compare {
            test: self.test,
            pairs: self.pairs.map(|pairs| match pairs {
                PairsName::All => Pairs::All,
                PairsName::Rest => Pairs::Rest,
            }),
            adjust: match self.adjust {
                AdjustName::Holm => Adjust::Holm,
                AdjustName::Bonferroni => Adjust::Bonferroni,
                AdjustName::Bh => Adjust::Bh,
                AdjustName::None => Adjust::None,
            },
        }
    }
}

impl DesignArguments {
    /// `query` with what the arguments change of its design and intervals.
    pub fn applied_to(&self, query: Query) -> Result<Query, Trouble> {
        Ok(Query {
            interval: match self.interval {
                Some(IntervalName::Logit) => Interval::Logit,
                Some(IntervalName::Beta) => Interval::Beta,
                Some(IntervalName::Wilson) => Interval::Wilson,
                Some(IntervalName::Arcsine) => Interval::Arcsine,
                Some(IntervalName::Wald) => Interval::Wald,
                None => query.interval,
            },
            level: self.level.map_or(query.level, Code::Number),
            design: self.choice(query.design)?,
            ..query
        })
    }

    /// The design that the codebook or project tells, with what the arguments change of it.
    fn choice(&self, told: DesignChoice) -> Result<DesignChoice, Trouble> {
        let choice = |argument: &Option<String>, told: Option<VarId>| match argument.as_deref() {
            Some("none") => None,
            Some(name) => Some(VarId(name.to_owned())),
            None => told,
        };
        let trim = match self.trim.as_slice() {
            [] => told.trim,
            [low, high] => Some(Box::new((Code::Number(*low), Code::Number(*high)))),
            _ => {
                return Err(Trouble::Misused(
                    "--trim: two numbers are needed, as in 0.3,5".to_owned(),
                ));
            }
        };
        Ok(DesignChoice {
            weight: choice(&self.weight, told.weight),
            strata: match self.strata.as_deref() {
                Some("none") => Vec::new(),
                Some(names) => names.split(',').map(|name| VarId(name.trim().to_owned())).collect(),
                None => told.strata,
            },
            population: choice(&self.population, told.population),
            cluster: choice(&self.cluster, told.cluster),
            lonely: match self.lonely {
                Some(LonelyName::Adjust) => Lonely::Adjust,
                Some(LonelyName::Centre) => Lonely::Centre,
                Some(LonelyName::Average) => Lonely::Average,
                Some(LonelyName::Remove) => Lonely::Remove,
                Some(LonelyName::Fail) => Lonely::Fail,
                None => told.lonely,
            },
            replicates: self
                .replicate_type
                .zip(self.replicates.clone())
                .map(|(kind, prefix)| {
                    Box::new(ReplicateChoice {
                        prefix,
                        kind: match kind {
                            ReplicateName::Brr => ReplicateKind::Brr,
                            ReplicateName::Fay => ReplicateKind::Fay,
                            ReplicateName::Jk1 => ReplicateKind::Jk1,
                            ReplicateName::Jkn => ReplicateKind::Jkn,
                            ReplicateName::Bootstrap => ReplicateKind::Bootstrap,
                        },
                        rho: self.rho.map(Code::Number),
                        scale: self.replicate_scale.map(Code::Number),
                        constants: self.replicate_constants.iter().copied().map(Code::Number).collect(),
                    })
                })
                .or(told.replicates),
            margins: match self.margins.as_slice() {
                [] => told.margins,
                files => files.iter().map(|file| margin(file)).collect::<Result<_, _>>()?,
            },
            trim,
        })
    }
}

/// A table of population counts.
fn margin(file: &std::path::Path) -> Result<MarginChoice, Trouble> {
    crate::worker::margins::read(file).map_err(Trouble::Failed)
}

/// The query that the arguments make.
pub(super) fn query_of(
    measure: Measure,
    among: &Among,
    compare: Compare,
    design: &DesignArguments,
    data: &Dataset,
) -> Result<Query, Trouble> {
    let filter = among.filter.as_deref().unwrap_or_default();
    design.applied_to(Query {
        by: among.by.clone().map(VarId),
        filter: Condition::parse(filter).map_err(|error| Trouble::Misused(error.to_string()))?,
        compare,
        ..Query::new(measure, data)
    })
}
