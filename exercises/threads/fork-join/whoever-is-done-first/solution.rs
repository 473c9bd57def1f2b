//! The handles are in the order of the pieces, and each gives out its own result.

use std::thread;

pub fn in_pieces<R: Send>(pieces: &[&str], work: &(impl Fn(&str) -> R + Sync)) -> Vec<R> {
    thread::scope(|s| {
        let children: Vec<_> = pieces
            .iter()
            .map(|piece| s.spawn(move || work(piece)))
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .collect()
    })
}
