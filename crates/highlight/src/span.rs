//! Classified stretches of text, and their HTML.

use std::ops::Range;

use crate::lines::Line;

/// So many bytes of text, and highlight.js's name for what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// In bytes.
    pub len: usize,
    /// Without its `hljs-`; none for plain text.
    pub class: Option<&'static str>,
}

/// An element around a part of a text, that lies on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    /// In bytes.
    pub range: Range<usize>,
    /// Its start tag.
    pub open: String,
    /// Its end tag.
    pub close: &'static str,
}

impl Wrap {
    /// A `span` with these attributes.
    pub fn span(range: Range<usize>, attributes: &str) -> Self {
        Self {
            range,
            open: format!("<span {attributes}>"),
            close: "</span>",
        }
    }
}

/// Writes lines with the spans of their joined text, and elements around parts of it.
///
/// A span is closed at each line's end, so that hidden lines can be set apart inside a string or a
/// comment of many lines. Neighbouring hidden lines share one element, but for those that `named`
/// has attributes for.
pub fn write(
    lines: &[Line],
    spans: &[Span],
    wraps: Vec<Wrap>,
    named: impl Fn(usize) -> Option<String>,
    html: &mut String,
) {
    let mut spans = spans.iter().copied();
    let mut open: Option<Span> = None;
    let mut wrapped = Wrapped::new(wraps);
    let mut hidden = false;
    for (number, line) in lines.iter().enumerate() {
        let name = match line.hidden {
            true => named(number),
            false => None,
        };
        if line.hidden != hidden || (hidden && name.is_some()) {
            if hidden {
                html.push_str("</span>");
            }
            match &name {
                Some(name) => html.push_str(&format!("<span class=\"boring line\" {name}>")),
                None if line.hidden => html.push_str("<span class=\"boring\">"),
                None => {}
            }
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
            wrapped.write(&rest[..taken], span.class, html);
            rest = &rest[taken..];
            let left = span.len - taken;
            open = (left > 0).then_some(Span { len: left, ..span });
        }
        if name.is_some() {
            html.push_str("</span>");
            hidden = false;
        }
    }
    if hidden {
        html.push_str("</span>");
    }
    wrapped.close(usize::MAX, html);
}

/// Elements on their way around a text.
struct Wrapped {
    at: usize,
    /// Those to come, the next one last.
    next: Vec<Wrap>,
    /// Those that are open, with their ends.
    open: Vec<(usize, &'static str)>,
}

impl Wrapped {
    fn new(mut wraps: Vec<Wrap>) -> Self {
        // Of those that begin at one place the longest is the outer one.
        wraps.sort_by_key(|wrap| (wrap.range.start, usize::MAX - wrap.range.end));
        wraps.reverse();
        Self {
            at: 0,
            next: wraps,
            open: Vec::new(),
        }
    }

    /// Writes the next piece of the text, cut where an element begins or ends within it.
    fn write(&mut self, mut text: &str, class: Option<&str>, html: &mut String) {
        while !text.is_empty() {
            self.close(self.at, html);
            while self
                .next
                .last()
                .is_some_and(|next| next.range.start <= self.at)
            {
                self.enter(html);
            }
            let ends = self.open.iter().map(|(end, _)| *end);
            let begins = self.next.last().map(|next| next.range.start);
            let cut = ends.chain(begins).min().unwrap_or(usize::MAX) - self.at;
            let (now, later) = text.split_at(cut.min(text.len()));
            piece(now, class, html);
            self.at += now.len();
            text = later;
        }
    }

    /// Opens the next one; where it would outlast the one around it, in two parts.
    fn enter(&mut self, html: &mut String) {
        let Some(mut wrap) = self.next.pop() else {
            return;
        };
        if let Some((end, _)) = self.open.last()
            && *end < wrap.range.end
        {
            let mut rest = wrap.clone();
            rest.range.start = *end;
            wrap.range.end = *end;
            let place = self.next.partition_point(|next| {
                let key = |wrap: &Wrap| (wrap.range.start, usize::MAX - wrap.range.end);
                key(next) > key(&rest)
            });
            self.next.insert(place, rest);
        }
        html.push_str(&wrap.open);
        self.open.push((wrap.range.end, wrap.close));
    }

    fn close(&mut self, at: usize, html: &mut String) {
        while let Some((_, tag)) = self.open.pop_if(|(end, _)| *end <= at) {
            html.push_str(tag);
        }
    }
}

/// White space around a line of a span stays outside of it.
fn piece(text: &str, class: Option<&str>, html: &mut String) {
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
