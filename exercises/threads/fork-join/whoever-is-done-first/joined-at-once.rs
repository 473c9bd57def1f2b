//! In order, since an iterator starts a thread only when the one before is joined.

use std::thread;

pub fn in_pieces<R: Send>(pieces: &[&str], work: &(impl Fn(&str) -> R + Sync)) -> Vec<R> {
    thread::scope(|s| {
        pieces
            .iter()
            .map(|piece| s.spawn(move || work(piece)))
            .map(|child| child.join().unwrap())
            .collect()
    })
}
