//! Makes a whole program of a block, as rustdoc does: hoisted crate attributes, an implicit `main`.

use std::sync::LazyLock;

use regex::Regex;
use syn::parse::Parser as _;

use crate::blocks::Block;

/// A block as a program that rustc takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program's text.
    pub text: String,
    /// How many lines of it stand before the block's first line.
    pub lines_before: usize,
}

impl Program {
    /// The program that rustdoc would compile for this block.
    pub fn of(block: &Block) -> Program {
        if block.tags.test_harness || has_main(&block.code) {
            return Program {
                text: format!("#![allow(unused)]\n{}", block.code),
                lines_before: 1,
            };
        }
        let (attributes, body) = split_inner_attributes(&block.code);
        let (open, close) = match wants_result(body) {
            true => (
                "fn main() { #[allow(non_snake_case)] fn _inner() -> core::result::Result<(), impl core::fmt::Debug> {",
                "} _inner().unwrap() }",
            ),
            false => ("fn main() {", "}"),
        };
        // The attributes keep their lines: what is hoisted is blank where it stood, so that the
        // block's own lines keep their numbers.
        let blank = "\n".repeat(attributes.matches('\n').count());
        let newline = if body.ends_with('\n') || body.is_empty() {
            ""
        } else {
            "\n"
        };
        let head = format!("#![allow(unused)]\n{attributes}{open}\n");
        Program {
            lines_before: head.matches('\n').count(),
            text: format!("{head}{blank}{body}{newline}{close}\n"),
        }
    }
}

/// Whether the code has a `main` of its own, at the top level.
fn has_main(code: &str) -> bool {
    // `# ` and `##` are gone already; what doesn't parse (a rejected block may not) is searched.
    static MAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s*(pub(\([a-z]+\))?\s+)?(const\s+|async\s+|unsafe\s+|extern\s+(\x22[^\x22]*\x22\s+)?)*fn\s+main\s*[(<]")
            .expect("a valid regex")
    });
    let is_main =
        |item: &syn::Item| matches!(item, syn::Item::Fn(function) if function.sig.ident == "main");
    if let Ok(file) = syn::parse_file(code) {
        return file.items.iter().any(is_main);
    }
    let (_, body) = split_inner_attributes(code);
    match syn::Block::parse_within.parse_str(body) {
        Ok(statements) => statements
            .iter()
            .any(|statement| matches!(statement, syn::Stmt::Item(item) if is_main(item))),
        Err(_) => MAIN.is_match(code),
    }
}

/// The leading `#![..]` attributes, with the blank and comment lines among them, and the rest.
fn split_inner_attributes(code: &str) -> (&str, &str) {
    let mut end = 0;
    let mut at = 0;
    let mut depth = 0usize;
    for line in code.split_inclusive('\n') {
        let trimmed = line.trim();
        at += line.len();
        if depth > 0 || trimmed.starts_with("#![") {
            for c in trimmed.chars() {
                match c {
                    '[' => depth += 1,
                    ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            if depth == 0 {
                end = at;
            }
        } else if !(trimmed.is_empty() || trimmed.starts_with("//")) {
            break;
        }
    }
    code.split_at(end)
}

/// rustdoc's sign that a block wants `?`: it ends with `(())`, comments aside.
fn wants_result(body: &str) -> bool {
    let mut rest = body.trim_end();
    while let Some(line) = rest.lines().last() {
        match line.trim_start().starts_with("//") {
            true => rest = rest[..rest.len() - line.len()].trim_end(),
            false => break,
        }
    }
    let rest = match (rest.rfind("//"), rest.rfind('\n')) {
        (Some(comment), newline) if newline.is_none_or(|newline| comment > newline) => {
            rest[..comment].trim_end()
        }
        _ => rest,
    };
    rest.ends_with("(())")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{find, text_of};
    use crate::tags::Edition;

    fn program(code: &str) -> Program {
        let text = text_of("a.md", &format!("```rust\n{code}\n```\n"));
        Program::of(&find(&text, Edition::E2024, "x86_64").blocks[0])
    }

    #[test]
    fn a_block_with_main_stays_as_it_is() {
        let program = program("use std::rc::Rc;\nfn main() {}");
        assert_eq!(
            program.text,
            "#![allow(unused)]\nuse std::rc::Rc;\nfn main() {}\n"
        );
        assert_eq!(program.lines_before, 1);
    }

    #[test]
    fn main_in_a_comment_a_string_or_another_item_is_no_main() {
        for code in [
            "// fn main() {}",
            "let s = \"\nfn main() {}\";",
            "mod m { fn main() {} }",
        ] {
            assert!(program(code).text.contains("\nfn main() {\n"), "{code}");
        }
    }

    #[test]
    fn a_main_in_code_that_does_not_parse_is_still_seen() {
        assert_eq!(program("fn main() { let = 1; }").lines_before, 1);
    }

    #[test]
    fn crate_attributes_go_before_the_implicit_main() {
        let program = program("#![deny(dead_code)]\nlet a = 1;");
        assert_eq!(
            program.text,
            "#![allow(unused)]\n#![deny(dead_code)]\nfn main() {\n\nlet a = 1;\n}\n"
        );
        assert_eq!(program.lines_before, 3);
    }

    #[test]
    fn a_final_ok_makes_main_return_a_result() {
        for code in [
            "\"1\".parse::<i32>()?;\nOk::<(), std::num::ParseIntError>(())",
            "Ok::<(), E>(()) // done",
        ] {
            assert!(
                program(code).text.contains("core::result::Result<(), impl"),
                "{code}"
            );
        }
        assert!(!program("f();").text.contains("Result"));
    }
}
