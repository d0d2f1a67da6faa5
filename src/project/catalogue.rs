//! A data set in, the field's standard figures out, as views: shares, composition, drivers, roles, networks, effects,
//! comparisons, models, tables. What a question is about is its concept in the codebook, never its name; what a survey
//! did not ask has no figure.

use super::View;
use crate::data::{
    Code, Condition, Dataset, ItemKind, Language, Question, QuestionId, QuestionKind, Role, VarId, VariableKind,
};
use crate::figure::{Chart, Edges, Look, NetworkLook, SetsLook, Signs, Sort};
use crate::filter::{Chip, Filter, Keep};
use crate::measure::{
    Against, BoxView, Compare, Controlled, DesignChoice, EffectChoice, Measure, ModelChoice, ModelView, Outcome, Pairs,
    Query, role_questions,
};
use crate::stats::Adjust;

/// More groups than this are no comparison side by side.
const MOST_COLUMNS: usize = 6;

/// A standard figure of a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// The same in every survey: `partners-network`.
    pub id: String,
    /// What is asked, and how it looks; its name is the id.
    pub view: View,
    /// Among whom; nobody is filtered out in most.
    pub filter: Filter,
}

impl Standard {
    /// What it asks of `data`, with the design that the codebook describes.
    pub fn query(&self, data: &Dataset) -> Query {
        self.view.query(&DesignChoice::of(data), self.filter.condition())
    }
}

/// The standard figures of `data`, in the order of a publication.
pub fn catalogue(data: &Dataset, language: Language) -> Vec<Standard> {
    let mut making = Making {
        data,
        language,
        made: Vec::new(),
    };
    making.innovation();
    making.composition();
    making.single_choices();
    making.values();
    making.drivers();
    making.roles();
    making.collaboration();
    making.effects();
    making.comparisons();
    making.models();
    making.tables();
    making.made
}

struct Making<'a> {
    data: &'a Dataset,
    language: Language,
    made: Vec<Standard>,
}

impl<'a> Making<'a> {
    /// Adds a figure; `change` settles its view.
    fn add(&mut self, id: impl Into<String>, measure: Measure, change: impl FnOnce(&mut View)) {
        let id = id.into();
        let mut view = View::new(id.clone(), measure, self.language);
        change(&mut view);
        self.made.push(Standard {
            id,
            view,
            filter: Filter::default(),
        });
    }

    /// Adds a figure of a question, broken down by every background that has few groups.
    fn add_by(&mut self, id: &str, measure: &Measure, roles: &[Role]) {
        for role in roles {
            let Some((var, groups)) = self.background(*role) else {
                continue;
            };
            if !(2..=30).contains(&groups) {
                continue;
            }
            self.add(format!("{id}-by-{}", name_of(*role)), measure.clone(), |view| {
                view.by = Some(var);
                view.compare = pairs(Pairs::All);
                if groups > MOST_COLUMNS {
                    view.look.chart = Chart::Dots;
                    view.compare.pairs = None;
                }
            });
        }
    }

