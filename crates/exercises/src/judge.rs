//! Tries a program: compiles it with its checks, and runs each check as a process of its own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use mdbook_verdict::process::{self, Ended, Limits};
use mdbook_verdict::{CompileError, Messages, Toolchain};

use crate::error::Error;
use crate::outcome::{FailedCheck, How, Outcome};

/// How far a program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Type and borrow check alone: for what is said to be refused. Nothing is run.
    Refusal,
    /// All of it; the checks are run.
    Whole,
}

/// Tries programs.
#[derive(Debug, Clone)]
pub struct Judge {
    toolchain: Toolchain,
    /// The folder from which paths are told, where they are told relative to one.
    base: Option<PathBuf>,
    /// The compiler's messages are coloured.
    pub colour: bool,
    /// How long a check may run.
    pub time: Duration,
}

/// How long a check may run.
pub const TIME: Duration = Duration::from_secs(10);
const MOST_OUTPUT: usize = 1 << 20;
const MOST_MEMORY: u64 = 4 << 30;

impl Judge {
    /// One that uses the repository's own compiler, and tells paths relative to its root if that
    /// is where we are.
    ///
    /// # Errors
    ///
    /// If the compiler can't be started.
    pub fn new(root: &Path) -> Result<Judge, Error> {
        let toolchain =
            Toolchain::find(root).map_err(|error| Error::Compiler(error.to_string()))?;
        let root = fs::canonicalize(root).map_err(Error::file(root))?;
        let here = std::env::current_dir().and_then(fs::canonicalize);
        Ok(Judge {
            toolchain,
            base: here.is_ok_and(|here| here == root).then_some(root),
            colour: false,
            time: TIME,
        })
    }

    /// How a path is told.
    pub fn shown(&self, path: &Path) -> String {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let relative = self
            .base
            .as_ref()
            .and_then(|base| whole.strip_prefix(base).ok());
        relative.unwrap_or(&whole).display().to_string()
    }

    /// Everything about the compiler that a verdict depends on.
    pub fn identity(&self) -> &str {
        &self.toolchain.identity
    }

    /// Tries the program in `task` against the checks in `check`.
    ///
    /// # Errors
    ///
    /// If the compiler or the checks can't be run. That the program is wrong is no error.
    pub fn attempt(&self, task: &Path, check: &Path, depth: Depth) -> Result<Outcome, Error> {
        for path in [task, check] {
            fs::metadata(path).map_err(Error::file(path))?;
        }
        let folder = tempfile::tempdir().map_err(Error::Run)?;
        let binary = folder
            .path()
            .join(format!("checks{}", std::env::consts::EXE_SUFFIX));
        let messages = self.compile(task, check, depth, &binary)?;
        let errors: Vec<_> = messages
            .errors_with_files()
            .map(|(error, _)| CompileError {
                rendered: without_gone_file(&error.rendered),
                ..error
            })
            .collect();
        match (messages.success, errors.is_empty() || !messages.whole()) {
            (true, _) if depth == Depth::Refusal => Ok(Outcome::Passed { checks: Vec::new() }),
            (true, _) => self.run_all(&binary),
            (false, false) => Ok(Outcome::Refused(errors)),
            (false, true) => Err(Error::Compiler(messages.said().to_owned())),
        }
    }

    /// A root with the two files as its modules, so that messages name them as they are.
    fn compile(
        &self,
        task: &Path,
        check: &Path,
        depth: Depth,
        binary: &Path,
    ) -> Result<Messages, Error> {
        let mut command = self.toolchain.command();
        command
            .args(["--edition", "2024", "--crate-name", "exercise", "--test"])
            .args(["-A", "warnings", "-C", "debuginfo=0"])
            .args(["--error-format", "json", "--diagnostic-width", "100"]);
        if let Some(base) = &self.base {
            command.current_dir(base);
        }
        if self.colour {
            command.arg("--json=diagnostic-rendered-ansi");
        }
        if depth == Depth::Refusal {
            command.arg("--emit=metadata");
        }
        command.arg("-o").arg(binary).arg("-");
        let root = format!(
            "#[path = {:?}] mod task;\n#[path = {:?}] mod check;\n",
            self.shown(task),
            self.shown(check)
        );
        Messages::of(command, Some(&root)).map_err(|error| Error::Compiler(error.to_string()))
    }

    fn run_all(&self, binary: &Path) -> Result<Outcome, Error> {
        let names = self.names(binary)?;
        let (mut failed, mut tried) = (Vec::new(), 0);
        for name in &names {
            tried += 1;
            let ended = self.run(
                binary,
                &[
                    "--exact",
                    &format!("{MODULE}{name}"),
                    "--nocapture",
                    "--test-threads=1",
                ],
            )?;
            let Some(failure) = self.failure(name, &ended) else {
                continue;
            };
            let endless = matches!(failure.how, How::StillRunning(_));
            failed.push(failure);
            // The next one would most likely hang too, and the learner has waited long enough.
            if endless {
                break;
            }
        }
        Ok(match failed.is_empty() {
            true => Outcome::Passed { checks: names },
            false => Outcome::Failed {
                passed: tried - failed.len(),
                untried: names.len() - tried,
                failed,
            },
        })
    }

    /// The checks, without the tests that the program may have of its own.
    fn names(&self, binary: &Path) -> Result<Vec<String>, Error> {
        let ended = self.run(binary, &["--list", "--format", "terse"])?;
        let names = ended.stdout.lines().filter_map(|line| {
            let name = line.strip_suffix(": test")?.strip_prefix(MODULE)?;
            Some(name.to_owned())
        });
        Ok(names.collect())
    }

