//! A chapter as its three readers see it: mdBook, mdbook-admonish, rustdoc.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Who reads the Markdown; they enable different extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader {
    /// mdBook 0.5, with or without definition lists.
    Page { definition_lists: bool },
    /// mdbook-admonish 1.20.
    Admonish,
    /// `rustdoc --test`, which is what `mdbook test` runs.
    Rustdoc,
}

impl Reader {
    fn options(self) -> Options {
        let common = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        match self {
            Reader::Admonish | Reader::Rustdoc => common,
            Reader::Page { definition_lists } => {
                let mut page = common | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM;
                page.set(Options::ENABLE_DEFINITION_LIST, definition_lists);
                page
            }
        }
    }
}

/// What a piece of a chapter is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Quote,
    ListItem,
    Footnote,
    Definition,
}

impl Container {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Container::Quote => "quote",
            Container::ListItem => "list",
            Container::Footnote => "footnote",
            Container::Definition => "definition",
        }
    }
}

/// A fenced code block.
#[derive(Debug, Clone)]
pub(crate) struct Fence {
    /// From the first backtick to the last character of the closing line.
    pub(crate) span: Range<usize>,
    /// The opening line from its first backtick on, as written.
    pub(crate) opening: String,
    /// The words after the backticks, as Markdown reads them.
    pub(crate) info: String,
    /// The text without the containers' prefixes.
    pub(crate) body: String,
    pub(crate) closed: bool,
    pub(crate) within: Vec<Container>,
}

impl Fence {
    /// Whether the author means an admonition, rightly written or not.
    pub(crate) fn is_meant_as_admonition(&self) -> bool {
        let word = self.info.split(|c: char| !c.is_ascii_alphanumeric()).next();
        word.is_some_and(|word| word.to_ascii_lowercase().starts_with("admon"))
    }

    /// Whether mdbook-admonish takes it for one: the word alone, or a space.
    pub(crate) fn has_the_keyword(&self) -> bool {
        self.info == "admonish" || self.info.starts_with("admonish ")
    }

    /// Whether rustdoc would test it.
    pub(crate) fn is_tested_rust(&self) -> bool {
        let mut tags = self
            .info
            .split([',', ' ', '\t'])
            .map(str::trim)
            .filter(|tag| !tag.is_empty());
        let mut rust = false;
        let ignored = tags.any(|tag| {
            rust |= tag == "rust";
            tag == "ignore"
        });
        rust && !ignored
    }
}

/// A piece of a chapter that matters here, in the order of the text.
#[derive(Debug)]
pub(crate) enum Piece {
    Fence(Fence),
    /// One line of a raw HTML block.
    Html {
        span: Range<usize>,
        within: Vec<Container>,
    },
    IndentedCode(Range<usize>),
    /// A whole raw HTML block; comes before its lines.
    HtmlBlock(Range<usize>),
    /// HTML inside a paragraph.
    InlineHtml(Range<usize>),
    Heading {
        text: String,
        id: Option<String>,
    },
}

/// The pieces that `reader` finds in `markdown`.
pub(crate) fn pieces(markdown: &str, reader: Reader) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut within = Vec::new();
    let mut fence: Option<(Fence, usize)> = None;
    let mut heading: Option<(String, Option<String>)> = None;
    for (event, span) in Parser::new_ext(markdown, reader.options()).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::BlockQuote(_) => within.push(Container::Quote),
                Tag::Item => within.push(Container::ListItem),
                Tag::FootnoteDefinition(_) => within.push(Container::Footnote),
                Tag::DefinitionListDefinition => within.push(Container::Definition),
                Tag::HtmlBlock => pieces.push(Piece::HtmlBlock(span)),
                Tag::CodeBlock(CodeBlockKind::Indented) => {
                    pieces.push(Piece::IndentedCode(span));
                }
                Tag::Heading { id, .. } => {
                    heading = Some((String::new(), id.map(|id| id.to_string())));
                }
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    let opening = markdown[span.clone()].lines().next().unwrap_or_default();
                    let text_starts = span.start + opening.len();
                    let opened = Fence {
                        span,
                        opening: opening.to_owned(),
                        info: info.trim().to_owned(),
                        body: String::new(),
                        closed: false,
                        within: within.clone(),
                    };
                    fence = Some((opened, text_starts));
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::BlockQuote(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition => {
                    within.pop();
                }
                TagEnd::Heading(_) => {
                    if let Some((text, id)) = heading.take() {
                        pieces.push(Piece::Heading { text, id });
                    }
                }
                TagEnd::CodeBlock => {
                    if let Some((mut done, text_ends)) = fence.take() {
                        // What is left behind the text is the closing line.
                        let mark = done.opening.chars().next().unwrap_or('`');
                        done.closed = markdown[text_ends..done.span.end].contains(mark);
                        pieces.push(Piece::Fence(done));
                    }
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some((fence, text_ends)) = &mut fence {
                    fence.body.push_str(&text);
                    *text_ends = span.end;
                } else if let Some((heading, _)) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Code(text) => {
                if let Some((heading, _)) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Html(_) => pieces.push(Piece::Html {
                span,
                within: within.clone(),
            }),
            Event::InlineHtml(_) => pieces.push(Piece::InlineHtml(span)),
            _ => {}
        }
    }
    pieces
}

/// The fences that `reader` finds in `markdown`.
pub(crate) fn fences(markdown: &str, reader: Reader) -> Vec<Fence> {
    let fence = |piece| match piece {
        Piece::Fence(fence) => Some(fence),
        _ => None,
    };
    pieces(markdown, reader)
        .into_iter()
        .filter_map(fence)
        .collect()
}

/// The line, from 1, of a byte offset.
pub(crate) fn line_of(markdown: &str, offset: usize) -> usize {
    markdown[..offset].matches('\n').count() + 1
}
