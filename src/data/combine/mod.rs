//! Several data sets in, one out: their rows under each other, the same questions in the same columns, and a variable that
//! says which file a row is from.
//!
//! What a file did not ask is *not asked* for its rows: never "no", never missing. Every file keeps its own base, weight,
//! strata and population; [`super::Combined`] tells the design to keep files apart.

mod alike;
mod questions;
pub(in crate::data) mod values;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::codebook::{
    AnswerKind, Code, Codebook, Labelled, Question, QuestionKind, Role, Text, Unconfirmed, Value, VarId, Variable,
    VariableKind,
};
use super::error::{DataError, DataWarning};
use super::read::Opened;
use super::wording::words;
use super::{Column, Dataset, Language, Sheets, levels};
use alike::{Alike, View};
use values::{Aligned, Member, Piece, add_languages, agree, align, stack};

/// What tells the files of a project apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Rounds of a survey.
    Round,
    /// Who answered.
    RespondentType,
    /// Countries.
    Country,
    /// Something else.
    #[default]
    File,
}

impl By {
    /// Rounds where every label is a number or a span of years, else just files.
    pub fn of_labels<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        let is_round = |label: &str| {
            label.contains(|c: char| c.is_ascii_digit())
                && label.chars().all(|c| c.is_ascii_digit() || " -–/()".contains(c))
        };
        match labels.into_iter().all(is_round) {
            true => Self::Round,
            false => Self::File,
        }
    }

    /// The name of the variable.
    pub fn name(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::RespondentType => "respondent_type",
            Self::Country => "country",
            Self::File => "file",
        }
    }

    fn role(self) -> Option<Role> {
        match self {
            Self::Round => Some(Role::Round),
            Self::RespondentType => Some(Role::RespondentType),
            Self::Country | Self::File => None,
        }
    }

    fn label(self) -> Text {
        match self {
            Self::Round => in_both("Runde", "Round"),
            Self::RespondentType => in_both("Respondenttype", "Respondent type"),
            Self::Country => in_both("Land", "Country"),
            Self::File => in_both("Fil", "File"),
        }
    }
}

/// What a data set of several files knows of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// The variable that says which file a row is from.
    pub by: VarId,
    /// The files, in the order of their rows.
    pub parts: Vec<CombinedPart>,
}

/// One of several files.
#[derive(Clone, Debug, PartialEq)]
pub struct CombinedPart {
    /// What it is called.
    pub label: String,
    /// Where it came from.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub fingerprint: String,
    /// Its rows.
    pub rows: Range<usize>,
    /// The variables that it does not have.
    pub not_asked: Vec<VarId>,
}

/// A codebook's text in the languages of the program.
fn in_both(da: &str, en: &str) -> Text {
    Text(BTreeMap::from([
        (Language::Da.code().to_owned(), da.to_owned()),
        (Language::En.code().to_owned(), en.to_owned()),
    ]))
}

/// The label of the code of those who were not asked.
pub(in crate::data) fn not_asked() -> Text {
    in_both("Ikke spurgt", "Not asked")
}

/// The same question in several files: its position in each, where it has it.
type Members = Vec<Option<usize>>;

