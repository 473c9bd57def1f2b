//! There is a place for each result before the work begins.

use std::thread;

pub fn in_pieces<R: Send>(pieces: &[&str], work: &(impl Fn(&str) -> R + Sync)) -> Vec<R> {
    let mut places: Vec<Option<R>> = pieces.iter().map(|_| None).collect();
    thread::scope(|s| {
        for (place, piece) in places.iter_mut().zip(pieces) {
            s.spawn(move || *place = Some(work(piece)));
        }
    });
    places.into_iter().map(Option::unwrap).collect()
}
