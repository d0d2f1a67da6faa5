//! What the columns of a survey file mean: labels, codes, missing codes, roles, questions, bases, actors.
//! The JSON form of [`Codebook`] is the sidecar beside a data file and the packs in `assets/codebooks/`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::condition::Condition;

/// The version of the codebook format that this program writes.
pub const CODEBOOK_VERSION: u32 = 1;

/// The languages of the interface and of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order of the interface.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// The two-letter code used in codebooks and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }
}

/// A text in one or several languages, keyed by language code. A text read from a data file has the key `und`
/// (language undetermined).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The key of a text whose language nobody has told.
    pub const UNDETERMINED: &'static str = "und";

    /// A text whose language is not known.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Self::UNDETERMINED.to_owned(), text.into())]))
    }

    /// The text in `language`, else undetermined, else English, else whichever there is; empty when there is none.
    pub fn get(&self, language: Language) -> &str {
        [language.code(), Self::UNDETERMINED, "en"]
            .iter()
            .find_map(|key| self.0.get(*key))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether no language has any text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

/// The name of a column: stable, so that projects may store it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VarId(pub String);

impl fmt::Display for VarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for VarId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// The id of a question; for a variable that no question names, the variable's own name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub String);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for QuestionId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// An answer as it is stored: a number or a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Code {
    /// A numeric code. Never NaN.
    Number(f64),
    /// A text code.
    Text(String),
}

impl Code {
    /// A total order: numbers by size before texts by letter.
    fn key(&self) -> (u8, i64, &str) {
        match self {
            Self::Number(number) => {
                // The usual trick that makes the bits of a float sort as the float does; −0 counts as 0.
                let bits = (number + 0.0).to_bits() as i64;
                (0, bits ^ (((bits >> 63) as u64) >> 1) as i64, "")
            }
            Self::Text(text) => (1, 0, text),
        }
    }

    /// The number, where the code is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Whole numbers as people write them: 1, not 1.0. Beyond 2^53 a float is not a count any more.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Code {}
impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}
impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}
impl From<f64> for Code {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}
impl From<&str> for Code {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What kind of answer a code is. "Not asked" is neither "no" nor missing: it leaves the base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// A substantive answer.
    #[default]
    Answer,
    /// "Don't know": in the base or not, by the question's [`DontKnow`] policy.
    DontKnow,
    /// "Not relevant": treated by the same policy.
    NotRelevant,
    /// Refused to answer: leaves the base.
    Refused,
    /// Routed past, or never shown: leaves the base.
    NotAsked,
    /// Missing for another or an unknown reason: leaves the base.
    Missing,
}

impl AnswerKind {
    /// Whether a respondent with this answer can be in a base at all (the don't-know policy may still drop it).
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Answer | Self::DontKnow | Self::NotRelevant)
    }
}

/// One code of a variable, with its label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Value {
    /// The code as stored.
    pub code: Code,
    /// Its label; empty when the file has none.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// What kind of answer it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is: AnswerKind,
}

/// How a variable is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableKind {
    /// Categories without an order.
    #[default]
    Nominal,
    /// Categories with an order.
    Ordinal,
    /// A quantity.
    Numeric,
    /// Free text.
    Text,
    /// A date or time.
    Date,
}

/// What a variable is for in the survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The sampling weight.
    Weight,
    /// The stratum of the sampling design.
    Stratum,
    /// How many units the respondent's stratum has in the population.
    PopulationSize,
    /// The primary sampling unit, where it is not the respondent.
    Cluster,
    /// Sector.
    Sector,
    /// Size class.
    Size,
    /// Who answered.
    RespondentType,
    /// Geographical region.
    Region,
    /// Branch, subsector.
    Branch,
    /// Survey round.
    Round,
    /// Identifies the respondent.
    Id,
    /// Identifies the organisation that the respondent belongs to.
    Organisation,
}

impl Role {
    /// Every role, in the order that people meet them.
    pub const ALL: [Self; 12] = [
        Self::Weight,
        Self::Stratum,
        Self::PopulationSize,
        Self::Cluster,
        Self::Sector,
        Self::Size,
        Self::RespondentType,
        Self::Region,
        Self::Branch,
        Self::Round,
        Self::Id,
        Self::Organisation,
    ];

    /// Whether a variable with this role serves the survey (weight, design, identity) rather than being of interest.
    pub fn is_machinery(self) -> bool {
        matches!(
            self,
            Self::Weight | Self::Stratum | Self::PopulationSize | Self::Cluster | Self::Id | Self::Organisation
        )
    }

