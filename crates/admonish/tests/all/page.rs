//! The HTML of a box: what is added to mdbook-admonish's, and that it is enough
//! for a reader who doesn't see it.

use crate::book::Book;
use serde_json::json;
use std::collections::BTreeSet;

/// The values of an attribute, in order.
fn values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let rest = page.split(&start).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

/// What must hold on every page: ids are unique, references have a target, and
/// no link is empty.
fn assert_accessible(page: &str) {
    let ids = values(page, "id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id comes twice: {page}");
    for id in values(page, "aria-labelledby") {
        assert!(unique.contains(&id), "nothing has the id {id}: {page}");
    }
    for href in values(page, "href") {
        let id = href.trim_start_matches('#').to_owned();
        assert!(unique.contains(&id), "nothing has the id {id}: {page}");
    }
    for link in page.split("<a ").skip(1) {
        let tag = link.split('>').next().unwrap_or_default();
        assert!(
            tag.contains("aria-labelledby="),
            "a link without a name: {page}"
        );
    }
    for tag in page
        .split('<')
        .filter(|tag| tag.contains("class=\"admonition admonish-"))
    {
        let tag = tag.split('>').next().unwrap_or_default();
        let named = tag.contains("aria-label") && tag.contains("role=\"note\"");
        assert!(named != tag.starts_with("details"), "{tag}");
    }
}

#[test]
fn a_box_in_full() {
    let page = Book::of("````admonish warning title=\"Not *this*\"\nText.\n````\n").page();
    assert_accessible(&page);
    assert_eq!(
        page,
        r##"
<div id="admonition-not-this" class="admonition admonish-warning" role="note" aria-labelledby="admonition-not-this-warning-title">
<div class="admonition-title">
<div id="admonition-not-this-warning-title"><span class="admonition-kind">Warning</span>

Not *this*

</div>
<a class="admonition-anchor-link" href="#admonition-not-this" aria-labelledby="admonition-not-this-warning-title"></a>
</div>
<div>

Text.

</div>
</div>
"##
    );
}

#[test]
fn the_kind_is_said_once() {
    let kinds = |text: &str| Book::of(text).page().matches("admonition-kind").count();
    assert_eq!(kinds("```admonish note\nText.\n```"), 0);
    assert_eq!(kinds("```admonish note title=\"Note\"\nText.\n```"), 0);
    assert_eq!(kinds("```admonish caution\nText.\n```"), 0);
    assert_eq!(kinds("```admonish note title=\"The rule\"\nText.\n```"), 1);
    let all = Book::of("```admonish tip\nText.\n```").with("default", json!({ "title": "Info" }));
    assert_eq!(
        all.page()
            .matches("<span class=\"admonition-kind\">Tip</span>")
            .count(),
        1
    );
}

#[test]
fn a_box_without_a_title_is_named_by_its_kind() {
    let page = Book::of("```admonish tip title=\"\"\nText.\n```\n").page();
    assert_accessible(&page);
    assert!(page.contains("role=\"note\" aria-label=\"Tip\">"), "{page}");
}

#[test]
fn a_kind_of_the_books_own_without_titles_is_named_by_its_word() {
    let book = Book::of("```admonish aside\nText.\n```\n");
    let kinds = json!({ "custom": { "aside": { "title": "", "icon": "", "color": "#000" } } });
    let page = book.with("directive", kinds).page();
    assert_accessible(&page);
    let tag = "class=\"admonition admonish-aside\" role=\"note\" aria-label=\"Aside\">";
    assert!(page.contains(tag), "{page}");
    assert!(!page.contains("-title"), "{page}");
}

#[test]
fn a_collapsible_stays_one() {
    let page =
        Book::of("```admonish tip title=\"Names\", collapsible=true\nText.\n```\nNext.\n").page();
    assert_accessible(&page);
    assert!(page.contains("<details id=\"admonition-names\" class=\"admonition admonish-tip\">"));
    assert!(!page.contains("<a "), "a summary holds no link: {page}");
}

#[test]
fn ids_are_unique_on_a_page() {
    let note = |title: &str| format!("```admonish note title=\"{title}\"\nText.\n```\n\n");
    let titles = ["Rule", "Rule", "Rule 1", "Rule note title", "Rule"];
    let mut text = "# Admonition: rule\n\n".to_owned();
    text.extend(titles.map(note));
    text += "```admonish note title=\"Rule\", id=\"admonition-rule-2\"\nText.\n```\n";
    let page = Book::of(&text).page();
    assert_accessible(&page);
    let ids = values(&page, "id");
    assert_eq!(ids.len(), 12);
    assert!(
        !ids.contains(&"admonition-rule".to_owned()),
        "the heading's"
    );
    assert_eq!(ids[10], "admonition-rule-2", "the author's");
    // Without a prefix, a box named as a heading steps aside.
    let bare = Book::of("# Rule\n\n```admonish note title=\"Rule\"\nText.\n```\n");
    let page = bare.with("default", json!({ "css_id_prefix": "" })).page();
    assert!(page.contains("<div id=\"rule-2\""), "{page}");
}

#[test]
fn equal_ids_on_the_print_page_mean_equal_names() {
    let note = Book::of("```admonish note title=\"Rule\"\nText.\n```").page();
    let tip = Book::of("```admonish tip title=\"Rule\"\nText.\n```").page();
    assert_ne!(
        values(&note, "aria-labelledby"),
        values(&tip, "aria-labelledby")
    );
}

#[test]
fn markdown_right_behind_a_box_is_still_markdown() {
    let page = Book::of("```admonish note\nText.\n```\n*Next*.\n").page();
    assert!(page.ends_with("</div>\n</div>\n\n*Next*.\n"), "{page}");
    let listed = Book::of("\n- a\n\n  ```admonish note\n  Text.\n  ```\n  *Next*.\n").page();
    assert!(
        listed.ends_with("  </div>\n  </div>\n\n  *Next*.\n"),
        "{listed}"
    );
}

#[test]
fn spaces_behind_a_closing_fence_do_not_let_it_into_the_box() {
    let book = Book::of("```admonish note\nText.\n```  \nNext.\n");
    assert!(!book.page().contains("```"), "{}", book.page());
    assert_eq!(book.test(), "\nText.\n\nNext.\n");
}

#[test]
fn line_ends_of_windows_make_no_difference() {
    let text = "# A\r\n\r\n````admonish note title=\"B\"\r\nText.\r\n\r\n```rust\r\n1;\r\n```\r\n````\r\nNext.\r\n";
    let unix = Book::of(&text.replace('\r', "")).page();
    assert_eq!(Book::of(text).page().replace('\r', ""), unix);
    assert_accessible(&unix);
}

#[test]
fn html_that_only_looks_like_a_box_is_left_alone() {
    let shown = "```html\n<div id=\"a\" class=\"admonition admonish-note\" role=\"note\">\n```\n";
    let by_hand =
        "<div id=\"a\" class=\"admonition admonish-note\" role=\"note\">\n\nText.\n\n</div>\n";
    for text in [shown, by_hand] {
        assert_eq!(Book::of(text).page(), text);
        let both = format!("{text}\n```admonish note\nText.\n```\n");
        let page = Book::of(&both).page();
        assert!(page.starts_with(text), "{page}");
        assert!(page.contains("aria-labelledby=\"admonition-note-note-title\""));
    }
}
