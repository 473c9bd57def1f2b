//! What it costs to count together: on one number, on parts side by side, on parts that lie apart.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use costs::{Crowded, Sharded};
use criterion::Criterion;

use crate::{crews, group, together};

const TIMES: u64 = 20_000;
/// More than threads on most machines; on larger ones, some share.
const SHARDS: usize = 64;

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "counters", TIMES);
    for threads in crews() {
        let one = AtomicU64::new(0);
        let add = |_| {
            black_box(black_box(&one).fetch_add(1, Relaxed));
        };
        together(&mut group, "one", threads, TIMES, add);

        let crowded = Crowded::<SHARDS>::new();
        let add = |number| black_box(&crowded).add(number);
        together(&mut group, "crowded", threads, TIMES, add);

        let padded = Sharded::<SHARDS>::new();
        let add = |number| black_box(&padded).add(number);
        together(&mut group, "padded", threads, TIMES, add);
    }
}
