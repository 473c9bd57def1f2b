//! Quicksort, forked at each partition: with the standard library's scope and
//! a new thread per fork, then with rayon's pool.

#[path = "quicksort/partition.rs"]
mod partition;

use partition::partition;

// ANCHOR: threads
/// Fewer items than this aren't worth a fork.
const CUTOFF: usize = 1_000;

/// Sorts, and forks `levels` deep: into at most 2 to the power of `levels`
/// parts, each on a thread of its own.
fn quicksort<T: Ord + Send>(items: &mut [T], levels: u32) {
    if items.len() < CUTOFF || levels == 0 {
        return items.sort_unstable();
    }
    let middle = partition(items);
    let (left, rest) = items.split_at_mut(middle);
    let right = &mut rest[1..]; // the pivot is where it belongs
    std::thread::scope(|s| {
        s.spawn(|| quicksort(left, levels - 1));
        quicksort(right, levels - 1);
    });
}
// ANCHOR_END: threads

// ANCHOR: pool
/// Sorts, and offers each half to whichever thread of the pool is idle.
fn quicksort_pool<T: Ord + Send>(items: &mut [T], levels: u32) {
    if items.len() < CUTOFF || levels == 0 {
        return items.sort_unstable();
    }
    let middle = partition(items);
    let (left, rest) = items.split_at_mut(middle);
    let right = &mut rest[1..];
    rayon::join(
        || quicksort_pool(left, levels - 1),
        || quicksort_pool(right, levels - 1),
    );
}
// ANCHOR_END: pool

fn main() {
    // A level more than there are processors for: parts are never quite even.
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
    let few = processors.ilog2() + 1;

    for (name, numbers) in inputs() {
        let mut expected = numbers.clone();
        expected.sort();

        let mut by_threads = numbers.clone();
        quicksort(&mut by_threads, few);
        assert_eq!(by_threads, expected);

        // Many small parts are what a pool is for. The limit is for the input
        // that always has its smallest number in the middle.
        let mut by_pool = numbers;
        quicksort_pool(&mut by_pool, 2 * expected.len().max(1).ilog2());
        assert_eq!(by_pool, expected);

        println!("{:>6} numbers, {name}: sorted by both", expected.len());
    }
}

/// What a partition may get wrong: nothing, little, all in order, all equal.
fn inputs() -> Vec<(&'static str, Vec<u32>)> {
    let mut state = 1_u32;
    let mixed = (0..100_000).map(|_| {
        // Marsaglia's xorshift: the same numbers in every run.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    });
    vec![
        ("mixed", mixed.collect()),
        ("rising", (0..100_000).collect()),
        ("falling", (0..100_000).rev().collect()),
        ("equal", vec![7; 100_000]),
        ("two values", (0..100_000).map(|n| n % 2).collect()),
        ("one", vec![7]),
        ("none", vec![]),
    ]
}
