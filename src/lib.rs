//! Isobar: open a survey file, see it right, say it with a figure.

pub mod app;
pub mod cli;
pub mod data;
pub mod export;
pub mod figure;
pub mod filter;
pub mod measure;
pub mod project;
pub mod remarks;
pub mod stats;
pub mod ui;
pub mod words;
pub mod worker;
