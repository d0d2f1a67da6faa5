//! All tests that use the library from outside, in one program: each extra test binary is another long link.

mod against_r;
mod app;
mod architecture;
mod cli;
mod messages;
mod program;
mod published;
mod round_trip;
mod worker;
