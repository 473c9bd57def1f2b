//! mdBook 0.5's JSON in, mdBook 0.5's JSON out.

use crate::book::Book;
use admonish::{Error, run, run_json, to_mdbook_04, to_mdbook_05};
use mdbook::preprocess::{CmdPreprocessor, Preprocessor};
use mdbook_admonish::Admonish;
use serde_json::{Value, json};

/// What mdBook 0.5.4 handed to a preprocessor for a small book.
const RECORDED: &str = include_str!("../fixtures/book.json");

fn recorded() -> Value {
    serde_json::from_str(RECORDED).expect("JSON")
}

/// mdBook 0.4's own error for this input, or none.
fn refusal_of_mdbook_04(input: &Value) -> Option<String> {
    let input = input.to_string();
    let error = CmdPreprocessor::parse_input(input.as_bytes()).err()?;
    Some(format!("{error:#}"))
}

#[test]
fn mdbook_admonish_alone_refuses_the_book_at_each_difference() {
    let refusal = |input: &Value| refusal_of_mdbook_04(input).expect("an error");
    let mut input = recorded();
    let null = "invalid type: null, expected any valid TOML value";
    assert!(refusal(&input).contains(null), "{}", refusal(&input));

    input[0] = to_mdbook_04(&input).expect("converted")[0].clone();
    assert!(refusal(&input).contains("missing field `sections`"));

    let sections = input[1]["items"].take();
    input[1] = json!({ "sections": sections });
    assert!(refusal(&input).contains("missing field `__non_exhaustive`"));

    input[1]["__non_exhaustive"] = Value::Null;
    assert_eq!(refusal_of_mdbook_04(&input), None);
    assert_eq!(input, to_mdbook_04(&recorded()).expect("converted"));
}

#[test]
fn mdbook_05_would_refuse_the_answer_of_mdbook_04() {
    let old = to_mdbook_04(&recorded()).expect("converted").to_string();
    let (context, book) = CmdPreprocessor::parse_input(old.as_bytes()).expect("converted");
    let answer = serde_json::to_value(Admonish.run(&context, book).expect("a book")).expect("JSON");
    assert!(answer.get("items").is_none() && answer.get("sections").is_some());
    assert!(to_mdbook_05(answer).expect("converted")["items"].is_array());
}

#[test]
fn there_and_back_changes_nothing() {
    let input = recorded();
    let old = to_mdbook_04(&input).expect("converted");
    assert_eq!(to_mdbook_05(old[1].clone()).expect("converted"), input[1]);
}

#[test]
fn only_the_contents_of_chapters_with_admonitions_change() {
    let input = recorded();
    let mut page = run_json(&input).expect("a page");
    let changed = [
        "/items/2/Chapter/content",
        "/items/2/Chapter/sub_items/0/Chapter/content",
    ];
    for path in changed {
        let text = page.pointer_mut(path).expect("a chapter");
        let source = input[1].pointer(path).expect("a chapter");
        assert_ne!(text, source);
        *text = source.clone();
    }
    // Part titles, drafts, separators, numbers, nesting, paths.
    assert_eq!(page, input[1]);
    for name in [
        "PartTitle",
        "Separator",
        "\"path\":null",
        "\"number\":[1,1]",
    ] {
        assert!(input[1].to_string().contains(name), "{name} isn't tried");
    }
}

#[test]
fn under_the_renderer_test_only_the_fences_of_admonitions_go() {
    let mut input = recorded();
    input[0]["renderer"] = json!("test");
    let copy = run_json(&input).expect("a copy");
    assert_eq!(
        copy.pointer("/items/2/Chapter/content"),
        Some(&json!(
            "# Locks\n\n\nA lock is held by one thread at a time.\n\n\
             ```rust\nassert_eq!(1 + 1, 2);\n```\n\n\nText.\n"
        ))
    );
}

#[test]
fn stripping_keeps_the_lines_of_what_follows_but_for_two_cases() {
    let line_of_end = |text: &str| {
        let stripped = Book::of(text).test();
        stripped
            .lines()
            .position(|line| line == "end")
            .expect("the end")
            + 1
    };
    assert_eq!(line_of_end("a\n\n```admonish note\nb\n\nc\n```\nend"), 8);
    assert_eq!(
        line_of_end("~~~~admonish tip\n~~~\nb\n~~~\n~~~~\n\nend\n"),
        7
    );
    // Empty lines before the closing fence are dropped.
    assert_eq!(line_of_end("```admonish note\nb\n\n\n```\nend"), 6 - 2);
    // An empty admonition grows.
    assert_eq!(line_of_end("```admonish note title=\"b\"\n```\nend"), 3 + 1);
}

#[test]
fn another_renderer_gets_the_book_as_it_is() {
    let book = Book::of("```admonish note\nText.\n```  \n");
    let input = book.input("linkcheck");
    assert_eq!(run_json(&input).expect("a book"), input[1]);
}

#[test]
fn a_book_of_mdbook_04_is_told_to_use_mdbook_admonish_itself() {
    let input = json!([{ "config": {} }, { "sections": [], "__non_exhaustive": null }]);
    let error = run_json(&input).expect_err("refused");
    assert!(error.is_misuse());
    assert!(
        error.to_string().contains("`sections` is mdBook 0.4's"),
        "{error}"
    );
}

#[test]
fn what_is_no_book_is_misuse() {
    for input in [
        "",
        "{}",
        "[]",
        "[1, 2, 3]",
        "[{}, {\"items\": []}]",
        "[{\"config\": {}}, {}]",
    ] {
        let error = run(input).expect_err(input);
        assert!(error.is_misuse(), "{input}: {error}");
    }
}

#[test]
fn a_wrong_configuration_is_refused_in_mdbook_admonishs_words() {
    let error = |book: Book| book.run("html").expect_err("refused").to_string();
    let text = "```admonish note\nText.\n```\n";
    let missing = error(Book::of(text).with("assets_version", Value::Null));
    assert!(missing.contains("did not find a version"), "{missing}");
    let old = error(Book::of(text).with("assets_version", json!("2.0.0")));
    assert!(old.contains("found '2.0.0'"), "{old}");
    let wrong = error(Book::of(text).with("on_failure", json!("shrug")));
    assert!(wrong.contains("unknown variant `shrug`"), "{wrong}");
}

#[test]
fn a_version_that_makes_mdbook_admonish_panic_is_an_error() {
    for version in [
        json!("3"),
        json!("latest"),
        json!("03.1.0"),
        json!("3.1.0-"),
        json!(3),
    ] {
        let book = Book::of("Text.").with("assets_version", version.clone());
        let error = book.run("html").expect_err("refused");
        assert!(
            matches!(error, Error::AssetsVersion(_)),
            "{version}: {error}"
        );
    }
}
