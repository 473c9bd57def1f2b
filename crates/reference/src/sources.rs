//! Every entry under "Further reading", in one list.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::HEAD;
use crate::shelf::{Chapter, Shelf};

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"\[(?<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\((?<link>[^()\s]+)\)|"(?<quoted>[^"]{3,})"|\*(?<set>[^*]+)\*"#,
    )
    .expect("right")
});

/// One item of a chapter's list.
struct Item<'s> {
    chapter: &'s Chapter,
    /// For whoever must mend it: file and line.
    line: String,
    /// In one line.
    text: String,
    /// Up to the end of the first title, the year included.
    head: Range<usize>,
    titles: Vec<Title>,
}

/// A link, a quoted title or an emphasised one.
struct Title {
    text: String,
    link: Option<String>,
}

/// The list. A source that is spelt in two ways is a fault.
pub(crate) fn page(shelf: &Shelf, faults: &mut Vec<String>) -> String {
    let items: Vec<_> = shelf.chapters.iter().flat_map(items).collect();
    spelt_in_two_ways(&items, faults);
    let mut groups: BTreeMap<(String, String), Vec<&Item<'_>>> = BTreeMap::new();
    for item in &items {
        let key = (sort_key(item), item.source());
        groups.entry(key).or_default().push(item);
    }
    let mut page = HEAD.to_owned();
    for items in groups.values() {
        let mut line = |text: String| page.extend([text.as_str(), "\n"]);
        match items[..] {
            [item] => line(format!("- {} In {}.", stopped(&item.text), item.cited())),
            _ => {
                line(format!(
                    "- {}",
                    stopped(&items[0].text[items[0].head.clone()])
                ));
                for item in items {
                    let rest = item.text[item.head.end..].trim_start_matches([',', ':', '.', ' ']);
                    line(match rest {
                        "" => format!("  - {}", item.cited()),
                        _ => format!("  - {}: {}", item.cited(), stopped(rest)),
                    });
                }
            }
        }
    }
    page
}

fn stopped(text: &str) -> String {
    let mut text = text.trim().to_owned();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

/// The items of a chapter's last section.
fn items(chapter: &Chapter) -> Vec<Item<'_>> {
    let named = |it: &&mdbook_verdict::Section| it.title == "Further reading";
    let Some(section) = chapter.sections.iter().find(named) else {
        return Vec::new();
    };
    let later = chapter.sections.iter().find(|it| it.start > section.start);
    let end = later.map_or(chapter.text().len(), |it| it.start);
    let mut items: Vec<(usize, String)> = Vec::new();
    let mut at = section.start;
    for line in chapter.text()[section.start..end].split_inclusive('\n') {
        if let Some(first) = line.strip_prefix("- ") {
            items.push((at, first.trim().to_owned()));
        } else if let (true, Some((_, text))) = (line.starts_with("  "), items.last_mut()) {
            write!(text, " {}", line.trim()).expect("memory");
        }
        at += line.len();
    }
    let read = items
        .into_iter()
        .map(|(at, text)| Item::read(chapter, chapter.line(at), &text));
    read.collect()
}

impl<'s> Item<'s> {
    fn read(chapter: &'s Chapter, line: String, text: &str) -> Item<'s> {
        static YEAR: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^,? \((?:[A-Z][a-z]+ )?\d{4}\)").expect("right"));
        let text = moved(chapter, text);
        let mut head = 0;
        let mut titles = Vec::new();
        for found in TITLE.captures_iter(&text) {
            if titles.is_empty() {
                head = found.get_match().end();
                head += YEAR.find(&text[head..]).map_or(0, |year| year.end());
            }
            let part = |name: &str| found.name(name).map(|it| it.as_str().to_owned());
            let title = part("text").or(part("quoted")).or(part("set"));
            titles.push(Title {
                text: title.unwrap_or_default().replace(['*', '"'], ""),
                link: part("link"),
            });
        }
        if titles.is_empty() {
            head = text.len();
        }
        Item {
            chapter,
            line,
            head: 0..head,
            titles,
            text,
        }
    }

    /// What makes two items the same source: the first link or title.
    fn source(&self) -> String {
        match self.titles.first() {
            Some(Title {
                link: Some(link), ..
            }) => link.clone(),
            Some(Title { text, .. }) => short(text),
            None => self.text.clone(),
        }
    }

    fn cited(&self) -> String {
        let address = self.chapter.address("further-reading");
        format!("[{}]({address})", self.chapter.title)
    }
}

/// The text with its links to other chapters as a page in `src/reference/` needs them.
fn moved(chapter: &Chapter, text: &str) -> String {
    static CHAPTER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\]\((?<path>[^():\s]+\.md)").expect("right"));
    let folder = chapter
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let moved = CHAPTER.replace_all(text, |found: &regex::Captures<'_>| {
        let path = &found["path"];
        match path.strip_prefix("../") {
            Some(above) => format!("](../{above}"),
            None if folder.is_empty() => format!("](../{path}"),
            None => format!("](../{folder}/{path}"),
        }
    });
    moved.into_owned()
}