/// Puts files under each other. `parts`: what each is called, and what it holds; in the order of the result. The names,
/// codes and settings of the first file stay as they are, so that what was said about it holds for the whole.
pub fn combine(parts: Vec<(String, Opened)>, by: By) -> Result<Opened, DataError> {
    let (labels, opened): (Vec<String>, Vec<Opened>) = parts.into_iter().unzip();
    for (at, label) in labels.iter().enumerate() {
        if label.trim().is_empty() || labels[..at].contains(label) {
            return Err(DataError::PartLabel {
                path: opened[at].dataset.path.clone(),
                label: label.clone(),
            });
        }
    }
    let mut warnings = Vec::new();
    let mut datasets = Vec::new();
    for (label, part) in labels.iter().zip(opened) {
        warnings.extend(part.warnings.into_iter().map(|warning| DataWarning::InFile {
            file: label.clone(),
            warning: Box::new(warning),
        }));
        datasets.push(part.dataset);
    }
    let plan = Plan::of(&datasets, &labels, by, &mut warnings);
    let aligned: Vec<Aligned> = plan
        .variables
        .iter()
        .map(|members| align(&plan.members(members, &datasets), members.contains(&None)))
        .collect();
    let apart: Vec<VarId> = aligned
        .iter()
        .zip(&plan.names)
        .zip(&plan.variables)
        .filter(|((aligned, _), members)| aligned.kept_apart && !plan.is_machinery(members, &datasets))
        .map(|((_, name), _)| name.clone())
        .collect();
    if !apart.is_empty() {
        warnings.push(DataWarning::ValuesKeptApart { variables: apart });
    }
    let mut codebook = questions::merged(&plan, &datasets, &aligned, &labels, &mut warnings);
    codebook.variables = plan.variables_of(&datasets, &aligned);
    for (label, dataset) in labels.iter().zip(&datasets) {
        let weighted = |data: &Dataset| data.codebook.with_role(Role::Weight).is_some();
        if !weighted(dataset) && datasets.iter().any(weighted) {
            warnings.push(DataWarning::FileWithoutWeight { file: label.clone() });
        }
    }
    let fills = plan.fills(&datasets, &aligned);
    let rows: Vec<usize> = datasets.iter().map(|data| data.rows).collect();
    let combined = plan.combined(&labels, &datasets);
    let fingerprint: Vec<&str> = datasets.iter().map(|data| data.fingerprint.as_str()).collect();
    let fingerprint = fingerprint.join("+");
    let (path, format, encoding) = match datasets.first() {
        Some(first) => (first.path.clone(), first.format, first.encoding.clone()),
        None => return Err(DataError::NotFound { path: PathBuf::new() }),
    };
    // Every file's column goes as soon as it is in the whole.
    let mut columns_of: Vec<Vec<Option<Column>>> = datasets
        .into_iter()
        .map(|data| data.columns.into_iter().map(Some).collect())
        .collect();
    let mut columns = vec![plan.part_column(&rows)];
    for (at, (members, aligned)) in plan.variables.iter().zip(&aligned).enumerate() {
        let variable = &codebook.variables[at + 1];
        let is_weight = variable.role == Some(Role::Weight);
        let pieces = members
            .iter()
            .enumerate()
            .map(|(part, member)| {
                let piece = member.and_then(|index| {
                    let (blank, ranges) = &plan.own[at][part];
                    Some(Piece {
                        column: columns_of[part][index].take()?,
                        recode: &aligned.recode[plan.place_among(members, part)],
                        // A blank that means "not asked" here and "missing" elsewhere.
                        blank: match *blank != aligned.blank && *blank == AnswerKind::NotAsked {
                            true => aligned.not_asked.clone(),
                            false => None,
                        },
                        ranges: match *ranges == aligned.missing_ranges {
                            true => Vec::new(),
                            false => ranges.clone(),
                        },
                        fill: fills.get(&(part, index)).cloned(),
                    })
                });
                (rows[part], piece)
            })
            .collect();
        // Whoever has no weight counts 1; nobody knows the population of a file that does not say it.
        let absent = match variable.role {
            Some(Role::Weight) => Some(Code::Number(1.0)),
            Some(Role::PopulationSize) => None,
            _ => aligned.not_asked.clone(),
        };
        let column = stack(pieces, absent.as_ref());
        columns.push(match is_weight {
            true => column,
            false => levels::arrange(column, variable),
        });
    }
    Ok(Opened {
        dataset: Dataset {
            path,
            format,
            sheets: Sheets::default(),
            encoding,
            fingerprint,
            rows: rows.iter().sum(),
            codebook,
            columns,
            combined: Some(combined),
        },
        warnings,
    })
}

/// What a blank means in a file, and its missing ranges.
type Own = (AnswerKind, Vec<(f64, f64)>);

