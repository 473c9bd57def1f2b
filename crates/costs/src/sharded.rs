//! A counter in parts, which lie apart or close together.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

// ANCHOR: sharded
/// A number on cache lines of its own: whatever lies beside it, they don't share one.
#[derive(Default)]
#[repr(align(128))]
pub struct Padded(AtomicU64);

/// A counter of `N` shards. Each thread adds to one of them.
pub struct Sharded<const N: usize> {
    shards: [Padded; N],
}

impl<const N: usize> Sharded<N> {
    /// A counter that stands at zero.
    pub fn new() -> Sharded<N> {
        Sharded {
            shards: std::array::from_fn(|_| Padded::default()),
        }
    }

    /// Adds one, to the shard of the thread with that number.
    pub fn add(&self, thread: usize) {
        // An atomic step, for two threads may come to one shard.
        self.shards[thread % N].0.fetch_add(1, Relaxed);
    }

    /// What has been added up to now; of additions that go on meanwhile, some or none.
    pub fn sum(&self) -> u64 {
        self.shards.iter().map(|shard| shard.0.load(Relaxed)).sum()
    }
}
// ANCHOR_END: sharded

impl<const N: usize> Default for Sharded<N> {
    fn default() -> Sharded<N> {
        Sharded::new()
    }
}

/// The same without room between the shards: several lie on one cache line.
pub struct Crowded<const N: usize> {
    shards: [AtomicU64; N],
}

impl<const N: usize> Crowded<N> {
    /// A counter that stands at zero.
    pub fn new() -> Crowded<N> {
        Crowded {
            shards: std::array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    /// Adds one, to the shard of the thread with that number.
    pub fn add(&self, thread: usize) {
        self.shards[thread % N].fetch_add(1, Relaxed);
    }

    /// What has been added up to now; of additions that go on meanwhile, some or none.
    pub fn sum(&self) -> u64 {
        self.shards.iter().map(|shard| shard.load(Relaxed)).sum()
    }
}

impl<const N: usize> Default for Crowded<N> {
    fn default() -> Crowded<N> {
        Crowded::new()
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn no_addition_is_lost_where_threads_share_a_shard() {
        let (padded, crowded) = (Sharded::<2>::new(), Crowded::<2>::new());
        thread::scope(|s| {
            for number in 0..5 {
                let (padded, crowded) = (&padded, &crowded);
                s.spawn(move || {
                    for _ in 0..1000 {
                        padded.add(number);
                        crowded.add(number);
                    }
                });
            }
        });
        assert_eq!((padded.sum(), crowded.sum()), (5000, 5000));
    }

    #[test]
    fn each_thread_adds_to_its_own_shard() {
        let visits = Sharded::<3>::new();
        for number in [0, 1, 1, 5] {
            visits.add(number);
        }
        let shards = visits.shards.each_ref().map(|shard| shard.0.load(Relaxed));
        assert_eq!(shards, [1, 2, 1]);
    }

    #[test]
    fn only_padded_shards_lie_on_lines_of_their_own() {
        let line = 64;
        let padded = Sharded::<2>::new();
        let [one, other] = padded
            .shards
            .each_ref()
            .map(|shard| (&raw const *shard).addr());
        assert!(other / line > one / line);
        assert_eq!(size_of::<Crowded<2>>(), 16);
    }
}
