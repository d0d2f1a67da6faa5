//! The questions, bases and texts of several codebooks in, one codebook out. Every file keeps its own base.

use std::collections::{HashMap, HashSet};

use super::values::{Aligned, add_languages, agree};
use super::{Members, Plan, alike, free_name, joined, labelled, present, unconfirmed};
use crate::data::codebook::CODEBOOK_VERSION;
use crate::data::{
    Base, Code, Codebook, Column, Condition, DataWarning, Dataset, Item, ItemKind, Poles, Question, QuestionId,
    QuestionKind, Text, Union, VarId,
};

/// The codebook of the whole, without its variables.
pub(super) fn merged(
    plan: &Plan,
    datasets: &[Dataset],
    aligned: &[Aligned],
    labels: &[String],
    warnings: &mut Vec<DataWarning>,
) -> Codebook {
    let mut merging = Merging {
        plan,
        datasets,
        aligned,
        bases: Vec::new(),
        known_bases: HashMap::new(),
        base_ids: HashSet::new(),
        union_ids: HashSet::new(),
        warnings,
    };
    let mut ids: Vec<HashMap<&str, QuestionId>> = vec![HashMap::new(); datasets.len()];
    let mut taken = HashSet::new();
    let mut questions = Vec::new();
    for members in &plan.questions {
        let Some((first, index)) = present(members).next() else {
            continue;
        };
        let own = &datasets[first].codebook.questions[index].id;
        let id = QuestionId(free_name(&own.0, &labels[first], &mut taken).0);
        for (part, index) in present(members) {
            ids[part].insert(&datasets[part].codebook.questions[index].id.0, id.clone());
        }
        questions.push(merging.question(members, id));
    }
    let bases = merging.bases;
    let books = || datasets.iter().map(|data| &data.codebook);
    Codebook {
        isobar_codebook: CODEBOOK_VERSION,
        id: books().map(|book| book.id.clone()).next().unwrap_or_default(),
        title: joined(books().map(|book| &book.title)),
        synthetic: books().any(|book| book.synthetic),
        source: joined(books().map(|book| &book.source)),
        unit: joined(books().map(|book| &book.unit)),
        topics: labelled(books().map(|book| &book.topics)),
        actors: labelled(books().map(|book| &book.actors)),
        bases,
        variables: Vec::new(),
        questions,
        // Counts of one round are not those of several.
        response: Vec::new(),
        concepts: books()
            .find(|book| !book.concepts.is_empty())
            .map(|book| book.concepts.clone())
            .unwrap_or_default(),
        unconfirmed: unconfirmed(plan, datasets, &ids),
    }
}

struct Merging<'a> {
    plan: &'a Plan,
    datasets: &'a [Dataset],
    aligned: &'a [Aligned],
    bases: Vec<Base>,
    /// The id of a base by the bases that it has in the files.
    known_bases: HashMap<Vec<(usize, Option<String>)>, Option<String>>,
    base_ids: HashSet<String>,
    union_ids: HashSet<String>,
    warnings: &'a mut Vec<DataWarning>,
}

