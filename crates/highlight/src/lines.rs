//! A block's lines as mdBook shows and hides them.

/// A line, or any piece of text, with its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text as the page has it: a hidden line's `# ` is off.
    pub text: String,
    /// Whether it is there only on demand.
    pub hidden: bool,
}

impl Line {
    /// Text that is shown.
    pub fn shown(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            hidden: false,
        }
    }
}

/// The lines of a Rust block. A `#`, alone or with a space behind it, hides its line; of `##` one
/// is dropped; neither cares whether a string or a comment is open. The last has no end.
pub fn of_rust(code: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = code.lines().map(rust_line).collect();
    let ends = lines.len().saturating_sub(1);
    for line in &mut lines[..ends] {
        line.text.push('\n');
    }
    lines
}

fn rust_line(line: &str) -> Line {
    let body = line.trim_start();
    let indent = &line[..line.len() - body.len()];
    let Some(rest) = body.strip_prefix('#') else {
        return Line::shown(line);
    };
    match rest.chars().next() {
        Some('#') => Line::shown(format!("{indent}{rest}")),
        None | Some(' ') => Line {
            text: format!("{indent}{}", rest.strip_prefix(' ').unwrap_or(rest)),
            hidden: true,
        },
        Some(_) => Line::shown(line),
    }
}

/// The program that a run button sends: with a hidden `main`, if it has none.
pub fn with_main(code: &str) -> String {
    if code.contains("fn main") || code.contains("quick_main!") {
        return code.to_owned();
    }
    let (attributes, code) = code.split_at(end_of_attributes(code));
    let end = match code.is_empty() || code.ends_with('\n') {
        true => "",
        false => "\n",
    };
    format!("# #![allow(unused)]\n{attributes}# fn main() {{\n{code}{end}# }}")
}

/// Where the inner attributes at a program's beginning end; 0 without any.
///
/// As in mdBook's pattern, white space counts with them, a first line's indent included; and where
/// it ends inside a line, so do they.
fn end_of_attributes(code: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &code[end..];
        let attribute = rest.trim_start_matches([' ', '\t']);
        if attribute.starts_with("#![") {
            end += rest.find('\n').map_or(rest.len(), |at| at + 1);
            continue;
        }
        let space = rest.len() - rest.trim_start().len();
        end += space;
        if space == 0 || !code[..end].ends_with('\n') {
            break;
        }
    }
    match code[..end].trim().is_empty() {
        true => 0,
        false => end,
    }
}
