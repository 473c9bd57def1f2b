//! Bless writes what came into fences, and changes nothing else.

use std::fs;

use crate::book_test::BookTest;

const BLOCK: &str = "```rust\nprintln!(\"one\\n\\ntwo\");\n```\n\n";

/// Blesses a chapter twice: the second time nothing may change. Gives its text.
#[track_caller]
fn blessed(chapter: &str) -> String {
    let book = BookTest::new(chapter);
    book.check(&["--bless"]).code(0);
    let text = book.read("src/a.md");
    book.check(&["--bless"]).code(0).never_says("blessed");
    assert_eq!(
        book.read("src/a.md"),
        text,
        "a second bless changed something"
    );
    book.check(&[]).code(0);
    text
}

#[test]
fn only_the_fence_changes() {
    let around = [
        "words\n\ttab  \n\n",
        "words `code`\n\n```text\nold\n```\nno newline at the end",
    ];
    let chapter = |text: &str| {
        format!(
            "{}{BLOCK}```text,output\n{text}```\n{}",
            around[0], around[1]
        )
    };
    assert_eq!(blessed(&chapter("old\n")), chapter("one\n\ntwo\n"));
    assert_eq!(blessed(&chapter("")), chapter("one\n\ntwo\n"));
    assert_eq!(
        blessed(&chapter("1\n2\n3\n4\n5\n6\n")),
        chapter("one\n\ntwo\n")
    );
}

#[test]
fn every_fence_of_a_chapter_is_written() {
    let fences = |one: &str, two: &str, three: &str| {
        format!(
            "{BLOCK}```text,output\n{one}```\n\n```text,stderr\n{two}```\n\n```rust\nprint!(\"x\");\n```\n\n```text,output\n{three}```\n"
        )
    };
    assert_eq!(
        blessed(&fences("a\nb\nc\nd\n", "", "")),
        fences("one\n\ntwo\n", "", "x\n")
    );
}

#[test]
fn what_holds_already_stays_as_it_is_written() {
    let chapter = format!("{BLOCK}```text,output\no[..]\n...\n```\n");
    assert_eq!(blessed(&chapter), chapter);
    let chapter = "```rust\nlet a = 1;\n```\n\n```text,output\n```\n";
    assert_eq!(blessed(chapter), chapter);
}

#[test]
fn what_nothing_comes_of_is_emptied() {
    assert_eq!(
        blessed("```rust\nlet a = 1;\n```\n\n```text,output\nold\n```\n"),
        "```rust\nlet a = 1;\n```\n\n```text,output\n```\n"
    );
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let chapter = |text: &str| {
        format!("\u{feff}# A\n\n{BLOCK}```text,output\n{text}```\n").replace('\n', "\r\n")
    };
    assert_eq!(blessed(&chapter("old\n")), chapter("one\n\ntwo\n"));
}

#[test]
fn containers_keep_their_prefix() {
    for (first, further) in [
        ("> ", "> "),
        ("- ", "  "),
        ("1. ", "   "),
        ("> - ", ">   "),
        ("- > ", "  > "),
        ("  ", "  "),
    ] {
        let contained = |text: &str| {
            let inner = format!("{BLOCK}```text,output\n{text}```\n");
            let lines = inner.lines().enumerate().map(|(number, line)| {
                let prefix = if number == 0 { first } else { further };
                format!("{}\n", format!("{prefix}{line}").trim_end())
            });
            lines.collect::<String>()
        };
        assert_eq!(
            blessed(&contained("")),
            contained("one\n\ntwo\n"),
            "{first}"
        );
        assert_eq!(
            blessed(&contained("x\n")),
            contained("one\n\ntwo\n"),
            "{first}"
        );
    }
}

#[test]
fn admonitions_are_looked_into() {
    let chapter = |text: &str| {
        format!("````admonish note title=\"x\"\n{BLOCK}```text,output\n{text}```\n````\n")
    };
    assert_eq!(blessed(&chapter("old\n")), chapter("one\n\ntwo\n"));
}

