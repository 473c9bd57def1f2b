//! What a compiler's message quotes of its program, and what it points at there.
//!
//! ```text
//! 5 |     let child = thread::spawn(|| numbers.iter().sum::<i32>());
//!   |                               ^^ ------- `numbers` is borrowed here
//!   |                               |
//!   |                               may outlive borrowed value `numbers`
//! ```
//!
//! A line is believed only if the program has exactly this text at that number; all lines of a
//! quotation are, or none is. Lines that the compiler suggests are none of the program's.

use std::ops::Range;

/// A stretch of the program that a message points at: lines from 0, and columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where it begins.
    pub start: (usize, usize),
    /// Where it ends; the column is one behind the last.
    pub end: (usize, usize),
    /// Whether it is the fault itself (`^`), or what has to do with it (`-`).
    pub primary: bool,
}

/// A piece of a message that speaks of marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the message.
    pub range: Range<usize>,
    /// Which marks.
    pub marks: Vec<usize>,
    /// What piece it is.
    pub of: Of,
}

/// What piece of a message speaks of marks.
#[derive(Debug, PartialEq, Eq)]
pub enum Of {
    /// A mark's signs, and the words about it.
    Words { primary: bool },
    /// A quoted line.
    Line,
    /// A quoted line on which a mark begins or ends: the bytes of its number, and the line, from 0.
    End { number: Range<usize>, line: usize },
}

/// What a message points at, and where it says so.
struct Quotations<'m> {
    /// No two are the same.
    marks: &'m mut Vec<Mark>,
    pieces: Vec<Piece>,
}

/// A line of a message: where it begins, and its characters.
struct Text {
    at: usize,
    chars: Vec<char>,
}

impl Text {
    fn get(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or(' ')
    }

    /// The bytes of some of its characters.
    fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        let len = |chars: &[char]| chars.iter().map(|c| c.len_utf8()).sum::<usize>();
        let start = self.at + len(&self.chars[..chars.start]);
        start..start + len(&self.chars[chars])
    }
}

/// A quoted line, and what stands below it. Both begin behind the gutter.
struct Quoted {
    line: usize,
    number: Range<usize>,
    text: Text,
    rows: Vec<Text>,
}

/// What stands in a message's line, by its gutter.
enum Gutter {
    /// `5 |`, with its number's bytes.
    Source(usize, Range<usize>),
    /// `  |`, and `...  |` where lines are left out.
    Row,
    /// `...`
    Gap,
    /// `5 +`, `5 -`, `5 ~`
    Suggestion,
    Other,
}

/// Reads a message about a program of these lines: its pieces, in order. What it points at and
/// `marks` hasn't yet is added there.
pub fn read(message: &str, program: &[&str], marks: &mut Vec<Mark>) -> Vec<Piece> {
    let mut found = Quotations {
        marks,
        pieces: Vec::new(),
    };
    let mut open: Vec<Quoted> = Vec::new();
    let mut suggestion = false;
    let mut at = 0;
    for line in message.split_inclusive('\n') {
        let (gutter, len) = gutter(line.trim_end());
        let text = Text {
            at: at + len,
            chars: line[len..].trim_end().chars().collect(),
        };
        match gutter {
            Gutter::Source(number, range) => open.push(Quoted {
                line: number.wrapping_sub(1),
                number: at + range.start..at + range.end,
                text,
                rows: Vec::new(),
            }),
            Gutter::Row => {
                let changes = |c: &char| matches!(c, '+' | '~');
                let signs = || text.chars.iter().filter(|c| **c != ' ');
                suggestion |= signs().next().is_some() && signs().all(changes);
                if let Some(quoted) = open.last_mut() {
                    quoted.rows.push(text);
                }
            }
            Gutter::Gap => {}
            Gutter::Suggestion => suggestion = true,
            Gutter::Other => {
                found.add(std::mem::take(&mut open), suggestion, program);
                suggestion = false;
            }
        }
        at += line.len();
    }
    found.add(open, suggestion, program);
    found.pieces.sort_by_key(|piece| piece.range.start);
    found.pieces
}

