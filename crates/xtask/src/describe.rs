//! Gives each built page a description of its own, for whoever finds it by a search: its beginning.
//!
//! mdBook writes the book's description on all of them.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::{Captures, Regex};

use crate::bundle;

/// As much as a list of results shows.
const LENGTH: usize = 155;

static DESCRIPTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(<meta name="description" content=")[^"]*(">)"#).unwrap());
static PARAGRAPH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<main>.*?<p>(.*?)</p>").unwrap());
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<[^>]*>").unwrap());

/// Puts the first paragraph of each page in a folder, or its beginning, into the page's head.
///
/// # Errors
///
/// If a page can't be read or written.
pub fn pages(folder: &Path) -> Result<()> {
    for page in bundle::html_files(folder)? {
        // All of the book at once is described by the book's own words.
        if page == folder.join("print.html") {
            continue;
        }
        let html =
            fs::read_to_string(&page).with_context(|| format!("can't read {}", page.display()))?;
        if let Some(described) = described(&html) {
            fs::write(&page, described)
                .with_context(|| format!("can't write {}", page.display()))?;
        }
    }
    Ok(())
}

/// The page with its description, if it has a text to take it from.
fn described(html: &str) -> Option<String> {
    let paragraph = &PARAGRAPH.captures(html)?[1];
    let plain = TAG.replace_all(paragraph, "").replace('"', "&quot;");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let text = shortened(&words);
    let described = DESCRIPTION.replace(html, |found: &Captures<'_>| {
        format!("{}{text}{}", &found[1], &found[2])
    });
    Some(described.into_owned())
}

/// Whole sentences where they are long enough to tell something, else whole words. What stands for
/// a character, such as `&lt;`, is inside of a word and stays whole.
fn shortened(words: &[&str]) -> String {
    let mut text = String::new();
    let mut sentences = 0;
    for word in words {
        if text.len() + word.len() >= LENGTH {
            return match sentences {
                0..60 => format!("{} …", text.trim_end_matches([',', ':', ';'])),
                _ => text[..sentences].to_owned(),
            };
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        if word.ends_with(['.', '?', '!']) {
            sentences = text.len();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description(first: &str) -> String {
        let html = format!(
            "<meta name=\"description\" content=\"the book\"><main><h1>A</h1>\n<p>{first}</p>\n<p>more</p></main>"
        );
        let described = described(&html).unwrap();
        let found = DESCRIPTION.captures(&described).unwrap();
        found[0]
            .trim_start_matches(&found[1])
            .trim_end_matches("\">")
            .to_owned()
    }

    #[test]
    fn a_page_is_described_by_its_first_paragraph() {
        assert_eq!(
            description("A <em>lock</em> is\nno <code>Vec&lt;u8&gt;</code>, \"they\" say."),
            "A lock is no Vec&lt;u8&gt;, &quot;they&quot; say."
        );
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_a_sentence_or_else_a_word() {
        let sentence = "Words upon words that are there to make one long enough to stand. ";
        assert_eq!(
            description(&sentence.repeat(9)),
            sentence.repeat(2).trim_end()
        );
        let cut = description(&"word, ".repeat(99));
        assert!(cut.ends_with("word …") && cut.len() < LENGTH + 5, "{cut}");
    }

    #[test]
    fn a_page_without_a_text_keeps_what_it_has() {
        assert!(described("<meta name=\"description\" content=\"x\"><main></main>").is_none());
    }

    #[test]
    fn all_of_the_book_keeps_the_books_description() {
        let folder = tempfile::tempdir().unwrap();
        let html = "<meta name=\"description\" content=\"the book\"><main><p>One.</p></main>";
        for (name, wanted) in [("print.html", "the book"), ("a.html", "One.")] {
            fs::write(folder.path().join(name), html).unwrap();
            pages(folder.path()).unwrap();
            let page = fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(page.contains(&format!("content=\"{wanted}\"")), "{page}");
        }
    }
}
