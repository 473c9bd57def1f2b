//! What is put right in the text before, and in the HTML after
//! mdbook-admonish.

use crate::check::{Ids, admonitions, marks};
use crate::kind::Meanings;
use crate::markdown::{Piece, pieces};
use crate::settings::Settings;

/// The chapter as mdbook-admonish reads it rightly.
///
/// - Spaces behind a closing fence are cut: it would take them for the fence
///   and leave the backticks in the text.
/// - For a page, an empty line follows each box: raw HTML ends only there, so
///   the next line's Markdown would be shown as it is written.
pub(crate) fn prepare(markdown: &str, settings: &Settings, page: bool) -> String {
    let mut prepared = markdown.to_owned();
    for fence in admonitions(markdown, settings).iter().rev() {
        let span = fence.span.clone();
        let next = markdown[span.end..].lines().nth(1);
        if page && next.is_some_and(|line| !line.trim().is_empty()) {
            prepared.insert(span.end, '\n');
        }
        let kept = markdown[span.clone()].trim_end().len();
        prepared.replace_range(span.start + kept..span.end, "");
    }
    prepared
}

/// The opening tag of a box, as mdbook-admonish writes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Opening<'a> {
    element: &'a str,
    id: &'a str,
    class: &'a str,
    titled: bool,
}

impl<'a> Opening<'a> {
    pub(crate) fn read(html: &'a str) -> Option<Self> {
        let tag = html.trim().strip_prefix('<')?.strip_suffix('>')?;
        let (element, rest) = tag.split_once(" id=\"")?;
        let (id, rest) = rest.split_once("\" class=\"admonition admonish-")?;
        let (class, rest) = rest.split_once("\" role=\"note\"")?;
        let titled = rest == format!(" aria-labelledby=\"{id}-title\"");
        (["div", "details"].contains(&element) && (titled || rest.is_empty())).then_some(Opening {
            element,
            id,
            class,
            titled,
        })
    }
}

/// Makes the boxes of a page accessible.
///
/// - Ids are unique on the page: `id` of the author's stays, others step aside.
/// - The kind is said in words, `<span class="admonition-kind">`, where the
///   title doesn't say it: colour and icon reach only some readers.
/// - The empty link to the box gets the title as its name; in a collapsible's
///   summary, which is itself a button, it is taken out.
/// - A box without a title gets the kind as its name.
/// - `role="note"` goes from `<details>`, which it would keep from being one.
/// - A title's id names the kind. mdBook's print page renames an id that an
///   earlier chapter has, but not what refers to it; so the same id may only
///   mean the same words.
pub(crate) fn mend(markdown: &str, page: &str, settings: &Settings, meanings: &Meanings) -> String {
    let marks = marks(markdown, settings);
    let mut ids = Ids::of_chapter(markdown, settings);
    let meaning = |opening: &String| meanings.get(opening)?.as_ref().ok();
    for mark in &marks {
        let meaning = mark.fence.as_ref().and_then(|f| meaning(&f.opening));
        if let Some(id) = meaning.and_then(|meaning| meaning.id.as_deref()) {
            ids.take(id);
        }
    }

    let mut marks = marks.into_iter();
    // Old id, new id, new title id, label, whether collapsible.
    let mut current: Option<Box_> = None;
    let mut edits = Vec::new();
    for piece in pieces(page, settings.page()) {
        let Piece::Html { span, .. } = piece else {
            continue;
        };
        let html = page[span.clone()].trim();
        let start = span.start + page[span].find(html).unwrap_or_default();
        if let Some(opening) = Opening::read(html) {
            current = None;
            let Some(fence) = marks.next().and_then(|mark| mark.fence) else {
                continue;
            };
            let Some(meaning) = meaning(&fence.opening) else {
                continue;
            };
            let id = match &meaning.id {
                Some(id) => id.clone(),
                None => ids.free(opening.id),
            };
            let kind = opening.class.split(' ').next().unwrap_or_default();
            let title_id = ids.free(&format!("{id}-{kind}-title"));
            let title = meaning.title.as_deref().or(settings.default_title());
            let said = title.is_none_or(|title| title.eq_ignore_ascii_case(&meaning.label));
            let now = Box_ {
                old_id: opening.id.to_owned(),
                id,
                title_id,
                label: escape(&meaning.label),
                said,
                collapsible: opening.element == "details",
            };
            edits.push((start, html.len(), now.opening_tag(&opening)));
            current = Some(now);
        } else if let Some(now) = &current
            && let Some(new) = now.line(html)
        {
            edits.push((start, html.len(), new));
        }
    }

    let mut mended = page.to_owned();
    for (start, length, new) in edits.iter().rev() {
        mended.replace_range(*start..start + length, new);
    }
    mended
}

/// A box on its way from mdbook-admonish's HTML to ours.
struct Box_ {
    old_id: String,
    id: String,
    title_id: String,
    label: String,
    /// Whether the title itself says the kind.
    said: bool,
    collapsible: bool,
}

impl Box_ {
    fn opening_tag(&self, old: &Opening<'_>) -> String {
        let Box_ {
            id,
            title_id,
            label,
            ..
        } = self;
        let name = if self.collapsible {
            String::new()
        } else if old.titled {
            format!(" role=\"note\" aria-labelledby=\"{title_id}\"")
        } else {
            format!(" role=\"note\" aria-label=\"{label}\"")
        };
        let Opening { element, class, .. } = old;
        format!("<{element} id=\"{id}\" class=\"admonition admonish-{class}\"{name}>")
    }

    /// What becomes of a line of the title bar; none for any other line.
    fn line(&self, html: &str) -> Option<String> {
        let Box_ {
            old_id,
            id,
            title_id,
            label,
            ..
        } = self;
        if html == format!("<div id=\"{old_id}-title\">") {
            let kind = if self.said {
                String::new()
            } else {
                format!("<span class=\"admonition-kind\">{label}</span>")
            };
            Some(format!("<div id=\"{title_id}\">{kind}"))
        } else if html == format!("<a class=\"admonition-anchor-link\" href=\"#{old_id}\"></a>") {
            Some(if self.collapsible {
                String::new()
            } else {
                format!(
                    "<a class=\"admonition-anchor-link\" href=\"#{id}\" aria-labelledby=\"{title_id}\"></a>"
                )
            })
        } else {
            None
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
