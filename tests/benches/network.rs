//! How long a network of 12 and of 300 boxes takes from its table to its scene: `cargo bench --bench network`. Medians. A
//! window that follows a dragged node draws 30 times a second, so there are 33 ms.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code
)]

use std::time::Instant;

use isobar::figure::{self, Look};
use isobar::measure::Table;

#[path = "../suite/gallery/networks.rs"]
mod networks;
#[path = "../suite/gallery/tables.rs"]
mod tables;

/// What the made-up tables come with.
struct Entry {
    name: &'static str,
    table: Table,
    look: Look,
}

fn entry(name: &'static str, table: Table) -> Entry {
    Entry {
        name,
        table,
        look: Look::default(),
    }
}

const TIMES: usize = 15;

fn main() {
    for (boxes, communities) in [(12, false), (12, true), (300, false), (300, true)] {
        let table = networks::boxes(boxes, 1_000);
        let mut look = Look::default();
        look.network.communities = communities;
        let mut seconds = Vec::new();
        let mut elements = 0;
        for time in 0..TIMES {
            // As while a node is dragged.
            look.network.places = vec![("box_1".to_owned(), [time as f32 / TIMES as f32, 0.4])];
            let begun = Instant::now();
            let scene = figure::layout(&figure::draw(&table, &look));
            seconds.push(begun.elapsed().as_secs_f64());
            elements = scene.elements.len();
        }
        seconds.sort_by(f64::total_cmp);
        let median = seconds[TIMES / 2];
        let with = if communities { ", communities marked" } else { "" };
        println!(
            "{boxes} boxes, {} pairs{with}: {:.2} ms ({elements} shapes, {:.0} pictures a second)",
            table.ties.len(),
            median * 1e3,
            1.0 / median
        );
        assert!(median < 0.033, "{boxes} boxes take {median} s");
    }
}
