//! What rustdoc makes of a block is what we make of it, but where we are stricter by a rule.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::book_test::BookTest;

/// Blocks of which both say the same: a name, and the Markdown.
const SAME: &[(&str, &str)] = &[
    ("no language", "```\nlet a = 1;\n```"),
    ("rust", "```rust\nlet a = 1;\n```"),
    ("a class", "```{.rust}\nlet a = 1;\n```"),
    ("indented", "    let a: i32 = 1;"),
    ("tildes", "~~~rust\nlet a = 1;\n~~~"),
    ("long fence", "`````rust\nlet a = 1;\n`````"),
    ("in a list", "- item\n\n  ```rust\n  let a = 1;\n  ```"),
    ("in a quote", "> ```rust\n> let a = 1;\n> ```"),
    ("spaces between tags", "```rust no_run\nloop {}\n```"),
    ("an unknown tag alone", "```python\nx = 1\n```"),
    (
        "an unknown tag after rust",
        "```rust,editable\nlet a: () = 1;\n```",
    ),
    (
        "an unknown tag before rust",
        "```editable,rust\nlet a: () = 1;\n```",
    ),
    ("a hyphen", "```rust,should-panic\npanic!();\n```"),
    (
        "another hyphen",
        "```rust,compile-fail\nlet a: () = 1;\n```",
    ),
    ("ignore", "```rust,ignore\nlet a: () = 1;\n```"),
    ("ignore alone", "```ignore\nnot Rust\n```"),
    (
        "ignore elsewhere",
        "```rust,ignore-wasm32\nlet a: () = 1;\n```",
    ),
    ("no_run", "```rust,no_run\npanic!();\n```"),
    (
        "no_run that does not compile",
        "```rust,no_run\nlet a: () = 1;\n```",
    ),
    ("should_panic", "```rust,should_panic\npanic!();\n```"),
    (
        "should_panic that does not",
        "```rust,should_panic\nlet a = 1;\n```",
    ),
    (
        "should_panic by exit",
        "```rust,should_panic\nstd::process::exit(3);\n```",
    ),
    (
        "should_panic by abort",
        "```rust,should_panic\nstd::process::abort();\n```",
    ),
    (
        "should_panic that does not compile",
        "```rust,should_panic\nlet a: () = 1;\n```",
    ),
    (
        "compile_fail",
        "```rust,compile_fail,E0308\nlet a: () = 1;\n```",
    ),
    (
        "compile_fail that compiles",
        "```rust,compile_fail\nlet a = 1;\n```",
    ),
    (
        "compile_fail without a code",
        "```rust,compile_fail\nlet a: () = ;\n```",
    ),
    (
        "compile_fail and should_panic",
        "```rust,compile_fail,should_panic,E0308\nlet a: () = 1;\n```",
    ),
    (
        "test_harness",
        "```rust,test_harness\n#[test]\nfn t() { panic!() }\n```",
    ),
    (
        "a test without a harness",
        "```rust\n#[test]\nfn t() { panic!() }\n```",
    ),
    (
        "cfg(doctest)",
        "```rust\n#[cfg(doctest)]\ncompile_error!(\"doctest\");\n#[cfg(test)]\ncompile_error!(\"test\");\n```",
    ),
    ("edition 2015", "```rust,edition2015\nlet async = 1;\n```"),
    (
        "edition 2021 is not 2024",
        "```rust,edition2021\nextern \"C\" {}\n```",
    ),
    ("edition 2024", "```rust\nextern \"C\" {}\n```"),
    (
        "an edition that is none",
        "```rust,edition1999\nlet gen = 1;\n```",
    ),
    (
        "hidden lines",
        "```rust\n# let a = 1;\n#\n## [allow(unused)]\nassert_eq!(a, 1);\n```",
    ),
    ("main", "```rust\nfn main() { std::process::exit(0) }\n```"),
    ("a panic in main", "```rust\nfn main() { panic!() }\n```"),
    (
        "main in a module",
        "```rust\nmod m { fn main() { panic!() } }\n```",
    ),
    (
        "main in a string",
        "```rust\nlet s = \"\nfn main() {}\n\";\nassert!(s.len() > 1);\n```",
    ),
    (
        "main in a comment",
        "```rust\n// fn main() {}\npanic!();\n```",
    ),
    (
        "main beside statements",
        "```rust\nlet a = 1;\nfn main() { panic!() }\n```",
    ),
    (
        "main made by a macro",
        "```rust\nmacro_rules! m { () => { fn main() { panic!() } } }\nm!();\n```",
    ),
    (
        "main given to a macro",
        "```rust\nmacro_rules! m { ($($t:tt)*) => { $($t)* } }\nm! { fn main() { panic!() } }\n```",
    ),
    (
        "main that returns a result",
        "```rust\nfn main() -> Result<(), String> { Err(String::new()) }\n```",
    ),
    ("async main", "```rust\nasync fn main() {}\n```"),
    (
        "a question mark",
        "```rust\nlet a: i32 = \"1\".parse()?;\nassert_eq!(a, 1);\nOk::<(), std::num::ParseIntError>(())\n```",
    ),
    (
        "a question mark that fails",
        "```rust\n\"x\".parse::<i32>()?;\nOk::<(), std::num::ParseIntError>(())\n```",
    ),
    (
        "a question mark and a comment",
        "```rust\n\"1\".parse::<i32>()?;\nOk::<(), std::num::ParseIntError>(()) // the end\n```",
    ),
    (
        "a question mark without an Ok",
        "```rust\n\"1\".parse::<i32>()?;\n```",
    ),
    (
        "a crate attribute",
        "```rust\n#![deny(non_camel_case_types)]\nstruct a_b;\n```",
    ),
    (
        "deny(warnings) and unused items",
        "```rust\n#![deny(warnings)]\nfn unused() {}\nlet a = 1;\n```",
    ),
    (
        "deny(warnings) and names",
        "```rust\n#![deny(warnings)]\nlet Name = 1;\nassert_eq!(Name, 1);\n```",
    ),
    (
        "deny(unused)",
        "```rust\n#![deny(unused_variables)]\nlet a = 1;\n```",
    ),
    (
        "an unstable feature",
        "```rust\n#![feature(never_type)]\nlet a = 1;\n```",
    ),
    ("no_std", "```rust\n#![no_std]\nlet a = 1;\n```"),
    (
        "no_std with main",
        "```rust\n#![no_std]\nextern crate std;\nfn main() {}\n```",
    ),
    (
        "no_main",
        "```rust\n#![no_main]\n#[unsafe(no_mangle)]\npub extern \"C\" fn main() -> i32 { 0 }\n```",
    ),
    (
        "crate_name",
        "```rust\n#![crate_name = \"named\"]\nlet a = 1;\n```",
    ),
    (
        "crate_type",
        "```rust\n#![crate_type = \"lib\"]\npub fn a() {}\n```",
    ),
    (
        "an extern crate",
        "```rust\nextern crate alloc;\nuse alloc::vec::Vec;\nlet v: Vec<i32> = Vec::new();\n```",
    ),
    (
        "crate:: without main",
        "```rust\nmod m { pub fn f() {} }\ncrate::m::f();\n```",
    ),
    (
        "crate:: with main",
        "```rust\nmod m { pub fn f() {} }\nfn main() { crate::m::f() }\n```",
    ),
    (
        "super:: without main",
        "```rust\nfn f() {}\nmod m { pub fn g() { super::f() } }\n```",
    ),
    ("an unclosed brace", "```rust\nlet a = { 1;\n```"),
    ("a closing brace too many", "```rust\nlet a = 1; }\n```"),
    ("a missing crate", "```rust\nuse nowhere::A;\n```"),
    (
        "a const that panics",
        "```rust,compile_fail,E0080\nconst A: i32 = 1 / 0;\nprintln!(\"{A}\");\n```",
    ),
    (
        "a const that panics in a generic",
        "```rust,compile_fail,E0080\nstruct A<const N: usize>;\nimpl<const N: usize> A<N> { const B: () = assert!(N > 1); }\nlet () = A::<1>::B;\n```",
    ),
    (
        "a lint that denies",
        "```rust,compile_fail\nlet a = [1, 2][5];\n```",
    ),
    ("an empty block", "```rust\n```"),
    ("a comment alone", "```rust\n// nothing\n```"),
    (
        "inside a comment of HTML",
        "<!--\n```rust\nlet a: () = 1;\n```\n-->",
    ),
    (
        "an order that switches testing off",
        "```E0382,compile_fail\nlet a = 1;\n```",
    ),
    (
        "an editable should_panic",
        "```editable,should_panic\nlet a = 1;\n```",
    ),
    ("a title", "```rust,title=\"x\"\nlet a: () = 1;\n```"),
    ("braces", "```rust{no_run}\nlet a: () = 1;\n```"),
    ("custom", "```rust,custom\nlet a: () = 1;\n```"),
    (
        "standalone_crate",
        "```rust,standalone_crate\nassert!(module_path!().len() > 1);\n```",
    ),
    ("type text", "```text\nlet a\n```"),
];