    /// The name in codebooks and in `describe --json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Stratum => "stratum",
            Self::PopulationSize => "population_size",
            Self::Cluster => "cluster",
            Self::Sector => "sector",
            Self::Size => "size",
            Self::RespondentType => "respondent_type",
            Self::Region => "region",
            Self::Branch => "branch",
            Self::Round => "round",
            Self::Id => "id",
            Self::Organisation => "organisation",
        }
    }
}

/// One column and what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// The column's name.
    pub name: VarId,
    /// What it is about; empty when nobody has said.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// How it is measured.
    #[serde(default)]
    pub kind: VariableKind,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Codes in the order of the codebook. May name codes that no respondent has, and need not name all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// Ranges of numeric codes that are missing, both ends included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_ranges: Vec<(f64, f64)>,
    /// What an empty cell means: [`AnswerKind::Missing`] or [`AnswerKind::NotAsked`].
    #[serde(default = "missing", skip_serializing_if = "is_missing")]
    pub blank: AnswerKind,
}

impl Variable {
    /// A variable that nothing is known about but its name.
    pub fn new(name: impl Into<String>, kind: VariableKind) -> Self {
        Self {
            name: VarId(name.into()),
            label: Text::default(),
            kind,
            role: None,
            values: Vec::new(),
            missing_ranges: Vec::new(),
            blank: AnswerKind::Missing,
        }
    }

    /// The codebook's entry for `code`.
    pub fn value(&self, code: &Code) -> Option<&Value> {
        self.values.iter().find(|value| value.code == *code)
    }

    /// What kind of answer `code` is: as the codebook says, else missing inside a missing range, else an answer.
    pub fn answer_kind(&self, code: &Code) -> AnswerKind {
        if let Some(value) = self.value(code)
            && value.is != AnswerKind::Answer
        {
            return value.is;
        }
        self.kind_by_range(code)
    }

    /// What kind of answer `code` is as far as the missing ranges tell.
    pub fn kind_by_range(&self, code: &Code) -> AnswerKind {
        match code.number() {
            Some(number)
                if self
                    .missing_ranges
                    .iter()
                    .any(|&(low, high)| low <= number && number <= high) =>
            {
                AnswerKind::Missing
            }
            _ => AnswerKind::Answer,
        }
    }

    /// The label to show for `code`: the codebook's, else the code itself.
    pub fn label_of(&self, code: &Code, language: Language) -> String {
        match self.value(code).map(|value| value.label.get(language)) {
            Some(label) if !label.is_empty() => label.to_owned(),
            _ => code.to_string(),
        }
    }

    /// What to call the variable: its label, else its name.
    pub fn title(&self, language: Language) -> &str {
        match self.label.get(language) {
            "" => &self.name.0,
            label => label,
        }
    }
}

/// Who was asked: a condition and its name. The respondents outside it were not asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// Named by [`Question::base`].
    pub id: String,
    /// For people: "innovative workplaces".
    pub label: Text,
    /// What one respondent of this base stands for, in the plural, where that differs from the survey's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Who belongs to it.
    pub when: Condition,
}

/// What happens to "don't know" and "not relevant".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DontKnow {
    /// In the base, not drawn, its share stated in the note (the publisher's default).
    #[default]
    Keep,
    /// Leaves the base of the item.
    Drop,
    /// Leaves the base of every item of the battery.
    Listwise,
}

/// The kinds of question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One variable, one answer.
    #[default]
    Single,
    /// One variable per box; a respondent may have several.
    Multiple,
    /// Several statements on one scale.
    Battery,
    /// A quantity.
    Numeric,
}

/// What an item of a multiple-response question says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A substantive box.
    #[default]
    Answer,
    /// The box "don't know".
    DontKnow,
    /// The box "none of these".
    None,
}

/// One box, statement or variable of a question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its variable.
    pub var: VarId,
    /// Category sets: the other variables that may hold its code. Whoever has a counted code in any of the variables
    /// has chosen it; a blank in one of them only means that there was no further answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<VarId>,
    /// Its label where that is not the variable's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// What it says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is: ItemKind,
    /// Which actor it is about: an id in [`Codebook::actors`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Which of the question's groups it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The codes that mean "chosen" for this item, where they are not the question's (category sets).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Code>,
}

/// "At least one of these items", and of some others none: any partner; public partners alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Union {
    /// Stable name.
    pub id: String,
    /// For people.
    pub label: Text,
    /// The variables of its items.
    pub items: Vec<VarId>,
    /// The variables of the items that it must be without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none_of: Vec<VarId>,
    /// Whether figures set it apart at the top.
    #[serde(default)]
    pub highlight: bool,
}

/// An id with its label: topics, actors, groups of items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Labelled {
    /// Stable name.
    pub id: String,
    /// For people.
    pub label: Text,
}

/// The codes of a battery's two poles, from the outermost inwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Poles {
    /// Hindered, disagree.
    pub negative: Vec<Code>,
    /// Promoted, agree.
    pub positive: Vec<Code>,
}

