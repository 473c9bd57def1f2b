//! Finds a chapter's fences, and puts HTML in their place.

use mdbook_markdown::new_cmark_parser;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::Settings;
use crate::fence::Fence;

/// A chapter's Markdown, its fences replaced by highlighted HTML.
pub fn chapter(markdown: &str, settings: &Settings) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    let mut copied = 0;
    let mut open: Option<(Fence, String)> = None;
    for (event, range) in new_cmark_parser(markdown, &settings.markdown()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some((Fence::new(&info), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((fence, code)) = open.take() else {
                    continue;
                };
                if let Some(html) = fence.html(&code, settings) {
                    // A fence that is never closed takes its last line's end along.
                    let fenced = markdown[range.clone()].trim_end();
                    out.push_str(&markdown[copied..range.start]);
                    out.push_str(&html);
                    copied = range.start + fenced.len();
                }
            }
            _ => {}
        }
    }
    out.push_str(&markdown[copied..]);
    out
}
