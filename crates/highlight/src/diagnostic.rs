//! The compiler's messages: what it calls them, the frame of its quotations, and its marks.

use crate::span::Span;

/// Classifies all of `message`, line by line.
pub fn spans(message: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for line in message.split_inclusive('\n') {
        let gutter = gutter(line);
        let (frame, rest) = line.split_at(gutter);
        spans.push(Span {
            len: frame.len(),
            class: Some("comment"),
        });
        let quoted = frame.contains(|c: char| c.is_ascii_digit());
        match frame.is_empty() || frame.trim_end().ends_with('=') {
            true => label(rest, &mut spans),
            false if quoted || frame.contains("-->") => spans.push(plain(rest)),
            false => marks(rest, &mut spans),
        }
    }
    spans
}

fn plain(text: &str) -> Span {
    Span {
        len: text.len(),
        class: None,
    }
}

/// The length of what frames a quotation: a line's number and bar, an arrow, or dots.
fn gutter(line: &str) -> usize {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &body[digits..];
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let sign = &after[spaces..];
    let framed = |sign_len: usize| indent + digits + spaces + sign_len;
    if sign.starts_with('|') || (digits > 0 && spaces > 0 && sign.starts_with(['+', '-', '~'])) {
        framed(1)
    } else if digits == 0 && (body.starts_with("-->") || body.starts_with(":::")) {
        framed(3)
    } else if digits == 0 && indent > 0 && (body.starts_with("= ")) {
        framed(1)
    } else if line.trim_end() == "..." {
        line.trim_end().len()
    } else {
        0
    }
}

/// What is said in words, and not drawn below a quotation: it may be broken into lines.
fn said(text: &str) -> Span {
    Span {
        len: text.len(),
        class: Some("said"),
    }
}

/// `error[E0382]:` and `= note:`.
fn label(text: &str, spans: &mut Vec<Span>) {
    let body = text.trim_start();
    let indent = text.len() - body.len();
    let word: &str = body.split([':', '[']).next().unwrap_or_default();
    let class = match word {
        "error" | "warning" => "variable",
        "note" | "help" => "title",
        _ => return spans.push(said(text)),
    };
    let end = body.find(':').map_or(0, |at| at + 1);
    spans.push(plain(&text[..indent]));
    spans.push(Span {
        len: end,
        class: Some(class),
    });
    spans.push(said(&body[end..]));
}

/// Under a quotation: `^^^` points at the fault, `---` at what has to do with it; the words behind
/// a mark belong to it.
fn marks(text: &str, spans: &mut Vec<Span>) {
    let mut class = match text.contains('^') {
        true => "variable",
        false => "title",
    };
    let mut start = 0;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        // A hyphen inside a word is none of the marks.
        let marked = match c {
            '^' => Some("variable"),
            '-' if !previous.is_alphanumeric() => Some("title"),
            _ => None,
        };
        previous = c;
        if let Some(marked) = marked.filter(|marked| *marked != class) {
            spans.push(Span {
                len: at - start,
                class: Some(class),
            });
            (start, class) = (at, marked);
        }
    }
    spans.push(Span {
        len: text.len() - start,
        class: Some(class),
    });
}