/// One question of the questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Stable name.
    pub id: QuestionId,
    /// What it is about, in words that all surveys share (`partners`, `novelty`): an id in some pack's
    /// [`Codebook::concepts`]. Questions of several files are put beside each other by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<String>,
    /// The topic it is listed under: an id in [`Codebook::topics`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// A name of a few words, for lists and headlines.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub short: Text,
    /// The question as it was asked.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// Its kind.
    pub kind: QuestionKind,
    /// The id of its base in [`Codebook::bases`]; `None` is everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// What happens to "don't know".
    #[serde(default)]
    pub dont_know: DontKnow,
    /// Multiple response: at most so many boxes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Its boxes or statements; exactly one for single-choice and numeric questions.
    pub items: Vec<Item>,
    /// Multiple response: the codes that mean "chosen".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Code>,
    /// Battery: its poles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poles: Option<Poles>,
    /// Labelled groups of items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Labelled>,
    /// Derived rows: at least one of several items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unions: Vec<Union>,
}

impl Item {
    /// Every variable that it reads.
    pub fn variables(&self) -> impl Iterator<Item = &VarId> {
        std::iter::once(&self.var).chain(&self.more)
    }
}

impl Question {
    /// The codes that mean "chosen" for `item`.
    pub fn counted_of<'a>(&'a self, item: &'a Item) -> &'a [Code] {
        if item.counted.is_empty() {
            &self.counted
        } else {
            &item.counted
        }
    }

    /// A name of a few words: the short one, else the question's text, else its id.
    pub fn title(&self, language: Language) -> &str {
        [self.short.get(language), self.text.get(language)]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or(&self.id.0)
    }
}

/// What a file's columns mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Codebook {
    /// Format version; see [`CODEBOOK_VERSION`].
    pub isobar_codebook: u32,
    /// Stable name of a pack.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What the survey is called.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Whether the answers are made up, which is said wherever they are shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub synthetic: bool,
    /// The source line of figures.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub source: Text,
    /// What a respondent is, in the plural.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub unit: Text,
    /// Topics in the order of the interface.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Labelled>,
    /// Actors, whose ids are the same in all surveys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Labelled>,
    /// Named bases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<Base>,
    /// Variables in the order of the file.
    pub variables: Vec<Variable>,
    /// Questions in the order of the questionnaire.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// How many were sampled, and are in the population, by category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response: Vec<ResponseCount>,
    /// Packs: how to know a question of any survey by its words; see `assets/codebooks/README.md`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<Concept>,
    /// What is used although nobody has looked at it: guesses that were taken all at once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unconfirmed: Unconfirmed,
}

/// How many of a category were sampled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseCount {
    /// The variable.
    pub var: VarId,
    /// The category.
    pub code: Code,
    /// How many were asked to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<f64>,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
}

/// How a concept that surveys share is known by its words. Patterns are those of [`super::wording`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// Stable name: [`Question::concept`].
    pub id: String,
    /// A name of a few words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub short: Text,
    /// The question as the questionnaire has it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// The kinds of question that it can be; empty is any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<QuestionKind>,
    /// Patterns of variable names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Patterns in the question's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Patterns in the question's text that rule it out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// What its items or answers can be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ConceptItem>,
}

/// An item or answer of a concept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConceptItem {
    /// Stable name.
    pub id: String,
    /// For people.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Patterns in the item's label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Which actor it is about: an id in [`Codebook::actors`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
}

/// What a codebook uses although nobody has looked at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unconfirmed {
    /// Variables whose role is a guess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<VarId>,
    /// Questions that are a guess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionId>,
}

impl Default for Codebook {
    fn default() -> Self {
        Self {
            isobar_codebook: CODEBOOK_VERSION,
            id: String::new(),
            title: Text::default(),
            synthetic: false,
            source: Text::default(),
            unit: Text::default(),
            topics: Vec::new(),
            actors: Vec::new(),
            bases: Vec::new(),
            variables: Vec::new(),
            questions: Vec::new(),
            response: Vec::new(),
            concepts: Vec::new(),
            unconfirmed: Unconfirmed::default(),
        }
    }
}

impl Codebook {
    /// The variable called `name`.
    pub fn variable(&self, name: &VarId) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == *name)
    }

    /// The question with this id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The base with this id.
    pub fn base(&self, id: &str) -> Option<&Base> {
        self.bases.iter().find(|base| base.id == id)
    }

    /// The variable with this role.
    pub fn with_role(&self, role: Role) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.role == Some(role))
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn missing() -> AnswerKind {
    AnswerKind::Missing
}

fn is_missing(kind: &AnswerKind) -> bool {
    *kind == AnswerKind::Missing
}
