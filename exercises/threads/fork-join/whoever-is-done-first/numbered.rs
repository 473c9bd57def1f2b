//! As they come, but numbered, and put in order at the end.

use std::sync::Mutex;
use std::thread;

pub fn in_pieces<R: Send>(pieces: &[&str], work: &(impl Fn(&str) -> R + Sync)) -> Vec<R> {
    let results = Mutex::new(Vec::new());
    thread::scope(|s| {
        for (number, piece) in pieces.iter().enumerate() {
            let results = &results;
            s.spawn(move || {
                let result = work(piece);
                results.lock().unwrap().push((number, result));
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}