/// A line's gutter, and its length.
fn gutter(line: &str) -> (Gutter, usize) {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let body = &line[indent..];
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = body[digits..].trim_start_matches(' ');
    let end = line.len() - sign.len() + sign.chars().next().map_or(0, char::len_utf8);
    let gap = line.starts_with("...").then(|| line[3..].trim_start());
    match (sign.chars().next(), digits) {
        _ if gap == Some("") => (Gutter::Gap, line.len()),
        _ if gap.is_some_and(|gap| gap.starts_with('|')) => {
            (Gutter::Row, line.find('|').unwrap_or(0) + 1)
        }
        (Some('|'), 0) if indent > 0 => (Gutter::Row, end),
        (Some('|'), 1..) => {
            let number = indent..indent + digits;
            let value = line[number.clone()].parse().unwrap_or(0);
            (Gutter::Source(value, number), end)
        }
        (Some('+' | '-' | '~'), 1..) => (Gutter::Suggestion, line.len()),
        _ => (Gutter::Other, 0),
    }
}

impl Quotations<'_> {
    fn add(&mut self, lines: Vec<Quoted>, suggestion: bool, program: &[&str]) {
        if suggestion || lines.is_empty() {
            return;
        }
        let Some(snippet) = Snippet::read(&lines, program) else {
            return;
        };
        let numbers: Vec<_> = snippet
            .marks
            .iter()
            .map(|mark| self.number(*mark))
            .collect();
        let numbered = |marks: &[usize]| {
            let mut marks: Vec<_> = marks.iter().map(|mark| numbers[*mark]).collect();
            marks.sort_unstable();
            marks.dedup();
            marks
        };
        for (range, mark) in &snippet.words {
            self.pieces.push(Piece {
                range: range.clone(),
                marks: vec![numbers[*mark]],
                of: Of::Words {
                    primary: snippet.marks[*mark].primary,
                },
            });
        }
        for quoted in &lines {
            let all = snippet.marks.iter().enumerate();
            let on = all.filter(|(_, mark)| (mark.start.0..=mark.end.0).contains(&quoted.line));
            let on: Vec<_> = on.map(|(at, _)| at).collect();
            if on.is_empty() {
                continue;
            }
            let ends = |at: &usize| {
                let mark = snippet.marks[*at];
                [mark.start.0, mark.end.0].contains(&quoted.line)
            };
            let end = quoted.text.bytes(0..quoted.text.chars.len()).end;
            self.pieces.push(Piece {
                range: quoted.number.start..end,
                marks: numbered(&on),
                of: match on.iter().any(ends) {
                    true => Of::End {
                        number: quoted.number.clone(),
                        line: quoted.line,
                    },
                    false => Of::Line,
                },
            });
        }
    }

    fn number(&mut self, mark: Mark) -> usize {
        let known = self.marks.iter().position(|known| *known == mark);
        known.unwrap_or_else(|| {
            self.marks.push(mark);
            self.marks.len() - 1
        })
    }
}

/// The marks of lines that are quoted together, and the words about them.
#[derive(Default)]
struct Snippet {
    marks: Vec<Mark>,
    words: Vec<(Range<usize>, usize)>,
}

/// A stretch of more than one line that has begun: the column of its bar, and its place.
struct Begun {
    bar: usize,
    start: (usize, usize),
}

