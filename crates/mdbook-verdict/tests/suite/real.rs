//! What real books had and no test of ours: each is a block of one of them, made small.

use crate::book_test::BookTest;

/// The Rust Reference, "Tokens": what is one token since edition 2021 was two before.
#[test]
fn tokens_of_an_older_edition_need_no_main() {
    let block = |edition: &str, kind: &str| {
        format!(
            "```rust,{kind}{edition}\nmacro_rules! lexes {{($($_:tt)*) => {{}}}}\nlexes!{{a#foo}}\nlexes!{{continue'foo}}\nlexes!{{match\"...\" {{}}}}\nlexes!{{'prefix#lt}}\n```\n\n"
        )
    };
    let older = block("edition2015", "") + &block("edition2018", "");
    BookTest::new(&older).check(&[]).passed(2);
    BookTest::new(&(older + &block("edition2021", "")))
        .check(&[])
        .failed(2, 1)
        .says("prefix `a` is unknown")
        .never_says("E0601");
    BookTest::new(&block("edition2021", "compile_fail,"))
        .check(&[])
        .passed(1);
}

/// Asynchronous Programming in Rust: prose in backticks inside a block.
#[test]
fn what_is_no_token_at_all_hides_no_other_error() {
    let chapter = "```rust,compile_fail,E0308\nlet a: () = 1;\n`a`;\n```\n";
    BookTest::new(chapter)
        .check(&[])
        .failed(0, 1)
        .says("rejected with E0308, and an error without a code: unknown start of token");
}

/// Rust By Example: most blocks that can't run there have a word of the playground's before
/// `ignore`, so that rustdoc doesn't even count them. That they aren't tested is what they ask for.
#[test]
fn an_ignored_block_is_not_warned_of_for_the_words_before_ignore() {
    let block = |tags: &str| format!("```{tags}\nnot Rust\n```\n");
    BookTest::new(&block("rust,editable,ignore,mdbook-runnable"))
        .check(&[])
        .passed(0)
        .never_says("warning");
    BookTest::new(&block("rust,editable,no_run"))
        .check(&[])
        .passed(0)
        .says("warning");
}

/// Rust By Example, "Static": a rejected block that is rejected for want of a crate, so that what
/// it is to show is never seen.
#[test]
fn a_rejection_for_want_of_a_crate_is_no_rejection() {
    let chapter =
        "```rust,compile_fail\nextern crate rand;\nlet n: &'static u32 = &rand::random();\n```\n";
    BookTest::new(chapter).check(&[]).failed(0, 1).says("E0463");
}
