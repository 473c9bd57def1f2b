//! `--partition K/N`: all shares together are the whole, each block in one of them.

use std::collections::BTreeMap;

use crate::book_test::BookTest;

/// Seven blocks in two chapters; one is wrong, one has a fence, one is ignored. Beside them an
/// include that isn't there, and a fence without a block.
fn book() -> BookTest {
    BookTest::empty()
        .file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n- [C](gone.md)\n")
        .file(
            "src/a.md",
            "```text,output\nstray\n```\n\n```rust\nprintln!(\"one\");\n```\n\n```text,output\none\n```\n\n```rust,compile_fail,E0308\nlet a: i32 = \"\";\n```\n\n```rust,no_run\nloop {}\n```\n\n```rust,ignore\nno\n```\n",
        )
        .file(
            "src/b.md",
            "{{#include gone.md}}\n\n```rust\npanic!();\n```\n\n```rust\n1;\n```\n\n```rust\n2;\n```\n",
        )
}

/// What is said of each place, without the time it took.
fn verdicts(book: &BookTest, arguments: &[&str]) -> Vec<String> {
    let lines = book.json(arguments);
    lines[1..]
        .iter()
        .map(|line| {
            format!(
                "{}:{} {} {}",
                line["file"], line["line"], line["kind"], line["status"]
            )
        })
        .collect()
}

#[test]
fn the_shares_together_are_the_whole() {
    let book = book();
    let mut whole = verdicts(&book, &[]);
    assert_eq!(whole.len(), 11, "{whole:#?}");
    whole.sort();
    for count in [1, 2, 3, 7, 9] {
        let mut all = Vec::new();
        for number in 1..=count {
            let share = format!("{number}/{count}");
            all.extend(verdicts(&book, &["--partition", &share]));
        }
        all.sort();
        assert_eq!(all, whole, "{count} shares");
    }
}

#[test]
fn the_shares_are_even_and_always_the_same() {
    let book = book();
    let blocks = |share: &str| {
        let listed = book.run(&["list", "--format", "json", "--partition", share]);
        let lines = listed.code(0).stdout;
        lines.matches("\"kind\":\"block\"").count()
    };
    assert_eq!(["1/3", "2/3", "3/3"].map(blocks), [3, 2, 2]);
    assert_eq!(["7/9", "8/9"].map(blocks), [1, 0]);
    let list = || book.run(&["list", "--partition", "2/3"]).code(0).stdout;
    assert_eq!(list(), list());
}

#[test]
fn what_is_wrong_outside_of_blocks_belongs_to_the_first() {
    let book = book();
    let faults = |share: &str| {
        let mut kinds = BTreeMap::new();
        for line in &book.json(&["--partition", share])[1..] {
            if line["rule"] != serde_json::Value::Null && line["kind"] != "block" {
                *kinds.entry(line["kind"].to_string()).or_insert(0) += 1;
            }
        }
        kinds.len()
    };
    assert_eq!(faults("1/2"), 3);
    assert_eq!(faults("2/2"), 0);
}

#[test]
fn the_block_with_a_missing_include_fails_in_the_first_alone() {
    let book = BookTest::new("```rust\n1;\n```\n\n```rust\n{{#include gone.rs}}\n```\n");
    book.check(&["--partition", "1/2"]).failed(1, 1);
    book.check(&["--partition", "2/2"]).passed(0);
}

#[test]
fn a_filter_comes_first() {
    let book = book();
    let names = |share: &str| {
        let listed = book.run(&["list", "--filter", "b.md", "--partition", share]);
        listed.code(0).stdout
    };
    assert!(names("1/3").starts_with("src/b.md:3 "), "{}", names("1/3"));
    assert!(names("2/3").starts_with("src/b.md:7 "), "{}", names("2/3"));
    book.check(&["--filter", "b.md:7", "--partition", "2/2"])
        .passed(0);
    book.check(&["--filter", "nothing", "--partition", "1/2"])
        .code(2);
}

#[test]
fn nonsense_is_refused_with_the_reason() {
    for (share, why) in [
        ("0/4", "partitions are counted from 1: the first is 1/4"),
        ("5/4", "there are only 4 partitions: the last is 4/4"),
        ("x", "it must be two numbers, such as 2/4"),
        ("", "it must be two numbers"),
        ("1", "it must be two numbers"),
        ("1/", "it must be two numbers"),
        ("1/2/3", "it must be two numbers"),
        ("-1/4", "it must be two numbers"),
        ("+1/4", "it must be two numbers"),
        ("1/99999999999999999999999", "it must be two numbers"),
        ("1/0", "there must be one partition at least"),
        ("0/0", "there must be one partition at least"),
    ] {
        let argument = format!("--partition={share}");
        let ended = book().check(&[&argument]).code(2).says(why);
        assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    }
}
