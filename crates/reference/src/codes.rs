//! The error codes that the book provokes, where, and what mends them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use mdbook_verdict::{Block, Promise};
use regex::Regex;
use serde::Deserialize;

use crate::HEAD;
use crate::shelf::{Chapter, Shelf, code, is_quiz};

/// What an author says of each code and lint.
pub(crate) const TABLE: &str = "crates/reference/codes.toml";

/// What stands in [`TABLE`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    codes: BTreeMap<String, Entry>,
    lints: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    means: String,
    mend: String,
}

/// Why a block is rejected.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Code(String),
    Lint(String),
    /// Neither: the first line of the message.
    Message(String),
}

/// Every reason, and where the book shows it.
pub(crate) struct Codes<'t> {
    table: &'t Table,
    /// As Markdown list items, and how many there are.
    places: BTreeMap<Reason, Vec<String>>,
}

impl<'t> Codes<'t> {
    /// Finds every rejected block. A code without an entry, or an entry without a block, is a fault.
    pub(crate) fn of(shelf: &Shelf, table: &'t Table, faults: &mut Vec<String>) -> Codes<'t> {
        let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (chapter, number, block) in shelf.blocks() {
            for reason in reasons(block) {
                let place = place(chapter, number, block, &reason);
                places.entry(reason).or_default().push(place);
            }
        }
        let codes = Codes { table, places };
        codes.compare("codes", "code", &table.codes, Reason::Code, faults);
        codes.compare("lints", "lint", &table.lints, Reason::Lint, faults);
        codes
    }

    fn compare(
        &self,
        key: &str,
        what: &str,
        entries: &BTreeMap<String, Entry>,
        of: fn(String) -> Reason,
        faults: &mut Vec<String>,
    ) {
        let shown: BTreeSet<_> = self.places.keys().collect();
        for name in entries.keys() {
            if !shown.contains(&of(name.clone())) {
                faults.push(format!(
                    "{TABLE}: no block of the book provokes the {what} {name}: take [{key}.{name}] out"
                ));
            }
        }
        for (reason, places) in &self.places {
            let (Reason::Code(name) | Reason::Lint(name)) = reason else {
                continue;
            };
            if *reason == of(name.clone()) && !entries.contains_key(name) {
                faults.push(format!(
                    "{TABLE}: the {what} {name} has no entry, and the book shows it {} times; add:\n    [{key}.{name}]\n    means = \"What the compiler objects to, in a sentence or two.\"\n    mend = \"What usually helps.\"",
                    places.len()
                ));
            }
        }
    }

    /// The codes that most blocks show, with what they mean.
    pub(crate) fn commonest(&self, count: usize) -> Vec<(&str, &str)> {
        let mut codes: Vec<_> = self
            .places
            .iter()
            .filter_map(|(reason, places)| match reason {
                Reason::Code(name) => Some((places.len(), name, self.table.codes.get(name)?)),
                _ => None,
            })
            .collect();
        codes.sort_by_key(|(places, name, _)| (std::cmp::Reverse(*places), *name));
        let found = codes.into_iter().take(count);
        found
            .map(|(_, name, entry)| (name.as_str(), entry.mend.as_str()))
            .collect()
    }

    pub(crate) fn page(&self) -> String {
        let mut page = HEAD.to_owned();
        let mut line = |text: String| page.extend([text.as_str(), "\n"]);
        for (reason, places) in &self.places {
            if let Reason::Code(name) = reason {
                line(format!("## {name}\n"));
                if let Some(entry) = self.table.codes.get(name) {
                    line(format!("{} {}\n", entry.means, entry.mend));
                }
                places.iter().for_each(|place| line(format!("- {place}")));
                line(format!(
                    "\nThe compiler's own explanation: [{name}](https://doc.rust-lang.org/stable/error_codes/{name}.html), or `rustc --explain {name}`.\n"
                ));
            }
        }
        line("## Lints that reject\n".to_owned());
        line("A lint has a name and no code. These are set to deny, and a denied lint stops the compiler.\n".to_owned());
        line("| Lint | What it objects to | What helps | Shown in |\n|---|---|---|---|".to_owned());
        for (reason, places) in &self.places {
            if let Reason::Lint(name) = reason {
                let entry = self.table.lints.get(name);
                let (means, mend) = entry.map_or(("", ""), |it| (&it.means, &it.mend));
                line(format!(
                    "| `{name}` | {means} | {mend} | {} |",
                    places.join("<br>")
                ));
            }
        }
        line("\n## Errors without a code\n".to_owned());
        line(
            "Some errors have neither. The whole message is the only name they have.\n".to_owned(),
        );
        for (reason, places) in &self.places {
            if let Reason::Message(message) = reason {
                line(format!("- {message}"));
                places.iter().for_each(|place| line(format!("  - {place}")));
            }
        }
        page
    }
}

/// Why a block is rejected, as it promises and as its message says.
fn reasons(block: &Block) -> Vec<Reason> {
    static DENIED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^.*?#!?\[deny\((\w+)\)\]").expect("right"));
    let Promise::Rejected(codes) = Promise::of(block) else {
        return Vec::new();
    };
    if !codes.is_empty() {
        return codes.into_iter().map(Reason::Code).collect();
    }
    let message = diagnostic(block).unwrap_or_default();
    let lints: BTreeSet<_> = DENIED
        .captures_iter(message)
        .map(|found| found[1].to_owned())
        .collect();
    if !lints.is_empty() {
        return lints.into_iter().map(Reason::Lint).collect();
    }
    let first = message
        .lines()
        .next()
        .unwrap_or("error: no message is shown");
    vec![Reason::Message(
        first.trim_start_matches("error: ").to_owned(),
    )]
}

fn diagnostic(block: &Block) -> Option<&str> {
    let mut fences = block.fences.iter();
    let fence = fences.find(|fence| fence.tag.kind == "diagnostic")?;
    Some(&fence.text)
}

/// Where a block is, with the line that the compiler points at where the page shows that, and a
/// link to what mends it.
fn place(chapter: &Chapter, number: usize, block: &Block, reason: &Reason) -> String {
    let start = block.place.range.start;
    let address = |number: usize| chapter.address(&chapter.ids[number]);
    let mut text = format!("[{}]({})", chapter.place(start), address(number));
    if is_quiz(block) {
        text.push_str(", as a quiz");
    } else if let Some((number, line)) = diagnostic(block).and_then(|it| pointed_at(it, reason)) {
        write!(text, ", line {number}: {}", code(line)).expect("memory");
    }
    if let Some(twin) = chapter.twin(number) {
        write!(text, "; [mended]({})", address(twin)).expect("memory");
    }
    text
}

/// The number and the text of the line that the message is about.
fn pointed_at<'d>(message: &'d str, reason: &Reason) -> Option<(&'d str, &'d str)> {
    static NUMBERED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^ *(\d+) \|(?: [|/])?(.*)$").expect("right"));
    static MARKED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^ *\|[ |_]*\^").expect("right"));
    let begins = |line: &str| match reason {
        Reason::Code(code) => line.starts_with(&format!("error[{code}]")),
        _ => line.starts_with("error"),
    };
    let mut last = None;
    for line in message.lines().skip_while(|line| !begins(line)) {
        if let Some(found) = NUMBERED.captures(line) {
            let (_, [number, code]) = found.extract();
            last = Some((number, code));
        } else if MARKED.is_match(line) {
            return last;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::shelf;

    const TEXT: &str = "# A\n\n## B\n\n<div class=\"compare\">\n\n```rust,compile_fail,E0382\nlet a = 1;\nb(a);\n```\n\n```text,diagnostic\nerror[E0382]: use of moved value\n --> [..]\n  |\n1 | let a = 1;\n  |     - moved\n2 | b(a);\n  |   ^ used\n```\n\n```rust\n2;\n```\n\n</div>\n\n```rust,compile_fail\n1;\n```\n\n```text,diagnostic\nerror: no\n  = note: `#[deny(a_lint)]` (part of `#[deny(a_group)]`) on by default\n```\n\n```rust,compile_fail\n1;\n```\n\n```text,diagnostic\nerror: not `Send`\n```\n";

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_code_is_listed_with_its_blocks_the_line_and_the_block_that_mends_it() {
        let table = table(
            "[codes.E0382]\nmeans = \"Moved.\"\nmend = \"Lend.\"\n[lints.a_lint]\nmeans = \"x\"\nmend = \"y\"",
        );
        let shelf = shelf(&[("p/a.md", TEXT)]);
        let mut faults = Vec::new();
        let page = Codes::of(&shelf, &table, &mut faults).page();
        assert_eq!(faults, [""; 0]);
        for part in [
            "## E0382\n\nMoved. Lend.\n\n- [A: B](../p/a.md#b-block-1), line 2: `b(a);`; [mended](../p/a.md#b-block-2)\n",
            "| `a_lint` | x | y | [A: B](../p/a.md#b-block-3)",
            "- not `Send`\n  - [A: B](../p/a.md#b-block-4)\n",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn a_code_without_an_entry_and_an_entry_without_a_block_are_faults() {
        let table = table(
            "[codes.E0499]\nmeans = \"\"\nmend = \"\"\n[lints.b_lint]\nmeans = \"\"\nmend = \"\"",
        );
        let mut faults = Vec::new();
        Codes::of(&shelf(&[("p/a.md", TEXT)]), &table, &mut faults);
        let faults = faults.join("\n");
        for part in [
            "take [codes.E0499] out",
            "[codes.E0382]\n    means",
            "take [lints.b_lint] out",
            "[lints.a_lint]\n    means",
        ] {
            assert!(faults.contains(part), "{part}\n{faults}");
        }
    }
}
