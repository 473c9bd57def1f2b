//! Who works alone needs to share nothing.

use std::sync::Arc;

pub fn total(
    words: &Arc<Vec<String>>,
    _threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    words.iter().map(|word| measure(word)).sum()
}
