//! Identities between the measures: boxes, totals, contrasts, tests, calibration and replicates.

use isobar::data::{Code, Condition, Dataset, Role};
use isobar::measure::{
    BoxView, Compare, DesignChoice, MarginChoice, Measure, Pairs, Query, ReplicateChoice, RowKind, Table,
};
use isobar::measure::{ModelQuery, Outcome, TableContrast, parse_terms};
use isobar::stats::{Adjust, Design, DesignSpec, ReplicateKind, TestKind};
use proptest::prelude::*;

use super::made::{File, ask, run};
use super::properties::{near, survey};

pub fn boxes(data: &Dataset, view: BoxView) -> Table {
    let measure = Measure::Boxes {
        question: "boxes".into(),
        view,
        groups: false,
    };
    run(&Query::new(measure, data), data)
}

fn value(table: &Table, id: &str) -> f64 {
    let item = table.items.iter().position(|item| item.id == id);
    table
        .cell(item.unwrap_or_else(|| panic!("no row {id}")), 0)
        .estimate
        .value
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn alone_and_with_others_are_one_among_those_with_a_box(survey in survey()) {
        let data = survey.data(1.0);
        let shares = run(&ask(&data, "boxes"), &data);
        for id in ["a", "b", "c"] {
            let among = boxes(&data, BoxView::Constellation(id.into()));
            let sum = value(&among, "alone") + value(&among, "with_others");
            prop_assert!(near(sum, 1.0) || among.cell(0, 0).estimate.n == 0);
            let all = value(&boxes(&data, BoxView::Alone), id) + value(&boxes(&data, BoxView::WithOthers), id);
            prop_assert!(near(all, value(&shares, id)), "alone and with others are the share with the box");
        }
    }

    #[test]
    fn a_joint_share_is_the_same_from_either_side(survey in survey()) {
        let data = survey.data(1.0);
        let (shares, joint) = (run(&ask(&data, "boxes"), &data), boxes(&data, BoxView::Joint));
        let (given, lift) = (boxes(&data, BoxView::Conditional(None)), boxes(&data, BoxView::Lift));
        for (a, b) in [("a", "b"), ("a", "c"), ("b", "c")] {
            let both = value(&joint, &format!("{a}+{b}"));
            for (first, second) in [(a, b), (b, a)] {
                let second_given_first = value(&given, &format!("{second}|{first}"));
                prop_assert!(near(both, second_given_first * value(&shares, first)) || value(&shares, first) == 0.0);
            }
            let product = value(&shares, a) * value(&shares, b);
            let lift = value(&lift, &format!("{a}+{b}"));
            prop_assert!(near(lift * product, both) || product == 0.0);
        }
    }

    #[test]
    fn any_and_none_are_one_and_boxes_add_up_to_their_number(survey in survey()) {
        let data = survey.data(1.0);
        let any = boxes(&data, BoxView::Any).cell(0, 0).estimate;
        let none = boxes(&data, BoxView::None).cell(0, 0).estimate;
        prop_assert!(near(any.value + none.value, 1.0) && near(any.std_error, none.std_error));
        let shares = run(&ask(&data, "boxes"), &data);
        let count = value(&boxes(&data, BoxView::Count), "count");
        prop_assert!(near(count, ["a", "b", "c"].iter().map(|id| value(&shares, id)).sum()));
        let counts = boxes(&data, BoxView::Counts);
        let mean: f64 = counts.items.iter().zip(&counts.cells).map(|(item, cell)| {
            item.id.parse::<f64>().unwrap() * cell.estimate.value
        }).sum();
        prop_assert!(near(count, mean));
        let sets = boxes(&data, BoxView::Combinations);
        let exact = sets.items.iter().zip(&sets.cells).filter(|(item, _)| item.kind != RowKind::Answer);
        prop_assert!(near(exact.map(|(_, cell)| cell.estimate.value).sum(), 1.0));
    }

    #[test]
    fn a_total_is_the_mean_times_the_population_and_a_count_is_a_share_of_it(survey in survey()) {
        let data = survey.data(1.0);
        let ask = |measure| run(&Query { by: Some("g".into()), ..Query::new(measure, &data) }, &data);
        let condition = || Condition::parse("a = 1").unwrap();
        let (total, mean) = (ask(Measure::Total("h".into())), ask(Measure::Mean("h".into())));
        let (count, share) = (ask(Measure::Count(condition())), ask(Measure::Share(condition())));
        for g in 0..total.groups.len() {
            let [total, mean, count, share] = [&total, &mean, &count, &share].map(|table| table.cell(0, g).estimate);
            prop_assert!(near(total.value, mean.value * mean.n_weighted));
            prop_assert!(near(count.value, share.value * share.n_weighted));
        }
    }

    #[test]
    fn a_share_of_a_domain_is_a_ratio_of_totals(survey in survey()) {
        let data = survey.data(1.0);
        // Among those with b, the share with a is the total of a × b ÷ the total of b over everybody.
        let both: Vec<f64> = survey.boxes[0].iter().zip(&survey.boxes[1]).map(|(a, b)| a * b).collect();
        let ratio_data = File::default()
            .coded("h", &survey.strata)
            .with(|variable| variable.role = Some(Role::Stratum))
            .coded("k", &survey.clusters)
            .with(|variable| variable.role = survey.clustered.then_some(Role::Cluster))
            .numbers("ab", &both)
            .numbers("b", &survey.boxes[1])
            .numbers("w", &survey.weights)
            .with(|variable| variable.role = Some(Role::Weight))
            .done();
        let ratio = Query::new(Measure::Ratio { above: "ab".into(), below: "b".into() }, &ratio_data);
        let ratio = run(&ratio, &ratio_data).cell(0, 0).estimate;
        let share = Query {
            filter: Condition::parse("b = 1").unwrap(),
            ..Query::new(Measure::Share(Condition::parse("a = 1").unwrap()), &data)
        };
        let share = run(&share, &data).cell(0, 0).estimate;
        prop_assert!(near(share.value, ratio.value) || share.n == 0);
        prop_assert!((share.std_error - ratio.std_error).abs() < 1e-9 || share.n == 0, "{share:?} {ratio:?}");
    }

    /// A share of a domain is a regression on nothing but the intercept there, with the same error.
    #[test]
    fn a_share_of_a_domain_is_a_regression_on_nothing(survey in survey()) {
        let data = survey.data(1.0);
        let filter = Condition::parse("b = 1").unwrap();
        let share = Query {
            filter: filter.clone(),
            ..Query::new(Measure::Share(Condition::parse("a = 1").unwrap()), &data)
        };
        let share = run(&share, &data).cell(0, 0).estimate;
        // All alike: there is nothing to regress.
        prop_assume!(share.value > 0.0 && share.value < 1.0);
        let model = |outcome, terms: &str| {
            let terms = parse_terms(terms).unwrap();
            ModelQuery { filter: filter.clone(), ..ModelQuery::new(outcome, terms, &data) }.run(&data).unwrap()
        };
        let linear = model(Outcome::Mean("a".into()), "");
        prop_assert!(near(linear.rows[0].coefficient.estimate, share.value));
        prop_assert!((linear.rows[0].coefficient.std_error - share.std_error).abs() < 1e-9, "{share:?} {linear:?}");
        prop_assert_eq!(linear.df_residual, share.df);
        let logistic = model(Outcome::Share(Condition::parse("a = 1").unwrap()), "");
        let odds = share.value / (1.0 - share.value);
        prop_assert!(near(logistic.rows[0].coefficient.estimate, odds.ln()));
        let by_delta = share.std_error / (share.value * (1.0 - share.value));
        prop_assert!((logistic.rows[0].coefficient.std_error - by_delta).abs() < 1e-8 * by_delta.max(1.0));
        // A regression on the groups gives their differences from the first, with their errors.
        let compare = Compare { pairs: Some(Pairs::All), ..Compare::default() };
        let groups = Query {
            by: Some("g".into()),
            filter: filter.clone(),
            compare,
            ..Query::new(Measure::Mean("a".into()), &data)
        };
        let groups = run(&groups, &data);
        let on_groups = model(Outcome::Mean("a".into()), "factor(g)");
        for (place, row) in on_groups.rows.iter().skip(1).enumerate() {
            let other = &groups.groups[place + 1].key.as_ref().unwrap().1;
            let is_it = |found: &&TableContrast| found.a.id == groups.groups[0].key.as_ref().unwrap().1 && found.b.id == *other;
            let found = groups.comparisons.contrasts.iter().find(is_it).unwrap().contrast;
            prop_assert!((row.coefficient.estimate + found.difference).abs() < 1e-7, "{row:?} {found:?}");
            // Where the reference has a ten-thousandth of the weights, the normal equations lose that many digits;
            // coefficients are promised to 1e-6.
            prop_assert!((row.coefficient.std_error - found.std_error).abs() < 1e-7, "{row:?} {found:?}");
        }
    }

    /// Clusters of one respondent each are no clusters, and fractions of the population are its size.
    #[test]
    fn ways_to_say_the_same_design_give_the_same_errors(survey in survey()) {
        let rows = survey.weights.len();
        let strata: Vec<u32> = survey.strata.iter().map(|h| *h as u32).collect();
        let drawn = |h: &u32| strata.iter().filter(|other| *other == h).count() as f64;
        let spec = || DesignSpec {
            weights: Some(survey.weights.clone()),
            strata: Some(strata.clone()),
            population: Some(strata.iter().map(|h| drawn(h) * f64::from(h + 2)).collect()),
            ..DesignSpec::default()
        };
        let domain: Vec<bool> = survey.group.iter().map(|g| *g < 2.0).collect();
        let chosen: Vec<bool> = survey.boxes[0].iter().map(|box_| *box_ == 1.0).collect();
        let share = |spec| Design::new(rows, spec).unwrap().share(&domain, &chosen);
        let plain = share(spec());
        let clusters = share(DesignSpec { clusters: Some((0..rows as u32).collect()), ..spec() });
        let fractions = strata.iter().map(|h| 1.0 / f64::from(h + 2)).collect();
        let fractions = share(DesignSpec { population: Some(fractions), ..spec() });
        for other in [clusters, fractions] {
            prop_assert!(near(plain.value, other.value));
            prop_assert!((plain.std_error - other.std_error).abs() < 1e-9 || plain.std_error.is_nan(), "{plain:?} {other:?}");
            prop_assert_eq!(plain.df, other.df);
        }
    }

    /// Two strata sampled with equal fractions, merged: the squares within them add up, and what is between their means
    /// comes on top.
    #[test]
    fn merging_strata_of_equal_fractions_adds_what_lies_between_them(
        first in prop::collection::vec(-9.0_f64..9.0, 2..20),
        second in prop::collection::vec(-9.0_f64..9.0, 2..20),
    ) {
        let values: Vec<f64> = first.iter().chain(&second).copied().collect();
        let variance = |merged: bool| {
            let strata: Vec<u32> = (0..values.len()).map(|row| u32::from(!merged && row >= first.len())).collect();
            let spec = DesignSpec {
                strata: Some(strata),
                population: Some(vec![0.25; values.len()]),
                ..DesignSpec::default()
            };
            Design::new(values.len(), spec).unwrap().variance(&values) / 0.75
        };
        let [m, n] = [first.len(), second.len()].map(|count| count as f64);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let squares = |values: &[f64]| values.iter().map(|x| (x - mean(values)).powi(2)).sum::<f64>();
        let apart = m / (m - 1.0) * squares(&first) + n / (n - 1.0) * squares(&second);
        prop_assert!(near(variance(false), apart));
        let between = m * n / (m + n) * (mean(&first) - mean(&second)).powi(2);
        let together = (m + n) / (m + n - 1.0) * (squares(&first) + squares(&second) + between);
        prop_assert!(near(variance(true), together));
    }

    #[test]
    fn two_groups_differ_as_one_differs_from_the_rest(survey in survey()) {
        let data = survey.data(1.0);
        let compared = |pairs| {
            let query = Query {
                by: Some("g".into()),
                filter: Condition::parse("g <= 1").unwrap(),
                compare: Compare { pairs: Some(pairs), ..Compare::default() },
                ..ask(&data, "boxes")
            };
            run(&query, &data)
        };
        let (all, rest) = (compared(Pairs::All), compared(Pairs::Rest));
        for found in &all.comparisons.contrasts {
            let other = rest.comparisons.contrasts.iter().find(|other| other.item == found.item && other.a == found.a);
            let other = other.unwrap();
            prop_assert!(near(found.contrast.difference, other.contrast.difference));
            prop_assert!((found.contrast.std_error - other.contrast.std_error).abs() < 1e-12);
            prop_assert_eq!(found.contrast.df, other.contrast.df);
            let item = found.item.unwrap();
            let difference = all.cell(item, 0).estimate.value - all.cell(item, 1).estimate.value;
            prop_assert!(near(found.contrast.difference, difference));
        }
    }

    #[test]
    fn adjusting_makes_no_p_value_smaller_and_keeps_their_order(p in prop::collection::vec(0.0_f64..1.0, 1..20)) {
        for adjust in [Adjust::Holm, Adjust::Bonferroni, Adjust::Bh, Adjust::None] {
            let adjusted = adjust.apply(&p);
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] - 1e-15 && adjusted[i] <= 1.0);
                prop_assert!((0..p.len()).all(|j| p[i] > p[j] || adjusted[i] <= adjusted[j] + 1e-15));
            }
        }
    }

    /// Without weights and strata all design effects are n ÷ (n − 1), so the corrected tests are the plain one.
    #[test]
    fn in_a_simple_random_sample_rao_and_scott_give_pearsons_test(survey in survey()) {
        let data = survey.data(1.0);
        let query = Query {
            by: Some("g".into()),
            design: DesignChoice::default(),
            compare: Compare { test: true, ..Compare::default() },
            ..Query::new(Measure::Share(Condition::parse("a = 1").unwrap()), &data)
        };
        let table = run(&query, &data);
        let n = table.base.n as f64;
        // A cell that nobody is in has no design effect.
        let full = table.cells.iter().all(|cell| cell.estimate.value > 0.0 && cell.estimate.value < 1.0);
        prop_assume!(full);
        let test = |kind| table.comparisons.tests.iter().find(|test| test.test.kind == kind).map(|test| test.test);
        if let (Some(first), Some(second)) = (test(TestKind::RaoScottFirst), test(TestKind::RaoScott)) {
            let pearson = test(TestKind::Pearson).unwrap();
            prop_assert!(near(first.statistic, pearson.statistic * (n - 1.0) / n));
            prop_assert!((second.ndf - pearson.ndf).abs() < 1e-6 && near(second.ddf, second.ndf * (n - 1.0)));
            prop_assert!(near(second.statistic * pearson.ndf, first.statistic));
        }
    }

    #[test]
    fn margins_are_met_and_known_without_error(survey in survey(), counts in prop::collection::vec(10.0_f64..500.0, 3)) {
        let data = survey.data(1.0);
        let known: Vec<f64> = (0..3).map(f64::from).filter(|g| survey.group.contains(g)).collect();
        let margin = MarginChoice {
            vars: vec!["g".into()],
            cells: known.iter().map(|g| (vec![Code::from(*g)], Code::from(counts[*g as usize]))).collect(),
        };
        let design = DesignChoice { margins: vec![margin], ..DesignChoice::of(&data) };
        for g in &known {
            let condition = Condition::parse(&format!("g = {g}")).unwrap();
            let query = Query { design: design.clone(), ..Query::new(Measure::Count(condition), &data) };
            let estimate = run(&query, &data).cell(0, 0).estimate;
            prop_assert!(near(estimate.value, counts[*g as usize]));
            prop_assert!(estimate.std_error <= 1e-9 * estimate.value, "{estimate:?}");
        }
    }

    /// Leaving out one respondent at a time gives the linearised variance of a mean exactly.
    #[test]
    fn the_jackknife_of_a_mean_is_its_linearised_error(x in prop::collection::vec(-50.0_f64..50.0, 3..25)) {
        let n = x.len();
        let mut file = File::default().numbers("x", &x).numbers("w", &vec![1.0; n]);
        for left_out in 0..n {
            let raised = n as f64 / (n as f64 - 1.0);
            let weights: Vec<f64> = (0..n).map(|row| if row == left_out { 0.0 } else { raised }).collect();
            file = file.numbers(&format!("r{left_out}"), &weights);
        }
        let data = file.done();
        let mean = |replicates| {
            let design = DesignChoice { weight: Some("w".into()), replicates, ..DesignChoice::default() };
            run(&Query { design, ..Query::new(Measure::Mean("x".into()), &data) }, &data).cell(0, 0).estimate
        };
        let jackknife = mean(Some(Box::new(ReplicateChoice {
            prefix: "r".to_owned(),
            kind: ReplicateKind::Jk1,
            rho: None,
            scale: None,
            constants: Vec::new(),
        })));
        let linearised = mean(None);
        prop_assert!(near(jackknife.std_error, linearised.std_error), "{jackknife:?} {linearised:?}");
        prop_assert_eq!(jackknife.df, linearised.df);
    }

    #[test]
    fn merging_strata_changes_no_share_and_gives_back_a_degree_of_freedom(survey in survey()) {
        let data = survey.data(1.0);
        let mut merged = survey.clone();
        merged.strata.iter_mut().for_each(|h| if *h == 1.0 { *h = 0.0 });
        let both = [0.0, 1.0].iter().all(|h| survey.strata.contains(h));
        let merged_data = merged.data(1.0);
        let (apart, together) = (run(&ask(&data, "boxes"), &data), run(&ask(&merged_data, "boxes"), &merged_data));
        for (a, b) in apart.cells.iter().zip(&together.cells) {
            prop_assert!(near(a.estimate.value, b.estimate.value));
            if both && !survey.clustered {
                prop_assert_eq!(a.estimate.df + 1.0, b.estimate.df);
            }
        }
    }
}
