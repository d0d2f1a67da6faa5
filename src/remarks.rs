//! A warning beside a result, or the reason of a guess, in; a sentence in the reader's language out.

use crate::data::write::WriteWarning;
use crate::data::{DataWarning, Language, Text, VarId};
use crate::measure::{ModelWarning, TableWarning};
use crate::setup::Reason;
use crate::stats::Lonely;
use crate::words::{count, list, quote, text};

/// What should be known about a file.
pub fn of_data(warning: &DataWarning, language: Language) -> String {
    let whole = |number: usize| count(language, number as f64);
    match warning {
        DataWarning::Encoding { encoding, texts } => text(
            language,
            "remark-encoding",
            &[("texts", &whole(*texts)), ("encoding", encoding)],
        ),
        DataWarning::EncodingRepaired { claimed, found, texts } => text(
            language,
            "remark-encoding-repaired",
            &[("texts", &whole(*texts)), ("claimed", claimed), ("found", found)],
        ),
        DataWarning::PackRecognised { pack, matched, of } => text(
            language,
            "remark-pack-recognised",
            &[("pack", pack), ("matched", &whole(*matched)), ("of", &whole(*of))],
        ),
        DataWarning::CodebookMismatch { codebook, missing } => text(
            language,
            "remark-codebook-mismatch",
            &[
                ("codebook", codebook),
                ("count", &whole(missing.len())),
                ("names", &a_few(missing)),
            ],
        ),
        DataWarning::ColumnsNamed { columns } => text(
            language,
            "remark-columns-named",
            &[("count", &whole(columns.len())), ("names", &a_few(columns))],
        ),
        DataWarning::NotAvailable { variables } => {
            text(language, "remark-not-available", &[("names", &a_few(variables))])
        }
        DataWarning::AmbiguousNumbers { variables } => {
            text(language, "remark-ambiguous-numbers", &[("names", &a_few(variables))])
        }
        DataWarning::FailedFormulas { variables, cells } => text(
            language,
            "remark-failed-formulas",
            &[("cells", &whole(*cells)), ("names", &a_few(variables))],
        ),
        DataWarning::OtherSheets { read, others } => {
            let others: Vec<VarId> = others.iter().map(|sheet| VarId(sheet.clone())).collect();
            text(
                language,
                "remark-other-sheets",
                &[("read", read), ("others", &a_few(&others))],
            )
        }
        DataWarning::PassedOver { what } => text(language, "remark-passed-over", &[("what", what)]),
        DataWarning::QuestionLeftOut { question, lacks } => text(
            language,
            "remark-question-left-out",
            &[("question", &question.0), ("lacks", lacks)],
        ),
        DataWarning::InFile { file, warning } => text(
            language,
            "remark-in-file",
            &[("file", file), ("remark", &of_data(warning, language))],
        ),
        DataWarning::FileWithoutWeight { file } => text(language, "remark-file-without-weight", &[("file", file)]),
        DataWarning::NothingShared { file } => text(language, "remark-nothing-shared", &[("file", file)]),
        DataWarning::LabelsDiffer { variables } => {
            text(language, "remark-labels-differ", &[("names", &a_few(variables))])
        }
        DataWarning::ValuesKeptApart { variables } => {
            text(language, "remark-values-kept-apart", &[("names", &a_few(variables))])
        }
        DataWarning::Renamed { file, variables } => text(
            language,
            "remark-renamed-in-file",
            &[("file", file), ("names", &a_few(variables))],
        ),
        DataWarning::SettingsDiffer { question } => {
            text(language, "remark-settings-differ", &[("question", &question.0)])
        }
        DataWarning::UnionLeftOut { question, union } => text(
            language,
            "remark-union-left-out",
            &[("question", &question.0), ("union", union)],
        ),
        DataWarning::Joined {
            key,
            matched,
            of,
            unused,
        } => text(
            language,
            "remark-joined",
            &[
                ("key", &key.0),
                ("matched", &whole(*matched)),
                ("of", &whole(*of)),
                ("without", &whole(of - matched)),
                ("unused", &whole(*unused)),
            ],
        ),
        DataWarning::Truncated {
            promised: Some(promised),
            read,
        } => text(
            language,
            "remark-truncated",
            &[("promised", &whole(*promised)), ("read", &whole(*read))],
        ),
        DataWarning::Truncated { promised: None, read } => {
            text(language, "remark-truncated-somewhere", &[("read", &whole(*read))])
        }
    }
}