    fn concept(&self, concept: &str) -> Option<&'a Question> {
        let mut questions = self.data.codebook.questions.iter();
        questions.find(|question| question.concept.as_deref() == Some(concept))
    }

    /// The variable that tells combined files apart, where it has no role: countries.
    fn parts(&self) -> Option<(VarId, String)> {
        let combined = self.data.combined.as_ref()?;
        let variable = self.data.codebook.variable(&combined.by)?;
        variable
            .role
            .is_none()
            .then(|| (combined.by.clone(), combined.by.0.clone()))
    }

    /// Adds a figure broken down by the files of a combined data set, among the first answer of the sector: countries
    /// are set beside each other where both were asked.
    fn add_by_part(&mut self, id: &str, measure: &Measure) {
        let Some((by, name)) = self.parts() else { return };
        self.add(format!("{id}-by-{name}"), measure.clone(), |view| {
            view.by = Some(by);
            view.compare = pairs(Pairs::All);
        });
        let sector = self.data.codebook.with_role(Role::Sector);
        let first = sector.and_then(|sector| Some((sector.name.clone(), sector.values.first()?.code.clone())));
        if let (Some(made), Some((var, code))) = (self.made.last_mut(), first) {
            made.filter = only(var, vec![code]);
        }
    }

    /// The variable of a role, and how many answers it has.
    fn background(&self, role: Role) -> Option<(VarId, usize)> {
        let variable = self.data.codebook.with_role(role)?;
        Some((variable.name.clone(), variable.values.len()))
    }

    fn innovation(&mut self) {
        let Some(question) = self.concept("introduced") else {
            return;
        };
        let measure = Measure::Question(question.id.clone());
        self.add("innovation", measure.clone(), |_| {});
        self.add("innovation-number", any_of(&question.id), |view| {
            view.look.chart = Chart::Number;
        });
        let backgrounds = [
            Role::Sector,
            Role::Size,
            Role::Region,
            Role::RespondentType,
            Role::Round,
        ];
        self.add_by("innovation", &measure, &backgrounds);
        self.add_by("innovation-any", &any_of(&question.id), &[Role::Branch]);
        if let Some((size, _)) = self.background(Role::Size) {
            self.add("innovation-dots", measure, |view| {
                view.by = Some(size);
                view.compare = pairs(Pairs::All);
                view.look.chart = Chart::Dots;
            });
        }
    }

    fn composition(&mut self) {
        let Some(question) = self.concept("innovation_types") else {
            return;
        };
        let boxes = |view| boxes(&question.id, view);
        self.add("types", Measure::Question(question.id.clone()), |_| {});
        self.add("types-composition", boxes(BoxView::Composition), |view| {
            view.look.chart = Chart::Donut;
        });
        self.add("types-composition-bar", boxes(BoxView::Composition), |view| {
            view.look.chart = Chart::Stacked;
        });
        self.add("types-sets", boxes(BoxView::Combinations), |view| {
            view.look.chart = Chart::UpSet;
        });
        self.add("types-sets-at-least", boxes(BoxView::AtLeast), |view| {
            view.look.chart = Chart::UpSet;
        });
    }

    /// Novelty, and other questions with one answer.
    fn single_choices(&mut self) {
        let sector = self.background(Role::Sector);
        for concept in ["novelty", "evaluation"] {
            let Some(question) = self.concept(concept) else {
                continue;
            };
            let measure = Measure::Question(question.id.clone());
            self.add(concept, measure.clone(), |_| {});
            if let Some((sector, _)) = &sector {
                self.add(format!("{concept}-by-sector"), measure, |view| {
                    view.by = Some(sector.clone());
                    view.compare = pairs(Pairs::All);
                    view.look.chart = Chart::Stacked;
                });
            }
        }
    }

    fn values(&mut self) {
        let Some(question) = self.concept("values") else {
            return;
        };
        let measure = Measure::Question(question.id.clone());
        self.add("values", measure.clone(), |_| {});
        self.add("values-number", boxes(&question.id, BoxView::Counts), |_| {});
        self.add_by("values", &measure, &[Role::Sector]);
        let Some(partner) = self.concept("partners").and_then(external) else {
            return;
        };
        self.add("values-by-partner", measure.clone(), |view| {
            view.by = Some(partner.clone());
            view.compare = pairs(Pairs::All);
        });
        self.add("values-by-partner-slope", measure, |view| {
            view.by = Some(partner);
            view.look.chart = Chart::Slope;
            view.compare = pairs(Pairs::All);
        });
    }

    fn drivers(&mut self) {
        if let Some(question) = self.concept("initiators") {
            self.add("initiators", Measure::Question(question.id.clone()), |view| {
                view.look.sort = Sort::Questionnaire;
            });
            if !question.groups.is_empty() {
                let groups = Measure::Boxes {
                    question: question.id.clone(),
                    view: BoxView::Combinations,
                    groups: true,
                };
                self.add("initiator-groups", groups, |view| view.look.chart = Chart::UpSet);
            }
        }
        let batteries = self.data.codebook.questions.iter();
        for question in batteries.filter(|question| question.kind == QuestionKind::Battery) {
            let id = question.concept.clone().unwrap_or_else(|| question.id.0.clone());
            if question.poles.is_some() {
                self.add(id.clone(), Measure::Poles(question.id.clone()), |view| {
                    view.look.chart = Chart::Diverging;
                });
            }
            self.add(
                format!("{id}-answers"),
                Measure::Question(question.id.clone()),
                |view| {
                    view.look.chart = Chart::Stacked;
                },
            );
        }
    }

    fn roles(&mut self) {
        let questions = role_questions(&self.data.codebook);
        if questions.is_empty() {
            return;
        }
        let ids: Vec<QuestionId> = questions.iter().map(|question| question.id.clone()).collect();
        self.add("roles", Measure::Roles(ids.clone()), |_| {});
        for actor in &self.data.codebook.actors {
            let mut items = questions.iter().flat_map(|question| &question.items);
            if !items.any(|item| item.actor.as_ref() == Some(&actor.id)) {
                continue;
            }
            let profile = Measure::Profile {
                actor: actor.id.clone(),
                questions: ids.clone(),
            };
            self.add(format!("role-{}", actor.id), profile.clone(), |view| {
                view.look.chart = Chart::Number;
            });
            if let Some(values) = self.concept("values") {
                self.add(
                    format!("values-by-role-{}", actor.id),
                    Measure::Question(values.id.clone()),
                    |view| {
                        view.by = Some(VarId(format!("role:{}", actor.id)));
                        view.compare = pairs(Pairs::All);
                    },
                );
            }
            if actor.id == "citizens" {
                self.add_by("role-citizens", &profile, &[Role::Sector]);
                self.add_by_part("role-citizens", &profile);
            }
        }
    }

    fn collaboration(&mut self) {
        let Some(question) = self.concept("partners") else {
            return;
        };
        let boxes = |view| boxes(&question.id, view);
        let measure = Measure::Question(question.id.clone());
        self.add("partners", measure.clone(), |_| {});
        self.add_by("partners", &measure, &[Role::Sector, Role::Round]);
        self.add_by_part("partners", &measure);
        let of_actor = |actor: &str| question.items.iter().find(|item| item.actor.as_deref() == Some(actor));
        if let Some(item) = of_actor("citizens").or(of_actor("companies")) {
            self.add(
                "partner-constellation",
                boxes(BoxView::Constellation(item.var.clone())),
                |_| {},
            );
        }
        self.add("partners-sets", boxes(BoxView::Combinations), |view| {
            view.look.chart = Chart::UpSet;
            view.look.sets = SetsLook { most: 15, least_n: 5 };
        });
        let network = |chart, edges| {
            move |view: &mut View| {
                view.look.chart = chart;
                view.look.network = NetworkLook {
                    edges,
                    ..NetworkLook::default()
                };
            }
        };
        let net = || boxes(BoxView::Network);
        self.add("partners-network", net(), network(Chart::Network, Edges::Joint));
        self.add("partners-network-lift", net(), network(Chart::Network, Edges::Lift));
        self.add("partners-matrix", net(), network(Chart::Matrix, Edges::Joint));
        self.add(
            "partners-matrix-conditional",
            net(),
            network(Chart::Matrix, Edges::Conditional),
        );
        self.add("partners-matrix-lift", net(), network(Chart::Matrix, Edges::Lift));
        if let Some((sector, two)) = self.two_groups(Role::Sector) {
            self.add("partners-network-difference", net(), |view| {
                view.by = Some(sector.clone());
                view.compare = Compare {
                    adjust: Adjust::Bh,
                    ..pairs(Pairs::All)
                };
                view.look.chart = Chart::Network;
            });
            if let Some(made) = self.made.last_mut() {
                made.filter = only(sector, two);
            }
        }
        self.flow();
    }

    /// Sectors that work with sectors.
    fn flow(&mut self) {
        let (Some(question), Some((sector, _))) = (self.concept("partner_sectors"), self.background(Role::Sector))
        else {
            return;
        };
        self.add("sectors-with-sectors", Measure::Question(question.id.clone()), |view| {
            view.by = Some(sector);
            view.compare = pairs(Pairs::All);
            view.look.chart = Chart::Flow;
        });
    }

    /// The first and the last answer of a background: the two that are compared where only two can be.
    fn two_groups(&self, role: Role) -> Option<(VarId, Vec<Code>)> {
        let variable = self.data.codebook.with_role(role)?;
        let first = variable.values.first()?;
        let last = variable.values.iter().rev().find(|value| value.code != first.code)?;
        Some((variable.name.clone(), vec![first.code.clone(), last.code.clone()]))
    }

    fn effects(&mut self) {
        let (Some(values), Some(partners)) = (self.concept("values"), self.concept("partners")) else {
            return;
        };
        let Some(outcome) = values.items.iter().find(|item| item.is == ItemKind::Answer) else {
            return;
        };
        let controls: Vec<VarId> = [Role::Sector, Role::Size]
            .iter()
            .filter_map(|role| self.background(*role).map(|(var, _)| var))
            .collect();
        for (id, controls) in [("effect", Vec::new()), ("effect-controlled", controls)] {
            let counted = values.counted.iter().chain(&outcome.counted).cloned().collect();
            let effect = EffectChoice {
                outcome: Condition::OneOf {
                    var: outcome.var.clone(),
                    values: counted,
                },
                boxes: partners.id.clone(),
                against: Against::NoBox,
                controls,
            };
            self.add(id, Measure::Effect(Box::new(effect)), |_| {});
        }
    }

    fn comparisons(&mut self) {
        let Some(question) = self.concept("values").or(self.concept("partners")) else {
            return;
        };
        let measure = Measure::Question(question.id.clone());
        if let Some((sector, _)) = self.background(Role::Sector) {
            self.add("comparison-letters", measure.clone(), |view| {
                view.by = Some(sector.clone());
                view.compare = pairs(Pairs::All);
                view.look.signs = Signs::Letters;
            });
            self.add("comparison-rest", measure.clone(), |view| {
                view.by = Some(sector);
                view.compare = pairs(Pairs::Rest);
                view.look.signs = Signs::Arrows;
            });
        }
        if let Some((round, _)) = self.background(Role::Round) {
            self.add("trend", measure, |view| {
                view.by = Some(round);
                view.compare = pairs(Pairs::All);
                view.look.chart = Chart::Lines;
            });
        }
    }

    fn models(&mut self) {
        let Some(question) = self.concept("introduced") else {
            return;
        };
        let Some(union) = question.unions.iter().find(|union| union.highlight) else {
            return;
        };
        // The number that describes respondents best: the last quantity that serves nothing else.
        let mut quantities = self.data.codebook.variables.iter().filter(|variable| {
            variable.kind == VariableKind::Numeric && variable.role.is_none() && self.is_asked_of_all(&variable.name)
        });
        let Some(quantity) = quantities.next_back() else { return };
        let items = union.items.iter().map(|var| Condition::OneOf {
            var: var.clone(),
            values: question.counted.clone(),
        });
        let outcome = Condition::Or(items.collect());
        let factor = |var: VarId| vec![Controlled { var, entering: None }];
        let mut terms = vec![factor(quantity.name.clone())];
        let backgrounds = [Role::Size, Role::Sector]
            .iter()
            .filter_map(|role| self.background(*role));
        terms.extend(backgrounds.map(|(var, _)| factor(var)));
        let over = quantity.name.clone();
        let by = self.background(Role::Sector).map(|(var, _)| var);
        let model = |view| {
            Measure::Model(Box::new(ModelChoice {
                outcome: Outcome::Share(outcome.clone()),
                terms: terms.clone(),
                references: Vec::new(),
                view,
            }))
        };
        self.add("model", model(ModelView::Coefficients), |view| {
            view.look.chart = Chart::Dots
        });
        self.add("model-effects", model(ModelView::Effects), |view| {
            view.look.chart = Chart::Dots
        });
        let curve = |by| ModelView::Curve { over: over.clone(), by };
        self.add("model-curve", model(curve(None)), |view| view.look.chart = Chart::Lines);
        if by.is_some() {
            self.add("model-curves", model(curve(by)), |view| view.look.chart = Chart::Lines);
        }
    }

    /// Whether a numeric question without a base asks for a variable.
    fn is_asked_of_all(&self, var: &VarId) -> bool {
        let mut questions = self.data.codebook.questions.iter();
        questions.any(|question| question.base.is_none() && question.items.iter().any(|item| item.var == *var))
    }

    fn tables(&mut self) {
        let counts = self.data.codebook.response.iter();
        let mut counted: Vec<VarId> = counts.map(|count| count.var.clone()).collect();
        counted.dedup();
        for var in counted {
            let role = self.data.codebook.variable(&var).and_then(|variable| variable.role);
            let name = role.map_or(var.0.clone(), |role| name_of(role).to_owned());
            self.add(format!("response-by-{name}"), Measure::Response(var), |view| {
                view.look.chart = Chart::Table;
            });
        }
        let Some(question) = self.concept("values").or(self.concept("partners")) else {
            return;
        };
        let measure = Measure::Question(question.id.clone());
        let roles = [Role::Sector, Role::Size, Role::RespondentType];
        let mut backgrounds = roles
            .iter()
            .filter_map(|role| self.background(*role))
            .filter(|(_, groups)| *groups > 1)
            .map(|(var, _)| var);
        let by = backgrounds.next();
        let banner: Vec<VarId> = backgrounds.collect();
        let table = |by: Option<VarId>, banner: Vec<VarId>| {
            move |view: &mut View| {
                view.by = by;
                view.banner = banner;
                view.look = Look {
                    chart: Chart::Table,
                    ..view.look.clone()
                };
            }
        };
        self.add("table", measure.clone(), table(None, Vec::new()));
        if by.is_some() {
            self.add("table-crossed", measure.clone(), |view| {
                table(by.clone(), Vec::new())(view);
                view.compare = pairs(Pairs::All);
            });
            self.add("table-banner", measure, |view| {
                table(by, banner)(view);
                view.compare = pairs(Pairs::All);
                view.look.signs = Signs::Letters;
                view.look.width_pt = 1200.0;
            });
        }
    }
}