/// By the first author's last name, or by the title if nobody is named first.
fn sort_key(item: &Item<'_>) -> String {
    static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^((?:\p{Lu}[\p{L}.'-]*\.? )+)(\p{Lu}[\p{L}'-]+)(?:,| and )").expect("right")
    });
    let text = &item.text[item.head.clone()];
    let words = match AUTHOR.captures(text) {
        Some(name) if !text.starts_with("The ") => format!("{} {}", &name[2], &name[1]),
        _ => text
            .trim_start_matches("*")
            .trim_start_matches("The ")
            .to_owned(),
    };
    let kept = words.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect()
}

/// A title without its subtitle, for comparison.
fn short(title: &str) -> String {
    let main = title.split(": ").next().unwrap_or(title).to_lowercase();
    let words: Vec<_> = main
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn spelt_in_two_ways(items: &[Item<'_>], faults: &mut Vec<String>) {
    let mut by_link: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mut by_title: BTreeMap<String, (Option<String>, &str, &str)> = BTreeMap::new();
    for item in items {
        for title in &item.titles {
            let Some(link) = &title.link else { continue };
            let (first, line) = *by_link.entry(link).or_insert((&title.text, &item.line));
            if first != title.text {
                faults.push(format!(
                    "{}: {link} is called \"{}\" here and \"{first}\" in {line}: call it the same in both",
                    item.line, title.text
                ));
            }
        }
        let Some(title) = item.titles.first() else {
            continue;
        };
        let whole = |link: &'_ str| link.split('#').next().unwrap_or_default().to_owned();
        let link = title.link.as_deref().map(whole);
        let author = item
            .text
            .split([',', '[', '"', '*'])
            .next()
            .unwrap_or_default();
        let entry = by_title.entry(short(&title.text));
        let (first, by, line) = entry.or_insert((link.clone(), author, &item.line));
        // Two works may have one title; then their authors, which stand before it, differ.
        let one_work = author == *by || first.is_none() != link.is_none();
        if one_work && *first != link {
            let shown = |link: &Option<String>| link.clone().unwrap_or("no link".to_owned());
            faults.push(format!(
                "{}: \"{}\" has {} here and {} in {line}: give it the same in both",
                item.line,
                title.text,
                shown(&link),
                shown(first)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::shelf;

    fn made(chapters: &[&str]) -> (String, String) {
        let texts: Vec<_> = chapters
            .iter()
            .enumerate()
            .map(|(number, items)| {
                let text = format!("# C{number}\n\n## Further reading\n\n{items}");
                (format!("p/{number}.md"), text)
            })
            .collect();
        let texts = texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        let texts: Vec<_> = texts.collect();
        let mut faults = Vec::new();
        let page = page(&shelf(&texts), &mut faults);
        (page.trim_start_matches(HEAD).to_owned(), faults.join("\n"))
    }

    #[test]
    fn entries_are_sorted_by_last_name_and_cited_together() {
        let (page, faults) = made(&[
            "- *The Zebra*, a book\n  of [stripes](b.md).\n- Jo A. Young,\n  [Old](https://x/) (1999): good.\n",
            "- Jo A. Young, [Old](https://x/) (1999), chapter 2.\n- Mark Adams and others, \"So\".\n",
        ]);
        assert_eq!(faults, "");
        assert_eq!(
            page,
            "- Mark Adams and others, \"So\". In [C1](../p/1.md#further-reading).\n\
             - Jo A. Young, [Old](https://x/) (1999).\n\
             \x20 - [C0](../p/0.md#further-reading): good.\n\
             \x20 - [C1](../p/1.md#further-reading): chapter 2.\n\
             - *The Zebra*, a book of [stripes](../p/b.md). In [C0](../p/0.md#further-reading).\n"
        );
    }

    #[test]
    fn a_source_that_is_spelt_in_two_ways_is_a_fault() {
        let (_, faults) = made(&[
            "- A B, [Old](https://x/).\n",
            "- A B, [Olde](https://x/).\n",
        ]);
        assert!(
            faults.contains("src/p/1.md:5: https://x/ is called \"Olde\" here"),
            "{faults}"
        );
        for other in ["[Old: a tale](https://y/)", "\"Old\""] {
            let (_, faults) = made(&["- A B, [Old](https://x/).\n", &format!("- A B, {other}.\n")]);
            assert!(faults.contains("give it the same in both"), "{faults}");
        }
        let (_, faults) = made(&["- A B, [Old](https://x/).\n", "- C D, [Old](https://y/).\n"]);
        assert_eq!(faults, "");
    }
}