/// What a format had no room for.
pub fn of_writing(warning: &WriteWarning, language: Language) -> String {
    let whole = |number: usize| count(language, number as f64);
    let named = |key, variables: &[VarId]| text(language, key, &[("names", &a_few(variables))]);
    match warning {
        WriteWarning::OneLanguage { language: kept, texts } => {
            let key = match kept {
                Language::Da => "remark-one-language-da",
                Language::En => "remark-one-language-en",
            };
            text(language, key, &[("texts", &whole(*texts))])
        }
        WriteWarning::OnlyInCodebook => text(language, "remark-only-in-codebook", &[]),
        WriteWarning::Renamed { names } => {
            let names: Vec<VarId> = names.iter().map(|(old, new)| VarId(format!("{old} → {new}"))).collect();
            text(
                language,
                "remark-renamed",
                &[("count", &whole(names.len())), ("names", &a_few(&names))],
            )
        }
        WriteWarning::LabelsCut { labels } => text(language, "remark-labels-cut", &[("labels", &whole(*labels))]),
        WriteWarning::TextsCut { variables } => named("remark-texts-cut", variables),
        WriteWarning::Recoded { variables } => named("remark-recoded", variables),
        WriteWarning::StoredAsText { variables } => named("remark-stored-as-text", variables),
        WriteWarning::MissingUndeclared { variables } => named("remark-missing-undeclared", variables),
        WriteWarning::SetsLeftOut { questions } => {
            let names: Vec<VarId> = questions.iter().map(|id| VarId(id.0.clone())).collect();
            named("remark-sets-left-out", &names)
        }
    }
}

/// The first few names of a list.
fn a_few(names: &[VarId]) -> String {
    let mut few: Vec<&str> = names.iter().take(5).map(|name| name.0.as_str()).collect();
    if names.len() > few.len() {
        few.push("…");
    }
    few.join(", ")
}

/// What should be known about numbers.
pub fn of_table(warning: &TableWarning, language: Language) -> String {
    let whole = |number: usize| count(language, number as f64);
    let design = |key, var: &VarId, rows| text(language, key, &[("var", &var.0), ("rows", &whole(rows))]);
    match warning {
        TableWarning::LonelyStrata { strata, lonely, names } => {
            let key = match lonely {
                Lonely::Adjust => "remark-lonely-strata",
                Lonely::Centre => "remark-lonely-strata-centre",
                Lonely::Average => "remark-lonely-strata-average",
                Lonely::Remove | Lonely::Fail => "remark-lonely-strata-remove",
            };
            let mut few: Vec<&str> = names.iter().map(|name| name.get(language)).collect();
            if *strata > few.len() {
                few.push("…");
            }
            text(
                language,
                key,
                &[("strata", &whole(*strata)), ("names", &few.join(", "))],
            )
        }
        TableWarning::Unconfirmed { what } => {
            let names: Vec<String> = what.iter().map(|name| quote(language, name.get(language))).collect();
            text(language, "remark-unconfirmed", &[("names", &list(language, &names))])
        }
        TableWarning::NotTested { most } => text(language, "remark-not-tested", &[("most", &whole(*most))]),
        TableWarning::MoreSets { sets, most } => text(
            language,
            "remark-more-sets",
            &[("sets", &whole(*sets)), ("most", &whole(*most))],
        ),
        TableWarning::NoWeight { var, rows } => design("remark-no-weight", var, *rows),
        TableWarning::NoStratum { var, rows } => design("remark-no-stratum", var, *rows),
        TableWarning::NoCluster { var, rows } => design("remark-no-cluster", var, *rows),
        TableWarning::NoGroup { var, rows } => design("remark-no-group", var, *rows),
        TableWarning::NoSuchCode { var, code } => text(
            language,
            "remark-no-such-code",
            &[("var", &var.0), ("code", &code.to_string())],
        ),
        TableWarning::Unticked { question, rows, of } => text(
            language,
            "remark-unticked",
            &[
                ("question", question.get(language)),
                ("rows", &whole(*rows)),
                ("of", &whole(*of)),
            ],
        ),
        TableWarning::NoPopulation { var, rows } => design("remark-no-population", var, *rows),
        TableWarning::Empty => text(language, "remark-empty", &[]),
        TableWarning::NotAsked { item, group } => match group.get(language) {
            "" => text(language, "remark-not-asked", &[("item", item.get(language))]),
            group => text(
                language,
                "remark-not-asked-group",
                &[("item", item.get(language)), ("group", group)],
            ),
        },
        TableWarning::Model(warning) => of_model(warning, language),
        TableWarning::InComparison { of, warning } => {
            let names: Vec<String> = of.iter().map(|name| quote(language, name.get(language))).collect();
            text(
                language,
                "remark-in-comparison",
                &[
                    ("names", &list(language, &names)),
                    ("remark", &of_model(warning, language)),
                ],
            )
        }
        TableWarning::SmallGroups { groups } => text(language, "remark-small-groups", &[("groups", &whole(*groups))]),
    }
}

