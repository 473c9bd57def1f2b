//! What this machine shows when it runs a program very often.
//!
//! The program is compiled once, with optimisation, into a harness that runs it
//! round after round in one process: its threads are kept and let go together,
//! its atomics lie in cache lines of their own, and what it prints is kept to be
//! counted. So a program of a few steps has hundreds of thousands of rounds a
//! second, and shows what it would show once in a million ordinary runs.
//!
//! ```no_run
//! use outcomes::hardware::{Settings, run};
//!
//! // Store buffering. (It isn't run here, since it needs a compiler.)
//! let seen = run(
//!     "use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
//!      let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
//!      let (a, b) = std::thread::scope(|s| {
//!          let a = s.spawn(|| { x.store(1, Relaxed); y.load(Relaxed) });
//!          let b = s.spawn(|| { y.store(1, Relaxed); x.load(Relaxed) });
//!          (a.join().unwrap(), b.join().unwrap())
//!      });
//!      println!(\"{a} {b}\");",
//!     Default::default(),
//!     &Settings { rounds: 100_000, ..Settings::default() },
//! )?;
//! println!("{:?}", seen.counts); // among them, on most machines: "0 0"
//! # Ok::<(), outcomes::hardware::Error>(())
//! ```

mod source;
mod verdict;

use crate::{Edition, Kind, Options};
use source::Threads;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub use verdict::{Verdict, Word};

/// How often, and for how long.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many rounds.
    pub rounds: u64,
    /// A round that takes longer never ends.
    pub patience: Duration,
    /// The compiler; `rustc`, if it isn't said.
    pub rustc: PathBuf,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            rounds: 100_000,
            patience: Duration::from_secs(10),
            rustc: std::env::var_os("RUSTC").map_or("rustc".into(), PathBuf::from),
        }
    }
}

/// How the rounds were run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// In one process, by threads that are kept and let go together.
    Kept,
    /// In one process, by new threads each time: the program asks for more than
    /// kept threads can give, such as `park` or a thread's name.
    Repeated,
    /// In a process each: a static can't be made anew, or a thread outlives `main`.
    Processes,
}

impl Way {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Way::Kept => "kept threads",
            Way::Repeated => "new threads",
            Way::Processes => "new processes",
        }
    }
}

/// What can be seen of a round.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Seen {
    /// It ended, and printed this, without the last end of line.
    Output(String),
    /// `main` panicked with this message.
    Panic(String),
    /// It didn't end.
    Endless,
}

impl Seen {
    /// Its line: as of the outcome that it is, `no end` if it has none.
    pub fn line(&self) -> String {
        match self {
            Seen::Output(text) => crate::explore::line(Kind::Output, text),
            Seen::Panic(text) => crate::explore::line(Kind::Panic, text),
            Seen::Endless => "no end".into(),
        }
    }
}

/// What was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// How it was run.
    pub way: Way,
    /// How many rounds there were: fewer than asked for if one didn't end.
    pub rounds: u64,
    /// How often each was seen.
    pub counts: BTreeMap<Seen, u64>,
}

/// In a sentence: how many rounds, and how they were run.
impl fmt::Display for Run {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.way {
            Way::Kept => "in one process, by threads that are kept and let go together",
            Way::Repeated => "in one process, by new threads each time",
            Way::Processes => "in a process each",
        };
        write!(to, "{} rounds, {how}", self.rounds)?;
        if self.counts.contains_key(&Seen::Endless) {
            write!(to, "; the last one didn't end and was stopped")?;
        }
        Ok(())
    }
}

/// Why a program couldn't be run.
#[derive(Debug)]
pub enum Error {
    /// A file couldn't be written or the compiler not be started.
    Io(PathBuf, io::Error),
    /// The compiler refuses the program; what it says.
    Refused(String),
    /// It ended in the middle of a round, by what can't be caught.
    Aborted(String),
    /// There is no `main`, or one that gives something back.
    NoMain,
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io(path, error) => write!(to, "{}: {error}", path.display()),
            Error::Refused(said) => write!(to, "rustc refuses it:\n{}", said.trim_end()),
            Error::Aborted(how) => write!(
                to,
                "a run broke off: {how}; a program that aborts, exits or overflows its stack can't be counted"
            ),
            Error::NoMain => write!(to, "to be run it needs `fn main()` that gives nothing back"),
        }
    }
}

impl std::error::Error for Error {}

