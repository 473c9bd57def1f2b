//! `NAME SCHEDULES SEED`: runs one program under so many schedules of shuttle's, chosen by chance
//! from the seed. One line says how that ended: `done N` or `stopped N: MESSAGE`, with the number
//! of the last schedule.

extern crate std as real;
// To the programs, this file *is* the standard library.
extern crate self as std;

#[path = "../../programs/mod.rs"]
mod programs;

pub use real::cell;
pub use shuttle::{hint, thread};

/// As `std::sync`.
pub mod sync {
    pub use shuttle::sync::{Arc, Condvar, Mutex, atomic};
}

use real::sync::atomic::{AtomicU64, Ordering::Relaxed};
use real::{env, panic, process};
use shuttle::scheduler::RandomScheduler;
use shuttle::{Config, Runner};

static SCHEDULES: AtomicU64 = AtomicU64::new(0);

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let program = programs::named(&arguments[1]).expect("a program of this name");
    let schedules = arguments[2].parse().expect("how many schedules");
    let seed = arguments[3].parse().expect("a seed");
    // The first panic is what was found.
    panic::set_hook(Box::new(|panic| {
        let lines: Vec<&str> = panic
            .payload_as_str()
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .collect();
        end("stopped", &lines.join(" | "));
    }));
    let scheduler = RandomScheduler::new_from_seed(seed, schedules);
    Runner::new(scheduler, Config::default()).run(move || {
        SCHEDULES.fetch_add(1, Relaxed);
        program();
    });
    end("done", "");
}

fn end(how: &str, text: &str) -> ! {
    let colon = if text.is_empty() { "" } else { ": " };
    println!("{how} {}{colon}{text}", SCHEDULES.load(Relaxed));
    process::exit(0)
}
