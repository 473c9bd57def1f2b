//! `parent` lends its own vector, in pieces, to threads of the standard
//! library's scope: the choice for a few threads that each do a lot.

// ANCHOR: parent
use std::thread;

fn parent() {
    let mut numbers = vec![1, 2, 3, 4, 5, 6];
    thread::scope(|s| {
        for piece in numbers.chunks_mut(2) {
            s.spawn(move || {
                for number in piece {
                    *number *= 10;
                }
            });
        }
    }); // waits here until every thread has ended
    println!("{numbers:?}");
}

fn main() {
    parent();
}
// ANCHOR_END: parent
