//! Makes a whole program of a block, as rustdoc does: crate attributes, an implicit `main`.

use std::sync::LazyLock;

use regex::Regex;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Item, Stmt};

use crate::blocks::Block;

/// A block as a program that rustc takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program's text.
    pub text: String,
    /// How many lines of it stand before the block's first line.
    pub lines_before: usize,
    /// The line of the block that the implicit `main` begins on, if it shares one.
    shared: Option<String>,
}

const ALLOW: &str = "#[allow(non_snake_case)]";
const MAIN: &str = "fn main() {";
const INNER: &str = " fn _inner() -> core::result::Result<(), impl core::fmt::Debug> {";

/// Where an implicit `main` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// On lines of its own: what rustc says quotes the block's lines as they are.
    Before,
    /// On the block's first line: `line!()` and a panic's place are the block's own, which rustc
    /// doesn't count from where messages are.
    OnFirstLine,
}

impl Program {
    /// The program that rustdoc would compile for this block.
    pub fn of(block: &Block) -> Program {
        let program = Program::to_check(block);
        Program {
            text: format!("#![allow(unused)]\n{}", program.text),
            lines_before: program.lines_before + 1,
            ..program
        }
    }

    /// The same, laid out so that messages are right, for a rustc that is told `-A unused`.
    pub(crate) fn to_check(block: &Block) -> Program {
        Program::beginning(block, Begin::Before)
    }

    /// The same, laid out so that the places that the program itself speaks of are right.
    pub(crate) fn to_run(block: &Block) -> Program {
        Program::beginning(block, Begin::OnFirstLine)
    }

    fn beginning(block: &Block, begin: Begin) -> Program {
        let code = block.code.as_str();
        let Some(main) = Around::of(block) else {
            return Program {
                text: code.to_owned(),
                lines_before: 0,
                shared: None,
            };
        };
        let (crate_level, body) = code.split_at(main.at);
        let (open, close) = (&main.open, main.close);
        let (head, shared) = match crate_level.lines().last() {
            None if begin == Begin::Before => (format!("{ALLOW}\n{open}\n"), None),
            None => (format!("{ALLOW} {open} "), None),
            // Behind the last crate attribute, on its line: so every line of the block,
            // attributes too, has its own number.
            Some(line) => {
                let head = format!("{crate_level} {ALLOW} {open}");
                (head, Some(line.to_owned()))
            }
        };
        let newline = match body.ends_with('\n') || body.is_empty() {
            true => "",
            false => "\n",
        };
        Program {
            lines_before: match shared {
                None => head.matches('\n').count(),
                Some(_) => 0,
            },
            text: format!("{head}{body}{newline}{close}\n"),
            shared,
        }
    }

    /// A message of rustc's as if the implicit `main` weren't on a line that it quotes.
    pub fn without_main(&self, rendered: &str) -> String {
        let Some(shared) = &self.shared else {
            return rendered.to_owned();
        };
        let glued = format!("{shared} {ALLOW} {MAIN}");
        let restored = rendered.split_inclusive('\n').map(|line| {
            let Some((before, after)) = line.split_once(&glued) else {
                return line.to_owned();
            };
            let after = after.strip_prefix(INNER).unwrap_or(after);
            format!("{before}{shared}{after}")
        });
        restored.collect()
    }
}

/// The implicit `main` of a block.
struct Around {
    /// How many bytes of the block's code stay before it.
    at: usize,
    open: String,
    close: &'static str,
}

impl Around {
    /// None, if the block is a program as it stands.
    fn of(block: &Block) -> Option<Around> {
        let code = block.code.as_str();
        if block.tags.test_harness || stands_alone(code) {
            return None;
        }
        let at = crate_level_end(code);
        let (open, close) = match wants_result(&code[at..]) {
            true => (format!("{MAIN}{INNER}"), "} _inner().unwrap() }"),
            false => (MAIN.to_owned(), "}"),
        };
        Some(Around { at, open, close })
    }
}

/// What stands in a whole program beside the block's own text, for somebody who has the text: every
/// line of it keeps its number, as when the block is run here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Added {
    /// How many bytes of the block's code stand before it.
    pub at: usize,
    /// What stands there.
    pub before: String,
    /// What stands behind the code, on a line of its own.
    pub after: &'static str,
}