/// Which variables and questions of the files are the same, and what they are called.
struct Plan {
    variables: Vec<Members>,
    questions: Vec<Members>,
    /// The names of `variables`.
    names: Vec<VarId>,
    /// For every file, which of `variables` its variables are.
    group_of: Vec<Vec<usize>>,
    /// For every variable and file: what a blank means there, and its missing ranges.
    own: Vec<Vec<Own>>,
    /// The variable that tells the files apart.
    part: Variable,
}

impl Plan {
    fn of(datasets: &[Dataset], labels: &[String], by: By, warnings: &mut Vec<DataWarning>) -> Self {
        let views: Vec<View<'_>> = datasets.iter().map(View::of).collect();
        let mut variables = Grouped::default();
        let mut questions = Grouped::default();
        let mut by_name = Vec::new();
        for (part, view) in views.iter().enumerate() {
            let earlier: Vec<Alike> = views[..part].iter().map(|other| alike::compare(other, view)).collect();
            let pairs = |pairs: fn(&Alike) -> Vec<(usize, usize)>| -> Vec<Vec<(usize, usize)>> {
                earlier.iter().map(pairs).collect()
            };
            variables.add(
                part,
                views.len(),
                view.data.codebook.variables.len(),
                &pairs(|alike| alike.variables.iter().map(|pair| (pair.one, pair.other)).collect()),
            );
            questions.add(
                part,
                views.len(),
                view.data.codebook.questions.len(),
                &pairs(|alike| alike.questions.clone()),
            );
            let alone = earlier
                .iter()
                .flat_map(|alike| &alike.variables)
                .filter(|pair| pair.by_name_alone);
            by_name.extend(alone.map(|pair| view.data.codebook.variables[pair.other].name.clone()));
            if part > 0 && earlier.iter().all(|alike| alike.variables.is_empty()) {
                warnings.push(DataWarning::NothingShared {
                    file: labels[part].clone(),
                });
            }
        }
        by_name.sort();
        by_name.dedup();
        if !by_name.is_empty() {
            warnings.push(DataWarning::LabelsDiffer { variables: by_name });
        }
        let names = names(&variables.groups, datasets, labels, warnings);
        let own = variables
            .groups
            .iter()
            .map(|members| {
                let of = |(part, member): (usize, &Option<usize>)| {
                    let variable = member.map(|index| &datasets[part].codebook.variables[index]);
                    variable.map_or((AnswerKind::Missing, Vec::new()), |variable| {
                        (variable.blank, variable.missing_ranges.clone())
                    })
                };
                members.iter().enumerate().map(of).collect()
            })
            .collect();
        Self {
            part: part_variable(by, labels, &names, datasets),
            variables: variables.groups,
            questions: questions.groups,
            names,
            group_of: variables.group_of,
            own,
        }
    }

    /// The place of a file among those that have the variable.
    fn place_among(&self, members: &Members, part: usize) -> usize {
        members[..part].iter().flatten().count()
    }

