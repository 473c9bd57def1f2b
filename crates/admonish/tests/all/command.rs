//! The binary: its words and exit codes.

use crate::book::Book;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn admonish(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_admonish"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The binary may be gone before it reads.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn it_supports_every_renderer() {
    for renderer in ["html", "test", "epub"] {
        assert_eq!(admonish(&["supports", renderer], "").status.code(), Some(0));
    }
}

#[test]
fn a_book_goes_through_standard_input_and_output() {
    let book = Book::of("```admonish note\nText.\n```\n");
    let output = admonish(&[], &book.input("html").to_string());
    assert_eq!(output.status.code(), Some(0));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["items"][0]["Chapter"]["content"], book.page());
    assert!(output.stderr.is_empty());
}

#[test]
fn a_fault_is_printed_with_its_place_and_exit_code_1() {
    let book = Book::of("Text.\n\n```admonish nonsense\nText.\n```\n");
    let output = admonish(&[], &book.input("test").to_string());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(
        message.starts_with("src/chapter.md:3: `nonsense` is no kind"),
        "{message}"
    );
    assert!(message.ends_with("1 fault in admonitions\n"), "{message}");
}

#[test]
fn misuse_is_exit_code_2_and_says_how_to_use_it() {
    for (arguments, input) in [
        (&["install"][..], ""),
        (&["supports"], ""),
        (&[], "no JSON"),
    ] {
        let output = admonish(arguments, input);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("usage: admonish"));
    }
}

#[test]
fn it_prints_its_stylesheet() {
    let output = admonish(&["css"], "");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, admonish::CSS.as_bytes());
}
