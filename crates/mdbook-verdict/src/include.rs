//! Expands includes as mdBook's `links` preprocessor would, but reports what mdBook only logs.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::finding::{Finding, Rule};
use crate::source::{SourceFile, Text, shown};

/// A chapter with its includes expanded.
#[derive(Debug)]
pub struct Expanded {
    /// The text, with the origin of its every part.
    pub text: Text,
    /// What a `{{#title ...}}` asked for.
    pub title: Option<String>,
    /// Includes that could not be expanded.
    pub faults: Vec<Finding>,
}

/// mdBook's limit on includes inside includes.
const DEEPEST: usize = 10;

/// What mdBook's `links` preprocessor takes for a helper.
static HELPER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\\{\{#.*\}\}|\{\{\s*#([a-zA-Z0-9_]+)\s+([^}]+)\}\}").expect("a valid regex")
});
static ANCHOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR:\s*([\w_-]+)").expect("a valid regex"));
static ANCHOR_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ANCHOR_END:\s*([\w_-]+)").expect("a valid regex"));

/// Expands every include of a chapter the way mdBook would, but reports what mdBook only logs.
///
/// `root` is the book's root: files inside it are named relative to it.
pub fn expand(chapter: Arc<SourceFile>, root: &Path) -> Expanded {
    let base = chapter.path.parent().unwrap_or(Path::new("")).to_owned();
    let mut expander = Expander {
        root,
        title: None,
        faults: Vec::new(),
    };
    let text = expander.expand(&Text::whole(chapter), &base, 0);
    Expanded {
        text,
        title: expander.title,
        faults: expander.faults,
    }
}

struct Expander<'a> {
    root: &'a Path,
    title: Option<String>,
    faults: Vec<Finding>,
}

impl Expander<'_> {
    fn expand(&mut self, input: &Text, base: &Path, depth: usize) -> Text {
        let mut out = Text::begun(input);
        let mut copied = 0;
        for helper in HELPER.captures_iter(&input.text) {
            let whole = helper.get(0).expect("group 0 is the match");
            let kind = helper.get(1).map(|kind| kind.as_str());
            let argument = helper.get(2).map_or("", |argument| argument.as_str());
            if whole.as_str().starts_with('\\') {
                out.push(input, copied..whole.start());
                out.push(input, whole.start() + 1..whole.end());
                copied = whole.end();
                continue;
            }
            if kind == Some("title") {
                out.push(input, copied..whole.start());
                self.title = Some(argument.to_owned());
                copied = whole.end();
                continue;
            }
            let mut words = argument.split_whitespace();
            let (Some(kind), Some(target)) = (kind.and_then(Kind::of), words.next()) else {
                continue;
            };
            match self.include(kind, target, words, input, whole.start(), base) {
                Ok(included) => {
                    out.push(input, copied..whole.start());
                    let inner = base.join(target.split(':').next().unwrap_or(target));
                    let inner = inner.parent().unwrap_or(base);
                    if depth < DEEPEST {
                        let included = self.expand(&included, inner, depth + 1);
                        let end = included.text.len();
                        out.push(&included, 0..end);
                    } else {
                        self.fault(input, whole.start(), "the file is included by itself");
                    }
                    copied = whole.end();
                }
                Err(cause) => self.fault(input, whole.start(), &cause),
            }
        }
        out.push(input, copied..input.text.len());
        out
    }

    fn fault(&mut self, input: &Text, at: usize, cause: &str) {
        let line = input.text[at..].lines().next().unwrap_or_default();
        let promised = line.find("}}").map_or(line, |end| &line[..end + 2]);
        self.faults.push(Finding::new(
            Rule::MissingInclude,
            input.locate(at),
            format!("the include expands to text: `{promised}`"),
            cause,
        ));
    }

    fn include<'w>(
        &self,
        kind: Kind,
        target: &str,
        words: impl Iterator<Item = &'w str>,
        input: &Text,
        at: usize,
        base: &Path,
    ) -> Result<Text, String> {
        let (path, part) = match (kind, target.split_once(':')) {
            (Kind::Playground, _) | (_, None) => (target, None),
            (_, Some((path, part))) => (path, Some(part)),
        };
        let full = base.join(path);
        let text = fs::read_to_string(&full)
            .map_err(|error| format!("`{path}` can't be read: {error}"))?;
        let file = Text::whole(Arc::new(SourceFile {
            shown: shown(&full, self.root),
            path: full,
            text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
        }));
        let lines = lines(&file.text);
        let kept = Part::parse(part).lines(&file.text, &lines, path)?;
        let mut out = Text::default();
        if kind == Kind::Playground {
            let tags: Vec<&str> = std::iter::once("rust").chain(words).collect();
            out.push_made(&format!("```{}\n", tags.join(",")), input.origin(at));
        }
        for (line, range) in kept.iter().zip(&lines) {
            match (line, kind) {
                (Keep::Shown, _) => {}
                (Keep::Outside, Kind::RustdocInclude) => {
                    out.push_made("# ", file.origin(range.start));
                }
                _ => continue,
            }
            out.push(&file, range.clone());
            out.push_made("\n", file.origin(range.end));
        }
        if kind == Kind::Playground {
            out.push_made("```\n", input.origin(at));
        } else if out.text.ends_with('\n') {
            out.text.pop();
        }
        Ok(out)
    }
}

