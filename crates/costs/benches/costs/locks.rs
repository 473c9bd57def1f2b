//! What a lock costs: take it, add one, let it go.

use criterion::Criterion;

use crate::{crews, group, together};

const TIMES: u64 = 5_000;

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "locks", TIMES);
    for threads in crews() {
        let std = std::sync::Mutex::new(0_u64);
        let add = |_| *std.lock().unwrap() += 1;
        together(&mut group, "std", threads, TIMES, add);

        let parking_lot = parking_lot::Mutex::new(0_u64);
        let add = |_| *parking_lot.lock() += 1;
        together(&mut group, "parking-lot", threads, TIMES, add);

        let parking = parking::Mutex::new(0_u64);
        let add = |_| *parking.lock() += 1;
        together(&mut group, "parking", threads, TIMES, add);

        let spinlock = spinlock::SpinLock::new(0_u64);
        let add = |_| *spinlock.lock() += 1;
        together(&mut group, "spinlock", threads, TIMES, add);

        let mutex = mutex::mutex(0_u64);
        let add = |_| *mutex::access(&mut mutex::lock(&mutex)) += 1;
        together(&mut group, "mutex", threads, TIMES, add);
    }
}
