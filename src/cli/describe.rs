//! `isobar describe`: a data set in, what it holds out, for people or as JSON.

use serde_json::{Value, json};

use super::{Trouble, print};
use crate::data::{
    AnswerKind, Code, Codebook, Combined, Dataset, Item, ItemKind, Language, Opened, Question, Role, Text, Variable,
};
use crate::remarks;
use crate::setup::{self, Guess};

pub(super) fn run(opened: &Opened, as_json: bool) -> Result<(), Trouble> {
    let text = if as_json {
        format!("{:#}\n", object(opened))
    } else {
        for_people(&opened.dataset)
    };
    print(&text)
}

fn object(opened: &Opened) -> Value {
    let Opened { dataset, warnings } = opened;
    let codebook = &dataset.codebook;
    let roles: serde_json::Map<String, Value> = Role::ALL
        .into_iter()
        .filter_map(|role| Some((role.id().to_owned(), json!(codebook.with_role(role)?.name))))
        .collect();
    json!({
        "file": dataset.path.display().to_string(),
        "format": dataset.format.name(),
        "sheets": dataset.sheets.names,
        "sheet": dataset.sheets.name(),
        "rows": dataset.rows,
        "encoding": dataset.encoding,
        "fingerprint": dataset.fingerprint,
        "title": codebook.title,
        "synthetic": codebook.synthetic,
        "parts": dataset.combined.as_ref().map(parts),
        "variables": codebook.variables.iter().map(variable).collect::<Vec<_>>(),
        "questions": dataset.questions().iter().map(|asked| question(asked, codebook)).collect::<Vec<_>>(),
        "roles": roles,
        "unconfirmed": codebook.unconfirmed,
        "guesses": setup::guess(dataset).iter().map(guess).collect::<Vec<_>>(),
        "warnings": warnings.iter().map(|warning| remarks::of_data(warning, Language::En)).collect::<Vec<_>>(),
    })
}

/// What a column seems to mean; nothing of it is used until somebody takes it.
fn guess(guess: &Guess) -> Value {
    let reasons = guess
        .reasons
        .iter()
        .map(|reason| remarks::of_guess(reason, Language::En));
    json!({
        "id": guess.id,
        "what": guess.what,
        "confidence": guess.confidence,
        "reasons": reasons.collect::<Vec<_>>(),
        "instead_of": guess.instead_of,
    })
}

/// The files of several, and what each did not ask.
fn parts(combined: &Combined) -> Value {
    let parts = combined.parts.iter().map(|part| {
        json!({
            "label": part.label,
            "file": part.path.display().to_string(),
            "fingerprint": part.fingerprint,
            "rows": part.rows.len(),
            "not_asked": part.not_asked,
        })
    });
    json!({ "by": combined.by, "files": parts.collect::<Vec<_>>() })
}

fn variable(variable: &Variable) -> Value {
    let missing: Vec<&Code> = variable
        .values
        .iter()
        .filter(|value| !variable.answer_kind(&value.code).is_valid())
        .map(|value| &value.code)
        .collect();
    json!({
        "name": variable.name,
        "label": variable.label,
        "kind": variable.kind,
        "values": variable.values.iter().map(|value| json!({
            "code": value.code,
            "label": value.label,
            "is": variable.answer_kind(&value.code),
        })).collect::<Vec<_>>(),
        "missing": { "codes": missing, "ranges": variable.missing_ranges, "blank": variable.blank },
        "role": variable.role.map(Role::id),
    })
}

fn question(question: &Question, codebook: &Codebook) -> Value {
    let items: Vec<Value> = question
        .items
        .iter()
        .map(|item| item_object(item, question, codebook))
        .collect();
    let base = question.base.as_deref().and_then(|id| codebook.base(id));
    json!({
        "id": question.id,
        "kind": question.kind,
        "text": if question.text.is_empty() { &question.short } else { &question.text },
        "short": question.short,
        "concept": question.concept,
        "topic": question.topic,
        "items": items,
        "unions": question.unions,
        "base": base.map(|base| json!({ "id": base.id, "label": base.label, "when": base.when })),
        "dont_know": question.dont_know,
        "max": question.max,
    })
}

fn item_object(item: &Item, question: &Question, codebook: &Codebook) -> Value {
    json!({
        "var": item.var,
        "label": item_label(item, codebook),
        "is": item.is,
        "counted": question.counted_of(item),
        "actor": item.actor,
        "group": item.group,
    })
}

fn item_label(item: &Item, codebook: &Codebook) -> Text {
    item.label
        .clone()
        .or_else(|| Some(codebook.variable(&item.var)?.label.clone()))
        .unwrap_or_default()
}

fn for_people(data: &Dataset) -> String {
    let codebook = &data.codebook;
    let language = Language::En;
    let mut lines = vec![format!("{}", data.path.display())];
    if !codebook.title.is_empty() {
        let synthetic = if codebook.synthetic { " (synthetic data)" } else { "" };
        lines.push(format!("{}{synthetic}", codebook.title.get(language)));
    }
    lines.push(format!(
        "{} · {} respondents · {} variables · {}",
        data.format.name(),
        data.rows,
        codebook.variables.len(),
        data.encoding
    ));
    if let Some(combined) = &data.combined {
        lines.push(format!("\nFiles, told apart by {}", combined.by));
        for part in &combined.parts {
            let name = part.path.file_name().unwrap_or(part.path.as_os_str()).to_string_lossy();
            lines.push(format!("  {:24} {name} · {} respondents", part.label, part.rows.len()));
            if !part.not_asked.is_empty() {
                let names: Vec<&str> = part.not_asked.iter().map(|name| name.0.as_str()).collect();
                lines.push(format!("      not asked: {}", names.join(", ")));
            }
        }
    }
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter_map(|role| Some(format!("  {:16} {}", role.id(), codebook.with_role(role)?.name)))
        .collect();
    if !roles.is_empty() {
        lines.push("\nRoles".to_owned());
        lines.extend(roles);
    }
    let named = &codebook.questions;
    if !named.is_empty() {
        lines.push("\nQuestions".to_owned());
        for question in named {
            let kind = serde_json::to_value(question.kind).ok();
            let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
            let answers = question.items.iter().filter(|item| item.is == ItemKind::Answer).count();
            let base = question.base.as_deref().and_then(|id| codebook.base(id));
            let among = base
                .map(|base| format!(", among {}", base.label.get(language)))
                .unwrap_or_default();
            lines.push(format!(
                "  {:24} {} ({kind}, {answers} items{among})",
                question.id.0,
                question.title(language)
            ));
        }
    }
    lines.push("\nVariables".to_owned());
    for variable in &codebook.variables {
        lines.push(format!("  {:24} {}", variable.name.0, variable.label.get(language)));
        for value in variable.values.iter().take(12) {
            let kind = match variable.answer_kind(&value.code) {
                AnswerKind::Answer => String::new(),
                kind => serde_json::to_value(kind)
                    .ok()
                    .and_then(|kind| Some(format!("  [{}]", kind.as_str()?.replace('_', " "))))
                    .unwrap_or_default(),
            };
            lines.push(format!(
                "      {:>6}  {}{kind}",
                value.code.to_string(),
                value.label.get(language)
            ));
        }
        if variable.values.len() > 12 {
            lines.push(format!("      {:>6}  and {} more", "…", variable.values.len() - 12));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
