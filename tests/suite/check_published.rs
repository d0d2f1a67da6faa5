//! `isobar check-published`: the slips of the field's publications are found, and nothing else.

use serde_json::Value;

use crate::program::{Ran, isobar, isobar_json, path};

fn published() -> String {
    path("tests/reference/published_figures.csv").display().to_string()
}

/// Runs the check on a table written for the occasion.
fn check(table: &str, arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, table).unwrap();
    let file = file.display().to_string();
    isobar(&[&["check-published", &file], arguments].concat())
}

/// Kind and message of everything found.
fn found(table: &str) -> Vec<String> {
    let ran = check(table, &["--json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let slips = told["slips"].as_array().unwrap();
    slips
        .iter()
        .map(|slip| {
            format!(
                "{}: {}",
                slip["kind"].as_str().unwrap(),
                slip["message"].as_str().unwrap()
            )
        })
        .collect()
}

/// The slips that are known to the field, as far as the table holds both numbers: of ARENA's figure 16 it
/// has one number, of 72/121 and 73/122 the 72 and the 73. Nothing else is found in its 448 percentages.
#[test]
fn the_known_slips_of_the_publications_are_found_and_nothing_else() {
    let told = isobar_json(&["check-published", &published(), "--json"]);
    assert_eq!(told["percentages"], 448);
    let slips: Vec<(String, String, String)> = told["slips"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slip| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let figures: Vec<String> = slip["figures"].as_array().unwrap().iter().map(text).collect();
            (text(&slip["kind"]), figures.join(", "), text(&slip["message"]))
        })
        .collect();
    let expected = [
        ("bases_differ", "1.2, Table 6.1", "2362 and 2363"),
        ("bases_differ", "4.1, Table 6.3, 4.4", "72 and 73"),
        ("two_sizes", "4.2", "37 and 32"),
        ("sum", "9 / 26, 9", "26%, 29%, 36% make 91%"),
        ("given_twice", "11 / 24", "22% cannot be a share of n = 44"),
        ("groups_of_base", "18", "418 + 44 make 462, not n = 608"),
    ];
    assert_eq!(slips.len(), expected.len(), "{slips:#?}");
    for ((kind, figures, message), (expected_kind, expected_figures, part)) in slips.iter().zip(expected) {
        assert_eq!((kind.as_str(), figures.as_str()), (expected_kind, expected_figures));
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn the_whole_answer_for_people_was_read_through() {
    insta::assert_snapshot!(isobar(&["check-published", &published()]).stdout);
}

#[test]
fn a_percentage_that_no_number_of_respondents_gives_is_told_with_the_smallest_n_that_does() {
    // 1 of 32 is 3.1 %, 25 of 32 are 78.1 %; of 37, 1 is 2.7 % (3 %) and 2 are 5.4 %, so 9 % is 3.3 respondents.
    let table = "figure,percent,n,weighted\n4.2,3,32,no\n4.2,78,32,no\nx,4,37,no\nx,78,37,no\n";
    assert_eq!(
        found(table),
        [
            "impossible_percentage: 4% cannot be a share of n = 37; the smallest n that gives all percentages of this \
          base is 23"
        ]
    );
    // 1 of 23 is 4.3 %, 18 of 23 are 78.3 %. No smaller n has both: 4 % needs 1 of 23 to 28 (or 2 of 45 and more).
    assert!(found("percent,n\n22.5,40\n").is_empty(), "9 of 40");
    assert_eq!(
        found("percent,n\n22.4,40\n"),
        [
            "impossible_percentage: 22.4% cannot be a share of n = 40 (if they are unweighted, which the table does not \
             say); the smallest n that gives all percentages of this base is 49"
        ]
    );
}

#[test]
fn a_weighted_percentage_is_not_judged_by_its_n() {
    let ran = check("percent,n,weighted\n22,44,yes\n", &[]);
    assert_eq!(
        ran.stdout,
        "Nothing found in 1 percentages. 0 were set against their n; 1 are weighted, so that n does not tell which \
         shares can be; 0 have no n of their own.\n"
    );
    assert!(found("percent,n,base\n22,44,\"Innovationer (vægtet), n=44\"\n").is_empty());
    let n_of_all = "percent,n,base,breakdown_variable,breakdown_value\n22,44,\"n=44, within sector\",sector,State\n";
    assert!(found(n_of_all).is_empty());
}

#[test]
fn sums_and_unions_are_held_to_their_bounds_and_no_closer() {
    let table = |rows: &str| format!("figure,question,category,percent,kind\n{rows}");
    // Three answers of a third each make 99, three of 33.5 make 102: rounding explains both, but not 97.
    assert!(found(&table("1,q,a,33,single\n1,q,b,33,single\n1,q,c,33,single\n")).is_empty());
    assert_eq!(
        found(&table("1,q,a,33,single\n1,q,b,33,single\n1,q,c,31,single\n")),
        ["sum: 33%, 33%, 31% make 97%; everybody gives one of these answers, and rounding explains at most 1.5 points"]
    );
    // Of items that can be chosen together nothing is expected but the bounds of their union.
    assert!(found(&table("1,q,a,60,part\n1,q,b,50,part\n1,q,any,75,union\n")).is_empty());
    assert_eq!(
        found(&table("1,q,a,60,part\n1,q,b,50,part\n1,q,any,55,union\n")),
        ["union_out_of_bounds: 55% chose at least one, but 60% chose one of the parts"]
    );
    assert!(
        found(&table("1,q,a,30,part\n1,q,b,20,part\n1,q,any,51,union\n")).is_empty(),
        "30.4 + 20.4 = 50.8"
    );
    assert_eq!(
        found(&table("1,q,a,30,part\n1,q,b,20,part\n1,q,any,53,union\n")),
        ["union_out_of_bounds: 53% chose at least one, but the parts together allow at most 51.5%"]
    );
    // A union of a question that nobody has told the kind of.
    assert_eq!(
        found("figure,question,category,percent\n1,q,Product,34\n1,q,At least one innovation,33\n"),
        ["union_out_of_bounds: 33% chose at least one, but 34% chose one of the parts"]
    );
}

#[test]
fn a_number_given_twice_must_be_the_same() {
    let table = "figure,question,category,percent,n,weighted\n1,q,a,32,44,no\ntext,q,a,22,44,no\n";
    assert_eq!(
        found(table),
        [
            "given_twice: the same number is given as 32%, 22%; 22% cannot be a share of n = 44",
            "impossible_percentage: 22% cannot be a share of n = 44; the smallest n that gives all percentages of this \
             base is 9"
        ]
    );
}

#[test]
fn tables_with_a_decimal_comma_are_read() {
    assert_eq!(
        found("figure;percent;n;weighted\n1;22,7;44;nej\n1;20,4;44;nej\n").len(),
        1,
        "9 of 44 are 20.5"
    );
}

#[test]
fn a_table_that_cannot_be_checked_says_why() {
    let mut said = String::new();
    for (table, arguments) in [
        ("a,b\n1,2\n", &[][..]),
        ("percent,n\nmany,3\n", &[]),
        ("percent,n\n3,many\n", &[]),
        ("percent,weighted\n3,perhaps\n", &[]),
        ("percent,kind\n3,sum\n", &[]),
        ("percent,n,weighted\n22,44,no\n", &["--fail"]),
    ] {
        let ran = check(table, arguments);
        assert_eq!(ran.status, 1);
        let (_, message) = ran.stderr.split_once("table.csv").unwrap();
        said.push_str(&format!("table.csv{message}"));
    }
    let missing = isobar(&["check-published", "there-is-no-such-file.csv"]);
    assert_eq!(missing.status, 1);
    assert_eq!(isobar(&["check-published"]).status, 2);
    insta::assert_snapshot!(said);
}
