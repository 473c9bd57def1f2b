//! `parent` with crossbeam's scope, which came years before the standard
//! library's: for code that has it, and for a panic that comes back as a value.

// ANCHOR: parent
use crossbeam::thread;

fn parent() {
    let mut numbers = vec![1, 2, 3, 4, 5, 6];
    let ended = thread::scope(|s| {
        for piece in numbers.chunks_mut(2) {
            // The closure is given the scope, to spawn more threads in it.
            s.spawn(move |_| {
                for number in piece {
                    *number *= 10;
                }
            });
        }
    });
    ended.expect("no thread panicked");
    println!("{numbers:?}");
}

fn main() {
    parent();
}
// ANCHOR_END: parent
