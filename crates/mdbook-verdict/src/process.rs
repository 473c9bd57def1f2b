//! Runs a command with limits: time, output, memory, no input but what it is given.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// What a command may use.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Wall-clock time.
    pub time: Duration,
    /// Bytes of standard output, and of standard error: past that it is stopped.
    pub output: usize,
    /// Bytes of address space (Unix only).
    pub memory: Option<u64>,
}

/// How a command ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Its exit status says success.
    pub success: bool,

    /// How the system describes the end: `exit status: 101`.
    pub status: String,
    /// Standard output, as far as the limit let it come.
    pub stdout: String,
    /// Standard error, likewise.
    pub stderr: String,
    /// It was stopped at the time limit.
    pub timed_out: bool,
    /// It was stopped because it wrote too much.
    pub too_much: bool,
}

/// Takes out of a command's environment what cargo and rustup put there for us, and what would
/// make messages differ from machine to machine.
pub fn clean_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let ours = text.starts_with("CARGO") || text.starts_with("RUST");
        // rustup's shim needs these two to find the same toolchain.
        if ours && !["RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_HOME"].contains(&text) {
            command.env_remove(&name);
        }
    }
}

/// Runs a command to its end, or to a limit; then it is killed with all that it started.
///
/// # Errors
///
/// If it can't be started.
pub fn run(mut command: Command, input: Option<&[u8]>, limits: &Limits) -> io::Result<Ended> {
    command
        .stdin(input.map_or_else(Stdio::null, |_| Stdio::piped()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    own_group(&mut command, limits.memory);
    let mut child = command.spawn()?;
    let started = Instant::now();
    let (sender, events) = mpsc::channel();
    let stdout = read(child.stdout.take(), limits.output, sender.clone());
    let stderr = read(child.stderr.take(), limits.output, sender);
    let stdin = child.stdin.take();
    thread::scope(|scope| {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // A program that doesn't read its input closes the pipe: no fault of ours.
            scope.spawn(move || drop(stdin.write_all(input)));
        }
        let (mut timed_out, mut too_much, mut open) = (false, false, 2);
        while open > 0 {
            let left = limits.time.saturating_sub(started.elapsed());
            match events.recv_timeout(left) {
                Ok(Event::Closed) => open -= 1,
                Ok(Event::TooMuch) => {
                    too_much = true;
                    kill(&mut child);
                    break;
                }
                Err(_) => {
                    timed_out = true;
                    kill(&mut child);
                    break;
                }
            }
        }
        let status = wait(
            &mut child,
            limits.time.saturating_sub(started.elapsed()),
            &mut timed_out,
        )?;
        let text = |bytes: thread::JoinHandle<Vec<u8>>| {
            String::from_utf8_lossy(&bytes.join().expect("reading a pipe doesn't panic"))
                .into_owned()
        };
        Ok(Ended {
            success: status.success() && !timed_out && !too_much,

            status: status.to_string(),
            stdout: text(stdout),
            stderr: text(stderr),
            timed_out,
            too_much,
        })
    })
}

/// Waits for a child whose output is closed: it nearly always has ended by then.
fn wait(
    child: &mut Child,
    time: Duration,
    timed_out: &mut bool,
) -> io::Result<std::process::ExitStatus> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if started.elapsed() > time && !*timed_out {
            *timed_out = true;
            kill(child);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

enum Event {
    Closed,
    TooMuch,
}

fn read(
    pipe: Option<impl Read + Send + 'static>,
    most: usize,
    events: mpsc::Sender<Event>,
) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut kept = Vec::new();
        let mut pipe = pipe.expect("the pipe was asked for");
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            let room = most - kept.len();
            kept.extend_from_slice(&buffer[..count.min(room)]);
            if count > room {
                let _ = events.send(Event::TooMuch);
                break;
            }
        }
        let _ = events.send(Event::Closed);
        kept
    })
}

#[cfg(unix)]
fn own_group(command: &mut Command, memory: Option<u64>) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
    if let Some(bytes) = memory {
        // SAFETY: between fork and exec only `setrlimit` is called, which is async-signal-safe.
        unsafe {
            command.pre_exec(move || {
                let limit = libc::rlimit {
                    rlim_cur: bytes as libc::rlim_t,
                    rlim_max: bytes as libc::rlim_t,
                };
                match libc::setrlimit(libc::RLIMIT_AS, &limit) {
                    0 => Ok(()),
                    // macOS refuses limits below what is mapped already: then there is none.
                    _ => Ok(()),
                }
            });
        }
    }
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command, _memory: Option<u64>) {}

#[cfg(unix)]
fn kill(child: &mut Child) {
    let group = -(child.id() as libc::pid_t);
    // SAFETY: `kill` touches no memory of ours; the group is the child's own (`process_group(0)`),
    // and its number can't be another's, since the child isn't waited for yet.
    unsafe {
        libc::kill(group, libc::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill(child: &mut Child) {
    let _ = child.kill();
}
