//! `NAME ROUNDS SECONDS`: runs one program so many times. One line says how that ended: `done N`,
//! `stopped N: MESSAGE` with the round that panicked, or `stuck N` with the round in which nothing
//! happened for so many seconds; 0 waits for ever.

#[path = "../../programs/mod.rs"]
mod programs;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use std::{env, panic, process, thread};

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let program = programs::named(&arguments[1]).expect("a program of this name");
    let rounds: u64 = arguments[2].parse().expect("how many rounds");
    let patience: u64 = arguments[3].parse().expect("seconds");
    let round = Arc::new(AtomicU64::new(0));
    if patience > 0 {
        let round = round.clone();
        thread::spawn(move || watch(&round, Duration::from_secs(patience)));
    }
    // What it says goes into the one line.
    panic::set_hook(Box::new(|_| ()));
    for n in 1..=rounds {
        round.store(n, Relaxed);
        if let Err(panic) = panic::catch_unwind(program) {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            let lines: Vec<&str> = text.unwrap_or_default().lines().map(str::trim).collect();
            println!("stopped {n}: {}", lines.join(" | "));
            process::exit(0);
        }
    }
    println!("done {rounds}");
}

fn watch(round: &AtomicU64, patience: Duration) {
    let mut before = 0;
    loop {
        thread::sleep(patience);
        let now = round.load(Relaxed);
        if now == before {
            println!("stuck {now}");
            process::exit(0);
        }
        before = now;
    }
}