#[test]
fn a_fence_in_an_included_page_is_written_there() {
    let page = |text: &str| format!("{BLOCK}```text,output\n{text}```\n");
    let book = BookTest::new("# A\n\n{{#include b.md}}\n").file("src/b.md", &page(""));
    book.check(&["--bless"])
        .passed(2)
        .says("blessed src/b.md:5");
    assert_eq!(book.read("src/b.md"), page("one\n\ntwo\n"));
    assert_eq!(book.read("src/a.md"), "# A\n\n{{#include b.md}}\n");
}

#[test]
fn an_include_in_a_fence_is_not_overwritten() {
    let chapter = format!("{BLOCK}```text,output\n{{{{#include out.txt}}}}\n```\n");
    for text in ["old\n", "old\nolder\n"] {
        let book = BookTest::new(&chapter).file("src/out.txt", text);
        book.check(&["--bless"])
            .failed(1, 1)
            .says("can't be blessed: an include makes the fence");
        assert_eq!(book.read("src/a.md"), chapter);
    }
}

#[test]
fn a_block_that_fails_is_not_blessed() {
    for block in [
        "```rust\nprintln!(\"one\");\npanic!();\n```\n\n```text,output\n```\n",
        "```rust,should_panic\nprintln!(\"one\");\n```\n\n```text,output\n```\n",
        "```rust,compile_fail,E0499\nlet a: i32 = \"\";\n```\n\n```text,diagnostic\n```\n",
    ] {
        let book = BookTest::new(block);
        book.check(&["--bless"]).failed(0, 2).never_says("blessed");
        assert_eq!(book.read("src/a.md"), block);
    }
}

#[test]
fn a_text_that_would_end_the_fence_is_refused() {
    let chapter = "```rust\nprintln!(\"~~~\");\n```\n\n```text,output\n```\n";
    let book = BookTest::new(chapter);
    book.check(&["--bless"])
        .failed(1, 1)
        .says("can't be blessed: the text has a line that would close the fence");
    assert_eq!(book.read("src/a.md"), chapter);
}

#[test]
fn a_text_that_markdown_cannot_hold_is_refused() {
    BookTest::new("```rust\nprint!(\"50%\\r100%\");\n```\n\n```text,output\n```\n")
        .check(&["--bless"])
        .failed(1, 1)
        .says("can't be blessed: the text has a control character");
}

#[test]
fn a_printed_helper_stays_text() {
    let block = "```rust\nlet open = \"{\".repeat(2);\nprintln!(\"{open}#include gone.rs}}}} and {open}#title b}}}}\");\n```\n\n";
    assert_eq!(
        blessed(&format!("{block}```text,output\n```\n")),
        format!("{block}```text,output\n\\{{{{#include gone.rs}}}} and {{{{#title b}}}}\n```\n")
    );
}

#[test]
fn a_filter_blesses_only_what_it_names() {
    let chapter = format!("{BLOCK}```text,output\n```\n\n{BLOCK}```text,output\n```\n");
    let book = BookTest::new(&chapter);
    book.check(&["--bless", "--filter", "a.md:8$"]).passed(2);
    let one = format!("{BLOCK}```text,output\n```\n\n{BLOCK}```text,output\none\n\ntwo\n```\n");
    assert_eq!(book.read("src/a.md"), one);
}

#[cfg(unix)]
#[test]
fn a_files_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let book = BookTest::new(&format!("{BLOCK}```text,output\n```\n"));
    let path = book.path("src/a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    book.check(&["--bless"]).passed(2);
    assert_eq!(
        fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    let files = fs::read_dir(book.path("src")).unwrap().count();
    assert_eq!(files, 2, "a temporary file stayed behind");
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link() {
    let book = BookTest::new("").file("b.md", &format!("{BLOCK}```text,output\n```\n"));
    fs::remove_file(book.path("src/a.md")).unwrap();
    std::os::unix::fs::symlink("../b.md", book.path("src/a.md")).unwrap();
    book.check(&["--bless"]).passed(2);
    assert!(
        fs::symlink_metadata(book.path("src/a.md"))
            .unwrap()
            .is_symlink()
    );
    assert!(book.read("b.md").contains("one\n\ntwo\n"));
}

#[test]
fn an_unfinished_fence_is_refused() {
    BookTest::new(&format!("{BLOCK}```text,output\nold\n"))
        .check(&["--bless"])
        .failed(1, 1)
        .says("can't be blessed");
}
