//! Says above each chapter where in the book it stands, and below it what comes before and after.
//!
//! mdBook shows two arrows below, and above nothing: on a phone, where the contents are closed, a
//! reader who came by a search would not know.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::{Captures, Regex};

use crate::chapters::{self, Entry};

/// One of the two links; what names it anew replaces the arrow, and the names for it.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?s)(?<start><a rel="(?<way>prev|next)[^"]*" href="[^"]*" class="mobile-nav-chapters (?:previous|next)") title="[^"]*" aria-label="[^"]*"(?<keys>[^>]*>).*?</a>"#,
    )
    .unwrap()
});
static END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<div style="clear: both"></div>(?<end>\s*</nav>)"#).unwrap());

/// Names the chapters at the end of each page in a folder.
///
/// # Errors
///
/// If the list of chapters, or one of them, can't be read or written.
pub fn pages(folder: &Path) -> Result<()> {
    let parts = chapters::read(folder)?;
    let all: Vec<&Entry> = parts.iter().flat_map(|part| &part.chapters).collect();
    let titles = parts
        .iter()
        .flat_map(|part| part.chapters.iter().map(|_| part.title.as_deref()));
    for (place, (entry, part)) in all.iter().zip(titles).enumerate() {
        // The first chapter is there under two names.
        let names = [
            Some(entry.page.as_str()),
            (place == 0).then_some("index.html"),
        ];
        for name in names.into_iter().flatten() {
            let path = folder.join(name);
            let html = fs::read_to_string(&path)
                .with_context(|| format!("can't read {}", path.display()))?;
            let html = placed(&html, part, &entry.title);
            fs::write(&path, named(&html, place, &all))
                .with_context(|| format!("can't write {}", path.display()))?;
        }
    }
    Ok(())
}

/// A chapter with a number says it, and its part.
fn placed(html: &str, part: Option<&str>, title: &str) -> String {
    match (part, title.split_once(". ")) {
        (Some(part), Some((number, _))) => html.replacen(
            "<main>",
            &format!("<main>\n<p class=\"chapter-place\">Chapter {number} · {part}</p>"),
            1,
        ),
        _ => html.to_owned(),
    }
}

fn named(html: &str, place: usize, all: &[&Entry]) -> String {
    let html = LINK.replace_all(html, |found: &Captures<'_>| {
        let (way, place) = match &found["way"] {
            "prev" => ("Previous", place.checked_sub(1)),
            _ => ("Next", Some(place + 1)),
        };
        let Some(entry) = place.and_then(|place| all.get(place)) else {
            return found[0].to_owned();
        };
        format!(
            "{}{}<span class=\"turn-way\">{way}</span> <span class=\"turn-title\">{}</span></a>",
            &found["start"], &found["keys"], entry.title
        )
    });
    let far = format!(
        "<p class=\"turn-place\">Page {} of {}</p>$end",
        place + 1,
        all.len()
    );
    END.replace(&html, far).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end of a page as mdBook 0.5.4 writes it.
    fn end(links: &[(&str, &str)]) -> String {
        let links: String = links
            .iter()
            .map(|(rel, class)| {
                format!(
                    "<a rel=\"{rel}\" href=\"../x.html\" class=\"mobile-nav-chapters {class}\" \
                     title=\"T\" aria-label=\"T\" aria-keyshortcuts=\"K\">\n<span>arrow</span>\n</a>\n"
                )
            })
            .collect();
        format!("<nav class=\"nav-wrapper\">\n{links}<div style=\"clear: both\"></div>\n</nav>")
    }

    fn entries() -> [Entry; 3] {
        ["A", "1. B &amp; C", "2. D"].map(|title| Entry {
            page: "x.html".to_owned(),
            title: title.to_owned(),
        })
    }

    #[test]
    fn a_link_says_where_it_leads_and_the_page_where_it_is() {
        let entries = entries();
        let all: Vec<_> = entries.iter().collect();
        let both = end(&[("prev", "previous"), ("next prefetch", "next")]);
        let html = named(&both, 1, &all);
        for wanted in [
            "class=\"mobile-nav-chapters previous\" aria-keyshortcuts=\"K\"><span class=\"turn-way\">Previous</span> <span class=\"turn-title\">A</span></a>",
            "<span class=\"turn-way\">Next</span> <span class=\"turn-title\">2. D</span></a>",
            "<p class=\"turn-place\">Page 2 of 3</p>\n</nav>",
        ] {
            assert!(html.contains(wanted), "{html}");
        }
        assert!(!html.contains("arrow") && !html.contains("aria-label"));
    }

    #[test]
    fn a_chapter_says_which_one_it_is() {
        let html = placed("<main><h1>B</h1></main>", Some("One &amp; two"), "1. B");
        assert_eq!(
            html,
            "<main>\n<p class=\"chapter-place\">Chapter 1 · One &amp; two</p><h1>B</h1></main>"
        );
        let first = placed("<main></main>", None, "What this is");
        assert_eq!(first, "<main></main>");
    }

    #[test]
    fn the_first_and_the_last_page_have_one_neighbour() {
        let entries = entries();
        let all: Vec<_> = entries.iter().collect();
        let first = named(&end(&[("next prefetch", "next")]), 0, &all);
        assert!(
            first.contains("1. B &amp; C") && first.contains("Page 1 of 3"),
            "{first}"
        );
        let last = named(&end(&[("prev", "previous")]), 2, &all);
        assert!(
            last.contains("1. B &amp; C") && last.contains("Page 3 of 3"),
            "{last}"
        );
    }
}