/// Where a backslash must stand so that `links` leaves the text as it is.
///
/// One backslash makes `links` leave alone all up to the last `}}` of its line.
pub(crate) fn escapes(text: &str) -> Vec<usize> {
    let mut escapes = Vec::new();
    let mut safe = 0;
    for helper in HELPER.captures_iter(text) {
        let start = helper.get(0).map_or(0, |whole| whole.start());
        let known = helper
            .get(1)
            .is_none_or(|kind| kind.as_str() == "title" || Kind::of(kind.as_str()).is_some());
        if start < safe || !known {
            continue;
        }
        let line = text[start..].lines().next().unwrap_or_default();
        safe = start + line.rfind("}}").map_or(0, |last| last + 2);
        escapes.push(start);
    }
    escapes
}

/// The text as mdBook would have it: what looks like an include isn't one.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = text.to_owned();
    for at in escapes(text).into_iter().rev() {
        out.insert(at, '\\');
    }
    out
}

/// The byte ranges of a text's lines, without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let start = text.as_ptr() as usize;
    text.lines()
        .map(|line| {
            let at = line.as_ptr() as usize - start;
            at..at + line.len()
        })
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Include,
    RustdocInclude,
    Playground,
}

impl Kind {
    fn of(name: &str) -> Option<Kind> {
        match name {
            "include" => Some(Kind::Include),
            "rustdoc_include" => Some(Kind::RustdocInclude),
            "playground" | "playpen" => Some(Kind::Playground),
            _ => None,
        }
    }
}

/// What becomes of a line of an included file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Keep {
    /// It is in the part that was asked for.
    Shown,
    /// It isn't: left out, or hidden by `rustdoc_include`.
    Outside,
    /// An anchor's own line: always left out.
    Dropped,
}

/// The part of a file that an include asks for.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Lines {
        start: usize,
        end: Option<usize>,
        named: bool,
    },
    Anchor(&'a str),
}

