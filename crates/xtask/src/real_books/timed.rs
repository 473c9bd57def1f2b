//! Runs a command to its end or to a time limit, and says what it cost.

use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What work cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Took {
    /// Of the processors, user and system, with all processes that were waited for.
    pub cpu: Duration,
}

impl std::ops::AddAssign for Took {
    fn add_assign(&mut self, other: Took) {
        self.cpu += other.cpu;
    }
}

/// How a command ended.
pub struct Ended {
    /// It had to be stopped.
    pub stopped: bool,
    /// Its exit code, if it ended by itself.
    pub code: Option<i32>,
    /// What it cost.
    pub took: Took,
}

/// Runs a command, its standard output into a file, so that what came before a stop isn't lost.
///
/// # Errors
///
/// If it can't be started.
pub fn run(mut command: Command, output: &Path, limit: Option<Duration>) -> io::Result<Ended> {
    let before = cpu_of_children();
    let started = Instant::now();
    // cargo's own variables are no part of a reader's shell.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_") && name != "CARGO_HOME" {
            command.env_remove(&*name);
        }
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(File::create(output)?)
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    let mut stopped = false;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            stopped = true;
            let group = -(child.id() as libc::pid_t);
            // SAFETY: `kill` touches no memory of ours. The group is the child's own
            // (`process_group(0)`), and its number can't be another's: `try_wait` said a moment
            // ago that the child still runs, and nobody else waits for it.
            unsafe { libc::kill(group, libc::SIGKILL) };
            break child.wait()?;
        }
        thread::sleep(Duration::from_millis(5));
    };
    Ok(Ended {
        stopped,
        code: status.code(),
        took: Took {
            cpu: cpu_of_children().saturating_sub(before),
        },
    })
}

/// What the children that were waited for, and theirs, have used of the processors.
fn cpu_of_children() -> Duration {
    // SAFETY: all zeroes is a valid `rusage`, which `getrusage` may write to.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec as u64) + Duration::from_micros(time.tv_usec as u64)
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Option<Duration>) -> (Ended, String) {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let ended = run(command, &output, limit).unwrap();
        (ended, std::fs::read_to_string(output).unwrap())
    }

    #[test]
    fn what_ends_is_not_stopped() {
        let (ended, said) = shell("echo said; exit 3", None);
        assert!(!ended.stopped);
        assert_eq!((ended.code, said.as_str()), (Some(3), "said\n"));
    }

    #[test]
    fn what_never_ends_is_stopped_with_all_that_it_started_and_its_output_is_kept() {
        let script = "echo before; while :; do sleep 1000; done & wait";
        let (ended, said) = shell(script, Some(Duration::from_millis(500)));
        assert!(ended.stopped);
        assert_eq!(said, "before\n");
    }
}
