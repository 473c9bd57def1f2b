//! `NAME SECONDS`: runs one program under every schedule. One line says how that ended: `done N`,
//! `too long N`, or `stopped N: MESSAGE`, with the number of executions.

use crate::real::sync::atomic::{AtomicU64, Ordering::Relaxed};
use crate::real::{env, panic, process, thread, time::Duration};

static EXECUTIONS: AtomicU64 = AtomicU64::new(0);

/// Runs the program that the arguments name.
pub fn program(named: fn(&str) -> Option<fn()>) {
    let arguments: Vec<String> = env::args().collect();
    let program = named(&arguments[1]).expect("a program of this name");
    let limit = Duration::from_secs(arguments[2].parse().expect("seconds"));
    thread::spawn(move || {
        thread::sleep(limit);
        end("too long", "");
    });
    // The first panic is what was found. To unwind from it may come to another, as a lock is let go
    // in an execution that has ended.
    panic::set_hook(Box::new(|panic| {
        let lines: Vec<&str> = panic
            .payload_as_str()
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .collect();
        end("stopped", &lines.join(" | "));
    }));
    let mut model = loom::model::Builder::new();
    model.max_branches = 100_000;
    model.check(move || {
        EXECUTIONS.fetch_add(1, Relaxed);
        program();
    });
    end("done", "");
}

fn end(how: &str, text: &str) -> ! {
    let colon = if text.is_empty() { "" } else { ": " };
    println!("{how} {}{colon}{text}", EXECUTIONS.load(Relaxed));
    process::exit(0)
}
