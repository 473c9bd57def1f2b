//! A message and its program on the page: what one speaks of is marked in the other.
//!
//! A stretch of the program, and every piece of the message that speaks of it, have one class,
//! `m1` and so on: with the style sheet's `:has()`, one that is pointed at or has the focus shows
//! the other. A line on which such a stretch begins or ends has an id, and its number in the
//! message is a link to it, which needs neither.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lines::Line;
use crate::quotation::{self, Mark, Of, Piece};
use crate::span::Wrap;

/// A program that messages speak of.
#[derive(Debug, Default)]
pub struct Related {
    /// The id of the group that both stand in; its lines' begin with it.
    id: String,
    marks: Vec<Mark>,
    /// Those that are linked to, from 0.
    lines: BTreeSet<usize>,
}

impl Related {
    /// A program without a message yet.
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            ..Self::default()
        }
    }

    /// Whether no message speaks of it.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Takes in a message about these lines, and gives what is to be wrapped in it.
    pub fn read(&mut self, message: &str, lines: &[Line]) -> Vec<Wrap> {
        let program: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        let pieces = quotation::read(message, &program, &mut self.marks);
        let wraps = pieces.iter().flat_map(|piece| self.around(piece)).collect();
        let linked = pieces.iter().filter_map(|it| match it.of {
            Of::End { line, .. } => Some(line),
            _ => None,
        });
        self.lines.extend(linked);
        wraps
    }

    /// A piece of a message.
    fn around(&self, piece: &Piece) -> Vec<Wrap> {
        let classes: Vec<_> = piece.marks.iter().map(|mark| class(*mark)).collect();
        let classes = classes.join(" ");
        let around = |before: &str, behind: &str| {
            Wrap::span(
                piece.range.clone(),
                &format!("class=\"{before}{classes}{behind}\""),
            )
        };
        match &piece.of {
            Of::Words { primary: true } => vec![around("", " primary")],
            Of::Words { .. } => vec![around("", "")],
            Of::Line => vec![around("quoted ", "")],
            Of::End { number, line } => {
                let open = format!(
                    "<a class=\"to-line\" href=\"#{}\" aria-label=\"line {}\">",
                    self.line_id(*line),
                    line + 1
                );
                let link = Wrap {
                    range: number.clone(),
                    open,
                    close: "</a>",
                };
                vec![around("quoted ", ""), link]
            }
        }
    }

    /// The attributes of a line that is linked to.
    pub fn line(&self, line: usize) -> Option<String> {
        let linked = self.lines.contains(&line);
        linked.then(|| format!("id=\"{}\" data-line=\"{}\"", self.line_id(line), line + 1))
    }

    fn line_id(&self, line: usize) -> String {
        format!("{}-l{}", self.id, line + 1)
    }

    /// What is to be wrapped in the program: a mark of many lines is on each of them.
    pub fn wraps(&self, lines: &[Line]) -> Vec<Wrap> {
        let mut wraps = Vec::new();
        let mut at = 0;
        for (number, line) in lines.iter().enumerate() {
            let text = line.text.trim_end();
            if let (Some(attributes), false) = (self.line(number), line.hidden) {
                let all = at..at + text.len();
                wraps.push(Wrap::span(all, &format!("class=\"line\" {attributes}")));
            }
            for (class_number, mark) in self.marks.iter().enumerate() {
                let Some(range) = on_line(mark, number, text) else {
                    continue;
                };
                let kind = if mark.primary { " primary" } else { "" };
                wraps.push(Wrap::span(
                    at + range.start..at + range.end,
                    &format!("class=\"{}{kind}\"", class(class_number)),
                ));
            }
            at += line.text.len();
        }
        wraps
    }
}

fn class(mark: usize) -> String {
    format!("m{}", mark + 1)
}

/// The bytes of a mark on a line, of which this is the text: white space around it is left out.
fn on_line(mark: &Mark, number: usize, text: &str) -> Option<Range<usize>> {
    if !(mark.start.0..=mark.end.0).contains(&number) {
        return None;
    }
    let indent = text.len() - text.trim_start().len();
    let start = match mark.start.0 == number {
        true => byte(text, mark.start.1),
        false => indent,
    };
    let end = match mark.end.0 == number {
        true => byte(text, mark.end.1),
        false => text.len(),
    };
    (start < end).then_some(start..end)
}

/// The byte at which a column begins: a tab is drawn as four of them.
fn byte(text: &str, column: usize) -> usize {
    let mut at = 0;
    let mut widths = text.char_indices();
    let begun = widths.find(|(_, c)| {
        let here = at;
        at += if *c == '\t' { 4 } else { 1 };
        here >= column
    });
    begun.map_or(text.len(), |(byte, _)| byte)
}
