//! Properties of pages that nobody wrote: made of random pieces, the same each time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::sync::Arc;

use mdbook_verdict::{
    Book, Edition, Evidence, Finding, Options, Reporter, ResultFence, SourceFile, Summary, Verdict,
    Verifier, expand, find, text_of,
};

use crate::book_test::BookTest;
use crate::random::Random;
use crate::rustdoc;

/// Pieces of info strings, and what may stand between them.
const WORDS: [&str; 44] = [
    "rust",
    "rust",
    "rust",
    "text",
    "toml",
    "editable",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "test_harness",
    "standalone_crate",
    "custom",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
    "edition1999",
    "E0382",
    "E0308",
    "E03",
    "e0382",
    "ignore-linux",
    "ignore-x86_64",
    "ignore-wasm32",
    "ignore-",
    "should-panic",
    "{.rust}",
    "{.text}",
    "{rust}",
    "{.a .b}",
    "{",
    "}",
    "(note)",
    "(",
    "title=\"x\"",
    "title=\"a b\"",
    "\"",
    "=",
    ".rust",
    "#x",
    "Rust",
    "output",
    "é",
];
const BETWEEN: [&str; 6] = [",", ",", " ", ", ", "\t", ",,"];

fn info(random: &mut Random) -> String {
    let mut info = String::new();
    for number in 0..random.below(5) {
        if number > 0 {
            info.push_str(random.of(&BETWEEN));
        }
        info.push_str(random.of(&WORDS));
    }
    info
}

/// A page of fences, in lists and quotes, closed and unclosed, between other things.
fn page(random: &mut Random) -> String {
    const OTHER: [&str; 16] = [
        "words\n",
        "\n",
        "\n\n",
        "# Heading\n",
        "- item\n\n",
        "1. item\n",
        "> quote\n",
        "---\n",
        "    let indented = 1;\n",
        "<div>\n\n",
        "</div>\n\n",
        "<!-- comment -->\n",
        "`code`\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "  two spaces\n",
        "*** \n",
    ];
    const MARKS: [&str; 6] = ["```", "```", "```", "````", "~~~", "``` "];
    const PREFIXES: [(&str, &str); 10] = [
        ("", ""),
        ("", ""),
        ("", ""),
        ("- ", "  "),
        ("> ", "> "),
        ("1. ", "   "),
        ("> - ", ">   "),
        ("- > ", "  > "),
        ("  ", "  "),
        ("   ", "   "),
    ];
    let mut page = String::new();
    for _ in 0..12 {
        page.push_str(random.of(&OTHER));
        let (first, further) = PREFIXES[random.below(PREFIXES.len())];
        let mark = random.of(&MARKS);
        let _ = writeln!(page, "{first}{mark}{}", info(random));
        for _ in 0..random.below(3) {
            let line = random.of(&["let a = 1;", "# hidden", "", "```", "text", "- x", "> y"]);
            let _ = writeln!(page, "{}", format!("{further}{line}").trim_end());
        }
        if !random.once_in(20) {
            let _ = writeln!(page, "{further}{}", mark.trim_end());
        }
        if !random.once_in(4) {
            page.push('\n');
        }
    }
    page
}

/// Any characters that Markdown, tags and includes take notice of.
fn noise(random: &mut Random) -> String {
    const PIECES: [&str; 34] = [
        "```",
        "~~~",
        "````",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\t",
        " ",
        "    ",
        "> ",
        "- ",
        "1. ",
        "#",
        "##",
        "# ",
        "rust",
        ",",
        "text,output",
        "admonish note",
        "{{#include ",
        "{{#rustdoc_include ",
        "a.rs:x}}",
        "}}",
        "\\{{",
        "{",
        "}",
        "\"",
        "é",
        "\u{feff}",
        "\u{0}",
        "<!--",
        "-->",
        "a",
    ];
    (0..random.below(60)).map(|_| random.of(&PIECES)).collect()
}

#[test]
fn no_text_makes_the_reader_panic() {
    let mut random = Random::new(1);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.rs"), "// ANCHOR: x\nfn f() {}\n").unwrap();
    for _ in 0..4000 {
        let text = match random.once_in(4) {
            true => page(&mut random),
            false => noise(&mut random),
        };
        let expanded = expand(
            Arc::new(SourceFile {
                path: folder.path().join("page.md"),
                shown: "page.md".into(),
                text: text.clone(),
            }),
            folder.path(),
        );
        for text in [expanded.text, text_of("page.md", &text)] {
            let found = find(&text, Edition::E2024, "x86_64-unknown-linux-gnu");
            for block in found.blocks {
                assert!(block.code.split_inclusive('\n').count() <= block.origins.len());
                assert!(text.as_str().get(block.place.range.clone()).is_some());
            }
        }
    }
}

