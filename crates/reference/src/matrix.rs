//! The topic matrix: what other books and courses cover of this one's topics.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::shelf::Shelf;

/// What was looked up.
pub(crate) const TABLE: &str = "data/topic-matrix.toml";

/// What stands in [`TABLE`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// By a key for the cells, in the order of the columns.
    source: Vec<Source>,
    topic: Vec<Topic>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    key: String,
    title: String,
    authors: String,
    link: String,
    /// What was read, with its version and date.
    read: String,
    /// What a section's name is appended to, for its address.
    #[serde(default)]
    base: String,
}

#[derive(Debug, Deserialize)]
struct Topic {
    name: String,
    /// From `src`.
    ours: Vec<String>,
    /// By a source's key; none means no.
    #[serde(flatten)]
    theirs: BTreeMap<String, Cell>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    covers: Covers,
    /// Names of sections, or pairs of a name and an address under the source's base.
    at: Vec<Place>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Place {
    Named(String),
    Linked(String, String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Covers {
    Yes,
    Part,
}

/// The matrix. A link that leads nowhere in our book, and a cell of an unknown source, are faults.
pub(crate) fn page(shelf: &Shelf, table: &Table, faults: &mut Vec<String>) -> String {
    let mut page = format!(
        "<!-- Written by `cargo book --bless` from {TABLE}; not to be edited. -->\n# Topics\n\nWhat this book covers, and where some well-known books and courses cover it. *Yes*: the topic is taught there. *Part*: a part of it is, or it is used without being taught. *No*: it was not found there. The tables of contents and the texts named below were read; a later edition may differ.\n\n| Topic | Here |"
    );
    let mut line = |text: String| page.extend([text.as_str(), "\n"]);
    let titles = table.source.iter().map(|it| format!(" {} |", it.title));
    line(titles.collect());
    line(format!("|---|---|{}", "---|".repeat(table.source.len())));
    for topic in &table.topic {
        let ours: Vec<_> = topic
            .ours
            .iter()
            .filter_map(|link| match shelf.name(link) {
                Some(name) => Some(format!("[{name}](../src/{link})")),
                None => {
                    faults.push(format!(
                        "{TABLE}: \"{}\": there is no chapter or section {link:?}: mend `ours`",
                        topic.name
                    ));
                    None
                }
            })
            .collect();
        if topic.ours.is_empty() {
            faults.push(format!("{TABLE}: \"{}\": `ours` is empty", topic.name));
        }
        for key in topic.theirs.keys() {
            if !table.source.iter().any(|source| source.key == *key) {
                faults.push(format!(
                    "{TABLE}: \"{}\": no [[source]] has the key {key:?}",
                    topic.name
                ));
            }
        }
        let cells = table.source.iter().map(|source| {
            let cell = topic.theirs.get(&source.key);
            format!(" {} |", cell.map_or("no".to_owned(), |it| it.shown(source)))
        });
        line(format!(
            "| {} | {} |{}",
            topic.name,
            ours.join(", "),
            cells.collect::<String>()
        ));
    }
    line("\n## What was read\n".to_owned());
    for source in &table.source {
        line(format!(
            "- {}, [{}]({}): {}",
            source.authors, source.title, source.link, source.read
        ));
    }
    page
}

impl Cell {
    fn shown(&self, source: &Source) -> String {
        let covers = match self.covers {
            Covers::Yes => "yes",
            Covers::Part => "part",
        };
        let places = self.at.iter().map(|place| match place {
            Place::Named(name) => name.clone(),
            Place::Linked(name, address) => format!("[{name}]({}{address})", source.base),
        });
        format!("{covers}: {}", places.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::shelf;

    fn made(ours: &str, key: &str) -> (String, String) {
        let table = format!(
            "[[source]]\nkey = \"x\"\ntitle = \"X\"\nauthors = \"A B\"\nlink = \"https://x/\"\nread = \"at once\"\nbase = \"https://x/\"\n[[source]]\nkey = \"y\"\ntitle = \"Y\"\nauthors = \"C\"\nlink = \"https://y/\"\nread = \"never\"\n[[topic]]\nname = \"moves\"\nours = [\"{ours}\"]\n{key} = {{ covers = \"part\", at = [[\"1.2\", \"a.html\"], \"3\"] }}\n"
        );
        let mut faults = Vec::new();
        let shelf = shelf(&[("p/a.md", "# A\n\n## B\n")]);
        let page = page(&shelf, &toml::from_str(&table).unwrap(), &mut faults);
        (page, faults.join("\n"))
    }

    #[test]
    fn a_row_says_who_covers_the_topic_and_where() {
        let (page, faults) = made("p/a.md#b", "x");
        assert_eq!(faults, "");
        let row = "| moves | [B](../src/p/a.md#b) | part: [1.2](https://x/a.html), 3 | no |\n";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("- A B, [X](https://x/): at once\n"), "{page}");
    }

    #[test]
    fn a_cell_that_leads_nowhere_is_a_fault() {
        let (_, faults) = made("p/a.md#gone", "z");
        assert!(
            faults.contains("no chapter or section \"p/a.md#gone\""),
            "{faults}"
        );
        assert!(
            faults.contains("no [[source]] has the key \"z\""),
            "{faults}"
        );
    }
}
