//! Runs a command and measures what it costs, with all that it starts.

mod cost;
#[cfg(unix)]
mod footprint;

use std::cell::Cell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};

pub use cost::{Cost, Spread};

/// Runs commands and measures them.
pub struct Meter {
    /// Where what they print is put.
    folder: PathBuf,
    /// After this a command is killed.
    limit: Duration,
    /// Look at the memory of all processes while they run; that costs time itself.
    pub watching: Cell<bool>,
}

/// How a measured command ended.
pub struct Ended {
    /// What it cost.
    pub cost: Cost,
    /// Its exit code; none if it was killed, at the limit or by anyone else.
    pub code: Option<i32>,
    /// What it printed on standard output.
    pub stdout: String,
    /// What it printed on standard error.
    pub stderr: String,
}

impl Meter {
    /// A meter that puts what commands print into `folder`.
    pub fn new(folder: &Path, limit: Duration) -> Meter {
        Meter {
            folder: folder.to_owned(),
            limit,
            watching: Cell::new(false),
        }
    }

    /// Runs a command to its end, with nothing on its input and its output going to files.
    ///
    /// # Errors
    ///
    /// If it can't be started.
    pub fn run(&self, mut command: Command) -> Result<Ended> {
        let paths = ["stdout", "stderr"].map(|name| self.folder.join(name));
        command
            .stdin(Stdio::null())
            .stdout(File::create(&paths[0])?)
            .stderr(File::create(&paths[1])?);
        let (cost, code) = measured(&mut command, self.limit, self.watching.get())
            .with_context(|| format!("can't run {}", command.get_program().display()))?;
        let [stdout, stderr] =
            paths.map(|path| fs::read(path).map(|all| String::from_utf8_lossy(&all).into_owned()));
        Ok(Ended {
            cost,
            code,
            stdout: stdout?,
            stderr: stderr?,
        })
    }
}

/// Takes what cargo puts into the environment of its own out of a command's: it is no part of a
/// reader's shell.
pub fn as_in_a_shell(mut command: Command) -> Command {
    const KEPT: [&str; 3] = ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"];
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let cargos = text.starts_with("CARGO") || text.starts_with("RUST");
        if cargos && !KEPT.contains(&&*text) || text.ends_with("LIBRARY_PATH") {
            command.env_remove(&name);
        }
    }
    command
}

#[cfg(not(unix))]
fn measured(_: &mut Command, _: Duration, _: bool) -> std::io::Result<(Cost, Option<i32>)> {
    Err(std::io::Error::other(
        "what a command and all that it starts cost can be measured on Unix only",
    ))
}

#[cfg(unix)]
fn measured(
    command: &mut Command,
    limit: Duration,
    watching: bool,
) -> std::io::Result<(Cost, Option<i32>)> {
    use std::os::unix::process::CommandExt as _;
    use std::sync::mpsc;
    use std::time::Instant;

    command.process_group(0);
    let started = Instant::now();
    let id = command.spawn()?.id();
    let (done, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        // Ends when `done` is dropped, or at the limit.
        scope.spawn(move || {
            if ended.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout) {
                child::kill_group(id);
            }
        });
        let footprint = watching.then(|| footprint::Footprint::watch(scope, id));
        child::await_end(id)?;
        let wall = started.elapsed().as_secs_f64();
        drop(done);
        let together = footprint.and_then(footprint::Footprint::most);
        let (usage, code) = child::reap(id)?;
        let cost = Cost {
            cpu: usage.cpu,
            wall,
            largest: usage.largest,
            together,
        };
        Ok((cost, code))
    })
}

/// A child process by its number, which is its group's too.
#[cfg(unix)]
mod child {
    use std::io;

    /// What the system says a child used.
    pub struct Usage {
        pub cpu: f64,
        pub largest: u64,
    }

    /// Waits until it has ended, but leaves its number with it.
    pub fn await_end(id: u32) -> io::Result<()> {
        // SAFETY: all zeroes is a valid `siginfo_t`, which `waitid` may write to.
        let code = unsafe {
            let mut info: libc::siginfo_t = std::mem::zeroed();
            libc::waitid(libc::P_PID, id, &mut info, libc::WEXITED | libc::WNOWAIT)
        };
        match code {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Kills the whole group.
    pub fn kill_group(id: u32) {
        // SAFETY: `kill` touches no memory of ours; the group is the child's own, and its number
        // can't be another's, since the child is reaped only after the killer has been told to stop.
        unsafe {
            libc::kill(-(id as libc::pid_t), libc::SIGKILL);
        }
    }

    /// Takes the ended child away, and gives what it and all that it waited for used, and its
    /// exit code.
    pub fn reap(id: u32) -> io::Result<(Usage, Option<i32>)> {
        let mut status = 0;
        // SAFETY: all zeroes is a valid `rusage`; `wait4` writes to it and to `status`, both ours.
        let (reaped, usage) = unsafe {
            let mut usage: libc::rusage = std::mem::zeroed();
            let reaped = libc::wait4(id as libc::pid_t, &mut status, 0, &mut usage);
            (reaped, usage)
        };
        if reaped < 0 {
            return Err(io::Error::last_os_error());
        }
        let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
        // macOS counts bytes, the others kilobytes.
        let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
        let usage = Usage {
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            largest: usage.ru_maxrss as u64 * unit,
        };
        let code = libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
        Ok((usage, code))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str, limit: Duration) -> Ended {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Meter::new(folder.path(), limit).run(command).unwrap()
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_a_command_prints_and_its_exit_code_are_kept() {
        let ended = run("echo out; echo err >&2; exit 3", LONG);
        assert_eq!(ended.code, Some(3));
        assert_eq!((&*ended.stdout, &*ended.stderr), ("out\n", "err\n"));
        assert!(ended.cost.largest > 0);
    }

    #[test]
    fn what_its_children_use_counts() {
        let busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        let child = run(&format!("sh -c '{busy}'; true"), LONG);
        assert!(child.cost.cpu > 0.01, "{}", child.cost.cpu);
    }

    #[test]
    fn at_the_limit_it_is_killed_with_all_that_it_started_and_its_output_is_kept() {
        let script = "echo before; while :; do sleep 1000; done & wait";
        let ended = run(script, Duration::from_millis(500));
        assert_eq!((ended.code, &*ended.stdout), (None, "before\n"));
    }
}
