//! A lock that is never poisoned, and a guard of a part: parking_lot.
//! `cargo run --example with_parking_lot`.

// ANCHOR: program
use parking_lot::{MappedMutexGuard, Mutex, MutexGuard};
use std::thread;

struct Total {
    sum: u64,
    count: u32,
}

/// Locks all of it, and hands out the sum alone.
fn sum(total: &Mutex<Total>) -> MappedMutexGuard<'_, u64> {
    MutexGuard::map(total.lock(), |total| &mut total.sum)
}

fn main() {
    let total = Mutex::new(Total { sum: 0, count: 0 });
    thread::scope(|scope| {
        for n in 1..=4 {
            let total = &total;
            scope.spawn(move || {
                *sum(total) += n * n;
                total.lock().count += 1;
            });
        }
    });
    let Total { sum, count } = total.into_inner();
    println!("{sum} from {count} numbers");
}
// ANCHOR_END: program