    fn members<'a>(&self, members: &Members, datasets: &'a [Dataset]) -> Vec<Member<'a>> {
        let member = |(part, index): (usize, usize)| {
            let data = &datasets[part];
            let variable = &data.codebook.variables[index];
            Member {
                variable,
                column: &data.columns[index],
                counted: counted(&data.codebook, &variable.name),
            }
        };
        present(members).map(member).collect()
    }

    fn is_machinery(&self, members: &Members, datasets: &[Dataset]) -> bool {
        present(members).any(|(part, index)| {
            let role = datasets[part].codebook.variables[index].role;
            role.is_some_and(Role::is_machinery)
        })
    }

    /// What a variable of a file is called in the whole.
    fn name_of(&self, part: usize, data: &Dataset, name: &VarId) -> Option<&VarId> {
        let index = data
            .codebook
            .variables
            .iter()
            .position(|variable| variable.name == *name)?;
        Some(&self.names[self.group_of[part][index]])
    }

    /// The codebook's variables: the one that tells the files apart, then the others.
    fn variables_of(&self, datasets: &[Dataset], aligned: &[Aligned]) -> Vec<Variable> {
        let mut roles: HashSet<Role> = self.part.role.into_iter().collect();
        let mut all = vec![self.part.clone()];
        for ((members, name), aligned) in self.variables.iter().zip(&self.names).zip(aligned) {
            let own: Vec<&Variable> = present(members)
                .map(|(part, index)| &datasets[part].codebook.variables[index])
                .collect();
            let mut label = Text::default();
            own.iter()
                .for_each(|variable| add_languages(&mut label, &variable.label));
            let quantity = own.iter().any(|variable| variable.kind == VariableKind::Numeric);
            let role = own
                .iter()
                .find_map(|variable| variable.role)
                .filter(|role| roles.insert(*role));
            all.push(Variable {
                name: name.clone(),
                label,
                kind: match quantity {
                    true => VariableKind::Numeric,
                    false => own.first().map(|variable| variable.kind).unwrap_or_default(),
                },
                role,
                values: aligned.values.clone(),
                missing_ranges: aligned.missing_ranges.clone(),
                blank: aligned.blank,
            });
        }
        all
    }

    fn part_column(&self, rows: &[usize]) -> Column {
        let codes: Vec<Option<Code>> = self.part.values.iter().map(|value| Some(value.code.clone())).collect();
        let places = (0..)
            .zip(rows)
            .flat_map(|(part, rows)| std::iter::repeat_n(part, *rows));
        levels::arrange(levels::coded(&codes, &places.collect::<Vec<u32>>()), &self.part)
    }

    fn combined(&self, labels: &[String], datasets: &[Dataset]) -> Combined {
        let mut start = 0;
        let parts = labels.iter().zip(datasets).enumerate().map(|(part, (label, data))| {
            let rows = start..start + data.rows;
            start = rows.end;
            let lacking = self
                .variables
                .iter()
                .zip(&self.names)
                .filter(|(members, _)| members[part].is_none());
            CombinedPart {
                label: label.clone(),
                path: data.path.clone(),
                fingerprint: data.fingerprint.clone(),
                rows,
                not_asked: lacking.map(|(_, name)| name.clone()).collect(),
            }
        });
        Combined {
            by: self.part.name.clone(),
            parts: parts.collect(),
        }
    }

    /// Boxes that one file writes as 1 or nothing and another as 1 or 0: there, nothing is 0 for whoever ticked another
    /// box of the question. By file and variable.
    fn fills(&self, datasets: &[Dataset], aligned: &[Aligned]) -> HashMap<(usize, usize), (Vec<bool>, Code)> {
        let mut fills = HashMap::new();
        for (part, data) in datasets.iter().enumerate() {
            for question in &data.codebook.questions {
                if question.kind != QuestionKind::Multiple || alike::is_category_set(question) {
                    continue;
                }
                let mut answered: Option<Vec<bool>> = None;
                for item in &question.items {
                    let Ok(index) = data.index_of(&item.var) else { continue };
                    let group = self.group_of[part][index];
                    let members = self.members(&self.variables[group], datasets);
                    let at = self.place_among(&self.variables[group], part);
                    if !only_ticks(&members[at]) {
                        continue;
                    }
                    let no = members.iter().zip(&aligned[group].recode).find_map(|(member, recode)| {
                        let code = not_chosen(member)?;
                        Some(recode.get(&code).cloned().unwrap_or(code))
                    });
                    if let Some(no) = no {
                        let answered = answered.get_or_insert_with(|| answered_rows(data, question));
                        fills.insert((part, index), (answered.clone(), no));
                    }
                }
            }
        }
        fills
    }
}

fn present(members: &Members) -> impl Iterator<Item = (usize, usize)> {
    members
        .iter()
        .enumerate()
        .filter_map(|(part, member)| Some((part, (*member)?)))
}