impl Added {
    /// None, if the block is a program as it stands.
    pub(crate) fn to(block: &Block) -> Option<Added> {
        let Around { at, open, close } = Around::of(block)?;
        let before = match at {
            0 => format!("{open} "),
            _ => format!(" {open}"),
        };
        Some(Added {
            at,
            before,
            after: close,
        })
    }
}

/// Whether the code is a program without our doing: it has a `main` at the top level, or is one
/// that no `main` can be put around.
fn stands_alone(code: &str) -> bool {
    // What doesn't parse (a rejected block may not) is searched.
    static MAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^\s*(pub(\([a-z]+\))?\s+)?(const\s+|async\s+|unsafe\s+|extern\s+(\x22[^\x22]*\x22\s+)?)*fn\s+main\s*[(<]")
            .expect("a valid regex")
    });
    static NO_STD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^\s*#!\[no_std\]").expect("a valid regex"));
    if NO_STD.is_match(code) {
        return true;
    }
    match syn::parse_str::<Body>(code) {
        // rustdoc leaves a `main` alone that has statements beside it: it is never called.
        Ok(Body(statements)) => {
            statements.iter().any(is_main)
                && statements
                    .iter()
                    .all(|statement| matches!(statement, Stmt::Item(_) | Stmt::Macro(_)))
        }
        // Around an unclosed brace, our own would be in the message.
        Err(_) => {
            MAIN.is_match(code) || syn::parse_str::<Tokens>(code).is_err() && !is_closed(code)
        }
    }
}

/// Any statements, crate attributes first.
struct Body(Vec<Stmt>);

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_inner)?;
        input.call(syn::Block::parse_within).map(Body)
    }
}

/// Anything whose brackets and quotes are closed.
struct Tokens;

impl Parse for Tokens {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.step(|cursor| {
            let mut rest = *cursor;
            while let Some((_, next)) = rest.token_tree() {
                rest = next;
            }
            Ok((Tokens, rest))
        })
    }
}

/// Whether all brackets, quotes and comments are closed, be there tokens between them that syn
/// doesn't know: an older edition's, or none of Rust's.
fn is_closed(code: &str) -> bool {
    // What holds no bracket, or none that counts.
    static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^(?://[^\n]*|"(?s:\\.|[^"\\])*"|'(?:\\.[^'\n]*|[^\\'\n])'|\w+)"#)
            .expect("a valid regex")
    });
    static RAW: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r##"^[bc]?r(#*)""##).expect("a valid regex"));
    let mut open = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if let Some(raw) = RAW.captures(rest) {
            let end = format!("\"{}", &raw[1]);
            let inside = raw[0].len();
            rest[inside..].find(&end).map(|at| inside + at + end.len())
        } else if rest.starts_with("/*") {
            comment_length(rest)
        } else if let Some(closed) = CLOSED.find(rest) {
            Some(closed.len())
        } else {
            match first {
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                ')' | ']' | '}' if open.pop() != Some(first) => return false,
                '"' => return false,
                _ => {}
            }
            Some(first.len_utf8())
        };
        match length {
            Some(length) => rest = &rest[length..],
            None => return false,
        }
    }
    open.is_empty()
}