impl<'a> Merging<'a> {
    fn of(&self, part: usize, index: usize) -> &'a Question {
        &self.datasets[part].codebook.questions[index]
    }

    fn question(&mut self, members: &Members, id: QuestionId) -> Question {
        let own: Vec<(usize, &Question)> = present(members)
            .map(|(part, index)| (part, self.of(part, index)))
            .collect();
        let (_, first) = own[0];
        let mut question = Question {
            id,
            items: Vec::new(),
            counted: Vec::new(),
            unions: Vec::new(),
            ..first.clone()
        };
        for (_, other) in &own[1..] {
            add_languages(&mut question.short, &other.short);
            add_languages(&mut question.text, &other.text);
            question.concept = question.concept.take().or_else(|| other.concept.clone());
            question.topic = question.topic.take().or_else(|| other.topic.clone());
            if other.dont_know != first.dont_know || other.max != first.max {
                let warning = DataWarning::SettingsDiffer {
                    question: question.id.clone(),
                };
                if !self.warnings.contains(&warning) {
                    self.warnings.push(warning);
                }
            }
        }
        question.groups = labelled(own.iter().map(|(_, own)| &own.groups));
        for (part, own) in &own {
            for item in &own.items {
                self.add_item(&mut question, *part, own, item);
            }
        }
        if question.kind == QuestionKind::Multiple && !alike::is_category_set(&question) {
            let first = question
                .items
                .first()
                .map(|item| item.counted.clone())
                .unwrap_or_default();
            if question.items.iter().all(|item| item.counted == first) {
                question.items.iter_mut().for_each(|item| item.counted.clear());
                question.counted = first;
            }
        }
        question.poles = self.poles(&own);
        question.base = self.base(&own, &question);
        question.unions = self.unions(&own, &question);
        question
    }

    /// The item of a file, as one that the question has already or as another.
    fn add_item(&self, question: &mut Question, part: usize, own: &Question, item: &Item) {
        let name = |name: &VarId| self.plan.name_of(part, &self.datasets[part], name).cloned();
        let Some(var) = name(&item.var) else { return };
        let more: Vec<VarId> = item.more.iter().filter_map(name).collect();
        let counted: Vec<Code> = match own.kind {
            QuestionKind::Multiple => {
                let codes = own.counted_of(item).iter();
                codes.map(|code| self.code(part, &item.var, code)).collect()
            }
            _ => Vec::new(),
        };
        let is_category = !item.more.is_empty();
        let known = question
            .items
            .iter_mut()
            .find(|known| known.var == var && (!is_category || known.counted == counted));
        match known {
            Some(known) => {
                for code in counted {
                    if !known.counted.contains(&code) {
                        known.counted.push(code);
                    }
                }
                for var in more {
                    if !known.more.contains(&var) && var != known.var {
                        known.more.push(var);
                    }
                }
                if let Some(label) = &item.label {
                    add_languages(known.label.get_or_insert_default(), label);
                }
                known.actor = known.actor.take().or_else(|| item.actor.clone());
                known.group = known.group.take().or_else(|| item.group.clone());
            }
            None => question.items.push(Item {
                var,
                more,
                counted,
                ..item.clone()
            }),
        }
    }

    /// What a code of a file's variable has become.
    fn code(&self, part: usize, name: &VarId, code: &Code) -> Code {
        self.recode(part, name)
            .and_then(|recode| recode.get(code))
            .unwrap_or(code)
            .clone()
    }

    fn recode(&self, part: usize, name: &VarId) -> Option<&'a HashMap<Code, Code>> {
        let index = self.datasets[part].index_of(name).ok()?;
        let group = self.plan.group_of[part][index];
        let members = &self.plan.variables[group];
        Some(&self.aligned[group].recode[self.plan.place_among(members, part)])
    }

    /// The poles of every file's scale, outermost first.
    fn poles(&self, own: &[(usize, &Question)]) -> Option<Poles> {
        let mut all: Option<Poles> = None;
        for (part, question) in own {
            let (Some(poles), Some(item)) = (&question.poles, question.items.first()) else {
                continue;
            };
            let all = all.get_or_insert_default();
            for (codes, into) in [
                (&poles.negative, &mut all.negative),
                (&poles.positive, &mut all.positive),
            ] {
                for code in codes.iter().map(|code| self.code(*part, &item.var, code)) {
                    if !into.contains(&code) {
                        into.push(code);
                    }
                }
            }
        }
        all
    }

    /// The base of a question: that of each file among its own respondents.
    fn base(&mut self, own: &[(usize, &Question)], question: &Question) -> Option<String> {
        // A file may have the variables without having the question: then it asked everybody.
        let asks = |part: usize| {
            question.variables().any(|name| {
                let group = self.plan.names.iter().position(|known| known == name);
                group.is_some_and(|group| self.plan.variables[group][part].is_some())
            })
        };
        let bases: Vec<(usize, Option<&'a Base>)> = (0..self.datasets.len())
            .filter(|&part| asks(part))
            .map(|part| {
                let codebook = &self.datasets[part].codebook;
                let id = own
                    .iter()
                    .find(|(of, _)| *of == part)
                    .and_then(|(_, own)| own.base.as_deref());
                (part, id.and_then(|id| codebook.base(id)))
            })
            .collect();
        let key: Vec<(usize, Option<String>)> = bases
            .iter()
            .map(|(part, base)| (*part, base.map(|base| base.id.clone())))
            .collect();
        if let Some(known) = self.known_bases.get(&key) {
            return known.clone();
        }
        let id = self.new_base(&bases);
        self.known_bases.insert(key, id.clone());
        id
    }

    fn new_base(&mut self, bases: &[(usize, Option<&'a Base>)]) -> Option<String> {
        let told: Vec<&Base> = bases.iter().filter_map(|(_, base)| *base).collect();
        let first = told.first()?;
        let conditions: Vec<Condition> = bases
            .iter()
            .map(|(part, base)| base.map_or(Condition::Everyone, |base| self.translated(*part, &base.when)))
            .collect();
        let when = match conditions.windows(2).all(|pair| pair[0] == pair[1]) {
            true => conditions[0].clone(),
            false => Condition::Or(
                bases
                    .iter()
                    .zip(conditions)
                    .map(|((part, _), condition)| {
                        Condition::OneOf {
                            var: self.plan.part.name.clone(),
                            values: vec![self.plan.part.values[*part].code.clone()],
                        }
                        .and(condition)
                    })
                    .collect(),
            ),
        };
        if let Some(known) = self
            .bases
            .iter()
            .find(|known| known.when == when && known.id == first.id)
        {
            return Some(known.id.clone());
        }
        let (id, _) = free_name(&first.id, "2", &mut self.base_ids);
        let codebooks = bases.iter().map(|(part, base)| (&self.datasets[*part].codebook, base));
        let unit = match told.iter().all(|base| base.unit.is_none()) {
            true => None,
            false => Some(joined(codebooks.map(|(codebook, base)| {
                base.and_then(|base| base.unit.as_ref()).unwrap_or(&codebook.unit)
            }))),
        };
        self.bases.push(Base {
            id: id.clone(),
            label: joined(told.iter().map(|base| &base.label)),
            unit: unit.filter(|unit: &Text| !unit.is_empty()),
            when,
        });
        Some(id)
    }

    /// A condition of one file in the names and codes of the whole.
    fn translated(&self, part: usize, condition: &Condition) -> Condition {
        let data = &self.datasets[part];
        let name = |var: &VarId| self.plan.name_of(part, data, var).unwrap_or(var).clone();
        match condition {
            Condition::Everyone => Condition::Everyone,
            Condition::OneOf { var, values } => Condition::OneOf {
                var: name(var),
                values: values
                    .iter()
                    .flat_map(|value| codes_of(data, var, value))
                    .map(|code| self.code(part, var, &code))
                    .collect(),
            },
            Condition::Compare { var, comparison, limit } => {
                let moved = self.recode(part, var).filter(|recode| !recode.is_empty());
                match (moved, data.variable(var), data.column(var), limit.number()) {
                    // The numbers stand for other answers now: name them.
                    (Some(recode), Ok(variable), Ok(Column::Coded { levels, .. }), Some(limit))
                        if recode.keys().any(|code| variable.answer_kind(code).is_valid()) =>
                    {
                        let listed = variable.values.iter().map(|value| &value.code);
                        let mut codes: Vec<Code> = listed
                            .chain(levels)
                            .filter(|code| variable.answer_kind(code).is_valid())
                            .filter(|code| code.number().is_some_and(|number| comparison.holds(number, limit)))
                            .map(|code| self.code(part, var, code))
                            .collect();
                        codes.sort();
                        codes.dedup();
                        Condition::OneOf {
                            var: name(var),
                            values: codes,
                        }
                    }
                    _ => Condition::Compare {
                        var: name(var),
                        comparison: *comparison,
                        limit: limit.clone(),
                    },
                }
            }
            Condition::Not(inner) => Condition::Not(Box::new(self.translated(part, inner))),
            Condition::And(parts) => Condition::And(parts.iter().map(|inner| self.translated(part, inner)).collect()),
            Condition::Or(parts) => Condition::Or(parts.iter().map(|inner| self.translated(part, inner)).collect()),
        }
    }

    /// "At least one of these", where every file that has the question means the same by it. A file that asked only some
    /// of the boxes of another file's union cannot answer it, and what it would show is wrong: such a union is left out.
    fn unions(&mut self, own: &[(usize, &Question)], question: &Question) -> Vec<Union> {
        // The boxes that each file asked about.
        let asked: Vec<HashSet<VarId>> = own
            .iter()
            .map(|(part, own)| {
                own.items
                    .iter()
                    .filter_map(|item| self.item_id(*part, own, item))
                    .collect()
            })
            .collect();
        // "Any of them all" is the same whatever it is called.
        let boxes: Vec<HashSet<VarId>> = own
            .iter()
            .map(|(part, own)| {
                let answers = own.items.iter().filter(|item| item.is == ItemKind::Answer);
                answers.filter_map(|item| self.item_id(*part, own, item)).collect()
            })
            .collect();
        let mut all: Vec<(Union, Vec<Option<HashSet<VarId>>>)> = Vec::new();
        for (at, (part, own)) in own.iter().enumerate() {
            for union in &own.unions {
                let in_the_whole = |id: &VarId| {
                    let item = own.items.iter().find(|item| item_name(item) == id.0)?;
                    self.item_id(*part, own, item)
                };
                let items: HashSet<VarId> = union.items.iter().filter_map(in_the_whole).collect();
                let none_of: Vec<VarId> = union.none_of.iter().filter_map(in_the_whole).collect();
                let same = |(known, of): &&mut (Union, Vec<Option<HashSet<VarId>>>)| {
                    let whole = |(of, boxes): (&Option<HashSet<VarId>>, _)| of.as_ref().is_none_or(|of| of == boxes);
                    of[at].is_none()
                        && known.none_of == none_of
                        && (known.id == union.id
                            || agree(&known.label, &union.label) == Some(true)
                            || (items == boxes[at] && of.iter().zip(&boxes).all(whole)))
                };
                match all.iter_mut().find(same) {
                    Some((known, of)) => {
                        add_languages(&mut known.label, &union.label);
                        known.highlight |= union.highlight;
                        of[at] = Some(items);
                    }
                    None => {
                        let mut of = vec![None; asked.len()];
                        of[at] = Some(items);
                        let union = Union {
                            none_of,
                            ..union.clone()
                        };
                        all.push((union, of));
                    }
                }
            }
        }
        let mut kept = Vec::new();
        for (union, of) in all {
            let items: HashSet<&VarId> = of.iter().flatten().flatten().collect();
            let fits = asked.iter().zip(&of).all(|(asked, own)| match own {
                Some(own) => items.iter().filter(|item| asked.contains(**item)).count() == own.len(),
                None => items.iter().all(|item| asked.contains(*item)),
            });
            // "None of these" is known only where all of them were asked about.
            let known = asked
                .iter()
                .all(|asked| union.none_of.iter().all(|item| asked.contains(item)));
            if !(fits && known) {
                self.warnings.push(DataWarning::UnionLeftOut {
                    question: question.id.clone(),
                    union: union.id.clone(),
                });
                continue;
            }
            let (id, _) = free_name(&union.id, "2", &mut self.union_ids);
            let ids = question.items.iter().map(|item| VarId(item_name(item)));
            kept.push(Union {
                id,
                items: ids.filter(|id| items.contains(id)).collect(),
                ..union
            });
        }
        kept
    }

    /// What unions call an item in the whole.
    fn item_id(&self, part: usize, own: &Question, item: &Item) -> Option<VarId> {
        let mut named = item.clone();
        named.var = self.plan.name_of(part, &self.datasets[part], &item.var)?.clone();
        if !item.more.is_empty() {
            let codes = own.counted_of(item).iter();
            named.counted = codes.map(|code| self.code(part, &item.var, code)).collect();
        }
        Some(VarId(item_name(&named)))
    }
}

/// The name of an item in unions: its variable, in a category set `VAR=CODE`.
fn item_name(item: &Item) -> String {
    match (item.more.as_slice(), item.counted.as_slice()) {
        ([_, ..], [code, ..]) => format!("{}={code}", item.var),
        _ => item.var.0.clone(),
    }
}

/// The codes that a value of a condition stands for: itself, or those with this label.
fn codes_of(data: &Dataset, var: &VarId, value: &Code) -> Vec<Code> {
    let (Ok(variable), Ok(column)) = (data.variable(var), data.column(var)) else {
        return vec![value.clone()];
    };
    let occurs = |code: &Code| {
        variable.value(code).is_some() || matches!(column, Column::Coded { levels, .. } if levels.contains(code))
    };
    let Code::Text(text) = value else {
        return vec![value.clone()];
    };
    if occurs(value) {
        return vec![value.clone()];
    }
    let labelled: Vec<Code> = variable
        .values
        .iter()
        .filter(|value| value.label.0.values().any(|label| label == text))
        .map(|value| value.code.clone())
        .collect();
    match text.trim().parse().map(Code::Number) {
        _ if !labelled.is_empty() => labelled,
        Ok(number) if occurs(&number) => vec![number],
        _ => vec![value.clone()],
    }
}
