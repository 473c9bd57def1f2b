//! Rules that can be switched off, made warnings or errors.

use crate::book_test::BookTest;

const WRONG_OUTPUT: &str = "```rust\nprintln!(\"a\");\n```\n\n```text,output\nb\n```\n";

#[test]
fn a_rule_has_three_levels() {
    let book = |level: &str| BookTest::new(WRONG_OUTPUT).rules(&format!("output = \"{level}\""));
    book("off").check(&[]).passed(2).never_says("[output]");
    book("warn")
        .check(&[])
        .passed(2)
        .says("warning[output]: the output differs")
        .says("1 output fence, 1 warning");
    book("error").check(&[]).failed(1, 1).says("error[output]");
}

#[test]
fn every_rule_can_be_named() {
    for rule in mdbook_verdict::Rule::ALL {
        let rules = format!("{rule} = \"warn\"");
        BookTest::new("").rules(&rules).check(&[]).passed(0);
    }
}

#[test]
fn a_rejection_without_a_code_is_allowed_unless_the_book_says_otherwise() {
    let chapter = "```rust,compile_fail\nlet a: i32 = \"\";\n```\n";
    BookTest::new(chapter).check(&[]).passed(1);
    BookTest::new(chapter)
        .rules("uncoded-rejection = \"error\"")
        .check(&[])
        .failed(0, 1)
        .says("error[uncoded-rejection]: rejected with E0308, which the block doesn't name");
}

#[test]
fn a_shown_message_is_as_good_as_a_code() {
    let book = BookTest::new("```rust,compile_fail\nlet a = ;\n```\n\n```text,diagnostic\n```\n")
        .rules("uncoded-rejection = \"error\"");
    book.check(&["--bless"]).passed(2);
    book.check(&[]).passed(2);
}

#[test]
fn tags_that_change_nothing_are_named() {
    for (tags, meant) in [
        ("rust,no-run", "is no_run meant?"),
        ("rust,should_panik", "is should_panic meant?"),
        ("rust,rust2021", "is edition2021 meant?"),
        ("rust,Should_Panic", "is should_panic meant?"),
        (
            "rust,compile_fail,E382",
            "is an error code, E and four digits, meant?",
        ),
        (
            "rust,compile_fail,e0382",
            "is an error code, E and four digits, meant?",
        ),
        ("rust,E0382", "`E0382` says nothing without `compile_fail`"),
        (
            "rust,edition2042",
            "there is no edition of Rust for the tag `edition2042`",
        ),
    ] {
        let code = match tags.contains("compile_fail") {
            true => "let a: i32 = \"\";",
            false => "let a = 1;",
        };
        let chapter = format!("```{tags}\n{code}\n```\n");
        BookTest::new(&chapter)
            .check(&[])
            .passed(1)
            .says("warning[unknown-tag]")
            .says(meant);
        BookTest::new(&chapter)
            .rules("unknown-tag = \"error\"")
            .check(&[])
            .failed(0, 1);
    }
}

#[test]
fn tags_that_switch_testing_off_are_named() {
    for tags in [
        "E0382,compile_fail",
        "editable,should_panic",
        "rust,title=\"x\"",
        "rust{no_run}",
        "rust,custom",
        "compile_fail title=x",
        "Rust",
        "rs",
        "rust2021",
        "should_panik",
        "rust,editable,no_run",
        "editable,compile-fail",
    ] {
        let chapter = format!("words\n\n```{tags}\nlet a: i32 = \"\";\n```\n");
        BookTest::new(&chapter)
            .check(&[])
            .passed(0)
            .says("warning[unknown-tag]: rustdoc doesn't test a block with these tags")
            .says(" --> src/a.md:3:1");
        BookTest::new(&chapter)
            .check(&["--filter", "a.md:3$"])
            .passed(0);
        BookTest::new(&chapter)
            .rules("unknown-tag = \"error\"")
            .check(&[])
            .failed(0, 1);
    }
}

#[test]
fn a_mistyped_result_fence_is_named() {
    for (tag, meant) in [
        ("text,ouput", "text,output"),
        ("text, stderr", "text,stderr"),
        ("text,Diagnostic", "text,diagnostic"),
    ] {
        let chapter = format!("```rust\n1;\n```\n\n```{tag}\nx\n```\n");
        BookTest::new(&chapter)
            .check(&[])
            .passed(1)
            .says(&format!("is `{meant}` meant?\n --> src/a.md:5:1"));
    }
}

#[test]
fn tags_of_other_languages_and_tools_are_left_alone() {
    for tags in [
        "toml",
        "console,editable",
        "text,title=x",
        "rust,editable",
        "rust,should_we",
        "rust,editable,ignore",
        "rust,ignore,does_not_compile",
        "rst",
        "text,result",
        "console,title=\"install rust\"",
    ] {
        let chapter = format!("```{tags}\nlet a = 1;\n```\n");
        BookTest::new(&chapter)
            .rules("unknown-tag = \"error\"")
            .check(&[])
            .code(0)
            .never_says("unknown-tag");
    }
}

#[test]
fn a_missing_include_that_only_warns_leaves_its_block_to_the_compiler() {
    BookTest::new("```rust\n{{#include gone.rs}}\n```\n")
        .rules("missing-include = \"warn\"")
        .check(&[])
        .failed(0, 1)
        .says("warning[missing-include]")
        .says("error[compiles]");
}

#[test]
fn the_readme_names_every_rule_with_its_default() {
    let readme = include_str!("../../README.md");
    let (_, readme) = readme.split_once("## Rules").unwrap();
    for rule in mdbook_verdict::Rule::ALL {
        let row = readme
            .lines()
            .find(|line| line.starts_with("| `") && line.contains(&format!("`{rule}`")));
        let row = row.unwrap_or_else(|| panic!("README has no row for {rule}"));
        let level = format!("{:?}", rule.default_level()).to_lowercase();
        assert!(row.ends_with(&format!("| {level} |")), "{row}");
    }
}