/// The codes that mean "chosen" for the box `name`.
fn counted(codebook: &Codebook, name: &VarId) -> Option<Vec<Code>> {
    codebook
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Multiple && !alike::is_category_set(question))
        .find_map(|question| {
            let item = question.items.iter().find(|item| item.var == *name)?;
            Some(question.counted_of(item).to_vec())
        })
}

/// The valid answers of a box, as far as the file knows them.
fn answers<'a>(member: &'a Member<'_>) -> impl Iterator<Item = &'a Code> {
    let levels: &[Code] = match member.column {
        Column::Coded { levels, .. } => levels,
        Column::Numbers(_) => &[],
    };
    let listed = member.variable.values.iter().map(|value| &value.code);
    listed
        .chain(levels)
        .filter(|code| member.variable.answer_kind(code).is_valid())
}

/// Whether a box knows no other answer than "chosen", so that a blank may be "not chosen".
fn only_ticks(member: &Member<'_>) -> bool {
    let counted = member.counted.as_deref().unwrap_or_default();
    member.variable.blank == AnswerKind::Missing && answers(member).all(|code| counted.contains(code))
}

fn not_chosen(member: &Member<'_>) -> Option<Code> {
    let counted = member.counted.as_deref().unwrap_or_default();
    answers(member)
        .find(|code| member.variable.answer_kind(code) == AnswerKind::Answer && !counted.contains(code))
        .cloned()
}

/// Who gave a valid answer to any box of a question.
fn answered_rows(data: &Dataset, question: &Question) -> Vec<bool> {
    let mut answered = vec![false; data.rows];
    for item in &question.items {
        let (Ok(variable), Ok(Column::Coded { levels, rows })) = (data.variable(&item.var), data.column(&item.var))
        else {
            continue;
        };
        let valid: Vec<bool> = levels
            .iter()
            .map(|level| variable.answer_kind(level).is_valid())
            .collect();
        for (row, answered) in answered.iter_mut().enumerate() {
            *answered |= rows.get(row).is_some_and(|level| valid[level]);
        }
    }
    answered
}

/// Things that several files have, by file.
#[derive(Default)]
struct Grouped {
    groups: Vec<Members>,
    group_of: Vec<Vec<usize>>,
}

impl Grouped {
    /// Takes in the `count` things of a file; `pairs`: for every earlier file, which of its things are which of these.
    fn add(&mut self, part: usize, parts: usize, count: usize, pairs: &[Vec<(usize, usize)>]) {
        let mut own: Vec<Option<usize>> = vec![None; count];
        for (earlier, pairs) in pairs.iter().enumerate() {
            for &(one, other) in pairs {
                let group = self.group_of[earlier][one];
                if own[other].is_none() && self.groups[group][part].is_none() {
                    self.groups[group][part] = Some(other);
                    own[other] = Some(group);
                }
            }
        }
        let group_of = (0..count).zip(own).map(|(index, group)| {
            group.unwrap_or_else(|| {
                let mut members = vec![None; parts];
                members[part] = Some(index);
                self.groups.push(members);
                self.groups.len() - 1
            })
        });
        let group_of = group_of.collect();
        self.group_of.push(group_of);
    }
}

/// What every variable is called: as in the first file that has it. Another thing of the same name gets its file's label
/// behind its name.
fn names(groups: &[Members], datasets: &[Dataset], labels: &[String], warnings: &mut Vec<DataWarning>) -> Vec<VarId> {
    let mut taken = HashSet::new();
    let mut renamed: Vec<Vec<VarId>> = vec![Vec::new(); labels.len()];
    let names = groups
        .iter()
        .map(|members| {
            let Some((part, index)) = present(members).next() else {
                return VarId::default();
            };
            let name = &datasets[part].codebook.variables[index].name.0;
            let (name, changed) = free_name(name, &labels[part], &mut taken);
            if changed {
                renamed[part].push(VarId(name.clone()));
            }
            VarId(name)
        })
        .collect();
    for (label, variables) in labels.iter().zip(renamed) {
        if !variables.is_empty() {
            warnings.push(DataWarning::Renamed {
                file: label.clone(),
                variables,
            });
        }
    }
    names
}

