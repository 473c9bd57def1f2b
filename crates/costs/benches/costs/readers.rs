//! What a lock for readers saves: 99 looks, short or long, and a change, and again.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::{Mutex, RwLock};

use criterion::Criterion;

use crate::{crews, group, together};

/// How many numbers a look adds up, and how often each thread looks.
const LOOKS: [(&str, usize, u64); 2] = [("short", 1, 5_000), ("long", 10_000, 200)];

thread_local! {
    static SINCE: Cell<u32> = const { Cell::new(0) };
}

/// Whether it is the calling thread's turn to write: every hundredth time.
fn writes() -> bool {
    let since = SINCE.get() + 1;
    SINCE.set(since % 100);
    since == 100
}

fn sum(numbers: &[u64]) {
    black_box(black_box(numbers).iter().sum::<u64>());
}

pub fn measure(criterion: &mut Criterion) {
    for (length, numbers, times) in LOOKS {
        let mut group = group(criterion, &format!("{length}-looks"), times);
        for threads in crews() {
            let mutex = Mutex::new(vec![1_u64; numbers]);
            let visit = |_| match writes() {
                true => mutex.lock().unwrap()[0] += 1,
                false => sum(&mutex.lock().unwrap()),
            };
            together(&mut group, "mutex", threads, times, visit);

            let rwlock = RwLock::new(vec![1_u64; numbers]);
            let visit = |_| match writes() {
                true => rwlock.write().unwrap()[0] += 1,
                false => sum(&rwlock.read().unwrap()),
            };
            together(&mut group, "rwlock", threads, times, visit);
        }
    }
}
