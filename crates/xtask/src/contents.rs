//! Puts a page's headings into the contents beside it before anything is painted.
//!
//! mdBook's own script lists them once the whole page is there: by then the contents have been
//! painted, and what stands below moves. Here each page brings the same list with it, which stands
//! in that one's place until it comes.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::Regex;

use crate::bundle;

static MAIN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)<main>.*</main>").unwrap());
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)<h([2-6]) id="([^"]+)"[^>]*><a class="header"[^>]*>(.*?)</a></h[2-6]>"#)
        .unwrap()
});
/// What mdBook's script leaves out too: a link can't stand in a link.
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"</?(?:a|mark)\b[^>]*>").unwrap());

/// The contents are filled as soon as they are there: what fills them further has to be before.
const CONTENTS: &str = "<mdbook-sidebar-scrollbox";

const SCRIPT: &str = include_str!("contents/ahead.js");

/// A heading's level, its id, and what it says.
type Heading<'h> = (usize, &'h str, String);

/// Gives each page in a folder its list.
///
/// # Errors
///
/// If a page can't be read or written.
pub fn pages(folder: &Path) -> Result<()> {
    for page in bundle::html_files(folder)? {
        // It has no place in the contents.
        if page == folder.join("print.html") {
            continue;
        }
        let html =
            fs::read_to_string(&page).with_context(|| format!("can't read {}", page.display()))?;
        if let Some(listed) = listed(&html) {
            fs::write(&page, listed).with_context(|| format!("can't write {}", page.display()))?;
        }
    }
    Ok(())
}

/// The page with its list, if there is something to list.
fn listed(html: &str) -> Option<String> {
    let main = MAIN.find(html)?.as_str();
    let headings: Vec<Heading<'_>> = HEADING
        .captures_iter(main)
        .map(|found| {
            let (_, [level, id, text]) = found.extract();
            let level = level.parse().expect("a digit");
            (level, id, LINK.replace_all(text, "").into_owned())
        })
        .collect();
    let first = headings.first()?.0;
    let list = list(&headings, first);
    let ahead = format!(
        "<template id=\"headings-ahead\">{list}</template><script>{SCRIPT}</script>{CONTENTS}"
    );
    Some(html.replacen(CONTENTS, &ahead, 1))
}

/// As mdBook's script builds it, since it has to be as tall: a list in a list for each level above
/// the first heading's.
fn list(headings: &[Heading<'_>], first: usize) -> String {
    let mut html = "<div class=\"on-this-page\">".to_owned();
    // Each open list: the level of its headings, and whether it has an item that is still open.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for level in 1..first {
        html.push_str("<ol class=\"section\">");
        open.push((level, false));
    }
    for (level, id, text) in headings {
        while open.len() > 1 && open.last().is_some_and(|(it, _)| it > level) {
            close(&mut html, open.pop());
        }
        let current = open.last().map_or(0, |(it, _)| *it);
        for level in current + 1..=*level {
            html.push_str("<ol class=\"section\">");
            open.push((level, false));
        }
        if let Some((_, item)) = open.last_mut()
            && std::mem::replace(item, true)
        {
            html.push_str("</li>");
        }
        html.push_str(&format!(
            "<li class=\"header-item expanded\"><span class=\"chapter-link-wrapper\">\
             <a class=\"header-in-summary\" href=\"#{id}\">{text}</a></span>"
        ));
    }
    while let Some(last) = open.pop() {
        close(&mut html, Some(last));
    }
    html + "</div>"
}

fn close(html: &mut String, list: Option<(usize, bool)>) {
    html.push_str(match list {
        Some((_, true)) => "</li></ol>",
        _ => "</ol>",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with these headings, each of a level and what it says.
    fn page(headings: &[(u8, &str)]) -> String {
        let headings: String = headings
            .iter()
            .enumerate()
            .map(|(i, (level, text))| {
                format!(
                    "<h{level} id=\"h{i}\"><a class=\"header\" href=\"#h{i}\">{text}</a></h{level}>"
                )
            })
            .collect();
        format!("<nav>{CONTENTS}></nav><main>{headings}</main>")
    }

    /// The lists and items of a page's list, without what is in them.
    fn shape(headings: &[(u8, &str)]) -> String {
        let page = listed(&page(headings)).unwrap();
        let (_, list) = page.split_once("on-this-page\">").unwrap();
        let (list, _) = list.split_once("</div>").unwrap();
        let parts = Regex::new(r"</?(?:ol|li)|>[A-Z]<").unwrap();
        let parts = parts.find_iter(list).map(|part| match part.as_str() {
            "<ol" => "(",
            "</ol" => ")",
            "<li" | "</li" => "",
            text => &text[1..2],
        });
        parts.collect()
    }

    #[test]
    fn a_heading_stands_in_the_list_of_its_level() {
        assert_eq!(shape(&[(1, "T"), (2, "A"), (2, "B")]), "((AB))");
        assert_eq!(
            shape(&[(2, "A"), (3, "B"), (3, "C"), (2, "D")]),
            "((A(BC)D))"
        );
        assert_eq!(shape(&[(2, "A"), (4, "B"), (2, "C")]), "((A((B))C))");
        assert_eq!(shape(&[(3, "A"), (2, "B")]), "(((A)B))");
    }

    #[test]
    fn what_is_opened_is_closed() {
        let page = listed(&page(&[(2, "A"), (3, "B"), (4, "C"), (2, "D")])).unwrap();
        for element in ["ol", "li", "div", "template"] {
            let opened = page.matches(&format!("<{element}")).count();
            assert_eq!(
                opened,
                page.matches(&format!("</{element}>")).count(),
                "{element}"
            );
        }
    }

    #[test]
    fn a_heading_that_holds_a_link_is_one_link() {
        let page = listed(&page(&[(2, "<code>A</code> <a href=\"b\">B</a>")])).unwrap();
        assert!(
            page.contains("href=\"#h0\"><code>A</code> B</a></span>"),
            "{page}"
        );
    }

    #[test]
    fn a_page_without_headings_is_left_as_it_is() {
        assert!(listed(&page(&[(1, "T")])).is_none());
        assert!(listed("<main></main>").is_none());
    }
}
