//! Languages of few words: shells, TOML, Python.

use crate::span::Span;

/// What is told apart in a language.
struct Language {
    keywords: &'static [&'static str],
    literals: &'static [&'static str],
    /// Three quotes begin a string of many lines.
    long_strings: bool,
    /// A line's first word is a command, or a key up to its `=`.
    first: First,
}

#[derive(PartialEq)]
enum First {
    Command,
    Key,
    Nothing,
}

const SHELL: Language = Language {
    keywords: &[
        "case", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if",
        "in", "then", "until", "while",
    ],
    literals: &[],
    long_strings: false,
    first: First::Command,
};

const TOML: Language = Language {
    keywords: &[],
    literals: &["true", "false", "inf", "nan"],
    long_strings: true,
    first: First::Key,
};

const PYTHON: Language = Language {
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
        "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
        "yield",
    ],
    literals: &["True", "False", "None"],
    long_strings: true,
    first: First::Nothing,
};

/// Classifies all of `code`; nothing of a language that isn't known.
pub fn spans(language: &str, code: &str) -> Vec<Span> {
    let language = match language {
        "sh" | "shell" | "bash" | "zsh" | "console" => &SHELL,
        "toml" => &TOML,
        "python" | "py" => &PYTHON,
        _ => return Vec::new(),
    };
    let mut spans = Vec::new();
    let mut rest = code;
    let mut line_begins = true;
    while let Some(c) = rest.chars().next() {
        let (len, class) = language.next(rest, line_begins);
        spans.push(Span { len, class });
        line_begins = c == '\n' || (line_begins && (c.is_whitespace() || c == '$'));
        rest = &rest[len..];
    }
    spans
}

impl Language {
    /// The length and the class of what a text begins with.
    fn next(&self, text: &str, line_begins: bool) -> (usize, Option<&'static str>) {
        let first = text.chars().next().unwrap_or_default();
        match first {
            '#' => (text.find('\n').unwrap_or(text.len()), Some("comment")),
            '"' | '\'' => (self.string(text, first), Some("string")),
            '$' if line_begins && text.starts_with("$ ") => (1, Some("meta")),
            '[' if line_begins && self.first == First::Key => {
                let line = text.lines().next().unwrap_or(text);
                (line.rfind(']').map_or(1, |at| at + 1), Some("section"))
            }
            _ if self.is_word(first) => {
                let word = text.find(|c| !self.is_word(c)).unwrap_or(text.len());
                (word, self.word(&text[..word], &text[word..], line_begins))
            }
            _ => (first.len_utf8(), None),
        }
    }

    /// The length of the string that a text begins with: at most its line, or three quotes' reach.
    fn string(&self, text: &str, quote: char) -> usize {
        let long = String::from(quote).repeat(3);
        if self.long_strings && text.starts_with(&long) {
            return text[3..].find(&long).map_or(text.len(), |at| at + 6);
        }
        let mut escaped = false;
        for (at, c) in text.char_indices().skip(1) {
            match c {
                '\n' => return at,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if c == quote => return at + 1,
                _ => {}
            }
        }
        text.len()
    }

    fn word(&self, word: &str, rest: &str, line_begins: bool) -> Option<&'static str> {
        if self.keywords.contains(&word) {
            Some("keyword")
        } else if self.literals.contains(&word) {
            Some("literal")
        } else if line_begins && self.first == First::Command {
            Some("built_in")
        } else if self.first == First::Key && rest.trim_start_matches(' ').starts_with('=') {
            Some("attr")
        } else if word.starts_with(|c: char| c.is_ascii_digit()) && self.first != First::Command {
            Some("number")
        } else {
            None
        }
    }

    /// Commands and keys hold signs that an expression doesn't.
    fn is_word(&self, c: char) -> bool {
        c.is_alphanumeric()
            || c == '_'
            || (self.first != First::Nothing && matches!(c, '-' | '.' | '/'))
    }
}
