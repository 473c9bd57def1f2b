//! Reports for CI systems: GitHub's annotations and JUnit's XML.

use roxmltree::{Document, Node};

use crate::book_test::BookTest;

/// A wrong output with all that could break a format: its letters, line ends, control characters.
const NASTY: &str = "```rust\nprintln!(\"<b> & \\\"q\\\" ]]> 100%\\r\\n::error::\\u{1b}[31m\\u{0}\\u{ffff}\\tred é\");\n```\n\n```text,output\n50% <of> it & more\n```\n";

#[test]
fn an_annotation_has_the_place_and_all_in_one_line() {
    let ended = BookTest::new(NASTY).check(&["--format", "github"]);
    let ended = ended.failed(1, 1);
    let lines: Vec<_> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(
        lines[0].starts_with(
            "::error file=src/a.md,line=5,col=1,title=output::the output differs from what the fence says%0Apromised: this output:%0A50%25 <of> it & more%0Awhat came:%0A<b> & \"q\" ]]> 100%25%0A::error::"
        ),
        "{}",
        lines[0]
    );
    assert_eq!(
        lines[1],
        "1 Rust block: 1 run, 0 compiled only, 0 rejected, 1 output fence"
    );
    assert_eq!(lines[2], "1 passed, 1 failed");
}

#[test]
fn a_warning_is_annotated_as_one() {
    BookTest::new(NASTY)
        .rules("output = \"warn\"")
        .check(&["--format", "github"])
        .passed(2)
        .says("::warning file=src/a.md,line=5,col=1,title=output::")
        .never_says("::error file");
}

#[test]
fn an_odd_file_name_does_not_end_its_property() {
    let book = BookTest::empty()
        .file("src/SUMMARY.md", "# Summary\n\n- [A](<50%, a: b.md>)\n")
        .file("src/50%, a: b.md", "```rust\npanic!();\n```\n");
    book.check(&["--format", "github"])
        .failed(0, 1)
        .says("::error file=src/50%25%2C a%3A b.md,line=1,col=1,title=runs::");
}

#[test]
fn files_are_named_from_the_repository() {
    let book = BookTest::empty()
        .file("docs/src/SUMMARY.md", "- [A](a.md)\n")
        .file("docs/src/a.md", "```rust\npanic!();\n```\n");
    book.check(&["docs", "--format", "github"])
        .failed(0, 1)
        .says("::error file=docs/src/a.md,line=1,");
    let workspace = book.path("docs").display().to_string();
    book.env("GITHUB_WORKSPACE", workspace)
        .check(&["docs", "--format", "github"])
        .failed(0, 1)
        .says("::error file=src/a.md,line=1,");
}

/// Checks, and reads the XML with a parser that takes nothing ill-formed.
fn junit(book: &BookTest, arguments: &[&str], code: i32, look: impl FnOnce(Node<'_, '_>)) {
    let ended = book.check(&[&["--format", "junit"], arguments].concat());
    let ended = ended.code(code);
    assert_eq!(ended.stderr, "");
    let document =
        Document::parse(&ended.stdout).unwrap_or_else(|error| panic!("{error}\n{}", ended.stdout));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    look(root);
}

fn number(node: Node<'_, '_>, name: &str) -> usize {
    node.attribute(name).unwrap().parse().unwrap()
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let found = node.descendants().filter(|node| node.has_tag_name(name));
    found.collect()
}

#[test]
fn what_xml_cannot_hold_is_shown_in_letters() {
    junit(&BookTest::new(NASTY), &[], 1, |root| {
        let failures = named(root, "failure");
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].attribute("type"), Some("output"));
        let message = failures[0].attribute("message");
        assert_eq!(message, Some("the output differs from what the fence says"));
        let text = failures[0].text().unwrap();
        for part in [
            " --> src/a.md:5:1\n",
            "50% <of> it & more",
            "<b> & \"q\" ]]> 100%",
            "\\u{1b}[31m\\u{0}\\u{ffff}\tred é",
        ] {
            assert!(text.contains(part), "no {part} in {text}");
        }
        let case = failures[0].parent().unwrap();
        assert_eq!(case.attribute("name"), Some("5:output"));
        assert_eq!(case.attribute("classname"), Some("src/a.md"));
        assert_eq!(case.attribute("line"), Some("5"));
    });
}

#[test]
fn a_message_of_many_lines_stays_an_attribute() {
    let chapter =
        "```rust,compile_fail\n#![deny(unused)]\ncompile_error!(\"one\\n\\ttwo <three>\");\n```\n";
    let book = BookTest::new(chapter).rules("uncoded-rejection = \"error\"");
    junit(&book, &[], 1, |root| {
        assert_eq!(named(root, "failure").len(), 1);
    });
    let plain = BookTest::new(&chapter.replace("compile_fail", "no_run"));
    junit(&plain, &[], 1, |root| {
        let failures = named(root, "failure");
        let message = failures[0].attribute("message").unwrap();
        assert!(message.contains("one\n\ttwo <three>"), "{message:?}");
    });
}

#[test]
fn each_block_and_fence_is_a_case_of_its_files_suite() {
    let book = BookTest::empty()
        .file("src/SUMMARY.md", "- [A](a.md)\n- [B & C](b.md)\n")
        .file("src/a.md", NASTY)
        .file(
            "src/b.md",
            "```rust,ignore\n1;\n```\n\n```rust,no-run\n1;\n```\n\n```rust\npanic!();\n```\n\n{{#include gone.md}}\n",
        );
    junit(&book, &[], 1, |root| {
        let counts = |node| ["tests", "failures", "errors", "skipped"].map(|n| number(node, n));
        assert_eq!(counts(root), [6, 3, 0, 1]);
        let suites = named(root, "testsuite");
        let names: Vec<_> = suites
            .iter()
            .map(|s| s.attribute("name").unwrap())
            .collect();
        assert_eq!(names, ["src/b.md", "src/a.md"]);
        assert_eq!(counts(suites[0]), [4, 2, 0, 1]);
        assert_eq!(counts(suites[1]), [2, 1, 0, 0]);
        assert_eq!(named(root, "testcase").len(), 6);
        assert_eq!(named(root, "skipped").len(), 1);
        let warnings = named(root, "system-out");
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].text().unwrap().contains("is no_run meant?"));
        for node in named(root, "testcase") {
            let time = node.attribute("time").unwrap().parse::<f64>().unwrap();
            assert!(time >= 0.0);
        }
    });
}

#[test]
fn several_books_make_one_document() {
    let book = BookTest::empty()
        .file("one/src/SUMMARY.md", "- [A](a.md)\n")
        .file("one/src/a.md", "```rust\n1;\n```\n")
        .file("two/src/SUMMARY.md", "- [A](a.md)\n")
        .file("two/src/a.md", "```rust\n2;\n```\n");
    junit(&book, &["one", "two"], 0, |root| {
        assert_eq!(number(root, "tests"), 2);
        assert_eq!(named(root, "testsuite").len(), 2);
    });
}

#[test]
fn a_book_without_blocks_is_a_document_too() {
    junit(&BookTest::new("words\n"), &[], 0, |root| {
        assert_eq!(number(root, "tests"), 0);
    });
}

#[test]
fn a_report_for_people_names_the_command_that_explains() {
    BookTest::new("```rust\npanic!();\n```\n")
        .check(&[])
        .failed(0, 1)
        .says("about the rule: mdbook-verdict --explain runs\n");
    BookTest::new("```rust\n1;\n```\n")
        .check(&[])
        .passed(1)
        .never_says("--explain");
}
