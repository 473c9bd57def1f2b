//! One change to one file, and what it must come to.

use super::catcher::Catcher;

/// A guard that is taken out or weakened.
#[derive(Debug)]
pub struct Mutant {
    /// The line of the table at which its entry begins.
    pub line: usize,
    /// The file, relative to the repository's root, with `/` between its parts.
    pub file: String,
    /// The line of the file at which `text` begins.
    pub place: usize,
    /// What stands there once.
    pub text: String,
    /// What is put in its place.
    pub replacement: String,
    /// The `unsafe` that would be wrong without it, if that isn't in `text`: for the house rule
    /// that each has a mutant.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test asks for it"))]
    pub guards: Option<String>,
    /// What a program could do then.
    pub why: String,
    /// What must become of it.
    pub expected: Expected,
}

/// What the table promises of a mutant.
#[derive(Debug)]
pub enum Expected {
    /// This one fails.
    Caught(Catcher),
    /// Nobody could notice, and why.
    Equivalent(String),
}

impl Mutant {
    /// The name of the package that the file is in, which is its folder's: of
    /// `crates/mutex/src/mutex.rs` it is `mutex`, of `examples/condvar.rs` it is `examples`.
    pub fn package(&self) -> &str {
        let folder = self.file.strip_prefix("crates/").unwrap_or(&self.file);
        folder.split('/').next().unwrap_or(folder)
    }

    /// `crates/mutex/src/mutex.rs:36: "while" -> "if"`.
    pub fn change(&self) -> String {
        format!(
            "{}:{}: {} -> {}",
            self.file,
            self.place,
            one_line(&self.text),
            one_line(&self.replacement)
        )
    }

    /// How to see the same without this command.
    pub fn by_hand(&self, command: &str) -> String {
        format!(
            "            why it matters: {}\n            by hand: in {}, put\n{}\n            in the place of\n{}\n            and then: {command}\n            a test must fail there; write it, or name the one that does in mutants.toml:{}",
            self.why,
            self.file,
            indented(&self.replacement),
            indented(&self.text),
            self.line,
        )
    }
}

/// Without line breaks and indents.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.is_empty() {
        true => "nothing".to_owned(),
        false => format!("`{}`", words.join(" ")),
    }
}

fn indented(text: &str) -> String {
    match text.trim().is_empty() {
        true => "                (nothing)".to_owned(),
        false => {
            let lines: Vec<String> = text
                .trim_end()
                .lines()
                .map(|line| format!("                {line}"))
                .collect();
            lines.join("\n")
        }
    }
}