#[test]
fn rustdoc_tests_the_blocks_that_we_test() {
    let mut random = Random::new(3);
    let folder = tempfile::tempdir().unwrap();
    let mut blocks = 0;
    for _ in 0..60 {
        let page = page(&mut random);
        fs::write(folder.path().join("page.md"), &page).unwrap();
        let listed = Command::new("rustdoc")
            .args(["--test", "page.md", "--test-args", "--list"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&listed.stderr).into_owned();
        let listed = String::from_utf8(listed.stdout).unwrap();
        let lines = listed.lines().filter(|line| line.ends_with(": test"));
        let theirs: BTreeSet<usize> = lines
            .map(|line| {
                let (_, rest) = line.rsplit_once("(line ").unwrap();
                rest.split_once(')').unwrap().0.parse().unwrap()
            })
            .collect();
        let found = find(
            &text_of("page.md", &page),
            Edition::E2015,
            "x86_64-unknown-linux-gnu",
        );
        let ours: BTreeSet<usize> = found
            .blocks
            .iter()
            .map(|block| block.location.line)
            .collect();
        blocks += ours.len();
        assert!(
            ours == theirs,
            "only we: {:?}, only rustdoc: {:?}\n{said}{}",
            &ours - &theirs,
            &theirs - &ours,
            numbered(&page)
        );
    }
    assert!(blocks > 150, "{blocks} blocks");
}

fn numbered(page: &str) -> String {
    (1..)
        .zip(page.lines())
        .map(|(number, line)| format!("{number:3} {line:?}\n"))
        .collect()
}

/// A program of random pieces: some right, some wrong, some odd.
fn program(random: &mut Random) -> String {
    const BEGINNINGS: [&str; 12] = [
        "",
        "",
        "",
        "",
        "#![allow(unused)]\n",
        "#![deny(unused_variables)]\n",
        "#![allow(\n    dead_code,\n)]\n",
        "// words\n",
        "/* words */\n",
        "extern crate alloc;\n",
        "#[allow(unused)]\nfn unused() {}\n",
        "\n\n",
    ];
    const PIECES: [&str; 26] = [
        "use std::fmt::Debug;",
        "struct A;",
        "fn f() -> u8 { 1 }",
        "let a = 1;",
        "f();",
        "assert_eq!(1, 1);",
        "assert_eq!(1, 2);",
        "mod m { pub fn g() {} }",
        "m::g();",
        "let Name = 1;",
        "// fn main() {}",
        "/* fn main() { */",
        "let s = \"fn main() {}\";",
        "macro_rules! n { () => { 1 } }",
        "n!();",
        "const C: u8 = 1;",
        "impl Debug for A { fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) } }",
        "#[derive(Clone)]\nstruct B;",
        "\"1\".parse::<u8>()?;",
        "\"x\".parse::<u8>()?;",
        "let v: Vec<u8> = Vec::new();",
        "if true { f(); }",
        "{ let b = 2; }",
        "trait T {}",
        "{",
        "let c: u8 = \"\";",
    ];
    const MAINS: [&str; 11] = [
        "",
        "",
        "",
        "",
        "fn main() {}",
        "fn main() { assert!(true); }",
        "pub fn main() { panic!() }",
        "fn main() -> Result<(), String> { Ok(()) }",
        "mod inner { fn main() { panic!() } }",
        "async fn main() {}",
        "fn main ( ) { }",
    ];
    const ENDS: [&str; 8] = [
        "",
        "",
        "",
        "Ok::<(), std::num::ParseIntError>(())",
        "Ok::<(), std::num::ParseIntError>(()) // end",
        "Ok::<(), std::num::ParseIntError>(())\n// end",
        "// end",
        "panic!()",
    ];
    let mut program = String::from(random.of(&BEGINNINGS));
    let count = random.below(4);
    let main = random.below(count + 1);
    for number in 0..=count {
        if number == main {
            program.push_str(random.of(&MAINS));
            program.push('\n');
        }
        if number < count {
            program.push_str(random.of(&PIECES));
            program.push('\n');
        }
    }
    program.push_str(random.of(&ENDS));
    program
}

#[test]
fn rustdoc_makes_the_same_of_random_programs() {
    let mut random = Random::new(5);
    let mut page = String::new();
    let mut programs = BTreeMap::new();
    for _ in 0..70 {
        let program = program(&mut random);
        programs.insert(page.matches('\n').count() + 1, program.clone());
        let tags = random.of(&["rust", "rust", "rust", "rust,should_panic", "rust,no_run"]);
        let _ = write!(page, "```{tags}\n{program}\n```\n\n");
    }
    let book = BookTest::new(&page);
    let (theirs, ours) = (rustdoc::rustdoc(&book), rustdoc::ours(&book));
    let mut wrong = String::new();
    for (line, program) in programs {
        let (their, our) = (theirs.get(&line), ours.get(&line));
        if their != our {
            let _ = writeln!(wrong, "rustdoc {their:?}, we {our:?}:\n{program}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let passed = theirs.values().filter(|verdict| *verdict == "ok").count();
    assert!((15..60).contains(&passed), "{passed} pass");
}

/// A fence that holds what the block's comments say.
struct Comments;

impl ResultFence for Comments {
    fn kind(&self) -> &str {
        "outcomes"
    }

    fn actual(&self, _: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        let lines = evidence.block.code.lines();
        let said: Vec<_> = lines.filter_map(|line| line.strip_prefix("//: ")).collect();
        Ok(said.join("\n"))
    }
}

/// A page of blocks with a fence each; with what it holds, or what it should.
fn page_with_fences(random: &mut Random) -> (String, String) {
    const PROSE: [&str; 10] = [
        "words\n\n",
        "tab\tand spaces  \n\n",
        "é ü 漢字 🦀\n\n",
        "# Heading\n\n",
        "- item\n\n- item\n\n",
        "```text\nnot ours\n```\n\n",
        "> quote\n\n",
        "<div class=\"x\">\n\n</div>\n\n",
        "\\{{#include no.rs}}\n\n",
        "\n\n\n",
    ];
    const LINES: [&str; 10] = [
        "one",
        "two words",
        "  indented",
        "",
        "é 🦀",
        "# sign",
        "> sign",
        "- sign",
        "a | b",
        "\\{{x",
    ];
    const PREFIXES: [(&str, &str); 7] = [
        ("", ""),
        ("", ""),
        ("> ", "> "),
        ("- ", "  "),
        ("10. ", "    "),
        ("> - ", ">   "),
        ("- > ", "  > "),
    ];
    let (mut before, mut after) = (String::new(), String::new());
    let mut both = |text: &str| {
        before.push_str(text);
        after.push_str(text);
    };
    if random.once_in(3) {
        both("\u{feff}");
    }
    for _ in 0..3 {
        both(random.of(&PROSE));
    }
    for _ in 0..4 {
        let (first, further) = PREFIXES[random.below(PREFIXES.len())];
        let line = |text: &str| format!("{}\n", format!("{further}{text}").trim_end());
        let mut right: Vec<&str> = (0..random.below(5)).map(|_| random.of(&LINES)).collect();
        // Final empty lines are no part of a result.
        while right.last().is_some_and(|last| last.is_empty()) {
            right.pop();
        }
        let old: Vec<&str> = (0..random.below(5)).map(|_| random.of(&LINES)).collect();
        before.push_str(&format!("{first}```rust,no_run\n"));
        after.push_str(&format!("{first}```rust,no_run\n"));
        let mut both = |text: &str| {
            before.push_str(text);
            after.push_str(text);
        };
        for said in &right {
            both(&format!("{further}//: {said}\n"));
        }
        both(&line("```"));
        both(&line(""));
        both(&line("```text,outcomes"));
        for old in &old {
            before.push_str(&line(old));
        }
        let holds = old.join("\n").trim_end_matches('\n') == right.join("\n");
        for new in if holds { &old } else { &right } {
            after.push_str(&line(new));
        }
        let mut both = |text: &str| {
            before.push_str(text);
            after.push_str(text);
        };
        both(&line("```"));
        both("\n");
        both(random.of(&PROSE));
    }
    match random.once_in(3) {
        true => (before.replace('\n', "\r\n"), after.replace('\n', "\r\n")),
        false => (before, after),
    }
}

/// Keeps what doesn't hold.
#[derive(Default)]
struct Failures(Vec<Finding>);

impl Reporter for Failures {
    fn started(&mut self, _: usize) {}

    fn verdict(&mut self, verdict: &Verdict) {
        self.0.extend(verdict.findings.iter().cloned());
    }

    fn finished(&mut self, _: &Summary) {}
}

#[test]
fn bless_writes_the_fences_and_not_a_byte_else_and_the_second_time_nothing() {
    let mut random = Random::new(11);
    let folder = tempfile::tempdir().unwrap();
    let mut pages = Vec::new();
    for number in 0..12 {
        let (before, after) = page_with_fences(&mut random);
        let path = folder.path().join(format!("{number}.md"));
        fs::write(&path, before).unwrap();
        pages.push((path, after));
    }
    let files: Vec<_> = pages.iter().map(|(path, _)| path.clone()).collect();
    let options = Options {
        bless: true,
        no_cache: true,
        ..Options::default()
    };
    for round in 0..2 {
        let book = Book::of_files(&files).unwrap();
        let verifier = Verifier::new(folder.path(), &book.config, &options).unwrap();
        let verifier = verifier.with_fence(Box::new(Comments));
        let mut reporter = Failures::default();
        let summary = verifier.check(&book, &options, &mut reporter).unwrap();
        assert!(summary.holds(), "{:?}", reporter.0);
        assert_eq!(summary.blessed > 0, round == 0);
        for (path, after) in &pages {
            assert_eq!(&fs::read_to_string(path).unwrap(), after);
        }
    }
}