    fn run(&self, binary: &Path, arguments: &[&str]) -> Result<Ended, Error> {
        let folder = tempfile::tempdir().map_err(Error::Run)?;
        let mut command = Command::new(binary);
        command
            .args(arguments.iter().map(OsString::from))
            .current_dir(folder.path());
        process::clean_programs_environment(&mut command);
        let limits = Limits {
            time: self.time,
            output: MOST_OUTPUT,
            memory: Some(MOST_MEMORY),
        };
        process::run(command, None, &limits).map_err(Error::Run)
    }

    /// What went wrong with a check; none if it holds.
    fn failure(&self, name: &str, ended: &Ended) -> Option<FailedCheck> {
        let (printed, verdict) = said(&ended.stdout);
        // A program that calls `exit(0)` ends with success, but without a verdict.
        if ended.success && verdict == Some(true) {
            return None;
        }
        let panics = Panics::in_text(&ended.stderr, name);
        let how = match () {
            () if ended.timed_out => How::StillRunning(self.time),
            () if ended.too_much => How::TooMuch(MOST_OUTPUT),
            () if verdict == Some(false) => How::Panicked,
            () => How::Ended(ended.status.clone()),
        };
        Some(FailedCheck {
            name: name.to_owned(),
            how,
            message: panics.message,
            place: panics.place,
            printed,
            complained: panics.rest,
        })
    }
}

/// A message without the notes on a long type's file, which goes with the temporary folder.
fn without_gone_file(rendered: &str) -> String {
    let gone = |line: &&str| {
        line.contains("the full name for the type has been written to")
            || line.contains("consider using `--verbose` to print the full type name")
    };
    let kept = rendered.lines().filter(|line| !gone(line));
    kept.collect::<Vec<_>>().join("\n")
}

/// The module that the checks are in.
const MODULE: &str = "check::";

/// What a check printed, and whether the harness says that it holds; it may not have come so far.
fn said(stdout: &str) -> (String, Option<bool>) {
    let start = stdout.find(" ... ").map_or(0, |at| at + " ... ".len());
    let rest = &stdout[start..];
    for (verdict, holds) in [
        ("ok\n\ntest result: ok. 1 passed", true),
        ("FAILED\n\nfailures:\n", false),
    ] {
        if let Some(end) = rest.replace("\r\n", "\n").rfind(verdict) {
            return (rest.replace("\r\n", "\n")[..end].to_owned(), Some(holds));
        }
    }
    (rest.to_owned(), None)
}

/// The panic that ended a check, and what else was written to standard error.
#[derive(Debug, Default)]
struct Panics {
    message: String,
    place: String,
    rest: String,
}

impl Panics {
    fn in_text(stderr: &str, check: &str) -> Panics {
        let mut panics = Panics::default();
        let lines: Vec<_> = stderr.lines().collect();
        let head = format!("thread '{MODULE}{check}' (");
        // The last one: those before it were caught.
        let Some(at) = lines.iter().rposition(|line| line.starts_with(&head)) else {
            panics.rest = without_notes(&lines);
            return panics;
        };
        let place = lines[at]
            .split_once(" panicked at ")
            .map_or("", |(_, place)| place);
        panics.place = place.trim_end_matches(':').to_owned();
        let ends = |line: &&str| {
            line.starts_with("note: run with `RUST_BACKTRACE=1`") || line.starts_with("thread '")
        };
        let end = lines[at + 1..]
            .iter()
            .position(ends)
            .map_or(lines.len(), |end| at + 1 + end);
        panics.message = lines[at + 1..end].join("\n").trim().to_owned();
        let others: Vec<_> = lines[..at].iter().chain(&lines[end..]).copied().collect();
        panics.rest = without_notes(&others);
        panics
    }
}

fn without_notes(lines: &[&str]) -> String {
    let kept = lines
        .iter()
        .filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE=1`"));
    kept.copied()
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_check_prints_is_told_from_what_the_harness_prints() {
        let held =
            "\nrunning 1 test\ntest check::a ... mine\nok\n\ntest result: ok. 1 passed; 0 failed";
        assert_eq!(said(held), ("mine\n".to_owned(), Some(true)));
        let failed =
            "\nrunning 1 test\ntest check::a ... xFAILED\n\nfailures:\n\nfailures:\n    check::a\n";
        assert_eq!(said(failed), ("x".to_owned(), Some(false)));
        let exited = "\nrunning 1 test\ntest check::a ... bye\n";
        assert_eq!(said(exited), ("bye\n".to_owned(), None));
    }

    #[test]
    fn a_file_that_goes_with_the_try_is_not_named() {
        let rendered = "error[E0277]: no\n  = note: the full name for the type has been written to '/tmp/a.txt'\n  = note: consider using `--verbose` to print the full type name to the console\nhelp: x";
        assert_eq!(without_gone_file(rendered), "error[E0277]: no\nhelp: x");
    }

    #[test]
    fn the_checks_own_last_panic_is_its_message() {
        let stderr = "heard\n\nthread '<unnamed>' (7) panicked at t.rs:1:1:\ninner\n\nthread 'check::a' (8) panicked at c.rs:2:3:\nassertion failed\n  left: 1\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
        let panics = Panics::in_text(stderr, "a");
        assert_eq!(panics.message, "assertion failed\n  left: 1");
        assert_eq!(panics.place, "c.rs:2:3");
        assert_eq!(
            panics.rest,
            "heard\n\nthread '<unnamed>' (7) panicked at t.rs:1:1:\ninner"
        );
    }
}
