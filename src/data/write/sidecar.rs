//! What was written in, the codebook beside it out: the same JSON that is read beside any data file, with a note on the
//! file that it was written for.

use serde::Serialize;

use super::fit::{Fitted, Stored, stored};
use crate::data::codebook::{Codebook, VarId};
use crate::data::merge::FileNote;

#[derive(Serialize)]
struct Sidecar<'a> {
    #[serde(flatten)]
    codebook: &'a Codebook,
    file: FileNote,
}

pub(super) fn json(fitted: &Fitted<'_>, fingerprint: String) -> serde_json::Result<String> {
    let named = |wanted: fn(Stored) -> bool| -> Vec<VarId> {
        let all = fitted.codebook.variables.iter().zip(&fitted.columns);
        all.filter(|(variable, column)| wanted(stored(variable, column)))
            .map(|(variable, _)| variable.name.clone())
            .collect()
    };
    let sidecar = Sidecar {
        codebook: &fitted.codebook,
        file: FileNote {
            fingerprint,
            text: named(|stored| matches!(stored, Stored::Text | Stored::Mixed)),
            mixed: named(|stored| stored == Stored::Mixed),
        },
    };
    let mut json = serde_json::to_string_pretty(&sidecar)?;
    json.push('\n');
    Ok(json)
}