/// `name`, or where it is taken, `name` with a word behind it; and whether it was changed.
pub(in crate::data) fn free_name(name: &str, word: &str, taken: &mut HashSet<String>) -> (String, bool) {
    if taken.insert(name.to_owned()) {
        return (name.to_owned(), false);
    }
    let base = format!("{name}_{}", words(word).join("_"));
    let free = std::iter::once(base.clone())
        .chain((2..).map(|number| format!("{base}_{number}")))
        .find(|name| !taken.contains(name))
        .unwrap_or(base);
    taken.insert(free.clone());
    (free, true)
}

fn part_variable(by: By, labels: &[String], names: &[VarId], datasets: &[Dataset]) -> Variable {
    let mut taken: HashSet<String> = names.iter().map(|name| name.0.clone()).collect();
    let (name, _) = free_name(by.name(), "file", &mut taken);
    let numbers: Option<Vec<f64>> = labels
        .iter()
        .map(|label| label.parse::<u32>().ok().map(f64::from))
        .collect();
    let has_role = |role| datasets.iter().any(|data| data.codebook.with_role(role).is_some());
    Variable {
        name: VarId(name),
        label: by.label(),
        kind: match by {
            By::Round => VariableKind::Ordinal,
            By::RespondentType | By::Country | By::File => VariableKind::Nominal,
        },
        // A file's own variable of that role says more.
        role: by.role().filter(|role| !has_role(*role)),
        values: labels
            .iter()
            .enumerate()
            .map(|(at, label)| Value {
                code: match &numbers {
                    Some(numbers) => Code::Number(numbers[at]),
                    None => Code::Text(label.clone()),
                },
                label: Text::plain(label.clone()),
                is: AnswerKind::Answer,
            })
            .collect(),
        missing_ranges: Vec::new(),
        blank: AnswerKind::Missing,
    }
}

/// One text for all: the first where they agree, else each in turn.
pub(in crate::data) fn joined<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Text {
    let mut all: Vec<&Text> = Vec::new();
    for text in texts {
        let known = all
            .iter()
            .any(|known| *known == text || agree(known, text) == Some(true));
        if !text.is_empty() && !known {
            all.push(text);
        }
    }
    let Some((first, others)) = all.split_first() else {
        return Text::default();
    };
    let mut joined = (*first).clone();
    for other in others {
        match agree(&joined, other) {
            None => joined = Text::plain(format!("{} / {}", joined.get(Language::En), other.get(Language::En))),
            Some(_) => joined.0.retain(|language, text| match other.0.get(language) {
                Some(more) => {
                    text.push_str(" / ");
                    text.push_str(more);
                    true
                }
                None => false,
            }),
        }
    }
    joined
}

/// Those of all files, once each.
fn labelled<'a>(lists: impl Iterator<Item = &'a Vec<Labelled>>) -> Vec<Labelled> {
    let mut all: Vec<Labelled> = Vec::new();
    for entry in lists.flatten() {
        match all.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => add_languages(&mut known.label, &entry.label),
            None => all.push(entry.clone()),
        }
    }
    all
}

/// What nobody has confirmed in any of the files.
fn unconfirmed(plan: &Plan, datasets: &[Dataset], ids: &[HashMap<&str, crate::data::QuestionId>]) -> Unconfirmed {
    let mut all = Unconfirmed::default();
    for (part, data) in datasets.iter().enumerate() {
        for name in &data.codebook.unconfirmed.roles {
            all.roles.extend(plan.name_of(part, data, name).cloned());
        }
        for id in &data.codebook.unconfirmed.questions {
            all.questions.extend(ids[part].get(id.0.as_str()).cloned());
        }
    }
    all.roles.sort();
    all.roles.dedup();
    all.questions.sort();
    all.questions.dedup();
    all
}
