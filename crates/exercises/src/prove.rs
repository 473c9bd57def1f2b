//! Proves that an exercise is what it says: its start fails for the stated reason, its solutions
//! pass, and its checks can fail.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::Error;
use crate::exercise::{Exercise, Promise};
use crate::judge::{Depth, Judge};
use crate::outcome::{How, Outcome};

/// Something that an exercise says of itself and that isn't so.
#[derive(Debug)]
pub enum Fault {
    /// The start, or a wrong try, doesn't fail for the stated reason.
    OtherReason {
        /// The program.
        file: PathBuf,
        /// Why it was said to fail.
        promised: Promise,
        /// What came.
        came: Outcome,
    },
    /// A solution doesn't pass.
    Unsolved {
        /// The solution.
        file: PathBuf,
        /// What came.
        came: Outcome,
    },
    /// Two of the programs are the same but for comments and space.
    Same(PathBuf, PathBuf),
    /// There is only one way to solve it.
    OneWay(PathBuf),
    /// Neither the start nor a wrong try has been seen to fail by this check.
    NeverFails {
        /// The checks' file.
        file: PathBuf,
        /// The check's name.
        check: String,
    },
    /// There is no check at all.
    NoCheck(PathBuf),
}

const SHORT: Duration = Duration::from_secs(3);

/// What is wrong with an exercise; nothing, if it is what it says.
///
/// # Errors
///
/// If something can't be tried.
pub fn prove(exercise: &Exercise, judge: &Judge) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    let check = exercise.check();
    let start = (exercise.start(), &exercise.fails);
    let wrong = exercise
        .wrong
        .iter()
        .map(|wrong| (wrong.file.clone(), &wrong.fails));
    let mut seen_failing = BTreeSet::new();
    for (file, promise) in std::iter::once(start).chain(wrong) {
        let came = promise
            .judge(judge)
            .attempt(&file, &check, promise.depth())?;
        match promise.is_kept_by(&came) {
            true => seen_failing.extend(promise.checks()),
            false => faults.push(Fault::OtherReason {
                file,
                promised: promise.clone(),
                came,
            }),
        }
    }
    let mut checks = BTreeSet::new();
    for file in &exercise.solutions {
        match judge.attempt(file, &check, Depth::Whole)? {
            Outcome::Passed { checks: held } => checks.extend(held),
            came => faults.push(Fault::Unsolved {
                file: file.clone(),
                came,
            }),
        }
    }
    if checks.is_empty() && faults.is_empty() {
        faults.push(Fault::NoCheck(check.clone()));
    }
    let never = checks.difference(&seen_failing).cloned();
    faults.extend(never.map(|name| Fault::NeverFails {
        file: check.clone(),
        check: name,
    }));
    if exercise.solutions.len() < 2 {
        faults.push(Fault::OneWay(exercise.folder.clone()));
    }
    faults.extend(same(exercise)?);
    Ok(faults)
}

impl Promise {
    /// What is said to hang needn't be waited for as long as a learner's program.
    fn judge(&self, judge: &Judge) -> Judge {
        let mut judge = judge.clone();
        if matches!(self, Promise::Hangs(_)) {
            judge.time = judge.time.min(SHORT);
        }
        judge
    }

    fn depth(&self) -> Depth {
        match self {
            // Borrow checking is enough for these, and most of the time goes after it.
            Promise::Codes(_) | Promise::Message(_) => Depth::Refusal,
            Promise::Checks(..) | Promise::Hangs(_) => Depth::Whole,
        }
    }
}

/// Programs that differ in comments and space at most.
fn same(exercise: &Exercise) -> Result<Vec<Fault>, Error> {
    let mut all = vec![exercise.start()];
    all.extend(exercise.solutions.iter().cloned());
    all.extend(exercise.wrong.iter().map(|wrong| wrong.file.clone()));
    let mut faults = Vec::new();
    let mut seen: Vec<(PathBuf, String)> = Vec::new();
    for path in all {
        let bare = bare(&path)?;
        if let Some((first, _)) = seen.iter().find(|(_, other)| *other == bare) {
            faults.push(Fault::Same(first.clone(), path.clone()));
        }
        seen.push((path, bare));
    }
    Ok(faults)
}

fn bare(path: &Path) -> Result<String, Error> {
    let text = fs::read_to_string(path).map_err(Error::file(path))?;
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    Ok(code.flat_map(str::split_whitespace).collect())
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::OtherReason {
                file,
                promised,
                came,
            } => {
                writeln!(
                    f,
                    "{}: it doesn't fail as exercise.toml says",
                    file.display()
                )?;
                writeln!(f, "  promised: {promised}")?;
                write!(f, "  came:     {}", Told(came))
            }
            Fault::Unsolved { file, came } => {
                writeln!(f, "{}: this solution doesn't pass", file.display())?;
                write!(f, "  came:     {}", Told(came))
            }
            Fault::Same(one, other) => write!(
                f,
                "{}: the same program as {}, but for comments and space",
                other.display(),
                one.display()
            ),
            Fault::OneWay(folder) => write!(
                f,
                "{}: there is one solution only; write a second one that differs in kind",
                folder.display()
            ),
            Fault::NeverFails { file, check } => write!(
                f,
                "{}: the check `{check}` has not been seen to fail; add a tempting wrong try that it catches ([[wrong]] in exercise.toml), or take it out",
                file.display()
            ),
            Fault::NoCheck(file) => write!(f, "{}: there is no #[test] in it", file.display()),
        }
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
        match self {
            Promise::Codes(codes) => write!(f, "refused with {}", list(codes)),
            Promise::Message(text) => write!(f, "refused without a code: {text}"),
            Promise::Checks(names, text) => write!(f, "fails by {}: {text}", list(names)),
            Promise::Hangs(name) => write!(f, "{name} never ends"),
        }
    }
}

/// An outcome in an author's words: enough to correct exercise.toml by.
struct Told<'a>(&'a Outcome);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Outcome::Passed { checks } if checks.is_empty() => write!(f, "the compiler takes it"),
            Outcome::Passed { .. } => write!(f, "every check holds"),
            Outcome::Refused(errors) => {
                write!(f, "refused by the compiler")?;
                errors
                    .iter()
                    .try_for_each(|error| write!(f, "\n{}", error.rendered.trim_end()))
            }
            Outcome::Failed { failed, .. } => {
                failed.iter().enumerate().try_for_each(|(at, check)| {
                    let end = if at + 1 < failed.len() {
                        "\n            "
                    } else {
                        ""
                    };
                    let message = check.message.replace('\n', "\n              ");
                    match &check.how {
                        How::Panicked => write!(f, "fails by {}: {message}{end}", check.name),
                        How::StillRunning(time) => {
                            write!(f, "{} was still running after {time:?}{end}", check.name)
                        }
                        How::TooMuch(most) => {
                            write!(f, "{} wrote more than {most} bytes{end}", check.name)
                        }
                        How::Ended(status) => {
                            write!(
                                f,
                                "{} ended the process: {status} {message}{end}",
                                check.name
                            )
                        }
                    }
                })
            }
        }
    }
}
