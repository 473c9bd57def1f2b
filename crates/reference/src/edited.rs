//! Which file a reader is to change who would edit a page.

use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::{cheat_sheet, codes, glossary};

/// The lists whose words are an author's, and where that author writes them.
const TABLES: [(&str, &str); 3] = [
    ("error-codes-list.md", codes::TABLE),
    ("glossary-list.md", glossary::TABLE),
    ("cheat-sheet-list.md", cheat_sheet::TABLE),
];

/// The file in place of the page's own, seen from the repository: the table that its list is made
/// from, or the text from outside of the book that it includes.
///
/// `page` is the page's file and `text` what it holds, before anything is included.
pub(crate) fn file(page: &Path, text: &str) -> Option<PathBuf> {
    static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^\{\{#include ([^}:\s]+\.md)\b[^}]*\}\}$").expect("right")
    });
    INCLUDE.captures_iter(text).find_map(|include| {
        let name = &include[1];
        let table = TABLES.iter().find(|(list, _)| *list == name);
        match table {
            Some((_, table)) => Some(PathBuf::from(table)),
            None => outside(page, name),
        }
    })
}

/// An included file, if it isn't in the folder of the pages.
fn outside(page: &Path, name: &str) -> Option<PathBuf> {
    let mut path = page.parent()?.to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::ParentDir => path.pop().then_some(())?,
            part => path.push(part),
        }
    }
    (!path.starts_with(page.iter().next()?)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_edits_a_page_edits_what_it_is_made_from() {
        let page = Path::new("src/reference/a.md");
        for (text, edited) in [
            ("# A\n\nProse.\n", None),
            ("# A\n\n{{#include programs-list.md}}\n", None),
            (
                "# A\n\n{{#include glossary-list.md}}\n",
                Some("crates/reference/glossary.toml"),
            ),
            (
                "# A\n\n{{#include ../../crates/x/README.md:3:}}\n",
                Some("crates/x/README.md"),
            ),
            ("{{#include ../threads/table.md}}\n", None),
            (
                "```rust\n{{#include ../../crates/x/src/lib.rs}}\n```\n",
                None,
            ),
            ("it takes {{#include ../../docs/x.md:y}}\n", None),
        ] {
            assert_eq!(file(page, text), edited.map(PathBuf::from), "{text}");
        }
    }
}
