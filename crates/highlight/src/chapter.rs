//! Finds a chapter's fences, and puts HTML in their place.

use std::ops::Range;

use mdbook_markdown::new_cmark_parser;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::Settings;
use crate::fence::Fence;
use crate::relate::Related;

/// A fence and its place.
struct Found {
    fence: Fence,
    code: String,
    range: Range<usize>,
    /// The id of the group of a program and its results that it stands in.
    group: Option<String>,
}

/// A chapter's Markdown, its fences replaced by highlighted HTML.
pub fn chapter(markdown: &str, settings: &Settings) -> String {
    let fences = fences(markdown, settings);
    let mut out = String::with_capacity(markdown.len() * 2);
    let mut copied = 0;
    let mut at = 0;
    while at < fences.len() {
        let end = at + group(&fences[at..], settings);
        for (found, html) in fences[at..end].iter().zip(set(&fences[at..end], settings)) {
            if let Some(html) = html {
                out.push_str(&markdown[copied..found.range.start]);
                out.push_str(&html);
                copied = found.range.end;
            }
        }
        at = end;
    }
    out.push_str(&markdown[copied..]);
    out
}

fn fences(markdown: &str, settings: &Settings) -> Vec<Found> {
    let mut fences: Vec<Found> = Vec::new();
    let mut open: Option<Fence> = None;
    let mut code = String::new();
    let mut group = None;
    for (event, range) in new_cmark_parser(markdown, &settings.markdown()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some(Fence::new(&info));
            }
            Event::Text(text) if open.is_some() => code.push_str(&text),
            Event::Html(html) => group = group_of(&html).unwrap_or(group),
            Event::End(TagEnd::CodeBlock) => {
                let Some(fence) = open.take() else {
                    continue;
                };
                // A fence that is never closed takes its last line's end along.
                let fenced = markdown[range.clone()].trim_end();
                fences.push(Found {
                    fence,
                    code: std::mem::take(&mut code),
                    range: range.start..range.start + fenced.len(),
                    group: group.clone(),
                });
            }
            _ => {}
        }
    }
    fences
}

/// The id of the group of mdbook-verdict's that a line of HTML opens; none for one without an id.
fn group_of(html: &str) -> Option<Option<String>> {
    let (_, group) = html.split_once("<div class=\"verdict")?;
    let tag = group.split('>').next()?;
    let id = tag
        .split_once("id=\"")
        .and_then(|(_, id)| id.split('"').next());
    Some(id.map(str::to_owned))
}

/// How many fences from the first on are a program and what belongs to it.
fn group(fences: &[Found], settings: &Settings) -> usize {
    let [first, rest @ ..] = fences else { return 0 };
    if first.group.is_none() || !first.fence.is_program(settings) {
        return 1;
    }
    let belongs = |it: &&Found| it.group == first.group && !it.fence.is_program(settings);
    1 + rest.iter().take_while(belongs).count()
}

/// The HTML of a program and what belongs to it, or of a single fence.
fn set(fences: &[Found], settings: &Settings) -> Vec<Option<String>> {
    let [first, rest @ ..] = fences else {
        return Vec::new();
    };
    let lines = first.fence.lines(&first.code, settings);
    let mut related = Related::new(first.group.as_deref().unwrap_or_default());
    let mut all = vec![None];
    for found in rest {
        let wraps = match found.fence.is_message() {
            true => related.read(&found.code, &lines),
            false => Vec::new(),
        };
        all.push(found.fence.html(&found.code, settings, None, wraps));
    }
    let wraps = related.wraps(&lines);
    let related = (!related.is_empty()).then_some(&related);
    all[0] = first.fence.html(&first.code, settings, related, wraps);
    all
}
