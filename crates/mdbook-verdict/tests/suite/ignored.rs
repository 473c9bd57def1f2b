//! `stale-ignore`: blocks that say `ignore` without need.

use crate::book_test::BookTest;

const ON: &str = "stale-ignore = \"error\"";

#[test]
fn it_is_off_and_runs_nothing_by_default() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let chapter = format!(
        "```rust,ignore\nstd::fs::write({:?}, \"run\").unwrap();\n```\n",
        file.path()
    );
    let book = BookTest::new(&chapter);
    book.check(&[]).passed(0).says("1 ignored");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), "");
    book.rules(ON).check(&[]).failed(0, 1);
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), "run");
}

#[test]
fn an_ignored_block_that_would_hold_is_reported() {
    for (tags, code, words) in [
        ("rust,ignore", "1;", "it compiles and runs"),
        ("ignore", "1;", "it compiles and runs"),
        ("rust,ignore,no_run", "loop {}", "it compiles"),
        (
            "rust,ignore,should_panic",
            "panic!();",
            "it compiles, runs and panics",
        ),
        (
            "rust,ignore,compile_fail,E0308",
            "let a: i32 = \"\";",
            "the compiler rejects it with E0308",
        ),
    ] {
        let chapter = format!("words\n\n```{tags}\n{code}\n```\n");
        let why = format!("[stale-ignore]: it would hold without `ignore`: {words}");
        BookTest::new(&chapter)
            .rules(ON)
            .check(&[])
            .failed(0, 1)
            .says(&why)
            .says(" --> src/a.md:3:1");
        BookTest::new(&chapter)
            .rules("stale-ignore = \"warn\"")
            .check(&[])
            .passed(0)
            .says(&why)
            .says("1 ignored, 1 warning");
    }
}

#[test]
fn one_that_needs_its_ignore_is_left_alone() {
    for (tags, code) in [
        ("rust,ignore", "let a: i32 = \"\";"),
        ("rust,ignore", "use gone::Gone;"),
        ("rust,ignore", "panic!();"),
        ("rust,ignore", "loop {}"),
        ("rust,ignore", "not even Rust"),
        ("rust,ignore,should_panic", "1;"),
        ("rust,ignore,compile_fail,E0499", "let a: i32 = \"\";"),
        ("rust,ignore,no_run", "let a: i32 = \"\";"),
    ] {
        BookTest::new(&format!("```{tags}\n{code}\n```\n"))
            .rules(ON)
            .check(&["--timeout", "2"])
            .passed(0)
            .says("1 ignored")
            .never_says("stale");
    }
}

#[test]
fn what_would_only_warn_needs_its_ignore_too() {
    BookTest::new("```rust,ignore\nlet a: i32 = \"\";\n```\n")
        .rules("stale-ignore = \"error\"\ncompiles = \"warn\"")
        .check(&[])
        .passed(0)
        .never_says("stale");
}

#[test]
fn it_is_found_among_others_and_again_from_memory() {
    let chapter = "```rust\n1;\n```\n\n```rust,ignore\n2;\n```\n\n```rust,ignore\npanic!();\n```\n\n```rust\n3;\n```\n";
    let book = BookTest::new(chapter).rules(ON);
    for _ in 0..2 {
        book.check(&[]).failed(2, 1).says("src/a.md:5:1");
    }
    book.check(&["--no-cache"]).failed(2, 1);
}

#[test]
fn bless_writes_nothing_behind_an_ignored_block() {
    let chapter = "```rust,ignore\nprintln!(\"new\");\n```\n\n```text,output\nold\n```\n";
    let book = BookTest::new(chapter).rules(ON);
    book.check(&["--bless"]).failed(0, 2);
    assert_eq!(book.read("src/a.md"), chapter);
}
