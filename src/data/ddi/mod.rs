//! A DDI-Codebook (2.1 to 2.6, XML) in, a codebook out: labels, categories, missing codes, question texts, the weight,
//! groups of variables. It stands beside a data file as archives give it out (`STEM.xml`).

mod groups;

use std::collections::{HashMap, HashSet};

use encoding_rs::Encoding;
use roxmltree::{Document, Node, ParsingOptions};

use super::codebook::{
    AnswerKind, Code, Codebook, Item, Labelled, Question, QuestionId, QuestionKind, Role, Text, Value, Variable,
    VariableKind,
};
use super::sets::AnswerSet;

/// Elements of the largest codebook that is read. They take some hundred bytes each.
const MOST_NODES: u32 = 2_000_000;
/// Bytes of the largest codebook that is read.
pub(crate) const MOST_BYTES: usize = 128 << 20;
/// How far the beginning of the codebook itself is looked for.
const BEGINNING: usize = 4096;

/// A codebook and its multiple-response questions.
#[derive(Debug)]
pub(crate) struct Ddi {
    pub codebook: Codebook,
    pub sets: Vec<AnswerSet>,
}

/// Whether an XML file is a DDI-Codebook, by its first element.
pub(crate) fn is_codebook(file: &[u8]) -> bool {
    let beginning = decoded(&file[..file.len().min(BEGINNING)]);
    let mut rest = beginning.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        let end = match tag {
            tag if tag.starts_with("!--") => "-->",
            tag if tag.starts_with(['?', '!']) => ">",
            tag => {
                let name = tag
                    .split(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/'))
                    .next();
                return name.is_some_and(|name| name.rsplit(':').next() == Some("codeBook"));
            }
        };
        let Some((_, after)) = tag.split_once(end) else { break };
        rest = after;
    }
    false
}

/// Reads a DDI-Codebook; the error is a clause.
pub(crate) fn read(file: &[u8]) -> Result<Ddi, String> {
    if file.len() > MOST_BYTES {
        return Err(format!("it is longer than {} MB", MOST_BYTES >> 20));
    }
    let text = without_doctype(decoded(file))?;
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&text, options).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if root.tag_name().name() != "codeBook" {
        return Err(format!(
            "it begins with <{}>, and a DDI-Codebook begins with <codeBook>",
            root.tag_name().name()
        ));
    }
    Ok(codebook(root))
}

/// The file in letters: by its mark, else by the encoding that its first line names, else UTF-8.
fn decoded(file: &[u8]) -> String {
    let (encoding, file) = match Encoding::for_bom(file) {
        Some((encoding, mark)) => (encoding, &file[mark..]),
        None => {
            let line = String::from_utf8_lossy(&file[..file.len().min(200)]);
            let named = line.split_once("encoding=").and_then(|(_, rest)| {
                let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
                rest[1..].split(quote).next()
            });
            let encoding = named
                .filter(|_| line.starts_with("<?xml"))
                .and_then(|name| Encoding::for_label(name.as_bytes()));
            (encoding.unwrap_or(encoding_rs::UTF_8), file)
        }
    };
    encoding.decode_without_bom_handling(file).0.into_owned()
}

/// DDI 2.1 names its rules in a document type, which is not needed. Entities of a file's own are refused: a few of them
/// can stand for any amount of text.
fn without_doctype(text: String) -> Result<String, String> {
    let Some(start) = text.find("<!DOCTYPE") else {
        return Ok(text);
    };
    let length = text[start..].find('>').ok_or("its document type does not end")? + 1;
    if text[start..start + length].contains('[') {
        return Err("it defines entities of its own, which are not read".to_owned());
    }
    Ok(format!("{}{}", &text[..start], &text[start + length..]))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The text of an element and of those in it, blanks evened out.
fn words(node: Node<'_, '_>) -> String {
    let mut words: Vec<&str> = Vec::new();
    for text in node.descendants().filter(Node::is_text) {
        words.extend(text.text().unwrap_or_default().split_whitespace());
    }
    words.join(" ")
}

/// The texts of elements that say the same in several languages.
fn text<'a, 'i: 'a>(nodes: impl Iterator<Item = Node<'a, 'i>>) -> Text {
    let mut text = Text::default();
    for node in nodes {
        let words = words(node);
        if words.is_empty() {
            continue;
        }
        let language = node.attributes().find(|attribute| attribute.name() == "lang");
        let language: String = match language {
            Some(language) => language.value().split('-').next().unwrap_or_default().to_lowercase(),
            None => Text::UNDETERMINED.to_owned(),
        };
        text.0.entry(language).or_insert(words);
    }
    text
}

