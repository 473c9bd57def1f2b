//! An exercise as its author wrote it: its files, and what `exercise.toml` says of them.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::error::Error;
use crate::outcome::{How, Outcome};

/// An exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The name by which it is called, `returned-reference`: no other exercise has it.
    pub name: String,
    /// Its chapter: the page's path without `.md`, `locks/mutex`.
    pub chapter: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What is wrong, in a line.
    pub title: String,
    /// Why the start fails.
    pub fails: Promise,
    /// Hints, each clearer than the one before.
    pub hints: Vec<String>,
    /// What there was to learn, told when it is solved.
    pub learned: String,
    /// The files that solve it, in the order of their names but `solution.rs` first.
    pub solutions: Vec<PathBuf>,
    /// Tempting tries that compile and are still wrong: they show that the checks can fail.
    pub wrong: Vec<Wrong>,
}

/// A tempting try that is wrong.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// Its file.
    pub file: PathBuf,
    /// Why it fails.
    pub fails: Promise,
}

/// Why a program fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// The compiler refuses it with exactly this set of codes.
    Codes(BTreeSet<String>),
    /// The compiler refuses it without a code, with messages that hold this text.
    Message(String),
    /// These checks fail with messages that hold this text, and the others pass.
    Checks(BTreeSet<String>, String),
    /// This check never ends, and those before it pass.
    Hangs(String),
}

impl Exercise {
    /// Reads the exercise in `folder`.
    ///
    /// # Errors
    ///
    /// If a file is missing, or `exercise.toml` can't be understood.
    pub fn load(folder: &Path, chapter: &str) -> Result<Exercise, Error> {
        let path = folder.join("exercise.toml");
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        let reading = Reading {
            path: &path,
            text: &text,
        };
        let said: Said = toml::from_str(&text)
            .map_err(|error| reading.error(error.span().unwrap_or(0..0), error.message()))?;
        for needed in ["task.rs", "check.rs"] {
            let path = folder.join(needed);
            if !path.is_file() {
                let cause = "this file is missing: every exercise has one".to_owned();
                return Err(Error::Layout { path, cause });
            }
        }
        let mut wrong = Vec::new();
        for said in said.wrong {
            let file = folder.join(said.file.get_ref());
            if !file.is_file() {
                return Err(reading.error(said.file.span(), "there is no such file"));
            }
            wrong.push(Wrong {
                file,
                fails: reading.promise(said.fails)?,
            });
        }
        let hints = said.hints.get_ref();
        if !(1..=3).contains(&hints.len()) || hints.iter().any(|hint| hint.trim().is_empty()) {
            return Err(reading.error(
                said.hints.span(),
                "one to three hints are needed, none empty",
            ));
        }
        for text in [&said.title, &said.learned] {
            if text.get_ref().trim().is_empty() {
                return Err(reading.error(text.span(), "this must not be empty"));
            }
        }
        Ok(Exercise {
            name: name_of(folder),
            chapter: chapter.to_owned(),
            title: said.title.into_inner().trim().to_owned(),
            fails: reading.promise(said.fails)?,
            hints: hints.iter().map(|hint| hint.trim().to_owned()).collect(),
            learned: said.learned.into_inner().trim().to_owned(),
            solutions: solutions(folder, &wrong)?,
            wrong,
            folder: folder.to_owned(),
        })
    }

    /// The start, which nobody edits: the learner works on a copy.
    pub fn start(&self) -> PathBuf {
        self.folder.join("task.rs")
    }

    /// The tests that judge what the task does.
    pub fn check(&self) -> PathBuf {
        self.folder.join("check.rs")
    }

    /// The chapter's page, from the repository's root.
    pub fn page(&self) -> String {
        format!("src/{}.md", self.chapter)
    }
}

