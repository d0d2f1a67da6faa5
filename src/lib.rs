//! Isobar: open a survey file, see it right, say it with a figure.
//!
//! # The way of the data
//! ```text
//!  survey file ─► data ─► filter ─► measure ─► figure ─► export ─► SVG ─► PNG
//!                            stats ──┘            └────► ui (paints the same scene)
//!                         project (choices only) ─► worker ─► app ─► ui ─► main
//! ```
//! The borders below are held by `tests/suite/architecture.rs`: moving one is a decision, not an accident.
//!
//! | module | what goes in, what comes out | may use |
//! |---|---|---|
//! | [`data`] | survey files (several combined or joined) → an immutable [`data::Dataset`]: typed columns, codebook, fingerprint; and back ([`data::write`]) | polars, the disk |
//! | [`setup`] | a data set → guesses about what its columns mean, each with reason and confidence; decisions → a codebook | data |
//! | [`stats`] | slices → estimates with their errors, intervals and tests | a distributions crate |
//! | [`filter`] | choices → a [`filter::Domain`]: one mark per respondent; never drops rows | data |
//! | [`measure`] | a [`measure::Query`] (what is asked) → a [`measure::Table`] (cells, tests, notes, warnings) | data, filter, stats, words |
//! | [`words`] | a key and a language → what a person reads; numbers as each language writes them | data (the language) |
//! | [`remarks`] | a warning or guess → a sentence | data, measure, setup, stats, words |
//! | [`explain`] | a table → sentences on how its numbers were computed | data, measure, stats, words |
//! | [`figure`] | a table and a [`figure::Look`] → a [`figure::Figure`], laid out to a [`figure::Scene`] | measure, words, font metrics |
//! | [`export`] | a scene → SVG, and from that PNG; a network → GraphML, GEXF | figure, measure, resvg |
//! | [`project`] | the user's choices as versioned JSON; saved in one step; never microdata | data ids, filter, measure, looks |
//! | [`worker`] | jobs in, events out, on named threads | all above |
//! | [`app`] | [`app::State`] and the one function that changes it; commands, undo | all above; no disk, threads, clock |
//! | [`ui`] | draws `&State`, collects commands; window and dialogs | app, figure, egui; never changes `State` |
//! | [`cli`] | the same queries without a window | all but ui and app |
//!
//! # Where to find what
//! - A file is misread → `data` (one folder or file per format; `merge` puts codebook and file together).
//! - A number is wrong → `stats` if it is the formula, `measure` if it is the base.
//! - A sentence is wrong → `assets/words/*.ftl`.
//! - A figure looks wrong → `figure`; if only the window's copy does, `ui`.
//! - A guess about columns is wrong → `assets/setup/words.json` if it is a word, `setup` if it is the rule.
//! - What columns mean → `assets/codebooks/*.json`, or the `NAME.codebook.json` beside a data file.

pub mod app;
pub mod cli;
pub mod data;
pub mod explain;
pub mod export;
pub mod figure;
pub mod filter;
pub mod measure;
pub mod project;
pub mod remarks;
pub mod setup;
pub mod stats;
pub mod ui;
pub mod words;
pub mod worker;
