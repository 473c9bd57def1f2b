//! The order of the chapters, and their parts, from the list that mdBook writes for the sidebar.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use regex::Regex;

/// Chapters under one heading, or without one.
pub struct Part {
    /// Nothing for those before the first heading.
    pub title: Option<String>,
    /// In order.
    pub chapters: Vec<Entry>,
}

/// One chapter of the list.
pub struct Entry {
    /// Its page, from the book's folder: `locks/mutex.html`.
    pub page: String,
    /// Its number and title, as HTML without elements.
    pub title: String,
}

/// Reads toc.html.
///
/// # Errors
///
/// If it can't be read, or names no chapter.
pub fn read(pages: &Path) -> Result<Vec<Part>> {
    let path = pages.join("toc.html");
    let html =
        fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let parts = parse(&html);
    match parts.iter().any(|part| !part.chapters.is_empty()) {
        true => Ok(parts),
        false => bail!("{} names no chapter", path.display()),
    }
}

fn parse(html: &str) -> Vec<Part> {
    let entry = Regex::new(
        r#"(?s)<li class="part-title">(?<part>.*?)</li>|<a href="(?<page>[^"]+)"[^>]*>(?<title>.*?)</a>"#,
    )
    .expect("the pattern is right");
    let element = Regex::new("<[^>]*>").expect("the pattern is right");
    let mut parts = vec![Part {
        title: None,
        chapters: Vec::new(),
    }];
    for found in entry.captures_iter(html) {
        let text = |name: &str| {
            let text = found.name(name).map_or("", |it| it.as_str());
            element.replace_all(text, "").trim().to_owned()
        };
        match found.name("page") {
            Some(page) => {
                let last = parts.last_mut().expect("there is the first");
                last.chapters.push(Entry {
                    page: page.as_str().to_owned(),
                    title: text("title"),
                });
            }
            None => parts.push(Part {
                title: Some(text("part")),
                chapters: Vec::new(),
            }),
        }
    }
    parts.retain(|part| !part.chapters.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_stand_under_their_part() {
        let html = r#"<li><a href="a.html" target="_parent">A</a></li>
            <li><li class="part-title">One &amp; two</li></li>
            <li><a href="b/c.html"><strong aria-hidden="true">1.</strong> <code>C</code></a></li>"#;
        let parts = parse(html);
        let shown: Vec<_> = parts
            .iter()
            .flat_map(|part| part.chapters.iter().map(|it| (part.title.as_deref(), it)))
            .map(|(part, entry)| (part, entry.page.as_str(), entry.title.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (None, "a.html", "A"),
                (Some("One &amp; two"), "b/c.html", "1. C")
            ]
        );
    }
}
