// The part of every harness: rounds, what they print, and who watches them.
// This text goes into a program that is run, as the module `__outcomes`, with
// one of `kept.rs` and `new.rs` behind it.

use ::std::collections::BTreeMap;
use ::std::panic::{AssertUnwindSafe, catch_unwind};
use ::std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use ::std::sync::{Mutex, MutexGuard, PoisonError};
use ::std::time::{Duration, Instant};

/// What this round has printed so far.
static PRINTED: Mutex<String> = Mutex::new(String::new());
/// How often what was seen.
static SEEN: Mutex<BTreeMap<(&'static str, String), u64>> = Mutex::new(BTreeMap::new());
/// How many rounds have ended.
static ROUNDS: AtomicU64 = AtomicU64::new(0);
/// Whether `main` has returned, and only other threads still run.
static MAIN_IS_OVER: AtomicBool = AtomicBool::new(false);

/// What a single round may print.
const LONGEST: usize = 1 << 20;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn print(text: ::std::fmt::Arguments<'_>, line: bool) {
    let mut printed = locked(&PRINTED);
    let _ = ::std::fmt::Write::write_fmt(&mut *printed, text);
    if line {
        printed.push('\n');
    }
    if printed.len() > LONGEST {
        end("endless");
    }
}

/// `PROGRAM REPORT ROUNDS MILLISECONDS [alone]`: so many rounds, each given up
/// after so long; `alone` if the process has only this one.
pub fn rounds(body: fn()) {
    let arguments: Vec<String> = ::std::env::args().collect();
    let rounds: u64 = arguments[2].parse().unwrap();
    let limit = Duration::from_millis(arguments[3].parse().unwrap());
    let alone = arguments.len() > 4;
    ::std::panic::set_hook(Box::new(|_| ()));
    ::std::thread::spawn(move || watch(limit));
    for _ in 0..rounds {
        MAIN_IS_OVER.store(false, Ordering::Relaxed);
        locked(&PRINTED).clear();
        let ended = catch_unwind(AssertUnwindSafe(body));
        note(ended);
        if alone {
            break;
        }
        MAIN_IS_OVER.store(true, Ordering::Relaxed);
        threads_over();
        ROUNDS.fetch_add(1, Ordering::Relaxed);
    }
    end("");
}

/// What `main` came to, at the moment it came to it.
fn note(ended: ::std::thread::Result<()>) {
    let printed = locked(&PRINTED);
    let mut seen = locked(&SEEN);
    let (kind, text) = match &ended {
        Ok(()) => ("output", printed.as_str()),
        Err(panic) => match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
            (Some(text), _) => ("panic", *text),
            (_, Some(text)) => ("panic", text.as_str()),
            _ => ("panic", "Box<dyn Any>"),
        },
    };
    // A new key is made for a new outcome only.
    match seen.iter_mut().find(|(key, _)| key.0 == kind && key.1 == text) {
        Some((_, count)) => *count += 1,
        None => drop(seen.insert((kind, text.to_owned()), 1)),
    }
}

/// Ends the process when a round doesn't end.
fn watch(limit: Duration) {
    let (mut last, mut since) = (u64::MAX, Instant::now());
    loop {
        ::std::thread::sleep(Duration::from_millis(20).min(limit));
        let now = ROUNDS.load(Ordering::Relaxed);
        if now != last {
            (last, since) = (now, Instant::now());
        } else if since.elapsed() > limit {
            match MAIN_IS_OVER.load(Ordering::Relaxed) {
                true => end("outlived"),
                false => end("endless"),
            }
        }
    }
}

/// Writes the report: a line of a kind, a count and a length, and so many bytes
/// and an end of line, for each.
fn end(last: &str) -> ! {
    let mut report = Vec::new();
    for ((kind, text), count) in &*locked(&SEEN) {
        report.extend(format!("{kind} {count} {}\n{text}\n", text.len()).bytes());
    }
    if !last.is_empty() {
        report.extend(format!("{last} 1 0\n\n").bytes());
    }
    let path = ::std::env::args_os().nth(1).unwrap();
    ::std::fs::write(path, report).unwrap();
    ::std::process::exit(0)
}

macro_rules! __outcomes_print {
    ($($text:tt)*) => { $crate::__outcomes::print(::std::format_args!($($text)*), false) };
}
macro_rules! __outcomes_println {
    () => { $crate::__outcomes::print(::std::format_args!(""), true) };
    ($($text:tt)*) => { $crate::__outcomes::print(::std::format_args!($($text)*), true) };
}
macro_rules! __outcomes_eprint {
    ($($text:tt)*) => { drop(::std::format!($($text)*)) };
}

/// The standard library, but for what is other in a harness.
pub mod std {
    pub use ::std::*;
    pub(crate) use __outcomes_eprint as eprint;
    pub(crate) use __outcomes_eprint as eprintln;
    pub(crate) use __outcomes_print as print;
    pub(crate) use __outcomes_println as println;

    pub mod thread {
        pub use super::super::thread::*;
    }

    pub mod sync {
        pub use ::std::sync::*;

        pub mod atomic {
            pub use super::super::super::apart::{
                AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicIsize, AtomicU8, AtomicU16,
                AtomicU32, AtomicUsize,
            };
            #[cfg(target_has_atomic = "64")]
            pub use super::super::super::apart::{AtomicI64, AtomicU64};
            pub use ::std::sync::atomic::*;
        }
    }
}

/// A static that is made anew each round.
#[repr(align(128))]
pub struct Fresh<T>(::std::cell::UnsafeCell<T>);

// SAFETY: it is only shared as a `T` is, but for `set`, which is called while
// no other thread of the program runs.
unsafe impl<T: Sync> Sync for Fresh<T> {}

impl<T> Fresh<T> {
    pub const fn new(value: T) -> Fresh<T> {
        Fresh(::std::cell::UnsafeCell::new(value))
    }

    pub fn set(&self, value: T) {
        // SAFETY: called at the beginning of a round, by the only thread there is.
        unsafe { *self.0.get() = value }
    }
}

impl<T> ::std::ops::Deref for Fresh<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: `set` isn't called while anyone has this reference: a round's are gone.
        unsafe { &*self.0.get() }
    }
}

impl<T: ::std::fmt::Debug> ::std::fmt::Debug for Fresh<T> {
    fn fmt(&self, to: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        (**self).fmt(to)
    }
}
