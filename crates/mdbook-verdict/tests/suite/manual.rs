//! The manual, README.md: its blocks hold, its commands run, its options and keys are the tool's.

use std::collections::BTreeSet;
use std::path::Path;

use mdbook_verdict::{Config, Rule};

use crate::book_test::BookTest;
use crate::markdown;

const README: &str = include_str!("../../README.md");

/// A book that holds, in which every file that the manual's commands name is there.
fn book() -> BookTest {
    let chapter = "```rust\nprintln!(\"{}\", 6 * 7);\n```\n\n```text,output\n42\n```\n";
    BookTest::new(chapter)
        .file("src/b.md", "```rust\nassert_eq!(1 + 1, 2);\n```\n")
        .file("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n- [B](b.md)\n")
        .file("docs/book.toml", "[rust]\nedition = \"2024\"\n")
        .file("docs/src/SUMMARY.md", "- [A](a.md)\n")
        .file("docs/src/a.md", chapter)
        .file("README.md", chapter)
}

fn fenced(tag: &str) -> Vec<String> {
    markdown::fenced(README, 3, tag)
}

/// Every `mdbook-verdict` command in a console or a workflow.
fn commands() -> Vec<Vec<String>> {
    let texts = [fenced("console"), fenced("yaml")].concat().concat();
    let lines = texts.lines().filter_map(|line| {
        let line = line.trim_start_matches([' ', '-']);
        let command = line.strip_prefix("$ ").or(line.strip_prefix("run: "))?;
        command.strip_prefix("mdbook-verdict")
    });
    lines
        .map(|arguments| {
            let arguments = arguments.split(" > ").next().unwrap_or_default();
            let arguments = arguments.replace("${{ matrix.part }}", "2");
            arguments
                .split_whitespace()
                .map(|argument| argument.trim_matches('\'').to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn its_blocks_hold() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let ended = BookTest::empty().check(&[readme.to_str().unwrap()]).code(0);
    let last = ended.last_line();
    assert!(!last.starts_with("0 passed"), "{last}");
    ended.never_says("warning[");
}

#[test]
fn its_commands_run() {
    let commands = commands();
    assert!(commands.len() >= 10, "{commands:#?}");
    for arguments in commands {
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        book().run(&arguments).code(0);
    }
}

/// The words that begin with `--`, as they are written in a text.
fn options(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
    let is_option = |word: &&str| {
        let name = word.strip_prefix("--").unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_lowercase())
    };
    words.filter(is_option).map(str::to_owned).collect()
}

#[test]
fn its_options_are_those_of_the_tool() {
    let book = BookTest::empty();
    let help = |arguments: &[&str]| book.run(arguments).code(0).stdout;
    let real = options(
        &[
            help(&["--help"]),
            help(&["check", "--help"]),
            help(&["list", "--help"]),
        ]
        .concat(),
    );
    let of_others: BTreeSet<_> = ["--path", "--version", "--help", "--locked", "--open"]
        .map(str::to_owned)
        .into();
    let said = options(README);
    let unsaid: Vec<_> = real
        .difference(&said)
        .filter(|o| !of_others.contains(*o))
        .collect();
    assert!(unsaid.is_empty(), "not in the manual: {unsaid:?}");
    let made_up: Vec<_> = said
        .difference(&real)
        .filter(|o| !of_others.contains(*o))
        .collect();
    assert!(made_up.is_empty(), "only in the manual: {made_up:?}");
    for format in ["human", "json", "github", "junit"] {
        assert!(README.contains(&format!("| `{format}` |")), "{format}");
        book.check(&["--format", format]).code(0);
    }
}

#[test]
fn its_configuration_is_understood() {
    let tables = fenced("toml");
    assert!(tables.len() >= 2);
    let all = tables.concat();
    for table in tables {
        Config::parse(&table).unwrap_or_else(|cause| panic!("{cause}\n{table}"));
    }
    let wrong = Config::parse("[preprocessor.verdict]\nx = 1").unwrap_err();
    let keys = wrong.split("there are ").nth(1).unwrap();
    for key in keys.split(", ") {
        assert!(README.contains(&format!("| `{key}` |")), "no row for {key}");
    }
    assert!(all.contains("[preprocessor.verdict.rules]"));
}

#[test]
fn its_sample_report_is_what_is_reported() {
    let chapter =
        "# A\n\n```rust,compile_fail,E0499\nlet s = String::new();\ndrop(s);\ns.len();\n```\n";
    let said = BookTest::new(chapter).check(&[]).failed(0, 1).stdout;
    let sample = fenced("text")
        .into_iter()
        .find(|text| text.starts_with("error[exact-codes]"));
    let sample = sample.unwrap();
    let mut rest = said.as_str();
    for line in sample.lines().filter(|line| *line != "...") {
        let at = rest
            .find(line)
            .unwrap_or_else(|| panic!("no `{line}` in\n{said}"));
        rest = &rest[at + line.len()..];
    }
}

#[test]
fn the_row_of_each_rule_leads_to_its_explanation() {
    let (_, section) = README.split_once("\n## Rules\n").unwrap();
    for rule in Rule::ALL {
        assert!(section.contains(&format!("`{rule}`")), "{rule}");
    }
    assert!(section.contains("mdbook-verdict --explain"));
}

/// In the repository the crate carries copies of the licences, so that its package has them.
#[test]
fn its_licences_are_the_projects() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let ours = std::fs::read_to_string(here.join(name)).unwrap();
        assert!(ours.len() > 500, "{name}");
        // Outside of the repository there is nothing to compare with.
        if let Ok(theirs) = std::fs::read_to_string(here.join("../..").join(name)) {
            assert_eq!(ours, theirs, "{name}");
        }
    }
}
