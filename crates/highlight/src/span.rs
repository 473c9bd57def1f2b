//! Classified stretches of text, and their HTML.

use crate::lines::Line;

/// So many bytes of text, and highlight.js's name for what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// In bytes.
    pub len: usize,
    /// Without its `hljs-`; none for plain text.
    pub class: Option<&'static str>,
}

/// Writes lines with the spans of their joined text.
///
/// A span is closed at each line's end, so that hidden lines can be set apart inside a string or a
/// comment of many lines. Neighbouring hidden lines share one element.
pub fn write(lines: &[Line], spans: &[Span], html: &mut String) {
    let mut spans = spans.iter().copied();
    let mut open: Option<Span> = None;
    let mut hidden = false;
    for line in lines {
        if line.hidden != hidden {
            html.push_str(if line.hidden {
                "<span class=\"boring\">"
            } else {
                "</span>"
            });
            hidden = line.hidden;
        }
        let mut rest = line.text.as_str();
        while !rest.is_empty() {
            // Text behind the last span is plain.
            let span = match open.take().or_else(|| spans.next()) {
                Some(span) => span,
                None => Span {
                    len: rest.len(),
                    class: None,
                },
            };
            let taken = span.len.min(rest.len());
            piece(&rest[..taken], span.class, html);
            rest = &rest[taken..];
            let left = span.len - taken;
            open = (left > 0).then_some(Span { len: left, ..span });
        }
    }
    if hidden {
        html.push_str("</span>");
    }
}

/// White space around a line of a span stays outside of it.
fn piece(text: &str, class: Option<&'static str>, html: &mut String) {
    let Some(class) = class else {
        return escape(text, html);
    };
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let indent = line.len() - line.trim_start().len();
        escape(&line[..indent], html);
        if !body.is_empty() {
            html.push_str("<span class=\"hljs-");
            html.push_str(class);
            html.push_str("\">");
            escape(body, html);
            html.push_str("</span>");
        }
        escape(&line[indent + body.len()..], html);
    }
}

/// Text as HTML, on one line.
pub fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("&#10;"),
            _ => html.push(c),
        }
    }
}
