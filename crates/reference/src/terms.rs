//! The terms that the chapters define: in bold, each once.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The terms that have an entry in the glossary.
#[derive(Debug)]
pub struct Terms {
    /// By the term's plain text: its id there.
    ids: BTreeMap<String, String>,
}

impl Terms {
    /// From the terms as they are written, `code` marks included.
    pub fn of<'t>(terms: impl IntoIterator<Item = &'t str>) -> Terms {
        let ids = terms.into_iter().map(|term| (plain(term), id(term)));
        Terms { ids: ids.collect() }
    }

    /// The page's Markdown with a link around each term in bold, and an id that the glossary's
    /// entry leads to.
    pub fn linked(&self, markdown: &str, glossary: &str) -> String {
        let mut page = String::with_capacity(markdown.len());
        let mut copied = 0;
        let mut given = Vec::new();
        for strong in strong(markdown) {
            let Some(id) = self.ids.get(&strong.text) else {
                continue;
            };
            // Its second mention must not have the same id.
            if given.contains(&id) {
                continue;
            }
            given.push(id);
            page.push_str(&markdown[copied..strong.range.start]);
            page.push_str(&format!(
                "<a class=\"term\" id=\"term-{id}\" href=\"{glossary}#{id}\">{}</a>",
                &markdown[strong.range.clone()]
            ));
            copied = strong.range.end;
        }
        page.push_str(&markdown[copied..]);
        page
    }
}

/// Words in bold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Strong {
    /// Without markup, in one line.
    pub(crate) text: String,
    /// Where, its asterisks included.
    pub(crate) range: Range<usize>,
}

/// All words in bold, those in admonitions too, but not in tables, where bold is for the eye.
pub(crate) fn strong(markdown: &str) -> Vec<Strong> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_DEFINITION_LIST | Options::ENABLE_GFM;
    let mut found = Vec::new();
    let mut open: Option<Strong> = None;
    let mut admonition: Option<Vec<(usize, String)>> = None;
    let mut in_table = false;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            _ if in_table => {}
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                admonition = info.starts_with("admonish").then(Vec::new);
            }
            Event::Text(part) if admonition.is_some() => {
                if let Some(parts) = &mut admonition {
                    parts.push((range.start, part.to_string()));
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                found.extend(admonition.take().iter().flat_map(|parts| within(parts)));
            }
            Event::Start(Tag::Strong) => {
                open = Some(Strong {
                    text: String::new(),
                    range,
                });
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some(strong) = &mut open {
                    strong.text.push_str(&part);
                }
            }
            Event::SoftBreak => {
                if let Some(strong) = &mut open {
                    strong.text.push(' ');
                }
            }
            Event::End(TagEnd::Strong) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// The words in bold of an admonition, which stands in a fence, line by line.
fn within(parts: &[(usize, String)]) -> Vec<Strong> {
    let inner: String = parts.iter().map(|(_, part)| part.as_str()).collect();
    let outer = |at: usize| {
        let mut begun = 0;
        for (start, part) in parts {
            if at < begun + part.len() {
                return start + at - begun;
            }
            begun += part.len();
        }
        at
    };
    let inside = strong(&inner).into_iter().map(|strong| Strong {
        range: outer(strong.range.start)..outer(strong.range.end - 1) + 1,
        text: strong.text,
    });
    inside.collect()
}

/// Whether bold words are a paragraph's own heading: `**One lock.** If the two...`
pub(crate) fn is_heading(words: &str) -> bool {
    words.ends_with(['.', '?', ':', '!'])
}

/// A term without its marks.
pub(crate) fn plain(term: &str) -> String {
    term.replace(['`', '*'], "")
}

/// The id of a term's entry: that of its text in mdBook.
pub(crate) fn id(term: &str) -> String {
    let lower = plain(term).to_lowercase().replace(' ', "-");
    let kept = lower.chars();
    kept.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_are_found_where_they_stand() {
        let markdown = "A **data\nrace** and **`RwLock`**.\n\n```rust\n// **no**\n```\n\n```admonish note title=\"x\"\nA **fence** is\na **wall**.\n```\n\n| **head** |\n|---|\n| **cell** |\n";
        let found = strong(markdown);
        let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["data race", "RwLock", "fence", "wall"]);
        let written: Vec<_> = found.iter().map(|it| &markdown[it.range.clone()]).collect();
        assert_eq!(
            written,
            ["**data\nrace**", "**`RwLock`**", "**fence**", "**wall**"]
        );
    }

    #[test]
    fn only_the_first_mention_of_a_term_is_linked() {
        let terms = Terms::of(["`RwLock`", "data race"]);
        let page = terms.linked("**RwLock** **data race** **data race** **x**", "g.html");
        assert_eq!(
            page,
            "<a class=\"term\" id=\"term-rwlock\" href=\"g.html#rwlock\">**RwLock**</a> <a class=\"term\" id=\"term-data-race\" href=\"g.html#data-race\">**data race**</a> **data race** **x**"
        );
    }
}
