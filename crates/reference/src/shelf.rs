//! The book's chapters, with what can be linked to in them.

use std::path::Path;
use std::sync::LazyLock;

use mdbook_verdict::{Block, Book, Page, Promise, Section};
use regex::Regex;

use crate::Error;

/// What a page that shows one of our lists includes.
const MADE: [&str; 5] = [
    "{{#include error-codes-list.md}}",
    "{{#include glossary-list.md}}",
    "{{#include programs-list.md}}",
    "{{#include sources-list.md}}",
    "{{#include cheat-sheet-list.md}}",
];

/// All chapters, in reading order, but those that show what is made from them.
pub(crate) struct Shelf {
    pub(crate) chapters: Vec<Chapter>,
}

/// A chapter, its sections, and the ids of its blocks.
pub(crate) struct Chapter {
    /// Below `src`, with `/`.
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) page: Page,
    pub(crate) sections: Vec<Section>,
    pub(crate) ids: Vec<String>,
}

impl Shelf {
    pub(crate) fn load(root: &Path) -> Result<Shelf, Error> {
        let pages = Book::load(root)?.pages("").into_iter();
        // What is made here is not what it is made from.
        let ours = |page: &Page| {
            let source = &page.chapter.source.text;
            MADE.iter().any(|list| source.contains(list))
        };
        Ok(Shelf {
            chapters: pages.filter(|page| !ours(page)).map(Chapter::new).collect(),
        })
    }

    /// Each block with its chapter, and its number there.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&Chapter, usize, &Block)> {
        self.chapters.iter().flat_map(|chapter| {
            let blocks = chapter.page.blocks.blocks.iter().enumerate();
            blocks.map(move |(number, block)| (chapter, number, block))
        })
    }

    /// The block that a link from `src` names, such as `locks/mutex.md#locks-block-1`.
    pub(crate) fn block(&self, link: &str) -> Option<&Block> {
        let (path, id) = link.split_once('#')?;
        let chapter = self.chapters.iter().find(|it| it.path == path)?;
        let at = chapter.ids.iter().position(|it| it == id)?;
        chapter.page.blocks.blocks.get(at)
    }

    /// The name of the chapter or the section that a link from `src` leads to.
    pub(crate) fn name(&self, link: &str) -> Option<&str> {
        let (path, id) = link.split_once('#').unwrap_or((link, ""));
        let chapter = self.chapters.iter().find(|it| it.path == path)?;
        match id {
            "" => Some(&chapter.title),
            _ => {
                let mut sections = chapter.sections.iter();
                let found = sections.find(|section| section.id == id);
                found.map(|section| section.title.as_str())
            }
        }
    }
}

impl Chapter {
    pub(crate) fn new(page: Page) -> Chapter {
        let sections = page.sections();
        let path = page.chapter.path.display().to_string().replace('\\', "/");
        let title = sections.first().map(|first| first.title.clone());
        Chapter {
            title: title.unwrap_or_else(|| path.clone()),
            path,
            ids: page.block_ids(),
            sections,
            page,
        }
    }

    pub(crate) fn text(&self) -> &str {
        self.page.expanded.text.as_str()
    }

    /// The section that a place in the text is in.
    pub(crate) fn section(&self, at: usize) -> Option<&Section> {
        let before = self.sections.iter().take_while(|it| it.start <= at);
        before.last()
    }

    /// The chapter's title, and the section's if it has one of its own.
    pub(crate) fn place(&self, at: usize) -> String {
        let place = match self.section(at) {
            Some(section) if section.level > 1 => format!("{}: {}", self.title, section.title),
            _ => self.title.clone(),
        };
        // Its code has lost its marks: `<T>` must not become an element.
        place.replace('<', "&lt;")
    }

    /// The address of something in this chapter, from a page in `src/reference/`.
    pub(crate) fn address(&self, id: &str) -> String {
        match id {
            "" => format!("../{}", self.path),
            _ => format!("../{}#{id}", self.path),
        }
    }

    /// Where in the book's source, for whoever must mend it.
    pub(crate) fn line(&self, at: usize) -> String {
        let place = self.page.expanded.text.locate(at);
        format!("{}:{}", place.shown_file(), place.line)
    }

    /// The block that compiles and stands beside this one for comparison: the next, or else the
    /// last before.
    pub(crate) fn twin(&self, number: usize) -> Option<usize> {
        static COMPARED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#"(?s)<div class="compare">.*?\n</div>"#).expect("right"));
        let blocks = &self.page.blocks.blocks;
        let start = blocks[number].place.range.start;
        let mut pairs = COMPARED.find_iter(self.text());
        let pair = pairs.find(|pair| pair.range().contains(&start))?;
        let accepted = |at: &usize| {
            pair.range().contains(&blocks[*at].place.range.start)
                && !matches!(Promise::of(&blocks[*at]), Promise::Rejected(_))
        };
        let after = (number + 1..blocks.len()).find(accepted);
        after.or_else(|| (0..number).rev().find(accepted))
    }
}

/// Whether a quiz asks about the block.
pub(crate) fn is_quiz(block: &Block) -> bool {
    block.fences.iter().any(|fence| fence.tag.kind == "quiz")
}

/// A line of code in Markdown.
pub(crate) fn code(line: &str) -> String {
    let line = line.trim();
    match line.contains('`') {
        true => format!("`` {line} ``"),
        false => format!("`{line}`"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use mdbook_verdict::{Chapter as Read, Edition, find};

    use super::*;

    /// A shelf of chapters that stand in no file.
    pub(crate) fn shelf(chapters: &[(&str, &str)]) -> Shelf {
        let root = Path::new(".");
        let chapters = chapters.iter().map(|(path, text)| {
            let file = Path::new("src").join(path);
            let chapter = Read::new(path.into(), file, root, (*text).to_owned());
            let expanded = chapter.expand(root);
            Chapter::new(Page {
                blocks: find(&expanded.text, Edition::E2024, ""),
                chapter,
                expanded,
            })
        });
        Shelf {
            chapters: chapters.collect(),
        }
    }

    #[test]
    fn a_twin_is_the_accepted_block_of_the_same_pair() {
        let rejected = "```rust,compile_fail,E0382\n1;\n```\n\n";
        let accepted = "```rust\n1;\n```\n\n";
        let pair = |inside: &str| format!("<div class=\"compare\">\n\n{inside}</div>\n\n");
        let text = format!(
            "# A\n\n{rejected}{accepted}{}{}",
            pair(&format!("{rejected}{accepted}")),
            pair(&format!("{accepted}{rejected}"))
        );
        let shelf = shelf(&[("a.md", &text)]);
        let twins: Vec<_> = (0..6)
            .map(|number| shelf.chapters[0].twin(number))
            .collect();
        assert_eq!(twins[0], None);
        assert_eq!((twins[2], twins[5]), (Some(3), Some(4)));
    }
}
