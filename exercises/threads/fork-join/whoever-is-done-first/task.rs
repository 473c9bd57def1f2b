//! `in_pieces` does the work on each piece in a thread of its own, all at the same time,
//! and returns the results in the order of the pieces.
//!
//! "The results are all there, and each of them is right. But on some days they come in
//! another order."

use std::sync::Mutex;
use std::thread;

pub fn in_pieces<R: Send>(pieces: &[&str], work: &(impl Fn(&str) -> R + Sync)) -> Vec<R> {
    let results = Mutex::new(Vec::new());
    thread::scope(|s| {
        for piece in pieces {
            s.spawn(|| {
                let result = work(piece);
                results.lock().unwrap().push(result);
            });
        }
    });
    results.into_inner().unwrap()
}