/// What speaks for a guess about a file's columns.
pub fn of_guess(reason: &Reason, language: Language) -> String {
    let whole = |number: usize| count(language, number as f64);
    let of = |key, name, value: &str| text(language, key, &[(name, value)]);
    let quoted = |words: &str| quote(language, words);
    let several = |labels: &[String]| {
        let labels: Vec<String> = labels.iter().take(MOST_LABELS).map(|label| quoted(label)).collect();
        list(language, &labels)
    };
    match reason {
        Reason::NameWord(word) => of("remark-guess-name-word", "word", &quoted(word)),
        Reason::LabelWord(word) => of("remark-guess-label-word", "word", &quoted(word)),
        Reason::ValueWords(labels) => of("remark-guess-value-words", "labels", &several(labels)),
        Reason::Ranges(labels) => of("remark-guess-ranges", "labels", &several(labels)),
        Reason::Fractions => text(language, "remark-guess-fractions", &[]),
        Reason::MeanIsOne => text(language, "remark-guess-mean-is-one", &[]),
        Reason::SumIsPopulation(sum) => of("remark-guess-sum-is-population", "sum", &count(language, *sum)),
        Reason::Unique => text(language, "remark-guess-unique", &[]),
        Reason::Consecutive => text(language, "remark-guess-consecutive", &[]),
        Reason::ConstantWithin(var) => of("remark-guess-constant-within", "var", &var.0),
        Reason::Explains(var) => of("remark-guess-explains", "var", &var.0),
        Reason::SharedLabel(label) => of("remark-guess-shared-label", "label", &quoted(label)),
        Reason::NameStem(stem) => of("remark-guess-name-stem", "stem", &quoted(stem)),
        Reason::SameAnswers(labels) => text(
            language,
            "remark-guess-same-answers",
            &[("count", &whole(labels.len())), ("labels", &several(labels))],
        ),
        Reason::TwoValues { chosen, other } if other.is_empty() => {
            of("remark-guess-one-value", "value", &quoted(chosen))
        }
        Reason::TwoValues { chosen, other } => text(
            language,
            "remark-guess-two-values",
            &[("chosen", &quoted(chosen)), ("other", &quoted(other))],
        ),
        Reason::OneValue(value) => of("remark-guess-one-value", "value", &quoted(value)),
        Reason::FilledInOrder => text(language, "remark-guess-filled-in-order", &[]),
        Reason::CodeLabel(label) => of("remark-guess-code-label", "label", &quoted(label)),
        Reason::CodeApart => text(language, "remark-guess-code-apart", &[]),
        Reason::QuestionWord(word) => of("remark-guess-question-word", "word", &quoted(word)),
        Reason::KnownItems { known, of } => text(
            language,
            "remark-guess-known-items",
            &[("known", &whole(*known)), ("of", &whole(*of))],
        ),
    }
}

/// More labels than this are not listed in a sentence.
const MOST_LABELS: usize = 5;

/// What should be known about a model.
pub fn of_model(warning: &ModelWarning, language: Language) -> String {
    let whole = |number: usize| count(language, number as f64);
    let named = |key, terms: &[Text]| {
        let terms: Vec<&str> = terms.iter().map(|term| term.get(language)).collect();
        text(language, key, &[("terms", &list(language, &terms))])
    };
    match warning {
        ModelWarning::Design(warning) => of_table(warning, language),
        ModelWarning::Incomplete { rows, of, vars } => {
            let vars: Vec<String> = vars
                .iter()
                .map(|(var, rows)| format!("{var} {}", whole(*rows)))
                .collect();
            text(
                language,
                "remark-model-incomplete",
                &[("rows", &whole(*rows)), ("of", &whole(*of)), ("vars", &vars.join(", "))],
            )
        }
        ModelWarning::AsNumber { var } => text(language, "remark-model-as-number", &[("var", &var.0)]),
        ModelWarning::OneLevel { var } => text(language, "remark-model-one-level", &[("var", &var.0)]),
        ModelWarning::Dependent { terms } => named("remark-model-dependent", terms),
        ModelWarning::Endless { terms } => named("remark-model-endless", terms),
        ModelWarning::Replicates { lost, of } => text(
            language,
            "remark-model-replicates",
            &[("lost", &whole(*lost)), ("of", &whole(*of))],
        ),
        ModelWarning::NotConverged { steps } => {
            text(language, "remark-model-not-converged", &[("steps", &whole(*steps))])
        }
        ModelWarning::NoDegrees => text(language, "remark-model-no-degrees", &[]),
        ModelWarning::FewEvents { events, coefficients } => text(
            language,
            "remark-model-few-events",
            &[("events", &whole(*events)), ("coefficients", &whole(*coefficients))],
        ),
    }
}