fn codebook(root: Node<'_, '_>) -> Ddi {
    let mut codebook = Codebook {
        title: title(root),
        ..Codebook::default()
    };
    let mut ids: HashMap<&str, usize> = HashMap::new();
    let mut names: HashSet<String> = HashSet::new();
    let mut asked: Vec<Asked> = Vec::new();
    let mut groups = Vec::new();
    let mut weighted = false;
    for part in children(root, "dataDscr").flat_map(|description| description.children()) {
        match part.tag_name().name() {
            "varGrp" => groups.push(part),
            "var" => {
                let Some(name) = part.attribute("name").or_else(|| part.attribute("ID")) else {
                    continue;
                };
                if let Some(id) = part.attribute("ID") {
                    ids.insert(id, codebook.variables.len());
                }
                if !names.insert(name.to_owned()) {
                    // A file of several tables may name a variable in each; the first one counts.
                    continue;
                }
                let mut variable = variable(name, part);
                if part.attribute("wgt") == Some("wgt") && !weighted {
                    weighted = true;
                    variable.role = Some(Role::Weight);
                }
                asked.push(Asked::of(part));
                codebook.variables.push(variable);
            }
            _ => {}
        }
    }
    let grouped = groups::read(&groups, &ids, &codebook.variables, &asked);
    let mut used: HashSet<usize> = HashSet::new();
    used.extend(grouped.used);
    codebook.questions = grouped.batteries;
    let mut topics: HashMap<String, String> = HashMap::new();
    for (place, (variable, asked)) in codebook.variables.iter().zip(&asked).enumerate() {
        if used.contains(&place) || (asked.text.is_empty() && asked.concept.is_empty()) {
            continue;
        }
        let topic = (!asked.concept.is_empty()).then(|| {
            let next = format!("concept-{}", topics.len() + 1);
            let id = topics.entry(asked.concept.clone()).or_insert_with(|| {
                codebook.topics.push(Labelled {
                    id: next.clone(),
                    label: Text::plain(asked.concept.clone()),
                });
                next
            });
            id.clone()
        });
        codebook.questions.push(Question {
            id: QuestionId(variable.name.0.clone()),
            topic,
            short: variable.label.clone(),
            text: if asked.text.is_empty() {
                variable.label.clone()
            } else {
                asked.text.clone()
            },
            kind: match variable.kind {
                VariableKind::Numeric => QuestionKind::Numeric,
                _ => QuestionKind::Single,
            },
            items: vec![Item {
                var: variable.name.clone(),
                ..Item::default()
            }],
            ..Question::default()
        });
    }
    Ddi {
        codebook,
        sets: grouped.sets,
    }
}

/// The title of the study, else of the document.
fn title(root: Node<'_, '_>) -> Text {
    for part in ["stdyDscr", "docDscr"] {
        let titles = children(root, part)
            .flat_map(|part| children(part, "citation"))
            .flat_map(|citation| children(citation, "titlStmt"))
            .flat_map(|statement| statement.children())
            .filter(|node| matches!(node.tag_name().name(), "titl" | "parTitl"));
        let title = text(titles);
        if !title.is_empty() {
            return title;
        }
    }
    Text::default()
}

/// What a variable's element says about the question that it answers.
struct Asked {
    text: Text,
    concept: String,
}

impl Asked {
    fn of(var: Node<'_, '_>) -> Self {
        let literal = children(var, "qstn").flat_map(|question| children(question, "qstnLit"));
        let mut text = text(literal);
        if text.is_empty() {
            // Some programs put the question right into its element.
            let direct = children(var, "qstn").filter(|question| question.children().all(|child| child.is_text()));
            text = self::text(direct);
        }
        Self {
            text,
            concept: child(var, "concept").map(words).unwrap_or_default(),
        }
    }
}

fn variable(name: &str, var: Node<'_, '_>) -> Variable {
    let format = child(var, "varFormat");
    let is_text = format.is_some_and(|format| format.attribute("type") == Some("character"));
    let is_date = format.is_some_and(|format| matches!(format.attribute("category"), Some("date" | "time")));
    let mut variable = Variable::new(name, VariableKind::Nominal);
    variable.label = text(children(var, "labl"));
    let mut known = HashSet::new();
    let mut value = |code: Code, label: Text, is: AnswerKind, values: &mut Vec<Value>| {
        if known.insert(code.clone()) {
            values.push(Value { code, label, is });
        }
    };
    let mut missing = HashSet::new();
    for range in children(var, "invalrng") {
        for item in children(range, "item") {
            missing.extend(item.attribute("VALUE").and_then(|code| code_of(code, is_text)));
        }
        for range in children(range, "range") {
            let end = |inclusive: &str, exclusive: &str, inwards: fn(f64) -> f64| -> Option<f64> {
                let inclusive = range.attribute(inclusive).and_then(number);
                inclusive.or_else(|| range.attribute(exclusive).and_then(number).map(inwards))
            };
            let low = end("min", "minExclusive", f64::next_up);
            let high = end("max", "maxExclusive", f64::next_down);
            if low.is_some() || high.is_some() {
                let range = (low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX));
                if range.0 <= range.1 {
                    variable.missing_ranges.push(range);
                }
            }
        }
    }
    let mut answers = false;
    for category in children(var, "catgry") {
        let Some(code) = child(category, "catValu").and_then(|code| code_of(&words(code), is_text)) else {
            continue;
        };
        let is_missing = category.attribute("missing") == Some("Y") || missing.contains(&code);
        let is = if is_missing {
            AnswerKind::Missing
        } else {
            AnswerKind::Answer
        };
        let label = text(children(category, "labl"));
        // Statistics of unlabelled numbers are no categories.
        if label.is_empty() && !is_missing {
            continue;
        }
        answers |= !is_missing;
        value(code, label, is, &mut variable.values);
    }
    let mut missing: Vec<Code> = missing.into_iter().collect();
    missing.sort();
    for code in missing {
        value(code, Text::default(), AnswerKind::Missing, &mut variable.values);
    }
    variable.kind = match var.attribute("intrvl") {
        _ if is_date => VariableKind::Date,
        Some("contin") => VariableKind::Numeric,
        _ if is_text && !answers => VariableKind::Text,
        _ => VariableKind::Nominal,
    };
    variable
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A code as the data have it; a blank cell has none.
fn code_of(code: &str, is_text: bool) -> Option<Code> {
    let code = code.trim();
    match number(code) {
        Some(number) if !is_text => Some(Code::Number(number)),
        _ if code.is_empty() || code == "." || code.eq_ignore_ascii_case("sysmiss") => None,
        _ => Some(Code::Text(code.to_owned())),
    }
}
