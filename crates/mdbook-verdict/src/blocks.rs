//! The Rust blocks of a chapter, and the result fences behind them.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::fence::FenceTag;
use crate::source::{Location, SourceFile, Text};
use crate::tags::{self, Edition, Tags};

/// A Rust block as it stands in a chapter.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it begins: the opening fence, or the first line of indented code.
    pub location: Location,
    /// Its name in reports and filters: file and line.
    pub name: String,
    /// The info string of its fence, as written.
    pub info: String,
    /// What the info string says.
    pub tags: Tags,
    /// The edition it is written in: its own tag, or the book's.
    pub edition: Edition,
    /// The program text: hidden lines included, their `# ` taken off.
    pub code: String,
    /// For each line of `code`, whether readers see it.
    pub shown: Vec<bool>,
    /// Where each line of `code` stands: in the chapter, or in an included file.
    pub origins: Vec<Location>,
    /// The result fences that belong to it, in order.
    pub fences: Vec<ResultBlock>,
    /// Where it stands in the expanded text of its chapter.
    pub place: Place,
}

/// A result fence: what must come out of the block before it.
#[derive(Debug, Clone)]
pub struct ResultBlock {
    /// Where its opening fence is.
    pub location: Location,
    /// What it holds.
    pub tag: FenceTag,
    /// The text it holds, without a final newline.
    pub text: String,
    /// Where it stands in the expanded text of its chapter.
    pub place: Place,
    /// Where it stands in its file, for bless; none for text that an include brought.
    pub source: Option<SourceLines>,
}

/// The lines of a fence in its source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLines {
    /// The file as it was read.
    pub file: Arc<SourceFile>,
    /// The line of the opening fence, counted from 0.
    pub opening: usize,
    /// The line of the closing fence, counted from 0.
    pub closing: usize,
    /// What stands before each line: a quote's `> `, a list's indent.
    pub prefix: String,
}

/// Where a code block stands in the expanded text of its chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From the first character of the opening fence to the end of the closing one.
    pub range: Range<usize>,
    /// What each further line of the block begins with: a quote's `> `, a list's indent.
    pub prefix: String,
    /// A fence, not indented code.
    pub fenced: bool,
}

/// The blocks of a chapter, and what couldn't be bound.
#[derive(Debug, Default)]
pub struct Blocks {
    /// In the order of the page.
    pub blocks: Vec<Block>,
    /// Result fences with no Rust block before them.
    pub strays: Vec<ResultBlock>,
    /// Fences that look as if they were to be checked, but aren't: place and info string.
    pub untested: Vec<(Location, String)>,
    /// How many blocks are of another language.
    pub other_languages: usize,
    /// Those of them that an include brought, in whole or in part.
    pub included: Vec<Included>,
}

/// A block of another language, with lines of a file.
#[derive(Debug, Clone)]
pub struct Included {
    /// Where its opening fence is.
    pub location: Location,
    /// Its text.
    pub code: String,
    /// Where each line stands.
    pub origins: Vec<Location>,
    /// Where it stands in the expanded text of its chapter.
    pub place: Place,
}

/// Finds the blocks of a chapter.
///
/// `edition` is the book's, `target` the host's target triple. A fence whose info string begins
/// with `admonish` holds Markdown (mdbook-admonish), and is looked into.
pub fn find(text: &Text, edition: Edition, target: &str) -> Blocks {
    let mut found = Blocks::default();
    let whole = View {
        inner: text.as_str().to_owned(),
        offsets: vec![(0, 0)],
    };
    for fence in fences(&whole, text) {
        fence.bind(text, edition, target, &mut found);
    }
    found
}

/// Markdown inside the expanded text, and where each part of it stands there.
struct View {
    inner: String,
    offsets: Vec<(usize, usize)>,
}

impl View {
    fn outer(&self, inner: usize) -> usize {
        let at = self.offsets.partition_point(|(start, _)| *start <= inner);
        let (start, outer) = self.offsets[at.saturating_sub(1)];
        outer + (inner - start)
    }
}

