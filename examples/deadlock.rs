//! Two threads that wait for each other for ever, and a third that sees it,
//! says who waits for whom, and ends the program. `cargo run --example deadlock`.

use std::collections::BTreeMap;
use std::process;
use std::sync::{Barrier, Condvar, Mutex, MutexGuard};
use std::thread;

static WAITS: Mutex<Waits> = Mutex::new(Waits {
    wants: BTreeMap::new(),
    holder: BTreeMap::new(),
});
static CHANGED: Condvar = Condvar::new();

// ANCHOR: record
type Name = &'static str;

/// A mutex that keeps record of who wants it and who holds it.
struct Lock {
    name: Name,
    mutex: Mutex<i32>,
}

struct Guard<'lock> {
    name: Name,
    value: MutexGuard<'lock, i32>,
}

// ANCHOR: lock
impl Lock {
    fn lock(&self, thread: Name) -> Guard<'_> {
        let name = self.name;
        record(|waits| waits.wants.insert(thread, name));
        let value = self.mutex.lock().unwrap(); // may wait
        record(|waits| {
            waits.wants.remove(thread);
            waits.holder.insert(name, thread)
        });
        Guard { name, value }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        record(|waits| waits.holder.remove(self.name));
    } // `value` ends after this, and unlocks
}
// ANCHOR_END: lock

fn record<R>(change: impl FnOnce(&mut Waits) -> R) {
    change(&mut WAITS.lock().unwrap());
    CHANGED.notify_one();
}

// ANCHOR: watchdog
/// Which lock each thread wants, and which thread holds each lock.
struct Waits {
    wants: BTreeMap<Name, Name>,
    holder: BTreeMap<Name, Name>,
}

/// Sleeps until there is a ring.
fn watchdog() {
    let waits = WAITS.lock().unwrap();
    let waits = CHANGED
        .wait_while(waits, |waits| waits.ring().is_none())
        .unwrap();
    println!("deadlock:");
    for thread in waits.ring().unwrap() {
        let lock = waits.wants[thread];
        println!("{thread} waits for {lock}, held by {}", waits.holder[lock]);
    }
    process::exit(0);
}
// ANCHOR_END: watchdog

impl Waits {
    /// Threads that each wait for the next, and the last for the first.
    fn ring(&self) -> Option<Vec<Name>> {
        self.wants.keys().find_map(|&start| {
            let mut ring = vec![start];
            loop {
                let wanted = self.wants.get(ring.last()?)?;
                let next = *self.holder.get(wanted)?;
                if next == start {
                    return Some(ring);
                }
                if ring.contains(&next) {
                    return None; // it leads into a ring, and isn't in it
                }
                ring.push(next);
            }
        })
    }
}
// ANCHOR_END: record

fn main() {
    let [mine, yours] = ["mine", "yours"].map(|name| Lock {
        name,
        mutex: Mutex::new(100),
    });
    let each_holds_one = Barrier::new(2);
    let transfer = |thread, from: &Lock, to: &Lock| {
        let mut from = from.lock(thread);
        each_holds_one.wait();
        let mut to = to.lock(thread);
        *from.value -= 10;
        *to.value += 10;
    };

    thread::spawn(watchdog);
    thread::scope(|scope| {
        scope.spawn(|| transfer("there", &mine, &yours));
        scope.spawn(|| transfer("back", &yours, &mine));
    });
    println!("both came through");
    process::exit(1);
}
