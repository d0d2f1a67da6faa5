//! Arguments of crossed tables and of effects in, what they change of a query out.

use clap::{Args, ValueEnum};

use super::Trouble;
use super::arguments::condition;
use crate::data::{QuestionId, VarId};
use crate::measure::{Against, EffectChoice, Measure, Percent, Query};

/// How breakdowns are crossed with answers.
#[derive(Args, Debug)]
pub(super) struct Crossing {
    /// Several breakdowns side by side, after everybody.
    #[arg(long, value_name = "VAR,…", value_delimiter = ',', conflicts_with = "by")]
    banner: Vec<String>,
    /// What is 100 per cent: a group, those who gave an answer, or everybody in the groups.
    #[arg(long, value_enum, default_value_t = PercentName::Group)]
    percent: PercentName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PercentName {
    Group,
    Answer,
    Total,
}

/// Against whom the effect of boxes is measured, and what is held alike.
#[derive(Args, Debug)]
pub(super) struct EffectArguments {
    /// With --effect: the multiple-response question whose boxes explain it.
    #[arg(long, value_name = "ID", requires = "effect")]
    of: Option<String>,
    /// With --effect: those with a box are compared with those who have none, or with those without it.
    #[arg(long, value_enum, default_value_t = AgainstName::None)]
    against: AgainstName,
    /// With --effect: variables held alike, by a logistic regression for each box.
    #[arg(long, value_name = "VAR,…", value_delimiter = ',', requires = "effect")]
    controls: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AgainstName {
    None,
    Without,
}

fn names(of: &[String]) -> Vec<VarId> {
    of.iter().map(|name| VarId(name.trim().to_owned())).collect()
}

impl Crossing {
    /// `query` with these breakdowns and percentages.
    pub fn applied_to(&self, query: Query) -> Query {
        Query {
            banner: names(&self.banner),
            percent: match self.percent {
                PercentName::Group => Percent::Group,
                PercentName::Answer => Percent::Answer,
                PercentName::Total => Percent::Total,
            },
            ..query
        }
    }
}

impl EffectArguments {
    /// The effect on this outcome.
    pub fn measure(&self, outcome: &str) -> Result<Measure, Trouble> {
        let Some(of) = &self.of else {
            return Err(Trouble::Misused(format!(
                "--effect {outcome}: say which question's boxes explain it with --of ID"
            )));
        };
        Ok(Measure::Effect(Box::new(EffectChoice {
            outcome: condition(outcome)?,
            boxes: QuestionId(of.clone()),
            against: match self.against {
                AgainstName::None => Against::NoBox,
                AgainstName::Without => Against::WithoutIt,
            },
            controls: names(&self.controls),
        })))
    }
}