/// A code block, in whatever language.
struct CodeBlock {
    info: Option<String>,
    code: View,
    place: Place,
}

fn fences(view: &View, text: &Text) -> Vec<CodeBlock> {
    let mut found = Vec::new();
    let mut open: Option<(Option<String>, View, Range<usize>)> = None;
    for (event, range) in Parser::new_ext(&view.inner, mdbook_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                    CodeBlockKind::Indented => None,
                };
                let code = View {
                    inner: String::new(),
                    offsets: Vec::new(),
                };
                open = Some((info, code, range));
            }
            Event::Text(piece) => {
                if let Some((_, code, _)) = &mut open {
                    code.offsets
                        .push((code.inner.len(), view.outer(range.start)));
                    code.inner.push_str(&piece);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((info, code, range)) = open.take() else {
                    continue;
                };
                if info.as_deref().is_some_and(is_admonition) {
                    if !code.inner.is_empty() {
                        found.extend(fences(&code, text));
                    }
                } else {
                    let end = view.inner[..range.end].trim_end_matches(['\n', '\r']).len();
                    let outer =
                        view.outer(range.start)..view.outer(end.max(range.start + 1) - 1) + 1;
                    found.push(CodeBlock {
                        place: Place {
                            prefix: continuation(text.as_str(), outer.start),
                            range: outer,
                            fenced: info.is_some(),
                        },
                        info,
                        code,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// What mdBook 0.5 switches on, as far as it decides where a code block begins.
pub(crate) fn mdbook_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

fn is_admonition(info: &str) -> bool {
    info.split([' ', ',', '\t']).next() == Some("admonish")
}

/// What a further line of the block that begins at `at` must begin with: the text before it with
/// list markers made blank.
fn continuation(text: &str, at: usize) -> String {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[line_start..at]
        .chars()
        .map(|c| match c {
            '>' | '\t' => c,
            _ => ' ',
        })
        .collect()
}

impl CodeBlock {
    fn bind(self, text: &Text, edition: Edition, target: &str, found: &mut Blocks) {
        let location = text.locate(self.place.range.start);
        let info = self.info.clone().unwrap_or_default();
        let tags = Tags::parse(&info, target);
        if let Some(tag) = FenceTag::parse(&info) {
            let result = self.result(text, location, tag);
            match found.blocks.last_mut() {
                Some(block) => block.fences.push(result),
                None => found.strays.push(result),
            }
        } else if tags.rust {
            found.blocks.push(Block {
                name: block_name(&location),
                edition: tags.edition.unwrap_or(edition),
                code: self.code.inner.split_inclusive('\n').map(unhide).collect(),
                shown: self
                    .code
                    .inner
                    .split_inclusive('\n')
                    .map(is_shown)
                    .collect(),
                origins: self.origins(text),
                place: self.place,
                fences: Vec::new(),
                location,
                info,
                tags,
            });
        } else {
            if tags::lost(&info).is_some() {
                found.untested.push((location.clone(), info));
            }
            found.other_languages += 1;
            let origins = self.origins(text);
            if self.place.fenced && origins.iter().any(|it| it.file != location.file) {
                found.included.push(Included {
                    location,
                    origins,
                    code: self.code.inner,
                    place: self.place,
                });
            }
        }
    }

    fn origins(&self, text: &Text) -> Vec<Location> {
        let mut at = 0;
        self.code
            .inner
            .split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                text.locate(self.code.outer(start))
            })
            .collect()
    }

    fn result(self, text: &Text, location: Location, tag: FenceTag) -> ResultBlock {
        let trimmed = self.code.inner.trim_end_matches('\n').to_owned();
        let count = self.code.inner.matches('\n').count();
        let (file, _) = text.origin(self.place.range.start);
        let opening = location.line - 1;
        let closing = opening + count + 1;
        let closing_fence = text.locate(self.place.range.end.saturating_sub(1));
        let lines = self.origins(text).into_iter().chain([closing_fence]);
        let in_one_file = lines
            .zip(location.line + 1..)
            .all(|(line, number)| line.file == location.file && line.line == number);
        let source = (in_one_file && self.place.fenced).then(|| SourceLines {
            file: file.clone(),
            opening,
            closing,
            prefix: self.place.prefix.clone(),
        });
        ResultBlock {
            location,
            tag,
            text: trimmed,
            place: self.place,
            source,
        }
    }
}

/// A block's name: its file and line.
fn block_name(location: &Location) -> String {
    format!("{}:{}", location.shown_file(), location.line)
}

/// rustdoc's hidden lines: `# code` is code, `##` stands for `#`.
fn unhide(line: &str) -> String {
    let (body, end) = match line.strip_suffix('\n') {
        Some(body) => (body, "\n"),
        None => (line, ""),
    };
    let trimmed = body.trim_start();
    if trimmed.trim_end() == "#" {
        return end.to_owned();
    }
    if let Some(code) = trimmed.strip_prefix("# ") {
        return format!("{code}{end}");
    }
    match trimmed.strip_prefix("##") {
        Some(_) => format!("{}{end}", body.replacen("##", "#", 1)),
        None => line.to_owned(),
    }
}

/// Whether a line isn't hidden.
fn is_shown(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed != "#" && !trimmed.starts_with("# ")
}

impl Block {
    /// The file it stands in, with `/` on every system: the program's `file!()`.
    pub fn shown_file(&self) -> String {
        self.location.shown_file()
    }
}

/// Makes a text of Markdown that stands in no file: for tests, and for standard input.
pub fn text_of(name: &str, markdown: &str) -> Text {
    Text::whole(Arc::new(SourceFile {
        path: name.into(),
        shown: name.into(),
        text: markdown.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(markdown: &str) -> Blocks {
        find(
            &text_of("a.md", markdown),
            Edition::E2024,
            "x86_64-unknown-linux-gnu",
        )
    }

    #[test]
    fn fences_are_found_in_lists_quotes_and_admonitions() {
        let found = blocks(
            "```rust\nlet a = 1;\n```\n\n- item\n\n  ```rust\n  let b = 2;\n  ```\n\n> ```rust\n> let c = 3;\n> ```\n\n````admonish note\ntext\n```rust\nlet d = 4;\n```\n````\n",
        );
        let seen: Vec<_> = found
            .blocks
            .iter()
            .map(|b| (b.location.to_string(), b.code.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("a.md:1:1".to_owned(), "let a = 1;\n"),
                ("a.md:7:3".to_owned(), "let b = 2;\n"),
                ("a.md:11:3".to_owned(), "let c = 3;\n"),
                ("a.md:17:1".to_owned(), "let d = 4;\n"),
            ]
        );
    }

    #[test]
    fn hidden_lines_are_code() {
        let found =
            blocks("```rust\n# use std::rc::Rc;\n#\n  # let a = 1;\n## not hidden\n#[test]\n```\n");
        assert_eq!(
            found.blocks[0].code,
            "use std::rc::Rc;\n\nlet a = 1;\n# not hidden\n#[test]\n"
        );
    }

    #[test]
    fn a_result_fence_belongs_to_the_nearest_block_before_it() {
        let found = blocks(
            "```text,output\nstray\n```\n\n```rust\n1;\n```\n\nwords\n\n> ```text,output\n> one\n> two\n> ```\n\n```text\nnot ours\n```\n",
        );
        assert_eq!(found.strays.len(), 1);
        let fence = &found.blocks[0].fences[0];
        assert_eq!(fence.text, "one\ntwo");
        let source = fence.source.clone().unwrap();
        assert_eq!((source.opening, source.closing), (10, 13));
        assert_eq!(source.prefix, "> ");
        assert_eq!(found.blocks[0].fences.len(), 1);
        assert_eq!(found.other_languages, 1);
    }

    #[test]
    fn indented_code_is_rust_and_an_empty_result_fence_has_its_lines() {
        let found = blocks("text\n\n    let a = 1;\n\n```text,output\n```\n");
        assert!(!found.blocks[0].place.fenced);
        let source = found.blocks[0].fences[0].source.clone().unwrap();
        assert_eq!((source.opening, source.closing), (4, 5));
    }
}
