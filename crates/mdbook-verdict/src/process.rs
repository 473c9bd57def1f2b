//! Runs a command with limits: time, output, memory, no input but what it is given.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
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

/// How long a killed command's output is waited for.
const AFTER_KILL: Duration = Duration::from_secs(1);

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

/// Takes out of a program's environment what is there only because cargo or rustup started us.
pub fn clean_programs_environment(command: &mut Command) {
    clean(command, ours);
}

/// The same for a compiler; rustup's shim keeps what it finds the same toolchain with.
pub fn clean_compilers_environment(command: &mut Command) {
    const SHIM: [&str; 3] = ["RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_HOME"];
    clean(command, |name| ours(name) && !SHIM.contains(&name));
}

/// The same for cargo: what the package that we run in told us goes, what the user set stays.
pub fn clean_cargos_environment(command: &mut Command) {
    const PACKAGE: [&str; 5] = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_NAME",
        "CARGO_PRIMARY_PACKAGE",
    ];
    // Blocks are compiled without the user's flags, and so must be what they are linked with.
    const FLAGS: [&str; 2] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"];
    clean(command, |name| {
        PACKAGE.iter().any(|prefix| name.starts_with(prefix)) || FLAGS.contains(&name)
    });
}

fn ours(name: &str) -> bool {
    name.starts_with("CARGO") || name.starts_with("RUST")
}

fn clean(command: &mut Command, unwanted: impl Fn(&str) -> bool) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(&unwanted) {
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
    let stdout = Reading::start(child.stdout.take(), limits.output, sender.clone());
    let stderr = Reading::start(child.stderr.take(), limits.output, sender);
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
        let left = limits.time.saturating_sub(started.elapsed());
        let status = wait(&mut child, left, &mut timed_out)?;
        // What has left the group may hold the pipes open for ever: then what came so far is it.
        while open > 0 {
            match events.recv_timeout(AFTER_KILL) {
                Ok(Event::Closed) => open -= 1,
                Ok(Event::TooMuch) => {}
                Err(_) => break,
            }
        }
        Ok(Ended {
            success: status.success() && !timed_out && !too_much,
            status: status.to_string(),
            stdout: stdout.text(),
            stderr: stderr.text(),
            timed_out,
            too_much,
        })
    })
}

/// Waits for a child whose output is closed: it nearly always has ended by then. What it leaves
/// behind in its group is killed.
fn wait(child: &mut Child, time: Duration, timed_out: &mut bool) -> io::Result<ExitStatus> {
    let started = Instant::now();
    while !has_ended(child)? {
        if started.elapsed() > time && !*timed_out {
            *timed_out = true;
            kill(child);
        }
        thread::sleep(Duration::from_millis(1));
    }
    kill(child);
    child.wait()
}

/// Whether a child has ended; its number isn't given back to the system.
#[cfg(unix)]
fn has_ended(child: &mut Child) -> io::Result<bool> {
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    // SAFETY: all zeroes is a valid `siginfo_t`, which `waitid` may write to; `si_pid` is set
    // where `waitid` found an end, and is still zero where it found none.
    let (code, ended) = unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        let code = libc::waitid(libc::P_PID, child.id(), &mut info, options);
        (code, info.si_pid() != 0)
    };
    match code {
        0 => Ok(ended),
        _ => Err(io::Error::last_os_error()),
    }
}

#[cfg(not(unix))]
fn has_ended(child: &mut Child) -> io::Result<bool> {
    Ok(child.try_wait()?.is_some())
}

enum Event {
    Closed,
    TooMuch,
}

/// What comes through a pipe, read by a thread of its own.
struct Reading {
    kept: Arc<Mutex<Vec<u8>>>,
}

impl Reading {
    fn start(
        pipe: Option<impl Read + Send + 'static>,
        most: usize,
        events: mpsc::Sender<Event>,
    ) -> Reading {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let shared = kept.clone();
        thread::spawn(move || {
            let mut pipe = pipe.expect("the pipe was asked for");
            let mut buffer = vec![0; 1 << 16];
            loop {
                let count = match pipe.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(count) => count,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => break,
                };
                let mut kept = shared.lock().expect("nothing panics with the lock");
                let room = most - kept.len();
                kept.extend_from_slice(&buffer[..count.min(room)]);
                if count > room {
                    let _ = events.send(Event::TooMuch);
                    break;
                }
            }
            let _ = events.send(Event::Closed);
        });
        Reading { kept }
    }

    fn text(self) -> String {
        let kept = self.kept.lock().expect("nothing panics with the lock");
        String::from_utf8_lossy(&kept).into_owned()
    }
}

/// Puts a command into a group of its own, so that it can be killed with all that it starts.
#[cfg(unix)]
fn own_group(command: &mut Command, memory: Option<u64>) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
    // SAFETY: between fork and exec only `setrlimit` and `prctl` are called, which are
    // async-signal-safe system calls that touch no memory of ours but `limit`.
    unsafe {
        command.pre_exec(move || {
            if let Some(bytes) = memory {
                let limit = libc::rlimit {
                    rlim_cur: bytes as libc::rlim_t,
                    rlim_max: bytes as libc::rlim_t,
                };
                // macOS refuses limits below what is mapped already: then there is none.
                let _ = libc::setrlimit(libc::RLIMIT_AS, &limit);
            }
            // A terminal's interrupt reaches only our own group: what we run must not outlive us.
            #[cfg(target_os = "linux")]
            let _ = libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
            Ok(())
        });
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