/// Runs a program on this machine.
///
/// # Errors
/// If it can't be compiled, or breaks off.
pub fn run(source: &str, options: Options, settings: &Settings) -> Result<Run, Error> {
    let folder = tempfile::tempdir().map_err(|error| Error::Io(std::env::temp_dir(), error))?;
    let bench = Bench {
        folder: folder.path(),
        options,
        settings,
    };
    for (way, threads) in [(Way::Kept, Threads::Kept), (Way::Repeated, Threads::New)] {
        let Some(Ok(program)) =
            source::harnessed(source, threads).map(|text| bench.compiled(&text))
        else {
            continue;
        };
        let report = bench.report(&program, settings.rounds, false)?;
        if !report.outlived {
            return Ok(report.run(way));
        }
        break;
    }
    let text = source::harnessed(source, Threads::Once).ok_or(Error::NoMain)?;
    bench.processes(&bench.compiled(&text)?)
}

struct Bench<'a> {
    folder: &'a Path,
    options: Options,
    settings: &'a Settings,
}

/// What a process reports.
#[derive(Default)]
struct Report {
    counts: BTreeMap<Seen, u64>,
    /// Whether a thread went on after `main` for too long.
    outlived: bool,
}

impl Report {
    fn run(self, way: Way) -> Run {
        Run {
            way,
            rounds: self.counts.values().sum(),
            counts: self.counts,
        }
    }
}

impl Bench<'_> {
    /// Compiled with optimisation, but with a debug build's checks: overflow
    /// panics for the explorer too.
    fn compiled(&self, text: &str) -> Result<PathBuf, Error> {
        let path = self.folder.join("program.rs");
        std::fs::write(&path, text).map_err(|error| Error::Io(path.clone(), error))?;
        let program = self
            .folder
            .join(format!("program{}", std::env::consts::EXE_SUFFIX));
        let edition = match self.options.edition {
            Edition::E2021 => "2021",
            Edition::E2024 => "2024",
        };
        let rustc = &self.settings.rustc;
        let output = Command::new(rustc)
            .args(["--edition", edition, "--crate-name", "program"])
            .args(["-O", "-Cdebug-assertions=on", "--cap-lints=allow", "-o"])
            .arg(&program)
            .arg(&path)
            .output()
            .map_err(|error| Error::Io(rustc.clone(), error))?;
        match output.status.success() {
            true => Ok(program),
            false => Err(Error::Refused(
                String::from_utf8_lossy(&output.stderr).into_owned(),
            )),
        }
    }

    fn report(&self, program: &Path, rounds: u64, alone: bool) -> Result<Report, Error> {
        let path = self.folder.join("report");
        let mut command = Command::new(program);
        command
            .arg(&path)
            .args([
                rounds.to_string(),
                self.settings.patience.as_millis().to_string(),
            ])
            .args(alone.then_some("alone"))
            .current_dir(self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let _ = std::fs::remove_file(&path);
        let status = command
            .status()
            .map_err(|error| Error::Io(program.to_owned(), error))?;
        match std::fs::read(&path) {
            Ok(report) if status.success() => {
                read(&report).ok_or_else(|| Error::Aborted("its report can't be read".into()))
            }
            _ => Err(Error::Aborted(status.to_string())),
        }
    }

    fn processes(&self, program: &Path) -> Result<Run, Error> {
        let mut all = Report::default();
        for _ in 0..self.settings.rounds {
            let report = self.report(program, 1, true)?;
            let endless = report.counts.contains_key(&Seen::Endless);
            for (seen, count) in report.counts {
                *all.counts.entry(seen).or_default() += count;
            }
            if endless {
                break;
            }
        }
        Ok(all.run(Way::Processes))
    }
}

/// Reads a report: `KIND COUNT LENGTH`, and so many bytes on the next line.
fn read(mut bytes: &[u8]) -> Option<Report> {
    let mut report = Report::default();
    while !bytes.is_empty() {
        let head = bytes.iter().position(|byte| *byte == b'\n')?;
        let words = std::str::from_utf8(&bytes[..head]).ok()?;
        let mut words = words.split(' ');
        let (kind, count, length) = (words.next()?, words.next()?, words.next()?);
        let length: usize = length.parse().ok()?;
        let text = bytes.get(head + 1..head + 1 + length)?;
        bytes = bytes.get(head + 2 + length..)?;
        let text = String::from_utf8_lossy(text).into_owned();
        let seen = match kind {
            "output" => Seen::Output(text.strip_suffix('\n').map_or(text.clone(), str::to_owned)),
            "panic" => Seen::Panic(text),
            "endless" => Seen::Endless,
            "outlived" => {
                report.outlived = true;
                continue;
            }
            _ => return None,
        };
        *report.counts.entry(seen).or_default() += count.parse::<u64>().ok()?;
    }
    Some(report)
}
