//! The README says what is so.

use outcomes::{Limits, Model, Options, explore, parse};

const README: &str = include_str!("../README.md");

#[test]
fn each_row_of_the_accepted_subset_is_accepted() {
    let table = README.split("## What is followed").nth(1).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut count = 0;
    for row in rows {
        let (_, rest) = row.split_once(" | `").unwrap();
        let code = rest.strip_suffix("` |").unwrap().replace("\\|", "|");
        let program = parse(&code, Options::default()).unwrap_or_else(|e| panic!("{code}\n{e}"));
        let all = explore(&program, Model::Tso, &Limits::default()).unwrap();
        assert!(all.complete, "{code}");
        let line = all.outcomes[0].line();
        assert!(
            all.outcomes.len() == 1 && !line.contains(':'),
            "{code}: {line}"
        );
        count += 1;
    }
    assert!(count >= 15, "{count} rows");
}

#[test]
fn the_first_example_comes_to_what_stands_there() {
    let shown = README.split("$ cat lost_update.rs\n").nth(1).unwrap();
    let (code, rest) = shown.split_once("$ cargo run").unwrap();
    let said: Vec<&str> = rest
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with('$'))
        .collect();
    let program = parse(code, Options::default()).unwrap();
    let all = explore(&program, Model::Sc, &Limits::default()).unwrap();
    let lines: Vec<String> = all.outcomes.iter().map(|outcome| outcome.line()).collect();
    assert_eq!(lines, said);
}

#[test]
fn every_model_is_described() {
    for model in Model::ALL {
        assert!(
            README.contains(&format!("- **{}**", model.name())),
            "{}",
            model.name()
        );
    }
}
