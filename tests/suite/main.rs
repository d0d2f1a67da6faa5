//! All tests that use the library from outside, in one program: each extra test binary is another long link.

// Clippy's own exception covers test functions, not their helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod against_r;
mod against_r_more;
mod against_r_ties;
mod analyses;
mod app;
mod architecture;
mod check_published;
mod cli;
mod convert;
mod effects;
mod gallery;
mod large;
mod measures;
mod messages;
mod models;
mod mutants;
mod program;
mod published;
mod readers;
mod readers_arrow;
mod readers_ddi;
mod readers_dta;
mod readers_excel;
mod readers_por;
mod readers_sas;
mod readers_xpt;
mod reported;
mod round_trip;
mod setup;
mod several;
mod silent;
mod standard;
mod statistics;
mod ui;
mod ui_analyses;
mod ui_network;
mod ui_reading;
mod ui_setup;
mod wording;
mod worker;
mod zip;
