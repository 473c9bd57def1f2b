//! `mutants.toml`, read and held against the files that it speaks of.

use std::fmt;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde::Deserialize;

use super::catcher::Catcher;
use super::mutant::{Expected, Mutant};

/// The table's name, in the repository's root.
pub const FILE: &str = "mutants.toml";

/// All mutants, in the order of the file.
#[derive(Debug)]
pub struct Table {
    pub mutants: Vec<Mutant>,
}

/// What is wrong with the table, each with its line.
#[derive(Debug)]
pub struct Broken(Vec<Fault>);

#[derive(Debug)]
struct Fault {
    line: usize,
    what: String,
}

impl Table {
    /// Reads the table; every text must stand once in its file, every catcher must exist.
    pub fn read(root: &Path) -> Result<Table, Broken> {
        let text = fs::read_to_string(root.join(FILE))
            .map_err(|error| Broken::one(1, format!("can't be read: {error}")))?;
        let raw: Raw = toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            Broken::one(line_of(&text, start), error.message().to_owned())
        })?;
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.trim() == "[[mutant]]")
            .map(|(index, _)| index + 1);
        let mut table = Table { mutants: vec![] };
        let mut faults = vec![];
        for (entry, line) in raw.mutant.into_iter().zip(lines) {
            match entry.settle(root, line) {
                Ok(mutant) => table.mutants.push(mutant),
                Err(what) => faults.push(Fault { line, what }),
            }
        }
        match faults.is_empty() {
            true => Ok(table),
            false => Err(Broken(faults)),
        }
    }

    /// Those whose file, text or catcher matches.
    pub fn matching(&self, filter: Option<&Regex>) -> Vec<&Mutant> {
        let wanted = |mutant: &&Mutant| {
            let Some(filter) = filter else { return true };
            let catcher = match &mutant.expected {
                Expected::Caught(catcher) => catcher.to_string(),
                Expected::Equivalent(_) => String::new(),
            };
            [&mutant.file, &mutant.text, &catcher].map(|part| filter.is_match(part)) != [false; 3]
        };
        self.mutants.iter().filter(wanted).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    mutant: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    text: String,
    replacement: String,
    guards: Option<String>,
    caught_by: Option<String>,
    equivalent: Option<String>,
    why: String,
}

impl Entry {
    fn settle(self, root: &Path, line: usize) -> Result<Mutant, String> {
        let source = fs::read_to_string(root.join(&self.file))
            .map_err(|error| format!("{}: {error}", self.file))?
            .replace("\r\n", "\n");
        let start = stands_once(&source, &self.file, &self.text)?;
        if let Some(guarded) = &self.guards {
            stands_once(&source, &self.file, guarded)?;
            if !guarded.contains("unsafe") {
                return Err("`guards` names an `unsafe`, and this text has none".to_owned());
            }
        }
        if self.text == self.replacement {
            return Err("the replacement is the text itself".to_owned());
        }
        let expected = match (self.caught_by, self.equivalent) {
            (Some(catcher), None) => {
                let catcher = Catcher::parse(&catcher)?;
                catcher.exists(root)?;
                Expected::Caught(catcher)
            }
            (None, Some(proof)) if !proof.trim().is_empty() => Expected::Equivalent(proof),
            _ => return Err("name one: `caught_by`, or `equivalent` with its proof".to_owned()),
        };
        Ok(Mutant {
            line,
            place: line_of(&source, start),
            file: self.file,
            text: self.text,
            replacement: self.replacement,
            guards: self.guards,
            why: self.why,
            expected,
        })
    }
}

/// Where the text is, if it stands in the source exactly once.
fn stands_once(source: &str, file: &str, text: &str) -> Result<usize, String> {
    if text.trim().is_empty() {
        return Err("there is no text to be changed".to_owned());
    }
    let mut places = source.match_indices(text).map(|(start, _)| start);
    let shown = text.trim_end();
    match (places.next(), places.next()) {
        (Some(start), None) => Ok(start),
        (Some(first), Some(second)) => Err(format!(
            "{file}:{} and {file}:{} both have this text; take in more of what is around it:\n{shown}",
            line_of(source, first),
            line_of(source, second),
        )),
        _ => Err(format!(
            "{file}:{}: this text is no longer there; put in what now does its work:\n{shown}",
            nearest(source, text),
        )),
    }
}

/// The first line that has most of the text's words, to begin the search at.
fn nearest(source: &str, text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut best = (1, 0);
    for (index, line) in source.lines().enumerate() {
        let common = words.iter().filter(|word| line.contains(**word)).count();
        if common > best.1 {
            best = (index + 1, common);
        }
    }
    best.0
}

/// The line, counted from 1, of a byte.
fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count()
        + 1
}

impl Broken {
    fn one(line: usize, what: String) -> Broken {
        Broken(vec![Fault { line, what }])
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\nerror: " };
            write!(f, "{separator}{FILE}:{}: {}", fault.line, fault.what)?;
        }
        Ok(())
    }
}

impl std::error::Error for Broken {}
