//! No second thread, no channel, no panic.

pub fn first_over(limit: u64, mut source: impl Iterator<Item = u64> + Send) -> Option<u64> {
    source.find(|&number| number > limit)
}
