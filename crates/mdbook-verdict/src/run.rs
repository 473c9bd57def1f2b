//! Runs a compiled block, alone, in an empty folder.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::process::{self, Limits};

/// What a run gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ran {
    /// It ended with success.
    pub success: bool,
    /// How it ended: `exit status: 101`.
    pub status: String,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
    /// It was stopped at this time limit.
    pub timed_out: Option<Duration>,
    /// It was stopped because it wrote more than this many bytes.
    pub too_much: Option<usize>,
}

const MOST_OUTPUT: usize = 1 << 20;
const MOST_MEMORY: u64 = 4 << 30;

/// Runs a program with a closed input, in a temporary folder of its own.
///
/// # Errors
///
/// If it can't be started, or there is no temporary folder.
pub fn run(binary: &Path, time: Duration) -> io::Result<Ran> {
    let folder = tempfile::tempdir()?;
    let mut command = Command::new(binary);
    command.current_dir(folder.path());
    process::clean_programs_environment(&mut command);
    let limits = Limits {
        time,
        output: MOST_OUTPUT,
        memory: Some(MOST_MEMORY),
    };
    let ended = process::run(command, None, &limits)?;
    Ok(Ran {
        success: ended.success,
        status: ended.status,
        stdout: ended.stdout,
        stderr: ended.stderr,
        timed_out: ended.timed_out.then_some(time),
        too_much: ended.too_much.then_some(MOST_OUTPUT),
    })
}
