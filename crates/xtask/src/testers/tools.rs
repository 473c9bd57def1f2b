//! The tools: whether they are here, and how each is given a program.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, Result, bail};
use outcomes::{Kind, Limits, Model, Options};

use super::end::End;
use super::pairs::Program;
use super::record::ToolRecord;
use crate::bench::machine::Machine;
use crate::meter::as_in_a_shell;

/// The packages that put loom and shuttle in the standard library's place, and one that doesn't.
const FOLDER: &str = "tests/testers";
const NIGHTLY_TARGET: &str = "x86_64-unknown-linux-gnu";

const LOOM_SECONDS: &str = "60";
const SHUTTLE_SCHEDULES: &str = "10000";
const MIRI_SEEDS: u64 = 64;
const SANITIZER_ROUNDS: &str = "2000";
const STRESS_ROUNDS: &str = "100000";
/// After so long without a round, none will end. A machine may be busy.
const PATIENCE_SECONDS: &str = "20";

/// A tool that may find something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tool {
    Explorer,
    Loom,
    LoomStd,
    Shuttle,
    Miri,
    ThreadSanitizer,
    StressTest,
}

/// What there is to work with.
pub struct Workshop {
    root: PathBuf,
    target: PathBuf,
    machine: Machine,
}

/// A version if the tool is here; if not, why.
pub type Ready = Result<String, String>;

impl Tool {
    /// In the order of the table.
    pub const ALL: [Tool; 7] = [
        Tool::Explorer,
        Tool::Loom,
        Tool::LoomStd,
        Tool::Shuttle,
        Tool::Miri,
        Tool::ThreadSanitizer,
        Tool::StressTest,
    ];

    /// As the table has it.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Explorer => "explorer",
            Tool::Loom => "loom",
            Tool::LoomStd => "loom-std",
            Tool::Shuttle => "shuttle",
            Tool::Miri => "Miri",
            Tool::ThreadSanitizer => "ThreadSanitizer",
            Tool::StressTest => "stress test",
        }
    }

    /// Whether it says the same each time: its version is fixed, and what it tries isn't left to the
    /// machine, nor to the nightly of the day.
    pub fn is_steady(self) -> bool {
        matches!(self, Tool::Explorer | Tool::Loom | Tool::Shuttle)
    }

    /// What the table says of it.
    pub fn record(self, ready: Ready) -> ToolRecord {
        let how = match self {
            Tool::Explorer => "all executions that the C++20 model allows".to_owned(),
            Tool::Loom => format!(
                "all schedules that it has, for {LOOM_SECONDS} s at most, with its types in the place of the standard library's"
            ),
            Tool::LoomStd => format!(
                "the same through `loom-std`, this repository's mending of it, for {LOOM_SECONDS} s at most"
            ),
            Tool::Shuttle => format!("{SHUTTLE_SCHEDULES} schedules by chance, from a fixed seed"),
            Tool::Miri => format!("one run with each of the seeds 0 to {}", MIRI_SEEDS - 1),
            Tool::ThreadSanitizer => format!(
                "{SANITIZER_ROUNDS} rounds, optimised, the standard library built for it too; only its own reports count"
            ),
            Tool::StressTest => format!(
                "{STRESS_ROUNDS} rounds, optimised; a round that panics counts, and one that doesn't end"
            ),
        };
        let (version, absent) = match ready {
            Ok(version) => (Some(version).filter(|it| !it.is_empty()), None),
            Err(why) => (None, Some(why)),
        };
        ToolRecord {
            name: self.name().to_owned(),
            version,
            how,
            absent,
        }
    }

    /// Gets it ready.
    ///
    /// # Errors
    ///
    /// If it is here and yet can't be built.
    pub fn ready(self, shop: &Workshop) -> Result<Ready> {
        Ok(match self {
            Tool::Explorer => Ok(String::new()),
            Tool::Loom | Tool::LoomStd => shop.fetched("loom", "loom")?,
            Tool::Shuttle => shop.fetched("shuttle", "shuttle")?,
            Tool::Miri => shop.miri(),
            Tool::ThreadSanitizer => shop.sanitizer()?,
            Tool::StressTest => {
                said_well(
                    shop.cargo()
                        .args(["build", "--release", "--locked"])
                        .args(["--manifest-path", &shop.manifest("plain")]),
                )?;
                Ok(String::new())
            }
        })
    }

    /// Gives it a program.
    ///
    /// # Errors
    ///
    /// If it crashes: then it has neither found nor missed anything.
    pub fn try_on(self, shop: &Workshop, program: &Program) -> Result<End> {
        let name = &*program.name;
        match self {
            Tool::Explorer => explored(program),
            Tool::Loom => line(shop.program("release/loom").args([name, LOOM_SECONDS])),
            Tool::LoomStd => line(shop.program("release/loom-std").args([name, LOOM_SECONDS])),
            Tool::Shuttle => {
                let mut command = shop.program("release/testers-shuttle");
                line(command.args([name, SHUTTLE_SCHEDULES, "1"]))
            }
            Tool::Miri => shop.in_miri(name),
            Tool::ThreadSanitizer => {
                let mut command = shop.program(format!("{NIGHTLY_TARGET}/release/testers-plain"));
                command
                    .args([name, SANITIZER_ROUNDS, PATIENCE_SECONDS])
                    .env("TSAN_OPTIONS", "halt_on_error=1");
                sanitized(&ended(&mut command)?)
            }
            Tool::StressTest => {
                let mut command = shop.program("release/testers-plain");
                line(command.args([name, STRESS_ROUNDS, PATIENCE_SECONDS]))
            }
        }
    }
}