/// The box about companies, else about citizens: a partner outside the public sector.
fn external(question: &Question) -> Option<VarId> {
    let about = |actor: &str| {
        let mut items = question.items.iter();
        items
            .find(|item| item.actor.as_deref() == Some(actor))
            .map(|item| item.var.clone())
    };
    about("companies").or_else(|| about("citizens"))
}

/// Only those who gave one of these answers.
fn only(var: VarId, codes: Vec<Code>) -> Filter {
    Filter {
        chips: vec![Chip {
            var,
            keep: Keep::Codes(codes),
        }],
    }
}

/// At least one box.
fn any_of(question: &QuestionId) -> Measure {
    boxes(question, BoxView::Any)
}

fn boxes(question: &QuestionId, view: BoxView) -> Measure {
    Measure::Boxes {
        question: question.clone(),
        view,
        groups: false,
    }
}

fn pairs(pairs: Pairs) -> Compare {
    Compare {
        test: true,
        pairs: Some(pairs),
        ..Compare::default()
    }
}

/// What a background is called in an id.
fn name_of(role: Role) -> &'static str {
    match role {
        Role::Sector => "sector",
        Role::Size => "size",
        Role::RespondentType => "respondent-type",
        Role::Region => "region",
        Role::Branch => "branch",
        Role::Round => "round",
        Role::Organisation => "organisation",
        Role::Weight | Role::Stratum | Role::PopulationSize | Role::Cluster | Role::Id => "design",
    }
}
