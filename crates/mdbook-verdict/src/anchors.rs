//! Where a page can be linked to: its sections, and every block in them.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::blocks::mdbook_options;
use crate::book::Page;

/// A heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Where the heading begins in the expanded text.
    pub start: usize,
    /// 1 for the chapter's own heading.
    pub level: usize,
    /// The heading without its markup.
    pub title: String,
    /// The id that mdBook gives it.
    pub id: String,
}

impl Page {
    /// The headings of the page, in order.
    pub fn sections(&self) -> Vec<Section> {
        sections(self.expanded.text.as_str())
    }

    /// The ids of the page's blocks, one for each of `blocks.blocks`: that of the section, and
    /// which block in it. So a link to a block stays right when another section changes.
    pub fn block_ids(&self) -> Vec<String> {
        let sections = self.sections();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let starts = self.blocks.blocks.iter().map(|it| it.place.range.start);
        starts
            .map(|start| {
                let at = sections.partition_point(|section| section.start <= start);
                let section = at.checked_sub(1).map_or("", |at| sections[at].id.as_str());
                let number = seen.entry(section).or_default();
                *number += 1;
                let dash = if section.is_empty() { "" } else { "-" };
                format!("{section}{dash}block-{number}")
            })
            .collect()
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut used = BTreeSet::new();
    let mut inside = false;
    for (event, range) in Parser::new_ext(text, mdbook_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                inside = true;
                found.push(Section {
                    start: range.start,
                    level: level as usize,
                    title: String::new(),
                    id: id.map(|id| id.to_string()).unwrap_or_default(),
                });
            }
            Event::Text(part) | Event::Code(part) if inside => {
                if let Some(section) = found.last_mut() {
                    section.title.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                inside = false;
                if let Some(section) = found.last_mut().filter(|section| section.id.is_empty()) {
                    section.id = unique(slug(&section.title), &mut used);
                }
            }
            _ => {}
        }
    }
    found
}

/// mdBook's id of a heading.
fn slug(title: &str) -> String {
    let lower = title.trim().to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        _ if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

fn unique(id: String, used: &mut BTreeSet<String>) -> String {
    let numbered = (1..).map(|number| format!("{id}-{number}"));
    let all = std::iter::once(id.clone()).chain(numbered);
    let free = all.filter(|candidate| !used.contains(candidate)).take(1);
    let chosen = free.last().unwrap_or(id);
    used.insert(chosen.clone());
    chosen
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::blocks;
    use crate::book::Chapter;
    use crate::tags::Edition;

    fn page(markdown: &str) -> Page {
        let root = Path::new(".");
        let chapter = Chapter::new("a.md".into(), "a.md".into(), root, markdown.to_owned());
        let expanded = chapter.expand(root);
        Page {
            blocks: blocks::find(&expanded.text, Edition::E2024, "x86_64"),
            chapter,
            expanded,
        }
    }

    #[test]
    fn sections_have_the_ids_that_mdbook_gives_them() {
        let page = page("# What's `a_b`?\n\n```rust\n# 1;\n```\n\n## So\n\n## So\n\n## X {#own}\n");
        let seen: Vec<_> = page
            .sections()
            .into_iter()
            .map(|it| (it.title, it.id))
            .collect();
        let wanted = [
            ("What's a_b?", "whats-a_b"),
            ("So", "so"),
            ("So", "so-1"),
            ("X", "own"),
        ];
        assert_eq!(
            seen,
            wanted.map(|(title, id)| (title.to_owned(), id.to_owned()))
        );
    }

    #[test]
    fn a_blocks_id_does_not_depend_on_other_sections() {
        let block = "```rust\n1;\n```\n\n";
        let short = page(&format!("{block}# A\n\n{block}## B\n\n{block}{block}"));
        assert_eq!(
            short.block_ids(),
            ["block-1", "a-block-1", "b-block-1", "b-block-2"]
        );
        let long = page(&format!("# A\n\n{block}{block}## B\n\n{block}{block}"));
        assert_eq!(long.block_ids()[2..], short.block_ids()[2..]);
    }
}