impl Snippet {
    /// None if the program has other lines, or if the frame isn't drawn as expected.
    fn read(lines: &[Quoted], program: &[&str]) -> Option<Self> {
        let mut left = None;
        for quoted in lines {
            let code = shown(program.get(quoted.line)?);
            // How wide other characters are drawn isn't known here.
            if !code.is_ascii() {
                return None;
            }
            if code.is_empty() {
                continue;
            }
            let text: String = quoted.text.chars.iter().collect();
            let bars = text.strip_suffix(code.as_str())?;
            if !bars.chars().all(|c| matches!(c, ' ' | '|' | '/'))
                || *left.get_or_insert(bars.len()) != bars.len()
            {
                return None;
            }
        }
        let left = left?;
        let mut snippet = Self::default();
        let mut begun = Vec::new();
        for quoted in lines {
            let code = shown(program[quoted.line]);
            snippet.line(quoted, left, &code, &mut begun)?;
        }
        begun.is_empty().then_some(snippet)
    }

    fn line(
        &mut self,
        quoted: &Quoted,
        left: usize,
        code: &str,
        begun: &mut Vec<Begun>,
    ) -> Option<()> {
        let from = self.marks.len();
        let number = quoted.line;
        if let Some(bar) = (0..left).find(|at| quoted.text.get(*at) == '/') {
            let column = code.len() - code.trim_start().len();
            begun.push(Begun {
                bar,
                start: (number, column),
            });
        }
        let Some(signs) = quoted.rows.first() else {
            return Some(());
        };
        // The columns at which something longer than its line begins or ends.
        let mut far = Vec::new();
        for row in &quoted.rows {
            for at in 1..left {
                if row.get(at) != '_' || row.get(at - 1) == '_' {
                    continue;
                }
                let end = connected(row, at);
                let sign = signs.get(end);
                if end < left || !is_sign(sign) {
                    return None;
                }
                let (bar, column) = (at - 1, end - left);
                far.push(column);
                if row.get(bar) != '|' {
                    begun.push(Begun {
                        bar,
                        start: (number, column),
                    });
                    continue;
                }
                let start = begun.iter().position(|it| it.bar == bar)?;
                self.marks.push(Mark {
                    start: begun.remove(start).start,
                    end: (number, column + 1),
                    primary: sign == '^',
                });
                if std::ptr::eq(row, signs) {
                    let mark = self.marks.len() - 1;
                    self.words
                        .push((row.bytes(at..label_end(row, end + 1, code, left)), mark));
                }
            }
        }
        self.underlined(quoted, left, code, &far)?;
        self.labelled(quoted, left, from);
        Some(())
    }

    /// The marks that begin and end on one line, and what stands beside their signs.
    fn underlined(
        &mut self,
        quoted: &Quoted,
        left: usize,
        code: &str,
        far: &[usize],
    ) -> Option<()> {
        let signs = quoted.rows.first()?;
        let mut at = left;
        while at < signs.chars.len() {
            let before = signs.get(at - 1);
            if !is_sign(signs.get(at)) || !matches!(before, ' ' | '_') {
                at += 1;
                continue;
            }
            let end = (at..).find(|at| !is_sign(signs.get(*at)))?;
            if at - left > code.len() {
                break; // words behind the last sign
            }
            if end - at == 1 && far.contains(&(at - left)) {
                at = end;
                continue;
            }
            let label = match signs.get(end) {
                ' ' => label_end(signs, end, code, left),
                _ => end,
            };
            for (signs_at, stretch, primary) in parts(signs, at..end, left, far) {
                let mark = self.mark(
                    quoted.line,
                    stretch.start - left..stretch.end - left,
                    primary,
                );
                let to = if signs_at.end == end {
                    label
                } else {
                    signs_at.end
                };
                self.words.push((signs.bytes(signs_at.start..to), mark));
            }
            // Where one lies within another with the same sign, a bar says where it begins.
            for inner in at + 1..end {
                let hung = quoted.rows.get(1).is_some_and(|row| row.get(inner) == '|');
                if !hung
                    || signs.get(inner) != signs.get(inner - 1)
                    || far.contains(&(inner - left))
                {
                    continue;
                }
                let token = token(code, inner - left).min(end - inner);
                let column = inner - left;
                self.mark(quoted.line, column..column + token, signs.get(inner) == '^');
            }
            at = label;
        }
        Some(())
    }