/// The length of the comment that a text begins with, comments inside it included; none if it
/// isn't closed.
fn comment_length(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(found) = text[at..].find(['/', '*']) {
        at += found;
        let step = match text.get(at..at + 2) {
            Some("/*") => {
                depth += 1;
                2
            }
            Some("*/") => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn is_main(statement: &Stmt) -> bool {
    static IN_MACRO: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\bfn\s+main\s*\(").expect("a valid regex"));
    match statement {
        Stmt::Item(Item::Fn(function)) => function.sig.ident == "main",
        Stmt::Item(Item::Macro(call)) if call.ident.is_none() => {
            IN_MACRO.is_match(&call.mac.tokens.to_string())
        }
        Stmt::Macro(call) => IN_MACRO.is_match(&call.mac.tokens.to_string()),
        _ => false,
    }
}

/// Where the leading `#![..]` attributes and `extern crate` items end, with the blank and comment
/// lines among them; 0 if there are none.
pub(crate) fn crate_level_end(code: &str) -> usize {
    let (mut end, mut at, mut depth) = (0, 0, 0usize);
    for line in code.split_inclusive('\n') {
        let trimmed = line.trim();
        if depth > 0 || trimmed.starts_with("#![") {
            for (offset, c) in line.char_indices() {
                match c {
                    '[' => depth += 1,
                    ']' => {
                        depth = depth.saturating_sub(1);
                        if depth == 0 {
                            end = at + offset + 1;
                        }
                    }
                    '/' if depth == 0 && line[offset..].starts_with("//") => break,
                    _ => {}
                }
            }
        } else if trimmed.starts_with("extern crate ") {
            end = at
                + line
                    .find(';')
                    .map_or(line.trim_end().len(), |semicolon| semicolon + 1);
        } else if !(trimmed.is_empty() || trimmed.starts_with("//") || trimmed == "#[macro_use]") {
            break;
        }
        at += line.len();
    }
    end
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
        Program::to_check(&find(&text, Edition::E2024, "x86_64").blocks[0])
    }

    #[test]
    fn a_block_with_main_stays_as_it_is() {
        let program = program("use std::rc::Rc;\nfn main() {}");
        assert_eq!(program.text, "use std::rc::Rc;\nfn main() {}\n");
        assert_eq!(program.lines_before, 0);
    }

    #[test]
    fn main_in_a_comment_a_string_or_another_item_is_no_main() {
        for code in [
            "// fn main() {}",
            "let s = \"\nfn main() {}\";",
            "mod m { fn main() {} }",
        ] {
            assert_eq!(program(code).lines_before, 2, "{code}");
        }
    }

    #[test]
    fn a_main_in_code_that_does_not_parse_is_still_seen() {
        assert_eq!(program("fn main() { let = 1; }").lines_before, 0);
    }

    #[test]
    fn crate_attributes_keep_their_lines() {
        let program = program("#![deny(dead_code)] // why\nlet a = 1;");
        assert_eq!(
            program.text,
            "#![deny(dead_code)] #[allow(non_snake_case)] fn main() { // why\nlet a = 1;\n}\n"
        );
        assert_eq!(program.lines_before, 0);
        let said = "1 | #![deny(dead_code)] #[allow(non_snake_case)] fn main() { // why\n  |\n";
        assert_eq!(
            program.without_main(said),
            "1 | #![deny(dead_code)] // why\n  |\n"
        );
    }

    #[test]
    fn a_text_with_what_is_added_is_the_program_that_is_run() {
        for code in [
            "fn main() {}",
            "println!(\"{}\", line!());",
            "#![deny(dead_code)] // why\nlet a = 1;",
            "#![deny(dead_code)] let a = 1;",
            "\"1\".parse::<i32>()?;\nOk::<(), std::num::ParseIntError>(())",
            "#![deny(dead_code)]\nOk::<(), E>(()) // done",
        ] {
            let text = text_of("a.md", &format!("```rust\n{code}\n```\n"));
            let block = &find(&text, Edition::E2024, "x86_64").blocks[0];
            let run = Program::to_run(block).text;
            let whole = match Added::to(block) {
                None => block.code.clone(),
                Some(Added { at, before, after }) => {
                    let (first, rest) = block.code.split_at(at);
                    format!("{first}{before}{rest}{after}\n")
                }
            };
            // The program that a reader gets needs no word about the lints of names.
            assert_eq!(whole, run.replace(&format!("{ALLOW} "), ""), "{code}");
        }
    }

    #[test]
    fn a_main_beside_statements_is_never_called() {
        assert_eq!(program("let a = 1;\nfn main() {}").lines_before, 2);
    }

    #[test]
    fn nothing_is_put_around_what_is_not_closed() {
        assert_eq!(program("let a = { 1;").lines_before, 0);
    }

    #[test]
    fn what_is_closed_is_wrapped_though_its_tokens_are_none_of_this_edition() {
        for code in [
            "m!{a#foo}",
            "m!{continue'foo}",
            "m!{match\"{\" {}}",
            "m!{'prefix#lt}",
            "a`b`; // {",
            "a`'{'`; /* { /* { */ { */ r#\"{\"#; '\\'';",
        ] {
            assert_eq!(program(code).lines_before, 2, "{code}");
        }
        for code in [
            "a#f {",
            "a#f \"",
            "a#f /* /* */",
            "a#f (}",
            "a#f r#\"\"",
            "a#f }",
        ] {
            assert_eq!(program(code).lines_before, 0, "{code}");
        }
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
