//! The glossary: what an author says of each term, with the place where the book defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::HEAD;
use crate::shelf::{Chapter, Shelf};
use crate::terms::{Strong, id, is_heading, plain, strong};

/// What an author says of each term.
pub(crate) const TABLE: &str = "crates/reference/glossary.toml";

/// What stands in [`TABLE`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Table {
    /// Bold words that are none.
    #[serde(default)]
    not_terms: Vec<String>,
    /// By the term, as it is written: what it means, in a sentence.
    pub(crate) terms: BTreeMap<String, String>,
}

/// The entries, each with a link to the definition. A term without entry, an entry without a
/// definition, and a term that is defined twice are faults.
pub(crate) fn page(shelf: &Shelf, table: &Table, faults: &mut Vec<String>) -> String {
    let mut defined: BTreeMap<String, (&Chapter, Strong)> = BTreeMap::new();
    let mut plain_bold = BTreeSet::new();
    for chapter in &shelf.chapters {
        for strong in strong(chapter.text()) {
            if is_heading(&strong.text) {
                continue;
            }
            if table.not_terms.contains(&strong.text) {
                plain_bold.insert(strong.text);
                continue;
            }
            let here = chapter.line(strong.range.start);
            match defined.get(&strong.text) {
                Some((first, before)) => faults.push(format!(
                    "{here}: **{}** is bold in {} too: a term is bold once, where it is defined; take the asterisks off one of them",
                    strong.text,
                    first.line(before.range.start)
                )),
                None => {
                    defined.insert(strong.text.clone(), (chapter, strong));
                }
            }
        }
    }
    let mut entries: Vec<_> = table.terms.iter().collect();
    entries.sort_by_key(|(term, _)| plain(term).to_lowercase());
    let mut page = HEAD.to_owned();
    for (term, means) in &entries {
        let Some((chapter, strong)) = defined.remove(&plain(term)) else {
            faults.push(format!(
                "{TABLE}: no chapter has **{term}** in bold: make it bold where it is defined, or take the entry out"
            ));
            continue;
        };
        let place = chapter.place(strong.range.start);
        let address = chapter.address(&format!("term-{}", id(term)));
        writeln!(page, "{term}\n: {means} [{place}]({address})\n").expect("memory");
    }
    for (term, (chapter, strong)) in defined {
        faults.push(format!(
            "{}: **{term}** has no entry in the glossary; add to [terms] in {TABLE}:\n    \"{term}\" = \"What it means, in one sentence.\"\n  or, if it is no term, take the asterisks off, or add it to `not-terms` there",
            chapter.line(strong.range.start)
        ));
    }
    for words in &table.not_terms {
        if !plain_bold.contains(words) {
            faults.push(format!(
                "{TABLE}: {words:?} is bold nowhere: take it out of `not-terms`"
            ));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::shelf;

    const TEXT: &str = "# A\n\n## B\n\nAn **owner** owns. **One lock.** And **Output**.\n";

    fn made(text: &str, table: &str) -> (String, String) {
        let mut faults = Vec::new();
        let shelf = shelf(&[("p/a.md", text)]);
        let page = page(&shelf, &toml::from_str(table).unwrap(), &mut faults);
        (page, faults.join("\n"))
    }

    #[test]
    fn an_entry_says_what_a_term_means_and_where_it_is_defined() {
        let (page, faults) = made(
            TEXT,
            "not-terms = [\"Output\"]\n[terms]\n\"owner\" = \"Who destroys it.\"",
        );
        assert_eq!(faults, "");
        assert_eq!(
            page.trim_start_matches(HEAD),
            "owner\n: Who destroys it. [A: B](../p/a.md#term-owner)\n\n"
        );
    }

    #[test]
    fn terms_and_entries_must_match() {
        let table = "not-terms = [\"Gone\"]\n[terms]\n\"lost\" = \"x\"";
        let (_, faults) = made(&TEXT.repeat(2), table);
        for part in [
            "src/p/a.md:10: **owner** is bold in src/p/a.md:5 too",
            "no chapter has **lost** in bold",
            "src/p/a.md:5: **owner** has no entry",
            "\"Gone\" is bold nowhere",
        ] {
            assert!(faults.contains(part), "{part}\n{faults}");
        }
        assert!(!faults.contains("One lock"), "{faults}");
    }
}