/// Gives the explorer a program.
///
/// # Errors
///
/// If it met a limit of its own.
pub fn explored(program: &Program) -> Result<End> {
    let parsed = match outcomes::parse(&program.source, Options::default()) {
        Ok(parsed) => parsed,
        Err(error) => {
            return Ok(End::CannotExpress {
                why: error.to_string(),
            });
        }
    };
    let all = outcomes::explore(&parsed, Model::Cpp20, &Limits::default())
        .with_context(|| format!("the explorer on {}", program.name))?;
    let bad = all
        .outcomes
        .iter()
        .find(|outcome| !matches!(outcome.kind, Kind::Output));
    Ok(match bad {
        Some(outcome) => End::Reported {
            at: None,
            said: outcome.line(),
        },
        None if !all.complete => End::Unfinished {
            why: "a limit was met".to_owned(),
        },
        None => End::Quiet {
            tries: None,
            besides: None,
        },
    })
}

impl Workshop {
    /// # Errors
    ///
    /// If there is no place for what is built.
    pub fn new(root: &Path) -> Result<Workshop> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
        let target = root.join(target).join("testers");
        fs::create_dir_all(&target).with_context(|| format!("can't make {}", target.display()))?;
        Ok(Workshop {
            root: root.to_owned(),
            target,
            machine: Machine::of(Path::new("rustc")),
        })
    }

    /// This machine, today.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    fn manifest(&self, package: &str) -> String {
        let path = self.root.join(FOLDER).join(package).join("Cargo.toml");
        path.display().to_string()
    }

    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = as_in_a_shell(Command::new(program));
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .stdin(Stdio::null());
        command
    }

    fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from))
    }

    fn nightly(&self, program: &str) -> Command {
        let mut command = self.command("rustup");
        command.args(["run", "nightly", program]);
        command
    }

    fn program(&self, path: impl AsRef<Path>) -> Command {
        self.command(self.target.join(path))
    }

    /// A package whose dependency can be had, built; and the dependency's version.
    fn fetched(&self, package: &str, dependency: &str) -> Result<Ready> {
        let manifest = self.manifest(package);
        let mut fetch = self.cargo();
        fetch.args(["fetch", "--locked", "--manifest-path", &manifest]);
        if let Err(why) = there(&mut fetch) {
            return Ok(Err(why));
        }
        let mut build = self.cargo();
        build.args([
            "build",
            "--release",
            "--locked",
            "--manifest-path",
            &manifest,
        ]);
        said_well(&mut build)?;
        let lock = fs::read_to_string(Path::new(&manifest).with_file_name("Cargo.lock"))?;
        let lock: toml::Table = lock.parse()?;
        let packages = lock["package"].as_array().into_iter().flatten();
        let mut versions = packages
            .filter(|it| it["name"].as_str() == Some(dependency))
            .filter_map(|it| it["version"].as_str());
        Ok(Ok(versions.next().unwrap_or_default().to_owned()))
    }

    fn miri(&self) -> Ready {
        let version = there(self.nightly("cargo").args(["miri", "--version"]))?;
        // It builds the standard library, and for that has to fetch things.
        there(self.nightly("cargo").args(["miri", "setup"]))?;
        Ok(version)
    }

    fn in_miri(&self, name: &str) -> Result<End> {
        let mut command = self.nightly("cargo");
        command
            .args(["miri", "run", "--quiet", "--locked", "--manifest-path"])
            .arg(self.manifest("plain"))
            .args(["--", name, "1", "0"])
            .env("MIRIFLAGS", format!("-Zmiri-many-seeds=0..{MIRI_SEEDS}"));
        interpreted(&ended(&mut command)?)
    }

    fn sanitizer(&self) -> Result<Ready> {
        let about = match there(self.nightly("rustc").arg("-vV")) {
            Ok(about) => about,
            Err(why) => return Ok(Err(why)),
        };
        if !about.contains(&format!("host: {NIGHTLY_TARGET}")) {
            return Ok(Err(format!("tried on {NIGHTLY_TARGET} only")));
        }
        let sysroot = said_well(self.nightly("rustc").args(["--print", "sysroot"]))?;
        let library = "lib/rustlib/src/rust/library/Cargo.lock";
        if !Path::new(sysroot.trim()).join(library).is_file() {
            return Ok(Err("nightly has no rust-src to build std from".to_owned()));
        }
        let mut build = self.nightly("cargo");
        build
            .args(["build", "-Zbuild-std", "--release", "--locked"])
            .args(["--target", NIGHTLY_TARGET, "--manifest-path"])
            .arg(self.manifest("plain"))
            .env("RUSTFLAGS", "-Zsanitizer=thread");
        said_well(&mut build)?;
        Ok(Ok(about.lines().next().unwrap_or_default().to_owned()))
    }
}

