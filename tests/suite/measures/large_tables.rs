//! Large tables are made group by group: the numbers are those of one tally, and of the respondents one by one.

use isobar::stats::{Design, DesignSpec, Estimate, Lonely, Margin, ReplicateKind, ReplicateSpec};

const ROWS: usize = 3_000;
const GROUPS: u16 = 20;
const ANSWERS: u16 = 20;
const STRATA: u32 = 600;

/// Numbers without pattern.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) % limit
    }
}

/// Strata of very different sizes, some with one respondent, some sampled completely.
fn spec(numbers: &mut Numbers) -> DesignSpec {
    let strata: Vec<u32> = (0..ROWS)
        .map(|row| match row {
            0..5 => STRATA + row as u32,
            _ => (numbers.below(u64::from(STRATA)) * numbers.below(u64::from(STRATA)) / u64::from(STRATA)) as u32,
        })
        .collect();
    let size = |stratum: u32| strata.iter().filter(|other| **other == stratum).count() as f64;
    DesignSpec {
        weights: Some(
            (0..ROWS)
                .map(|_| {
                    [f64::NAN, 0.0]
                        .get(numbers.below(40) as usize)
                        .copied()
                        .unwrap_or(1.0 + numbers.below(900) as f64 / 100.0)
                })
                .collect(),
        ),
        population: Some(strata.iter().map(|h| size(*h) * f64::from(1 + h % 4)).collect()),
        strata: Some(strata),
        ..DesignSpec::default()
    }
}

fn same(a: f64, b: f64, what: &str) {
    let near = (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-3);
    assert!(near || a.is_nan() && b.is_nan(), "{what}: {a} and {b}");
}

fn same_estimates(a: &Estimate, b: &Estimate, what: &str) {
    same(a.value, b.value, what);
    same(a.std_error, b.std_error, what);
    same(a.n_weighted, b.n_weighted, what);
    assert_eq!((a.n, a.df), (b.n, b.df), "{what}");
}

fn check(name: &str, spec: DesignSpec) {
    let mut numbers = Numbers(26);
    let mut codes = |most: u16| -> Vec<u16> {
        (0..ROWS)
            .map(|_| match numbers.below(20) {
                0 => u16::MAX,
                _ => numbers.below(u64::from(most)) as u16,
            })
            .collect()
    };
    // The last group is empty.
    let (groups, answers) = (codes(GROUPS - 1), codes(ANSWERS));
    let design = Design::new(ROWS, spec).unwrap();
    let (count, width) = (usize::from(GROUPS), usize::from(ANSWERS));
    assert!(design.units() * count * width > 200_000, "{name} is large");
    let parts = design.shares(Some(&groups), count, &answers, width);
    let whole = design
        .tally_classes(Some(&groups), count, &answers, width)
        .shares(width);
    assert_eq!(parts.len(), whole.len());
    for (cell, (part, whole)) in parts.iter().zip(&whole).enumerate() {
        same_estimates(&part.0, &whole.0, &format!("{name}, cell {cell}"));
        assert_eq!(part.1, whole.1, "{name}, cell {cell}");
    }
    let inside: Vec<bool> = groups.iter().map(|group| *group == 7).collect();
    let known: Vec<bool> = inside
        .iter()
        .zip(&answers)
        .map(|(inside, answer)| *inside && *answer != u16::MAX)
        .collect();
    for answer in 0..ANSWERS {
        let chosen: Vec<bool> = answers.iter().map(|of| *of == answer).collect();
        let alone = design.share(&known, &chosen);
        same_estimates(
            &parts[7 * width + usize::from(answer)].0,
            &alone,
            &format!("{name}, answer {answer}"),
        );
    }
}

#[test]
fn a_table_made_group_by_group_equals_one_tally_and_single_shares() {
    for lonely in [Lonely::Adjust, Lonely::Centre, Lonely::Average, Lonely::Remove] {
        check(
            &format!("{lonely:?}"),
            DesignSpec {
                lonely,
                ..spec(&mut Numbers(1))
            },
        );
    }
    let mut numbers = Numbers(2);
    let clusters = (0..ROWS).map(|_| numbers.below(5) as u32).collect();
    check(
        "clusters",
        DesignSpec {
            clusters: Some(clusters),
            ..spec(&mut Numbers(1))
        },
    );
    let margin = Margin {
        cells: (0..ROWS as u32).map(|row| Some(row % 3)).collect(),
        population: vec![4_000.0, 5_000.0, 6_000.0],
    };
    check(
        "margins",
        DesignSpec {
            margins: vec![margin],
            ..spec(&mut Numbers(1))
        },
    );
    let own = spec(&mut Numbers(1)).weights.unwrap();
    let replicate = |_| own.iter().map(|weight| weight * numbers.below(3) as f64).collect();
    let replicates = ReplicateSpec {
        weights: (0..6).map(replicate).collect(),
        kind: ReplicateKind::Bootstrap,
        rho: 0.0,
        scale: None,
        constants: None,
    };
    check(
        "replicates",
        DesignSpec {
            replicates: Some(replicates),
            ..spec(&mut Numbers(1))
        },
    );
}