impl<'a> Part<'a> {
    /// mdBook's reading of what follows the path: `A`, `A:B`, `A:`, `:B`, `:` or an anchor.
    fn parse(part: Option<&'a str>) -> Part<'a> {
        let mut fields = part.unwrap_or("").splitn(3, ':');
        let first = fields.next().unwrap_or("");
        let start = match first.parse::<usize>() {
            Ok(line) => Some(line.saturating_sub(1)),
            Err(_) if first.is_empty() => None,
            Err(_) => return Part::Anchor(first),
        };
        let end = match (fields.next().map(str::parse::<usize>), start) {
            (Some(Ok(end)), _) => Some(end),
            (None, Some(start)) => Some(start + 1),
            _ => None,
        };
        Part::Lines {
            start: start.unwrap_or(0),
            end,
            named: start.is_some() || end.is_some(),
        }
    }

    fn lines(&self, text: &str, lines: &[Range<usize>], path: &str) -> Result<Vec<Keep>, String> {
        match *self {
            Part::Lines { start, end, named } => {
                let last = end.unwrap_or(lines.len());
                if named && (start >= lines.len() || last > lines.len() || last <= start) {
                    return Err(format!(
                        "`{path}` has {} lines: there is no such range in it",
                        lines.len()
                    ));
                }
                Ok((0..lines.len())
                    .map(|line| match (start..last).contains(&line) {
                        true => Keep::Shown,
                        false => Keep::Outside,
                    })
                    .collect())
            }
            Part::Anchor(anchor) => anchored(text, lines, anchor)
                .ok_or_else(|| format!("`{path}` has no `ANCHOR: {anchor}`")),
        }
    }
}

fn anchored(text: &str, lines: &[Range<usize>], anchor: &str) -> Option<Vec<Keep>> {
    let (mut inside, mut found) = (false, false);
    let kept = lines
        .iter()
        .map(|range| {
            let line = &text[range.clone()];
            // `ANCHOR_END:` doesn't match `ANCHOR:`, so the two can be looked for in any order.
            if let Some(end) = ANCHOR_END.captures(line) {
                inside &= &end[1] != anchor;
                Keep::Dropped
            } else if let Some(start) = ANCHOR.captures(line) {
                if &start[1] == anchor {
                    (inside, found) = (true, true);
                }
                Keep::Dropped
            } else if inside {
                Keep::Shown
            } else {
                Keep::Outside
            }
        })
        .collect();
    found.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand_in(folder: &Path, chapter: &str) -> Expanded {
        let file = SourceFile {
            path: folder.join("chapter.md"),
            shown: "chapter.md".into(),
            text: chapter.to_owned(),
        };
        expand(Arc::new(file), folder)
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("code.rs"),
            "one\n// ANCHOR: a\ntwo\n// ANCHOR: b\nthree\n// ANCHOR_END: b\n// ANCHOR_END: a\nfour\n",
        )
        .unwrap();
        folder
    }

    #[test]
    fn includes_expand_to_the_lines_that_mdbook_takes() {
        let folder = folder();
        for (helper, expected) in [
            ("{{#include code.rs:a}}", "two\nthree"),
            ("{{#include code.rs:b}}", "three"),
            ("{{#include code.rs:1}}", "one"),
            ("{{#include code.rs:7:8}}", "// ANCHOR_END: a\nfour"),
            ("{{#include code.rs:8:}}", "four"),
            (
                "{{#rustdoc_include code.rs:b}}",
                "# one\n# two\nthree\n# four",
            ),
            ("\\{{#include code.rs}}", "{{#include code.rs}}"),
        ] {
            let expanded = expand_in(folder.path(), &format!("<{helper}>"));
            assert_eq!(expanded.text.as_str(), format!("<{expected}>"), "{helper}");
            assert!(expanded.faults.is_empty(), "{helper}");
        }
    }

    #[test]
    fn every_part_knows_the_file_and_line_it_came_from() {
        let folder = folder();
        let expanded = expand_in(folder.path(), "first\n{{#include code.rs:a}}\nlast\n");
        let text = &expanded.text;
        let place = |word: &str| text.locate(text.as_str().find(word).unwrap()).to_string();
        assert_eq!(place("first"), "chapter.md:1:1");
        assert_eq!(place("three"), "code.rs:5:1");
        assert_eq!(place("last"), "chapter.md:3:1");
    }

    #[test]
    fn what_is_not_there_is_a_fault_at_the_helpers_place() {
        let folder = folder();
        for helper in [
            "{{#include gone.rs}}",
            "{{#include code.rs:nowhere}}",
            "{{#include code.rs:7:9}}",
            "{{#rustdoc_include code.rs:nowhere}}",
        ] {
            let expanded = expand_in(folder.path(), &format!("text\n  {helper}\n"));
            assert_eq!(expanded.faults.len(), 1, "{helper}");
            assert_eq!(expanded.faults[0].rule, Rule::MissingInclude);
            assert_eq!(expanded.faults[0].location.to_string(), "chapter.md:2:3");
        }
    }
}