/// Blocks that rustdoc passes and we don't, and why.
const STRICTER: &[(&str, &str)] = &[
    // The code named isn't the one that comes.
    (
        "another code",
        "```rust,compile_fail,E0382\nlet a: () = 1;\n```",
    ),
    // One more comes than is named.
    (
        "one code too many",
        "```rust,compile_fail,E0308\nlet a: () = 1;\nfn f() { let x; let y: i32 = x; g() }\n```",
    ),
    // The rejection may only be the lack of a crate.
    ("no crate", "```rust,compile_fail\nuse nowhere::A;\n```"),
    // rustdoc puts what it parsed together anew: what rustc refuses here isn't there any more.
    (
        "a late crate attribute",
        "```rust\nlet a = 1;\n#![allow(dead_code)]\n```",
    ),
    (
        "a doc comment of nothing",
        "```rust\nlet a = 1;\n/// of nothing\n```",
    ),
];

#[test]
fn rustdoc_and_we_agree_on_every_block() {
    let mut markdown = String::new();
    let mut lines = BTreeMap::new();
    for (name, block) in SAME.iter().chain(STRICTER) {
        markdown.push_str("text\n\n");
        let first = block.lines().position(|line| {
            let line = line.trim_start_matches(['>', ' ']);
            line.starts_with("```") || line.starts_with("~~~")
        });
        let line = markdown.matches('\n').count() + 1 + first.unwrap_or(0);
        lines.insert(line, *name);
        markdown.push_str(block);
        markdown.push_str("\n\n");
    }
    let book = BookTest::new(&markdown);
    let rustdoc = rustdoc(&book);
    let ours = ours(&book);
    let strict: BTreeSet<_> = STRICTER.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (line, name) in lines {
        let (theirs, mine) = (rustdoc.get(&line), ours.get(&line));
        let expected = match strict.contains(name) {
            true => theirs == Some(&"ok".to_owned()) && mine == Some(&"FAILED".to_owned()),
            false => theirs == mine,
        };
        if !expected {
            wrong.push(format!(
                "{name} (line {line}): rustdoc {theirs:?}, we {mine:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        rustdoc.len() > 60,
        "rustdoc tested {} blocks",
        rustdoc.len()
    );
}

/// The verdicts of rustdoc by line.
pub fn rustdoc(book: &BookTest) -> BTreeMap<usize, String> {
    let output = Command::new("rustdoc")
        .args(["--test", "--edition", "2024", "src/a.md"])
        .current_dir(book.root())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let tests = text
        .lines()
        .filter(|line| line.starts_with("test src/a.md"));
    tests
        .map(|line| {
            let (_, rest) = line.split_once("(line ").unwrap();
            let (number, rest) = rest.split_once(')').unwrap();
            let verdict = rest.rsplit(" ... ").next().unwrap();
            (number.parse().unwrap(), verdict.to_owned())
        })
        .collect()
}

/// Ours, in rustdoc's words.
pub fn ours(book: &BookTest) -> BTreeMap<usize, String> {
    let lines = book.json(&[]);
    let blocks = lines.iter().filter(|line| line["kind"] == "block");
    blocks
        .filter_map(|line| {
            let verdict = match line["status"].as_str().unwrap() {
                "pass" => "ok",
                "ignored" => "ignored",
                "not_rust" => return None,
                _ => "FAILED",
            };
            let number = line["line"].as_u64().unwrap();
            Some((usize::try_from(number).unwrap(), verdict.to_owned()))
        })
        .collect()
}
