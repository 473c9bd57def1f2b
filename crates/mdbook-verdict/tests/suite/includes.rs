//! Includes: what isn't there is a fault, and faults inside are reported where they stand.

use crate::book_test::BookTest;

#[test]
fn a_missing_file_anchor_or_range_is_a_fault() {
    for (helper, cause) in [
        ("{{#include gone.rs}}", "`gone.rs` can't be read"),
        (
            "{{#include code.rs:gone}}",
            "`code.rs` has no `ANCHOR: gone`",
        ),
        (
            "{{#include code.rs:7:9}}",
            "`code.rs` has 1 lines: there is no such range in it",
        ),
        (
            "{{#rustdoc_include code.rs:gone}}",
            "`code.rs` has no `ANCHOR: gone`",
        ),
        ("{{#playground gone.rs}}", "`gone.rs` can't be read"),
    ] {
        let chapter = format!("# A\n\n```rust\nlet a = 1;\n{helper}\n```\n\n```rust\n1;\n```\n");
        let book = BookTest::new(&chapter).file("src/code.rs", "let b = 1;\n");
        book.check(&[])
            .failed(1, 1)
            .says(&format!("error[missing-include]: {cause}"))
            .says("\n --> src/a.md:5:1\n");
    }
}

#[test]
fn a_missing_include_outside_of_any_block_is_a_fault() {
    BookTest::new("words\n\n{{#include gone.md}}\n")
        .check(&[])
        .failed(0, 1)
        .says(" --> src/a.md:3:1");
}

#[test]
fn a_filter_does_not_hide_the_missing_include_of_its_block() {
    let book = BookTest::new("```rust\n{{#include gone.rs}}\n```\n");
    book.check(&["--filter", "src/a.md:1$"]).failed(0, 1);
    book.check(&["--filter", "src/a.md:2$"]).failed(0, 1);
}

#[test]
fn a_fault_in_an_included_page_is_reported_there() {
    let book = BookTest::new("# A\n\n{{#include shared/b.md}}\n").file(
        "src/shared/b.md",
        "words\n\n```rust\nlet a: i32 = \"\";\n```\n\n```text,output\nx\n```\n",
    );
    book.check(&[])
        .code(1)
        .says("error[compiles]: the compiler rejects it: E0308\n --> src/shared/b.md:3:1")
        .says("--> src/shared/b.md:4:14");
}

#[test]
fn a_fault_in_included_code_is_named_in_the_message() {
    let book = BookTest::new("# A\n\n```rust\n{{#include ../code/x.rs:part}}\n```\n").file(
        "code/x.rs",
        "fn a() {}\n// ANCHOR: part\nfn f() -> i32 { \"\" }\n// ANCHOR_END: part\n",
    );
    book.check(&[])
        .failed(0, 1)
        .says(" --> src/a.md:3:1")
        .says("--> code/x.rs:3:17");
}

#[test]
fn a_file_outside_of_the_book_is_shown_with_its_text() {
    let book = BookTest::new("").file("book/src/SUMMARY.md", "- [A](a.md)\n");
    let book = book
        .file("book/src/a.md", "{{#include ../../shared.md}}\n")
        .file("shared.md", "```rust\nlet a: i32 = \"\";\n```\n");
    book.check(&["book"])
        .failed(0, 1)
        .says(" --> ../shared.md:1:1\n  |\n1 | ```rust\n")
        .says("mdbook-verdict check book --filter '../shared.md:1$'");
}

#[test]
fn a_page_that_includes_itself_is_a_fault() {
    BookTest::new("{{#include a.md}}\n")
        .check(&[])
        .code(1)
        .says("the file is included by itself");
}

#[test]
fn included_parts_are_programs() {
    let book = BookTest::new(
        "```rust\n{{#rustdoc_include code.rs:part}}\n```\n\n```text,output\n3\n```\n\n{{#playground code.rs}}\n\n```text,output\n3\n```\n",
    );
    let book = book.file(
        "src/code.rs",
        "fn three() -> i32 { 3 }\nfn main() {\n    // ANCHOR: part\n    println!(\"{}\", three());\n    // ANCHOR_END: part\n}\n",
    );
    book.check(&[]).passed(4);
}

#[test]
fn literal_helpers_are_no_includes() {
    BookTest::new("\\{{#include gone.rs}}\n\n```text\n\\{{#include gone.rs}}\n```\n")
        .check(&[])
        .passed(0);
}
