//! Hands programs to rustc and reads what it says.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::blocks::Block;
use crate::dependencies::Dependencies;
use crate::process::{self, Limits};
use crate::sysroot;
use crate::wrap::Program;

/// The compiler that blocks are given to.
#[derive(Debug, Clone)]
pub struct Toolchain {
    rustc: PathBuf,
    /// Where rustc is started, so that a `rust-toolchain.toml` there counts.
    folder: PathBuf,
    /// Where std lies without its source; none where it has none anyway.
    sysroot: Option<Arc<tempfile::TempDir>>,
    /// The host's target triple.
    pub host: String,
    /// `rustc --version`'s line.
    pub version: String,
}

impl Toolchain {
    /// The rustc that runs in `folder`: the environment's `RUSTC`, or the one on the path.
    ///
    /// # Errors
    ///
    /// If it can't be started, or doesn't say what it is.
    pub fn find(folder: &Path) -> io::Result<Toolchain> {
        let rustc = std::env::var_os("RUSTC").map_or_else(|| "rustc".into(), PathBuf::from);
        let ask = |argument: &[&str]| {
            let said = Command::new(&rustc)
                .args(argument)
                .current_dir(folder)
                .output()
                .map_err(|error| {
                    io::Error::new(error.kind(), format!("can't run rustc: {error}"))
                })?;
            let text = String::from_utf8_lossy(&said.stdout).into_owned();
            match said.status.success() {
                true => Ok(text),
                false => Err(io::Error::other(format!(
                    "`rustc {}` failed:\n{}",
                    argument.join(" "),
                    String::from_utf8_lossy(&said.stderr)
                ))),
            }
        };
        let text = ask(&["-vV"])?;
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.ok_or_else(|| io::Error::other("`rustc -vV` names no host"))?;
        let sysroot = ask(&["--print", "sysroot"])?;
        Ok(Toolchain {
            host: host.to_owned(),
            version: text.lines().next().unwrap_or_default().to_owned(),
            folder: folder.to_owned(),
            sysroot: sysroot::without_source(Path::new(sysroot.trim())).map(Arc::new),
            rustc,
        })
    }

    /// A command that runs rustc.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.rustc);
        command.current_dir(&self.folder);
        if let Some(sysroot) = &self.sysroot {
            command.arg("--sysroot").arg(sysroot.path());
        }
        command
    }
}

/// One error that the compiler reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError {
    /// Its code, `E0382`; lints and syntax errors have none.
    pub code: Option<String>,
    /// The message's first line.
    pub message: String,
    /// The message as rustc renders it, with the block's own line numbers.
    pub rendered: String,
}

/// What the compiler made of a block.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// It compiles. The program is there if one was asked for.
    Accepted(Option<PathBuf>),
    /// It is rejected, with these errors.
    Rejected(Vec<CompileError>),
    /// The compiler didn't end in time.
    TimedOut(Duration),
    /// The compiler itself broke down; what it wrote.
    Broken(String),
}

impl Compiled {
    /// The errors; none unless it is rejected.
    pub fn errors(&self) -> &[CompileError] {
        match self {
            Compiled::Rejected(errors) => errors,
            _ => &[],
        }
    }

    /// The set of error codes.
    pub fn codes(&self) -> BTreeSet<String> {
        self.errors()
            .iter()
            .filter_map(|e| e.code.clone())
            .collect()
    }
}

/// How far a block is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Type and borrow check; finds most errors, and quickly.
    Check,
    /// A program; finds those of code generation and linking too.
    Build,
}

/// Codes of a rejection that the lack of a crate may have caused.
pub const MISSING_CRATE: [&str; 3] = ["E0432", "E0433", "E0463"];

const LONGEST_COMPILE: Duration = Duration::from_secs(120);
const MOST_OUTPUT: usize = 16 << 20;

/// Compiles a block into `folder`.
///
/// # Errors
///
/// If rustc can't be started.
pub fn compile(
    block: &Block,
    depth: Depth,
    toolchain: &Toolchain,
    dependencies: &Dependencies,
    folder: &Path,
) -> io::Result<Compiled> {
    let hand_over =
        |program: &Program| hand_over(block, program, depth, toolchain, dependencies, folder);
    let (to_run, plain) = (Program::to_run(block), Program::to_check(block));
    if depth == Depth::Build && to_run != plain {
        let compiled = hand_over(&to_run)?;
        // What is rejected is never run: then the messages matter.
        if !matches!(compiled, Compiled::Rejected(_)) {
            return Ok(compiled);
        }
    }
    hand_over(&plain)
}

fn hand_over(
    block: &Block,
    program: &Program,
    depth: Depth,
    toolchain: &Toolchain,
    dependencies: &Dependencies,
    folder: &Path,
) -> io::Result<Compiled> {
    let binary = folder.join(format!("block{}", std::env::consts::EXE_SUFFIX));
    let mut command = toolchain.command();
    command
        .args(["--crate-type", "bin"])
        .args(["--edition", block.edition.year()])
        .args(["--error-format", "json", "--diagnostic-width", "100"])
        .args(["-A", "unused", "-C", "debuginfo=0"])
        .args(dependencies.flags());
    match depth {
        Depth::Check => command
            .arg("--emit=metadata")
            .arg("-o")
            .arg(folder.join("block.rmeta")),
        Depth::Build => command.arg("-o").arg(&binary),
    };
    if block.tags.test_harness {
        command.arg("--test");
    }
    // An unstable interface of rustdoc's: messages and `file!()` then name this file, and messages
    // count from the block's own first line. A test sees to it that it still holds.
    command
        .env("UNSTABLE_RUSTDOC_TEST_PATH", block.shown_file())
        .env(
            "UNSTABLE_RUSTDOC_TEST_LINE",
            format!("-{}", program.lines_before),
        )
        .arg("-");
    process::clean_compilers_environment(&mut command);
    let limits = Limits {
        time: LONGEST_COMPILE,
        output: MOST_OUTPUT,
        memory: None,
    };
    let ended = process::run(command, Some(program.text.as_bytes()), &limits)?;
    if ended.timed_out {
        return Ok(Compiled::TimedOut(LONGEST_COMPILE));
    }
    let (errors, broken) = errors(&ended.stderr, program);
    if broken {
        return Ok(Compiled::Broken(ended.stderr));
    }
    Ok(match (ended.success, errors.is_empty()) {
        (true, _) => Compiled::Accepted((depth == Depth::Build).then_some(binary)),
        (false, false) => Compiled::Rejected(errors),
        (false, true) => Compiled::Broken(ended.stderr),
    })
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<Code>,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// The errors among rustc's JSON lines, without those that only sum up the others; and whether
/// the compiler itself broke down, which is no rejection.
fn errors(json: &str, program: &Program) -> (Vec<CompileError>, bool) {
    let messages: Vec<Message> = json
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let broken = messages
        .iter()
        .any(|message| message.level == "error: internal compiler error");
    let errors = messages
        .into_iter()
        .filter(|message| message.level == "error")
        .filter(|message| {
            !(message.spans.is_empty() && message.message.starts_with("aborting due to"))
        })
        .map(|message| CompileError {
            code: message
                .code
                .map(|code| code.code)
                .filter(|code| crate::tags::is_code(code)),
            rendered: program.without_main(message.rendered.as_ref().unwrap_or(&message.message)),
            message: message.message,
        })
        .collect();
    (errors, broken)
}