/// What a command says that only works if the tool is here; if it doesn't, the last line of what it
/// says of that.
pub fn there(command: &mut Command) -> Ready {
    let output = command.output().map_err(|error| {
        let program = command.get_program().display();
        format!("{program}: {error}")
    })?;
    if output.status.success() {
        return Ok(text(&output.stdout).trim().to_owned());
    }
    let stderr = text(&output.stderr);
    let why = stderr.lines().rev().find(|line| !line.trim().is_empty());
    Err(why.unwrap_or("it doesn't start").trim().to_owned())
}

/// What a command says that must work.
fn said_well(command: &mut Command) -> Result<String> {
    let output = ended(command)?;
    if !output.status.success() {
        bail!("{:?}: {}", command, text(&output.stderr));
    }
    Ok(text(&output.stdout))
}

fn ended(command: &mut Command) -> Result<Output> {
    command
        .output()
        .with_context(|| format!("can't run {}", command.get_program().display()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The end of a program that says it in a line.
pub fn line(command: &mut Command) -> Result<End> {
    let output = ended(command)?;
    if !output.status.success() {
        bail!("it crashed: {}\n{}", output.status, text(&output.stderr));
    }
    End::read(&text(&output.stdout))
}

/// The end of a run under ThreadSanitizer.
pub fn sanitized(output: &Output) -> Result<End> {
    let stderr = text(&output.stderr);
    if let Some((_, report)) = stderr.split_once("WARNING: ThreadSanitizer: ") {
        let first = report.lines().next().unwrap_or_default();
        let said = first.split(" (pid").next().unwrap_or(first);
        return Ok(End::Reported {
            at: None,
            said: said.to_owned(),
        });
    }
    if !output.status.success() {
        bail!("it crashed: {}\n{stderr}", output.status);
    }
    // What a run comes to without a report is a stress test's to notice.
    Ok(match End::read(&text(&output.stdout))? {
        End::Reported { at, said } => End::Quiet {
            tries: at,
            besides: Some(said),
        },
        end => end,
    })
}

/// The end of Miri's runs.
pub fn interpreted(output: &Output) -> Result<End> {
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let error = stderr.lines().find(|line| line.starts_with("error: "));
    let seed = |text: &str| {
        let (_, seed) = text.split_once("FAILING SEED: ")?;
        let seed: u64 = seed.lines().next()?.trim().parse().ok()?;
        Some(seed + 1)
    };
    if let Some(error) = error {
        let said = error.trim_start_matches("error: ");
        let ours = ["Undefined Behavior: ", "the evaluated program deadlocked"];
        if said.starts_with("unsupported operation") {
            return Ok(End::CannotExpress {
                why: said.to_owned(),
            });
        }
        if !ours.iter().any(|start| said.starts_with(start)) {
            bail!("it crashed: {}\n{stderr}", output.status);
        }
        // The names of allocations change with the compiler.
        let said = said.split(" between ").next().unwrap_or(said);
        return Ok(End::Reported {
            at: seed(&stderr),
            said: said.to_owned(),
        });
    }
    if !output.status.success() {
        bail!("it crashed: {}\n{stderr}", output.status);
    }
    let ends: Result<Vec<End>> = stdout
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(End::read)
        .collect();
    let ends = ends?;
    let panicked = ends.iter().find_map(|end| match end {
        End::Reported { said, .. } => Some(said.clone()),
        _ => None,
    });
    if ends.is_empty() {
        bail!("it crashed: no run said how it ended\n{stderr}");
    }
    Ok(match panicked {
        // Seeds are tried at once, and their lines come in any order.
        Some(said) => End::Reported { at: None, said },
        None => End::Quiet {
            tries: Some(ends.len() as u64),
            besides: None,
        },
    })
}