    /// The labels below the signs: each begins in the column where its mark does, or where
    /// something longer ends.
    fn labelled(&mut self, quoted: &Quoted, left: usize, from: usize) {
        for row in quoted.rows.iter().skip(1) {
            let end = row.chars.len();
            let hung = |at: usize| -> Vec<usize> {
                let all = self.marks.iter().enumerate().skip(from);
                let all = all.filter(|(_, mark)| {
                    let column = match mark.start.0 == mark.end.0 {
                        true => mark.start.1,
                        false => mark.end.1 - 1,
                    };
                    column + left == at
                });
                all.map(|(at, _)| at).collect()
            };
            let label = (left..end).find(|at| !matches!(row.get(*at), ' ' | '|' | '_'));
            let Some(label) = label else { continue };
            // Of two that begin in one column the outer one is named last: not told apart.
            if let [.., mark] = hung(label)[..] {
                self.words.push((row.bytes(label..end), mark));
            }
        }
    }

    fn mark(&mut self, line: usize, columns: Range<usize>, primary: bool) -> usize {
        self.marks.push(Mark {
            start: (line, columns.start),
            end: (line, columns.end),
            primary,
        });
        self.marks.len() - 1
    }
}

/// A line of the program as the compiler draws it.
fn shown(line: &str) -> String {
    line.trim_end().replace('\t', "    ")
}

fn is_sign(c: char) -> bool {
    matches!(c, '^' | '-')
}

/// Where the line drawn from here along a row comes to: it may pass below signs and bars.
fn connected(row: &Text, start: usize) -> usize {
    let mut at = start;
    loop {
        while row.get(at) == '_' {
            at += 1;
        }
        let end = at;
        while is_sign(row.get(at)) {
            at += 1;
        }
        if at == end && row.get(at) == '|' {
            at += 1;
        }
        if at == end || row.get(at) != '_' {
            return end;
        }
    }
}

/// Where the words beside signs end: before the next signs below the program's text.
fn label_end(signs: &Text, from: usize, code: &str, left: usize) -> usize {
    let last = (left + code.len() + 1).min(signs.chars.len());
    let next = (from + 1..last).find(|at| is_sign(signs.get(*at)) && signs.get(at - 1) == ' ');
    let end = next.unwrap_or(signs.chars.len());
    let blank = (from..end).rev().take_while(|at| signs.get(*at) == ' ');
    end - blank.count()
}

/// A mark in a run of signs: its signs, the columns of all of it, and whether it is primary.
type Part = (Range<usize>, Range<usize>, bool);

/// The marks that show in a run of signs without a gap.
fn parts(signs: &Text, run: Range<usize>, left: usize, far: &[usize]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for at in run.clone() {
        let primary = signs.get(at) == '^';
        match parts.last_mut() {
            Some((own, whole, kind)) if *kind == primary => {
                own.end = at + 1;
                whole.end = at + 1;
            }
            _ => parts.push((at..at + 1, at..at + 1, primary)),
        }
    }
    // `^---`: the first sign is that of something longer, drawn over this one's.
    if parts.len() > 1 && parts[0].0.len() == 1 && far.contains(&(run.start - left)) {
        parts.remove(0);
        parts[0].1.start = run.start;
    }
    // `--^^--`: a mark, and another one within it.
    let last = parts.len() - 1;
    if last == 2 && !parts[0].2 {
        parts[0].1.end = run.end;
        parts.remove(last);
    }
    parts
}

/// The length of what stands here: a word, or the same sign over and over.
fn token(code: &str, column: usize) -> usize {
    let rest = &code[column.min(code.len())..];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first = rest.chars().next().unwrap_or(' ');
    let end = match is_word(first) {
        true => rest.find(|c| !is_word(c)),
        false => rest.find(|c| c != first),
    };
    end.unwrap_or(rest.len()).max(1)
}