impl Promise {
    /// Whether this is what came of it.
    pub fn is_kept_by(&self, outcome: &Outcome) -> bool {
        match (self, outcome) {
            (Promise::Codes(codes), Outcome::Refused(errors)) => {
                let came = errors.iter().filter_map(|error| error.code.clone());
                errors.iter().all(|error| error.code.is_some())
                    && came.collect::<BTreeSet<_>>() == *codes
            }
            (Promise::Message(text), Outcome::Refused(errors)) => errors
                .iter()
                .all(|error| error.code.is_none() && error.message.contains(text)),
            (Promise::Checks(names, text), Outcome::Failed { failed, .. }) => {
                let came = failed.iter().map(|failed| failed.name.clone());
                came.collect::<BTreeSet<_>>() == *names
                    && failed
                        .iter()
                        .all(|failed| failed.how == How::Panicked && failed.message.contains(text))
            }
            (Promise::Hangs(name), Outcome::Failed { failed, .. }) => {
                matches!(&failed[..], [only] if only.name == *name && matches!(only.how, How::StillRunning(_)))
            }
            _ => false,
        }
    }

    /// The checks that are said to fail.
    pub fn checks(&self) -> BTreeSet<String> {
        match self {
            Promise::Codes(_) | Promise::Message(_) => BTreeSet::new(),
            Promise::Checks(names, _) => names.clone(),
            Promise::Hangs(name) => BTreeSet::from([name.clone()]),
        }
    }
}

/// `exercise.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    title: Spanned<String>,
    fails: Spanned<Fails>,
    hints: Spanned<Vec<String>>,
    learned: Spanned<String>,
    #[serde(default)]
    wrong: Vec<SaidWrong>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidWrong {
    file: Spanned<String>,
    fails: Spanned<Fails>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "write \"E0382\", or { check = \"name\", message = \"text\" }, or { check = \"name\", hangs = true }, or { error = \"text\" }"
)]
enum Fails {
    Codes(String),
    Check(FailsCheck),
    Error(FailsError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailsCheck {
    check: Checks,
    message: Option<String>,
    #[serde(default)]
    hangs: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailsError {
    error: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Checks {
    One(String),
    Several(Vec<String>),
}

/// A description that is being read, so that what is wrong with it has a line.
struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reading<'_> {
    fn error(&self, span: Range<usize>, cause: &str) -> Error {
        let before = self.text.get(..span.start).unwrap_or_default();
        Error::Description {
            path: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
            cause: cause.to_owned(),
        }
    }

    fn promise(&self, fails: Spanned<Fails>) -> Result<Promise, Error> {
        let span = fails.span();
        let promise = match fails.into_inner() {
            Fails::Codes(codes) => {
                let codes: BTreeSet<_> = codes.split_whitespace().map(str::to_owned).collect();
                (!codes.is_empty() && codes.iter().all(|code| is_code(code)))
                    .then_some(Promise::Codes(codes))
            }
            Fails::Error(FailsError { error }) => {
                (!error.is_empty()).then_some(Promise::Message(error))
            }
            Fails::Check(fails) => {
                let mut names = match fails.check {
                    Checks::One(name) => BTreeSet::from([name]),
                    Checks::Several(names) => names.into_iter().collect(),
                };
                match (fails.message, fails.hangs, names.len()) {
                    (Some(text), false, 1..) if !text.is_empty() => {
                        Some(Promise::Checks(names, text))
                    }
                    (None, true, 1) => names.pop_first().map(Promise::Hangs),
                    _ => None,
                }
            }
        };
        promise.ok_or_else(|| {
            let cause = "`fails` is error codes (\"E0382\"), or a check (or a list of them) with the `message` that it fails with or with `hangs = true`, or the text of an `error` without a code";
            self.error(span, cause)
        })
    }
}

fn is_code(text: &str) -> bool {
    text.strip_prefix('E')
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// All programs in the folder that are neither the start nor the check nor known to be wrong.
fn solutions(folder: &Path, wrong: &[Wrong]) -> Result<Vec<PathBuf>, Error> {
    let mut solutions = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        let name = path.file_name().unwrap_or_default();
        let other = ["task.rs", "check.rs"].iter().any(|other| name == *other);
        if name == "exercise.toml" || other || wrong.iter().any(|wrong| wrong.file == path) {
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            let cause = "nothing is done with this file".to_owned();
            return Err(Error::Layout { path, cause });
        }
        solutions.push(path);
    }
    solutions.sort_by_key(|path| (!path.ends_with("solution.rs"), path.clone()));
    match solutions.first() {
        Some(first) if first.ends_with("solution.rs") => Ok(solutions),
        _ => Err(Error::Layout {
            path: folder.join("solution.rs"),
            cause: "this file is missing: every exercise has one".to_owned(),
        }),
    }
}
