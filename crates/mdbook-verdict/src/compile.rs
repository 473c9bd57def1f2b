//! Hands programs to rustc and reads what it says.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::blocks::Block;
use crate::dependencies::Dependencies;
use crate::process::{self, Limits};
use crate::toolchain::Toolchain;
use crate::wrap::Program;

/// One error that the compiler reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompileError {
    /// Its code, `E0382`; lints and syntax errors have none.
    pub code: Option<String>,
    /// The message's first line.
    pub message: String,
    /// The message as rustc renders it, with the block's own line numbers.
    pub rendered: String,
    /// The lines of the block that it is about, from 1: where its primary spans begin. None where
    /// the block was compiled with others.
    pub lines: Vec<usize>,
}

/// What the compiler made of a block.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    let messages = Messages::of(command, Some(&program.text))?;
    if messages.timed_out {
        return Ok(Compiled::TimedOut(LONGEST_COMPILE));
    }
    let file = block.shown_file();
    let errors: Vec<_> = messages
        .errors()
        .map(|(error, message)| CompileError {
            rendered: program.without_main(&error.rendered),
            lines: message.lines(&file, program.lines_before),
            ..error
        })
        .collect();
    Ok(match (messages.success, errors.is_empty()) {
        _ if messages.broken() => Compiled::Broken(messages.said),
        (true, _) => Compiled::Accepted((depth == Depth::Build).then_some(binary)),
        (false, false) => Compiled::Rejected(errors),
        (false, true) => Compiled::Broken(messages.said),
    })
}

/// What a rustc that speaks JSON said, and how it ended.
#[derive(Debug)]
pub struct Messages {
    /// It built what it was asked for.
    pub success: bool,
    timed_out: bool,
    /// It ended as it does where it is content or finds errors, and all that it said was read.
    ended_well: bool,
    said: String,
    messages: Vec<Message>,
}

impl Messages {
    /// Runs a rustc that was told to speak JSON, with a program on its standard input.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub fn of(mut command: Command, program: Option<&str>) -> io::Result<Messages> {
        process::clean_compilers_environment(&mut command);
        let limits = Limits {
            time: LONGEST_COMPILE,
            output: MOST_OUTPUT,
            memory: None,
        };
        let ended = process::run(command, program.map(str::as_bytes), &limits)?;
        let lines = ended.stderr.lines();
        Ok(Messages {
            success: ended.success,
            timed_out: ended.timed_out,
            ended_well: ended.success
                || !ended.too_much && !ended.timed_out && ended.status.ends_with(": 1"),
            messages: lines
                .filter_map(|line| serde_json::from_str(line).ok())
                .collect(),
            said: ended.stderr,
        })
    }

    /// All that it wrote to standard error.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// Nothing is missing from what it said.
    pub fn whole(&self) -> bool {
        self.ended_well && !self.broken()
    }

    /// The compiler itself broke down, which is no rejection.
    fn broken(&self) -> bool {
        let broken = |message: &Message| message.level == "error: internal compiler error";
        self.messages.iter().any(broken)
    }

    /// The errors, without those that only sum up the others; each with the files that its
    /// primary spans stand in, from a macro's inside outwards.
    pub fn errors_with_files(&self) -> impl Iterator<Item = (CompileError, Vec<String>)> {
        self.errors_with_places().map(|(error, places)| {
            let files = places.into_iter().map(|(file, _)| file);
            (error, files.collect())
        })
    }

    /// The same, with the byte at which each place begins.
    pub fn errors_with_places(&self) -> impl Iterator<Item = (CompileError, Vec<(String, usize)>)> {
        self.errors().map(|(error, message)| {
            let primary = message.spans.iter().filter(|span| span.is_primary);
            (error, primary.flat_map(Span::places).collect())
        })
    }

    /// The same, each with all that the compiler said of it.
    fn errors(&self) -> impl Iterator<Item = (CompileError, &Message)> {
        let errors = self.messages.iter().filter(|message| {
            message.level == "error"
                && !(message.spans.is_empty() && message.message.starts_with("aborting due to"))
        });
        errors.map(|message| {
            let code = message.code.as_ref().map(|code| code.code.clone());
            let error = CompileError {
                code: code.filter(|code| crate::tags::is_code(code)),
                rendered: message
                    .rendered
                    .as_ref()
                    .unwrap_or(&message.message)
                    .clone(),
                message: message.message.clone(),
                lines: Vec::new(),
            };
            (error, message)
        })
    }
}

#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<Code>,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

impl Message {
    /// The lines in `file` that its primary spans begin on, counted from behind `before` lines; of
    /// a macro from elsewhere, those of its call.
    fn lines(&self, file: &str, before: usize) -> Vec<usize> {
        let primary = self.spans.iter().filter(|span| span.is_primary);
        let begins = primary.filter_map(|span| span.line_in(file));
        let lines = begins.filter_map(|line| line.checked_sub(before));
        lines.filter(|line| *line > 0).collect()
    }
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    byte_start: usize,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

impl Span {
    /// Where it begins, and where the macro calls that it comes from do, outwards: file and byte.
    fn places(&self) -> Vec<(String, usize)> {
        let mut places = vec![(self.file_name.clone(), self.byte_start)];
        let mut inner = self;
        while let Some(expansion) = &inner.expansion {
            inner = &expansion.span;
            places.push((inner.file_name.clone(), inner.byte_start));
        }
        places
    }

    /// The line in `file` that it begins on, or else the innermost macro call there that it comes
    /// from.
    fn line_in(&self, file: &str) -> Option<usize> {
        if self.file_name == file {
            return Some(self.line_start);
        }
        self.expansion.as_ref()?.span.line_in(file)
    }
}
